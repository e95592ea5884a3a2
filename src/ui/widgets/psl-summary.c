/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-codelist.h"
#include "psl-date.h"
#include "psl-languages.h"
#include "psl-query.h"
#include "psl-remark.h"
#include "psl-rows.h"
#include "psl-search.h"
#include "psl-summary.h"

/* Characters of a snippet: one line of the list. */
#define SNIPPET_CHARS 90

/* Whether rows show the field in any case, outside their facts. */
static gboolean
is_always_shown (const PslKind *kind,
                 const char    *name)
{
  return g_str_equal (name, kind->title) || g_strcmp0 (name, kind->identifier) == 0 ||
         g_strcmp0 (name, kind->state) == 0;
}

/* “Completed (Closed)” is “Completed” where there is little room. */
static char *
shorten (const char *name)
{
  const char *end = strstr (name, " (");

  return end != NULL && end != name ? g_strndup (name, end - name) : g_strdup (name);
}

static void
append_fact (GString    *facts,
             const char *fact)
{
  if (fact == NULL || fact[0] == '\0')
    return;
  if (facts->len > 0)
    g_string_append (facts, PSL_SUMMARY_SEPARATOR);
  g_string_append (facts, fact);
}

static void
append_field (GString            *facts,
              PslRecord          *record,
              const PslCodelists *codelists,
              const char         *name,
              const char         *title)
{
  const PslField *field = psl_kind_find_field (psl_record_get_kind (record), name);
  const char *value = psl_record_get (record, field, NULL);
  g_autofree char *shown = NULL;

  if (value == NULL)
    return;

  shown = psl_field_display (field, codelists, value, psl_language_get_interface ());
  /* An office is often called by its city, and that need not stand there twice. */
  if (strstr (title, shown) == NULL)
    append_fact (facts, shown);
}

/* @left_out: (nullable): name of a field that stands elsewhere in the row */
static char *
make_facts (PslRecord          *record,
            const PslCodelists *codelists,
            const char         *title,
            const char         *years,
            const char         *left_out)
{
  const PslKind *kind = psl_record_get_kind (record);
  g_autoptr (GString) facts = g_string_new (NULL);

  if (kind->identifier != NULL)
    append_field (facts, record, codelists, kind->identifier, title);
  append_fact (facts, years);

  for (guint i = 0; kind->facts[i] != NULL; i++)
    {
      if (g_strcmp0 (kind->facts[i], left_out) != 0)
        append_field (facts, record, codelists, kind->facts[i], title);
    }

  return g_string_free_and_steal (g_steal_pointer (&facts));
}

/* The day, or of today the time, by the clock here. */
static char *
display_time (gint64 at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (at);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;
  g_autofree char *day = local != NULL ? g_date_time_format (local, "%Y-%m-%d") : NULL;
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  /* Only a damaged register holds a time beyond the calendar. */
  if (day == NULL)
    return NULL;

  return g_str_equal (day, today) ? g_date_time_format (local, "%H:%M") : psl_date_display (day);
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

static char *
quote (const char *label,
       const char *text,
       const char *words)
{
  g_autofree char *snippet = psl_search_snippet (text, words, SNIPPET_CHARS, NULL);

  if (snippet == NULL)
    return NULL;

  /* Translators: where a search found something: the field or the part of the record, and
   * the text around the match, as in “Description: …the border police…” */
  return g_strdup_printf (C_("search", "%s: %s"), label, snippet);
}

/* A code is found by all its names, of which the page shows one. */
static char *
quote_code (const char         *label,
            const PslCodelists *codelists,
            const PslField     *field,
            const char         *value,
            const char         *words,
            gboolean            shown)
{
  const PslCode *code = psl_codelist_find (psl_codelists_get_list (codelists, field->codelist), value);
  g_autofree const char **names = NULL;
  char *quoted = NULL;

  if (code == NULL)
    return NULL;
  if (shown)
    return quote (label, psl_code_get_name (code, psl_language_get_interface ()), words);

  names = psl_code_list_names (code);
  for (guint i = 0; quoted == NULL && names[i] != NULL; i++)
    quoted = quote (label, names[i], words);

  return quoted;
}

static char *
quote_value (const char         *label,
             const PslCodelists *codelists,
             const PslField     *field,
             const char         *value,
             const char         *words,
             gboolean            shown)
{
  g_autoptr (GPtrArray) rows = NULL;
  char *quoted = NULL;

  if (field->type == PSL_FIELD_TYPE_CODE)
    return quote_code (label, codelists, field, value, words, shown);
  if (field->type != PSL_FIELD_TYPE_ROWS)
    return quote (label, value, words);

  rows = psl_rows_parse (field, value, NULL);
  for (guint i = 0; quoted == NULL && rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);

      for (guint j = 0; quoted == NULL && field->rows[j].name != NULL; j++)
        {
          if (cells[j] != NULL)
            quoted = quote_value (label, codelists, &field->rows[j], cells[j], words, shown);
        }
    }

  return quoted;
}

