/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-row.h"

#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-menu-button.h"
#include "psl-number.h"
#include "psl-remarks-dialog.h"
#include "psl-shortcuts.h"
#include "psl-summary.h"

/* Of PSL_PARTS_ROW_END, the width of the menu button in pixels; the mark of remarks has
 * the rest. */
#define MENU_WIDTH 40

struct _PslPartsRow
{
  GtkWidget parent_instance;

  /* The table's. */
  GPtrArray *columns;
  const PslPartsPlaces *places;
  const char *language;

  GtkWidget *number;
  GtkWidget *number_label;
  GtkWidget *strip;             /* of the cells, beside the number */
  GPtrArray *cells;
  /* In the place of the cells where the page is narrow. */
  GtkWidget *summary;
  GtkWidget *title;
  GtkWidget *facts;
  /* Shown where there are remarks on the part. */
  GtkWidget *mark;
  GtkWidget *menu_button;

  PslRegister *reg;
  PslRecordItem *item;
  guint position;
  gboolean wide;
  gboolean editable;
  GCancellable *reading_remarks;
};

G_DEFINE_FINAL_TYPE (PslPartsRow, psl_parts_row, GTK_TYPE_WIDGET)

enum
{
  COMMITTED,
  MOVE,
  REMOVE,
  COPY,
  READ,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
committed_cb (PslPartsCell *cell,
              PslEditor    *editor,
              const char   *value,
              PslPartsRow  *self)
{
  g_signal_emit (self, signals[COMMITTED], 0, editor, value);
}

static void
open_part (PslPartsRow *self)
{
  gint64 rid = psl_parts_row_get_rid (self);

  if (rid != 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "parts.open", "x", rid);
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  open_part (PSL_PARTS_ROW (widget));
}

static void
move_up_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, -1);
}

static void
move_down_cb (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[MOVE], 0, 1);
}

static void
remove_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE], 0);
}

static void
copy_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[COPY], 0);
}

static void
open_remarks (PslPartsRow *self,
              int          column)
{
  gint64 rid = psl_parts_row_get_rid (self);

  /* Where nothing may be written, there have to be some to read. */
  if (rid != 0 && (self->editable || gtk_widget_get_visible (self->mark)))
    gtk_widget_activate_action (GTK_WIDGET (self), "parts.remarks", "(xi)", rid, column);
}

static void
remarks_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  open_remarks (PSL_PARTS_ROW (widget), -1);
}

/* On the field of the cell with the keyboard. */
static void
remark_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  open_remarks (PSL_PARTS_ROW (widget), psl_parts_row_find_focus (PSL_PARTS_ROW (widget)));
}

static void
add_number (PslPartsRow *self)
{
  self->number_label = gtk_label_new (NULL);
  self->number = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->number), self->number_label);
  gtk_widget_set_tooltip_text (self->number, _("Open as Page"));
  gtk_widget_add_css_class (self->number, "flat");
  gtk_widget_add_css_class (self->number, "row-number");
  g_signal_connect_object (self->number, "clicked", G_CALLBACK (open_part), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
}

static void
add_cells (PslPartsRow *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkWidget *cell = psl_parts_cell_new (self->columns->pdata[i], self->language);

      g_signal_connect_object (cell, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
      g_ptr_array_add (self->cells, cell);
      gtk_widget_set_parent (cell, self->strip);
    }
}

static GtkWidget *
new_line (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_summary (PslPartsRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->title = new_line ("part-title");
  self->facts = new_line ("part-facts");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->facts);
  self->summary = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->summary), box);
  gtk_widget_set_tooltip_text (self->summary, _("Open as Page"));
  gtk_widget_add_css_class (self->summary, "flat");
  gtk_widget_add_css_class (self->summary, "part-summary");
  g_signal_connect_object (self->summary, "clicked", G_CALLBACK (open_part), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (self->summary, GTK_WIDGET (self), self->mark);
}

