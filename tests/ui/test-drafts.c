/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Typed text that can't be stored waits for its record to be shown again. */

#include "config.h"

#include "detail-test.h"
#include "psl-db.h"
#include "psl-editor-list.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "tests/write-hook.h"
#include "ui-test.h"

static void
test_other_record (DetailTest    *fixture,
                   gconstpointer  data)
{
  g_autoptr (PslRecord) record = NULL;
  PslEditor *editor;

  detail_test_show_project (fixture);
  detail_test_type (detail_test_find_editor (fixture, "start", NULL), "soon");
  g_assert_false (psl_detail_page_flush (fixture->page));

  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  record = register_wait_load (fixture->reg, fixture->project);
  g_assert_null (psl_record_get_by_name (record, "start"));

  /* The typed text is still there when its record is. */
  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "start", NULL);
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY))), ==,
                   "soon");

  psl_editor_revert (editor);
}

/* A wrong value that was put right is not put back. */
static void
test_done (DetailTest    *fixture,
           gconstpointer  data)
{
  PslEditor *editor;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "start", NULL);
  detail_test_type (editor, "soon");

  /* It is put right while the other record is still being read. */
  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_type (editor, "2021");
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "start", NULL, "2021");
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
}

/* A record of another register may have the same number. */
static void
test_other_register (void)
{
  DetailTest first = { 0 };
  DetailTest second = { 0 };
  PslEditor *editor;

  detail_test_set_up (&second, NULL);
  detail_test_set_up (&first, NULL);
  g_assert_cmpint (first.project, ==, second.project);
  detail_test_show_project (&first);
  detail_test_type (detail_test_find_editor (&first, "start", NULL), "soon");
  g_assert_false (psl_detail_page_flush (first.page));

  psl_detail_page_set_register (first.page, second.reg);
  detail_test_show_project (&first);
  editor = detail_test_find_editor (&first, "start", NULL);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY))), ==, "");

  psl_detail_page_set_register (first.page, NULL);
  detail_test_tear_down (&first, NULL);
  detail_test_tear_down (&second, NULL);
}

static const char *
get_text (PslEditor *editor)
{
  return gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY)));
}

static gboolean
has_error (gpointer data)
{
  return psl_editor_frame_get_error (data) != NULL;
}

static gboolean
has_draft (gpointer data)
{
  return psl_detail_page_get_draft (((DetailTest *) data)->page) != NULL;
}

/* The banner that tells of text which is not stored in a record that was left. */
static AdwBanner *
get_unstored_banner (DetailTest *fixture)
{
  GtkWidget *banner = psl_test_find (GTK_WIDGET (fixture->page), ADW_TYPE_BANNER);

  return ADW_BANNER (gtk_widget_get_next_sibling (banner));
}

typedef struct
{
  DetailTest *fixture;
  const char *text;
} Told;

static gboolean
is_told (gpointer data)
{
  Told *told = data;
  AdwBanner *banner = get_unstored_banner (told->fixture);

  return told->text != NULL ? adw_banner_get_revealed (banner) && g_str_equal (adw_banner_get_title (banner), told->text)
                            : !adw_banner_get_revealed (banner);
}

/* @text is %NULL where nothing is told. */
static void
wait_until_told (DetailTest *fixture,
                 const char *text)
{
  g_test_message ("“%s”", adw_banner_get_title (get_unstored_banner (fixture)));
  psl_test_wait (is_told, &(Told) { fixture, text });
}

static void
note_stored_cb (PslDetailPage *page,
                gint64         rid,
                gint64        *noted)
{
  *noted = rid;
}

static gboolean
is_noted (gpointer data)
{
  return *(gint64 *) data != 0;
}

/* All that was asked for before. */
static void
wait_for_writes (DetailTest *fixture)
{
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "name", "fr", "Un bureau");
}

static guint
count_projects (DetailTest *fixture)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_register_query_async (fixture->reg, query, 0, NULL, answer_cb, &result);
  wait_until (result != NULL);
  rids = psl_register_query_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return rids->len;
}

static PslEditor *
type_in_new (DetailTest *fixture,
             const char *field,
             const char *text)
{
  PslEditor *editor = detail_test_find_editor (fixture, field, NULL);

  detail_test_type (editor, text);
  psl_detail_page_flush (fixture->page);
  return editor;
}

