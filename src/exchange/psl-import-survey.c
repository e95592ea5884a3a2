/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-survey.h"

#include <stdlib.h>
#include <string.h>

#include "psl-codelist.h"
#include "psl-date.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-text.h"

/* The whole column decides what `02/03/2020` or `1,234` means: each of its cells is read in
 * every way there is before the first row goes in. */

#define MAXIMUM_WAYS PSL_IMPORT_MAX_ANSWERS

/* Any century shows whether there is a date once the century is known. */
#define SOME_CENTURY 2000

/* The cells of a column, read in each of several ways. Ways are counted from 0; as
 * conventions they begin at 1, after the usual one. */
typedef struct
{
  gboolean wanted;
  guint n_ways;
  guint met;                                            /* bits: ways that a cell can be read in */
  guint possible;                                       /* bits: ways that all cells so far can be read in */
  char *narrowed_by;                                    /* the cell that last took a way from these */
  char *contrary;                                       /* a cell that none of them is left for */
  char *differs[MAXIMUM_WAYS][MAXIMUM_WAYS];            /* a cell that two ways read differently */
} Tally;

typedef struct
{
  const PslField *field;
  PslConventions conventions;
  Tally dates;
  Tally decimals;
  char *short_year;                                     /* a cell whose year has two digits */
  gboolean has_currencies;
  gboolean is_varied;                                   /* its cells name several currencies */
  char *currency;                                       /* the first of them */
  PslLoneCurrencies lone;
} Column;

struct _PslImportSurvey
{
  const PslImportCells *cells;
  Column *columns;
  guint n_columns;
};

static void
clear_tally (Tally *tally)
{
  g_free (tally->narrowed_by);
  g_free (tally->contrary);
  for (guint i = 0; i < MAXIMUM_WAYS; i++)
    for (guint j = 0; j < MAXIMUM_WAYS; j++)
      g_free (tally->differs[i][j]);
}

static void
keep_example (char       **example,
              const char  *cell)
{
  if (*example == NULL)
    *example = psl_text_clean (cell, FALSE);
}

/* Whether a cell that reads as @values says nothing of the way: all read it alike. */
static gboolean
is_alike (char  **values,
          guint   n_ways)
{
  for (guint i = 0; i < n_ways; i++)
    if (values[i] == NULL || strcmp (values[i], values[0]) != 0)
      return FALSE;
  return TRUE;
}

/* Takes in a cell that reads as @values, %NULL where a way can't read it. */
static void
tally_cell (Tally      *tally,
            char      **values,
            const char *cell)
{
  guint ways = 0;

  if (is_alike (values, tally->n_ways))
    return;
  for (guint i = 0; i < tally->n_ways; i++)
    ways |= values[i] != NULL ? 1u << i : 0;
  if (ways == 0)
    return;

  tally->met |= ways;
  if ((tally->possible & ways) == 0)
    {
      keep_example (&tally->contrary, cell);
      return;
    }
  if ((tally->possible & ways) != tally->possible)
    {
      g_clear_pointer (&tally->narrowed_by, g_free);
      keep_example (&tally->narrowed_by, cell);
      tally->possible &= ways;
    }
  for (guint i = 0; i < tally->n_ways; i++)
    for (guint j = i + 1; j < tally->n_ways; j++)
      if (values[i] != NULL && values[j] != NULL && strcmp (values[i], values[j]) != 0)
        keep_example (&tally->differs[i][j], cell);
}

/* A cell that the ways left read differently, or NULL where the column is settled. */
static const char *
find_open (const Tally *tally)
{
  for (guint i = 0; i < tally->n_ways; i++)
    for (guint j = i + 1; j < tally->n_ways; j++)
      if ((tally->possible & (1u << i)) && (tally->possible & (1u << j)) && tally->differs[i][j] != NULL)
        return tally->differs[i][j];
  return NULL;
}

static gboolean
has_field_type (const PslField *field,
                PslFieldType    type)
{
  if (field->rows == NULL)
    return field->type == type;
  for (const PslField *part = field->rows; part->name != NULL; part++)
    if (part->type == type)
      return TRUE;
  return FALSE;
}

