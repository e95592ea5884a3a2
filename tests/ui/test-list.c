/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gtk/gtk.h>

#include "psl-error.h"
#include "psl-filter-offer.h"
#include "psl-kinds.h"
#include "psl-collection.h"
#include "psl-query.h"
#include "psl-summary.h"
#include "psl-trail.h"

static PslRecord *
make_project (void)
{
  PslRecord *record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");
  const PslKind *kind = &psl_kind_project;

  psl_record_set (record, psl_kind_find_field (kind, "title"), "fr", "Forum intrarégional d’Accra");
  psl_record_set (record, psl_kind_find_field (kind, "project_id"), NULL, "PO.0068");
  psl_record_set (record, psl_kind_find_field (kind, "status"), NULL, "4");
  psl_record_set (record, psl_kind_find_field (kind, "start"), NULL, "2015-03");
  psl_record_set (record, psl_kind_find_field (kind, "end"), NULL, "2016");
  psl_record_set (record, psl_kind_find_field (kind, "region"), NULL, "africa");
  psl_record_set (record, psl_kind_find_field (kind, "description"), "fr",
                  "La libre circulation des personnes et la mise en œuvre des protocoles.");

  return record;
}

static void
test_summary (void)
{
  g_autoptr (PslRecord) record = make_project ();
  g_autoptr (PslSummary) french = psl_summary_new (record, psl_codelists_get_default (), "fr");
  g_autoptr (PslSummary) english = psl_summary_new (record, psl_codelists_get_default (), "en");
  g_autofree char *description = psl_summary_describe (english);

  g_assert_cmpstr (french->title, ==, "Forum intrarégional d’Accra");
  g_assert_null (french->other_language);
  g_assert_cmpstr (french->facts, ==, "PO.0068 · 2015–2016 · Africa");
  g_assert_cmpstr (french->state, ==, "Completed");
  g_assert_cmpstr (french->state_class, ==, "status-4");

  g_assert_cmpstr (english->title, ==, "Forum intrarégional d’Accra");
  g_assert_cmpstr (english->other_language, ==, "fr");
  g_assert_cmpstr (description, ==,
                   "Forum intrarégional d’Accra, Completed, PO.0068 · 2015–2016 · Africa, not translated");
}

static void
check_order (PslRecord  *record,
             const char *sort,
             const char *order,
             const char *facts)
{
  g_autoptr (PslSummary) summary = psl_summary_new (record, psl_codelists_get_default (), "fr");

  psl_summary_set_order (summary, record, psl_codelists_get_default (), sort);
  g_assert_cmpstr (summary->order, ==, order);
  g_assert_cmpstr (summary->facts, ==, facts);
}

/* Rows show what their list is sorted by, once. */
static void
test_order (void)
{
  g_autoptr (PslRecord) record = make_project ();
  g_autoptr (GDateTime) then = g_date_time_new_local (2016, 5, 17, 14, 5, 0);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M");
  g_autoptr (PslSummary) summary = NULL;
  g_autofree char *description = NULL;

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "budget"), NULL, "100000.00 USD");
  psl_record_set_times (record, 0, g_date_time_to_unix_usec (then));

  check_order (record, NULL, NULL, "PO.0068 · 2015–2016 · Africa");
  check_order (record, "title", NULL, "PO.0068 · 2015–2016 · Africa");
  check_order (record, "project_id", NULL, "PO.0068 · 2015–2016 · Africa");
  check_order (record, "status", NULL, "PO.0068 · 2015–2016 · Africa");
  check_order (record, "budget", "US$100,000", "PO.0068 · 2015–2016 · Africa");
  check_order (record, "start", "March 2015", "PO.0068 · 2015–2016 · Africa");
  check_order (record, "year", NULL, "PO.0068 · 2015–2016 · Africa");
  check_order (record, "region", "Africa", "PO.0068 · 2015–2016");
  check_order (record, PSL_SORT_CHANGED, "May 17, 2016", "PO.0068 · 2015–2016 · Africa");
  psl_record_set_times (record, 0, g_date_time_to_unix_usec (now));
  check_order (record, PSL_SORT_CHANGED, time, "PO.0068 · 2015–2016 · Africa");

  psl_record_set_n_remarks (record, 2);
  summary = psl_summary_new (record, psl_codelists_get_default (), "fr");
  psl_summary_set_order (summary, record, psl_codelists_get_default (), "budget");
  description = psl_summary_describe (summary);
  g_assert_cmpstr (description, ==,
                   "Forum intrarégional d’Accra, Completed, PO.0068 · 2015–2016 · Africa, US$100,000, 2 remarks");
}

