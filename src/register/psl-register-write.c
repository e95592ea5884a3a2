/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup.h"
#include "psl-register-private.h"

/*
 * The register's writes: each a function for the writer's thread, the call that
 * asks for it, and the one that takes its result.
 */

typedef struct
{
  gint64 rid;
  const PslField *field;
  char *language;
  char *value;
  guint64 session;
} EditData;

/* A record to be made for a link of another to lead to. */
typedef struct
{
  gint64 rid;
  const PslField *field;
  PslRecord *target;
} LinkData;

typedef struct
{
  GArray *rids;
  PslRecordState state;
} StateData;

typedef struct
{
  char *path;
  char *backup;
} RestoreData;

static EditData *
edit_data_new (gint64          rid,
               const PslField *field,
               const char     *language,
               const char     *value,
               guint64         session)
{
  EditData *data = g_new0 (EditData, 1);

  data->rid = rid;
  data->field = field;
  data->language = g_strdup (language);
  data->value = g_strdup (value);
  data->session = session;
  return data;
}

static void
edit_data_free (gpointer user_data)
{
  EditData *data = user_data;

  g_free (data->language);
  g_free (data->value);
  g_free (data);
}

static void
link_data_free (gpointer user_data)
{
  LinkData *data = user_data;

  g_object_unref (data->target);
  g_free (data);
}

static void
state_data_free (gpointer user_data)
{
  StateData *data = user_data;

  g_array_unref (data->rids);
  g_free (data);
}

static void
restore_data_free (gpointer user_data)
{
  RestoreData *data = user_data;

  g_free (data->path);
  g_free (data->backup);
  g_free (data);
}

/* Ends an action of which a part may have failed: then nothing of it is kept. */
static gboolean
finish_action (PslStore  *store,
               gboolean   success,
               GError   **error)
{
  if (success)
    return psl_store_commit (store, error) >= 0;
  psl_store_rollback (store);
  return FALSE;
}

static gpointer
edit (PslStore      *store,
      gpointer       user_data,
      GCancellable  *cancellable,
      GError       **error)
{
  EditData *data = user_data;

  psl_store_edit (store, data->rid, data->field, data->language, data->value, data->session, error);
  return NULL;
}

static gpointer
link_new (PslStore      *store,
          gpointer       user_data,
          GCancellable  *cancellable,
          GError       **error)
{
  LinkData *data = user_data;

  return psl_store_link_new (store, data->rid, data->field, data->target, error);
}

static gpointer
revert (PslStore      *store,
        gpointer       user_data,
        GCancellable  *cancellable,
        GError       **error)
{
  EditData *data = user_data;

  if (psl_store_begin (store, PSL_VERB_REVERT, NULL, error))
    finish_action (store, psl_store_set (store, data->rid, data->field, data->language, data->value, error), error);
  return NULL;
}

static gpointer
create (PslStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  gint64 rid;

  if (!psl_store_begin (store, PSL_VERB_CREATE, NULL, error))
    return NULL;
  rid = psl_store_create (store, data, NULL, error);
  if (!finish_action (store, rid > 0, error))
    return NULL;
  return g_memdup2 (&rid, sizeof rid);
}

static gpointer
insert (PslStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  gint64 rid;

  if (!psl_store_begin (store, PSL_VERB_CREATE, NULL, error))
    return NULL;
  rid = psl_store_insert (store, data, error);
  if (!finish_action (store, rid > 0, error))
    return NULL;
  return g_memdup2 (&rid, sizeof rid);
}

/* How a copy's title says that it is one, in the language of the title. */
static char *
dup_copy_title (const char *title,
                const char *language)
{
  return g_strdup_printf (g_str_equal (language, "fr") ? "%s (copie)" : "%s (copy)", title);
}

static void
copy_texts (PslRecord      *copy,
            PslRecord      *record,
            const PslField *field,
            gboolean        is_copy)
{
  g_autofree const char **languages = psl_record_list_languages (record, field);

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      const char *text = psl_record_get (record, field, languages[i]);
      g_autofree char *title = is_copy ? dup_copy_title (text, languages[i]) : NULL;

      psl_record_set (copy, field, languages[i], title != NULL ? title : text);
      psl_record_set_agreed (copy, field, languages[i], psl_record_get_agreed (record, field, languages[i]));
    }
}

