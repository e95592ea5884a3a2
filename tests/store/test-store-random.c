/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "store-run.h"
#include "store-testing.h"

/* Random sequences of everything that can be done to a register, through two
 * connections, against a model in memory. PASSERELLE_SEED gives another seed. */

#define STEPS 10000
#define SEED 20260517
#define CHECK_EVERY 1000

static const char *const authors[] = { "", "Anna" };

static const char *
set_author (StoreRun *run,
            PslStore *store)
{
  const char *author = authors[pick (run, G_N_ELEMENTS (authors))];

  psl_store_set_author (store, author);
  return author;
}

static char *
make_text (StoreRun *run)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0, n = 1 + pick (run, 4); i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", store_run_words[pick (run, STORE_RUN_WORDS)]);
  return g_string_free_and_steal (text);
}

static char *
make_rows (StoreRun       *run,
           const PslField *field)
{
  GString *rows = g_string_new ("[");

  for (guint i = 0, n = 1 + pick (run, 3); i < n; i++)
    {
      g_string_append (rows, i > 0 ? "," : "");
      if (g_str_equal (field->name, "beneficiaries"))
        g_string_append_printf (rows, "{\"country\":\"%s\"%s}", (const char *[]) { "MD", "PL", "RO" }[i],
                                pick (run, 2) ? ",\"percentage\":\"33.33\"" : "");
      else if (g_str_equal (field->name, "countries"))
        g_string_append_printf (rows, "{\"country\":\"%s\"}", (const char *[]) { "KZ", "TH", "MD" }[i]);
      else
        g_string_append_printf (rows, "{\"sdg\":\"%u\"}", 3 * i + 1 + pick (run, 3));
    }
  g_string_append_c (rows, ']');
  return g_string_free_and_steal (rows);
}

/* The UUID of a record of the field's target kind that is not gone. */
static char *
make_link (StoreRun       *run,
           const PslField *field)
{
  for (guint i = 0; i < 10 && run->model->records->len > 0; i++)
    {
      ModelRecord *record = model_get_record (run->model, pick (run, run->model->records->len));

      if (record->state != PSL_RECORD_GONE && g_str_equal (record->kind->name, field->target))
        return g_strdup (record->id);
    }
  return NULL;
}

static char *
make_value (StoreRun       *run,
            const PslField *field)
{
  static const char *const dates[] = { "2019", "2020-05", "2020-05-17", "2021-12-31" };
  static const char *const codes[] = { "1", "2", "4", "6" };
  static const char *const countries[] = { "MD", "TH", "PL", "CH" };

  if (pick (run, 5) == 0)
    return NULL;

  switch ((int) field->type)
    {
    case PSL_FIELD_TYPE_IDENTIFIER:
      return g_strdup_printf ("PO.%04u", pick (run, 40));
    case PSL_FIELD_TYPE_DATE:
      return g_strdup (dates[pick (run, G_N_ELEMENTS (dates))]);
    case PSL_FIELD_TYPE_CODE:
      return g_strdup (g_str_equal (field->codelist, "country") ? countries[pick (run, 4)] : codes[pick (run, 4)]);
    case PSL_FIELD_TYPE_MONEY:
      return pick (run, 4) ? g_strdup_printf ("%u.%02u USD", pick (run, 300000), pick (run, 100))
                           : g_strdup_printf ("%u JPY", pick (run, 300000));
    case PSL_FIELD_TYPE_INTEGER:
      return g_strdup_printf ("%u", 1 + pick (run, 9));
    case PSL_FIELD_TYPE_LATITUDE:
      return g_strdup_printf ("%u.5", pick (run, 90));
    case PSL_FIELD_TYPE_LINK:
      return make_link (run, field);
    case PSL_FIELD_TYPE_ROWS:
      return make_rows (run, field);
    default:
      return make_text (run);
    }
}

