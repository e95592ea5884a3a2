/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-setting.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kind.h"

/* A number that stands for an amount must fit in units of a ten-thousandth. */
#define MOST (G_MAXINT64 / 10000)

struct _PslSettingValues
{
  /* (element-type utf8 utf8): the chosen values, by `KIND.NAME`. */
  GHashTable *chosen;
};

static char *
dup_key (const PslKind *kind,
         const char    *name)
{
  return g_strdup_printf ("%s.%s", kind->name, name);
}

/* Whether the setting can take the value, which comes from a file. */
static gboolean
is_canonical (const PslSetting *setting,
              const char       *value)
{
  g_autofree char *read = psl_setting_read (setting, value, NULL);

  return g_strcmp0 (read, value) == 0;
}

/**
 * psl_setting_get_label:
 *
 * Returns: (transfer none): the name of the setting, in the interface's language, with an
 *   underscore before its mnemonic
 */
const char *
psl_setting_get_label (const PslSetting *setting)
{
  g_return_val_if_fail (setting != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, setting->field.label);
}

/**
 * psl_setting_dup_name:
 *
 * Returns: (transfer full): the name of the setting, in the interface's language
 */
char *
psl_setting_dup_name (const PslSetting *setting)
{
  GString *name;

  g_return_val_if_fail (setting != NULL, NULL);

  name = g_string_new (psl_setting_get_label (setting));
  g_string_replace (name, "_", "", 1);
  return g_string_free_and_steal (name);
}

/**
 * psl_setting_read:
 * @setting: a setting
 * @text: typed text, or a canonical value
 *
 * Returns: (transfer full): the canonical value, or %NULL with
 *   %PSL_REGISTER_ERROR_INVALID, or %PSL_REGISTER_ERROR_AMBIGUOUS
 */
char *
psl_setting_read (const PslSetting  *setting,
                  const char        *text,
                  GError           **error)
{
  g_autofree char *value = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 number;

  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  value = psl_field_normalise (&setting->field, psl_codelists_get_default (), text, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (value == NULL)
    {
      g_autofree char *example = psl_setting_edit_text (setting, setting->initial);

      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("There must be a value. Write one, such as %s."), example);
      return NULL;
    }
  if (setting->field.type == PSL_FIELD_TYPE_INTEGER && !g_ascii_string_to_signed (value, 10, 0, MOST, &number, NULL))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is too large a number. Check its digits."), text);
      return NULL;
    }
  return g_steal_pointer (&value);
}

/**
 * psl_setting_edit_text:
 * @setting: a setting
 * @value: a canonical value of it
 *
 * Returns: (transfer full): the value as a person writes it: of a code list its code
 */
char *
psl_setting_edit_text (const PslSetting *setting,
                       const char       *value)
{
  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (setting->field.type == PSL_FIELD_TYPE_CODE)
    return g_strdup (value);
  return psl_field_edit_text (&setting->field, psl_codelists_get_default (), value);
}

/**
 * psl_setting_values_new:
 * @stored: (nullable): a text of psl_setting_values_store(); settings in it that this program
 *   doesn't know are kept
 *
 * Returns: (transfer full): the values, none of them chosen where @stored is %NULL
 */
PslSettingValues *
psl_setting_values_new (GVariant *stored)
{
  PslSettingValues *self;
  GVariantIter iter;
  const char *key;
  const char *value;

  g_return_val_if_fail (stored == NULL || g_variant_is_of_type (stored, G_VARIANT_TYPE ("a{ss}")), NULL);

  self = g_new0 (PslSettingValues, 1);
  self->chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (stored == NULL)
    return self;
  g_variant_iter_init (&iter, stored);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_hash_table_replace (self->chosen, g_strdup (key), g_strdup (value));
  return self;
}

/**
 * psl_setting_values_free:
 * @self: (nullable): values
 *
 * Frees values.
 */
void
psl_setting_values_free (PslSettingValues *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->chosen);
  g_free (self);
}

/**
 * psl_setting_values_store:
 *
 * Returns: (transfer floating): the chosen values, of type `a{ss}`
 */
GVariant *
psl_setting_values_store (const PslSettingValues *self)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE ("a{ss}"));
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_iter_init (&iter, self->chosen);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_variant_builder_add (builder, "{ss}", key, value);
  return g_variant_builder_end (builder);
}

/**
 * psl_setting_values_take_former:
 * @self: values
 * @kind: a kind with settings
 * @former: the values that an earlier version kept, a tuple of texts and 64-bit numbers in
 *   the order of the settings
 *
 * Chooses the values that were chosen then.
 */
void
psl_setting_values_take_former (PslSettingValues *self,
                                const PslKind    *kind,
                                GVariant         *former)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL && kind->settings != NULL);
  g_return_if_fail (former != NULL && g_variant_is_of_type (former, G_VARIANT_TYPE_TUPLE));

  for (gsize i = 0; i < g_variant_n_children (former) && kind->settings->settings[i].field.name != NULL; i++)
    {
      const PslSetting *setting = &kind->settings->settings[i];
      g_autoptr (GVariant) child = g_variant_get_child_value (former, i);
      g_autofree char *text = g_variant_is_of_type (child, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (child, NULL)
                                                                                 : g_variant_print (child, FALSE);

      if (is_canonical (setting, text))
        psl_setting_values_set (self, kind, setting->field.name, text);
    }
}

/**
 * psl_setting_values_get:
 * @self: (nullable): values; %NULL where none is chosen
 * @kind: a kind
 * @name: name of one of its settings
 *
 * Returns: (transfer none): the chosen value, or the initial one where none is chosen, or one
 *   that is no value of the setting
 */
const char *
psl_setting_values_get (const PslSettingValues *self,
                        const PslKind          *kind,
                        const char             *name)
{
  const PslSetting *setting;
  g_autofree char *key = NULL;
  const char *chosen;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  setting = psl_kind_find_setting (kind, name);
  g_return_val_if_fail (setting != NULL, NULL);
  if (self == NULL)
    return setting->initial;
  key = dup_key (kind, name);
  chosen = g_hash_table_lookup (self->chosen, key);
  return chosen != NULL && is_canonical (setting, chosen) ? chosen : setting->initial;
}

/**
 * psl_setting_values_get_number:
 * @self: (nullable): values; %NULL where none is chosen
 * @kind: a kind
 * @name: name of one of its settings, an integer
 *
 * Returns: its value, see psl_setting_values_get()
 */
gint64
psl_setting_values_get_number (const PslSettingValues *self,
                               const PslKind          *kind,
                               const char             *name)
{
  const char *value = psl_setting_values_get (self, kind, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
}

/**
 * psl_setting_values_set:
 * @self: values
 * @kind: a kind
 * @name: name of one of its settings
 * @value: the canonical value that it has from now on
 */
void
psl_setting_values_set (PslSettingValues *self,
                        const PslKind    *kind,
                        const char       *name,
                        const char       *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL);
  g_return_if_fail (name != NULL);
  g_return_if_fail (value != NULL);

  g_hash_table_replace (self->chosen, dup_key (kind, name), g_strdup (value));
}
