/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-provenance.h"

G_BEGIN_DECLS

/*
 * Asks what to do with a register that is not one's own, and says what is known of it.
 *
 * Signals:
 *   look                    only look at it
 *   copy (const char *path) take a copy of it to that place, and open the copy
 *   use                     use it as one's own
 */
#define PSL_TYPE_FOREIGN_PAGE (psl_foreign_page_get_type ())
G_DECLARE_FINAL_TYPE (PslForeignPage, psl_foreign_page, PSL, FOREIGN_PAGE, AdwBin)

PslForeignPage *psl_foreign_page_new          (void);
void            psl_foreign_page_set_register (PslForeignPage      *self,
                                               const char          *path,
                                               const PslProvenance *provenance);
void            psl_foreign_page_set_busy     (PslForeignPage      *self,
                                               gboolean             busy);
void            psl_foreign_page_focus        (PslForeignPage      *self);

G_END_DECLS
