/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "travel-model.h"

#include <string.h>

#include "psl-action.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"

/*
 * A cell is called by the field's name and the language, `title en`; a row of a list of codes
 * is a cell of its own, `sdg "sdg":"1"`, and so is the state, `$state`.
 */

/* A value written into a cell, and the last action of each register that its author had.
 * @is_made: whether the record was made with it
 * @is_reversal: whether it came of undoing or redoing
 * @is_reversible: whether undoing its action takes it back; in a list and of a state, undoing is
 *   a write of its own */
typedef struct
{
  guint place;
  gint64 number;
  gint64 knew[N_REGISTERS];
  char *value;
  gboolean is_made;
  gboolean is_reversal;
  gboolean is_reversible;
} Write;

/* The undoing or redoing of an action of register @place. */
typedef struct
{
  Write write;
  guint place;
  gint64 number;
  gboolean is_undo;
} Reversal;

/**
 * TravelModel:
 * @ids: the UUIDs of the registers
 * @knows: the last action of the second that the first has
 * @last_action: the last action in the journal of each register that was looked at
 * @last_change: the latest time of change of a record that was looked at, of each register
 * @shown: (element-type utf8 GHashTable): the cells of each record, as each register shows it
 * @writes: (element-type utf8 GHashTable): of each record, the writes (GPtrArray) by cell
 * @owners: (element-type utf8 utf8): what a part is a part of
 * @reversals: (element-type Reversal): what was undone and redone
 * @reverses: while an action is undone or redone
 * @edited_id: (nullable): the record of which an edit may change the cell @edited_cell; ""
 *   while an edit may change nothing, %NULL while it is not an edit that is looked at
 */
struct _TravelModel
{
  Offices *offices;
  char *ids[N_REGISTERS];
  gint64 knows[N_REGISTERS][N_REGISTERS];
  gint64 last_action[N_REGISTERS];
  gint64 last_change[N_REGISTERS];
  GHashTable *shown[N_REGISTERS];
  GHashTable *writes;
  GHashTable *owners;
  GPtrArray *reversals;
  gboolean reverses;
  const char *edited_id;
  const char *edited_cell;
};

static void
write_free (Write *write)
{
  g_free (write->value);
  g_free (write);
}

static gboolean
knows (const Write *write,
       const Write *other)
{
  return write->place == other->place ? write->number >= other->number : write->knew[other->place] >= other->number;
}

static GHashTable *
new_cells (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* The objects of a flat JSON array, without their braces. */
static GStrv
split_rows (const char *value)
{
  g_autofree char *inner = NULL;

  g_assert_true (g_str_has_prefix (value, "[{") && g_str_has_suffix (value, "}]"));
  inner = g_strndup (value + 2, strlen (value) - 4);
  return g_strsplit (inner, "},{", -1);
}

static void
add_rows (GHashTable     *cells,
          const PslField *field,
          const char     *value)
{
  g_auto (GStrv) rows = split_rows (value);

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autofree char *key = g_strndup (rows[i], strcspn (rows[i], ","));

      g_hash_table_insert (cells, g_strdup_printf ("%s %s", field->name, key), g_strdup (rows[i]));
    }
}

static GHashTable *
read_cells (PslStore  *store,
            gint64     rid,
            char     **id,
            char     **owner)
{
  GHashTable *cells = new_cells ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  g_assert_no_error (error);
  *id = g_strdup (psl_record_get_id (record));
  *owner = NULL;
  g_hash_table_insert (cells, g_strdup (PSL_FIELD_STATE),
                       g_strdup (psl_record_state_get_name (psl_record_get_state (record))));
  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      if (field == psl_kind_get_owner_field (psl_record_get_kind (record)))
        *owner = g_strdup (value);
      if (field->type == PSL_FIELD_TYPE_ROWS)
        add_rows (cells, field, value);
      g_hash_table_insert (cells, language != NULL ? g_strdup_printf ("%s %s", field->name, language)
                                                   : g_strdup (field->name), g_strdup (value));
    }
  return cells;
}

