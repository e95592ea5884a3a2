/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What was typed and can't be stored waits for its record to be shown again. */

#include "config.h"

#include "detail-test.h"
#include "psl-editor-list.h"
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

  /* What was typed is still there when its record is. */
  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "start", NULL);
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY))), ==,
                   "soon");

  psl_editor_revert (editor);
}

/* The editor of the only cell of an entry that is a date. */
static GtkWidget *
get_date (DetailTest *fixture)
{
  GPtrArray *items = psl_editor_list_get_items (PSL_EDITOR_LIST (detail_test_find_editor (fixture, "former_names", NULL)));

  for (guint i = 0; i < items->len; i++)
    if (g_strcmp0 (psl_editor_item_get_row (items->pdata[i])[0], "Leningrad") == 0)
      return psl_test_find (items->pdata[i], GTK_TYPE_ENTRY);

  g_assert_not_reached ();
}

static void
assert_wrong_date (DetailTest *fixture)
{
  GtkWidget *editor = gtk_widget_get_ancestor (get_date (fixture), PSL_TYPE_EDITOR);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_date (fixture))), ==, "soon");
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
}

static void
test_row (DetailTest    *fixture,
          gconstpointer  data)
{
  static const char one[] = "[{\"name\":\"Leningrad\"}]";
  static const char two[] = "[{\"name\":\"Petrograd\"},{\"name\":\"Leningrad\"}]";

  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "former_names", NULL, one);
  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "former_names", NULL, one);
  gtk_editable_set_text (GTK_EDITABLE (get_date (fixture)), "soon");
  g_assert_false (psl_detail_page_flush (fixture->page));

  /* A change from elsewhere, and its being undone. */
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "former_names", NULL, two);
  detail_test_wait_for_value (fixture, "former_names", NULL, two);
  assert_wrong_date (fixture);
  g_assert_true (register_wait_undo (fixture->reg));
  detail_test_wait_for_value (fixture, "former_names", NULL, one);
  assert_wrong_date (fixture);

  /* Another record, and back where the entry has another place. */
  detail_test_show_project (fixture);
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "former_names", NULL, two);
  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "former_names", NULL, two);
  assert_wrong_date (fixture);

  psl_editor_revert (detail_test_find_editor (fixture, "former_names", NULL));
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

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  detail_test_add ("/drafts/other-record", test_other_record);
  detail_test_add ("/drafts/row", test_row);
  detail_test_add ("/drafts/done", test_done);
  g_test_add_func ("/drafts/other-register", test_other_register);

  return g_test_run ();
}
