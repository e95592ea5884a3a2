/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The records that have the words of a search.
 *
 * The search index has a row for each record and each part. A record is found where each word
 * stands in its own row or in the row of a live part, at whatever depth. Rows come in the
 * order of their numbers, and parts mostly stand together, so the records that have one word
 * are gathered in a plain array, which the records of the next word then narrow down: SQLite
 * would sort each word's rows into a table of its own.
 */

#include "config.h"

#include "psl-store-private.h"

#include <string.h>

#include "psl-kinds.h"
#include "psl-search.h"
#include "psl-words.h"

/* Up to this many records, each is asked for the next word, instead of reading all records
 * that have the word. */
#define MAX_ASKED 40

/* How many parts of a record are looked through for a word. */
#define MAX_READ 200

/* The longest first: they are the rarest, as a rule. */
static int
compare_lengths (gconstpointer a,
                 gconstpointer b)
{
  gsize one = strlen (*(char *const *) a);
  gsize other = strlen (*(char *const *) b);

  return one < other ? 1 : one > other ? -1 : 0;
}

/* Sorts the rids, and leaves each once. */
static void
sort_rids (GArray *rids)
{
  gboolean is_sorted = TRUE;
  guint n = 0;

  for (guint i = 1; i < rids->len && is_sorted; i++)
    is_sorted = g_array_index (rids, gint64, i - 1) <= g_array_index (rids, gint64, i);
  if (!is_sorted)
    g_array_sort (rids, psl_store_compare_rids);
  for (guint i = 0; i < rids->len; i++)
    {
      gint64 rid = g_array_index (rids, gint64, i);

      if (n == 0 || g_array_index (rids, gint64, n - 1) != rid)
        g_array_index (rids, gint64, n++) = rid;
    }
  g_array_set_size (rids, n);
}

/* Keeps the elements of @rids that @others has, too; both rise. */
static void
intersect_rids (GArray       *rids,
                const GArray *others)
{
  guint n = 0;

  for (guint i = 0, j = 0; i < rids->len && j < others->len;)
    {
      gint64 one = g_array_index (rids, gint64, i);
      gint64 other = g_array_index (others, gint64, j);

      if (one == other)
        g_array_index (rids, gint64, n++) = one;
      i += one <= other;
      j += other <= one;
    }
  g_array_set_size (rids, n);
}

static gboolean
append_rids (PslStore      *self,
             PslStatement  *statement,
             GArray        *rids,
             GError       **error)
{
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      /* The parts of one record follow each other. */
      if (rids->len == 0 || g_array_index (rids, gint64, rids->len - 1) != rid)
        g_array_append_val (rids, rid);
    }
  return !psl_statement_has_failed (statement);
}

/* Prepares @sql, with the words that a row of a kind has to match for its first parameter. */
static PslStatement *
prepare_match (PslStore       *self,
               const char     *sql,
               const PslKind  *kind,
               const char     *match,
               GError        **error)
{
  g_autofree char *mark = psl_store_dup_kind_mark (kind);
  g_autofree char *marked = g_strdup_printf ("%s AND \"%s\"", match, mark);
  PslStatement *statement = psl_db_prepare (self->db, sql, error);

  if (statement != NULL)
    psl_statement_bind_text (statement, 1, marked);
  return statement;
}

/* Appends the records of a kind that match in their own row or in the row of a part.
 *
 * @part: the kind of the part, or the kind itself
 * @depth: how far below the record it stands */
static gboolean
append_matches (PslStore       *self,
                const PslKind  *part,
                guint           depth,
                const char     *match,
                GArray         *rids,
                GError        **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (PslStatement) statement = NULL;

  /* A part of the record is p1, the part of that p2. */
  g_string_append_printf (sql, "SELECT %s FROM search AS s", depth == 0 ? "s.rowid" : "p1.owner");
  for (guint i = depth; i > 0; i--)
    {
      g_autofree char *below = i == depth ? g_strdup ("s.rowid") : g_strdup_printf ("p%u.owner", i + 1);

      g_string_append_printf (sql, " CROSS JOIN record AS p%u ON p%u.rid = %s AND p%u.state = 0", i, i, below, i);
    }
  g_string_append (sql, " WHERE s.search MATCH ?");
  statement = prepare_match (self, sql->str, part, match, error);
  if (statement == NULL || !append_rids (self, statement, rids, error))
    return FALSE;

  for (const PslField *field = psl_kind_next_parts (part, NULL); field != NULL; field = psl_kind_next_parts (part, field))
    {
      if (!append_matches (self, field->target, depth + 1, match, rids, error))
        return FALSE;
    }
  return TRUE;
}