static void
add_mark (PslPartsRow *self)
{
  self->mark = gtk_button_new_from_icon_name ("psl-remark-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->mark), "row.remarks");
  gtk_widget_set_tooltip_text (self->mark, _("Remarks"));
  gtk_widget_set_visible (self->mark, FALSE);
  gtk_widget_set_valign (self->mark, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->mark, "flat");
  gtk_widget_add_css_class (self->mark, "remarks");
  gtk_widget_insert_before (self->mark, GTK_WIDGET (self), self->menu_button);
}

static void
add_menu (PslPartsRow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("_Open as Page"), "row.open");
  g_menu_append (menu, _("Move _Up"), "row.up");
  g_menu_append (menu, _("Move _Down"), "row.down");
  g_menu_append (menu, _("_Copy"), "row.copy");
  g_menu_append (menu, _("_Remarks…"), "row.remarks");
  g_menu_append (menu, _("Move to the _Trash"), "row.remove");
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  psl_menu_button_set_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu_button, _("Entry Menu"));
  gtk_widget_set_valign (self->menu_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->menu_button, "flat");
  gtk_widget_add_css_class (self->menu_button, "editor-hint");
  gtk_widget_set_parent (self->menu_button, GTK_WIDGET (self));
}

/* Shows the cells, or the summary where there is no room for them. */
static void
show_width (PslPartsRow *self)
{
  gtk_widget_set_visible (self->number, self->wide);
  gtk_widget_set_visible (self->strip, self->wide);
  gtk_widget_set_visible (self->summary, !self->wide);
}

static void
show_summary (PslPartsRow *self,
              PslRecord   *record)
{
  g_autoptr (PslSummary) summary = psl_summary_new (record, psl_register_get_codelists (self->reg), self->language);

  gtk_label_set_label (GTK_LABEL (self->title), summary->title);
  gtk_label_set_label (GTK_LABEL (self->facts), summary->facts);
  gtk_widget_set_visible (self->facts, *summary->facts != '\0');
}

static void
show_name (PslPartsRow *self,
           PslRecord   *record)
{
  g_autofree char *title = record != NULL ? psl_record_dup_title (record, psl_register_get_codelists (self->reg), self->language)
                                          : NULL;
  g_autofree char *number = psl_number_format_count (self->position + 1);
  g_autofree char *name = NULL;

  /* Translators: a row of a table, its number and its title: “Row 3: Final report” */
  name = g_strdup_printf (_("Row %s: %s"), number, title != NULL ? title : "");
  gtk_label_set_label (GTK_LABEL (self->number_label), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_cells (PslPartsRow *self,
            PslRecord   *record)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      g_autofree char *name = psl_parts_column_dup_cell_name (self->columns->pdata[i], self->position);

      psl_parts_cell_show (self->cells->pdata[i], self->reg, record, name);
    }
}

static void
show_remarks (PslPartsRow *self,
              GPtrArray   *remarks)
{
  PslRecord *record = self->item != NULL ? psl_record_item_get_record (self->item) : NULL;
  g_autofree char *summary = NULL;

  if (record == NULL || remarks == NULL || remarks->len == 0)
    {
      psl_focus_hide (self->mark);
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      return;
    }

  summary = psl_remarks_dialog_dup_summary (remarks, psl_record_get_kind (record));
  gtk_widget_set_tooltip_text (self->mark, summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
  gtk_widget_set_visible (self->mark, TRUE);
}

/* Without a reference: dispose cancels the reading. */
static void
remarks_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PslPartsRow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = psl_remarks_dialog_read_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    psl_failure_tell_unread (GTK_WIDGET (self), error);
  else
    show_remarks (self, remarks);
}

static void
stop_reading_remarks (PslPartsRow *self)
{
  g_cancellable_cancel (self->reading_remarks);
  g_clear_object (&self->reading_remarks);
}

static void
read_remarks (PslPartsRow *self,
              PslRecord   *record)
{
  stop_reading_remarks (self);
  if (record == NULL || psl_parts_row_get_rid (self) == 0 || psl_record_get_kind (record)->remarks == NULL)
    {
      show_remarks (self, NULL);
      return;
    }
  self->reading_remarks = g_cancellable_new ();
  psl_remarks_dialog_read_async (self->reg, record, self->reading_remarks, remarks_read_cb, self);
}

