/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-db.h"
#include "psl-hash.h"
#include "psl-plan.h"
#include "psl-store.h"
#include "psl-stored-field.h"
#include "psl-undo-stack.h"
#include "psl-uuid.h"

G_BEGIN_DECLS

/* For the other files of the store only. The parts of the store stand in the order in
 * which each calls those above it. */

/**
 * PslTouchedFlags: the data of a record that has to follow when its action is committed.
 * @PSL_TOUCHED_SORT: the sort keys
 * @PSL_TOUCHED_SEARCH: the search text
 */
typedef enum
{
  PSL_TOUCHED_NONE = 0,
  PSL_TOUCHED_SORT = 1 << 0,
  PSL_TOUCHED_SEARCH = 1 << 1,
} PslTouchedFlags;

/* A record of which an action changed a value. */
typedef struct
{
  gint64 rid;
  PslTouchedFlags flags;
} PslTouched;

/**
 * PslTransaction: the action that is being made.
 * @id: its number
 * @at: its time
 * @subject: (nullable): see #PslAction
 * @own_subject: it is the title of @subject_rid
 * @subject_rid: the first record it changed
 * @is_of_made: that is a record of its own that the action made
 * @kind: of the records so far
 * @several_kinds: they are of more than one
 * @field: of the changes so far
 * @several_fields: they are of more than one
 * @owner: the owner of the last part that it changed
 * @whole: the record that all it changed is, or belongs to
 * @several_wholes: they belong to more than one
 * @first_rid: the records from this one on were made by it
 * @n_created: how many it made, without the parts of these
 * @n_records: how many it is about, where the caller counts them; else 0
 * @changed_existing: it changed a record, beside those that it made whole
 * @n_journalled: how often it wrote a change of such a record down
 * @touched: (element-type PslTouched): the records of which it changed values
 * @target: (nullable): the action that it undoes or does again
 * @origin: the register's number among the registers whose actions the journal has
 * @origin_id: its UUID
 * @previous: the number of its action before this one; 0 for none
 * @before: the hash of that action
 * @has_before: whether there is one
 * @clock: what the register's clock shows
 * @seen: (nullable): the last actions of other registers that the action knows
 * @hashes: the hashes of its changes
 * @n_saved_hashes: how many bytes @hashes has at the savepoint
 * @is_rewritten: its changes are to be read again for @hashes
 * @is_receipt: it takes over what other registers did, and journals nothing
 * @returned: it brought a value back to what it was before the session it belongs
 *   to, and is not to be remembered
 * @replaced: the action of the same session that it took the place of, or 0
 * @failure: (nullable): why it can't be committed
 * @is_continued: it goes on with an edit of the same session
 * @has_entries: it changed entries of code lists
 * @codelists: (nullable): the code lists before it, where it has read them again
 * @saved: (nullable): a copy of it at its savepoint
 */
typedef struct _PslTransaction PslTransaction;
struct _PslTransaction
{
  gint64 id;
  gint64 at;
  PslVerb verb;
  char *subject;
  gboolean own_subject;
  gint64 subject_rid;
  gboolean is_of_made;
  const PslKind *kind;
  gboolean several_kinds;
  const PslField *field;
  gboolean several_fields;
  gint64 owner;
  gint64 whole;
  gboolean several_wholes;
  gint64 first_rid;
  gint64 n_created;
  gint64 n_records;
  gboolean changed_existing;
  gint64 n_journalled;
  GHashTable *touched;
  PslAction *target;
  gint64 origin;
  char origin_id[PSL_UUID_LENGTH + 1];
  gint64 previous;
  guint8 before[PSL_HASH_LENGTH];
  gboolean has_before;
  gint64 clock;
  char *seen;
  GByteArray *hashes;
  guint n_saved_hashes;
  gboolean is_rewritten;
  gboolean is_receipt;
  gboolean returned;
  gint64 replaced;
  GError *failure;
  gboolean is_continued;
  gboolean has_entries;
  PslCodelists *codelists;
  PslTransaction *saved;
};

/**
 * PslStore:
 * @language: the language of titles that it gives and writes down
 * @clock: gives the time, in microseconds since 1970
 * @plans: (element-type PslKind PslPlan): made when first needed
 * @codelists: the register's code lists
 * @code_texts: (element-type PslCode utf8): the search text of codes
 * @known_words: (element-type utf8): words that search_word is known to have
 * @transaction: (nullable): between psl_store_begin() and psl_store_commit()
 * @sort_languages: (nullable) (element-type utf8): see psl_store_get_sort_languages()
 * @own: the actions that were made through this store
 * @found: (element-type gint64) (nullable): while a query with a search runs, the records
 *   that have its words, rising
 * @progress: (owned) (nullable): told how much is done of the work in the store
 * @cancellable: (owned) (nullable): stops it, see psl_store_set_work()
 */
