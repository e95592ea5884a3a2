/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-picker.h"

#include <glib/gi18n.h>

#include "psl-date.h"
#include "psl-field.h"
#include "psl-focus.h"
#include "psl-text.h"
#include "psl-type-ahead.h"

/* How high the list may be, and how high it is at least where the window has no room for it,
 * in pixels. */
#define MAX_LIST_HEIGHT 340
#define MIN_LIST_HEIGHT 120

/* What a popover adds to the height of its contents, in pixels: its frame and shadow. */
#define FRAME 24

/* The width of a title, in characters. It is also the least: a list is as high as its rows
 * are at their own width, which must be the one that they get. */
#define TITLE_WIDTH 30

struct _PslPickerItem
{
  GObject parent_instance;

  char *value;
  char *title;
  char *detail;
  /* An item that does not exist yet: picking it makes it of the typed text. */
  gboolean is_new;
  gboolean chosen;
};

G_DEFINE_FINAL_TYPE (PslPickerItem, psl_picker_item, G_TYPE_OBJECT)

enum
{
  ITEM_PROP_0,
  ITEM_PROP_CHOSEN,
  N_ITEM_PROPS
};

static GParamSpec *item_properties[N_ITEM_PROPS];

typedef struct
{
  GtkWidget *search_entry;
  GtkWidget *stack;
  GtkScrolledWindow *window;
  GtkListView *list;
  GListStore *items;
  GtkSingleSelection *selection;

  GStrv chosen;
  gboolean searchable;
  gboolean several;
  gboolean clearable;
  gboolean creating;

  /* The words that were searched for last, and the words that the items fit. */
  char *sought;
  char *found;
  /* Enter was pressed before the items came, or Tab: then @leaving, and whether @back. */
  gboolean picking;
  gboolean leaving;
  gboolean back;
  /* Keys have led into the list, or to another entry, since the last search. */
  gboolean moved;
  /* Of several: the value that was picked last, to be shown among all. */
  char *picked;
} PslPickerPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslPicker, psl_picker, GTK_TYPE_POPOVER)

enum
{
  PICKED,
  CREATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_chosen (PslPickerItem *item,
            gboolean       chosen)
{
  if (item->chosen == chosen)
    return;

  item->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (item), item_properties[ITEM_PROP_CHOSEN]);
}

static PslPickerItem *
new_creation (const char *words)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (words));
  g_autofree char *quotable = psl_text_dup_quotable (trimmed);
  /* Translators: an entry of a list; %s was typed and is not in it: “Create “Chisinau”…” */
  g_autofree char *title = g_strdup_printf (C_("picker", "Create “%s”…"), quotable);
  PslPickerItem *item = psl_picker_item_new (NULL, title, NULL);

  item->is_new = TRUE;
  return item;
}

/* Whether an item is called @words, or there are none. */
static gboolean
has_title (GPtrArray  *items,
           const char *words)
{
  g_autofree char *sought = psl_text_identity_key (words);

  for (guint i = 0; i < items->len; i++)
    {
      g_autofree char *title = psl_text_identity_key (PSL_PICKER_ITEM (items->pdata[i])->title);

      if (g_strcmp0 (title, sought) == 0)
        return TRUE;
    }

  return sought == NULL;
}

/* What is typed ahead of the field that it is meant for, an amount or a date, names
 * nothing; an amount in a currency that no list has may well (“RTL 9”). */
static gboolean
is_name (const char *words)
{
  static const PslField money = { .name = "amount", .type = PSL_FIELD_TYPE_MONEY };
  const PslConventions usual = { .named = NULL };
  g_autofree char *amount = psl_field_normalise (&money, psl_codelists_get_default (), words, NULL);
  g_autofree char *unlisted = amount != NULL ? psl_field_dup_unlisted (&money, psl_codelists_get_default (), amount) : NULL;
  g_autofree char *date = psl_date_read (words, &usual, NULL);

  if ((amount != NULL && unlisted == NULL) || date != NULL)
    return FALSE;

  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;

  return FALSE;
}

static gboolean
is_chosen (PslPicker  *self,
           const char *value)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  return value != NULL && priv->chosen != NULL && g_strv_contains ((const char *const *) priv->chosen, value);
}

