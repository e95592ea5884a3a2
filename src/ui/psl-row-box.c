/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-row-box.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-editors.h"
#include "psl-rows.h"

struct _PslRowBox
{
  GtkWidget parent_instance;

  const PslField *field;
  char **row;

  AdwWrapBox *box;
  GtkWidget *menu_button;
  GPtrArray *editors;
};

G_DEFINE_FINAL_TYPE (PslRowBox, psl_row_box, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  REMOVED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The width that a sub-field's editor asks for; the first text, which says what
 * the entry is about, gets the most. */
static int
get_width (const PslField *field,
           gboolean        first_text)
{
  switch (field->type)
    {
    case PSL_FIELD_TYPE_TEXT:
      return first_text ? 200 : 110;
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_CODE:
      return 150;
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
    default:
      return 110;
    }
}

static void
committed_cb (PslEditor  *editor,
              const char *value,
              PslRowBox  *self)
{
  char **row = psl_rows_row_with (self->field, (const char *const *) self->row,
                                  psl_editor_get_field (editor) - self->field->rows, value);

  g_free (self->row);
  self->row = row;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
move_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, -1);
}

static void
move_down_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVED], 0, 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVED], 0);
}

static gboolean
psl_row_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PSL_ROW_BOX (widget)->editors->pdata[0]);
}

static void
psl_row_box_constructed (GObject *object)
{
  PslRowBox *self = PSL_ROW_BOX (object);
  g_autoptr (GMenu) menu = g_menu_new ();

  G_OBJECT_CLASS (psl_row_box_parent_class)->constructed (object);

  g_menu_append (menu, _("Move _Up"), "row.up");
  g_menu_append (menu, _("Move _Down"), "row.down");
  g_menu_append (menu, _("_Remove"), "row.remove");
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu_button, _("Entry Menu"));
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_add_css_class (self->menu_button, "editor-hint");
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));
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
  PslRowBox *self = PSL_ROW_BOX (object);

  g_free (self->row);
  g_ptr_array_unref (self->editors);

  G_OBJECT_CLASS (psl_row_box_parent_class)->finalize (object);
}

static void
psl_row_box_class_init (PslRowBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = psl_row_box_constructed;
  object_class->dispose = psl_row_box_dispose;
  object_class->finalize = psl_row_box_finalize;
  widget_class->grab_focus = psl_row_box_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", PSL_TYPE_ROW_BOX, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", PSL_TYPE_ROW_BOX, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", PSL_TYPE_ROW_BOX, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "row.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "row.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, GDK_ALT_MASK, "row.remove", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "rowbox");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psl_row_box_init (PslRowBox *self)
{
  self->editors = g_ptr_array_new ();
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_justify (self->box, ADW_JUSTIFY_FILL);
  adw_wrap_box_set_justify_last_line (self->box, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->box), TRUE);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * psl_row_box_new:
 * @field: the field of rows that it shows a row of
 *
 * Returns: (transfer floating): the entry; psl_row_box_bind() before it is shown
 */
GtkWidget *
psl_row_box_new (const PslField *field)
{
  PslRowBox *self = g_object_new (PSL_TYPE_ROW_BOX, NULL);
  gboolean first_text = TRUE;

  self->field = field;
  for (const PslField *sub = field->rows; sub->name != NULL; sub++)
    {
      PslEditor *editor = psl_editor_new (sub, NULL);

      gtk_widget_set_size_request (GTK_WIDGET (editor), get_width (sub, first_text), -1);
      first_text = first_text && sub->type != PSL_FIELD_TYPE_TEXT;
      g_signal_connect (editor, "committed", G_CALLBACK (committed_cb), self);
      g_ptr_array_add (self->editors, editor);
      adw_wrap_box_append (self->box, GTK_WIDGET (editor));
    }

  return GTK_WIDGET (self);
}

/**
 * psl_row_box_bind:
 * @self: an entry
 * @row: the row to show, see psl_rows_parse(); copied
 * @language: the language of names
 */
void
psl_row_box_bind (PslRowBox         *self,
                  const char *const *row,
                  const char        *language)
{
  g_return_if_fail (PSL_IS_ROW_BOX (self));
  g_return_if_fail (row != NULL);

  g_free (self->row);
  self->row = psl_rows_row_new (self->field, row);

  for (guint i = 0; i < self->editors->len; i++)
    {
      psl_editor_set_records_language (self->editors->pdata[i], language);
      psl_editor_set_value (self->editors->pdata[i], row[i]);
    }
}

/**
 * psl_row_box_get_row:
 * @self: an entry
 *
 * Returns: (transfer none): the row as it is now
 */
const char *const *
psl_row_box_get_row (PslRowBox *self)
{
  g_return_val_if_fail (PSL_IS_ROW_BOX (self), NULL);

  return (const char *const *) self->row;
}

/**
 * psl_row_box_set_nth:
 * @self: an entry
 * @nth: which it is, from 0
 * @n: of how many
 */
void
psl_row_box_set_nth (PslRowBox *self,
                     guint      nth,
                     guint      n)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PSL_IS_ROW_BOX (self));

  /* Translators: an entry of a list; %s is the list's name: “Functions, 2 of 3” */
  name = g_strdup_printf (_("%s, %u of %u"), psl_field_get_label (self->field), nth + 1, n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", nth > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", nth + 1 < n);
}

/**
 * psl_row_box_flush:
 * @self: an entry
 *
 * Commits what is being typed in it.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_row_box_flush (PslRowBox *self)
{
  gboolean done = TRUE;

  g_return_val_if_fail (PSL_IS_ROW_BOX (self), FALSE);

  for (guint i = 0; i < self->editors->len; i++)
    done = psl_editor_flush (self->editors->pdata[i]) && done;
  return done;
}
