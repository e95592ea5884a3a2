/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parts of a record, in a table on its page. */

#include "config.h"

#include <string.h>

#include "psl-db.h"
#include "psl-detail-sheet.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-owner-link.h"
#include "psl-record-row.h"
#include "psl-remark.h"
#include "psl-remarks-dialog.h"
#include "psl-schema.h"
#include "psl-shortcuts.h"
#include "psl-settings.h"
#include "tests/kinds/part-kinds.h"
#include "tests/register-wait.h"
#include "tests/store/store-testing.h"
#include "tests/write-hook.h"
#include "ui-test.h"
#include "window-test.h"

#define MANY 200

/* Of the columns of a step. */
enum
{
  TITLE,
  TITLE_FR,
  DUE,
};

typedef struct
{
  WindowTest *fixture;
  const char *titles;
} Wanted;

typedef struct
{
  PslPartsTable *table;
  guint position;
  int column;
} Focus;

static PslPartsTable *
find_steps (WindowTest *fixture)
{
  return window_test_find_parts (fixture, &test_kind_step);
}

/* The texts of the rows: “a b c”. */
static char *
dup_shown (PslPartsTable *table)
{
  GListModel *items = psl_parts_table_get_items (table);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), i);
      PslRecord *record = row != NULL ? psl_record_item_get_record (psl_parts_row_get_item (row)) : NULL;
      g_autofree char *title = record != NULL ? psl_record_dup_own_title (record, psl_codelists_get_default (), "en") : NULL;

      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", title != NULL ? title : "-");
    }
  return g_string_free_and_steal (titles);
}

static gboolean
shows_titles (gpointer data)
{
  Wanted *wanted = data;
  PslPartsTable *table = find_steps (wanted->fixture);
  g_autofree char *titles = table != NULL ? dup_shown (table) : NULL;

  return g_strcmp0 (titles, wanted->titles) == 0;
}

static void
wait_for_titles (WindowTest *fixture,
                 const char *titles)
{
  g_test_message ("waits for %s", titles);
  psl_test_wait (shows_titles, &(Wanted) { fixture, titles });
}

static gboolean
has_focus (gpointer data)
{
  Focus *wanted = data;
  guint position;
  int column;

  return psl_parts_grid_find_focus (psl_parts_table_get_grid (wanted->table), &position, &column) &&
         position == wanted->position && column == wanted->column;
}

static void
wait_for_focus (PslPartsTable *table,
                guint          position,
                int            column)
{
  g_test_message ("waits for the keyboard in %u, %d", position, column);
  psl_test_wait (has_focus, &(Focus) { table, position, column });
}

static gboolean
can_undo (gpointer data)
{
  WindowTest *fixture = data;

  return g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), "undo");
}

static void
undo (WindowTest *fixture)
{
  psl_test_wait (can_undo, fixture);
  window_test_activate (fixture, "undo");
}

static PslEditor *
get_editor (PslPartsTable *table,
            guint          position,
            guint          column)
{
  PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), position);

  return psl_parts_cell_get_editor (psl_parts_row_get_cell (row, column));
}

/* Types into a cell, as a person does who goes there first. */
static void
type (PslPartsTable *table,
      guint          position,
      guint          column,
      const char    *text)
{
  psl_parts_grid_focus (psl_parts_table_get_grid (table), position, (int) column);
  wait_for_focus (table, position, (int) column);
  psl_editor_show_typed (get_editor (table, position, column), text);
}

/* A key on what has the keyboard. */
static gboolean
press (WindowTest      *fixture,
       guint            key,
       GdkModifierType  state)
{
  PslPartsTable *table = find_steps (fixture);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (psl_parts_table_get_grid (table)));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
    }
  return handled;
}

static void
make_register (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = psl_schema_load_scripts (&error);

  g_assert_no_error (error);
  psl_schema_create (path, (const char *const *) scripts, &error);
  g_assert_no_error (error);
}

static gint64
make (PslStore      *store,
      const PslKind *kind,
      const char    *owner,
      const char    *field,
      const char    *text)
{
  return store_testing_insert (store, kind, field, text, owner != NULL ? psl_kind_get_owner_field (kind)->name : NULL,
                               owner, NULL);
}

/* A plan with as many steps, and its number. */
static gint64
fill (WindowTest *fixture,
      guint       n_steps)
{
  g_autoptr (PslStore) store = NULL;
  g_autofree char *id = NULL;
  gint64 plan;

  make_register (fixture->path);
  store = store_testing_open (fixture->path, PSL_STORE_NONE);
  plan = make (store, &test_kind_plan, NULL, "title_en", "Plan");
  id = store_testing_dup_id (store, plan);
  for (guint i = 0; i < n_steps; i++)
    {
      g_autofree char *title = g_strdup_printf ("%c", 'a' + (int) (i % 26));

      make (store, &test_kind_step, id, "title_en", title);
    }
  return plan;
}

/* Opens one of as many plans. */
static void
open_plan_of (WindowTest *fixture,
              gint64      plan,
              guint       n_plans)
{
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", test_kind_plan.name);
  g_settings_set (psl_settings_get_gsettings (psl_settings_get_default ()), "window-size", "(ii)", 1400, 900);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, n_plans);
  psl_record_model_select (window_test_get_model (fixture), plan);
}

static void
open_plan (WindowTest *fixture,
           gint64      plan)
{
  open_plan_of (fixture, plan, 1);
}

static PslPartsTable *
open_steps (WindowTest *fixture,
            guint       n_steps,
            const char *titles)
{
  open_plan (fixture, fill (fixture, n_steps));
  wait_for_titles (fixture, titles);
  psl_test_draw (GTK_WIDGET (fixture->window));
  return find_steps (fixture);
}

static gboolean
is_empty (gpointer data)
{
  PslPartsTable *table = find_steps (data);

  return table != NULL && gtk_widget_get_mapped (GTK_WIDGET (table)) &&
         !gtk_widget_get_visible (psl_parts_table_get_scroller (table));
}

/* Each cell has a name, and where there are no parts there is the button alone. */
static void
test_shown (WindowTest    *fixture,
            gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");

  psl_test_assert_named (GTK_WIDGET (fixture->window));
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 2, DUE);
  wait_for_focus (table, 2, DUE);
  g_assert_cmpstr (psl_editor_frame_get_name (PSL_EDITOR_FRAME (get_editor (table, 2, DUE))), ==, "Due, row 3");
  window_test_close_window (fixture);
}

static void
test_empty (WindowTest    *fixture,
            gconstpointer  data)
{
  open_plan (fixture, fill (fixture, 0));
  psl_test_wait (is_empty, fixture);
  g_assert_nonnull (psl_test_find (GTK_WIDGET (find_steps (fixture)), GTK_TYPE_BUTTON));
  window_test_close_window (fixture);
}

