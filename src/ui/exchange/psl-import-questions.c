/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-import-questions.h"

#include <glib/gi18n.h>

#include "psl-combo-row.h"
#include "psl-focus.h"

/* The place of the answers in each list, behind the row for none. */
#define UNANSWERED 0
#define FIRST_ANSWER 1

struct _PslImportQuestions
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows;      /* (element-type AdwComboRow): with their question as data */
  GArray *answers;      /* (element-type PslImportAnswer) */
};

G_DEFINE_FINAL_TYPE (PslImportQuestions, psl_import_questions, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GQuark
question_quark (void)
{
  return g_quark_from_static_string ("psl-import-question");
}

static const PslImportQuestion *
get_question (AdwComboRow *row)
{
  return g_object_get_qdata (G_OBJECT (row), question_quark ());
}

static gboolean
is_answered (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected != UNANSWERED && selected != GTK_INVALID_LIST_POSITION;
}

static gboolean
asks_same (const PslImportQuestion *one,
           const PslImportQuestion *other)
{
  return one->type == other->type && one->column == other->column && g_str_equal (one->heading, other->heading);
}

static AdwComboRow *
find_row (PslImportQuestions      *self,
          const PslImportQuestion *question)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (asks_same (get_question (self->rows->pdata[i]), question))
      return self->rows->pdata[i];

  return NULL;
}

static void
selected_cb (AdwComboRow        *row,
             GParamSpec         *pspec,
             PslImportQuestions *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static char *
describe_answer (const PslImportQuestion *question,
                 const PslCodelists      *codelists,
                 guint                    nth)
{
  g_autofree char *label = psl_import_question_dup_label (question, nth);
  g_autofree char *reading = psl_import_question_dup_reading (question, codelists, nth);

  if (reading == NULL)
    return g_steal_pointer (&label);
  /* Translators: an order of dates or a decimal mark, and how it reads an example, as
   * in “Day, month, year (3 February 2020)” */
  return g_strdup_printf (_("%s (%s)"), label, reading);
}

static void
add_row (PslImportQuestions      *self,
         const PslCodelists      *codelists,
         const PslImportQuestion *question)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) answers = gtk_string_list_new (NULL);
  g_autofree char *text = psl_import_question_dup_text (question);

  gtk_string_list_append (answers, C_("answer", "Choose…"));
  for (guint i = 0; i < question->n_answers; i++)
    gtk_string_list_take (answers, describe_answer (question, codelists, i));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  psl_combo_row_set_choices (ADW_COMBO_ROW (row), answers);
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  g_object_set_qdata_full (G_OBJECT (row), question_quark (), psl_import_question_copy (question),
                           (GDestroyNotify) psl_import_question_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (selected_cb), self, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_asked (GPtrArray               *questions,
          const PslImportQuestion *question)
{
  for (guint i = 0; i < questions->len; i++)
    if (asks_same (g_ptr_array_index (questions, i), question))
      return TRUE;

  return FALSE;
}

static void
psl_import_questions_finalize (GObject *object)
{
  PslImportQuestions *self = PSL_IMPORT_QUESTIONS (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->answers);

  G_OBJECT_CLASS (psl_import_questions_parent_class)->finalize (object);
}

static void
psl_import_questions_class_init (PslImportQuestionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_import_questions_finalize;

  /**
   * PslImportQuestions::changed:
   *
   * A question was answered.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", PSL_TYPE_IMPORT_QUESTIONS, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_import_questions_init (PslImportQuestions *self)
{
  self->rows = g_ptr_array_new ();
  self->answers = g_array_new (FALSE, FALSE, sizeof (PslImportAnswer));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("What the File Leaves Open"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * psl_import_questions_show:
 * @codelists: the lists of the register that the file goes into
 * @questions: (element-type PslImportQuestion): the open questions about the columns
 *
 * Shows @questions beside the answered ones, so that an answer can be changed. A question
 * that is neither asked any more nor answered goes.
 */
void
psl_import_questions_show (PslImportQuestions *self,
                           const PslCodelists *codelists,
                           GPtrArray          *questions)
{
  g_return_if_fail (PSL_IS_IMPORT_QUESTIONS (self));

  for (guint i = self->rows->len; i > 0; i--)
    {
      AdwComboRow *row = self->rows->pdata[i - 1];

      if (is_answered (row) || is_asked (questions, get_question (row)))
        continue;
      psl_focus_hand_on (GTK_WIDGET (row));
      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (row));
      g_ptr_array_remove_index (self->rows, i - 1);
    }
  for (guint i = 0; i < questions->len; i++)
    if (find_row (self, g_ptr_array_index (questions, i)) == NULL)
      add_row (self, codelists, g_ptr_array_index (questions, i));
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}

/**
 * psl_import_questions_clear:
 *
 * Shows no questions, and forgets the answers.
 */
void
psl_import_questions_clear (PslImportQuestions *self)
{
  g_return_if_fail (PSL_IS_IMPORT_QUESTIONS (self));

  psl_focus_hand_on (GTK_WIDGET (self));
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * psl_import_questions_get_answers:
 * @n_answers: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_answers): the person's answers; they hold until
 *   the next call
 */
const PslImportAnswer *
psl_import_questions_get_answers (PslImportQuestions *self,
                                  guint              *n_answers)
{
  g_return_val_if_fail (PSL_IS_IMPORT_QUESTIONS (self), NULL);

  g_array_set_size (self->answers, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      AdwComboRow *row = self->rows->pdata[i];
      const PslImportQuestion *question = get_question (row);

      if (is_answered (row))
        {
          PslImportAnswer answer = {
            .type = question->type,
            .column = question->column,
            .answer = question->answers[adw_combo_row_get_selected (row) - FIRST_ANSWER],
          };

          g_array_append_val (self->answers, answer);
        }
    }
  *n_answers = self->answers->len;
  return (const PslImportAnswer *) self->answers->data;
}

/**
 * psl_import_questions_get_open:
 *
 * Returns: (transfer none) (nullable): where the first question is answered that is not
 *   answered yet
 */
GtkWidget *
psl_import_questions_get_open (PslImportQuestions *self)
{
  g_return_val_if_fail (PSL_IS_IMPORT_QUESTIONS (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (!is_answered (self->rows->pdata[i]))
      return self->rows->pdata[i];

  return NULL;
}
