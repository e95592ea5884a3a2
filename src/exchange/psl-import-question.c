/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-question.h"

#include <glib/gi18n-lib.h>

/**
 * psl_import_question_copy:
 * @self: a question
 *
 * Returns: (transfer full): a copy
 */
PslImportQuestion *
psl_import_question_copy (const PslImportQuestion *self)
{
  PslImportQuestion *copy = g_memdup2 (self, sizeof *self);

  copy->heading = g_strdup (self->heading);
  copy->example = g_strdup (self->example);
  copy->contrary = g_strdup (self->contrary);
  return copy;
}

/**
 * psl_import_question_free:
 * @self: a question
 *
 * Frees @self.
 */
void
psl_import_question_free (PslImportQuestion *self)
{
  g_free (self->heading);
  g_free (self->example);
  g_free (self->contrary);
  g_free (self);
}

/**
 * psl_import_question_dup_text:
 * @self: a question
 *
 * Returns: (transfer full): the question, in the interface's language
 */
char *
psl_import_question_dup_text (const PslImportQuestion *self)
{
  switch (self->type)
    {
    case PSL_IMPORT_QUESTION_DATES:
      if (self->contrary != NULL)
        return g_strdup_printf (_("The column “%s” holds dates in different orders, such as “%s” and “%s”. Which order is right?"),
                                self->heading, self->example, self->contrary);
      return g_strdup_printf (_("No date of the column “%s” shows the order of day and month, such as “%s”. Which is it?"),
                              self->heading, self->example);
    case PSL_IMPORT_QUESTION_DECIMALS:
      if (self->contrary != NULL)
        return g_strdup_printf (_("The column “%s” holds numbers with different decimal marks, such as “%s” and “%s”. Which mark is right?"),
                                self->heading, self->example, self->contrary);
      return g_strdup_printf (_("No number of the column “%s” shows what marks decimals, such as “%s”. Is it the point or the comma?"),
                              self->heading, self->example);
    case PSL_IMPORT_QUESTION_CENTURY:
      return g_strdup_printf (_("The column “%s” holds years of two digits, such as in “%s”. Which century are they in?"),
                              self->heading, self->example);
    default:
      g_assert_not_reached ();
    }
}

/**
 * psl_import_question_dup_label:
 * @self: a question
 * @nth: which of its answers
 *
 * Returns: (transfer full): the answer, in the interface's language
 */
char *
psl_import_question_dup_label (const PslImportQuestion *self,
                               guint                    nth)
{
  guint answer = self->answers[nth];

  g_return_val_if_fail (nth < self->n_answers, NULL);

  if (self->type == PSL_IMPORT_QUESTION_CENTURY)
    /* Translators: two years, as 1950 to 2049 */
    return g_strdup_printf (_("%u to %u"), answer, answer + 99);
  if (self->type == PSL_IMPORT_QUESTION_DECIMALS)
    return g_strdup (answer == PSL_DECIMAL_MARK_POINT ? C_("decimal mark", "Point: 1,234.5")
                                                      : C_("decimal mark", "Comma: 1.234,5"));
  if (answer == PSL_DATE_ORDER_DMY)
    return g_strdup (C_("order of dates", "Day, month, year"));
  return g_strdup (answer == PSL_DATE_ORDER_MDY ? C_("order of dates", "Month, day, year")
                                                : C_("order of dates", "Year, month, day"));
}

/**
 * psl_import_question_dup_reading:
 * @self: a question
 * @codelists: the lists of the register that the file goes into
 * @nth: which of its answers
 *
 * Returns: (transfer full) (nullable): how the example is read with that answer, for
 *   people; %NULL where it would be left out
 */
char *
psl_import_question_dup_reading (const PslImportQuestion *self,
                                 const PslCodelists      *codelists,
                                 guint                    nth)
{
  PslConventions conventions = { .century = 2000 };
  g_autofree char *value = NULL;

  g_return_val_if_fail (nth < self->n_answers, NULL);

  if (self->type == PSL_IMPORT_QUESTION_DATES)
    conventions.dates = self->answers[nth];
  else if (self->type == PSL_IMPORT_QUESTION_DECIMALS)
    conventions.decimals = self->answers[nth];
  else
    conventions.century = self->answers[nth];
  value = psl_field_read (self->field, codelists, self->example, &conventions, NULL);

  return value != NULL ? psl_field_display (self->field, codelists, value, NULL) : NULL;
}
