/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "detail-test.h"
#include "psl-detail-sheet.h"
#include "psl-inverse-list.h"
#include "psl-kinds.h"
#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-record-row.h"
#include "psl-remark.h"
#include "psl-settings.h"
#include "psl-text-view.h"
#include "psl-uuid.h"
#include "ui-test.h"

/* Parts are edited in tables. */
static void
assert_has_editors (DetailTest    *fixture,
                    const PslKind *kind)
{
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      const char *language = field->flags & PSL_FIELD_MULTILINGUAL ? "fr" : NULL;

      g_assert_true ((detail_test_find_editor (fixture, field->name, language) != NULL) ==
                     (field->type != PSL_FIELD_TYPE_PARTS));
    }
}

static void
test_kinds (DetailTest    *fixture,
            gconstpointer  data)
{
  detail_test_show_project (fixture);
  psl_test_assert_named (fixture->window);
  assert_has_editors (fixture, &psl_kind_project);

  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  psl_test_assert_named (fixture->window);
  assert_has_editors (fixture, &psl_kind_office);

  psl_detail_page_show (fixture->page, 0);
}

static void
test_stored (DetailTest    *fixture,
             gconstpointer  data)
{
  g_autoptr (PslRecord) record = NULL;

  detail_test_show_project (fixture);
  detail_test_type (detail_test_find_editor (fixture, "budget", NULL), "85000 EUR");
  detail_test_type (detail_test_find_editor (fixture, "start", NULL), "2020-05");

  /* Another record first stores what is being typed. */
  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  record = register_wait_load (fixture->reg, fixture->project);
  g_assert_cmpstr (psl_record_get_by_name (record, "budget"), ==, "85000.00 EUR");
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2020-05");
}

static void
test_external (DetailTest    *fixture,
               gconstpointer  data)
{
  PslEditor *editor;
  PslTextView *view;
  g_autofree char *text = NULL;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "description", "en");
  view = PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (editor), PSL_TYPE_TEXT_VIEW));
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Half a sen", -1);

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "title", "en", "Another title");
  detail_test_wait_for_value (fixture, "title", "en", "Another title");
  text = psl_text_view_dup_text (view);
  g_assert_cmpstr (text, ==, "Half a sen");
  g_assert_true (psl_editor_is_focused (editor));
}

static void
test_session (DetailTest    *fixture,
              gconstpointer  data)
{
  PslEditor *editor;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "year", NULL);
  detail_test_type (editor, "2019");
  g_assert_true (psl_editor_flush (editor));
  detail_test_type (editor, "2021");
  g_assert_true (psl_editor_flush (editor));

  /* One visit, one action: one undo takes both away. */
  g_assert_true (register_wait_undo (fixture->reg));
  detail_test_wait_for_value (fixture, "year", NULL, NULL);
}

static gboolean
has_warning (gpointer data)
{
  PslEditor *editor = detail_test_find_editor (data, "end", NULL);

  return editor != NULL && psl_editor_frame_get_warning (PSL_EDITOR_FRAME (editor)) != NULL;
}

static void
test_warning (DetailTest    *fixture,
              gconstpointer  data)
{
  detail_test_show_project (fixture);
  detail_test_type (detail_test_find_editor (fixture, "start", NULL), "2021");
  detail_test_type (detail_test_find_editor (fixture, "end", NULL), "2019");
  g_assert_true (psl_detail_page_flush (fixture->page));
  psl_test_wait (has_warning, fixture);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (detail_test_find_editor (fixture, "end", NULL))));

  detail_test_type (detail_test_find_editor (fixture, "end", NULL), "2023");
  g_assert_true (psl_detail_page_flush (fixture->page));
  g_assert_null (psl_editor_frame_get_warning (PSL_EDITOR_FRAME (detail_test_find_editor (fixture, "end", NULL))));
}

/* The links to what needs care: the fields that they name. */
static void
add_links (GtkWidget *widget,
           GString   *links)
{
  if (gtk_widget_has_css_class (widget, "problem"))
    g_string_append_printf (links, "%s%s", links->len > 0 ? ", " : "",
                            gtk_label_get_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (widget)))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    add_links (child, links);
}

static void
assert_links (DetailTest *fixture,
              const char *expected)
{
  g_autoptr (GString) links = g_string_new (NULL);

  psl_test_settle ();
  add_links (GTK_WIDGET (fixture->page), links);
  g_assert_cmpstr (links->str, ==, expected);
}

