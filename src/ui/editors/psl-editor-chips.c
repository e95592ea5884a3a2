/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-chips.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-chip.h"
#include "psl-code-picker.h"
#include "psl-focus.h"
#include "psl-rows.h"

struct _PslEditorChips
{
  PslEditorList parent_instance;

  AdwWrapBox *box;
  GtkWidget *add_button;
  PslPicker *picker;
};

G_DEFINE_FINAL_TYPE (PslEditorChips, psl_editor_chips, PSL_TYPE_EDITOR_LIST)

static PslEditorItem *
find_chip (PslEditorChips *self,
           const char     *code)
{
  GPtrArray *chips = psl_editor_list_get_items (PSL_EDITOR_LIST (self));

  for (guint i = 0; i < chips->len; i++)
    if (g_strcmp0 (psl_chip_get_code (chips->pdata[i]), code) == 0)
      return chips->pdata[i];

  return NULL;
}

/* A chip has no room for a message: it stands below them all. */
static void
update_error (PslEditorChips *self)
{
  GPtrArray *chips = psl_editor_list_get_items (PSL_EDITOR_LIST (self));
  g_autofree char *message = NULL;

  for (guint i = 0; i < chips->len && message == NULL; i++)
    {
      const char *error = psl_editor_item_get_error (chips->pdata[i]);

      if (error != NULL)
        message = g_strdup_printf (C_("problem", "%s: %s"), psl_chip_get_name (chips->pdata[i]), error);
    }

  psl_editor_frame_set_error (PSL_EDITOR_FRAME (self), message);
}

static void
update_picker (PslEditorChips *self)
{
  GPtrArray *chips = psl_editor_list_get_items (PSL_EDITOR_LIST (self));
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  if (self->picker == NULL)
    return;

  for (guint i = 0; i < chips->len; i++)
    g_ptr_array_add (codes, (gpointer) psl_chip_get_code (chips->pdata[i]));
  g_ptr_array_add (codes, NULL);
  psl_picker_set_chosen (self->picker, (const char *const *) codes->pdata);
}

static void
picked_cb (PslPicker      *picker,
           PslPickerItem  *item,
           PslEditorChips *self)
{
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));
  g_autofree const char **cells = g_new0 (const char *, psl_rows_get_n_columns (field));
  PslEditorItem *chip;

  if (item == NULL)
    return;

  cells[0] = psl_picker_item_get_value (item);
  chip = find_chip (self, cells[0]);
  if (chip != NULL)
    psl_editor_list_remove (PSL_EDITOR_LIST (self), chip);
  else
    psl_editor_list_add (PSL_EDITOR_LIST (self), cells);
}

/* The picker opens where the button is, and stays there while that moves along
 * with each chip. */
static void
point_to_button (PslEditorChips *self)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (self->add_button, GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->picker),
                                 &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                   bounds.size.width, bounds.size.height });
}

static void
prepare_picker (PslEditorChips *self)
{
  if (self->picker == NULL)
    {
      const PslField *cell = &psl_editor_get_field (PSL_EDITOR (self))->rows[0];

      self->picker = psl_code_picker_new (cell->codelist, psl_field_get_wider_codelist (cell));
      psl_picker_set_several (self->picker, TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->picker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      psl_editor_frame_get_name (PSL_EDITOR_FRAME (self)), -1);
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_DEFAULT);
      gtk_widget_set_parent (GTK_WIDGET (self->picker), GTK_WIDGET (self));
      psl_focus_return_from (GTK_POPOVER (self->picker), self->add_button);
    }

  psl_code_picker_set_register (PSL_CODE_PICKER (self->picker), psl_editor_get_register (PSL_EDITOR (self)));
  point_to_button (self);
  update_picker (self);
}

static void
open_picker (PslEditorChips *self)
{
  prepare_picker (self);
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

/* Typing on the button begins a search. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                PslEditorChips        *self)
{
  prepare_picker (self);
  return psl_picker_open_by_key (self->picker, keyval, state);
}

static void
psl_editor_chips_place (PslEditorList *list,
                        GtkWidget     *item,
                        GtkWidget     *after)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (list);

  if (gtk_widget_get_parent (item) != NULL)
    {
      adw_wrap_box_reorder_child_after (self->box, item, after);
      return;
    }

  g_signal_connect_object (item, "error-changed", G_CALLBACK (update_error), self, G_CONNECT_SWAPPED);
  adw_wrap_box_insert_child_after (self->box, item, after);
}

static void
psl_editor_chips_take_away (PslEditorList *list,
                            GtkWidget     *item)
{
  adw_wrap_box_remove (PSL_EDITOR_CHIPS (list)->box, item);
}

static void
psl_editor_chips_shown (PslEditorList *list)
{
  update_error (PSL_EDITOR_CHIPS (list));
  update_picker (PSL_EDITOR_CHIPS (list));
}

static void
psl_editor_chips_constructed (GObject *object)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (object);
  g_autofree char *label = NULL;

  G_OBJECT_CLASS (psl_editor_chips_parent_class)->constructed (object);

  psl_editor_list_set_body (PSL_EDITOR_LIST (self), GTK_WIDGET (self->box), self->add_button);
  label = psl_editor_list_dup_add_label (PSL_EDITOR_LIST (self));
  gtk_widget_set_tooltip_text (self->add_button, label);
}

static void
psl_editor_chips_dispose (GObject *object)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (object);

  if (self->picker != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->picker)));

  G_OBJECT_CLASS (psl_editor_chips_parent_class)->dispose (object);
}

static void
psl_editor_chips_class_init (PslEditorChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorListClass *list_class = PSL_EDITOR_LIST_CLASS (klass);

  object_class->constructed = psl_editor_chips_constructed;
  object_class->dispose = psl_editor_chips_dispose;
  list_class->item_type = PSL_TYPE_CHIP;
  list_class->place = psl_editor_chips_place;
  list_class->take_away = psl_editor_chips_take_away;
  list_class->shown = psl_editor_chips_shown;
}

static void
psl_editor_chips_init (PslEditorChips *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);

  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "circular");
  gtk_widget_add_css_class (self->add_button, "chip-add");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (open_picker), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (self->add_button, controller);
  adw_wrap_box_append (self->box, self->add_button);
}
