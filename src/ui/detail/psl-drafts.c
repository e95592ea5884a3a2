/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-drafts.h"

#include "psl-language.h"

/* See psl_editor_dup_draft(). */
typedef struct
{
  const PslField *field;
  char *language;
  GVariant *draft;
} Draft;

/* A record, and its drafts; there is one at least. */
typedef struct
{
  char *id;
  GPtrArray *drafts;
} Owner;

struct _PslDrafts
{
  GPtrArray *owners;            /* the one that something was kept of last is the last */
};

static void
draft_free (Draft *draft)
{
  g_free (draft->language);
  g_variant_unref (draft->draft);
  g_free (draft);
}

static void
owner_free (Owner *owner)
{
  g_free (owner->id);
  g_ptr_array_unref (owner->drafts);
  g_free (owner);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Owner, owner_free)

static Owner *
find_owner (PslDrafts  *self,
            const char *id)
{
  for (guint i = 0; i < self->owners->len; i++)
    {
      Owner *owner = self->owners->pdata[i];

      if (g_str_equal (owner->id, id))
        return owner;
    }

  return NULL;
}

/* Returns: (transfer full) (nullable): the drafts of a record, which are kept no longer */
static Owner *
steal_owner (PslDrafts  *self,
             const char *id)
{
  guint i;

  return g_ptr_array_find (self->owners, find_owner (self, id), &i) ? g_ptr_array_steal_index (self->owners, i) : NULL;
}

static Draft *
find_draft (Owner          *owner,
            const PslField *field,
            const char     *language)
{
  for (guint i = 0; i < owner->drafts->len; i++)
    {
      Draft *draft = owner->drafts->pdata[i];

      if (draft->field == field && g_strcmp0 (draft->language, language) == 0)
        return draft;
    }

  return NULL;
}

/* Takes @variant. */
static void
keep (PslDrafts      *self,
      const char     *id,
      const PslField *field,
      const char     *language,
      GVariant       *variant)
{
  Owner *owner = find_owner (self, id);
  Draft *draft;

  if (owner == NULL)
    {
      owner = g_new0 (Owner, 1);
      owner->id = g_strdup (id);
      owner->drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) draft_free);
      g_ptr_array_add (self->owners, owner);
    }

  draft = find_draft (owner, field, language);
  if (draft != NULL)
    g_ptr_array_remove (owner->drafts, draft);
  draft = g_new0 (Draft, 1);
  draft->field = field;
  draft->language = g_strdup (language);
  draft->draft = variant;
  g_ptr_array_add (owner->drafts, draft);
}

PslDrafts *
psl_drafts_new (void)
{
  PslDrafts *self = g_new0 (PslDrafts, 1);

  self->owners = g_ptr_array_new_with_free_func ((GDestroyNotify) owner_free);
  return self;
}

void
psl_drafts_free (PslDrafts *self)
{
  g_ptr_array_unref (self->owners);
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
  g_ptr_array_set_size (self->owners, 0);
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
  Owner *former = steal_owner (self, owner);

  g_clear_pointer (&former, owner_free);
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
  g_autoptr (Owner) kept = steal_owner (self, owner);

  for (guint i = 0; kept != NULL && i < editors->len; i++)
    {
      PslEditor *editor = editors->pdata[i];
      Draft *draft = find_draft (kept, psl_editor_get_field (editor), psl_editor_get_language (editor));

      if (draft != NULL)
        psl_editor_set_draft (editor, draft->draft);
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
  g_autoptr (Owner) moved = steal_owner (self, owner);

  for (guint i = 0; moved != NULL && i < moved->drafts->len; i++)
    {
      const Draft *draft = moved->drafts->pdata[i];

      keep (self, new_owner, draft->field, draft->language, g_variant_ref (draft->draft));
    }
}

/**
 * psl_drafts_count:
 *
 * Returns: how many records something is kept of
 */
guint
psl_drafts_count (PslDrafts *self)
{
  return self->owners->len;
}

/**
 * psl_drafts_get_owner:
 * @shown: (nullable): a record that does not count
 *
 * Returns: (transfer none) (nullable): the record that something was kept of last
 */
const char *
psl_drafts_get_owner (PslDrafts  *self,
                      const char *shown)
{
  for (guint i = self->owners->len; i > 0; i--)
    {
      const Owner *owner = self->owners->pdata[i - 1];

      if (g_strcmp0 (owner->id, shown) != 0)
        return owner->id;
    }

  return NULL;
}

/**
 * psl_drafts_list_labels:
 * @owner: a record of which something is kept
 *
 * Returns: (transfer full): what the fields of its drafts are called
 */
GStrv
psl_drafts_list_labels (PslDrafts  *self,
                        const char *owner)
{
  const Owner *kept = find_owner (self, owner);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  for (guint i = 0; i < kept->drafts->len; i++)
    {
      const Draft *draft = kept->drafts->pdata[i];

      g_strv_builder_take (labels, psl_language_dup_text_label (psl_field_get_label (draft->field), draft->language));
    }
  return g_strv_builder_end (labels);
}
