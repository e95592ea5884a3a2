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
 * Writes run on one thread in the order they were asked for. Reads run on
 * others: short ones, long ones and copies each have a thread and a connection, see
 * #PslLane, so that a long query does not hold up the record on show, nor a copy
 * the list. The main thread never waits for the disk. All functions are
 * called on the main thread, and all callbacks and signals come there, in the
 * order in which the work was done.
 *
 * A read sees every write that was asked for before it, but for long writes: it does not wait
 * for psl_register_write_async() (an import), and only half a second for undo, redo,
 * psl_register_set_state_async() and psl_register_work_async(). Then it shows the register
 * without the long write and the writes behind it, and `changed` follows. The writes waited
 * for so can be looked at and stopped, see psl_register_get_work().
 *
 * A cancelled read that has not begun is dropped, one that runs is interrupted;
 * either way its callback comes, with G_IO_ERROR_CANCELLED. A write that has begun is
 * interrupted, too, until its action is stored: nothing of it is.
 *
 * Signals:
 *   changed (PslChangedSet *set)  records changed, here or by another process;
 *                                 comes before the callback of the write
 *   codelists-changed             entries of its code lists are called otherwise, or
 *                                 others are offered; comes before `changed`
 *   language-changed              its records are to be shown in another language
 *   work-changed                  psl_register_get_work() gives other work, or none
 *   failed  (GError *error)       something without a callback failed
 */
#define PSL_TYPE_REGISTER (psl_register_get_type ())
G_DECLARE_FINAL_TYPE (PslRegister, psl_register, PSL, REGISTER, GObject)

/**
 * PslTouchedField: a field that was changed in records of a kind.
 * @kind: the kind
 * @field: (nullable): the field; %NULL for the state: records that came or went
 */
typedef struct
{
  const PslKind *kind;
  const PslField *field;
} PslTouchedField;

/**
 * PslChangedSet:
 * @action: (nullable): the action, where this process made it
 * @rids: (element-type gint64): the records it touched, rising; where there are
 *   very many, empty with @all set
 * @all: whether anything may have changed
 * @fields: (nullable) (element-type PslTouchedField): the changed fields; %NULL where they
 *   are not known
 * @external: whether another process had a part in it
 * @next_undo: (nullable): the action that psl_register_undo_async() would undo now
 * @next_redo: (nullable): the action that psl_register_redo_async() would do again now
 *
 * Belongs to the emission of the signal.
 */
typedef struct
{
  PslAction *action;
  GArray *rids;
  gboolean all;
  GArray *fields;
  gboolean external;
  PslAction *next_undo;
  PslAction *next_redo;
} PslChangedSet;

gboolean psl_changed_set_touches_state (const PslChangedSet *set);
gboolean psl_changed_set_touches_query (const PslChangedSet *set,
                                        PslQuery            *query);
gboolean psl_changed_set_contains (const PslChangedSet *set,
                                   gint64               rid);

/**
 * PslLane: the threads that read.
 * @PSL_LANE_SHORT: reads of what a person looks at: records, the first of a list, the rows in
 *   view
 * @PSL_LANE_LONG: reads of a list after its first page: all of it, counts, totals; other
 *   reads that take longer than a record
 * @PSL_LANE_COPY: reads of the whole register, which take minutes where it is large, so that
 *   no list waits for them: exports, backups, also the daily one
 */
typedef enum
{
  PSL_LANE_SHORT,
  PSL_LANE_LONG,
  PSL_LANE_COPY,
  PSL_N_LANES,
} PslLane;

/* Work done on a thread with its store. Returns the result, or NULL with @error
 * set; a NULL without an error is an empty result. */
