/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"

G_BEGIN_DECLS

/* What is in memory of code lists: made by psl-codelist-load.c and, where a register has
 * changed entries, psl-codelist-change.c; asked by psl-codelist.c. */

#define PSL_CODELIST_FOLDER "/org/passerelle/Passerelle/codelists"
#define PSL_CODELIST_SUFFIX ".tabs"

/* What people may write for an entry, from the most to the least specific: codes,
 * names, aliases, names without their small words. */
typedef enum
{
  PSL_KEY_CODE,
  PSL_KEY_NAME,
  PSL_KEY_ALIAS,
  PSL_KEY_LOOSE,
  PSL_KEY_SORTED,             /* the same with its words in alphabetical order */
  PSL_KEY_LEVELS,
} PslKeyLevel;

/* An entry with what is only asked for here. */
typedef struct
{
  PslCode code;
  guint position;
  guint digits;               /* currencies: decimals of the minor unit */
  const char *symbols[2];     /* currencies */
  const char *other_codes[2]; /* countries: of three letters, of three digits */
  gboolean extensible;        /* lists: those who keep a register change them */
  gboolean alphabetical;      /* lists: without an order of their own, people look for the name */
  gboolean tags;              /* lists: their codes are tags of languages */
  char *folded[2];            /* names, folded; of the index */
  char *words;                /* everything search finds it by: " word word…"; of the index */
} PslCodeEntry;

struct _PslCodelist
{
  char *name;
  gboolean alphabetical;
  gboolean extensible;
  gboolean tags;
  GStringChunk *strings;      /* (nullable): of entries that a register changed */
  GPtrArray *aliases;         /* (nullable): likewise, their arrays of aliases */
  guint n_entries;
  PslCodeEntry *entries;
  GHashTable *by_code;        /* code → entry */

  /* The index: what is asked for by words, made when it is first asked. */
  gsize indexed;
  /* What people may write, folded → GPtrArray of entries. */
  GHashTable *by_key[PSL_KEY_LEVELS];
  guint longest;              /* words in the longest key */
  GHashTable *longest_with;   /* word → words in the longest key that it is in */
};

gboolean     psl_codelist_is_qualified     (const char        *text);
GPtrArray   *psl_codelist_find_close       (const PslCodelist *self,
                                            const char        *text);
char        *psl_codelist_loosen           (const char        *folded);
char        *psl_codelist_sort_words       (const char        *loose);
PslCodelist *psl_codelist_load             (const char        *name);
PslCodelist *psl_codelist_new_changed      (const PslCodelist *base,
                                            GPtrArray         *changes);
void         psl_codelist_free             (PslCodelist       *self);
void         psl_codelist_ensure_index     (const PslCodelist *self);

G_END_DECLS
