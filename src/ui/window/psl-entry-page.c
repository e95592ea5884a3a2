/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry-page.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-focus.h"
#include "psl-languages.h"
#include "psl-settings.h"
#include "psl-text.h"

/* What stands between other names in their entry. */
#define SEPARATOR ";"

struct _PslEntryPage
{
  AdwNavigationPage parent_instance;

  AdwPreferencesGroup *group;
  GtkWidget *code_row;        /* AdwEntryRow where the code is to be typed, else AdwActionRow */
  GtkWidget *names[2];        /* AdwEntryRow, in the order of #psl_languages */
  GtkWidget *aliases;         /* AdwEntryRow */
  GtkWidget *button;          /* AdwButtonRow */

  char *list;
  char *code;
  gboolean is_adding;
};

G_DEFINE_FINAL_TYPE (PslEntryPage, psl_entry_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* NULL for a new entry, and for one that is not in the list any more. */
static const PslCode *
find_code (PslEntryPage *self)
{
  return !self->is_adding ? psl_codelist_find (psl_codelist_get (self->list), self->code) : NULL;
}

static char *
dup_text (GtkWidget *row)
{
  char *text = psl_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)), FALSE);

  return text != NULL ? text : g_strdup ("");
}

static char *
dup_shown_aliases (const PslCode *code)
{
  return code->aliases != NULL ? g_strjoinv (SEPARATOR " ", (char **) code->aliases) : g_strdup ("");
}

/* One a line, as they are stored. */
static char *
dup_aliases (PslEntryPage *self)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->aliases)), SEPARATOR, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *name = psl_text_clean (parts[i], FALSE);

      if (name != NULL)
        g_strv_builder_take (builder, name);
    }
  names = g_strv_builder_end (builder);
  return g_strjoinv ("\n", names);
}

static void
show_text (GtkWidget  *row,
           const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show (PslEntryPage *self)
{
  const PslCode *code = find_code (self);
  g_autofree char *aliases = NULL;

  if (code == NULL)
    return;
  aliases = dup_shown_aliases (code);
  for (gsize i = 0; i < G_N_ELEMENTS (self->names); i++)
    show_text (self->names[i], code->names[i]);
  show_text (self->aliases, aliases);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), psl_code_get_name (code, NULL));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->button), code->withdrawn ? _("_Restore") : _("_Withdraw"));
}

/* Emits an edit that changes only what was typed otherwise than it was shown. */
static void
commit (PslEntryPage *self)
{
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new (self->list, self->code);
  const PslCode *code = find_code (self);
  g_autofree char *shown = NULL;
  g_autofree char *typed = dup_text (self->aliases);
  gboolean is_changed = FALSE;

  if (code == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (self->names); i++)
    {
      g_autofree char *name = dup_text (self->names[i]);

      if (g_str_equal (name, code->names[i]))
        continue;
      edit->names[i] = g_steal_pointer (&name);
      is_changed = TRUE;
    }
  shown = dup_shown_aliases (code);
  if (!g_str_equal (typed, shown))
    {
      edit->aliases = dup_aliases (self);
      is_changed = TRUE;
    }
  if (is_changed)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

static void
add (PslEntryPage *self)
{
  g_autofree char *code = self->code != NULL ? g_strdup (self->code) : dup_text (self->code_row);
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new (self->list, code);

  edit->is_new = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (self->names); i++)
    edit->names[i] = dup_text (self->names[i]);
  edit->aliases = dup_aliases (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

static void
button_activated_cb (PslEntryPage *self)
{
  g_autoptr (PslEntryEdit) edit = NULL;
  const PslCode *code;

  if (self->is_adding)
    {
      add (self);
      return;
    }
  commit (self);
  code = find_code (self);
  if (code == NULL)
    return;
  edit = psl_entry_edit_new (self->list, self->code);
  edit->status = code->withdrawn ? PSL_CODE_STATUS_IN_USE : PSL_CODE_STATUS_WITHDRAWN;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

static void
codelists_changed_cb (PslEntryPage *self)
{
  show (self);
}

static GtkWidget *
add_entry (PslEntryPage *self,
           const char   *title)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), !self->is_adding);
  g_signal_connect_object (row, "apply", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  if (self->is_adding)
    g_signal_connect_object (row, "entry-activated", G_CALLBACK (add), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->group, row);
  return row;
}

static GtkWidget *
make_code_row (PslEntryPage *self)
{
  GtkWidget *row;

  if (self->code == NULL)
    return add_entry (self, _("_Code"));
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Code"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), self->code);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->group, row);
  return row;
}

static void
fill (PslEntryPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *actions = adw_preferences_group_new ();

  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->code_row = make_code_row (self);
  self->names[0] = add_entry (self, _("Name in _French"));
  self->names[1] = add_entry (self, _("Name in _English"));
  self->aliases = add_entry (self, _("_Other Names, between Semicolons"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->group);

  self->button = adw_button_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->button), TRUE);
  if (self->is_adding)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->button), _("_Add"));
      gtk_widget_add_css_class (self->button, "suggested-action");
    }
  else
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (actions),
                                           _("A withdrawn entry is not offered any more; records that have it keep it."));
  g_signal_connect_object (self->button, "activated", G_CALLBACK (button_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (actions), self->button);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (actions));

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

