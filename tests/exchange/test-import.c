/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "psl-error.h"
#include "psl-import.h"
#include "psl-kinds.h"
#include "tests/folder.h"

/* A register of its own for each test. */
typedef struct
{
  char *folder;
  PslStore *store;
  GString *report;        /* a line an issue */
  GString *records;       /* a line a record */
  PslImportOptions options;
  PslImportPlan plan;
} Fixture;

static void
report_cb (const PslImportIssue *issue,
           gpointer              user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *field = psl_import_issue_dup_field (issue);

  g_string_append_printf (fixture->report, "%" G_GUINT64_FORMAT " %s", issue->line, field != NULL ? field : "-");
  switch (issue->type)
    {
    case PSL_IMPORT_ISSUE_COLUMN:
      g_string_append_printf (fixture->report, " column %s\n", issue->column);
      break;
    case PSL_IMPORT_ISSUE_CONFLICT:
      g_string_append_printf (fixture->report, " conflict %s: %s %s %s\n", issue->record, issue->in_file ? "file" : "register",
                              issue->kept, issue->given);
      break;
    case PSL_IMPORT_ISSUE_REPLACED:
      g_string_append_printf (fixture->report, " replaced %s: %s %s\n", issue->record, issue->kept, issue->given);
      break;
    case PSL_IMPORT_ISSUE_REFUSED:
      g_string_append (fixture->report, " refused\n");
      break;
    case PSL_IMPORT_ISSUE_LEFT_OUT:
      g_string_append (fixture->report, " left out\n");
      break;
    case PSL_IMPORT_ISSUE_MERGED:
      g_string_append_printf (fixture->report, " merged %s: %" G_GUINT64_FORMAT "\n", issue->record, issue->earlier_line);
      break;
    case PSL_IMPORT_ISSUE_CREATED:
      g_string_append_printf (fixture->report, " created %s\n", issue->record);
      break;
    case PSL_IMPORT_ISSUE_UNLISTED:
      g_string_append_printf (fixture->report, " unlisted %s\n", issue->given);
      break;
    case PSL_IMPORT_ISSUE_NOTE:
      g_string_append (fixture->report, " note\n");
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The register takes an import's values as they are. */
static void
assert_canonical (PslRecord *record)
{
  for (const PslField *field = psl_record_get_kind (record)->fields; field->name != NULL; field++)
    for (int i = 0; psl_languages[i] != NULL; i++)
      {
        const char *value = psl_record_get (record, field, psl_languages[i]);

        g_assert_true (value == NULL || psl_field_is_valid (field, psl_codelists_get_default (), value));
      }
}

static void
record_cb (PslRecord        *record,
           PslImportOutcome  outcome,
           gpointer          user_data)
{
  static const char *const names[] = { "new", "changed", "conflict", "identical" };
  Fixture *fixture = user_data;
  g_autofree char *name = psl_record_dup_name (record, psl_codelists_get_default ());

  g_string_append_printf (fixture->records, "%s %s\n", names[outcome], name);
  assert_canonical (record);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = folder_make ();
  path = g_build_filename (fixture->folder, "register.passerelle", NULL);
  fixture->store = psl_store_open (path, PSL_STORE_CREATE, &error);
  g_assert_no_error (error);
  fixture->report = g_string_new (NULL);
  fixture->records = g_string_new (NULL);
  fixture->options = (PslImportOptions) { .report = report_cb, .record = record_cb, .user_data = fixture };
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  psl_store_close (fixture->store);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_string_free (fixture->report, TRUE);
  g_string_free (fixture->records, TRUE);
}

static gboolean
import_text (Fixture        *fixture,
             const PslKind  *kind,
             const char     *text,
             GError        **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);

  g_string_truncate (fixture->report, 0);
  g_string_truncate (fixture->records, 0);
  return psl_import_csv (fixture->store, kind, stream, "test.csv", &fixture->options, &fixture->plan, NULL, error);
}

/* Every row went into a record, as the first or not, or was refused. */
static void
assert_sum (const PslImportPlan *plan)
{
  guint64 n_told = plan->n_refused + plan->n_merged;

  for (guint i = 0; i < PSL_IMPORT_N_OUTCOMES; i++)
    n_told += plan->n_records[i];
  g_assert_cmpuint (n_told, ==, plan->n_rows);
}

/* Imports, and checks the number of records by outcome, of rows refused, and the
 * report. */
static void
assert_import (Fixture       *fixture,
               const PslKind *kind,
               const char    *text,
               const char    *counts,
               const char    *report)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  gboolean done = import_text (fixture, kind, text, &error);

  g_assert_no_error (error);
  g_assert_true (done);
  g_assert_cmpstr (fixture->report->str, ==, report);
  found = g_strdup_printf ("%u new %u changed %u conflict %u identical %u refused",
                           (guint) fixture->plan.n_records[PSL_IMPORT_NEW],
                           (guint) fixture->plan.n_records[PSL_IMPORT_CHANGED],
                           (guint) fixture->plan.n_records[PSL_IMPORT_CONFLICT],
                           (guint) fixture->plan.n_records[PSL_IMPORT_IDENTICAL], (guint) fixture->plan.n_refused);
  g_assert_cmpstr (found, ==, counts);
  assert_sum (&fixture->plan);
}

static PslRecord *
read_record (Fixture    *fixture,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_store_find (fixture->store, name, &error);
  PslRecord *record;

  g_assert_no_error (error);
  record = psl_store_read (fixture->store, rid, &error);
  g_assert_no_error (error);
  return record;
}

static void
assert_value (Fixture    *fixture,
              const char *name,
              const char *field,
              const char *value)
{
  g_autoptr (PslRecord) record = read_record (fixture, name);

  g_assert_cmpstr (psl_record_get_by_name (record, field), ==, value);
}

static gboolean
exists (Fixture    *fixture,
        const char *name)
{
  return psl_store_find (fixture->store, name, NULL) > 0;
}