static void
test_empty_summary (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_office, 2, "019b76e9-9060-791f-b122-dfeca205c418");
  g_autoptr (PslSummary) summary = psl_summary_new (record, psl_codelists_get_default (), "fr");

  g_assert_cmpstr (summary->title, !=, "");
  g_assert_cmpstr (summary->facts, ==, "");
  g_assert_null (summary->state);
  g_assert_null (summary->other_language);
}

#define assert_missing(summary, words, expected)                          \
  G_STMT_START {                                                         \
    g_autofree char *missing_ = psl_summary_dup_missing (summary, words); \
    g_assert_cmpstr (missing_, ==, expected);                            \
  } G_STMT_END

static void
test_snippet (void)
{
  g_autoptr (PslRecord) record = make_project ();
  g_autoptr (PslSummary) summary = psl_summary_new (record, psl_codelists_get_default (), "fr");
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_code_change_free);
  PslCodeChange *change = g_new0 (PslCodeChange, 1);
  g_autoptr (PslCodelists) spanish = NULL;
  g_autofree char *in_spanish = NULL;
  g_autofree char *elsewhere = NULL;
  g_autofree char *alias = NULL;
  g_autofree char *labelled = NULL;

  assert_missing (summary, "accra 0068", "");
  assert_missing (summary, "", "");
  assert_missing (summary, "accra oeuvre", " oeuvre");

  elsewhere = psl_summary_quote (record, NULL, psl_codelists_get_default (), "oeuvre", TRUE);
  g_assert_nonnull (elsewhere);
  g_assert_true (g_str_has_prefix (elsewhere, "Description: "));
  g_assert_nonnull (strstr (elsewhere, "œuvre"));

  /* By the code’s name in the other language. */
  g_assert_null (psl_summary_quote (record, NULL, psl_codelists_get_default (), "afrique", TRUE));
  alias = psl_summary_quote (record, NULL, psl_codelists_get_default (), "afrique", FALSE);
  g_assert_cmpstr (alias, ==, "Fund region: Afrique");
  labelled = psl_summary_quote (record, "Project", psl_codelists_get_default (), "afrique", FALSE);
  g_assert_cmpstr (labelled, ==, "Project: Afrique");

  g_assert_null (psl_summary_quote (record, NULL, psl_codelists_get_default (), "zanzibar", FALSE));

  change->list = g_strdup ("region");
  change->code = g_strdup ("africa");
  psl_names_set (&change->names, "es", "Continente africano");
  g_ptr_array_add (changes, change);
  spanish = psl_codelists_new (changes);
  in_spanish = psl_summary_quote (record, NULL, spanish, "continente", FALSE);
  g_assert_cmpstr (in_spanish, ==, "Fund region: Continente africano");
}

static void
check_words (GPtrArray         *offers,
             const char        *field,
             PslFilterOp        op,
             const char *const *values,
             const char        *words)
{
  const PslFilterOffer *offer = psl_filter_offers_find (offers, field);
  g_autoptr (PslFilter) filter = psl_filter_new (field, op, values);
  g_autofree char *described = NULL;

  g_assert_nonnull (offer);
  described = psl_filter_offer_describe (offer, psl_codelists_get_default (), filter, NULL);
  g_assert_cmpstr (described, ==, words);
}

#define VALUES(...) ((const char *const[]) { __VA_ARGS__, NULL })

