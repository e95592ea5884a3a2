/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-collation.h"
#include "psl-kinds.h"
#include "psl-store-entry.h"
#include "psl-store-private.h"
#include "store-testing.h"

/* Runs a query and compares the records' identifiers or cities, joined by spaces. */
static char *
run (PslStore *store,
     PslQuery *query,
     gint64    limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_query (store, query, limit, &error);
  g_autoptr (GString) found = g_string_new (NULL);
  gint64 count;

  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (PslRecord) record = psl_store_read (store, g_array_index (rids, gint64, i), &error);

      g_assert_no_error (error);
      name = g_strdup (psl_record_get_by_name (record, psl_record_get_kind (record) == &psl_kind_project
                                                         ? "prima_id" : "city"));
      g_string_append_printf (found, "%s%s", i > 0 ? " " : "", name);
    }

  count = psl_store_count (store, query, &error);
  g_assert_no_error (error);
  if (limit == 0)
    g_assert_cmpint (count, ==, rids->len);
  return g_string_free_and_steal (g_steal_pointer (&found));
}

/* Projects that pass one filter, by title. */
static char *
filter (PslStore    *store,
        const char  *field,
        PslFilterOp  op,
        const char  *first,
        const char  *second)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  const char *values[] = { first, second, NULL };

  psl_query_set_language (query, "fr");
  psl_query_add_filter (query, psl_filter_new (field, op, first != NULL ? values : NULL));
  return run (store, query, 0);
}

#define assert_filter(store, expected, ...)                  \
  G_STMT_START {                                             \
    g_autofree char *found_ = filter ((store), __VA_ARGS__); \
    g_assert_cmpstr (found_, ==, (expected));                \
  } G_STMT_END

static char *
search (PslStore   *store,
        const char *words)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);

  psl_query_set_language (query, "fr");
  psl_query_set_search (query, words);
  return run (store, query, 0);
}

#define assert_search(store, words, expected)              \
  G_STMT_START {                                           \
    g_autofree char *found_ = search ((store), (words));   \
    g_assert_cmpstr (found_, ==, (expected));              \
  } G_STMT_END

static char *
sort (PslStore      *store,
      const PslKind *kind,
      const char    *field,
      gboolean       descending,
      const char    *language)
{
  g_autoptr (PslQuery) query = psl_query_new (kind);

  psl_query_set_language (query, language);
  psl_query_set_sort (query, field, descending);
  return run (store, query, 0);
}

#define assert_sort(store, expected, ...)                  \
  G_STMT_START {                                           \
    g_autofree char *found_ = sort ((store), __VA_ARGS__); \
    g_assert_cmpstr (found_, ==, (expected));              \
  } G_STMT_END

/* The PRIMA ID names each project in this test: A to F. */
static void
fill (StoreFixture *fixture)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (GError) error = NULL;
  gint64 berlin;

  berlin = store_testing_insert (store, &psl_kind_office, "name_en", "Berlin office", "name_fr", "Bureau de Berlin",
                                 "kind", "country", "city", "Berlin", "country", "DE", NULL);
  store_testing_insert (store, &psl_kind_office, "name_en", "Suva", "kind", "headquarters", "city", "Suva",
                        "country", "FJ", NULL);
  store_testing_insert (store, &psl_kind_office, "name_en", "Nowhere", NULL);
  office = psl_store_read (store, berlin, &error);
  g_assert_no_error (error);

  store_testing_insert (store, &psl_kind_project, "prima_id", "A", "title_fr", "Élan commun", "title_en", "Common impulse",
                        "project_id", "PO.0160", "type", "PO", "status", "4", "start", "2020", "end", "2021",
                        "budget", "100000.00 USD", "region", "europe", "office", psl_record_get_id (office),
                        "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"40\"}]", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "B", "title_fr", "Mise en œuvre",
                        "type", "CT", "status", "2", "start", "2020-05", "end", "2020-06-15",
                        "budget", "50000.00 EUR", "beneficiaries", "[{\"country\":\"SV\"}]",
                        "description_en", "Training of officials in Chişinău", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "C", "title_en", "Border management",
                        "type", "IB", "status", "1", "start", "2020-06-30", "year", "2019",
                        "budget", "75000.50 USD", "region", "africa", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "D", "title_fr", "Zone frontière",
                        "title_en", "Area of the border", "year", "2015", "budget", "5000 JPY", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "E", "title_fr", "eau", "title_en", "Water",
                        "status", "2", "start", "2022-01-01", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "F", NULL);
  store_testing_edit (store, berlin, "functions", "[{\"function\":\"coordination\",\"covers\":\"pacific\"}]", 0);
}

