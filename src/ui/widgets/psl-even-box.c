/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-even-box.h"

typedef struct
{
  GtkWidget *widget;
  guint columns;
} Child;

struct _PslEvenBox
{
  GtkWidget parent_instance;

  GArray *children;
  int column_width;
};

G_DEFINE_FINAL_TYPE (PslEvenBox, psl_even_box, GTK_TYPE_WIDGET)

static Child *
get_child (PslEvenBox *self,
           guint       nth)
{
  return &g_array_index (self->children, Child, nth);
}

/* How many columns the line that begins with a child takes, and which child
 * begins the next; a child that is wider than a line has one to itself. */
static guint
fill_line (PslEvenBox *self,
           guint       first,
           guint       n_columns,
           guint      *next)
{
  guint used = 0;
  guint i = first;

  for (; i < self->children->len; i++)
    {
      guint columns = MIN (get_child (self, i)->columns, n_columns);

      if (used + columns > n_columns)
        break;
      used += columns;
    }

  *next = i;
  return used;
}

static guint
count_lines (PslEvenBox *self,
             guint       n_columns)
{
  guint n = 0;

  for (guint i = 0; i < self->children->len; n++)
    fill_line (self, i, n_columns, &i);
  return n;
}

/* The width of a column: at least what was asked for and, below which it gets no
 * narrower, what the widest word needs; with @natural, what nothing wraps in. */
static int
get_column_width (PslEvenBox *self,
                  gboolean    natural)
{
  int width = self->column_width;

  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = get_child (self, i);
      int child_minimum, child_natural, wanted;

      gtk_widget_measure (child->widget, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      wanted = natural ? child_natural : child_minimum;
      width = MAX (width, (wanted + (int) child->columns - 1) / (int) child->columns);
    }

  return width;
}

static guint
count_all_columns (PslEvenBox *self)
{
  guint n = 0;

  for (guint i = 0; i < self->children->len; i++)
    n += get_child (self, i)->columns;
  return MAX (n, 1);
}

/* As few lines as @width allows, and then as few columns as give no more. */
static guint
choose_columns (PslEvenBox *self,
                int         width)
{
  guint n_columns = CLAMP (width / get_column_width (self, FALSE), 1, (int) count_all_columns (self));
  guint n_lines = count_lines (self, n_columns);

  while (n_columns > 1 && count_lines (self, n_columns - 1) == n_lines)
    n_columns--;
  return n_columns;
}

/* The width of a child of a line @used columns of which are taken: the last of
 * the line reaches to its end. */
static int
get_width (PslEvenBox *self,
           guint       nth,
           guint       at,
           gboolean    last,
           guint       n_columns,
           int         width)
{
  int end = last ? width : (int) (at + get_child (self, nth)->columns) * width / (int) n_columns;

  return end - (int) at * width / (int) n_columns;
}

/* Gives every child its place, or where @place is FALSE only finds out how high
 * they all are. */
static void
lay_out (PslEvenBox *self,
         int         width,
         gboolean    place,
         int        *minimum,
         int        *natural)
{
  guint n_columns = choose_columns (self, width);
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  guint next;

  *minimum = *natural = 0;
  for (guint first = 0; first < self->children->len; first = next)
    {
      int line_minimum = 0, line_natural = 0;
      guint at = 0;

      fill_line (self, first, n_columns, &next);
      for (guint i = first; i < next; at += get_child (self, i)->columns, i++)
        {
          int child_minimum, child_natural;

          gtk_widget_measure (get_child (self, i)->widget, GTK_ORIENTATION_VERTICAL,
                              get_width (self, i, at, i + 1 == next, n_columns, width),
                              &child_minimum, &child_natural, NULL, NULL);
          line_minimum = MAX (line_minimum, child_minimum);
          line_natural = MAX (line_natural, child_natural);
        }

      at = 0;
      for (guint i = first; place && i < next; at += get_child (self, i)->columns, i++)
        {
          int child_width = get_width (self, i, at, i + 1 == next, n_columns, width);
          int x = (int) at * width / (int) n_columns;

          gtk_widget_size_allocate (get_child (self, i)->widget,
                                    &(GtkAllocation) { mirrored ? width - x - child_width : x, *natural,
                                                       child_width, line_natural }, -1);
        }

      *minimum += line_minimum;
      *natural += line_natural;
    }
}

/* How high it is where no width is known: on one line, with no text wrapped. GTK takes
 * that for the least height that there is at any width. */
static void
get_least_height (PslEvenBox *self,
                  int        *minimum,
                  int        *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < self->children->len; i++)
    {
      int child_minimum, child_natural;

      gtk_widget_measure (get_child (self, i)->widget, GTK_ORIENTATION_VERTICAL, -1,
                          &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static GtkSizeRequestMode
psl_even_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
psl_even_box_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  PslEvenBox *self = PSL_EVEN_BOX (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = get_column_width (self, FALSE);
      *natural = get_column_width (self, TRUE) * (int) count_all_columns (self);
    }
  else if (for_size < 0)
    {
      get_least_height (self, minimum, natural);
    }
  else
    {
      lay_out (self, for_size, FALSE, minimum, natural);
    }
}

static void
psl_even_box_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  int minimum, natural;

  lay_out (PSL_EVEN_BOX (widget), width, TRUE, &minimum, &natural);
}

static void
psl_even_box_dispose (GObject *object)
{
  PslEvenBox *self = PSL_EVEN_BOX (object);

  for (guint i = 0; i < self->children->len; i++)
    gtk_widget_unparent (get_child (self, i)->widget);
  g_array_set_size (self->children, 0);

  G_OBJECT_CLASS (psl_even_box_parent_class)->dispose (object);
}

static void
psl_even_box_finalize (GObject *object)
{
  g_array_unref (PSL_EVEN_BOX (object)->children);

  G_OBJECT_CLASS (psl_even_box_parent_class)->finalize (object);
}

static void
psl_even_box_class_init (PslEvenBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_even_box_dispose;
  object_class->finalize = psl_even_box_finalize;
  widget_class->get_request_mode = psl_even_box_get_request_mode;
  widget_class->measure = psl_even_box_measure;
  widget_class->size_allocate = psl_even_box_size_allocate;
}

static void
psl_even_box_init (PslEvenBox *self)
{
  self->children = g_array_new (FALSE, FALSE, sizeof (Child));
}

/**
 * psl_even_box_new:
 * @column_width: the least width of a column, in pixels
 *
 * Returns: (transfer floating): a box with nothing in it
 */
GtkWidget *
psl_even_box_new (int column_width)
{
  PslEvenBox *self = g_object_new (PSL_TYPE_EVEN_BOX, NULL);

  self->column_width = column_width;
  return GTK_WIDGET (self);
}

/**
 * psl_even_box_append:
 * @self: a box
 * @child: a widget, which stays until the box goes
 * @columns: how many columns it takes, where a line has so many
 */
void
psl_even_box_append (PslEvenBox *self,
                     GtkWidget  *child,
                     guint       columns)
{
  g_return_if_fail (PSL_IS_EVEN_BOX (self));
  g_return_if_fail (GTK_IS_WIDGET (child));
  g_return_if_fail (columns > 0);

  g_array_append_vals (self->children, &(Child) { child, columns }, 1);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}
