/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PSL_UUID_LENGTH 36

/* How many bytes psl_uuid_new_from_hash() takes. */
#define PSL_UUID_N_BYTES 10

char     *psl_uuid_new           (void);
char     *psl_uuid_new_from_hash (guint64       milliseconds,
                                  const guint8  hash[PSL_UUID_N_BYTES]);
char     *psl_uuid_derive        (const char *id,
                                  const char *content);
gboolean  psl_uuid_is_valid      (const char *text);

G_END_DECLS
