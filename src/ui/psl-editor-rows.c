/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-row-box.h"

struct _PslEditorRows
{
  PslEditorList parent_instance;

  GtkWidget *box;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (PslEditorRows, psl_editor_rows, PSL_TYPE_EDITOR_LIST)

static void
add_cb (GtkButton     *button,
        PslEditorRows *self)
{
  psl_editor_flush (PSL_EDITOR (self));
  gtk_widget_grab_focus (GTK_WIDGET (psl_editor_list_add (PSL_EDITOR_LIST (self), NULL)));
}

static void
psl_editor_rows_place (PslEditorList *list,
                       GtkWidget     *item,
                       GtkWidget     *after)
{
  GtkBox *box = GTK_BOX (PSL_EDITOR_ROWS (list)->box);

  if (gtk_widget_get_parent (item) != NULL)
    gtk_box_reorder_child_after (box, item, after);
  else
    gtk_box_insert_child_after (box, item, after);
}

static void
psl_editor_rows_take_away (PslEditorList *list,
                           GtkWidget     *item)
{
  gtk_box_remove (GTK_BOX (PSL_EDITOR_ROWS (list)->box), item);
}

static void
psl_editor_rows_constructed (GObject *object)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (object);

  G_OBJECT_CLASS (psl_editor_rows_parent_class)->constructed (object);

  psl_editor_list_set_body (PSL_EDITOR_LIST (self), self->box, self->add_button);
}

static void
psl_editor_rows_class_init (PslEditorRowsClass *klass)
{
  PslEditorListClass *list_class = PSL_EDITOR_LIST_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = psl_editor_rows_constructed;
  list_class->item_type = PSL_TYPE_ROW_BOX;
  list_class->has_empty = TRUE;
  list_class->place = psl_editor_rows_place;
  list_class->take_away = psl_editor_rows_take_away;
}

static void
psl_editor_rows_init (PslEditorRows *self)
{
  GtkWidget *content = adw_button_content_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "sheet");

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), C_("entry", "Add"));
  self->add_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add_button), content);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "add-row");
  g_signal_connect (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->add_button);
}