static const char *
get_words (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  return gtk_editable_get_text (GTK_EDITABLE (priv->search_entry));
}

/* Among all items, finds the value that was picked last or, where only one is picked, the
 * chosen one. */
static guint
find_to_select (PslPicker *self,
                GPtrArray *items)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  for (guint i = 0; i < items->len; i++)
    {
      PslPickerItem *item = items->pdata[i];

      if (priv->several ? item->value != NULL && g_strcmp0 (item->value, priv->picked) == 0 : item->chosen)
        return i;
    }

  return 0;
}

static void
search (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  priv->picking = FALSE;
  priv->moved = FALSE;
  g_set_str (&priv->sought, get_words (self));
  g_clear_pointer (&priv->found, g_free);
  PSL_PICKER_GET_CLASS (self)->search (self, priv->sought);
}

/* Tells those who don't see an item's mark whether it was chosen. */
static void
announce (PslPicker     *self,
          PslPickerItem *item)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  g_autofree char *message = NULL;

  message = g_strdup_printf (item->chosen ? C_("picker", "%s, chosen") : C_("picker", "%s, not chosen any more"),
                             item->title);
  gtk_accessible_announce (GTK_ACCESSIBLE (priv->search_entry), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* One of several: the popover stays, ready for the next. */
static void
pick_one_more (PslPicker     *self,
               PslPickerItem *item)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_set_str (&priv->picked, item->value);
  g_signal_emit (self, signals[PICKED], 0, item);
  announce (self, item);
  if (*get_words (self) == '\0')
    return;

  gtk_widget_grab_focus (priv->search_entry);
  gtk_editable_set_text (GTK_EDITABLE (priv->search_entry), "");
  search (self);
}

static void
pick (PslPicker     *self,
      PslPickerItem *item)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  g_autoptr (PslPickerItem) picked = g_object_ref (item);
  g_autofree char *words = g_strdup (get_words (self));

  if (priv->several)
    {
      pick_one_more (self, picked);
      return;
    }

  gtk_popover_popdown (GTK_POPOVER (self));
  if (picked->is_new)
    g_signal_emit (self, signals[CREATE], 0, words);
  else
    g_signal_emit (self, signals[PICKED], 0, picked->value != NULL ? picked : NULL);
}

/* Of several, picking a chosen item again would take it away: not by Tab. */
static void
pick_selected (PslPicker *self,
               gboolean   even_new)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  PslPickerItem *item = gtk_single_selection_get_selected_item (priv->selection);

  if (item == NULL || (item->is_new && !even_new))
    return;
  if (priv->leaving && item->chosen)
    gtk_popover_popdown (GTK_POPOVER (self));
  else
    pick (self, item);
}

static gboolean
is_found (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  return g_strcmp0 (priv->found, get_words (self)) == 0;
}

/* Picks the first item that fits the typed text, once the item is there: whoever types fast
 * has not seen yet which fit. A new item is made only by somebody who has seen it, and not by
 * Tab. */
static void
pick_found (PslPicker *self,
            gboolean   leaving)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  gboolean is_seen = is_found (self);

  if (g_strcmp0 (priv->sought, get_words (self)) != 0)
    search (self);
  priv->leaving = leaving;
  priv->picking = !is_found (self);
  if (!priv->picking)
    pick_selected (self, is_seen && !leaving);
}

static void
focus_list (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  guint selected = gtk_single_selection_get_selected (priv->selection);

  if (g_list_model_get_n_items (G_LIST_MODEL (priv->items)) == 0)
    return;

  gtk_list_view_scroll_to (priv->list, selected == GTK_INVALID_LIST_POSITION ? 0 : selected,
                           GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (priv->list));
}

static void
list_activate_cb (GtkListView *list,
                  guint        position,
                  PslPicker   *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  g_autoptr (PslPickerItem) item = g_list_model_get_item (G_LIST_MODEL (priv->items), position);

  pick (self, item);
}

/* The entry tells after a pause, in which Enter may have been pressed: then the items are
 * being searched already. */
static void
search_changed_cb (GtkSearchEntry *entry,
                   PslPicker      *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  if (g_strcmp0 (priv->sought, get_words (self)) != 0)
    search (self);
}

