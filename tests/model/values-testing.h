/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-kinds.h"

G_BEGIN_DECLS

/* The beneficiaries of W34-805. */
#define VALUES_FIVE \
  "[{\"country\":\"MD\"},{\"country\":\"PL\"},{\"country\":\"RO\"},{\"country\":\"SK\"},{\"country\":\"UA\"}]"

static inline const PslField *
values_field (const char *kind,
              const char *name)
{
  const PslField *field = psl_kind_find_field (psl_kind_find (kind), name);

  g_assert_nonnull (field);

  return field;
}

G_END_DECLS
