/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-field.h"

G_BEGIN_DECLS

/**
 * PslSetting:
 * @field: its name, its label (in N_(), not NC_(); an underscore stands before the
 *   mnemonic) and the values it takes, as a field of that type
 * @initial: the value that it has until somebody chooses another
 * @at_least: (nullable): name of a setting before it that must not be above it
 *
 * Something that the checks of a kind go by and that drifts from year to year.
 */
typedef struct
{
  PslField field;
  const char *initial;
  const char *at_least;
} PslSetting;

/**
 * PslSettingGroup:
 * @title: heading, untranslated (N_())
 * @description: the use of the settings, untranslated (N_())
 * @settings: the settings, ended by one without a name
 * @former_key: (nullable): name of the tuple in GSettings in which an earlier version of
 *   the program kept them, in the same order
 *
 * The settings of a kind.
 */
typedef struct
{
  const char *title;
  const char *description;
  const PslSetting *settings;
  const char *former_key;
} PslSettingGroup;

/**
 * PslSettingValues:
 *
 * The chosen values of the settings of all kinds, canonical. Not for several threads
 * while it changes.
 */
typedef struct _PslSettingValues PslSettingValues;

const char       *psl_setting_get_label     (const PslSetting       *setting);
char             *psl_setting_dup_name      (const PslSetting       *setting);
char             *psl_setting_read          (const PslSetting       *setting,
                                             const char             *text,
                                             GError                **error);
char             *psl_setting_edit_text     (const PslSetting       *setting,
                                             const char             *value);

PslSettingValues *psl_setting_values_new    (GVariant               *stored);
void              psl_setting_values_free   (PslSettingValues       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslSettingValues, psl_setting_values_free)
GVariant         *psl_setting_values_store  (const PslSettingValues *self);
void              psl_setting_values_take_former (PslSettingValues  *self,
                                             const PslKind          *kind,
                                             GVariant               *former);
const char       *psl_setting_values_get    (const PslSettingValues *self,
                                             const PslKind          *kind,
                                             const char             *name);
gint64            psl_setting_values_get_number (const PslSettingValues *self,
                                             const PslKind          *kind,
                                             const char             *name);
void              psl_setting_values_set    (PslSettingValues       *self,
                                             const PslKind          *kind,
                                             const char             *name,
                                             const char             *value);

G_END_DECLS
