/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-hash.h"

#include <stdlib.h>
#include <string.h>

#define CHANGE_FORM "passerelle change 1"
#define ACTION_FORM "passerelle action 1"

/* The length that stands for no text. */
#define NO_TEXT G_MAXUINT32

static void
add_length (GChecksum *checksum,
            guint32    length)
{
  guint32 big_endian = GUINT32_TO_BE (length);

  g_checksum_update (checksum, (const guchar *) &big_endian, sizeof big_endian);
}

static void
add_bytes (GChecksum    *checksum,
           const guint8 *bytes,
           gsize         length)
{
  add_length (checksum, (guint32) length);
  g_checksum_update (checksum, bytes, (gssize) length);
}

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  if (text == NULL)
    add_length (checksum, NO_TEXT);
  else
    add_bytes (checksum, (const guint8 *) text, strlen (text));
}

static void
add_number (GChecksum *checksum,
            gint64     number)
{
  gint64 big_endian = GINT64_TO_BE (number);

  g_checksum_update (checksum, (const guchar *) &big_endian, sizeof big_endian);
}

static void
finish (GChecksum *checksum,
        guint8     hash[PSL_HASH_LENGTH])
{
  gsize length = PSL_HASH_LENGTH;

  g_checksum_get_digest (checksum, hash, &length);
}

static int
compare_hashes (const void *a,
                const void *b)
{
  return memcmp (a, b, PSL_HASH_LENGTH);
}

/**
 * psl_hash_change:
 * @change: a change
 * @hash: (out): its hash
 */
void
psl_hash_change (const PslHashedChange *change,
                 guint8                 hash[PSL_HASH_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add_text (checksum, CHANGE_FORM);
  add_text (checksum, change->record);
  add_text (checksum, change->field);
  add_text (checksum, change->language);
  add_text (checksum, change->old_value);
  add_text (checksum, change->new_value);
  add_text (checksum, change->content);
  add_text (checksum, change->base_origin);
  add_number (checksum, change->base_number);
  finish (checksum, hash);
}

/**
 * psl_hash_action:
 * @action: the action's data
 * @changes: the hashes of its changes, one behind the other, which are sorted here: their
 *   order in a file has no meaning
 * @hash: (out): the hash of the action
 */
void
psl_hash_action (const PslHashedAction *action,
                 GByteArray            *changes,
                 guint8                 hash[PSL_HASH_LENGTH])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize n_changes = changes->len / PSL_HASH_LENGTH;

  add_text (checksum, ACTION_FORM);
  if (action->before != NULL)
    add_bytes (checksum, action->before, PSL_HASH_LENGTH);
  else
    add_length (checksum, NO_TEXT);
  add_text (checksum, action->origin);
  add_number (checksum, action->number);
  add_number (checksum, action->previous);
  add_number (checksum, action->at);
  add_number (checksum, action->clock);
  add_text (checksum, action->author);
  add_text (checksum, action->verb);
  add_text (checksum, action->kind);
  add_text (checksum, action->field);
  add_text (checksum, action->subject);
  add_number (checksum, action->records);
  add_text (checksum, action->target_origin);
  add_number (checksum, action->target_number);
  add_text (checksum, action->seen);

  if (n_changes > 1)
    qsort (changes->data, n_changes, PSL_HASH_LENGTH, compare_hashes);
  add_number (checksum, (gint64) n_changes);
  if (n_changes > 0)
    g_checksum_update (checksum, changes->data, (gssize) (n_changes * PSL_HASH_LENGTH));
  finish (checksum, hash);
}