static GPtrArray *
get_writes (TravelModel *self,
            const char  *id,
            const char  *cell)
{
  GHashTable *cells = g_hash_table_lookup (self->writes, id);
  GPtrArray *writes;

  if (cells == NULL)
    {
      cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
      g_hash_table_insert (self->writes, g_strdup (id), cells);
    }
  writes = g_hash_table_lookup (cells, cell);
  if (writes == NULL)
    {
      writes = g_ptr_array_new_with_free_func ((GDestroyNotify) write_free);
      g_hash_table_insert (cells, g_strdup (cell), writes);
    }
  return writes;
}

static gboolean
is_row (const char *cell)
{
  return strstr (cell, " \"") != NULL;
}

static void
fill_write (TravelModel *self,
            guint        place,
            Write       *write)
{
  write->place = place;
  write->number = self->knows[place][place];
  memcpy (write->knew, self->knows[place], sizeof write->knew);
}

/* @old_value: (nullable): what was there before */
static void
add_write (TravelModel *self,
           guint        place,
           const char  *id,
           const char  *cell,
           const char  *old_value,
           const char  *value,
           gboolean     is_made)
{
  gboolean is_list = g_str_has_prefix (value != NULL ? value : old_value != NULL ? old_value : "", "[{");
  gboolean is_reversible = !is_row (cell) && !is_list && !g_str_equal (cell, PSL_FIELD_STATE);
  Write *write;

  if (self->reverses && is_reversible)
    return;
  write = g_new0 (Write, 1);
  fill_write (self, place, write);
  write->value = g_strdup (value);
  write->is_made = is_made;
  write->is_reversal = self->reverses;
  write->is_reversible = is_reversible;
  g_ptr_array_add (get_writes (self, id, cell), write);
}

/* Whether the last undoing or redoing of its action took the write back; where registers did so
 * apart, that of the one with the lowest UUID. */
static gboolean
is_undone (TravelModel *self,
           const Write *write)
{
  const Reversal *last = NULL;

  for (guint i = 0; i < self->reversals->len && write->is_reversible; i++)
    {
      const Reversal *reversal = g_ptr_array_index (self->reversals, i);
      gboolean is_known = FALSE;

      if (reversal->place != write->place || reversal->number != write->number)
        continue;
      for (guint j = 0; j < self->reversals->len && !is_known; j++)
        {
          const Reversal *other = g_ptr_array_index (self->reversals, j);

          is_known = other != reversal && other->place == write->place && other->number == write->number &&
                     knows (&other->write, &reversal->write);
        }
      if (!is_known && (last == NULL || strcmp (self->ids[reversal->write.place], self->ids[last->write.place]) < 0))
        last = reversal;
    }
  return last != NULL && last->is_undo;
}

/* Whether the step may have changed the cell; an edit of a list changes its rows. */
static gboolean
may_change (TravelModel *self,
            const char  *id,
            const char  *cell)
{
  gsize length;

  if (self->edited_id == NULL)
    return TRUE;
  length = strlen (self->edited_cell);
  return g_str_equal (id, self->edited_id) && g_str_has_prefix (cell, self->edited_cell) &&
         (cell[length] == '\0' || g_str_has_prefix (cell + length, " \""));
}

static void
add_difference (TravelModel *self,
                guint        place,
                const char  *id,
                const char  *cell,
                const char  *old_value,
                const char  *value,
                gboolean     is_made)
{
  if (!may_change (self, id, cell))
    {
      g_test_message ("%s %s: “%s” came of an edit of %s %s", id, cell, value, self->edited_id, self->edited_cell);
      g_test_fail ();
    }
  add_write (self, place, id, cell, old_value, value, is_made);
}

static void
add_differences (TravelModel *self,
                 guint        place,
                 const char  *id,
                 GHashTable  *before,
                 GHashTable  *after)
{
  GHashTableIter iter;
  gpointer cell, value;

  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &cell, &value))
    {
      const char *old_value = before != NULL ? g_hash_table_lookup (before, cell) : NULL;

      if (g_strcmp0 (old_value, value) != 0)
        add_difference (self, place, id, cell, old_value, value, before == NULL);
    }
  if (before == NULL)
    return;
  g_hash_table_iter_init (&iter, before);
  while (g_hash_table_iter_next (&iter, &cell, &value))
    if (!g_hash_table_contains (after, cell))
      add_difference (self, place, id, cell, value, NULL, FALSE);
}