static void
test_plain (Fixture       *fixture,
            gconstpointer  data)
{
  const char *text = "project_id,title_fr,title_en,start,end,budget,status,beneficiaries,extra\n"
                     "PO.0001,Titre,Title,2020,05/2021,\"1 000,50\",Achevé,MD PL MD,x\n"
                     "PO.0002,Deux,,17/05/2020,,5000 JPY,Active,Moldavie; Pologne,\n";

  assert_import (fixture, &psl_kind_project, text, "2 new 0 changed 0 conflict 0 identical 0 refused", "1 - column extra\n");
  assert_value (fixture, "PO.0001", "title_fr", "Titre");
  assert_value (fixture, "PO.0001", "title_en", "Title");
  assert_value (fixture, "PO.0001", "start", "2020");
  assert_value (fixture, "PO.0001", "end", "2021-05");
  assert_value (fixture, "PO.0001", "budget", "1000.50 USD");
  assert_value (fixture, "PO.0001", "status", "4");
  assert_value (fixture, "PO.0001", "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
  assert_value (fixture, "PO.0002", "start", "2020-05-17");
  assert_value (fixture, "PO.0002", "budget", "5000 JPY");
  assert_value (fixture, "PO.0002", "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
  g_assert_cmpint (fixture->plan.action, >, 0);

  assert_import (fixture, &psl_kind_project, text, "0 new 0 changed 0 conflict 2 identical 0 refused", "1 - column extra\n");
  g_assert_cmpint (fixture->plan.action, ==, 0);

  /* One action takes all of it back. */
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_false (exists (fixture, "PO.0001"));
  g_assert_false (exists (fixture, "PO.0002"));
  g_assert_cmpint (psl_store_redo (fixture->store, NULL, NULL), >, 0);
  assert_value (fixture, "PO.0001", "budget", "1000.50 USD");
}

static void
test_languages_merge (Fixture       *fixture,
                      gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "project_id,title_fr,title_en,end,year\n"
                 "PO.0001,Titre,,2007,2003\n"
                 "PO.0002,Autre,,,\n"
                 "PO.0001,,Title,2024,\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused",
                 "4 - merged PO.0001: 2\n4 end conflict PO.0001: file 2007 2024\n");
  g_assert_cmpuint (fixture->plan.n_merged, ==, 1);
  assert_value (fixture, "PO.0001", "title_fr", "Titre");
  assert_value (fixture, "PO.0001", "title_en", "Title");
  assert_value (fixture, "PO.0001", "end", "2007");
  g_assert_cmpuint (fixture->plan.n_conflicts, ==, 1);
  g_assert_cmpstr (fixture->records->str, ==, "new PO.0001\nnew PO.0002\n");
}

static void
test_conflicts (Fixture       *fixture,
                gconstpointer  data)
{
  const char *changes = "project_id,title_en,status,end,year\nPO.0001,Other,4,,2020\n";

  assert_import (fixture, &psl_kind_project, "project_id,title_en,status,end\nPO.0001,Title,2,2024\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project, "project_id,title_en\nPO.0001,Other\n",
                 "0 new 0 changed 1 conflict 0 identical 0 refused",
                 "2 title_en conflict PO.0001: register Title Other\n");
  assert_import (fixture, &psl_kind_project, changes, "0 new 1 changed 0 conflict 0 identical 0 refused",
                 "2 title_en conflict PO.0001: register Title Other\n"
                 "2 status conflict PO.0001: register 2 4\n");
  assert_value (fixture, "PO.0001", "title_en", "Title");
  assert_value (fixture, "PO.0001", "year", "2020");
  /* Empty cells take nothing away. */
  assert_value (fixture, "PO.0001", "end", "2024");

  fixture->options.prefer_file = TRUE;
  assert_import (fixture, &psl_kind_project,
                 "project_id,title_en,status\nPO.0001,Other,4\nPO.0001,Third,\n",
                 "0 new 1 changed 0 conflict 0 identical 0 refused",
                 "2 title_en replaced PO.0001: Title Other\n"
                 "2 status replaced PO.0001: 2 4\n"
                 "3 - merged PO.0001: 2\n"
                 "3 title_en conflict PO.0001: file Other Third\n");
  assert_value (fixture, "PO.0001", "title_en", "Other");
  assert_value (fixture, "PO.0001", "status", "4");
}

static void
test_bad_rows (Fixture       *fixture,
               gconstpointer  data)
{
  const char *text = "project_id,title_en,start,status,budget\n"
                     "PO.0001,One,2020-13,2,\n"
                     "PO.0002,Two,2020,Nonsense,-5\n"
                     "PO.0003,\"Three\"x,2020,2,\n"
                     "PO.0004,Four,2020,2,,surplus\n"
                     ",,2020,2,\n"
                     "PO.0005,Five,2020,2,100\n"
                     "PO.0006,\"Six,2020,2,\n";
  const char *strict_report = "2 start refused\n"
                              "3 status refused\n"
                              "3 budget refused\n"
                              "4 - refused\n"
                              "5 - refused\n"
                              "6 - refused\n"
                              "8 - refused\n";
  const char *report = "2 start left out\n"
                       "3 status left out\n"
                       "3 budget left out\n"
                       "4 - refused\n"
                       "5 - refused\n"
                       "6 - refused\n"
                       "8 - refused\n";

  fixture->options.strict = TRUE;
  assert_import (fixture, &psl_kind_project, text, "1 new 0 changed 0 conflict 0 identical 6 refused", strict_report);
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 0);
  g_assert_false (exists (fixture, "PO.0005"));
  g_assert_cmpint (psl_store_last_action (fixture->store), ==, 0);

  fixture->options.strict = FALSE;
  fixture->options.dry_run = TRUE;
  assert_import (fixture, &psl_kind_project, text, "3 new 0 changed 0 conflict 0 identical 4 refused", report);
  g_assert_false (exists (fixture, "PO.0005"));
  g_assert_cmpint (psl_store_last_action (fixture->store), ==, 0);

  fixture->options.dry_run = FALSE;
  assert_import (fixture, &psl_kind_project, text, "3 new 0 changed 0 conflict 0 identical 4 refused", report);
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 3);
  g_assert_true (exists (fixture, "PO.0002"));
  assert_value (fixture, "PO.0001", "start", NULL);
  assert_value (fixture, "PO.0001", "status", "2");
  assert_value (fixture, "PO.0002", "budget", NULL);
  g_assert_true (exists (fixture, "PO.0005"));
  g_assert_false (exists (fixture, "PO.0003"));
}

static void
test_bad_files (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const texts[] = { "", "\n\n", "one,two\n1,2\n", "project_id\nPO.0001\n\xEF\xBB\xBF\x81\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (import_text (fixture, &psl_kind_project, texts[i], &error));
      g_assert_nonnull (error);
      g_assert_cmpint (psl_store_last_action (fixture->store), ==, 0);
    }
  g_assert_false (exists (fixture, "PO.0001"));
}

/* HXL: a row of tags below the headings, below several rows of them, or in their place. */
static void
test_hxl (Fixture       *fixture,
          gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project, "title_en,project_id\n#activity+name,#activity+code\nOne,PO.0001\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 - note\n");
  assert_import (fixture, &psl_kind_project,
                 "What,Who,\n\nProject ID,\"Title\n(English)\",Budget\n#activity + code,,#value +usd\nPO.0002,Two,5\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "5 - note\n");
  assert_value (fixture, "PO.0002", "budget", "5.00 USD");
  assert_import (fixture, &psl_kind_project, "#activity+code,#activity+name\nproject_id,title_en\nPO.0003,Three\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "1 - note\n");
  fixture->options.maps = (const char *const[]) { "#activity+code=project_id", NULL };
  assert_import (fixture, &psl_kind_project, "#activity+code,#date\nPO.0004,1\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "1 - note\n1 - column #date\n");
  fixture->options.maps = NULL;
  /* A title may begin with the sign. */
  assert_import (fixture, &psl_kind_project, "project_id,title_en\n,#MeToo\nPO.0005,# 5\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "");
}

/* Text that was decoded wrongly once before is UTF-8 all the same. */
static void
test_garbled (Fixture       *fixture,
              gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0001,Été\nPO.0002,RÃ©fugiÃ©s\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "3 - note\n");
  assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0003,Lâ€™aide\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 - note\n");
  assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0004,Qu\xEF\xBF\xBD" "bec\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 - note\n");
  assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0005,« ÇÃO Âge MÃE »\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
}

static void
test_identity (Fixture       *fixture,
               gconstpointer  data)
{
  /* By UUID, by PRIMA ID, by title in either language; two project IDs are two. */
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,prima_id,title_fr,title_en\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0001,CR99P0513,Un,One\n"
                 ",,CR99P0514,Deux,\n"
                 ",,,Trois élèves,Three\n",
                 "3 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,prima_id,title_fr,title_en,year\n"
                 "019B76DA-03E8-73C1-9A17-E840A99D6FA2,,,,,2001\n"
                 ",,CR99P0514,,,2002\n"
                 ",,,TROIS ELEVES,,2003\n"
                 ",PO.0002,CR99P0513,Quatre,,2004\n",
                 "1 new 3 changed 0 conflict 0 identical 0 refused",
                 "4 title_fr conflict Three: register Trois élèves TROIS ELEVES\n");
  assert_value (fixture, "PO.0001", "year", "2001");
  assert_value (fixture, "PO.0002", "year", "2004");
  assert_import (fixture, &psl_kind_project, "id,title_fr\nnumber 1,Titre\n",
                 "0 new 0 changed 0 conflict 0 identical 1 refused", "2 - refused\n");
}

#define LONG_TITLE "Renforcement des capacités en matière de gestion des migrations et des frontières"

/* Titles that begin alike are told apart, and found again, however long they are. */
static void
test_long_titles (Fixture       *fixture,
                  gconstpointer  data)
{
  const char *offices = "name_en,city,country\n"
                        LONG_TITLE " : Lima,Lima,PE\n"
                        LONG_TITLE ",,\n"
                        LONG_TITLE " : Quito,Quito,EC\n"
                        "***,,\n"
                        "+++,,\n";
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);
  g_autoptr (GArray) rids = NULL;

  assert_import (fixture, &psl_kind_office, offices, "5 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_office, offices, "0 new 0 changed 0 conflict 5 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project, "project_id,office\nPO.0001," LONG_TITLE " : Quito\nPO.0002," LONG_TITLE "\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "");
  {
    g_autoptr (PslRecord) quito = psl_store_read (fixture->store, 3, NULL);
    g_autoptr (PslRecord) short_one = psl_store_read (fixture->store, 2, NULL);

    assert_value (fixture, "PO.0001", "office", psl_record_get_id (quito));
    assert_value (fixture, "PO.0002", "office", psl_record_get_id (short_one));
  }

  psl_query_set_language (query, "en");
  rids = psl_store_query (fixture->store, query, 0, NULL);
  g_assert_cmpuint (rids->len, ==, 5);
  for (guint i = 0; i < rids->len; i++)
    g_assert_cmpint (g_array_index (rids, gint64, i), ==, ((const gint64[]) { 4, 5, 2, 1, 3 })[i]);
}

/* A title that a record of the same file got from a later row is known to the rows
 * after that. */
static void
test_title_from_later_row (Fixture       *fixture,
                           gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "project_id,title_fr,title_en,predecessor\n"
                 "PO.0001,Un,,\n"
                 "PO.0001,,One,\n"
                 "PO.0002,Deux,,One\n"
                 ",,ONE,\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused",
                 "3 - merged PO.0001: 2\n5 - merged PO.0001: 2\n5 title_en conflict PO.0001: file One ONE\n");
}

