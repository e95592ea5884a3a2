/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-import-heading.h"
#include "psl-import-headings.h"
#include "psl-import-merge.h"
#include "psl-text.h"

#define PROGRESS_ROWS 256

/* The share of the progress for looking through the columns. */
#define SURVEY_SHARE 0.25

/* One run: the file from its first row to its last. */
typedef struct
{
  const PslKind *kind;
  const PslImportOptions *options;
  PslImportPlan *plan;
  PslCsvReader *reader;
  PslImportCells cells;
  PslImportSurvey *survey;
  double done;            /* of the progress, before the rows are put in */
  PslMerge *merge;
  GPtrArray *waiting;     /* (element-type PslImportRow): link to a record that isn't there yet */
  GPtrArray *held;        /* (element-type PslImportIssue) (nullable): of rows that are only tried */
  PslImportCounts counts; /* the issues of the row at hand */
  GCancellable *cancellable;
} Import;

/* Keeps why a row, or a value of it, was not taken. The rows of issues that come late
 * are kept since they wait. */
static void
keep_reason (Import               *self,
             const PslImportIssue *issue)
{
  g_autofree char *field = psl_import_issue_dup_field (issue);
  g_autofree char *message = psl_import_issue_dup_message (issue, psl_store_get_codelists (self->cells.store));
  g_autofree char *reason = field != NULL ? g_strdup_printf (_("%s: %s"), field, message) : g_strdup (message);

  if (issue->line == psl_csv_reader_get_line (self->reader))
    psl_refused_rows_keep (self->options->refused, self->reader);
  psl_refused_rows_add_reason (self->options->refused, issue->line, reason);
}

/* The row on show that starts at @line, or NULL. Rows are in the order of lines. */
static PslImportPreviewRow *
find_shown (Import  *self,
            guint64  line)
{
  GListModel *shown = G_LIST_MODEL (self->options->preview);

  for (guint i = shown != NULL ? g_list_model_get_n_items (shown) : 0; i > 0; i--)
    {
      g_autoptr (PslImportPreviewRow) row = g_list_model_get_item (shown, i - 1);

      /* The model keeps it. */
      if (psl_import_preview_row_get_line (row) <= line)
        return psl_import_preview_row_get_line (row) == line ? row : NULL;
    }
  return NULL;
}

/* Shows an issue of a row in the row's preview. */
static void
show_issue (Import               *self,
            const PslImportIssue *issue)
{
  PslImportPreviewRow *shown = find_shown (self, issue->line);

  if (shown == NULL)
    return;

  if (issue->type == PSL_IMPORT_ISSUE_LEFT_OUT)
    psl_import_preview_row_leave_out (shown, issue);
  else if (issue->type == PSL_IMPORT_ISSUE_CONFLICT)
    psl_import_preview_row_set_conflict (shown, self->cells.mapping, issue);
  else if (issue->type == PSL_IMPORT_ISSUE_MERGED)
    psl_import_preview_row_set_joined (shown, issue);
}

static void
report (Import               *self,
        const PslImportIssue *issue)
{
  if (self->options->refused != NULL &&
      (issue->type == PSL_IMPORT_ISSUE_REFUSED || issue->type == PSL_IMPORT_ISSUE_LEFT_OUT))
    keep_reason (self, issue);
  show_issue (self, issue);
  if (self->options->report != NULL)
    self->options->report (issue, self->options->user_data);
}

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  Import *self = user_data;

  self->counts.n_conflicts += issue->type == PSL_IMPORT_ISSUE_CONFLICT;
  self->counts.n_replaced += issue->type == PSL_IMPORT_ISSUE_REPLACED;
  self->counts.n_merged += issue->type == PSL_IMPORT_ISSUE_MERGED;
  self->counts.n_left_out += issue->type == PSL_IMPORT_ISSUE_LEFT_OUT;
  self->counts.n_created += issue->type == PSL_IMPORT_ISSUE_CREATED;
  self->counts.n_unlisted += issue->type == PSL_IMPORT_ISSUE_UNLISTED;
  if (self->held != NULL)
    g_ptr_array_add (self->held, psl_import_issue_copy (issue));
  else
    report (self, issue);
}

