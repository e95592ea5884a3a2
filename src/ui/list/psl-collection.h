/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-query.h"

G_BEGIN_DECLS

/**
 * PslCollection:
 * @name: name in the settings: the name of its kind, or `trash`
 * @kind: (nullable): the kind of record that lives there; %NULL for the trash
 * @icon: name of its symbolic icon
 *
 * An entry of the sidebar. Static, for the life of the process.
 */
typedef struct
{
  const char *name;
  const PslKind *kind;
  const char *icon;
} PslCollection;

guint           psl_collection_get_n           (void);
const PslCollection *psl_collection_get_nth         (guint           nth);
const PslCollection *psl_collection_find            (const char     *name);
const PslCollection *psl_collection_of_kind         (const PslKind  *kind);
const PslCollection *psl_collection_of_record       (PslRecord      *record);
const char     *psl_collection_get_label       (const PslCollection *self);
const char     *psl_collection_get_new_label   (const PslCollection *self);
const char     *psl_collection_get_empty_title (const PslCollection *self);
const char     *psl_collection_get_empty_text  (const PslCollection *self);
char           *psl_collection_format_count    (const PslCollection *self,
                                           guint           shown,
                                           gint64          total);
PslQuery       *psl_collection_new_query       (const PslCollection *self);

G_END_DECLS
