/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registers that edit apart at random, and exchange at random, hold the same in the end, and
 * nothing that was written is lost. PASSERELLE_SEED gives another seed, and PSL_TRAVEL_STEPS the
 * number of steps. */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "psl-kinds.h"
#include "psl-store-entry.h"
#include "psl-store-private.h"
#include "psl-travel.h"
#include "store-testing.h"
#include "travel-model.h"

#define N_STEPS 600
#define SEED 20260517

/* One register at a step. */
typedef struct
{
  PslStore *store;
  guint place;
  GRand *random;
  TravelModel *model;
} Office;

static const char *const years[] = { NULL, "2018", "2019", "2020-05", "2021", "2022-03-04" };
static const char *const words[] = { NULL, "Water", "Bridge", "School", "Road", "Border" };
static const char *const languages[] = { "en", "fr", "es" };
static const char *const goals[] = { "1", "2", "3", "4", "5", "6", "7", "8" };
static const char *const countries[] = { "AL", "AM", "AZ", "BA", "BY", "GE" };
static const char *const percentages[] = { "", ",\"percentage\":\"40\"", ",\"percentage\":\"60\"" };
static const char *const identifiers[] = { NULL, "PO.0001", "PO.0002", "PO.0003" };
static const char *const codes[] = { "XA", "XB", "PO" };
static const char *const parts[] = { "document", "result" };

