/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-rows.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"

/* The plain lists that sheets, spreadsheets and people write where a field has
 * rows: "MD PL RO", "Moldova; Poland", "République de Moldova Pologne". */

/* Texts that are remembered as looked up. */
#define MAX_KNOWN 4096

/* A stretch of text to find codes in: parts between commas, or words. */
typedef struct
{
  const PslCodelist *list;
  GStrv tokens;
  guint n_tokens;
  const char *glue;           /* between tokens that are tried together */
  guint window;               /* how many tokens are tried together */
  gboolean between_commas;    /* the tokens are the texts between commas */
  gboolean codes_only;        /* every token looks like a code */
  gboolean among_names;       /* the list holds letters */
  gboolean *dead;             /* from where there is no way to the end */
  guint *tried;               /* by token: how many were last tried together from it */
  guint furthest;             /* the token that nothing fits */
  const char **found;         /* codes by the token they begin at */
  GHashTable *shares;         /* code found with a share, by the token → share */
  GHashTable *known;          /* text that was looked up → code, NULL where there is none */
  GHashTable *unlisted;       /* set of codes that the list doesn't have */
} Stretch;

static void
stretch_clear (Stretch *stretch)
{
  g_clear_pointer (&stretch->tokens, g_strfreev);
  g_clear_pointer (&stretch->dead, g_free);
  g_clear_pointer (&stretch->tried, g_free);
  g_clear_pointer (&stretch->found, g_free);
  g_clear_pointer (&stretch->shares, g_hash_table_unref);
  g_clear_pointer (&stretch->known, g_hash_table_unref);
  g_clear_pointer (&stretch->unlisted, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stretch, stretch_clear)

static gboolean
is_connector (const char *token)
{
  return strcmp (token, "et") == 0 || strcmp (token, "and") == 0 || strcmp (token, "&") == 0;
}

static gboolean
looks_like_code (const char *token)
{
  if (strlen (token) <= 3)
    return TRUE;

  for (const char *p = token; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p) && *p != '.')
        return FALSE;
    }

  return TRUE;
}