static void
psl_entry_page_shown (AdwNavigationPage *page)
{
  ADW_NAVIGATION_PAGE_CLASS (psl_entry_page_parent_class)->shown (page);
  gtk_widget_grab_focus (psl_entry_page_get_first (PSL_ENTRY_PAGE (page)));
}

/* What was typed is not lost with the page. */
static void
psl_entry_page_hiding (AdwNavigationPage *page)
{
  commit (PSL_ENTRY_PAGE (page));

  ADW_NAVIGATION_PAGE_CLASS (psl_entry_page_parent_class)->hiding (page);
}

static void
psl_entry_page_finalize (GObject *object)
{
  PslEntryPage *self = PSL_ENTRY_PAGE (object);

  g_free (self->list);
  g_free (self->code);

  G_OBJECT_CLASS (psl_entry_page_parent_class)->finalize (object);
}

static void
psl_entry_page_class_init (PslEntryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_entry_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = psl_entry_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = psl_entry_page_hiding;

  /**
   * PslEntryPage::edited:
   * @edit: (type gpointer): a #PslEntryEdit, of the emission
   *
   * The person wants something changed.
   */
  signals[SIGNAL_EDITED] =
    g_signal_new ("edited", PSL_TYPE_ENTRY_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
psl_entry_page_init (PslEntryPage *self)
{
  g_signal_connect_object (psl_settings_get_default (), "codelists-changed", G_CALLBACK (codelists_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * psl_entry_page_new:
 * @list: name of a code list
 * @code: code of one of its entries
 *
 * Returns: (transfer floating): a page that shows and changes the entry
 */
PslEntryPage *
psl_entry_page_new (const char *list,
                    const char *code)
{
  PslEntryPage *self = g_object_new (PSL_TYPE_ENTRY_PAGE, NULL);

  self->list = g_strdup (list);
  self->code = g_strdup (code);
  fill (self);
  show (self);
  return self;
}

/**
 * psl_entry_page_new_adding:
 * @list: name of a code list
 * @code: (nullable): the code that an entry is to be added for; %NULL where it is to be typed
 *
 * Returns: (transfer floating): a page for a new entry
 */
PslEntryPage *
psl_entry_page_new_adding (const char *list,
                           const char *code)
{
  PslEntryPage *self = g_object_new (PSL_TYPE_ENTRY_PAGE, "title", _("New Entry"), NULL);

  self->list = g_strdup (list);
  self->code = g_strdup (code);
  self->is_adding = TRUE;
  fill (self);
  return self;
}

/**
 * psl_entry_page_get_first:
 *
 * Returns: (transfer none): the widget that the page begins in
 */
GtkWidget *
psl_entry_page_get_first (PslEntryPage *self)
{
  g_return_val_if_fail (PSL_IS_ENTRY_PAGE (self), NULL);

  return self->code == NULL ? self->code_row : self->names[0];
}

static gpointer
edit_entry (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 action = psl_store_edit_entry (store, data, error);

  return action >= 0 ? g_memdup2 (&action, sizeof action) : NULL;
}

/**
 * psl_entry_edit_write:
 * @self: what is to be changed
 * @reg: the register whose list it is
 *
 * Changes an entry. psl_register_finish() gives the number of the action (#gint64), 0 where
 * nothing has changed, for g_free(), or %NULL with the errors of psl_store_edit_entry().
 */
void
psl_entry_edit_write (const PslEntryEdit  *self,
                      PslRegister         *reg,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (PSL_IS_REGISTER (reg));

  psl_register_write_async (reg, edit_entry, psl_entry_edit_copy (self), (GDestroyNotify) psl_entry_edit_free, g_free,
                            NULL, callback, user_data);
}

/**
 * psl_entry_edit_describe:
 * @self: an edit that was done
 *
 * Returns: (transfer full): what happened, for a toast
 */
char *
psl_entry_edit_describe (const PslEntryEdit *self)
{
  const PslCode *code = psl_codelist_find (psl_codelist_get (self->list), self->code);
  const char *name = code != NULL ? psl_code_get_name (code, NULL) : self->code;

  if (self->is_new)
    return g_strdup_printf (_("“%s” was added."), name);
  if (self->move != 0)
    return g_strdup_printf (_("“%s” was moved."), name);
  if (self->status == PSL_CODE_STATUS_WITHDRAWN)
    return g_strdup_printf (_("“%s” was withdrawn."), name);
  if (self->status == PSL_CODE_STATUS_IN_USE)
    return g_strdup_printf (_("“%s” was restored."), name);
  return g_strdup_printf (_("“%s” was changed."), name);
}
