/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor.h"

#include <glib/gi18n.h>

#include "psl-language.h"
#include "psl-text.h"

typedef struct
{
  const PslField *field;
  char *language;
  char *records_language;
  char *name;
  PslRegister *reg;
  PslRecord *record;

  char *value;
  char *error;
  char *warning;
  gboolean touched;
  gboolean focused;
  guint showing;
  guint pause;
  guint64 session;

  GtkWidget *column;
  GtkWidget *heading;
  GtkWidget *label;
  GtkWidget *note;
  GtkWidget *suffixes;
  GtkWidget *message;
  GtkWidget *message_icon;
  GtkWidget *message_label;
  GtkWidget *target;
} PslEditorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditor, psl_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_LANGUAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  COMMITTED,
  OPEN_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  priv->showing++;
  PSL_EDITOR_GET_CLASS (self)->show (self, priv->value);
  priv->showing--;
}

static void
update_message (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  const char *text = priv->error != NULL ? priv->error : priv->warning;
  gboolean is_error = priv->error != NULL;

  gtk_label_set_label (GTK_LABEL (priv->message_label), text != NULL ? text : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (priv->message_icon),
                                is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_set_visible (priv->message, text != NULL);

  if (is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");
  if (text != NULL && !is_error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "doubtful");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "doubtful");

  if (priv->target == NULL)
    return;

  if (is_error)
    {
      gtk_accessible_update_state (GTK_ACCESSIBLE (priv->target),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_relation (GTK_ACCESSIBLE (priv->target),
                                      GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, priv->message_label, NULL, -1);
    }
  else
    {
      gtk_accessible_reset_state (GTK_ACCESSIBLE (priv->target), GTK_ACCESSIBLE_STATE_INVALID);
      gtk_accessible_reset_relation (GTK_ACCESSIBLE (priv->target), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }

  if (text != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (priv->target),
                                    GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, priv->message_label, NULL, -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (priv->target), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
}

static void
end_pause (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_clear_handle_id (&priv->pause, g_source_remove);
}

static void
set_stored (PslEditor  *self,
            const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  if (g_set_str (&priv->value, value))
    g_signal_emit (self, signals[COMMITTED], 0, value);
}

static gboolean
pause_cb (gpointer data)
{
  PslEditor *self = data;
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  priv->pause = 0;
  psl_editor_flush (self);
  return G_SOURCE_REMOVE;
}

static void
contains_focus_cb (GtkEventControllerFocus *controller,
                   GParamSpec              *pspec,
                   PslEditor               *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  gboolean focused = gtk_event_controller_focus_contains_focus (controller);

  if (priv->focused == focused)
    return;

  priv->focused = focused;
  if (focused)
    {
      priv->session = psl_register_new_session ();
      if (!priv->touched)
        show (self);
    }
  else if (psl_editor_flush (self))
    {
      show (self);
    }
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  keyval,
                guint                  keycode,
                GdkModifierType        state,
                PslEditor             *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  if (keyval != GDK_KEY_Escape || (!priv->touched && priv->error == NULL))
    return GDK_EVENT_PROPAGATE;

  psl_editor_revert (self);
  return GDK_EVENT_STOP;
}

static void
released_cb (GtkGestureClick *gesture,
             int              n_press,
             double           x,
             double           y,
             PslEditor       *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  if (priv->target != NULL && !priv->focused)
    gtk_widget_grab_focus (priv->target);
}

static void
psl_editor_real_show_draft (PslEditor  *self,
                            const char *text)
{
  PSL_EDITOR_GET_CLASS (self)->show (self, text);
}

static gboolean
psl_editor_grab_focus (GtkWidget *widget)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (PSL_EDITOR (widget));

  /* With the focus inside, this is Tab or Shift+Tab on its way out. */
  return priv->target != NULL && !priv->focused && gtk_widget_grab_focus (priv->target);
}

static void
psl_editor_constructed (GObject *object)
{
  PslEditor *self = PSL_EDITOR (object);
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  const char *label = psl_field_get_label (priv->field);

  G_OBJECT_CLASS (psl_editor_parent_class)->constructed (object);

  gtk_label_set_label (GTK_LABEL (priv->label), label);
  if (priv->language != NULL)
    /* Translators: the name of a field and the language of its text: “Title (English)” */
    priv->name = g_strdup_printf (_("%s (%s)"), label, psl_language_get_name (priv->language));
  else
    priv->name = g_strdup (label);
}

static void
psl_editor_dispose (GObject *object)
{
  PslEditor *self = PSL_EDITOR (object);
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  GtkWidget *child;

  end_pause (self);
  priv->target = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->record);
  g_clear_object (&priv->reg);

  G_OBJECT_CLASS (psl_editor_parent_class)->dispose (object);
}

static void
psl_editor_finalize (GObject *object)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (PSL_EDITOR (object));

  g_free (priv->language);
  g_free (priv->records_language);
  g_free (priv->name);
  g_free (priv->value);
  g_free (priv->error);
  g_free (priv->warning);

  G_OBJECT_CLASS (psl_editor_parent_class)->finalize (object);
}

static void
psl_editor_get_property (GObject    *object,
                         guint       id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (PSL_EDITOR (object));

  switch (id)
    {
    case PROP_FIELD:
      g_value_set_pointer (value, (gpointer) priv->field);
      break;
    case PROP_LANGUAGE:
      g_value_set_string (value, priv->language);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_editor_set_property (GObject      *object,
                         guint         id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (PSL_EDITOR (object));

  switch (id)
    {
    case PROP_FIELD:
      priv->field = g_value_get_pointer (value);
      break;
    case PROP_LANGUAGE:
      priv->language = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
psl_editor_class_init (PslEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = psl_editor_constructed;
  object_class->dispose = psl_editor_dispose;
  object_class->finalize = psl_editor_finalize;
  object_class->get_property = psl_editor_get_property;
  object_class->set_property = psl_editor_set_property;
  widget_class->grab_focus = psl_editor_grab_focus;
  klass->show_draft = psl_editor_real_show_draft;

  properties[PROP_FIELD] =
    g_param_spec_pointer ("field", NULL, NULL,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LANGUAGE] =
    g_param_spec_string ("language", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_EDITOR, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN_RECORD] = g_signal_new ("open-record", PSL_TYPE_EDITOR, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "editor");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
psl_editor_init (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkEventController *controller;

  priv->session = psl_register_new_session ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);

  priv->column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (priv->column, TRUE);
  gtk_box_append (GTK_BOX (line), priv->column);
  priv->suffixes = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (priv->suffixes, "suffixes");
  gtk_widget_set_valign (priv->suffixes, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (priv->suffixes, FALSE);
  gtk_box_append (GTK_BOX (line), priv->suffixes);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

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
  gtk_box_append (GTK_BOX (priv->column), priv->heading);

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
  gtk_box_append (GTK_BOX (priv->message), priv->message_label);
  gtk_widget_set_parent (priv->message, GTK_WIDGET (self));

  controller = gtk_event_controller_focus_new ();
  g_signal_connect (controller, "notify::contains-focus", G_CALLBACK (contains_focus_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect (controller, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

const PslField *
psl_editor_get_field (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->field;
}

/**
 * psl_editor_get_language:
 * @self: an editor
 *
 * Returns: (nullable): the language of a multilingual field's text that this
 *   editor takes
 */
const char *
psl_editor_get_language (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->language;
}

/**
 * psl_editor_get_name:
 * @self: an editor
 *
 * Returns: what assistive technology calls the editor: the field's label with
 *   the language of its text
 */
const char *
psl_editor_get_name (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->name;
}

/**
 * psl_editor_get_records_language:
 * @self: an editor
 *
 * Returns: the language in which other records' titles are shown; names of
 *   codes are in the interface's
 */
const char *
psl_editor_get_records_language (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->records_language != NULL ? priv->records_language : psl_text_interface_language ();
}

/**
 * psl_editor_set_records_language:
 * @self: an editor
 * @language: one of #psl_languages
 */
void
psl_editor_set_records_language (PslEditor  *self,
                                 const char *language)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  if (g_set_str (&priv->records_language, language) && !priv->touched)
    show (self);
}

PslRegister *
psl_editor_get_register (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->reg;
}

/**
 * psl_editor_set_register:
 * @self: an editor
 * @reg: (nullable): where links to other records are looked up
 */
void
psl_editor_set_register (PslEditor   *self,
                         PslRegister *reg)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  g_set_object (&priv->reg, reg);
}

/**
 * psl_editor_set_label:
 * @self: an editor
 * @label: (nullable): what stands above the value in place of the field's own
 *   label; NULL for nothing. Assistive technology is told the full name always
 */
void
psl_editor_set_label (PslEditor  *self,
                      const char *label)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  gtk_label_set_label (GTK_LABEL (priv->label), label != NULL ? label : "");
  gtk_widget_set_visible (priv->label, label != NULL);
  gtk_widget_set_visible (priv->heading, label != NULL || gtk_widget_get_visible (priv->note));
}

gboolean
psl_editor_has_note (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return gtk_widget_get_visible (priv->note);
}

/**
 * psl_editor_set_note:
 * @self: an editor
 * @note: (nullable): a remark beside the label, such as “not translated”
 */
void
psl_editor_set_note (PslEditor  *self,
                     const char *note)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  gtk_label_set_label (GTK_LABEL (priv->note), note != NULL ? note : "");
  gtk_widget_set_visible (priv->note, note != NULL);
  gtk_widget_set_visible (priv->heading, note != NULL || gtk_widget_get_visible (priv->label));
}

/**
 * psl_editor_get_record:
 * @self: an editor
 *
 * Returns: (nullable) (transfer none): the record that was bound last
 */
PslRecord *
psl_editor_get_record (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->record;
}

/**
 * psl_editor_bind:
 * @self: an editor
 * @record: the record to show
 *
 * Shows @record's value. Another record's uncommitted text is dropped (flush
 * first); text typed for the same record stays, so that a change from elsewhere
 * takes nothing away from under the person's hands.
 */
void
psl_editor_bind (PslEditor *self,
                 PslRecord *record)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  gboolean same;

  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  same = priv->record != NULL && psl_record_get_rid (priv->record) == psl_record_get_rid (record);
  g_set_object (&priv->record, record);
  if (!same)
    {
      end_pause (self);
      priv->touched = FALSE;
      priv->session = psl_register_new_session ();
      psl_editor_set_error (self, NULL);
    }

  psl_editor_set_value (self, psl_record_get (record, priv->field, priv->language));
}

/**
 * psl_editor_get_value:
 * @self: an editor
 *
 * Returns: (nullable): the stored value in canonical form
 */
const char *
psl_editor_get_value (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->value;
}

/**
 * psl_editor_set_value:
 * @self: an editor
 * @value: (nullable): the stored value in canonical form
 *
 * Shows what is stored, without telling anybody. Where the person has typed
 * something that is not stored yet, that stays.
 */
void
psl_editor_set_value (PslEditor  *self,
                      const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  g_set_str (&priv->value, value);
  if (!priv->touched)
    show (self);
}

/**
 * psl_editor_dup_draft:
 * @self: an editor
 *
 * Returns: (transfer full) (nullable): text that was typed and could not be
 *   stored, to be put back by psl_editor_set_draft() when its record is shown
 *   again; NULL where there is none
 */
char *
psl_editor_dup_draft (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->touched ? PSL_EDITOR_GET_CLASS (self)->read (self) : NULL;
}

/**
 * psl_editor_set_draft:
 * @self: an editor
 * @text: text as typed
 *
 * Shows @text as if the person had typed it and rested.
 */
void
psl_editor_set_draft (PslEditor  *self,
                      const char *text)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  priv->showing++;
  PSL_EDITOR_GET_CLASS (self)->show_draft (self, text);
  priv->showing--;
  priv->touched = TRUE;
  psl_editor_flush (self);
}

/**
 * psl_editor_flush:
 * @self: an editor
 *
 * Commits what was typed. A text that is not a value stays, with a message.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_editor_flush (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  end_pause (self);
  if (PSL_EDITOR_GET_CLASS (self)->flush != NULL && !PSL_EDITOR_GET_CLASS (self)->flush (self))
    return FALSE;
  if (!priv->touched)
    return TRUE;

  text = PSL_EDITOR_GET_CLASS (self)->read (self);
  value = psl_field_normalise (priv->field, text, &error);
  if (error != NULL)
    {
      psl_editor_set_error (self, error->message);
      return FALSE;
    }

  priv->touched = FALSE;
  psl_editor_set_error (self, NULL);
  set_stored (self, value);
  return TRUE;
}

/**
 * psl_editor_revert:
 * @self: an editor
 *
 * Drops what was typed since the last commit.
 */
void
psl_editor_revert (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  end_pause (self);
  priv->touched = FALSE;
  psl_editor_set_error (self, NULL);
  show (self);
}

/**
 * psl_editor_get_session:
 * @self: an editor
 *
 * Returns: the token that psl_register_set_async() merges the commits of one
 *   visit of the focus by
 */
guint64
psl_editor_get_session (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), 0);

  return priv->session;
}

const char *
psl_editor_get_error (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->error;
}

/**
 * psl_editor_set_error:
 * @self: an editor
 * @message: (nullable): why what was typed is not stored, translated
 */
void
psl_editor_set_error (PslEditor  *self,
                      const char *message)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  if (!g_set_str (&priv->error, message))
    return;

  update_message (self);
  if (message != NULL && priv->target != NULL && gtk_widget_get_mapped (priv->target))
    gtk_accessible_announce (GTK_ACCESSIBLE (priv->target), message,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/**
 * psl_editor_refuse:
 * @self: an editor
 * @value: (nullable): what is stored still
 * @message: why, translated
 *
 * What was committed last could not be stored: it stays in sight with
 * @message, and is committed again when the focus leaves or Enter is pressed.
 */
void
psl_editor_refuse (PslEditor  *self,
                   const char *value,
                   const char *message)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  g_set_str (&priv->value, value);
  priv->touched = TRUE;
  psl_editor_set_error (self, message);
}

const char *
psl_editor_get_warning (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->warning;
}

/**
 * psl_editor_set_warning:
 * @self: an editor
 * @message: (nullable): what is doubtful about the stored value, translated.
 *   It blocks nothing; an error is shown in its place
 */
void
psl_editor_set_warning (PslEditor  *self,
                        const char *message)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  if (g_set_str (&priv->warning, message))
    update_message (self);
}

/**
 * psl_editor_set_body:
 * @self: an editor
 * @body: the widget below the label
 * @target: @body or a widget within it that takes the focus; gets the editor's
 *   accessible name, state and messages
 */
void
psl_editor_set_body (PslEditor *self,
                     GtkWidget *body,
                     GtkWidget *target)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (GTK_IS_WIDGET (body));
  g_return_if_fail (GTK_IS_WIDGET (target));

  gtk_box_append (GTK_BOX (priv->column), body);
  priv->target = target;
  gtk_accessible_update_property (GTK_ACCESSIBLE (target), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, priv->name, -1);
}

