/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "editor-test.h"
#include "psl-chip.h"
#include "psl-editor-list.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-text-view.h"
#include "ui-test.h"

/* The editor of a field of rows. */
static void
open_editor (EditorTest    *fixture,
             const PslKind *kind,
             const char    *field,
             const char    *value)
{
  editor_test_open (fixture, psl_kind_find_field (kind, field), NULL);
  psl_editor_set_value (fixture->editor, value);
}

static void
type (GtkWidget  *entry,
      const char *text)
{
  editor_test_type (GTK_EDITABLE (entry), text);
}

static GPtrArray *
get_items (EditorTest *fixture)
{
  return psl_editor_list_get_items (PSL_EDITOR_LIST (fixture->editor));
}

static PslEditorItem *
get_item (EditorTest *fixture,
          guint       nth)
{
  g_assert_cmpuint (nth, <, get_items (fixture)->len);
  return get_items (fixture)->pdata[nth];
}

/* Of a chip: opens it, and returns the entry of its share. */
static GtkWidget *
open_chip (EditorTest *fixture,
           guint       nth)
{
  GtkWidget *chip = GTK_WIDGET (get_item (fixture, nth));

  g_signal_emit_by_name (psl_test_find (chip, GTK_TYPE_BUTTON), "clicked");
  psl_test_settle ();
  return psl_test_find (chip, GTK_TYPE_ENTRY);
}

static void
close_chip (EditorTest *fixture,
            guint       nth)
{
  gtk_popover_popdown (GTK_POPOVER (psl_test_find (GTK_WIDGET (get_item (fixture, nth)), GTK_TYPE_POPOVER)));
  psl_test_settle ();
}

static PslRecord *
new_record (const PslKind *kind,
            gint64         rid,
            const char    *field,
            const char    *value)
{
  g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-%012" G_GINT64_FORMAT, rid);
  PslRecord *record = psl_record_new (kind, rid, id);

  psl_record_set (record, psl_kind_find_field (kind, field), NULL, value);
  return record;
}

static void
test_chips (void)
{
  EditorTest fixture = { 0 };
  GtkWidget *chip;

  open_editor (&fixture, &psl_kind_project, "beneficiaries",
               "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"40\"}]");
  g_assert_cmpuint (psl_test_count (GTK_WIDGET (fixture.editor), PSL_TYPE_CHIP), ==, 2);

  chip = psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_CHIP);
  g_assert_cmpstr (psl_chip_get_code (PSL_CHIP (chip)), ==, "MD");
  g_signal_emit_by_name (chip, "removed");
  g_assert_cmpstr (fixture.committed, ==, "[{\"country\":\"PL\",\"percentage\":\"40\"}]");
  g_assert_cmpuint (psl_test_count (GTK_WIDGET (fixture.editor), PSL_TYPE_CHIP), ==, 1);

  type (open_chip (&fixture, 0), "60");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_cmpstr (fixture.committed, ==, "[{\"country\":\"PL\",\"percentage\":\"60\"}]");
  psl_test_assert_named (GTK_WIDGET (fixture.editor));

  editor_test_close (&fixture);
}

static void
test_chips_draft (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (PslRecord) first = new_record (&psl_kind_project, 1, "beneficiaries",
                                            "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
  g_autoptr (PslRecord) second = new_record (&psl_kind_project, 2, "beneficiaries", "[{\"country\":\"PL\"}]");
  g_autoptr (GVariant) draft = NULL;
  PslEditorFrame *frame;

  open_editor (&fixture, &psl_kind_project, "beneficiaries", NULL);
  frame = PSL_EDITOR_FRAME (fixture.editor);
  psl_editor_bind (fixture.editor, first);
  type (open_chip (&fixture, 1), "half");
  close_chip (&fixture, 1);

  /* With the popover closed, the chip is marked and the message stands below. */
  g_assert_nonnull (psl_editor_frame_get_error (frame));
  g_assert_nonnull (strstr (psl_editor_frame_get_error (frame), psl_chip_get_name (PSL_CHIP (get_item (&fixture, 1)))));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_item (&fixture, 1)), "invalid"));
  gtk_test_accessible_assert_state (psl_test_find (GTK_WIDGET (get_item (&fixture, 1)), GTK_TYPE_BUTTON),
                                    GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (open_chip (&fixture, 1))), ==, "half");
  close_chip (&fixture, 1);

  /* A change from elsewhere, and a commit of another chip. */
  psl_editor_set_value (fixture.editor, "[{\"country\":\"PL\"},{\"country\":\"MD\"},{\"country\":\"UA\"}]");
  g_assert_nonnull (psl_editor_item_get_error (get_item (&fixture, 0)));
  psl_editor_item_remove (get_item (&fixture, 2));
  g_assert_cmpstr (fixture.committed, ==, "[{\"country\":\"PL\"},{\"country\":\"MD\"}]");
  g_assert_nonnull (psl_editor_frame_get_error (frame));

  /* Another record that has the same country, and back. */
  draft = psl_editor_dup_draft (fixture.editor);
  psl_editor_bind (fixture.editor, second);
  g_assert_null (psl_editor_frame_get_error (frame));
  g_assert_null (psl_editor_item_get_error (get_item (&fixture, 0)));
  psl_editor_bind (fixture.editor, first);
  psl_editor_set_draft (fixture.editor, draft);
  g_assert_nonnull (psl_editor_frame_get_error (frame));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (open_chip (&fixture, 1))), ==, "half");

  type (open_chip (&fixture, 1), "50");
  close_chip (&fixture, 1);
  g_assert_null (psl_editor_frame_get_error (frame));
  g_assert_cmpstr (fixture.committed, ==, "[{\"country\":\"MD\"},{\"country\":\"PL\",\"percentage\":\"50\"}]");

  editor_test_close (&fixture);
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_width (data) > 0;
}

