/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The preferences: where they begin, and limits that are right and wrong. */

#include "config.h"

#include <string.h>

#include "psl-backup-list.h"
#include "psl-detail-sheet.h"
#include "psl-focus.h"
#include "psl-codelist.h"
#include "psl-entries-page.h"
#include "psl-kinds.h"
#include "psl-language-name.h"
#include "psl-language-picker.h"
#include "psl-lists-page.h"
#include "psl-settings.h"
#include "keys.h"
#include "tests/register-wait.h"
#include "ui-test.h"
#include "window-test.h"

#define MINIMUM "National Projects, at Least"
#define MAXIMUM "National Projects, at Most"

typedef struct
{
  PslPicker *picker;
  const char *tag;
} Offer;

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
  psl_window_show_preferences (fixture->window);
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

/* The message below an entry; NULL for none. */
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

/* A wrong value stays with its message, and keeps no other from being stored. */
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

/* Typed text is not lost with the dialog. */
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
  psl_window_show_preferences (fixture->window);
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

  psl_window_show_preferences (fixture->window);
  psl_test_wait (is_open, fixture);
  g_assert_false (is_in_year (fixture));
  g_settings_set_string (settings, "record-language",
                         g_str_equal (psl_register_get_language (fixture->window->reg), "fr") ? "en" : "fr");
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

static const PslCodelist *
get_types (WindowTest *fixture)
{
  return psl_codelists_get_list (psl_register_get_codelists (fixture->window->reg), "type");
}

static const PslCode *
find_type (WindowTest *fixture,
           const char *code)
{
  return psl_codelist_find (get_types (fixture), code);
}

static gboolean
is_trafficking (gpointer data)
{
  return g_str_equal (psl_names_get (find_type (data, "CT")->names, "en"), "Counter Trafficking");
}

static gboolean
is_renamed (gpointer data)
{
  return g_str_equal (psl_names_get (find_type (data, "CT")->names, "en"), "Against Trafficking");
}

/* The keyboard is behind the first name, and a key replaces none of it. */
static gboolean
is_at_end (gpointer data)
{
  GtkWidget *name = window_test_find_in_dialog (data, "Name in French");

  return name != NULL && psl_focus_is_in (name) && !gtk_editable_get_selection_bounds (GTK_EDITABLE (name), NULL, NULL) &&
         gtk_editable_get_position (GTK_EDITABLE (name)) ==
         (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (name)), -1);
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
  psl_test_wait (is_at_end, fixture);
  type_text (fixture, "Name in English", "Against Trafficking");
  g_signal_emit_by_name (find_entry (fixture, "Name in English"), "apply");
  psl_test_wait (is_renamed, fixture);
  g_assert_cmpstr (psl_names_get (find_type (fixture, "CT")->names, "fr"), ==, "Lutte contre la traite");
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  window_test_wait_for_row (fixture, "Against Trafficking", "Lutte contre la traite · CT");
  psl_test_settle ();

  undo = window_test_find_in_dialog (fixture, "_Undo");
  g_signal_emit_by_name (undo, "clicked");
  psl_test_wait (is_trafficking, fixture);
  window_test_wait_for_row (fixture, "Counter Trafficking", "Lutte contre la traite · CT");
  window_test_close_window (fixture);
}

/* Whatever languages an entry has names in, the list shows them. */
static void
test_third_language (WindowTest    *fixture,
                     gconstpointer  data)
{
  g_autoptr (PslRecord) entry = psl_record_new (&psl_kind_entry, 0, NULL);

  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  psl_record_set (entry, psl_kind_find_field (&psl_kind_entry, "code"), NULL, "type/CT");
  psl_record_set (entry, psl_kind_find_field (&psl_kind_entry, "name"), "es", "Lucha contra la trata");
  register_wait_insert (fixture->window->reg, entry);
  window_test_wait_for_row (fixture, "Counter Trafficking", "Lutte contre la traite · Lucha contra la trata · CT");
  window_test_close_window (fixture);
}

/* Text typed while an edit is stored stays, and is stored in its turn. */
static void
test_type_on (WindowTest    *fixture,
              gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_settle ();
  type_text (fixture, "Name in English", "Against Trafficking");
  g_signal_emit_by_name (find_entry (fixture, "Name in English"), "apply");
  type_text (fixture, "Name in French", "Contre la traite");
  psl_test_wait (is_renamed, fixture);
  psl_test_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (fixture, "Name in French"))), ==, "Contre la traite");
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  window_test_wait_for_row (fixture, "Against Trafficking", "Contre la traite · CT");
  window_test_close_window (fixture);
}

