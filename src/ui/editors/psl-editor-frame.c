/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-frame.h"

#include <glib/gi18n.h>

#include "psl-focus.h"
#include "psl-shortcuts.h"

typedef struct
{
  GtkLayoutManager *stacking; /* puts the parts of the frame below each other */
  char *name;
  char *error;
  char *warning;
  GtkWidget *remedy;          /* (nullable): a button below the warning, made when first needed */

  GtkWidget *heading;
  GtkWidget *line;
  GtkWidget *label;
  GtkWidget *note;
  GtkWidget *remarks;         /* (nullable): a button beside the label, made when first needed */
  GtkWidget *suffixes;
  GtkWidget *opener;
  GtkWidget *chooser;
  GtkWidget *message;
  GtkWidget *message_icon;
  GtkWidget *message_label;
  GtkWidget *message_lines;
  GtkWidget *target;
} PslEditorFramePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditorFrame, psl_editor_frame, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_css_class (GtkWidget  *widget,
               const char *css_class,
               gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

/* Tells assistive technology that the message below belongs to the target. */
static void
relate_message (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);
  GtkAccessible *target = GTK_ACCESSIBLE (priv->target);

  if (priv->error != NULL)
    {
      gtk_accessible_update_state (target, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (target, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, priv->message_label, NULL, -1);
    }
  else
    {
      gtk_accessible_reset_state (target, GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (target, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }

  if (priv->error != NULL || priv->warning != NULL)
    gtk_accessible_update_relation (target, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->message_label, NULL, -1);
  else
    gtk_accessible_reset_relation (target, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

static void
show_name (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->target), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->name, -1);
}

static void
update_message (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);
  const char *text = priv->error != NULL ? priv->error : priv->warning;

  gtk_label_set_label (GTK_LABEL (priv->message_label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), gtk_label_get_wrap (GTK_LABEL (priv->message_label)) ? NULL : text);
  gtk_image_set_from_icon_name (GTK_IMAGE (priv->message_icon),
                                priv->error != NULL ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (priv->message, text != NULL);
  if (priv->remedy != NULL && (priv->error != NULL || priv->warning == NULL))
    psl_focus_hide (priv->remedy);
  set_css_class (GTK_WIDGET (self), "invalid", priv->error != NULL);
  set_css_class (GTK_WIDGET (self), "doubtful", priv->error == NULL && priv->warning != NULL);

  if (priv->target != NULL)
    relate_message (self);
}

static void
update_heading (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  gtk_widget_set_visible (priv->heading, gtk_widget_get_visible (priv->label) || gtk_widget_get_visible (priv->note) ||
                                         (priv->remarks != NULL && gtk_widget_get_visible (priv->remarks)));
}

static void
add_heading (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  priv->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  priv->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (priv->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (priv->label, "editor-label");
  gtk_box_append (GTK_BOX (priv->heading), priv->label);

  priv->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->note), 0);
  gtk_label_set_ellipsize (GTK_LABEL (priv->note), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (priv->note, FALSE);
  gtk_widget_add_css_class (priv->note, "editor-note");
  gtk_box_append (GTK_BOX (priv->heading), priv->note);
  gtk_widget_set_parent (priv->heading, GTK_WIDGET (self));
}

static void
add_line (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  priv->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (priv->line, "editor-line");
  priv->suffixes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (priv->suffixes, "suffixes");
  gtk_widget_set_valign (priv->suffixes, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (priv->suffixes, FALSE);
  gtk_box_append (GTK_BOX (priv->line), priv->suffixes);
  gtk_widget_set_parent (priv->line, GTK_WIDGET (self));
}

static void
add_message (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  priv->message = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_visible (priv->message, FALSE);
  gtk_widget_add_css_class (priv->message, "editor-message");
  priv->message_icon = gtk_image_new ();
  gtk_widget_set_valign (priv->message_icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->message_icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (priv->message), priv->message_icon);

  priv->message_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->message_label), 0);
  gtk_label_set_wrap (GTK_LABEL (priv->message_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (priv->message_label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (priv->message_label, TRUE);
  priv->message_lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (priv->message_lines), priv->message_label);
  gtk_box_append (GTK_BOX (priv->message), priv->message_lines);
  gtk_widget_set_parent (priv->message, GTK_WIDGET (self));
}

static gboolean
open_cb (GtkWidget *widget,
         GVariant  *parameter,
         gpointer   user_data)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (widget));

  if (!gtk_widget_get_visible (priv->opener))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit_by_name (priv->opener, "clicked");
  return GDK_EVENT_STOP;
}

static gboolean
choose_cb (GtkWidget *widget,
           GVariant  *parameter,
           gpointer   user_data)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (widget));

  if (!gtk_widget_is_sensitive (priv->chooser))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit_by_name (priv->chooser, "clicked");
  return GDK_EVENT_STOP;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A frame has its width whatever its height is. Asked for the width at a height, as by the box
 * that two texts share, GTK's own layout takes a natural width below the minimum where the
 * message wraps. */
static void
measure (GtkWidget      *widget,
         GtkOrientation  orientation,
         int             for_size,
         int            *minimum,
         int            *natural,
         int            *minimum_baseline,
         int            *natural_baseline)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (widget));

  gtk_layout_manager_measure (priv->stacking, widget, orientation,
                              orientation == GTK_ORIENTATION_HORIZONTAL ? -1 : for_size,
                              minimum, natural, minimum_baseline, natural_baseline);
}

