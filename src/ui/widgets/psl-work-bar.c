/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-work-bar.h"

#include "psl-progress-bar.h"

struct _PslWorkBar
{
  AdwBin parent_instance;

  PslProgressBar *progress;

  PslRegister *reg;             /* (nullable) */
};

G_DEFINE_FINAL_TYPE (PslWorkBar, psl_work_bar, ADW_TYPE_BIN)

static void
follow_work (PslWorkBar *self)
{
  PslProgress *work = self->reg != NULL ? psl_register_get_work (self->reg) : NULL;

  if (work != NULL)
    psl_progress_bar_start (self->progress, work);
  else
    psl_progress_bar_stop (self->progress);
}

static void
stop_clicked_cb (PslWorkBar *self)
{
  psl_register_cancel_work (self->reg);
}

static void
psl_work_bar_dispose (GObject *object)
{
  psl_work_bar_set_register (PSL_WORK_BAR (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_WORK_BAR);

  G_OBJECT_CLASS (psl_work_bar_parent_class)->dispose (object);
}

static void
psl_work_bar_class_init (PslWorkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_work_bar_dispose;

  g_type_ensure (PSL_TYPE_PROGRESS_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-work-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PslWorkBar, progress);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
psl_work_bar_init (PslWorkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_work_bar_new:
 * @reg: see psl_work_bar_set_register()
 *
 * Returns: (transfer floating): a bar
 */
GtkWidget *
psl_work_bar_new (PslRegister *reg)
{
  PslWorkBar *self = g_object_new (PSL_TYPE_WORK_BAR, NULL);

  psl_work_bar_set_register (self, reg);
  return GTK_WIDGET (self);
}

/**
 * psl_work_bar_set_register:
 * @reg: (nullable): the register whose work is shown from now on; %NULL for none
 */
void
psl_work_bar_set_register (PslWorkBar  *self,
                           PslRegister *reg)
{
  g_return_if_fail (PSL_IS_WORK_BAR (self));
  g_return_if_fail (reg == NULL || PSL_IS_REGISTER (reg));

  if (self->reg == reg)
    return;
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_set_object (&self->reg, reg);
  if (reg != NULL)
    g_signal_connect_object (reg, "work-changed", G_CALLBACK (follow_work), self, G_CONNECT_SWAPPED);
  follow_work (self);
}