static void
test_filter_codes (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_filter (store, "E B", "status", PSL_FILTER_EQUALS, "2", NULL);
  assert_filter (store, "C E B", "status", PSL_FILTER_ONE_OF, "2", "1");
  assert_filter (store, "D F", "status", PSL_FILTER_EMPTY, NULL, NULL);
  assert_filter (store, "C E A B", "status", PSL_FILTER_NOT_EMPTY, NULL, NULL);
  assert_filter (store, "B", "type", PSL_FILTER_CONTAINS, "traite", NULL);
  assert_filter (store, "", "type", PSL_FILTER_CONTAINS, "no such type", NULL);
}

static void
test_filter_rows (StoreFixture  *fixture,
                  gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_filter (store, "A", "beneficiaries", PSL_FILTER_EQUALS, "PL", NULL);
  assert_filter (store, "A B", "beneficiaries", PSL_FILTER_ONE_OF, "SV", "MD");
  assert_filter (store, "A", "beneficiaries.percentage", PSL_FILTER_RANGE, "39.5", "100");
  assert_filter (store, "A", "beneficiaries.percentage", PSL_FILTER_NOT_EMPTY, NULL, NULL);
  assert_filter (store, "C E D F", "beneficiaries", PSL_FILTER_EMPTY, NULL, NULL);
  assert_filter (store, "A", "beneficiaries", PSL_FILTER_CONTAINS, "Moldova", NULL);
  assert_filter (store, "B", "beneficiaries.area", PSL_FILTER_EQUALS, "419", NULL);
  assert_filter (store, "A B", "beneficiaries.area", PSL_FILTER_ONE_OF, "019", "150");
}

static void
test_filter_dates (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_filter (store, "A B", "start", PSL_FILTER_RANGE, "2020-05", "2020-05");
  assert_filter (store, "C A B", "start", PSL_FILTER_RANGE, "2020-05", "2020-06");
  assert_filter (store, "A", "start", PSL_FILTER_RANGE, "2020-01-01", "2020-04-30");
  assert_filter (store, "C A", "start", PSL_FILTER_RANGE, "2020-06-01", "2021");
  assert_filter (store, "C E A B", "start", PSL_FILTER_RANGE, "2020", "");
  assert_filter (store, "C A B", "start", PSL_FILTER_RANGE, "", "2021-12-31");
  assert_filter (store, "", "start", PSL_FILTER_RANGE, "2021", "2021");
  assert_filter (store, "B", "start", PSL_FILTER_EQUALS, "2020-05", NULL);
  assert_filter (store, "C D", "year", PSL_FILTER_RANGE, "2015", "2019");
}

static void
test_filter_years (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_filter (store, "C A B", "years", PSL_FILTER_RANGE, "2020", "2020");
  assert_filter (store, "A", "years", PSL_FILTER_RANGE, "2021", "2021");
  assert_filter (store, "D", "years", PSL_FILTER_RANGE, "", "2019");
  assert_filter (store, "E A", "years", PSL_FILTER_RANGE, "2021", "");
  /* A record that ends later is not over by 2020, though it was under way then. */
  assert_filter (store, "C B D", "years", PSL_FILTER_RANGE, "", "2020");
  assert_filter (store, "C A B D", "years", PSL_FILTER_RANGE, "", "2021");
  assert_filter (store, "C E A B", "years", PSL_FILTER_RANGE, "2020", "");
  assert_filter (store, "C A B", "years", PSL_FILTER_RANGE, "2016", "2020");
}

