/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-remarks-dialog.h"

#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-language.h"
#include "psl-languages.h"
#include "psl-remark.h"
#include "psl-shortcuts.h"
#include "psl-toast.h"

struct _PslRemarksDialog
{
  AdwDialog parent_instance;

  PslRegister *reg;
  PslRecord *record;
  const PslField *field;        /* (nullable): all of the record's where there is none */
  const char *language;
  gboolean editable;

  AdwToastOverlay *toasts;
  GtkListBox *list;
  GtkTextView *entry;
  GtkWidget *store_button;
  PslRecord *edited;            /* (nullable): the remark whose text is in the entry */
  AdwDialog *question;          /* (nullable): asks whether to store the text in the entry */
  guint n_writing;              /* how many texts are on their way to the register */
  gboolean close_when_written;
  gint64 to_show;               /* the remark that the keyboard goes to, once it is read */
  gboolean has_begun;           /* whether the remarks were read before */
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (PslRemarksDialog, psl_remarks_dialog, ADW_TYPE_DIALOG)

typedef struct
{
  gint64 rid;
  gboolean take;
} Decision;

/* A text on its way to the register. */
typedef struct
{
  PslRemarksDialog *dialog;
  PslRecord *edited;            /* (nullable): the remark; of a new one there is none */
  char *text;
} Writing;

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->dialog);
  g_clear_object (&writing->edited);
  g_free (writing->text);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static gpointer
read_remarks (PslStore      *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return psl_store_read_remarks (store, data, error);
}

static gpointer
settle (PslStore      *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const Decision *decision = data;

  psl_store_settle_remark (store, decision->rid, decision->take, error);
  return NULL;
}

static const PslField *
get_text_field (PslRemarksDialog *self)
{
  return psl_kind_get_title (psl_record_get_kind (self->record)->remarks->target);
}

static char *
dup_typed (PslRemarksDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->entry);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return psl_field_normalise (get_text_field (self), psl_register_get_codelists (self->reg), text, NULL);
}

/* NULL for a new remark. */
static const char *
get_stored (PslRemarksDialog  *self,
            const char       **language)
{
  return self->edited != NULL ? psl_record_get_text (self->edited, get_text_field (self), psl_language_get_interface (),
                                                     language) : NULL;
}

static gboolean
is_unstored (PslRemarksDialog *self,
             const char       *typed)
{
  return typed != NULL && g_strcmp0 (typed, get_stored (self, NULL)) != 0;
}

/* The dialog can't be closed while its text is not stored, until the person decides about the
 * text, nor while a text is on its way to the register. */
static void
typed_cb (PslRemarksDialog *self)
{
  g_autofree char *typed = dup_typed (self);

  gtk_widget_set_sensitive (self->store_button, typed != NULL);
  adw_dialog_set_can_close (ADW_DIALOG (self), !is_unstored (self, typed) && self->n_writing == 0);
}

/* Goes on to write a new remark, or @remark anew. */
static void
edit (PslRemarksDialog *self,
      PslRecord        *remark)
{
  g_autofree char *name = NULL;
  const char *stored;

  g_set_object (&self->edited, remark);
  stored = get_stored (self, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->entry), stored != NULL ? stored : "", -1);
  gtk_button_set_label (GTK_BUTTON (self->store_button), remark != NULL ? C_("remark", "_Store") : C_("remark", "_Add"));
  name = g_strdup (remark != NULL ? _("Text of the remark") : _("New remark"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  typed_cb (self);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_finish (PSL_REGISTER (source), result, &error);
  if (error != NULL)
    psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

/* A text that could not be stored comes back into the entry, unless the person writes
 * something else there by now. */
static void
written (Writing      *writing,
         const GError *error)
{
  PslRemarksDialog *self = writing->dialog;
  g_autofree char *typed = dup_typed (self);

  self->n_writing--;
  if (error != NULL)
    {
      self->close_when_written = FALSE;
      if (!is_unstored (self, typed))
        {
          edit (self, writing->edited);
          gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->entry), writing->text, -1);
        }
      psl_failure_tell_unstored (GTK_WIDGET (self), error);
    }
  typed_cb (self);
  if (self->close_when_written && self->n_writing == 0)
    adw_dialog_close (ADW_DIALOG (self));
}

