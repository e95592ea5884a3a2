/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Tables that come in through the window and go out of it. */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "psl-export-dialog.h"
#include "psl-filter-chip.h"
#include "psl-focus.h"
#include "psl-import-columns.h"
#include "psl-import-dialog.h"
#include "psl-import-problems.h"
#include "psl-import-table.h"
#include "psl-kinds.h"
#include "psl-list-note.h"
#include "psl-settings.h"
#include "psl-sort-button.h"
#include "ui-test.h"
#include "window-test.h"

/* A row that goes in, one that can't, and columns that mean nothing. */
static const char table[] =
    "Code projet;Title (en);Start;End;Remarque\n"
    "CT.9001;Counter trafficking in Ghana;2020;2022;none\n"
    "CT.9002;Labour migration;2020;2022-13;none;more\n";

/* Columns that a heading doesn't tell apart. */
static const char alike[] =
    ",Date,Date,Title (en)\n"
    "CT.9001,2020,2022,Counter trafficking in Ghana\n";

static const char nonsense[] = "foo,bar\nCounter trafficking,2\n";

static gboolean
can_import (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);
  GtkWidget *button = dialog != NULL ? window_test_find_titled (dialog, "_Import") : NULL;

  return button != NULL && gtk_widget_is_sensitive (button);
}

static gboolean
has_dialog (gpointer data)
{
  return window_test_get_dialog (data) != NULL;
}

static gboolean
has_no_dialog (gpointer data)
{
  return window_test_get_dialog (data) == NULL;
}

static gboolean
has_failed (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);
  GtkWidget *page = dialog != NULL ? psl_test_find (dialog, ADW_TYPE_STATUS_PAGE) : NULL;

  for (; page != NULL; page = gtk_widget_get_next_sibling (page))
    {
      if (ADW_IS_STATUS_PAGE (page) && gtk_widget_get_child_visible (page) && gtk_widget_get_mapped (page) &&
          adw_status_page_get_description (ADW_STATUS_PAGE (page)) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_banner (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);
  GtkWidget *banner = dialog != NULL ? psl_test_find (dialog, ADW_TYPE_BANNER) : NULL;

  return banner != NULL && adw_banner_get_revealed (ADW_BANNER (banner));
}

/* The text of the dialog's banner; NULL where there is none. */
static const char *
get_banner (WindowTest *fixture)
{
  return has_banner (fixture) ? adw_banner_get_title (ADW_BANNER (psl_test_find (window_test_get_dialog (fixture), ADW_TYPE_BANNER)))
                              : NULL;
}

static void
show_page (WindowTest *fixture,
           const char *page)
{
  AdwViewStack *pages = ADW_VIEW_STACK (psl_test_find (window_test_get_dialog (fixture), ADW_TYPE_VIEW_STACK));

  adw_view_stack_set_visible_child_name (pages, page);
}

/* Whether a label in @widget shows @text. */
static gboolean
shows_text (GtkWidget  *widget,
            const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_text (child, text))
      return TRUE;
  return FALSE;
}

typedef struct
{
  WindowTest *fixture;
  const char *text;
} Text;

static gboolean
table_shows (gpointer data)
{
  Text *text = data;
  GtkWidget *table_widget = psl_test_find (window_test_get_dialog (text->fixture), PSL_TYPE_IMPORT_TABLE);

  return table_widget != NULL && shows_text (table_widget, text->text);
}

static void
wait_for_cell (WindowTest *fixture,
               const char *text)
{
  Text awaited = { fixture, text };

  psl_test_wait (table_shows, &awaited);
}

static gboolean
can_undo (gpointer data)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (((WindowTest *) data)->window), "undo");
}

static gboolean
has_total (gpointer data)
{
  WindowTest *fixture = data;

  return psl_counts_get_total (fixture->window->counts, psl_collection_find ("project")) == WINDOW_TEST_PROJECTS;
}

static gboolean
shows_a_record (gpointer data)
{
  return ((WindowTest *) data)->window->record != NULL;
}

static gboolean
offers_imported (gpointer data)
{
  return window_test_find_titled (GTK_WIDGET (((WindowTest *) data)->window->toasts), "_Show Imported") != NULL;
}

/* Sends a column to the field of that name. */
static void
send_column (WindowTest *fixture,
             const char *column,
             const char *field)
{
  AdwComboRow *row = ADW_COMBO_ROW (window_test_find_in_dialog (fixture, column));
  GListModel *model = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), field))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_error ("“%s” can’t be sent to “%s”", column, field);
}

static GFile *
make_file (WindowTest *fixture,
           const char *name,
           const char *contents)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static void
start_import (WindowTest *fixture,
              const char *contents)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", contents);

  window_test_open_filled (fixture);
  psl_window_import (fixture->window, file);
}

