/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Letters that Unicode doesn't decompose and that people look for by their plain neighbours:
 * the letters of ICU's root collation, which tests/base/test-fold.c compares, and þ, ð and ı.
 * Lower case only: the text is case-folded before. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" }, /* ß */
  { 0x00e6, "ae" }, /* æ */
  { 0x00f0, "d" }, /* ð */
  { 0x00f8, "o" }, /* ø */
  { 0x00fe, "th" }, /* þ */
  { 0x0111, "d" }, /* đ */
  { 0x0127, "h" }, /* ħ */
  { 0x0131, "i" }, /* ı */
  { 0x0142, "l" }, /* ł */
  { 0x0153, "oe" }, /* œ */
  { 0x01be, "ts" }, /* ƾ */
  { 0x02a3, "dz" }, /* ʣ */
  { 0x02a6, "ts" }, /* ʦ */
  { 0x0491, "г" }, /* ґ */
  { 0x1d08, "ɜ" }, /* ᴈ */
  { 0x1d4e, "ᴉ" }, /* ᵎ */
  { 0x1d79, "g" }, /* ᵹ */
  { 0xa669, "о" }, /* ꙩ */
  { 0xa66b, "о" }, /* ꙫ */
  { 0xa66d, "о" }, /* ꙭ */
  { 0xa66e, "о" }, /* ꙮ */
  { 0xa699, "о" }, /* ꚙ */
  { 0xa69b, "о" }, /* ꚛ */
  { 0xa733, "aa" }, /* ꜳ */
  { 0xa739, "av" }, /* ꜹ */
  { 0xa73b, "av" }, /* ꜻ */
  { 0xa75b, "r" }, /* ꝛ */
  { 0xa77a, "d" }, /* ꝺ */
  { 0xa77c, "f" }, /* ꝼ */
  { 0xa783, "r" }, /* ꞃ */
  { 0xa785, "s" }, /* ꞅ */
  { 0xa787, "t" }, /* ꞇ */
  { 0xa79b, "a" }, /* ꞛ */
  { 0xa79d, "o" }, /* ꞝ */
  { 0xa79f, "u" }, /* ꞟ */
  { 0xa7a1, "g" }, /* ꞡ */
  { 0xa7a3, "k" }, /* ꞣ */
  { 0xa7a5, "n" }, /* ꞥ */
  { 0xa7a7, "r" }, /* ꞧ */
  { 0xa7a9, "s" }, /* ꞩ */
  { 0xa7c1, "a" }, /* ꟁ */
  { 0xa7c3, "w" }, /* ꟃ */
  { 0xa7d9, "s" }, /* ꟙ */
  { 0x10780, "aa" }, /* 𐞀 */
  { 0x1df00, "ʩ" }, /* 𝼀 */
};

static const char *
find_plain_letter (gunichar letter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    {
      if (plain_letters[i].letter == letter)
        return plain_letters[i].plain;
    }

  return NULL;
}

/* Appends a separator unless the text begins or there is one already. */
static void
append_separator (GString *folded)
{
  if (folded->len > 0 && folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
}

static void
trim_end (GString *text)
{
  while (text->len > 0)
    {
      const char *last = g_utf8_find_prev_char (text->str, text->str + text->len);

      if (last == NULL || !g_unichar_isspace (g_utf8_get_char (last)))
        break;
      g_string_truncate (text, last - text->str);
    }
}

static char *
fold_ascii (const char *text)
{
  GString *folded = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (folded, g_ascii_tolower (*p));
      else
        append_separator (folded);
    }
  trim_end (folded);

  return g_string_free_and_steal (folded);
}

/* Whether folding leaves a character out. The vowel and tone signs of New Tai Lue and two signs
 * of Vedic became letters after Unicode 6.1, which the search index goes by, and in which they
 * are marks. */
static gboolean
is_mark (gunichar c)
{
  return g_unichar_ismark (c) || (c >= 0x19b0 && c <= 0x19c0) || c == 0x19c8 || c == 0x19c9 || c == 0x1cf2 || c == 0x1cf3;
}

/* Takes the marks out of a decomposed text. */
static void
strip_marks (char *text)
{
  const char *next = text;
  char *end = text;

  while (*next != '\0')
    {
      gunichar c = g_utf8_get_char (next);

      next = g_utf8_next_char (next);
      if (!is_mark (c))
        end += g_unichar_to_utf8 (c, end);
    }
  *end = '\0';
}