static void duplicate_parts (PslRecord      *copy,
                             PslRecord      *record,
                             const PslField *field);

/* All of a record but what identifies it. @is_copy: whether its title says so. */
static PslRecord *
duplicate_record (PslRecord *record,
                  gboolean   is_copy)
{
  const PslKind *kind = psl_record_get_kind (record);
  PslRecord *copy = psl_record_new (kind, 0, NULL);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_IDENTIFIER || (field->flags & PSL_FIELD_UNIQUE))
        continue;
      if (field->type == PSL_FIELD_TYPE_PARTS)
        duplicate_parts (copy, record, field);
      else if (field->flags & PSL_FIELD_MULTILINGUAL)
        copy_texts (copy, record, field, is_copy && field == psl_kind_get_title (kind));
      else
        psl_record_set (copy, field, NULL, psl_record_get (record, field, NULL));
    }
  return copy;
}

static void
duplicate_parts (PslRecord      *copy,
                 PslRecord      *record,
                 const PslField *field)
{
  GPtrArray *parts = psl_record_get_parts (record, field);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autoptr (PslRecord) part = duplicate_record (g_ptr_array_index (parts, i), FALSE);

      psl_record_add_part (copy, field, part);
    }
}

static gpointer
duplicate (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslRecord) record = psl_store_read (store, *(gint64 *) data, error);
  g_autoptr (PslRecord) copy = NULL;
  gint64 rid;

  if (record == NULL || !psl_store_read_parts (store, record, error))
    return NULL;
  copy = duplicate_record (record, TRUE);
  if (!psl_store_begin (store, PSL_VERB_DUPLICATE, NULL, error))
    return NULL;
  rid = psl_store_insert (store, copy, error);
  if (!finish_action (store, rid > 0, error))
    return NULL;
  return g_memdup2 (&rid, sizeof rid);
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

static gpointer
set_state (PslStore      *store,
           gpointer       user_data,
           GCancellable  *cancellable,
           GError       **error)
{
  StateData *data = user_data;
  gboolean success = TRUE;
  gint64 action;

  if (!psl_store_begin (store, get_state_verb (data->state), NULL, error))
    return NULL;
  for (guint i = 0; i < data->rids->len && success; i++)
    success = psl_store_set_state (store, g_array_index (data->rids, gint64, i), data->state, error);
  if (!success)
    {
      psl_store_rollback (store);
      return NULL;
    }

  action = psl_store_commit (store, error);
  return action > 0 ? psl_store_get_action (store, action, error) : NULL;
}

/* The action that is asked for: that of the number @data, or where it is 0 the one that
 * @find_next finds; 0 where there is none, or with @error set. */
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

static gpointer
back_up (PslStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *own = NULL;
  const char *path = data;

  if (path == NULL)
    {
      own = psl_backup_dup_path (psl_store_get_path (store), PSL_BACKUP_MANUAL, g_get_real_time ());
      path = own;
    }
  psl_backup_create (store, path, cancellable, error);
  return NULL;
}

static gpointer
restore (PslStore      *store,
         gpointer       user_data,
         GCancellable  *cancellable,
         GError       **error)
{
  RestoreData *data = user_data;

  psl_backup_restore (data->path, data->backup, cancellable, NULL, error);
  return NULL;
}

/* Of functions that return nothing: whether they went well. */
static gboolean
finish_success (GAsyncResult  *result,
                GError       **error)
{
  g_autoptr (GError) local_error = NULL;

  g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
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
                      edit_data_new (rid, field, language, value, session), edit_data_free, NULL,
                      NULL, callback, user_data);
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
  LinkData *data;

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (field != NULL);
  g_return_if_fail (PSL_IS_RECORD (target));

  data = g_new0 (LinkData, 1);
  data->rid = rid;
  data->field = field;
  data->target = g_object_ref (target);
  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, link_new, rid, data, link_data_free,
                      (GDestroyNotify) psl_action_free, NULL, callback, user_data);
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
                      edit_data_new (rid, field, language, value, 0), edit_data_free, NULL,
                      NULL, callback, user_data);
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

  return finish_success (result, error);
}

/**
 * psl_register_create_async:
 * @kind: what to make a record of
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes an empty record.
 */
