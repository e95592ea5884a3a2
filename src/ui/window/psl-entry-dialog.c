/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry-dialog.h"

#include "psl-entry-page.h"
#include "psl-focus.h"

#define WIDTH 460

struct _PslEntryDialog
{
  AdwDialog parent_instance;

  PslEntryPage *page;
  PslEntryEdit *edit;         /* (nullable): on its way */
  PslRegister *reg;
};

G_DEFINE_FINAL_TYPE (PslEntryDialog, psl_entry_dialog, ADW_TYPE_DIALOG)

enum
{
  ADDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

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
      psl_entry_page_refuse (self->page, error);
      return;
    }
  adw_dialog_close (ADW_DIALOG (self));
  text = psl_entry_page_describe (edit, psl_register_get_codelists (PSL_REGISTER (source)));
  g_signal_emit (self, signals[ADDED], 0, text, *action);
}

static void
page_edited_cb (PslEntryDialog     *self,
                const PslEntryEdit *edit)
{
  self->edit = psl_entry_edit_copy (edit);
  psl_entry_page_write (edit, self->reg, edited_cb, g_object_ref (self));
}

static void
psl_entry_dialog_dispose (GObject *object)
{
  PslEntryDialog *self = PSL_ENTRY_DIALOG (object);

  g_clear_object (&self->reg);
  g_clear_pointer (&self->edit, psl_entry_edit_free);

  G_OBJECT_CLASS (psl_entry_dialog_parent_class)->dispose (object);
}

static void
psl_entry_dialog_class_init (PslEntryDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_entry_dialog_dispose;

  signals[ADDED] = g_signal_new ("added", PSL_TYPE_ENTRY_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
psl_entry_dialog_init (PslEntryDialog *self)
{
  adw_dialog_set_content_width (ADW_DIALOG (self), WIDTH);
}

/**
 * psl_entry_dialog_new:
 * @reg: a register that can be written to
 * @list: name of a code list that can be extended
 * @code: the code to add to it
 *
 * Returns: (transfer floating): the dialog
 */
PslEntryDialog *
psl_entry_dialog_new (PslRegister *reg,
                      const char  *list,
                      const char  *code)
{
  PslEntryDialog *self = g_object_new (PSL_TYPE_ENTRY_DIALOG, NULL);
  PslEntryPage *page = psl_entry_page_new_adding (reg, list, code);
  GtkWidget *view = adw_navigation_view_new ();

  self->reg = g_object_ref (reg);
  self->page = page;
  adw_dialog_set_title (ADW_DIALOG (self), adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (page)));
  g_signal_connect_object (page, "edited", G_CALLBACK (page_edited_cb), self, G_CONNECT_SWAPPED);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (page));
  adw_dialog_set_child (ADW_DIALOG (self), view);
  psl_focus_begin_in (ADW_DIALOG (self), psl_entry_page_get_first (page));
  return self;
}
