/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-history-row.h"

#include <glib/gi18n.h>

#include "psl-date.h"
#include "psl-language.h"
#include "psl-languages.h"
#include "psl-menu-button.h"
#include "psl-text-difference.h"
#include "psl-text.h"

/* Characters of a value that a menu entry quotes. */
#define QUOTED_CHARS 40

/* Values with more characters are shown where they differ, with so many around that. */
#define LONG_CHARS 160
#define CONTEXT_CHARS 40

struct _PslHistoryRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *sentence;
  GtkWidget *action;
  GtkWidget *when;
  GtkWidget *menu_button;

  const PslChange *change;
};

G_DEFINE_FINAL_TYPE (PslHistoryRow, psl_history_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  OPEN,
  RESTORE,
  UNDO,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
display (const PslChange    *change,
         const PslCodelists *codelists,
         const char         *value,
         GHashTable         *titles)
{
  const char *title = change->field->type == PSL_FIELD_TYPE_LINK ? g_hash_table_lookup (titles, value) : NULL;

  return title != NULL ? g_strdup (title)
                       : psl_field_display (change->field, codelists, value, psl_language_get_interface ());
}

static void
open_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[OPEN], 0);
}

static void
restore_cb (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  g_signal_emit (widget, signals[RESTORE], 0);
}

static void
undo_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  g_signal_emit (widget, signals[UNDO], 0);
}

static char *
dup_restore_label (const PslChange    *change,
                   const PslCodelists *codelists,
                   GHashTable         *titles)
{
  g_autofree char *shown = NULL;
  g_autofree char *value = NULL;
  g_autofree char *quoted = NULL;

  if (change->old_value == NULL)
    return g_strdup (_("_Empty the Field Again"));

  shown = display (change, codelists, change->old_value, titles);
  value = psl_text_dup_quotable (shown);
  quoted = g_utf8_substring (value, 0, MIN (QUOTED_CHARS, g_utf8_strlen (value, -1)));
  g_strdelimit (quoted, "\n", ' ');
  /* Translators: takes the value back that a field had before a change */
  return g_strdup_printf (g_str_equal (quoted, value) ? _("_Restore “%s”") : _("_Restore “%s…”"), quoted);
}

static void
add_menu (PslHistoryRow      *self,
          const PslCodelists *codelists,
          GHashTable         *titles,
          PslRecord          *record)
{
  const PslChange *change = self->change;
  const char *current = change->field != NULL ? psl_record_get (record, change->field, change->language) : NULL;
  g_autoptr (GMenu) menu = g_menu_new ();
  gboolean remark = psl_kind_is_of_any (psl_record_get_kind (record));
  gboolean ordinary = change->action->verb != PSL_VERB_UNDO && change->action->verb != PSL_VERB_REDO;

  if (remark)
    g_menu_append (menu, C_("remark", "_Open"), "change.open");
  if (change->field != NULL)
    {
      g_autofree char *label = dup_restore_label (change, codelists, titles);
      g_menu_append (menu, label, "change.restore");
    }
  if (ordinary)
    g_menu_append (menu, _("_Undo This Action"), "change.undo");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.open",
                                 remark && psl_record_get_state (record) == PSL_RECORD_LIVE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.restore",
                                 change->field != NULL && g_strcmp0 (current, change->old_value) != 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "change.undo", ordinary && !change->action->undone);
  psl_menu_button_set_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->menu_button, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

static void
show_action (PslHistoryRow *self)
{
  const PslAction *action = self->change->action;
  g_autofree char *text = NULL;

  if (action->undone)
    {
      g_autofree char *what = psl_action_describe (action);

      /* Translators: %s is the sentence of an action */
      text = g_strdup_printf (_("%s (undone)"), what);
    }
  else if (action->verb != PSL_VERB_EDIT && action->verb != PSL_VERB_TRASH && action->verb != PSL_VERB_RESTORE)
    {
      text = psl_action_describe (action);
    }

  gtk_label_set_label (GTK_LABEL (self->action), text != NULL ? text : "");
  gtk_widget_set_visible (self->action, text != NULL);
}

/* A change of a record or a part as a sentence: “Budget changed from US$85,000 to
 * US$100,000”. */
