/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-fault-register.h"

#include "psl-check.h"
#include "psl-kinds.h"

/**
 * fault_make_folder:
 *
 * In memory where the system has that: thousands of registers are made, and
 * what a killed program wrote outlives it there as well as on a disk.
 *
 * Returns: (transfer full): the path of a new, empty folder
 */
char *
fault_make_folder (void)
{
  g_autofree char *in_memory = g_strdup ("/dev/shm/passerelle-XXXXXX");

  return g_mkdtemp (in_memory) != NULL ? g_steal_pointer (&in_memory) : folder_make ();
}

/**
 * fault_copy_register:
 *
 * Copies a register that no program has open.
 */
void
fault_copy_register (const char *from,
                     const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/**
 * fault_open:
 *
 * Returns: (transfer full): the register at @path, made where there is none
 */
PslStore *
fault_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  PslStore *store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
  return store;
}

/**
 * fault_add_projects:
 * @prefix: two letters that the project IDs begin with
 *
 * Adds @n projects, with text in both languages and beneficiaries, in one
 * action.
 *
 * Returns: the action, or -1 with @error set and nothing added
 */
gint64
fault_add_projects (PslStore    *store,
                    PslVerb      verb,
                    const char  *prefix,
                    guint        n,
                    GError     **error)
{
  const PslKind *kind = &psl_kind_project;
  gint64 action;

  if (!psl_store_begin (store, verb, "fault.csv", error))
    return -1;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);
      g_autofree char *project_id = g_strdup_printf ("%s.%04u", prefix, i);
      g_autofree char *title = g_strdup_printf ("%s Övningsprojekt %u", prefix, i);

      psl_record_set (record, psl_kind_find_field (kind, "project_id"), NULL, project_id);
      psl_record_set (record, psl_kind_find_field (kind, "title"), "en", title);
      psl_record_set (record, psl_kind_find_field (kind, "title"), "fr", title);
      psl_record_set (record, psl_kind_find_field (kind, "budget"), NULL, "100000.00 USD");
      psl_record_set (record, psl_kind_find_field (kind, "beneficiaries"), NULL,
                      "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
      if (psl_store_insert (store, record, error) == 0)
        {
          psl_store_rollback (store);
          return -1;
        }
    }
  action = psl_store_commit (store, error);
  return action;
}

/**
 * fault_find_project:
 *
 * Returns: the rid of the project with this project ID, which must exist
 */
gint64
fault_find_project (PslStore   *store,
                    const char *project_id)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_find (store, project_id, &error);

  g_assert_no_error (error);
  return rid;
}

/**
 * fault_set:
 *
 * Edits one field of a project as an action of its own.
 *
 * Returns: whether it was done
 */
gboolean
fault_set (PslStore    *store,
           gint64       rid,
           const char  *field,
           const char  *value,
           GError     **error)
{
  const char *language = NULL;
  const PslField *found = psl_kind_parse_field (&psl_kind_project, field, &language);

  g_assert_nonnull (found);
  return psl_store_edit (store, rid, found, language, value, 0, error);
}

static void
dump_record (GString   *dump,
             PslRecord *record)
{
  const PslKind *kind = psl_record_get_kind (record);

  g_string_append_printf (dump, "%s %d\n", kind->name, psl_record_get_state (record));
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if ((field->flags & PSL_FIELD_MULTILINGUAL) == 0)
        {
          const char *value = psl_record_get (record, field, NULL);

          if (value != NULL)
            g_string_append_printf (dump, "  %s %s\n", field->name, value);
          continue;
        }
      for (const char *const *language = psl_languages; *language != NULL; language++)
        {
          const char *value = psl_record_get (record, field, *language);

          if (value != NULL)
            g_string_append_printf (dump, "  %s_%s %s\n", field->name, *language, value);
        }
    }
}

/* Takes over @query. */
static void
dump_query (GString  *dump,
            PslStore *store,
            PslQuery *query)
{
  g_autoptr (PslQuery) owned = query;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_query (store, owned, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);

      g_assert_no_error (error);
      dump_record (dump, record);
    }
}

/**
 * fault_dump:
 *
 * Writes down everything that a person can see of the register: every live and
 * trashed record with all its values, but for the UUIDs, which no two runs share.
 *
 * Returns: (transfer full): the text; equal texts mean equal contents
 */
char *
fault_dump (PslStore *store)
{
  GString *dump = g_string_new (NULL);

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    dump_query (dump, store, psl_query_new (psl_kinds[i]));
  dump_query (dump, store, psl_query_new_trash ());
  return g_string_free_and_steal (dump);
}

/**
 * fault_assert_whole:
 *
 * Fails the test unless the file, its references, its search text and its sort
 * keys are all sound.
 */
void
fault_assert_whole (PslStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = psl_check_integrity (store, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const PslFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s", finding->message);
    }
  g_assert_cmpuint (findings->len, ==, 0);
}
