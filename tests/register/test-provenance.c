/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Registers that are not one's own: what they say of themselves, and that nothing is written to
 * them. */

#include "config.h"

#include <string.h>

#include "psl-provenance.h"
#include "psl-register-copy.h"
#include "register-testing.h"

#define OTHER_ID "0190a5b2-0000-7000-8000-000000000001"

static char *
dup_checksum (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) bytes, length);
}

/* A register of an earlier version, in the folder. */
static char *
copy_fixture (const char *folder,
              const char *name)
{
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "fixtures", name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (kept);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* Another register than the known ones is refused, and stays as it is, of whichever version. */
static void
test_known (void)
{
  static const char *const names[] = { "version-1.passerelle", "version-7.passerelle", "version-9.passerelle" };
  static const char *const known[] = { OTHER_ID, NULL };
  g_autofree char *folder = folder_make ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = copy_fixture (folder, names[i]);
      g_autofree char *before = dup_checksum (path);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (psl_store_open_known (path, PSL_STORE_NONE, known, NULL, NULL, &error));
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FOREIGN);
      g_assert_null (psl_store_open_known (path, PSL_STORE_READ_ONLY, known, NULL, NULL, &error));
      store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FOREIGN);
      after = dup_checksum (path);
      g_assert_cmpstr (after, ==, before);
    }
  folder_remove (folder);
}

/* A known one is opened, and so is one that is made, whatever is known. */
static void
test_made (void)
{
  static const char *const none[] = { NULL };
  g_autofree char *folder = folder_make ();
  g_autofree char *path = g_build_filename (folder, "made.passerelle", NULL);
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open_known (path, PSL_STORE_CREATE, none, NULL, NULL, &error);
  const char *known[] = { NULL, NULL };

  g_assert_no_error (error);
  id = psl_store_dup_register_id (store, &error);
  g_assert_no_error (error);
  g_clear_pointer (&store, psl_store_close);

  g_assert_null (psl_store_open_known (path, PSL_STORE_CREATE, none, NULL, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_FOREIGN);
  known[0] = id;
  store = psl_store_open_known (path, PSL_STORE_NONE, known, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store);
  g_clear_pointer (&store, psl_store_close);
  folder_remove (folder);
}

/* Who did the first and the last action, and when. */
static void
test_authors (void)
{
  g_autofree char *folder = folder_make ();
  g_autofree char *path = g_build_filename (folder, "register.passerelle", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);
  g_autoptr (PslProvenance) empty = psl_store_read_provenance (store, &error);
  g_autoptr (PslProvenance) provenance = NULL;
  gint64 before = g_get_real_time ();

  g_assert_no_error (error);
  g_assert_false (empty->has_actions);
  g_assert_false (empty->is_old);
  psl_store_set_author (store, "Amina");
  store_testing_insert (store, &psl_kind_project, "title_en", "One", NULL);
  psl_store_set_author (store, "\n\x1b[2J<b>Bruno</b>");
  store_testing_insert (store, &psl_kind_project, "title_en", "Two", NULL);
  g_clear_pointer (&store, psl_store_close);

  provenance = psl_provenance_read_file (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (provenance->id, ==, empty->id);
  g_assert_true (provenance->has_actions);
  g_assert_cmpstr (provenance->first_author, ==, "Amina");
  g_assert_true (g_str_has_suffix (provenance->last_author, "<b>Bruno</b>"));
  g_assert_null (strpbrk (provenance->last_author, "\n\x1b"));
  g_assert_cmpint (provenance->first_at, >=, before);
  g_assert_cmpint (provenance->last_at, >=, provenance->first_at);
  folder_remove (folder);
}

/* A register of an older version says it, and has no UUID before the version that gave one. */
static void
test_old (void)
{
  g_autofree char *folder = folder_make ();
  g_autofree char *first = copy_fixture (folder, "version-1.passerelle");
  g_autofree char *ninth = copy_fixture (folder, "version-9.passerelle");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) one = psl_provenance_read_file (first, NULL, &error);
  g_autoptr (PslProvenance) nine = psl_provenance_read_file (ninth, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (one->is_old);
  g_assert_true (one->has_actions);
  g_assert_null (one->id);
  g_assert_true (nine->is_old);
  g_assert_nonnull (nine->id);
  folder_remove (folder);
}

/* A copy has a UUID of its own and is up to date; what it was made of is left alone, and so is
 * whatever has the name that it was to get. */
static void
test_copy (void)
{
  g_autofree char *folder = folder_make ();
  g_autofree char *path = copy_fixture (folder, "version-9.passerelle");
  g_autofree char *copy = g_build_filename (folder, "copy.passerelle", NULL);
  g_autofree char *before = dup_checksum (path);
  g_autofree char *after = NULL;
  g_autofree char *copied = NULL;
  g_autofree char *still = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) from = psl_provenance_read_file (path, NULL, &error);
  g_autoptr (PslProvenance) to = NULL;

  id = psl_register_copy (path, copy, NULL, &error);
  g_assert_no_error (error);
  to = psl_provenance_read_file (copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (to->id, ==, id);
  g_assert_cmpstr (to->id, !=, from->id);
  g_assert_false (to->is_old);
  g_assert_cmpint (to->last_at, ==, from->last_at);
  after = dup_checksum (path);
  g_assert_cmpstr (after, ==, before);

  copied = dup_checksum (copy);
  g_assert_null (psl_register_copy (path, copy, NULL, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_BUSY);
  still = dup_checksum (copy);
  g_assert_cmpstr (still, ==, copied);
  folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provenance/known", test_known);
  g_test_add_func ("/provenance/made", test_made);
  g_test_add_func ("/provenance/authors", test_authors);
  g_test_add_func ("/provenance/old", test_old);
  g_test_add_func ("/provenance/copy", test_copy);

  return g_test_run ();
}
