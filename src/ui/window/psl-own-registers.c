/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-own-registers.h"

#include <stdlib.h>
#include <string.h>

#include "psl-file.h"
#include "psl-settings.h"

#define SUFFIX ".passerelle"

/* Pairs of a place, as bytes, and a UUID. */
#define KEY "own-registers"
#define TYPE G_VARIANT_TYPE ("a(ays)")

static GSettings *
get_gsettings (void)
{
  return psl_settings_get_gsettings (psl_settings_get_default ());
}

/* The one name of a file, which need not exist, by whichever links it is reached. */
static char *
dup_place (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *file = psl_file_follow_links (absolute, NULL);
  g_autofree char *folder = g_path_get_dirname (file != NULL ? file : absolute);
  g_autofree char *name = g_path_get_basename (file != NULL ? file : absolute);
  char *real = realpath (folder, NULL);
  char *place = g_build_filename (real != NULL ? real : folder, name, NULL);

  free (real);
  return place;
}

/**
 * psl_own_registers_dup_default_path:
 *
 * Returns: (transfer full): where the register is that the program makes at its first start
 */
char *
psl_own_registers_dup_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "passerelle", "register.passerelle", NULL);
}

/**
 * psl_own_registers_dup_name:
 *
 * Returns: (transfer full) (nullable): what the register at @path is called: its file's name
 *   without the extension; %NULL for the one at the default place
 */
char *
psl_own_registers_dup_name (const char *path)
{
  g_autofree char *default_path = psl_own_registers_dup_default_path ();
  g_autofree char *base = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_str_equal (path, default_path))
    return NULL;
  base = g_path_get_basename (path);
  if (g_str_has_suffix (base, SUFFIX) && strlen (base) > strlen (SUFFIX))
    base[strlen (base) - strlen (SUFFIX)] = '\0';
  return g_filename_display_name (base);
}

/**
 * psl_own_registers_dup_known:
 * @path: a register's file name
 *
 * Returns: (transfer full) (nullable): the UUIDs of one's own registers at that place, for
 *   psl_register_open_known_async(); %NULL where whatever is there is one's own: at the default
 *   place, where no register was remembered yet, for earlier versions remembered none
 */
GStrv
psl_own_registers_dup_known (const char *path)
{
  g_autoptr (GVariant) pairs = g_settings_get_value (get_gsettings (), KEY);
  g_autofree char *default_path = psl_own_registers_dup_default_path ();
  g_autofree char *default_place = dup_place (default_path);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *place = NULL;
  g_auto (GStrv) known = NULL;
  GVariantIter iter;
  const char *remembered;
  const char *id;

  g_return_val_if_fail (path != NULL, NULL);

  place = dup_place (path);
  g_variant_iter_init (&iter, pairs);
  while (g_variant_iter_next (&iter, "(^&ay&s)", &remembered, &id))
    if (g_str_equal (remembered, place))
      g_strv_builder_add (builder, id);
  known = g_strv_builder_end (builder);
  return known[0] == NULL && g_str_equal (place, default_place) ? NULL : g_steal_pointer (&known);
}

/**
 * psl_own_registers_add:
 * @path: a register's file name
 * @id: the UUID of the register there
 *
 * Remembers the register as one's own.
 */
void
psl_own_registers_add (const char *path,
                       const char *id)
{
  g_auto (GStrv) known = NULL;
  g_autoptr (GVariant) pairs = NULL;
  g_autofree char *place = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *pair;

  g_return_if_fail (path != NULL);
  g_return_if_fail (id != NULL);

  known = psl_own_registers_dup_known (path);
  if (known != NULL && g_strv_contains ((const char *const *) known, id))
    return;

  place = dup_place (path);
  pairs = g_settings_get_value (get_gsettings (), KEY);
  g_variant_builder_init (&builder, TYPE);
  g_variant_iter_init (&iter, pairs);
  while ((pair = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_variant_builder_add_value (&builder, pair);
      g_variant_unref (pair);
    }
  g_variant_builder_add (&builder, "(^ays)", place, id);
  g_settings_set_value (get_gsettings (), KEY, g_variant_builder_end (&builder));
}

static gpointer
read_id (PslStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  return psl_store_dup_register_id (store, error);
}

static void
id_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = psl_register_finish (PSL_REGISTER (source), result, &error);

  /* What is not remembered is asked about when it is opened again. */
  if (id != NULL)
    psl_own_registers_add (psl_register_get_path (PSL_REGISTER (source)), id);
  else
    g_message ("The register was not remembered: %s", error->message);
}

/**
 * psl_own_registers_remember:
 * @reg: an open register
 *
 * Remembers the register as one's own, as soon as its UUID is read.
 */
void
psl_own_registers_remember (PslRegister *reg)
{
  g_return_if_fail (PSL_IS_REGISTER (reg));

  psl_register_read_async (reg, PSL_LANE_LONG, read_id, NULL, NULL, g_free, NULL, id_read_cb, NULL);
}
