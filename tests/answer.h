/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "tests/wait-until.h"

G_BEGIN_DECLS

/* Keeps the answer of a call where @user_data points, a #GAsyncResult that is NULL
 * until then:
 *
 *   g_autoptr (GAsyncResult) result = NULL;
 *
 *   psl_register_load_async (reg, rid, NULL, answer_cb, &result);
 *   wait_until (result != NULL);
 */
static inline void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  g_assert_null (*answer);
  *answer = g_object_ref (result);
}

G_END_DECLS
