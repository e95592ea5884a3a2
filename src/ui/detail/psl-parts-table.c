/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-block.h"
#include "psl-editor-link.h"
#include "psl-focus.h"
#include "psl-number.h"
#include "psl-record-model.h"
#include "psl-text.h"
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

  /* The parts in the register, and below them the one that is being entered. */
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
  gboolean editable;
  gboolean wide;

  /* The part that is being entered is on its way to the register, with the values that
   * were typed in it since (element-type Edit). */
  gboolean inserting;
  GQueue waiting;
  /* The number of the part that was entered last, until the model has it. */
  gint64 stored;

  /* Where the text goes that is read from the clipboard, and where it went. */
  guint paste_position;
  guint paste_column;
  guint pasted_column;

  /* Whose page was opened from here, and of which owner it is a part. */
  gint64 opened;
  char *opened_owner;
};

G_DEFINE_FINAL_TYPE (PslPartsTable, psl_parts_table, GTK_TYPE_BOX)

enum
{
  OPEN_RECORD,
  MADE,
  FAILED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A value on its way to the register. */
typedef struct
{
  PslPartsTable *table;
  gint64 rid;
  const PslField *field;
  const char *language;
  char *before;
  char *value;
  guint64 session;
  PslRecord *made;
} Edit;

typedef struct
{
  PslKind const *kind;
  char *owner;
  gint64 rid;
  int offset;
} Move;

/* A block of cells on its way to or from the clipboard. */
typedef struct
{
  PslPartsTable *table;
  PslKind const *kind;
  char *owner;
  GArray *columns;
  guint first_column;
  GArray *rids;
  char *text;
  char *language;
} Block;

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->table);
  g_free (edit->before);
  g_free (edit->value);
  g_clear_object (&edit->made);
  g_free (edit);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

static void
move_free (Move *move)
{
  g_free (move->owner);
  g_free (move);
}

/* On the main thread: the register gives back what it was handed. */
static void
block_free (Block *block)
{
  g_object_unref (block->table);
  g_free (block->owner);
  g_array_unref (block->columns);
  g_array_unref (block->rids);
  g_free (block->text);
  g_free (block->language);
  g_free (block);
}

static void
tell (PslPartsTable *self,
      const GError  *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
}

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

/* What could not be stored stays where it was typed, with the reason. */
static void
refuse (PslPartsTable *self,
        Edit          *edit,
        const GError  *error)
{
  guint column = find_column (self, edit->field, edit->language);

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      PslPartsRow *row = psl_parts_grid_find_row (self->grid, i);
      PslEditor *editor = row != NULL && psl_parts_row_get_rid (row) == edit->rid
                          ? psl_parts_cell_get_editor (psl_parts_row_get_cell (row, column)) : NULL;

      if (editor == NULL)
        continue;
      psl_record_set (psl_editor_get_record (editor), edit->field, edit->language, edit->before);
      psl_editor_refuse (editor, edit->before, error->message);
      return;
    }

  if (edit->rid != 0)
    {
      g_autofree char *text = psl_field_edit_text (edit->field, edit->value);
      g_autoptr (GVariant) draft = psl_editor_new_draft (text);

      psl_parts_grid_set_draft (self->grid, edit->rid, column, draft);
    }
  tell (self, error);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;

  if (edit->made == NULL)
    {
      psl_register_set_finish (PSL_REGISTER (source), result, &error);
    }
  else
    {
      g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

      if (action != NULL)
        g_signal_emit (edit->table, signals[MADE], 0, edit->made, action->id);
    }
  if (error != NULL)
    refuse (edit->table, edit, error);
}

/* Takes @edit. */
static void
store_edit (PslPartsTable *self,
            Edit          *edit)
{
  if (edit->made != NULL)
    psl_register_link_new_async (self->reg, edit->rid, edit->field, edit->made, set_cb, edit);
  else
    psl_register_set_async (self->reg, edit->rid, edit->field, edit->language, edit->value, edit->session, set_cb, edit);
}

static Edit *
new_edit (PslPartsTable *self,
          PslPartsRow   *row,
          PslEditor     *editor,
          const char    *value)
{
  Edit *edit = g_new0 (Edit, 1);
  PslRecord *made = PSL_IS_EDITOR_LINK (editor) ? psl_editor_link_get_made (PSL_EDITOR_LINK (editor), value) : NULL;

  edit->table = g_object_ref (self);
  edit->rid = psl_parts_row_get_rid (row);
  edit->field = psl_editor_get_field (editor);
  edit->language = g_intern_string (psl_editor_get_language (editor));
  edit->before = g_strdup (psl_record_get (psl_editor_get_record (editor), edit->field, edit->language));
  edit->value = g_strdup (value);
  edit->session = psl_editor_get_session (editor);
  g_set_object (&edit->made, made);
  return edit;
}

