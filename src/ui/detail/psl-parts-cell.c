/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-cell.h"

#include "psl-editors.h"
#include "psl-focus.h"
#include "psl-languages.h"

struct _PslPartsCell
{
  GtkWidget parent_instance;

  const PslPartsColumn *column;
  /* The language of records. */
  const char *language;
  PslRegister *reg;
  PslRecord *record;
  char *name;

  GtkWidget *label;
  /* While it is needed; see leave_idle_cb(). */
  PslEditor *editor;
  guint leave_idle;
};

G_DEFINE_FINAL_TYPE (PslPartsCell, psl_parts_cell, GTK_TYPE_WIDGET)

enum
{
  COMMITTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The value as a person reads it; NULL for none. */
static char *
dup_shown (PslPartsCell *self)
{
  const PslField *field = self->column->field;
  const char *value = self->record != NULL ? psl_record_get (self->record, field, self->column->language) : NULL;
  const char *title;

  if (value == NULL)
    return NULL;
  if (field->type != PSL_FIELD_TYPE_LINK)
    return psl_field_display (field, psl_register_get_codelists (self->reg), value, psl_language_get_interface ());

  title = psl_record_get_link_title (self->record, field);
  return g_strdup (title != NULL ? title : value);
}

static void
show_text (PslPartsCell *self)
{
  g_autofree char *shown = dup_shown (self);

  if (shown != NULL)
    g_strdelimit (shown, "\n", ' ');
  gtk_label_set_label (GTK_LABEL (self->label), shown != NULL ? shown : "");
}

/* Fonts and line breaks go by it. */
static void
set_text_language (PslPartsCell *self)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  if (self->column->language == NULL)
    return;

  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_language_new (pango_language_from_string (self->column->language)));
  gtk_label_set_attributes (GTK_LABEL (self->label), attributes);
}

static void
committed_cb (PslEditor    *editor,
              const char   *value,
              PslPartsCell *self)
{
  g_signal_emit (self, signals[COMMITTED], 0, editor, value);
}

static void
error_changed_cb (PslPartsCell *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "parts.check", NULL);
}

static void
bind_editor (PslPartsCell *self)
{
  psl_editor_frame_set_name (PSL_EDITOR_FRAME (self->editor), self->name);
  psl_editor_set_register (self->editor, self->reg);
  psl_editor_bind (self->editor, self->record);
}

static void
ensure_editor (PslPartsCell *self)
{
  if (self->editor != NULL)
    return;

  self->editor = psl_editor_new (self->column->field, self->column->language);
  psl_editor_set_records_language (self->editor, self->language);
  psl_editor_frame_set_compact (PSL_EDITOR_FRAME (self->editor));
  g_signal_connect_object (self->editor, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->editor, "notify::error", G_CALLBACK (error_changed_cb), self, G_CONNECT_SWAPPED);
  bind_editor (self);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->editor), GTK_WIDGET (self));
}

static void
drop_editor (PslPartsCell *self)
{
  gboolean had_error = psl_parts_cell_get_error (self) != NULL;

  g_clear_handle_id (&self->leave_idle, g_source_remove);
  if (self->editor == NULL)
    return;

  psl_focus_hand_on (GTK_WIDGET (self->editor));
  g_clear_pointer ((GtkWidget **) &self->editor, gtk_widget_unparent);
  show_text (self);
  gtk_widget_set_visible (self->label, TRUE);
  if (had_error)
    error_changed_cb (self);
}

/* An editor with text that is not stored stays in sight. */
static gboolean
leave_idle_cb (gpointer data)
{
  PslPartsCell *self = data;

  self->leave_idle = 0;
  if (!psl_focus_is_in (GTK_WIDGET (self)) && psl_editor_flush (self->editor))
    drop_editor (self);
  return G_SOURCE_REMOVE;
}

/* The editor commits by itself when the keyboard has left it, and goes after that. */
static void
left_cb (PslPartsCell *self)
{
  if (self->editor != NULL && self->leave_idle == 0)
    self->leave_idle = g_idle_add_full (G_PRIORITY_DEFAULT, leave_idle_cb, self, NULL);
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             PslPartsCell    *self)
{
  if (self->editor == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
psl_parts_cell_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  PslPartsCell *self = PSL_PARTS_CELL (widget);

  if (self->record == NULL)
    return FALSE;

  ensure_editor (self);
  if (gtk_widget_child_focus (GTK_WIDGET (self->editor), direction))
    return TRUE;
  left_cb (self);
  return FALSE;
}

static gboolean
psl_parts_cell_grab_focus (GtkWidget *widget)
{
  PslPartsCell *self = PSL_PARTS_CELL (widget);

  if (self->record == NULL || !gtk_widget_is_sensitive (widget))
    return FALSE;

  ensure_editor (self);
  return gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

/* A long value is as high as the column is narrow. */
static GtkSizeRequestMode
psl_parts_cell_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A cell has the width of its column, whatever is typed in it. */
static void
psl_parts_cell_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  PslPartsCell *self = PSL_PARTS_CELL (widget);
  GtkWidget *child = self->editor != NULL ? GTK_WIDGET (self->editor) : self->label;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      int width;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      for_size = MAX (for_size, width);
    }
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
psl_parts_cell_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  PslPartsCell *self = PSL_PARTS_CELL (widget);
  GtkWidget *child = self->editor != NULL ? GTK_WIDGET (self->editor) : self->label;
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, -1, NULL);
}

