/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "psl-record.h"

G_BEGIN_DECLS

JsonNode *psl_record_to_json       (PslRecord          *record,
                                    const PslCodelists *codelists);
JsonNode *psl_record_value_to_json (const PslField     *field,
                                    const char         *value);

G_END_DECLS
