/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

int
main (int    argc,
      char **argv)
{
  return psl_cli_main (argc, argv);
}