/* Counts the issues of a row that went in. */
static void
count_row (Import             *self,
           const PslImportRow *row)
{
  self->plan->n_conflicts += row->counts.n_conflicts;
  self->plan->n_replaced += row->counts.n_replaced;
  self->plan->n_merged += row->counts.n_merged;
  self->plan->n_left_out += row->counts.n_left_out;
  self->plan->n_created += row->counts.n_created;
  self->plan->n_unlisted += row->counts.n_unlisted;
}

/* Puts a row into the register, and notes its issues. */
static PslMergeResult
merge_row (Import         *self,
           PslImportRow   *row,
           PslMergeFlags   flags,
           GError        **error)
{
  PslMergeResult result;

  self->counts = row->counts;
  result = psl_merge_row (self->merge, row, flags, error);
  row->counts = self->counts;

  return result;
}

static void
report_note (Import     *self,
             guint64     line,
             const char *message)
{
  g_autoptr (PslImportIssue) issue = psl_import_issue_new (PSL_IMPORT_ISSUE_NOTE, line);

  issue->message = g_strdup (message);
  report_cb (issue, self);
}

/* Whether a file holds rows that were to be corrected after an import. */
static gboolean
has_reasons (const char *const *headings)
{
  for (; *headings != NULL; headings++)
    if (psl_import_heading_is_reasons (*headings))
      return TRUE;
  return FALSE;
}

/* Reports what a person should know of the file before its rows. */
static void
report_file (Import  *self,
             guint64  tag_line,
             guint    n_above)
{
  guint64 garbled_line = psl_csv_reader_get_garbled_line (self->reader);
  guint64 overruled_line = psl_csv_reader_get_overruled_line (self->reader);

  if (n_above > 0)
    report_note (self, tag_line,
                 _("The row of HXL tags is left out, and so are the rows above it, but for the one that names the columns. Write records below the tags."));
  else if (tag_line > 0)
    report_note (self, tag_line, _("The row of HXL tags is left out."));
  if (garbled_line > 0)
    report_note (self, garbled_line,
                 _("The text seems to have been garbled before the file was written (“Ã©” for “é”). Look at it, and save the file again from where it comes."));
  if (overruled_line > 0)
    {
      g_autofree char *message = NULL;

      /* Translators: the name of an encoding */
      message = g_strdup_printf (_("The accents of the text are valid UTF-8, but it is read as %s, as you said. If they come out wrong (“Ã©” for “é”), say UTF-8."),
                                 self->plan->encoding);
      report_note (self, overruled_line, message);
    }
}

/* Where all rows name the same currency, those without an amount are told together. */
static void
report_currencies (Import *self)
{
  for (guint i = 0; i < psl_import_mapping_get_n_columns (self->cells.mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (self->cells.mapping, i);
      PslLoneCurrencies lone = psl_import_survey_get_lone (self->survey, i);
      g_autoptr (PslImportIssue) issue = NULL;

      if (lone.n_rows == 0 || lone.currency == NULL)
        continue;
      issue = psl_import_issue_new (PSL_IMPORT_ISSUE_NOTE, lone.line);
      issue->field = column->field;
      issue->column = g_strdup (column->heading);
      issue->nth = i;
      /* Translators: a currency, how many rows, and a column’s heading */
      issue->message = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                     "“%s” stands beside no amount in %lu row of the column “%s”, and is left out there.",
                                                     "“%s” stands beside no amount in %lu rows of the column “%s”, and is left out there.",
                                                     (gulong) lone.n_rows),
                                        lone.currency, (gulong) lone.n_rows, column->heading);
      report_cb (issue, self);
    }
}

/* Columns that lead nowhere are named; where all do, the file is not a table of
 * this kind. */
