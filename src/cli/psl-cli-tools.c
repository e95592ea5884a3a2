/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "psl-backup.h"
#include "psl-cli-opening.h"
#include "psl-error.h"
#include "psl-json-text.h"
#include "psl-kinds.h"
#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-where.h"

/* Why the first part of the output that could not be written was not, or 0. */
static int output_error;

static void
flush_output (void)
{
  if (fflush (stdout) != 0 && output_error == 0)
    output_error = errno;
}

static void
complain_valist (PslCli     *self,
                 const char *format,
                 va_list     arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  g_autofree char *line = g_strdup_printf ("%s: %s\n", PSL_CLI_PROGRAM, message);

  flush_output ();
  fputs (line, stderr);
}

/* The day's backup, before the first change of the day. Where it fails, the work
 * goes on and the person knows. */
static void
back_up (PslCli   *self,
         PslStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!psl_backup_create_automatic (store, g_get_real_time (), NULL, NULL, &error))
    psl_cli_complain (self, _("Today’s backup of the register could not be made: %s"), error->message);
}

/* The topmost of the folders that have to be made for @path; NULL where there are all. */
static char *
find_missing_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *missing = NULL;

  while (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      g_set_str (&missing, folder);
      g_free (folder);
      folder = g_path_get_dirname (missing);
    }
  return g_steal_pointer (&missing);
}

/* Whether there is nothing in the register, nor ever was. */
static gboolean
is_untouched (const char *path)
{
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_READ_ONLY, NULL);

  return store != NULL && psl_store_last_action (store) == 0;
}

/**
 * psl_cli_open:
 * @flags: with %PSL_STORE_CREATE the register, and its folder, are made where
 *   there is none
 *
 * Opens the register.
 *
 * Returns: (transfer full): the store, or %NULL with @error set
 */
PslStore *
psl_cli_open (PslCli         *self,
              PslStoreFlags   flags,
              GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  PslStore *store;

  if (flags & PSL_STORE_CREATE)
    {
      g_autofree char *folder = g_path_get_dirname (self->path);

      self->made_register = !g_file_test (self->path, G_FILE_TEST_EXISTS);
      g_free (self->made_folder);
      self->made_folder = find_missing_folder (self->path);
      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          int saved_errno = errno;

          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
                       _("The folder %s can’t be made: %s"), folder, g_strerror (saved_errno));
          return NULL;
        }
    }
  else if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   _("There is no register %s. “import”, “new” and “replay” make one."), self->path);
      return NULL;
    }

  store = psl_cli_open_store (self->path, self->anew ? flags | PSL_STORE_ANEW : flags, &local_error);
  if (store == NULL)
    {
      if ((flags & PSL_STORE_CREATE) && g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
        /* Translators: what is wrong, in sentences, and an option of the command line. */
        g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND, _("%s With “--anew” an empty one is begun."),
                     local_error->message);
      else
        g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  psl_store_set_author (store, self->author != NULL ? self->author : g_get_real_name ());
  if (!(flags & PSL_STORE_READ_ONLY))
    back_up (self, store);
  return store;
}

/**
 * psl_cli_open_if_there:
 * @store: (out) (transfer full) (nullable): return location for the register's store, to
 *   be read only; %NULL where there is no register yet, see psl_cli_get_codelists()
 *
 * Returns: %FALSE with @error set where the register can't be opened
 */
gboolean
psl_cli_open_if_there (PslCli    *self,
                       PslStore **store,
                       GError   **error)
{
  gboolean is_there = g_file_test (self->path, G_FILE_TEST_EXISTS);

  *store = is_there ? psl_cli_open (self, PSL_STORE_READ_ONLY, error) : NULL;
  return !is_there || *store != NULL;
}

/**
 * psl_cli_get_codelists:
 * @store: (nullable): see psl_cli_open_if_there()
 *
 * Returns: (transfer none): the register's code lists; where there is none yet, the
 *   program's, which will be its own
 */
PslCodelists *
psl_cli_get_codelists (PslStore *store)
{
  return store != NULL ? psl_store_get_codelists (store) : psl_codelists_get_default ();
}

/**
 * psl_cli_remove_made:
 *
 * Removes the register, and the folders, that a command made before it failed, where it
 * came to nothing. The register must be closed.
 */
void
psl_cli_remove_made (PslCli *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (self->made_register && is_untouched (self->path))
    for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
      {
        g_autofree char *file = g_strconcat (self->path, suffixes[i], NULL);

        g_unlink (file);
      }
  /* A folder in which there is something stays. */
  while (self->made_folder != NULL && g_rmdir (folder) == 0 && strcmp (folder, self->made_folder) != 0)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
}

/**
 * psl_cli_find_kind:
 * @name: (nullable): `project`; the plural will do
 *
 * Returns: (nullable): the kind, or %NULL after a complaint
 */