static void
leave_for (DetailTest *fixture,
           const char *field)
{
  gtk_widget_grab_focus (GTK_WIDGET (detail_test_find_editor (fixture, field, NULL)));
}

/* Commits as the pause after typing does. */
static void
rest (DetailTest *fixture,
      const char *field,
      const char *value)
{
  detail_test_wait_for_value (fixture, field, NULL, value);
}

/* An empty form is no mistake. Problems are shown when their field was left, values that
 * could not be stored among them. */
static void
test_points (DetailTest    *fixture,
             gconstpointer  data)
{
  gint64 blank = register_wait_create (fixture->reg, &psl_kind_project);
  PslEditorFrame *end;

  detail_test_show_project (fixture);
  assert_links (fixture, "Title (Français)");
  psl_detail_page_show (fixture->page, blank);
  detail_test_wait_for_value (fixture, "title", "en", NULL);
  assert_links (fixture, "");

  leave_for (fixture, "start");
  detail_test_type (detail_test_find_editor (fixture, "start", NULL), "2021");
  rest (fixture, "start", "2021");
  leave_for (fixture, "end");
  assert_links (fixture, "Title");

  end = PSL_EDITOR_FRAME (detail_test_find_editor (fixture, "end", NULL));
  detail_test_type (PSL_EDITOR (end), "2019");
  rest (fixture, "end", "2019");
  assert_links (fixture, "Title");
  g_assert_null (psl_editor_frame_get_warning (end));
  leave_for (fixture, "year");
  assert_links (fixture, "Title, End");
  g_assert_nonnull (psl_editor_frame_get_warning (end));

  /* A problem that is being put right is shown until it is right. */
  leave_for (fixture, "end");
  assert_links (fixture, "Title, End");
  detail_test_type (PSL_EDITOR (end), "2022");
  rest (fixture, "end", "2022");
  assert_links (fixture, "Title");

  detail_test_type (PSL_EDITOR (end), "soon");
  leave_for (fixture, "year");
  g_assert_nonnull (psl_editor_frame_get_error (end));
  assert_links (fixture, "End, Title");
  psl_editor_revert (PSL_EDITOR (end));
  assert_links (fixture, "Title");
}

static GtkWidget *
find_link (GtkWidget  *widget,
           const char *name)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "problem") &&
      g_str_equal (gtk_label_get_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (widget)))), name))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_link (child, name);

  return found;
}

static gboolean
is_focused (gpointer data)
{
  return psl_editor_is_focused (data);
}

/* A link leads to its field, even to a text in the language that is not on show. */
static void
test_link (DetailTest    *fixture,
           gconstpointer  data)
{
  PslEditor *english;
  GtkWidget *link;

  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "text-view", "fr");
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "narrow-text-view", "fr");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "fr", "Un texte");
  detail_test_show_project (fixture);
  psl_test_settle ();
  english = detail_test_find_editor (fixture, "description", "en");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (english)));

  link = find_link (GTK_WIDGET (fixture->page), "Description (English)");
  g_assert_nonnull (link);
  g_signal_emit_by_name (link, "clicked");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (english)));
  psl_test_wait (is_focused, english);

  g_settings_reset (psl_settings_get_gsettings (psl_settings_get_default ()), "text-view");
  g_settings_reset (psl_settings_get_gsettings (psl_settings_get_default ()), "narrow-text-view");
}

static graphene_rect_t
get_bounds (DetailTest *fixture,
            PslEditor  *editor)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (editor), fixture->window, &bounds));
  return bounds;
}

static double
get_height (DetailTest *fixture,
            PslEditor  *editor)
{
  return get_bounds (fixture, editor).origin.y;
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_height (data) > 0;
}

static gboolean
has_grown (gpointer data)
{
  PslEditor *start = detail_test_find_editor (data, "start", NULL);

  return psl_editor_frame_get_error (PSL_EDITOR_FRAME (start)) != NULL &&
         gtk_widget_get_height (GTK_WIDGET (start)) > GPOINTER_TO_INT (g_object_get_data (G_OBJECT (start), "height"));
}

