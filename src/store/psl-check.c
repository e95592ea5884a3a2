/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-chain.h"
#include "psl-check-search.h"
#include "psl-clock.h"
#include "psl-date.h"
#include "psl-heads.h"
#include "psl-kinds.h"
#include "psl-languages.h"
#include "psl-store-private.h"
#include "psl-stored-field.h"
#include "psl-text.h"
#include "psl-travel.h"
#include "psl-versions.h"

/* Records between two reports of progress. */
#define PROGRESS_STEP 100

/* The character that psl_statement_get_text() gives for bytes that are no text. */
#define REPLACEMENT "\357\277\275"

/**
 * Check:
 * @is_repaired: the record at hand was not read as it stands in the file
 */
typedef struct
{
  PslStore *store;
  GPtrArray *findings;
  GCancellable *cancellable;
  gboolean is_repaired;
} Check;

/* A check of one record. */
typedef gboolean (*RecordFunc) (Check      *check,
                                PslRecord  *record,
                                gpointer    data,
                                GError    **error);

static PslFinding *
add_finding (Check           *check,
             const char      *message,
             PslFindingLevel  level)
{
  PslFinding *finding = g_new0 (PslFinding, 1);

  finding->message = g_strdup (message);
  finding->level = level;
  g_ptr_array_add (check->findings, finding);
  return finding;
}

static void
add_record_finding (Check           *check,
                    PslRecord       *record,
                    const PslField  *field,
                    const char      *language,
                    const char      *message,
                    PslFindingLevel  level)
{
  PslFinding *finding = add_finding (check, message, level);

  finding->rid = psl_record_get_rid (record);
  finding->id = g_strdup (psl_record_get_id (record));
  finding->kind = psl_record_get_kind (record);
  finding->title = psl_record_dup_title (record, psl_store_get_codelists (check->store), psl_store_get_language (check->store));
  finding->field = field;
  finding->language = g_intern_string (language);
}

static char *
describe_damage (const char *text)
{
  /* Translators: the database’s own message, in English. */
  return g_strdup_printf (_("The file is damaged: %s"), text);
}

static char *
describe_dead_end (const char *text)
{
  /* Translators: a table’s name in the database. */
  return g_strdup_printf (_("Something in “%s” leads to a record or a code that does not exist. Restore a backup."),
                          text);
}

static char *
describe_torn_record (const char *text)
{
  /* Translators: a record’s UUID. */
  return g_strdup_printf (_("The record %s is not stored as a whole. Restore a backup."), text);
}

static char *
describe_torn_history (const char *text)
{
  /* Translators: a record’s UUID. */
  return g_strdup_printf (_("A part of the history of the record %s can’t be read. Restore a backup."), text);
}

static char *
describe_torn_action (const char *text)
{
  /* Translators: a number. */
  return g_strdup_printf (_("A part of action %s of the history can’t be read. Restore a backup."), text);
}

/* Adds a finding for each row of a statement but `ok`; @describe takes its first
 * column. */
static gboolean
add_rows (Check       *check,
          const char  *sql,
          char      *(*describe) (const char *text),
          GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (psl_store_get_db (check->store), sql, error);

  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      const char *text = psl_statement_get_text (statement, 0);
      g_autofree char *message = NULL;

      if (g_strcmp0 (text, "ok") == 0)
        continue;
      message = describe (text);
      add_finding (check, message, PSL_FINDING_DAMAGE);
    }
  return !psl_statement_has_failed (statement);
}

static gboolean
add_break_cb (gint64         action,
              PslChainBreak  broken,
              gpointer       user_data)
{
  Check *check = user_data;
  g_autofree char *name = psl_chain_dup_action_name (check->store, action);
  g_autofree char *message = NULL;

  switch (broken)
    {
    case PSL_CHAIN_LOST:
      /* Translators: an action’s number and, in parentheses, what it did and when. */
      message = g_strdup_printf (_("What was done before action %s is missing from the history, or was put into it. Restore a backup."), name);
      break;
    case PSL_CHAIN_LOST_END:
      /* Translators: an action’s number and, in parentheses, what it did and when. */
      message = g_strdup_printf (_("The history does not end with the action that was last: %s. Restore a backup."), name);
      break;
    case PSL_CHAIN_ALTERED:
    case PSL_CHAIN_WHOLE:
    default:
      /* Translators: an action’s number and, in parentheses, what it did and when. */
      message = g_strdup_printf (_("The history of action %s was altered after it was written. Restore a backup."), name);
      break;
    }
  add_finding (check, message, PSL_FINDING_DAMAGE);
  return TRUE;
}

