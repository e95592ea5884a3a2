/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-private.h"

#include "psl-focus.h"
#include "psl-language.h"
#include "psl-languages.h"
#include "psl-shortcuts.h"

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PslEditor, psl_editor, PSL_TYPE_EDITOR_FRAME)

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
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
stop_awaiting_focus (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_clear_handle_id (&priv->focus_idle, g_source_remove);
  if (priv->focus_root != NULL)
    g_clear_signal_handler (&priv->focus_handler, priv->focus_root);
  g_clear_weak_pointer (&priv->focus_root);
  priv->focus_handler = 0;
}

/* Takes up or lays down the editor's work once the focus stands where it is to
 * stay. Not before: a commit changes what is on the page, and a widget that goes
 * away while GTK gives it the focus leaves GTK walking through freed parents.
 *
 * A window that is no longer the active one keeps its focus, and the person comes back
 * to type on. A menu that closes takes the window's activity away for a moment, too. So
 * the text stays as it was typed, with its cursor. */
static void
follow_focus (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  gboolean active = gtk_event_controller_focus_contains_focus (priv->focus_controller);
  gboolean focused = psl_focus_is_in (GTK_WIDGET (self));

  /* The controller does not say when the focus of an inactive window moves. */
  if (active || !focused)
    stop_awaiting_focus (self);
  if (priv->focused && focused && !active)
    psl_editor_flush_quietly (self);
  if (priv->focused == focused)
    return;

  priv->focused = focused;
  if (focused)
    {
      priv->session = psl_register_new_session ();
      if (!priv->touched)
        psl_editor_show (self);
    }
  else if (psl_editor_flush (self))
    {
      psl_editor_show (self);
    }
}

static gboolean
focus_idle_cb (gpointer data)
{
  PslEditor *self = data;
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  priv->focus_idle = 0;
  follow_focus (self);
  return G_SOURCE_REMOVE;
}

static void
contains_focus_cb (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (priv->focus_idle != 0)
    return;

  /* The window says so when it has moved the focus. It says nothing when it is
   * no longer the active one: then this is done before the next key. */
  priv->focus_idle = g_idle_add_full (G_PRIORITY_HIGH, focus_idle_cb, self, NULL);
  if (root != NULL && priv->focus_handler == 0 && g_set_weak_pointer (&priv->focus_root, root))
    priv->focus_handler = g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (follow_focus), self, G_CONNECT_SWAPPED);
}

