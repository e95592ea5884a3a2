/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-page.h"

#include <glib/gi18n.h>

#include "psl-changed-set.h"
#include "psl-detail-edits.h"
#include "psl-detail-sheets.h"
#include "psl-drafts.h"
#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-menu-button.h"
#include "psl-parts-table.h"
#include "psl-settings.h"
#include "psl-text.h"
#include "psl-undo-buttons.h"
#include "psl-uuid.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "psl-shortcuts.h"

/* Frames that are drawn before the page says that no record is chosen. */
#define FRAMES_BEFORE_NOTE 2

/* Fields that a message names, and characters of a title in it. */
#define MAX_NAMED 2
#define QUOTED_CHARS 60

struct _PslDetailPage
{
  AdwNavigationPage parent_instance;

  AdwHeaderBar *header_bar;
  GtkStack *stack;
  AdwBanner *banner;
  AdwBanner *unstored_banner;
  AdwStatusPage *note;
  GtkWidget *back_button;
  GtkWidget *forward_button;
  GtkWidget *menu_button;
  GMenuModel *record_menu;
  GtkWidget *history_button;
  GtkWidget *remarks_button;
  GtkLabel *remarks_number;
  PslUndoButtons *undo_buttons;

  PslRegister *reg;
  PslSettings *settings;

  PslDetailSheets *sheets;
  /* The drafts of records that are not on show. */
  PslDrafts *drafts;
  /* Whether the page alone fills the window. */
  gboolean narrow;

  gint64 rid;
  /* Records that get the keyboard once they are shown: @to_focus in its title, @to_enter in
   * the field that had it last. */
  gint64 to_focus;
  gint64 to_enter;
  GtkRoot *root;
  const PslField *last_field;
  const char *last_language;
  /* (nullable): where the keyboard is in a cell of a table of parts, and which one. */
  const PslField *last_table;
  guint last_position;
  int last_column;
  GtkWidget *last_focus;        /* (nullable): weak; of this page's widgets */
  gboolean dialog_has_focus;
  /* Whether the keyboard is in a field, or a dialog has it that gives it back; and
   * whether that field is another widget since. */
  gboolean typed_in;
  gboolean to_return;
  guint return_idle;
  PslRecord *record;
  PslDetailSheet *sheet;
  GCancellable *loading;
  GCancellable *reading_remarks;
  GCancellable *reading_unstored;
  PslDetailEdits *edits;

  /* Whether there are records to choose from. */
  gboolean has_choice;
  /* Since the register is there, for as long as that matters. */
  guint n_frames;
  guint tick_id;
};

G_DEFINE_FINAL_TYPE (PslDetailPage, psl_detail_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_OPEN_RECORD,
  SIGNAL_STORED,
  SIGNAL_MADE,
  SIGNAL_TOLD,
  SIGNAL_OVERTAKEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  PslDetailPage *page;
  gint64 rid;
  guint n_edits;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->page);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void load_record (PslDetailPage *self);

/* The record that typed text belongs to: the one on show, or the one that is being read to be
 * shown; see make_room(). 0 for a new record that is not stored. */
static gint64
get_typed_rid (PslDetailPage *self)
{
  return self->record != NULL ? psl_record_get_rid (self->record) : self->rid;
}

static gboolean
is_same (PslRecord *one,
         PslRecord *other)
{
  return one != NULL && g_str_equal (psl_record_get_id (one), psl_record_get_id (other));
}

static char *
dup_owner_of_rid (gint64 rid)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, rid);
}

/* The key of a record's drafts: its number, or its UUID while it is being stored. Text typed
 * in a new record of which nothing is stored waits, under the name of the kind, for the next
 * new record. */
static char *
dup_owner (PslDetailPage *self,
           PslRecord     *record)
{
  if (psl_record_get_rid (record) != 0)
    return dup_owner_of_rid (psl_record_get_rid (record));

  return g_strdup (record == psl_detail_edits_get_storing (self->edits) ? psl_record_get_id (record) : psl_record_get_kind (record)->name);
}

static char *
dup_typed_owner (PslDetailPage *self)
{
  return self->record != NULL ? dup_owner (self, self->record) : dup_owner_of_rid (self->rid);
}

/* Commits the text that is being typed; text that is no value stays with its record as a
 * draft. */
static void
keep_drafts (PslDetailPage *self)
{
  g_autofree char *owner = NULL;
  const PslField *parts;

  if (self->sheet == NULL)
    return;

  psl_detail_sheet_flush (self->sheet);
  owner = dup_typed_owner (self);
  if (self->record != NULL)
    psl_drafts_keep (self->drafts, owner, psl_detail_sheet_get_editors (self->sheet));
  else
    psl_drafts_keep_more (self->drafts, owner, psl_detail_sheet_get_editors (self->sheet));

  /* The table itself keeps the text typed in it. */
  parts = psl_detail_sheet_find_unstored_parts (self->sheet);
  if (parts != NULL)
    psl_drafts_add (self->drafts, owner, parts, NULL, NULL);
}

/* Returns: (transfer full): the beginning of a title that stands in a sentence */
static char *
dup_short (const char *title)
{
  g_autofree char *start = g_utf8_substring (title, 0, MIN (QUOTED_CHARS, g_utf8_strlen (title, -1)));
  g_autofree char *cut = g_str_equal (start, title) ? NULL : g_strconcat (g_strchomp (start), "…", NULL);

  return psl_text_dup_quotable (cut != NULL ? cut : title);
}

