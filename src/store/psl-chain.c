/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-chain.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-action.h"
#include "psl-clock.h"
#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-uuid.h"

/*
 * The chain of actions: each has the hash of the one before it, and of its own content
 * (psl-hash.h). The actions of each register are a chain of their own.
 *
 * The hash is written with the action, in its transaction. An edit that goes on with the
 * last action takes its place in the chain, too: nothing has come after it.
 */

#define SELECT_CHANGES \
  "SELECT r.id, c.field, c.language, c.old, c.new, c.content, o.id, b.number FROM change AS c" \
  " JOIN record AS r USING (rid) LEFT JOIN action AS b ON b.action = c.base" \
  " LEFT JOIN origin AS o ON o.origin = b.origin WHERE c.action = ?"

/* The columns of an action that its hash is made of. */
#define SELECT_LINK \
  "SELECT a.action, a.number, a.previous, a.at, a.clock, a.author, a.verb, a.kind, a.field, a.subject, a.records," \
  " u.id, t.number, a.seen, a.hash, a.id FROM action AS a LEFT JOIN action AS t ON t.action = a.target" \
  " LEFT JOIN origin AS u ON u.origin = t.origin "

/* The actions of one register from one to another. The action that is being made has no number yet. */
#define SELECT_LINKS \
  SELECT_LINK "WHERE a.action BETWEEN ?2 AND ?3 AND a.origin = ?1 AND a.number IS NOT NULL ORDER BY a.action"

/**
 * Chain: the actions of a register, as they are looked through.
 * @origin: its number in this file
 * @id: its UUID
 * @number: of the action before the one at hand; 0 for none
 * @hash: the hash of that action
 * @has_hash: whether it has one
 */
typedef struct
{
  gint64 origin;
  char *id;
  gint64 number;
  guint8 hash[PSL_HASH_LENGTH];
  gboolean has_hash;
} Chain;

static void
chain_clear (Chain *chain)
{
  g_free (chain->id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Chain, chain_clear)

static void
append_hash (GByteArray            *hashes,
             const PslHashedChange *change)
{
  guint8 hash[PSL_HASH_LENGTH];

  psl_hash_change (change, hash);
  g_byte_array_append (hashes, hash, PSL_HASH_LENGTH);
}

/* The hashes of an action's changes, as they stand in the file. */
static GByteArray *
read_hashes (PslStore  *self,
             gint64     action,
             GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_CHANGES, error);
  g_autoptr (GByteArray) hashes = g_byte_array_new ();

  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, action);
  while (psl_statement_step (statement, error))
    {
      PslHashedChange change = {
        .record = psl_statement_get_text (statement, 0),
        .field = psl_statement_get_text (statement, 1),
        .language = psl_statement_get_text (statement, 2),
        .old_value = psl_statement_get_text (statement, 3),
        .new_value = psl_statement_get_text (statement, 4),
        .content = psl_statement_get_text (statement, 5),
        .base_origin = psl_statement_get_text (statement, 6),
        .base_number = psl_statement_get_int64 (statement, 7),
      };

      append_hash (hashes, &change);
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&hashes) : NULL;
}

/* The hash that the action at hand has to have. */
static gboolean
compute_hash (PslStore      *self,
              const Chain   *chain,
              PslStatement  *statement,
              guint8         hash[PSL_HASH_LENGTH],
              GError       **error)
{
  g_autoptr (GByteArray) changes = read_hashes (self, psl_statement_get_int64 (statement, 0), error);
  PslHashedAction action = {
    .before = chain->has_hash ? chain->hash : NULL,
    .origin = chain->id,
    .number = psl_statement_get_int64 (statement, 1),
    .previous = psl_statement_get_int64 (statement, 2),
    .at = psl_statement_get_int64 (statement, 3),
    .clock = psl_statement_get_int64 (statement, 4),
    .author = psl_statement_get_text (statement, 5),
    .verb = psl_statement_get_text (statement, 6),
    .kind = psl_statement_get_text (statement, 7),
    .field = psl_statement_get_text (statement, 8),
    .subject = psl_statement_get_text (statement, 9),
    .records = psl_statement_get_int64 (statement, 10),
    .target_origin = psl_statement_get_text (statement, 11),
    .target_number = psl_statement_get_int64 (statement, 12),
    .seen = psl_statement_get_text (statement, 13),
  };

  if (changes == NULL)
    return FALSE;
  psl_hash_action (&action, changes, hash);
  return TRUE;
}