static void
inserted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Writing) writing = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_insert_finish (PSL_REGISTER (source), result, &error);
  written (writing, error);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (Writing) writing = user_data;
  g_autoptr (GError) error = NULL;

  psl_register_set_finish (PSL_REGISTER (source), result, &error);
  written (writing, error);
}

static void
trashed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslAction) action = psl_register_action_finish (PSL_REGISTER (source), result, &error);

  if (error != NULL)
    {
      psl_failure_tell_unstored (GTK_WIDGET (self), error);
    }
  /* The dialog may be closed by now. */
  else if (action != NULL && self->reg != NULL)
    {
      AdwToast *toast = psl_toast_new (_("Remark moved to the trash"));

      psl_toast_add_button (toast, _("_Undo"), "win.undo-action", g_variant_new_int64 (action->id));
      adw_toast_overlay_add_toast (self->toasts, toast);
    }
}

/* Stores the text in the entry, if it is not stored. */
static void
store (PslRemarksDialog *self)
{
  g_autofree char *typed = dup_typed (self);
  const PslField *field = get_text_field (self);
  const char *language = NULL;
  Writing *writing;

  if (typed == NULL)
    return;
  get_stored (self, &language);
  if (language == NULL)
    language = psl_language_get_interface ();
  if (self->edited == NULL || is_unstored (self, typed))
    {
      writing = g_new0 (Writing, 1);
      writing->dialog = g_object_ref (self);
      g_set_object (&writing->edited, self->edited);
      writing->text = g_strdup (typed);
      self->n_writing++;
      if (self->edited == NULL)
        {
          g_autoptr (PslRecord) remark = psl_remark_new (self->record, self->field, self->language);

          psl_record_set (remark, field, language, typed);
          psl_register_insert_async (self->reg, remark, inserted_cb, writing);
        }
      else
        psl_register_set_async (self->reg, psl_record_get_rid (self->edited), field, language, typed,
                                psl_register_new_session (), set_cb, writing);
    }
  edit (self, NULL);
}

