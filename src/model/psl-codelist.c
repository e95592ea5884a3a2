/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-codelist-private.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-kind.h"
#include "psl-model-resources.h"
#include "psl-text.h"

/* Above this many entries a person searches rather than looks. */
#define LONG_LIST 20

#define MAX_SUGGESTIONS 4

#define M49_DIGITS 3

/* How many small words people may put into a name beside those of the list. */
#define SMALL_WORDS 4

/* A list that is read when it is first asked for. */
typedef struct
{
  char *name;
  PslCodelist *list;
} Slot;

typedef struct
{
  GHashTable *by_name;        /* name → Slot */
  GStrv names;
} Lists;

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gpointer
find_lists (gpointer unused)
{
  Lists *lists = g_new0 (Lists, 1);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) files = g_resource_enumerate_children (psl_model_get_resource (), PSL_CODELIST_FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  lists->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (files != NULL)
    qsort (files, g_strv_length (files), sizeof (char *), compare_names);
  for (gsize i = 0; files != NULL && files[i] != NULL; i++)
    {
      Slot *slot;

      if (!g_str_has_suffix (files[i], PSL_CODELIST_SUFFIX))
        continue;
      slot = g_new0 (Slot, 1);
      slot->name = g_strndup (files[i], strlen (files[i]) - strlen (PSL_CODELIST_SUFFIX));
      g_hash_table_insert (lists->by_name, slot->name, slot);
      g_strv_builder_add (names, slot->name);
    }
  lists->names = g_strv_builder_end (names);

  return lists;
}

static const Lists *
get_lists (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, find_lists, NULL);
}

static guint
language_index (const char *language)
{
  const char *program = psl_language_get_program (language);
  guint i = 0;

  while (psl_languages[i] != program)
    i++;
  return i;
}

/* Of several entries the one that is still in use, where there is but one. */
static const PslCodeEntry *
choose_entry (GPtrArray  *entries,
              const char *text,
              GError    **error)
{
  g_autoptr (GString) names = NULL;
  const PslCodeEntry *chosen = NULL;
  guint in_use = 0;

  if (entries->len == 1)
    return g_ptr_array_index (entries, 0);

  for (guint i = 0; i < entries->len; i++)
    {
      const PslCodeEntry *entry = g_ptr_array_index (entries, i);

      if (entry->code.withdrawn)
        continue;
      chosen = entry;
      in_use++;
    }
  if (in_use == 1)
    return chosen;

  names = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const PslCodeEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "",
                              psl_code_get_name (&entry->code, NULL), entry->code.code);
    }
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_AMBIGUOUS,
               /* Translators: the first is what was typed, the second a list of names with codes */
               _("“%s” could be any of %s. Write the code or the whole name."), text, names->str);

  return NULL;
}

/**
 * psl_codelist_is_qualified:
 * @text: a text
 *
 * Whether a text says more than a name does: `Peru?`, `<40`, `~Active`. Other marks
 * that folding drops (hyphens, apostrophes, parentheses) belong to names.
 */
gboolean
psl_codelist_is_qualified (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (strchr ("?!~^<>=", c < 128 ? (int) c : 'x') != NULL || c == 0xbf ||
          (c >= 128 && g_unichar_type (c) == G_UNICODE_MATH_SYMBOL))
        return TRUE;
    }

  return FALSE;
}

/* What a code of digits was before a spreadsheet took it for a number: `029` of
 * `29`, `4` of `4.0`. NULL where it can't be that. */
static char *
undo_spreadsheet (const char *text)
{
  gsize digits = strspn (text, "0123456789");

  if (digits == 0)
    return NULL;
  if (strcmp (text + digits, ".0") == 0)
    return g_strndup (text, digits);
  if (text[digits] == '\0' && digits < M49_DIGITS)
    return g_strdup_printf ("%.*s%s", (int) (M49_DIGITS - digits), "00", text);

  return NULL;
}

/* Names what was perhaps meant, where that is little enough to be of help. */
static void
set_not_found (const PslCodelist  *self,
               const char         *text,
               GError            **error)
{
  g_autoptr (GPtrArray) close = psl_codelist_find_close (self, text);
  g_autoptr (GString) names = g_string_new (NULL);

  if (close->len == 0 || close->len > MAX_SUGGESTIONS)
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
                   _("“%s” is not in the list. Write one of its codes or names."), text);
      return;
    }

  for (guint i = 0; i < close->len; i++)
    {
      const PslCode *code = g_ptr_array_index (close, i);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", psl_code_get_name (code, NULL), code->code);
    }
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND,
               /* Translators: the first is what was typed, the second a list of names with codes */
               _("“%s” is not in the list. What comes close: %s."), text, names->str);
}

