/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-sheet.h"

#include <string.h>

#include "psl-codelist.h"
#include "psl-error.h"
#include "psl-identity.h"
#include "psl-import-heading.h"
#include "psl-kinds.h"
#include "psl-language-name.h"
#include "psl-languages.h"
#include "psl-number.h"
#include "psl-rows.h"
#include "psl-text.h"

/* Stands before a cell that a spreadsheet would take for a formula. */
#define GUARD '\''

/* Characters with a meaning of their own in a list, as psl_rows_read_list() reads it. */
#define LIST_MARKS "|;\\"

struct _PslSheet
{
  PslStore *store;
  const char *language;
  GHashTable *link_names;     /* UUID → the name that links to the record are written as */
};

/* The name of a column's language; its tag where an import would not know the language by
 * that name. */
static char *
dup_language_word (const char *tag,
                   const char *language)
{
  g_autofree char *name = psl_language_dup_name (tag, language);
  g_autofree char *folded = psl_text_fold (name);

  return g_strdup (g_strcmp0 (psl_language_find (folded), tag) == 0 ? name : tag);
}

/* A field's label in a language: as the form has it where that is in the same
 * language; otherwise its first alias in that language. */
static char *
dup_label (const PslField *field,
           const char     *language)
{
  g_auto (GStrv) aliases = g_strsplit (field->aliases != NULL ? field->aliases : "", "|", -1);

  if (strcmp (psl_language_get_interface (), language) == 0)
    return g_strdup (psl_field_get_label (field));
  for (char **alias = aliases; strcmp (language, PSL_FIELD_LABEL_LANGUAGE) != 0 && *alias != NULL; alias++)
    {
      const char *in;
      const char *label = psl_field_parse_alias (*alias, &in);

      if (strcmp (in, language) == 0)
        return g_strdup (label);
    }
  return g_strdup (field->label);
}

/* The code's name, where it means nothing else. */
static char *
write_code (PslSheet       *self,
            const PslField *field,
            const char     *value)
{
  const PslCodelist *list = psl_codelists_get_list (psl_store_get_codelists (self->store), field->codelist);
  const PslCode *code = psl_codelist_find (list, value);
  const char *name = code != NULL ? psl_code_get_name (code, self->language) : NULL;

  return g_strdup (name != NULL && psl_codelist_match (list, name, NULL) == code ? name : value);
}

/* Whether @name alone leads to the record. */
static gboolean
is_name_of (PslSheet       *self,
            const PslKind  *kind,
            const char     *name,
            gint64          rid,
            gboolean       *is_name,
            GError        **error)
{
  g_autoptr (GArray) rids = NULL;

  *is_name = FALSE;
  if (name == NULL)
    return TRUE;
  rids = psl_identity_find_named (self->store, kind, name, error);
  if (rids == NULL)
    return FALSE;
  *is_name = rids->len == 1 && g_array_index (rids, gint64, 0) == rid;
  return TRUE;
}

/* The linked record's title in the sheet's language or another, else its
 * identifier; its UUID where others are called the same. */