/* A row, and whether it is one of the parts that are listed. */
typedef struct
{
  WindowTest *fixture;
  guint position;
} Listed;

static gboolean
is_listed (gpointer data)
{
  Listed *wanted = data;
  g_autoptr (PslRecordItem) item = g_list_model_get_item (psl_parts_table_get_items (find_steps (wanted->fixture)),
                                                          wanted->position);

  return item != NULL && psl_record_item_get_rid (item) != 0;
}

static gboolean
can_add (gpointer data)
{
  PslPartsTable *table = find_steps (data);

  return table != NULL && gtk_widget_is_sensitive (psl_parts_table_get_add_button (table));
}

/* The parts of a record that is entered are listed as soon as they are stored. */
static void
test_new_owner (WindowTest    *fixture,
                gconstpointer  data)
{
  static const char *const titles[] = { "a", "a b", "a b c" };
  GtkWidget *focus;

  open_plan (fixture, fill (fixture, 1));
  wait_for_titles (fixture, "a");
  window_test_activate (fixture, "new");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), "Another plan", -1);
  psl_test_wait (can_add, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      PslPartsTable *table = find_steps (fixture);

      g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
      wait_for_focus (table, i, TITLE);
      psl_editor_show_typed (get_editor (table, i, TITLE), titles[i] + 2 * i);
      g_assert_true (psl_parts_table_flush (table));
      wait_for_titles (fixture, titles[i]);
      psl_test_wait (is_listed, &(Listed) { fixture, i });
    }

  undo (fixture);
  wait_for_titles (fixture, "a b");
  window_test_close_window (fixture);
}

/* A value is stored as one edit, which undo takes back. */
static void
test_edit (WindowTest    *fixture,
           gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");

  type (table, 1, TITLE, "bee");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 2, TITLE);
  wait_for_titles (fixture, "a bee c");
  undo (fixture);
  wait_for_titles (fixture, "a b c");
  wait_for_focus (table, 2, TITLE);
  window_test_close_window (fixture);
}

/* Tab goes through the cells, and from row to row. */
static void
test_tab (WindowTest    *fixture,
          gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 0, TITLE);
  wait_for_focus (table, 0, TITLE);
  for (int column = TITLE_FR; column <= DUE; column++)
    {
      g_assert_true (press (fixture, GDK_KEY_Tab, 0));
      wait_for_focus (table, 0, column);
    }
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  wait_for_focus (table, 1, TITLE);
  g_assert_true (press (fixture, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK));
  wait_for_focus (table, 0, DUE);
  window_test_close_window (fixture);
}

/* Whether the last part is in the register with both its titles, and none is entered. */
static gboolean
has_both_titles (gpointer data)
{
  GListModel *items = psl_parts_table_get_items (find_steps (data));
  g_autoptr (PslRecordItem) item = g_list_model_get_item (items, 2);
  PslRecord *record = item != NULL ? psl_record_item_get_record (item) : NULL;

  return g_list_model_get_n_items (items) == 3 && psl_record_item_get_rid (item) != 0 && record != NULL &&
         g_strcmp0 (psl_record_get (record, psl_kind_get_title (&test_kind_step), "fr"), "cé") == 0;
}

/* A part is stored with its first value; the keyboard stays, and goes on to the next. */
static void
test_add (WindowTest    *fixture,
          gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 2, TITLE);
  psl_editor_show_typed (get_editor (table, 2, TITLE), "c");
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  wait_for_focus (table, 2, TITLE_FR);
  psl_editor_show_typed (get_editor (table, 2, TITLE_FR), "cé");
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  wait_for_focus (table, 2, DUE);
  psl_test_wait (has_both_titles, fixture);
  wait_for_titles (fixture, "a b c");
  wait_for_focus (table, 2, DUE);
  undo (fixture);
  undo (fixture);
  wait_for_titles (fixture, "a b");
  window_test_close_window (fixture);
}

/* A part that is undone before the table has it in its list leaves nothing. */
static void
test_add_and_undo_at_once (WindowTest    *fixture,
                           gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 1, "a");

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 0, TITLE);
  wait_for_focus (table, 0, TITLE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 1, TITLE);
  psl_editor_show_typed (get_editor (table, 1, TITLE), "b");
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  undo (fixture);
  wait_for_titles (fixture, "a");
  wait_for_focus (table, 0, TITLE_FR);
  window_test_close_window (fixture);
}

/* Whether the first row is higher than the second by a line, and not by several. */
static gboolean
has_one_line_more (gpointer data)
{
  PslPartsGrid *grid = psl_parts_table_get_grid (data);
  int height = gtk_widget_get_height (GTK_WIDGET (psl_parts_grid_find_row (grid, 0)));
  int usual = gtk_widget_get_height (GTK_WIDGET (psl_parts_grid_find_row (grid, 1)));

  return height > usual && height < 2 * usual;
}

/* Text that is no value stays where it is typed, and says why, in one line. */
static void
test_refused (WindowTest    *fixture,
              gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  type (table, 0, DUE, "some day");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 1, DUE);
  psl_test_settle ();
  g_assert_nonnull (get_editor (table, 0, DUE));
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (get_editor (table, 0, DUE))));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (GTK_WIDGET (get_editor (table, 0, DUE))), ==,
                   psl_editor_frame_get_error (PSL_EDITOR_FRAME (get_editor (table, 0, DUE))));
  psl_test_wait (has_one_line_more, table);
  g_assert_false (psl_parts_table_flush (table));
  psl_editor_revert (get_editor (table, 0, DUE));
  g_assert_true (psl_parts_table_flush (table));
  window_test_close_window (fixture);
}

static gboolean
is_refused (PslPartsTable *table,
            guint          position,
            guint          column)
{
  PslEditor *editor = get_editor (table, position, column);

  return editor != NULL && psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

static gboolean
has_refused_titles (gpointer data)
{
  return is_refused (data, 2, TITLE) && is_refused (data, 2, TITLE_FR);
}

/* Where a new part can't be stored, each value of it stays where it was typed, and is stored
 * later. */
static void
test_new_refused (WindowTest    *fixture,
                  gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 2, TITLE);
  write_hook_refuse ("action");
  psl_editor_show_typed (get_editor (table, 2, TITLE), "c");
  g_assert_true (press (fixture, GDK_KEY_Tab, 0));
  wait_for_focus (table, 2, TITLE_FR);
  psl_editor_show_typed (get_editor (table, 2, TITLE_FR), "cé");
  g_assert_true (psl_parts_table_flush (table));
  psl_test_wait (has_refused_titles, table);

  write_hook_refuse (NULL);
  g_assert_true (psl_parts_table_flush (table));
  psl_test_wait (has_both_titles, fixture);
  wait_for_titles (fixture, "a b c");
  window_test_close_window (fixture);
}

