/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-merge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-date.h"
#include "psl-error.h"
#include "psl-identity.h"
#include "psl-languages.h"
#include "psl-remark.h"
#include "psl-rows.h"
#include "psl-text.h"

/* The marks of a record that the import has met. */
typedef enum
{
  MET = 1 << 0,
  MADE = 1 << 1,
  CHANGED = 1 << 2,
  IN_CONFLICT = 1 << 3,
  REMARKED = 1 << 4,
} Mark;

/* A field of a record in the register, of texts in one language. */
typedef struct
{
  gint64 rid;
  const PslField *field;
  const char *language;     /* (nullable): interned */
} Cell;

/* One record, by rid: its marks, and the line of its first row. */
typedef struct
{
  guint32 line;
  guint8 mark;
} Met;

/*
 * Puts rows into the register, each into the record it describes.
 *
 * Records that the import made are told from older ones by their rids, which rise, and values
 * that it set in older ones by their cells, so that memory does not grow with the file beyond
 * eight bytes a record and a #Cell a changed one.
 */
struct _PslMerge
{
  PslStore *store;
  char *name;               /* (nullable): of the file */
  const PslKind *kind;
  guint64 n_remarks;
  gboolean prefer_file;
  PslImportReport report;
  gpointer user_data;
  gint64 first_made;        /* rid, or 0 */
  GArray *met;              /* (element-type Met): by rid */
  GHashTable *cells;        /* (element-type Cell): the cells of older records that the file set */
  PslLinkResolver *links;
  struct
  {
    gint64 first_made;
    guint64 n_remarks;
    GArray *met;            /* (nullable): where nothing is tried */
    GHashTable *cells;
  } saved;                  /* the state before a part that is tried */
};

static guint
hash_cell (gconstpointer key)
{
  const Cell *cell = key;

  return g_int64_hash (&cell->rid) ^ g_direct_hash (cell->field) ^ g_direct_hash (cell->language);
}

static gboolean
is_same_cell (gconstpointer a,
              gconstpointer b)
{
  const Cell *one = a;
  const Cell *other = b;

  return one->rid == other->rid && one->field == other->field && one->language == other->language;
}

static GHashTable *
make_cells (void)
{
  return g_hash_table_new_full (hash_cell, is_same_cell, g_free, NULL);
}

static void
forget_saved (PslMerge *self)
{
  g_clear_pointer (&self->saved.met, g_array_unref);
  g_clear_pointer (&self->saved.cells, g_hash_table_unref);
}

static Met *
get_met (PslMerge *self,
         gint64    rid)
{
  if (self->met->len <= rid)
    g_array_set_size (self->met, (guint) rid + 1);
  return &g_array_index (self->met, Met, rid);
}

static guint8 *
get_mark (PslMerge *self,
          gint64    rid)
{
  return &get_met (self, rid)->mark;
}

static gboolean
was_set_by_file (PslMerge       *self,
                 gint64          rid,
                 const PslField *field,
                 const char     *language)
{
  const Cell cell = { rid, field, g_intern_string (language) };

  return (*get_mark (self, rid) & MADE) || g_hash_table_contains (self->cells, &cell);
}

/* A value as an issue holds it. Nobody knows a record by its UUID. */
static char *
dup_shown_value (PslMerge       *self,
                 const PslField *field,
                 const char     *value)
{
  g_autofree char *name = field->type == PSL_FIELD_TYPE_LINK ? psl_import_link_dup_name (self->store, value) : NULL;

  return name != NULL ? g_steal_pointer (&name) : g_strdup (value);
}

static void
report_value (PslMerge           *self,
              PslImportIssueType  type,
              PslImportRow       *row,
              PslRecord          *existing,
              const PslField     *field,
              const char         *language,
              const char         *given)
{
  g_autoptr (PslImportIssue) issue = psl_import_issue_new (type, row->line);

  issue->record = psl_record_dup_name (existing, psl_store_get_codelists (self->store));
  issue->field = field;
  issue->language = language;
  issue->kept = dup_shown_value (self, field, psl_record_get (existing, field, language));
  issue->given = dup_shown_value (self, field, given);
  issue->in_file = was_set_by_file (self, psl_record_get_rid (existing), field, language);
  self->report (issue, self->user_data);
}

