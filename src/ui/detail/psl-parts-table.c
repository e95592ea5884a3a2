/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-detail-edits.h"
#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-number.h"
#include "psl-parts-block.h"
#include "psl-parts-drafts.h"
#include "psl-record-model.h"
#include "psl-remarks-dialog.h"
#include "psl-uuid.h"

/* As many as are in view are read ahead of the others. */
#define FIRST_PARTS 14

struct _PslPartsTable
{
  GtkBox parent_instance;

  const PslField *field;
  const PslKind *kind;
  char *language;
  GPtrArray *columns;

  /* The parts in the register, and below them the part that is being entered. */
  PslRecordModel *model;
  GListStore *entered;
  GListModel *items;

  GtkWidget *warning;
  GtkWidget *warning_label;
  GtkWidget *card;
  GtkWidget *scroller;
  PslPartsGrid *grid;
  GtkWidget *add_button;

  PslRegister *reg;
  PslRecord *owner;
  gint64 read_rid;              /* the number of the owner whose parts are listed; 0 for none */
  gboolean editable;
  gboolean wide;

  PslDetailEdits *edits;
  /* A part is on its way to the register, to be entered on its page. */
  gboolean making;

  /* Where the text goes that is read from the clipboard. */
  guint paste_position;
  guint paste_column;

  /* Whose page was opened from here, and of which owner it is a part. */
  gint64 opened;
  char *opened_owner;
};

G_DEFINE_FINAL_TYPE (PslPartsTable, psl_parts_table, GTK_TYPE_BOX)

enum
{
  MADE,
  TOLD,
  CHECK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  PslKind const *kind;
  char *owner;
  gint64 rid;
  int offset;
} Move;

/* A block on its way to the register. */
typedef struct
{
  PslPartsTable *table;
  guint column;                 /* the first of its columns in the table */
  PslRecord *entered;           /* (nullable): the part that its first row goes into */
} Paste;

static void
move_free (Move *move)
{
  g_free (move->owner);
  g_free (move);
}

static void
paste_free (Paste *paste)
{
  g_object_unref (paste->table);
  g_clear_object (&paste->entered);
  g_free (paste);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Paste, paste_free)

static void
update_scroller (PslPartsTable *self)
{
  int height = 0;
  int room;

  g_object_get (self->grid, "content-height", &height, NULL);
  room = height;
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), -1);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), room);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), room);
}

static void
update_empty (PslPartsTable *self)
{
  gtk_widget_set_visible (self->scroller, g_list_model_get_n_items (self->items) > 0);
}

static guint
find_column (PslPartsTable  *self,
             const PslField *field,
             const char     *language)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const PslPartsColumn *column = self->columns->pdata[i];

      if (column->field == field && g_strcmp0 (column->language, language) == 0)
        return i;
    }
  g_return_val_if_reached (0);
}

/* The part that is being entered; NULL where none is. */
static PslRecord *
get_entered (PslPartsTable *self)
{
  g_autoptr (PslRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->entered), 0);

  return item != NULL ? psl_record_item_get_record (item) : NULL;
}

/* Whether the part that is being entered is not on its way to the register. */
static gboolean
is_new (PslPartsTable *self)
{
  PslRecord *part = get_entered (self);

  return part != NULL && psl_record_get_rid (part) == 0 && psl_detail_edits_get_storing (self->edits) != part;
}

static void
add_entered (PslPartsTable *self,
             PslRecord     *part)
{
  g_autoptr (PslRecordItem) item = psl_record_item_new (0);

  psl_record_item_set_record (item, part, NULL);
  g_list_store_append (self->entered, item);
}

static void
drop_entered (PslPartsTable *self)
{
  g_list_store_remove_all (self->entered);
}

/* Keeps typed text, and the part that is being entered where text is typed in it. A part on
 * its way to the register comes into its owner's list from there. */
