/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "key-list.h"

#include "psl-shortcuts.h"

struct _KeyList
{
  /* Sets of keys, as people read them: the keys of the dialog, and the keys that a part of
   * the program or GTK binds. */
  GHashTable *listed;
  GHashTable *bound;
  /* (element-type GType GHashTable): what widgets of GTK bind by themselves. */
  GHashTable *toolkit;
};

static GHashTable *
set_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
add_listed (GtkWidget  *widget,
            GHashTable *keys)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "keys"))
    g_hash_table_add (keys, g_strdup (gtk_label_get_label (GTK_LABEL (widget))));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_listed (child, keys);
}

/* A key of the keypad is bound along with another. */
static gboolean
is_of_keypad (guint keyval)
{
  return g_str_has_prefix (gdk_keyval_name (keyval), "KP_");
}

static void
add_trigger (GtkShortcutTrigger *trigger,
             GHashTable         *keys)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      add_trigger (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)), keys);
      add_trigger (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)), keys);
    }
  else if (GTK_IS_KEYVAL_TRIGGER (trigger) && !is_of_keypad (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger))))
    {
      g_hash_table_add (keys, gtk_accelerator_get_label (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                                                         gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))));
    }
}

/* The keys of a manager are bound by a widget below it. */
static gboolean
is_manager (GtkEventController *controller)
{
  const char *name = gtk_event_controller_get_name (controller);

  return name != NULL && g_str_has_prefix (name, "gtk-shortcut-manager");
}

static GHashTable *
list_bound (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  GHashTable *keys = set_new ();

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) || is_manager (controller))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          add_trigger (gtk_shortcut_get_trigger (shortcut), keys);
        }
    }

  return keys;
}

/* The keys that a widget of GTK binds, and that the program has not touched. */
static GHashTable *
get_toolkit_keys (KeyList *list,
                  GType    type)
{
  GHashTable *keys;
  g_autoptr (GtkWidget) plain = NULL;

  while (g_str_has_prefix (g_type_name (type), "Psl"))
    type = g_type_parent (type);
  keys = g_hash_table_lookup (list->toolkit, GSIZE_TO_POINTER (type));
  if (keys != NULL)
    return keys;

  if (!G_TYPE_IS_ABSTRACT (type))
    plain = g_object_ref_sink (g_object_new (type, NULL));
  keys = plain != NULL ? list_bound (plain) : set_new ();
  if (GTK_IS_WINDOW (plain))
    gtk_window_destroy (GTK_WINDOW (plain));
  g_hash_table_insert (list->toolkit, GSIZE_TO_POINTER (type), keys);
  return keys;
}

/* The keys of the dialog that tells people of them. */
KeyList *
key_list_new (void)
{
  KeyList *list = g_new0 (KeyList, 1);
  g_autoptr (AdwDialog) dialog = g_object_ref_sink (psl_shortcuts_dialog_new ());

  list->listed = set_new ();
  list->bound = set_new ();
  list->toolkit = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  add_listed (adw_dialog_get_child (dialog), list->listed);
  return list;
}

void
key_list_free (KeyList *list)
{
  g_hash_table_unref (list->listed);
  g_hash_table_unref (list->bound);
  g_hash_table_unref (list->toolkit);
  g_free (list);
}

/* Fails where the program binds a key in @widget that is not listed. */
void
key_list_check (KeyList   *list,
                GtkWidget *widget)
{
  g_autoptr (GHashTable) keys = list_bound (widget);
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, keys);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (list->listed, key) &&
          !g_hash_table_contains (get_toolkit_keys (list, G_OBJECT_TYPE (widget)), key))
        g_error ("%s, which a %s binds, is not in the dialog of the keys", (const char *) key,
                 G_OBJECT_TYPE_NAME (widget));
      g_hash_table_add (list->bound, g_strdup (key));
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    key_list_check (list, child);
}

/* Fails where a key is listed that nothing bound of all that was checked. */
void
key_list_assert_bound (KeyList *list)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, list->listed);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (list->bound, key))
      g_error ("%s is in the dialog of the keys, and nothing binds it", (const char *) key);
}
