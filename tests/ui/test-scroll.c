/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "window-test.h"

#include "psl-list-row.h"
#include "psl-window-private.h"
#include "ui-test.h"

/* More rows than GTK makes widgets for. */
#define N_PROJECTS 1000

/* A record whose row is looked for in the list. */
typedef struct
{
  WindowTest *fixture;
  gint64 rid;
} Wanted;

static void
fill (const char *path)
{
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "test", &error));
  for (guint i = 0; i < N_PROJECTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Project %04u", i);
      gint64 rid = psl_store_create (store, &psl_kind_project, NULL, &error);

      g_assert_no_error (error);
      psl_store_set (store, rid, title, "en", text, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
}

static GtkWidget *
get_list (WindowTest *fixture)
{
  return psl_test_find (GTK_WIDGET (fixture->window->list_page), GTK_TYPE_LIST_VIEW);
}

static GtkAdjustment *
get_adjustment (WindowTest *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (get_list (fixture)));
}

static gboolean
is_laid_out (gpointer data)
{
  GtkAdjustment *adjustment = get_adjustment (data);

  return gtk_adjustment_get_page_size (adjustment) > 0 &&
         gtk_adjustment_get_upper (adjustment) > N_PROJECTS * gtk_widget_get_height (get_list (data)) / 100.0;
}

/* Whether rows are in view, and all of them show their records. */
static gboolean
is_filled (gpointer data)
{
  guint n_rows = 0;

  for (GtkWidget *item = gtk_widget_get_first_child (get_list (data)); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget *row = gtk_widget_get_first_child (item);

      if (!gtk_widget_get_mapped (item))
        continue;
      if (!psl_list_row_is_filled (PSL_LIST_ROW (row)))
        return FALSE;
      n_rows++;
    }

  return n_rows > 2;
}

/* Whether the list is scrolled to where the record stands. */
static gboolean
is_in_view (gpointer data)
{
  Wanted *wanted = data;
  PslRecordModel *model = window_test_get_model (wanted->fixture);
  GtkAdjustment *adjustment = get_adjustment (wanted->fixture);
  guint position = psl_record_model_find (model, wanted->rid);
  double top = gtk_adjustment_get_value (adjustment);
  double height = gtk_adjustment_get_upper (adjustment) / N_PROJECTS;

  return position != GTK_INVALID_LIST_POSITION && position * height + height >= top &&
         position * height <= top + gtk_adjustment_get_page_size (adjustment) && is_filled (wanted->fixture);
}

/* Whether the window has the record, which it remembers by its id. */
static gboolean
is_read (gpointer data)
{
  Wanted *wanted = data;
  PslRecord *record = wanted->fixture->window->record;

  return record != NULL && psl_record_get_rid (record) == wanted->rid;
}

static void
painted_cb (guint *n_frames)
{
  (*n_frames)++;
}

static gboolean
is_painted (gpointer data)
{
  return *(guint *) data > 0;
}

/* Moves the list, as its scrollbar does, and waits until that is to be seen. */
static void
scroll_to (WindowTest *fixture,
           double      value)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (get_list (fixture));
  guint n_frames = 0;
  gulong handler;

  handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &n_frames);
  gtk_adjustment_set_value (get_adjustment (fixture), value);
  psl_test_wait (is_painted, &n_frames);
  g_signal_handler_disconnect (clock, handler);
}

static void
open_window (WindowTest *fixture)
{
  fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, N_PROJECTS);
  psl_test_wait (is_laid_out, fixture);
}

/* As a click into the trough of the scrollbar does, the first thing after the start. */
static void
test_jump (WindowTest    *fixture,
           gconstpointer  data)
{
  static const double places[] = { 0.5, 1, 0, 0.9 };
  GtkAdjustment *adjustment;

  open_window (fixture);
  psl_test_wait (is_filled, fixture);

  adjustment = get_adjustment (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      double bottom = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

      scroll_to (fixture, bottom * places[i]);
      psl_test_wait (is_filled, fixture);
      g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), bottom * places[i], 1);
    }

  window_test_close_window (fixture);
}

/* The list shows where the record stands that was on show when the window was closed. */
static void
test_start_where_it_was (WindowTest    *fixture,
                         gconstpointer  data)
{
  Wanted wanted = { fixture, 0 };

  open_window (fixture);
  wanted.rid = psl_record_model_get_rid (window_test_get_model (fixture), 700);
  psl_record_model_select (window_test_get_model (fixture), wanted.rid);
  psl_test_wait (is_read, &wanted);
  window_test_close_window (fixture);

  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, N_PROJECTS);
  psl_test_wait (is_in_view, &wanted);
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/ui/scroll/jump", test_jump);
  window_test_add ("/ui/scroll/start-where-it-was", test_start_where_it_was);

  return window_test_run ();
}