static gboolean
report_columns (Import            *self,
                PslImportMapping  *mapping,
                GError           **error)
{
  guint n_columns = psl_import_mapping_get_n_columns (mapping);
  guint n_fields = 0;

  for (guint i = 0; i < n_columns; i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (mapping, i);
      g_autoptr (PslImportIssue) issue = NULL;

      n_fields += column->target == PSL_IMPORT_TO_FIELD || column->target == PSL_IMPORT_TO_AMOUNT;
      if (column->target != PSL_IMPORT_TO_UNMATCHED)
        continue;
      issue = psl_import_issue_new (PSL_IMPORT_ISSUE_COLUMN, psl_csv_reader_get_line (self->reader));
      issue->column = *column->heading != '\0' ? g_strdup (column->heading) : g_strdup_printf ("%u", i + 1);
      self->plan->n_unmatched++;
      report_cb (issue, self);
    }
  if (n_fields > 0)
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("No column of the file matches a field of “%s”. Name the columns after the fields in the first row."),
               psl_kind_get_label (self->kind));
  return FALSE;
}

/* Keeps the first rows for a person to look at. Returns (transfer full) (nullable): the
 * row on show. */
static PslImportPreviewRow *
preview_row (Import *self)
{
  GListStore *preview = self->options->preview;
  PslImportPreviewRow *shown;

  if (preview == NULL || g_list_model_get_n_items (G_LIST_MODEL (preview)) >= PSL_IMPORT_PREVIEW_MAX_ROWS)
    return NULL;
  shown = psl_import_preview_row_new (&self->cells, self->reader);
  g_list_store_append (preview, shown);

  return shown;
}

/* Reads the row that the reader stands on; NULL where it is refused. */
static PslImportRow *
parse_row (Import       *self,
           PslRowParser *parser)
{
  g_autoptr (PslImportPreviewRow) shown = preview_row (self);
  PslImportRow *row;

  self->counts = (PslImportCounts) { 0 };
  row = psl_row_parser_parse (parser, self->reader);
  if (row != NULL)
    row->counts = self->counts;
  if (row != NULL && shown != NULL)
    {
      psl_import_preview_row_set_record (shown, &self->cells, row->record);
      row->preview = g_steal_pointer (&shown);
    }

  return row;
}

/* Shows the outcome of the record that a row on show went into. More rows may change that
 * record: the last outcome holds. */
static void
show_outcome (Import             *self,
              const PslImportRow *row)
{
  if (row->preview != NULL)
    psl_import_preview_row_set_outcome (row->preview, psl_merge_get_outcome (self->merge, row->rid));
}

/* Puts in a row; FALSE where the register failed. */
static gboolean
take_row (Import        *self,
          PslImportRow  *owned,
          GError       **error)
{
  g_autoptr (PslImportRow) row = owned;

  switch (merge_row (self, row, PSL_MERGE_NONE, error))
    {
    case PSL_MERGE_DONE:
      count_row (self, row);
      self->plan->n_refused += self->options->strict && row->counts.n_left_out > 0;
      show_outcome (self, row);
      return TRUE;
    case PSL_MERGE_REFUSED:
      self->plan->n_refused++;
      return TRUE;
    case PSL_MERGE_WAITING:
      if (self->options->refused != NULL && row->line == psl_csv_reader_get_line (self->reader))
        psl_refused_rows_keep (self->options->refused, self->reader);
      g_ptr_array_add (self->waiting, g_steal_pointer (&row));
      return TRUE;
    case PSL_MERGE_FAILED:
      return FALSE;
    default:
      g_assert_not_reached ();
    }
}

/* A row that can't be read is refused; a file that can't be read is an error. */
static gboolean
refuse_row (Import        *self,
            GError        *local_error,
            GError       **error)
{
  g_autoptr (PslImportIssue) issue = NULL;

  if (local_error->domain != PSL_CSV_ERROR ||
      g_error_matches (local_error, PSL_CSV_ERROR, PSL_CSV_ERROR_ENCODING))
    {
      g_propagate_error (error, g_error_copy (local_error));
      return FALSE;
    }
  issue = psl_import_issue_new (PSL_IMPORT_ISSUE_REFUSED, psl_csv_reader_get_line (self->reader));
  issue->message = g_strdup (local_error->message);
  report_cb (issue, self);
  self->plan->n_rows++;
  self->plan->n_refused++;
  return TRUE;
}

