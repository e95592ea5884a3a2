/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Times the window, on a display:
 *
 *   bench-window start REGISTER   from a process's start to its first frame with
 *                                 the list filled, and its memory with all of the
 *                                 list there; each against a blank window's
 *   bench-window search REGISTER  from a key typed to the first page in the list
 *   bench-window scroll REGISTER  time in our code for a frame, while the list is
 *                                 scrolled from top to bottom; in a build with
 *                                 -finstrument-functions only
 *
 * Figures as bench_print() prints them: medians, but for the longest frame.
 */

#include "config.h"

#include <locale.h>
#include <stdlib.h>

#include "bench-data.h"
#include "bench-tools.h"
#include "bench-trace.h"
#include "psl-list-page.h"
#include "psl-list-row.h"
#include "psl-window.h"

#define STARTS 15
#define SEARCHES 15
#define STEPS 300

/* How long a window is left alone before its memory is looked at. */
#define SETTLE_MS 1500

/* Between two keys of somebody who types fast: what the one before has set off, such
 * as the rows of the whole list, is done by then. */
#define KEY_MS 150

typedef struct
{
  GtkApplication *application;
  GtkWindow *window;
  PslListPage *page;
  GtkListView *list;
  guint n_frames;
  guint n_loaded;
} View;

static GtkWidget *
find_widget (GtkWidget *widget,
             GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether every row on show has its title. */
static gboolean
is_filled (View *view)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view->list)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);
      gboolean shown = row != NULL && PSL_IS_LIST_ROW (row) && gtk_widget_get_mapped (child);

      if (!shown)
        continue;
      if (!psl_list_row_is_filled (PSL_LIST_ROW (row)))
        return FALSE;
      n++;
    }
  return n > 0;
}

static void
painted_cb (View *view)
{
  view->n_frames++;
}

static void
loaded_cb (View *view)
{
  view->n_loaded++;
}

static void
wait_for_frame (View *view)
{
  guint before = view->n_frames;

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
wait_for_time (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, timeout_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_list (View *view)
{
  while (!psl_record_model_is_complete (psl_list_page_get_model (view->page)) || !is_filled (view))
    g_main_context_iteration (NULL, TRUE);
}

static void
watch_frames (View *view)
{
  GdkFrameClock *clock;

  while (!gtk_widget_get_realized (GTK_WIDGET (view->window)))
    g_main_context_iteration (NULL, TRUE);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (view->window));
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), view);
}

/* A window with nothing in it, until its first frame. */
static void
open_blank (View *view)
{
  g_autoptr (GError) error = NULL;

  view->application = GTK_APPLICATION (adw_application_new (APPLICATION_ID ".Blank", G_APPLICATION_NON_UNIQUE));
  g_application_register (G_APPLICATION (view->application), NULL, &error);
  bench_check (error);
  view->window = GTK_WINDOW (adw_application_window_new (view->application));
  gtk_window_set_default_size (view->window, 1200, 800);
  gtk_window_present (view->window);
  watch_frames (view);
  wait_for_frame (view);
}

/* The program's window, until the first frame in which the list is filled. */
static void
open_register (View       *view,
               const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  view->application = GTK_APPLICATION (psl_application_new ());
  g_application_register (G_APPLICATION (view->application), NULL, &error);
  bench_check (error);
  g_application_open (G_APPLICATION (view->application), &file, 1, "");
  view->window = gtk_application_get_active_window (view->application);
  gtk_window_set_default_size (view->window, 1200, 800);
  view->page = PSL_LIST_PAGE (find_widget (GTK_WIDGET (view->window), PSL_TYPE_LIST_PAGE));
  view->list = GTK_LIST_VIEW (find_widget (GTK_WIDGET (view->page), GTK_TYPE_LIST_VIEW));
  g_signal_connect_swapped (psl_list_page_get_model (view->page), "loaded", G_CALLBACK (loaded_cb), view);
  watch_frames (view);
  do
    wait_for_frame (view);
  while (!is_filled (view));
}

