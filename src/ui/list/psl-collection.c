/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-collection.h"

#define TRASH "trash"

/* The words for the trash, whose records are of all kinds. */
static const PslPlural trash_total = PSL_PLURAL ("%s record", "%s records");
static const PslPlural trash_part = PSL_PLURAL ("%1$s of %2$s record", "%1$s of %2$s records");

static const PslCollection *
get_collections (guint *n_collections)
{
  static PslCollection *collections;
  static guint n;

  if (g_once_init_enter (&collections))
    {
      GArray *made = g_array_new (TRUE, TRUE, sizeof (PslCollection));

      for (guint i = 0; psl_kinds[i] != NULL; i++)
        if (!psl_kind_is_part (psl_kinds[i]) && !psl_kinds[i]->is_internal)
          g_array_append_val (made, ((PslCollection) { psl_kinds[i]->name, psl_kinds[i], psl_kinds[i]->icon }));
      g_array_append_val (made, ((PslCollection) { TRASH, NULL, "user-trash-symbolic" }));

      n = made->len;
      g_once_init_leave (&collections, (PslCollection *) (gpointer) g_array_free (made, FALSE));
    }

  *n_collections = n;
  return collections;
}

/* The kind of the records that parts of a kind belong to in the end. */
static const PslKind *
get_whole (const PslKind *kind)
{
  while (psl_kind_get_owner (kind) != NULL)
    kind = psl_kind_get_owner (kind);
  return kind;
}

/**
 * psl_collection_get_n:
 *
 * Returns: how many collections there are
 */
guint
psl_collection_get_n (void)
{
  guint n;

  get_collections (&n);

  return n;
}

/**
 * psl_collection_get_nth:
 * @nth: less than psl_collection_get_n()
 *
 * Returns: (transfer none): the collection, in the order of the sidebar
 */
const PslCollection *
psl_collection_get_nth (guint nth)
{
  guint n;
  const PslCollection *collections = get_collections (&n);

  g_return_val_if_fail (nth < n, NULL);

  return &collections[nth];
}

/**
 * psl_collection_find:
 * @name: name of a collection
 *
 * Returns: (transfer none) (nullable): the collection, %NULL where there is none
 */
const PslCollection *
psl_collection_find (const char *name)
{
  guint n;
  const PslCollection *collections = get_collections (&n);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (collections[i].name, name))
        return &collections[i];
    }

  return NULL;
}

/**
 * psl_collection_of_kind:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the collection whose list has records of the kind, or
 *   their owners; %NULL where none has
 */
const PslCollection *
psl_collection_of_kind (const PslKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return psl_collection_find (get_whole (kind)->name);
}

/**
 * psl_collection_of_record:
 * @record: a record
 *
 * Returns: (transfer none) (nullable): the collection whose list has it, or its owner; %NULL
 *   for a record that is gone
 */
const PslCollection *
psl_collection_of_record (PslRecord *record)
{
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  switch (psl_record_get_state (record))
    {
    case PSL_RECORD_LIVE:
      return psl_collection_of_kind (psl_record_get_kind (record));
    case PSL_RECORD_TRASHED:
      return psl_collection_find (TRASH);
    case PSL_RECORD_GONE:
    default:
      return NULL;
    }
}

/**
 * psl_collection_get_label:
 *
 * Returns: (transfer none): its name for people
 */
const char *
psl_collection_get_label (const PslCollection *self)
{
  if (self->kind == NULL)
    return C_("place", "Trash");

  return psl_kind_get_label_plural (self->kind);
}

/**
 * psl_collection_get_new_label:
 *
 * Returns: (transfer none): the label of the button that makes a record there
 */
const char *
psl_collection_get_new_label (const PslCollection *self)
{
  return self->kind != NULL ? _(self->kind->words.new_record) : _("New Record");
}

/**
 * psl_collection_get_empty_title:
 *
 * Returns: (transfer none): the note there while it is empty
 */
const char *
psl_collection_get_empty_title (const PslCollection *self)
{
  if (self->kind == NULL)
    return _("The Trash Is Empty");

  return _(self->kind->words.none_yet);
}

/**
 * psl_collection_get_empty_text:
 *
 * Returns: (transfer none): how it is filled
 */
const char *
psl_collection_get_empty_text (const PslCollection *self)
{
  if (self->kind == NULL)
    return _("Records that you delete are kept here until you empty it.");

  return _("Enter the first one here, or import a table.");
}

/**
 * psl_collection_format_count:
 * @shown: how many records the list has
 * @total: how many the collection has; -1 where that isn't known
 *
 * Returns: (transfer full): “8 of 27 projects”, or “27 projects” where the list
 *   has them all
 */
char *
psl_collection_format_count (const PslCollection *self,
                             guint                shown,
                             gint64               total)
{
  g_autofree char *shown_number = psl_number_format_count (shown);
  g_autofree char *total_number = NULL;

  if (total <= (gint64) shown)
    return psl_plural_fill (self->kind != NULL ? &self->kind->words.total : &trash_total, shown, shown_number, NULL);

  total_number = psl_number_format_count (total);
  return psl_plural_fill (self->kind != NULL ? &self->kind->words.part : &trash_part, (guint64) total,
                          shown_number, total_number);
}

/**
 * psl_collection_new_query:
 *
 * Returns: (transfer full): a query for all that is there
 */
PslQuery *
psl_collection_new_query (const PslCollection *self)
{
  return self->kind != NULL ? psl_query_new (self->kind) : psl_query_new_trash ();
}