static void
tell_progress (Import  *self,
               guint64  n_rows,
               double   share)
{
  if (self->options->progress != NULL && n_rows % PROGRESS_ROWS == 0)
    self->options->progress (self->done + share * psl_csv_reader_get_fraction (self->reader), self->options->user_data);
}

/* Looks through all rows for how their cells are to be read. Faulty rows are reported when
 * they are read again. */
static gboolean
survey_rows (Import  *self,
             GError **error)
{
  guint64 n_rows = 0;

  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (psl_csv_reader_next (self->reader, self->cancellable, &local_error))
        {
          psl_import_survey_add (self->survey, self->reader);
          tell_progress (self, ++n_rows, SURVEY_SHARE);
        }
      else if (local_error == NULL)
        return TRUE;
      else if (local_error->domain != PSL_CSV_ERROR || local_error->code == PSL_CSV_ERROR_ENCODING)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
}

/* Settles how each column is read, or asks. */
static gboolean
survey_columns (Import  *self,
                GError **error)
{
  g_autoptr (GPtrArray) questions = NULL;
  g_auto (GStrv) headings = NULL;
  g_autofree char *first = NULL;

  if (!psl_import_survey_is_needed (self->survey))
    return TRUE;
  if (!survey_rows (self, error) || !psl_csv_reader_rewind (self->reader, self->cancellable, error))
    return FALSE;
  headings = psl_import_read_headings (self->reader, psl_store_get_codelists (self->cells.store), NULL, NULL,
                                       self->cancellable, error);
  if (headings == NULL)
    return FALSE;
  self->done = SURVEY_SHARE;

  questions = psl_import_survey_conclude (self->survey);
  if (questions->len == 0)
    return TRUE;
  for (guint i = 0; i < questions->len && self->options->question != NULL; i++)
    self->options->question (g_ptr_array_index (questions, i), self->options->user_data);
  first = psl_import_question_dup_text (g_ptr_array_index (questions, 0));
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS, first);
  return FALSE;
}

static gboolean
read_rows (Import        *self,
           PslRowParser  *parser,
           GError       **error)
{
  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;
      g_autoptr (PslImportRow) row = NULL;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      if (!psl_csv_reader_next (self->reader, self->cancellable, &local_error))
        {
          if (local_error == NULL)
            return TRUE;
          if (!refuse_row (self, local_error, error))
            return FALSE;
          continue;
        }

      self->plan->n_rows++;
      tell_progress (self, self->plan->n_rows, 1 - self->done);
      row = parse_row (self, parser);
      if (row == NULL)
        self->plan->n_refused++;
      else if (!take_row (self, g_steal_pointer (&row), error))
        return FALSE;
    }
}

/* Rows that waited for records further down, from either end in turn: a chain
 * in either order is done in one round. */
static gboolean
take_waiting (Import  *self,
              GError **error)
{
  guint before;
  gboolean backwards = FALSE;

  do
    {
      g_autoptr (GPtrArray) rows = g_steal_pointer (&self->waiting);

      before = rows->len;
      self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_row_free);
      g_ptr_array_set_free_func (rows, NULL);
      for (guint i = 0; i < before; i++)
        if (!take_row (self, g_ptr_array_index (rows, backwards ? before - 1 - i : i), error))
          {
            for (guint j = i + 1; j < before; j++)
              psl_import_row_free (g_ptr_array_index (rows, backwards ? before - 1 - j : j));
            return FALSE;
          }
      backwards = !backwards;
    }
  while (self->waiting->len > 0 && self->waiting->len < before);
  return TRUE;
}

static void
add_name (GHashTable *names,
          const char *name)
{
  char *key = name != NULL ? psl_text_identity_key (name) : NULL;

  if (key != NULL)
    g_hash_table_add (names, key);
}