/* An office without an end is still there. */
static void
test_filter_years_of_offices (StoreFixture  *fixture,
                              gconstpointer  data)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *expected;
  } cases[] = {
    { "", "2020", "Closed" },
    { "", "2030", "Closed Short" },
    { "2018", "", "Closed Open Short" },
    { "2020", "", "Open Short" },
    { "2018", "2020", "Closed Open" },
    { "2022", "2022", "Open Short" },
  };
  PslStore *store = fixture->store;

  store_testing_insert (store, &psl_kind_office, "name_en", "Closed", "city", "Closed", "valid_from", "2010",
                        "valid_to", "2019-06", NULL);
  store_testing_insert (store, &psl_kind_office, "name_en", "Open", "city", "Open", "valid_from", "2010", NULL);
  store_testing_insert (store, &psl_kind_office, "name_en", "Short", "city", "Short", "valid_from", "2021-03",
                        "valid_to", "2023", NULL);
  store_testing_insert (store, &psl_kind_office, "name_en", "Undated", "city", "Undated", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);
      const char *values[] = { cases[i].from, cases[i].to, NULL };
      g_autofree char *found = NULL;

      psl_query_set_language (query, "en");
      psl_query_add_filter (query, psl_filter_new ("years", PSL_FILTER_RANGE, values));
      found = run (store, query, 0);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_filter_money (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_filter (store, "C A", "budget", PSL_FILTER_RANGE, "50000.00 USD", "100000.00 USD");
  assert_filter (store, "C", "budget", PSL_FILTER_RANGE, "", "99999.99 USD");
  assert_filter (store, "B", "budget", PSL_FILTER_EQUALS, "50000.00 EUR", NULL);
  assert_filter (store, "D", "budget", PSL_FILTER_RANGE, "5000 JPY", "");
  assert_filter (store, "E F", "budget", PSL_FILTER_EMPTY, NULL, NULL);
}

static void
test_filter_texts (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) office = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  office = psl_store_read (store, 1, &error);
  g_assert_no_error (error);

  assert_filter (store, "B", "title", PSL_FILTER_CONTAINS, "Oeuvre", NULL);
  assert_filter (store, "D", "title_fr", PSL_FILTER_CONTAINS, "FRONTIERE zone", NULL);
  assert_filter (store, "", "title_en", PSL_FILTER_CONTAINS, "frontière", NULL);
  assert_filter (store, "B F", "title_en", PSL_FILTER_EMPTY, NULL, NULL);
  assert_filter (store, "F", "title", PSL_FILTER_EMPTY, NULL, NULL);
  assert_filter (store, "A", "title", PSL_FILTER_EQUALS, "Élan commun", NULL);
  assert_filter (store, "A", "project_id", PSL_FILTER_CONTAINS, "po.01", NULL);
  assert_filter (store, "A", "office", PSL_FILTER_EQUALS, psl_record_get_id (office), NULL);
  assert_filter (store, "A", "office", PSL_FILTER_CONTAINS, "bureau berl", NULL);
  assert_filter (store, "C E B D F", "office", PSL_FILTER_EMPTY, NULL, NULL);
}

/* A link is found by whatever a person names its record by. */
static void
test_filter_links (StoreFixture  *fixture,
                   gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslRecord) first = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  rid = store_testing_insert (store, &psl_kind_project, "prima_id", "CR99P0513", "title_en", "Borders",
                              "project_id", "PO.0160", NULL);
  first = psl_store_read (store, rid, &error);
  g_assert_no_error (error);
  store_testing_insert (store, &psl_kind_project, "prima_id", "SECOND", "title_en", "Borders, phase 2",
                        "predecessor", psl_record_get_id (first), NULL);

  assert_filter (store, "SECOND", "predecessor", PSL_FILTER_CONTAINS, "borders", NULL);
  assert_filter (store, "SECOND", "predecessor", PSL_FILTER_CONTAINS, "po.0160", NULL);
  assert_filter (store, "SECOND", "predecessor", PSL_FILTER_CONTAINS, "cr99p", NULL);
  assert_filter (store, "", "predecessor", PSL_FILTER_CONTAINS, "PO.0161", NULL);

  fill (fixture);
  assert_filter (store, "A", "office", PSL_FILTER_CONTAINS, "berlin", NULL);
}

