/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-db-private.h"

/* A value that could not be bound is reported by the next step. */
static void
note_bind_result (PslStatement *self,
                  int           result)
{
  if (result != SQLITE_OK && self->bind_result == SQLITE_OK)
    self->bind_result = result;
}

/* Texts are only valid until the next row. */
static void
forget_repaired (PslStatement *self)
{
  if (self->repaired != NULL)
    g_ptr_array_set_size (self->repaired, 0);
}

/* Puts U+FFFD in place of the bytes of a text that are not UTF-8. */
static const char *
repair (PslStatement *self,
        const char   *text)
{
  char *repaired = g_utf8_make_valid (text, -1);

  if (self->repaired == NULL)
    self->repaired = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->repaired, repaired);
  self->db->n_repaired++;
  return repaired;
}

/* Finalises a statement; the connection calls this for the statements of its cache. */
void
psl_statement_free (PslStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_clear_pointer (&self->repaired, g_ptr_array_unref);
  g_free (self->sql);
  g_free (self);
}

/**
 * psl_statement_release:
 *
 * Gives a statement back to the cache of its connection.
 */
void
psl_statement_release (PslStatement *self)
{
  if (self == NULL)
    return;

  g_return_if_fail (self->in_use);

  if (!self->cached)
    {
      psl_statement_free (self);
      return;
    }
  psl_statement_reset (self);
  sqlite3_clear_bindings (self->stmt);
  self->has_failed = FALSE;
  self->in_use = FALSE;
}

/**
 * psl_statement_bind_null:
 */
void
psl_statement_bind_null (PslStatement *self,
                         int           parameter)
{
  note_bind_result (self, sqlite3_bind_null (self->stmt, parameter));
}

/**
 * psl_statement_bind_int64:
 */
void
psl_statement_bind_int64 (PslStatement *self,
                          int           parameter,
                          gint64        value)
{
  note_bind_result (self, sqlite3_bind_int64 (self->stmt, parameter, value));
}

/**
 * psl_statement_bind_text:
 * @value: (nullable): UTF-8, copied; %NULL binds NULL
 */
void
psl_statement_bind_text (PslStatement *self,
                         int           parameter,
                         const char   *value)
{
  note_bind_result (self, sqlite3_bind_text (self->stmt, parameter, value, -1, SQLITE_TRANSIENT));
}

/**
 * psl_statement_bind_blob:
 * @bytes: (nullable): bytes, copied; %NULL binds NULL
 * @length: how many
 */
void
psl_statement_bind_blob (PslStatement  *self,
                         int            parameter,
                         gconstpointer  bytes,
                         gsize          length)
{
  note_bind_result (self, sqlite3_bind_blob64 (self->stmt, parameter, bytes, length, SQLITE_TRANSIENT));
}

/**
 * psl_statement_step:
 *
 * Goes to the next row.
 *
 * Returns: %TRUE on a row; %FALSE after the last one, or with @error set, which
 *   psl_statement_has_failed() tells apart. After %FALSE the statement stands at its
 *   beginning again, with its bindings
 */
gboolean
psl_statement_step (PslStatement  *self,
                    GError       **error)
{
  int result = self->bind_result;

  g_return_val_if_fail (self->in_use, FALSE);

  forget_repaired (self);
  if (result == SQLITE_OK)
    result = sqlite3_step (self->stmt);
  if ((result == SQLITE_ROW || result == SQLITE_DONE) && psl_db_is_torn (self->db))
    result = SQLITE_BUSY;
  self->has_failed = result != SQLITE_ROW && result != SQLITE_DONE;
  if (result == SQLITE_ROW)
    return TRUE;
  if (self->has_failed)
    psl_db_set_error (self->db, result, error);
  psl_statement_reset (self);
  return FALSE;
}

/**
 * psl_statement_has_failed:
 *
 * Returns: whether the last psl_statement_step() failed, and set its error
 */
gboolean
psl_statement_has_failed (PslStatement *self)
{
  return self->has_failed;
}

/**
 * psl_statement_run:
 *
 * Runs a statement that writes, to its end, and resets it.
 */
gboolean
psl_statement_run (PslStatement  *self,
                   GError       **error)
{
  while (psl_statement_step (self, error))
    ;
  return !self->has_failed;
}

/**
 * psl_statement_append_numbers:
 * @numbers: (element-type gint64): gets the first column of the rows that are left
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_statement_append_numbers (PslStatement  *self,
                              GArray        *numbers,
                              GError       **error)
{
  while (psl_statement_step (self, error))
    {
      gint64 number = psl_statement_get_int64 (self, 0);

      g_array_append_val (numbers, number);
    }
  return !self->has_failed;
}

/**
 * psl_statement_reset:
 *
 * Goes back to before the first row. Bindings stay.
 */
void
psl_statement_reset (PslStatement *self)
{
  /* The result is of no interest here: the step has reported every fault. */
  sqlite3_reset (self->stmt);
  forget_repaired (self);
  self->bind_result = SQLITE_OK;
}

/**
 * psl_statement_is_null:
 */
gboolean
psl_statement_is_null (PslStatement *self,
                       int           column)
{
  return sqlite3_column_type (self->stmt, column) == SQLITE_NULL;
}

/**
 * psl_statement_get_int64:
 */
gint64
psl_statement_get_int64 (PslStatement *self,
                         int           column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

/**
 * psl_statement_get_text:
 *
 * Only a damaged file holds text that is not UTF-8. A text that is not UTF-8 is given with
 * U+FFFD for the faulty bytes, so that its record can be seen and mended; see
 * psl_db_get_n_repaired().
 *
 * Returns: (nullable) (transfer none): the column as UTF-8, valid until the next
 *   step; %NULL for NULL
 */
const char *
psl_statement_get_text (PslStatement *self,
                        int           column)
{
  const char *text = (const char *) sqlite3_column_text (self->stmt, column);

  return text == NULL || g_utf8_validate (text, -1, NULL) ? text : repair (self, text);
}

/**
 * psl_statement_get_blob:
 * @length: (out): how many bytes there are
 *
 * Returns: (nullable) (transfer none): the column as bytes, valid until the next step;
 *   %NULL for none
 */
gconstpointer
psl_statement_get_blob (PslStatement *self,
                        int           column,
                        gsize        *length)
{
  gconstpointer bytes = sqlite3_column_blob (self->stmt, column);

  *length = bytes != NULL ? (gsize) sqlite3_column_bytes (self->stmt, column) : 0;
  return bytes;
}