/* Looks at the action at hand, and goes on behind it. */
static gboolean
check_link (PslStore       *self,
            Chain          *chain,
            PslStatement   *statement,
            PslChainBreak  *broken,
            GError        **error)
{
  guint8 expected[PSL_HASH_LENGTH], stored[PSL_HASH_LENGTH];
  gboolean has_hash = psl_chain_get_hash (statement, 14, stored);
  gint64 previous = psl_statement_get_int64 (statement, 2);
  g_autofree char *id = NULL;

  *broken = PSL_CHAIN_WHOLE;
  if (previous != chain->number)
    {
      *broken = PSL_CHAIN_LOST;
      return TRUE;
    }
  if (!compute_hash (self, chain, statement, expected, error))
    return FALSE;
  id = psl_chain_dup_action_id (psl_statement_get_int64 (statement, 4), expected);
  if (!has_hash || memcmp (expected, stored, PSL_HASH_LENGTH) != 0 ||
      g_strcmp0 (id, psl_statement_get_text (statement, 15)) != 0)
    *broken = PSL_CHAIN_ALTERED;
  return TRUE;
}

static void
advance (Chain        *chain,
         PslStatement *statement)
{
  chain->number = psl_statement_get_int64 (statement, 1);
  chain->has_hash = psl_chain_get_hash (statement, 14, chain->hash);
}

/* Looks through the chain from the action @first to the action @last. */
static gboolean
check_from (PslStore      *self,
            Chain         *chain,
            gint64         first,
            gint64         last,
            PslChainFunc   func,
            gpointer       user_data,
            GError       **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_LINKS, error);
  gboolean go = TRUE;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, chain->origin);
  psl_statement_bind_int64 (statement, 2, first);
  psl_statement_bind_int64 (statement, 3, last);
  while (go && psl_statement_step (statement, error))
    {
      PslChainBreak broken;

      if (!check_link (self, chain, statement, &broken, error))
        return FALSE;
      go = broken == PSL_CHAIN_WHOLE || func (psl_statement_get_int64 (statement, 0), broken, user_data);
      advance (chain, statement);
    }
  return !psl_statement_has_failed (statement);
}

/* The chain must end with the action that the register names as its last. */
static gboolean
check_end (PslStore      *self,
           const Chain   *chain,
           PslChainFunc   func,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;
  guint8 hash[PSL_HASH_LENGTH];

  statement = psl_db_prepare (self->db, "SELECT number, hash FROM origin WHERE origin = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, chain->origin);
  if (psl_statement_step (statement, error))
    {
      gint64 number = psl_statement_get_int64 (statement, 0);
      gboolean has_hash = psl_chain_get_hash (statement, 1, hash);

      if (number != chain->number)
        func (MAX (number, chain->number), PSL_CHAIN_LOST_END, user_data);
      else if (has_hash != chain->has_hash || (has_hash && memcmp (hash, chain->hash, PSL_HASH_LENGTH) != 0))
        func (number, PSL_CHAIN_ALTERED, user_data);
    }
  return !psl_statement_has_failed (statement);
}

/* The chain must reach the last of its actions that an action of another register has seen. */
static gboolean
check_seen (PslStore      *self,
            const Chain   *chain,
            PslChainFunc   func,
            gpointer       user_data,
            GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT max (s.value) FROM action AS a CROSS JOIN json_each (a.seen) AS s"
                              " WHERE a.seen IS NOT NULL AND s.key = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, chain->id);
  if (psl_statement_step (statement, error) && psl_statement_get_int64 (statement, 0) > chain->number)
    func (psl_statement_get_int64 (statement, 0), PSL_CHAIN_LOST_END, user_data);
  return !psl_statement_has_failed (statement);
}

static gboolean
read_origins (PslStore  *self,
              GArray    *chains,
              GError   **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, "SELECT origin, id FROM origin ORDER BY origin", error);

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      Chain chain = {
        .origin = psl_statement_get_int64 (statement, 0),
        .id = g_strdup (psl_statement_get_text (statement, 1)),
      };

      g_array_append_val (chains, chain);
    }
  return !psl_statement_has_failed (statement);
}

