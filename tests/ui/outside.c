/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "outside.h"

static struct
{
  char *folder;
  gboolean answers;
  guint n_asked;
} outside;

/* Answers a dialog with a file, or as somebody does who closes it. */
static void
answer (gpointer             source,
        GFile               *file,
        GCancellable        *cancellable,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  outside.n_asked++;
  if (file != NULL && outside.answers)
    g_task_return_pointer (task, g_object_ref (file), g_object_unref);
  else
    g_task_return_new_error_literal (task, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED, "Dismissed");
}

static GFile *
finish (GAsyncResult  *result,
        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
launch (gpointer             source,
        GCancellable        *cancellable,
        GAsyncReadyCallback  callback,
        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);

  outside.n_asked++;
  g_task_return_boolean (task, TRUE);
}

static gboolean
is_offered (GtkFileDialog *dialog,
            GFile         *file)
{
  GListModel *filters = gtk_file_dialog_get_filters (dialog);
  g_autoptr (GtkFilter) first = filters != NULL ? g_list_model_get_item (filters, 0) : NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (file, "standard::*", G_FILE_QUERY_INFO_NONE, NULL, NULL);

  return info != NULL && (first == NULL || gtk_filter_match (first, G_OBJECT (info)));
}

/* The first file of the folder, by its name, that the dialog offers. */
static GFile *
find_offered (GtkFileDialog *dialog)
{
  g_autoptr (GFile) folder = g_file_new_for_path (outside.folder);
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (folder, "standard::name", G_FILE_QUERY_INFO_NONE,
                                                                 NULL, NULL);
  g_autoptr (GFile) found = NULL;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, NULL, &file, NULL, NULL) && file != NULL)
    if (is_offered (dialog, file) &&
        (found == NULL || g_strcmp0 (g_file_peek_path (file), g_file_peek_path (found)) < 0))
      g_set_object (&found, file);
  return g_steal_pointer (&found);
}

void
gtk_file_dialog_open (GtkFileDialog       *dialog,
                      GtkWindow           *parent,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GFile) file = find_offered (dialog);

  answer (dialog, file, cancellable, callback, user_data);
}

GFile *
gtk_file_dialog_open_finish (GtkFileDialog  *dialog,
                             GAsyncResult   *result,
                             GError        **error)
{
  return finish (result, error);
}

void
gtk_file_dialog_save (GtkFileDialog       *dialog,
                      GtkWindow           *parent,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (outside.folder);
  const char *name = gtk_file_dialog_get_initial_name (dialog);
  g_autoptr (GFile) file = g_file_get_child (folder, name != NULL ? name : "saved");

  answer (dialog, file, cancellable, callback, user_data);
}

GFile *
gtk_file_dialog_save_finish (GtkFileDialog  *dialog,
                             GAsyncResult   *result,
                             GError        **error)
{
  return finish (result, error);
}

void
gtk_uri_launcher_launch (GtkUriLauncher      *launcher,
                         GtkWindow           *parent,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  launch (launcher, cancellable, callback, user_data);
}

gboolean
gtk_uri_launcher_launch_finish (GtkUriLauncher  *launcher,
                                GAsyncResult    *result,
                                GError         **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gtk_file_launcher_open_containing_folder (GtkFileLauncher     *launcher,
                                          GtkWindow           *parent,
                                          GCancellable        *cancellable,
                                          GAsyncReadyCallback  callback,
                                          gpointer             user_data)
{
  launch (launcher, cancellable, callback, user_data);
}

gboolean
gtk_file_launcher_open_containing_folder_finish (GtkFileLauncher  *launcher,
                                                 GAsyncResult     *result,
                                                 GError          **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Where files are opened and saved. */
void
outside_set_folder (const char *folder)
{
  g_set_str (&outside.folder, folder);
}

/* Whether a file dialog is answered with a file, or closed. */
void
outside_set_answer (gboolean answers)
{
  outside.answers = answers;
}

/* How often something was asked for. */
guint
outside_get_n_asked (void)
{
  return outside.n_asked;
}
