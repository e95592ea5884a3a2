/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-link.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-identity.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-uuid.h"

/* Names of linked records come again and again; the records that they mean are kept. */
#define MAXIMUM_REMEMBERED 4096

/* How many records a message names. */
#define MAXIMUM_NAMED 3

/* Finds the records that the links of rows name, and decides about links to records that
 * don't exist. */
struct _PslLinkResolver
{
  PslStore *store;
  const PslKind *kind;
  PslMissingLinks missing;
  const char *language;     /* of the titles of records that are made */
  PslImportReport report;
  gpointer user_data;
  GHashTable *known;        /* "field\ntext" → UUID */
  GHashTable *ambiguous;    /* "field\ntext" → the message about a name that fits several */
};

static void
report_link (PslLinkResolver     *self,
             PslImportIssueType   type,
             PslImportRow        *row,
             const PslImportLink *link,
             const char          *message)
{
  g_autoptr (PslImportIssue) issue = psl_import_issue_new (type, row->line);

  issue->record = type == PSL_IMPORT_ISSUE_CREATED
                  ? g_strdup (link->text) : psl_record_dup_name (row->record, psl_store_get_codelists (self->store));
  issue->field = link->field;
  issue->column = g_strdup (link->column);
  issue->nth = link->nth;
  issue->message = g_strdup (message);
  self->report (issue, self->user_data);
}

/* Leaves out a link that leads nowhere, or to several records. FALSE where that refuses the
 * row. */
static gboolean
leave_out (PslLinkResolver *self,
           PslImportRow    *row,
           PslImportLink   *link,
           const char      *message)
{
  /* A part without the record that it belongs to is none. */
  gboolean refused = self->missing == PSL_MISSING_LINKS_REFUSE || (link->field->flags & PSL_FIELD_OWNER);

  report_link (self, refused ? PSL_IMPORT_ISSUE_REFUSED : PSL_IMPORT_ISSUE_LEFT_OUT, row, link, message);
  link->is_left_out = !refused;
  return !refused;
}

static char *
dup_missing_message (const PslImportLink *link)
{
  return g_strdup_printf (_("There is no record “%s”, neither in the register nor in the file."), link->text);
}

/* The identifier of @kind that @text has the shape of. */
static const PslField *
find_identifier (const PslKind *kind,
                 const char    *text)
{
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (field->type == PSL_FIELD_TYPE_IDENTIFIER && field->pattern != NULL &&
        g_regex_match_simple (field->pattern, text, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT))
      return field;
  return NULL;
}

/* Keeps the meaning of a link's name; takes @key. Names of the rows' own kind are not kept: a
 * later row may bring a second record of the name. */
static void
remember (PslLinkResolver     *self,
          GHashTable          *known,
          const PslImportLink *link,
          char                *key,
          const char          *meaning)
{
  g_autofree char *owned_key = key;

  if (link->field->target == self->kind)
    return;
  if (g_hash_table_size (known) >= MAXIMUM_REMEMBERED)
    g_hash_table_remove_all (known);
  g_hash_table_insert (known, g_steal_pointer (&owned_key), g_strdup (meaning));
}

/* Finds the UUID of the record that @link means; @id is NULL where there is none. Where
 * there are several, @ambiguity says so. */
static gboolean
find (PslLinkResolver      *self,
      const PslImportLink  *link,
      char                **id,
      char                **ambiguity,
      GError              **error)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", link->field->name, link->text);
  g_autoptr (GArray) rids = NULL;
  g_autoptr (PslRecord) record = NULL;

  *id = g_strdup (g_hash_table_lookup (self->known, key));
  *ambiguity = g_strdup (g_hash_table_lookup (self->ambiguous, key));
  if (*id != NULL || *ambiguity != NULL)
    return TRUE;
  rids = psl_identity_find_named (self->store, link->field->target, link->text, error);
  if (rids == NULL)
    return FALSE;
  if (rids->len > 1)
    {
      g_autofree char *names = psl_import_link_describe (self->store, rids);

      *ambiguity = g_strdup_printf (_("“%s” fits several records: %s. Write the UUID of one."), link->text, names);
    }
  if (*ambiguity != NULL)
    remember (self, self->ambiguous, link, g_steal_pointer (&key), *ambiguity);
  if (rids->len != 1)
    return TRUE;

  record = psl_store_read (self->store, g_array_index (rids, gint64, 0), error);
  if (record == NULL)
    return FALSE;
  *id = g_strdup (psl_record_get_id (record));
  remember (self, self->known, link, g_steal_pointer (&key), *id);
  return TRUE;
}