static void
test_import (WindowTest    *fixture,
             gconstpointer  data)
{
  g_autofree char *kept = NULL;
  GtkWidget *chip;

  start_import (fixture, table);
  window_test_wait_for_row (fixture, "New records", "1");
  window_test_wait_for_row (fixture, "Columns left out", "2: Code projet, Remarque");
  window_test_wait_for_row (fixture, "Rows that can’t go in", "1");
  window_test_wait_for_row (fixture, "Remarque", "Matches no field");
  /* The refused row counts no values as left out. */
  g_assert_false (gtk_widget_get_visible (window_test_find_in_dialog (fixture, "Values left out")));
  g_assert_false (gtk_widget_get_visible (window_test_find_in_dialog (fixture, "Values in conflict, left to decide")));
  show_page (fixture, "problems");
  window_test_wait_for_row (fixture, "Line 3: End", "There is no such date as “2022-13”. Check the day and the month. This value is left out.");
  psl_test_assert_named (window_test_get_dialog (fixture));
  /* Nothing behind the dialog listens. */
  g_assert_false (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "new"));

  send_column (fixture, "Code projet", "Project ID");
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);

  /* The imported records can be listed by themselves, and all again. */
  psl_test_wait (offers_imported, fixture);
  g_assert_nonnull (psl_test_find_label (GTK_WIDGET (fixture->window->toasts), "1 new project, 1 row refused, 1 column ignored"));
  psl_window_choose_collection (fixture->window, psl_collection_find ("office"));
  window_test_wait_for_items (fixture, 0);
  g_signal_emit_by_name (window_test_find_titled (GTK_WIDGET (fixture->window->toasts), "_Show Imported"), "clicked");
  window_test_wait_for_items (fixture, 1);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_true (psl_list_page_get_collection (fixture->window->list_page) == psl_collection_find ("project"));

  /* There is nothing to choose in what is listed, and nothing that looks like it. */
  chip = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_FILTER_CHIP);
  g_assert_nonnull (chip);
  g_assert_false (gtk_widget_get_mapped (psl_test_find (chip, GTK_TYPE_MENU_BUTTON)));
  g_assert_true (shows_text (chip, "Just imported"));

  /* The next time it is not listed by itself any more, whatever is kept of the list. */
  g_signal_emit_by_name (psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_SORT_BUTTON), "changed");
  kept = psl_settings_dup_query (psl_settings_get_default (), "project");
  g_assert_nonnull (kept);
  g_assert_null (strstr (kept, PSL_FIELD_ACTION));
  psl_list_page_clear_filters (fixture->window->list_page);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);

  psl_list_page_search (fixture->window->list_page, "CT.9001");
  window_test_wait_for_items (fixture, 1);
  psl_list_page_search (fixture->window->list_page, "");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);

  psl_test_wait (can_undo, fixture);
  window_test_activate (fixture, "undo");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
}

/* Cells that say nothing or are left out don't look as if they went in, and their row says
 * how many are left out. */
static void
test_rows_left_out (WindowTest    *fixture,
                    gconstpointer  data)
{
  GtkWidget *dialog;
  GtkWidget *cell;

  start_import (fixture, "Title (en);Start;End\nOne;2020;2022-13\nTwo;n/a;2022\nThree;31/02/2020;2022-13\n");
  psl_test_wait (can_import, fixture);
  dialog = window_test_get_dialog (fixture);
  show_page (fixture, "rows");
  wait_for_cell (fixture, "New, 1 value left out");
  wait_for_cell (fixture, "New, 2 values left out");
  wait_for_cell (fixture, "New");
  g_assert_false (shows_text (dialog, "n/a"));
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (psl_test_find_label (dialog, "2022-13"))));
  gtk_test_accessible_assert_property (psl_test_find_label (dialog, "2022-13"), GTK_ACCESSIBLE_PROPERTY_LABEL, "Left out: 2022-13");
  cell = psl_test_find_label (dialog, "2022");
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (cell)));
  g_assert_false (gtk_test_accessible_has_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL));
  window_test_close_window (fixture);
}

/* A row that goes into the record of an earlier one is not called new, and a value that is not
 * taken looks like one that is left out. */
static void
test_rows_joined (WindowTest    *fixture,
                  gconstpointer  data)
{
  GtkWidget *dialog;

  start_import (fixture, "Project ID;Title (en);Start\nCT.9001;One;2020\nCT.9001;Other;2020\n");
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "Values in conflict, left to decide", "1");
  dialog = window_test_get_dialog (fixture);
  show_page (fixture, "rows");
  wait_for_cell (fixture, "New");
  wait_for_cell (fixture, "Joins line 2");
  g_assert_nonnull (gtk_label_get_attributes (GTK_LABEL (psl_test_find_label (dialog, "Other"))));
  g_assert_null (gtk_label_get_attributes (GTK_LABEL (psl_test_find_label (dialog, "One"))));
  window_test_close_window (fixture);
}

/* A widget, and the text of a label in it. */
typedef struct
{
  GtkWidget *widget;
  const char *text;
} Whole;

/* Whether the label shows all of its text. */
static gboolean
is_whole (gpointer data)
{
  const Whole *whole = data;
  GtkWidget *label = psl_test_find_label (whole->widget, whole->text);

  return label != NULL && !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (label)));
}

