/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-section-project.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-record-list.h"

struct _PslSectionProject
{
  GtkBox parent_instance;

  PslRecordList *phases;
};

static void section_iface_init (PslSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PslSectionProject, psl_section_project, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (PSL_TYPE_SECTION, section_iface_init))

static void
open_record_cb (PslRecordList *list,
                gint64         rid,
                PslSection    *self)
{
  psl_section_open_record (self, rid);
}

static void
psl_section_project_show (PslSection  *section,
                          PslRegister *reg,
                          PslRecord   *record,
                          const char  *language)
{
  PslSectionProject *self = PSL_SECTION_PROJECT (section);
  const char *values[] = { psl_record_get_id (record), NULL };
  g_autoptr (PslQuery) phases = psl_query_new (&psl_kind_project);

  psl_query_add_filter (phases, psl_filter_new ("predecessor", PSL_FILTER_EQUALS, values));
  psl_query_set_language (phases, language);
  psl_query_set_sort (phases, "start", FALSE);
  psl_record_list_show (self->phases, reg, phases);
}

static void
psl_section_project_clear (PslSection *section)
{
  psl_record_list_clear (PSL_SECTION_PROJECT (section)->phases);
}

static void
section_iface_init (PslSectionInterface *iface)
{
  iface->show = psl_section_project_show;
  iface->clear = psl_section_project_clear;
}

static void
psl_section_project_class_init (PslSectionProjectClass *klass)
{
}

static void
psl_section_project_init (PslSectionProject *self)
{
  GtkWidget *phases = psl_record_list_new (_("Later phases"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
  self->phases = PSL_RECORD_LIST (phases);
  g_signal_connect (phases, "open-record", G_CALLBACK (open_record_cb), self);
  gtk_box_append (GTK_BOX (self), phases);
}
