/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-codelist.h"
#include "psl-fields.h"
#include "psl-kinds.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-record.h"
#include "psl-rows.h"

/* Shares are compared as whole millionths of a percent, exactly. */
#define SHARE_DECIMALS 6
#define WHOLE_SHARE G_GINT64_CONSTANT (100000000)

static const PslFieldGroup project_groups[] = {
  { "identity", NC_("field group", "Identity") },
  { "frame", NC_("field group", "Schedule and budget") },
  { "beneficiaries", NC_("field group", "Benefiting member states") },
  { "description", NC_("field group", "Description") },
  { "programme", NC_("field group", "Programme") },
  { "results", NC_("field group", "Outputs and results") },
  { "documents", NC_("field group", "Documents and links") },
  { NULL },
};

static const PslField beneficiary_fields[] = {
  { .name = "country", .label = NC_("field", "Country"), .type = PSL_FIELD_TYPE_CODE, .codelist = "country", .wider = &psl_field_area,
    .iati = "recipient-country/@code",
    .aliases = "fr:Pays" },
  { .name = "percentage", .label = NC_("field", "Percentage"), .type = PSL_FIELD_TYPE_DECIMAL,
    .minimum = 0, .maximum = 100, .unit = "%", .iati = "recipient-country/@percentage",
    .aliases = "fr:Pourcentage" },
  { NULL },
};

static const PslField sdg_fields[] = {
  { .name = "sdg", .label = NC_("field", "Goal or target"), .type = PSL_FIELD_TYPE_CODE, .codelist = "sdg", .iati = "tag/@code",
    .aliases = "fr:Objectif ou cible" },
  { NULL },
};