/* A record in one of the states of the mask (1: live, 2: trashed, 4: gone), or -1. */
static int
pick_record (StoreRun *run,
             guint     states)
{
  for (guint i = 0; i < 20 && run->model->records->len > 0; i++)
    {
      guint record = pick (run, run->model->records->len);
      PslRecordState state = model_get_record (run->model, record)->state;

      if (states & (state == PSL_RECORD_LIVE ? 1U : state == PSL_RECORD_TRASHED ? 2U : 4U))
        return (int) record;
    }
  return -1;
}

static void
touch_changes (StoreRun          *run,
               const ModelAction *action)
{
  for (guint i = 0; i < action->changes->len; i++)
    {
      const ModelChange *change = action->changes->pdata[i];

      g_hash_table_add (run->touched, GUINT_TO_POINTER (change->record + 1));
    }
}

static void
begin (StoreRun *run,
       PslStore *store,
       PslVerb   verb)
{
  g_autoptr (GError) error = NULL;
  const char *author = set_author (run, store);

  model_begin (run->model, verb, author, 0);
  psl_store_begin (store, verb, verb == PSL_VERB_IMPORT ? "file.csv" : NULL, &error);
  g_assert_no_error (error);
}

static void
commit (StoreRun *run,
        PslStore *store)
{
  g_autoptr (GError) error = NULL;
  gint64 action = psl_store_commit (store, &error);

  g_assert_no_error (error);
  if (!model_changes (run->model))
    {
      g_assert_cmpint (action, ==, 0);
      model_rollback (run->model);
      return;
    }
  g_assert_cmpint (action, >, 0);
  touch_changes (run, run->model->current);
  model_commit (run->model, action);
}

static void
insert (StoreRun *run,
        PslStore *store)
{
  const PslKind *kind = pick (run, 3) ? &psl_kind_project : &psl_kind_office;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) back = NULL;
  char *values[MODEL_MAX_CELLS] = { NULL };
  ModelRecord *made;
  guint index;

  for (guint i = 0; i < model_get_n_cells (kind); i++)
    values[i] = make_value (run, model_get_cell (kind, (int) i)->field);

  record = psl_record_new (kind, 0, NULL);
  index = model_create (run->model, kind);
  made = model_get_record (run->model, index);
  for (guint i = 0; i < model_get_n_cells (kind); i++)
    {
      const ModelCell *cell = model_get_cell (kind, (int) i);

      psl_record_set (record, cell->field, cell->language, values[i]);
      model_set (run->model, index, (int) i, values[i]);
      g_free (values[i]);
    }
  made->rid = psl_store_insert (store, record, &error);
  g_assert_no_error (error);
  back = psl_store_read (store, made->rid, &error);
  g_assert_no_error (error);
  made->id = g_strdup (psl_record_get_id (back));
}

static void
set_random (StoreRun *run,
            PslStore *store,
            guint     record)
{
  ModelRecord *changed = model_get_record (run->model, record);
  int index = (int) pick (run, model_get_n_cells (changed->kind));
  const ModelCell *cell = model_get_cell (changed->kind, index);
  g_autofree char *value = make_value (run, cell->field);
  g_autoptr (GError) error = NULL;

  model_set (run->model, record, index, value);
  psl_store_set (store, changed->rid, cell->field, cell->language, value, &error);
  g_assert_no_error (error);
}

static void
step_insert (StoreRun *run)
{
  PslStore *store = get_store (run);

  begin (run, store, PSL_VERB_CREATE);
  insert (run, store);
  if (pick (run, 3) == 0)
    set_random (run, store, run->model->records->len - 1);
  commit (run, store);
}

/* Several records made and changed in one action, with some values refused. */
static void
step_import (StoreRun *run)
{
  PslStore *store = get_store (run);

  begin (run, store, PSL_VERB_IMPORT);
  for (guint i = 0, n = 1 + pick (run, 8); i < n; i++)
    {
      int record = pick_record (run, 3);
      g_autoptr (GError) error = NULL;

      if (pick (run, 6) == 0)
        insert (run, store);
      else if (record >= 0)
        set_random (run, store, (guint) record);
      if (record >= 0 && model_get_record (run->model, (guint) record)->kind == &psl_kind_project && pick (run, 4) == 0)
        {
          psl_store_set (store, model_get_record (run->model, (guint) record)->rid,
                         psl_kind_find_field (&psl_kind_project, "beneficiaries"), NULL,
                         "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"900\"}]", &error);
          store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
        }
    }
  if (pick (run, 6) == 0)
    {
      psl_store_rollback (store);
      model_rollback (run->model);
      return;
    }
  commit (run, store);
}

