/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-register-private.h"

#include <glib/gi18n-lib.h>

#include "psl-store-private.h"

/* Writes: each a function for the writer's thread, the function that asks for the write, and
 * the function that takes its result. */

/* How much is done of a change of many states once they are written, and not stored yet. */
#define STATES_SHARE 0.7

/* The arguments of a write; each function uses only its own. */
typedef struct
{
  gint64 rid;
  const PslField *field;
  char *language;
  char *value;
  guint64 session;
  PslRecord *target;
  GArray *rids;
  PslRecordState state;
} Arguments;

static gpointer
arguments_new (Arguments arguments)
{
  return g_memdup2 (&arguments, sizeof arguments);
}

static void
arguments_free (gpointer user_data)
{
  Arguments *arguments = user_data;

  g_free (arguments->language);
  g_free (arguments->value);
  g_clear_object (&arguments->target);
  g_clear_pointer (&arguments->rids, g_array_unref);
  g_free (arguments);
}

/* Ends an action of which a part may have failed: then nothing of it is kept. Returns its
 * number, 0 where nothing has changed, or -1. */
static gint64
finish_action (PslStore  *store,
               gboolean   success,
               GError   **error)
{
  if (success)
    return psl_store_commit (store, error);
  psl_store_rollback (store);
  return -1;
}

static gpointer
edit (PslStore      *store,
      gpointer       user_data,
      GCancellable  *cancellable,
      GError       **error)
{
  const Arguments *data = user_data;

  psl_store_edit (store, data->rid, data->field, data->language, data->value, data->session, error);
  return NULL;
}

static gpointer
link_new (PslStore      *store,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Arguments *data = user_data;

  return psl_store_link_new (store, data->rid, data->field, data->target, error);
}

static gpointer
revert (PslStore      *store,
        gpointer       user_data,
        GCancellable  *cancellable,
        GError       **error)
{
  const Arguments *data = user_data;

  if (psl_store_begin (store, PSL_VERB_REVERT, NULL, error))
    finish_action (store, psl_store_set (store, data->rid, data->field, data->language, data->value, error), error);
  return NULL;
}

/* Makes a record, as an action. Returns its number. */
static gpointer
make_record (PslStore   *store,
             PslVerb     verb,
             PslRecord  *record,
             GError    **error)
{
  gint64 rid;

  if (!psl_store_begin (store, verb, NULL, error))
    return NULL;
  rid = psl_store_insert (store, record, error);
  return finish_action (store, rid > 0, error) >= 0 ? g_memdup2 (&rid, sizeof rid) : NULL;
}

static gpointer
insert (PslStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return make_record (store, PSL_VERB_CREATE, data, error);
}

static gpointer
duplicate (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslRecord) record = psl_store_read (store, *(gint64 *) data, error);
  g_autoptr (PslRecord) copy = NULL;

  if (record == NULL || !psl_store_read_parts (store, record, error))
    return NULL;
  copy = psl_record_duplicate (record);
  return make_record (store, PSL_VERB_DUPLICATE, copy, error);
}

static PslVerb
get_state_verb (PslRecordState state)
{
  switch (state)
    {
    case PSL_RECORD_TRASHED:
      return PSL_VERB_TRASH;

    case PSL_RECORD_GONE:
      return PSL_VERB_REMOVE;

    case PSL_RECORD_LIVE:
    default:
      return PSL_VERB_RESTORE;
    }
}

static const char *
get_state_sentence (PslRecordState state)
{
  switch (state)
    {
    case PSL_RECORD_TRASHED:
      return _("Moving to the trash");

    case PSL_RECORD_GONE:
      return _("Deleting records");

    case PSL_RECORD_LIVE:
    default:
      return _("Restoring from the trash");
    }
}