const PslKind *
psl_cli_find_kind (PslCli     *self,
                   const char *name)
{
  const PslKind *kind = NULL;
  g_autofree char *singular = NULL;

  if (name == NULL)
    {
      psl_cli_usage (self, _("Say with --kind which kind of records. “kinds” lists them."));
      return NULL;
    }
  singular = g_ascii_strdown (name, -1);
  kind = psl_kind_find (singular);
  if (kind == NULL && g_str_has_suffix (singular, "s"))
    {
      singular[strlen (singular) - 1] = '\0';
      kind = psl_kind_find (singular);
    }
  if (kind == NULL)
    psl_cli_usage (self, _("There is no kind “%s”. “kinds” lists them."), name);
  return kind;
}

/**
 * psl_cli_find_field:
 * @name: a field's name or label
 * @language: (out) (nullable): the language that @name says, or else the language of the
 *   messages; %NULL for a field without languages
 *
 * Returns: (nullable): the field, or %NULL after a complaint
 */
const PslField *
psl_cli_find_field (PslCli         *self,
                    const PslKind  *kind,
                    const char     *name,
                    const char    **language)
{
  const PslField *field = psl_where_find_field (kind, name, language);

  if (field == NULL)
    psl_cli_usage (self, _("There is no field “%s”. “fields %s” lists them."), name, kind->name);
  else if ((field->flags & PSL_FIELD_MULTILINGUAL) && *language == NULL)
    *language = psl_language_get_interface ();
  return field;
}

/**
 * psl_cli_dup_field_label:
 * @language: (nullable): which of its texts, for a text in several languages
 *
 * Returns: (transfer full): what the field, or its text in that language, is called:
 *   `Title (Spanish)`
 */
char *
psl_cli_dup_field_label (const PslField *field,
                         const char     *language)
{
  g_autofree char *name = NULL;

  if (language == NULL)
    return g_strdup (psl_field_get_label (field));
  name = psl_language_dup_name (language, psl_language_get_interface ());
  /* Translators: the name of a field and the language of its text: “Title (English)” */
  return g_strdup_printf (_("%s (%s)"), psl_field_get_label (field), name);
}

/**
 * psl_cli_parse_delimiter:
 * @name: (nullable): `comma`, `semicolon`, `tab`, or the character
 * @delimiter: (inout): stays where @name is %NULL
 *
 * Returns: %FALSE after a complaint
 */
gboolean
psl_cli_parse_delimiter (PslCli     *self,
                         const char *name,
                         char       *delimiter)
{
  static const struct
  {
    const char *names[2];
    char delimiter;
  } known[] = {
    { { "comma", "," }, ',' },
    { { "semicolon", ";" }, ';' },
    { { "tab", "\t" }, '\t' },
  };

  if (name == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (name, known[i].names[0]) == 0 || strcmp (name, known[i].names[1]) == 0)
      {
        *delimiter = known[i].delimiter;
        return TRUE;
      }
  psl_cli_usage (self, _("“%s” is not a delimiter: it is comma, semicolon or tab."), name);
  return FALSE;
}

/**
 * psl_cli_check_limit:
 * @limit: how many records at most; %G_MAXINT64 where nobody said
 *
 * Returns: %FALSE after a complaint
 */
gboolean
psl_cli_check_limit (PslCli *self,
                     gint64  limit)
{
  if (limit > 0)
    return TRUE;
  psl_cli_usage (self, _("The limit is a number above zero."));
  return FALSE;
}

/**
 * psl_cli_read_record:
 * @name: names the record
 *
 * Returns: (transfer full): the record, or %NULL with an error like those of
 *   psl_store_find()
 */
PslRecord *
psl_cli_read_record (PslStore    *store,
                     const char  *name,
                     GError     **error)
{
  gint64 rid = psl_store_find (store, name, error);

  return rid > 0 ? psl_store_read (store, rid, error) : NULL;
}

/**
 * psl_cli_open_field:
 * @arguments: a record's UUID or identifier, and the name of one of its fields
 * @record: (out) (transfer full): the record
 * @language: (out) (nullable): see psl_cli_find_field()
 * @status: (out): the exit code of the command where there is no such record or field
 *
 * Opens the register to change a value of a record, and complains where that can't be done.
 *
 * Returns: (transfer full): the register, or %NULL
 */
PslStore *
psl_cli_open_field (PslCli              *self,
                    const char *const   *arguments,
                    PslRecord          **record,
                    const PslField     **field,
                    const char         **language,
                    PslExit             *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (self, PSL_STORE_NONE, &error);

  *record = store != NULL ? psl_cli_read_record (store, arguments[0], &error) : NULL;
  if (*record == NULL)
    {
      *status = psl_cli_fail (self, error);
      return NULL;
    }
  *status = PSL_EXIT_USAGE;
  *field = psl_cli_find_field (self, psl_record_get_kind (*record), arguments[1], language);
  return *field != NULL ? g_steal_pointer (&store) : NULL;
}

