/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-section.h"

G_BEGIN_DECLS

/**
 * PslSectionProject:
 *
 * The office that manages a project, and the project's later phases.
 */
#define PSL_TYPE_SECTION_PROJECT (psl_section_project_get_type ())
G_DECLARE_FINAL_TYPE (PslSectionProject, psl_section_project, PSL, SECTION_PROJECT, GtkBox)

G_END_DECLS
