/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-sheet.h"

#include "psl-detail-group.h"
#include "psl-detail-head.h"
#include "psl-detail-problems.h"
#include "psl-focus.h"
#include "psl-inverse-list.h"
#include "psl-owner-link.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "psl-scroll-anchor.h"
#include "psl-text-view.h"

struct _PslDetailSheet
{
  GtkWidget parent_instance;

  GtkScrolledWindow *window;
  GtkViewport *viewport;
  GtkBox *box;

  const PslKind *kind;
  /* The languages of texts, the language of records first. */
  const char **languages;
  PslDetailHead *head;
  /* NULL where records of the kind are no parts. */
  PslOwnerLink *owner_link;
  GPtrArray *editors;
  GPtrArray *groups;
  GPtrArray *tables;
  GPtrArray *inverse_lists;
  /* Boxes of two groups, beside each other where there is room. */
  GPtrArray *columns;
  /* Whether they are. */
  gboolean wide;
  /* The UUID of the record on show. */
  char *id;
  PslDetailProblems *problems;
  PslScrollAnchor *anchor;
  /* From where the page is to be shown, while it is too short for that; 0 for none. */
  double to_scroll;
};

/* From this width on there is room for two columns, in sp. */
#define WIDE 640

G_DEFINE_FINAL_TYPE (PslDetailSheet, psl_detail_sheet, GTK_TYPE_WIDGET)

enum
{
  COMMITTED,
  TEXT_VIEW_CHOSEN,
  MADE,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_wide (PslDetailSheet *self,
          gboolean        wide)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns->pdata[i]),
                                      wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
      gtk_box_set_homogeneous (GTK_BOX (self->columns->pdata[i]), wide);
    }
  for (guint i = 0; i < self->groups->len; i++)
    psl_detail_group_set_wide (self->groups->pdata[i], wide);
  for (guint i = 0; i < self->tables->len; i++)
    psl_parts_table_set_wide (self->tables->pdata[i], wide);

  if (wide)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wide");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wide");
  self->wide = wide;
}

static void
committed_cb (PslEditor      *editor,
              const char     *value,
              PslDetailSheet *self)
{
  g_signal_emit (self, signals[COMMITTED], 0, editor, value);
}

static void
made_cb (PslPartsTable  *table,
         PslRecord      *record,
         gint64          action,
         PslDetailSheet *self)
{
  g_signal_emit (self, signals[MADE], 0, record, action);
}

static void
told_cb (PslPartsTable  *table,
         const char     *message,
         gint64          action,
         PslDetailSheet *self)
{
  g_signal_emit (self, signals[TOLD], 0, message, action);
}

static void
text_view_chosen_cb (PslDetailGroup *group,
                     const char     *view,
                     gboolean        wide,
                     PslDetailSheet *self)
{
  g_signal_emit (self, signals[TEXT_VIEW_CHOSEN], 0, view, wide);
}

static void
problem_activated_cb (PslDetailHead  *head,
                      PslProblem     *problem,
                      PslDetailSheet *self)
{
  GtkWidget *editor;

  if (problem->field->type == PSL_FIELD_TYPE_PARTS)
    {
      PslPartsTable *table = psl_detail_sheet_find_table (self, problem->field);

      /* A cell whose value could not be stored comes first. */
      if (!psl_parts_table_focus_unstored (table))
        gtk_widget_child_focus (GTK_WIDGET (table), GTK_DIR_TAB_FORWARD);
      return;
    }

  editor = GTK_WIDGET (psl_detail_problems_find_editor (self->problems, problem));
  /* A text in the language that is not on show. */
  if (!gtk_widget_get_visible (editor))
    g_signal_emit (self, signals[TEXT_VIEW_CHOSEN], 0,
                   self->wide ? PSL_TEXT_VIEW_BOTH : psl_editor_get_language (PSL_EDITOR (editor)), self->wide);
  gtk_widget_grab_focus (editor);
}

static void
add_inverse_lists (PslDetailSheet *self,
                   GtkWidget      *box)
{
  for (guint i = 0; i < self->inverse_lists->len; i++)
    gtk_box_append (GTK_BOX (box), self->inverse_lists->pdata[i]);
}

/* Links to the record are listed below the first group, which is short, beside the second. */
static GtkWidget *
new_first_column (PslDetailSheet *self,
                  GtkWidget      *group)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (column), group);
  add_inverse_lists (self, column);
  return column;
}

