/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"
#include "psl-record.h"

/* A task of an office beside the tasks that all offices of its kind have, where, and since
 * when. */

static const PslFieldGroup function_groups[] = {
  { "function", NC_("field group", "Function") },
  { NULL },
};

const PslField psl_kind_function_fields[] = {
  { .name = "office", .label = NC_("field", "Office"), .type = PSL_FIELD_TYPE_LINK, .group = "function", .target = &psl_kind_office,
    .flags = PSL_FIELD_OWNER,
    .aliases = "fr:Bureau" },
  { .name = "function", .label = NC_("field", "Function"), .type = PSL_FIELD_TYPE_CODE, .group = "function", .codelist = "function",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Fonction" },
  { .name = "covers", .label = NC_("field", "Area covered"), .type = PSL_FIELD_TYPE_CODE, .group = "function", .codelist = "area",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED | PSL_FIELD_DISTINCTIVE,
    .aliases = "fr:Zone couverte|fr:Zone" },
  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE, .group = "function",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_DISTINCTIVE,
    .aliases = "fr:Début de validité|fr:Valable dès|fr:Valable depuis|fr:Valide dès|fr:Valide à partir de" },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE, .group = "function",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Fin de validité|fr:Valable jusqu’au|fr:Valable jusqu’à|fr:Valide jusqu’au|fr:Valide jusqu’à" },
  { NULL },
};

static void
check_function (PslRecord              *record,
                const PslCodelists     *codelists,
                const PslSettingValues *settings,
                GPtrArray              *problems)
{
  if (g_strcmp0 (psl_record_get_by_name (record, "function"), "coordination") == 0 &&
      psl_record_get_by_name (record, "covers") == NULL)
    psl_problem_add (problems, psl_kind_find_field (&psl_kind_function, "covers"),
                     g_strdup (_("Missing: fill in the area that is coordinated.")));
}

const PslKind psl_kind_function = {
  .name = "function",
  .label = NC_("kind", "Function"),
  .label_plural = NC_("kind", "Functions"),
  .untitled = NC_("kind", "Function without a name"),
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = N_("Add Function"),
    .none_yet = N_("No Functions Yet"),
    .total = PSL_PLURAL ("%s function", "%s functions"),
    .part = PSL_PLURAL ("%1$s of %2$s function", "%1$s of %2$s functions"),
    .made = PSL_PLURAL ("%s new function", "%s new functions"),
    .changed = PSL_PLURAL ("%s changed function", "%s changed functions"),
  },
  .groups = function_groups,
  .fields = psl_kind_function_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "function",
  .match = "function",
  .period = { .from = "valid_from", .to = "valid_to", .is_open = TRUE },
  .facts = { "covers" },
  .head_facts = { "covers" },
  .check = check_function,
};
