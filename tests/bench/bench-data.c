/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-data.h"

#include "psl-codelist.h"
#include "psl-kinds.h"

#define DESCRIPTION_WORDS 60
#define TITLE_WORDS 8
#define INDICATOR_WORDS 5

/* Words made of syllables, the early ones frequent as in any language. */
#define N_WORDS 30000

const BenchSearch bench_searches[] = {
  { "zz", "two letters, few" },
  { "mi", "two letters, half", TRUE },
  { "migra", "five letters, half" },
  { "migration", "a word, half" },
  { "mi ba", "two beginnings" },
  { "xylo", "ten records", TRUE },
  { "train", "in a part of half", TRUE },
  { "mi train", "in the record, in a part" },
  { "quorum", "in parts of ten" },
  { NULL },
};

static const char *const syllables[] = {
  "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "xo", "ju",
  "bran", "cor", "del", "fin", "gal", "lor", "mun", "nes", "pir", "ras", "sol", "tur", "ven", "che", "pha",
};

static GPtrArray *
get_words (void)
{
  static GPtrArray *words;

  if (g_once_init_enter_pointer (&words))
    {
      GPtrArray *made = g_ptr_array_new_full (N_WORDS, g_free);
      g_autoptr (GRand) random = g_rand_new_with_seed (20260101);

      for (guint i = 0; i < N_WORDS; i++)
        {
          GString *word = g_string_new (NULL);
          gint n = g_rand_int_range (random, i < 200 ? 1 : 2, i < 200 ? 3 : 5);

          while (n-- > 0)
            g_string_append (word, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
          g_ptr_array_add (made, g_string_free_and_steal (word));
        }
      g_once_init_leave_pointer (&words, made);
    }
  return words;
}

/* Zipf's law, nearly: half of all words are among the first few hundred. */
static const char *
pick_word (GRand *random)
{
  GPtrArray *words = get_words ();
  double x = g_rand_double (random);

  return g_ptr_array_index (words, (guint) (N_WORDS * x * x * x * x * 0.9999));
}

static char *
make_text (GRand      *random,
           guint       n_words,
           const char *first)
{
  GString *text = g_string_new (first);

  for (guint i = first != NULL ? 1 : 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", pick_word (random));
  text->str[0] = g_ascii_toupper (text->str[0]);
  return g_string_free_and_steal (text);
}

static const char *
pick_code (GRand      *random,
           const char *list)
{
  const PslCodelist *codelist = psl_codelist_get_default (list);

  return psl_codelist_get_nth (codelist, g_rand_int_range (random, 0, psl_codelist_get_n (codelist)))->code;
}

static void
set (PslRecord  *record,
     const char *name,
     char       *value)
{
  const char *language = NULL;
  const PslField *field = psl_kind_parse_field (psl_record_get_kind (record), name, &language);
  g_autofree char *owned = value;

  psl_record_set (record, field, language, owned);
}

static char *
make_beneficiaries (GRand *random)
{
  GString *rows = g_string_new ("[");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gint n = g_rand_int_range (random, 1, 6);

  while (n-- > 0)
    {
      const char *code = pick_code (random, "country");

      if (g_hash_table_add (seen, (gpointer) code))
        g_string_append_printf (rows, "%s{\"country\":\"%s\"}", rows->len > 1 ? "," : "", code);
    }
  g_string_append_c (rows, ']');
  return g_string_free_and_steal (rows);
}

static PslRecord *
make_result (GRand      *random,
             const char *theme)
{
  PslRecord *record = psl_record_new (&psl_kind_result, 0, NULL);

  set (record, "level", g_strdup (pick_code (random, "result-level")));
  set (record, "indicator_en", make_text (random, INDICATOR_WORDS, theme));
  set (record, "indicator_fr", make_text (random, INDICATOR_WORDS, theme));
  set (record, "target", g_strdup_printf ("%d", g_rand_int_range (random, 10, 5000)));
  return record;
}

/**
 * bench_data_add_results:
 * @record: the project of bench_data_make_project()
 * @number: of that
 *
 * Gives it %BENCH_DATA_PARTS results. Two of four projects have “training” in the
 * first; ten of the first ten thousand have “quorum” in it.
 */
void
bench_data_add_results (PslRecord *record,
                        guint      number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  const PslField *results = psl_kind_find_field (&psl_kind_project, "results");
  const char *theme = number % 4 < 2 ? "training" : NULL;

  if (number < 10000 && number % 1000 == 8)
    theme = "quorum";
  for (guint i = 0; i < BENCH_DATA_PARTS; i++)
    {
      g_autoptr (PslRecord) result = make_result (random, i == 0 ? theme : NULL);

      psl_record_add_part (record, results, result);
    }
}

/**
 * bench_data_get_rid:
 *
 * Returns: the number that the project has in a register of such projects and results
 */
gint64
bench_data_get_rid (guint number)
{
  return (gint64) number * (1 + BENCH_DATA_PARTS) + 1;
}

/**
 * bench_data_make_project:
 * @number: which
 *
 * Every other project has “migration” in its title; ten of the first ten thousand
 * have “xylophone” in their description.
 *
 * Returns: (transfer full): a project with text in both languages
 */
PslRecord *
bench_data_make_project (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number + 1);
  PslRecord *record = psl_record_new (&psl_kind_project, 0, NULL);
  gint start = g_rand_int_range (random, 2000, 2026);
  const char *theme = number % 2 == 0 ? "migration" : NULL;
  const char *rarity = number < 10000 && number % 1000 == 7 ? "xylophone" : NULL;

  set (record, "title_en", make_text (random, TITLE_WORDS, theme));
  set (record, "title_fr", make_text (random, TITLE_WORDS, theme));
  set (record, "description_en", make_text (random, DESCRIPTION_WORDS, rarity));
  set (record, "description_fr", make_text (random, DESCRIPTION_WORDS, NULL));
  set (record, "project_id", g_strdup_printf ("GEN.%07u", number));
  set (record, "type", g_strdup (pick_code (random, "type")));
  set (record, "status", g_strdup (pick_code (random, "status")));
  set (record, "coverage", g_strdup (pick_code (random, "coverage")));
  set (record, "region", g_strdup (pick_code (random, "region")));
  set (record, "start", g_strdup_printf ("%d-%02d", start, g_rand_int_range (random, 1, 13)));
  set (record, "end", g_strdup_printf ("%d", start + g_rand_int_range (random, 0, 4)));
  set (record, "year", g_strdup_printf ("%d", start));
  set (record, "budget", g_strdup_printf ("%d.00 USD", g_rand_int_range (random, 1, 400) * 1000));
  set (record, "beneficiaries", make_beneficiaries (random));
  return record;
}