static gboolean
shows_notes (gpointer data)
{
  return window_test_find_parts (data, &test_kind_note) != NULL &&
         gtk_widget_get_mapped (GTK_WIDGET (window_test_find_parts (data, &test_kind_note)));
}

static gboolean
shows_kept_in_row (WindowTest *fixture,
                   guint       position)
{
  PslPartsTable *table = find_steps (fixture);
  PslPartsRow *row = table != NULL ? psl_parts_grid_find_row (psl_parts_table_get_grid (table), position) : NULL;
  PslEditor *editor = row != NULL ? psl_parts_cell_get_editor (psl_parts_row_get_cell (row, DUE)) : NULL;

  return psl_detail_page_get_draft (fixture->window->detail_page) == NULL && editor != NULL &&
         psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

static gboolean
shows_kept (gpointer data)
{
  return shows_kept_in_row (data, 0);
}

static gboolean
shows_kept_in_new_part (gpointer data)
{
  return shows_kept_in_row (data, 2);
}

static gboolean
shows_kept_in_second (gpointer data)
{
  return shows_kept_in_row (data, 1);
}

static gboolean
has_dialog (gpointer data)
{
  return window_test_get_dialog (data) != NULL && psl_focus_is_in (window_test_get_dialog (data));
}

static gboolean
is_left (gpointer data)
{
  WindowTest *fixture = data;

  return psl_detail_page_get_draft (fixture->window->detail_page) != NULL;
}

/* Text that can't be stored is kept when the page is left, and is there when it is shown
 * again. */
static void
test_left (WindowTest    *fixture,
           gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  type (table, 0, DUE, "some day");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (psl_parts_table_get_grid (table), 1)),
                                             "row.open", NULL));
  psl_test_wait (is_left, fixture);
  psl_test_wait (shows_notes, fixture);
  window_test_activate (fixture, "back");
  psl_test_wait (shows_kept, fixture);
  psl_editor_revert (get_editor (find_steps (fixture), 0, DUE));
  window_test_close_window (fixture);
}

/* It stays, too, when the page is made anew, for the languages stand in another order, and
 * so does the keyboard. */
static void
test_languages (WindowTest    *fixture,
                gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  type (table, 0, DUE, "some day");
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language", "fr");
  psl_test_wait (shows_kept, fixture);
  wait_for_focus (find_steps (fixture), 0, DUE);
  g_assert_false (psl_parts_table_flush (find_steps (fixture)));
  psl_editor_revert (get_editor (find_steps (fixture), 0, DUE));
  g_settings_reset (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language");
  window_test_close_window (fixture);
}

/* So does what is typed in a part that is not in the register yet. */
static void
test_languages_in_new_part (WindowTest    *fixture,
                            gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
  wait_for_focus (table, 2, TITLE);
  type (table, 2, DUE, "some day");
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language", "fr");
  psl_test_wait (shows_kept_in_new_part, fixture);
  table = find_steps (fixture);
  g_assert_false (psl_parts_table_flush (table));
  psl_editor_revert (get_editor (table, 2, DUE));
  g_settings_reset (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language");
  window_test_close_window (fixture);
}

static void
enter_second (WindowTest    *fixture,
              PslPartsTable *table)
{
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 0, DUE);
  wait_for_focus (table, 0, DUE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 1, DUE);
}

/* Text typed in a part that never came into the register comes back with that part, and is
 * not put into the next part that is entered. */
static void
test_never_stored (WindowTest    *fixture,
                   gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 1, "a");
  g_autoptr (PslRecord) plan = g_object_ref (fixture->window->record);
  PslRegister *reg = fixture->window->reg;
  PslEditor *editor;

  enter_second (fixture, table);
  psl_editor_show_typed (get_editor (table, 1, DUE), "some day");
  g_assert_false (psl_parts_table_flush (table));
  psl_parts_table_bind (table, reg, NULL);
  psl_test_settle ();
  psl_parts_table_bind (table, reg, plan);
  psl_test_wait (shows_kept_in_second, fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (psl_parts_table_get_grid (table), 1)),
                                             "row.remove", NULL));
  wait_for_titles (fixture, "a");

  enter_second (fixture, table);
  editor = get_editor (table, 1, DUE);
  g_assert_nonnull (editor);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_true (psl_parts_table_flush (table));
  window_test_close_window (fixture);
}

/* Types a date in a new part, which is on its way to the register afterwards. */
static void
type_in_new_part (WindowTest    *fixture,
                  PslPartsTable *table)
{
  enter_second (fixture, table);
  psl_editor_show_typed (get_editor (table, 1, DUE), "2021");
  g_assert_true (psl_parts_table_flush (table));
}

static gboolean
has_second_date (gpointer data)
{
  GListModel *items = psl_parts_table_get_items (data);
  g_autoptr (PslRecordItem) item = g_list_model_get_item (items, 1);
  PslRecord *record = item != NULL ? psl_record_item_get_record (item) : NULL;

  return g_list_model_get_n_items (items) == 2 && psl_record_item_get_rid (item) != 0 && record != NULL &&
         g_strcmp0 (psl_record_get_by_name (record, "due"), "2021") == 0;
}

/* A part that is on its way to the register is none of the record that is shown next. */
static void
test_left_while_inserting (WindowTest    *fixture,
                           gconstpointer  data)
{
  gint64 plan = fill (fixture, 1);
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_NONE);
  gint64 other = make (store, &test_kind_plan, NULL, "title_en", "Other");
  g_autofree char *other_id = store_testing_dup_id (store, other);
  g_autoptr (PslRecord) record = NULL;
  g_autoptr (PslRecord) other_record = NULL;
  PslPartsTable *table;

  make (store, &test_kind_step, other_id, "title_en", "x");
  g_clear_pointer (&store, psl_store_close);
  open_plan_of (fixture, plan, 2);
  wait_for_titles (fixture, "a");
  table = find_steps (fixture);
  record = g_object_ref (fixture->window->record);
  other_record = register_wait_load (fixture->window->reg, other);

  type_in_new_part (fixture, table);
  psl_parts_table_bind (table, fixture->window->reg, other_record);
  wait_for_titles (fixture, "x");
  psl_test_settle ();
  wait_for_titles (fixture, "x");
  psl_parts_table_bind (table, fixture->window->reg, record);
  psl_test_wait (has_second_date, table);
  window_test_close_window (fixture);
}

/* Text that is refused when its page was left is told, and comes back with the page. */
static void
test_refused_when_left (WindowTest    *fixture,
                        gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 1, "a");
  g_autoptr (PslRecord) plan = g_object_ref (fixture->window->record);
  PslRegister *reg = fixture->window->reg;

  enter_second (fixture, table);
  write_hook_refuse ("action");
  psl_editor_show_typed (get_editor (table, 1, DUE), "2021");
  g_assert_true (psl_parts_table_flush (table));
  psl_parts_table_bind (table, reg, NULL);
  psl_test_wait (has_dialog, fixture);
  adw_dialog_force_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  write_hook_refuse (NULL);
  psl_parts_table_bind (table, reg, plan);
  psl_test_wait (has_second_date, table);
  window_test_close_window (fixture);
}

