/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "detail-test.h"
#include "keys.h"
#include "psl-focus.h"
#include "psl-history-dialog.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-remarks-dialog.h"
#include "ui-test.h"

static gboolean
has_rows (gpointer data)
{
  GtkWidget *list = psl_test_find (data, GTK_TYPE_LIST_BOX);

  GtkListBoxRow *row = list != NULL ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) : NULL;

  return row != NULL && gtk_widget_get_mapped (GTK_WIDGET (row));
}

/* The history of a project whose budget was changed once. */
static AdwDialog *
open_history (DetailTest *fixture)
{
  AdwDialog *dialog;

  detail_test_show_project (fixture);
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "85000.00 USD");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "100000.00 USD");
  dialog = psl_history_dialog_new (fixture->reg, fixture->project, "en");
  adw_dialog_present (dialog, fixture->window);
  psl_test_wait (has_rows, dialog);
  return dialog;
}

static void
activate (AdwDialog  *dialog,
          int         row,
          const char *action)
{
  GtkListBox *list = GTK_LIST_BOX (psl_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX));

  gtk_widget_activate_action (GTK_WIDGET (gtk_list_box_get_row_at_index (list, row)), action, NULL);
}

static void
test_restore (DetailTest    *fixture,
              gconstpointer  data)
{
  AdwDialog *dialog = open_history (fixture);

  psl_test_assert_named (GTK_WIDGET (dialog));

  /* The value before the newest change comes back. */
  activate (dialog, 0, "change.restore");
  detail_test_wait_for_value (fixture, "budget", NULL, "85000.00 USD");

  adw_dialog_force_close (dialog);
}

static GtkWidget *
get_row (AdwDialog *dialog,
         int        nth)
{
  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (psl_test_find (GTK_WIDGET (dialog), GTK_TYPE_LIST_BOX)),
                                                    nth));
}

static gboolean
has_five_rows (gpointer data)
{
  return get_row (data, 4) != NULL;
}

static gboolean
is_in_menu (gpointer data)
{
  return gtk_widget_get_mapped (data) && psl_focus_is_in (data);
}

/* The keyboard comes back from a row's menu, and stays with the change when the list is
 * read again. */
static void
test_focus (DetailTest    *fixture,
            gconstpointer  data)
{
  AdwDialog *dialog = open_history (fixture);
  GtkMenuButton *button = GTK_MENU_BUTTON (psl_test_find (get_row (dialog, 1), GTK_TYPE_MENU_BUTTON));
  GtkPopover *menu;

  gtk_menu_button_popup (button);
  menu = gtk_menu_button_get_popover (button);
  psl_test_wait (is_in_menu, menu);
  gtk_popover_popdown (menu);
  g_assert_true (psl_focus_is_in (GTK_WIDGET (button)));

  g_assert_null (get_row (dialog, 4));
  activate (dialog, 0, "change.restore");
  psl_test_wait (has_five_rows, dialog);
  g_assert_null (get_row (dialog, 5));
  g_assert_true (psl_focus_is_in (get_row (dialog, 2)));
  psl_test_draw (fixture->window);
  g_assert_true (psl_focus_is_in (get_row (dialog, 2)));

  adw_dialog_force_close (dialog);
}

static void
undo_cb (PslHistoryDialog *dialog,
         const PslChange  *change,
         gpointer          undone)
{
  *(gint64 *) undone = change->action->id;
}

/* The arrow keys stay in a menu of one item, which Enter activates after them. */
static void
test_single_item (DetailTest    *fixture,
                  gconstpointer  data)
{
  AdwDialog *dialog = open_history (fixture);
  GtkMenuButton *button;
  GtkWidget *menu, *item;
  gint64 undone = 0;
  int last = 0;

  while (get_row (dialog, last + 1) != NULL)
    last++;
  g_signal_connect (dialog, "undo", G_CALLBACK (undo_cb), &undone);
  button = GTK_MENU_BUTTON (psl_test_find (get_row (dialog, last), GTK_TYPE_MENU_BUTTON));
  gtk_menu_button_popup (button);
  menu = GTK_WIDGET (gtk_menu_button_get_popover (button));
  psl_test_wait (is_in_menu, menu);
  item = gtk_root_get_focus (gtk_widget_get_root (menu));

  for (guint i = 0; i < 3; i++)
    {
      keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Down, 0);
      g_assert_true (gtk_root_get_focus (gtk_widget_get_root (menu)) == item);
      keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Up, 0);
      g_assert_true (gtk_root_get_focus (gtk_widget_get_root (menu)) == item);
    }
  keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Return, 0);
  g_assert_cmpint (undone, >, 0);

  adw_dialog_force_close (dialog);
}

/* An older action that a later one stands on is not undone, and the later one is
 * named, in the language of the interface. */
static void
test_refused (DetailTest    *fixture,
              gconstpointer  data)
{
  gboolean french = g_str_equal (psl_language_get_interface (), "fr");
  AdwDialog *dialog = open_history (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 undone = 0;

  g_signal_connect (dialog, "undo", G_CALLBACK (undo_cb), &undone);
  activate (dialog, 1, "change.undo");
  g_assert_cmpint (undone, >, 0);
  psl_register_undo_async (fixture->reg, undone, answer_cb, &result);
  wait_until (result != NULL);
  g_assert_null (psl_register_action_finish (fixture->reg, result, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "A project"));
  g_assert_nonnull (strstr (error->message, french ? "Annulez d’abord" : "Undo that one first."));
  detail_test_wait_for_value (fixture, "budget", NULL, "100000.00 USD");

  adw_dialog_force_close (dialog);
}

static gboolean
shows_remark (gpointer data)
{
  GtkWidget *dialog = psl_test_find (data, PSL_TYPE_REMARKS_DIALOG);
  GtkWidget *list = dialog != NULL ? psl_test_find (dialog, GTK_TYPE_LIST_BOX) : NULL;
  GtkListBoxRow *row = list != NULL ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0) : NULL;

  return row != NULL && psl_focus_is_in (GTK_WIDGET (row));
}

/* A remark leads to where it is read among others on its field. */
static void
test_remark (DetailTest    *fixture,
             gconstpointer  data)
{
  AdwDialog *dialog;

  detail_test_show_project (fixture);
  detail_test_remark (fixture, "budget", "Signed?");
  dialog = psl_history_dialog_new (fixture->reg, fixture->project, "en");
  adw_dialog_present (dialog, fixture->window);
  psl_test_wait (has_rows, dialog);

  activate (dialog, 0, "change.open");
  psl_test_wait (shows_remark, fixture->window);
  adw_dialog_force_close (ADW_DIALOG (psl_test_find (fixture->window, PSL_TYPE_REMARKS_DIALOG)));
  adw_dialog_force_close (dialog);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  detail_test_add ("/history/restore", test_restore);
  detail_test_add ("/history/focus", test_focus);
  detail_test_add ("/history/single-item", test_single_item);
  detail_test_add ("/history/refused", test_refused);
  detail_test_add ("/history/remark", test_remark);

  return g_test_run ();
}
