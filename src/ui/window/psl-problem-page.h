/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * Says why a register can't be opened, and offers ways out.
 *
 * Signals:
 *   try (PslStoreFlags flags)   open it again, in that way
 *   restore (const char *path)  put that backup in its place
 */
#define PSL_TYPE_PROBLEM_PAGE (psl_problem_page_get_type ())
G_DECLARE_FINAL_TYPE (PslProblemPage, psl_problem_page, PSL, PROBLEM_PAGE, AdwBin)

PslProblemPage *psl_problem_page_new       (void);
void            psl_problem_page_set_error (PslProblemPage *self,
                                            const char     *register_path,
                                            const GError   *error);
void            psl_problem_page_focus     (PslProblemPage *self);

G_END_DECLS
