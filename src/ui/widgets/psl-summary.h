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
 * @title: what the record is called
 * @other_language: (nullable): the language of @title, where it isn't the one
 *   asked for
 * @newer_language: (nullable): that of a newer text, where @title is older than it
 * @facts: what people know it by, in one line: `PO.0160 · 2020–2021 · Europe`
 * @years: (nullable): those of its facts that are years, as they stand there
 * @state: (nullable): the one fact that has a colour, in words: `Active`
 * @state_class: (nullable): its style class
 * @order: (nullable): the value that its list is sorted by: `US$100,000`
 *
 * What a row says of a record.
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
  char *order;
} PslSummary;

PslSummary *psl_summary_new            (PslRecord        *record,
                                        const char       *language);
PslSummary *psl_summary_new_of_part    (PslRecord        *part,
                                        const PslField   *link,
                                        const char       *language);
void        psl_summary_set_order      (PslSummary       *summary,
                                        PslRecord        *record,
                                        const char       *sort);
void        psl_summary_free           (PslSummary       *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSummary, psl_summary_free)
char       *psl_summary_describe       (const PslSummary *summary);
char       *psl_summary_find_elsewhere (const PslSummary *summary,
                                        PslRecord        *record,
                                        const char       *words);
gboolean    psl_summary_has_all        (const PslSummary *summary,
                                        const char       *words);

G_END_DECLS
