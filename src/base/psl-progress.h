/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The share of some work that is done, and a text that says what the work does. The thread
 * that does the work sets them, the thread that shows the work reads them. */
typedef struct _PslProgress PslProgress;

PslProgress *psl_progress_new         (void);
PslProgress *psl_progress_ref         (PslProgress *self);
void         psl_progress_unref       (PslProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslProgress, psl_progress_unref)
void         psl_progress_begin_stage (PslProgress *self,
                                       double       end);
void         psl_progress_set         (double       fraction,
                                       gpointer     self);
double       psl_progress_get         (PslProgress *self);
void         psl_progress_set_what    (PslProgress *self,
                                       const char  *what);
const char  *psl_progress_get_what    (PslProgress *self);

G_END_DECLS
