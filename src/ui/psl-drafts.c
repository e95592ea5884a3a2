/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-drafts.h"

struct _PslDrafts
{
  /* Drafts, see psl_editor_dup_draft(), by make_key(). */
  GHashTable *table;
};

static char *
make_key (gint64          rid,
          const PslField *field,
          const char     *language)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT "/%s/%s", rid, field->name, language != NULL ? language : "");
}

PslDrafts *
psl_drafts_new (void)
{
  PslDrafts *self = g_new0 (PslDrafts, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  return self;
}

void
psl_drafts_free (PslDrafts *self)
{
  g_hash_table_unref (self->table);
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
  g_hash_table_remove_all (self->table);
}

/**
 * psl_drafts_keep:
 * @rid: a record
 * @editors: (element-type PslEditor): its editors, flushed
 *
 * Keeps what is left uncommitted in @editors, and nothing else of this record.
 */
void
psl_drafts_keep (PslDrafts *self,
                 gint64     rid,
                 GPtrArray *editors)
{
  for (guint i = 0; i < editors->len; i++)
    {
      PslEditor *editor = editors->pdata[i];
      g_autofree char *key = make_key (rid, psl_editor_get_field (editor), psl_editor_get_language (editor));

      g_hash_table_remove (self->table, key);
    }
  psl_drafts_keep_more (self, rid, editors);
}

/**
 * psl_drafts_keep_more:
 * @rid: a record that was not shown yet
 * @editors: (element-type PslEditor): editors in which something was typed for it
 *
 * Keeps what is typed in @editors, with what was kept of this record before.
 */
void
psl_drafts_keep_more (PslDrafts *self,
                      gint64     rid,
                      GPtrArray *editors)
{
  for (guint i = 0; i < editors->len; i++)
    {
      PslEditor *editor = editors->pdata[i];
      GVariant *draft = psl_editor_dup_draft (editor);

      if (draft != NULL)
        g_hash_table_insert (self->table,
                             make_key (rid, psl_editor_get_field (editor), psl_editor_get_language (editor)), draft);
    }
}

/**
 * psl_drafts_put_back:
 * @rid: a record
 * @editors: (element-type PslEditor): its editors, bound to it
 *
 * Shows again what was kept of this record, and keeps it no longer.
 */
void
psl_drafts_put_back (PslDrafts *self,
                     gint64     rid,
                     GPtrArray *editors)
{
  for (guint i = 0; i < editors->len && g_hash_table_size (self->table) > 0; i++)
    {
      PslEditor *editor = editors->pdata[i];
      g_autofree char *key = make_key (rid, psl_editor_get_field (editor), psl_editor_get_language (editor));
      g_autofree char *stolen = NULL;
      g_autoptr (GVariant) draft = NULL;

      if (g_hash_table_steal_extended (self->table, key, (gpointer *) &stolen, (gpointer *) &draft))
        psl_editor_set_draft (editor, draft);
    }
}

/**
 * psl_drafts_add:
 * @rid: a record
 * @field: one of its fields
 * @language: (nullable): for a multilingual field, the language of the text
 * @value: (nullable): what was committed and could not be stored
 *
 * Keeps @value until the record is shown again.
 */
void
psl_drafts_add (PslDrafts      *self,
                gint64          rid,
                const PslField *field,
                const char     *language,
                const char     *value)
{
  g_hash_table_insert (self->table, make_key (rid, field, language), psl_editor_new_draft (value));
}
