/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"

#include <string.h>

const PslKind *const psl_kinds[] = {
  &psl_kind_project,
  &psl_kind_office,
  &psl_kind_result,
  &psl_kind_document,
  &psl_kind_function,
  &psl_kind_former_name,
  &psl_kind_remark,
  &psl_kind_entry,
  NULL,
};

/**
 * psl_kind_find:
 * @name: name of a kind: `project`
 *
 * Returns: (transfer none) (nullable): the kind, or %NULL where there is none
 *   of that name
 */
const PslKind *
psl_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      if (strcmp (psl_kinds[i]->name, name) == 0)
        return psl_kinds[i];
    }

  return NULL;
}
