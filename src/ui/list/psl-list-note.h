/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-collection.h"

G_BEGIN_DECLS

/*
 * Says why there is no list where one should be, and offers ways out.
 *
 * Signals:
 *   clear  show all that is there
 *   retry  read the list again
 */
#define PSL_TYPE_LIST_NOTE (psl_list_note_get_type ())
G_DECLARE_FINAL_TYPE (PslListNote, psl_list_note, PSL, LIST_NOTE, AdwBin)

PslListNote *psl_list_note_new          (void);
void         psl_list_note_show_empty   (PslListNote    *self,
                                         const PslCollection *collection);
void         psl_list_note_show_nothing (PslListNote    *self);
void         psl_list_note_show_failed  (PslListNote    *self,
                                         const GError   *error);

G_END_DECLS
