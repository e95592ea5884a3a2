/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-codelists.h"
#include "psl-record.h"

G_BEGIN_DECLS

/* The code list of the languages in which a register keeps its texts. */
#define PSL_TEXT_LANGUAGES "language"

const char **psl_text_languages_list     (const PslCodelists *codelists);
const char **psl_text_languages_list_for (const PslCodelists *codelists,
                                          const char         *first,
                                          PslRecord          *record);
const char  *psl_text_languages_choose   (const PslCodelists *codelists, const char *language);

G_END_DECLS