/* A choice is shown whole beside a title and an explanation, short or long. */
static void
test_choice_is_whole (WindowTest    *fixture,
                      gconstpointer  data)
{
  GtkWidget *encoding;

  start_import (fixture, "Project ID,Title (en),Managing office\nCT.9001,One,Chisinau\n");
  window_test_resize (fixture, 760, 800);
  psl_test_wait (can_import, fixture);
  encoding = window_test_find_in_dialog (fixture, "_Encoding");
  adw_combo_row_set_selected (ADW_COMBO_ROW (encoding), 3);
  psl_test_wait (can_import, fixture);
  psl_test_wait (is_whole, &(Whole) { window_test_find_in_dialog (fixture, "_Missing Records"), "Leave the field empty" });
  psl_test_wait (is_whole, &(Whole) { encoding, "Western European (Windows-1252)" });
  window_test_close_window (fixture);
}

/* Whether all of the dialog is in the narrowest window. */
static gboolean
fits (gpointer data)
{
  GtkWidget *content = psl_test_find (window_test_get_dialog (data), ADW_TYPE_TOOLBAR_VIEW);
  int minimum;

  gtk_widget_measure (content, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum <= 340;
}

/* Large letters don't push a button out of the narrowest window. */
static void
test_large_letters (WindowTest    *fixture,
                    gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_object_set (settings, "gtk-xft-dpi", 168 * PANGO_SCALE, NULL);
  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 360, 720);
  start_import (fixture, "Project ID,Title (en),Managing office\nCT.9001,One,Chisinau\n");
  psl_test_wait (can_import, fixture);
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Encoding")), 3);
  psl_test_wait (can_import, fixture);
  psl_test_wait (fits, fixture);
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);

  window_test_activate (fixture, "export");
  psl_test_wait (has_dialog, fixture);
  psl_test_wait (fits, fixture);
  window_test_close_window (fixture);
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

/* The pages are called what they are, without the mark of the key that leads to them. */
static void
test_page_names (WindowTest    *fixture,
                 gconstpointer  data)
{
  static const char *const names[] = { "Summary", "Rows", "Problems" };
  g_autoptr (GListModel) pages = NULL;

  start_import (fixture, table);
  psl_test_wait (can_import, fixture);
  pages = G_LIST_MODEL (adw_view_stack_get_pages (ADW_VIEW_STACK (psl_test_find (window_test_get_dialog (fixture),
                                                                                 ADW_TYPE_VIEW_STACK))));
  g_assert_cmpuint (g_list_model_get_n_items (pages), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (AdwViewStackPage) page = g_list_model_get_item (pages, i);

      gtk_test_accessible_assert_property (page, GTK_ACCESSIBLE_PROPERTY_LABEL, names[i]);
    }
  window_test_close_window (fixture);
}

/* The rows are shown as they would go in, and what becomes of each. */
static void
test_rows (WindowTest    *fixture,
           gconstpointer  data)
{
  start_import (fixture, table);
  psl_test_wait (can_import, fixture);
  show_page (fixture, "rows");
  wait_for_cell (fixture, "Counter trafficking in Ghana");
  wait_for_cell (fixture, "New");
  wait_for_cell (fixture, "2022-13");
  wait_for_cell (fixture, "Refused");
  g_assert_false (shows_text (window_test_get_dialog (fixture), "none"));
  psl_test_assert_named (window_test_get_dialog (fixture));

  show_page (fixture, "summary");
  send_column (fixture, "Code projet", "Project ID");
  show_page (fixture, "rows");
  wait_for_cell (fixture, "CT.9001");
  window_test_close_window (fixture);
}

/* Why nothing can be imported is said. */
static void
test_nothing_new (WindowTest    *fixture,
                  gconstpointer  data)
{
  start_import (fixture, "title_en\nProject 01 Accra\n");
  psl_test_wait (has_banner, fixture);
  g_assert_false (can_import (fixture));
  g_assert_cmpstr (get_banner (fixture), ==, "Nothing in the file is new: the register has it already.");
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);

  /* The register has not all of what would not go in. */
  {
    g_autoptr (GFile) left_out = make_file (fixture, "left-out.csv", "title_en,start\nProject 01 Accra,soon\n");

    psl_window_import (fixture->window, left_out);
    psl_test_wait (has_banner, fixture);
    g_assert_cmpstr (get_banner (fixture), ==,
                     "Nothing would change. “Problems” says which values of the file are not taken.");
  }
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);

  {
    g_autoptr (GFile) refused = make_file (fixture, "refused.csv", "title_en,start,reason\n,2020,\n");

    psl_window_import (fixture->window, refused);
    psl_test_wait (has_banner, fixture);
    g_assert_cmpstr (get_banner (fixture), ==, "No row of the file can go in. “Problems” says why.");
  }
  window_test_close_window (fixture);
}

