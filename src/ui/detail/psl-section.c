/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-section.h"

#include "psl-kinds.h"
#include "psl-section-office.h"
#include "psl-section-project.h"

G_DEFINE_INTERFACE (PslSection, psl_section, GTK_TYPE_WIDGET)

enum
{
  OPEN_RECORD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Which sections stand on which kind's page, in their order. */
static const struct
{
  const PslKind *kind;
  GType (*get_type) (void);
} sections[] = {
  { &psl_kind_project, psl_section_project_get_type },
  { &psl_kind_office, psl_section_office_get_type },
};

static void
psl_section_default_init (PslSectionInterface *iface)
{
  signals[OPEN_RECORD] = g_signal_new ("open-record", PSL_TYPE_SECTION, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

/**
 * psl_section_new_for_kind:
 * @kind: a kind
 *
 * Returns: (transfer full) (element-type PslSection): new sections, floating, in
 *   the order in which they stand on the page of a record of @kind
 */
GPtrArray *
psl_section_new_for_kind (const PslKind *kind)
{
  GPtrArray *made = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (sections[i].kind == kind)
      g_ptr_array_add (made, g_object_new (sections[i].get_type (), NULL));

  return made;
}

/**
 * psl_section_show:
 * @self: a section
 * @reg: where the records are
 * @record: the record on the page
 * @language: the language in which records are shown
 */
void
psl_section_show (PslSection  *self,
                  PslRegister *reg,
                  PslRecord   *record,
                  const char  *language)
{
  g_return_if_fail (PSL_IS_SECTION (self));
  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (record));

  PSL_SECTION_GET_IFACE (self)->show (self, reg, record, language);
}

/**
 * psl_section_clear:
 * @self: a section
 *
 * The page shows this section's record no longer.
 */
void
psl_section_clear (PslSection *self)
{
  g_return_if_fail (PSL_IS_SECTION (self));

  PSL_SECTION_GET_IFACE (self)->clear (self);
}

/**
 * psl_section_open_record:
 * @self: a section
 * @rid: a record
 *
 * The person follows a link to @rid: emits #PslSection::open-record.
 */
void
psl_section_open_record (PslSection *self,
                         gint64      rid)
{
  g_return_if_fail (PSL_IS_SECTION (self));

  g_signal_emit (self, signals[OPEN_RECORD], 0, rid);
}
