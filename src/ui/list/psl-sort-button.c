/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-menu-button.h"
#include "psl-sort-button.h"

struct _PslSortButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GSimpleActionGroup *actions;

  const PslKind *kind;
  char *field;
  gboolean descending;
};

G_DEFINE_FINAL_TYPE (PslSortButton, psl_sort_button, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* How the two directions are called for values of a type. */
static void
get_directions (const PslField  *field,
                const char     **ascending,
                const char     **descending)
{
  if (field == NULL || field->type == PSL_FIELD_TYPE_DATE || field->type == PSL_FIELD_TYPE_YEAR)
    {
      *ascending = C_("order", "Oldest First");
      *descending = C_("order", "Newest First");
    }
  else if (field->type == PSL_FIELD_TYPE_MONEY || field->type == PSL_FIELD_TYPE_INTEGER ||
           field->type == PSL_FIELD_TYPE_DECIMAL)
    {
      *ascending = C_("order", "Smallest First");
      *descending = C_("order", "Largest First");
    }
  else if (field->type == PSL_FIELD_TYPE_CODE)
    {
      *ascending = C_("order", "In the Order of the List");
      *descending = C_("order", "In Reverse Order");
    }
  else
    {
      *ascending = C_("order", "A to Z");
      *descending = C_("order", "Z to A");
    }
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

/* Made when it is asked for: a menu is as much work as a page of the list. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       user_data)
{
  PslSortButton *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) fields = g_menu_new ();
  g_autoptr (GMenu) directions = g_menu_new ();
  const PslField *field = NULL;
  const char *ascending;
  const char *descending;

  if (self->kind != NULL)
    {
      for (const PslField *f = self->kind->fields; f->name != NULL; f++)
        {
          if (f->flags & PSL_FIELD_LISTED)
            append (fields, psl_field_get_label (f), "sort.field", f->name);
        }
      field = psl_kind_find_field (self->kind, self->field);
    }
  append (fields, C_("order", "Last Changed"), "sort.field", PSL_SORT_CHANGED);

  get_directions (field, &ascending, &descending);
  append (directions, ascending, "sort.direction", "ascending");
  append (directions, descending, "sort.direction", "descending");

  g_menu_append_section (menu, C_("order", "Order by"), G_MENU_MODEL (fields));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (directions));
  psl_menu_button_make_menu (button, G_MENU_MODEL (menu));
}

static void
update_state (PslSortButton *self)
{
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "field",
                                      g_variant_new_string (self->field));
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "direction",
                                      g_variant_new_string (self->descending ? "descending" : "ascending"));
  gtk_menu_button_set_icon_name (self->button,
                                 self->descending ? "view-sort-descending-symbolic"
                                                  : "view-sort-ascending-symbolic");
}

static void
field_activated_cb (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  PslSortButton *self = user_data;
  const char *field = g_variant_get_string (parameter, NULL);

  /* Records that were changed last are looked for first. */
  psl_sort_button_set_sort (self, field, g_str_equal (field, PSL_SORT_CHANGED));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
direction_activated_cb (GSimpleAction *action,
                        GVariant      *parameter,
                        gpointer       user_data)
{
  PslSortButton *self = user_data;
  g_autofree char *field = g_strdup (self->field);

  psl_sort_button_set_sort (self, field,
                            g_str_equal (g_variant_get_string (parameter, NULL), "descending"));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
state_changed_cb (GSimpleAction *action,
                  GVariant      *state,
                  gpointer       user_data)
{
  g_simple_action_set_state (action, state);
}

static void
psl_sort_button_finalize (GObject *object)
{
  PslSortButton *self = PSL_SORT_BUTTON (object);

  g_object_unref (self->actions);
  g_free (self->field);

  G_OBJECT_CLASS (psl_sort_button_parent_class)->finalize (object);
}

static void
psl_sort_button_class_init (PslSortButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_sort_button_finalize;

  /**
   * PslSortButton::changed:
   *
   * The order is another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_SORT_BUTTON, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_sort_button_init (PslSortButton *self)
{
  static const GActionEntry entries[] = {
    { .name = "field", .activate = field_activated_cb, .parameter_type = "s",
      .state = "''", .change_state = state_changed_cb },
    { .name = "direction", .activate = direction_activated_cb, .parameter_type = "s",
      .state = "'ascending'", .change_state = state_changed_cb },
  };

  self->field = g_strdup (PSL_SORT_CHANGED);
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "sort", G_ACTION_GROUP (self->actions));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Order of the list"));
  gtk_menu_button_set_create_popup_func (self->button, create_menu_cb, self, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  update_state (self);
}

/**
 * psl_sort_button_set_kind:
 * @kind: (nullable): whose fields the list can be ordered by
 */
void
psl_sort_button_set_kind (PslSortButton *self,
                          const PslKind *kind)
{
  g_return_if_fail (PSL_IS_SORT_BUTTON (self));

  self->kind = kind;
}

/**
 * psl_sort_button_set_sort:
 * @field: (nullable): name of a listed field, or %PSL_SORT_CHANGED
 * @descending: whether from high to low
 *
 * Shows an order that was set elsewhere, without `changed`.
 */
void
psl_sort_button_set_sort (PslSortButton *self,
                          const char    *field,
                          gboolean       descending)
{
  g_return_if_fail (PSL_IS_SORT_BUTTON (self));

  g_set_str (&self->field, field != NULL ? field : PSL_SORT_CHANGED);
  self->descending = descending;
  update_state (self);
}

/**
 * psl_sort_button_get_sort:
 * @descending: (out): whether from high to low
 *
 * Returns: (transfer none): name of a listed field, or %PSL_SORT_CHANGED
 */
const char *
psl_sort_button_get_sort (PslSortButton *self,
                          gboolean      *descending)
{
  g_return_val_if_fail (PSL_IS_SORT_BUTTON (self), NULL);

  *descending = self->descending;

  return self->field;
}