/* Those of later actions; of the last one, which an edit may have gone on with; that of an edit,
 * which may have taken an action away; and those that were taken away or brought back with others.
 * Clocks differ, so that the times alone don't tell. */
#define SELECT_CHANGED \
  "SELECT rid FROM change WHERE action >= ?1 UNION SELECT rid FROM record WHERE id = ?2 OR changed > ?3"

/* Looks at the records that have changed since the last look. */
static void
look (TravelModel *self,
      guint        place,
      gboolean     is_written)
{
  PslStore *store = self->offices->stores[place];
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;

  statement = psl_db_prepare (psl_store_get_db (store), SELECT_CHANGED, &error);
  g_assert_no_error (error);
  psl_statement_bind_int64 (statement, 1, self->last_action[place]);
  psl_statement_bind_text (statement, 2, self->edited_id);
  psl_statement_bind_int64 (statement, 3, self->last_change[place]);
  while (psl_statement_step (statement, &error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);

      g_array_append_val (rids, rid);
    }
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *id = NULL;
      g_autofree char *owner = NULL;
      GHashTable *cells = read_cells (store, g_array_index (rids, gint64, i), &id, &owner);

      if (is_written)
        add_differences (self, place, id, g_hash_table_lookup (self->shown[place], id), cells);
      if (owner != NULL)
        g_hash_table_insert (self->owners, g_strdup (id), g_strdup (owner));
      g_hash_table_insert (self->shown[place], g_strdup (id), cells);
    }
  self->last_change[place] = store_testing_number (store, "SELECT max (changed) FROM record");
  self->last_action[place] = store_testing_number (store, "SELECT ifnull (max (action), 0) FROM action");
}

/* Whether a write, be it of another cell, knows of another one. Where registers made the record
 * apart with the same value, who changed that of one of them, or took that record away, has done
 * so with all; who undid the making has not. */
static gboolean
knows_alike (GPtrArray   *writes,
             const Write *write,
             const Write *other)
{
  if (knows (write, other))
    return TRUE;
  for (guint i = 0; i < writes->len && other->is_made && !write->is_made && !write->is_reversal; i++)
    {
      const Write *made = g_ptr_array_index (writes, i);

      if (made->is_made && g_strcmp0 (made->value, other->value) == 0 && knows (write, made))
        return TRUE;
    }
  return FALSE;
}

/* Whether one that is not undone knows of the write. */
static gboolean
is_decided (TravelModel *self,
            GPtrArray   *writes,
            const Write *write)
{
  for (guint i = 0; i < writes->len; i++)
    {
      const Write *other = g_ptr_array_index (writes, i);

      if (other != write && knows_alike (writes, other, write) && !(other->place == write->place && other->number == write->number) &&
          !is_undone (self, other))
        return TRUE;
    }
  return FALSE;
}

/* The values of open conflicts, by record and cell, as one text. */
static GHashTable *
read_conflicts (PslStore *store)
{
  GHashTable *found = new_cells ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts (store, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < conflicts->len; i++)
    {
      const PslConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *id = store_testing_dup_id (store, conflict->rid);
      g_autoptr (GString) values = g_string_new ("\n");

      for (guint j = 0; j < conflict->values->len; j++)
        {
          const char *value = g_ptr_array_index (conflict->values, j);

          g_string_append_printf (values, "%s\n", value != NULL ? value : "");
        }
      g_hash_table_insert (found,
                           g_strdup_printf ("%s %s%s%s", id, conflict->field != NULL ? conflict->field->name : PSL_FIELD_STATE,
                                            conflict->language != NULL ? " " : "",
                                            conflict->language != NULL ? conflict->language : ""),
                           g_strdup (values->str));
    }
  return found;
}

/* A row stays until somebody who knew of it takes it out; where two have put it in with
 * different numbers, any later change of the list decides. */
