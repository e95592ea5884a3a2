/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-section.h"

G_BEGIN_DECLS

/**
 * PslSectionOffice:
 *
 * The projects an office runs, with their number and total budget a currency,
 * and the offices that report to it.
 */
#define PSL_TYPE_SECTION_OFFICE (psl_section_office_get_type ())
G_DECLARE_FINAL_TYPE (PslSectionOffice, psl_section_office, PSL, SECTION_OFFICE, GtkBox)

G_END_DECLS