/* A part moves with the keyboard, and goes to the trash. */
static void
test_move_and_remove (WindowTest    *fixture,
                      gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);

  psl_parts_grid_focus (grid, 2, DUE);
  wait_for_focus (table, 2, DUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (grid, 2)), "row.up", NULL));
  wait_for_titles (fixture, "a c b");
  wait_for_focus (table, 1, DUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (grid, 1)), "row.remove", NULL));
  wait_for_titles (fixture, "a b");
  wait_for_focus (table, 1, DUE);
  undo (fixture);
  wait_for_titles (fixture, "a c b");
  undo (fixture);
  wait_for_titles (fixture, "a b c");
  window_test_close_window (fixture);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_copied (gpointer data)
{
  char **text = data;

  return *text != NULL;
}

static void
clipboard_changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
has_text (GtkWidget  *widget,
          const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (has_text (child, text))
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
find_toast (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwToastWidget"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_toast (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A toast that goes by itself, as it hides rows of the table, but not before it is read. */
static gboolean
tells_surplus (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *widget = find_toast (GTK_WIDGET (fixture->window));
  g_autoptr (AdwToast) toast = NULL;

  if (widget == NULL || !has_text (widget, "1 cell can’t be read: it is marked in the table\n"
                                           "1 cell was not pasted, as it stands beyond the last column: “beyond”"))
    return FALSE;
  g_object_get (widget, "toast", &toast, NULL);
  return adw_toast_get_timeout (toast) > 5;
}

static gboolean
has_error (gpointer data)
{
  return is_refused (data, 2, DUE);
}

/* A block from a spreadsheet fills cells and adds rows as one step, and what can't be read
 * stands in its cell; what has no cell is named. */
static void
test_paste (WindowTest    *fixture,
            gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  g_autoptr (GVariant) draft = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (table)), "B\tBé\t2020\tbeyond\nC\tCé\tsome day\nD\n");
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  g_assert_true (press (fixture, GDK_KEY_v, GDK_CONTROL_MASK));
  wait_for_titles (fixture, "a B C D");
  psl_test_wait (has_error, table);
  psl_test_wait (tells_surplus, fixture);
  draft = psl_editor_dup_draft (get_editor (table, 2, DUE));
  g_assert_nonnull (draft);
  wait_for_focus (table, 1, TITLE);
  undo (fixture);
  wait_for_titles (fixture, "a b");
  window_test_close_window (fixture);
}

static gboolean
has_six_parts (gpointer data)
{
  PslPartsTable *table = data;
  GListModel *items = psl_parts_table_get_items (table);

  for (guint i = 0; i < 6; i++)
    {
      PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), i);

      if (row == NULL || psl_record_item_get_rid (psl_parts_row_get_item (row)) == 0 ||
          psl_record_item_get_record (psl_parts_row_get_item (row)) == NULL)
        return FALSE;
    }
  return g_list_model_get_n_items (items) == 6;
}

/* Pastes three lines in a new row, one of them with a cell that has no column. */
static PslPartsTable *
paste_in_new_row (WindowTest *fixture)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (table)),
                          "Dé\t2020\nEé\tsome day\tbeyond\nFé\t2021\n");
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 2, TITLE_FR);
  wait_for_focus (table, 2, TITLE_FR);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 3, TITLE_FR);
  g_assert_true (press (fixture, GDK_KEY_v, GDK_CONTROL_MASK));
  psl_test_wait (has_six_parts, table);
  return table;
}

static gboolean
has_error_in_fifth (gpointer data)
{
  return is_refused (data, 4, DUE);
}

/* The row that is being entered becomes the first of the pasted rows, and the keyboard stays
 * in its cell. */
static void
test_paste_in_new_row (WindowTest    *fixture,
                       gconstpointer  data)
{
  PslPartsTable *table = paste_in_new_row (fixture);
  PslPartsRow *row;

  psl_test_wait (tells_surplus, fixture);
  psl_test_wait (has_error_in_fifth, table);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (has_focus (&(Focus) { table, 3, TITLE_FR }));
  g_assert_cmpstr (psl_editor_get_value (get_editor (table, 3, TITLE_FR)), ==, "Dé");
  row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), 3);
  g_assert_cmpstr (psl_record_get_by_name (psl_record_item_get_record (psl_parts_row_get_item (row)), "due"), ==, "2020");
  psl_editor_revert (get_editor (table, 4, DUE));
  window_test_close_window (fixture);
}

static gboolean
has_no_dialog (gpointer data)
{
  return window_test_get_dialog (data) == NULL;
}

/* A dialog gives the keyboard back to the cell; undo leaves it in the cell next to a removed
 * one, and redo there. */
static void
test_dialog (WindowTest    *fixture,
             gconstpointer  data)
{
  PslPartsTable *table = paste_in_new_row (fixture);

  wait_for_focus (table, 3, TITLE_FR);
  gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (fixture->window)), "page.remark", NULL);
  psl_test_wait (has_dialog, fixture);
  psl_test_draw (GTK_WIDGET (fixture->window));
  adw_dialog_close (ADW_DIALOG (window_test_get_dialog (fixture)));
  psl_test_wait (has_no_dialog, fixture);
  wait_for_focus (table, 3, TITLE_FR);

  undo (fixture);
  wait_for_titles (fixture, "a b c");
  wait_for_focus (table, 2, TITLE_FR);
  window_test_activate (fixture, "redo");
  psl_test_wait (has_six_parts, table);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (has_focus (&(Focus) { table, 2, TITLE_FR }));
  window_test_close_window (fixture);
}

static int
get_y (GtkWidget *widget,
       int        y,
       GtkWidget *cell)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (widget, cell, &GRAPHENE_POINT_INIT (0, (float) y), &point));
  return (int) point.y;
}

/* Where the text of a cell begins that the keyboard is in. */
static int
get_typed_y (GtkWidget *view,
             GtkWidget *cell)
{
  GdkRectangle place;
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), &start);
  gtk_text_view_get_iter_location (GTK_TEXT_VIEW (view), &start, &place);
  gtk_text_view_buffer_to_window_coords (GTK_TEXT_VIEW (view), GTK_TEXT_WINDOW_WIDGET, 0, place.y, NULL, &place.y);
  return get_y (view, place.y, cell);
}

/* The text of a cell stays where it is when the keyboard comes. */
static void
test_focused_text (WindowTest    *fixture,
                   gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), 1);
  GtkWidget *cell = GTK_WIDGET (psl_parts_row_get_cell (row, TITLE));
  GtkWidget *label = psl_test_find (cell, GTK_TYPE_LABEL);
  int y;

  gtk_label_get_layout_offsets (GTK_LABEL (label), NULL, &y);
  y = get_y (label, y, cell);
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpint (ABS (get_typed_y (gtk_root_get_focus (GTK_ROOT (fixture->window)), cell) - y), <=, 1);
  window_test_close_window (fixture);
}

