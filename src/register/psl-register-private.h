/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"
#include "psl-worker.h"

G_BEGIN_DECLS

/* For the other files of the register only. */

/**
 * PslLane: the threads that read.
 * @PSL_LANE_SHORT: what a person looks at: records, the first of a list, the rows in view
 * @PSL_LANE_LONG: what a list needs after its first page: all of it, counts, totals
 * @PSL_LANE_COPY: what reads the whole register, which takes minutes where it is large, so
 *   that no list waits for it: exports, backups, also the one of every day
 */
typedef enum
{
  PSL_LANE_SHORT,
  PSL_LANE_LONG,
  PSL_LANE_COPY,
  PSL_N_LANES,
} PslLane;

/* What has no comment is the main thread's. */
struct _PslRegister
{
  GObject parent_instance;

  char *path;
  PslStoreFlags flags;
  GRefString *author;
  const char *language;

  PslWorker *writer;
  PslWorker *readers[PSL_N_LANES];
  gboolean is_closed;

  GFileMonitor *monitor;
  guint check_source;
  guint backup_source;
  gboolean is_checking;
  gboolean is_check_failing;

  /* The writer's. */
  PslJournalMark mark;
  gboolean is_marked;
  gboolean is_replaced;

  /* Between the writer and the readers, under the mutex. */
  GMutex mutex;
  GCond written;
  guint64 n_asked;
  guint64 n_written;
  GQueue long_writes;
  guint generation;
  PslCodelists *codelists;
  /* (element-type GError): of writes that failed and that nobody was told of yet. */
  GQueue untold_errors;
};

void    psl_register_write_run        (PslWorker           *worker,
                                       PslJob              *job);
void    psl_register_open_run         (PslWorker           *worker,
                                       PslJob              *job);
void    psl_register_check_run        (PslWorker           *worker,
                                       PslJob              *job);
void    psl_register_replace_run      (PslWorker           *worker,
                                       PslJob              *job);
void    psl_register_read_run         (PslWorker           *worker,
                                       PslJob              *job);
void    psl_register_number_write     (PslRegister         *self,
                                       PslJob              *job);
void    psl_register_use_codelists    (PslRegister         *self);
void    psl_register_wake             (PslRegister         *self);
GError *psl_register_pop_untold_error (PslRegister         *self);

void    psl_register_deliver_cb       (gpointer             data,
                                       gpointer             user_data);
GTask  *psl_register_task_new         (PslRegister         *self,
                                       gpointer             source_tag,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
void    psl_register_set_closed_error (GError             **error);

void psl_register_read     (PslRegister         *self,
                            PslLane              lane,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_write    (PslRegister         *self,
                            gpointer             source_tag,
                            PslJobFlags          flags,
                            PslStoreFunc         func,
                            gint64               rid,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GDestroyNotify       destroy_result,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);
void psl_register_replace  (PslRegister         *self,
                            gpointer             source_tag,
                            PslStoreFunc         func,
                            gpointer             data,
                            GDestroyNotify       destroy_data,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data);

G_END_DECLS