static void
show_record (PslPartsRow *self)
{
  PslRecord *record = psl_record_item_get_record (self->item);

  show_name (self, record);
  read_remarks (self, record);
  if (self->wide)
    show_cells (self, record);
  else if (record != NULL)
    show_summary (self, record);
}

/* The item of a record that was just stored is there before its record is read. */
static void
changed_cb (PslPartsRow *self)
{
  if (psl_record_item_get_record (self->item) == NULL)
    return;

  show_record (self);
  g_signal_emit (self, signals[READ], 0);
}

static gboolean
psl_parts_row_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  return psl_focus_move (widget, direction);
}

static int
get_width (PslPartsRow *self,
           guint        nth)
{
  return g_array_index (self->places->widths, int, nth);
}

static void
psl_parts_row_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  PslPartsRow *self = PSL_PARTS_ROW (widget);
  int height;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  gtk_widget_measure (self->menu_button, orientation, -1, minimum, NULL, NULL, NULL);
  gtk_widget_measure (self->wide ? self->strip : self->summary, orientation, -1, &height, NULL, NULL, NULL);
  *natural = *minimum = MAX (*minimum, height);
}

static void
place (GtkWidget *widget,
       int        x,
       int        width,
       int        height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation) { x, 0, width, height }, -1);
}

static void
strip_measure (GtkWidget      *widget,
               GtkOrientation  orientation,
               int             for_size,
               int            *minimum,
               int            *natural,
               int            *minimum_baseline,
               int            *natural_baseline)
{
  PslPartsRow *self = PSL_PARTS_ROW (gtk_widget_get_parent (widget));

  *minimum = *natural = 0;
  for (guint i = 0; orientation == GTK_ORIENTATION_VERTICAL && i < self->cells->len; i++)
    {
      int height;

      gtk_widget_measure (self->cells->pdata[i], orientation, get_width (self, i), NULL, &height, NULL, NULL);
      *minimum = *natural = MAX (*natural, height);
    }
}

static void
strip_allocate (GtkWidget *widget,
                int        width,
                int        height,
                int        baseline)
{
  PslPartsRow *self = PSL_PARTS_ROW (gtk_widget_get_parent (widget));
  int x = -self->places->offset;

  for (guint i = 0; i < self->cells->len; i++)
    {
      place (self->cells->pdata[i], x, get_width (self, i), height);
      x += get_width (self, i);
    }
}

/* The cells are scrolled between the number and the menu, which stay in view. */
static void
psl_parts_row_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  PslPartsRow *self = PSL_PARTS_ROW (widget);
  int end = MAX (0, width - PSL_PARTS_ROW_END);

  place (self->mark, end, PSL_PARTS_ROW_END - MENU_WIDTH, height);
  place (self->menu_button, end + PSL_PARTS_ROW_END - MENU_WIDTH, MENU_WIDTH, height);
  if (!self->wide)
    {
      place (self->summary, 0, end, height);
      return;
    }

  place (self->number, 0, PSL_PARTS_ROW_START, height);
  place (self->strip, PSL_PARTS_ROW_START, MAX (0, end - PSL_PARTS_ROW_START), height);
}

static void
psl_parts_row_dispose (GObject *object)
{
  PslPartsRow *self = PSL_PARTS_ROW (object);
  GtkWidget *child;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  stop_reading_remarks (self);
  g_clear_object (&self->item);
  g_clear_object (&self->reg);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (psl_parts_row_parent_class)->dispose (object);
}

static void
psl_parts_row_finalize (GObject *object)
{
  PslPartsRow *self = PSL_PARTS_ROW (object);

  g_ptr_array_unref (self->cells);
  g_ptr_array_unref (self->columns);

  G_OBJECT_CLASS (psl_parts_row_parent_class)->finalize (object);
}

