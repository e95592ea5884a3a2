/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-counts.h"
#include "psl-detail-page.h"
#include "psl-list-page.h"
#include "psl-problem-page.h"
#include "psl-sidebar.h"
#include "psl-trail.h"
#include "psl-window.h"

G_BEGIN_DECLS

/* A register on its way to a window. */
typedef struct _PslOpening PslOpening;

/* Shared by the files of this class: psl-window.c has the panes and what they
 * show, psl-window-places.c the way between places and records,
 * psl-window-register.c the register from its opening to its end,
 * psl-window-panes.c the keyboard's way between the panes,
 * psl-window-actions.c what is done to records, psl-window-undo.c how it is undone
 * and redone, psl-window-unstored.c what tells of what could not be stored,
 * psl-window-exchange.c what comes in from files and goes out to them. */
struct _PslWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwBin *loading_page;
  PslProblemPage *problem_page;
  AdwNavigationSplitView *outer_view;
  AdwNavigationSplitView *inner_view;
  PslSidebar *sidebar;
  PslListPage *list_page;
  PslDetailPage *detail_page;

  char *path;
  char *register_name;
  PslRegister *reg;
  PslCounts *counts;
  PslRecord *record;
  PslTrail *trail;
  gint64 visited_at;
  gboolean walking;
  gboolean closing;
  guint appear_source;
  char *to_find;
  GQueue to_import;
  guint import_source;

  /* What undo and redo would do, and when the register was opened here. */
  PslAction *next_undo;
  PslAction *next_redo;
  gint64 opened_at;

  /* Those in front of the window. */
  GListModel *dialogs;

  /* The toast that was shown last; and those that stay, by the drafts they are about. */
  AdwToast *toast;
  GHashTable *unstored;

  /* The history of the register, while it is on show. */
  AdwDialog *activity;

  /* What has the focus, and is perhaps typed into; what had it last below the toasts; the
   * last dialog that had it. */
  GtkWidget *typed_into;
  GtkWidget *focused_below;
  GtkWidget *focused_dialog;
  guint focus_source;

  GCancellable *opening;
  GCancellable *going;
  GCancellable *loading;
};

/* psl-window.c */
void            psl_window_show_loading     (PslWindow      *self);
void            psl_window_be_ready         (PslWindow      *self);
GCancellable   *psl_window_renew            (GCancellable  **cancellable);
void            psl_window_drop             (GCancellable  **cancellable);
PslRecordModel *psl_window_get_model        (PslWindow      *self);
void            psl_window_update_title     (PslWindow      *self);
void            psl_window_load_record      (PslWindow      *self);
void            psl_window_save_state       (PslWindow      *self);
void            psl_window_tell_with_action (PslWindow      *self,
                                             const char     *message,
                                             const char     *label,
                                             const char     *action,
                                             GVariant       *target);
void            psl_window_tell_with_undo   (PslWindow      *self,
                                             const char     *message,
                                             gint64          action);
void            psl_window_show_toast       (PslWindow      *self,
                                             AdwToast       *toast);
void            psl_window_add_toast        (PslWindow      *self,
                                             AdwToast       *toast);
void            psl_window_tell_error       (PslWindow      *self,
                                             const char     *what,
                                             const GError   *error);

/* psl-window-places.c */
void            psl_window_set_place        (PslWindow      *self,
                                             const PslPlace *place);
void            psl_window_show_place       (PslWindow      *self,
                                             const PslPlace *place);
void            psl_window_choose_place     (PslWindow      *self,
                                             const PslPlace *place);
void            psl_window_show_last_record (PslWindow      *self);
void            psl_window_visit            (PslWindow      *self,
                                             gint64          rid);
void            psl_window_step             (PslWindow      *self,
                                             gint64          rid);

/* psl-window-register.c */
PslOpening     *psl_opening_new             (const char     *path,
                                             PslStoreFlags   flags);
void            psl_window_await            (PslWindow      *self,
                                             PslOpening     *opening);
void            psl_window_open_register    (PslWindow      *self,
                                             PslStoreFlags   flags);
void            psl_window_hide_register    (PslWindow      *self);
gboolean        psl_window_close_register   (PslWindow      *self,
                                             GError        **error);
void            psl_window_sign             (PslWindow      *self);
void            psl_window_follow_language  (PslWindow      *self);

/* psl-window-actions.c */
void            psl_window_install_actions  (PslWindow      *self);
void            psl_window_update_actions   (PslWindow      *self);

/* psl-window-undo.c */
void            psl_window_install_undo     (PslWindow       *self);
void            psl_window_update_undo      (PslWindow       *self,
                                             const PslAction *next_undo,
                                             const PslAction *next_redo);

/* psl-window-panes.c */
void            psl_window_install_panes    (PslWindow      *self);

/* psl-window-unstored.c */
void            psl_window_tell_unstored    (PslWindow      *self,
                                             const char     *draft);
void            psl_window_forget_unstored  (PslWindow      *self,
                                             const char     *draft);

/* psl-window-focus.c */
void            psl_window_install_focus     (PslWindow      *self);
void            psl_window_find_focus        (PslWindow      *self);
void            psl_window_return_from_toast (PslWindow      *self);
void            psl_window_forget_focus      (PslWindow      *self);

/* psl-window-exchange.c */
void            psl_window_install_exchange (PslWindow      *self);
void            psl_window_import_next      (PslWindow      *self);

G_END_DECLS
