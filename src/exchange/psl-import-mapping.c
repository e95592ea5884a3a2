/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-error.h"
#include "psl-import-annotation.h"
#include "psl-import-heading.h"
#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-text.h"

/* The longest names that are looked for within a heading, and the longest headings
 * that they are looked for in. */
#define MAXIMUM_NAME_WORDS 8
#define MAXIMUM_HEADING_WORDS 24

/* In the place of a language, for a heading that is the same in several. */
#define SEVERAL ""

/* The meaning of a heading, which is folded. */
typedef struct
{
  PslImportTarget target;
  const PslField *field;
  const PslField *subfield;
  const char *language;
  const char *in;       /* the language that the heading itself is in; NULL: not known */
  gboolean ambiguous;   /* the same sub-field's name in two fields */
} Meaning;

struct _PslImportMapping
{
  GArray *columns;
};

static void
clear_column (gpointer data)
{
  PslImportColumn *column = data;

  g_clear_pointer (&column->heading, g_free);
  g_clear_pointer (&column->currency, g_free);
}

/* The language of a heading that means the same in both, either of which may be NULL. */
static const char *
join_languages (const char *one,
                const char *other)
{
  if (one == NULL || other == NULL)
    return one != NULL ? one : other;
  return strcmp (one, other) == 0 ? one : SEVERAL;
}

static void
add_meaning (GHashTable     *meanings,
             const char     *heading,
             const Meaning  *meaning)
{
  g_autofree char *folded = psl_text_fold (heading);
  Meaning *known = g_hash_table_lookup (meanings, folded);

  if (*folded == '\0')
    return;
  if (known == NULL)
    g_hash_table_insert (meanings, g_steal_pointer (&folded), g_memdup2 (meaning, sizeof *meaning));
  else if (known->field == meaning->field && known->subfield == meaning->subfield)
    known->in = join_languages (known->in, meaning->in);
  else if (known->subfield != NULL && meaning->subfield != NULL)
    known->ambiguous = TRUE;
}

/* The headings of one half of an amount. */
static void
add_halves (GHashTable            *meanings,
            const char            *heading,
            const Meaning         *meaning,
            PslImportTarget        target,
            const PslHeadingWord  *words)
{
  for (; words->word != NULL; words++)
    {
      Meaning half = *meaning;
      g_autofree char *full = g_strdup_printf ("%s %s", heading, words->word);

      half.target = target;
      add_meaning (meanings, full, &half);
    }
}

/* Adds the meaning of a heading and, for an amount, of the headings for its number and its
 * currency alone. */
static void
add_heading (GHashTable    *meanings,
             const char    *heading,
             const Meaning *meaning)
{
  add_meaning (meanings, heading, meaning);

  if (meaning->subfield == NULL && meaning->field->type == PSL_FIELD_TYPE_MONEY)
    {
      add_halves (meanings, heading, meaning, PSL_IMPORT_TO_AMOUNT, psl_import_amount_words);
      add_halves (meanings, heading, meaning, PSL_IMPORT_TO_CURRENCY, psl_import_currency_words);
    }
}

/* Labels and aliases of a field, with the languages they are in. */
static void
add_labels (GHashTable     *meanings,
            const PslField *field,
            Meaning         meaning)
{
  g_auto (GStrv) aliases = g_strsplit (field->aliases != NULL ? field->aliases : "", "|", -1);

  meaning.in = PSL_FIELD_LABEL_LANGUAGE;
  add_heading (meanings, field->label, &meaning);
  for (char **alias = aliases; *alias != NULL; alias++)
    {
      const char *heading = psl_field_parse_alias (*alias, &meaning.in);

      add_heading (meanings, heading, &meaning);
    }
  /* The label that a person reads is known whatever its translation. */
  meaning.in = NULL;
  add_heading (meanings, psl_field_get_label (field), &meaning);
}

