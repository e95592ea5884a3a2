/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-row-box.h"
#include "psl-rows.h"

struct _PslEditorRows
{
  PslEditor parent_instance;

  GtkWidget *box;
  GtkWidget *add_button;

  /* The rows, an empty one that was just added included, and their boxes. */
  GPtrArray *rows;
  GPtrArray *boxes;
  gboolean committing;
};

G_DEFINE_FINAL_TYPE (PslEditorRows, psl_editor_rows, PSL_TYPE_EDITOR)

static void row_changed_cb (PslRowBox     *box,
                            PslEditorRows *self);
static void row_removed_cb (PslRowBox     *box,
                            PslEditorRows *self);
static void row_moved_cb   (PslRowBox     *box,
                            int            offset,
                            PslEditorRows *self);

/* As many boxes as rows; those that are there are used again, so that one that
 * holds the focus keeps it. */
static void
show_rows (PslEditorRows *self)
{
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));

  while (self->boxes->len > self->rows->len)
    {
      gtk_box_remove (GTK_BOX (self->box), self->boxes->pdata[self->boxes->len - 1]);
      g_ptr_array_set_size (self->boxes, self->boxes->len - 1);
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (i == self->boxes->len)
        {
          GtkWidget *box = psl_row_box_new (field);

          g_signal_connect (box, "changed", G_CALLBACK (row_changed_cb), self);
          g_signal_connect (box, "removed", G_CALLBACK (row_removed_cb), self);
          g_signal_connect (box, "moved", G_CALLBACK (row_moved_cb), self);
          gtk_box_insert_child_after (GTK_BOX (self->box), box, i > 0 ? self->boxes->pdata[i - 1] : NULL);
          g_ptr_array_add (self->boxes, box);
        }
      psl_row_box_bind (self->boxes->pdata[i], self->rows->pdata[i],
                        psl_editor_get_records_language (PSL_EDITOR (self)));
      psl_row_box_set_nth (self->boxes->pdata[i], i, self->rows->len);
    }
}

static void
commit (PslEditorRows *self)
{
  g_autofree char *value = psl_rows_build (psl_editor_get_field (PSL_EDITOR (self)), self->rows);

  self->committing = TRUE;
  psl_editor_commit (PSL_EDITOR (self), value);
  self->committing = FALSE;
  show_rows (self);
}

static void
row_changed_cb (PslRowBox     *box,
                PslEditorRows *self)
{
  guint nth;

  if (!g_ptr_array_find (self->boxes, box, &nth))
    return;

  g_free (self->rows->pdata[nth]);
  self->rows->pdata[nth] = psl_rows_row_new (psl_editor_get_field (PSL_EDITOR (self)), psl_row_box_get_row (box));
  commit (self);
}

static void
row_removed_cb (PslRowBox     *box,
                PslEditorRows *self)
{
  guint nth;

  if (!g_ptr_array_find (self->boxes, box, &nth))
    return;

  if (nth + 1 == self->rows->len)
    gtk_widget_grab_focus (self->add_button);
  g_ptr_array_remove_index (self->rows, nth);
  commit (self);
}

static void
row_moved_cb (PslRowBox     *box,
              int            offset,
              PslEditorRows *self)
{
  guint nth, other;
  gpointer row;

  if (!g_ptr_array_find (self->boxes, box, &nth))
    return;

  other = nth + offset;
  if (other >= self->rows->len)
    return;

  psl_editor_flush (PSL_EDITOR (self));
  row = self->rows->pdata[nth];
  self->rows->pdata[nth] = self->rows->pdata[other];
  self->rows->pdata[other] = row;
  commit (self);
  gtk_widget_grab_focus (self->boxes->pdata[other]);
}

static void
add_cb (GtkButton     *button,
        PslEditorRows *self)
{
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));
  g_autofree const char **cells = g_new0 (const char *, psl_rows_get_n_columns (field));

  psl_editor_flush (PSL_EDITOR (self));
  g_ptr_array_add (self->rows, psl_rows_row_new (field, cells));
  show_rows (self);
  gtk_widget_grab_focus (self->boxes->pdata[self->boxes->len - 1]);
}

static void
psl_editor_rows_show (PslEditor  *editor,
                      const char *value)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (editor);
  const PslField *field = psl_editor_get_field (editor);
  g_autofree char *shown = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (self->committing)
    return;

  /* An empty row that was just added stays while nothing else changes. */
  shown = psl_rows_build (field, self->rows);
  if (!psl_editor_is_focused (editor) || g_strcmp0 (shown, value) != 0)
    {
      rows = psl_rows_parse (field, value, NULL);
      if (rows == NULL)
        return;

      g_ptr_array_unref (self->rows);
      self->rows = g_steal_pointer (&rows);
    }

  show_rows (self);
}

static char *
psl_editor_rows_read (PslEditor *editor)
{
  return g_strdup (psl_editor_get_value (editor));
}

static gboolean
psl_editor_rows_flush (PslEditor *editor)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (editor);
  gboolean done = TRUE;

  for (guint i = 0; i < self->boxes->len; i++)
    done = psl_row_box_flush (self->boxes->pdata[i]) && done;
  return done;
}

static void
psl_editor_rows_constructed (GObject *object)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (object);
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (psl_editor_rows_parent_class)->constructed (object);

  psl_editor_set_body (PSL_EDITOR (self), self->box, self->add_button);
  name = g_strdup_printf (_("Add to “%s”"), psl_editor_get_name (PSL_EDITOR (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
psl_editor_rows_finalize (GObject *object)
{
  PslEditorRows *self = PSL_EDITOR_ROWS (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->boxes);

  G_OBJECT_CLASS (psl_editor_rows_parent_class)->finalize (object);
}

static void
psl_editor_rows_class_init (PslEditorRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  object_class->constructed = psl_editor_rows_constructed;
  object_class->finalize = psl_editor_rows_finalize;
  editor_class->show = psl_editor_rows_show;
  editor_class->read = psl_editor_rows_read;
  editor_class->flush = psl_editor_rows_flush;
}

static void
psl_editor_rows_init (PslEditorRows *self)
{
  GtkWidget *content = adw_button_content_new ();

  self->rows = psl_rows_new ();
  self->boxes = g_ptr_array_new ();

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
