/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry.h"

#include <string.h>

#include "psl-kinds.h"
#include "psl-record.h"
#include "psl-uuid.h"

/* What the UUIDs of entries are derived from: they belong to no record. */
#define NO_RECORD "00000000-0000-7000-8000-000000000000"

/* Functions for the records that change entries of code lists. */

/**
 * psl_entry_get_kind:
 *
 * Returns: (transfer none): the kind of those records: that with @is_of_entries, which every
 *   program has
 */
const PslKind *
psl_entry_get_kind (void)
{
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (psl_kinds[i]->is_of_entries)
        return psl_kinds[i];
    }
  g_return_val_if_reached (NULL);
}

/**
 * psl_entry_is_possible:
 * @list: the name of a code list, or of none
 *
 * Returns: whether a register can change its entries
 */
gboolean
psl_entry_is_possible (const char *list)
{
  const PslCodelist *codelist = psl_codelist_get_default (list);

  return codelist != NULL && psl_codelist_is_extensible (codelist);
}

/**
 * psl_entry_dup_list:
 * @value: (nullable): the identifier of an entry: `type/PO`
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
 * Returns: (transfer full): the identifier of the entry
 */
char *
psl_entry_dup_id (const char *list,
                  const char *code)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  return g_strconcat (list, "/", code, NULL);
}

/**
 * psl_entry_derive_uuid:
 * @value: the identifier of an entry
 *
 * Returns: (transfer full): the UUID that every register gives the record which it makes of
 *   the entry, so that what registers change apart are changes of one record
 */
char *
psl_entry_derive_uuid (const char *value)
{
  g_autofree char *content = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  content = g_strconcat (psl_entry_get_kind ()->name, "\n", value, NULL);
  return psl_uuid_derive (NO_RECORD, content);
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
 * @record: a record of psl_entry_get_kind()
 *
 * Returns: (transfer full) (nullable): its changes to an entry, or %NULL where it names none,
 *   or one of a list that can't be changed
 */
PslCodeChange *
psl_entry_dup_change (PslRecord *record)
{
  g_autoptr (PslCodeChange) change = g_new0 (PslCodeChange, 1);
  g_autofree const char **languages = NULL;
  const PslField *name;
  const char *aliases;

  g_return_val_if_fail (record != NULL, NULL);

  change->list = psl_entry_dup_list (psl_record_get_by_name (record, "code"), &change->code);
  if (change->list == NULL || !psl_entry_is_possible (change->list))
    return NULL;
  name = psl_kind_find_field (psl_record_get_kind (record), "name");
  languages = psl_record_list_languages (record, name);
  for (gsize i = 0; languages[i] != NULL; i++)
    psl_names_set (&change->names, languages[i], psl_record_get (record, name, languages[i]));
  aliases = psl_record_get_by_name (record, "aliases");
  change->aliases = aliases != NULL ? g_strsplit (aliases, "\n", -1) : NULL;
  change->parent = g_strdup (psl_record_get_by_name (record, "parent"));
  change->position = read_rank (record);
  change->status = read_status (record);
  return g_steal_pointer (&change);
}
