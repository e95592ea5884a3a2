/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-head.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-editors.h"
#include "psl-focus.h"
#include "psl-language.h"
#include "psl-languages.h"

struct _PslDetailHead
{
  GtkBox parent_instance;

  const PslKind *kind;

  GtkWidget *state;
  GtkWidget *facts;
  GtkWidget *facts_line;
  /* The titles and the facts. */
  GtkWidget *fields;
  GtkWidget *problems_line;
  GtkWidget *problems_icon;
  GtkWidget *problems_label;
  AdwWrapBox *problems_box;
  char *state_class;
  GPtrArray *problems;
};

G_DEFINE_FINAL_TYPE (PslDetailHead, psl_detail_head, GTK_TYPE_BOX)

enum
{
  PROBLEM_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
display (PslRecord          *record,
         const PslCodelists *codelists,
         const char         *name)
{
  const PslField *field = psl_kind_find_field (psl_record_get_kind (record), name);
  const char *value = field != NULL ? psl_record_get (record, field, NULL) : NULL;

  return value != NULL ? psl_field_display (field, codelists, value, psl_language_get_interface ()) : NULL;
}

static void
show_state (PslDetailHead      *self,
            PslRecord          *record,
            const PslCodelists *codelists)
{
  const char *field = psl_record_get_kind (record)->head_state;
  g_autofree char *text = field != NULL ? display (record, codelists, field) : NULL;

  if (self->state_class != NULL)
    gtk_widget_remove_css_class (self->state, self->state_class);
  g_clear_pointer (&self->state_class, g_free);

  if (text != NULL)
    {
      self->state_class = g_strdup_printf ("%s-%s", field, psl_record_get_by_name (record, field));
      gtk_widget_add_css_class (self->state, self->state_class);
    }
  gtk_label_set_label (GTK_LABEL (self->state), text != NULL ? text : "");
  gtk_widget_set_visible (self->state, text != NULL);
}

static void
show_facts (PslDetailHead      *self,
            PslRecord          *record,
            const PslCodelists *codelists)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *years = psl_record_dup_years (record);
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;

  if (years != NULL && *years != '\0')
    g_strv_builder_add (builder, years);
  for (const char *const *field = psl_record_get_kind (record)->head_facts; *field != NULL; field++)
    {
      char *fact = display (record, codelists, *field);

      if (fact != NULL)
        g_strv_builder_take (builder, fact);
    }

  parts = g_strv_builder_end (builder);
  /* A line that is broken ends with the dot. */
  text = g_strjoinv ("\u00a0· ", parts);
  gtk_label_set_label (GTK_LABEL (self->facts), text);
}

static PslProblem *
get_problem (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "problem");
}

/* @problem belongs to the head. */
static void
set_problem (GtkWidget  *button,
             PslProblem *problem)
{
  g_object_set_data (G_OBJECT (button), "problem", problem);
}

static void
problem_clicked_cb (GtkButton     *button,
                    PslDetailHead *self)
{
  g_signal_emit (self, signals[PROBLEM_ACTIVATED], 0, get_problem (GTK_WIDGET (button)));
}

static GtkWidget *
find_problem_button (GtkWidget     *after,
                     PslProblem    *problem,
                     const char    *name)
{
  for (GtkWidget *button = gtk_widget_get_next_sibling (after); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      PslProblem *shown = get_problem (button);

      if (shown->field == problem->field && g_str_equal (shown->message, problem->message) &&
          g_str_equal (gtk_label_get_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))), name))
        return button;
    }

  return NULL;
}

/* Whether the same is said of two texts in one language. */
static gboolean
is_same (const PslProblem *problem,
         const PslProblem *other)
{
  return problem->language != NULL && g_strcmp0 (problem->language, other->language) == 0 &&
         g_str_equal (problem->message, other->message);
}

static gboolean
is_said_before (GPtrArray *problems,
                guint      nth)
{
  for (guint i = 0; i < nth; i++)
    if (is_same (problems->pdata[i], problems->pdata[nth]))
      return TRUE;
  return FALSE;
}

/* The name of a button: the field that it leads to, “Start”, or all texts with the same
 * problem, “Title, Description (English)”. */
