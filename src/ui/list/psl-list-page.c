/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-filter-bar.h"
#include "psl-list-page.h"

#include "psl-record-view.h"
#include "psl-settings.h"
#include "psl-shortcuts.h"
#include "psl-sort-button.h"
#include "psl-type-ahead.h"

struct _PslListPage
{
  AdwNavigationPage parent_instance;

  GtkWidget *new_button;
  PslSortButton *sort_button;
  GtkWidget *empty_trash_button;
  GtkSearchEntry *search_entry;
  GtkWidget *read_only;
  GtkWidget *looked_at;
  PslFilterBar *filter_bar;
  GtkLabel *count;
  PslRecordView *view;

  PslRegister *reg;
  PslCounts *counts;
  PslRecordModel *model;
  const PslCollection *collection;
  char *language;
  char *search;
};

G_DEFINE_FINAL_TYPE (PslListPage, psl_list_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_ENTERED,
  SIGNAL_SEARCH_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_n_items (PslListPage *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static void
update_count (PslListPage *self)
{
  gint64 total = self->counts != NULL ? psl_counts_get_total (self->counts, self->collection) : -1;
  g_autofree char *text = NULL;

  /* The first page alone says nothing about how many there are. */
  if (self->collection == NULL || !psl_record_model_is_complete (self->model))
    return;

  /* While a record comes or goes, the two numbers arrive one after the other. */
  if (!psl_record_model_is_narrowed (self->model))
    total = get_n_items (self);

  text = psl_collection_format_count (self->collection, get_n_items (self), total);
  if (g_str_equal (gtk_label_get_label (self->count), text))
    return;

  gtk_label_set_label (self->count, text);
  /* Whoever types in the search hears how many records it found. */
  if (self->search != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->count)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self->count), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* The query that the widgets describe, with the filters for which @is_wanted is TRUE; with
 * all where it is NULL. */
static PslQuery *
make_query (PslListPage *self,
            gboolean   (*is_wanted) (const PslFilter *filter))
{
  PslQuery *query = psl_collection_new_query (self->collection);
  g_autoptr (GPtrArray) filters = psl_filter_bar_get_filters (self->filter_bar);
  gboolean descending;
  const char *sort = psl_sort_button_get_sort (self->sort_button, &descending);

  for (guint i = 0; i < filters->len; i++)
    if (is_wanted == NULL || is_wanted (g_ptr_array_index (filters, i)))
      psl_query_add_filter (query, psl_filter_copy (g_ptr_array_index (filters, i)));
  psl_query_set_sort (query, sort, descending);
  psl_query_set_language (query, self->language);

  return query;
}

static void
apply (PslListPage *self)
{
  g_autoptr (PslQuery) query = NULL;
  guint n_rows;

  if (self->collection == NULL || self->reg == NULL)
    return;

  n_rows = psl_record_view_count_rows (self->view);
  if (n_rows > 0)
    psl_record_model_set_page (self->model, n_rows);
  query = make_query (self, NULL);
  psl_query_set_search (query, self->search);
  psl_record_model_set_query (self->model, query);
}

/* The filter for the records of an import is for the moment: nobody would know why the list
 * is short the next time. */
static gboolean
is_lasting (const PslFilter *filter)
{
  return !g_str_equal (filter->field, PSL_FIELD_ACTION);
}

static void
save (PslListPage *self)
{
  g_autoptr (PslQuery) query = make_query (self, is_lasting);
  g_autofree char *text = psl_query_to_string (query);

  psl_settings_set_query (psl_settings_get_default (), self->collection->name, text);
}

/* The filters and the order that the collection was left with. */
static void
restore (PslListPage *self)
{
  const PslCodelists *codelists = psl_register_get_codelists (self->reg);
  g_autofree char *text = psl_settings_dup_query (psl_settings_get_default (), self->collection->name);
  g_autoptr (PslQuery) query = NULL;
  g_autoptr (GPtrArray) filters = g_ptr_array_new ();
  gboolean descending;
  const char *sort;

  /* A query that this version of the program can't read is forgotten: the list without
   * filters is the safe one. */
  if (text != NULL)
    query = psl_query_from_string (text, codelists, NULL);
  if (query == NULL || psl_query_get_kind (query) != self->collection->kind || !psl_query_validate (query, codelists, NULL))
    {
      g_clear_object (&query);
      query = psl_collection_new_query (self->collection);
    }

  sort = psl_query_get_sort (query, &descending);
  if (sort == NULL && self->collection->kind != NULL)
    sort = self->collection->kind->title;
  else if (sort == NULL)
    descending = TRUE;
  psl_sort_button_set_sort (self->sort_button, sort, descending);
  /* Earlier versions saved all of them. */
  for (guint i = 0; i < psl_query_get_filters (query)->len; i++)
    if (is_lasting (psl_query_get_filters (query)->pdata[i]))
      g_ptr_array_add (filters, psl_query_get_filters (query)->pdata[i]);
  psl_filter_bar_set_filters (self->filter_bar, filters);
}

static void
loaded_cb (PslListPage *self)
{
  gboolean empty = get_n_items (self) == 0 && !psl_record_model_is_narrowed (self->model);

  gtk_widget_set_visible (GTK_WIDGET (self->count), !empty);
  gtk_widget_set_sensitive (self->empty_trash_button, !empty);
  update_count (self);
}

static void
set_search (PslListPage *self,
            const char  *words)
{
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  if (!g_set_str (&self->search, stripped[0] != '\0' ? stripped : NULL))
    return;

  apply (self);
  /* Whoever found a record sees where it stands among the others. */
  if (self->search == NULL && psl_record_model_get_selected (self->model) != 0)
    psl_list_page_reveal (self, psl_record_model_get_selected (self->model));
  g_signal_emit (self, signals[SIGNAL_SEARCH_CHANGED], 0, self->search);
}

static void
search_changed_cb (PslListPage *self)
{
  set_search (self, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
stop_search_cb (PslListPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
search_activated_cb (PslListPage *self)
{
  if (psl_record_view_enter (self->view))
    g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static gboolean
go_to_list_cb (GtkWidget *entry,
               GVariant  *parameter,
               gpointer   user_data)
{
  PslListPage *self = user_data;

  psl_record_view_enter (self->view);
  return GDK_EVENT_STOP;
}

static void
filters_changed_cb (PslListPage *self)
{
  apply (self);
  save (self);
}

static void
clear_cb (PslListPage *self)
{
  psl_list_page_clear_filters (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
activated_cb (PslListPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0);
}

static void
entered_cb (PslListPage *self)
{
  g_signal_emit (self, signals[SIGNAL_ENTERED], 0);
}

static void
psl_list_page_dispose (GObject *object)
{
  PslListPage *self = PSL_LIST_PAGE (object);

  if (self->view != NULL)
    psl_record_view_set_model (self->view, NULL);
  psl_list_page_set_register (self, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PSL_TYPE_LIST_PAGE);

  G_OBJECT_CLASS (psl_list_page_parent_class)->dispose (object);
}

static void
psl_list_page_finalize (GObject *object)
{
  PslListPage *self = PSL_LIST_PAGE (object);

  g_object_unref (self->model);
  g_free (self->language);
  g_free (self->search);

  G_OBJECT_CLASS (psl_list_page_parent_class)->finalize (object);
}

static void
psl_list_page_class_init (PslListPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_list_page_dispose;
  object_class->finalize = psl_list_page_finalize;

  /**
   * PslListPage::activated:
   *
   * The person went for the selected record.
   */
  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", PSL_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslListPage::entered:
   *
   * The person wants to go on in the selected record, which was activated.
   */
  signals[SIGNAL_ENTERED] =
    g_signal_new ("entered", PSL_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslListPage::search-changed:
   * @words: (nullable): the words that are searched for
   *
   * Other words are searched for.
   */
  signals[SIGNAL_SEARCH_CHANGED] =
    g_signal_new ("search-changed", PSL_TYPE_LIST_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PSL_TYPE_FILTER_BAR);
  g_type_ensure (PSL_TYPE_RECORD_VIEW);
  g_type_ensure (PSL_TYPE_SORT_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PslListPage, new_button);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, sort_button);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, empty_trash_button);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, read_only);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, looked_at);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, count);
  gtk_widget_class_bind_template_child (widget_class, PslListPage, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, filters_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, entered_cb);
}

static void
psl_list_page_init (PslListPage *self)
{
  self->model = psl_record_model_new ();
  self->language = g_strdup (psl_language_get_interface ());
  gtk_widget_init_template (GTK_WIDGET (self));

  psl_record_view_set_model (self->view, self->model);
  g_signal_connect_object (self->model, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sort_button, "changed",
                           G_CALLBACK (filters_changed_cb), self, G_CONNECT_SWAPPED);
  psl_type_ahead_install (GTK_WIDGET (self->view), self->search_entry);
  psl_shortcuts_bind (GTK_WIDGET (self->search_entry), "search.list", GTK_PHASE_CAPTURE,
                      gtk_callback_action_new (go_to_list_cb, self, NULL));
}

/**
 * psl_list_page_set_register:
 * @reg: (nullable): where the records are
 * @counts: (nullable): how many there are
 *
 * The list is empty until a collection is set.
 */
void
psl_list_page_set_register (PslListPage *self,
                            PslRegister *reg,
                            PslCounts   *counts)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  if (self->counts != NULL)
    g_signal_handlers_disconnect_by_func (self->counts, update_count, self);

  g_set_object (&self->reg, reg);
  g_set_object (&self->counts, counts);
  self->collection = NULL;
  psl_record_model_set_register (self->model, reg);
  if (self->read_only != NULL)
    {
      gboolean looked_at = reg != NULL && psl_register_is_looked_at (reg);

      gtk_widget_set_visible (self->read_only, reg != NULL && psl_register_is_read_only (reg) && !looked_at);
      gtk_widget_set_visible (self->looked_at, looked_at);
    }

  if (counts != NULL)
    g_signal_connect_object (counts, "changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
}

/**
 * psl_list_page_set_collection:
 * @collection: whose records to list
 *
 * Brings back the collection's own filters and order; the search goes on.
 */
void
psl_list_page_set_collection (PslListPage         *self,
                              const PslCollection *collection)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));
  g_return_if_fail (collection != NULL);

  if (self->collection == collection)
    return;

  self->collection = collection;
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), psl_collection_get_label (collection));

  gtk_widget_set_visible (self->new_button, collection->kind != NULL);
  gtk_widget_set_tooltip_text (self->new_button, psl_collection_get_new_label (collection));
  gtk_widget_set_visible (self->empty_trash_button, collection->kind == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->sort_button), collection->kind != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_bar), collection->kind != NULL);

  psl_record_view_set_collection (self->view, collection);
  psl_sort_button_set_kind (self->sort_button, collection->kind);
  psl_filter_bar_set_up (self->filter_bar, self->reg, collection->kind, self->language);
  restore (self);
  apply (self);
}

