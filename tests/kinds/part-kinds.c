/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "part-kinds.h"


/* A plan has steps, which have notes, and donors: links to donors with a share. */

static const PslFieldGroup groups[] = { { "all", "All" }, { NULL } };

static const PslField donor_fields[] = {
  { .name = "name", .label = "Name", .type = PSL_FIELD_TYPE_TEXT, .group = "all",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "country", .label = "Country", .type = PSL_FIELD_TYPE_CODE, .group = "all", .codelist = "country",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED },
  { .name = "favourite", .label = "Favourite step", .type = PSL_FIELD_TYPE_LINK, .group = "all", .target = &test_kind_step },
  { NULL },
};

const PslKind test_kind_donor = {
  .name = "donor", .label = "Donor", .label_plural = "Donors", .untitled = "Untitled donor",
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = "New Donor", .none_yet = "No Donors Yet",
    .total = PSL_PLURAL ("%s donor", "%s donors"), .part = PSL_PLURAL ("%1$s of %2$s donor", "%1$s of %2$s donors"),
    .made = PSL_PLURAL ("%s new donor", "%s new donors"),
    .changed = PSL_PLURAL ("%s changed donor", "%s changed donors"),
  },
  .groups = groups, .fields = donor_fields, .title = "name",
};

static const PslField note_fields[] = {
  { .name = "step", .label = "Step", .type = PSL_FIELD_TYPE_LINK, .group = "all", .target = &test_kind_step,
    .flags = PSL_FIELD_OWNER },
  { .name = "text", .label = "Text", .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "all",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED },
  { .name = "type", .label = "Type", .type = PSL_FIELD_TYPE_CODE, .group = "all", .codelist = "type" },
  { NULL },
};

const PslKind test_kind_note = {
  .name = "note", .label = "Note", .label_plural = "Notes", .untitled = "Untitled note",
  .words = { .new_record = "New Note" },
  .groups = groups, .fields = note_fields, .title = "text",
};

static const PslField step_fields[] = {
  { .name = "plan", .label = "Plan", .type = PSL_FIELD_TYPE_LINK, .group = "all", .target = &test_kind_plan,
    .flags = PSL_FIELD_OWNER | PSL_FIELD_LISTED },
  { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .group = "all",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "due", .label = "Due", .type = PSL_FIELD_TYPE_DATE, .group = "all", .flags = PSL_FIELD_LISTED },
  { .name = "notes", .label = "Notes", .type = PSL_FIELD_TYPE_PARTS, .group = "all", .target = &test_kind_note },
  { NULL },
};

const PslKind test_kind_step = {
  .name = "step", .label = "Step", .label_plural = "Steps", .untitled = "Untitled step",
  .words = { .new_record = "New Step" },
  .groups = groups, .fields = step_fields, .remarks = &psl_kind_remark_parts, .title = "title",
};

static const PslField share_fields[] = {
  { .name = "plan", .label = "Plan", .type = PSL_FIELD_TYPE_LINK, .group = "all", .target = &test_kind_plan,
    .flags = PSL_FIELD_OWNER | PSL_FIELD_LISTED },
  { .name = "role", .label = "Role", .type = PSL_FIELD_TYPE_TEXT, .group = "all",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "donor", .label = "Donor", .type = PSL_FIELD_TYPE_LINK, .group = "all", .target = &test_kind_donor,
    .inverse = { "Gives to", .sort = "role" }, .flags = PSL_FIELD_LISTED },
  { .name = "share", .label = "Share", .type = PSL_FIELD_TYPE_DECIMAL, .group = "all", .minimum = 0, .maximum = 100,
    .unit = "%" },
  { NULL },
};

const PslKind test_kind_share = {
  .name = "share", .label = "Share", .label_plural = "Shares", .untitled = "Untitled share",
  .words = { .new_record = "New Share", .total = PSL_PLURAL ("%s share", "%s shares") },
  .groups = groups, .fields = share_fields, .title = "role",
};

static const PslField plan_fields[] = {
  { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .group = "all",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED },
  { .name = "steps", .label = "Steps", .type = PSL_FIELD_TYPE_PARTS, .group = "all", .target = &test_kind_step },
  { .name = "shares", .label = "Shares", .type = PSL_FIELD_TYPE_PARTS, .group = "all", .target = &test_kind_share },
  { NULL },
};

const PslKind test_kind_plan = {
  .name = "plan", .label = "Plan", .label_plural = "Plans", .untitled = "Untitled plan",
  .icon = "psl-project-symbolic",
  .words = {
    .new_record = "New Plan", .none_yet = "No Plans Yet",
    .total = PSL_PLURAL ("%s plan", "%s plans"), .part = PSL_PLURAL ("%1$s of %2$s plan", "%1$s of %2$s plans"),
    .made = PSL_PLURAL ("%s new plan", "%s new plans"),
    .changed = PSL_PLURAL ("%s changed plan", "%s changed plans"),
  },
  .groups = groups, .fields = plan_fields, .title = "title",
};

/* In the place of the program's own: see psl-kinds.c. */
const PslKind *const psl_kinds[] = {
  &test_kind_plan, &test_kind_step, &test_kind_note, &test_kind_share, &test_kind_donor, &psl_kind_remark,
  &psl_kind_entry, NULL,
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