static void
leave_owner (PslPartsTable *self)
{
  psl_parts_grid_keep_drafts (self->grid);
  if (is_new (self))
    {
      PslPartsDrafts *drafts = psl_parts_drafts_get (self->reg);

      if (psl_parts_drafts_count (drafts, G_LIST_MODEL (self->entered), self->columns, NULL, NULL) > 0)
        psl_parts_drafts_keep_entered (drafts, get_entered (self));
    }
  drop_entered (self);
}

static void
put_entered_back (PslPartsTable *self)
{
  g_autoptr (PslRecord) part = NULL;

  if (get_entered (self) != NULL)
    return;

  part = psl_parts_drafts_take_entered (psl_parts_drafts_get (self->reg), self->owner, self->kind);
  if (part != NULL)
    add_entered (self, part);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);
  PslRecord *part = get_entered (self);

  if (error != NULL)
    psl_failure_tell_unread (GTK_WIDGET (self), error);
  else if (record != NULL && part != NULL && psl_record_get_rid (record) == psl_record_get_rid (part) &&
           psl_record_get_state (record) != PSL_RECORD_LIVE)
    drop_entered (self);
}

/* Lets the part that was entered come into the list of the parts in the register, unless it
 * was undone before. */
static void
hand_entered_over (PslPartsTable *self)
{
  PslRecord *part = get_entered (self);
  gint64 rid = part != NULL ? psl_record_get_rid (part) : 0;

  if (rid == 0)
    return;

  if (psl_record_model_find (self->model, rid) != GTK_INVALID_LIST_POSITION)
    drop_entered (self);
  else
    psl_register_load_async (self->reg, rid, NULL, looked_cb, g_object_ref (self));
}

static void
inserted_cb (PslDetailEdits *edits,
             PslRecord      *part,
             PslPartsTable  *self)
{
  if (part == get_entered (self))
    hand_entered_over (self);
}

/* The cell in which a value was entered, where its part is in view. */
static PslPartsCell *
find_cell (PslPartsTable       *self,
           const PslDetailEdit *edit,
           guint                column)
{
  gint64 rid = edit->record != NULL ? psl_record_get_rid (edit->record) : edit->rid;
  PslPartsRow *row = edit->reg == self->reg ? psl_parts_grid_find_part (self->grid, rid, edit->record) : NULL;

  return row != NULL && psl_record_item_get_record (psl_parts_row_get_item (row)) != NULL
         ? psl_parts_row_get_cell (row, column) : NULL;
}

/* Keeps a value that could not be stored, and whose part is not in view, until the part is
 * shown. */
static void
keep_refused (PslPartsTable        *self,
              const PslDetailEdit  *edit,
              const PslPartsColumn *column)
{
  gint64 rid = edit->record != NULL ? psl_record_get_rid (edit->record) : edit->rid;
  PslPartsDrafts *drafts = psl_parts_drafts_get (edit->reg);
  g_autofree char *text = psl_field_edit_text (edit->field, psl_register_get_codelists (edit->reg), edit->value);
  g_autoptr (GVariant) draft = psl_editor_new_draft (text);

  psl_parts_drafts_keep (drafts, rid, edit->record, column, draft);
  if (rid != 0)
    return;

  psl_record_set (edit->record, edit->field, edit->language, edit->before);
  if (edit->record == get_entered (self))
    return;
  psl_parts_drafts_keep_entered (drafts, edit->record);
  if (self->reg == edit->reg && self->owner != NULL)
    put_entered_back (self);
}

