/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslPickerItem: an item to pick: a value, its title, and a remark.
 */
#define PSL_TYPE_PICKER_ITEM (psl_picker_item_get_type ())
G_DECLARE_FINAL_TYPE (PslPickerItem, psl_picker_item, PSL, PICKER_ITEM, GObject)

PslPickerItem *psl_picker_item_new        (const char     *value,
                                           const char     *title,
                                           const char     *detail);
const char    *psl_picker_item_get_value  (PslPickerItem  *self);
const char    *psl_picker_item_get_title  (PslPickerItem  *self);

/* The action by which the surroundings of a picker say where Tab leads to; its parameter is
 * whether back. It calls psl_picker_leave(). Without it, Tab goes from the entry to the
 * list. */
#define PSL_PICKER_LEAVE "picker.leave"

/**
 * PslPicker:
 *
 * A popover with a list to pick from, and above it an entry to search it by.
 * A subclass finds the items.
 *
 * Signals:
 *   picked (PslPickerItem *item)  NULL: no value
 *   create (const char *words)    what was typed is to be made; see
 *                                 psl_picker_set_creating()
 */
#define PSL_TYPE_PICKER (psl_picker_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslPicker, psl_picker, PSL, PICKER, GtkPopover)

/**
 * PslPickerClass:
 * @search: finds the items that fit the words ("" for everything) and hands it to
 *   psl_picker_take_items(), now or later
 */
struct _PslPickerClass
{
  GtkPopoverClass parent_class;

  void     (*search) (PslPicker   *self,
                      const char  *words);
};

void     psl_picker_set_searchable (PslPicker           *self,
                                    gboolean             searchable);
void     psl_picker_set_several    (PslPicker           *self,
                                    gboolean             several);
void     psl_picker_set_clearable  (PslPicker           *self,
                                    gboolean             clearable);
void     psl_picker_set_creating   (PslPicker           *self,
                                    gboolean             creating);
void     psl_picker_set_chosen     (PslPicker           *self,
                                    const char *const   *values);
void     psl_picker_search_for     (PslPicker           *self,
                                    const char          *words);
gboolean psl_picker_open_by_key    (PslPicker           *self,
                                    guint                keyval,
                                    GdkModifierType      state);
gboolean psl_picker_leave          (PslPicker           *self);

/* For subclasses */
void     psl_picker_search_again   (PslPicker           *self);
void     psl_picker_take_items     (PslPicker           *self,
                                    const char          *words,
                                    GPtrArray           *items);

G_END_DECLS
