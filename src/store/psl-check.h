/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslFinding:
 * @rid: the record, or 0 for the file itself
 * @id: (nullable): its UUID
 * @kind: (nullable): its kind
 * @title: (nullable): its title
 * @field: (nullable): the field that the finding stands on
 * @language: (nullable): which of its texts, for a text in several languages
 * @message: what is wrong, translated
 * @damage: whether the file is at fault rather than what was written into it
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
  gboolean damage;
} PslFinding;

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
