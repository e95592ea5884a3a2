/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-kinds.h"
#include "psl-store-private.h"

/* A row of the journal that is being undone or redone. */
typedef struct
{
  gint64 rid;
  char *field;
  char *language;
  char *value;
  char *present;  /* what the action made of it */
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
 * changed; for a record that @action made, any of its cells. */
#define SELECT_LATER_CHANGE \
  "SELECT a.action FROM change AS c" \
  " CROSS JOIN change AS l ON l.rid = c.rid AND l.action > c.action" \
  "   AND ((l.field = c.field AND l.language = c.language) OR (c.field = '$state' AND c.old = 'gone'))" \
  " CROSS JOIN action AS a ON a.action = l.action" \
  " WHERE c.action = ?1 AND a.undone_by IS NULL AND a.verb NOT IN ('undo', 'redo')" \
  " ORDER BY a.action DESC LIMIT 1"

/* A record that @action changed, where all that it changed are in the trash or removed
 * since, so that nobody would see what is undone. An action that changed the state of a
 * record itself is seen in the trash. */
#define SELECT_REMOVED_SINCE \
  "SELECT rid FROM change WHERE action = ?1 AND NOT EXISTS (" \
  "SELECT 1 FROM change AS c CROSS JOIN record AS r ON r.rid = c.rid" \
  " WHERE c.action = ?1 AND (c.field = '$state' OR r.state = 0 OR NOT EXISTS (" \
  "SELECT 1 FROM change AS l WHERE l.rid = c.rid AND l.action > c.action AND l.field = '$state'))" \
  ") LIMIT 1"

#define SELECT_LAST_REMOVAL \
  "SELECT max (action) FROM change WHERE rid = ?1 AND field = '$state' AND new = 'gone'"

static void
set_damaged (PslStore  *self,
             GError   **error)
{
  psl_db_set_error (self->db, SQLITE_CORRUPT, error);
}

/* Names what stands in the way: who did it, when and what. */
static void
set_conflict (PslStore  *self,
              gint64     later,
              GError   **error)
{
  g_autoptr (PslAction) action = psl_store_get_action (self, later, error);
  g_autofree char *time = NULL;
  g_autofree char *what = NULL;

  if (action == NULL)
    return;
  what = psl_action_describe (action);
  time = psl_action_dup_time (action);

  if (action->verb == PSL_VERB_UNDO)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Undo: New record “Title””, its time. */
                 _("This leads to a record that was taken away by “%s” on %s."), what, time);
  else if (*action->author != '\0')
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Edit budget of “Title””, its author, its time. */
                 _("A later action changed the same: “%s”, by %s on %s. Undo that one first."),
                 what, action->author, time);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
                 /* Translators: the sentence of an action, such as “Edit budget of “Title””, its time. */
                 _("A later action changed the same: “%s”, on %s. Undo that one first."),
                 what, time);
}

static gboolean
check_later_changes (PslStore  *self,
                     gint64     action,
                     GError   **error)
{
  gint64 later;

  if (!psl_store_read_number (self, SELECT_LATER_CHANGE, action, NULL, &later, error))
    return FALSE;
  if (later == 0)
    return TRUE;
  set_conflict (self, later, error);
  return FALSE;
}

/* Says where the record is, and what to do before the action can be undone or redone. */
static void
set_removed (PslStore  *self,
             gint64     rid,
             GError   **error)
{
  gboolean back = self->transaction->verb == PSL_VERB_UNDO;
  g_autoptr (PslRecord) record = psl_store_read (self, rid, error);
  g_autoptr (PslAction) removal = NULL;
  g_autofree char *title = NULL;
  g_autofree char *what = NULL;
  g_autofree char *time = NULL;
  gint64 last;

  if (record == NULL)
    return;
  title = psl_record_dup_title (record, self->language);
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
  what = psl_action_describe (removal);
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

/* The next page of what @action changed, after the cell given, or from the
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

  statement = psl_db_prepare (self->db,
                              "SELECT rid, field, language, iif (?2, old, new), iif (?2, new, old) FROM change WHERE action = ?1"
                              " AND (rid, field, language) > (?3, ?4, ?5)"
                              " ORDER BY rid, field, language LIMIT 1000", error);
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

/* Older versions journalled parts as a value of their owner; the changes since are those of
 * the parts. */
static gboolean
check_parts (const PslField  *field,
             const Cell      *cell,
             const char      *present,
             GError         **error)
{
  if (field->type != PSL_FIELD_TYPE_PARTS || g_strcmp0 (present, cell->present) == 0)
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_CONFLICT,
               /* Translators: the name of a field: “Functions” */
               _("“%s” has been changed since. Change it by hand, or undo the later changes first."),
               psl_field_get_label (field));
  return FALSE;
}

