/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "detail-test.h"

#include "psl-detail-sheet.h"
#include "psl-kinds.h"
#include "psl-remark.h"
#include "tests/folder.h"
#include "ui-test.h"

/* The text that a condition looks for on the page. */
typedef struct
{
  DetailTest *fixture;
  const char *field;
  const char *language;
  const char *value;
} Expected;

static gboolean
shows_value (gpointer data)
{
  const Expected *expected = data;
  PslEditor *editor = detail_test_find_editor (expected->fixture, expected->field, expected->language);

  return editor != NULL && g_strcmp0 (psl_editor_get_value (editor), expected->value) == 0;
}

/* A page in a window of its own, and a project and an office that it can show. */
void
detail_test_set_up (DetailTest    *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = NULL;

  fixture->folder = folder_make ();
  path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  fixture->reg = register_wait_open (path, PSL_STORE_CREATE);
  fixture->project = register_wait_create (fixture->reg, &psl_kind_project);
  fixture->office = register_wait_create (fixture->reg, &psl_kind_office);
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "title", "en", "A project");
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "name", "en", "An office");

  fixture->page = psl_detail_page_new ();
  fixture->window = psl_test_window (GTK_WIDGET (fixture->page));
  psl_detail_page_set_register (fixture->page, fixture->reg);
}

void
detail_test_tear_down (DetailTest    *fixture,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  psl_detail_page_set_register (fixture->page, NULL);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
  psl_register_close_now (fixture->reg, &error);
  g_assert_no_error (error);
  g_object_unref (fixture->reg);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

/* Adds a test that has such a fixture. */
void
detail_test_add (const char *path,
                 void      (*test) (DetailTest    *fixture,
                                    gconstpointer  data))
{
  g_test_add (path, DetailTest, NULL, detail_test_set_up, test, detail_test_tear_down);
}

/* The editor of a field, on the sheet that is shown. */
PslEditor *
detail_test_find_editor (DetailTest *fixture,
                         const char *field,
                         const char *language)
{
  GtkWidget *stack = psl_test_find (GTK_WIDGET (fixture->page), GTK_TYPE_STACK);
  GtkWidget *sheet = gtk_stack_get_visible_child (GTK_STACK (stack));
  GPtrArray *editors;

  if (!PSL_IS_DETAIL_SHEET (sheet))
    return NULL;

  editors = psl_detail_sheet_get_editors (PSL_DETAIL_SHEET (sheet));
  for (guint i = 0; i < editors->len; i++)
    if (g_str_equal (psl_editor_get_field (editors->pdata[i])->name, field) &&
        g_strcmp0 (psl_editor_get_language (editors->pdata[i]), language) == 0)
      return editors->pdata[i];

  return NULL;
}

/* Waits until a record is shown in which a field has that value. */
void
detail_test_wait_for_value (DetailTest *fixture,
                            const char *field,
                            const char *language,
                            const char *value)
{
  Expected expected = { fixture, field, language, value };

  psl_test_wait (shows_value, &expected);
}

void
detail_test_show_project (DetailTest *fixture)
{
  psl_detail_page_show (fixture->page, fixture->project);
  detail_test_wait_for_value (fixture, "title", "en", "A project");
}

/* Types in place of what stands in an editor. */
void
detail_test_type (PslEditor  *editor,
                  const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (editor));
  gtk_editable_set_text (GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY)), text);
}

/* Writes a remark on a field of the project. */
void
detail_test_remark (DetailTest *fixture,
                    const char *field,
                    const char *text)
{
  g_autoptr (PslRecord) record = register_wait_load (fixture->reg, fixture->project);
  g_autoptr (PslRecord) remark = psl_remark_new (record, psl_kind_find_field (&psl_kind_project, field), NULL);

  psl_remark_set (remark, PSL_REMARK_TEXT, "en", text);
  register_wait_insert (fixture->reg, remark);
}
