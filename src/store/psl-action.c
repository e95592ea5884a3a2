/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-action.h"

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-number.h"
#include "psl-store.h"
#include "psl-text.h"

static const char *const verbs[] = {
  [PSL_VERB_CREATE] = "create",
  [PSL_VERB_EDIT] = "edit",
  [PSL_VERB_TRASH] = "trash",
  [PSL_VERB_RESTORE] = "restore",
  [PSL_VERB_REMOVE] = "remove",
  [PSL_VERB_DUPLICATE] = "duplicate",
  [PSL_VERB_IMPORT] = "import",
  [PSL_VERB_REVERT] = "revert",
  [PSL_VERB_DECIDE] = "decide",
  [PSL_VERB_UNDO] = "undo",
  [PSL_VERB_REDO] = "redo",
};

/* The plural form that a number takes, for ngettext(). */
static gulong
get_plural (gint64 number)
{
  return (gulong) MAX (number, 0);
}

/* Whether a word begins with a capital, as names do: `Fonds`, but not `ID`. */
static gboolean
holds_name (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isupper (g_utf8_get_char (p)) && g_unichar_islower (g_utf8_get_char (g_utf8_next_char (p))))
        return TRUE;
    }
  return FALSE;
}

/* A field's label in the middle of a sentence: `budget` and `project ID`, but `PRIMA ID` and
 * `Sustainable Development Goals`. */
static char *
dup_label_inside (const PslField *field)
{
  const char *label = psl_field_get_label (field);
  const char *rest = g_utf8_next_char (label);
  gunichar first = g_utf8_get_char (label);
  GString *inside;

  if (*label == '\0' || g_unichar_isupper (g_utf8_get_char (rest)) || holds_name (rest))
    return g_strdup (label);
  inside = g_string_new (NULL);
  g_string_append_unichar (inside, g_unichar_tolower (first));
  g_string_append (inside, rest);
  return g_string_free_and_steal (inside);
}

static char *
describe_edit (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);
  g_autofree char *label = NULL;

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Edit of %s record", "Edit of %s records",
                                         get_plural (action->records)), number);
  if (action->field == NULL)
    return action->subject != NULL ? g_strdup_printf (_("Edit of “%s”"), action->subject)
                                   : g_strdup (_("Edit of an untitled record"));

  label = dup_label_inside (action->field);
  if (action->subject == NULL)
    /* Translators: the name of a field, such as “budget”. */
    return g_strdup_printf (_("Edit %s of an untitled record"), label);
  /* Translators: the name of a field, such as “budget”, and a record’s title. */
  return g_strdup_printf (_("Edit %s of “%s”"), label, action->subject);
}

static char *
describe_revert (const PslAction *action)
{
  g_autofree char *label = NULL;

  if (action->field == NULL || action->subject == NULL)
    return g_strdup (_("Return to an earlier value"));
  label = dup_label_inside (action->field);
  /* Translators: the name of a field, such as “budget”, and a record’s title. */
  return g_strdup_printf (_("Return to an earlier %s of “%s”"), label, action->subject);
}

static char *
describe_create (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s new record", "%s new records",
                                         get_plural (action->records)), number);
  if (action->subject != NULL)
    return g_strdup_printf (_("Creation of “%s”"), action->subject);
  if (action->kind != NULL)
    /* Translators: a kind of record: “Project”. */
    return g_strdup_printf (_("Creation: %s"), psl_kind_get_label (action->kind));
  return g_strdup (_("Creation of a record"));
}

static char *
describe_trash (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Move of %s record to the trash",
                                         "Move of %s records to the trash",
                                         get_plural (action->records)), number);
  return action->subject != NULL ? g_strdup_printf (_("Move of “%s” to the trash"), action->subject)
                                 : g_strdup (_("Move of an untitled record to the trash"));
}

static char *
describe_restore (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Return of %s record from the trash",
                                         "Return of %s records from the trash",
                                         get_plural (action->records)), number);
  return action->subject != NULL ? g_strdup_printf (_("Return of “%s” from the trash"), action->subject)
                                 : g_strdup (_("Return of an untitled record from the trash"));
}

static char *
describe_remove (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Deletion of %s record",
                                         "Deletion of %s records",
                                         get_plural (action->records)), number);
  return action->subject != NULL ? g_strdup_printf (_("Deletion of “%s”"), action->subject)
                                 : g_strdup (_("Deletion of an untitled record"));
}

static char *
describe_duplicate (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->records > 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Duplication of %s record", "Duplication of %s records",
                                         get_plural (action->records)), number);
  return action->subject != NULL ? g_strdup_printf (_("Duplicate of “%s”"), action->subject)
                                 : g_strdup (_("Duplicate of an untitled record"));
}

static char *
describe_import (const PslAction *action)
{
  g_autofree char *number = psl_number_format_count (action->records);

  if (action->subject == NULL)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import of %s record", "Import of %s records",
                                         get_plural (action->records)), number);
  return g_strdup_printf (/* Translators: a file’s name, and a number. */
                          g_dngettext (GETTEXT_PACKAGE, "Import of %s: %s record", "Import of %s: %s records",
                                       get_plural (action->records)), action->subject, number);
}

static char *
describe_decision (const PslAction *action)
{
  g_autofree char *label = NULL;

  if (action->subject == NULL)
    return g_strdup (_("Decision on a conflict"));
  if (action->field == NULL)
    return g_strdup_printf (_("Decision on “%s”"), action->subject);
  label = dup_label_inside (action->field);
  /* Translators: the name of a field, such as “budget”, and a record’s title. */
  return g_strdup_printf (_("Decision on %s of “%s”"), label, action->subject);
}