static char *
describe_value (const PslChange    *change,
                const PslCodelists *codelists,
                GHashTable         *titles)
{
  g_autofree char *label = NULL;
  g_autofree char *old_value = NULL;
  g_autofree char *new_value = NULL;

  if (change->field == NULL)
    return g_strdup (psl_change_describe_state (change));

  label = psl_language_dup_text_label (psl_field_get_label (change->field), change->language);
  if (change->new_value != NULL)
    new_value = display (change, codelists, change->new_value, titles);
  if (change->old_value != NULL)
    old_value = display (change, codelists, change->old_value, titles);

  if (g_strcmp0 (change->old_value, change->new_value) == 0 && change->action->verb == PSL_VERB_DECIDE)
    /* Translators: a field and the value that somebody chose: “End kept: 2022” */
    return g_strdup_printf (C_("history", "%s kept: %s"), label, new_value);
  if (g_strcmp0 (change->old_value, change->new_value) == 0)
    /* Translators: a text that was changed in another language only, and is right all the same */
    return g_strdup_printf (C_("history", "%s: still right"), label);
  if (old_value == NULL)
    /* Translators: a field and its value: “Budget set to US$85,000” */
    return g_strdup_printf (C_("history", "%s set to %s"), label, new_value);
  if (new_value == NULL)
    /* Translators: a field and its value: “Budget emptied; it was US$85,000” */
    return g_strdup_printf (C_("history", "%s emptied; it was %s"), label, old_value);
  if (g_utf8_strlen (old_value, -1) > LONG_CHARS || g_utf8_strlen (new_value, -1) > LONG_CHARS)
    psl_text_cut_to_difference (&old_value, &new_value, CONTEXT_CHARS);
  /* Translators: a field and its values: “Budget changed from US$85,000 to US$100,000” */
  return g_strdup_printf (C_("history", "%s changed from %s to %s"), label, old_value, new_value);
}

static char *
describe (const PslChange    *change,
          const PslCodelists *codelists,
          GHashTable         *titles)
{
  g_autofree char *sentence = describe_value (change, codelists, titles);

  if (change->part == NULL)
    return g_steal_pointer (&sentence);
  /* Translators: a part of a record and what was changed: “Function “Coordination” · Area covered set to Asia” */
  return g_strdup_printf (C_("history", "%s · %s"), change->part, sentence);
}

/* How long before @now something was, as people say it; both are in microseconds
 * since 1970, UTC. */
static char *
say_when (gint64 at,
          gint64 now)
{
  gint64 minutes = (now - at) / G_TIME_SPAN_MINUTE;
  gint64 days = (now - at) / G_TIME_SPAN_DAY;

  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute ago", "%d minutes ago", minutes), (int) minutes);
  if (days < 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour ago", "%d hours ago", minutes / 60),
                            (int) (minutes / 60));
  if (days < 31)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", days), (int) days);
  if (days < 365)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month ago", "%d months ago", days / 30),
                            (int) (days / 30));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d year ago", "%d years ago", days / 365),
                          (int) (days / 365));
}

static void
psl_history_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_HISTORY_ROW);

  G_OBJECT_CLASS (psl_history_row_parent_class)->dispose (object);
}

static void
psl_history_row_class_init (PslHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = psl_history_row_dispose;

  signals[OPEN] = g_signal_new ("open", PSL_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESTORE] = g_signal_new ("restore", PSL_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNDO] = g_signal_new ("undo", PSL_TYPE_HISTORY_ROW, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PslHistoryRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryRow, action);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryRow, when);
  gtk_widget_class_bind_template_child (widget_class, PslHistoryRow, menu_button);
  gtk_widget_class_install_action (widget_class, "change.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "change.restore", NULL, restore_cb);
  gtk_widget_class_install_action (widget_class, "change.undo", NULL, undo_cb);
}

static void
psl_history_row_init (PslHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_history_row_new:
 * @change: a change, which outlives the row
 * @codelists: the lists of its register
 * @titles: (element-type utf8 utf8): titles of linked records by UUID
 * @record: the record or the part that was changed, as it is now
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
psl_history_row_new (const PslChange    *change,
                     const PslCodelists *codelists,
                     GHashTable         *titles,
                     PslRecord          *record)
{
  PslHistoryRow *self = g_object_new (PSL_TYPE_HISTORY_ROW, NULL);
  g_autofree char *sentence = describe (change, codelists, titles);
  g_autofree char *when = say_when (change->action->at, g_get_real_time ());
  g_autofree char *exact = psl_date_display_time (change->action->at);
  g_autofree char *line = NULL;
  g_autofree char *name = NULL;

  self->change = change;
  gtk_label_set_label (GTK_LABEL (self->sentence), sentence);
  show_action (self);
  line = *change->action->author != '\0' ? g_strdup_printf ("%s · %s · %s", change->action->author, when, exact)
                                         : g_strdup_printf ("%s · %s", when, exact);
  gtk_label_set_label (GTK_LABEL (self->when), line);
  add_menu (self, codelists, titles, record);

  name = g_strdup_printf ("%s, %s", sentence, line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Change Menu"), -1);
  return GTK_WIDGET (self);
}

/**
 * psl_history_row_get_change:
 * @self: a row
 *
 * Returns: (transfer none): the change it shows
 */
const PslChange *
psl_history_row_get_change (PslHistoryRow *self)
{
  g_return_val_if_fail (PSL_IS_HISTORY_ROW (self), NULL);

  return self->change;
}
