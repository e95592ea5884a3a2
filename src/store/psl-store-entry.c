/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-store-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-entry.h"
#include "psl-error.h"
#include "psl-language-name.h"
#include "psl-store-private.h"
#include "psl-text.h"
#include "psl-transaction.h"

/* Changes of entries of code lists: their names, whether they are offered, their order. */

/* The records of an entry, first that which counts where there are several: registers made
 * them apart before the UUID was derived from the entry. */
#define SELECT_ENTRY \
  "SELECT e.rid FROM \"%s\" AS e CROSS JOIN record AS r ON r.rid = e.rid" \
  " WHERE e.code = ?1 AND r.state = 0 ORDER BY r.id"

static const PslField *
find_field (const char *name)
{
  return psl_kind_find_field (psl_entry_get_kind (), name);
}

static GArray *
read_records (PslStore    *self,
              const char  *entry,
              GError     **error)
{
  g_autofree char *sql = g_strdup_printf (SELECT_ENTRY, psl_entry_get_kind ()->name);
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, sql, error);
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  psl_statement_bind_text (statement, 1, entry);
  return psl_statement_append_numbers (statement, rids, error) ? g_steal_pointer (&rids) : NULL;
}

/* Brings the record of an entry back that was taken away, without the values that it had. */
static gboolean
bring_back (PslStore    *self,
            PslRecord   *former,
            const char  *entry,
            GError     **error)
{
  gint64 rid = psl_record_get_rid (former);
  const PslField *field;
  const char *language;
  const char *value;
  PslRecordIter iter;

  if (!psl_store_set_state (self, rid, PSL_RECORD_LIVE, error))
    return FALSE;
  psl_record_iter_init (&iter, former);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    if (field != find_field ("code") && !psl_store_set (self, rid, field, language, NULL, error))
      return FALSE;
  return psl_store_set (self, rid, find_field ("code"), NULL, entry, error);
}

/* Makes the record of an entry that has none. */
static gint64
make_record (PslStore    *self,
             const char  *entry,
             GError     **error)
{
  g_autofree char *id = psl_entry_derive_uuid (entry);
  g_autoptr (PslRecord) record = NULL;
  gint64 rid = 0;

  if (!psl_store_read_rid (self, id, &rid, error))
    return 0;
  if (rid != 0)
    {
      g_autoptr (PslRecord) former = psl_store_read (self, rid, error);

      if (former == NULL)
        return 0;
      /* A live one was given to another entry. */
      if (psl_record_get_state (former) != PSL_RECORD_LIVE)
        return bring_back (self, former, entry, error) ? rid : 0;
    }
  record = psl_record_new (psl_entry_get_kind (), 0, NULL);
  psl_record_set (record, find_field ("code"), NULL, entry);
  return psl_store_insert (self, record, error);
}

/* The records of an entry, of which one is made where there is none; %NULL with @error set. */
static GArray *
ensure_records (PslStore    *self,
                const char  *list,
                const char  *code,
                GError     **error)
{
  g_autofree char *entry = psl_entry_dup_id (list, code);
  GError *local_error = NULL;
  g_autoptr (GArray) rids = read_records (self, entry, &local_error);

  if (rids != NULL && rids->len == 0)
    {
      gint64 rid = make_record (self, entry, &local_error);

      g_array_append_val (rids, rid);
    }
  if (local_error == NULL)
    return g_steal_pointer (&rids);
  psl_store_note_failure (self, local_error, error);
  return NULL;
}

/* Gives all records of an entry a value. */
static gboolean
set_all (PslStore    *self,
         GArray      *rids,
         const char  *field,
         const char  *language,
         const char  *value,
         GError     **error)
{
  for (guint i = 0; i < rids->len; i++)
    if (!psl_store_set (self, g_array_index (rids, gint64, i), find_field (field), language, value, error))
      return FALSE;
  return TRUE;
}