/* Adds all names that other rows may give the record of @row: see
 * psl_identity_find_named(). */
static void
add_names (GHashTable   *names,
           PslImportRow *row)
{
  const PslKind *kind = psl_record_get_kind (row->record);
  const PslField *title = psl_kind_get_title (kind);
  g_auto (GStrv) match = g_strsplit (kind->match != NULL ? kind->match : "", "|", -1);
  g_autofree const char **languages = psl_record_list_languages (row->record, title);

  add_name (names, psl_record_get_id (row->record));
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (field->type == PSL_FIELD_TYPE_IDENTIFIER ||
        (field->type == PSL_FIELD_TYPE_TEXT && g_strv_contains ((const char *const *) match, field->name)))
      add_name (names, psl_record_get (row->record, field, NULL));
  for (gsize i = 0; languages[i] != NULL; i++)
    add_name (names, psl_record_get (row->record, title, languages[i]));
}

/* Marks the links of @row that lead to none of @names as lost; all of them where that
 * is %NULL. Returns whether there were any. */
static gboolean
mark_lost_links (PslImportRow *row,
                 GHashTable   *names)
{
  gboolean found = FALSE;

  for (guint i = 0; i < row->links->len; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);
      g_autofree char *key = psl_text_identity_key (link->text);

      if (link->is_lost || !psl_import_link_is_unresolved (link) ||
          (names != NULL && key != NULL && g_hash_table_contains (names, key)))
        continue;
      link->is_lost = found = TRUE;
    }
  return found;
}

static gboolean
mark_lost (Import *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean found = FALSE;

  for (guint i = 0; i < self->waiting->len; i++)
    add_names (names, g_ptr_array_index (self->waiting, i));
  for (guint i = 0; i < self->waiting->len; i++)
    found |= mark_lost_links (g_ptr_array_index (self->waiting, i), names);
  return found;
}

/* Takes the rows that wait for others. A record that they name and no other waiting row
 * brings is lost: each time anew, for a row may be refused because of a lost record and
 * others may name its own record. Rows that still wait afterwards lead in a circle. */
static gboolean
take_all_waiting (Import  *self,
                  GError **error)
{
  do
    if (!take_waiting (self, error))
      return FALSE;
  while (mark_lost (self));
  return TRUE;
}

/* A row of a circle that is in the register: its links, which are there by now, or are
 * lost after all. */
static PslMergeResult
link_circle (Import        *self,
             PslImportRow  *row,
             GError       **error)
{
  PslMergeResult result = merge_row (self, row, PSL_MERGE_AGAIN, error);

  if (result != PSL_MERGE_WAITING)
    return result;
  mark_lost_links (row, NULL);
  return merge_row (self, row, PSL_MERGE_AGAIN, error);
}

/* Records that lead to each other in a circle are made first and linked after. Rows that
 * are refused are moved to @refused; @is_partial says whether any was when its record had
 * been made. */
static gboolean
try_circles (Import     *self,
             GPtrArray  *refused,
             gboolean   *is_partial,
             GError    **error)
{
  *is_partial = FALSE;
  for (int round = 0; round < 2; round++)
    for (guint i = self->waiting->len; i > 0; i--)
      {
        PslImportRow *row = g_ptr_array_index (self->waiting, i - 1);
        PslMergeResult result = round == 0 ? merge_row (self, row, PSL_MERGE_WITHOUT_LINKS, error)
                                           : link_circle (self, row, error);

        if (result == PSL_MERGE_FAILED)
          return FALSE;
        if (result == PSL_MERGE_DONE)
          continue;
        *is_partial |= round == 1;
        g_ptr_array_add (refused, g_ptr_array_steal_index (self->waiting, i - 1));
      }
  return TRUE;
}

/* Marks the links of a row that are found, and the issues that come, only from now on. */
static void
prepare_row (PslImportRow *row)
{
  row->kept_counts = row->counts;
  for (guint i = 0; i < row->links->len; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);

      link->is_tried = psl_import_link_is_unresolved (link);
    }
}

