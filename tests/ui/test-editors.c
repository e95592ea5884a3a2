/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "editor-test.h"
#include "psl-editors.h"
#include "psl-kinds.h"
#include "psl-text-view.h"
#include "ui-test.h"

static const PslField long_field = { .name = "description", .label = "Description",
                                     .type = PSL_FIELD_TYPE_LONG_TEXT };
static const PslField date_field = { .name = "start", .label = "Start", .type = PSL_FIELD_TYPE_DATE };
static const PslField money_field = { .name = "budget", .label = "Budget", .type = PSL_FIELD_TYPE_MONEY };
static const PslField year_field = { .name = "year", .label = "Year", .type = PSL_FIELD_TYPE_YEAR };
static const PslField phone_field = { .name = "phone", .label = "Telephone", .type = PSL_FIELD_TYPE_PHONE };
static const PslField email_field = { .name = "email", .label = "E-mail", .type = PSL_FIELD_TYPE_EMAIL };
static const PslField latitude_field = { .name = "latitude", .label = "Latitude", .type = PSL_FIELD_TYPE_LATITUDE };
static const PslField code_field = { .name = "status", .label = "Status", .type = PSL_FIELD_TYPE_CODE,
                                     .codelist = "status" };

static GtkEditable *
get_entry (EditorTest *fixture)
{
  return GTK_EDITABLE (psl_test_find (GTK_WIDGET (fixture->editor), GTK_TYPE_ENTRY));
}

static gboolean
has_commits (gpointer data)
{
  return ((EditorTest *) data)->commits > 0;
}

static void
test_pause (void)
{
  EditorTest fixture = { 0 };
  GtkEditable *entry;
  gint64 begun;

  editor_test_open (&fixture, &year_field, NULL);
  entry = get_entry (&fixture);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  g_assert_true (psl_editor_is_focused (fixture.editor));

  begun = g_get_monotonic_time ();
  editor_test_type (entry, "2020");
  g_assert_cmpuint (fixture.commits, ==, 0);
  g_assert_true (psl_editor_is_touched (fixture.editor));
  psl_test_wait (has_commits, &fixture);
  g_assert_cmpint (g_get_monotonic_time () - begun, >=, 100 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpstr (fixture.committed, ==, "2020");
  g_assert_false (psl_editor_is_touched (fixture.editor));

  editor_test_close (&fixture);
}

typedef struct
{
  EditorTest *fixture;
  guint letters;
} Typing;

/* Types another letter each time that this is asked, sooner than any pause ends. */
static gboolean
types_on_until_commit (gpointer data)
{
  Typing *typing = data;
  GtkWidget *view = psl_test_find (GTK_WIDGET (typing->fixture->editor), PSL_TYPE_TEXT_VIEW);

  if (typing->fixture->commits > 0)
    return TRUE;
  typing->letters++;
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "a", -1);
  return FALSE;
}

/* Who types without a pause does not lose all of it with the program. */
static void
test_without_pause (void)
{
  EditorTest fixture = { 0 };
  Typing typing = { &fixture, 0 };

  editor_test_open (&fixture, &long_field, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  psl_test_wait (types_on_until_commit, &typing);
  g_assert_cmpuint (strlen (fixture.committed), ==, typing.letters);
  g_assert_false (psl_editor_is_touched (fixture.editor));

  editor_test_close (&fixture);
}

static void
test_focus_out (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &date_field, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "17/5/2020");
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpuint (fixture.commits, ==, 1);
  g_assert_cmpstr (fixture.committed, ==, "2020-05-17");

  /* Unknown parts of a date stay unknown. */
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "2020-05");
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpstr (fixture.committed, ==, "2020-05");

  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_null (fixture.committed);
  g_assert_cmpuint (fixture.commits, ==, 3);

  editor_test_close (&fixture);
}