static void
add_subfields (GHashTable     *meanings,
               const PslField *field,
               gboolean        dotted)
{
  for (const PslField *subfield = field->rows; subfield->name != NULL; subfield++)
    {
      Meaning meaning = { PSL_IMPORT_TO_FIELD, field, subfield, NULL, NULL, FALSE };
      g_autofree char *full = g_strdup_printf ("%s.%s", field->name, subfield->name);

      if (dotted)
        add_meaning (meanings, full, &meaning);
      else
        {
          add_meaning (meanings, subfield->name, &meaning);
          add_labels (meanings, subfield, meaning);
        }
    }
}

/* Where a kind has a single amount, a currency can only be its. */
static void
add_currency (GHashTable    *meanings,
              const PslKind *kind)
{
  static const char *const codes[] = { "currency code", "code devise" };
  const PslField *amount = NULL;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type != PSL_FIELD_TYPE_MONEY)
        continue;
      if (amount != NULL)
        return;
      amount = field;
    }
  if (amount == NULL)
    return;
  for (const PslHeadingWord *known = psl_import_currency_words; known->word != NULL; known++)
    add_meaning (meanings, known->word, &(Meaning) { PSL_IMPORT_TO_CURRENCY, amount });
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    add_meaning (meanings, codes[i], &(Meaning) { PSL_IMPORT_TO_CURRENCY, amount });
}

/* Everything that headings of a kind can say. The first meaning of a heading holds: names
 * come first, then labels and aliases, then sub-fields and the currency by themselves. */
static GHashTable *
list_meanings (const PslKind *kind)
{
  GHashTable *meanings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Meaning id = { PSL_IMPORT_TO_ID };

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (psl_field_has_value (field))
      add_heading (meanings, field->name, &(Meaning) { PSL_IMPORT_TO_FIELD, field });
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (field->rows != NULL)
      add_subfields (meanings, field, TRUE);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (psl_field_lists_parts (field))
      {
        g_autofree char *ids = psl_import_heading_dup_part_ids (field);

        add_meaning (meanings, ids, &(Meaning) { PSL_IMPORT_TO_PART_IDS, field });
      }
  add_meaning (meanings, "id", &id);
  add_meaning (meanings, "uuid", &id);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (psl_field_has_value (field))
      add_labels (meanings, field, (Meaning) { PSL_IMPORT_TO_FIELD, field });
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (field->rows != NULL)
      add_subfields (meanings, field, FALSE);
  add_currency (meanings, kind);
  return meanings;
}

/* A name cut out of a heading, and the words around it. */
static GStrv
join_around (const char *const  *words,
             guint               from,
             guint               n,
             char              **name)
{
  g_autoptr (GStrvBuilder) around = g_strv_builder_new ();
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (i < from || i >= from + n)
        g_strv_builder_add (around, words[i]);
      else
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", words[i]);
    }
  *name = g_string_free_and_steal (g_steal_pointer (&joined));
  return g_strv_builder_end (around);
}

/* The meaning of @n words of a heading from one on, where all that stands around
 * them is understood, too. */
static const Meaning *
try_words (GHashTable          *meanings,
           const PslCodelists  *codelists,
           const char          *heading,
           const char *const   *words,
           guint                from,
           guint                n,
           PslImportAnnotation *annotation)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) around = join_around (words, from, n, &name);
  g_autofree char *folded = psl_text_fold (name);
  const Meaning *meaning = psl_import_heading_is_plain (name) ? g_hash_table_lookup (meanings, folded) : NULL;

  if (meaning == NULL || meaning->ambiguous || meaning->field == NULL || meaning->target == PSL_IMPORT_TO_CURRENCY)
    return NULL;
  psl_import_annotation_clear (annotation);
  return psl_import_annotation_read (annotation, codelists, meaning->subfield != NULL ? meaning->subfield : meaning->field,
                                     heading, (const char *const *) around) ? meaning : NULL;
}

/* Whether a heading ends with a language as programs write it behind a field's name:
 * `title_es`, `title[pt-BR]`. */
static const char *
parse_suffix (const char     *heading,
              const PslField *field)
{
  gsize length = strlen (field->name);
  g_autofree char *tag = NULL;

  if (g_ascii_strncasecmp (heading, field->name, length) != 0 || strchr ("_.[", heading[length]) == NULL ||
      heading[length] == '\0')
    return NULL;
  tag = g_strdup (heading + length + 1);
  if (heading[length] == '[' && g_str_has_suffix (tag, "]"))
    tag[strlen (tag) - 1] = '\0';
  return psl_language_parse_known (tag);
}

