/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"

G_BEGIN_DECLS

/* The code lists in memory. psl-codelist.c is a list; psl-codelist-match.c finds its entries
 * with the index of psl-codelist-index.c. psl-codelist-program.c makes the lists of the
 * program, psl-codelist-change.c the lists of a register that has changed entries, and
 * psl-codelists.c is the set of a register's lists. */

/* The texts that people may write for an entry, from the most to the least specific: codes,
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

/* An entry, with facts that only the files of the code lists use. */
typedef struct
{
  PslCode code;
  guint position;
  guint digits;               /* currencies: decimals of the minor unit */
  const PslNames *symbols;    /* (nullable): currencies */
  const char *other_codes[2]; /* countries: of three letters, of three digits */
  gboolean extensible;        /* lists: whoever keeps a register may change them */
  gboolean alphabetical;      /* lists: without an order of their own, people look for the name */
  gboolean tags;              /* lists: their codes are tags of languages */
  GStrv folded;               /* names, folded, or the code where there are none; of the index */
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
  GPtrArray *names;           /* (nullable): likewise, their names */
  guint n_entries;
  PslCodeEntry *entries;
  GHashTable *by_code;        /* code → entry */
  const char **languages;     /* the tags of its entries in use, where they are tags, interned */

  /* The index for finding entries by words, made when it is first asked. */
  gsize indexed;
  /* The texts that people may write, folded → GPtrArray of entries. */
  GHashTable *by_key[PSL_KEY_LEVELS];
  guint longest;              /* words in the longest key */
  GHashTable *longest_with;   /* word → words in the longest key that it is in */
};

char        *psl_codelist_loosen           (const char        *folded);
char        *psl_codelist_sort_words       (const char        *loose);
PslCodelist *psl_codelist_new_changed      (const PslCodelist *base,
                                            GPtrArray         *changes);
void         psl_codelist_free             (PslCodelist       *self);
void         psl_codelist_read_tags        (PslCodelist       *self);
void         psl_codelist_ensure_index     (const PslCodelist *self);

G_END_DECLS