/**
 * psl_list_page_get_collection:
 *
 * Returns: (transfer none) (nullable): whose records are listed
 */
const PslCollection *
psl_list_page_get_collection (PslListPage *self)
{
  g_return_val_if_fail (PSL_IS_LIST_PAGE (self), NULL);

  return self->collection;
}

/**
 * psl_list_page_set_language:
 * @language: the language to show records in
 */
void
psl_list_page_set_language (PslListPage *self,
                            const char  *language)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  if (g_set_str (&self->language, language))
    apply (self);
}

/**
 * psl_list_page_get_model:
 *
 * Returns: (transfer none): the list, which is also its selection
 */
PslRecordModel *
psl_list_page_get_model (PslListPage *self)
{
  g_return_val_if_fail (PSL_IS_LIST_PAGE (self), NULL);

  return self->model;
}

/**
 * psl_list_page_search:
 * @words: the words to search for; "" for none
 */
void
psl_list_page_search (PslListPage *self,
                      const char  *words)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), words);
  set_search (self, words);
}

/**
 * psl_list_page_focus_search:
 *
 * Puts the cursor into the search entry, with its text selected.
 */
void
psl_list_page_focus_search (PslListPage *self)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

/**
 * psl_list_page_focus_list:
 *
 * Puts the keyboard into the list, or the note there instead of it, as soon as that is known.
 */
