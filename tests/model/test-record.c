/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-record.h"

/* The years of a project with these dates, and year of allocation. */
static char *
dup_years (const char *start,
           const char *end,
           const char *year)
{
  const PslKind *kind = &psl_kind_project;
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);

  psl_record_set (record, psl_kind_find_field (kind, "start"), NULL, start);
  psl_record_set (record, psl_kind_find_field (kind, "end"), NULL, end);
  psl_record_set (record, psl_kind_find_field (kind, "year"), NULL, year);
  return psl_record_dup_years (record);
}

static void
test_years (void)
{
  const struct
  {
    const char *start;
    const char *end;
    const char *year;
    const char *expected;
  } cases[] = {
    { "2020", "2021", "2019", "2020–2021" },
    { "2020-05-17", "2021-01", NULL, "2020–2021" },
    { "2020-01", "2020-12", NULL, "2020" },
    { "2020-05", NULL, "2019", "since 2020" },
    { NULL, "2024-03", "2019", "until 2024" },
    { NULL, NULL, "2019", "2019" },
    { NULL, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *years = dup_years (cases[i].start, cases[i].end, cases[i].year);

      g_assert_cmpstr (years, ==, cases[i].expected);
    }
}

/* A record goes by its title in the language asked for, else in another, else by
 * its identifier, else by what its kind calls one without a name. */
static void
test_title (void)
{
  const PslKind *kind = &psl_kind_project;
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);
  g_autofree char *untitled = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
  g_autofree char *by_identifier = NULL;
  g_autofree char *in_other = NULL;
  g_autofree char *in_own = NULL;

  g_assert_cmpstr (untitled, !=, "");
  psl_record_set (record, psl_kind_find_field (kind, "project_id"), NULL, "PO.0160");
  by_identifier = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
  g_assert_cmpstr (by_identifier, ==, "PO.0160");
  psl_record_set (record, psl_kind_get_title (kind), "en", "Footbridge");
  in_other = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
  g_assert_cmpstr (in_other, ==, "Footbridge");
  psl_record_set (record, psl_kind_get_title (kind), "fr", "Passerelle");
  in_own = psl_record_dup_title (record, psl_codelists_get_default (), "fr");
  g_assert_cmpstr (in_own, ==, "Passerelle");
}

/* Texts in any language are kept, in the order of the languages. */
static void
test_languages (void)
{
  const PslKind *kind = &psl_kind_project;
  const PslField *title = psl_kind_get_title (kind);
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);
  g_autoptr (PslRecord) copy = NULL;
  g_autofree const char **none = psl_record_list_languages (record, title);
  g_autofree const char **languages = NULL;
  g_autoptr (GString) values = g_string_new (NULL);
  const PslField *field;
  const char *language;
  const char *value;
  const char *shown;
  PslRecordIter iter;

  g_assert_null (none[0]);
  psl_record_set (record, psl_kind_find_field (kind, "project_id"), NULL, "PO.0160");
  psl_record_set (record, psl_kind_find_field (kind, "objectives"), "ar", "هدف");
  psl_record_set (record, title, "pt-BR", "Passarela");
  psl_record_set (record, title, "es", "Pasarela");
  g_assert_cmpstr (psl_record_get_text (record, title, "fr", &shown), ==, "Pasarela");
  g_assert_cmpstr (shown, ==, "es");
  psl_record_set (record, title, "en", "Footbridge");
  psl_record_set (record, title, "es", "Puente");
  g_assert_cmpstr (psl_record_get_text (record, title, "fr", &shown), ==, "Footbridge");
  g_assert_cmpstr (psl_record_get_by_name (record, "title_pt-br"), ==, "Passarela");
  copy = psl_record_copy (record);
  psl_record_set (record, title, "pt-BR", NULL);
  g_assert_null (psl_record_get (record, title, "pt-BR"));

  languages = psl_record_list_languages (copy, title);
  g_assert_cmpuint (g_strv_length ((char **) languages), ==, 3);
  psl_record_iter_init (&iter, copy);
  while (psl_record_iter_next (&iter, &field, &language, &value))
    g_string_append_printf (values, "%s %s %s\n", field->name, language != NULL ? language : "-", value);
  g_assert_cmpstr (values->str, ==,
                   "title en Footbridge\ntitle es Puente\ntitle pt-BR Passarela\nproject_id - PO.0160\nobjectives ar هدف\n");
}

/* A copy's title says that it is one, in whatever language. */
static void
test_duplicate (void)
{
  static const char *const titles[][3] = {
    { "fr", "Passerelle", "Passerelle (2)" },
    { "en", "Footbridge", "Footbridge (2)" },
    { "es", "Pasarela", "Pasarela (2)" },
    { "ar", "جسر", "جسر (2)" },
  };
  const PslField *title = psl_kind_get_title (&psl_kind_project);
  const PslField *objectives = psl_kind_find_field (&psl_kind_project, "objectives");
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, NULL);
  g_autoptr (PslRecord) copy = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    psl_record_set (record, title, titles[i][0], titles[i][1]);
  psl_record_set (record, objectives, "es", "Cruzar");
  copy = psl_record_duplicate (record);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_cmpstr (psl_record_get (copy, title, titles[i][0]), ==, titles[i][2]);
  g_assert_cmpstr (psl_record_get (copy, objectives, "es"), ==, "Cruzar");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/years", test_years);
  g_test_add_func ("/record/title", test_title);
  g_test_add_func ("/record/languages", test_languages);
  g_test_add_func ("/record/duplicate", test_duplicate);
  return g_test_run ();
}
