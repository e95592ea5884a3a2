/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-record.h"

G_BEGIN_DECLS

/* Between the facts of a summary. */
#define PSL_SUMMARY_SEPARATOR " · "

/**
 * PslSummary:
 * @title: the title of the record
 * @other_language: (nullable): the language of @title, where it isn't the one
 *   asked for
 * @newer_language: (nullable): the language of a newer text, where @title is outdated
 * @facts: the facts that people know it by, in one line: `PO.0160 · 2020–2021 · Europe`
 * @years: (nullable): the years among @facts, as they stand there
 * @state: (nullable): the one fact that has a colour, in words: `Active`
 * @state_class: (nullable): its style class
 * @remarks: (nullable): how many remarks there are on it: `2 remarks`
 * @order: (nullable): the value that its list is sorted by: `US$100,000`
 *
 * The contents of a record's row.
 */
typedef struct
{
  char *title;
  const char *other_language;
  const char *newer_language;
  char *facts;
  char *years;
  char *state;
  char *state_class;
  char *remarks;
  char *order;
} PslSummary;

PslSummary *psl_summary_new            (PslRecord          *record,
                                        const PslCodelists *codelists,
                                        const char         *language);
PslSummary *psl_summary_new_of_part    (PslRecord          *part,
                                        const PslField     *link,
                                        const PslCodelists *codelists,
                                        const char         *language);
void        psl_summary_set_order      (PslSummary         *summary,
                                        PslRecord          *record,
                                        const PslCodelists *codelists,
                                        const char         *sort);
void        psl_summary_free           (PslSummary       *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSummary, psl_summary_free)
char       *psl_summary_describe       (const PslSummary *summary);
char       *psl_summary_dup_missing    (const PslSummary *summary,
                                        const char       *words);
char       *psl_summary_quote          (PslRecord          *record,
                                        const char         *label,
                                        const PslCodelists *codelists,
                                        const char         *words,
                                        gboolean            shown);

G_END_DECLS
