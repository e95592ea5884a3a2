/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-problems.h"

#include <glib/gi18n.h>

#include "psl-import-columns.h"
#include "psl-number.h"

struct _PslImportProblems
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *issues;

  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (PslImportProblems, psl_import_problems, ADW_TYPE_BIN)

static void
add_row (PslImportProblems *self,
         const char        *title,
         const char        *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_preferences_group_add (self->issues, row);
  g_ptr_array_add (self->rows, row);
}

static void
add_issue (PslImportProblems    *self,
           const PslImportIssue *issue)
{
  g_autofree char *message = psl_import_issue_dup_message (issue);
  g_autofree char *line = psl_number_format_count (issue->line);
  g_autofree char *field = NULL;
  g_autofree char *title = NULL;

  if (issue->field != NULL)
    {
      const PslImportDestination place = {
        .target = PSL_IMPORT_TO_FIELD,
        .field = issue->field,
        .subfield = issue->subfield,
        .language = issue->language,
      };

      field = psl_import_columns_describe (&place);
      /* Translators: where in a file something is, as in “Line 14: Budget” */
      title = g_strdup_printf (_("Line %s: %s"), line, field);
    }
  else
    title = g_strdup_printf (_("Line %s"), line);
  add_row (self, title, message);
}

static void
psl_import_problems_finalize (GObject *object)
{
  g_ptr_array_unref (PSL_IMPORT_PROBLEMS (object)->rows);

  G_OBJECT_CLASS (psl_import_problems_parent_class)->finalize (object);
}

static void
psl_import_problems_class_init (PslImportProblemsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = psl_import_problems_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-import-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, PslImportProblems, stack);
  gtk_widget_class_bind_template_child (widget_class, PslImportProblems, issues);
}

static void
psl_import_problems_init (PslImportProblems *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_import_problems_show:
 *
 * Shows the issues of @result.
 */
void
psl_import_problems_show (PslImportProblems     *self,
                          const PslImportResult *result)
{
  g_return_if_fail (PSL_IS_IMPORT_PROBLEMS (self));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->issues, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < result->issues->len; i++)
    add_issue (self, g_ptr_array_index (result->issues, i));
  if (result->n_issues > result->issues->len)
    {
      guint64 more = result->n_issues - result->issues->len;
      g_autofree char *number = psl_number_format_count (more);
      g_autofree char *text = g_strdup_printf (ngettext ("… and %s more", "… and %s more", (gulong) more), number);

      add_row (self, text, NULL);
    }
  gtk_stack_set_visible_child_name (self->stack, result->n_issues > 0 ? "list" : "none");
}
