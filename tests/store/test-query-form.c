/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A query as text, as settings keep it. */

#include "config.h"

#include "psl-kinds.h"
#include "psl-query.h"
#include "store-testing.h"

static void
assert_round_trip (PslQuery *query)
{
  g_autofree char *text = psl_query_to_string (query);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslQuery) read = psl_query_from_string (text, psl_codelists_get_default (), &error);
  g_autoptr (PslQuery) copy = psl_query_copy (query);

  g_assert_no_error (error);
  g_assert_true (psl_query_equal (query, read));
  g_assert_true (psl_query_equal (query, copy));
}

static void
test_text_form (void)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (PslQuery) trash = psl_query_new_trash ();
  const char *values[] = { "2", "4", NULL };
  const char *range[] = { "2018", "", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PslQuery) newer = NULL;
  static const struct
  {
    const char *text;
    PslRegisterError code;
  } wrong[] = {
    { "", PSL_REGISTER_ERROR_INVALID },
    { "[]", PSL_REGISTER_ERROR_INVALID },
    { "{}", PSL_REGISTER_ERROR_INVALID },
    { "{\"kind\":3}", PSL_REGISTER_ERROR_INVALID },
    { "{\"kind\":\"event\"}", PSL_REGISTER_ERROR_NOT_FOUND },
    { "{\"kind\":\"project\",\"sort\":\"colour\"}", PSL_REGISTER_ERROR_NOT_FOUND },
    { "{\"kind\":\"project\",\"filters\":[3]}", PSL_REGISTER_ERROR_INVALID },
    { "{\"kind\":\"project\",\"filters\":[{\"field\":\"status\"}]}", PSL_REGISTER_ERROR_INVALID },
    { "{\"kind\":\"project\",\"filters\":[{\"field\":\"colour\",\"op\":\"empty\"}]}", PSL_REGISTER_ERROR_NOT_FOUND },
    { "{\"kind\":\"project\",\"filters\":[{\"field\":\"status\",\"op\":\"like\"}]}", PSL_REGISTER_ERROR_NOT_FOUND },
    { "{\"kind\":\"project\",\"filters\":[{\"field\":\"status\",\"op\":\"equals\",\"values\":[4]}]}",
      PSL_REGISTER_ERROR_INVALID },
  };

  assert_round_trip (query);
  assert_round_trip (trash);
  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_ONE_OF, values));
  psl_query_add_filter (query, psl_filter_new ("years", PSL_FILTER_RANGE, range));
  psl_query_add_filter (query, psl_filter_new ("title_fr", PSL_FILTER_EMPTY, NULL));
  psl_query_set_search (query, "\"œuvre\"");
  psl_query_set_sort (query, "budget", TRUE);
  psl_query_set_language (query, "fr");
  assert_round_trip (query);
  g_assert_false (psl_query_equal (query, trash));
  g_ptr_array_remove_index (psl_query_get_filters (query), 1);
  assert_round_trip (query);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (psl_query_from_string (wrong[i].text, psl_codelists_get_default (), &error));
      store_testing_assert_refused (&error, wrong[i].code);
    }

  newer = psl_query_from_string ("{\"kind\":\"project\",\"colour\":\"red\",\"language\":\"es\"}", psl_codelists_get_default (), &error);
  g_assert_no_error (error);
}

static gboolean
depends_on (PslQuery      *query,
            const PslKind *kind,
            const char    *field)
{
  return psl_query_depends_on (query, kind, field != NULL ? psl_kind_find_field (kind, field) : NULL);
}

/* Which changes can change a list: what it sorts, filters and searches by, and what comes
 * or goes. */
static void
test_depends_on (void)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_project);
  g_autoptr (PslQuery) trash = psl_query_new_trash ();
  const char *values[] = { "2", NULL };

  g_assert_true (depends_on (query, &psl_kind_project, NULL));
  g_assert_true (depends_on (query, &psl_kind_project, "title"));
  g_assert_false (depends_on (query, &psl_kind_project, "status"));
  g_assert_false (depends_on (query, &psl_kind_project, "description"));
  g_assert_false (depends_on (query, &psl_kind_office, NULL));
  g_assert_false (depends_on (query, &psl_kind_office, "name"));

  psl_query_add_filter (query, psl_filter_new ("status", PSL_FILTER_ONE_OF, values));
  g_assert_true (depends_on (query, &psl_kind_project, "status"));
  g_assert_false (depends_on (query, &psl_kind_project, "start"));
  psl_query_set_sort (query, "start", TRUE);
  g_assert_true (depends_on (query, &psl_kind_project, "start"));
  g_assert_false (depends_on (query, &psl_kind_project, "title"));
  psl_query_add_filter (query, psl_filter_new ("title_fr", PSL_FILTER_EMPTY, NULL));
  g_assert_true (depends_on (query, &psl_kind_project, "title"));

  /* A link sorts by the title at its other end, and leads to what stands there. */
  psl_query_set_sort (query, "office", FALSE);
  g_assert_true (depends_on (query, &psl_kind_office, "name"));
  psl_query_set_sort (query, "start", FALSE);
  g_assert_false (depends_on (query, &psl_kind_office, "country"));
  psl_query_add_filter (query, psl_filter_new ("office.country", PSL_FILTER_NOT_EMPTY, NULL));
  g_assert_true (depends_on (query, &psl_kind_office, "country"));

  psl_query_set_search (query, "œuvre");
  g_assert_true (depends_on (query, &psl_kind_project, "description"));
  g_assert_true (depends_on (trash, &psl_kind_office, "city"));
  psl_query_set_search (query, NULL);
  psl_query_set_sort (query, PSL_SORT_CHANGED, TRUE);
  g_assert_true (depends_on (query, &psl_kind_project, "description"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query/text-form", test_text_form);
  g_test_add_func ("/query/depends-on", test_depends_on);

  return g_test_run ();
}