static void
add_undone (Check  *check,
            gint64  action)
{
  g_autofree char *name = psl_chain_dup_action_name (check->store, action);
  /* Translators: an action’s number and, in parentheses, what it did and when. */
  g_autofree char *message = g_strdup_printf (_("The history says otherwise whether action %s is undone."), name);

  add_finding (check, message, PSL_FINDING_DERIVED);
}

/* Whether an action is undone is said by the undoing and redoing of it. */
static gboolean
check_undone (Check   *check,
              GError **error)
{
  g_autoptr (PslSights) sights = psl_sights_new (check->store, error);
  g_autoptr (PslStatement) statement = NULL;

  if (sights == NULL)
    return FALSE;
  statement = psl_db_prepare (psl_store_get_db (check->store),
                              "SELECT action, undone_by FROM action WHERE undone_by IS NOT NULL"
                              " OR action IN (SELECT target FROM action WHERE target IS NOT NULL) ORDER BY action", error);
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, error))
    {
      gint64 action = psl_statement_get_int64 (statement, 0);
      gint64 undo;

      if (!psl_versions_find_undo (check->store, sights, action, &undo, error))
        return FALSE;
      if (psl_statement_get_int64 (statement, 1) != undo)
        add_undone (check, action);
    }
  return !psl_statement_has_failed (statement);
}

static void
add_untold_cb (gint64      rid,
               const char *field,
               const char *language,
               gpointer    user_data)
{
  Check *check = user_data;
  g_autoptr (PslRecord) record = psl_store_read (check->store, rid, NULL);

  if (record != NULL)
    add_record_finding (check, record, psl_stored_field_find (psl_record_get_kind (record), field),
                        *language != '\0' ? language : NULL,
                        _("Registers have changed this apart, but it is not kept that somebody has to decide."),
                        PSL_FINDING_DERIVED);
}

/* What is to be decided follows from the journal. */
static gboolean
check_untold (Check   *check,
              GError **error)
{
  g_autoptr (PslHeads) heads = psl_heads_new (check->store);

  return psl_heads_check (heads, add_untold_cb, check, error);
}

/* The journal is text in UTF-8, as all that the register keeps. */
static gboolean
check_journal (Check   *check,
               GError **error)
{
  guint n;

  if (!add_rows (check,
                 "SELECT DISTINCT id FROM change AS c JOIN record USING (rid)"
                 " WHERE NOT psl_is_text (c.field, c.language, c.old, c.new)",
                 describe_torn_history, error) ||
      !add_rows (check,
                 "SELECT action FROM action WHERE NOT psl_is_text (author, verb, kind, field, subject)",
                 describe_torn_action, error))
    return FALSE;
  n = check->findings->len;
  /* Where the chain is broken, nothing that follows from it is to be relied on. */
  return psl_chain_check (check->store, add_break_cb, check, error) &&
         (check->findings->len > n || (check_undone (check, error) && check_untold (check, error)));
}

/* Every record has its row in the table of its kind. */
static gboolean
check_heads (Check          *check,
             const PslKind  *kind,
             GError        **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM record LEFT JOIN \"%s\" AS k USING (rid)"
                                          " WHERE record.kind = '%s' AND k.rid IS NULL",
                                          kind->name, kind->name);

  return add_rows (check, sql, describe_torn_record, error);
}

/* Parts belong to a record of the kind that their description names, or of any kind but
 * those, and other records to none. */
static gboolean
check_owners (Check          *check,
              const PslKind  *kind,
              GError        **error)
{
  const PslField *owner = psl_kind_get_owner_field (kind);
  g_autoptr (GString) sql = g_string_new (NULL);

  if (owner == NULL)
    {
      g_string_printf (sql, "SELECT id FROM record WHERE kind = '%s' AND owner IS NOT NULL", kind->name);
      return add_rows (check, sql->str, describe_torn_record, error);
    }
  g_string_printf (sql, "SELECT r.id FROM record AS r LEFT JOIN record AS o ON o.rid = r.owner"
                   " WHERE r.kind = '%s'", kind->name);
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kind_is_target (psl_kinds[i], owner))
        g_string_append_printf (sql, " AND o.kind IS NOT '%s'", psl_kinds[i]->name);
    }
  return add_rows (check, sql->str, describe_torn_record, error);
}

static GArray *
read_rids (Check          *check,
           const PslKind  *kind,
           GError        **error)
{
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  statement = psl_db_prepare (psl_store_get_db (check->store),
                              "SELECT rid FROM record WHERE kind = ? AND state = 0 ORDER BY rid", error);
  if (statement == NULL)
    return NULL;
  psl_statement_bind_text (statement, 1, kind->name);
  return psl_statement_append_numbers (statement, rids, error) ? g_steal_pointer (&rids) : NULL;
}

