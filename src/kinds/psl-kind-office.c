/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-fields.h"
#include "psl-kinds.h"
#include "psl-record.h"

static const PslFieldGroup office_groups[] = {
  { "identity", NC_("field group", "Identity") },
  { "place", NC_("field group", "Place and contact") },
  { "functions", NC_("field group", "Functions") },
  { "countries", NC_("field group", "Countries covered") },
  { "validity", NC_("field group", "Validity") },
  { NULL },
};

static const PslField country_fields[] = {
  { .name = "country", .label = NC_("field", "Country"), .type = PSL_FIELD_TYPE_CODE, .codelist = "country", .wider = &psl_field_area,
    .aliases = "fr:Pays" },
  { NULL },
};

static const PslField office_fields[] = {
  { .name = "name", .label = NC_("field", "Name"), .type = PSL_FIELD_TYPE_TEXT, .group = "identity",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "Office name|fr:Nom|fr:Nom du bureau" },
  { .name = "kind", .label = NC_("field", "Kind of office"), .type = PSL_FIELD_TYPE_CODE, .group = "identity", .codelist = "office-kind",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "Office kind|Kind|fr:Type de bureau|fr:Genre de bureau|fr:Nature|fr:Nature du bureau|fr:Catégorie de bureau" },
  { .name = "reports_to", .label = NC_("field", "Reports to"), .type = PSL_FIELD_TYPE_LINK, .group = "identity", .target = &psl_kind_office,
    .inverse = { N_("Offices that report to this office"), .sort = "name" },
    .flags = PSL_FIELD_ORDERING, .aliases = "Parent office|fr:Relève de|fr:Bureau de rattachement|fr:Rend compte à|fr:Rattaché à" },

  { .name = "city", .label = NC_("field", "City"), .type = PSL_FIELD_TYPE_TEXT, .group = "place",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED | PSL_FIELD_DISTINCTIVE,
    .aliases = "Town|fr:Ville" },
  { .name = "country", .label = NC_("field", "Country"), .type = PSL_FIELD_TYPE_CODE, .group = "place",
    .codelist = "country", .wider = &psl_field_area,
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED | PSL_FIELD_DISTINCTIVE,
    .aliases = "ISO 3166-1|iso2|Country code|fr:Pays|fr:Code pays|fr:Code du pays" },
  { .name = "address", .label = NC_("field", "Address"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "place",
    .flags = PSL_FIELD_SEARCHED,
    .iati = "contact-info/mailing-address", .aliases = "fr:Adresse" },
  { .name = "phone", .label = NC_("field", "Telephone"), .type = PSL_FIELD_TYPE_PHONE, .group = "place",
    .iati = "contact-info/telephone", .aliases = "Tel|Phone number|fr:Téléphone|fr:Tél.|fr:Numéro de téléphone" },
  { .name = "email", .label = NC_("field", "E-mail"), .type = PSL_FIELD_TYPE_EMAIL, .group = "place",
    .flags = PSL_FIELD_SEARCHED,
    .iati = "contact-info/email", .aliases = "Email|Mail|E-mail address|fr:Courriel|fr:Adresse électronique|fr:Adresse de courriel|fr:Mél." },
  { .name = "latitude", .label = NC_("field", "Latitude"), .type = PSL_FIELD_TYPE_LATITUDE, .group = "place",
    .aliases = "lat|fr:Latitude" },
  { .name = "longitude", .label = NC_("field", "Longitude"), .type = PSL_FIELD_TYPE_LONGITUDE, .group = "place",
    .aliases = "lon|long|lng|fr:Longitude" },

  { .name = "functions", .label = NC_("field", "Functions"), .type = PSL_FIELD_TYPE_PARTS, .group = "functions", .target = &psl_kind_function,
    .rows = PSL_PARTS_ROWS (psl_kind_function_fields), .flags = PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Fonctions" },

  { .name = "countries", .label = NC_("field", "Countries covered"), .type = PSL_FIELD_TYPE_ROWS, .group = "countries", .rows = country_fields,
    .flags = PSL_FIELD_FLAT | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "fr:Pays couverts" },

  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE, .group = "validity",
    .flags = PSL_FIELD_LISTED, .aliases = "fr:Début de validité|fr:Valable dès|fr:Valable depuis|fr:Valide dès|fr:Valide à partir de" },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE, .group = "validity",
    .flags = PSL_FIELD_LISTED, .aliases = "fr:Fin de validité|fr:Valable jusqu’au|fr:Valable jusqu’à|fr:Valide jusqu’au|fr:Valide jusqu’à" },
  { .name = "successor", .label = NC_("field", "Successor"), .type = PSL_FIELD_TYPE_LINK, .group = "validity", .target = &psl_kind_office,
    .inverse = { N_("Offices that this office succeeds"), .sort = "valid_to", .descending = TRUE },
    .flags = PSL_FIELD_ORDERING,
    .aliases = "fr:Successeur|fr:Bureau successeur" },
  { .name = "former_names", .label = NC_("field", "Former names"), .type = PSL_FIELD_TYPE_PARTS, .group = "validity", .target = &psl_kind_former_name,
    .rows = PSL_PARTS_ROWS (psl_kind_former_name_fields), .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_SEARCHED, .aliases = "fr:Anciens noms" },
  { NULL },
};