static gboolean
is_in_view (gpointer data)
{
  DetailTest *fixture = data;
  double top = get_height (fixture, detail_test_find_editor (fixture, "sdg", NULL));

  return top > 0 && top < gtk_widget_get_height (fixture->window);
}

/* The first field below another, in the same column. */
static PslEditor *
find_below (DetailTest *fixture,
            PslEditor  *editor)
{
  graphene_rect_t above = get_bounds (fixture, editor);

  for (const PslField *field = psl_kind_project.fields; field->name != NULL; field++)
    {
      PslEditor *below = field->flags & PSL_FIELD_MULTILINGUAL ? NULL
                                                               : detail_test_find_editor (fixture, field->name, NULL);

      if (below != NULL && get_bounds (fixture, below).origin.x == above.origin.x &&
          get_height (fixture, below) >= above.origin.y + above.size.height)
        return below;
    }
  g_assert_not_reached ();
}

/* The widget with the focus stays where it is when a message comes above it, and is scrolled
 * to all the same. */
static void
test_steady (DetailTest    *fixture,
             gconstpointer  data)
{
  PslEditor *start, *below;
  double before;

  detail_test_show_project (fixture);
  start = detail_test_find_editor (fixture, "start", NULL);
  psl_test_wait (is_laid_out, start);
  below = find_below (fixture, start);
  g_object_set_data (G_OBJECT (start), "height", GINT_TO_POINTER (gtk_widget_get_height (GTK_WIDGET (start))));
  detail_test_type (start, "soon");
  gtk_widget_grab_focus (GTK_WIDGET (below));
  before = get_height (fixture, below);
  psl_test_wait (has_grown, fixture);
  g_assert_cmpfloat_with_epsilon (get_height (fixture, below), before, 1);

  detail_test_type (start, "later");
  psl_test_settle ();
  gtk_widget_grab_focus (GTK_WIDGET (detail_test_find_editor (fixture, "sdg", NULL)));
  psl_test_wait (is_in_view, fixture);
  psl_editor_revert (start);
}

/* Waits until a message below a field has come, or gone. */
static void
wait_for_message (DetailTest *fixture,
                  PslEditor  *editor,
                  gboolean    is_wrong)
{
  psl_test_draw (GTK_WIDGET (editor));
  g_assert_true ((psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL) == is_wrong);
}

/* A message above the widget with the focus goes and comes, with the page scrolled as far up or
 * down as it can be. */
static void
test_steady_at_end (DetailTest    *fixture,
                    gconstpointer  data)
{
  static const char *const fields[] = { "year", "predecessor" };
  PslEditor *start;
  GtkWidget *window;
  GtkAdjustment *adjustment;

  detail_test_show_project (fixture);
  start = detail_test_find_editor (fixture, "start", NULL);
  psl_test_wait (is_laid_out, start);
  window = gtk_widget_get_ancestor (GTK_WIDGET (start), GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      PslEditor *editor = detail_test_find_editor (fixture, fields[i], NULL);
      double before;

      detail_test_type (start, "soon");
      gtk_widget_grab_focus (GTK_WIDGET (editor));
      wait_for_message (fixture, start, TRUE);
      gtk_adjustment_set_value (adjustment, i == 0 ? 0 : gtk_adjustment_get_upper (adjustment));
      psl_test_draw (GTK_WIDGET (editor));
      before = get_height (fixture, editor);

      psl_editor_revert (start);
      wait_for_message (fixture, start, FALSE);
      g_assert_cmpfloat_with_epsilon (get_height (fixture, editor), before, 1);

      psl_editor_refuse (start, NULL, "Not a date.");
      wait_for_message (fixture, start, TRUE);
      g_assert_cmpfloat_with_epsilon (get_height (fixture, editor), before, 1);
      psl_editor_revert (start);
      wait_for_message (fixture, start, FALSE);
    }
}

/* Below the last field a message goes: the field stays, and so does the end of the page that
 * somebody scrolls to. */
static void
test_steady_above (DetailTest    *fixture,
                   gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *window;
  GtkAdjustment *adjustment;
  double before, upper;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "predecessor", NULL);
  psl_test_wait (is_laid_out, editor);
  window = gtk_widget_get_ancestor (GTK_WIDGET (editor), GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  upper = gtk_adjustment_get_upper (adjustment);
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  psl_editor_refuse (editor, NULL, "No such project.");
  wait_for_message (fixture, editor, TRUE);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  psl_test_draw (GTK_WIDGET (editor));
  before = get_height (fixture, editor);
  psl_editor_revert (editor);
  wait_for_message (fixture, editor, FALSE);
  g_assert_cmpfloat_with_epsilon (get_height (fixture, editor), before, 1);

  gtk_adjustment_set_value (adjustment, 0);
  psl_test_draw (GTK_WIDGET (editor));
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, upper);
}

