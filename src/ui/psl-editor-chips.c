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
#include "psl-rows.h"

struct _PslEditorChips
{
  PslEditor parent_instance;

  AdwWrapBox *box;
  GtkWidget *add_place;
  GtkWidget *add_button;
  PslPicker *picker;

  GPtrArray *rows;
  GPtrArray *chips;
};

G_DEFINE_FINAL_TYPE (PslEditorChips, psl_editor_chips, PSL_TYPE_EDITOR)

static void
update_picker (PslEditorChips *self)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();

  if (self->picker == NULL)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = self->rows->pdata[i];

      if (row[0] != NULL)
        g_ptr_array_add (codes, row[0]);
    }
  g_ptr_array_add (codes, NULL);
  psl_picker_set_chosen (self->picker, (const char *const *) codes->pdata);
}

static void
commit (PslEditorChips *self)
{
  PslEditor *editor = PSL_EDITOR (self);
  g_autofree char *value = psl_rows_build (psl_editor_get_field (editor), self->rows);

  psl_editor_commit (editor, value);
}

static void
chip_changed_cb (PslChip        *chip,
                 PslEditorChips *self)
{
  guint nth;

  if (!g_ptr_array_find (self->chips, chip, &nth))
    return;

  g_free (self->rows->pdata[nth]);
  self->rows->pdata[nth] = psl_rows_row_new (psl_editor_get_field (PSL_EDITOR (self)), psl_chip_get_row (chip));
  commit (self);
}

static void
chip_removed_cb (PslChip        *chip,
                 PslEditorChips *self)
{
  guint nth;

  if (!g_ptr_array_find (self->chips, chip, &nth))
    return;

  /* The chip will show the next row and keep the focus; after the last there is
   * the button. */
  if (nth + 1 == self->rows->len)
    gtk_widget_grab_focus (self->add_button);

  g_ptr_array_remove_index (self->rows, nth);
  commit (self);
}

static void
picked_cb (PslPicker      *picker,
           PslPickerItem  *item,
           PslEditorChips *self)
{
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));
  g_autofree const char **cells = g_new0 (const char *, psl_rows_get_n_columns (field));

  if (item == NULL)
    return;

  cells[0] = psl_picker_item_get_value (item);

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **row = self->rows->pdata[i];

      if (g_strcmp0 (row[0], cells[0]) == 0)
        {
          g_ptr_array_remove_index (self->rows, i);
          commit (self);
          return;
        }
    }

  g_ptr_array_add (self->rows, psl_rows_row_new (field, cells));
  commit (self);
}

static void
add_cb (GtkButton      *button,
        PslEditorChips *self)
{
  PslEditor *editor = PSL_EDITOR (self);

  if (self->picker == NULL)
    {
      self->picker = psl_code_picker_new (psl_codelist_get (psl_editor_get_field (editor)->rows[0].codelist));
      psl_picker_set_several (self->picker, TRUE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->picker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      psl_editor_get_name (editor), -1);
      g_signal_connect (self->picker, "picked", G_CALLBACK (picked_cb), self);
      gtk_widget_set_parent (GTK_WIDGET (self->picker), self->add_place);
    }

  update_picker (self);
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

/* As many chips as rows; those that are there are used again, so that one that
 * holds the focus keeps it. */
static void
psl_editor_chips_show (PslEditor  *editor,
                       const char *value)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (editor);
  const PslField *field = psl_editor_get_field (editor);
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);

  if (rows == NULL)
    return;

  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&rows);

  while (self->chips->len > self->rows->len)
    {
      adw_wrap_box_remove (self->box, self->chips->pdata[self->chips->len - 1]);
      g_ptr_array_set_size (self->chips, self->chips->len - 1);
    }

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (i == self->chips->len)
        {
          GtkWidget *chip = psl_chip_new (field);

          g_signal_connect (chip, "changed", G_CALLBACK (chip_changed_cb), self);
          g_signal_connect (chip, "removed", G_CALLBACK (chip_removed_cb), self);
          adw_wrap_box_insert_child_after (self->box, chip, i > 0 ? self->chips->pdata[i - 1] : NULL);
          g_ptr_array_add (self->chips, chip);
        }
      psl_chip_bind (self->chips->pdata[i], self->rows->pdata[i]);
    }

  update_picker (self);
}

static char *
psl_editor_chips_read (PslEditor *editor)
{
  return g_strdup (psl_editor_get_value (editor));
}

static gboolean
psl_editor_chips_flush (PslEditor *editor)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (editor);
  gboolean done = TRUE;

  for (guint i = 0; i < self->chips->len; i++)
    done = psl_chip_flush (self->chips->pdata[i]) && done;
  return done;
}

static void
psl_editor_chips_constructed (GObject *object)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (object);
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (psl_editor_chips_parent_class)->constructed (object);

  psl_editor_set_body (PSL_EDITOR (self), GTK_WIDGET (self->box), self->add_button);
  /* Translators: %s is the name of a field: “Benefiting member states” */
  name = g_strdup_printf (_("Add to “%s”"), psl_editor_get_name (PSL_EDITOR (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
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
psl_editor_chips_finalize (GObject *object)
{
  PslEditorChips *self = PSL_EDITOR_CHIPS (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->chips);

  G_OBJECT_CLASS (psl_editor_chips_parent_class)->finalize (object);
}

static void
psl_editor_chips_class_init (PslEditorChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  object_class->constructed = psl_editor_chips_constructed;
  object_class->dispose = psl_editor_chips_dispose;
  object_class->finalize = psl_editor_chips_finalize;
  editor_class->show = psl_editor_chips_show;
  editor_class->read = psl_editor_chips_read;
  editor_class->flush = psl_editor_chips_flush;
}

static void
psl_editor_chips_init (PslEditorChips *self)
{
  self->rows = psl_rows_new ();
  self->chips = g_ptr_array_new ();

  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "chips");

  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "circular");
  gtk_widget_add_css_class (self->add_button, "chip-add");
  gtk_widget_set_tooltip_text (self->add_button, _("Add or Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  self->add_place = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->add_place), self->add_button);
  adw_wrap_box_append (self->box, self->add_place);
}