static char *
join_tokens (const Stretch *stretch,
             guint          from,
             guint          n)
{
  g_autoptr (GString) text = g_string_new (stretch->tokens[from]);

  for (guint i = 1; i < n; i++)
    {
      g_string_append (text, stretch->glue);
      g_string_append (text, stretch->tokens[from + i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Takes the share off the end of an entry: "Poland (40%)", "Pologne 40 %",
 * "PL:40". Returns NULL where there is none. */
static char *
split_share (const PslField  *field,
             const char      *text,
             char           **share)
{
  const PslField *second = field->rows[0].name != NULL ? &field->rows[1] : NULL;
  g_autofree char *head = g_strdup (text);
  gsize length = strlen (head);
  gboolean marked = FALSE;
  gunichar before;
  gsize end;

  if (second == NULL || second->name == NULL || second->type != PSL_FIELD_TYPE_DECIMAL)
    return NULL;

  if (length > 0 && head[length - 1] == ')')
    head[--length] = '\0';
  if (second->unit != NULL && g_str_has_suffix (head, second->unit))
    {
      marked = TRUE;
      length -= strlen (second->unit);
      head[length] = '\0';
    }
  while (g_str_has_suffix (head, " ") || g_str_has_suffix (head, "\302\240") || g_str_has_suffix (head, "\342\200\257"))
    {
      length -= g_str_has_suffix (head, " ") ? 1 : g_str_has_suffix (head, "\302\240") ? 2 : 3;
      head[length] = '\0';
    }

  end = length;
  while (length > 0 && (g_ascii_isdigit (head[length - 1]) || strchr (".,", head[length - 1]) != NULL))
    length--;
  if (length == 0 || length == end)
    return NULL;
  *share = g_strdup (head + length);

  /* A sign that touches the share belongs to it: `-40`, `~40`, `<40`. */
  before = g_utf8_get_char (g_utf8_prev_char (head + length));
  if (before != '(' && before != ':' && !g_unichar_isspace (before))
    {
      g_clear_pointer (share, g_free);
      return NULL;
    }

  head[length] = '\0';
  g_strchomp (head);
  length = strlen (head);
  if (length > 0 && (head[length - 1] == '(' || head[length - 1] == ':'))
    {
      marked = marked || head[length - 1] == ':';
      head[length - 1] = '\0';
      g_strchomp (head);
    }
  if (!marked)
    {
      g_clear_pointer (share, g_free);
      return NULL;
    }

  return g_steal_pointer (&head);
}

static gboolean
has_letter (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* Looks an entry up. A number among names is as likely a share without its sign as the
 * number of a country (`PE 50; EC 50`), unless entries of the list are called by numbers. */
static const PslCode *
match_entry (const PslCodelist  *list,
             const char         *text,
             gboolean            among_names,
             GError            **error)
{
  const PslCode *code = psl_codelist_match (list, text, error);

  if (code == NULL || !among_names || has_letter (text) || !has_letter (code->code))
    return code;
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
               _("“%s” is a number among names: it could be a code or a share. Write a name, or the share with a "
                 "percent sign, as in “Peru (40%%)”."), text);
  return NULL;
}

/* A code that the list doesn't have stands between commas or among codes: words that stand
 * side by side may be a name that was mistyped. */
static const char *
find_unlisted (Stretch    *stretch,
               const char *text)
{
  char *code = NULL;

  if (stretch->between_commas || stretch->codes_only)
    code = psl_codelist_read (stretch->list, text, FALSE, NULL);
  if (code == NULL || psl_codelist_find (stretch->list, code) != NULL)
    {
      g_free (code);
      return NULL;
    }
  g_hash_table_add (stretch->unlisted, code);
  return g_hash_table_lookup (stretch->unlisted, text);
}

/* Long lists name the same entries again and again. */
static const char *
look_up (Stretch    *stretch,
         const char *text)
{
  const PslCode *entry;
  gpointer code;

  if (g_hash_table_lookup_extended (stretch->known, text, NULL, &code))
    return code;
  if (g_hash_table_size (stretch->known) >= MAX_KNOWN)
    g_hash_table_remove_all (stretch->known);
  entry = match_entry (stretch->list, text, stretch->among_names, NULL);
  code = (gpointer) (entry != NULL ? entry->code : find_unlisted (stretch, text));
  g_hash_table_insert (stretch->known, g_strdup (text), code);

  return code;
}

/* Whether a text with commas is several names, although it could be one with its words
 * in another order: “China, Taiwan”, but not “Taiwan, China”, which is written so. */
static gboolean
is_several (const PslCodelist *list,
            const char        *text)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  g_autofree char *without = g_strjoinv (" ", names);

  if (names[0] == NULL || names[1] == NULL)
    return FALSE;
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (psl_codelist_match (list, g_strstrip (names[i]), NULL) == NULL)
        return FALSE;
    }
  return psl_codelist_match (list, without, NULL) == NULL;
}

/* Among names a small word is not a code: "et" is not Ethiopia, nor "de"
 * Germany. An entry with a share is no small word. */
static const char *
match_tokens (const PslField *field,
              Stretch        *stretch,
              guint           from,
              guint           n)
{
  g_autofree char *text = join_tokens (stretch, from, n);
  g_autofree char *name = NULL;
  g_autofree char *share = NULL;
  const char *code;

  if (!stretch->codes_only && n == 1 && is_connector (text))
    return NULL;

  code = look_up (stretch, text);
  if (code != NULL && n > 1 && is_several (stretch->list, text))
    return NULL;
  if (code != NULL && !stretch->codes_only &&
      g_ascii_strcasecmp (code, text) == 0 && strcmp (code, text) != 0)
    return NULL;
  if (code != NULL)
    return code;

  name = split_share (field, text, &share);
  code = name != NULL ? look_up (stretch, name) : NULL;
  if (code != NULL)
    g_hash_table_insert (stretch->shares, GUINT_TO_POINTER (from), g_steal_pointer (&share));

  return code;
}

/* How many tokens from one on are to be tried together: no more than a name has words. */
static guint
get_window (const Stretch *stretch,
            guint          from)
{
  guint window = MIN (stretch->window, stretch->n_tokens - from);

  return window > 1 ? MIN (window, MAX (psl_codelist_get_longest_with (stretch->list, stretch->tokens[from]), 1)) : window;
}

/* Finds the next, shorter name that begins at a token, or passes over a connector.
 * Returns: how many tokens that takes, 0 where nothing is left to try */
static guint
try_next (const PslField *field,
          Stretch        *stretch,
          guint           at)
{
  guint n = stretch->tried[at] == G_MAXUINT ? get_window (stretch, at) + 1 : stretch->tried[at];

  if (n == 0)
    return 0;

  g_hash_table_remove (stretch->shares, GUINT_TO_POINTER (at));
  stretch->found[at] = NULL;
  while (--n > 0)
    {
      stretch->found[at] = match_tokens (field, stretch, at, n);
      if (stretch->found[at] != NULL)
        break;
    }
  stretch->tried[at] = n;

  return n == 0 && is_connector (stretch->tokens[at]) ? 1 : n;
}

/* Finds codes from the first token to the last, the longest names first, and comes
 * back where that leads nowhere. */
static gboolean
find_codes (const PslField *field,
            Stretch        *stretch)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  guint at = 0;

  while (at < stretch->n_tokens)
    {
      guint n = stretch->dead[at] ? 0 : try_next (field, stretch, at);

      stretch->furthest = MAX (stretch->furthest, at);
      if (n > 0)
        {
          g_array_append_val (path, at);
          at += n;
          continue;
        }
      stretch->dead[at] = TRUE;
      if (path->len == 0)
        return FALSE;
      at = g_array_index (path, guint, path->len - 1);
      g_array_set_size (path, path->len - 1);
    }

  return TRUE;
}

static void
add_row (const PslField *field,
         const char     *first,
         const char     *second,
         GPtrArray      *rows)
{
  g_autofree const char **cells = g_new0 (const char *, MAX (psl_rows_get_n_columns (field), 2));

  cells[0] = first;
  cells[1] = second;
  g_ptr_array_add (rows, psl_rows_row_new (field, cells));
}

static gboolean
search_stretch (const PslField *field,
                Stretch        *stretch,
                GPtrArray      *rows)
{
  stretch->n_tokens = g_strv_length (stretch->tokens);
  stretch->dead = g_new0 (gboolean, stretch->n_tokens + 1);
  stretch->found = g_new0 (const char *, stretch->n_tokens + 1);
  stretch->tried = g_new (guint, stretch->n_tokens + 1);
  memset (stretch->tried, 0xff, (stretch->n_tokens + 1) * sizeof (guint));
  stretch->shares = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  stretch->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stretch->unlisted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  stretch->codes_only = TRUE;
  for (guint i = 0; i < stretch->n_tokens; i++)
    stretch->codes_only = stretch->codes_only && looks_like_code (stretch->tokens[i]);

  if (!find_codes (field, stretch))
    return FALSE;

  for (guint i = 0; i < stretch->n_tokens; i++)
    {
      if (stretch->found[i] != NULL)
        add_row (field, stretch->found[i], g_hash_table_lookup (stretch->shares, GUINT_TO_POINTER (i)), rows);
    }

  return TRUE;
}

/* Whether a backslash takes its meaning from the character after it. */
static gboolean
is_escape (const char *p)
{
  return *p == '\\' && p[1] != '\0' && strchr (";|\\()[", p[1]) != NULL;
}

/* Splits at the characters of @marks that stand outside parentheses and after no backslash;
 * text between two marks may be empty. */
static GStrv
split_outside (const char *text,
               const char *marks)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  const char *start = text;
  int depth = 0;

  for (const char *p = text;; p++)
    {
      while (is_escape (p))
        p += 2;
      if (*p == '(')
        depth++;
      else if (*p == ')')
        depth--;

      if (*p == '\0' || (depth <= 0 && strchr (marks, *p) != NULL))
        {
          char *part = g_strstrip (g_strndup (start, p - start));

          if (*part != '\0')
            g_strv_builder_take (parts, part);
          else
            g_free (part);
          start = p + 1;
        }
      if (*p == '\0')
        break;
    }

  return g_strv_builder_end (parts);
}