static PslPartsRow *
find_entered (PslPartsTable *self)
{
  g_autoptr (PslRecordItem) item = g_list_model_get_item (G_LIST_MODEL (self->entered), 0);

  return item != NULL ? psl_parts_grid_find_item (self->grid, item) : NULL;
}

static void
drop_entered (PslPartsTable *self)
{
  self->stored = 0;
  g_list_store_remove_all (self->entered);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (record == NULL && error != NULL)
    tell (self, error);
  else if (psl_record_get_rid (record) == self->stored && psl_record_get_state (record) != PSL_RECORD_LIVE)
    drop_entered (self);
}

/* The part that was entered comes into the list of those that are in the register, unless
 * it was undone before. */
static void
hand_entered_over (PslPartsTable *self)
{
  if (self->stored == 0 || self->reg == NULL)
    return;

  if (psl_record_model_find (self->model, self->stored) != GTK_INVALID_LIST_POSITION)
    drop_entered (self);
  else
    psl_register_load_async (self->reg, self->stored, NULL, looked_cb, g_object_ref (self));
}

static void
inserted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  PslPartsTable *self = edit->table;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_create_finish (PSL_REGISTER (source), result, &error);
  PslPartsRow *row = find_entered (self);
  Edit *waiting;

  self->inserting = FALSE;
  if (rid != 0 && row != NULL)
    {
      psl_parts_row_set_rid (row, rid);
      self->stored = rid;
      hand_entered_over (self);
    }
  else if (rid == 0)
    {
      refuse (self, edit, error);
    }

  while ((waiting = g_queue_pop_head (&self->waiting)) != NULL)
    {
      waiting->rid = rid;
      if (rid != 0 && self->reg != NULL)
        store_edit (self, waiting);
      else
        edit_free (waiting);
    }
}

/* A part is stored with its first value. */
static void
insert_entered (PslPartsTable *self,
                Edit          *edit,
                PslRecord     *record)
{
  g_autoptr (PslRecord) copy = psl_record_copy (record);

  /* What the link leads to comes after the part that has the link. */
  if (edit->made != NULL)
    {
      Edit *first = g_new0 (Edit, 1);

      psl_record_set (copy, edit->field, NULL, NULL);
      first->table = g_object_ref (self);
      first->field = edit->field;
      g_queue_push_tail (&self->waiting, edit);
      edit = first;
    }
  self->inserting = TRUE;
  psl_register_insert_async (self->reg, copy, inserted_cb, edit);
}

static void
committed_cb (PslPartsGrid  *grid,
              PslPartsRow   *row,
              PslEditor     *editor,
              const char    *value,
              PslPartsTable *self)
{
  Edit *edit = new_edit (self, row, editor, value);
  PslRecord *record = psl_editor_get_record (editor);

  psl_record_set (record, edit->field, edit->language, value);
  if (edit->rid != 0)
    store_edit (self, edit);
  else if (self->inserting)
    g_queue_push_tail (&self->waiting, edit);
  else
    insert_entered (self, edit, record);
}

static void
open_record_cb (PslPartsGrid  *grid,
                gint64         rid,
                PslPartsTable *self)
{
  self->opened = rid;
  g_set_str (&self->opened_owner, self->owner != NULL ? psl_record_get_id (self->owner) : NULL);
  g_signal_emit (self, signals[OPEN_RECORD], 0, rid);
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

/* On the register's thread, where the order is the one that the move before left. */
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
    tell (self, error);
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
    tell (self, error);
}

static void
remove_cb (PslPartsGrid  *grid,
           PslPartsRow   *row,
           PslPartsTable *self)
{
  gint64 rid = psl_parts_row_get_rid (row);

  if (!self->editable || self->inserting)
    return;
  if (rid == 0)
    g_list_store_remove_all (self->entered);
  else
    psl_register_set_state_async (self->reg, &rid, 1, PSL_RECORD_TRASHED, trashed_cb, g_object_ref (self));
}