/* Tab goes from chip to chip, the arrow to the cross, which removes the chip and
 * hands the focus on. */
static void
test_chip_remove (void)
{
  EditorTest fixture = { 0 };
  GtkWidget *first, *cross, *second;

  open_editor (&fixture, &psl_kind_office, "countries", "[{\"country\":\"MD\"},{\"country\":\"PL\"}]");
  first = GTK_WIDGET (get_item (&fixture, 0));
  second = GTK_WIDGET (get_item (&fixture, 1));
  cross = gtk_widget_get_last_child (first);

  psl_test_wait (is_laid_out, cross);
  gtk_widget_grab_focus (first);
  gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_has_focus (gtk_widget_get_first_child (second)));
  gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_TAB_BACKWARD);
  g_assert_true (gtk_widget_has_focus (gtk_widget_get_first_child (first)));
  gtk_widget_child_focus (GTK_WIDGET (fixture.window), GTK_DIR_RIGHT);
  g_assert_true (gtk_widget_has_focus (cross));
  gtk_test_accessible_assert_property (cross, GTK_ACCESSIBLE_PROPERTY_LABEL, "Remove “Republic of Moldova”");

  g_signal_emit_by_name (cross, "clicked");
  g_assert_cmpstr (fixture.committed, ==, "[{\"country\":\"PL\"}]");
  g_assert_true (gtk_widget_has_focus (gtk_widget_get_first_child (second)));

  editor_test_close (&fixture);
}

static gboolean
is_entered (EditorTest *fixture,
            guint       nth)
{
  return psl_focus_is_in (GTK_WIDGET (get_item (fixture, nth)));
}

/* Tab goes into the first entry, through all, and to the button that adds one. */
static void
test_tab (void)
{
  static const struct
  {
    const char *field;
    const char *value;
  } cases[] = {
    { "sdg", "[{\"sdg\":\"10\"},{\"sdg\":\"5\"}]" },
    { "beneficiaries", "[{\"country\":\"MD\"},{\"country\":\"PL\"}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EditorTest fixture = { 0 };
      GtkWidget *button;
      guint stops = 0;

      open_editor (&fixture, &psl_kind_project, cases[i].field, cases[i].value);
      button = psl_editor_frame_get_target (PSL_EDITOR_FRAME (fixture.editor));
      psl_test_wait (is_laid_out, get_item (&fixture, 1));
      gtk_widget_child_focus (GTK_WIDGET (fixture.editor), GTK_DIR_TAB_FORWARD);
      g_assert_true (is_entered (&fixture, 0));
      while (!is_entered (&fixture, 1))
        {
          g_assert_true (is_entered (&fixture, 0));
          g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture.editor), GTK_DIR_TAB_FORWARD));
        }
      while (is_entered (&fixture, 1))
        g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture.editor), GTK_DIR_TAB_FORWARD));
      g_assert_true (gtk_widget_has_focus (button));
      g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture.editor), GTK_DIR_TAB_FORWARD));

      while (gtk_widget_child_focus (GTK_WIDGET (fixture.editor), GTK_DIR_TAB_BACKWARD))
        g_assert_cmpuint (++stops, <, 20);
      g_assert_true (is_entered (&fixture, 0));
      editor_test_close (&fixture);
    }
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/editor-list/chips", test_chips);
  g_test_add_func ("/editor-list/chips/draft", test_chips_draft);
  g_test_add_func ("/editor-list/chips/remove", test_chip_remove);
  g_test_add_func ("/editor-list/tab", test_tab);

  return g_test_run ();
}