/* A value that could not be stored stays in its cell, with the reason. */
static void
refused_cb (PslDetailEdits      *edits,
            const PslDetailEdit *edit,
            const GError        *error,
            PslPartsTable       *self)
{
  guint column = find_column (self, edit->field, edit->language);
  PslPartsCell *cell = find_cell (self, edit, column);

  if (cell != NULL)
    {
      psl_parts_cell_refuse (cell, edit->value, edit->before, error->message);
      return;
    }
  keep_refused (self, edit, self->columns->pdata[column]);
  g_signal_emit (self, signals[CHECK], 0);
  psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

static void
made_cb (PslDetailEdits *edits,
         PslRecord      *record,
         gint64          action,
         PslPartsTable  *self)
{
  g_signal_emit (self, signals[MADE], 0, record, action);
}

static void
committed_cb (PslPartsGrid  *grid,
              PslPartsRow   *row,
              PslEditor     *editor,
              const char    *value,
              PslPartsTable *self)
{
  psl_detail_edits_store (self->edits, self->reg, psl_editor_get_record (editor), psl_parts_row_get_rid (row), editor,
                          value);
}

/* Shows the page of a part, by an action of the page that the table stands on. */
static void
open_part (PslPartsTable *self,
           const char    *action,
           gint64         rid)
{
  self->opened = rid;
  g_set_str (&self->opened_owner, self->owner != NULL ? psl_record_get_id (self->owner) : NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), action, "x", rid);
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  open_part (PSL_PARTS_TABLE (widget), "page.open", g_variant_get_int64 (parameter));
}

/* What can't be stored in a cell has changed. */
static void
check_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_signal_emit (widget, signals[CHECK], 0);
}

static void
failed_cb (PslRecordModel *model,
           const GError   *error,
           PslPartsTable  *self)
{
  psl_failure_tell_unread (GTK_WIDGET (self), error);
}

/* Shows the remarks on a part that is in view, or on its field in a column. */
static void
remarks_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  PslPartsTable *self = PSL_PARTS_TABLE (widget);
  const PslPartsColumn *shown = NULL;
  PslRemarksDialog *dialog;
  PslPartsRow *row;
  PslRecord *part;
  gint64 rid;
  int column;

  g_variant_get (parameter, "(xi)", &rid, &column);
  row = psl_parts_grid_find_part (self->grid, rid, NULL);
  part = row != NULL ? psl_record_item_get_record (psl_parts_row_get_item (row)) : NULL;
  if (part == NULL)
    return;

  if (column >= 0)
    shown = self->columns->pdata[column];
  dialog = psl_remarks_dialog_new (self->reg, part, shown != NULL ? shown->field : NULL,
                                   shown != NULL ? shown->language : NULL);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static PslQuery *
new_query (const PslKind *kind,
           const char    *owner)
{
  const char *values[] = { owner, NULL };
  PslQuery *query = psl_query_new (kind);

  psl_query_add_filter (query, psl_filter_new (psl_kind_get_owner_field (kind)->name, PSL_FILTER_EQUALS, values));
  psl_query_set_sort (query, PSL_SORT_POSITION, FALSE);
  return query;
}

/* On the register's thread, where the order is as the move before has left it. */
static gpointer
move_part (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Move *move = data;
  g_autoptr (PslQuery) query = new_query (move->kind, move->owner);
  g_autoptr (GArray) rids = psl_store_query (store, query, 0, error);
  guint nth = 0;
  gint64 after;

  if (rids == NULL)
    return NULL;
  while (nth < rids->len && g_array_index (rids, gint64, nth) != move->rid)
    nth++;
  if (nth == rids->len || (move->offset < 0 ? nth == 0 : nth + 1 == rids->len))
    return NULL;

  if (move->offset > 0)
    after = g_array_index (rids, gint64, nth + 1);
  else
    after = nth > 1 ? g_array_index (rids, gint64, nth - 2) : 0;
  if (psl_store_begin (store, PSL_VERB_EDIT, NULL, error) && psl_store_move (store, move->rid, after, error))
    psl_store_commit (store, error);
  return NULL;
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_finish (PSL_REGISTER (source), result, &error);
  if (error != NULL)
    psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

static void
move_cb (PslPartsGrid  *grid,
         PslPartsRow   *row,
         int            offset,
         PslPartsTable *self)
{
  Move *move;

  if (!self->editable || psl_parts_row_get_rid (row) == 0)
    return;

  move = g_new0 (Move, 1);
  move->kind = self->kind;
  move->owner = g_strdup (psl_record_get_id (self->owner));
  move->rid = psl_parts_row_get_rid (row);
  move->offset = offset;
  psl_register_write_async (self->reg, move_part, move, (GDestroyNotify) move_free, NULL, NULL,
                            moved_cb, g_object_ref (self));
}

static void
trashed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  if (action != NULL)
    g_signal_emit (self, signals[TOLD], 0, _("Moved to the trash"), action->id);
  else if (error != NULL)
    psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

/* The parts in the register from a row on, up to before another. */
static GArray *
list_parts (PslPartsTable *self,
            guint          first,
            guint          end)
{
  GArray *rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = first; i < end; i++)
    {
      gint64 rid = psl_record_model_get_rid (self->model, i);

      if (rid != 0)
        g_array_append_val (rids, rid);
    }
  return rids;
}