static gboolean
has_aliases (gpointer data)
{
  const char *const *aliases = find_type (data, "CT")->aliases;

  return g_strv_equal (aliases, (const char *[]) { "Trade", "Traffic", NULL });
}

/* Text that was typed and not applied is stored when the page is left. */
static void
test_leave_entry (WindowTest    *fixture,
                  gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_settle ();
  type_text (fixture, "_Other Names, between Semicolons", "Trade; ; Traffic ");
  g_assert_true (adw_preferences_dialog_pop_subpage (get_preferences (fixture)));
  psl_test_wait (has_aliases, fixture);
  window_test_close_window (fixture);
}

static gboolean
says_taken (gpointer data)
{
  return psl_test_find_label (window_test_get_dialog (data),
                              "The list already has “CT”: Counter Trafficking. Choose another code.") != NULL;
}

static gboolean
begins_in_name (gpointer data)
{
  return psl_focus_is_in (window_test_find_in_dialog (data, "Name in French"));
}

static gboolean
is_on_code (gpointer data)
{
  return psl_focus_is_in (window_test_find_in_dialog (data, "_Code"));
}

/* A field of the page for a new entry. */
typedef struct
{
  WindowTest *fixture;
  const char *title;
} Field;

static gboolean
is_on_added (gpointer data)
{
  GtkWidget *row = window_test_find_in_dialog (data, "Exchange");

  return row != NULL && gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window)) == row;
}

/* Whether the whole row of the new entry is in the part of the page that is on show. */
static gboolean
is_added_in_view (gpointer data)
{
  GtkWidget *row = window_test_find_in_dialog (data, "Exchange");
  GtkWidget *viewport = gtk_widget_get_ancestor (row, GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, viewport, &bounds) && bounds.origin.y >= 0 &&
         bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (viewport);
}

/* The code is made of the name until the person types one; what is wrong is said at the
 * field, and the keyboard is put there; and the new entry is brought into view. Where
 * @data says that nothing is animated, the list is back before the entry has its place. */
static void
test_add_entry (WindowTest    *fixture,
                gconstpointer  data)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", data == NULL, NULL);
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_signal_emit_by_name (find_in_list (fixture, "Add an Entry"), "clicked");
  psl_test_wait (begins_in_name, fixture);
  psl_test_assert_named (window_test_get_dialog (fixture));
  type_text (fixture, "Name in English", "Counter  Terror");
  g_assert_cmpstr (get_text (fixture, "_Code"), ==, "CT2");
  type_text (fixture, "_Code", "CT");
  type_text (fixture, "Name in French", "Échange");
  type_text (fixture, "Name in English", "Exchange");
  g_assert_cmpstr (get_text (fixture, "_Code"), ==, "CT");
  activate_row (fixture, "_Add");
  psl_test_wait (says_taken, fixture);
  psl_test_wait (is_on_code, fixture);
  g_assert_true (is_invalid (fixture, "_Code"));
  g_assert_cmpstr (get_message (fixture, "_Code"), ==,
                   "The list already has “CT”: Counter Trafficking. Choose another code.");

  type_text (fixture, "_Code", "");
  type_text (fixture, "Name in English", "");
  g_assert_cmpstr (get_text (fixture, "_Code"), ==, "ECH");
  type_text (fixture, "Name in English", "Exchange");
  type_text (fixture, "_Code", "XQ");
  activate_row (fixture, "_Add");
  window_test_wait_for_row (fixture, "Exchange", "Échange · XQ");
  g_assert_cmpuint (psl_codelist_get_n (get_types (fixture)), ==, 14);
  psl_test_wait (is_on_added, fixture);
  psl_test_settle ();
  g_assert_true (is_on_added (fixture));
  psl_test_wait (is_added_in_view, fixture);
  window_test_close_window (fixture);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-enable-animations");
}

static gboolean
has_focus_in (gpointer data)
{
  Field *field = data;

  return psl_focus_is_in (find_entry (field->fixture, field->title));
}

static void
press_enter (WindowTest *fixture,
             const char *title)
{
  g_signal_emit_by_name (find_entry (fixture, title), "entry-activated");
}

