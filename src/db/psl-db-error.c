/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-file.h"

/* @handle is NULL where not even the memory for a connection was there. */
static gboolean
is_disk_full (sqlite3 *handle,
              int      result)
{
  int system_errno;

  if ((result & 0xff) == SQLITE_FULL)
    return TRUE;
  if ((result & 0xff) != SQLITE_IOERR)
    return FALSE;
  system_errno = handle != NULL ? sqlite3_system_errno (handle) : 0;
  return system_errno == ENOSPC || system_errno == EDQUOT;
}

/* Sets the error where @result is a fault of the file as a whole, and returns whether it is. */
static gboolean
set_file_error (sqlite3     *handle,
                const char  *name,
                int          result,
                GError     **error)
{
  if (is_disk_full (handle, result))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NO_SPACE,
                   _("The disk that holds “%s” is full. Nothing was changed; free some space and try again."), name);
      return TRUE;
    }

  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_BUSY,
                   _("Another program is working on “%s”. Nothing was changed; wait until it has finished and try again."), name);
      return TRUE;

    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
                   _("“%s” can’t be written. Check that you may change the file and the folder it is in."), name);
      return TRUE;

    case SQLITE_CANTOPEN:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY,
                   _("“%s” can’t be opened. Check that the file exists and that you may change it and the folder it is in."), name);
      return TRUE;

    case SQLITE_CORRUPT:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED,
                   _("“%s” is damaged. It has been left as it is; restore a backup."), name);
      return TRUE;

    case SQLITE_NOTADB:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER,
                   _("“%s” is not a Passerelle register. It has been left as it is; choose another file."), name);
      return TRUE;

    case SQLITE_IOERR:
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                   _("The disk that holds “%s” could not be read or written. Nothing was changed; check the disk and try again."), name);
      return TRUE;

    default:
      return FALSE;
    }
}

/**
 * psl_db_is_torn:
 *
 * Must be asked after everything that is read from the file, before it is used.
 *
 * Returns: whether the data that was read may be wrong, because another program has written
 *   to the file and no lock kept it away
 */
gboolean
psl_db_is_torn (PslDb *self)
{
  PslFileStamp now;

  if (self->stamp == NULL || self->is_copy)
    return FALSE;
  psl_file_stamp_take (&now, self->path);
  return !psl_file_stamp_equal (&self->stamp->database, &now);
}

/**
 * psl_db_set_error:
 * @result: SQLite's (extended) result code
 *
 * Sets @error to the meaning of @result for a person: a code of %PSL_REGISTER_ERROR, or
 * %G_IO_ERROR_CANCELLED where it was interrupted.
 */
void
psl_db_set_error (PslDb   *self,
                  int      result,
                  GError **error)
{
  g_autofree char *name = psl_file_dup_display_name (self->path);
  const char *reason;

  if ((result & 0xff) == SQLITE_INTERRUPT && self->is_overdue)
    result = SQLITE_CORRUPT;
  if ((result & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was cancelled."));
      return;
    }
  /* Damage, above all: it was seen while another program wrote. */
  if (psl_db_is_torn (self))
    result = SQLITE_BUSY;
  if (set_file_error (self->handle, name, result, error))
    return;

  reason = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result);
  if ((result & 0xff) == SQLITE_CONSTRAINT || (result & 0xff) == SQLITE_MISMATCH)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 /* Translators: the second is the database’s own message, in English. */
                 _("“%s” can’t hold this value: %s"), name, reason);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED,
                 /* Translators: the second is the database’s own message, in English. */
                 _("The register “%s” reported a fault: %s"), name, reason);
}

/* Says that the file is not where it was when it was opened. */
void
psl_db_set_moved_error (PslDb   *self,
                        GError **error)
{
  g_autofree char *name = psl_file_dup_display_name (self->path);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               _("“%s” has been moved or removed since it was opened. Nothing was changed; put it back, or open it where it is now."),
               name);
}