/* A cell without digits, of whatever script, tells nothing about their meaning. */
static gboolean
may_be_open (const char *cell)
{
  for (const char *p = cell; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Whether a mark may be one of decimals; numbers in JSON leave nothing open. */
static gboolean
has_mark (const char *cell)
{
  for (const char *p = strpbrk (cell, ".,"); p != NULL && *cell != '['; p = strpbrk (p + 1, ".,"))
    if (g_unichar_isdigit (g_utf8_get_char (p + 1)))
      return TRUE;
  return FALSE;
}

/* Reads a cell in each order of dates; returns whether it is a date in any. A year of
 * two digits comes first only between hyphens, unless somebody says so. */
static gboolean
read_dates (Column              *column,
            const PslCodelists  *codelists,
            const char          *cell,
            guint                century,
            char               **values)
{
  PslConventions conventions = column->conventions;
  gboolean any = FALSE;

  conventions.century = century;
  for (guint i = 0; i < column->dates.n_ways; i++)
    {
      if (column->dates.wanted)
        conventions.dates = i + 1;
      if (column->dates.wanted && conventions.dates == PSL_DATE_ORDER_YMD && strpbrk (cell, "/.") != NULL)
        conventions.century = 0;
      values[i] = psl_field_read (column->field, codelists, cell, &conventions, NULL);
      any |= values[i] != NULL;
    }
  return any;
}

static void
free_values (char **values)
{
  for (guint i = 0; i < MAXIMUM_WAYS; i++)
    g_free (values[i]);
}

static void
survey_dates (Column             *column,
              const PslCodelists *codelists,
              const char         *cell)
{
  char *values[MAXIMUM_WAYS] = { NULL };
  guint century = column->conventions.century;
  gboolean any;

  if (psl_date_get_precision (cell) != PSL_DATE_NONE)
    return;

  any = read_dates (column, codelists, cell, century > 0 ? century : SOME_CENTURY, values);
  if (column->dates.wanted)
    tally_cell (&column->dates, values, cell);
  free_values (values);

  if (any && century == 0 && column->short_year == NULL)
    {
      char *whole[MAXIMUM_WAYS] = { NULL };

      if (!read_dates (column, codelists, cell, 0, whole))
        keep_example (&column->short_year, cell);
      free_values (whole);
    }
}

/* An amount is read as a number: that a currency has no thousandths doesn't make `1,234`
 * thousands, but that it has no decimals at all does. @currencies are the ones that the
 * heading and the cells beside name. */
static void
read_amount (Column              *column,
             const PslCodelists  *codelists,
             const char          *cell,
             const char *const   *currencies,
             char               **values)
{
  PslConventions conventions = column->conventions;
  g_autofree char *before = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *after = NULL;
  g_autofree char *whole = NULL;
  const char *space;

  if (!psl_money_split (cell, &before, &amount, &after))
    return;
  for (guint i = 0; i < column->decimals.n_ways; i++)
    values[i] = psl_number_parse (amount, PSL_NUMBER_AMOUNT, i + 1, NULL);
  if (values[0] == NULL || values[1] == NULL)
    return;

  conventions.named = currencies;
  whole = psl_field_read (column->field, codelists, cell, &conventions, NULL);
  space = whole != NULL ? strrchr (whole, ' ') : NULL;
  if (space != NULL && psl_currency_get_digits (space + 1) == 0)
    {
      guint less = g_ascii_strtod (values[0], NULL) < g_ascii_strtod (values[1], NULL) ? 0 : 1;

      if (strcmp (values[0], values[1]) != 0)
        g_clear_pointer (&values[less], g_free);
    }
}

static void
survey_decimals (PslImportSurvey *self,
                 PslCsvReader    *reader,
                 guint            nth,
                 const char      *cell)
{
  const PslCodelists *codelists = psl_store_get_codelists (self->cells->store);
  Column *column = &self->columns[nth];
  char *values[MAXIMUM_WAYS] = { NULL };
  PslConventions conventions = column->conventions;

  if (!has_mark (cell))
    return;
  if (column->field->type == PSL_FIELD_TYPE_MONEY)
    {
      g_auto (GStrv) currencies = psl_import_cells_dup_currencies (self->cells, reader, nth);

      read_amount (column, codelists, cell, (const char *const *) currencies, values);
    }
  else
    for (guint i = 0; i < column->decimals.n_ways; i++)
      {
        conventions.decimals = i + 1;
        values[i] = psl_field_read (column->field, codelists, cell, &conventions, NULL);
      }
  tally_cell (&column->decimals, values, cell);
  free_values (values);
}

/* Notes a currency without an amount. Where all rows have the same currency, it tells nothing
 * of rows without an amount; otherwise it may be a sign of an amount that was lost. */
static void
survey_currency (PslImportSurvey *self,
                 PslCsvReader    *reader,
                 guint            nth)
{
  Column *column = &self->columns[nth];
  g_autofree char *currency = psl_text_clean (psl_import_cells_get (self->cells, reader, nth), FALSE);
  g_autofree char *lone = NULL;

  if (currency == NULL)
    return;
  lone = psl_import_cells_dup_lone_currency (self->cells, reader, nth);
  if (lone != NULL && column->lone.n_rows++ == 0)
    column->lone.line = psl_csv_reader_get_line (reader);
  if (column->currency == NULL)
    column->currency = g_steal_pointer (&currency);
  else if (strcmp (column->currency, currency) != 0)
    column->is_varied = TRUE;
}

/* Whether the program wrote the table: nobody else gives records their UUIDs. */
static gboolean
has_ids (PslImportMapping *mapping)
{
  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    if (psl_import_mapping_get_column (mapping, i)->target == PSL_IMPORT_TO_ID)
      return TRUE;
  return FALSE;
}

/* Sets the conventions of a column: of an answer, of its heading, else of all columns. */
static void
init_conventions (Column                 *column,
                  const PslImportColumn  *described,
                  gboolean                is_stored,
                  const PslConventions   *conventions)
{
  column->conventions = *conventions;
  if (described->dates != PSL_DATE_ORDER_USUAL)
    column->conventions.dates = described->dates;
  column->conventions.exponent = described->exponent;
  column->conventions.is_stored = is_stored;
}

static void
take_answer (PslImportSurvey       *self,
             const PslImportAnswer *answer)
{
  PslConventions *conventions;

  if (answer->column >= self->n_columns)
    return;
  conventions = &self->columns[answer->column].conventions;
  switch (answer->type)
    {
    case PSL_IMPORT_QUESTION_DATES:
      conventions->dates = answer->answer;
      break;
    case PSL_IMPORT_QUESTION_DECIMALS:
      conventions->decimals = answer->answer;
      break;
    case PSL_IMPORT_QUESTION_CENTURY:
      conventions->century = answer->answer;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
init_tallies (Column *column)
{
  gboolean has_dates = has_field_type (column->field, PSL_FIELD_TYPE_DATE);
  gboolean has_years = has_field_type (column->field, PSL_FIELD_TYPE_YEAR);

  /* A year alone has no order, but its century may be open. */
  column->dates.n_ways = has_dates ? 3 : has_years ? 1 : 0;
  column->dates.wanted = has_dates && column->conventions.dates == PSL_DATE_ORDER_USUAL;
  column->dates.possible = (1u << column->dates.n_ways) - 1;
  if (has_dates && !column->dates.wanted)
    column->dates.n_ways = 1;

  column->decimals.wanted = column->conventions.decimals == PSL_DECIMAL_MARK_USUAL &&
                            (has_field_type (column->field, PSL_FIELD_TYPE_MONEY) ||
                             has_field_type (column->field, PSL_FIELD_TYPE_DECIMAL) ||
                             has_field_type (column->field, PSL_FIELD_TYPE_INTEGER));
  column->decimals.n_ways = 2;
  column->decimals.possible = (1u << 2) - 1;
}

static PslImportQuestion *
question_new (PslImportSurvey       *self,
              guint                  nth,
              PslImportQuestionType  type,
              const char            *example)
{
  PslImportQuestion *question = g_new0 (PslImportQuestion, 1);

  question->type = type;
  question->column = nth;
  question->heading = g_strdup (psl_import_mapping_get_column (self->cells->mapping, nth)->heading);
  question->field = self->columns[nth].field;
  question->example = g_strdup (example);
  return question;
}

/* Asks for the way of a column that its cells don't settle; returns it where they do,
 * as a convention, or the usual one where any will do. */
static guint
conclude_tally (PslImportSurvey       *self,
                guint                  nth,
                const Tally           *tally,
                PslImportQuestionType  type,
                GPtrArray             *questions)
{
  const char *open = find_open (tally);
  PslImportQuestion *question;
  guint ways = tally->contrary != NULL ? tally->met : tally->possible;

  if (open == NULL && tally->contrary == NULL)
    {
      guint way = 0;

      if (tally->narrowed_by == NULL)
        return 0;

      while (!(tally->possible & (1u << way)))
        way++;
      return way + 1;
    }

  question = question_new (self, nth, type, tally->contrary != NULL ? tally->narrowed_by : open);
  question->contrary = g_strdup (tally->contrary);
  for (guint i = 0; i < tally->n_ways; i++)
    if (ways & (1u << i))
      question->answers[question->n_answers++] = i + 1;
  g_ptr_array_add (questions, question);
  return 0;
}

/**
 * psl_import_survey_new:
 * @cells: the cells; must live as long
 * @conventions: the conventions of all columns
 * @answers: (array length=n_answers) (nullable): the answers about single columns, which come
 *   before their headings
 * @n_answers: how many answers there are
 *
 * Returns: (transfer full): a survey of a table's columns
 */
PslImportSurvey *
psl_import_survey_new (const PslImportCells  *cells,
                       const PslConventions  *conventions,
                       const PslImportAnswer *answers,
                       guint                  n_answers)
{
  PslImportSurvey *self = g_new0 (PslImportSurvey, 1);
  gboolean is_stored = has_ids (cells->mapping);

  self->cells = cells;
  self->n_columns = psl_import_mapping_get_n_columns (cells->mapping);
  self->columns = g_new0 (Column, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const PslImportColumn *described = psl_import_mapping_get_column (cells->mapping, i);

      init_conventions (&self->columns[i], described, is_stored, conventions);
      if (described->target == PSL_IMPORT_TO_FIELD || described->target == PSL_IMPORT_TO_AMOUNT)
        self->columns[i].field = described->subfield != NULL ? described->subfield : described->field;
      self->columns[i].has_currencies = described->target == PSL_IMPORT_TO_CURRENCY;
    }
  for (guint i = 0; i < n_answers; i++)
    take_answer (self, &answers[i]);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].field != NULL)
      init_tallies (&self->columns[i]);
  return self;
}

/**
 * psl_import_survey_free:
 * @self: a survey
 *
 * Frees @self.
 */
void
psl_import_survey_free (PslImportSurvey *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      clear_tally (&self->columns[i].dates);
      clear_tally (&self->columns[i].decimals);
      g_free (self->columns[i].short_year);
      g_free (self->columns[i].currency);
    }
  g_free (self->columns);
  g_free (self);
}

/**
 * psl_import_survey_is_needed:
 * @self: a survey
 *
 * Returns: whether cells of the table may be open, so that it must be read before
 */
gboolean
psl_import_survey_is_needed (PslImportSurvey *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];

      if (column->dates.wanted || column->decimals.wanted || column->has_currencies ||
          (column->dates.n_ways > 0 && column->conventions.century == 0))
        return TRUE;
    }
  return FALSE;
}