/* Calls @func with every live record. */
static gboolean
for_each_record (Check             *check,
                 RecordFunc         func,
                 gpointer           data,
                 PslCheckProgress   progress,
                 gpointer           user_data,
                 GError           **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      g_autoptr (GArray) rids = read_rids (check, psl_kinds[i], error);

      if (rids == NULL)
        return FALSE;
      g_array_append_vals (all, rids->data, rids->len);
    }

  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (PslRecord) record = NULL;
      guint64 n_repaired = psl_db_get_n_repaired (psl_store_get_db (check->store));

      if (g_cancellable_set_error_if_cancelled (check->cancellable, error))
        return FALSE;
      record = psl_store_read (check->store, g_array_index (all, gint64, i), error);
      check->is_repaired = psl_db_get_n_repaired (psl_store_get_db (check->store)) > n_repaired;
      if (record == NULL || !func (check, record, data, error))
        return FALSE;
      if (progress != NULL && (i % PROGRESS_STEP == 0 || i + 1 == all->len))
        progress (i + 1, all->len, user_data);
    }
  return TRUE;
}

/* Whether the row of a language has @name and, where @has_key, @key. */
static gboolean
has_sort_row (PslStatement  *statement,
              const char    *language,
              gboolean       has_key,
              const char    *key,
              const char    *name,
              GError       **error)
{
  gboolean found;

  psl_statement_bind_text (statement, 2, language);
  psl_statement_bind_int64 (statement, 4, has_key);
  psl_statement_bind_blob (statement, 5, key, key != NULL ? strlen (key) : 0);
  psl_statement_bind_text (statement, 6, name);
  found = psl_statement_step (statement, error);
  psl_statement_reset (statement);
  return found;
}

/* A register that must not be written may have keys of another version of ICU. */
static gboolean
check_sort_keys (Check      *check,
                 PslRecord  *record,
                 GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);
  GPtrArray *languages = psl_store_get_sort_languages (check->store, error);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean in_place = TRUE;

  if (languages == NULL)
    return FALSE;

  statement = psl_db_prepare (psl_store_get_db (check->store),
                              "SELECT 1 FROM sort_key WHERE rid = ? AND language = ? AND kind = ?"
                              " AND (NOT ? OR key IS ?) AND name IS ?", error);
  if (statement == NULL)
    return FALSE;

  psl_statement_bind_int64 (statement, 1, psl_record_get_rid (record));
  psl_statement_bind_text (statement, 3, kind->name);
  for (guint i = 0; i < languages->len && in_place; i++)
    {
      const char *language = g_ptr_array_index (languages, i);
      g_autofree char *key = psl_store_dup_sort_key (record, language);
      g_autofree char *name = psl_store_dup_name_key (record, language);
      gboolean current;

      if (!psl_store_has_current_sort_keys (check->store, language, &current, error))
        return FALSE;
      in_place = has_sort_row (statement, language, current, key, name, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (!in_place)
    add_record_finding (check, record, psl_kind_get_title (kind), NULL,
                        _("Lists do not show this record in its place. Change its title to put that right."),
                        PSL_FINDING_DERIVED);
  return TRUE;
}

/* Whether a field holds bytes that are no text, in any language. */
static gboolean
holds_repaired (PslRecord      *record,
                const PslField *field)
{
  const PslField *other;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &other, &language, &value))
    if (other == field && strstr (value, REPLACEMENT) != NULL)
      return TRUE;
  return FALSE;
}

/* Names the fields that could not be read whole; FALSE where that was only the
 * title of a record that this one leads to. */
static gboolean
add_repaired (Check     *check,
              PslRecord *record)
{
  gboolean found = FALSE;

  for (const PslField *field = psl_record_get_kind (record)->fields; field->name != NULL; field++)
    {
      if (!holds_repaired (record, field))
        continue;
      add_record_finding (check, record, field, NULL, _("A part of this value can’t be read. Write it again."),
                          PSL_FINDING_DAMAGE);
      found = TRUE;
    }
  return found;
}

/* Languages that the program writes are tags as psl_language_parse() gives them. */
static void
check_languages (Check      *check,
                 PslRecord  *record)
{
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    {
      g_autofree char *message = NULL;

      if (language == NULL || psl_language_parse (language) != NULL)
        continue;
      message = g_strdup_printf (_("“%s” is not the tag of a language, such as fr, es or pt-BR."), language);
      add_record_finding (check, record, field, NULL, message, PSL_FINDING_DAMAGE);
    }
}

