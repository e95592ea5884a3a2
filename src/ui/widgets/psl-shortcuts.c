/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-shortcuts.h"

/* The program's keys, in one table for the keys themselves and for the dialog that lists
 * them. No key is bound elsewhere, so that the dialog leaves none out, but for Return, Escape
 * and Tab, which GTK binds in its widgets, and the keys that move, copy and paste in those: a
 * table (psl-parts-grid.c) takes them before its cells. */

typedef struct
{
  const char *title;
  /* An action of the application or of a window, or the name that a widget binds its keys by;
   * NULL for a key that GTK binds, or that a table takes before the widgets in its cells. */
  const char *name;
  const char *accels[3];
} Shortcut;

typedef struct
{
  const char *title;
  Shortcut shortcuts[12];
} Group;

static const Group groups[] = {
  { N_("Records"), {
    { N_("New record"), "win.new", { "<Control>n" } },
    { N_("Duplicate"), "win.duplicate", { "<Control>d" } },
    { N_("Copy the link to the record"), "win.copy-link", { "<Control><Shift>c" } },
    { N_("History of the record"), "win.history", { "<Control>h" } },
    /* Not the whole window's: in an entry the key deletes a letter. */
    { N_("Move to the trash (in the list)"), "list.delete", { "Delete" } },
    { N_("Undo"), "win.undo", { "<Control>z" } },
    { N_("Redo"), "win.redo", { "<Control><Shift>z" } },
    { N_("History of the register"), "win.activity", { "<Control><Shift>h" } },
  } },
  { N_("In a Field"), {
    { N_("Take back what was typed"), "field.revert", { "Escape" } },
    { N_("Take away what was chosen"), "field.clear", { "Delete", "BackSpace" } },
    { N_("Store a long text"), "field.store", { "<Control>Return" } },
    { N_("Choose a date or a currency"), "field.choose", { "F4" } },
    { N_("Open what a field leads to"), "field.open", { "<Control>Return" } },
    { N_("Remark on the field"), "page.remark", { "<Control><Shift>m" } },
    { N_("Move an entry of a list up"), "entry.up", { "<Alt>Up" } },
    { N_("Move an entry of a list down"), "entry.down", { "<Alt>Down" } },
  } },
  { N_("In a Table"), {
    { N_("Next cell"), NULL, { "Tab" } },
    { N_("Previous cell"), NULL, { "<Shift>Tab" } },
    { N_("Cell below, or a new row after the last"), NULL, { "Return" } },
    { N_("Paste cells of a spreadsheet"), NULL, { "<Control>v" } },
    { N_("Open the row as a page"), "row.open", { "<Control>Return" } },
    { N_("Move the row up"), "row.up", { "<Alt>Up" } },
    { N_("Move the row down"), "row.down", { "<Alt>Down" } },
    { N_("Move the row or the selected rows to the trash"), "row.remove", { "<Alt>Delete" } },
    { N_("Select several rows (on the number of a row)"), NULL, { "<Shift>Up", "<Shift>Down" } },
    { N_("Copy the selected rows (on the number of a row)"), NULL, { "<Control>c" } },
  } },
  { N_("Finding"), {
    { N_("Search"), "win.search", { "<Control>f" } },
    { N_("Clear the search (in the search entry)"), NULL, { "Escape" } },
    { N_("From the search to the list"), "search.list", { "Down" } },
  } },
  { N_("Moving Around"), {
    { N_("Into the record (in the list)"), NULL, { "Return" } },
    { N_("Next record of the list"), "win.next-record", { "<Control>Page_Down" } },
    { N_("Previous record of the list"), "win.previous-record", { "<Control>Page_Up" } },
    { N_("Next pane"), "win.next-pane", { "F6" } },
    { N_("Previous pane"), "win.previous-pane", { "<Shift>F6" } },
    { N_("Back to the record shown before"), "win.back", { "<Alt>Left" } },
    { N_("Forward again"), "win.forward", { "<Alt>Right" } },
  } },
  { N_("Program"), {
    { N_("Main menu"), "win.main-menu", { "F10" } },
    { N_("Open another register"), "app.open", { "<Control>o" } },
    { N_("Preferences"), "app.preferences", { "<Control>comma" } },
    { N_("Keyboard shortcuts"), "app.shortcuts", { "<Control>question" } },
    { N_("Close the window"), "window.close", { "<Control>w" } },
    { N_("Quit"), "app.quit", { "<Control>q" } },
  } },
};

