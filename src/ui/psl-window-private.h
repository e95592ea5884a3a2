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

/* Shared by the files of this class: psl-window.c has the panes and where they
 * lead to, psl-window-actions.c what is done to records. */
struct _PslWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *stack;
  PslProblemPage *problem_page;
  AdwNavigationSplitView *outer_view;
  AdwNavigationSplitView *inner_view;
  PslSidebar *sidebar;
  PslListPage *list_page;
  PslDetailPage *detail_page;

  char *path;
  PslRegister *reg;
  PslCounts *counts;
  PslRecord *record;
  PslTrail *trail;
  gint64 visited_at;
  gboolean walking;
  gboolean closing;
  char *to_find;

  /* The record that the latest action of this window changed, where it was one. */
  gint64 touched;

  GCancellable *opening;
  GCancellable *going;
  GCancellable *loading;
  GCancellable *looking_next;
};

void psl_window_install_actions (PslWindow    *self);
void psl_window_update_actions  (PslWindow    *self);
void psl_window_update_undo     (PslWindow    *self);
void psl_window_tell_error      (PslWindow    *self,
                                 const char   *what,
                                 const GError *error);
void psl_window_open_register   (PslWindow    *self,
                                 PslStoreFlags flags);
void psl_window_step            (PslWindow    *self,
                                 gint64        rid);

G_END_DECLS