/* A value that the program has itself is not stored. */
static const char *
without_default (const char *value,
                 const char *own)
{
  return *value == '\0' || g_strcmp0 (value, own) == 0 ? NULL : value;
}

static gboolean
write_names (PslStore            *self,
             GArray              *rids,
             const PslEntryEdit  *edit,
             GError             **error)
{
  const PslCode *own = psl_codelist_find (psl_codelist_get_default (edit->list), edit->code);

  for (guint i = 0; i < psl_names_get_n (edit->names); i++)
    {
      const char *language;
      const char *name = psl_names_get_nth (edit->names, i, &language);
      const char *own_name = own != NULL ? psl_names_get (own->names, language) : NULL;

      if (!set_all (self, rids, "name", language, without_default (name, own_name), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_aliases (PslStore            *self,
               GArray              *rids,
               const PslEntryEdit  *edit,
               GError             **error)
{
  const PslCode *own = psl_codelist_find (psl_codelist_get_default (edit->list), edit->code);
  g_autofree char *own_aliases = own != NULL && own->aliases != NULL ? g_strjoinv ("\n", (char **) own->aliases) : NULL;

  return edit->aliases == NULL ||
         set_all (self, rids, "aliases", NULL, without_default (edit->aliases, own_aliases), error);
}

/* An added entry that is in use needs no word for that. */
static gboolean
write_status (PslStore            *self,
              GArray              *rids,
              const PslEntryEdit  *edit,
              GError             **error)
{
  const PslCode *own = psl_codelist_find (psl_codelist_get_default (edit->list), edit->code);
  const char *value = edit->status == PSL_CODE_STATUS_WITHDRAWN ? PSL_ENTRY_WITHDRAWN : PSL_ENTRY_IN_USE;
  const char *usual = own != NULL && own->withdrawn ? PSL_ENTRY_WITHDRAWN : PSL_ENTRY_IN_USE;

  return edit->status == PSL_CODE_STATUS_UNCHANGED ||
         set_all (self, rids, "status", NULL, without_default (value, usual), error);
}

static gboolean
write_rank (PslStore    *self,
            const char  *list,
            const char  *code,
            guint        rank,
            GError     **error)
{
  g_autoptr (GArray) rids = ensure_records (self, list, code, error);
  g_autofree char *value = g_strdup_printf ("%u", rank);

  return rids != NULL && set_all (self, rids, "rank", NULL, value, error);
}

/* Gives the entries their numbers in a new order, where they have others. */
static gboolean
move (PslStore            *self,
      const PslEntryEdit  *edit,
      GError             **error)
{
  const PslCodelist *list = psl_codelists_get_list (self->codelists, edit->list);
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  guint n = psl_codelist_get_n (list);
  guint from = 0;
  guint to;

  for (guint i = 0; i < n; i++)
    {
      const PslCode *code = psl_codelist_get_nth (list, i);

      if (strcmp (code->code, edit->code) == 0)
        from = i;
      g_ptr_array_add (codes, GUINT_TO_POINTER (i));
    }
  to = (guint) CLAMP ((gint64) from + edit->move, 0, (gint64) n - 1);
  g_ptr_array_insert (codes, (int) to, g_ptr_array_steal_index (codes, from));

  for (guint i = 0; i < n; i++)
    {
      guint nth = GPOINTER_TO_UINT (g_ptr_array_index (codes, i));

      if (psl_codelist_get_position (list, nth) != i + 1 &&
          !write_rank (self, edit->list, psl_codelist_get_nth (list, nth)->code, i + 1, error))
        return FALSE;
    }
  return TRUE;
}

/* The first name that is not "", or NULL. */
static const char *
get_any_name (const PslEntryEdit *edit)
{
  for (guint i = 0; i < psl_names_get_n (edit->names); i++)
    if (*psl_names_get_nth (edit->names, i, NULL) != '\0')
      return psl_names_get_nth (edit->names, i, NULL);
  return NULL;
}

static gboolean
check_name (const PslCodelist  *list,
            const char         *name,
            const char         *code,
            GError            **error)
{
  const PslCode *present = *name != '\0' ? psl_codelist_find_named (list, name, code) : NULL;
  g_autofree char *quoted = present != NULL ? psl_text_dup_quotable (name) : NULL;

  if (present == NULL)
    return TRUE;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               /* Translators: a name, and the code that has it */
               _("The list already has “%s”, with the code %s. Take that entry, or choose another name."), quoted,
               present->code);
  return FALSE;
}

/* Checks the names and aliases that the entry does not have yet. */
static gboolean
check_names (const PslCodelist   *list,
             const PslEntryEdit  *edit,
             GError             **error)
{
  const PslCode *own = psl_codelist_find (list, edit->code);
  g_auto (GStrv) aliases = g_strsplit (edit->aliases != NULL ? edit->aliases : "", "\n", -1);

  for (guint i = 0; i < psl_names_get_n (edit->names); i++)
    if (!check_name (list, psl_names_get_nth (edit->names, i, NULL), edit->code, error))
      return FALSE;
  for (guint i = 0; aliases[i] != NULL; i++)
    {
      gboolean kept = own != NULL && own->aliases != NULL && g_strv_contains (own->aliases, aliases[i]);

      if (!kept && !check_name (list, aliases[i], edit->code, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_new (const PslCodelist   *list,
           const PslEntryEdit  *edit,
           GError             **error)
{
  const PslCode *present = psl_codelist_find (list, edit->code);

  if (*edit->code == '\0')
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           psl_codelist_has_tags (list) ? _("The tag of the language is missing, such as fr, es or pt-BR.")
                                                        : _("The code is missing."));
      return FALSE;
    }
  if (psl_codelist_has_tags (list) && psl_language_parse_known (edit->code) == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not the tag of a language, such as fr, es or pt-BR."), edit->code);
      return FALSE;
    }
  if (!psl_codelist_is_code (edit->code))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is not a code. Write up to %d letters, digits and signs without a space."), edit->code,
                   PSL_CODE_MAX_LENGTH);
      return FALSE;
    }
  if (present != NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   /* Translators: a code, and what it stands for */
                   _("The list already has “%s”: %s. Choose another code."), edit->code,
                   psl_code_get_name (present, NULL));
      return FALSE;
    }
  if (get_any_name (edit) == NULL)
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("The entry has no name. Write one in at least one language."));
      return FALSE;
    }
  return check_names (list, edit, error);
}

