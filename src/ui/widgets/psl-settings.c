/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-settings.h"

#include "psl-kind-settings.h"
#include "psl-text-language.h"

struct _PslSettings
{
  GObject parent_instance;

  GSettings *settings;
  PslSettingValues *kind_settings;
};

G_DEFINE_FINAL_TYPE (PslSettings, psl_settings, G_TYPE_OBJECT)

enum
{
  SIGNAL_LANGUAGE_CHANGED,
  SIGNAL_KIND_SETTINGS_CHANGED,
  SIGNAL_AUTHOR_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
lookup (PslSettings *self,
        const char  *key,
        const char  *name)
{
  g_autoptr (GVariant) values = g_settings_get_value (self->settings, key);
  char *value = NULL;

  g_variant_lookup (values, name, "s", &value);

  return value;
}

static void
store (PslSettings *self,
       const char  *key,
       const char  *name,
       const char  *value)
{
  g_autoptr (GVariant) before = g_settings_get_value (self->settings, key);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  const char *text;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, before);
  while (g_variant_iter_next (&iter, "{&s&s}", &other, &text))
    {
      if (!g_str_equal (other, name))
        g_variant_builder_add (&builder, "{ss}", other, text);
    }
  if (value != NULL)
    g_variant_builder_add (&builder, "{ss}", name, value);

  g_settings_set_value (self->settings, key, g_variant_builder_end (&builder));
}

static void
read_kind_settings (PslSettings *self)
{
  psl_setting_values_free (self->kind_settings);
  self->kind_settings = psl_kind_settings_load (self->settings);
  g_signal_emit (self, signals[SIGNAL_KIND_SETTINGS_CHANGED], 0);
}

static void
changed_cb (PslSettings *self,
            const char  *key)
{
  if (g_str_equal (key, "record-language"))
    g_signal_emit (self, signals[SIGNAL_LANGUAGE_CHANGED], 0);
  else if (psl_kind_settings_has_key (key))
    read_kind_settings (self);
  else if (g_str_equal (key, "author"))
    g_signal_emit (self, signals[SIGNAL_AUTHOR_CHANGED], 0);
}

static void
psl_settings_finalize (GObject *object)
{
  PslSettings *self = PSL_SETTINGS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->kind_settings, psl_setting_values_free);

  G_OBJECT_CLASS (psl_settings_parent_class)->finalize (object);
}

static void
psl_settings_class_init (PslSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_settings_finalize;

  /**
   * PslSettings::language-changed:
   *
   * Records are to be shown in another language from now on, see
   * psl_settings_get_language().
   */
  signals[SIGNAL_LANGUAGE_CHANGED] =
    g_signal_new ("language-changed", PSL_TYPE_SETTINGS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslSettings::kind-settings-changed:
   *
   * The checks of kinds go by other settings from now on.
   */
  signals[SIGNAL_KIND_SETTINGS_CHANGED] =
    g_signal_new ("kind-settings-changed", PSL_TYPE_SETTINGS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslSettings::author-changed:
   *
   * Changes are signed by another name from now on.
   */
  signals[SIGNAL_AUTHOR_CHANGED] =
    g_signal_new ("author-changed", PSL_TYPE_SETTINGS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_settings_init (PslSettings *self)
{
  self->settings = g_settings_new (APPLICATION_ID);
  self->kind_settings = psl_kind_settings_load (self->settings);
  g_signal_connect_object (self->settings, "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * psl_settings_get_default:
 *
 * Returns: (transfer none): the program's one settings object
 */
PslSettings *
psl_settings_get_default (void)
{
  static PslSettings *settings;

  if (settings == NULL)
    settings = g_object_new (PSL_TYPE_SETTINGS, NULL);

  return settings;
}

/**
 * psl_settings_get_gsettings:
 *
 * Returns: (transfer none): the store of the settings, to bind properties to
 */
GSettings *
psl_settings_get_gsettings (PslSettings *self)
{
  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  return self->settings;
}

/**
 * psl_settings_get_language:
 * @codelists: the lists of a register
 *
 * Returns: (transfer none): the language of the register that its records are to be shown in:
 *   the chosen one, else the interface's
 */
const char *
psl_settings_get_language (PslSettings        *self,
                           const PslCodelists *codelists)
{
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  chosen = g_settings_get_string (self->settings, "record-language");
  return psl_text_languages_choose (codelists, chosen);
}

/**
 * psl_settings_dup_author:
 *
 * Returns: (transfer full): the name that changes are signed with: the chosen
 *   one, else the account's
 */
char *
psl_settings_dup_author (PslSettings *self)
{
  g_autofree char *chosen = NULL;
  const char *account;

  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  chosen = g_settings_get_string (self->settings, "author");
  if (g_strstrip (chosen)[0] != '\0')
    return g_steal_pointer (&chosen);

  account = g_get_real_name ();
  if (g_str_equal (account, "Unknown"))
    account = g_get_user_name ();

  return g_strdup (account);
}

/**
 * psl_settings_get_kind_settings:
 *
 * Returns: (transfer none): the settings that the checks of kinds go by, until
 *   `kind-settings-changed`
 */
const PslSettingValues *
psl_settings_get_kind_settings (PslSettings *self)
{
  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  return self->kind_settings;
}

/**
 * psl_settings_set_kind_setting:
 * @kind: a kind
 * @name: name of one of its settings
 * @value: its canonical value from now on
 */
void
psl_settings_set_kind_setting (PslSettings   *self,
                               const PslKind *kind,
                               const char    *name,
                               const char    *value)
{
  g_return_if_fail (PSL_IS_SETTINGS (self));

  psl_setting_values_set (self->kind_settings, kind, name, value);
  psl_kind_settings_store (self->settings, self->kind_settings);
}

/**
 * psl_settings_dup_query:
 * @place: name of a place in the sidebar
 *
 * Returns: (transfer full) (nullable): the filters and order of the place's
 *   list, for psl_query_from_string()
 */
char *
psl_settings_dup_query (PslSettings *self,
                        const char  *place)
{
  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  return lookup (self, "queries", place);
}

/**
 * psl_settings_set_query:
 * @place: name of a place in the sidebar
 * @query: (nullable): as psl_query_to_string() writes it
 */
void
psl_settings_set_query (PslSettings *self,
                        const char  *place,
                        const char  *query)
{
  g_return_if_fail (PSL_IS_SETTINGS (self));

  store (self, "queries", place, query);
}

/**
 * psl_settings_dup_record:
 * @place: name of a place in the sidebar
 *
 * Returns: (transfer full) (nullable): UUID of the record last shown there
 */
char *
psl_settings_dup_record (PslSettings *self,
                         const char  *place)
{
  g_return_val_if_fail (PSL_IS_SETTINGS (self), NULL);

  return lookup (self, "records", place);
}

/**
 * psl_settings_set_record:
 * @place: name of a place in the sidebar
 * @id: (nullable): UUID of the record shown there
 */
void
psl_settings_set_record (PslSettings *self,
                         const char  *place,
                         const char  *id)
{
  g_return_if_fail (PSL_IS_SETTINGS (self));

  store (self, "records", place, id);
}
