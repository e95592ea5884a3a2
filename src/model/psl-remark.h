/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

/*
 * The fields of a kind of remarks (#PslKind.remarks) that have a meaning for the program:
 *
 * PSL_REMARK_TEXT: what is remarked, in any of the languages
 * PSL_REMARK_ABOUT: the field of the record that it is about, as psl_kind_parse_field()
 *   reads it; empty for a remark on the whole record
 * PSL_REMARK_AUTHOR, PSL_REMARK_DATE: who made it, and when
 * PSL_REMARK_VALUE: the canonical value that an import would have given that field
 * PSL_REMARK_SOURCE: where that value comes from: the file and the line
 */
#define PSL_REMARK_TEXT "text"
#define PSL_REMARK_ABOUT "about"
#define PSL_REMARK_AUTHOR "author"
#define PSL_REMARK_DATE "date"
#define PSL_REMARK_VALUE "value"
#define PSL_REMARK_SOURCE "source"

PslRecord      *psl_remark_new        (PslRecord       *record,
                                       const PslField  *field,
                                       const char      *language);
void            psl_remark_set        (PslRecord       *remark,
                                       const char      *name,
                                       const char      *language,
                                       const char      *value);
const PslField *psl_remark_find_field (PslRecord       *remark,
                                       const PslKind   *kind,
                                       const char     **language);
gboolean        psl_remark_is_about   (PslRecord       *remark,
                                       const PslField  *field,
                                       const char      *language);
char           *psl_remark_dup_signature (PslRecord    *remark);
char           *psl_remark_dup_count  (guint            n);

G_END_DECLS
