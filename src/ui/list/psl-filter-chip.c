/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-code-picker.h"
#include "psl-failure.h"
#include "psl-filter-chip.h"

#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-range-popover.h"
#include "psl-record-picker.h"
#include "psl-text.h"

struct _PslFilterChip
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkLabel *text;         /* in place of the button where there is nothing to choose */
  GtkButton *remove;

  PslFilterOffer *offer;
  PslFilter *filter;
  PslRegister *reg;
  char *language;

  GHashTable *titles;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PslFilterChip, psl_filter_chip, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  PslFilterChip *chip;
  char *id;
} Naming;

static void
naming_free (Naming *naming)
{
  g_object_unref (naming->chip);
  g_free (naming->id);
  g_free (naming);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Naming, naming_free)

/* @nth: at most one more than there are values before it. */
static gboolean
has_value (PslFilterChip *self,
           guint          nth)
{
  return self->filter != NULL && self->filter->values != NULL && self->filter->values[nth] != NULL;
}

static char *
describe (PslFilterChip *self)
{
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();

  for (guint i = 0; has_value (self, i); i++)
    {
      const char *title = g_hash_table_lookup (self->titles, self->filter->values[i]);

      g_ptr_array_add (titles, (gpointer) (title != NULL ? title : "…"));
    }
  g_ptr_array_add (titles, NULL);

  return psl_filter_offer_describe (self->offer, psl_register_get_codelists (self->reg), self->filter,
                                    (const char *const *) titles->pdata);
}

static void
update (PslFilterChip *self)
{
  g_autofree char *text = describe (self);
  g_autofree char *quotable = psl_text_dup_quotable (text);
  g_autofree char *name = NULL;
  g_autofree char *removal = NULL;

  gtk_label_set_label (self->label, text);

  /* Translators: a filter: its field and what it lets through */
  name = g_strdup_printf (C_("filter", "%s: %s"), self->offer->label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->text), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  /* Translators: takes a filter away, as in “Remove the filter ‘Since 2018’” */
  removal = g_strdup_printf (_("Remove the filter “%s”"), quotable);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->remove), removal);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, removal, -1);
}

static void
codelists_changed_cb (PslFilterChip *self)
{
  if (self->offer->shape == PSL_FILTER_SHAPE_CODES)
    update (self);
}

static void
set_values (PslFilterChip     *self,
            PslFilterOp        op,
            const char *const *values)
{
  g_clear_pointer (&self->filter, psl_filter_free);
  if (values != NULL && values[0] != NULL)
    self->filter = psl_filter_new (self->offer->name, op, values);

  update (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
picked_cb (PslFilterChip *self,
           PslPickerItem *item,
           PslPicker     *picker)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  const char *value;
  gboolean had = FALSE;

  if (item == NULL || psl_picker_item_get_value (item) == NULL)
    return;

  value = psl_picker_item_get_value (item);
  g_hash_table_insert (self->titles, g_strdup (value), g_strdup (psl_picker_item_get_title (item)));
  for (guint i = 0; has_value (self, i); i++)
    {
      if (g_str_equal (self->filter->values[i], value))
        had = TRUE;
      else
        g_strv_builder_add (builder, self->filter->values[i]);
    }
  if (!had)
    g_strv_builder_add (builder, value);

  values = g_strv_builder_end (builder);
  psl_picker_set_chosen (picker, (const char *const *) values);
  set_values (self, PSL_FILTER_ONE_OF, (const char *const *) values);
}

static void
range_changed_cb (PslFilterChip   *self,
                  PslRangePopover *popover)
{
  g_auto (GStrv) values = psl_range_popover_dup_values (popover);

  set_values (self, PSL_FILTER_RANGE, (const char *const *) values);
}

/* A filter without values lets everything through, and goes. */
static void
closed_cb (PslFilterChip *self)
{
  if (self->filter == NULL)
    g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
remove_clicked_cb (PslFilterChip *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVED], 0);
}

static void
unoffered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PslCodePicker) picker = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) codes = psl_register_find_unoffered_finish (PSL_REGISTER (source), result, &error);

  if (codes != NULL)
    psl_code_picker_set_unoffered (picker, (const char *const *) codes);
  else
    psl_failure_tell_unread (GTK_WIDGET (picker), error);
}

/* Codes that records have and the list doesn't offer are to be found, too. Records have
 * none of wider lists. */
static void
find_unoffered (PslFilterChip *self,
                PslPicker     *picker)
{
  const PslField *field = psl_kind_find_field (self->offer->kind, self->offer->name);

  if (field != NULL && self->reg != NULL)
    psl_register_find_unoffered_async (self->reg, self->offer->kind, field, self->cancellable,
                                      unoffered_cb, g_object_ref (picker));
}

