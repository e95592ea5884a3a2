/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record.h"

/* How a copy's title says that it is one, in whatever language the title is. */
static char *
dup_copy_title (const char *title)
{
  return g_strdup_printf ("%s (2)", title);
}

static void
copy_texts (PslRecord      *copy,
            PslRecord      *record,
            const PslField *field,
            gboolean        is_copy)
{
  g_autofree const char **languages = psl_record_list_languages (record, field);

  for (gsize i = 0; languages[i] != NULL; i++)
    {
      const char *text = psl_record_get (record, field, languages[i]);
      g_autofree char *title = is_copy ? dup_copy_title (text) : NULL;

      psl_record_set (copy, field, languages[i], title != NULL ? title : text);
      psl_record_set_agreed (copy, field, languages[i], psl_record_get_agreed (record, field, languages[i]));
    }
}

static void duplicate_parts (PslRecord      *copy,
                             PslRecord      *record,
                             const PslField *field);

/* @is_copy: whether the title says so */
static PslRecord *
duplicate (PslRecord *record,
           gboolean   is_copy)
{
  const PslKind *kind = psl_record_get_kind (record);
  PslRecord *copy = psl_record_new (kind, 0, NULL);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_IDENTIFIER || (field->flags & PSL_FIELD_UNIQUE))
        continue;
      if (field->type == PSL_FIELD_TYPE_PARTS)
        duplicate_parts (copy, record, field);
      else if (field->flags & PSL_FIELD_MULTILINGUAL)
        copy_texts (copy, record, field, is_copy && field == psl_kind_get_title (kind));
      else
        psl_record_set (copy, field, NULL, psl_record_get (record, field, NULL));
    }
  return copy;
}

static void
duplicate_parts (PslRecord      *copy,
                 PslRecord      *record,
                 const PslField *field)
{
  GPtrArray *parts = psl_record_get_parts (record, field);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      g_autoptr (PslRecord) part = duplicate (g_ptr_array_index (parts, i), FALSE);

      psl_record_add_part (copy, field, part);
    }
}

/**
 * psl_record_duplicate:
 * @record: a record, with its parts
 *
 * Returns: (transfer full): a new record with all values of @record but its identifiers, and
 *   a title that says that it is a copy
 */
PslRecord *
psl_record_duplicate (PslRecord *record)
{
  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);

  return duplicate (record, TRUE);
}
