/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-agreed.h"

#include <string.h>

/*
 * A mark tells which version of the text in another language a text agrees with. When a text
 * is changed, the texts in the other languages get a mark: the language of the changed text,
 * the hash of the changed text before, and the hash of the marked text: `fr OLD OWN`. A
 * marked text is outdated while OWN is still its hash, and the other text no longer has the
 * hash OLD. So whatever brings either text back – undo, an import, somebody's hand – takes
 * the mark's effect away, as does a change of the marked text. Whoever says that the marked
 * text is right all the same adds the hash of the other text at that time: `fr OLD OWN NEW`.
 */

enum
{
  LANGUAGE,
  OTHER,
  OWN,
  CONFIRMED,
};

/* Half of a SHA-256: no two texts of one field ever have the same. */
#define HASH_LENGTH 32

static char *
dup_hash (const char *text)
{
  char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  hash[HASH_LENGTH] = '\0';
  return hash;
}

/* NULL where it is no mark. */
static GStrv
parse (const char *mark)
{
  g_auto (GStrv) parts = g_strsplit (mark, " ", -1);
  guint n = g_strv_length (parts);

  return n == CONFIRMED || n == CONFIRMED + 1 ? g_steal_pointer (&parts) : NULL;
}

/**
 * psl_agreed_renew:
 * @mark: (nullable): the mark of a text that is not outdated
 * @text: the text
 * @language: the tag of another language, in which the text is about to be changed
 * @other: that text until then
 *
 * Returns: (transfer full) (nullable): the mark that @text agrees with @other; %NULL where
 *   @mark says so already
 */
char *
psl_agreed_renew (const char *mark,
                  const char *text,
                  const char *language,
                  const char *other)
{
  g_auto (GStrv) parts = mark != NULL ? parse (mark) : NULL;
  g_autofree char *own = dup_hash (text);
  g_autofree char *hash = NULL;

  if (parts != NULL && strcmp (parts[LANGUAGE], language) == 0 && strcmp (parts[OWN], own) == 0)
    return NULL;
  hash = dup_hash (other);
  return g_strdup_printf ("%s %s %s", language, hash, own);
}

/**
 * psl_agreed_confirm:
 * @mark: a mark
 * @other: the text in the language of the mark, as it is now
 *
 * Returns: (transfer full) (nullable): the mark that the text agrees with @other, too
 */
char *
psl_agreed_confirm (const char *mark,
                    const char *other)
{
  g_auto (GStrv) parts = parse (mark);
  g_autofree char *hash = dup_hash (other);

  return parts != NULL ? g_strdup_printf ("%s %s %s %s", parts[LANGUAGE], parts[OTHER], parts[OWN], hash) : NULL;
}

/**
 * psl_agreed_unconfirm:
 * @mark: a mark
 *
 * Returns: (transfer full) (nullable): the mark as it was before psl_agreed_confirm()
 */
char *
psl_agreed_unconfirm (const char *mark)
{
  g_auto (GStrv) parts = parse (mark);

  return parts != NULL ? g_strdup_printf ("%s %s %s", parts[LANGUAGE], parts[OTHER], parts[OWN]) : NULL;
}

/**
 * psl_agreed_carry:
 * @mark: the mark of a text
 * @text: the text
 * @new_text: another one, that agrees with no more than @text does
 *
 * Returns: (transfer full) (nullable): the mark for @new_text; %NULL where @mark is not of
 *   @text any more
 */
char *
psl_agreed_carry (const char *mark,
                  const char *text,
                  const char *new_text)
{
  g_auto (GStrv) parts = parse (mark);
  g_autofree char *own = dup_hash (text);

  if (parts == NULL || strcmp (parts[OWN], own) != 0)
    return NULL;
  g_free (parts[OWN]);
  parts[OWN] = dup_hash (new_text);
  return g_strjoinv (" ", parts);
}

/**
 * psl_agreed_dup_language:
 * @mark: (nullable): a mark
 *
 * Returns: (transfer full) (nullable): the tag of the language of the other text
 */
char *
psl_agreed_dup_language (const char *mark)
{
  const char *end = mark != NULL ? strchr (mark, ' ') : NULL;

  return end != NULL ? g_strndup (mark, (gsize) (end - mark)) : NULL;
}

/**
 * psl_agreed_is_outdated:
 * @mark: (nullable): the mark of a text
 * @text: the text
 * @other: (nullable): the text in the language of the mark
 *
 * Returns: whether @other was changed and @text was not. Any thread
 */
gboolean
psl_agreed_is_outdated (const char *mark,
                        const char *text,
                        const char *other)
{
  g_auto (GStrv) parts = mark != NULL ? parse (mark) : NULL;
  g_autofree char *own = NULL;
  g_autofree char *hash = NULL;

  if (parts == NULL || text == NULL || other == NULL)
    return FALSE;
  own = dup_hash (text);
  hash = dup_hash (other);
  return strcmp (parts[OWN], own) == 0 && strcmp (parts[OTHER], hash) != 0 && g_strcmp0 (parts[CONFIRMED], hash) != 0;
}