/* The fields of a draft, each in quotation marks; how many they are, where they are many. */
static char *
dup_fields (GStrv labels)
{
  guint n = g_strv_length (labels);
  g_autoptr (GStrvBuilder) quoted = g_strv_builder_new ();
  g_auto (GStrv) listed = NULL;

  if (n > MAX_NAMED)
    return g_strdup_printf (ngettext ("%u field", "%u fields", n), n);

  for (guint i = 0; i < n; i++)
    g_strv_builder_take (quoted, g_strdup_printf (C_("quotation marks", "“%s”"), labels[i]));
  listed = g_strv_builder_end (quoted);
  return g_strjoinv (", ", listed);
}

/* Tells of text that was not stored, and names where: @record is the record it was typed in,
 * %NULL for one that is not in the register. */
static void
tell_unstored (PslDetailPage *self,
               const char    *owner,
               PslRecord     *record)
{
  g_auto (GStrv) labels = psl_drafts_list_labels (self->drafts, owner);
  guint n = g_strv_length (labels);
  g_autofree char *fields = dup_fields (labels);
  g_autofree char *message = NULL;

  if (record != NULL)
    {
      g_autofree char *title = psl_record_dup_title (record, psl_register_get_codelists (self->reg),
                                                     psl_register_get_language (self->reg));
      g_autofree char *name = dup_short (title);

      /* Translators: one or several fields, and the title of a record: “Start” of “Title” */
      message = g_strdup_printf (ngettext ("%s of “%s” was not stored", "%s of “%s” were not stored", n), fields, name);
    }
  else
    {
      /* Translators: one or several fields: “Start” */
      message = g_strdup_printf (ngettext ("%s of a new record was not stored", "%s of a new record were not stored", n),
                                 fields);
    }

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->unstored_banner), "s", owner);
  if (adw_banner_get_revealed (self->unstored_banner) &&
      g_str_equal (adw_banner_get_title (self->unstored_banner), message))
    return;
  adw_banner_set_title (self->unstored_banner, message);
  adw_banner_set_revealed (self->unstored_banner, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* The record that was left last with text that is not stored, but for the one on show. */
static const char *
get_left (PslDetailPage *self)
{
  g_autofree char *shown = self->record != NULL ? dup_owner (self, self->record) : NULL;

  return psl_drafts_get_owner (self->drafts, shown);
}

/* A record with text that is not stored, while it is read. */
typedef struct
{
  PslDetailPage *page;
  char *owner;
} Unstored;

static void
unstored_free (Unstored *unstored)
{
  g_object_unref (unstored->page);
  g_free (unstored->owner);
  g_free (unstored);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Unstored, unstored_free)

static void
unstored_read_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Unstored) unstored = user_data;
  PslDetailPage *self = unstored->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (self->reg != PSL_REGISTER (source) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (g_strcmp0 (get_left (self), unstored->owner) == 0)
    tell_unstored (self, unstored->owner, record);
}

/* Tells of text that is not stored in a record that was left, until that is shown again. */
static void
update_unstored (PslDetailPage *self)
{
  const char *owner = get_left (self);
  Unstored *unstored;
  guint64 rid;

  g_cancellable_cancel (self->reading_unstored);
  g_clear_object (&self->reading_unstored);
  if (owner == NULL)
    {
      psl_focus_hand_on (GTK_WIDGET (self->unstored_banner));
      adw_banner_set_revealed (self->unstored_banner, FALSE);
      return;
    }
  if (!g_ascii_string_to_unsigned (owner, 10, 1, G_MAXINT64, &rid, NULL))
    {
      tell_unstored (self, owner, NULL);
      return;
    }

  self->reading_unstored = g_cancellable_new ();
  unstored = g_new (Unstored, 1);
  *unstored = (Unstored) { g_object_ref (self), g_strdup (owner) };
  psl_register_load_async (self->reg, (gint64) rid, self->reading_unstored, unstored_read_cb, unstored);
}

static void
show_facts (PslDetailPage *self)
{
  const PslKind *kind = psl_record_get_kind (self->record);
  const char *identifier = kind->identifier != NULL ? psl_record_get_by_name (self->record, kind->identifier) : NULL;
  gboolean trashed = psl_record_get_state (self->record) == PSL_RECORD_TRASHED;
  gboolean writable = !psl_register_is_read_only (self->reg);

  /* The title itself stands large below. */
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self),
                                 identifier != NULL ? identifier : psl_kind_get_label (kind));
  adw_banner_set_revealed (self->banner, trashed || !writable);
  adw_banner_set_title (self->banner, trashed ? _("This record is in the trash")
                                              : _("This register can be read, not changed"));
  adw_banner_set_button_label (self->banner, writable ? _("Restore") : NULL);
  /* Others may trash the record that is being typed in. */
  if (trashed || !writable)
    psl_detail_sheet_leave_fields (self->sheet);
  psl_detail_sheet_set_editable (self->sheet, !trashed && writable);
  psl_detail_sheet_show_facts (self->sheet, self->reg, self->record, psl_settings_get_kind_settings (self->settings));
}

static gboolean
is_shown (PslDetailPage       *self,
          const PslDetailEdit *edit)
{
  if (edit->record != NULL)
    return is_same (self->record, edit->record);

  return self->record != NULL && get_typed_rid (self) == edit->rid;
}

