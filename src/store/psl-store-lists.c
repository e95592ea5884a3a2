/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-action.h"
#include "psl-entry.h"
#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-sql.h"
#include "psl-store-private.h"

/* The code lists of a register: the program's, the lists of a newer program that has written
 * to it, and the register's own changes to entries. */

/* Where a newer program has written its lists, they count rather than this program's. */
#define SELECT_NEWER \
  "SELECT c.list, c.code, c.position, c.parent, c.withdrawn, n.language, n.name" \
  " FROM code AS c LEFT JOIN code_name AS n ON n.list = c.list AND n.code = c.code" \
  " WHERE (SELECT CAST (value AS INTEGER) FROM meta WHERE name = 'codelists-version') > ?" \
  " ORDER BY c.list, c.code"

/* Of two records for one entry, the one with the lower UUID counts, in every register. */
#define SELECT_ENTRIES \
  "SELECT e.rid FROM \"%s\" AS e CROSS JOIN record AS r ON r.rid = e.rid WHERE r.state = 0 ORDER BY r.id DESC"

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

static gboolean
add_newer (PslStore   *self,
           GPtrArray  *changes,
           GError    **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_NEWER, error);
  PslCodeChange *change = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, psl_codelist_get_version ());
  while (psl_statement_step (statement, error))
    {
      if (change == NULL || g_strcmp0 (change->list, psl_statement_get_text (statement, 0)) != 0 ||
          g_strcmp0 (change->code, psl_statement_get_text (statement, 1)) != 0)
        {
          change = read_newer_code (statement);
          g_ptr_array_add (changes, change);
        }
      if (psl_statement_get_text (statement, 5) != NULL)
        psl_names_set (&change->names, psl_statement_get_text (statement, 5), psl_statement_get_text (statement, 6));
    }
  return !psl_statement_has_failed (statement);
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
  g_autofree char *sql = g_strdup_printf (SELECT_ENTRIES, psl_entry_get_kind ()->name);
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    if (!add_entry (self, psl_statement_get_int64 (statement, 0), changes, error))
      return FALSE;
  return !psl_statement_has_failed (statement);
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
 * Takes lists over.
 */
void
psl_store_set_codelists (PslStore     *self,
                         PslCodelists *codelists)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (codelists != NULL);

  if (self->codelists == codelists)
    return;
  g_clear_pointer (&self->codelists, psl_codelists_unref);
  self->codelists = psl_codelists_ref (codelists);
  g_hash_table_remove_all (self->code_texts);
  g_clear_pointer (&self->sort_languages, g_ptr_array_unref);
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
 * Reads the register's code lists, where another connection may have changed them.
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

/**
 * Column: codes that records hold.
 * @field: a field of a kind
 * @cell: the same; of a list one of its columns
 */
typedef struct
{
  const PslField *field;
  const PslField *cell;
  char *table;
} Column;

static void
column_clear (Column *column)
{
  g_free (column->table);
}

static void
add_column (GArray         *columns,
            const PslField *field,
            const PslField *cell,
            char           *table)
{
  Column column = { field, cell, table };

  g_array_append_val (columns, column);
}

/* All columns of all kinds. */
static GArray *
list_columns (void)
{
  GArray *columns = g_array_new (FALSE, FALSE, sizeof (Column));

  g_array_set_clear_func (columns, (GDestroyNotify) column_clear);
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      {
        if (field->type == PSL_FIELD_TYPE_CODE)
          add_column (columns, field, field, g_strdup (psl_kinds[i]->name));
        for (const PslField *cell = field->type == PSL_FIELD_TYPE_ROWS ? field->rows : NULL;
             cell != NULL && cell->name != NULL; cell++)
          if (cell->type == PSL_FIELD_TYPE_CODE)
            add_column (columns, field, cell, g_strdup_printf ("%s_%s", psl_kinds[i]->name, field->name));
      }
  return columns;
}

static void
append_holding (PslSql       *sql,
                const Column *column,
                GHashTable   *codes)
{
  GHashTableIter iter;
  gpointer code;
  gboolean is_first = TRUE;

  psl_sql_append_printf (sql, " FROM \"%s\" AS k WHERE k.\"%s\" IN (", column->table, column->cell->name);
  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    {
      psl_sql_append (sql, is_first ? "" : ", ");
      psl_sql_append_text (sql, code);
      is_first = FALSE;
    }
  psl_sql_append (sql, ")");
}

