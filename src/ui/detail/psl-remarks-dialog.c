/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-remarks-dialog.h"

#include <glib/gi18n.h>

#include "psl-remark.h"
#include "psl-shortcuts.h"
#include "psl-text.h"

struct _PslRemarksDialog
{
  AdwDialog parent_instance;

  PslRegister *reg;
  PslRecord *record;
  const PslField *field;        /* (nullable): all of the record's where there is none */
  const char *language;
  gboolean editable;

  GtkListBox *list;
  GtkTextView *entry;
  GtkWidget *store_button;
  PslRecord *edited;            /* (nullable): the remark whose text is in the entry */
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (PslRemarksDialog, psl_remarks_dialog, ADW_TYPE_DIALOG)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  gint64 rid;
  gboolean take;
} Decision;

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
  return psl_field_normalise (get_text_field (self), text, NULL);
}

static void
typed_cb (PslRemarksDialog *self)
{
  g_autofree char *typed = dup_typed (self);

  gtk_widget_set_sensitive (self->store_button, typed != NULL);
}

/* Goes on to write a new remark, or @remark anew. */
static void
edit (PslRemarksDialog *self,
      PslRecord        *remark)
{
  g_autofree char *name = NULL;

  g_set_object (&self->edited, remark);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->entry),
                            remark != NULL ? psl_record_get_text (remark, get_text_field (self),
                                                                  psl_text_interface_language (), NULL) : "", -1);
  gtk_button_set_label (GTK_BUTTON (self->store_button), remark != NULL ? C_("remark", "_Store") : C_("remark", "_Add"));
  name = g_strdup (remark != NULL ? _("Text of the remark") : _("New remark"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  typed_cb (self);
}

static void reload (PslRemarksDialog *self);

static void
failed (PslRemarksDialog *self,
        const GError     *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);
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
    failed (self, error);
  reload (self);
}

static void
inserted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (psl_register_create_finish (PSL_REGISTER (source), result, &error) == 0)
    failed (self, error);
  reload (self);
}

static void
set_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!psl_register_set_finish (PSL_REGISTER (source), result, &error))
    failed (self, error);
  reload (self);
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
    failed (self, error);
  reload (self);
}

