/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-history-dialog.h"

#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-history-row.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "psl-work-bar.h"

/* Newest changes shown; no one reads further, and a list box holds them all. */
#define MAX_ROWS 300

/* More than fit on the screen at first, and as many at a time after that as are made
 * between two frames: two hundred at once keep the window busy for half a second. */
#define FIRST_ROWS 20
#define ROWS_AT_A_TIME 4

/* Everything the dialog shows, read at one moment. */
typedef struct
{
  GPtrArray *changes;
  GHashTable *titles;
  GHashTable *records;   /* by their rid */
} History;

struct _PslHistoryDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed;
  GtkListBox *list;
  PslWorkBar *work_bar;

  PslRegister *reg;
  gint64 rid;
  char *language;
  GCancellable *cancellable;
  History *history;
  guint n_rows;
  guint rows_idle;
};

G_DEFINE_FINAL_TYPE (PslHistoryDialog, psl_history_dialog, ADW_TYPE_DIALOG)

enum
{
  SIGNAL_UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gint64 rid;
  char *language;
} Request;

/* A remark on its way to be shown. */
typedef struct
{
  PslHistoryDialog *dialog;
  PslRecord *remark;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->dialog);
  g_object_unref (opening->remark);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
request_free (Request *request)
{
  g_free (request->language);
  g_free (request);
}

static void
history_free (History *history)
{
  /* First, for the keys of the table belong to the changes. */
  g_clear_pointer (&history->records, g_hash_table_unref);
  g_clear_pointer (&history->changes, g_ptr_array_unref);
  g_clear_pointer (&history->titles, g_hash_table_unref);
  g_free (history);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

/* A record that a link leads to may be gone; its UUID is shown then. */
static void
read_title (PslStore   *store,
            GHashTable *titles,
            const char *id,
            const char *language)
{
  gint64 rid;
  g_autoptr (PslRecord) record = NULL;

  if (id == NULL || g_hash_table_contains (titles, id))
    return;

  rid = psl_store_find (store, id, NULL);
  record = rid > 0 ? psl_store_read (store, rid, NULL) : NULL;
  if (record != NULL)
    g_hash_table_insert (titles, g_strdup (id), psl_record_dup_title (record, psl_store_get_codelists (store), language));
}

/* Reads the changed record or part, for its present values. */
static gboolean
read_record (PslStore   *store,
             History    *history,
             PslChange  *change,
             GError    **error)
{
  g_autoptr (PslRecord) record = NULL;

  if (g_hash_table_contains (history->records, &change->rid))
    return TRUE;
  record = psl_store_read (store, change->rid, error);
  if (record == NULL || !psl_store_read_parts_values (store, record, error))
    return FALSE;
  g_hash_table_insert (history->records, &change->rid, g_steal_pointer (&record));
  return TRUE;
}

static gpointer
read_history (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Request *request = data;
  g_autoptr (History) history = g_new0 (History, 1);

  history->changes = psl_store_history (store, request->rid, error);
  if (history->changes == NULL)
    return NULL;
  history->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_object_unref);
  history->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < MIN (history->changes->len, MAX_ROWS); i++)
    {
      PslChange *change = history->changes->pdata[i];

      if (!read_record (store, history, change, error))
        return NULL;
      if (change->field == NULL || change->field->type != PSL_FIELD_TYPE_LINK)
        continue;
      read_title (store, history->titles, change->old_value, request->language);
      read_title (store, history->titles, change->new_value, request->language);
    }

  return g_steal_pointer (&history);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslHistoryDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!psl_register_set_finish (PSL_REGISTER (source), result, &error))
    psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

/* On the register's thread: reads the record that a remark is on. */
static gpointer
read_owner (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const PslField *owner = psl_kind_get_owner_field (psl_record_get_kind (data));
  gint64 rid = psl_store_find (store, psl_record_get (data, owner, NULL), error);

  return rid != 0 ? psl_store_read (store, rid, error) : NULL;
}

static void
owner_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Opening) opening = user_data;
  PslHistoryDialog *self = opening->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) owner = psl_register_finish (PSL_REGISTER (source), result, &error);
  PslRemarksDialog *dialog;
  const PslField *field;
  const char *language;

  if (error != NULL)
    psl_failure_tell (GTK_WIDGET (self), _("The Remark Can’t Be Shown"), error);
  if (owner == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  field = psl_remark_find_field (opening->remark, psl_record_get_kind (owner), &language);
  dialog = psl_remarks_dialog_new (self->reg, owner, field, language);
  psl_remarks_dialog_go_to (dialog, psl_record_get_rid (opening->remark));
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
open_cb (PslHistoryRow    *row,
         PslHistoryDialog *self)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->dialog = g_object_ref (self);
  opening->remark = g_object_ref (g_hash_table_lookup (self->history->records, &psl_history_row_get_change (row)->rid));
  psl_register_read_async (self->reg, PSL_LANE_SHORT, read_owner, psl_record_copy (opening->remark),
                           g_object_unref, g_object_unref, NULL, owner_read_cb, opening);
}

static void
restore_cb (PslHistoryRow    *row,
            PslHistoryDialog *self)
{
  const PslChange *change = psl_history_row_get_change (row);

  psl_register_revert_async (self->reg, change->rid, change->field, change->language, change->old_value,
                             restored_cb, g_object_ref (self));
}

static void
undo_cb (PslHistoryRow    *row,
         PslHistoryDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_UNDO], 0, psl_history_row_get_change (row));
}

/* The change in whose row the keyboard is, %NULL for none. */
static const PslChange *
get_focused (PslHistoryDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (psl_focus_is_in (GTK_WIDGET (row)))
      return psl_history_row_get_change (PSL_HISTORY_ROW (row));

  return NULL;
}

