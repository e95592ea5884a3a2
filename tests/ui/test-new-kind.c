/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A kind of which only the description exists, in the window: it has a place, a list,
 * filters, a form, tables of its parts, undo, history and preferences. */

#include "config.h"

#include <string.h>

#include "psl-detail-sheet.h"
#include "psl-filter-offer.h"
#include "psl-row-content.h"
#include "psl-settings.h"
#include "tests/kinds/new-kind.h"
#include "tests/store/store-testing.h"
#include "ui-test.h"
#include "window-test.h"

#define TITLE "Treaty on footbridges"

/* A field and the text that its editor is waited to hold. */
typedef struct
{
  WindowTest *fixture;
  const PslField *field;
  const char *language;
  const char *value;
} Wanted;

static PslEditor *
find_editor (WindowTest     *fixture,
             const PslField *field,
             const char     *language)
{
  GtkWidget *sheet = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);

  return sheet != NULL ? psl_detail_sheet_find_editor (PSL_DETAIL_SHEET (sheet), field, language) : NULL;
}

static gboolean
holds_value (gpointer data)
{
  Wanted *wanted = data;
  PslEditor *editor = find_editor (wanted->fixture, wanted->field, wanted->language);

  return editor != NULL && psl_editor_get_record (editor) != NULL &&
         g_strcmp0 (psl_editor_get_value (editor), wanted->value) == 0;
}

static void
wait_for_value (WindowTest     *fixture,
                const PslField *field,
                const char     *language,
                const char     *value)
{
  g_test_message ("%s: %s", field->name, value);
  psl_test_wait (holds_value, &(Wanted) { fixture, field, language, value });
}

static gboolean
has_label (GtkWidget  *widget,
           const char *text)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (has_label (child, text))
        return TRUE;
    }
  return FALSE;
}

static gboolean
lists_title (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *content = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_ROW_CONTENT);

  return content != NULL && g_strcmp0 (psl_row_content_get_title (PSL_ROW_CONTENT (content)), TITLE) == 0;
}

/* Whether the rows below a text have the distance to it that cards have. */
static gboolean
has_room (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *page = GTK_WIDGET (fixture->window->detail_page);
  PslEditor *english = find_editor (fixture, psl_kind_find_field (&new_kind, "summary"), "en");
  PslEditor *french = find_editor (fixture, psl_kind_find_field (&new_kind, "summary"), "fr");
  PslEditor *below = find_editor (fixture, psl_kind_find_field (&new_kind, "signed"), NULL);
  graphene_rect_t one, other, last;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (english), page, &one) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (french), page, &other) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (below), page, &last))
    return FALSE;
  return last.origin.y >= MAX (one.origin.y + one.size.height, other.origin.y + other.size.height) + 12;
}

static gboolean
has_inverse (gpointer data)
{
  WindowTest *fixture = data;

  return has_label (GTK_WIDGET (fixture->window->detail_page), "Treaties kept by this office") &&
         has_label (GTK_WIDGET (fixture->window->detail_page), TITLE);
}

static gboolean
can_undo (gpointer data)
{
  WindowTest *fixture = data;

  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo");
}

static gboolean
shows_problem (gpointer data)
{
  WindowTest *fixture = data;

  return has_label (GTK_WIDGET (fixture->window->detail_page), "That is short for a treaty.");
}

/* The kind of the parts that a field of treaties is of. */
static const PslKind *
get_parts (const char *field)
{
  return psl_kind_find_field (&new_kind, field)->target;
}

/* Makes a treaty and an office that keeps it. */
static gint64
fill (WindowTest *fixture)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  store = store_testing_open (fixture->path, PSL_STORE_CREATE);
  rid = store_testing_insert (store, &psl_kind_office, "name_en", "Chisinau", NULL);
  office = psl_store_read (store, rid, &error);
  g_assert_no_error (error);
  store_testing_insert (store, &new_kind, "title_en", "Treaty on ferries", "signed", "1999", NULL);
  return store_testing_insert (store, &new_kind, "title_en", TITLE, "title_fr", "Traité sur les passerelles",
                               "number", "T-001", "status", "2", "summary_en", "Who mends them.",
                               "summary_fr", "Qui les répare.", "signed", "2019-05", "expires", "2029",
                               "drafted", "2017", "articles", "12", "quorum", "66.5", "cost", "1250.50 EUR",
                               "office", psl_record_get_id (office), "seat", "MD", "email", "keeper@example.org",
                               "url", "https://example.org/t1", "phone", "+41 22 717 91 11", "latitude", "47.02",
                               "longitude", "28.83", "parties", "[{\"country\":\"MD\",\"weight\":\"60\"}]", NULL);
}

