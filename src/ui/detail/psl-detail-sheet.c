/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-sheet.h"

#include <glib/gi18n.h>

#include "psl-detail-group.h"
#include "psl-detail-head.h"
#include "psl-inverse-list.h"
#include "psl-owner-link.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "psl-parts-check.h"
#include "psl-parts-table.h"
#include "psl-text-view.h"

struct _PslDetailSheet
{
  GtkWidget parent_instance;

  GtkScrolledWindow *window;
  GtkViewport *viewport;
  GtkBox *box;

  const PslKind *kind;
  /* Of texts: that of records first. */
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
  /* What psl_kind_check() found in the record, and what is said of it and of what is
   * typed; NULL before anything was said of this record. */
  GPtrArray *found;
  GPtrArray *said;
  /* What is wrong in its parts, as it was last read. */
  GPtrArray *found_in_parts;
  GCancellable *check;
  guint problems_idle;
  /* What has the focus, and where it stood on the page at the last layout. */
  GtkWidget *anchor;
  double anchor_top;
  /* The frame in which the page was last scrolled along with it. */
  gint64 anchor_frame;
  /* When it got it; as g_get_monotonic_time(). */
  gint64 focused_at;
};

/* From this width on there is room for two columns, in sp. */
#define WIDE 640

/* Longer than GTK takes to scroll to what has got the focus, in microseconds. */
#define SCROLLING (G_USEC_PER_SEC / 2)

G_DEFINE_FINAL_TYPE (PslDetailSheet, psl_detail_sheet, GTK_TYPE_WIDGET)

