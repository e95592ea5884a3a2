/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/* Registers that edit apart and exchange what was done. The last one only gets what the
 * others did. */

#define N_REGISTERS 3

typedef struct
{
  char *folder;
  PslStore *stores[N_REGISTERS + 1];
} Offices;

void    offices_set_up          (Offices       *offices,
                                 gconstpointer  data);
void    offices_tear_down       (Offices       *offices,
                                 gconstpointer  data);
void    offices_exchange_all    (Offices       *offices);
void    offices_assert_all_same (Offices       *offices);
char   *travel_write_for        (PslStore      *from,
                                 PslStore      *to);
gint64  travel_replay           (PslStore      *to,
                                 const char    *actions,
                                 GError       **error);
void    travel_send             (PslStore      *from,
                                 PslStore      *to);
char   *travel_dup_content      (PslStore      *store);
void    travel_assert_same      (PslStore      *a,
                                 PslStore      *b);
void    travel_assert_whole     (PslStore      *store);

G_END_DECLS
