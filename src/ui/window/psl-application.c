/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>
#include <string.h>

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "psl-about.h"
#include "psl-error.h"
#include "psl-file.h"
#include "psl-application.h"
#include "psl-own-registers.h"

#include "psl-schema.h"
#include "psl-shortcuts.h"
#include "psl-window.h"

/* Links to records: `passerelle:UUID`. */
#define SCHEME "passerelle"
#define SUFFIX ".passerelle"

struct _PslApplication
{
  AdwApplication parent_instance;

  guint signal_ids[3];
};

G_DEFINE_FINAL_TYPE (PslApplication, psl_application, ADW_TYPE_APPLICATION)

static PslWindow *
find_window (PslApplication *self,
             const char     *path)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (PSL_IS_WINDOW (l->data) && g_str_equal (psl_window_get_path (l->data), path))
        return l->data;
    }

  return NULL;
}

static PslWindow *
get_active_window (PslApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  return PSL_IS_WINDOW (window) ? PSL_WINDOW (window) : NULL;
}

/* Raises the register's window, or makes one. The register of one's own is made
 * where it isn't there yet, others are not: a mistyped name opens nothing empty. */
static PslWindow *
open_register (PslApplication *self,
               const char     *path,
               PslStoreFlags   flags)
{
  g_autofree char *own = psl_own_registers_dup_default_path ();
  PslWindow *window = find_window (self, path);

  if (window == NULL)
    {
      gboolean is_own = g_str_equal (path, own);
      g_autofree char *name = psl_own_registers_dup_name (path);

      window = psl_window_new (self, path, is_own ? flags | PSL_STORE_CREATE : flags);
      psl_window_set_register_name (window, name);
    }
  psl_window_appear (window);

  return window;
}

/* Whether a file is to be imported: a table by its name, or any file that is no register; the
 * import tells its format and how to go on. A file with a register's name is never
 * imported. */
static gboolean
is_to_import (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = name != NULL ? g_ascii_strdown (name, -1) : NULL;
  const char *path = g_file_peek_path (file);
  g_autoptr (GError) error = NULL;

  if (folded != NULL && (g_str_has_suffix (folded, ".csv") || g_str_has_suffix (folded, ".tsv")))
    return TRUE;
  return path != NULL && !g_str_has_suffix (path, SUFFIX) && g_file_test (path, G_FILE_TEST_IS_REGULAR) &&
         !psl_schema_check_file (path, &error) &&
         g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER);
}

/* The window to import into: the last used one, or the window of the person's own
 * register. */
static PslWindow *
open_for_import (PslApplication *self)
{
  g_autofree char *own = psl_own_registers_dup_default_path ();

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PSL_IS_WINDOW (l->data) && psl_window_get_register (l->data) != NULL)
      {
        psl_window_appear (l->data);
        return l->data;
      }

  return open_register (self, own, PSL_STORE_NONE);
}

/* The files that were asked to be opened. */
typedef struct
{
  char *path;
  char *link;
  char *remote;
  GPtrArray *tables;
} Wanted;

static void
add_register (Wanted *wanted,
              GFile  *file)
{
  if (g_file_peek_path (file) != NULL)
    {
      g_set_str (&wanted->path, g_file_peek_path (file));
      return;
    }
  g_free (wanted->remote);
  wanted->remote = g_file_get_parse_name (file);
}

static void
add_file (Wanted *wanted,
          GFile  *file)
{
  if (g_file_has_uri_scheme (file, SCHEME))
    {
      g_free (wanted->link);
      wanted->link = g_file_get_uri (file);
    }
  else if (is_to_import (file))
    {
      g_ptr_array_add (wanted->tables, file);
    }
  else
    {
      add_register (wanted, file);
    }
}

static PslWindow *
open_window (PslApplication *self,
             const Wanted   *wanted)
{
  g_autofree char *own = psl_own_registers_dup_default_path ();

  if (wanted->path == NULL && wanted->link == NULL && wanted->tables->len > 0)
    return open_for_import (self);
  return open_register (self, wanted->path != NULL ? wanted->path : own, PSL_STORE_NONE);
}

/* Opens @named, or the last register among @files, or the person's own; shows the record
 * named by a link, and the effects of importing each table. */
