/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-field.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-codelist.h"
#include "psl-date.h"
#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-rows.h"
#include "psl-text.h"

static const PslFieldClass *const classes[] = {
  [PSL_FIELD_TYPE_TEXT] = &psl_field_text_class,
  [PSL_FIELD_TYPE_LONG_TEXT] = &psl_field_long_text_class,
  [PSL_FIELD_TYPE_IDENTIFIER] = &psl_field_identifier_class,
  [PSL_FIELD_TYPE_DATE] = &psl_field_date_class,
  [PSL_FIELD_TYPE_YEAR] = &psl_field_year_class,
  [PSL_FIELD_TYPE_INTEGER] = &psl_field_integer_class,
  [PSL_FIELD_TYPE_DECIMAL] = &psl_field_decimal_class,
  [PSL_FIELD_TYPE_MONEY] = &psl_field_money_class,
  [PSL_FIELD_TYPE_CODE] = &psl_field_code_class,
  [PSL_FIELD_TYPE_LINK] = &psl_field_link_class,
  [PSL_FIELD_TYPE_EMAIL] = &psl_field_email_class,
  [PSL_FIELD_TYPE_URL] = &psl_field_url_class,
  [PSL_FIELD_TYPE_PHONE] = &psl_field_phone_class,
  [PSL_FIELD_TYPE_LATITUDE] = &psl_field_latitude_class,
  [PSL_FIELD_TYPE_LONGITUDE] = &psl_field_longitude_class,
  [PSL_FIELD_TYPE_ROWS] = &psl_field_rows_class,
  [PSL_FIELD_TYPE_PARTS] = &psl_field_parts_class,
};

/* Patterns are compiled once for the process: imports try them a million times. */
static guint find_unusual_year (const PslField *field,
                                const char     *value);

static GRegex *
get_regex (const char *pattern)
{
  static GMutex mutex;
  static GHashTable *regexes;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GRegex *regex;

  if (regexes == NULL)
    regexes = g_hash_table_new (g_str_hash, g_str_equal);

  regex = g_hash_table_lookup (regexes, pattern);
  if (regex == NULL)
    {
      g_autoptr (GError) error = NULL;

      regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, &error);
      if (regex == NULL)
        g_error ("The pattern “%s” is wrong: %s", pattern, error->message);
      g_hash_table_insert (regexes, (gpointer) pattern, regex);
    }

  return regex;
}

/* Marks that can't be seen and come along when something is copied from a page
 * or an address book: they would make two equal identifiers different. */
static void
drop_invisible (char *text)
{
  char *to = text;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize length = g_utf8_next_char (p) - p;

      if (g_unichar_type (g_utf8_get_char (p)) == G_UNICODE_FORMAT)
        continue;
      memmove (to, p, length);
      to += length;
    }
  *to = '\0';
}

static gboolean
is_of_time (const PslField *field)
{
  return field->type == PSL_FIELD_TYPE_DATE || field->type == PSL_FIELD_TYPE_YEAR;
}

static gboolean
is_usual_year (guint year)
{
  return year >= PSL_DATE_FIRST_USUAL_YEAR && year <= PSL_DATE_LAST_USUAL_YEAR;
}

/* The first year of a field of rows that is not usual, or 0. */
static guint
find_unusual_year_in_rows (const PslField *field,
                           const char     *value)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_time = FALSE;

  for (const PslField *part = field->rows; part->name != NULL; part++)
    has_time |= is_of_time (part);
  if (!has_time)
    return 0;
  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint nth = 0; field->rows[nth].name != NULL; nth++)
        {
          guint year = row[nth] != NULL ? find_unusual_year (&field->rows[nth], row[nth]) : 0;

          if (year != 0)
            return year;
        }
    }
  return 0;
}

/* The first year of a canonical value that is not usual, or 0. */
static guint
find_unusual_year (const PslField *field,
                   const char     *value)
{
  /* The first four characters of a date are its year. */
  guint year = (guint) g_ascii_strtoull (value, NULL, 10);

  if (field->rows != NULL)
    return find_unusual_year_in_rows (field, value);
  return is_of_time (field) && !is_usual_year (year) ? year : 0;
}