static char *
dup_name (GPtrArray *problems,
          guint      nth)
{
  const PslProblem *problem = problems->pdata[nth];
  g_autoptr (GString) labels = g_string_new (psl_field_get_label (problem->field));

  for (guint i = nth + 1; i < problems->len; i++)
    {
      const PslProblem *other = problems->pdata[i];

      if (is_same (problem, other))
        g_string_append_printf (labels, ", %s", psl_field_get_label (other->field));
    }
  return psl_language_dup_text_label (labels->str, problem->language);
}

static GtkWidget *
new_problem_button (PslDetailHead *self,
                    PslProblem    *problem,
                    const char    *name)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (name);
  /* Translators: what needs care: a field, and what is wrong with it */
  g_autofree char *text = g_strdup_printf (C_("problem", "%s: %s"), name, problem->message);

  /* The message stands below the field that this leads to. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "problem");
  gtk_widget_set_tooltip_text (button, problem->message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (problem_clicked_cb), self, G_CONNECT_DEFAULT);
  return button;
}

static void
add_titles (PslDetailHead      *self,
            const char *const  *languages,
            GPtrArray          *editors)
{
  const PslField *title = psl_kind_get_title (self->kind);

  for (guint i = 0; languages[i] != NULL; i++)
    {
      PslEditor *editor = psl_editor_new (title, languages[i]);

      psl_editor_frame_set_label (PSL_EDITOR_FRAME (editor), i == 0 ? NULL : psl_language_get_name (languages[i]));
      gtk_widget_add_css_class (GTK_WIDGET (editor), i == 0 ? "record-title" : "record-subtitle");
      g_ptr_array_add (editors, editor);
      gtk_box_append (GTK_BOX (self->fields), GTK_WIDGET (editor));
    }
}

static gboolean
focus_first_link (PslDetailHead *self)
{
  return gtk_widget_child_focus (self->problems_line, GTK_DIR_TAB_FORWARD);
}

/* The link that an arrow key leads to from another; %NULL before the first one and after the
 * last one. */
static GtkWidget *
find_next_link (PslDetailHead    *self,
                GtkDirectionType  direction)
{
  GtkWidget *link = gtk_widget_get_focus_child (GTK_WIDGET (self->problems_box));
  GtkWidget *next;

  if (link == NULL)
    return NULL;
  if (direction == GTK_DIR_RIGHT || direction == GTK_DIR_DOWN)
    return gtk_widget_get_next_sibling (link);
  next = gtk_widget_get_prev_sibling (link);
  return next != self->problems_label ? next : NULL;
}

/* Tab stops at the links once, before the titles: after them, and in a different number from
 * record to record, they would be in the way of whoever fills in one field after another. The
 * arrow keys lead from link to link. */
static gboolean
psl_detail_head_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  PslDetailHead *self = PSL_DETAIL_HEAD (widget);
  GtkWidget *child = gtk_widget_get_focus_child (widget);
  GtkWidget *link;

  if (direction == GTK_DIR_TAB_FORWARD)
    return (child == NULL && focus_first_link (self)) || gtk_widget_child_focus (self->fields, direction);
  if (direction == GTK_DIR_TAB_BACKWARD)
    return child != self->problems_line &&
           (gtk_widget_child_focus (self->fields, direction) || focus_first_link (self));

  link = child == self->problems_line ? find_next_link (self, direction) : NULL;
  return link != NULL ? gtk_widget_grab_focus (link)
                      : GTK_WIDGET_CLASS (psl_detail_head_parent_class)->focus (widget, direction);
}

static void
psl_detail_head_finalize (GObject *object)
{
  PslDetailHead *self = PSL_DETAIL_HEAD (object);

  g_free (self->state_class);
  g_clear_pointer (&self->problems, g_ptr_array_unref);

  G_OBJECT_CLASS (psl_detail_head_parent_class)->finalize (object);
}