static void
test_wrong (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (GVariant) draft = NULL;
  GtkEditable *entry;

  editor_test_open (&fixture, &date_field, NULL);
  entry = get_entry (&fixture);
  psl_editor_set_value (fixture.editor, "2019");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (entry, "the day after");
  gtk_widget_grab_focus (fixture.other);

  g_assert_cmpuint (fixture.commits, ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "the day after");
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture.editor), "invalid"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));
  draft = psl_editor_dup_draft (fixture.editor);
  g_assert_nonnull (draft);

  /* A change from elsewhere does not take it away. */
  psl_editor_set_value (fixture.editor, "2018");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "the day after");

  editor_test_type (entry, "2021");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
  g_assert_false (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE));
  g_assert_cmpstr (fixture.committed, ==, "2021");

  psl_editor_set_draft (fixture.editor, draft);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "the day after");
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));

  editor_test_close (&fixture);
}

static void
test_revert (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &year_field, NULL);
  psl_editor_set_value (fixture.editor, "2019");
  editor_test_type (get_entry (&fixture), "20x");
  g_assert_false (psl_editor_flush (fixture.editor));
  psl_editor_revert (fixture.editor);
  g_assert_cmpstr (gtk_editable_get_text (get_entry (&fixture)), ==, "2019");
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
  g_assert_cmpuint (fixture.commits, ==, 0);

  editor_test_close (&fixture);
}

static void
test_external (void)
{
  EditorTest fixture = { 0 };
  GtkEditable *entry;

  editor_test_open (&fixture, &email_field, NULL);
  entry = get_entry (&fixture);
  psl_editor_set_value (fixture.editor, "berlin@example.org");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  gtk_editable_set_position (entry, 4);
  psl_editor_set_value (fixture.editor, "bern@example.org");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "bern@example.org");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);
  g_assert_true (psl_editor_is_focused (fixture.editor));
  g_assert_cmpuint (fixture.commits, ==, 0);

  editor_test_close (&fixture);
}

/* Text typed before the record came is typed on, though it is committed with it or has been
 * before; another record's value is replaced by typing. */
static void
test_select (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (PslRecord) first = psl_record_new (&psl_kind_project, 1, "01900000-0000-7000-8000-000000000001");
  g_autoptr (PslRecord) second = psl_record_new (&psl_kind_project, 2, "01900000-0000-7000-8000-000000000002");
  const PslField *year = psl_kind_find_field (&psl_kind_project, "year");
  g_autoptr (GVariant) draft = psl_editor_new_draft ("2020");
  GtkEditable *entry;
  int start, end;

  psl_record_set (second, year, NULL, "2018");
  editor_test_open (&fixture, year, NULL);
  entry = get_entry (&fixture);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));

  psl_editor_bind (fixture.editor, first);
  psl_editor_set_draft (fixture.editor, draft);
  g_assert_false (psl_editor_is_touched (fixture.editor));
  psl_editor_select (fixture.editor);
  g_assert_false (gtk_editable_get_selection_bounds (entry, NULL, NULL));
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);

  psl_editor_bind (fixture.editor, second);
  psl_editor_select (fixture.editor);
  g_assert_true (gtk_editable_get_selection_bounds (entry, &start, &end));
  g_assert_cmpint (start, ==, 0);
  g_assert_cmpint (end, ==, 4);

  /* Whoever rested has it committed before the record comes. */
  psl_editor_bind (fixture.editor, NULL);
  editor_test_type (entry, "2021");
  g_assert_true (psl_editor_flush (fixture.editor));
  psl_record_set (first, year, NULL, "2021");
  psl_editor_bind (fixture.editor, first);
  psl_editor_select (fixture.editor);
  g_assert_false (gtk_editable_get_selection_bounds (entry, NULL, NULL));
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);

  editor_test_close (&fixture);
}