static void
start_file (WindowTest *fixture,
            const char *bytes,
            gssize      length)
{
  g_autofree char *path = g_build_filename (fixture->folder, "table.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  window_test_open_filled (fixture);
  psl_window_import (fixture->window, file);
}

/* The record of an identifier that came last. */
static const char *
find_value (WindowTest *fixture,
            const char *id,
            const char *field)
{
  psl_list_page_search (fixture->window->list_page, id);
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  psl_test_wait (shows_a_record, fixture);
  return psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, field), NULL);
}

static gboolean
has_window_focus (gpointer widget)
{
  return gtk_widget_is_focus (widget);
}

/* An open question about a column gets the keyboard, and the answer can be changed. */
static void
test_question (WindowTest    *fixture,
               gconstpointer  data)
{
  static const char question[] =
      "No date of the column “Start” shows the order of day and month, such as “02/03/2020”. Which is it?";
  AdwComboRow *row;

  start_file (fixture, "Project ID,Title (en),Start\nCT.9001,One,02/03/2020\n", -1);
  psl_test_wait (has_banner, fixture);
  g_assert_cmpstr (get_banner (fixture), ==, "Answer first how the file is to be read.");
  g_assert_false (can_import (fixture));
  psl_test_assert_named (window_test_get_dialog (fixture));

  row = ADW_COMBO_ROW (window_test_find_in_dialog (fixture, question));
  psl_test_wait (has_window_focus, row);
  adw_combo_row_set_selected (row, 1);
  psl_test_wait (can_import, fixture);
  g_assert_true (row == ADW_COMBO_ROW (window_test_find_in_dialog (fixture, question)));
  adw_combo_row_set_selected (row, 2);
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  g_assert_cmpstr (find_value (fixture, "CT.9001", "start"), ==, "2020-02-03");
  window_test_close_window (fixture);
}

/* A file that is not in the encoding that it seems to be in can be read in another. */
static void
test_encoding (WindowTest    *fixture,
               gconstpointer  data)
{
  start_file (fixture, "Project ID,Title (en)\nCT.9001,\303\211toile\nCT.9002,R\303\251fugi\303\251s\nCT.9003,Qu\351bec\n", -1);
  psl_test_wait (has_banner, fixture);
  g_assert_nonnull (strstr (get_banner (fixture), "4"));
  g_assert_false (can_import (fixture));

  adw_combo_row_set_selected (ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Encoding")), 3);
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "New records", "3");
  window_test_close_window (fixture);
}

static gboolean
lacks_failure_and_can_choose (gpointer data)
{
  return !has_failed (data) && (can_import (data) || has_banner (data));
}

static gboolean
has_focus (gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((WindowTest *) data)->window));

  return focus != NULL && gtk_widget_get_mapped (focus) && gtk_widget_is_sensitive (focus);
}

/* Another encoding may name the columns differently: answers about the former columns are
 * forgotten, whichever encodings are tried on the way. The kind of the rows stays. */
static void
test_encoding_of_headings (WindowTest    *fixture,
                           gconstpointer  data)
{
  AdwComboRow *encoding;

  start_file (fixture, "Project ID;Titre;D\216but;Montant\nCT.9001;\203tude;2020;5\n", -1);
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "DŽbut", "Matches no field");
  send_column (fixture, "DŽbut", "End");
  psl_test_wait (can_import, fixture);

  encoding = ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Encoding"));
  for (guint i = 0; i < g_list_model_get_n_items (adw_combo_row_get_model (encoding)); i++)
    {
      adw_combo_row_set_selected (encoding, i);
      psl_test_wait (lacks_failure_and_can_choose, fixture);
    }
  adw_combo_row_set_selected (encoding, 5);
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  g_assert_cmpstr (find_value (fixture, "CT.9001", "start"), ==, "2020");
  g_assert_null (psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, "end"), NULL));
  window_test_close_window (fixture);
}

/* A kind that the person has chosen holds in every encoding. */
static void
test_encoding_keeps_kind (WindowTest    *fixture,
                          gconstpointer  data)
{
  AdwComboRow *kind;

  start_file (fixture, "Project ID;Titre;Pays\nCT.9001;\203tude;Chine\n", -1);
  psl_test_wait (can_import, fixture);
  kind = ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Rows Are"));
  adw_combo_row_set_selected (kind, 1);
  window_test_wait_for_row (fixture, "Project ID", "Matches no field");
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Encoding")), 5);
  psl_test_wait (has_banner, fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (kind), ==, 1);
  window_test_close_window (fixture);
}

/* The marks of empty cells are a list that the person may change. */
static void
test_empty_marks (WindowTest    *fixture,
                  gconstpointer  data)
{
  GtkEditable *marks;

  start_file (fixture, "Project ID;Title (en);Start;End;Objectives (en)\nCT.9001;One;TBC;-;-\n", -1);
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "Values left out", "1");
  marks = GTK_EDITABLE (window_test_find_in_dialog (fixture, "Re_ad as Empty"));
  g_assert_nonnull (strstr (gtk_editable_get_text (marks), "n/a"));

  gtk_editable_set_text (marks, "tbc");
  show_page (fixture, "problems");
  window_test_wait_for_row (fixture, "Line 2: End", "“-” is not a date. Write a year, a month or a day, such as 2020, 05/2020 or 17/05/2020. This value is left out.");
  gtk_editable_set_text (marks, "- ; tbc;");
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  g_assert_null (find_value (fixture, "CT.9001", "start"));
  g_assert_null (psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, "end"), NULL));
  g_assert_cmpstr (psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, "objectives"), "en"), ==, "-");
  window_test_close_window (fixture);
}

