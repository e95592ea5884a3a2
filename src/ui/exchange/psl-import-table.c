/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-table.h"

#include <glib/gi18n.h>

#include "psl-import-columns.h"
#include "psl-import-destination.h"
#include "psl-import-preview.h"
#include "psl-number.h"

/* Characters of a cell that a column shows at least and at most before it is
 * resized. */
#define CELL_MIN_CHARS 6
#define CELL_MAX_CHARS 40

struct _PslImportTable
{
  AdwBin parent_instance;

  GtkColumnView *view;
  GtkLabel *more;

  GListModel *rows;
};

G_DEFINE_FINAL_TYPE (PslImportTable, psl_import_table, ADW_TYPE_BIN)

enum
{
  PROP_ROWS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const char *
get_outcome_label (PslImportOutcome outcome)
{
  switch (outcome)
    {
    case PSL_IMPORT_NEW:
      return C_("row of a file", "New");
    case PSL_IMPORT_CHANGED:
      return C_("row of a file", "Changed");
    case PSL_IMPORT_CONFLICT:
      return C_("row of a file", "In conflict");
    case PSL_IMPORT_IDENTICAL:
      return C_("row of a file", "Identical");
    case PSL_IMPORT_REFUSED:
    default:
      return C_("row of a file", "Refused");
    }
}

/* The outcome of a row, or the line that it joins, where it goes into the record of an
 * earlier row. */
static char *
dup_outcome_label (PslImportPreviewRow *row)
{
  PslImportOutcome outcome = psl_import_preview_row_get_outcome (row);
  guint64 earlier_line = psl_import_preview_row_get_earlier_line (row);
  g_autofree char *line = psl_number_format_count (earlier_line);

  if (earlier_line == 0 || outcome == PSL_IMPORT_REFUSED)
    return g_strdup (get_outcome_label (outcome));
  /* Translators: what becomes of a row of a file: it goes into the record of an earlier
   * row, as in “Joins line 2” */
  return g_strdup_printf (C_("row of a file", "Joins line %s"), line);
}

/* As in “New, 2 values left out”. */
static char *
describe_outcome (PslImportPreviewRow *row)
{
  PslImportOutcome outcome = psl_import_preview_row_get_outcome (row);
  guint n_left_out = psl_import_preview_row_get_n_left_out (row);
  g_autofree char *number = psl_number_format_count (n_left_out);
  g_autofree char *label = dup_outcome_label (row);

  /* A refused row is left out as a whole. */
  if (n_left_out == 0 || outcome == PSL_IMPORT_REFUSED)
    return g_steal_pointer (&label);
  /* Translators: what becomes of a row of a file, and how many of its values don’t go
   * in, as in “New, 2 values left out” */
  return g_strdup_printf (ngettext ("%s, %s value left out", "%s, %s values left out", n_left_out),
                          label, number);
}

static void
setup_label_cb (GtkListItemFactory *factory,
                GtkColumnViewCell  *cell)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_column_view_cell_set_child (cell, label);
}

/* Values may be long; the other columns are always shown whole. */
static void
setup_value_cb (GtkListItemFactory *factory,
                GtkColumnViewCell  *cell)
{
  GtkWidget *label;

  setup_label_cb (factory, cell);
  label = gtk_column_view_cell_get_child (cell);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), CELL_MIN_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), CELL_MAX_CHARS);
}

static void
set_text (GtkColumnViewCell *cell,
          const char        *text)
{
  GtkWidget *label = gtk_column_view_cell_get_child (cell);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, g_utf8_strlen (text, -1) > CELL_MAX_CHARS ? text : NULL);
}

static void
bind_line_cb (GtkListItemFactory *factory,
              GtkColumnViewCell  *cell)
{
  PslImportPreviewRow *row = gtk_column_view_cell_get_item (cell);
  g_autofree char *line = psl_number_format_count (psl_import_preview_row_get_line (row));

  set_text (cell, line);
}

static void
bind_outcome_cb (GtkListItemFactory *factory,
                 GtkColumnViewCell  *cell)
{
  g_autofree char *text = describe_outcome (gtk_column_view_cell_get_item (cell));

  set_text (cell, text);
}

