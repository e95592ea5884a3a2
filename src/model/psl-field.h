/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-codelists.h"
#include "psl-conventions.h"

G_BEGIN_DECLS

/*
 * Values.
 *
 * In memory every value, of whatever type, is a string in its canonical form,
 * and an empty field is NULL (never ""). The same form stands in the journal.
 * It does not depend on the locale:
 *
 *   text, long text     NFC, no control characters, trimmed; long text keeps
 *                       "\n" between paragraphs
 *   identifier          NFC, no white space, `PO.0160`
 *   date                ISO 8601 with the precision that is known:
 *                       `2020`, `2020-05`, `2020-05-17`
 *   year                `2020`
 *   integer             `3`, not below zero
 *   decimal             `33.33`: no exponent, no trailing zeros, point, not
 *                       below zero
 *   money               `100000.00 USD`: exactly as many decimals as the
 *                       currency's minor unit has (`5000 JPY`)
 *   code                a code of the field's code list: `4`, `MD`
 *   link                the UUID of a record of the field's target kind
 *   e-mail, URL         as typed, trimmed
 *   phone               `+41 22 717 91 11`, with an extension
 *                       `+41 22 717 91 11;ext=234` (RFC 3966)
 *   latitude, longitude decimal degrees, at most 6 decimals: `-9.934739`
 *   rows                a JSON array of objects of canonical strings, members
 *                       in the order of the sub-fields, empty members left
 *                       out, no white space:
 *                       `[{"country":"MD"},{"country":"PL","percentage":"40"}]`
 *   parts               the records of the field's target kind that belong to the
 *                       record, see #PslKind, each with values of its own. Where the
 *                       field has sub-fields, their values in one language are written
 *                       as rows, too, so that a cell of a table holds them
 */
typedef enum
{
  PSL_FIELD_TYPE_TEXT,
  PSL_FIELD_TYPE_LONG_TEXT,
  PSL_FIELD_TYPE_IDENTIFIER,
  PSL_FIELD_TYPE_DATE,
  PSL_FIELD_TYPE_YEAR,
  PSL_FIELD_TYPE_INTEGER,
  PSL_FIELD_TYPE_DECIMAL,
  PSL_FIELD_TYPE_MONEY,
  PSL_FIELD_TYPE_CODE,
  PSL_FIELD_TYPE_LINK,
  PSL_FIELD_TYPE_EMAIL,
  PSL_FIELD_TYPE_URL,
  PSL_FIELD_TYPE_PHONE,
  PSL_FIELD_TYPE_LATITUDE,
  PSL_FIELD_TYPE_LONGITUDE,
  PSL_FIELD_TYPE_ROWS,
  PSL_FIELD_TYPE_PARTS,
} PslFieldType;

/**
 * PslFieldFlags:
 * @PSL_FIELD_MULTILINGUAL: one value a language (texts, and parts that have some)
 * @PSL_FIELD_REQUIRED: a record without it gets a warning, never a refusal
 * @PSL_FIELD_LISTED: read for list rows, and the list can be sorted by it
 *   (its table has an index that begins with the column)
 * @PSL_FIELD_FILTERED: offered in the filter bar
 * @PSL_FIELD_SEARCHED: its text (for a code, its labels in every language)
 *   goes into the search text
 * @PSL_FIELD_UNIQUE: identifies the record where no other has the same value;
 *   a second record with it gets a warning
 * @PSL_FIELD_FLAT: rows whose JSON and CSV form is the plain list of the first
 *   sub-field's values
 * @PSL_FIELD_DISTINCTIVE: two records of one title that differ in it are two
 * @PSL_FIELD_ORDERING: a link to a record of the same kind that comes before, after or
 *   above: records that lead by it to each other in a circle get a warning
 * @PSL_FIELD_OWNER: a link to the record that the record is a part of, which has to be
 *   given; the kind there has a field of %PSL_FIELD_TYPE_PARTS for them. It stands in the
 *   table `record`. Without a target it leads to a record of any kind that is no
 *   such part itself: see psl_kind_is_target()
 */
typedef enum
{
  PSL_FIELD_NONE = 0,
  PSL_FIELD_MULTILINGUAL = 1 << 0,
  PSL_FIELD_REQUIRED = 1 << 1,
  PSL_FIELD_LISTED = 1 << 2,
  PSL_FIELD_FILTERED = 1 << 3,
  PSL_FIELD_SEARCHED = 1 << 4,
  PSL_FIELD_UNIQUE = 1 << 5,
  PSL_FIELD_FLAT = 1 << 6,
  PSL_FIELD_DISTINCTIVE = 1 << 7,
  PSL_FIELD_ORDERING = 1 << 8,
  PSL_FIELD_OWNER = 1 << 9,
} PslFieldFlags;

typedef struct _PslField PslField;
typedef struct _PslKind PslKind;

/**
 * PslInitial:
 * @PSL_INITIAL_NONE: a new record has no value
 * @PSL_INITIAL_AUTHOR: who makes the record, as the journal names them
 * @PSL_INITIAL_TODAY: the day on which it is made
 *
 * The value of a field of a new record where none is given.
 */