static void
psl_parts_row_class_init (PslPartsRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_parts_row_dispose;
  object_class->finalize = psl_parts_row_finalize;
  widget_class->focus = psl_parts_row_focus;
  widget_class->measure = psl_parts_row_measure;
  widget_class->size_allocate = psl_parts_row_size_allocate;

  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_EDITOR, G_TYPE_STRING);
  signals[MOVE] = g_signal_new ("move", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVE] = g_signal_new ("remove", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COPY] = g_signal_new ("copy", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[READ] = g_signal_new ("read", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "row.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "row.up", NULL, move_up_cb);
  gtk_widget_class_install_action (widget_class, "row.down", NULL, move_down_cb);
  gtk_widget_class_install_action (widget_class, "row.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "row.remarks", NULL, remarks_cb);
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_cb);
  /* In a row, the key and the menu of a field mean the field of the part, not of the page. */
  gtk_widget_class_install_action (widget_class, "page.remark", NULL, remark_cb);
  psl_shortcuts_bind_class (widget_class, "page.remark");
  psl_shortcuts_bind_class (widget_class, "row.up");
  psl_shortcuts_bind_class (widget_class, "row.down");
  psl_shortcuts_bind_class (widget_class, "row.remove");
  gtk_widget_class_set_css_name (widget_class, "partsrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ROW);
}

static void
psl_parts_row_init (PslPartsRow *self)
{
  self->wide = TRUE;
  /* A cell with a link takes the key before. */
  psl_shortcuts_bind (GTK_WIDGET (self), "row.open", GTK_PHASE_BUBBLE, gtk_named_action_new ("row.open"));
  self->cells = g_ptr_array_new ();
  add_number (self);
  self->strip = g_object_new (GTK_TYPE_BOX, NULL);
  gtk_widget_set_layout_manager (self->strip, gtk_custom_layout_new (NULL, strip_measure, strip_allocate));
  gtk_widget_set_overflow (self->strip, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (self->strip, GTK_WIDGET (self));
  add_menu (self);
  add_mark (self);
  add_summary (self);
}

/**
 * psl_parts_row_new:
 * @columns: (element-type PslPartsColumn): the columns of the table
 * @places: (transfer none): where they stand, there as long as the row
 * @language: (transfer none): the language of records, there as long
 *
 * Returns: (transfer floating): a row with room for cells; psl_parts_row_show() before it
 *   is drawn
 */
GtkWidget *
psl_parts_row_new (GPtrArray            *columns,
                   const PslPartsPlaces *places,
                   const char           *language)
{
  PslPartsRow *self = g_object_new (PSL_TYPE_PARTS_ROW, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->places = places;
  self->language = language;
  add_cells (self);
  show_width (self);
  return GTK_WIDGET (self);
}

/**
 * psl_parts_row_show:
 * @self: a row
 * @reg: where the parts are
 * @item: the part
 * @position: where it stands, from 0
 * @n: among how many
 */
void
psl_parts_row_show (PslPartsRow   *self,
                    PslRegister   *reg,
                    PslRecordItem *item,
                    guint          position,
                    guint          n)
{
  gint64 before = psl_parts_row_get_rid (self);
  gboolean other = self->item != item;
  gboolean moved = self->position != position;
  gboolean same_part;
  gboolean stored;

  g_return_if_fail (PSL_IS_PARTS_ROW (self));
  g_return_if_fail (PSL_IS_RECORD_ITEM (item));

  if (other && self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  if (other)
    g_signal_connect_object (item, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_set_object (&self->item, item);
  g_set_object (&self->reg, reg);
  self->position = position;
  stored = psl_parts_row_get_rid (self) != 0;
  /* The row shows a part already that was just stored. */
  same_part = stored && before == psl_parts_row_get_rid (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.open", stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.remarks", stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", stored && position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", stored && position + 1 < n);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX, (int) position + 2, -1);
  if ((other && (!same_part || psl_record_item_get_record (item) != NULL)) || (!other && moved))
    show_record (self);
}

/**
 * psl_parts_row_scroll:
 * @self: a row
 *
 * Moves the cells to where the columns stand now.
 */
void
psl_parts_row_scroll (PslPartsRow *self)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  gtk_widget_queue_allocate (self->strip);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * psl_parts_row_clear:
 * @self: a row
 *
 * Shows no part any more, and drops the typed text.
 */
void
psl_parts_row_clear (PslPartsRow *self)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  g_clear_object (&self->item);
  stop_reading_remarks (self);
  show_remarks (self, NULL);
  for (guint i = 0; i < self->cells->len; i++)
    psl_parts_cell_show (self->cells->pdata[i], self->reg, NULL, "");
}

/**
 * psl_parts_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the part
 */
PslRecordItem *
psl_parts_row_get_item (PslPartsRow *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), NULL);

  return self->item;
}

/**
 * psl_parts_row_get_rid:
 * @self: a row
 *
 * Returns: the part; 0 where it is not stored
 */
gint64
psl_parts_row_get_rid (PslPartsRow *self)
{
  gint64 rid;

  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), 0);

  if (self->item == NULL)
    return 0;

  /* The item of a part that is being entered stays when that is stored. */
  rid = psl_record_item_get_rid (self->item);
  return rid != 0 || psl_record_item_get_record (self->item) == NULL
         ? rid : psl_record_get_rid (psl_record_item_get_record (self->item));
}