/**
 * psl_cli_set_state:
 * @name: names the record
 *
 * Puts a record into the trash, or takes it out, as an action.
 *
 * Returns: the exit code of the command
 */
PslExit
psl_cli_set_state (PslCli         *self,
                   const char     *name,
                   PslRecordState  state,
                   PslVerb         verb)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (self, PSL_STORE_NONE, &error);
  g_autoptr (PslRecord) record = NULL;
  g_autofree char *title = NULL;

  if (store != NULL)
    record = psl_cli_read_record (store, name, &error);
  if (record == NULL)
    return psl_cli_fail (self, error);
  title = psl_record_dup_title (record, psl_store_get_codelists (store), psl_language_get_interface ());
  if (psl_record_get_state (record) == state)
    {
      if (state == PSL_RECORD_TRASHED)
        psl_cli_complain (self, _("“%s” is in the trash already."), title);
      else
        psl_cli_complain (self, _("“%s” is not in the trash."), title);
      return PSL_EXIT_REFUSED;
    }

  if (!psl_store_begin (store, verb, title, &error))
    return psl_cli_fail (self, error);
  if (!psl_store_set_state (store, psl_record_get_rid (record), state, &error))
    {
      psl_store_rollback (store);
      return psl_cli_fail (self, error);
    }
  return psl_store_commit (store, &error) >= 0 ? PSL_EXIT_DONE : psl_cli_fail (self, error);
}

/**
 * psl_cli_fail:
 *
 * Writes the error to stderr.
 *
 * Returns: %PSL_EXIT_REFUSED
 */
PslExit
psl_cli_fail (PslCli       *self,
              const GError *error)
{
  psl_cli_complain (self, "%s", error->message);
  return PSL_EXIT_REFUSED;
}

/**
 * psl_cli_usage:
 *
 * Writes to stderr which argument was not understood, and where help is.
 *
 * Returns: %PSL_EXIT_USAGE
 */
PslExit
psl_cli_usage (PslCli     *self,
               const char *format,
               ...)
{
  va_list arguments;

  va_start (arguments, format);
  complain_valist (self, format, arguments);
  va_end (arguments);
  if (self->command != NULL)
    psl_cli_complain (self, _("See “%s %s --help”."), PSL_CLI_PROGRAM, self->command->name);
  else
    psl_cli_complain (self, _("See “%s --help”."), PSL_CLI_PROGRAM);
  return PSL_EXIT_USAGE;
}

/**
 * psl_cli_complain:
 *
 * Writes a line to stderr, after the output so far.
 */
void
psl_cli_complain (PslCli     *self,
                  const char *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  complain_valist (self, format, arguments);
  va_end (arguments);
}

/**
 * psl_cli_print:
 *
 * Writes to stdout.
 */
void
psl_cli_print (PslCli     *self,
               const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  psl_cli_print_text (text);
}

/**
 * psl_cli_print_text:
 *
 * Writes to stdout as it is: UTF-8 whatever the locale's character set, because
 * names in the register must not turn into question marks in a pipe.
 */
void
psl_cli_print_text (const char *text)
{
  if (fputs (text, stdout) == EOF && output_error == 0)
    output_error = errno;
}

/**
 * psl_cli_finish_output:
 *
 * Writes the rest of the output.
 *
 * Returns: 0, or the error number of the first part that could not be written
 */
int
psl_cli_finish_output (void)
{
  flush_output ();
  return output_error;
}

/**
 * psl_cli_print_json:
 *
 * Writes JSON to stdout, set for people to read as well.
 */
void
psl_cli_print_json (PslCli   *self,
                    JsonNode *node)
{
  g_autofree char *text = psl_json_to_text (node);

  psl_cli_print_text (text);
  psl_cli_print_text ("\n");
}

/**
 * psl_cli_dup_text:
 * @argument: as the shell gives it
 *
 * Returns: (transfer full) (nullable): the argument as UTF-8, or %NULL where it
 *   is text neither in UTF-8 nor in the locale's character set
 */
char *
psl_cli_dup_text (const char *argument)
{
  if (g_utf8_validate (argument, -1, NULL))
    return g_strdup (argument);
  return g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);
}

/**
 * psl_cli_dup_time:
 * @at: microseconds since 1970, UTC
 *
 * Returns: (transfer full): the date and the time, as the locale writes them and
 *   by its clock
 */
char *
psl_cli_dup_time (gint64 at)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* Only a damaged register holds a time beyond the calendar. */
  return local != NULL ? g_date_time_format (local, "%x %X") : g_strdup_printf ("%" G_GINT64_FORMAT, at);
}