/* Every action stands in a chain. */
static gboolean
check_places (PslStore      *self,
              PslChainFunc   func,
              gpointer       user_data,
              GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT action FROM action WHERE number IS NULL OR origin NOT IN (SELECT origin FROM origin)"
                              " ORDER BY action", error);
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    func (psl_statement_get_int64 (statement, 0), PSL_CHAIN_ALTERED, user_data);
  return !psl_statement_has_failed (statement);
}

/* Gives an action its place at the end of a chain, where it has none yet. */
static gboolean
place_link (PslStore     *self,
            gint64        action,
            const Chain  *chain,
            gint64        last_clock,
            GError      **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 at;

  if (!psl_store_read_number (self, "SELECT at FROM action WHERE action = ?", action, NULL, &at, error))
    return FALSE;
  statement = psl_db_prepare (self->db,
                              "UPDATE action SET number = ifnull (number, action), previous = ?, clock = ifnull (clock, ?)"
                              " WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, chain->number);
  psl_statement_bind_int64 (statement, 2, psl_clock_advance (last_clock, at));
  psl_statement_bind_int64 (statement, 3, action);
  return psl_statement_run (statement, error);
}

static gboolean
write_link (PslStore      *self,
            gint64         action,
            gint64         clock,
            const guint8   hash[PSL_HASH_LENGTH],
            GError       **error)
{
  g_autofree char *id = psl_chain_dup_action_id (clock, hash);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE action SET hash = ?, id = ? WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_blob (statement, 1, hash, PSL_HASH_LENGTH);
  psl_statement_bind_text (statement, 2, id);
  psl_statement_bind_int64 (statement, 3, action);
  return psl_statement_run (statement, error);
}

/* An action that was written out or has come from another register keeps its hash: others have
 * it, and refuse another one. */
static gboolean
check_kept (PslStore      *self,
            gint64         action,
            const guint8   hash[PSL_HASH_LENGTH],
            GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autofree char *name = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT 1 FROM action AS a JOIN origin AS o USING (origin) WHERE a.action = ? AND a.hash IS NOT ?"
                              " AND (a.received IS NOT NULL OR a.number <= o.sealed)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  psl_statement_bind_blob (statement, 2, hash, PSL_HASH_LENGTH);
  if (!psl_statement_step (statement, error))
    return !psl_statement_has_failed (statement);
  name = psl_chain_dup_action_name (self, action);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
               /* Translators: a number and, in parentheses, what the action did and when. */
               _("Other registers have action %s, so that it can’t be changed any more."), name);
  return FALSE;
}

/* Puts an action at the end of a chain. */
static gboolean
make_link (PslStore  *self,
           gint64     action,
           Chain     *chain,
           gint64    *clock,
           GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  guint8 hash[PSL_HASH_LENGTH];

  if (!place_link (self, action, chain, *clock, error))
    return FALSE;
  statement = psl_db_prepare (self->db, SELECT_LINK "WHERE a.action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  if (!psl_statement_step (statement, error) || !compute_hash (self, chain, statement, hash, error) ||
      !check_kept (self, action, hash, error))
    return FALSE;
  *clock = psl_statement_get_int64 (statement, 4);
  chain->number = psl_statement_get_int64 (statement, 1);
  memcpy (chain->hash, hash, PSL_HASH_LENGTH);
  chain->has_hash = TRUE;
  return write_link (self, action, *clock, hash, error);
}

