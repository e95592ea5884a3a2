/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The preferences: where they begin, and limits that are right and wrong. */

#include "config.h"

#include "psl-detail-sheet.h"
#include "psl-focus.h"
#include "psl-codelist.h"
#include "psl-entries-page.h"
#include "psl-kinds.h"
#include "psl-lists-page.h"
#include "psl-preferences-dialog.h"
#include "psl-settings.h"
#include "tests/register-wait.h"
#include "ui-test.h"
#include "window-test.h"

#define MINIMUM "National Projects, at Least"
#define MAXIMUM "National Projects, at Most"

static const char *
get_setting (const char *name)
{
  return psl_setting_values_get (psl_settings_get_kind_settings (psl_settings_get_default ()), &psl_kind_project, name);
}

static gint64
get_number (const char *name)
{
  return psl_setting_values_get_number (psl_settings_get_kind_settings (psl_settings_get_default ()),
                                        &psl_kind_project, name);
}

static gint64
get_initial_number (const char *name)
{
  return psl_setting_values_get_number (NULL, &psl_kind_project, name);
}

/* Whether the dialog is there for the person to type in. */
static gboolean
is_open (gpointer data)
{
  WindowTest *fixture = data;

  return gtk_widget_get_mapped (window_test_find_in_dialog (fixture, MAXIMUM))
         && gtk_window_get_focus (GTK_WINDOW (fixture->window)) != NULL;
}

static void
open_preferences (WindowTest *fixture)
{
  window_test_open_filled (fixture);
  adw_dialog_present (ADW_DIALOG (psl_preferences_dialog_new (fixture->window)), GTK_WIDGET (fixture->window));
  psl_test_wait (is_open, fixture);
}

static GtkWidget *
find_entry (WindowTest *fixture,
            const char *title)
{
  return window_test_find_in_dialog (fixture, title);
}

static void
type_text (WindowTest *fixture,
           const char *title,
           const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_entry (fixture, title)), text);
}

/* Types, and presses Enter. */
static void
enter (WindowTest *fixture,
       const char *title,
       const char *text)
{
  type_text (fixture, title, text);
  g_signal_emit_by_name (find_entry (fixture, title), "entry-activated");
}

static const char *
get_text (WindowTest *fixture,
          const char *title)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_entry (fixture, title)));
}

/* What is said below an entry; NULL for nothing. */
static const char *
get_message (WindowTest *fixture,
             const char *title)
{
  GtkWidget *message = gtk_widget_get_next_sibling (find_entry (fixture, title));

  return gtk_widget_get_visible (message) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (message)) : NULL;
}

/* Whether what the person types in is told to be wrong. */
static gboolean
is_invalid (WindowTest *fixture,
            const char *title)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (find_entry (fixture, title)));

  return gtk_test_accessible_has_state (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
test_focus (WindowTest    *fixture,
            gconstpointer  data)
{
  GtkWidget *focus;

  open_preferences (fixture);
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (focus == window_test_find_in_dialog (fixture, "_Language of Records"));
  psl_test_assert_named (window_test_get_dialog (fixture));
  window_test_close_window (fixture);
}

static gboolean
is_sheet (gpointer data)
{
  return psl_test_find (data, ADW_TYPE_BOTTOM_SHEET) != NULL;
}

/* So it is at the foot of a narrow window. */
static void
test_narrow_focus (WindowTest    *fixture,
                   gconstpointer  data)
{
  GtkWidget *focus;

  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 400, 600);
  open_preferences (fixture);
  psl_test_wait (is_sheet, fixture->window);
  psl_test_settle ();
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (focus == window_test_find_in_dialog (fixture, "_Language of Records"));
  window_test_close_window (fixture);
}