static gboolean
is_row_kept (TravelModel *self,
             GHashTable  *conflicts,
             const char  *id,
             const char  *cell,
             const char  *shown,
             const Write *write)
{
  g_autofree char *list = g_strndup (cell, strcspn (cell, " "));
  g_autofree char *key = g_strdup_printf ("%s %s", id, list);
  const char *conflict = g_hash_table_lookup (conflicts, key);

  if (write->value == NULL || g_strcmp0 (shown, write->value) == 0 ||
      (conflict != NULL && strstr (conflict, write->value) != NULL))
    return TRUE;
  return shown != NULL && is_decided (self, get_writes (self, id, list), write);
}

static gboolean
is_value_kept (GHashTable  *conflicts,
               const char  *id,
               const char  *cell,
               const char  *shown,
               const Write *write)
{
  g_autofree char *key = g_strdup_printf ("%s %s", id, cell);
  g_autofree char *line = g_strdup_printf ("\n%s\n", write->value != NULL ? write->value : "");
  const char *conflict = g_hash_table_lookup (conflicts, key);

  return g_strcmp0 (shown, write->value) == 0 || (conflict != NULL && strstr (conflict, line) != NULL);
}

static gboolean
is_list (GHashTable *cells,
         const char *cell)
{
  g_autofree char *row = g_strconcat (cell, " \"", NULL);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, cells);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, row))
      return TRUE;
  return FALSE;
}

static void
assert_cell_kept (TravelModel *self,
                  GHashTable  *conflicts,
                  const char  *id,
                  const char  *cell,
                  const char  *shown,
                  GPtrArray   *writes)
{
  for (guint i = 0; i < writes->len; i++)
    {
      const Write *write = g_ptr_array_index (writes, i);

      if (is_undone (self, write) || is_decided (self, writes, write) ||
          (is_row (cell) ? is_row_kept (self, conflicts, id, cell, shown, write)
                         : is_value_kept (conflicts, id, cell, shown, write)))
        continue;
      g_test_message ("%s %s: “%s” of action %" G_GINT64_FORMAT " of register %u is lost; “%s” is shown", id, cell,
                      write->value, write->number, write->place, shown);
      g_test_fail ();
    }
}

/* Whether somebody took the record away who knew of the write, or the author of the write
 * knew that it was taken away. */
static gboolean
is_removal_aware (GPtrArray   *states,
                  GPtrArray   *writes,
                  const Write *write)
{
  for (guint i = 0; i < states->len; i++)
    {
      const Write *state = g_ptr_array_index (states, i);

      if (g_strcmp0 (state->value, "live") != 0 && (knows_alike (writes, state, write) || knows (write, state)))
        return TRUE;
    }
  return FALSE;
}

/* Whether a part was moved into the record @owner, which is taken away, by somebody who knew that
 * and the write. */