static gboolean
make_chain (PslStore  *self,
            Chain     *chain,
            GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gint64 clock = 0;
  gint64 action = 0;

  for (;;)
    {
      g_autoptr (PslStatement) next = NULL;
      g_autoptr (GError) local_error = NULL;
      gboolean found;

      next = psl_db_prepare (self->db,
                             "SELECT action FROM action WHERE action > ? AND origin = ? ORDER BY action LIMIT 1", error);
      if (next == NULL)
        return FALSE;
      psl_statement_bind_int64 (next, 1, action);
      psl_statement_bind_int64 (next, 2, chain->origin);
      found = psl_statement_step (next, &local_error);
      action = found ? psl_statement_get_int64 (next, 0) : 0;
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (!found)
        break;
      if (!make_link (self, action, chain, &clock, error))
        return FALSE;
    }

  statement = psl_db_prepare (self->db,
                              "UPDATE origin SET number = ?, hash = ?, clock = max (clock, ?) WHERE origin = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, chain->number);
  psl_statement_bind_blob (statement, 2, chain->has_hash ? chain->hash : NULL, PSL_HASH_LENGTH);
  psl_statement_bind_int64 (statement, 3, clock);
  psl_statement_bind_int64 (statement, 4, chain->origin);
  return psl_statement_run (statement, error);
}

static gboolean
note_first_break_cb (gint64        action,
                     PslChainBreak broken,
                     gpointer      user_data)
{
  gint64 *first = user_data;

  if (*first == 0)
    *first = action;
  return FALSE;
}

/* @chain: (out): the chain that an action stands in, up to before it */
static gboolean
find_chain (PslStore  *self,
            gint64     action,
            Chain     *chain,
            GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db,
                              "SELECT o.origin, o.id, p.number, p.hash FROM action AS a JOIN origin AS o USING (origin)"
                              " LEFT JOIN action AS p ON p.action = " PSL_ACTION_BY_NUMBER ("a.origin", "a.previous")
                              " WHERE a.action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  if (psl_statement_step (statement, error))
    {
      chain->origin = psl_statement_get_int64 (statement, 0);
      chain->id = g_strdup (psl_statement_get_text (statement, 1));
      chain->number = psl_statement_get_int64 (statement, 2);
      chain->has_hash = psl_chain_get_hash (statement, 3, chain->hash);
    }
  return !psl_statement_has_failed (statement);
}

static void
set_broken (PslStore  *self,
            gint64     action,
            GError   **error)
{
  g_autofree char *name = psl_chain_dup_action_name (self, action);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
               /* Translators: a number and, in parentheses, what the action did and when. */
               _("The history was altered at action %s, so that nothing from there on can be undone or redone. Restore a backup."),
               name);
}

static void
set_broken_before (PslStore  *self,
                   gint64     action,
                   GError   **error)
{
  g_autofree char *name = psl_chain_dup_action_name (self, action);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
               /* Translators: a number and, in parentheses, what the action did and when. */
               _("The history has this hash, but was altered before it, at action %s. Restore a backup."), name);
}

/**
 * psl_chain_get_hash:
 * @hash: (out): the column as a hash
 *
 * Returns: whether it is one
 */
gboolean
psl_chain_get_hash (PslStatement *statement,
                        int           column,
                        guint8        hash[PSL_HASH_LENGTH])
{
  gsize length;
  gconstpointer bytes = psl_statement_get_blob (statement, column, &length);

  if (length != PSL_HASH_LENGTH)
    return FALSE;
  memcpy (hash, bytes, PSL_HASH_LENGTH);
  return TRUE;
}

/**
 * psl_chain_add_change:
 * @change: a change that the action at hand has written
 *
 * Takes the change into the hash of the action.
 */
void
psl_chain_add_change (PslStore              *self,
                      const PslHashedChange *change)
{
  append_hash (self->transaction->hashes, change);
}

/**
 * psl_chain_finish_action:
 * @action: the data of the action at hand
 * @hash: (out): its hash
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_chain_finish_action (PslStore         *self,
                         const PslAction  *action,
                         guint8            hash[PSL_HASH_LENGTH],
                         GError          **error)
{
  PslTransaction *transaction = self->transaction;
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GByteArray) read = NULL;
  g_autoptr (GError) local_error = NULL;
  PslHashedAction hashed = {
    .before = transaction->has_before ? transaction->before : NULL,
    .origin = transaction->origin_id,
    .number = transaction->id,
    .previous = transaction->previous,
    .at = transaction->at,
    .clock = transaction->clock,
    .author = action->author,
    .verb = psl_verb_get_name (action->verb),
    .kind = action->kind != NULL ? action->kind->name : NULL,
    .field = action->field != NULL ? action->field->name : NULL,
    .subject = action->subject,
    .records = action->records,
    .seen = transaction->seen,
  };

  if (transaction->is_rewritten)
    {
      read = read_hashes (self, transaction->id, error);
      if (read == NULL)
        return FALSE;
    }
  if (action->target != 0)
    {
      statement = psl_db_prepare (self->db,
                                  "SELECT o.id, a.number FROM action AS a JOIN origin AS o USING (origin) WHERE a.action = ?",
                                  error);
      if (statement == NULL)
        return FALSE;
      psl_statement_bind_int64 (statement, 1, action->target);
      if (psl_statement_step (statement, &local_error))
        {
          hashed.target_origin = psl_statement_get_text (statement, 0);
          hashed.target_number = psl_statement_get_int64 (statement, 1);
        }
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  psl_hash_action (&hashed, read != NULL ? read : transaction->hashes, hash);
  return TRUE;
}

/**
 * psl_chain_dup_action_id:
 * @clock: the clock when the action was made
 * @hash: the action's hash
 *
 * Returns: (transfer full): the action's UUID: it follows from the action's data
 */
