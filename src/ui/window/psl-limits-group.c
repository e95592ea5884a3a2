/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-limits-group.h"
#include "psl-number.h"
#include "psl-settings.h"

/* An amount in cents must fit. */
#define MOST (G_MAXINT64 / 1000)

/* An entry, and below it what is wrong with what it holds. */
typedef struct
{
  GtkWidget *entry;
  GtkWidget *message;
} Limit;

enum
{
  CURRENCY,
  NATIONAL_MINIMUM,
  NATIONAL_MAXIMUM,
  REGIONAL_MINIMUM,
  REGIONAL_MAXIMUM,
  N_LIMITS
};

struct _PslLimitsGroup
{
  AdwPreferencesGroup parent_instance;

  Limit limits[N_LIMITS];
};

G_DEFINE_FINAL_TYPE (PslLimitsGroup, psl_limits_group, ADW_TYPE_PREFERENCES_GROUP)

/* What has the focus where the person types. */
static GtkAccessible *
get_text (Limit *limit)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (limit->entry)));
}

static void
accept_limit (Limit *limit)
{
  gtk_widget_set_visible (limit->message, FALSE);
  gtk_widget_remove_css_class (limit->entry, "error");
  gtk_accessible_reset_state (get_text (limit), GTK_ACCESSIBLE_STATE_INVALID);
  gtk_accessible_reset_relation (get_text (limit), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}

static void
refuse_limit (Limit      *limit,
              const char *message)
{
  gboolean is_news = !gtk_widget_get_visible (limit->message) ||
                     !g_str_equal (message, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (limit->message)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (limit->message), message);
  gtk_widget_set_visible (limit->message, TRUE);
  gtk_widget_add_css_class (limit->entry, "error");
  gtk_accessible_update_state (get_text (limit), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
  gtk_accessible_update_relation (get_text (limit), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, limit->message, NULL, -1);
  if (is_news && gtk_widget_get_mapped (limit->entry))
    gtk_accessible_announce (get_text (limit), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
show_text (Limit      *limit,
           const char *text)
{
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (limit->entry)), text))
    return;

  gtk_editable_set_text (GTK_EDITABLE (limit->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (limit->entry), -1);
}

static char *
format_amount (gint64 amount)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, amount);

  return psl_number_format (number, TRUE);
}

static void
accept_amount (Limit  *limit,
               gint64  amount)
{
  g_autofree char *text = format_amount (amount);

  show_text (limit, text);
  accept_limit (limit);
}

static gboolean
read_amount (Limit  *limit,
             gint64 *amount)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (limit->entry))));
  g_autofree char *number = psl_number_parse (text, PSL_NUMBER_INTEGER, PSL_DECIMAL_MARK_USUAL, NULL);

  return number != NULL && g_ascii_string_to_signed (number, 10, 0, MOST, amount, NULL);
}

static void
refuse_amount (Limit *limit)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (limit->entry));
  g_autofree char *message = NULL;

  if (*text != '\0')
    message = g_strdup_printf (_("“%s” is not a whole amount. Write it in digits, such as 200000."), text);
  else
    message = g_strdup (_("There must be a limit. Write a whole amount, such as 200000."));
  refuse_limit (limit, message);
}

/* Takes what can be taken of two amounts of which the first may not be above the
 * second: both, or the one that goes with what is stored of the other. */
static void
take_pair (Limit  *minimum,
           Limit  *maximum,
           gint64 *stored_minimum,
           gint64 *stored_maximum)
{
  gint64 low = 0;
  gint64 high = 0;
  gboolean has_low = read_amount (minimum, &low);
  gboolean has_high = read_amount (maximum, &high);
  gboolean in_order = has_low && has_high && low <= high;

  if (has_low && (in_order || low <= *stored_maximum))
    {
      *stored_minimum = low;
      accept_amount (minimum, low);
    }
  else if (has_low)
    {
      g_autofree char *most = format_amount (*stored_maximum);
      g_autofree char *message = g_strdup_printf (_("The least can’t be above the most, which is %s."), most);

      refuse_limit (minimum, message);
    }
  else
    {
      refuse_amount (minimum);
    }

  if (has_high && high >= *stored_minimum)
    {
      *stored_maximum = high;
      accept_amount (maximum, high);
    }
  else if (has_high)
    {
      g_autofree char *least = format_amount (*stored_minimum);
      g_autofree char *message = g_strdup_printf (_("The most can’t be below the least, which is %s."), least);

      refuse_limit (maximum, message);
    }
  else
    {
      refuse_amount (maximum);
    }
}

