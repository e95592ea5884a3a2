/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-shortcuts.h"

/* The program's keys, once for the keys themselves and for the dialog that lists
 * them. */

typedef struct
{
  const char *title;
  const char *action;
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
    /* Without an action: the list's own key, which entries must keep. */
    { N_("Move to the trash (in the list)"), NULL, { "Delete" } },
    { N_("Undo"), "win.undo", { "<Control>z" } },
    { N_("Redo"), "win.redo", { "<Control><Shift>z" } },
    { N_("History of the register"), "win.activity", { "<Control><Shift>h" } },
  } },
  { N_("Finding"), {
    { N_("Search"), "win.search", { "<Control>f" } },
    { N_("Clear the search (in the search entry)"), NULL, { "Escape" } },
    { N_("From the search to the list"), NULL, { "Down" } },
  } },
  { N_("Moving Around"), {
    { N_("Into the record (in the list)"), NULL, { "Return" } },
    { N_("Next record of the list"), "win.next-record", { "<Control>Page_Down" } },
    { N_("Previous record of the list"), "win.previous-record", { "<Control>Page_Up" } },
    { N_("Next pane"), "win.next-pane", { "F6" } },
    { N_("Previous pane"), "win.previous-pane", { "<Shift>F6" } },
    { N_("Back to the record shown before"), "win.back", { "<Alt>Left" } },
    { N_("Open what a field leads to"), NULL, { "<Control>Return" } },
    { N_("Forward again"), "win.forward", { "<Alt>Right" } },
  } },
  { N_("Program"), {
    { N_("Open another register"), "app.open", { "<Control>o" } },
    { N_("Preferences"), "app.preferences", { "<Control>comma" } },
    { N_("Keyboard shortcuts"), "app.shortcuts", { "<Control>question" } },
    { N_("Close the window"), "window.close", { "<Control>w" } },
    { N_("Quit"), "app.quit", { "<Control>q" } },
  } },
};

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
 * Binds the keys to their actions.
 */
void
psl_shortcuts_install (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      for (const Shortcut *shortcut = groups[i].shortcuts; shortcut->title != NULL; shortcut++)
        {
          if (shortcut->action != NULL)
            gtk_application_set_accels_for_action (application, shortcut->action,
                                                   (const char *const *) shortcut->accels);
        }
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