static void
store_cb (PslRemarksDialog *self)
{
  store (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static gboolean
store_key_cb (GtkWidget *widget,
              GVariant  *parameter,
              gpointer   user_data)
{
  store_cb (user_data);
  return GDK_EVENT_STOP;
}

/* The remark of a row, or of a button in a row. */
static PslRecord *
get_remark (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "remark");
}

static void
set_remark (GtkWidget *widget,
            PslRecord *remark)
{
  g_object_set_data_full (G_OBJECT (widget), "remark", g_object_ref (remark), g_object_unref);
}

static void
answered_cb (AdwAlertDialog   *question,
             const char       *response,
             PslRemarksDialog *self)
{
  PslRecord *next = get_remark (GTK_WIDGET (question));

  g_clear_weak_pointer (&self->question);
  if (g_str_equal (response, "cancel"))
    return;
  if (g_str_equal (response, "store"))
    store (self);
  edit (self, next);
  if (next == NULL)
    adw_dialog_close (ADW_DIALOG (self));
}

/* Asks whether to store the text in the entry; then @next is edited, or the dialog closed
 * where there is none. */
static void
ask (PslRemarksDialog *self,
     PslRecord        *next)
{
  AdwDialog *question;

  if (self->question != NULL)
    return;
  question = adw_alert_dialog_new (_("Store the Remark?"), _("The text that you typed is not stored yet."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (question), "cancel", _("_Keep Editing"),
                                  "discard", C_("remark", "_Discard"), "store", C_("remark", "_Store"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (question), "store", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (question), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (question), "store");
  if (next != NULL)
    set_remark (GTK_WIDGET (question), next);
  g_set_weak_pointer (&self->question, question);
  g_signal_connect_object (question, "response", G_CALLBACK (answered_cb), self, 0);
  adw_dialog_present (question, GTK_WIDGET (self));
}

static gboolean
is_edited (PslRemarksDialog *self,
           PslRecord        *remark)
{
  return self->edited != NULL && psl_record_get_rid (self->edited) == psl_record_get_rid (remark);
}

static void
edit_cb (GtkWidget        *button,
         PslRemarksDialog *self)
{
  PslRecord *remark = get_remark (button);
  g_autofree char *typed = dup_typed (self);

  /* The question gives the keyboard back to where it was. */
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (is_edited (self, remark))
    return;
  if (is_unstored (self, typed))
    ask (self, remark);
  else
    edit (self, remark);
}

static void
delete_cb (GtkWidget        *button,
           PslRemarksDialog *self)
{
  const gint64 rid = psl_record_get_rid (get_remark (button));

  if (is_edited (self, get_remark (button)))
    edit (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  psl_register_set_state_async (self->reg, &rid, 1, PSL_RECORD_TRASHED, trashed_cb, g_object_ref (self));
}

static void
decide (PslRemarksDialog *self,
        GtkWidget        *button,
        gboolean          take)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->rid = psl_record_get_rid (get_remark (button));
  decision->take = take;
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  psl_register_write_async (self->reg, settle, decision, g_free, NULL, NULL, written_cb, g_object_ref (self));
}

static void
take_cb (GtkWidget        *button,
         PslRemarksDialog *self)
{
  decide (self, button, TRUE);
}

static void
keep_cb (GtkWidget        *button,
         PslRemarksDialog *self)
{
  decide (self, button, FALSE);
}

static void
add_button (PslRemarksDialog *self,
            GtkWidget        *box,
            PslRecord        *remark,
            const char       *label,
            GCallback         callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  set_remark (button, remark);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_wrap_box_append (ADW_WRAP_BOX (box), button);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Whether an import has left a value in the remark for somebody to decide on. */
static gboolean
is_open (PslRemarksDialog *self,
         PslRecord        *remark)
{
  return psl_record_get_by_name (remark, PSL_REMARK_VALUE) != NULL &&
         psl_remark_find_field (remark, psl_record_get_kind (self->record), NULL) != NULL;
}

static GtkWidget *
new_buttons (PslRemarksDialog *self,
             PslRecord        *remark)
{
  GtkWidget *box = adw_wrap_box_new ();
  gboolean to_decide = is_open (self, remark);

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  if (to_decide)
    {
      add_button (self, box, remark, _("_Take the File’s Value"), G_CALLBACK (take_cb));
      add_button (self, box, remark, C_("remark", "_Keep"), G_CALLBACK (keep_cb));
    }
  add_button (self, box, remark, C_("remark", "_Edit"), G_CALLBACK (edit_cb));
  /* An open remark goes with the decision. */
  if (!to_decide)
    add_button (self, box, remark, C_("remark", "_Delete"), G_CALLBACK (delete_cb));
  return box;
}

static GtkWidget *
new_row (PslRemarksDialog *self,
         PslRecord        *remark)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text = psl_record_dup_title (remark, psl_register_get_codelists (self->reg), psl_language_get_interface ());
  g_autofree char *signature = psl_remark_dup_signature (remark);
  const PslField *field = psl_remark_find_field (remark, psl_record_get_kind (self->record), NULL);

  set_remark (row, remark);
  gtk_widget_add_css_class (box, "remark");
  if (self->field == NULL && field != NULL)
    gtk_box_append (GTK_BOX (box), new_label (psl_field_get_label (field), "heading"));
  gtk_box_append (GTK_BOX (box), new_label (text, NULL));
  if (signature != NULL)
    gtk_box_append (GTK_BOX (box), new_label (signature, "dimmed"));
  if (self->editable)
    gtk_box_append (GTK_BOX (box), new_buttons (self, remark));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return row;
}

/* Returns: the remark that the keyboard is on, or 0 */
static gint64
find_focused (PslRemarksDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (psl_focus_is_in (GTK_WIDGET (row)))
      return psl_record_get_rid (get_remark (GTK_WIDGET (row)));
  return 0;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = psl_remarks_dialog_read_finish (PSL_REGISTER (source), result, &error);
  GtkWidget *shown = NULL;
  guint n = 0;

  if (remarks == NULL)
    {
      psl_failure_tell_unread (GTK_WIDGET (self), error);
      return;
    }
  /* The keyboard stays on its remark, if that is still there. */
  if (psl_focus_is_in (GTK_WIDGET (self->list)))
    {
      self->to_show = find_focused (self);
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
    }
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < remarks->len; i++)
    {
      PslRecord *remark = remarks->pdata[i];
      GtkWidget *row;

      if (self->field != NULL && !psl_remark_is_about (remark, self->field, self->language))
        continue;
      row = new_row (self, remark);
      gtk_list_box_append (self->list, row);
      /* Who opens the dialog comes to decide. */
      if (!self->has_begun && self->to_show == 0 && self->editable && is_open (self, remark))
        self->to_show = psl_record_get_rid (remark);
      if (psl_record_get_rid (remark) == self->to_show)
        shown = row;
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  if (shown != NULL)
    gtk_widget_grab_focus (shown);
  self->to_show = 0;
  self->has_begun = TRUE;
}

static void
reload (PslRemarksDialog *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  psl_remarks_dialog_read_async (self->reg, self->record, self->loading, loaded_cb, g_object_ref (self));
}

/* The deletion of a remark is undone in the window, and other programs write. */
static void
changed_cb (PslRemarksDialog    *self,
            const PslChangedSet *set)
{
  if (psl_changed_set_contains (set, psl_record_get_rid (self->record)))
    reload (self);
}

static void
close_attempt_cb (PslRemarksDialog *self)
{
  g_autofree char *typed = dup_typed (self);

  if (is_unstored (self, typed))
    ask (self, NULL);
  else
    self->close_when_written = TRUE;
}

static GtkWidget *
new_entry (PslRemarksDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *window = gtk_scrolled_window_new ();

  self->entry = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_accepts_tab (self->entry, FALSE);
  gtk_text_view_set_wrap_mode (self->entry, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->entry, 12);
  gtk_text_view_set_right_margin (self->entry, 12);
  gtk_text_view_set_top_margin (self->entry, 9);
  gtk_text_view_set_bottom_margin (self->entry, 9);
  psl_shortcuts_bind (GTK_WIDGET (self->entry), "field.store", GTK_PHASE_CAPTURE,
                      gtk_callback_action_new (store_key_cb, self, NULL));
  g_signal_connect_object (gtk_text_view_get_buffer (self->entry), "changed", G_CALLBACK (typed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), GTK_WIDGET (self->entry));
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (window), 96);
  gtk_widget_add_css_class (window, "card");
  gtk_widget_set_overflow (window, GTK_OVERFLOW_HIDDEN);
  gtk_box_append (GTK_BOX (box), window);

  self->store_button = gtk_button_new_with_mnemonic (C_("remark", "_Add"));
  gtk_widget_set_halign (self->store_button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->store_button, "suggested-action");
  g_signal_connect_object (self->store_button, "clicked", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->store_button);
  return box;
}

static void
psl_remarks_dialog_dispose (GObject *object)
{
  PslRemarksDialog *self = PSL_REMARKS_DIALOG (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->edited);
  g_clear_object (&self->record);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, changed_cb, self);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_remarks_dialog_parent_class)->dispose (object);
}

