/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "store-run.h"

#include <string.h>

#include "psl-collation.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "store-testing.h"

/* None of them is in a name of a code. */
const char *const store_run_words[STORE_RUN_WORDS] = {
  "zéphyr", "Œnologie", "quartzite", "érable", "brème", "xylophone", "Łódź", "straße", "naïve",
  "l’aide", "co-operation", "a\"b\\c",
};

/* A record is what the model says. */
void
store_run_check_record (StoreRun *run,
                        guint     index)
{
  ModelRecord *expected = model_get_record (run->model, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (get_store (run), expected->rid, &error);

  g_assert_no_error (error);
  g_assert_true (psl_record_get_kind (record) == expected->kind);
  g_assert_cmpint (psl_record_get_state (record), ==, expected->state);
  for (guint i = 0; i < model_get_n_cells (expected->kind); i++)
    {
      const ModelCell *cell = model_get_cell (expected->kind, (int) i);

      g_assert_cmpstr (psl_record_get (record, cell->field, cell->language), ==, expected->values[i]);
    }
}

/* The history of a record is what the model's actions did to it. */
static void
check_history (StoreRun *run,
               guint     index)
{
  ModelRecord *record = model_get_record (run->model, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = psl_store_history (get_store (run), record->rid, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = run->model->actions->len; i > 0; i--)
    {
      ModelAction *action = run->model->actions->pdata[i - 1];

      for (guint j = 0; j < action->changes->len; j++)
        {
          const ModelChange *change = action->changes->pdata[j];
          gboolean found = FALSE;

          if (change->record != index)
            continue;
          n++;
          for (guint k = 0; k < history->len && !found; k++)
            {
              const PslChange *row = history->pdata[k];
              const ModelCell *cell = change->cell >= 0 ? model_get_cell (record->kind, change->cell) : NULL;

              found = row->action->id == action->id && row->action->verb == action->verb &&
                      row->action->undone == (action->undone_by != 0) &&
                      g_str_equal (row->action->author, action->author) &&
                      row->field == (cell != NULL ? cell->field : NULL) &&
                      g_strcmp0 (row->language, cell != NULL ? cell->language : NULL) == 0 &&
                      g_strcmp0 (row->old_value, change->old_value) == 0 &&
                      g_strcmp0 (row->new_value, change->new_value) == 0;
            }
          g_assert_true (found);
        }
    }
  g_assert_cmpuint (history->len, ==, n);
  for (guint i = 1; i < history->len; i++)
    g_assert_cmpint (((PslChange *) history->pdata[i - 1])->action->id, >=, ((PslChange *) history->pdata[i])->action->id);
}

/* Whether the words of a record's searched texts contain @word. */
static gboolean
contains_word (const ModelRecord *record,
               const char        *word)
{
  for (guint i = 0; i < model_get_n_cells (record->kind); i++)
    {
      const ModelCell *cell = model_get_cell (record->kind, (int) i);
      g_autofree char *folded = record->values[i] != NULL ? psl_text_fold (record->values[i]) : NULL;
      g_autofree char *padded = g_strdup_printf (" %s ", folded != NULL ? folded : "");
      g_autofree char *sought = g_strdup_printf (" %s ", word);

      if ((cell->field->flags & PSL_FIELD_SEARCHED) && strstr (padded, sought) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
check_search (StoreRun *run)
{
  const char *word = store_run_words[pick (run, 9)];
  g_autofree char *folded = psl_text_fold (word);

  for (guint k = 0; psl_kinds[k] != NULL; k++)
    {
      g_autofree char *mark = psl_store_dup_kind_mark (psl_kinds[k]);
      g_autofree char *match = g_strdup_printf ("%s AND \"%s\"", folded, mark);
      g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PslStatement) statement = NULL;

      statement = psl_db_prepare (psl_store_get_db (get_store (run)), "SELECT rowid FROM search WHERE search MATCH ?",
                                  &error);
      g_assert_no_error (error);
      psl_statement_bind_text (statement, 1, match);
      while (psl_statement_step (statement, &error))
        g_hash_table_add (found, g_memdup2 (&(gint64) { psl_statement_get_int64 (statement, 0) }, sizeof (gint64)));
      g_assert_no_error (error);

      for (guint i = 0; i < run->model->records->len; i++)
        {
          ModelRecord *record = model_get_record (run->model, i);

          if (record->kind != psl_kinds[k])
            continue;
          g_assert_cmpint (g_hash_table_remove (found, &record->rid), ==, contains_word (record, folded));
        }
      g_assert_cmpuint (g_hash_table_size (found), ==, 0);
    }
}

static void
check_sort_keys (StoreRun *run,
                 guint     index)
{
  ModelRecord *record = model_get_record (run->model, index);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (psl_store_get_db (get_store (run)),
                              "SELECT key, name FROM sort_key WHERE rid = ? AND kind = ? ORDER BY language = 'en'",
                              &error);
  g_assert_no_error (error);
  psl_statement_bind_int64 (statement, 1, record->rid);
  psl_statement_bind_text (statement, 2, record->kind->name);
  for (guint i = 0; i < 2; i++)
    {
      const char *title = record->values[i] != NULL ? record->values[i] : record->values[1 - i];
      g_autofree char *key = title != NULL ? psl_collation_dup_key (i == 0 ? "fr" : "en", title) : NULL;
      g_autofree char *name = record->values[i] != NULL ? psl_text_fold (record->values[i]) : NULL;
      gconstpointer stored;
      gsize length;

      if (name != NULL && *name == '\0')
        g_set_str (&name, title);

      g_assert_true (psl_statement_step (statement, &error));
      stored = psl_statement_get_blob (statement, 0, &length);
      g_assert_cmpmem (stored, length, key, (key != NULL ? strlen (key) : 0));
      g_assert_cmpstr (psl_statement_get_text (statement, 1), ==, name);
    }
}

static void
check_changed_since (StoreRun *run)
{
  PslStore *store = get_store (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) changed = psl_store_changed_since (store, run->seen_action, &error);
  GHashTableIter iter;
  gpointer key;

  g_assert_no_error (error);
  g_hash_table_iter_init (&iter, run->touched);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gint64 rid = model_get_record (run->model, GPOINTER_TO_UINT (key) - 1)->rid;
      gboolean found = FALSE;

      for (guint i = 0; i < changed->len; i++)
        found |= g_array_index (changed, gint64, i) == rid;
      g_assert_true (found);
    }
  g_hash_table_remove_all (run->touched);
  run->seen_action = psl_store_last_action (store);
}

static void
check_next (StoreRun *run)
{
  PslStore *store = get_store (run);
  g_autoptr (PslAction) next_undo = psl_store_next_undo (store, NULL);
  g_autoptr (PslAction) next_redo = psl_store_next_redo (store, NULL);
  ModelAction *undo_target = model_next_undo (run->model);
  ModelAction *redo_target = model_next_redo (run->model);

  g_assert_cmpint (next_undo != NULL ? next_undo->id : 0, ==, undo_target != NULL ? undo_target->id : 0);
  g_assert_cmpint (next_redo != NULL ? next_redo->id : 0, ==, redo_target != NULL ? redo_target->id : 0);
}

/* Everything is. */
void
store_run_check_all (StoreRun *run)
{
  for (guint i = 0; i < run->model->records->len; i++)
    {
      store_run_check_record (run, i);
      check_sort_keys (run, i);
    }
  for (guint i = 0; i < 5 && run->model->records->len > 0; i++)
    check_history (run, pick (run, run->model->records->len));
  check_search (run);
  check_changed_since (run);
  check_next (run);
  g_assert_cmpint (store_testing_number (run->stores[0], "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
}