/* Refuses a row, which of a part leaves only that out; takes @message. */
static PslMergeResult
refuse (PslMerge     *self,
        PslImportRow *row,
        char         *message)
{
  g_autoptr (PslImportIssue) issue = psl_import_issue_new (row->ids != NULL ? PSL_IMPORT_ISSUE_LEFT_OUT
                                                                            : PSL_IMPORT_ISSUE_REFUSED, row->line);

  if (row->ids != NULL)
    {
      issue->column = g_strdup (row->ids->heading);
      issue->nth = row->ids->nth;
      issue->field = row->ids->field;
    }
  issue->record = psl_record_dup_name (row->record, psl_store_get_codelists (self->store));
  issue->message = message;
  self->report (issue, self->user_data);
  return PSL_MERGE_REFUSED;
}

/* An error that is the row's refuses the row; any other is the register's. */
static PslMergeResult
refuse_or_fail (PslMerge      *self,
                PslImportRow  *row,
                GError        *local_error,
                GError       **error)
{
  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID))
    {
      PslMergeResult result = refuse (self, row, g_strdup (local_error->message));

      g_error_free (local_error);
      return result;
    }
  g_propagate_error (error, local_error);
  return PSL_MERGE_FAILED;
}

static gboolean
rows_contain (const PslField *field,
              GPtrArray      *rows,
              gpointer        entry)
{
  for (guint i = 0; i < rows->len; i++)
    if (psl_rows_row_contains (field, g_ptr_array_index (rows, i), entry))
      return TRUE;
  return FALSE;
}

/* The existing entries, and the entries of @given that they don't contain. */
static char *
add_entries (const PslField  *field,
             const char      *existing,
             const char      *given,
             GError         **error)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, existing, error);
  g_autoptr (GPtrArray) added = rows != NULL ? psl_rows_parse (field, given, error) : NULL;

  if (added == NULL)
    return NULL;
  for (guint i = 0; i < added->len; i++)
    if (!rows_contain (field, rows, g_ptr_array_index (added, i)))
      g_ptr_array_add (rows, psl_rows_row_new (field, g_ptr_array_index (added, i)));
  return psl_rows_build (field, rows);
}

/* Whether two lists say the same in another order: countries have none. */
static gboolean
same_entries (const PslField *field,
              const char     *one,
              const char     *other)
{
  g_autoptr (GPtrArray) ones = psl_rows_parse (field, one, NULL);
  g_autoptr (GPtrArray) others = psl_rows_parse (field, other, NULL);

  if (ones == NULL || others == NULL || ones->len != others->len)
    return FALSE;
  for (guint i = 0; i < ones->len; i++)
    if (!rows_contain (field, others, g_ptr_array_index (ones, i)) ||
        !rows_contain (field, ones, g_ptr_array_index (others, i)))
      return FALSE;
  return TRUE;
}

static gboolean
same_value (const PslField *field,
            const char     *existing,
            const char     *given)
{
  return strcmp (existing, given) == 0 ||
         (field->type == PSL_FIELD_TYPE_ROWS && (field->flags & PSL_FIELD_FLAT) && same_entries (field, existing, given));
}

/* Whether the given value is the present one, and more only where that is empty, entry by
 * entry. */
static gboolean
completes (const PslField *field,
           const char     *existing,
           const char     *given)
{
  g_autoptr (GPtrArray) present = psl_rows_parse (field, existing, NULL);
  g_autoptr (GPtrArray) complete = psl_rows_parse (field, given, NULL);

  if (present == NULL || complete == NULL || present->len != complete->len)
    return FALSE;
  for (guint i = 0; i < present->len; i++)
    if (!psl_rows_row_contains (field, g_ptr_array_index (complete, i), g_ptr_array_index (present, i)))
      return FALSE;
  return TRUE;
}

static gboolean
set_cell (PslMerge        *self,
          PslRecord       *existing,
          const PslField  *field,
          const char      *language,
          const char      *value,
          GError         **error)
{
  gint64 rid = psl_record_get_rid (existing);
  guint8 *mark = get_mark (self, rid);

  if (!psl_store_set (self->store, rid, field, language, value, error))
    return FALSE;
  /* To prefer the file decides on what an earlier import left open. */
  if (self->prefer_file && !(*mark & MADE) &&
      !psl_store_settle_remarks (self->store, rid, field, language, value, error))
    return FALSE;
  *mark |= CHANGED;
  if (!(*mark & MADE))
    {
      const Cell cell = { rid, field, g_intern_string (language) };

      g_hash_table_add (self->cells, g_memdup2 (&cell, sizeof cell));
    }
  return TRUE;
}

