/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <stdlib.h>

/* Lists of the program with the entries that a register has changed or added. */

/* Leaves out the members of the index, which another thread may be making. */
static void
copy_entry (PslCodeEntry       *self,
            const PslCodeEntry *source)
{
  self->code = source->code;
  self->position = source->position;
  self->digits = source->digits;
  self->symbols = source->symbols;
  for (gsize i = 0; i < G_N_ELEMENTS (self->other_codes); i++)
    self->other_codes[i] = source->other_codes[i];
}

static const char *
keep (PslCodelist *self,
      const char  *text)
{
  return g_string_chunk_insert_const (self->strings, text);
}

static const char *const *
keep_aliases (PslCodelist *self,
              char       **aliases)
{
  char **kept = g_strdupv (aliases);

  g_ptr_array_add (self->aliases, kept);
  return (const char *const *) kept;
}

static const PslNames *
merge_names (PslCodelist    *self,
             const PslNames *names,
             const PslNames *changed)
{
  PslNames *merged = psl_names_copy (names);

  for (guint i = 0; i < psl_names_get_n (changed); i++)
    {
      const char *language;
      const char *name = psl_names_get_nth (changed, i, &language);

      psl_names_set (&merged, language, name);
    }
  g_ptr_array_add (self->names, merged);
  return merged;
}

/* Every entry is as the program has it, or new and without anything but its code. */
static void
apply (PslCodelist         *self,
       PslCodeEntry        *entry,
       const PslCodeChange *change)
{
  if (change->names != NULL)
    entry->code.names = merge_names (self, entry->code.names, change->names);
  if (change->aliases != NULL)
    entry->code.aliases = keep_aliases (self, change->aliases);
  if (change->parent != NULL)
    entry->code.parent = keep (self, change->parent);
  if (change->position > 0)
    entry->position = change->position;
  if (change->status != PSL_CODE_STATUS_UNCHANGED)
    entry->code.withdrawn = change->status == PSL_CODE_STATUS_WITHDRAWN;
}

static int
compare_positions (const void *a,
                   const void *b)
{
  const PslCodeEntry *one = a;
  const PslCodeEntry *other = b;

  if (one->position != other->position)
    return one->position < other->position ? -1 : 1;
  return g_strcmp0 (one->code.code, other->code.code);
}

/* The entry of a change, which there is already or which is added at the end. */
static PslCodeEntry *
take_entry (PslCodelist         *self,
            GHashTable          *indices,
            const PslCodeChange *change)
{
  gpointer index;
  PslCodeEntry *entry;

  if (g_hash_table_lookup_extended (indices, change->code, NULL, &index))
    return &self->entries[GPOINTER_TO_UINT (index)];
  entry = &self->entries[self->n_entries];
  entry->code.code = keep (self, change->code);
  g_hash_table_insert (indices, (gpointer) entry->code.code, GUINT_TO_POINTER (self->n_entries++));
  entry->position = G_MAXUINT;
  entry->digits = 2;
  return entry;
}

/**
 * psl_codelist_new_changed:
 * @base: a list of the program
 * @changes: (element-type PslCodeChange): changes of its entries; the later one of an
 *   entry counts
 *
 * Returns: (transfer full): @base with the changes, in the order of positions. Free with
 *   psl_codelist_free()
 */
PslCodelist *
psl_codelist_new_changed (const PslCodelist *base,
                          GPtrArray         *changes)
{
  PslCodelist *self = g_new0 (PslCodelist, 1);
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);

  self->name = g_strdup (base->name);
  self->alphabetical = base->alphabetical;
  self->extensible = base->extensible;
  self->tags = base->tags;
  self->strings = g_string_chunk_new (1024);
  self->aliases = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_names_free);
  self->n_entries = base->n_entries;
  self->entries = g_new0 (PslCodeEntry, base->n_entries + changes->len);

  for (guint i = 0; i < base->n_entries; i++)
    {
      copy_entry (&self->entries[i], &base->entries[i]);
      g_hash_table_insert (indices, (gpointer) self->entries[i].code.code, GUINT_TO_POINTER (i));
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const PslCodeChange *change = g_ptr_array_index (changes, i);

      apply (self, take_entry (self, indices, change), change);
    }

  qsort (self->entries, self->n_entries, sizeof *self->entries, compare_positions);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->n_entries; i++)
    g_hash_table_insert (self->by_code, (gpointer) self->entries[i].code.code, &self->entries[i]);
  psl_codelist_read_tags (self);
  return self;
}

/**
 * psl_codelist_free:
 * @self: (nullable) (transfer full): a list that psl_codelist_new_changed() made
 */
void
psl_codelist_free (PslCodelist *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_entries; i++)
    {
      g_strfreev (self->entries[i].folded);
      g_free (self->entries[i].words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (self->by_key); i++)
    g_clear_pointer (&self->by_key[i], g_hash_table_unref);
  g_clear_pointer (&self->longest_with, g_hash_table_unref);
  g_hash_table_unref (self->by_code);
  g_string_chunk_free (self->strings);
  g_ptr_array_unref (self->aliases);
  g_ptr_array_unref (self->names);
  g_free (self->entries);
  g_free (self->languages);
  g_free (self->name);
  g_free (self);
}