/* A title is no proof: what contradicts it makes another record. */
static void
test_contradictions (Fixture       *fixture,
                     gconstpointer  data)
{
  const char *offices = "name_en,name_fr,city,country,phone\n"
                        "Country Office,,Lima,PE,+51 1 111 1111\n"
                        "Country Office,,Quito,EC,+593 2 222 2222\n"
                        "Country office,,LIMA,,\n"
                        "Country Office,,,,+1 202 555 0100\n"
                        "Country Office,Bureau,Georgetown,GY,\n"
                        "Country Office,,Georgetown,KY,\n"
                        "Country Office,Antenne,Georgetown,GY,\n";
  g_autoptr (PslRecord) lima = NULL;
  g_autoptr (PslRecord) quito = NULL;

  assert_import (fixture, &psl_kind_office, offices, "5 new 0 changed 0 conflict 0 identical 1 refused",
                 "4 - merged Country Office: 2\n"
                 "4 name_en conflict Country Office: file Country Office Country office\n"
                 "4 city conflict Country Office: file Lima LIMA\n"
                 "5 - refused\n");
  lima = psl_store_read (fixture->store, 1, NULL);
  quito = psl_store_read (fixture->store, 2, NULL);
  g_assert_cmpstr (psl_record_get_by_name (lima, "phone"), ==, "+51 1 111 1111");
  g_assert_cmpstr (psl_record_get_by_name (quito, "phone"), ==, "+593 2 222 2222");
  g_assert_cmpstr (psl_record_get_by_name (quito, "city"), ==, "Quito");
  assert_import (fixture, &psl_kind_office, offices, "0 new 0 changed 1 conflict 4 identical 1 refused",
                 "4 - merged Country Office: 2\n"
                 "4 name_en conflict Country Office: register Country Office Country office\n"
                 "4 city conflict Country Office: register Lima LIMA\n"
                 "5 - refused\n");
}

/* Names that mean two records refuse the row whole. */
static void
test_two_identities (Fixture       *fixture,
                     gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,prima_id,title_en\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0001,CR99P0001,One\n"
                 ",PO.0002,CR99P0002,Two\n"
                 ",,CR99P0003,Three\n",
                 "3 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,prima_id,title_en,year\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0002,,,2001\n"
                 ",PO.0001,CR99P0002,,2002\n"
                 ",PO.0001,CR99P0009,,2003\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa2,,CR99P0003,,2004\n",
                 "0 new 0 changed 0 conflict 0 identical 4 refused",
                 "2 - refused\n3 - refused\n4 - refused\n5 - refused\n");
  assert_value (fixture, "PO.0001", "year", NULL);
  assert_value (fixture, "PO.0002", "year", NULL);

  /* Titles don't name a record where an identifier does, nor where the UUID is another. */
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,title_en,year\n"
                 ",PO.0001,Two,2001\n"
                 ",PO.0003,One,2003\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa9,,Three,2004\n",
                 "2 new 1 changed 0 conflict 0 identical 0 refused",
                 "2 title_en conflict PO.0001: register One Two\n");
  assert_value (fixture, "PO.0001", "year", "2001");
  assert_value (fixture, "PO.0002", "year", NULL);
  assert_value (fixture, "019b76da-03e8-73c1-9a17-e840a99d6fa9", "year", "2004");
}

static void
test_ambiguous (Fixture       *fixture,
                gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "id,title_en\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa2,Same\n"
                 "019b76da-03e8-73c1-9a17-e840a99d6fa3,Same\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project, "title_en,year\nSame,2020\n",
                 "0 new 0 changed 0 conflict 0 identical 1 refused", "2 - refused\n");
}

static void
test_offices (Fixture       *fixture,
              gconstpointer  data)
{
  const char *text = "city,iso2,kind,function,covers\n"
                     "Bangkok,TH,regional,regional,Asia and the Pacific\n"
                     "Panama,PA,regional,,Americas\n"
                     "BANGKOK,Thaïlande,Bureau régional,coordination,Southern Asia\n"
                     "Panama,PA,administrative-centre,,\n";
  g_autoptr (PslRecord) bangkok = NULL;

  assert_import (fixture, &psl_kind_office, text, "3 new 0 changed 0 conflict 0 identical 0 refused",
                 "4 - merged Bangkok, Thailand, Regional office: 2\n"
                 "4 city conflict Bangkok, Thailand, Regional office: file Bangkok BANGKOK\n");
  g_assert_cmpstr (fixture->records->str, ==,
                   "new Bangkok, Thailand, Regional office\n"
                   "new Panama, Panama, Regional office\n"
                   "new Panama, Panama, Administrative centre\n");
  assert_import (fixture, &psl_kind_office, text, "0 new 0 changed 1 conflict 2 identical 0 refused",
                 "4 - merged Bangkok, Thailand, Regional office: 2\n"
                 "4 city conflict Bangkok, Thailand, Regional office: register Bangkok BANGKOK\n");
  bangkok = psl_store_read (fixture->store, 1, NULL);
  g_assert_true (psl_store_read_parts_values (fixture->store, bangkok, NULL));
  g_assert_cmpstr (psl_record_get_by_name (bangkok, "functions"), ==,
                   "[{\"function\":\"regional\",\"covers\":\"asia-pacific\"},"
                   "{\"function\":\"coordination\",\"covers\":\"034\"}]");
}

/* A row an entry: what is there already is not added again, and what excludes
 * it is a conflict. */
