/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-combo-row.h"

#include "psl-string-factory.h"

/* The first choice that is left when the list is filtered by @text. */
static guint
find_choice (AdwComboRow *row,
             const char  *text)
{
  GListModel *choices = adw_combo_row_get_model (row);
  g_autoptr (GtkStringFilter) filter = gtk_string_filter_new (gtk_expression_ref (adw_combo_row_get_expression (row)));

  gtk_string_filter_set_match_mode (filter, adw_combo_row_get_search_match_mode (row));
  gtk_string_filter_set_search (filter, text);
  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (GObject) choice = g_list_model_get_item (choices, i);

      if (gtk_filter_match (GTK_FILTER (filter), choice))
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* libadwaita's search takes no notice of Enter: it chooses the first that is left. */
static void
activate_cb (GtkSearchEntry *search,
             AdwComboRow    *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (search));
  guint choice = *text != '\0' ? find_choice (row, text) : adw_combo_row_get_selected (row);
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (search), GTK_TYPE_POPOVER);

  if (choice == GTK_INVALID_LIST_POSITION)
    return;
  adw_combo_row_set_selected (row, choice);
  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
find_search (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_SEARCH_ENTRY (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_search (child);

  return found;
}

/**
 * psl_combo_row_set_choices:
 * @row: a combo row
 * @choices: the texts to choose from
 *
 * Fills a combo row, once, with texts that have names for a screen reader and that are
 * filtered as one types; Enter chooses the first that is left.
 */
void
psl_combo_row_set_choices (AdwComboRow   *row,
                           GtkStringList *choices)
{
  g_autoptr (GtkListItemFactory) factory = psl_string_factory_new ();
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkWidget *search;

  g_return_if_fail (ADW_IS_COMBO_ROW (row));
  g_return_if_fail (GTK_IS_STRING_LIST (choices));

  adw_combo_row_set_factory (row, factory);
  adw_combo_row_set_expression (row, expression);
  adw_combo_row_set_enable_search (row, TRUE);
  adw_combo_row_set_search_match_mode (row, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));

  search = find_search (GTK_WIDGET (row));
  if (search != NULL)
    g_signal_connect_object (search, "activate", G_CALLBACK (activate_cb), row, G_CONNECT_DEFAULT);
}
