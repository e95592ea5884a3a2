/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-date-popover.h"

#include <glib/gi18n.h>
#include <langinfo.h>

#include "psl-date.h"

struct _PslDatePopover
{
  GtkPopover parent_instance;

  GtkWidget *year_button;
  GtkWidget *clear_button;
  GtkGrid *months;
  GtkGrid *days;
  GtkToggleButton *month_buttons[12];
  GtkToggleButton *day_buttons[31];

  /* The chosen date; parts that are left out are 0. While nothing is chosen, the year is only
   * on show. */
  gboolean chosen;
  guint year;
  guint month;
  guint day;
};

G_DEFINE_FINAL_TYPE (PslDatePopover, psl_date_popover, GTK_TYPE_POPOVER)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The day the locale's weeks begin with: 1 for Monday to 7 for Sunday. */
static int
get_first_weekday (void)
{
#ifdef __GLIBC__
  union { unsigned int word; char *string; } origin = { .string = nl_langinfo (_NL_TIME_WEEK_1STDAY) };
  int first = (guchar) nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  int weeks_origin = origin.word == 19971130 ? 7 : 1;

  return (weeks_origin - 1 + first - 1) % 7 + 1;
#else
  return 1;
#endif
}

static void
set_name (GtkWidget  *widget,
          const char *format,
          int         year,
          int         month,
          int         day)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, 0, 0, 0);
  g_autofree char *name = g_date_time_format (time, format);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_days (PslDatePopover *self)
{
  guint8 n_days = g_date_get_days_in_month (self->month, self->year);
  GDate first;
  int column;

  g_date_clear (&first, 1);
  g_date_set_dmy (&first, 1, self->month, self->year);
  column = ((int) g_date_get_weekday (&first) - get_first_weekday () + 7) % 7;

  for (guint day = 1; day <= G_N_ELEMENTS (self->day_buttons); day++)
    {
      GtkWidget *button = GTK_WIDGET (self->day_buttons[day - 1]);
      GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->days));
      GtkGridLayoutChild *place = GTK_GRID_LAYOUT_CHILD (gtk_layout_manager_get_layout_child (layout, button));

      gtk_widget_set_visible (button, day <= n_days);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), day == self->day);
      gtk_grid_layout_child_set_column (place, (column + day - 1) % 7);
      gtk_grid_layout_child_set_row (place, 1 + (column + day - 1) / 7);
      if (day <= n_days)
        set_name (button, "%A %-d %B %Y", self->year, self->month, day);
    }
}

static void
update (PslDatePopover *self)
{
  g_autofree char *year = g_strdup_printf ("%u", self->year);

  gtk_button_set_label (GTK_BUTTON (self->year_button), year);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->year_button), self->chosen && self->month == 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->month_buttons); i++)
    gtk_toggle_button_set_active (self->month_buttons[i], self->month == i + 1);
  gtk_widget_set_visible (GTK_WIDGET (self->days), self->month != 0);
  gtk_widget_set_visible (self->clear_button, self->chosen);
  if (self->month != 0)
    show_days (self);
}

static void
choose (PslDatePopover *self,
        guint           year,
        guint           month,
        guint           day)
{
  g_autofree char *value = NULL;

  self->chosen = TRUE;
  self->year = CLAMP (year, 1000, 9999);
  self->month = month;
  self->day = month != 0 ? MIN (day, g_date_get_days_in_month (month, self->year)) : 0;
  update (self);

  value = psl_date_build (self->year, self->month, self->day);
  g_signal_emit (self, signals[PICKED], 0, value);
}

/* Looks at another year; where a date is chosen already, it moves along. */
static void
turn (PslDatePopover *self,
      int             years)
{
  if (self->chosen)
    {
      choose (self, self->year + years, self->month, self->day);
      return;
    }

  self->year = CLAMP (self->year + years, 1000, 9999);
  update (self);
}

static void
previous_year_cb (PslDatePopover *self)
{
  turn (self, -1);
}

