/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "pressable.h"

#include "keys.h"
#include "psl-detail-page.h"
#include "psl-editor.h"
#include "psl-list-page.h"

/* Of buttons that are alike (one a backup, one a state), one is pressed; of menus of
 * entries two, since only the second entry can be moved up. */
#define MOST_ALIKE 1
#define MOST_MENUS 2

static gboolean
is_model_button (GtkWidget *widget)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton");
}

/* A list view stands for its first item. */
static gboolean
is_pressable (GtkWidget *widget)
{
  if (GTK_IS_LIST_BOX_ROW (widget))
    return gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget));
  if (GTK_IS_LIST_VIEW (widget))
    return gtk_list_view_get_model (GTK_LIST_VIEW (widget)) != NULL &&
           g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (widget)))) > 0;

  return GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_EXPANDER (widget) ||
         is_model_button (widget);
}

static const char *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_label (GTK_LABEL (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *label = find_label (child);

      if (label != NULL && *label != '\0')
        return label;
    }

  return NULL;
}

/* A row whose title is none of the program's words, such as a change in the history,
 * is like the others of its list. */
static gboolean
is_row_of_data (GtkWidget *widget)
{
  return ADW_IS_ACTION_ROW (widget) && !adw_preferences_row_get_use_underline (ADW_PREFERENCES_ROW (widget)) &&
         gtk_widget_get_ancestor (widget, PSL_TYPE_DETAIL_PAGE) == NULL;
}

/* The action of a button, or its name. */
static const char *
get_name (GtkWidget *widget)
{
  const char *name = NULL;

  if (GTK_IS_LIST_VIEW (widget))
    return "item";
  if (is_row_of_data (widget))
    return "row";
  if (GTK_IS_ACTIONABLE (widget))
    name = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));
  if (name == NULL && ADW_IS_PREFERENCES_ROW (widget))
    name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (name == NULL)
    name = find_label (widget);
  if (name == NULL)
    name = gtk_widget_get_tooltip_text (widget);
  if (name == NULL && GTK_IS_BUTTON (widget))
    name = gtk_button_get_icon_name (GTK_BUTTON (widget));
  /* The button of a menu button is called after it. */
  return name != NULL ? name : gtk_widget_get_tooltip_text (gtk_widget_get_parent (widget));
}

/* The field that a widget belongs to, or the place of a list; "" for none. */
static const char *
get_field (GtkWidget *widget)
{
  GtkWidget *editor = gtk_widget_get_ancestor (widget, PSL_TYPE_EDITOR);
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW);
  GtkWidget *list_page = gtk_widget_get_ancestor (widget, PSL_TYPE_LIST_PAGE);

  if (list_page != NULL && psl_list_page_get_collection (PSL_LIST_PAGE (list_page)) != NULL)
    return psl_list_page_get_collection (PSL_LIST_PAGE (list_page))->name;
  if (editor != NULL)
    return psl_editor_get_field (PSL_EDITOR (editor))->name;
  /* An action row is one of many, the others are for a setting each. */
  return row != NULL && row != widget && !ADW_IS_ACTION_ROW (row)
         ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : "";
}

/* A menu on the page of a record offers other things for each. */
static gboolean
is_menu_of_record (GtkWidget *widget)
{
  return GTK_IS_MENU_BUTTON (gtk_widget_get_parent (widget)) &&
         gtk_widget_get_ancestor (widget, PSL_TYPE_DETAIL_PAGE) != NULL;
}

/* A menu is called after its button, so that it is told from another. */
static const char *
get_surface_name (GtkWidget *surface)
{
  GtkWidget *parent = gtk_widget_get_parent (surface);
  const char *name = NULL;

  if (GTK_IS_POPOVER_MENU (surface) && GTK_IS_MENU_BUTTON (parent))
    name = gtk_widget_get_tooltip_text (parent);
  return name != NULL ? name : G_OBJECT_TYPE_NAME (surface);
}

/* How a widget is called in messages, and found again. */
char *
pressable_dup_id (GtkWidget *surface,
                  GtkWidget *widget)
{
  const char *name = get_name (widget);
  const char *record = is_menu_of_record (widget) ? gtk_window_get_title (GTK_WINDOW (gtk_widget_get_root (widget))) : "";

  return g_strdup_printf ("%s/%s/%s “%s”%s", get_surface_name (surface), get_field (widget),
                          G_OBJECT_TYPE_NAME (widget), name != NULL ? name : "", record);
}

static void
append_pressable (GtkWidget *surface,
                  GtkWidget *widget,
                  GPtrArray *widgets)
{
  if (!gtk_widget_get_mapped (widget) || (widget != surface && GTK_IS_NATIVE (widget)))
    return;
  if (is_pressable (widget))
    g_ptr_array_add (widgets, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    append_pressable (surface, child, widgets);
}

/* The widgets that can be pressed on a surface, by their ids; equal ones are numbered.
 * Returns: (transfer container) (element-type utf8 GtkWidget) */
GPtrArray *
pressable_list (GtkWidget  *surface,
                GPtrArray **ids)
{
  GPtrArray *widgets = g_ptr_array_new ();
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GHashTable) alike = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  append_pressable (surface, surface, all);
  *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *id = pressable_dup_id (surface, all->pdata[i]);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (alike, id)) + 1;

      if (n > (is_menu_of_record (all->pdata[i]) ? MOST_MENUS : MOST_ALIKE))
        continue;
      g_ptr_array_add (widgets, all->pdata[i]);
      g_ptr_array_add (*ids, n == 1 ? g_strdup (id) : g_strdup_printf ("%s %u", id, n));
      g_hash_table_replace (alike, g_steal_pointer (&id), GUINT_TO_POINTER (n));
    }

  return widgets;
}

/* The widget with the id that can be pressed now; NULL where there is none, or it is turned
 * off. */
GtkWidget *
pressable_find (GtkWidget  *surface,
                const char *id)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) widgets = pressable_list (surface, &ids);
  guint position;

  if (!g_ptr_array_find_with_equal_func (ids, id, g_str_equal, &position) ||
      !gtk_widget_is_sensitive (widgets->pdata[position]))
    return NULL;

  return widgets->pdata[position];
}

/* Does what Enter does on a widget. */
void
pressable_press (GtkWidget *widget)
{
  g_autoptr (GPtrArray) held = keys_list_path (widget);

  gtk_widget_grab_focus (widget);
  if (GTK_IS_LIST_VIEW (widget))
    {
      gtk_widget_activate_action (widget, "list.select-item", "(ubb)", 0, FALSE, FALSE);
      gtk_widget_activate_action (widget, "list.activate-item", "u", 0);
    }
  else if (g_signal_lookup ("clicked", G_OBJECT_TYPE (widget)) != 0)
    {
      g_signal_emit_by_name (widget, "clicked");
    }
  else
    {
      gtk_widget_activate (widget);
    }
}