typedef gpointer (*PslStoreFunc) (PslStore      *store,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

void         psl_register_open_known_async (const char        *path,
                                         PslStoreFlags         flags,
                                         const char *const    *known,
                                         PslProgress          *progress,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_open_async    (const char           *path,
                                         PslStoreFlags         flags,
                                         PslProgress          *progress,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslRegister *psl_register_open_finish   (GAsyncResult         *result,
                                         GError              **error);
gboolean     psl_register_close_now     (PslRegister          *self,
                                         GError              **error);
const char  *psl_register_get_path      (PslRegister          *self);
gboolean     psl_register_is_read_only  (PslRegister          *self);
gboolean     psl_register_is_looked_at  (PslRegister          *self);
PslCodelists *psl_register_get_codelists (PslRegister         *self);
void         psl_register_set_author    (PslRegister          *self,
                                         const char           *author);
const char  *psl_register_get_language  (PslRegister          *self);
void         psl_register_set_language  (PslRegister          *self,
                                         const char           *language);
guint64      psl_register_new_session   (void);

void         psl_register_read_async    (PslRegister          *self,
                                         PslLane               lane,
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
void         psl_register_work_async    (PslRegister          *self,
                                         PslStoreFunc          func,
                                         gpointer              data,
                                         GDestroyNotify        destroy_data,
                                         GDestroyNotify        destroy_result,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslProgress *psl_register_get_work      (PslRegister          *self);
void         psl_register_cancel_work   (PslRegister          *self);
gpointer     psl_register_finish        (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/* Typed reads; each has its own _finish(). */
void         psl_register_load_async    (PslRegister          *self,
                                         gint64                rid,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslRecord   *psl_register_load_finish   (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_load_listed_async (PslRegister      *self,
                                         const gint64         *rids,
                                         gsize                 n_rids,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GPtrArray   *psl_register_load_listed_finish (PslRegister     *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_find_async    (PslRegister          *self,
                                         const char           *name,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64       psl_register_find_finish   (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_query_async   (PslRegister          *self,
                                         PslQuery             *query,
                                         gint64                limit,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GArray      *psl_register_query_finish  (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_count_async   (PslRegister          *self,
                                         PslQuery             *query,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64       psl_register_count_finish  (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_find_unoffered_async  (PslRegister          *self,
                                         const PslKind        *kind,
                                         const PslField       *field,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GStrv        psl_register_find_unoffered_finish (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_effects_async (PslRegister          *self,
                                         gint64                action,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GArray      *psl_register_effects_finish (PslRegister         *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_totals_async  (PslRegister          *self,
                                         PslQuery             *query,
                                         const char           *money_field,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
GPtrArray   *psl_register_totals_finish (PslRegister          *self,
                                         GAsyncResult         *result,
                                         gint64               *n_records,
                                         GError              **error);

/* Typed writes. Where nobody waits (no callback), a failure comes as `failed`. */
void         psl_register_set_async     (PslRegister          *self,
                                         gint64                rid,
                                         const PslField       *field,
                                         const char           *language,
                                         const char           *value,
                                         guint64               session,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_link_new_async (PslRegister         *self,
                                         gint64                rid,
                                         const PslField       *field,
                                         PslRecord            *target,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_revert_async  (PslRegister          *self,
                                         gint64                rid,
                                         const PslField       *field,
                                         const char           *language,
                                         const char           *value,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     psl_register_set_finish    (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void         psl_register_insert_async  (PslRegister          *self,
                                         PslRecord            *record,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_duplicate_async (PslRegister        *self,
                                         gint64                rid,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gint64       psl_register_insert_finish (PslRegister          *self,
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
void         psl_register_undo_edit_async (PslRegister        *self,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_redo_async    (PslRegister          *self,
                                         gint64                action,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
PslAction   *psl_register_action_finish (PslRegister          *self,
                                         GAsyncResult         *result,
                                         GError              **error);

/* Backups; see psl-backup.h for the list of them. */
void         psl_register_back_up_async (PslRegister          *self,
                                         const char           *path,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
void         psl_register_restore_async (PslRegister          *self,
                                         const char           *backup,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     psl_register_back_up_finish (PslRegister         *self,
                                         GAsyncResult         *result,
                                         GError              **error);

G_END_DECLS
