/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-identity.h"

#include "psl-entry.h"
#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-sql.h"
#include "psl-store-private.h"
#include "psl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The records, live or in the trash, that hold a value in a column of their kind. */
#define SELECT_BY_COLUMN \
  "SELECT r.rid FROM \"%s\" AS k CROSS JOIN record AS r ON r.rid = k.rid WHERE k.\"%s\" = ?1 AND r.state <> -1"

/*
 * Finds the records of the register that a given record describes.
 *
 * Its UUID decides; then the identifier of its kind, then its other identifiers; a
 * record that one of them names and another contradicts is an error, for nobody
 * can tell which of the two is right. What has neither a UUID nor an identifier may be
 * a record of the same title in any language, unless the two contradict each other: in
 * the title in another language or in a distinctive field (an office's city). Then
 * come the fields that the kind is matched by. Each is looked up through an index,
 * and whole values are compared.
 */

typedef struct
{
  PslStore *store;
  PslRecord *record;
  const PslKind *kind;
  const PslField *title;
  gint64 before;          /* see psl_identity_find() */
} Match;

/* Whether the record @rid may be the given record; not so where the same import made it under
 * a UUID of its own. */
static gboolean
is_candidate (const Match *match,
              gint64       rid)
{
  return match->before == 0 || rid < match->before || psl_record_get_id (match->record) == NULL;
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

/* Appends the first column of all rows, which has each record once. */
static gboolean
collect (PslStore          *store,
         const char        *sql,
         const char *const *parameters,
         GArray            *rids,
         GError           **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (psl_store_get_db (store), sql, error);

  if (statement == NULL)
    return FALSE;
  for (int i = 0; parameters[i] != NULL; i++)
    psl_statement_bind_text (statement, i + 1, parameters[i]);
  return psl_statement_append_numbers (statement, rids, error);
}

static gboolean
contains (GArray *rids,
          gint64  rid)
{
  for (guint i = 0; i < rids->len; i++)
    if (g_array_index (rids, gint64, i) == rid)
      return TRUE;
  return FALSE;
}

/* The name of a record in messages. */
static char *
dup_name (const Match *match,
          gint64       rid)
{
  g_autoptr (PslRecord) record = psl_store_read (match->store, rid, NULL);

  return record != NULL ? psl_record_dup_title (record, psl_store_get_codelists (match->store), psl_language_get_interface ())
                        : g_strdup ("?");
}

/* Two names in one row that mean two records. */
static gboolean
set_contradiction (const Match  *match,
                   const char   *label,
                   const char   *value,
                   gint64        rid,
                   const char   *other_label,
                   const char   *other_value,
                   gint64        other_rid,
                   GError      **error)
{
  g_autofree char *name = dup_name (match, rid);
  g_autofree char *other_name = dup_name (match, other_rid);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: twice a field’s label, its value and a record’s title */
               _("%s “%s” means “%s”, but %s “%s” means “%s”. Correct the one that is wrong."),
               label, value, name, other_label, other_value, other_name);
  return FALSE;
}

static gboolean
find_by_id (const Match  *match,
            GArray       *rids,
            GError      **error)
{
  const char *id = psl_record_get_id (match->record);
  g_autoptr (PslStatement) statement = NULL;

  if (id == NULL)
    return TRUE;
  statement = psl_db_prepare (psl_store_get_db (match->store), "SELECT rid, kind FROM record WHERE id = ?1", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, id);
  if (psl_statement_step (statement, error))
    {
      if (strcmp (psl_statement_get_text (statement, 1), match->kind->name) != 0)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("The UUID %s belongs to a record of another kind."), id);
          return FALSE;
        }
      add_rid (rids, psl_statement_get_int64 (statement, 0));
    }
  return !psl_statement_has_failed (statement);
}

