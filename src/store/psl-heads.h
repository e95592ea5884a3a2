/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "psl-store-private.h"

G_BEGIN_DECLS

/*
 * PslHeads: gives records the values that follow from all changes of them, also in other
 * registers. The same changes give the same values in every register.
 */
typedef struct _PslHeads PslHeads;

typedef void (*PslHeadsFunc) (gint64      rid,
                              const char *field,
                              const char *language,
                              gpointer    user_data);

PslHeads *psl_heads_new       (PslStore    *store);
void      psl_heads_free      (PslHeads    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslHeads, psl_heads_free)
void      psl_heads_add       (PslHeads    *self,
                               gint64       rid,
                               const char  *field,
                               const char  *language);
void      psl_heads_add_made  (PslHeads    *self,
                               gint64       rid,
                               JsonObject  *content);
void      psl_heads_add_target
                              (PslHeads    *self,
                               gint64       action);
gboolean  psl_heads_run_values
                              (PslHeads    *self,
                               GError     **error);
gboolean  psl_heads_run       (PslHeads    *self,
                               GError     **error);
gboolean  psl_heads_check     (PslHeads    *self,
                               PslHeadsFunc func,
                               gpointer     user_data,
                               GError     **error);

G_END_DECLS
