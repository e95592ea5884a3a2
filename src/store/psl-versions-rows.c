/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-versions-rows.h"

#include "psl-rows.h"

static const char *const *
find_member (GPtrArray  *rows,
             const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (row[0], key) == 0)
        return row;
    }
  return NULL;
}

static gboolean
rows_equal (const PslField    *field,
            const char *const *a,
            const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  for (guint i = 0; field->rows[i].name != NULL; i++)
    if (g_strcmp0 (a[i], b[i]) != 0)
      return FALSE;
  return TRUE;
}

/* A list before and after a change of it. */
typedef struct
{
  const PslVersion *version;
  GPtrArray *before;
  GPtrArray *after;
} Step;

static void
step_clear (Step *step)
{
  g_ptr_array_unref (step->before);
  g_ptr_array_unref (step->after);
}

/* @n_unreadable: (out): how many lists are in no form that the field knows; they are left out */
static GArray *
parse_steps (GPtrArray      *versions,
             const PslField *field,
             guint          *n_unreadable)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  g_array_set_clear_func (steps, (GDestroyNotify) step_clear);
  *n_unreadable = 0;
  for (guint i = 0; i < versions->len; i++)
    {
      Step step = { .version = g_ptr_array_index (versions, i) };

      step.after = psl_rows_parse (field, step.version->new_value, NULL);
      if (step.after == NULL)
        {
          (*n_unreadable)++;
          continue;
        }
      /* The old value of the change that made the record is a state, and no rows. */
      step.before = psl_rows_parse (field, step.version->old_value, NULL);
      if (step.before == NULL)
        step.before = psl_rows_new ();
      g_array_append_val (steps, step);
    }
  return steps;
}

/* The last changes of a member by each register. */
static GArray *
list_last (GArray         *steps,
           const PslField *field,
           const char     *key)
{
  GArray *last = g_array_new (FALSE, FALSE, sizeof (Step));

  for (guint i = 0; i < steps->len; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (rows_equal (field, find_member (step->before, key), find_member (step->after, key)))
        continue;
      if (last->len > 0 && g_array_index (last, Step, last->len - 1).version->origin == step->version->origin)
        g_array_set_size (last, last->len - 1);
      g_array_append_vals (last, step, 1);
    }
  return last;
}

/* Whether a change knows of a list that has the member as the record was made with it: the
 * same file may have been read elsewhere, too. */
static gboolean
is_made_known (GArray            *steps,
               PslSights         *sights,
               const PslField    *field,
               const char *const *row,
               const PslVersion  *by)
{
  for (guint i = 0; i < steps->len && !by->is_made; i++)
    {
      const Step *step = &g_array_index (steps, Step, i);

      if (step->version->is_made && rows_equal (field, row, find_member (step->after, row[0])) &&
          psl_versions_know (sights, by, step->version))
        return TRUE;
    }
  return FALSE;
}

/* Whether one of the last changes of a member knows that which gave it @row. */
static gboolean
is_known (GArray            *steps,
          GArray            *last,
          guint              i,
          PslSights         *sights,
          const PslField    *field,
          const char *const *row)
{
  const PslVersion *version = g_array_index (last, Step, i).version;

  for (guint j = 0; j < last->len; j++)
    {
      const PslVersion *other = g_array_index (last, Step, j).version;

      if (j != i && (psl_versions_know (sights, other, version) ||
                     (version->is_made && is_made_known (steps, sights, field, row, other))))
        return TRUE;
    }
  return FALSE;
}

/* Adds a member as its changes leave it: it is in the list where a change that no other one
 * knows has put it in. Returns whether such changes differ. */
static gboolean
merge_member (GArray         *steps,
              PslSights      *sights,
              const PslField *field,
              const char     *key,
              GPtrArray      *merged)
{
  g_autoptr (GArray) last = list_last (steps, field, key);
  const char *const *row = NULL;
  gboolean differs = FALSE;

  for (guint i = 0; i < last->len; i++)
    {
      const char *const *own = find_member (g_array_index (last, Step, i).after, key);

      if (own == NULL || is_known (steps, last, i, sights, field, own))
        continue;
      differs |= row != NULL && !rows_equal (field, row, own);
      if (row == NULL)
        row = own;
    }
  if (row != NULL)
    g_ptr_array_add (merged, psl_rows_row_new (field, row));
  return differs;
}

/**
 * psl_versions_merge_rows:
 * @versions: (element-type PslVersion): all changes of a list of codes
 * @differs: (out): whether a member was put in differently, or a list can't be read
 *
 * Merges lists by the values of their first column.
 *
 * Returns: (transfer full) (nullable): the merged list
 */
char *
psl_versions_merge_rows (GPtrArray      *versions,
                         PslSights      *sights,
                         const PslField *field,
                         gboolean       *differs)
{
  guint n_unreadable;
  g_autoptr (GArray) steps = parse_steps (versions, field, &n_unreadable);
  g_autoptr (GPtrArray) merged = psl_rows_new ();
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  *differs = n_unreadable > 0;
  for (guint i = 0; i < steps->len; i++)
    {
      GPtrArray *after = g_array_index (steps, Step, i).after;

      for (guint j = 0; j < after->len; j++)
        {
          const char *const *row = g_ptr_array_index (after, j);

          if (row[0] != NULL && g_hash_table_add (keys, (gpointer) row[0]))
            *differs |= merge_member (steps, sights, field, row[0], merged);
        }
    }
  return merged->len > 0 ? psl_rows_build (field, merged) : NULL;
}

/* Puts a member of a list back, where it is as the change left it. */
static gboolean
revert_member (const PslField    *field,
               const char        *key,
               GPtrArray         *before,
               GPtrArray         *after,
               GPtrArray         *present)
{
  const char *const *old = find_member (before, key);
  const char *const *made = find_member (after, key);
  const char *const *row = find_member (present, key);

  if (rows_equal (field, old, made) || rows_equal (field, row, old))
    return TRUE;
  if (!rows_equal (field, row, made))
    return FALSE;
  if (row != NULL)
    g_ptr_array_remove (present, (gpointer) row);
  if (old != NULL)
    g_ptr_array_add (present, psl_rows_row_new (field, old));
  return TRUE;
}

/**
 * psl_versions_revert_rows:
 * @before: (nullable): a list before a change of it
 * @after: (nullable): the list after the change
 * @present: (nullable): the list as others have changed it, too
 * @reverted: (out) (nullable) (transfer full): the list as it would be without the change
 *
 * Takes a change of a list of codes back, by its members.
 *
 * Returns: %FALSE where others have changed the same members otherwise, or a list can't be read
 */
gboolean
psl_versions_revert_rows (const PslField *field,
                          const char     *before,
                          const char     *after,
                          const char     *present,
                          char          **reverted)
{
  g_autoptr (GPtrArray) old_rows = psl_rows_parse (field, before, NULL);
  g_autoptr (GPtrArray) made_rows = psl_rows_parse (field, after, NULL);
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, present, NULL);
  GPtrArray *const changed[] = { old_rows, made_rows };

  if (old_rows == NULL || made_rows == NULL || rows == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (changed); i++)
    for (guint j = 0; j < changed[i]->len; j++)
      {
        const char *const *row = g_ptr_array_index (changed[i], j);

        if (row[0] != NULL && !revert_member (field, row[0], old_rows, made_rows, rows))
          return FALSE;
      }
  *reverted = rows->len > 0 ? psl_rows_build (field, rows) : NULL;
  return TRUE;
}