static void
search_activate_cb (GtkSearchEntry *entry,
                    PslPicker      *self)
{
  pick_found (self, FALSE);
}

static void
stop_search_cb (GtkSearchEntry *entry,
                PslPicker      *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        state,
               PslPicker             *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  focus_list (self);
  priv->moved = TRUE;
  return GDK_EVENT_STOP;
}

/* Opens the picker with the character typed already that the key types, if any. */
static gboolean
search_for_key (PslPicker       *self,
                guint            keyval,
                GdkModifierType  state)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  char words[7] = { 0 };

  if (!g_unichar_isalnum (character) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  g_unichar_to_utf8 (character, words);
  psl_picker_search_for (self, words);
  return GDK_EVENT_STOP;
}

/* Whether a key is an arrow, Home, End or goes by pages. */
static gboolean
is_motion (guint keyval)
{
  return (keyval >= GDK_KEY_Home && keyval <= GDK_KEY_End) || (keyval >= GDK_KEY_KP_Home && keyval <= GDK_KEY_KP_End);
}

/* A short list has no entry to search by until somebody types. */
static gboolean
list_key_cb (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             PslPicker             *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  priv->moved = priv->moved || is_motion (keyval);
  return gtk_widget_get_visible (priv->search_entry) ? GDK_EVENT_PROPAGATE
                                                     : search_for_key (self, keyval, state);
}

static gboolean
tab_cb (GtkEventControllerKey *controller,
        guint                  keyval,
        guint                  keycode,
        GdkModifierType        state,
        PslPicker             *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  if ((keyval != GDK_KEY_Tab && keyval != GDK_KEY_KP_Tab && keyval != GDK_KEY_ISO_Left_Tab) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  priv->back = keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;
  return gtk_widget_activate_action (GTK_WIDGET (self), PSL_PICKER_LEAVE, "b", priv->back);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          PslPicker          *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (title), TITLE_WIDTH);
  gtk_label_set_max_width_chars (GTK_LABEL (title), TITLE_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (detail), 44);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dimmed");
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), title);
  gtk_box_append (GTK_BOX (column), detail);
  gtk_box_append (GTK_BOX (row), column);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_list_item_set_child (list_item, row);
}

static void
show_chosen (GtkListItem *list_item)
{
  PslPickerItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *mark = gtk_widget_get_last_child (gtk_list_item_get_child (list_item));
  g_autofree char *name = NULL;

  /* Translators: an entry of a list that is chosen at present */
  name = item->chosen ? g_strdup_printf (C_("picker", "%s, chosen"), item->title) : g_strdup (item->title);
  gtk_widget_set_opacity (mark, item->chosen ? 1 : 0);
  gtk_list_item_set_accessible_label (list_item, name);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         PslPicker          *self)
{
  PslPickerItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *column = gtk_widget_get_first_child (gtk_list_item_get_child (list_item));
  GtkWidget *title = gtk_widget_get_first_child (column);
  GtkWidget *detail = gtk_widget_get_next_sibling (title);

  gtk_label_set_label (GTK_LABEL (title), item->title);
  gtk_label_set_label (GTK_LABEL (detail), item->detail != NULL ? item->detail : "");
  gtk_widget_set_visible (detail, item->detail != NULL);
  if (item->value == NULL && !item->is_new)
    gtk_widget_add_css_class (title, "dimmed");
  else
    gtk_widget_remove_css_class (title, "dimmed");

  show_chosen (list_item);
  gtk_list_item_set_accessible_description (list_item, item->detail != NULL ? item->detail : "");
  g_signal_connect_object (item, "notify::chosen", G_CALLBACK (show_chosen), list_item, G_CONNECT_SWAPPED);
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           PslPicker          *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_chosen, list_item);
}

static int
get_natural_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

/* Goes below what it was opened from where all of it fits into the window, otherwise to the
 * side with more room, and is no higher than that: it would change sides, and the search entry
 * with it, as the list grows and shrinks. */