static char *
fold_unicode (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *cased = NULL;
  g_autofree char *letters = NULL;
  GString *folded;

  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  if (decomposed == NULL)
    return g_strdup ("");
  /* Folding the case makes a letter of one mark, the iota below (ᾳ). It may compose again
   * (İ), hence twice. */
  strip_marks (decomposed);
  cased = g_utf8_casefold (decomposed, -1);
  letters = g_utf8_normalize (cased, -1, G_NORMALIZE_NFKD);

  folded = g_string_sized_new (strlen (letters));
  for (const char *p = letters; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *plain = find_plain_letter (c);

      if (plain != NULL)
        g_string_append (folded, plain);
      else if (is_mark (c))
        continue;
      else if (g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
      else if (g_unichar_type (c) != G_UNICODE_FORMAT)
        append_separator (folded);
    }
  trim_end (folded);

  return g_string_free_and_steal (folded);
}

/* Characters of French and English texts, whose folded forms are looked up:
 * Latin letters and general punctuation. Unicode's own tables take ten times as
 * long, and an import folds everything that it brings. */
#define N_LATIN 0x300
#define FIRST_PUNCTUATION 0x2000
#define N_PUNCTUATION 0x70

#define MINUS_SIGN 0x2212
#define MIDDLE_DOT 0xb7

typedef char FoldedCharacter[8];

static FoldedCharacter folded_characters[N_LATIN + N_PUNCTUATION];

static const char *
find_folded_character (gunichar c)
{
  if (c < N_LATIN)
    return folded_characters[c];
  if (c >= FIRST_PUNCTUATION && c < FIRST_PUNCTUATION + N_PUNCTUATION)
    return folded_characters[N_LATIN + c - FIRST_PUNCTUATION];
  return NULL;
}

/* Folding looks at one character at a time, so that a character is folded alike at the ends
 * and between letters. */
static void
fill_folded_character (FoldedCharacter folded_character,
                       gunichar        c)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autofree char *folded = NULL;
  gsize length;

  g_string_append_unichar (text, c);
  g_string_append_c (text, 'b');
  folded = fold_unicode (text->str);
  length = strlen (folded) - 2;
  g_assert (length < sizeof (FoldedCharacter));
  memcpy (folded_character, folded + 1, length);
}

static void
fill_folded_characters (void)
{
  static gsize filled = 0;

  if (!g_once_init_enter (&filled))
    return;
  for (gunichar c = 1; c < N_LATIN; c++)
    fill_folded_character (folded_characters[c], c);
  for (gunichar c = 0; c < N_PUNCTUATION; c++)
    fill_folded_character (folded_characters[N_LATIN + c], FIRST_PUNCTUATION + c);
  g_once_init_leave (&filled, 1);
}

/* Returns NULL where @text has a character that is not looked up. */
static char *
fold_latin (const char *text)
{
  g_autoptr (GString) folded = g_string_sized_new (strlen (text) + 8);

  fill_folded_characters ();
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *character = find_folded_character (g_utf8_get_char (p));

      if (character == NULL)
        return NULL;
      for (; *character != '\0'; character++)
        {
          if (*character == ' ')
            append_separator (folded);
          else
            g_string_append_c (folded, *character);
        }
    }
  trim_end (folded);

  return g_string_free_and_steal (g_steal_pointer (&folded));
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Blanks that may be joined; no-break and other set spaces are kept as they
 * were typed, for French typography hangs on them. */
static gboolean
is_blank (gunichar c)
{
  return c == ' ' || c == '\t';
}

/* Whether @c stays as it is wherever it stands in a text but at its ends: neither
 * a control character nor one that NFC may change. */
static gboolean
is_plain (gunichar c)
{
  return (c >= 0x20 && c < 0x7f) || (c >= 0xa0 && c < 0x300) ||
         (c >= 0x2010 && c < 0x2028) || (c >= 0x202f && c < 0x205f) || (c >= 0x20a0 && c < 0x20c0);
}

/* Whether anything of @text is seen: blanks and format characters, such as U+200B and
 * soft hyphens, are not. */
static gboolean
has_visible (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        return TRUE;
    }

  return FALSE;
}

/* Whether @text obviously is as psl_text_clean() would make it. */
static gboolean
is_clean (const char *text,
          gboolean    multiline)
{
  gunichar before = ' ';

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_plain (c) && !(c == '\n' && multiline))
        return FALSE;
      if ((c == '\n' || !multiline || p == text) && g_unichar_isspace (c) && g_unichar_isspace (before))
        return FALSE;
      before = c;
    }

  return !g_unichar_isspace (before);
}

