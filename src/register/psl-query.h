/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

/**
 * PslFilterOp:
 * @PSL_FILTER_EQUALS: the value, exactly (canonical)
 * @PSL_FILTER_ONE_OF: one of the values; for rows, any row's first sub-field
 * @PSL_FILTER_RANGE: from the first to the second value, both included, either
 *   may be empty. Dates compare by the period they stand for; money compares
 *   amounts of the same currency
 * @PSL_FILTER_CONTAINS: the folded text contains the folded words
 * @PSL_FILTER_EMPTY: has no value
 * @PSL_FILTER_NOT_EMPTY: has a value
 */
typedef enum
{
  PSL_FILTER_EQUALS,
  PSL_FILTER_ONE_OF,
  PSL_FILTER_RANGE,
  PSL_FILTER_CONTAINS,
  PSL_FILTER_EMPTY,
  PSL_FILTER_NOT_EMPTY,
} PslFilterOp;

/* Filters by the years a record was under way (RANGE of years only), and by one
 * sub-field of a rows field: `functions.function`. */
#define PSL_FIELD_YEARS "years"

/* Sorts, beside the names of fields that are listed: by when it was last
 * changed, and the order of a search's results. */
#define PSL_SORT_CHANGED "$changed"

/**
 * PslFilter:
 * @field: name of a field, `FIELD.SUBFIELD` for one column of rows, or
 *   %PSL_FIELD_YEARS
 * @op: see #PslFilterOp
 * @values: (nullable): canonical values
 */
typedef struct
{
  char *field;
  PslFilterOp op;
  GStrv values;
} PslFilter;

PslFilter *psl_filter_new  (const char         *field,
                            PslFilterOp         op,
                            const char *const  *values);
PslFilter *psl_filter_copy (const PslFilter    *filter);
void       psl_filter_free (PslFilter          *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslFilter, psl_filter_free)

/**
 * PslQuery:
 *
 * What a list shows: records of one kind (or of every kind, in the trash) that
 * pass the filters and the search, in an order. Immutable once shared between
 * threads; psl_query_copy() to change one.
 */
#define PSL_TYPE_QUERY (psl_query_get_type ())
G_DECLARE_FINAL_TYPE (PslQuery, psl_query, PSL, QUERY, GObject)

PslQuery       *psl_query_new            (const PslKind  *kind);
PslQuery       *psl_query_new_trash      (void);
PslQuery       *psl_query_copy           (PslQuery       *self);
const PslKind  *psl_query_get_kind       (PslQuery       *self);
gboolean        psl_query_is_trash       (PslQuery       *self);
void            psl_query_add_filter     (PslQuery       *self,
                                          PslFilter      *filter);
void            psl_query_remove_filter  (PslQuery       *self,
                                          guint           index);
void            psl_query_clear_filters  (PslQuery       *self);
GPtrArray      *psl_query_get_filters    (PslQuery       *self);
void            psl_query_set_search     (PslQuery       *self,
                                          const char     *words);
const char     *psl_query_get_search     (PslQuery       *self);
void            psl_query_set_sort       (PslQuery       *self,
                                          const char     *field,
                                          gboolean        descending);
const char     *psl_query_get_sort       (PslQuery       *self,
                                          gboolean       *descending);
void            psl_query_set_language   (PslQuery       *self,
                                          const char     *language);
const char     *psl_query_get_language   (PslQuery       *self);
gboolean        psl_query_equal          (PslQuery       *self,
                                          PslQuery       *other);
gboolean        psl_query_validate       (PslQuery       *self,
                                          GError        **error);
char           *psl_query_to_string      (PslQuery       *self);
PslQuery       *psl_query_from_string    (const char     *text,
                                          GError        **error);
char           *psl_query_to_sql         (PslQuery       *self,
                                          const char     *columns,
                                          GPtrArray      *bindings);

G_END_DECLS
