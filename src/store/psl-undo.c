/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-action.h"
#include "psl-chain.h"
#include "psl-error.h"
#include "psl-heads.h"
#include "psl-journal.h"
#include "psl-kinds.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-transaction.h"
#include "psl-travel.h"
#include "psl-versions.h"
#include "psl-versions-rows.h"

/* How much of a large reversal is done after its checks, once its changes are written, and once
 * the values that several registers have changed are. */
#define CHECKS_SHARE 0.3
#define CHANGES_SHARE 0.8
#define SHARED_SHARE 0.85

/**
 * Cell: a row of the journal that is being undone or redone.
 * @present: what the action made of it
 * @is_shared: whether actions of several registers have given it values
 */
typedef struct
{
  gint64 rid;
  char *field;
  char *language;
  char *value;
  char *present;
  gboolean is_shared;
} Cell;

static void
cell_clear (Cell *cell)
{
  g_free (cell->field);
  g_free (cell->language);
  g_free (cell->value);
  g_free (cell->present);
}

/* The later, not undone action that changed one of the cells that @action
 * changed; for a record that @action made, any of its cells, and of its parts that are not in
 * the trash: they go with it. */
#define SELECT_LATER_CHANGE \
  "WITH RECURSIVE part (rid) AS (SELECT p.rid FROM change AS c" \
  "   CROSS JOIN record AS r ON r.rid = c.rid AND r.state <> -1 CROSS JOIN record AS p ON p.owner = r.rid AND p.state = 0" \
  "   WHERE c.action = ?1 AND c.field = '$state' AND c.old = 'gone'" \
  "  UNION SELECT p.rid FROM part CROSS JOIN record AS p ON p.owner = part.rid AND p.state = 0)," \
  " later (action) AS (SELECT l.action FROM change AS c CROSS JOIN change AS l ON l.rid = c.rid AND l.action > c.action" \
  "   AND ((l.field = c.field AND l.language = c.language) OR (c.field = '$state' AND c.old = 'gone'))" \
  "   WHERE c.action = ?1" \
  "  UNION SELECT l.action FROM part CROSS JOIN change AS l ON l.rid = part.rid AND l.action > ?1)" \
  " SELECT a.action FROM later CROSS JOIN action AS a USING (action)" \
  " WHERE a.undone_by IS NULL AND a.verb NOT IN ('undo', 'redo') ORDER BY a.action DESC LIMIT 1"

/* A record that @action changed, where all records that it changed were put into the trash or
 * removed later, so that nobody would see the values that undo brings back. An action that
 * changed the state of a record itself can be seen undone in the trash. */
#define SELECT_REMOVED_SINCE \
  "SELECT rid FROM change WHERE action = ?1 AND NOT EXISTS (" \
  "SELECT 1 FROM change AS c CROSS JOIN record AS r ON r.rid = c.rid" \
  " WHERE c.action = ?1 AND (c.field = '$state' OR r.state = 0 OR NOT EXISTS (" \
  "SELECT 1 FROM change AS l WHERE l.rid = c.rid AND l.action > c.action AND l.field = '$state'))" \
  ") LIMIT 1"

#define SELECT_LAST_REMOVAL \
  "SELECT max (action) FROM change WHERE rid = ?1 AND field = '$state' AND new = 'gone'"

#define SELECT_LAST_STATE \
  "SELECT max (action) FROM change WHERE rid = ?1 AND field = '$state'"

static void
set_damaged (PslStore  *self,
             GError   **error)
{
  psl_db_set_error (self->db, SQLITE_CORRUPT, error);
}

/* Names the action that stands in the way: who did it, when and what.
 * @apart: whether another register did it without knowing of the action that it stands in the
 *   way of */
static void
set_conflict (PslStore  *self,
              gint64     later,
              gboolean   apart,
              GError   **error)
{
  g_autoptr (PslAction) action = psl_store_get_action (self, later, error);
  g_autofree char *time = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *what = NULL;

  if (action == NULL)
    return;
  sentence = psl_action_describe (action);
  what = psl_text_dup_quotable (sentence);
  time = psl_action_dup_time (action);

  if (action->verb == PSL_VERB_UNDO)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Undo: Creation of “Title””, its time. */
                 _("This leads to a record that was taken away by “%s” on %s."), what, time);
  else if (*action->author != '\0')
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Edit budget of “Title””, its author, its time. */
                 apart ? _("Another register changed the same apart: “%s”, by %s on %s. Undo that one first.")
                       /* Translators: the sentence of an action, such as “Edit budget of “Title””, its author, its time. */
                       : _("A later action changed the same: “%s”, by %s on %s. Undo that one first."),
                 what, action->author, time);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Edit budget of “Title””, its time. */
                 apart ? _("Another register changed the same apart: “%s”, on %s. Undo that one first.")
                       /* Translators: the sentence of an action, such as “Edit budget of “Title””, its time. */
                       : _("A later action changed the same: “%s”, on %s. Undo that one first."),
                 what, time);
}