static void
psl_detail_head_class_init (PslDetailHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_detail_head_finalize;
  GTK_WIDGET_CLASS (klass)->focus = psl_detail_head_focus;

  signals[PROBLEM_ACTIVATED] = g_signal_new ("problem-activated", PSL_TYPE_DETAIL_HEAD, G_SIGNAL_RUN_LAST,
                                             0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
psl_detail_head_init (PslDetailHead *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

/**
 * psl_detail_head_new:
 * @kind: a kind
 * @languages: the languages of the record's texts, the language of records first
 * @editors: (element-type PslEditor): the title's editors are added here
 *
 * Returns: (transfer floating): the top of a page of records of @kind
 */
GtkWidget *
psl_detail_head_new (const PslKind      *kind,
                     const char *const  *languages,
                     GPtrArray          *editors)
{
  PslDetailHead *self = g_object_new (PSL_TYPE_DETAIL_HEAD, NULL);

  self->kind = kind;
  self->fields = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self), self->fields);
  add_titles (self, languages, editors);

  self->facts_line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->facts_line, "facts");
  self->state = gtk_label_new (NULL);
  gtk_widget_set_valign (self->state, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->state, "state");
  gtk_box_append (GTK_BOX (self->facts_line), self->state);
  self->facts = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->facts), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->facts), 0);
  gtk_widget_add_css_class (self->facts, "dimmed");
  gtk_widget_add_css_class (self->facts, "numeric");
  gtk_box_append (GTK_BOX (self->facts_line), self->facts);
  gtk_box_append (GTK_BOX (self->fields), self->facts_line);

  self->problems_line = g_object_new (GTK_TYPE_BOX,
                                      "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                      "spacing", 8,
                                      NULL);
  gtk_widget_add_css_class (self->problems_line, "problems");
  self->problems_icon = gtk_image_new ();
  gtk_widget_set_valign (self->problems_icon, GTK_ALIGN_START);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->problems_icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (self->problems_line), self->problems_icon);
  self->problems_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->problems_label), 0);
  gtk_widget_set_valign (self->problems_label, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->problems_label, "problems-count");
  self->problems_box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->problems_box, 12);
  adw_wrap_box_append (self->problems_box, self->problems_label);
  gtk_widget_set_hexpand (GTK_WIDGET (self->problems_box), TRUE);
  gtk_box_append (GTK_BOX (self->problems_line), GTK_WIDGET (self->problems_box));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->problems_line),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->problems_label, NULL, -1);
  gtk_box_append (GTK_BOX (self), self->problems_line);

  return GTK_WIDGET (self);
}

/**
 * psl_detail_head_show:
 * @self: a head
 * @record: the record
 * @codelists: the lists of its register
 *
 * Writes the line of facts. The titles are editors and bound like the others.
 */
void
psl_detail_head_show (PslDetailHead      *self,
                      PslRecord          *record,
                      const PslCodelists *codelists)
{
  g_return_if_fail (PSL_IS_DETAIL_HEAD (self));
  g_return_if_fail (PSL_IS_RECORD (record));

  show_state (self, record, codelists);
  show_facts (self, record, codelists);
}

/**
 * psl_detail_head_set_problems:
 * @self: a head
 * @problems: (element-type PslProblem): the problems of psl_kind_check()
 *
 * Shows the problems, and a problem of several texts in one language once. The buttons of
 * problems that are there already stay.
 */
void
psl_detail_head_set_problems (PslDetailHead *self,
                              GPtrArray     *problems)
{
  GtkWidget *before;
  GtkWidget *child;
  guint n = 0;
  g_autofree char *text = NULL;

  g_return_if_fail (PSL_IS_DETAIL_HEAD (self));

  before = self->problems_label;
  /* Buttons whose problem is still there are kept, with the focus that they may have. */
  for (guint i = 0; i < problems->len; i++)
    {
      PslProblem *problem = problems->pdata[i];
      g_autofree char *name = dup_name (problems, i);
      GtkWidget *button = find_problem_button (before, problem, name);

      if (is_said_before (problems, i))
        continue;
      if (button == NULL)
        {
          button = new_problem_button (self, problem, name);
          adw_wrap_box_insert_child_after (self->problems_box, button, before);
        }
      else
        adw_wrap_box_reorder_child_after (self->problems_box, button, before);
      set_problem (button, problem);
      before = button;
      n++;
    }
  while ((child = gtk_widget_get_next_sibling (before)) != NULL)
    {
      psl_focus_hand_on (child);
      adw_wrap_box_remove (self->problems_box, child);
    }

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  self->problems = g_ptr_array_ref (problems);
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u point to check", "%u points to check", n), n);
  gtk_label_set_label (GTK_LABEL (self->problems_label), n > 0 ? text : _("Nothing to check"));
  /* The line keeps its place: the page must not jump while somebody types in it. */
  gtk_image_set_from_icon_name (GTK_IMAGE (self->problems_icon),
                                n > 0 ? "dialog-warning-symbolic" : "object-select-symbolic");
  if (n > 0)
    gtk_widget_add_css_class (self->problems_icon, "warning");
  else
    gtk_widget_remove_css_class (self->problems_icon, "warning");
}