/* Brings a row of a circle back to its state before it was tried. */
static void
reset_row (PslImportRow *row)
{
  row->rid = 0;
  row->counts = row->kept_counts;
  for (guint i = 0; i < row->links->len; i++)
    {
      PslImportLink *link = g_ptr_array_index (row->links, i);

      if (!link->is_tried)
        continue;
      link->is_lost = link->is_left_out = FALSE;
      if (link->id != NULL && g_strcmp0 (psl_record_get (row->record, link->field, NULL), link->id) == 0)
        psl_record_set (row->record, link->field, NULL, NULL);
      g_clear_pointer (&link->id, g_free);
    }
}

/* Takes the rows that lead in circles. Where one is refused that others lead to, and they
 * are refused for that, all begin anew without it: nothing is left of a refused row. */
static gboolean
take_circles (Import  *self,
              GError **error)
{
  gboolean is_partial = TRUE;

  while (is_partial && self->waiting->len > 0)
    {
      g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_issue_free);
      g_autoptr (GPtrArray) refused = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_row_free);
      gboolean done;

      for (guint i = 0; i < self->waiting->len; i++)
        prepare_row (g_ptr_array_index (self->waiting, i));
      if (!psl_merge_try (self->merge, error))
        return FALSE;
      self->held = held;
      done = try_circles (self, refused, &is_partial, error);
      self->held = NULL;
      if (!done || !(is_partial ? psl_merge_give_up (self->merge, error) : psl_merge_keep (self->merge, error)))
        return FALSE;

      self->plan->n_refused += refused->len;
      for (guint i = 0; i < held->len; i++)
        {
          const PslImportIssue *issue = g_ptr_array_index (held, i);

          if (!is_partial || issue->type == PSL_IMPORT_ISSUE_REFUSED)
            report (self, issue);
        }
      for (guint i = 0; i < self->waiting->len && is_partial; i++)
        reset_row (g_ptr_array_index (self->waiting, i));
      if (is_partial && !take_all_waiting (self, error))
        return FALSE;
    }
  for (guint i = 0; i < self->waiting->len; i++)
    {
      count_row (self, g_ptr_array_index (self->waiting, i));
      show_outcome (self, g_ptr_array_index (self->waiting, i));
    }
  return TRUE;
}

static gboolean
run (Import  *self,
     GError **error)
{
  PslRowRules rules = { self->cells, self->survey, self->options->strict };
  g_autoptr (PslRowParser) parser = psl_row_parser_new (&rules, report_cb, self);

  return read_rows (self, parser, error) && take_all_waiting (self, error) && take_circles (self, error) &&
         psl_merge_finish (self->merge, self->options, self->plan, error);
}

/**
 * psl_import_plan_changes:
 *
 * Returns: whether the import changes the register, or would
 */
gboolean
psl_import_plan_changes (const PslImportPlan *plan)
{
  /* A row that was refused may have left a remark. */
  return plan->n_touched + plan->n_remarks > 0;
}

/* Stores the changes, or none of them. */
static gboolean
conclude (Import    *self,
          PslStore  *store,
          GError   **error)
{
  PslImportPlan *plan = self->plan;
  gboolean refused = self->options->strict && plan->n_refused > 0;

  if (self->options->dry_run || refused || !psl_import_plan_changes (plan))
    {
      psl_store_rollback (store);
      return TRUE;
    }
  if (plan->n_touched > 0)
    psl_store_set_n_records (store, (gint64) (plan->n_touched + plan->n_created));
  plan->action = psl_store_commit (store, error);
  return plan->action >= 0;
}

