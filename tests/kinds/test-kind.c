/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "psl-codelist.h"
#include "psl-kinds.h"
#include "psl-record.h"

#include "tests/locale.h"
#include "tests/model/values-testing.h"

#define ID "0190a1b2-c3d4-7e5f-8123-456789abcdef"

/* A record as "field=value" lines, and the fields its warnings stand on. */
typedef struct
{
  const char *kind;
  const char *values;
  const char *warnings;
} Case;

#define TITLES "title_fr=Un\ntitle_en=One\n"
#define NAMES "name_fr=Un\nname_en=One\n"

static const Case cases[] = {
  { "project", TITLES, "" },
  { "project", "", "title" },
  { "project", "title_fr=Un", "" },
  { "project", TITLES "project_id=PO.0160\ntype=PO", "" },
  { "project", TITLES "project_id=PO.0160\ntype=CT", "type" },
  { "project", TITLES "project_id=W34-805\ntype=TC", "" },
  { "project", TITLES "project_id=160", "project_id" },
  { "project", TITLES "project_id=Xé", "project_id" },
  { "project", TITLES "prima_id=CR99P0513", "" },
  { "project", TITLES "prima_id=CR98P0513", "prima_id" },
  { "project", TITLES "start=2003\nend=2003", "" },
  { "project", TITLES "start=2003-05\nend=2003", "" },
  { "project", TITLES "start=2003-05-17\nend=2003-05", "" },
  { "project", TITLES "start=2003-05\nend=2003-04-30", "end" },
  { "project", TITLES "start=2004\nend=2003-12", "end" },
  { "project", TITLES "start=2020\nend=2021\nyear=2019", "" },
  { "project", TITLES "start=2020\nend=2021\nyear=2022", "year" },
  { "project", TITLES "start=2020\nend=2021\nyear=2010", "year" },
  { "project", TITLES "coverage=4\nbudget=50000.00 USD\nbeneficiaries=[{\"country\":\"AL\"}]", "" },
  { "project", TITLES "coverage=4\nbudget=20500.00 USD", "budget" },
  { "project", TITLES "coverage=4\nbudget=200000.01 USD", "budget" },
  { "project", TITLES "coverage=4\nbudget=20500.00 EUR", "" },
  { "project", TITLES "coverage=1\nbudget=20500.00 USD", "" },
  { "project", TITLES "coverage=2\nbudget=85000.00 USD\nbeneficiaries=" VALUES_FIVE, "budget" },
  { "project", TITLES "coverage=2\nbeneficiaries=[{\"country\":\"AL\"}]", "beneficiaries" },
  { "project", TITLES "coverage=3", "beneficiaries" },
  { "project", TITLES "coverage=4\nbeneficiaries=" VALUES_FIVE, "beneficiaries" },
  { "project", TITLES "beneficiaries=[{\"country\":\"AL\",\"percentage\":\"33.33\"},"
    "{\"country\":\"PL\",\"percentage\":\"33.33\"},{\"country\":\"RO\",\"percentage\":\"33.34\"}]", "" },
  { "project", TITLES "beneficiaries=[{\"country\":\"AL\",\"percentage\":\"33.33\"},"
    "{\"country\":\"PL\",\"percentage\":\"33.33\"},{\"country\":\"RO\",\"percentage\":\"33.33\"}]", "beneficiaries" },
  { "project", TITLES "beneficiaries=[{\"country\":\"AL\",\"percentage\":\"40\"},{\"country\":\"PL\"}]", "beneficiaries" },
  { "project", TITLES "predecessor=" ID, "predecessor" },
  { "office", NAMES, "" },
  { "office", "", "name" },
  { "office", NAMES "latitude=46.2\nlongitude=6.1", "" },
  { "office", NAMES "latitude=46.2", "longitude" },
  { "office", NAMES "longitude=6.1", "latitude" },
  { "office", NAMES "reports_to=" ID "\nsuccessor=" ID, "reports_to successor" },
  { "office", NAMES "valid_from=2024\nvalid_to=2023", "valid_to" },
  { "function", "function=coordination\ncovers=029", "" },
  { "function", "function=coordination", "covers" },
  { "function", "function=regional\nvalid_from=2024\nvalid_to=2023", "valid_to" },
  { "former_name", NAMES "valid_from=2024\nvalid_to=2023-01", "valid_to" },
  { "former_name", "valid_from=2024", "name" },
};