/**
 * psl_summary_new:
 * @record: with its listed fields
 * @codelists: the lists of its register
 * @language: the language that records are shown in
 *
 * Names of code lists are in the interface's language, texts in @language or,
 * where they aren't translated, in another. Any thread.
 *
 * Returns: (transfer full): the contents of the record's row
 */
PslSummary *
psl_summary_new (PslRecord          *record,
                 const PslCodelists *codelists,
                 const char         *language)
{
  const PslKind *kind = psl_record_get_kind (record);
  PslSummary *summary = g_new0 (PslSummary, 1);
  const char *shown = NULL;

  psl_record_get_text (record, psl_kind_get_title (kind), language, &shown);
  summary->title = psl_record_dup_title (record, codelists, language);
  if (shown != NULL && !g_str_equal (shown, language))
    summary->other_language = shown;
  else if (shown != NULL)
    summary->newer_language = psl_record_get_newer (record, psl_kind_get_title (kind), language);
  summary->years = psl_record_dup_years (record);
  summary->facts = make_facts (record, codelists, summary->title, summary->years, NULL);
  if (psl_record_get_n_remarks (record) > 0)
    summary->remarks = psl_remark_dup_count (psl_record_get_n_remarks (record));

  if (kind->state != NULL)
    {
      const PslField *field = psl_kind_find_field (kind, kind->state);
      const char *value = psl_record_get (record, field, NULL);

      if (value != NULL)
        {
          g_autofree char *name = psl_field_display (field, codelists, value, psl_language_get_interface ());

          summary->state = shorten (name);
          summary->state_class = g_strdup_printf ("%s-%s", field->name, value);
        }
    }

  return summary;
}

/* The value of a field; for the begin of a period, with the end. */
static char *
dup_part_fact (PslRecord          *part,
               const PslCodelists *codelists,
               const PslField     *field,
               const char         *language)
{
  const PslKind *kind = psl_record_get_kind (part);
  const PslField *end = kind->period.to != NULL ? psl_kind_find_field (kind, kind->period.to) : NULL;
  g_autofree char *shown = NULL;
  g_autofree char *shown_end = NULL;

  if ((field->flags & PSL_FIELD_MULTILINGUAL) != 0)
    return g_strdup (psl_record_get_text (part, field, language, NULL));

  if (psl_record_get (part, field, NULL) == NULL)
    return NULL;

  shown = psl_field_display (field, codelists, psl_record_get (part, field, NULL), psl_language_get_interface ());
  if (g_strcmp0 (field->name, kind->period.from) != 0 || end == NULL || psl_record_get (part, end, NULL) == NULL)
    return g_steal_pointer (&shown);

  shown_end = psl_field_display (end, codelists, psl_record_get (part, end, NULL), psl_language_get_interface ());
  return g_strconcat (shown, " – ", shown_end, NULL);
}

static gboolean
is_part_fact (PslRecord      *part,
              const PslField *field,
              const PslField *link)
{
  const PslKind *kind = psl_record_get_kind (part);

  if (field == link || field == psl_kind_get_owner_field (kind) || field->type == PSL_FIELD_TYPE_LONG_TEXT ||
      field->type == PSL_FIELD_TYPE_LINK || field->type == PSL_FIELD_TYPE_ROWS || field->type == PSL_FIELD_TYPE_PARTS)
    return FALSE;

  /* The end of a period stands with its beginning. */
  return g_strcmp0 (field->name, kind->period.to) != 0 || kind->period.from == NULL ||
         psl_record_get_by_name (part, kind->period.from) == NULL;
}

/**
 * psl_summary_new_of_part:
 * @part: a part that is a link with a role, with all its fields
 * @link: the link
 * @codelists: the lists of its register
 * @language: the language that records are shown in
 *
 * The link from its other end: the owner of the part, with the role, the dates and the
 * amounts of the part.
 *
 * Returns: (transfer full): the contents of its row
 */