static void
open_new_entry (WindowTest *fixture)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_signal_emit_by_name (find_in_list (fixture, "Add an Entry"), "clicked");
  psl_test_wait (begins_in_name, fixture);
}

/* Enter leads through all fields before it adds the entry. */
static void
test_enter_goes_on (WindowTest    *fixture,
                    gconstpointer  data)
{
  open_new_entry (fixture);
  type_text (fixture, "Name in French", "Échange");
  press_enter (fixture, "Name in French");
  psl_test_wait (has_focus_in, &(Field) { fixture, "Name in English" });
  press_enter (fixture, "Name in English");
  psl_test_wait (has_focus_in, &(Field) { fixture, "_Other Names, between Semicolons" });
  press_enter (fixture, "_Other Names, between Semicolons");
  psl_test_wait (has_focus_in, &(Field) { fixture, "_Code" });
  g_assert_cmpuint (psl_codelist_get_n (get_types (fixture)), ==, 13);
  type_text (fixture, "_Code", "XQ");
  press_enter (fixture, "_Code");
  window_test_wait_for_row (fixture, "Échange", "XQ");
  window_test_close_window (fixture);
}

/* Adds the entry, which is refused for the text of a field: the fault is said there. */
static void
assert_refused_at (WindowTest *fixture,
                   const char *title,
                   const char *text)
{
  g_autofree char *message = g_strdup_printf ("The list already has “%s”, with the code CT. "
                                              "Take that entry, or choose another name.", text);

  type_text (fixture, title, text);
  g_assert_true (gtk_widget_grab_focus (find_entry (fixture, "_Code")));
  activate_row (fixture, "_Add");
  psl_test_wait (has_focus_in, &(Field) { fixture, title });
  g_assert_true (is_invalid (fixture, title));
  g_assert_cmpstr (get_message (fixture, title), ==, message);
  type_text (fixture, title, "");
}

/* A name, another name and a code of another entry are refused wherever they are typed, and
 * Tab goes on from there to the next field. */
static void
test_add_taken (WindowTest    *fixture,
                gconstpointer  data)
{
  open_new_entry (fixture);
  type_text (fixture, "Name in French", "Échange");
  type_text (fixture, "_Code", "XQ");
  assert_refused_at (fixture, "_Other Names, between Semicolons", "Counter trafficking");
  assert_refused_at (fixture, "_Other Names, between Semicolons", "CT");
  assert_refused_at (fixture, "Name in English", "CT");
  assert_refused_at (fixture, "Name in English", "Lutte contre la traite");
  g_assert_true (gtk_widget_child_focus (window_test_get_dialog (fixture), GTK_DIR_TAB_FORWARD));
  g_assert_true (has_focus_in (&(Field) { fixture, "_Other Names, between Semicolons" }));
  window_test_close_window (fixture);
}

/* Without a name it is the names that are marked. */
static void
test_add_nameless (WindowTest    *fixture,
                   gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_signal_emit_by_name (find_in_list (fixture, "Add an Entry"), "clicked");
  psl_test_wait (begins_in_name, fixture);
  type_text (fixture, "_Code", "XQ");
  g_assert_true (gtk_widget_grab_focus (find_entry (fixture, "_Code")));
  activate_row (fixture, "_Add");
  psl_test_wait (begins_in_name, fixture);
  g_assert_true (is_invalid (fixture, "Name in French"));
  g_assert_false (is_invalid (fixture, "_Code"));
  window_test_close_window (fixture);
}

static gboolean
begins_in_language (gpointer data)
{
  GtkWidget *entry = window_test_find_in_dialog (data, "_Language");

  return entry != NULL && psl_focus_is_in (entry);
}

static PslPickerItem *
get_first (PslPicker *picker)
{
  GtkListView *list = GTK_LIST_VIEW (psl_test_find (GTK_WIDGET (picker), GTK_TYPE_LIST_VIEW));

  return g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (list)), 0);
}

/* The first item that a picker offers. */
static gboolean
offers (gpointer data)
{
  const Offer *offer = data;
  g_autoptr (PslPickerItem) item = get_first (offer->picker);

  return item != NULL && g_str_equal (psl_picker_item_get_value (item), offer->tag);
}

