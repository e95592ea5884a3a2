/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

/**
 * psl_terminal_get_width:
 *
 * Returns: how many columns the terminal has that stdout is, or 0 where it isn't
 *   one
 */
guint
psl_terminal_get_width (void)
{
  struct winsize size = { 0 };

  if (!isatty (STDOUT_FILENO))
    return 0;
  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/**
 * psl_terminal_measure_character:
 *
 * Returns: how many of a terminal's columns @character takes
 */
guint
psl_terminal_measure_character (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;
  return g_unichar_iswide (character) ? 2 : 1;
}

/**
 * psl_terminal_measure:
 *
 * Returns: how many of a terminal's columns @text takes
 */
guint
psl_terminal_measure (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += psl_terminal_measure_character (g_utf8_get_char (text));
  return width;
}