/* A new record in which nothing could be stored waits for the next one. */
static void
test_new (DetailTest    *fixture,
          gconstpointer  data)
{
  PslEditor *start;

  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  type_in_new (fixture, "start", "soon");

  /* There is no other new record than this one. */
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  start = detail_test_find_editor (fixture, "start", NULL);
  g_assert_cmpstr (get_text (start), ==, "soon");
  g_assert_null (psl_detail_page_get_draft (fixture->page));

  detail_test_show_project (fixture);
  wait_until_told (fixture, "“Start” of a new record was not stored");
  g_assert_cmpstr (psl_detail_page_get_draft (fixture->page), ==, "project");
  g_assert_cmpstr (get_text (start), ==, "");

  psl_detail_page_show_new (fixture->page, &psl_kind_office);
  g_assert_cmpstr (psl_detail_page_get_draft (fixture->page), ==, "project");
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  g_assert_null (psl_detail_page_get_draft (fixture->page));
  wait_until_told (fixture, NULL);
  g_assert_cmpstr (get_text (start), ==, "soon");
  g_assert_true (has_error (start));
  g_assert_true (psl_focus_is_in (GTK_WIDGET (start)));
  g_assert_cmpuint (count_projects (fixture), ==, 1);

  psl_editor_revert (start);
}

/* A value of a new record that could not be stored is not shown as stored. */
static void
test_new_refused (DetailTest    *fixture,
                  gconstpointer  data)
{
  g_autoptr (PslRecord) record = NULL;
  PslEditor *year, *start;
  gint64 rid = 0;

  g_signal_connect (fixture->page, "stored", G_CALLBACK (note_stored_cb), &rid);
  write_hook_refuse ("action");
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  year = type_in_new (fixture, "year", "2019");
  start = type_in_new (fixture, "start", "2019-05");
  psl_test_wait (has_error, year);
  psl_test_wait (has_error, start);
  g_assert_null (psl_editor_get_value (year));
  g_assert_null (psl_editor_get_value (start));
  g_assert_cmpstr (get_text (year), ==, "2019");
  g_assert_cmpuint (count_projects (fixture), ==, 1);

  write_hook_refuse (NULL);
  psl_detail_page_flush (fixture->page);
  psl_test_wait (is_noted, &rid);
  g_assert_false (has_error (start));
  wait_for_writes (fixture);
  record = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "year"), ==, "2019");
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2019-05");
  g_assert_cmpuint (count_projects (fixture), ==, 2);
}

/* Refused after it was left, it waits for the next new one. */
static void
test_new_refused_later (DetailTest    *fixture,
                        gconstpointer  data)
{
  write_hook_refuse ("action");
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  type_in_new (fixture, "year", "2019");
  psl_detail_page_show (fixture->page, 0);
  psl_test_wait (has_draft, fixture);
  g_assert_cmpstr (psl_detail_page_get_draft (fixture->page), ==, "project");

  write_hook_refuse (NULL);
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  g_assert_cmpstr (get_text (detail_test_find_editor (fixture, "year", NULL)), ==, "2019");
  g_assert_cmpuint (count_projects (fixture), ==, 2);
}

/* Of values that are refused one after the other, what is stored stays, and what was typed
 * last waits. */
static void
test_refused_in_a_row (DetailTest    *fixture,
                       gconstpointer  data)
{
  PslEditor *year;
  gint64 rid = 0;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "year", NULL, "2018");
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "year", NULL, "2018");
  write_hook_refuse ("year");
  type_in_new (fixture, "year", "2019");
  type_in_new (fixture, "year", "2020");
  year = type_in_new (fixture, "year", "2021");
  psl_test_wait (has_error, year);
  wait_for_writes (fixture);
  g_assert_cmpstr (psl_editor_get_value (year), ==, "2018");
  g_assert_cmpstr (get_text (year), ==, "2021");
  psl_editor_revert (year);
  g_assert_cmpstr (get_text (year), ==, "2018");

  /* In a new record, before its number is known. */
  g_signal_connect (fixture->page, "stored", G_CALLBACK (note_stored_cb), &rid);
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  type_in_new (fixture, "start", "2019-05");
  type_in_new (fixture, "year", "2019");
  year = type_in_new (fixture, "year", "2020");
  psl_test_wait (is_noted, &rid);
  psl_test_wait (has_error, year);
  wait_for_writes (fixture);
  g_assert_null (psl_editor_get_value (year));
  g_assert_cmpstr (get_text (year), ==, "2020");
  psl_editor_revert (year);
  write_hook_refuse (NULL);
}

static gpointer
wait_func (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_mutex_lock (data);
  g_mutex_unlock (data);
  return NULL;
}

/* Two new records one after the other: the answer about the first says nothing of the
 * second. */