/* Removes a row; where it is one of those that are selected, all of these. */
static void
remove_cb (PslPartsGrid  *grid,
           PslPartsRow   *row,
           PslPartsTable *self)
{
  guint position = psl_parts_row_get_position (row);
  g_autoptr (GArray) rids = NULL;
  guint first, last;

  if (!self->editable)
    return;
  if (psl_parts_row_get_rid (row) == 0)
    {
      if (is_new (self))
        drop_entered (self);
      return;
    }
  psl_parts_grid_get_selected (grid, &first, &last);
  if (position < first || position > last)
    first = last = position;
  rids = list_parts (self, first, last + 1);
  psl_register_set_state_async (self->reg, (const gint64 *) rids->data, rids->len, PSL_RECORD_TRASHED, trashed_cb,
                                g_object_ref (self));
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  else
    psl_failure_tell_unread (GTK_WIDGET (self), error);
}

static void
copy_cb (PslPartsGrid  *grid,
         PslPartsTable *self)
{
  g_autoptr (GArray) rids = NULL;
  guint first, last;

  psl_parts_grid_get_selected (grid, &first, &last);
  if (first > last || self->owner == NULL)
    return;

  /* A part that is being entered may have no values yet. */
  rids = list_parts (self, first, last + 1);
  if (rids->len > 0)
    psl_parts_block_copy_async (self->reg, self->columns, rids, copied_cb, g_object_ref (self));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Paste) paste = user_data;
  PslPartsTable *self = paste->table;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslBlockResult) pasted = psl_register_finish (PSL_REGISTER (source), result, &error);
  g_autofree char *message = NULL;

  if (paste->entered != NULL && psl_record_get_rid (paste->entered) == 0)
    psl_detail_edits_end_storing (self->edits, paste->entered, pasted != NULL ? pasted->first_beyond : 0);
  if (pasted == NULL)
    {
      psl_failure_tell_unstored (GTK_WIDGET (self), error);
      return;
    }

  for (guint i = 0; i < pasted->faults->len; i++)
    {
      const PslBlockFault *fault = pasted->faults->pdata[i];
      g_autoptr (GVariant) draft = psl_editor_new_draft (fault->text);

      psl_parts_drafts_keep (psl_parts_drafts_get (PSL_REGISTER (source)), fault->rid, NULL,
                             self->columns->pdata[paste->column + fault->column], draft);
    }
  psl_parts_grid_put_drafts_back (self->grid);
  g_signal_emit (self, signals[CHECK], 0);
  message = psl_parts_block_dup_message (pasted);
  if (message != NULL)
    g_signal_emit (self, signals[TOLD], 0, message, (gint64) 0);
}

/* Pasted in the part that is being entered, the first row of a block goes into that. */
static void
paste_text (PslPartsTable *self,
            guint          position,
            guint          column,
            const char    *text)
{
  guint n_stored = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  PslRecord *entered = position >= n_stored ? get_entered (self) : NULL;
  g_autoptr (GArray) rids = list_parts (self, position, n_stored);
  Paste *paste = g_new0 (Paste, 1);

  paste->table = g_object_ref (self);
  paste->column = column;
  g_set_object (&paste->entered, entered);
  if (entered != NULL && psl_record_get_rid (entered) == 0)
    psl_detail_edits_begin_storing (self->edits, entered);
  psl_parts_block_paste_async (self->reg, self->owner, self->kind, self->columns, column, rids,
                               entered != NULL ? psl_record_get_id (entered) : NULL, text, pasted_cb, paste);
}

