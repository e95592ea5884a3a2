/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "psl-register.h"

G_BEGIN_DECLS

/*
 * Opens a register, and shows meanwhile that it is being opened, or why it can't be and how
 * to go on. Where it is not one's own, asks first what to do with it.
 *
 * Signals:
 *   opening ()              a register is being opened
 *   opened (PslRegister)    it is open
 *   failed ()               it can't be opened, as the page says, or not without an answer
 *   restore (char *backup)  the person wants that file in the register's place
 *   copied ()               a copy of it is being opened in its stead
 */
#define PSL_TYPE_OPENING_PAGE (psl_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (PslOpeningPage, psl_opening_page, PSL, OPENING_PAGE, AdwBin)

PslOpeningPage *psl_opening_page_new          (void);
void            psl_opening_page_open         (PslOpeningPage *self,
                                               const char     *path,
                                               PslStoreFlags   flags);
void            psl_opening_page_open_own     (PslOpeningPage *self);
void            psl_opening_page_show_waiting (PslOpeningPage *self);
void            psl_opening_page_give_up      (PslOpeningPage *self);
const char     *psl_opening_page_get_path     (PslOpeningPage *self);
gboolean        psl_opening_page_is_asking    (PslOpeningPage *self);

G_END_DECLS