static void
allocate (GtkWidget *widget,
          int        width,
          int        height,
          int        baseline)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (widget));

  gtk_layout_manager_allocate (priv->stacking, widget, width, height, baseline);
}

static gboolean
psl_editor_frame_focus (GtkWidget        *widget,
                        GtkDirectionType  direction)
{
  return psl_focus_move (widget, direction);
}

static void
psl_editor_frame_dispose (GObject *object)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (object));
  GtkWidget *child;

  priv->target = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (psl_editor_frame_parent_class)->dispose (object);
}

static void
psl_editor_frame_finalize (GObject *object)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (object));

  g_object_unref (priv->stacking);
  g_free (priv->name);
  g_free (priv->error);
  g_free (priv->warning);

  G_OBJECT_CLASS (psl_editor_frame_parent_class)->finalize (object);
}

static void
psl_editor_frame_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (PSL_EDITOR_FRAME (object));

  switch (id)
    {
    case PROP_ERROR:
      g_value_set_string (value, priv->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_editor_frame_class_init (PslEditorFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_editor_frame_dispose;
  object_class->finalize = psl_editor_frame_finalize;
  object_class->get_property = psl_editor_frame_get_property;
  widget_class->focus = psl_editor_frame_focus;

  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "editor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psl_editor_frame_init (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  priv->stacking = gtk_box_layout_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_layout_manager (GTK_WIDGET (self), gtk_custom_layout_new (get_request_mode, measure, allocate));
  add_heading (self);
  add_line (self);
  add_message (self);
}

/**
 * psl_editor_frame_get_name:
 * @self: a frame
 *
 * Returns: its name for assistive technology
 */
const char *
psl_editor_frame_get_name (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), NULL);

  return priv->name;
}

/**
 * psl_editor_frame_set_name:
 * @self: a frame
 * @name: its name for assistive technology, whatever the label says
 */
void
psl_editor_frame_set_name (PslEditorFrame *self,
                           const char     *name)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  if (g_set_str (&priv->name, name) && priv->target != NULL)
    show_name (self);
}

/**
 * psl_editor_frame_set_label:
 * @self: a frame
 * @label: (nullable): the label above the value; NULL for nothing
 */
void
psl_editor_frame_set_label (PslEditorFrame *self,
                            const char     *label)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  gtk_label_set_label (GTK_LABEL (priv->label), label != NULL ? label : "");
  gtk_widget_set_visible (priv->label, label != NULL);
  update_heading (self);
}

/**
 * psl_editor_frame_has_label:
 * @self: a frame
 *
 * Returns: whether something stands above the value
 */
gboolean
psl_editor_frame_has_label (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), FALSE);

  return gtk_widget_get_visible (priv->label);
}

