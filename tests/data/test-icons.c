/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An icon that the theme doesn't have shows as a broken picture: every name in
 * the sources of the window must be in Adwaita or among our own. */

#include "config.h"

#include "psl-application.h"
#include "psl-kinds.h"

static void
check_file (GtkIconTheme *theme,
            const char   *path)
{
  g_autoptr (GRegex) regex = g_regex_new ("[\"']([a-z0-9-]+-symbolic)[\"']", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      if (!gtk_icon_theme_has_icon (theme, name))
        {
          g_test_message ("%s: %s is in no icon theme", path, name);
          g_test_fail ();
        }
    }
}

/* Returns how many sources a folder has, with those of the folders in it. */
static guint
check_folder (GtkIconTheme *theme,
              const char   *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint n_files = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        n_files += check_folder (theme, path);
      else if (g_str_has_suffix (name, ".c") || g_str_has_suffix (name, ".blp"))
        {
          check_file (theme, path);
          n_files++;
        }
    }

  return n_files;
}

static void
test_used (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  g_assert_cmpuint (check_folder (theme, g_getenv ("PASSERELLE_UI")), >, 100);
}

static void
test_kinds (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (gsize i = 0; psl_kinds[i] != NULL; i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, psl_kinds[i]->icon));
}

static void
test_own (void)
{
  static const char *const names[] = { APPLICATION_ID, APPLICATION_ID "-symbolic" };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GtkIconPaintable) icon = NULL;

      g_assert_true (gtk_icon_theme_has_icon (theme, names[i]));
      icon = gtk_icon_theme_lookup_icon (theme, names[i], NULL, 16, 1, GTK_TEXT_DIR_LTR, 0);
      g_assert_cmpstr (gtk_icon_paintable_get_icon_name (icon), ==, names[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PslApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  g_test_init (&argc, &argv, NULL);

  /* The application adds its own icons to the theme. */
  application = psl_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);

  g_test_add_func ("/data/icons/own", test_own);
  g_test_add_func ("/data/icons/kinds", test_kinds);
  g_test_add_func ("/data/icons/used", test_used);

  return g_test_run ();
}
