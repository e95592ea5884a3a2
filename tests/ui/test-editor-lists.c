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
#include "psl-row-box.h"
#include "psl-text-view.h"
#include "ui-test.h"

#define TWO_NAMES "[{\"name\":\"Leningrad\",\"valid_to\":\"1991\"},{\"name\":\"Petrograd\"}]"

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
          guint    nth)
{
  g_assert_cmpuint (nth, <, get_items (fixture)->len);
  return get_items (fixture)->pdata[nth];
}

static void
assert_first (EditorTest    *fixture,
              guint       nth,
              const char *value)
{
  g_assert_cmpstr (psl_editor_item_get_row (get_item (fixture, nth))[0], ==, value);
}

/* Of a former name: what stands in its “Valid from”. */
static GtkWidget *
get_date (EditorTest *fixture,
          guint    nth)
{
  return psl_test_find (GTK_WIDGET (get_item (fixture, nth)), GTK_TYPE_ENTRY);
}

static void
assert_wrong (EditorTest    *fixture,
              guint       nth,
              const char *text)
{
  g_assert_nonnull (psl_editor_item_get_error (get_item (fixture, nth)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_date (fixture, nth))), ==, text);
}

/* Of a chip: opens it, and returns the entry of its share. */
static GtkWidget *
open_chip (EditorTest *fixture,
           guint    nth)
{
  GtkWidget *chip = GTK_WIDGET (get_item (fixture, nth));

  g_signal_emit_by_name (psl_test_find (chip, GTK_TYPE_BUTTON), "clicked");
  psl_test_settle ();
  return psl_test_find (chip, GTK_TYPE_ENTRY);
}

static void
close_chip (EditorTest *fixture,
            guint    nth)
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
test_rows (void)
{
  EditorTest fixture = { 0 };
  GtkWidget *box;
  GtkWidget *view;

  open_editor (&fixture, &psl_kind_office, "former_names", TWO_NAMES);
  g_assert_cmpuint (psl_test_count (GTK_WIDGET (fixture.editor), PSL_TYPE_ROW_BOX), ==, 2);

  box = psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_ROW_BOX);
  g_signal_emit_by_name (box, "moved", 1);
  g_assert_cmpstr (fixture.committed, ==, "[{\"name\":\"Petrograd\"},{\"name\":\"Leningrad\",\"valid_to\":\"1991\"}]");

  box = psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_ROW_BOX);
  view = psl_test_find (box, PSL_TYPE_TEXT_VIEW);
  gtk_widget_grab_focus (view);
  psl_text_view_set_text (PSL_TEXT_VIEW (view), "Saint Petersburg");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_cmpstr (fixture.committed, ==,
                   "[{\"name\":\"Saint Petersburg\"},{\"name\":\"Leningrad\",\"valid_to\":\"1991\"}]");

  box = psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_ROW_BOX);
  g_signal_emit_by_name (box, "removed");
  g_assert_cmpstr (fixture.committed, ==, "[{\"name\":\"Leningrad\",\"valid_to\":\"1991\"}]");
  psl_test_assert_named (GTK_WIDGET (fixture.editor));

  editor_test_close (&fixture);
}

/* An entry that was added is not there until something is typed in it, and goes
 * with the focus. */
static void
test_add (void)
{
  EditorTest fixture = { 0 };

  open_editor (&fixture, &psl_kind_office, "former_names", TWO_NAMES);
  g_signal_emit_by_name (psl_editor_frame_get_target (PSL_EDITOR_FRAME (fixture.editor)), "clicked");
  g_assert_cmpuint (get_items (&fixture)->len, ==, 3);
  g_assert_cmpuint (fixture.commits, ==, 0);

  /* A change from elsewhere leaves it where it is. */
  psl_editor_set_value (fixture.editor, "[{\"name\":\"Petrograd\"}]");
  g_assert_cmpuint (get_items (&fixture)->len, ==, 2);
  assert_first (&fixture, 0, "Petrograd");
  assert_first (&fixture, 1, NULL);

  gtk_widget_grab_focus (fixture.other);
  psl_test_settle ();
  g_assert_cmpuint (get_items (&fixture)->len, ==, 1);
  g_assert_cmpuint (fixture.commits, ==, 0);

  editor_test_close (&fixture);
}

