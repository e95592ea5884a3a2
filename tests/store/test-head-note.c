/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The head of a journal, as it is noted elsewhere. */

#include "config.h"

#include "psl-head-note.h"
#include "psl-kinds.h"
#include "store-testing.h"

#define ID "0190a5b2-0000-7000-8000-000000000001"
#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define HASH_IN_CAPITALS "00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF"

static void
test_parse (void)
{
  static const char *const refused[] = {
    "",
    ID,
    ID " 3",
    ID " 3 -",
    ID " 0 " HASH,
    ID " -3 " HASH,
    ID " 3 " HASH "0",
    ID " 3 " HASH " more",
    ID " 9223372036854775808 " HASH,
    "register 3 " HASH,
    ID " three " HASH,
    ID " 3 0011223344556677889900112233445566778899001122334455667788990011xy",
  };
  g_autoptr (PslHeadNote) note = psl_head_note_parse ("  " ID "  3\t" HASH_IN_CAPITALS "\n");
  g_autoptr (PslHeadNote) nothing = psl_head_note_parse (ID " 0 -");

  g_assert_nonnull (note);
  g_assert_cmpstr (note->id, ==, ID);
  g_assert_cmpint (note->number, ==, 3);
  g_assert_cmpstr (note->hash, ==, HASH);
  g_assert_nonnull (nothing);
  g_assert_cmpint (nothing->number, ==, 0);
  g_assert_null (nothing->hash);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_null (psl_head_note_parse (refused[i]));
}

/* The note names the register and the action that the register made last. */
static void
test_note (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = psl_store_dup_register_id (fixture->store, &error);
  g_autofree char *empty = psl_store_dup_head_note (fixture->store, &error);
  g_autoptr (PslHeadNote) before = psl_head_note_parse (empty);
  g_autoptr (PslHeadNote) after = NULL;
  g_autofree char *line = NULL;
  g_autofree char *hash = NULL;

  g_assert_cmpint (before->number, ==, 0);
  store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  line = psl_store_dup_head_note (fixture->store, &error);
  g_assert_no_error (error);
  after = psl_head_note_parse (line);
  hash = store_testing_text (fixture->store, "SELECT lower (hex (hash)) FROM action");
  g_assert_cmpstr (after->id, ==, id);
  g_assert_cmpint (after->number, ==, 1);
  g_assert_cmpstr (after->hash, ==, hash);
}

/* An edit goes on with the last action, unless the head was sealed with that action. */
static void
test_seal (StoreFixture  *fixture,
           gconstpointer  data)
{
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_project, "title_en", "One", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *sealed = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (PslHeadNote) note = NULL;

  store_testing_edit (fixture->store, rid, "start", "2020", 1);
  store_testing_edit (fixture->store, rid, "start", "2021", 1);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM action"), ==, 2);

  sealed = psl_store_seal_head (fixture->store, &error);
  g_assert_no_error (error);
  note = psl_head_note_parse (sealed);
  g_assert_cmpint (note->number, ==, store_testing_number (fixture->store, "SELECT max(number) FROM action"));
  store_testing_edit (fixture->store, rid, "start", "2022", 1);
  g_assert_cmpint (store_testing_number (fixture->store, "SELECT count(*) FROM action"), ==, 3);
  hash = store_testing_text (fixture->store, "SELECT lower (hex (hash)) FROM action WHERE action ="
                             " (SELECT max (action) FROM action) - 1");
  g_assert_cmpstr (hash, ==, note->hash);
}

/* Nothing is sealed in a register that is only read. */
static void
test_read_only (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_READ_ONLY);
  g_autoptr (GError) error = NULL;
  g_autofree char *line = psl_store_dup_head_note (store, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_null (psl_store_seal_head (store, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_READ_ONLY);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/head-note/parse", test_parse);
  store_testing_add ("/head-note/note", test_note);
  store_testing_add ("/head-note/seal", test_seal);
  store_testing_add ("/head-note/read-only", test_read_only);

  return g_test_run ();
}
