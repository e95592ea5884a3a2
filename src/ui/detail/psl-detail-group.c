/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-detail-group.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "psl-editors.h"
#include "psl-focus.h"
#include "psl-language.h"
#include "psl-parts-table.h"
#include "psl-text-language.h"

struct _PslDetailGroup
{
  GtkBox parent_instance;

  const PslKind *kind;
  const PslFieldGroup *group;
  /* The languages of the record's texts, first the ones that stand side by side. */
  const char *const *languages;
  guint n_side_by_side;
  GPtrArray *editors;
  GPtrArray *tables;

  GtkWidget *heading;
  /* On a wide page, and on a narrow one, where there is room for one language. */
  AdwToggleGroup *wide_toggles;
  AdwToggleGroup *narrow_toggles;

  /* Boxes of editors, beside each other where there is room. */
  GPtrArray *pairs;
  /* The boxes of long texts among them, a language each, which the toggles choose. */
  GPtrArray *texts;

  gboolean wide;
  gboolean updating;
  char *view;
  char *narrow_view;

  /* While building: the card that short values go to, and the pair that has a
   * place left. */
  GtkWidget *card;
  GtkWidget *open_pair;
};

G_DEFINE_FINAL_TYPE (PslDetailGroup, psl_detail_group, GTK_TYPE_BOX)

