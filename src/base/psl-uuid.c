/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-uuid.h"

/**
 * psl_uuid_new:
 *
 * Makes a UUID of version 7 (RFC 9562): 48 bits of milliseconds, the fraction of
 * the millisecond in the next 12 bits, and 62 random bits. Those made later sort
 * later, so that many records made at once go to one end of the index.
 *
 * Returns: (transfer full): the UUID, lower case. Any thread
 */
char *
psl_uuid_new (void)
{
  guint64 microseconds = (guint64) g_get_real_time ();
  guint64 milliseconds = microseconds / 1000;
  guint fraction = (guint) (microseconds % 1000 * 4096 / 1000);
  guint32 high = g_random_int ();
  guint32 low = g_random_int ();

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x",
                          (guint) (milliseconds >> 16) & 0xffffffff,
                          (guint) milliseconds & 0xffff,
                          fraction,
                          0x8000 | (high >> 16 & 0x3fff),
                          high & 0xffff,
                          low);
}

/**
 * psl_uuid_new_from_hash:
 * @milliseconds: since 1970
 * @hash: the first ten bytes of a hash, of which 74 bits are taken
 *
 * Makes the UUID of version 7 that is always the same of the same time and hash: of an
 * action. Of a record psl_uuid_derive() makes one.
 *
 * Returns: (transfer full): the UUID, lower case. Any thread
 */
char *
psl_uuid_new_from_hash (guint64      milliseconds,
                        const guint8 hash[PSL_UUID_N_BYTES])
{
  return g_strdup_printf ("%08x-%04x-7%x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                          (guint) (milliseconds >> 16) & 0xffffffff,
                          (guint) milliseconds & 0xffff,
                          hash[0] & 0x0f, hash[1],
                          0x80 | (hash[2] & 0x3f), hash[3],
                          hash[4], hash[5], hash[6], hash[7], hash[8], hash[9]);
}

/**
 * psl_uuid_derive:
 * @id: a UUID
 * @content: tells the thing from others that belong to @id
 *
 * Makes a UUID of version 7 of @id and @content alone: with the time of @id, and bits of a
 * hash in the place of random bits.
 *
 * Returns: (transfer full): the UUID, lower case. Any thread
 */
char *
psl_uuid_derive (const char *id,
                 const char *content)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *hash;

  g_return_val_if_fail (id != NULL && g_uuid_string_is_valid (id), NULL);
  g_return_val_if_fail (content != NULL, NULL);

  g_checksum_update (checksum, (const guchar *) id, -1);
  g_checksum_update (checksum, (const guchar *) content, -1);
  hash = g_checksum_get_string (checksum);
  return g_strdup_printf ("%.13s-7%.3s-8%.3s-%.12s", id, hash, hash + 3, hash + 6);
}

/**
 * psl_uuid_is_valid:
 * @text: a text
 *
 * Returns: whether it is a UUID of any version, in lower case
 */
gboolean
psl_uuid_is_valid (const char *text)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isupper (*p))
        return FALSE;
    }

  return g_uuid_string_is_valid (text);
}