static GtkWidget *
find_menu_item (GtkWidget  *widget,
                const char *text)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    {
      g_autofree char *shown = NULL;

      g_object_get (widget, "text", &shown, NULL);
      if (g_strcmp0 (shown, text) == 0)
        return widget;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_menu_item (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
check_keys (GtkWidget  *menu,
            const char *text,
            const char *keys)
{
  GtkWidget *item = find_menu_item (menu, text);
  g_autofree char *shown = NULL;

  g_assert_nonnull (item);
  g_object_get (item, "accel", &shown, NULL);
  g_assert_cmpstr (shown, ==, keys);
}

/* The menu of a row names the keys that everybody has, not those of the keypad. */
static void
test_menu_keys (WindowTest    *fixture,
                gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  GtkWidget *row = GTK_WIDGET (psl_parts_grid_find_row (psl_parts_table_get_grid (table), 1));
  GtkWidget *button = psl_test_find (row, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  psl_test_draw (GTK_WIDGET (fixture->window));
  check_keys (button, "Open as Page", "<Control>Return");
  check_keys (button, "Move Up", "<Alt>Up");
  check_keys (button, "Move Down", "<Alt>Down");
  check_keys (button, "Move to the Trash", "<Alt>Delete");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  psl_test_draw (GTK_WIDGET (fixture->window));
  window_test_close_window (fixture);
}

static void
append_keys (GtkWidget *widget,
             GString   *keys)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "keys"))
    g_string_append_printf (keys, "%s%s", keys->len > 0 ? ", " : "", gtk_label_get_label (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_keys (child, keys);
}

/* The dialog of the keys tells of those of a table, which the tests of each press. */
static void
test_listed_keys (WindowTest    *fixture,
                  gconstpointer  data)
{
  static const struct { const char *title, *keys; } listed[] = {
    { "Next cell", "Tab" },
    { "Previous cell", "Shift+Tab" },
    { "Cell below, or a new row after the last", "Return" },
    { "Paste cells of a spreadsheet", "Ctrl+V" },
    { "Open the row as a page", "Ctrl+Return" },
    { "Move the row up", "Alt+Up" },
    { "Move the row down", "Alt+Down" },
    { "Move the row or the selected rows to the trash", "Alt+Delete" },
    { "Select several rows (on the number of a row)", "Shift+Up, Shift+Down" },
    { "Copy the selected rows (on the number of a row)", "Ctrl+C" },
  };
  g_autoptr (AdwDialog) dialog = g_object_ref_sink (psl_shortcuts_dialog_new ());
  GtkWidget *group = window_test_find_titled (adw_dialog_get_child (dialog), listed[0].title);

  g_assert_nonnull (group);
  group = gtk_widget_get_ancestor (group, ADW_TYPE_PREFERENCES_GROUP);
  g_assert_cmpstr (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), ==, "In a Table");
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      GtkWidget *row = window_test_find_titled (group, listed[i].title);
      g_autoptr (GString) keys = g_string_new (NULL);

      g_test_message ("%s", listed[i].title);
      g_assert_nonnull (row);
      append_keys (row, keys);
      g_assert_cmpstr (keys->str, ==, listed[i].keys);
    }
}

/* The selected rows are copied as a spreadsheet takes them. */
static void
test_copy (WindowTest    *fixture,
           gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (table));
  g_autofree char *text = NULL;
  gboolean changed = FALSE;

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, -1);
  wait_for_focus (table, 1, -1);
  g_assert_true (press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  wait_for_focus (table, 2, -1);
  g_signal_connect_swapped (clipboard, "changed", G_CALLBACK (clipboard_changed_cb), &changed);
  g_assert_true (press (fixture, GDK_KEY_c, GDK_CONTROL_MASK));
  psl_test_wait (is_set, &changed);
  g_signal_handlers_disconnect_by_data (clipboard, &changed);
  gdk_clipboard_read_text_async (clipboard, NULL, copied_cb, &text);
  psl_test_wait (is_copied, &text);
  g_assert_cmpstr (text, ==, "b\t\t\r\nc\t\t\r\n");
  window_test_close_window (fixture);
}

/* Selects the second row and the one below it. */
static void
select_two (WindowTest    *fixture,
            PslPartsTable *table)
{
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, -1);
  wait_for_focus (table, 1, -1);
  g_assert_true (press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  wait_for_focus (table, 2, -1);
}

/* The selected rows are removed together; another row goes alone. */
static void
test_remove_selected (WindowTest    *fixture,
                      gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 4, "a b c d");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);

  select_two (fixture, table);
  g_signal_emit_by_name (grid, "remove", psl_parts_grid_find_row (grid, 3));
  wait_for_titles (fixture, "a b c");
  psl_test_draw (GTK_WIDGET (fixture->window));
  select_two (fixture, table);
  g_signal_emit_by_name (grid, "remove", psl_parts_grid_find_row (grid, 2));
  wait_for_titles (fixture, "a");
  window_test_close_window (fixture);
}

/* Collects @widget and all widgets below it, and keeps them. */
static void
keep_widgets (GtkWidget *widget,
              GPtrArray *widgets)
{
  g_ptr_array_add (widgets, g_object_ref (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    keep_widgets (child, widgets);
}

/* The toolkit may keep a widget for longer than its window: the signals of such a widget don't
 * reach an object that is gone. */
static void
test_outlived (WindowTest    *fixture,
               gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  GtkWidget *grid = GTK_WIDGET (psl_parts_table_get_grid (table));
  g_autoptr (GPtrArray) widgets = g_ptr_array_new_with_free_func (g_object_unref);

  keep_widgets (grid, widgets);
  g_object_add_weak_pointer (G_OBJECT (table), (gpointer *) &table);
  window_test_close_window (fixture);
  g_assert_null (table);
  for (guint i = 0; i < widgets->len; i++)
    {
      GObject *widget = g_ptr_array_index (widgets, i);
      g_autofree GParamSpec **properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (widget), NULL);

      for (guint j = 0; properties[j] != NULL; j++)
        g_object_notify_by_pspec (widget, properties[j]);
    }
}

/* The page of a part has its own parts; the way back leads to the row. */
static void
test_open (WindowTest    *fixture,
           gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (grid, 1)), "row.open", NULL));
  psl_test_wait (shows_notes, fixture);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  window_test_activate (fixture, "back");
  wait_for_titles (fixture, "a b c");
  wait_for_focus (table, 1, -1);
  window_test_close_window (fixture);
}

