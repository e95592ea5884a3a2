/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-csv-reader.h"
#include "psl-import-cells.h"
#include "psl-import-issue.h"
#include "psl-import-preview.h"
#include "psl-import-survey.h"
#include "psl-record.h"

G_BEGIN_DECLS

/**
 * PslImportLink:
 * @field: the field
 * @column: its column's heading
 * @nth: the column's place in the file, from 0
 * @text: as the file writes it: a UUID, an identifier or a name
 * @id: (nullable): the UUID of the record that it leads to, once that is known
 * @is_lost: no row of the file can bring the record any more
 * @was_unresolved: it was not known what it leads to when the row went in
 * @is_tried: what it leads to is only found while its row is tried
 * @is_left_out: the field stays empty, which has been reported
 */
typedef struct
{
  const PslField *field;
  char *column;
  guint nth;
  char *text;
  char *id;
  gboolean is_lost;
  gboolean was_unresolved;
  gboolean is_tried;
  gboolean is_left_out;
} PslImportLink;

/**
 * PslImportCounts:
 * @n_conflicts: values that were not taken
 * @n_replaced: values of the register that the row's replaced
 * @n_merged: whether the row went into the record of an earlier one
 * @n_left_out: values that were left out
 * @n_created: records that were made because links name them
 * @n_unlisted: values with a code that no list has
 *
 * How many issues of each type a row has, which count where the row goes in.
 */
typedef struct
{
  guint n_conflicts;
  guint n_replaced;
  guint n_merged;
  guint n_left_out;
  guint n_created;
  guint n_unlisted;
} PslImportCounts;

/**
 * PslImportRow: what a row of a file says about a record, or about a part of one.
 * @line: line of the file where the row starts
 * @record: its values, canonical; its id is %NULL where the file gives none
 * @links: (element-type PslImportLink): links that are still names
 * @added: (element-type PslField): rows fields of which the file's row holds one
 *   entry, to be added to the others
 * @parts: (element-type PslImportRow): those that @record lists, where the file gives them
 *   UUIDs; @record has the lists as well
 * @ids: (nullable): of such a part, the column that its UUID is from
 * @rid: of the record that the row went into, or 0 until it did
 * @preview: (nullable): what a person is shown of the row
 * @counts: what was told of the row so far
 * @kept_counts: what had been told before the row was tried
 */
typedef struct
{
  guint64 line;
  PslRecord *record;
  GPtrArray *links;
  GPtrArray *added;
  GPtrArray *parts;
  const PslImportColumn *ids;
  gint64 rid;
  PslImportPreviewRow *preview;
  PslImportCounts counts;
  PslImportCounts kept_counts;
} PslImportRow;

void psl_import_row_free (PslImportRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportRow, psl_import_row_free)

/* Told of each issue where it is found; @issue is the caller's. */
typedef void (*PslImportReport) (const PslImportIssue *issue,
                                 gpointer              user_data);

/**
 * PslRowRules:
 * @cells: the cells
 * @survey: how the cells of each column are read
 * @strict: whether a value that can't be read refuses its row; otherwise it is left
 *   out, unless it tells which record the row describes
 *
 * How rows are read.
 */
typedef struct
{
  PslImportCells cells;
  PslImportSurvey *survey;
  gboolean strict;
} PslRowRules;

typedef struct _PslRowParser PslRowParser;

PslRowParser *psl_row_parser_new   (const PslRowRules *rules,
                                    PslImportReport    report,
                                    gpointer           user_data);
void          psl_row_parser_free  (PslRowParser      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslRowParser, psl_row_parser_free)
PslImportRow *psl_row_parser_parse (PslRowParser      *self,
                                    PslCsvReader      *reader);

G_END_DECLS
