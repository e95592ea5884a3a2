/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"

/* A former name of an office. */

static const PslFieldGroup former_name_groups[] = {
  { "name", NC_("field group", "Former name") },
  { NULL },
};

const PslField psl_kind_former_name_fields[] = {
  { .name = "office", .label = NC_("field", "Office"), .type = PSL_FIELD_TYPE_LINK, .group = "name", .target = &psl_kind_office,
    .flags = PSL_FIELD_OWNER,
    .aliases = "fr:Bureau" },
  { .name = "name", .label = NC_("field", "Name"), .type = PSL_FIELD_TYPE_TEXT, .group = "name",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Nom" },
  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE, .group = "name",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Début de validité|fr:Valable dès|fr:Valable depuis|fr:Valide dès|fr:Valide à partir de" },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE, .group = "name",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Fin de validité|fr:Valable jusqu’au|fr:Valable jusqu’à|fr:Valide jusqu’au|fr:Valide jusqu’à" },
  { NULL },
};

const PslKind psl_kind_former_name = {
  .name = "former_name",
  .label = NC_("kind", "Former name"),
  .label_plural = NC_("kind", "Former names"),
  .untitled = NC_("kind", "Former name without a text"),
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = N_("Add Former Name"),
    .none_yet = N_("No Former Names Yet"),
    .total = PSL_PLURAL ("%s former name", "%s former names"),
    .part = PSL_PLURAL ("%1$s of %2$s former name", "%1$s of %2$s former names"),
    .made = PSL_PLURAL ("%s new former name", "%s new former names"),
    .changed = PSL_PLURAL ("%s changed former name", "%s changed former names"),
  },
  .groups = former_name_groups,
  .fields = psl_kind_former_name_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "name",
  .period = { .from = "valid_from", .to = "valid_to", .is_open = TRUE },
};