/* A link that names nothing: further down in the file there may be more of the kind. */
static PslLinkResult
resolve_missing (PslLinkResolver *self,
                 PslImportRow    *row,
                 PslImportLink   *link)
{
  g_autofree char *message = NULL;

  if (!link->is_lost && link->field->target == self->kind)
    return PSL_LINKS_WAITING;
  if (self->missing == PSL_MISSING_LINKS_CREATE && !(link->field->flags & PSL_FIELD_OWNER) &&
      !psl_uuid_is_valid (link->text))
    {
      link->is_lost = TRUE;
      return PSL_LINKS_RESOLVED;
    }
  message = dup_missing_message (link);
  return leave_out (self, row, link, message) ? PSL_LINKS_RESOLVED : PSL_LINKS_REFUSED;
}

/* Two columns of one link that name different records: the first that was found stays. */
static void
report_conflict (PslLinkResolver     *self,
                 PslImportRow        *row,
                 const PslImportLink *link)
{
  const char *present = psl_record_get (row->record, link->field, NULL);
  g_autoptr (PslImportIssue) issue = psl_import_issue_new (PSL_IMPORT_ISSUE_CONFLICT, row->line);

  issue->record = psl_record_dup_name (row->record, psl_store_get_codelists (self->store));
  issue->field = link->field;
  issue->column = g_strdup (link->column);
  issue->given = g_strdup (link->text);
  issue->in_file = TRUE;
  for (guint i = 0; i < row->links->len && issue->kept == NULL; i++)
    {
      const PslImportLink *other = g_ptr_array_index (row->links, i);

      if (other->field == link->field && g_strcmp0 (other->id, present) == 0)
        issue->kept = g_strdup (other->text);
    }
  self->report (issue, self->user_data);
}

/* Lets a link lead to the record of that UUID. */
static void
set_target (PslLinkResolver *self,
            PslImportRow    *row,
            PslImportLink   *link,
            const char      *id)
{
  const char *present = psl_record_get (row->record, link->field, NULL);

  if (present == NULL)
    psl_record_set (row->record, link->field, NULL, id);
  else if (strcmp (present, id) != 0)
    report_conflict (self, row, link);
  link->id = g_strdup (id);
}

static PslLinkResult
resolve_one (PslLinkResolver  *self,
             PslImportRow     *row,
             PslImportLink    *link,
             GError          **error)
{
  g_autofree char *id = NULL;
  g_autofree char *ambiguity = NULL;

  if (!find (self, link, &id, &ambiguity, error))
    return PSL_LINKS_FAILED;
  if (ambiguity != NULL)
    return leave_out (self, row, link, ambiguity) ? PSL_LINKS_RESOLVED : PSL_LINKS_REFUSED;
  if (id == NULL)
    return resolve_missing (self, row, link);
  set_target (self, row, link, id);
  return PSL_LINKS_RESOLVED;
}

/* Makes the record that @link names; leaves the link out where a record can't have that
 * name. */
static gboolean
make_target (PslLinkResolver  *self,
             PslImportRow     *row,
             PslImportLink    *link,
             GError          **error)
{
  const PslKind *kind = link->field->target;
  const PslField *identifier = find_identifier (kind, link->text);
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);
  g_autoptr (PslRecord) made = NULL;
  g_autoptr (GError) local_error = NULL;
  gint64 rid;

  if (identifier != NULL)
    psl_record_set (record, identifier, NULL, link->text);
  else
    psl_record_set (record, psl_kind_get_title (kind), self->language, link->text);
  rid = psl_store_insert (self->store, record, &local_error);
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    {
      leave_out (self, row, link, local_error->message);
      return TRUE;
    }
  if (rid == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  made = psl_store_read (self->store, rid, error);
  if (made == NULL)
    return FALSE;
  report_link (self, PSL_IMPORT_ISSUE_CREATED, row, link, NULL);
  set_target (self, row, link, psl_record_get_id (made));
  return TRUE;
}

