/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-reading.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-combo-row.h"
#include "psl-languages.h"

/* The place of the choices in a list, behind the program's own choice. */
#define OWN_CHOICE 0
#define FIRST_CHOICE 1

#define MARK_SEPARATOR ";"

struct _PslImportReading
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *encoding;
  AdwEntryRow *empty;
  AdwComboRow *currency;
  AdwComboRow *missing_links;

  PslCodelists *codelists;  /* (nullable): of the register, once they are known */
  GPtrArray *currencies;    /* (element-type PslCode): of @codelists, in their order */
  GStrv own_marks;
  GStrv usual_marks;
};

G_DEFINE_FINAL_TYPE (PslImportReading, psl_import_reading, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENCODING_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *encoding;
  const char *label;
} encodings[] = {
  { "UTF-8", N_("Unicode (UTF-8)") },
  { "UTF-16", N_("Unicode (UTF-16)") },
  { "WINDOWS-1252", N_("Western European (Windows-1252)") },
  { "ISO-8859-15", N_("Western European (ISO-8859-15)") },
  { "MACINTOSH", N_("Western European (Macintosh)") },
  { "WINDOWS-1250", N_("Central European (Windows-1250)") },
  { "WINDOWS-1251", N_("Cyrillic (Windows-1251)") },
};

static void
changed_cb (PslImportReading *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
encoding_changed_cb (PslImportReading *self)
{
  g_signal_emit (self, signals[SIGNAL_ENCODING_CHANGED], 0);
}

/* Splits the list of marks into the usual ones, which don't count in texts, and the
 * person's own, which do. */
static void
read_marks (PslImportReading *self)
{
  g_auto (GStrv) marks = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->empty)), MARK_SEPARATOR, -1);
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) usual = g_strv_builder_new ();

  for (guint i = 0; marks[i] != NULL; i++)
    {
      const char *mark = g_strstrip (marks[i]);

      if (*mark != '\0')
        g_strv_builder_add (g_strv_contains (psl_import_usual_empty_marks, mark) ? usual : own, mark);
    }
  g_strfreev (self->own_marks);
  g_strfreev (self->usual_marks);
  self->own_marks = g_strv_builder_end (own);
  self->usual_marks = g_strv_builder_end (usual);
}

static void
empty_changed_cb (PslImportReading *self)
{
  read_marks (self);
  changed_cb (self);
}

static void
fill_empty (PslImportReading *self)
{
  g_autofree char *marks = g_strjoinv (MARK_SEPARATOR " ", (char **) psl_import_usual_empty_marks);

  g_signal_handlers_block_by_func (self->empty, empty_changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->empty), marks);
  g_signal_handlers_unblock_by_func (self->empty, empty_changed_cb, self);
  read_marks (self);
}

static void
fill_encodings (PslImportReading *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  gtk_string_list_append (choices, C_("encoding", "Recognised"));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    gtk_string_list_append (choices, _(encodings[i].label));
  psl_combo_row_set_choices (self->encoding, choices);
}

static void
fill_currencies (PslImportReading *self)
{
  const char *language = psl_language_get_interface ();
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  self->currencies = psl_codelist_search (psl_codelists_get_list (self->codelists, "currency"), "", language);
  gtk_string_list_append (choices, C_("currency", "USD (the register’s)"));
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const PslCode *code = g_ptr_array_index (self->currencies, i);

      /* Translators: the code of a currency and its name, as in “CHF – Swiss Franc” */
      gtk_string_list_take (choices, g_strdup_printf (C_("currency", "%s – %s"), code->code,
                                                      psl_code_get_name (code, language)));
    }
  psl_combo_row_set_choices (self->currency, choices);
}

static void
fill_missing_links (PslImportReading *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  /* In the order of PslMissingLinks. */
  gtk_string_list_append (choices, C_("missing record", "Leave the field empty"));
  gtk_string_list_append (choices, C_("missing record", "Create the record"));
  gtk_string_list_append (choices, C_("missing record", "Refuse the row"));
  psl_combo_row_set_choices (self->missing_links, choices);
}

/* Whether a column of @mapping goes to a field of @type. */
static gboolean
has_column_of (PslImportMapping *mapping,
               PslFieldType      type)
{
  for (guint i = 0; i < psl_import_mapping_get_n_columns (mapping); i++)
    {
      const PslImportColumn *column = psl_import_mapping_get_column (mapping, i);
      const PslField *field = column->subfield != NULL ? column->subfield : column->field;

      if (field != NULL && field->type == type)
        return TRUE;
    }

  return FALSE;
}

/* The index of a choice of the person's, or -1. */
static int
get_choice (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected == OWN_CHOICE || selected == GTK_INVALID_LIST_POSITION ? -1 : (int) selected - FIRST_CHOICE;
}

static void
psl_import_reading_finalize (GObject *object)
{
  PslImportReading *self = PSL_IMPORT_READING (object);

  g_clear_pointer (&self->currencies, g_ptr_array_unref);
  psl_codelists_unref (self->codelists);
  g_strfreev (self->own_marks);
  g_strfreev (self->usual_marks);

  G_OBJECT_CLASS (psl_import_reading_parent_class)->finalize (object);
}

static void
psl_import_reading_class_init (PslImportReadingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = psl_import_reading_finalize;

  /**
   * PslImportReading::changed:
   *
   * Another choice was made, but for the encoding.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_IMPORT_READING, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslImportReading::encoding-changed:
   *
   * Another encoding was chosen: the table's headings may be others.
   */
  signals[SIGNAL_ENCODING_CHANGED] =
    g_signal_new ("encoding-changed", PSL_TYPE_IMPORT_READING, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-reading.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, encoding);
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, empty);
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, currency);
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, missing_links);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, encoding_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, empty_changed_cb);
}

static void
psl_import_reading_init (PslImportReading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_encodings (self);
  fill_empty (self);
  fill_missing_links (self);
}

/**
 * psl_import_reading_show:
 * @result: (nullable): the effects of importing the table; %NULL where it can't be read as it
 *   is read now
 *
 * Offers the choices that make a difference to the table.
 */
void
psl_import_reading_show (PslImportReading      *self,
                         const PslImportResult *result)
{
  g_return_if_fail (PSL_IS_IMPORT_READING (self));

  if (self->codelists == NULL && result != NULL)
    {
      self->codelists = psl_codelists_ref (result->codelists);
      fill_currencies (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->currency),
                          result != NULL && has_column_of (result->mapping, PSL_FIELD_TYPE_MONEY));
  gtk_widget_set_visible (GTK_WIDGET (self->missing_links),
                          result != NULL && has_column_of (result->mapping, PSL_FIELD_TYPE_LINK));
}

/**
 * psl_import_reading_fill_request:
 * @request: (inout): filled with the person's choices, which stay the widget's and hold until
 *   one changes
 */
void
psl_import_reading_fill_request (PslImportReading *self,
                                 PslImportRequest *request)
{
  int encoding, currency;

  g_return_if_fail (PSL_IS_IMPORT_READING (self));

  encoding = get_choice (self->encoding);
  currency = get_choice (self->currency);
  request->encoding = encoding >= 0 ? encodings[encoding].encoding : NULL;
  request->currency = currency >= 0 ? ((PslCode *) g_ptr_array_index (self->currencies, (guint) currency))->code : NULL;
  request->empty.more = (const char *const *) self->own_marks;
  request->empty.usual = (const char *const *) self->usual_marks;
  request->missing_links = (PslMissingLinks) adw_combo_row_get_selected (self->missing_links);
}
