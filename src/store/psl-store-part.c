/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-store-private.h"

/*
 * Parts: records that belong to a record.
 *
 * A part goes to the trash, and is removed, with its owner: it keeps its own state, and is
 * live where its owner is, too.
 */

/* The parts of a kind that a record has, in their order, without parts that are gone or that
 * are in the trash by themselves. */
static GArray *
read_live_parts (PslStore       *self,
                 gint64          owner,
                 const PslKind  *kind,
                 GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  statement = psl_db_prepare (self->db,
                              "SELECT rid FROM record WHERE owner = ? AND kind = ? AND state = 0 ORDER BY position, id",
                              error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, owner);
  psl_statement_bind_text (statement, 2, kind->name);
  return psl_statement_append_numbers (statement, rids, error) ? g_steal_pointer (&rids) : NULL;
}

/**
 * psl_store_find_owner:
 * @kind: a kind of parts
 * @id: (nullable): the UUID of the record that a part is to belong to
 * @owner: (out): its rid
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where none is given, or there is none
 *   that a part can belong to
 */
gboolean
psl_store_find_owner (PslStore       *self,
                      const PslKind  *kind,
                      const char     *id,
                      gint64         *owner,
                      GError        **error)
{
  const PslField *field = psl_kind_get_owner_field (kind);

  if (id != NULL)
    return psl_store_resolve_link (self, field, id, FALSE, owner, error);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: the name of a field that leads to the record that this one is a part of: “Project”. */
               _("“%s” can’t be empty: this record is a part of the record there."), psl_field_get_label (field));
  return FALSE;
}

/**
 * psl_store_find_trashed:
 * @name: (out) (nullable) (transfer full): the title of the record that is in the trash, be
 *   that @rid itself or an owner of it; %NULL where none is
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_find_trashed (PslStore  *self,
                        gint64     rid,
                        char     **name,
                        GError   **error)
{
  g_autoptr (PslRecord) record = NULL;
  gint64 trashed;

  *name = NULL;
  if (!psl_store_read_number (self,
                              PSL_STORE_WITH_OWNERS ("?")
                              " SELECT rid FROM up CROSS JOIN record USING (rid) WHERE state = 1 LIMIT 1",
                              rid, NULL, &trashed, error))
    return FALSE;
  if (trashed == 0)
    return TRUE;
  record = psl_store_read (self, trashed, error);
  if (record != NULL)
    *name = psl_record_dup_name (record, self->codelists);
  return record != NULL;
}

/**
 * psl_store_find_new_owner:
 * @kind: a kind of parts
 * @id: (nullable): the UUID of the record that a part is to go into
 * @owner: (out): its rid
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where psl_store_find_owner() finds none, or
 *   nobody would see the part, for the record or an owner of it is in the trash
 */
gboolean
psl_store_find_new_owner (PslStore       *self,
                          const PslKind  *kind,
                          const char     *id,
                          gint64         *owner,
                          GError        **error)
{
  g_autofree char *name = NULL;

  if (!psl_store_find_owner (self, kind, id, owner, error) || !psl_store_find_trashed (self, *owner, &name, error))
    return FALSE;
  if (name == NULL)
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: a record’s identifier or title */
               _("%s is in the trash. Restore it first."), name);
  return FALSE;
}

/**
 * psl_store_read_descendants:
 *
 * Returns: (transfer full) (element-type gint64): the parts of a record, and theirs, in
 *   whatever state; or %NULL
 */
GArray *
psl_store_read_descendants (PslStore  *self,
                            gint64     rid,
                            GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  statement = psl_db_prepare (self->db,
                              "WITH RECURSIVE part (rid) AS (SELECT rid FROM record WHERE owner = ?"
                              " UNION SELECT p.rid FROM part JOIN record AS p ON p.owner = part.rid)"
                              " SELECT rid FROM part", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, rid);
  return psl_statement_append_numbers (statement, rids, error) ? g_steal_pointer (&rids) : NULL;
}

/**
 * psl_store_read_parts_of_field:
 * @field: a field of parts
 *
 * Does for one field as psl_store_read_parts() does for all.
 */
gboolean
psl_store_read_parts_of_field (PslStore        *self,
                               PslRecord       *record,
                               const PslField  *field,
                               GError         **error)
{
  g_autoptr (GArray) rids = read_live_parts (self, psl_record_get_rid (record), field->target, error);

  if (rids == NULL)
    return FALSE;
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) part = psl_store_read (self, g_array_index (rids, gint64, i), error);

      if (part == NULL || !psl_store_read_parts (self, part, error))
        return FALSE;
      psl_record_add_part (record, field, part);
    }
  return TRUE;
}

/**
 * psl_store_read_parts:
 * @record: a record that was read from the register, without parts
 *
 * Adds its parts to a record, with their own parts; parts that are removed or in the trash by
 * themselves are left out.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_parts (PslStore   *self,
                      PslRecord  *record,
                      GError    **error)
{
  const PslKind *kind;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (record), FALSE);

  kind = psl_record_get_kind (record);
  for (const PslField *field = psl_kind_next_parts (kind, NULL); field != NULL; field = psl_kind_next_parts (kind, field))
    {
      if (!psl_store_read_parts_of_field (self, record, field, error))
        return FALSE;
    }
  return TRUE;
}