/* Asserts that each list to choose from in @widget is filtered by typing; returns how many
 * there are. */
static guint
count_searched_lists (GtkWidget *widget)
{
  guint n = 0;

  if (ADW_IS_COMBO_ROW (widget))
    {
      g_assert_true (adw_combo_row_get_enable_search (ADW_COMBO_ROW (widget)));
      g_assert_nonnull (adw_combo_row_get_expression (ADW_COMBO_ROW (widget)));
      return 1;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_searched_lists (child);
  return n;
}

static gboolean
is_shown (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

/* Typing in a list filters it, and Enter chooses the item that is left. */
static void
test_typed_choice (WindowTest    *fixture,
                   gconstpointer  data)
{
  AdwComboRow *row;
  GtkWidget *search;

  start_file (fixture, "Project ID,Title (en),Managing office\nCT.9001,One,Chisinau\n", -1);
  psl_test_wait (can_import, fixture);
  row = ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Missing Records"));
  search = psl_test_find (GTK_WIDGET (row), GTK_TYPE_SEARCH_ENTRY);
  g_signal_emit_by_name (row, "activate");
  psl_test_wait (is_shown, search);
  gtk_editable_set_text (GTK_EDITABLE (search), "nothing");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, PSL_MISSING_LINKS_EMPTY);
  gtk_editable_set_text (GTK_EDITABLE (search), "CREATE");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, PSL_MISSING_LINKS_CREATE);
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "Records made because the file names them", "1");

  /* Nothing typed chooses nothing else. */
  g_signal_emit_by_name (row, "activate");
  psl_test_wait (is_shown, search);
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, PSL_MISSING_LINKS_CREATE);
  window_test_close_window (fixture);
}

static void
test_lists (WindowTest    *fixture,
            gconstpointer  data)
{
  start_file (fixture, "Project ID,Title (en),Start,Budget,Managing office\nCT.9001,One,02/03/2020,5,\n", -1);
  psl_test_wait (has_banner, fixture);
  /* The kind, the question, the encoding, the currency, missing records, five columns. */
  g_assert_cmpuint (count_searched_lists (window_test_get_dialog (fixture)), ==, 10);
  window_test_close_window (fixture);
}

/* An office that the file names and the register lacks is made where the person says so. */
static void
test_missing_records (WindowTest    *fixture,
                      gconstpointer  data)
{
  start_file (fixture, "Project ID,Title (en),Managing office\nCT.9001,One,Chisinau\n", -1);
  psl_test_wait (can_import, fixture);
  show_page (fixture, "problems");
  window_test_wait_for_row (fixture, "Line 2: Managing office",
                            "There is no record “Chisinau”, neither in the register nor in the file. This value is left out.");
  show_page (fixture, "summary");
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Missing Records")),
                              PSL_MISSING_LINKS_CREATE);
  psl_test_wait (can_import, fixture);
  window_test_wait_for_row (fixture, "Records made because the file names them", "1");
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 1);
  g_assert_nonnull (find_value (fixture, "CT.9001", "office"));
  window_test_close_window (fixture);
}

static gboolean
can_save (gpointer data)
{
  return gtk_widget_get_mapped (window_test_find_in_dialog (data, "_Save Rows to Correct…"));
}

static void
saved_cb (PslImportProblems *problems,
          GFile             *file,
          GError            *error,
          gpointer           data)
{
  gboolean *saved = data;

  g_assert_no_error (error);
  *saved = TRUE;
}

static gboolean
is_true (gpointer data)
{
  const gboolean *value = data;

  return *value;
}

/* Rows that can't go in are saved with the reasons. */
static void
test_save_problems (WindowTest    *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "correct.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *contents = NULL;
  gboolean saved = FALSE;
  PslImportProblems *problems;

  start_import (fixture, table);
  psl_test_wait (can_import, fixture);
  show_page (fixture, "problems");
  problems = PSL_IMPORT_PROBLEMS (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_IMPORT_PROBLEMS));
  psl_test_wait (can_save, fixture);
  g_signal_connect (problems, "saved", G_CALLBACK (saved_cb), &saved);
  psl_import_problems_save (problems, file);
  psl_test_wait (is_true, &saved);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "2022-13"));
  g_assert_nonnull (strstr (contents, "There is no such date"));
  g_assert_null (strstr (contents, "CT.9001"));
  window_test_close_window (fixture);
}