/* The candidates that hold @value in @field. */
static GArray *
find_holders (const Match     *match,
              const PslField  *field,
              const char      *value,
              GError         **error)
{
  g_autofree char *sql = g_strdup_printf (SELECT_BY_COLUMN, match->kind->name, field->name);
  g_autoptr (GArray) holders = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!collect (match->store, sql, (const char *[]) { value, NULL }, holders, error))
    return NULL;
  for (guint i = holders->len; i > 0; i--)
    if (!is_candidate (match, g_array_index (holders, gint64, i - 1)))
      g_array_remove_index (holders, i - 1);
  return g_steal_pointer (&holders);
}

/* Keeps the records of @rids that don't hold another value than @value in @field, and sets
 * @other to one that does. */
static gboolean
keep_agreeing (const Match     *match,
               const PslField  *field,
               const char      *value,
               GArray          *rids,
               char           **other,
               GError         **error)
{
  for (guint i = rids->len; i > 0; i--)
    {
      g_autoptr (PslRecord) record = psl_store_read (match->store, g_array_index (rids, gint64, i - 1), error);
      const char *theirs;

      if (record == NULL)
        return FALSE;
      theirs = psl_record_get (record, field, NULL);
      if (theirs == NULL || strcmp (theirs, value) == 0)
        continue;
      g_set_str (other, theirs);
      g_array_remove_index (rids, i - 1);
    }
  return TRUE;
}

/* The record that @rids holds is named by the UUID: no identifier may name another. */
static gboolean
check_identifiers (const Match  *match,
                   GArray       *rids,
                   GError      **error)
{
  gint64 rid = g_array_index (rids, gint64, 0);

  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    {
      const char *value = psl_record_get (match->record, field, NULL);
      g_autoptr (GArray) holders = NULL;

      if (field->type != PSL_FIELD_TYPE_IDENTIFIER || value == NULL)
        continue;
      holders = find_holders (match, field, value, error);
      if (holders == NULL)
        return FALSE;
      if (holders->len > 0 && !contains (holders, rid))
        return set_contradiction (match, "UUID", psl_record_get_id (match->record), rid, psl_field_get_label (field),
                                  value, g_array_index (holders, gint64, 0), error);
    }
  return TRUE;
}

/* @rids were found by the kind's identifier: another one may not contradict it. */
static gboolean
check_other_identifier (const Match     *match,
                        const PslField  *identifier,
                        const PslField  *field,
                        GArray          *rids,
                        GError         **error)
{
  const char *identifier_value = psl_record_get (match->record, identifier, NULL);
  const char *value = psl_record_get (match->record, field, NULL);
  gint64 rid = g_array_index (rids, gint64, 0);
  g_autofree char *other = NULL;
  g_autofree char *name = NULL;

  if (!keep_agreeing (match, field, value, rids, &other, error))
    return FALSE;
  if (rids->len > 0)
    return TRUE;
  name = dup_name (match, rid);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: a field’s label, its value, a record’s title, another field’s label, the value that
                  the record has there and the one that the row has */
               _("%s “%s” means “%s”, whose %s is “%s”, not “%s”. Correct the row, or give it the UUID of its record in a column “id”."),
               psl_field_get_label (identifier), identifier_value, name, psl_field_get_label (field), other, value);
  return FALSE;
}

static gboolean
find_by_other_identifier (const Match     *match,
                          const PslField  *identifier,
                          const PslField  *field,
                          GArray          *rids,
                          GError         **error)
{
  const char *identifier_value = psl_record_get (match->record, identifier, NULL);
  const char *value = psl_record_get (match->record, field, NULL);
  g_autofree char *other = NULL;
  g_autoptr (GArray) holders = find_holders (match, field, value, error);

  if (holders == NULL)
    return FALSE;
  if (rids->len > 0 && holders->len > 0 && !contains (holders, g_array_index (rids, gint64, 0)))
    return set_contradiction (match, psl_field_get_label (identifier), identifier_value, g_array_index (rids, gint64, 0),
                              psl_field_get_label (field), value, g_array_index (holders, gint64, 0), error);
  if (rids->len > 0)
    return check_other_identifier (match, identifier, field, rids, error);

  /* Two project IDs are two projects, whatever else they share. */
  if (identifier_value != NULL && !keep_agreeing (match, identifier, identifier_value, holders, &other, error))
    return FALSE;
  g_array_append_vals (rids, holders->data, holders->len);
  return TRUE;
}