static gboolean
check_derived (Check      *check,
               PslRecord  *record,
               gpointer    data,
               GError    **error)
{
  if (check->is_repaired && add_repaired (check, record))
    return TRUE;
  check_languages (check, record);
  return psl_search_check_add (data, record, error) && check_sort_keys (check, record, error);
}

/* Links to records in the trash, which lists and exports leave out. */
static gboolean
check_links (Check      *check,
             PslRecord  *record,
             GError    **error)
{
  const PslKind *kind = psl_record_get_kind (record);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      const char *id = field->type == PSL_FIELD_TYPE_LINK ? psl_record_get (record, field, NULL) : NULL;
      g_autofree char *trashed = NULL;
      g_autofree char *quoted = NULL;
      g_autofree char *message = NULL;
      gint64 target;

      if (id == NULL || (field->flags & PSL_FIELD_OWNER))
        continue;
      if (!psl_store_read_rid (check->store, id, &target, error) ||
          (target != 0 && !psl_store_find_trashed (check->store, target, &trashed, error)))
        return FALSE;
      if (trashed == NULL)
        continue;
      quoted = psl_text_dup_quotable (trashed);
      /* Translators: the title of a record. */
      message = g_strdup_printf (_("“%s” is in the trash. Restore it, or choose another record."), quoted);
      add_record_finding (check, record, field, NULL, message, PSL_FINDING_TO_LOOK_AT);
    }
  return TRUE;
}

static gboolean
check_rules (Check      *check,
             PslRecord  *record,
             gpointer    data,
             GError    **error)
{
  g_autoptr (GPtrArray) problems = psl_kind_check (psl_record_get_kind (record), record,
                                                   psl_store_get_codelists (check->store), data);
  g_autofree char *trashed = NULL;

  if (problems->len > 0 && !psl_store_find_trashed (check->store, psl_record_get_rid (record), &trashed, error))
    return FALSE;
  /* A part lies in the trash with the record that it belongs to. */
  if (trashed != NULL)
    return TRUE;
  if (!check_links (check, record, error))
    return FALSE;
  for (guint i = 0; i < problems->len; i++)
    {
      const PslProblem *problem = g_ptr_array_index (problems, i);

      add_record_finding (check, record, problem->field, problem->language, problem->message, PSL_FINDING_TO_LOOK_AT);
    }
  return TRUE;
}

/* @list: (nullable) (transfer full): values that are to be decided on */
static gboolean
add_conflicts (Check      *check,
               GPtrArray  *list,
               GError    **error)
{
  g_autoptr (GPtrArray) conflicts = list;

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const PslConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autoptr (PslRecord) record = psl_store_read (check->store, conflict->rid, error);
      g_autofree char *message = NULL;

      if (record == NULL)
        return FALSE;
      message = psl_conflict_dup_message (conflict);
      add_record_finding (check, record, conflict->field, conflict->language, message, PSL_FINDING_TO_LOOK_AT);
    }
  return conflicts != NULL;
}

/* What was changed in two registers apart, or what an import left open, and not decided on. */
static gboolean
check_conflicts (Check   *check,
                 GError **error)
{
  return add_conflicts (check, psl_store_list_conflicts (check->store, error), error) &&
         add_conflicts (check, psl_store_list_import_conflicts (check->store, 0, error), error);
}

/* Actions are never earlier than those before them: a clock that was ahead once stays in the
 * history. */
static gboolean
check_clock (Check   *check,
             GError **error)
{
  gint64 at = 0;
  g_autofree char *time = NULL;
  g_autofree char *message = NULL;

  if (!psl_db_get_int64 (psl_store_get_db (check->store),
                         "SELECT ifnull ((SELECT ifnull (received, at) FROM action ORDER BY action DESC LIMIT 1), 0)",
                         &at, error))
    return FALSE;
  if (at <= check->store->clock () + PSL_CLOCK_MAX_AHEAD)
    return TRUE;
  time = psl_date_display_time (at);
  /* Translators: a date and time. */
  message = g_strdup_printf (_("The history ends at a time that has not come yet: %s. This computer’s clock was wrong then, or is wrong now. Later changes are given times after that."),
                             time);
  add_finding (check, message, PSL_FINDING_TO_LOOK_AT);
  return TRUE;
}

