/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"
#include "psl-languages.h"
#include "psl-setting.h"

G_BEGIN_DECLS

typedef struct _PslRecord PslRecord;

/**
 * PslFieldGroup:
 * @name: name that fields refer to
 * @label: heading on the detail page, untranslated (N_())
 */
typedef struct
{
  const char *name;
  const char *label;
} PslFieldGroup;

/**
 * PslPlural:
 * @singular, @plural: a text with places for one or two numbers (`%s`; `%1$s` and
 *   `%2$s`), untranslated: PSL_PLURAL (…), which xgettext reads
 */
typedef struct
{
  const char *singular;
  const char *plural;
} PslPlural;

#define PSL_PLURAL(one, many) { .singular = (one), .plural = (many) }

char *psl_plural_fill (const PslPlural *self,
                       guint64          n,
                       const char      *first,
                       const char      *second);

/**
 * PslKindWords:
 * @new_record: the command that makes one, as a title, untranslated (N_())
 * @none_yet: that there is none yet, as a title, untranslated
 * @total: how many there are: “%s projects”
 * @part: how many of how many a list shows: “%1$s of %2$s projects”; the plural form goes by
 *   the second number @made, @changed: how many an import made and changed: “%s new projects”
 *
 * Texts about records of a kind, whose words agree with its name in gender and number, and so
 * can't be put together from it.
 */
typedef struct
{
  const char *new_record;
  const char *none_yet;
  PslPlural total;
  PslPlural part;
  PslPlural made;
  PslPlural changed;
} PslKindWords;

/**
 * PslPeriod:
 *
 * @from: name of the field for the beginning
 * @to: name of the field for the end
 * @fallback: (nullable): name of the field for the year where both are missing
 * @is_open: whether a record that has begun goes on as long as it has no end, as
 *   an office does; otherwise a missing end falls back on the beginning
 *
 * The fields a kind's years are read from; a missing beginning falls back on the
 * end. The pseudo-field `years` filters by them.
 */
typedef struct
{
  const char *from;
  const char *to;
  const char *fallback;
  gboolean is_open;
} PslPeriod;

/**
 * PslProblemLevel:
 * @PSL_PROBLEM_WARNING: something contradicts something else, or is missing
 * @PSL_PROBLEM_NOTICE: nothing is wrong, but something remains to be done
 */
typedef enum
{
  PSL_PROBLEM_WARNING,
  PSL_PROBLEM_NOTICE,
} PslProblemLevel;

/**
 * PslProblem:
 * @field: the field that the warning stands on
 * @language: (nullable): the language it is about, for a missing translation
 * @level: how much it matters
 * @message: (owned): the fault, translated
 *
 * A cross-field problem: shown as a warning, never blocks.
 */
typedef struct
{
  const PslField *field;
  const char *language;
  PslProblemLevel level;
  char *message;
} PslProblem;

void psl_problem_free (PslProblem *problem);
void psl_problem_add  (GPtrArray      *problems,
                       const PslField *field,
                       char           *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslProblem, psl_problem_free)

/**
 * PslKind:
 * @name: name of the kind and of its table
 * @label: one of it, untranslated (NC_("kind", …))
 * @label_plural: several of it, untranslated
 * @untitled: the name of a record that has no other, untranslated
 * @icon: name of its symbolic icon
 * @words: the texts about several of them
 * @is_internal: whether its records serve others and have no place in the sidebar
 * @is_of_entries: whether its records are the register's changes to code lists, in the fields
 *   that psl-entry.c reads
 * @groups: the groups of the detail page in order, ended by one without a name
 * @fields: the fields in order, ended by one without a name
 * @remarks: (nullable): the parts that people's remarks on a record are: a field of
 *   %PSL_FIELD_TYPE_PARTS that all kinds share, which stands in no group of the page
 * @title: name of the field that a record is called by
 * @identifier: (nullable): name of the field people identify it by
 * @match: (nullable): names of fields, separated by `|`, that together tell a
 *   record that has neither identifier nor title from the others
 * @period: where its years are read from
 * @state: (nullable): name of the code field that a row of a list shows as a chip
 * @facts: names of the fields in the line below the title of such a row, ended by %NULL;
 *   the identifier and the years stand before them
 * @head_state: (nullable): name of the code field that stands as a chip below the title of
 *   the record's page
 * @head_facts: names of the fields beside it, ended by %NULL; the years stand before them
 * @settings: (nullable): the settings that @check goes by, which people may change
 * @currency: (nullable): name of the setting that holds the currency its amounts are
 *   usually in
 * @check: (nullable): adds #PslProblem to @problems, beyond what follows from
 *   the fields' own description
 *
 * A kind of record, described once: the form, list columns, filters, CSV
 * columns, search text, the history's words and the checks follow from it.
 */
struct _PslKind
{
  const char *name;
  const char *label;
  const char *label_plural;
  const char *untitled;
  const char *icon;
  PslKindWords words;
  gboolean is_internal;
  gboolean is_of_entries;
  const PslFieldGroup *groups;
  const PslField *fields;
  const PslField *remarks;
  const char *title;
  const char *identifier;
  const char *match;
  PslPeriod period;
  const char *state;
  const char *facts[5];
  const char *head_state;
  const char *head_facts[5];
  const PslSettingGroup *settings;
  const char *currency;
  void (*check) (PslRecord              *record,
                 const PslCodelists     *codelists,
                 const PslSettingValues *settings,
                 GPtrArray              *problems);
};

/* The position of a part among its owner's parts of the same kind: a whole number above zero.
 * No kind's description has this field, which is stored and journalled like any other. */
#define PSL_FIELD_POSITION "$position"
extern const PslField psl_field_position;

const char     *psl_field_group_get_label (const PslFieldGroup *group);
const char     *psl_kind_get_label      (const PslKind  *kind);
const char     *psl_kind_get_label_plural (const PslKind *kind);
const PslField *psl_kind_find_field     (const PslKind  *kind,
                                         const char     *name);
const PslField *psl_kind_parse_field    (const PslKind  *kind,
                                         const char     *name,
                                         const char    **language);
gboolean        psl_kind_is_part        (const PslKind  *kind);
gboolean        psl_kind_is_of_any      (const PslKind  *kind);
gboolean        psl_kind_is_target      (const PslKind  *kind,
                                         const PslField *link);
const PslField *psl_kind_get_owner_field (const PslKind *kind);
const PslKind  *psl_kind_get_owner      (const PslKind  *kind);
const PslField *psl_kind_next_parts     (const PslKind  *kind,
                                         const PslField *field);
const PslField *psl_kind_find_parts     (const PslKind  *kind,
                                         const PslKind  *parts);
const PslField *psl_kind_get_title      (const PslKind  *kind);
const PslSetting *psl_kind_find_setting (const PslKind  *kind,
                                         const char     *name);
GPtrArray      *psl_kind_check          (const PslKind          *kind,
                                         PslRecord              *record,
                                         const PslCodelists     *codelists,
                                         const PslSettingValues *settings);

G_END_DECLS