/* Where the value of a row comes from: “offices.csv, line 12”. */
static char *
dup_source (PslMerge     *self,
            PslImportRow *row)
{
  if (self->name == NULL)
    return g_strdup_printf (_("line %lu of the file"), (gulong) row->line);
  /* Translators: the name of a file, and the number of a line in it. */
  return g_strdup_printf (_("%s, line %lu"), self->name, (gulong) row->line);
}

/* Both values, where each comes from, and who gave the register its value. */
static char *
dup_remark_text (PslMerge        *self,
                 PslRecord       *existing,
                 const PslField  *field,
                 const char      *language,
                 const char      *given,
                 const char      *source,
                 GError         **error)
{
  g_autofree char *present = dup_shown_value (self, field, psl_record_get (existing, field, language));
  g_autofree char *other = dup_shown_value (self, field, given);
  g_autofree char *shown_present = psl_field_display (field, psl_store_get_codelists (self->store), present, NULL);
  g_autofree char *shown_other = psl_field_display (field, psl_store_get_codelists (self->store), other, NULL);
  g_autofree char *quoted_present = psl_text_dup_quotable (shown_present);
  g_autofree char *quoted_other = psl_text_dup_quotable (shown_other);
  g_autofree char *author = NULL;
  g_autofree char *time = NULL;
  gint64 at;

  if (!psl_store_read_last_edit (self->store, psl_record_get_rid (existing), field, language, &author, &at, error))
    return NULL;
  time = psl_date_display_time (at);
  if (author != NULL)
    /* Translators: a value in a file, the file and the line, the value in the register, who gave it and when. */
    return g_strdup_printf (_("“%s” in %s differs from “%s” in the register (%s, %s)."), quoted_other, source,
                            quoted_present, author, time);
  /* Translators: a value in a file, the file and the line, the value in the register, since when it is there. */
  return g_strdup_printf (_("“%s” in %s differs from “%s” in the register (%s)."), quoted_other, source,
                          quoted_present, time);
}

/* Leaves a value that the import does not take in a remark on the field, until somebody
 * decides. A value that somebody decided about already is not told again. @value is NULL
 * where the field can't hold the value given. */
static gboolean
leave_remark (PslMerge        *self,
              PslImportRow    *row,
              PslRecord       *existing,
              const PslField  *field,
              const char      *language,
              const char      *given,
              const char      *value,
              GError         **error)
{
  g_autoptr (PslRecord) remark = NULL;
  g_autofree char *source = NULL;
  g_autofree char *text = NULL;
  gboolean has;

  if (psl_record_get_kind (existing)->remarks == NULL)
    return TRUE;
  remark = psl_remark_new (existing, field, language);
  psl_remark_set (remark, PSL_REMARK_VALUE, NULL, value);
  if (!psl_store_has_remark (self->store, remark, psl_record_get_rid (existing), &has, error))
    return FALSE;
  if (has)
    return TRUE;

  source = dup_source (self, row);
  text = dup_remark_text (self, existing, field, language, given, source, error);
  if (text == NULL)
    return FALSE;
  psl_remark_set (remark, PSL_REMARK_SOURCE, NULL, source);
  psl_remark_set (remark, PSL_REMARK_TEXT, psl_language_get_interface (), text);
  self->n_remarks++;
  *get_mark (self, psl_record_get_rid (existing)) |= REMARKED;
  return psl_store_insert (self->store, remark, error) > 0;
}

/* Tells of a value that is not taken. */
static gboolean
note_conflict (PslMerge        *self,
               PslImportRow    *row,
               PslRecord       *existing,
               const PslField  *field,
               const char      *language,
               const char      *given,
               const char      *value,
               GError         **error)
{
  report_value (self, PSL_IMPORT_ISSUE_CONFLICT, row, existing, field, language, given);
  *get_mark (self, psl_record_get_rid (existing)) |= IN_CONFLICT;
  return leave_remark (self, row, existing, field, language, given, value, error);
}

