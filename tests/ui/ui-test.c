/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ui-test.h"

#include <libintl.h>
#include <locale.h>
#include <string.h>

#include "tests/wait-until.h"

/* The pieces of messages that tests/toolkit-warnings lists. */
static char **toolkit_warnings;

static void
read_toolkit_warnings (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (TOOLKIT_WARNINGS, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      g_strv_builder_add (builder, lines[i]);
  toolkit_warnings = g_strv_builder_end (builder);
}

static gboolean
is_of_toolkit (const char *message)
{
  for (guint i = 0; toolkit_warnings[i] != NULL; i++)
    if (strstr (message, toolkit_warnings[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Leaves out what the toolkit says about itself: the default writer ends the program
 * at a warning. */
static GLogWriterOutput
write_log (GLogLevelFlags   log_level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE") && is_of_toolkit (fields[i].value))
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (log_level, fields, n_fields, data);
}

/**
 * psl_test_init:
 *
 * Readies GTK, libadwaita, the program's styles and the translations that were
 * built; warnings are fatal, but for those in tests/toolkit-warnings.
 */
void
psl_test_init (int    *argc,
               char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  setlocale (LC_ALL, "");
  if (g_getenv ("PASSERELLE_TEST_TRANSLATIONS") != NULL)
    bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PASSERELLE_TEST_TRANSLATIONS"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  read_toolkit_warnings ();
  g_log_set_writer_func (write_log, NULL, NULL);
  /* Not gtk_test_init(): that takes the locale to American English. */
  g_test_init (argc, argv, NULL);
  gtk_init ();
  adw_init ();
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/org/passerelle/Passerelle/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/**
 * psl_test_wait_for:
 * @condition: what to wait for
 * @what: its name and where the test asks for it
 *
 * Runs the main loop until @condition holds; fails where it never does. Tests call
 * psl_test_wait().
 */
void
psl_test_wait_for (PslTestCondition  condition,
                   gpointer          data,
                   const char       *what)
{
  guint source = g_timeout_add_seconds (WAIT_UNTIL_SECONDS, wait_until_late_cb, (gpointer) what);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
}

/**
 * psl_test_settle:
 *
 * Runs what waits in the main loop already.
 */
void
psl_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       n_frames)
{
  *(guint *) n_frames += 1;
  return *(guint *) n_frames < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
has_drawn (gpointer n_frames)
{
  return *(guint *) n_frames == 2;
}

/**
 * psl_test_draw:
 * @widget: a widget on show
 *
 * Runs the main loop until a frame was drawn, and what GTK puts off to its end was done.
 */
void
psl_test_draw (GtkWidget *widget)
{
  guint n_frames = 0;

  gtk_widget_add_tick_callback (widget, tick_cb, &n_frames, NULL);
  psl_test_wait (has_drawn, &n_frames);
}

static gboolean
is_active (gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (data));
}

/**
 * psl_test_window:
 * @content: what to show
 *
 * Returns: (transfer none): a window on the display, with the focus
 */
GtkWidget *
psl_test_window (GtkWidget *content)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 800);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
  psl_test_wait (is_active, window);
  return window;
}

/**
 * psl_test_find_match:
 *
 * Returns: (transfer none) (nullable): the first widget that matches, in reading order
 */
GtkWidget *
psl_test_find_match (GtkWidget     *widget,
                     PslTestMatch   match,
                     gconstpointer  data)
{
  if (match (widget, data))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = psl_test_find_match (child, match, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_of_type (GtkWidget     *widget,
            gconstpointer  type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), *(const GType *) type);
}

/**
 * psl_test_find:
 *
 * Returns: (transfer none) (nullable): the first widget of a type, in reading
 *   order
 */
GtkWidget *
psl_test_find (GtkWidget *widget,
               GType      type)
{
  return psl_test_find_match (widget, is_of_type, &type);
}

static gboolean
is_label (GtkWidget     *widget,
          gconstpointer  text)
{
  return GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text);
}

/**
 * psl_test_find_label:
 *
 * Returns: (transfer none) (nullable): the first label of that text
 */
GtkWidget *
psl_test_find_label (GtkWidget  *widget,
                     const char *text)
{
  return psl_test_find_match (widget, is_label, text);
}

static gboolean
is_label_on_show (GtkWidget     *widget,
                  gconstpointer  text)
{
  return is_label (widget, text) && gtk_widget_get_mapped (widget);
}

/**
 * psl_test_shows_label:
 *
 * Returns: whether a label of that text is on show
 */
gboolean
psl_test_shows_label (GtkWidget  *widget,
                      const char *text)
{
  return psl_test_find_match (widget, is_label_on_show, text) != NULL;
}

/**
 * psl_test_count:
 *
 * Returns: how many widgets of a type are in @widget
 */
guint
psl_test_count (GtkWidget *widget,
                GType      type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (widget), type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += psl_test_count (child, type);
  return n;
}

static gboolean
is_interactive (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_TEXT_VIEW (widget) ||
         GTK_IS_MENU_BUTTON (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_LIST_BOX_ROW (widget);
}

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_label (GTK_LABEL (widget)) != '\0';

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;

  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL) ||
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
         gtk_widget_get_tooltip_text (widget) != NULL || has_text (widget);
}

/* The button inside a menu button is named by it, the list inside a column view too. */
static gboolean
is_named_by_parent (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return GTK_IS_MENU_BUTTON (parent) || (GTK_IS_COLUMN_VIEW (parent) && is_named (parent));
}

/**
 * psl_test_assert_named:
 *
 * Fails where something that can be pressed or typed into has no name for
 * assistive technology.
 */
void
psl_test_assert_named (GtkWidget *widget)
{
  /* The button of a banner without one is there, and never shown. */
  if (ADW_IS_BANNER (widget) && adw_banner_get_button_label (ADW_BANNER (widget)) == NULL)
    return;

  /* A combo row that shows its choice as its subtitle hides the list of one item. */
  if (GTK_IS_LIST_VIEW (widget) && !gtk_widget_get_visible (widget))
    return;

  if (is_interactive (widget) && !is_named (widget) && !is_named_by_parent (widget))
    g_error ("A %s in a %s has no accessible name", G_OBJECT_TYPE_NAME (widget),
             G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    psl_test_assert_named (child);
}
