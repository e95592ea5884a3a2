/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-record-batch.h"
#include "psl-record-row.h"

/* Rows shown at once, and added by each “Show more”. */
#define FIRST_ROWS 4
#define MORE_ROWS 20

struct _PslRecordList
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *summary;
  GtkListBox *list;
  GtkWidget *more_row;

  /* The link that leads from the listed records to the record on the page. */
  const PslField *link;
  PslRegister *reg;
  PslQuery *query;
  char *language;
  GCancellable *cancellable;
  gint64 limit;
  GArray *rids;
};

G_DEFINE_FINAL_TYPE (PslRecordList, psl_record_list, GTK_TYPE_WIDGET)

/* Reads that were asked for before the list was cleared were cancelled then; their callbacks
 * have no reference to the list. */
static void
tell_unread (PslRecordList *self,
             const GError  *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psl_failure_tell_unread (GTK_WIDGET (self), error);
}

/* The records to read, and the language to show them in. */
typedef struct
{
  GArray *rids;
  char *language;
} Reading;

static void
reading_free (Reading *reading)
{
  g_array_unref (reading->rids);
  g_free (reading->language);
  g_free (reading);
}

/* On the register's thread. */
static gpointer
read_page (PslStore      *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Reading *reading = data;

  return psl_record_batch_read (store, (const gint64 *) (gpointer) reading->rids->data, reading->rids->len,
                               reading->language, NULL, cancellable, error);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PslRecordList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecordBatch) page = psl_register_finish (PSL_REGISTER (source), result, &error);
  GtkListBoxRow *row;
  int at = 0;

  if (error != NULL)
    {
      tell_unread (self, error);
      return;
    }

  /* Rows are used again: a row that holds the focus keeps it. */
  for (guint i = 0; i < page->records->len; i++)
    {
      row = gtk_list_box_get_row_at_index (self->list, at);
      if (row == NULL || GTK_WIDGET (row) == self->more_row)
        {
          row = GTK_LIST_BOX_ROW (psl_record_row_new ());
          gtk_list_box_insert (self->list, GTK_WIDGET (row), at);
        }
      psl_record_row_bind (PSL_RECORD_ROW (row), page->records->pdata[i], self->link,
                           psl_register_get_codelists (PSL_REGISTER (source)), self->language);
      at++;
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, at)) != NULL && GTK_WIDGET (row) != self->more_row)
    {
      psl_focus_hand_on (GTK_WIDGET (row));
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }

  if (self->rids != NULL && (gint64) self->rids->len > self->limit)
    gtk_widget_set_visible (self->more_row, TRUE);
  else
    psl_focus_hide (self->more_row);
  if (at > 0)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  else
    psl_focus_hide (GTK_WIDGET (self));
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  PslRecordList *self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *rids = psl_register_query_finish (PSL_REGISTER (source), result, &error);
  Reading *reading;

  if (rids == NULL)
    {
      tell_unread (self, error);
      return;
    }

  g_clear_pointer (&self->rids, g_array_unref);
  self->rids = rids;
  reading = g_new0 (Reading, 1);
  reading->rids = g_array_copy (rids);
  g_array_set_size (reading->rids, (guint) MIN ((gint64) rids->len, self->limit));
  reading->language = g_strdup (self->language);
  psl_register_read_async (PSL_REGISTER (source), PSL_LANE_SHORT, read_page, reading, (GDestroyNotify) reading_free,
                           (GDestroyNotify) psl_record_batch_free, self->cancellable, loaded_cb, self);
}

static void
restart (PslRecordList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
}

/* Reads one record more than is shown, which tells whether there are more. */
static void
read_records (PslRecordList *self)
{
  restart (self);
  psl_register_query_async (self->reg, self->query, self->limit + 1, self->cancellable,
                            queried_cb, self);
}

