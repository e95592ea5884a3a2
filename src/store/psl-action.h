/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-db.h"
#include "psl-store.h"

G_BEGIN_DECLS

/* The number of the last action, and 0 where there was none. Not only the largest
 * in the table: an edit that returned to the value before it leaves no action, and
 * yet others have to see it, and its number is not given again. */
#define PSL_SELECT_LAST_ACTION \
  "SELECT max (ifnull ((SELECT max (action) FROM action), 0), action) FROM last_action"

/* The action that a register gave a number. Here, actions of other registers may have numbers
 * of their own. */
#define PSL_ACTION_BY_NUMBER(origin_column, number_column) \
  "coalesce ((SELECT z.action FROM action AS z WHERE z.action = " number_column " AND z.number = z.action" \
  " AND z.origin = " origin_column ")," \
  " (SELECT z.action FROM action AS z WHERE z.number <> z.action AND z.origin = " origin_column \
  " AND z.number = " number_column "))"

const char *psl_verb_get_name    (PslVerb      verb);
PslVerb     psl_verb_parse       (const char  *name);
gboolean    psl_action_read_last (PslDb       *db,
                                  gint64      *last,
                                  GError     **error);

G_END_DECLS
