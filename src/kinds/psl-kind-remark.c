/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"
#include "psl-remark.h"

/* A remark on a record, or on one of its fields. An import that finds another value than the
 * register has leaves a remark, which holds the value of the file. */

static const PslFieldGroup remark_groups[] = {
  { "remark", NC_("field group", "Remark") },
  { "conflict", NC_("field group", "Value of a file") },
  { NULL },
};

static const PslField remark_fields[] = {
  { .name = "record", .label = NC_("field", "Record"), .type = PSL_FIELD_TYPE_LINK, .group = "remark",
    .flags = PSL_FIELD_OWNER,
    .aliases = "fr:Fiche" },
  { .name = PSL_REMARK_TEXT, .label = NC_("field", "Text"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "remark",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Texte" },
  { .name = PSL_REMARK_ABOUT, .label = NC_("field", "Field"), .type = PSL_FIELD_TYPE_TEXT, .group = "remark",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_DISTINCTIVE,
    .aliases = "fr:Champ" },
  { .name = PSL_REMARK_AUTHOR, .label = NC_("field", "Author"), .type = PSL_FIELD_TYPE_TEXT, .group = "remark",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED, .initial = PSL_INITIAL_AUTHOR,
    .aliases = "fr:Auteur" },
  { .name = PSL_REMARK_DATE, .label = NC_("field", "Date"), .type = PSL_FIELD_TYPE_DATE, .group = "remark",
    .flags = PSL_FIELD_LISTED, .initial = PSL_INITIAL_TODAY,
    .aliases = "fr:Date" },
  { .name = PSL_REMARK_VALUE, .label = NC_("field", "Value of the file"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "conflict",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Valeur du fichier" },
  { .name = PSL_REMARK_SOURCE, .label = NC_("field", "Source"), .type = PSL_FIELD_TYPE_TEXT, .group = "conflict",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Source" },
  { NULL },
};

const PslField psl_kind_remark_parts = {
  .name = "remarks",
  .label = NC_("field", "Remarks"),
  .type = PSL_FIELD_TYPE_PARTS,
  .flags = PSL_FIELD_FILTERED,
  .target = &psl_kind_remark,
  .aliases = "fr:Remarques",
};

const PslKind psl_kind_remark = {
  .name = "remark",
  .label = NC_("kind", "Remark"),
  .label_plural = NC_("kind", "Remarks"),
  .untitled = NC_("kind", "Remark without a text"),
  .icon = "psl-remark-symbolic",
  .words = {
    .new_record = N_("Add Remark"),
    .none_yet = N_("No Remarks Yet"),
    .total = PSL_PLURAL ("%s remark", "%s remarks"),
    .part = PSL_PLURAL ("%1$s of %2$s remark", "%1$s of %2$s remarks"),
    .made = PSL_PLURAL ("%s new remark", "%s new remarks"),
    .changed = PSL_PLURAL ("%s changed remark", "%s changed remarks"),
  },
  .groups = remark_groups,
  .fields = remark_fields,
  .title = PSL_REMARK_TEXT,
  .facts = { PSL_REMARK_AUTHOR, PSL_REMARK_DATE },
  .head_facts = { PSL_REMARK_AUTHOR, PSL_REMARK_DATE },
};