/**
 * psl_import_csv:
 * @stream: the file's bytes
 * @name: the file's name, which the action is called by
 * @plan: (out caller-allocates): the effects, or the effects it would have
 *
 * Reads a CSV file into the register, as one action. Rows that describe the same record go
 * into one, a language each or both; a value that differs from the present one is reported
 * and not taken; empty cells take nothing away; a value that can't be read is reported and
 * left out; a row that can't go in is reported and the others go in. A strict import takes
 * nothing then, which `n_refused` tells. The same file again changes nothing.
 *
 * The whole column decides about cells that can be read in several ways: the file is read
 * through before. Where its cells don't decide, a person is asked.
 *
 * A title suggests which record a row describes and proves nothing: see
 * psl_identity_find(). Rows of one file that go into one record are reported.
 *
 * Memory does not grow with the file, except for rows that link to records
 * further down. Cancelling leaves the register as it was.
 *
 * Errors: %PSL_REGISTER_ERROR_AMBIGUOUS where questions were asked,
 * %PSL_REGISTER_ERROR_INVALID where the file is no table of @kind,
 * %PSL_REGISTER_ERROR_NOT_FOUND where a map names a column or field that isn't there,
 * %PSL_CSV_ERROR or %G_IO_ERROR where it can't be read; or the register's own.
 *
 * Returns: %FALSE with @error set; the register is then as it was
 */
gboolean
psl_import_csv (PslStore                *store,
                const PslKind           *kind,
                GInputStream            *stream,
                const char              *name,
                const PslImportOptions  *options,
                PslImportPlan           *plan,
                GCancellable            *cancellable,
                GError                 **error)
{
  Import self = { .kind = kind, .options = options, .plan = plan, .cells = { .store = store }, .cancellable = cancellable };
  g_autoptr (PslCsvReader) reader = NULL;
  g_autoptr (PslImportMapping) mapping = NULL;
  g_autoptr (PslImportEmpty) empty = NULL;
  g_autoptr (PslImportSurvey) survey = NULL;
  g_autoptr (PslMerge) merge = NULL;
  g_auto (GStrv) headings = NULL;
  PslConventions conventions = {
    .dates = options->dates,
    .decimals = options->decimals,
    .century = options->century,
    .currency = options->currency,
  };
  guint64 tag_line;
  guint n_above;
  gboolean done;

  memset (plan, 0, sizeof *plan);
  reader = psl_csv_reader_new (stream, options->delimiter, options->encoding, cancellable, error);
  if (reader == NULL)
    return FALSE;
  self.reader = reader;
  plan->encoding = psl_csv_reader_get_encoding (reader);
  plan->encoding_is_guessed = psl_csv_reader_is_encoding_guessed (reader);
  plan->delimiter = psl_csv_reader_get_delimiter (reader);

  headings = psl_import_read_headings (reader, psl_store_get_codelists (store), &tag_line, &n_above, cancellable, error);
  if (headings == NULL)
    return FALSE;
  report_file (&self, tag_line, n_above);
  mapping = psl_import_mapping_new (kind, psl_store_get_codelists (store), (const char *const *) headings, options->maps,
                                    options->language, error);
  if (mapping == NULL || !report_columns (&self, mapping, error))
    return FALSE;
  empty = psl_import_empty_new (&options->empty);
  self.cells = (PslImportCells) { store, kind, mapping, empty, has_reasons ((const char *const *) headings) };
  survey = psl_import_survey_new (&self.cells, &conventions, options->answers, options->n_answers);
  self.survey = survey;
  if (!survey_columns (&self, error))
    return FALSE;
  report_currencies (&self);
  if (!psl_store_begin (store, PSL_VERB_IMPORT, name, error))
    return FALSE;

  if (options->refused != NULL)
    psl_refused_rows_begin (options->refused, (const char *const *) headings, &self.cells, plan->delimiter);
  merge = psl_merge_new (store, kind, options->prefer_file,
                         options->strict && options->missing_links == PSL_MISSING_LINKS_EMPTY ? PSL_MISSING_LINKS_REFUSE
                                                                                              : options->missing_links,
                         options->language, name, report_cb, &self);
  self.merge = merge;
  self.waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_row_free);
  done = run (&self, error);
  g_ptr_array_unref (self.waiting);
  if (done)
    return conclude (&self, store, error);
  psl_store_rollback (store);
  return FALSE;
}