static void
test_entries (Fixture       *fixture,
              gconstpointer  data)
{
  const char *text = "project_id,country,percentage\n"
                     "PO.0001,MD,40\n"
                     "PO.0001,Pologne,\"60,0\"\n"
                     "PO.0001,MD,\n"
                     "PO.0001,MD,50\n";

  assert_import (fixture, &psl_kind_project, text, "1 new 0 changed 0 conflict 0 identical 0 refused",
                 "3 - merged PO.0001: 2\n4 - merged PO.0001: 2\n5 - merged PO.0001: 2\n"
                 "5 beneficiaries conflict PO.0001: file "
                 "[{\"country\":\"MD\",\"percentage\":\"40\"},{\"country\":\"PL\",\"percentage\":\"60\"}] "
                 "[{\"country\":\"MD\",\"percentage\":\"50\"}]\n");
  assert_value (fixture, "PO.0001", "beneficiaries",
                "[{\"country\":\"MD\",\"percentage\":\"40\"},{\"country\":\"PL\",\"percentage\":\"60\"}]");
}

static void
test_links (Fixture       *fixture,
            gconstpointer  data)
{
  const char *offices = "name_en,city,country,kind,reports_to,successor\n"
                        "Dakar office,Dakar,SN,regional,Headquarters,\n"
                        "Old office,Panama,PA,country,,New office\n"
                        "New office,Panama,PA,regional,old office,\n"
                        "Headquarters,Geneva,CH,headquarters,,\n"
                        "Lost,Rome,IT,country,Nowhere,\n"
                        "Lost too,Oslo,NO,country,Lost,\n";

  /* Left empty, and reported, unless something else is asked for. */
  fixture->options.missing_links = PSL_MISSING_LINKS_REFUSE;
  assert_import (fixture, &psl_kind_office, offices, "4 new 0 changed 0 conflict 0 identical 2 refused",
                 "6 reports_to refused\n7 reports_to refused\n");
  g_assert_cmpstr (fixture->records->str, ==,
                   "new Headquarters\nnew Dakar office\nnew Old office\nnew New office\n");
  assert_import (fixture, &psl_kind_office, offices, "0 new 0 changed 0 conflict 4 identical 2 refused",
                 "6 reports_to refused\n7 reports_to refused\n");

  fixture->options.missing_links = PSL_MISSING_LINKS_EMPTY;
  assert_import (fixture, &psl_kind_office, offices, "2 new 0 changed 0 conflict 4 identical 0 refused",
                 "6 reports_to left out\n");
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 1);
  assert_import (fixture, &psl_kind_project,
                 "project_id,office,predecessor\n"
                 "PO.0003,Dakar,PO.0002\n"
                 "PO.0002,dakar office,PO.0001\n"
                 "PO.0001,,\n"
                 "PO.0004,Panama,PO.0099\n",
                 "4 new 0 changed 0 conflict 0 identical 0 refused", "5 office left out\n5 predecessor left out\n");
  {
    g_autoptr (PslRecord) first = read_record (fixture, "PO.0001");

    assert_value (fixture, "PO.0002", "predecessor", psl_record_get_id (first));
    assert_value (fixture, "PO.0004", "office", NULL);
  }
}

/* A row that is refused leaves nothing behind, though others lead to it and it to them. */
static void
test_circles (Fixture       *fixture,
              gconstpointer  data)
{
  const char *circles = "id,name_en,city,reports_to\n"
                        ",Accra,Accra,Bonn\n"
                        ",Bonn,Bonn,Cairo\n"
                        "019b76da-03e8-73c1-9a17-e840a99d6fa2,Cairo,Cairo,Accra\n"
                        ",Dakar,Dakar,Essen\n"
                        ",Essen,Essen,Dakar\n"
                        ",Fez,Fez,Accra\n";
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);

  /* Its UUID is a project's. */
  assert_import (fixture, &psl_kind_project, "id,project_id\n019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0001\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  fixture->options.missing_links = PSL_MISSING_LINKS_REFUSE;
  assert_import (fixture, &psl_kind_office, circles, "2 new 0 changed 0 conflict 0 identical 4 refused",
                 "4 - refused\n3 reports_to refused\n2 reports_to refused\n7 reports_to refused\n");
  g_assert_cmpint (psl_store_count (fixture->store, query, NULL), ==, 2);
  g_assert_cmpstr (fixture->records->str, ==, "new Essen\nnew Dakar\n");
  /* The action says how many records it made, and takes them back. */
  {
    g_autoptr (PslAction) action = psl_store_get_action (fixture->store, fixture->plan.action, NULL);

    g_assert_cmpint (action->records, ==, 2);
  }
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_cmpint (psl_store_count (fixture->store, query, NULL), ==, 0);

  fixture->options.missing_links = PSL_MISSING_LINKS_EMPTY;
  assert_import (fixture, &psl_kind_office, circles, "5 new 0 changed 0 conflict 0 identical 1 refused",
                 "4 - refused\n3 reports_to left out\n");
  g_assert_cmpint (psl_store_count (fixture->store, query, NULL), ==, 5);
}

/* Columns that say the same thing differently: none is dropped without a word. */
static void
test_two_columns (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const maps[] = { "nation=beneficiaries.country", "share=beneficiaries.percentage", "bureau=office",
                                      "devise=budget_currency", "key=id", NULL };

  assert_import (fixture, &psl_kind_office, "name_en\nDakar\nLima\n", "2 new 0 changed 0 conflict 0 identical 0 refused", "");
  fixture->options.maps = maps;
  assert_import (fixture, &psl_kind_project,
                 "project_id,Country,nation,Percentage,share,office,bureau,budget,budget_currency,devise,id,key\n"
                 "PO.0001,MD,Poland,40,50,Dakar,Lima,5,EUR,USD,,\n"
                 "PO.0002,MD,Moldova,40,,Dakar,DAKAR,5,,EUR,,019b76da-03e8-73c1-9a17-e840a99d6fa2\n"
                 "PO.0003,,,,,,,,,,019b76da-03e8-73c1-9a17-e840a99d6fa3,019b76da-03e8-73c1-9a17-e840a99d6fa4\n",
                 "2 new 0 changed 0 conflict 0 identical 1 refused",
                 "2 beneficiaries.country conflict PO.0001: file MD PL\n"
                 "2 beneficiaries.percentage conflict PO.0001: file 40 50\n"
                 "2 budget left out\n"
                 "2 office conflict PO.0001: file Dakar Lima\n"
                 "4 - refused\n");
  g_assert_cmpuint (fixture->plan.n_conflicts, ==, 3);
  assert_value (fixture, "PO.0001", "beneficiaries", "[{\"country\":\"MD\",\"percentage\":\"40\"}]");
  assert_value (fixture, "PO.0002", "beneficiaries", "[{\"country\":\"MD\",\"percentage\":\"40\"}]");
  assert_value (fixture, "PO.0002", "budget", "5.00 EUR");
  assert_value (fixture, "019b76da-03e8-73c1-9a17-e840a99d6fa2", "project_id", "PO.0002");
  fixture->options.maps = NULL;

  /* A list beside an entry of its own. */
  assert_import (fixture, &psl_kind_project, "project_id,beneficiaries,beneficiaries.country\nPO.0004,MD PL,MD\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused",
                 "2 beneficiaries conflict PO.0004: file [{\"country\":\"MD\"},{\"country\":\"PL\"}] [{\"country\":\"MD\"}]\n");
}

