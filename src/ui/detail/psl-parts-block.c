/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-parts-block.h"

#include <glib/gi18n.h>

#include "psl-languages.h"
#include "psl-number.h"
#include "psl-parts-column.h"
#include "psl-text.h"

/* The most that a message quotes of cells that are not pasted. */
#define MOST_QUOTED 3
#define QUOTED_CHARS 20

typedef struct
{
  GArray *columns;
  GArray *rids;
  const PslKind *kind;
  char *owner;
  char *entered;
  char *text;
  char *language;
} Block;

static void
block_free (gpointer data)
{
  Block *block = data;

  g_array_unref (block->columns);
  g_array_unref (block->rids);
  g_free (block->owner);
  g_free (block->entered);
  g_free (block->text);
  g_free (block->language);
  g_free (block);
}

/* Makes a block of the columns from @first on. */
static Block *
new_block (GPtrArray *columns,
           guint      first,
           GArray    *rids)
{
  Block *block = g_new0 (Block, 1);

  block->rids = g_array_ref (rids);
  block->columns = g_array_new (FALSE, FALSE, sizeof (PslBlockColumn));
  for (guint i = first; i < columns->len; i++)
    {
      const PslPartsColumn *shown = columns->pdata[i];
      PslBlockColumn column = { shown->field, g_intern_string (shown->language) };

      g_array_append_val (block->columns, column);
    }
  return block;
}

static const PslBlockColumn *
get_columns (const Block *block)
{
  return (const PslBlockColumn *) (gpointer) block->columns->data;
}

/* On the register's thread. */
static gpointer
copy_block (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const Block *block = data;

  return psl_block_copy (store, get_columns (block), block->columns->len, block->rids, block->language, cancellable,
                         error);
}

/* On the register's thread. */
static gpointer
paste_block (PslStore      *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Block *block = data;

  return psl_block_paste (store, block->kind, block->owner, get_columns (block), block->columns->len, block->rids,
                          block->entered, block->text, cancellable, error);
}

static char *
dup_faults (guint n_faults)
{
  g_autofree char *number = psl_number_format_count (n_faults);

  return g_strdup_printf (ngettext ("%s cell can’t be read: it is marked in the table",
                                    "%s cells can’t be read: they are marked in the table", n_faults),
                          number);
}

/* Quotes as many cells as a toast has room for. */
static char *
dup_surplus (GPtrArray *surplus)
{
  g_autofree char *number = psl_number_format_count (surplus->len);
  g_autoptr (GString) cells = g_string_new (NULL);

  for (guint i = 0; i < MIN (surplus->len, MOST_QUOTED); i++)
    {
      g_autofree char *start = g_utf8_substring (surplus->pdata[i], 0, MIN (g_utf8_strlen (surplus->pdata[i], -1), QUOTED_CHARS));
      g_autofree char *cell = psl_text_dup_quotable (start);

      /* Translators: a cell of a table, quoted among others */
      g_string_append_printf (cells, C_("cell", "“%s”"), cell);
      if (i + 1 < surplus->len)
        g_string_append (cells, i + 1 < MOST_QUOTED ? ", " : " …");
    }
  return g_strdup_printf (ngettext ("%s cell was not pasted, as it stands beyond the last column: %s",
                                    "%s cells were not pasted, as they stand beyond the last column: %s",
                                    surplus->len),
                          number, cells->str);
}

/**
 * psl_parts_block_copy_async:
 * @reg: where the parts are
 * @columns: (element-type PslPartsColumn): the columns of the table
 * @rids: (element-type gint64): the parts
 *
 * Reads the cells of parts as a spreadsheet takes them. psl_register_finish() returns the
 * text, or %NULL with a %PSL_REGISTER_ERROR.
 */
void
psl_parts_block_copy_async (PslRegister         *reg,
                            GPtrArray           *columns,
                            GArray              *rids,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Block *block;

  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (rids != NULL);

  block = new_block (columns, 0, rids);
  block->language = g_strdup (psl_language_get_interface ());
  psl_register_read_async (reg, PSL_LANE_SHORT, copy_block, block, block_free, g_free, NULL, callback, user_data);
}

/**
 * psl_parts_block_paste_async:
 * @reg: where the parts are
 * @owner: the record whose parts they are
 * @kind: the kind of the parts
 * @columns: (element-type PslPartsColumn): the columns of the table
 * @first_column: the first column to paste into
 * @rids: (element-type gint64): the parts to paste into, and all below them
 * @entered: (nullable): the UUID of the part below them, see psl_block_paste()
 * @text: the text to paste
 *
 * Writes a text of a spreadsheet into cells. psl_register_finish() returns a
 * #PslBlockResult, or %NULL with an error of psl_block_paste().
 */
void
psl_parts_block_paste_async (PslRegister         *reg,
                             PslRecord           *owner,
                             const PslKind       *kind,
                             GPtrArray           *columns,
                             guint                first_column,
                             GArray              *rids,
                             const char          *entered,
                             const char          *text,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Block *block;

  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (owner));
  g_return_if_fail (rids != NULL);

  block = new_block (columns, first_column, rids);
  block->kind = kind;
  block->owner = g_strdup (psl_record_get_id (owner));
  block->entered = g_strdup (entered);
  block->text = g_strdup (text);
  psl_register_write_async (reg, paste_block, block, block_free, (GDestroyNotify) psl_block_result_free, NULL, callback,
                            user_data);
}

/**
 * psl_parts_block_dup_message:
 * @pasted: the result of pasting
 *
 * Returns: (transfer full) (nullable): the cells that are not in the register as they were
 *   pasted, as one message: a second one would take the place of the first; %NULL where all
 *   of it is
 */
char *
psl_parts_block_dup_message (const PslBlockResult *pasted)
{
  g_autofree char *faults = NULL;
  g_autofree char *surplus = NULL;

  g_return_val_if_fail (pasted != NULL, NULL);

  faults = pasted->faults->len > 0 ? dup_faults (pasted->faults->len) : NULL;
  surplus = pasted->surplus->len > 0 ? dup_surplus (pasted->surplus) : NULL;
  if (faults != NULL && surplus != NULL)
    return g_strdup_printf ("%s\n%s", faults, surplus);
  return faults != NULL ? g_steal_pointer (&faults) : g_steal_pointer (&surplus);
}