static void
test_filters (void)
{
  g_autoptr (GPtrArray) project = psl_filter_offers_new (&psl_kind_project);
  g_autoptr (GPtrArray) office = psl_filter_offers_new (&psl_kind_office);
  g_autoptr (GPtrArray) none = psl_filter_offers_new (NULL);
  static const char *const asked[] = { "status", "type", "coverage", "region", "beneficiaries", "years", "budget" };
  static const char *const asked_office[] = { "kind", "functions", "country", "country.area" };

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    g_assert_nonnull (psl_filter_offers_find (project, asked[i]));
  for (guint i = 0; i < G_N_ELEMENTS (asked_office); i++)
    g_assert_nonnull (psl_filter_offers_find (office, asked_office[i]));

  check_words (project, "coverage", PSL_FILTER_ONE_OF, VALUES ("2"), "Regional");
  check_words (project, "coverage", PSL_FILTER_NONE_OF, VALUES ("2", "3"), "Not Regional, Multi-national");
  check_words (project, "beneficiaries", PSL_FILTER_ONE_OF, VALUES ("KE", "UG"), "Kenya, Uganda");
  check_words (project, "beneficiaries", PSL_FILTER_ONE_OF, VALUES ("KE", "UG", "RW"), "Kenya, Uganda and 1 more");
  check_words (project, "years", PSL_FILTER_RANGE, VALUES ("2018", ""), "Since 2018");
  check_words (project, "years", PSL_FILTER_RANGE, VALUES ("", "2020"), "Until 2020");
  check_words (project, "years", PSL_FILTER_RANGE, VALUES ("2018", "2020"), "2018–2020");
  check_words (project, "years", PSL_FILTER_RANGE, VALUES ("2018", "2018"), "2018");
  check_words (project, "budget", PSL_FILTER_RANGE, VALUES ("50000.00 USD", ""), "≥ US$50,000");
  check_words (project, "budget", PSL_FILTER_RANGE, VALUES ("", "99.50 USD"), "≤ US$99.50");
  check_words (project, "status", PSL_FILTER_EMPTY, NULL, "Status: empty");
  check_words (project, "status", PSL_FILTER_NOT_EMPTY, NULL, "Status: given");
  check_words (office, "country.area", PSL_FILTER_ONE_OF, VALUES ("002"), "Africa");
}

