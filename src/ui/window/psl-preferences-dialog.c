/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-backup-list.h"
#include "psl-combo-row.h"
#include "psl-entries-page.h"
#include "psl-focus.h"
#include "psl-kind-settings-group.h"
#include "psl-kinds.h"
#include "psl-language.h"
#include "psl-lists-page.h"
#include "psl-preferences-dialog.h"

#include "psl-settings.h"
#include "psl-text-language.h"

struct _PslPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  AdwComboRow *language;
  AdwActionRow *languages_row;
  AdwPreferencesGroup *author_group;
  AdwEntryRow *author;
  AdwPreferencesPage *general_page;
  PslListsPage *lists_page;
  AdwPreferencesPage *backups_page;
  AdwButtonRow *back_up;
  PslBackupList *backups;

  PslRegister *reg;             /* (nullable) */
  /* The values of `record-language`, in the order of the combo row. */
  GStrv languages;
};

G_DEFINE_FINAL_TYPE (PslPreferencesDialog, psl_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

enum
{
  BACK_UP,
  RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GSettings *
get_gsettings (void)
{
  return psl_settings_get_gsettings (psl_settings_get_default ());
}

static void
language_selected_cb (PslPreferencesDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->language);

  if (selected < g_strv_length (self->languages))
    g_settings_set_string (get_gsettings (), "record-language", self->languages[selected]);
}

/* Offers the register's languages. */
static void
show_languages (PslPreferencesDialog *self)
{
  g_autofree char *chosen = g_settings_get_string (get_gsettings (), "record-language");
  const PslCodelists *codelists = self->reg != NULL ? psl_register_get_codelists (self->reg) : psl_codelists_get_default ();
  g_autofree const char **languages = psl_text_languages_list (codelists);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  guint selected = 0;

  gtk_string_list_append (model, _("That of the Interface"));
  g_strv_builder_add (builder, "");
  for (guint i = 0; languages[i] != NULL; i++)
    {
      const char *name = psl_language_get_name (languages[i]);

      gtk_string_list_append (model, name);
      g_strv_builder_add (builder, languages[i]);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
      if (g_str_equal (languages[i], chosen))
        selected = i + 1;
    }
  g_strfreev (self->languages);
  self->languages = g_strv_builder_end (builder);

  g_signal_handlers_block_by_func (self->language, language_selected_cb, self);
  psl_combo_row_set_choices (self->language, model);
  adw_combo_row_set_selected (self->language, selected);
  g_signal_handlers_unblock_by_func (self->language, language_selected_cb, self);
  adw_action_row_set_subtitle (self->languages_row, names->str);
}

static void
languages_activated_cb (PslPreferencesDialog *self)
{
  PslEntriesPage *page = psl_entries_page_new (self->reg, PSL_TEXT_LANGUAGES);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (self), ADW_NAVIGATION_PAGE (page));
}

static void
back_up_cb (PslPreferencesDialog *self)
{
  g_signal_emit (self, signals[BACK_UP], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
restore_answered_cb (AdwAlertDialog       *alert,
                     const char           *response,
                     PslPreferencesDialog *self)
{
  const char *path = g_object_get_data (G_OBJECT (alert), "path");

  if (!g_str_equal (response, "restore"))
    return;

  g_signal_emit (self, signals[RESTORE], 0, path);
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
restore_cb (PslPreferencesDialog *self,
            const char           *path,
            const char           *description)
{
  g_autofree char *body =
    g_strdup_printf ("%s\n\n%s", description,
                     _("All records become what they were then. What the register holds now is kept as a backup."));
  AdwDialog *alert = adw_alert_dialog_new (_("Restore This Backup?"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (alert),
                                  "cancel", _("_Cancel"),
                                  "restore", _("_Restore"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (alert), "restore", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (alert), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (alert), "cancel");
  g_object_set_data_full (G_OBJECT (alert), "path", g_strdup (path), g_free);
  g_signal_connect_object (alert, "response", G_CALLBACK (restore_answered_cb), self, 0);
  adw_dialog_present (alert, GTK_WIDGET (self));
}

static void
psl_preferences_dialog_dispose (GObject *object)
{
  PslPreferencesDialog *self = PSL_PREFERENCES_DIALOG (object);

  g_clear_object (&self->reg);
  g_clear_pointer (&self->languages, g_strfreev);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_PREFERENCES_DIALOG);

  G_OBJECT_CLASS (psl_preferences_dialog_parent_class)->dispose (object);
}

static void
psl_preferences_dialog_class_init (PslPreferencesDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_preferences_dialog_dispose;

  signals[BACK_UP] = g_signal_new ("back-up", PSL_TYPE_PREFERENCES_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORE] = g_signal_new ("restore", PSL_TYPE_PREFERENCES_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PSL_TYPE_BACKUP_LIST);
  g_type_ensure (PSL_TYPE_LISTS_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, language);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, languages_row);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, author_group);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, author);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, general_page);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, lists_page);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, backups_page);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, back_up);
  gtk_widget_class_bind_template_child (widget_class, PslPreferencesDialog, backups);
  gtk_widget_class_bind_template_callback (widget_class, language_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, languages_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_up_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
psl_preferences_dialog_init (PslPreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i]->settings != NULL)
        adw_preferences_page_add (self->general_page,
                                  ADW_PREFERENCES_GROUP (psl_kind_settings_group_new (psl_kinds[i])));
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->author))),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  adw_preferences_group_get_description (self->author_group), -1);
  g_settings_bind (get_gsettings (), "author", self->author, "text", G_SETTINGS_BIND_DEFAULT);
  psl_focus_begin_in (ADW_DIALOG (self), GTK_WIDGET (self->language));
}

/**
 * psl_preferences_dialog_new:
 * @reg: (nullable): the register; %NULL where it could not be opened
 * @path: (nullable): the file of the register, whose backups the dialog shows; %NULL where
 *   none may be put in its place. Of a register that is only looked at, neither is any shown
 *
 * Returns: (transfer floating): the dialog
 */
PslPreferencesDialog *
psl_preferences_dialog_new (PslRegister *reg,
                            const char  *path)
{
  PslPreferencesDialog *self = g_object_new (PSL_TYPE_PREFERENCES_DIALOG, NULL);

  if (g_set_object (&self->reg, reg))
    g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (show_languages), self, G_CONNECT_SWAPPED);
  show_languages (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->back_up), reg != NULL && !psl_register_is_looked_at (reg));
  gtk_widget_set_sensitive (GTK_WIDGET (self->languages_row), reg != NULL && !psl_register_is_read_only (reg));
  psl_lists_page_set_register (self->lists_page, reg);
  if (path != NULL && !(reg != NULL && psl_register_is_looked_at (reg)))
    psl_backup_list_load (self->backups, path);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->backups), FALSE);

  return self;
}

/**
 * psl_preferences_dialog_show_backups:
 *
 * Turns to the page of the backups, and gives it the keyboard.
 */
void
psl_preferences_dialog_show_backups (PslPreferencesDialog *self)
{
  g_return_if_fail (PSL_IS_PREFERENCES_DIALOG (self));

  adw_preferences_dialog_set_visible_page (ADW_PREFERENCES_DIALOG (self), self->backups_page);
  /* The widget that the dialog usually begins in is on the other page. A dialog that is told
   * to focus a widget out of view has no focus at all, and takes no key. */
  psl_focus_begin_in (ADW_DIALOG (self),
                      gtk_widget_is_sensitive (GTK_WIDGET (self->back_up)) ? GTK_WIDGET (self->back_up) : NULL);
}
