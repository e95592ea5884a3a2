/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

/**
 * PslFilterOp:
 * @PSL_FILTER_EQUALS: the value, exactly (canonical); for rows, any row's first
 *   sub-field; for text in several languages, in any of them; for links, the
 *   UUID of the record
 * @PSL_FILTER_ONE_OF: one of the values
 * @PSL_FILTER_RANGE: from the first to the second value, both included, one of
 *   which may be empty (""). Dates compare by the period they stand for: `2020`
 *   overlaps the range from `2020-05` to `2020-06`. Money compares amounts of
 *   the bounds' currency, which both share
 * @PSL_FILTER_NONE_OF: passes the records that %PSL_FILTER_ONE_OF does not pass, also the
 *   ones without a value
 * @PSL_FILTER_CONTAINS: the folded text contains each of the folded words,
 *   anywhere; signs alone are looked for as they are. For codes the words are
 *   looked for in their names, for links in the record's title, identifiers and
 *   place, for rows in any of their texts
 * @PSL_FILTER_EMPTY: has no value; takes no values itself
 * @PSL_FILTER_NOT_EMPTY: has a value; takes no values itself
 * @PSL_FILTER_OUTDATED: has a text that is older than that in another language, which was
 *   changed since; takes no values itself
 */
typedef enum
{
  PSL_FILTER_EQUALS,
  PSL_FILTER_ONE_OF,
  PSL_FILTER_NONE_OF,
  PSL_FILTER_RANGE,
  PSL_FILTER_CONTAINS,
  PSL_FILTER_EMPTY,
  PSL_FILTER_NOT_EMPTY,
  PSL_FILTER_OUTDATED,
} PslFilterOp;

/* Filters by the years of a record's period (RANGE of years only), see #PslPeriod: between
 * two years, records under way in one of them; from a year on, records that end in it or
 * later; up to a year, records that end in it or earlier. */
#define PSL_FIELD_YEARS "years"

/* Filters by the action that made or changed a record (EQUALS its number), an import for
 * instance. */
#define PSL_FIELD_ACTION "$action"

/* Sorts by when the record was last changed. The other sorts are the names of
 * fields that are listed: titles by their folded text in the query's language,
 * codes in the order of their list (long lists: by name), money by currency,
 * then amount. Records without a value come last in both directions. */
#define PSL_SORT_CHANGED "$changed"

/* Sorts parts by their positions, the parts of one record after the parts of another. */
#define PSL_SORT_POSITION PSL_FIELD_POSITION

/**
 * PslFilter:
 * @field: name of a field, with `_fr` or `_en` for a text in one language (`title_fr` EMPTY:
 *   not in French yet), `FIELD.SUBFIELD` for one column of rows, %PSL_FIELD_YEARS or
 *   %PSL_FIELD_ACTION; of codes (and rows whose first sub-field is one) `FIELD.WIDER`: the
 *   entry that they belong to, however far up; of a link or parts `FIELD.` and the name that
 *   the records at the other end are filtered by: `office.country`, `results.indicator`, as
 *   far as it goes
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
 * The contents of a list: records of one kind (or of every kind, in the trash) that pass the
 * filters and the search, in an order. Immutable once shared between threads;
 * psl_query_copy() to change one.
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
gboolean        psl_query_depends_on     (PslQuery       *self,
                                          const PslKind  *kind,
                                          const PslField *field);
gboolean        psl_query_validate       (PslQuery            *self,
                                          const PslCodelists  *codelists,
                                          GError             **error);
char           *psl_query_to_string      (PslQuery       *self);
PslQuery       *psl_query_from_string    (const char          *text,
                                          const PslCodelists  *codelists,
                                          GError             **error);

G_END_DECLS