static void
clipboard_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* There may be a picture on the clipboard, or nothing. */
  if (text == NULL || !self->editable || self->owner == NULL || psl_record_get_rid (self->owner) == 0)
    return;

  if (!psl_block_has_cells (text) && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)))
    gtk_widget_activate_action (focus, "clipboard.paste", NULL);
  else
    paste_text (self, self->paste_position, self->paste_column, text);
}

static void
read_clipboard (PslPartsTable *self,
                guint          position,
                guint          column)
{
  self->paste_position = position;
  self->paste_column = column;
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, clipboard_read_cb,
                                 g_object_ref (self));
}

static void
paste_cb (PslPartsGrid  *grid,
          guint          position,
          guint          column,
          PslPartsTable *self)
{
  read_clipboard (self, position, column);
}

/* Where there are no parts, they are pasted on the button that adds one. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                PslPartsTable         *self)
{
  if (!psl_parts_grid_is_key (GDK_KEY_v, key, state))
    return GDK_EVENT_PROPAGATE;

  read_clipboard (self, g_list_model_get_n_items (G_LIST_MODEL (self->model)), 0);
  return GDK_EVENT_STOP;
}

static void
wanted_cb (PslPartsGrid  *grid,
           PslRecordItem *item,
           PslPartsTable *self)
{
  psl_record_model_request (self->model, item);
}

static PslRecord *
new_part (PslPartsTable *self)
{
  g_autofree char *id = psl_uuid_new ();
  PslRecord *record = psl_record_new (self->kind, 0, id);

  psl_record_set (record, psl_kind_get_owner_field (self->kind), NULL, psl_record_get_id (self->owner));
  return record;
}

static void
made_to_open_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_insert_finish (PSL_REGISTER (source), result, &error);

  self->making = FALSE;
  if (rid == 0)
    psl_failure_tell_unstored (GTK_WIDGET (self), error);
  else if (self->reg == PSL_REGISTER (source))
    open_part (self, "page.enter", rid);
}

/* Where there is no room for cells, a part is entered on its page. */
static void
make_to_open (PslPartsTable *self)
{
  g_autoptr (PslRecord) record = new_part (self);

  if (self->making)
    return;

  self->making = TRUE;
  psl_register_insert_async (self->reg, record, made_to_open_cb, g_object_ref (self));
}

/* Goes on in a new part, in the column that @column is; where one is being entered, in
 * that. */
static void
enter_part (PslPartsTable *self,
            guint          column)
{
  if (!self->editable || self->owner == NULL || psl_record_get_rid (self->owner) == 0)
    return;
  if (!self->wide)
    {
      make_to_open (self);
      return;
    }

  if (g_list_model_get_n_items (G_LIST_MODEL (self->entered)) == 0)
    {
      g_autoptr (PslRecord) record = new_part (self);

      add_entered (self, record);
    }
  psl_parts_grid_focus (self->grid, g_list_model_get_n_items (self->items) - 1, (int) column);
}

static void
passed_end_cb (PslPartsGrid  *grid,
               guint          column,
               PslPartsTable *self)
{
  if (is_new (self))
    psl_parts_grid_flush (self->grid);
  /* An empty part is no part yet: the keyboard leaves the table. */
  if (is_new (self))
    gtk_widget_grab_focus (self->add_button);
  else
    enter_part (self, column);
}

static void
emptied_cb (PslPartsGrid  *grid,
            PslPartsTable *self)
{
  gtk_widget_grab_focus (self->add_button);
}

static void
add_cb (GtkButton     *button,
        PslPartsTable *self)
{
  enter_part (self, 0);
}

/* Puts the keyboard back on the part whose page was opened from here. */
static void
return_to_opened (PslPartsTable *self)
{
  guint position;

  if (self->opened == 0 || self->owner == NULL ||
      g_strcmp0 (self->opened_owner, psl_record_get_id (self->owner)) != 0)
    return;

  position = psl_record_model_find (self->model, self->opened);
  if (position == GTK_INVALID_LIST_POSITION)
    return;

  self->opened = 0;
  psl_parts_grid_focus (self->grid, position, -1);
}

