/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslInverseList:
 *
 * The other end of a link, on the page of the record that the link leads to: the records that
 * lead there, below a heading (see #PslInverse), and the sum of their money. Hidden while
 * there is none.
 */
#define PSL_TYPE_INVERSE_LIST (psl_inverse_list_get_type ())
G_DECLARE_FINAL_TYPE (PslInverseList, psl_inverse_list, PSL, INVERSE_LIST, GtkBox)

GPtrArray *psl_inverse_list_new_for_kind (const PslKind   *kind);
void       psl_inverse_list_show         (PslInverseList  *self,
                                          PslRegister     *reg,
                                          PslRecord       *record,
                                          const char      *language);
void       psl_inverse_list_clear        (PslInverseList  *self);

G_END_DECLS
