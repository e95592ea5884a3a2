/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-export-job.h"

#include "psl-csv-export.h"
#include "psl-sheet.h"

/* The data for the register's thread. */
typedef struct
{
  PslQuery *query;
  GFile *file;
  char *labels;
  PslProgress *progress;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->query);
  g_object_unref (job->file);
  g_free (job->labels);
  psl_progress_unref (job->progress);
  g_free (job);
}

/* On a thread that reads. */
static gpointer
export_func (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Job *job = data;
  PslExportOptions options = {
    .labels = job->labels,
    .delimiter = job->labels != NULL ? psl_sheet_get_delimiter () : ',',
    .byte_order_mark = job->labels != NULL,
    .progress = psl_progress_set,
    .user_data = job->progress,
  };
  gint64 n_records = psl_csv_export_file (store, job->query, -1, job->file, &options, cancellable, error);

  return n_records >= 0 ? g_memdup2 (&n_records, sizeof n_records) : NULL;
}

/**
 * psl_export_async:
 * @query: which records of one kind, in which order
 * @file: where to write; replaced when all of it is written, or not at all
 * @labels: (nullable): see #PslExportOptions; the file is for a spreadsheet then,
 *   and begins with a byte order mark
 * @progress: told how much is written
 *
 * Writes records of an open register as CSV, on a thread of its own.
 */
void
psl_export_async (PslRegister          *reg,
                  PslQuery             *query,
                  GFile                *file,
                  const char           *labels,
                  PslProgress          *progress,
                  GCancellable         *cancellable,
                  GAsyncReadyCallback   callback,
                  gpointer              user_data)
{
  Job *job = g_new0 (Job, 1);

  job->query = psl_query_copy (query);
  job->file = g_object_ref (file);
  job->labels = g_strdup (labels);
  job->progress = psl_progress_ref (progress);
  psl_register_read_async (reg, PSL_LANE_COPY, export_func, job, job_free, g_free, cancellable, callback, user_data);
}

/**
 * psl_export_finish:
 *
 * Returns: how many records were written, or -1 with a %PSL_REGISTER_ERROR or a
 *   %G_IO_ERROR, where the file is as it was
 */
gint64
psl_export_finish (PslRegister   *reg,
                   GAsyncResult  *result,
                   GError       **error)
{
  g_autofree gint64 *n_records = psl_register_finish (reg, result, error);

  return n_records != NULL ? *n_records : -1;
}