static void
step_edit (StoreRun *run)
{
  PslStore *store = get_store (run);
  int record = pick_record (run, 3);
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  const ModelCell *cell;
  ModelRecord *changed;
  ModelAction *last = run->model->actions->len > 0 ? run->model->actions->pdata[run->model->actions->len - 1] : NULL;
  const char *author;
  int index;

  if (record < 0)
    return;
  changed = model_get_record (run->model, (guint) record);
  index = (int) pick (run, model_get_n_cells (changed->kind));
  author = set_author (run, store);

  /* Often go on where the last edit was made. */
  if (last != NULL && last->verb == PSL_VERB_EDIT && pick (run, 3) > 0)
    {
      ModelChange *change = last->changes->pdata[0];

      record = (int) change->record;
      changed = model_get_record (run->model, change->record);
      index = change->cell;
      if (pick (run, 4) == 0)
        value = g_strdup (change->old_value);
    }
  else
    {
      run->session++;
    }
  cell = model_get_cell (changed->kind, index);
  if (value == NULL)
    value = make_value (run, cell->field);

  model_begin (run->model, PSL_VERB_EDIT, author, run->session);
  model_set (run->model, (guint) record, index, value);
  psl_store_edit (store, changed->rid, cell->field, cell->language, value, run->session, &error);
  g_assert_no_error (error);
  if (!model_changes (run->model))
    {
      model_rollback (run->model);
      return;
    }
  touch_changes (run, run->model->current);
  model_commit_edit (run->model, psl_store_last_action (store));
}

static void
step_state (StoreRun *run)
{
  static const PslVerb state_verbs[] = { PSL_VERB_REMOVE, PSL_VERB_RESTORE, PSL_VERB_TRASH };
  PslStore *store = get_store (run);
  PslRecordState state = (PslRecordState) ((int) pick (run, 3) - 1);
  guint n = pick (run, 5) == 0 ? 3 : 1;

  begin (run, store, state_verbs[state + 1]);
  for (guint i = 0; i < n; i++)
    {
      int record = pick_record (run, state == PSL_RECORD_TRASHED ? 1 : 2);
      g_autoptr (GError) error = NULL;

      if (record < 0)
        continue;
      model_set_state (run->model, (guint) record, state);
      psl_store_set_state (store, model_get_record (run->model, (guint) record)->rid, state, &error);
      g_assert_no_error (error);
    }
  commit (run, store);
}