/* Records that links name and that aren't there can be made. */
static void
test_created_links (Fixture       *fixture,
                    gconstpointer  data)
{
  const char *text = "project_id,title_en,office,predecessor\n"
                     "PO.0001,One,Chisinau,PO.0099\n"
                     "PO.0002,Two,CHISINAU,Nothing of before\n"
                     "PO.0003,Three,019b76da-03e8-73c1-9a17-e840a99d6fa2,\n"
                     "PO.0004,Four,Lima,PO.0005\n"
                     "PO.0005,Five,,PO.0004\n";

  fixture->options.missing_links = PSL_MISSING_LINKS_CREATE;
  assert_import (fixture, &psl_kind_project, text, "5 new 0 changed 0 conflict 0 identical 0 refused",
                 "4 office left out\n"
                 "2 office created Chisinau\n2 predecessor created PO.0099\n"
                 "3 predecessor created Nothing of before\n"
                 "5 office created Lima\n");
  g_assert_cmpuint (fixture->plan.n_created, ==, 4);
  g_assert_true (exists (fixture, "PO.0099"));
  assert_import (fixture, &psl_kind_project, text, "0 new 0 changed 0 conflict 5 identical 0 refused", "4 office left out\n");
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_false (exists (fixture, "PO.0099"));

  fixture->options.missing_links = PSL_MISSING_LINKS_EMPTY;
  fixture->options.strict = TRUE;
  assert_import (fixture, &psl_kind_project, "project_id,office\nPO.0001,Chisinau\nPO.0002,\n",
                 "1 new 0 changed 0 conflict 0 identical 1 refused", "2 office refused\n");
  g_assert_false (exists (fixture, "PO.0002"));
}

/* A record is made once, however many links name it, and none where no link leads to it. */
static void
test_created_once (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const maps[] = { "bureau=office", NULL };

  fixture->options.missing_links = PSL_MISSING_LINKS_CREATE;
  assert_import (fixture, &psl_kind_office, "name_en,reports_to,successor\nLima,Panama,PANAMA\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 reports_to created Panama\n");
  g_assert_cmpuint (fixture->plan.n_created, ==, 1);
  {
    g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (psl_store_count (fixture->store, query, &error), ==, 2);
    g_assert_no_error (error);
  }

  /* The register's value stays, and the value that another column names is taken. */
  fixture->options.maps = maps;
  assert_import (fixture, &psl_kind_project, "project_id,office,bureau\nPO.0001,Lima,\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project, "project_id,office,bureau\nPO.0001,Nairobi,\nPO.0002,Lima,Accra\nPO.0003,Oslo,Bonn\n",
                 "2 new 0 changed 1 conflict 0 identical 0 refused",
                 "2 office conflict PO.0001: register Lima Nairobi\n"
                 "3 office conflict PO.0002: file Lima Accra\n"
                 "4 office created Oslo\n"
                 "4 office conflict PO.0003: file Oslo Bonn\n");
  g_assert_cmpuint (fixture->plan.n_created, ==, 1);
}

static char *
write_refused (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "refused.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslFileWriter) writer = psl_file_writer_new (file, NULL, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_true (psl_refused_rows_write (fixture->options.refused, writer, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Rows that did not go in whole are a file of their own, which goes in once corrected. */
static void
test_refused_rows (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (PslRefusedRows) refused = psl_refused_rows_new ();
  g_autofree char *written = NULL;
  g_autofree char *again = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) corrected = NULL;

  fixture->options.refused = refused;
  assert_import (fixture, &psl_kind_office,
                 "extra;name_en;country;reports_to\n"
                 "a;Geneva;CH;\n"
                 "b;\"Lima\"x;PE;\n"
                 "c;;;\n"
                 "d;Oslo;NO;\"Nowhere; at all\"\n"
                 "e;Rome;IT;Geneva;surplus\n",
                 "2 new 0 changed 0 conflict 0 identical 3 refused",
                 "1 - column extra\n3 - refused\n4 - refused\n6 - refused\n5 reports_to left out\n");
  g_assert_cmpuint (psl_refused_rows_get_n (refused), ==, 4);
  written = write_refused (fixture);
  lines = g_strsplit (written, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 6);
  g_assert_cmpstr (lines[0], ==, "\xEF\xBB\xBF" "extra;name_en;country;reports_to;Import problems");
  g_assert_true (g_str_has_prefix (lines[1], "b;\"\"\"Lima\"\"x\";PE;;There is text after"));
  g_assert_true (g_str_has_prefix (lines[2], "c;;;;There is nothing to know"));
  g_assert_true (g_str_has_prefix (lines[3], "d;Oslo;NO;\"Nowhere; at all\";\"reports_to: There is no record"));
  g_assert_true (g_str_has_suffix (lines[4], ";surplus"));

  corrected = g_strsplit (written, "\"Nowhere; at all\"", 2);
  again = g_strconcat (corrected[0], "Geneva", corrected[1], NULL);
  assert_import (fixture, &psl_kind_office, again, "1 new 1 changed 0 conflict 0 identical 2 refused",
                 "1 - column extra\n3 - refused\n5 - refused\n");
  {
    g_autofree char *second = write_refused (fixture);

    g_assert_nonnull (strstr (second, "extra;name_en;country;reports_to;Import problems\r\n"));
    g_assert_nonnull (strstr (second, "\r\nc;;;;There is nothing"));
    g_assert_null (strstr (second, "Oslo"));
  }
}

static void
test_trash (Fixture       *fixture,
            gconstpointer  data)
{
  const char *text = "id,project_id,title_en,year\n019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0001,One,2020\n";
  gint64 rid;

  assert_import (fixture, &psl_kind_project, text, "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  rid = psl_store_find (fixture->store, "PO.0001", NULL);
  g_assert_true (psl_store_begin (fixture->store, PSL_VERB_TRASH, "One", NULL));
  g_assert_true (psl_store_set_state (fixture->store, rid, PSL_RECORD_TRASHED, NULL));
  g_assert_cmpint (psl_store_commit (fixture->store, NULL), >, 0);
  assert_import (fixture, &psl_kind_project, text, "0 new 0 changed 0 conflict 0 identical 1 refused", "2 - refused\n");

  /* An undone import can be made again, under the same UUID. */
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_false (exists (fixture, "PO.0001"));
  assert_import (fixture, &psl_kind_project,
                 "id,project_id,title_en\n019b76da-03e8-73c1-9a17-e840a99d6fa2,PO.0001,Again\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0001", "title_en", "Again");
  assert_value (fixture, "PO.0001", "year", NULL);
}

static void
test_money (Fixture       *fixture,
            gconstpointer  data)
{
  fixture->options.currency = "CHF";
  assert_import (fixture, &psl_kind_project,
                 "project_id,budget_amount,budget_currency\n"
                 "PO.0001,\"1,000.50\",EUR\nPO.0002,1000,\nPO.0003,10 USD,\nPO.0004,,EUR\n",
                 "4 new 0 changed 0 conflict 0 identical 0 refused", "5 budget note\n");
  assert_value (fixture, "PO.0001", "budget", "1000.50 EUR");
  assert_value (fixture, "PO.0002", "budget", "1000.00 CHF");
  assert_value (fixture, "PO.0003", "budget", "10.00 USD");
  assert_value (fixture, "PO.0004", "budget", NULL);
  assert_import (fixture, &psl_kind_project, "project_id,Budget (EUR)\nPO.0005,5\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0005", "budget", "5.00 EUR");
}

/* A currency without an amount is told: once where the whole column names it, else row
 * by row. */
static void
test_lone_currency (Fixture       *fixture,
                    gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "project_id,budget,budget_currency\nPO.0001,5,EUR\nPO.0002,,USD\nPO.0003,,\nPO.0004,n/a,EUR\n",
                 "4 new 0 changed 0 conflict 0 identical 0 refused", "3 budget left out\n5 budget left out\n");
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 2);
  assert_value (fixture, "PO.0001", "budget", "5.00 EUR");
  assert_value (fixture, "PO.0002", "budget", NULL);

  assert_import (fixture, &psl_kind_project,
                 "project_id,budget,budget_currency\nPO.0005,,EUR\nPO.0006,,EUR\nPO.0007,,EUR\n",
                 "3 new 0 changed 0 conflict 0 identical 0 refused", "2 budget note\n");
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 0);
  assert_import (fixture, &psl_kind_project, "project_id,budget_currency\nPO.0008,EUR\nPO.0009,USD\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "2 budget left out\n3 budget left out\n");

  fixture->options.strict = TRUE;
  assert_import (fixture, &psl_kind_project, "project_id,budget,budget_currency\nPO.0010,5,EUR\nPO.0011,,USD\n",
                 "1 new 0 changed 0 conflict 0 identical 1 refused", "3 budget refused\n");
}

