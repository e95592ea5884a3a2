/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-counts.h"
#include "psl-detail-page.h"
#include "psl-file-exchange.h"
#include "psl-focus-keeper.h"
#include "psl-list-page.h"
#include "psl-opening-page.h"
#include "psl-sidebar.h"
#include "psl-trail.h"
#include "psl-undo-manager.h"
#include "psl-window.h"
#include "psl-work-bar.h"

G_BEGIN_DECLS

/* Shared by the two files of this class, of which psl-window-actions.c has the actions of
 * menus and keys, and seen by its tests. */
struct _PslWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  PslOpeningPage *opening_page;
  AdwNavigationSplitView *outer_view;
  AdwNavigationSplitView *inner_view;
  PslSidebar *sidebar;
  PslListPage *list_page;
  PslDetailPage *detail_page;
  PslWorkBar *work_bar;

  PslNotifier *notifier;
  PslFocusKeeper *focus_keeper;
  PslUndoManager *undo;
  PslFileExchange *exchange;
  /* The dialogs in front of the window. */
  GListModel *dialogs;

  char *register_name;
  PslRegister *reg;             /* (nullable): while it is open */
  PslCounts *counts;
  PslRecord *record;            /* (nullable): the chosen one, once it is read */
  PslTrail *trail;
  gint64 visited_at;
  gboolean walking;
  gboolean closing;
  guint appear_source;
  char *to_find;                /* (nullable): the record to show once the register is open */

  GCancellable *going;
  GCancellable *loading;
};

/* psl-window.c */
gboolean        psl_window_is_asking         (PslWindow           *self);
void            psl_window_open_register     (PslWindow           *self);
PslRecordModel *psl_window_get_model         (PslWindow           *self);
void            psl_window_set_collection    (PslWindow           *self,
                                              const PslCollection *collection);
void            psl_window_show_collection   (PslWindow           *self,
                                              const PslCollection *collection);
void            psl_window_choose_collection (PslWindow           *self,
                                              const PslCollection *collection);
void            psl_window_step              (PslWindow           *self,
                                              gint64               rid);

/* psl-window-actions.c */
void            psl_window_install_actions   (PslWindow           *self);
void            psl_window_update_actions    (PslWindow           *self);

G_END_DECLS
