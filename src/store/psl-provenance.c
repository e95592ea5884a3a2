/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-provenance.h"

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-error.h"
#include "psl-file.h"
#include "psl-schema-check.h"
#include "psl-schema.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-uuid.h"

/* The version from which on a register has a UUID. */
#define VERSION_OF_ORIGINS 8

/* Longer names are cut. Characters. */
#define MAX_NAME 80

#define SELECT_FIRST "SELECT at, author FROM action ORDER BY action LIMIT 1"
#define SELECT_LAST "SELECT at, author FROM action ORDER BY action DESC LIMIT 1"

/* A name on one line; %NULL where nothing is given. */
static char *
dup_name (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *name = valid != NULL ? psl_text_clean (valid, FALSE) : NULL;
  g_autofree char *start = NULL;

  if (name == NULL || g_utf8_strlen (name, -1) <= MAX_NAME)
    return g_steal_pointer (&name);
  start = g_utf8_substring (name, 0, MAX_NAME);
  return g_strconcat (start, "…", NULL);
}

/* The register's UUID; %NULL without an error where there is none. */
static gboolean
read_id (PslDb   *db,
         gint64   version,
         char   **id,
         GError **error)
{
  g_autoptr (PslStatement) statement = NULL;

  *id = NULL;
  if (version < VERSION_OF_ORIGINS)
    return TRUE;
  statement = psl_db_prepare (db, "SELECT id FROM origin WHERE own", error);
  if (statement == NULL)
    return FALSE;
  if (psl_statement_step (statement, error))
    {
      const char *text = psl_statement_get_text (statement, 0);

      *id = text != NULL && psl_uuid_is_valid (text) ? g_strdup (text) : NULL;
    }
  return !psl_statement_has_failed (statement);
}

static gboolean
read_action (PslDb       *db,
             const char  *sql,
             gboolean    *found,
             gint64      *at,
             char       **author,
             GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  *found = psl_statement_step (statement, error);
  if (*found)
    {
      *at = psl_statement_get_int64 (statement, 0);
      *author = dup_name (psl_statement_get_text (statement, 1));
    }
  return !psl_statement_has_failed (statement);
}

static PslProvenance *
read_db (PslDb   *db,
         GError **error)
{
  g_autoptr (PslProvenance) self = g_new0 (PslProvenance, 1);
  g_auto (GStrv) scripts = psl_schema_load_scripts (error);
  gint64 version;

  if (scripts == NULL || !psl_schema_get_version (db, &version, error))
    return NULL;
  self->is_old = version < (gint64) g_strv_length (scripts);
  if (!read_id (db, version, &self->id, error) ||
      !read_action (db, SELECT_FIRST, &self->has_actions, &self->first_at, &self->first_author, error) ||
      !read_action (db, SELECT_LAST, &self->has_actions, &self->last_at, &self->last_author, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
psl_provenance_free (PslProvenance *self)
{
  g_free (self->id);
  g_free (self->first_author);
  g_free (self->last_author);
  g_free (self);
}

/**
 * psl_provenance_read_file:
 * @path: a register
 * @cancellable: (nullable): stops the reading
 *
 * Reads what the register says about who made it, of any version that the program knows, and
 * writes nothing. Any thread.
 *
 * Returns: (transfer full): what it says, or %NULL with an error like those of
 *   psl_store_open()
 */
PslProvenance *
psl_provenance_read_file (const char    *path,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *file = NULL;
  g_autoptr (PslDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = psl_file_follow_links (path, error);
  if (file == NULL || !psl_schema_check_file (file, error))
    return NULL;
  db = psl_db_open (file, PSL_DB_READ_ONLY, error);
  if (db == NULL)
    return NULL;
  psl_db_set_cancellable (db, cancellable);
  return psl_schema_check (db, error) ? read_db (db, error) : NULL;
}

/**
 * psl_store_read_provenance:
 *
 * Returns: (transfer full): what the open register says about who made it, or %NULL with a
 *   %PSL_REGISTER_ERROR
 */
PslProvenance *
psl_store_read_provenance (PslStore  *self,
                           GError   **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return read_db (self->db, error);
}

/**
 * psl_provenance_describe:
 * @at: when something was done, in microseconds since 1970
 * @author: (nullable): who did it
 *
 * Returns: (transfer full): both, for people
 */
char *
psl_provenance_describe (gint64      at,
                         const char *author)
{
  g_autofree char *time = psl_date_display_time (at);

  if (author == NULL)
    return g_steal_pointer (&time);
  /* Translators: a date and time, and a person’s name */
  return g_strdup_printf (_("%s by %s"), time, author);
}

/**
 * psl_provenance_check_known:
 * @db: a register whose schema was compared with the program's
 * @known: UUIDs
 *
 * Returns: whether the register has one of these UUIDs; %FALSE with
 *   %PSL_REGISTER_ERROR_FOREIGN where it has another one or none
 */
gboolean
psl_provenance_check_known (PslDb              *db,
                            const char *const  *known,
                            GError            **error)
{
  g_autofree char *name = psl_file_dup_display_name (psl_db_get_path (db));
  g_autofree char *id = NULL;
  gint64 version;

  if (!psl_schema_get_version (db, &version, error) || !read_id (db, version, &id, error))
    return FALSE;
  if (id != NULL && g_strv_contains (known, id))
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FOREIGN,
               _("“%s” is not a register that was used here. Open it anew, and say how it is to be used."), name);
  return FALSE;
}