static void
add_groups (PslDetailSheet     *self,
            const PslCodelists *codelists)
{
  GtkWidget *columns = NULL;

  for (const PslFieldGroup *group = self->kind->groups; group->name != NULL; group++)
    {
      GtkWidget *widget;

      if (psl_detail_group_is_empty (self->kind, group))
        continue;

      widget = psl_detail_group_new (self->kind, group, codelists, self->languages, self->editors, self->tables);
      g_signal_connect_object (widget, "text-view-chosen", G_CALLBACK (text_view_chosen_cb), self, G_CONNECT_DEFAULT);
      g_ptr_array_add (self->groups, widget);

      if (!psl_detail_group_is_narrow (self->kind, group))
        {
          gtk_box_append (self->box, widget);
          columns = NULL;
          continue;
        }

      if (columns != NULL)
        {
          gtk_box_append (GTK_BOX (columns), widget);
          columns = NULL;
          continue;
        }

      columns = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_add_css_class (columns, "columns");
      if (self->columns->len == 0)
        gtk_box_append (GTK_BOX (columns), new_first_column (self, widget));
      else
        gtk_box_append (GTK_BOX (columns), widget);
      gtk_box_append (self->box, columns);
      g_ptr_array_add (self->columns, columns);
    }

  /* Without a short group, they stand below all others. */
  if (self->columns->len == 0)
    add_inverse_lists (self, GTK_WIDGET (self->box));
}

static void
add_owner_link (PslDetailSheet *self)
{
  self->owner_link = PSL_OWNER_LINK (psl_owner_link_new (self->kind));
  gtk_box_append (self->box, GTK_WIDGET (self->owner_link));
}

static void
build (PslDetailSheet     *self,
       const PslCodelists *codelists)
{
  GtkWidget *head = psl_detail_head_new (self->kind, self->languages, self->editors);

  if (psl_kind_is_part (self->kind))
    add_owner_link (self);
  self->head = PSL_DETAIL_HEAD (head);
  g_signal_connect_object (head, "problem-activated", G_CALLBACK (problem_activated_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (self->box, head);
  self->inverse_lists = psl_inverse_list_new_for_kind (self->kind);
  add_groups (self, codelists);

  for (guint i = 0; i < self->editors->len; i++)
    {
      g_signal_connect_object (self->editors->pdata[i], "committed", G_CALLBACK (committed_cb), self, G_CONNECT_DEFAULT);
    }
  for (guint i = 0; i < self->tables->len; i++)
    {
      /* A table that waits for the end of a writing outlives its sheet. */
      g_signal_connect_object (self->tables->pdata[i], "made", G_CALLBACK (made_cb), self, G_CONNECT_DEFAULT);
      g_signal_connect_object (self->tables->pdata[i], "told", G_CALLBACK (told_cb), self, G_CONNECT_DEFAULT);
    }
  self->problems = psl_detail_problems_new (self->head, self->editors, self->tables);
}

static void
scroll (PslDetailSheet *self)
{
  if (self->to_scroll > 0)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), self->to_scroll);
}

/* Whoever scrolls stays there. The page itself goes as far as it can, and may be shorter for a
 * while. */
static void
scrolled_cb (PslDetailSheet *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->window);
  double last = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) != CLAMP (self->to_scroll, 0, MAX (last, 0)))
    self->to_scroll = 0;
}

/* The page may be narrower than the columns that stood beside each other until now. */
static void
psl_detail_sheet_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = 0;
  gtk_widget_measure (GTK_WIDGET (PSL_DETAIL_SHEET (widget)->window), orientation, -1, NULL, natural, NULL, NULL);
}

/* No AdwBreakpointBin: in the frame after a breakpoint it takes no Tab, which leads out
 * of the page, and puts the focus back. */
static void
psl_detail_sheet_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  PslDetailSheet *self = PSL_DETAIL_SHEET (widget);
  int minimum_width, minimum_height;

  psl_detail_sheet_adapt (self, width);

  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum_width, NULL, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->window), GTK_ORIENTATION_VERTICAL, -1, &minimum_height, NULL, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->window), MAX (width, minimum_width), MAX (height, minimum_height), baseline,
                       NULL);
}

static void
psl_detail_sheet_dispose (GObject *object)
{
  g_clear_pointer (&PSL_DETAIL_SHEET (object)->anchor, psl_scroll_anchor_free);
  if (PSL_DETAIL_SHEET (object)->problems != NULL)
    psl_detail_problems_stop (PSL_DETAIL_SHEET (object)->problems);
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_DETAIL_SHEET);

  G_OBJECT_CLASS (psl_detail_sheet_parent_class)->dispose (object);
}

