/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-splice.h"

G_BEGIN_DECLS

/**
 * PslRidList:
 *
 * The records of a list, in its order, and which of them is chosen; the chosen
 * one may stand outside the list for a while.
 */
typedef struct _PslRidList PslRidList;

PslRidList *psl_rid_list_new                   (void);
void        psl_rid_list_free                  (PslRidList      *self);
guint       psl_rid_list_get_n                 (PslRidList      *self);
gint64      psl_rid_list_get                   (PslRidList      *self,
                                                guint            position);
GArray     *psl_rid_list_get_all               (PslRidList      *self);
guint       psl_rid_list_find                  (PslRidList      *self,
                                                gint64           rid);
gint64      psl_rid_list_get_selected          (PslRidList      *self);
guint       psl_rid_list_get_selected_position (PslRidList      *self);
gint64      psl_rid_list_get_neighbour         (PslRidList      *self,
                                                gboolean         after);
void        psl_rid_list_select                (PslRidList      *self,
                                                gint64           rid);
gboolean    psl_rid_list_splice                (PslRidList      *self,
                                                const PslSplice *splice,
                                                GArray          *after);
void        psl_rid_list_clear                 (PslRidList      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslRidList, psl_rid_list_free)

G_END_DECLS
