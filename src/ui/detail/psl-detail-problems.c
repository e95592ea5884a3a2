/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-problems.h"

#include <glib/gi18n.h>

#include "psl-failure.h"
#include "psl-focus.h"
#include "psl-parts-check.h"
#include "psl-parts-table.h"
#include "psl-remark.h"

struct _PslDetailProblems
{
  GObject parent_instance;

  PslDetailHead *head;
  GPtrArray *editors;
  GPtrArray *tables;

  /* The problems that psl_kind_check() found in the record, and the ones that are shown, of
   * typed text, too; NULL before any of this record were shown. */
  GPtrArray *found;
  GPtrArray *said;
  /* The problems of its parts, as they were last read. */
  GPtrArray *found_in_parts;
  /* The remarks on the record. */
  GPtrArray *remarks;
  GCancellable *check;
  guint show_idle;
};

G_DEFINE_FINAL_TYPE (PslDetailProblems, psl_detail_problems, G_TYPE_OBJECT)

static gboolean
has_error (PslEditor *editor)
{
  return psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

/* The editor that a problem stands on. Of a text in several languages, the problem is most
 * often the missing one. */
static PslEditor *
find_editor (PslDetailProblems *self,
             const PslProblem  *problem)
{
  PslEditor *first = NULL;

  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];

      if (psl_editor_get_field (editor) != problem->field)
        continue;
      if (problem->language != NULL ? g_strcmp0 (psl_editor_get_language (editor), problem->language) == 0
                                    : psl_editor_get_value (editor) == NULL)
        return editor;
      if (first == NULL)
        first = editor;
    }
  return first;
}

static PslProblem *
new_problem (const PslField *field,
             const char     *language,
             const char     *message)
{
  PslProblem *problem = g_new0 (PslProblem, 1);

  problem->field = field;
  problem->language = language;
  problem->message = g_strdup (message);
  return problem;
}

static gboolean
is_said (PslDetailProblems   *self,
         const PslProblem *problem)
{
  if (self->said == NULL)
    return TRUE;

  for (guint i = 0; i < self->said->len; i++)
    {
      const PslProblem *said = self->said->pdata[i];

      if (said->field == problem->field && g_strcmp0 (said->language, problem->language) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Offers to say of a text that is older than another that it is right all the same. */
static gboolean
offer_to_confirm (PslEditor *editor)
{
  PslRecord *record = psl_editor_get_record (editor);
  const PslField *field = psl_editor_get_field (editor);
  const char *language = psl_editor_get_language (editor);

  if (record == NULL || language == NULL || psl_record_get_newer (record, field, language) == NULL)
    return FALSE;
  psl_editor_frame_set_remedy (PSL_EDITOR_FRAME (editor), _("Still Right"), "win.confirm-text",
                               g_variant_new ("(xsss)", psl_record_get_rid (record),
                                              psl_record_get_kind (record)->name, field->name, language));
  return TRUE;
}

/* Offers to add a code to the field's list, where the list lacks it and can be added to. */
static void
offer_to_add (PslEditor *editor)
{
  g_autofree char *code = NULL;
  g_autofree char *label = NULL;
  const char *list = psl_field_find_addable (psl_editor_get_field (editor), psl_editor_get_codelists (editor),
                                             psl_editor_get_value (editor), &code);

  if (list == NULL)
    {
      psl_editor_frame_set_remedy (PSL_EDITOR_FRAME (editor), NULL, NULL, NULL);
      return;
    }
  /* Translators: a code that a list doesn't have */
  label = g_strdup_printf (_("Add “%s” to the List…"), code);
  psl_editor_frame_set_remedy (PSL_EDITOR_FRAME (editor), label, "win.add-entry", g_variant_new ("(ss)", list, code));
}

static const PslProblem *
find_in_parts (PslDetailProblems *self,
               const PslField *field)
{
  for (guint i = 0; self->found_in_parts != NULL && i < self->found_in_parts->len; i++)
    {
      const PslProblem *problem = self->found_in_parts->pdata[i];

      if (problem->field == field)
        return problem;
    }
  return NULL;
}

static void
add_problems_of_parts (PslDetailProblems *self,
                       GPtrArray      *problems)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      PslPartsTable *table = self->tables->pdata[i];
      const PslProblem *problem = find_in_parts (self, psl_parts_table_get_field (table));
      g_autofree char *unstored = psl_parts_table_dup_unstored (table);

      if (unstored != NULL)
        g_ptr_array_add (problems, new_problem (psl_parts_table_get_field (table), NULL, unstored));
      psl_parts_table_set_warning (table, problem != NULL ? problem->message : NULL);
      if (problem != NULL)
        g_ptr_array_add (problems, new_problem (problem->field, NULL, problem->message));
    }
}

/* Whether an import has left a value of a field for somebody to decide on. */
static gboolean
is_to_decide (PslDetailProblems *self,
              PslEditor         *editor)
{
  for (guint i = 0; self->remarks != NULL && i < self->remarks->len; i++)
    {
      PslRecord *remark = self->remarks->pdata[i];

      if (psl_record_get_by_name (remark, PSL_REMARK_SOURCE) != NULL &&
          psl_remark_is_about (remark, psl_editor_get_field (editor), psl_editor_get_language (editor)))
        return TRUE;
    }
  return FALSE;
}

static void
add_conflicts (PslDetailProblems *self,
               GPtrArray         *problems)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];

      if (is_to_decide (self, editor))
        g_ptr_array_add (problems, new_problem (psl_editor_get_field (editor), psl_editor_get_language (editor),
                                                _("A file says otherwise: the remark on the field asks which value counts")));
    }
}