static void
psl_detail_sheet_finalize (GObject *object)
{
  PslDetailSheet *self = PSL_DETAIL_SHEET (object);

  g_clear_object (&self->problems);
  g_free (self->id);
  g_free (self->languages);
  g_ptr_array_unref (self->editors);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->inverse_lists, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_detail_sheet_parent_class)->finalize (object);
}

static void
psl_detail_sheet_class_init (PslDetailSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_detail_sheet_dispose;
  object_class->finalize = psl_detail_sheet_finalize;
  widget_class->measure = psl_detail_sheet_measure;
  widget_class->size_allocate = psl_detail_sheet_size_allocate;

  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_EDITOR, G_TYPE_STRING);
  signals[TEXT_VIEW_CHOSEN] = g_signal_new ("text-view-chosen", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[MADE] = g_signal_new ("made", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);
  signals[TOLD] = g_signal_new ("told", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT64);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/passerelle/Passerelle/ui/psl-detail-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, PslDetailSheet, window);
  gtk_widget_class_bind_template_child (widget_class, PslDetailSheet, viewport);
  gtk_widget_class_bind_template_child (widget_class, PslDetailSheet, box);
}

static void
psl_detail_sheet_init (PslDetailSheet *self)
{
  GtkAdjustment *adjustment;

  self->editors = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  self->tables = g_ptr_array_new ();
  self->columns = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->window);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scroll), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  self->anchor = psl_scroll_anchor_new (self->viewport);
}

/**
 * psl_detail_sheet_new:
 * @kind: a kind
 * @codelists: the lists of the register whose records are shown
 * @languages: the languages of texts, the language of records first; see
 *   psl_text_languages_list_for()
 *
 * Returns: (transfer floating): a page for records of @kind
 */
GtkWidget *
psl_detail_sheet_new (const PslKind      *kind,
                      const PslCodelists *codelists,
                      const char *const  *languages)
{
  PslDetailSheet *self = g_object_new (PSL_TYPE_DETAIL_SHEET, NULL);

  self->kind = kind;
  self->languages = g_memdup2 (languages, (g_strv_length ((GStrv) languages) + 1) * sizeof *languages);
  build (self, codelists);
  return GTK_WIDGET (self);
}

/**
 * psl_detail_sheet_has_languages:
 * @self: a sheet
 * @languages: tags of languages
 *
 * Returns: whether it shows texts in all of them
 */
gboolean
psl_detail_sheet_has_languages (PslDetailSheet     *self,
                                const char *const  *languages)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), FALSE);

  for (guint i = 0; languages[i] != NULL; i++)
    if (!g_strv_contains (self->languages, languages[i]))
      return FALSE;
  return TRUE;
}

/**
 * psl_detail_sheet_adapt:
 * @self: a sheet
 * @width: the width of the page, in pixels
 *
 * Sets groups and texts beside each other where there is room. A sheet does so when it gets
 * its place; before a new sheet gets the focus, it must have been adapted.
 */
void
psl_detail_sheet_adapt (PslDetailSheet *self,
                        int             width)
{
  GtkSettings *settings;
  gboolean wide;

  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  settings = gtk_widget_get_settings (GTK_WIDGET (self));
  wide = width >= adw_length_unit_to_px (ADW_LENGTH_UNIT_SP, WIDE, settings);
  if (self->wide != wide)
    set_wide (self, wide);
}

/**
 * psl_detail_sheet_get_editors:
 * @self: a sheet
 *
 * Returns: (transfer none) (element-type PslEditor): its editors in reading order
 */
GPtrArray *
psl_detail_sheet_get_editors (PslDetailSheet *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  return self->editors;
}

/**
 * psl_detail_sheet_find_editor:
 * @self: a sheet
 * @field: a field of its kind
 * @language: (nullable): for a multilingual field, the language of the text
 *
 * Returns: (transfer none): the editor of that value; where the sheet has no texts in
 *   @language, of the text in the first
 */
PslEditor *
psl_detail_sheet_find_editor (PslDetailSheet *self,
                              const PslField *field,
                              const char     *language)
{
  PslEditor *first = NULL;

  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];

      if (psl_editor_get_field (editor) != field)
        continue;
      if (g_strcmp0 (psl_editor_get_language (editor), language) == 0)
        return editor;
      if (first == NULL)
        first = editor;
    }
  g_return_val_if_fail (first != NULL, NULL);
  return first;
}

/**
 * psl_detail_sheet_find_around:
 * @self: a sheet
 * @widget: (nullable): a widget
 *
 * Returns: (transfer none) (nullable): the editor that @widget is a part of
 */
