/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-edits.h"

#include "psl-editor-link.h"

struct _PslDetailEdits
{
  GObject parent_instance;

  GObject *holder;              /* (nullable): each value on its way holds it */
  /* (element-type Edit): on their way, in their order. */
  GQueue queue;
  /* The new record that is being stored, whose number is not known yet. */
  PslRecord *storing;
  /* How many values are on their way by UUID: a read does not wait for those. */
  guint n_by_id;
  /* How many were ever entered in records that have a number. */
  guint n_stored;
};

G_DEFINE_FINAL_TYPE (PslDetailEdits, psl_detail_edits, G_TYPE_OBJECT)

enum
{
  REFUSED,
  INSERTED,
  CAUGHT_UP,
  MADE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An edit on its way. For a new record, the register's thread reads the UUID, the field, the
 * language, the value and the record to make. */
typedef struct
{
  PslDetailEdit edit;
  PslDetailEdits *edits;
  GObject *holder;
  /* The UUID of a new record. */
  char *id;
  /* (nullable): a record to make for the link to lead to */
  PslRecord *made;
} Edit;

static void
edit_free (Edit *self)
{
  g_object_unref (self->edits);
  g_clear_object (&self->holder);
  g_clear_object (&self->edit.record);
  g_free (self->id);
  g_free (self->edit.language);
  g_free (self->edit.before);
  g_free (self->edit.value);
  g_clear_object (&self->made);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

/* The record has the value until that is refused. */
static void
apply (Edit      *self,
       PslRecord *record)
{
  g_set_str (&self->edit.before, psl_record_get (record, self->edit.field, self->edit.language));
  psl_record_set (record, self->edit.field, self->edit.language, self->edit.value);
}

/* Returns: 0 while the record is not in the register */
static gint64
get_rid (const Edit *self)
{
  return self->edit.record != NULL ? psl_record_get_rid (self->edit.record) : self->edit.rid;
}

/* Returns: (nullable): a later value for the same place, on its way as well */
static Edit *
find_later (PslDetailEdits *self,
            const Edit     *edit)
{
  for (GList *l = self->queue.head; l != NULL; l = l->next)
    {
      Edit *later = l->data;

      if (later->edit.reg == edit->edit.reg && get_rid (later) == get_rid (edit) &&
          (get_rid (edit) != 0 || later->edit.record == edit->edit.record) &&
          later->edit.field == edit->edit.field && g_strcmp0 (later->edit.language, edit->edit.language) == 0)
        return later;
    }

  return NULL;
}

static void
refuse (PslDetailEdits *self,
        Edit           *edit,
        const GError   *error)
{
  Edit *later = find_later (self, edit);

  /* A new record that is not in the register has no stored value. */
  if (get_rid (edit) == 0)
    g_clear_pointer (&edit->edit.before, g_free);
  /* Whether the later value is stored decides. */
  if (later != NULL)
    g_set_str (&later->edit.before, edit->edit.before);
  else
    g_signal_emit (self, signals[REFUSED], 0, &edit->edit, error);
}

/* Takes @edit off the queue. */
static void
finish (Edit         *edit,
        PslAction    *action,
        const GError *error)
{
  g_queue_remove (&edit->edits->queue, edit);
  if (error != NULL)
    refuse (edit->edits, edit, error);
  else if (action != NULL)
    g_signal_emit (edit->edits, signals[MADE], 0, edit->made, action->id);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_set_finish (PSL_REGISTER (source), result, &error);
  finish (edit, NULL, error);
}

static void
linked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  finish (edit, action, error);
}

static void
inserted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  PslDetailEdits *self = edit->edits;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_insert_finish (PSL_REGISTER (source), result, &error);

  g_queue_remove (&self->queue, edit);
  psl_detail_edits_end_storing (self, edit->edit.record, rid);
  if (rid == 0)
    refuse (self, edit, error);
}

/* On the register's thread: a change of a record that was stored just before. Returns:
 * the action, where that made another record, too. */