/* Shows the stored value again, with the typed text as not stored. */
static void
refused_cb (PslDetailEdits      *edits,
            const PslDetailEdit *edit,
            const GError        *error,
            PslDetailPage       *self)
{
  if (is_shown (self, edit))
    {
      psl_record_set (self->record, edit->field, edit->language, edit->before);
      psl_editor_refuse (psl_detail_sheet_find_editor (self->sheet, edit->field, edit->language), edit->before,
                         error->message);
      show_facts (self);
      return;
    }

  if (self->reg == edit->reg)
    {
      g_autofree char *owner = edit->record != NULL ? dup_owner (self, edit->record) : dup_owner_of_rid (edit->rid);

      psl_drafts_add (self->drafts, owner, edit->field, edit->language, edit->value);
      update_unstored (self);
      return;
    }
  psl_failure_tell_unstored (GTK_WIDGET (self), error);
}

/* A new record is in the register, or has been refused. */
static void
inserted_cb (PslDetailEdits *edits,
             PslRecord      *record,
             PslDetailPage  *self)
{
  g_autofree char *owner = dup_owner (self, record);

  psl_drafts_move (self->drafts, psl_record_get_id (record), owner);
  if (self->reg != NULL)
    update_unstored (self);
  /* The person may have gone on to another record meanwhile. */
  if (psl_record_get_rid (record) == 0 || self->record != record || self->rid != 0)
    return;

  self->rid = psl_record_get_rid (record);
  load_record (self);
  g_signal_emit (self, signals[SIGNAL_STORED], 0, self->rid);
}

static void
caught_up_cb (PslDetailPage *self)
{
  if (self->rid != 0 && self->reg != NULL)
    load_record (self);
}

static void
committed_cb (PslDetailSheet *sheet,
              PslEditor      *editor,
              const char     *value,
              PslDetailPage  *self)
{
  psl_detail_edits_store (self->edits, self->reg, self->record, get_typed_rid (self), editor, value);
  if (self->record != NULL)
    show_facts (self);
}

static void
open_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_RECORD], 0, g_variant_get_int64 (parameter));
}

/* Opens a record that was just made, to be filled in. */
static void
enter_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  PSL_DETAIL_PAGE (widget)->to_focus = g_variant_get_int64 (parameter);
  open_cb (widget, name, parameter);
}

static void
record_made_cb (gpointer       source,
                PslRecord     *record,
                gint64         action,
                PslDetailPage *self)
{
  g_signal_emit (self, signals[SIGNAL_MADE], 0, record, action);
}

/* The stored value of a field that is typed in has become another one; its name is the
 * parameter. */
static void
overtaken_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_autofree char *field = psl_text_dup_quotable (g_variant_get_string (parameter, NULL));
  /* Translators: the name of a field, such as “Budget” */
  g_autofree char *message = g_strdup_printf (_("“%s” was changed while you were typing. The history says by whom."), field);

  g_signal_emit (widget, signals[SIGNAL_OVERTAKEN], 0, message);
}

static void
told_cb (PslDetailSheet *sheet,
         const char     *message,
         gint64          action,
         PslDetailPage  *self)
{
  g_signal_emit (self, signals[SIGNAL_TOLD], 0, message, action);
}

static void
sheet_made_cb (PslDetailSheet *sheet,
               gpointer        user_data)
{
  g_signal_connect_object (sheet, "committed", G_CALLBACK (committed_cb), user_data, G_CONNECT_DEFAULT);
  g_signal_connect_object (sheet, "made", G_CALLBACK (record_made_cb), user_data, G_CONNECT_DEFAULT);
  g_signal_connect_object (sheet, "told", G_CALLBACK (told_cb), user_data, G_CONNECT_DEFAULT);
}

/* Whether the record is in the register, and of a kind with remarks. */
static gboolean
has_remarks (PslDetailPage *self)
{
  return self->record != NULL && psl_record_get_rid (self->record) != 0 &&
         psl_record_get_kind (self->record)->remarks != NULL;
}

static gboolean
can_remark (PslDetailPage *self)
{
  return has_remarks (self) && !psl_register_is_read_only (self->reg) &&
         psl_record_get_state (self->record) == PSL_RECORD_LIVE;
}

static gboolean
is_in_dialog (GtkWidget *widget)
{
  return widget != NULL && gtk_widget_get_ancestor (widget, ADW_TYPE_DIALOG) != NULL;
}

static void
show_remarks (PslDetailPage *self,
              GPtrArray     *remarks)
{
  g_autofree char *count = psl_remark_dup_count (remarks->len);
  g_autofree char *number = g_strdup_printf ("%u", remarks->len);

  psl_detail_sheet_show_remarks (self->sheet, remarks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.remarks", remarks->len > 0 || can_remark (self));
  gtk_label_set_label (self->remarks_number, number);
  gtk_widget_set_tooltip_text (self->remarks_button, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remarks_button), GTK_ACCESSIBLE_PROPERTY_LABEL, count, -1);
  if (remarks->len > 0)
    gtk_widget_set_visible (self->remarks_button, TRUE);
  else
    psl_focus_hide (self->remarks_button);
}