/* Issues of rows that are refused in the end don't count, whenever they are. */
static void
test_counts (Fixture       *fixture,
             gconstpointer  data)
{
  /* By what identifies it, by a link further down, and by other records. */
  assert_import (fixture, &psl_kind_project,
                 "project_id,title_en,start,predecessor,id\n"
                 "PO.0001,One,soon,,\n"
                 "PO.0002,Two,soon,,no UUID\n"
                 "PO.0003,Three,soon,PO.0004,\n"
                 "PO.0004,Four,,PO.0003,\n"
                 "PO.0001,One,2020,,\n",
                 "3 new 0 changed 0 conflict 0 identical 1 refused",
                 "2 start left out\n3 - refused\n3 start left out\n4 start left out\n6 - merged PO.0001: 2\n");
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 2);

  fixture->options.missing_links = PSL_MISSING_LINKS_REFUSE;
  assert_import (fixture, &psl_kind_project,
                 "project_id,title_en,start,predecessor\n"
                 "PO.0005,Five,soon,PO.0099\n"
                 "PO.0006,Six,soon,PO.0001\n",
                 "1 new 0 changed 0 conflict 0 identical 1 refused",
                 "2 start left out\n3 start left out\n2 predecessor refused\n");
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 1);
}

/* UTF-8 that is read as what somebody said is told; what is not UTF-8 is what they said. */
static void
test_overruled (Fixture       *fixture,
                gconstpointer  data)
{
  static const struct
  {
    const char *encoding;
    const char *report;
  } cases[] = {
    { "windows-1252", "3 - note\n" },
    { "macintosh", "3 - note\n" },
    { "utf-8", "" },
    { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture->options.encoding = cases[i].encoding;
      fixture->options.dry_run = TRUE;
      assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0001,Un\nPO.0002,Été\n",
                     "2 new 0 changed 0 conflict 0 identical 0 refused", cases[i].report);
    }
  fixture->options.encoding = "windows-1252";
  assert_import (fixture, &psl_kind_project, "project_id,title_en\nPO.0001,One\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_import (fixture, &psl_kind_project, "project_id,title_fr\nPO.0001,\xC9t\xE9\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
}

/* The questions of an import: a line a question. */
static void
question_cb (const PslImportQuestion *question,
             gpointer                 user_data)
{
  static const char *const names[] = { "dates", "decimals", "century" };
  Fixture *fixture = user_data;
  g_autofree char *text = psl_import_question_dup_text (question);

  g_string_append_printf (fixture->report, "%u %s %s%s%s:", question->column, names[question->type], question->example,
                          question->contrary != NULL ? " " : "", question->contrary != NULL ? question->contrary : "");
  for (guint i = 0; i < question->n_answers; i++)
    {
      g_autofree char *label = psl_import_question_dup_label (question, i);
      g_autofree char *reading = psl_import_question_dup_reading (question, psl_codelists_get_default (), i);

      g_string_append_printf (fixture->report, " %u", question->answers[i]);
      g_assert_cmpstr (label, !=, "");
      g_assert_true (reading != NULL || question->contrary != NULL || question->type == PSL_IMPORT_QUESTION_DECIMALS);
    }
  g_string_append_c (fixture->report, '\n');
  g_assert_nonnull (strstr (text, question->heading));
  g_assert_nonnull (strstr (text, question->example));
}

static void
assert_asks (Fixture    *fixture,
             const char *text,
             const char *questions)
{
  g_autoptr (GError) error = NULL;
  gint64 action = psl_store_last_action (fixture->store);

  fixture->options.question = question_cb;
  g_assert_false (import_text (fixture, &psl_kind_project, text, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS);
  g_assert_cmpstr (fixture->report->str, ==, questions);
  g_assert_cmpint (psl_store_last_action (fixture->store), ==, action);
}

/* One column and what its cells become, apart by bars; NULL questions where nothing is
 * asked. */
typedef struct
{
  const char *heading;
  const char *field;
  const char *cells;
  const char *values;
  const char *questions;
} Meaning;

static const Meaning meanings[] = {
  /* The column decides. */
  { "start", "start", "01/31/2020|02/03/2020", "2020-01-31|2020-02-03", NULL },
  { "start", "start", "02/03/2020|31/01/2020", "2020-03-02|2020-01-31", NULL },
  { "start", "start", "2/3/2020 12:00:00 AM|1/31/2020 12:00:00 AM", "2020-02-03|2020-01-31", NULL },
  { "start", "start", "02/03/2020|2020-05-17|31.01.2020|mai 2020", "2020-03-02|2020-05-17|2020-01-31|2020-05", NULL },
  { "start", "start", "01/01/2020|03/03/2020", "2020-01-01|2020-03-03", NULL },
  { "start", "start", "０２/０３/２０２０|01/31/2020", "2020-02-03|2020-01-31", NULL },
  { "Start (mm/dd/yyyy)", "start", "02/03/2020", "2020-02-03", NULL },
  { "Début (jj/mm/aaaa)", "start", "02/03/2020", "2020-03-02", NULL },
  { "budget", "budget", "1.234|0.50", "|0.50 USD", NULL },
  { "budget", "budget", "1.234|0,50", "1234.00 USD|0.50 USD", NULL },
  { "budget", "budget", "1,234|1,234,567", "1234.00 USD|1234567.00 USD", NULL },
  { "budget", "budget", "1,234 JPY|5000", "1234 JPY|5000.00 USD", NULL },
  { "budget", "budget", "50 000|1'000", "50000.00 USD|1000.00 USD", NULL },
  { "budget", "budget", "1 234,567 KWD|1.234 KWD", "1234.567 KWD|1234.000 KWD", NULL },
  { "Budget (k€)", "budget", "500", "500000.00 EUR", NULL },
  { "Budget (USD '000)", "budget", "500", "500000.00 USD", NULL },
  { "Budget (en milliers d’euros)", "budget", "500", "500000.00 EUR", NULL },
  { "Budget (£)", "budget", "500", "500.00 GBP", NULL },
  { "Budget (¥)", "budget", "500", "500 JPY", NULL },
  { "Budget ($)", "budget", "500", "500.00 USD", NULL },
  { "€ Budget", "budget", "500|$500", "500.00 EUR|", NULL },
  { "Budget in Swiss francs", "budget", "500", "500.00 CHF", NULL },
  /* It doesn't. */
  { "start", "start", "02/03/2020|04/05/2020", NULL, "1 dates 02/03/2020: 1 2\n" },
  { "start", "start", "01/31/2020|31/01/2020", NULL, "1 dates 01/31/2020 31/01/2020: 1 2\n" },
  { "start", "start", "02-03-04", NULL, "1 dates 02-03-04: 1 2 3\n1 century 02-03-04: 1950 2000 1900\n" },
  { "start", "start", "1-May-07|2020", NULL, "1 century 1-May-07: 1950 2000 1900\n" },
  { "start", "start", "０２/０３/２０２０", NULL, "1 dates ０２/０３/２０２０: 1 2\n" },
  { "start", "start", "01/31/2020|31/01/2020|2020-05-17T00:00:00Z", NULL, "1 dates 01/31/2020 31/01/2020: 1 2\n" },
  { "year", "year", "2020|07", NULL, "1 century 07: 1950 2000 1900\n" },
  { "budget", "budget", "٥٠,٠٠٠", NULL, "1 decimals ٥٠,٠٠٠: 1 2\n" },
  { "budget", "budget", "1,234|50,000", NULL, "1 decimals 1,234: 1 2\n" },
  { "budget", "budget", "1,234|1.234", NULL, "1 decimals 1,234: 1 2\n" },
  { "budget", "budget", "1,5|2.5", NULL, "1 decimals 1,5 2.5: 1 2\n" },
};

static char *
make_column (const Meaning *meaning,
             guint         *n_rows)
{
  g_auto (GStrv) cells = g_strsplit (meaning->cells, "|", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "project_id;%s\n", meaning->heading);
  for (*n_rows = 0; cells[*n_rows] != NULL; (*n_rows)++)
    g_string_append_printf (text, "PO.%04u;%s\n", *n_rows + 1, cells[*n_rows]);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The whole column decides how a cell is read, or a person does. */
static void
test_meaning (Fixture       *fixture,
              gconstpointer  data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      guint n_rows;
      g_autofree char *text = make_column (&meanings[i], &n_rows);
      g_auto (GStrv) values = NULL;
      g_autoptr (GError) error = NULL;

      if (meanings[i].questions != NULL)
        {
          assert_asks (fixture, text, meanings[i].questions);
          continue;
        }
      values = g_strsplit (meanings[i].values, "|", -1);
      g_assert_true (import_text (fixture, &psl_kind_project, text, &error));
      g_assert_no_error (error);
      for (guint row = 0; row < n_rows; row++)
        {
          g_autofree char *name = g_strdup_printf ("PO.%04u", row + 1);

          g_test_message ("%s: %s", meanings[i].heading, meanings[i].cells);
          assert_value (fixture, name, meanings[i].field, *values[row] != '\0' ? values[row] : NULL);
        }
      g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, &error), >, 0);
      g_assert_no_error (error);
    }
}