/* Finds out which register made an action, and its number there. */
static gboolean
read_origin (PslStore  *self,
             gint64     action,
             gint64    *origin,
             gint64    *number,
             GError   **error)
{
  return psl_store_read_number (self, "SELECT origin FROM action WHERE action = ?1", action, NULL, origin, error) &&
         psl_store_read_number (self, "SELECT number FROM action WHERE action = ?1", action, NULL, number, error);
}

/* Whether the register that made an action with a higher number did not know this one. */
static gboolean
is_apart (PslStore  *self,
          gint64     action,
          gint64     later,
          gboolean  *apart,
          GError   **error)
{
  g_autoptr (PslSights) sights = NULL;
  gint64 origin, number, later_origin, later_number;

  if (!read_origin (self, action, &origin, &number, error) ||
      !read_origin (self, later, &later_origin, &later_number, error))
    return FALSE;
  sights = psl_sights_new (self, error);
  if (sights == NULL)
    return FALSE;
  *apart = !psl_sights_know (sights, later_origin, later_number, origin, number);
  return TRUE;
}

static gboolean
check_later_changes (PslStore  *self,
                     gint64     action,
                     GError   **error)
{
  gboolean apart;
  gint64 later;

  if (!psl_store_read_number (self, SELECT_LATER_CHANGE, action, NULL, &later, error))
    return FALSE;
  if (later == 0)
    return TRUE;
  if (is_apart (self, action, later, &apart, error))
    set_conflict (self, later, apart, error);
  return FALSE;
}

/* Says where the record is, and how the action can be undone or redone all the same. */
static void
set_removed (PslStore  *self,
             gint64     rid,
             GError   **error)
{
  gboolean back = self->transaction->verb == PSL_VERB_UNDO;
  g_autoptr (PslRecord) record = psl_store_read (self, rid, error);
  g_autoptr (PslAction) removal = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *what = NULL;
  g_autofree char *time = NULL;
  gboolean is_settled = FALSE;
  gint64 last;

  if (record == NULL)
    return;
  if (psl_record_get_state (record) == PSL_RECORD_TRASHED && !psl_store_is_settled (self, rid, &is_settled, error))
    return;
  if (is_settled)
    {
      if (psl_store_read_number (self, SELECT_LAST_STATE, rid, NULL, &last, error))
        set_conflict (self, last, FALSE, error);
      return;
    }
  name = psl_record_dup_title (record, self->codelists, self->language);
  title = psl_text_dup_quotable (name);
  if (psl_record_get_state (record) == PSL_RECORD_TRASHED)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                   back ? _("“%s” is in the trash. Restore it first, then undo this.")
                        : _("“%s” is in the trash. Restore it first, then redo this."),
                   title);
      return;
    }

  if (!psl_store_read_number (self, SELECT_LAST_REMOVAL, rid, NULL, &last, error))
    return;
  removal = psl_store_get_action (self, last, error);
  if (removal == NULL)
    return;
  sentence = psl_action_describe (removal);
  what = psl_text_dup_quotable (sentence);
  time = psl_action_dup_time (removal);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
               /* Translators: a record’s title, the sentence of the action that removed it, its time. */
               back ? _("“%s” has been removed by “%s” on %s. Bring it back first, then undo this.")
                    /* Translators: a record’s title, the sentence of the action that removed it, its time. */
                    : _("“%s” has been removed by “%s” on %s. Bring it back first, then redo this."),
               title, what, time);
}

static gboolean
check_removed (PslStore  *self,
               gint64     action,
               GError   **error)
{
  gint64 removed;

  if (!psl_store_read_number (self, SELECT_REMOVED_SINCE, action, NULL, &removed, error))
    return FALSE;
  if (removed == 0)
    return TRUE;
  set_removed (self, removed, error);
  return FALSE;
}

