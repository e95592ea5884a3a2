/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-editor.h"

G_BEGIN_DECLS

/* Which language's long texts are shown: all side by side, or one. */
#define PSL_TEXT_VIEW_BOTH "both"

/**
 * PslDetailGroup:
 *
 * A group of a kind's fields on the detail page: its heading, and an editor a
 * field. Short values are rows of a card; long texts and lists of rows stand
 * below with headings of their own.
 *
 * Signals:
 *   text-view-chosen (const char *view, gboolean wide)  %PSL_TEXT_VIEW_BOTH or a
 *                                        language, for a wide page or a narrow one
 */
#define PSL_TYPE_DETAIL_GROUP (psl_detail_group_get_type ())
G_DECLARE_FINAL_TYPE (PslDetailGroup, psl_detail_group, PSL, DETAIL_GROUP, GtkBox)

GtkWidget  *psl_detail_group_new           (const PslKind       *kind,
                                            const PslFieldGroup *group,
                                            const PslCodelists  *codelists,
                                            const char *const   *languages,
                                            GPtrArray           *editors,
                                            GPtrArray           *tables);
gboolean    psl_detail_group_is_narrow     (const PslKind        *kind,
                                            const PslFieldGroup  *group);
gboolean    psl_detail_group_is_empty      (const PslKind        *kind,
                                            const PslFieldGroup  *group);
void        psl_detail_group_set_wide      (PslDetailGroup       *self,
                                            gboolean              wide);
void        psl_detail_group_set_text_view (PslDetailGroup       *self,
                                            const char           *wide,
                                            const char           *narrow);

G_END_DECLS
