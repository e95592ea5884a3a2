/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "store-model.h"

#include "psl-kinds.h"

static const char *const project_cells[] = {
  "title_fr", "title_en", "description_fr", "project_id", "status", "start",
  "budget", "phase", "beneficiaries", "sdg", "office", "predecessor",
};

static const char *const office_cells[] = {
  "name_fr", "name_en", "city", "country", "address", "countries", "reports_to", "latitude",
};

static ModelCell cells[2][MODEL_MAX_CELLS];

static const char *
get_state_name (PslRecordState state)
{
  return state == PSL_RECORD_GONE ? "gone" : state == PSL_RECORD_LIVE ? "live" : "trashed";
}

static PslRecordState
parse_state (const char *name)
{
  return g_str_equal (name, "gone") ? PSL_RECORD_GONE
       : g_str_equal (name, "live") ? PSL_RECORD_LIVE : PSL_RECORD_TRASHED;
}

static void
record_free (ModelRecord *record)
{
  for (guint i = 0; i < MODEL_MAX_CELLS; i++)
    g_free (record->values[i]);
  g_free (record->id);
  g_free (record);
}

static void
change_free (ModelChange *change)
{
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

static void
action_free (ModelAction *action)
{
  g_free (action->author);
  g_ptr_array_unref (action->changes);
  g_free (action);
}

static gboolean
is_ordinary (const ModelAction *action)
{
  return action->verb != PSL_VERB_UNDO && action->verb != PSL_VERB_REDO;
}

static void
put (ModelRecord *record,
     int          cell,
     const char  *value)
{
  if (cell == MODEL_STATE)
    record->state = parse_state (value);
  else
    g_set_str (&record->values[cell], value);
}

/* Writes a change into the action that is being made. */
static void
note (Model      *self,
      guint       record,
      int         cell,
      const char *old_value,
      const char *new_value)
{
  ModelChange *change;

  if (record >= self->current->first_new && cell != MODEL_STATE)
    return;
  for (guint i = 0; i < self->current->changes->len; i++)
    {
      change = self->current->changes->pdata[i];
      if (change->record != record || change->cell != cell)
        continue;
      g_set_str (&change->new_value, new_value);
      if (record < self->current->first_new && g_strcmp0 (change->old_value, new_value) == 0)
        g_ptr_array_remove_index (self->current->changes, i);
      return;
    }
  change = g_new0 (ModelChange, 1);
  change->record = record;
  change->cell = cell;
  change->old_value = g_strdup (old_value);
  change->new_value = g_strdup (new_value);
  g_ptr_array_add (self->current->changes, change);
}

static void
change_cell (Model      *self,
             guint       record,
             int         cell,
             const char *value)
{
  ModelRecord *changed = model_get_record (self, record);
  g_autofree char *old_value = NULL;

  old_value = g_strdup (cell == MODEL_STATE ? get_state_name (changed->state) : changed->values[cell]);
  if (g_strcmp0 (old_value, value) == 0)
    return;
  note (self, record, cell, old_value, value);
  put (changed, cell, value);
}

/* Whether every record that can be seen leads only to records that can be. */
static gboolean
links_hold (Model *self)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->records->len; i++)
    {
      if (model_get_record (self, i)->state != PSL_RECORD_GONE)
        g_hash_table_add (present, model_get_record (self, i)->id);
    }
  for (guint i = 0; i < self->records->len; i++)
    {
      ModelRecord *record = model_get_record (self, i);

      for (guint j = 0; record->state != PSL_RECORD_GONE && j < model_get_n_cells (record->kind); j++)
        {
          if (model_get_cell (record->kind, (int) j)->field->type == PSL_FIELD_TYPE_LINK &&
              record->values[j] != NULL && !g_hash_table_contains (present, record->values[j]))
            return FALSE;
        }
    }
  return TRUE;
}

/* Whether an action that still holds changed later what @target changed. */
static gboolean
is_overtaken (Model       *self,
              ModelAction *target)
{
  for (guint i = self->actions->len; i > 0; i--)
    {
      ModelAction *later = self->actions->pdata[i - 1];

      if (later == target)
        break;
      if (!is_ordinary (later) || later->undone_by != 0)
        continue;
      for (guint j = 0; j < later->changes->len; j++)
        {
          ModelChange *theirs = later->changes->pdata[j];

          for (guint k = 0; k < target->changes->len; k++)
            {
              ModelChange *ours = target->changes->pdata[k];

              if (ours->record == theirs->record &&
                  (ours->cell == theirs->cell ||
                   (ours->cell == MODEL_STATE && g_strcmp0 (ours->old_value, "gone") == 0)))
                return TRUE;
            }
        }
    }
  return FALSE;
}