/* Which list a field's codes belong to is said by its description alone. */
static void
test_filters_wider (void)
{
  static const PslField goal = { .name = "goal", .label = "Goal", .type = PSL_FIELD_TYPE_CODE, .codelist = "sdg" };
  static const PslField fields[] = {
    { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL },
    { .name = "target", .label = "Target", .type = PSL_FIELD_TYPE_CODE, .codelist = "sdg", .wider = &goal,
      .flags = PSL_FIELD_FILTERED },
    { .name = "country", .label = "Country", .type = PSL_FIELD_TYPE_CODE, .codelist = "country",
      .flags = PSL_FIELD_FILTERED },
    { NULL },
  };
  static const PslKind kind = { .name = "deed", .label = "Deed", .fields = fields, .title = "title" };
  g_autoptr (GPtrArray) offers = psl_filter_offers_new (&kind);
  g_autoptr (PslQuery) query = psl_query_new (&kind);
  g_autoptr (PslQuery) unknown = psl_query_new (&kind);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (psl_filter_offers_find (offers, "target.goal")->label, ==, "Goal");
  check_words (offers, "target.goal", PSL_FILTER_ONE_OF, VALUES ("8"), "8. Decent work and economic growth");
  g_assert_null (psl_filter_offers_find (offers, "country.area"));

  psl_query_add_filter (query, psl_filter_new ("target.goal", PSL_FILTER_ONE_OF, VALUES ("8")));
  psl_query_validate (query, psl_codelists_get_default (), &error);
  g_assert_no_error (error);
  psl_query_add_filter (unknown, psl_filter_new ("country.area", PSL_FILTER_ONE_OF, VALUES ("002")));
  g_assert_false (psl_query_validate (unknown, psl_codelists_get_default (), &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* Every filter that is offered is one that queries know. */
static void
test_filters_valid (void)
{
  for (guint k = 0; psl_kinds[k] != NULL; k++)
    {
      g_autoptr (GPtrArray) offers = psl_filter_offers_new (psl_kinds[k]);

      if (psl_kinds[k]->remarks != NULL)
        g_assert_true (psl_filter_offer_can_be_empty (psl_filter_offers_find (offers, psl_kinds[k]->remarks->name)));
      for (guint i = 0; i < offers->len; i++)
        {
          const PslFilterOffer *offer = g_ptr_array_index (offers, i);
          g_autoptr (PslQuery) query = psl_query_new (psl_kinds[k]);
          g_autoptr (GError) error = NULL;

          /* The records of an import are shown by its end, and not offered. */
          if (offer->shape == PSL_FILTER_SHAPE_NONE)
            g_assert_true (g_str_equal (offer->name, PSL_FIELD_ACTION) || psl_filter_offer_can_be_empty (offer) ||
                           psl_filter_offer_can_be_outdated (offer));
          if (psl_filter_offer_can_be_empty (offer))
            psl_query_add_filter (query, psl_filter_new (offer->name, PSL_FILTER_EMPTY, NULL));
          if (psl_filter_offer_can_be_outdated (offer))
            psl_query_add_filter (query, psl_filter_new (offer->name, PSL_FILTER_OUTDATED, NULL));
          if (offer->shape == PSL_FILTER_SHAPE_CODES)
            psl_query_add_filter (query, psl_filter_new (offer->name, PSL_FILTER_ONE_OF,
                                                         VALUES (psl_codelist_get_nth (psl_codelist_get_default (offer->field->codelist), 0)->code)));
          psl_query_validate (query, psl_codelists_get_default (), &error);
          g_assert_no_error (error);
        }
    }
}

static void
test_collections (void)
{
  const PslCollection *projects = psl_collection_find ("project");
  g_autofree char *all = psl_collection_format_count (projects, 27, 27);
  g_autofree char *some = psl_collection_format_count (projects, 8, 27);
  g_autofree char *one = psl_collection_format_count (projects, 1, 1);

  g_assert_cmpuint (psl_collection_get_n (), ==, 3);
  g_assert_cmpstr (all, ==, "27 projects");
  g_assert_cmpstr (some, ==, "8 of 27 projects");
  g_assert_cmpstr (one, ==, "1 project");
  g_assert_null (psl_collection_find ("nowhere"));
  g_assert_null (psl_collection_find ("trash")->kind);
}

static void
test_trail (void)
{
  g_autoptr (PslTrail) trail = psl_trail_new ();

  g_assert_false (psl_trail_can_go_back (trail));
  g_assert_cmpint (psl_trail_back (trail), ==, 0);

  psl_trail_visit (trail, 1);
  psl_trail_visit (trail, 2);
  psl_trail_visit (trail, 2);
  psl_trail_visit (trail, 3);
  g_assert_cmpint (psl_trail_back (trail), ==, 2);
  g_assert_cmpint (psl_trail_back (trail), ==, 1);
  g_assert_false (psl_trail_can_go_back (trail));
  g_assert_cmpint (psl_trail_forward (trail), ==, 2);

  psl_trail_visit (trail, 4);
  g_assert_false (psl_trail_can_go_forward (trail));
  g_assert_cmpint (psl_trail_back (trail), ==, 2);

  psl_trail_forget (trail, 2);
  g_assert_cmpint (psl_trail_forward (trail), ==, 4);
  g_assert_cmpint (psl_trail_back (trail), ==, 1);

  for (gint64 rid = 10; rid < 1000; rid++)
    psl_trail_visit (trail, rid);
  g_assert_cmpint (psl_trail_back (trail), ==, 998);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/list/summary", test_summary);
  g_test_add_func ("/list/empty-summary", test_empty_summary);
  g_test_add_func ("/list/order", test_order);
  g_test_add_func ("/list/snippet", test_snippet);
  g_test_add_func ("/list/filters", test_filters);
  g_test_add_func ("/list/filters/wider", test_filters_wider);
  g_test_add_func ("/list/filters-valid", test_filters_valid);
  g_test_add_func ("/list/collections", test_collections);
  g_test_add_func ("/list/trail", test_trail);

  return g_test_run ();
}
