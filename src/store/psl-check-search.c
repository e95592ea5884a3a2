/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-check-search.h"

#include <stdlib.h>

#include "psl-sql.h"
#include "psl-store-private.h"

/*
 * Whether records are found by their words. To look a word up, the search index goes through all
 * records that have the word: that is nothing for one record, and hours for all of a large
 * register. So the index is read once, from end to end, and the words that it has of each
 * record are added up. Only records with another sum than their values give are looked up.
 */

/* Rows of the index between two looks at the cancellable. */
#define CANCEL_STEP 100000

/* The rows of the search index: a word, and a record that has it. */
#define CREATE_INDEX_ROWS "CREATE VIRTUAL TABLE temp.search_index_row USING fts5vocab (main, search, instance)"
#define DROP_INDEX_ROWS "DROP TABLE temp.search_index_row"
#define SELECT_INDEX_ROWS "SELECT term, doc FROM temp.search_index_row"

/* The words that the search index has of a record. */
typedef struct
{
  gint64 rid;
  guint64 sum;
} IndexedWords;

/**
 * PslSearchCheck:
 * @indexed: (element-type IndexedWords): of each record, by its number
 */
struct _PslSearchCheck
{
  PslStore *store;
  GArray *indexed;
};

/* A record has the words whose values add up to its sum. The hash alone would not do: it adds up
 * the letters, so that letters which change places between two words would give the same sum. */
static guint64
get_word_value (const char *word)
{
  guint64 hash = g_str_hash (word);

  return hash * hash;
}

static int
compare_rids (const void *a,
              const void *b)
{
  const IndexedWords *one = a;
  const IndexedWords *other = b;

  return (one->rid > other->rid) - (one->rid < other->rid);
}

static IndexedWords *
find_indexed (PslSearchCheck *self,
              gint64          rid)
{
  IndexedWords key = { rid, 0 };

  return bsearch (&key, self->indexed->data, self->indexed->len, sizeof key, compare_rids);
}

static gboolean
read_records (PslSearchCheck  *self,
              GError         **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->store->db, "SELECT rid FROM record ORDER BY rid", error);

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      IndexedWords words = { psl_statement_get_int64 (statement, 0), 0 };

      g_array_append_val (self->indexed, words);
    }
  return !psl_statement_has_failed (statement);
}

static gboolean
add_up_index (PslSearchCheck  *self,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->store->db, SELECT_INDEX_ROWS, error);

  if (statement == NULL)
    return FALSE;
  for (guint64 n = 0; psl_statement_step (statement, error); n++)
    {
      const char *word = psl_statement_get_text (statement, 0);
      IndexedWords *indexed = find_indexed (self, psl_statement_get_int64 (statement, 1));

      if (n % CANCEL_STEP == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (word != NULL && indexed != NULL)
        indexed->sum += get_word_value (word);
    }
  return !psl_statement_has_failed (statement);
}

static guint64
add_up (char **words)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 sum = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && g_hash_table_add (distinct, words[i]))
      sum += get_word_value (words[i]);
  return sum;
}

static gboolean
look_up (PslSearchCheck  *self,
         gint64           rid,
         char           **words,
         gboolean        *found,
         GError         **error)
{
  g_autofree char *list = g_strjoinv ("\" AND \"", words);
  g_autofree char *match = g_strdup_printf ("\"%s\"", list);
  g_autoptr (PslSql) sql = psl_sql_new (NULL);
  g_autoptr (PslStatement) statement = NULL;

  psl_sql_append (sql, "SELECT 1 FROM search WHERE search MATCH ");
  psl_sql_append_text (sql, match);
  psl_sql_append (sql, " AND rowid = ");
  psl_sql_append_int64 (sql, rid);
  statement = psl_sql_prepare (sql, self->store->db, error);
  if (statement == NULL)
    return FALSE;

  *found = psl_statement_step (statement, error);
  return !psl_statement_has_failed (statement);
}

/**
 * psl_search_check_new:
 * @cancellable: (nullable): stops it
 *
 * Reads the search index, inside the transaction in which its records are read later.
 *
 * Returns: (transfer full): what the index has of each record; or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
PslSearchCheck *
psl_search_check_new (PslStore      *store,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (PslSearchCheck) self = g_new0 (PslSearchCheck, 1);
  gboolean is_read;

  self->store = store;
  self->indexed = g_array_new (FALSE, FALSE, sizeof (IndexedWords));
  if (!read_records (self, error) || !psl_db_exec (store->db, CREATE_INDEX_ROWS, error))
    return NULL;
  is_read = add_up_index (self, cancellable, error);
  if (!psl_db_exec (store->db, DROP_INDEX_ROWS, is_read ? error : NULL))
    return NULL;
  return is_read ? g_steal_pointer (&self) : NULL;
}

/**
 * psl_search_check_free:
 * @self: (transfer full): a check
 */
void
psl_search_check_free (PslSearchCheck *self)
{
  g_array_unref (self->indexed);
  g_free (self);
}

/**
 * psl_search_check_is_found:
 * @record: a whole record
 * @found: (out): whether the search finds it by its words
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_search_check_is_found (PslSearchCheck  *self,
                           PslRecord       *record,
                           gboolean        *found,
                           GError         **error)
{
  gint64 rid = psl_record_get_rid (record);
  g_autofree char *mark = psl_store_dup_kind_mark (psl_record_get_kind (record));
  g_autofree char *text = psl_store_dup_search_text (self->store, record);
  g_autofree char *all = g_strconcat (mark, " ", text, NULL);
  g_auto (GStrv) words = g_strsplit (g_strchomp (all), " ", -1);
  const IndexedWords *indexed = find_indexed (self, rid);

  *found = indexed != NULL && indexed->sum == add_up (words);
  return *found || look_up (self, rid, words, found, error);
}