/* An amount is typed on after it was put back, in the currency that it was in. */
static void
test_money_draft (void)
{
  EditorTest fixture = { 0 };
  const PslField *budget = psl_kind_find_field (&psl_kind_project, "budget");
  g_autoptr (GVariant) draft = NULL;
  GtkEditable *entry;

  editor_test_open (&fixture, budget, NULL);
  entry = get_entry (&fixture);
  psl_editor_set_value (fixture.editor, "85000.00 EUR");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (entry, "6");
  draft = psl_editor_dup_draft (fixture.editor);
  psl_editor_set_value (fixture.editor, NULL);
  psl_editor_revert (fixture.editor);

  psl_editor_set_draft (fixture.editor, draft);
  psl_editor_select (fixture.editor);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "6");
  gtk_editable_insert_text (entry, "2", -1, &(int) { gtk_editable_get_position (entry) });
  psl_editor_flush (fixture.editor);
  g_assert_cmpstr (fixture.committed, ==, "62.00 EUR");

  /* Also in one that no list has. */
  draft = psl_editor_new_draft ("7 QQQ");
  psl_editor_set_draft (fixture.editor, draft);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "7");
  gtk_editable_insert_text (entry, "5", -1, &(int) { 1 });
  psl_editor_flush (fixture.editor);
  g_assert_cmpstr (fixture.committed, ==, "75.00 QQQ");

  editor_test_close (&fixture);
}

/* The register's form of a value just stored doesn’t tidy the text under the hands of the
 * person who goes on typing. */
static void
test_typed_on (void)
{
  EditorTest fixture = { 0 };
  const PslField *title = psl_kind_get_title (&psl_kind_project);
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "01900000-0000-7000-8000-000000000001");
  PslTextView *view;
  g_autofree char *typed = NULL;
  g_autofree char *tidied = NULL;

  editor_test_open (&fixture, title, "en");
  psl_editor_bind (fixture.editor, record);
  view = PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_TEXT_VIEW));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "Two ", -1);
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_cmpstr (fixture.committed, ==, "Two");
  psl_record_set (record, title, "en", "Two");
  psl_editor_bind (fixture.editor, record);
  typed = psl_text_view_dup_text (view);
  g_assert_cmpstr (typed, ==, "Two ");

  gtk_widget_grab_focus (fixture.other);
  tidied = psl_text_view_dup_text (view);
  g_assert_cmpstr (tidied, ==, "Two");

  editor_test_close (&fixture);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static void
open_another_window (GtkWidget **other)
{
  *other = psl_test_window (gtk_button_new_with_label ("Another window"));
}

/* Who comes back from another window types on; meanwhile what is a value is committed. */
static void
test_away (void)
{
  EditorTest fixture = { 0 };
  GtkWidget *other;
  GtkEditable *entry;

  editor_test_open (&fixture, &money_field, NULL);
  entry = get_entry (&fixture);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (entry, "1000");
  open_another_window (&other);
  psl_test_wait (has_commits, &fixture);
  g_assert_cmpstr (fixture.committed, ==, "1000.00 USD");
  g_assert_true (psl_editor_is_focused (fixture.editor));

  gtk_window_destroy (GTK_WINDOW (other));
  gtk_window_present (GTK_WINDOW (fixture.window));
  psl_test_wait (is_active, fixture.window);
  psl_test_settle ();
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "1000");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 4);

  /* The focus of a window that is not the active one can move, too. */
  editor_test_type (entry, "2000 eu");
  open_another_window (&other);
  psl_test_settle ();
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
  gtk_widget_grab_focus (fixture.other);
  psl_test_settle ();
  g_assert_false (psl_editor_is_focused (fixture.editor));
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
  gtk_window_destroy (GTK_WINDOW (other));

  editor_test_close (&fixture);
}

/* A value that the register refused stays in sight, and is committed again. */
static void
test_refused (void)
{
  const PslField *countries = psl_kind_find_field (&psl_kind_office, "countries");
  const struct
  {
    const PslField *field;
    const char *before;
    const char *after;
  } cases[] = {
    { &year_field, "2019", "2020" },
    { &code_field, "4", "2" },
    { countries, "[{\"country\":\"MD\"}]", "[{\"country\":\"PL\"}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EditorTest fixture = { 0 };

      editor_test_open (&fixture, cases[i].field, NULL);
      psl_editor_set_value (fixture.editor, cases[i].before);
      psl_editor_commit (fixture.editor, cases[i].after);
      psl_editor_refuse (fixture.editor, cases[i].before, "The disk is full.");
      g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
      psl_editor_set_value (fixture.editor, cases[i].before);

      g_clear_pointer (&fixture.committed, g_free);
      g_assert_true (psl_editor_flush (fixture.editor));
      g_assert_cmpstr (fixture.committed, ==, cases[i].after);
      g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)));
      editor_test_close (&fixture);
    }
}