static GtkWidget *
make_picker (PslFilterChip *self)
{
  PslPicker *picker;
  const char *const *chosen = NULL;

  if (self->offer->shape == PSL_FILTER_SHAPE_CODES)
    {
      picker = psl_code_picker_new (self->offer->field->codelist, psl_field_get_wider_codelist (self->offer->field));
      psl_code_picker_set_register (PSL_CODE_PICKER (picker), self->reg);
      g_signal_connect_object (picker, "show", G_CALLBACK (find_unoffered), self, G_CONNECT_SWAPPED);
    }
  else
    {
      picker = psl_record_picker_new (self->offer->field->target);
      psl_record_picker_set_up (PSL_RECORD_PICKER (picker), self->reg, self->language, 0);
    }

  if (self->filter != NULL && self->filter->op != PSL_FILTER_RANGE)
    chosen = (const char *const *) self->filter->values;
  psl_picker_set_several (picker, TRUE);
  psl_picker_set_chosen (picker, chosen);
  g_signal_connect_object (picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (picker);
}

static GtkWidget *
make_range (PslFilterChip *self)
{
  const PslFilter *filter = self->filter;
  gboolean ranged = filter != NULL && filter->op == PSL_FILTER_RANGE;
  PslRangePopover *popover = psl_range_popover_new (self->offer, self->reg,
                                                    ranged ? filter->values[0] : NULL,
                                                    ranged ? filter->values[1] : NULL);

  g_signal_connect_object (popover, "changed", G_CALLBACK (range_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (popover);
}

static void
make_popover (PslFilterChip *self)
{
  GtkWidget *popover = NULL;

  switch (self->offer->shape)
    {
    case PSL_FILTER_SHAPE_CODES:
    case PSL_FILTER_SHAPE_RECORDS:
      popover = make_picker (self);
      break;
    case PSL_FILTER_SHAPE_YEARS:
    case PSL_FILTER_SHAPE_MONEY:
      popover = make_range (self);
      break;
    case PSL_FILTER_SHAPE_NONE:
    default:
      break;
    }

  gtk_menu_button_set_popover (self->button, popover);
  gtk_widget_set_visible (GTK_WIDGET (self->button), popover != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->text), popover == NULL);
  if (popover == NULL)
    return;

  psl_focus_return_from (GTK_POPOVER (popover), GTK_WIDGET (self->button));
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Naming) naming = user_data;
  PslFilterChip *self = naming->chip;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, NULL);

  /* A record that is no more keeps its ellipsis: the filter finds nothing. */
  if (record == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;

  g_hash_table_insert (self->titles, g_strdup (naming->id),
                       psl_record_dup_title (record, psl_register_get_codelists (self->reg), self->language));
  update (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Naming) naming = user_data;
  PslFilterChip *self = naming->chip;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, NULL);

  if (rid == 0 || g_cancellable_is_cancelled (self->cancellable))
    return;

  psl_register_load_async (PSL_REGISTER (source), rid, self->cancellable,
                           named_cb, g_steal_pointer (&naming));
}

static void
find_titles (PslFilterChip *self)
{
  if (self->offer->shape != PSL_FILTER_SHAPE_RECORDS || self->reg == NULL ||
      self->filter == NULL || self->filter->values == NULL)
    return;

  for (guint i = 0; self->filter->values[i] != NULL; i++)
    {
      Naming *naming = g_new (Naming, 1);

      naming->chip = g_object_ref (self);
      naming->id = g_strdup (self->filter->values[i]);
      psl_register_find_async (self->reg, naming->id, self->cancellable, found_cb, naming);
    }
}

static void
psl_filter_chip_dispose (GObject *object)
{
  PslFilterChip *self = PSL_FILTER_CHIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->reg);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_FILTER_CHIP);

  G_OBJECT_CLASS (psl_filter_chip_parent_class)->dispose (object);
}

static void
psl_filter_chip_finalize (GObject *object)
{
  PslFilterChip *self = PSL_FILTER_CHIP (object);

  psl_filter_offer_free (self->offer);
  g_clear_pointer (&self->filter, psl_filter_free);
  g_free (self->language);
  g_hash_table_unref (self->titles);
  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (psl_filter_chip_parent_class)->finalize (object);
}

static void
psl_filter_chip_class_init (PslFilterChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_filter_chip_dispose;
  object_class->finalize = psl_filter_chip_finalize;

  /**
   * PslFilterChip::changed:
   *
   * The filter is another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslFilterChip::removed:
   *
   * The filter is to go.
   */
  signals[SIGNAL_REMOVED] =
    g_signal_new ("removed", PSL_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, PslFilterChip, button);
  gtk_widget_class_bind_template_child (widget_class, PslFilterChip, label);
  gtk_widget_class_bind_template_child (widget_class, PslFilterChip, text);
  gtk_widget_class_bind_template_child (widget_class, PslFilterChip, remove);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psl_filter_chip_init (PslFilterChip *self)
{
  self->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_filter_chip_new:
 * @offer: the field to filter by
 * @filter: (nullable): the filter; %NULL for one whose values are yet to be
 *   chosen
 * @reg: where records to choose from are
 * @language: the language that records are shown in
 *
 * Returns: (transfer floating): the chip
 */
PslFilterChip *
psl_filter_chip_new (const PslFilterOffer *offer,
                     const PslFilter      *filter,
                     PslRegister          *reg,
                     const char           *language)
{
  PslFilterChip *self = g_object_new (PSL_TYPE_FILTER_CHIP, NULL);

  self->offer = psl_filter_offer_copy (offer);
  self->filter = filter != NULL ? psl_filter_copy (filter) : NULL;
  self->language = g_strdup (language);
  self->reg = g_object_ref (reg);
  g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (codelists_changed_cb), self, G_CONNECT_SWAPPED);

  make_popover (self);
  find_titles (self);
  update (self);

  return self;
}

/**
 * psl_filter_chip_get_filter:
 *
 * Returns: (transfer none) (nullable): the filter, %NULL while it has no values
 */
const PslFilter *
psl_filter_chip_get_filter (PslFilterChip *self)
{
  g_return_val_if_fail (PSL_IS_FILTER_CHIP (self), NULL);

  return self->filter;
}

/**
 * psl_filter_chip_open:
 *
 * Opens the popover in which the values are chosen.
 */
void
psl_filter_chip_open (PslFilterChip *self)
{
  g_return_if_fail (PSL_IS_FILTER_CHIP (self));

  gtk_menu_button_popup (self->button);
}