static gboolean
is_state_changed_since (Model       *self,
                        ModelAction *target,
                        guint        record)
{
  for (guint i = self->actions->len; i > 0; i--)
    {
      ModelAction *later = self->actions->pdata[i - 1];

      if (later == target)
        break;
      for (guint j = 0; j < later->changes->len; j++)
        {
          ModelChange *change = later->changes->pdata[j];

          if (change->record == record && change->cell == MODEL_STATE)
            return TRUE;
        }
    }
  return FALSE;
}

/* Whether all that @target changed is in the trash or removed since. */
static gboolean
is_unseen (Model       *self,
           ModelAction *target)
{
  for (guint i = 0; i < target->changes->len; i++)
    {
      ModelChange *change = target->changes->pdata[i];

      if (change->cell == MODEL_STATE || model_get_record (self, change->record)->state == PSL_RECORD_LIVE ||
          !is_state_changed_since (self, target, change->record))
        return FALSE;
    }
  return TRUE;
}

static void
apply (Model       *self,
       ModelAction *target,
       gboolean     back)
{
  for (guint i = 0; i < target->changes->len; i++)
    {
      ModelChange *change = target->changes->pdata[i];

      change_cell (self, change->record, change->cell, back ? change->old_value : change->new_value);
    }
}

Model *
model_new (void)
{
  Model *self = g_new0 (Model, 1);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) record_free);
  self->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) action_free);
  for (guint i = 0; i < G_N_ELEMENTS (project_cells); i++)
    {
      cells[0][i].name = project_cells[i];
      cells[0][i].field = psl_kind_parse_field (&psl_kind_project, project_cells[i], &cells[0][i].language);
    }
  for (guint i = 0; i < G_N_ELEMENTS (office_cells); i++)
    {
      cells[1][i].name = office_cells[i];
      cells[1][i].field = psl_kind_parse_field (&psl_kind_office, office_cells[i], &cells[1][i].language);
    }
  return self;
}

void
model_free (Model *self)
{
  g_ptr_array_unref (self->records);
  g_ptr_array_unref (self->actions);
  g_clear_pointer (&self->current, action_free);
  g_free (self);
}

guint
model_get_n_cells (const PslKind *kind)
{
  return kind == &psl_kind_project ? G_N_ELEMENTS (project_cells) : G_N_ELEMENTS (office_cells);
}

const ModelCell *
model_get_cell (const PslKind *kind,
                int            cell)
{
  return &cells[kind == &psl_kind_office][cell];
}

ModelRecord *
model_get_record (Model *self,
                  guint  record)
{
  return g_ptr_array_index (self->records, record);
}

ModelAction *
model_get_action (Model  *self,
                  gint64  id)
{
  for (guint i = 0; i < self->actions->len; i++)
    {
      ModelAction *action = self->actions->pdata[i];

      if (action->id == id)
        return action;
    }
  return NULL;
}

void
model_begin (Model      *self,
             PslVerb     verb,
             const char *author,
             guint64     session)
{
  g_assert_null (self->current);
  self->current = g_new0 (ModelAction, 1);
  self->current->verb = verb;
  self->current->author = g_strdup (author);
  self->current->session = session;
  self->current->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  self->current->first_new = self->records->len;
}

/* Adds a live record without values; its rid and id are for the caller to set. */
guint
model_create (Model         *self,
              const PslKind *kind)
{
  ModelRecord *record = g_new0 (ModelRecord, 1);

  record->kind = kind;
  record->state = PSL_RECORD_LIVE;
  g_ptr_array_add (self->records, record);
  note (self, self->records->len - 1, MODEL_STATE, "gone", "live");
  return self->records->len - 1;
}

void
model_set (Model      *self,
           guint       record,
           int         cell,
           const char *value)
{
  change_cell (self, record, cell, value);
}