static gboolean
offers_another_english (gpointer data)
{
  g_autoptr (PslPickerItem) item = get_first (data);

  return item != NULL && strstr (psl_picker_item_get_title (item), "English") != NULL &&
         !g_str_equal (psl_picker_item_get_value (item), "en");
}

static void
pick_language (PslPicker  *picker,
               const char *tag)
{
  g_autofree char *label = psl_language_dup_label (tag, "en");
  g_autoptr (PslPickerItem) item = psl_picker_item_new (tag, label, NULL);

  g_signal_emit_by_name (picker, "picked", item);
}

static gboolean
says_unknown (gpointer data)
{
  return g_strcmp0 (get_message (data, "_Language"),
                    "“Spannish” is neither the name nor the tag of a language. Choose it from the list.") == 0;
}

static PslPicker *
start_language (WindowTest *fixture)
{
  psl_test_settle ();
  g_signal_emit_by_name (find_in_list (fixture, "Add an Entry"), "clicked");
  psl_test_wait (begins_in_language, fixture);
  return PSL_PICKER (psl_test_find (find_entry (fixture, "_Language"), PSL_TYPE_LANGUAGE_PICKER));
}

/* A language is found by its name, in the interface's language and in its own, and by its tag;
 * one that the register has is not offered again. */
static void
test_add_language (WindowTest    *fixture,
                   gconstpointer  data)
{
  PslPicker *picker;

  open_preferences (fixture);
  activate_row (fixture, "Languages of Te_xts");
  window_test_wait_for_row (fixture, "English", "Anglais · en");
  picker = start_language (fixture);
  psl_test_assert_named (window_test_get_dialog (fixture));

  psl_picker_search_for (picker, "portug");
  psl_test_wait (offers, &(Offer) { picker, "pt" });
  psl_picker_search_for (picker, "svensk");
  psl_test_wait (offers, &(Offer) { picker, "sv" });
  psl_picker_search_for (picker, "pt-br");
  psl_test_wait (offers, &(Offer) { picker, "pt-BR" });
  /* Egyptian Arabic and Cajun French begin so, too. */
  psl_picker_search_for (picker, "ar-EG");
  psl_test_wait (offers, &(Offer) { picker, "ar-EG" });
  psl_picker_search_for (picker, "fr-CA");
  psl_test_wait (offers, &(Offer) { picker, "fr-CA" });
  psl_picker_search_for (picker, "english");
  psl_test_wait (offers_another_english, picker);
  psl_picker_search_for (picker, "espanol");
  psl_test_wait (offers, &(Offer) { picker, "es" });
  g_signal_emit_by_name (psl_test_find (GTK_WIDGET (picker), GTK_TYPE_LIST_VIEW), "activate", 0);
  g_assert_cmpstr (get_text (fixture, "_Language"), ==, "Spanish");

  activate_row (fixture, "_Add");
  window_test_wait_for_row (fixture, "Spanish", "Espagnol · es");
  window_test_close_window (fixture);
}

static gboolean
has_keyboard (gpointer data)
{
  return gtk_widget_get_mapped (data) && psl_focus_is_in (data);
}

/* Finds a language from the keyboard alone: the button takes the first letter, or Enter, and Enter
 * takes the first language that is left, also right after the last letter. */
static void
test_type_language (WindowTest    *fixture,
                    gconstpointer  data)
{
  PslPicker *picker;
  GtkWidget *button;
  GtkEditable *search;

  open_preferences (fixture);
  activate_row (fixture, "Languages of Te_xts");
  window_test_wait_for_row (fixture, "English", "Anglais · en");
  picker = start_language (fixture);
  button = gtk_widget_get_ancestor (GTK_WIDGET (picker), GTK_TYPE_MENU_BUTTON);
  search = GTK_EDITABLE (psl_test_find (GTK_WIDGET (picker), GTK_TYPE_SEARCH_ENTRY));

  g_assert_true (gtk_widget_grab_focus (button));
  g_assert_true (keys_press (GTK_WINDOW (fixture->window), GDK_KEY_e, 0));
  psl_test_wait (has_keyboard, picker);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "e");
  g_assert_true (gtk_menu_button_get_active (GTK_MENU_BUTTON (button)));
  gtk_editable_set_text (search, "espa");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (get_text (fixture, "_Language"), ==, "Spanish");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (picker)));
  g_assert_false (gtk_menu_button_get_active (GTK_MENU_BUTTON (button)));
  psl_test_wait (has_keyboard, button);

  g_assert_true (keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Return, 0));
  psl_test_wait (has_keyboard, picker);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  gtk_editable_set_text (search, "svensk");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpstr (get_text (fixture, "_Language"), ==, "Swedish");
  window_test_close_window (fixture);
}