static gboolean
find_by_identifiers (const Match  *match,
                     GArray       *rids,
                     gboolean     *has_one,
                     GError      **error)
{
  const PslField *identifier;

  if (match->kind->identifier == NULL)
    return TRUE;
  identifier = psl_kind_find_field (match->kind, match->kind->identifier);
  if (psl_record_get (match->record, identifier, NULL) != NULL)
    {
      g_autoptr (GArray) holders = find_holders (match, identifier, psl_record_get (match->record, identifier, NULL),
                                                 error);

      if (holders == NULL)
        return FALSE;
      *has_one = TRUE;
      g_array_append_vals (rids, holders->data, holders->len);
    }
  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    {
      if (field == identifier || field->type != PSL_FIELD_TYPE_IDENTIFIER ||
          psl_record_get (match->record, field, NULL) == NULL)
        continue;
      *has_one = TRUE;
      if (!find_by_other_identifier (match, identifier, field, rids, error))
        return FALSE;
    }
  return TRUE;
}

/* An entry of a code list that was removed for good: it is known by the UUID that is derived
 * from it, which a new record of the entry would have, too. */
static gboolean
find_gone_entry (const Match  *match,
                 GArray       *rids,
                 GError      **error)
{
  const char *entry = psl_record_get_by_name (match->record, match->kind->identifier);
  g_autofree char *id = entry != NULL ? psl_entry_derive_uuid (entry) : NULL;

  return id == NULL || collect (match->store, "SELECT rid FROM record WHERE id = ?1 AND state = -1",
                                (const char *[]) { id, NULL }, rids, error);
}

static gboolean
is_distinctive (const PslField *field)
{
  return field->type == PSL_FIELD_TYPE_IDENTIFIER || psl_field_is_distinctive (field);
}

/* The key that the record's value of a text is compared by; NULL where it has none, or the
 * field is no text. */
static char *
dup_own_key (const Match    *match,
             const PslField *field,
             const char     *language)
{
  const char *value = field->type == PSL_FIELD_TYPE_TEXT ? psl_record_get (match->record, field, language) : NULL;

  return value != NULL ? psl_text_name_key (value) : NULL;
}

/* Whether the record's value @ours, of which the key is @key, and @theirs are the same, but
 * for case, accents and punctuation where they are texts. Most are told apart by the key. */
static gboolean
is_same_as (const char *ours,
            const char *key,
            const char *theirs)
{
  g_autofree char *our_identity = NULL;
  g_autofree char *their_identity = NULL;

  if (strcmp (ours, theirs) == 0)
    return TRUE;
  if (key == NULL || !psl_text_has_name_key (theirs, key))
    return FALSE;
  our_identity = psl_text_identity_key (ours);
  their_identity = psl_text_identity_key (theirs);
  return g_strcmp0 (our_identity, their_identity) == 0;
}

/* Appends the value of a field as a #PslRecord holds it: of a link, also of the link to a
 * part's owner, the UUID. */
static void
append_value (PslSql         *sql,
              const PslField *field)
{
  if (field->flags & PSL_FIELD_OWNER)
    psl_sql_append (sql, "(SELECT id FROM record WHERE rid = r.owner)");
  else if (field->type == PSL_FIELD_TYPE_LINK)
    psl_sql_append_printf (sql, "(SELECT id FROM record WHERE rid = k.\"%s\")", field->name);
  else
    psl_sql_append_printf (sql, "k.\"%s\"", field->name);
}

/* The columns that agrees_with() compares. */
static void
append_distinctive (const Match *match,
                    PslSql      *sql)
{
  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    if (is_distinctive (field))
      {
        psl_sql_append (sql, ", ");
        append_value (sql, field);
      }
}

/* The keys of the record's distinctive texts: see dup_own_key(). */
static GPtrArray *
list_distinctive_keys (const Match *match)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    if (is_distinctive (field))
      g_ptr_array_add (keys, dup_own_key (match, field, NULL));
  return keys;
}