static GStrv
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      if (*p != '\0' && *p != ',' && !g_unichar_isspace (g_utf8_get_char (p)))
        {
          g_string_append_unichar (word, g_utf8_get_char (p));
          continue;
        }
      if (word->len > 0)
        g_strv_builder_add (words, word->str);
      g_string_truncate (word, 0);
      if (*p == '\0')
        break;
    }

  return g_strv_builder_end (words);
}

/* Reads all of the text as one entry, which may have a share. */
static gboolean
read_whole (const PslField    *field,
            const PslCodelist *list,
            const char        *text,
            gboolean           among_names,
            GPtrArray         *rows)
{
  g_autofree char *share = NULL;
  g_autofree char *name = split_share (field, text, &share);
  const PslCode *code = match_entry (list, name != NULL ? name : text, among_names, NULL);

  if (code == NULL || is_several (list, text))
    return FALSE;
  add_row (field, code->code, share, rows);

  return TRUE;
}

static gboolean
read_codes (const PslField      *field,
            const PslCodelists  *codelists,
            const char          *text,
            gboolean             among_names,
            GPtrArray           *rows,
            GError             **error)
{
  const PslCodelist *list = psl_codelists_get_list (codelists, field->rows[0].codelist);
  g_auto (Stretch) parts = { .list = list, .glue = ", ", .between_commas = TRUE, .among_names = among_names };
  g_auto (Stretch) words = { .list = list, .glue = " ", .among_names = among_names };

  g_return_val_if_fail (list != NULL, FALSE);

  if (read_whole (field, list, text, among_names, rows))
    return TRUE;

  parts.tokens = split_outside (text, ",");
  parts.window = 4;
  if (search_stretch (field, &parts, rows))
    return TRUE;

  words.tokens = split_words (text);
  words.window = psl_codelist_get_longest (list) + 4;
  if (search_stretch (field, &words, rows))
    return TRUE;

  /* Where there are commas, the error names the text between two of them that is no entry. */
  match_entry (list, parts.n_tokens > 1 ? parts.tokens[parts.furthest] : words.tokens[words.furthest], among_names,
               error);

  return FALSE;
}