static gboolean
revert_cb (GtkWidget *widget,
           GVariant  *parameter,
           gpointer   user_data)
{
  PslEditor *self = PSL_EDITOR (widget);
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  if (!priv->touched && psl_editor_frame_get_error (PSL_EDITOR_FRAME (self)) == NULL)
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
  /* An entry would select its text, in which the click has put the cursor. */
  if (!psl_focus_is_in (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
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
  GtkWidget *target = psl_editor_frame_get_target (PSL_EDITOR_FRAME (widget));

  return target != NULL && gtk_widget_grab_focus (target);
}

static void
psl_editor_constructed (GObject *object)
{
  PslEditorFrame *frame = PSL_EDITOR_FRAME (object);
  PslEditorPrivate *priv = psl_editor_get_instance_private (PSL_EDITOR (object));
  g_autofree char *name = psl_language_dup_text_label (psl_field_get_label (priv->field), priv->language);

  G_OBJECT_CLASS (psl_editor_parent_class)->constructed (object);

  psl_editor_frame_set_label (frame, psl_field_get_label (priv->field));
  psl_editor_frame_set_name (frame, name);
}

static void
psl_editor_dispose (GObject *object)
{
  PslEditor *self = PSL_EDITOR (object);
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  psl_editor_end_pause (self);
  stop_awaiting_focus (self);
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
  g_free (priv->value);

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
}

static void
psl_editor_init (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  GtkEventController *controller;

  priv->session = psl_register_new_session ();

  controller = gtk_event_controller_focus_new ();
  g_signal_connect_object (controller, "notify::contains-focus", G_CALLBACK (contains_focus_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
  priv->focus_controller = GTK_EVENT_CONTROLLER_FOCUS (controller);

  psl_shortcuts_bind (GTK_WIDGET (self), "field.revert", GTK_PHASE_CAPTURE,
                      gtk_callback_action_new (revert_cb, NULL, NULL));

  controller = GTK_EVENT_CONTROLLER (gtk_gesture_click_new ());
  g_signal_connect_object (controller, "released", G_CALLBACK (released_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

PslEditorPrivate *
psl_editor_get_private (PslEditor *self)
{
  return psl_editor_get_instance_private (self);
}

/**
 * psl_editor_show:
 * @self: an editor
 *
 * Shows the stored value.
 */
void
psl_editor_show (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  priv->showing++;
  PSL_EDITOR_GET_CLASS (self)->show (self, priv->value);
  priv->showing--;
}

/**
 * psl_editor_emit_committed:
 * @self: an editor
 * @value: (nullable): a new value, canonical
 */
void
psl_editor_emit_committed (PslEditor  *self,
                           const char *value)
{
  g_signal_emit (self, signals[COMMITTED], 0, value);
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

  return priv->records_language != NULL ? priv->records_language : psl_language_get_interface ();
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
    psl_editor_show (self);
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
 * @reg: (nullable): where codes and links to other records are looked up
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
 * psl_editor_get_codelists:
 * @self: an editor
 *
 * Returns: (transfer none): the code lists of its register, the program's where it has
 *   none; see psl_register_get_codelists()
 */
const PslCodelists *
psl_editor_get_codelists (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);

  g_return_val_if_fail (PSL_IS_EDITOR (self), NULL);

  return priv->reg != NULL ? psl_register_get_codelists (priv->reg) : psl_codelists_get_default ();
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

/* Shows the stored value as it was typed, to be typed on: an amount without its currency. */
static void
show_as_typed (PslEditor  *self,
               const char *text)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  g_autofree char *value = psl_field_normalise (priv->field, psl_editor_get_codelists (self), text, NULL);

  if (g_strcmp0 (value, priv->value) != 0)
    return;
  priv->showing++;
  PSL_EDITOR_GET_CLASS (self)->show_draft (self, text);
  priv->showing--;
}

/**
 * psl_editor_bind:
 * @self: an editor
 * @record: (nullable): the record to show; %NULL when its own is shown no longer
 *
 * Shows @record's value. Text typed for another record is dropped (flush first, and keep the
 * draft); text typed for the same record stays, so that a change from elsewhere takes nothing
 * away from under the person's hands.
 */
void
psl_editor_bind (PslEditor *self,
                 PslRecord *record)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  const char *value;
  g_autofree char *typed = NULL;
  gboolean same;
  gboolean came;

  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (record == NULL || PSL_IS_RECORD (record));

  came = record != NULL && priv->record == NULL;
  same = record != NULL && priv->record != NULL && g_str_equal (psl_record_get_id (priv->record), psl_record_get_id (record));
  value = record != NULL ? psl_record_get (record, priv->field, priv->language) : NULL;
  g_set_object (&priv->record, record);
  if (same)
    {
      psl_editor_set_value (self, value);
      return;
    }

  g_set_str (&priv->value, value);
  priv->session = psl_register_new_session ();
  /* Text typed before the record came was typed for it. */
  priv->typed_in = priv->typed_in && came;
  if (priv->typed_in)
    typed = PSL_EDITOR_GET_CLASS (self)->read (self);
  psl_editor_revert (self);
  if (typed != NULL)
    show_as_typed (self, typed);
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
 * Shows the stored value, without telling anybody. Typed text that is not stored yet stays,
 * and where the value below the typed text is another one than before, `page.overtaken` says
 * so; text typed while the focus is there whose value is @value stays, too, to be typed on.
 */
void
psl_editor_set_value (PslEditor  *self,
                      const char *value)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  gboolean changed;

  g_return_if_fail (PSL_IS_EDITOR (self));

  changed = g_set_str (&priv->value, value);
  if (priv->touched && changed)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.overtaken", "s",
                                psl_editor_frame_get_name (PSL_EDITOR_FRAME (self)));
  else if (!priv->touched && (changed || !priv->focused))
    psl_editor_show (self);
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
 * psl_editor_select:
 * @self: an editor that has the focus
 *
 * Selects the text of a short value, so that typing replaces it, as when the focus comes by
 * Tab; text typed since its record was bound is typed on.
 */
void
psl_editor_select (PslEditor *self)
{
  PslEditorPrivate *priv = psl_editor_get_instance_private (self);
  GtkWidget *target;

  g_return_if_fail (PSL_IS_EDITOR (self));

  target = psl_editor_frame_get_target (PSL_EDITOR_FRAME (self));
  if (!GTK_IS_EDITABLE (target))
    return;
  if (priv->typed_in)
    gtk_editable_set_position (GTK_EDITABLE (target), -1);
  else
    gtk_editable_select_region (GTK_EDITABLE (target), 0, -1);
}

/**
 * psl_editor_open_record:
 * @self: an editor
 * @rid: a record
 *
 * The person follows a link to @rid: activates `page.open`.
 */
void
psl_editor_open_record (PslEditor *self,
                        gint64     rid)
{
  g_return_if_fail (PSL_IS_EDITOR (self));
  g_return_if_fail (rid > 0);

  gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "x", rid);
}