static guint
pick (Office *self,
      guint   n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

#define PICK(self, values) ((values)[pick ((self), G_N_ELEMENTS (values))])

static gint64
read_number (PslStore   *store,
             const char *sql,
             const char *kind,
             gint64      number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = psl_db_prepare (psl_store_get_db (store), sql, &error);
  gint64 found = 0;

  g_assert_no_error (error);
  psl_statement_bind_text (statement, 1, kind);
  psl_statement_bind_int64 (statement, 2, number);
  if (psl_statement_step (statement, &error))
    found = psl_statement_get_int64 (statement, 0);
  g_assert_no_error (error);
  return found;
}

/* 0 where there is none. @kind: (nullable): NULL for any */
static gint64
pick_record (Office     *self,
             const char *kind)
{
  gint64 n = read_number (self->store, "SELECT count (*) FROM record WHERE ifnull (kind = ?1, 1) AND ?2 = 0", kind, 0);

  return n == 0 ? 0 : read_number (self->store, "SELECT rid FROM record WHERE ifnull (kind = ?1, 1) ORDER BY rid LIMIT 1 OFFSET ?2",
                                   kind, pick (self, (guint) n));
}

static const PslField *
get_field (PslStore   *store,
           gint64      rid,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  return psl_kind_find_field (psl_record_get_kind (record), name);
}

/* A change that the register refuses is no step. */
static void
edit (Office     *self,
      gint64      rid,
      const char *name,
      const char *language,
      const char *value,
      guint64     session)
{
  g_autofree char *cell = language != NULL ? g_strdup_printf ("%s %s", name, language) : g_strdup (name);
  gboolean is_done;

  if (rid == 0)
    return;
  is_done = psl_store_edit (self->store, rid, get_field (self->store, rid, name), language, value, session, NULL);
  travel_model_note_edited (self->model, self->place, rid, cell, value, is_done);
}

static void
insert (Office    *self,
        PslVerb    verb,
        PslRecord *record)
{
  g_autoptr (GError) error = NULL;

  psl_store_begin (self->store, verb, NULL, &error);
  g_assert_no_error (error);
  if (psl_store_insert (self->store, record, NULL) != 0)
    psl_store_commit (self->store, &error);
  else
    psl_store_rollback (self->store);
  g_assert_no_error (error);
}

static void
make (Office     *self,
      const char *kind,
      const char *title,
      gint64      owner)
{
  g_autoptr (PslRecord) record = psl_record_new (psl_kind_find (kind), 0, NULL);
  g_autofree char *owner_id = owner != 0 ? store_testing_dup_id (self->store, owner) : NULL;

  if (owner != 0)
    psl_record_set (record, psl_kind_get_owner_field (psl_kind_find (kind)), NULL, owner_id);
  psl_record_set (record, psl_kind_find_field (psl_kind_find (kind), title), "en", words[1 + pick (self, 5)]);
  insert (self, PSL_VERB_CREATE, record);
}

static void
make_record (Office *self)
{
  if (pick (self, 2) == 0)
    make (self, "project", "title", 0);
  else
    make (self, "office", "name", 0);
}

static void
make_part (Office *self)
{
  const char *kind = PICK (self, parts);
  gint64 owner = pick_record (self, "project");

  if (owner != 0)
    make (self, kind, g_str_equal (kind, "document") ? "title" : "indicator", owner);
}

/* Of a record or of a part. */
static void
make_remark (Office *self)
{
  gint64 owner = pick_record (self, PICK (self, ((const char *const[]) { "project", "office", "document" })));

  if (owner != 0)
    make (self, "remark", "text", owner);
}

static void
duplicate (Office *self)
{
  gint64 rid = pick_record (self, "project");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = rid != 0 ? psl_store_read (self->store, rid, &error) : NULL;
  g_autoptr (PslRecord) copy = NULL;

  g_assert_no_error (error);
  if (record == NULL)
    return;
  psl_store_read_parts (self->store, record, &error);
  g_assert_no_error (error);
  copy = psl_record_duplicate (record);
  insert (self, PSL_VERB_DUPLICATE, copy);
}

static void
edit_title (Office *self)
{
  edit (self, pick_record (self, "project"), "title", PICK (self, languages), PICK (self, words), pick (self, 3));
}

static void
edit_part (Office *self)
{
  if (pick (self, 2) == 0)
    edit (self, pick_record (self, "document"), "title", PICK (self, languages), PICK (self, words), 0);
  else
    edit (self, pick_record (self, "remark"), "text", "en", PICK (self, words), 0);
}

/* Every other one of the codes, more or less, from any of them on; NULL where that is none. */
static char *
dup_list (Office            *self,
          const char        *column,
          const char *const *list,
          guint              n,
          gboolean           has_percentages)
{
  g_autoptr (GString) rows = g_string_new (NULL);
  guint first = pick (self, n);

  for (guint i = 0; i < n; i++)
    if (pick (self, 2) == 0)
      g_string_append_printf (rows, "%c{\"%s\":\"%s\"%s}", rows->len == 0 ? '[' : ',', column, list[(first + i) % n],
                              has_percentages ? PICK (self, percentages) : "");
  return rows->len > 0 ? g_strconcat (rows->str, "]", NULL) : NULL;
}

static void
edit_list (Office *self)
{
  gboolean is_goals = pick (self, 2) == 0;
  g_autofree char *list = is_goals ? dup_list (self, "sdg", goals, G_N_ELEMENTS (goals), FALSE)
                                   : dup_list (self, "country", countries, G_N_ELEMENTS (countries), TRUE);

  edit (self, pick_record (self, "project"), is_goals ? "sdg" : "beneficiaries", NULL, list, 0);
}

static void
edit_date (Office *self)
{
  edit (self, pick_record (self, "project"), "start", NULL, PICK (self, years), 0);
}

static void
edit_identifier (Office *self)
{
  edit (self, pick_record (self, "project"), "project_id", NULL, PICK (self, identifiers), 0);
}

static void
move_part (Office *self)
{
  gint64 part = pick_record (self, PICK (self, parts));

  if (part == 0)
    return;
  psl_store_begin (self->store, PSL_VERB_EDIT, NULL, NULL);
  psl_store_move (self->store, part, 0, NULL);
  psl_store_commit (self->store, NULL);
}

static void
give_part (Office *self)
{
  gint64 part = pick_record (self, PICK (self, parts));
  gint64 owner = pick_record (self, "project");
  g_autofree char *id = owner != 0 ? store_testing_dup_id (self->store, owner) : NULL;

  if (part != 0 && owner != 0)
    edit (self, part, "project", NULL, id, 0);
}

static void
edit_link (Office *self)
{
  static const struct
  {
    const char *kind;
    const char *field;
    const char *target;
  } links[] = {
    { "project", "office", "office" }, { "project", "predecessor", "project" }, { "office", "successor", "office" },
  };
  guint n = pick (self, G_N_ELEMENTS (links));
  gint64 target = pick_record (self, links[n].target);
  g_autofree char *id = target != 0 && pick (self, 5) > 0 ? store_testing_dup_id (self->store, target) : NULL;

  edit (self, pick_record (self, links[n].kind), links[n].field, NULL, id, 0);
}

/* Adds an entry, renames it, withdraws it or takes it up again. */
static void
edit_entry (Office *self)
{
  const char *code = PICK (self, codes);
  g_autoptr (PslEntryEdit) entry = psl_entry_edit_new ("type", code);
  const PslCodelist *list = psl_codelists_get_list (psl_store_get_codelists (self->store), "type");

  entry->is_new = psl_codelist_find (list, code) == NULL;
  if (entry->is_new || pick (self, 2) == 0)
    psl_names_set (&entry->names, pick (self, 2) == 0 ? "fr" : "en", words[1 + pick (self, 5)]);
  if (pick (self, 3) == 0)
    entry->status = pick (self, 2) == 0 ? PSL_CODE_STATUS_WITHDRAWN : PSL_CODE_STATUS_IN_USE;
  psl_store_edit_entry (self->store, entry, NULL);
}

static void
change_state (Office *self)
{
  PslRecordState state = (PslRecordState) ((int) pick (self, 3) - 1);
  gint64 rid = pick_record (self, NULL);
  g_autoptr (GError) error = NULL;

  if (rid == 0)
    return;
  psl_store_begin (self->store, state == PSL_RECORD_LIVE ? PSL_VERB_RESTORE : PSL_VERB_TRASH, NULL, &error);
  g_assert_no_error (error);
  psl_store_set_state (self->store, rid, state, NULL);
  psl_store_commit (self->store, NULL);
}

/* An action of this register or of another one; 0 for the last. */
static gint64
pick_action (Office *self)
{
  gint64 last = psl_store_last_action (self->store);

  return pick (self, 2) == 0 || last == 0 ? 0 : last - pick (self, (guint) MIN (last, 20));
}

static void
undo (Office *self)
{
  g_autoptr (PslAction) undone = NULL;

  if (psl_store_undo (self->store, MAX (pick_action (self), 0), &undone, NULL) != 0)
    travel_model_note_reversed (self->model, self->place, undone->id, TRUE);
}

static void
redo (Office *self)
{
  g_autoptr (PslAction) redone = NULL;
  gint64 action = pick_action (self);

  if ((action > 0 ? psl_store_redo_action (self->store, action, &redone, NULL)
                  : psl_store_redo (self->store, &redone, NULL)) != 0)
    travel_model_note_reversed (self->model, self->place, redone->id, FALSE);
}

static void
decide (Office *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = psl_store_list_conflicts (self->store, &error);
  const PslConflict *conflict;
  const char *value;
  g_autofree char *cell = NULL;

  g_assert_no_error (error);
  if (conflicts->len == 0)
    return;
  conflict = g_ptr_array_index (conflicts, pick (self, conflicts->len));
  value = g_ptr_array_index (conflict->values, pick (self, conflict->values->len));
  if (!psl_store_resolve (self->store, conflict->rid, conflict->field, conflict->language, value, NULL))
    return;
  cell = g_strconcat (conflict->field != NULL ? conflict->field->name : PSL_FIELD_STATE,
                      conflict->language != NULL ? " " : NULL, conflict->language, NULL);
  travel_model_note_decided (self->model, self->place, conflict->rid, cell, value);
}

static void
confirm (Office *self)
{
  gint64 rid = pick_record (self, "project");
  const char *language = PICK (self, languages);
  g_autofree char *cell = g_strconcat ("title ", language, NULL);

  if (rid != 0 && psl_store_confirm_text (self->store, rid, psl_kind_find_field (&psl_kind_project, "title"), language, NULL) > 0)
    travel_model_note_confirmed (self->model, self->place, rid, cell);
}

static const struct
{
  guint share;
  void (*take) (Office *self);
} steps[] = {
  { 6, make_record }, { 5, make_part }, { 3, make_remark }, { 3, duplicate }, { 14, edit_title }, { 8, edit_part }, { 20, edit_list },
  { 8, edit_date }, { 3, edit_identifier }, { 4, move_part }, { 4, give_part }, { 10, edit_link }, { 4, edit_entry },
  { 8, change_state }, { 8, undo }, { 4, redo }, { 8, decide }, { 2, confirm },
};

static void
take_step (Office *self)
{
  guint sum = 0;
  guint drawn;

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    sum += steps[i].share;
  drawn = pick (self, sum);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (drawn < steps[i].share)
        {
          steps[i].take (self);
          travel_model_note_written (self->model, self->place);
          return;
        }
      drawn -= steps[i].share;
    }
}