enum
{
  TEXT_VIEW_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_in_group (const PslKind       *kind,
             const PslFieldGroup *group,
             const PslField      *field)
{
  return field != psl_kind_get_title (kind) && g_strcmp0 (field->group, group->name) == 0;
}

/* Whether it stands in the page's whole width, rather than in a row of a card. */
static gboolean
is_block (const PslField *field)
{
  return field->type == PSL_FIELD_TYPE_ROWS || field->type == PSL_FIELD_TYPE_PARTS ||
         (field->type == PSL_FIELD_TYPE_LONG_TEXT && (field->flags & PSL_FIELD_MULTILINGUAL) != 0);
}

/* Shows one of two widgets that stand for each other, and gives it the focus of
 * the other. */
static void
show_instead (GtkWidget *shown,
              GtkWidget *hidden)
{
  gtk_widget_set_visible (shown, TRUE);
  if (psl_focus_is_in (hidden))
    gtk_widget_child_focus (shown, GTK_DIR_TAB_FORWARD);
  gtk_widget_set_visible (hidden, FALSE);
}

static void
update_toggles (PslDetailGroup *self)
{
  GtkWidget *wide = GTK_WIDGET (self->wide_toggles);
  GtkWidget *narrow = GTK_WIDGET (self->narrow_toggles);

  self->updating = TRUE;
  show_instead (self->wide ? wide : narrow, self->wide ? narrow : wide);
  adw_toggle_group_set_active_name (self->wide_toggles, self->view);
  adw_toggle_group_set_active_name (self->narrow_toggles, self->narrow_view);
  self->updating = FALSE;
}

static GtkWidget *
find_text (GtkWidget  *box,
           const char *language)
{
  GtkWidget *text = gtk_widget_get_first_child (box);

  while (text != NULL && g_strcmp0 (psl_editor_get_language (PSL_EDITOR (text)), language) != 0)
    text = gtk_widget_get_next_sibling (text);
  return text;
}

/* Shows all texts of a box, or only that in @language. */
static void
show_texts (GtkWidget  *box,
            const char *language)
{
  GtkWidget *chosen = language != NULL ? find_text (box, language) : NULL;

  for (GtkWidget *text = gtk_widget_get_first_child (box); text != NULL; text = gtk_widget_get_next_sibling (text))
    if (chosen == NULL)
      gtk_widget_set_visible (text, TRUE);
    else if (text != chosen)
      show_instead (chosen, text);
}

static void
update_texts (PslDetailGroup *self)
{
  gboolean both = self->wide && g_strcmp0 (self->view, PSL_TEXT_VIEW_BOTH) == 0;
  const char *language = self->wide ? self->view : self->narrow_view;

  if (self->wide_toggles == NULL)
    return;

  update_toggles (self);
  for (guint i = 0; i < self->texts->len; i++)
    show_texts (self->texts->pdata[i], both ? NULL : language);
}

static void
toggled_cb (AdwToggleGroup *toggles,
            GParamSpec     *pspec,
            PslDetailGroup *self)
{
  const char *view = adw_toggle_group_get_active_name (toggles);

  if (self->updating || view == NULL)
    return;

  /* A choice where there is room for one language only is no wish for wide pages. */
  g_signal_emit (self, signals[TEXT_VIEW_CHOSEN], 0, view, toggles == self->wide_toggles);
}

static PslEditor *
new_editor (PslDetailGroup *self,
            const PslField *field,
            const char     *language)
{
  PslEditor *editor = psl_editor_new (field, language);

  psl_editor_set_records_language (editor, self->languages[0]);
  g_ptr_array_add (self->editors, editor);
  return editor;
}

static GtkWidget *
new_pair (PslDetailGroup *self)
{
  GtkWidget *pair = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (pair, "pair");
  g_ptr_array_add (self->pairs, pair);
  return pair;
}

/* Adds a row to the card. In a group of the whole width, two share a line. */
static void
add_row (PslDetailGroup *self,
         PslEditor      *editor)
{
  if (self->card == NULL)
    {
      self->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_widget_add_css_class (self->card, "card");
      gtk_widget_add_css_class (self->card, "sheet");
      gtk_box_append (GTK_BOX (self), self->card);
      self->open_pair = NULL;
    }

  if (psl_detail_group_is_narrow (self->kind, self->group))
    {
      gtk_box_append (GTK_BOX (self->card), GTK_WIDGET (editor));
      return;
    }

  if (self->open_pair != NULL)
    {
      gtk_box_append (GTK_BOX (self->open_pair), GTK_WIDGET (editor));
      self->open_pair = NULL;
      return;
    }

  self->open_pair = new_pair (self);
  gtk_box_append (GTK_BOX (self->card), self->open_pair);
  gtk_box_append (GTK_BOX (self->open_pair), GTK_WIDGET (editor));
}

static void
add_rows (PslDetailGroup *self,
          const PslField *field)
{
  if ((field->flags & PSL_FIELD_MULTILINGUAL) == 0)
    {
      add_row (self, new_editor (self, field, NULL));
      return;
    }

  for (guint i = 0; self->languages[i] != NULL; i++)
    {
      PslEditor *editor = new_editor (self, field, self->languages[i]);

      psl_editor_frame_set_label (PSL_EDITOR_FRAME (editor), psl_editor_frame_get_name (PSL_EDITOR_FRAME (editor)));
      add_row (self, editor);
    }
}

/* A field that is the whole of its group is named by the group's heading. */
static gboolean
is_alone (PslDetailGroup *self,
          const PslField *field)
{
  for (const PslField *other = self->kind->fields; other->name != NULL; other++)
    if (other != field && is_in_group (self->kind, self->group, other))
      return FALSE;

  return TRUE;
}

static void
add_subheading (PslDetailGroup *self,
                const PslField *field)
{
  GtkWidget *label;

  if (is_alone (self, field) ||
      g_str_equal (psl_field_get_label (field), psl_field_group_get_label (self->group)))
    return;

  label = gtk_label_new (psl_field_get_label (field));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "subheading");
  gtk_box_append (GTK_BOX (self), label);
}

static void
add_toggle (AdwToggleGroup *toggles,
            const char     *name,
            const char     *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (toggles, toggle);
}