static gboolean
merge_cell (PslMerge        *self,
            PslImportRow    *row,
            PslRecord       *existing,
            const PslField  *field,
            const char      *language,
            GError         **error)
{
  const char *given = psl_record_get (row->record, field, language);
  const char *present = psl_record_get (existing, field, language);
  gint64 rid = psl_record_get_rid (existing);

  if (given == NULL)
    return TRUE;
  if (present != NULL && g_ptr_array_find (row->added, field, NULL))
    {
      g_autofree char *value = add_entries (field, present, given, error);

      if (value == NULL)
        return FALSE;
      if (strcmp (value, present) == 0)
        return TRUE;
      /* Entries that exclude each other: a country with two percentages. */
      if (psl_field_is_valid (field, psl_store_get_codelists (self->store), value))
        return set_cell (self, existing, field, language, value, error);
      return note_conflict (self, row, existing, field, language, given, given, error);
    }
  if (present != NULL && same_value (field, present, given))
    return TRUE;
  if (present == NULL || (field->type == PSL_FIELD_TYPE_PARTS && completes (field, present, given)))
    return set_cell (self, existing, field, language, given, error);

  if (self->prefer_file && !was_set_by_file (self, rid, field, language))
    {
      report_value (self, PSL_IMPORT_ISSUE_REPLACED, row, existing, field, language, given);
      return set_cell (self, existing, field, language, given, error);
    }
  return note_conflict (self, row, existing, field, language, given, given, error);
}

static gboolean
merge_cells (PslMerge      *self,
             PslImportRow  *row,
             PslRecord     *existing,
             GError       **error)
{
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, row->record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    if (!merge_cell (self, row, existing, field, language, error))
      return FALSE;
  return TRUE;
}

/* Whether the row's value may go into the record's field. */
static gboolean
takes_value (PslMerge       *self,
             PslRecord      *existing,
             const PslField *field)
{
  return psl_record_get (existing, field, NULL) == NULL ||
         (self->prefer_file && !was_set_by_file (self, psl_record_get_rid (existing), field, NULL));
}

/* Makes the missing records that links of a row name, once the row itself is in the register,
 * and links them. A record that the row's record would not be linked to is not made. */
