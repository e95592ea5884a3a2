/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-row.h"

#include <glib/gi18n.h>

#include "psl-summary.h"

struct _PslRecordRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *title;
  GtkWidget *facts;
  GtkWidget *state;

  gint64 rid;
  /* The UUID of the record's owner, where it is shown. */
  char *owner;
  char *state_class;
};

G_DEFINE_FINAL_TYPE (PslRecordRow, psl_record_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_state (PslRecordRow     *self,
           const PslSummary *summary)
{
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (self->state, self->state_class);
  g_set_str (&self->state_class, summary->state_class);
  if (self->state_class != NULL)
    gtk_widget_add_css_class (self->state, self->state_class);

  gtk_label_set_label (GTK_LABEL (self->state), summary->state != NULL ? summary->state : "");
  gtk_widget_set_visible (self->state, summary->state != NULL);
}

static void
psl_record_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_RECORD_ROW);

  G_OBJECT_CLASS (psl_record_row_parent_class)->dispose (object);
}

static void
psl_record_row_finalize (GObject *object)
{
  g_free (PSL_RECORD_ROW (object)->owner);
  g_free (PSL_RECORD_ROW (object)->state_class);

  G_OBJECT_CLASS (psl_record_row_parent_class)->finalize (object);
}

static void
psl_record_row_class_init (PslRecordRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_record_row_dispose;
  object_class->finalize = psl_record_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-record-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PslRecordRow, title);
  gtk_widget_class_bind_template_child (widget_class, PslRecordRow, facts);
  gtk_widget_class_bind_template_child (widget_class, PslRecordRow, state);
}

static void
psl_record_row_init (PslRecordRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_record_row_new:
 *
 * Returns: (transfer floating): a row; psl_record_row_bind() before it is shown
 */
GtkWidget *
psl_record_row_new (void)
{
  return g_object_new (PSL_TYPE_RECORD_ROW, NULL);
}

/**
 * psl_record_row_bind:
 * @self: a row
 * @record: the record, with its listed fields; a part with all of them
 * @link: (nullable): the link that led to it, of which the list is the other end
 * @codelists: the lists of its register
 * @language: the language that records are shown in
 *
 * A part that is a link with a role shows its owner; see psl_summary_new_of_part().
 */
void
psl_record_row_bind (PslRecordRow       *self,
                     PslRecord          *record,
                     const PslField     *link,
                     const PslCodelists *codelists,
                     const char         *language)
{
  g_autoptr (PslSummary) summary = NULL;
  g_autofree char *name = NULL;
  const PslField *owner;

  g_return_if_fail (PSL_IS_RECORD_ROW (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  owner = link != NULL ? psl_kind_get_owner_field (psl_record_get_kind (record)) : NULL;
  summary = owner != NULL ? psl_summary_new_of_part (record, link, codelists, language)
                          : psl_summary_new (record, codelists, language);
  g_set_str (&self->owner, owner != NULL ? psl_record_get (record, owner, NULL) : NULL);
  self->rid = psl_record_get_rid (record);
  gtk_label_set_label (GTK_LABEL (self->title), summary->title);
  gtk_label_set_label (GTK_LABEL (self->facts), summary->facts);
  gtk_widget_set_visible (self->facts, *summary->facts != '\0');
  set_state (self, summary);

  name = psl_summary_describe (summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * psl_record_row_get_rid:
 * @self: a row
 *
 * Returns: the record it leads to
 */
gint64
psl_record_row_get_rid (PslRecordRow *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_ROW (self), 0);

  return self->rid;
}

/**
 * psl_record_row_get_owner:
 * @self: a row
 *
 * Returns: (nullable): the UUID of the record that it leads to, where it shows its record's
 *   owner
 */
const char *
psl_record_row_get_owner (PslRecordRow *self)
{
  g_return_val_if_fail (PSL_IS_RECORD_ROW (self), NULL);

  return self->owner;
}
