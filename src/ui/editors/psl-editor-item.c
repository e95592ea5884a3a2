/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-item.h"

#include "psl-editors.h"
#include "psl-rows.h"

typedef struct
{
  /* The list that this is an entry of, and a child of sooner or later. */
  PslEditor *list;
  char **row;
  GPtrArray *editors;
} PslEditorItemPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditorItem, psl_editor_item, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LIST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  REMOVED,
  ERROR_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Which cell an editor is of. */
static guint
get_nth (PslEditorItem *self,
         PslEditor     *editor)
{
  return psl_editor_get_field (editor) - psl_editor_item_get_field (self)->rows;
}

static void
take_row (PslEditorItem  *self,
          char          **row)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_free (priv->row);
  priv->row = row;
  if (PSL_EDITOR_ITEM_GET_CLASS (self)->show != NULL)
    PSL_EDITOR_ITEM_GET_CLASS (self)->show (self);
}

static void
committed_cb (PslEditor     *editor,
              const char    *value,
              PslEditorItem *self)
{
  take_row (self, psl_rows_row_with (psl_editor_item_get_field (self), psl_editor_item_get_row (self),
                                     get_nth (self, editor), value));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
notify_error_cb (PslEditorItem *self)
{
  g_signal_emit (self, signals[ERROR_CHANGED], 0);
}

static void
psl_editor_item_constructed (GObject *object)
{
  PslEditorItem *self = PSL_EDITOR_ITEM (object);
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  const PslField *field = psl_editor_item_get_field (self);
  g_autofree const char **cells = g_new0 (const char *, psl_rows_get_n_columns (field));

  G_OBJECT_CLASS (psl_editor_item_parent_class)->constructed (object);

  priv->row = psl_rows_row_new (field, cells);
}

static void
psl_editor_item_finalize (GObject *object)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (PSL_EDITOR_ITEM (object));

  g_free (priv->row);
  g_ptr_array_unref (priv->editors);

  G_OBJECT_CLASS (psl_editor_item_parent_class)->finalize (object);
}

static void
psl_editor_item_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (PSL_EDITOR_ITEM (object));

  switch (id)
    {
    case PROP_LIST:
      priv->list = g_value_get_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_editor_item_class_init (PslEditorItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = psl_editor_item_constructed;
  object_class->finalize = psl_editor_item_finalize;
  object_class->set_property = psl_editor_item_set_property;

  properties[PROP_LIST] =
    g_param_spec_object ("list", NULL, NULL, PSL_TYPE_EDITOR,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", PSL_TYPE_EDITOR_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REMOVED] = g_signal_new ("removed", PSL_TYPE_EDITOR_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ERROR_CHANGED] = g_signal_new ("error-changed", PSL_TYPE_EDITOR_ITEM, G_SIGNAL_RUN_LAST,
                                         0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_editor_item_init (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  priv->editors = g_ptr_array_new ();
}

/**
 * psl_editor_item_get_field:
 * @self: an entry
 *
 * Returns: the field of rows that it shows a row of
 */
const PslField *
psl_editor_item_get_field (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  return psl_editor_get_field (priv->list);
}

/**
 * psl_editor_item_get_codelists:
 * @self: an entry
 *
 * Returns: (transfer none): the code lists of its editor
 */
const PslCodelists *
psl_editor_item_get_codelists (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  return psl_editor_get_codelists (priv->list);
}

/**
 * psl_editor_item_get_row:
 * @self: an entry
 *
 * Returns: (transfer none): the row as it is now, see psl_rows_parse()
 */
const char *const *
psl_editor_item_get_row (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  return (const char *const *) priv->row;
}

/**
 * psl_editor_item_set_row:
 * @self: an entry
 * @row: (nullable): the row to show, copied; %NULL for an empty one
 *
 * Shows @row, without telling anybody. Typed text that is not stored stays.
 */
void
psl_editor_item_set_row (PslEditorItem     *self,
                         const char *const *row)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  const PslField *field = psl_editor_item_get_field (self);
  g_autofree const char **empty = g_new0 (const char *, psl_rows_get_n_columns (field));

  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  take_row (self, psl_rows_row_new (field, row != NULL ? row : empty));
  for (guint i = 0; i < priv->editors->len; i++)
    {
      PslEditor *editor = priv->editors->pdata[i];

      psl_editor_set_register (editor, psl_editor_get_register (priv->list));
      psl_editor_set_records_language (editor, psl_editor_get_records_language (priv->list));
      psl_editor_set_value (editor, priv->row[get_nth (self, editor)]);
    }
}

/**
 * psl_editor_item_holds:
 * @self: an entry
 * @row: a row
 *
 * Returns: whether it shows @row
 */
gboolean
psl_editor_item_holds (PslEditorItem     *self,
                       const char *const *row)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  const PslField *field = psl_editor_item_get_field (self);

  for (guint i = 0; field->rows[i].name != NULL; i++)
    if (g_strcmp0 (priv->row[i], row[i]) != 0)
      return FALSE;

  return TRUE;
}

/**
 * psl_editor_item_is_like:
 * @self: an entry
 * @row: a row
 *
 * Returns: whether @row begins like the one it shows, as that does when another
 *   of its cells is changed
 */
gboolean
psl_editor_item_is_like (PslEditorItem     *self,
                         const char *const *row)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  return row[0] != NULL && g_strcmp0 (priv->row[0], row[0]) == 0;
}

