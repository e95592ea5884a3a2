/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many characters a code may have that no list knows. */
#define PSL_CODE_MAX_LENGTH 64

/**
 * PslCode:
 * @code: what is stored
 * @parent: (nullable): code of the wider entry (of a country, its M49 sub-region)
 * @names: names in the order of #psl_languages
 * @details: (nullable): for a country its capital in the order of #psl_languages
 * @aliases: (nullable): other names import and search know it by
 * @withdrawn: kept for records that hold it, not offered for new ones
 *
 * An entry of a code list. It lives as long as its list.
 */
typedef struct
{
  const char *code;
  const char *parent;
  const char *names[2];
  const char *details[2];
  const char *const *aliases;
  gboolean withdrawn;
} PslCode;

/**
 * PslCodelist:
 *
 * A code list, which never changes. The program's are read from its resources when they
 * are first asked for and live as long as the process; a register that has changed
 * entries has lists of its own, see #PslCodelists. psl_codelist_search() puts entries into the order in which people look for
 * them: the list's own, or for countries and currencies that of the names in
 * their language.
 */
typedef struct _PslCodelist PslCodelist;

const PslCodelist *psl_codelist_get                 (const char         *name);
const char *const *psl_codelist_names               (void);
gint64             psl_codelist_get_version         (void);
void               psl_codelist_add_all_to_checksum (GChecksum          *checksum);
const PslCodelist *psl_codelist_get_default         (const char         *name);
gboolean           psl_codelist_is_extensible       (const PslCodelist  *self);
gboolean           psl_codelist_has_tags            (const PslCodelist  *self);
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
guint              psl_currency_get_digits          (const char         *currency);
const char        *psl_currency_get_symbol          (const char         *currency,
                                                     const char         *language);

G_END_DECLS
