/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-list.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-rows.h"

typedef struct
{
  /* In their order; owned by their container. */
  GPtrArray *items;
} PslEditorListPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditorList, psl_editor_list, PSL_TYPE_EDITOR)

typedef gboolean (*Matches) (PslEditorItem     *item,
                             const char *const *row);

static void item_changed_cb (PslEditorItem *item,
                             PslEditorList *self);
static void item_removed_cb (PslEditorItem *item,
                             PslEditorList *self);

static PslEditorItem *
new_item (PslEditorList *self)
{
  PslEditorItem *item = g_object_new (PSL_EDITOR_LIST_GET_CLASS (self)->item_type, "list", self, NULL);

  g_signal_connect_object (item, "changed", G_CALLBACK (item_changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (item, "removed", G_CALLBACK (item_removed_cb), self, G_CONNECT_DEFAULT);
  return item;
}

/* Puts the entries where they belong and tells each its number. */
static void
arrange (PslEditorList *self)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);
  PslEditorListClass *klass = PSL_EDITOR_LIST_GET_CLASS (self);

  for (guint i = 0; i < priv->items->len; i++)
    {
      klass->place (self, priv->items->pdata[i], i > 0 ? priv->items->pdata[i - 1] : NULL);
      psl_editor_item_set_nth (priv->items->pdata[i], i, priv->items->len);
    }

  if (klass->shown != NULL)
    klass->shown (self);
}

static PslEditorItem *
take_matching (GPtrArray         *items,
               const char *const *row,
               Matches            matches)
{
  for (guint i = 0; i < items->len; i++)
    if (matches (items->pdata[i], row))
      return g_ptr_array_steal_index (items, i);

  return NULL;
}

/* An entry whose row is gone, to be used for another row. An entry with a draft is taken only
 * where its own row seems to have been rewritten. */
static PslEditorItem *
take_free (GPtrArray *items,
           gboolean   rewritten)
{
  for (guint i = 0; i < items->len; i++)
    if (!psl_editor_item_is_empty (items->pdata[i]) &&
        (rewritten || !psl_editor_item_has_draft (items->pdata[i])))
      return g_ptr_array_steal_index (items, i);

  return NULL;
}

static guint
count_stored (GPtrArray *items)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += !psl_editor_item_is_empty (items->pdata[i]);
  return n;
}

/* Finds the entry of each row: the entry that shows it, else the entry of an earlier state of
 * it, else a free entry. Takes them out of @left; NULL where a new one is needed. */
static GPtrArray *
match (GPtrArray *rows,
       GPtrArray *left)
{
  GPtrArray *matched = g_ptr_array_sized_new (rows->len);
  guint n_open = 0;
  gboolean rewritten;

  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (matched, take_matching (left, rows->pdata[i], psl_editor_item_holds));
  for (guint i = 0; i < rows->len; i++)
    {
      if (matched->pdata[i] == NULL)
        matched->pdata[i] = take_matching (left, rows->pdata[i], psl_editor_item_is_like);
      n_open += matched->pdata[i] == NULL;
    }

  rewritten = n_open == count_stored (left);
  for (guint i = 0; i < rows->len; i++)
    if (matched->pdata[i] == NULL)
      matched->pdata[i] = take_free (left, rewritten);

  return matched;
}

static void
take_away (PslEditorList *self,
           PslEditorItem *item)
{
  psl_focus_hand_on (GTK_WIDGET (item));
  PSL_EDITOR_LIST_GET_CLASS (self)->take_away (self, GTK_WIDGET (item));
}

static void
commit (PslEditorList *self)
{
  PslEditor *editor = PSL_EDITOR (self);
  g_autofree char *value = PSL_EDITOR_GET_CLASS (self)->read (editor);

  psl_editor_commit (editor, value);
}

static void
item_changed_cb (PslEditorItem *item,
                 PslEditorList *self)
{
  commit (self);
}

static void
item_removed_cb (PslEditorItem *item,
                 PslEditorList *self)
{
  psl_editor_list_remove (self, item);
}

