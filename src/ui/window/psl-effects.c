/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-effects.h"

#include <glib/gi18n.h>

#include "psl-kinds.h"
#include "psl-number.h"

/* The effects of an action, in words. */

static char *
format_words (const PslPlural *words,
              const PslEffect *effect)
{
  g_autofree char *number = psl_number_format_count (effect->records);

  return psl_plural_fill (words, (guint64) effect->records, number, NULL);
}

/* “5 new projects”, “3 changed offices” */
static char *
format_effect (const PslEffect *effect)
{
  const PslKindWords *words = &effect->kind->words;

  return format_words (effect->old_state == PSL_RECORD_GONE ? &words->made : &words->changed, effect);
}

/* Adds a count that is not 0. @text has a place for the number. */
static void
add_count (GStrvBuilder *parts,
           guint64       count,
           const char   *text)
{
  g_autofree char *number = psl_number_format_count (count);
  g_auto (GStrv) around = g_strsplit (text, "%s", 2);

  if (count > 0)
    g_strv_builder_take (parts, g_strconcat (around[0], number, around[1], NULL));
}

/* The records of all kinds that went from one state to another: “5 projects, 4 offices”;
 * NULL where there are none. */
static char *
list_records (GArray         *effects,
              PslRecordState  old_state,
              PslRecordState  new_state)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) listed = NULL;

  for (guint i = 0; i < effects->len; i++)
    {
      const PslEffect *effect = &g_array_index (effects, PslEffect, i);

      if (effect->old_state == old_state && effect->new_state == new_state)
        g_strv_builder_take (parts, format_words (&effect->kind->words.total, effect));
    }
  listed = g_strv_builder_end (parts);
  return listed[0] != NULL ? g_strjoinv (", ", listed) : NULL;
}

/**
 * psl_effects_describe_import:
 * @effects: (nullable) (element-type PslEffect): of the import's action; %NULL where it
 *   changed nothing
 * @plan: the counts of the import
 *
 * Returns: (transfer full): the effects of an import, and the decisions that it left: “5 new
 *   projects, 4 new offices, 2 conflicts left to decide”
 */
char *
psl_effects_describe_import (GArray              *effects,
                             const PslImportPlan *plan)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) listed = NULL;
  guint64 n_not_taken;

  g_return_val_if_fail (plan != NULL, NULL);

  /* A row that was refused may have left a remark. */
  n_not_taken = plan->n_conflicts > plan->n_remarks ? plan->n_conflicts - plan->n_remarks : 0;
  for (guint i = 0; effects != NULL && i < effects->len; i++)
    {
      PslEffect effect = g_array_index (effects, PslEffect, i);

      /* The remarks that it left are the conflicts below. */
      if (psl_kind_is_of_any (effect.kind) && effect.old_state == PSL_RECORD_GONE)
        effect.records -= (gint64) plan->n_remarks;
      if (effect.records > 0)
        g_strv_builder_take (parts, format_effect (&effect));
    }
  if (effects == NULL || effects->len == 0)
    g_strv_builder_add (parts, _("Nothing in the file was new"));
  add_count (parts, plan->n_unlisted,
             ngettext ("%s value with a code that no list has", "%s values with codes that no list has",
                       (gulong) plan->n_unlisted));
  add_count (parts, plan->n_left_out, ngettext ("%s value left out", "%s values left out", (gulong) plan->n_left_out));
  add_count (parts, plan->n_remarks, ngettext ("%s conflict left to decide", "%s conflicts left to decide",
                                               (gulong) plan->n_remarks));
  add_count (parts, n_not_taken, ngettext ("%s differing value not taken", "%s differing values not taken",
                                           (gulong) n_not_taken));
  add_count (parts, plan->n_refused, ngettext ("%s row refused", "%s rows refused", (gulong) plan->n_refused));
  add_count (parts, plan->n_unmatched, ngettext ("%s column ignored", "%s columns ignored", plan->n_unmatched));
  listed = g_strv_builder_end (parts);
  return g_strjoinv (", ", listed);
}

/**
 * psl_effects_describe_undo:
 * @effects: (element-type PslEffect): of an action
 *
 * Returns: (transfer full): the effects of undoing the action, in sentences
 */
char *
psl_effects_describe_undo (GArray *effects)
{
  static const struct
  {
    PslRecordState old_state, new_state;
    const char *sentence;
  } ways[] = {
    /* Translators: each of these names records, as in “5 projects, 4 offices” */
    { PSL_RECORD_GONE, PSL_RECORD_LIVE, N_("Undoing it takes out of the register: %s.") },
    { PSL_RECORD_LIVE, PSL_RECORD_LIVE, N_("Undoing it gives back their earlier values to: %s.") },
    { PSL_RECORD_LIVE, PSL_RECORD_TRASHED, N_("Undoing it takes out of the trash: %s.") },
    { PSL_RECORD_TRASHED, PSL_RECORD_LIVE, N_("Undoing it moves to the trash: %s.") },
    { PSL_RECORD_TRASHED, PSL_RECORD_GONE, N_("Undoing it brings back into the trash: %s.") },
    { PSL_RECORD_LIVE, PSL_RECORD_GONE, N_("Undoing it brings back: %s.") },
  };
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_auto (GStrv) listed = NULL;

  g_return_val_if_fail (effects != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autofree char *records = list_records (effects, ways[i].old_state, ways[i].new_state);
      g_auto (GStrv) around = g_strsplit (_(ways[i].sentence), "%s", 2);

      if (records != NULL)
        g_strv_builder_take (sentences, g_strconcat (around[0], records, around[1], NULL));
    }
  listed = g_strv_builder_end (sentences);
  return g_strjoinv (" ", listed);
}