static void
owner_found_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  PslRecordList *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (error != NULL)
    tell_unread (self, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "x", rid);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  PslRecordList *self)
{
  if (GTK_WIDGET (row) == self->more_row)
    {
      self->limit += MORE_ROWS;
      read_records (self);
      return;
    }

  if (psl_record_row_get_owner (PSL_RECORD_ROW (row)) != NULL)
    psl_register_find_async (self->reg, psl_record_row_get_owner (PSL_RECORD_ROW (row)), self->cancellable,
                             owner_found_cb, self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "x", psl_record_row_get_rid (PSL_RECORD_ROW (row)));
}

static void
psl_record_list_dispose (GObject *object)
{
  PslRecordList *self = PSL_RECORD_LIST (object);
  GtkWidget *child;

  psl_record_list_clear (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (psl_record_list_parent_class)->dispose (object);
}

static void
psl_record_list_finalize (GObject *object)
{
  g_free (PSL_RECORD_LIST (object)->language);

  G_OBJECT_CLASS (psl_record_list_parent_class)->finalize (object);
}

static void
psl_record_list_class_init (PslRecordListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_record_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_record_list_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recordlist");
}

static void
psl_record_list_init (PslRecordList *self)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (heading), self->title);
  self->summary = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->summary), 0);
  gtk_widget_set_visible (self->summary, FALSE);
  gtk_label_set_wrap (GTK_LABEL (self->summary), TRUE);
  gtk_widget_add_css_class (self->summary, "dimmed");
  gtk_widget_add_css_class (self->summary, "numeric");
  gtk_box_append (GTK_BOX (heading), self->summary);
  gtk_widget_set_parent (heading, GTK_WIDGET (self));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));

  self->more_row = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more_row), _("Show More"));
  gtk_list_box_append (self->list, self->more_row);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * psl_record_list_new:
 * @title: the heading
 * @link: (nullable): the link of the records that leads to the record on the page: parts that
 *   are links show their owners
 *
 * Returns: (transfer floating): a list of no records, which is hidden
 */
GtkWidget *
psl_record_list_new (const char     *title,
                     const PslField *link)
{
  PslRecordList *self = g_object_new (PSL_TYPE_RECORD_LIST, NULL);

  self->link = link;
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return GTK_WIDGET (self);
}

/**
 * psl_record_list_show:
 * @self: a list
 * @reg: where the records are
 * @query: which records, in which order and language
 *
 * Reads the records and shows them when they come. The same query again reads
 * again, and keeps as many rows in sight.
 */
void
psl_record_list_show (PslRecordList *self,
                      PslRegister   *reg,
                      PslQuery      *query)
{
  g_return_if_fail (PSL_IS_RECORD_LIST (self));
  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_QUERY (query));

  if (self->query == NULL || !psl_query_equal (self->query, query))
    {
      self->limit = FIRST_ROWS;
      psl_focus_hide (GTK_WIDGET (self));
    }

  g_set_object (&self->reg, reg);
  g_set_object (&self->query, query);
  g_set_str (&self->language, psl_query_get_language (query));
  read_records (self);
}

/**
 * psl_record_list_clear:
 * @self: a list
 *
 * Shows nothing.
 */
void
psl_record_list_clear (PslRecordList *self)
{
  g_return_if_fail (PSL_IS_RECORD_LIST (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reg);
  g_clear_object (&self->query);
  g_clear_pointer (&self->rids, g_array_unref);
  psl_focus_hide (GTK_WIDGET (self));
}

/**
 * psl_record_list_set_summary:
 * @self: a list
 * @summary: (nullable): the line below the heading, such as totals
 */
void
psl_record_list_set_summary (PslRecordList *self,
                             const char    *summary)
{
  g_return_if_fail (PSL_IS_RECORD_LIST (self));

  gtk_label_set_label (GTK_LABEL (self->summary), summary != NULL ? summary : "");
  gtk_widget_set_visible (self->summary, summary != NULL);
}