/* The cells from a row and a column on, up to before another row. */
static Block *
new_block (PslPartsTable *self,
           guint          first,
           guint          end,
           guint          column)
{
  Block *block = g_new0 (Block, 1);

  block->table = g_object_ref (self);
  block->kind = self->kind;
  block->owner = g_strdup (psl_record_get_id (self->owner));
  block->language = g_strdup (psl_text_interface_language ());
  block->first_column = column;
  block->columns = g_array_new (FALSE, FALSE, sizeof (PslBlockColumn));
  for (guint i = column; i < self->columns->len; i++)
    {
      const PslPartsColumn *shown = self->columns->pdata[i];
      PslBlockColumn copy = { shown->field, shown->language };

      g_array_append_val (block->columns, copy);
    }
  block->rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = first; i < end; i++)
    {
      gint64 rid = psl_record_model_get_rid (self->model, i);

      if (rid != 0)
        g_array_append_val (block->rids, rid);
    }
  return block;
}

/* On the register's thread. */
static gpointer
copy_block (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Block *block = data;

  return psl_block_copy (store, (const PslBlockColumn *) (gpointer) block->columns->data, block->columns->len,
                         block->rids, block->language, cancellable, error);
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
    tell (self, error);
}

static void
copy_cb (PslPartsGrid  *grid,
         PslPartsTable *self)
{
  guint first, last;
  Block *block;

  psl_parts_grid_get_selected (grid, &first, &last);
  if (first > last || self->owner == NULL)
    return;

  /* A part that is being entered may have no values yet. */
  block = new_block (self, first, last + 1, 0);
  if (block->rids->len > 0)
    psl_register_read_async (self->reg, copy_block, block, (GDestroyNotify) block_free, g_free, NULL, copied_cb,
                             g_object_ref (self));
  else
    block_free (block);
}

/* On the register's thread. */
static gpointer
paste_block (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Block *block = data;

  return psl_block_paste (store, block->kind, block->owner, (const PslBlockColumn *) (gpointer) block->columns->data,
                          block->columns->len, block->rids, block->text, cancellable, error);
}

/* Says how many cells of a block are not stored. */
static void
tell_faults (PslPartsTable        *self,
             const PslBlockResult *result)
{
  g_autofree char *number = psl_number_format_count (result->faults->len > 0 ? result->faults->len : result->n_surplus);
  g_autofree char *message = NULL;

  if (result->faults->len > 0)
    message = g_strdup_printf (ngettext ("%s cell can’t be read: it is marked in the table",
                                         "%s cells can’t be read: they are marked in the table", result->faults->len),
                               number);
  else if (result->n_surplus > 0)
    message = g_strdup_printf (ngettext ("%s cell was not pasted: it stands beyond the last column",
                                         "%s cells were not pasted: they stand beyond the last column",
                                         result->n_surplus),
                               number);
  if (message != NULL)
    g_signal_emit (self, signals[TOLD], 0, message, (gint64) 0);
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslPartsTable) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslBlockResult) pasted = psl_register_finish (PSL_REGISTER (source), result, &error);

  if (pasted == NULL)
    {
      tell (self, error);
      return;
    }

  for (guint i = 0; i < pasted->faults->len; i++)
    {
      const PslBlockFault *fault = pasted->faults->pdata[i];
      g_autoptr (GVariant) draft = psl_editor_new_draft (fault->text);

      psl_parts_grid_set_draft (self->grid, fault->rid, self->pasted_column + fault->column, draft);
    }
  tell_faults (self, pasted);
}

static void
paste_text (PslPartsTable *self,
            guint          position,
            guint          column,
            const char    *text)
{
  Block *block;

  /* An empty part that was to be typed in gives its place to what is pasted. */
  if (!self->inserting && self->stored == 0 && position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    drop_entered (self);
  block = new_block (self, position, g_list_model_get_n_items (G_LIST_MODEL (self->model)), column);
  block->text = g_strdup (text);
  self->pasted_column = column;
  psl_register_write_async (self->reg, paste_block, block, (GDestroyNotify) block_free,
                            (GDestroyNotify) psl_block_result_free, NULL, pasted_cb, g_object_ref (self));
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
  if (!psl_parts_is_key (GDK_KEY_v, key, state))
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
  gint64 rid = psl_register_create_finish (PSL_REGISTER (source), result, &error);

  self->inserting = FALSE;
  if (rid == 0)
    tell (self, error);
  else if (self->reg == PSL_REGISTER (source))
    open_record_cb (self->grid, rid, self);
}

/* Where there is no room for cells, a part is entered on its page. */
static void
make_to_open (PslPartsTable *self)
{
  g_autoptr (PslRecord) record = new_part (self);

  if (self->inserting)
    return;

  self->inserting = TRUE;
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
      g_autoptr (PslRecordItem) item = psl_record_item_new (0);

      psl_record_item_set_record (item, record, NULL);
      g_list_store_append (self->entered, item);
    }
  psl_parts_grid_focus (self->grid, g_list_model_get_n_items (self->items) - 1, (int) column);
}