static gboolean
read_holding (PslStore      *self,
              const Column  *column,
              GHashTable    *codes,
              GHashTable    *rids,
              GError       **error)
{
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT DISTINCT k.rid");
  g_autoptr (PslStatement) statement = NULL;

  append_holding (sql, column, codes);
  statement = psl_sql_prepare (sql, self->db, error);
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_hash_table_add (rids, g_memdup2 (&rid, sizeof rid));
    }
  return !psl_statement_has_failed (statement);
}

/* Whether a record holds one of the codes. Records that were removed for good don't count,
 * nor their parts. Undoing an action takes the register back to its former state: then only
 * records that got the code later stand in the way. */
static gboolean
is_held (PslStore      *self,
         const Column  *column,
         GHashTable    *codes,
         gboolean      *held,
         GError       **error)
{
  const PslAction *target = self->transaction->target;
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT 1");
  g_autoptr (PslStatement) statement = NULL;

  append_holding (sql, column, codes);
  psl_sql_append (sql, " AND NOT EXISTS (" PSL_STORE_WITH_OWNERS ("k.rid")
                       " SELECT 1 FROM up CROSS JOIN record AS r USING (rid) WHERE r.state = -1)");
  if (target != NULL)
    {
      psl_sql_append (sql, " AND EXISTS (SELECT 1 FROM change AS c WHERE c.rid = k.rid AND c.action > ");
      psl_sql_append_int64 (sql, target->id);
      psl_sql_append (sql, " AND (c.content IS NOT NULL OR c.field = ");
      psl_sql_append_text (sql, column->field->name);
      psl_sql_append (sql, "))");
    }
  psl_sql_append (sql, " LIMIT 1");
  statement = psl_sql_prepare (sql, self->db, error);
  if (statement == NULL)
    return FALSE;
  *held = psl_statement_step (statement, error);
  return !psl_statement_has_failed (statement);
}

/* An entry that records hold is withdrawn, and not taken away. */
static gboolean
check_unused (PslStore      *self,
              const Column  *column,
              GHashTable    *codes,
              GError       **error)
{
  const PslCodelist *list = psl_codelists_get_list (self->codelists, column->cell->codelist);
  g_autoptr (GHashTable) gone = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer code;
  gboolean held;

  g_hash_table_iter_init (&iter, codes);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    if (psl_codelist_find (list, code) == NULL)
      g_hash_table_add (gone, code);
  if (g_hash_table_size (gone) == 0)
    return TRUE;
  if (!is_held (self, column, gone, &held, error))
    return FALSE;
  if (!held)
    return TRUE;
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("Records have this entry. It can be withdrawn: it is not offered any more then, and they keep it."));
  return FALSE;
}

/* Checks that entries which are taken away are not in use, but for an action of another
 * register, which has decided already. Adds the records that are found by the names of the
 * codes. */
static gboolean
follow_column (PslStore      *self,
               const Column  *column,
               GHashTable    *rids,
               GError       **error)
{
  g_autoptr (GHashTable) codes = find_renamed (self->transaction->codelists, self->codelists, column->cell->codelist);

  if (g_hash_table_size (codes) == 0)
    return TRUE;
  return (self->transaction->is_receipt || check_unused (self, column, codes, error)) &&
         (!(column->field->flags & PSL_FIELD_SEARCHED) || read_holding (self, column, codes, rids, error));
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
    {
      g_autoptr (PslRecord) record = psl_store_read (self, *(gint64 *) rid, error);

      if (record == NULL || !psl_store_write_search_text (self, *(gint64 *) rid, record, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_follow_entries:
 *
 * Where the action changes entries of code lists, reads the lists again and makes the
 * search text of the records that hold those entries again, and sort keys of languages
 * that are new to the register.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where the action would take an entry away
 *   that records hold, or another %PSL_REGISTER_ERROR
 */
gboolean
psl_store_follow_entries (PslStore  *self,
                          GError   **error)
{
  g_autoptr (GHashTable) rids = NULL;
  g_autoptr (GArray) columns = NULL;

  if (!self->transaction->has_entries)
    return TRUE;
  if (self->transaction->codelists == NULL)
    self->transaction->codelists = psl_codelists_ref (self->codelists);
  if (!psl_store_read_codelists (self, error) || !psl_store_follow_languages (self, error))
    return FALSE;

  rids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  columns = list_columns ();
  for (guint i = 0; i < columns->len; i++)
    if (!follow_column (self, &g_array_index (columns, Column, i), rids, error))
      return FALSE;
  return write_search_texts (self, rids, error);
}