/* The picked language is added, though its name may be the tag of another; a text that is no
 * language is refused in the words of the field. */
static void
test_pick_language (WindowTest    *fixture,
                    gconstpointer  data)
{
  const char *const *tags = psl_language_list ();
  PslPicker *picker;

  open_preferences (fixture);
  activate_row (fixture, "Languages of Te_xts");
  window_test_wait_for_row (fixture, "English", "Anglais · en");
  picker = start_language (fixture);
  for (gsize i = 0; tags[i] != NULL; i++)
    {
      pick_language (picker, tags[i]);
      g_assert_cmpstr (psl_language_read (get_text (fixture, "_Language")), ==, tags[i]);
    }
  type_text (fixture, "_Language", "Spannish");
  activate_row (fixture, "_Add");
  psl_test_wait (says_unknown, fixture);

  /* The beginning of the name of a single one is enough. */
  type_text (fixture, "_Language", "espa");
  g_signal_emit_by_name (find_entry (fixture, "_Language"), "entry-activated");
  g_assert_cmpstr (get_text (fixture, "_Language"), ==, "Spanish");

  pick_language (picker, "gaa");
  activate_row (fixture, "_Add");
  window_test_wait_for_row (fixture, "Ga", "gaa");
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
  g_assert_cmpstr (psl_codelist_get_nth (get_types (fixture), 0)->code, ==, "CT");
  g_assert_false (gtk_widget_get_sensitive (find_in_list (fixture, "Move “Counter Trafficking” Up")));
  g_assert_true (gtk_widget_get_sensitive (find_in_list (fixture, "Move “Migration Policy Activities” Up")));
  window_test_close_window (fixture);
}

static gboolean
is_on_down (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return focus != NULL && g_strcmp0 (gtk_widget_get_tooltip_text (focus), "Move “Counter Trafficking” Down") == 0 &&
         g_str_equal (psl_codelist_get_nth (get_types (data), 0)->code, "CT");
}

static gboolean
is_second_again (gpointer data)
{
  return g_str_equal (psl_codelist_get_nth (get_types (data), 1)->code, "CT");
}

/* The keys move the entry that has the keyboard, as the buttons do. */
static void
test_move_by_keys (WindowTest    *fixture,
                   gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  g_assert_true (gtk_widget_grab_focus (find_entry (fixture, "Counter Trafficking")));
  g_assert_true (keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Up, GDK_ALT_MASK));
  psl_test_wait (is_on_down, fixture);
  g_assert_true (keys_press (GTK_WINDOW (fixture->window), GDK_KEY_Down, GDK_ALT_MASK));
  psl_test_wait (is_second_again, fixture);
  window_test_close_window (fixture);
}

static gboolean
can_restore (gpointer data)
{
  return find_type (data, "CT")->withdrawn && window_test_find_titled (window_test_get_dialog (data), "_Restore") != NULL;
}

static gboolean
can_withdraw (gpointer data)
{
  return !find_type (data, "CT")->withdrawn && window_test_find_titled (window_test_get_dialog (data), "_Withdraw") != NULL;
}

/* Whether the page of an entry says which records have it. */
static gboolean
says_in_use (WindowTest *fixture,
             const char *uses)
{
  g_autofree char *text = g_strdup_printf ("A withdrawn entry is not offered any more; records that have it keep it.\n"
                                           "In use: %s.", uses);

  return psl_test_find_label (window_test_get_dialog (fixture), text) != NULL;
}

static gboolean
says_one_project (gpointer data)
{
  return says_in_use (data, "1 project");
}

static gboolean
says_all_projects (gpointer data)
{
  g_autofree char *projects = g_strdup_printf ("%d projects", WINDOW_TEST_PROJECTS);

  return says_in_use (data, projects);
}