/**
 * psl_link_resolver_new:
 * @kind: of the records that link
 * @language: (nullable): of the titles of records that are made; else the interface's
 * @report: told of links that lead nowhere
 *
 * Returns: (transfer full): a resolver into @store, which has an action begun
 */
PslLinkResolver *
psl_link_resolver_new (PslStore        *store,
                       const PslKind   *kind,
                       PslMissingLinks  missing,
                       const char      *language,
                       PslImportReport  report,
                       gpointer         user_data)
{
  PslLinkResolver *self = g_new0 (PslLinkResolver, 1);

  self->store = store;
  self->kind = kind;
  self->missing = missing;
  self->language = language != NULL ? language : psl_language_get_interface ();
  self->report = report;
  self->user_data = user_data;
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->ambiguous = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * psl_link_resolver_free:
 *
 * Frees @self.
 */
void
psl_link_resolver_free (PslLinkResolver *self)
{
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->ambiguous);
  g_free (self);
}

/**
 * psl_link_resolver_resolve:
 *
 * Looks for the records that @row links to, and links its record to the ones that exist. A
 * link to another record is left out or refuses the row, except where rows further down may
 * bring the record: then the row waits, unless the link is lost.
 *
 * Returns: the outcome for the links; @error is set for %PSL_LINKS_FAILED
 */
PslLinkResult
psl_link_resolver_resolve (PslLinkResolver  *self,
                           PslImportRow     *row,
                           GError          **error)
{
  PslLinkResult result = PSL_LINKS_RESOLVED;

  for (guint i = 0; i < row->links->len && result != PSL_LINKS_FAILED; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);
      PslLinkResult one;

      if (!psl_import_link_is_unresolved (link))
        continue;
      one = resolve_one (self, row, link, error);
      result = MAX (result, one);
    }
  return result;
}

/**
 * psl_link_resolver_create:
 * @link: a link of @row that is lost and unresolved
 *
 * Makes the record that @link names, unless another link that names it has made it, and
 * sets it in @row's record. Where @row's record has another there, nothing is made,
 * which is reported.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_link_resolver_create (PslLinkResolver  *self,
                          PslImportRow     *row,
                          PslImportLink    *link,
                          GError          **error)
{
  g_autofree char *id = NULL;
  g_autofree char *ambiguity = NULL;

  if (!find (self, link, &id, &ambiguity, error))
    return FALSE;
  if (ambiguity != NULL)
    leave_out (self, row, link, ambiguity);
  else if (id != NULL)
    set_target (self, row, link, id);
  else if (psl_record_get (row->record, link->field, NULL) == NULL)
    return make_target (self, row, link, error);
  else
    {
      report_conflict (self, row, link);
      link->is_left_out = TRUE;
    }
  return TRUE;
}

/**
 * psl_import_link_is_unresolved:
 *
 * Returns: whether the record at the end of @link is not known; a link that is left out leads
 *   nowhere
 */
gboolean
psl_import_link_is_unresolved (const PslImportLink *link)
{
  return !link->is_left_out && link->id == NULL;
}

/**
 * psl_import_link_dup_name:
 * @id: (nullable): a UUID
 *
 * Returns: (transfer full) (nullable): the name that people use for the record; %NULL where
 *   there is none
 */
char *
psl_import_link_dup_name (PslStore   *store,
                          const char *id)
{
  gint64 rid = id != NULL && psl_uuid_is_valid (id) ? psl_store_find (store, id, NULL) : 0;
  g_autoptr (PslRecord) record = rid > 0 ? psl_store_read (store, rid, NULL) : NULL;

  return record != NULL ? psl_record_dup_name (record, psl_store_get_codelists (store)) : NULL;
}

/**
 * psl_import_link_describe:
 * @rids: (element-type gint64): records
 *
 * Returns: (transfer full): the names and UUIDs of the first of them, for messages
 */
char *
psl_import_link_describe (PslStore *store,
                          GArray   *rids)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (rids->len, MAXIMUM_NAMED); i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), NULL);
      g_autofree char *name = record != NULL ? psl_record_dup_name (record, psl_store_get_codelists (store)) : NULL;

      if (name != NULL)
        g_string_append_printf (names, "%s%s (%s)", names->len > 0 ? ", " : "", name, psl_record_get_id (record));
    }
  if (rids->len > MAXIMUM_NAMED)
    g_string_append (names, ", …");
  return g_string_free_and_steal (names);
}