/**
 * psl_field_has_value:
 * @field: a field
 *
 * Returns: whether a record holds a value in it, or one can be made of its parts
 */
gboolean
psl_field_has_value (const PslField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->type != PSL_FIELD_TYPE_PARTS || field->rows != NULL;
}

/**
 * psl_field_is_distinctive:
 * @field: a field
 *
 * Returns: whether two records of one title that differ in it are two
 */
gboolean
psl_field_is_distinctive (const PslField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return (field->flags & (PSL_FIELD_DISTINCTIVE | PSL_FIELD_OWNER)) != 0;
}

/**
 * psl_field_get_label:
 * @field: a field
 *
 * Returns: (transfer none): what the field is called, in the interface's
 *   language
 */
const char *
psl_field_get_label (const PslField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "field", field->label);
}

/**
 * psl_field_get_wider_codelist:
 * @field: a field of codes
 *
 * Returns: (transfer none): name of the code list that the parents of its codes stand
 *   in, which may be its own
 */
const char *
psl_field_get_wider_codelist (const PslField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return field->wider != NULL ? field->wider->codelist : field->codelist;
}

/**
 * psl_field_normalise:
 * @field: a field
 * @input: (nullable): what was typed or pasted, or a canonical value
 * @error: return location for an error
 *
 * Brings a value into its canonical form (see psl-field.h). Takes what people
 * write in French or in English, whatever the locale, as psl_field_read() does
 * with the usual conventions. Any thread.
 *
 * Returns: (transfer full) (nullable): the canonical value; %NULL on error, and
 *   without an error where @input is empty
 */
char *
psl_field_normalise (const PslField  *field,
                     const char      *input,
                     GError         **error)
{
  static const PslConventions usual = { 0 };

  return psl_field_read (field, input, &usual, error);
}

/**
 * psl_field_read:
 * @field: a field
 * @input: (nullable): what a file holds, or a canonical value
 * @conventions: how what can be read in several ways is read
 * @error: return location for an error
 *
 * Brings a value into its canonical form (see psl-field.h). Nothing of @input is
 * left out but what the field's type says; what isn't understood is refused. A
 * canonical date, code, address or link comes back as it is, whatever the
 * conventions. Any thread.
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID where the field can't hold it,
 * %PSL_REGISTER_ERROR_NOT_FOUND and %PSL_REGISTER_ERROR_AMBIGUOUS where it isn't
 * in the field's code list and isn't kept as a code either (psl_codelist_read()). The message says what to write instead.
 *
 * Returns: (transfer full) (nullable): the canonical value; %NULL on error, and
 *   without an error where @input is empty
 */