typedef struct
{
  const PslCodeEntry *entry;
  guint rank;
  guint position;
  const char *key;
} Hit;

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *one = a;
  const Hit *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  if (one->position != other->position)
    return one->position < other->position ? -1 : 1;

  return strcmp (one->key, other->key);
}

static gboolean
has_all_words (const char        *text,
               const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = g_strconcat (" ", words[i], NULL);

      if (strstr (text, word) == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *clean = psl_text_clean (text, FALSE);

  return clean == NULL;
}

/* How well an entry that has all the words fits what was typed, 0 is best. */
static guint
rank_entry (const PslCodeEntry       *entry,
            const char        *typed,
            const char *const *words,
            guint              language)
{
  g_autofree char *spaced = NULL;

  if (g_ascii_strcasecmp (entry->code.code, typed) == 0 || strcmp (entry->folded[language], typed) == 0)
    return 0;
  if (g_str_has_prefix (entry->folded[language], typed))
    return 1;

  spaced = g_strconcat (" ", entry->folded[language], NULL);
  if (has_all_words (spaced, words))
    return 2;

  for (gsize i = 0; i < G_N_ELEMENTS (entry->folded); i++)
    {
      if (g_str_has_prefix (entry->folded[i], typed))
        return 3;
    }

  return 4;
}

/**
 * psl_codelist_get_default:
 * @name: name of a code list: `country`
 *
 * Returns: (transfer none) (nullable): the list as it comes with the program, or %NULL
 *   where there is none of that name. Any thread
 */
const PslCodelist *
psl_codelist_get_default (const char *name)
{
  Slot *slot;

  g_return_val_if_fail (name != NULL, NULL);

  slot = g_hash_table_lookup (get_lists ()->by_name, name);
  if (slot == NULL)
    return NULL;
  if (g_once_init_enter_pointer (&slot->list))
    g_once_init_leave_pointer (&slot->list, psl_codelist_load (slot->name));

  return slot->list;
}

/**
 * psl_codelist_is_extensible:
 * @self: a code list
 *
 * Returns: whether those who keep a register add entries to the list and change them,
 *   as the list of lists says
 */
gboolean
psl_codelist_is_extensible (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->extensible;
}

/**
 * psl_codelist_has_tags:
 * @self: a code list
 *
 * Returns: whether its codes are the tags of languages, see psl_language_parse()
 */
gboolean
psl_codelist_has_tags (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->tags;
}

/**
 * psl_codelist_names:
 *
 * Returns: (transfer none): the names of all code lists, in alphabetical order
 */
const char *const *
psl_codelist_names (void)
{
  return (const char *const *) get_lists ()->names;
}

/**
 * psl_codelist_get_version:
 *
 * Returns: the number of the program's code lists, which grows when they change: a
 *   register whose lists have a higher one was written by a newer program
 */
gint64
psl_codelist_get_version (void)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), PSL_CODELIST_FOLDER "/VERSION", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_ascii_strtoll (text, NULL, 10);
}

/**
 * psl_codelist_add_all_to_checksum:
 * @checksum: a checksum
 *
 * Adds all that the program's code lists say, without reading them in. Any thread
 */
void
psl_codelist_add_all_to_checksum (GChecksum *checksum)
{
  const char *const *names = psl_codelist_names ();

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (PSL_CODELIST_FOLDER "/", names[i], PSL_CODELIST_SUFFIX, NULL);
      g_autoptr (GBytes) bytes = g_resource_lookup_data (psl_model_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
      gsize size;
      const guchar *text = g_bytes_get_data (bytes, &size);

      g_checksum_update (checksum, (const guchar *) names[i], (gssize) strlen (names[i]) + 1);
      g_checksum_update (checksum, text, (gssize) size);
    }
}

/**
 * psl_codelist_get_name:
 * @self: a code list
 *
 * Returns: (transfer none): its name
 */
const char *
psl_codelist_get_name (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

/**
 * psl_codelist_get_n:
 * @self: a code list
 *
 * Returns: the number of entries, withdrawn ones included
 */
guint
psl_codelist_get_n (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_entries;
}

/**
 * psl_codelist_get_nth:
 * @self: a code list
 * @nth: less than psl_codelist_get_n()
 *
 * Returns: (transfer none): an entry, in the order of the list's file. For the
 *   order in which people look for them, see psl_codelist_search()
 */
const PslCode *
psl_codelist_get_nth (const PslCodelist *self,
                      guint              nth)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (nth < self->n_entries, NULL);

  return &self->entries[nth].code;
}

/**
 * psl_codelist_get_position:
 * @self: a code list
 * @nth: less than psl_codelist_get_n()
 *
 * Returns: the place of the entry in the list's own order
 */
