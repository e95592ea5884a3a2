/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-register.h"
#include "tests/answer.h"

G_BEGIN_DECLS

/* Calls of a register that wait for the answer; the test fails where it is an error. */

static inline PslRegister *
register_wait_open (const char    *path,
                    PslStoreFlags  flags)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PslRegister *reg;

  psl_register_open_async (path, flags, NULL, NULL, answer_cb, &result);
  wait_until (result != NULL);
  reg = psl_register_open_finish (result, &error);
  g_assert_no_error (error);
  return reg;
}

static inline gint64
register_wait_insert (PslRegister *reg,
                      PslRecord   *record)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 rid;

  psl_register_insert_async (reg, record, answer_cb, &result);
  wait_until (result != NULL);
  rid = psl_register_insert_finish (reg, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rid, >, 0);
  return rid;
}

static inline gint64
register_wait_create (PslRegister   *reg,
                      const PslKind *kind)
{
  g_autoptr (PslRecord) record = psl_record_new (kind, 0, NULL);

  return register_wait_insert (reg, record);
}

static inline void
register_wait_set (PslRegister   *reg,
                   gint64         rid,
                   const PslKind *kind,
                   const char    *field,
                   const char    *language,
                   const char    *value)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  psl_register_set_async (reg, rid, psl_kind_find_field (kind, field), language, value, 0, answer_cb, &result);
  wait_until (result != NULL);
  psl_register_set_finish (reg, result, &error);
  g_assert_no_error (error);
}

static inline PslRecord *
register_wait_load (PslRegister *reg,
                    gint64       rid)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PslRecord *record;

  psl_register_load_async (reg, rid, NULL, answer_cb, &result);
  wait_until (result != NULL);
  record = psl_register_load_finish (reg, result, &error);
  g_assert_no_error (error);
  return record;
}

/* Whether there was something to undo. */
static inline gboolean
register_wait_undo (PslRegister *reg)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PslAction) action = NULL;

  psl_register_undo_async (reg, 0, answer_cb, &result);
  wait_until (result != NULL);
  action = psl_register_action_finish (reg, result, NULL);
  return action != NULL;
}

G_END_DECLS