/**
 * psl_editor_frame_set_compact:
 * @self: a frame
 *
 * Leaves out the label, and keeps the error to one line, which is whole in its tooltip: for a
 * cell of a table.
 */
void
psl_editor_frame_set_compact (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  psl_editor_frame_set_label (self, NULL);
  gtk_label_set_wrap (GTK_LABEL (priv->message_label), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (priv->message_label), PANGO_ELLIPSIZE_END);
  update_message (self);
}

gboolean
psl_editor_frame_has_note (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), FALSE);

  return gtk_widget_get_visible (priv->note);
}

/**
 * psl_editor_frame_set_note:
 * @self: a frame
 * @note: (nullable): a remark beside the label, such as “not translated”
 */
void
psl_editor_frame_set_note (PslEditorFrame *self,
                           const char     *note)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  gtk_label_set_label (GTK_LABEL (priv->note), note != NULL ? note : "");
  gtk_widget_set_visible (priv->note, note != NULL);
  update_heading (self);
}

const char *
psl_editor_frame_get_error (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), NULL);

  return priv->error;
}

/**
 * psl_editor_frame_set_error:
 * @self: a frame
 * @message: (nullable): why the typed text is not stored, translated
 */
void
psl_editor_frame_set_error (PslEditorFrame *self,
                            const char     *message)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  if (!g_set_str (&priv->error, message))
    return;

  update_message (self);
  if (message != NULL && priv->target != NULL && gtk_widget_get_mapped (priv->target))
    gtk_accessible_announce (GTK_ACCESSIBLE (priv->target), message,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

const char *
psl_editor_frame_get_warning (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), NULL);

  return priv->warning;
}

/**
 * psl_editor_frame_set_warning:
 * @self: a frame
 * @message: (nullable): the doubt about the stored value, translated. It blocks nothing; an
 *   error is shown in its place
 */
void
psl_editor_frame_set_warning (PslEditorFrame *self,
                              const char     *message)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  if (g_set_str (&priv->warning, message))
    update_message (self);
}

/**
 * psl_editor_frame_set_remedy:
 * @self: a frame that has a warning
 * @label: (nullable): the label of a button below the warning; %NULL for none
 * @action: (nullable): the name of its action
 * @target: (nullable): the action's parameter, which may be floating
 *
 * Offers a way out of the warning.
 */
void
psl_editor_frame_set_remedy (PslEditorFrame *self,
                             const char     *label,
                             const char     *action,
                             GVariant       *target)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  if (label == NULL)
    {
      if (priv->remedy != NULL)
        psl_focus_hide (priv->remedy);
      return;
    }
  if (priv->remedy == NULL)
    {
      priv->remedy = gtk_button_new ();
      gtk_widget_set_halign (priv->remedy, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (priv->message_lines), priv->remedy);
    }
  gtk_button_set_label (GTK_BUTTON (priv->remedy), label);
  /* An action without the parameter that it takes is complained of. */
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (priv->remedy), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->remedy), action);
  gtk_widget_set_visible (priv->remedy, priv->error == NULL && priv->warning != NULL);
}

/**
 * psl_editor_frame_set_remarks:
 * @self: a frame
 * @count: (nullable): how many remarks there are on the field, for people; %NULL for none
 * @about: the target of the action `page.remarks`, which shows them
 *
 * Shows that the field has remarks.
 */
void
psl_editor_frame_set_remarks (PslEditorFrame *self,
                              const char     *count,
                              const char     *about)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);
  g_autofree char *name = NULL;

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));

  if (count == NULL)
    {
      if (priv->remarks != NULL)
        psl_focus_hide (priv->remarks);
      update_heading (self);
      return;
    }
  if (priv->remarks == NULL)
    {
      priv->remarks = gtk_button_new_from_icon_name ("psl-remark-symbolic");
      gtk_widget_add_css_class (priv->remarks, "flat");
      gtk_widget_add_css_class (priv->remarks, "remarks");
      gtk_box_append (GTK_BOX (priv->heading), priv->remarks);
    }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (priv->remarks), "s", about);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (priv->remarks), "page.remarks");
  gtk_widget_set_tooltip_text (priv->remarks, count);
  /* Translators: the name of a field, and “1 remark” */
  name = g_strdup_printf (C_("label and value", "%s: %s"), priv->name, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->remarks), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (priv->remarks, TRUE);
  update_heading (self);
}