/* However its digits are grouped. */
static void
test_grouped (WindowTest    *fixture,
              gconstpointer  data)
{
  static const struct
  {
    const char *text;
    gint64 amount;
  } amounts[] = {
    { "210000", 210000 },
    { " 220 000 ", 220000 },
    { "230,000", 230000 },
    { "240\u00a0000", 240000 },
    { "250\u202f000", 250000 },
    { "260.000", 260000 },
    { "1'270'000", 1270000 },
  };

  open_preferences (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      enter (fixture, MAXIMUM, amounts[i].text);
      g_assert_null (get_message (fixture, MAXIMUM));
      g_assert_cmpint (get_number ("national_maximum"), ==, amounts[i].amount);
    }
  window_test_close_window (fixture);
}

/* What is wrong stays with its message, and keeps nothing else from being stored. */
static void
test_wrong (WindowTest    *fixture,
            gconstpointer  data)
{
  static const char *const wrong[] = { "", "lots", "-5", "12.5", "99999999999999999999", "9223372036854775807" };

  open_preferences (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_test_message ("“%s”", wrong[i]);
      enter (fixture, MINIMUM, wrong[i]);
      g_assert_nonnull (get_message (fixture, MINIMUM));
      g_assert_true (is_invalid (fixture, MINIMUM));
      g_assert_cmpstr (get_text (fixture, MINIMUM), ==, wrong[i]);
      g_assert_cmpint (get_number ("national_minimum"), ==, get_initial_number ("national_minimum"));
    }

  enter (fixture, "_Currency", "doubloons");
  g_assert_nonnull (get_message (fixture, "_Currency"));
  g_assert_cmpstr (get_setting ("currency"), ==, "USD");

  enter (fixture, "Regional Projects, at Most", "400000");
  g_assert_cmpint (get_number ("regional_maximum"), ==, 400000);
  enter (fixture, MAXIMUM, "500000");
  g_assert_cmpint (get_number ("national_maximum"), ==, 500000);
  g_assert_null (get_message (fixture, MAXIMUM));
  g_assert_nonnull (get_message (fixture, MINIMUM));

  enter (fixture, MINIMUM, "60000");
  g_assert_null (get_message (fixture, MINIMUM));
  g_assert_false (is_invalid (fixture, MINIMUM));
  g_assert_cmpint (get_number ("national_minimum"), ==, 60000);
  enter (fixture, "_Currency", "eur");
  g_assert_null (get_message (fixture, "_Currency"));
  g_assert_cmpstr (get_setting ("currency"), ==, "EUR");
  g_assert_cmpstr (get_text (fixture, "_Currency"), ==, "EUR");
  psl_test_assert_named (window_test_get_dialog (fixture));
  window_test_close_window (fixture);
}

/* The least is never above the most, in whichever order they are raised. */
static void
test_order (WindowTest    *fixture,
            gconstpointer  data)
{
  open_preferences (fixture);

  enter (fixture, MINIMUM, "600000");
  g_assert_nonnull (get_message (fixture, MINIMUM));
  g_assert_null (get_message (fixture, MAXIMUM));
  g_assert_cmpint (get_number ("national_minimum"), ==, get_initial_number ("national_minimum"));

  /* Not enough, but right by itself. */
  enter (fixture, MAXIMUM, "500000");
  g_assert_nonnull (get_message (fixture, MINIMUM));
  g_assert_cmpstr (get_text (fixture, MINIMUM), ==, "600000");
  g_assert_cmpint (get_number ("national_maximum"), ==, 500000);

  enter (fixture, MAXIMUM, "700000");
  g_assert_null (get_message (fixture, MINIMUM));
  g_assert_cmpint (get_number ("national_minimum"), ==, 600000);
  g_assert_cmpint (get_number ("national_maximum"), ==, 700000);

  enter (fixture, MAXIMUM, "1");
  g_assert_nonnull (get_message (fixture, MAXIMUM));
  g_assert_null (get_message (fixture, MINIMUM));
  g_assert_cmpint (get_number ("national_maximum"), ==, 700000);
  window_test_close_window (fixture);
}

static gboolean
has_stored (gpointer data)
{
  return get_number ("national_maximum") == 350000;
}