/* Whether @c sets words apart in one way or another, as people and typography vary it:
 * hyphens and dashes, brackets, quotation marks, commas, points and the like. */
static gboolean
is_loose_punctuation (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_CONNECT_PUNCTUATION || type == G_UNICODE_DASH_PUNCTUATION ||
         type == G_UNICODE_OPEN_PUNCTUATION || type == G_UNICODE_CLOSE_PUNCTUATION ||
         type == G_UNICODE_INITIAL_PUNCTUATION || type == G_UNICODE_FINAL_PUNCTUATION ||
         c == MINUS_SIGN || c == MIDDLE_DOT || (c < 0x80 && strchr ("'\"`.,:;", (int) c) != NULL);
}

static gboolean
is_dash (gunichar c)
{
  return c == MINUS_SIGN || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
}

/* Whether the loose punctuation at @at, after @before (0 at the beginning), is part of a
 * number: a minus sign, or a mark between digits. */
static gboolean
is_part_of_number (const char *at,
                   gunichar    before)
{
  gunichar c = g_utf8_get_char (at);

  if (!g_unichar_isdigit (g_utf8_get_char (g_utf8_next_char (at))))
    return FALSE;
  if (is_dash (c))
    return before == 0 || g_unichar_isspace (before);
  return (c == '.' || c == ',') && g_unichar_isdigit (before);
}

/* The sign at @at that tells texts apart, or 0 where there is none. */
static gunichar
get_sign (const char *at,
          gunichar    before)
{
  gunichar c = g_utf8_get_char (at);

  if (psl_text_is_sign (c))
    return c;
  if (!is_loose_punctuation (c) || !is_part_of_number (at, before))
    return 0;
  return is_dash (c) ? '-' : c;
}

/* Appends the words between @start and @end to an identity key. */
static void
append_folded (GString    *key,
               const char *start,
               const char *end)
{
  g_autofree char *piece = g_strndup (start, (gsize) (end - start));
  g_autofree char *folded = psl_text_fold (piece);

  if (*folded == '\0')
    return;
  append_separator (key);
  g_string_append (key, folded);
}

/**
 * psl_text_clean:
 * @text: valid UTF-8, as typed or imported
 * @multiline: whether the text may have several lines
 *
 * Brings text into the form in which it is kept: NFC, without control
 * characters and byte order marks, trimmed. On one line, line ends become
 * blanks and runs of blanks one blank. On several, every kind of line end
 * becomes `\n`, and blanks at the end of lines go. No-break spaces inside stay, and so
 * do format characters, but nothing is left of a text that has nothing else.
 *
 * Returns: (transfer full) (nullable): the text, or %NULL where nothing is left
 *   or @text isn't UTF-8
 */
char *
psl_text_clean (const char *text,
                gboolean    multiline)
{
  g_autoptr (GString) clean = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  if (is_clean (text, multiline))
    return g_strdup (text);

  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;

      if (clean->len == 0 && (g_unichar_isspace (c) || is_line_end (c)))
        continue;

      if (is_line_end (c) && multiline)
        {
          while (is_blank ((guchar) clean->str[clean->len - 1]))
            g_string_truncate (clean, clean->len - 1);
          g_string_append_c (clean, '\n');
        }
      else if (is_line_end (c) || is_blank (c))
        {
          if (multiline)
            g_string_append_c (clean, ' ');
          else
            append_separator (clean);
        }
      else if (!g_unichar_iscntrl (c) && c != 0xfeff)
        {
          g_string_append_unichar (clean, c);
        }
    }
  trim_end (clean);

  if (!has_visible (clean->str))
    return NULL;

  /* Last, for the characters that were dropped may have kept letters and marks apart. */
  return g_utf8_normalize (clean->str, (gssize) clean->len, G_NORMALIZE_NFC);
}

/**
 * psl_text_fold:
 * @text: valid UTF-8
 *
 * The form in which texts are compared and searched: lower case,
 * without accents and other marks, ligatures and the like spelled out (`œ` as
 * `oe`), everything but letters and digits as single blanks, trimmed. It doesn't
 * depend on the locale, and folding twice changes nothing.
 *
 * Returns: (transfer full): the folded text, "" where nothing is left
 */
char *
psl_text_fold (const char *text)
{
  char *latin;

  g_return_val_if_fail (text != NULL, NULL);

  if (g_str_is_ascii (text))
    return fold_ascii (text);

  latin = fold_latin (text);

  return latin != NULL ? latin : fold_unicode (text);
}

