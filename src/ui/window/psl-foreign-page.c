/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-foreign-page.h"

#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-own-registers.h"

struct _PslForeignPage
{
  AdwBin parent_instance;

  AdwActionRow *place;
  AdwActionRow *first;
  AdwActionRow *last;
  AdwActionRow *id;
  GtkWidget *old;
  GtkWidget *spinner;
  GtkWidget *look;
  GtkWidget *copy;
  GtkWidget *use;
  GtkWidget *open;

  char *path;
};

G_DEFINE_FINAL_TYPE (PslForeignPage, psl_foreign_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_LOOK,
  SIGNAL_COPY,
  SIGNAL_USE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
look_clicked_cb (PslForeignPage *self)
{
  g_signal_emit (self, signals[SIGNAL_LOOK], 0);
}

static void
use_clicked_cb (PslForeignPage *self)
{
  g_signal_emit (self, signals[SIGNAL_USE], 0);
}

static void
copy_named_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PslForeignPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    g_signal_emit (self, signals[SIGNAL_COPY], 0, path);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_failure_tell (GTK_WIDGET (self), _("No Copy Was Made"), error);
}

/* The copy is one's own, and is offered a place beside the registers made here. */
static void
copy_clicked_cb (PslForeignPage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *name = g_path_get_basename (self->path);
  g_autofree char *own = psl_own_registers_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (own);
  g_autoptr (GFile) place = g_file_new_for_path (folder);

  gtk_file_dialog_set_title (dialog, _("Take a Copy"));
  gtk_file_dialog_set_initial_folder (dialog, place);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, copy_named_cb,
                        g_object_ref (self));
}

static void
psl_foreign_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_FOREIGN_PAGE);

  G_OBJECT_CLASS (psl_foreign_page_parent_class)->dispose (object);
}

static void
psl_foreign_page_finalize (GObject *object)
{
  g_free (PSL_FOREIGN_PAGE (object)->path);

  G_OBJECT_CLASS (psl_foreign_page_parent_class)->finalize (object);
}

static void
psl_foreign_page_class_init (PslForeignPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_foreign_page_dispose;
  object_class->finalize = psl_foreign_page_finalize;

  /**
   * PslForeignPage::look:
   *
   * The person only looks at the register.
   */
  signals[SIGNAL_LOOK] = g_signal_new ("look", PSL_TYPE_FOREIGN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslForeignPage::copy:
   * @path: the copy's file name
   *
   * The person takes a copy of the register, and goes on with that.
   */
  signals[SIGNAL_COPY] = g_signal_new ("copy", PSL_TYPE_FOREIGN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * PslForeignPage::use:
   *
   * The person uses the register as their own.
   */
  signals[SIGNAL_USE] = g_signal_new ("use", PSL_TYPE_FOREIGN_PAGE, G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-foreign-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, place);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, first);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, last);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, id);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, old);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, look);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, copy);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, use);
  gtk_widget_class_bind_template_child (widget_class, PslForeignPage, open);
  gtk_widget_class_bind_template_callback (widget_class, look_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked_cb);
}

static void
psl_foreign_page_init (PslForeignPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_foreign_page_new:
 *
 * Returns: (transfer floating): a page that asks about no register yet
 */
PslForeignPage *
psl_foreign_page_new (void)
{
  return g_object_new (PSL_TYPE_FOREIGN_PAGE, NULL);
}

/**
 * psl_foreign_page_set_register:
 * @path: the register
 * @provenance: what it says about who made it
 *
 * Asks about a register.
 */
void
psl_foreign_page_set_register (PslForeignPage      *self,
                               const char          *path,
                               const PslProvenance *provenance)
{
  g_autofree char *place = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  g_return_if_fail (PSL_IS_FOREIGN_PAGE (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (provenance != NULL);

  g_set_str (&self->path, path);
  place = g_filename_display_name (path);
  first = provenance->has_actions ? psl_provenance_describe (provenance->first_at, provenance->first_author) : NULL;
  last = provenance->has_actions ? psl_provenance_describe (provenance->last_at, provenance->last_author) : NULL;
  adw_action_row_set_subtitle (self->place, place);
  adw_action_row_set_subtitle (self->first, first != NULL ? first : _("Nothing was entered yet"));
  adw_action_row_set_subtitle (self->last, last != NULL ? last : "");
  adw_action_row_set_subtitle (self->id, provenance->id != NULL ? provenance->id : "");

  gtk_widget_set_visible (GTK_WIDGET (self->last), last != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->id), provenance->id != NULL);
  gtk_widget_set_visible (self->old, provenance->is_old);
  gtk_widget_set_visible (self->look, !provenance->is_old);
  psl_foreign_page_set_busy (self, FALSE);
}

/**
 * psl_foreign_page_set_busy:
 * @busy: whether a copy is being made
 *
 * Takes no other answer meanwhile.
 */
void
psl_foreign_page_set_busy (PslForeignPage *self,
                           gboolean        busy)
{
  g_return_if_fail (PSL_IS_FOREIGN_PAGE (self));

  if (busy)
    gtk_widget_grab_focus (self->open);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_widget_set_sensitive (self->look, !busy);
  gtk_widget_set_sensitive (self->copy, !busy);
  gtk_widget_set_sensitive (self->use, !busy);
}

/**
 * psl_foreign_page_focus:
 *
 * Puts the keyboard on the answer that does the least.
 */
void
psl_foreign_page_focus (PslForeignPage *self)
{
  g_return_if_fail (PSL_IS_FOREIGN_PAGE (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->look) ? self->look : self->copy);
}
