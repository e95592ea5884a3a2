/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslEditorEntry:
 *
 * Edits what is typed on one line: identifiers, numbers, coordinates, e-mail
 * and web addresses; base of the editors of dates and money. It shows the form
 * to read, and while it has the focus the form to edit.
 */
#define PSL_TYPE_EDITOR_ENTRY (psl_editor_entry_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorEntry, psl_editor_entry, PSL, EDITOR_ENTRY, PslEditor)

struct _PslEditorEntryClass
{
  PslEditorClass parent_class;

  gpointer padding[4];
};

GtkEntry *psl_editor_entry_get_entry (PslEditorEntry *self);
void      psl_editor_entry_set_text  (PslEditorEntry *self,
                                      const char     *text);

/* A one-line entry that looks like text on the page, for editors. */
GtkWidget *psl_editor_entry_make     (void);

G_END_DECLS
