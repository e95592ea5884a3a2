/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kind-entry.h"
#include "psl-kinds.h"
#include "psl-sql.h"
#include "psl-store-private.h"

/* The code lists of a register: the program's, those of a newer program that has written
 * to it, and what the register's own records say of entries. */

/* Where a newer program has written its lists, they count rather than this program's. */
#define SELECT_NEWER \
  "SELECT c.list, c.code, c.position, c.parent, c.withdrawn, n.language, n.name" \
  " FROM code AS c LEFT JOIN code_name AS n ON n.list = c.list AND n.code = c.code" \
  " WHERE (SELECT CAST (value AS INTEGER) FROM meta WHERE name = 'codelists-version') > ?" \
  " ORDER BY c.list, c.code"

/* Of two records for one entry, the one with the lower UUID counts, in every register. */
#define SELECT_ENTRIES \
  "SELECT e.rid FROM entry AS e CROSS JOIN record AS r ON r.rid = e.rid WHERE r.state = 0 ORDER BY r.id DESC"

static gboolean
set_failed (GError  *failure,
            GError **error)
{
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static PslCodeChange *
read_newer_code (PslStatement *statement)
{
  PslCodeChange *change = g_new0 (PslCodeChange, 1);

  change->list = g_strdup (psl_statement_get_text (statement, 0));
  change->code = g_strdup (psl_statement_get_text (statement, 1));
  change->position = (guint) MAX (psl_statement_get_int64 (statement, 2), 0);
  change->parent = g_strdup (psl_statement_get_text (statement, 3));
  change->status = psl_statement_get_int64 (statement, 4) != 0 ? PSL_CODE_STATUS_WITHDRAWN : PSL_CODE_STATUS_IN_USE;
  return change;
}

static void
take_newer_name (PslCodeChange *change,
                 PslStatement  *statement)
{
  for (guint i = 0; psl_languages[i] != NULL; i++)
    if (g_strcmp0 (psl_languages[i], psl_statement_get_text (statement, 5)) == 0)
      g_set_str (&change->names[i], psl_statement_get_text (statement, 6));
}

static gboolean
add_newer (PslStore   *self,
           GPtrArray  *changes,
           GError    **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_NEWER, error);
  PslCodeChange *change = NULL;
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_codelist_get_version ());
  while (psl_statement_step (statement, &local_error))
    {
      if (change == NULL || g_strcmp0 (change->list, psl_statement_get_text (statement, 0)) != 0 ||
          g_strcmp0 (change->code, psl_statement_get_text (statement, 1)) != 0)
        {
          change = read_newer_code (statement);
          g_ptr_array_add (changes, change);
        }
      take_newer_name (change, statement);
    }
  return set_failed (local_error, error);
}

static gboolean
add_entry (PslStore   *self,
           gint64      rid,
           GPtrArray  *changes,
           GError    **error)
{
  g_autoptr (PslRecord) record = psl_store_read (self, rid, error);
  PslCodeChange *change;

  if (record == NULL)
    return FALSE;
  change = psl_entry_dup_change (record);
  if (change != NULL)
    g_ptr_array_add (changes, change);
  return TRUE;
}

static gboolean
add_entries (PslStore   *self,
             GPtrArray  *changes,
             GError    **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_ENTRIES, error);
  GError *local_error = NULL;

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, &local_error))
    if (!add_entry (self, psl_statement_get_int64 (statement, 0), changes, error))
      return FALSE;
  return set_failed (local_error, error);
}

static PslCodelists *
read_codelists (PslStore  *self,
                GError   **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_code_change_free);

  if (!add_newer (self, changes, error) || !add_entries (self, changes, error))
    return NULL;
  return psl_codelists_new (changes);
}

/**
 * psl_store_set_codelists:
 * @codelists: the register's code lists, as another store of it has read them
 *
 * Takes lists over, for this store's thread.
 */
void
psl_store_set_codelists (PslStore      *self,
                         PslCodelists  *codelists)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (codelists != NULL);

  if (self->codelists != codelists)
    {
      g_clear_pointer (&self->codelists, psl_codelists_unref);
      self->codelists = psl_codelists_ref (codelists);
      g_hash_table_remove_all (self->code_texts);
      g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
    }
  psl_codelists_use (self->codelists);
}

/**
 * psl_store_get_codelists:
 *
 * Returns: (transfer none): the register's code lists as they were when they were last
 *   read; they live until the next change
 */
PslCodelists *
psl_store_get_codelists (PslStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->codelists;
}

