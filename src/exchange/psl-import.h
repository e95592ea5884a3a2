/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-issue.h"
#include "psl-import-link.h"
#include "psl-import-refused.h"
#include "psl-import-outcome.h"
#include "psl-import-row.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslImportOptions:
 * @maps: (nullable): `COLUMN=FIELD`, see psl_import_mapping_new()
 * @language: (nullable): of text columns that don't say theirs
 * @currency: (nullable): of amounts that name none; else US dollars
 * @dates: the order of dates where a heading or an answer doesn't say it
 * @decimals: the mark of decimals where an answer doesn't say it
 * @century: of years of two digits where an answer doesn't say it, see #PslConventions
 * @answers: (array length=n_answers) (nullable): how single columns are read
 * @n_answers: how many answers there are
 * @empty: the marks of cells that say nothing
 * @delimiter: `,`, `;` or a tab, or 0 to recognise it
 * @encoding: (nullable): the file's encoding, or %NULL to recognise it; see
 *   psl_encoding_find()
 * @strict: whether a value that can't be read refuses its row, and one row that is
 *   refused the file
 * @dry_run: whether only to tell the effects
 * @prefer_file: whether the file's value replaces a different one of the register; a value of
 *   another row of the file is never replaced
 * @missing_links: how to treat links to records that aren't there; where the import is
 *   strict, such a link refuses the row rather than staying empty
 * @refused: (nullable): takes the rows that are refused and the rows with a value left out,
 *   with the reasons
 * @report: (nullable): told of each issue as it is found
 * @question: (nullable): told of each question that the columns leave open
 * @record: (nullable): told, at the end, the outcome of each record
 * @preview: (nullable): filled with the first rows of the file, as
 *   #PslImportPreviewRow
 * @progress: (nullable): told how much of the file is read, from 0 to 1
 * @user_data: for all functions
 */
typedef struct
{
  const char *const *maps;
  const char *language;
  const char *currency;
  PslDateOrder dates;
  PslDecimalMark decimals;
  guint century;
  const PslImportAnswer *answers;
  guint n_answers;
  PslImportEmptyMarks empty;
  char delimiter;
  const char *encoding;
  gboolean strict;
  gboolean dry_run;
  gboolean prefer_file;
  PslMissingLinks missing_links;
  PslRefusedRows *refused;
  GListStore *preview;
  PslImportReport report;
  void (*question) (const PslImportQuestion *question,
                    gpointer                 user_data);
  void (*record) (PslRecord        *record,
                  PslImportOutcome  outcome,
                  gpointer          user_data);
  void (*progress) (double   fraction,
                    gpointer user_data);
  gpointer user_data;
} PslImportOptions;

/**
 * PslImportPlan:
 * @n_rows: rows of the file that were read
 * @n_refused: of them, rows that did not go in
 * @n_records: records by #PslImportOutcome
 * @n_touched: of them, those that are new, changed, or have got a remark
 * @n_conflicts: values that were not taken
 * @n_remarks: of them, values that a remark is left for, until somebody decides
 * @n_replaced: values of the register that the file replaced
 * @n_merged: rows that went into the record of an earlier row
 * @n_left_out: values that were left out of rows that went in
 * @n_created: records that were made because links name them
 * @n_unlisted: values that went in with a code that no list has
 * @n_unmatched: columns that match no field
 * @encoding: (nullable): the encoding that the file was read in
 * @encoding_is_guessed: whether it might be in another
 * @delimiter: the character between its cells
 * @action: the action, or 0 where nothing was changed
 *
 * The effects of an import that was made, or would be.
 */
typedef struct
{
  guint64 n_rows;
  guint64 n_refused;
  guint64 n_records[PSL_IMPORT_N_OUTCOMES];
  guint64 n_touched;
  guint64 n_conflicts;
  guint64 n_remarks;
  guint64 n_replaced;
  guint64 n_merged;
  guint64 n_left_out;
  guint64 n_created;
  guint64 n_unlisted;
  guint n_unmatched;
  const char *encoding;
  gboolean encoding_is_guessed;
  char delimiter;
  gint64 action;
} PslImportPlan;

gboolean psl_import_plan_changes (const PslImportPlan *plan);
gboolean psl_import_csv (PslStore                *store,
                         const PslKind           *kind,
                         GInputStream            *stream,
                         const char              *name,
                         const PslImportOptions  *options,
                         PslImportPlan           *plan,
                         GCancellable            *cancellable,
                         GError                 **error);

G_END_DECLS
