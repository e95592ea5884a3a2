/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry-dialog.h"

#include "psl-entry-page.h"
#include "psl-focus.h"
#include "psl-toast.h"
#include "psl-window-private.h"

#define WIDTH 460

struct _PslEntryDialog
{
  AdwDialog parent_instance;

  AdwToastOverlay *toasts;
  PslEntryEdit *edit;         /* (nullable): on its way */
  PslWindow *window;          /* (nullable): weak */
};

G_DEFINE_FINAL_TYPE (PslEntryDialog, psl_entry_dialog, ADW_TYPE_DIALOG)

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslEntryDialog) self = user_data;
  g_autoptr (PslEntryEdit) edit = g_steal_pointer (&self->edit);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *action = psl_register_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *text = NULL;

  if (action == NULL)
    {
      adw_toast_overlay_add_toast (self->toasts, psl_toast_new (error->message));
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  text = psl_entry_edit_describe (edit);
  if (self->window != NULL)
    psl_window_tell_with_undo (self->window, text, *action);
}

/* Pressed twice, it is added once. */
static void
page_edited_cb (PslEntryDialog     *self,
                const PslEntryEdit *edit)
{
  PslRegister *reg = self->window != NULL ? psl_window_get_register (self->window) : NULL;

  if (self->edit != NULL || reg == NULL)
    return;
  self->edit = psl_entry_edit_copy (edit);
  psl_entry_edit_write (edit, reg, edited_cb, g_object_ref (self));
}

static void
psl_entry_dialog_dispose (GObject *object)
{
  PslEntryDialog *self = PSL_ENTRY_DIALOG (object);

  g_clear_weak_pointer (&self->window);
  g_clear_pointer (&self->edit, psl_entry_edit_free);

  G_OBJECT_CLASS (psl_entry_dialog_parent_class)->dispose (object);
}

static void
psl_entry_dialog_class_init (PslEntryDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_entry_dialog_dispose;
}

static void
psl_entry_dialog_init (PslEntryDialog *self)
{
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->toasts));
}

/**
 * psl_entry_dialog_new:
 * @window: the window of the register
 * @list: name of a code list that can be extended
 * @code: the code to add to it
 *
 * Returns: (transfer floating): the dialog
 */
PslEntryDialog *
psl_entry_dialog_new (PslWindow  *window,
                      const char *list,
                      const char *code)
{
  PslEntryDialog *self = g_object_new (PSL_TYPE_ENTRY_DIALOG, NULL);
  PslEntryPage *page = psl_entry_page_new_adding (list, code);
  GtkWidget *view = adw_navigation_view_new ();

  g_set_weak_pointer (&self->window, window);
  adw_dialog_set_title (ADW_DIALOG (self), adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)));
  g_signal_connect_object (page, "edited", G_CALLBACK (page_edited_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_toast_overlay_set_child (self->toasts, view);
  psl_focus_begin_in (ADW_DIALOG (self), psl_entry_page_get_first (page));
  return self;
}