/* Without a reference: dispose cancels the reading. */
static void
remarks_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  PslDetailPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remarks = psl_remarks_dialog_read_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    psl_failure_tell_unread (GTK_WIDGET (self), error);
  else if (self->sheet != NULL)
    show_remarks (self, remarks);
}

static void
stop_reading_remarks (PslDetailPage *self)
{
  g_cancellable_cancel (self->reading_remarks);
  g_clear_object (&self->reading_remarks);
}

static void
read_remarks (PslDetailPage *self)
{
  stop_reading_remarks (self);
  if (!has_remarks (self))
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      if (self->sheet != NULL)
        show_remarks (self, none);
      return;
    }
  self->reading_remarks = g_cancellable_new ();
  psl_remarks_dialog_read_async (self->reg, self->record, self->reading_remarks, remarks_read_cb, self);
}

static void
present_remarks (PslDetailPage  *self,
                 const PslField *field,
                 const char     *language)
{
  PslRemarksDialog *dialog = psl_remarks_dialog_new (self->reg, self->record, field, language);

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
remarks_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (widget);
  const char *about = g_variant_get_string (parameter, NULL);
  const char *language = NULL;
  const PslField *field = NULL;

  /* The record may be on its way. */
  if (!has_remarks (self))
    return;
  if (*about != '\0')
    field = psl_kind_parse_field (psl_record_get_kind (self->record), about, &language);
  present_remarks (self, field, language);
}

/* Remarks on the field that the keyboard is in, or was in last. */
static void
remark_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (widget);
  const PslField *field = self->last_field;

  if (!can_remark (self))
    return;
  if (field != NULL && psl_kind_find_field (psl_record_get_kind (self->record), field->name) != field)
    field = NULL;
  present_remarks (self, field, field != NULL && (field->flags & PSL_FIELD_MULTILINGUAL) ? self->last_language : NULL);
}

static void
show_stack (PslDetailPage *self,
            GtkWidget     *child)
{
  gboolean record = self->record != NULL;

  gtk_stack_set_visible_child (self->stack, child);
  adw_header_bar_set_show_title (self->header_bar, record);
  gtk_widget_set_visible (self->menu_button, record);
  gtk_widget_set_visible (self->history_button, record && !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.remarks", can_remark (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "page.remark", can_remark (self));
  read_remarks (self);
  update_unstored (self);
  if (!record)
    {
      adw_banner_set_revealed (self->banner, FALSE);
      adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _("Record"));
    }
}

/* Says something in the place of a record. */
static void
show_note (PslDetailPage *self,
           const char    *icon,
           const char    *title,
           const char    *description)
{
  if (self->note == NULL)
    {
      self->note = ADW_STATUS_PAGE (adw_status_page_new ());
      gtk_stack_add_child (self->stack, GTK_WIDGET (self->note));
    }
  adw_status_page_set_icon_name (self->note, icon);
  adw_status_page_set_title (self->note, title);
  adw_status_page_set_description (self->note, description);
  show_stack (self, GTK_WIDGET (self->note));
}

static void
show_none (PslDetailPage *self)
{
  /* The list says why there is no record. */
  if (!self->has_choice)
    {
      show_stack (self, gtk_stack_get_child_by_name (self->stack, "blank"));
      return;
    }

  show_note (self, "text-x-generic-symbolic", _("No Record Chosen"),
             _("Choose a record in the list to read and edit it."));
}

/* The list is there before the page says that nothing is chosen: the record that
 * was shown last is mostly on its way. */
static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (widget);

  if (++self->n_frames < FRAMES_BEFORE_NOTE)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  if (self->rid == 0 && self->record == NULL)
    show_none (self);
  return G_SOURCE_REMOVE;
}

static void
wait_before_note (PslDetailPage *self,
                  gboolean       wait)
{
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->n_frames = 0;
  self->tick_id = wait ? gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL) : 0;
}

static void
leave_record (PslDetailPage *self)
{
  if (self->sheet != NULL)
    psl_detail_sheet_unbind (self->sheet);
  self->sheet = NULL;
  g_clear_object (&self->record);
}

static void
forget_record (PslDetailPage *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  leave_record (self);
}

/* A field whose value could not be stored comes first. */
static void
focus_title (PslDetailPage *self)
{
  const PslField *title = psl_kind_get_title (psl_record_get_kind (self->record));
  PslEditor *editor = psl_detail_sheet_find_refused (self->sheet);

  self->to_focus = 0;
  if (editor == NULL)
    editor = psl_detail_sheet_find_editor (self->sheet, title, psl_register_get_language (self->reg));
  gtk_widget_grab_focus (GTK_WIDGET (editor));
}

