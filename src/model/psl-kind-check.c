/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kind.h"

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-record.h"
#include "psl-text-language.h"
#include "psl-text.h"

static void
add_problem (GPtrArray       *problems,
             const PslField  *field,
             const char      *language,
             PslProblemLevel  level,
             char            *message)
{
  PslProblem *problem = g_new0 (PslProblem, 1);

  problem->field = field;
  problem->language = language;
  problem->level = level;
  problem->message = message;
  g_ptr_array_add (problems, problem);
}

static char *
describe_untranslated (const char *language)
{
  g_autofree char *name = psl_language_dup_name (language, psl_language_get_interface ());

  /* Translators: the name of a language */
  return g_strdup_printf (_("Not yet translated into %s"), name);
}

static char *
describe_outdated (const char *newer)
{
  g_autofree char *name = psl_language_dup_name (newer, psl_language_get_interface ());

  /* Translators: the name of a language */
  return g_strdup_printf (_("Older than the text in %s"), name);
}

static void
check_languages (PslRecord          *record,
                 const PslCodelists *codelists,
                 const PslField     *field,
                 GPtrArray          *problems)
{
  g_autofree const char **present = psl_record_list_languages (record, field);
  g_autofree const char **languages = psl_text_languages_list (codelists);

  for (gsize i = 0; present[0] != NULL && languages[i] != NULL; i++)
    if (psl_record_get (record, field, languages[i]) == NULL)
      add_problem (problems, field, languages[i], PSL_PROBLEM_NOTICE, describe_untranslated (languages[i]));
  for (gsize i = 0; present[i] != NULL; i++)
    {
      const char *newer = psl_record_get_newer (record, field, present[i]);

      if (newer != NULL)
        add_problem (problems, field, present[i], PSL_PROBLEM_NOTICE, describe_outdated (newer));
    }
}

/* A record that links to itself is left to the check of its kind. */
static void
check_circle (PslRecord      *record,
              const PslField *field,
              GPtrArray      *problems)
{
  const char *circle = psl_record_get_circle (record, field);

  if (circle != NULL && g_strcmp0 (psl_record_get (record, field, NULL), psl_record_get_id (record)) != 0)
    psl_problem_add (problems, field,
                     /* Translators: a field’s name, then titles with arrows between them: “Reports to” … A → B → A */
                     g_strdup_printf (_("“%s” leads in a circle: %s. Change one of them."),
                                      psl_field_get_label (field), circle));
}

/* Says with an example what the usual form is, where the description has one. */
static void
check_form (const PslField *field,
            const char     *value,
            GPtrArray      *problems)
{
  if (psl_field_is_usual (field, value))
    return;

  psl_problem_add (problems, field,
                   field->example != NULL
                     ? g_strdup_printf (_("“%s” is not of the usual form, such as %s. Check that it was copied whole."),
                                        value, field->example)
                     : g_strdup_printf (_("“%s” is not of the usual form. Check that it was copied whole."), value));
}

static void
check_twin (PslRecord      *record,
            const PslField *field,
            const char     *value,
            GPtrArray      *problems)
{
  const char *twin = psl_record_get_twin (record, field);
  g_autofree char *quoted = twin != NULL ? psl_text_dup_quotable (twin) : NULL;

  if (twin != NULL)
    psl_problem_add (problems, field,
                     /* Translators: the value of a field, as in “PO.0160”, and a record’s title */
                     g_strdup_printf (_("Another record has “%s”, too: “%s”."), value, quoted));
}

static void
check_field (PslRecord          *record,
             const PslCodelists *codelists,
             const PslField     *field,
             GPtrArray          *problems)
{
  const char *value = psl_record_get_text (record, field, NULL, NULL);
  g_autofree char *doubt = NULL;

  if (value == NULL)
    {
      if (field->flags & PSL_FIELD_REQUIRED)
        psl_problem_add (problems, field, g_strdup (_("Missing: fill it in.")));
      return;
    }

  /* A remark stands in the language of its author alone. */
  if ((field->flags & PSL_FIELD_MULTILINGUAL) && !psl_kind_is_of_any (psl_record_get_kind (record)))
    check_languages (record, codelists, field, problems);

  if (field->flags & PSL_FIELD_ORDERING)
    check_circle (record, field, problems);

  if (field->flags & PSL_FIELD_UNIQUE)
    check_twin (record, field, value, problems);

  check_form (field, value, problems);

  doubt = psl_field_dup_doubt (field, codelists, value);
  if (doubt != NULL)
    psl_problem_add (problems, field, g_steal_pointer (&doubt));
}

static void
check_period (const PslKind *kind,
              PslRecord     *record,
              GPtrArray     *problems)
{
  const PslField *from_field;
  const PslField *to_field;
  const char *from;
  const char *to;
  g_autofree char *from_shown = NULL;

  if (kind->period.from == NULL || kind->period.to == NULL)
    return;

  from_field = psl_kind_find_field (kind, kind->period.from);
  to_field = psl_kind_find_field (kind, kind->period.to);
  from = psl_record_get (record, from_field, NULL);
  to = psl_record_get (record, to_field, NULL);
  if (from == NULL || to == NULL || !psl_date_is_before (to, from))
    return;

  from_shown = psl_date_display (from);
  psl_problem_add (problems, to_field,
                   /* Translators: the name and date of another field: Before “Start” (2007) */
                   g_strdup_printf (_("Before “%s” (%s). Check both dates."),
                                    psl_field_get_label (from_field), from_shown));
}

/**
 * psl_problem_free:
 * @problem: a problem
 *
 * Frees a problem.
 */
void
psl_problem_free (PslProblem *problem)
{
  g_return_if_fail (problem != NULL);

  g_free (problem->message);
  g_free (problem);
}

/**
 * psl_problem_add:
 * @problems: (element-type PslProblem): where to add it
 * @field: the field that it stands on
 * @message: (transfer full): the fault, translated
 *
 * Adds a warning. For the checks of kinds.
 */
void
psl_problem_add (GPtrArray      *problems,
                 const PslField *field,
                 char           *message)
{
  g_return_if_fail (problems != NULL);
  g_return_if_fail (field != NULL);
  g_return_if_fail (message != NULL);

  add_problem (problems, field, NULL, PSL_PROBLEM_WARNING, message);
}

/**
 * psl_kind_check:
 * @kind: the record's kind
 * @record: a record with all its fields
 * @codelists: the lists of the register that it belongs to
 * @settings: (nullable): the settings of kinds, as they come if %NULL
 *
 * Looks for faults that no value has alone: values that are missing, not yet translated, of
 * an unusual form, in a year far away, with a code that no list has, or that contradict
 * another field. Any thread.
 *
 * Returns: (transfer full) (element-type PslProblem): the problems in the order
 *   of the fields' description, those between fields last
 */
GPtrArray *
psl_kind_check (const PslKind          *kind,
                PslRecord              *record,
                const PslCodelists     *codelists,
                const PslSettingValues *settings)
{
  GPtrArray *problems;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  problems = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_problem_free);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    check_field (record, codelists, field, problems);
  check_period (kind, record, problems);
  if (kind->check != NULL)
    kind->check (record, codelists, settings, problems);

  return problems;
}
