/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-action.h"
#include "psl-chain.h"
#include "psl-clock.h"
#include "psl-error.h"
#include "psl-journal.h"
#include "psl-kinds.h"
#include "psl-heads.h"
#include "psl-transaction.h"
#include "psl-travel.h"

/**
 * Receipt: actions that are being taken over.
 * @lines: where they are read from
 * @merge: gives records their values in the end
 * @action: the number that the next one gets here
 * @n_actions: how many were taken over
 * @clock: this register's clock
 */
typedef struct
{
  PslStore *store;
  GDataInputStream *lines;
  PslHeads *merge;
  gint64 action;
  gint64 n_actions;
  gint64 clock;
} Receipt;

/* The register that made an action, as far as it is known here. */
typedef struct
{
  gint64 origin;
  gint64 number;
  gboolean is_own;
  gboolean has_hash;
  guint8 hash[PSL_HASH_LENGTH];
} Origin;

static void
receipt_clear (Receipt *self)
{
  g_clear_pointer (&self->merge, psl_heads_free);
  g_clear_object (&self->lines);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Receipt, receipt_clear)

static void
set_unreadable (GError **error)
{
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("These are no actions of a register. Have them written again."));
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* An action, as the register that made it and its number there. */
static void
get_action (JsonObject  *object,
            const char  *name,
            const char **origin,
            gint64      *number)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  *origin = NULL;
  *number = 0;
  if (array == NULL || json_array_get_length (array) != 2 ||
      json_node_get_value_type (json_array_get_element (array, 0)) != G_TYPE_STRING ||
      json_node_get_value_type (json_array_get_element (array, 1)) != G_TYPE_INT64)
    return;
  *origin = json_array_get_string_element (array, 0);
  *number = json_array_get_int_element (array, 1);
}

static gboolean
parse_hash (const char *text,
            guint8      hash[PSL_HASH_LENGTH])
{
  if (text == NULL || strlen (text) != 2 * PSL_HASH_LENGTH)
    return FALSE;
  for (gsize i = 0; i < PSL_HASH_LENGTH; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return FALSE;
      hash[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/* Why an action can't be taken over. */
typedef enum
{
  REFUSED_ANOTHER,  /* there is another one of its number here */
  REFUSED_UNSEEN,  /* it was made upon others that are not here */
  REFUSED_OWN,  /* it is of this register, which has lost it */
  REFUSED_LOST,  /* the one before it is not here */
  REFUSED_ALTERED,  /* its hash does not fit its contents */
} Refusal;

/* Names an action that can't be taken over. */
static void
set_refused (JsonObject *action,
             Refusal     refusal,
             GError    **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, get_number (action, "number"));
  const char *origin = get_text (action, "origin");

  switch (refusal)
    {
    case REFUSED_ANOTHER:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   /* Translators: the number of an action, and the UUID of the register that made it. */
                   _("Action %s of the register %s is another one here: two copies of one file were worked in. Write the records of one of them (“export --for-register”), and import them into the other."),
                   number, origin);
      break;
    case REFUSED_UNSEEN:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   /* Translators: the number of an action, and the UUID of the register that made it. */
                   _("Action %s of the register %s was made upon actions of others that are not here. Have those written, too."),
                   number, origin);
      break;
    case REFUSED_OWN:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   /* Translators: the number of an action, and the UUID of the register that made it. */
                   _("Action %s of this register itself (%s) is not here any more: an older state was restored. Give the register a new UUID (“passerelle-cli identity --new”)."),
                   number, origin);
      break;
    case REFUSED_LOST:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   /* Translators: the number of an action, and the UUID of the register that made it. */
                   _("The action before action %s of the register %s is not here. Have that written, too."),
                   number, origin);
      break;
    case REFUSED_ALTERED:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   /* Translators: the number of an action, and the UUID of the register that made it. */
                   _("Action %s of the register %s was altered on its way. Have the actions written again."),
                   number, origin);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* @object: (out) (nullable): the next line; %NULL at the end */
