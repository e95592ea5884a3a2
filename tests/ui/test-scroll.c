/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
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

/* Whether the list is scrolled to where the record stands, all of it. */
static gboolean
is_in_view (gpointer data)
{
  Wanted *wanted = data;
  PslRecordModel *model = window_test_get_model (wanted->fixture);
  GtkAdjustment *adjustment = get_adjustment (wanted->fixture);
  guint position = psl_record_model_find (model, wanted->rid);
  double top = gtk_adjustment_get_value (adjustment);
  double height = gtk_adjustment_get_upper (adjustment) / N_PROJECTS;
  double bottom = top + gtk_adjustment_get_page_size (adjustment);

  return position != GTK_INVALID_LIST_POSITION && position * height >= top - 1 &&
         position * height + height <= bottom + 1 && is_filled (wanted->fixture);
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

static void
wait_for_frame (WindowTest *fixture)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (get_list (fixture));
  guint n_frames = 0;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &n_frames);

  gtk_widget_queue_draw (get_list (fixture));
  psl_test_wait (is_painted, &n_frames);
  g_signal_handler_disconnect (clock, handler);
}

/* Moves the list, as its scrollbar does, and waits until that is to be seen. */
static void
scroll_to (WindowTest *fixture,
           double      value)
{
  gtk_adjustment_set_value (get_adjustment (fixture), value);
  wait_for_frame (fixture);
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

/* Whoever ends a search sees where the record that was found stands. */
static void
test_search_ends (WindowTest    *fixture,
                  gconstpointer  data)
{
  PslRecordModel *model;
  Wanted wanted = { fixture, 0 };

  open_window (fixture);
  model = window_test_get_model (fixture);
  wanted.rid = psl_record_model_get_rid (model, N_PROJECTS - 1);
  psl_list_page_search (fixture->window->list_page, "0999");
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (model, wanted.rid);
  wait_for_frame (fixture);

  psl_list_page_search (fixture->window->list_page, "");
  window_test_wait_for_items (fixture, N_PROJECTS);
  psl_test_wait (is_in_view, &wanted);
  window_test_close_window (fixture);
}

/* A slow list takes no keyboard from who searches already. */
static void
test_typing (WindowTest    *fixture,
             gconstpointer  data)
{
  GtkWidget *entry;

  open_window (fixture);
  psl_record_model_retry (window_test_get_model (fixture));
  psl_list_page_focus_list (fixture->window->list_page);
  g_assert_true (psl_record_model_is_loading (window_test_get_model (fixture)));
  window_test_activate (fixture, "search");
  entry = psl_test_find (GTK_WIDGET (fixture->window->list_page), GTK_TYPE_SEARCH_ENTRY);
  window_test_wait_for_items (fixture, N_PROJECTS);
  g_assert_nonnull (gtk_widget_get_focus_child (entry));
  window_test_close_window (fixture);
}

static GtkWidget *
find_state (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "state") ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_state (child);

  return found;
}

/* Whether a row shows its record's state, within the row. */
static gboolean
shows_state (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *state = find_state (GTK_WIDGET (fixture->window->list_page));
  GtkWidget *content = state != NULL ? gtk_widget_get_parent (state) : NULL;
  graphene_rect_t bounds;

  return state != NULL && gtk_widget_get_width (state) > 0 && gtk_widget_compute_bounds (state, content, &bounds) &&
         bounds.origin.x + bounds.size.width <= gtk_widget_get_width (content);
}

/* A style that changes takes nothing of a row. */
static void
test_state (WindowTest    *fixture,
            gconstpointer  data)
{
  const PslField *status = psl_kind_find_field (&psl_kind_project, "status");
  GtkWidget *list_page;

  open_window (fixture);
  list_page = GTK_WIDGET (fixture->window->list_page);
  psl_register_set_async (fixture->window->reg, psl_record_model_get_rid (window_test_get_model (fixture), 0),
                          status, NULL, "4", 0, NULL, NULL);
  psl_test_wait (shows_state, fixture);

  for (guint i = 0; i < 4; i++)
    {
      GtkWidget *state = find_state (list_page);
      GtkWidget *row = gtk_widget_get_parent (gtk_widget_get_parent (state));

      if (i % 2 == 0)
        gtk_widget_add_css_class (row, "error");
      else
        gtk_widget_remove_css_class (row, "error");
      wait_for_frame (fixture);
      g_assert_true (shows_state (fixture));
    }
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
  window_test_add ("/ui/scroll/search-ends", test_search_ends);
  window_test_add ("/ui/scroll/typing", test_typing);
  window_test_add ("/ui/scroll/state", test_state);

  return window_test_run ();
}
