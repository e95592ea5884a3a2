/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The parts of a record, in a table on its page. */

#include "config.h"

#include <string.h>

#include "psl-detail-sheet.h"
#include "psl-owner-link.h"
#include "psl-parts-table.h"
#include "psl-record-row.h"
#include "psl-schema.h"
#include "psl-settings.h"
#include "tests/kinds/part-kinds.h"
#include "tests/store/store-testing.h"
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

/* The table of parts of a kind below a widget. */
static GtkWidget *
find_below (GtkWidget     *widget,
            const PslKind *kind)
{
  if (PSL_IS_PARTS_TABLE (widget) && psl_parts_table_get_field (PSL_PARTS_TABLE (widget))->target == kind)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_below (child, kind);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static PslPartsTable *
find_table (WindowTest    *fixture,
            const PslKind *kind)
{
  GtkWidget *table = find_below (GTK_WIDGET (fixture->window->detail_page), kind);

  return table != NULL ? PSL_PARTS_TABLE (table) : NULL;
}

static PslPartsTable *
find_steps (WindowTest *fixture)
{
  return find_table (fixture, &test_kind_step);
}

/* What the rows show: “a b c”. */
static char *
dup_shown (PslPartsTable *table)
{
  GListModel *items = psl_parts_table_get_items (table);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      PslPartsRow *row = psl_parts_grid_find_row (psl_parts_table_get_grid (table), i);
      PslRecord *record = row != NULL ? psl_record_item_get_record (psl_parts_row_get_item (row)) : NULL;
      g_autofree char *title = record != NULL ? psl_record_dup_own_title (record, "en") : NULL;

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
  test_kinds_add_tables (path);
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

static void
open_plan (WindowTest *fixture,
           gint64      plan)
{
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", test_kind_plan.name);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1400, 900);
  window_test_wait_for_items (fixture, 1);
  psl_record_model_select (window_test_get_model (fixture), plan);
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

/* What is no value stays where it is typed, and says why. */
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
  g_assert_false (psl_parts_table_flush (table));
  psl_editor_revert (get_editor (table, 0, DUE));
  g_assert_true (psl_parts_table_flush (table));
  window_test_close_window (fixture);
}

static gboolean
shows_notes (gpointer data)
{
  return find_table (data, &test_kind_note) != NULL &&
         gtk_widget_get_mapped (GTK_WIDGET (find_table (data, &test_kind_note)));
}

static gboolean
shows_kept (gpointer data)
{
  WindowTest *fixture = data;
  PslPartsTable *table = find_steps (fixture);
  PslPartsRow *row = table != NULL ? psl_parts_grid_find_row (psl_parts_table_get_grid (table), 0) : NULL;
  PslEditor *editor = row != NULL ? psl_parts_cell_get_editor (psl_parts_row_get_cell (row, DUE)) : NULL;

  return psl_detail_page_get_draft (fixture->window->detail_page) == NULL && editor != NULL &&
         psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

static gboolean
is_left (gpointer data)
{
  WindowTest *fixture = data;

  return psl_detail_page_get_draft (fixture->window->detail_page) != NULL;
}

/* What can't be stored is kept when the page is left, and is there when it is shown again. */
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

static void
enter_second (WindowTest    *fixture,
              PslPartsTable *table)
{
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 0, DUE);
  wait_for_focus (table, 0, DUE);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_for_focus (table, 1, DUE);
}

/* What was typed in a part that never came into the register is not put into the next one
 * that is entered. */
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
  wait_for_titles (fixture, "a");

  enter_second (fixture, table);
  editor = get_editor (table, 1, DUE);
  g_assert_null (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_true (psl_parts_table_flush (table));
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
has_error (gpointer data)
{
  PslEditor *editor = get_editor (data, 2, DUE);

  return editor != NULL && psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)) != NULL;
}

/* A block from a spreadsheet fills cells and adds rows as one step, and what can't be read
 * stands in its cell. */
static void
test_paste (WindowTest    *fixture,
            gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");
  g_autoptr (GVariant) draft = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (table)), "B\tBé\t2020\nC\tCé\tsome day\nD\n");
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, TITLE);
  wait_for_focus (table, 1, TITLE);
  g_assert_true (press (fixture, GDK_KEY_v, GDK_CONTROL_MASK));
  wait_for_titles (fixture, "a B C D");
  psl_test_wait (has_error, table);
  draft = psl_editor_dup_draft (get_editor (table, 2, DUE));
  g_assert_nonnull (draft);
  wait_for_focus (table, 1, TITLE);
  undo (fixture);
  wait_for_titles (fixture, "a b");
  window_test_close_window (fixture);
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
  return psl_parts_row_get_cell (psl_parts_grid_find_row (psl_parts_table_get_grid (data), 0), 0) != NULL &&
         !gtk_widget_get_visible (GTK_WIDGET (psl_parts_row_get_cell (
           psl_parts_grid_find_row (psl_parts_table_get_grid (data), 0), 0)));
}

/* On a narrow page a part is a row that opens, and a new one is entered on its page. */
static void
test_narrow (WindowTest    *fixture,
             gconstpointer  data)
{
  PslPartsTable *table = open_steps (fixture, 2, "a b");

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  adw_navigation_split_view_set_show_content (fixture->window->outer_view, TRUE);
  psl_test_wait (shows_summaries, table);
  psl_test_assert_named (GTK_WIDGET (fixture->window));
  psl_parts_grid_focus (psl_parts_table_get_grid (table), 1, DUE);
  wait_for_focus (table, 1, -1);
  g_signal_emit_by_name (psl_parts_table_get_add_button (table), "clicked");
  psl_test_wait (shows_notes, fixture);
  window_test_activate (fixture, "back");
  wait_for_titles (fixture, "a b -");
  window_test_close_window (fixture);
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

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  window_test_init ();

  window_test_add ("/parts-table/shown", test_shown);
  window_test_add ("/parts-table/empty", test_empty);
  window_test_add ("/parts-table/edit", test_edit);
  window_test_add ("/parts-table/tab", test_tab);
  window_test_add ("/parts-table/add", test_add);
  window_test_add ("/parts-table/add-and-undo-at-once", test_add_and_undo_at_once);
  window_test_add ("/parts-table/refused", test_refused);
  window_test_add ("/parts-table/left", test_left);
  window_test_add ("/parts-table/never-stored", test_never_stored);
  window_test_add ("/parts-table/move-and-remove", test_move_and_remove);
  window_test_add ("/parts-table/paste", test_paste);
  window_test_add ("/parts-table/copy", test_copy);
  window_test_add ("/parts-table/open", test_open);
  window_test_add ("/parts-table/narrow", test_narrow);
  window_test_add ("/parts-table/owner-link", test_owner_link);
  window_test_add ("/parts-table/other-end", test_other_end);
  window_test_add ("/parts-table/many", test_many);

  return window_test_run ();
}
