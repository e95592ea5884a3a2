/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-row.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-menu-button.h"
#include "psl-number.h"
#include "psl-shortcuts.h"
#include "psl-summary.h"

struct _PslPartsRow
{
  GtkWidget parent_instance;

  /* The table's. */
  GPtrArray *columns;
  const GArray *widths;
  const char *language;

  GtkWidget *number;
  GtkWidget *number_label;
  GPtrArray *cells;
  /* In their place where the page is narrow. */
  GtkWidget *summary;
  GtkWidget *title;
  GtkWidget *facts;
  GtkWidget *menu_button;

  PslRegister *reg;
  PslRecordItem *item;
  /* Of the item, or of the record that it became when it was stored. */
  gint64 rid;
  guint position;
  gboolean wide;
};

G_DEFINE_FINAL_TYPE (PslPartsRow, psl_parts_row, GTK_TYPE_WIDGET)

enum
{
  COMMITTED,
  OPEN_RECORD,
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
open_record_cb (PslPartsCell *cell,
                gint64        rid,
                PslPartsRow  *self)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, rid);
}

static void
open_part (PslPartsRow *self)
{
  if (self->rid != 0)
    g_signal_emit (self, signals[OPEN_RECORD], 0, self->rid);
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
add_number (PslPartsRow *self)
{
  self->number_label = gtk_label_new (NULL);
  self->number = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->number), self->number_label);
  gtk_widget_set_tooltip_text (self->number, _("Open as Page"));
  gtk_widget_add_css_class (self->number, "flat");
  gtk_widget_add_css_class (self->number, "row-number");
  g_signal_connect_swapped (self->number, "clicked", G_CALLBACK (open_part), self);
  gtk_widget_set_parent (self->number, GTK_WIDGET (self));
}