static gboolean
add_search_findings (Check           *check,
                     PslSearchCheck  *search,
                     GError         **error)
{
  g_autoptr (GArray) wrong = psl_search_check_list_wrong (search, check->cancellable, error);

  for (guint i = 0; wrong != NULL && i < wrong->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (check->store, g_array_index (wrong, gint64, i), error);

      if (record == NULL)
        return FALSE;
      add_record_finding (check, record, NULL, NULL,
                          _("The search has other words of this record than its texts. Change one of its texts to put that right."),
                          PSL_FINDING_DERIVED);
    }
  return wrong != NULL;
}

static gboolean
check_each_derived (Check   *check,
                    GError **error)
{
  g_autoptr (PslSearchCheck) search = psl_search_check_new (check->store, check->cancellable, error);

  return search != NULL && for_each_record (check, check_derived, search, NULL, NULL, error) &&
         add_search_findings (check, search, error);
}

static gboolean
check_file (Check   *check,
            GError **error)
{
  if (!add_rows (check, "PRAGMA integrity_check", describe_damage, error))
    return FALSE;
  /* Of a file that can't be read the rest would only say the same again. */
  if (check->findings->len > 0)
    return TRUE;

  if (!add_rows (check, "PRAGMA foreign_key_check", describe_dead_end, error))
    return FALSE;
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (!check_heads (check, psl_kinds[i], error) || !check_owners (check, psl_kinds[i], error))
        return FALSE;
    }
  if (check->findings->len == 0 && !check_each_derived (check, error))
    return FALSE;
  return check_journal (check, error);
}

/**
 * psl_finding_level_get_name:
 *
 * Returns: the level’s name in JSON
 */
const char *
psl_finding_level_get_name (PslFindingLevel level)
{
  static const char *const names[] = { "damage", "derived", "to-look-at" };

  g_return_val_if_fail (level < G_N_ELEMENTS (names), NULL);

  return names[level];
}

/**
 * psl_finding_level_get_label:
 *
 * Returns: the words for the level before a finding, translated
 */
const char *
psl_finding_level_get_label (PslFindingLevel level)
{
  static const char *const labels[] = { N_("damage"), N_("to be made again"), N_("to be looked at") };

  g_return_val_if_fail (level < G_N_ELEMENTS (labels), NULL);

  return _(labels[level]);
}

/**
 * psl_finding_free:
 * @finding: (nullable) (transfer full): a finding
 */
void
psl_finding_free (PslFinding *finding)
{
  if (finding == NULL)
    return;
  g_free (finding->id);
  g_free (finding->title);
  g_free (finding->message);
  g_free (finding);
}

/**
 * psl_check_integrity:
 * @cancellable: (nullable): stops it
 *
 * Checks the file: whether SQLite can read all of it, links lead somewhere, every record is
 * stored as a whole, holds nothing but text in languages that there are, can be found by
 * searching and stands in its place in lists, and whether the history is as it was written.
 * Nothing is changed. The register is checked as it stands at the beginning, whatever others
 * write meanwhile.
 *
 * Returns: (transfer full) (element-type PslFinding): the faults, or %NULL where it can't
 *   even be looked at
 */
GPtrArray *
psl_check_integrity (PslStore      *store,
                     GCancellable  *cancellable,
                     GError       **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_finding_free);
  Check check = { store, findings, cancellable, FALSE };
  gboolean checked;

  g_return_val_if_fail (store != NULL, NULL);

  if (!psl_db_begin_read (psl_store_get_db (store), error))
    return NULL;
  checked = check_file (&check, error);
  psl_db_rollback (psl_store_get_db (store));
  return checked ? g_steal_pointer (&findings) : NULL;
}

/**
 * psl_check_rules:
 * @settings: (nullable): the settings of kinds, as they come if %NULL
 * @progress: (nullable): told how far it has come
 * @cancellable: (nullable): stops it
 *
 * Checks the values: the rules of each kind, that no two records have one identifier, that no
 * link leads into the trash, and that the history does not end in the future.
 * Records in the trash are left out, and so are their parts. The register is checked as it
 * stands at the beginning, whatever others write meanwhile.
 *
 * Returns: (transfer full) (element-type PslFinding): the warnings, or %NULL
 */
GPtrArray *
psl_check_rules (PslStore          *store,
                 const PslSettingValues *settings,
                 PslCheckProgress   progress,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_finding_free);
  Check check = { store, findings, cancellable, FALSE };
  gboolean checked;

  g_return_val_if_fail (store != NULL, NULL);

  if (!psl_db_begin_read (psl_store_get_db (store), error))
    return NULL;
  checked = check_clock (&check, error) && check_conflicts (&check, error) &&
            for_each_record (&check, check_rules, (gpointer) settings, progress, user_data, error);
  psl_db_rollback (psl_store_get_db (store));
  return checked ? g_steal_pointer (&findings) : NULL;
}