/* The query for candidates of one title, by its key: rid and the distinctive fields. It
 * leaves out records that contradict the given one in a field that is no text: there may be
 * thousands of one title. */
static PslSql *
make_title_query (const Match *match,
                  const char  *key)
{
  PslSql *sql = psl_sql_new ("SELECT rid");

  append_distinctive (match, sql);
  psl_sql_append_printf (sql, " FROM sort_key AS s CROSS JOIN \"%s\" AS k USING (rid) CROSS JOIN record AS r USING (rid)"
                         " WHERE r.state <> -1 AND s.kind = ", match->kind->name);
  psl_sql_append_text (sql, match->kind->name);
  psl_sql_append (sql, " AND s.name = ");
  psl_sql_append_text (sql, key);
  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    {
      const char *value = is_distinctive (field) && field->type != PSL_FIELD_TYPE_TEXT
                            ? psl_record_get (match->record, field, NULL) : NULL;

      if (value == NULL)
        continue;
      /* As text, for a number is none; and the index of the title stays in use. */
      psl_sql_append (sql, " AND ifnull (CAST (");
      append_value (sql, field);
      psl_sql_append (sql, " AS TEXT), ");
      psl_sql_append_text (sql, value);
      psl_sql_append (sql, ") = ");
      psl_sql_append_text (sql, value);
    }
  return sql;
}

/* Compares the record with a row that has the columns of append_distinctive() after its
 * first; FALSE where they contradict each other. @keys come from list_distinctive_keys();
 * @agreeing counts the fields in which the two agree. */
static gboolean
agrees_with (const Match   *match,
             PslStatement  *row,
             GPtrArray     *keys,
             guint         *agreeing)
{
  int nth = 0;

  *agreeing = 0;
  for (const PslField *field = match->kind->fields; field->name != NULL; field++)
    {
      const char *ours, *theirs, *key;

      if (!is_distinctive (field))
        continue;
      ours = psl_record_get (match->record, field, NULL);
      theirs = psl_statement_get_text (row, 1 + nth);
      key = g_ptr_array_index (keys, nth++);
      if (ours == NULL || theirs == NULL)
        continue;
      if (!is_same_as (ours, key, theirs))
        return FALSE;
      (*agreeing)++;
    }
  return TRUE;
}

/* Whether titles don't tell the record and @rid apart, and @title, where it isn't NULL,
 * is one of its titles in any language; @key is its key. */
static gboolean
have_same_titles (const Match  *match,
                  gint64        rid,
                  const char   *title,
                  const char   *key,
                  gboolean     *same,
                  GError      **error)
{
  g_autoptr (PslStatement) statement =
    psl_db_prepare (psl_store_get_db (match->store), "SELECT language, text FROM text WHERE rid = ?1 AND field = ?2", error);
  gboolean is_titled = title == NULL;

  if (statement == NULL)
    return FALSE;
  *same = TRUE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, match->title->name);
  while (psl_statement_step (statement, error))
    {
      const char *language = psl_statement_get_text (statement, 0);
      const char *theirs = psl_statement_get_text (statement, 1);
      const char *ours = psl_record_get (match->record, match->title, language);
      g_autofree char *our_key = dup_own_key (match, match->title, language);

      *same &= ours == NULL || is_same_as (ours, our_key, theirs);
      is_titled |= title != NULL && is_same_as (title, key, theirs);
    }
  *same &= is_titled;
  return !psl_statement_has_failed (statement);
}

/* The candidates of a title so far that agree with the record in most of its distinctive
 * fields. */
typedef struct
{
  GPtrArray *keys;      /* (element-type utf8) (nullable elements): see agrees_with() */
  guint best;
  GArray *rids;
} Titled;

