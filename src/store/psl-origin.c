/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-store-private.h"
#include "psl-uuid.h"

/* A clock is milliseconds since 1970 and a counter of 16 bits. */
#define COUNTER_BITS 16
#define MAX_MILLISECONDS (G_MAXINT64 >> COUNTER_BITS)

/* How far ahead of this computer's clock that of another register may be taken for right. */
#define MAX_AHEAD (24 * G_TIME_SPAN_HOUR)

static gint64
clock_of_time (gint64 microseconds)
{
  return CLAMP (microseconds / 1000, 0, MAX_MILLISECONDS) << COUNTER_BITS;
}

/* The UUID that a register gets which had none: always the same for copies of one file, so
 * it is made of what its first action holds. A register in which nothing was done yet gets
 * a new one. */
static char *
make_id (PslStore  *self,
         GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 hash[PSL_HASH_LENGTH];
  gboolean found = FALSE;
  gint64 at = 0;

  statement = psl_db_prepare (self->db,
                              "SELECT a.at, a.author, a.verb, r.id FROM action AS a"
                              " JOIN change AS c USING (action) JOIN record AS r USING (rid)"
                              " ORDER BY a.action, r.id LIMIT 1", error);
  if (statement == NULL)
    return NULL;
  if (psl_statement_step (statement, &local_error))
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
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return found ? psl_uuid_new_from_hash (psl_clock_get_milliseconds (clock_of_time (at)), hash) : psl_uuid_new ();
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

/* What was done so far stays an other register's: that of which this one is a copy. */
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
 * psl_clock_advance:
 * @last: what the register's clock showed last
 * @now: this computer's time, in microseconds since 1970
 *
 * A register's clock is a number: milliseconds since 1970 in its upper 48 bits, and a
 * counter in the lower 16. It is never set back: where the computer's is behind, it counts.
 *
 * Returns: what the clock shows now, more than @last
 */
gint64
psl_clock_advance (gint64 last,
                   gint64 now)
{
  gint64 clock = clock_of_time (now);

  if (clock > last)
    return clock;
  return last < G_MAXINT64 ? last + 1 : last;
}

/**
 * psl_clock_receive:
 * @last: what the register's clock showed last
 * @other: what another register's showed
 * @now: this computer's time, in microseconds since 1970
 *
 * Sets a register's clock by another one, which may be wrong: it is not put ahead of this
 * computer's by more than a day.
 *
 * Returns: what the clock shows now
 */
gint64
psl_clock_receive (gint64 last,
                   gint64 other,
                   gint64 now)
{
  gint64 furthest = clock_of_time (now < G_MAXINT64 - MAX_AHEAD ? now + MAX_AHEAD : now);

  return MAX (last, MIN (other, furthest));
}

/**
 * psl_clock_get_milliseconds:
 * @clock: what a clock shows
 *
 * Returns: its milliseconds since 1970
 */
guint64
psl_clock_get_milliseconds (gint64 clock)
{
  return (guint64) (MAX (clock, 0) >> COUNTER_BITS);
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

  /* Another program may have given it one while this one waited. */
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
 * first one: what is done from now on is done by a register with a new UUID. What was done
 * before stays in the journal as what the other one did.
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
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  *number = 0;
  *hash = NULL;
  statement = psl_db_prepare (self->db, "SELECT number, lower (hex (hash)) FROM origin WHERE own AND number > 0", error);
  if (statement == NULL)
    return FALSE;
  if (psl_statement_step (statement, &local_error))
    {
      *number = psl_statement_get_int64 (statement, 0);
      *hash = g_strdup (psl_statement_get_text (statement, 1));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