static gpointer
edit_by_id (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Edit *edit = data;
  gint64 rid = psl_store_find (store, edit->id, error);

  if (rid != 0 && edit->made != NULL)
    return psl_store_link_new (store, rid, edit->edit.field, edit->made, error);
  if (rid != 0)
    psl_store_edit (store, rid, edit->edit.field, edit->edit.language, edit->edit.value, 0, error);
  return NULL;
}

static void
edited_by_id_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  PslDetailEdits *self = edit->edits;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_finish (PSL_REGISTER (source), result, &error);

  finish (edit, action, error);
  self->n_by_id--;
  if (self->n_by_id == 0)
    g_signal_emit (self, signals[CAUGHT_UP], 0);
}

static Edit *
edit_new (PslDetailEdits *self,
          PslRegister    *reg,
          PslRecord      *record,
          gint64          rid,
          const PslField *field,
          const char     *language,
          const char     *value)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->edits = g_object_ref (self);
  g_set_object (&edit->holder, self->holder);
  edit->edit.reg = reg;
  edit->edit.rid = rid;
  if (rid == 0)
    {
      edit->edit.record = g_object_ref (record);
      edit->id = g_strdup (psl_record_get_id (record));
    }
  edit->edit.field = field;
  edit->edit.language = g_strdup (language);
  edit->edit.value = g_strdup (value);
  return edit;
}

static void
insert (PslDetailEdits *self,
        PslRegister    *reg,
        Edit           *edit)
{
  g_autoptr (PslRecord) copy = psl_record_copy (edit->edit.record);

  g_queue_push_tail (&self->queue, edit);
  psl_detail_edits_begin_storing (self, edit->edit.record);
  psl_register_insert_async (reg, copy, inserted_cb, edit);
}

static void
store_new (PslDetailEdits *self,
           PslRegister    *reg,
           PslRecord      *record,
           Edit           *edit)
{
  /* The record is stored before the new one that its link leads to. */
  if (edit->made != NULL && self->storing != record)
    insert (self, reg, edit_new (self, reg, record, 0, edit->edit.field, NULL, NULL));

  apply (edit, record);
  if (self->storing != record)
    {
      insert (self, reg, edit);
      return;
    }

  self->n_by_id++;
  g_queue_push_tail (&self->queue, edit);
  psl_register_write_async (reg, edit_by_id, edit, NULL, (GDestroyNotify) psl_action_free, NULL,
                            edited_by_id_cb, edit);
}

static void
psl_detail_edits_finalize (GObject *object)
{
  PslDetailEdits *self = PSL_DETAIL_EDITS (object);

  g_queue_clear (&self->queue);
  g_clear_object (&self->storing);

  G_OBJECT_CLASS (psl_detail_edits_parent_class)->finalize (object);
}

static void
psl_detail_edits_class_init (PslDetailEditsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_detail_edits_finalize;

  signals[REFUSED] = g_signal_new ("refused", PSL_TYPE_DETAIL_EDITS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_ERROR);
  signals[INSERTED] = g_signal_new ("inserted", PSL_TYPE_DETAIL_EDITS, G_SIGNAL_RUN_LAST,
                                    0, NULL, NULL, NULL, G_TYPE_NONE, 1, PSL_TYPE_RECORD);
  signals[CAUGHT_UP] = g_signal_new ("caught-up", PSL_TYPE_DETAIL_EDITS, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MADE] = g_signal_new ("made", PSL_TYPE_DETAIL_EDITS, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);
}

static void
psl_detail_edits_init (PslDetailEdits *self)
{
  g_queue_init (&self->queue);
}

/**
 * psl_detail_edits_new:
 * @holder: (nullable) (transfer none): an object that hears of refused values, which is
 *   kept as long as values are on their way
 *
 * Returns: (transfer full): no values yet
 */
PslDetailEdits *
psl_detail_edits_new (gpointer holder)
{
  PslDetailEdits *self = g_object_new (PSL_TYPE_DETAIL_EDITS, NULL);

  self->holder = holder;
  return self;
}