static void
open_files (PslApplication  *self,
            GFile           *named,
            GFile          **files,
            guint            n_files)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();
  Wanted wanted = { .tables = tables };
  PslWindow *window;

  if (named != NULL)
    add_register (&wanted, named);
  for (guint i = 0; i < n_files; i++)
    add_file (&wanted, files[i]);

  window = open_window (self, &wanted);
  if (wanted.link != NULL)
    psl_window_find (window, wanted.link + strlen (SCHEME ":"));
  for (guint i = 0; i < tables->len; i++)
    psl_window_import (window, tables->pdata[i]);
  if (wanted.remote != NULL)
    {
      g_autofree char *message = g_strdup_printf (
          _("“%s” is not on this computer. Copy it here and open the copy."), wanted.remote);

      psl_notifier_tell (psl_window_get_notifier (window), message);
    }

  g_free (wanted.path);
  g_free (wanted.link);
  g_free (wanted.remote);
}

/* Opens a register in place of a window whose own could not be opened, which goes
 * once the other is there: GTK crashes where a screen reader asks about a window
 * that goes together with the file dialog above it. */
static PslWindow *
open_from (PslApplication *self,
           PslWindow      *from,
           const char     *path,
           PslStoreFlags   flags)
{
  PslWindow *window = open_register (self, path, flags);

  if (from == NULL || from == window || psl_window_get_register (from) != NULL)
    return window;

  if (gtk_window_is_active (GTK_WINDOW (window)))
    gtk_window_close (GTK_WINDOW (from));
  else
    g_signal_connect_object (window, "notify::is-active", G_CALLBACK (gtk_window_close), from, G_CONNECT_SWAPPED);
  return window;
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);
  g_autofree char *path = NULL;
  PslWindow *window = get_active_window (self);

  path = file != NULL ? g_file_get_path (file) : NULL;
  if (path != NULL && !is_to_import (file))
    open_from (self, window, path, PSL_STORE_NONE);
  else if (file != NULL)
    open_files (self, NULL, &file, 1);
  else if (window != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    psl_notifier_tell (psl_window_get_notifier (window), error->message);
}

/* A file that exists is never replaced, whatever the dialog has asked. */
static void
named_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslApplication) self = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  gboolean is_there;
  PslWindow *window;

  if (path == NULL)
    return;
  if (!g_str_has_suffix (path, SUFFIX))
    {
      g_autofree char *chosen = g_steal_pointer (&path);

      path = g_strconcat (chosen, SUFFIX, NULL);
    }
  is_there = g_file_test (path, G_FILE_TEST_EXISTS);
  window = open_from (self, get_active_window (self), path, is_there ? PSL_STORE_NONE : PSL_STORE_CREATE);
  if (is_there)
    psl_notifier_tell (psl_window_get_notifier (window), _("This register was there already, and is left as it was"));
}

/* A name for a new register beside another: “register 2.passerelle”. */
static char *
dup_free_name (const char *folder)
{
  for (guint i = 1;; i++)
    {
      /* Translators: the file name of a new register, and of the next ones */
      g_autofree char *name = i == 1 ? g_strconcat (C_("file name", "register"), SUFFIX, NULL)
                                     : g_strdup_printf ("%s %u%s", C_("file name", "register"), i, SUFFIX);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
}

/* Where to look first: beside the register of the window, or one's own. */
static char *
dup_folder (PslApplication *self)
{
  PslWindow *window = get_active_window (self);
  g_autofree char *own = psl_own_registers_dup_default_path ();

  return g_path_get_dirname (window != NULL ? psl_window_get_path (window) : own);
}

static GtkFileDialog *
make_file_dialog (PslApplication *self,
                  const char     *title)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autofree char *folder = dup_folder (self);
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) registers = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (registers, _("Registers"));
  gtk_file_filter_add_pattern (registers, "*.passerelle");
  gtk_file_filter_set_name (all, _("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, registers);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_folder (dialog, place);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  return g_steal_pointer (&dialog);
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  PslApplication *self = user_data;
  g_autoptr (GtkFileDialog) dialog = make_file_dialog (self, _("Open Another Register"));

  gtk_file_dialog_open (dialog, gtk_application_get_active_window (GTK_APPLICATION (self)), NULL,
                        opened_cb, g_object_ref (self));
}

static void
new_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  PslApplication *self = user_data;
  g_autofree char *folder = dup_folder (self);
  g_autofree char *name = dup_free_name (folder);
  g_autoptr (GtkFileDialog) dialog = make_file_dialog (self, _("New Register"));

  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, gtk_application_get_active_window (GTK_APPLICATION (self)), NULL,
                        named_cb, g_object_ref (self));
}

