/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-editor.h"

G_BEGIN_DECLS

/**
 * PslDrafts:
 *
 * What was typed in records and could not be stored, by record, field and
 * language, while those records are not on show.
 */
typedef struct _PslDrafts PslDrafts;

PslDrafts *psl_drafts_new      (void);
void       psl_drafts_free     (PslDrafts      *self);
void       psl_drafts_clear    (PslDrafts      *self);
void       psl_drafts_keep     (PslDrafts      *self,
                                gint64          rid,
                                GPtrArray      *editors);
void       psl_drafts_keep_more (PslDrafts      *self,
                                 gint64          rid,
                                 GPtrArray      *editors);
void       psl_drafts_put_back (PslDrafts      *self,
                                gint64          rid,
                                GPtrArray      *editors);
void       psl_drafts_add      (PslDrafts      *self,
                                gint64          rid,
                                const PslField *field,
                                const char     *language,
                                const char     *value);

G_END_DECLS