/**
 * psl_editor_item_is_empty:
 * @self: an entry
 *
 * Returns: whether nothing of it is stored
 */
gboolean
psl_editor_item_is_empty (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  const PslField *field = psl_editor_item_get_field (self);

  for (guint i = 0; field->rows[i].name != NULL; i++)
    if (priv->row[i] != NULL)
      return FALSE;

  return TRUE;
}

/* Makes the editors of the entry, where they are not made yet. */
static void
prepare (PslEditorItem *self)
{
  if (PSL_EDITOR_ITEM_GET_CLASS (self)->prepare != NULL)
    PSL_EDITOR_ITEM_GET_CLASS (self)->prepare (self);
}

/**
 * psl_editor_item_set_nth:
 * @self: an entry
 * @nth: which it is, from 0
 * @n: of how many
 */
void
psl_editor_item_set_nth (PslEditorItem *self,
                         guint          nth,
                         guint          n)
{
  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  if (PSL_EDITOR_ITEM_GET_CLASS (self)->set_nth != NULL)
    PSL_EDITOR_ITEM_GET_CLASS (self)->set_nth (self, nth, n);
}

/**
 * psl_editor_item_flush:
 * @self: an entry
 *
 * Commits the text being typed in it.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_editor_item_flush (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  gboolean done = TRUE;

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), FALSE);

  for (guint i = 0; i < priv->editors->len; i++)
    done = psl_editor_flush (priv->editors->pdata[i]) && done;
  return done;
}

/**
 * psl_editor_item_revert:
 * @self: an entry
 *
 * Drops text typed in it that is not stored.
 */
void
psl_editor_item_revert (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  for (guint i = 0; i < priv->editors->len; i++)
    psl_editor_revert (priv->editors->pdata[i]);
}

/**
 * psl_editor_item_has_draft:
 * @self: an entry
 *
 * Returns: whether something is typed in it that is not stored
 */
gboolean
psl_editor_item_has_draft (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), FALSE);

  for (guint i = 0; i < priv->editors->len; i++)
    if (psl_editor_is_touched (priv->editors->pdata[i]))
      return TRUE;

  return FALSE;
}

/**
 * psl_editor_item_dup_drafts:
 * @self: an entry
 *
 * Returns: (transfer full) (nullable): the drafts of its editors, of the type
 *   `a(uv)`: which cell, and what psl_editor_dup_draft() returned; %NULL where
 *   there are none
 */
GVariant *
psl_editor_item_dup_drafts (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(uv)"));

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  if (!psl_editor_item_has_draft (self))
    return NULL;

  for (guint i = 0; i < priv->editors->len; i++)
    {
      g_autoptr (GVariant) draft = psl_editor_dup_draft (priv->editors->pdata[i]);

      if (draft != NULL)
        g_variant_builder_add (&builder, "(uv)", get_nth (self, priv->editors->pdata[i]), draft);
    }

  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/**
 * psl_editor_item_set_drafts:
 * @self: an entry
 * @drafts: the result of psl_editor_item_dup_drafts()
 */
void
psl_editor_item_set_drafts (PslEditorItem *self,
                            GVariant      *drafts)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  GVariantIter iter;
  guint nth;
  GVariant *draft;

  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  prepare (self);
  g_variant_iter_init (&iter, drafts);
  while (g_variant_iter_loop (&iter, "(uv)", &nth, &draft))
    for (guint i = 0; i < priv->editors->len; i++)
      if (get_nth (self, priv->editors->pdata[i]) == nth)
        psl_editor_set_draft (priv->editors->pdata[i], draft);
}

/**
 * psl_editor_item_get_error:
 * @self: an entry
 *
 * Returns: (nullable): the error of its first cell that has one
 */
const char *
psl_editor_item_get_error (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  for (guint i = 0; i < priv->editors->len; i++)
    {
      const char *error = psl_editor_frame_get_error (priv->editors->pdata[i]);

      if (error != NULL)
        return error;
    }

  return NULL;
}

/**
 * psl_editor_item_add_editor:
 * @self: an entry
 * @nth: one of the row's cells
 *
 * Returns: (transfer floating): an editor of that cell, for the subclass to put
 *   in its place
 */
PslEditor *
psl_editor_item_add_editor (PslEditorItem *self,
                            guint          nth)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);
  PslEditor *editor;

  g_return_val_if_fail (PSL_IS_EDITOR_ITEM (self), NULL);

  editor = psl_editor_new (&psl_editor_item_get_field (self)->rows[nth], NULL);
  psl_editor_set_register (editor, psl_editor_get_register (priv->list));
  psl_editor_set_records_language (editor, psl_editor_get_records_language (priv->list));
  psl_editor_set_value (editor, priv->row[nth]);
  g_signal_connect_object (editor, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (editor, "notify::error", G_CALLBACK (notify_error_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (priv->editors, editor);
  return editor;
}

/**
 * psl_editor_item_forget_editors:
 * @self: an entry
 *
 * The editors are taken away.
 */
void
psl_editor_item_forget_editors (PslEditorItem *self)
{
  PslEditorItemPrivate *priv = psl_editor_item_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  g_ptr_array_set_size (priv->editors, 0);
}

/**
 * psl_editor_item_remove:
 * @self: an entry
 *
 * The person takes it away: emits #PslEditorItem::removed.
 */
void
psl_editor_item_remove (PslEditorItem *self)
{
  g_return_if_fail (PSL_IS_EDITOR_ITEM (self));

  g_signal_emit (self, signals[REMOVED], 0);
}