/* Finds the row that matches: the row of the record @rid, or with a @depth the row of a part of
 * it; 0 where there is none. For @part and @depth see append_matches(). */
static gboolean
find_matching_row (PslStore       *self,
                   const PslKind  *part,
                   guint           depth,
                   const char     *match,
                   gint64          rid,
                   gint64         *found,
                   GError        **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (PslStatement) statement = NULL;

  g_string_append_printf (sql, "SELECT p%u.rid FROM record AS p0", depth);
  for (guint i = 1; i <= depth; i++)
    g_string_append_printf (sql, " CROSS JOIN record AS p%u ON p%u.owner = p%u.rid AND p%u.state = 0", i, i, i - 1, i);
  g_string_append_printf (sql, " CROSS JOIN search AS s ON s.rowid = p%u.rid"
                          " WHERE s.search MATCH ? AND p0.rid = ? AND p%u.kind = '%s' LIMIT 1", depth, depth, part->name);
  statement = prepare_match (self, sql->str, part, match, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 2, rid);
  *found = psl_statement_step (statement, error) ? psl_statement_get_int64 (statement, 0) : 0;
  return !psl_statement_has_failed (statement);
}

/* Finds the row of a part that matches, at whatever depth below the kind @part of the record @rid
 * or of its parts, where nothing is @found yet. */
static gboolean
find_matching_part (PslStore       *self,
                    const PslKind  *part,
                    guint           depth,
                    const char     *match,
                    gint64          rid,
                    gint64         *found,
                    GError        **error)
{
  for (const PslField *field = psl_kind_next_parts (part, NULL); *found == 0 && field != NULL;
       field = psl_kind_next_parts (part, field))
    {
      if (!find_matching_row (self, field->target, depth + 1, match, rid, found, error) ||
          !find_matching_part (self, field->target, depth + 1, match, rid, found, error))
        return FALSE;
    }
  return TRUE;
}

/* The records of a kind of which a row matches, rising. */
static GArray *
find_matches (PslStore       *self,
              const PslKind  *kind,
              const char     *match,
              GError        **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!append_matches (self, kind, 0, match, rids, error))
    return NULL;
  sort_rids (rids);
  return g_steal_pointer (&rids);
}

/* Keeps the records of @rids, which are few, that have a matching row. */
static gboolean
ask_for_matches (PslStore       *self,
                 const PslKind  *kind,
                 const char     *match,
                 GArray         *rids,
                 GError        **error)
{
  guint n = 0;

  for (guint i = 0; i < rids->len; i++)
    {
      gint64 rid = g_array_index (rids, gint64, i);
      gint64 found;

      if (!find_matching_row (self, kind, 0, match, rid, &found, error) ||
          !find_matching_part (self, kind, 0, match, rid, &found, error))
        return FALSE;
      if (found != 0)
        g_array_index (rids, gint64, n++) = rid;
    }
  g_array_set_size (rids, n);
  return TRUE;
}

/**
 * psl_store_find_words:
 * @kind: the kind of the records
 * @words: the text that a person typed into a search field, with a word at least
 *
 * Finds the records of a kind that have all the words, or words that begin with them,
 * themselves or in live parts, in whatever state they are.
 *
 * Returns: (transfer full) (element-type gint64): the rids, rising; %NULL where they can't
 *   be read, with %G_IO_ERROR_CANCELLED where that was interrupted
 */
