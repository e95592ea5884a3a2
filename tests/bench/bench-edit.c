/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-edit.h"

#include <string.h>

#include "bench-data.h"
#include "bench-tools.h"
#include "psl-kinds.h"
#include "psl-store-private.h"

#define EDITS 400
#define BLOCK 40

/* A word that no other record has. */
static char *
make_word (void)
{
  static guint n_words;

  return g_strdup_printf ("%" G_GINT64_FORMAT "x%u", g_get_real_time (), n_words++);
}

/* A title of the record's own words, so that searches find as many records as before, and
 * a new one. */
static char *
make_title (const BenchTitles *titles,
            const char        *language,
            guint              nth,
            const char        *word)
{
  g_autofree char *title = titles->dup_title (nth, language);

  return g_strdup_printf ("%s %s", title, word);
}

static double
time_edit (Bench         *bench,
           const PslKind *kind,
           gint64         rid,
           const char    *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  double start = bench_get_now ();

  psl_register_set_async (bench->reg, rid, psl_kind_get_title (kind), "en", title, 0, bench_finished_cb, bench);
  written = bench_wait (bench);
  psl_register_set_finish (bench->reg, written, &error);
  bench_check (error);
  return bench_get_now () - start;
}

/* The first record that a search for a word finds, or 0. */
static gint64
find_word (Bench         *bench,
           const PslKind *kind,
           const char    *word)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (PslQuery) query = psl_query_new (kind);
  g_autoptr (GArray) rids = NULL;

  psl_query_set_search (query, word);
  psl_register_query_async (bench->reg, query, 1, NULL, bench_finished_cb, bench);
  read = bench_wait (bench);
  rids = psl_register_query_finish (bench->reg, read, &error);
  bench_check (error);
  return rids->len > 0 ? g_array_index (rids, gint64, 0) : 0;
}

/* The writes of an edit of a French title, with all that follows: made before it is timed.
 * @owner: what the record is a part of, which is changed with it, too; 0 for none */
typedef struct
{
  gint64 rid;
  gint64 owner;
  char *title;
  char *before;
  char *search;
  char *keys[2];
  char *names[2];
} BareEdit;

static void
bare_edit_init (BareEdit   *edit,
                PslStore   *store,
                gint64      rid,
                const char *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);
  const PslField *field = record != NULL ? psl_kind_get_title (psl_record_get_kind (record)) : NULL;
  PslRecordHead head = { 0 };

  bench_check (error);
  psl_store_read_head (store, rid, &head, &error);
  bench_check (error);
  edit->rid = rid;
  edit->owner = head.owner;
  edit->title = g_strdup (title);
  edit->before = g_strdup (psl_record_get (record, field, "fr"));
  psl_record_set (record, field, "fr", title);
  edit->search = psl_store_dup_indexed_text (store, record);
  edit->keys[0] = psl_store_dup_sort_key (record, "fr");
  edit->keys[1] = psl_store_dup_sort_key (record, "en");
  edit->names[0] = psl_store_dup_name_key (record, "fr");
  edit->names[1] = psl_store_dup_name_key (record, "en");
}

static void
bare_edit_clear (BareEdit *edit)
{
  g_free (edit->title);
  g_free (edit->before);
  g_free (edit->search);
  g_free (edit->keys[0]);
  g_free (edit->keys[1]);
  g_free (edit->names[0]);
  g_free (edit->names[1]);
}

enum
{
  BEGIN,
  ACTION,
  ORIGIN,
  VALUE,
  CHANGE,
  RECORD,
  KEY,
  SEARCH,
  COMMIT,
  N_STATEMENTS
};

/* In the order of the enum. */
static const char *const statements_sql[N_STATEMENTS] = {
  "BEGIN IMMEDIATE",
  "INSERT INTO action (at, author, verb, kind, field, subject, records, id, previous, clock, hash)"
  " VALUES (?1, 'Bench', 'edit', ?3, 'title', ?2, 1, '00000000-0000-7000-8000-000000000000', 0, ?1,"
  "  zeroblob (32))",
  "UPDATE origin SET clock = clock + 1 WHERE own",
  "UPDATE text SET text = ? WHERE rid = ? AND field = 'title' AND language = 'fr'",
  "INSERT INTO change (rid, action, field, language, old, new, base) VALUES (?, ?2, 'title', 'fr', ?, ?, ?2)",
  "UPDATE record SET changed = ? WHERE rid = ?",
  "UPDATE sort_key SET key = ?, name = ? WHERE rid = ? AND language = ?",
  "INSERT OR REPLACE INTO search (rowid, text) VALUES (?, ?)",
  "COMMIT",
};