/* The tag in the brackets at the end of a heading, as the export writes tags of languages that
 * have no name: `Title (en-US)`. In another case it could be words: `Costs (all-in)`. */
static const char *
parse_brackets (const char *heading)
{
  const char *open = strrchr (heading, '(');
  g_autofree char *tag = open != NULL ? g_strdup (open + 1) : NULL;
  const char *language;

  if (tag == NULL || strchr (tag, '-') == NULL || !g_str_has_suffix (tag, ")"))
    return NULL;
  tag[strlen (tag) - 1] = '\0';
  language = psl_language_parse_known (tag);
  return g_strcmp0 (language, tag) == 0 ? language : NULL;
}

/* The language that people write behind a label: its name (`Titre (espagnol)`, `Title in
 * Spanish`), or its tag. Tags of three letters are English words, too. */
static const char *
parse_language_words (const char *const *words)
{
  g_autofree char *joined = NULL;
  g_autofree char *tag = NULL;
  const char *language;

  if (words[0] != NULL && words[1] != NULL && (strcmp (words[0], "in") == 0 || strcmp (words[0], "en") == 0))
    words++;
  joined = g_strjoinv (" ", (char **) words);
  language = psl_language_find (joined);
  if (language != NULL)
    return language;
  tag = g_strjoinv ("-", (char **) words);
  language = psl_language_parse_known (tag);
  return language != NULL && (strcspn (language, "-") == 2 || *language == 'q') ? language : NULL;
}

/* The meaning of a heading that names a text and a language behind it; it is known from
 * now on. */
static const Meaning *
find_in_language (GHashTable *meanings,
                  const char *heading,
                  const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  guint n_words = g_strv_length (words);

  /* The longest name first: in “Documents et liens (anglais)”, “et” is the tag of a language. */
  for (guint n = n_words; n-- > 1;)
    {
      g_autofree char *language_part = g_strjoinv (" ", words + n);
      g_autofree char *name = g_strndup (folded, strlen (folded) - strlen (language_part) - 1);
      const Meaning *meaning = g_hash_table_lookup (meanings, name);
      Meaning inner;

      if (meaning == NULL || meaning->target != PSL_IMPORT_TO_FIELD || meaning->subfield != NULL ||
          meaning->language != NULL || !(meaning->field->flags & PSL_FIELD_MULTILINGUAL))
        continue;
      inner = *meaning;
      inner.language = parse_suffix (heading, meaning->field);
      if (inner.language == NULL)
        inner.language = parse_brackets (heading);
      if (inner.language == NULL)
        inner.language = parse_language_words ((const char *const *) words + n);
      if (inner.language == NULL)
        continue;
      add_meaning (meanings, folded, &inner);
      return g_hash_table_lookup (meanings, folded);
    }
  return NULL;
}

/* The meaning of a heading, and its annotations: `budget_eur`, `Budget (k€)`, `Start
 * (dd/mm/yyyy)`. A heading with words that are not understood has no meaning. */
static const Meaning *
find_meaning (GHashTable          *meanings,
              const PslCodelists  *codelists,
              const char          *heading,
              PslImportAnnotation *annotation)
{
  g_autofree char *folded = psl_text_fold (heading);
  const Meaning *meaning = psl_import_heading_is_plain (heading) ? g_hash_table_lookup (meanings, folded) : NULL;
  g_auto (GStrv) words = NULL;
  guint n_words;

  psl_import_annotation_clear (annotation);
  if (meaning == NULL && psl_import_heading_is_plain (heading))
    meaning = find_in_language (meanings, heading, folded);
  if (meaning != NULL)
    return meaning->ambiguous ? NULL : meaning;

  words = psl_import_heading_split (heading);
  n_words = g_strv_length (words);
  if (n_words > MAXIMUM_HEADING_WORDS)
    return NULL;
  for (guint n = MIN (n_words, MAXIMUM_NAME_WORDS); n > 0; n--)
    for (guint from = 0; from + n <= n_words; from++)
      {
        meaning = try_words (meanings, codelists, heading, (const char *const *) words, from, n, annotation);
        if (meaning != NULL)
          return meaning;
      }
  psl_import_annotation_clear (annotation);
  return NULL;
}

