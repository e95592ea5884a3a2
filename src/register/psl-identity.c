/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-identity.h"

#include "psl-error.h"
#include "psl-store-private.h"
#include "psl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Which records of the register are the one that another record describes.
 *
 * Its UUID decides; then the identifier of its kind, then its other
 * identifiers, unless the two differ in the first; then, for what has no
 * identifier, its title in any language; then the fields that the kind is
 * matched by, unless the two have different titles in one language. Each is
 * looked up through an index.
 */

/* Whether a record with @rid may be taken for @record: one that was made by the
 * same import under a UUID of its own is another. */
static gboolean
is_candidate (PslRecord *record,
              gint64     rid,
              gint64     before)
{
  return before == 0 || rid < before || psl_record_get_id (record) == NULL;
}

static void
add_rid (GArray *rids,
         gint64  rid)
{
  for (guint i = 0; i < rids->len; i++)
    if (g_array_index (rids, gint64, i) == rid)
      return;
  g_array_append_val (rids, rid);
}

/* Runs a query of one text parameter or none; adds the first column to @rids
 * where @accept, given the other columns, says so. */
typedef gboolean (*Accept) (PslStatement *row,
                            gpointer      data);

static gboolean
collect (PslStore          *store,
         const char        *sql,
         const char *const *parameters,
         Accept             accept,
         gpointer           data,
         GArray            *rids,
         GError           **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (psl_store_get_db (store), sql, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  for (int i = 0; parameters[i] != NULL; i++)
    psl_statement_bind_text (statement, i + 1, parameters[i]);
  while (psl_statement_step (statement, &local_error))
    if (accept == NULL || accept (statement, data))
      add_rid (rids, psl_statement_get_int64 (statement, 0));

  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

typedef struct
{
  PslStore *store;
  PslRecord *record;
  gint64 before;
  const PslField *title;
  GStrv match;          /* (nullable): names of the fields it is matched by */
  GError *error;
} Match;

static gboolean
accept_candidate_cb (PslStatement *row,
                     gpointer      data)
{
  Match *match = data;

  return is_candidate (match->record, psl_statement_get_int64 (row, 0), match->before);
}

/* Two project IDs are two projects, whatever else they share. */
static gboolean
accept_identifier_cb (PslStatement *row,
                      gpointer      data)
{
  Match *match = data;
  const char *ours = psl_record_get_by_name (match->record, psl_record_get_kind (match->record)->identifier);
  const char *theirs = psl_statement_get_text (row, 1);

  return accept_candidate_cb (row, data) && (ours == NULL || theirs == NULL || strcmp (ours, theirs) == 0);
}

/* Places that are the same but for accents and case, and titles that don't
 * tell the two apart. */
static gboolean
accept_match_cb (PslStatement *row,
                 gpointer      data)
{
  Match *match = data;
  const PslKind *kind = psl_record_get_kind (match->record);
  g_autoptr (PslRecord) other = NULL;

  if (!accept_candidate_cb (row, data) || match->error != NULL)
    return FALSE;
  for (int i = 0; match->match[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (kind, match->match[i]);
      const char *value = psl_statement_get_text (row, i + 1);
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;

      if (field->type == PSL_FIELD_TYPE_CODE)
        continue;
      ours = psl_text_fold (psl_record_get (match->record, field, NULL));
      theirs = psl_text_fold (value != NULL ? value : "");
      if (strcmp (ours, theirs) != 0)
        return FALSE;
    }

  other = psl_store_read (match->store, psl_statement_get_int64 (row, 0), &match->error);
  if (other == NULL)
    return FALSE;
  for (int i = 0; psl_languages[i] != NULL; i++)
    {
      const char *ours = psl_record_get (match->record, match->title, psl_languages[i]);
      const char *theirs = psl_record_get (other, match->title, psl_languages[i]);

      if (ours != NULL && theirs != NULL && strcmp (ours, theirs) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_by_id (Match   *match,
            GArray  *rids,
            GError **error)
{
  const PslKind *kind = psl_record_get_kind (match->record);
  const char *id = psl_record_get_id (match->record);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (id == NULL)
    return TRUE;
  statement = psl_db_prepare (psl_store_get_db (match->store), "SELECT rid, kind FROM record WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  if (psl_statement_step (statement, &local_error))
    {
      if (strcmp (psl_statement_get_text (statement, 1), kind->name) != 0)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("The UUID %s belongs to a record of another kind."), id);
          return FALSE;
        }
      add_rid (rids, psl_statement_get_int64 (statement, 0));
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
find_by_identifiers (Match     *match,
                     GArray    *rids,
                     gboolean  *has_one,
                     GError   **error)
{
  const PslKind *kind = psl_record_get_kind (match->record);

  if (kind->identifier == NULL)
    return TRUE;
  for (int others = 0; others <= 1; others++)
    for (const PslField *field = kind->fields; field->name != NULL; field++)
      {
        const char *value;
        g_autofree char *sql = NULL;

        if (field->type != PSL_FIELD_TYPE_IDENTIFIER || (strcmp (field->name, kind->identifier) != 0) != others)
          continue;
        value = psl_record_get (match->record, field, NULL);
        if (value == NULL)
          continue;
        *has_one = TRUE;
        sql = g_strdup_printf ("SELECT rid, \"%s\" FROM \"%s\" WHERE \"%s\" = ?1 AND state IN (0, 1)",
                               kind->identifier, kind->name, field->name);
        if (!collect (match->store, sql, (const char *[]) { value, NULL }, accept_identifier_cb, match, rids, error))
          return FALSE;
        if (rids->len > 0)
          return TRUE;
      }
  return TRUE;
}

/* The lists' sort columns are the folded titles, each falling back on another
 * language, so that one of them holds any title there is. */
static gboolean
find_by_title (PslStore       *store,
               const PslKind  *kind,
               const char     *title,
               Accept          accept,
               gpointer        data,
               GArray         *rids,
               GError        **error)
{
  g_autofree char *folded = psl_text_fold (title);

  for (int i = 0; psl_languages[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT rid FROM \"%s\" WHERE state IN (0, 1) AND sort_%s = ?1",
                                              kind->name, psl_languages[i]);

      if (!collect (store, sql, (const char *[]) { folded, NULL }, accept, data, rids, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_by_match (Match     *match,
               GArray    *rids,
               gboolean  *has_all,
               GError   **error)
{
  const PslKind *kind = psl_record_get_kind (match->record);
  g_autoptr (GString) columns = g_string_new ("rid");
  g_autoptr (GString) conditions = g_string_new ("state IN (0, 1)");
  g_autoptr (GPtrArray) parameters = g_ptr_array_new ();
  g_autofree char *sql = NULL;

  *has_all = FALSE;
  if (match->match == NULL)
    return TRUE;
  for (int i = 0; match->match[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (kind, match->match[i]);
      const char *value = psl_record_get (match->record, field, NULL);

      if (value == NULL)
        return TRUE;
      g_string_append_printf (columns, ", \"%s\"", field->name);
      if (field->type != PSL_FIELD_TYPE_CODE)
        continue;
      g_ptr_array_add (parameters, (gpointer) value);
      g_string_append_printf (conditions, " AND \"%s\" = ?%u", field->name, parameters->len);
    }
  g_ptr_array_add (parameters, NULL);
  *has_all = TRUE;

  sql = g_strdup_printf ("SELECT %s FROM \"%s\" WHERE %s", columns->str, kind->name, conditions->str);
  if (!collect (match->store, sql, (const char *const *) parameters->pdata, accept_match_cb, match, rids, error))
    return FALSE;
  if (match->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&match->error));
  return FALSE;
}

/**
 * psl_identity_find:
 * @record: a record that may not be in the register; its id may be %NULL
 * @before: 0, or the first record made by the import that @record is part of:
 *   from there on, a record with a UUID of its own is not taken for @record
 *   where that has one too
 *
 * Finds the records that are the same as @record: live ones, ones in the trash
 * and, by UUID only, one that is gone. Several are a question for a person.
 *
 * Returns: (transfer full) (element-type gint64): the records, or %NULL with
 *   %PSL_REGISTER_ERROR_INVALID where @record has nothing to be known by
 */
GArray *
psl_identity_find (PslStore   *store,
                   PslRecord  *record,
                   gint64      before,
                   GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) fields = kind->match != NULL ? g_strsplit (kind->match, "|", -1) : NULL;
  Match match = { store, record, before, psl_kind_get_title (kind), fields, NULL };
  gboolean has_identifier = FALSE, has_title = FALSE, has_match;

  if (!find_by_id (&match, rids, error))
    return NULL;
  if (rids->len == 0 && !find_by_identifiers (&match, rids, &has_identifier, error))
    return NULL;
  if (rids->len > 0 || has_identifier)
    return g_steal_pointer (&rids);

  for (int i = 0; psl_languages[i] != NULL; i++)
    {
      const char *title = psl_record_get (record, match.title, psl_languages[i]);

      if (title == NULL)
        continue;
      has_title = TRUE;
      if (!find_by_title (store, kind, title, accept_candidate_cb, &match, rids, error))
        return NULL;
    }
  if (rids->len > 0)
    return g_steal_pointer (&rids);

  if (!find_by_match (&match, rids, &has_match, error))
    return NULL;
  if (!has_title && !has_match && psl_record_get_id (record) == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("There is nothing to know the record by: give it an identifier or a value of “%s”."),
                   psl_field_get_label (match.title));
      return NULL;
    }
  return g_steal_pointer (&rids);
}

/**
 * psl_identity_find_named:
 * @kind: the kind of record that is meant
 * @name: a UUID, an identifier, a title in any language, or a place the kind is
 *   matched by (for an office, its city)
 *
 * Finds what a person means by a name, the surest way first. Records that are
 * gone are not found.
 *
 * Returns: (transfer full) (element-type gint64): the records; none, one or, where
 *   the name fits several, those
 */
GArray *
psl_identity_find_named (PslStore       *store,
                         const PslKind  *kind,
                         const char     *name,
                         GError        **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (GStrv) fields = kind->match != NULL ? g_strsplit (kind->match, "|", -1) : NULL;
  const char *const parameters[] = { name, NULL };
  const char *const id_parameters[] = { name, kind->name, NULL };

  if (g_uuid_string_is_valid (name))
    {
      if (!collect (store, "SELECT rid FROM record WHERE id = lower(?1) AND kind = ?2 AND state IN (0, 1)",
                    id_parameters, NULL, NULL, rids, error))
        return NULL;
      return g_steal_pointer (&rids);
    }

  for (const PslField *field = kind->fields; field->name != NULL && rids->len == 0; field++)
    {
      g_autofree char *sql = NULL;

      if (field->type != PSL_FIELD_TYPE_IDENTIFIER)
        continue;
      sql = g_strdup_printf ("SELECT rid FROM \"%s\" WHERE \"%s\" = ?1 AND state IN (0, 1)", kind->name, field->name);
      if (!collect (store, sql, parameters, NULL, NULL, rids, error))
        return NULL;
    }
  if (rids->len == 0 && !find_by_title (store, kind, name, NULL, NULL, rids, error))
    return NULL;
  for (int i = 0; rids->len == 0 && fields != NULL && fields[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (kind, fields[i]);
      g_autofree char *sql = NULL;

      if (field->type != PSL_FIELD_TYPE_TEXT)
        continue;
      sql = g_strdup_printf ("SELECT rid FROM \"%s\" WHERE state IN (0, 1) AND \"%s\" = ?1", kind->name, field->name);
      if (!collect (store, sql, parameters, NULL, NULL, rids, error))
        return NULL;
    }
  return g_steal_pointer (&rids);
}
