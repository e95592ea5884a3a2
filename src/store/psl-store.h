/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-progress.h"
#include "psl-query.h"
#include "psl-record.h"

G_BEGIN_DECLS

/*
 * The register file, synchronously, on one thread.
 *
 * A store is one SQLite connection with everything that can be done to a
 * register through it. It belongs to the thread that uses it. The command line
 * uses a store directly; the window uses #PslRegister, which runs one store for
 * writing and others for reading on threads of their own.
 *
 * Every change is part of an action: psl_store_begin(), any number of changes,
 * psl_store_commit(). The changes and their journal rows are one transaction.
 */

typedef struct _PslStore PslStore;

/**
 * PslStoreFlags:
 * @PSL_STORE_READ_ONLY: never writes; doesn't migrate or take backups
 * @PSL_STORE_CREATE: makes the register where the file doesn't exist; an
 *   existing empty file is never filled silently, and nothing is made where a former register
 *   has left something, see psl_former_find()
 * @PSL_STORE_COPY: the file is a copy: bringing it up to date keeps no backup of it
 * @PSL_STORE_ANEW: with %PSL_STORE_CREATE: makes the register whatever is left of a former one
 * @PSL_STORE_LOOK: with %PSL_STORE_READ_ONLY: somebody only looks at a register that is not
 *   theirs, and nothing is put in its place either
 */
typedef enum
{
  PSL_STORE_NONE = 0,
  PSL_STORE_READ_ONLY = 1 << 0,
  PSL_STORE_CREATE = 1 << 1,
  PSL_STORE_COPY = 1 << 2,
  PSL_STORE_LOOK = 1 << 3,
  PSL_STORE_ANEW = 1 << 4,
} PslStoreFlags;

/**
 * PslVerb: what an action did, for its sentence ("Edit budget", "Import file …").
 */
typedef enum
{
  PSL_VERB_CREATE,
  PSL_VERB_EDIT,
  PSL_VERB_TRASH,
  PSL_VERB_RESTORE,     /* from the trash */
  PSL_VERB_REMOVE,      /* from the trash */
  PSL_VERB_DUPLICATE,
  PSL_VERB_IMPORT,
  PSL_VERB_REVERT,      /* an old value from the history */
  PSL_VERB_DECIDE,      /* on a value that registers changed apart, or not to take that of an import */
  PSL_VERB_UNDO,
  PSL_VERB_REDO,
} PslVerb;

/**
 * PslAction:
 * @id: number in this register, rising with time
 * @at: microseconds since 1970, UTC
 * @author: who; may be ""
 * @verb: what
 * @kind: (nullable): of the records, where they are of one kind
 * @field: (nullable): name of the field, for an edit of one field
 * @subject: (nullable): the record's title at the time, or the file's name
 * @records: how many records it changed
 * @rid: the record, where it changed one; else 0
 * @undone: whether it is undone at present
 * @target: for undo and redo, the id of the action; else 0
 * @target_verb: for undo and redo, what that action did
 */
typedef struct
{
  gint64 id;
  gint64 at;
  char *author;
  PslVerb verb;
  const PslKind *kind;
  const PslField *field;
  char *subject;
  gint64 records;
  gint64 rid;
  gboolean undone;
  gint64 target;
  PslVerb target_verb;
} PslAction;

PslAction *psl_action_copy (const PslAction *action);
void       psl_action_free (PslAction *action);
char      *psl_action_describe (const PslAction *action);
char      *psl_action_dup_time (const PslAction *action);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslAction, psl_action_free)

/**
 * PslEffect: what an action did to the records of a kind.
 * @kind: the kind
 * @old_state: the records' state before
 * @new_state: their state since; where it is the same, their values were changed
 * @records: how many they are
 */
typedef struct
{
  const PslKind *kind;
  PslRecordState old_state;
  PslRecordState new_state;
  gint64 records;
} PslEffect;

/**
 * PslChange: one row of the journal, as the history of a record shows it.
 * @part: (nullable): what the part of the record is called that was changed; %NULL where it
 *   was the record itself
 * @field: NULL for the state of the record or the part
 * @language: (nullable): for multilingual fields
 * @old, @new: (nullable): canonical values; for the state `gone`, `live`, `trashed`
 */