/* What is typed is not lost with the dialog. */
static void
test_closed (WindowTest    *fixture,
             gconstpointer  data)
{
  g_autofree char *author = NULL;

  open_preferences (fixture);
  type_text (fixture, "_Your Name", "Ama Mensah");
  type_text (fixture, MAXIMUM, "350000");
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (has_stored, NULL);
  author = psl_settings_dup_author (psl_settings_get_default ());
  g_assert_cmpstr (author, ==, "Ama Mensah");
  window_test_close_window (fixture);
}

static PslEditor *
find_year (WindowTest *fixture)
{
  GtkWidget *sheet = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);

  return sheet != NULL ? psl_detail_sheet_find_editor (PSL_DETAIL_SHEET (sheet),
                                                       psl_kind_find_field (&psl_kind_project, "year"), NULL) : NULL;
}

static gboolean
is_in_year (gpointer data)
{
  PslEditor *year = find_year (data);

  return year != NULL && psl_focus_is_in (GTK_WIDGET (year));
}

static gboolean
shows_record (gpointer data)
{
  PslEditor *year = find_year (data);

  return year != NULL && gtk_widget_get_mapped (GTK_WIDGET (year)) && psl_editor_get_record (year) != NULL;
}

/* The languages of the records are searched by typing, as every list is. */
static void
test_search_language (WindowTest   *fixture,
                      gconstpointer data)
{
  AdwComboRow *row;

  window_test_open_filled (fixture);
  adw_dialog_present (ADW_DIALOG (psl_preferences_dialog_new (fixture->window)), GTK_WIDGET (fixture->window));
  psl_test_wait (is_open, fixture);
  row = ADW_COMBO_ROW (psl_test_find (window_test_get_dialog (fixture), ADW_TYPE_COMBO_ROW));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, 3);
  g_assert_true (adw_combo_row_get_enable_search (row));
  g_assert_nonnull (adw_combo_row_get_expression (row));
  window_test_close_window (fixture);
}

/* The field that one comes back to has been made again in the other order meanwhile. */
static void
test_language (WindowTest   *fixture,
               gconstpointer data)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  PslEditor *before;

  window_test_open_filled (fixture);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (shows_record, fixture);
  before = find_year (fixture);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (before)));

  adw_dialog_present (ADW_DIALOG (psl_preferences_dialog_new (fixture->window)), GTK_WIDGET (fixture->window));
  psl_test_wait (is_open, fixture);
  g_assert_false (is_in_year (fixture));
  g_settings_set_string (settings, "record-language",
                         g_str_equal (psl_settings_get_language (psl_settings_get_default ()), "fr") ? "en" : "fr");
  g_assert_true (find_year (fixture) != before);
  g_assert_false (is_in_year (fixture));

  adw_dialog_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (is_in_year, fixture);
  psl_test_settle ();
  g_assert_true (is_in_year (fixture));
  window_test_close_window (fixture);
}

static AdwPreferencesDialog *
get_preferences (WindowTest *fixture)
{
  return ADW_PREFERENCES_DIALOG (window_test_get_dialog (fixture));
}

static void
activate_row (WindowTest *fixture,
              const char *title)
{
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, title), "activated");
}

/* Opens the page of a code list, whose first entry is @title. */
static void
open_list (WindowTest *fixture,
           const char *list,
           const char *title,
           const char *subtitle)
{
  GtkWidget *page;

  open_preferences (fixture);
  page = psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_LISTS_PAGE);
  adw_preferences_dialog_set_visible_page (get_preferences (fixture), ADW_PREFERENCES_PAGE (page));
  activate_row (fixture, list);
  window_test_wait_for_row (fixture, title, subtitle);
  psl_test_settle ();
  psl_test_assert_named (window_test_get_dialog (fixture));
}

/* The button of a row that moves its entry. */
static GtkWidget *
find_mover (GtkWidget  *widget,
            const char *tooltip)
{
  GtkWidget *found = g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0 ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_mover (child, tooltip);
  return found;
}

static GtkWidget *
find_in_list (WindowTest *fixture,
              const char *tooltip)
{
  GtkWidget *found = find_mover (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_ENTRIES_PAGE), tooltip);

  g_assert_nonnull (found);
  return found;
}