static gboolean
check (PslStore            *self,
       const PslEntryEdit  *edit,
       GError             **error)
{
  const PslCodelist *list = psl_codelists_get_list (self->codelists, edit->list);

  if (list == NULL)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND, _("There is no list “%s”."), edit->list);
      return FALSE;
    }
  if (!psl_codelist_is_extensible (list))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("The list “%s” follows a standard and can’t be changed."), edit->list);
      return FALSE;
    }
  if (edit->is_new)
    return check_new (list, edit, error);
  if (psl_codelist_find (list, edit->code) != NULL)
    return check_names (list, edit, error);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               _("The list “%s” has no code “%s”."), edit->list, edit->code);
  return FALSE;
}

static gboolean
apply (PslStore            *self,
       const PslEntryEdit  *edit,
       GError             **error)
{
  g_autoptr (GArray) rids = NULL;

  if (edit->move != 0 && !move (self, edit, error))
    return FALSE;
  if (psl_names_get_n (edit->names) == 0 && edit->aliases == NULL && edit->status == PSL_CODE_STATUS_UNCHANGED)
    return TRUE;
  rids = ensure_records (self, edit->list, edit->code, error);
  return rids != NULL && write_names (self, rids, edit, error) && write_aliases (self, rids, edit, error) &&
         write_status (self, rids, edit, error);
}

