/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store-private.h"

G_BEGIN_DECLS

/**
 * PslVersion: a change of a value.
 * @origin: the register that made it
 * @origin_id: its UUID
 * @number: the number of the action there
 * @stands: whether the action is not undone, nor the undoing or redoing of another one
 * @is_made: whether the record was made with the value
 * @is_undo: whether the action is the undoing of another one
 */
typedef struct
{
  gint64 origin;
  char *origin_id;
  gint64 number;
  gboolean stands;
  gboolean is_made;
  gboolean is_undo;
  char *old_value;
  char *new_value;
} PslVersion;

/*
 * PslSights: the actions of other registers that each action has seen. A change knows another
 * change if its register had the other when it was made.
 */
typedef struct _PslSights PslSights;

PslSights *psl_sights_new                  (PslStore         *store,
                                            GError          **error);
void       psl_sights_free                 (PslSights        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSights, psl_sights_free)
gint64     psl_sights_get_seen             (PslSights        *self,
                                            gint64            origin,
                                            gint64            number,
                                            gint64            other);
gint64     psl_sights_get_first_that_knows (PslSights        *self,
                                            gint64            origin,
                                            gint64            other,
                                            gint64            number);
gboolean   psl_sights_know                 (PslSights        *self,
                                            gint64            origin,
                                            gint64            number,
                                            gint64            other,
                                            gint64            other_number);
gint64     psl_sights_get_rank             (PslSights        *self,
                                            gint64            origin,
                                            gint64            number);

GPtrArray *psl_versions_read               (PslStore         *store,
                                            gint64            rid,
                                            const char       *field,
                                            const char       *language,
                                            GError          **error);
GPtrArray *psl_versions_list_standing      (GPtrArray        *versions);
gboolean   psl_versions_know               (PslSights        *sights,
                                            const PslVersion *version,
                                            const PslVersion *other);
GPtrArray *psl_versions_find_heads         (GPtrArray        *versions,
                                            PslSights        *sights);
gboolean   psl_versions_find_undo          (PslStore         *store,
                                            PslSights        *sights,
                                            gint64            action,
                                            gint64           *undo,
                                            GError          **error);

G_END_DECLS
