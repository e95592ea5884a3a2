/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-parts-column.h"
#include "psl-record-item.h"
#include "psl-register.h"

G_BEGIN_DECLS

/*
 * Text typed in tables of parts that could not be stored, while its cells are not there: out
 * of view, on a page that is left, or on a page that is made anew. The drafts belong to the
 * register of the parts, and go with the register. A part that is not in the register is
 * known by its UUID, and kept itself where text is typed in it.
 */
typedef struct _PslPartsDrafts PslPartsDrafts;

PslPartsDrafts *psl_parts_drafts_get          (PslRegister          *reg);
void            psl_parts_drafts_keep         (PslPartsDrafts       *self,
                                               gint64                rid,
                                               PslRecord            *part,
                                               const PslPartsColumn *column,
                                               GVariant             *draft);
GVariant       *psl_parts_drafts_take         (PslPartsDrafts       *self,
                                               gint64                rid,
                                               PslRecord            *part,
                                               const PslPartsColumn *column);
guint           psl_parts_drafts_count        (PslPartsDrafts       *self,
                                               GListModel           *items,
                                               GPtrArray            *columns,
                                               guint                *position,
                                               guint                *column);
void            psl_parts_drafts_keep_entered (PslPartsDrafts       *self,
                                               PslRecord            *part);
PslRecord      *psl_parts_drafts_take_entered (PslPartsDrafts       *self,
                                               PslRecord            *owner,
                                               const PslKind        *kind);

G_END_DECLS
