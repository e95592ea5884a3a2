/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * A register open in a program with a main loop.
 *
 * Writes run on one thread in the order they were asked for; reads run on
 * another, and a newer read of the same kind can cancel an older one. The main
 * thread never waits for the disk. All functions are called on the main thread,
 * and all callbacks and signals come there.
 *
 * Signals:
 *   changed (PslChangedSet *set)  records changed, here or by another process
 *   failed  (GError *error)       a write nobody waited for failed
 */
#define PSL_TYPE_REGISTER (psl_register_get_type ())
G_DECLARE_FINAL_TYPE (PslRegister, psl_register, PSL, REGISTER, GObject)

/**
 * PslChangedSet:
 * @action: (nullable): the action, where this process made it
 * @rids: (element-type gint64): the records it touched; where there are very
 *   many, empty with @all set
 * @all: whether anything may have changed
 * @membership: whether records came, went, or may have changed place in lists
 */
typedef struct
{
  PslAction *action;
  GArray *rids;
  gboolean all;
  gboolean external;
} PslChangedSet;

/* Work done on a thread with its store. Returns the result, or NULL with @error
 * set; a NULL without an error is an empty result. */
typedef gpointer (*PslStoreFunc) (PslStore      *store,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

void         psl_register_open_async    (const char           *path,
                                         PslStoreFlags         flags,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslRegister *psl_register_open_finish   (GAsyncResult         *result,
                                         GError              **error);
void         psl_register_close_async   (PslRegister          *self,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     psl_register_close_finish  (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
gboolean     psl_register_close_now     (PslRegister          *self,
                                         GError              **error);
const char  *psl_register_get_path      (PslRegister          *self);
void         psl_register_set_author    (PslRegister          *self,
                                         const char           *author);

void         psl_register_read_async    (PslRegister          *self,
                                         PslStoreFunc          func,
                                         gpointer              data,
                                         GDestroyNotify        destroy_data,
                                         GDestroyNotify        destroy_result,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_write_async   (PslRegister          *self,
                                         PslStoreFunc          func,
                                         gpointer              data,
                                         GDestroyNotify        destroy_data,
                                         GDestroyNotify        destroy_result,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gpointer     psl_register_finish        (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/* Typed calls over the two above; each has its own _finish(). */
void         psl_register_load_async    (PslRegister          *self,
                                         gint64                rid,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslRecord   *psl_register_load_finish   (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_set_async     (PslRegister          *self,
                                         gint64                rid,
                                         const PslField       *field,
                                         const char           *language,
                                         const char           *value,
                                         guint64               session,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     psl_register_set_finish    (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_create_async  (PslRegister          *self,
                                         const PslKind        *kind,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_duplicate_async (PslRegister        *self,
                                         gint64                rid,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64       psl_register_create_finish (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_set_state_async (PslRegister        *self,
                                         const gint64         *rids,
                                         gsize                 n_rids,
                                         PslRecordState        state,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_undo_async    (PslRegister          *self,
                                         gint64                action,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_redo_async    (PslRegister          *self,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslAction   *psl_register_action_finish (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