char *
psl_field_read (const PslField        *field,
                const char            *input,
                const PslConventions  *conventions,
                GError               **error)
{
  g_autofree char *visible = NULL;
  g_autofree char *text = NULL;
  const PslFieldClass *class;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (conventions != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (input == NULL)
    return NULL;

  if (!g_utf8_validate (input, -1, NULL))
    {
      g_set_error_literal (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                           _("This text is not valid UTF-8. Type it again, or choose the file’s encoding."));
      return NULL;
    }

  class = classes[field->type];
  visible = g_strdup (input);
  if (!class->prose)
    drop_invisible (visible);
  text = psl_text_clean (visible, class->multiline);
  if (text == NULL)
    return NULL;

  return class->normalise (field, text, conventions, error);
}

/**
 * psl_field_read_over:
 * @field: a field
 * @input: what was typed, or a value
 * @old_value: (nullable): the canonical value that it takes the place of
 * @is_stored: see #PslConventions
 * @error: return location for an error
 *
 * Reads a value like psl_field_read(), with what people type. Codes in @old_value that
 * their list doesn't have may stand in it again, whatever they are like. Any thread.
 *
 * Returns: (transfer full) (nullable): as psl_field_read()
 */
char *
psl_field_read_over (const PslField  *field,
                     const char      *input,
                     const char      *old_value,
                     gboolean         is_stored,
                     GError         **error)
{
  g_autofree char *unlisted = NULL;
  g_auto (GStrv) kept = NULL;
  PslConventions conventions = { .is_stored = is_stored };

  g_return_val_if_fail (field != NULL, NULL);

  unlisted = old_value != NULL ? psl_field_dup_unlisted (field, old_value) : NULL;
  kept = unlisted != NULL ? g_strsplit (unlisted, ", ", -1) : NULL;
  conventions.kept = (const char *const *) kept;
  return psl_field_read (field, input, &conventions, error);
}

/**
 * psl_field_display:
 * @field: a field
 * @value: (nullable): a canonical value
 * @language: (nullable): of #psl_languages, in which names of code lists are
 *   given; the interface's if %NULL
 *
 * Writes a value for people: numbers, dates and amounts in the form of their
 * locale, whatever @language. A link is shown as its UUID; its title is the
 * record's to tell (psl_record_get_link_title()).
 *
 * Returns: (transfer full): the text; "" where the field is empty
 */
char *
psl_field_display (const PslField *field,
                   const char     *value,
                   const char     *language)
{
  const PslFieldClass *class;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  class = classes[field->type];

  return class->display != NULL ? class->display (field, value, language) : g_strdup (value);
}

/**
 * psl_field_edit_text:
 * @field: a field
 * @value: (nullable): a canonical value
 *
 * Writes a value as a person would type it in their locale. What it returns
 * psl_field_normalise() reads back as @value.
 *
 * Returns: (transfer full): the text; "" where the field is empty
 */
char *
psl_field_edit_text (const PslField *field,
                     const char     *value)
{
  g_autofree char *text = NULL;
  g_autofree char *read = NULL;
  const PslFieldClass *class;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  class = classes[field->type];
  if (class->edit_text == NULL)
    return g_strdup (value);

  /* A locale may have forms that we don't read. */
  text = class->edit_text (field, value);
  read = psl_field_normalise (field, text, NULL);
  if (g_strcmp0 (read, value) != 0)
    return g_strdup (value);

  return g_steal_pointer (&text);
}

/**
 * psl_field_is_valid:
 * @field: a field
 * @value: a value
 *
 * Returns: whether @value is in the field's canonical form, and one that the
 *   field can hold
 */
gboolean
psl_field_is_valid (const PslField *field,
                    const char     *value)
{
  static const PslConventions stored = { .is_stored = TRUE };
  g_autofree char *normalised = NULL;

  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  normalised = psl_field_read (field, value, &stored, NULL);

  return g_strcmp0 (normalised, value) == 0;
}

/**
 * psl_field_is_usual:
 * @field: a field
 * @value: a canonical value
 *
 * Returns: whether the value has the shape that the field's pattern expects, as
 *   every value has where there is none. Any thread
 */
gboolean
psl_field_is_usual (const PslField *field,
                    const char     *value)
{
  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  return field->pattern == NULL || g_regex_match (get_regex (field->pattern), value, 0, NULL);
}

static void
add_unknown_code (const PslField *field,
                  const char     *value,
                  GPtrArray      *codes)
{
  const PslCodelist *list = psl_codelist_get (field->codelist);

  g_return_if_fail (list != NULL);

  if (psl_codelist_find (list, value) == NULL && !g_ptr_array_find_with_equal_func (codes, value, g_str_equal, NULL))
    g_ptr_array_add (codes, g_strdup (value));
}

static void
add_unknown_codes_in_rows (const PslField *field,
                           const char     *value,
                           GPtrArray      *codes)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_codes = FALSE;

  for (const PslField *part = field->rows; part->name != NULL; part++)
    has_codes |= part->type == PSL_FIELD_TYPE_CODE;
  if (!has_codes)
    return;

  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint nth = 0; field->rows[nth].name != NULL; nth++)
        {
          if (field->rows[nth].type == PSL_FIELD_TYPE_CODE && row[nth] != NULL && *row[nth] != '\0')
            add_unknown_code (&field->rows[nth], row[nth], codes);
        }
    }
}