static void
add_cells (PslPartsRow *self)
{
  self->cells = g_ptr_array_new ();
  for (guint i = 0; i < self->columns->len; i++)
    {
      GtkWidget *cell = psl_parts_cell_new (self->columns->pdata[i], self->language);

      g_signal_connect (cell, "committed", G_CALLBACK (committed_cb), self);
      g_signal_connect (cell, "open-record", G_CALLBACK (open_record_cb), self);
      g_ptr_array_add (self->cells, cell);
      gtk_widget_insert_before (cell, GTK_WIDGET (self), self->menu_button);
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
  g_signal_connect_swapped (self->summary, "clicked", G_CALLBACK (open_part), self);
  gtk_widget_insert_before (self->summary, GTK_WIDGET (self), self->menu_button);
}

static void
add_menu (PslPartsRow *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  g_menu_append (menu, _("_Open as Page"), "row.open");
  g_menu_append (menu, _("Move _Up"), "row.up");
  g_menu_append (menu, _("Move _Down"), "row.down");
  g_menu_append (menu, _("_Copy"), "row.copy");
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

/* Shows what the row has room for, making it where it is not made yet. */
static void
arrange (PslPartsRow *self)
{
  if (self->wide && self->cells == NULL)
    add_cells (self);
  if (!self->wide && self->summary == NULL)
    add_summary (self);

  gtk_widget_set_visible (self->number, self->wide);
  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
    gtk_widget_set_visible (self->cells->pdata[i], self->wide);
  if (self->summary != NULL)
    gtk_widget_set_visible (self->summary, !self->wide);
}

static void
show_summary (PslPartsRow *self,
              PslRecord   *record)
{
  g_autoptr (PslSummary) summary = psl_summary_new (record, self->language);

  gtk_label_set_label (GTK_LABEL (self->title), summary->title);
  gtk_label_set_label (GTK_LABEL (self->facts), summary->facts);
  gtk_widget_set_visible (self->facts, *summary->facts != '\0');
}

static void
show_name (PslPartsRow *self,
           PslRecord   *record)
{
  g_autofree char *title = record != NULL ? psl_record_dup_title (record, self->language) : NULL;
  g_autofree char *number = psl_number_format_count (self->position + 1);
  g_autofree char *name = NULL;

  /* Translators: a row of a table, its number and its title: “Row 3: Final report” */
  name = g_strdup_printf (_("Row %s: %s"), number, title != NULL ? title : "");
  gtk_label_set_label (GTK_LABEL (self->number_label), number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (self->summary != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->summary), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_cells (PslPartsRow *self,
            PslRecord   *record)
{
  g_autofree char *number = psl_number_format_count (self->position + 1);

  for (guint i = 0; i < self->cells->len; i++)
    {
      const PslPartsColumn *column = self->columns->pdata[i];
      g_autofree char *name = NULL;

      /* Translators: a cell of a table: the title of its column, the number of its row: “Budget, row 3” */
      name = g_strdup_printf (_("%s, row %s"), column->title, number);
      psl_parts_cell_show (self->cells->pdata[i], self->reg, record, name);
    }
}

static void
show_record (PslPartsRow *self)
{
  PslRecord *record = psl_record_item_get_record (self->item);

  show_name (self, record);
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
  return g_array_index (self->widths, int, nth);
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

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  gtk_widget_measure (self->menu_button, orientation, -1, minimum, NULL, NULL, NULL);
  if (!self->wide)
    {
      int height;

      gtk_widget_measure (self->summary, orientation, -1, &height, NULL, NULL, NULL);
      *minimum = MAX (*minimum, height);
    }
  for (guint i = 0; self->wide && i < self->cells->len; i++)
    {
      int height;

      gtk_widget_measure (self->cells->pdata[i], orientation, get_width (self, i), NULL, &height, NULL, NULL);
      *minimum = MAX (*minimum, height);
    }
  *natural = *minimum;
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
psl_parts_row_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  PslPartsRow *self = PSL_PARTS_ROW (widget);
  int x = PSL_PARTS_ROW_START;

  place (self->menu_button, width - PSL_PARTS_ROW_END, PSL_PARTS_ROW_END, height);
  if (!self->wide)
    {
      place (self->summary, 0, width - PSL_PARTS_ROW_END, height);
      return;
    }

  place (self->number, 0, PSL_PARTS_ROW_START, height);
  for (guint i = 0; i < self->cells->len; i++)
    {
      place (self->cells->pdata[i], x, get_width (self, i), height);
      x += get_width (self, i);
    }
}

static void
psl_parts_row_dispose (GObject *object)
{
  PslPartsRow *self = PSL_PARTS_ROW (object);
  GtkWidget *child;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
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

  g_clear_pointer (&self->cells, g_ptr_array_unref);
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
  signals[OPEN_RECORD] = g_signal_new ("open-record", PSL_TYPE_PARTS_ROW, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
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
  gtk_widget_class_install_action (widget_class, "row.remove", NULL, remove_cb);
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
  psl_shortcuts_bind (GTK_WIDGET (self), "field.open", GTK_PHASE_BUBBLE, gtk_named_action_new ("row.open"));
  add_number (self);
  add_menu (self);
}

/**
 * psl_parts_row_new:
 * @columns: (element-type PslPartsColumn): the columns of the table
 * @widths: (element-type int) (transfer none): their widths in pixels, there as long as
 *   the row
 * @language: (transfer none): the language of records, there as long
 *
 * Returns: (transfer floating): a row; psl_parts_row_set_wide() and
 *   psl_parts_row_show() before it is drawn
 */
GtkWidget *
psl_parts_row_new (GPtrArray    *columns,
                   const GArray *widths,
                   const char   *language)
{
  PslPartsRow *self = g_object_new (PSL_TYPE_PARTS_ROW, NULL);

  self->columns = g_ptr_array_ref (columns);
  self->widths = widths;
  self->language = language;
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
  gboolean other = self->item != item;
  gboolean moved = self->position != position;
  /* A part that was just stored is the one that the row shows already. */
  gboolean same_part = self->rid != 0 && self->rid == psl_record_item_get_rid (item);

  g_return_if_fail (PSL_IS_PARTS_ROW (self));
  g_return_if_fail (PSL_IS_RECORD_ITEM (item));

  if (other && self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  if (other)
    g_signal_connect_swapped (item, "changed", G_CALLBACK (changed_cb), self);
  g_set_object (&self->item, item);
  g_set_object (&self->reg, reg);
  if (other)
    self->rid = psl_record_item_get_rid (item);
  self->position = position;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.open", self->rid != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.up", self->rid != 0 && position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.down", self->rid != 0 && position + 1 < n);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_RELATION_ROW_INDEX, (int) position + 2, -1);
  if ((other && (!same_part || psl_record_item_get_record (item) != NULL)) || (!other && moved))
    show_record (self);
}

/**
 * psl_parts_row_clear:
 * @self: a row
 *
 * Shows no part any more, and drops what is typed.
 */
void
psl_parts_row_clear (PslPartsRow *self)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, changed_cb, self);
  g_clear_object (&self->item);
  self->rid = 0;
  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
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
  g_return_val_if_fail (PSL_IS_PARTS_ROW (self), 0);

  return self->rid;
}

/**
 * psl_parts_row_set_rid:
 * @self: a row
 * @rid: the number that the part has got in the register
 */
void
psl_parts_row_set_rid (PslPartsRow *self,
                       gint64       rid)
{
  g_return_if_fail (PSL_IS_PARTS_ROW (self));

  self->rid = rid;
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

  if (self->wide == wide && (wide ? self->cells != NULL : self->summary != NULL))
    return;

  self->wide = wide;
  arrange (self);
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

  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
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
 * @selected: whether it is one of those that are copied together
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

  return self->cells != NULL && nth < self->cells->len ? self->cells->pdata[nth] : NULL;
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

  for (guint i = 0; self->cells != NULL && i < self->cells->len; i++)
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
 * Puts the keyboard on what opens the part's page.
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