static void
test_rows_draft (void)
{
  EditorTest fixture = { 0 };

  open_editor (&fixture, &psl_kind_office, "former_names", TWO_NAMES);
  gtk_widget_grab_focus (get_date (&fixture, 1));
  type (get_date (&fixture, 1), "soon");
  g_assert_false (psl_editor_flush (fixture.editor));
  assert_wrong (&fixture, 1, "soon");

  /* A row before it, another cell of its own row, another order. */
  psl_editor_set_value (fixture.editor,
                        "[{\"name\":\"Nyen\"},{\"name\":\"Leningrad\"},{\"name\":\"Petrograd\"}]");
  assert_wrong (&fixture, 2, "soon");
  psl_editor_set_value (fixture.editor,
                        "[{\"name\":\"Petrograd\",\"valid_to\":\"1924\"},{\"name\":\"Leningrad\"}]");
  assert_wrong (&fixture, 0, "soon");
  g_assert_true (gtk_widget_has_focus (gtk_widget_get_first_child (get_date (&fixture, 0))));
  g_assert_null (psl_editor_item_get_error (get_item (&fixture, 1)));

  /* Its name: as many rows as before, one of which is another. */
  psl_editor_set_value (fixture.editor,
                        "[{\"name\":\"St. Petersburg\",\"valid_to\":\"1924\"},{\"name\":\"Leningrad\"}]");
  assert_wrong (&fixture, 0, "soon");
  assert_first (&fixture, 0, "St. Petersburg");

  /* Its row is removed: what was typed is all that is left of it. */
  psl_editor_set_value (fixture.editor, "[{\"name\":\"Leningrad\"}]");
  g_assert_cmpuint (get_items (&fixture)->len, ==, 2);
  assert_first (&fixture, 0, NULL);
  assert_wrong (&fixture, 0, "soon");
  g_assert_cmpuint (fixture.commits, ==, 0);

  type (get_date (&fixture, 0), "1914");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_cmpstr (fixture.committed, ==, "[{\"valid_from\":\"1914\"},{\"name\":\"Leningrad\"}]");

  editor_test_close (&fixture);
}

static void
test_rows_other_record (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (PslRecord) first = new_record (&psl_kind_office, 1, "former_names", TWO_NAMES);
  g_autoptr (PslRecord) second = new_record (&psl_kind_office, 2, "former_names", "[{\"name\":\"Christiania\"}]");
  g_autoptr (GVariant) draft = NULL;

  open_editor (&fixture, &psl_kind_office, "former_names", NULL);
  psl_editor_bind (fixture.editor, first);
  type (get_date (&fixture, 1), "soon");
  g_assert_false (psl_editor_flush (fixture.editor));
  draft = psl_editor_dup_draft (fixture.editor);
  g_assert_nonnull (draft);

  psl_editor_bind (fixture.editor, second);
  g_assert_cmpuint (get_items (&fixture)->len, ==, 1);
  g_assert_null (psl_editor_item_get_error (get_item (&fixture, 0)));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_date (&fixture, 0))), ==, "");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_null (psl_editor_dup_draft (fixture.editor));

  /* Back again, where the row has another place meanwhile. */
  psl_editor_bind (fixture.editor, NULL);
  psl_record_set (first, psl_editor_get_field (fixture.editor), NULL,
                  "[{\"name\":\"Petrograd\"},{\"name\":\"Leningrad\",\"valid_to\":\"1991\"}]");
  psl_editor_bind (fixture.editor, first);
  psl_editor_set_draft (fixture.editor, draft);
  assert_wrong (&fixture, 0, "soon");
  g_assert_cmpuint (fixture.commits, ==, 0);

  psl_editor_revert (fixture.editor);
  g_assert_null (psl_editor_item_get_error (get_item (&fixture, 0)));
  g_assert_null (psl_editor_dup_draft (fixture.editor));

  editor_test_close (&fixture);
}

