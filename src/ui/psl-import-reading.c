/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-reading.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-string-factory.h"
#include "psl-text.h"

/* What stands before the choices of a list: the program's own. */
#define OWN_CHOICE 0
#define FIRST_CHOICE 1

struct _PslImportReading
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *encoding;
  AdwComboRow *currency;
  AdwComboRow *missing_links;

  GPtrArray *currencies;    /* (element-type PslCode): in the order of the list */
};

G_DEFINE_FINAL_TYPE (PslImportReading, psl_import_reading, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
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
fill (AdwComboRow   *row,
      GtkStringList *choices)
{
  g_autoptr (GtkListItemFactory) factory = psl_string_factory_new ();
  g_autoptr (GtkExpression) expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  adw_combo_row_set_factory (row, factory);
  adw_combo_row_set_expression (row, expression);
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));
}

static void
fill_encodings (PslImportReading *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  gtk_string_list_append (choices, C_("encoding", "Recognised"));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    gtk_string_list_append (choices, _(encodings[i].label));
  fill (self->encoding, choices);
}

static void
fill_currencies (PslImportReading *self)
{
  const char *language = psl_text_interface_language ();
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  self->currencies = psl_codelist_search (psl_codelist_get ("currency"), "", language);
  gtk_string_list_append (choices, C_("currency", "USD (the register’s)"));
  for (guint i = 0; i < self->currencies->len; i++)
    {
      const PslCode *code = g_ptr_array_index (self->currencies, i);

      /* Translators: the code of a currency and its name, as in “CHF – Swiss Franc” */
      gtk_string_list_take (choices, g_strdup_printf (C_("currency", "%s – %s"), code->code,
                                                      psl_code_get_name (code, language)));
    }
  fill (self->currency, choices);
}

static void
fill_missing_links (PslImportReading *self)
{
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  /* In the order of PslMissingLinks. */
  gtk_string_list_append (choices, C_("missing record", "Leave the field empty"));
  gtk_string_list_append (choices, C_("missing record", "Create the record"));
  gtk_string_list_append (choices, C_("missing record", "Refuse the row"));
  fill (self->missing_links, choices);
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
  g_ptr_array_unref (PSL_IMPORT_READING (object)->currencies);

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
   * Another choice was made.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_IMPORT_READING, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-reading.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, encoding);
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, currency);
  gtk_widget_class_bind_template_child (widget_class, PslImportReading, missing_links);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
psl_import_reading_init (PslImportReading *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_encodings (self);
  fill_currencies (self);
  fill_missing_links (self);
}

/**
 * psl_import_reading_show:
 * @result: (nullable): what importing the table would do; %NULL where it can't be read
 *   as it is read now
 *
 * Offers the choices that make a difference to the table.
 */
void
psl_import_reading_show (PslImportReading      *self,
                         const PslImportResult *result)
{
  g_return_if_fail (PSL_IS_IMPORT_READING (self));

  gtk_widget_set_visible (GTK_WIDGET (self->currency),
                          result != NULL && has_column_of (result->mapping, PSL_FIELD_TYPE_MONEY));
  gtk_widget_set_visible (GTK_WIDGET (self->missing_links),
                          result != NULL && has_column_of (result->mapping, PSL_FIELD_TYPE_LINK));
}

/**
 * psl_import_reading_fill_request:
 * @request: (inout): filled with what the person chose; texts are static
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
  request->missing_links = (PslMissingLinks) adw_combo_row_get_selected (self->missing_links);
}
