/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-undo-buttons.h"

#include <glib/gi18n.h>

#include "psl-focus.h"

struct _PslUndoButtons
{
  GtkBox parent_instance;

  GtkWidget *undo_button;
  GtkWidget *redo_button;
};

G_DEFINE_FINAL_TYPE (PslUndoButtons, psl_undo_buttons, GTK_TYPE_BOX)

/* Names a button after its action. A button without an action is about to be turned off,
 * which would take the focus from the window. */
static void
name_button (GtkWidget  *button,
             const char *text,
             gboolean    is_used)
{
  gtk_widget_set_tooltip_text (button, text);
  if (!is_used)
    psl_focus_hand_on (button);
}

static void
psl_undo_buttons_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_UNDO_BUTTONS);

  G_OBJECT_CLASS (psl_undo_buttons_parent_class)->dispose (object);
}

static void
psl_undo_buttons_class_init (PslUndoButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_undo_buttons_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-undo-buttons.ui");
  gtk_widget_class_bind_template_child (widget_class, PslUndoButtons, undo_button);
  gtk_widget_class_bind_template_child (widget_class, PslUndoButtons, redo_button);
}

static void
psl_undo_buttons_init (PslUndoButtons *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_undo_buttons_set_next:
 * @next_undo: (nullable): the action that is undone next
 * @next_redo: (nullable): the action that is done again next
 *
 * Names the buttons after these actions, before their actions are turned on or off.
 */
void
psl_undo_buttons_set_next (PslUndoButtons  *self,
                           const PslAction *next_undo,
                           const PslAction *next_redo)
{
  g_autofree char *undo_what = next_undo != NULL ? psl_action_describe (next_undo) : NULL;
  g_autofree char *redo_what = next_redo != NULL ? psl_action_describe (next_redo) : NULL;
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;

  g_return_if_fail (PSL_IS_UNDO_BUTTONS (self));

  if (undo_what != NULL)
    undo_text = g_strdup_printf (C_("button", "Undo: %s"), undo_what);
  if (redo_what != NULL)
    redo_text = g_strdup_printf (C_("button", "Redo: %s"), redo_what);
  name_button (self->undo_button, undo_text != NULL ? undo_text : _("Nothing to undo"), next_undo != NULL);
  name_button (self->redo_button, redo_text != NULL ? redo_text : _("Nothing to redo"), next_redo != NULL);
}