static void
psl_editor_list_show (PslEditor  *editor,
                      const char *value)
{
  PslEditorList *self = PSL_EDITOR_LIST (editor);
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);
  g_autoptr (GPtrArray) rows = psl_rows_parse (psl_editor_get_field (editor), value, NULL);
  g_autoptr (GPtrArray) left = NULL;

  if (rows == NULL)
    return;

  left = priv->items;
  priv->items = match (rows, left);
  for (guint i = 0; i < rows->len; i++)
    {
      if (priv->items->pdata[i] == NULL)
        priv->items->pdata[i] = new_item (self);
      psl_editor_item_set_row (priv->items->pdata[i], rows->pdata[i]);
    }

  for (guint i = 0; i < left->len; i++)
    take_away (self, left->pdata[i]);
  arrange (self);
}

static char *
psl_editor_list_read (PslEditor *editor)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (PSL_EDITOR_LIST (editor));
  g_autoptr (GPtrArray) rows = g_ptr_array_sized_new (priv->items->len);

  for (guint i = 0; i < priv->items->len; i++)
    g_ptr_array_add (rows, (gpointer) psl_editor_item_get_row (priv->items->pdata[i]));
  return psl_rows_build (psl_editor_get_field (editor), rows);
}

static gboolean
psl_editor_list_flush_parts (PslEditor *editor)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (PSL_EDITOR_LIST (editor));
  g_autoptr (GPtrArray) items = NULL;
  gboolean done = TRUE;

  /* A commit shows the list again, and an entry may go. */
  items = g_ptr_array_copy (priv->items, (GCopyFunc) (void (*) (void)) g_object_ref, NULL);
  g_ptr_array_set_free_func (items, g_object_unref);
  for (guint i = 0; i < items->len; i++)
    done = psl_editor_item_flush (items->pdata[i]) && done;
  return done;
}

static void
psl_editor_list_revert_parts (PslEditor *editor)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (PSL_EDITOR_LIST (editor));

  for (guint i = 0; i < priv->items->len; i++)
    psl_editor_item_revert (priv->items->pdata[i]);
}

static GVariant *
psl_editor_list_dup_parts (PslEditor *editor)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (PSL_EDITOR_LIST (editor));
  guint n = psl_rows_get_n_columns (psl_editor_get_field (editor));
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(amsa(uv))"));
  gboolean any = FALSE;

  for (guint i = 0; i < priv->items->len; i++)
    {
      const char *const *row = psl_editor_item_get_row (priv->items->pdata[i]);
      g_autoptr (GVariant) drafts = psl_editor_item_dup_drafts (priv->items->pdata[i]);

      if (drafts == NULL)
        continue;

      any = TRUE;
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("(amsa(uv))"));
      g_variant_builder_open (&builder, G_VARIANT_TYPE ("ams"));
      for (guint j = 0; j < n; j++)
        g_variant_builder_add (&builder, "ms", row[j]);
      g_variant_builder_close (&builder);
      g_variant_builder_add_value (&builder, drafts);
      g_variant_builder_close (&builder);
    }

  return any ? g_variant_ref_sink (g_variant_builder_end (&builder)) : NULL;
}

/* The entry of the row that a draft was typed in, or of the row's later state. */
static PslEditorItem *
find_for_draft (PslEditorList     *self,
                const char *const *row)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  PslEditorItem *item;

  for (guint i = 0; i < priv->items->len; i++)
    if (!psl_editor_item_is_empty (priv->items->pdata[i]))
      g_ptr_array_add (items, priv->items->pdata[i]);

  item = take_matching (items, row, psl_editor_item_holds);
  return item != NULL ? item : take_matching (items, row, psl_editor_item_is_like);
}