/* Makes two provisions of the treaty, and a participation of the office in it. */
static gint64
fill_parts (WindowTest *fixture)
{
  gint64 rid = fill (fixture);
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autofree char *treaty = store_testing_dup_id (store, rid);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslQuery) offices = psl_query_new (&psl_kind_office);
  g_autoptr (GArray) rids = psl_store_query (store, offices, 1, &error);
  g_autofree char *office = NULL;

  g_assert_no_error (error);
  office = store_testing_dup_id (store, g_array_index (rids, gint64, 0));
  store_testing_insert (store, get_parts ("provisions"), "treaty", treaty, "heading_en", "Upkeep", "heading_fr", "Entretien",
                        "wording_en", "The parties mend the handrails.", "goal", "6", "applies", "2020", NULL);
  store_testing_insert (store, get_parts ("provisions"), "treaty", treaty, "heading_en", "Costs", NULL);
  store_testing_insert (store, get_parts ("participations"), "treaty", treaty, "office", office, "role", "coordination",
                        "since", "2019-05", "until", "2024", "contribution", "500.00 EUR", "share", "33.3", NULL);
  return rid;
}

/* Opens the window in the place of the kind. */
static void
open_window (WindowTest *fixture)
{
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", new_kind.name);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
}

static gint64
open_treaties (WindowTest *fixture)
{
  gint64 rid = fill (fixture);

  open_window (fixture);
  window_test_wait_for_items (fixture, 2);
  return rid;
}

static void
test_list (WindowTest    *fixture,
           gconstpointer  data)
{
  open_treaties (fixture);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  g_assert_cmpstr (psl_collection_get_label (psl_list_page_get_collection (fixture->window->list_page)), ==, "Treaties");

  psl_list_page_search (fixture->window->list_page, "passerelles moldova");
  window_test_wait_for_items (fixture, 1);
  psl_test_wait (lists_title, fixture);
  psl_list_page_search (fixture->window->list_page, "zanzibar");
  window_test_wait_for_items (fixture, 0);
  window_test_close_window (fixture);
}

static void
test_filters (WindowTest    *fixture,
              gconstpointer  data)
{
  static const char *const names[] = { "status", "cost", "office", "seat", "seat.area", "parties", "years" };
  g_autoptr (GPtrArray) offers = psl_filter_offers_new (&new_kind);
  g_autoptr (PslQuery) query = psl_query_new (&new_kind);
  g_autofree char *stored = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_nonnull (psl_filter_offers_find (offers, names[i]));

  fill (fixture);
  psl_query_add_filter (query, psl_filter_new ("seat.area", PSL_FILTER_ONE_OF, (const char *const[]) { "150", NULL }));
  stored = psl_query_to_string (query);
  psl_settings_set_query (psl_settings_get_default (), new_kind.name, stored);
  open_window (fixture);
  window_test_wait_for_items (fixture, 1);
  psl_list_page_clear_filters (fixture->window->list_page);
  window_test_wait_for_items (fixture, 2);
  window_test_close_window (fixture);
}

/* Each field has an editor that shows its value; what is typed there is stored, and undone. */
static void
test_form (WindowTest    *fixture,
           gconstpointer  data)
{
  const PslField *articles = psl_kind_find_field (&new_kind, "articles");
  gint64 rid = open_treaties (fixture);
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);
  PslEditor *editor;

  g_assert_no_error (error);
  psl_record_model_select (window_test_get_model (fixture), rid);
  for (const PslField *field = new_kind.fields; field->name != NULL; field++)
    {
      gboolean multilingual = (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

      if (field->type == PSL_FIELD_TYPE_PARTS)
        continue;
      for (guint i = 0; psl_languages[i] != NULL && (i == 0 || multilingual); i++)
        {
          const char *language = multilingual ? psl_languages[i] : NULL;

          wait_for_value (fixture, field, language, psl_record_get (record, field, language));
        }
    }
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  psl_test_wait (has_room, fixture);

  editor = find_editor (fixture, articles, NULL);
  psl_editor_commit (editor, "2");
  psl_test_wait (can_undo, fixture);
  wait_for_value (fixture, articles, NULL, "2");
  psl_test_wait (shows_problem, fixture);
  window_test_activate (fixture, "undo");
  wait_for_value (fixture, articles, NULL, "12");
  window_test_close_window (fixture);
}

/* The office that a treaty is kept by lists it. */
static void
test_inverse (WindowTest    *fixture,
              gconstpointer  data)
{
  open_treaties (fixture);
  psl_window_show_collection (fixture->window, psl_collection_find (psl_kind_office.name));
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  psl_test_wait (has_inverse, fixture);
  window_test_close_window (fixture);
}