static PslRecord *
make_record (const char *kind_name,
             const char *values)
{
  const PslKind *kind = psl_kind_find (kind_name);
  PslRecord *record = psl_record_new (kind, 1, ID);
  g_auto (GStrv) lines = g_strsplit (values, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      char *value = strchr (lines[i], '=');
      const PslField *field;
      const char *language;

      if (value == NULL)
        continue;
      *value++ = '\0';
      field = psl_kind_parse_field (kind, lines[i], &language);
      g_assert_nonnull (field);
      g_assert_true (psl_field_is_valid (field, psl_codelists_get_default (), value));
      psl_record_set (record, field, language, value);
    }

  return record;
}

static void
test_check (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PslRecord) record = make_record (cases[i].kind, cases[i].values);
      g_autoptr (GPtrArray) problems = psl_kind_check (psl_kind_find (cases[i].kind), record, psl_codelists_get_default (), NULL);
      g_autoptr (GString) warnings = g_string_new (NULL);

      for (guint j = 0; j < problems->len; j++)
        {
          const PslProblem *problem = g_ptr_array_index (problems, j);

          g_assert_nonnull (problem->message);
          g_assert_true (g_utf8_validate (problem->message, -1, NULL));
          /* It stands beside the field's name, or below it. */
          g_assert_null (strstr (problem->message, psl_field_get_label (problem->field)));
          if (problem->level == PSL_PROBLEM_WARNING)
            g_string_append_printf (warnings, "%s%s", warnings->len > 0 ? " " : "", problem->field->name);
        }
      g_test_message ("%s", cases[i].values);
      g_assert_cmpstr (warnings->str, ==, cases[i].warnings);
    }
}

static void
test_limits (void)
{
  g_autoptr (GVariant) stored = g_variant_ref_sink (g_variant_new_parsed ("{'project.currency': 'EUR',"
                                                                          " 'project.national_minimum': '10',"
                                                                          " 'project.national_maximum': '20',"
                                                                          " 'project.regional_maximum': 'much',"
                                                                          " 'programme.span': '7'}"));
  g_autoptr (PslSettingValues) settings = psl_setting_values_new (stored);
  g_autoptr (GVariant) again = g_variant_ref_sink (psl_setting_values_store (settings));
  g_autoptr (PslRecord) record = make_record ("project", TITLES "coverage=4\nbudget=20.01 EUR");
  g_autoptr (GPtrArray) problems = psl_kind_check (&psl_kind_project, record, psl_codelists_get_default (), settings);
  const PslProblem *problem;

  g_assert_cmpuint (problems->len, ==, 1);
  problem = g_ptr_array_index (problems, 0);
  g_assert_cmpstr (problem->message, ==, "The fund gives at most €20 to a national project.");

  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "national_minimum"), ==, 10);
  /* A text that is no amount can't be chosen, and a newer program's settings are kept. */
  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "regional_maximum"), ==, 300000);
  g_assert_cmpstr (psl_setting_values_get (NULL, &psl_kind_project, "currency"), ==, "USD");
  g_assert_cmpuint (g_variant_n_children (again), ==, g_variant_n_children (stored));
}

/* The tuple in which earlier versions of the program kept settings. */
static void
test_former_settings (void)
{
  g_autoptr (GVariant) former = g_variant_ref_sink (g_variant_new_parsed ("('CHF', int64 1, int64 2, int64 -3, int64 4)"));
  g_autoptr (PslSettingValues) settings = psl_setting_values_new (NULL);

  psl_setting_values_take_former (settings, &psl_kind_project, former);
  g_assert_cmpstr (psl_setting_values_get (settings, &psl_kind_project, "currency"), ==, "CHF");
  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "national_minimum"), ==, 1);
  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "national_maximum"), ==, 2);
  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "regional_minimum"), ==, 100000);
  g_assert_cmpint (psl_setting_values_get_number (settings, &psl_kind_project, "regional_maximum"), ==, 4);
}

