/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-journal-complete.h"

#include <string.h>

#include "psl-chain.h"
#include "psl-journal-content.h"
#include "psl-store-private.h"

/*
 * Completes a journal that older versions wrote: the values that records were made with, the
 * change that each change was based on, and the chain of hashes. All of them follow from the
 * contents of the file, so that copies of a file get the same.
 */

#define FLAG "complete-journal"

/* A change that made a record. */
typedef struct
{
  gint64 rid;
  gint64 action;
} Making;

/* The next changes that made records, after one. */
static GArray *
read_makings (PslStore  *self,
              gint64     after,
              GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) makings = g_array_new (FALSE, FALSE, sizeof (Making));

  statement = psl_db_prepare (self->db,
                              "SELECT c.rid, c.action FROM change AS c WHERE c.rid > ? AND c.field = '$state' AND c.old = 'gone'"
                              " AND c.content IS NULL AND NOT EXISTS (SELECT 1 FROM change AS e WHERE e.rid = c.rid"
                              "  AND e.action < c.action AND e.field = '$state') ORDER BY c.rid LIMIT 1000", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, after);
  while (psl_statement_step (statement, error))
    {
      Making making = { psl_statement_get_int64 (statement, 0), psl_statement_get_int64 (statement, 1) };

      g_array_append_val (makings, making);
    }
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&makings) : NULL;
}

/* Takes one change of a record back. A value without a field in the kind's description is
 * gone from the register, too. */
static void
take_back (PslRecord   *record,
           const char  *name,
           const char  *language,
           const char  *value)
{
  const PslField *field = psl_stored_field_find (psl_record_get_kind (record), name);
  gboolean multilingual = field != NULL && (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

  if (field == &psl_field_position)
    psl_record_set_position (record, value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0);
  else if (multilingual && *language != '\0')
    psl_record_set (record, field, language, value);
  else if (field != NULL && !multilingual && field->type != PSL_FIELD_TYPE_PARTS)
    psl_record_set (record, field, NULL, value);
}

/* The marks of the present texts did not exist when the record was made. */
static void
forget_marks (PslRecord *record)
{
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    if (language != NULL)
      psl_record_set_agreed (record, field, language, NULL);
}

/* Reads a record as it was made. */
static PslRecord *
read_made (PslStore      *self,
           const Making  *making,
           GError       **error)
{
  g_autoptr (PslRecord) record = psl_store_read (self, making->rid, error);
  g_autoptr (PslStatement) statement = NULL;

  if (record == NULL)
    return NULL;
  statement = psl_db_prepare (self->db,
                              "SELECT field, language, old FROM change WHERE rid = ? AND action > ? AND field <> '$state'"
                              " ORDER BY action DESC", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_int64 (statement, 1, making->rid);
  psl_statement_bind_int64 (statement, 2, making->action);
  while (psl_statement_step (statement, error))
    take_back (record, psl_statement_get_text (statement, 0), psl_statement_get_text (statement, 1),
               psl_statement_get_text (statement, 2));
  forget_marks (record);
  return !psl_statement_has_failed (statement) ? g_steal_pointer (&record) : NULL;
}

static gboolean
write_content (PslStore      *self,
               const Making  *making,
               GError       **error)
{
  g_autoptr (PslRecord) record = read_made (self, making, error);
  g_autofree char *content = NULL;
  g_autoptr (PslStatement) statement = NULL;
  const PslField *owner;

  if (record == NULL)
    return FALSE;
  owner = psl_kind_get_owner_field (psl_record_get_kind (record));
  content = psl_journal_content_new (record, owner != NULL ? psl_record_get (record, owner, NULL) : NULL,
                                     psl_record_get_position (record));
  statement = psl_db_prepare (self->db,
                              "UPDATE change SET content = ? WHERE rid = ? AND action = ? AND field = '$state' AND language = ''",
                              error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, content);
  psl_statement_bind_int64 (statement, 2, making->rid);
  psl_statement_bind_int64 (statement, 3, making->action);
  return psl_statement_run (statement, error);
}

static gboolean
write_contents (PslStore  *self,
                GError   **error)
{
  gint64 after = 0;
  gint64 last;

  if (!psl_store_read_last_rid (self, &last, error))
    return FALSE;

  for (;;)
    {
      g_autoptr (GArray) makings = read_makings (self, after, error);

      if (makings == NULL)
        return FALSE;
      if (makings->len == 0)
        return TRUE;
      for (guint i = 0; i < makings->len; i++)
        {
          if (!write_content (self, &g_array_index (makings, Making, i), error))
            return FALSE;
        }
      after = g_array_index (makings, Making, makings->len - 1).rid;
      if (!psl_store_step (self, after, last, error))
        return FALSE;
    }
}

static gboolean
write_bases (PslStore  *self,
             GError   **error)
{
  return psl_db_exec (self->db,
                      "UPDATE change SET base = (SELECT max (c.action) FROM change AS c"
                      "  WHERE c.rid = change.rid AND c.action < change.action"
                      "  AND ((c.field = change.field AND c.language = change.language) OR c.content IS NOT NULL))"
                      " WHERE content IS NULL", error);
}

static gboolean
is_incomplete (PslStore  *self,
               gint64    *incomplete,
               GError   **error)
{
  return psl_db_get_int64 (self->db, "SELECT count (*) FROM meta WHERE name = '" FLAG "'", incomplete, error);
}

/**
 * psl_journal_complete:
 *
 * Completes the journal after a migration whose script asks for it, by a row
 * `complete-journal` in `meta`: so does each that writes into the journal.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR; the register is then as it was
 */
gboolean
psl_journal_complete (PslStore  *self,
                      GError   **error)
{
  gint64 incomplete;

  if (!is_incomplete (self, &incomplete, error))
    return FALSE;
  if (!incomplete)
    return TRUE;

  /* Another program may have completed the journal while this one waited. */
  if (!psl_db_begin (self->db, error))
    return FALSE;
  if (is_incomplete (self, &incomplete, error) &&
      (!incomplete ||
       (write_contents (self, error) && write_bases (self, error) && psl_chain_make (self, error) &&
        psl_db_exec (self->db, "DELETE FROM meta WHERE name = '" FLAG "'", error))) &&
      psl_db_commit (self->db, error))
    return TRUE;
  psl_db_rollback (self->db);
  return FALSE;
}
