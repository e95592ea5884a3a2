/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kind-entry.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-kinds.h"
#include "psl-record.h"

/* What a register says about an entry of a code list; what it leaves out is as the
 * program's list has it. */

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
is_extensible (const char *list)
{
  const PslCodelist *codelist = psl_codelist_get_default (list);

  return codelist != NULL && psl_codelist_is_extensible (codelist);
}

static gboolean
is_fitting (const char *list,
            const char *code)
{
  return !psl_codelist_has_tags (psl_codelist_get_default (list)) || psl_language_parse (code) != NULL;
}

static void
check_entry (PslRecord              *record,
             const PslSettingValues *settings,
             GPtrArray              *problems)
{
  const PslField *field = psl_kind_find_field (&psl_kind_entry, "code");
  g_autofree char *code = NULL;
  g_autofree char *list = psl_entry_dup_list (psl_record_get (record, field, NULL), &code);

  if (list != NULL && is_extensible (list) && !is_fitting (list, code))
    psl_problem_add (problems, field,
                     g_strdup_printf (_("“%s” is not the tag of a language, such as fr, es or pt-BR."), code));
  if (list != NULL && !is_extensible (list))
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
  .groups = entry_groups,
  .fields = entry_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "name",
  .identifier = "code",
  .state = "status",
  .head_state = "status",
  .check = check_entry,
};

/**
 * psl_entry_dup_list:
 * @value: (nullable): what an entry is identified by: `type/PO`
 * @code: (out) (optional) (transfer full) (nullable): return location for its code
 *
 * Returns: (transfer full) (nullable): the name of its list, or %NULL where @value is none
 */
char *
psl_entry_dup_list (const char  *value,
                    char       **code)
{
  const char *slash = value != NULL ? strchr (value, '/') : NULL;
  gboolean is_entry = slash != NULL && slash != value && slash[1] != '\0';

  if (code != NULL)
    *code = is_entry ? g_strdup (slash + 1) : NULL;
  return is_entry ? g_strndup (value, (gsize) (slash - value)) : NULL;
}

/**
 * psl_entry_dup_id:
 * @list: name of a code list
 * @code: code of an entry
 *
 * Returns: (transfer full): what the entry is identified by
 */
char *
psl_entry_dup_id (const char *list,
                  const char *code)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  return g_strconcat (list, "/", code, NULL);
}

static guint
read_rank (PslRecord *record)
{
  const char *rank = psl_record_get_by_name (record, "rank");

  return rank != NULL ? (guint) g_ascii_strtoull (rank, NULL, 10) : 0;
}

static PslCodeStatus
read_status (PslRecord *record)
{
  const char *status = psl_record_get_by_name (record, "status");

  if (g_strcmp0 (status, PSL_ENTRY_IN_USE) == 0)
    return PSL_CODE_STATUS_IN_USE;
  if (g_strcmp0 (status, PSL_ENTRY_WITHDRAWN) == 0)
    return PSL_CODE_STATUS_WITHDRAWN;
  return PSL_CODE_STATUS_UNCHANGED;
}

/**
 * psl_entry_dup_change:
 * @record: a record of #psl_kind_entry
 *
 * Returns: (transfer full) (nullable): what it says about an entry, or %NULL where it
 *   doesn't say about which, or about one of a list that can't be changed
 */
PslCodeChange *
psl_entry_dup_change (PslRecord *record)
{
  g_autoptr (PslCodeChange) change = g_new0 (PslCodeChange, 1);
  const PslField *name = psl_kind_find_field (&psl_kind_entry, "name");
  const char *aliases;

  g_return_val_if_fail (record != NULL, NULL);

  change->list = psl_entry_dup_list (psl_record_get_by_name (record, "code"), &change->code);
  if (change->list == NULL || !is_extensible (change->list))
    return NULL;
  for (guint i = 0; psl_languages[i] != NULL && i < G_N_ELEMENTS (change->names); i++)
    change->names[i] = g_strdup (psl_record_get (record, name, psl_languages[i]));
  aliases = psl_record_get_by_name (record, "aliases");
  change->aliases = aliases != NULL ? g_strsplit (aliases, "\n", -1) : NULL;
  change->parent = g_strdup (psl_record_get_by_name (record, "parent"));
  change->position = read_rank (record);
  change->status = read_status (record);
  return g_steal_pointer (&change);
}