char *
psl_chain_dup_action_id (gint64       clock,
                         const guint8 hash[PSL_HASH_LENGTH])
{
  return psl_uuid_new_from_hash (psl_clock_get_milliseconds (clock), hash);
}

/**
 * psl_chain_dup_action_name:
 * @action: an action's number
 *
 * Returns: (transfer full): its number and, where they can be read, its sentence and time
 */
char *
psl_chain_dup_action_name (PslStore *self,
                           gint64    action)
{
  g_autoptr (PslAction) read = psl_store_get_action (self, action, NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, action);
  g_autofree char *what = NULL;
  g_autofree char *time = NULL;

  if (read == NULL)
    return g_steal_pointer (&number);
  what = psl_action_describe (read);
  time = psl_action_dup_time (read);
  /* Translators: an action’s number, what it did, such as “Edit budget of “Title””, and its time. */
  return g_strdup_printf (C_("action", "%s (%s, %s)"), number, what, time);
}

/**
 * psl_chain_check:
 * @func: told of each place where a chain is broken
 *
 * Looks through all actions.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR where that can't be done
 */
gboolean
psl_chain_check (PslStore      *self,
                 PslChainFunc   func,
                 gpointer       user_data,
                 GError       **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (Chain));

  g_array_set_clear_func (chains, (GDestroyNotify) chain_clear);
  if (!read_origins (self, chains, error))
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    {
      Chain *chain = &g_array_index (chains, Chain, i);

      if (!check_from (self, chain, 0, G_MAXINT64, func, user_data, error) || !check_end (self, chain, func, user_data, error) ||
          !check_seen (self, chain, func, user_data, error))
        return FALSE;
    }
  return check_places (self, func, user_data, error);
}

/**
 * psl_chain_make:
 *
 * Makes the chains anew of the journal.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_FAILED where an action that other registers have
 *   was altered, which the message names, or another %PSL_REGISTER_ERROR
 */
gboolean
psl_chain_make (PslStore  *self,
                GError   **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (Chain));

  g_array_set_clear_func (chains, (GDestroyNotify) chain_clear);
  if (!read_origins (self, chains, error))
    return FALSE;
  for (guint i = 0; i < chains->len; i++)
    {
      if (!make_chain (self, &g_array_index (chains, Chain, i), error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_chain_check_since:
 * @action: an action's number
 *
 * Looks at an action and the later actions of the same register.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_DAMAGED where one was altered or is lost, which
 *   the message names
 */
gboolean
psl_chain_check_since (PslStore  *self,
                       gint64     action,
                       GError   **error)
{
  g_auto (Chain) chain = { 0 };
  gint64 broken = 0;

  if (!find_chain (self, action, &chain, error) ||
      !check_from (self, &chain, action, G_MAXINT64, note_first_break_cb, &broken, error) ||
      (broken == 0 && !check_end (self, &chain, note_first_break_cb, &broken, error)))
    return FALSE;
  if (broken == 0)
    return TRUE;
  set_broken (self, broken, error);
  return FALSE;
}

/**
 * psl_chain_check_until:
 * @action: an action's number
 *
 * Looks at an action and the earlier actions of the same register.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_DAMAGED where one was altered or is lost, which
 *   the message names
 */
gboolean
psl_chain_check_until (PslStore  *self,
                       gint64     action,
                       GError   **error)
{
  g_auto (Chain) found = { 0 };
  g_auto (Chain) chain = { 0 };
  gint64 broken = 0;

  if (!find_chain (self, action, &found, error))
    return FALSE;
  chain.origin = found.origin;
  chain.id = g_strdup (found.id);
  if (!check_from (self, &chain, 0, action, note_first_break_cb, &broken, error))
    return FALSE;
  if (broken == 0)
    return TRUE;
  set_broken_before (self, broken, error);
  return FALSE;
}
