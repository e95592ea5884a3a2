/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-job.h"

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-import-headings.h"
#include "psl-kinds.h"
#include "psl-text.h"

/* The data for the register's thread. */
typedef struct
{
  GFile *file;
  const PslKind *kind;
  const PslKind *likely;
  char **maps;
  char **headings;
  char *encoding;
  char *currency;
  PslImportAnswer *answers;
  guint n_answers;
  char **own_empty;
  char **usual_empty;
  gboolean strict;
  PslMissingLinks missing_links;
  gboolean prefer_file;
  gboolean dry_run;
  PslProgress *progress;
  PslImportResult *result;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->file);
  g_strfreev (job->maps);
  g_strfreev (job->headings);
  g_free (job->encoding);
  g_free (job->currency);
  g_free (job->answers);
  g_strfreev (job->own_empty);
  g_strfreev (job->usual_empty);
  psl_progress_unref (job->progress);
  g_free (job);
}

static void
result_free (gpointer data)
{
  psl_import_result_free (data);
}

/* Rows that wait for a record further down are refused last. */
static int
compare_lines (gconstpointer one,
               gconstpointer other)
{
  guint64 line = ((const PslImportIssue *) one)->line;
  guint64 other_line = ((const PslImportIssue *) other)->line;

  return (line > other_line) - (line < other_line);
}

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  PslImportResult *result = ((Job *) user_data)->result;

  /* The mapping tells where the columns go. */
  if (issue->type == PSL_IMPORT_ISSUE_COLUMN)
    return;

  result->n_issues++;
  if (result->issues->len < PSL_IMPORT_MAX_ISSUES)
    g_ptr_array_add (result->issues, psl_import_issue_copy (issue));
}

static void
question_cb (const PslImportQuestion *question,
             gpointer                 user_data)
{
  g_ptr_array_add (((Job *) user_data)->result->questions, psl_import_question_copy (question));
}

static void
progress_cb (double   fraction,
             gpointer user_data)
{
  psl_progress_set (fraction, ((Job *) user_data)->progress);
}

/* Whether the headings say which records the rows are, or whose parts: a table that has a
 * date and a title, but names no owner, holds no parts. */
static gboolean
can_be (PslImportMapping *mapping,
        const PslKind    *kind)
{
  const PslField *owner = psl_kind_get_owner_field (kind);

  for (guint i = 0; owner != NULL && i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (mapping, i);

      if (column->target == PSL_IMPORT_TO_ID || column->field == owner)
        return TRUE;
    }
  return owner == NULL;
}

/* The kind whose fields most of the headings name. */
static const PslKind *
guess_kind (Job               *job,
            const char *const *headings)
{
  const PslKind *best = job->likely;
  guint most = 0;

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (PslImportMapping) mapping = psl_import_mapping_new (psl_kinds[i], job->result->codelists, headings, NULL, NULL,
                                                                     NULL);
      guint matched = mapping != NULL && can_be (mapping, psl_kinds[i]) ? psl_import_mapping_count_matched (mapping) : 0;

      if (matched > most || (matched == most && psl_kinds[i] == job->likely))
        {
          most = matched;
          best = psl_kinds[i];
        }
    }

  return best;
}

/* Somebody may write to the file between two looks at it: answers about its columns don't
 * hold for others. */
static gboolean
has_headings (const char *const *headings,
              const char *const *expected)
{
  if (g_strv_length ((char **) headings) != g_strv_length ((char **) expected))
    return FALSE;

  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_autofree char *heading = psl_text_clean (headings[i], FALSE);

      if (g_strcmp0 (heading != NULL ? heading : "", expected[i]) != 0)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_columns (Job           *job,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (job->file, cancellable, error);
  g_autoptr (PslCsvReader) reader = NULL;
  g_auto (GStrv) headings = NULL;
  const char *const *names;

  if (stream == NULL)
    return FALSE;
  reader = psl_csv_reader_new (G_INPUT_STREAM (stream), 0, job->encoding, cancellable, error);
  if (reader == NULL)
    return FALSE;
  headings = psl_import_read_headings (reader, job->result->codelists, NULL, NULL, cancellable, error);
  if (headings == NULL)
    return FALSE;

  names = (const char *const *) headings;
  if (job->headings != NULL && !has_headings (names, (const char *const *) job->headings))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("The file has other columns than when it was read. Choose it again."));
      return FALSE;
    }
  job->result->kind = job->kind != NULL ? job->kind : guess_kind (job, names);
  job->result->mapping = psl_import_mapping_new (job->result->kind, job->result->codelists, names, (const char *const *) job->maps,
                                                 NULL, error);

  return job->result->mapping != NULL;
}