static void
psl_remarks_dialog_class_init (PslRemarksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_remarks_dialog_dispose;
}

static void
psl_remarks_dialog_init (PslRemarksDialog *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *window = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remarks"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), new_entry (self));

  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), window);
  self->toasts = ADW_TOAST_OVERLAY (adw_toast_overlay_new ());
  adw_toast_overlay_set_child (self->toasts, view);
  adw_dialog_set_child (ADW_DIALOG (self), GTK_WIDGET (self->toasts));
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 440);
  g_signal_connect (self, "close-attempt", G_CALLBACK (close_attempt_cb), NULL);
}

/**
 * psl_remarks_dialog_new:
 * @record: a record of the register
 * @field: (nullable): the field whose remarks are shown; all of the record's where it is
 *   %NULL
 * @language: (nullable): for a multilingual field, which text
 *
 * Returns: (transfer floating): a dialog, to be presented
 */
PslRemarksDialog *
psl_remarks_dialog_new (PslRegister    *reg,
                        PslRecord      *record,
                        const PslField *field,
                        const char     *language)
{
  PslRemarksDialog *self = g_object_new (PSL_TYPE_REMARKS_DIALOG, NULL);
  g_autofree char *about = NULL;
  g_autofree char *title = NULL;

  self->reg = g_object_ref (reg);
  self->record = g_object_ref (record);
  self->field = field;
  self->language = g_intern_string (language);
  self->editable = !psl_register_is_read_only (reg) && psl_record_get_state (record) == PSL_RECORD_LIVE;
  about = field != NULL ? psl_language_dup_text_label (psl_field_get_label (field), language)
                        : psl_record_dup_title (record, psl_register_get_codelists (reg), psl_register_get_language (reg));
  /* Translators: the name of a field, or a record’s title */
  title = g_strdup_printf (_("Remarks on “%s”"), about);
  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_widget_set_visible (gtk_widget_get_parent (self->store_button), self->editable);
  if (self->editable)
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));
  g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  edit (self, NULL);
  reload (self);
  return self;
}