static gboolean
read_line (Receipt     *self,
           JsonNode   **node,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_utf8 (self->lines, NULL, NULL, &local_error);

  *node = NULL;
  if (local_error != NULL && !g_error_matches (local_error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (line == NULL && local_error == NULL)
    return TRUE;
  *node = line != NULL ? json_from_string (line, NULL) : NULL;
  if (*node != NULL && JSON_NODE_HOLDS_OBJECT (*node))
    return TRUE;
  g_clear_pointer (node, json_node_unref);
  set_unreadable (error);
  return FALSE;
}

static gboolean
read_heading (Receipt  *self,
              GError  **error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *heading;

  if (!read_line (self, &node, error))
    return FALSE;
  heading = node != NULL ? json_node_get_object (node) : NULL;
  if (heading == NULL || g_strcmp0 (get_text (heading, "form"), PSL_TRAVEL_FORM) != 0)
    {
      set_unreadable (error);
      return FALSE;
    }
  if (get_number (heading, "version") <= PSL_TRAVEL_VERSION)
    return TRUE;
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_TOO_NEW,
                       _("These actions were written by a newer version of Passerelle. Update Passerelle to take them over."));
  return FALSE;
}

static gboolean
read_origin (PslStore    *store,
             const char  *id,
             Origin      *origin,
             gboolean    *found,
             GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (store->db, "SELECT origin, number, own IS NOT NULL, hash FROM origin WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  *found = psl_statement_step (statement, &local_error);
  if (*found)
    {
      origin->origin = psl_statement_get_int64 (statement, 0);
      origin->number = psl_statement_get_int64 (statement, 1);
      origin->is_own = psl_statement_get_int64 (statement, 2) != 0;
      origin->has_hash = psl_chain_get_hash (statement, 3, origin->hash);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
ensure_origin (PslStore    *store,
               const char  *id,
               Origin      *origin,
               GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  gboolean found;

  if (!read_origin (store, id, origin, &found, error) || found)
    return found;
  statement = psl_db_prepare (store->db, "INSERT INTO origin (id) VALUES (?)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  return psl_statement_run (statement, error) && read_origin (store, id, origin, &found, error) && found;
}

/* The number that an action has here; 0 where it is not there. */
static gboolean
find_action (PslStore    *store,
             const char  *origin_id,
             gint64       number,
             gint64      *action,
             GError     **error)
{
  *action = 0;
  return origin_id == NULL ||
         psl_store_read_number (store, "SELECT " PSL_ACTION_BY_NUMBER ("o.origin", "?1") " FROM origin AS o WHERE o.id = ?2",
                                number, origin_id, action, error);
}

/* An action that is here already has to be the same one. */
static gboolean
check_same (Receipt       *self,
            JsonObject    *action,
            const guint8   hash[PSL_HASH_LENGTH],
            GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  guint8 stored[PSL_HASH_LENGTH];
  gboolean same = FALSE;
  gint64 known;

  if (!find_action (self->store, get_text (action, "origin"), get_number (action, "number"), &known, error))
    return FALSE;
  statement = psl_db_prepare (self->store->db, "SELECT hash FROM action WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, known);
  same = psl_statement_step (statement, &local_error) && psl_chain_get_hash (statement, 0, stored) &&
         memcmp (stored, hash, PSL_HASH_LENGTH) == 0;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!same)
    set_refused (action, REFUSED_ANOTHER, error);
  return same;
}

/* Whether all is here that the action's register had seen. */
static gboolean
check_seen (Receipt     *self,
            JsonObject  *action,
            GError     **error)
{
  const char *seen = get_text (action, "seen");
  gint64 missing = 0;

  if (seen == NULL)
    return TRUE;
  if (!psl_store_read_number (self->store,
                              "SELECT ?1 + count (*) FROM json_each (?2) AS s LEFT JOIN origin AS o ON o.id = s.key"
                              " WHERE ifnull (o.number, 0) < s.value", 0, seen, &missing, error))
    return FALSE;
  if (missing > 0)
    set_refused (action, REFUSED_UNSEEN, error);
  return missing == 0;
}

/* Where a part stands that a change makes: a part has an owner and a position from the
 * beginning. */
static gboolean
read_place (Receipt        *self,
            JsonObject     *change,
            const PslKind  *kind,
            gint64         *owner,
            gint64         *position,
            GError        **error)
{
  const PslField *field = psl_kind_get_owner_field (kind);
  const char *text = get_text (change, "content");
  g_autoptr (JsonNode) content = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *values = content != NULL && JSON_NODE_HOLDS_OBJECT (content) ? json_node_get_object (content) : NULL;
  const char *owner_id = field != NULL && values != NULL ? get_text (values, field->name) : NULL;
  const char *place = values != NULL ? get_text (values, PSL_FIELD_POSITION) : NULL;

  *owner = *position = 0;
  if (field == NULL)
    return TRUE;
  if (owner_id == NULL || place == NULL)
    {
      set_unreadable (error);
      return FALSE;
    }
  *position = g_ascii_strtoll (place, NULL, 10);
  return psl_store_resolve_link (self->store, field, owner_id, TRUE, owner, error);
}

/* Makes the record that a change is about, without values. It was created when the action was
 * done, wherever that was. */
static gboolean
insert_record (Receipt     *self,
               JsonObject  *change,
               gint64      *rid,
               GError     **error)
{
  const char *name = get_text (change, "kind");
  const PslKind *kind = name != NULL ? psl_kind_find (name) : NULL;
  g_autofree char *sql = NULL;
  g_autoptr (PslStatement) statement = NULL;
  gint64 owner, position;
  PslTouched *touched;

  if (kind == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_TOO_NEW,
                   _("These actions make records of a kind that this version of Passerelle does not know (%s). Update Passerelle to take them over."),
                   name != NULL ? name : "");
      return FALSE;
    }
  if (!read_place (self, change, kind, &owner, &position, error))
    return FALSE;
  statement = psl_db_prepare (self->store->db,
                              "INSERT INTO record (id, kind, state, created, changed, owner, position)"
                              " VALUES (?1, ?2, -1, (SELECT at FROM action WHERE action = ?6), ?3, nullif (?4, 0), nullif (?5, 0))",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, get_text (change, "record"));
  psl_statement_bind_text (statement, 2, kind->name);
  psl_statement_bind_int64 (statement, 3, self->store->transaction->at);
  psl_statement_bind_int64 (statement, 4, owner);
  psl_statement_bind_int64 (statement, 5, position);
  psl_statement_bind_int64 (statement, 6, self->action);
  if (!psl_statement_run (statement, error))
    return FALSE;
  *rid = psl_db_last_insert_rowid (self->store->db);

  touched = g_new0 (PslTouched, 1);
  touched->rid = *rid;
  touched->flags = PSL_TOUCHED_SORT | PSL_TOUCHED_SEARCH;
  g_hash_table_insert (self->store->transaction->touched, &touched->rid, touched);
  sql = g_strdup_printf ("INSERT INTO \"%s\" (rid) VALUES (?)", kind->name);
  return psl_store_run_for_rid (self->store, sql, *rid, error);
}

static gboolean
write_change (Receipt                *self,
              gint64                  rid,
              const PslHashedChange  *change,
              GError                **error)
{
  gint64 base;

  return find_action (self->store, change->base_origin, change->base_number, &base, error) &&
         psl_store_insert_received_change (self->store, rid, self->action, base, change, error);
}

static gboolean
add_to_merge (Receipt                *self,
              gint64                  rid,
              const PslHashedChange  *change,
              GError                **error)
{
  g_autoptr (JsonNode) content = NULL;

  psl_heads_add (self->merge, rid, change->field, change->language);
  if (change->content == NULL)
    return TRUE;
  content = json_from_string (change->content, NULL);
  if (content == NULL || !JSON_NODE_HOLDS_OBJECT (content))
    {
      set_unreadable (error);
      return FALSE;
    }
  psl_heads_add_made (self->merge, rid, json_node_get_object (content));
  return TRUE;
}

/* Takes one change over into the journal, and adds its hash to the hashes of its action. */
static gboolean
take_change (Receipt     *self,
             JsonObject  *object,
             GByteArray  *hashes,
             GError     **error)
{
  PslHashedChange change = {
    .record = get_text (object, "record"),
    .field = get_text (object, "field"),
    .language = get_text (object, "language"),
    .old_value = get_text (object, "old"),
    .new_value = get_text (object, "new"),
    .content = get_text (object, "content"),
  };
  guint8 hash[PSL_HASH_LENGTH];
  gint64 rid = 0;

  get_action (object, "base", &change.base_origin, &change.base_number);
  if (change.record == NULL || !psl_uuid_is_valid (change.record) || change.field == NULL || change.language == NULL)
    {
      set_unreadable (error);
      return FALSE;
    }
  psl_hash_change (&change, hash);
  g_byte_array_append (hashes, hash, PSL_HASH_LENGTH);
  return psl_store_read_rid (self->store, change.record, &rid, error) &&
         (rid != 0 || insert_record (self, object, &rid, error)) &&
         write_change (self, rid, &change, error) &&
         add_to_merge (self, rid, &change, error);
}

/* Reads the changes of an action, or skips them where the action is here already. */
static gboolean
take_changes (Receipt     *self,
              JsonObject  *action,
              GByteArray  *hashes,
              GError     **error)
{
  gint64 n_changes = get_number (action, "changes");

  for (gint64 i = 0; i < n_changes; i++)
    {
      g_autoptr (JsonNode) node = NULL;

      if (!read_line (self, &node, error))
        return FALSE;
      if (node == NULL)
        {
          set_unreadable (error);
          return FALSE;
        }
      if (hashes != NULL && !take_change (self, json_node_get_object (node), hashes, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_action (Receipt       *self,
               JsonObject    *action,
               const Origin  *origin,
               const guint8   hash[PSL_HASH_LENGTH],
               GError       **error)
{
  g_autofree char *id = psl_chain_dup_action_id (get_number (action, "clock"), hash);
  g_autoptr (PslStatement) statement = NULL;
  const char *target_origin;
  gint64 target_number, target;

  get_action (action, "target", &target_origin, &target_number);
  if (!find_action (self->store, target_origin, target_number, &target, error))
    return FALSE;
  statement = psl_db_prepare (self->store->db,
                              "INSERT INTO action (action, at, author, verb, kind, field, subject, records, target, id, origin,"
                              "  number, previous, clock, seen, hash, received, session)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), ?, ?, ?, ?, ?, ?, ?, ?, 0)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, self->action);
  psl_statement_bind_int64 (statement, 2, get_number (action, "at"));
  psl_statement_bind_text (statement, 3, get_text (action, "author"));
  psl_statement_bind_text (statement, 4, get_text (action, "verb"));
  psl_statement_bind_text (statement, 5, get_text (action, "kind"));
  psl_statement_bind_text (statement, 6, get_text (action, "field"));
  psl_statement_bind_text (statement, 7, get_text (action, "subject"));
  psl_statement_bind_int64 (statement, 8, get_number (action, "records"));
  psl_statement_bind_int64 (statement, 9, target);
  psl_statement_bind_text (statement, 10, id);
  psl_statement_bind_int64 (statement, 11, origin->origin);
  psl_statement_bind_int64 (statement, 12, get_number (action, "number"));
  psl_statement_bind_int64 (statement, 13, get_number (action, "previous"));
  psl_statement_bind_int64 (statement, 14, get_number (action, "clock"));
  psl_statement_bind_text (statement, 15, get_text (action, "seen"));
  psl_statement_bind_blob (statement, 16, hash, PSL_HASH_LENGTH);
  psl_statement_bind_int64 (statement, 17, self->store->transaction->at);
  if (target != 0)
    psl_heads_add_target (self->merge, target);
  return psl_statement_run (statement, error);
}

/* The hash that an action must have to follow the last known action of its register. */
static void
compute_hash (JsonObject    *action,
              const Origin  *origin,
              GByteArray    *changes,
              guint8         hash[PSL_HASH_LENGTH])
{
  PslHashedAction hashed = {
    .before = origin->has_hash ? origin->hash : NULL,
    .origin = get_text (action, "origin"),
    .number = get_number (action, "number"),
    .previous = get_number (action, "previous"),
    .at = get_number (action, "at"),
    .clock = get_number (action, "clock"),
    .author = get_text (action, "author"),
    .verb = get_text (action, "verb"),
    .kind = get_text (action, "kind"),
    .field = get_text (action, "field"),
    .subject = get_text (action, "subject"),
    .records = get_number (action, "records"),
    .seen = get_text (action, "seen"),
  };

  get_action (action, "target", &hashed.target_origin, &hashed.target_number);
  psl_hash_action (&hashed, changes, hash);
}

static gboolean
write_end (Receipt       *self,
           JsonObject    *action,
           const Origin  *origin,
           const guint8   hash[PSL_HASH_LENGTH],
           GError       **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->store->db, "UPDATE origin SET number = ?, hash = ?, clock = max (clock, ?) WHERE origin = ?",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, get_number (action, "number"));
  psl_statement_bind_blob (statement, 2, hash, PSL_HASH_LENGTH);
  psl_statement_bind_int64 (statement, 3, get_number (action, "clock"));
  psl_statement_bind_int64 (statement, 4, origin->origin);
  return psl_statement_run (statement, error);
}

/* Takes over an action that is not here, with its changes. */
static gboolean
take_new_action (Receipt       *self,
                 JsonObject    *action,
                 const Origin  *origin,
                 const guint8   hash[PSL_HASH_LENGTH],
                 GError       **error)
{
  g_autoptr (GByteArray) changes = g_byte_array_new ();
  guint8 expected[PSL_HASH_LENGTH];

  if (origin->is_own)
    {
      set_refused (action, REFUSED_OWN, error);
      return FALSE;
    }
  if (get_number (action, "previous") != origin->number)
    {
      set_refused (action, REFUSED_LOST, error);
      return FALSE;
    }
  if (!check_seen (self, action, error) ||
      !insert_action (self, action, origin, hash, error) ||
      !take_changes (self, action, changes, error))
    return FALSE;
  compute_hash (action, origin, changes, expected);
  if (memcmp (hash, expected, PSL_HASH_LENGTH) != 0)
    {
      set_refused (action, REFUSED_ALTERED, error);
      return FALSE;
    }
  self->clock = psl_clock_receive (self->clock, get_number (action, "clock"), self->store->clock ());
  self->action++;
  self->n_actions++;
  return write_end (self, action, origin, hash, error);
}

static gboolean
take_action (Receipt     *self,
             JsonObject  *action,
             GError     **error)
{
  const char *id = get_text (action, "origin");
  gint64 number = get_number (action, "number");
  guint8 hash[PSL_HASH_LENGTH];
  Origin origin = { 0 };

  if (id == NULL || !psl_uuid_is_valid (id) || number <= 0 || get_text (action, "author") == NULL ||
      get_text (action, "verb") == NULL || !parse_hash (get_text (action, "hash"), hash))
    {
      set_unreadable (error);
      return FALSE;
    }
  if (!ensure_origin (self->store, id, &origin, error))
    return FALSE;
  if (number > origin.number)
    return take_new_action (self, action, &origin, hash, error);
  return check_same (self, action, hash, error) && take_changes (self, action, NULL, error);
}

static gboolean
take_actions (Receipt  *self,
              GError  **error)
{
  if (!read_heading (self, error))
    return FALSE;
  for (;;)
    {
      g_autoptr (JsonNode) node = NULL;

      if (!read_line (self, &node, error))
        return FALSE;
      if (node == NULL)
        return TRUE;
      if (!take_action (self, json_node_get_object (node), error))
        return FALSE;
    }
}

static gboolean
write_clock (Receipt  *self,
             GError  **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->store->db, "UPDATE origin SET clock = ? WHERE own", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, self->clock);
  return psl_statement_run (statement, error);
}

/**
 * psl_store_replay:
 * @stream: the output of psl_store_read_actions_since() of another register
 *
 * Takes over the actions that are not here yet, all or none, and gives the records the values
 * that follow: two registers that have the same actions hold the same, in whichever order
 * they got them. A value that was changed apart becomes an open conflict, see
 * psl_store_list_conflicts(); lists keep members that were put in and lose members that were
 * taken out; a record that was removed in one place and used in another stays.
 *
 * Returns: how many were taken over; -1 with %PSL_REGISTER_ERROR_DAMAGED, naming the action,
 *   where one was altered or an action before it is not here, %PSL_REGISTER_ERROR_INVALID or
 *   %PSL_REGISTER_ERROR_TOO_NEW where they can't be read, or another error
 */
gint64
psl_store_replay (PslStore      *self,
                  GInputStream  *stream,
                  GError       **error)
{
  g_auto (Receipt) receipt = { .store = self };

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), -1);

  if (!psl_store_begin_receipt (self, error))
    return -1;
  receipt.lines = g_data_input_stream_new (stream);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (receipt.lines), FALSE);
  g_data_input_stream_set_newline_type (receipt.lines, G_DATA_STREAM_NEWLINE_TYPE_LF);
  receipt.merge = psl_heads_new (self);
  receipt.action = self->transaction->id;
  receipt.clock = self->transaction->clock;
  if (take_actions (&receipt, error))
    {
      if (receipt.n_actions == 0)
        {
          psl_store_rollback (self);
          return 0;
        }
      if (psl_heads_run (receipt.merge, error) && write_clock (&receipt, error) &&
          psl_store_commit_receipt (self, error))
        return receipt.n_actions;
    }
  psl_store_rollback (self);
  return -1;
}