/* The codes of @value that their list doesn't have, each once: they come from a register
 * whose program had other lists. NULL where there are none. */
/**
 * psl_field_dup_unlisted:
 * @field: a field
 * @value: a canonical value
 *
 * Looks for codes in a value that no list of this program has. Any thread.
 *
 * Returns: (transfer full) (nullable): the codes, with commas between them; %NULL where
 *   there is none
 */
char *
psl_field_dup_unlisted (const PslField *field,
                        const char     *value)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (field->type == PSL_FIELD_TYPE_CODE)
    add_unknown_code (field, value, codes);
  else if (field->rows != NULL)
    add_unknown_codes_in_rows (field, value, codes);

  return codes->len > 0 ? g_strjoinv (", ", (char **) codes->pdata) : NULL;
}

static const char *
find_addable_code (const PslField  *field,
                   const char      *value,
                   char           **code)
{
  const PslCodelist *list = field->type == PSL_FIELD_TYPE_CODE ? psl_codelist_get (field->codelist) : NULL;

  if (list == NULL || value == NULL || !psl_codelist_is_extensible (list) || !psl_codelist_is_code (value) ||
      psl_codelist_find (list, value) != NULL)
    return NULL;
  *code = g_strdup (value);
  return field->codelist;
}

/**
 * psl_field_find_addable:
 * @field: a field
 * @value: (nullable): a canonical value
 * @code: (out) (transfer full): return location for the code, set where there is one
 *
 * Looks for the first code in a value that its list doesn't have, and that those who keep
 * the register may add to it.
 *
 * Returns: (transfer none) (nullable): the name of the list, or %NULL where there is none
 */
const char *
psl_field_find_addable (const PslField  *field,
                        const char      *value,
                        char           **code)
{
  g_autoptr (GPtrArray) rows = NULL;
  const char *list = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  if (field->type != PSL_FIELD_TYPE_ROWS || value == NULL)
    return find_addable_code (field, value, code);
  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; rows != NULL && i < rows->len && list == NULL; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint nth = 0; field->rows[nth].name != NULL && list == NULL; nth++)
        list = find_addable_code (&field->rows[nth], row[nth], code);
    }
  return list;
}

/**
 * psl_field_dup_doubt:
 * @field: a field
 * @value: a canonical value, or one with codes that their list doesn't have
 *
 * Looks for what is possible in a value, and hardly meant: years far from ours, and
 * codes that no list of this program has. Any thread.
 *
 * Returns: (transfer full) (nullable): what to look at, translated
 */
char *
psl_field_dup_doubt (const PslField *field,
                     const char     *value)
{
  g_autofree char *codes = NULL;
  guint year;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  codes = psl_field_dup_unlisted (field, value);
  if (codes != NULL)
    /* Translators: a code or several, as they are kept: “Not in the list: ZZ, YY. …” */
    return g_strdup_printf (_("Not in the list: %s. Choose an entry of the list, or leave it as it is."), codes);

  year = find_unusual_year (field, value);
  if (year == 0)
    return NULL;
  /* Translators: three years: “The year 2563 is not between 1900 and 2100…” */
  return g_strdup_printf (_("The year %u is not between %d and %d: it may be a typing error, or of another calendar. Check it."),
                          year, PSL_DATE_FIRST_USUAL_YEAR, PSL_DATE_LAST_USUAL_YEAR);
}

/**
 * psl_field_find_row:
 * @field: a field of rows
 * @name: name of a sub-field
 *
 * Returns: (transfer none) (nullable): the sub-field, or %NULL where there is
 *   none of that name
 */
const PslField *
psl_field_find_row (const PslField *field,
                    const char     *name)
{
  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (field->rows != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (const PslField *row = field->rows; row->name != NULL; row++)
    {
      if (strcmp (row->name, name) == 0)
        return row;
    }

  return NULL;
}
