/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-batch.h"

#include "psl-search.h"
#include "psl-summary.h"

/* Reads the part with the number @rid; 0 for none. */
static gboolean
read_part (PslStore   *store,
           gint64      rid,
           PslRecord **part,
           GError    **error)
{
  *part = rid != 0 ? psl_store_read (store, rid, error) : NULL;
  return rid == 0 || *part != NULL;
}

static char *
quote_part (PslStore   *store,
            PslRecord  *part,
            const char *words,
            gboolean    shown)
{
  return part != NULL ? psl_summary_quote (part, psl_kind_get_label (psl_record_get_kind (part)),
                                           psl_store_get_codelists (store), words, shown)
                      : NULL;
}

/* The text in which words stand that the row doesn't show: of the record, of one of its parts,
 * or a name of a code of theirs that the page doesn't show either. */
static char *
find_snippet (PslStore    *store,
              PslRecord   *record,
              const char  *language,
              const char  *search,
              GError     **error)
{
  g_autoptr (PslSummary) summary = psl_summary_new (record, psl_store_get_codelists (store), language);
  g_autofree char *missing = psl_summary_dup_missing (summary, search);
  g_autoptr (PslRecord) whole = NULL;
  g_autoptr (PslRecord) part = NULL;
  g_autoptr (PslRecord) found = NULL;
  g_auto (GStrv) split = NULL;
  gint64 rid;
  char *snippet;

  if (missing[0] == '\0')
    return g_strdup ("");

  whole = psl_store_read (store, psl_record_get_rid (record), error);
  if (whole == NULL)
    return NULL;

  snippet = psl_summary_quote (whole, NULL, psl_store_get_codelists (store), missing, TRUE);
  if (snippet != NULL)
    return snippet;

  /* A text of a part says more than a name of a code that the page doesn't show. */
  split = psl_search_split (missing);
  if (!psl_store_find_part_with_text (store, psl_record_get_rid (record), split[0], &rid, error) ||
      !read_part (store, rid, &part, error))
    return NULL;
  snippet = quote_part (store, part, missing, TRUE);
  if (snippet == NULL)
    snippet = psl_summary_quote (whole, NULL, psl_store_get_codelists (store), missing, FALSE);
  if (snippet != NULL)
    return snippet;

  if (!psl_store_find_part (store, psl_record_get_kind (record), psl_record_get_rid (record), split[0], &rid, error) ||
      !read_part (store, rid, &found, error))
    return NULL;
  snippet = quote_part (store, found, missing, TRUE);
  if (snippet == NULL)
    snippet = quote_part (store, found, missing, FALSE);
  return snippet != NULL ? snippet : g_strdup ("");
}

/* A part is a row of its owner's table, which shows all that it has. */
static gboolean
read_whole_parts (PslStore   *store,
                  GPtrArray  *records,
                  GError    **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      PslRecord *whole;

      if (!psl_kind_is_part (psl_record_get_kind (records->pdata[i])))
        continue;

      whole = psl_store_read (store, psl_record_get_rid (records->pdata[i]), error);
      if (whole == NULL)
        return FALSE;
      g_object_unref (records->pdata[i]);
      records->pdata[i] = whole;
    }
  return TRUE;
}

/**
 * psl_record_batch_read:
 * @rids: (array length=n_rids): records
 * @language: (nullable): the language to show them in
 * @search: (nullable): the words that are searched for
 * @cancellable: (nullable): looked at between records
 *
 * Reads the contents of rows. On the register's thread.
 *
 * Returns: (transfer full): the batch, without records that are not there any
 *   more; or %NULL with an error like those of psl_store_read()
 */
PslRecordBatch *
psl_record_batch_read (PslStore     *store,
                       const gint64 *rids,
                       gsize         n_rids,
                       const char   *language,
                       const char   *search,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (PslRecordBatch) batch = g_new0 (PslRecordBatch, 1);

  batch->records = psl_store_read_listed (store, rids, n_rids, error);
  if (batch->records == NULL || !read_whole_parts (store, batch->records, error))
    return NULL;

  batch->snippets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; search != NULL && i < batch->records->len; i++)
    {
      PslRecord *record = g_ptr_array_index (batch->records, i);
      char *snippet;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      snippet = find_snippet (store, record, language, search, error);
      if (snippet == NULL)
        return NULL;
      g_ptr_array_add (batch->snippets, snippet);
    }

  return g_steal_pointer (&batch);
}

/**
 * psl_record_batch_get_snippet:
 * @nth: a record of the batch
 *
 * Returns: (nullable): the text around the words that were searched for
 */
const char *
psl_record_batch_get_snippet (const PslRecordBatch *batch,
                              guint                 nth)
{
  const char *snippet = nth < batch->snippets->len ? g_ptr_array_index (batch->snippets, nth) : "";

  return snippet[0] != '\0' ? snippet : NULL;
}

/**
 * psl_record_batch_free:
 * @batch: (transfer full) (nullable): a batch
 */
void
psl_record_batch_free (PslRecordBatch *batch)
{
  if (batch == NULL)
    return;

  g_clear_pointer (&batch->records, g_ptr_array_unref);
  g_clear_pointer (&batch->snippets, g_ptr_array_unref);
  g_free (batch);
}
