/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "window-test.h"

#include "psl-kinds.h"
#include "psl-settings.h"
#include "psl-window-private.h"
#include "tests/folder.h"
#include "tests/own-register.h"
#include "ui-test.h"

static PslApplication *application;

/* The text that a condition looks for in the dialog on show. */
typedef struct
{
  WindowTest *fixture;
  const char *title;
  const char *subtitle;
} Row;

static gboolean
is_on_page (gpointer data)
{
  WindowTest *fixture = data;

  return g_strcmp0 (window_test_get_page (fixture->window), fixture->page) == 0;
}

static gboolean
has_items (gpointer data)
{
  WindowTest *fixture = data;
  PslRecordModel *model = psl_list_page_get_model (fixture->window->list_page);

  return !psl_record_model_is_loading (model)
         && g_list_model_get_n_items (G_LIST_MODEL (model)) == fixture->n_items;
}

/* The page of a window: "register", or "loading" or "problem" while there is none. */
const char *
window_test_get_page (PslWindow *window)
{
  const char *page = gtk_stack_get_visible_child_name (window->stack);
  GtkWidget *opening = adw_bin_get_child (ADW_BIN (window->opening_page));

  if (g_str_equal (page, "opening"))
    page = gtk_stack_get_visible_child_name (GTK_STACK (opening));
  return g_strcmp0 (page, "waiting") != 0 && page != NULL ? page : "loading";
}

/* Puts the settings back to what they are at the first start. */
void
window_test_reset_settings (void)
{
  GSettings *settings = psl_settings_get_gsettings (psl_settings_get_default ());
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

/* The list of the window. */
PslRecordModel *
window_test_get_model (WindowTest *fixture)
{
  return psl_list_page_get_model (fixture->window->list_page);
}

/* Waits until the list has so many records. */
void
window_test_wait_for_items (WindowTest *fixture,
                            guint       n_items)
{
  fixture->n_items = n_items;
  psl_test_wait (has_items, fixture);
}

/* Does what a menu item of the window does. */
void
window_test_activate (WindowTest *fixture,
                      const char *action)
{
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (fixture->window), action));
  g_action_group_activate_action (G_ACTION_GROUP (fixture->window), action, NULL);
}

/* The dialog on show; NULL where there is none. */
GtkWidget *
window_test_get_dialog (WindowTest *fixture)
{
  return GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (fixture->window)));
}

/* The row or button of that title in a widget; NULL where there is none. */
GtkWidget *
window_test_find_titled (GtkWidget  *widget,
                         const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = window_test_find_titled (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The row or button of that title in the dialog on show. */
GtkWidget *
window_test_find_in_dialog (WindowTest *fixture,
                            const char *title)
{
  GtkWidget *found = window_test_find_titled (window_test_get_dialog (fixture), title);

  g_assert_nonnull (found);
  return found;
}

static gboolean
has_row (gpointer data)
{
  Row *row = data;
  GtkWidget *dialog = window_test_get_dialog (row->fixture);
  GtkWidget *found = dialog != NULL ? window_test_find_titled (dialog, row->title) : NULL;

  return found != NULL && gtk_widget_get_mapped (found) &&
         g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (found)), row->subtitle) == 0;
}

/* Waits until the dialog on show has a row of that title and subtitle. */
void
window_test_wait_for_row (WindowTest *fixture,
                          const char *title,
                          const char *subtitle)
{
  Row row = { fixture, title, subtitle };

  psl_test_wait (has_row, &row);
}

/* Clicks a button of the dialog on show. */
void
window_test_click (WindowTest *fixture,
                   const char *label)
{
  g_signal_emit_by_name (window_test_find_in_dialog (fixture, label), "clicked");
}

/* Makes a register with WINDOW_TEST_PROJECTS projects, every tenth of them in
 * Söderköping. */
