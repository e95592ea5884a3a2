/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "new-kind.h"

#include "psl-fields.h"
#include "psl-record.h"

/* All that is known of the kind: a field of each type, a code whose list belongs to a
 * wider one, a link, flat rows, a setting, a check, and two kinds of parts: provisions, which
 * have texts, and participations, which are links with a role. */

static const PslFieldGroup groups[] = {
  { "what", "What" },
  { "where", "Where" },
  { "says", "What It Says" },
  { "who", "Who Takes Part" },
  { NULL },
};

static const PslField party_fields[] = {
  { .name = "country", .label = "Country", .type = PSL_FIELD_TYPE_CODE, .codelist = "country", .wider = &psl_field_area },
  { .name = "weight", .label = "Weight", .type = PSL_FIELD_TYPE_DECIMAL, .minimum = 0, .maximum = 100, .unit = "%" },
  { NULL },
};

static const PslFieldGroup provision_groups[] = { { "provision", "Provision" }, { NULL } };

static const PslField provision_fields[] = {
  { .name = "treaty", .label = "Treaty", .type = PSL_FIELD_TYPE_LINK, .group = "provision", .target = &new_kind,
    .flags = PSL_FIELD_OWNER },
  { .name = "heading", .label = "Heading", .type = PSL_FIELD_TYPE_TEXT, .group = "provision",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "wording", .label = "Wording", .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "provision",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED },
  { .name = "goal", .label = "Goal", .type = PSL_FIELD_TYPE_CODE, .group = "provision", .codelist = "sdg",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "applies", .label = "Applies from", .type = PSL_FIELD_TYPE_DATE, .group = "provision",
    .flags = PSL_FIELD_LISTED },
  { NULL },
};

static const PslKind provision_kind = {
  .name = "provision",
  .label = "Provision",
  .label_plural = "Provisions",
  .untitled = "Untitled provision",
  .icon = "psl-project-symbolic",
  .words = {
    .new_record = "Add Provision",
    .none_yet = "No Provisions Yet",
    .total = PSL_PLURAL ("%s provision", "%s provisions"),
    .part = PSL_PLURAL ("%1$s of %2$s provision", "%1$s of %2$s provisions"),
    .made = PSL_PLURAL ("%s new provision", "%s new provisions"),
    .changed = PSL_PLURAL ("%s changed provision", "%s changed provisions"),
  },
  .groups = provision_groups,
  .fields = provision_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "heading",
  .facts = { "goal", "applies" },
};

static const PslFieldGroup participation_groups[] = { { "participation", "Participation" }, { NULL } };

static const PslField participation_fields[] = {
  { .name = "treaty", .label = "Treaty", .type = PSL_FIELD_TYPE_LINK, .group = "participation", .target = &new_kind,
    .flags = PSL_FIELD_OWNER | PSL_FIELD_LISTED },
  { .name = "office", .label = "Office", .type = PSL_FIELD_TYPE_LINK, .group = "participation", .target = &psl_kind_office,
    .inverse = { "Takes part in", .sort = "since", .total = "contribution" },
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED },
  { .name = "role", .label = "Role", .type = PSL_FIELD_TYPE_CODE, .group = "participation", .codelist = "function",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "since", .label = "Since", .type = PSL_FIELD_TYPE_DATE, .group = "participation",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_DISTINCTIVE },
  { .name = "until", .label = "Until", .type = PSL_FIELD_TYPE_DATE, .group = "participation" },
  { .name = "contribution", .label = "Contribution", .type = PSL_FIELD_TYPE_MONEY, .group = "participation",
    .flags = PSL_FIELD_LISTED },
  { .name = "share", .label = "Share", .type = PSL_FIELD_TYPE_DECIMAL, .group = "participation",
    .minimum = 0, .maximum = 100, .unit = "%" },
  { NULL },
};

static const PslKind participation_kind = {
  .name = "participation",
  .label = "Participation",
  .label_plural = "Participations",
  .untitled = "Participation without a role",
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = "Add Participation",
    .none_yet = "No Participations Yet",
    .total = PSL_PLURAL ("%s participation", "%s participations"),
    .part = PSL_PLURAL ("%1$s of %2$s participation", "%1$s of %2$s participations"),
    .made = PSL_PLURAL ("%s new participation", "%s new participations"),
    .changed = PSL_PLURAL ("%s changed participation", "%s changed participations"),
  },
  .groups = participation_groups,
  .fields = participation_fields,
  .title = "role",
  .match = "office|role",
  .period = { .from = "since", .to = "until", .is_open = TRUE },
  .facts = { "office", "contribution" },
  .head_facts = { "office", "contribution" },
};