static guint
count_changes (History *history)
{
  return history != NULL ? MIN (history->changes->len, MAX_ROWS) : 0;
}

/* The place in @history of @change, which was read at another time; the place of the oldest
 * change on show where newer ones have pushed it out. */
static guint
find_change (History         *history,
             const PslChange *change)
{
  guint n_changes = count_changes (history);

  for (guint i = 0; i < n_changes; i++)
    {
      const PslChange *at = history->changes->pdata[i];

      if (at->action->id == change->action->id && at->rid == change->rid && at->field == change->field &&
          g_strcmp0 (at->language, change->language) == 0)
        return i;
    }

  return n_changes - 1;
}

/* Makes rows until there are @n_rows, or all. */
static void
add_rows (PslHistoryDialog *self,
          guint             n_rows)
{
  for (n_rows = MIN (n_rows, count_changes (self->history)); self->n_rows < n_rows; self->n_rows++)
    {
      const PslChange *change = self->history->changes->pdata[self->n_rows];
      PslRecord *record = g_hash_table_lookup (self->history->records, &change->rid);
      GtkWidget *row = psl_history_row_new (change, psl_register_get_codelists (self->reg), self->history->titles, record);

      g_signal_connect_object (row, "open", G_CALLBACK (open_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (row, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (row, "undo", G_CALLBACK (undo_cb), self, G_CONNECT_DEFAULT);
      gtk_list_box_append (self->list, row);
    }
}

static gboolean
rows_idle_cb (gpointer data)
{
  PslHistoryDialog *self = data;

  add_rows (self, self->n_rows + ROWS_AT_A_TIME);
  if (self->n_rows < count_changes (self->history))
    return G_SOURCE_CONTINUE;

  self->rows_idle = 0;
  return G_SOURCE_REMOVE;
}

/* Takes @history. The keyboard stays with the change that it is at: it goes to the new
 * row before the old one is taken away, since a focus that GTK is about to move from a
 * row that is gone can be lost on its way. */
static void
show_history (PslHistoryDialog *self,
              History          *history)
{
  g_autoptr (History) before = g_steal_pointer (&self->history);
  const PslChange *focused = count_changes (history) > 0 ? get_focused (self) : NULL;
  guint n_before = self->n_rows;
  guint place = focused != NULL ? find_change (history, focused) : 0;

  self->history = history;
  self->n_rows = 0;
  add_rows (self, MAX (FIRST_ROWS, place + 1));
  if (self->rows_idle == 0)
    self->rows_idle = g_idle_add (rows_idle_cb, self);

  gtk_stack_set_visible_child_name (self->stack, self->n_rows > 0 ? "list" : "empty");
  if (focused != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) (n_before + place))));
  for (guint i = 0; i < n_before; i++)
    gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (PslHistoryDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (History) history = psl_register_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *reason = NULL;

  if (history != NULL)
    {
      show_history (self, g_steal_pointer (&history));
      return;
    }

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  reason = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failed, reason);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
load (PslHistoryDialog *self)
{
  Request *request = g_new0 (Request, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  request->rid = self->rid;
  request->language = g_strdup (self->language);
  psl_register_read_async (self->reg, PSL_LANE_SHORT, read_history, request, (GDestroyNotify) request_free,
                           (GDestroyNotify) history_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (PslRegister      *reg,
            PslChangedSet    *set,
            PslHistoryDialog *self)
{
  if (psl_changed_set_contains (set, self->rid))
    load (self);
}

static void
psl_history_dialog_dispose (GObject *object)
{
  PslHistoryDialog *self = PSL_HISTORY_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->rows_idle, g_source_remove);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_clear_object (&self->reg);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_HISTORY_DIALOG);

  G_OBJECT_CLASS (psl_history_dialog_parent_class)->dispose (object);
}

static void
psl_history_dialog_finalize (GObject *object)
{
  PslHistoryDialog *self = PSL_HISTORY_DIALOG (object);

  g_free (self->language);
  g_clear_pointer (&self->history, history_free);

  G_OBJECT_CLASS (psl_history_dialog_parent_class)->finalize (object);
}

static void
psl_history_dialog_class_init (PslHistoryDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_history_dialog_dispose;
  object_class->finalize = psl_history_dialog_finalize;

  /**
   * PslHistoryDialog::undo:
   * @change: a #PslChange
   *
   * The person wants the action of the change undone.
   */
  signals[SIGNAL_UNDO] =
    g_signal_new ("undo", PSL_TYPE_HISTORY_DIALOG, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

  g_type_ensure (PSL_TYPE_WORK_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-history-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PslHistoryDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryDialog, list);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryDialog, work_bar);
}

static void
psl_history_dialog_init (PslHistoryDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_history_dialog_new:
 * @reg: where the record is
 * @rid: the record
 * @language: the language that records are shown in
 *
 * Returns: (transfer floating): the dialog, to be presented
 */
AdwDialog *
psl_history_dialog_new (PslRegister *reg,
                        gint64       rid,
                        const char  *language)
{
  PslHistoryDialog *self;

  g_return_val_if_fail (PSL_IS_REGISTER (reg), NULL);
  g_return_val_if_fail (rid > 0, NULL);

  self = g_object_new (PSL_TYPE_HISTORY_DIALOG, NULL);
  self->reg = g_object_ref (reg);
  self->rid = rid;
  self->language = g_strdup (language);
  g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  psl_work_bar_set_register (self->work_bar, reg);
  load (self);
  return ADW_DIALOG (self);
}

/**
 * psl_history_dialog_get_rid:
 *
 * Returns: the record
 */
gint64
psl_history_dialog_get_rid (PslHistoryDialog *self)
{
  g_return_val_if_fail (PSL_IS_HISTORY_DIALOG (self), 0);

  return self->rid;
}
