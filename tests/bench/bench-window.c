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
 *   bench-window page REGISTER    from choosing a project with 2,700 results, which is added
 *                                 to the register, to the frame with the first of them;
 *                                 against one with ten
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
#include "psl-kinds.h"
#include "psl-list-page.h"
#include "psl-list-row.h"
#include "psl-parts-table.h"
#include "psl-window.h"
#include "tests/own-register.h"

#define STARTS 15
#define SEARCHES 15
#define STEPS 300
#define PAGES 15

/* The project with many results. */
#define MANY 2700
#define MANY_ID "0190c1f2-0000-7000-8000-000000002700"

/* Between two records, until what the one before has set off is done. */
#define PAGE_MS 300

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
 * memory. A register is remembered as one's own by the UUID that is given, as it is at a start. */
static int
show (const char *path,
      const char *id)
{
  View view = { 0 };
  double painted;

  if (path != NULL)
    {
      psl_own_registers_add (path, id);
      open_register (&view, path);
    }
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
          const char *id,
          double     *time,
          double     *memory)
{
  const char *arguments[] = { program, "show", path, id, NULL };
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
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) provenance = psl_provenance_read_file (path, NULL, &error);

  bench_check (error);
  for (guint i = 0; i < STARTS; i++)
    {
      run_once (program, NULL, NULL, &blank_times[i], &blank_memories[i]);
      run_once (program, path, provenance->id, &times[i], &memories[i]);
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

  own_register_declare (path);
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

/* Adds the project with many results, unless the register has it. Returns its number. */
static gint64
ensure_project (const char *path)
{
  const PslKind *project_kind = psl_kind_find ("project");
  const PslKind *result_kind = psl_kind_find ("result");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_NONE, &error);
  g_autoptr (PslRecord) project = psl_record_new (project_kind, 0, MANY_ID);
  gint64 rid;

  bench_check (error);
  rid = psl_store_find (store, MANY_ID, NULL);
  if (rid != 0)
    return rid;
  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  bench_check (error);
  psl_record_set (project, psl_kind_get_title (project_kind), "en", "Project with many results");
  rid = psl_store_insert (store, project, &error);
  bench_check (error);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (PslRecord) result = psl_record_new (result_kind, 0, NULL);
      g_autofree char *title = g_strdup_printf ("Result %u", i + 1);

      psl_record_set (result, psl_kind_get_owner_field (result_kind), NULL, MANY_ID);
      psl_record_set (result, psl_kind_get_title (result_kind), "en", title);
      psl_store_insert (store, result, &error);
      bench_check (error);
    }
  psl_store_commit (store, &error);
  bench_check (error);
  return rid;
}

/* The table of results below a widget. */
static PslPartsTable *
find_results (GtkWidget *widget)
{
  if (PSL_IS_PARTS_TABLE (widget) && gtk_widget_get_mapped (widget) &&
      psl_parts_table_get_field (PSL_PARTS_TABLE (widget))->target == psl_kind_find ("result"))
    return PSL_PARTS_TABLE (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      PslPartsTable *found = find_results (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Whether the page shows the results of a project with as many, from the first one on; those out
 * of view may come later. */
static gboolean
shows_results (View *view,
               guint n_results)
{
  PslPartsTable *table = find_results (GTK_WIDGET (view->window));
  PslPartsRow *row = table != NULL ? psl_parts_grid_find_row (psl_parts_table_get_grid (table), 0) : NULL;
  guint n = row != NULL ? g_list_model_get_n_items (psl_parts_table_get_items (table)) : 0;

  return (n_results == BENCH_DATA_PARTS ? n == BENCH_DATA_PARTS : n > BENCH_DATA_PARTS) &&
         psl_record_item_get_record (psl_parts_row_get_item (row)) != NULL;
}

static double
time_page (View   *view,
           gint64  rid,
           guint   n_results)
{
  double began;

  wait_for_time (PAGE_MS);
  gtk_widget_queue_draw (GTK_WIDGET (view->window));
  /* The next frame is as far away each time. */
  wait_for_frame (view);
  began = bench_get_now ();
  psl_record_model_select (psl_list_page_get_model (view->page), rid);
  do
    {
      gtk_widget_queue_draw (GTK_WIDGET (view->window));
      wait_for_frame (view);
    }
  while (!shows_results (view, n_results));
  return bench_get_now () - began;
}

static int
page (const char *path)
{
  gint64 many = ensure_project (path);
  gint64 few = bench_data_get_rid (0);
  double few_times[PAGES], many_times[PAGES];
  View view = { 0 };

  own_register_declare (path);
  open_register (&view, path);
  wait_for_list (&view);
  /* The first calls make the widgets that both need. */
  time_page (&view, few, BENCH_DATA_PARTS);
  time_page (&view, many, MANY);
  for (guint i = 0; i < PAGES; i++)
    {
      few_times[i] = time_page (&view, few, BENCH_DATA_PARTS);
      many_times[i] = time_page (&view, many, MANY);
    }
  bench_print ("page", "", many_times, PAGES, few_times, PAGES);
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
  own_register_declare (path);
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
    return show (argv[2], argc >= 4 ? argv[3] : NULL);
  if (argc == 3 && g_str_equal (argv[1], "start"))
    return start (argv[0], argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "search"))
    return search (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "page"))
    return page (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "scroll"))
    return scroll (argv[2]);
  g_printerr ("usage: bench-window start|search|page|scroll REGISTER\n");
  return 2;
}
