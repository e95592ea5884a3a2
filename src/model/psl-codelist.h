/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-names.h"

G_BEGIN_DECLS

/* How many characters a code may have that no list knows. */
#define PSL_CODE_MAX_LENGTH 64

/**
 * PslCode:
 * @code: the stored code
 * @parent: (nullable): code of the wider entry (of a country, its M49 sub-region)
 * @names: (nullable): its names: in the languages of the program for its own entries, in any
 *   for entries that a register changed or added; see psl_code_get_name()
 * @details: (nullable): for a country the names of its capital
 * @aliases: (nullable): other names import and search know it by
 * @withdrawn: kept for records that hold it, not offered for new ones
 *
 * An entry of a code list. It lives as long as its list.
 */
typedef struct
{
  const char *code;
  const char *parent;
  const PslNames *names;
  const PslNames *details;
  const char *const *aliases;
  gboolean withdrawn;
} PslCode;

/**
 * PslCodelist:
 *
 * A code list, which never changes. The program's are read from its resources when they are
 * first asked for and live as long as the process; a register that has changed entries has
 * lists of its own, see #PslCodelists. psl_codelist_search() puts entries into the order in
 * which people look for them: the list's own, or for countries and currencies the order of
 * their names in the reader's language.
 */
typedef struct _PslCodelist PslCodelist;

const char *const *psl_codelist_names               (void);
gint64             psl_codelist_get_version         (void);
void               psl_codelist_add_all_to_checksum (GChecksum          *checksum);
const PslCodelist *psl_codelist_get_default         (const char         *name);
gboolean           psl_codelist_is_extensible       (const PslCodelist  *self);
gboolean           psl_codelist_has_tags            (const PslCodelist  *self);
const char *const *psl_codelist_get_languages       (const PslCodelist  *self);
const char        *psl_codelist_get_name            (const PslCodelist  *self);
guint              psl_codelist_get_n               (const PslCodelist  *self);
const PslCode     *psl_codelist_get_nth             (const PslCodelist  *self,
                                                     guint               nth);
guint              psl_codelist_get_position        (const PslCodelist  *self,
                                                     guint               nth);
gboolean           psl_codelist_is_long             (const PslCodelist  *self);
guint              psl_codelist_get_longest         (const PslCodelist  *self);
guint              psl_codelist_get_longest_with    (const PslCodelist  *self,
                                                     const char         *text);
const PslCode     *psl_codelist_find                (const PslCodelist  *self,
                                                     const char         *code);
const PslCode     *psl_codelist_find_named          (const PslCodelist  *self,
                                                     const char         *name,
                                                     const char         *code);
gboolean           psl_codelist_is_code             (const char         *text);
const PslCode     *psl_codelist_match               (const PslCodelist  *self,
                                                     const char         *text,
                                                     GError            **error);
char              *psl_codelist_read                (const PslCodelist  *self,
                                                     const char         *text,
                                                     gboolean            is_stored,
                                                     GError            **error);
GPtrArray         *psl_codelist_search              (const PslCodelist  *self,
                                                     const char         *words,
                                                     const char         *language);
const char        *psl_code_get_name                (const PslCode      *self,
                                                     const char         *language);
const char       **psl_code_list_names              (const PslCode      *self);
char              *psl_code_dup_search_text         (const PslCode      *self);
guint              psl_currency_get_digits          (const char         *currency);
const char        *psl_currency_get_symbol          (const char         *currency,
                                                     const char         *language);

G_END_DECLS
