/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-drafts.h"

struct _PslPartsDrafts
{
  /* (element-type utf8 GVariant): see find() */
  GHashTable *drafts;
  /* (element-type utf8 PslRecord): see dup_entered_key() */
  GHashTable *entered;
};

static void
drafts_free (gpointer data)
{
  PslPartsDrafts *self = data;

  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->entered);
  g_free (self);
}

/* By the field and the language, not by the place of the column, which goes by the order of
 * the languages. */
static char *
dup_key (gint64                rid,
         PslRecord            *part,
         const PslPartsColumn *column)
{
  const char *language = column->language != NULL ? column->language : "";

  if (rid == 0)
    return g_strdup_printf ("%s:%s/%s", psl_record_get_id (part), column->field->name, language);
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%s/%s", rid, column->field->name, language);
}

/* A draft stays under the UUID of its part where the part's number came later. */
static GVariant *
find (PslPartsDrafts       *self,
      gint64                rid,
      PslRecord            *part,
      const PslPartsColumn *column,
      char                **key)
{
  GVariant *draft = NULL;

  *key = NULL;
  if (rid != 0)
    {
      *key = dup_key (rid, NULL, column);
      draft = g_hash_table_lookup (self->drafts, *key);
    }
  if (draft == NULL && part != NULL)
    {
      g_free (*key);
      *key = dup_key (0, part, column);
      draft = g_hash_table_lookup (self->drafts, *key);
    }
  return draft;
}

static char *
dup_entered_key (const char    *owner,
                 const PslKind *kind)
{
  return g_strdup_printf ("%s/%s", owner, kind->name);
}

/**
 * psl_parts_drafts_get:
 * @reg: a register
 *
 * Returns: (transfer none): the drafts of its parts, there as long as @reg
 */
PslPartsDrafts *
psl_parts_drafts_get (PslRegister *reg)
{
  PslPartsDrafts *self;

  g_return_val_if_fail (PSL_IS_REGISTER (reg), NULL);

  self = g_object_get_data (G_OBJECT (reg), "psl-parts-drafts");
  if (self != NULL)
    return self;

  self = g_new0 (PslPartsDrafts, 1);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  self->entered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_object_set_data_full (G_OBJECT (reg), "psl-parts-drafts", self, drafts_free);
  return self;
}

/**
 * psl_parts_drafts_keep:
 * @rid: a part; 0 where it is not in the register
 * @part: (nullable): the part, where it is not in the register
 * @column: a column
 * @draft: see psl_editor_dup_draft()
 *
 * Keeps the text typed in the cell.
 */
void
psl_parts_drafts_keep (PslPartsDrafts       *self,
                       gint64                rid,
                       PslRecord            *part,
                       const PslPartsColumn *column,
                       GVariant             *draft)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (rid != 0 || PSL_IS_RECORD (part));

  g_hash_table_insert (self->drafts, dup_key (rid, part, column), g_variant_ref (draft));
}

/**
 * psl_parts_drafts_take:
 * @rid: a part; 0 where it is not in the register
 * @part: (nullable): the part, where it is read
 * @column: a column
 *
 * Returns: (transfer full) (nullable): the draft of the cell, which is kept no longer
 */
GVariant *
psl_parts_drafts_take (PslPartsDrafts       *self,
                       gint64                rid,
                       PslRecord            *part,
                       const PslPartsColumn *column)
{
  g_autofree char *key = NULL;
  GVariant *draft;

  g_return_val_if_fail (self != NULL, NULL);

  if (g_hash_table_size (self->drafts) == 0)
    return NULL;
  draft = find (self, rid, part, column, &key);
  if (draft == NULL)
    return NULL;
  g_variant_ref (draft);
  g_hash_table_remove (self->drafts, key);
  return draft;
}

/**
 * psl_parts_drafts_count:
 * @items: (element-type PslRecordItem): parts
 * @columns: (element-type PslPartsColumn): columns
 * @position, @column: (out) (optional): the first cell of which something is kept
 *
 * Returns: of how many of the cells something is kept
 */
guint
psl_parts_drafts_count (PslPartsDrafts *self,
                        GListModel     *items,
                        GPtrArray      *columns,
                        guint          *position,
                        guint          *column)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; g_hash_table_size (self->drafts) > 0 && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (PslRecordItem) item = g_list_model_get_item (items, i);

      for (guint j = 0; j < columns->len; j++)
        {
          g_autofree char *key = NULL;

          if (find (self, psl_record_item_get_rid (item), psl_record_item_get_record (item), columns->pdata[j], &key) == NULL)
            continue;
          if (n == 0 && position != NULL)
            *position = i;
          if (n == 0 && column != NULL)
            *column = j;
          n++;
        }
    }
  return n;
}

/**
 * psl_parts_drafts_keep_entered:
 * @part: a part that is not in the register
 *
 * Keeps the part, for the drafts of its cells to have a row again.
 */
void
psl_parts_drafts_keep_entered (PslPartsDrafts *self,
                               PslRecord      *part)
{
  const PslKind *kind;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PSL_IS_RECORD (part));

  kind = psl_record_get_kind (part);
  g_hash_table_insert (self->entered,
                       dup_entered_key (psl_record_get (part, psl_kind_get_owner_field (kind), NULL), kind),
                       g_object_ref (part));
}

/**
 * psl_parts_drafts_take_entered:
 * @owner: a record of the register
 * @kind: a kind of parts
 *
 * Returns: (transfer full) (nullable): the part that was kept, which is kept no longer
 */
PslRecord *
psl_parts_drafts_take_entered (PslPartsDrafts *self,
                               PslRecord      *owner,
                               const PslKind  *kind)
{
  g_autofree char *key = dup_entered_key (psl_record_get_id (owner), kind);
  g_autofree char *stolen = NULL;
  PslRecord *part = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  g_hash_table_steal_extended (self->entered, key, (gpointer *) &stolen, (gpointer *) &part);
  return part;
}