static gboolean
shows_summaries (gpointer data)
{
  return psl_parts_row_get_cell (psl_parts_grid_find_row (psl_parts_table_get_grid (data), 0), 0) == NULL;
}

/* Whether the keyboard is in the title of the record on show. */
static gboolean
types_into_title (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  GtkWidget *editor = focus != NULL ? gtk_widget_get_ancestor (focus, PSL_TYPE_EDITOR) : NULL;

  return editor != NULL && gtk_widget_get_mapped (editor) &&
         psl_editor_get_field (PSL_EDITOR (editor)) == psl_kind_get_title (&test_kind_step);
}

/* On a narrow page a part is a row that opens, and a new one is entered on its page. */
static void
test_narrow (WindowTest    *fixture,
             gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  window_test_resize (fixture, 360, 700);
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (shows_summaries, table);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, DUE);
  wait_for_focus (table, 1, -1);
  g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
  psl_test_wait (shows_notes, fixture);
  psl_test_wait (types_into_title, fixture);
  window_test_activate (fixture, "back");
  wait_for_titles (fixture, "a b -");
  window_test_close_window (fixture);
}

static gboolean
shows_link (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *page = GTK_WIDGET (fixture->window->detail_page);

  return has_text (page, "Gives to") && has_text (page, "Plan") && has_text (page, "first · 40%");
}

/* A link with a role shows at its other end, from where a row leads to the record that has
 * it; that kind has no short group. */
static void
test_other_end (WindowTest    *fixture,
                gconstpointer  data)
{
  gint64 plan = fill (fixture, 1);
  g_autoptr (PslStore) store = store_testing_open (fixture->path, PSL_STORE_NONE);
  g_autofree char *id = store_testing_dup_id (store, plan);
  gint64 donor = make (store, &test_kind_donor, NULL, "name_en", "Donor");
  g_autofree char *donor_id = store_testing_dup_id (store, donor);
  GtkWidget *row;

  store_testing_insert (store, &test_kind_share, "plan", id, "role", "first", "donor", donor_id, "share", "40", NULL);
  g_clear_pointer (&store, psl_store_close);
  open_plan (fixture, plan);
  wait_for_titles (fixture, "a");
  psl_window_go_to (fixture->window, donor);
  psl_test_wait (shows_link, fixture);
  row = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_RECORD_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  wait_for_titles (fixture, "a");
  window_test_close_window (fixture);
}

/* Rows whose remarks can't be read any more have nobody to tell. */
static void
test_destroyed_while_reading (WindowTest    *fixture,
                              gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  g_autoptr (PslRecordItem) item = g_list_model_get_item (psl_parts_table_get_items (table), 1);

  g_assert_true (psl_window_shut (fixture->window));
  g_signal_emit_by_name (item, "changed");
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
}

static gboolean
shows_step_page (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *link = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_OWNER_LINK);

  return link != NULL && gtk_widget_get_mapped (link) && has_text (link, "Plan");
}

/* The page of a part leads to what it is a part of. */
static void
test_owner_link (WindowTest    *fixture,
                 gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);
  GtkWidget *link;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (psl_parts_grid_find_row (grid, 1)), "row.open", NULL));
  psl_test_wait (shows_step_page, fixture);
  link = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_OWNER_LINK);
  g_signal_emit_by_name (psl_test_find (link, GTK_TYPE_BUTTON), "clicked");
  wait_for_titles (fixture, "a b");
  wait_for_focus (table, 1, -1);
  window_test_close_window (fixture);
}

/* The mark of a row with remarks. */
static GtkWidget *
find_mark (WindowTest *fixture,
           guint       position)
{
  PslPartsTable *table = find_steps (fixture);
  PslPartsRow *row = table != NULL ? psl_parts_grid_find_row (psl_parts_table_get_grid (table), position) : NULL;
  GtkWidget *child = row != NULL ? gtk_widget_get_first_child (GTK_WIDGET (row)) : NULL;

  while (child != NULL && !gtk_widget_has_css_class (child, "remarks"))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static gboolean
is_marked (gpointer data)
{
  GtkWidget *mark = find_mark (data, 1);

  return mark != NULL && gtk_widget_get_visible (mark);
}

static gboolean
is_unmarked (gpointer data)
{
  return !is_marked (data);
}

static gboolean
shows_remarks (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *dialog = psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_REMARKS_DIALOG);

  return dialog != NULL && has_text (dialog, "Is it the final one?");
}

static gboolean
offers_undo (gpointer data)
{
  WindowTest *fixture = data;

  return window_test_find_titled (psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_REMARKS_DIALOG), "_Undo") != NULL;
}

/* A row whose part has remarks is marked. The key leads from a cell to those on its field,
 * and a remark that was deleted comes back from there. */
static void
test_remarks (WindowTest    *fixture,
              gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  g_autoptr (PslRecord) step = g_object_ref (psl_record_item_get_record (psl_parts_row_get_item (
    psl_parts_grid_find_row (psl_parts_table_get_grid (table), 1))));
  g_autoptr (PslRecord) remark = psl_remark_new (step, psl_kind_find_field (&test_kind_step, "title"), "en");
  g_autoptr (GObject) held = NULL;
  GtkWidget *dialog;

  psl_remark_set (remark, PSL_REMARK_TEXT, "en", "Is it the final one?");
  register_wait_insert (fixture->window->reg, remark);
  psl_test_wait (is_marked, fixture);
  g_assert_false (gtk_widget_get_visible (find_mark (fixture, 0)));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (find_mark (fixture, 1)), ==, "1 remark: Title");
  psl_test_assert_named (GTK_WIDGET (fixture->window));

  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (fixture->window)), "page.remark", NULL);
  psl_test_wait (shows_remarks, fixture);
  dialog = psl_test_find (GTK_WIDGET (fixture->window), PSL_TYPE_REMARKS_DIALOG);
  g_assert_cmpstr (adw_dialog_get_title (ADW_DIALOG (dialog)), ==, "Remarks on “Title (English)”");

  g_signal_emit_by_name (window_test_find_titled (dialog, "_Delete"), "clicked");
  psl_test_wait (is_unmarked, fixture);
  psl_test_wait (offers_undo, fixture);
  gtk_widget_activate (window_test_find_titled (dialog, "_Undo"));
  psl_test_wait (is_marked, fixture);
  psl_test_wait (shows_remarks, fixture);

  /* Closed, it does not read any more, though somebody holds it. */
  held = g_object_ref (G_OBJECT (dialog));
  adw_dialog_force_close (ADW_DIALOG (dialog));
  psl_test_settle ();
  register_wait_set (fixture->window->reg, psl_record_get_rid (step), &test_kind_step, "due", NULL, "2020");
  psl_test_settle ();
  window_test_close_window (fixture);
}

