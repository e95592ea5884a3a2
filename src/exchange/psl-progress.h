/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How much of some work is done: set by the thread that does it, read by the one
 * that shows it. */
typedef struct _PslProgress PslProgress;

PslProgress *psl_progress_new   (void);
PslProgress *psl_progress_ref   (PslProgress *self);
void         psl_progress_unref (PslProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslProgress, psl_progress_unref)
void         psl_progress_set   (double       fraction,
                                 gpointer     self);
double       psl_progress_get   (PslProgress *self);

G_END_DECLS