static const PslField fields[] = {
  { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .group = "what",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "number", .label = "Treaty number", .type = PSL_FIELD_TYPE_IDENTIFIER, .group = "what",
    .flags = PSL_FIELD_UNIQUE | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED, .pattern = "^T-[0-9]{3}$" },
  { .name = "status", .label = "Status", .type = PSL_FIELD_TYPE_CODE, .group = "what", .codelist = "status",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "summary", .label = "Summary", .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "what",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED },
  { .name = "signed", .label = "Signed on", .type = PSL_FIELD_TYPE_DATE, .group = "what", .flags = PSL_FIELD_LISTED },
  { .name = "expires", .label = "Expires on", .type = PSL_FIELD_TYPE_DATE, .group = "what", .flags = PSL_FIELD_LISTED },
  { .name = "drafted", .label = "Year of the draft", .type = PSL_FIELD_TYPE_YEAR, .group = "what" },
  { .name = "articles", .label = "Articles", .type = PSL_FIELD_TYPE_INTEGER, .group = "what", .minimum = 1, .maximum = 999 },
  { .name = "quorum", .label = "Quorum", .type = PSL_FIELD_TYPE_DECIMAL, .group = "what",
    .minimum = 0, .maximum = 100, .unit = "%" },
  { .name = "cost", .label = "Cost", .type = PSL_FIELD_TYPE_MONEY, .group = "what",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED },
  { .name = "office", .label = "Depositary", .type = PSL_FIELD_TYPE_LINK, .group = "where", .target = &psl_kind_office,
    .inverse = { "Treaties kept by this office", .sort = "signed", .total = "cost" }, .flags = PSL_FIELD_FILTERED },
  { .name = "seat", .label = "Seat", .type = PSL_FIELD_TYPE_CODE, .group = "where", .codelist = "country",
    .wider = &psl_field_area, .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "email", .label = "E-mail", .type = PSL_FIELD_TYPE_EMAIL, .group = "where", .flags = PSL_FIELD_SEARCHED },
  { .name = "url", .label = "Address on the web", .type = PSL_FIELD_TYPE_URL, .group = "where" },
  { .name = "phone", .label = "Telephone", .type = PSL_FIELD_TYPE_PHONE, .group = "where" },
  { .name = "latitude", .label = "Latitude", .type = PSL_FIELD_TYPE_LATITUDE, .group = "where" },
  { .name = "longitude", .label = "Longitude", .type = PSL_FIELD_TYPE_LONGITUDE, .group = "where" },
  { .name = "parties", .label = "Parties", .type = PSL_FIELD_TYPE_ROWS, .group = "where", .rows = party_fields,
    .flags = PSL_FIELD_FLAT | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "provisions", .label = "Provisions", .type = PSL_FIELD_TYPE_PARTS, .group = "says", .target = &provision_kind,
    .rows = PSL_PARTS_ROWS (provision_fields), .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED },
  { .name = "participations", .label = "Participations", .type = PSL_FIELD_TYPE_PARTS, .group = "who",
    .target = &participation_kind, .flags = PSL_FIELD_FILTERED },
  { NULL },
};

static const PslSetting settings[] = {
  { { .name = "articles", .label = "_Articles, at Least", .type = PSL_FIELD_TYPE_INTEGER }, .initial = "3" },
  { { NULL } },
};

static const PslSettingGroup setting_group = {
  .title = "Length of Treaties", .description = "A shorter one is marked.", .settings = settings,
};

static void
check (PslRecord              *record,
       const PslCodelists     *codelists,
       const PslSettingValues *values,
       GPtrArray              *problems)
{
  const char *articles = psl_record_get_by_name (record, "articles");

  if (articles != NULL &&
      g_ascii_strtoll (articles, NULL, 10) < psl_setting_values_get_number (values, &new_kind, "articles"))
    psl_problem_add (problems, psl_kind_find_field (&new_kind, "articles"), g_strdup ("That is short for a treaty."));
}

const PslKind new_kind = {
  .name = "treaty",
  .label = "Treaty",
  .label_plural = "Treaties",
  .untitled = "Untitled treaty",
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = "New Treaty",
    .none_yet = "No Treaties Yet",
    .total = PSL_PLURAL ("%s treaty", "%s treaties"),
    .part = PSL_PLURAL ("%1$s of %2$s treaty", "%1$s of %2$s treaties"),
    .made = PSL_PLURAL ("%s new treaty", "%s new treaties"),
    .changed = PSL_PLURAL ("%s changed treaty", "%s changed treaties"),
  },
  .groups = groups,
  .fields = fields,
  .remarks = &psl_kind_remark_parts,
  .title = "title",
  .identifier = "number",
  .period = { .from = "signed", .to = "expires", .fallback = "drafted" },
  .state = "status",
  .facts = { "seat" },
  .head_state = "status",
  .head_facts = { "seat", "cost" },
  .settings = &setting_group,
  .check = check,
};

/* In the place of psl-kinds.c. */
const PslKind *const psl_kinds[] = {
  &psl_kind_project, &psl_kind_office, &new_kind, &provision_kind, &participation_kind, &psl_kind_result,
  &psl_kind_document, &psl_kind_function, &psl_kind_former_name, &psl_kind_remark, &psl_kind_entry, NULL,
};

const PslKind *
psl_kind_find (const char *name)
{
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (g_str_equal (psl_kinds[i]->name, name))
        return psl_kinds[i];
    }
  return NULL;
}
