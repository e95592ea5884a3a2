/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-field.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-date.h"
#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-languages.h"
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
 * psl_field_lists_parts:
 * @field: a field
 *
 * Returns: whether it is one of parts that a cell of a table holds
 */
gboolean
psl_field_lists_parts (const PslField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  return field->type == PSL_FIELD_TYPE_PARTS && field->rows != NULL;
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
 * Returns: (transfer none): the field's label, in the interface's language
 */
const char *
psl_field_get_label (const PslField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "field", field->label);
}

/**
 * psl_field_dup_text_name:
 * @field: a field
 * @language: (nullable): the tag of a language, for a text in several
 *
 * Returns: (transfer full): the name of the field, or of its text in that language, as
 *   psl_kind_parse_field() reads it: `start`, `title_fr`
 */
char *
psl_field_dup_text_name (const PslField *field,
                         const char     *language)
{
  g_return_val_if_fail (field != NULL, NULL);

  return language != NULL ? g_strdup_printf ("%s_%s", field->name, language) : g_strdup (field->name);
}

/**
 * psl_field_parse_alias:
 * @alias: one of a field's aliases: `fr:Titre`
 * @language: (out): the language that the heading is in
 *
 * Returns: (transfer none): the heading, a part of @alias
 */
const char *
psl_field_parse_alias (const char  *alias,
                       const char **language)
{
  gsize length;
  g_autofree char *tag = NULL;

  g_return_val_if_fail (alias != NULL, NULL);
  g_return_val_if_fail (language != NULL, NULL);

  length = strcspn (alias, ":");
  tag = g_strndup (alias, length);
  *language = alias[length] == ':' ? psl_language_parse_known (tag) : NULL;
  if (*language != NULL)
    return alias + length + 1;
  *language = PSL_FIELD_LABEL_LANGUAGE;
  return alias;
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
 * @codelists: the lists of the register that the value belongs to
 * @input: (nullable): a text that was typed or pasted, or a canonical value
 * @error: return location for an error
 *
 * Brings a value into its canonical form (see psl-field.h). Takes text that people write in
 * French or in English, whatever the locale, as psl_field_read() does with the usual
 * conventions. Any thread.
 *
 * Returns: (transfer full) (nullable): the canonical value; %NULL on error, and
 *   without an error where @input is empty
 */
char *
psl_field_normalise (const PslField      *field,
                     const PslCodelists  *codelists,
                     const char          *input,
                     GError             **error)
{
  static const PslConventions usual = { 0 };

  return psl_field_read (field, codelists, input, &usual, error);
}

/**
 * psl_field_read:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @input: (nullable): a text of a file, or a canonical value
 * @conventions: how text is read that can be read in several ways
 * @error: return location for an error
 *
 * Brings a value into its canonical form (see psl-field.h). Nothing of @input is left out
 * beyond what the field's type says; text that isn't understood is refused. A canonical date,
 * code, address or link comes back as it is, whatever the conventions. Any thread.
 *
 * Errors: %PSL_REGISTER_ERROR_INVALID where the field can't hold it,
 * %PSL_REGISTER_ERROR_NOT_FOUND and %PSL_REGISTER_ERROR_AMBIGUOUS where it isn't in the
 * field's code list and isn't kept as a code either (psl_codelist_read()). The message says
 * how to write the value.
 *
 * Returns: (transfer full) (nullable): the canonical value; %NULL on error, and
 *   without an error where @input is empty
 */
char *
psl_field_read (const PslField        *field,
                const PslCodelists    *codelists,
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

  return class->normalise (field, codelists, text, conventions, error);
}

/**
 * psl_field_read_over:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @input: typed text, or a value
 * @old_value: (nullable): the canonical value that it takes the place of
 * @is_stored: see #PslConventions
 * @error: return location for an error
 *
 * Reads a value like psl_field_read(), as people type it. Codes in @old_value that their list
 * doesn't have may stand in it again, whatever they are like. Any thread.
 *
 * Returns: (transfer full) (nullable): as psl_field_read()
 */
char *
psl_field_read_over (const PslField      *field,
                     const PslCodelists  *codelists,
                     const char          *input,
                     const char          *old_value,
                     gboolean             is_stored,
                     GError             **error)
{
  g_autofree char *unlisted = NULL;
  g_auto (GStrv) kept = NULL;
  PslConventions conventions = { .is_stored = is_stored };

  g_return_val_if_fail (field != NULL, NULL);

  unlisted = old_value != NULL ? psl_field_dup_unlisted (field, codelists, old_value) : NULL;
  kept = unlisted != NULL ? g_strsplit (unlisted, ", ", -1) : NULL;
  conventions.kept = (const char *const *) kept;
  return psl_field_read (field, codelists, input, &conventions, error);
}

/**
 * psl_field_display:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
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
psl_field_display (const PslField     *field,
                   const PslCodelists *codelists,
                   const char         *value,
                   const char         *language)
{
  const PslFieldClass *class;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return g_strdup ("");

  class = classes[field->type];

  return class->display != NULL ? class->display (field, codelists, value, language) : g_strdup (value);
}

/**
 * psl_field_edit_text:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @value: (nullable): a canonical value
 *
 * Writes a value as a person would type it in their locale. psl_field_normalise() reads the
 * result back as @value.
 *
 * Returns: (transfer full): the text; "" where the field is empty
 */
char *
psl_field_edit_text (const PslField     *field,
                     const PslCodelists *codelists,
                     const char         *value)
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
  text = class->edit_text (field, codelists, value);
  read = psl_field_normalise (field, codelists, text, NULL);
  if (g_strcmp0 (read, value) != 0)
    return g_strdup (value);

  return g_steal_pointer (&text);
}

