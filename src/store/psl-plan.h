/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-kind.h"
#include "psl-record.h"

G_BEGIN_DECLS

/*
 * How a kind's fields lie in the register's tables, and the SQL that follows
 * from it. Made once a store from the kind's description.
 */

/**
 * PslFieldPlan:
 * @field: the field
 * @select: reads its columns by `rid`; %NULL for multilingual text, rows and parts
 * @update: sets its columns in the kind's table, then `rid`; %NULL like @select
 * @select_linking: for links but those of %PSL_FIELD_OWNER, reads the records that lead to a `rid`
 * @select_chain: for links of %PSL_FIELD_ORDERING, reads the chain of live records from one
 *   on, itself first, each with the next
 * @rows_select: for rows, reads the sub-fields' columns in order of position
 * @rows_insert: for rows, writes `rid`, `position` and the sub-fields' columns
 * @rows_delete: for rows, deletes the rows of a `rid`
 */
typedef struct
{
  const PslField *field;
  char *select;
  char *update;
  char *select_linking;
  char *select_chain;
  char *rows_select;
  char *rows_insert;
  char *rows_delete;
} PslFieldPlan;

/**
 * PslColumn: a value in the result of a plan's query; texts in several languages have a
 * query of their own.
 * @field: the field
 * @index: number of its (first) column
 */
typedef struct
{
  const PslField *field;
  int index;
} PslColumn;

/* The first columns of the queries for records. */
enum
{
  PSL_PLAN_COLUMN_RID,
  PSL_PLAN_COLUMN_ID,
  PSL_PLAN_COLUMN_STATE,
  PSL_PLAN_COLUMN_CREATED,
  PSL_PLAN_COLUMN_CHANGED,
  PSL_PLAN_COLUMN_POSITION,
  PSL_PLAN_N_COLUMNS,
};

/**
 * PslPlan:
 * @kind: the kind
 * @fields: one a field, in the kind's order
 * @n_fields: how many
 * @select: a record by rid; the columns of its kind's table
 * @select_columns: (element-type PslColumn): the values in it
 * @select_listed: a record by rid; only the columns that lists show
 * @listed_columns: (element-type PslColumn): the values in it
 * @select_listed_texts: (nullable): field, language and text of a record's texts that lists
 *   show, by rid
 * @select_parts: the columns of the kind's table for the live parts of a record, by its rid,
 *   in their order; the columns are @select_columns
 * @select_parts_texts: field, language, text, mark and rid of their texts
 * @select_title_texts: the same of a record's title in all languages, by rid
 * @insert: `rid` and the columns of the fields that are neither multilingual nor
 *   rows, in order
 * @position: how the position of parts is stored
 */
typedef struct
{
  const PslKind *kind;
  PslFieldPlan *fields;
  guint n_fields;
  char *select;
  GArray *select_columns;
  char *select_listed;
  GArray *listed_columns;
  char *select_listed_texts;
  char *select_parts;
  char *select_parts_texts;
  char *select_title_texts;
  char *insert;
  PslFieldPlan position;
} PslPlan;

PslPlan            *psl_plan_new       (const PslKind  *kind);
void                psl_plan_free      (PslPlan        *self);
const PslFieldPlan *psl_plan_get_field (const PslPlan  *self,
                                        const PslField *field);

G_END_DECLS