typedef struct
{
  PslAction *action;
  gint64 rid;
  char *part;
  const PslField *field;
  char *language;
  char *old_value;
  char *new_value;
} PslChange;

const char *psl_change_describe_state (const PslChange *change);
void        psl_change_free           (PslChange       *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslChange, psl_change_free)

PslStore   *psl_store_open            (const char      *path,
                                       PslStoreFlags    flags,
                                       GError         **error);
PslStore   *psl_store_open_known      (const char      *path,
                                       PslStoreFlags    flags,
                                       const char *const *known,
                                       PslProgress     *progress,
                                       GCancellable    *cancellable,
                                       GError         **error);
PslStore   *psl_store_open_full       (const char      *path,
                                       PslStoreFlags    flags,
                                       PslProgress     *progress,
                                       GCancellable    *cancellable,
                                       GError         **error);
void        psl_store_close           (PslStore        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslStore, psl_store_close)
const char *psl_store_get_path        (PslStore        *self);
void        psl_store_set_author      (PslStore        *self,
                                       const char      *author);
void        psl_store_set_language    (PslStore        *self,
                                       const char      *language);
void        psl_store_set_clock       (PslStore        *self,
                                       gint64         (*clock) (void));
void        psl_store_set_work        (PslStore        *self,
                                       PslProgress     *progress,
                                       GCancellable    *cancellable);
PslCodelists *psl_store_get_codelists (PslStore        *self);
void        psl_store_set_codelists   (PslStore        *self,
                                       PslCodelists    *codelists);
gboolean    psl_store_read_codelists  (PslStore        *self,
                                       GError         **error);
char       *psl_store_dup_register_id (PslStore        *self,
                                       GError         **error);
char       *psl_store_declare_copy    (PslStore        *self,
                                       GError         **error);
gboolean    psl_store_read_chain_end  (PslStore        *self,
                                       gint64          *number,
                                       char           **hash,
                                       GError         **error);

/* Reading */
PslRecord  *psl_store_read            (PslStore        *self,
                                       gint64           rid,
                                       GError         **error);
gboolean    psl_store_read_parts      (PslStore        *self,
                                       PslRecord       *record,
                                       GError         **error);
GPtrArray  *psl_store_read_remarks    (PslStore        *self,
                                       PslRecord       *record,
                                       GError         **error);
gboolean    psl_store_has_remark      (PslStore        *self,
                                       PslRecord       *remark,
                                       gint64           owner,
                                       gboolean        *has,
                                       GError         **error);
gboolean    psl_store_read_last_edit  (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       char           **author,
                                       gint64          *at,
                                       GError         **error);
gint64      psl_store_settle_remark   (PslStore        *self,
                                       gint64           rid,
                                       gboolean         take,
                                       GError         **error);
gboolean    psl_store_settle_remarks  (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       const char      *value,
                                       GError         **error);
gint64      psl_store_settle_field    (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       const char      *value,
                                       GError         **error);
GStrv       psl_store_list_part_ids   (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       GError         **error);
gboolean    psl_store_read_parts_values (PslStore      *self,
                                        PslRecord      *record,
                                        GError        **error);
GPtrArray  *psl_store_read_listed     (PslStore        *self,
                                       const gint64    *rids,
                                       gsize            n_rids,
                                       GError         **error);
gint64      psl_store_confirm_text    (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       GError         **error);
GStrv       psl_store_list_languages  (PslStore        *self,
                                       const PslKind   *kind,
                                       const PslField  *field,
                                       GError         **error);
gint64      psl_store_find            (PslStore        *self,
                                       const char      *name,
                                       GError         **error);
gboolean    psl_store_find_part_with_text (PslStore    *self,
                                       gint64           rid,
                                       const char      *words,
                                       gint64          *found,
                                       GError         **error);
gboolean    psl_store_find_part       (PslStore        *self,
                                       const PslKind   *kind,
                                       gint64           rid,
                                       const char      *words,
                                       gint64          *found,
                                       GError         **error);
gboolean    psl_store_find_trashed    (PslStore        *self,
                                       gint64           rid,
                                       char           **name,
                                       GError         **error);