static void
test_session (void)
{
  EditorTest fixture = { 0 };
  guint64 first;

  editor_test_open (&fixture, &year_field, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  first = psl_editor_get_session (fixture.editor);
  g_assert_cmpuint (first, !=, 0);
  editor_test_type (get_entry (&fixture), "2020");
  psl_editor_flush (fixture.editor);
  editor_test_type (get_entry (&fixture), "2021");
  psl_editor_flush (fixture.editor);
  g_assert_cmpuint (fixture.commits, ==, 2);
  g_assert_cmpuint (psl_editor_get_session (fixture.editor), ==, first);

  gtk_widget_grab_focus (fixture.other);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  g_assert_cmpuint (psl_editor_get_session (fixture.editor), !=, first);

  editor_test_close (&fixture);
}

static void
test_money (void)
{
  static const struct
  {
    const char *typed;
    const char *value;
  } cases[] = {
    { "5000", "5000.00 USD" },
    { "85 000 €", "85000.00 EUR" },
    /* The currency used last. */
    { "70000", "70000.00 EUR" },
    { "1200 JPY", "1200 JPY" },
    { "500 CAD", "500.00 CAD" },
    /* A sign that several currencies share. */
    { "$700", "700.00 CAD" },
    /* A currency that no list has, kept for the next amount. */
    { "800 QQQ", "800.00 QQQ" },
    { "900", "900.00 QQQ" },
  };
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &money_field, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
      editor_test_type (get_entry (&fixture), cases[i].typed);
      gtk_widget_grab_focus (fixture.other);
      g_assert_cmpstr (fixture.committed, ==, cases[i].value);
    }

  editor_test_close (&fixture);
}

/* The currency of the stored amount is that of the next one, also where the keyboard has
 * not left the field between them. */
static void
test_money_typed_on (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &money_field, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "12.5 EUR");
  psl_test_wait (has_commits, &fixture);
  g_assert_cmpstr (fixture.committed, ==, "12.50 EUR");
  editor_test_type (get_entry (&fixture), "13");
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpstr (fixture.committed, ==, "13.00 EUR");

  editor_test_close (&fixture);
}

static void
test_phone (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &phone_field, NULL);
  psl_editor_set_value (fixture.editor, "+41 22 717 91 11;ext=234");
  g_assert_cmpstr (gtk_editable_get_text (get_entry (&fixture)), ==, "+41 22 717 91 11");
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "+41 22 717 92 22");
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpstr (fixture.committed, ==, "+41 22 717 92 22;ext=234");

  editor_test_close (&fixture);
}

static void
test_coordinates (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &latitude_field, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  editor_test_type (get_entry (&fixture), "9.934739 S");
  gtk_widget_grab_focus (fixture.other);
  if (psl_editor_frame_get_error (PSL_EDITOR_FRAME (fixture.editor)) == NULL)
    g_assert_cmpstr (fixture.committed, ==, "-9.934739");
  editor_test_type (get_entry (&fixture), "91");
  g_assert_false (psl_editor_flush (fixture.editor));

  editor_test_close (&fixture);
}

static void
test_text (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "01900000-0000-7000-8000-000000000001");
  const PslField *title = psl_kind_get_title (&psl_kind_project);
  PslTextView *view;
  GtkTextBuffer *buffer;
  g_autofree char *text = NULL;

  psl_record_set (record, title, "fr", "Un titre");
  editor_test_open (&fixture, title, "en");
  psl_editor_bind (fixture.editor, record);
  view = PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_TEXT_VIEW));
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER));
  text = psl_text_view_dup_text (view);
  g_assert_cmpstr (text, ==, "");

  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_insert_at_cursor (buffer, "A title\nin two lines ", -1);
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpstr (fixture.committed, ==, "A title in two lines");

  editor_test_close (&fixture);
}

