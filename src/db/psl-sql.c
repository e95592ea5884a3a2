/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-sql.h"

/**
 * psl_sql_new:
 * @text: (nullable): the beginning
 *
 * Returns: (transfer full): a statement without values
 */
PslSql *
psl_sql_new (const char *text)
{
  PslSql *self = g_new0 (PslSql, 1);

  self->text = g_string_new (text);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_variant_unref);
  return self;
}

/**
 * psl_sql_free:
 * @self: (nullable) (transfer full): a statement
 */
void
psl_sql_free (PslSql *self)
{
  if (self == NULL)
    return;
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * psl_sql_append:
 * @text: SQL without values
 */
void
psl_sql_append (PslSql     *self,
                const char *text)
{
  g_string_append (self->text, text);
}

/**
 * psl_sql_append_printf:
 * @format: SQL, with identifiers from descriptions of kinds put in
 */
void
psl_sql_append_printf (PslSql     *self,
                       const char *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_string_append_vprintf (self->text, format, arguments);
  va_end (arguments);
}

/**
 * psl_sql_append_text:
 * @value: UTF-8
 *
 * Appends a parameter with a text as its value.
 */
void
psl_sql_append_text (PslSql     *self,
                     const char *value)
{
  g_string_append_c (self->text, '?');
  g_ptr_array_add (self->values, g_variant_ref_sink (g_variant_new_string (value)));
}

/**
 * psl_sql_append_int64:
 *
 * Appends a parameter with a number as its value.
 */
void
psl_sql_append_int64 (PslSql *self,
                      gint64  value)
{
  g_string_append_c (self->text, '?');
  g_ptr_array_add (self->values, g_variant_ref_sink (g_variant_new_int64 (value)));
}

/**
 * psl_sql_prepare:
 *
 * Prepares the statement on a connection and binds its values.
 *
 * Returns: (transfer full): the statement, or %NULL; free with
 *   psl_statement_release()
 */
PslStatement *
psl_sql_prepare (const PslSql  *self,
                 PslDb         *db,
                 GError       **error)
{
  PslStatement *statement = psl_db_prepare (db, self->text->str, error);

  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < self->values->len; i++)
    {
      GVariant *value = g_ptr_array_index (self->values, i);

      if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        psl_statement_bind_int64 (statement, i + 1, g_variant_get_int64 (value));
      else
        psl_statement_bind_text (statement, i + 1, g_variant_get_string (value, NULL));
    }

  return statement;
}
