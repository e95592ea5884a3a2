/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-menu-button.h"

#include <string.h>

#include "psl-focus.h"
#include "psl-text.h"

/* Keys that follow each other within this time make one word. */
#define PAUSE_MS 1000

/* The word that is being typed in a menu. */
typedef struct
{
  GString *text;
  guint32 time;
} Typing;

static void
typing_free (gpointer data)
{
  Typing *typing = data;

  g_string_free (typing->text, TRUE);
  g_free (typing);
}

static gboolean
begins_with (const char *label,
             const char *typed,
             gboolean    any_word)
{
  const char *word = label;

  while (word != NULL)
    {
      if (g_str_has_prefix (word, typed))
        return TRUE;
      word = any_word ? strchr (word, ' ') : NULL;
      if (word != NULL)
        word++;
    }

  return FALSE;
}

/* The label of an item, which is the widget that takes the focus in the menu. */
static GtkLabel *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return GTK_LABEL (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *label = gtk_widget_is_visible (child) ? find_label (child) : NULL;

      if (label != NULL)
        return label;
    }

  return NULL;
}

/* The first item on show whose label begins with @typed. */
static GtkWidget *
find_item (GtkWidget  *widget,
           const char *typed,
           gboolean    any_word)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;

  if (gtk_widget_get_focusable (widget) && gtk_widget_is_sensitive (widget))
    {
      GtkLabel *label = find_label (widget);
      g_autofree char *folded = label != NULL ? psl_text_fold (gtk_label_get_text (label)) : NULL;

      if (folded != NULL && begins_with (folded, typed, any_word))
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_item (child, typed, any_word);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_mnemonic (GtkWidget *widget,
              guint      keyval)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;

  if (GTK_IS_LABEL (widget) && gtk_label_get_mnemonic_keyval (GTK_LABEL (widget)) == gdk_keyval_to_lower (keyval))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_mnemonic (child, keyval))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_typed (GtkWidget *menu,
            Typing    *typing)
{
  g_autofree char *typed = psl_text_fold (typing->text->str);
  GtkWidget *item;

  if (*typed == '\0')
    return NULL;

  item = find_item (menu, typed, FALSE);
  return item != NULL ? item : find_item (menu, typed, TRUE);
}

/* Moves the focus to the next item. It stays in the menu, also where no item can be chosen at
 * present: GTK would move it behind the menu, where letters would be typed unseen. Where only
 * one item can be chosen, GTK would move it to what scrolls the menu. */
static void
move (GtkWidget        *menu,
      GtkDirectionType  direction)
{
  GtkRoot *root = gtk_widget_get_root (menu);
  GtkWidget *item = gtk_root_get_focus (root);

  gtk_widget_child_focus (menu, direction);
  if (item != NULL && GTK_IS_SCROLLED_WINDOW (gtk_root_get_focus (root)))
    gtk_widget_grab_focus (item);
}

static gboolean
menu_key_cb (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             Typing                *typing)
{
  GtkWidget *menu = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  gunichar character = gdk_keyval_to_unicode (keyval);
  guint32 time = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *item;

  switch (keyval)
    {
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      move (menu, (state & GDK_SHIFT_MASK) != 0 ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move (menu, GTK_DIR_UP);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move (menu, GTK_DIR_DOWN);
      return GDK_EVENT_STOP;
    default:
      break;
    }

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 || !g_unichar_isgraph (character) ||
      has_mnemonic (menu, keyval))
    return GDK_EVENT_PROPAGATE;

  if (time - typing->time > PAUSE_MS)
    g_string_truncate (typing->text, 0);
  typing->time = time;
  g_string_append_unichar (typing->text, character);
  item = find_typed (menu, typing);
  if (item == NULL)
    {
      /* The beginning of another word. */
      g_string_truncate (typing->text, 0);
      g_string_append_unichar (typing->text, character);
      item = find_typed (menu, typing);
    }
  if (item != NULL)
    gtk_widget_grab_focus (item);

  return GDK_EVENT_STOP;
}

static void
create_menu_cb (GtkMenuButton *button,
                gpointer       model)
{
  if (gtk_menu_button_get_menu_model (button) == NULL)
    psl_menu_button_make_menu (button, model);
}

/**
 * psl_menu_button_set_model:
 * @button: a button without a menu
 * @model: the contents of its menu
 *
 * Gives the button a menu that is made when it is opened: GTK makes the menu of a
 * `menu-model` with the button, and an item is as much work as a row of a list.
 */
void
psl_menu_button_set_model (GtkMenuButton *button,
                           GMenuModel    *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, create_menu_cb, g_object_ref (model), g_object_unref);
}

/**
 * psl_menu_button_make_menu:
 * @button: a button that is about to show its menu
 * @model: the contents of its menu
 *
 * Makes the menu: typing leads to the item that begins with the typed text, and the focus
 * comes back to the button when the menu closes.
 */
void
psl_menu_button_make_menu (GtkMenuButton *button,
                           GMenuModel    *model)
{
  GtkEventController *controller;
  GtkPopover *popover;
  Typing *typing;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_menu_model (button, model);
  popover = gtk_menu_button_get_popover (button);
  psl_focus_return_from (popover, GTK_WIDGET (button));

  typing = g_new0 (Typing, 1);
  typing->text = g_string_new (NULL);
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_data (controller, "key-pressed", G_CALLBACK (menu_key_cb), typing,
                         (GClosureNotify) (void (*) (void)) typing_free, 0);
  gtk_widget_add_controller (GTK_WIDGET (popover), controller);
}
