/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-collation.h"
#include "psl-store-private.h"
#include "psl-text-language.h"
#include "psl-text.h"

/*
 * The table `sort_key`: where the records stand in lists by title, and by which names they
 * are looked up. There is a row for each language of the program and of the register, which
 * lists are sorted by, and a row without a key for each other language in which the title has
 * a text.
 *
 * Keys of two versions of ICU don't compare. `meta` has the version of each language's keys;
 * a program that has another ICU makes them again when it opens the register for writing.
 */

/* The row of `meta` that has the version of a language's keys. */
static char *
dup_version_name (const char *language)
{
  return g_strconcat ("sort-keys ", language, NULL);
}

static gboolean
write_sort_key (PslStatement  *statement,
                const char    *language,
                const char    *key,
                const char    *name,
                GError       **error)
{
  psl_statement_bind_text (statement, 2, language);
  psl_statement_bind_blob (statement, 4, key, key != NULL ? strlen (key) : 0);
  psl_statement_bind_text (statement, 5, name);
  return psl_statement_run (statement, error);
}

static gboolean
has_language (GPtrArray  *languages,
              const char *language)
{
  return g_ptr_array_find_with_equal_func (languages, language, g_str_equal, NULL);
}

/* The tags of the languages that the register has keys of, of whatever version; @current
 * says whether all are of the ICU that the program runs with. */
static GPtrArray *
read_languages (PslStore  *self,
                gboolean  *current,
                GError   **error)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "SELECT substr (name, 11), value FROM meta WHERE name GLOB 'sort-keys *'", error);
  if (statement == NULL)
    return NULL;
  *current = TRUE;
  while (psl_statement_step (statement, error))
    {
      const char *language = psl_language_parse (psl_statement_get_text (statement, 0));
      g_autofree char *version = language != NULL ? psl_collation_dup_version (language) : NULL;

      if (language == NULL)
        continue;
      g_ptr_array_add (languages, (gpointer) language);
      *current &= g_strcmp0 (psl_statement_get_text (statement, 1), version) == 0;
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&languages) : NULL;
}

/* Adds the languages of the program and of the register that are missing. */
static void
add_read_languages (const PslCodelists *codelists,
                    GPtrArray          *languages,
                    gboolean           *current)
{
  g_autofree const char **texts = psl_text_languages_list (codelists);
  const char *const *lists[] = { psl_languages, texts };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (gsize j = 0; lists[i][j] != NULL; j++)
      if (!has_language (languages, lists[i][j]))
        {
          g_ptr_array_add (languages, (gpointer) lists[i][j]);
          *current = FALSE;
        }
}

