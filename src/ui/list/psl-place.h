/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-query.h"

G_BEGIN_DECLS

/**
 * PslPlace:
 * @name: name in the settings: that of its kind, or `trash`
 * @kind: (nullable): the kind of record that lives there; %NULL for the trash
 * @icon: name of its symbolic icon
 *
 * A place in the sidebar. Static, for the life of the process.
 */
typedef struct
{
  const char *name;
  const PslKind *kind;
  const char *icon;
} PslPlace;

guint           psl_place_get_n           (void);
const PslPlace *psl_place_get_nth         (guint           nth);
const PslPlace *psl_place_find            (const char     *name);
const PslPlace *psl_place_of_kind         (const PslKind  *kind);
const PslPlace *psl_place_of_record       (PslRecord      *record);
const char     *psl_place_get_label       (const PslPlace *self);
const char     *psl_place_get_new_label   (const PslPlace *self);
const char     *psl_place_get_empty_title (const PslPlace *self);
const char     *psl_place_get_empty_text  (const PslPlace *self);
char           *psl_place_format_count    (const PslPlace *self,
                                           guint           shown,
                                           gint64          total);
PslQuery       *psl_place_new_query       (const PslPlace *self);

G_END_DECLS
