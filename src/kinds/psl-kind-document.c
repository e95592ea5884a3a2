/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"

/* A publication of a project, or about one. */

static const PslFieldGroup document_groups[] = {
  { "document", NC_("field group", "Document") },
  { NULL },
};

const PslField psl_kind_document_fields[] = {
  { .name = "project", .label = NC_("field", "Project"), .type = PSL_FIELD_TYPE_LINK, .group = "document", .target = &psl_kind_project,
    .flags = PSL_FIELD_OWNER,
    .aliases = "fr:Projet" },
  { .name = "title", .label = NC_("field", "Title"), .type = PSL_FIELD_TYPE_TEXT, .group = "document",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "document-link/title", .aliases = "fr:Titre" },
  { .name = "url", .label = NC_("field", "Address"), .type = PSL_FIELD_TYPE_URL, .group = "document",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED | PSL_FIELD_DISTINCTIVE,
    .iati = "document-link/@url", .aliases = "fr:Adresse|fr:Adresse web" },
  { NULL },
};

const PslKind psl_kind_document = {
  .name = "document",
  .label = NC_("kind", "Document"),
  .label_plural = NC_("kind", "Documents"),
  .untitled = NC_("kind", "Untitled document"),
  .icon = "psl-project-symbolic",
  .words = {
    .new_record = N_("Add Document"),
    .none_yet = N_("No Documents Yet"),
    .total = PSL_PLURAL ("%s document", "%s documents"),
    .part = PSL_PLURAL ("%1$s of %2$s document", "%1$s of %2$s documents"),
    .made = PSL_PLURAL ("%s new document", "%s new documents"),
    .changed = PSL_PLURAL ("%s changed document", "%s changed documents"),
  },
  .groups = document_groups,
  .fields = psl_kind_document_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "title",
  .match = "url",
  .facts = { "url" },
};