static void
fit_into_window (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (parent));
  int around = get_natural_height (gtk_popover_get_child (GTK_POPOVER (self))) - get_natural_height (priv->stack) + FRAME;
  GdkRectangle opener;
  graphene_point_t top;
  int above, below;

  gtk_popover_get_pointing_to (GTK_POPOVER (self), &opener);
  if (!gtk_widget_compute_point (parent, root, &GRAPHENE_POINT_INIT (opener.x, opener.y), &top))
    return;

  above = (int) top.y - around;
  below = gtk_widget_get_height (root) - (int) top.y - opener.height - around;
  gtk_popover_set_position (GTK_POPOVER (self),
                            below >= MIN (above, MAX_LIST_HEIGHT) ? GTK_POS_BOTTOM : GTK_POS_TOP);
  gtk_scrolled_window_set_max_content_height (priv->window,
                                              CLAMP (MAX (above, below), MIN_LIST_HEIGHT, MAX_LIST_HEIGHT));
}

static void
psl_picker_show (GtkWidget *widget)
{
  PslPicker *self = PSL_PICKER (widget);
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_clear_pointer (&priv->picked, g_free);
  /* With the entry, which may come later. */
  gtk_widget_set_visible (priv->search_entry, TRUE);
  fit_into_window (self);
  gtk_widget_set_visible (priv->search_entry, priv->searchable);
  gtk_editable_set_text (GTK_EDITABLE (priv->search_entry), "");
  search (self);

  GTK_WIDGET_CLASS (psl_picker_parent_class)->show (widget);

  if (gtk_widget_get_visible (priv->search_entry))
    gtk_widget_grab_focus (priv->search_entry);
  else
    focus_list (self);
}

static void
psl_picker_finalize (GObject *object)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (PSL_PICKER (object));

  g_strfreev (priv->chosen);
  g_object_unref (priv->items);
  g_free (priv->sought);
  g_free (priv->found);
  g_free (priv->picked);

  G_OBJECT_CLASS (psl_picker_parent_class)->finalize (object);
}

static void
psl_picker_class_init (PslPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_picker_finalize;
  GTK_WIDGET_CLASS (klass)->show = psl_picker_show;

  signals[PICKED] = g_signal_new ("picked", PSL_TYPE_PICKER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, PSL_TYPE_PICKER_ITEM);
  signals[CREATE] = g_signal_new ("create", PSL_TYPE_PICKER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
psl_picker_init (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *nothing = gtk_label_new (_("Nothing matches"));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *controller;

  priv->searchable = TRUE;
  priv->clearable = TRUE;
  priv->items = g_list_store_new (PSL_TYPE_PICKER_ITEM);

  priv->search_entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (priv->search_entry), 60);
  gtk_search_entry_set_placeholder_text (GTK_SEARCH_ENTRY (priv->search_entry), _("Search"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->search_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  g_signal_connect_object (priv->search_entry, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (priv->search_entry, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (priv->search_entry, "stop-search", G_CALLBACK (stop_search_cb), self, G_CONNECT_DEFAULT);
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (search_key_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (priv->search_entry, controller);
  gtk_box_append (GTK_BOX (box), priv->search_entry);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_DEFAULT);
  priv->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (priv->items)));
  priv->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (priv->selection), factory));
  gtk_list_view_set_single_click_activate (priv->list, TRUE);
  gtk_list_view_set_tab_behavior (priv->list, GTK_LIST_TAB_ITEM);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choices"), -1);
  g_signal_connect_object (priv->list, "activate", G_CALLBACK (list_activate_cb), self, G_CONNECT_DEFAULT);
  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (list_key_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (priv->list), controller);

  priv->window = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (priv->window, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (priv->window, TRUE);
  gtk_scrolled_window_set_child (priv->window, GTK_WIDGET (priv->list));

  gtk_widget_add_css_class (nothing, "dimmed");
  gtk_widget_add_css_class (nothing, "picker-nothing");
  priv->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (priv->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (priv->stack), GTK_WIDGET (priv->window), "items");
  gtk_stack_add_named (GTK_STACK (priv->stack), nothing, "nothing");
  gtk_box_append (GTK_BOX (box), priv->stack);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (tab_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  gtk_widget_set_size_request (box, 260, -1);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "picker");
  psl_type_ahead_install (GTK_WIDGET (priv->list), GTK_SEARCH_ENTRY (priv->search_entry));
}

/**
 * psl_picker_set_searchable:
 * @self: a picker
 * @searchable: whether the entry to search by is there at once; above a short
 *   list it comes when somebody types
 */
void
psl_picker_set_searchable (PslPicker *self,
                           gboolean   searchable)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  priv->searchable = searchable;
}

/**
 * psl_picker_set_creating:
 * @self: a picker
 * @creating: whether what was typed and isn't there can be made: the list then
 *   ends with an entry for that, unless it is an amount or a date, and
 *   #PslPicker::create is emitted when it is picked
 */
void
psl_picker_set_creating (PslPicker *self,
                         gboolean   creating)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  priv->creating = creating;
}