guint
psl_codelist_get_position (const PslCodelist *self,
                           guint              nth)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (nth < self->n_entries, 0);

  return self->entries[nth].position;
}

/**
 * psl_codelist_is_long:
 * @self: a code list
 *
 * Returns: whether the list is one to search in rather than to look through
 */
gboolean
psl_codelist_is_long (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->n_entries > LONG_LIST;
}

/**
 * psl_codelist_get_longest:
 * @self: a code list
 *
 * Returns: how many words the longest name, alias or code of the list has
 */
guint
psl_codelist_get_longest (const PslCodelist *self)
{
  g_return_val_if_fail (self != NULL, 0);

  psl_codelist_ensure_index (self);
  return self->longest;
}

/**
 * psl_codelist_get_longest_with:
 * @self: a code list
 * @text: the beginning of what may be a name
 *
 * Returns: how many words a name that begins with the first word of @text may
 *   have, whatever the order of its words; 0 where no name has the word, and
 *   %G_MAXUINT where it is a small word
 */
guint
psl_codelist_get_longest_with (const PslCodelist *self,
                               const char        *text)
{
  g_autofree char *folded = NULL;
  g_autofree char *loose = NULL;
  guint n_words;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  psl_codelist_ensure_index (self);
  folded = psl_text_fold (text);
  folded[strcspn (folded, " ")] = '\0';
  loose = psl_codelist_loosen (folded);
  if (*loose == '\0')
    return G_MAXUINT;
  n_words = GPOINTER_TO_UINT (g_hash_table_lookup (self->longest_with, folded));

  return n_words > 1 ? n_words + SMALL_WORDS : n_words;
}

/**
 * psl_codelist_find:
 * @self: a code list
 * @code: a code as it is stored
 *
 * Returns: (transfer none) (nullable): the entry of exactly this code
 */
const PslCode *
psl_codelist_find (const PslCodelist *self,
                   const char        *code)
{
  const PslCodeEntry *entry;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (code != NULL, NULL);

  entry = g_hash_table_lookup (self->by_code, code);

  return entry != NULL ? &entry->code : NULL;
}

/**
 * psl_codelist_is_code:
 * @text: any text
 *
 * Whether @text has the form of a code, be it in a list or not: up to
 * %PSL_CODE_MAX_LENGTH characters, in NFC, none of them a blank or one that can't
 * be seen. A register written with other lists has codes that no list
 * of this program has; a sentence is none. Any thread.
 *
 * Returns: whether it could be a code
 */
gboolean
psl_codelist_is_code (const char *text)
{
  g_autofree char *composed = NULL;

  g_return_val_if_fail (text != NULL, FALSE);

  if (*text == '\0' || !g_utf8_validate (text, -1, NULL) || g_utf8_strlen (text, -1) > PSL_CODE_MAX_LENGTH)
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      /* Separators of lines and paragraphs are graphic to GLib. */
      if (!g_unichar_isgraph (character) || g_unichar_isspace (character))
        return FALSE;
    }
  composed = g_utf8_normalize (text, -1, G_NORMALIZE_NFC);
  return strcmp (composed, text) == 0;
}

/**
 * psl_codelist_match:
 * @self: a code list
 * @text: a code, a name in any language, or an alias, as people write it
 * @error: return location for an error
 *
 * Finds the entry that @text means, whatever its case, accents, punctuation and
 * small words. A code goes before a name and a name before an alias. A text with a
 * sign that limits it (`Peru?`, `~4`) means none.
 *
 * Errors: %PSL_REGISTER_ERROR_NOT_FOUND, and %PSL_REGISTER_ERROR_AMBIGUOUS where
 * it could be several.
 *
 * Returns: (transfer none) (nullable): the entry, or %NULL on error
 */
