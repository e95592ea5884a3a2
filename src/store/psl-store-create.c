/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-transaction.h"

/* Records that are made with all their parts. */

/* Returns @record, or where values have to be brought into their canonical form,
 * a copy that has them. */
static PslRecord *
clean_record (PslStore   *self,
              PslRecord  *record,
              GError    **error)
{
  g_autoptr (PslRecord) clean = g_object_ref (record);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      g_autofree char *canonical = NULL;

      if (!psl_store_clean_value (self, field, value, NULL, &canonical, error))
        return NULL;
      if (g_strcmp0 (canonical, value) == 0)
        continue;
      if (clean == record)
        {
          g_object_unref (clean);
          clean = psl_record_copy (record);
        }
      psl_record_set (clean, field, language, canonical);
    }
  return g_steal_pointer (&clean);
}

/* Makes the parts that a record lists as rows. */
static gboolean
insert_parts_values (PslStore        *self,
                     gint64           rid,
                     PslRecord       *record,
                     const PslField  *field,
                     GError         **error)
{
  const PslPlan *plan = psl_store_get_plan (self, psl_record_get_kind (record));
  const PslField *other;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &other, &language, &value))
    if (other == field && !psl_store_write_value (self, plan, rid, field, language, NULL, value, error))
      return FALSE;
  return TRUE;
}

static gboolean insert_parts (PslStore    *self,
                              gint64       rid,
                              const char  *id,
                              PslRecord   *record,
                              GError     **error);

/* Inserts a record whose values are canonical, with its parts. For a record that is no part,
 * @owner is 0 and @owner_id is NULL. */
static gint64
insert_clean (PslStore    *self,
              PslRecord   *record,
              gint64       owner,
              const char  *owner_id,
              GError     **error)
{
  g_autofree char *id = NULL;
  GError *local_error = NULL;
  gint64 rid = psl_store_insert_one (self, record, owner, owner_id, &id, error);

  if (rid == 0 || insert_parts (self, rid, id, record, &local_error))
    return rid;
  psl_store_take_back (self, rid, local_error, error);
  return 0;
}

static gboolean
insert_parts (PslStore    *self,
              gint64       rid,
              const char  *id,
              PslRecord   *record,
              GError     **error)
{
  const PslKind *kind = psl_record_get_kind (record);

  for (const PslField *field = psl_kind_next_parts (kind, NULL); field != NULL; field = psl_kind_next_parts (kind, field))
    {
      GPtrArray *parts = psl_record_get_parts (record, field);

      for (guint i = 0; parts != NULL && i < parts->len; i++)
        {
          g_autoptr (PslRecord) clean = clean_record (self, g_ptr_array_index (parts, i), error);

          if (clean == NULL || insert_clean (self, clean, rid, id, error) == 0)
            return FALSE;
        }
      if (field->rows != NULL && !insert_parts_values (self, rid, record, field, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_store_create:
 * @kind: the kind of the new record
 * @id: (nullable): its UUID; %NULL for a new one
 *
 * Makes an empty record as part of the action.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_INVALID where there
 *   is a record with this UUID already
 */
gint64
psl_store_create (PslStore       *self,
                  const PslKind  *kind,
                  const char     *id,
                  GError        **error)
{
  g_autoptr (PslRecord) record = NULL;

  g_return_val_if_fail (self != NULL && kind != NULL, 0);

  record = psl_record_new (kind, 0, id);
  return psl_store_insert (self, record, error);
}

/**
 * psl_store_insert:
 * @record: its values and, where it is not new everywhere, its UUID; it is not
 *   changed
 *
 * Makes a record with all its values and parts as part of the action. In the journal it is
 * one row, and one a part, whatever it holds. Values are brought into their canonical form. A
 * part comes behind the other parts of its owner.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_INVALID where a value
 *   is refused, or there is no record that a part can belong to: the record is not made
 *   then, and the action can go on
 */
gint64
psl_store_insert (PslStore   *self,
                  PslRecord  *record,
                  GError    **error)
{
  g_autoptr (PslRecord) clean = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (PSL_IS_RECORD (record), 0);

  if (!psl_store_check_action (self, error))
    return 0;
  clean = clean_record (self, record, &local_error);
  if (clean != NULL)
    return psl_store_insert_canonical (self, clean, error);
  psl_store_note_failure (self, local_error, error);
  return 0;
}

/**
 * psl_store_insert_canonical:
 * @record: as for psl_store_insert(), with values as psl_field_normalise() gives them
 *
 * Like psl_store_insert(), for an import, which has just read each value: it is
 * not read again.
 *
 * Returns: as psl_store_insert()
 */
gint64
psl_store_insert_canonical (PslStore   *self,
                            PslRecord  *record,
                            GError    **error)
{
  const PslField *owner_field;
  const char *owner_id;
  GError *local_error = NULL;
  gint64 owner = 0;
  gint64 rid = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (PSL_IS_RECORD (record), 0);

  if (!psl_store_check_action (self, error))
    return 0;
  owner_field = psl_kind_get_owner_field (psl_record_get_kind (record));
  owner_id = owner_field != NULL ? psl_record_get (record, owner_field, NULL) : NULL;
  if (owner_field == NULL ||
      psl_store_find_new_owner (self, psl_record_get_kind (record), owner_id, &owner, &local_error))
    rid = insert_clean (self, record, owner, owner_id, &local_error);
  if (rid != 0)
    self->transaction->n_created += owner < self->transaction->first_rid;
  else
    psl_store_note_failure (self, local_error, error);
  return rid;
}
