/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-chip.h"

#include <glib/gi18n.h>

#include "psl-code-picker.h"
#include "psl-focus.h"
#include "psl-languages.h"
#include "psl-shortcuts.h"
#include "psl-text.h"

struct _PslChip
{
  PslEditorItem parent_instance;

  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *label;
  GtkWidget *remove_button;

  /* Made when it is first needed, for this code. */
  GtkWidget *popover;
  char *code;
};

G_DEFINE_FINAL_TYPE (PslChip, psl_chip, PSL_TYPE_EDITOR_ITEM)

static const PslField *
get_cells (PslChip *self)
{
  return psl_editor_item_get_field (PSL_EDITOR_ITEM (self))->rows;
}

static const PslCodelist *
get_list (PslChip    *self,
          const char *name)
{
  return psl_codelists_get_list (psl_editor_item_get_codelists (PSL_EDITOR_ITEM (self)), name);
}

static const PslCode *
find_code (PslChip *self)
{
  return psl_codelist_find (get_list (self, get_cells (self)->codelist), psl_chip_get_code (self));
}

/* The code's name and, after it, the values of the further cells. */
static char *
dup_text (PslChip *self)
{
  const PslField *cells = get_cells (self);
  const PslCodelists *codelists = psl_editor_item_get_codelists (PSL_EDITOR_ITEM (self));
  const char *const *row = psl_editor_item_get_row (PSL_EDITOR_ITEM (self));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; cells[i].name != NULL; i++)
    {
      g_autofree char *part = NULL;

      if (row[i] == NULL)
        continue;

      part = psl_field_display (&cells[i], codelists, row[i], psl_language_get_interface ());
      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
drop_popover (PslChip *self)
{
  psl_editor_item_forget_editors (PSL_EDITOR_ITEM (self));
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->code, g_free);
}

static void
remove_cb (GtkButton *button,
           PslChip   *self)
{
  psl_editor_item_revert (PSL_EDITOR_ITEM (self));
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  psl_editor_item_remove (PSL_EDITOR_ITEM (self));
}

static void
add_label (GtkWidget  *box,
           const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_code (PslChip       *self,
          GtkWidget     *box,
          const PslCode *code)
{
  const char *language = psl_language_get_interface ();
  const char *capital = psl_names_get (code->details, language);
  const PslCodelist *wider = get_list (self, psl_field_get_wider_codelist (get_cells (self)));
  g_autofree char *detail = psl_code_picker_dup_detail (wider, code);

  add_label (box, psl_code_get_name (code, language), "heading");
  if (detail != NULL)
    add_label (box, detail, "dimmed");
  if (capital != NULL && *capital != '\0')
    {
      g_autofree char *text = g_strdup_printf (_("Capital: %s"), capital);

      add_label (box, text, "dimmed");
    }
}

static GtkWidget *
make_content (PslChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *remove = gtk_button_new_with_mnemonic (_("_Remove"));
  const PslCode *code = find_code (self);

  gtk_widget_add_css_class (box, "chip-content");
  if (code != NULL)
    add_code (self, box, code);
  for (guint i = 1; get_cells (self)[i].name != NULL; i++)
    gtk_box_append (GTK_BOX (box), GTK_WIDGET (psl_editor_item_add_editor (PSL_EDITOR_ITEM (self), i)));
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
closed_cb (PslEditorItem *item)
{
  psl_editor_item_flush (item);
}

static void
clicked_cb (GtkButton     *button,
            PslEditorItem *item)
{
  PSL_EDITOR_ITEM_GET_CLASS (item)->prepare (item);
  gtk_popover_popup (GTK_POPOVER (PSL_CHIP (item)->popover));
}

static gboolean
clear_cb (GtkWidget *button,
          GVariant  *parameter,
          gpointer   item)
{
  psl_editor_item_remove (item);
  return GDK_EVENT_STOP;
}

static void
error_changed_cb (PslChip *self)
{
  gboolean invalid = psl_editor_item_get_error (PSL_EDITOR_ITEM (self)) != NULL;

  gtk_widget_set_visible (self->icon, invalid);
  if (invalid)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
psl_chip_show (PslEditorItem *item)
{
  PslChip *self = PSL_CHIP (item);
  g_autofree char *text = dup_text (self);
  g_autofree char *quotable = psl_text_dup_quotable (psl_chip_get_name (self));
  g_autofree char *remove = NULL;

  if (self->popover != NULL && g_strcmp0 (self->code, psl_chip_get_code (self)) != 0)
    drop_popover (self);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  /* Translators: %s is an entry of a list, such as a country */
  remove = g_strdup_printf (_("Remove “%s”"), quotable);
  gtk_widget_set_tooltip_text (self->remove_button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

static void
psl_chip_prepare (PslEditorItem *item)
{
  PslChip *self = PSL_CHIP (item);

  if (self->popover != NULL)
    return;

  self->code = g_strdup (psl_chip_get_code (self));
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), make_content (self));
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  psl_focus_return_from (GTK_POPOVER (self->popover), self->button);
}

static gboolean
psl_chip_focus (GtkWidget        *widget,
                GtkDirectionType  direction)
{
  PslChip *self = PSL_CHIP (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if ((child != NULL && child == self->popover) ||
      (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD))
    return GTK_WIDGET_CLASS (psl_chip_parent_class)->focus (widget, direction);

  return child == NULL && gtk_widget_grab_focus (self->button);
}

static gboolean
psl_chip_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PSL_CHIP (widget)->button);
}

static void
psl_chip_dispose (GObject *object)
{
  PslChip *self = PSL_CHIP (object);

  drop_popover (self);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_pointer (&self->remove_button, gtk_widget_unparent);

  G_OBJECT_CLASS (psl_chip_parent_class)->dispose (object);
}

static void
psl_chip_class_init (PslChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PslEditorItemClass *item_class = PSL_EDITOR_ITEM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_chip_dispose;
  widget_class->focus = psl_chip_focus;
  widget_class->grab_focus = psl_chip_grab_focus;
  item_class->show = psl_chip_show;
  item_class->prepare = psl_chip_prepare;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
psl_chip_init (PslChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_box_append (GTK_BOX (box), self->icon);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  gtk_box_append (GTK_BOX (box), self->label);

  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_DEFAULT);
  psl_shortcuts_bind (self->button, "field.clear", GTK_PHASE_BUBBLE, gtk_callback_action_new (clear_cb, self, NULL));
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));

  self->remove_button = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove_button, "circular");
  gtk_widget_add_css_class (self->remove_button, "chip-remove");
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_set_parent (self->remove_button, GTK_WIDGET (self));

  g_signal_connect (self, "error-changed", G_CALLBACK (error_changed_cb), NULL);
}

/**
 * psl_chip_get_code:
 * @self: a chip
 *
 * Returns: the code it stands for
 */
const char *
psl_chip_get_code (PslChip *self)
{
  g_return_val_if_fail (PSL_IS_CHIP (self), NULL);

  return psl_editor_item_get_row (PSL_EDITOR_ITEM (self))[0];
}

/**
 * psl_chip_get_name:
 * @self: a chip
 *
 * Returns: the name of the code in the interface's language
 */
const char *
psl_chip_get_name (PslChip *self)
{
  const PslCode *code;

  g_return_val_if_fail (PSL_IS_CHIP (self), NULL);

  code = find_code (self);
  return code != NULL ? psl_code_get_name (code, psl_language_get_interface ()) : psl_chip_get_code (self);
}
