/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-code-picker.h"

#include <glib/gi18n.h>

#include "psl-languages.h"
#include "psl-text.h"

struct _PslCodePicker
{
  PslPicker parent_instance;

  PslRegister *reg;
  GSignalGroup *signals;
  char *codelist;
  char *wider;
  GStrv unoffered;            /* codes to offer that the list doesn't offer by itself */
};

G_DEFINE_FINAL_TYPE (PslCodePicker, psl_code_picker, PSL_TYPE_PICKER)

static const PslCodelist *
get_list (PslCodePicker *self,
          const char    *name)
{
  return psl_codelists_get_list (self->reg != NULL ? psl_register_get_codelists (self->reg)
                                                   : psl_codelists_get_default (), name);
}

static gboolean
begins_with (const char *text,
             const char *typed)
{
  g_autofree char *folded = psl_text_fold (text);

  return g_str_has_prefix (folded, typed);
}

/* Codes that the list doesn't have, and withdrawn ones, come after the codes that it
 * offers. */
static void
add_unoffered (PslCodePicker *self,
               const char    *words,
               GPtrArray     *items)
{
  const PslCodelist *list = get_list (self, self->codelist);
  g_autofree char *typed = psl_text_fold (words);

  for (gsize i = 0; self->unoffered != NULL && self->unoffered[i] != NULL; i++)
    {
      const PslCode *code = psl_codelist_find (list, self->unoffered[i]);
      const char *name = code != NULL ? psl_code_get_name (code, NULL) : self->unoffered[i];

      if (code != NULL && !code->withdrawn)
        continue;
      if (begins_with (self->unoffered[i], typed) || begins_with (name, typed))
        g_ptr_array_add (items, psl_picker_item_new (self->unoffered[i], name,
                                                     code != NULL ? _("Withdrawn") : _("Not in the list")));
    }
}

/* The typed text may be a code that the list doesn't have. */
static void
add_unlisted (PslCodePicker *self,
              const char    *words,
              GPtrArray     *items)
{
  g_autofree char *text = psl_text_clean (words, FALSE);
  const PslCodelist *list = get_list (self, self->codelist);
  g_autofree char *code = text != NULL ? psl_codelist_read (list, text, FALSE, NULL) : NULL;

  if (code != NULL && psl_codelist_find (list, code) == NULL)
    g_ptr_array_add (items, psl_picker_item_new (code, code, _("Not in the list: kept as it is")));
}

static void
psl_code_picker_search (PslPicker  *picker,
                        const char *words)
{
  PslCodePicker *self = PSL_CODE_PICKER (picker);
  const char *language = psl_language_get_interface ();
  g_autoptr (GPtrArray) codes = psl_codelist_search (get_list (self, self->codelist), words, language);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < codes->len; i++)
    {
      const PslCode *code = codes->pdata[i];
      g_autofree char *detail = psl_code_picker_dup_detail (get_list (self, self->wider), code);

      g_ptr_array_add (items, psl_picker_item_new (code->code, psl_code_get_name (code, language), detail));
    }

  add_unoffered (self, words, items);
  if (items->len == 0)
    add_unlisted (self, words, items);

  psl_picker_take_items (picker, words, g_steal_pointer (&items));
}

static void
codelists_changed_cb (PslCodePicker *self)
{
  psl_picker_set_searchable (PSL_PICKER (self), psl_codelist_is_long (get_list (self, self->codelist)));
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    psl_picker_search_again (PSL_PICKER (self));
}

static void
psl_code_picker_dispose (GObject *object)
{
  PslCodePicker *self = PSL_CODE_PICKER (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_code_picker_parent_class)->dispose (object);
}

static void
psl_code_picker_finalize (GObject *object)
{
  PslCodePicker *self = PSL_CODE_PICKER (object);

  g_free (self->codelist);
  g_free (self->wider);
  g_strfreev (self->unoffered);

  G_OBJECT_CLASS (psl_code_picker_parent_class)->finalize (object);
}

static void
psl_code_picker_class_init (PslCodePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_code_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_code_picker_finalize;
  PSL_PICKER_CLASS (klass)->search = psl_code_picker_search;
}

static void
psl_code_picker_init (PslCodePicker *self)
{
  self->signals = g_signal_group_new (PSL_TYPE_REGISTER);
  g_signal_group_connect_swapped (self->signals, "codelists-changed", G_CALLBACK (codelists_changed_cb), self);
}

/**
 * psl_code_picker_new:
 * @codelist: name of the code list
 * @wider: name of the list that the parents of its entries stand in, which may be @codelist
 *
 * Returns: (transfer floating): a picker, searchable where the list is long; it offers
 *   entries of the program's list until psl_code_picker_set_register()
 */
PslPicker *
psl_code_picker_new (const char *codelist,
                     const char *wider)
{
  PslCodePicker *self = g_object_new (PSL_TYPE_CODE_PICKER, NULL);

  self->codelist = g_strdup (codelist);
  self->wider = g_strdup (wider);
  codelists_changed_cb (self);
  return PSL_PICKER (self);
}

/**
 * psl_code_picker_set_register:
 * @self: a picker
 * @reg: (nullable): the register whose lists it offers entries of
 */
void
psl_code_picker_set_register (PslCodePicker *self,
                              PslRegister   *reg)
{
  g_return_if_fail (PSL_IS_CODE_PICKER (self));

  if (!g_set_object (&self->reg, reg))
    return;
  g_signal_group_set_target (self->signals, reg);
  codelists_changed_cb (self);
}

/**
 * psl_code_picker_set_unoffered:
 * @self: a picker
 * @codes: (nullable): codes that the list doesn't have, or has withdrawn
 *
 * Offers @codes, too, after the entries that the list offers.
 */
void
psl_code_picker_set_unoffered (PslCodePicker     *self,
                              const char *const *codes)
{
  g_return_if_fail (PSL_IS_CODE_PICKER (self));

  g_strfreev (self->unoffered);
  self->unoffered = g_strdupv ((GStrv) codes);
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    psl_picker_search_again (PSL_PICKER (self));
}

/**
 * psl_code_picker_dup_detail:
 * @wider: the list that the entry's parent stands in
 * @code: an entry
 *
 * The text below an entry's name: the wider entry it belongs to.
 *
 * Returns: (transfer full) (nullable): the remark
 */
char *
psl_code_picker_dup_detail (const PslCodelist *wider,
                            const PslCode     *code)
{
  const PslCode *parent;

  if (code->parent == NULL)
    return NULL;

  parent = psl_codelist_find (wider, code->parent);
  return parent != NULL ? g_strdup (psl_code_get_name (parent, psl_language_get_interface ())) : NULL;
}
