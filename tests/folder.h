/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

G_BEGIN_DECLS

/* A new, empty folder for a test's files; free the name. */
static inline char *
folder_make (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("passerelle-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* Removes a folder and all that is in it. */
static inline void
folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        folder_remove (path);
      else
        g_assert_no_errno (g_unlink (path));
    }
  g_assert_no_errno (g_rmdir (folder));
}

G_END_DECLS