PslEditor *
psl_detail_sheet_find_around (PslDetailSheet *self,
                              GtkWidget      *widget)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  for (guint i = 0; widget != NULL && i < self->editors->len; i++)
    if (gtk_widget_is_ancestor (widget, self->editors->pdata[i]))
      return self->editors->pdata[i];

  return NULL;
}

/**
 * psl_detail_sheet_find_table:
 * @self: a sheet
 * @field: a field of parts
 *
 * Returns: (transfer none) (nullable): the table of that field
 */
PslPartsTable *
psl_detail_sheet_find_table (PslDetailSheet *self,
                             const PslField *field)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  for (guint i = 0; i < self->tables->len; i++)
    {
      if (psl_parts_table_get_field (self->tables->pdata[i]) == field)
        return self->tables->pdata[i];
    }
  return NULL;
}

/**
 * psl_detail_sheet_find_refused:
 * @self: a sheet
 *
 * Returns: (transfer none) (nullable): the first editor with something that can't be
 *   stored
 */
PslEditor *
psl_detail_sheet_find_refused (PslDetailSheet *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  for (guint i = 0; i < self->editors->len; i++)
    if (psl_editor_frame_get_error (self->editors->pdata[i]) != NULL)
      return self->editors->pdata[i];

  return NULL;
}

/**
 * psl_detail_sheet_count_unstored:
 * @self: a sheet
 *
 * Commits the text being typed.
 *
 * Returns: in how many editors and cells something is typed that can't be stored
 */
guint
psl_detail_sheet_count_unstored (PslDetailSheet *self)
{
  guint n = 0;

  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), 0);

  for (guint i = 0; i < self->editors->len; i++)
    if (!psl_editor_flush (self->editors->pdata[i]))
      n++;
  for (guint i = 0; i < self->tables->len; i++)
    n += psl_parts_table_count_unstored (self->tables->pdata[i]);

  return n;
}

/**
 * psl_detail_sheet_find_unstored_parts:
 * @self: a sheet
 *
 * Returns: (nullable): the first field of parts in whose table something is typed that
 *   can't be stored
 */
const PslField *
psl_detail_sheet_find_unstored_parts (PslDetailSheet *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), NULL);

  for (guint i = 0; i < self->tables->len; i++)
    if (!psl_parts_table_flush (self->tables->pdata[i]))
      return psl_parts_table_get_field (self->tables->pdata[i]);

  return NULL;
}

/**
 * psl_detail_sheet_bind:
 * @self: a sheet
 * @reg: where the record is
 * @record: the record, read anew
 *
 * Shows @record; see psl_editor_bind().
 */
void
psl_detail_sheet_bind (PslDetailSheet *self,
                       PslRegister    *reg,
                       PslRecord      *record)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));
  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (record));

  for (guint i = 0; i < self->editors->len; i++)
    {
      psl_editor_set_register (self->editors->pdata[i], reg);
      psl_editor_bind (self->editors->pdata[i], record);
    }
  if (self->owner_link != NULL)
    psl_owner_link_show (self->owner_link, reg, record);
  for (guint i = 0; i < self->tables->len; i++)
    psl_parts_table_bind (self->tables->pdata[i], reg, record);
  for (guint i = 0; i < self->inverse_lists->len; i++)
    psl_inverse_list_show (self->inverse_lists->pdata[i], reg, record, self->languages[0]);
  if (g_set_str (&self->id, psl_record_get_id (record)))
    {
      psl_detail_problems_forget (self->problems);
      psl_scroll_anchor_let_go (self->anchor);
    }
}

/**
 * psl_detail_sheet_unbind:
 * @self: a sheet
 *
 * Forgets the record, which is shown no longer, and the text typed in it.
 */
void
psl_detail_sheet_unbind (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  psl_detail_problems_forget (self->problems);
  for (guint i = 0; i < self->editors->len; i++)
    psl_editor_bind (self->editors->pdata[i], NULL);
  for (guint i = 0; i < self->tables->len; i++)
    psl_parts_table_bind (self->tables->pdata[i], NULL, NULL);
  for (guint i = 0; i < self->inverse_lists->len; i++)
    psl_inverse_list_clear (self->inverse_lists->pdata[i]);
  g_clear_pointer (&self->id, g_free);
  psl_scroll_anchor_let_go (self->anchor);
}

/**
 * psl_detail_sheet_show_remarks:
 * @self: a sheet
 * @remarks: (element-type PslRecord): the remarks on the record
 *
 * Marks the fields that there are remarks on.
 */
