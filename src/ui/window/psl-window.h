/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-application.h"
#include "psl-notifier.h"
#include "psl-register.h"

G_BEGIN_DECLS

#define PSL_TYPE_WINDOW (psl_window_get_type ())
G_DECLARE_FINAL_TYPE (PslWindow, psl_window, PSL, WINDOW, AdwApplicationWindow)

PslWindow   *psl_window_new               (PslApplication *application,
                                           const char     *path,
                                           PslStoreFlags   flags);
void         psl_window_set_register_name (PslWindow      *self,
                                           const char     *name);
void         psl_window_appear            (PslWindow      *self);
const char  *psl_window_get_path          (PslWindow      *self);
PslRegister *psl_window_get_register      (PslWindow      *self);
PslNotifier *psl_window_get_notifier      (PslWindow      *self);
void         psl_window_go_to             (PslWindow      *self,
                                           gint64          rid);
void         psl_window_find              (PslWindow      *self,
                                           const char     *id);
void         psl_window_import            (PslWindow      *self,
                                           GFile          *file);
void         psl_window_show_preferences  (PslWindow      *self);
void         psl_window_restore           (PslWindow      *self,
                                           const char     *backup);
gboolean     psl_window_shut              (PslWindow      *self);

G_END_DECLS