/* Takes a row of make_title_query() into the candidates of @title, which has @key. */
static gboolean
take_titled (const Match   *match,
             PslStatement  *row,
             const char    *title,
             const char    *key,
             Titled        *titled,
             GError       **error)
{
  gint64 rid = psl_statement_get_int64 (row, 0);
  gboolean same;
  guint agreeing;

  if (!agrees_with (match, row, titled->keys, &agreeing) || agreeing < titled->best)
    return TRUE;
  if (!have_same_titles (match, rid, title, key, &same, error))
    return FALSE;
  if (!same)
    return TRUE;
  if (agreeing > titled->best)
    g_array_set_size (titled->rids, 0);
  titled->best = agreeing;
  add_rid (titled->rids, rid);
  return TRUE;
}

/* Adds the candidates whose title in any language is @title, one of the record's, which
 * has @key. */
static gboolean
find_by_title (const Match  *match,
               const char   *title,
               const char   *key,
               Titled       *titled,
               GError      **error)
{
  g_autoptr (PslSql) sql = make_title_query (match, key);
  g_autoptr (PslStatement) statement = psl_sql_prepare (sql, psl_store_get_db (match->store), error);

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    if (!take_titled (match, statement, title, key, titled, error))
      return FALSE;
  return !psl_statement_has_failed (statement);
}

static gboolean
find_by_titles (const Match  *match,
                GArray       *rids,
                gboolean     *has_title,
                GError      **error)
{
  g_autoptr (GPtrArray) keys = list_distinctive_keys (match);
  g_autofree const char **languages = psl_record_list_languages (match->record, match->title);
  Titled titled = { keys, 0, rids };

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      const char *title = psl_record_get (match->record, match->title, languages[i]);
      g_autofree char *key = title != NULL ? psl_text_name_key (title) : NULL;

      if (key == NULL)
        continue;
      *has_title = TRUE;
      if (!find_by_title (match, title, key, &titled, error))
        return FALSE;
    }
  return TRUE;
}

/* Leaves only those with the record's value, where an index has them: a search for each row of
 * an import may not go through all records. */
static void
append_condition (const Match    *match,
                  PslSql         *sql,
                  const PslField *field)
{
  const char *value = psl_record_get (match->record, field, NULL);
  gboolean is_owner = (field->flags & PSL_FIELD_OWNER) != 0;

  if (value == NULL || (field->type != PSL_FIELD_TYPE_CODE && field->type != PSL_FIELD_TYPE_LINK))
    return;
  if (is_owner)
    psl_sql_append (sql, " AND k.rid IN (SELECT rid FROM record WHERE owner = ");
  else
    psl_sql_append_printf (sql, " AND k.\"%s\" = ", field->name);
  if (field->type == PSL_FIELD_TYPE_LINK)
    psl_sql_append (sql, "(SELECT rid FROM record WHERE id = ");
  psl_sql_append_text (sql, value);
  psl_sql_append (sql, is_owner ? "))" : field->type == PSL_FIELD_TYPE_LINK ? ")" : "");
}

/* Reads the candidates that have the same value as the record in all of @fields, and
 * contradict it in no distinctive one. */
static GArray *
find_equal (const Match        *match,
            const char *const  *fields,
            GError            **error)
{
  const PslField *owner = psl_kind_get_owner_field (match->kind);
  g_autoptr (PslSql) sql = psl_sql_new ("SELECT rid");
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) distinctive = list_distinctive_keys (match);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  append_distinctive (match, sql);
  for (int i = 0; fields[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (match->kind, fields[i]);

      psl_sql_append (sql, ", ");
      append_value (sql, field);
      g_ptr_array_add (keys, dup_own_key (match, field, NULL));
    }
  psl_sql_append_printf (sql, " FROM \"%s\" AS k CROSS JOIN record AS r USING (rid) WHERE r.state <> -1",
                         match->kind->name);
  if (owner != NULL)
    append_condition (match, sql, owner);
  for (int i = 0; fields[i] != NULL; i++)
    append_condition (match, sql, psl_kind_find_field (match->kind, fields[i]));

  statement = psl_sql_prepare (sql, psl_store_get_db (match->store), error);
  if (statement == NULL)
    return NULL;
  while (psl_statement_step (statement, error))
    {
      guint agreeing;
      gboolean equal = agrees_with (match, statement, distinctive, &agreeing);

      for (int i = 0; fields[i] != NULL && equal; i++)
        {
          const PslField *field = psl_kind_find_field (match->kind, fields[i]);
          const char *theirs = psl_statement_get_text (statement, 1 + (int) distinctive->len + i);

          equal = theirs != NULL &&
                  is_same_as (psl_record_get (match->record, field, NULL), g_ptr_array_index (keys, i), theirs);
        }
      if (equal)
        add_rid (rids, psl_statement_get_int64 (statement, 0));
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&rids) : NULL;
}

