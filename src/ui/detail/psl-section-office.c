/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-section-office.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-record-list.h"

struct _PslSectionOffice
{
  GtkBox parent_instance;

  PslRecordList *projects;
  PslRecordList *offices;
  GCancellable *cancellable;
};

static void section_iface_init (PslSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PslSectionOffice, psl_section_office, GTK_TYPE_BOX,
                               G_IMPLEMENT_INTERFACE (PSL_TYPE_SECTION, section_iface_init))

/* The records of @kind whose link @field leads to @record. */
static PslQuery *
new_query (const PslKind *kind,
           const char    *field,
           PslRecord     *record,
           const char    *language)
{
  const char *values[] = { psl_record_get_id (record), NULL };
  PslQuery *query = psl_query_new (kind);

  psl_query_add_filter (query, psl_filter_new (field, PSL_FILTER_EQUALS, values));
  psl_query_set_language (query, language);
  return query;
}

static void
totals_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslSectionOffice) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 count = 0;
  g_autoptr (GPtrArray) totals = psl_register_totals_finish (PSL_REGISTER (source), result, &count, &error);
  g_autofree char *number = NULL;
  g_autofree char *summary = NULL;

  if (error != NULL)
    {
      if (self->cancellable != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        psl_record_list_set_summary (self->projects, error->message);
      return;
    }

  /* Translators: %s is a number */
  number = psl_number_format_count (count);
  summary = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s project", "%s projects", count), number);
  if (totals->len > 0)
    {
      g_autofree char *money = NULL;
      g_autofree char *both = NULL;

      g_ptr_array_add (totals, NULL);
      money = psl_money_display_totals ((const char *const *) totals->pdata);
      both = g_strconcat (summary, " · ", money, NULL);
      psl_record_list_set_summary (self->projects, both);
      return;
    }

  psl_record_list_set_summary (self->projects, summary);
}

static void
open_record_cb (PslRecordList *list,
                gint64         rid,
                PslSection    *self)
{
  psl_section_open_record (self, rid);
}

static void
psl_section_office_show (PslSection  *section,
                         PslRegister *reg,
                         PslRecord   *record,
                         const char  *language)
{
  PslSectionOffice *self = PSL_SECTION_OFFICE (section);
  g_autoptr (PslQuery) projects = new_query (&psl_kind_project, "office", record, language);
  g_autoptr (PslQuery) offices = new_query (&psl_kind_office, "reports_to", record, language);

  psl_query_set_sort (projects, "start", TRUE);
  psl_query_set_sort (offices, psl_kind_office.title, FALSE);
  psl_record_list_show (self->projects, reg, projects);
  psl_record_list_show (self->offices, reg, offices);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  psl_register_totals_async (reg, projects, "budget", self->cancellable, totals_cb, g_object_ref (self));
}

static void
psl_section_office_clear (PslSection *section)
{
  PslSectionOffice *self = PSL_SECTION_OFFICE (section);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  psl_record_list_clear (self->projects);
  psl_record_list_clear (self->offices);
  psl_record_list_set_summary (self->projects, NULL);
}

static void
section_iface_init (PslSectionInterface *iface)
{
  iface->show = psl_section_office_show;
  iface->clear = psl_section_office_clear;
}

static void
psl_section_office_dispose (GObject *object)
{
  PslSectionOffice *self = PSL_SECTION_OFFICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (psl_section_office_parent_class)->dispose (object);
}

static void
psl_section_office_class_init (PslSectionOfficeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_section_office_dispose;
}

static void
psl_section_office_init (PslSectionOffice *self)
{
  GtkWidget *projects = psl_record_list_new (_("Projects of this office"));
  GtkWidget *offices = psl_record_list_new (_("Offices that report to this office"));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
  self->projects = PSL_RECORD_LIST (projects);
  self->offices = PSL_RECORD_LIST (offices);
  g_signal_connect (projects, "open-record", G_CALLBACK (open_record_cb), self);
  g_signal_connect (offices, "open-record", G_CALLBACK (open_record_cb), self);
  gtk_box_append (GTK_BOX (self), projects);
  gtk_box_append (GTK_BOX (self), offices);
}
