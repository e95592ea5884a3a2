/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-combo-row.h"
#include "psl-focus.h"
#include "psl-import-columns.h"

#include "psl-import-destination.h"
#include "psl-language.h"

/* The place of the targets in each list, behind the choice to leave the column out. */
#define LEFT_OUT 0
#define FIRST_TARGET 1

struct _PslImportColumns
{
  AdwPreferencesGroup parent_instance;

  const PslKind *kind;
  GPtrArray *targets;
  GtkStringList *labels;
  GPtrArray *rows;
  GPtrArray *headings;
  AdwExpanderRow *matched;
};

G_DEFINE_FINAL_TYPE (PslImportColumns, psl_import_columns, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The target that a column was matched with before the person chose. */
static GQuark
guess_quark (void)
{
  return g_quark_from_static_string ("psl-import-guess");
}

static void
list_targets (PslImportColumns   *self,
              const PslCodelists *codelists,
              const PslKind      *kind,
              PslImportMapping   *mapping)
{
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->labels);
  self->kind = kind;
  self->targets = psl_import_destinations_new (kind, codelists, mapping);
  self->labels = gtk_string_list_new (NULL);

  gtk_string_list_append (self->labels, C_("column", "Leave Out"));
  for (guint i = 0; i < self->targets->len; i++)
    gtk_string_list_take (self->labels, psl_import_columns_describe (g_ptr_array_index (self->targets, i)));
}

static guint
find_target (PslImportColumns *self,
             const PslImportColumn  *column)
{
  g_autoptr (PslImportDestination) target = psl_import_destination_of (column);

  for (guint i = 0; target != NULL && i < self->targets->len; i++)
    {
      const PslImportDestination *other = g_ptr_array_index (self->targets, i);

      if (g_str_equal (target->name, other->name))
        return FIRST_TARGET + i;
    }

  return LEFT_OUT;
}

static void
selected_cb (AdwComboRow      *row,
             GParamSpec       *pspec,
             PslImportColumns *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Where several columns are called the same, by their place too. */
static char *
name_column (PslImportMapping *mapping,
             guint             nth)
{
  const char *heading = psl_import_mapping_get_column (mapping, nth)->heading;

  if (*heading == '\0')
    return g_strdup_printf (_("Column %u, without a name"), nth + 1);

  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      if (i != nth && g_str_equal (psl_import_mapping_get_column (mapping, i)->heading, heading))
        /* Translators: the heading of a column that is not the only one of its
         * name, and where it stands in the table, as in “Date (column 3)” */
        return g_strdup_printf (_("%s (column %u)"), heading, nth + 1);
    }

  return g_strdup (heading);
}

static GtkWidget *
make_row (PslImportColumns *self,
          PslImportMapping *mapping,
          guint             nth)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autofree char *name = name_column (mapping, nth);
  guint guess = find_target (self, psl_import_mapping_get_column (mapping, nth));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  psl_combo_row_set_choices (ADW_COMBO_ROW (row), self->labels);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), guess);
  g_object_set_qdata (G_OBJECT (row), guess_quark (), GUINT_TO_POINTER (guess));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);

  return row;
}

static void
update_matched (PslImportColumns *self,
                guint             n_matched)
{
  g_autofree char *title = g_strdup_printf (ngettext ("%u column matches a field", "%u columns match fields", n_matched),
                                            n_matched);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->matched), title);
  /* Only the row inside it is named by the title. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->matched), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->matched), n_matched > 0);
}

static void
psl_import_columns_finalize (GObject *object)
{
  PslImportColumns *self = PSL_IMPORT_COLUMNS (object);

  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->labels);
  g_ptr_array_unref (self->rows);
  g_clear_pointer (&self->headings, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_import_columns_parent_class)->finalize (object);
}

static void
psl_import_columns_class_init (PslImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_import_columns_finalize;

  /**
   * PslImportColumns::changed:
   *
   * A column goes elsewhere.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_import_columns_init (PslImportColumns *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Columns"));
}

/**
 * psl_import_columns_show:
 * @codelists: the lists of the register that the file goes into
 * @kind: the kind of the table's rows
 * @mapping: where its columns go
 *
 * Shows the columns of a table. Where they are shown already, they stay as the
 * person chose.
 */
