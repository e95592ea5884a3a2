/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kind-settings.h"

#include "psl-kinds.h"

static void
take_former (PslSettingValues *values,
             GSettings        *settings,
             const PslKind    *kind)
{
  g_autoptr (GVariant) former = NULL;

  if (kind->settings == NULL || kind->settings->former_key == NULL)
    return;
  former = g_settings_get_user_value (settings, kind->settings->former_key);
  if (former != NULL)
    psl_setting_values_take_former (values, kind, former);
}

/**
 * psl_kind_settings_load:
 * @settings: the program's settings
 *
 * Reads the chosen settings of kinds, from where an earlier version kept them if this one has
 * stored none yet.
 *
 * Returns: (transfer full): the values
 */
PslSettingValues *
psl_kind_settings_load (GSettings *settings)
{
  g_autoptr (GVariant) stored = NULL;
  PslSettingValues *values;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  stored = g_settings_get_user_value (settings, PSL_KIND_SETTINGS_KEY);
  values = psl_setting_values_new (stored);
  for (gsize i = 0; stored == NULL && psl_kinds[i] != NULL; i++)
    take_former (values, settings, psl_kinds[i]);
  return values;
}

/**
 * psl_kind_settings_load_default:
 *
 * Reads them where the program may not be installed: none is chosen then.
 *
 * Returns: (transfer full): the values
 */
PslSettingValues *
psl_kind_settings_load_default (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
  /* Another version of the program may be installed. */
  if (schema == NULL || !g_settings_schema_has_key (schema, PSL_KIND_SETTINGS_KEY))
    return psl_setting_values_new (NULL);
  settings = g_settings_new_full (schema, NULL, NULL);
  return psl_kind_settings_load (settings);
}

/**
 * psl_kind_settings_store:
 * @settings: the program's settings
 * @values: the chosen values from now on
 */
void
psl_kind_settings_store (GSettings              *settings,
                         const PslSettingValues *values)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (values != NULL);

  g_settings_set_value (settings, PSL_KIND_SETTINGS_KEY, psl_setting_values_store (values));
}

/**
 * psl_kind_settings_has_key:
 * @key: a key of the program's settings
 *
 * Returns: whether settings of kinds are read from it
 */
gboolean
psl_kind_settings_has_key (const char *key)
{
  g_return_val_if_fail (key != NULL, FALSE);

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i]->settings != NULL && g_strcmp0 (psl_kinds[i]->settings->former_key, key) == 0)
        return TRUE;
    }
  return g_str_equal (key, PSL_KIND_SETTINGS_KEY);
}
