/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-query-private.h"
#include "psl-sql.h"
#include "psl-store.h"

G_BEGIN_DECLS

/* How matches compare. */
typedef enum
{
  PSL_ORDER_TEXT,
  PSL_ORDER_NUMBER,
  PSL_ORDER_PAIR,   /* by two values: currency and amount, owner and position */
  PSL_ORDER_CODE,
  PSL_ORDER_RELEVANCE,
} PslOrderType;

/* Where the values stand that records are sorted by. */
typedef enum
{
  PSL_ORDER_BY_COLUMN,
  PSL_ORDER_BY_TITLE,
  PSL_ORDER_BY_CHANGE,
  PSL_ORDER_BY_POSITION,
} PslOrderSource;

/* The UUID of the record `r`, which decides the order of parts with one position. */
#define PSL_ORDER_SELECT_ID "(SELECT id FROM record WHERE rid = r.rid)"

/* The order of a query. */
typedef struct
{
  PslOrderType type;
  const PslKind *kind;
  /* Where the values stand; for titles their language; for positions the record whose parts
   * are listed (NULL: all, the parts of one record after the other); and whether further
   * conditions need the table of the kind. */
  PslOrderSource source;
  const PslField *field;
  const char *language;
  const char *owner;
  gboolean is_filtered;
  GPtrArray *codes;
  GHashTable *ranks;
  GStrv words;
  gboolean descending;
} PslOrder;

/* A match with the value it is sorted by; @text may be NULL. Of parts that have one position,
 * because registers gave it apart, the UUID (@id) decides, which is the same in all registers. */
typedef struct
{
  gint64 rid;
  gint64 number;
  char *text;
  char *id;     /* (nullable) */
  gboolean is_empty;
} PslMatch;

gboolean psl_order_init        (PslOrder        *order,
                                PslStore        *store,
                                PslQuery        *query,
                                GError         **error);
void     psl_order_clear       (PslOrder        *order);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PslOrder, psl_order_clear)
char    *psl_order_dup_values  (const PslOrder  *order);
char    *psl_order_dup_column  (const PslOrder  *order,
                                gboolean         is_walked,
                                guint            nth);
const char *psl_order_get_walked (const PslOrder *order);
void     psl_order_append_from (const PslOrder  *order,
                                PslSql          *sql);
void     psl_match_init        (PslMatch        *match,
                                const PslOrder  *order,
                                PslStatement    *statement);
void     psl_match_clear       (gpointer         match);
int      psl_match_compare     (gconstpointer    a,
                                gconstpointer    b,
                                gpointer         order);

G_END_DECLS
