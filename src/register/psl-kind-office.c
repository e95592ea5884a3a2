/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "psl-kind.h"
#include "psl-record.h"

static const PslFieldGroup office_groups[] = {
  { "identity", NC_("field group", "Identity") },
  { "place", NC_("field group", "Place and contact") },
  { "functions", NC_("field group", "Functions") },
  { "countries", NC_("field group", "Countries covered") },
  { "validity", NC_("field group", "Validity") },
  { NULL },
};

static const PslField function_fields[] = {
  { .name = "function", .label = NC_("field", "Function"), .type = PSL_FIELD_TYPE_CODE, .codelist = "function" },
  { .name = "covers", .label = NC_("field", "Area covered"), .type = PSL_FIELD_TYPE_CODE, .codelist = "area" },
  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE },
  { NULL },
};

static const PslField country_fields[] = {
  { .name = "country", .label = NC_("field", "Country"), .type = PSL_FIELD_TYPE_CODE, .codelist = "country" },
  { NULL },
};

static const PslField former_name_fields[] = {
  { .name = "name", .label = NC_("field", "Name"), .type = PSL_FIELD_TYPE_TEXT },
  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE },
  { NULL },
};

static const PslField office_fields[] = {
  { .name = "name", .label = NC_("field", "Name"), .type = PSL_FIELD_TYPE_TEXT, .group = "identity",
    .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_REQUIRED | PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "Nom|Office name|Nom du bureau" },
  { .name = "kind", .label = NC_("field", "Kind of office"), .type = PSL_FIELD_TYPE_CODE, .group = "identity", .codelist = "office-kind",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "Kind|Type de bureau|Nature" },
  { .name = "reports_to", .label = NC_("field", "Reports to"), .type = PSL_FIELD_TYPE_LINK, .group = "identity", .target = "office",
    .aliases = "Bureau de rattachement|Relève de" },

  { .name = "city", .label = NC_("field", "City"), .type = PSL_FIELD_TYPE_TEXT, .group = "place",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_SEARCHED,
    .aliases = "Ville" },
  { .name = "country", .label = NC_("field", "Country"), .type = PSL_FIELD_TYPE_CODE, .group = "place", .codelist = "country",
    .flags = PSL_FIELD_LISTED | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "Pays|iso2" },
  { .name = "address", .label = NC_("field", "Address"), .type = PSL_FIELD_TYPE_LONG_TEXT, .group = "place",
    .flags = PSL_FIELD_SEARCHED,
    .iati = "contact-info/mailing-address", .aliases = "Adresse" },
  { .name = "phone", .label = NC_("field", "Telephone"), .type = PSL_FIELD_TYPE_PHONE, .group = "place",
    .iati = "contact-info/telephone", .aliases = "Téléphone|Tel|Tél." },
  { .name = "email", .label = NC_("field", "E-mail"), .type = PSL_FIELD_TYPE_EMAIL, .group = "place",
    .flags = PSL_FIELD_SEARCHED,
    .iati = "contact-info/email", .aliases = "Courriel|Adresse électronique|Email" },
  { .name = "latitude", .label = NC_("field", "Latitude"), .type = PSL_FIELD_TYPE_LATITUDE, .group = "place" },
  { .name = "longitude", .label = NC_("field", "Longitude"), .type = PSL_FIELD_TYPE_LONGITUDE, .group = "place" },

  { .name = "functions", .label = NC_("field", "Functions"), .type = PSL_FIELD_TYPE_ROWS, .group = "functions", .rows = function_fields,
    .flags = PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "Fonctions" },

  { .name = "countries", .label = NC_("field", "Countries covered"), .type = PSL_FIELD_TYPE_ROWS, .group = "countries", .rows = country_fields,
    .flags = PSL_FIELD_FLAT | PSL_FIELD_FILTERED | PSL_FIELD_SEARCHED,
    .aliases = "Pays couverts" },

  { .name = "valid_from", .label = NC_("field", "Valid from"), .type = PSL_FIELD_TYPE_DATE, .group = "validity",
    .flags = PSL_FIELD_LISTED, .aliases = "Valable dès" },
  { .name = "valid_to", .label = NC_("field", "Valid to"), .type = PSL_FIELD_TYPE_DATE, .group = "validity",
    .flags = PSL_FIELD_LISTED, .aliases = "Valable jusqu’au" },
  { .name = "successor", .label = NC_("field", "Successor"), .type = PSL_FIELD_TYPE_LINK, .group = "validity", .target = "office",
    .aliases = "Successeur" },
  { .name = "former_names", .label = NC_("field", "Former names"), .type = PSL_FIELD_TYPE_ROWS, .group = "validity", .rows = former_name_fields,
    .flags = PSL_FIELD_SEARCHED, .aliases = "Anciens noms" },
  { NULL },
};

const PslKind psl_kind_office = {
  .name = "office",
  .label = NC_("kind", "Office"),
  .label_plural = NC_("kind", "Offices"),
  .untitled = NC_("kind", "Untitled office"),
  .groups = office_groups,
  .fields = office_fields,
  .title = "name",
  .period = { .from = "valid_from", .to = "valid_to" },
};