static char *
dup_subject (PslStore           *self,
             const PslEntryEdit *edit)
{
  const PslCodelist *list = psl_codelists_get_list (self->codelists, edit->list);
  const PslCode *code = list != NULL ? psl_codelist_find (list, edit->code) : NULL;

  if (code != NULL)
    return g_strdup (psl_code_get_name (code, psl_store_get_language (self)));
  return g_strdup (get_any_name (edit) != NULL ? get_any_name (edit) : edit->code);
}

/* A new language is kept under its tag, and needs no name: ICU has one. */
static PslEntryEdit *
complete_language (const PslEntryEdit *edit)
{
  PslEntryEdit *complete = psl_entry_edit_copy (edit);
  const char *tag = psl_language_parse_known (edit->code);

  if (tag == NULL)
    return complete;
  g_set_str (&complete->code, tag);
  for (gsize i = 0; psl_languages[i] != NULL; i++)
    {
      const char *given = psl_names_get (complete->names, psl_languages[i]);
      g_autofree char *label = psl_language_dup_label (tag, psl_languages[i]);

      if (given == NULL || *given == '\0')
        psl_names_set (&complete->names, psl_languages[i], label);
    }
  return complete;
}

static gint64
edit_entry (PslStore            *self,
            const PslEntryEdit  *edit,
            GError             **error)
{
  g_autofree char *subject = NULL;

  if (!check (self, edit, error))
    return -1;
  subject = dup_subject (self, edit);
  if (!psl_store_begin (self, edit->is_new ? PSL_VERB_CREATE : PSL_VERB_EDIT, subject, error))
    return -1;
  if (apply (self, edit, error))
    return psl_store_commit (self, error);
  psl_store_rollback (self);
  return -1;
}

/**
 * psl_entry_edit_new:
 * @list: name of a code list
 * @code: code of an entry
 *
 * Returns: (transfer full): an edit that changes nothing yet
 */
PslEntryEdit *
psl_entry_edit_new (const char *list,
                    const char *code)
{
  PslEntryEdit *self = g_new0 (PslEntryEdit, 1);

  self->list = g_strdup (list);
  self->code = g_strdup (code);
  return self;
}

/**
 * psl_entry_edit_copy:
 *
 * Returns: (transfer full): the same edit
 */
PslEntryEdit *
psl_entry_edit_copy (const PslEntryEdit *self)
{
  PslEntryEdit *copy = psl_entry_edit_new (self->list, self->code);

  copy->is_new = self->is_new;
  copy->names = psl_names_copy (self->names);
  copy->aliases = g_strdup (self->aliases);
  copy->status = self->status;
  copy->move = self->move;
  return copy;
}

/**
 * psl_entry_edit_free:
 * @self: (nullable) (transfer full): an edit
 */
void
psl_entry_edit_free (PslEntryEdit *self)
{
  if (self == NULL)
    return;

  g_free (self->list);
  g_free (self->code);
  psl_names_free (self->names);
  g_free (self->aliases);
  g_free (self);
}

/**
 * psl_store_edit_entry:
 * @edit: the changes
 *
 * Changes or adds an entry of a code list, as an action of its own.
 *
 * Returns: the action's number; 0 where nothing has changed; -1 with
 *   %PSL_REGISTER_ERROR_NOT_FOUND or %PSL_REGISTER_ERROR_INVALID where there is no such list
 *   or entry, the list can't be changed, or a new entry lacks a name, or has a code that the
 *   list has already or that a list of languages can't have
 */
gint64
psl_store_edit_entry (PslStore            *self,
                      const PslEntryEdit  *edit,
                      GError             **error)
{
  g_autoptr (PslEntryEdit) complete = NULL;
  const PslCodelist *list;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (edit != NULL && edit->list != NULL && edit->code != NULL, -1);

  list = psl_codelists_get_list (self->codelists, edit->list);
  if (!edit->is_new || list == NULL || !psl_codelist_has_tags (list))
    return edit_entry (self, edit, error);
  complete = complete_language (edit);
  return edit_entry (self, complete, error);
}
