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

/**
 * psl_store_list_languages:
 * @kind: a kind
 * @field: one of its multilingual fields
 *
 * Returns: (transfer full): the tags of the languages that texts of the field stand in in
 *   columns: those of the register, and any other that a live record has one in, in the
 *   order of psl_language_compare(); or %NULL
 */
GStrv
psl_store_list_languages (PslStore        *self,
                          const PslKind   *kind,
                          const PslField  *field,
                          GError         **error)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (2, g_free, TRUE);
  g_autoptr (PslStatement) statement = NULL;
  g_autofree const char **own = NULL;
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL, NULL);
  g_return_val_if_fail (field != NULL && (field->flags & PSL_FIELD_MULTILINGUAL), NULL);

  statement = psl_db_prepare (self->db,
                              "SELECT DISTINCT t.language FROM text AS t CROSS JOIN record AS r USING (rid)"
                              " WHERE t.field = ? AND r.kind = ? AND r.state = 0", error);
  if (statement == NULL)
    return NULL;
  own = psl_text_languages_list ();
  for (gsize i = 0; own[i] != NULL; i++)
    g_ptr_array_add (languages, g_strdup (own[i]));
  psl_statement_bind_text (statement, 1, field->name);
  psl_statement_bind_text (statement, 2, kind->name);
  while (psl_statement_step (statement, &local_error))
    {
      const char *language = psl_statement_get_text (statement, 0);

      if (!g_strv_contains ((const char *const *) languages->pdata, language))
        g_ptr_array_add (languages, g_strdup (language));
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  g_ptr_array_sort (languages, compare_languages_cb);
  return (GStrv) g_ptr_array_steal (languages, NULL);
}
