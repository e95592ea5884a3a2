/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-mapping.h"
#include "psl-import.h"
#include "psl-progress.h"
#include "psl-register.h"

G_BEGIN_DECLS

/* Issues that a result keeps; the others are only counted. */
#define PSL_IMPORT_MAX_ISSUES 200

/**
 * PslImportRequest:
 * @kind: (nullable): the kind of the rows; %NULL for the kind that the columns fit best
 * @likely: the kind where the columns fit several
 * @maps: (nullable): `COLUMN=FIELD`, see psl_import_mapping_new()
 * @headings: (nullable): of the columns that @maps were made for; a file that has
 *   others by now is refused
 * @encoding: (nullable): see #PslImportOptions
 * @currency: (nullable): see #PslImportOptions
 * @answers: (array length=n_answers) (nullable): to the questions of a dry run with the
 *   same columns
 * @n_answers: how many answers there are
 * @empty: see #PslImportOptions
 * @strict: see #PslImportOptions
 * @missing_links: see #PslImportOptions
 * @prefer_file: see #PslImportOptions
 * @dry_run: whether only to tell the effects
 */
typedef struct
{
  const PslKind *kind;
  const PslKind *likely;
  const char *const *maps;
  const char *const *headings;
  const char *encoding;
  const char *currency;
  const PslImportAnswer *answers;
  guint n_answers;
  PslImportEmptyMarks empty;
  gboolean strict;
  PslMissingLinks missing_links;
  gboolean prefer_file;
  gboolean dry_run;
} PslImportRequest;

/**
 * PslImportResult:
 * @codelists: the code lists of the register as they were read with
 * @kind: the kind of the rows
 * @mapping: where the columns go
 * @plan: the effects, or the effects it would have
 * @rows: the first rows of the file, as #PslImportPreviewRow
 * @issues: (element-type PslImportIssue): the first conflicts and refused rows, in
 *   the order of lines
 * @n_issues: how many there are
 * @refused: the rows that were refused or not taken whole, to be saved
 * @questions: (element-type PslImportQuestion): the open questions about the columns; where
 *   there are any, @refusal is the first of them
 * @refusal: (nullable): why nothing can be imported while the columns go where
 *   they do; @plan then says nothing
 */
typedef struct
{
  PslCodelists *codelists;
  const PslKind *kind;
  PslImportMapping *mapping;
  PslImportPlan plan;
  GListStore *rows;
  GPtrArray *issues;
  guint64 n_issues;
  PslRefusedRows *refused;
  GPtrArray *questions;
  GError *refusal;
} PslImportResult;

void             psl_import_result_free (PslImportResult         *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportResult, psl_import_result_free)

void             psl_import_async       (PslRegister             *reg,
                                         GFile                   *file,
                                         const PslImportRequest  *request,
                                         PslProgress             *progress,
                                         GCancellable            *cancellable,
                                         GAsyncReadyCallback      callback,
                                         gpointer                 user_data);
PslImportResult *psl_import_finish      (PslRegister             *reg,
                                         GAsyncResult            *result,
                                         GError                 **error);

G_END_DECLS