static gboolean
apply_cell (PslStore    *self,
            const Cell  *cell,
            GError     **error)
{
  g_autofree char *present = NULL;
  const PslField *field;
  const char *language;
  PslRecordHead head;

  if (!psl_store_read_head (self, cell->rid, &head, error))
    return FALSE;
  if (strcmp (cell->field, PSL_FIELD_STATE) == 0)
    return apply_state (self, &head, cell, error);

  /* What the file says is written only where the kind's description has a field for it. */
  field = psl_field_find_stored (head.plan->kind, cell->field);
  language = *cell->language != '\0' ? cell->language : NULL;
  if (field == NULL || ((field->flags & PSL_FIELD_MULTILINGUAL) != 0) != (language != NULL))
    {
      set_damaged (self, error);
      return FALSE;
    }
  if (language != NULL && g_strcmp0 (cell->value, cell->present) == 0)
    return psl_store_set_confirmed (self, head.plan, cell->rid, field, language,
                                    self->transaction->verb == PSL_VERB_REDO, error);
  return psl_store_read_cell (self, head.plan, cell->rid, field, language, &present, error) &&
         check_parts (field, cell, present, error) &&
         (g_strcmp0 (present, cell->value) == 0 ||
          psl_store_write_cell (self, head.plan, cell->rid, field, language, present, cell->value, error));
}

static gboolean
apply_action (PslStore  *self,
              gint64     action,
              gboolean   back,
              GError   **error)
{
  g_autoptr (GArray) page = NULL;

  do
    {
      g_autoptr (GArray) next = g_array_new (FALSE, FALSE, sizeof (Cell));
      const Cell *last = page != NULL ? &g_array_index (page, Cell, page->len - 1) : NULL;

      g_array_set_clear_func (next, (GDestroyNotify) cell_clear);
      if (!read_cells (self, action, back, last, next, error))
        return FALSE;
      for (guint i = 0; i < next->len; i++)
        {
          if (!apply_cell (self, &g_array_index (next, Cell, i), error))
            return FALSE;
        }
      g_clear_pointer (&page, g_array_unref);
      page = g_steal_pointer (&next);
    }
  while (page->len > 0);

  return TRUE;
}

/* A record that leads to one that the action took away: whatever set the link
 * stands in the way, or, where it came with the record, what made that. */
static gboolean
check_left_behind (PslStore        *self,
                   const char      *table,
                   const PslField  *field,
                   GError         **error)
{
  const char *link = field->name;
  /* What an action takes away goes with its parts. */
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
  set_conflict (self, later, error);
  return FALSE;
}

/* A record that leads, by a link that the action brought back, to one that has
 * gone since: whatever took that away stands in the way. It may be an undo. */
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
  set_conflict (self, later, error);
  return FALSE;
}

/* No record may lead to one that is gone. */
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

/* Notes in the journal whether @target is undone. */
static gboolean
mark_target (PslStore  *self,
             gint64     target,
             gboolean   undone,
             GError   **error)
{
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (self->db, "UPDATE action SET undone_by = nullif (?, 0) WHERE action = ?", error);
  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, undone ? self->transaction->id : 0);
  psl_statement_bind_int64 (statement, 2, target);
  return psl_statement_run (statement, error);
}

/* Does @target backwards, or again, as an action of its own. */
static gint64
commit_reversal (PslStore         *self,
                 const PslAction  *target,
                 gboolean          back,
                 GError          **error)
{
  gint64 action;

  if (!apply_action (self, target->id, back, error) ||
      !check_links (self, error) ||
      !mark_target (self, target->id, back, error))
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
                           _("This action has already been undone."));
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

/* What is to be undone or redone is only known inside the transaction, for
 * another process may just be doing the same. */
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
  if (target == NULL ||
      !psl_chain_check_since (self, target->id, error) ||
      !check_removed (self, target->id, error) ||
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
 * @action: the action to undo; 0 for the latest that is not undone
 * @undone: (out) (optional) (transfer full): the action that was undone
 *
 * Undoes an action, whoever made it and whenever.
 *
 * Returns: the number of the action that undid it; 0 with
 *   %PSL_REGISTER_ERROR_CONFLICT where that would overwrite a later change, or change
 *   nothing but records that are in the trash or removed since, which the message
 *   names, %PSL_REGISTER_ERROR_NOTHING where nothing is left to undo
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
 *   changed are in the trash or removed since, which the message says
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
 *   %PSL_REGISTER_ERROR_CONFLICT where that would overwrite a later change, which
 *   the message names, %PSL_REGISTER_ERROR_NOTHING where it is not undone
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