#define SELECT_CELLS \
  "SELECT c.rid, c.field, c.language, iif (?2, c.old, c.new), iif (?2, c.new, c.old)," \
  " c.field <> '$state' AND (EXISTS (SELECT 1 FROM change AS o CROSS JOIN action AS oa USING (action)" \
  "   WHERE o.rid = c.rid AND o.field = c.field AND o.language = c.language AND oa.origin <> a.origin)" \
  "  OR (SELECT count(o.content) FROM change AS o WHERE o.rid = c.rid) > 1)" \
  " FROM action AS a CROSS JOIN change AS c USING (action) WHERE a.action = ?1" \
  " AND (c.rid, c.field, c.language) > (?3, ?4, ?5) ORDER BY c.rid, c.field, c.language LIMIT 1000"

/* The next page of the cells that @action changed, after the cell given, or from the
 * beginning: an import may have made a million records. */
static gboolean
read_cells (PslStore    *self,
            gint64       action,
            gboolean     back,
            const Cell  *after,
            GArray      *cells,
            GError     **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  statement = psl_db_prepare (self->db, SELECT_CELLS, error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, action);
  psl_statement_bind_int64 (statement, 2, back);
  psl_statement_bind_int64 (statement, 3, after != NULL ? after->rid : 0);
  psl_statement_bind_text (statement, 4, after != NULL ? after->field : "");
  psl_statement_bind_text (statement, 5, after != NULL ? after->language : "");
  while (psl_statement_step (statement, &local_error))
    {
      Cell cell = {
        .rid = psl_statement_get_int64 (statement, 0),
        .field = g_strdup (psl_statement_get_text (statement, 1)),
        .language = g_strdup (psl_statement_get_text (statement, 2)),
        .value = g_strdup (psl_statement_get_text (statement, 3)),
        .present = g_strdup (psl_statement_get_text (statement, 4)),
        .is_shared = psl_statement_get_int64 (statement, 5) != 0,
      };

      g_array_append_val (cells, cell);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
apply_state (PslStore             *self,
             const PslRecordHead  *head,
             const Cell           *cell,
             GError              **error)
{
  PslRecordState state;

  if (!psl_record_state_parse (cell->value, &state))
    {
      set_damaged (self, error);
      return FALSE;
    }
  return head->state == state ||
         psl_store_write_state (self, head->plan, cell->rid, head->state, state, error);
}

/* The value after undo or redo, where the action's value may have been changed since: of a
 * list, the members that the action changed go back; a changed value of another type is an
 * error.
 * @value: (out) (nullable) (transfer full) */
static gboolean
revert_value (PslStore        *self,
              const PslField  *field,
              const Cell      *cell,
              const char      *present,
              char           **value,
              GError         **error)
{
  g_autofree char *made = NULL;

  /* The form of a field may be another than when the action was done. */
  if (g_strcmp0 (present, cell->present) == 0 || g_strcmp0 (present, cell->value) == 0 ||
      (field->type != PSL_FIELD_TYPE_PARTS && cell->present != NULL &&
       psl_store_clean_value (self, field, cell->present, cell->present, &made, NULL) && g_strcmp0 (present, made) == 0))
    {
      *value = g_strdup (cell->value);
      return TRUE;
    }
  if (field->type == PSL_FIELD_TYPE_ROWS &&
      psl_versions_revert_rows (field, cell->value, cell->present, present, value))
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
               /* Translators: the name of a field: “Functions” */
               _("“%s” has been changed since. Change it by hand, or undo the later changes first."),
               psl_field_get_label (field));
  return FALSE;
}

/* @heads: gets the values to merge, which several registers have changed */
static gboolean
apply_cell (PslStore    *self,
            const Cell  *cell,
            PslHeads    *heads,
            GError     **error)
{
  g_autofree char *present = NULL;
  g_autofree char *value = NULL;
  const PslField *field;
  const char *language;
  PslRecordHead head;
  gboolean is_merged;

  if (!psl_store_read_head (self, cell->rid, &head, error))
    return FALSE;
  if (strcmp (cell->field, PSL_FIELD_STATE) == 0)
    return apply_state (self, &head, cell, error);

  /* What the file says is written only where the kind's description has a field for it. */
  field = psl_stored_field_find (head.plan->kind, cell->field);
  language = *cell->language != '\0' ? cell->language : NULL;
  if (field == NULL || ((field->flags & PSL_FIELD_MULTILINGUAL) != 0) != (language != NULL))
    {
      set_damaged (self, error);
      return FALSE;
    }
  is_merged = cell->is_shared && field->type != PSL_FIELD_TYPE_ROWS;
  if (is_merged)
    psl_heads_add (heads, cell->rid, cell->field, cell->language);
  if (language != NULL && g_strcmp0 (cell->value, cell->present) == 0)
    return psl_store_set_confirmed (self, head.plan, cell->rid, field, language,
                                    self->transaction->verb == PSL_VERB_REDO, error);
  if (is_merged)
    return TRUE;
  return psl_store_read_value (self, head.plan, cell->rid, field, language, &present, error) &&
         revert_value (self, field, cell, present, &value, error) &&
         (g_strcmp0 (present, value) == 0 ||
          psl_store_write_value (self, head.plan, cell->rid, field, language, present, value, error));
}

static gboolean
apply_action (PslStore  *self,
              gint64     action,
              gboolean   back,
              PslHeads  *heads,
              GError   **error)
{
  g_autoptr (GArray) page = NULL;
  gint64 n_done = 0;
  gint64 n_all;

  if (!psl_store_read_number (self, "SELECT count(*) FROM change WHERE action = ?", action, NULL, &n_all, error))
    return FALSE;
  psl_progress_set (1, self->progress);
  psl_progress_begin_stage (self->progress, CHANGES_SHARE);
  do
    {
      g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (Cell));
      const Cell *last = page != NULL ? &g_array_index (page, Cell, page->len - 1) : NULL;

      g_array_set_clear_func (next, (GDestroyNotify) cell_clear);
      if (!read_cells (self, action, back, last, next, error))
        return FALSE;
      for (guint i = 0; i < next->len; i++)
        {
          if (!apply_cell (self, &g_array_index (next, Cell, i), heads, error) ||
              !psl_store_step (self, ++n_done, n_all, error))
            return FALSE;
        }
      g_clear_pointer (&page, g_array_unref);
      page = g_steal_pointer (&next);
    }
  while (page->len > 0);

  psl_progress_begin_stage (self->progress, SHARED_SHARE);
  return TRUE;
}

