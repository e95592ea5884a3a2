/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-section-project.h"

#include <glib/gi18n.h>

#include "psl-record-list.h"

struct _PslSectionProject
{
  GtkBox parent_instance;

  PslRecordList *office;
  PslRecordList *phases;
  GCancellable *cancellable;
  char *language;
};

static void section_iface_init (PslSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PslSectionProject, psl_section_project, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (PSL_TYPE_SECTION, section_iface_init))

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslSectionProject) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (rid > 0)
    psl_record_list_show_record (self->office, PSL_REGISTER (source), rid, self->language);
  else
    psl_record_list_clear (self->office);
}

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
  const char *office = psl_record_get_by_name (record, "office");
  g_autoptr (PslQuery) phases = psl_query_new (&psl_kind_project);

  g_set_str (&self->language, language);
  psl_query_add_filter (phases, psl_filter_new ("predecessor", PSL_FILTER_EQUALS, values));
  psl_query_set_language (phases, language);
  psl_query_set_sort (phases, "start", FALSE);
  psl_record_list_show (self->phases, reg, phases);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (office != NULL)
    psl_register_find_async (reg, office, self->cancellable, found_cb, g_object_ref (self));
  else
    psl_record_list_clear (self->office);
}

static void
psl_section_project_clear (PslSection *section)
{
  PslSectionProject *self = PSL_SECTION_PROJECT (section);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  psl_record_list_clear (self->office);
  psl_record_list_clear (self->phases);
}

static void
section_iface_init (PslSectionInterface *iface)
{
  iface->show = psl_section_project_show;
  iface->clear = psl_section_project_clear;
}

static void
psl_section_project_dispose (GObject *object)
{
  PslSectionProject *self = PSL_SECTION_PROJECT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (psl_section_project_parent_class)->dispose (object);
}

static void
psl_section_project_finalize (GObject *object)
{
  g_free (PSL_SECTION_PROJECT (object)->language);

  G_OBJECT_CLASS (psl_section_project_parent_class)->finalize (object);
}

static void
psl_section_project_class_init (PslSectionProjectClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_section_project_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_section_project_finalize;
}

static void
psl_section_project_init (PslSectionProject *self)
{
  GtkWidget *office = psl_record_list_new (_("Managed by"));
  GtkWidget *phases = psl_record_list_new (_("Later phases"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
  self->office = PSL_RECORD_LIST (office);
  self->phases = PSL_RECORD_LIST (phases);
  g_signal_connect (office, "open-record", G_CALLBACK (open_record_cb), self);
  g_signal_connect (phases, "open-record", G_CALLBACK (open_record_cb), self);
  gtk_box_append (GTK_BOX (self), office);
  gtk_box_append (GTK_BOX (self), phases);
}