static void
close_view (View *view)
{
  gtk_window_close (view->window);
  while (gtk_application_get_windows (view->application) != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Memory of the process's own, in megabytes. */
static double
get_anonymous_memory (void)
{
  g_autofree char *status = NULL;
  g_autoptr (GError) error = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, &error);
  bench_check (error);
  line = g_strstr_len (status, -1, "RssAnon:");
  g_assert_nonnull (line);
  return (double) g_ascii_strtoull (line + strlen ("RssAnon:") + strspn (line + strlen ("RssAnon:"), " \t"), NULL, 10) / 1024;
}

/* In a process of its own: prints when its first frame was there, and then its
 * memory. */
static int
show (const char *path)
{
  View view = { 0 };
  double painted;

  if (path != NULL)
    open_register (&view, path);
  else
    open_blank (&view);
  painted = bench_get_now ();
  if (path != NULL)
    wait_for_list (&view);
  wait_for_time (SETTLE_MS);
  g_print ("%.3f %.3f\n", painted, get_anonymous_memory ());
  close_view (&view);
  return 0;
}

static void
run_once (const char *program,
          const char *path,
          double     *time,
          double     *memory)
{
  const char *arguments[] = { program, "show", path, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  double start = bench_get_now ();
  char *rest;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status, &error);
  bench_check (error);
  g_spawn_check_wait_status (status, &error);
  bench_check (error);
  *time = g_ascii_strtod (output, &rest) - start;
  *memory = g_ascii_strtod (rest, NULL);
}

static int
start (const char *program,
       const char *path)
{
  double times[STARTS], blank_times[STARTS], memories[STARTS], blank_memories[STARTS];

  for (guint i = 0; i < STARTS; i++)
    {
      run_once (program, NULL, &blank_times[i], &blank_memories[i]);
      run_once (program, path, &times[i], &memories[i]);
    }
  bench_print ("start", "", times, STARTS, blank_times, STARTS);
  bench_print ("memory", "", memories, STARTS, blank_memories, STARTS);
  return 0;
}

/* Whether the answer to a search is in the list; it may be that nothing is found. */
static gboolean
is_answered (View  *view,
             guint  before)
{
  GListModel *model = G_LIST_MODEL (psl_list_page_get_model (view->page));

  return view->n_loaded != before && (g_list_model_get_n_items (model) == 0 || is_filled (view));
}

/* To where the answer is drawn. */
static double
time_search (View       *view,
             const char *words)
{
  guint before = view->n_loaded;
  double began = bench_get_now ();

  psl_list_page_search (view->page, words);
  do
    wait_for_frame (view);
  while (!is_answered (view, before));
  return bench_get_now () - began;
}

static int
search (const char *path)
{
  View view = { 0 };
  sqlite3 *db = NULL;

  open_register (&view, path);
  wait_for_list (&view);
  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL));
  for (const BenchSearch *s = bench_searches; s->words != NULL; s++)
    {
      g_autofree char *detail = g_strdup_printf ("“%s”, %s", s->words, s->what);
      double ours[SEARCHES], bare[SEARCHES];

      for (guint i = 0; i < SEARCHES; i++)
        {
          wait_for_time (KEY_MS);
          ours[i] = time_search (&view, s->words);
          bare[i] = bench_time_bare_search (db, s->words, NULL);
          psl_list_page_search (view.page, "");
          wait_for_list (&view);
        }
      bench_print ("search-window", detail, ours, SEARCHES, bare, SEARCHES);
    }
  sqlite3_close (db);
  close_view (&view);
  return 0;
}

static int
scroll (const char *path)
{
  View view = { 0 };
  GtkAdjustment *adjustment;
  double longest = 0;
  guint n_calls, n_calls_in_all = 0;

  bench_trace_take (NULL);
  open_register (&view, path);
  wait_for_list (&view);
  wait_for_time (SETTLE_MS);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view.list));
  bench_trace_take (NULL);
  for (guint i = 1; i <= STEPS; i++)
    {
      guint n_items = g_list_model_get_n_items (G_LIST_MODEL (psl_list_page_get_model (view.page)));

      /* To the next place in one go, as by keyboard, and on from there by a page. */
      if (i % 2 == 1)
        gtk_list_view_scroll_to (view.list, (guint) ((guint64) (n_items - 1) * i / STEPS), GTK_LIST_SCROLL_NONE, NULL);
      else
        gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment));
      do
        {
          double spent;

          wait_for_frame (&view);
          spent = bench_trace_take (&n_calls);
          longest = MAX (longest, spent);
          n_calls_in_all += n_calls;
        }
      while (!is_filled (&view));
    }
  /* A figure of nothing would look like a very good one. */
  if (n_calls_in_all < STEPS || longest <= 0)
    g_error ("Only %u calls of our functions were seen in %u steps", n_calls_in_all, STEPS);
  bench_print ("scroll", "", &longest, 1, NULL, 0);
  close_view (&view);
  return 0;
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_set_prgname (APPLICATION_ID);
  if (argc >= 2 && g_str_equal (argv[1], "show"))
    return show (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "start"))
    return start (argv[0], argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "search"))
    return search (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "scroll"))
    return scroll (argv[2]);
  g_printerr ("usage: bench-window start|search|scroll REGISTER\n");
  return 2;
}