GArray     *psl_store_query           (PslStore        *self,
                                       PslQuery        *query,
                                       gint64           limit,
                                       GError         **error);
gint64      psl_store_count           (PslStore        *self,
                                       PslQuery        *query,
                                       GError         **error);
GStrv       psl_store_find_unoffered   (PslStore        *self,
                                       const PslKind   *kind,
                                       const PslField  *field,
                                       GError         **error);
GPtrArray  *psl_store_totals          (PslStore        *self,
                                       PslQuery        *query,
                                       const char      *money_field,
                                       GError         **error);

/* Writing. psl_store_commit() returns the action's number, 0 where nothing had
 * changed, and -1 with @error set; the others return a rid or action, or 0 with
 * @error set. */
gboolean    psl_store_begin_snapshot  (PslStore        *self,
                                       gboolean        *began,
                                       GError         **error);
void        psl_store_end_snapshot    (PslStore        *self,
                                       gboolean         began);
gboolean    psl_store_begin           (PslStore        *self,
                                       PslVerb          verb,
                                       const char      *subject,
                                       GError         **error);
void        psl_store_set_n_records   (PslStore        *self,
                                       gint64           n_records);
gint64      psl_store_commit          (PslStore        *self,
                                       GError         **error);
gboolean    psl_store_is_in_action    (PslStore        *self);
void        psl_store_rollback        (PslStore        *self);
gboolean    psl_store_set_savepoint   (PslStore        *self,
                                       GError         **error);
gboolean    psl_store_release_savepoint (PslStore      *self,
                                       GError         **error);
gboolean    psl_store_return_to_savepoint (PslStore    *self,
                                       GError         **error);
gint64      psl_store_create          (PslStore        *self,
                                       const PslKind   *kind,
                                       const char      *id,
                                       GError         **error);
gint64      psl_store_insert          (PslStore        *self,
                                       PslRecord       *record,
                                       GError         **error);
gboolean    psl_store_move            (PslStore        *self,
                                       gint64           rid,
                                       gint64           after,
                                       GError         **error);
gint64      psl_store_insert_canonical (PslStore       *self,
                                       PslRecord       *record,
                                       GError         **error);
gboolean    psl_store_set             (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       const char      *value,
                                       GError         **error);
gboolean    psl_store_edit            (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       const char      *language,
                                       const char      *value,
                                       guint64          session,
                                       GError         **error);
PslAction  *psl_store_link_new        (PslStore        *self,
                                       gint64           rid,
                                       const PslField  *field,
                                       PslRecord       *target,
                                       GError         **error);
gboolean    psl_store_set_state       (PslStore        *self,
                                       gint64           rid,
                                       PslRecordState   state,
                                       GError         **error);

/* The journal */
gint64      psl_store_undo            (PslStore        *self,
                                       gint64           action,
                                       PslAction      **undone,
                                       GError         **error);
gint64      psl_store_redo            (PslStore        *self,
                                       PslAction      **redone,
                                       GError         **error);
gint64      psl_store_redo_action     (PslStore        *self,
                                       gint64           action,
                                       PslAction      **redone,
                                       GError         **error);
PslAction  *psl_store_next_undo       (PslStore        *self,
                                       GError         **error);
PslAction  *psl_store_next_redo       (PslStore        *self,
                                       GError         **error);
PslAction  *psl_store_next_own_undo   (PslStore        *self,
                                       GError         **error);
PslAction  *psl_store_next_own_redo   (PslStore        *self,
                                       GError         **error);
GPtrArray  *psl_store_list_actions    (PslStore        *self,
                                       gint64           before,
                                       guint            limit,
                                       GError         **error);
PslAction  *psl_store_get_action      (PslStore        *self,
                                       gint64           action,
                                       GError         **error);
GArray     *psl_store_get_effects     (PslStore        *self,
                                       gint64           action,
                                       GError         **error);
GPtrArray  *psl_store_history         (PslStore        *self,
                                       gint64           rid,
                                       GError         **error);
gint64      psl_store_last_action     (PslStore        *self);
GArray     *psl_store_changed_since   (PslStore        *self,
                                       gint64           action,
                                       GError         **error);

G_END_DECLS