/* Another record, which the keyboard goes on to, begins at the top of the page. */
static void
test_steady_no_space (DetailTest    *fixture,
                      gconstpointer  data)
{
  gint64 other = register_wait_create (fixture->reg, &psl_kind_project);
  g_autoptr (GString) title = g_string_new ("A project");
  GtkWidget *viewport;
  PslEditor *editor;

  for (guint i = 0; i < 40; i++)
    g_string_append (title, " with a very long title");
  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", title->str);
  psl_detail_page_show (fixture->page, other);
  detail_test_wait_for_value (fixture, "title", "en", title->str);
  editor = detail_test_find_editor (fixture, "project_id", NULL);
  psl_test_wait (is_laid_out, editor);
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  psl_test_draw (GTK_WIDGET (editor));

  psl_detail_page_enter (fixture->page, fixture->project);
  psl_detail_page_show (fixture->page, fixture->project);
  detail_test_wait_for_value (fixture, "title", "en", "A project");
  psl_test_draw (GTK_WIDGET (editor));
  viewport = gtk_widget_get_ancestor (GTK_WIDGET (editor), GTK_TYPE_VIEWPORT);
  g_assert_cmpint (gtk_widget_get_margin_top (gtk_viewport_get_child (GTK_VIEWPORT (viewport))), ==, 0);
}

static gboolean
says (GtkWidget  *widget,
      const char *text)
{
  if (!gtk_widget_get_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (says (child, text))
        return TRUE;
    }
  return FALSE;
}

/* At the top of the page, and below the table of functions. */
static gboolean
tells_of_function (gpointer data)
{
  DetailTest *fixture = data;

  return says (GTK_WIDGET (fixture->page), "1 point to check") &&
         says (GTK_WIDGET (fixture->page),
               "“Coordination”, Area covered: Missing: fill in the area that is coordinated.");
}

static gboolean
tells_of_nothing (gpointer data)
{
  DetailTest *fixture = data;

  return says (GTK_WIDGET (fixture->page), "Nothing to check");
}

/* A problem of a part is shown on its owner's page, until it is put right. */
static void
test_parts (DetailTest    *fixture,
            gconstpointer  data)
{
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "name", "fr", "Un bureau");
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "functions", NULL,
                     "[{\"function\":\"regional\"},{\"function\":\"coordination\"}]");
  psl_detail_page_show (fixture->page, fixture->office);
  psl_test_wait (tells_of_function, fixture);
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "functions", NULL,
                     "[{\"function\":\"regional\"},{\"function\":\"coordination\",\"covers\":\"029\"}]");
  psl_test_wait (tells_of_nothing, fixture);
}

static gboolean
tells_of_conflict (gpointer data)
{
  DetailTest *fixture = data;

  return says (GTK_WIDGET (fixture->page), "1 point to check") && !says (GTK_WIDGET (fixture->page), "Nothing to check");
}

/* A conflict that an import has left is a point to check until it is decided; remarks of
 * people are none. */
static void
test_conflict (DetailTest    *fixture,
               gconstpointer  data)
{
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (PslRecord) remark = NULL;
  g_autoptr (PslRecord) left = NULL;

  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "name", "fr", "Un bureau");
  office = register_wait_load (fixture->reg, fixture->office);
  remark = psl_remark_new (office, psl_kind_find_field (&psl_kind_office, "name"), "fr");
  psl_remark_set (remark, PSL_REMARK_TEXT, "en", "Still so?");
  register_wait_insert (fixture->reg, remark);
  psl_detail_page_show (fixture->page, fixture->office);
  psl_test_wait (tells_of_nothing, fixture);

  left = psl_remark_new (office, psl_kind_find_field (&psl_kind_office, "name"), "fr");
  psl_remark_set (left, PSL_REMARK_TEXT, "en", "“Autre” in a.csv differs");
  psl_remark_set (left, PSL_REMARK_VALUE, NULL, "Autre");
  psl_remark_set (left, PSL_REMARK_SOURCE, NULL, "a.csv, line 2");
  register_wait_insert (fixture->reg, left);
  psl_test_wait (tells_of_conflict, fixture);

  register_wait_undo (fixture->reg);
  psl_test_wait (tells_of_nothing, fixture);
}

