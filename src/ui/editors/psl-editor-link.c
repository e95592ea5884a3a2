/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-link.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-record-picker.h"
#include "psl-text.h"
#include "psl-uuid.h"

struct _PslEditorLink
{
  PslEditorChoice parent_instance;

  /* The value that was picked last: its title is known here before the record has it. */
  char *picked_value;
  char *picked_title;
  /* The record that was to be made for the link last, until something else is picked. */
  PslRecord *made;
};

G_DEFINE_FINAL_TYPE (PslEditorLink, psl_editor_link, PSL_TYPE_EDITOR_CHOICE)

/* A link that is being followed, and the record that it stands in. */
typedef struct
{
  PslEditor *editor;
  PslRecord *record;
} Following;

static void
following_free (Following *following)
{
  g_object_unref (following->editor);
  g_object_unref (following->record);
  g_free (following);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Following, following_free)

static gboolean
is_shown_still (const Following *following)
{
  PslRecord *shown = psl_editor_get_record (following->editor);

  return shown != NULL && g_str_equal (psl_record_get_id (shown), psl_record_get_id (following->record));
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Following) following = user_data;
  PslEditor *self = following->editor;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (!is_shown_still (following))
    return;

  if (rid > 0)
    psl_editor_open_record (self, rid);
  else if (error != NULL)
    psl_editor_frame_set_warning (PSL_EDITOR_FRAME (self), error->message);
}

static void
go_cb (GtkButton *button,
       PslEditor *self)
{
  const char *value = psl_editor_get_value (self);
  PslRegister *reg = psl_editor_get_register (self);
  PslRecord *record = psl_editor_get_record (self);
  Following *following;

  if (value == NULL || reg == NULL || record == NULL)
    return;

  following = g_new (Following, 1);
  following->editor = g_object_ref (self);
  following->record = g_object_ref (record);
  psl_register_find_async (reg, value, NULL, found_cb, following);
}

/* Has the link lead to a record that is stored with it; see psl_editor_link_get_made(). */
static void
create_cb (PslPicker     *picker,
           const char    *words,
           PslEditorLink *self)
{
  PslEditor *editor = PSL_EDITOR (self);
  const PslKind *kind = psl_editor_get_field (editor)->target;
  g_autofree char *title = psl_text_clean (words, FALSE);
  g_autofree char *id = psl_uuid_new ();

  if (title == NULL)
    return;

  g_clear_object (&self->made);
  self->made = psl_record_new (kind, 0, id);
  psl_record_set (self->made, psl_kind_get_title (kind), psl_editor_get_records_language (editor), title);
  g_set_str (&self->picked_value, id);
  g_set_str (&self->picked_title, title);
  psl_editor_commit (editor, id);
}

static PslPicker *
psl_editor_link_make_picker (PslEditorChoice *choice)
{
  PslPicker *picker = psl_record_picker_new (psl_editor_get_field (PSL_EDITOR (choice))->target);

  psl_picker_set_creating (picker, TRUE);
  g_signal_connect_object (picker, "create", G_CALLBACK (create_cb), choice, G_CONNECT_DEFAULT);
  return picker;
}

static void
psl_editor_link_prepare_picker (PslEditorChoice *choice,
                                PslPicker       *picker)
{
  PslEditor *editor = PSL_EDITOR (choice);
  PslRecord *record = psl_editor_get_record (editor);

  psl_record_picker_set_up (PSL_RECORD_PICKER (picker), psl_editor_get_register (editor),
                            psl_editor_get_records_language (editor),
                            record != NULL ? psl_record_get_rid (record) : 0);
}

static char *
psl_editor_link_dup_title (PslEditorChoice *choice,
                           const char      *value)
{
  PslEditorLink *self = PSL_EDITOR_LINK (choice);
  const PslField *field = psl_editor_get_field (PSL_EDITOR (self));
  PslRecord *record = psl_editor_get_record (PSL_EDITOR (self));
  const char *title = NULL;

  if (record != NULL && g_strcmp0 (psl_record_get (record, field, NULL), value) == 0)
    title = psl_record_get_link_title (record, field);
  if (title == NULL && g_strcmp0 (self->picked_value, value) == 0)
    title = self->picked_title;

  return g_strdup (title != NULL ? title : value);
}

static void
psl_editor_link_picked (PslEditorChoice *choice,
                        PslPickerItem   *item)
{
  PslEditorLink *self = PSL_EDITOR_LINK (choice);

  g_set_str (&self->picked_value, item != NULL ? psl_picker_item_get_value (item) : NULL);
  g_set_str (&self->picked_title, item != NULL ? psl_picker_item_get_title (item) : NULL);
  g_clear_object (&self->made);
}

static void
psl_editor_link_show (PslEditor  *editor,
                      const char *value)
{
  PSL_EDITOR_CLASS (psl_editor_link_parent_class)->show (editor, value);

  psl_editor_frame_show_opener (PSL_EDITOR_FRAME (editor), value != NULL);
}

static void
psl_editor_link_constructed (GObject *object)
{
  PslEditorLink *self = PSL_EDITOR_LINK (object);
  GtkWidget *go_button = gtk_button_new_from_icon_name ("go-next-symbolic");
  g_autofree char *name = NULL;

  G_OBJECT_CLASS (psl_editor_link_parent_class)->constructed (object);

  /* Translators: %s is the name of a field: “Managing office” */
  name = g_strdup_printf (_("Go to “%s”"), psl_editor_frame_get_name (PSL_EDITOR_FRAME (self)));
  gtk_widget_add_css_class (go_button, "flat");
  gtk_widget_set_tooltip_text (go_button, _("Open This Record"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (go_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (go_button, "clicked", G_CALLBACK (go_cb), self, G_CONNECT_DEFAULT);
  psl_editor_frame_set_opener (PSL_EDITOR_FRAME (self), go_button);
}

static void
psl_editor_link_finalize (GObject *object)
{
  PslEditorLink *self = PSL_EDITOR_LINK (object);

  g_free (self->picked_value);
  g_free (self->picked_title);
  g_clear_object (&self->made);

  G_OBJECT_CLASS (psl_editor_link_parent_class)->finalize (object);
}

static void
psl_editor_link_class_init (PslEditorLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PslEditorChoiceClass *choice_class = PSL_EDITOR_CHOICE_CLASS (klass);

  object_class->constructed = psl_editor_link_constructed;
  object_class->finalize = psl_editor_link_finalize;
  PSL_EDITOR_CLASS (klass)->show = psl_editor_link_show;
  choice_class->make_picker = psl_editor_link_make_picker;
  choice_class->prepare_picker = psl_editor_link_prepare_picker;
  choice_class->dup_title = psl_editor_link_dup_title;
  choice_class->picked = psl_editor_link_picked;
}

static void
psl_editor_link_init (PslEditorLink *self)
{
}

/**
 * psl_editor_link_get_made:
 * @self: a link
 * @value: (nullable): the value that it has committed
 *
 * Returns: (transfer none) (nullable): the record that @value leads to, where that is
 *   to be made and stored together with the link
 */
PslRecord *
psl_editor_link_get_made (PslEditorLink *self,
                          const char    *value)
{
  g_return_val_if_fail (PSL_IS_EDITOR_LINK (self), NULL);

  return self->made != NULL && g_strcmp0 (psl_record_get_id (self->made), value) == 0 ? self->made : NULL;
}