void
psl_list_page_focus_list (PslListPage *self)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  psl_record_view_focus (self->view);
}

/**
 * psl_list_page_clear_filters:
 *
 * Shows all that is there.
 */
void
psl_list_page_clear_filters (PslListPage *self)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  psl_filter_bar_set_filters (self->filter_bar, NULL);
  psl_list_page_search (self, "");
  filters_changed_cb (self);
}

/**
 * psl_list_page_show_action:
 * @action: an action
 *
 * Shows the records of the collection that the action made or changed, until its filter
 * is taken away.
 */
void
psl_list_page_show_action (PslListPage *self,
                           gint64       action)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, action);
  const char *values[] = { number, NULL };
  g_autoptr (PslFilter) filter = psl_filter_new (PSL_FIELD_ACTION, PSL_FILTER_EQUALS, values);
  g_autoptr (GPtrArray) filters = g_ptr_array_new ();

  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  g_ptr_array_add (filters, filter);
  psl_filter_bar_set_filters (self->filter_bar, filters);
  psl_list_page_search (self, "");
  apply (self);
}

/**
 * psl_list_page_reveal:
 * @rid: a record
 *
 * Scrolls to the record, as soon as the list has it.
 */
void
psl_list_page_reveal (PslListPage *self,
                      gint64       rid)
{
  g_return_if_fail (PSL_IS_LIST_PAGE (self));

  psl_record_view_reveal (self->view, rid);
}