static void
test_two_new (DetailTest    *fixture,
              gconstpointer  data)
{
  GMutex mutex;
  g_autoptr (PslRecord) record = NULL;
  gint64 rid = 0;

  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  g_signal_connect (fixture->page, "stored", G_CALLBACK (note_stored_cb), &rid);

  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  type_in_new (fixture, "year", "2019");
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  wait_for_writes (fixture);
  psl_register_write_async (fixture->reg, wait_func, &mutex, NULL, NULL, NULL, NULL, NULL);
  g_assert_cmpint (rid, ==, 0);

  type_in_new (fixture, "year", "2020");
  type_in_new (fixture, "start", "2020-05");
  type_in_new (fixture, "year", "2021");
  g_mutex_unlock (&mutex);
  psl_test_wait (is_noted, &rid);
  wait_for_writes (fixture);
  g_assert_cmpstr (psl_editor_get_value (detail_test_find_editor (fixture, "year", NULL)), ==, "2021");
  record = register_wait_load (fixture->reg, rid);
  g_assert_cmpstr (psl_record_get_by_name (record, "year"), ==, "2021");
  g_assert_cmpstr (psl_record_get_by_name (record, "start"), ==, "2020-05");
  g_assert_cmpuint (count_projects (fixture), ==, 3);
  g_assert_null (psl_detail_page_get_draft (fixture->page));
  g_mutex_clear (&mutex);
}

/* Text typed before the next record comes belongs to the new record that is still on show,
 * and the person is not taken back to that. */
static void
test_new_left (DetailTest    *fixture,
               gconstpointer  data)
{
  g_autoptr (PslRecord) project = NULL;
  gint64 rid = 0;

  g_signal_connect (fixture->page, "stored", G_CALLBACK (note_stored_cb), &rid);
  psl_detail_page_show_new (fixture->page, &psl_kind_project);
  type_in_new (fixture, "year", "2019");
  psl_detail_page_show (fixture->page, fixture->project);
  type_in_new (fixture, "start", "2020-05");
  type_in_new (fixture, "end", "soon");
  detail_test_wait_for_value (fixture, "title", "en", "A project");
  psl_test_settle ();
  g_assert_cmpstr (psl_editor_get_value (detail_test_find_editor (fixture, "title", "en")), ==, "A project");
  g_assert_cmpint (rid, ==, 0);

  project = register_wait_load (fixture->reg, fixture->project);
  g_assert_null (psl_record_get_by_name (project, "start"));
  g_assert_cmpuint (count_projects (fixture), ==, 2);

  /* The text that was no value comes back with the record, which has a number by now. */
  g_assert_true (g_ascii_string_to_signed (psl_detail_page_get_draft (fixture->page), 10, 1, G_MAXINT64, &rid, NULL));
  psl_detail_page_show (fixture->page, rid);
  detail_test_wait_for_value (fixture, "start", NULL, "2020-05");
  g_assert_cmpstr (get_text (detail_test_find_editor (fixture, "end", NULL)), ==, "soon");
  psl_editor_revert (detail_test_find_editor (fixture, "end", NULL));
}

/* Text that was typed for a record before it came, and is refused, is not lost. */
static void
test_ahead_refused (DetailTest    *fixture,
                    gconstpointer  data)
{
  gint64 other = register_wait_create (fixture->reg, &psl_kind_project);
  PslEditor *year;

  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", "Another project");
  detail_test_show_project (fixture);
  year = detail_test_find_editor (fixture, "year", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (year));
  write_hook_refuse ("action");
  psl_detail_page_enter (fixture->page, other);
  psl_detail_page_show (fixture->page, other);
  type_in_new (fixture, "year", "2019");
  detail_test_wait_for_value (fixture, "title", "en", "Another project");
  psl_test_wait (has_error, year);
  g_assert_cmpstr (get_text (year), ==, "2019");
  g_assert_null (psl_editor_get_value (year));

  write_hook_refuse (NULL);
  g_assert_true (psl_detail_page_flush (fixture->page));
  detail_test_wait_for_value (fixture, "year", NULL, "2019");
}

/* Text that was typed and stored before its record came is typed on: an amount shows no
 * currency that the next digit would stand behind. */
