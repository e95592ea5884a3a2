/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-range-popover.h"

#include "psl-money.h"
#include "psl-settings.h"

/* Who rests for so long has typed what was meant. */
#define PAUSE_MS 600

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

  /* The bound that was typed in last: where the two don't fit, it is the one to mend. */
  GtkEntry *typed;
  guint pause;
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

/* Whether one canonical bound is above the other; both are in one currency. */
static gboolean
is_above (PslRangePopover *self,
          const char      *from,
          const char      *to)
{
  char currency[4];
  gint64 lowest, highest;

  if (from[0] == '\0' || to[0] == '\0')
    return FALSE;
  if (!is_money (self))
    return strcmp (from, to) > 0;

  return psl_money_parse_canonical (from, &lowest, currency) && psl_money_parse_canonical (to, &highest, currency) &&
         lowest > highest;
}

/* Why a range in which nothing lies is not taken: said of the bound to mend. */
static const char *
get_empty_message (PslRangePopover *self,
                   GtkEntry        *entry)
{
  if (entry == self->from)
    return is_money (self) ? _("The lowest amount is higher than the highest.") : _("The beginning is after the end.");
  return is_money (self) ? _("The highest amount is lower than the lowest.") : _("The end is before the beginning.");
}

/* Returns: (nullable): the bound that is not right, with @message; %NULL where both are, and
 * @from and @to are set */
static GtkEntry *
find_problem (PslRangePopover  *self,
              char            **from,
              char            **to,
              char            **message)
{
  g_autofree char *lowest = NULL;
  g_autofree char *highest = NULL;
  g_autoptr (GError) error = NULL;
  GtkEntry *wrong = NULL;

  lowest = read_bound (self, self->from, &error);
  if (lowest == NULL)
    wrong = self->from;
  else if ((highest = read_bound (self, self->to, &error)) == NULL)
    wrong = self->to;
  else if (is_above (self, lowest, highest))
    wrong = self->typed != NULL ? self->typed : self->to;

  if (wrong != NULL)
    *message = g_strdup (error != NULL ? error->message : get_empty_message (self, wrong));
  else
    {
      *from = g_steal_pointer (&lowest);
      *to = g_steal_pointer (&highest);
    }
  return wrong;
}

static void
mark (PslRangePopover *self,
      GtkEntry        *entry,
      gboolean         wrong)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (entry);

  if (wrong)
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->problem, NULL, -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_reset_state (accessible, GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }
}

static gboolean
shows_problem (PslRangePopover *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->problem));
}

/* @entry: (nullable): the bound that is not right; %NULL where both are */
static void
show_problem (PslRangePopover *self,
              GtkEntry        *entry,
              const char      *message)
{
  gboolean is_news = message != NULL && (!shows_problem (self) ||
                                         !g_str_equal (message, gtk_label_get_label (self->problem)));

  mark (self, self->from, entry == self->from);
  mark (self, self->to, entry == self->to);
  gtk_label_set_label (self->problem, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), message != NULL);
  if (is_news && gtk_widget_get_mapped (GTK_WIDGET (entry)))
    gtk_accessible_announce (GTK_ACCESSIBLE (entry), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
end_pause (PslRangePopover *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
}

/* Takes the range where it is right. Where it isn't, the one before stays, and what is wrong
 * is told with @tell; a problem that is shown already is brought up to date.
 * Returns: whether the range is right */
static gboolean
take (PslRangePopover *self,
      gboolean         tell)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *message = NULL;
  GtkEntry *wrong = find_problem (self, &from, &to, &message);

  if (wrong != NULL)
    {
      if (tell || shows_problem (self))
        show_problem (self, wrong, message);
      return FALSE;
    }
  show_problem (self, NULL, NULL);

  g_strfreev (self->values);
  self->values = NULL;
  if (from[0] != '\0' || to[0] != '\0')
    self->values = g_strdupv ((char *[]) { from, to, NULL });

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

static gboolean
pause_cb (gpointer data)
{
  PslRangePopover *self = data;

  self->pause = 0;
  take (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* A range that is right counts at once. One that isn't may be in the middle of a year, or of
 * an amount that is still to grow beyond the lowest one. */
static void
typed_cb (PslRangePopover *self,
          GtkEntry        *entry)
{
  if (self->filling)
    return;

  self->typed = entry != self->currency ? entry : NULL;
  end_pause (self);
  if (!take (self, FALSE))
    self->pause = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/* What is left is typed. */
static void
left_cb (PslRangePopover *self)
{
  if (self->pause == 0)
    return;

  end_pause (self);
  take (self, TRUE);
}

static void
activate_cb (PslRangePopover *self)
{
  gboolean is_right = self->pause == 0 && !shows_problem (self);

  end_pause (self);
  if (is_right || take (self, TRUE))
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
  end_pause (PSL_RANGE_POPOVER (object));
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
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, left_cb);
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
