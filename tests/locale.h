/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <locale.h>

#include <glib.h>

G_BEGIN_DECLS

/* Makes this process speak as with that locale in its environment. */
static inline void
locale_set (const char *locale)
{
  g_setenv ("LANGUAGE", "", TRUE);
  g_setenv ("LC_ALL", locale, TRUE);
  g_assert_nonnull (setlocale (LC_ALL, ""));
}

G_END_DECLS