/* A button that is pressed does not take the keyboard with it. */
static void
test_focus (WindowTest    *fixture,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "correct.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gboolean saved = FALSE;
  PslImportProblems *problems;
  GtkWidget *save, *import;

  start_import (fixture, table);
  psl_test_wait (can_import, fixture);
  show_page (fixture, "problems");
  problems = PSL_IMPORT_PROBLEMS (psl_test_find (window_test_get_dialog (fixture), PSL_TYPE_IMPORT_PROBLEMS));
  save = window_test_find_in_dialog (fixture, "_Save Rows to Correct…");
  psl_test_wait (can_save, fixture);
  g_assert_true (gtk_widget_grab_focus (save));
  g_signal_connect (problems, "saved", G_CALLBACK (saved_cb), &saved);
  psl_import_problems_save (problems, file);
  g_assert_false (gtk_widget_is_sensitive (save));
  g_assert_true (has_focus (fixture));
  psl_test_wait (is_true, &saved);

  import = window_test_find_in_dialog (fixture, "_Import");
  g_assert_true (gtk_widget_grab_focus (import));
  window_test_click (fixture, "_Import");
  g_assert_false (gtk_widget_is_sensitive (import));
  g_assert_true (has_focus (fixture));
  psl_test_wait (has_no_dialog, fixture);
  window_test_close_window (fixture);
}

static gboolean
is_in_list (gpointer data)
{
  return has_focus (data) && psl_focus_is_in (GTK_WIDGET (((WindowTest *) data)->window->list_page));
}

static GtkWidget *
find_import_button (WindowTest *fixture)
{
  GtkWidget *note = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_LIST_NOTE);
  GtkWidget *button = window_test_find_titled (note, "_Import…");

  g_assert_nonnull (button);
  return button;
}

/* The keyboard stays in the list where it comes in the place of the page of an empty
 * register, and where the page comes back. */
static void
test_focus_of_empty (WindowTest    *fixture,
                     gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", "Project ID,Title (en)\nCT.9001,One\nCT.9002,Two\n");

  window_test_open_window (fixture, PSL_STORE_CREATE, "register");
  window_test_wait_for_items (fixture, 0);
  g_assert_true (gtk_widget_grab_focus (find_import_button (fixture)));
  psl_window_import (fixture->window, file);
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, 2);
  psl_test_settle ();
  g_assert_true (is_in_list (fixture));

  psl_test_wait (can_undo, fixture);
  window_test_activate (fixture, "undo");
  psl_test_wait (has_dialog, fixture);
  window_test_click (fixture, "_Undo the Import");
  window_test_wait_for_items (fixture, 0);
  psl_test_settle ();
  g_assert_true (is_in_list (fixture));

  window_test_activate (fixture, "redo");
  window_test_wait_for_items (fixture, 2);
  psl_test_settle ();
  g_assert_true (is_in_list (fixture));
  window_test_close_window (fixture);
}

/* A button whose action is not for what lies behind a dialog has the focus back when
 * the dialog closes. */
static void
test_focus_of_button (WindowTest    *fixture,
                      gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", table);
  GtkWidget *button;

  window_test_open_window (fixture, PSL_STORE_CREATE, "register");
  window_test_wait_for_items (fixture, 0);
  button = find_import_button (fixture);
  g_assert_true (gtk_widget_grab_focus (button));
  psl_window_import (fixture->window, file);
  psl_test_wait (has_dialog, fixture);
  g_assert_false (gtk_widget_is_sensitive (button));
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (fixture->window)) == button);
  window_test_close_window (fixture);
}

/* Where a file is opened with the window, nothing had the focus before its dialog. */
static void
test_focus_of_opened (WindowTest    *fixture,
                      gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", table);

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "loading");
  psl_window_import (fixture->window, file);
  window_test_wait_for_page (fixture, "register");
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);
  psl_test_settle ();
  g_assert_true (is_in_list (fixture));
  window_test_close_window (fixture);
}

/* A table of which no column matches can still be sent where it belongs. */
static void
test_no_column (WindowTest    *fixture,
                gconstpointer  data)
{
  start_import (fixture, nonsense);
  window_test_wait_for_row (fixture, "foo", "Matches no field");
  psl_test_wait (has_banner, fixture);
  g_assert_false (can_import (fixture));

  send_column (fixture, "foo", "Title (English)");
  psl_test_wait (can_import, fixture);
  g_assert_false (has_banner (fixture));
  window_test_wait_for_row (fixture, "New records", "1");

  /* Of another kind the columns are others. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (window_test_find_in_dialog (fixture, "_Rows Are")), 1);
  psl_test_wait (has_banner, fixture);
  g_assert_false (can_import (fixture));

  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);
  window_test_close_window (fixture);
}

/* A name that looks like markup is only a name, in a file that can be read and in
 * one that can't. */
static void
test_names (WindowTest    *fixture,
            gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "R&D <i>.csv", table);
  g_autoptr (GFile) missing = g_file_get_child (file, "R&D <b>.csv");

  window_test_open_filled (fixture);
  psl_window_import (fixture->window, file);
  window_test_wait_for_row (fixture, "File", "R&D <i>.csv · 2 rows · semicolons · UTF-8");
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);

  psl_window_import (fixture->window, missing);
  psl_test_wait (has_failed, fixture);
  window_test_close_window (fixture);
}

