/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-search.h"
#include "psl-summary.h"
#include "psl-text.h"

/* Characters of a snippet: one line of the list. */
#define SNIPPET_CHARS 90

/**
 * Shape:
 * @kind: name of the kind
 * @state: the field that has a colour
 * @facts: the fields of the line below the title; the identifier and the years
 *   stand before them
 *
 * What rows of a kind show, where the kind's description leaves a choice.
 */
typedef struct
{
  const char *kind;
  const char *state;
  const char *facts[4];
} Shape;

static const Shape shapes[] = {
  { "project", "status", { "region" } },
  { "office", NULL, { "kind", "city", "country" } },
};

static const Shape *
find_shape (const PslKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      if (g_str_equal (shapes[i].kind, kind->name))
        return &shapes[i];
    }

  return NULL;
}

static void
append_fact (GString    *facts,
             const char *fact)
{
  if (fact == NULL || fact[0] == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

static void
append_field (GString    *facts,
              PslRecord  *record,
              const char *name,
              const char *title)
{
  const PslField *field = psl_kind_find_field (psl_record_get_kind (record), name);
  const char *value = psl_record_get (record, field, NULL);
  g_autofree char *shown = NULL;

  if (value == NULL)
    return;

  shown = psl_field_display (field, value, psl_text_interface_language ());
  /* An office is often called by its city, and that need not stand there twice. */
  if (strstr (title, shown) == NULL)
    append_fact (facts, shown);
}

static char *
make_facts (PslRecord   *record,
            const Shape *shape,
            const char  *title)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *years = psl_record_dup_years (record);

  if (kind->identifier != NULL)
    append_field (facts, record, kind->identifier, title);
  append_fact (facts, years);

  for (guint i = 0; shape != NULL && shape->facts[i] != NULL; i++)
    append_field (facts, record, shape->facts[i], title);

  return g_string_free_and_steal (g_steal_pointer (&facts));
}

static gboolean
has_mark (const char *text,
          const char *word)
{
  g_autoptr (GArray) marks = NULL;

  if (text == NULL)
    return FALSE;

  marks = psl_search_marks (text, word);

  return marks != NULL && marks->len > 0;
}

static gboolean
summary_has (const PslSummary *summary,
             const char       *word)
{
  return has_mark (summary->title, word)
         || has_mark (summary->facts, word)
         || has_mark (summary->state, word);
}

/* Whether @text has one of the words that the row itself doesn't show. */
static gboolean
has_missing_word (const PslSummary  *summary,
                  const char        *text,
                  const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (has_mark (text, words[i]) && !summary_has (summary, words[i]))
        return TRUE;
    }

  return FALSE;
}

static char *
quote (const PslField *field,
       const char     *text,
       const char     *words)
{
  g_autoptr (GArray) marks = NULL;
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n\t", ' ');
  g_autofree char *snippet = psl_search_snippet (line, words, SNIPPET_CHARS, &marks);

  if (snippet == NULL)
    return NULL;

  /* Translators: where a search found something: the field, and the text
   * around the match, as in “Description: …the border police…” */
  return g_strdup_printf (C_("search", "%s: %s"), psl_field_get_label (field), snippet);
}

/**
 * psl_summary_new:
 * @record: with its listed fields
 * @language: the language that records are shown in
 *
 * Names of code lists are in the interface's language, texts in @language or,
 * where they aren't translated, in another. Any thread.
 *
 * Returns: (transfer full): what a row says of the record
 */
PslSummary *
psl_summary_new (PslRecord  *record,
                 const char *language)
{
  const PslKind *kind = psl_record_get_kind (record);
  const Shape *shape = find_shape (kind);
  PslSummary *summary = g_new0 (PslSummary, 1);
  const char *shown = NULL;

  psl_record_get_text (record, psl_kind_get_title (kind), language, &shown);
  summary->title = psl_record_dup_title (record, language);
  if (shown != NULL && !g_str_equal (shown, language))
    summary->other_language = shown;
  summary->facts = make_facts (record, shape, summary->title);

  if (shape != NULL && shape->state != NULL)
    {
      const PslField *field = psl_kind_find_field (kind, shape->state);
      const char *value = psl_record_get (record, field, NULL);

      if (value != NULL)
        {
          summary->state = psl_field_display (field, value, psl_text_interface_language ());
          summary->state_class = g_strdup_printf ("%s-%s", field->name, value);
        }
    }

  return summary;
}

/**
 * psl_summary_free:
 * @summary: (nullable) (transfer full): a summary
 */
void
psl_summary_free (PslSummary *summary)
{
  if (summary == NULL)
    return;

  g_free (summary->title);
  g_free (summary->facts);
  g_free (summary->state);
  g_free (summary->state_class);
  g_free (summary);
}

/**
 * psl_summary_describe:
 *
 * Returns: (transfer full): the row in one sentence, as a screen reader says it
 */
char *
psl_summary_describe (const PslSummary *summary)
{
  GString *text = g_string_new (summary->title);

  if (summary->state != NULL)
    g_string_append_printf (text, ", %s", summary->state);
  if (summary->facts[0] != '\0')
    g_string_append_printf (text, ", %s", summary->facts);
  if (summary->other_language != NULL)
    g_string_append_printf (text, ", %s", _("not translated"));

  return g_string_free_and_steal (text);
}

/**
 * psl_summary_has_all:
 * @words: what is searched for
 *
 * Returns: whether the row itself shows every one of the words
 */
gboolean
psl_summary_has_all (const PslSummary *summary,
                     const char       *words)
{
  g_auto (GStrv) split = psl_search_split (words);

  for (guint i = 0; split != NULL && split[i] != NULL; i++)
    {
      if (!summary_has (summary, split[i]))
        return FALSE;
    }

  return TRUE;
}

/**
 * psl_summary_find_elsewhere:
 * @record: the record with all its fields
 * @words: what is searched for
 *
 * Looks for the words that the row doesn't show in the record's other fields, in
 * every language. Any thread.
 *
 * Returns: (transfer full) (nullable): the field and the text around the match
 */
char *
psl_summary_find_elsewhere (const PslSummary *summary,
                            PslRecord        *record,
                            const char       *words)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_auto (GStrv) split = psl_search_split (words);

  if (split == NULL)
    return NULL;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      gboolean multilingual = field->flags & PSL_FIELD_MULTILINGUAL;

      if (!(field->flags & PSL_FIELD_SEARCHED))
        continue;

      for (guint i = 0; psl_languages[i] != NULL; i++)
        {
          const char *language = psl_languages[i];
          const char *value = psl_record_get (record, field, multilingual ? language : NULL);
          g_autofree char *text = NULL;

          if (value == NULL)
            continue;

          text = psl_field_display (field, value, language);
          if (has_missing_word (summary, text, (const char *const *) split))
            return quote (field, text, words);
        }
    }

  return NULL;
}
