/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry-uses.h"

#include "psl-codelist.h"
#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-store-entry.h"

static gboolean
is_of_list (const PslField *field,
            const char     *list)
{
  return field->type == PSL_FIELD_TYPE_CODE && g_str_equal (field->codelist, list);
}

/* The names, for a filter, of the fields that hold codes of a list or, where the list is one
 * of languages, texts in a language. Parts are records of their own kind and counted
 * there. */
static GStrv
list_names (const PslKind *kind,
            const char    *list,
            const char    *language)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (is_of_list (field, list))
        g_strv_builder_add (names, field->name);
      if (language != NULL && (field->flags & PSL_FIELD_MULTILINGUAL) && field->type != PSL_FIELD_TYPE_PARTS)
        g_strv_builder_take (names, g_strdup_printf ("%s.%s", field->name, language));
      for (const PslField *row = field->rows; field->type == PSL_FIELD_TYPE_ROWS && row->name != NULL; row++)
        if (is_of_list (row, list))
          g_strv_builder_take (names, g_strdup_printf ("%s.%s", field->name, row->name));
    }
  return g_strv_builder_end (names);
}

/* A record that has the entry in two fields is counted with the first. Returns: how many,
 * or -1 on error */
static gint64
count_kind (PslStore            *store,
            const PslKind       *kind,
            const PslEntryEdit  *entry,
            GError             **error)
{
  const gboolean is_language = psl_codelist_has_tags (psl_codelist_get_default (entry->list));
  const char *const *values = is_language ? NULL : (const char *[]) { entry->code, NULL };
  g_auto (GStrv) names = list_names (kind, entry->list, is_language ? entry->code : NULL);
  g_autoptr (PslQuery) others = psl_query_new (kind);
  gint64 total = 0;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (PslQuery) query = psl_query_copy (others);
      gint64 count;

      psl_query_add_filter (query, psl_filter_new (names[i], is_language ? PSL_FILTER_NOT_EMPTY : PSL_FILTER_EQUALS,
                                                   values));
      psl_query_add_filter (others, psl_filter_new (names[i], is_language ? PSL_FILTER_EMPTY : PSL_FILTER_NONE_OF,
                                                    values));
      count = psl_store_count (store, query, error);
      if (count < 0)
        return -1;
      total += count;
    }
  return total;
}

static gpointer
describe (PslStore      *store,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (GStrvBuilder) counts = g_strv_builder_new ();
  g_auto (GStrv) listed = NULL;

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      gint64 n = count_kind (store, psl_kinds[i], data, error);
      g_autofree char *number = psl_number_format_count (n);

      if (n < 0)
        return NULL;
      if (n > 0)
        g_strv_builder_take (counts, psl_plural_fill (&psl_kinds[i]->words.total, (guint64) n, number, NULL));
    }
  listed = g_strv_builder_end (counts);
  return listed[0] != NULL ? g_strjoinv (", ", listed) : NULL;
}

/**
 * psl_entry_uses_read_async:
 * @reg: a register
 * @list: name of a code list
 * @code: code of one of its entries
 * @cancellable: (nullable): drops or interrupts it
 *
 * Counts the live records that have the entry in a field; for a language, the records that
 * have texts in it.
 */
void
psl_entry_uses_read_async (PslRegister          *reg,
                           const char           *list,
                           const char           *code,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (reg));

  psl_register_read_async (reg, PSL_LANE_LONG, describe, psl_entry_edit_new (list, code), (GDestroyNotify) psl_entry_edit_free,
                           g_free, cancellable, callback, user_data);
}

/**
 * psl_entry_uses_read_finish:
 *
 * Returns: (transfer full) (nullable): “5 projects, 4 offices”; %NULL where no record has
 *   the entry, and on error, like those of psl_store_count()
 */
char *
psl_entry_uses_read_finish (PslRegister   *reg,
                            GAsyncResult  *result,
                            GError       **error)
{
  return psl_register_finish (reg, result, error);
}
