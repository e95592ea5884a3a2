/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-number.h"
#include "psl-place.h"

#define TRASH "trash"

/* What is said of the trash, whose records are of all kinds. */
static const PslPlural trash_total = PSL_PLURAL ("%s record", "%s records");
static const PslPlural trash_part = PSL_PLURAL ("%1$s of %2$s record", "%1$s of %2$s records");

static const PslPlace *
get_places (guint *n_places)
{
  static PslPlace *places;
  static guint n;

  if (g_once_init_enter (&places))
    {
      GArray *made = g_array_new (TRUE, TRUE, sizeof (PslPlace));

      for (guint i = 0; psl_kinds[i] != NULL; i++)
        if (!psl_kind_is_part (psl_kinds[i]) && !psl_kinds[i]->is_internal)
          g_array_append_val (made, ((PslPlace) { psl_kinds[i]->name, psl_kinds[i], psl_kinds[i]->icon }));
      g_array_append_val (made, ((PslPlace) { TRASH, NULL, "user-trash-symbolic" }));

      n = made->len;
      g_once_init_leave (&places, (PslPlace *) (gpointer) g_array_free (made, FALSE));
    }

  *n_places = n;
  return places;
}

/* What records of a kind are parts of, in the end. */
static const PslKind *
get_whole (const PslKind *kind)
{
  while (psl_kind_get_owner (kind) != NULL)
    kind = psl_kind_get_owner (kind);
  return kind;
}

/**
 * psl_place_get_n:
 *
 * Returns: how many places there are
 */
guint
psl_place_get_n (void)
{
  guint n;

  get_places (&n);

  return n;
}

/**
 * psl_place_get_nth:
 * @nth: less than psl_place_get_n()
 *
 * Returns: (transfer none): the place, in the order of the sidebar
 */
const PslPlace *
psl_place_get_nth (guint nth)
{
  guint n;
  const PslPlace *places = get_places (&n);

  g_return_val_if_fail (nth < n, NULL);

  return &places[nth];
}

/**
 * psl_place_find:
 * @name: name of a place
 *
 * Returns: (transfer none) (nullable): the place, %NULL where there is none
 */
const PslPlace *
psl_place_find (const char *name)
{
  guint n;
  const PslPlace *places = get_places (&n);

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (places[i].name, name))
        return &places[i];
    }

  return NULL;
}

/**
 * psl_place_of_kind:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the place whose list has records of the kind, or what
 *   they are parts of; %NULL where none has
 */
const PslPlace *
psl_place_of_kind (const PslKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return psl_place_find (get_whole (kind)->name);
}

/**
 * psl_place_of_record:
 * @record: a record
 *
 * Returns: (transfer none) (nullable): the place whose list has it, or what it is a part
 *   of; %NULL for a record that is gone
 */
const PslPlace *
psl_place_of_record (PslRecord *record)
{
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  switch (psl_record_get_state (record))
    {
    case PSL_RECORD_LIVE:
      return psl_place_of_kind (psl_record_get_kind (record));
    case PSL_RECORD_TRASHED:
      return psl_place_find (TRASH);
    case PSL_RECORD_GONE:
    default:
      return NULL;
    }
}

/**
 * psl_place_get_label:
 *
 * Returns: (transfer none): its name for people
 */
const char *
psl_place_get_label (const PslPlace *self)
{
  if (self->kind == NULL)
    return C_("place", "Trash");

  return psl_kind_get_label_plural (self->kind);
}

/**
 * psl_place_get_new_label:
 *
 * Returns: (transfer none): what the button says that makes a record there
 */
const char *
psl_place_get_new_label (const PslPlace *self)
{
  return self->kind != NULL ? _(self->kind->words.new_record) : _("New Record");
}

/**
 * psl_place_get_empty_title:
 *
 * Returns: (transfer none): what stands there while it is empty
 */
const char *
psl_place_get_empty_title (const PslPlace *self)
{
  if (self->kind == NULL)
    return _("The Trash Is Empty");

  return _(self->kind->words.none_yet);
}

/**
 * psl_place_get_empty_text:
 *
 * Returns: (transfer none): how it is filled
 */
const char *
psl_place_get_empty_text (const PslPlace *self)
{
  if (self->kind == NULL)
    return _("Records that you delete are kept here until you empty it.");

  return _("Enter the first one here, or import a table.");
}

/**
 * psl_place_format_count:
 * @shown: how many records the list has
 * @total: how many the place has; -1 where that isn't known
 *
 * Returns: (transfer full): “8 of 27 projects”, or “27 projects” where the list
 *   has them all
 */
char *
psl_place_format_count (const PslPlace *self,
                        guint           shown,
                        gint64          total)
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
 * psl_place_new_query:
 *
 * Returns: (transfer full): a query for all that is there
 */
PslQuery *
psl_place_new_query (const PslPlace *self)
{
  return self->kind != NULL ? psl_query_new (self->kind) : psl_query_new_trash ();
}