enum
{
  COMMITTED,
  OPEN_RECORD,
  TEXT_VIEW_CHOSEN,
  MADE,
  FAILED,
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
open_record_cb (GtkWidget      *widget,
                gint64          rid,
                PslDetailSheet *self)
{
  g_signal_emit (self, signals[OPEN_RECORD], 0, rid);
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
failed_cb (PslPartsTable  *table,
           const GError   *error,
           PslDetailSheet *self)
{
  g_signal_emit (self, signals[FAILED], 0, error);
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

/* Of a text in several languages, the problem is most often the missing one. */
static PslEditor *
find_doubtful (PslDetailSheet *self,
               const PslField *field)
{
  PslEditor *found = NULL;

  for (guint i = 0; i < self->editors->len; i++)
    {
      PslEditor *editor = self->editors->pdata[i];

      if (psl_editor_get_field (editor) != field)
        continue;
      if (psl_editor_get_value (editor) == NULL)
        return editor;
      if (found == NULL)
        found = editor;
    }

  return found;
}

/* The editor that a problem stands on. */
static PslEditor *
find_editor_of (PslDetailSheet   *self,
                const PslProblem *problem)
{
  if (problem->language != NULL)
    return psl_detail_sheet_find_editor (self, problem->field, problem->language);

  return find_doubtful (self, problem->field);
}

static PslPartsTable *
find_table (PslDetailSheet *self,
            const PslField *field)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      if (psl_parts_table_get_field (self->tables->pdata[i]) == field)
        return self->tables->pdata[i];
    }
  return NULL;
}

static void
problem_activated_cb (PslDetailHead  *head,
                      PslProblem     *problem,
                      PslDetailSheet *self)
{
  GtkWidget *editor;

  if (problem->field->type == PSL_FIELD_TYPE_PARTS)
    {
      gtk_widget_child_focus (GTK_WIDGET (find_table (self, problem->field)), GTK_DIR_TAB_FORWARD);
      return;
    }

  editor = GTK_WIDGET (find_editor_of (self, problem));
  /* A text in the language that is not on show. */
  if (!gtk_widget_get_visible (editor))
    g_signal_emit (self, signals[TEXT_VIEW_CHOSEN], 0,
                   self->wide ? PSL_TEXT_VIEW_BOTH : psl_editor_get_language (PSL_EDITOR (editor)), self->wide);
  gtk_widget_grab_focus (editor);
}

/* The editor in which the keyboard is. */
static PslEditor *
get_typed_in (PslDetailSheet *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? psl_detail_sheet_find_around (self, gtk_root_get_focus (root)) : NULL;
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
is_said (PslDetailSheet   *self,
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

static gboolean
has_error (PslEditor *editor)
{
  return psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

/* Of a text that is older than another it can be said that it is right all the same. */
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

/* A code that the list of a field doesn't have can be added to it, where it is one that is
 * extended. */
static void
offer_to_add (PslEditor *editor)
{
  g_autofree char *code = NULL;
  g_autofree char *label = NULL;
  const char *list = psl_field_find_addable (psl_editor_get_field (editor), psl_editor_get_value (editor), &code);

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
find_in_parts (PslDetailSheet *self,
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
add_problems_of_parts (PslDetailSheet *self,
                       GPtrArray      *problems)
{
  for (guint i = 0; i < self->tables->len; i++)
    {
      PslPartsTable *table = self->tables->pdata[i];
      const PslProblem *problem = find_in_parts (self, psl_parts_table_get_field (table));

      psl_parts_table_set_warning (table, problem != NULL ? problem->message : NULL);
      if (problem != NULL)
        g_ptr_array_add (problems, new_problem (problem->field, NULL, problem->message));
    }
}

static void
show_problems (PslDetailSheet *self)
{
  PslEditor *typed_in = get_typed_in (self);
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
      PslEditor *editor = find_editor_of (self, problem);

      if (has_error (editor) || g_hash_table_contains (messages, editor) ||
          (editor == typed_in && !is_said (self, problem)))
        continue;
      g_ptr_array_add (problems, new_problem (problem->field, problem->language, problem->message));
      /* A text that is not translated has a note already. */
      if (!psl_editor_frame_has_note (PSL_EDITOR_FRAME (editor)))
        g_hash_table_insert (messages, editor, problem->message);
    }

  add_problems_of_parts (self, problems);
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
stop_check (PslDetailSheet *self)
{
  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
}

static void
parts_checked_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (PslDetailSheet) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = psl_parts_check_finish (PSL_REGISTER (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->check);
  if (error != NULL)
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  self->found_in_parts = g_steal_pointer (&found);
  show_problems (self);
}

static void
check_parts (PslDetailSheet         *self,
             PslRegister            *reg,
             PslRecord              *record,
             const PslSettingValues *settings)
{
  stop_check (self);
  if (self->tables->len == 0 || psl_record_get_rid (record) == 0)
    return;

  self->check = g_cancellable_new ();
  psl_parts_check_async (reg, record, settings, self->check, parts_checked_cb, g_object_ref (self));
}

/* Whether nothing has been entered yet: an empty form is no mistake. */
static gboolean
is_blank (PslDetailSheet *self)
{
  for (guint i = 0; i < self->editors->len; i++)
    {
      if (psl_editor_get_value (self->editors->pdata[i]) != NULL)
        return FALSE;
    }

  return TRUE;
}

/* A table of parts scrolls by itself. */
static GtkWidget *
find_scroller_around (GtkWidget *focus)
{
  GtkWidget *grid = gtk_widget_get_ancestor (focus, PSL_TYPE_PARTS_GRID);

  return grid != NULL ? gtk_widget_get_parent (grid) : NULL;
}

/* What is to be seen of what has the focus: the field with its label and its frame,
 * unless it is so high that it would make the page jump. */
static GtkWidget *
find_field_around (PslDetailSheet *self,
                   GtkWidget      *focus)
{
  GtkWidget *frame = gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR_FRAME);
  GtkWidget *scroller = find_scroller_around (focus);

  if (scroller != NULL && gtk_widget_get_height (scroller) <= gtk_widget_get_height (GTK_WIDGET (self->viewport)))
    return scroller;

  return frame != NULL && 4 * gtk_widget_get_height (frame) <= gtk_widget_get_height (GTK_WIDGET (self->viewport))
         ? frame : focus;
}

/* Brings what has the focus into view. Of a text that is higher than the page that
 * is the line of the cursor: its first line would be a jump for whoever clicked. */
static void
show_focus (PslDetailSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->viewport)) ||
      gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self)))
    return;

  if (PSL_IS_TEXT_VIEW (focus))
    psl_text_view_show_cursor (PSL_TEXT_VIEW (focus));
  else
    gtk_viewport_scroll_to (self->viewport, find_field_around (self, focus), NULL);
}

/* Where a widget stands on the page, from the page's top. */
static double
get_top (PslDetailSheet *self,
         GtkWidget      *widget)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, GTK_WIDGET (self->box), &bounds) ? bounds.origin.y : 0;
}

/* Notes what has the focus, if that is on the page. */
static void
drop_anchor (PslDetailSheet *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->box)))
    focus = NULL;
  if (focus != NULL && find_scroller_around (focus) != NULL)
    focus = find_scroller_around (focus);
  g_set_weak_pointer (&self->anchor, focus);
  if (focus != NULL)
    self->anchor_top = get_top (self, focus);
}

/* After each layout: a message that comes or goes above what has the focus must not
 * move that, under the eyes of whoever types or the pointer of whoever clicks. */
static void
layout_cb (PslDetailSheet *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->window);
  gint64 frame = gdk_frame_clock_get_frame_counter (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
  double top;

  /* Once a frame: scrolling asks for another layout. */
  if (self->anchor == NULL || !gtk_widget_get_mapped (self->anchor) || self->anchor_frame == frame)
    return;

  top = get_top (self, self->anchor);
  if (top == self->anchor_top)
    return;

  self->anchor_frame = frame;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top - self->anchor_top);
  self->anchor_top = top;
  /* Setting the value ends the scrolling that is under way. */
  if (g_get_monotonic_time () - self->focused_at < SCROLLING)
    show_focus (self);
}