static void
psl_editor_list_set_parts (PslEditor *editor,
                           GVariant  *parts)
{
  guint n = psl_rows_get_n_columns (psl_editor_get_field (editor));
  GVariantIter iter;
  GVariant *cells;
  GVariant *drafts;

  g_variant_iter_init (&iter, parts);
  while (g_variant_iter_loop (&iter, "(@ams@a(uv))", &cells, &drafts))
    {
      g_autofree const char **row = g_new0 (const char *, n);
      PslEditorItem *item;

      for (guint i = 0; i < n; i++)
        g_variant_get_child (cells, i, "m&s", &row[i]);
      item = find_for_draft (PSL_EDITOR_LIST (editor), row);
      if (item != NULL)
        psl_editor_item_set_drafts (item, drafts);
    }
}

static void
psl_editor_list_finalize (GObject *object)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (PSL_EDITOR_LIST (object));

  g_ptr_array_unref (priv->items);

  G_OBJECT_CLASS (psl_editor_list_parent_class)->finalize (object);
}

static void
psl_editor_list_class_init (PslEditorListClass *klass)
{
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = psl_editor_list_finalize;
  editor_class->show = psl_editor_list_show;
  editor_class->read = psl_editor_list_read;
  editor_class->flush_parts = psl_editor_list_flush_parts;
  editor_class->revert_parts = psl_editor_list_revert_parts;
  editor_class->dup_parts = psl_editor_list_dup_parts;
  editor_class->set_parts = psl_editor_list_set_parts;
}

static void
psl_editor_list_init (PslEditorList *self)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);

  priv->items = g_ptr_array_new ();
}

/**
 * psl_editor_list_set_body:
 * @self: a list
 * @body: the widget below the label
 * @add_button: the button in it that adds an entry; named here
 */
void
psl_editor_list_set_body (PslEditorList *self,
                          GtkWidget     *body,
                          GtkWidget     *add_button)
{
  PslEditorFrame *frame = PSL_EDITOR_FRAME (self);
  g_autofree char *name = NULL;

  g_return_if_fail (PSL_IS_EDITOR_LIST (self));

  psl_editor_frame_set_body (frame, body, add_button);
  name = psl_editor_list_dup_add_label (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * psl_editor_list_dup_add_label:
 * @self: a list
 *
 * Returns: (transfer full): the name of the button that adds an entry: there are several on a
 *   page
 */
char *
psl_editor_list_dup_add_label (PslEditorList *self)
{
  g_return_val_if_fail (PSL_IS_EDITOR_LIST (self), NULL);

  /* Translators: %s is the name of a field: “Benefiting member states” */
  return g_strdup_printf (_("Add to “%s”"), psl_editor_frame_get_name (PSL_EDITOR_FRAME (self)));
}

/**
 * psl_editor_list_get_items:
 * @self: a list
 *
 * Returns: (transfer none) (element-type PslEditorItem): the entries
 */
GPtrArray *
psl_editor_list_get_items (PslEditorList *self)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_LIST (self), NULL);

  return priv->items;
}

/**
 * psl_editor_list_add:
 * @self: a list
 * @row: a row
 *
 * Adds an entry at the end, and commits it.
 *
 * Returns: (transfer none): the entry
 */
PslEditorItem *
psl_editor_list_add (PslEditorList     *self,
                     const char *const *row)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);
  PslEditorItem *item;

  g_return_val_if_fail (PSL_IS_EDITOR_LIST (self), NULL);
  g_return_val_if_fail (row != NULL, NULL);

  item = new_item (self);
  psl_editor_item_set_row (item, row);
  g_ptr_array_add (priv->items, item);
  arrange (self);
  commit (self);
  return item;
}

/**
 * psl_editor_list_remove:
 * @self: a list
 * @item: an entry
 *
 * Takes @item away and commits the rest. Where it has the focus, that goes on to the next
 * entry, or after the last to the button that adds one.
 */
void
psl_editor_list_remove (PslEditorList *self,
                        PslEditorItem *item)
{
  PslEditorListPrivate *priv = psl_editor_list_get_instance_private (self);
  guint nth;

  g_return_if_fail (PSL_IS_EDITOR_LIST (self));

  if (!g_ptr_array_find (priv->items, item, &nth))
    return;

  /* Nothing of it is committed while the focus goes. */
  psl_editor_item_revert (item);
  g_ptr_array_remove (priv->items, item);
  take_away (self, item);
  commit (self);
}