static AdwToggleGroup *
add_toggles (PslDetailGroup *self,
             gboolean        with_both)
{
  GtkWidget *toggles = adw_toggle_group_new ();

  if (with_both)
    add_toggle (ADW_TOGGLE_GROUP (toggles), PSL_TEXT_VIEW_BOTH, _("Side by Side"));
  for (guint i = 0; i < self->n_side_by_side; i++)
    add_toggle (ADW_TOGGLE_GROUP (toggles), self->languages[i], psl_language_get_name (self->languages[i]));
  adw_toggle_group_set_can_shrink (ADW_TOGGLE_GROUP (toggles), self->n_side_by_side > 2);

  gtk_widget_add_css_class (toggles, "text-view");
  gtk_widget_set_halign (toggles, GTK_ALIGN_END);
  gtk_widget_set_valign (toggles, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (toggles), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Languages of texts"), -1);
  g_signal_connect_object (toggles, "notify::active-name", G_CALLBACK (toggled_cb), self, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (self->heading), toggles);
  return ADW_TOGGLE_GROUP (toggles);
}

static void
add_text (PslDetailGroup *self,
          GtkWidget      *box,
          const PslField *field,
          const char     *language)
{
  PslEditor *editor = new_editor (self, field, language);

  psl_editor_frame_set_label (PSL_EDITOR_FRAME (editor), psl_language_get_name (language));
  gtk_widget_add_css_class (GTK_WIDGET (editor), "card");
  gtk_widget_add_css_class (GTK_WIDGET (editor), "text");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (editor));
}

/* The texts of the register's languages stand side by side, and the record's others below. */
static void
add_texts (PslDetailGroup *self,
           const PslField *field)
{
  GtkWidget *pair = new_pair (self);
  GtkWidget *others;

  if (self->wide_toggles == NULL)
    {
      self->wide_toggles = add_toggles (self, TRUE);
      self->narrow_toggles = add_toggles (self, FALSE);
    }

  add_subheading (self, field);
  gtk_widget_remove_css_class (pair, "pair");
  gtk_box_set_spacing (GTK_BOX (pair), 12);
  gtk_box_append (GTK_BOX (self), pair);
  g_ptr_array_add (self->texts, pair);
  for (guint i = 0; i < self->n_side_by_side; i++)
    add_text (self, pair, field, self->languages[i]);
  if (self->languages[self->n_side_by_side] == NULL)
    return;

  others = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (others, "other-texts");
  gtk_box_append (GTK_BOX (self), others);
  for (guint i = self->n_side_by_side; self->languages[i] != NULL; i++)
    add_text (self, others, field, self->languages[i]);
}

static void
add_parts (PslDetailGroup     *self,
           const PslCodelists *codelists,
           const PslField     *field)
{
  GtkWidget *table = psl_parts_table_new (field, codelists, self->languages[0]);

  add_subheading (self, field);
  g_ptr_array_add (self->tables, table);
  gtk_box_append (GTK_BOX (self), table);
}

static void
add_block (PslDetailGroup     *self,
           const PslCodelists *codelists,
           const PslField     *field)
{
  self->card = NULL;
  if (field->type == PSL_FIELD_TYPE_PARTS)
    {
      add_parts (self, codelists, field);
      return;
    }
  if (field->type == PSL_FIELD_TYPE_ROWS)
    {
      PslEditor *editor = new_editor (self, field, NULL);

      add_subheading (self, field);
      psl_editor_frame_set_label (PSL_EDITOR_FRAME (editor), NULL);
      gtk_widget_add_css_class (GTK_WIDGET (editor), "block");
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (editor));
      return;
    }

  add_texts (self, field);
}

/* The register's languages come before the record's others. */
static guint
count_side_by_side (const PslCodelists *codelists,
                    const char *const  *languages)
{
  g_autofree const char **own = psl_text_languages_list (codelists);
  guint n = 0;

  while (languages[n] != NULL && g_strv_contains (own, languages[n]))
    n++;
  return n;
}

/* The language that was chosen may have left the register since. */
static gboolean
is_view (PslDetailGroup *self,
         const char     *view)
{
  gboolean is_language = FALSE;

  for (guint i = 0; i < self->n_side_by_side; i++)
    is_language = is_language || g_str_equal (self->languages[i], view);
  return is_language || g_str_equal (view, PSL_TEXT_VIEW_BOTH);
}

