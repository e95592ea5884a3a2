/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Times the parts of a record with many, on a display:
 *
 *   bench-parts   from an edit of one of them to its commit, against the same rows by bare
 *                 SQL; from choosing the record to the frame that shows those in view, against
 *                 one with a few
 *
 * Its kinds are those of tests/kinds/part-kinds.c, in a register of its own. Figures as
 * bench_print() prints them.
 */

#include "config.h"

#include <locale.h>

#include "bench-edit.h"
#include "bench-tools.h"
#include "psl-list-page.h"
#include "psl-parts-table.h"
#include "psl-schema.h"
#include "psl-settings.h"
#include "psl-window.h"
#include "tests/folder.h"
#include "tests/kinds/part-kinds.h"
#include "tests/own-register.h"

#define FEW 10
#define MANY 2700
#define TIMES 15

/* As many rows are in view of a table with more. */
#define IN_VIEW 12

/* Between two records, until what the one before has set off is done. */
#define PAUSE_MS 300

typedef struct
{
  GtkWindow *window;
  PslRecordModel *model;
  guint n_frames;
} View;

/* The plans. */
static gint64 few;
static gint64 many;

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
painted_cb (View *view)
{
  view->n_frames++;
}

static void
wait_for_frame (View *view)
{
  guint before = view->n_frames;

  /* A page that is filled already draws no more frames. */
  gtk_widget_queue_draw (GTK_WIDGET (view->window));
  while (view->n_frames == before)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
timeout_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (void)
{
  gboolean over = FALSE;

  g_timeout_add (PAUSE_MS, timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gint64
insert (PslStore   *store,
        PslRecord  *record)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_insert (store, record, &error);

  bench_check (error);
  return rid;
}

static char *
dup_step_title (guint       nth,
                const char *language)
{
  return g_strdup_printf (g_str_equal (language, "fr") ? "Étape %u" : "Step %u", nth + 1);
}

/* The steps of the plan with many follow it. */
static gint64
get_step_rid (guint nth)
{
  return many + 1 + nth;
}

/* A plan with as many steps. */
static gint64
make_plan (PslStore   *store,
           const char *id,
           guint       n_steps)
{
  g_autoptr (PslRecord) plan = psl_record_new (&test_kind_plan, 0, id);
  gint64 rid;

  psl_record_set (plan, psl_kind_get_title (&test_kind_plan), "en", id);
  rid = insert (store, plan);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr (PslRecord) step = psl_record_new (&test_kind_step, 0, NULL);
      g_autofree char *title = dup_step_title (i, "en");
      g_autofree char *other_title = dup_step_title (i, "fr");

      psl_record_set (step, psl_kind_get_owner_field (&test_kind_step), NULL, id);
      psl_record_set (step, psl_kind_get_title (&test_kind_step), "en", title);
      psl_record_set (step, psl_kind_get_title (&test_kind_step), "fr", other_title);
      psl_record_set (step, psl_kind_find_field (&test_kind_step, "due"), NULL, "2026-11-29");
      insert (store, step);
    }
  return rid;
}

static void
make_register (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  bench_check (error);
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  bench_check (error);
  few = make_plan (store, "0190c1f2-0000-7000-8000-000000000001", FEW);
  many = make_plan (store, "0190c1f2-0000-7000-8000-000000000002", MANY);
  psl_store_commit (store, &error);
  bench_check (error);
}

/* Whether the parts of the chosen record that are in view are there. */
static gboolean
is_filled (View *view,
           guint n_parts)
{
  GtkWidget *table = find_widget (GTK_WIDGET (view->window), PSL_TYPE_PARTS_TABLE);
  guint n_items = table != NULL ? g_list_model_get_n_items (psl_parts_table_get_items (PSL_PARTS_TABLE (table))) : 0;

  if (n_items == 0 || !gtk_widget_get_mapped (table) || (n_parts == FEW ? n_items != FEW : n_items <= FEW))
    return FALSE;
  for (guint i = 0; i < MIN (n_parts, IN_VIEW); i++)
    {
      PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (PSL_PARTS_TABLE (table)), i);

      if (row == NULL || psl_record_item_get_record (psl_parts_row_get_item (row)) == NULL)
        return FALSE;
    }
  return TRUE;
}

static double
time_page (View   *view,
           gint64  rid,
           guint   n_parts)
{
  double began;

  rest ();
  /* The next frame is as far away each time. */
  wait_for_frame (view);
  began = bench_get_now ();
  psl_record_model_select (view->model, rid);
  do
    wait_for_frame (view);
  while (!is_filled (view, n_parts));
  return bench_get_now () - began;
}

static void
open_register (View       *view,
               const char *path)
{
  GtkApplication *application = GTK_APPLICATION (psl_application_new ());
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  GtkWidget *page;

  g_application_register (G_APPLICATION (application), NULL, &error);
  bench_check (error);
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", test_kind_plan.name);
  own_register_declare (path);
  g_application_open (G_APPLICATION (application), &file, 1, "");
  view->window = gtk_application_get_active_window (application);
  gtk_window_set_default_size (view->window, 1400, 900);
  page = find_widget (GTK_WIDGET (view->window), PSL_TYPE_LIST_PAGE);
  view->model = psl_list_page_get_model (PSL_LIST_PAGE (page));
  while (!gtk_widget_get_realized (GTK_WIDGET (view->window)) || !psl_record_model_is_complete (view->model))
    g_main_context_iteration (NULL, TRUE);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (view->window)), "after-paint",
                            G_CALLBACK (painted_cb), view);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = folder_make ();
  g_autofree char *path = g_build_filename (folder, "parts.passerelle", NULL);
  double few_times[TIMES], many_times[TIMES];
  BenchTitles steps = { &test_kind_step, MANY, get_step_rid, dup_step_title };
  View view = { 0 };

  setlocale (LC_ALL, "");
  g_set_prgname (APPLICATION_ID);
  make_register (path);
  bench_edit_titles (path, &steps, "edit-part");
  open_register (&view, path);
  /* The first call makes the data that both need. */
  time_page (&view, few, FEW);
  time_page (&view, many, MANY);
  for (guint i = 0; i < TIMES; i++)
    {
      few_times[i] = time_page (&view, few, FEW);
      many_times[i] = time_page (&view, many, MANY);
    }
  bench_print ("parts", "", many_times, TIMES, few_times, TIMES);
  gtk_window_close (view.window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  folder_remove (folder);
  return 0;
}
