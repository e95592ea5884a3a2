/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "travel-offices.h"

G_BEGIN_DECLS

/*
 * TravelModel: what was written in each register, and what its author knew of then. Written
 * from what a register shows, not from its journal.
 */
typedef struct _TravelModel TravelModel;

TravelModel *travel_model_new          (Offices     *offices);
void         travel_model_free         (TravelModel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TravelModel, travel_model_free)
void         travel_model_note_written (TravelModel *self,
                                        guint        place);
void         travel_model_note_edited  (TravelModel *self,
                                        guint        place,
                                        gint64       rid,
                                        const char  *name,
                                        const char  *value,
                                        gboolean     is_done);
void         travel_model_note_decided (TravelModel *self,
                                        guint        place,
                                        gint64       rid,
                                        const char  *name,
                                        const char  *value);
void         travel_model_note_reversed (TravelModel *self,
                                        guint        place,
                                        gint64       action,
                                        gboolean     is_undo);
void         travel_model_note_confirmed (TravelModel *self,
                                        guint        place,
                                        gint64       rid,
                                        const char  *name);
void         travel_model_note_got     (TravelModel *self,
                                        guint        place,
                                        const char  *actions);
void         travel_model_assert_kept  (TravelModel *self,
                                        guint        place);

G_END_DECLS
