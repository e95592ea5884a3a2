/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/* The common fixture of the editors' tests: a window with an editor, and the values that it
 * committed. */

typedef struct
{
  GtkWidget *window;
  PslEditor *editor;
  GtkWidget *other;
  char *committed;
  guint commits;
} EditorTest;

void editor_test_open  (EditorTest     *fixture,
                        const PslField *field,
                        const char     *language);
void editor_test_close (EditorTest     *fixture);
void editor_test_type  (GtkEditable    *editable,
                        const char     *text);

G_END_DECLS