static void
test_ahead_amount (DetailTest    *fixture,
                   gconstpointer  data)
{
  gint64 other = register_wait_create (fixture->reg, &psl_kind_project);
  PslEditor *budget;
  GtkEditable *entry;
  int position;

  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", "Another project");
  detail_test_show_project (fixture);
  budget = detail_test_find_editor (fixture, "budget", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (budget));
  psl_detail_page_enter (fixture->page, other);
  psl_detail_page_show (fixture->page, other);
  type_in_new (fixture, "budget", "6");
  detail_test_wait_for_value (fixture, "title", "en", "Another project");
  detail_test_wait_for_value (fixture, "budget", NULL, "6.00 USD");
  g_assert_cmpstr (get_text (budget), ==, "6");

  entry = GTK_EDITABLE (psl_editor_frame_get_target (PSL_EDITOR_FRAME (budget)));
  position = gtk_editable_get_position (entry);
  g_assert_cmpint (position, ==, 1);
  gtk_editable_insert_text (entry, "2", -1, &position);
  g_assert_true (psl_detail_page_flush (fixture->page));
  detail_test_wait_for_value (fixture, "budget", NULL, "62.00 USD");
}

/* Text that is committed only when the record comes takes the place of the record's value. */
static void
test_ahead_replaces (DetailTest    *fixture,
                     gconstpointer  data)
{
  gint64 other = register_wait_create (fixture->reg, &psl_kind_project);
  PslEditor *budget;
  GtkEditable *entry;
  int position = 0;

  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", "Another project");
  register_wait_set (fixture->reg, other, &psl_kind_project, "budget", NULL, "400000.00 USD");
  detail_test_show_project (fixture);
  budget = detail_test_find_editor (fixture, "budget", NULL);
  gtk_widget_grab_focus (GTK_WIDGET (budget));
  psl_detail_page_enter (fixture->page, other);
  psl_detail_page_show (fixture->page, other);
  entry = GTK_EDITABLE (psl_editor_frame_get_target (PSL_EDITOR_FRAME (budget)));
  gtk_editable_insert_text (entry, "6", -1, &position);
  gtk_editable_set_position (entry, position);
  detail_test_wait_for_value (fixture, "title", "en", "Another project");
  g_assert_cmpstr (get_text (budget), ==, "6");
  g_assert_cmpstr (psl_editor_get_value (budget), ==, "6.00 USD");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 1);

  gtk_editable_insert_text (entry, "2", -1, &position);
  g_assert_true (psl_detail_page_flush (fixture->page));
  wait_for_writes (fixture);
  detail_test_wait_for_value (fixture, "budget", NULL, "62.00 USD");
}

/* Of two values that are refused, the last stays in sight, and the record has what is
 * stored. */
static void
test_refused_twice (DetailTest    *fixture,
                    gconstpointer  data)
{
  PslEditor *year;
  GtkEditable *entry;

  detail_test_show_project (fixture);
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "year", NULL, "2018");
  detail_test_wait_for_value (fixture, "year", NULL, "2018");
  year = detail_test_find_editor (fixture, "year", NULL);
  entry = GTK_EDITABLE (psl_editor_frame_get_target (PSL_EDITOR_FRAME (year)));
  gtk_widget_grab_focus (GTK_WIDGET (year));
  write_hook_refuse ("action");
  gtk_editable_set_text (entry, "2019");
  g_assert_true (psl_editor_flush (year));
  gtk_editable_set_text (entry, "2020");
  g_assert_true (psl_editor_flush (year));
  psl_test_wait (has_error, year);
  g_assert_cmpstr (get_text (year), ==, "2020");
  g_assert_cmpstr (psl_editor_get_value (year), ==, "2018");

  write_hook_refuse (NULL);
  g_assert_true (psl_detail_page_flush (fixture->page));
  detail_test_wait_for_value (fixture, "year", NULL, "2020");
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  write_hook_install ();

  detail_test_add ("/drafts/other-record", test_other_record);
  detail_test_add ("/drafts/done", test_done);
  detail_test_add ("/drafts/new", test_new);
  detail_test_add ("/drafts/new-refused", test_new_refused);
  detail_test_add ("/drafts/new-refused-later", test_new_refused_later);
  detail_test_add ("/drafts/refused-in-a-row", test_refused_in_a_row);
  detail_test_add ("/drafts/two-new", test_two_new);
  detail_test_add ("/drafts/new-left", test_new_left);
  detail_test_add ("/drafts/ahead-refused", test_ahead_refused);
  detail_test_add ("/drafts/ahead-amount", test_ahead_amount);
  detail_test_add ("/drafts/ahead-replaces", test_ahead_replaces);
  detail_test_add ("/drafts/refused-twice", test_refused_twice);
  g_test_add_func ("/drafts/other-register", test_other_register);

  return g_test_run ();
}