static char *
describe (const PslAction *named,
          PslVerb          verb)
{
  /* The name of a file is not quoted. */
  gboolean is_quoted = verb != PSL_VERB_IMPORT && named->subject != NULL;
  g_autofree char *subject = is_quoted ? psl_text_dup_quotable (named->subject) : g_strdup (named->subject);
  PslAction quoting = *named;
  const PslAction *action = &quoting;

  quoting.subject = subject;
  switch (verb)
    {
    case PSL_VERB_CREATE:
      return describe_create (action);
    case PSL_VERB_TRASH:
      return describe_trash (action);
    case PSL_VERB_RESTORE:
      return describe_restore (action);
    case PSL_VERB_REMOVE:
      return describe_remove (action);
    case PSL_VERB_DUPLICATE:
      return describe_duplicate (action);
    case PSL_VERB_IMPORT:
      return describe_import (action);
    case PSL_VERB_REVERT:
      return describe_revert (action);
    case PSL_VERB_DECIDE:
      return describe_decision (action);
    case PSL_VERB_EDIT:
    case PSL_VERB_UNDO:
    case PSL_VERB_REDO:
    default:
      return describe_edit (action);
    }
}

/**
 * psl_action_copy:
 *
 * Returns: (transfer full): a copy
 */
PslAction *
psl_action_copy (const PslAction *action)
{
  PslAction *copy;

  g_return_val_if_fail (action != NULL, NULL);

  copy = g_memdup2 (action, sizeof *action);
  copy->author = g_strdup (action->author);
  copy->subject = g_strdup (action->subject);
  return copy;
}

/**
 * psl_action_free:
 */
void
psl_action_free (PslAction *action)
{
  if (action == NULL)
    return;
  g_free (action->author);
  g_free (action->subject);
  g_free (action);
}

/**
 * psl_action_describe:
 *
 * Returns: (transfer full): what the action did, as a sentence in the
 *   interface's language: `Edit budget of “Title”`
 */
char *
psl_action_describe (const PslAction *action)
{
  g_autofree char *target = NULL;

  g_return_val_if_fail (action != NULL, NULL);

  if (action->verb != PSL_VERB_UNDO && action->verb != PSL_VERB_REDO)
    return describe (action, action->verb);

  target = describe (action, action->target_verb);
  if (action->verb == PSL_VERB_UNDO)
    /* Translators: the sentence of the action that was undone. */
    return g_strdup_printf (_("Undo: %s"), target);
  /* Translators: the sentence of the action that was done again. */
  return g_strdup_printf (_("Redo: %s"), target);
}

/**
 * psl_action_dup_time:
 *
 * Returns: (transfer full): when the action was done, in local time and in the
 *   interface's language: `22 November 2026 at 09:30`
 */
char *
psl_action_dup_time (const PslAction *action)
{
  g_return_val_if_fail (action != NULL, NULL);

  return psl_date_display_time (action->at);
}

/**
 * psl_change_describe_state:
 * @change: the change of a record's state
 *
 * Returns: (transfer none): what became of the record, in the language of the program
 */
const char *
psl_change_describe_state (const PslChange *change)
{
  g_return_val_if_fail (change != NULL && change->field == NULL, NULL);

  if (g_strcmp0 (change->old_value, change->new_value) == 0)
    /* Translators: what became of a record: somebody decided to leave it as it was */
    return C_("history", "Kept");
  if (g_strcmp0 (change->new_value, "gone") == 0)
    /* Translators: what became of a record: its creation was undone, and can be done again */
    return change->action->verb == PSL_VERB_UNDO ? _("Creation undone") : _("Deleted for good");
  if (g_strcmp0 (change->new_value, "trashed") == 0)
    return g_strcmp0 (change->old_value, "gone") == 0 ? _("Brought back into the trash") : _("Moved to the trash");
  if (g_strcmp0 (change->old_value, "trashed") == 0)
    return _("Taken back from the trash");
  return change->action->verb == PSL_VERB_UNDO || change->action->verb == PSL_VERB_DECIDE ? _("Brought back") : _("Created");
}

/**
 * psl_change_free:
 */
void
psl_change_free (PslChange *change)
{
  if (change == NULL)
    return;
  psl_action_free (change->action);
  g_free (change->part);
  g_free (change->language);
  g_free (change->old_value);
  g_free (change->new_value);
  g_free (change);
}

/**
 * psl_verb_get_name:
 *
 * Returns: (transfer none): what the journal calls a verb
 */
const char *
psl_verb_get_name (PslVerb verb)
{
  g_return_val_if_fail (verb < G_N_ELEMENTS (verbs), NULL);

  return verbs[verb];
}

/**
 * psl_verb_parse:
 * @name: (nullable): what the journal calls a verb
 *
 * Returns: the verb; %PSL_VERB_EDIT for one that only a newer program knows
 */
PslVerb
psl_verb_parse (const char *name)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (verbs); i++)
    {
      if (strcmp (verbs[i], name) == 0)
        return (PslVerb) i;
    }
  return PSL_VERB_EDIT;
}

/**
 * psl_action_read_last:
 * @last: (out): a register's last action; 0 where there was none yet
 */
gboolean
psl_action_read_last (PslDb   *db,
                      gint64  *last,
                      GError **error)
{
  return psl_db_get_int64 (db, PSL_SELECT_LAST_ACTION, last, error);
}