/**
 * psl_detail_edits_store:
 * @reg: where the record is
 * @record: (nullable): the record; %NULL while that is being read
 * @rid: its number; 0 for a new record, which @record is then
 * @editor: where the value was entered
 * @value: (nullable): the value
 *
 * Stores a value, which @record has from now on.
 */
void
psl_detail_edits_store (PslDetailEdits *self,
                        PslRegister    *reg,
                        PslRecord      *record,
                        gint64          rid,
                        PslEditor      *editor,
                        const char     *value)
{
  Edit *edit;

  g_return_if_fail (PSL_IS_DETAIL_EDITS (self));
  g_return_if_fail (rid != 0 || PSL_IS_RECORD (record));

  edit = edit_new (self, reg, record, rid, psl_editor_get_field (editor), psl_editor_get_language (editor), value);
  if (PSL_IS_EDITOR_LINK (editor))
    g_set_object (&edit->made, psl_editor_link_get_made (PSL_EDITOR_LINK (editor), value));
  if (rid == 0)
    {
      store_new (self, reg, record, edit);
      return;
    }

  self->n_stored++;
  g_queue_push_tail (&self->queue, edit);
  if (record != NULL)
    apply (edit, record);
  if (edit->made != NULL)
    psl_register_link_new_async (reg, rid, edit->edit.field, edit->made, linked_cb, edit);
  else
    psl_register_set_async (reg, rid, edit->edit.field, edit->edit.language, value, psl_editor_get_session (editor),
                            set_cb, edit);
}

/**
 * psl_detail_edits_apply:
 * @reg: where the record is
 * @record: a record that was just read
 *
 * Gives @record the values that are on their way to the register.
 */
void
psl_detail_edits_apply (PslDetailEdits *self,
                        PslRegister    *reg,
                        PslRecord      *record)
{
  g_return_if_fail (PSL_IS_DETAIL_EDITS (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  for (GList *l = self->queue.head; l != NULL; l = l->next)
    {
      Edit *edit = l->data;

      if (edit->edit.reg == reg && get_rid (edit) == psl_record_get_rid (record))
        apply (edit, record);
    }
}

/**
 * psl_detail_edits_begin_storing:
 * @record: a new record
 *
 * @record goes to the register: values that are entered in it from now on are stored by its
 * UUID, after it.
 */
void
psl_detail_edits_begin_storing (PslDetailEdits *self,
                                PslRecord      *record)
{
  g_return_if_fail (PSL_IS_DETAIL_EDITS (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  g_set_object (&self->storing, record);
}

/**
 * psl_detail_edits_end_storing:
 * @record: a new record that went to the register
 * @rid: the number that it has there; 0 where it was refused
 */
void
psl_detail_edits_end_storing (PslDetailEdits *self,
                              PslRecord      *record,
                              gint64          rid)
{
  g_return_if_fail (PSL_IS_DETAIL_EDITS (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  if (self->storing == record)
    g_clear_object (&self->storing);
  if (rid != 0)
    psl_record_set_rid (record, rid);
  g_signal_emit (self, signals[INSERTED], 0, record);
}

/**
 * psl_detail_edits_get_storing:
 *
 * Returns: (transfer none) (nullable): the new record that is on its way to the register
 */
PslRecord *
psl_detail_edits_get_storing (PslDetailEdits *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_EDITS (self), NULL);

  return self->storing;
}

/**
 * psl_detail_edits_is_behind:
 *
 * Returns: whether values are on their way that a read of the record would not show
 */
gboolean
psl_detail_edits_is_behind (PslDetailEdits *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_EDITS (self), FALSE);

  return self->n_by_id > 0;
}

/**
 * psl_detail_edits_count:
 *
 * Returns: how many values were entered in records of the register: a record that was
 *   asked for when there were fewer is old
 */
guint
psl_detail_edits_count (PslDetailEdits *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_EDITS (self), 0);

  return self->n_stored;
}