typedef enum
{
  PSL_INITIAL_NONE,
  PSL_INITIAL_AUTHOR,
  PSL_INITIAL_TODAY,
} PslInitial;

/**
 * PslInverse:
 * @label: heading of the records whose link leads to a record, on that record's page,
 *   untranslated (N_()); %NULL where they are not listed there
 * @sort, @descending: their order, see psl_query_set_sort()
 * @total: (nullable): name of their money field that is added up below the heading
 *
 * The other end of a link.
 */
typedef struct
{
  const char *label;
  const char *sort;
  gboolean descending;
  const char *total;
} PslInverse;

/**
 * PslField:
 * @name: name in CSV, JSON, the command line, the journal and, as a column, in
 *   the kind's table (money: `NAME_amount` and `NAME_currency`; rows: the table
 *   `KIND_NAME`, a column a sub-field; multilingual text: the table `text`)
 * @label: the name that a person reads, untranslated (N_()); see psl_field_get_label()
 * @type: how a value is written, checked, shown and stored
 * @group: name of the group it stands in on the detail page
 * @flags: see #PslFieldFlags
 * @codelist: for codes, the code list's name
 * @wider: (nullable): for codes whose entries belong to entries of another code list, the
 *   field that those would stand in: filters call it `FIELD.NAME` (`country.area`), and
 *   it is named below an entry. One constant for all fields of the list
 * @initial: its value in a new record where none is given
 * @target: for links, the kind of the records it leads to; for parts, their kind
 * @inverse: for links, how the page of the record it leads to shows it
 * @rows: for rows, the sub-fields, ended by one without a name; for parts, those fields of
 *   their kind that a cell of a table holds: PSL_PARTS_ROWS(), or %NULL where none can
 * @pattern: for identifiers, the shape to expect (a PCRE, whole value); another shape is a
 *   warning
 * @example: (nullable): a value of that shape, which the warning shows
 * @minimum, @maximum: for integers and decimals, the limits of the number, both
 *   included; no limits beyond the type's where both are 0
 * @unit: (nullable): for decimals, the unit that people see after the number
 * @iati: where IATI 2.03 writes it, as an XPath below iati-activity
 * @aliases: column headings an import knows it by beside name and label, separated by `|`;
 *   headings in another language than the label, that language's label first, begin with its
 *   tag: `fr:Titre`. See psl_field_parse_alias()
 *
 * A field of a kind. Static data: fields are described once, in psl-kind-*.c.
 */
struct _PslField
{
  const char *name;
  const char *label;
  PslFieldType type;
  const char *group;
  PslFieldFlags flags;
  const char *codelist;
  const PslField *wider;
  PslInitial initial;
  const PslKind *target;
  PslInverse inverse;
  const PslField *rows;
  const char *pattern;
  const char *example;
  int minimum;
  int maximum;
  const char *unit;
  const char *iati;
  const char *aliases;
};

/* The fields of a kind of parts without the first, the link to their owner. */
#define PSL_PARTS_ROWS(fields) (&(fields)[1])

/* The language that labels are written in, untranslated. */
#define PSL_FIELD_LABEL_LANGUAGE "en"

const char *psl_field_get_label  (const PslField  *field);
char       *psl_field_dup_text_name (const PslField *field,
                                     const char     *language);
const char *psl_field_parse_alias (const char      *alias,
                                   const char     **language);
const char *psl_field_get_wider_codelist (const PslField *field);
char       *psl_field_dup_unlisted  (const PslField     *field,
                                     const PslCodelists *codelists,
                                     const char         *value);
const char *psl_field_find_addable (const PslField      *field,
                                    const PslCodelists  *codelists,
                                    const char          *value,
                                    char               **code);
char       *psl_field_normalise  (const PslField      *field,
                                  const PslCodelists  *codelists,
                                  const char          *input,
                                  GError             **error);
char       *psl_field_read       (const PslField        *field,
                                  const PslCodelists    *codelists,
                                  const char            *input,
                                  const PslConventions  *conventions,
                                  GError               **error);
char       *psl_field_read_over  (const PslField      *field,
                                  const PslCodelists  *codelists,
                                  const char          *input,
                                  const char          *old_value,
                                  gboolean             is_stored,
                                  GError             **error);
char       *psl_field_display    (const PslField     *field,
                                  const PslCodelists *codelists,
                                  const char         *value,
                                  const char         *language);
char       *psl_field_dup_uri    (const PslField     *field,
                                  const char         *value);
char       *psl_field_edit_text  (const PslField     *field,
                                  const PslCodelists *codelists,
                                  const char         *value);
gboolean    psl_field_has_value  (const PslField  *field);
gboolean    psl_field_lists_parts (const PslField *field);
gboolean    psl_field_is_distinctive (const PslField *field);
gboolean    psl_field_is_valid   (const PslField     *field,
                                  const PslCodelists *codelists,
                                  const char         *value);
char       *psl_field_dup_doubt  (const PslField     *field,
                                  const PslCodelists *codelists,
                                  const char         *value);
gboolean    psl_field_is_usual   (const PslField  *field,
                                  const char      *value);
const PslField *psl_field_find_row (const PslField *field,
                                    const char     *name);

G_END_DECLS
