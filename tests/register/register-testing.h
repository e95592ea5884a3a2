/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kinds.h"
#include "tests/store/store-testing.h"
#include "tests/register-wait.h"

G_BEGIN_DECLS

/* A register open in the main loop, and what its signals said. */
typedef struct
{
  char *folder;
  char *path;
  PslRegister *reg;
  guint n_changed;
  guint n_external;
  gboolean all;
  GArray *changed;
  PslAction *action;
  PslAction *next_undo;
  PslAction *next_redo;
  GPtrArray *failures;
} Fixture;

static inline void
changed_cb (PslRegister   *reg,
            PslChangedSet *set,
            gpointer       user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changed++;
  fixture->n_external += set->external;
  fixture->all = fixture->all || set->all;
  g_array_append_vals (fixture->changed, set->rids->data, set->rids->len);
  g_clear_pointer (&fixture->action, psl_action_free);
  g_clear_pointer (&fixture->next_undo, psl_action_free);
  g_clear_pointer (&fixture->next_redo, psl_action_free);
  if (set->action != NULL)
    fixture->action = psl_action_copy (set->action);
  if (set->next_undo != NULL)
    fixture->next_undo = psl_action_copy (set->next_undo);
  if (set->next_redo != NULL)
    fixture->next_redo = psl_action_copy (set->next_redo);
}

static inline void
failed_cb (PslRegister *reg,
           GError      *error,
           gpointer     user_data)
{
  Fixture *fixture = user_data;

  g_ptr_array_add (fixture->failures, g_error_copy (error));
}

static inline void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  fixture->changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  fixture->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  fixture->reg = register_wait_open (fixture->path, PSL_STORE_CREATE);
  g_signal_connect (fixture->reg, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->reg, "failed", G_CALLBACK (failed_cb), fixture);
}

static inline void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GWeakRef weak;

  g_weak_ref_init (&weak, fixture->reg);
  if (fixture->reg != NULL)
    {
      g_assert_true (psl_register_close_now (fixture->reg, &error));
      g_assert_no_error (error);
    }
  g_clear_object (&fixture->reg);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (g_weak_ref_get (&weak));
  g_weak_ref_clear (&weak);

  folder_remove (fixture->folder);
  g_clear_pointer (&fixture->next_undo, psl_action_free);
  g_clear_pointer (&fixture->next_redo, psl_action_free);
  g_clear_pointer (&fixture->action, psl_action_free);
  g_array_unref (fixture->changed);
  g_ptr_array_unref (fixture->failures);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static inline gint64
create_project (Fixture *fixture)
{
  return register_wait_create (fixture->reg, &psl_kind_project);
}

static inline void
set_value (Fixture    *fixture,
           gint64      rid,
           const char *name,
           const char *value,
           guint64     session)
{
  const char *language;
  const PslField *field = store_testing_field (&psl_kind_project, name, &language);

  psl_register_set_async (fixture->reg, rid, field, language, value, session, NULL, NULL);
}

static inline gint64
count_projects (Fixture *fixture)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  count = psl_register_count_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return count;
}

/* Adds a test of a register that is open, and new. */
static inline void
add (const char *path,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

G_END_DECLS
