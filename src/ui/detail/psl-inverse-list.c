/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-inverse-list.h"

#include <glib/gi18n.h>

#include "psl-changed-set.h"
#include "psl-kinds.h"
#include "psl-money.h"
#include "psl-number.h"
#include "psl-record-list.h"

struct _PslInverseList
{
  GtkBox parent_instance;

  /* The link, and the kind of the records that have it. */
  const PslKind *kind;
  const PslField *link;
  PslRecordList *records;
  GCancellable *cancellable;
  /* Where the records are that lead to the record on the page; NULL without one. */
  PslRegister *reg;
  PslQuery *query;
};

G_DEFINE_FINAL_TYPE (PslInverseList, psl_inverse_list, GTK_TYPE_BOX)

/* The records whose link leads to @record. */
static PslQuery *
new_query (PslInverseList *self,
           PslRecord      *record,
           const char     *language)
{
  const char *values[] = { psl_record_get_id (record), NULL };
  PslQuery *query = psl_query_new (self->kind);

  psl_query_add_filter (query, psl_filter_new (self->link->name, PSL_FILTER_EQUALS, values));
  psl_query_set_language (query, language);
  psl_query_set_sort (query, self->link->inverse.sort, self->link->inverse.descending);
  return query;
}

/* Without a reference: dispose cancels the counting. */
static void
totals_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PslInverseList *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 count = 0;
  g_autoptr (GPtrArray) totals = psl_register_totals_finish (PSL_REGISTER (source), result, &count, &error);
  g_autofree char *number = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *money = NULL;
  g_autofree char *both = NULL;

  if (error != NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        psl_record_list_set_summary (self->records, error->message);
      return;
    }

  number = psl_number_format_count (count);
  summary = psl_plural_fill (&self->kind->words.total, (guint64) count, number, NULL);
  if (totals->len == 0)
    {
      psl_record_list_set_summary (self->records, summary);
      return;
    }

  g_ptr_array_add (totals, NULL);
  money = psl_money_display_totals ((const char *const *) totals->pdata);
  both = g_strconcat (summary, " · ", money, NULL);
  psl_record_list_set_summary (self->records, both);
}

static void
cancel (PslInverseList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_records (PslInverseList *self)
{
  psl_record_list_show (self->records, self->reg, self->query);
  if (self->link->inverse.total == NULL)
    return;

  cancel (self);
  self->cancellable = g_cancellable_new ();
  psl_register_totals_async (self->reg, self->query, self->link->inverse.total, self->cancellable, totals_cb,
                             self);
}

static void
changed_cb (PslInverseList      *self,
            const PslChangedSet *set)
{
  if (psl_changed_set_touches_query (set, self->query) || psl_changed_set_touches_rows (set, self->kind))
    read_records (self);
}

static void
forget (PslInverseList *self)
{
  cancel (self);
  if (self->reg != NULL)
    g_signal_handlers_disconnect_by_func (self->reg, changed_cb, self);
  g_clear_object (&self->reg);
  g_clear_object (&self->query);
}

static void
psl_inverse_list_dispose (GObject *object)
{
  forget (PSL_INVERSE_LIST (object));

  G_OBJECT_CLASS (psl_inverse_list_parent_class)->dispose (object);
}

static void
psl_inverse_list_class_init (PslInverseListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_inverse_list_dispose;
}

static void
psl_inverse_list_init (PslInverseList *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "section");
}

static GtkWidget *
new_list (const PslKind  *kind,
          const PslField *link)
{
  PslInverseList *self = g_object_new (PSL_TYPE_INVERSE_LIST, NULL);
  GtkWidget *records = psl_record_list_new (_(link->inverse.label), link);

  self->kind = kind;
  self->link = link;
  self->records = PSL_RECORD_LIST (records);
  gtk_widget_set_hexpand (records, TRUE);
  gtk_box_append (GTK_BOX (self), records);
  return GTK_WIDGET (self);
}

/**
 * psl_inverse_list_new_for_kind:
 * @kind: a kind
 *
 * Returns: (transfer full) (element-type PslInverseList): new lists, floating, one for each
 *   link that leads to records of @kind and has a name for its other end
 */
GPtrArray *
psl_inverse_list_new_for_kind (const PslKind *kind)
{
  GPtrArray *lists = g_ptr_array_new ();

  g_return_val_if_fail (kind != NULL, lists);

  for (guint i = 0; psl_kinds[i] != NULL; i++)
    for (const PslField *field = psl_kinds[i]->fields; field->name != NULL; field++)
      if (field->inverse.label != NULL && field->target == kind)
        g_ptr_array_add (lists, new_list (psl_kinds[i], field));

  return lists;
}

/**
 * psl_inverse_list_show:
 * @self: a list
 * @reg: where the records are
 * @record: the record on the page
 * @language: the language in which records are shown
 *
 * Reads the records that lead to @record, and shows them when they come; again whenever
 * something that the list shows was changed.
 */
void
psl_inverse_list_show (PslInverseList *self,
                       PslRegister    *reg,
                       PslRecord      *record,
                       const char     *language)
{
  g_autoptr (PslQuery) query = NULL;

  g_return_if_fail (PSL_IS_INVERSE_LIST (self));
  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (record));

  query = new_query (self, record, language);
  if (self->reg == reg && psl_query_equal (self->query, query))
    return;

  forget (self);
  self->reg = g_object_ref (reg);
  self->query = g_steal_pointer (&query);
  g_signal_connect_object (reg, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  /* The sum of another record's would stand above this one's until its own is known. */
  psl_record_list_set_summary (self->records, NULL);
  read_records (self);
}

/**
 * psl_inverse_list_clear:
 * @self: a list
 *
 * The page shows this list's record no longer.
 */
void
psl_inverse_list_clear (PslInverseList *self)
{
  g_return_if_fail (PSL_IS_INVERSE_LIST (self));

  forget (self);
  psl_record_list_clear (self->records);
  psl_record_list_set_summary (self->records, NULL);
}
