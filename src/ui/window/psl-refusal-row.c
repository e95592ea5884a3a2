/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-refusal-row.h"

/* Shows the fault of an entry's text below the entry. */
struct _PslRefusalRow
{
  AdwActionRow parent_instance;

  AdwEntryRow *entry;         /* weak */
};

G_DEFINE_FINAL_TYPE (PslRefusalRow, psl_refusal_row, ADW_TYPE_ACTION_ROW)

/* The widget with the focus while the person types in the entry. */
static GtkAccessible *
get_delegate (PslRefusalRow *self)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)));
}

/* The focus passes over the row: a GtkListBox takes one that can't have it for its end. */
static gboolean
psl_refusal_row_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  GtkWidget *next = widget;

  do
    next = forward ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
  while (next != NULL && !gtk_widget_get_visible (next));
  return next != NULL && gtk_widget_child_focus (next, direction);
}

static void
psl_refusal_row_dispose (GObject *object)
{
  g_clear_weak_pointer (&PSL_REFUSAL_ROW (object)->entry);

  G_OBJECT_CLASS (psl_refusal_row_parent_class)->dispose (object);
}

static void
psl_refusal_row_class_init (PslRefusalRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_refusal_row_dispose;
  GTK_WIDGET_CLASS (klass)->focus = psl_refusal_row_focus;
}

static void
psl_refusal_row_init (PslRefusalRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * psl_refusal_row_new:
 * @entry: the entry that the row is to stand below
 *
 * Returns: (transfer floating): a row that is hidden until psl_refusal_row_refuse()
 */
PslRefusalRow *
psl_refusal_row_new (AdwEntryRow *entry)
{
  PslRefusalRow *self;

  g_return_val_if_fail (ADW_IS_ENTRY_ROW (entry), NULL);

  self = g_object_new (PSL_TYPE_REFUSAL_ROW, NULL);
  g_set_weak_pointer (&self->entry, entry);
  return self;
}

/**
 * psl_refusal_row_refuse:
 * @message: the fault, translated
 *
 * Marks the entry and shows its fault.
 */
void
psl_refusal_row_refuse (PslRefusalRow *self,
                        const char    *message)
{
  gboolean is_news;

  g_return_if_fail (PSL_IS_REFUSAL_ROW (self));
  g_return_if_fail (message != NULL);

  is_news = !gtk_widget_get_visible (GTK_WIDGET (self)) ||
            !g_str_equal (message, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), message);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (get_delegate (self), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_relation (get_delegate (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self, NULL, -1);
  if (is_news && gtk_widget_get_mapped (GTK_WIDGET (self->entry)))
    gtk_accessible_announce (get_delegate (self), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * psl_refusal_row_accept:
 *
 * Takes the mark and the message away.
 */
void
psl_refusal_row_accept (PslRefusalRow *self)
{
  g_return_if_fail (PSL_IS_REFUSAL_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_reset_state (get_delegate (self), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_relation (get_delegate (self), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}
