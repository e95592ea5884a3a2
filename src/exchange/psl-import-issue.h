/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * PslImportIssueType:
 * @PSL_IMPORT_ISSUE_COLUMN: a column that matches no field
 * @PSL_IMPORT_ISSUE_CONFLICT: a value that differs from one that stays
 * @PSL_IMPORT_ISSUE_REPLACED: a value of the register that the file replaced
 * @PSL_IMPORT_ISSUE_REFUSED: a row that did not go in
 * @PSL_IMPORT_ISSUE_LEFT_OUT: a value that was left out of a row that went in
 * @PSL_IMPORT_ISSUE_MERGED: a row that went into the record of an earlier one
 * @PSL_IMPORT_ISSUE_CREATED: a record that was made because a link names it
 * @PSL_IMPORT_ISSUE_UNLISTED: codes that went in although no list has them
 * @PSL_IMPORT_ISSUE_NOTE: anything else about the file
 */
typedef enum
{
  PSL_IMPORT_ISSUE_COLUMN,
  PSL_IMPORT_ISSUE_CONFLICT,
  PSL_IMPORT_ISSUE_REPLACED,
  PSL_IMPORT_ISSUE_REFUSED,
  PSL_IMPORT_ISSUE_LEFT_OUT,
  PSL_IMPORT_ISSUE_MERGED,
  PSL_IMPORT_ISSUE_CREATED,
  PSL_IMPORT_ISSUE_UNLISTED,
  PSL_IMPORT_ISSUE_NOTE,
} PslImportIssueType;

/**
 * PslImportIssue:
 * @type: its type
 * @line: line of the file where the row starts
 * @record: (nullable): the name of the record: an identifier, else its title
 * @field: (nullable): the field
 * @subfield: (nullable): for rows, the sub-field
 * @language: (nullable): of a text in several languages
 * @column: (nullable): the column's heading; for a conflict, where another column
 *   of the same row says otherwise; without @field, where the column itself may be sent
 *   to the wrong place
 * @nth: where @column names one, its place in the file, from 0
 * @kept: (nullable): canonical value that stays, or that was replaced; for a link, the name
 *   of the record
 * @given: (nullable): like @kept, the value of this row; the codes that no list has
 * @in_file: whether @kept comes from the same file
 * @earlier_line: for a row that was merged, the line of the first row of its record
 * @message: (nullable): why a row was refused or a value left out, or a note, translated
 *
 * Something about a file that a person should know.
 */
typedef struct
{
  PslImportIssueType type;
  guint64 line;
  char *record;
  const PslField *field;
  const PslField *subfield;
  const char *language;
  char *column;
  guint nth;
  char *kept;
  char *given;
  gboolean in_file;
  guint64 earlier_line;
  char *message;
} PslImportIssue;

PslImportIssue *psl_import_issue_new           (PslImportIssueType     type,
                                                guint64                line);
PslImportIssue *psl_import_issue_copy          (const PslImportIssue  *issue);
void            psl_import_issue_free          (PslImportIssue        *issue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslImportIssue, psl_import_issue_free)
char           *psl_import_issue_dup_field     (const PslImportIssue  *issue);
char           *psl_import_issue_dup_message   (const PslImportIssue *issue,
                                                const PslCodelists   *codelists);

G_END_DECLS