/* What was typed in a new entry is kept with the record too. */
static void
test_new_row_draft (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (PslRecord) first = new_record (&psl_kind_office, 1, "former_names", NULL);
  g_autoptr (PslRecord) second = new_record (&psl_kind_office, 2, "former_names", NULL);
  g_autoptr (GVariant) draft = NULL;

  open_editor (&fixture, &psl_kind_office, "former_names", NULL);
  psl_editor_bind (fixture.editor, first);
  g_signal_emit_by_name (psl_editor_frame_get_target (PSL_EDITOR_FRAME (fixture.editor)), "clicked");
  type (get_date (&fixture, 0), "soon");
  gtk_widget_grab_focus (fixture.other);
  g_assert_cmpuint (get_items (&fixture)->len, ==, 1);
  draft = psl_editor_dup_draft (fixture.editor);

  psl_editor_bind (fixture.editor, second);
  g_assert_cmpuint (get_items (&fixture)->len, ==, 0);
  psl_editor_bind (fixture.editor, first);
  psl_editor_set_draft (fixture.editor, draft);
  assert_wrong (&fixture, 0, "soon");

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

/* The editors of many entries are made little by little; Tab makes them where it
 * leads, and none is passed over. */
static gboolean
are_all_made (gpointer data)
{
  EditorTest *fixture = data;

  return psl_test_count (GTK_WIDGET (fixture->editor), PSL_TYPE_TEXT_VIEW) == get_items (fixture)->len;
}

static void
test_many (void)
{
  EditorTest fixture = { 0 };
  g_autoptr (GString) value = g_string_new ("[");
  guint n = 60;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (value, "%s{\"title\":\"Document %u\"}", i > 0 ? "," : "", i);
  g_string_append_c (value, ']');
  open_editor (&fixture, &psl_kind_project, "documents", value->str);
  g_assert_cmpuint (get_items (&fixture)->len, ==, n);
  g_assert_cmpuint (psl_test_count (GTK_WIDGET (fixture.editor), PSL_TYPE_TEXT_VIEW), <, n / 2);

  gtk_widget_grab_focus (GTK_WIDGET (get_item (&fixture, n - 1)));
  psl_text_view_set_text (PSL_TEXT_VIEW (psl_test_find (GTK_WIDGET (get_item (&fixture, n - 1)), PSL_TYPE_TEXT_VIEW)),
                          "The last");
  g_assert_true (psl_editor_flush (fixture.editor));
  g_assert_nonnull (strstr (fixture.committed, "\"Document 40\""));
  g_assert_nonnull (strstr (fixture.committed, "\"The last\""));

  psl_test_wait (are_all_made, &fixture);
  psl_test_assert_named (GTK_WIDGET (fixture.editor));
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
    { "documents", "[{\"title\":\"A sheet\"},{\"title\":\"A map\"}]" },
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

/* An entry is at no width lower than what it says to need at least, or GTK warns; that
 * its text is wrapped at one and not at another is what makes the difference. */
static void
test_rows_height (void)
{
  static const char *const texts[] = {
    "A title", "A title of some more words", "A title of many more words, which takes several lines in a narrow column",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      EditorTest fixture = { 0 };
      g_autofree char *value = g_strdup_printf ("[{\"title\":\"%s\"}]", texts[i]);
      GtkWidget *box;
      int narrowest, least;

      open_editor (&fixture, &psl_kind_project, "documents", value);
      box = psl_test_find (GTK_WIDGET (fixture.editor), PSL_TYPE_ROW_BOX);
      gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &narrowest, NULL, NULL, NULL);
      gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
      for (int width = narrowest; width < 1000; width++)
        {
          int minimum, natural;

          gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
          g_assert_cmpint (least, <=, minimum);
          g_assert_cmpint (minimum, <=, natural);
        }
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
  g_test_add_func ("/editor-list/rows", test_rows);
  g_test_add_func ("/editor-list/rows/add", test_add);
  g_test_add_func ("/editor-list/rows/draft", test_rows_draft);
  g_test_add_func ("/editor-list/rows/other-record", test_rows_other_record);
  g_test_add_func ("/editor-list/rows/many", test_many);
  g_test_add_func ("/editor-list/rows/height", test_rows_height);
  g_test_add_func ("/editor-list/tab", test_tab);
  g_test_add_func ("/editor-list/rows/new", test_new_row_draft);

  return g_test_run ();
}