/* A record leads to a record that the action took away: the action that set the link stands
 * in the way, or, where the link came with the record, the action that made the record. */
static gboolean
check_left_behind (PslStore        *self,
                   const char      *table,
                   const PslField  *field,
                   GError         **error)
{
  const char *link = field->name;
  /* A record goes with its parts. */
  const char *parts = psl_kind_get_owner (field->target) == NULL ? ""
                    : " UNION SELECT p.rid FROM t CROSS JOIN record AS p ON p.owner = t.rid";
  g_autofree char *sql = NULL;
  gint64 linking, later;

  sql = g_strdup_printf ("WITH RECURSIVE t (rid) AS (SELECT t.rid FROM change AS c"
                         " CROSS JOIN record AS t ON t.rid = c.rid AND t.state = -1"
                         " WHERE c.action = ?1 AND c.field = '$state'"
                         "%3$s)"
                         " SELECT r.rid FROM t CROSS JOIN \"%1$s\" AS k ON k.\"%2$s\" = t.rid"
                         " CROSS JOIN record AS r ON r.rid = k.rid AND r.state <> -1 LIMIT 1",
                         table, link, parts);
  if (!psl_store_read_number (self, sql, self->transaction->id, NULL, &linking, error))
    return FALSE;
  if (linking == 0)
    return TRUE;

  if (!psl_store_read_number (self,
                              "SELECT c.action FROM change AS c JOIN action AS a ON a.action = c.action"
                              " WHERE c.rid = ?1 AND (c.field = ?2 OR (c.field = '$state' AND c.old = 'gone'))"
                              " AND a.undone_by IS NULL AND a.verb NOT IN ('undo', 'redo')"
                              " ORDER BY c.field = '$state', c.action DESC LIMIT 1",
                              linking, link, &later, error))
    return FALSE;
  set_conflict (self, later, FALSE, error);
  return FALSE;
}

/* A link that the action brought back leads to a record that has gone since: the action that
 * took the record away stands in the way. It may be an undo. */