/* A value that is left out is struck through, and named as such. */
static void
set_left_out (GtkWidget  *label,
              const char *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  /* Translators: a cell of a file whose value doesn’t go in, as in “Left out: 31/02/2021” */
  g_autofree char *name = g_strdup_printf (_("Left out: %s"), text);

  pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_set_tooltip_text (label, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_taken (GtkWidget *label)
{
  gtk_label_set_attributes (GTK_LABEL (label), NULL);
  gtk_widget_remove_css_class (label, "dimmed");
  gtk_accessible_reset_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static void
bind_value_cb (GtkListItemFactory *factory,
               GtkColumnViewCell  *cell,
               gpointer            nth)
{
  PslImportPreviewRow *row = gtk_column_view_cell_get_item (cell);
  GtkWidget *label = gtk_column_view_cell_get_child (cell);
  const char *text = psl_import_preview_row_get_cell (row, GPOINTER_TO_UINT (nth));

  set_text (cell, text);
  if (psl_import_preview_row_is_left_out (row, GPOINTER_TO_UINT (nth)))
    set_left_out (label, text);
  else
    set_taken (label);
}

static void
append_column (PslImportTable *self,
               const char     *title,
               GCallback       setup,
               GCallback       bind,
               guint           nth)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = NULL;

  g_signal_connect (factory, "setup", setup, NULL);
  g_signal_connect (factory, "bind", bind, GUINT_TO_POINTER (nth));
  column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (self->view, column);
}

static void
show_columns (PslImportTable   *self,
              PslImportMapping *mapping)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->view, column);
    }

  append_column (self, C_("column of a table", "Line"), G_CALLBACK (setup_label_cb), G_CALLBACK (bind_line_cb), 0);
  append_column (self, C_("column of a table", "Outcome"), G_CALLBACK (setup_label_cb), G_CALLBACK (bind_outcome_cb), 0);
  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      g_autoptr (PslImportDestination) destination =
        psl_import_destination_of (psl_import_mapping_get_column (mapping, i));
      g_autofree char *title = destination != NULL ? psl_import_columns_describe (destination) : NULL;

      if (title != NULL)
        append_column (self, title, G_CALLBACK (setup_value_cb), G_CALLBACK (bind_value_cb), i);
    }
}

static void
psl_import_table_get_property (GObject    *object,
                               guint       property,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PslImportTable *self = PSL_IMPORT_TABLE (object);

  switch (property)
    {
    case PROP_ROWS:
      g_value_set_object (value, self->rows);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
psl_import_table_dispose (GObject *object)
{
  PslImportTable *self = PSL_IMPORT_TABLE (object);

  g_clear_object (&self->rows);

  G_OBJECT_CLASS (psl_import_table_parent_class)->dispose (object);
}

static void
psl_import_table_class_init (PslImportTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_import_table_dispose;
  object_class->get_property = psl_import_table_get_property;

  /**
   * PslImportTable:rows:
   *
   * The rows on show: a model of #PslImportPreviewRow.
   */
  properties[PROP_ROWS] =
    g_param_spec_object ("rows", NULL, NULL, G_TYPE_LIST_MODEL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-table.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportTable, view);
  gtk_widget_class_bind_template_child (widget_class, PslImportTable, more);
}

static void
psl_import_table_init (PslImportTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_import_table_show:
 * @mapping: where the columns of the file go
 * @rows: a model of #PslImportPreviewRow, the first of the file
 * @n_rows: how many rows the file has
 *
 * Shows @rows with the columns that go somewhere.
 */
void
psl_import_table_show (PslImportTable   *self,
                       PslImportMapping *mapping,
                       GListModel       *rows,
                       guint64           n_rows)
{
  guint n_shown;

  g_return_if_fail (PSL_IS_IMPORT_TABLE (self));
  g_return_if_fail (G_IS_LIST_MODEL (rows));

  show_columns (self, mapping);
  if (g_set_object (&self->rows, rows))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROWS]);

  n_shown = g_list_model_get_n_items (rows);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_rows > n_shown);
  if (n_rows > n_shown)
    {
      g_autofree char *total = psl_number_format_count (n_rows);
      g_autofree char *shown = psl_number_format_count (n_shown);
      /* Translators: how many rows of a file are shown, and how many it has */
      g_autofree char *text = g_strdup_printf (_("The first %s of %s rows"), shown, total);

      gtk_label_set_label (self->more, text);
    }
}
