/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-phone.h"

#include <glib/gi18n.h>

#include "psl-editor-entry.h"

/* Separates number and extension in the canonical form (RFC 3966). */
#define EXTENSION ";ext="

struct _PslEditorPhone
{
  PslEditor parent_instance;

  GtkEditable *number;
  GtkEditable *extension;
  GtkWidget *extension_box;
};

G_DEFINE_FINAL_TYPE (PslEditorPhone, psl_editor_phone, PSL_TYPE_EDITOR)

static void
psl_editor_phone_show (PslEditor  *editor,
                       const char *value)
{
  PslEditorPhone *self = PSL_EDITOR_PHONE (editor);
  const char *mark = value != NULL ? strstr (value, EXTENSION) : NULL;
  g_autofree char *number = mark != NULL ? g_strndup (value, mark - value) : g_strdup (value != NULL ? value : "");

  psl_editor_entry_show_text (editor, self->number, number);
  psl_editor_entry_show_text (editor, self->extension, mark != NULL ? mark + strlen (EXTENSION) : "");
  /* An empty box for the extension is shown only to those who edit. */
  gtk_widget_set_visible (self->extension_box, mark != NULL || psl_editor_is_focused (editor));
}

static char *
psl_editor_phone_read (PslEditor *editor)
{
  PslEditorPhone *self = PSL_EDITOR_PHONE (editor);
  g_autofree char *number = g_strstrip (g_strdup (gtk_editable_get_text (self->number)));
  g_autofree char *extension = g_strstrip (g_strdup (gtk_editable_get_text (self->extension)));

  if (*extension == '\0')
    return g_steal_pointer (&number);

  return g_strconcat (number, EXTENSION, extension, NULL);
}

static void
psl_editor_phone_constructed (GObject *object)
{
  PslEditorPhone *self = PSL_EDITOR_PHONE (object);
  PslEditor *editor = PSL_EDITOR (object);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: before a telephone extension; keep it short */
  GtkWidget *label = gtk_label_new (C_("telephone", "ext."));
  GtkWidget *entries[2];
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (psl_editor_phone_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    entries[i] = psl_editor_entry_make (editor);

  self->number = GTK_EDITABLE (entries[0]);
  gtk_entry_set_input_purpose (GTK_ENTRY (entries[0]), GTK_INPUT_PURPOSE_PHONE);
  gtk_box_append (GTK_BOX (box), entries[0]);

  self->extension = GTK_EDITABLE (entries[1]);
  gtk_entry_set_input_purpose (GTK_ENTRY (entries[1]), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (self->extension, 5);
  gtk_editable_set_max_width_chars (self->extension, 5);
  gtk_widget_set_hexpand (entries[1], FALSE);
  /* Translators: %s is the name of a field: “Telephone” */
  name = g_strdup_printf (_("%s: extension"), psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entries[1]), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  self->extension_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_box_append (GTK_BOX (self->extension_box), label);
  gtk_box_append (GTK_BOX (self->extension_box), entries[1]);
  gtk_box_append (GTK_BOX (box), self->extension_box);

  psl_editor_frame_set_body (PSL_EDITOR_FRAME (editor), box, entries[0]);
}

static void
psl_editor_phone_class_init (PslEditorPhoneClass *klass)
{
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = psl_editor_phone_constructed;
  editor_class->show = psl_editor_phone_show;
  editor_class->read = psl_editor_phone_read;
}

static void
psl_editor_phone_init (PslEditorPhone *self)
{
}