/**
 * psl_field_is_valid:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @value: a value
 *
 * Returns: whether @value is in the field's canonical form, and one that the
 *   field can hold
 */
gboolean
psl_field_is_valid (const PslField     *field,
                    const PslCodelists *codelists,
                    const char         *value)
{
  static const PslConventions stored = { .is_stored = TRUE };
  g_autofree char *normalised = NULL;

  g_return_val_if_fail (field != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  normalised = psl_field_read (field, codelists, value, &stored, NULL);

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

/* The code in a value: of an amount, that of its currency. NULL where there is none. */
static const char *
find_code (const PslField  *field,
           const char      *value,
           const char     **list)
{
  const char *space = value != NULL && field->type == PSL_FIELD_TYPE_MONEY ? strrchr (value, ' ') : NULL;

  *list = field->type == PSL_FIELD_TYPE_CODE ? field->codelist : "currency";
  return field->type == PSL_FIELD_TYPE_CODE ? value : space != NULL ? space + 1 : NULL;
}

static void
add_unknown_code (const PslField     *field,
                  const PslCodelists *codelists,
                  const char         *value,
                  GPtrArray          *codes)
{
  const char *list;
  const char *code = find_code (field, value, &list);

  if (code != NULL && *code != '\0' && psl_codelist_find (psl_codelists_get_list (codelists, list), code) == NULL &&
      !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_ptr_array_add (codes, g_strdup (code));
}

static void
add_unknown_codes_in_rows (const PslField     *field,
                           const PslCodelists *codelists,
                           const char         *value,
                           GPtrArray          *codes)
{
  g_autoptr (GPtrArray) rows = NULL;
  gboolean has_codes = FALSE;

  for (const PslField *part = field->rows; part->name != NULL; part++)
    has_codes |= part->type == PSL_FIELD_TYPE_CODE || part->type == PSL_FIELD_TYPE_MONEY;
  if (!has_codes)
    return;

  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint nth = 0; field->rows[nth].name != NULL; nth++)
        add_unknown_code (&field->rows[nth], codelists, row[nth], codes);
    }
}

/**
 * psl_field_dup_unlisted:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @value: a canonical value
 *
 * Looks for codes in a value that their list doesn't have, those of currencies among them.
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the codes, with commas between them; %NULL where
 *   there is none
 */
char *
psl_field_dup_unlisted (const PslField     *field,
                        const PslCodelists *codelists,
                        const char         *value)
{
  g_autoptr (GPtrArray) codes = g_ptr_array_new_null_terminated (0, g_free, TRUE);

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (field->rows != NULL)
    add_unknown_codes_in_rows (field, codelists, value, codes);
  else
    add_unknown_code (field, codelists, value, codes);

  return codes->len > 0 ? g_strjoinv (", ", (char **) codes->pdata) : NULL;
}

static const char *
find_addable_code (const PslField      *field,
                   const PslCodelists  *codelists,
                   const char          *value,
                   char               **code)
{
  const PslCodelist *list = field->type == PSL_FIELD_TYPE_CODE ? psl_codelists_get_list (codelists, field->codelist) : NULL;

  if (list == NULL || value == NULL || !psl_codelist_is_extensible (list) || !psl_codelist_is_code (value) ||
      psl_codelist_find (list, value) != NULL)
    return NULL;
  *code = g_strdup (value);
  return field->codelist;
}

/**
 * psl_field_find_addable:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @value: (nullable): a canonical value
 * @code: (out) (transfer full): return location for the code, set where there is one
 *
 * Looks for the first code in a value that its list doesn't have and that may be added to the
 * list.
 *
 * Returns: (transfer none) (nullable): the name of the list, or %NULL where there is none
 */
const char *
psl_field_find_addable (const PslField      *field,
                        const PslCodelists  *codelists,
                        const char          *value,
                        char               **code)
{
  g_autoptr (GPtrArray) rows = NULL;
  const char *list = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  if (field->type != PSL_FIELD_TYPE_ROWS || value == NULL)
    return find_addable_code (field, codelists, value, code);
  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; rows != NULL && i < rows->len && list == NULL; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      for (guint nth = 0; field->rows[nth].name != NULL && list == NULL; nth++)
        list = find_addable_code (&field->rows[nth], codelists, row[nth], code);
    }
  return list;
}

/**
 * psl_field_dup_doubt:
 * @field: a field
 * @codelists: the lists of the register that the value belongs to
 * @value: a canonical value, or one with codes that their list doesn't have
 *
 * Looks for parts of a value that are possible, but hardly meant: years far from ours, and
 * codes that their list doesn't have. Any thread.
 *
 * Returns: (transfer full) (nullable): the doubt, translated
 */
char *
psl_field_dup_doubt (const PslField     *field,
                     const PslCodelists *codelists,
                     const char         *value)
{
  g_autofree char *codes = NULL;
  guint year;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  codes = psl_field_dup_unlisted (field, codelists, value);
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