/**
 * psl_remarks_dialog_go_to:
 * @remark: a remark that the dialog shows
 *
 * Puts the keyboard on the remark, as soon as it is read.
 */
void
psl_remarks_dialog_go_to (PslRemarksDialog *self,
                          gint64            remark)
{
  g_return_if_fail (PSL_IS_REMARKS_DIALOG (self));

  self->to_show = remark;
}

/**
 * psl_remarks_dialog_read_async:
 * @record: a record of the register
 *
 * Reads the remarks on a record.
 */
void
psl_remarks_dialog_read_async (PslRegister          *reg,
                               PslRecord            *record,
                               GCancellable         *cancellable,
                               GAsyncReadyCallback   callback,
                               gpointer              user_data)
{
  psl_register_read_async (reg, PSL_LANE_SHORT, read_remarks, psl_record_copy (record), g_object_unref,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * psl_remarks_dialog_read_finish:
 *
 * Returns: (transfer full) (element-type PslRecord): as psl_store_read_remarks()
 */
GPtrArray *
psl_remarks_dialog_read_finish (PslRegister   *reg,
                                GAsyncResult  *result,
                                GError       **error)
{
  return psl_register_finish (reg, result, error);
}

/**
 * psl_remarks_dialog_dup_summary:
 * @remarks: (element-type PslRecord): remarks
 * @kind: the kind of the record that they are on
 *
 * Returns: (transfer full): how many there are and on which fields: “2 remarks: Start,
 *   Budget”
 */
char *
psl_remarks_dialog_dup_summary (GPtrArray     *remarks,
                                const PslKind *kind)
{
  g_autofree char *count = psl_remark_dup_count (remarks->len);
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autofree char *names = NULL;

  for (guint i = 0; i < remarks->len; i++)
    {
      const PslField *field = psl_remark_find_field (remarks->pdata[i], kind, NULL);

      if (field != NULL && !g_ptr_array_find (fields, psl_field_get_label (field), NULL))
        g_ptr_array_add (fields, (gpointer) psl_field_get_label (field));
    }
  if (fields->len == 0)
    return g_steal_pointer (&count);

  g_ptr_array_add (fields, NULL);
  names = g_strjoinv (", ", (char **) fields->pdata);
  return g_strdup_printf (C_("label and value", "%s: %s"), count, names);
}
