/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "press-registers.h"

#include "psl-kinds.h"
#include "window-test.h"

/* A register without records. */
void
press_register_make_empty (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
}

/* Makes a file that only has the name of a register. */
void
press_register_make_unreadable (const char *path)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "This is no register, though it is called one.", -1, &error);
  g_assert_no_error (error);
}

static void
set (PslStore      *store,
     const PslKind *kind,
     gint64         rid,
     const char    *field,
     const char    *language,
     const char    *value)
{
  g_autoptr (GError) error = NULL;

  psl_store_edit (store, rid, psl_kind_find_field (kind, field), language, value, 0, &error);
  g_assert_no_error (error);
}

static void
trash (PslStore *store,
       gint64    rid)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (psl_store_begin (store, PSL_VERB_TRASH, NULL, &error));
  psl_store_set_state (store, rid, PSL_RECORD_TRASHED, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
}

static gint64
add_record (PslStore      *store,
            const PslKind *kind,
            const char    *title)
{
  g_autoptr (GError) error = NULL;
  gint64 rid;

  g_assert_true (psl_store_begin (store, PSL_VERB_CREATE, NULL, &error));
  rid = psl_store_create (store, kind, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
  set (store, kind, rid, kind->title, "en", title);
  return rid;
}

/* Projects, of which the first has something in every kind of field; an office that
 * runs it and one that reports to that; records in the trash, and a backup. */
void
press_register_make_filled (const char *path)
{
  static const char *const values[][2] = {
    { "project_id", "PO.0160" }, { "type", "PO" }, { "status", "2" }, { "start", "2020-05" }, { "end", "2021" },
    { "budget", "50000.00 USD" }, { "coverage", "4" }, { "phase", "2" },
    { "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\"}]" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = NULL;
  g_autoptr (PslRecord) office = NULL;
  gint64 project, office_rid, other;

  window_test_fill (path);
  store = psl_store_open (path, PSL_STORE_NONE, &error);
  g_assert_no_error (error);
  office_rid = add_record (store, &psl_kind_office, "Chisinau");
  set (store, &psl_kind_office, office_rid, "email", NULL, "moldova@example.org");
  set (store, &psl_kind_office, office_rid, "phone", NULL, "+373 22 20 00 00;ext=12");
  set (store, &psl_kind_office, office_rid, "functions", NULL, "[{\"function\":\"coordination\"}]");
  set (store, &psl_kind_office, office_rid, "former_names", "en", "[{\"name\":\"Kishinev\"},{\"name\":\"Kishinjow\"}]");
  office = psl_store_read (store, office_rid, &error);
  g_assert_no_error (error);
  other = add_record (store, &psl_kind_office, "Balti");
  set (store, &psl_kind_office, other, "reports_to", NULL, psl_record_get_id (office));

  /* The first of the list. */
  project = add_record (store, &psl_kind_project, "A project");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    set (store, &psl_kind_project, project, values[i][0], NULL, values[i][1]);
  set (store, &psl_kind_project, project, "results", "en", "[{\"indicator\":\"Officials\"},{\"indicator\":\"People\"}]");
  set (store, &psl_kind_project, project, "documents", "en",
       "[{\"title\":\"A sheet\",\"url\":\"https://example.org/sheet\"},{\"title\":\"A map\"}]");
  set (store, &psl_kind_project, project, "office", NULL, psl_record_get_id (office));
  trash (store, add_record (store, &psl_kind_project, "Not wanted"));
  trash (store, add_record (store, &psl_kind_office, "Closed"));
}