/* A removed record can't be changed. */
static void
step_gone (StoreRun *run)
{
  PslStore *store = get_store (run);
  int record = pick_record (run, 4);
  g_autoptr (GError) error = NULL;
  ModelRecord *gone;

  if (record < 0)
    return;
  gone = model_get_record (run->model, (guint) record);
  g_assert_false (psl_store_edit (store, gone->rid, model_get_cell (gone->kind, 0)->field,
                                  model_get_cell (gone->kind, 0)->language, "No", 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

static void
undo (StoreRun    *run,
      ModelAction *target,
      gint64       action)
{
  PslStore *store = get_store (run);
  const char *author = set_author (run, store);
  g_autoptr (PslAction) undone = NULL;
  g_autoptr (GError) error = NULL;
  gint64 result;

  if (target == NULL)
    {
      g_assert_cmpint (psl_store_undo (store, action, NULL, &error), ==, 0);
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOTHING);
      return;
    }
  if (!model_undo (run->model, target, author))
    {
      g_assert_cmpint (psl_store_undo (store, action, NULL, &error), ==, 0);
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_CONFLICT);
      return;
    }
  result = psl_store_undo (store, action, &undone, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, >, 0);
  g_assert_cmpint (undone->id, ==, target->id);
  g_assert_true (undone->undone);
  target->undone_by = result;
  touch_changes (run, run->model->current);
  model_commit (run->model, result);
}

static void
step_undo (StoreRun *run)
{
  for (guint i = 0, n = 1 + pick (run, 4); i < n; i++)
    undo (run, model_next_undo (run->model), 0);
}

static void
step_undo_old (StoreRun *run)
{
  ModelAction *target;

  if (run->model->actions->len == 0)
    return;
  target = run->model->actions->pdata[run->model->actions->len - 1 - pick (run, MIN (run->model->actions->len, 60))];
  if (target->undone_by != 0 || target->verb == PSL_VERB_UNDO || target->verb == PSL_VERB_REDO)
    undo (run, NULL, target->id);
  else
    undo (run, target, target->id);
}

static void
step_redo (StoreRun *run)
{
  for (guint i = 0, n = 1 + pick (run, 4); i < n; i++)
    {
      PslStore *store = get_store (run);
      const char *author = set_author (run, store);
      ModelAction *target = model_next_redo (run->model);
      g_autoptr (PslAction) redone = NULL;
      g_autoptr (GError) error = NULL;
      gint64 result = psl_store_redo (store, &redone, &error);

      if (target == NULL || !model_redo (run->model, target, author))
        {
          g_assert_cmpint (result, ==, 0);
          store_testing_assert_refused (&error, target == NULL ? PSL_REGISTER_ERROR_NOTHING : PSL_REGISTER_ERROR_CONFLICT);
          return;
        }
      g_assert_no_error (error);
      g_assert_cmpint (result, >, 0);
      g_assert_cmpint (redone->id, ==, target->id);
      target->undone_by = 0;
      touch_changes (run, run->model->current);
      model_commit (run->model, result);
    }
}

static void
open_store (StoreRun *run,
            guint     index)
{
  g_autoptr (GError) error = NULL;

  run->stores[index] = store_testing_open (run->path, PSL_STORE_CREATE);
  /* The stored values are tested, not that they outlast a power cut; thousands of waits for
   * the disk would only hide that. */
  psl_db_exec (psl_store_get_db (run->stores[index]), "PRAGMA synchronous = OFF", &error);
  g_assert_no_error (error);
}

static void
step_reopen (StoreRun *run)
{
  guint index = pick (run, 2);

  psl_store_close (run->stores[index]);
  open_store (run, index);
}

static void
take_step (StoreRun *run)
{
  static void (*const steps[]) (StoreRun *) = {
    step_insert, step_import, step_import, step_edit, step_edit, step_edit, step_edit, step_edit, step_edit,
    step_state, step_state, step_gone, step_undo, step_undo, step_undo_old, step_undo_old, step_redo, step_redo,
  };

  if (pick (run, 200) == 0)
    step_reopen (run);
  steps[pick (run, G_N_ELEMENTS (steps))] (run);
  if (run->model->records->len > 0)
    store_run_check_record (run, pick (run, run->model->records->len));
  if (run->step % CHECK_EVERY == 0)
    store_run_check_all (run);
}

static void
test_random (void)
{
  const char *given = g_getenv ("PASSERELLE_SEED");
  guint seed = given != NULL ? (guint) strtoul (given, NULL, 10) : SEED;
  g_autofree char *folder = folder_make ();
  StoreRun run = {
    .path = g_build_filename (folder, "register.passerelle", NULL),
    .model = model_new (),
    .random = g_rand_new_with_seed (seed),
    .touched = g_hash_table_new (NULL, NULL),
  };

  g_test_message ("PASSERELLE_SEED=%u", seed);
  open_store (&run, 0);
  open_store (&run, 1);
  for (run.step = 1; run.step <= STEPS; run.step++)
    take_step (&run);
  g_test_message ("%u records, %u actions", run.model->records->len, run.model->actions->len);

  psl_store_close (run.stores[0]);
  psl_store_close (run.stores[1]);
  model_free (run.model);
  g_rand_free (run.random);
  g_hash_table_unref (run.touched);
  g_free (run.path);
  folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/random", test_random);

  return g_test_run ();
}
