/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-kind.h"

G_BEGIN_DECLS

/*
 * The settings that the program remembers between starts.
 *
 * Signals:
 *   language-changed  the language that records are shown in
 *   kind-settings-changed  the settings that the checks of kinds go by
 *   author-changed    who changes are signed by
 */
#define PSL_TYPE_SETTINGS (psl_settings_get_type ())
G_DECLARE_FINAL_TYPE (PslSettings, psl_settings, PSL, SETTINGS, GObject)

PslSettings *psl_settings_get_default  (void);
GSettings   *psl_settings_get_gsettings (PslSettings    *self);
const char  *psl_settings_get_language (PslSettings        *self,
                                        const PslCodelists *codelists);
char        *psl_settings_dup_author   (PslSettings     *self);
const PslSettingValues *psl_settings_get_kind_settings (PslSettings *self);
void         psl_settings_set_kind_setting (PslSettings *self,
                                        const PslKind   *kind,
                                        const char      *name,
                                        const char      *value);
char        *psl_settings_dup_query    (PslSettings     *self,
                                        const char      *place);
void         psl_settings_set_query    (PslSettings     *self,
                                        const char      *place,
                                        const char      *query);
char        *psl_settings_dup_record   (PslSettings     *self,
                                        const char      *place);
void         psl_settings_set_record   (PslSettings     *self,
                                        const char      *place,
                                        const char      *id);

G_END_DECLS