void
psl_import_columns_show (PslImportColumns   *self,
                         const PslCodelists *codelists,
                         const PslKind      *kind,
                         PslImportMapping   *mapping)
{
  guint n_columns;
  guint n_matched = 0;

  g_return_if_fail (PSL_IS_IMPORT_COLUMNS (self));

  n_columns = psl_import_mapping_get_n_columns (mapping);
  if (kind == self->kind && n_columns == self->rows->len)
    return;

  psl_import_columns_clear (self);
  list_targets (self, codelists, kind, mapping);
  self->matched = ADW_EXPANDER_ROW (adw_expander_row_new ());
  self->headings = g_ptr_array_new_null_terminated (n_columns, g_free, TRUE);

  for (guint i = 0; i < n_columns; i++)
    {
      GtkWidget *row = make_row (self, mapping, i);

      g_ptr_array_add (self->rows, row);
      g_ptr_array_add (self->headings, g_strdup (psl_import_mapping_get_column (mapping, i)->heading));
      if (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == LEFT_OUT)
        {
          adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Matches no field"));
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
          continue;
        }
      adw_expander_row_add_row (self->matched, row);
      n_matched++;
    }
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->matched));
  update_matched (self, n_matched);
}

/**
 * psl_import_columns_clear:
 *
 * Shows no columns, and forgets the person's choices.
 */
void
psl_import_columns_clear (PslImportColumns *self)
{
  g_return_if_fail (PSL_IS_IMPORT_COLUMNS (self));

  psl_focus_hand_on (GTK_WIDGET (self));
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      if (!gtk_widget_is_ancestor (row, GTK_WIDGET (self->matched)))
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->headings, g_ptr_array_unref);
  if (self->matched != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->matched));
  self->matched = NULL;
}

/**
 * psl_import_columns_get_headings:
 *
 * Returns: (transfer none) (nullable): the headings of the columns on show; %NULL
 *   where there are none
 */
const char *const *
psl_import_columns_get_headings (PslImportColumns *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_COLUMNS (self), NULL);

  return self->headings != NULL ? (const char *const *) self->headings->pdata : NULL;
}

/**
 * psl_import_columns_dup_maps:
 *
 * Returns: (transfer full): where the person sent columns, as
 *   psl_import_mapping_new() takes it
 */
GStrv
psl_import_columns_dup_maps (PslImportColumns *self)
{
  g_autoptr (GStrvBuilder) maps = g_strv_builder_new ();

  g_return_val_if_fail (PSL_IS_IMPORT_COLUMNS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      guint guess = GPOINTER_TO_UINT (g_object_get_qdata (G_OBJECT (row), guess_quark ()));
      guint chosen = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
      const char *name = "-";

      if (chosen == guess || chosen == GTK_INVALID_LIST_POSITION)
        continue;
      if (chosen >= FIRST_TARGET)
        name = ((PslImportDestination *) g_ptr_array_index (self->targets, chosen - FIRST_TARGET))->name;
      g_strv_builder_take (maps, g_strdup_printf ("#%u=%s", i + 1, name));
    }

  return g_strv_builder_end (maps);
}

/**
 * psl_import_columns_dup_unmatched:
 * @mapping: where the columns of a table go
 *
 * Returns: (transfer full) (array zero-terminated=1): the headings of the columns that match
 *   no field, in the order of the table
 */
GStrv
psl_import_columns_dup_unmatched (PslImportMapping *mapping)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      if (psl_import_mapping_get_column (mapping, i)->target == PSL_IMPORT_TO_UNMATCHED)
        g_strv_builder_take (names, name_column (mapping, i));
    }

  return g_strv_builder_end (names);
}

/**
 * psl_import_columns_describe:
 * @target: where a column can go
 *
 * Returns: (transfer full): its name for people: “Title (Français)”
 */
char *
psl_import_columns_describe (const PslImportDestination *target)
{
  const char *label = target->field != NULL ? psl_field_get_label (target->field) : NULL;

  switch (target->target)
    {
    case PSL_IMPORT_TO_ID:
      return g_strdup (C_("column", "Record’s own ID (UUID)"));
    case PSL_IMPORT_TO_PART_IDS:
      /* Translators: a part of a field, as in “Functions (UUIDs)” */
      return g_strdup_printf (C_("column", "%s (UUIDs)"), label);
    case PSL_IMPORT_TO_AMOUNT:
      /* Translators: a part of a field, as in “Budget (amount only)” */
      return g_strdup_printf (C_("column", "%s (amount only)"), label);
    case PSL_IMPORT_TO_CURRENCY:
      /* Translators: a part of a field, as in “Budget (currency)” */
      return g_strdup_printf (C_("column", "%s (currency)"), label);
    case PSL_IMPORT_TO_FIELD:
      if (target->subfield != NULL)
        /* Translators: a part of a field, as in “Donors: Amount” */
        return g_strdup_printf (C_("column", "%s: %s"), label, psl_field_get_label (target->subfield));
      return psl_language_dup_text_label (label, target->language);
    case PSL_IMPORT_TO_UNMATCHED:
    case PSL_IMPORT_TO_IGNORED:
    default:
      g_assert_not_reached ();
    }
}