/* A column can be sent to a field whatever its heading. */
static void
test_alike (WindowTest    *fixture,
            gconstpointer  data)
{
  start_import (fixture, alike);
  window_test_wait_for_row (fixture, "Column 1, without a name", "Matches no field");
  window_test_wait_for_row (fixture, "Date (column 2)", "Matches no field");
  send_column (fixture, "Column 1, without a name", "Project ID");
  send_column (fixture, "Date (column 3)", "End");
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);

  psl_list_page_search (fixture->window->list_page, "CT.9001");
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  psl_test_wait (shows_a_record, fixture);
  g_assert_cmpstr (psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, "end"), NULL), ==, "2022");
  g_assert_null (psl_record_get (fixture->window->record, psl_kind_find_field (&psl_kind_project, "start"), NULL));
  window_test_close_window (fixture);
}

static void
test_unreadable (WindowTest    *fixture,
                 gconstpointer  data)
{
  start_import (fixture, "");
  psl_test_wait (has_failed, fixture);
  g_assert_false (can_import (fixture));
  window_test_close_window (fixture);
}

/* A dialog that is closed while it works leaves nothing behind. */
static void
test_cancel (WindowTest    *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) rows = g_string_new ("title_en\n");
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (rows, "Row %u\n", i);
  start_import (fixture, rows->str);
  psl_test_wait (can_import, fixture);
  window_test_click (fixture, "_Import");
  window_test_close_window (fixture);

  store = psl_store_open (fixture->path, PSL_STORE_NONE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, WINDOW_TEST_PROJECTS);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';

  return n;
}

static char *
export_to (WindowTest *fixture,
           const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *contents = NULL;

  psl_export_dialog_write (PSL_EXPORT_DIALOG (window_test_get_dialog (fixture)), file);
  psl_test_wait (has_no_dialog, fixture);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

static gboolean
offers_folder (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *button = window_test_find_titled (GTK_WIDGET (fixture->window), "_Open Folder");

  return button != NULL && gtk_widget_get_mapped (button) &&
         g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "open-folder");
}

static void
test_export (WindowTest    *fixture,
             gconstpointer  data)
{
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  psl_list_page_search (fixture->window->list_page, "soderkoping");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS / 10);

  psl_test_wait (has_total, fixture);

  /* The records in the list, for another register. */
  window_test_activate (fixture, "export");
  window_test_wait_for_row (fixture, "What the _List Shows Now", "3 of 30 projects");
  psl_test_assert_named (window_test_get_dialog (fixture));
  gtk_widget_activate (window_test_find_in_dialog (fixture, "Another _Register"));
  part = export_to (fixture, "part.csv");
  g_assert_cmpuint (count_lines (part), ==, 1 + WINDOW_TEST_PROJECTS / 10);
  g_assert_true (g_str_has_prefix (part, "id,"));
  g_assert_nonnull (strstr (part, "title_fr"));
  g_assert_null (strstr (part, "Accra"));

  /* Everything, for a spreadsheet unless one asks for something else. */
  window_test_activate (fixture, "export");
  window_test_wait_for_row (fixture, "_All", "30 projects");
  gtk_widget_activate (window_test_find_in_dialog (fixture, "_All"));
  all = export_to (fixture, "all.csv");
  g_assert_cmpuint (count_lines (all), ==, 1 + WINDOW_TEST_PROJECTS);
  g_assert_null (strstr (all, "title_fr"));
  g_assert_nonnull (strstr (all, "Accra"));

  /* It is then told where the file is. */
  psl_test_wait (offers_folder, fixture);
  window_test_close_window (fixture);
}

/* Lets go of files over the window. Returns: whether they are taken. */
static gboolean
drop (WindowTest *fixture,
      GFile      *file,
      GFile      *other)
{
  GFile *files[] = { file, other };
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->window));
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, other != NULL ? 2 : 1));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }

  return taken;
}

static void
test_drop (WindowTest    *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", table);

  window_test_open_filled (fixture);
  g_assert_true (drop (fixture, file, NULL));
  window_test_wait_for_row (fixture, "New records", "1");

  /* Nothing is taken for what lies behind a dialog. */
  g_assert_false (drop (fixture, file, NULL));
  window_test_click (fixture, "_Cancel");
  psl_test_wait (has_no_dialog, fixture);
  window_test_close_window (fixture);
}