static void
psl_parts_cell_dispose (GObject *object)
{
  PslPartsCell *self = PSL_PARTS_CELL (object);

  g_clear_handle_id (&self->leave_idle, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->editor, gtk_widget_unparent);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_object (&self->reg);
  g_clear_object (&self->record);

  G_OBJECT_CLASS (psl_parts_cell_parent_class)->dispose (object);
}

static void
psl_parts_cell_finalize (GObject *object)
{
  g_free (PSL_PARTS_CELL (object)->name);

  G_OBJECT_CLASS (psl_parts_cell_parent_class)->finalize (object);
}

static void
psl_parts_cell_class_init (PslPartsCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_parts_cell_dispose;
  object_class->finalize = psl_parts_cell_finalize;
  widget_class->focus = psl_parts_cell_focus;
  widget_class->grab_focus = psl_parts_cell_grab_focus;
  widget_class->get_request_mode = psl_parts_cell_get_request_mode;
  widget_class->measure = psl_parts_cell_measure;
  widget_class->size_allocate = psl_parts_cell_size_allocate;

  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_PARTS_CELL, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_EDITOR, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "partscell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
psl_parts_cell_init (PslPartsCell *self)
{
  GtkEventController *controller = gtk_event_controller_focus_new ();

  g_signal_connect_object (controller, "leave", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect_object (controller, "released", G_CALLBACK (released_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

/**
 * psl_parts_cell_new:
 * @column: (transfer none): its column, which is there as long as the cell
 * @language: (transfer none): the language of records, there as long
 *
 * Returns: (transfer floating): a cell that shows nothing yet
 */
GtkWidget *
psl_parts_cell_new (const PslPartsColumn *column,
                    const char           *language)
{
  PslPartsCell *self = g_object_new (PSL_TYPE_PARTS_CELL, NULL);

  self->column = column;
  self->language = language;
  set_text_language (self);
  return GTK_WIDGET (self);
}

/**
 * psl_parts_cell_get_editor:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): the editor that stands in it now
 */
PslEditor *
psl_parts_cell_get_editor (PslPartsCell *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_CELL (self), NULL);

  return self->editor;
}

/**
 * psl_parts_cell_show:
 * @self: a cell
 * @reg: where the record is
 * @record: (nullable): a part, read anew; %NULL while it is not read
 * @name: the cell's name for assistive technology: “Budget, row 3”
 *
 * Shows the value of a part. Text typed for another part goes; text typed for the same part
 * stays.
 */
void
psl_parts_cell_show (PslPartsCell *self,
                     PslRegister  *reg,
                     PslRecord    *record,
                     const char   *name)
{
  g_return_if_fail (PSL_IS_PARTS_CELL (self));
  g_return_if_fail (record == NULL || PSL_IS_RECORD (record));

  if (self->editor != NULL &&
      (record == NULL || self->record == NULL ||
       !g_str_equal (psl_record_get_id (record), psl_record_get_id (self->record))))
    drop_editor (self);

  g_set_object (&self->reg, reg);
  g_set_object (&self->record, record);
  g_set_str (&self->name, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->editor != NULL)
    bind_editor (self);
  else
    show_text (self);
}

/**
 * psl_parts_cell_get_error:
 * @self: a cell
 *
 * Returns: (transfer none) (nullable): why the text typed in it can't be stored, translated
 */
const char *
psl_parts_cell_get_error (PslPartsCell *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_CELL (self), NULL);

  return self->editor != NULL ? psl_editor_frame_get_error (PSL_EDITOR_FRAME (self->editor)) : NULL;
}

/**
 * psl_parts_cell_refuse:
 * @self: a cell that shows a part
 * @value: (nullable): the value that was entered in it last
 * @before: (nullable): the value that is still stored
 * @message: why, translated
 *
 * Shows the value that could not be stored, or text that was typed since, with @message.
 */
void
psl_parts_cell_refuse (PslPartsCell *self,
                       const char   *value,
                       const char   *before,
                       const char   *message)
{
  const PslField *field;

  g_return_if_fail (PSL_IS_PARTS_CELL (self));
  g_return_if_fail (self->record != NULL);

  field = self->column->field;
  psl_record_set (self->record, field, self->column->language, before);
  if (self->editor == NULL)
    {
      g_autofree char *text = psl_field_edit_text (field, psl_register_get_codelists (self->reg), value);

      ensure_editor (self);
      psl_editor_show_typed (self->editor, text);
    }
  psl_editor_refuse (self->editor, before, message);
}

/**
 * psl_parts_cell_dup_draft:
 * @self: a cell
 *
 * Returns: (transfer full) (nullable): typed text that can't be stored; see
 *   psl_editor_dup_draft()
 */
GVariant *
psl_parts_cell_dup_draft (PslPartsCell *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_CELL (self), NULL);

  return self->editor != NULL ? psl_editor_dup_draft (self->editor) : NULL;
}

/**
 * psl_parts_cell_set_draft:
 * @self: a cell that shows a part
 * @draft: see psl_editor_set_draft()
 */
void
psl_parts_cell_set_draft (PslPartsCell *self,
                          GVariant     *draft)
{
  g_return_if_fail (PSL_IS_PARTS_CELL (self));
  g_return_if_fail (self->record != NULL);

  ensure_editor (self);
  psl_editor_set_draft (self->editor, draft);
}

/**
 * psl_parts_cell_flush:
 * @self: a cell
 *
 * Commits the text typed in it.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_parts_cell_flush (PslPartsCell *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_CELL (self), FALSE);

  return self->editor == NULL || psl_editor_flush (self->editor);
}
