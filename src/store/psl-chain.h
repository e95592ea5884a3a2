/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-hash.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslChainBreak: how a chain of actions is broken at one of them.
 * @PSL_CHAIN_WHOLE: it is not broken
 * @PSL_CHAIN_ALTERED: the action was altered
 * @PSL_CHAIN_LOST: the action before it is missing, or another was put in its place
 * @PSL_CHAIN_LOST_END: it is the last action, but missing, or the register names another as
 *   its last
 */
typedef enum
{
  PSL_CHAIN_WHOLE,
  PSL_CHAIN_ALTERED,
  PSL_CHAIN_LOST,
  PSL_CHAIN_LOST_END,
} PslChainBreak;

/* Told of a break; returns whether to go on. */
typedef gboolean (*PslChainFunc) (gint64         action,
                                  PslChainBreak  broken,
                                  gpointer       user_data);

gboolean        psl_chain_get_hash         (PslStatement     *statement,
                                            int               column,
                                            guint8            hash[PSL_HASH_LENGTH]);
void            psl_chain_add_change       (PslStore         *self,
                                            const PslHashedChange *change);
gboolean        psl_chain_finish_action    (PslStore         *self,
                                            const PslAction  *action,
                                            guint8            hash[PSL_HASH_LENGTH],
                                            GError          **error);
char           *psl_chain_dup_action_id    (gint64            clock,
                                            const guint8      hash[PSL_HASH_LENGTH]);
char           *psl_chain_dup_action_name  (PslStore         *self,
                                            gint64            action);
gboolean        psl_chain_check            (PslStore         *self,
                                            PslChainFunc      func,
                                            gpointer          user_data,
                                            GError          **error);
gboolean        psl_chain_make             (PslStore         *self,
                                            GError          **error);
gboolean        psl_chain_check_since      (PslStore         *self,
                                            gint64            action,
                                            GError          **error);

gboolean        psl_chain_check_until      (PslStore         *self,
                                            gint64            action,
                                            GError          **error);

G_END_DECLS
