/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-destination.h"

#include "psl-import-heading.h"
#include "psl-text-language.h"

static PslImportDestination *
destination_new (PslImportTarget  target,
                 const PslField  *field,
                 const PslField  *subfield,
                 const char      *language)
{
  PslImportDestination *self = g_new0 (PslImportDestination, 1);

  self->target = target;
  self->field = field;
  self->subfield = subfield;
  self->language = language;

  switch (target)
    {
    case PSL_IMPORT_TO_ID:
      self->name = g_strdup ("id");
      break;
    case PSL_IMPORT_TO_PART_IDS:
      self->name = psl_import_heading_dup_part_ids (field);
      break;
    case PSL_IMPORT_TO_AMOUNT:
      self->name = g_strdup_printf ("%s_amount", field->name);
      break;
    case PSL_IMPORT_TO_CURRENCY:
      self->name = g_strdup_printf ("%s_currency", field->name);
      break;
    case PSL_IMPORT_TO_FIELD:
      if (subfield != NULL)
        self->name = g_strdup_printf ("%s.%s", field->name, subfield->name);
      else
        self->name = psl_field_dup_text_name (field, language);
      break;
    case PSL_IMPORT_TO_UNMATCHED:
    case PSL_IMPORT_TO_IGNORED:
    default:
      g_assert_not_reached ();
    }

  return self;
}

/* The languages that texts can go to: the register's, and any other that a column of the
 * table names. */
static GPtrArray *
list_languages (const PslCodelists *codelists,
                PslImportMapping   *mapping)
{
  GPtrArray *languages = g_ptr_array_new ();
  g_autofree const char **own = psl_text_languages_list (codelists);
  guint n_columns = mapping != NULL ? psl_import_mapping_get_n_columns (mapping) : 0;

  for (gsize i = 0; own[i] != NULL; i++)
    g_ptr_array_add (languages, (gpointer) own[i]);
  for (guint i = 0; i < n_columns; i++)
    {
      const char *language = g_intern_string (psl_import_mapping_get_column (mapping, i)->language);

      if (language != NULL && !g_ptr_array_find (languages, language, NULL))
        g_ptr_array_add (languages, (gpointer) language);
    }
  return languages;
}

static void
add_field (GPtrArray      *destinations,
           const PslField *field,
           GPtrArray      *languages)
{
  gboolean has_languages = (field->flags & PSL_FIELD_MULTILINGUAL) != 0;

  for (guint i = 0; has_languages && i < languages->len; i++)
    g_ptr_array_add (destinations,
                     destination_new (PSL_IMPORT_TO_FIELD, field, NULL, g_ptr_array_index (languages, i)));
  if (!has_languages)
    g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_FIELD, field, NULL, NULL));

  if (field->type == PSL_FIELD_TYPE_MONEY)
    {
      g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_AMOUNT, field, NULL, NULL));
      g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_CURRENCY, field, NULL, NULL));
    }

  if (psl_field_lists_parts (field))
    g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_PART_IDS, field, NULL, NULL));
  for (const PslField *subfield = field->rows; subfield != NULL && subfield->name != NULL; subfield++)
    g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_FIELD, field, subfield, NULL));
}

/**
 * psl_import_destination_free:
 *
 * Frees @destination.
 */
void
psl_import_destination_free (PslImportDestination *destination)
{
  g_free (destination->name);
  g_free (destination);
}

/**
 * psl_import_destination_of:
 * @column: a column of a table
 *
 * Returns: (transfer full) (nullable): where it goes; %NULL for nowhere
 */
PslImportDestination *
psl_import_destination_of (const PslImportColumn *column)
{
  if (column->target == PSL_IMPORT_TO_UNMATCHED || column->target == PSL_IMPORT_TO_IGNORED)
    return NULL;

  return destination_new (column->target, column->field, column->subfield, column->language);
}

/**
 * psl_import_destinations_new:
 * @kind: a kind
 * @codelists: the lists of the register that the table goes into
 * @mapping: (nullable): the columns of a table, whose languages texts can go to as well
 *
 * Returns: (transfer full) (element-type PslImportDestination): where a column can go,
 *   in the order of the fields, the record's own id last
 */
GPtrArray *
psl_import_destinations_new (const PslKind      *kind,
                             const PslCodelists *codelists,
                             PslImportMapping   *mapping)
{
  g_autoptr (GPtrArray) languages = list_languages (codelists, mapping);
  GPtrArray *destinations = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_import_destination_free);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (psl_field_has_value (field))
      add_field (destinations, field, languages);
  g_ptr_array_add (destinations, destination_new (PSL_IMPORT_TO_ID, NULL, NULL, NULL));

  return destinations;
}