static void
apply (PslImportColumn      *column,
       const Meaning        *meaning,
       PslImportAnnotation  *annotation)
{
  g_clear_pointer (&column->currency, g_free);
  column->currency = g_steal_pointer (&annotation->currency);
  column->exponent = annotation->exponent;
  column->dates = annotation->dates;
  column->target = meaning->target;
  column->field = meaning->field;
  column->subfield = meaning->subfield;
  column->language = meaning->language;
}

/* Splits COLUMN=FIELD at the last `=`: headings may hold one, names don't. */
static gboolean
split_map (const char  *map,
           char       **heading,
           const char **target,
           GError     **error)
{
  const char *equals = strrchr (map, '=');

  if (equals == NULL || equals == map)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” does not say which field a column goes to: write COLUMN=FIELD."), map);
      return FALSE;
    }
  *heading = g_strndup (map, (gsize) (equals - map));
  *target = equals + 1;
  return TRUE;
}

static gboolean
is_ignored (const char *target)
{
  return *target == '\0' || strcmp (target, "-") == 0;
}

/* Whether a heading means a column by its place, as `#3` the third. */
static gboolean
parse_place (PslImportMapping *self,
             const char       *heading,
             guint            *place)
{
  guint64 number;

  if (*heading != '#' || !g_ascii_string_to_unsigned (heading + 1, 10, 1, self->columns->len, &number, NULL))
    return FALSE;

  *place = (guint) number - 1;
  return TRUE;
}

static PslImportColumn *
find_column (PslImportMapping *self,
             const char       *heading)
{
  g_autofree char *folded = psl_text_fold (heading);
  guint place;

  if (parse_place (self, heading, &place))
    return &g_array_index (self->columns, PslImportColumn, place);

  for (guint i = 0; i < self->columns->len; i++)
    {
      PslImportColumn *column = &g_array_index (self->columns, PslImportColumn, i);

      if (strcmp (column->heading, heading) == 0)
        return column;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      PslImportColumn *column = &g_array_index (self->columns, PslImportColumn, i);
      g_autofree char *other = psl_text_fold (column->heading);

      if (strcmp (folded, other) == 0)
        return column;
    }
  return NULL;
}

/* Where a map sends a heading that says more than a name, it still does. */
static void
annotate (PslImportColumn    *column,
          const PslCodelists *codelists)
{
  const PslField *field = column->subfield != NULL ? column->subfield : column->field;
  g_auto (PslImportAnnotation) annotation = { NULL };

  if (column->target != PSL_IMPORT_TO_FIELD && column->target != PSL_IMPORT_TO_AMOUNT)
    return;
  psl_import_annotation_find (&annotation, codelists, field, column->heading);
  if (column->currency == NULL)
    column->currency = g_steal_pointer (&annotation.currency);
  if (column->exponent == 0)
    column->exponent = annotation.exponent;
  if (column->dates == PSL_DATE_ORDER_USUAL)
    column->dates = annotation.dates;
}

static gboolean
apply_maps (PslImportMapping    *self,
            const PslCodelists  *codelists,
            GHashTable          *meanings,
            const char *const   *maps,
            GError             **error)
{
  for (; maps != NULL && *maps != NULL; maps++)
    {
      g_autofree char *heading = NULL;
      const char *target;
      g_auto (PslImportAnnotation) annotation = { NULL };
      PslImportColumn *column;
      const Meaning *meaning;

      if (!split_map (*maps, &heading, &target, error))
        return FALSE;
      column = find_column (self, heading);
      if (column == NULL)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                       _("The file has no column “%s”."), heading);
          return FALSE;
        }
      g_clear_pointer (&column->currency, g_free);
      if (is_ignored (target))
        {
          column->target = PSL_IMPORT_TO_IGNORED;
          column->field = column->subfield = NULL;
          continue;
        }
      meaning = find_meaning (meanings, codelists, target, &annotation);
      if (meaning == NULL)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                       _("There is no field “%s”."), target);
          return FALSE;
        }
      apply (column, meaning, &annotation);
      annotate (column, codelists);
    }
  return TRUE;
}