/* Puts the keyboard where it was last, in the record that was shown then. */
static void
enter_record (PslDetailPage *self)
{
  const PslKind *kind = psl_record_get_kind (self->record);
  PslEditor *editor;

  self->to_enter = 0;
  if (self->last_field == NULL || psl_kind_find_field (kind, self->last_field->name) != self->last_field)
    {
      focus_title (self);
      return;
    }

  editor = psl_detail_sheet_find_editor (self->sheet, self->last_field, self->last_language);
  if (psl_editor_is_focused (editor))
    psl_editor_select (editor);
  else if (!gtk_widget_grab_focus (GTK_WIDGET (editor)))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* The keyboard goes on to the same field of another record, which is being read: text typed
 * from now on is meant for that record. The fields are emptied, so that nobody types into the
 * former record's values. */
static void
make_room (PslDetailPage *self)
{
  keep_drafts (self);
  psl_detail_sheet_unbind (self->sheet);
  g_clear_object (&self->record);
}

static gboolean
is_typed_in (PslDetailPage *self)
{
  return self->sheet != NULL && self->root != NULL &&
         psl_detail_sheet_find_around (self->sheet, gtk_root_get_focus (self->root)) != NULL;
}

static void show_record (PslDetailPage *self,
                         PslRecord     *record);

/* Puts the keyboard where it was last in the record, in a cell or a field. */
static void
return_keyboard (PslDetailPage *self)
{
  PslPartsTable *table = self->last_table != NULL ? psl_detail_sheet_find_table (self->sheet, self->last_table) : NULL;

  if (table != NULL)
    psl_parts_table_focus (table, self->last_position, self->last_column);
  else
    enter_record (self);
}

/* Shows the record on another sheet, or on one that is made @anew, scrolled as before and
 * with the keyboard in the same place. */
static void
change_sheet (PslDetailPage *self,
              PslRecord     *record,
              gboolean       anew)
{
  double scrolled = psl_detail_sheet_get_scrolled (self->sheet);
  gboolean entered = self->typed_in || self->last_table != NULL;
  const PslField *table = self->last_table;
  guint position = self->last_position;
  int column = self->last_column;

  keep_drafts (self);
  if (record != self->record)
    psl_detail_edits_apply (self->edits, self->reg, record);
  leave_record (self);
  if (anew)
    psl_detail_sheets_clear (self->sheets);
  show_record (self, record);
  psl_detail_sheet_scroll (self->sheet, scrolled);
  if (!entered)
    return;

  self->last_table = table;
  self->last_position = position;
  self->last_column = column;
  self->to_return = is_in_dialog (gtk_root_get_focus (self->root));
  if (!self->to_return)
    return_keyboard (self);
}

static void
show_record (PslDetailPage *self,
             PslRecord     *record)
{
  gboolean same = is_same (self->record, record);
  PslDetailSheet *sheet = psl_detail_sheets_ensure (self->sheets, self->reg, record, same ? self->sheet : NULL);

  /* A text in a further language has come. */
  if (same && self->sheet != NULL && sheet != self->sheet)
    {
      change_sheet (self, record, FALSE);
      return;
    }

  /* The former record could be edited until this moment. */
  if (self->record != NULL && !same)
    keep_drafts (self);

  if (self->sheet != NULL && self->sheet != sheet)
    psl_detail_sheet_unbind (self->sheet);
  self->sheet = sheet;
  g_set_object (&self->record, record);

  psl_detail_sheet_bind (sheet, self->reg, record);
  if (!same)
    {
      g_autofree char *owner = dup_owner (self, record);

      psl_drafts_put_back (self->drafts, owner, psl_detail_sheet_get_editors (sheet));
      if (self->to_enter != psl_record_get_rid (record))
        psl_detail_sheet_scroll (sheet, 0);
    }
  show_facts (self);
  show_stack (self, GTK_WIDGET (sheet));
  if (psl_record_get_rid (record) == 0)
    return;
  if (self->to_focus == psl_record_get_rid (record))
    focus_title (self);
  else if (self->to_enter == psl_record_get_rid (record))
    enter_record (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  PslDetailPage *self = load->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reg == NULL || load->rid != self->rid ||
      psl_detail_edits_is_behind (self->edits))
    return;

  if (record == NULL || psl_record_get_state (record) == PSL_RECORD_GONE)
    {
      g_autofree char *reason =
        g_markup_escape_text (error != NULL ? error->message : _("It is no longer there."), -1);
      gboolean entered = self->sheet != NULL && psl_focus_is_in (GTK_WIDGET (self->sheet));

      keep_drafts (self);
      forget_record (self);
      show_note (self, "dialog-warning-symbolic", _("The Record Can’t Be Shown"), reason);
      /* To what scrolls the note: who goes on typing does nothing elsewhere. */
      if (entered)
        gtk_widget_child_focus (GTK_WIDGET (self->note), GTK_DIR_TAB_FORWARD);
      return;
    }

  /* Something was committed since the read was asked for, and is not in it. */
  if (load->n_edits != psl_detail_edits_count (self->edits))
    {
      load_record (self);
      return;
    }

  /* Typed before the record came, for the record. */
  if (self->record == NULL)
    keep_drafts (self);
  psl_detail_edits_apply (self->edits, self->reg, record);
  show_record (self, record);
}

static void
load_record (PslDetailPage *self)
{
  Load *load = g_new0 (Load, 1);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();

  load->page = g_object_ref (self);
  load->rid = self->rid;
  load->n_edits = psl_detail_edits_count (self->edits);
  psl_register_load_async (self->reg, self->rid, self->loading, loaded_cb, load);
}

/* The sheets have the order of the languages, the names of codes and the like built in: new
 * sheets are made, and one of them shows the record. */
static void
make_sheets_again (PslDetailPage *self)
{
  g_autoptr (PslRecord) record = self->record != NULL ? g_object_ref (self->record) : NULL;

  if (record != NULL)
    {
      change_sheet (self, record, TRUE);
    }
  else
    {
      keep_drafts (self);
      leave_record (self);
      psl_detail_sheets_clear (self->sheets);
    }
  /* The titles of linked records come with the record. */
  if (self->rid != 0)
    load_record (self);
}

static void
changed_cb (PslRegister   *reg,
            PslChangedSet *set,
            PslDetailPage *self)
{
  if (self->rid == 0)
    return;

  /* The record that is on its way may not be the one on show. */
  if (self->record == NULL || psl_record_get_rid (self->record) != self->rid ||
      psl_changed_set_touches_record (set, self->record))
    {
      load_record (self);
    }
  else if (psl_changed_set_contains (set, self->rid))
    {
      /* A part of the record was changed, whose table reads it again, or a remark on the
       * record. */
      show_facts (self);
      read_remarks (self);
    }
}

static void
kind_settings_changed_cb (PslSettings   *settings,
                          PslDetailPage *self)
{
  if (self->record != NULL)
    show_facts (self);
}

static gboolean
return_idle_cb (gpointer data)
{
  PslDetailPage *self = data;

  self->return_idle = 0;
  /* A dialog that closes may take it back for a moment. */
  self->to_return = is_in_dialog (gtk_root_get_focus (self->root));
  if (self->record != NULL && !self->to_return)
    return_keyboard (self);
  return G_SOURCE_REMOVE;
}

/* Whether a dialog that had the keyboard can't give it back to where it was in a field or a
 * table: the mark of the last remark is hidden, the cell shows its value again. */
static gboolean
is_lost (PslDetailPage *self)
{
  return self->dialog_has_focus && (self->typed_in || self->last_table != NULL) &&
         (self->last_focus == NULL || !gtk_widget_get_mapped (self->last_focus));
}

/* Notes the cell that the keyboard is in. */
static void
note_cell (PslDetailPage *self,
           GtkWidget     *focus)
{
  GtkWidget *widget = gtk_widget_get_ancestor (focus, PSL_TYPE_PARTS_TABLE);
  PslPartsTable *table = widget != NULL ? PSL_PARTS_TABLE (widget) : NULL;

  self->last_table = NULL;
  if (table != NULL && psl_parts_grid_find_focus (psl_parts_table_get_grid (table), &self->last_position, &self->last_column))
    self->last_table = psl_parts_table_get_field (table);
}

static void
focus_moved_cb (PslDetailPage *self)
{
  GtkWidget *focus = gtk_root_get_focus (self->root);
  PslEditor *editor = NULL;

  if (is_in_dialog (focus))
    {
      self->dialog_has_focus = TRUE;
      return;
    }
  /* The widget that the dialog would give the focus back to is gone, so that GTK gives it to
   * any other. */
  self->to_return = self->to_return || is_lost (self);
  self->dialog_has_focus = FALSE;
  if (self->to_return)
    {
      self->to_return = FALSE;
      if (self->return_idle == 0)
        self->return_idle = g_idle_add (return_idle_cb, self);
      return;
    }

  /* On its way into a dialog it is nowhere for a moment. */
  if (focus == NULL)
    return;
  if (psl_focus_is_in (GTK_WIDGET (self)))
    g_set_weak_pointer (&self->last_focus, focus);
  if (self->sheet != NULL)
    editor = psl_detail_sheet_find_around (self->sheet, focus);
  self->typed_in = editor != NULL;
  note_cell (self, focus);
  if (editor == NULL)
    return;

  self->last_field = psl_editor_get_field (editor);
  self->last_language = g_intern_string (psl_editor_get_language (editor));
  psl_detail_sheet_show_problems (self->sheet);
}

static void
psl_detail_page_root (GtkWidget *widget)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (widget);

  GTK_WIDGET_CLASS (psl_detail_page_parent_class)->root (widget);

  self->root = gtk_widget_get_root (widget);
  g_signal_connect_object (self->root, "notify::focus-widget", G_CALLBACK (focus_moved_cb), self, G_CONNECT_SWAPPED);
}