static void
next_year_cb (PslDatePopover *self)
{
  turn (self, 1);
}

static void
year_clicked_cb (PslDatePopover *self)
{
  choose (self, self->year, 0, 0);
}

static void
month_clicked_cb (GtkButton      *button,
                  PslDatePopover *self)
{
  guint month = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));

  choose (self, self->year, month == self->month ? 0 : month, self->day);
}

static void
day_clicked_cb (GtkButton      *button,
                PslDatePopover *self)
{
  guint day = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));

  choose (self, self->year, self->month, day == self->day ? 0 : day);
}

static void
clear_cb (PslDatePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[PICKED], 0, NULL);
}

static GtkToggleButton *
add_button (PslDatePopover *self,
            GtkGrid        *grid,
            const char     *label,
            guint           number,
            int             column,
            int             row,
            GCallback       callback)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (number));
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_DEFAULT);
  gtk_grid_attach (grid, button, column, row, 1, 1);
  return GTK_TOGGLE_BUTTON (button);
}

static void
psl_date_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_DATE_POPOVER);

  G_OBJECT_CLASS (psl_date_popover_parent_class)->dispose (object);
}

static void
psl_date_popover_class_init (PslDatePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_date_popover_dispose;

  signals[PICKED] = g_signal_new ("picked", PSL_TYPE_DATE_POPOVER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-date-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, PslDatePopover, year_button);
  gtk_widget_class_bind_template_child (widget_class, PslDatePopover, clear_button);
  gtk_widget_class_bind_template_child (widget_class, PslDatePopover, months);
  gtk_widget_class_bind_template_child (widget_class, PslDatePopover, days);
  gtk_widget_class_bind_template_callback (widget_class, previous_year_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_year_cb);
  gtk_widget_class_bind_template_callback (widget_class, year_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
}

static void
psl_date_popover_init (PslDatePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2024, month, 1, 0, 0, 0);
      g_autofree char *label = g_date_time_format (time, "%Ob");

      self->month_buttons[month - 1] = add_button (self, self->months, label, month, (month - 1) % 4, (month - 1) / 4,
                                                   G_CALLBACK (month_clicked_cb));
      set_name (GTK_WIDGET (self->month_buttons[month - 1]), "%OB", 2024, month, 1);
    }

  /* 1 January 2024 was a Monday. */
  for (int column = 0; column < 7; column++)
    {
      g_autoptr (GDateTime) time = g_date_time_new_utc (2024, 1, (get_first_weekday () + column - 1) % 7 + 1, 0, 0, 0);
      g_autofree char *name = g_date_time_format (time, "%a");
      GtkWidget *label = gtk_label_new (name);

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dimmed");
      gtk_grid_attach (self->days, label, column, 0, 1, 1);
    }

  for (int day = 1; day <= 31; day++)
    {
      g_autofree char *label = g_strdup_printf ("%d", day);

      self->day_buttons[day - 1] = add_button (self, self->days, label, day, (day - 1) % 7, 1 + (day - 1) / 7,
                                               G_CALLBACK (day_clicked_cb));
    }
}

/**
 * psl_date_popover_new:
 *
 * Returns: (transfer floating): the popover
 */
PslDatePopover *
psl_date_popover_new (void)
{
  return g_object_new (PSL_TYPE_DATE_POPOVER, NULL);
}

/**
 * psl_date_popover_set_value:
 * @self: a calendar
 * @value: (nullable): the chosen date, canonical. Without one, the calendar
 *   opens at this year, with nothing chosen
 */
void
psl_date_popover_set_value (PslDatePopover *self,
                            const char     *value)
{
  g_return_if_fail (PSL_IS_DATE_POPOVER (self));

  self->year = self->month = self->day = 0;
  self->chosen = value != NULL &&
                 psl_date_split (value, &self->year, &self->month, &self->day) != PSL_DATE_NONE;
  if (!self->chosen)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      self->year = g_date_time_get_year (now);
    }

  update (self);
}