static const PslCode *
find_type (const char *code)
{
  return psl_codelist_find (psl_codelist_get ("type"), code);
}

static gboolean
is_renamed (gpointer data)
{
  return g_str_equal (find_type ("CT")->names[1], data);
}

/* An entry is renamed on its page, and what is said of it has an Undo. */
static void
test_rename_entry (WindowTest    *fixture,
                   gconstpointer  data)
{
  GtkWidget *undo;

  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_settle ();
  psl_test_assert_named (window_test_get_dialog (fixture));
  type_text (fixture, "Name in _English", "Against Trafficking");
  g_signal_emit_by_name (find_entry (fixture, "Name in _English"), "apply");
  psl_test_wait (is_renamed, (gpointer) "Against Trafficking");
  g_assert_cmpstr (find_type ("CT")->names[0], ==, "Lutte contre la traite");
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  window_test_wait_for_row (fixture, "Against Trafficking", "Lutte contre la traite · CT");
  psl_test_settle ();

  undo = window_test_find_in_dialog (fixture, "_Undo");
  g_signal_emit_by_name (undo, "clicked");
  psl_test_wait (is_renamed, (gpointer) "Counter Trafficking");
  window_test_wait_for_row (fixture, "Counter Trafficking", "Lutte contre la traite · CT");
  window_test_close_window (fixture);
}

static gboolean
has_aliases (gpointer data)
{
  const char *const *aliases = find_type ("CT")->aliases;

  return g_strv_equal (aliases, (const char *[]) { "Trade", "Traffic", NULL });
}

/* What was typed and not applied is stored when the page is left. */
static void
test_leave_entry (WindowTest    *fixture,
                  gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_settle ();
  type_text (fixture, "_Other Names, between Semicolons", "Trade; ; Traffic ");
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  psl_test_wait (has_aliases, NULL);
  window_test_close_window (fixture);
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static gboolean
says_taken (gpointer data)
{
  return has_label (window_test_get_dialog (data),
                    "The list already has “CT”: Counter Trafficking. Choose another code.");
}

static void
test_add_entry (WindowTest    *fixture,
                gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_signal_emit_by_name (find_in_list (fixture, "Add an Entry"), "clicked");
  psl_test_settle ();
  psl_test_assert_named (window_test_get_dialog (fixture));
  type_text (fixture, "_Code", "CT");
  type_text (fixture, "Name in _French", "Échange");
  type_text (fixture, "Name in _English", "Exchange");
  activate_row (fixture, "_Add");
  psl_test_wait (says_taken, fixture);
  type_text (fixture, "_Code", "XQ");
  activate_row (fixture, "_Add");
  window_test_wait_for_row (fixture, "Exchange", "Échange · XQ");
  g_assert_cmpuint (psl_codelist_get_n (psl_codelist_get ("type")), ==, 14);
  window_test_close_window (fixture);
}

static gboolean
is_on_last_mover (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return focus != NULL &&
         g_strcmp0 (gtk_widget_get_tooltip_text (focus), "Move “Counter Trafficking” Down") == 0;
}

/* The keyboard goes along with the entry, and is not lost where it can't go further. */
static void
test_move_entry (WindowTest    *fixture,
                 gconstpointer  data)
{
  GtkWidget *focus;

  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_assert_false (gtk_widget_get_sensitive (find_in_list (fixture, "Move “Migration Policy Activities” Up")));
  focus = find_in_list (fixture, "Move “Counter Trafficking” Up");
  g_assert_true (gtk_widget_grab_focus (focus));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == focus);
  g_signal_emit_by_name (focus, "clicked");
  psl_test_wait (is_on_last_mover, fixture);
  psl_test_settle ();
  g_assert_true (is_on_last_mover (fixture));
  g_assert_cmpstr (psl_codelist_get_nth (psl_codelist_get ("type"), 0)->code, ==, "CT");
  g_assert_false (gtk_widget_get_sensitive (find_in_list (fixture, "Move “Counter Trafficking” Up")));
  g_assert_true (gtk_widget_get_sensitive (find_in_list (fixture, "Move “Migration Policy Activities” Up")));
  window_test_close_window (fixture);
}