GArray *
psl_store_find_words (PslStore       *self,
                      const PslKind  *kind,
                      const char     *words,
                      GError        **error)
{
  g_autofree char *all = NULL;
  g_auto (GStrv) split = psl_search_split (words);
  guint n_words = g_strv_length (split);
  g_autoptr (GArray) rids = NULL;

  /* The index joins the words of a single row itself. */
  if (psl_kind_next_parts (kind, NULL) == NULL || n_words < 2)
    return psl_words_dup_match (self->db, words, &all, error) ? find_matches (self, kind, all, error) : NULL;

  qsort (split, n_words, sizeof *split, compare_lengths);
  for (guint i = 0; i < n_words && (rids == NULL || rids->len > 0); i++)
    {
      g_autofree char *match = NULL;
      g_autoptr (GArray) matching = NULL;

      if (!psl_words_dup_match (self->db, split[i], &match, error))
        return NULL;
      if (rids != NULL && rids->len <= MAX_ASKED)
        {
          if (!ask_for_matches (self, kind, match, rids, error))
            return NULL;
          continue;
        }
      matching = find_matches (self, kind, match, error);
      if (matching == NULL)
        return NULL;
      if (rids == NULL)
        rids = g_steal_pointer (&matching);
      else
        intersect_rids (rids, matching);
    }
  return g_steal_pointer (&rids);
}

/**
 * psl_store_find_part:
 * @kind: the kind of the record
 * @rid: a record
 * @words: the text that a person typed into a search field, with a word at least
 * @found: (out): return location for the rid of the first of its live parts, at whatever
 *   depth, that has all the words; 0 where none has
 *
 * Finds where the words of a search stand beside the record itself. On the store's thread.
 *
 * Returns: whether that could be read, as psl_store_find_words() says
 */
gboolean
psl_store_find_part (PslStore       *self,
                     const PslKind  *kind,
                     gint64          rid,
                     const char     *words,
                     gint64         *found,
                     GError        **error)
{
  g_autofree char *match = NULL;

  g_return_val_if_fail (kind != NULL, FALSE);
  g_return_val_if_fail (found != NULL, FALSE);

  *found = 0;
  return psl_words_dup_match (self->db, words, &match, error) &&
         find_matching_part (self, kind, 0, match, rid, found, error);
}

/**
 * psl_store_find_part_with_text:
 * @rid: a record
 * @words: the text that a person typed into a search field
 * @found: (out): return location for the rid of the first of its live parts, at whatever
 *   depth, that has one of the words in a text; 0 where none of the first parts has
 *
 * Looks through the texts themselves. Asking the search index costs more where many records
 * have words that begin so. On the store's thread.
 *
 * Returns: whether that could be read, as psl_store_find_words() says
 */
gboolean
psl_store_find_part_with_text (PslStore    *self,
                               gint64       rid,
                               const char  *words,
                               gint64      *found,
                               GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (words != NULL, FALSE);
  g_return_val_if_fail (found != NULL, FALSE);

  *found = 0;
  statement = psl_db_prepare (self->db,
                              "WITH RECURSIVE part (rid) AS (SELECT rid FROM record WHERE owner = ? AND state = 0"
                              " UNION ALL SELECT r.rid FROM part AS p CROSS JOIN record AS r"
                              " ON r.owner = p.rid AND r.state = 0 LIMIT " G_STRINGIFY (MAX_READ) ")"
                              " SELECT t.rid, t.text FROM part CROSS JOIN text AS t USING (rid)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  while (*found == 0 && psl_statement_step (statement, error))
    {
      g_autoptr (GArray) marks = psl_search_marks (psl_statement_get_text (statement, 1), words);

      if (marks != NULL && marks->len > 0)
        *found = psl_statement_get_int64 (statement, 0);
    }
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_find_words_of_any_kind:
 * @words: see psl_store_find_words()
 *
 * Returns: (transfer full) (element-type gint64): as psl_store_find_words(), of records and
 *   parts of all kinds
 */
GArray *
psl_store_find_words_of_any_kind (PslStore    *self,
                                  const char  *words,
                                  GError     **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (GArray) found = psl_store_find_words (self, psl_kinds[i], words, error);

      if (found == NULL)
        return NULL;
      g_array_append_vals (rids, found->data, found->len);
    }
  sort_rids (rids);
  return g_steal_pointer (&rids);
}
