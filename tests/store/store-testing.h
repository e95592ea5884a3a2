/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-error.h"
#include "psl-store-private.h"
#include "tests/folder.h"

G_BEGIN_DECLS

/* A folder of its own for each test, and a register in it. */
typedef struct
{
  char *folder;
  char *path;
  PslStore *store;
} StoreFixture;

static inline PslStore *
store_testing_open (const char    *path,
                    PslStoreFlags  flags)
{
  g_autoptr (GError) error = NULL;
  PslStore *store = psl_store_open (path, flags, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  psl_store_set_language (store, "en");
  return store;
}

static inline void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  fixture->store = store_testing_open (fixture->path, PSL_STORE_CREATE);
}

static inline void
store_fixture_reopen (StoreFixture *fixture)
{
  g_clear_pointer (&fixture->store, psl_store_close);
  fixture->store = store_testing_open (fixture->path, PSL_STORE_NONE);
}

static inline void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_clear_pointer (&fixture->store, psl_store_close);
  folder_remove (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

/* Adds a test that has such a fixture. */
static inline void
store_testing_add (const char *path,
                   void      (*test) (StoreFixture  *fixture,
                                      gconstpointer  data))
{
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down);
}

static inline const PslField *
store_testing_field (const PslKind  *kind,
                     const char     *name,
                     const char    **language)
{
  const PslField *field = psl_kind_parse_field (kind, name, language);

  g_assert_nonnull (field);
  return field;
}

/* Fails the test unless the call that @error comes from was refused with @code. */
static inline void
store_testing_assert_refused (GError           **error,
                              PslRegisterError   code)
{
  g_assert_error (*error, PSL_REGISTER_ERROR, (int) code);
  g_assert_cmpstr ((*error)->message, !=, "");
  g_clear_error (error);
}

/* A record made in an action of its own, from pairs of name and value. */
static inline gint64
store_testing_insert (PslStore       *store,
                      const PslKind  *kind,
                      ...) G_GNUC_NULL_TERMINATED;

static inline gint64
store_testing_insert (PslStore       *store,
                      const PslKind  *kind,
                      ...)
{
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);
  g_autoptr (GError) error = NULL;
  const char *name;
  va_list pairs;
  gint64 rid;

  va_start (pairs, kind);
  while ((name = va_arg (pairs, const char *)) != NULL)
    {
      const char *language;
      const PslField *field = store_testing_field (kind, name, &language);

      psl_record_set (record, field, language, va_arg (pairs, const char *));
    }
  va_end (pairs);

  psl_store_begin (store, PSL_VERB_CREATE, NULL, &error);
  g_assert_no_error (error);
  rid = psl_store_insert (store, record, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  g_assert_no_error (error);
  return rid;
}

static inline void
store_testing_edit (PslStore    *store,
                    gint64       rid,
                    const char  *name,
                    const char  *value,
                    guint64      session)
{
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  const PslField *field;
  const char *language;

  record = psl_store_read (store, rid, &error);
  g_assert_no_error (error);
  field = store_testing_field (psl_record_get_kind (record), name, &language);
  psl_store_edit (store, rid, field, language, value, session, &error);
  g_assert_no_error (error);
}

static inline void
store_testing_set_state (PslStore       *store,
                         gint64          rid,
                         PslRecordState  state)
{
  g_autoptr (GError) error = NULL;
  PslVerb verb = state == PSL_RECORD_TRASHED ? PSL_VERB_TRASH
               : state == PSL_RECORD_LIVE ? PSL_VERB_RESTORE : PSL_VERB_REMOVE;

  psl_store_begin (store, verb, NULL, &error);
  g_assert_no_error (error);
  psl_store_set_state (store, rid, state, &error);
  g_assert_no_error (error);
  psl_store_commit (store, &error);
  g_assert_no_error (error);
}

static inline void
store_testing_undo (PslStore *store,
                    gint64    action)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (psl_store_undo (store, action, NULL, &error), >, 0);
  g_assert_no_error (error);
}

static inline char *
store_testing_get (PslStore    *store,
                   gint64       rid,
                   const char  *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  return g_strdup (psl_record_get_by_name (record, name));
}

static inline char *
store_testing_dup_id (PslStore *store,
                      gint64    rid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  return g_strdup (psl_record_get_id (record));
}

static inline PslRecordState
store_testing_get_state (PslStore *store,
                         gint64    rid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_store_read (store, rid, &error);

  g_assert_no_error (error);
  return psl_record_get_state (record);
}

/* The number, or the text, that a query gives first. */
static inline gint64
store_testing_number (PslStore   *store,
                      const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = 0;

  psl_db_get_int64 (psl_store_get_db (store), sql, &number, &error);
  g_assert_no_error (error);
  return number;
}

static inline char *
store_testing_text (PslStore   *store,
                    const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStatement) statement = psl_db_prepare (psl_store_get_db (store), sql, &error);

  g_assert_no_error (error);
  g_assert_true (psl_statement_step (statement, &error));
  g_assert_no_error (error);
  return g_strdup (psl_statement_get_text (statement, 0));
}

#define store_testing_assert_value(store, rid, name, expected)                \
  G_STMT_START {                                                              \
    g_autofree char *value_ = store_testing_get ((store), (rid), (name));     \
    g_assert_cmpstr (value_, ==, (expected));                                 \
  } G_STMT_END

G_END_DECLS
