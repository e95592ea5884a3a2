/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor-item.h"

G_BEGIN_DECLS

/**
 * PslEditorList:
 *
 * Edits a field of rows, each of which is a #PslEditorItem. When the value changes, an entry
 * goes with its row wherever that stands now, together with the focus and the text being
 * typed in it. Base of the editors of chips and of rows.
 */
#define PSL_TYPE_EDITOR_LIST (psl_editor_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorList, psl_editor_list, PSL, EDITOR_LIST, PslEditor)

/**
 * PslEditorListClass:
 * @item_type: the type of entries
 * @place: puts an entry, new or not, after another or (NULL) first
 * @take_away: removes an entry from its container
 * @shown: (nullable): entries or their rows have changed
 */
struct _PslEditorListClass
{
  PslEditorClass parent_class;

  GType item_type;

  void   (*place)     (PslEditorList *self,
                       GtkWidget     *item,
                       GtkWidget     *after);
  void   (*take_away) (PslEditorList *self,
                       GtkWidget     *item);
  void   (*shown)     (PslEditorList *self);
};

/* For subclasses */
void           psl_editor_list_set_body  (PslEditorList      *self,
                                          GtkWidget          *body,
                                          GtkWidget          *add_button);
char          *psl_editor_list_dup_add_label (PslEditorList  *self);
GPtrArray     *psl_editor_list_get_items (PslEditorList      *self);
PslEditorItem *psl_editor_list_add       (PslEditorList      *self,
                                          const char *const  *row);
void           psl_editor_list_remove    (PslEditorList      *self,
                                          PslEditorItem      *item);

G_END_DECLS
