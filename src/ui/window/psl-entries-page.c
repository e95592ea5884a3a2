/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entries-page.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-entry-page.h"
#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-languages.h"
#include "psl-scroll-anchor.h"
#include "psl-settings.h"
#include "psl-shortcuts.h"
#include "psl-text.h"
#include "psl-toast.h"
#include "psl-work-bar.h"

/* An entry's row and its widgets. */
typedef struct
{
  PslEntriesPage *page;
  GtkWidget *row;
  GtkWidget *up;
  GtkWidget *down;
  char *code;
} Row;

struct _PslEntriesPage
{
  AdwNavigationPage parent_instance;

  AdwPreferencesGroup *group;
  PslScrollAnchor *anchor;

  PslRegister *reg;
  char *list;
  GPtrArray *rows;            /* (element-type Row): in the order of the list */
  char *moved;                /* the code of the entry that the keyboard goes along with */
  gboolean moved_down;
  char *added;                /* the code of a new entry, which gets the keyboard when the page is back */
  AdwToast *toast;            /* (nullable): the last one */
};

G_DEFINE_FINAL_TYPE (PslEntriesPage, psl_entries_page, ADW_TYPE_NAVIGATION_PAGE)

/* An edit on its way. */
typedef struct
{
  PslEntriesPage *page;
  PslEntryPage *form;         /* (nullable): the form of a new entry */
  PslEntryEdit *edit;
} Edit;

static void
row_free (Row *row)
{
  g_free (row->code);
  g_free (row);
}

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->page);
  g_clear_object (&edit->form);
  psl_entry_edit_free (edit->edit);
  g_free (edit);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

static AdwPreferencesDialog *
get_dialog (PslEntriesPage *self)
{
  return ADW_PREFERENCES_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG));
}

/* One toast at a time: earlier changes can be undone from the history. */
static void
show_toast (PslEntriesPage *self,
            AdwToast       *toast)
{
  AdwPreferencesDialog *dialog = get_dialog (self);

  if (dialog == NULL)
    {
      g_object_unref (g_object_ref_sink (toast));
      return;
    }
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  adw_preferences_dialog_add_toast (dialog, toast);
}

/* Whether the person still looks at a form. */
static gboolean
is_on_show (PslEntryPage *form)
{
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (form), ADW_TYPE_NAVIGATION_VIEW);

  return view != NULL && adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view)) == ADW_NAVIGATION_PAGE (form);
}

static void
edited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *action = psl_register_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *text = NULL;
  gboolean is_in_form = edit->form != NULL && is_on_show (edit->form);
  AdwToast *toast;

  if (error != NULL)
    {
      if (is_in_form)
        psl_entry_page_refuse (edit->form, error);
      else
        psl_failure_tell_unstored (GTK_WIDGET (edit->page), error);
      return;
    }
  if (is_in_form)
    {
      g_set_str (&edit->page->added, edit->edit->code);
      adw_preferences_dialog_pop_subpage (get_dialog (edit->page));
    }
  if (action == NULL || *action == 0)
    return;
  text = psl_entry_page_describe (edit->edit, psl_register_get_codelists (PSL_REGISTER (source)));
  toast = psl_toast_new (text);
  psl_toast_add_button (toast, _("_Undo"), "win.undo-action", g_variant_new_int64 (*action));
  show_toast (edit->page, toast);
}

static void
start_edit (PslEntriesPage     *self,
            PslEntryPage       *form,
            const PslEntryEdit *edit)
{
  Edit *started = g_new0 (Edit, 1);

  started->page = g_object_ref (self);
  g_set_object (&started->form, form);
  started->edit = psl_entry_edit_copy (edit);
  psl_entry_page_write (edit, self->reg, edited_cb, started);
}

static void
form_edited_cb (PslEntriesPage     *self,
                const PslEntryEdit *edit,
                PslEntryPage       *form)
{
  start_edit (self, edit->is_new ? form : NULL, edit);
}