static gboolean
create_links (PslMerge      *self,
              PslImportRow  *row,
              GError       **error)
{
  for (guint i = 0; i < row->links->len; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);
      g_autoptr (PslRecord) existing = NULL;

      if (!link->is_lost || !psl_import_link_is_unresolved (link))
        continue;
      existing = psl_store_read (self->store, row->rid, error);
      if (existing == NULL)
        return FALSE;
      if (!takes_value (self, existing, link->field))
        {
          link->is_left_out = TRUE;
          if (!note_conflict (self, row, existing, link->field, NULL, link->text, NULL, error))
            return FALSE;
        }
      else if (!psl_link_resolver_create (self->links, row, link, error) ||
               !merge_cell (self, row, existing, link->field, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/* A record whose making was undone is made again: nothing of it is left. */
static gboolean
revive (PslMerge      *self,
        PslRecord     *existing,
        GError       **error)
{
  gint64 rid = psl_record_get_rid (existing);
  g_autoptr (PslRecord) former = psl_record_copy (existing);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  if (!psl_store_set_state (self->store, rid, PSL_RECORD_LIVE, error))
    return FALSE;
  *get_mark (self, rid) |= MADE;
  psl_record_iter_init (&iter, former);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      if (field->flags & PSL_FIELD_OWNER)
        continue;
      if (!psl_store_set (self->store, rid, field, language, NULL, error))
        return FALSE;
      psl_record_set (existing, field, language, NULL);
    }
  return TRUE;
}

/* Tells that a row goes into a record which an earlier row of the file went into. */
static void
report_merged (PslMerge     *self,
               PslImportRow *row,
               PslRecord    *existing)
{
  const Met *met = get_met (self, psl_record_get_rid (existing));
  g_autoptr (PslImportIssue) issue = NULL;

  if (!(met->mark & MET))
    return;
  issue = psl_import_issue_new (PSL_IMPORT_ISSUE_MERGED, row->line);
  issue->record = psl_record_dup_name (existing, psl_store_get_codelists (self->store));
  issue->earlier_line = met->line;
  self->report (issue, self->user_data);
}

/* Notes that a row went into a record. */
static void
note_row (PslMerge     *self,
          PslImportRow *row,
          gint64        rid)
{
  Met *met = get_met (self, rid);

  if (!(met->mark & MET))
    met->line = (guint32) row->line;
  met->mark |= MET;
}

/* The record in the trash into which the row would bring its record.
 * @name: (out) (nullable): NULL where there is none */
static gboolean
find_trashed_owner (PslMerge      *self,
                    PslImportRow  *row,
                    char         **name,
                    GError       **error)
{
  const PslField *field = psl_kind_get_owner_field (psl_record_get_kind (row->record));
  const char *id = field != NULL && self->prefer_file ? psl_record_get (row->record, field, NULL) : NULL;
  /* That there is none is said when the row goes in. */
  gint64 owner = id != NULL ? psl_store_find (self->store, id, NULL) : 0;

  return owner == 0 || psl_store_find_trashed (self->store, owner, name, error);
}

/* Refuses a row that would go into a record in the trash, or into a part of one, where nobody
 * would see it. */
static PslMergeResult
check_trash (PslMerge      *self,
             PslImportRow  *row,
             PslRecord     *existing,
             GError       **error)
{
  g_autofree char *name = NULL;

  /* Only what a part belongs to is not known by now. */
  if (psl_record_get_state (existing) != PSL_RECORD_TRASHED && !psl_kind_is_part (psl_record_get_kind (existing)))
    return PSL_MERGE_DONE;
  if (!psl_store_find_trashed (self->store, psl_record_get_rid (existing), &name, error) ||
      (name == NULL && !find_trashed_owner (self, row, &name, error)))
    return PSL_MERGE_FAILED;
  if (name == NULL)
    return PSL_MERGE_DONE;
  return refuse (self, row, g_strdup_printf (_("%s is in the trash. Restore it, and import the file again."), name));
}

/* Leaves the lists of parts that go in by themselves out of their record. */
static void
forget_lists (PslImportRow *row)
{
  for (guint i = 0; i < row->parts->len; i++)
    {
      const PslField *field = ((PslImportRow *) g_ptr_array_index (row->parts, i))->ids->field;
      g_autofree const char **languages = psl_record_list_languages (row->record, field);

      for (gsize j = 0; languages[j] != NULL; j++)
        psl_record_set (row->record, field, languages[j], NULL);
      if (!(field->flags & PSL_FIELD_MULTILINGUAL))
        psl_record_set (row->record, field, NULL, NULL);
    }
}

static PslMergeResult
merge_into (PslMerge      *self,
            PslImportRow  *row,
            gint64         rid,
            GError       **error)
{
  g_autoptr (PslRecord) existing = psl_store_read (self->store, rid, error);
  PslMergeResult result = existing != NULL ? check_trash (self, row, existing, error) : PSL_MERGE_FAILED;
  GError *local_error = NULL;

  if (result != PSL_MERGE_DONE)
    return result;
  if (!psl_store_read_parts_values (self->store, existing, error))
    return PSL_MERGE_FAILED;
  if (psl_record_get_state (existing) == PSL_RECORD_GONE && !revive (self, existing, error))
    return PSL_MERGE_FAILED;

  /* Where the register knows the record by another UUID, it knows the parts by others. */
  if (g_strcmp0 (psl_record_get_id (row->record), psl_record_get_id (existing)) != 0)
    g_ptr_array_set_size (row->parts, 0);
  forget_lists (row);
  report_merged (self, row, existing);
  row->rid = rid;
  if (!merge_cells (self, row, existing, &local_error))
    return refuse_or_fail (self, row, local_error, error);
  return create_links (self, row, error) ? PSL_MERGE_DONE : PSL_MERGE_FAILED;
}

/* Links a row that is in the register, with its links that were open then. */
static PslMergeResult
link_again (PslMerge      *self,
            PslImportRow  *row,
            GError       **error)
{
  g_autoptr (PslRecord) existing = psl_store_read (self->store, row->rid, error);
  GError *local_error = NULL;

  if (existing == NULL)
    return PSL_MERGE_FAILED;
  for (guint i = 0; i < row->links->len; i++)
    {
      const PslImportLink *link = g_ptr_array_index (row->links, i);

      if (link->was_unresolved && !merge_cell (self, row, existing, link->field, NULL, &local_error))
        return refuse_or_fail (self, row, local_error, error);
    }
  return create_links (self, row, error) ? PSL_MERGE_DONE : PSL_MERGE_FAILED;
}

static PslMergeResult
make (PslMerge      *self,
      PslImportRow  *row,
      GError       **error)
{
  GError *local_error = NULL;
  gint64 rid;

  forget_lists (row);
  rid = psl_store_insert_canonical (self->store, row->record, &local_error);
  if (local_error != NULL)
    return refuse_or_fail (self, row, local_error, error);
  if (self->first_made == 0)
    self->first_made = rid;
  *get_mark (self, rid) |= MADE;
  row->rid = rid;
  return create_links (self, row, error) ? PSL_MERGE_DONE : PSL_MERGE_FAILED;
}

/* Puts a row whose links are resolved into the record that it describes. */
static PslMergeResult
place (PslMerge      *self,
       PslImportRow  *row,
       GError       **error)
{
  GError *local_error = NULL;
  g_autoptr (GArray) rids = psl_identity_find (self->store, row->record, self->first_made, &local_error);
  g_autofree char *names = NULL;

  if (rids == NULL)
    return refuse_or_fail (self, row, local_error, error);
  if (rids->len == 0)
    return make (self, row, error);
  if (rids->len == 1)
    return merge_into (self, row, g_array_index (rids, gint64, 0), error);

  names = psl_import_link_describe (self->store, rids);
  return refuse (self, row,
                 g_strdup_printf (_("The row fits several records: %s. Give it the UUID of one in a column “id”."), names));
}

/* Puts the parts of a row in as rows of their own; what they change, their record changes. */
static gboolean
place_parts (PslMerge      *self,
             PslImportRow  *row,
             GError       **error)
{
  for (guint i = 0; i < row->parts->len; i++)
    {
      PslImportRow *part = g_ptr_array_index (row->parts, i);
      PslMergeResult result = place (self, part, error);
      guint8 mark = result == PSL_MERGE_DONE ? *get_mark (self, part->rid) : 0;

      if (result == PSL_MERGE_FAILED)
        return FALSE;
      *get_mark (self, row->rid) |= (mark & (IN_CONFLICT | REMARKED)) | (mark & (MADE | CHANGED) ? CHANGED : 0);
    }
  return TRUE;
}

/**
 * psl_merge_new:
 * @missing: what becomes of links to records that aren't there
 * @language: (nullable): of the titles of records that are made for links
 * @name: (nullable): the file's name, for remarks on what it says otherwise
 * @report: told of conflicts, of rows that are refused and of what links lead to
 *
 * Returns: (transfer full): a merge into @store, which has an action begun
 */
PslMerge *
psl_merge_new (PslStore        *store,
               const PslKind   *kind,
               gboolean         prefer_file,
               PslMissingLinks  missing,
               const char      *language,
               const char      *name,
               PslImportReport  report,
               gpointer         user_data)
{
  PslMerge *self = g_new0 (PslMerge, 1);

  self->store = store;
  self->name = g_strdup (name);
  self->kind = kind;
  self->prefer_file = prefer_file;
  self->report = report;
  self->user_data = user_data;
  self->met = g_array_new (FALSE, TRUE, sizeof (Met));
  self->cells = make_cells ();
  self->links = psl_link_resolver_new (store, kind, missing, language, report, user_data);
  return self;
}

/**
 * psl_merge_free:
 *
 * Frees @self.
 */
void
psl_merge_free (PslMerge *self)
{
  g_free (self->name);
  g_array_unref (self->met);
  g_hash_table_unref (self->cells);
  forget_saved (self);
  psl_link_resolver_free (self->links);
  g_free (self);
}

/**
 * psl_merge_row:
 * @row: a row; its links are looked up and set in its record
 *
 * Puts a row into the record that it describes, or into a new one. Values that
 * are there stay, unless the file is preferred; empty cells take nothing away.
 *
 * Returns: what became of the row; @error is set for %PSL_MERGE_FAILED
 */
PslMergeResult
psl_merge_row (PslMerge       *self,
               PslImportRow   *row,
               PslMergeFlags   flags,
               GError        **error)
{
  PslMergeResult result;
  PslLinkResult links = psl_link_resolver_resolve (self->links, row, error);

  if (links == PSL_LINKS_FAILED)
    return PSL_MERGE_FAILED;
  if (links == PSL_LINKS_REFUSED)
    return PSL_MERGE_REFUSED;
  if (links == PSL_LINKS_WAITING && !(flags & PSL_MERGE_WITHOUT_LINKS))
    return PSL_MERGE_WAITING;

  if (flags & PSL_MERGE_AGAIN)
    return link_again (self, row, error);
  for (guint i = 0; i < row->links->len; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);

      link->was_unresolved = psl_import_link_is_unresolved (link);
    }
  result = place (self, row, error);
  if (result != PSL_MERGE_DONE)
    return result;
  note_row (self, row, row->rid);
  return place_parts (self, row, error) ? PSL_MERGE_DONE : PSL_MERGE_FAILED;
}

/**
 * psl_merge_try:
 *
 * Begins a part of the merge that may be given up by itself.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_merge_try (PslMerge  *self,
               GError   **error)
{
  GHashTableIter iter;
  gpointer cell;

  g_return_val_if_fail (self->saved.met == NULL, FALSE);

  self->saved.first_made = self->first_made;
  self->saved.n_remarks = self->n_remarks;
  self->saved.met = g_array_copy (self->met);
  self->saved.cells = make_cells ();
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &cell, NULL))
    g_hash_table_add (self->saved.cells, g_memdup2 (cell, sizeof (Cell)));
  return psl_store_set_savepoint (self->store, error);
}

/**
 * psl_merge_keep:
 *
 * Makes the part since psl_merge_try() one with the merge.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_merge_keep (PslMerge  *self,
                GError   **error)
{
  forget_saved (self);
  return psl_store_release_savepoint (self->store, error);
}

/**
 * psl_merge_give_up:
 *
 * Gives up the part since psl_merge_try(): none of its rows went in.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_merge_give_up (PslMerge  *self,
                   GError   **error)
{
  self->first_made = self->saved.first_made;
  self->n_remarks = self->saved.n_remarks;
  g_array_unref (self->met);
  self->met = g_steal_pointer (&self->saved.met);
  g_hash_table_unref (self->cells);
  self->cells = g_steal_pointer (&self->saved.cells);
  return psl_store_return_to_savepoint (self->store, error);
}

/**
 * psl_merge_get_outcome:
 * @rid: of a record that a row went into
 *
 * Returns: what the rows so far do to the record
 */
PslImportOutcome
psl_merge_get_outcome (PslMerge *self,
                       gint64    rid)
{
  guint8 mark = *get_mark (self, rid);

  g_return_val_if_fail (mark & MET, PSL_IMPORT_IDENTICAL);

  if (mark & MADE)
    return PSL_IMPORT_NEW;
  if (mark & CHANGED)
    return PSL_IMPORT_CHANGED;
  return mark & IN_CONFLICT ? PSL_IMPORT_CONFLICT : PSL_IMPORT_IDENTICAL;
}

/**
 * psl_merge_finish:
 *
 * Counts what became of the records and tells @options' record function.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR where the register can't be read
 */
gboolean
psl_merge_finish (PslMerge                *self,
                  const PslImportOptions  *options,
                  PslImportPlan           *plan,
                  GError                 **error)
{
  plan->n_remarks = self->n_remarks;
  for (guint rid = 0; rid < self->met->len; rid++)
    {
      PslImportOutcome outcome;
      g_autoptr (PslRecord) record = NULL;

      if (!(*get_mark (self, rid) & MET))
        continue;
      outcome = psl_merge_get_outcome (self, rid);
      plan->n_records[outcome]++;
      plan->n_touched += (*get_mark (self, rid) & (MADE | CHANGED | REMARKED)) != 0;
      if (options->record == NULL)
        continue;
      record = psl_store_read (self->store, rid, error);
      if (record == NULL)
        return FALSE;
      options->record (record, outcome, options->user_data);
    }
  return TRUE;
}