static gboolean
shows_steps (gpointer data)
{
  PslPartsTable *table = find_steps (data);

  return table != NULL && g_list_model_get_n_items (psl_parts_table_get_items (table)) == MANY &&
         psl_parts_grid_find_row (psl_parts_table_get_grid (table), 0) != NULL;
}

/* However many parts there are, no more are widgets than are in view. */
static void
test_many (WindowTest    *fixture,
           gconstpointer  data)
{
  PslPartsTable *table;

  open_plan (fixture, fill (fixture, MANY));
  psl_test_wait (shows_steps, fixture);
  table = find_steps (fixture);
  g_assert_cmpuint (psl_parts_grid_count_rows (psl_parts_table_get_grid (table)), <, 20);
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 150, DUE);
  wait_for_focus (table, 150, DUE);
  g_assert_cmpuint (psl_parts_grid_count_rows (psl_parts_table_get_grid (table)), <, 20);
  window_test_close_window (fixture);
}

/* The button that leads from the head of the page to the cells that can't be stored. */
static GtkWidget *
find_problem (GtkWidget  *widget,
              const char *message)
{
  if (gtk_widget_has_css_class (widget, "problem") && g_strcmp0 (gtk_widget_get_tooltip_text (widget), message) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_problem (child, message);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_point (WindowTest *fixture)
{
  return find_problem (GTK_WIDGET (fixture->window->detail_page), "1 cell can’t be stored: Due, row 1");
}

static gboolean
is_to_check (gpointer data)
{
  return find_point (data) != NULL;
}

static gboolean
is_not_to_check (gpointer data)
{
  return find_point (data) == NULL;
}

/* The head of the page lists what can't be stored in a table, in view or not, and leads
 * there. */
static void
test_check (WindowTest    *fixture,
            gconstpointer  data)
{
  PslPartsTable *table;
  PslPartsGrid *grid;

  open_plan (fixture, fill (fixture, MANY));
  psl_test_wait (shows_steps, fixture);
  table = find_steps (fixture);
  grid = psl_parts_table_get_grid (table);
  g_assert_true (is_not_to_check (fixture));
  type (table, 0, DUE, "some day");
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 1, DUE);
  psl_test_wait (is_to_check, fixture);

  psl_parts_grid_focus (grid, 150, DUE);
  wait_for_focus (table, 150, DUE);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_null (psl_parts_grid_find_row (grid, 0));
  g_assert_true (is_to_check (fixture));
  g_signal_emit_by_name (find_point (fixture), "clicked");
  wait_for_focus (table, 0, DUE);
  g_assert_true (is_refused (table, 0, DUE));
  psl_editor_revert (get_editor (table, 0, DUE));
  psl_test_wait (is_not_to_check, fixture);
  window_test_close_window (fixture);
}

static int
get_x (GtkWidget    *widget,
       PslPartsGrid *grid)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (grid), &bounds));
  return (int) bounds.origin.x;
}

static GtkWidget *
find_heading (GtkWidget  *widget,
              const char *text)
{
  if (gtk_widget_has_css_class (widget, "column-heading") && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_heading (child, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_wider (gpointer data)
{
  return gtk_adjustment_get_page_size (data) > 0 &&
         gtk_adjustment_get_upper (data) > gtk_adjustment_get_page_size (data) + 20;
}

/* Where a table is wider than the page, its columns scroll beside the numbers, each below
 * its heading. */
static void
test_sideways (WindowTest    *fixture,
               gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);
  PslPartsRow *row = psl_parts_grid_find_row (grid, 0);
  GtkAdjustment *adjustment = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (grid));
  GtkWidget *number = gtk_widget_get_first_child (GTK_WIDGET (row));
  GtkWidget *menu = psl_test_find (GTK_WIDGET (row), GTK_TYPE_MENU_BUTTON);
  GtkWidget *cell = GTK_WIDGET (psl_parts_row_get_cell (row, TITLE));
  int x;

  window_test_resize (fixture, 1200, 900);
  psl_test_wait (is_wider, adjustment);
  x = get_x (cell, grid);
  g_assert_cmpint (get_x (menu, grid) + gtk_widget_get_width (menu), ==, gtk_widget_get_width (GTK_WIDGET (grid)));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpint (get_x (cell, grid), <, x);
  g_assert_cmpint (get_x (number, grid), ==, 0);
  g_assert_cmpint (get_x (menu, grid) + gtk_widget_get_width (menu), ==, gtk_widget_get_width (GTK_WIDGET (grid)));
  cell = GTK_WIDGET (psl_parts_row_get_cell (row, DUE));
  g_assert_cmpint (get_x (cell, grid), ==, get_x (find_heading (GTK_WIDGET (grid), "Due"), grid));

  /* The keyboard brings the cell it is in out from behind the numbers and the menus. */
  psl_parts_grid_focus (grid, 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_cmpint (get_x (GTK_WIDGET (psl_parts_row_get_cell (row, TITLE)), grid), ==, x);
  window_test_close_window (fixture);
}

static GtkAdjustment *
get_page_adjustment (WindowTest *fixture)
{
  GtkWidget *sheet = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);
  GtkWidget *window = psl_test_find (sheet, GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
}

static gboolean
is_long (gpointer data)
{
  GtkAdjustment *adjustment = get_page_adjustment (data);

  return gtk_adjustment_get_page_size (adjustment) > 0 &&
         gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 200;
}

static gboolean
is_in_middle (gpointer data)
{
  return gtk_adjustment_get_value (get_page_adjustment (data)) == 200;
}

static gboolean
is_further_up (gpointer data)
{
  return gtk_adjustment_get_value (get_page_adjustment (data)) < 200;
}

/* A page that is made anew is shown from the same place on, when its tables are there. */
static void
test_scrolled (WindowTest    *fixture,
               gconstpointer  data)
{
  g_autoptr (GtkAdjustment) before = NULL;

  open_plan (fixture, fill (fixture, MANY));
  psl_test_wait (shows_steps, fixture);
  window_test_resize (fixture, 1400, 500);
  psl_test_wait (is_long, fixture);
  before = g_object_ref (get_page_adjustment (fixture));
  gtk_adjustment_set_value (before, 200);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_middle (fixture));
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language", "fr");
  psl_test_settle ();
  g_assert_true (get_page_adjustment (fixture) != before);
  psl_test_wait (is_in_middle, fixture);
  psl_test_wait (shows_steps, fixture);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_middle (fixture));

  /* The page is too short for a while, like one whose tables are read again. */
  window_test_resize (fixture, 1400, 900);
  psl_test_wait (is_further_up, fixture);
  window_test_resize (fixture, 1400, 500);
  psl_test_wait (is_in_middle, fixture);
  g_settings_reset (psl_settings_get_gsettings (psl_settings_get_default ()), "record-language");
  window_test_close_window (fixture);
}

/* Where a widget stands in the part of the page that is on show: its bottom, from the top of
 * that. */