/* A connection of its own, as durable as ours and with as much of a cache. */
static sqlite3 *
open_bare (const char    *path,
           sqlite3_stmt **statements)
{
  sqlite3 *db = NULL;

  bench_check_sqlite (db, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  bench_check_sqlite (db, sqlite3_exec (db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192", NULL, NULL, NULL));
  bench_check_sqlite (db, sqlite3_busy_timeout (db, 5000));
  for (guint i = 0; i < N_STATEMENTS; i++)
    bench_check_sqlite (db, sqlite3_prepare_v2 (db, statements_sql[i], -1, &statements[i], NULL));
  return db;
}

static void
bind_text (sqlite3_stmt *statement,
           int           parameter,
           const char   *text)
{
  sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

static void
run (sqlite3      *db,
     sqlite3_stmt *statement)
{
  bench_check_sqlite (db, sqlite3_step (statement));
  bench_check_sqlite (db, sqlite3_reset (statement));
}

static double
time_bare_edit (sqlite3         *db,
                sqlite3_stmt   **statements,
                const PslKind   *kind,
                const BareEdit  *edit)
{
  static const char *const languages[] = { "fr", "en" };
  double start = bench_get_now ();
  gint64 at = g_get_real_time ();
  gint64 action;

  run (db, statements[BEGIN]);
  sqlite3_bind_int64 (statements[ACTION], 1, at);
  bind_text (statements[ACTION], 2, edit->before);
  bind_text (statements[ACTION], 3, kind->name);
  run (db, statements[ACTION]);
  action = sqlite3_last_insert_rowid (db);
  run (db, statements[ORIGIN]);
  bind_text (statements[VALUE], 1, edit->title);
  sqlite3_bind_int64 (statements[VALUE], 2, edit->rid);
  run (db, statements[VALUE]);
  sqlite3_bind_int64 (statements[CHANGE], 1, edit->rid);
  sqlite3_bind_int64 (statements[CHANGE], 2, action);
  bind_text (statements[CHANGE], 3, edit->before);
  bind_text (statements[CHANGE], 4, edit->title);
  run (db, statements[CHANGE]);
  sqlite3_bind_int64 (statements[RECORD], 1, at);
  sqlite3_bind_int64 (statements[RECORD], 2, edit->rid);
  run (db, statements[RECORD]);
  if (edit->owner != 0)
    {
      sqlite3_bind_int64 (statements[RECORD], 2, edit->owner);
      run (db, statements[RECORD]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      sqlite3_bind_blob (statements[KEY], 1, edit->keys[i], (int) strlen (edit->keys[i]), SQLITE_STATIC);
      bind_text (statements[KEY], 2, edit->names[i]);
      sqlite3_bind_int64 (statements[KEY], 3, edit->rid);
      bind_text (statements[KEY], 4, languages[i]);
      run (db, statements[KEY]);
    }
  sqlite3_bind_int64 (statements[SEARCH], 1, edit->rid);
  bind_text (statements[SEARCH], 2, edit->search);
  run (db, statements[SEARCH]);
  run (db, statements[COMMIT]);
  return bench_get_now () - start;
}

/**
 * bench_edit_titles:
 * @path: a register
 * @titles: records in it
 * @figure: what the figure is called
 *
 * Times an edit of a title, to its commit and to where a search finds it. Ours: from the
 * call on the main thread to its callback there, two threads, with all that follows from
 * the value in one transaction. Bare: the same rows by prepared statements in one
 * transaction, on the calling thread. Both wait for the disk once, with the same log and
 * the same synchronisation.
 *
 * They take turns in blocks, so that both meet the same disk: a connection reads
 * its pages again when another one has written, and neither has to while it is
 * the only one that writes. The same search follows each edit, so that both come
 * at a time when something else was done, as edits do. For ours it is the one
 * that has to find it.
 */
void
bench_edit_titles (const char        *path,
                   const BenchTitles *titles,
                   const char        *figure)
{
  g_autofree char *figure_found = g_strconcat (figure, "-found", NULL);
  Bench *bench = bench_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) random = g_rand_new ();
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_READ_ONLY, &error);
  double committed[EDITS], found[EDITS], bare[EDITS];
  sqlite3_stmt *statements[N_STATEMENTS] = { NULL };
  sqlite3 *db = open_bare (path, statements);

  bench_check (error);
  for (guint block = 0; block < EDITS; block += BLOCK)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

      for (guint i = block; i < block + BLOCK; i++)
        {
          guint nth = (guint) g_rand_int_range (random, 0, (gint32) titles->n);
          gint64 rid = titles->get_rid (nth);
          char *word = make_word ();
          g_autofree char *title = make_title (titles, "en", nth, word);
          double start = bench_get_now ();

          g_ptr_array_add (words, word);
          committed[i] = time_edit (bench, titles->kind, rid, title);
          g_assert_cmpint (find_word (bench, titles->kind, word), ==, rid);
          found[i] = bench_get_now () - start;
        }
      for (guint i = block; i < block + BLOCK; i++)
        {
          guint nth = (guint) g_rand_int_range (random, 0, (gint32) titles->n);
          g_autofree char *word = make_word ();
          g_autofree char *title = make_title (titles, "fr", nth, word);
          BareEdit edit;

          bare_edit_init (&edit, store, titles->get_rid (nth), title);
          bare[i] = time_bare_edit (db, statements, titles->kind, &edit);
          bare_edit_clear (&edit);
          find_word (bench, titles->kind, g_ptr_array_index (words, i - block));
        }
    }
  for (guint i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (statements[i]);
  sqlite3_close (db);
  bench_free (bench);
  bench_print (figure, "", committed, EDITS, bare, EDITS);
  bench_print (figure_found, "", found, EDITS, bare, EDITS);
}

static char *
dup_project_title (guint       nth,
                   const char *language)
{
  g_autoptr (PslRecord) record = bench_data_make_project (nth);

  return g_strdup (psl_record_get (record, psl_kind_get_title (&psl_kind_project), language));
}

static guint
count_projects (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_READ_ONLY, &error);
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  gint64 n;

  bench_check (error);
  n = psl_store_count (store, query, &error);
  bench_check (error);
  return (guint) n;
}

/**
 * bench_edit:
 * @path: a register of bench_make_register()
 *
 * Times edits of the titles of its projects: see bench_edit_titles().
 */
void
bench_edit (const char *path)
{
  BenchTitles projects = { &psl_kind_project, count_projects (path), bench_data_get_rid, dup_project_title };

  bench_edit_titles (path, &projects, "edit");
}