static void
open_page (PslEntriesPage *self,
           PslEntryPage   *page)
{
  g_signal_connect_object (page, "edited", G_CALLBACK (form_edited_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_dialog_push_subpage (get_dialog (self), ADW_NAVIGATION_PAGE (page));
}

static void
add_clicked_cb (PslEntriesPage *self)
{
  open_page (self, psl_entry_page_new_adding (self->reg, self->list, NULL));
}

static void
activated_cb (GtkWidget *widget,
              gpointer   data)
{
  Row *row = data;

  open_page (row->page, psl_entry_page_new (row->page->reg, row->page->list, row->code));
}

static gboolean
move (Row *row,
      int  places)
{
  PslEntriesPage *self = row->page;
  g_autoptr (PslEntryEdit) edit = NULL;
  guint nth;

  if (!g_ptr_array_find (self->rows, row, &nth) || (places < 0 ? nth == 0 : nth + 1 == self->rows->len))
    return FALSE;
  edit = psl_entry_edit_new (self->list, row->code);
  edit->move = places;
  g_set_str (&self->moved, row->code);
  self->moved_down = places > 0;
  start_edit (self, NULL, edit);
  return TRUE;
}

static void
up_clicked_cb (GtkWidget *button,
               gpointer   data)
{
  move (data, -1);
}

static void
down_clicked_cb (GtkWidget *button,
                 gpointer   data)
{
  move (data, 1);
}

static gboolean
up_key_cb (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  return move (data, -1);
}

static gboolean
down_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   data)
{
  return move (data, 1);
}

static GtkWidget *
add_button (Row        *row,
            const char *icon,
            const char *keys,
            GCallback   clicked_cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, keys, -1);
  g_signal_connect (button, "clicked", clicked_cb, row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), button);
  return button;
}

static Row *
row_new (PslEntriesPage *page)
{
  Row *row = g_new0 (Row, 1);

  row->page = page;
  row->row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row->row), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->row), TRUE);
  row->up = add_button (row, "go-up-symbolic", "Alt+Up", G_CALLBACK (up_clicked_cb));
  row->down = add_button (row, "go-down-symbolic", "Alt+Down", G_CALLBACK (down_clicked_cb));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_signal_connect (row->row, "activated", G_CALLBACK (activated_cb), row);
  psl_shortcuts_bind (row->row, "entry.up", GTK_PHASE_BUBBLE, gtk_callback_action_new (up_key_cb, row, NULL));
  psl_shortcuts_bind (row->row, "entry.down", GTK_PHASE_BUBBLE, gtk_callback_action_new (down_key_cb, row, NULL));
  adw_preferences_group_add (page->group, row->row);
  return row;
}

static void
name_button (GtkWidget *button,
             char      *name)
{
  gtk_widget_set_tooltip_text (button, name);
  /* The row's title would come before the name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_free (name);
}

/* The subtitle of an entry: its names in other languages, its code, and that it is
 * withdrawn. */
static char *
dup_subtitle (const PslCode *code,
              const char    *shown_name)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < psl_names_get_n (code->names); i++)
    {
      const char *name = psl_names_get_nth (code->names, i, NULL);

      if (!g_str_equal (name, shown_name))
        g_ptr_array_add (parts, (gpointer) name);
    }
  g_ptr_array_add (parts, (gpointer) code->code);
  if (code->withdrawn)
    g_ptr_array_add (parts, (gpointer) C_("list entry", "withdrawn"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
show_entry (Row           *row,
            const PslCode *code)
{
  const char *name = psl_code_get_name (code, psl_language_get_interface ());
  g_autofree char *quotable = psl_text_dup_quotable (name);
  g_autofree char *subtitle = dup_subtitle (code, name);

  g_set_str (&row->code, code->code);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row->row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), subtitle);
  if (code->withdrawn)
    gtk_widget_add_css_class (row->row, "dimmed");
  else
    gtk_widget_remove_css_class (row->row, "dimmed");
  name_button (row->up, g_strdup_printf (_("Move “%s” Up"), quotable));
  name_button (row->down, g_strdup_printf (_("Move “%s” Down"), quotable));
}

/* The keyboard goes along with an entry that was moved, and to the other button where it
 * can't be moved further. */
