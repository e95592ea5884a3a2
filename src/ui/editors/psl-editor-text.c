/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-text.h"

#include <glib/gi18n.h>

#include "psl-shortcuts.h"
#include "psl-text-view.h"

struct _PslEditorText
{
  PslEditor parent_instance;

  PslTextView *view;
};

G_DEFINE_FINAL_TYPE (PslEditorText, psl_editor_text, PSL_TYPE_EDITOR)

static gboolean
is_long (PslEditorText *self)
{
  return psl_editor_get_field (PSL_EDITOR (self))->type == PSL_FIELD_TYPE_LONG_TEXT;
}

static void
changed_cb (GtkTextBuffer *buffer,
            PslEditorText *self)
{
  psl_editor_touch (PSL_EDITOR (self));
}

static gboolean
store_cb (GtkWidget *view,
          GVariant  *parameter,
          gpointer   self)
{
  psl_editor_flush (self);
  return GDK_EVENT_STOP;
}

/* Enter ends a line of a long text, and commits a short one. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                PslEditorText         *self)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;

  if (!enter || is_long (self))
    return GDK_EVENT_PROPAGATE;

  psl_editor_flush (PSL_EDITOR (self));
  return GDK_EVENT_STOP;
}

/* The hint in an empty field: the field's label, unless that stands above. */
static const char *
get_hint (PslEditor *editor)
{
  return psl_editor_frame_has_label (PSL_EDITOR_FRAME (editor)) ? "–" : psl_field_get_label (psl_editor_get_field (editor));
}

static void
psl_editor_text_show (PslEditor  *editor,
                      const char *value)
{
  PslEditorText *self = PSL_EDITOR_TEXT (editor);
  PslRecord *record = psl_editor_get_record (editor);
  const char *shown = NULL;

  psl_text_view_set_text (self->view, value);

  if (value == NULL && record != NULL && psl_editor_get_language (editor) != NULL)
    shown = psl_record_get_text (record, psl_editor_get_field (editor), psl_editor_get_language (editor), NULL);
  psl_text_view_set_placeholder (self->view, shown != NULL ? shown : get_hint (editor));
  psl_editor_frame_set_note (PSL_EDITOR_FRAME (editor), shown != NULL ? C_("text", "not translated") : NULL);
}

static char *
psl_editor_text_read (PslEditor *editor)
{
  PslEditorText *self = PSL_EDITOR_TEXT (editor);
  char *text = psl_text_view_dup_text (self->view);

  /* A title pasted from a page comes in several lines. */
  return is_long (self) ? text : g_strdelimit (text, "\r\n\t", ' ');
}

static void
psl_editor_text_constructed (GObject *object)
{
  PslEditorText *self = PSL_EDITOR_TEXT (object);
  g_autoptr (GMenuModel) menu = psl_editor_frame_new_menu ();

  G_OBJECT_CLASS (psl_editor_text_parent_class)->constructed (object);

  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self->view), menu);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, is_long (self), -1);
  /* In a line that is higher than the text, as in the cell of a table, the text stands in the
   * middle, like a label. */
  gtk_widget_set_valign (GTK_WIDGET (self->view), GTK_ALIGN_CENTER);
  psl_editor_frame_set_body (PSL_EDITOR_FRAME (self), GTK_WIDGET (self->view), GTK_WIDGET (self->view));
  if (psl_editor_get_language (PSL_EDITOR (self)) != NULL)
    psl_text_view_set_language (self->view, psl_editor_get_language (PSL_EDITOR (self)));
}

static void
psl_editor_text_class_init (PslEditorTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  object_class->constructed = psl_editor_text_constructed;
  editor_class->show = psl_editor_text_show;
  editor_class->read = psl_editor_text_read;
}

static void
psl_editor_text_init (PslEditorText *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->view = PSL_TEXT_VIEW (psl_text_view_new ());
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
  psl_shortcuts_bind (GTK_WIDGET (self->view), "field.store", GTK_PHASE_CAPTURE,
                      gtk_callback_action_new (store_cb, self, NULL));
}
