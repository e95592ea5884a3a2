/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-window-private.h"

/* The keyboard's way between the panes, and from record to record. */

/* In the order of F6. */
typedef enum
{
  PANE_SIDEBAR,
  PANE_LIST,
  PANE_RECORD,
  N_PANES
} Pane;

static gint64
get_rid (PslWindow *self)
{
  return psl_record_model_get_selected (psl_window_get_model (self));
}

static gboolean
has_focus (PslWindow *self,
           gpointer   pane)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return focus != NULL && gtk_widget_is_ancestor (focus, pane);
}

/* Where the keyboard is; %N_PANES for nowhere. */
static Pane
get_pane (PslWindow *self)
{
  if (has_focus (self, self->sidebar))
    return PANE_SIDEBAR;
  if (has_focus (self, self->list_page))
    return PANE_LIST;

  return has_focus (self, self->detail_page) ? PANE_RECORD : N_PANES;
}

static gboolean
is_there (PslWindow *self,
          Pane       pane)
{
  return pane != PANE_RECORD || get_rid (self) != 0 || psl_detail_page_is_new (self->detail_page);
}

/* Puts the keyboard into a pane, which a narrow window brings to the front. */
static void
enter_pane (PslWindow *self,
            Pane       pane)
{
  adw_navigation_split_view_set_show_content (self->inner_view, pane != PANE_SIDEBAR);
  adw_navigation_split_view_set_show_content (self->outer_view, pane == PANE_RECORD);

  if (pane == PANE_SIDEBAR)
    psl_sidebar_focus (self->sidebar);
  else if (pane == PANE_LIST)
    psl_list_page_focus_list (self->list_page);
  else
    psl_detail_page_enter (self->detail_page, get_rid (self));
}

static void
next_pane_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;
  Pane pane = get_pane (self);

  pane = pane == N_PANES ? PANE_LIST : (pane + 1) % N_PANES;
  enter_pane (self, is_there (self, pane) ? pane : PANE_SIDEBAR);
}

static void
previous_pane_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  PslWindow *self = user_data;
  Pane pane = get_pane (self);

  pane = pane == N_PANES ? PANE_LIST : (pane + N_PANES - 1) % N_PANES;
  enter_pane (self, is_there (self, pane) ? pane : PANE_LIST);
}

/* In a narrow window the menu is a page away. */
static void
main_menu_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *self = user_data;

  if (adw_navigation_split_view_get_collapsed (self->inner_view))
    enter_pane (self, PANE_SIDEBAR);
  psl_sidebar_open_menu (self->sidebar);
}

/* Whoever types in a field goes on in the same field of the other record. */
static void
go_to_neighbour (PslWindow *self,
                 gboolean   after)
{
  PslRecordModel *model = psl_window_get_model (self);
  gint64 rid = psl_record_model_get_neighbour (model, after);
  gboolean typing = get_pane (self) == PANE_RECORD;

  if (rid == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  if (typing)
    psl_detail_page_enter (self->detail_page, rid);
  psl_record_model_select (model, rid);
  psl_list_page_reveal (self->list_page, rid);
}

static void
next_record_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  go_to_neighbour (user_data, TRUE);
}

static void
previous_record_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  go_to_neighbour (user_data, FALSE);
}

/* Whoever goes back to the sidebar in a narrow window is in its list, not in the buttons above. */
static void
sidebar_shown_cb (PslWindow *self)
{
  if (adw_navigation_split_view_get_collapsed (self->inner_view) && get_pane (self) == PANE_SIDEBAR)
    psl_sidebar_focus (self->sidebar);
}

/* Adds the actions of this file, and follows what a narrow window shows. */
void
psl_window_install_panes (PslWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "next-pane", .activate = next_pane_cb },
    { .name = "previous-pane", .activate = previous_pane_cb },
    { .name = "main-menu", .activate = main_menu_cb },
    { .name = "next-record", .activate = next_record_cb },
    { .name = "previous-record", .activate = previous_record_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->sidebar, "shown", G_CALLBACK (sidebar_shown_cb), self, G_CONNECT_SWAPPED);
}
