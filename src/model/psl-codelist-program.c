/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <stdlib.h>
#include <string.h>

#include "psl-languages.h"
#include "psl-model-resources.h"
#include "psl-text.h"

#define FOLDER "/org/passerelle/Passerelle/codelists"
#define SUFFIX ".tabs"

/* The list of lists, which names the others and says how they are used. */
#define LIST_OF_LISTS "list"

/* A list that is read when it is first asked for. */
typedef struct
{
  char *name;
  PslCodelist *list;
} Slot;

typedef struct
{
  GHashTable *by_name;        /* name → Slot */
  GStrv names;
} Lists;

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gpointer
find_lists (gpointer unused)
{
  Lists *lists = g_new0 (Lists, 1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) files = g_resource_enumerate_children (psl_model_get_resource (), FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  lists->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (files != NULL)
    qsort (files, g_strv_length (files), sizeof (char *), compare_names);
  for (gsize i = 0; files != NULL && files[i] != NULL; i++)
    {
      Slot *slot;

      if (!g_str_has_suffix (files[i], SUFFIX))
        continue;
      slot = g_new0 (Slot, 1);
      slot->name = g_strndup (files[i], strlen (files[i]) - strlen (SUFFIX));
      g_hash_table_insert (lists->by_name, slot->name, slot);
      g_strv_builder_add (names, slot->name);
    }
  lists->names = g_strv_builder_end (names);

  return lists;
}

static const Lists *
get_lists (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, find_lists, NULL);
}

static guint
column_index (const char *const *header,
              const char        *name)
{
  guint i = 0;

  while (header[i] != NULL && strcmp (header[i], name) != 0)
    i++;

  return i;
}

/* Takes a cell out of a line; an empty one is NULL. */
static char *
take_cell (GStrv  cells,
           guint  n_cells,
           guint  column)
{
  char *cell;

  if (column >= n_cells)
    return NULL;

  cell = g_steal_pointer (&cells[column]);
  cells[column] = g_strdup ("");
  if (*cell == '\0')
    g_clear_pointer (&cell, g_free);

  return cell;
}

static gboolean
take_mark (GStrv  cells,
           guint  n_cells,
           guint  column)
{
  g_autofree char *cell = take_cell (cells, n_cells, column);

  return cell != NULL && strcmp (cell, "0") != 0;
}

/* The texts of the columns that are called by @prefix and a language each; NULL where all
 * are empty. */
static const PslNames *
take_names (GStrv              cells,
            guint              n_cells,
            const char *const *header,
            const char        *prefix)
{
  PslNames *names = NULL;

  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      g_autofree char *column = g_strconcat (prefix, psl_languages[i], NULL);
      g_autofree char *name = take_cell (cells, n_cells, column_index (header, column));

      psl_names_set (&names, psl_languages[i], name);
    }
  return names;
}

/* The strings belong to the list, which lives as long as the process. */
static void
read_entry (PslCodelist       *self,
            PslCodeEntry      *entry,
            const char *const *header,
            const char        *line)
{
  g_auto (GStrv) cells = g_strsplit (line, "\t", -1);
  guint n_cells = g_strv_length (cells);
  g_autofree char *aliases = take_cell (cells, n_cells, column_index (header, "aliases"));
  g_autofree char *position = take_cell (cells, n_cells, column_index (header, "position"));
  g_autofree char *digits = take_cell (cells, n_cells, column_index (header, "digits"));

  entry->code.code = take_cell (cells, n_cells, column_index (header, "code"));
  entry->code.parent = take_cell (cells, n_cells, column_index (header, "parent"));
  entry->other_codes[0] = take_cell (cells, n_cells, column_index (header, "iso3"));
  entry->other_codes[1] = take_cell (cells, n_cells, column_index (header, "m49"));
  entry->code.names = take_names (cells, n_cells, header, "");
  entry->code.details = take_names (cells, n_cells, header, "capital_");
  entry->symbols = take_names (cells, n_cells, header, "symbol_");
  if (psl_names_get_n (entry->code.names) < g_strv_length ((GStrv) psl_languages))
    g_error ("Code list %s: line “%s” lacks a name", self->name, line);
  if (entry->code.code == NULL)
    g_error ("Code list %s: line “%s” lacks a code", self->name, line);

  if (aliases != NULL)
    entry->code.aliases = (const char *const *) g_strsplit (aliases, "|", -1);
  entry->code.withdrawn = take_mark (cells, n_cells, column_index (header, "withdrawn"));
  entry->extensible = take_mark (cells, n_cells, column_index (header, "extensible"));
  entry->alphabetical = take_mark (cells, n_cells, column_index (header, "alphabetical"));
  entry->tags = take_mark (cells, n_cells, column_index (header, "tags"));
  entry->position = position != NULL ? (guint) strtoul (position, NULL, 10) : 0;
  entry->digits = digits != NULL ? (guint) strtoul (digits, NULL, 10) : 2;

  g_hash_table_insert (self->by_code, (gpointer) entry->code.code, entry);
}

