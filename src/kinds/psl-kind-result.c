/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"

/* A result that a project is to bring about, and how much of it is achieved. */

static const PslFieldGroup result_groups[] = {
  { "result", NC_("field group", "Result") },
  { NULL },
};

const PslField psl_kind_result_fields[] = {
  { .name = "project", .label = NC_("field", "Project"), .type = PSL_FIELD_TYPE_LINK, .group = "result", .target = &psl_kind_project,
    .flags = PSL_FIELD_OWNER,
    .aliases = "fr:Projet" },
  { .name = "level", .label = NC_("field", "Level"), .type = PSL_FIELD_TYPE_CODE, .group = "result", .codelist = "result-level",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED | PSL_FIELD_DISTINCTIVE,
    .iati = "result/@type", .aliases = "fr:Niveau" },
  { .name = "indicator", .label = NC_("field", "Indicator"), .type = PSL_FIELD_TYPE_TEXT, .group = "result",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "result/indicator/title", .aliases = "fr:Indicateur" },
  { .name = "baseline", .label = NC_("field", "Baseline"), .type = PSL_FIELD_TYPE_TEXT, .group = "result",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "result/indicator/baseline/@value",
    .aliases = "fr:Valeur de référence|fr:Référence|fr:Situation de référence|fr:Base de référence" },
  { .name = "target", .label = NC_("field", "Target"), .type = PSL_FIELD_TYPE_TEXT, .group = "result",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "result/indicator/period/target/@value", .aliases = "fr:Cible|fr:Valeur cible" },
  { .name = "actual", .label = NC_("field", "Actual"), .type = PSL_FIELD_TYPE_TEXT, .group = "result",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "result/indicator/period/actual/@value",
    .aliases = "fr:Réalisé|fr:Réel|fr:Résultat|fr:Valeur réelle|fr:Valeur atteinte" },
  { NULL },
};

const PslKind psl_kind_result = {
  .name = "result",
  .label = NC_("kind", "Result"),
  .label_plural = NC_("kind", "Results"),
  .untitled = NC_("kind", "Result without an indicator"),
  .icon = "psl-project-symbolic",
  .words = {
    .new_record = N_("Add Result"),
    .none_yet = N_("No Results Yet"),
    .total = PSL_PLURAL ("%s result", "%s results"),
    .part = PSL_PLURAL ("%1$s of %2$s result", "%1$s of %2$s results"),
    .made = PSL_PLURAL ("%s new result", "%s new results"),
    .changed = PSL_PLURAL ("%s changed result", "%s changed results"),
  },
  .groups = result_groups,
  .fields = psl_kind_result_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "indicator",
  .match = "level",
  .facts = { "level", "target", "actual" },
  .head_state = "level",
};
