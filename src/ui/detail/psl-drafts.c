/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-drafts.h"

struct _PslDrafts
{
  /* By owner: tables of drafts, see psl_editor_dup_draft(), by make_key(). None of
   * them is empty. */
  GHashTable *owners;
};

static char *
make_key (const PslField *field,
          const char     *language)
{
  return g_strdup_printf ("%s/%s", field->name, language != NULL ? language : "");
}

static void
keep (PslDrafts      *self,
      const char     *owner,
      const PslField *field,
      const char     *language,
      GVariant       *draft)
{
  GHashTable *drafts = g_hash_table_lookup (self->owners, owner);

  if (drafts == NULL)
    {
      drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
      g_hash_table_insert (self->owners, g_strdup (owner), drafts);
    }
  g_hash_table_insert (drafts, make_key (field, language), draft);
}

PslDrafts *
psl_drafts_new (void)
{
  PslDrafts *self = g_new0 (PslDrafts, 1);

  self->owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
psl_drafts_free (PslDrafts *self)
{
  g_hash_table_unref (self->owners);
  g_free (self);
}

/**
 * psl_drafts_clear:
 *
 * Forgets all of them: they are another register's.
 */
void
psl_drafts_clear (PslDrafts *self)
{
  g_hash_table_remove_all (self->owners);
}

/**
 * psl_drafts_keep:
 * @owner: a record
 * @editors: (element-type PslEditor): its editors, flushed
 *
 * Keeps the uncommitted text of @editors, and nothing else of this record.
 */
void
psl_drafts_keep (PslDrafts  *self,
                 const char *owner,
                 GPtrArray  *editors)
{
  g_hash_table_remove (self->owners, owner);
  psl_drafts_keep_more (self, owner, editors);
}

/**
 * psl_drafts_keep_more:
 * @owner: a record that was not shown yet
 * @editors: (element-type PslEditor): editors with text typed for it
 *
 * Keeps the text typed in @editors, with the drafts kept of this record before.
 */
void
psl_drafts_keep_more (PslDrafts  *self,
                      const char *owner,
                      GPtrArray  *editors)
{
  for (guint i = 0; i < editors->len; i++)
    {
      PslEditor *editor = editors->pdata[i];
      GVariant *draft = psl_editor_dup_draft (editor);

      if (draft != NULL)
        keep (self, owner, psl_editor_get_field (editor), psl_editor_get_language (editor), draft);
    }
}

/**
 * psl_drafts_put_back:
 * @owner: a record
 * @editors: (element-type PslEditor): its editors, bound to it
 *
 * Shows the drafts of this record again, and keeps them no longer.
 */
void
psl_drafts_put_back (PslDrafts  *self,
                     const char *owner,
                     GPtrArray  *editors)
{
  g_autoptr (GHashTable) drafts = NULL;
  g_autofree char *stolen = NULL;

  if (!g_hash_table_steal_extended (self->owners, owner, (gpointer *) &stolen, (gpointer *) &drafts))
    return;

  for (guint i = 0; i < editors->len; i++)
    {
      PslEditor *editor = editors->pdata[i];
      g_autofree char *key = make_key (psl_editor_get_field (editor), psl_editor_get_language (editor));
      GVariant *draft = g_hash_table_lookup (drafts, key);

      if (draft != NULL)
        psl_editor_set_draft (editor, draft);
    }
}

/**
 * psl_drafts_add:
 * @owner: a record
 * @field: one of its fields
 * @language: (nullable): for a multilingual field, the language of the text
 * @value: (nullable): the committed value that could not be stored
 *
 * Keeps @value until the record is shown again.
 */
void
psl_drafts_add (PslDrafts      *self,
                const char     *owner,
                const PslField *field,
                const char     *language,
                const char     *value)
{
  keep (self, owner, field, language, psl_editor_new_draft (value));
}

/**
 * psl_drafts_move:
 * @owner: a record
 * @new_owner: its key from now on
 *
 * Keeps the drafts of @owner with the drafts of @new_owner.
 */
void
psl_drafts_move (PslDrafts  *self,
                 const char *owner,
                 const char *new_owner)
{
  GHashTable *kept = g_hash_table_lookup (self->owners, new_owner);
  GHashTable *drafts;
  GHashTableIter iter;
  gpointer key, draft;
  g_autofree char *stolen = NULL;

  if (!g_hash_table_steal_extended (self->owners, owner, (gpointer *) &stolen, (gpointer *) &drafts))
    return;
  if (kept == NULL)
    {
      g_hash_table_insert (self->owners, g_strdup (new_owner), drafts);
      return;
    }

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &key, &draft))
    g_hash_table_insert (kept, g_strdup (key), g_variant_ref (draft));
  g_hash_table_unref (drafts);
}

/**
 * psl_drafts_has:
 * @owner: a record
 *
 * Returns: whether something is kept of this record
 */
gboolean
psl_drafts_has (PslDrafts  *self,
                const char *owner)
{
  return g_hash_table_contains (self->owners, owner);
}

/**
 * psl_drafts_get_owner:
 *
 * Returns: (transfer none) (nullable): a record of which something is kept
 */
const char *
psl_drafts_get_owner (PslDrafts *self)
{
  GHashTableIter iter;
  gpointer owner;

  g_hash_table_iter_init (&iter, self->owners);
  return g_hash_table_iter_next (&iter, &owner, NULL) ? owner : NULL;
}