static gboolean
is_one_language (const char *language)
{
  return language != NULL && strcmp (language, SEVERAL) != 0;
}

/* The language of most headings that are in one language only; the interface's where as many
 * are in another. */
static const char *
guess_language (const char *const *languages,
                guint              n_columns)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  const char *guessed = psl_language_get_interface ();
  guint most = 0;
  GHashTableIter iter;
  gpointer language, count;

  for (guint i = 0; i < n_columns; i++)
    if (is_one_language (languages[i]))
      g_hash_table_insert (counts, (gpointer) languages[i],
                           GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, languages[i])) + 1));

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &language, &count))
    if (GPOINTER_TO_UINT (count) >= most)
      {
        guessed = GPOINTER_TO_UINT (count) > most ? language : psl_language_get_interface ();
        most = GPOINTER_TO_UINT (count);
      }
  return guessed;
}

static void
choose_languages (PslImportMapping   *self,
                  const char *const  *languages,
                  const char         *language)
{
  const char *guessed = guess_language (languages, self->columns->len);

  for (guint i = 0; i < self->columns->len; i++)
    {
      PslImportColumn *column = &g_array_index (self->columns, PslImportColumn, i);

      if (column->target != PSL_IMPORT_TO_FIELD || column->language != NULL ||
          !(column->field->flags & PSL_FIELD_MULTILINGUAL))
        continue;
      if (language != NULL)
        column->language = language;
      else
        column->language = is_one_language (languages[i]) ? languages[i] : guessed;
    }
}

/* A column of countries is the whole list unless other columns complete it. */
static void
widen_single_subfields (PslImportMapping *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      PslImportColumn *column = &g_array_index (self->columns, PslImportColumn, i);
      gboolean alone = TRUE;

      if (column->subfield == NULL || column->subfield != column->field->rows ||
          !(column->field->flags & PSL_FIELD_FLAT))
        continue;
      for (guint j = 0; j < self->columns->len; j++)
        {
          PslImportColumn *other = &g_array_index (self->columns, PslImportColumn, j);

          if (other->field == column->field && other->subfield != NULL && other->subfield != column->subfield)
            alone = FALSE;
        }
      if (alone)
        column->subfield = NULL;
    }
}

/**
 * psl_import_mapping_new:
 * @codelists: the lists of the register that the table goes into
 * @headings: the cells of the table's first row
 * @maps: (nullable): `COLUMN=FIELD`, where COLUMN is a heading, or `#3` for the
 *   third column whatever its heading; an empty FIELD or `-` leaves the column out
 * @language: (nullable): the language of columns that don't say; without it, the language of
 *   their own heading, else of the others, else of the interface
 *
 * Finds what each column holds: by a map, by a field's name (`title_fr`,
 * `budget_currency`, `functions.covers`, `functions.uuid`), or by its label or another heading it
 * is known by, in any language that has one and whatever the locale. What else a heading says
 * is kept: a currency, a power of ten, the order of dates; one that says more than
 * is understood matches nothing.
 *
 * Returns: (transfer full): the mapping, or %NULL with
 *   %PSL_REGISTER_ERROR_NOT_FOUND where a map names a column or a field there
 *   isn't, %PSL_REGISTER_ERROR_INVALID where it isn't one
 */