/* A language is in use where there are texts in it. */
static void
test_language_in_use (WindowTest    *fixture,
                      gconstpointer  data)
{
  open_preferences (fixture);
  activate_row (fixture, "Languages of Te_xts");
  window_test_wait_for_row (fixture, "English", "Anglais · en");
  psl_test_settle ();
  activate_row (fixture, "English");
  psl_test_wait (says_all_projects, fixture);
  window_test_close_window (fixture);
}

static void
test_withdraw_entry (WindowTest    *fixture,
                     gconstpointer  data)
{
  open_list (fixture, "Project types", "Counter Trafficking", "Lutte contre la traite · CT");
  register_wait_set (fixture->window->reg, psl_record_model_get_rid (window_test_get_model (fixture), 0),
                     &psl_kind_project, "type", NULL, "CT");
  activate_row (fixture, "Counter Trafficking");
  psl_test_wait (says_one_project, fixture);
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
  GtkWidget *name = dialog != NULL ? window_test_find_titled (dialog, "Name in French") : NULL;

  return name != NULL && gtk_widget_get_mapped (name);
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
  g_assert_nonnull (psl_test_find_label (window_test_get_dialog (fixture), "XQ"));
  psl_test_wait (begins_in_name, fixture);
  type_text (fixture, "Name in French", "Échange");
  type_text (fixture, "Name in English", "Exchange");
  activate_row (fixture, "_Add");
  psl_test_wait (offers_nothing, fixture);
  g_assert_cmpstr (psl_names_get (find_type (fixture, "XQ")->names, "en"), ==, "Exchange");
  g_assert_nonnull (psl_test_find_label (GTK_WIDGET (fixture->window->detail_page), "Exchange"));
  window_test_close_window (fixture);
}

static PslEditor *
find_type_editor (WindowTest *fixture)
{
  GtkWidget *sheet = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);

  return sheet != NULL ? psl_detail_sheet_find_editor (PSL_DETAIL_SHEET (sheet),
                                                       psl_kind_find_field (&psl_kind_project, "type"), NULL) : NULL;
}

static gboolean
shows_type (gpointer data)
{
  PslEditor *editor = find_type_editor (data);

  return editor != NULL && gtk_widget_get_mapped (GTK_WIDGET (editor)) &&
         g_strcmp0 (psl_editor_get_value (editor), "XA") == 0;
}

/* Opens a window on a register whose first project is of a type that the program doesn't have,
 * and shows the project. @name: (nullable): what the register's list calls the type */
static void
open_with_type (WindowTest *fixture,
                const char *name)
{
  PslRecordModel *model;
  gint64 rid;

  window_test_open_filled (fixture);
  if (name != NULL)
    {
      gint64 entry = register_wait_create (fixture->window->reg, &psl_kind_entry);

      register_wait_set (fixture->window->reg, entry, &psl_kind_entry, "code", NULL, "type/XA");
      register_wait_set (fixture->window->reg, entry, &psl_kind_entry, "name", "en", name);
    }
  model = window_test_get_model (fixture);
  rid = psl_record_model_get_rid (model, 0);
  register_wait_set (fixture->window->reg, rid, &psl_kind_project, "type", NULL, "XA");
  psl_record_model_select (model, rid);
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (shows_type, fixture);
  psl_test_settle ();
}

/* Has both registers deliver something, @last after the other. */
static void
deliver (WindowTest *first,
         WindowTest *last)
{
  WindowTest *const fixtures[] = { first, last };

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    register_wait_set (fixtures[i]->window->reg, psl_record_model_get_rid (window_test_get_model (fixtures[i]), 1),
                       &psl_kind_project, "year", NULL, last == fixtures[0] ? "2019" : "2020");
  psl_test_settle ();
}

/* Whether the window shows the type by its name, made anew as it shows it now. */
static gboolean
names_type (WindowTest *fixture,
            const char *name)
{
  psl_editor_bind (find_type_editor (fixture), psl_editor_get_record (find_type_editor (fixture)));
  return psl_test_find_label (GTK_WIDGET (find_type_editor (fixture)), name) != NULL;
}

static void
assert_lists_have (WindowTest *fixture,
                   const char *subtitle)
{
  GtkWidget *page;

  psl_window_show_preferences (fixture->window);
  page = psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_LISTS_PAGE);
  adw_preferences_dialog_set_visible_page (get_preferences (fixture), ADW_PREFERENCES_PAGE (page));
  window_test_wait_for_row (fixture, "Project types", subtitle);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_settle ();
}

