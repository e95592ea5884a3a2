/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-toast.h"

/* A toast of libadwaita's own cuts its message after a few words in a narrow window, and has
 * room for one button. These toasts take several lines there, and several buttons. */

#define MAXIMUM_LINES 4
#define SPACING 6

/* How long a toast stays, in seconds, and how many characters of it people read in one. */
#define LEAST_TIME 5
#define READ_IN_A_SECOND 10

/* The room of a toast around its title, about, until it is known. */
#define SURROUNDINGS 100

/* The title of a toast. Its height depends on its width, by which AdwToastOverlay does not
 * ask: it is told the height for the width that the title got last. */
#define PSL_TYPE_TOAST_TITLE (psl_toast_title_get_type ())
G_DECLARE_FINAL_TYPE (PslToastTitle, psl_toast_title, PSL, TOAST_TITLE, GtkWidget)

struct _PslToastTitle
{
  GtkWidget parent_instance;

  GtkWidget *box;

  int width;
  int height;
  guint resize_source;
};

G_DEFINE_FINAL_TYPE (PslToastTitle, psl_toast_title, GTK_TYPE_WIDGET)

static int
get_height (PslToastTitle *self,
            int            width)
{
  int least, height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, MAX (width, least), NULL, &height, NULL, NULL);

  return height;
}

static gboolean
resize_cb (gpointer data)
{
  PslToastTitle *self = data;

  self->resize_source = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));

  return G_SOURCE_REMOVE;
}

static void
psl_toast_title_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  PslToastTitle *self = PSL_TOAST_TITLE (widget);
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  int width;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  width = self->width;
  if (width == 0)
    width = MIN (*natural, overlay != NULL ? gtk_widget_get_width (overlay) - SURROUNDINGS : *natural);
  self->height = get_height (self, width);
  *minimum = *natural = self->height;
}

static void
psl_toast_title_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  PslToastTitle *self = PSL_TOAST_TITLE (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  self->width = width;
  /* A size can't be asked for while sizes are given. */
  if (get_height (self, width) != self->height && self->resize_source == 0)
    self->resize_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, resize_cb, self, NULL);
}

static void
psl_toast_title_dispose (GObject *object)
{
  PslToastTitle *self = PSL_TOAST_TITLE (object);

  g_clear_handle_id (&self->resize_source, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (psl_toast_title_parent_class)->dispose (object);
}

static void
psl_toast_title_class_init (PslToastTitleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_toast_title_dispose;

  widget_class->measure = psl_toast_title_measure;
  widget_class->size_allocate = psl_toast_title_size_allocate;

  gtk_widget_class_set_css_name (widget_class, "toast-title");
}

static void
psl_toast_title_init (PslToastTitle *self)
{
  self->box = adw_wrap_box_new ();
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (self->box), SPACING);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (self->box), SPACING);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* libadwaita announces titles only. */
static void
mapped_cb (GtkLabel *label)
{
  gtk_accessible_announce (GTK_ACCESSIBLE (label), gtk_label_get_text (label),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * psl_toast_new:
 * @message: a short text
 *
 * Returns: (transfer full): a toast whose message takes several lines where the window is
 *   narrow, and that stays as long as reading it takes
 */
AdwToast *
psl_toast_new (const char *message)
{
  PslToastTitle *title = g_object_new (PSL_TYPE_TOAST_TITLE, NULL);
  GtkWidget *label = gtk_label_new (message);
  AdwToast *toast = adw_toast_new ("");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), MAXIMUM_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "heading");
  g_signal_connect (label, "map", G_CALLBACK (mapped_cb), NULL);

  adw_wrap_box_append (ADW_WRAP_BOX (title->box), label);
  adw_toast_set_custom_title (toast, GTK_WIDGET (title));
  adw_toast_set_timeout (toast, (guint) MAX (LEAST_TIME, g_utf8_strlen (message, -1) / READ_IN_A_SECOND));

  return toast;
}

/**
 * psl_toast_add_button:
 * @toast: a toast of psl_toast_new()
 * @label: the label of the button, with a mnemonic
 * @action: the name of an action
 * @target: (nullable): its parameter, which may be floating
 *
 * Adds a button behind the message, or below it where there is no room. The toast goes
 * when it is pressed.
 */
void
psl_toast_add_button (AdwToast   *toast,
                      const char *label,
                      const char *action,
                      GVariant   *target)
{
  GtkWidget *button;

  g_return_if_fail (ADW_IS_TOAST (toast));
  g_return_if_fail (PSL_IS_TOAST_TITLE (adw_toast_get_custom_title (toast)));

  button = gtk_button_new_with_mnemonic (label);
  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  /* After the button has found its action by the widgets around it. */
  g_signal_connect_object (button, "clicked", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  adw_wrap_box_append (ADW_WRAP_BOX (PSL_TOAST_TITLE (adw_toast_get_custom_title (toast))->box), button);
}