static gpointer
set_state (PslStore      *store,
           gpointer       user_data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Arguments *data = user_data;
  gboolean success = TRUE;
  gint64 action;

  if (!psl_store_begin (store, get_state_verb (data->state), NULL, error))
    return NULL;
  psl_progress_set_what (store->progress, get_state_sentence (data->state));
  psl_progress_begin_stage (store->progress, STATES_SHARE);
  for (guint i = 0; i < data->rids->len && success; i++)
    success = psl_store_set_state (store, g_array_index (data->rids, gint64, i), data->state, error) &&
              psl_store_step (store, i + 1, data->rids->len, error);
  action = finish_action (store, success, error);
  return action > 0 ? psl_store_get_action (store, action, error) : NULL;
}

/* The action with the number @data, or where that is 0 the action that @find_next finds; 0
 * where there is none, or with @error set. */
static gint64
choose_action (PslStore         *store,
               gpointer          data,
               PslAction      *(*find_next) (PslStore *store, GError **error),
               GError          **error)
{
  gint64 number = *(gint64 *) data;
  g_autoptr (PslAction) next = NULL;

  if (number != 0)
    return number;
  next = find_next (store, error);
  return next != NULL ? next->id : 0;
}

static gpointer
undo (PslStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 action = choose_action (store, data, psl_store_next_own_undo, error);
  PslAction *undone = NULL;

  if (action != 0)
    psl_store_undo (store, action, &undone, error);
  return undone;
}

static gpointer
undo_edit (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslAction) next = psl_store_next_own_undo (store, error);
  PslAction *undone = NULL;

  if (next == NULL || next->records > 1)
    return g_steal_pointer (&next);
  psl_store_undo (store, next->id, &undone, error);
  return undone;
}

static gpointer
redo (PslStore      *store,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  gint64 action = choose_action (store, data, psl_store_next_own_redo, error);
  PslAction *redone = NULL;

  if (action != 0)
    psl_store_redo_action (store, action, &redone, error);
  return redone;
}

/**
 * psl_register_set_async:
 * @field: a field of the record's kind
 * @language: (nullable): for a multilingual field
 * @value: (nullable): the value; %NULL empties the field
 * @session: one of psl_register_new_session() while a person stays in one place,
 *   so that undo takes back the whole; 0 for none
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Changes one value; see psl_store_edit(). Returns at once.
 */
void
psl_register_set_async (PslRegister         *self,
                        gint64               rid,
                        const PslField      *field,
                        const char          *language,
                        const char          *value,
                        guint64              session,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (field != NULL);

  psl_register_write (self, psl_register_set_async, PSL_JOB_NONE, edit, rid,
                      arguments_new ((Arguments) { .rid = rid, .field = field, .language = g_strdup (language),
                                                   .value = g_strdup (value), .session = session }),
                      arguments_free, NULL, NULL, callback, user_data);
}

/**
 * psl_register_link_new_async:
 * @field: a link of the record's kind
 * @target: a new record, with its values and its UUID; it is not changed any more
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes @target and has the link lead to it; see psl_store_link_new().
 * psl_register_action_finish() gives the action.
 */
void
psl_register_link_new_async (PslRegister         *self,
                             gint64               rid,
                             const PslField      *field,
                             PslRecord           *target,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (field != NULL);
  g_return_if_fail (PSL_IS_RECORD (target));

  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, link_new, rid,
                      arguments_new ((Arguments) { .rid = rid, .field = field, .target = g_object_ref (target) }),
                      arguments_free, (GDestroyNotify) psl_action_free, NULL, callback, user_data);
}

/**
 * psl_register_revert_async:
 * @field: a field of the record's kind
 * @language: (nullable): for a multilingual field
 * @value: (nullable): a value from the history
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Gives a field a value back that it had, as an action of that name. Ends with
 * psl_register_set_finish().
 */
void
psl_register_revert_async (PslRegister         *self,
                           gint64               rid,
                           const PslField      *field,
                           const char          *language,
                           const char          *value,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (field != NULL);

  psl_register_write (self, psl_register_set_async, PSL_JOB_NONE, revert, rid,
                      arguments_new ((Arguments) { .rid = rid, .field = field, .language = g_strdup (language),
                                                   .value = g_strdup (value) }),
                      arguments_free, NULL, NULL, callback, user_data);
}