static gboolean
check_dead_end (PslStore        *self,
                const char      *table,
                const PslField  *field,
                GError         **error)
{
  g_autofree char *target = NULL;
  g_autofree char *sql = NULL;
  gint64 gone, later;

  /* A part may have gone with the record that it belongs to. */
  target = g_strdup_printf (psl_kind_get_owner (field->target) == NULL
                              ? "VALUES (k.\"%s\")"
                              : "WITH RECURSIVE up (rid) AS (VALUES (k.\"%s\")"
                                " UNION SELECT p.owner FROM up JOIN record AS p USING (rid)) SELECT rid FROM up",
                            field->name);
  sql = g_strdup_printf ("SELECT t.rid FROM change AS c CROSS JOIN record AS r ON r.rid = c.rid AND r.state <> -1"
                         " CROSS JOIN \"%s\" AS k ON k.rid = r.rid"
                         " CROSS JOIN record AS t ON t.rid IN (%s) AND t.state = -1"
                         " WHERE c.action = ?1 LIMIT 1", table, target);
  if (!psl_store_read_number (self, sql, self->transaction->id, NULL, &gone, error))
    return FALSE;
  if (gone == 0)
    return TRUE;

  if (!psl_store_read_number (self, SELECT_LAST_REMOVAL, gone, NULL, &later, error))
    return FALSE;
  set_conflict (self, later, FALSE, error);
  return FALSE;
}

/* No part of a kind goes into a record that was in the trash already, where nobody would see it. */
static gboolean
check_owners_of (PslStore       *self,
                 const PslKind  *kind,
                 GError        **error)
{
  const PslField *field = psl_kind_get_owner_field (kind);
  g_autofree char *sql = NULL;
  gint64 trashed;

  if (field == NULL)
    return TRUE;
  sql = g_strdup_printf ("WITH RECURSIVE up (rid) AS (SELECT r.owner FROM change AS c"
                         " CROSS JOIN record AS r ON r.rid = c.rid AND r.kind = ?2 AND r.state <> -1"
                         " WHERE c.action = ?1 AND (c.field = '%s' OR (c.field = '$state' AND c.old = 'gone' AND c.new = 'live'))"
                         " UNION SELECT p.owner FROM up CROSS JOIN record AS p USING (rid) WHERE p.owner IS NOT NULL)"
                         " SELECT rid FROM up CROSS JOIN record USING (rid) WHERE state = 1"
                         " AND rid NOT IN (SELECT rid FROM change WHERE action = ?1 AND field = '$state') LIMIT 1",
                         field->name);
  if (!psl_store_read_number (self, sql, self->transaction->id, kind->name, &trashed, error))
    return FALSE;
  if (trashed == 0)
    return TRUE;
  set_removed (self, trashed, error);
  return FALSE;
}

static gboolean
check_owners (PslStore  *self,
              GError   **error)
{
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    if (!check_owners_of (self, psl_kinds[i], error))
      return FALSE;
  return TRUE;
}

/* No record may lead to a record that is gone. */
static gboolean
check_links (PslStore  *self,
             GError   **error)
{
  for (guint i = 0; psl_kinds[i] != NULL; i++)
    {
      const PslPlan *plan = psl_store_get_plan (self, psl_kinds[i]);

      for (guint j = 0; j < plan->n_fields; j++)
        {
          const char *table = plan->kind->name;
          const PslField *link = plan->fields[j].field;

          if (plan->fields[j].select_linking != NULL &&
              (!check_left_behind (self, table, link, error) || !check_dead_end (self, table, link, error)))
            return FALSE;
        }
    }
  return TRUE;
}

/* Does @target backwards, or again, as an action of its own. */
static gint64
commit_reversal (PslStore         *self,
                 const PslAction  *target,
                 gboolean          back,
                 GError          **error)
{
  g_autoptr (PslHeads) heads = psl_heads_new (self);
  gint64 action;

  if (!apply_action (self, target->id, back, heads, error) ||
      !psl_store_write_undone (self, target->id, back ? self->transaction->id : 0, error) ||
      !psl_heads_run_values (heads, error) ||
      !check_links (self, error) ||
      !check_owners (self, error))
    {
      psl_store_rollback (self);
      return 0;
    }
  action = psl_store_commit (self, error);
  return MAX (action, 0);
}

static PslAction *
find_undo (PslStore  *self,
           gint64     action,
           GError   **error)
{
  g_autoptr (PslAction) target = NULL;

  if (action == 0)
    return psl_store_next_undo (self, error);

  target = psl_store_get_action (self, action, error);
  if (target == NULL)
    return NULL;
  if (target->undone || target->verb == PSL_VERB_UNDO || target->verb == PSL_VERB_REDO)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING,
                           target->undone ? _("This action has already been undone.")
                           : target->verb == PSL_VERB_UNDO ? _("This action undid another one. Do that one again instead.")
                                                           : _("This action did another one again. Undo that one instead."));
      return NULL;
    }
  return g_steal_pointer (&target);
}

