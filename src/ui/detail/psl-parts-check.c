/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-check.h"

#include <glib/gi18n.h>

#include "psl-languages.h"
#include "psl-text.h"

/* Checks the parts of a record, which its page reads a screenful at a time. */

typedef struct
{
  PslRecord *record;
  PslSettingValues *settings;
  char *language;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->record);
  psl_setting_values_free (request->settings);
  g_free (request->language);
  g_free (request);
}

/* The first warning of a part, as a problem of its owner's field; NULL where there is none.
 * Missing translations are told on the part's own page. */
static PslProblem *
check_part (PslRecord          *part,
            const PslCodelists *codelists,
            const PslField     *field,
            const Request      *request)
{
  g_autoptr (GPtrArray) found = psl_kind_check (psl_record_get_kind (part), part, codelists, request->settings);

  for (guint i = 0; i < found->len; i++)
    {
      const PslProblem *problem = g_ptr_array_index (found, i);
      g_autofree char *name = NULL;
      g_autofree char *title = NULL;
      PslProblem *told;

      if (problem->level != PSL_PROBLEM_WARNING)
        continue;
      name = psl_record_dup_title (part, codelists, request->language);
      title = psl_text_dup_quotable (name);
      told = g_new0 (PslProblem, 1);
      told->field = field;
      /* Translators: what a part of the record is called, one of its fields, what is wrong. */
      told->message = g_strdup_printf (_("“%s”, %s: %s"), title, psl_field_get_label (problem->field), problem->message);
      return told;
    }
  return NULL;
}

static PslProblem *
find_problem (PslRecord          *record,
              const PslCodelists *codelists,
              const PslField     *field,
              const Request      *request)
{
  GPtrArray *parts = psl_record_get_parts (record, field);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      PslProblem *problem = check_part (g_ptr_array_index (parts, i), codelists, field, request);

      if (problem != NULL)
        return problem;
    }
  return NULL;
}

static gpointer
check_parts (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Request *request = data;
  const PslKind *kind = psl_record_get_kind (request->record);
  g_autoptr (PslRecord) record = psl_record_new (kind, psl_record_get_rid (request->record), NULL);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_problem_free);

  if (!psl_store_read_parts (store, record, error))
    return NULL;
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      PslProblem *problem = field->type == PSL_FIELD_TYPE_PARTS
                            ? find_problem (record, psl_store_get_codelists (store), field, request) : NULL;

      if (problem != NULL)
        g_ptr_array_add (problems, problem);
    }
  return g_steal_pointer (&problems);
}

/**
 * psl_parts_check_async:
 * @record: a record of the register
 * @settings: the settings of kinds
 * @cancellable: (nullable): to stop
 *
 * Looks for problems of a record's parts, which are read for it.
 */
void
psl_parts_check_async (PslRegister            *reg,
                       PslRecord              *record,
                       const PslSettingValues *settings,
                       GCancellable           *cancellable,
                       GAsyncReadyCallback     callback,
                       gpointer                user_data)
{
  g_autoptr (GVariant) stored = NULL;
  Request *request;

  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (record));

  stored = g_variant_ref_sink (psl_setting_values_store (settings));
  request = g_new0 (Request, 1);
  request->record = psl_record_copy (record);
  request->settings = psl_setting_values_new (stored);
  request->language = g_strdup (psl_language_get_interface ());
  psl_register_read_async (reg, PSL_LANE_LONG, check_parts, request, request_free, (GDestroyNotify) g_ptr_array_unref,
                           cancellable, callback, user_data);
}

/**
 * psl_parts_check_finish:
 *
 * Returns: (transfer full) (element-type PslProblem): of each field of parts the first
 *   warning; or %NULL with a %PSL_REGISTER_ERROR or %G_IO_ERROR_CANCELLED
 */
GPtrArray *
psl_parts_check_finish (PslRegister   *reg,
                        GAsyncResult  *result,
                        GError       **error)
{
  return psl_register_finish (reg, result, error);
}
