/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-menu-button.h"
#include "psl-number.h"
#include "psl-sidebar.h"

struct _PslSidebar
{
  AdwNavigationPage parent_instance;

  AdwWindowTitle *window_title;
  GtkListBox *list;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;

  PslCounts *counts;
  GPtrArray *badges;
  const PslCollection *collection;
};

G_DEFINE_FINAL_TYPE (PslSidebar, psl_sidebar, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_SELECTED,
  SIGNAL_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_badges (PslSidebar *self)
{
  for (guint i = 0; i < self->badges->len; i++)
    {
      const PslCollection *collection = psl_collection_get_nth (i);
      GtkWidget *badge = g_ptr_array_index (self->badges, i);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
      gint64 number = self->counts != NULL ? psl_counts_get_found (self->counts, collection) : -1;
      g_autofree char *text = NULL;
      g_autofree char *name = NULL;

      text = number >= 0 ? psl_number_format_count (number) : g_strdup ("");
      gtk_label_set_label (GTK_LABEL (badge), text);

      /* Translators: a collection in the sidebar and how many records are there */
      name = number >= 0 ? g_strdup_printf (C_("place", "%s, %s"), psl_collection_get_label (collection), text)
                         : g_strdup (psl_collection_get_label (collection));
      gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    }
}

static void
add_row (PslSidebar          *self,
         const PslCollection *collection)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (collection->icon);
  GtkWidget *label = gtk_label_new (psl_collection_get_label (collection));
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (badge, "dimmed");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_widget_add_css_class (badge, "caption");

  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_append (self->list, box);
  g_ptr_array_add (self->badges, badge);
}

/* By a click, or by the arrow keys. */
static void
row_selected_cb (PslSidebar    *self,
                 GtkListBoxRow *row)
{
  const PslCollection *collection = row != NULL ? psl_collection_get_nth (gtk_list_box_row_get_index (row)) : NULL;

  if (collection == NULL || collection == self->collection)
    return;

  self->collection = collection;
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, collection);
}

static void
row_activated_cb (PslSidebar    *self,
                  GtkListBoxRow *row)
{
  const PslCollection *collection = psl_collection_get_nth (gtk_list_box_row_get_index (row));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, collection);
}

static void
psl_sidebar_dispose (GObject *object)
{
  PslSidebar *self = PSL_SIDEBAR (object);

  psl_sidebar_set_counts (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_SIDEBAR);

  G_OBJECT_CLASS (psl_sidebar_parent_class)->dispose (object);
}

static void
psl_sidebar_finalize (GObject *object)
{
  g_ptr_array_unref (PSL_SIDEBAR (object)->badges);

  G_OBJECT_CLASS (psl_sidebar_parent_class)->finalize (object);
}

static void
psl_sidebar_class_init (PslSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_sidebar_dispose;
  object_class->finalize = psl_sidebar_finalize;

  /**
   * PslSidebar::selected:
   * @collection: a #PslCollection
   *
   * The person looks at @collection, from the sidebar.
   */
  signals[SIGNAL_SELECTED] =
    g_signal_new ("selected", PSL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  /**
   * PslSidebar::chosen:
   * @collection: a #PslCollection
   *
   * The person goes to @collection, which is selected.
   */
  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", PSL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, PslSidebar, window_title);
  gtk_widget_class_bind_template_child (widget_class, PslSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, PslSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PslSidebar, primary_menu);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
psl_sidebar_init (PslSidebar *self)
{
  self->badges = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  psl_menu_button_set_model (self->menu_button, self->primary_menu);

  for (guint i = 0; i < psl_collection_get_n (); i++)
    add_row (self, psl_collection_get_nth (i));
  update_badges (self);
}

/**
 * psl_sidebar_set_counts:
 * @counts: (nullable): the counts that the badges show
 */
void
psl_sidebar_set_counts (PslSidebar *self,
                        PslCounts  *counts)
{
  g_return_if_fail (PSL_IS_SIDEBAR (self));

  if (self->counts != NULL)
    g_signal_handlers_disconnect_by_func (self->counts, update_badges, self);
  g_set_object (&self->counts, counts);
  if (counts != NULL)
    {
      g_signal_connect_object (counts, "changed", G_CALLBACK (update_badges), self, G_CONNECT_SWAPPED);
      update_badges (self);
    }
}

/**
 * psl_sidebar_open_menu:
 *
 * Opens the main menu.
 */
void
psl_sidebar_open_menu (PslSidebar *self)
{
  g_return_if_fail (PSL_IS_SIDEBAR (self));

  gtk_menu_button_popup (self->menu_button);
}

/**
 * psl_sidebar_focus:
 *
 * Puts the keyboard on the collection where the window is.
 */
void
psl_sidebar_focus (PslSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (PSL_IS_SIDEBAR (self));

  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

/**
 * psl_sidebar_set_collection:
 * @collection: where the window is
 */
void
psl_sidebar_set_collection (PslSidebar          *self,
                            const PslCollection *collection)
{
  g_return_if_fail (PSL_IS_SIDEBAR (self));

  self->collection = collection;
  for (guint i = 0; i < psl_collection_get_n (); i++)
    {
      if (psl_collection_get_nth (i) == collection)
        gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, i));
    }
}

/**
 * psl_sidebar_set_register_name:
 * @name: (nullable): the name of the register; %NULL where it is the person's own
 *
 * Shows whose collections these are.
 */
void
psl_sidebar_set_register_name (PslSidebar *self,
                               const char *name)
{
  g_return_if_fail (PSL_IS_SIDEBAR (self));

  adw_window_title_set_subtitle (self->window_title, name != NULL ? name : "");
}