/* The column of a cell that stands alone: an address of the web finds its own. */
static guint
find_column_for (const PslField     *field,
                 const PslCodelists *codelists,
                 guint               n_columns,
                 const char         *cell)
{
  for (guint i = 0; i < n_columns && strstr (cell, "://") != NULL; i++)
    {
      if (field->rows[i].type == PSL_FIELD_TYPE_URL && psl_field_is_valid (&field->rows[i], codelists, cell))
        return i;
    }

  return 0;
}

/* The cells between the bars of a line, without the backslashes. */
static GStrv
split_cells (const char *text)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  g_autoptr (GString) cell = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '|')
        {
          g_strv_builder_add (cells, cell->str);
          g_string_truncate (cell, 0);
          continue;
        }
      if (is_escape (p))
        p++;
      g_string_append_c (cell, *p);
    }
  g_strv_builder_add (cells, cell->str);

  return g_strv_builder_end (cells);
}

/* Takes the address off the end of a title: "Sheet (https://example.org/a)". */
static void
split_address (const PslField      *field,
               const PslCodelists  *codelists,
               guint                n_columns,
               char                *cell,
               const char         **cells)
{
  char *open = strrchr (cell, '(');
  gsize length = strlen (cell);
  guint column;

  if (open == NULL || open == cell || cell[length - 1] != ')')
    return;

  cell[length - 1] = '\0';
  column = find_column_for (field, codelists, n_columns, open + 1);
  if (column == 0)
    {
      cell[length - 1] = ')';
      return;
    }
  *open = '\0';
  g_strchomp (cell);
  cells[column] = open + 1;
}