/* Options for all columns, and answers for single ones. */
static void
test_answers (Fixture       *fixture,
              gconstpointer  data)
{
  static const PslImportAnswer answers[] = {
    { PSL_IMPORT_QUESTION_DATES, 2, PSL_DATE_ORDER_MDY },
    { PSL_IMPORT_QUESTION_CENTURY, 2, 1900 },
    { PSL_IMPORT_QUESTION_DECIMALS, 3, PSL_DECIMAL_MARK_COMMA },
  };
  const char *text = "project_id;start;end;budget\nPO.0001;02/03/04;05/06/07;1.234\n";

  assert_asks (fixture, text, "1 dates 02/03/04: 1 2\n1 century 02/03/04: 1950 2000 1900\n"
                              "2 dates 05/06/07: 1 2\n2 century 05/06/07: 1950 2000 1900\n3 decimals 1.234: 1 2\n");
  fixture->options.dates = PSL_DATE_ORDER_DMY;
  fixture->options.century = 2000;
  fixture->options.answers = answers;
  fixture->options.n_answers = G_N_ELEMENTS (answers);
  assert_import (fixture, &psl_kind_project, text, "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0001", "start", "2004-03-02");
  assert_value (fixture, "PO.0001", "end", "1907-05-06");
  assert_value (fixture, "PO.0001", "budget", "1234.00 USD");
}

/* Cells are surveyed as they are read afterwards: without marks for nothing, and with the
 * currency of the cell beside. */
static void
test_survey (Fixture       *fixture,
             gconstpointer  data)
{
  static const char *const marks[] = { "02/03/04", "1.500", NULL };

  fixture->options.empty.more = marks;
  assert_import (fixture, &psl_kind_project,
                 "project_id,start,budget\nPO.0001,02/03/04,1.500\nPO.0002,2020,\"1,234.50\"\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0001", "start", NULL);
  assert_value (fixture, "PO.0001", "budget", NULL);
  assert_value (fixture, "PO.0002", "budget", "1234.50 USD");
  fixture->options.empty.more = NULL;

  assert_import (fixture, &psl_kind_project,
                 "project_id,budget_amount,budget_currency\nPO.0003,\"1,234\",JPY\nPO.0004,\"5,678\",USD\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0003", "budget", "1234 JPY");
  assert_value (fixture, "PO.0004", "budget", "5678.00 USD");
}