static gboolean
can_restore (gpointer data)
{
  return find_type ("CT")->withdrawn && window_test_find_titled (window_test_get_dialog (data), "_Restore") != NULL;
}

static gboolean
can_withdraw (gpointer data)
{
  return !find_type ("CT")->withdrawn && window_test_find_titled (window_test_get_dialog (data), "_Withdraw") != NULL;
}

static void
test_withdraw_entry (WindowTest    *fixture,
                     gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_settle ();
  activate_row (fixture, "_Withdraw");
  psl_test_wait (can_restore, fixture);
  activate_row (fixture, "_Restore");
  psl_test_wait (can_withdraw, fixture);
  activate_row (fixture, "_Withdraw");
  psl_test_wait (can_restore, fixture);
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  window_test_wait_for_row (fixture, "Counter Trafficking", "Lutte contre la traite · CT · withdrawn");
  window_test_close_window (fixture);
}

static gboolean
offers_to_add (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *button = window_test_find_titled (GTK_WIDGET (fixture->window->detail_page), "Add “XQ” to the List…");

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
offers_nothing (gpointer data)
{
  return !offers_to_add (data) && window_test_get_dialog (data) == NULL;
}

static gboolean
asks_for_names (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);
  GtkWidget *name = dialog != NULL ? window_test_find_titled (dialog, "Name in _French") : NULL;

  return name != NULL && gtk_widget_get_mapped (name);
}

static gboolean
begins_in_name (gpointer data)
{
  return psl_focus_is_in (window_test_find_in_dialog (data, "Name in _French"));
}

/* A code that no list has is added to its list from the record that has it. */
static void
test_add_unlisted (WindowTest    *fixture,
                   gconstpointer  data)
{
  PslRecordModel *model;
  gint64 rid;

  window_test_open_filled (fixture);
  model = window_test_get_model (fixture);
  rid = psl_record_model_get_rid (model, 0);
  register_wait_set (fixture->window->reg, rid, &psl_kind_project, "type", NULL, "XQ");
  psl_record_model_select (model, rid);
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (offers_to_add, fixture);
  psl_test_assert_named (GTK_WIDGET (fixture->window->detail_page));
  g_signal_emit_by_name (window_test_find_titled (GTK_WIDGET (fixture->window->detail_page), "Add “XQ” to the List…"),
                         "clicked");
  psl_test_wait (asks_for_names, fixture);
  psl_test_assert_named (window_test_get_dialog (fixture));
  g_assert_true (has_label (window_test_get_dialog (fixture), "XQ"));
  psl_test_wait (begins_in_name, fixture);
  type_text (fixture, "Name in _French", "Échange");
  type_text (fixture, "Name in _English", "Exchange");
  activate_row (fixture, "_Add");
  psl_test_wait (offers_nothing, fixture);
  g_assert_cmpstr (find_type ("XQ")->names[1], ==, "Exchange");
  g_assert_true (has_label (GTK_WIDGET (fixture->window->detail_page), "Exchange"));
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/preferences/focus", test_focus);
  window_test_add ("/ui/preferences/narrow-focus", test_narrow_focus);
  window_test_add ("/ui/preferences/grouped", test_grouped);
  window_test_add ("/ui/preferences/wrong", test_wrong);
  window_test_add ("/ui/preferences/order", test_order);
  window_test_add ("/ui/preferences/closed", test_closed);
  window_test_add ("/ui/preferences/language", test_language);
  window_test_add ("/ui/preferences/lists/rename", test_rename_entry);
  window_test_add ("/ui/preferences/lists/leave", test_leave_entry);
  window_test_add ("/ui/preferences/lists/add", test_add_entry);
  window_test_add ("/ui/preferences/lists/move", test_move_entry);
  window_test_add ("/ui/preferences/lists/withdraw", test_withdraw_entry);
  window_test_add ("/ui/preferences/lists/add-unlisted", test_add_unlisted);
  window_test_add ("/ui/preferences/search-language", test_search_language);

  return window_test_run ();
}