static void
psl_detail_group_finalize (GObject *object)
{
  PslDetailGroup *self = PSL_DETAIL_GROUP (object);

  g_ptr_array_unref (self->pairs);
  g_ptr_array_unref (self->texts);
  g_clear_pointer (&self->editors, g_ptr_array_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_free (self->view);
  g_free (self->narrow_view);

  G_OBJECT_CLASS (psl_detail_group_parent_class)->finalize (object);
}

static void
psl_detail_group_class_init (PslDetailGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = psl_detail_group_finalize;

  signals[TEXT_VIEW_CHOSEN] = g_signal_new ("text-view-chosen", PSL_TYPE_DETAIL_GROUP, G_SIGNAL_RUN_LAST,
                                            0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
}

static void
psl_detail_group_init (PslDetailGroup *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "detail-group");
  self->pairs = g_ptr_array_new ();
  self->texts = g_ptr_array_new ();
  self->view = g_strdup (PSL_TEXT_VIEW_BOTH);
}

/**
 * psl_detail_group_new:
 * @kind: a kind
 * @group: one of its groups
 * @codelists: the lists of the register whose records are shown
 * @languages: the languages of the record's texts, the language of records first; see
 *   psl_text_languages_list_for(). They have to outlive the group
 * @editors: (element-type PslEditor): the group's editors are added here, in
 *   their order
 * @tables: (element-type PslPartsTable): and its tables of parts here
 *
 * Returns: (transfer floating): the group
 */
GtkWidget *
psl_detail_group_new (const PslKind       *kind,
                      const PslFieldGroup *group,
                      const PslCodelists  *codelists,
                      const char *const   *languages,
                      GPtrArray           *editors,
                      GPtrArray           *tables)
{
  PslDetailGroup *self = g_object_new (PSL_TYPE_DETAIL_GROUP, NULL);
  GtkWidget *label = gtk_label_new (psl_field_group_get_label (group));

  self->kind = kind;
  self->group = group;
  self->languages = languages;
  self->n_side_by_side = count_side_by_side (codelists, languages);
  self->editors = g_ptr_array_ref (editors);
  self->tables = g_ptr_array_ref (tables);
  self->narrow_view = g_strdup (languages[0]);

  self->heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_add_css_class (self->heading, "group-heading");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (self->heading), label);
  gtk_box_append (GTK_BOX (self), self->heading);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (!is_in_group (kind, group, field))
        continue;
      if (is_block (field))
        add_block (self, codelists, field);
      else
        add_rows (self, field);
    }

  update_texts (self);
  return GTK_WIDGET (self);
}

/**
 * psl_detail_group_is_narrow:
 * @kind: a kind
 * @group: one of its groups
 *
 * Returns: whether it is short values only, which half a page has room for
 */
gboolean
psl_detail_group_is_narrow (const PslKind       *kind,
                            const PslFieldGroup *group)
{
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (is_in_group (kind, group, field) && is_block (field))
      return FALSE;

  return TRUE;
}

/**
 * psl_detail_group_is_empty:
 * @kind: a kind
 * @group: one of its groups
 *
 * Returns: whether nothing is left of it, the title standing above the page
 */
gboolean
psl_detail_group_is_empty (const PslKind       *kind,
                           const PslFieldGroup *group)
{
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    if (is_in_group (kind, group, field))
      return FALSE;

  return TRUE;
}

/**
 * psl_detail_group_set_wide:
 * @self: a group
 * @wide: whether there is room for two columns
 */
void
psl_detail_group_set_wide (PslDetailGroup *self,
                           gboolean        wide)
{
  g_return_if_fail (PSL_IS_DETAIL_GROUP (self));

  self->wide = wide;
  for (guint i = 0; i < self->pairs->len; i++)
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->pairs->pdata[i]),
                                      wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
      gtk_box_set_homogeneous (GTK_BOX (self->pairs->pdata[i]), wide);
    }
  update_texts (self);
}

/**
 * psl_detail_group_set_text_view:
 * @self: a group
 * @wide: %PSL_TEXT_VIEW_BOTH or a language: which long texts are shown on a wide
 *   page
 * @narrow: a language, for a narrow page; "" for the language of records
 */
void
psl_detail_group_set_text_view (PslDetailGroup *self,
                                const char     *wide,
                                const char     *narrow)
{
  g_return_if_fail (PSL_IS_DETAIL_GROUP (self));

  g_set_str (&self->view, is_view (self, wide) ? wide : PSL_TEXT_VIEW_BOTH);
  g_set_str (&self->narrow_view, is_view (self, narrow) && !g_str_equal (narrow, PSL_TEXT_VIEW_BOTH)
                                 ? narrow : self->languages[0]);
  update_texts (self);
}
