/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Symbolic links in the place of a register or of a backup: the file that they lead
 * to is meant, and the link stays. */

#include "config.h"

#include "psl-backup.h"
#include "psl-kinds.h"
#include "register-testing.h"

static char *
make_link (StoreFixture *fixture,
           const char   *name,
           const char   *target)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_make_symbolic_link (file, target, NULL, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_leads_to (const char *link,
                 const char *target)
{
  g_autofree char *found = g_file_read_link (link, NULL);

  g_assert_cmpstr (found, ==, target);
}

static char *
dup_backup_path (StoreFixture *fixture,
                 const char   *name)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "elsewhere", NULL);

  g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
  return g_build_filename (folder, name, NULL);
}

static void
test_backup (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *present = dup_backup_path (fixture, "present.passerelle");
  g_autofree char *missing = dup_backup_path (fixture, "missing.passerelle");
  g_autofree char *to_present = make_link (fixture, "present", "between");
  g_autofree char *between = make_link (fixture, "between", "elsewhere/present.passerelle");
  g_autofree char *to_missing = make_link (fixture, "missing", missing);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (present, "an older backup", -1, NULL));
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (psl_backup_create (fixture->store, i == 0 ? to_present : to_missing, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (psl_backup_check (i == 0 ? present : missing, NULL, &error));
      g_assert_no_error (error);
    }
  assert_leads_to (to_present, "between");
  assert_leads_to (between, "elsewhere/present.passerelle");
  assert_leads_to (to_missing, missing);
}

static void
test_circle (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *one = make_link (fixture, "one", "other");
  g_autofree char *other = make_link (fixture, "other", "one");
  g_autoptr (GError) error = NULL;

  g_assert_false (psl_backup_create (fixture->store, one, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FAILED);
  g_assert_null (psl_store_open (one, PSL_STORE_CREATE, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FAILED);
  assert_leads_to (one, "other");
  assert_leads_to (other, "one");
}

/* A register that is opened by a link has its backups and its log beside itself. */
static void
test_register (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autofree char *target = dup_backup_path (fixture, "real.passerelle");
  g_autofree char *link = make_link (fixture, "link.passerelle", "elsewhere/real.passerelle");
  g_autofree char *folder = psl_backup_dup_folder (link);
  g_autofree char *expected = psl_backup_dup_folder (target);
  g_autoptr (PslStore) store = NULL;
  g_autoptr (GPtrArray) backups = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  /* Where the link leads to nothing yet, the register is made there. */
  store = store_testing_open (link, PSL_STORE_CREATE);
  g_assert_true (g_file_test (target, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpstr (psl_store_get_path (store), ==, target);
  g_assert_cmpstr (folder, ==, expected);

  store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);
  g_assert_true (psl_backup_create_automatic (store, g_get_real_time (), &path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (path, expected));
  backups = psl_backup_list (link, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (backups->len, ==, 1);
  g_assert_false (psl_backup_create (store, link, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

static void
test_restore (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *backup = dup_backup_path (fixture, "backup.passerelle");
  g_autofree char *target = dup_backup_path (fixture, "real.passerelle");
  g_autofree char *link = make_link (fixture, "link.passerelle", "elsewhere/real.passerelle");
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "Kept", NULL);
  g_assert_true (psl_backup_create (fixture->store, backup, NULL, &error));
  g_assert_no_error (error);

  /* First a register, which is overwritten in its place, then something damaged and
   * nothing at all, whose place a copy takes. */
  g_clear_pointer (&fixture->store, psl_store_close);
  fixture->store = store_testing_open (link, PSL_STORE_CREATE);
  for (guint i = 0; i < 3; i++)
    {
      g_clear_pointer (&fixture->store, psl_store_close);
      if (i == 1)
        g_assert_true (g_file_set_contents (target, "damaged", -1, NULL));
      if (i == 2)
        g_assert_no_errno (g_unlink (target));
      g_assert_true (psl_backup_restore (link, backup, NULL, NULL, &error));
      g_assert_no_error (error);
      assert_leads_to (link, "elsewhere/real.passerelle");
      fixture->store = store_testing_open (target, PSL_STORE_NONE);
      store_testing_assert_value (fixture->store, 1, "title_en", "Kept");
    }
}

/* A link that leads elsewhere while the register is open. */
static void
test_retargeted (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link.passerelle", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autoptr (PslRegister) reg = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  g_file_make_symbolic_link (file, "register.passerelle", NULL, &error);
  g_assert_no_error (error);
  reg = register_wait_open (link, PSL_STORE_NONE);
  g_assert_cmpstr (psl_register_get_path (reg), ==, fixture->path);

  /* All threads stay with the file that was opened. */
  g_assert_no_errno (g_unlink (link));
  g_file_make_symbolic_link (file, "other.passerelle", NULL, &error);
  g_assert_no_error (error);
  register_wait_create (reg, &psl_kind_project);
  register_wait_set (reg, 1, &psl_kind_project, "title", "en", "One");
  record = register_wait_load (fixture->reg, 1);
  g_assert_cmpstr (psl_record_get_by_name (record, "title_en"), ==, "One");
  g_assert_true (psl_register_close_now (reg, &error));
  g_assert_no_error (error);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_testing_add ("/links/backup", test_backup);
  store_testing_add ("/links/circle", test_circle);
  store_testing_add ("/links/register", test_register);
  store_testing_add ("/links/restore", test_restore);
  add ("/links/retargeted", test_retargeted);

  return g_test_run ();
}
