/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-combo-row.h"

#include "psl-string-factory.h"

/**
 * psl_combo_row_set_choices:
 * @row: a combo row
 * @choices: what there is to choose from
 *
 * Fills a combo row with texts that have names for a screen reader, and that are
 * filtered as one types.
 */
void
psl_combo_row_set_choices (AdwComboRow   *row,
                           GtkStringList *choices)
{
  g_autoptr (GtkListItemFactory) factory = psl_string_factory_new ();
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_return_if_fail (GTK_IS_STRING_LIST (choices));

  adw_combo_row_set_factory (row, factory);
  adw_combo_row_set_expression (row, expression);
  adw_combo_row_set_enable_search (row, TRUE);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));
}
