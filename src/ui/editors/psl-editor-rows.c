/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-rows.h"

#include <adwaita.h>
#include "psl-row-box.h"

/* Entries whose editors are made at once: more than there is room for. Those of
 * the others are made one entry at a time, when nothing else is to be done. */
#define FIRST_ENTRIES 12

struct _PslEditorRows
{
  PslEditorList parent_instance;

  GtkWidget *box;
  GtkWidget *add_label;
  GtkWidget *add_button;

  /* Of the entries, how many have their editors, while others have not. */
  guint n_prepared;
  guint prepare_idle;
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

static gboolean
prepare_idle_cb (gpointer data)
{
  PslEditorRows *self = data;
  GPtrArray *items = psl_editor_list_get_items (PSL_EDITOR_LIST (self));

  if (self->n_prepared < items->len)
    psl_editor_item_prepare (items->pdata[self->n_prepared++]);
  if (self->n_prepared < items->len)
    return G_SOURCE_CONTINUE;

  self->prepare_idle = 0;
  return G_SOURCE_REMOVE;
}

static void
psl_editor_rows_shown (PslEditorList *list)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (list);
  GPtrArray *items = psl_editor_list_get_items (list);

  self->n_prepared = MIN (items->len, FIRST_ENTRIES);
  for (guint i = 0; i < self->n_prepared; i++)
    psl_editor_item_prepare (items->pdata[i]);
  if (self->n_prepared < items->len && self->prepare_idle == 0)
    self->prepare_idle = g_idle_add_full (G_PRIORITY_LOW, prepare_idle_cb, self, NULL);
}

static void
psl_editor_rows_constructed (GObject *object)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (object);
  g_autofree char *label = NULL;

  G_OBJECT_CLASS (psl_editor_rows_parent_class)->constructed (object);

  label = psl_editor_list_dup_add_label (PSL_EDITOR_LIST (self));
  adw_button_content_set_label (ADW_BUTTON_CONTENT (self->add_label), label);
  psl_editor_list_set_body (PSL_EDITOR_LIST (self), self->box, self->add_button);
}

static void
psl_editor_rows_dispose (GObject *object)
{
  g_clear_handle_id (&PSL_EDITOR_ROWS (object)->prepare_idle, g_source_remove);

  G_OBJECT_CLASS (psl_editor_rows_parent_class)->dispose (object);
}

static void
psl_editor_rows_class_init (PslEditorRowsClass *klass)
{
  PslEditorListClass *list_class = PSL_EDITOR_LIST_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = psl_editor_rows_constructed;
  G_OBJECT_CLASS (klass)->dispose = psl_editor_rows_dispose;
  list_class->item_type = PSL_TYPE_ROW_BOX;
  list_class->has_empty = TRUE;
  list_class->place = psl_editor_rows_place;
  list_class->take_away = psl_editor_rows_take_away;
  list_class->shown = psl_editor_rows_shown;
}

static void
psl_editor_rows_init (PslEditorRows *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->box, "card");
  gtk_widget_add_css_class (self->box, "sheet");

  self->add_label = adw_button_content_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (self->add_label), "list-add-symbolic");
  adw_button_content_set_can_shrink (ADW_BUTTON_CONTENT (self->add_label), TRUE);
  self->add_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add_button), self->add_label);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "add-row");
  g_signal_connect (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->add_button);
}