static int
measure_height (GtkWidget *widget,
                int        width)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
test_long_text (void)
{
  EditorTest fixture = { 0 };
  PslTextView *view;
  GtkTextBuffer *buffer;
  int before;

  editor_test_open (&fixture, &long_field, NULL);
  view = PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_TEXT_VIEW));
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_widget_grab_focus (GTK_WIDGET (fixture.editor));
  gtk_text_buffer_insert_at_cursor (buffer, "One paragraph.", -1);
  before = measure_height (GTK_WIDGET (view), 400);
  gtk_text_buffer_insert_at_cursor (buffer, "\n\nAnother one.", -1);
  g_assert_cmpint (measure_height (GTK_WIDGET (view), 400), >, before);
  g_assert_cmpint (measure_height (GTK_WIDGET (view), 60), >, measure_height (GTK_WIDGET (view), 400));
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpstr (fixture.committed, ==, "One paragraph.\n\nAnother one.");

  editor_test_close (&fixture);
}

static void
test_code (void)
{
  EditorTest fixture = { 0 };

  editor_test_open (&fixture, &code_field, NULL);
  psl_editor_set_value (fixture.editor, "4");
  psl_editor_commit (fixture.editor, "2");
  g_assert_cmpstr (fixture.committed, ==, "2");
  psl_editor_commit (fixture.editor, "2");
  g_assert_cmpuint (fixture.commits, ==, 1);

  /* The picker opens and shows what can be chosen. */
  g_signal_emit_by_name (psl_test_find (GTK_WIDGET (fixture.editor), GTK_TYPE_BUTTON), "clicked");
  psl_test_settle ();
  g_assert_nonnull (psl_test_find (GTK_WIDGET (fixture.editor), GTK_TYPE_LIST_VIEW));
  psl_test_assert_named (GTK_WIDGET (fixture.editor));

  editor_test_close (&fixture);
}

/* The toolkit's widgets that the scroll wheel changes are not used at all. */
static void
test_wheel (void)
{
  for (PslFieldType type_ = 0; type_ <= PSL_FIELD_TYPE_LONGITUDE; type_++)
    {
      PslField field = { .name = "field", .label = "Field", .type = type_, .codelist = "status", .target = &psl_kind_office };
      GtkWidget *editor = g_object_ref_sink (GTK_WIDGET (psl_editor_new (&field, NULL)));

      g_assert_null (psl_test_find (editor, GTK_TYPE_SPIN_BUTTON));
      g_assert_null (psl_test_find (editor, GTK_TYPE_RANGE));
      g_assert_null (psl_test_find (editor, GTK_TYPE_DROP_DOWN));
      g_object_unref (editor);
    }
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/editor/pause", test_pause);
  g_test_add_func ("/editor/focus-out", test_focus_out);
  g_test_add_func ("/editor/wrong", test_wrong);
  g_test_add_func ("/editor/revert", test_revert);
  g_test_add_func ("/editor/external", test_external);
  g_test_add_func ("/editor/select", test_select);
  g_test_add_func ("/editor/money-draft", test_money_draft);
  g_test_add_func ("/editor/without-pause", test_without_pause);
  g_test_add_func ("/editor/typed-on", test_typed_on);
  g_test_add_func ("/editor/away", test_away);
  g_test_add_func ("/editor/refused", test_refused);
  g_test_add_func ("/editor/session", test_session);
  g_test_add_func ("/editor/money", test_money);
  g_test_add_func ("/editor/money-typed-on", test_money_typed_on);
  g_test_add_func ("/editor/phone", test_phone);
  g_test_add_func ("/editor/coordinates", test_coordinates);
  g_test_add_func ("/editor/text", test_text);
  g_test_add_func ("/editor/long-text", test_long_text);
  g_test_add_func ("/editor/code", test_code);
  g_test_add_func ("/editor/wheel", test_wheel);

  return g_test_run ();
}
