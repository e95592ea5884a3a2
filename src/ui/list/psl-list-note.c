/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-list-note.h"

#include <glib/gi18n.h>

struct _PslListNote
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkButton *new_button;
  GtkWidget *import_button;
  GtkWidget *clear_button;
  GtkWidget *retry_button;
};

G_DEFINE_FINAL_TYPE (PslListNote, psl_list_note, ADW_TYPE_BIN)

enum
{
  SIGNAL_CLEAR,
  SIGNAL_RETRY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The ways out that the note offers. */
typedef enum
{
  WAYS_NONE,
  WAYS_FILL,
  WAYS_CLEAR,
  WAYS_RETRY,
} Ways;

static void
show (PslListNote *self,
      const char  *icon,
      const char  *title,
      const char  *description,
      Ways         ways)
{
  g_autofree char *text = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, text);
  gtk_widget_set_visible (GTK_WIDGET (self->new_button), ways == WAYS_FILL);
  gtk_widget_set_visible (self->import_button, ways == WAYS_FILL);
  gtk_widget_set_visible (self->clear_button, ways == WAYS_CLEAR);
  gtk_widget_set_visible (self->retry_button, ways == WAYS_RETRY);
}

static void
clear_clicked_cb (PslListNote *self)
{
  g_signal_emit (self, signals[SIGNAL_CLEAR], 0);
}

static void
retry_clicked_cb (PslListNote *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
psl_list_note_dispose (GObject *object)
{
  /* Disposing of the template takes its child from the bin, which isn't told. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_LIST_NOTE);

  G_OBJECT_CLASS (psl_list_note_parent_class)->dispose (object);
}

static void
psl_list_note_class_init (PslListNoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_note_dispose;

  /**
   * PslListNote::clear:
   *
   * The person wants no search and no filters.
   */
  signals[SIGNAL_CLEAR] =
    g_signal_new ("clear", PSL_TYPE_LIST_NOTE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslListNote::retry:
   *
   * The person wants the list read again.
   */
  signals[SIGNAL_RETRY] =
    g_signal_new ("retry", PSL_TYPE_LIST_NOTE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-list-note.ui");
  gtk_widget_class_bind_template_child (widget_class, PslListNote, status);
  gtk_widget_class_bind_template_child (widget_class, PslListNote, new_button);
  gtk_widget_class_bind_template_child (widget_class, PslListNote, import_button);
  gtk_widget_class_bind_template_child (widget_class, PslListNote, clear_button);
  gtk_widget_class_bind_template_child (widget_class, PslListNote, retry_button);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
}

static void
psl_list_note_init (PslListNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_list_note_new:
 *
 * Returns: (transfer floating): a note that says nothing yet
 */
PslListNote *
psl_list_note_new (void)
{
  return g_object_new (PSL_TYPE_LIST_NOTE, NULL);
}

/**
 * psl_list_note_show_empty:
 * @collection: a collection without records
 *
 * Says how to fill it.
 */
void
psl_list_note_show_empty (PslListNote         *self,
                          const PslCollection *collection)
{
  g_return_if_fail (PSL_IS_LIST_NOTE (self));
  g_return_if_fail (collection != NULL);

  gtk_button_set_label (self->new_button, psl_collection_get_new_label (collection));
  show (self, collection->icon, psl_collection_get_empty_title (collection), psl_collection_get_empty_text (collection),
        collection->kind != NULL ? WAYS_FILL : WAYS_NONE);
}

/**
 * psl_list_note_show_nothing:
 *
 * Says that no record fits.
 */
void
psl_list_note_show_nothing (PslListNote *self)
{
  g_return_if_fail (PSL_IS_LIST_NOTE (self));

  show (self, "edit-find-symbolic", _("Nothing Found"),
        _("No record here fits the search and the filters."), WAYS_CLEAR);
}

/**
 * psl_list_note_show_failed:
 * @error: why the list can't be read
 *
 * Says so.
 */
void
psl_list_note_show_failed (PslListNote  *self,
                           const GError *error)
{
  g_return_if_fail (PSL_IS_LIST_NOTE (self));
  g_return_if_fail (error != NULL);

  show (self, "dialog-warning-symbolic", _("The List Can’t Be Read"), error->message, WAYS_RETRY);
}
