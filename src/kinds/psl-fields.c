/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-fields.h"

#include <glib/gi18n-lib.h>

const PslField psl_field_area = {
  .name = "area",
  /* Translators: the part of the world that a country lies in */
  .label = NC_("field", "Region"),
  .type = PSL_FIELD_TYPE_CODE,
  .codelist = "area",
};