static void
psl_detail_page_unroot (GtkWidget *widget)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (widget);

  g_signal_handlers_disconnect_by_func (self->root, focus_moved_cb, self);
  g_clear_handle_id (&self->return_idle, g_source_remove);
  self->root = NULL;

  GTK_WIDGET_CLASS (psl_detail_page_parent_class)->unroot (widget);
}

static void
psl_detail_page_dispose (GObject *object)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (object);

  forget_record (self);
  stop_reading_remarks (self);
  g_cancellable_cancel (self->reading_unstored);
  g_clear_object (&self->reading_unstored);
  wait_before_note (self, FALSE);
  g_clear_weak_pointer (&self->last_focus);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_clear_object (&self->reg);
  g_clear_pointer (&self->sheets, psl_detail_sheets_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_DETAIL_PAGE);

  G_OBJECT_CLASS (psl_detail_page_parent_class)->dispose (object);
}

static void
psl_detail_page_finalize (GObject *object)
{
  PslDetailPage *self = PSL_DETAIL_PAGE (object);

  psl_drafts_free (self->drafts);
  g_object_unref (self->edits);

  G_OBJECT_CLASS (psl_detail_page_parent_class)->finalize (object);
}

static void
psl_detail_page_class_init (PslDetailPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_detail_page_dispose;
  object_class->finalize = psl_detail_page_finalize;
  widget_class->root = psl_detail_page_root;
  widget_class->unroot = psl_detail_page_unroot;

  /**
   * PslDetailPage::open-record:
   * @rid: the record to go to
   *
   * A link to another record was followed.
   */
  signals[SIGNAL_OPEN_RECORD] =
    g_signal_new ("open-record", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  /**
   * PslDetailPage::stored:
   * @rid: its number
   *
   * A new record on show has got its first value, and is in the register.
   */
  signals[SIGNAL_STORED] =
    g_signal_new ("stored", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  /**
   * PslDetailPage::made:
   * @record: the record, as it was made
   * @action: the number of the action that made it
   *
   * A record was made for a link to lead to, and is in the register.
   */
  signals[SIGNAL_MADE] =
    g_signal_new ("made", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);

  /**
   * PslDetailPage::told:
   * @message: the message
   * @action: the number of the action that it is about and that can be undone, or 0
   *
   * Something was done with the parts of the record on show that the person is told of.
   */
  signals[SIGNAL_TOLD] =
    g_signal_new ("told", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  /**
   * PslDetailPage::overtaken:
   * @message: the message
   *
   * A stored value of the record on show has become another one, while the person types in it.
   */
  signals[SIGNAL_OVERTAKEN] =
    g_signal_new ("overtaken", PSL_TYPE_DETAIL_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PSL_TYPE_UNDO_BUTTONS);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-detail-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, header_bar);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, banner);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, unstored_banner);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, forward_button);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, record_menu);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, history_button);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, remarks_button);
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, remarks_number);
  gtk_widget_class_install_action (widget_class, "page.open", "x", open_cb);
  gtk_widget_class_install_action (widget_class, "page.enter", "x", enter_cb);
  gtk_widget_class_install_action (widget_class, "page.overtaken", "s", overtaken_cb);
  gtk_widget_class_install_action (widget_class, "page.remarks", "s", remarks_cb);
  gtk_widget_class_install_action (widget_class, "page.remark", NULL, remark_cb);
  psl_shortcuts_bind_class (widget_class, "page.remark");
  gtk_widget_class_bind_template_child (widget_class, PslDetailPage, undo_buttons);
}