static void
loaded_cb (PslRecordModel *model,
           gboolean        fresh,
           PslPartsTable  *self)
{
  hand_entered_over (self);
  return_to_opened (self);
  g_signal_emit (self, signals[CHECK], 0);
}

static const char *
get_add_label (PslPartsTable *self)
{
  return self->kind->words.new_record != NULL ? _(self->kind->words.new_record) : psl_kind_get_label (self->kind);
}

static void
add_add_button (PslPartsTable *self)
{
  GtkWidget *content = adw_button_content_new ();
  GtkEventController *controller = gtk_event_controller_key_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_can_shrink (ADW_BUTTON_CONTENT (content), TRUE);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), get_add_label (self));
  self->add_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add_button), content);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_add_css_class (self->add_button, "add-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  get_add_label (self), -1);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (self->add_button, controller);
  gtk_box_append (GTK_BOX (self->card), self->add_button);
}

static void
add_grid (PslPartsTable *self)
{
  self->grid = psl_parts_grid_new (self->columns, self->items, self->language, psl_field_get_label (self->field));
  g_signal_connect_object (self->grid, "wanted", G_CALLBACK (wanted_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "move", G_CALLBACK (move_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "remove", G_CALLBACK (remove_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "copy", G_CALLBACK (copy_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "paste", G_CALLBACK (paste_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "passed-end", G_CALLBACK (passed_end_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->grid, "emptied", G_CALLBACK (emptied_cb), self, G_CONNECT_DEFAULT);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  g_signal_connect_object (self->grid, "notify::content-height", G_CALLBACK (update_scroller), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->card), self->scroller);
}

static void
add_warning (PslPartsTable *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

  self->warning = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_widget_add_css_class (self->warning, "parts-warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (self->warning), icon);

  self->warning_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->warning_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->warning_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->warning_label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (self->warning_label, TRUE);
  gtk_box_append (GTK_BOX (self->warning), self->warning_label);
  gtk_box_append (GTK_BOX (self), self->warning);
}

static void
add_items (PslPartsTable *self)
{
  GListStore *lists = g_list_store_new (G_TYPE_LIST_MODEL);

  self->model = psl_record_model_new ();
  psl_record_model_set_page (self->model, FIRST_PARTS);
  self->entered = g_list_store_new (PSL_TYPE_RECORD_ITEM);
  g_list_store_append (lists, self->model);
  g_list_store_append (lists, self->entered);
  self->items = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (lists)));
  g_signal_connect_object (self->model, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->model, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->items, "items-changed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
}

static void
read_parts (PslPartsTable *self)
{
  g_autoptr (PslQuery) query = new_query (self->kind, psl_record_get_id (self->owner));

  psl_query_set_language (query, self->language);
  psl_record_model_set_register (self->model, self->reg);
  psl_record_model_set_query (self->model, query);
}

static void
psl_parts_table_dispose (GObject *object)
{
  PslPartsTable *self = PSL_PARTS_TABLE (object);

  if (self->model != NULL)
    psl_record_model_set_register (self->model, NULL);
  g_clear_object (&self->reg);
  g_clear_object (&self->owner);

  G_OBJECT_CLASS (psl_parts_table_parent_class)->dispose (object);
}

static void
psl_parts_table_finalize (GObject *object)
{
  PslPartsTable *self = PSL_PARTS_TABLE (object);

  g_object_unref (self->edits);
  g_clear_object (&self->items);
  g_clear_object (&self->model);
  g_clear_object (&self->entered);
  g_ptr_array_unref (self->columns);
  g_free (self->opened_owner);
  g_free (self->language);

  G_OBJECT_CLASS (psl_parts_table_parent_class)->finalize (object);
}

static void
psl_parts_table_class_init (PslPartsTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_parts_table_dispose;
  object_class->finalize = psl_parts_table_finalize;

  signals[MADE] = g_signal_new ("made", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);
  signals[TOLD] = g_signal_new ("told", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  signals[CHECK] = g_signal_new ("check", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "parts.open", "x", open_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "parts.remarks", "(xi)", remarks_cb);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "parts.check", NULL, check_cb);
}

static void
psl_parts_table_init (PslPartsTable *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->editable = TRUE;
  self->wide = TRUE;
  self->edits = psl_detail_edits_new (self);
  g_signal_connect_object (self->edits, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->edits, "inserted", G_CALLBACK (inserted_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->edits, "made", G_CALLBACK (made_cb), self, G_CONNECT_DEFAULT);
}

/**
 * psl_parts_table_new:
 * @field: a field of parts
 * @codelists: the lists of the register whose records are shown
 * @language: the language of records
 *
 * Returns: (transfer floating): a table that shows no record's parts yet
 */
GtkWidget *
psl_parts_table_new (const PslField     *field,
                     const PslCodelists *codelists,
                     const char         *language)
{
  PslPartsTable *self = g_object_new (PSL_TYPE_PARTS_TABLE, NULL);

  g_return_val_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_PARTS, NULL);

  self->field = field;
  self->kind = field->target;
  self->language = g_strdup (language);
  self->columns = psl_parts_columns_new (self->kind, codelists, language);
  add_items (self);

  self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->card, "card");
  gtk_widget_add_css_class (self->card, "parts");
  gtk_box_append (GTK_BOX (self), self->card);
  add_warning (self);
  add_grid (self);
  add_add_button (self);
  update_empty (self);
  return GTK_WIDGET (self);
}

/**
 * psl_parts_table_set_warning:
 * @self: a table
 * @message: (nullable): what is wrong in one of the parts
 */
void
psl_parts_table_set_warning (PslPartsTable *self,
                             const char    *message)
{
  g_return_if_fail (PSL_IS_PARTS_TABLE (self));

  gtk_label_set_label (GTK_LABEL (self->warning_label), message != NULL ? message : "");
  gtk_widget_set_visible (self->warning, message != NULL);
}

/**
 * psl_parts_table_count_unstored:
 * @self: a table
 *
 * Returns: in how many of its cells something is typed that can't be stored
 */
guint
psl_parts_table_count_unstored (PslPartsTable *self)
{
  guint position, column;

  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), 0);

  return psl_parts_grid_find_unstored (self->grid, &position, &column);
}

/**
 * psl_parts_table_dup_unstored:
 * @self: a table
 *
 * Returns: (transfer full) (nullable): in how many of its cells something is typed that can't
 *   be stored, and which is the first; %NULL where there is none
 */
char *
psl_parts_table_dup_unstored (PslPartsTable *self)
{
  g_autofree char *number = NULL;
  g_autofree char *cell = NULL;
  guint position, column, n;

  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  n = psl_parts_grid_find_unstored (self->grid, &position, &column);
  if (n == 0)
    return NULL;

  number = psl_number_format_count (n);
  cell = psl_parts_column_dup_cell_name (self->columns->pdata[column], position);
  /* Translators: how many cells, and the first of them: “Budget, row 3” */
  return g_strdup_printf (ngettext ("%s cell can’t be stored: %s", "%s cells can’t be stored, the first one: %s", n),
                          number, cell);
}

/**
 * psl_parts_table_focus_unstored:
 * @self: a table
 *
 * Puts the keyboard into the first cell with something typed that can't be stored.
 *
 * Returns: whether there is one
 */
gboolean
psl_parts_table_focus_unstored (PslPartsTable *self)
{
  guint position, column;

  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), FALSE);

  if (psl_parts_grid_find_unstored (self->grid, &position, &column) == 0)
    return FALSE;
  psl_parts_grid_focus (self->grid, position, (int) column);
  return TRUE;
}

