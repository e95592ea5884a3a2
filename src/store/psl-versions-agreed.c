/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-versions-agreed.h"

#include <string.h>

#include "psl-action.h"
#include "psl-agreed.h"
#include "psl-journal-content.h"

/*
 * Which translations are outdated follows from the journal: the marks of psl-agreed.c are
 * made again from all changes of a text, in an order that is the same in every register and
 * in which a change follows all changes that it knows, and the making of a record comes before
 * all changes of it, wherever it was made: clocks may be wrong, so they don't count. An author
 * brings a text up to date only with what they knew: texts that were changed apart in two
 * languages are both outdated. An edit marks the other texts from the marks that
 * they have (psl-store-agreed.c), however many actions have come from elsewhere; before it
 * travels, its text is marked as the other registers will mark it.
 */

/* The texts that a record was made with are in the content of its first change. */
#define SELECT_TEXTS \
  "SELECT a.origin, a.number, a.verb, c.language, c.old, c.new, o.id, NULL, FALSE FROM change AS c" \
  " CROSS JOIN action AS a USING (action) CROSS JOIN origin AS o USING (origin) WHERE c.rid = ?1 AND c.field = ?2" \
  " UNION ALL SELECT a.origin, a.number, '', j.key, NULL, j.value, o.id," \
  "  c.content ->> ('$.\"" PSL_JOURNAL_AGREED "\".\"' || ?2 || ' ' || j.key || '\"'), TRUE FROM change AS c" \
  " CROSS JOIN action AS a USING (action) CROSS JOIN origin AS o USING (origin)" \
  " CROSS JOIN json_each (c.content, '$.\"' || ?2 || '\"') AS j WHERE c.rid = ?1 AND c.content IS NOT NULL"

/* The texts that actions of this register changed which have not travelled yet. */
#define SELECT_UNSEALED \
  "SELECT DISTINCT c.rid, c.field FROM origin AS o CROSS JOIN action AS a ON a.action > o.sealed AND a.origin = o.origin" \
  " CROSS JOIN change AS c USING (action) WHERE o.own AND c.language <> ''"

/**
 * Change: one of the text in one language.
 * @mark: (nullable): of a text that the record was made with, its mark, where it is a copy
 * @rank: how much its register had seen then, see psl_sights_get_rank(); 0 where it made the
 *   record
 */
typedef struct
{
  gint64 origin;
  char *origin_id;
  gint64 number;
  gint64 rank;
  gboolean is_undo;
  gboolean is_redo;
  char *language;
  char *old_text;
  char *text;
  char *mark;
} Change;

/**
 * Translation: the text in one language.
 * @marked_by: the change that made the mark
 * @others: (element-type Change): changes of texts in other languages that have left the mark
 *   as it was, for the text was outdated already
 */
typedef struct
{
  char *text;
  char *mark;
  const Change *marked_by;
  GPtrArray *others;
} Translation;

/**
 * History:
 * @changes: (element-type Change): all of them, in order
 * @n_changes: how many of them have been looked at
 * @translations: (element-type utf8 Translation): the texts after these, by language
 */
typedef struct
{
  PslSights *sights;
  GPtrArray *changes;
  guint n_changes;
  GHashTable *translations;
} History;

static void
change_free (Change *change)
{
  g_free (change->origin_id);
  g_free (change->language);
  g_free (change->old_text);
  g_free (change->text);
  g_free (change->mark);
  g_free (change);
}

static void
translation_free (Translation *translation)
{
  g_free (translation->text);
  g_free (translation->mark);
  g_ptr_array_unref (translation->others);
  g_free (translation);
}