static void
read_use (PslCodelist *self)
{
  const PslCodelist *lists;
  const PslCodeEntry *entry;

  if (strcmp (self->name, LIST_OF_LISTS) == 0)
    return;
  lists = psl_codelist_get_default (LIST_OF_LISTS);
  entry = g_hash_table_lookup (lists->by_code, self->name);
  if (entry == NULL)
    g_error ("Code list %s: the list of lists lacks it", self->name);
  self->alphabetical = entry->alphabetical;
  self->extensible = entry->extensible;
  self->tags = entry->tags;
}

/* A fault in a list of the program is a fault of the program. The lists are CSV files in the
 * sources, and have tabs between cells here: see `codelist-tabs`. */
static PslCodelist *
load (const char *name)
{
  PslCodelist *self = g_new0 (PslCodelist, 1);
  g_autofree char *path = g_strconcat (FOLDER "/", name, SUFFIX, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) header = NULL;

  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  lines = g_strsplit (text, "\n", -1);

  self->name = g_strdup (name);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);
  self->n_entries = g_strv_length (lines) - 1;
  self->entries = g_new0 (PslCodeEntry, self->n_entries);

  header = g_strsplit (lines[0], "\t", -1);
  for (guint i = 0; i < self->n_entries; i++)
    read_entry (self, &self->entries[i], (const char *const *) header, lines[i + 1]);
  read_use (self);
  psl_codelist_read_tags (self);

  return self;
}

/**
 * psl_codelist_get_default:
 * @name: name of a code list: `country`
 *
 * Returns: (transfer none) (nullable): the list as it comes with the program, or %NULL
 *   where there is none of that name. Any thread
 */
const PslCodelist *
psl_codelist_get_default (const char *name)
{
  Slot *slot;

  g_return_val_if_fail (name != NULL, NULL);

  slot = g_hash_table_lookup (get_lists ()->by_name, name);
  if (slot == NULL)
    return NULL;
  if (g_once_init_enter_pointer (&slot->list))
    g_once_init_leave_pointer (&slot->list, load (slot->name));

  return slot->list;
}

/**
 * psl_codelist_names:
 *
 * Returns: (transfer none): the names of all code lists, in alphabetical order
 */
const char *const *
psl_codelist_names (void)
{
  return (const char *const *) get_lists ()->names;
}

/**
 * psl_codelist_get_version:
 *
 * Returns: the number of the program's code lists, which grows when they change: a
 *   register whose lists have a higher one was written by a newer program
 */
gint64
psl_codelist_get_version (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), FOLDER "/VERSION", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_ascii_strtoll (text, NULL, 10);
}

/**
 * psl_codelist_add_all_to_checksum:
 * @checksum: a checksum
 *
 * Adds all that the program's code lists say, without reading them in. Any thread
 */
void
psl_codelist_add_all_to_checksum (GChecksum *checksum)
{
  const char *const *names = psl_codelist_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (FOLDER "/", names[i], SUFFIX, NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize size;
      const guchar *text = g_bytes_get_data (bytes, &size);

      g_checksum_update (checksum, (const guchar *) names[i], (gssize) strlen (names[i]) + 1);
      g_checksum_update (checksum, text, (gssize) size);
    }
}
