/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-kind-settings-group.h"

#include "psl-refusal-row.h"
#include "psl-settings.h"

/* A setting, its entry, and below the entry a message about its fault. */
typedef struct
{
  const PslSetting *setting;
  GtkWidget *entry;
  PslRefusalRow *message;
} Choice;

struct _PslKindSettingsGroup
{
  AdwPreferencesGroup parent_instance;

  const PslKind *kind;
  GArray *choices;
};

G_DEFINE_FINAL_TYPE (PslKindSettingsGroup, psl_kind_settings_group, ADW_TYPE_PREFERENCES_GROUP)

static Choice *
get_choice (PslKindSettingsGroup *self,
            guint                 nth)
{
  return &g_array_index (self->choices, Choice, nth);
}

static const char *
get_text (Choice *choice)
{
  return gtk_editable_get_text (GTK_EDITABLE (choice->entry));
}

static void
show_value (Choice     *choice,
            const char *value)
{
  g_autofree char *text = psl_setting_edit_text (choice->setting, value);

  if (g_str_equal (get_text (choice), text))
    return;

  gtk_editable_set_text (GTK_EDITABLE (choice->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (choice->entry), -1);
}

static const char *
get_stored (PslKindSettingsGroup *self,
            Choice               *choice)
{
  return psl_setting_values_get (psl_settings_get_kind_settings (psl_settings_get_default ()),
                                 self->kind, choice->setting->field.name);
}

static gint64
to_number (const char *value)
{
  return g_ascii_strtoll (value, NULL, 10);
}

/* The other of two settings of which one may not be above the other: the one below @choice,
 * or the one above. */
static Choice *
find_bound (PslKindSettingsGroup *self,
            Choice               *choice,
            gboolean              below)
{
  for (guint i = 0; i < self->choices->len; i++)
    {
      Choice *other = get_choice (self, i);
      const char *wanted = below ? choice->setting->at_least : other->setting->at_least;
      const char *name = below ? other->setting->field.name : choice->setting->field.name;

      if (g_strcmp0 (wanted, name) == 0)
        return other;
    }
  return NULL;
}

/* Whether the value is in order with the stored value of the other setting, or with the value
 * that is typed there and stored next. Says why where not. */
static gboolean
check_order (PslKindSettingsGroup  *self,
             Choice                *choice,
             const char            *value,
             char                 **reason)
{
  Choice *least = find_bound (self, choice, TRUE);
  Choice *most = find_bound (self, choice, FALSE);

  if (least != NULL && to_number (value) < to_number (get_stored (self, least)))
    {
      g_autofree char *shown = psl_setting_edit_text (least->setting, get_stored (self, least));

      *reason = g_strdup_printf (_("The most can’t be below the least, which is %s."), shown);
      return FALSE;
    }
  if (most != NULL && to_number (value) > to_number (get_stored (self, most)))
    {
      g_autofree char *typed = psl_setting_read (most->setting, get_text (most), NULL);
      g_autofree char *shown = psl_setting_edit_text (most->setting, get_stored (self, most));

      if (typed != NULL && to_number (value) <= to_number (typed))
        return TRUE;
      *reason = g_strdup_printf (_("The least can’t be above the most, which is %s."), shown);
      return FALSE;
    }
  return TRUE;
}

/* Stores the value of the entry where it is right, and shows its fault where not. */
static void
commit_choice (PslKindSettingsGroup *self,
               Choice               *choice)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = psl_setting_read (choice->setting, get_text (choice), &error);
  g_autofree char *reason = NULL;

  if (value == NULL)
    {
      psl_refusal_row_refuse (choice->message, error->message);
      return;
    }
  if (!check_order (self, choice, value, &reason))
    {
      psl_refusal_row_refuse (choice->message, reason);
      return;
    }
  if (!g_str_equal (value, get_stored (self, choice)))
    psl_settings_set_kind_setting (psl_settings_get_default (), self->kind, choice->setting->field.name, value);
  show_value (choice, value);
  psl_refusal_row_accept (choice->message);
}

static void
commit (PslKindSettingsGroup *self)
{
  for (guint i = 0; i < self->choices->len; i++)
    commit_choice (self, get_choice (self, i));
}

static void
add_setting (PslKindSettingsGroup *self,
             const PslSetting     *setting)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Choice choice = { .setting = setting };

  choice.entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice.entry), psl_setting_get_label (setting));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (choice.entry), TRUE);
  if (setting->field.type == PSL_FIELD_TYPE_INTEGER)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (choice.entry), GTK_INPUT_PURPOSE_NUMBER);
  show_value (&choice, get_stored (self, &choice));
  g_signal_connect_object (choice.entry, "entry-activated", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (choice.entry, focus);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), choice.entry);

  choice.message = psl_refusal_row_new (ADW_ENTRY_ROW (choice.entry));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (choice.message));

  g_array_append_val (self->choices, choice);
}

static void
psl_kind_settings_group_unmap (GtkWidget *widget)
{
  commit (PSL_KIND_SETTINGS_GROUP (widget));

  GTK_WIDGET_CLASS (psl_kind_settings_group_parent_class)->unmap (widget);
}

static void
psl_kind_settings_group_finalize (GObject *object)
{
  g_array_unref (PSL_KIND_SETTINGS_GROUP (object)->choices);

  G_OBJECT_CLASS (psl_kind_settings_group_parent_class)->finalize (object);
}

static void
psl_kind_settings_group_class_init (PslKindSettingsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_kind_settings_group_finalize;
  GTK_WIDGET_CLASS (klass)->unmap = psl_kind_settings_group_unmap;
}

static void
psl_kind_settings_group_init (PslKindSettingsGroup *self)
{
  self->choices = g_array_new (FALSE, TRUE, sizeof (Choice));
}

/**
 * psl_kind_settings_group_new:
 * @kind: a kind with settings
 *
 * Returns: (transfer floating): the entries of its settings
 */
GtkWidget *
psl_kind_settings_group_new (const PslKind *kind)
{
  PslKindSettingsGroup *self;

  g_return_val_if_fail (kind != NULL && kind->settings != NULL, NULL);

  self = g_object_new (PSL_TYPE_KIND_SETTINGS_GROUP,
                       "title", g_dgettext (GETTEXT_PACKAGE, kind->settings->title),
                       "description", g_dgettext (GETTEXT_PACKAGE, kind->settings->description), NULL);
  self->kind = kind;
  for (const PslSetting *setting = kind->settings->settings; setting->field.name != NULL; setting++)
    add_setting (self, setting);
  return GTK_WIDGET (self);
}
