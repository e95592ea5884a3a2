/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-table.h"

#include "psl-terminal.h"

#define GAP 2
#define SMALLEST_FLEXIBLE 10

/* Cells of a table of text, a row after the other. */
struct _PslTable
{
  guint n_columns;
  GPtrArray *cells;
};

/* One line each, whatever the text holds. */
static char *
flatten (const char *text)
{
  char *flat = g_strdup (text != NULL ? text : "");

  g_strdelimit (flat, "\n\r\t", ' ');
  return flat;
}

/* The beginning of @text that is at most @width wide, with an ellipsis where
 * something is left out. */
static char *
ellipsise (const char *text,
           guint       width)
{
  guint taken = 0;
  const char *at = text;

  if (psl_terminal_measure (text) <= width)
    return g_strdup (text);
  while (*at != '\0')
    {
      guint next = psl_terminal_measure_character (g_utf8_get_char (at));

      if (taken + next > width - 1)
        break;
      taken += next;
      at = g_utf8_next_char (at);
    }
  return g_strdup_printf ("%.*s…", (int) (at - text), text);
}

/**
 * psl_table_new:
 *
 * Returns: (transfer full): an empty table
 */
PslTable *
psl_table_new (guint n_columns)
{
  PslTable *self = g_new0 (PslTable, 1);

  self->n_columns = n_columns;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * psl_table_free:
 *
 * Frees @self.
 */
void
psl_table_free (PslTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * psl_table_add:
 * @cell: (nullable): UTF-8
 *
 * Adds the next cell, from left to right and from top to bottom.
 */
void
psl_table_add (PslTable   *self,
               const char *cell)
{
  g_ptr_array_add (self->cells, flatten (cell));
}

/**
 * psl_table_to_text:
 * @width: how wide the rows may be in a terminal's columns, or 0
 * @flexible: the column that gives way where they would be wider
 *
 * Aligns the table. Columns without anything but their heading are left out.
 *
 * Returns: (transfer full): lines
 */
char *
psl_table_to_text (PslTable *self,
                   guint     width,
                   guint     flexible)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  guint n_rows = self->cells->len / self->n_columns;
  guint total = 0;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      gboolean used = FALSE;

      for (guint j = 0; j < n_rows; j++)
        {
          const char *cell = g_ptr_array_index (self->cells, j * self->n_columns + i);

          used = used || (j > 0 && *cell != '\0');
          widths[i] = MAX (widths[i], psl_terminal_measure (cell));
        }
      if (!used)
        widths[i] = 0;
      total += widths[i] > 0 ? widths[i] + GAP : 0;
    }
  total -= MIN (total, GAP);
  if (width > 0 && total > width && widths[flexible] > 0)
    widths[flexible] -= MIN (total - width, widths[flexible] - MIN (widths[flexible], SMALLEST_FLEXIBLE));

  for (guint j = 0; j < n_rows; j++)
    {
      gsize end;

      for (guint i = 0; i < self->n_columns; i++)
        {
          g_autofree char *cell = NULL;

          if (widths[i] == 0)
            continue;
          cell = ellipsise (g_ptr_array_index (self->cells, j * self->n_columns + i), widths[i]);
          g_string_append (text, cell);
          for (guint pad = psl_terminal_measure (cell); pad < widths[i] + GAP; pad++)
            g_string_append_c (text, ' ');
        }
      for (end = text->len; end > 0 && text->str[end - 1] == ' '; end--)
        ;
      g_string_truncate (text, end);
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (text);
}
