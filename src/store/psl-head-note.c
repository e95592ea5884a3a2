/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-head-note.h"

#include <string.h>

#include "psl-hash.h"
#include "psl-store-private.h"
#include "psl-uuid.h"
#include "psl-versions-agreed.h"

#define NO_HASH "-"

static gboolean
is_hash (const char *word)
{
  return strlen (word) == (gsize) 2 * PSL_HASH_LENGTH && strspn (word, "0123456789abcdef") == strlen (word);
}

/* Takes over the words of a line, where they are those of a note. */
static gboolean
read_words (PslHeadNote        *note,
            const char *const  *words)
{
  g_autofree char *id = g_ascii_strdown (words[0], -1);
  g_autofree char *hash = g_ascii_strdown (words[2], -1);
  guint64 number;

  if (!psl_uuid_is_valid (id) || !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT64, &number, NULL))
    return FALSE;
  if (number == 0 ? !g_str_equal (hash, NO_HASH) : !is_hash (hash))
    return FALSE;
  note->id = g_steal_pointer (&id);
  note->number = (gint64) number;
  note->hash = number != 0 ? g_steal_pointer (&hash) : NULL;
  return TRUE;
}

/**
 * psl_head_note_parse:
 * @line: what somebody noted; blanks about it are left out
 *
 * Returns: (transfer full) (nullable): what the line says, or %NULL where it is no such note
 */
PslHeadNote *
psl_head_note_parse (const char *line)
{
  g_autoptr (PslHeadNote) note = g_new0 (PslHeadNote, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  parts = g_strsplit_set (line, " \t\r\n", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part != '\0')
      g_strv_builder_add (builder, *part);
  words = g_strv_builder_end (builder);
  if (g_strv_length (words) != 3 || !read_words (note, (const char *const *) words))
    return NULL;
  return g_steal_pointer (&note);
}

void
psl_head_note_free (PslHeadNote *note)
{
  g_free (note->id);
  g_free (note->hash);
  g_free (note);
}

/**
 * psl_store_dup_head_note:
 *
 * The head of the register's own actions, see psl-head-note.h. A later edit of the same place
 * may still take the place of the action; where the head is to be noted, psl_store_seal_head()
 * keeps it from doing so.
 *
 * Returns: (transfer full): the line, without a line's end, or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
char *
psl_store_dup_head_note (PslStore  *self,
                         GError   **error)
{
  g_autofree char *id = NULL;
  g_autofree char *hash = NULL;
  gint64 number;

  g_return_val_if_fail (self != NULL, NULL);

  id = psl_store_dup_register_id (self, error);
  if (id == NULL || !psl_store_read_chain_end (self, &number, &hash, error))
    return NULL;
  return g_strdup_printf ("%s %" G_GINT64_FORMAT " %s", id, number, hash != NULL ? hash : NO_HASH);
}

/**
 * psl_store_seal_head:
 *
 * Does the same in a register that is written, and notes that its actions so far are known
 * elsewhere: none of them is gone on with by a later edit, so that the chain keeps what was
 * noted.
 *
 * Returns: (transfer full): the line, without a line's end, or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
char *
psl_store_seal_head (PslStore  *self,
                     GError   **error)
{
  g_autofree char *line = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->transaction == NULL, NULL);

  if (!psl_db_begin (self->db, error))
    return NULL;
  if (psl_versions_mark_unsealed (self, error) &&
      psl_db_exec (self->db, "UPDATE origin SET sealed = number WHERE own", error) &&
      (line = psl_store_dup_head_note (self, error)) != NULL && psl_db_commit (self->db, error))
    return g_steal_pointer (&line);
  psl_db_rollback (self->db);
  return NULL;
}
