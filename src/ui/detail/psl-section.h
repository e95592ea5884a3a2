/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-register.h"

G_BEGIN_DECLS

/**
 * PslSection:
 *
 * A part of the detail page that shows what a record's fields don't say: an
 * office's projects, a project's phases. A new one is a new file, and a line in
 * psl-section.c.
 *
 * Signals:
 *   open-record (gint64 rid)  the person follows a link
 */
#define PSL_TYPE_SECTION (psl_section_get_type ())
G_DECLARE_INTERFACE (PslSection, psl_section, PSL, SECTION, GtkWidget)

/**
 * PslSectionInterface:
 * @show: shows what belongs to @record, read from @reg when it comes; hides
 *   itself where that is nothing. Called again whenever something changed
 * @clear: forgets the record, and what is being read for it
 */
struct _PslSectionInterface
{
  GTypeInterface parent_iface;

  void (*show)  (PslSection   *self,
                 PslRegister  *reg,
                 PslRecord    *record,
                 const char   *language);
  void (*clear) (PslSection   *self);
};

GPtrArray *psl_section_new_for_kind (const PslKind  *kind);
void       psl_section_show         (PslSection     *self,
                                     PslRegister    *reg,
                                     PslRecord      *record,
                                     const char     *language);
void       psl_section_clear        (PslSection     *self);
void       psl_section_open_record  (PslSection     *self,
                                     gint64          rid);

G_END_DECLS