static void
psl_detail_page_init (PslDetailPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->has_choice = TRUE;
  self->sheets = psl_detail_sheets_new (self->stack, sheet_made_cb, self);
  self->drafts = psl_drafts_new ();
  self->edits = psl_detail_edits_new (NULL);
  g_signal_connect_object (self->edits, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->edits, "inserted", G_CALLBACK (inserted_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (self->edits, "caught-up", G_CALLBACK (caught_up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->edits, "made", G_CALLBACK (record_made_cb), self, G_CONNECT_DEFAULT);
  self->settings = psl_settings_get_default ();
  g_signal_connect_object (self->settings, "kind-settings-changed", G_CALLBACK (kind_settings_changed_cb), self, 0);
  psl_menu_button_set_model (GTK_MENU_BUTTON (self->menu_button), self->record_menu);
  show_stack (self, gtk_stack_get_child_by_name (self->stack, "blank"));
}

/**
 * psl_detail_page_new:
 *
 * Returns: (transfer floating): a page that shows no record yet
 */
PslDetailPage *
psl_detail_page_new (void)
{
  return g_object_new (PSL_TYPE_DETAIL_PAGE, NULL);
}

/**
 * psl_detail_page_set_register:
 * @reg: (nullable): where the records are
 *
 * Shows no record afterwards. Typed text is committed to the former register.
 */
void
psl_detail_page_set_register (PslDetailPage *self,
                              PslRegister   *reg)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  if (self->reg == reg)
    {
      psl_detail_page_show (self, 0);
      return;
    }

  keep_drafts (self);
  if (self->rid != 0 || self->record != NULL)
    {
      forget_record (self);
      self->rid = 0;
      show_none (self);
    }
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_data (self->reg, self);
  g_set_object (&self->reg, reg);
  psl_drafts_clear (self->drafts);
  update_unstored (self);
  wait_before_note (self, reg != NULL);
  psl_detail_sheets_clear (self->sheets);
  if (reg == NULL)
    return;
  g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (make_sheets_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reg, "language-changed", G_CALLBACK (make_sheets_again), self, G_CONNECT_SWAPPED);
}

/**
 * psl_detail_page_show:
 * @rid: the record, or 0 for none
 *
 * Commits the text being typed in the record shown now, and shows another, which is read
 * first: until it comes, the page stays as it is. Text that could not be stored is put back
 * when its record is shown again.
 */
void
psl_detail_page_show (PslDetailPage *self,
                      gint64         rid)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  if (self->rid == rid && (rid != 0 || self->record == NULL))
    return;

  if (rid != 0 && self->reg != NULL)
    {
      if (self->sheet != NULL && (self->record == NULL || (self->to_enter == rid && is_typed_in (self))))
        make_room (self);
      else
        keep_drafts (self);
      self->rid = rid;
      load_record (self);
      return;
    }

  keep_drafts (self);
  self->rid = rid;
  forget_record (self);
  show_none (self);
}

/**
 * psl_detail_page_show_new:
 * @kind: the kind of the new record
 *
 * Shows an empty record, the keyboard in its title. It is stored with its first value:
 * left empty, it leaves nothing. Left with something typed that is no value, it is
 * shown again by this, the keyboard in that.
 */
void
psl_detail_page_show_new (PslDetailPage *self,
                          const PslKind *kind)
{
  g_autofree char *id = NULL;
  g_autoptr (PslRecord) record = NULL;

  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));
  g_return_if_fail (kind != NULL);
  g_return_if_fail (self->reg != NULL);

  psl_detail_page_flush (self);
  if (self->rid == 0 && psl_detail_page_is_new (self) && self->record != psl_detail_edits_get_storing (self->edits) &&
      psl_record_get_kind (self->record) == kind)
    {
      focus_title (self);
      return;
    }

  keep_drafts (self);
  forget_record (self);
  self->rid = 0;
  id = psl_uuid_new ();
  record = psl_record_new (kind, 0, id);
  show_record (self, record);
  focus_title (self);
}