/**
 * psl_parts_table_focus:
 * @self: a table
 * @position, @column: see psl_parts_grid_find_focus()
 *
 * Puts the keyboard there, as soon as the part is read; where there are no parts, on what
 * adds one.
 */
void
psl_parts_table_focus (PslPartsTable *self,
                       guint          position,
                       int            column)
{
  g_return_if_fail (PSL_IS_PARTS_TABLE (self));

  if (g_list_model_get_n_items (self->items) == 0)
    gtk_widget_grab_focus (self->add_button);
  psl_parts_grid_focus (self->grid, position, column);
}

/**
 * psl_parts_table_get_field:
 * @self: a table
 *
 * Returns: (transfer none): the field whose parts it shows
 */
const PslField *
psl_parts_table_get_field (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  return self->field;
}

/**
 * psl_parts_table_get_grid:
 * @self: a table
 *
 * Returns: (transfer none): its rows
 */
PslPartsGrid *
psl_parts_table_get_grid (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  return self->grid;
}

/**
 * psl_parts_table_get_items:
 * @self: a table
 *
 * Returns: (transfer none) (element-type PslRecordItem): the parts in their order, and the
 *   part that is being entered
 */
GListModel *
psl_parts_table_get_items (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  return self->items;
}

/**
 * psl_parts_table_get_scroller:
 * @self: a table
 *
 * Returns: (transfer none): what its rows scroll in; hidden where there are none
 */
