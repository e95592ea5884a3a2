/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A kind of which only the description exists, in the window: it has a place, a list,
 * filters, a form, undo and preferences. */

#include "config.h"

#include <string.h>

#include "psl-detail-sheet.h"
#include "psl-filter-offer.h"
#include "psl-list-face.h"
#include "psl-preferences-dialog.h"
#include "psl-settings.h"
#include "tests/kinds/new-kind.h"
#include "tests/store/store-testing.h"
#include "ui-test.h"
#include "window-test.h"

#define TITLE "Treaty on footbridges"

/* What the editor of a field is waited to hold. */
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
  GtkWidget *face = psl_test_find (GTK_WIDGET (fixture->window->list_page), PSL_TYPE_LIST_FACE);

  return face != NULL && g_strcmp0 (psl_list_face_get_title (PSL_LIST_FACE (face)), TITLE) == 0;
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

/* Makes a treaty and an office that keeps it. */
static gint64
fill (WindowTest *fixture)
{
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  new_kind_make_register (fixture->path);
  store = store_testing_open (fixture->path, PSL_STORE_NONE);
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
  g_assert_cmpstr (psl_place_get_label (psl_list_page_get_place (fixture->window->list_page)), ==, "Treaties");

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
  psl_window_show_place (fixture->window, psl_place_find (psl_kind_office.name));
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), psl_record_model_get_rid (window_test_get_model (fixture), 0));
  psl_test_wait (has_inverse, fixture);
  window_test_close_window (fixture);
}

static void
test_preferences (WindowTest    *fixture,
                  gconstpointer  data)
{
  GtkWidget *entry;

  open_treaties (fixture);
  adw_dialog_present (ADW_DIALOG (psl_preferences_dialog_new (fixture->window)), GTK_WIDGET (fixture->window));
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
  window_test_add ("/new-kind/preferences", test_preferences);

  return window_test_run ();
}