static const PslField project_fields[] = {
  { .name = "title", .label = NC_("field", "Title"), .type = PSL_FIELD_TYPE_TEXT, .group = "identity",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .iati = "title", .aliases = "Project title|fr:Titre|fr:Titre du projet" },
  { .name = "project_id", .label = NC_("field", "Project ID"), .type = PSL_FIELD_TYPE_IDENTIFIER, .group = "identity",
    .flags = PSL_FIELD_UNIQUE | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .pattern = "^([A-Z]{2}\\.[0-9]{4}|[A-Z0-9]{3}-[0-9]{3})$", .example = "PO.0160",
    .iati = "iati-identifier", .aliases = "Project number|fr:N° de projet|fr:Projet ID|fr:ID du projet|fr:Identifiant du projet|fr:Numéro du projet" },
  { .name = "prima_id", .label = NC_("field", "PRIMA ID"), .type = PSL_FIELD_TYPE_IDENTIFIER, .group = "identity",
    .flags = PSL_FIELD_SEARCHED,
    .pattern = "^[A-Z]{2}(10|99)P[0-9]{4}$", .example = "CR99P0513",
    .iati = "other-identifier[@type='A1']", .aliases = "PRIMA|fr:ID PRIMA|fr:Identifiant PRIMA" },
  { .name = "type", .label = NC_("field", "Type"), .type = PSL_FIELD_TYPE_CODE, .group = "identity", .codelist = "type",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "sector[@vocabulary='99']", .aliases = "Project type|fr:Type|fr:Type de projet" },
  { .name = "office", .label = NC_("field", "Managing office"), .type = PSL_FIELD_TYPE_LINK, .group = "identity", .target = &psl_kind_office,
    .inverse = { N_("Projects of this office"), .sort = "start", .descending = TRUE, .total = "budget" },
    .flags = PSL_FIELD_FILTERED,
    .iati = "reporting-org", .aliases = "Office|fr:Bureau responsable|fr:Bureau|fr:Bureau gestionnaire|fr:Bureau de gestion" },

  { .name = "status", .label = NC_("field", "Status"), .type = PSL_FIELD_TYPE_CODE, .group = "frame", .codelist = "status",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "activity-status/@code", .aliases = "Project status|fr:Statut|fr:Statut du projet|fr:État|fr:État du projet" },
  { .name = "start", .label = NC_("field", "Start"), .type = PSL_FIELD_TYPE_DATE, .group = "frame",
    .flags = PSL_FIELD_LISTED,
    .iati = "activity-date[@type='1' or @type='2']", .aliases = "Start date|Start year|fr:Début|fr:Date de début|fr:Année de début" },
  { .name = "end", .label = NC_("field", "End"), .type = PSL_FIELD_TYPE_DATE, .group = "frame",
    .flags = PSL_FIELD_LISTED,
    .iati = "activity-date[@type='3' or @type='4']", .aliases = "End date|End year|fr:Fin|fr:Date de fin|fr:Année de fin" },
  { .name = "year", .label = NC_("field", "Year of allocation"), .type = PSL_FIELD_TYPE_YEAR, .group = "frame",
    .flags = PSL_FIELD_LISTED,
    .aliases = "fr:Année d’allocation|fr:Année|fr:Année d’attribution|fr:Année d’affectation" },
  { .name = "budget", .label = NC_("field", "Budget"), .type = PSL_FIELD_TYPE_MONEY, .group = "frame",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED,
    .iati = "budget/value", .aliases = "Budget Amount|fr:Budget|fr:Montant du budget" },
  { .name = "coverage", .label = NC_("field", "Coverage"), .type = PSL_FIELD_TYPE_CODE, .group = "frame", .codelist = "coverage",
    .flags = PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "activity-scope/@code", .aliases = "fr:Couverture|fr:Portée" },
  { .name = "region", .label = NC_("field", "Fund region"), .type = PSL_FIELD_TYPE_CODE, .group = "frame", .codelist = "region",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "tag[@vocabulary='99']", .aliases = "IDF Region|Region|fr:Région du Fonds|fr:Région|fr:Région IDF" },

  { .name = "beneficiaries", .label = NC_("field", "Benefiting member states"), .type = PSL_FIELD_TYPE_ROWS, .group = "beneficiaries", .rows = beneficiary_fields,
    .flags = PSL_FIELD_FLAT | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "recipient-country", .aliases = "Beneficiary states|Beneficiary countries|fr:États membres bénéficiaires|fr:États bénéficiaires|fr:Pays bénéficiaires|fr:Etat(s) membre(s) bénéficiaires remplissant les conditions requises" },

  { .name = "description", .label = NC_("field", "Description"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "description",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "description[@type='1']", .aliases = "Project description|fr:Description|fr:Description du projet" },
  { .name = "objectives", .label = NC_("field", "Objectives"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "description",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "description[@type='2']", .aliases = "fr:Objectifs" },
  { .name = "target_groups", .label = NC_("field", "Target groups"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "description",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "description[@type='3']", .aliases = "fr:Groupes cibles|fr:Publics cibles" },

  { .name = "programme", .label = NC_("field", "Programme"), .type = PSL_FIELD_TYPE_TEXT, .group = "programme",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "related-activity[@type='1']", .aliases = "fr:Programme" },
  { .name = "phase", .label = NC_("field", "Phase"), .type = PSL_FIELD_TYPE_INTEGER, .group = "programme",
    .minimum = 1, .maximum = 99, .flags = PSL_FIELD_DISTINCTIVE, .aliases = "fr:Phase" },
  { .name = "predecessor", .label = NC_("field", "Previous phase"), .type = PSL_FIELD_TYPE_LINK, .group = "programme", .target = &psl_kind_project,
    .inverse = { N_("Later phases"), .sort = "start" },
    .flags = PSL_FIELD_ORDERING,
    .iati = "related-activity[@type='3']", .aliases = "fr:Phase précédente" },
  { .name = "sdg", .label = NC_("field", "Sustainable Development Goals"), .type = PSL_FIELD_TYPE_ROWS, .group = "programme", .rows = sdg_fields,
    .flags = PSL_FIELD_FLAT | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .iati = "tag[@vocabulary='2' or @vocabulary='3']", .aliases = "SDG|SDGs|fr:Objectifs de développement durable|fr:ODD" },

  { .name = "results", .label = NC_("field", "Outputs and results"), .type = PSL_FIELD_TYPE_PARTS, .group = "results", .target = &psl_kind_result,
    .rows = PSL_PARTS_ROWS (psl_kind_result_fields), .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "result", .aliases = "Results|fr:Produits et résultats|fr:Résultats|fr:Réalisations et résultats" },

  { .name = "documents", .label = NC_("field", "Documents and links"), .type = PSL_FIELD_TYPE_PARTS, .group = "documents", .target = &psl_kind_document,
    .rows = PSL_PARTS_ROWS (psl_kind_document_fields), .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED,
    .iati = "document-link", .aliases = "Documents|fr:Documents et liens|fr:Documents" },
  { NULL },
};

/* The fund's limits, as they were in 2024. */
static const PslSetting project_settings[] = {
  { { .name = "currency", .label = N_("_Currency"), .type = PSL_FIELD_TYPE_CODE, .codelist = "currency" },
    .initial = "USD" },
  { { .name = "national_minimum", .label = N_("National Projects, at Least"), .type = PSL_FIELD_TYPE_INTEGER },
    .initial = "50000" },
  { { .name = "national_maximum", .label = N_("National Projects, at Most"), .type = PSL_FIELD_TYPE_INTEGER },
    .initial = "200000", .at_least = "national_minimum" },
  { { .name = "regional_minimum", .label = N_("Regional Projects, at Least"), .type = PSL_FIELD_TYPE_INTEGER },
    .initial = "100000" },
  { { .name = "regional_maximum", .label = N_("Regional Projects, at Most"), .type = PSL_FIELD_TYPE_INTEGER },
    .initial = "300000", .at_least = "regional_minimum" },
  { { NULL } },
};

static const PslSettingGroup project_setting_group = {
  .title = N_("Limits of the Fund"),
  .description = N_("A budget outside them is marked on the project. Amounts in whole units of the currency."),
  .settings = project_settings,
  .former_key = "fund-limits",
};

/* Coverages, as IATI's activity-scope numbers them. */
#define COVERAGE_REGIONAL "2"
#define COVERAGE_MULTI_NATIONAL "3"
#define COVERAGE_NATIONAL "4"

/* Money is allocated before a project starts or while it runs. */
#define YEARS_AHEAD 3

static const PslField *
find_field (const char *name)
{
  return psl_kind_find_field (&psl_kind_project, name);
}

static void
check_year (PslRecord *record,
            GPtrArray *problems)
{
  const char *value = psl_record_get_by_name (record, "year");
  const char *start = psl_record_get_by_name (record, "start");
  const char *end = psl_record_get_by_name (record, "end");
  int year;

  if (value == NULL)
    return;
  year = atoi (value);

  /* The first four characters of a date are its year. */
  if (end != NULL && year > atoi (end))
    psl_problem_add (problems, find_field ("year"),
                     g_strdup (_("After the end of the project. Check both years.")));
  else if (start != NULL && year < atoi (start) - YEARS_AHEAD)
    psl_problem_add (problems, find_field ("year"),
                     g_strdup (_("Long before the start of the project. Check both years.")));
}

static void
check_beneficiaries (PslRecord          *record,
                     const PslCodelists *codelists,
                     GPtrArray          *problems)
{
  const PslField *field = find_field ("beneficiaries");
  const char *coverage = psl_record_get_by_name (record, "coverage");
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, psl_record_get (record, field, NULL), NULL);
  gint64 sum = 0;
  gboolean shared = FALSE;

  if (rows == NULL)
    return;

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      gint64 share;

      if (cells[1] == NULL || !psl_number_scale (cells[1], SHARE_DECIMALS, &share))
        continue;
      shared = TRUE;
      sum += share;
    }

  if (shared && sum != WHOLE_SHARE)
    {
      g_autofree char *canonical = psl_number_unscale (sum, SHARE_DECIMALS);
      g_autofree char *short_form = psl_number_parse (canonical, PSL_NUMBER_DECIMAL, PSL_DECIMAL_MARK_USUAL, NULL);
      g_autofree char *shown = psl_field_display (&field->rows[1], codelists, short_form, NULL);

      psl_problem_add (problems, field,
                       /* Translators: the sum of percentages, with its sign */
                       g_strdup_printf (_("The percentages add up to %s rather than to 100%%."), shown));
    }

  if ((g_strcmp0 (coverage, COVERAGE_REGIONAL) == 0 || g_strcmp0 (coverage, COVERAGE_MULTI_NATIONAL) == 0) &&
      rows->len < 2)
    psl_problem_add (problems, field,
                     g_strdup (_("A regional or multi-national project needs at least two of them.")));
  else if (g_strcmp0 (coverage, COVERAGE_NATIONAL) == 0 && rows->len > 1)
    psl_problem_add (problems, field,
                     g_strdup (_("A national project has one, and several are given.")));
}

static void
check_budget (PslRecord              *record,
              const PslSettingValues *settings,
              GPtrArray              *problems)
{
  const char *value = psl_record_get_by_name (record, "budget");
  const char *coverage = psl_record_get_by_name (record, "coverage");
  gboolean national = g_strcmp0 (coverage, COVERAGE_NATIONAL) == 0;
  gboolean regional = g_strcmp0 (coverage, COVERAGE_REGIONAL) == 0 ||
                      g_strcmp0 (coverage, COVERAGE_MULTI_NATIONAL) == 0;
  g_autofree char *shown = NULL;
  char currency[4];
  gint64 minor;
  gint64 unit = 1;
  gint64 minimum;
  gint64 maximum;

  if (value == NULL || (!national && !regional) || !psl_money_parse_canonical (value, &minor, currency) ||
      strcmp (currency, psl_setting_values_get (settings, &psl_kind_project, "currency")) != 0)
    return;

  for (guint i = psl_currency_get_digits (currency); i > 0; i--)
    unit *= 10;
  minimum = unit * psl_setting_values_get_number (settings, &psl_kind_project,
                                                  national ? "national_minimum" : "regional_minimum");
  maximum = unit * psl_setting_values_get_number (settings, &psl_kind_project,
                                                  national ? "national_maximum" : "regional_maximum");
  if (minor >= minimum && minor <= maximum)
    return;

  shown = psl_money_display (minor < minimum ? minimum : maximum, currency);
  if (minor < minimum)
    psl_problem_add (problems, find_field ("budget"),
                     g_strdup_printf (national ? _("The fund gives at least %s to a national project.")
                                               : _("The fund gives at least %s to a regional project."), shown));
  else
    psl_problem_add (problems, find_field ("budget"),
                     g_strdup_printf (national ? _("The fund gives at most %s to a national project.")
                                               : _("The fund gives at most %s to a regional project."), shown));
}

/* The letters that an ID such as `PO.0160` begins with are the type's code. */
static void
check_type (PslRecord          *record,
            const PslCodelists *codelists,
            GPtrArray          *problems)
{
  const char *id = psl_record_get_by_name (record, "project_id");
  const char *type = psl_record_get_by_name (record, "type");
  g_autofree char *letters = NULL;

  if (id == NULL || type == NULL || strchr (id, '.') != id + 2)
    return;

  letters = g_strndup (id, 2);
  if (strcmp (letters, type) != 0 && psl_codelist_find (psl_codelists_get_list (codelists, "type"), letters) != NULL)
    {
      g_autofree char *shown = psl_field_display (find_field ("type"), codelists, letters, NULL);

      psl_problem_add (problems, find_field ("type"),
                       g_strdup_printf (_("The project ID %s stands for %s."), id, shown));
    }
}

static void
check_project (PslRecord              *record,
               const PslCodelists     *codelists,
               const PslSettingValues *settings,
               GPtrArray              *problems)
{
  check_type (record, codelists, problems);
  check_year (record, problems);
  check_budget (record, settings, problems);
  check_beneficiaries (record, codelists, problems);

  if (g_strcmp0 (psl_record_get_by_name (record, "predecessor"), psl_record_get_id (record)) == 0)
    psl_problem_add (problems, find_field ("predecessor"),
                     g_strdup (_("This is the project itself. Choose another.")));
}

const PslKind psl_kind_project = {
  .name = "project",
  .label = NC_("kind", "Project"),
  .label_plural = NC_("kind", "Projects"),
  .untitled = NC_("kind", "Untitled project"),
  .icon = "psl-project-symbolic",
  .words = {
    .new_record = N_("New Project"),
    .none_yet = N_("No Projects Yet"),
    .total = PSL_PLURAL ("%s project", "%s projects"),
    /* Translators: how many of all records the list shows, as in “8 of 27 projects”.
     * The plural form is that of the second number. */
    .part = PSL_PLURAL ("%1$s of %2$s project", "%1$s of %2$s projects"),
    .made = PSL_PLURAL ("%s new project", "%s new projects"),
    .changed = PSL_PLURAL ("%s changed project", "%s changed projects"),
  },
  .groups = project_groups,
  .fields = project_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "title",
  .identifier = "project_id",
  .period = { .from = "start", .to = "end", .fallback = "year" },
  .state = "status",
  .facts = { "region" },
  .head_state = "status",
  .head_facts = { "coverage", "budget" },
  .settings = &project_setting_group,
  .currency = "currency",
  .check = check_project,
};
