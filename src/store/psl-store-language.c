/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store-private.h"
#include "psl-text-language.h"

static int
compare_languages_cb (gconstpointer a,
                      gconstpointer b)
{
  return psl_language_compare (*(const char *const *) a, *(const char *const *) b);
}

/* Adds the languages that a live record has texts of a field in; of a field of parts, texts of
 * theirs. */
static gboolean
add_used (PslStore        *self,
          const PslKind   *kind,
          const PslField  *field,
          GPtrArray       *languages,
          GError         **error)
{
  g_autoptr (PslStatement) statement = NULL;

  for (const PslField *part = psl_field_lists_parts (field) ? field->rows : NULL; part != NULL && part->name != NULL; part++)
    if ((part->flags & PSL_FIELD_MULTILINGUAL) && !add_used (self, field->target, part, languages, error))
      return FALSE;

  statement = psl_db_prepare (self->db,
                              "SELECT DISTINCT t.language FROM text AS t CROSS JOIN record AS r USING (rid)"
                              " WHERE t.field = ? AND r.kind = ? AND r.state = 0", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, field->name);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, error))
    {
      const char *language = psl_statement_get_text (statement, 0);

      if (!g_strv_contains ((const char *const *) languages->pdata, language))
        g_ptr_array_add (languages, g_strdup (language));
    }
  return !psl_statement_has_failed (statement);
}

/**
 * psl_store_list_languages:
 * @kind: a kind
 * @field: one of its multilingual fields
 *
 * Returns: (transfer full): the tags of the languages that have a column for texts of the
 *   field, or of the parts that it lists: the languages of the register, and any other in
 *   which a live record has a text, in the order of psl_language_compare(); or %NULL
 */
GStrv
psl_store_list_languages (PslStore        *self,
                          const PslKind   *kind,
                          const PslField  *field,
                          GError         **error)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (2, g_free, TRUE);
  g_autofree const char **own = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL, NULL);
  g_return_val_if_fail (field != NULL && (field->flags & PSL_FIELD_MULTILINGUAL), NULL);

  own = psl_text_languages_list (self->codelists);
  for (gsize i = 0; own[i] != NULL; i++)
    g_ptr_array_add (languages, g_strdup (own[i]));
  if (!add_used (self, kind, field, languages, error))
    return NULL;
  g_ptr_array_sort (languages, compare_languages_cb);
  return (GStrv) g_ptr_array_steal (languages, NULL);
}