/* A cell of a table of parts and the text that it is waited to hold. */
typedef struct
{
  WindowTest *fixture;
  const char *parts;
  guint position;
  const char *name;
  const char *value;
} Cell;

static PslPartsTable *
find_parts (WindowTest *fixture,
            const char *parts)
{
  return window_test_find_parts (fixture, get_parts (parts));
}

static PslRecord *
get_part (WindowTest *fixture,
          const char *parts,
          guint       position)
{
  PslPartsTable *table = find_parts (fixture, parts);
  PslPartsRow *row = table != NULL ? psl_parts_grid_find_row (psl_parts_table_get_grid (table), position) : NULL;

  return row != NULL && psl_parts_row_get_item (row) != NULL ? psl_record_item_get_record (psl_parts_row_get_item (row)) : NULL;
}

static gboolean
holds_cell (gpointer data)
{
  Cell *cell = data;
  PslRecord *part = get_part (cell->fixture, cell->parts, cell->position);

  return part != NULL && g_strcmp0 (psl_record_get_by_name (part, cell->name), cell->value) == 0;
}

static void
wait_for_cell (WindowTest *fixture,
               const char *parts,
               guint       position,
               const char *name,
               const char *value)
{
  g_test_message ("%s %u %s: %s", parts, position, name, value);
  psl_test_wait (holds_cell, &(Cell) { fixture, parts, position, name, value });
}

/* The column of a table that has a field in a language: `heading_fr`. */
static int
find_column (const char *parts,
             const char *name)
{
  g_autoptr (GPtrArray) columns = psl_parts_columns_new (get_parts (parts), psl_codelists_get_default (), "en");
  const char *language;
  const PslField *field = psl_kind_parse_field (get_parts (parts), name, &language);

  for (guint i = 0; i < columns->len; i++)
    {
      const PslPartsColumn *column = g_ptr_array_index (columns, i);

      if (column->field == field && g_strcmp0 (column->language, language) == 0)
        return (int) i;
    }
  g_assert_not_reached ();
}

static PslEditor *
find_cell_editor (const Cell *cell)
{
  PslPartsGrid *grid = psl_parts_table_get_grid (find_parts (cell->fixture, cell->parts));
  PslPartsRow *row = psl_parts_grid_find_row (grid, cell->position);

  return row != NULL ? psl_parts_cell_get_editor (psl_parts_row_get_cell (row, (guint) find_column (cell->parts, cell->name)))
                     : NULL;
}

/* The editor of a cell, which comes with the keyboard. */
static gboolean
has_cell_editor (gpointer data)
{
  return find_cell_editor (data) != NULL;
}

static gboolean
has_two_provisions (gpointer data)
{
  PslPartsTable *table = find_parts (data, "provisions");

  return table != NULL && g_list_model_get_n_items (psl_parts_table_get_items (table)) == 2 &&
         get_part (data, "provisions", 1) != NULL;
}

static gboolean
shows_participation (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *page = GTK_WIDGET (fixture->window->detail_page);

  return has_label (page, "Takes part in") && has_label (page, "Coordination") && has_label (page, "€500");
}

/* Whether the page is that of a provision. */
static gboolean
shows_provision (gpointer data)
{
  WindowTest *fixture = data;

  return fixture->window->record != NULL && psl_record_get_kind (fixture->window->record) == get_parts ("provisions");
}

static gboolean
shows_history (gpointer data)
{
  GtkWidget *dialog = window_test_get_dialog (data);

  return dialog != NULL && has_label (dialog, "Heading") && has_label (dialog, "Repair");
}

/* Puts a value into a cell, as a person does who goes there first. */
static void
enter (WindowTest *fixture,
       const char *parts,
       guint       position,
       const char *name,
       const char *value)
{
  Cell cell = { fixture, parts, position, name, value };

  psl_parts_grid_focus (psl_parts_table_get_grid (find_parts (fixture, parts)), position, find_column (parts, name));
  psl_test_wait (has_cell_editor, &cell);
  psl_editor_commit (find_cell_editor (&cell), value);
}

static void
undo (WindowTest *fixture)
{
  psl_test_wait (can_undo, fixture);
  window_test_activate (fixture, "undo");
}

/* Its parts stand in tables on its page, where they are changed, added, undone and looked up in
 * the history. */
