/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-check-search.h"

#include <stdlib.h>

#include "psl-store-private.h"

/*
 * Whether records are found by their words, and by no others. To look a word up, the search index
 * goes through all records that have the word: that is nothing for one record, and hours for all
 * of a large register. So the index is read once, from end to end, and the words that it has of
 * each record are added up. What the index should have of a record with another sum is put into
 * an index of its own, which makes of odd letters what the search index makes of them, and is
 * added up alike.
 */

/* Rows of an index between two looks at the cancellable. */
#define CANCEL_STEP 100000

/* As the search index; see `search` in the schema. */
#define CREATE_EXPECTED \
  "CREATE VIRTUAL TABLE temp.search_expected USING fts5 (text, content = '', detail = none," \
  " tokenize = \"unicode61 remove_diacritics 2\")"

/* The rows of an index: a word, and a record that has the word, each once. */
#define CREATE_ROWS(database, name) \
  "CREATE VIRTUAL TABLE temp." name "_row USING fts5vocab (" database ", " name ", instance)"
#define SELECT_ROWS(name) "SELECT term, doc FROM temp." name "_row"

/* The words that an index has of a record. */
typedef struct
{
  gint64 rid;
  guint64 sum;
} IndexedWords;

/**
 * PslSearchCheck:
 * @indexed: (element-type IndexedWords): what the search index has of each record, by its number
 * @expected: (element-type IndexedWords): records that are put into the index of what is expected
 */
struct _PslSearchCheck
{
  PslStore *store;
  GArray *indexed;
  GArray *expected;
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
find_words (GArray *words,
            gint64  rid)
{
  IndexedWords key = { rid, 0 };

  return words->len > 0 ? bsearch (&key, words->data, words->len, sizeof key, compare_rids) : NULL;
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

/* Adds the words of an index up.
 * @words: (element-type IndexedWords): the records, by their numbers */
static gboolean
add_up_index (PslSearchCheck  *self,
              const char      *create_rows,
              const char      *select_rows,
              GArray          *words,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  if (!psl_db_exec (self->store->db, create_rows, error))
    return FALSE;
  statement = psl_db_prepare (self->store->db, select_rows, error);
  if (statement == NULL)
    return FALSE;
  for (guint64 n = 0; psl_statement_step (statement, error); n++)
    {
      const char *word = psl_statement_get_text (statement, 0);
      IndexedWords *indexed = find_words (words, psl_statement_get_int64 (statement, 1));

      if (n % CANCEL_STEP == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (word != NULL && indexed != NULL)
        indexed->sum += get_word_value (word);
    }
  return !psl_statement_has_failed (statement);
}

/* Adds the words of a text up, each once. */
static guint64
add_up_text (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 sum = 0;

  for (gsize i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0' && g_hash_table_add (distinct, words[i]))
      sum += get_word_value (words[i]);
  return sum;
}

static gboolean
expect (PslSearchCheck  *self,
        gint64           rid,
        const char      *text,
        GError         **error)
{
  IndexedWords words = { rid, 0 };
  g_autoptr (PslStatement) statement = NULL;

  if (self->expected->len == 0 && !psl_db_exec (self->store->db, CREATE_EXPECTED, error))
    return FALSE;
  statement = psl_db_prepare (self->store->db, "INSERT INTO temp.search_expected (rowid, text) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, text);
  g_array_append_val (self->expected, words);
  return psl_statement_run (statement, error);
}

/**
 * psl_search_check_new:
 * @cancellable: (nullable): stops it
 *
 * Reads the search index. All of a check is done in one transaction, which is rolled back in the
 * end: that takes its temporary tables away.
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

  self->store = store;
  self->indexed = g_array_new (FALSE, FALSE, sizeof (IndexedWords));
  self->expected = g_array_new (FALSE, FALSE, sizeof (IndexedWords));
  if (!read_records (self, error) ||
      !add_up_index (self, CREATE_ROWS ("main", "search"), SELECT_ROWS ("search"), self->indexed, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * psl_search_check_free:
 * @self: (transfer full): a check
 */
void
psl_search_check_free (PslSearchCheck *self)
{
  g_array_unref (self->indexed);
  g_array_unref (self->expected);
  g_free (self);
}

/**
 * psl_search_check_add:
 * @record: a whole record
 *
 * Takes a record into the check.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_search_check_add (PslSearchCheck  *self,
                      PslRecord       *record,
                      GError         **error)
{
  gint64 rid = psl_record_get_rid (record);
  g_autofree char *text = psl_store_dup_indexed_text (self->store, record);
  const IndexedWords *indexed = find_words (self->indexed, rid);

  return (indexed != NULL && indexed->sum == add_up_text (text)) || expect (self, rid, text, error);
}

/**
 * psl_search_check_list_wrong:
 * @cancellable: (nullable): stops it
 *
 * Returns: (transfer full) (element-type gint64): the records taken in that the search index has
 *   other words of than they have; or %NULL with a %PSL_REGISTER_ERROR
 */
GArray *
psl_search_check_list_wrong (PslSearchCheck  *self,
                             GCancellable    *cancellable,
                             GError         **error)
{
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (self->expected->len == 0)
    return g_steal_pointer (&wrong);
  g_array_sort (self->expected, compare_rids);
  if (!add_up_index (self, CREATE_ROWS ("temp", "search_expected"), SELECT_ROWS ("search_expected"), self->expected,
                     cancellable, error))
    return NULL;
  for (guint i = 0; i < self->expected->len; i++)
    {
      const IndexedWords *expected = &g_array_index (self->expected, IndexedWords, i);
      const IndexedWords *indexed = find_words (self->indexed, expected->rid);

      if (indexed == NULL || indexed->sum != expected->sum)
        g_array_append_val (wrong, expected->rid);
    }
  return g_steal_pointer (&wrong);
}