static void
test_translations (void)
{
  g_autoptr (PslRecord) record = make_record ("project", "title_en=One\ndescription_fr=Deux");
  g_autoptr (GPtrArray) problems = psl_kind_check (&psl_kind_project, record, psl_codelists_get_default (), NULL);
  const PslProblem *title;
  const PslProblem *description;

  g_assert_cmpuint (problems->len, ==, 2);
  title = g_ptr_array_index (problems, 0);
  description = g_ptr_array_index (problems, 1);
  g_assert_cmpstr (title->field->name, ==, "title");
  g_assert_cmpstr (title->language, ==, "fr");
  g_assert_cmpint (title->level, ==, PSL_PROBLEM_NOTICE);
  g_assert_cmpstr (title->message, ==, "Not yet translated into French");
  g_assert_cmpstr (description->language, ==, "en");
}

/* As a register holds them that was written with other lists. */
static void
test_unknown_codes (void)
{
  static const struct
  {
    const char *kind;
    const char *field;
    const char *value;
    const char *codes;          /* NULL where the list knows all */
  } unknown[] = {
    { "project", "type", "ZZ", "ZZ" },
    { "project", "type", "PO", NULL },
    { "project", "status", "99", "99" },
    { "project", "region", "Zürich", "Zürich" },
    { "project", "beneficiaries", "[{\"country\":\"AL\"}]", NULL },
    { "project", "beneficiaries", "[{\"country\":\"QQ\"},{\"country\":\"AL\"},{\"country\":\"XX-1\"},{\"country\":\"QQ\"}]",
      "QQ, XX-1" },
    { "project", "sdg", "[{\"sdg\":\"18.1\"}]", "18.1" },
    { "office", "country", "QQ", "QQ" },
    { "office", "functions", "[{\"function\":\"liaison-x\",\"covers\":\"029\"}]", "liaison-x" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      const PslKind *kind = psl_kind_find (unknown[i].kind);
      const PslField *field = psl_kind_find_field (kind, unknown[i].field);
      g_autoptr (PslRecord) record = make_record (unknown[i].kind, *unknown[i].kind == 'p' ? TITLES : NAMES);
      g_autoptr (GPtrArray) problems = NULL;
      g_autofree char *expected = NULL;
      guint n_said = 0;

      g_assert_nonnull (field);
      psl_record_set (record, field, NULL, unknown[i].value);
      problems = psl_kind_check (kind, record, psl_codelists_get_default (), NULL);
      if (unknown[i].codes != NULL)
        expected = g_strdup_printf ("Not in the list: %s. Choose an entry of the list, or leave it as it is.", unknown[i].codes);
      for (guint j = 0; j < problems->len; j++)
        {
          const PslProblem *problem = g_ptr_array_index (problems, j);

          if (!g_str_has_prefix (problem->message, "Not in the list"))
            continue;
          g_assert_true (problem->field == field);
          g_assert_cmpstr (problem->message, ==, expected);
          n_said++;
        }
      g_test_message ("%s=%s", unknown[i].field, unknown[i].value);
      g_assert_cmpuint (n_said, ==, unknown[i].codes != NULL ? 1 : 0);
    }
}

static void
test_names (void)
{
  const PslKind *project = psl_kind_find ("project");
  const char *language = NULL;

  g_assert_true (project == &psl_kind_project);
  g_assert_null (psl_kind_find ("nothing"));
  g_assert_cmpstr (psl_kind_get_title (project)->name, ==, "title");

  g_assert_cmpstr (psl_kind_parse_field (project, "title_fr", &language)->name, ==, "title");
  g_assert_cmpstr (language, ==, "fr");
  g_assert_cmpstr (psl_kind_parse_field (project, "title.EN", &language)->name, ==, "title");
  g_assert_cmpstr (language, ==, "en");
  g_assert_cmpstr (psl_kind_parse_field (project, "title", &language)->name, ==, "title");
  g_assert_null (language);
  g_assert_cmpstr (psl_kind_parse_field (project, "project_id", &language)->name, ==, "project_id");
  g_assert_null (psl_kind_parse_field (project, "budget_fr", &language));
  g_assert_true (psl_kind_parse_field (project, "title_PT-br", &language) == psl_kind_get_title (project));
  g_assert_cmpstr (language, ==, "pt-BR");
  g_assert_null (psl_kind_parse_field (project, "title_zzz", &language));
  g_assert_null (psl_kind_parse_field (project, "_fr", &language));
  g_assert_null (psl_kind_parse_field (project, "", &language));
}

/* The entries of the field's list belong to entries of the wider one. */
static void
check_wider (const PslField *field)
{
  const PslCodelist *codelist = psl_codelist_get_default (field->codelist);
  const PslCodelist *wider = psl_codelist_get_default (field->wider->codelist);

  g_assert_nonnull (wider);
  g_assert_null (strchr (field->wider->name, '.'));
  for (guint i = 0; i < psl_codelist_get_n (codelist); i++)
    {
      const char *parent = psl_codelist_get_nth (codelist, i)->parent;

      g_assert_true (parent == NULL || psl_codelist_find (wider, parent) != NULL);
    }
}

static void
check_description (const PslField *field,
                   gboolean        row)
{
  g_assert_nonnull (field->label);
  g_assert_true (row == (field->group == NULL));
  g_assert_true ((field->type == PSL_FIELD_TYPE_CODE) == (field->codelist != NULL));
  if (!(field->flags & PSL_FIELD_OWNER))
    g_assert_true ((field->type == PSL_FIELD_TYPE_LINK || field->type == PSL_FIELD_TYPE_PARTS) ==
                   (field->target != NULL));
  g_assert_true ((field->type == PSL_FIELD_TYPE_ROWS || field->type == PSL_FIELD_TYPE_PARTS) == (field->rows != NULL));
  g_assert_true (field->codelist == NULL || psl_codelist_get_default (field->codelist) != NULL);
  g_assert_true (field->inverse.label == NULL || field->target != NULL);
  g_assert_true (field->wider == NULL || field->codelist != NULL);
  if (field->wider != NULL)
    check_wider (field);
  g_assert_true (psl_field_is_usual (field, "PO.0160") || field->pattern != NULL);
  if ((field->flags & PSL_FIELD_MULTILINGUAL) && field->type != PSL_FIELD_TYPE_PARTS)
    g_assert_true (field->type == PSL_FIELD_TYPE_TEXT || field->type == PSL_FIELD_TYPE_LONG_TEXT);
  if (field->flags & PSL_FIELD_FLAT)
    g_assert_cmpint (field->rows[0].type, ==, PSL_FIELD_TYPE_CODE);
  for (const PslField *sub = field->rows; field->type == PSL_FIELD_TYPE_ROWS && sub->name != NULL; sub++)
    check_description (sub, TRUE);
}

/* List rows show only what is read for them, and lists are sorted by nothing else. */
static void
check_listed (const PslKind *kind,
              const char    *name)
{
  const PslField *field = psl_kind_find_field (kind, name);

  g_assert_true (field != NULL && field->flags & PSL_FIELD_LISTED);
}

/* The settings come as values that they take, those with a least value after it. */
static void
check_settings (const PslKind *kind)
{
  const PslSetting *setting = kind->settings != NULL ? kind->settings->settings : NULL;

  g_assert_true (kind->currency == NULL || psl_kind_find_setting (kind, kind->currency) != NULL);
  for (; setting != NULL && setting->field.name != NULL; setting++)
    {
      const PslSetting *least = setting->at_least != NULL ? psl_kind_find_setting (kind, setting->at_least) : NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *value = psl_setting_read (setting, setting->initial, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (value, ==, setting->initial);
      g_assert_true (psl_kind_find_setting (kind, setting->field.name) == setting);
      g_assert_true (setting->at_least == NULL || (least != NULL && least < setting));
      g_assert_true (least == NULL || atoi (least->initial) <= atoi (setting->initial));
    }
}

/* A field of parts that is alone in its group is called like that: both names are read on the
 * page. */
static void
check_name_of_parts (const PslKind       *kind,
                     const PslFieldGroup *group,
                     const PslField      *parts)
{
  guint n_fields = 0;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    n_fields += g_strcmp0 (field->group, group->name) == 0;
  if (n_fields == 1)
    g_assert_cmpstr (parts->label, ==, group->label);
}

/* Every kind must be whole: what its fields refer to is there. */
static void
test_descriptions (void)
{
  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    {
      const PslKind *kind = psl_kinds[i];
      const char *names[] = { kind->title, kind->identifier, kind->period.from, kind->period.to, kind->period.fallback };
      const PslPlural *plurals[] = { &kind->words.total, &kind->words.part, &kind->words.made, &kind->words.changed };

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        g_assert_true (names[j] == NULL || psl_kind_find_field (kind, names[j]) != NULL);

      g_assert_nonnull (kind->icon);
      g_assert_true (psl_kind_is_of_any (kind) != (kind->remarks == &psl_kind_remark_parts));
      g_assert_nonnull (kind->words.new_record);
      g_assert_nonnull (kind->words.none_yet);
      for (gsize j = 0; j < G_N_ELEMENTS (plurals); j++)
        g_assert_true (plurals[j]->singular != NULL && plurals[j]->plural != NULL);

      if (kind->state != NULL)
        check_listed (kind, kind->state);
      for (gsize j = 0; kind->facts[j] != NULL; j++)
        check_listed (kind, kind->facts[j]);
      if (kind->head_state != NULL)
        g_assert_cmpint (psl_kind_find_field (kind, kind->head_state)->type, ==, PSL_FIELD_TYPE_CODE);
      for (gsize j = 0; kind->head_facts[j] != NULL; j++)
        g_assert_nonnull (psl_kind_find_field (kind, kind->head_facts[j]));
      check_settings (kind);

      for (const PslField *field = kind->fields; field->name != NULL; field++)
        {
          const PslFieldGroup *group = kind->groups;

          if (field->inverse.sort != NULL)
            check_listed (kind, field->inverse.sort);
          if (field->inverse.total != NULL)
            g_assert_cmpint (psl_kind_find_field (kind, field->inverse.total)->type, ==, PSL_FIELD_TYPE_MONEY);

          while (group->name != NULL && g_strcmp0 (group->name, field->group) != 0)
            group++;
          g_assert_nonnull (group->name);
          if (field->type == PSL_FIELD_TYPE_PARTS)
            check_name_of_parts (kind, group, field);
          g_assert_true (field->example == NULL || psl_field_is_usual (field, field->example));
          g_assert_true (psl_kind_find_field (kind, field->name) == field);
          check_description (field, FALSE);
        }
    }
}

/* The warning about an unusual identifier shows a usual one. */
static void
test_example (void)
{
  const PslField *field = psl_kind_find_field (&psl_kind_project, "project_id");
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 0, ID);
  g_autoptr (GPtrArray) problems = NULL;
  const PslProblem *problem = NULL;

  psl_record_set (record, field, NULL, "160");
  problems = psl_kind_check (&psl_kind_project, record, psl_codelists_get_default (), NULL);
  for (guint i = 0; i < problems->len; i++)
    if (((PslProblem *) problems->pdata[i])->field == field)
      problem = problems->pdata[i];
  g_assert_nonnull (problem);
  g_assert_cmpstr (problem->message, ==,
                   "“160” is not of the usual form, such as PO.0160. Check that it was copied whole.");
}

static void
test_words (void)
{
  const PslKindWords *words = &psl_kind_project.words;
  g_autofree char *one = psl_plural_fill (&words->total, 1, "1", NULL);
  g_autofree char *many = psl_plural_fill (&words->total, 27, "27", NULL);
  g_autofree char *part = psl_plural_fill (&words->part, 27, "8", "27");

  g_assert_cmpstr (one, ==, "1 project");
  g_assert_cmpstr (many, ==, "27 projects");
  g_assert_cmpstr (part, ==, "8 of 27 projects");
}

int
main (int    argc,
      char **argv)
{
  locale_set ("en_GB.UTF-8");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kind/check", test_check);
  g_test_add_func ("/kind/limits", test_limits);
  g_test_add_func ("/kind/settings/former", test_former_settings);
  g_test_add_func ("/kind/translations", test_translations);
  g_test_add_func ("/kind/unknown-codes", test_unknown_codes);
  g_test_add_func ("/kind/names", test_names);
  g_test_add_func ("/kind/example", test_example);
  g_test_add_func ("/kind/words", test_words);
  g_test_add_func ("/kind/descriptions", test_descriptions);

  return g_test_run ();
}