static void
test_parts (WindowTest    *fixture,
            gconstpointer  data)
{
  gint64 rid = fill_parts (fixture);
  gint64 provision;

  open_window (fixture);
  window_test_resize (fixture, 1400, 900);
  window_test_wait_for_items (fixture, 2);
  psl_record_model_select (window_test_get_model (fixture), rid);
  wait_for_cell (fixture, "provisions", 0, "heading_fr", "Entretien");
  wait_for_cell (fixture, "provisions", 1, "heading_en", "Costs");
  wait_for_cell (fixture, "participations", 0, "contribution", "500.00 EUR");
  psl_test_draw (GTK_WIDGET (fixture->window));
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  provision = psl_record_get_rid (get_part (fixture, "provisions", 0));

  enter (fixture, "provisions", 0, "heading_en", "Repair");
  wait_for_cell (fixture, "provisions", 0, "heading_en", "Repair");
  enter (fixture, "participations", 0, "role", "regional");
  wait_for_cell (fixture, "participations", 0, "role", "regional");
  enter (fixture, "participations", 0, "share", "40");
  wait_for_cell (fixture, "participations", 0, "share", "40");
  undo (fixture);
  wait_for_cell (fixture, "participations", 0, "share", "33.3");
  undo (fixture);
  wait_for_cell (fixture, "participations", 0, "role", "coordination");

  g_signal_emit_by_name (psl_parts_table_get_add_button (find_parts (fixture, "provisions")), "clicked");
  enter (fixture, "provisions", 2, "heading_en", "Borders");
  wait_for_cell (fixture, "provisions", 2, "heading_en", "Borders");
  undo (fixture);
  psl_test_wait (has_two_provisions, fixture);

  psl_window_go_to (fixture->window, provision);
  psl_test_wait (shows_provision, fixture);
  window_test_activate (fixture, "history");
  psl_test_wait (shows_history, fixture);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  window_test_close_window (fixture);
}

/* The list is searched and filtered by what its parts hold. */
static void
test_parts_found (WindowTest    *fixture,
                  gconstpointer  data)
{
  static const struct { const char *name, *label; } offered[] = {
    { "provisions.goal", "Provisions: Goal" },
    { "participations", "Participations" },
    { "participations.office", "Participations: Office" },
    { "participations.role", "Participations: Role" },
  };
  g_autoptr (GPtrArray) offers = psl_filter_offers_new (&new_kind);
  g_autoptr (PslQuery) query = psl_query_new (&new_kind);
  g_autofree char *stored = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (offered); i++)
    {
      PslFilterOffer *offer = psl_filter_offers_find (offers, offered[i].name);

      g_assert_nonnull (offer);
      g_assert_cmpstr (offer->label, ==, offered[i].label);
    }

  fill_parts (fixture);
  psl_query_add_filter (query, psl_filter_new ("participations.role", PSL_FILTER_ONE_OF,
                                               (const char *const[]) { "coordination", NULL }));
  stored = psl_query_to_string (query);
  psl_settings_set_query (psl_settings_get_default (), new_kind.name, stored);
  open_window (fixture);
  window_test_wait_for_items (fixture, 1);
  psl_test_wait (lists_title, fixture);
  psl_list_page_clear_filters (fixture->window->list_page);
  window_test_wait_for_items (fixture, 2);
  psl_list_page_search (fixture->window->list_page, "handrails");
  window_test_wait_for_items (fixture, 1);
  psl_test_wait (lists_title, fixture);
  window_test_close_window (fixture);
}

/* The office that a participation leads to lists it, with what it adds up to, and leads back. */
static void
test_parts_inverse (WindowTest    *fixture,
                    gconstpointer  data)
{
  fill_parts (fixture);
  open_window (fixture);
  window_test_wait_for_items (fixture, 2);
  psl_window_show_collection (fixture->window, psl_collection_find (psl_kind_office.name));
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  psl_test_wait (shows_participation, fixture);
  window_test_close_window (fixture);
}

static void
test_preferences (WindowTest    *fixture,
                  gconstpointer  data)
{
  GtkWidget *entry;

  open_treaties (fixture);
  psl_window_show_preferences (fixture->window);
  entry = window_test_find_in_dialog (fixture, "_Articles, at Least");
  gtk_editable_set_text (GTK_EDITABLE (entry), "15");
  g_signal_emit_by_name (entry, "entry-activated");
  g_assert_cmpint (psl_setting_values_get_number (psl_settings_get_kind_settings (psl_settings_get_default ()),
                                                  &new_kind, "articles"), ==, 15);
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/new-kind/list", test_list);
  window_test_add ("/new-kind/filters", test_filters);
  window_test_add ("/new-kind/form", test_form);
  window_test_add ("/new-kind/inverse", test_inverse);
  window_test_add ("/new-kind/parts", test_parts);
  window_test_add ("/new-kind/parts-found", test_parts_found);
  window_test_add ("/new-kind/parts-inverse", test_parts_inverse);
  window_test_add ("/new-kind/preferences", test_preferences);

  return window_test_run ();
}
