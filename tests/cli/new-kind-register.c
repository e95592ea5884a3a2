/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "tests/kinds/new-kind.h"

/* Makes the register of test_new_kind.py. */
int
main (int    argc,
      char **argv)
{
  g_assert_cmpint (argc, ==, 2);
  new_kind_make_register (argv[1]);
  return 0;
}
