/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The records that the window has shown, to go back and forward through.
 */
typedef struct _PslTrail PslTrail;

PslTrail *psl_trail_new            (void);
void      psl_trail_free           (PslTrail *self);
void      psl_trail_visit          (PslTrail *self,
                                    gint64    rid);
void      psl_trail_forget         (PslTrail *self,
                                    gint64    rid);
gint64    psl_trail_back           (PslTrail *self);
gint64    psl_trail_forward        (PslTrail *self);
gboolean  psl_trail_can_go_back    (PslTrail *self);
gboolean  psl_trail_can_go_forward (PslTrail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslTrail, psl_trail_free)

G_END_DECLS
