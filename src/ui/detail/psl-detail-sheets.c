/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-sheets.h"

#include "psl-settings.h"
#include "psl-text-language.h"

struct _PslDetailSheets
{
  GtkStack *stack;
  PslDetailSheetMade made;
  gpointer data;
  /* By their names in the stack: a kind, and tags of languages. */
  GHashTable *sheets;
};

static GSettings *
get_gsettings (void)
{
  return psl_settings_get_gsettings (psl_settings_get_default ());
}

static void
show_texts (PslDetailSheet *sheet)
{
  g_autofree char *wide = g_settings_get_string (get_gsettings (), "text-view");
  g_autofree char *narrow = g_settings_get_string (get_gsettings (), "narrow-text-view");

  psl_detail_sheet_set_text_view (sheet, wide, narrow);
}

static void
text_view_chosen_cb (PslDetailSheet *sheet,
                     const char     *view,
                     gboolean        wide,
                     gpointer        user_data)
{
  g_settings_set_string (get_gsettings (), wide ? "text-view" : "narrow-text-view", view);
}

static void
text_view_changed_cb (PslDetailSheets *self)
{
  GHashTableIter iter;
  gpointer sheet;

  g_hash_table_iter_init (&iter, self->sheets);
  while (g_hash_table_iter_next (&iter, NULL, &sheet))
    show_texts (sheet);
}

static char *
make_name (const PslKind      *kind,
           const char *const  *languages)
{
  g_autofree char *tags = g_strjoinv (" ", (char **) languages);

  return g_strdup_printf ("%s %s", kind->name, tags);
}

static PslDetailSheet *
add_sheet (PslDetailSheets    *self,
           const PslKind      *kind,
           const PslCodelists *codelists,
           const char *const  *languages,
           char               *name)
{
  GtkWidget *sheet = psl_detail_sheet_new (kind, codelists, languages);

  show_texts (PSL_DETAIL_SHEET (sheet));
  g_signal_connect (sheet, "text-view-chosen", G_CALLBACK (text_view_chosen_cb), NULL);
  gtk_stack_add_named (self->stack, sheet, name);
  g_hash_table_insert (self->sheets, name, sheet);
  self->made (PSL_DETAIL_SHEET (sheet), self->data);

  return PSL_DETAIL_SHEET (sheet);
}

/**
 * psl_detail_sheets_new:
 * @stack: where they are shown; has to outlive them
 * @made: called with each sheet that is made
 * @data: for @made
 *
 * Returns: (transfer full): no sheets yet
 */
PslDetailSheets *
psl_detail_sheets_new (GtkStack           *stack,
                       PslDetailSheetMade  made,
                       gpointer            data)
{
  PslDetailSheets *self;

  g_return_val_if_fail (GTK_IS_STACK (stack), NULL);
  g_return_val_if_fail (made != NULL, NULL);

  self = g_new (PslDetailSheets, 1);
  *self = (PslDetailSheets) { stack, made, data, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  g_signal_connect_swapped (get_gsettings (), "changed::text-view", G_CALLBACK (text_view_changed_cb), self);
  g_signal_connect_swapped (get_gsettings (), "changed::narrow-text-view", G_CALLBACK (text_view_changed_cb), self);

  return self;
}

/**
 * psl_detail_sheets_free:
 * @self: (transfer full) (nullable): sheets, which stay in their stack
 */
void
psl_detail_sheets_free (PslDetailSheets *self)
{
  if (self == NULL)
    return;

  g_signal_handlers_disconnect_by_data (get_gsettings (), self);
  g_hash_table_unref (self->sheets);
  g_free (self);
}

/**
 * psl_detail_sheets_ensure:
 * @reg: the register
 * @record: a record of it
 * @present: (nullable): the sheet that shows the record until now
 *
 * Returns: (transfer none): a sheet with all texts of @record, as wide as the stack:
 *   @present where that has them. A text that was emptied keeps its place
 */
PslDetailSheet *
psl_detail_sheets_ensure (PslDetailSheets *self,
                          PslRegister     *reg,
                          PslRecord       *record,
                          PslDetailSheet  *present)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autofree const char **languages = NULL;
  g_autofree char *name = NULL;
  PslDetailSheet *sheet;

  g_return_val_if_fail (self != NULL, NULL);

  languages = psl_text_languages_list_for (psl_register_get_codelists (reg), psl_register_get_language (reg), record);
  if (present != NULL && psl_detail_sheet_has_languages (present, languages))
    return present;
  name = make_name (kind, languages);
  sheet = g_hash_table_lookup (self->sheets, name);
  if (sheet == NULL)
    sheet = add_sheet (self, kind, psl_register_get_codelists (reg), languages, g_steal_pointer (&name));
  psl_detail_sheet_adapt (sheet, gtk_widget_get_width (GTK_WIDGET (self->stack)));

  return sheet;
}

/**
 * psl_detail_sheets_clear:
 *
 * Takes the sheets out of their stack, to be made anew.
 */
void
psl_detail_sheets_clear (PslDetailSheets *self)
{
  g_autoptr (GHashTable) sheets = NULL;
  GHashTableIter iter;
  gpointer sheet;

  g_return_if_fail (self != NULL);

  sheets = g_steal_pointer (&self->sheets);
  self->sheets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_iter_init (&iter, sheets);
  while (g_hash_table_iter_next (&iter, NULL, &sheet))
    gtk_stack_remove (self->stack, sheet);
}