static void
show_problems (PslDetailProblems *self)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_problem_free);
  g_autoptr (GHashTable) messages = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];

      if (has_error (editor))
        g_ptr_array_add (problems, new_problem (psl_editor_get_field (editor), psl_editor_get_language (editor),
                                                psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor))));
    }

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      const PslProblem *problem = self->found->pdata[i];
      PslEditor *editor = find_editor (self, problem);

      if (has_error (editor) || g_hash_table_contains (messages, editor) ||
          (!is_said (self, problem) && psl_focus_is_in (GTK_WIDGET (editor))))
        continue;
      g_ptr_array_add (problems, new_problem (problem->field, problem->language, problem->message));
      /* A text that is not translated has a note already. */
      if (!psl_editor_frame_has_note (PSL_EDITOR_FRAME (editor)))
        g_hash_table_insert (messages, editor, problem->message);
    }

  add_problems_of_parts (self, problems);
  add_conflicts (self, problems);
  psl_detail_head_set_problems (self->head, problems);
  for (guint i = 0; i < self->editors->len; i++)
    {
      psl_editor_frame_set_warning (self->editors->pdata[i], g_hash_table_lookup (messages, self->editors->pdata[i]));
      if (!offer_to_confirm (self->editors->pdata[i]))
        offer_to_add (self->editors->pdata[i]);
    }

  g_clear_pointer (&self->said, g_ptr_array_unref);
  self->said = g_steal_pointer (&problems);
}

static void
stop_check (PslDetailProblems *self)
{
  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
}

/* Without a reference: dispose cancels the check. */
static void
parts_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PslDetailProblems *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = psl_parts_check_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->check);
  if (error != NULL)
    {
      psl_failure_tell_unread (GTK_WIDGET (self->head), error);
      return;
    }
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  self->found_in_parts = g_steal_pointer (&found);
  show_problems (self);
}

static void
check_parts (PslDetailProblems         *self,
             PslRegister            *reg,
             PslRecord              *record,
             const PslSettingValues *settings)
{
  stop_check (self);
  if (self->tables->len == 0 || psl_record_get_rid (record) == 0)
    return;

  self->check = g_cancellable_new ();
  psl_parts_check_async (reg, record, settings, self->check, parts_checked_cb, self);
}

