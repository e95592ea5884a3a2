/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-language-picker.h"

#include <string.h>

#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-text.h"

/* On an item, the words that it is found by, each with a space before it. */
#define WORDS "psl-words"

struct _PslLanguagePicker
{
  PslPicker parent_instance;

  GStrv left_out;
  GPtrArray *items;           /* (nullable): PslPickerItem, of all languages, once it was searched */
};

G_DEFINE_FINAL_TYPE (PslLanguagePicker, psl_language_picker, PSL_TYPE_PICKER)

static PslPickerItem *
new_item (const char *tag)
{
  g_autofree char *label = psl_language_dup_label (tag, psl_language_get_interface ());
  g_autofree char *own = psl_language_dup_name (tag, tag);
  g_autofree char *detail = g_strdup_printf ("%s · %s", own, tag);
  g_autofree char *names = g_strdup_printf ("%s %s %s", label, own, tag);
  g_autofree char *folded = psl_text_fold (names);
  PslPickerItem *item = psl_picker_item_new (tag, label, g_str_equal (own, tag) ? tag : detail);

  g_object_set_data_full (G_OBJECT (item), WORDS, g_strconcat (" ", folded, NULL), g_free);
  return item;
}

static int
compare_titles (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate (psl_picker_item_get_title (*(PslPickerItem *const *) a),
                         psl_picker_item_get_title (*(PslPickerItem *const *) b));
}

/* ICU takes a while to name all languages. */
static void
ensure_items (PslLanguagePicker *self)
{
  const char *const *tags = psl_language_list ();

  if (self->items != NULL)
    return;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; tags[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->left_out, tags[i]))
      g_ptr_array_add (self->items, new_item (tags[i]));
  g_ptr_array_sort (self->items, compare_titles);
}

/* Whether each of the words is the beginning of a word that the item is found by. */
static gboolean
fits (PslPickerItem     *item,
      const char *const *words)
{
  const char *all = g_object_get_data (G_OBJECT (item), WORDS);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *beginning = g_strconcat (" ", words[i], NULL);

      if (strstr (all, beginning) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
psl_language_picker_search (PslPicker  *picker,
                            const char *words)
{
  PslLanguagePicker *self = PSL_LANGUAGE_PICKER (picker);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folded = psl_text_fold (words);
  g_auto (GStrv) split = g_strsplit (folded, " ", -1);
  g_autofree char *typed = psl_text_clean (words, FALSE);
  const char *tag = typed != NULL ? psl_language_parse_known (typed) : NULL;

  ensure_items (self);
  /* A typed tag comes first: the language of a country or in another script, too. */
  if (tag != NULL && !g_strv_contains ((const char *const *) self->left_out, tag))
    g_ptr_array_add (found, new_item (tag));
  for (guint i = 0; i < self->items->len; i++)
    if (fits (self->items->pdata[i], (const char *const *) split) &&
        g_strcmp0 (psl_picker_item_get_value (self->items->pdata[i]), tag) != 0)
      g_ptr_array_add (found, g_object_ref (self->items->pdata[i]));
  psl_picker_take_items (picker, words, g_steal_pointer (&found));
}

static void
psl_language_picker_finalize (GObject *object)
{
  PslLanguagePicker *self = PSL_LANGUAGE_PICKER (object);

  g_strfreev (self->left_out);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_language_picker_parent_class)->finalize (object);
}

static void
psl_language_picker_class_init (PslLanguagePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_language_picker_finalize;
  PSL_PICKER_CLASS (klass)->search = psl_language_picker_search;
}

static void
psl_language_picker_init (PslLanguagePicker *self)
{
}

/**
 * psl_language_picker_new:
 * @left_out: tags of languages that are not offered
 *
 * Returns: (transfer floating): a picker
 */
PslPicker *
psl_language_picker_new (const char *const *left_out)
{
  PslLanguagePicker *self = g_object_new (PSL_TYPE_LANGUAGE_PICKER, NULL);

  self->left_out = g_strdupv ((GStrv) left_out);
  return PSL_PICKER (self);
}

/**
 * psl_language_picker_find_only:
 * @text: words that are typed
 *
 * Returns: (transfer none) (nullable): the language, where a single one has names of which each
 *   word is the beginning of a word
 */
PslPickerItem *
psl_language_picker_find_only (PslLanguagePicker *self,
                               const char        *text)
{
  g_autofree char *folded = psl_text_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  PslPickerItem *found = NULL;

  g_return_val_if_fail (PSL_IS_LANGUAGE_PICKER (self), NULL);

  if (words[0] == NULL)
    return NULL;
  ensure_items (self);
  for (guint i = 0; i < self->items->len; i++)
    {
      if (!fits (self->items->pdata[i], (const char *const *) words))
        continue;
      if (found != NULL)
        return NULL;
      found = self->items->pdata[i];
    }
  return found;
}
