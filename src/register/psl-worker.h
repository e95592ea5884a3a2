/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-journal-mark.h"

G_BEGIN_DECLS

/* For the other files of the register only. */

typedef struct _PslJob PslJob;
typedef struct _PslWorker PslWorker;

/**
 * PslJobRun: does a job on its worker's thread, where it was not cancelled
 * before: sets its result or its error.
 */
typedef void (*PslJobRun) (PslWorker *worker,
                           PslJob    *job);

/**
 * PslJobFlags:
 * @PSL_JOB_LONG: reads asked for after it do not wait for it
 * @PSL_JOB_WATCHED: it may take long: then reads do not wait for it, and a person may look
 *   how far it is and stop it
 */
typedef enum
{
  PSL_JOB_NONE = 0,
  PSL_JOB_LONG = 1 << 0,
  PSL_JOB_WATCHED = 1 << 1,
} PslJobFlags;

/**
 * PslJob:
 * @task: (owned): whom the result goes to; its source is the #PslRegister, which
 *   therefore lives as long as the job
 * @run: does it
 * @func: the function that @run calls with the store
 * @data: (owned): for @func
 * @progress: (owned) (nullable): how far it is, for the job that opens the register and for a
 *   watched job
 * @author: (owned): who asks for it
 * @language: in which titles are given
 * @rid: the only record that it changes, or 0
 * @sequence: the number of the write, or for a read the number of the write before it
 * @result: (owned): the result of @func
 * @error: (owned): why it failed
 * @changes: (owned): its changes
 *
 * Belongs to the main thread, then to a worker's, then to the main thread again.
 */
struct _PslJob
{
  GTask *task;
  PslJobRun run;
  PslJobFlags flags;
  PslStoreFunc func;
  gpointer data;
  GDestroyNotify destroy_data;
  PslProgress *progress;
  GRefString *author;
  const char *language;
  gint64 rid;
  guint64 sequence;
  gpointer result;
  GDestroyNotify destroy_result;
  GError *error;
  PslChangedSet *changes;
};

PslJob       *psl_job_new              (GTask          *task,
                                        PslJobRun       run);
void          psl_job_free             (PslJob         *self);
GCancellable *psl_job_get_cancellable  (PslJob         *self);
void          psl_job_call             (PslJob         *self,
                                        PslStore       *store);

PslWorker    *psl_worker_new           (const char     *name,
                                        const char     *path,
                                        PslStoreFlags   flags,
                                        GFunc           deliver);
void          psl_worker_free          (PslWorker      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslWorker, psl_worker_free)
void          psl_worker_set_known     (PslWorker      *self,
                                        const char *const *known);
void          psl_worker_push          (PslWorker      *self,
                                        PslJob         *job);
void          psl_worker_stop          (PslWorker      *self);
gboolean      psl_worker_is_stopping   (PslWorker      *self);
PslStore     *psl_worker_get_store     (PslWorker      *self,
                                        PslJob         *job,
                                        GError        **error);
gboolean      psl_worker_drop_moved_store (PslWorker   *self);
void          psl_worker_drop_old_store (PslWorker     *self,
                                         guint           generation);
void          psl_worker_close_store   (PslWorker      *self);

G_END_DECLS
