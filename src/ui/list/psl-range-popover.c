/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-range-popover.h"

#include "psl-settings.h"

struct _PslRangePopover
{
  GtkPopover parent_instance;

  GtkLabel *from_label;
  GtkEntry *from;
  GtkLabel *to_label;
  GtkEntry *to;
  GtkEntry *currency;
  GtkLabel *problem;

  PslFilterOffer *offer;
  PslRegister *reg;
  GStrv values;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (PslRangePopover, psl_range_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_money (PslRangePopover *self)
{
  return self->offer->shape == PSL_FILTER_SHAPE_MONEY;
}

static char *
dup_text (GtkEntry *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* The canonical form of a bound, "" for none. */
static char *
read_bound (PslRangePopover  *self,
            GtkEntry         *entry,
            GError          **error)
{
  static const PslField year = { .name = PSL_FIELD_YEARS, .label = NC_("field", "Year"),
                                 .type = PSL_FIELD_TYPE_YEAR };
  g_autofree char *typed = dup_text (entry);
  g_autofree char *currency = NULL;
  g_autofree char *amount = NULL;

  if (typed[0] == '\0')
    return g_steal_pointer (&typed);
  if (!is_money (self))
    return psl_field_normalise (&year, psl_register_get_codelists (self->reg), typed, error);

  currency = dup_text (self->currency);
  amount = g_strdup_printf ("%s %s", typed, currency);

  return psl_field_normalise (self->offer->field, psl_register_get_codelists (self->reg), amount, error);
}

static void
show_problem (PslRangePopover *self,
              GtkEntry        *entry,
              const char      *message)
{
  GtkEntry *entries[] = { self->from, self->to };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      gboolean wrong = entries[i] == entry;

      if (wrong)
        gtk_widget_add_css_class (GTK_WIDGET (entries[i]), "error");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (entries[i]), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
                                   wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
    }
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
}

static void
changed_cb (PslRangePopover *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (self->filling)
    return;

  from = read_bound (self, self->from, &error);
  if (from == NULL)
    {
      show_problem (self, self->from, error->message);
      return;
    }
  to = read_bound (self, self->to, &error);
  if (to == NULL)
    {
      show_problem (self, self->to, error->message);
      return;
    }
  show_problem (self, NULL, NULL);

  g_strfreev (self->values);
  self->values = NULL;
  if (from[0] != '\0' || to[0] != '\0')
    self->values = g_strdupv ((char *[]) { from, to, NULL });

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (PslRangePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* The amount as it can be typed; its currency goes into the entry for that. */
static void
fill (PslRangePopover *self,
      GtkEntry        *entry,
      const char      *value)
{
  g_autofree char *amount = NULL;
  char *blank;

  if (value == NULL || value[0] == '\0')
    return;

  amount = g_strdup (value);
  blank = is_money (self) ? strrchr (amount, ' ') : NULL;
  if (blank != NULL)
    {
      *blank = '\0';
      gtk_editable_set_text (GTK_EDITABLE (self->currency), blank + 1);
      if (g_str_has_suffix (amount, ".00"))
        amount[strlen (amount) - 3] = '\0';
    }
  gtk_editable_set_text (GTK_EDITABLE (entry), amount);
}

static void
psl_range_popover_dispose (GObject *object)
{
  g_clear_object (&PSL_RANGE_POPOVER (object)->reg);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_RANGE_POPOVER);

  G_OBJECT_CLASS (psl_range_popover_parent_class)->dispose (object);
}

static void
psl_range_popover_finalize (GObject *object)
{
  PslRangePopover *self = PSL_RANGE_POPOVER (object);

  psl_filter_offer_free (self->offer);
  g_strfreev (self->values);

  G_OBJECT_CLASS (psl_range_popover_parent_class)->finalize (object);
}

static void
psl_range_popover_class_init (PslRangePopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_range_popover_dispose;
  object_class->finalize = psl_range_popover_finalize;

  /**
   * PslRangePopover::changed:
   *
   * The range is another, and right.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_RANGE_POPOVER, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-range-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, from_label);
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, from);
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, to_label);
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, to);
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, currency);
  gtk_widget_class_bind_template_child (widget_class, PslRangePopover, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
psl_range_popover_init (PslRangePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_usual_currency (const PslKind *kind)
{
  const PslSettingValues *settings = psl_settings_get_kind_settings (psl_settings_get_default ());

  return kind->currency != NULL ? psl_setting_values_get (settings, kind, kind->currency) : "";
}

/**
 * psl_range_popover_new:
 * @offer: a filter of years or of money
 * @reg: the register that is filtered
 * @from: (nullable): canonical lower bound
 * @to: (nullable): canonical upper bound
 *
 * Returns: (transfer floating): the popover
 */
PslRangePopover *
psl_range_popover_new (const PslFilterOffer *offer,
                       PslRegister          *reg,
                       const char           *from,
                       const char           *to)
{
  PslRangePopover *self = g_object_new (PSL_TYPE_RANGE_POPOVER, NULL);

  self->offer = psl_filter_offer_copy (offer);
  self->reg = g_object_ref (reg);
  self->filling = TRUE;

  gtk_label_set_label (self->from_label, is_money (self) ? C_("amount", "At _least") : C_("year", "_From"));
  gtk_label_set_label (self->to_label, is_money (self) ? C_("amount", "At _most") : C_("year", "_To"));
  gtk_widget_set_visible (GTK_WIDGET (self->currency), is_money (self));
  gtk_editable_set_text (GTK_EDITABLE (self->currency), get_usual_currency (offer->kind));
  fill (self, self->from, from);
  fill (self, self->to, to);

  self->filling = FALSE;

  return self;
}

/**
 * psl_range_popover_dup_values:
 *
 * Returns: (transfer full) (nullable): both bounds in their canonical form, ""
 *   for an open one; %NULL where both are open
 */
GStrv
psl_range_popover_dup_values (PslRangePopover *self)
{
  g_return_val_if_fail (PSL_IS_RANGE_POPOVER (self), NULL);

  return g_strdupv (self->values);
}