static const Shortcut *
find_shortcut (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->title != NULL; shortcut++)
      if (g_strcmp0 (shortcut->name, name) == 0)
        return shortcut;

  return NULL;
}

/* Whether the key is the application's, and works wherever the focus is. */
static gboolean
is_global (const Shortcut *shortcut)
{
  return shortcut->name != NULL &&
         (g_str_has_prefix (shortcut->name, "app.") || g_str_has_prefix (shortcut->name, "win.") ||
          g_str_has_prefix (shortcut->name, "window."));
}

/* The same key on the keypad; 0 for none. */
static guint
get_keypad_key (guint key)
{
  switch (key)
    {
    case GDK_KEY_Return:
      return GDK_KEY_KP_Enter;
    case GDK_KEY_Delete:
      return GDK_KEY_KP_Delete;
    case GDK_KEY_Up:
      return GDK_KEY_KP_Up;
    case GDK_KEY_Down:
      return GDK_KEY_KP_Down;
    default:
      return 0;
    }
}

typedef struct
{
  guint key;
  GdkModifierType modifiers;
} Key;

/* The keys of a shortcut, also those on the keypad. The most usual one comes last: of
 * several, a menu names the key that was bound last.
 * Returns: (transfer full) (element-type Key) */
static GArray *
list_keys (const Shortcut *shortcut)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (Key));

  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    {
      Key usual, keypad;

      gtk_accelerator_parse (shortcut->accels[i], &usual.key, &usual.modifiers);
      keypad = (Key) { get_keypad_key (usual.key), usual.modifiers };
      g_array_prepend_val (keys, usual);
      if (keypad.key != 0)
        g_array_prepend_val (keys, keypad);
    }
  return keys;
}

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  GdkModifierType modifiers;
  guint key;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(shortcut->title));

  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      GtkWidget *label;

      gtk_accelerator_parse (shortcut->accels[i], &key, &modifiers);
      text = gtk_accelerator_get_label (key, modifiers);
      label = gtk_label_new (text);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (label, "keys");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }

  return row;
}

/**
 * psl_shortcuts_install:
 * @application: the application
 *
 * Binds the keys of the application and of its windows to their actions.
 */
void
psl_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->title != NULL; shortcut++)
        {
          if (is_global (shortcut))
            gtk_application_set_accels_for_action (application, shortcut->name,
                                                   (const char *const *) shortcut->accels);
        }
    }
}

/**
 * psl_shortcuts_bind:
 * @widget: a widget
 * @name: the name under which the dialog lists the keys
 * @phase: when @widget is asked: before the widget with the focus, or after
 * @action: (transfer full): the action of the key while the focus is in @widget
 *
 * Binds the keys of @name, also those on the keypad.
 */
void
psl_shortcuts_bind (GtkWidget           *widget,
                    const char          *name,
                    GtkPropagationPhase  phase,
                    GtkShortcutAction   *action)
{
  const Shortcut *shortcut = find_shortcut (name);
  GtkEventController *controller;
  g_autoptr (GtkShortcutAction) held = action;
  g_autoptr (GArray) keys = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (shortcut != NULL);

  controller = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (controller, phase);
  keys = list_keys (shortcut);
  for (guint i = 0; i < keys->len; i++)
    {
      Key key = g_array_index (keys, Key, i);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (gtk_keyval_trigger_new (key.key, key.modifiers),
                                                              g_object_ref (action)));
    }
  gtk_widget_add_controller (widget, controller);
}

/**
 * psl_shortcuts_bind_class:
 * @widget_class: a class of widgets
 * @action: an action of the class that has keys
 *
 * Binds the keys of @action in all widgets of the class, also those on the keypad.
 */
void
psl_shortcuts_bind_class (GtkWidgetClass *widget_class,
                          const char     *action)
{
  const Shortcut *shortcut = find_shortcut (action);
  g_autoptr (GArray) keys = NULL;

  g_return_if_fail (GTK_IS_WIDGET_CLASS (widget_class));
  g_return_if_fail (shortcut != NULL);

  keys = list_keys (shortcut);
  for (guint i = 0; i < keys->len; i++)
    {
      Key key = g_array_index (keys, Key, i);

      gtk_widget_class_add_binding_action (widget_class, key.key, key.modifiers, action, NULL);
    }
}

/**
 * psl_shortcuts_dialog_new:
 *
 * Returns: (transfer floating): a dialog that lists the keys
 */
AdwDialog *
psl_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _(groups[i].title));
      for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->title != NULL; shortcut++)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (shortcut));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 640);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
