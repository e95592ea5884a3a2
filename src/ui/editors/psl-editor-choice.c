/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-choice.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-shortcuts.h"

typedef struct
{
  GtkWidget *button;
  GtkWidget *label;
  PslPicker *picker;
  char *shown;
} PslEditorChoicePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditorChoice, psl_editor_choice, PSL_TYPE_EDITOR)

static void
picked_cb (PslPicker       *picker,
           PslPickerItem   *item,
           PslEditorChoice *self)
{
  g_autofree char *value = item != NULL ? g_strdup (psl_picker_item_get_value (item)) : NULL;

  if (PSL_EDITOR_CHOICE_GET_CLASS (self)->picked != NULL)
    PSL_EDITOR_CHOICE_GET_CLASS (self)->picked (self, item);
  psl_editor_commit (PSL_EDITOR (self), value);
}

static void
prepare_picker (PslEditorChoice *self)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (self);
  const char *chosen[] = { psl_editor_get_value (PSL_EDITOR (self)), NULL };

  if (priv->picker == NULL)
    {
      priv->picker = PSL_EDITOR_CHOICE_GET_CLASS (self)->make_picker (self);
      gtk_accessible_update_property (GTK_ACCESSIBLE (priv->picker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      psl_editor_frame_get_name (PSL_EDITOR_FRAME (self)), -1);
      g_signal_connect_object (priv->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_DEFAULT);
      gtk_widget_set_parent (GTK_WIDGET (priv->picker), GTK_WIDGET (self));
      psl_focus_return_from (GTK_POPOVER (priv->picker), priv->button);
    }

  if (PSL_EDITOR_CHOICE_GET_CLASS (self)->prepare_picker != NULL)
    PSL_EDITOR_CHOICE_GET_CLASS (self)->prepare_picker (self, priv->picker);
  psl_picker_set_chosen (priv->picker, chosen);
}

static void
open_picker (PslEditorChoice *self)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (self);

  prepare_picker (self);
  gtk_popover_popup (GTK_POPOVER (priv->picker));
}

/* Typing on the value begins a search. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                PslEditorChoice       *self)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (self);

  prepare_picker (self);
  return psl_picker_open_by_key (priv->picker, keyval, state);
}

static gboolean
clear_cb (GtkWidget *button,
          GVariant  *parameter,
          gpointer   self)
{
  psl_editor_commit (self, NULL);
  return GDK_EVENT_STOP;
}

static void
psl_editor_choice_show (PslEditor  *editor,
                        const char *value)
{
  PslEditorChoice *self = PSL_EDITOR_CHOICE (editor);
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (self);
  g_autofree char *title = value != NULL ? PSL_EDITOR_CHOICE_GET_CLASS (self)->dup_title (self, value) : NULL;
  g_autofree char *name = NULL;

  g_set_str (&priv->shown, value);
  gtk_label_set_label (GTK_LABEL (priv->label), title != NULL ? title : "–");
  if (title != NULL)
    gtk_widget_remove_css_class (priv->label, "dimmed");
  else
    gtk_widget_add_css_class (priv->label, "dimmed");

  /* A button has no value of its own to tell, so that its name carries it. */
  name = title != NULL ? g_strdup_printf (C_("label and value", "%s: %s"),
                                          psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)), title)
                       : g_strdup (psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static char *
psl_editor_choice_read (PslEditor *editor)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (PSL_EDITOR_CHOICE (editor));

  return g_strdup (priv->shown);
}

static void
psl_editor_choice_constructed (GObject *object)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (PSL_EDITOR_CHOICE (object));

  G_OBJECT_CLASS (psl_editor_choice_parent_class)->constructed (object);

  psl_editor_frame_set_body (PSL_EDITOR_FRAME (object), priv->button, priv->button);
}

static void
psl_editor_choice_finalize (GObject *object)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (PSL_EDITOR_CHOICE (object));

  g_free (priv->shown);

  G_OBJECT_CLASS (psl_editor_choice_parent_class)->finalize (object);
}

static void
psl_editor_choice_class_init (PslEditorChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  object_class->constructed = psl_editor_choice_constructed;
  object_class->finalize = psl_editor_choice_finalize;
  editor_class->show = psl_editor_choice_show;
  editor_class->read = psl_editor_choice_read;
}

static void
psl_editor_choice_init (PslEditorChoice *self)
{
  PslEditorChoicePrivate *priv = psl_editor_choice_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("pan-down-symbolic");
  GtkEventController *controller = gtk_event_controller_key_new ();

  priv->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->label), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (priv->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (priv->label), 14);
  gtk_widget_set_hexpand (priv->label, TRUE);
  gtk_widget_add_css_class (arrow, "editor-hint");
  gtk_box_append (GTK_BOX (box), priv->label);
  gtk_box_append (GTK_BOX (box), arrow);

  priv->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (priv->button), box);
  gtk_widget_add_css_class (priv->button, "value");
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_object (priv->button, "clicked", G_CALLBACK (open_picker), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (priv->button, controller);
  psl_shortcuts_bind (priv->button, "field.clear", GTK_PHASE_BUBBLE, gtk_callback_action_new (clear_cb, self, NULL));
}