/**
 * psl_import_survey_add:
 * @self: a survey
 * @reader: stands on a row
 *
 * Takes in the cells of a row. Memory does not grow with the rows.
 */
void
psl_import_survey_add (PslImportSurvey *self,
                       PslCsvReader    *reader)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      const char *cell;

      if (column->has_currencies)
        survey_currency (self, reader, i);
      if (column->field == NULL || !may_be_open (psl_csv_reader_get_cell (reader, i)))
        continue;
      cell = psl_import_cells_get (self->cells, reader, i);
      if (*cell == '\0')
        continue;
      if (column->dates.n_ways > 0)
        survey_dates (column, psl_store_get_codelists (self->cells->store), cell);
      if (column->decimals.wanted)
        survey_decimals (self, reader, i, cell);
    }
}

/**
 * psl_import_survey_conclude:
 * @self: a survey of all rows
 *
 * Settles how each column is read, where its cells say it.
 *
 * Returns: (transfer full) (element-type PslImportQuestion): the open questions; empty where
 *   there are none
 */
GPtrArray *
psl_import_survey_conclude (PslImportSurvey *self)
{
  GPtrArray *questions = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_question_free);

  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];

      if (column->field == NULL)
        continue;
      if (column->dates.wanted)
        column->conventions.dates = conclude_tally (self, i, &column->dates, PSL_IMPORT_QUESTION_DATES, questions);
      if (column->decimals.wanted)
        column->conventions.decimals = conclude_tally (self, i, &column->decimals, PSL_IMPORT_QUESTION_DECIMALS, questions);
      if (column->short_year != NULL)
        {
          PslImportQuestion *question = question_new (self, i, PSL_IMPORT_QUESTION_CENTURY, column->short_year);

          question->answers[question->n_answers++] = 1950;
          question->answers[question->n_answers++] = 2000;
          question->answers[question->n_answers++] = 1900;
          g_ptr_array_add (questions, question);
        }
    }
  return questions;
}

/**
 * psl_import_survey_get_conventions:
 * @self: a survey
 * @nth: a column
 *
 * Returns: (transfer none): how its cells are read
 */
const PslConventions *
psl_import_survey_get_conventions (PslImportSurvey *self,
                                   guint            nth)
{
  g_return_val_if_fail (nth < self->n_columns, NULL);

  return &self->columns[nth].conventions;
}

/**
 * psl_import_survey_get_lone:
 * @self: a survey of all rows
 * @nth: a column of currencies
 *
 * Returns: its currencies in rows without an amount; @currency holds until @self is freed
 */
PslLoneCurrencies
psl_import_survey_get_lone (PslImportSurvey *self,
                            guint            nth)
{
  PslLoneCurrencies lone = { NULL };
  const Column *column;

  g_return_val_if_fail (nth < self->n_columns, lone);

  column = &self->columns[nth];
  lone = column->lone;
  lone.currency = column->is_varied ? NULL : column->currency;

  return lone;
}
