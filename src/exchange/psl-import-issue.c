/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-issue.h"

#include <glib/gi18n-lib.h>

#include "psl-text.h"

/**
 * psl_import_issue_new:
 * @line: line of the file, from 1
 *
 * Returns: (transfer full): an issue without anything else
 */
PslImportIssue *
psl_import_issue_new (PslImportIssueType type,
                      guint64            line)
{
  PslImportIssue *issue = g_new0 (PslImportIssue, 1);

  issue->type = type;
  issue->line = line;
  return issue;
}

/**
 * psl_import_issue_copy:
 *
 * Returns: (transfer full): a copy
 */
PslImportIssue *
psl_import_issue_copy (const PslImportIssue *issue)
{
  PslImportIssue *copy = g_memdup2 (issue, sizeof *issue);

  copy->record = g_strdup (issue->record);
  copy->column = g_strdup (issue->column);
  copy->kept = g_strdup (issue->kept);
  copy->given = g_strdup (issue->given);
  copy->message = g_strdup (issue->message);
  return copy;
}

/**
 * psl_import_issue_free:
 *
 * Frees @issue.
 */
void
psl_import_issue_free (PslImportIssue *issue)
{
  g_free (issue->record);
  g_free (issue->column);
  g_free (issue->kept);
  g_free (issue->given);
  g_free (issue->message);
  g_free (issue);
}

/**
 * psl_import_issue_dup_field:
 *
 * Returns: (transfer full) (nullable): the field as the command line writes it,
 *   `title_fr` or `functions.covers`; %NULL for an issue of a whole row
 */
char *
psl_import_issue_dup_field (const PslImportIssue *issue)
{
  if (issue->field == NULL)
    return NULL;
  if (issue->subfield != NULL)
    return g_strdup_printf ("%s.%s", issue->field->name, issue->subfield->name);
  return psl_field_dup_text_name (issue->field, issue->language);
}

static char *
dup_quotable (const PslField     *field,
              const PslCodelists *codelists,
              const char         *value)
{
  g_autofree char *shown = psl_field_display (field, codelists, value, NULL);

  return psl_text_dup_quotable (shown);
}

/**
 * psl_import_issue_dup_message:
 * @codelists: the lists of the register that the file goes into
 *
 * Returns: (transfer full): the issue, in the interface's language, without the file, the
 *   line and the field
 */
char *
psl_import_issue_dup_message (const PslImportIssue *issue,
                              const PslCodelists   *codelists)
{
  g_autofree char *kept = NULL;
  g_autofree char *given = NULL;
  const char *record = issue->record != NULL ? issue->record : "?";
  const PslField *field = issue->subfield != NULL ? issue->subfield : issue->field;

  if (field != NULL && issue->type != PSL_IMPORT_ISSUE_UNLISTED)
    {
      kept = dup_quotable (field, codelists, issue->kept);
      given = dup_quotable (field, codelists, issue->given);
    }

  switch (issue->type)
    {
    case PSL_IMPORT_ISSUE_COLUMN:
      return g_strdup_printf (_("The column “%s” matches no field and is left out."), issue->column);
    case PSL_IMPORT_ISSUE_CONFLICT:
      if (issue->column != NULL)
        return g_strdup_printf (_("Conflict in %s: “%s” from another column stays, “%s” is not taken."),
                                record, kept, given);
      if (issue->in_file)
        return g_strdup_printf (_("Conflict in %s: “%s” from an earlier row stays, “%s” is not taken."),
                                record, kept, given);
      return g_strdup_printf (_("Conflict in %s: “%s” in the register stays, “%s” is not taken."),
                              record, kept, given);
    case PSL_IMPORT_ISSUE_REPLACED:
      return g_strdup_printf (_("Conflict in %s: “%s” in the register is replaced by “%s”."), record, kept, given);
    case PSL_IMPORT_ISSUE_REFUSED:
    case PSL_IMPORT_ISSUE_NOTE:
      return g_strdup (issue->message);
    case PSL_IMPORT_ISSUE_LEFT_OUT:
      /* A part that is left out leaves the other parts of the field. */
      if (field != NULL && field->type == PSL_FIELD_TYPE_PARTS && issue->record != NULL)
        return g_strdup (issue->message);
      return g_strdup_printf (_("%s This value is left out."), issue->message);
    case PSL_IMPORT_ISSUE_MERGED:
      return g_strdup_printf (_("The row goes into %s, with line %lu."), record, (gulong) issue->earlier_line);
    case PSL_IMPORT_ISSUE_CREATED:
      return g_strdup_printf (_("There was no record “%s”: it is made."), record);
    case PSL_IMPORT_ISSUE_UNLISTED:
      /* Translators: a code or several, as they are kept: “Kept although no list has it: XQ.” */
      return g_strdup_printf (_("Kept although no list has it: %s. Check that it is meant."), issue->given);
    default:
      g_assert_not_reached ();
    }
}
