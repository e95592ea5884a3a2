/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-lists-page.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-entries-page.h"
#include "psl-number.h"

struct _PslListsPage
{
  AdwPreferencesPage parent_instance;

  AdwPreferencesGroup *group;

  PslRegister *reg;
  GPtrArray *rows;            /* (element-type AdwActionRow): each with the name of its list */
};

G_DEFINE_FINAL_TYPE (PslListsPage, psl_lists_page, ADW_TYPE_PREFERENCES_PAGE)

static const char *
get_list (AdwActionRow *row)
{
  return g_object_get_data (G_OBJECT (row), "list");
}

static char *
describe (const PslCodelists *codelists,
          const char         *name)
{
  const PslCodelist *list = psl_codelists_get_list (codelists, name);
  guint n = 0;
  g_autofree char *number = NULL;

  for (guint i = 0; i < psl_codelist_get_n (list); i++)
    n += !psl_codelist_get_nth (list, i)->withdrawn;
  number = psl_number_format_count (n);
  /* Translators: how many entries of a list are offered */
  return g_strdup_printf (ngettext ("%s entry", "%s entries", n), number);
}

static void
update (PslListsPage *self)
{
  const PslCodelists *codelists = self->reg != NULL ? psl_register_get_codelists (self->reg) : psl_codelists_get_default ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwActionRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *text = describe (codelists, get_list (row));

      adw_action_row_set_subtitle (row, text);
    }
}

static void
activated_cb (PslListsPage *self,
              AdwActionRow *row)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog),
                                       ADW_NAVIGATION_PAGE (psl_entries_page_new (self->reg, get_list (row))));
}

static void
add_list (PslListsPage  *self,
          const PslCode *list)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), psl_code_get_name (list, NULL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "list", g_strdup (list->code), g_free);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->group, row);
}

static void
psl_lists_page_dispose (GObject *object)
{
  PslListsPage *self = PSL_LISTS_PAGE (object);

  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_lists_page_parent_class)->dispose (object);
}

static void
psl_lists_page_finalize (GObject *object)
{
  g_ptr_array_unref (PSL_LISTS_PAGE (object)->rows);

  G_OBJECT_CLASS (psl_lists_page_parent_class)->finalize (object);
}

static void
psl_lists_page_class_init (PslListsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_lists_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_lists_page_finalize;
}

static void
psl_lists_page_init (PslListsPage *self)
{
  const PslCodelist *lists = psl_codelist_get_default ("list");

  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group,
                                         _("What records are described with. Lists that follow a standard, such as countries, are not changed here."));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), self->group);
  for (guint i = 0; i < psl_codelist_get_n (lists); i++)
    {
      const PslCode *list = psl_codelist_get_nth (lists, i);

      if (psl_codelist_is_extensible (psl_codelist_get_default (list->code)))
        add_list (self, list);
    }
}

/**
 * psl_lists_page_set_register:
 * @reg: (nullable): the register of the lists; without one, the program's lists are shown.
 *   These can't be changed, nor can the lists of a register that is read only. To be called
 *   once
 */
void
psl_lists_page_set_register (PslListsPage *self,
                             PslRegister  *reg)
{
  g_return_if_fail (PSL_IS_LISTS_PAGE (self));

  if (g_set_object (&self->reg, reg))
    g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), reg != NULL && !psl_register_is_read_only (reg));
  update (self);
}