/* Whether nothing has been entered yet: an empty form is no mistake. */
static gboolean
is_blank (PslDetailProblems *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      if (psl_editor_get_value (self->editors->pdata[i]) != NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
show_idle_cb (gpointer data)
{
  PslDetailProblems *self = data;

  self->show_idle = 0;
  show_problems (self);
  return G_SOURCE_REMOVE;
}

static void
psl_detail_problems_dispose (GObject *object)
{
  PslDetailProblems *self = PSL_DETAIL_PROBLEMS (object);

  g_clear_handle_id (&self->show_idle, g_source_remove);
  stop_check (self);

  G_OBJECT_CLASS (psl_detail_problems_parent_class)->dispose (object);
}

static void
psl_detail_problems_finalize (GObject *object)
{
  PslDetailProblems *self = PSL_DETAIL_PROBLEMS (object);

  g_ptr_array_unref (self->editors);
  g_ptr_array_unref (self->tables);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_detail_problems_parent_class)->finalize (object);
}

static void
psl_detail_problems_class_init (PslDetailProblemsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_detail_problems_dispose;
  object_class->finalize = psl_detail_problems_finalize;
}

static void
psl_detail_problems_init (PslDetailProblems *self)
{
}

/**
 * psl_detail_problems_new:
 * @head: (transfer none): lists the problems; there until the problems are stopped
 * @editors: (element-type PslEditor): where values are wrong
 * @tables: (element-type PslPartsTable): where parts are
 *
 * Returns: (transfer full): no problems yet
 */
PslDetailProblems *
psl_detail_problems_new (PslDetailHead *head,
                         GPtrArray     *editors,
                         GPtrArray     *tables)
{
  PslDetailProblems *self = g_object_new (PSL_TYPE_DETAIL_PROBLEMS, NULL);

  self->head = head;
  self->editors = g_ptr_array_ref (editors);
  self->tables = g_ptr_array_ref (tables);
  for (guint i = 0; i < editors->len; i++)
    g_signal_connect_object (editors->pdata[i], "notify::error", G_CALLBACK (show_problems), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < tables->len; i++)
    g_signal_connect_object (tables->pdata[i], "check", G_CALLBACK (psl_detail_problems_show_later), self,
                             G_CONNECT_SWAPPED);
  return self;
}

/**
 * psl_detail_problems_find_editor:
 * @self: problems
 * @problem: one of a value
 *
 * Returns: (transfer none): the editor below which the problem is said
 */
PslEditor *
psl_detail_problems_find_editor (PslDetailProblems *self,
                                 const PslProblem  *problem)
{
  g_return_val_if_fail (PSL_IS_DETAIL_PROBLEMS (self), NULL);

  return find_editor (self, problem);
}

/**
 * psl_detail_problems_check:
 * @self: problems
 * @reg: where the record is
 * @record: the record as it is now
 * @settings: the settings of kinds
 *
 * Shows the problems of the values at once, and of the parts when they are read.
 */
void
psl_detail_problems_check (PslDetailProblems      *self,
                           PslRegister            *reg,
                           PslRecord              *record,
                           const PslSettingValues *settings)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (!is_blank (self))
    self->found = psl_kind_check (psl_record_get_kind (record), record, psl_register_get_codelists (reg), settings);
  show_problems (self);
  check_parts (self, reg, record, settings);
}

/**
 * psl_detail_problems_show:
 * @self: problems
 *
 * Shows the problems, also in the field that the keyboard is in: nothing more is typed there.
 */
void
psl_detail_problems_show (PslDetailProblems *self)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));

  g_clear_pointer (&self->said, g_ptr_array_unref);
  show_problems (self);
}

/**
 * psl_detail_problems_show_later:
 * @self: problems
 *
 * Shows the problems when the keyboard has moved, as links may go. Of the field in which the
 * keyboard is nothing new is said before it is left: call this when the keyboard moves.
 */
void
psl_detail_problems_show_later (PslDetailProblems *self)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));

  if (self->show_idle == 0)
    self->show_idle = g_idle_add_full (G_PRIORITY_DEFAULT, show_idle_cb, self, NULL);
}

/**
 * psl_detail_problems_forget:
 * @self: problems
 *
 * Another record is shown, or none: nothing was said of it yet.
 */
void
psl_detail_problems_forget (PslDetailProblems *self)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));

  stop_check (self);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
}

/**
 * psl_detail_problems_set_remarks:
 * @self: problems
 * @remarks: (element-type PslRecord): the remarks on the record
 *
 * Says, too, where an import has left a value to decide on.
 */
void
psl_detail_problems_set_remarks (PslDetailProblems *self,
                                 GPtrArray         *remarks)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));
  g_return_if_fail (remarks != NULL);

  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  self->remarks = g_ptr_array_ref (remarks);
  show_problems (self);
}

/**
 * psl_detail_problems_stop:
 * @self: problems
 *
 * The widgets go: says nothing any more.
 */
void
psl_detail_problems_stop (PslDetailProblems *self)
{
  g_return_if_fail (PSL_IS_DETAIL_PROBLEMS (self));

  g_object_run_dispose (G_OBJECT (self));
}