static void
add_inverse_lists (PslDetailSheet *self,
                   GtkWidget      *box)
{
  for (guint i = 0; i < self->inverse_lists->len; i++)
    gtk_box_append (GTK_BOX (box), self->inverse_lists->pdata[i]);
}

/* What leads to the record stands below the first group, which is short, beside the second. */
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
add_groups (PslDetailSheet *self)
{
  GtkWidget *columns = NULL;

  for (const PslFieldGroup *group = self->kind->groups; group->name != NULL; group++)
    {
      GtkWidget *widget;

      if (psl_detail_group_is_empty (self->kind, group))
        continue;

      widget = psl_detail_group_new (self->kind, group, self->languages, self->editors, self->tables);
      g_signal_connect (widget, "text-view-chosen", G_CALLBACK (text_view_chosen_cb), self);
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
  g_signal_connect (self->owner_link, "open-record", G_CALLBACK (open_record_cb), self);
  gtk_box_append (self->box, GTK_WIDGET (self->owner_link));
}

static void
build (PslDetailSheet *self)
{
  GtkWidget *head = psl_detail_head_new (self->kind, self->languages, self->editors);

  if (psl_kind_is_part (self->kind))
    add_owner_link (self);
  self->head = PSL_DETAIL_HEAD (head);
  g_signal_connect (head, "problem-activated", G_CALLBACK (problem_activated_cb), self);
  gtk_box_append (self->box, head);
  self->inverse_lists = psl_inverse_list_new_for_kind (self->kind);
  for (guint i = 0; i < self->inverse_lists->len; i++)
    g_signal_connect (self->inverse_lists->pdata[i], "open-record", G_CALLBACK (open_record_cb), self);
  add_groups (self);

  for (guint i = 0; i < self->editors->len; i++)
    {
      g_signal_connect (self->editors->pdata[i], "committed", G_CALLBACK (committed_cb), self);
      g_signal_connect (self->editors->pdata[i], "open-record", G_CALLBACK (open_record_cb), self);
      g_signal_connect_swapped (self->editors->pdata[i], "notify::error", G_CALLBACK (show_problems), self);
    }
  for (guint i = 0; i < self->tables->len; i++)
    {
      g_signal_connect (self->tables->pdata[i], "open-record", G_CALLBACK (open_record_cb), self);
      g_signal_connect (self->tables->pdata[i], "made", G_CALLBACK (made_cb), self);
      g_signal_connect (self->tables->pdata[i], "failed", G_CALLBACK (failed_cb), self);
      g_signal_connect (self->tables->pdata[i], "told", G_CALLBACK (told_cb), self);
    }
}

static gboolean
problems_idle_cb (gpointer data)
{
  PslDetailSheet *self = data;

  self->problems_idle = 0;
  show_problems (self);
  return G_SOURCE_REMOVE;
}

static void
focus_moved_cb (PslDetailSheet *self)
{
  self->focused_at = g_get_monotonic_time ();
  show_focus (self);
  drop_anchor (self);
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
psl_detail_sheet_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (psl_detail_sheet_parent_class)->root (widget);

  g_signal_connect_swapped (gtk_widget_get_root (widget), "notify::focus-widget", G_CALLBACK (focus_moved_cb), widget);
}

static void
psl_detail_sheet_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), focus_moved_cb, widget);

  GTK_WIDGET_CLASS (psl_detail_sheet_parent_class)->unroot (widget);
}

static void
psl_detail_sheet_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (psl_detail_sheet_parent_class)->realize (widget);

  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "layout", G_CALLBACK (layout_cb), widget,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
psl_detail_sheet_unrealize (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (widget), layout_cb, widget);

  GTK_WIDGET_CLASS (psl_detail_sheet_parent_class)->unrealize (widget);
}

static void
psl_detail_sheet_dispose (GObject *object)
{
  g_clear_weak_pointer (&PSL_DETAIL_SHEET (object)->anchor);
  g_clear_handle_id (&PSL_DETAIL_SHEET (object)->problems_idle, g_source_remove);
  stop_check (PSL_DETAIL_SHEET (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_DETAIL_SHEET);

  G_OBJECT_CLASS (psl_detail_sheet_parent_class)->dispose (object);
}

static void
psl_detail_sheet_finalize (GObject *object)
{
  PslDetailSheet *self = PSL_DETAIL_SHEET (object);

  g_free (self->id);
  g_free (self->languages);
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  g_ptr_array_unref (self->editors);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->inverse_lists, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->said, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_detail_sheet_parent_class)->finalize (object);
}

