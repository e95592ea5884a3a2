/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-check-head.h"

#include <glib/gi18n-lib.h>

#include "psl-chain.h"
#include "psl-error.h"
#include "psl-head-note.h"
#include "psl-store-private.h"

/* The UUID and the number that a hash is put behind to be read as a note: they are left out of
 * what is looked for. */
#define ANY_PLACE "00000000-0000-0000-0000-000000000000 1 "

/* What is looked for; @is_hash says whether that is only its hash. */
static PslHeadNote *
parse (const char *noted,
       gboolean   *is_hash)
{
  PslHeadNote *note = psl_head_note_parse (noted);
  g_autofree char *line = NULL;

  *is_hash = note == NULL;
  if (note != NULL)
    return note;
  line = g_strconcat (ANY_PLACE, noted, NULL);
  return psl_head_note_parse (line);
}

/* @action: (out): the number of the action that has the hash; 0 for none */
static gboolean
find_action (PslStore           *store,
             const PslHeadNote  *note,
             gboolean            is_hash,
             gint64             *action,
             GError            **error)
{
  g_autoptr (PslStatement) statement = NULL;

  *action = 0;
  statement = psl_db_prepare (psl_store_get_db (store),
                              "SELECT a.action FROM action AS a JOIN origin AS o USING (origin)"
                              " WHERE a.hash = unhex (?1) AND (?2 OR (o.id = ?3 AND a.number = ?4))", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, note->hash);
  psl_statement_bind_int64 (statement, 2, is_hash);
  psl_statement_bind_text (statement, 3, note->id);
  psl_statement_bind_int64 (statement, 4, note->number);
  if (psl_statement_step (statement, error))
    *action = psl_statement_get_int64 (statement, 0);
  return !psl_statement_has_failed (statement);
}

static char *
check_note (PslStore           *store,
            const PslHeadNote  *note,
            gboolean            is_hash,
            GError            **error)
{
  gint64 action;

  if (!find_action (store, note, is_hash, &action, error))
    return NULL;
  if (action == 0)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                           _("The history does not have this hash: it is another register’s, or the history was altered since."));
      return NULL;
    }
  return psl_chain_check_until (store, action, error) ? psl_chain_dup_action_name (store, action) : NULL;
}

/**
 * psl_check_head_is_valid:
 * @noted: what somebody noted
 *
 * Returns: whether that is the note of a head, or its hash alone, so that it can be looked for
 */
gboolean
psl_check_head_is_valid (const char *noted)
{
  g_autoptr (PslHeadNote) note = NULL;
  gboolean is_hash;

  g_return_val_if_fail (noted != NULL, FALSE);

  note = parse (noted, &is_hash);
  return note != NULL && note->hash != NULL;
}

/**
 * psl_check_head:
 * @noted: the note of a head, or its hash alone; see psl_check_head_is_valid()
 *
 * Looks for a head that was noted elsewhere, and whether the history up to there is whole.
 *
 * Returns: (transfer full): the number of the action that has the hash, its sentence and its
 *   time; or %NULL with %PSL_REGISTER_ERROR_NOT_FOUND where none has, with
 *   %PSL_REGISTER_ERROR_DAMAGED where the history before it was altered, or with another
 *   %PSL_REGISTER_ERROR
 */
char *
psl_check_head (PslStore    *store,
                const char  *noted,
                GError     **error)
{
  g_autoptr (PslHeadNote) note = NULL;
  gboolean is_hash;
  char *name;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (psl_check_head_is_valid (noted), NULL);

  note = parse (noted, &is_hash);
  if (!psl_db_begin_read (psl_store_get_db (store), error))
    return NULL;
  name = check_note (store, note, is_hash, error);
  psl_db_rollback (psl_store_get_db (store));
  return name;
}