static gboolean
find_by_match (const Match  *match,
               GArray       *rids,
               gboolean     *has_all,
               GError      **error)
{
  g_auto (GStrv) fields = g_strsplit (match->kind->match != NULL ? match->kind->match : "", "|", -1);
  g_autoptr (GArray) equal = NULL;

  *has_all = fields[0] != NULL;
  for (int i = 0; fields[i] != NULL; i++)
    *has_all &= psl_record_get_by_name (match->record, fields[i]) != NULL;
  if (!*has_all)
    return TRUE;

  equal = find_equal (match, (const char *const *) fields, error);
  if (equal == NULL)
    return FALSE;
  for (guint i = 0; i < equal->len; i++)
    {
      gboolean same;

      if (!have_same_titles (match, g_array_index (equal, gint64, i), NULL, NULL, &same, error))
        return FALSE;
      if (same)
        add_rid (rids, g_array_index (equal, gint64, i));
    }
  return TRUE;
}

/* Names are folded, so of the records found by name only the ones with the same title, signs
 * included, count. */
static gboolean
find_titled (PslStore       *store,
             const PslKind  *kind,
             const char     *title,
             GArray         *rids,
             GError        **error)
{
  g_autofree char *key = psl_text_name_key (title);
  g_autoptr (PslStatement) statement = NULL;

  if (key == NULL)
    return TRUE;
  statement = psl_db_prepare (psl_store_get_db (store),
                              "SELECT rid, text FROM text WHERE field = ? AND rid IN"
                              " (SELECT s.rid FROM sort_key AS s CROSS JOIN record AS r USING (rid)"
                              "  WHERE s.kind = ? AND s.name = ? AND r.state <> -1)", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, kind->title);
  psl_statement_bind_text (statement, 2, kind->name);
  psl_statement_bind_text (statement, 3, key);
  while (psl_statement_step (statement, error))
    if (is_same_as (title, key, psl_statement_get_text (statement, 1)))
      add_rid (rids, psl_statement_get_int64 (statement, 0));
  return !psl_statement_has_failed (statement);
}

/* Whether a record has all values of the given one. */
static gboolean
has_values (PslRecord *record,
            PslRecord *given)
{
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, given);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      if (field->type != PSL_FIELD_TYPE_PARTS && g_strcmp0 (psl_record_get (record, field, language), value) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Parts of one record may bear one title: a table lists what was measured of it twice. Of the
 * parts @rids of that title, a part that the same import made of another row is another one, and
 * of several the one with the values of the row is meant. */
static gboolean
choose_part (const Match  *match,
             GArray       *rids,
             GError      **error)
{
  g_autoptr (GArray) same = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!psl_kind_is_part (match->kind))
    return TRUE;
  for (guint i = rids->len; i-- > 0;)
    {
      gint64 rid = g_array_index (rids, gint64, i);
      g_autoptr (PslRecord) record = psl_store_read (match->store, rid, error);

      if (record == NULL)
        return FALSE;
      if (has_values (record, match->record))
        g_array_prepend_val (same, rid);
      else if (match->before != 0 && rid >= match->before)
        g_array_remove_index (rids, i);
    }
  if (rids->len > 1 && same->len > 0)
    {
      g_array_set_size (rids, 0);
      g_array_append_vals (rids, same->data, 1);
    }
  return TRUE;
}

