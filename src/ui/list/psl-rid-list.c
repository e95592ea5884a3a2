/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-rid-list.h"

struct _PslRidList
{
  GArray *rids;
  gint64 selected;
  guint selected_position;
  /* The place of the chosen record when it was taken out of the list: its successor is there
   * now. */
  guint gap;
};

/**
 * psl_rid_list_new:
 *
 * Returns: (transfer full): an empty list in which nothing is chosen
 */
PslRidList *
psl_rid_list_new (void)
{
  PslRidList *self = g_new (PslRidList, 1);

  *self = (PslRidList) { g_array_new (FALSE, FALSE, sizeof (gint64)), 0, GTK_INVALID_LIST_POSITION,
                         GTK_INVALID_LIST_POSITION };

  return self;
}

/**
 * psl_rid_list_free:
 * @self: (transfer full): a list
 */
void
psl_rid_list_free (PslRidList *self)
{
  g_array_unref (self->rids);
  g_free (self);
}

/* Finds the chosen record among @n from @position on. */
static gboolean
find_selected (PslRidList *self,
               guint       position,
               guint       n)
{
  for (guint i = 0; self->selected != 0 && i < n; i++)
    {
      if (g_array_index (self->rids, gint64, position + i) == self->selected)
        {
          self->selected_position = position + i;
          self->gap = GTK_INVALID_LIST_POSITION;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * psl_rid_list_get_n:
 *
 * Returns: how many rows there are
 */
guint
psl_rid_list_get_n (PslRidList *self)
{
  return self->rids->len;
}

/**
 * psl_rid_list_get:
 * @position: a position
 *
 * Returns: the record there, or 0 for none
 */
gint64
psl_rid_list_get (PslRidList *self,
                  guint       position)
{
  return position < self->rids->len ? g_array_index (self->rids, gint64, position) : 0;
}

/**
 * psl_rid_list_get_all:
 *
 * Returns: (transfer none) (element-type gint64): the records in their order, to
 *   be read only
 */
GArray *
psl_rid_list_get_all (PslRidList *self)
{
  return self->rids;
}

/**
 * psl_rid_list_find:
 * @rid: a record
 *
 * Returns: where it stands, or %GTK_INVALID_LIST_POSITION; looks through the
 *   list, but for the chosen record
 */
guint
psl_rid_list_find (PslRidList *self,
                   gint64      rid)
{
  if (rid == self->selected && self->selected_position < self->rids->len)
    return self->selected_position;

  for (guint i = 0; i < self->rids->len; i++)
    {
      if (g_array_index (self->rids, gint64, i) == rid)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/**
 * psl_rid_list_get_selected:
 *
 * Returns: the chosen record, or 0
 */
gint64
psl_rid_list_get_selected (PslRidList *self)
{
  return self->selected;
}

/**
 * psl_rid_list_get_selected_position:
 *
 * Returns: where the chosen record stands, or %GTK_INVALID_LIST_POSITION
 */
guint
psl_rid_list_get_selected_position (PslRidList *self)
{
  return self->selected_position;
}

/**
 * psl_rid_list_get_neighbour:
 * @after: whether to look after the chosen record, rather than before it
 *
 * Returns: the record that stands beside the chosen one, or beside where it stood
 *   before an edit took it out of the list; 0 for none
 */
gint64
psl_rid_list_get_neighbour (PslRidList *self,
                            gboolean    after)
{
  guint position = self->selected_position;

  if (position == GTK_INVALID_LIST_POSITION && after)
    return self->gap < self->rids->len ? psl_rid_list_get (self, self->gap) : 0;
  if (position == GTK_INVALID_LIST_POSITION)
    position = self->gap;
  if (position == GTK_INVALID_LIST_POSITION)
    return 0;
  if (after)
    return position + 1 < self->rids->len ? psl_rid_list_get (self, position + 1) : 0;

  return position > 0 ? psl_rid_list_get (self, position - 1) : 0;
}

/**
 * psl_rid_list_select:
 * @rid: a record, listed or not, or 0
 */
void
psl_rid_list_select (PslRidList *self,
                     gint64      rid)
{
  self->selected_position = GTK_INVALID_LIST_POSITION;
  self->gap = GTK_INVALID_LIST_POSITION;
  self->selected = rid;
  if (rid != 0)
    self->selected_position = psl_rid_list_find (self, rid);
}

/**
 * psl_rid_list_splice:
 * @splice: one step towards @after
 * @after: (element-type gint64): the list as it is after the last step
 *
 * Takes the step; the chosen record stays chosen.
 *
 * Returns: whether the step brings the chosen record, which a later one may take
 *   away where it was
 */
gboolean
psl_rid_list_splice (PslRidList      *self,
                     const PslSplice *splice,
                     GArray          *after)
{
  guint last = splice->position + splice->removed;

  if (splice->removed > 0)
    g_array_remove_range (self->rids, splice->position, splice->removed);
  if (splice->added > 0)
    g_array_insert_vals (self->rids, splice->position,
                         &g_array_index (after, gint64, splice->position), splice->added);

  if (self->selected_position != GTK_INVALID_LIST_POSITION)
    {
      if (self->selected_position >= last)
        self->selected_position += splice->added - splice->removed;
      else if (self->selected_position >= splice->position)
        {
          self->gap = MIN (self->selected_position, splice->position + splice->added);
          self->selected_position = GTK_INVALID_LIST_POSITION;
        }
    }
  else if (self->gap != GTK_INVALID_LIST_POSITION && self->gap >= last)
    {
      self->gap += splice->added - splice->removed;
    }

  return find_selected (self, splice->position, splice->added);
}

/**
 * psl_rid_list_clear:
 *
 * Takes all records out; the chosen record stays chosen, outside the list.
 */
void
psl_rid_list_clear (PslRidList *self)
{
  g_array_set_size (self->rids, 0);
  self->selected_position = GTK_INVALID_LIST_POSITION;
  self->gap = GTK_INVALID_LIST_POSITION;
}