/**
 * psl_register_set_finish:
 *
 * Returns: %TRUE, or %FALSE with an error like those of psl_store_edit()
 */
gboolean
psl_register_set_finish (PslRegister   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_set_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}

/**
 * psl_register_insert_async:
 * @record: its values and its UUID; it is not changed any more
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes a record with all its values.
 */
void
psl_register_insert_async (PslRegister         *self,
                           PslRecord           *record,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  psl_register_write (self, psl_register_insert_async, PSL_JOB_NONE, insert, 0,
                      g_object_ref (record), g_object_unref, g_free, NULL, callback, user_data);
}

/**
 * psl_register_duplicate_async:
 * @rid: a record
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Copies a record, without its identifiers and with a title that says so. Ends with
 * psl_register_insert_finish().
 */
void
psl_register_duplicate_async (PslRegister         *self,
                              gint64               rid,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_insert_async, PSL_JOB_NONE, duplicate, 0,
                      g_memdup2 (&rid, sizeof rid), g_free, g_free, NULL, callback, user_data);
}

/**
 * psl_register_insert_finish:
 *
 * Returns: the new record's number, or 0
 */
gint64
psl_register_insert_finish (PslRegister   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autofree gint64 *rid = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_insert_async), 0);

  rid = g_task_propagate_pointer (G_TASK (result), error);
  return rid != NULL ? *rid : 0;
}

/**
 * psl_register_set_state_async:
 * @rids: (array length=n_rids): records
 * @state: their new state; see psl_store_set_state()
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Puts records into the trash, takes them out or removes them from it, all of
 * them in one action or none. psl_register_action_finish() gives the action, for
 * a toast that undoes it.
 */
void
psl_register_set_state_async (PslRegister         *self,
                              const gint64        *rids,
                              gsize                n_rids,
                              PslRecordState       state,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GArray *copy;

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (rids != NULL || n_rids == 0);

  copy = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rids);
  g_array_append_vals (copy, rids, n_rids);
  psl_register_write (self, psl_register_undo_async, PSL_JOB_WATCHED, set_state, 0,
                      arguments_new ((Arguments) { .rids = copy, .state = state }), arguments_free,
                      (GDestroyNotify) psl_action_free, NULL, callback, user_data);
}

/**
 * psl_register_undo_async:
 * @action: any action, or 0 for the last one made here
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Undoes an action; see psl_store_undo() and psl_store_next_own_undo().
 */
void
psl_register_undo_async (PslRegister         *self,
                         gint64               action,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_undo_async, PSL_JOB_WATCHED, undo, 0,
                      g_memdup2 (&action, sizeof action), g_free, (GDestroyNotify) psl_action_free,
                      NULL, callback, user_data);
}

/**
 * psl_register_undo_edit_async:
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Undoes the last action made here, where it changed one record. An action that changed
 * several records is left as it is and given, with @undone unset, so that a person can be
 * asked; psl_register_undo_async() then undoes it.
 */
void
psl_register_undo_edit_async (PslRegister         *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_undo_async, PSL_JOB_WATCHED, undo_edit, 0, NULL, NULL,
                      (GDestroyNotify) psl_action_free, NULL, callback, user_data);
}

/**
 * psl_register_redo_async:
 * @action: an action that is undone, or 0 for the action that was undone here last
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Does an action again; see psl_store_redo_action() and psl_store_next_own_redo().
 */
void
psl_register_redo_async (PslRegister         *self,
                         gint64               action,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_undo_async, PSL_JOB_WATCHED, redo, 0,
                      g_memdup2 (&action, sizeof action), g_free, (GDestroyNotify) psl_action_free,
                      NULL, callback, user_data);
}

/**
 * psl_register_action_finish:
 *
 * Ends psl_register_undo_async(), psl_register_undo_edit_async(),
 * psl_register_redo_async(), psl_register_set_state_async() and
 * psl_register_link_new_async().
 *
 * Returns: (transfer full) (nullable): the action that was undone, redone or
 *   made, or %NULL with an error. %NULL without one where nothing had to change
 */
PslAction *
psl_register_action_finish (PslRegister   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_undo_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