/**
 * psl_text_name_key:
 * @text: valid UTF-8
 *
 * The key that a title is looked up by: all of it, folded, or, where folding leaves nothing
 * (a title of signs only), the cleaned title itself.
 *
 * Returns: (transfer full) (nullable): the key, or %NULL where @text is blank
 */
char *
psl_text_name_key (const char *text)
{
  g_autofree char *folded = psl_text_fold (text);

  return *folded != '\0' ? g_steal_pointer (&folded) : psl_text_clean (text, FALSE);
}

/**
 * psl_text_has_name_key:
 * @text: valid UTF-8
 * @key: a key that psl_text_name_key() gave
 *
 * Returns: whether @key is the whole key of @text; of most texts it is not made for that
 */
gboolean
psl_text_has_name_key (const char *text,
                       const char *key)
{
  const char *at = key;
  gboolean is_apart = FALSE;
  g_autofree char *whole = NULL;

  g_return_val_if_fail (text != NULL && key != NULL, FALSE);

  fill_folded_characters ();
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *character = find_folded_character (g_utf8_get_char (p));

      if (character == NULL)
        {
          whole = psl_text_name_key (text);
          return g_strcmp0 (whole, key) == 0;
        }
      for (; *character != '\0'; character++)
        {
          is_apart |= *character == ' ' && at > key;
          if (*character == ' ')
            continue;
          if (is_apart && *at != ' ')
            return FALSE;
          at += is_apart;
          if (*at != *character)
            return FALSE;
          at++;
          is_apart = FALSE;
        }
    }
  if (at > key)
    return *at == '\0';

  whole = psl_text_name_key (text);
  return g_strcmp0 (whole, key) == 0;
}

/**
 * psl_text_is_sign:
 * @c: a character of a text in NFKC
 *
 * Returns: whether @c tells texts apart though it is neither letter nor digit, as `+`
 *   and `€` do; punctuation that only sets words apart does not
 */
gboolean
psl_text_is_sign (gunichar c)
{
  return g_unichar_isgraph (c) && !g_unichar_isalnum (c) && !g_unichar_ismark (c) && !g_unichar_isspace (c) &&
         g_unichar_type (c) != G_UNICODE_FORMAT && !is_loose_punctuation (c);
}

/**
 * psl_text_identity_key:
 * @text: valid UTF-8
 *
 * The key that two names have in common where they mean the same: case, accents, blanks and
 * punctuation that only sets words apart make no difference, signs do. `C++` and `C#` are two
 * names, and so are `Budget > 5` and `Budget < 5`. Texts of one identity key have one
 * psl_text_name_key().
 *
 * Returns: (transfer full) (nullable): the key, or %NULL where @text is blank
 */
char *
psl_text_identity_key (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) key = g_string_new (NULL);
  const char *start = composed;
  gunichar before = 0;

  for (const char *p = composed; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar sign = get_sign (p, before);

      before = g_utf8_get_char (p);
      if (sign == 0)
        continue;
      append_folded (key, start, p);
      append_separator (key);
      g_string_append_unichar (key, sign);
      start = g_utf8_next_char (p);
    }
  if (start != NULL)
    append_folded (key, start, start + strlen (start));

  return key->len > 0 ? g_string_free_and_steal (g_steal_pointer (&key)) : psl_text_clean (text, FALSE);
}

/**
 * psl_text_dup_quotable:
 * @text: valid UTF-8
 *
 * Gives a text the form in which it stands between quotation marks of the interface's
 * language: quotation marks in the text become the marks for a quotation within another, as
 * in “Edit of ‘Title’”. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
psl_text_dup_quotable (const char *text)
{
  /* Translators: the quotation marks of the language, with what stands between them and a text */
  const char *marks = C_("quotation marks", "“%s”");
  gunichar open = g_utf8_get_char (marks);
  gunichar close = g_utf8_get_char (g_utf8_find_prev_char (marks, marks + strlen (marks)));
  const char *inner_open = open == 0x201c ? "‘" : "“";
  const char *inner_close = open == 0x201c ? "’" : "”";
  GString *quotable = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *next = g_utf8_next_char (p);
      gunichar c = g_utf8_get_char (p);

      if (c == open)
        g_string_append (quotable, inner_open);
      else if (c == close)
        g_string_append (quotable, inner_close);
      else if (!g_unichar_isspace (c) ||
               (g_utf8_get_char (next) != close && (p == text || g_utf8_get_char (g_utf8_prev_char (p)) != open)))
        g_string_append_len (quotable, p, next - p);
    }
  return g_string_free_and_steal (quotable);
}
