/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslFindingLevel:
 * @PSL_FINDING_DAMAGE: words or what holds them together were lost or altered
 * @PSL_FINDING_DERIVED: data that follows from the records is not as they have it, and can be
 *   made again: search words, sort keys
 * @PSL_FINDING_TO_LOOK_AT: the register is as it was written; somebody should look at the value
 */
typedef enum
{
  PSL_FINDING_DAMAGE,
  PSL_FINDING_DERIVED,
  PSL_FINDING_TO_LOOK_AT,
} PslFindingLevel;

/**
 * PslFinding:
 * @rid: the record, or 0 for the file itself
 * @id: (nullable): its UUID
 * @kind: (nullable): its kind
 * @title: (nullable): its title
 * @field: (nullable): the field that the finding stands on
 * @language: (nullable): which of its texts, for a text in several languages
 * @message: what is wrong, translated
 * @level: how bad it is
 */
typedef struct
{
  gint64 rid;
  char *id;
  const PslKind *kind;
  char *title;
  const PslField *field;
  const char *language;
  char *message;
  PslFindingLevel level;
} PslFinding;

const char *psl_finding_level_get_name  (PslFindingLevel level);
const char *psl_finding_level_get_label (PslFindingLevel level);

void psl_finding_free (PslFinding *finding);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslFinding, psl_finding_free)

/* Told how far a check has come, on the thread that checks. */
typedef void (*PslCheckProgress) (gint64   done,
                                  gint64   total,
                                  gpointer user_data);

GPtrArray *psl_check_integrity (PslStore          *store,
                                GCancellable      *cancellable,
                                GError           **error);
GPtrArray *psl_check_rules     (PslStore          *store,
                                const PslSettingValues *settings,
                                PslCheckProgress   progress,
                                gpointer           user_data,
                                GCancellable      *cancellable,
                                GError           **error);

G_END_DECLS
