/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * A link at the head of a part's page, with the title of the part's owner, to the owner's
 * page.
 */
#define PSL_TYPE_OWNER_LINK (psl_owner_link_get_type ())
G_DECLARE_FINAL_TYPE (PslOwnerLink, psl_owner_link, PSL, OWNER_LINK, AdwBin)

GtkWidget *psl_owner_link_new  (const PslKind *kind);
void       psl_owner_link_show (PslOwnerLink  *self,
                                PslRegister   *reg,
                                PslRecord     *record);

G_END_DECLS
