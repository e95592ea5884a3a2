/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-uuid.h"

/* As much of a UUID as has to be given. */
#define MIN_PREFIX 8

/* Runs a query for `rid`, `state`, of which live records come before trashed
 * ones. Sets @rid where exactly one live record is found, or none live and
 * exactly one trashed, and @ambiguous where there are several. */
static gboolean
find_one (PslStatement  *statement,
          gint64        *rid,
          gboolean      *ambiguous,
          GError       **error)
{
  guint live = 0, trashed = 0;
  gint64 found = 0;

  while (psl_statement_step (statement, error))
    {
      gboolean is_live = psl_statement_get_int64 (statement, 1) == PSL_RECORD_LIVE;

      live += is_live;
      trashed += !is_live;
      if (found == 0 || (is_live && live == 1))
        found = psl_statement_get_int64 (statement, 0);
    }
  if (psl_statement_has_failed (statement))
    return FALSE;

  *ambiguous = live > 1 || (live == 0 && trashed > 1);
  *rid = *ambiguous ? 0 : found;
  return TRUE;
}

static gboolean
find_uuid (PslStore    *self,
           const char  *text,
           gint64      *rid,
           gboolean    *ambiguous,
           GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;

  /* "g" comes after every digit. */
  statement = psl_db_prepare (self->db,
                              "SELECT rid, state FROM record WHERE id >= ?1 AND id < ?1 || 'g' AND state <> -1"
                              " ORDER BY state LIMIT 3",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, text);
  return find_one (statement, rid, ambiguous, error);
}

/* @comparison is how the column is compared with the three spellings. */
static gboolean
find_identifier (PslStore        *self,
                 const PslKind   *kind,
                 const PslField  *field,
                 const char      *comparison,
                 const char      *text,
                 gint64          *rid,
                 gboolean        *ambiguous,
                 GError         **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *upper = g_utf8_strup (text, -1);
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_autoptr (PslStatement) statement = NULL;

  sql = g_strdup_printf ("SELECT r.rid, r.state FROM \"%s\" AS k CROSS JOIN record AS r ON r.rid = k.rid"
                         " WHERE k.\"%s\" %s AND r.state <> -1 ORDER BY r.state LIMIT 3",
                         kind->name, field->name, comparison);
  statement = psl_db_prepare (self->db, sql, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, text);
  psl_statement_bind_text (statement, 2, upper);
  psl_statement_bind_text (statement, 3, lower);
  return find_one (statement, rid, ambiguous, error);
}

/* Looks in every kind for a record that is identified by @text. */
static gboolean
find_in_kinds (PslStore    *self,
               const char  *comparison,
               const char  *text,
               gint64      *rid,
               gboolean    *ambiguous,
               GError     **error)
{
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
        {
          gint64 found;

          if (!(field->flags & PSL_FIELD_UNIQUE))
            continue;
          if (!find_identifier (self, psl_kinds[i], field, comparison, text, &found, ambiguous, error))
            return FALSE;
          *ambiguous |= *rid != 0 && found != 0 && found != *rid;
          if (*ambiguous)
            return TRUE;
          if (found != 0)
            *rid = found;
        }
    }
  return TRUE;
}

static gboolean
is_uuid_prefix (const char *text)
{
  return strlen (text) >= MIN_PREFIX && strlen (text) <= PSL_UUID_LENGTH &&
         strspn (text, "0123456789abcdef-") == strlen (text);
}

static gboolean
find (PslStore    *self,
      const char  *text,
      gint64      *rid,
      gboolean    *ambiguous,
      GError     **error)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (psl_uuid_is_valid (lower))
    return find_uuid (self, lower, rid, ambiguous, error);

  /* The index knows one spelling; the usual ones are tried first, before all
   * records have to be looked at. */
  if (!find_in_kinds (self, "IN (?1, ?2, ?3)", text, rid, ambiguous, error))
    return FALSE;
  if (*rid != 0 || *ambiguous)
    return TRUE;
  if (is_uuid_prefix (lower) && !find_uuid (self, lower, rid, ambiguous, error))
    return FALSE;
  if (*rid != 0 || *ambiguous)
    return TRUE;
  return find_in_kinds (self, "COLLATE NOCASE IN (?1, ?2, ?3)", text, rid, ambiguous, error);
}

/**
 * psl_store_find:
 * @name: a UUID, at least eight characters of its beginning, or an identifier, such as its
 *   project ID, in capitals or not
 *
 * Finds the record that a person names. A live record is found before one in the
 * trash.
 *
 * Returns: the record's number; 0 with %PSL_REGISTER_ERROR_NOT_FOUND, or
 *   %PSL_REGISTER_ERROR_AMBIGUOUS where several records fit
 */
gint64
psl_store_find (PslStore    *self,
                const char  *name,
                GError     **error)
{
  g_autofree char *text = NULL;
  gboolean ambiguous = FALSE;
  gint64 rid = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (name != NULL, 0);

  text = g_strstrip (g_utf8_make_valid (name, -1));
  if (!find (self, text, &rid, &ambiguous, error))
    return 0;

  if (ambiguous)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
                 _("“%s” fits several records. Give the record’s whole UUID."), text);
  else if (rid == 0)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                 _("There is no record “%s” in this register. Give its UUID or its identifier."), text);
  return ambiguous ? 0 : rid;
}