const PslCode *
psl_codelist_match (const PslCodelist  *self,
                    const char         *text,
                    GError            **error)
{
  g_autofree char *code = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *spreadsheet = NULL;
  const PslCodeEntry *entry;
  GPtrArray *entries;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  /* As it is stored: what an import mostly holds. */
  entry = g_hash_table_lookup (self->by_code, text);
  if (entry != NULL)
    return &entry->code;

  if (psl_codelist_is_qualified (text))
    {
      if (error != NULL)
        set_not_found (self, text, error);
      return NULL;
    }

  psl_codelist_ensure_index (self);
  code = g_strstrip (g_ascii_strdown (text, -1));
  entries = g_hash_table_lookup (self->by_key[PSL_KEY_CODE], code);
  if (entries == NULL)
    {
      folded = psl_text_fold (text);
      entries = g_hash_table_lookup (self->by_key[PSL_KEY_NAME], folded);
    }
  if (entries == NULL)
    entries = g_hash_table_lookup (self->by_key[PSL_KEY_ALIAS], folded);
  if (entries == NULL)
    {
      loose = psl_codelist_loosen (folded);
      entries = g_hash_table_lookup (self->by_key[PSL_KEY_LOOSE], loose);
    }
  if (entries == NULL && strpbrk (text, ",(") != NULL)
    {
      g_autofree char *sorted = psl_codelist_sort_words (loose);

      entries = g_hash_table_lookup (self->by_key[PSL_KEY_SORTED], sorted);
    }

  if (entries != NULL)
    {
      entry = choose_entry (entries, text, error);
      return entry != NULL ? &entry->code : NULL;
    }

  spreadsheet = undo_spreadsheet (text);
  if (spreadsheet != NULL)
    {
      entry = g_hash_table_lookup (self->by_code, spreadsheet);
      entries = entry == NULL ? g_hash_table_lookup (self->by_key[PSL_KEY_ALIAS], spreadsheet) : NULL;
      if (entries != NULL)
        entry = choose_entry (entries, text, NULL);
      if (entry != NULL)
        return &entry->code;
    }

  if (error != NULL)
    set_not_found (self, text, error);

  return NULL;
}

/**
 * psl_codelist_search:
 * @self: a code list
 * @words: what was typed so far; blanks or "" for all entries; signs without any
 *   letter or digit find none
 * @language: (nullable): whose names the person reads, the interface's if %NULL
 *
 * The entries to offer, without those withdrawn: all words begin a word of the
 * names in any language, the code, an alias or the capital. What fits best comes
 * first, then the list's own order, or names in alphabetical order where it has
 * none.
 *
 * Returns: (transfer container) (element-type PslCode): the entries
 */
GPtrArray *
psl_codelist_search (const PslCodelist *self,
                     const char        *words,
                     const char        *language)
{
  g_autofree char *typed = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GArray) hits = NULL;
  GPtrArray *codes;
  guint index;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (words != NULL, NULL);

  psl_codelist_ensure_index (self);
  typed = psl_text_fold (words);
  parts = g_strsplit (typed, " ", -1);
  index = language_index (language);

  hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  for (guint i = 0; i < self->n_entries && (parts[0] != NULL || is_blank (words)); i++)
    {
      const PslCodeEntry *entry = &self->entries[i];
      Hit hit = { .entry = entry, .key = entry->folded[index] };

      if (!self->alphabetical)
        hit.position = entry->position;
      if (entry->code.withdrawn || !has_all_words (entry->words, (const char *const *) parts))
        continue;
      if (*typed != '\0')
        hit.rank = rank_entry (entry, typed, (const char *const *) parts, index);
      g_array_append_val (hits, hit);
    }
  g_array_sort (hits, compare_hits);

  codes = g_ptr_array_sized_new (hits->len);
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_add (codes, (gpointer) &g_array_index (hits, Hit, i).entry->code);

  return codes;
}

/**
 * psl_code_get_name:
 * @self: an entry of a code list
 * @language: (nullable): a language of #psl_languages or one that begins with
 *   it; the interface's if %NULL
 *
 * Returns: (transfer none): the entry's name in that language, in English where
 *   the register isn't kept in it
 */
const char *
psl_code_get_name (const PslCode *self,
                   const char    *language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->names[language_index (language)];
}

/**
 * psl_currency_get_digits:
 * @currency: an ISO 4217 code
 *
 * Returns: how many decimals the currency's minor unit has: 2 for most
 */
guint
psl_currency_get_digits (const char *currency)
{
  const PslCodelist *list = psl_codelist_get ("currency");
  const PslCodeEntry *entry;

  g_return_val_if_fail (currency != NULL, 2);

  entry = list != NULL ? g_hash_table_lookup (list->by_code, currency) : NULL;

  return entry != NULL ? entry->digits : 2;
}

/**
 * psl_currency_get_symbol:
 * @currency: an ISO 4217 code
 * @language: (nullable): as for psl_code_get_name()
 *
 * Returns: (transfer none): how amounts in the currency are marked in that
 *   language: its symbol where it has one of its own, else the code
 */
const char *
psl_currency_get_symbol (const char *currency,
                         const char *language)
{
  const PslCodelist *list = psl_codelist_get ("currency");
  const PslCodeEntry *entry;
  const char *symbol;

  g_return_val_if_fail (currency != NULL, NULL);

  entry = list != NULL ? g_hash_table_lookup (list->by_code, currency) : NULL;
  symbol = entry != NULL ? entry->symbols[language_index (language)] : NULL;

  return symbol != NULL ? symbol : currency;
}
