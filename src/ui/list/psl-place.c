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

/* What is said of a kind's list: words that agree with its name in gender and
 * number, and so can't be put together from it. */
typedef struct
{
  const char *kind;
  const char *icon;
  const char *new_label;
  const char *empty_title;
  const char *empty_text;
} Words;

static const Words words[] = {
  { "project", "psl-project-symbolic", N_("New Project"), N_("No Projects Yet"),
    N_("Enter the first one here, or import a table.") },
  { "office", "psl-office-symbolic", N_("New Office"), N_("No Offices Yet"),
    N_("Enter the first one here, or import a table.") },
};

static const Words other_words = {
  NULL, "text-x-generic-symbolic", N_("New Record"), N_("No Records Yet"),
  N_("Enter the first one here, or import a table."),
};

static const Words *
find_words (const PslKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (kind != NULL && g_str_equal (words[i].kind, kind->name))
        return &words[i];
    }

  return &other_words;
}

static const PslPlace *
get_places (guint *n_places)
{
  static PslPlace *places;
  static guint n;

  if (g_once_init_enter (&places))
    {
      GArray *made = g_array_new (TRUE, TRUE, sizeof (PslPlace));

      for (guint i = 0; psl_kinds[i] != NULL; i++)
        g_array_append_val (made, ((PslPlace) { psl_kinds[i]->name, psl_kinds[i],
                                                find_words (psl_kinds[i])->icon }));
      g_array_append_val (made, ((PslPlace) { TRASH, NULL, "user-trash-symbolic" }));

      n = made->len;
      g_once_init_leave (&places, (PslPlace *) (gpointer) g_array_free (made, FALSE));
    }

  *n_places = n;
  return places;
}

static char *
format_number (gint64 number)
{
  return psl_number_format_count (number);
}

/* “27 projects” */
static char *
format_total (const PslPlace *self,
              gint64          total,
              const char     *number)
{
  gulong n = (gulong) total;

  if (self->kind == &psl_kind_project)
    return g_strdup_printf (ngettext ("%s project", "%s projects", n), number);
  if (self->kind == &psl_kind_office)
    return g_strdup_printf (ngettext ("%s office", "%s offices", n), number);

  return g_strdup_printf (ngettext ("%s record", "%s records", n), number);
}

/* “8 of 27 projects” */
static char *
format_part (const PslPlace *self,
             const char     *shown,
             gint64          total,
             const char     *number)
{
  gulong n = (gulong) total;

  /* Translators: how many of all records the list shows, as in “8 of 27 projects”.
   * The plural form is that of the second number. */
  if (self->kind == &psl_kind_project)
    return g_strdup_printf (ngettext ("%1$s of %2$s project", "%1$s of %2$s projects", n), shown, number);
  if (self->kind == &psl_kind_office)
    return g_strdup_printf (ngettext ("%1$s of %2$s office", "%1$s of %2$s offices", n), shown, number);

  return g_strdup_printf (ngettext ("%1$s of %2$s record", "%1$s of %2$s records", n), shown, number);
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
 * psl_place_of_record:
 * @record: a record
 *
 * Returns: (transfer none) (nullable): the place whose list has it; %NULL for a
 *   record that is gone
 */
const PslPlace *
psl_place_of_record (PslRecord *record)
{
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  switch (psl_record_get_state (record))
    {
    case PSL_RECORD_LIVE:
      return psl_place_find (psl_record_get_kind (record)->name);
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
  return _(find_words (self->kind)->new_label);
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

  return _(find_words (self->kind)->empty_title);
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

  return _(find_words (self->kind)->empty_text);
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
  g_autofree char *shown_number = format_number (shown);
  g_autofree char *total_number = NULL;

  if (total <= (gint64) shown)
    return format_total (self, shown, shown_number);

  total_number = format_number (total);

  return format_part (self, shown_number, total, total_number);
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