void
psl_register_create_async (PslRegister         *self,
                           const PslKind       *kind,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (kind != NULL);

  psl_register_write (self, psl_register_create_async, PSL_JOB_NONE, create, 0,
                      (gpointer) kind, NULL, g_free, NULL, callback, user_data);
}

/**
 * psl_register_insert_async:
 * @record: its values and its UUID; it is not changed any more
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes a record with all its values. Ends with psl_register_create_finish().
 */
void
psl_register_insert_async (PslRegister         *self,
                           PslRecord           *record,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  psl_register_write (self, psl_register_create_async, PSL_JOB_NONE, insert, 0,
                      g_object_ref (record), g_object_unref, g_free, NULL, callback, user_data);
}

/**
 * psl_register_duplicate_async:
 * @rid: a record
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes a record like another one, without what identifies that one and with a
 * title that says so. Ends with psl_register_create_finish().
 */
void
psl_register_duplicate_async (PslRegister         *self,
                              gint64               rid,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_create_async, PSL_JOB_NONE, duplicate, 0,
                      g_memdup2 (&rid, sizeof rid), g_free, g_free, NULL, callback, user_data);
}

/**
 * psl_register_create_finish:
 *
 * Returns: the new record's number, or 0
 */
gint64
psl_register_create_finish (PslRegister   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_autofree gint64 *rid = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_create_async), 0);

  rid = g_task_propagate_pointer (G_TASK (result), error);
  return rid != NULL ? *rid : 0;
}

/**
 * psl_register_set_state_async:
 * @rids: (array length=n_rids): records
 * @state: what becomes of them; see psl_store_set_state()
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
  StateData *data;

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (rids != NULL || n_rids == 0);

  data = g_new0 (StateData, 1);
  data->rids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rids);
  g_array_append_vals (data->rids, rids, n_rids);
  data->state = state;
  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, set_state, 0, data, state_data_free,
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

  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, undo, 0,
                      g_memdup2 (&action, sizeof action), g_free, (GDestroyNotify) psl_action_free,
                      NULL, callback, user_data);
}

/**
 * psl_register_undo_edit_async:
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Undoes the last action made here, where it changed one record. One that changed
 * several is left as it is and given, with @undone unset, so that a person can be
 * asked; psl_register_undo_async() then undoes it.
 */
void
psl_register_undo_edit_async (PslRegister         *self,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, undo_edit, 0, NULL, NULL,
                      (GDestroyNotify) psl_action_free, NULL, callback, user_data);
}

/**
 * psl_register_redo_async:
 * @action: an action that is undone, or 0 for the one that was undone here last
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

  psl_register_write (self, psl_register_undo_async, PSL_JOB_NONE, redo, 0,
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

/**
 * psl_register_back_up_async:
 * @path: (nullable): the backup's file name; %NULL for one in the folder of the
 *   register's backups
 * @cancellable: (nullable): stops it; no half a backup is left then
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes a backup that is kept for ever, of what was asked for so far. The
 * register can be used meanwhile.
 */
void
psl_register_back_up_async (PslRegister         *self,
                            const char          *path,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_read (self, PSL_LANE_COPY, psl_register_back_up_async, back_up, g_strdup (path), g_free,
                     NULL, cancellable, callback, user_data);
}

/**
 * psl_register_restore_async:
 * @backup: the backup's file name
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Puts a backup in the place of the register, which is kept as a backup itself;
 * see psl_backup_restore(). `changed` says that everything may have changed. Ends
 * with psl_register_back_up_finish().
 */
void
psl_register_restore_async (PslRegister         *self,
                            const char          *backup,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  RestoreData *data;

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (backup != NULL);

  data = g_new0 (RestoreData, 1);
  data->path = g_strdup (psl_register_get_path (self));
  data->backup = g_strdup (backup);
  psl_register_replace (self, psl_register_back_up_async, restore, data, restore_data_free, callback, user_data);
}

/**
 * psl_register_back_up_finish:
 *
 * Returns: %TRUE, or %FALSE with an error like those of psl_backup_create() and
 *   psl_backup_restore()
 */
gboolean
psl_register_back_up_finish (PslRegister   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_back_up_async), FALSE);

  return finish_success (result, error);
}