/* One row a line, its cells apart by bars. */
static gboolean
read_cells (const PslField      *field,
            const PslCodelists  *codelists,
            const char          *text,
            GPtrArray           *rows,
            GError             **error)
{
  g_auto (GStrv) parts = split_cells (text);
  guint n_columns = psl_rows_get_n_columns (field);
  guint n_parts = g_strv_length (parts);
  g_autofree const char **cells = NULL;

  if (n_parts > n_columns)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   g_dngettext (GETTEXT_PACKAGE,
                                "“%s” has too many parts. Write at most %u, with “|” between them.",
                                "“%s” has too many parts. Write at most %u, with “|” between them.", n_columns),
                   text, n_columns);
      return FALSE;
    }

  cells = g_new0 (const char *, n_columns);
  for (guint i = 0; i < n_parts; i++)
    g_strstrip (parts[i]);
  if (n_parts == 1)
    {
      split_address (field, codelists, n_columns, parts[0], cells);
      cells[find_column_for (field, codelists, n_columns, parts[0])] = parts[0];
    }
  for (guint i = 0; i < n_parts && n_parts > 1; i++)
    cells[i] = parts[i];
  g_ptr_array_add (rows, psl_rows_row_new (field, cells));

  return TRUE;
}

/**
 * psl_rows_read_list:
 * @field: a field of rows
 * @codelists: the lists of the register it is for
 * @text: a list as people write it
 * @error: return location for an error
 *
 * Reads a plain list. For flat fields of codes: codes, names or aliases, with semicolons,
 * bars, line ends or commas between them or nothing but blanks, even where names have blanks
 * themselves; each may be followed by its share, as in `Poland (40%)`. A number is an entry's
 * code only where all cells are numbers, or where the codes of the list are. A code that the
 * list doesn't have is taken as psl_codelist_read() says, alone or between separators, or
 * among codes. For other fields: one row between semicolons or line ends, its cells between
 * bars, where a backslash makes a semicolon, a bar, a parenthesis or another backslash a part
 * of the text; a title alone may have its address behind it in parentheses.
 *
 * Errors: %PSL_REGISTER_ERROR_NOT_FOUND and %PSL_REGISTER_ERROR_AMBIGUOUS naming
 * the entry, %PSL_REGISTER_ERROR_INVALID.
 *
 * Returns: (transfer full) (nullable) (element-type GStrv): the rows as written,
 *   or %NULL on error
 */
GPtrArray *
psl_rows_read_list (const PslField      *field,
                    const PslCodelists  *codelists,
                    const char          *text,
                    GError             **error)
{
  g_autoptr (GPtrArray) rows = psl_rows_new ();
  gboolean flat;
  gboolean among_names;
  g_auto (GStrv) chunks = NULL;

  g_return_val_if_fail (field != NULL, NULL);
  g_return_val_if_fail (field->rows != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  flat = (field->flags & PSL_FIELD_FLAT) && field->rows[0].type == PSL_FIELD_TYPE_CODE;
  among_names = has_letter (text);
  chunks = split_outside (text, flat ? ";|\n\t" : ";\n");
  for (gsize i = 0; chunks[i] != NULL; i++)
    {
      if (flat ? !read_codes (field, codelists, chunks[i], among_names, rows, error)
               : !read_cells (field, codelists, chunks[i], rows, error))
        return NULL;
    }

  return g_steal_pointer (&rows);
}