static char *
find_link_name (PslSheet       *self,
                const PslField *field,
                const char     *id,
                GError        **error)
{
  const PslKind *kind = NULL;
  const PslField *title = NULL;
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree const char **languages = NULL;
  gint64 rid = psl_store_find (self->store, id, &local_error);

  if (g_error_matches (local_error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
    return g_strdup (id);
  record = local_error == NULL ? psl_store_read (self->store, rid, &local_error) : NULL;
  if (record == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  kind = psl_record_get_kind (record);
  title = psl_kind_get_title (kind);
  languages = psl_record_list_languages (record, title);
  g_ptr_array_add (names, (gpointer) psl_record_get_text (record, title, self->language, NULL));
  for (gsize i = 0; languages[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) psl_record_get (record, title, languages[i]));
  if (kind->identifier != NULL)
    g_ptr_array_add (names, (gpointer) psl_record_get_by_name (record, kind->identifier));
  for (guint i = 0; i < names->len; i++)
    {
      gboolean is_name;

      if (!is_name_of (self, field->target, g_ptr_array_index (names, i), rid, &is_name, error))
        return NULL;
      if (is_name)
        return g_strdup (g_ptr_array_index (names, i));
    }
  return g_strdup (id);
}

static char *
write_link (PslSheet        *self,
            const PslField  *field,
            const char      *id,
            GError         **error)
{
  char *name = g_hash_table_lookup (self->link_names, id);

  if (name == NULL)
    {
      name = find_link_name (self, field, id, error);
      if (name == NULL)
        return NULL;
      g_hash_table_insert (self->link_names, g_strdup (id), name);
    }
  return g_strdup (name);
}

/* A form for people, unless it would be read as another value. */
static char *
write_shown (PslSheet       *self,
             const PslField *field,
             char           *shown,
             const char     *value)
{
  g_autofree char *owned = shown;
  g_autofree char *read = psl_field_normalise (field, psl_store_get_codelists (self->store), shown, NULL);

  return g_strcmp0 (read, value) == 0 ? g_steal_pointer (&owned) : g_strdup (value);
}

/* `Poland (33.3%)`: the parts after the first in parentheses. */
static void
append_flat_entry (PslSheet          *self,
                   const PslField    *field,
                   const char *const *cells,
                   GString           *text)
{
  for (guint i = 0; field->rows[i].name != NULL; i++)
    {
      const PslField *part = &field->rows[i];
      g_autofree char *shown = NULL;

      if (cells[i] == NULL)
        continue;
      shown = part->type == PSL_FIELD_TYPE_CODE ? write_code (self, part, cells[i])
                                                : psl_field_display (part, psl_store_get_codelists (self->store), cells[i],
                                                                     self->language);
      g_string_append_printf (text, i > 0 ? " (%s)" : "%s", shown);
    }
}

/* Whether parentheses open before they close, and all do. */
static gboolean
is_balanced (const char *text)
{
  int depth = 0;

  for (const char *at = text; *at != '\0' && depth >= 0; at++)
    depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
  return depth == 0;
}

static void
append_escaped (GString    *text,
                const char *cell)
{
  const char *marks = is_balanced (cell) ? LIST_MARKS : LIST_MARKS "()";

  for (const char *at = cell; *at != '\0'; at++)
    {
      if (strchr (marks, *at) != NULL || (*at == '[' && text->len == 0))
        g_string_append_c (text, '\\');
      g_string_append_c (text, *at);
    }
}

/* `Coordination | South Asia | 2020`, with nothing after the last part given. */
static void
append_entry (PslSheet          *self,
              const PslField    *field,
              const char *const *cells,
              GString           *text)
{
  guint n_cells = psl_rows_get_n_columns (field);

  while (n_cells > 0 && cells[n_cells - 1] == NULL)
    n_cells--;
  for (guint i = 0; i < n_cells; i++)
    {
      const PslField *part = &field->rows[i];
      g_autofree char *shown = NULL;

      g_string_append (text, i == 0 ? "" : cells[i - 1] != NULL ? " |" : "|");
      if (cells[i] == NULL)
        continue;
      if (i > 0)
        g_string_append_c (text, ' ');
      shown = part->type == PSL_FIELD_TYPE_CODE ? write_code (self, part, cells[i]) : g_strdup (cells[i]);
      append_escaped (text, shown);
    }
}

/* A list that psl_rows_read_list() reads: entries of codes after each other, others
 * a line each. JSON where it would be read as another value. */
static char *
write_rows (PslSheet       *self,
            const PslField *field,
            const char     *value)
{
  g_autoptr (GPtrArray) rows = psl_rows_parse (field, value, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean is_flat = field->flags & PSL_FIELD_FLAT;

  if (rows == NULL)
    return g_strdup (value);
  for (guint i = 0; i < rows->len; i++)
    {
      g_string_append (text, i == 0 ? "" : is_flat ? "; " : "\n");
      (is_flat ? append_flat_entry : append_entry) (self, field, g_ptr_array_index (rows, i), text);
    }
  return write_shown (self, field, g_string_free_and_steal (g_steal_pointer (&text)), value);
}

static gboolean
is_number (PslFieldType type)
{
  return type == PSL_FIELD_TYPE_INTEGER || type == PSL_FIELD_TYPE_DECIMAL || type == PSL_FIELD_TYPE_YEAR ||
         type == PSL_FIELD_TYPE_LATITUDE || type == PSL_FIELD_TYPE_LONGITUDE || type == PSL_FIELD_TYPE_MONEY;
}

/* Whether a spreadsheet takes a cell that begins so for a formula; some do so with
 * the wide forms of East Asian keyboards too. */
static gboolean
begins_formula (const char *text)
{
  static const gunichar beginnings[] = { '=', '+', '-', '@', '\t', '\r', '\n', 0xff1d, 0xff0b, 0xff0d, 0xff20 };
  gunichar first = g_utf8_get_char (text);

  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (first == beginnings[i])
      return TRUE;
  return FALSE;
}

/**
 * psl_sheet_new:
 * @store: where the records are
 * @language: one of #psl_languages, for headings and names
 *
 * Returns: (transfer full): the form of a spreadsheet. To be used within one
 *   snapshot of @store
 */
PslSheet *
psl_sheet_new (PslStore   *store,
               const char *language)
{
  PslSheet *self;

  g_return_val_if_fail (store != NULL, NULL);
  g_return_val_if_fail (g_strv_contains (psl_languages, language), NULL);

  self = g_new0 (PslSheet, 1);
  self->store = store;
  self->language = g_intern_string (language);
  self->link_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * psl_sheet_free:
 * @self: (transfer full): a form
 */
void
psl_sheet_free (PslSheet *self)
{
  g_hash_table_unref (self->link_names);
  g_free (self);
}

/**
 * psl_sheet_dup_heading:
 * @language: (nullable): the tag of the language, for a text in several
 *
 * Returns: (transfer full): the heading of the field's column, its label in the
 *   form: `Title (French)`
 */
char *
psl_sheet_dup_heading (PslSheet       *self,
                       const PslField *field,
                       const char     *language)
{
  g_autofree char *label = dup_label (field, self->language);
  g_autofree char *word = NULL;

  if (language == NULL)
    return g_steal_pointer (&label);
  word = dup_language_word (language, self->language);
  return g_strdup_printf ("%s (%s)", label, word);
}

/**
 * psl_sheet_dup_currency_heading:
 * @field: a field of money
 *
 * Returns: (transfer full): the heading of the column beside the amount's
 */
char *
psl_sheet_dup_currency_heading (PslSheet       *self,
                                const PslField *field)
{
  g_autofree char *label = dup_label (field, self->language);

  return g_strdup_printf ("%s (%s)", label, psl_import_heading_currency_word (self->language));
}

/**
 * psl_sheet_dup_cell:
 * @field: a field
 * @value: a canonical value of it; of money the amount alone, for the currency has
 *   a column of its own
 *
 * Returns: (transfer full): the text for the cell, or %NULL with a %PSL_REGISTER_ERROR where
 *   a linked record can't be read
 */
char *
psl_sheet_dup_cell (PslSheet        *self,
                    const PslField  *field,
                    const char      *value,
                    GError         **error)
{
  g_autofree char *text = NULL;

  if (is_number (field->type))
    return field->type == PSL_FIELD_TYPE_YEAR ? g_strdup (value) : psl_number_format (value, FALSE);

  switch ((int) field->type)
    {
    case PSL_FIELD_TYPE_CODE:
      text = write_code (self, field, value);
      break;

    case PSL_FIELD_TYPE_LINK:
      text = write_link (self, field, value, error);
      break;

    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
      text = write_rows (self, field, value);
      break;

    case PSL_FIELD_TYPE_PHONE:
      text = write_shown (self, field, psl_field_display (field, psl_store_get_codelists (self->store), value,
                                                          self->language), value);
      break;

    default:
      text = g_strdup (value);
      break;
    }
  return text != NULL ? psl_sheet_guard (text) : NULL;
}

/**
 * psl_sheet_get_delimiter:
 *
 * Returns: the delimiter that spreadsheets of the person's locale expect: a semicolon where
 *   the comma marks decimals, else a comma
 */
char
psl_sheet_get_delimiter (void)
{
  g_autofree char *number = psl_number_format ("0.5", FALSE);

  return strchr (number, ',') != NULL ? ';' : ',';
}

/**
 * psl_sheet_guard:
 * @text: a text, UTF-8
 *
 * Writes an apostrophe before a text that a spreadsheet would run as a formula, or
 * that begins as such a guarded text does.
 *
 * Returns: (transfer full): the guarded cell, see psl_sheet_unguard()
 */
char *
psl_sheet_guard (const char *text)
{
  const char *first = text;

  g_return_val_if_fail (text != NULL, NULL);

  while (*first == GUARD)
    first++;
  return begins_formula (first) ? g_strdup_printf ("%c%s", GUARD, text) : g_strdup (text);
}

/**
 * psl_sheet_unguard:
 * @cell: a cell as it was read
 *
 * Returns: (transfer none): the text that psl_sheet_guard() was given, a part of
 *   @cell
 */
const char *
psl_sheet_unguard (const char *cell)
{
  const char *first = cell;

  g_return_val_if_fail (cell != NULL, NULL);

  while (*first == GUARD)
    first++;
  return *cell == GUARD && begins_formula (first) ? cell + 1 : cell;
}