static const PslField *
find_field (const char *name)
{
  return psl_kind_find_field (&psl_kind_office, name);
}

static void
check_coordinates (PslRecord *record,
                   GPtrArray *problems)
{
  gboolean latitude = psl_record_get_by_name (record, "latitude") != NULL;
  gboolean longitude = psl_record_get_by_name (record, "longitude") != NULL;
  const PslField *given = find_field (latitude ? "latitude" : "longitude");
  const PslField *missing = find_field (latitude ? "longitude" : "latitude");

  if (latitude != longitude)
    psl_problem_add (problems, missing,
                     /* Translators: the name of another field: a longitude alone has no latitude */
                     g_strdup_printf (_("Missing: fill it in, or empty “%s”."), psl_field_get_label (given)));
}

static void
check_office (PslRecord              *record,
              const PslCodelists     *codelists,
              const PslSettingValues *settings,
              GPtrArray              *problems)
{
  const char *id = psl_record_get_id (record);

  if (g_strcmp0 (psl_record_get_by_name (record, "reports_to"), id) == 0)
    psl_problem_add (problems, find_field ("reports_to"), g_strdup (_("This is the office itself. Choose another.")));
  if (g_strcmp0 (psl_record_get_by_name (record, "successor"), id) == 0)
    psl_problem_add (problems, find_field ("successor"), g_strdup (_("This is the office itself. Choose another.")));

  check_coordinates (record, problems);
}

const PslKind psl_kind_office = {
  .name = "office",
  .label = NC_("kind", "Office"),
  .label_plural = NC_("kind", "Offices"),
  .untitled = NC_("kind", "Untitled office"),
  .icon = "psl-office-symbolic",
  .words = {
    .new_record = N_("New Office"),
    .none_yet = N_("No Offices Yet"),
    .total = PSL_PLURAL ("%s office", "%s offices"),
    .part = PSL_PLURAL ("%1$s of %2$s office", "%1$s of %2$s offices"),
    .made = PSL_PLURAL ("%s new office", "%s new offices"),
    .changed = PSL_PLURAL ("%s changed office", "%s changed offices"),
  },
  .groups = office_groups,
  .fields = office_fields,
  .remarks = &psl_kind_remark_parts,
  .title = "name",
  .match = "city|country|kind",
  .period = { .from = "valid_from", .to = "valid_to", .is_open = TRUE },
  .facts = { "kind", "city", "country" },
  .head_state = "kind",
  .head_facts = { "city", "country" },
  .check = check_office,
};
