/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-collation.h"

#include <string.h>

#include <unicode/ucol.h>
#include <unicode/ustring.h>

/* Counted up where the attributes of open_collator() change, for keys of other attributes
 * don't compare with each other. */
#define ATTRIBUTES_VERSION 1

/* Most titles and their keys are shorter. */
#define STACK_LENGTH 512

static UCollator *
open_collator (const char *language)
{
  UErrorCode status = U_ZERO_ERROR;
  UCollator *collator = ucol_open (language, &status);

  /* As people count: PO.2 stands before PO.10. */
  ucol_setAttribute (collator, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no collation for %s: %s", language, u_errorName (status));
  return collator;
}

/* The collator of a language, which all threads may read; it lives as long as the program. */
static const UCollator *
get_collator (const char *language)
{
  static GHashTable *collators = NULL;
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  UCollator *collator;

  if (collators == NULL)
    collators = g_hash_table_new (g_str_hash, g_str_equal);
  collator = g_hash_table_lookup (collators, language);
  if (collator == NULL)
    {
      collator = open_collator (language);
      g_hash_table_insert (collators, (gpointer) g_intern_string (language), collator);
    }
  return collator;
}

/* @units are @length of UTF-16. */
static char *
dup_key_of_units (const UCollator *collator,
                  const UChar     *units,
                  int32_t          length)
{
  uint8_t start[STACK_LENGTH];
  int32_t size = ucol_getSortKey (collator, units, length, start, sizeof start);
  char *key;

  if (size <= (int32_t) sizeof start)
    return g_memdup2 (start, (gsize) size);
  key = g_malloc ((gsize) size);
  ucol_getSortKey (collator, units, length, (uint8_t *) key, size);
  return key;
}

/**
 * psl_collation_dup_key:
 * @language: a BCP 47 tag; one that ICU has no order for goes by Unicode's own
 * @text: valid UTF-8
 *
 * Makes the key that a text stands by in a sorted list: strcmp() compares two of one language
 * and of one psl_collation_dup_version() as readers of the language sort their texts. Numbers
 * stand by their value. Any thread.
 *
 * Returns: (transfer full): bytes that are no text, ended by the only 0 among them
 */
char *
psl_collation_dup_key (const char *language,
                       const char *text)
{
  const UCollator *collator;
  UChar start[STACK_LENGTH];
  g_autofree UChar *whole = NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;

  g_return_val_if_fail (language != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  collator = get_collator (language);
  u_strFromUTF8WithSub (start, STACK_LENGTH, &length, text, -1, 0xfffd, NULL, &status);
  if (status != U_BUFFER_OVERFLOW_ERROR)
    return dup_key_of_units (collator, start, length);

  whole = g_new (UChar, (gsize) length + 1);
  status = U_ZERO_ERROR;
  u_strFromUTF8WithSub (whole, length + 1, NULL, text, -1, 0xfffd, NULL, &status);
  return dup_key_of_units (collator, whole, length);
}

/**
 * psl_collation_dup_version:
 * @language: a BCP 47 tag
 *
 * Returns: (transfer full): the version of the keys of psl_collation_dup_key(); keys of
 *   different versions can't be compared. Any thread
 */
char *
psl_collation_dup_version (const char *language)
{
  UVersionInfo version;
  char name[U_MAX_VERSION_STRING_LENGTH];

  g_return_val_if_fail (language != NULL, NULL);

  ucol_getVersion (get_collator (language), version);
  u_versionToString (version, name);
  return g_strdup_printf ("%s/%d", name, ATTRIBUTES_VERSION);
}
