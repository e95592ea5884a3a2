/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-chip.h"

#include <glib/gi18n.h>

#include "psl-code-picker.h"
#include "psl-editors.h"
#include "psl-kind.h"
#include "psl-rows.h"
#include "psl-text.h"

struct _PslChip
{
  GtkWidget parent_instance;

  const PslField *field;
  char **row;

  GtkWidget *button;
  GtkWidget *label;
  GtkWidget *popover;
  GPtrArray *editors;
};

G_DEFINE_FINAL_TYPE (PslChip, psl_chip, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const PslCode *
find_code (PslChip *self)
{
  return psl_codelist_find (psl_codelist_get (self->field->rows[0].codelist), psl_chip_get_code (self));
}

/* The code's name and, after it, what the further sub-fields hold. */
static char *
dup_text (PslChip *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->field->rows[i].name != NULL; i++)
    {
      const PslField *field = &self->field->rows[i];
      g_autofree char *part = NULL;

      if (self->row[i] == NULL)
        continue;

      part = psl_field_display (field, self->row[i], psl_text_interface_language ());
      if (i > 0)
        g_string_append (text, " · ");
      g_string_append (text, part);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
committed_cb (PslEditor  *editor,
              const char *value,
              PslChip    *self)
{
  guint nth = psl_editor_get_field (editor) - self->field->rows;
  g_autofree char **row = psl_rows_row_with (self->field, (const char *const *) self->row, nth, value);

  psl_chip_bind (self, (const char *const *) row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_cb (GtkButton *button,
           PslChip   *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[REMOVED], 0);
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

static GtkWidget *
make_content (PslChip *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *remove = gtk_button_new_with_mnemonic (_("_Remove"));
  const PslCode *code = find_code (self);
  g_autofree char *detail = NULL;

  gtk_widget_add_css_class (box, "chip-content");
  if (code != NULL)
    {
      const char *language = psl_text_interface_language ();
      const char *capital = code->details[g_str_equal (language, psl_languages[0]) ? 0 : 1];

      detail = psl_code_dup_detail (psl_codelist_get (self->field->rows[0].codelist), code);
      add_label (box, psl_code_get_name (code, language), "heading");
      if (detail != NULL)
        add_label (box, detail, "dimmed");
      if (capital != NULL && *capital != '\0')
        {
          g_autofree char *text = g_strdup_printf (_("Capital: %s"), capital);
          add_label (box, text, "dimmed");
        }
    }

  g_clear_pointer (&self->editors, g_ptr_array_unref);
  self->editors = g_ptr_array_new ();
  for (guint i = 1; self->field->rows[i].name != NULL; i++)
    {
      PslEditor *editor = psl_editor_new (&self->field->rows[i], NULL);

      psl_editor_set_value (editor, self->row[i]);
      g_signal_connect (editor, "committed", G_CALLBACK (committed_cb), self);
      g_ptr_array_add (self->editors, editor);
      gtk_box_append (GTK_BOX (box), GTK_WIDGET (editor));
    }

  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), remove);
  return box;
}

static void
closed_cb (GtkPopover *popover,
           PslChip    *self)
{
  psl_chip_flush (self);
}

static void
clicked_cb (GtkButton *button,
            PslChip   *self)
{
  if (self->popover == NULL)
    {
      self->popover = gtk_popover_new ();
      g_signal_connect (self->popover, "closed", G_CALLBACK (closed_cb), self);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
    }

  gtk_popover_set_child (GTK_POPOVER (self->popover), make_content (self));
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                PslChip               *self)
{
  if (keyval != GDK_KEY_Delete && keyval != GDK_KEY_BackSpace)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[REMOVED], 0);
  return GDK_EVENT_STOP;
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

  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (psl_chip_parent_class)->dispose (object);
}

static void
psl_chip_finalize (GObject *object)
{
  g_free (PSL_CHIP (object)->row);

  G_OBJECT_CLASS (psl_chip_parent_class)->finalize (object);
}

static void
psl_chip_class_init (PslChipClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_chip_dispose;
  object_class->finalize = psl_chip_finalize;
  widget_class->grab_focus = psl_chip_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", PSL_TYPE_CHIP, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", PSL_TYPE_CHIP, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chip");
}

static void
psl_chip_init (PslChip *self)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->button, controller);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * psl_chip_new:
 * @field: the field of rows that it shows a row of
 *
 * Returns: (transfer floating): the chip; psl_chip_bind() before it is shown
 */
GtkWidget *
psl_chip_new (const PslField *field)
{
  PslChip *self = g_object_new (PSL_TYPE_CHIP, NULL);

  self->field = field;
  return GTK_WIDGET (self);
}

/**
 * psl_chip_bind:
 * @self: a chip
 * @row: the row to show, see psl_rows_parse(); copied
 */
void
psl_chip_bind (PslChip           *self,
               const char *const *row)
{
  g_autofree char *text = NULL;

  g_return_if_fail (PSL_IS_CHIP (self));
  g_return_if_fail (row != NULL);

  g_free (self->row);
  self->row = psl_rows_row_new (self->field, row);

  text = dup_text (self);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/**
 * psl_chip_get_row:
 * @self: a chip
 *
 * Returns: (transfer none): the row as it is now
 */
const char *const *
psl_chip_get_row (PslChip *self)
{
  g_return_val_if_fail (PSL_IS_CHIP (self), NULL);

  return (const char *const *) self->row;
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

  return self->row[0];
}

/**
 * psl_chip_flush:
 * @self: a chip
 *
 * Commits what is being typed in its popover.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_chip_flush (PslChip *self)
{
  gboolean done = TRUE;

  g_return_val_if_fail (PSL_IS_CHIP (self), FALSE);

  for (guint i = 0; self->editors != NULL && i < self->editors->len; i++)
    done = psl_editor_flush (self->editors->pdata[i]) && done;
  return done;
}