/* A text without letter or digit is a condition too: it finds its own signs, never all. */
static void
test_signs (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char *const unknown[] = { "😀", "%", "#", "%_", "'", "\"", "!!", "…", "- -" };
  static const char *const fields[] = { "title", "title_en", "description", "project_id", "status", "office",
                                        "beneficiaries", "beneficiaries.country", "documents" };
  PslStore *store = fixture->store;
  g_autoptr (PslQuery) trash = psl_query_new_trash ();
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      assert_search (store, unknown[i], "");
      for (gsize j = 0; j < G_N_ELEMENTS (fields); j++)
        assert_filter (store, "", fields[j], PSL_FILTER_CONTAINS, unknown[i], NULL);
    }

  store_testing_insert (store, &psl_kind_project, "prima_id", "PARTY", "title_en", "Party 😀 of 50 %",
                        "documents_en", "[{\"title\":\"#1\"}]", NULL);
  assert_search (store, "😀", "PARTY");
  assert_search (store, " % 😀 ", "PARTY");
  assert_search (store, "😀 €", "");
  assert_search (store, "#", "PARTY");
  assert_filter (store, "PARTY", "title", PSL_FILTER_CONTAINS, "%", NULL);
  assert_filter (store, "", "title_fr", PSL_FILTER_CONTAINS, "%", NULL);
  assert_filter (store, "PARTY", "documents", PSL_FILTER_CONTAINS, "#", NULL);

  /* Beside words, too, and wherever they are looked for. */
  assert_search (store, "party %", "PARTY");
  assert_search (store, "50% party", "PARTY");
  assert_search (store, "😀 50", "PARTY");
  assert_search (store, "party #1", "PARTY");
  assert_search (store, "party €", "");
  assert_search (store, "party 😀%", "");
  assert_filter (store, "PARTY", "title", PSL_FILTER_CONTAINS, "party %", NULL);
  assert_filter (store, "", "title", PSL_FILTER_CONTAINS, "party +", NULL);
  assert_filter (store, "PARTY", "documents", PSL_FILTER_CONTAINS, "#1", NULL);
  assert_filter (store, "", "documents", PSL_FILTER_CONTAINS, "1 €", NULL);

  /* The name that a code has in a further language. */
  store_testing_insert (store, &psl_kind_entry, "code", "type/CT", "name_es", "Trata + tráfico", NULL);
  assert_filter (store, "B", "type", PSL_FILTER_CONTAINS, "trata +", NULL);
  assert_filter (store, "", "type", PSL_FILTER_CONTAINS, "trata %", NULL);

  /* Only blanks are no search. */
  assert_search (store, " \t\u00a0", "C E A B PARTY D F");

  psl_query_set_search (trash, "😀");
  rids = psl_store_query (store, trash, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, 0);
}

static void
test_search (StoreFixture  *fixture,
             gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  /* The one with it in its title is first, before one whose status is called so. */
  assert_search (store, "OEUV", "B E");
  assert_search (store, "en mise", "B E");
  assert_search (store, "chisinau", "B");
  assert_search (store, "po.0160", "A");
  assert_search (store, "border", "C D");
  assert_search (store, "border c", "C");
  assert_search (store, "nothing \"of* (that) AND -kind", "");
  assert_search (store, "el salvador", "B");

  /* In whichever language the title has it, but in one of them all of it. */
  store_testing_insert (store, &psl_kind_project, "prima_id", "OTHER", "title_fr", "Abri", "description_fr", "La paz social", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "SPANISH", "title_fr", "Vivre", "title_es", "Paz social", NULL);
  store_testing_insert (store, &psl_kind_project, "prima_id", "MIXED", "title_fr", "Wagon social", "title_es", "Paz", NULL);
  assert_search (store, "paz social", "SPANISH OTHER MIXED");
}

static void
test_sort (StoreFixture  *fixture,
           gconstpointer  data)
{
  PslStore *store = fixture->store;

  fill (fixture);
  assert_sort (store, "C E A B D F", &psl_kind_project, NULL, FALSE, "fr");
  assert_sort (store, "D C A B E F", &psl_kind_project, NULL, FALSE, "en");
  assert_sort (store, "E B A C D F", &psl_kind_project, "title", TRUE, "en");
  assert_sort (store, "A B C E D F", &psl_kind_project, "start", FALSE, "en");
  assert_sort (store, "E C B A F D", &psl_kind_project, "start", TRUE, "en");
  assert_sort (store, "B D C A E F", &psl_kind_project, "budget", FALSE, "en");
  assert_sort (store, "C B E A D F", &psl_kind_project, "status", FALSE, "en");
  assert_sort (store, "A E B C F D", &psl_kind_project, "status", TRUE, "en");
  assert_sort (store, "A B C D E F", &psl_kind_project, PSL_SORT_CHANGED, FALSE, "en");
  assert_sort (store, "F E D C B A", &psl_kind_project, PSL_SORT_CHANGED, TRUE, "en");
  /* Allemagne, Fidji; Fiji, Germany. */
  assert_sort (store, "Berlin Suva (null)", &psl_kind_office, "country", FALSE, "fr");
  assert_sort (store, "Suva Berlin (null)", &psl_kind_office, "country", FALSE, "en");
}