GtkWidget *
psl_parts_table_get_scroller (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  return self->scroller;
}

/**
 * psl_parts_table_get_add_button:
 * @self: a table
 *
 * Returns: (transfer none): what adds a part
 */
GtkWidget *
psl_parts_table_get_add_button (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), NULL);

  return self->add_button;
}

/**
 * psl_parts_table_bind:
 * @self: a table
 * @reg: (nullable): where the record is
 * @record: (nullable): the record on the page, read anew; %NULL when it is shown no longer
 *
 * Shows the record's parts, as soon as they are read.
 */
void
psl_parts_table_bind (PslPartsTable *self,
                      PslRegister   *reg,
                      PslRecord     *record)
{
  gint64 rid = record != NULL ? psl_record_get_rid (record) : 0;
  gboolean same;

  g_return_if_fail (PSL_IS_PARTS_TABLE (self));
  g_return_if_fail (record == NULL || PSL_IS_RECORD (record));

  /* A new record gets its number when it is stored: then there are parts to read. */
  same = record != NULL && self->owner != NULL && self->reg == reg && rid == self->read_rid &&
         g_str_equal (psl_record_get_id (record), psl_record_get_id (self->owner));
  if (!same)
    leave_owner (self);
  g_set_object (&self->owner, record);
  gtk_widget_set_sensitive (self->add_button, rid != 0);
  if (same)
    return;

  self->read_rid = rid;
  g_set_object (&self->reg, reg);
  psl_parts_grid_set_register (self->grid, self->reg);
  psl_record_model_set_register (self->model, NULL);
  if (rid == 0)
    return;
  read_parts (self);
  put_entered_back (self);
}

/**
 * psl_parts_table_set_wide:
 * @self: a table
 * @wide: whether there is room for cells; otherwise parts are edited on their pages
 */
void
psl_parts_table_set_wide (PslPartsTable *self,
                          gboolean       wide)
{
  g_return_if_fail (PSL_IS_PARTS_TABLE (self));

  self->wide = wide;
  psl_parts_grid_set_wide (self->grid, wide);
}

/**
 * psl_parts_table_set_editable:
 * @self: a table
 * @editable: whether the parts may be changed
 *
 * What can't be changed can be read all the same, and opened.
 */
void
psl_parts_table_set_editable (PslPartsTable *self,
                              gboolean       editable)
{
  g_return_if_fail (PSL_IS_PARTS_TABLE (self));

  self->editable = editable;
  psl_parts_grid_set_editable (self->grid, editable);
  if (editable)
    gtk_widget_set_visible (self->add_button, TRUE);
  else
    psl_focus_hide (self->add_button);
}

/**
 * psl_parts_table_flush:
 * @self: a table
 *
 * Commits what is typed.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_parts_table_flush (PslPartsTable *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_TABLE (self), FALSE);

  return psl_parts_grid_flush (self->grid);
}
