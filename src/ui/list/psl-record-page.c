/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-page.h"
#include "psl-summary.h"

static char *
find_snippet (PslStore    *store,
              PslRecord   *record,
              const char  *language,
              const char  *search,
              GError     **error)
{
  g_autoptr (PslSummary) summary = psl_summary_new (record, language);
  g_autoptr (PslRecord) whole = NULL;
  char *snippet;

  if (psl_summary_has_all (summary, search))
    return g_strdup ("");

  whole = psl_store_read (store, psl_record_get_rid (record), error);
  if (whole == NULL)
    return NULL;

  snippet = psl_summary_find_elsewhere (summary, whole, search);

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
 * psl_record_page_read:
 * @rids: (array length=n_rids): records
 * @language: (nullable): the language to show them in
 * @search: (nullable): what is searched for
 * @cancellable: (nullable): looked at between records
 *
 * Reads what rows show. On the register's thread.
 *
 * Returns: (transfer full): the page, without records that are not there any
 *   more; or %NULL with an error like those of psl_store_read()
 */
PslRecordPage *
psl_record_page_read (PslStore      *store,
                      const gint64  *rids,
                      gsize          n_rids,
                      const char    *language,
                      const char    *search,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (PslRecordPage) page = g_new0 (PslRecordPage, 1);

  page->records = psl_store_read_listed (store, rids, n_rids, error);
  if (page->records == NULL || !read_whole_parts (store, page->records, error))
    return NULL;

  page->snippets = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; search != NULL && i < page->records->len; i++)
    {
      PslRecord *record = g_ptr_array_index (page->records, i);
      char *snippet;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      snippet = find_snippet (store, record, language, search, error);
      if (snippet == NULL)
        return NULL;
      g_ptr_array_add (page->snippets, snippet);
    }

  return g_steal_pointer (&page);
}

/**
 * psl_record_page_get_snippet:
 * @nth: a record of the page
 *
 * Returns: (nullable): the text around what was searched for
 */
const char *
psl_record_page_get_snippet (const PslRecordPage *page,
                             guint                nth)
{
  const char *snippet = nth < page->snippets->len ? g_ptr_array_index (page->snippets, nth) : "";

  return snippet[0] != '\0' ? snippet : NULL;
}

/**
 * psl_record_page_free:
 * @page: (transfer full) (nullable): a page
 */
void
psl_record_page_free (PslRecordPage *page)
{
  if (page == NULL)
    return;

  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_clear_pointer (&page->snippets, g_ptr_array_unref);
  g_free (page);
}