/* Several files come one after the other, whether the one before was imported or not. */
static void
test_several (WindowTest    *fixture,
              gconstpointer  data)
{
  g_autoptr (GFile) first = make_file (fixture, "first.csv", "Project ID,Title (en)\nA.1,One\n");
  g_autoptr (GFile) second = make_file (fixture, "second.csv", "Project ID,Title (en)\nA.2,Two\nA.3,Three\n");
  g_autoptr (GFile) third = make_file (fixture, "third.csv", "Project ID,Title (en)\nA.4,Four\nA.5,Five\nA.6,Six\n");

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
  g_assert_true (drop (fixture, first, second));
  psl_window_import (fixture->window, third);

  window_test_wait_for_row (fixture, "New records", "1");
  window_test_click (fixture, "_Import");
  window_test_wait_for_row (fixture, "New records", "2");
  window_test_click (fixture, "_Cancel");
  window_test_wait_for_row (fixture, "New records", "3");
  window_test_click (fixture, "_Import");
  psl_test_wait (has_no_dialog, fixture);
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS + 4);
  window_test_close_window (fixture);

  /* Those that wait when the window is closed are forgotten, and those named
   * before the register is open wait for it. */
  window_test_open_window (fixture, PSL_STORE_NONE, "loading");
  psl_window_import (fixture->window, second);
  psl_window_import (fixture->window, third);
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_row (fixture, "New records", "2");
  window_test_close_window (fixture);
}

/* A table named before the register is open waits for it; one that is read only
 * takes none. */
static void
test_open (WindowTest    *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) file = make_file (fixture, "table.csv", table);

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "loading");
  psl_window_import (fixture->window, file);
  g_assert_null (window_test_get_dialog (fixture));
  window_test_wait_for_page (fixture, "register");
  window_test_wait_for_row (fixture, "New records", "1");
  window_test_close_window (fixture);

  window_test_open_window (fixture, PSL_STORE_READ_ONLY, "register");
  psl_window_import (fixture->window, file);
  g_assert_null (window_test_get_dialog (fixture));
  g_assert_false (drop (fixture, file, NULL));
  window_test_close_window (fixture);
}

/* Where the list shows nothing, all is what the person means. */
static void
test_export_nothing (WindowTest    *fixture,
                     gconstpointer  data)
{
  g_autofree char *all = NULL;

  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  psl_list_page_search (fixture->window->list_page, "zanzibar");
  window_test_wait_for_items (fixture, 0);
  window_test_activate (fixture, "export");
  all = export_to (fixture, "all.csv");
  g_assert_cmpuint (count_lines (all), ==, 1 + WINDOW_TEST_PROJECTS);
  window_test_close_window (fixture);
}

/* A file that can't be written is told, and the choice stays. */
static void
test_export_fails (WindowTest    *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "not-there", "all.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  window_test_open_filled (fixture);
  window_test_activate (fixture, "export");
  psl_export_dialog_write (PSL_EXPORT_DIALOG (window_test_get_dialog (fixture)), file);
  psl_test_wait (has_banner, fixture);
  g_assert_true (gtk_widget_is_sensitive (window_test_find_in_dialog (fixture, "_Export…")));
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/exchange/import", test_import);
  window_test_add ("/ui/exchange/rows", test_rows);
  window_test_add ("/ui/exchange/rows-left-out", test_rows_left_out);
  window_test_add ("/ui/exchange/rows-joined", test_rows_joined);
  window_test_add ("/ui/exchange/large-letters", test_large_letters);
  window_test_add ("/ui/exchange/page-names", test_page_names);
  window_test_add ("/ui/exchange/choice-is-whole", test_choice_is_whole);
  window_test_add ("/ui/exchange/nothing-new", test_nothing_new);
  window_test_add ("/ui/exchange/question", test_question);
  window_test_add ("/ui/exchange/encoding", test_encoding);
  window_test_add ("/ui/exchange/encoding-of-headings", test_encoding_of_headings);
  window_test_add ("/ui/exchange/encoding-keeps-kind", test_encoding_keeps_kind);
  window_test_add ("/ui/exchange/empty-marks", test_empty_marks);
  window_test_add ("/ui/exchange/lists", test_lists);
  window_test_add ("/ui/exchange/typed-choice", test_typed_choice);
  window_test_add ("/ui/exchange/focus", test_focus);
  window_test_add ("/ui/exchange/focus-of-empty", test_focus_of_empty);
  window_test_add ("/ui/exchange/focus-of-button", test_focus_of_button);
  window_test_add ("/ui/exchange/focus-of-opened", test_focus_of_opened);
  window_test_add ("/ui/exchange/missing-records", test_missing_records);
  window_test_add ("/ui/exchange/save-problems", test_save_problems);
  window_test_add ("/ui/exchange/no-column", test_no_column);
  window_test_add ("/ui/exchange/names", test_names);
  window_test_add ("/ui/exchange/alike", test_alike);
  window_test_add ("/ui/exchange/unreadable", test_unreadable);
  window_test_add ("/ui/exchange/cancel", test_cancel);
  window_test_add ("/ui/exchange/drop", test_drop);
  window_test_add ("/ui/exchange/several", test_several);
  window_test_add ("/ui/exchange/open", test_open);
  window_test_add ("/ui/exchange/export", test_export);
  window_test_add ("/ui/exchange/export-nothing", test_export_nothing);
  window_test_add ("/ui/exchange/export-fails", test_export_fails);

  return window_test_run ();
}