static PslAction *
find_redo (PslStore  *self,
           gint64     action,
           GError   **error)
{
  g_autoptr (PslAction) target = NULL;

  if (action == 0)
    return psl_store_next_redo (self, error);

  target = psl_store_get_action (self, action, error);
  if (target == NULL || target->undone)
    return g_steal_pointer (&target);
  g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOTHING,
                       _("This action is not undone any more."));
  return NULL;
}

/* Shows in the progress what is undone or redone. */
static void
tell_what (PslStore         *self,
           const PslAction  *target,
           gboolean          back)
{
  g_autofree char *action = psl_action_describe (target);
  /* Translators: what is being undone, as in “Undoing: Import of projects.csv: 10,000 records” */
  g_autofree char *what = g_strdup_printf (back ? _("Undoing: %s")
                                           /* Translators: what is being done again, see “Undoing: %s” */
                                                : _("Redoing: %s"), action);

  psl_progress_set_what (self->progress, what);
  psl_progress_begin_stage (self->progress, CHECKS_SHARE);
}

/* The action to undo or redo is chosen inside the transaction, for another process may just
 * be doing the same. */
static gint64
reverse (PslStore    *self,
         PslVerb      verb,
         gint64       action,
         PslAction  **done,
         GError     **error)
{
  gboolean back = verb == PSL_VERB_UNDO;
  g_autoptr (PslAction) target = NULL;
  gint64 result;

  if (!psl_store_begin_action (self, verb, NULL, 0, error))
    return 0;
  target = back ? find_undo (self, action, error) : find_redo (self, action, error);
  if (target != NULL)
    tell_what (self, target, back);
  if (target == NULL ||
      !psl_chain_check_since (self, target->id, error) ||
      !check_removed (self, target->id, error) ||
      !psl_store_check_conflicts (self, target->id, back, error) ||
      !check_later_changes (self, target->id, error))
    {
      psl_store_rollback (self);
      return 0;
    }

  self->transaction->target = psl_action_copy (target);
  result = commit_reversal (self, target, back, error);
  if (result != 0 && done != NULL)
    {
      target->undone = back;
      *done = g_steal_pointer (&target);
    }
  return result;
}

/**
 * psl_store_undo:
 * @action: the action to undo; 0 for the latest of this register that is not undone
 * @undone: (out) (optional) (transfer full): the action that was undone
 *
 * Undoes an action, whoever made it and whenever. A value that several registers have changed
 * is merged again from the changes that are left: undoing a decision opens the conflict
 * again.
 *
 * Returns: the number of the action that undid it; 0 with
 *   %PSL_REGISTER_ERROR_CONFLICT where that would overwrite a later change or a value that
 *   was changed apart, change nothing but records that are in the trash or removed
 *   since, or bring a part into a record that is in the trash, which the message names, %PSL_REGISTER_ERROR_INVALID where it would take an entry of
 *   a list away that records got since, %PSL_REGISTER_ERROR_NOTHING where nothing is left to undo
 */
gint64
psl_store_undo (PslStore   *self,
                gint64      action,
                PslAction **undone,
                GError    **error)
{
  g_return_val_if_fail (self != NULL, 0);

  return reverse (self, PSL_VERB_UNDO, action, undone, error);
}

/**
 * psl_store_redo:
 * @redone: (out) (optional) (transfer full): the action that was done again
 *
 * Does the action again that was undone last.
 *
 * Returns: the number of the action that did so; 0 with
 *   %PSL_REGISTER_ERROR_NOTHING where nothing was undone, or something else has
 *   been done since, %PSL_REGISTER_ERROR_CONFLICT where all records that the action
 *   changed are in the trash or removed since, or a part would go into a record that is in
 *   the trash, which the message says
 */
gint64
psl_store_redo (PslStore   *self,
                PslAction **redone,
                GError    **error)
{
  g_return_val_if_fail (self != NULL, 0);

  return reverse (self, PSL_VERB_REDO, 0, redone, error);
}

/**
 * psl_store_redo_action:
 * @action: an action that is undone
 * @redone: (out) (optional) (transfer full): the action
 *
 * Does an action again, whoever undid it and whenever.
 *
 * Returns: the number of the action that did so; 0 with
 *   %PSL_REGISTER_ERROR_CONFLICT where that would overwrite a later change, or bring a part
 *   into a record that is in the trash, which the message names, %PSL_REGISTER_ERROR_NOTHING where it is not undone
 */
gint64
psl_store_redo_action (PslStore   *self,
                       gint64      action,
                       PslAction **redone,
                       GError    **error)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (action > 0, 0);

  return reverse (self, PSL_VERB_REDO, action, redone, error);
}