void
psl_detail_sheet_show_remarks (PslDetailSheet *self,
                               GPtrArray      *remarks)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));
  g_return_if_fail (remarks != NULL);

  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];
      const char *about = NULL;
      g_autofree char *count = NULL;
      guint n = 0;

      for (guint j = 0; j < remarks->len; j++)
        {
          if (!psl_remark_is_about (remarks->pdata[j], psl_editor_get_field (editor), psl_editor_get_language (editor)))
            continue;
          about = psl_record_get_by_name (remarks->pdata[j], PSL_REMARK_ABOUT);
          n++;
        }
      count = n > 0 ? psl_remark_dup_count (n) : NULL;
      psl_editor_frame_set_remarks (PSL_EDITOR_FRAME (editor), count, about);
    }
  psl_detail_problems_set_remarks (self->problems, remarks);
}

/**
 * psl_detail_sheet_show_facts:
 * @self: a sheet
 * @reg: where the record is
 * @record: the record as it is now
 * @settings: the settings of kinds
 *
 * Shows the line of facts and the problems, which follow from the values.
 */
void
psl_detail_sheet_show_facts (PslDetailSheet         *self,
                             PslRegister            *reg,
                             PslRecord              *record,
                             const PslSettingValues *settings)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  psl_detail_head_show (self->head, record, psl_register_get_codelists (reg));
  psl_detail_problems_check (self->problems, reg, record, settings);
}

/**
 * psl_detail_sheet_show_problems:
 * @self: a sheet
 *
 * Shows the problems, when the keyboard has moved; see psl_detail_problems_show_later().
 */
void
psl_detail_sheet_show_problems (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  psl_detail_problems_show_later (self->problems);
}

/**
 * psl_detail_sheet_leave_fields:
 * @self: a sheet
 *
 * Where the keyboard is among fields that can be changed, puts it where it scrolls the page,
 * and where letters and the space bar do nothing: the person may be typing.
 */
void
psl_detail_sheet_leave_fields (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  if (psl_focus_is_in (GTK_WIDGET (self->box)) && gtk_widget_is_sensitive (GTK_WIDGET (self->head)))
    gtk_widget_grab_focus (GTK_WIDGET (self->window));
}

/**
 * psl_detail_sheet_set_editable:
 * @self: a sheet
 * @editable: whether the record may be changed: it is not in the trash
 *
 * Fields that can't be changed can be read all the same, in the languages that the person
 * chooses.
 */
void
psl_detail_sheet_set_editable (PslDetailSheet *self,
                               gboolean        editable)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  gtk_widget_set_sensitive (GTK_WIDGET (self->head), editable);
  for (guint i = 0; i < self->editors->len; i++)
    gtk_widget_set_sensitive (self->editors->pdata[i], editable);
  for (guint i = 0; i < self->tables->len; i++)
    psl_parts_table_set_editable (self->tables->pdata[i], editable);
}

/**
 * psl_detail_sheet_set_text_view:
 * @self: a sheet
 * @wide, @narrow: see psl_detail_group_set_text_view()
 */
void
psl_detail_sheet_set_text_view (PslDetailSheet *self,
                                const char     *wide,
                                const char     *narrow)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  for (guint i = 0; i < self->groups->len; i++)
    psl_detail_group_set_text_view (self->groups->pdata[i], wide, narrow);
}

/**
 * psl_detail_sheet_get_scrolled:
 * @self: a sheet
 *
 * Returns: from where the page is shown, in pixels from its top
 */
double
psl_detail_sheet_get_scrolled (PslDetailSheet *self)
{
  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), 0);

  return MAX (self->to_scroll, gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->window)));
}

/**
 * psl_detail_sheet_scroll:
 * @self: a sheet
 * @top: see psl_detail_sheet_get_scrolled()
 *
 * Shows the page from there on whenever it is long enough: its tables may be read still. Ends
 * when somebody scrolls.
 */
void
psl_detail_sheet_scroll (PslDetailSheet *self,
                         double          top)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  self->to_scroll = top;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), top);
}

/**
 * psl_detail_sheet_flush:
 * @self: a sheet
 *
 * Commits the text being typed, and shows its problems.
 *
 * Returns: whether nothing is left uncommitted
 */
gboolean
psl_detail_sheet_flush (PslDetailSheet *self)
{
  gboolean done = TRUE;

  g_return_val_if_fail (PSL_IS_DETAIL_SHEET (self), FALSE);

  for (guint i = 0; i < self->editors->len; i++)
    done = psl_editor_flush (self->editors->pdata[i]) && done;
  for (guint i = 0; i < self->tables->len; i++)
    done = psl_parts_table_flush (self->tables->pdata[i]) && done;

  psl_detail_problems_show (self->problems);
  return done;
}