static double
get_bottom_on_page (WindowTest *fixture,
                    GtkWidget  *widget)
{
  GtkWidget *sheet = psl_test_find (GTK_WIDGET (fixture->window->detail_page), PSL_TYPE_DETAIL_SHEET);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, psl_test_find (sheet, GTK_TYPE_VIEWPORT), &bounds));
  return bounds.origin.y + bounds.size.height;
}

static gboolean
is_in_sight (WindowTest *fixture,
             GtkWidget  *widget)
{
  double bottom = get_bottom_on_page (fixture, widget);

  return bottom >= gtk_widget_get_height (widget) &&
         bottom <= gtk_adjustment_get_page_size (get_page_adjustment (fixture));
}

static gboolean
is_last_in_sight (gpointer data)
{
  WindowTest *fixture = data;
  PslPartsTable *table = find_steps (fixture);
  guint n = g_list_model_get_n_items (psl_parts_table_get_items (table));
  PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), n - 1);

  return row != NULL && is_in_sight (fixture, GTK_WIDGET (row)) &&
         is_in_sight (fixture, psl_parts_table_get_add_button (table));
}

/* Whether the widgets of the rows are in the order of the parts, in which they are read out. */
static gboolean
is_in_order (PslPartsTable *table)
{
  PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), 0);
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (gtk_widget_get_parent (GTK_WIDGET (row))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child))
        continue;
      if (psl_parts_row_get_position (PSL_PARTS_ROW (child)) != n)
        return FALSE;
      n++;
    }
  return n == g_list_model_get_n_items (psl_parts_table_get_items (table));
}

/* The rows stand in the order of the parts when they are shown, moved, taken away and added. */
static void
test_order (WindowTest    *fixture,
            gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 3, "a b c");
  PslPartsGrid *grid = psl_parts_table_get_grid (table);

  g_assert_true (is_in_order (table));
  g_signal_emit_by_name (grid, "move", psl_parts_grid_find_row (grid, 2), -1);
  wait_for_titles (fixture, "a c b");
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_order (table));
  g_signal_emit_by_name (grid, "remove", psl_parts_grid_find_row (grid, 0));
  wait_for_titles (fixture, "c b");
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_order (table));
  undo (fixture);
  wait_for_titles (fixture, "a c b");
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_order (table));
  g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
  wait_for_focus (table, 3, TITLE);
  psl_test_draw (GTK_WIDGET (fixture->window));
  g_assert_true (is_in_order (table));
  window_test_close_window (fixture);
}

/* Scrolls the page so that its foot is that of the table. */
static void
put_at_foot (WindowTest    *fixture,
             PslPartsTable *table)
{
  GtkAdjustment *adjustment = get_page_adjustment (fixture);
  double bottom = get_bottom_on_page (fixture, psl_parts_table_get_add_button (table));

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bottom -
                                        gtk_adjustment_get_page_size (adjustment));
  psl_test_draw (GTK_WIDGET (fixture->window));
}

/* Whether the foot of the table is below that of the page. */
static gboolean
reaches_below (gpointer data)
{
  WindowTest *fixture = data;
  GtkWidget *add_button = psl_parts_table_get_add_button (find_steps (fixture));
  double page = gtk_adjustment_get_page_size (get_page_adjustment (fixture));

  return page > 0 && get_bottom_on_page (fixture, add_button) > page;
}

static gboolean
is_last_stored (gpointer data)
{
  GListModel *items = psl_parts_table_get_items (find_steps (data));
  g_autoptr (PslRecordItem) item = g_list_model_get_item (items, g_list_model_get_n_items (items) - 1);

  return psl_record_item_get_rid (item) != 0;
}

/* A new row below the foot of the page comes into view, with the button that adds the next. */
static void
test_add_at_foot (WindowTest    *fixture,
                  gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 8, "a b c d e f g h");

  window_test_resize (fixture, 1400, 500);
  psl_test_wait (reaches_below, fixture);
  put_at_foot (fixture, table);
  g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
  wait_for_focus (table, 8, TITLE);
  psl_test_wait (is_last_in_sight, fixture);

  type (table, 8, TITLE, "i");
  g_assert_true (psl_parts_table_flush (table));
  psl_test_wait (is_last_stored, fixture);
  put_at_foot (fixture, table);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 9, TITLE);
  psl_test_wait (is_last_in_sight, fixture);
  window_test_close_window (fixture);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  write_hook_install ();
  window_test_init ();

  window_test_add ("/parts-table/shown", test_shown);
  window_test_add ("/parts-table/empty", test_empty);
  window_test_add ("/parts-table/new-owner", test_new_owner);
  window_test_add ("/parts-table/edit", test_edit);
  window_test_add ("/parts-table/tab", test_tab);
  window_test_add ("/parts-table/add", test_add);
  window_test_add ("/parts-table/add-and-undo-at-once", test_add_and_undo_at_once);
  window_test_add ("/parts-table/refused", test_refused);
  window_test_add ("/parts-table/new-refused", test_new_refused);
  window_test_add ("/parts-table/left", test_left);
  window_test_add ("/parts-table/languages", test_languages);
  window_test_add ("/parts-table/languages-in-new-part", test_languages_in_new_part);
  window_test_add ("/parts-table/never-stored", test_never_stored);
  window_test_add ("/parts-table/left-while-inserting", test_left_while_inserting);
  window_test_add ("/parts-table/refused-when-left", test_refused_when_left);
  window_test_add ("/parts-table/move-and-remove", test_move_and_remove);
  window_test_add ("/parts-table/paste", test_paste);
  window_test_add ("/parts-table/paste-in-new-row", test_paste_in_new_row);
  window_test_add ("/parts-table/dialog", test_dialog);
  window_test_add ("/parts-table/focused-text", test_focused_text);
  window_test_add ("/parts-table/menu-keys", test_menu_keys);
  window_test_add ("/parts-table/listed-keys", test_listed_keys);
  window_test_add ("/parts-table/copy", test_copy);
  window_test_add ("/parts-table/remove-selected", test_remove_selected);
  window_test_add ("/parts-table/outlived", test_outlived);
  window_test_add ("/parts-table/open", test_open);
  window_test_add ("/parts-table/narrow", test_narrow);
  window_test_add ("/parts-table/owner-link", test_owner_link);
  window_test_add ("/parts-table/other-end", test_other_end);
  window_test_add ("/parts-table/destroyed-while-reading", test_destroyed_while_reading);
  window_test_add ("/parts-table/remarks", test_remarks);
  window_test_add ("/parts-table/many", test_many);
  window_test_add ("/parts-table/check", test_check);
  window_test_add ("/parts-table/sideways", test_sideways);
  window_test_add ("/parts-table/scrolled", test_scrolled);
  window_test_add ("/parts-table/order", test_order);
  window_test_add ("/parts-table/add-at-foot", test_add_at_foot);

  return window_test_run ();
}