static void
take_currency (Limit     *limit,
               PslLimits *stored)
{
  g_autofree char *text = g_strstrip (g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (limit->entry)), -1));
  g_autofree char *message = NULL;

  if (psl_codelist_find (psl_codelist_get ("currency"), text) != NULL)
    {
      g_strlcpy (stored->currency, text, sizeof stored->currency);
      show_text (limit, text);
      accept_limit (limit);
      return;
    }

  message = g_strdup_printf (_("There is no currency “%s”. Write its code of three letters, such as USD."), text);
  refuse_limit (limit, message);
}

static gboolean
limits_equal (const PslLimits *a,
              const PslLimits *b)
{
  return g_str_equal (a->currency, b->currency)
         && a->national_minimum == b->national_minimum && a->national_maximum == b->national_maximum
         && a->regional_minimum == b->regional_minimum && a->regional_maximum == b->regional_maximum;
}

static void
commit (PslLimitsGroup *self)
{
  PslSettings *settings = psl_settings_get_default ();
  PslLimits stored = psl_settings_get_limits (settings);
  PslLimits taken = stored;
  Limit *limits = self->limits;

  take_currency (&limits[CURRENCY], &taken);
  take_pair (&limits[NATIONAL_MINIMUM], &limits[NATIONAL_MAXIMUM], &taken.national_minimum, &taken.national_maximum);
  take_pair (&limits[REGIONAL_MINIMUM], &limits[REGIONAL_MAXIMUM], &taken.regional_minimum, &taken.regional_maximum);

  if (!limits_equal (&taken, &stored))
    psl_settings_set_limits (settings, &taken);
}

static void
add_limit (PslLimitsGroup *self,
           Limit          *limit,
           const char     *title,
           GtkInputPurpose purpose)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  limit->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (limit->entry), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (limit->entry), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (limit->entry), purpose);
  g_signal_connect_object (limit->entry, "entry-activated", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (limit->entry, focus);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), limit->entry);

  limit->message = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (limit->message), FALSE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (limit->message), gtk_image_new_from_icon_name ("dialog-error-symbolic"));
  gtk_widget_add_css_class (limit->message, "error");
  gtk_widget_set_focusable (limit->message, FALSE);
  gtk_widget_set_visible (limit->message, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), limit->message);
}

static void
psl_limits_group_unmap (GtkWidget *widget)
{
  commit (PSL_LIMITS_GROUP (widget));

  GTK_WIDGET_CLASS (psl_limits_group_parent_class)->unmap (widget);
}

static void
psl_limits_group_class_init (PslLimitsGroupClass *klass)
{
  GTK_WIDGET_CLASS (klass)->unmap = psl_limits_group_unmap;
}

static void
psl_limits_group_init (PslLimitsGroup *self)
{
  PslLimits stored = psl_settings_get_limits (psl_settings_get_default ());
  Limit *limits = self->limits;

  add_limit (self, &limits[CURRENCY], _("_Currency"), GTK_INPUT_PURPOSE_FREE_FORM);
  add_limit (self, &limits[NATIONAL_MINIMUM], _("National Projects, at Least"), GTK_INPUT_PURPOSE_NUMBER);
  add_limit (self, &limits[NATIONAL_MAXIMUM], _("National Projects, at Most"), GTK_INPUT_PURPOSE_NUMBER);
  add_limit (self, &limits[REGIONAL_MINIMUM], _("Regional Projects, at Least"), GTK_INPUT_PURPOSE_NUMBER);
  add_limit (self, &limits[REGIONAL_MAXIMUM], _("Regional Projects, at Most"), GTK_INPUT_PURPOSE_NUMBER);

  show_text (&limits[CURRENCY], stored.currency);
  accept_amount (&limits[NATIONAL_MINIMUM], stored.national_minimum);
  accept_amount (&limits[NATIONAL_MAXIMUM], stored.national_maximum);
  accept_amount (&limits[REGIONAL_MINIMUM], stored.regional_minimum);
  accept_amount (&limits[REGIONAL_MAXIMUM], stored.regional_maximum);
}
