/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-date.h"

#include <glib/gi18n.h>

#include "psl-date-popover.h"
#include "psl-focus.h"

struct _PslEditorDate
{
  PslEditorEntry parent_instance;

  PslDatePopover *popover;
};

G_DEFINE_FINAL_TYPE (PslEditorDate, psl_editor_date, PSL_TYPE_EDITOR_ENTRY)

static void
picked_cb (PslDatePopover *popover,
           const char     *value,
           PslEditor      *self)
{
  psl_editor_commit (self, value);
}

static void
clicked_cb (GtkButton     *button,
            PslEditorDate *self)
{
  PslEditor *editor = PSL_EDITOR (self);

  /* The calendar opens at the date that was typed. */
  psl_editor_flush (editor);

  if (self->popover == NULL)
    {
      self->popover = psl_date_popover_new ();
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)), -1);
      g_signal_connect_object (self->popover, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_DEFAULT);
      gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
      psl_focus_return_from (GTK_POPOVER (self->popover), psl_editor_frame_get_target (PSL_EDITOR_FRAME (editor)));
    }

  psl_date_popover_set_value (self->popover, psl_editor_get_value (editor));
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
psl_editor_date_constructed (GObject *object)
{
  PslEditor *editor = PSL_EDITOR (object);
  GtkWidget *button = gtk_button_new_from_icon_name ("x-office-calendar-symbolic");
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (psl_editor_date_parent_class)->constructed (object);

  /* Translators: %s is the name of a field: “Start” */
  name = g_strdup_printf (_("Calendar for “%s”"), psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "editor-hint");
  gtk_widget_set_tooltip_text (button, _("Choose From a Calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), editor, G_CONNECT_DEFAULT);
  psl_editor_frame_set_chooser (PSL_EDITOR_FRAME (editor), button);
}

static void
psl_editor_date_class_init (PslEditorDateClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = psl_editor_date_constructed;
}

static void
psl_editor_date_init (PslEditorDate *self)
{
}