static gboolean
import (Job           *job,
        PslStore      *store,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (job->file, cancellable, error);
  g_autofree char *base = g_file_get_basename (job->file);
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : g_file_get_uri (job->file);
  PslImportOptions options = {
    .maps = (const char *const *) job->maps,
    .encoding = job->encoding,
    .currency = job->currency,
    .answers = job->answers,
    .n_answers = job->n_answers,
    .empty = { (const char *const *) job->own_empty, (const char *const *) job->usual_empty },
    .strict = job->strict,
    .missing_links = job->missing_links,
    .refused = job->result->refused,
    .prefer_file = job->prefer_file,
    .dry_run = job->dry_run,
    .question = question_cb,
    .preview = job->result->rows,
    .report = report_cb,
    .progress = progress_cb,
    .user_data = job,
  };

  return stream != NULL && psl_import_csv (store, job->result->kind, G_INPUT_STREAM (stream), name, &options,
                                           &job->result->plan, cancellable, error);
}

/* On the thread that writes. */
static gpointer
import_func (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;
  g_autoptr (PslImportResult) result = g_new0 (PslImportResult, 1);
  g_autoptr (GError) local_error = NULL;

  result->codelists = psl_codelists_ref (psl_store_get_codelists (store));
  result->rows = g_list_store_new (PSL_TYPE_IMPORT_PREVIEW_ROW);
  result->issues = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_issue_free);
  result->questions = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_question_free);
  result->refused = psl_refused_rows_new ();
  job->result = result;
  if (!read_columns (job, cancellable, error))
    return NULL;

  if (!import (job, store, cancellable, &local_error))
    {
      /* A dry run still tells that no column matches, or that a column leaves open how it is
       * read. */
      if (!job->dry_run || !(g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID) ||
                             g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS)))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      result->refusal = g_steal_pointer (&local_error);
    }

  g_ptr_array_sort_values (result->issues, compare_lines);
  return g_steal_pointer (&result);
}

/**
 * psl_import_result_free:
 *
 * Frees @result.
 */
void
psl_import_result_free (PslImportResult *result)
{
  psl_codelists_unref (result->codelists);
  g_clear_pointer (&result->mapping, psl_import_mapping_free);
  g_object_unref (result->rows);
  g_ptr_array_unref (result->issues);
  psl_refused_rows_unref (result->refused);
  g_ptr_array_unref (result->questions);
  g_clear_error (&result->refusal);
  g_free (result);
}

/**
 * psl_import_async:
 * @file: a CSV file
 * @request: the request; not needed after the call
 * @progress: told how much of the file is read
 *
 * Reads a CSV file into an open register, or tells the effects that this would have, as
 * psl_import_csv() does, on the thread that writes: the list and the record on show can be
 * read meanwhile, and edits follow after it. Cancelling leaves the register as it was.
 */
void
psl_import_async (PslRegister             *reg,
                  GFile                   *file,
                  const PslImportRequest  *request,
                  PslProgress             *progress,
                  GCancellable            *cancellable,
                  GAsyncReadyCallback      callback,
                  gpointer                 user_data)
{
  Job *job = g_new0 (Job, 1);

  job->file = g_object_ref (file);
  job->kind = request->kind;
  job->likely = request->likely;
  job->maps = g_strdupv ((char **) request->maps);
  job->headings = g_strdupv ((char **) request->headings);
  job->encoding = g_strdup (request->encoding);
  job->currency = g_strdup (request->currency);
  job->answers = g_memdup2 (request->answers, request->n_answers * sizeof *request->answers);
  job->n_answers = request->n_answers;
  job->own_empty = g_strdupv ((char **) request->empty.more);
  job->usual_empty = g_strdupv ((char **) request->empty.usual);
  job->strict = request->strict;
  job->missing_links = request->missing_links;
  job->prefer_file = request->prefer_file;
  job->dry_run = request->dry_run;
  job->progress = psl_progress_ref (progress);
  psl_register_write_async (reg, import_func, job, job_free, result_free, cancellable, callback, user_data);
}

/**
 * psl_import_finish:
 *
 * Returns: (transfer full): the effects, or the effects it would have; %NULL with @error set,
 *   see psl_import_csv(), where the register is as it was
 */
PslImportResult *
psl_import_finish (PslRegister   *reg,
                   GAsyncResult  *result,
                   GError       **error)
{
  return psl_register_finish (reg, result, error);
}
