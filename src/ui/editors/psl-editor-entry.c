/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-entry.h"

#include <glib/gi18n.h>

#include "psl-languages.h"

typedef struct
{
  GtkEntry *entry;
  GtkWidget *open_button;
} PslEditorEntryPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PslEditorEntry, psl_editor_entry, PSL_TYPE_EDITOR)

static GtkInputPurpose
get_purpose (PslFieldType type)
{
  switch (type)
    {
    case PSL_FIELD_TYPE_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case PSL_FIELD_TYPE_URL:
      return GTK_INPUT_PURPOSE_URL;
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
      return GTK_INPUT_PURPOSE_DIGITS;
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
      return GTK_INPUT_PURPOSE_NUMBER;
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_MONEY:
    case PSL_FIELD_TYPE_CODE:
    case PSL_FIELD_TYPE_LINK:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      return GTK_INPUT_PURPOSE_FREE_FORM;
    }
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslEditor) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_editor_frame_set_warning (PSL_EDITOR_FRAME (self), error->message);
}

static void
open_cb (GtkButton *button,
         PslEditor *self)
{
  g_autofree char *uri = psl_field_dup_uri (psl_editor_get_field (self), psl_editor_get_value (self));
  g_autoptr (GtkUriLauncher) launcher = NULL;

  if (uri == NULL)
    return;

  launcher = gtk_uri_launcher_new (uri);
  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           NULL, launched_cb, g_object_ref (self));
}

static void
changed_cb (GtkEditable *editable,
            PslEditor   *self)
{
  psl_editor_touch (self);
}

static void
activate_cb (GtkEntry  *entry,
             PslEditor *self)
{
  psl_editor_flush (self);
}

static void
add_open_button (PslEditorEntry *self)
{
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (self);
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));
  const char *tooltip;

  if (field->type == PSL_FIELD_TYPE_EMAIL)
    tooltip = _("Write an E-Mail");
  else if (field->type == PSL_FIELD_TYPE_URL)
    tooltip = _("Open the Page");
  else
    return;

  priv->open_button = gtk_button_new_from_icon_name (field->type == PSL_FIELD_TYPE_EMAIL
                                                     ? "mail-send-symbolic"
                                                     : "web-browser-symbolic");
  gtk_widget_set_tooltip_text (priv->open_button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->open_button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
  gtk_widget_add_css_class (priv->open_button, "flat");
  g_signal_connect_object (priv->open_button, "clicked", G_CALLBACK (open_cb), self, G_CONNECT_DEFAULT);
  psl_editor_frame_set_opener (PSL_EDITOR_FRAME (self), priv->open_button);
}

static void
psl_editor_entry_show (PslEditor  *editor,
                       const char *value)
{
  PslEditorEntry *self = PSL_EDITOR_ENTRY (editor);
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (self);
  const PslField *field = psl_editor_get_field (editor);
  g_autofree char *text = NULL;
  g_autofree char *uri = NULL;

  if (value != NULL && psl_editor_is_focused (editor))
    text = psl_field_edit_text (field, psl_editor_get_codelists (editor), value);
  else if (value != NULL)
    text = psl_field_display (field, psl_editor_get_codelists (editor), value, psl_language_get_interface ());

  psl_editor_entry_show_text (editor, GTK_EDITABLE (priv->entry), text);
  if (priv->open_button == NULL)
    return;
  uri = psl_field_dup_uri (field, value);
  psl_editor_frame_show_opener (PSL_EDITOR_FRAME (self), uri != NULL);
}

static void
psl_editor_entry_show_draft (PslEditor  *editor,
                             const char *text)
{
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (PSL_EDITOR_ENTRY (editor));

  psl_editor_entry_show_text (editor, GTK_EDITABLE (priv->entry), text);
}

static char *
psl_editor_entry_read (PslEditor *editor)
{
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (PSL_EDITOR_ENTRY (editor));

  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (priv->entry)));
}

static void
psl_editor_entry_constructed (GObject *object)
{
  PslEditorEntry *self = PSL_EDITOR_ENTRY (object);
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (self);

  G_OBJECT_CLASS (psl_editor_entry_parent_class)->constructed (object);

  gtk_entry_set_input_purpose (priv->entry, get_purpose (psl_editor_get_field (PSL_EDITOR (self))->type));
  psl_editor_frame_set_body (PSL_EDITOR_FRAME (self), GTK_WIDGET (priv->entry), GTK_WIDGET (priv->entry));
  add_open_button (self);
}

static void
psl_editor_entry_class_init (PslEditorEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  object_class->constructed = psl_editor_entry_constructed;
  editor_class->show = psl_editor_entry_show;
  editor_class->show_draft = psl_editor_entry_show_draft;
  editor_class->read = psl_editor_entry_read;
}

static void
psl_editor_entry_init (PslEditorEntry *self)
{
  PslEditorEntryPrivate *priv = psl_editor_entry_get_instance_private (self);

  priv->entry = GTK_ENTRY (psl_editor_entry_make (PSL_EDITOR (self)));
}

/**
 * psl_editor_entry_make:
 * @editor: the editor of the text typed into it
 *
 * Returns: (transfer floating): an entry without frame and padding, whose text stands on the
 *   page like a label's
 */
GtkWidget *
psl_editor_entry_make (PslEditor *editor)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autoptr (GMenuModel) menu = psl_editor_frame_new_menu ();

  gtk_widget_add_css_class (entry, "value");
  gtk_entry_set_has_frame (GTK_ENTRY (entry), FALSE);
  gtk_entry_set_extra_menu (GTK_ENTRY (entry), menu);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "–");
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 4);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), editor, G_CONNECT_DEFAULT);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activate_cb), editor, G_CONNECT_DEFAULT);
  return entry;
}

/**
 * psl_editor_entry_show_text:
 * @editor: the editor that @entry is of
 * @entry: made by psl_editor_entry_make()
 * @text: (nullable): the text
 *
 * Replaces the entry's text where it differs, keeping the cursor at its place.
 */
void
psl_editor_entry_show_text (PslEditor   *editor,
                            GtkEditable *entry,
                            const char  *text)
{
  int position = gtk_editable_get_position (entry);

  if (text == NULL)
    text = "";
  if (g_str_equal (gtk_editable_get_text (entry), text))
    return;

  gtk_editable_set_text (entry, text);
  gtk_editable_set_position (entry, psl_editor_is_focused (editor) ? position : 0);
}