/**
 * psl_editor_add_suffix:
 * @self: an editor
 * @suffix: a button at the end of the row
 */
void
psl_editor_add_suffix (PslEditor *self,
                       GtkWidget *suffix)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (GTK_IS_WIDGET (suffix));

  gtk_box_append (GTK_BOX (priv->suffixes), suffix);
  gtk_widget_set_visible (priv->suffixes, TRUE);
}

/**
 * psl_editor_touch:
 * @self: an editor
 *
 * The person has typed something: it is committed after a pause, unless more
 * comes.
 */
void
psl_editor_touch (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_if_fail (PSL_IS_EDITOR (self));

  if (priv->showing > 0)
    return;

  priv->touched = TRUE;
  end_pause (self);
  priv->pause = g_timeout_add (PSL_EDITOR_PAUSE_MS, pause_cb, self);
}

/**
 * psl_editor_commit:
 * @self: an editor
 * @value: (nullable): a canonical value that was picked, not typed
 *
 * Commits @value at once and shows it, in place of anything typed.
 */
void
psl_editor_commit (PslEditor  *self,
                   const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  g_autofree char *copy = g_strdup (value);

  g_return_if_fail (PSL_IS_EDITOR (self));

  end_pause (self);
  priv->touched = FALSE;
  psl_editor_set_error (self, NULL);
  set_stored (self, copy);
  show (self);
}

/**
 * psl_editor_is_showing:
 * @self: an editor
 *
 * Returns: whether the widget's content is being set by the program, so that
 *   its signals are not the person's doing
 */
gboolean
psl_editor_is_showing (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return priv->showing > 0;
}

/**
 * psl_editor_is_focused:
 * @self: an editor
 *
 * Returns: whether the keyboard focus is in the editor
 */
gboolean
psl_editor_is_focused (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return priv->focused;
}

/**
 * psl_editor_is_touched:
 * @self: an editor
 *
 * Returns: whether it holds something typed that is not committed
 */
gboolean
psl_editor_is_touched (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), FALSE);

  return priv->touched;
}

/**
 * psl_editor_open_record:
 * @self: an editor
 * @rid: a record
 *
 * The person follows a link to @rid: emits #PslEditor::open-record.
 */
void
psl_editor_open_record (PslEditor *self,
                        gint64     rid)
{
  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (rid > 0);

  g_signal_emit (self, signals[OPEN_RECORD], 0, rid);
}