/**
 * psl_editor_frame_new_menu:
 *
 * Returns: (transfer full): the items that the menu of an entry has beside GTK's own
 */
GMenuModel *
psl_editor_frame_new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new (_("_Remarks…"), "page.remark");

  /* Nothing can be remarked on a record that is not in the register. */
  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
  return G_MENU_MODEL (menu);
}

/**
 * psl_editor_frame_set_body:
 * @self: a frame
 * @body: the widget below the label
 * @target: @body or a widget within it that takes the focus; gets the frame's
 *   accessible name, state and messages
 */
void
psl_editor_frame_set_body (PslEditorFrame *self,
                           GtkWidget      *body,
                           GtkWidget      *target)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));
  g_return_if_fail (GTK_IS_WIDGET (body));
  g_return_if_fail (GTK_IS_WIDGET (target));

  gtk_widget_set_hexpand (body, TRUE);
  gtk_box_prepend (GTK_BOX (priv->line), body);
  priv->target = target;
  show_name (self);
}

/**
 * psl_editor_frame_get_target:
 * @self: a frame
 *
 * Returns: (transfer none) (nullable): the widget that takes the focus
 */
GtkWidget *
psl_editor_frame_get_target (PslEditorFrame *self)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR_FRAME (self), NULL);

  return priv->target;
}

/* Adds a button at the end of the row. */
static void
add_suffix (PslEditorFrame *self,
            GtkWidget      *suffix)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  gtk_box_append (GTK_BOX (priv->suffixes), suffix);
  gtk_widget_set_visible (priv->suffixes, TRUE);
}

/**
 * psl_editor_frame_set_opener:
 * @self: a frame
 * @opener: a button at the end of the row that opens the record or address in the value
 *
 * The button comes and goes with the value, so Tab passes it by: where a key leads
 * does not depend on what a field holds. Ctrl+Enter in the row presses it.
 */
void
psl_editor_frame_set_opener (PslEditorFrame *self,
                             GtkWidget      *opener)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));
  g_return_if_fail (GTK_IS_BUTTON (opener));
  g_return_if_fail (priv->opener == NULL);

  priv->opener = opener;
  gtk_widget_set_focusable (opener, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (opener), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "Control+Enter", -1);
  add_suffix (self, opener);

  psl_shortcuts_bind (GTK_WIDGET (self), "field.open", GTK_PHASE_CAPTURE, gtk_callback_action_new (open_cb, NULL, NULL));
}

/**
 * psl_editor_frame_set_chooser:
 * @self: a frame whose value can be typed
 * @chooser: a button at the end of the row that offers values, or a part of one
 *
 * Tab passes the button by, for whoever types goes on in the next field. F4 in the row presses
 * it.
 */
void
psl_editor_frame_set_chooser (PslEditorFrame *self,
                              GtkWidget      *chooser)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));
  g_return_if_fail (GTK_IS_BUTTON (chooser));
  g_return_if_fail (priv->chooser == NULL);

  priv->chooser = chooser;
  gtk_widget_set_focusable (chooser, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chooser), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "F4", -1);
  add_suffix (self, chooser);

  psl_shortcuts_bind (GTK_WIDGET (self), "field.choose", GTK_PHASE_CAPTURE, gtk_callback_action_new (choose_cb, NULL, NULL));
}

/**
 * psl_editor_frame_show_opener:
 * @self: a frame that has an opener
 * @visible: whether there is something to open
 */
void
psl_editor_frame_show_opener (PslEditorFrame *self,
                              gboolean        visible)
{
  PslEditorFramePrivate *priv = psl_editor_frame_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR_FRAME (self));
  g_return_if_fail (priv->opener != NULL);

  gtk_widget_set_visible (priv->opener, visible);
  /* Without a button, the values of all rows end in one line. */
  gtk_widget_set_visible (priv->suffixes, visible || gtk_widget_get_first_child (priv->suffixes) != priv->opener);
}