struct _PslStore
{
  PslDb *db;
  char *path;
  char *author;
  const char *language;
  gint64 (*clock) (void);
  GHashTable *plans;
  PslCodelists *codelists;
  GHashTable *code_texts;
  GHashTable *known_words;
  GPtrArray *sort_languages;
  PslTransaction *transaction;
  PslUndoStack *own;
  GArray *found;
  PslProgress *progress;
  GCancellable *cancellable;
};

/* A record's head: the facts that reading or writing its values depends on. */
typedef struct
{
  const PslPlan *plan;
  PslRecordState state;
  gint64 owner;
} PslRecordHead;

/* psl-store.c */
PslDb          *psl_store_get_db           (PslStore         *self);
const char     *psl_store_get_language     (PslStore         *self);
const PslPlan  *psl_store_get_plan         (PslStore         *self,
                                            const PslKind    *kind);
gboolean        psl_store_step             (PslStore         *self,
                                            gint64            n_done,
                                            gint64            n_all,
                                            GError          **error);
gboolean        psl_store_run_for_rid      (PslStore         *self,
                                            const char       *sql,
                                            gint64            rid,
                                            GError          **error);
gboolean        psl_store_read_number      (PslStore         *self,
                                            const char       *sql,
                                            gint64            first,
                                            const char       *second,
                                            gint64           *number,
                                            GError          **error);
gboolean        psl_store_read_rid         (PslStore         *self,
                                            const char       *id,
                                            gint64           *rid,
                                            GError          **error);
gboolean        psl_store_read_last_rid    (PslStore         *self,
                                            gint64           *rid,
                                            GError          **error);
int             psl_store_compare_rids     (gconstpointer     a,
                                            gconstpointer     b);

/* psl-store-read.c */
gboolean        psl_store_read_head        (PslStore         *self,
                                            gint64            rid,
                                            PslRecordHead    *head,
                                            GError          **error);
gboolean        psl_store_read_cell        (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            char            **value,
                                            GError          **error);
char           *psl_store_dup_title        (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            GError          **error);
gboolean        psl_store_resolve_link     (PslStore         *self,
                                            const PslField   *field,
                                            const char       *id,
                                            gboolean          gone_too,
                                            gint64           *rid,
                                            GError          **error);
gboolean        psl_store_step_up          (PslStore         *self,
                                            const PslKind   **kind,
                                            gint64           *owner,
                                            GError          **error);
GPtrArray      *psl_store_read_parts_flat  (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            owner,
                                            GError          **error);
GArray         *psl_store_read_linking     (PslStore           *self,
                                            const PslFieldPlan *field,
                                            gint64              rid,
                                            GError            **error);

/* psl-store-part.c */

/* The tables `whole`, of the record @rid and its parts, and `up`, of the record and what it is a
 * part of, for the beginning of a query or of a nested one. */
#define PSL_STORE_WITH_PARTS(rid) \
  "WITH RECURSIVE whole (rid) AS (VALUES (" rid ")" \
  " UNION SELECT p.rid FROM whole AS w CROSS JOIN record AS p ON p.owner = w.rid)"
#define PSL_STORE_WITH_OWNERS(rid) \
  "WITH RECURSIVE up (rid) AS (VALUES (" rid ")" \
  " UNION SELECT u.owner FROM up CROSS JOIN record AS u USING (rid) WHERE u.owner IS NOT NULL)"

gboolean        psl_store_find_owner       (PslStore         *self,
                                            const PslKind    *kind,
                                            const char       *id,
                                            gint64           *owner,
                                            GError          **error);
gboolean        psl_store_find_new_owner   (PslStore         *self,
                                            const PslKind    *kind,
                                            const char       *id,
                                            gint64           *owner,
                                            GError          **error);
GArray         *psl_store_read_descendants (PslStore         *self,
                                            gint64            rid,
                                            GError          **error);
gboolean        psl_store_read_parts_of_field (PslStore      *self,
                                            PslRecord        *record,
                                            const PslField   *field,
                                            GError          **error);

/* psl-store-text.c */
char           *psl_store_dup_kind_mark    (const PslKind    *kind);
char           *psl_store_dup_indexed_text (PslStore         *self,
                                            PslRecord        *record);
gboolean        psl_store_add_search_text  (PslStore         *self,
                                            gint64            rid,
                                            PslRecord        *record,
                                            GError          **error);
gboolean        psl_store_write_search_text (PslStore        *self,
                                            gint64            rid,
                                            PslRecord        *record,
                                            GError          **error);

/* psl-store-sort.c */
char           *psl_store_dup_sort_key     (PslRecord        *record,
                                            const char       *language);
