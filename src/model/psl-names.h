/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of one thing by language, in the order in which they were added. NULL holds none. */
typedef struct _PslNames PslNames;

PslNames   *psl_names_copy    (const PslNames  *self);
void        psl_names_free    (PslNames        *self);
void        psl_names_set     (PslNames       **self,
                               const char      *language,
                               const char      *name);
guint       psl_names_get_n   (const PslNames  *self);
const char *psl_names_get_nth (const PslNames  *self,
                               guint            nth,
                               const char     **language);
const char *psl_names_get     (const PslNames  *self,
                               const char      *language);
guint       psl_names_choose  (const PslNames  *self,
                               const char      *language);

G_END_DECLS