/**
 * psl_picker_set_several:
 * @self: a picker
 * @several: whether several values are picked one after another: the popover
 *   stays open, and there is no entry for no value
 */
void
psl_picker_set_several (PslPicker *self,
                        gboolean   several)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  priv->several = several;
}

/**
 * psl_picker_set_clearable:
 * @self: a picker
 * @clearable: whether the list begins with an entry for no value, where a value
 *   is chosen
 */
void
psl_picker_set_clearable (PslPicker *self,
                          gboolean   clearable)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  priv->clearable = clearable;
}

/**
 * psl_picker_set_chosen:
 * @self: a picker
 * @values: (nullable): the values chosen at present; they carry a mark
 */
void
psl_picker_set_chosen (PslPicker         *self,
                       const char *const *values)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  g_strfreev (priv->chosen);
  priv->chosen = g_strdupv ((GStrv) values);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (priv->items)); i++)
    {
      g_autoptr (PslPickerItem) item = g_list_model_get_item (G_LIST_MODEL (priv->items), i);

      set_chosen (item, is_chosen (self, item->value));
    }
}

/**
 * psl_picker_search_for:
 * @self: a picker
 * @words: what to search for
 *
 * Opens the picker, where it isn't open, with @words typed already.
 */
void
psl_picker_search_for (PslPicker  *self,
                       const char *words)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);

  g_return_if_fail (PSL_IS_PICKER (self));

  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_set_visible (priv->search_entry, TRUE);
  gtk_widget_grab_focus (priv->search_entry);
  gtk_editable_set_text (GTK_EDITABLE (priv->search_entry), words);
  gtk_editable_set_position (GTK_EDITABLE (priv->search_entry), -1);
}

/**
 * psl_picker_open_by_key:
 * @self: a picker
 * @keyval: a key that was pressed on the button that opens it
 * @state: the modifiers that were held
 *
 * Opens the picker where the key presses a button or types a character, which is
 * typed in it then. A button is pressed a quarter of a second after its key, and
 * what is typed meanwhile would be lost.
 *
 * Returns: %GDK_EVENT_STOP where it does
 */
gboolean
psl_picker_open_by_key (PslPicker       *self,
                        guint            keyval,
                        GdkModifierType  state)
{
  g_return_val_if_fail (PSL_IS_PICKER (self), GDK_EVENT_PROPAGATE);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter &&
      keyval != GDK_KEY_space && keyval != GDK_KEY_KP_Space)
    return search_for_key (self, keyval, state);

  gtk_popover_popup (GTK_POPOVER (self));
  return GDK_EVENT_STOP;
}

/**
 * psl_picker_leave:
 * @self: a picker that is open
 *
 * Picks what the person has gone to, an entry of the list or the first that fits what is
 * typed, and closes the picker. It stays open while what is typed fits nothing, or nothing yet:
 * once that is found, #PSL_PICKER_LEAVE comes again.
 *
 * Returns: whether it is closed
 */
gboolean
psl_picker_leave (PslPicker *self)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  PslPickerItem *item;
  gboolean is_in_list;
  gboolean is_typed;

  g_return_val_if_fail (PSL_IS_PICKER (self), TRUE);

  item = gtk_single_selection_get_selected_item (priv->selection);
  is_in_list = psl_focus_is_in (GTK_WIDGET (priv->list));
  is_typed = *get_words (self) != '\0';
  if (is_in_list && (priv->moved || is_typed) && item != NULL && !item->chosen)
    pick (self, item);
  else if (!is_in_list && is_typed)
    pick_found (self, TRUE);
  if (is_in_list || *get_words (self) == '\0')
    gtk_popover_popdown (GTK_POPOVER (self));
  return !gtk_widget_get_visible (GTK_WIDGET (self));
}

