/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-filter-bar.h"

#include "psl-filter-chip.h"
#include "psl-focus.h"
#include "psl-menu-button.h"

struct _PslFilterBar
{
  AdwBin parent_instance;

  AdwWrapBox *box;
  GtkMenuButton *add;
  AdwButtonContent *add_content;

  PslRegister *reg;
  char *language;
  GPtrArray *offers;
  GPtrArray *chips;
};

G_DEFINE_FINAL_TYPE (PslFilterBar, psl_filter_bar, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_changed (PslFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* With chips beside it, the button's icon says enough. */
static void
update_button (PslFilterBar *self)
{
  adw_button_content_set_label (self->add_content, self->chips->len == 0 ? _("Filter") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->add), self->offers->len > 0);
}

static void
chip_removed_cb (PslFilterBar  *self,
                 PslFilterChip *chip)
{
  gboolean filtered = psl_filter_chip_get_filter (chip) != NULL;
  guint index;

  if (!g_ptr_array_find (self->chips, chip, &index))
    return;

  g_ptr_array_remove_index (self->chips, index);
  /* The focus goes on to the chip that takes its place. */
  if (psl_focus_is_in (GTK_WIDGET (chip)))
    gtk_widget_grab_focus (index < self->chips->len ? GTK_WIDGET (g_ptr_array_index (self->chips, index))
                                                    : GTK_WIDGET (self->add));
  adw_wrap_box_remove (self->box, GTK_WIDGET (chip));
  update_button (self);

  if (filtered)
    emit_changed (self);
}

static PslFilterChip *
add_chip (PslFilterBar         *self,
          const PslFilterOffer *offer,
          const PslFilter      *filter)
{
  PslFilterChip *chip = psl_filter_chip_new (offer, filter, self->reg, self->language);
  GtkWidget *last = self->chips->len > 0 ? g_ptr_array_index (self->chips, self->chips->len - 1) : NULL;

  adw_wrap_box_insert_child_after (self->box, GTK_WIDGET (chip), last);
  g_ptr_array_add (self->chips, chip);
  g_signal_connect_object (chip, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (chip, "removed", G_CALLBACK (chip_removed_cb), self, G_CONNECT_SWAPPED);
  update_button (self);

  return chip;
}

static void
clear_chips (PslFilterBar *self)
{
  while (self->chips->len > 0)
    {
      GtkWidget *chip = g_ptr_array_steal_index (self->chips, self->chips->len - 1);

      if (psl_focus_is_in (chip))
        gtk_widget_grab_focus (GTK_WIDGET (self->add));
      adw_wrap_box_remove (self->box, chip);
    }
  update_button (self);
}

static gboolean
open_chip_cb (gpointer user_data)
{
  g_autoptr (PslFilterChip) chip = user_data;

  if (gtk_widget_get_root (GTK_WIDGET (chip)) != NULL)
    psl_filter_chip_open (chip);

  return G_SOURCE_REMOVE;
}

static void
choose_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  PslFilterBar *self = user_data;
  PslFilterOffer *offer = psl_filter_offers_find (self->offers, g_variant_get_string (parameter, NULL));
  PslFilterChip *chip;

  if (offer == NULL)
    return;

  chip = add_chip (self, offer, NULL);
  /* Once the menu is closed, and the chip has its place. */
  g_idle_add (open_chip_cb, g_object_ref (chip));
}

static void
add_without_values (PslFilterBar *self,
                    GVariant     *parameter,
                    PslFilterOp   op)
{
  PslFilterOffer *offer = psl_filter_offers_find (self->offers, g_variant_get_string (parameter, NULL));
  g_autoptr (PslFilter) filter = NULL;

  if (offer == NULL)
    return;

  filter = psl_filter_new (offer->name, op, NULL);
  add_chip (self, offer, filter);
  emit_changed (self);
}

static void
empty_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  add_without_values (user_data, parameter, PSL_FILTER_EMPTY);
}

static void
given_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  add_without_values (user_data, parameter, PSL_FILTER_NOT_EMPTY);
}

static void
outdated_activated_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  add_without_values (user_data, parameter, PSL_FILTER_OUTDATED);
}

