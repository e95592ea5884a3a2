/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-editor-money.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-code-picker.h"
#include "psl-focus.h"
#include "psl-money.h"
#include "psl-settings.h"

struct _PslEditorMoney
{
  PslEditorEntry parent_instance;

  GtkWidget *button;
  PslPicker *picker;

  /* The currency of the value, or where there is none the usual one, until another is picked. */
  char currency[4];
};

G_DEFINE_FINAL_TYPE (PslEditorMoney, psl_editor_money, PSL_TYPE_EDITOR_ENTRY)

static void
show_currency (PslEditorMoney *self)
{
  g_autofree char *name = g_strdup_printf (_("Currency: %s"), self->currency);

  gtk_button_set_label (GTK_BUTTON (self->button), self->currency);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The currency of an amount that comes without one: the setting that the kind names. */
static const char *
get_usual_currency (PslEditorMoney *self)
{
  PslRecord *record = psl_editor_get_record (PSL_EDITOR (self));
  const PslKind *kind = record != NULL ? psl_record_get_kind (record) : NULL;

  if (kind == NULL || kind->currency == NULL)
    return PSL_MONEY_DEFAULT_CURRENCY;
  return psl_setting_values_get (psl_settings_get_kind_settings (psl_settings_get_default ()), kind, kind->currency);
}

static void
adopt_currency (PslEditorMoney *self,
                const char     *value)
{
  const char *space = value != NULL ? strrchr (value, ' ') : NULL;

  if (space != NULL)
    g_strlcpy (self->currency, space + 1, sizeof self->currency);
  show_currency (self);
}

/* Another currency for the same amount: 85,000 dollars become 85,000 euros. */
static void
picked_cb (PslPicker      *picker,
           PslPickerItem  *item,
           PslEditorMoney *self)
{
  PslEditor *editor = PSL_EDITOR (self);
  const char *value;
  const char *space;
  gboolean flushed;
  g_autofree char *text = NULL;
  g_autoptr (GVariant) draft = NULL;

  if (item == NULL)
    return;

  flushed = psl_editor_flush (editor);
  g_strlcpy (self->currency, psl_picker_item_get_value (item), sizeof self->currency);
  show_currency (self);
  /* Text that is no amount yet gets the currency once it is one. */
  if (!flushed)
    return;

  value = psl_editor_get_value (editor);
  space = value != NULL ? strchr (value, ' ') : NULL;
  if (space == NULL)
    return;

  text = g_strdup_printf ("%.*s %s", (int) (space - value), value, self->currency);
  draft = psl_editor_new_draft (text);
  psl_editor_set_draft (editor, draft);
}

static void
open_picker (PslEditorMoney *self)
{
  const char *chosen[] = { self->currency, NULL };

  if (self->picker == NULL)
    {
      self->picker = psl_code_picker_new ("currency", "currency");
      psl_picker_set_clearable (self->picker, FALSE);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->picker), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Currency"), -1);
      g_signal_connect_object (self->picker, "picked", G_CALLBACK (picked_cb), self, G_CONNECT_DEFAULT);
      gtk_widget_set_parent (GTK_WIDGET (self->picker), GTK_WIDGET (self));
      psl_focus_return_from (GTK_POPOVER (self->picker), psl_editor_frame_get_target (PSL_EDITOR_FRAME (self)));
    }

  psl_code_picker_set_register (PSL_CODE_PICKER (self->picker), psl_editor_get_register (PSL_EDITOR (self)));
  psl_code_picker_set_unoffered (PSL_CODE_PICKER (self->picker), chosen);
  psl_picker_set_chosen (self->picker, chosen);
  gtk_popover_popup (GTK_POPOVER (self->picker));
}

static void
psl_editor_money_show (PslEditor  *editor,
                       const char *value)
{
  PslEditorMoney *self = PSL_EDITOR_MONEY (editor);

  PSL_EDITOR_CLASS (psl_editor_money_parent_class)->show (editor, value);
  if (value == NULL)
    g_strlcpy (self->currency, get_usual_currency (self), sizeof self->currency);
  adopt_currency (self, value);
}

/* An amount that was read with the currency of the button gets it back there, so that
 * it can be typed on. */
static void
psl_editor_money_show_draft (PslEditor  *editor,
                             const char *text)
{
  PslEditorMoney *self = PSL_EDITOR_MONEY (editor);
  PslEditorClass *parent_class = PSL_EDITOR_CLASS (psl_editor_money_parent_class);
  const PslCodelist *currencies = psl_codelists_get_list (psl_editor_get_codelists (editor), "currency");
  const char *space = text != NULL ? strrchr (text, ' ') : NULL;
  g_autofree char *currency = space != NULL ? psl_codelist_read (currencies, space + 1, FALSE, NULL) : NULL;
  g_autofree char *amount = NULL;

  if (currency == NULL || strcmp (currency, space + 1) != 0)
    {
      parent_class->show_draft (editor, text);
      return;
    }

  amount = g_strndup (text, (gsize) (space - text));
  parent_class->show_draft (editor, amount);
  g_strlcpy (self->currency, space + 1, sizeof self->currency);
  show_currency (self);
}

static char *
psl_editor_money_read (PslEditor *editor)
{
  PslEditorMoney *self = PSL_EDITOR_MONEY (editor);
  g_autofree char *text = PSL_EDITOR_CLASS (psl_editor_money_parent_class)->read (editor);

  return psl_money_complete (g_strstrip (text), psl_editor_get_codelists (editor), self->currency);
}

static void
psl_editor_money_constructed (GObject *object)
{
  PslEditorMoney *self = PSL_EDITOR_MONEY (object);

  G_OBJECT_CLASS (psl_editor_money_parent_class)->constructed (object);

  self->button = gtk_button_new ();
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "editor-hint");
  gtk_widget_set_tooltip_text (self->button, _("Choose the Currency"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (open_picker), self, G_CONNECT_SWAPPED);
  psl_editor_frame_set_chooser (PSL_EDITOR_FRAME (self), self->button);
  show_currency (self);
  /* A stored amount is shown as it was typed while the keyboard is in the field, without its
   * currency, but the next amount typed there is in the same currency. */
  g_signal_connect (self, "committed", G_CALLBACK (adopt_currency), NULL);
}

static void
psl_editor_money_class_init (PslEditorMoneyClass *klass)
{
  PslEditorClass *editor_class = PSL_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = psl_editor_money_constructed;
  editor_class->show = psl_editor_money_show;
  editor_class->show_draft = psl_editor_money_show_draft;
  editor_class->read = psl_editor_money_read;
}

static void
psl_editor_money_init (PslEditorMoney *self)
{
  g_strlcpy (self->currency, PSL_MONEY_DEFAULT_CURRENCY, sizeof self->currency);
}
