/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record-picker.h"

#include "psl-failure.h"

/* More than anybody reads; words narrow it down. */
#define MAX_ITEMS 60

struct _PslRecordPicker
{
  PslPicker parent_instance;

  const PslKind *kind;
  PslRegister *reg;
  char *language;
  gint64 but;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PslRecordPicker, psl_record_picker, PSL_TYPE_PICKER)

/* A search on its way. */
typedef struct
{
  PslRecordPicker *picker;
  char *words;
  GCancellable *cancellable;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->picker);
  g_object_unref (search->cancellable);
  g_free (search->words);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static char *
dup_detail (PslRecordPicker *self,
            PslRecord       *record)
{
  const PslField *identifier = self->kind->identifier != NULL ? psl_kind_find_field (self->kind, self->kind->identifier) : NULL;
  const char *code = identifier != NULL ? psl_record_get (record, identifier, NULL) : NULL;
  g_autofree char *years = psl_record_dup_years (record);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  if (code != NULL)
    g_strv_builder_add (builder, code);
  for (const char *const *name = self->kind->facts; *name != NULL; name++)
    {
      const PslField *field = psl_kind_find_field (self->kind, *name);
      const char *value = psl_record_get_text (record, field, self->language, NULL);

      if (value != NULL)
        g_strv_builder_take (builder, psl_field_display (field, psl_register_get_codelists (self->reg), value, self->language));
    }
  if (years != NULL && *years != '\0')
    g_strv_builder_add (builder, years);

  parts = g_strv_builder_end (builder);
  return parts[0] != NULL ? g_strjoinv (" · ", parts) : NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Search) search = user_data;
  PslRecordPicker *self = search->picker;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = psl_register_load_listed_finish (PSL_REGISTER (source), result, &error);
  g_autoptr (GPtrArray) items = NULL;

  if (error != NULL)
    {
      if (self->reg != NULL)
        psl_failure_tell_unread (GTK_WIDGET (self), error);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      PslRecord *record = records->pdata[i];
      g_autofree char *title = NULL;
      g_autofree char *detail = NULL;

      if (record == NULL || psl_record_get_rid (record) == self->but)
        continue;

      title = psl_record_dup_title (record, psl_register_get_codelists (self->reg), self->language);
      detail = dup_detail (self, record);
      g_ptr_array_add (items, psl_picker_item_new (psl_record_get_id (record), title, detail));
    }

  psl_picker_take_items (PSL_PICKER (self), search->words, g_steal_pointer (&items));
}

static void
queried_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Search) search = user_data;
  PslRecordPicker *self = search->picker;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rids = psl_register_query_finish (PSL_REGISTER (source), result, &error);
  GCancellable *cancellable;

  if (error != NULL)
    {
      if (self->reg != NULL)
        psl_failure_tell_unread (GTK_WIDGET (self), error);
      return;
    }

  if (self->reg == NULL || g_cancellable_is_cancelled (search->cancellable))
    return;

  cancellable = search->cancellable;
  psl_register_load_listed_async (PSL_REGISTER (source), (const gint64 *) (gpointer) rids->data, rids->len,
                                  cancellable, loaded_cb, g_steal_pointer (&search));
}

static void
psl_record_picker_search (PslPicker  *picker,
                          const char *words)
{
  PslRecordPicker *self = PSL_RECORD_PICKER (picker);
  g_autoptr (PslQuery) query = NULL;
  Search *search;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->reg == NULL)
    return;

  query = psl_query_new (self->kind);
  psl_query_set_language (query, self->language);
  if (*words != '\0')
    psl_query_set_search (query, words);
  psl_query_set_sort (query, self->kind->title, FALSE);

  self->cancellable = g_cancellable_new ();
  search = g_new (Search, 1);
  *search = (Search) { g_object_ref (self), g_strdup (words), g_object_ref (self->cancellable) };
  psl_register_query_async (self->reg, query, MAX_ITEMS, search->cancellable, queried_cb, search);
}

static void
psl_record_picker_dispose (GObject *object)
{
  PslRecordPicker *self = PSL_RECORD_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_record_picker_parent_class)->dispose (object);
}

static void
psl_record_picker_finalize (GObject *object)
{
  g_free (PSL_RECORD_PICKER (object)->language);

  G_OBJECT_CLASS (psl_record_picker_parent_class)->finalize (object);
}

static void
psl_record_picker_class_init (PslRecordPickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_record_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_record_picker_finalize;
  PSL_PICKER_CLASS (klass)->search = psl_record_picker_search;
}

static void
psl_record_picker_init (PslRecordPicker *self)
{
}

/**
 * psl_record_picker_new:
 * @kind: the kind of the records
 *
 * Returns: (transfer floating): a picker; psl_record_picker_set_up() before it
 *   opens
 */
PslPicker *
psl_record_picker_new (const PslKind *kind)
{
  PslRecordPicker *self = g_object_new (PSL_TYPE_RECORD_PICKER, NULL);

  self->kind = kind;
  return PSL_PICKER (self);
}

/**
 * psl_record_picker_set_up:
 * @self: a picker
 * @reg: (nullable): where the records are
 * @language: the language of their titles
 * @but: a record that is not offered, the one with the link; 0 for none
 */
void
psl_record_picker_set_up (PslRecordPicker *self,
                          PslRegister     *reg,
                          const char      *language,
                          gint64           but)
{
  g_return_if_fail (PSL_IS_RECORD_PICKER (self));

  g_set_object (&self->reg, reg);
  g_set_str (&self->language, language);
  self->but = but;
}