/**
 * psl_store_read_codelists:
 *
 * Reads the register's code lists, where another connection may have changed them, and
 * has this store's thread use them.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_codelists (PslStore  *self,
                          GError   **error)
{
  g_autoptr (PslCodelists) codelists = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  codelists = read_codelists (self, error);
  if (codelists == NULL)
    return FALSE;
  if (self->codelists != NULL && psl_codelists_equal (self->codelists, codelists))
    return TRUE;
  psl_store_set_codelists (self, codelists);
  return TRUE;
}

static char *
dup_words (const PslCodelist *list,
           const char        *code)
{
  const PslCode *entry = list != NULL ? psl_codelist_find (list, code) : NULL;

  return entry != NULL ? psl_code_dup_search_text (entry) : NULL;
}

static void
add_if_changed (const PslCodelist *before,
                const PslCodelist *after,
                const char        *code,
                GHashTable        *codes)
{
  g_autofree char *old_words = dup_words (before, code);
  g_autofree char *new_words = dup_words (after, code);

  if (g_strcmp0 (old_words, new_words) != 0)
    g_hash_table_add (codes, g_strdup (code));
}

/* The codes of a list that people find records by with other words than before. */
static GHashTable *
find_renamed (PslCodelists *before,
              PslCodelists *after,
              const char   *name)
{
  const PslCodelist *lists[] = { psl_codelists_get_list (before, name), psl_codelists_get_list (after, name) };
  GHashTable *codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists) && lists[0] != lists[1]; i++)
    for (guint j = 0; j < psl_codelist_get_n (lists[i]); j++)
      add_if_changed (lists[0], lists[1], psl_codelist_get_nth (lists[i], j)->code, codes);
  return codes;
}

static gboolean
read_holding (PslStore        *self,
              const char      *table,
              const PslField  *field,
              GHashTable      *codes,
              GHashTable      *rids,
              GError         **error)
{
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT DISTINCT rid FROM ");
  g_autoptr (PslStatement) statement = NULL;
  GError *local_error = NULL;
  GHashTableIter iter;
  gpointer code;
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, "\"%s\" WHERE \"%s\" IN (", table, field->name);
  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      psl_sql_append (sql, is_first ? "" : ", ");
      psl_sql_append_text (sql, code);
      is_first = FALSE;
    }
  psl_sql_append (sql, ")");

  statement = psl_sql_prepare (sql, self->db, error);
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, &local_error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_hash_table_add (rids, g_memdup2 (&rid, sizeof rid));
    }
  return set_failed (local_error, error);
}

/* An entry that records hold is withdrawn rather than moved to the trash. */
static gboolean
check_unused (PslStore        *self,
              const char      *table,
              const PslField  *field,
              GHashTable      *codes,
              GError         **error)
{
  const PslCodelist *list = psl_codelists_get_list (self->codelists, field->codelist);
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer code;

  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    if (psl_codelist_find (list, code) == NULL)
      g_hash_table_add (gone, code);
  if (g_hash_table_size (gone) == 0)
    return TRUE;
  if (!read_holding (self, table, field, gone, rids, error))
    return FALSE;
  if (g_hash_table_size (rids) == 0)
    return TRUE;
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("Records have this entry. It can be withdrawn: it is not offered any more then, and they keep it."));
  return FALSE;
}

/* Adds the records of a kind that are found by what the code of a field is called. */
static gboolean
add_found_by (PslStore        *self,
              const PslKind   *kind,
              const PslField  *field,
              PslCodelists    *before,
              GHashTable      *rids,
              GError         **error)
{
  gboolean is_rows = field->type == PSL_FIELD_TYPE_ROWS;
  g_autofree char *table = is_rows ? g_strdup_printf ("%s_%s", kind->name, field->name) : g_strdup (kind->name);

  for (const PslField *cell = is_rows ? field->rows : field; cell->name != NULL; cell++)
    {
      g_autoptr (GHashTable) codes = NULL;

      if (cell->type == PSL_FIELD_TYPE_CODE)
        codes = find_renamed (before, self->codelists, cell->codelist);
      if (codes != NULL && g_hash_table_size (codes) > 0 &&
          ((self->transaction->verb == PSL_VERB_TRASH && !check_unused (self, table, cell, codes, error)) ||
           !read_holding (self, table, cell, codes, rids, error)))
        return FALSE;
      if (!is_rows)
        break;
    }
  return TRUE;
}

static gboolean
write_search_texts (PslStore    *self,
                    GHashTable  *rids,
                    GError     **error)
{
  GHashTableIter iter;
  gpointer rid;

  g_hash_table_iter_init (&iter, rids);
  while (g_hash_table_iter_next (&iter, &rid, NULL))
    if (!psl_store_write_followers (self, *(gint64 *) rid, PSL_TOUCHED_SEARCH, error))
      return FALSE;
  return TRUE;
}

/**
 * psl_store_follow_entries:
 *
 * Where the action changes entries of code lists, reads the lists again and makes the
 * search text of the records that hold those entries again, and sort keys of languages
 * that are new to the register.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_follow_entries (PslStore  *self,
                          GError   **error)
{
  g_autoptr (GHashTable) rids = NULL;

  if (!self->transaction->has_entries)
    return TRUE;
  if (self->transaction->codelists == NULL)
    self->transaction->codelists = psl_codelists_ref (self->codelists);
  if (!psl_store_read_codelists (self, error) || !psl_store_follow_languages (self, error))
    return FALSE;

  rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      if ((field->flags & PSL_FIELD_SEARCHED) &&
          !add_found_by (self, psl_kinds[i], field, self->transaction->codelists, rids, error))
        return FALSE;
  return write_search_texts (self, rids, error);
}