/**
 * psl_parts_row_get_position:
 * @self: a row
 *
 * Returns: where the part stands, from 0
 */
guint
psl_parts_row_get_position (PslPartsRow *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), 0);

  return self->position;
}

/**
 * psl_parts_row_set_wide:
 * @self: a row
 * @wide: whether there is room for cells
 */
void
psl_parts_row_set_wide (PslPartsRow *self,
                        gboolean     wide)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  if (self->wide == wide)
    return;

  self->wide = wide;
  show_width (self);
  if (self->item != NULL)
    show_record (self);
}

/**
 * psl_parts_row_set_editable:
 * @self: a row
 * @editable: whether the part may be changed
 */
void
psl_parts_row_set_editable (PslPartsRow *self,
                            gboolean     editable)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  self->editable = editable;
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_set_sensitive (self->cells->pdata[i], editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.remove", editable);
  if (!editable)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", FALSE);
    }
}

/**
 * psl_parts_row_set_selected:
 * @self: a row
 * @selected: whether it is copied together with others
 */
void
psl_parts_row_set_selected (PslPartsRow *self,
                            gboolean     selected)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

/**
 * psl_parts_row_get_cell:
 * @self: a row
 * @nth: which one, from 0
 *
 * Returns: (transfer none) (nullable): the cell; %NULL where the page is narrow
 */
PslPartsCell *
psl_parts_row_get_cell (PslPartsRow *self,
                        guint        nth)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), NULL);

  return self->wide && nth < self->cells->len ? self->cells->pdata[nth] : NULL;
}

/**
 * psl_parts_row_find_focus:
 * @self: a row
 *
 * Returns: the cell in which the keyboard is, from 0; -1 where it is elsewhere
 */
int
psl_parts_row_find_focus (PslPartsRow *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), -1);

  for (guint i = 0; i < self->cells->len; i++)
    {
      if (psl_focus_is_in (self->cells->pdata[i]))
        return (int) i;
    }
  return -1;
}

/**
 * psl_parts_row_focus_number:
 * @self: a row
 *
 * Puts the keyboard on the button that opens the part's page.
 *
 * Returns: whether it is there
 */
gboolean
psl_parts_row_focus_number (PslPartsRow *self)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), FALSE);

  return gtk_widget_grab_focus (self->wide ? self->number : self->summary);
}

/**
 * psl_parts_row_focus_cell:
 * @self: a row
 * @nth: which cell, from 0
 *
 * Puts the keyboard into the cell; where there are no cells, on the row.
 *
 * Returns: whether it is there
 */
gboolean
psl_parts_row_focus_cell (PslPartsRow *self,
                          guint        nth)
{
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), FALSE);

  return (self->wide && gtk_widget_grab_focus (self->cells->pdata[MIN (nth, self->cells->len - 1)])) ||
         psl_parts_row_focus_number (self);
}