/* Each window has the lists of its register, whichever of them has read last. */
static void
test_two_registers (WindowTest    *fixture,
                    gconstpointer  data)
{
  WindowTest other = { .path = g_build_filename (fixture->folder, "other.passerelle", NULL) };

  open_with_type (fixture, "Exchange");
  open_with_type (&other, NULL);
  for (guint i = 0; i < 2; i++)
    {
      deliver (i == 0 ? fixture : &other, i == 0 ? &other : fixture);
      g_assert_true (names_type (fixture, "Exchange"));
      g_assert_true (names_type (&other, "XA"));
      g_assert_null (window_test_find_titled (GTK_WIDGET (fixture->window->detail_page), "Add “XA” to the List…"));
      g_assert_nonnull (window_test_find_titled (GTK_WIDGET (other.window->detail_page), "Add “XA” to the List…"));
      assert_lists_have (fixture, "14 entries");
      assert_lists_have (&other, "13 entries");
    }
  window_test_close_window (&other);
  g_assert_true (names_type (fixture, "Exchange"));
  window_test_close_window (fixture);
  g_free (other.path);
}

static GtkWidget *
find_backup_button (WindowTest *fixture)
{
  return window_test_find_titled (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_BACKUP_LIST), "_Restore");
}

static gboolean
is_backed_up (gpointer data)
{
  return psl_test_shows_label (GTK_WIDGET (((WindowTest *) data)->window->toasts), "The register is backed up");
}

static gboolean
lists_backup (gpointer data)
{
  return find_backup_button (data) != NULL;
}

static gboolean
asks_to_restore (gpointer data)
{
  return ADW_IS_ALERT_DIALOG (window_test_get_dialog (data));
}

/* The question names the backup: its time, and how many records it holds. */
static void
test_restore_names (WindowTest    *fixture,
                    gconstpointer  data)
{
  g_autofree char *wanted = NULL;
  AdwActionRow *row;
  GtkWidget *button;

  window_test_open_filled (fixture);
  window_test_activate (fixture, "back-up");
  psl_test_wait (is_backed_up, fixture);
  psl_window_show_preferences (fixture->window);
  psl_test_wait (is_open, fixture);
  psl_test_wait (lists_backup, fixture);
  button = find_backup_button (fixture);
  row = ADW_ACTION_ROW (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW));
  wanted = g_strdup_printf ("%s\n%s\n\nAll records become what they were then.",
                            adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), adw_action_row_get_subtitle (row));
  g_assert_nonnull (strstr (wanted, "Projects: 30"));
  g_signal_emit_by_name (button, "clicked");
  psl_test_wait (asks_to_restore, fixture);
  g_assert_true (g_str_has_prefix (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (window_test_get_dialog (fixture))), wanted));
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
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
  window_test_add ("/ui/preferences/lists/third-language", test_third_language);
  window_test_add ("/ui/preferences/lists/type-on", test_type_on);
  window_test_add ("/ui/preferences/lists/leave", test_leave_entry);
  window_test_add ("/ui/preferences/lists/add", test_add_entry);
  window_test_add_with_data ("/ui/preferences/lists/add-without-animations", "still", test_add_entry);
  window_test_add ("/ui/preferences/lists/add-nameless", test_add_nameless);
  window_test_add ("/ui/preferences/lists/enter-goes-on", test_enter_goes_on);
  window_test_add ("/ui/preferences/lists/add-taken", test_add_taken);
  window_test_add ("/ui/preferences/lists/move", test_move_entry);
  window_test_add ("/ui/preferences/lists/move-by-keys", test_move_by_keys);
  window_test_add ("/ui/preferences/lists/withdraw", test_withdraw_entry);
  window_test_add ("/ui/preferences/lists/add-unlisted", test_add_unlisted);
  window_test_add ("/ui/preferences/lists/add-language", test_add_language);
  window_test_add ("/ui/preferences/lists/pick-language", test_pick_language);
  window_test_add ("/ui/preferences/lists/type-language", test_type_language);
  window_test_add ("/ui/preferences/lists/language-in-use", test_language_in_use);
  window_test_add ("/ui/preferences/lists/two-registers", test_two_registers);
  window_test_add ("/ui/preferences/search-language", test_search_language);
  window_test_add ("/ui/preferences/restore-names", test_restore_names);

  return window_test_run ();
}
