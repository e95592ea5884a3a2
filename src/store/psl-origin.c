/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-origin.h"

#include <string.h>

#include "psl-clock.h"
#include "psl-store-private.h"
#include "psl-uuid.h"

/* The UUID for a register without one: always the same for copies of one file, so it is made
 * of the first action. A register without actions gets a random one. */
static char *
make_id (PslStore  *self,
         GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  guint8 hash[PSL_HASH_LENGTH];
  gboolean found = FALSE;
  gint64 at = 0;

  statement = psl_db_prepare (self->db,
                              "SELECT a.at, a.author, a.verb, r.id FROM action AS a"
                              " JOIN change AS c USING (action) JOIN record AS r USING (rid)"
                              " ORDER BY a.action, r.id LIMIT 1", error);
  if (statement == NULL)
    return NULL;
  if (psl_statement_step (statement, error))
    {
      PslHashedChange first = { .field = "", .language = "" };

      at = psl_statement_get_int64 (statement, 0);
      first.base_number = at;
      first.old_value = psl_statement_get_text (statement, 1);
      first.new_value = psl_statement_get_text (statement, 2);
      first.record = psl_statement_get_text (statement, 3);
      psl_hash_change (&first, hash);
      found = TRUE;
    }
  if (psl_statement_has_failed (statement))
    return NULL;
  return found ? psl_uuid_new_from_hash (psl_clock_get_milliseconds (psl_clock_advance (0, at)), hash) : psl_uuid_new ();
}

static gboolean
insert_own (PslStore    *self,
            const char  *id,
            GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "INSERT INTO origin (id, own) VALUES (?, 1)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  return psl_statement_run (statement, error);
}

/* The actions so far stay another register's: the one that this register is a copy of. */
static gboolean
declare_copy (PslStore    *self,
              const char  *id,
              GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 clock;

  if (!psl_db_get_int64 (self->db, "SELECT clock FROM origin WHERE own", &clock, error) ||
      !psl_db_exec (self->db, "UPDATE origin SET own = NULL WHERE own", error) ||
      !insert_own (self, id, error))
    return FALSE;
  statement = psl_db_prepare (self->db, "UPDATE origin SET clock = ? WHERE own", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, clock);
  return psl_statement_run (statement, error);
}

/**
 * psl_origin_ensure:
 *
 * Gives a register a UUID that has none yet.
 */
gboolean
psl_origin_ensure (PslStore  *self,
                   GError   **error)
{
  g_autofree char *id = NULL;
  gint64 n_own;

  if (!psl_db_get_int64 (self->db, "SELECT count (*) FROM origin WHERE own", &n_own, error))
    return FALSE;
  if (n_own > 0)
    return TRUE;

  /* Another program may have given the register an origin while this one waited. */
  if (!psl_db_begin (self->db, error))
    return FALSE;
  if (psl_db_get_int64 (self->db, "SELECT count (*) FROM origin WHERE own", &n_own, error))
    {
      id = n_own == 0 ? make_id (self, error) : NULL;
      if ((n_own > 0 || (id != NULL && insert_own (self, id, error))) && psl_db_commit (self->db, error))
        return TRUE;
    }
  psl_db_rollback (self->db);
  return FALSE;
}

/**
 * psl_store_dup_register_id:
 *
 * Returns: (transfer full): the register's UUID, or %NULL with a %PSL_REGISTER_ERROR
 */
char *
psl_store_dup_register_id (PslStore  *self,
                           GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, "SELECT id FROM origin WHERE own", error);
  if (statement == NULL)
    return NULL;
  if (psl_statement_step (statement, error))
    return g_strdup (psl_statement_get_text (statement, 0));
  if (error == NULL || *error == NULL)
    psl_db_set_error (self->db, SQLITE_CORRUPT, error);
  return NULL;
}

/**
 * psl_store_declare_copy:
 *
 * Makes the register one of its own, as a copy of a file has to be that is kept beside the
 * first one: later actions are made by a register with a new UUID. Earlier actions stay in
 * the journal as the other register's.
 *
 * Returns: (transfer full): the new UUID, or %NULL with a %PSL_REGISTER_ERROR
 */
char *
psl_store_declare_copy (PslStore  *self,
                        GError   **error)
{
  g_autofree char *id = psl_uuid_new ();

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->transaction == NULL, NULL);

  if (!psl_db_begin (self->db, error))
    return NULL;
  if (declare_copy (self, id, error) && psl_db_commit (self->db, error))
    return g_steal_pointer (&id);
  psl_db_rollback (self->db);
  return NULL;
}

/**
 * psl_store_read_chain_end:
 * @number: (out): the number of the last action of the register; 0 for none
 * @hash: (out) (nullable) (transfer full): its hash, in hexadecimal; %NULL for none
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_store_read_chain_end (PslStore  *self,
                          gint64    *number,
                          char     **hash,
                          GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  *number = 0;
  *hash = NULL;
  statement = psl_db_prepare (self->db, "SELECT number, lower (hex (hash)) FROM origin WHERE own AND number > 0", error);
  if (statement == NULL)
    return FALSE;
  if (psl_statement_step (statement, error))
    {
      *number = psl_statement_get_int64 (statement, 0);
      *hash = g_strdup (psl_statement_get_text (statement, 1));
    }
  return !psl_statement_has_failed (statement);
}
