/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "psl-versions-agreed.h"

#define SELECT_HEADING \
  "SELECT json_object ('form', '" PSL_TRAVEL_FORM "', 'version', ?1, 'register', id) FROM origin WHERE own"

/* The actions of all registers that the receiver does not have. */
#define SELECT_ACTIONS \
  "SELECT json_object ('origin', o.id, 'number', a.number, 'previous', a.previous, 'at', a.at, 'clock', a.clock," \
  " 'author', a.author, 'verb', a.verb, 'kind', a.kind, 'field', a.field, 'subject', a.subject, 'records', a.records," \
  " 'target', iif (u.id IS NULL, NULL, json_array (u.id, t.number)), 'seen', a.seen, 'hash', lower (hex (a.hash))," \
  " 'changes', (SELECT count (*) FROM change WHERE action = a.action)), a.action FROM action AS a" \
  " JOIN origin AS o USING (origin) LEFT JOIN json_each (?1) AS h ON h.key = o.id" \
  " LEFT JOIN action AS t ON t.action = a.target LEFT JOIN origin AS u ON u.origin = t.origin" \
  " WHERE a.number > ifnull (h.value, 0) ORDER BY a.action"

#define SELECT_CHANGES \
  "SELECT json_object ('record', r.id, 'kind', r.kind, 'field', c.field, 'language', c.language, 'old', c.old," \
  " 'new', c.new, 'content', c.content, 'base', iif (o.id IS NULL, NULL, json_array (o.id, b.number)))" \
  " FROM change AS c JOIN record AS r USING (rid) LEFT JOIN action AS b ON b.action = c.base" \
  " LEFT JOIN origin AS o ON o.origin = b.origin WHERE c.action = ?1"

static gboolean
write_line (GOutputStream  *stream,
            PslStatement   *statement,
            GError        **error)
{
  return g_output_stream_printf (stream, NULL, NULL, error, "%s\n", psl_statement_get_text (statement, 0));
}

/* Writes a line for each row of a query with one number. */
static gboolean
write_lines (PslStore       *self,
             const char     *sql,
             gint64          argument,
             GOutputStream  *stream,
             GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, argument);
  while (psl_statement_step (statement, &local_error))
    if (!write_line (stream, statement, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
write_actions (PslStore       *self,
               const char     *seen,
               GOutputStream  *stream,
               GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!write_lines (self, SELECT_HEADING, PSL_TRAVEL_VERSION, stream, error))
    return FALSE;
  statement = psl_db_prepare (self->db, SELECT_ACTIONS, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, seen != NULL ? seen : "{}");
  while (psl_statement_step (statement, &local_error))
    if (!write_line (stream, statement, error) ||
        !write_lines (self, SELECT_CHANGES, psl_statement_get_int64 (statement, 1), stream, error))
      return FALSE;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
check_seen (const char  *seen,
            GError     **error)
{
  g_autoptr (JsonNode) node = seen != NULL ? json_from_string (seen, NULL) : NULL;

  if (seen == NULL || (node != NULL && JSON_NODE_HOLDS_OBJECT (node)))
    return TRUE;
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("This does not say which actions the other register has."));
  return FALSE;
}

/**
 * psl_store_dup_seen:
 *
 * Returns: (transfer full): the actions that the register has, its own and others': a JSON
 *   object of the number of the last action by the UUID of the register that made it; or
 *   %NULL with a %PSL_REGISTER_ERROR
 */
char *
psl_store_dup_seen (PslStore  *self,
                    GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  statement = psl_db_prepare (self->db, "SELECT json_group_object (id, number) FROM origin WHERE number > 0", error);
  if (statement == NULL || !psl_statement_step (statement, error))
    return NULL;
  return g_strdup (psl_statement_get_text (statement, 0));
}

/**
 * psl_store_read_actions_since:
 * @seen: (nullable): the result of psl_store_dup_seen() in the register that is to get the
 *   actions; %NULL for nothing
 * @stream: gets the actions, see psl-travel.h
 *
 * Writes the actions that another register does not have, and notes that the own ones have
 * travelled: none of them is gone on with by a later edit.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID where @seen can't be read, another
 *   %PSL_REGISTER_ERROR, or an error of @stream
 */
gboolean
psl_store_read_actions_since (PslStore       *self,
                              const char     *seen,
                              GOutputStream  *stream,
                              GError        **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (self->transaction == NULL, FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (!check_seen (seen, error) || !psl_db_begin (self->db, error))
    return FALSE;
  if (psl_versions_mark_unsealed (self, error) &&
      write_actions (self, seen, stream, error) &&
      psl_db_exec (self->db, "UPDATE origin SET sealed = number WHERE own", error) &&
      psl_db_commit (self->db, error))
    return TRUE;
  psl_db_rollback (self->db);
  return FALSE;
}