PslSummary *
psl_summary_new_of_part (PslRecord          *part,
                         const PslField     *link,
                         const PslCodelists *codelists,
                         const char         *language)
{
  const PslKind *kind = psl_record_get_kind (part);
  const PslField *owner = psl_kind_get_owner_field (kind);
  const char *title = psl_record_get_link_title (part, owner);
  g_autoptr (GString) facts = g_string_new (NULL);
  PslSummary *summary = g_new0 (PslSummary, 1);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      g_autofree char *fact = is_part_fact (part, field, link) ? dup_part_fact (part, codelists, field, language) : NULL;

      append_fact (facts, fact);
    }

  summary->title = g_strdup (title != NULL ? title : _(owner->target->untitled));
  summary->facts = g_string_free_and_steal (g_steal_pointer (&facts));
  return summary;
}

/**
 * psl_summary_set_order:
 * @record: the record that @summary is made of
 * @codelists: the lists of its register
 * @sort: (nullable): the field that its list is sorted by, see psl_query_set_sort()
 *
 * Adds the value that the list is sorted by, and takes it out of the facts. A value that
 * every row shows anyway is not added. Any thread.
 */
void
psl_summary_set_order (PslSummary         *summary,
                       PslRecord          *record,
                       const PslCodelists *codelists,
                       const char         *sort)
{
  const PslKind *kind = psl_record_get_kind (record);
  const PslField *field;
  const char *value;

  g_return_if_fail (summary != NULL);

  g_clear_pointer (&summary->order, g_free);
  if (sort == NULL || is_always_shown (kind, sort))
    return;

  if (g_str_equal (sort, PSL_SORT_CHANGED))
    {
      summary->order = display_time (psl_record_get_changed (record));
      return;
    }

  /* The trash lists records of all kinds. */
  field = psl_kind_find_field (kind, sort);
  value = field != NULL ? psl_record_get_text (record, field, NULL, NULL) : NULL;
  if (value == NULL)
    return;

  summary->order = psl_field_display (field, codelists, value, psl_language_get_interface ());
  g_free (summary->facts);
  summary->facts = make_facts (record, codelists, summary->title, summary->years, sort);
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
  g_free (summary->years);
  g_free (summary->state);
  g_free (summary->state_class);
  g_free (summary->remarks);
  g_free (summary->order);
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
  if (summary->order != NULL)
    g_string_append_printf (text, ", %s", summary->order);
  if (summary->other_language != NULL)
    g_string_append_printf (text, ", %s", _("not translated"));
  if (summary->newer_language != NULL)
    g_string_append_printf (text, ", %s", _("outdated translation"));
  if (summary->remarks != NULL)
    g_string_append_printf (text, ", %s", summary->remarks);

  return g_string_free_and_steal (text);
}

/**
 * psl_summary_dup_missing:
 * @words: the words that are searched for
 *
 * Any thread.
 *
 * Returns: (transfer full): the words that the row itself doesn't show, with a space before
 *   each; "" where it shows all
 */
char *
psl_summary_dup_missing (const PslSummary *summary,
                         const char       *words)
{
  g_auto (GStrv) split = psl_search_split (words);
  g_autoptr (GString) missing = g_string_new (NULL);

  for (guint i = 0; split != NULL && split[i] != NULL; i++)
    {
      if (!summary_has (summary, split[i]))
        g_string_append_printf (missing, " %s", split[i]);
    }

  return g_string_free_and_steal (g_steal_pointer (&missing));
}

/**
 * psl_summary_quote:
 * @record: a record with all its fields
 * @label: (nullable): the label before the text, %NULL for the label of its field
 * @codelists: the lists of its register
 * @words: the words that are searched for
 * @shown: whether to look only at what the record's page shows, not at the other names of the
 *   codes there
 *
 * Looks for any of the words in the record's fields, in every language. Any thread.
 *
 * Returns: (transfer full) (nullable): the label and the text around the match
 */
char *
psl_summary_quote (PslRecord          *record,
                   const char         *label,
                   const PslCodelists *codelists,
                   const char         *words,
                   gboolean            shown)
{
  const PslField *field;
  const char *language;
  const char *value;
  char *quoted = NULL;
  PslRecordIter iter;

  psl_record_iter_init (&iter, record);
  while (quoted == NULL && psl_record_iter_next (&iter, &field, &language, &value))
    if (field->flags & PSL_FIELD_SEARCHED)
      quoted = quote_value (label != NULL ? label : psl_field_get_label (field), codelists, field, value, words,
                            shown);

  return quoted;
}