static void
follow_moved (PslEntriesPage *self)
{
  for (guint i = 0; self->moved != NULL && i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      GtkWidget *button = self->moved_down ? row->down : row->up;
      GtkWidget *other = self->moved_down ? row->up : row->down;

      if (!g_str_equal (row->code, self->moved))
        continue;
      gtk_widget_set_sensitive (other, TRUE);
      gtk_widget_grab_focus (gtk_widget_get_sensitive (button) ? button : other);
      break;
    }
  g_clear_pointer (&self->moved, g_free);
}

static void
remove_last (PslEntriesPage *self)
{
  Row *row = g_ptr_array_index (self->rows, self->rows->len - 1);

  psl_focus_hand_on (row->row);
  adw_preferences_group_remove (self->group, row->row);
  g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
}

static void
update (PslEntriesPage *self)
{
  const PslCodelist *list = psl_codelists_get_list (psl_register_get_codelists (self->reg), self->list);
  guint n = psl_codelist_get_n (list);

  while (self->rows->len > n)
    remove_last (self);
  while (self->rows->len < n)
    g_ptr_array_add (self->rows, row_new (self));
  for (guint i = 0; i < n; i++)
    show_entry (g_ptr_array_index (self->rows, i), psl_codelist_get_nth (list, i));

  /* A button that has the keyboard is not made insensitive before that has gone on. */
  for (guint i = 0; i < n; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_sensitive (row->up, i > 0 || gtk_widget_has_focus (row->up));
      gtk_widget_set_sensitive (row->down, i + 1 < n || gtk_widget_has_focus (row->down));
    }
}

/* Whoever added an entry sees where it stands. */
static void
show_added (PslEntriesPage *self)
{
  for (guint i = 0; self->added != NULL && i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->code, self->added) && gtk_widget_get_mapped (row->row) && gtk_widget_grab_focus (row->row))
        g_clear_pointer (&self->added, g_free);
    }
}

static void
codelists_changed_cb (PslEntriesPage *self)
{
  update (self);
  follow_moved (self);
  update (self);
  show_added (self);
}

static void
psl_entries_page_shown (AdwNavigationPage *page)
{
  ADW_NAVIGATION_PAGE_CLASS (psl_entries_page_parent_class)->shown (page);
  show_added (PSL_ENTRIES_PAGE (page));
}

static void
psl_entries_page_dispose (GObject *object)
{
  PslEntriesPage *self = PSL_ENTRIES_PAGE (object);

  g_clear_pointer (&self->anchor, psl_scroll_anchor_free);
  g_clear_object (&self->reg);
  g_clear_weak_pointer (&self->toast);

  G_OBJECT_CLASS (psl_entries_page_parent_class)->dispose (object);
}

static void
psl_entries_page_finalize (GObject *object)
{
  PslEntriesPage *self = PSL_ENTRIES_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_free (self->list);
  g_free (self->moved);
  g_free (self->added);

  G_OBJECT_CLASS (psl_entries_page_parent_class)->finalize (object);
}

static void
psl_entries_page_class_init (PslEntriesPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_entries_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_entries_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = psl_entries_page_shown;
}

static void
psl_entries_page_init (PslEntriesPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkWidget *viewport;

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);
  viewport = gtk_widget_get_ancestor (GTK_WIDGET (self->group), GTK_TYPE_VIEWPORT);
  self->anchor = psl_scroll_anchor_new (GTK_VIEWPORT (viewport));

  gtk_widget_set_tooltip_text (button, _("Add an Entry"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), header);
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

/**
 * psl_entries_page_new:
 * @reg: the register whose list it is
 * @list: name of a code list that can be extended
 *
 * Returns: (transfer floating): the page
 */
PslEntriesPage *
psl_entries_page_new (PslRegister *reg,
                      const char  *list)
{
  PslEntriesPage *self = g_object_new (PSL_TYPE_ENTRIES_PAGE, NULL);
  const PslCode *entry = psl_codelist_find (psl_codelist_get_default ("list"), list);

  self->reg = g_object_ref (reg);
  g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (codelists_changed_cb), self, G_CONNECT_SWAPPED);
  self->list = g_strdup (list);
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (self))),
                                   psl_work_bar_new (reg));
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), psl_code_get_name (entry, NULL));
  update (self);
  return self;
}