static void
history_clear (History *self)
{
  g_ptr_array_unref (self->changes);
  g_hash_table_unref (self->translations);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (History, history_clear)

static gboolean
knows (History      *self,
       const Change *change,
       const Change *other)
{
  return psl_sights_know (self->sights, change->origin, change->number, other->origin, other->number);
}

static Translation *
get_translation (History    *self,
                 const char *language)
{
  Translation *translation = g_hash_table_lookup (self->translations, language);

  if (translation == NULL)
    {
      translation = g_new0 (Translation, 1);
      translation->others = g_ptr_array_new ();
      g_hash_table_insert (self->translations, g_strdup (language), translation);
    }
  return translation;
}

static gboolean
is_outdated (History           *self,
             const Translation *translation)
{
  g_autofree char *language = psl_agreed_dup_language (translation->mark);
  const Translation *other = language != NULL ? g_hash_table_lookup (self->translations, language) : NULL;

  /* The mark of a copied text may name a language whose text comes later. */
  return language != NULL &&
         psl_agreed_is_outdated (translation->mark, translation->text, other != NULL ? other->text : NULL);
}

/* Whether the author of the change knew the change that marked the text. */
static gboolean
is_mark_known (History           *self,
               const Translation *translation,
               const Change      *change)
{
  return translation->mark != NULL && knows (self, change, translation->marked_by);
}

static void
mark (Translation  *translation,
      char         *agreed,
      const Change *change)
{
  if (agreed == NULL)
    return;
  g_free (translation->mark);
  translation->mark = agreed;
  translation->marked_by = change;
}

/* The text in a language that the author of a change knew. */
static const char *
find_known_text (History      *self,
                 const Change *change,
                 const char   *language)
{
  for (guint i = self->n_changes; i > 0; i--)
    {
      const Change *other = g_ptr_array_index (self->changes, i - 1);

      if (g_str_equal (other->language, language) && knows (self, change, other))
        return other->text;
    }
  return NULL;
}

/* Whether the text was outdated as the author of the change knew the texts. */
static gboolean
was_outdated (History           *self,
              const Translation *translation,
              const Change      *change)
{
  g_autofree char *language = NULL;

  if (is_mark_known (self, translation, change))
    {
      language = psl_agreed_dup_language (translation->mark);
      return psl_agreed_is_outdated (translation->mark, translation->text, find_known_text (self, change, language));
    }
  for (guint i = 0; i < translation->others->len; i++)
    {
      const Change *other = g_ptr_array_index (translation->others, i);

      if (knows (self, change, other) && g_strcmp0 (find_known_text (self, change, other->language), other->old_text) != 0)
        return TRUE;
    }
  return FALSE;
}

/* Marks another text than the one that was changed. One that is outdated already keeps its
 * mark; where two changes have made it so apart, the mark is of that whose language comes
 * first. */
static void
mark_other (History      *self,
            Translation  *translation,
            const Change *change)
{
  gboolean is_marked = is_outdated (self, translation);
  char *agreed;

  if (is_marked && translation->marked_by->mark == NULL && !was_outdated (self, translation, change) &&
      strcmp (change->language, translation->marked_by->language) < 0)
    {
      g_ptr_array_add (translation->others, (gpointer) translation->marked_by);
      is_marked = FALSE;
    }
  agreed = !is_marked ? psl_agreed_renew (translation->mark, translation->text, change->language, change->old_text) : NULL;
  if (agreed == NULL)
    g_ptr_array_add (translation->others, (gpointer) change);
  mark (translation, agreed, change);
}

/* Marks the other texts as agreeing with the former text of this one; see
 * psl_store_mark_translations(). */
static void
mark_others (History           *self,
             const Translation *own,
             const Change      *change)
{
  GHashTableIter iter;
  gpointer value;

  if (was_outdated (self, own, change))
    return;
  g_hash_table_iter_init (&iter, self->translations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (value != own && ((Translation *) value)->text != NULL)
      mark_other (self, value, change);
}

/* Forgets the changes of other texts that the author of the change knew. */
static void
forget_known (History      *self,
              Translation  *own,
              const Change *change)
{
  for (guint i = own->others->len; i > 0; i--)
    if (knows (self, change, g_ptr_array_index (own->others, i - 1)))
      g_ptr_array_remove_index (own->others, i - 1);
}

/* The author of the change has brought the text up to date with what they knew: where another
 * text was changed apart, it agrees with that as it was before. */
static void
mark_apart (History      *self,
            Translation  *own,
            const Change *change)
{
  const Change *first = NULL;
  const char *known;

  for (guint i = 0; i < own->others->len; i++)
    {
      const Change *other = g_ptr_array_index (own->others, i);

      if (first == NULL || strcmp (other->language, first->language) < 0)
        first = other;
    }
  if (first == NULL)
    return;
  known = find_known_text (self, change, first->language);
  mark (own, psl_agreed_renew (NULL, own->text, first->language, known != NULL ? known : first->old_text), first);
  g_ptr_array_remove (own->others, (gpointer) first);
}

/* A change of a text to its present value confirms the text. */
static void
confirm (History      *self,
         Translation  *own,
         const Change *change)
{
  g_autofree char *language = psl_agreed_dup_language (own->mark);
  const char *other = language != NULL ? find_known_text (self, change, language) : NULL;

  if (other != NULL)
    mark (own, change->is_undo ? psl_agreed_unconfirm (own->mark) : psl_agreed_confirm (own->mark, other), own->marked_by);
  if (change->is_undo)
    return;
  forget_known (self, own, change);
  if (!is_outdated (self, own))
    mark_apart (self, own, change);
}

/* Has the mark be one of another text, that is no nearer to the other language. */
static void
carry (Translation *own,
       const char  *text)
{
  if (own->mark != NULL && own->text != NULL)
    mark (own, psl_agreed_carry (own->mark, own->text, text), own->marked_by);
}

/* Where the other text is again as it was, one that was changed apart from it may have made the
 * text outdated all the same. */
static void
mark_by_others (History     *self,
                Translation *own)
{
  const Change *first = NULL;

  if (own->text == NULL || is_outdated (self, own))
    return;
  for (guint i = 0; i < own->others->len; i++)
    {
      const Change *other = g_ptr_array_index (own->others, i);
      const char *text = get_translation (self, other->language)->text;

      if (!knows (self, other, own->marked_by) && text != NULL && g_strcmp0 (text, other->old_text) != 0 &&
          (first == NULL || strcmp (other->language, first->language) < 0))
        first = other;
    }
  if (first != NULL)
    mark (own, psl_agreed_renew (NULL, own->text, first->language, first->old_text), first);
}

/* The text that the author knew may be another than the present one, where two were written
 * apart. */
static void
set_seen_text (History      *self,
               Translation  *own,
               const Change *change)
{
  if (change->old_text == NULL)
    return;
  if (is_mark_known (self, own, change))
    carry (own, change->old_text);
  g_set_str (&own->text, change->old_text);
}

static void
set_text (History      *self,
          Translation  *own,
          const Change *change)
{
  gboolean is_current = is_mark_known (self, own, change);

  if (change->text == NULL)
    {
      g_clear_pointer (&own->mark, g_free);
      g_ptr_array_set_size (own->others, 0);
    }
  else if (!is_current)
    {
      carry (own, change->text);
    }
  g_set_str (&own->text, change->text);
  forget_known (self, own, change);
  if (is_current && own->text != NULL)
    mark_apart (self, own, change);
}

static void
add_change (History      *self,
            const Change *change)
{
  Translation *own = get_translation (self, change->language);

  set_seen_text (self, own, change);
  if (change->old_text != NULL && g_strcmp0 (change->old_text, change->text) == 0)
    {
      confirm (self, own, change);
    }
  else
    {
      if (change->old_text != NULL && change->text != NULL && !change->is_undo && !change->is_redo)
        mark_others (self, own, change);
      set_text (self, own, change);
      mark (own, g_strdup (change->mark), change);
    }
  self->n_changes++;
}

static int
compare_changes (gconstpointer a,
                 gconstpointer b)
{
  const Change *first = *(const Change *const *) a;
  const Change *second = *(const Change *const *) b;
  int by_origin = strcmp (first->origin_id, second->origin_id);

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return by_origin != 0 ? by_origin : strcmp (first->language, second->language);
}

static Change *
read_change (PslSights    *sights,
             PslStatement *statement)
{
  const char *verb = psl_statement_get_text (statement, 2);
  Change *change = g_new0 (Change, 1);

  change->origin = psl_statement_get_int64 (statement, 0);
  change->number = psl_statement_get_int64 (statement, 1);
  change->is_undo = g_str_equal (verb, psl_verb_get_name (PSL_VERB_UNDO));
  change->is_redo = g_str_equal (verb, psl_verb_get_name (PSL_VERB_REDO));
  change->language = g_strdup (psl_statement_get_text (statement, 3));
  change->old_text = g_strdup (psl_statement_get_text (statement, 4));
  change->text = g_strdup (psl_statement_get_text (statement, 5));
  change->origin_id = g_strdup (psl_statement_get_text (statement, 6));
  change->mark = g_strdup (psl_statement_get_text (statement, 7));
  if (psl_statement_get_int64 (statement, 8) == 0)
    change->rank = psl_sights_get_rank (sights, change->origin, change->number);
  return change;
}

static gboolean
read_history (PslStore        *store,
              gint64           rid,
              const PslField  *field,
              History         *history,
              GError         **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (store->db, SELECT_TEXTS, error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_int64 (statement, 1, rid);
  psl_statement_bind_text (statement, 2, field->name);
  while (psl_statement_step (statement, &local_error))
    g_ptr_array_add (history->changes, read_change (history->sights, statement));
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * psl_versions_mark_translations:
 * @field: a multilingual field of the record's kind
 *
 * Gives the texts of a record the marks that follow from all changes of them.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_versions_mark_translations (PslStore        *store,
                                PslSights       *sights,
                                gint64           rid,
                                const PslField  *field,
                                GError         **error)
{
  g_auto (History) history = { .sights = sights };
  GHashTableIter iter;
  gpointer language, translation;

  history.changes = g_ptr_array_new_with_free_func ((GDestroyNotify) change_free);
  history.translations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) translation_free);
  if (!read_history (store, rid, field, &history, error))
    return FALSE;
  g_ptr_array_sort (history.changes, compare_changes);
  while (history.n_changes < history.changes->len)
    add_change (&history, g_ptr_array_index (history.changes, history.n_changes));
  g_hash_table_iter_init (&iter, history.translations);
  while (g_hash_table_iter_next (&iter, &language, &translation))
    {
      mark_by_others (&history, translation);
      if (!psl_store_write_agreed (store, rid, field, language, ((Translation *) translation)->mark, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * psl_versions_mark_unsealed:
 *
 * Does so of the texts that were changed in this register since actions of it have travelled:
 * the others come to the same marks.
 *
 * Returns: %FALSE with a %PSL_REGISTER_ERROR
 */
gboolean
psl_versions_mark_unsealed (PslStore  *store,
                            GError   **error)
{
  g_autoptr (PslSights) sights = psl_sights_new (store, error);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) local_error = NULL;

  if (sights == NULL)
    return FALSE;
  statement = psl_db_prepare (store->db, SELECT_UNSEALED, error);
  if (statement == NULL)
    return FALSE;
  while (psl_statement_step (statement, &local_error))
    {
      gint64 rid = psl_statement_get_int64 (statement, 0);
      const PslField *field;
      PslRecordHead head;

      if (!psl_store_read_head (store, rid, &head, error))
        return FALSE;
      field = psl_stored_field_find (head.plan->kind, psl_statement_get_text (statement, 1));
      if (field != NULL && field->type != PSL_FIELD_TYPE_PARTS && (field->flags & PSL_FIELD_MULTILINGUAL) &&
          !psl_versions_mark_translations (store, sights, rid, field, error))
        return FALSE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