PslImportMapping *
psl_import_mapping_new (const PslKind       *kind,
                        const PslCodelists  *codelists,
                        const char *const   *headings,
                        const char *const   *maps,
                        const char          *language,
                        GError             **error)
{
  g_autoptr (PslImportMapping) self = g_new0 (PslImportMapping, 1);
  g_autoptr (GHashTable) meanings = list_meanings (kind);
  g_autofree const char **languages = g_new0 (const char *, g_strv_length ((GStrv) headings) + 1);

  self->columns = g_array_new (FALSE, TRUE, sizeof (PslImportColumn));
  g_array_set_clear_func (self->columns, clear_column);
  for (guint i = 0; headings[i] != NULL; i++)
    {
      PslImportColumn column = { .nth = i, .heading = psl_text_clean (headings[i], FALSE) };
      g_auto (PslImportAnnotation) annotation = { NULL };
      const Meaning *meaning;

      if (column.heading == NULL)
        column.heading = g_strdup ("");
      meaning = find_meaning (meanings, codelists, column.heading, &annotation);
      if (psl_import_heading_is_reasons (column.heading))
        column.target = PSL_IMPORT_TO_IGNORED;
      else if (meaning != NULL)
        {
          apply (&column, meaning, &annotation);
          /* A field's name is English only by chance. */
          if (meaning->field == NULL || strcmp (column.heading, meaning->field->name) != 0)
            languages[i] = meaning->in;
        }
      g_array_append_val (self->columns, column);
    }

  if (!apply_maps (self, codelists, meanings, maps, error))
    return NULL;
  choose_languages (self, languages, language);
  widen_single_subfields (self);
  return g_steal_pointer (&self);
}

/**
 * psl_import_mapping_free:
 *
 * Frees @self and its columns.
 */
void
psl_import_mapping_free (PslImportMapping *self)
{
  g_array_unref (self->columns);
  g_free (self);
}

/**
 * psl_import_mapping_get_n_columns:
 *
 * Returns: how many columns the table has
 */
guint
psl_import_mapping_get_n_columns (PslImportMapping *self)
{
  return self->columns->len;
}

/**
 * psl_import_mapping_get_column:
 *
 * Returns: (transfer none): the table's @nth column
 */
const PslImportColumn *
psl_import_mapping_get_column (PslImportMapping *self,
                               guint             nth)
{
  g_return_val_if_fail (nth < self->columns->len, NULL);

  return &g_array_index (self->columns, PslImportColumn, nth);
}

/**
 * psl_import_mapping_count_matched:
 *
 * Returns: how many columns have a heading that means something
 */
guint
psl_import_mapping_count_matched (PslImportMapping *self)
{
  guint n = 0;

  for (guint i = 0; i < psl_import_mapping_get_n_columns (self); i++)
    n += psl_import_mapping_get_column (self, i)->target != PSL_IMPORT_TO_UNMATCHED;
  return n;
}

/**
 * psl_import_column_has_field_name:
 *
 * Returns: whether the column's heading is the field's name, as programs write it,
 *   rather than a label that people read
 */
gboolean
psl_import_column_has_field_name (const PslImportColumn *column)
{
  const char *rest;

  if (column->field == NULL || !g_str_has_prefix (column->heading, column->field->name))
    return FALSE;
  rest = column->heading + strlen (column->field->name);
  return *rest == '\0' || *rest == '_' || *rest == '.';
}

/**
 * psl_import_check_maps:
 * @maps: (nullable): `COLUMN=FIELD`, see psl_import_mapping_new()
 *
 * Checks, without a file and without a register, that each map is one and leads to a field, and that no
 * column has two.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_INVALID or
 *   %PSL_REGISTER_ERROR_NOT_FOUND
 */
gboolean
psl_import_check_maps (const PslKind      *kind,
                       const char *const  *maps,
                       GError            **error)
{
  g_autoptr (GHashTable) meanings = list_meanings (kind);
  g_autoptr (GHashTable) mapped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (; maps != NULL && *maps != NULL; maps++)
    {
      g_autofree char *heading = NULL;
      g_auto (PslImportAnnotation) annotation = { NULL };
      const char *target;

      if (!split_map (*maps, &heading, &target, error))
        return FALSE;
      if (!is_ignored (target) && find_meaning (meanings, psl_codelists_get_default (), target, &annotation) == NULL)
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                       _("There is no field “%s”."), target);
          return FALSE;
        }
      if (!g_hash_table_add (mapped, g_strdup (heading)))
        {
          g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                       _("The column “%s” is mapped twice."), heading);
          return FALSE;
        }
    }
  return TRUE;
}