static gboolean
names_both_texts (gpointer data)
{
  DetailTest *fixture = data;
  g_autofree char *labels = g_strdup_printf ("%s, %s", psl_field_get_label (psl_kind_find_field (&psl_kind_project, "title")),
                                             psl_field_get_label (psl_kind_find_field (&psl_kind_project, "description")));
  g_autofree char *both = g_strdup_printf (_("%s (%s)"), labels, "Français");

  return says (GTK_WIDGET (fixture->page), both);
}

/* Texts that lack one language are one point to check. */
static void
test_untranslated (DetailTest    *fixture,
                   gconstpointer  data)
{
  detail_test_show_project (fixture);
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "en", "It has one.");
  psl_test_wait (names_both_texts, fixture);
}

static gboolean
is_insensitive (gpointer data)
{
  PslEditor *editor = detail_test_find_editor (data, "year", NULL);

  return editor != NULL && !gtk_widget_is_sensitive (GTK_WIDGET (editor));
}

static void
test_trash (DetailTest    *fixture,
            gconstpointer  data)
{
  GtkWidget *banner;

  detail_test_show_project (fixture);
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_TRASHED, NULL, NULL);
  psl_test_wait (is_insensitive, fixture);
  banner = psl_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_BANNER);
  g_assert_true (adw_banner_get_revealed (ADW_BANNER (banner)));

  /* It can be read in both languages all the same. */
  g_assert_true (gtk_widget_is_sensitive (psl_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_TOGGLE_GROUP)));
}

/* The other language comes first at once, and what was typed stays. */
static void
test_language (DetailTest    *fixture,
               gconstpointer  data)
{
  const char *interface = psl_language_get_interface ();
  const char *languages[] = { g_str_equal (interface, "fr") ? "en" : "fr", interface };

  detail_test_show_project (fixture);
  detail_test_type (detail_test_find_editor (fixture, "start", NULL), "soon");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      GtkWidget *sheet;
      GPtrArray *editors;
      PslEditor *start;

      psl_register_set_language (fixture->reg, languages[i]);
      sheet = psl_test_find (GTK_WIDGET (fixture->page), PSL_TYPE_DETAIL_SHEET);
      g_assert_nonnull (sheet);
      g_assert_true (gtk_widget_get_visible (sheet));
      editors = psl_detail_sheet_get_editors (PSL_DETAIL_SHEET (sheet));
      g_assert_cmpstr (psl_editor_get_language (editors->pdata[0]), ==, languages[i]);
      start = detail_test_find_editor (fixture, "start", NULL);
      g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (start)));
      g_assert_cmpstr (psl_editor_get_value (detail_test_find_editor (fixture, "title", "en")), ==, "A project");
    }

  psl_editor_revert (detail_test_find_editor (fixture, "start", NULL));
}

/* The keyboard stays in the text in which it was, which a wide page shows, too. */
static void
test_language_focus (DetailTest    *fixture,
                     gconstpointer  data)
{
  const char *languages[] = { "fr", "en", "fr" };

  detail_test_show_project (fixture);
  psl_test_draw (fixture->window);
  gtk_widget_grab_focus (GTK_WIDGET (detail_test_find_editor (fixture, "description", "fr")));
  g_assert_true (psl_editor_is_focused (detail_test_find_editor (fixture, "description", "fr")));

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      psl_register_set_language (fixture->reg, languages[i]);
      psl_test_draw (fixture->window);
      g_assert_true (psl_editor_is_focused (detail_test_find_editor (fixture, "description", "fr")));
    }
}

static void
add_spanish (DetailTest *fixture)
{
  gint64 entry = register_wait_create (fixture->reg, &psl_kind_entry);

  register_wait_set (fixture->reg, entry, &psl_kind_entry, "name", "fr", "Espagnol");
  register_wait_set (fixture->reg, entry, &psl_kind_entry, "code", NULL, "language/es");
}

static gboolean
has_spanish (gpointer data)
{
  PslEditor *editor = detail_test_find_editor (data, "description", "es");

  return editor != NULL && gtk_widget_get_mapped (GTK_WIDGET (editor));
}

