/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslEditorItem:
 *
 * An entry of a #PslEditorList: a row of a field of rows, with editors of its cells. The row
 * is what is committed; text in an editor that is not a value is the editor's draft.
 *
 * Signals:
 *   changed ()          a cell was committed: psl_editor_item_get_row()
 *   removed ()          the person takes the entry away
 *   error-changed ()    psl_editor_item_get_error() returns another message
 */
#define PSL_TYPE_EDITOR_ITEM (psl_editor_item_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorItem, psl_editor_item, PSL, EDITOR_ITEM, GtkWidget)

/**
 * PslEditorItemClass:
 * @show: (nullable): the row is another one
 * @set_nth: (nullable): the entry stands at another place of the list
 * @prepare: (nullable): makes the editors, where they are not made at once
 */
struct _PslEditorItemClass
{
  GtkWidgetClass parent_class;

  void (*show)    (PslEditorItem *self);
  void (*set_nth) (PslEditorItem *self,
                   guint          nth,
                   guint          n);
  void (*prepare) (PslEditorItem *self);
};

const PslField    *psl_editor_item_get_field   (PslEditorItem     *self);
const PslCodelists *psl_editor_item_get_codelists (PslEditorItem  *self);
const char *const *psl_editor_item_get_row     (PslEditorItem     *self);
void               psl_editor_item_set_row     (PslEditorItem     *self,
                                                const char *const *row);
gboolean           psl_editor_item_holds       (PslEditorItem     *self,
                                                const char *const *row);
gboolean           psl_editor_item_is_like     (PslEditorItem     *self,
                                                const char *const *row);
gboolean           psl_editor_item_is_empty    (PslEditorItem     *self);
void               psl_editor_item_set_nth     (PslEditorItem     *self,
                                                guint              nth,
                                                guint              n);
gboolean           psl_editor_item_flush       (PslEditorItem     *self);
void               psl_editor_item_revert      (PslEditorItem     *self);
gboolean           psl_editor_item_has_draft   (PslEditorItem     *self);
GVariant          *psl_editor_item_dup_drafts  (PslEditorItem     *self);
void               psl_editor_item_set_drafts  (PslEditorItem     *self,
                                                GVariant          *drafts);
const char        *psl_editor_item_get_error   (PslEditorItem     *self);

/* For subclasses */
PslEditor         *psl_editor_item_add_editor  (PslEditorItem     *self,
                                                guint              nth);
void               psl_editor_item_forget_editors (PslEditorItem  *self);
void               psl_editor_item_remove      (PslEditorItem     *self);

G_END_DECLS