/* The window in front, where it can show a dialog: a key that is pressed twice opens one
 * dialog, and a dialog's question is answered first. */
static PslWindow *
get_window_for_dialog (PslApplication *self)
{
  PslWindow *window = get_active_window (self);

  if (window == NULL || adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) != NULL)
    return NULL;
  return window;
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  PslWindow *window = get_window_for_dialog (user_data);

  if (window != NULL)
    psl_window_show_preferences (window);
}

static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  PslWindow *window = get_window_for_dialog (user_data);

  if (window != NULL)
    adw_dialog_present (psl_shortcuts_dialog_new (), GTK_WIDGET (window));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  PslWindow *window = get_window_for_dialog (user_data);

  if (window != NULL)
    adw_dialog_present (psl_about_dialog_new (), GTK_WIDGET (window));
}

/* Each window stores the text typed in it, or asks. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* The session ends: there is no time to ask. */
static gboolean
signal_cb (gpointer user_data)
{
  PslApplication *self = user_data;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (PSL_IS_WINDOW (l->data))
        psl_window_shut (l->data);
    }
  g_application_quit (G_APPLICATION (self));

  return G_SOURCE_CONTINUE;
}

static void
psl_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "new", .activate = new_cb },
    { .name = "open", .activate = open_cb },
    { .name = "preferences", .activate = preferences_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "about", .activate = about_cb },
    { .name = "quit", .activate = quit_cb },
  };
  static const int signal_numbers[] = { SIGTERM, SIGINT, SIGHUP };
  PslApplication *self = PSL_APPLICATION (application);

  /* Before GTK looks for the program's icon, or it reads the icon theme twice:
   * libadwaita, which comes after it, adds a folder to it. */
  adw_init ();
  G_APPLICATION_CLASS (psl_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  psl_shortcuts_install (GTK_APPLICATION (self));
  for (guint i = 0; i < G_N_ELEMENTS (signal_numbers); i++)
    self->signal_ids[i] = g_unix_signal_add (signal_numbers[i], signal_cb, self);
}

static void
psl_application_shutdown (GApplication *application)
{
  PslApplication *self = PSL_APPLICATION (application);

  for (guint i = 0; i < G_N_ELEMENTS (self->signal_ids); i++)
    g_clear_handle_id (&self->signal_ids[i], g_source_remove);

  G_APPLICATION_CLASS (psl_application_parent_class)->shutdown (application);
}

static void
psl_application_activate (GApplication *application)
{
  g_autofree char *path = psl_own_registers_dup_default_path ();

  open_register (PSL_APPLICATION (application), path, PSL_STORE_NONE);
}

static int
psl_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Passerelle %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

/* Runs in the process that was there first; paths are as seen from the folder
 * of the second one. */
static int
psl_application_command_line (GApplication            *application,
                              GApplicationCommandLine *command_line)
{
  PslApplication *self = PSL_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_auto (GStrv) arguments = g_application_command_line_get_arguments (command_line, NULL);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  const char *folder = g_application_command_line_get_cwd (command_line);
  g_autofree char *argument = NULL;
  g_autoptr (GFile) named = NULL;

  if (g_variant_dict_lookup (options, "register", "^ay", &argument))
    named = psl_file_new_for_argument (argument, folder);
  for (guint i = 1; arguments[i] != NULL; i++)
    g_ptr_array_add (files, psl_file_new_for_argument (arguments[i], folder));

  open_files (self, named, (GFile **) files->pdata, files->len);

  return 0;
}

/* Opens files that the desktop names over D-Bus. */
static void
psl_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  open_files (PSL_APPLICATION (application), NULL, files, n_files);
}

static void
psl_application_class_init (PslApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = psl_application_startup;
  application_class->shutdown = psl_application_shutdown;
  application_class->activate = psl_application_activate;
  application_class->handle_local_options = psl_application_handle_local_options;
  application_class->command_line = psl_application_command_line;
  application_class->open = psl_application_open;
}

static void
psl_application_init (PslApplication *self)
{
  const GOptionEntry entries[] = {
    { "register", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_("Open the register in FILE"), N_("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Show the program’s version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE | passerelle:RECORD]"));
}

/**
 * psl_application_new:
 *
 * Returns: (transfer full): the application, not yet registered
 */
PslApplication *
psl_application_new (void)
{
  return g_object_new (PSL_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "resource-base-path", "/org/passerelle/Passerelle",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
