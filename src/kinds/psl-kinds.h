/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/* One file each: psl-kind-project.c and so on. */
extern const PslKind psl_kind_project;
extern const PslKind psl_kind_office;

/* Kinds of parts, with their fields, which a cell of a table holds, too: see
 * PSL_PARTS_ROWS(). */
extern const PslKind psl_kind_result;
extern const PslField psl_kind_result_fields[];
extern const PslKind psl_kind_document;
extern const PslField psl_kind_document_fields[];
extern const PslKind psl_kind_function;
extern const PslField psl_kind_function_fields[];
extern const PslKind psl_kind_former_name;
extern const PslField psl_kind_former_name_fields[];

/* Remarks, and the field of those on a record: see #PslKind. */
extern const PslKind psl_kind_remark;
extern const PslField psl_kind_remark_parts;

/* Entries of code lists, as records: see psl-entry.h. */
extern const PslKind psl_kind_entry;

/* All kinds in the order of the sidebar, which leaves parts out; NULL-terminated. */
extern const PslKind *const psl_kinds[];

const PslKind *psl_kind_find (const char *name);

G_END_DECLS