void
window_test_fill (const char *path)
{
  const PslField *title = psl_kind_find_field (&psl_kind_project, "title");
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_store_open (path, PSL_STORE_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (psl_store_begin (store, PSL_VERB_IMPORT, "test", &error));
  for (guint i = 0; i < WINDOW_TEST_PROJECTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Project %02u %s", i, i % 10 == 0 ? "Söderköping" : "Accra");
      gint64 rid = psl_store_create (store, &psl_kind_project, NULL, &error);

      g_assert_no_error (error);
      psl_store_set (store, rid, title, "en", text, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpint (psl_store_commit (store, &error), >, 0);
}

/* Waits until the window shows a page. */
void
window_test_wait_for_page (WindowTest *fixture,
                           const char *page)
{
  fixture->page = page;
  psl_test_wait (is_on_page, fixture);
}

/* Opens a window on the register, which is one's own, and waits until it shows a page. */
void
window_test_open_window (WindowTest   *fixture,
                         PslStoreFlags flags,
                         const char   *page)
{
  own_register_declare (fixture->path);
  window_test_open_any (fixture, flags, page);
}

/* The same, on a register from elsewhere. */
void
window_test_open_any (WindowTest   *fixture,
                      PslStoreFlags flags,
                      const char   *page)
{
  fixture->window = psl_window_new (application, fixture->path, flags);
  gtk_window_present (GTK_WINDOW (fixture->window));
  window_test_wait_for_page (fixture, page);
}

typedef struct
{
  GtkWidget *window;
  int width;
  int height;
} Size;

static gboolean
has_other_size (gpointer data)
{
  Size *before = data;

  return gtk_widget_get_width (before->window) != before->width ||
         gtk_widget_get_height (before->window) != before->height;
}

/* Gives the window that is on show another size, as far as the screen has room for it, and
 * waits until it has it: on X11 GTK may lose a size that is asked for while another is on its
 * way. */
void
window_test_resize (WindowTest *fixture,
                    int         width,
                    int         height)
{
  Size before = { GTK_WIDGET (fixture->window) };

  psl_test_draw (before.window);
  before.width = gtk_widget_get_width (before.window);
  before.height = gtk_widget_get_height (before.window);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  psl_test_wait (has_other_size, &before);
}

/* The same, on a register with projects in it, all of them listed. */
void
window_test_open_filled (WindowTest *fixture)
{
  window_test_fill (fixture->path);
  window_test_open_window (fixture, PSL_STORE_NONE, "register");
  window_test_wait_for_items (fixture, WINDOW_TEST_PROJECTS);
}

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

/* The table of parts of a kind on the record's page; NULL where there is none. */
PslPartsTable *
window_test_find_parts (WindowTest    *fixture,
                        const PslKind *kind)
{
  GtkWidget *table = find_below (GTK_WIDGET (fixture->window->detail_page), kind);

  return table != NULL ? PSL_PARTS_TABLE (table) : NULL;
}

/* Closes the window, with everything stored. */
void
window_test_close_window (WindowTest *fixture)
{
  g_assert_true (psl_window_shut (fixture->window));
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  psl_test_settle ();
}

/* An empty folder, and settings as at the first start. */
static void
set_up (WindowTest    *fixture,
        gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "test.passerelle", NULL);
  window_test_reset_settings ();
}

/* Takes the folder away. */
static void
tear_down (WindowTest    *fixture,
           gconstpointer  data)
{
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

/* Readies the program. */
void
window_test_init (void)
{
  g_autoptr (GError) error = NULL;

  application = psl_application_new ();
  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) | G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
}

/* Adds a test that has such a fixture. */
void
window_test_add (const char *path,
                 void      (*test) (WindowTest    *fixture,
                                    gconstpointer  data))
{
  window_test_add_with_data (path, NULL, test);
}

/* The same, for a test that is told something. */
void
window_test_add_with_data (const char    *path,
                           gconstpointer  data,
                           void         (*test) (WindowTest    *fixture,
                                                 gconstpointer  data))
{
  g_test_add (path, WindowTest, data, set_up, test, tear_down);
}

/* Runs the tests, and ends the program. */
int
window_test_run (void)
{
  int result = g_test_run ();

  g_clear_object (&application);
  return result;
}