static gboolean
lacks_spanish (gpointer data)
{
  return !has_spanish (data);
}

static char *
dup_language_of_text (PslEditor *editor)
{
  GtkTextView *view = GTK_TEXT_VIEW (psl_test_find (GTK_WIDGET (editor), PSL_TYPE_TEXT_VIEW));
  GtkTextIter start;
  PangoLanguage *language;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (view), &start);
  language = gtk_text_iter_get_language (&start);
  return g_strdup (pango_language_to_string (language));
}

/* A text in a language that the register doesn't have by itself comes onto the page of its
 * record, while somebody types there, and goes with the record. */
static void
test_further_language (DetailTest    *fixture,
                       gconstpointer  data)
{
  g_autofree char *language = NULL;
  PslEditor *start;

  detail_test_show_project (fixture);
  psl_test_draw (fixture->window);
  g_assert_false (has_spanish (fixture));
  start = detail_test_find_editor (fixture, "start", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (start));
  detail_test_type (start, "soon");

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "es", "Una descripción");
  detail_test_wait_for_value (fixture, "description", "es", "Una descripción");
  psl_test_wait (has_spanish, fixture);
  psl_test_assert_named (fixture->window);
  language = dup_language_of_text (detail_test_find_editor (fixture, "description", "es"));
  g_assert_cmpstr (language, ==, "es");
  start = detail_test_find_editor (fixture, "start", NULL);
  g_assert_true (psl_editor_is_focused (start));
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (start)));
  psl_editor_revert (start);

  /* Emptied, it keeps its place until another record is shown. */
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "es", NULL);
  detail_test_wait_for_value (fixture, "description", "es", NULL);
  g_assert_true (has_spanish (fixture));
  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  detail_test_show_project (fixture);
  psl_test_wait (lacks_spanish, fixture);
}

/* A language of the register has a place on every page, and can be that of records. */
static void
test_register_language (DetailTest    *fixture,
                        gconstpointer  data)
{
  GPtrArray *editors;
  PslEditor *title;

  detail_test_show_project (fixture);
  add_spanish (fixture);
  psl_test_wait (has_spanish, fixture);
  title = detail_test_find_editor (fixture, "title", "es");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (psl_test_find (GTK_WIDGET (title), PSL_TYPE_TEXT_VIEW))),
                            "Un proyecto", -1);
  g_assert_true (psl_editor_flush (title));
  detail_test_wait_for_value (fixture, "title", "es", "Un proyecto");

  psl_register_set_language (fixture->reg, "es");
  editors = psl_detail_sheet_get_editors (PSL_DETAIL_SHEET (psl_test_find (GTK_WIDGET (fixture->page),
                                                                            PSL_TYPE_DETAIL_SHEET)));
  g_assert_cmpstr (psl_editor_get_language (editors->pdata[0]), ==, "es");
  g_assert_cmpstr (psl_editor_get_value (editors->pdata[0]), ==, "Un proyecto");
}

static gboolean
is_marked (gpointer data)
{
  PslEditor *editor = detail_test_find_editor (data, "title", "en");
  const char *warning = psl_editor_frame_get_warning (PSL_EDITOR_FRAME (editor));
  g_autofree char *language = psl_language_dup_name ("fr", psl_language_get_interface ());
  g_autofree char *older = g_strdup_printf (_("Older than the text in %s"), language);

  return warning != NULL && strstr (warning, older) != NULL;
}

static gboolean
is_not_marked (gpointer data)
{
  return !is_marked (data);
}

/* The page says which text is older than the other, and offers to say that it is right. */
static void
test_outdated (DetailTest    *fixture,
               gconstpointer  data)
{
  GtkWidget *remedy;
  GtkWidget *editor;
  int least;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "title", "fr", "Un projet");
  detail_test_show_project (fixture);
  g_assert_false (is_marked (fixture));
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "title", "fr", "Un autre projet");
  psl_test_wait (is_marked, fixture);
  psl_test_assert_named (fixture->window);

  editor = GTK_WIDGET (detail_test_find_editor (fixture, "title", "en"));
  remedy = psl_test_find (editor, GTK_TYPE_BUTTON);
  g_assert_nonnull (remedy);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (remedy)), ==, _("Still Right"));
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (remedy)), ==, "win.confirm-text");

  /* The box that two texts share asks for the width at its height. */
  gtk_widget_measure (editor, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  for (int height = least; height < 1000; height += 10)
    gtk_widget_measure (editor, GTK_ORIENTATION_HORIZONTAL, height, NULL, NULL, NULL, NULL);

  register_wait_undo (fixture->reg);
  psl_test_wait (is_not_marked, fixture);
}

