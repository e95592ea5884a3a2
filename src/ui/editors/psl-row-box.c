/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-row-box.h"

#include <glib/gi18n.h>

#include "psl-even-box.h"
#include "psl-focus.h"
#include "psl-menu-button.h"
#include "psl-shortcuts.h"

/* Pixels; “Valable jusqu’au” and a date fit in. */
#define COLUMN_WIDTH 130

struct _PslRowBox
{
  PslEditorItem parent_instance;

  PslEvenBox *box;
  /* Both made when they are needed: they are much work where there are many rows. */
  GtkWidget *menu_button;
  gboolean prepared;
  char *name;
};

G_DEFINE_FINAL_TYPE (PslRowBox, psl_row_box, PSL_TYPE_EDITOR_ITEM)

/* Of the columns beside each other: the first text, which says what the entry is
 * about, gets two, and so do an address and a name from a code list. */
static guint
get_columns (const PslField *field,
             gboolean        first_text)
{
  switch (field->type)
    {
    case PSL_FIELD_TYPE_TEXT:
      return first_text ? 2 : 1;
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_CODE:
      return 2;
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_YEAR:
    case PSL_FIELD_TYPE_INTEGER:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_MONEY:
    case PSL_FIELD_TYPE_LINK:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      return 1;
    }
}

static void
move_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  psl_editor_item_move (PSL_EDITOR_ITEM (widget), -1);
}

static void
move_down_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  psl_editor_item_move (PSL_EDITOR_ITEM (widget), 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  psl_editor_item_remove (PSL_EDITOR_ITEM (widget));
}

static void
show_name (PslRowBox *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
  if (self->menu_button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, self->name, -1);
}

static void
add_editors (PslRowBox *self)
{
  const PslField *rows = psl_editor_item_get_field (PSL_EDITOR_ITEM (self))->rows;
  gboolean first_text = TRUE;

  for (guint i = 0; rows[i].name != NULL; i++)
    {
      GtkWidget *editor = GTK_WIDGET (psl_editor_item_add_editor (PSL_EDITOR_ITEM (self), i));

      psl_even_box_append (self->box, editor, get_columns (&rows[i], first_text));
      first_text = first_text && rows[i].type != PSL_FIELD_TYPE_TEXT;
    }
}

static void
add_menu (PslRowBox *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("Move _Up"), "row.up");
  g_menu_append (menu, _("Move _Down"), "row.down");
  g_menu_append (menu, _("_Remove"), "row.remove");
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  psl_menu_button_set_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu_button, _("Entry Menu"));
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_add_css_class (self->menu_button, "editor-hint");
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));
}

static void
psl_row_box_prepare (PslEditorItem *item)
{
  PslRowBox *self = PSL_ROW_BOX (item);

  if (self->prepared)
    return;

  self->prepared = TRUE;
  add_editors (self);
  add_menu (self);
  show_name (self);
}

static gboolean
psl_row_box_grab_focus (GtkWidget *widget)
{
  psl_row_box_prepare (PSL_EDITOR_ITEM (widget));
  return gtk_widget_grab_focus (gtk_widget_get_first_child (GTK_WIDGET (PSL_ROW_BOX (widget)->box)));
}

static gboolean
psl_row_box_focus (GtkWidget        *widget,
                   GtkDirectionType  direction)
{
  psl_row_box_prepare (PSL_EDITOR_ITEM (widget));
  return psl_focus_move (widget, direction);
}

static void
psl_row_box_set_nth (PslEditorItem *item,
                     guint          nth,
                     guint          n)
{
  PslRowBox *self = PSL_ROW_BOX (item);
  g_autofree char *name = NULL;

  /* Translators: an entry of a list; %s is the list's name: “Functions, 2 of 3” */
  name = g_strdup_printf (_("%s, %u of %u"), psl_field_get_label (psl_editor_item_get_field (item)), nth + 1, n);
  if (g_set_str (&self->name, name))
    show_name (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", nth > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", nth + 1 < n);
}

static void
psl_row_box_dispose (GObject *object)
{
  PslRowBox *self = PSL_ROW_BOX (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (psl_row_box_parent_class)->dispose (object);
}

static void
psl_row_box_finalize (GObject *object)
{
  g_free (PSL_ROW_BOX (object)->name);

  G_OBJECT_CLASS (psl_row_box_parent_class)->finalize (object);
}

static void
psl_row_box_class_init (PslRowBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PslEditorItemClass *item_class = PSL_EDITOR_ITEM_CLASS (klass);

  object_class->dispose = psl_row_box_dispose;
  object_class->finalize = psl_row_box_finalize;
  widget_class->focus = psl_row_box_focus;
  widget_class->grab_focus = psl_row_box_grab_focus;
  item_class->set_nth = psl_row_box_set_nth;
  item_class->prepare = psl_row_box_prepare;

  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_cb);
  psl_shortcuts_bind_class (widget_class, "row.up");
  psl_shortcuts_bind_class (widget_class, "row.down");
  psl_shortcuts_bind_class (widget_class, "row.remove");

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rowbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psl_row_box_init (PslRowBox *self)
{
  self->box = PSL_EVEN_BOX (psl_even_box_new (COLUMN_WIDTH));
  gtk_widget_set_hexpand (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}