static void
passed_end_cb (PslPartsGrid  *grid,
               guint          column,
               PslPartsTable *self)
{
  PslPartsRow *row = find_entered (self);

  /* An empty part is no part yet: the keyboard leaves the table. */
  if (row != NULL && psl_parts_row_get_rid (row) == 0 && !self->inserting)
    {
      psl_parts_grid_flush (self->grid);
      if (!self->inserting)
        {
          gtk_widget_grab_focus (self->add_button);
          return;
        }
    }
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
}

static void
failed_cb (PslRecordModel *model,
           const GError   *error,
           PslPartsTable  *self)
{
  tell (self, error);
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
  g_signal_connect (self->add_button, "clicked", G_CALLBACK (add_cb), self);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->add_button, controller);
  gtk_box_append (GTK_BOX (self->card), self->add_button);
}

static void
add_grid (PslPartsTable *self)
{
  self->grid = psl_parts_grid_new (self->columns, self->items, self->language, psl_field_get_label (self->field));
  g_signal_connect (self->grid, "wanted", G_CALLBACK (wanted_cb), self);
  g_signal_connect (self->grid, "committed", G_CALLBACK (committed_cb), self);
  g_signal_connect (self->grid, "open-record", G_CALLBACK (open_record_cb), self);
  g_signal_connect (self->grid, "move", G_CALLBACK (move_cb), self);
  g_signal_connect (self->grid, "remove", G_CALLBACK (remove_cb), self);
  g_signal_connect (self->grid, "copy", G_CALLBACK (copy_cb), self);
  g_signal_connect (self->grid, "paste", G_CALLBACK (paste_cb), self);
  g_signal_connect (self->grid, "passed-end", G_CALLBACK (passed_end_cb), self);
  g_signal_connect (self->grid, "emptied", G_CALLBACK (emptied_cb), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->grid));
  g_signal_connect_swapped (self->grid, "notify::content-height", G_CALLBACK (update_scroller), self);
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

  g_queue_clear_full (&self->waiting, (GDestroyNotify) edit_free);
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

  signals[OPEN_RECORD] = g_signal_new ("open-record", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MADE] = g_signal_new ("made", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[TOLD] = g_signal_new ("told", PSL_TYPE_PARTS_TABLE, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);
}

static void
psl_parts_table_init (PslPartsTable *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  self->editable = TRUE;
  self->wide = TRUE;
  g_queue_init (&self->waiting);
}

/**
 * psl_parts_table_new:
 * @field: a field of parts
 * @language: the language of records
 *
 * Returns: (transfer floating): a table that shows no record's parts yet
 */
GtkWidget *
psl_parts_table_new (const PslField *field,
                     const char     *language)
{
  PslPartsTable *self = g_object_new (PSL_TYPE_PARTS_TABLE, NULL);

  g_return_val_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_PARTS, NULL);

  self->field = field;
  self->kind = field->target;
  self->language = g_strdup (language);
  self->columns = psl_parts_columns_new (self->kind, language);
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
 * Returns: (transfer none) (element-type PslRecordItem): the parts in their order, and
 *   the one that is being entered
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
  gboolean same;

  g_return_if_fail (PSL_IS_PARTS_TABLE (self));
  g_return_if_fail (record == NULL || PSL_IS_RECORD (record));

  same = record != NULL && self->owner != NULL && self->reg == reg &&
         g_str_equal (psl_record_get_id (record), psl_record_get_id (self->owner)) &&
         psl_record_get_rid (record) == psl_record_get_rid (self->owner);
  g_set_object (&self->owner, record);
  gtk_widget_set_sensitive (self->add_button, record != NULL && psl_record_get_rid (record) != 0);
  if (same)
    return;

  psl_parts_grid_keep_drafts (self->grid);
  if (!self->inserting)
    drop_entered (self);
  g_set_object (&self->reg, reg);
  psl_parts_grid_set_register (self->grid, self->reg);
  psl_record_model_set_register (self->model, NULL);
  if (record != NULL && psl_record_get_rid (record) != 0)
    read_parts (self);
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
