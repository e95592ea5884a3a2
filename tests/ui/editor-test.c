/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "editor-test.h"

#include "psl-editors.h"
#include "ui-test.h"

static void
committed_cb (PslEditor  *editor,
              const char *value,
              EditorTest *fixture)
{
  g_set_str (&fixture->committed, value);
  fixture->commits++;
}

/* The editor, and below it something else to move the focus to. */
void
editor_test_open (EditorTest     *fixture,
                  const PslField *field,
                  const char     *language)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->editor = psl_editor_new (field, language);
  fixture->other = gtk_button_new_with_label ("Elsewhere");
  g_signal_connect (fixture->editor, "committed", G_CALLBACK (committed_cb), fixture);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (fixture->editor));
  gtk_box_append (GTK_BOX (box), fixture->other);
  fixture->window = psl_test_window (box);
  gtk_widget_grab_focus (fixture->other);
  psl_test_settle ();
}

void
editor_test_close (EditorTest *fixture)
{
  psl_test_assert_named (fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
  g_free (fixture->committed);
}

/* Replaces an entry's text as typing does. */
void
editor_test_type (GtkEditable *editable,
                  const char  *text)
{
  int position = 0;

  gtk_editable_delete_text (editable, 0, -1);
  gtk_editable_insert_text (editable, text, -1, &position);
  gtk_editable_set_position (editable, position);
}