void
model_set_state (Model          *self,
                 guint           record,
                 PslRecordState  state)
{
  const char *id = model_get_record (self, record)->id;

  change_cell (self, record, MODEL_STATE, get_state_name (state));
  if (state != PSL_RECORD_GONE)
    return;
  for (guint i = 0; i < self->records->len; i++)
    {
      ModelRecord *other = model_get_record (self, i);

      for (guint j = 0; j < model_get_n_cells (other->kind); j++)
        {
          if (model_get_cell (other->kind, (int) j)->field->type == PSL_FIELD_TYPE_LINK &&
              g_strcmp0 (other->values[j], id) == 0)
            change_cell (self, i, (int) j, NULL);
        }
    }
}

/* Whether the action that is being made changes anything. */
gboolean
model_changes (Model *self)
{
  return self->current->changes->len > 0;
}

void
model_commit (Model  *self,
              gint64  id)
{
  self->current->id = id;
  g_ptr_array_add (self->actions, g_steal_pointer (&self->current));
}

/* Puts everything back that the action that is being made changed. */
void
model_rollback (Model *self)
{
  for (guint i = self->current->changes->len; i > 0; i--)
    {
      ModelChange *change = self->current->changes->pdata[i - 1];

      put (model_get_record (self, change->record), change->cell, change->old_value);
    }
  g_ptr_array_set_size (self->records, (int) self->current->first_new);
  g_clear_pointer (&self->current, action_free);
}

/* Commits an edit of one cell, which may continue the action before it. Returns
 * whether there is an action in the end. */
gboolean
model_commit_edit (Model  *self,
                   gint64  id)
{
  ModelChange *change = self->current->changes->pdata[0];
  ModelAction *last = self->actions->len > 0 ? self->actions->pdata[self->actions->len - 1] : NULL;
  ModelChange *before;

  if (last != NULL && last->verb == PSL_VERB_EDIT && last->undone_by == 0 && last->changes->len == 1 &&
      last->session == self->current->session && last->session != 0 &&
      g_str_equal (last->author, self->current->author))
    {
      before = last->changes->pdata[0];
      if (before->record == change->record && before->cell == change->cell)
        {
          g_set_str (&change->old_value, before->old_value);
          g_ptr_array_remove (self->actions, last);
          if (g_strcmp0 (change->old_value, change->new_value) == 0)
            {
              g_clear_pointer (&self->current, action_free);
              return FALSE;
            }
        }
    }
  model_commit (self, id);
  return TRUE;
}

ModelAction *
model_next_undo (Model *self)
{
  for (guint i = self->actions->len; i > 0; i--)
    {
      ModelAction *action = self->actions->pdata[i - 1];

      if (is_ordinary (action) && action->undone_by == 0)
        return action;
    }
  return NULL;
}

ModelAction *
model_next_redo (Model *self)
{
  ModelAction *found = NULL;

  for (guint i = 0; i < self->actions->len; i++)
    {
      ModelAction *action = self->actions->pdata[i];

      if (action->undone_by != 0 && (found == NULL || action->undone_by > found->undone_by))
        found = action;
    }
  for (guint i = 0; found != NULL && i < self->actions->len; i++)
    {
      ModelAction *action = self->actions->pdata[i];

      if (is_ordinary (action) && action->id > found->undone_by)
        return NULL;
    }
  return found;
}

/* Undoes @target in the action that is begun; the caller commits it with its
 * number in `undone_by`. Returns FALSE, with nothing begun, on a conflict. */
gboolean
model_undo (Model       *self,
            ModelAction *target,
            const char  *author)
{
  if (is_overtaken (self, target) || is_unseen (self, target))
    return FALSE;
  model_begin (self, PSL_VERB_UNDO, author, 0);
  apply (self, target, TRUE);
  if (links_hold (self))
    return TRUE;
  model_rollback (self);
  return FALSE;
}

/* Redoes @target in the action that is begun; the caller commits it. Returns FALSE,
 * with nothing begun, on a conflict. */
gboolean
model_redo (Model       *self,
            ModelAction *target,
            const char  *author)
{
  if (is_unseen (self, target))
    return FALSE;
  model_begin (self, PSL_VERB_REDO, author, 0);
  apply (self, target, FALSE);
  g_assert_true (links_hold (self));
  return TRUE;
}
