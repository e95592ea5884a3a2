/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelists.h"

#include <string.h>

#include "psl-codelist-private.h"

struct _PslCodelists
{
  gatomicrefcount ref_count;
  char *text;                 /* all changes, to compare sets by */
  GHashTable *changed;        /* name → PslCodelist, of the lists that differ from the program's */
};

/**
 * psl_code_change_free:
 * @self: (nullable) (transfer full): a change
 */
void
psl_code_change_free (PslCodeChange *self)
{
  if (self == NULL)
    return;

  g_free (self->list);
  g_free (self->code);
  psl_names_free (self->names);
  g_strfreev (self->aliases);
  g_free (self->parent);
  g_free (self);
}

/* Values hold no control characters but line breaks. */
static void
append_change (GString             *text,
               const PslCodeChange *change)
{
  const char *const cells[] = { change->list, change->code, change->parent };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_string_append_printf (text, "%s\t", cells[i] != NULL ? cells[i] : "");
  for (guint i = 0; i < psl_names_get_n (change->names); i++)
    {
      const char *language;
      const char *name = psl_names_get_nth (change->names, i, &language);

      g_string_append_printf (text, "%s %s\t", language, name);
    }
  for (gsize i = 0; change->aliases != NULL && change->aliases[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", change->aliases[i]);
  g_string_append_printf (text, "\t%u\t%u\r", change->position, change->status);
}

/**
 * psl_codelists_new:
 * @changes: (element-type PslCodeChange): a register's changes to entries; of several changes
 *   of one entry the later one counts
 *
 * Makes the lists of a register. Changes of lists that the program doesn't have say
 * nothing.
 *
 * Returns: (transfer full): the lists; any thread may read them
 */
PslCodelists *
psl_codelists_new (GPtrArray *changes)
{
  PslCodelists *self = g_new0 (PslCodelists, 1);
  g_autoptr (GHashTable) by_list = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_return_val_if_fail (changes != NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  self->changed = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) psl_codelist_free);

  for (guint i = 0; i < changes->len; i++)
    {
      PslCodeChange *change = g_ptr_array_index (changes, i);
      GPtrArray *of_list = g_hash_table_lookup (by_list, change->list);

      append_change (text, change);
      if (of_list == NULL)
        {
          of_list = g_ptr_array_new ();
          g_hash_table_insert (by_list, change->list, of_list);
        }
      g_ptr_array_add (of_list, change);
    }

  g_hash_table_iter_init (&iter, by_list);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const PslCodelist *base = psl_codelist_get_default (key);
      PslCodelist *list;

      if (base == NULL)
        continue;
      list = psl_codelist_new_changed (base, value);
      g_hash_table_insert (self->changed, (gpointer) psl_codelist_get_name (list), list);
    }
  self->text = g_string_free_and_steal (g_steal_pointer (&text));
  return self;
}

static gpointer
make_default (gpointer unused)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  return psl_codelists_new (none);
}

/**
 * psl_codelists_get_default:
 *
 * Returns: (transfer none): the program's lists, for use without a register; they live as
 *   long as the process. Any thread
 */
PslCodelists *
psl_codelists_get_default (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_default, NULL);
}

/**
 * psl_codelists_ref:
 *
 * Returns: (transfer full): the same lists. Any thread
 */
PslCodelists *
psl_codelists_ref (PslCodelists *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * psl_codelists_unref:
 * @self: (nullable) (transfer full): lists
 *
 * Gives them up. Any thread
 */
void
psl_codelists_unref (PslCodelists *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->changed);
  g_free (self->text);
  g_free (self);
}

/**
 * psl_codelists_equal:
 *
 * Returns: whether both sets say the same. Any thread
 */
gboolean
psl_codelists_equal (const PslCodelists *self,
                     const PslCodelists *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return strcmp (self->text, other->text) == 0;
}

/**
 * psl_codelists_get_list:
 * @self: the lists of a register
 * @name: name of a code list: `country`
 *
 * Returns: (transfer none) (nullable): the list, which lives as long as @self, or %NULL
 *   where there is none of that name. Any thread
 */
const PslCodelist *
psl_codelists_get_list (const PslCodelists *self,
                        const char         *name)
{
  const PslCodelist *list;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  list = g_hash_table_lookup (self->changed, name);
  return list != NULL ? list : psl_codelist_get_default (name);
}