/* Stores what is typed, if anything is. */
static void
store (PslRemarksDialog *self)
{
  g_autofree char *typed = dup_typed (self);
  const PslField *field = get_text_field (self);
  const char *language = psl_text_interface_language ();

  if (typed == NULL || !self->editable)
    return;
  if (self->edited != NULL)
    {
      const char *found = NULL;
      const char *text = psl_record_get_text (self->edited, field, language, &found);

      if (g_strcmp0 (text, typed) != 0)
        psl_register_set_async (self->reg, psl_record_get_rid (self->edited), field, found != NULL ? found : language,
                                typed, psl_register_new_session (), set_cb, g_object_ref (self));
    }
  else
    {
      g_autoptr (PslRecord) remark = psl_remark_new (self->record, self->field, self->language);

      psl_record_set (remark, field, language, typed);
      psl_register_insert_async (self->reg, remark, inserted_cb, g_object_ref (self));
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

static PslRecord *
get_remark (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "remark");
}

static void
edit_cb (GtkWidget        *button,
         PslRemarksDialog *self)
{
  store (self);
  edit (self, get_remark (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
delete_cb (GtkWidget        *button,
           PslRemarksDialog *self)
{
  const gint64 rid = psl_record_get_rid (get_remark (button));

  if (self->edited != NULL && psl_record_get_rid (self->edited) == rid)
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

  g_object_set_data_full (G_OBJECT (button), "remark", g_object_ref (remark), g_object_unref);
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

static GtkWidget *
new_buttons (PslRemarksDialog *self,
             PslRecord        *remark)
{
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  if (psl_record_get_by_name (remark, PSL_REMARK_VALUE) != NULL &&
      psl_remark_find_field (remark, psl_record_get_kind (self->record), NULL) != NULL)
    {
      add_button (self, box, remark, _("_Take the File’s Value"), G_CALLBACK (take_cb));
      add_button (self, box, remark, C_("remark", "_Keep"), G_CALLBACK (keep_cb));
    }
  add_button (self, box, remark, C_("remark", "_Edit"), G_CALLBACK (edit_cb));
  add_button (self, box, remark, C_("remark", "_Delete"), G_CALLBACK (delete_cb));
  return box;
}

static GtkWidget *
new_row (PslRemarksDialog *self,
         PslRecord        *remark)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autofree char *text = psl_record_dup_title (remark, psl_text_interface_language ());
  g_autofree char *signature = psl_remark_dup_signature (remark);
  const PslField *field = psl_remark_find_field (remark, psl_record_get_kind (self->record), NULL);

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

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslRemarksDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = psl_remarks_read_finish (PSL_REGISTER (source), result, &error);
  guint n = 0;

  if (remarks == NULL)
    {
      failed (self, error);
      return;
    }
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < remarks->len; i++)
    {
      PslRecord *remark = remarks->pdata[i];

      if (self->field != NULL && !psl_remark_is_about (remark, self->field, self->language))
        continue;
      gtk_list_box_append (self->list, new_row (self, remark));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
}

static void
reload (PslRemarksDialog *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  psl_remarks_read_async (self->reg, self->record, self->loading, loaded_cb, g_object_ref (self));
}

static void
closed_cb (PslRemarksDialog *self)
{
  store (self);
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
  gtk_box_append (GTK_BOX (box), window);

  self->store_button = gtk_button_new_with_mnemonic (C_("remark", "_Add"));
  gtk_widget_set_halign (self->store_button, GTK_ALIGN_END);
  gtk_widget_add_css_class (self->store_button, "suggested-action");
  g_signal_connect_swapped (self->store_button, "clicked", G_CALLBACK (store_cb), self);
  gtk_box_append (GTK_BOX (box), self->store_button);
  return box;
}

static void
psl_remarks_dialog_dispose (GObject *object)
{
  PslRemarksDialog *self = PSL_REMARKS_DIALOG (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->edited);
  g_clear_object (&self->record);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_remarks_dialog_parent_class)->dispose (object);
}

static void
psl_remarks_dialog_class_init (PslRemarksDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_remarks_dialog_dispose;

  /**
   * PslRemarksDialog::failed:
   * @error: why
   *
   * A remark could not be read or stored.
   */
  signals[FAILED] = g_signal_new ("failed", PSL_TYPE_REMARKS_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
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
  adw_dialog_set_child (ADW_DIALOG (self), view);
  adw_dialog_set_content_width (ADW_DIALOG (self), 480);
  adw_dialog_set_content_height (ADW_DIALOG (self), 440);
  g_signal_connect (self, "closed", G_CALLBACK (closed_cb), NULL);
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
  g_autofree char *title = NULL;

  self->reg = g_object_ref (reg);
  self->record = g_object_ref (record);
  self->field = field;
  self->language = g_intern_string (language);
  self->editable = !psl_register_is_read_only (reg) && psl_record_get_state (record) == PSL_RECORD_LIVE;
  /* Translators: the name of a field */
  title = field != NULL ? g_strdup_printf (_("Remarks on “%s”"), psl_field_get_label (field)) : g_strdup (_("Remarks"));
  adw_dialog_set_title (ADW_DIALOG (self), title);
  gtk_widget_set_visible (gtk_widget_get_parent (self->store_button), self->editable);
  if (self->editable)
    adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->entry));
  edit (self, NULL);
  reload (self);
  return self;
}

/**
 * psl_remarks_read_async:
 * @record: a record of the register
 *
 * Reads the remarks on a record.
 */
void
psl_remarks_read_async (PslRegister          *reg,
                        PslRecord            *record,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  psl_register_read_async (reg, read_remarks, psl_record_copy (record), g_object_unref,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

/**
 * psl_remarks_read_finish:
 *
 * Returns: (transfer full) (element-type PslRecord): as psl_store_read_remarks()
 */
GPtrArray *
psl_remarks_read_finish (PslRegister   *reg,
                         GAsyncResult  *result,
                         GError       **error)
{
  return psl_register_finish (reg, result, error);
}

/**
 * psl_remarks_dup_count:
 *
 * Returns: (transfer full): “1 remark”
 */
char *
psl_remarks_dup_count (guint n)
{
  return g_strdup_printf (ngettext ("%u remark", "%u remarks", n), n);
}