char           *psl_store_dup_name_key     (PslRecord        *record,
                                            const char       *language);
gboolean        psl_store_write_sort_keys  (PslStore         *self,
                                            gint64            rid,
                                            PslRecord        *record,
                                            GError          **error);
gboolean        psl_store_rewrite_sort_keys (PslStore        *self,
                                            gint64            rid,
                                            PslRecord        *record,
                                            GError          **error);
gboolean        psl_store_has_current_sort_keys (PslStore    *self,
                                            const char       *language,
                                            gboolean         *current,
                                            GError          **error);
GPtrArray      *psl_store_get_sort_languages (PslStore       *self,
                                            GError          **error);
gboolean        psl_store_has_sort_language (PslStore        *self,
                                            const char       *language,
                                            gboolean         *has,
                                            GError          **error);
gboolean        psl_store_follow_languages (PslStore         *self,
                                            GError          **error);
gboolean        psl_store_renew_sort_keys  (PslStore         *self,
                                            GError          **error);

/* psl-store-search.c */
GArray         *psl_store_find_words       (PslStore         *self,
                                            const PslKind    *kind,
                                            const char       *words,
                                            GError          **error);
GArray         *psl_store_find_words_of_any_kind
                                           (PslStore         *self,
                                            const char       *words,
                                            GError          **error);

/* psl-store-lists.c */
gboolean        psl_store_follow_entries   (PslStore         *self,
                                            GError          **error);

/* psl-store-follow.c */
PslTouchedFlags psl_store_get_followers    (const PslPlan    *plan,
                                            const PslField   *field);
gboolean        psl_store_write_followers  (PslStore         *self,
                                            gint64            rid,
                                            PslTouchedFlags   flags,
                                            GError          **error);
gboolean        psl_store_follow_action    (PslStore         *self,
                                            GError          **error);
gboolean        psl_store_follow_migration (PslStore         *self,
                                            GError          **error);

/* psl-store-write.c */
gboolean        psl_store_clean_value      (PslStore         *self,
                                            const PslField   *field,
                                            const char       *value,
                                            const char       *old_value,
                                            char            **clean,
                                            GError          **error);
gboolean        psl_store_insert_rows      (PslStore         *self,
                                            const PslFieldPlan *plan,
                                            gint64            rid,
                                            const char       *value,
                                            GError          **error);
gboolean        psl_store_write_text       (PslStore         *self,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *value,
                                            GError          **error);
gboolean        psl_store_write_cell       (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *old_value,
                                            const char       *new_value,
                                            GError          **error);

/* psl-store-remark.c */

/* Of `r`, a row of `record` that is in the trash: whether an action took it there that did
 * something else, or a redo of one. */
#define PSL_STORE_WENT_BY_DECISION \
  "(SELECT coalesce (t.verb, a.verb) IN ('edit', 'decide', 'import') FROM change AS c CROSS JOIN action AS a USING (action)" \
  " LEFT JOIN action AS t ON t.action = a.target" \
  " WHERE c.rid = r.rid AND c.field = '$state' ORDER BY c.action DESC LIMIT 1)"

gboolean        psl_store_is_settled       (PslStore         *self,
                                            gint64            rid,
                                            gboolean         *is_settled,
                                            GError          **error);

/* psl-store-agreed.c */
gboolean        psl_store_write_agreed     (PslStore         *self,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *agreed,
                                            GError          **error);
gboolean        psl_store_mark_translations (PslStore        *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *old_value,
                                            const char       *new_value,
                                            GError          **error);
gboolean        psl_store_set_confirmed    (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            gboolean          confirmed,
                                            GError          **error);

/* psl-store-state.c */
gboolean        psl_store_write_state      (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            PslRecordState    old_state,
                                            PslRecordState    new_state,
                                            GError          **error);

/* psl-store-move.c */
gboolean        psl_store_find_position    (PslStore         *self,
                                            PslRecord        *record,
                                            gint64            owner,
                                            gint64           *position,
                                            GError          **error);

/* psl-store-insert.c */
gint64          psl_store_insert_one       (PslStore         *self,
                                            PslRecord        *given,
                                            gint64            owner,
                                            const char       *owner_id,
                                            char            **id,
                                            GError          **error);
void            psl_store_take_back        (PslStore         *self,
                                            gint64            rid,
                                            GError           *failure,
                                            GError          **error);

/* psl-store-part-rows.c */
gboolean        psl_store_read_value       (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            char            **value,
                                            GError          **error);
gboolean        psl_store_write_value      (PslStore         *self,
                                            const PslPlan    *plan,
                                            gint64            rid,
                                            const PslField   *field,
                                            const char       *language,
                                            const char       *old_value,
                                            const char       *new_value,
                                            GError          **error);

G_END_DECLS