/**
 * psl_identity_find:
 * @record: a record that may not be in the register; its id may be %NULL
 * @before: 0, or the first record made by the import that @record is part of: later records
 *   with a UUID of their own are not taken for @record where @record has a UUID, too, nor
 *   later parts with other values
 *
 * Finds the records that are the same as @record: live, in the trash and, by UUID only, gone;
 * an entry of a code list has a UUID that is derived from it.
 * Several are a question for a person.
 *
 * Returns: (transfer full) (element-type gint64): the records, or %NULL with
 *   %PSL_REGISTER_ERROR_INVALID where @record has nothing to be known by, or names two
 *   records at once
 */
GArray *
psl_identity_find (PslStore   *store,
                   PslRecord  *record,
                   gint64      before,
                   GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  Match match = { store, record, kind, psl_kind_get_title (kind), before };
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean has_identifier = FALSE, has_title = FALSE, has_match;

  if (!find_by_id (&match, rids, error))
    return NULL;
  if (rids->len > 0)
    return check_identifiers (&match, rids, error) ? g_steal_pointer (&rids) : NULL;
  if (!find_by_identifiers (&match, rids, &has_identifier, error))
    return NULL;
  if (kind->is_of_entries && rids->len == 0 && psl_record_get_id (record) == NULL &&
      !find_gone_entry (&match, rids, error))
    return NULL;
  /* What it is called is no proof against another UUID. */
  if (has_identifier || psl_record_get_id (record) != NULL)
    return g_steal_pointer (&rids);

  if (!find_by_titles (&match, rids, &has_title, error))
    return NULL;
  if (rids->len > 0)
    return choose_part (&match, rids, error) ? g_steal_pointer (&rids) : NULL;
  if (!find_by_match (&match, rids, &has_match, error) || !choose_part (&match, rids, error))
    return NULL;
  if (!has_title && !has_match)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("There is nothing to know the record by: give it an identifier or a value of “%s”."),
                   psl_field_get_label (match.title));
      return NULL;
    }
  return g_steal_pointer (&rids);
}

static gboolean
find_named (PslStore       *store,
            const PslKind  *kind,
            const char     *name,
            GArray         *rids,
            GError        **error)
{
  g_auto (GStrv) fields = kind->match != NULL ? g_strsplit (kind->match, "|", -1) : NULL;
  const char *const parameters[] = { name, NULL };
  const char *const id_parameters[] = { name, kind->name, NULL };
  guint n_before = rids->len;

  if (g_uuid_string_is_valid (name))
    return collect (store, "SELECT rid FROM record WHERE id = lower(?1) AND kind = ?2 AND state IN (0, 1)",
                    id_parameters, rids, error);

  for (const PslField *field = kind->fields; field->name != NULL && rids->len == n_before; field++)
    {
      g_autofree char *sql = NULL;

      if (field->type != PSL_FIELD_TYPE_IDENTIFIER)
        continue;
      sql = g_strdup_printf (SELECT_BY_COLUMN, kind->name, field->name);
      if (!collect (store, sql, parameters, rids, error))
        return FALSE;
    }
  if (rids->len == n_before && !find_titled (store, kind, name, rids, error))
    return FALSE;
  for (int i = 0; rids->len == n_before && fields != NULL && fields[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (kind, fields[i]);
      g_autofree char *sql = NULL;

      if (field->type != PSL_FIELD_TYPE_TEXT)
        continue;
      sql = g_strdup_printf (SELECT_BY_COLUMN, kind->name, field->name);
      if (!collect (store, sql, parameters, rids, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_identity_find_named:
 * @kind: (nullable): the kind of record that is meant; %NULL for all that can have remarks
 * @name: a UUID, an identifier, a title in any language, or a place the kind is
 *   matched by (for an office, its city)
 *
 * Finds the record that a person means by a name, the surest way first. Records that are gone
 * are not found.
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

  if (kind != NULL)
    return find_named (store, kind, name, rids, error) ? g_steal_pointer (&rids) : NULL;
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (!psl_kind_is_of_any (psl_kinds[i]) && !find_named (store, psl_kinds[i], name, rids, error))
        return NULL;
    }
  return g_steal_pointer (&rids);
}