/* Titles come in the order of the reader's language, numbers in them by their value, and
 * the same whether they are read along the index, or matched and sorted. */
static void
test_sort_titles (StoreFixture  *fixture,
                  gconstpointer  data)
{
  static const char *const titles[] = {
    "PO.2", "PO.10", "Projet camp", "Projet camp 2", "Projet camp 10", "Projet campagne", "Projet cote", "Projet côte",
    "Projet côté", "Projet Éclair", "Projet École", "Projet œuf", "Projet zone",
  };
  static const guint shuffled[] = { 7, 1, 12, 4, 0, 9, 3, 11, 5, 2, 10, 8, 6 };
  g_autoptr (PslQuery) all = psl_query_new (&psl_kind_project);
  g_autoptr (PslQuery) some = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;
  g_autoptr (GArray) found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shuffled); i++)
    store_testing_insert (fixture->store, &psl_kind_project, "title_fr", titles[shuffled[i]], NULL);
  psl_query_set_language (all, "fr");
  rids = psl_store_query (fixture->store, all, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, G_N_ELEMENTS (titles));
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *title = store_testing_get (fixture->store, g_array_index (rids, gint64, i), "title_fr");

      g_assert_cmpstr (title, ==, titles[i]);
    }

  psl_query_set_language (some, "fr");
  psl_query_set_sort (some, "title", FALSE);
  psl_query_set_search (some, "projet");
  g_array_remove_range (rids, 0, 2);
  found = psl_store_query (fixture->store, some, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (found->data, found->len * sizeof (gint64), rids->data, rids->len * sizeof (gint64));
}

static char *
dup_titles (PslStore   *store,
            const char *language)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = NULL;

  psl_query_set_language (query, language);
  rids = psl_store_query (store, query, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *title = store_testing_get (store, g_array_index (rids, gint64, i), "title_fr");

      g_string_append_printf (titles, "%s ", title);
    }
  return g_string_free_and_steal (g_steal_pointer (&titles));
}

/* A language that the register takes up sorts the lists of its readers, with the present
 * records and with later ones. */
static void
test_sort_new_language (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new ("language", "es");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *english = NULL;
  g_autoptr (GError) error = NULL;

  store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "oasis", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "nube", NULL);
  store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "ñandú", NULL);
  before = dup_titles (fixture->store, "es");
  g_assert_cmpstr (before, ==, "ñandú nube oasis ");

  edit->is_new = TRUE;
  g_assert_cmpint (psl_store_edit_entry (fixture->store, edit, &error), >, 0);
  g_assert_no_error (error);
  store_testing_insert (fixture->store, &psl_kind_project, "title_fr", "nada", NULL);
  after = dup_titles (fixture->store, "es");
  g_assert_cmpstr (after, ==, "nada nube ñandú oasis ");
  english = dup_titles (fixture->store, "en");
  g_assert_cmpstr (english, ==, "nada ñandú nube oasis ");
}

static gboolean
can_sort (const PslKind  *kind,
          const PslField *field)
{
  return (field->flags & PSL_FIELD_LISTED) &&
         (!(field->flags & PSL_FIELD_MULTILINGUAL) || field == psl_kind_get_title (kind));
}

/* Records sorted here must come in the order of the index. */
static void
test_sort_matches (StoreFixture  *fixture,
                   gconstpointer  data)
{
  static const char *const unfilled[] = { "documents", "former_names", "level", "url", "valid_to", "valid_to", "source", "parent" };

  fill (fixture);
  for (gsize k = 0; psl_kinds[k] != NULL; k++)
    {
      for (const PslField *field = psl_kinds[k]->fields; field->name != NULL; field++)
        {
          for (int descending = FALSE; descending <= TRUE; descending++)
            {
              g_autoptr (PslQuery) query = psl_query_new (psl_kinds[k]);
              g_autofree char *by_index = NULL;
              g_autofree char *by_matches = NULL;
              g_autofree char *page = NULL;
              const char *unset[] = { "2199", NULL };

              if (!can_sort (psl_kinds[k], field))
                continue;
              psl_query_set_sort (query, field->name, descending);
              psl_query_set_language (query, "fr");
              by_index = run (fixture->store, query, 0);
              page = run (fixture->store, query, 2);
              g_assert_true (g_str_has_prefix (by_index, page));

              psl_query_add_filter (query, psl_filter_new (psl_kinds[k]->title, PSL_FILTER_NOT_EMPTY, NULL));
              g_ptr_array_set_size (psl_query_get_filters (query), 0);
              if (psl_kinds[k]->period.from != NULL)
                {
                  psl_query_add_filter (query, psl_filter_new (psl_kinds[k]->period.from, PSL_FILTER_ONE_OF, unset));
                  g_assert_cmpint (psl_store_count (fixture->store, query, NULL), ==, 0);
                }

              /* A filter that every record passes. */
              g_ptr_array_set_size (psl_query_get_filters (query), 0);
              psl_query_add_filter (query, psl_filter_new (unfilled[k], PSL_FILTER_EMPTY, NULL));
              by_matches = run (fixture->store, query, 0);
              g_assert_cmpstr (by_matches, ==, by_index);
            }
        }
    }
}