/**
 * psl_picker_search_again:
 *
 * Finds the items again that fit what was typed last: others may fit it now, or be called
 * otherwise.
 */
void
psl_picker_search_again (PslPicker *self)
{
  g_return_if_fail (PSL_IS_PICKER (self));

  search (self);
}

/**
 * psl_picker_take_items:
 * @self: a picker
 * @words: what was searched for
 * @items: (transfer full) (element-type PslPickerItem): what was found
 *
 * Shows @items, unless other words are searched for by now.
 */
void
psl_picker_take_items (PslPicker  *self,
                       const char *words,
                       GPtrArray  *items)
{
  PslPickerPrivate *priv = psl_picker_get_instance_private (self);
  gboolean searched = *words != '\0';
  gboolean list_focused = psl_focus_is_in (GTK_WIDGET (priv->list));
  g_autoptr (GPtrArray) taken = items;

  g_return_if_fail (PSL_IS_PICKER (self));

  if (g_strcmp0 (words, priv->sought) != 0)
    return;

  if (priv->clearable && !priv->several && !searched && priv->chosen != NULL && priv->chosen[0] != NULL)
    /* Translators: the entry of a list that takes a field's value away */
    g_ptr_array_insert (items, 0, psl_picker_item_new (NULL, C_("picker", "None"), NULL));
  if (priv->creating && is_name (words) && !has_title (items, words))
    g_ptr_array_add (items, new_creation (words));
  for (guint i = 0; i < items->len; i++)
    set_chosen (items->pdata[i], is_chosen (self, PSL_PICKER_ITEM (items->pdata[i])->value));

  g_list_store_splice (priv->items, 0, g_list_model_get_n_items (G_LIST_MODEL (priv->items)),
                       items->pdata, items->len);
  if (items->len > 0)
    gtk_list_view_scroll_to (priv->list, searched ? 0 : find_to_select (self, items), GTK_LIST_SCROLL_SELECT, NULL);
  gtk_stack_set_visible_child_name (GTK_STACK (priv->stack), items->len > 0 ? "items" : "nothing");
  /* The row with the keyboard has gone with its item. */
  if (list_focused)
    focus_list (self);

  g_set_str (&priv->found, priv->sought);
  if (!priv->picking || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  priv->picking = FALSE;
  if (priv->leaving)
    gtk_widget_activate_action (GTK_WIDGET (self), PSL_PICKER_LEAVE, "b", priv->back);
  else
    pick_selected (self, FALSE);
}

static void
psl_picker_item_finalize (GObject *object)
{
  PslPickerItem *self = PSL_PICKER_ITEM (object);

  g_free (self->value);
  g_free (self->title);
  g_free (self->detail);

  G_OBJECT_CLASS (psl_picker_item_parent_class)->finalize (object);
}

static void
psl_picker_item_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case ITEM_PROP_CHOSEN:
      g_value_set_boolean (value, PSL_PICKER_ITEM (object)->chosen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_picker_item_class_init (PslPickerItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_picker_item_finalize;
  object_class->get_property = psl_picker_item_get_property;

  item_properties[ITEM_PROP_CHOSEN] =
    g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_ITEM_PROPS, item_properties);
}

static void
psl_picker_item_init (PslPickerItem *self)
{
}

/**
 * psl_picker_item_new:
 * @value: (nullable): what is picked; NULL for no value
 * @title: what it is called
 * @detail: (nullable): a remark below
 *
 * Returns: (transfer full): the item
 */
PslPickerItem *
psl_picker_item_new (const char *value,
                     const char *title,
                     const char *detail)
{
  PslPickerItem *self = g_object_new (PSL_TYPE_PICKER_ITEM, NULL);

  self->value = g_strdup (value);
  self->title = g_strdup (title);
  self->detail = g_strdup (detail);
  return self;
}

const char *
psl_picker_item_get_value (PslPickerItem *self)
{
  g_return_val_if_fail (PSL_IS_PICKER_ITEM (self), NULL);

  return self->value;
}

const char *
psl_picker_item_get_title (PslPickerItem *self)
{
  g_return_val_if_fail (PSL_IS_PICKER_ITEM (self), NULL);

  return self->title;
}