static void
psl_detail_sheet_class_init (PslDetailSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_detail_sheet_dispose;
  object_class->finalize = psl_detail_sheet_finalize;
  widget_class->realize = psl_detail_sheet_realize;
  widget_class->unrealize = psl_detail_sheet_unrealize;
  widget_class->root = psl_detail_sheet_root;
  widget_class->unroot = psl_detail_sheet_unroot;
  widget_class->measure = psl_detail_sheet_measure;
  widget_class->size_allocate = psl_detail_sheet_size_allocate;

  signals[COMMITTED] = g_signal_new ("committed", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_EDITOR, G_TYPE_STRING);
  signals[OPEN_RECORD] = g_signal_new ("open-record", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[TEXT_VIEW_CHOSEN] = g_signal_new ("text-view-chosen", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[MADE] = g_signal_new ("made", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 2, PSL_TYPE_RECORD, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", PSL_TYPE_DETAIL_SHEET, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
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
  self->editors = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  self->tables = g_ptr_array_new ();
  self->columns = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * psl_detail_sheet_new:
 * @kind: a kind
 * @languages: the languages of texts, that of records first; see
 *   psl_text_languages_list_for()
 *
 * Returns: (transfer floating): a page for records of @kind
 */
GtkWidget *
psl_detail_sheet_new (const PslKind      *kind,
                      const char *const  *languages)
{
  PslDetailSheet *self = g_object_new (PSL_TYPE_DETAIL_SHEET, NULL);

  self->kind = kind;
  self->languages = g_memdup2 (languages, (g_strv_length ((GStrv) languages) + 1) * sizeof *languages);
  build (self);
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
 * its place; what is to get the focus in one that comes onto the page has to be there before.
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
    if (has_error (self->editors->pdata[i]))
      return self->editors->pdata[i];

  return NULL;
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
      g_clear_pointer (&self->said, g_ptr_array_unref);
      g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
    }
}

/**
 * psl_detail_sheet_unbind:
 * @self: a sheet
 *
 * Forgets the record, which is shown no longer, and what is typed in it.
 */
void
psl_detail_sheet_unbind (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  g_clear_pointer (&self->found, g_ptr_array_unref);
  stop_check (self);
  g_clear_pointer (&self->found_in_parts, g_ptr_array_unref);
  for (guint i = 0; i < self->editors->len; i++)
    psl_editor_bind (self->editors->pdata[i], NULL);
  for (guint i = 0; i < self->tables->len; i++)
    psl_parts_table_bind (self->tables->pdata[i], NULL, NULL);
  for (guint i = 0; i < self->inverse_lists->len; i++)
    psl_inverse_list_clear (self->inverse_lists->pdata[i]);
  g_clear_pointer (&self->id, g_free);
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
      count = n > 0 ? psl_remarks_dup_count (n) : NULL;
      psl_editor_frame_set_remarks (PSL_EDITOR_FRAME (editor), count, about);
    }
}

/**
 * psl_detail_sheet_show_facts:
 * @self: a sheet
 * @reg: where the record is
 * @record: the record as it is now
 * @settings: the settings of kinds
 *
 * Shows what follows from the values: the line of facts, and what needs care.
 */
void
psl_detail_sheet_show_facts (PslDetailSheet         *self,
                             PslRegister            *reg,
                             PslRecord              *record,
                             const PslSettingValues *settings)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  psl_detail_head_show (self->head, record);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  if (!is_blank (self))
    self->found = psl_kind_check (self->kind, record, settings);
  show_problems (self);
  check_parts (self, reg, record, settings);
}

/**
 * psl_detail_sheet_show_problems:
 * @self: a sheet
 *
 * Says what is wrong: once, below its field, to which a link at the top leads. Of the
 * field in which the keyboard is nothing new is said before it is left: call this
 * when the keyboard moves. It is done when it has moved, as links may go.
 */
void
psl_detail_sheet_show_problems (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  if (self->problems_idle == 0)
    self->problems_idle = g_idle_add_full (G_PRIORITY_DEFAULT, problems_idle_cb, self, NULL);
}

/**
 * psl_detail_sheet_set_editable:
 * @self: a sheet
 * @editable: whether the record may be changed: it is not in the trash
 *
 * What can't be changed can be read all the same, in the languages that the person
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
 * psl_detail_sheet_scroll_up:
 * @self: a sheet
 *
 * Shows the top of the page, for another record.
 */
void
psl_detail_sheet_scroll_up (PslDetailSheet *self)
{
  g_return_if_fail (PSL_IS_DETAIL_SHEET (self));

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->window), 0);
}

/**
 * psl_detail_sheet_flush:
 * @self: a sheet
 *
 * Commits what is being typed, and says what is wrong with it.
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

  /* Of the field in which the keyboard is, too: nothing more is typed there. */
  g_clear_pointer (&self->said, g_ptr_array_unref);
  show_problems (self);
  return done;
}