/* Cuts actions off, at the beginning of one. */
static void
cut (char  *actions,
     GRand *random)
{
  char *end = actions + g_rand_int_range (random, 0, (gint32) strlen (actions) + 1);

  while (*end != '\0' && !g_str_has_prefix (end, "\n{\"origin\""))
    end++;
  if (*end != '\0')
    end[1] = '\0';
}

static void
exchange (Offices     *offices,
          TravelModel *model,
          GRand       *random)
{
  guint from = (guint) g_rand_int_range (random, 0, N_REGISTERS);
  guint to = (guint) g_rand_int_range (random, 0, N_REGISTERS);
  g_autofree char *actions = travel_write_for (offices->stores[from], offices->stores[to]);
  g_autoptr (GError) error = NULL;

  if (g_rand_boolean (random))
    cut (actions, random);
  travel_replay (offices->stores[to], actions, &error);
  g_assert_no_error (error);
  travel_model_note_got (model, to, actions);
  g_assert_cmpint (travel_replay (offices->stores[to], actions, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_random (Offices       *offices,
             gconstpointer  data)
{
  const char *n_given = g_getenv ("PSL_TRAVEL_STEPS");
  const char *seed_given = g_getenv ("PASSERELLE_SEED");
  guint n_steps = n_given != NULL ? (guint) strtoul (n_given, NULL, 10) : N_STEPS;
  guint32 seed = seed_given != NULL ? (guint32) strtoul (seed_given, NULL, 10) : SEED;
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (TravelModel) model = travel_model_new (offices);

  g_test_message ("seed %u, %u steps", seed, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      guint place = (guint) g_rand_int_range (random, 0, N_REGISTERS);
      Office office = { offices->stores[place], place, random, model };

      take_step (&office);
      if (g_rand_int_range (random, 0, 12) == 0)
        exchange (offices, model, random);
    }
  offices_exchange_all (offices);
  /* One that gets all at once. */
  travel_send (offices->stores[1], offices->stores[N_REGISTERS]);
  offices_assert_all_same (offices);
  travel_assert_whole (offices->stores[N_REGISTERS]);
  travel_assert_same (offices->stores[0], offices->stores[N_REGISTERS]);
  travel_model_assert_kept (model, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/travel/random", Offices, NULL, offices_set_up, test_random, offices_tear_down);
  return g_test_run ();
}
