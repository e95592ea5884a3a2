/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "psl-error.h"
#include "psl-import-mapping.h"
#include "psl-kinds.h"

static PslImportMapping *
map_headings (const PslKind      *kind,
              const char         *headings,
              const char *const  *maps,
              const char         *language)
{
  g_auto (GStrv) cells = g_strsplit (headings, "|", -1);
  g_autoptr (GError) error = NULL;
  PslImportMapping *mapping = psl_import_mapping_new (kind, psl_codelists_get_default (), (const char *const *) cells, maps,
                                                      language, &error);

  g_assert_no_error (error);
  return mapping;
}

/* `field`, `field_fr`, `field.subfield`, `field:ids`, `field:amount`, `id`, `-`, `?`, with the
 * currency, the power of ten or the order of dates behind it. */
static char *
describe (const PslImportColumn *column)
{
  static const char *const orders[] = { "", "dmy", "mdy", "ymd" };
  const char *field = column->field != NULL ? column->field->name : "";
  g_autofree char *text = NULL;
  g_autofree char *exponent = NULL;

  switch (column->target)
    {
    case PSL_IMPORT_TO_UNMATCHED:
      return g_strdup ("?");
    case PSL_IMPORT_TO_IGNORED:
      return g_strdup ("-");
    case PSL_IMPORT_TO_ID:
      return g_strdup ("id");
    case PSL_IMPORT_TO_PART_IDS:
      return g_strdup_printf ("%s:ids", field);
    case PSL_IMPORT_TO_AMOUNT:
      return g_strdup_printf ("%s:amount%s%s", field, column->currency != NULL ? " " : "",
                              column->currency != NULL ? column->currency : "");
    case PSL_IMPORT_TO_CURRENCY:
      return g_strdup_printf ("%s:currency", field);
    case PSL_IMPORT_TO_FIELD:
    default:
      break;
    }
  if (column->subfield != NULL)
    text = g_strdup_printf ("%s.%s", field, column->subfield->name);
  else if (column->language != NULL)
    text = g_strdup_printf ("%s_%s", field, column->language);
  else
    text = g_strdup (field);
  if (column->dates != PSL_DATE_ORDER_USUAL)
    return g_strdup_printf ("%s %s", text, orders[column->dates]);
  exponent = column->exponent > 0 ? g_strdup_printf (" e%u", column->exponent) : g_strdup ("");
  return g_strdup_printf ("%s%s%s%s", text, column->currency != NULL ? " " : "",
                          column->currency != NULL ? column->currency : "", exponent);
}