typedef struct
{
  GtkWidget *page;
  const char *label;
  gint64 rid;
} Inverse;

static gboolean
is_heading (GtkWidget  *widget,
            const char *label)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), label);
}

static GtkWidget *
find_heading (GtkWidget  *widget,
              const char *label)
{
  GtkWidget *found = is_heading (widget, label) && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_heading (child, label);
  return found;
}

static gboolean
shows_inverse (gpointer data)
{
  const Inverse *inverse = data;
  GtkWidget *heading = find_heading (inverse->page, inverse->label);
  GtkWidget *list = heading != NULL ? gtk_widget_get_ancestor (heading, PSL_TYPE_INVERSE_LIST) : NULL;
  GtkWidget *row = list != NULL ? psl_test_find (list, PSL_TYPE_RECORD_ROW) : NULL;

  return row != NULL && psl_record_row_get_rid (PSL_RECORD_ROW (row)) == inverse->rid;
}

/* Each link whose description says what its other end is called shows there. */
static void
test_inverse (DetailTest    *fixture,
              gconstpointer  data)
{
  guint n_links = 0;

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      {
        g_autoptr (PslRecord) target = NULL;
        Inverse inverse;
        gint64 rid;

        if (field->inverse.label == NULL)
          continue;

        rid = register_wait_create (fixture->reg, field->target);
        target = register_wait_load (fixture->reg, rid);
        inverse = (Inverse) { GTK_WIDGET (fixture->page), field->inverse.label,
                              register_wait_create (fixture->reg, psl_kinds[i]) };
        register_wait_set (fixture->reg, inverse.rid, psl_kinds[i], field->name, NULL, psl_record_get_id (target));
        psl_detail_page_show (fixture->page, rid);
        psl_test_wait (shows_inverse, &inverse);
        n_links++;
      }

  g_assert_cmpuint (n_links, >=, 4);
}

/* How many labels say @text, seen or not. */
static guint
count_labels (GtkWidget  *widget,
              const char *text)
{
  guint n = is_heading (widget, text);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, text);
  return n;
}

typedef struct
{
  GtkWidget *list;
  const char *text;
} Shown;

static gboolean
shows_text (gpointer data)
{
  const Shown *shown = data;

  return find_heading (shown->list, shown->text) != NULL;
}

static gint64
make_project (DetailTest *fixture,
              PslRecord  *office,
              const char *budget)
{
  g_autofree char *id = psl_uuid_new ();
  g_autoptr (PslRecord) project = psl_record_new (&psl_kind_project, 0, id);

  psl_record_set (project, psl_kind_find_field (&psl_kind_project, "office"), NULL, psl_record_get_id (office));
  psl_record_set (project, psl_kind_find_field (&psl_kind_project, "budget"), NULL, budget);
  return register_wait_insert (fixture->reg, project);
}

static PslRecord *
make_office_with_project (DetailTest *fixture,
                          const char *budget)
{
  gint64 rid = register_wait_create (fixture->reg, &psl_kind_office);
  PslRecord *office = register_wait_load (fixture->reg, rid);

  make_project (fixture, office, budget);
  return office;
}

/* How often the record on the page was read: each time it is another object. */
typedef struct
{
  DetailTest *fixture;
  PslRecord *record;
  guint n_reads;
} Reads;

static void
count_read (Reads *reads)
{
  PslEditor *editor = detail_test_find_editor (reads->fixture, "title", "en");

  if (g_set_object (&reads->record, psl_editor_get_record (editor)))
    reads->n_reads++;
}

static gboolean
was_read_again (gpointer data)
{
  Reads *reads = data;

  count_read (reads);
  return reads->n_reads > 1;
}

/* Reads are answered in their order. */
static void
assert_not_read (Reads      *reads,
                 const char *why)
{
  g_autoptr (PslRecord) after = register_wait_load (reads->fixture->reg, reads->fixture->project);

  g_test_message ("%s", why);
  psl_test_settle ();
  count_read (reads);
  g_assert_cmpuint (reads->n_reads, ==, 1);
}