/**
 * psl_detail_page_is_new:
 *
 * Returns: whether a new record is on show that is not in the register yet
 */
gboolean
psl_detail_page_is_new (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), FALSE);

  return self->record != NULL && psl_record_get_rid (self->record) == 0;
}

/**
 * psl_detail_page_count_unstored:
 *
 * Commits the text being typed.
 *
 * Returns: in how many fields and cells on show something is typed that can't be stored
 */
guint
psl_detail_page_count_unstored (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), 0);

  return self->sheet != NULL ? psl_detail_sheet_count_unstored (self->sheet) : 0;
}

/**
 * psl_detail_page_count_drafts:
 *
 * Returns: how many records were left with something typed in them that can't be stored
 */
guint
psl_detail_page_count_drafts (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), 0);

  return psl_drafts_count (self->drafts);
}

/**
 * psl_detail_page_get_draft:
 *
 * Returns: (transfer none) (nullable): a record that was left with something typed in
 *   it that can't be stored: its number, its UUID or, for one that is not in the
 *   register, the name of its kind. %NULL where there is none
 */
const char *
psl_detail_page_get_draft (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), NULL);

  return psl_drafts_get_owner (self->drafts, NULL);
}

/**
 * psl_detail_page_shows_part:
 * @part: a record
 *
 * Returns: whether @part is a part of the record on show, which lists it
 */
gboolean
psl_detail_page_shows_part (PslDetailPage *self,
                            PslRecord     *part)
{
  const PslField *owner;

  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), FALSE);
  g_return_val_if_fail (PSL_IS_RECORD (part), FALSE);

  owner = psl_kind_get_owner_field (psl_record_get_kind (part));
  return owner != NULL && self->record != NULL &&
         g_strcmp0 (psl_record_get (part, owner, NULL), psl_record_get_id (self->record)) == 0;
}

/**
 * psl_detail_page_set_has_choice:
 * @has_choice: whether there are records to choose from
 *
 * Where there are none, the page doesn't ask to choose one.
 */
void
psl_detail_page_set_has_choice (PslDetailPage *self,
                                gboolean       has_choice)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  if (self->has_choice == has_choice)
    return;

  self->has_choice = has_choice;
  if (self->rid == 0 && self->record == NULL && self->reg != NULL && self->tick_id == 0)
    show_none (self);
}

/**
 * psl_detail_page_focus_title:
 * @rid: a record
 *
 * Puts the keyboard into the title of the record, or into a field that could not be stored,
 * as soon as the record is shown.
 */
void
psl_detail_page_focus_title (PslDetailPage *self,
                             gint64         rid)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  self->to_focus = rid;
  if (self->record != NULL && psl_record_get_rid (self->record) == rid)
    focus_title (self);
}

/**
 * psl_detail_page_enter:
 * @rid: a record; 0 for the new one on show
 *
 * Puts the keyboard into the record, as soon as it is shown: into the field where it
 * was last, in whatever record that was, or else into the title.
 */
void
psl_detail_page_enter (PslDetailPage *self,
                       gint64         rid)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  self->to_enter = rid;
  if (self->record != NULL && psl_record_get_rid (self->record) == rid)
    enter_record (self);
}

/**
 * psl_detail_page_flush:
 *
 * Commits the text being typed, before the window closes or its record changes.
 *
 * Returns: whether everything typed could be stored
 */
gboolean
psl_detail_page_flush (PslDetailPage *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PAGE (self), FALSE);

  return self->sheet == NULL || psl_detail_sheet_flush (self->sheet);
}

/**
 * psl_detail_page_set_next:
 * @next_undo: (nullable): the action that the window would undo next
 * @next_redo: (nullable): the action that it would do again next
 *
 * Has the buttons say so.
 */
void
psl_detail_page_set_next (PslDetailPage   *self,
                          const PslAction *next_undo,
                          const PslAction *next_redo)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  psl_undo_buttons_set_next (self->undo_buttons, next_undo, next_redo);
}

/**
 * psl_detail_page_set_narrow:
 * @narrow: whether the page alone fills the window
 *
 * A narrow page has no room beside the button that leads to the list for the buttons of the
 * records before and after, of undo, redo and the history. Their keys stay, and the record’s
 * menu undoes, redoes and shows the history, too.
 */
void
psl_detail_page_set_narrow (PslDetailPage *self,
                            gboolean       narrow)
{
  g_return_if_fail (PSL_IS_DETAIL_PAGE (self));

  self->narrow = narrow;
  gtk_widget_set_visible (self->back_button, !narrow);
  gtk_widget_set_visible (self->forward_button, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->undo_buttons), !narrow);
  gtk_widget_set_visible (self->history_button, self->record != NULL && !narrow);
}