/* Writes the names of a title in languages that no list is sorted by. */
static gboolean
write_other_names (PslStatement  *statement,
                   GPtrArray     *sorted,
                   PslRecord     *record,
                   GError       **error)
{
  g_autofree const char **languages = psl_record_list_languages (record, psl_kind_get_title (psl_record_get_kind (record)));

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      g_autofree char *name = NULL;

      if (has_language (sorted, languages[i]))
        continue;
      name = psl_store_dup_name_key (record, languages[i]);
      if (!write_sort_key (statement, languages[i], NULL, name, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_get_sort_languages:
 *
 * Returns: (transfer none) (element-type utf8): the tags of the languages that lists can be
 *   sorted by, until the next transaction or the next change of the code lists; %NULL with
 *   a %PSL_REGISTER_ERROR
 */
GPtrArray *
psl_store_get_sort_languages (PslStore  *self,
                              GError   **error)
{
  gboolean current;

  if (self->sort_languages == NULL)
    self->sort_languages = read_languages (self, &current, error);
  return self->sort_languages;
}

/**
 * psl_store_has_sort_language:
 * @language: a BCP 47 tag
 * @has: (out): whether lists can be sorted by it
 */
gboolean
psl_store_has_sort_language (PslStore    *self,
                             const char  *language,
                             gboolean    *has,
                             GError     **error)
{
  GPtrArray *languages = psl_store_get_sort_languages (self, error);

  *has = languages != NULL && has_language (languages, language);
  return languages != NULL;
}

/**
 * psl_store_dup_sort_key:
 * @language: a BCP 47 tag
 *
 * Returns: (transfer full) (nullable): where the record stands in lists by title, see
 *   psl_collation_dup_key(): by its title in @language or, where it has none there, in
 *   another; %NULL where it has none
 */
char *
psl_store_dup_sort_key (PslRecord  *record,
                        const char *language)
{
  const char *title = psl_record_get_text (record, psl_kind_get_title (psl_record_get_kind (record)), language, NULL);

  return title != NULL ? psl_collation_dup_key (language, title) : NULL;
}

/**
 * psl_store_dup_name_key:
 * @language: a BCP 47 tag
 *
 * Returns: (transfer full) (nullable): the key that the record is looked up by, see
 *   psl_text_name_key(): its title in @language itself; %NULL where it has none there
 */
char *
psl_store_dup_name_key (PslRecord  *record,
                        const char *language)
{
  const PslField *field = psl_kind_get_title (psl_record_get_kind (record));
  const char *title = psl_record_get (record, field, language);

  return title != NULL ? psl_text_name_key (title) : NULL;
}

/**
 * psl_store_write_sort_keys:
 * @rid: the number of @record
 *
 * Writes the rows of a record in `sort_key`.
 */
gboolean
psl_store_write_sort_keys (PslStore   *self,
                           gint64      rid,
                           PslRecord  *record,
                           GError    **error)
{
  GPtrArray *languages = psl_store_get_sort_languages (self, error);
  g_autoptr (PslStatement) statement = NULL;

  if (languages == NULL)
    return FALSE;
  statement = psl_db_prepare (self->db,
                              "INSERT INTO sort_key (rid, language, kind, key, name) VALUES (?, ?, ?, ?, ?)"
                              " ON CONFLICT (rid, language) DO UPDATE SET key = excluded.key, name = excluded.name",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 3, psl_record_get_kind (record)->name);
  for (guint i = 0; i < languages->len; i++)
    {
      const char *language = g_ptr_array_index (languages, i);
      g_autofree char *key = psl_store_dup_sort_key (record, language);
      g_autofree char *name = psl_store_dup_name_key (record, language);

      if (!write_sort_key (statement, language, key, name, error))
        return FALSE;
    }
  return write_other_names (statement, languages, record, error);
}

/**
 * psl_store_rewrite_sort_keys:
 * @rid: the number of @record
 *
 * Writes the rows of a record in `sort_key` that was there before, and deletes the rows of
 * languages in which its title has no text any more.
 */
gboolean
psl_store_rewrite_sort_keys (PslStore   *self,
                             gint64      rid,
                             PslRecord  *record,
                             GError    **error)
{
  return psl_store_run_for_rid (self, "DELETE FROM sort_key WHERE rid = ? AND key IS NULL AND name IS NOT NULL", rid,
                                error) &&
         psl_store_write_sort_keys (self, rid, record, error);
}

/**
 * psl_store_has_current_sort_keys:
 * @language: one of psl_store_get_sort_languages()
 * @current: (out): whether the register's keys of @language were made with the version of ICU
 *   that the program runs with
 */
gboolean
psl_store_has_current_sort_keys (PslStore    *self,
                                 const char  *language,
                                 gboolean    *current,
                                 GError     **error)
{
  g_autofree char *name = dup_version_name (language);
  g_autofree char *version = psl_collation_dup_version (language);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "SELECT 1 FROM meta WHERE name = ? AND value = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, name);
  psl_statement_bind_text (statement, 2, version);
  *current = psl_statement_step (statement, error);
  return !psl_statement_has_failed (statement);
}

static gboolean
write_versions (PslStore   *self,
                GPtrArray  *languages,
                GError    **error)
{
  g_autoptr (PslStatement) statement =
    psl_db_prepare (self->db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < languages->len; i++)
    {
      const char *language = g_ptr_array_index (languages, i);
      g_autofree char *name = dup_version_name (language);
      g_autofree char *version = psl_collation_dup_version (language);

      psl_statement_bind_text (statement, 1, name);
      psl_statement_bind_text (statement, 2, version);
      if (!psl_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_all_sort_keys (PslStore  *self,
                     GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, "SELECT rid FROM record ORDER BY rid", error);
  gint64 last;

  if (statement == NULL || !psl_store_read_last_rid (self, &last, error))
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);
      g_autoptr (PslRecord) record = psl_store_read (self, rid, error);

      if (record == NULL || !psl_store_rewrite_sort_keys (self, rid, record, error) ||
          !psl_store_step (self, rid, last, error))
        return FALSE;
    }
  return !psl_statement_has_failed (statement);
}

/* Whether all keys are there that readers need, of this ICU; @languages are theirs. */
static gboolean
has_current_keys (PslStore   *self,
                  GPtrArray **languages,
                  gboolean   *current,
                  GError    **error)
{
  *languages = read_languages (self, current, error);
  if (*languages == NULL)
    return FALSE;
  add_read_languages (self->codelists, *languages, current);
  return TRUE;
}

/**
 * psl_store_follow_languages:
 *
 * Makes the sort keys of all records, in the transaction that is going on, where the keys of
 * one of its languages are missing or were made with another version of ICU.
 */
gboolean
psl_store_follow_languages (PslStore  *self,
                            GError   **error)
{
  g_autoptr (GPtrArray) languages = NULL;
  gboolean current;

  if (!has_current_keys (self, &languages, &current, error))
    return FALSE;
  if (current)
    return TRUE;
  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
  /* While a register is opened, this is one stage of several. */
  if (self->transaction != NULL)
    psl_progress_set_what (self->progress, _("Sorting the records"));
  return write_versions (self, languages, error) && write_all_sort_keys (self, error);
}

/**
 * psl_store_renew_sort_keys:
 *
 * Does psl_store_follow_languages() in a transaction of its own, where that is needed.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR; the register is then as it was
 */
gboolean
psl_store_renew_sort_keys (PslStore  *self,
                           GError   **error)
{
  g_autoptr (GPtrArray) languages = NULL;
  gboolean current;

  if (!has_current_keys (self, &languages, &current, error))
    return FALSE;
  if (current)
    return TRUE;

  /* Another program may be making the keys, which this one waits for. */
  psl_progress_set (0.01, self->progress);
  if (!psl_db_begin (self->db, error))
    return FALSE;
  if (psl_store_follow_languages (self, error) && psl_db_commit (self->db, error))
    return TRUE;
  psl_db_rollback (self->db);
  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
  return FALSE;
}
