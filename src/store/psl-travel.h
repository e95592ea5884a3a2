/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * Actions that travel from one register to another.
 *
 * They are lines of JSON. The first names the form and its version. Then comes a line an
 * action, in an order in which every action comes after the actions that its register had
 * seen, and after each as many lines as it says, a line a change. Records and registers are
 * called by their UUIDs, actions by the register that made them and their number there, as an
 * array.
 */

#define PSL_TRAVEL_FORM "passerelle-actions"
#define PSL_TRAVEL_VERSION 1

/**
 * PslConflict: a value that was changed apart, or of which an import found another one.
 * @rid: the record
 * @field: (nullable): the field; %NULL for the record's state
 * @language: (nullable): for a multilingual field
 * @values: (element-type utf8): the values, %NULL for none; the record shows the first,
 *   except of a list, which holds the members of all of them
 * @is_of_import: whether remarks that imports left hold the values but the first, which is
 *   the only one where the field has got theirs since
 */
typedef struct
{
  gint64 rid;
  const PslField *field;
  char *language;
  GPtrArray *values;
  gboolean is_of_import;
} PslConflict;

char      *psl_conflict_dup_message     (const PslConflict *self);
void       psl_conflict_free            (PslConflict    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslConflict, psl_conflict_free)

char      *psl_store_dup_seen           (PslStore       *self,
                                         GError        **error);
gboolean   psl_store_read_actions_since (PslStore       *self,
                                         const char     *seen,
                                         GOutputStream  *stream,
                                         GError        **error);
gint64     psl_store_replay             (PslStore       *self,
                                         GInputStream   *stream,
                                         GError        **error);
GPtrArray *psl_store_list_conflicts     (PslStore       *self,
                                         GError        **error);
GPtrArray *psl_store_list_conflicts_of  (PslStore       *self,
                                         gint64          rid,
                                         GError        **error);
GPtrArray *psl_store_list_import_conflicts (PslStore    *self,
                                         gint64          rid,
                                         GError        **error);
gboolean   psl_store_check_conflicts    (PslStore       *self,
                                         gint64          action,
                                         gboolean        back,
                                         GError        **error);
gboolean   psl_store_resolve            (PslStore       *self,
                                         gint64          rid,
                                         const PslField *field,
                                         const char     *language,
                                         const char     *value,
                                         GError        **error);

G_END_DECLS
