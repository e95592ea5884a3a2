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
 * Edits values that are typed on one line: identifiers, numbers, coordinates, e-mail and web
 * addresses; base of the editors of dates and money. It shows the form to read, and while it
 * has the focus the form to edit.
 */
#define PSL_TYPE_EDITOR_ENTRY (psl_editor_entry_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorEntry, psl_editor_entry, PSL, EDITOR_ENTRY, PslEditor)

struct _PslEditorEntryClass
{
  PslEditorClass parent_class;
};

/* The one-line entry itself, for editors of which it is a part. */
GtkWidget *psl_editor_entry_make      (PslEditor   *editor);
void       psl_editor_entry_show_text (PslEditor   *editor,
                                       GtkEditable *entry,
                                       const char  *text);

G_END_DECLS
