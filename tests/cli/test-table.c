/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib.h>

#include "psl-table.h"
#include "psl-terminal.h"

static void
add_cells (PslTable          *table,
           const char *const *cells)
{
  for (; *cells != NULL; cells++)
    psl_table_add (table, *cells);
}

static void
test_width (void)
{
  g_assert_cmpuint (psl_terminal_measure (""), ==, 0);
  g_assert_cmpuint (psl_terminal_measure ("été"), ==, 3);
  g_assert_cmpuint (psl_terminal_measure ("e\u0301te\u0301"), ==, 3);
  g_assert_cmpuint (psl_terminal_measure ("東京"), ==, 4);
}

static void
test_align (void)
{
  static const char *const cells[] = { "ID", "Title", "Empty", "Year", "1", "Été 東京", "", "2020", "22", "Two\nlines", "", NULL };
  g_autoptr (PslTable) table = psl_table_new (4);
  g_autofree char *text = NULL;

  add_cells (table, cells);
  psl_table_add (table, NULL);
  text = psl_table_to_text (table, 0, 1);
  g_assert_cmpstr (text, ==,
                   "ID  Title      Year\n"
                   "1   Été 東京   2020\n"
                   "22  Two lines\n");
}

static void
test_ellipsis (void)
{
  static const char *const cells[] = { "ID", "Title", "Year", "1", "A title that is too long", "2020", NULL };
  g_autoptr (PslTable) table = psl_table_new (3);
  g_autofree char *text = NULL;
  g_autofree char *tiny = NULL;

  add_cells (table, cells);
  text = psl_table_to_text (table, 24, 1);
  g_assert_cmpstr (text, ==,
                   "ID  Title           Year\n"
                   "1   A title that …  2020\n");
  /* Something of the title is left however small the terminal. */
  tiny = psl_table_to_text (table, 5, 1);
  g_assert_cmpstr (tiny, ==,
                   "ID  Title       Year\n"
                   "1   A title t…  2020\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/width", test_width);
  g_test_add_func ("/table/align", test_align);
  g_test_add_func ("/table/ellipsis", test_ellipsis);
  return g_test_run ();
}
