/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"

#include <glib/gi18n-lib.h>

#include "psl-codelist.h"
#include "psl-entry.h"
#include "psl-record.h"

/* A register's changes to an entry of a code list; empty fields keep the values of the
 * program's list. */

static const PslFieldGroup entry_groups[] = {
  { "entry", NC_("field group", "Entry") },
  { NULL },
};

static const PslField entry_fields[] = {
  { .name = "code", .label = NC_("field", "List and code"), .type = PSL_FIELD_TYPE_IDENTIFIER, .group = "entry",
    .flags = PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_UNIQUE | PSL_FIELD_SEARCHED,
    .pattern = "[a-z-]+/\\S+", .aliases = "List entry|fr:Liste et code|fr:Entrée de liste" },
  { .name = "name", .label = NC_("field", "Name"), .type = PSL_FIELD_TYPE_TEXT, .group = "entry",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Nom" },
  { .name = "aliases", .label = NC_("field", "Other names"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "entry",
    .flags = PSL_FIELD_SEARCHED, .aliases = "Aliases|fr:Autres noms" },
  { .name = "parent", .label = NC_("field", "Belongs to"), .type = PSL_FIELD_TYPE_IDENTIFIER, .group = "entry",
    .aliases = "Parent|Wider entry|fr:Relève de|fr:Fait partie de" },
  { .name = "rank", .label = NC_("field", "Rank"), .type = PSL_FIELD_TYPE_INTEGER, .group = "entry",
    .flags = PSL_FIELD_LISTED, .minimum = 1, .maximum = 1000000, .aliases = "Order|fr:Rang|fr:Ordre" },
  { .name = "status", .label = NC_("field", "Status"), .type = PSL_FIELD_TYPE_CODE, .group = "entry", .codelist = "entry-status",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED, .aliases = "fr:Statut|fr:État" },
  { NULL },
};

static gboolean
is_fitting (const char *list,
            const char *code)
{
  return !psl_codelist_has_tags (psl_codelist_get_default (list)) || psl_language_parse (code) != NULL;
}

static void
check_entry (PslRecord              *record,
             const PslCodelists     *codelists,
             const PslSettingValues *settings,
             GPtrArray              *problems)
{
  const PslField *field = psl_kind_find_field (&psl_kind_entry, "code");
  g_autofree char *code = NULL;
  g_autofree char *list = psl_entry_dup_list (psl_record_get (record, field, NULL), &code);

  if (list != NULL && psl_entry_is_possible (list) && !is_fitting (list, code))
    psl_problem_add (problems, field,
                     g_strdup_printf (_("“%s” is not the tag of a language, such as fr, es or pt-BR."), code));
  if (list != NULL && !psl_entry_is_possible (list))
    psl_problem_add (problems, field,
                     g_strdup (_("There is no list of this name that can be changed. The entry has no effect.")));
}

const PslKind psl_kind_entry = {
  .name = "entry",
  .label = NC_("kind", "List entry"),
  .label_plural = NC_("kind", "List entries"),
  .untitled = NC_("kind", "List entry without a name"),
  .icon = "view-list-symbolic",
  .words = {
    .new_record = N_("New List Entry"),
    .none_yet = N_("No List Entries Yet"),
    .total = PSL_PLURAL ("%s list entry", "%s list entries"),
    .part = PSL_PLURAL ("%1$s of %2$s list entry", "%1$s of %2$s list entries"),
    .made = PSL_PLURAL ("%s new list entry", "%s new list entries"),
    .changed = PSL_PLURAL ("%s changed list entry", "%s changed list entries"),
  },
  .is_internal = TRUE,
  .is_of_entries = TRUE,
  .groups = entry_groups,
  .fields = entry_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "name",
  .identifier = "code",
  .state = "status",
  .head_state = "status",
  .check = check_entry,
};