/* A currency beside an amount must agree with the amount's own. */
static void
test_currencies (Fixture       *fixture,
                 gconstpointer  data)
{
  static const char *const maps[] = { "Total cost (k€)=budget", NULL };

  assert_import (fixture, &psl_kind_project,
                 "project_id,budget,budget_currency\n"
                 "PO.0001,$500,CAD\nPO.0002,500 USD,EUR\nPO.0003,500,xyz\nPO.0004,5000 F CFA,XOF\nPO.0005,500,-\n"
                 "PO.0006,500,XYZ\nPO.0007,500 XYZ,\nPO.0008,500 XYZ,EUR\n",
                 "8 new 0 changed 0 conflict 0 identical 0 refused", "3 budget left out\n4 budget left out\n7 budget unlisted XYZ\n8 budget unlisted XYZ\n9 budget left out\n");
  assert_value (fixture, "PO.0001", "budget", "500.00 CAD");
  assert_value (fixture, "PO.0002", "budget", NULL);
  assert_value (fixture, "PO.0003", "budget", NULL);
  assert_value (fixture, "PO.0004", "budget", "5000 XOF");
  assert_value (fixture, "PO.0005", "budget", "500.00 USD");
  assert_value (fixture, "PO.0006", "budget", "500.00 XYZ");
  assert_value (fixture, "PO.0007", "budget", "500.00 XYZ");
  assert_value (fixture, "PO.0008", "budget", NULL);
  g_assert_cmpuint (fixture->plan.n_unlisted, ==, 2);

  assert_import (fixture, &psl_kind_project, "project_id,Budget (€),budget_currency\nPO.0011,5,USD\nPO.0012,5,EUR\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused", "2 budget left out\n");
  fixture->options.currency = "CAD";
  assert_import (fixture, &psl_kind_project, "project_id,Budget ($)\nPO.0021,5\nPO.0022,$5\nPO.0023,5 EUR\n",
                 "3 new 0 changed 0 conflict 0 identical 0 refused", "4 budget left out\n");
  assert_value (fixture, "PO.0021", "budget", "5.00 CAD");
  assert_value (fixture, "PO.0022", "budget", "5.00 CAD");
  /* In a heading three capitals are a word: “toutes taxes comprises”. */
  assert_import (fixture, &psl_kind_project, "project_id,Budget (TTC)\nPO.0024,5\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "1 - column Budget (TTC)\n");

  fixture->options.currency = NULL;
  fixture->options.maps = maps;
  assert_import (fixture, &psl_kind_project, "project_id,Total cost (k€)\nPO.0031,5\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  assert_value (fixture, "PO.0031", "budget", "5000.00 EUR");
}

/* Marks for nothing are no values; in texts other than titles they are. */
static void
test_empty_marks (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char *const more[] = { "TBC", NULL };
  static const char *const other[] = { "", "TBC", NULL };
  static const char *const none[] = { NULL };
  static const char *const dash[] = { "-", NULL };

  assert_import (fixture, &psl_kind_project,
                 "project_id;title_en;start;budget;beneficiaries;objectives_en\n"
                 "PO.0001;-;n/a; -   ;—;n/a\nPO.0002;S.O.;#N/A;$ -;NA;\nPO.0003;x;TBC;€ -;…;\n",
                 "3 new 0 changed 0 conflict 0 identical 0 refused", "4 start left out\n");
  assert_value (fixture, "PO.0001", "title_en", NULL);
  assert_value (fixture, "PO.0001", "objectives_en", "n/a");
  assert_value (fixture, "PO.0002", "beneficiaries", "[{\"country\":\"NA\"}]");

  fixture->options.empty.more = more;
  assert_import (fixture, &psl_kind_project, "project_id,start,end\nPO.0004,tbc,-\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "");
  fixture->options.empty = (PslImportEmptyMarks) { other, none };
  assert_import (fixture, &psl_kind_project, "project_id,start,end\nPO.0005,tbc,-\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 end left out\n");
  fixture->options.empty = (PslImportEmptyMarks) { NULL, dash };
  assert_import (fixture, &psl_kind_project, "project_id,start,end,objectives_en\nPO.0006,n/a,-,-\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused", "2 start left out\n");
  assert_value (fixture, "PO.0006", "objectives_en", "-");
}

/* A row that could go into another's record is refused, whatever else it holds. */
static void
test_bad_identity (Fixture       *fixture,
                   gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project, "project_id,title_en,end\nPO 0001,One,2020\n",
                 "0 new 0 changed 0 conflict 0 identical 1 refused", "2 project_id refused\n");
  assert_import (fixture, &psl_kind_office, "name_en,country,phone\nOne,Atlantis,\nTwo,PE,call me\n",
                 "1 new 0 changed 0 conflict 0 identical 1 refused", "2 country refused\n3 phone left out\n");
}

/* A share without its country says nothing. */
static void
test_bad_entry (Fixture       *fixture,
                gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "project_id,Country,Percentage\nPO.0001,PL,40\nPO.0001,Atlantis,60\nPO.0002,PL,much\n",
                 "2 new 0 changed 0 conflict 0 identical 0 refused",
                 "3 beneficiaries.country left out\n3 - merged PO.0001: 2\n4 beneficiaries.percentage left out\n");
  assert_value (fixture, "PO.0001", "beneficiaries", "[{\"country\":\"PL\",\"percentage\":\"40\"}]");
  assert_value (fixture, "PO.0002", "beneficiaries", "[{\"country\":\"PL\"}]");
}

/* Codes that no list has go in and are named; mistyped names don't. A file of the program,
 * which has UUIDs, may hold any code. */
static void
test_unlisted (Fixture       *fixture,
               gconstpointer  data)
{
  assert_import (fixture, &psl_kind_project,
                 "project_id,status,beneficiaries\n"
                 "PO.0001,A07,\"PE, XQ (40%)\"\n"
                 "PO.0002,Activ,PE XQ\n"
                 "PO.0003,TBD,Peru Xq\n"
                 "PO.0004,caucasus,PE40\n",
                 "4 new 0 changed 0 conflict 0 identical 0 refused",
                 "2 status unlisted A07\n2 beneficiaries unlisted XQ\n"
                 "3 status left out\n3 beneficiaries unlisted XQ\n"
                 "4 status left out\n4 beneficiaries left out\n"
                 "5 status left out\n5 beneficiaries left out\n");
  g_assert_cmpuint (fixture->plan.n_unlisted, ==, 3);
  g_assert_cmpuint (fixture->plan.n_left_out, ==, 5);
  assert_value (fixture, "PO.0001", "status", "A07");
  assert_value (fixture, "PO.0001", "beneficiaries",
                "[{\"country\":\"PE\"},{\"country\":\"XQ\",\"percentage\":\"40\"}]");

  assert_import (fixture, &psl_kind_project,
                 "uuid,project_id,region,status\n0190163d-8694-739b-aea5-966c26f8ad91,PO.0005,caucasus,Activ\n",
                 "1 new 0 changed 0 conflict 0 identical 0 refused",
                 "2 region unlisted caucasus\n2 status left out\n");
  assert_value (fixture, "PO.0005", "region", "caucasus");
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *text = "project_id\nPO.0001\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (psl_import_csv (fixture->store, &psl_kind_project, stream, "x", &fixture->options, &fixture->plan,
                                  cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (exists (fixture, "PO.0001"));
}

static char *
find_shared (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("PASSERELLE_SOURCE"), "..", "shared", "data", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* The real facts: 26 rows of projects, of which W34-805 has a French and an
 * English page that disagree, and 26 of offices, of which Bangkok is one. */
static void
test_real (Fixture       *fixture,
           gconstpointer  data)
{
  static const char *const maps[] = { "start_year=start", "end_year=end", "budget_usd=budget", "type_as_printed=type",
                                      "idf_region=region", "benefiting_states_iso2=beneficiaries", NULL };
  g_autofree char *projects = find_shared ("iom/idf-projects-facts.csv");
  g_autofree char *offices = find_shared ("iom/offices-facts.csv");
  g_autofree char *text = NULL;
  g_autofree char *office_text = NULL;

  if (projects == NULL || offices == NULL)
    {
      g_test_skip ("There is no ../shared/data/iom here");
      return;
    }
  g_file_get_contents (projects, &text, NULL, NULL);
  g_file_get_contents (offices, &office_text, NULL, NULL);

  fixture->options.maps = maps;
  assert_import (fixture, &psl_kind_project, text, "25 new 0 changed 0 conflict 0 identical 0 refused",
                 "1 - column type_lang\n1 - column source_url\n3 - merged W34-805: 2\n3 end conflict W34-805: file 2007 2024\n");
  assert_value (fixture, "W34-805", "start", "2003");
  assert_value (fixture, "W34-805", "type", "TC");
  assert_value (fixture, "T97-805", "budget", "50000.00 USD");
  assert_value (fixture, "RR.0147", "type", "RR");
  assert_import (fixture, &psl_kind_project, text, "0 new 0 changed 1 conflict 24 identical 0 refused",
                 "1 - column type_lang\n1 - column source_url\n3 - merged W34-805: 2\n3 end conflict W34-805: register 2007 2024\n");
  g_assert_cmpint (fixture->plan.action, ==, 0);
  g_assert_cmpint (psl_store_undo (fixture->store, 0, NULL, NULL), >, 0);
  g_assert_false (exists (fixture, "W34-805"));

  fixture->options.maps = NULL;
  assert_import (fixture, &psl_kind_office, office_text, "25 new 0 changed 0 conflict 0 identical 0 refused",
                 "1 - column valid_note\n1 - column source\n"
                 "22 - merged Bangkok, Thailand, Regional office: 9\n");
  assert_import (fixture, &psl_kind_office, office_text, "0 new 0 changed 0 conflict 25 identical 0 refused",
                 "1 - column valid_note\n1 - column source\n"
                 "22 - merged Bangkok, Thailand, Regional office: 9\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/import/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("plain", test_plain);
  ADD ("languages-merge", test_languages_merge);
  ADD ("conflicts", test_conflicts);
  ADD ("bad-rows", test_bad_rows);
  ADD ("bad-files", test_bad_files);
  ADD ("unlisted", test_unlisted);
  ADD ("hxl", test_hxl);
  ADD ("garbled", test_garbled);
  ADD ("overruled", test_overruled);
  ADD ("lone-currency", test_lone_currency);
  ADD ("counts", test_counts);
  ADD ("identity", test_identity);
  ADD ("long-titles", test_long_titles);
  ADD ("title-from-later-row", test_title_from_later_row);
  ADD ("contradictions", test_contradictions);
  ADD ("two-identities", test_two_identities);
  ADD ("ambiguous", test_ambiguous);
  ADD ("offices", test_offices);
  ADD ("entries", test_entries);
  ADD ("links", test_links);
  ADD ("circles", test_circles);
  ADD ("two-columns", test_two_columns);
  ADD ("created-links", test_created_links);
  ADD ("created-once", test_created_once);
  ADD ("refused-rows", test_refused_rows);
  ADD ("trash", test_trash);
  ADD ("money", test_money);
  ADD ("meaning", test_meaning);
  ADD ("answers", test_answers);
  ADD ("survey", test_survey);
  ADD ("currencies", test_currencies);
  ADD ("empty-marks", test_empty_marks);
  ADD ("bad-identity", test_bad_identity);
  ADD ("bad-entry", test_bad_entry);
  ADD ("cancel", test_cancel);
  ADD ("real", test_real);
  return g_test_run ();
}