static void
assert_mapping (const PslKind     *kind,
                const char        *headings,
                const char *const *maps,
                const char        *language,
                const char        *expected)
{
  g_autoptr (PslImportMapping) mapping = map_headings (kind, headings, maps, language);
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      g_autofree char *text = describe (psl_import_mapping_get_column (mapping, i));

      g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", text);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_names (void)
{
  assert_mapping (&psl_kind_project, "id|title_fr|title_en|project_id|budget|beneficiaries|nonsense", NULL, NULL,
                  "id|title_fr|title_en|project_id|budget|beneficiaries|?");
  assert_mapping (&psl_kind_project, "UUID|Title_FR|PROJECT_ID|budget_amount|budget_currency|budget_eur", NULL, NULL,
                  "id|title_fr|project_id|budget:amount|budget:currency|budget EUR");
  assert_mapping (&psl_kind_office, "city|iso2|kind|function|covers|valid_note|source", NULL, NULL,
                  "city|country|kind|functions.function|functions.covers|?|?");
  assert_mapping (&psl_kind_office, "name_en|functions.function|functions_covers|functions.valid_from|valid_from", NULL,
                  NULL, "name_en|functions.function|functions.covers|functions.valid_from|valid_from");
  assert_mapping (&psl_kind_project, "id|results.uuid|results_id|Results (Indonesian)", NULL, NULL,
                  "id|results:ids|results_id|results_id");
}

static void
test_labels (void)
{
  assert_mapping (&psl_kind_project, "Title (fr)|Titre (anglais)|Titre [FR]|Title - English", NULL, NULL,
                  "title_fr|title_en|title_fr|title_en");
  assert_mapping (&psl_kind_project, "Title (en-US)|Titre (en-GB)|Title (x-foo)|Titre (fr-CA)|Title (all-in)",
                  NULL, NULL, "title_en-US|title_en-GB|title_x-foo|title_fr-CA|?");
  assert_mapping (&psl_kind_project, "PRIMA|Titre", NULL, NULL, "prima_id|title_fr");
  assert_mapping (&psl_kind_project, "Titre|ID PRIMA|Statut|Description|Objectifs", NULL, NULL,
                  "title_fr|prima_id|status|description_fr|objectives_fr");
  assert_mapping (&psl_kind_project, "Project title|Project status|Description|Budget Amount (USD)|IDF Region", NULL,
                  NULL, "title_en|status|description_en|budget:amount USD|region");
  assert_mapping (&psl_kind_project, "ETAT(S) MEMBRE(S) BENEFICIAIRES REMPLISSANT LES CONDITIONS REQUISES|Country", NULL,
                  NULL, "beneficiaries|beneficiaries");
  assert_mapping (&psl_kind_project, "Country|Percentage", NULL, NULL,
                  "beneficiaries.country|beneficiaries.percentage");
  assert_mapping (&psl_kind_project, "title|project_id", NULL, "fr", "title_fr|project_id");
  assert_mapping (&psl_kind_project, "Titre|Title", NULL, "fr", "title_fr|title_fr");
}

static const PslField spanish_fields[] = {
  { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL,
    .aliases = "Heading|fr:Titre|es:Título" },
  { .name = "summary", .label = "Summary", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL,
    .aliases = "fr:Résumé|es:Resumen|Ratio: 1" },
  { .name = "general", .label = "General", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL,
    .aliases = "es:General" },
  { .name = "start", .label = "Start", .type = PSL_FIELD_TYPE_DATE, .aliases = "fr:Début|es:Inicio" },
  { .name = "end", .label = "End", .type = PSL_FIELD_TYPE_DATE, .aliases = "fr:Fin|es:Término" },
  { .name = "cost", .label = "Cost", .type = PSL_FIELD_TYPE_MONEY, .aliases = "fr:Coût|es:Coste" },
  { NULL },
};

static const PslKind spanish_kind = { .name = "deed", .label = "Deed", .fields = spanish_fields, .title = "title" };

/* Headings may be in any language that a field has labels in, and columns that don't say are in
 * that of most of the others. */
static void
test_spanish (void)
{
  assert_mapping (&spanish_kind, "Título|Resumen|Inicio", NULL, NULL, "title_es|summary_es|start");
  assert_mapping (&spanish_kind, "Título|Heading|Résumé|Ratio: 1", NULL, NULL, "title_es|title_en|summary_fr|summary_en");
  assert_mapping (&spanish_kind, "title|Inicio|Término|Start", NULL, NULL, "title_es|start|end|start");
  assert_mapping (&spanish_kind, "General|Inicio|Término|Fin", NULL, NULL, "general_es|start|end|end");
  assert_mapping (&spanish_kind, "title|Inicio", NULL, "fr", "title_fr|start");
  assert_mapping (&spanish_kind, "Título (anglais)|Título (español)|Title in Spanish|Titre (espagnol)|Título (pt-BR)", NULL, NULL,
                  "title_en|title_es|title_es|title_es|title_pt-BR");
  assert_mapping (&spanish_kind, "Coste importe|Coste (moneda)|Divisa", NULL, NULL, "cost:amount|cost:currency|cost:currency");
}

/* Annotations of a heading are kept; a heading with words that are not understood matches
 * nothing. */
static void
test_annotations (void)
{
  assert_mapping (&psl_kind_project, "Budget (€)|Budget [EUR]|Budget, in euros|£ Budget|Budget US$|Budget ($)|Budget_chf",
                  NULL, NULL, "budget EUR|budget EUR|budget EUR|budget £|budget USD|budget $|budget CHF");
  assert_mapping (&psl_kind_project, "Budget (thousands)|Budget in 000s|Budget (k€)|Budget (MUSD)|Montant du budget (milliers d'euros)",
                  NULL, NULL, "budget e3|budget e3|budget EUR e3|budget USD e6|budget EUR e3");
  assert_mapping (&psl_kind_project, "Start (dd/mm/yyyy)|End (MM/DD/YYYY)|Début [jj.mm.aaaa]|Fin (aaaa-mm-jj)|Start date (mm/yyyy)",
                  NULL, NULL, "start dmy|end mdy|start dmy|end ymd|start");
  assert_mapping (&psl_kind_project, "Country|Percentage (%)", NULL, NULL, "beneficiaries.country|beneficiaries.percentage");
  /* Words that are codes, too, name a currency in capitals that stand out. */
  assert_mapping (&psl_kind_project, "Budget (all)|Top budget|budget_try|Budget (fr)|BUDGET (ALL)|Budget (Mad)|BUDGET (EUR)|Budget (ALL)|Budget (TRY)|Budget (eur)",
                  NULL, NULL, "?|?|?|?|?|?|budget EUR|budget ALL|budget TRY|budget EUR");
  assert_mapping (&psl_kind_project, "Budget (planned)|Budget (USD/EUR)|Budget %|Start (approx.)|Start (€)|Status %|Title in EUR",
                  NULL, NULL, "?|?|?|?|?|?|?");
}

static void
test_maps (void)
{
  static const char *const maps[] = { "start_year=start", "a=b=end", "Type As Printed=type", "notes=-", "pays=beneficiaries",
                                      "cost_eur=budget", "All costs (k$)=budget", "When (mm/dd/yy)=start", "Costs, all=budget",
                                      NULL };
  static const char *const no_column[] = { "absent=start", NULL };
  static const char *const no_field[] = { "x=absent", NULL };
  static const char *const no_map[] = { "x", NULL };
  static const char *const headings[] = { "x", NULL };
  g_autoptr (GError) error = NULL;

  assert_mapping (&psl_kind_project, "start_year|a=b|type_as_printed|notes|pays|cost_eur|All costs (k$)|When (mm/dd/yy)|Costs, all",
                  maps, NULL, "start|end|type|-|beneficiaries|budget EUR|budget $ e3|start mdy|budget");
  g_assert_null (psl_import_mapping_new (&psl_kind_project, psl_codelists_get_default (), headings, no_column, NULL, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (psl_import_mapping_new (&psl_kind_project, psl_codelists_get_default (), headings, no_field, NULL, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (psl_import_check_maps (&psl_kind_project, no_field, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (psl_import_check_maps (&psl_kind_project, no_map, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (psl_import_check_maps (&psl_kind_project, maps, &error));
}

/* Columns without a heading, and those of one name, are told apart by where they
 * stand, which no heading can be mistaken for. */
static void
test_numbers (void)
{
  static const char *const maps[] = { "#1=project_id", "#3=end", "#4=title_en", NULL };
  static const char *const beyond[] = { "#2=start", NULL };
  static const char *const zero[] = { "#0=start", NULL };
  static const char *const headings[] = { "x", NULL };
  g_autoptr (GError) error = NULL;

  assert_mapping (&psl_kind_project, "|date|date|#1", maps, NULL, "project_id|?|end|title_en");
  g_assert_null (psl_import_mapping_new (&psl_kind_project, psl_codelists_get_default (), headings, beyond, NULL, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (psl_import_mapping_new (&psl_kind_project, psl_codelists_get_default (), headings, zero, NULL, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
}

/* The translation of a field's label in a .po file; NULL where it has none. */
static char *
find_translation (const char *po,
                  const char *label)
{
  g_autofree char *entry = g_strdup_printf ("msgctxt \"field\"\nmsgid \"%s\"\nmsgstr \"", label);
  const char *at = strstr (po, entry);
  const char *end;

  if (at == NULL)
    return NULL;
  at += strlen (entry);
  end = strchr (at, '"');
  return end > at ? g_strndup (at, (gsize) (end - at)) : NULL;
}

static void
assert_known (const PslKind  *kind,
              const PslField *field,
              const PslField *subfield,
              const char     *po)
{
  const PslField *labelled = subfield != NULL ? subfield : field;
  g_autofree char *french = find_translation (po, labelled->label);
  g_autofree char *alias = french != NULL ? g_strdup_printf ("fr:%s", french) : NULL;
  g_auto (GStrv) aliases = g_strsplit (labelled->aliases != NULL ? labelled->aliases : "", "|", -1);
  g_autoptr (PslImportMapping) mapping = map_headings (kind, labelled->label, NULL, NULL);
  const PslImportColumn *column = psl_import_mapping_get_column (mapping, 0);

  /* Another test asks for the translation. */
  if (french == NULL)
    return;
  if (!g_strv_contains ((const char *const *) aliases, alias))
    g_error ("%s.%s: put “%s” among the aliases in psl-kind-%s.c", kind->name, labelled->name, alias, kind->name);
  if (subfield == NULL)
    g_assert_true (column->field == field);
}

/* Every field is known by its label in either language, whatever the locale. */
static void
test_every_label (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PASSERELLE_SOURCE"), "po", "fr.po", NULL);
  g_autofree char *po = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &po, NULL, &error);
  g_assert_no_error (error);
  for (int i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      {
        assert_known (psl_kinds[i], field, NULL, po);
        for (const PslField *subfield = field->rows; subfield != NULL && subfield->name != NULL; subfield++)
          assert_known (psl_kinds[i], field, subfield, po);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mapping/names", test_names);
  g_test_add_func ("/mapping/labels", test_labels);
  g_test_add_func ("/mapping/spanish", test_spanish);
  g_test_add_func ("/mapping/maps", test_maps);
  g_test_add_func ("/mapping/annotations", test_annotations);
  g_test_add_func ("/mapping/numbers", test_numbers);
  g_test_add_func ("/mapping/every-label", test_every_label);
  return g_test_run ();
}