static void
assert_read (Reads      *reads,
             const char *why)
{
  g_test_message ("%s", why);
  psl_test_wait (was_read_again, reads);
  g_assert_cmpuint (reads->n_reads, ==, 2);
  reads->n_reads = 1;
}

/* The record on the page is read again where something that the page shows of it was
 * changed, and not for anything else. */
static void
test_reads (DetailTest    *fixture,
            gconstpointer  data)
{
  g_autoptr (PslRecord) office = register_wait_load (fixture->reg, fixture->office);
  gint64 other = make_project (fixture, office, "1000.00 EUR");
  Reads reads = { fixture, NULL, 0 };

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "office", NULL, psl_record_get_id (office));
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "office", NULL, psl_record_get_id (office));
  psl_test_settle ();
  count_read (&reads);

  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", "Another one");
  assert_not_read (&reads, "the title of another project");
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "phone", NULL, "+41 22 555 01 02");
  assert_not_read (&reads, "what the office is not called by");

  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "name", "en", "Its office");
  assert_read (&reads, "the name of the office");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "2000.00 EUR");
  assert_read (&reads, "a value");
  g_clear_object (&reads.record);
}

/* The sum of a list goes with its record: the rows of a list come sooner than its sum, which
 * must not be another's. The sum stays while the same list is read again. */
static void
test_inverse_total (DetailTest    *fixture,
                    gconstpointer  data)
{
  g_autoptr (PslRecord) first = make_office_with_project (fixture, "1000.00 EUR");
  g_autoptr (PslRecord) second = make_office_with_project (fixture, "2000.00 EUR");
  g_autoptr (GPtrArray) lists = psl_inverse_list_new_for_kind (&psl_kind_office);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *window = psl_test_window (box);
  Shown shown = { box, "1 project · €1,000" };

  for (guint i = 0; i < lists->len; i++)
    {
      gtk_box_append (GTK_BOX (box), lists->pdata[i]);
      psl_inverse_list_show (lists->pdata[i], fixture->reg, first, "en");
    }
  psl_test_wait (shows_text, &shown);

  for (guint i = 0; i < lists->len; i++)
    psl_inverse_list_show (lists->pdata[i], fixture->reg, first, "en");
  g_assert_true (shows_text (&shown));
  make_project (fixture, first, "500.00 EUR");
  g_assert_true (shows_text (&shown));
  shown.text = "2 projects · €1,500";
  psl_test_wait (shows_text, &shown);

  for (guint i = 0; i < lists->len; i++)
    psl_inverse_list_show (lists->pdata[i], fixture->reg, second, "en");
  g_assert_cmpuint (count_labels (box, shown.text), ==, 0);
  shown.text = "1 project · €2,000";
  psl_test_wait (shows_text, &shown);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  detail_test_add ("/detail/kinds", test_kinds);
  detail_test_add ("/detail/stored", test_stored);
  detail_test_add ("/detail/external", test_external);
  detail_test_add ("/detail/session", test_session);
  detail_test_add ("/detail/warning", test_warning);
  detail_test_add ("/detail/points", test_points);
  detail_test_add ("/detail/link", test_link);
  detail_test_add ("/detail/reads", test_reads);
  detail_test_add ("/detail/inverse", test_inverse);
  detail_test_add ("/detail/inverse/total", test_inverse_total);
  detail_test_add ("/detail/steady", test_steady);
  detail_test_add ("/detail/steady-at-end", test_steady_at_end);
  detail_test_add ("/detail/steady-above", test_steady_above);
  detail_test_add ("/detail/steady-no-space", test_steady_no_space);
  detail_test_add ("/detail/parts", test_parts);
  detail_test_add ("/detail/conflict", test_conflict);
  detail_test_add ("/detail/untranslated", test_untranslated);
  detail_test_add ("/detail/trash", test_trash);
  detail_test_add ("/detail/language", test_language);
  detail_test_add ("/detail/language/focus", test_language_focus);
  detail_test_add ("/detail/language/further", test_further_language);
  detail_test_add ("/detail/language/register", test_register_language);
  detail_test_add ("/detail/language/outdated", test_outdated);

  return g_test_run ();
}
