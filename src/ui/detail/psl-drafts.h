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
 * Typed text that could not be stored, by record, field and language, while its record is not
 * on show. An owner is the record that something was typed in, by a name that its user gives
 * it.
 */
typedef struct _PslDrafts PslDrafts;

PslDrafts  *psl_drafts_new         (void);
void        psl_drafts_free        (PslDrafts      *self);
void        psl_drafts_clear       (PslDrafts      *self);
void        psl_drafts_keep        (PslDrafts      *self,
                                    const char     *owner,
                                    GPtrArray      *editors);
void        psl_drafts_keep_more   (PslDrafts      *self,
                                    const char     *owner,
                                    GPtrArray      *editors);
void        psl_drafts_put_back    (PslDrafts      *self,
                                    const char     *owner,
                                    GPtrArray      *editors);
void        psl_drafts_add         (PslDrafts      *self,
                                    const char     *owner,
                                    const PslField *field,
                                    const char     *language,
                                    const char     *value);
void        psl_drafts_move        (PslDrafts      *self,
                                    const char     *owner,
                                    const char     *new_owner);
guint       psl_drafts_count       (PslDrafts      *self);
const char *psl_drafts_get_owner   (PslDrafts      *self,
                                    const char     *shown);
GStrv       psl_drafts_list_labels (PslDrafts      *self,
                                    const char     *owner);

G_END_DECLS