static void
append_offer (GMenu                *menu,
              const PslFilterOffer *offer,
              const char           *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (offer->label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", offer->name);
  g_menu_append_item (menu, item);
}

static GMenu *
make_menu (PslFilterBar *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) choose = g_menu_new ();
  g_autoptr (GMenu) empty = g_menu_new ();
  g_autoptr (GMenu) given = g_menu_new ();
  g_autoptr (GMenu) outdated = g_menu_new ();
  g_autoptr (GMenu) values = g_menu_new ();

  for (guint i = 0; i < self->offers->len; i++)
    {
      const PslFilterOffer *offer = g_ptr_array_index (self->offers, i);

      if (offer->shape != PSL_FILTER_SHAPE_NONE)
        append_offer (choose, offer, "filter.choose");
      if (psl_filter_offer_can_be_empty (offer))
        {
          append_offer (empty, offer, "filter.empty");
          append_offer (given, offer, "filter.given");
        }
      if (psl_filter_offer_can_be_outdated (offer))
        append_offer (outdated, offer, "filter.outdated");
    }

  g_menu_append_submenu (values, C_("filter", "Empty"), G_MENU_MODEL (empty));
  g_menu_append_submenu (values, C_("filter", "Given"), G_MENU_MODEL (given));
  if (g_menu_model_get_n_items (G_MENU_MODEL (outdated)) > 0)
    g_menu_append_submenu (values, C_("filter", "Outdated Translation"), G_MENU_MODEL (outdated));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (choose));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (values));

  return menu;
}

/* Made when it is asked for: a menu is as much work as a page of the list. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  g_autoptr (GMenu) menu = make_menu (user_data);

  psl_menu_button_make_menu (button, G_MENU_MODEL (menu));
}

static void
psl_filter_bar_dispose (GObject *object)
{
  PslFilterBar *self = PSL_FILTER_BAR (object);

  g_clear_object (&self->reg);
  g_ptr_array_set_size (self->chips, 0);
  /* Disposing of the template takes its child from the bin, which isn't told. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (psl_filter_bar_parent_class)->dispose (object);
}

static void
psl_filter_bar_finalize (GObject *object)
{
  PslFilterBar *self = PSL_FILTER_BAR (object);

  g_free (self->language);
  g_ptr_array_unref (self->offers);
  g_ptr_array_unref (self->chips);

  G_OBJECT_CLASS (psl_filter_bar_parent_class)->finalize (object);
}

static void
psl_filter_bar_class_init (PslFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_filter_bar_dispose;
  object_class->finalize = psl_filter_bar_finalize;

  /**
   * PslFilterBar::changed:
   *
   * The filters are others.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PslFilterBar, box);
  gtk_widget_class_bind_template_child (widget_class, PslFilterBar, add);
  gtk_widget_class_bind_template_child (widget_class, PslFilterBar, add_content);
}

static void
psl_filter_bar_init (PslFilterBar *self)
{
  static const GActionEntry entries[] = {
    { .name = "choose", .activate = choose_activated_cb, .parameter_type = "s" },
    { .name = "empty", .activate = empty_activated_cb, .parameter_type = "s" },
    { .name = "given", .activate = given_activated_cb, .parameter_type = "s" },
    { .name = "outdated", .activate = outdated_activated_cb, .parameter_type = "s" },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->offers = psl_filter_offers_new (NULL);
  self->chips = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (actions));
  gtk_menu_button_set_create_popup_func (self->add, create_menu_cb, self, NULL);
}

/**
 * psl_filter_bar_set_up:
 * @reg: (nullable): where the records are
 * @kind: (nullable): whose filters are offered; %NULL for none
 * @language: the language that records are shown in
 *
 * Takes all filters away.
 */
void
psl_filter_bar_set_up (PslFilterBar  *self,
                       PslRegister   *reg,
                       const PslKind *kind,
                       const char    *language)
{
  g_return_if_fail (PSL_IS_FILTER_BAR (self));

  g_set_object (&self->reg, reg);
  g_set_str (&self->language, language);
  g_ptr_array_unref (self->offers);
  self->offers = psl_filter_offers_new (kind);

  clear_chips (self);
}

/**
 * psl_filter_bar_set_filters:
 * @filters: (nullable) (element-type PslFilter): filters; filters that aren't offered are
 *   left out
 *
 * Shows filters that were set elsewhere, without `changed`.
 */
void
psl_filter_bar_set_filters (PslFilterBar *self,
                            GPtrArray    *filters)
{
  g_return_if_fail (PSL_IS_FILTER_BAR (self));

  clear_chips (self);
  for (guint i = 0; filters != NULL && i < filters->len; i++)
    {
      const PslFilter *filter = g_ptr_array_index (filters, i);
      const PslFilterOffer *offer = psl_filter_offers_find (self->offers, filter->field);

      if (offer != NULL)
        add_chip (self, offer, filter);
    }
}

/**
 * psl_filter_bar_get_filters:
 *
 * Returns: (transfer container) (element-type PslFilter): the filters, whose
 *   owner is the bar
 */
GPtrArray *
psl_filter_bar_get_filters (PslFilterBar *self)
{
  GPtrArray *filters;

  g_return_val_if_fail (PSL_IS_FILTER_BAR (self), NULL);

  filters = g_ptr_array_new ();
  for (guint i = 0; i < self->chips->len; i++)
    {
      const PslFilter *filter = psl_filter_chip_get_filter (g_ptr_array_index (self->chips, i));

      if (filter != NULL)
        g_ptr_array_add (filters, (gpointer) filter);
    }

  return filters;
}