static gboolean
is_moved_knowingly (TravelModel *self,
                    const char  *owner,
                    const char  *part,
                    const Write *write)
{
  GHashTableIter iter;
  gpointer cell_writes;

  if (part == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, g_hash_table_lookup (self->writes, part));
  while (g_hash_table_iter_next (&iter, NULL, &cell_writes))
    {
      GPtrArray *writes = cell_writes;

      for (guint i = 0; i < writes->len; i++)
        {
          const Write *move = g_ptr_array_index (writes, i);

          if (g_strcmp0 (move->value, owner) == 0 && knows (move, write) &&
              is_removal_aware (get_writes (self, owner, PSL_FIELD_STATE), writes, move))
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether it is undecided what a part is a part of. */
static gboolean
is_owner_open (GHashTable *conflicts,
               const char *part,
               const char *owner)
{
  GHashTableIter iter;
  gpointer cell, values;

  g_hash_table_iter_init (&iter, conflicts);
  while (g_hash_table_iter_next (&iter, &cell, &values))
    if (part != NULL && g_str_has_prefix (cell, part) && strstr (values, owner) != NULL)
      return TRUE;
  return FALSE;
}

/* @owner: the record itself or what it is a part of, which is taken away
 * @part: (nullable): the part of @owner that the record is, or that has it */
static void
assert_none_went (TravelModel *self,
                  const char  *owner,
                  const char  *part,
                  const char  *id,
                  const char  *cell,
                  GPtrArray   *writes)
{
  for (guint i = 0; i < writes->len; i++)
    {
      const Write *write = g_ptr_array_index (writes, i);

      if (is_undone (self, write) || is_decided (self, writes, write) ||
          is_removal_aware (get_writes (self, owner, PSL_FIELD_STATE), writes, write) ||
          is_moved_knowingly (self, owner, part, write))
        continue;
      g_test_message ("%s %s: “%s” of action %" G_GINT64_FORMAT " of register %u went with %s", id, cell, write->value,
                      write->number, write->place, owner);
      g_test_fail ();
    }
}

/* A record that is taken away, without an open conflict of its state or of where a part of it
 * is, was taken away by somebody who knew what it holds, and its parts. */
static void
assert_removal_known (TravelModel *self,
                      guint        place,
                      GHashTable  *conflicts,
                      const char  *id,
                      GHashTable  *writes)
{
  const char *part = NULL;

  for (const char *owner = id; owner != NULL; part = owner, owner = g_hash_table_lookup (self->owners, owner))
    {
      g_autofree char *key = g_strconcat (owner, " ", PSL_FIELD_STATE, NULL);
      GHashTable *shown = g_hash_table_lookup (self->shown[place], owner);
      GHashTableIter iter;
      gpointer cell, cell_writes;

      if (g_hash_table_contains (conflicts, key) || is_owner_open (conflicts, part, owner) ||
          g_str_equal (g_hash_table_lookup (shown, PSL_FIELD_STATE), "live"))
        continue;
      g_hash_table_iter_init (&iter, writes);
      while (g_hash_table_iter_next (&iter, &cell, &cell_writes))
        if (!g_str_equal (cell, PSL_FIELD_STATE))
          assert_none_went (self, owner, part, id, cell, cell_writes);
    }
}

TravelModel *
travel_model_new (Offices *offices)
{
  TravelModel *self = g_new0 (TravelModel, 1);

  self->offices = offices;
  self->writes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  self->owners = new_cells ();
  self->reversals = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      self->ids[i] = store_testing_text (offices->stores[i], "SELECT id FROM origin WHERE own");
      self->shown[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
    }
  return self;
}

void
travel_model_free (TravelModel *self)
{
  for (guint i = 0; i < N_REGISTERS; i++)
    {
      g_free (self->ids[i]);
      g_hash_table_unref (self->shown[i]);
    }
  g_hash_table_unref (self->writes);
  g_hash_table_unref (self->owners);
  g_ptr_array_unref (self->reversals);
  g_free (self);
}

/* Whether the register wrote this in an action that has gone from its journal. */
static gboolean
is_taken_back (PslStore    *store,
               guint        place,
               const Write *write)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM action WHERE action = %" G_GINT64_FORMAT, write->number);

  return write->place == place && store_testing_number (store, sql) == 0;
}

static const char *
get_shown (TravelModel *self,
           guint        place,
           const char  *id,
           const char  *cell)
{
  return g_hash_table_lookup (g_hash_table_lookup (self->shown[place], id), cell);
}

/* Notes what a step in a register has written. */
void
travel_model_note_written (TravelModel *self,
                           guint        place)
{
  self->knows[place][place] = psl_store_last_action (self->offices->stores[place]);
  look (self, place, TRUE);
}

/* The same of an edit of a cell: only that cell has changed, and shows @value, or nothing has
 * where the register has refused the edit. One that goes on with edits before it takes their
 * place, and where it ends where they began, nothing was written. */
void
travel_model_note_edited (TravelModel *self,
                          guint        place,
                          gint64       rid,
                          const char  *name,
                          const char  *value,
                          gboolean     is_done)
{
  PslStore *store = self->offices->stores[place];
  g_autofree char *id = store_testing_dup_id (store, rid);
  GPtrArray *writes;

  self->edited_id = is_done ? id : "";
  self->edited_cell = name;
  travel_model_note_written (self, place);
  self->edited_id = NULL;
  if (is_done)
    g_assert_cmpstr (get_shown (self, place, id, name), ==, value);
  writes = get_writes (self, id, name);
  for (guint i = writes->len; i > 0; i--)
    if (is_taken_back (store, place, g_ptr_array_index (writes, i - 1)))
      g_ptr_array_remove_index (writes, i - 1);
}

/* Notes that somebody has decided for a value: it is shown, as what an action has written,
 * and nothing is to be decided there any more. */
void
travel_model_note_decided (TravelModel *self,
                           guint        place,
                           gint64       rid,
                           const char  *name,
                           const char  *value)
{
  g_autofree char *id = store_testing_dup_id (self->offices->stores[place], rid);
  g_autofree char *key = g_strdup_printf ("%s %s", id, name);
  g_autoptr (GHashTable) conflicts = read_conflicts (self->offices->stores[place]);
  gint64 before = self->knows[place][place];

  travel_model_note_written (self, place);
  g_assert_cmpint (self->knows[place][place], >, before);
  g_assert_cmpstr (get_shown (self, place, id, name), ==, value);
  g_assert_false (g_hash_table_contains (conflicts, key));
  add_write (self, place, id, name, NULL, value, FALSE);
}

/* Notes that an action was undone or redone, which the register calls @action. */
void
travel_model_note_reversed (TravelModel *self,
                            guint        place,
                            gint64       action,
                            gboolean     is_undo)
{
  PslStore *store = self->offices->stores[place];
  g_autofree char *sql = g_strdup_printf ("FROM action JOIN origin USING (origin) WHERE action = %" G_GINT64_FORMAT, action);
  g_autofree char *select_origin = g_strconcat ("SELECT origin.id ", sql, NULL);
  g_autofree char *select_number = g_strconcat ("SELECT action.number ", sql, NULL);
  g_autofree char *origin = store_testing_text (store, select_origin);
  Reversal *reversal = g_new0 (Reversal, 1);

  self->reverses = TRUE;
  travel_model_note_written (self, place);
  self->reverses = FALSE;
  fill_write (self, place, &reversal->write);
  while (!g_str_equal (self->ids[reversal->place], origin))
    g_assert_cmpuint (++reversal->place, <, N_REGISTERS);
  reversal->number = store_testing_number (store, select_number);
  reversal->is_undo = is_undo;
  g_ptr_array_add (self->reversals, reversal);
}

/* Notes that somebody has said of a text that it is right: the text is what it was, and decided
 * for where it was changed apart. */
void
travel_model_note_confirmed (TravelModel *self,
                             guint        place,
                             gint64       rid,
                             const char  *name)
{
  g_autofree char *id = store_testing_dup_id (self->offices->stores[place], rid);
  g_autofree char *value = g_strdup (get_shown (self, place, id, name));

  travel_model_note_decided (self, place, rid, name, value);
}

/* Notes which actions have arrived: what the text says, not what the register says. */
void
travel_model_note_got (TravelModel *self,
                       guint        place,
                       const char  *actions)
{
  for (const char *line = actions; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      for (guint i = 0; i < N_REGISTERS; i++)
        {
          g_autofree char *start = g_strdup_printf ("{\"origin\":\"%s\",\"number\":", self->ids[i]);

          if (i != place && g_str_has_prefix (line, start))
            self->knows[place][i] = MAX (self->knows[place][i], g_ascii_strtoll (line + strlen (start), NULL, 10));
        }
    }
  look (self, place, FALSE);
}

/* Fails the test unless the register @place, which has got all, still has what was written:
 * each value that no later write knew of is shown, in a list or named by an open conflict. */
void
travel_model_assert_kept (TravelModel *self,
                          guint        place)
{
  g_autoptr (GHashTable) conflicts = read_conflicts (self->offices->stores[place]);
  GHashTableIter records, cells;
  gpointer id, writes, cell, cell_writes;

  self->last_action[place] = 0;
  look (self, place, FALSE);
  g_hash_table_iter_init (&records, self->writes);
  while (g_hash_table_iter_next (&records, &id, &writes))
    {
      GHashTable *shown = g_hash_table_lookup (self->shown[place], id);

      g_assert_nonnull (shown);
      g_hash_table_iter_init (&cells, writes);
      while (g_hash_table_iter_next (&cells, &cell, &cell_writes))
        if (is_row (cell) || !is_list (writes, cell))
          assert_cell_kept (self, conflicts, id, cell, g_hash_table_lookup (shown, cell), cell_writes);
      assert_removal_known (self, place, conflicts, id, writes);
    }
}