static void
test_trash (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new_trash ();
  g_autoptr (PslQuery) live = psl_query_new (&psl_kind_project);
  g_autofree char *all = NULL;
  g_autofree char *found = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  store_testing_set_state (fixture->store, 4, PSL_RECORD_TRASHED);
  store_testing_set_state (fixture->store, 2, PSL_RECORD_TRASHED);
  store_testing_set_state (fixture->store, 5, PSL_RECORD_TRASHED);
  store_testing_set_state (fixture->store, 6, PSL_RECORD_TRASHED);
  store_testing_set_state (fixture->store, 6, PSL_RECORD_GONE);

  all = run (fixture->store, query, 0);
  g_assert_cmpstr (all, ==, "B Suva A");
  psl_query_set_search (query, "oeuvre");
  found = run (fixture->store, query, 0);
  g_assert_cmpstr (found, ==, "B");
  psl_query_set_language (live, "en");
  rest = run (fixture->store, live, 0);
  g_assert_cmpstr (rest, ==, "D E F");

  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_EMPTY, NULL));
  g_assert_null (psl_store_query (fixture->store, query, 0, &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

static void
test_totals (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GPtrArray) totals = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture);
  totals = psl_store_totals (fixture->store, query, "budget", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (totals->len, ==, 3);
  g_assert_cmpstr (totals->pdata[0], ==, "175000.50 USD");
  g_assert_cmpstr (totals->pdata[1], ==, "50000.00 EUR");
  g_assert_cmpstr (totals->pdata[2], ==, "5000 JPY");

  psl_query_add_filter (query, psl_filter_new ("budget", PSL_FILTER_EMPTY, NULL));
  none = psl_store_totals (fixture->store, query, "budget", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);

  g_ptr_array_set_size (psl_query_get_filters (query), 0);
  for (guint i = 0; i < 20; i++)
    store_testing_insert (fixture->store, &psl_kind_project, "budget", "9000000000000000.00 USD", NULL);
  g_assert_null (psl_store_totals (fixture->store, query, "budget", &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
}

/* Every statement of an unfiltered list reads along an index. */
static void
assert_no_sorting (PslStore   *store,
                   const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (PslStatement) statement = NULL;
  g_autoptr (GError) error = NULL;

  statement = psl_db_prepare (psl_store_get_db (store), explain, &error);
  g_assert_no_error (error);
  while (psl_statement_step (statement, &error))
    {
      const char *step = psl_statement_get_text (statement, 3);

      if (strstr (step, "TEMP B-TREE") != NULL || (strstr (step, "SCAN") != NULL && strstr (step, "INDEX") == NULL))
        g_error ("%s: %s", sql, step);
    }
  g_assert_no_error (error);
}

static int
trace_cb (unsigned  type,
          gpointer  context,
          gpointer  statement,
          gpointer  text)
{
  const char *sql = sqlite3_sql (statement);

  if (g_str_has_prefix (sql, "SELECT r.rid"))
    g_ptr_array_add (context, g_strdup (sql));
  return 0;
}

static void
test_plans (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *handle = psl_db_get_handle (psl_store_get_db (fixture->store));
  g_autoptr (PslQuery) trash = psl_query_new_trash ();
  g_autofree char *in_trash = NULL;

  fill (fixture);
  sqlite3_trace_v2 (handle, SQLITE_TRACE_STMT, trace_cb, statements);
  in_trash = run (fixture->store, trash, 0);
  for (gsize k = 0; psl_kinds[k] != NULL; k++)
    {
      for (const PslField *field = psl_kinds[k]->fields; field->name != NULL; field++)
        {
          for (int i = 0; i < 4; i++)
            {
              g_autofree char *found = NULL;

              if (!psl_kind_is_part (psl_kinds[k]) && can_sort (psl_kinds[k], field))
                found = sort (fixture->store, psl_kinds[k], i / 2 > 0 ? field->name : PSL_SORT_CHANGED,
                              i % 2, psl_languages[i % 2]);
            }
        }
    }
  sqlite3_trace_v2 (handle, 0, NULL, NULL);

  g_assert_cmpuint (statements->len, >, 20);
  for (guint i = 0; i < statements->len; i++)
    assert_no_sorting (fixture->store, g_ptr_array_index (statements, i));
}

static void
assert_invalid (PslStore          *store,
                const char        *field,
                PslFilterOp        op,
                const char        *first,
                const char        *second,
                PslRegisterError   code)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;
  const char *values[] = { first, second, NULL };

  psl_query_add_filter (query, psl_filter_new (field, op, first != NULL ? values : NULL));
  g_assert_false (psl_query_validate (query, psl_codelists_get_default (), &error));
  store_testing_assert_refused (&error, code);
  g_assert_null (psl_store_query (store, query, 0, &error));
  store_testing_assert_refused (&error, code);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, -1);
  store_testing_assert_refused (&error, code);
}

static void
test_invalid (StoreFixture  *fixture,
              gconstpointer  data)
{
  PslStore *store = fixture->store;
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (GError) error = NULL;

  assert_invalid (store, "colour", PSL_FILTER_EMPTY, NULL, NULL, PSL_REGISTER_ERROR_NOT_FOUND);
  assert_invalid (store, "results.colour", PSL_FILTER_EMPTY, NULL, NULL, PSL_REGISTER_ERROR_NOT_FOUND);
  assert_invalid (store, "status.area", PSL_FILTER_EQUALS, "150", NULL, PSL_REGISTER_ERROR_NOT_FOUND);
  assert_invalid (store, "status_fr", PSL_FILTER_EMPTY, NULL, NULL, PSL_REGISTER_ERROR_NOT_FOUND);
  assert_invalid (store, "status\" OR 1 --", PSL_FILTER_EMPTY, NULL, NULL, PSL_REGISTER_ERROR_NOT_FOUND);
  assert_invalid (store, "status", PSL_FILTER_RANGE, "1", "2", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "status", PSL_FILTER_EQUALS, "not a code", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "status", PSL_FILTER_EQUALS, NULL, NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "status", PSL_FILTER_EQUALS, "1", "2", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "status", PSL_FILTER_EMPTY, "1", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "start", PSL_FILTER_RANGE, "2020", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "start", PSL_FILTER_RANGE, "2020-13", "", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "start", PSL_FILTER_RANGE, "", "", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "years", PSL_FILTER_RANGE, "", "", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "budget", PSL_FILTER_RANGE, "", "", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "title", PSL_FILTER_CONTAINS, "", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "status", PSL_FILTER_CONTAINS, " \u00a0", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "budget", PSL_FILTER_RANGE, "1.00 USD", "2.00 EUR", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "years", PSL_FILTER_EQUALS, "2020", NULL, PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "years", PSL_FILTER_RANGE, "2020-01", "", PSL_REGISTER_ERROR_INVALID);
  assert_invalid (store, "beneficiaries.area", PSL_FILTER_EQUALS, "999", NULL, PSL_REGISTER_ERROR_INVALID);

  psl_query_set_sort (query, "prima_id", FALSE);
  g_assert_false (psl_query_validate (query, psl_codelists_get_default (), &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_INVALID);
  psl_query_set_sort (query, "colour", FALSE);
  g_assert_false (psl_query_validate (query, psl_codelists_get_default (), &error));
  store_testing_assert_refused (&error, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* Asserts that two queries have the same first records; with a limit of 0, all. */
static void
assert_same_order (PslStore *store,
                   PslQuery *query,
                   PslQuery *other,
                   gint64    limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_query (store, query, limit, &error);
  g_autoptr (GArray) others = psl_store_query (store, other, limit, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, >, 0);
  g_assert_cmpmem (rids->data, rids->len * sizeof (gint64), others->data, others->len * sizeof (gint64));
}

/* Asserts that a query has @n_records, of which the first ones come by title. */
static void
assert_by_title (PslStore *store,
                 PslQuery *query,
                 gint64    limit,
                 guint     n_records)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_store_query (store, query, limit, &error);
  g_autofree char *before = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rids->len, ==, limit > 0 ? (guint) limit : n_records);
  g_assert_cmpint (psl_store_count (store, query, &error), ==, n_records);
  for (guint i = 0; i < rids->len; i++)
    {
      g_autofree char *title = store_testing_get (store, g_array_index (rids, gint64, i), "title_en");

      g_autofree char *key = psl_collation_dup_key ("en", title);

      g_assert_cmpint (g_strcmp0 (before, key), <, 0);
      g_assert_nonnull (strstr (title, " 1"));
      g_set_str (&before, key);
    }
}

/* Many records: pages are the beginning of the whole, and a search keeps the order. */
static void
test_many (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  static const char *const sorts[] = { NULL, "title", "status", PSL_SORT_CHANGED, "title" };
  g_autoptr (PslQuery) some = psl_query_new (&psl_kind_project);
  g_autoptr (GArray) page = NULL;
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) filtered = NULL;
  g_autoptr (GError) error = NULL;
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  const PslField *status = psl_kind_find_field (&psl_kind_project, "status");
  const char *values[] = { "2", NULL };

  psl_store_begin (fixture->store, PSL_VERB_IMPORT, "test", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
      g_autofree char *text = g_strdup_printf ("Project %u", i * 7919 % 20000);

      psl_record_set (record, title, "en", text);
      psl_record_set (record, status, NULL, i % 3 > 0 ? "2" : "4");
      psl_store_insert (fixture->store, record, &error);
      g_assert_no_error (error);
    }
  psl_store_commit (fixture->store, &error);
  g_assert_no_error (error);

  page = psl_store_query (fixture->store, query, 100, &error);
  g_assert_no_error (error);
  all = psl_store_query (fixture->store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->len, ==, 100);
  g_assert_cmpuint (all->len, ==, 20000);
  g_assert_cmpmem (page->data, 800, all->data, 800);

  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_EQUALS, values));
  filtered = psl_store_query (fixture->store, query, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (filtered->len, ==, psl_store_count (fixture->store, query, NULL));
  g_array_unref (page);
  page = psl_store_query (fixture->store, query, 50, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (page->data, 400, filtered->data, 400);

  /* All have the word: a search is sorted like the list without it. */
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    {
      g_autoptr (PslQuery) plain = psl_query_new (&psl_kind_project);
      g_autoptr (PslQuery) wide = NULL;

      psl_query_set_sort (plain, sorts[i], i % 2 > 0);
      wide = psl_query_copy (plain);
      psl_query_set_search (wide, "proj");
      assert_same_order (fixture->store, wide, plain, 100);
      assert_same_order (fixture->store, wide, plain, 0);
      psl_query_add_filter (plain, psl_filter_new ("status", PSL_FILTER_EQUALS, values));
      psl_query_add_filter (wide, psl_filter_new ("status", PSL_FILTER_EQUALS, values));
      assert_same_order (fixture->store, wide, plain, 100);
    }

  psl_query_set_search (some, "project 1");
  assert_by_title (fixture->store, some, 50, 11111);
  assert_by_title (fixture->store, some, 0, 11111);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  store_testing_add ("/query/filter/codes", test_filter_codes);
  store_testing_add ("/query/filter/rows", test_filter_rows);
  store_testing_add ("/query/filter/dates", test_filter_dates);
  store_testing_add ("/query/filter/years", test_filter_years);
  store_testing_add ("/query/filter/years-of-offices", test_filter_years_of_offices);
  store_testing_add ("/query/filter/links", test_filter_links);
  store_testing_add ("/query/signs", test_signs);
  store_testing_add ("/query/filter/money", test_filter_money);
  store_testing_add ("/query/filter/texts", test_filter_texts);
  store_testing_add ("/query/search", test_search);
  store_testing_add ("/query/sort", test_sort);
  store_testing_add ("/query/sort-titles", test_sort_titles);
  store_testing_add ("/query/sort-new-language", test_sort_new_language);
  store_testing_add ("/query/sort/matches", test_sort_matches);
  store_testing_add ("/query/trash", test_trash);
  store_testing_add ("/query/totals", test_totals);
  store_testing_add ("/query/plans", test_plans);
  store_testing_add ("/query/invalid", test_invalid);
  store_testing_add ("/query/many", test_many);

  return g_test_run ();
}
