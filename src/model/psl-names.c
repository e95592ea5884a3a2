/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-names.h"

#include "psl-languages.h"

typedef struct
{
  const char *language;       /* interned */
  char *name;
} Name;

struct _PslNames
{
  GArray *names;              /* (element-type Name) */
};

static void
name_clear (gpointer name)
{
  g_free (((Name *) name)->name);
}

static guint
find (const PslNames *self,
      const char     *language)
{
  guint nth = 0;

  while (nth < psl_names_get_n (self) && !g_str_equal (g_array_index (self->names, Name, nth).language, language))
    nth++;
  return nth;
}

/**
 * psl_names_copy:
 * @self: (nullable): names
 *
 * Returns: (transfer full) (nullable): the same names
 */
PslNames *
psl_names_copy (const PslNames *self)
{
  PslNames *copy = NULL;

  for (guint i = 0; i < psl_names_get_n (self); i++)
    {
      const Name *name = &g_array_index (self->names, Name, i);

      psl_names_set (&copy, name->language, name->name);
    }
  return copy;
}

/**
 * psl_names_free:
 * @self: (nullable) (transfer full): names
 */
void
psl_names_free (PslNames *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->names);
  g_free (self);
}

/**
 * psl_names_set:
 * @self: (inout) (nullable): names, which are made where there are none
 * @language: a BCP 47 tag
 * @name: (nullable): the name in it; %NULL adds none
 *
 * Adds a name, in place of the one in the same language.
 */
void
psl_names_set (PslNames   **self,
               const char  *language,
               const char  *name)
{
  guint nth;

  g_return_if_fail (self != NULL);
  g_return_if_fail (language != NULL);

  if (name == NULL)
    return;
  nth = find (*self, language);
  if (nth < psl_names_get_n (*self))
    {
      g_set_str (&g_array_index ((*self)->names, Name, nth).name, name);
      return;
    }
  if (*self == NULL)
    {
      *self = g_new0 (PslNames, 1);
      (*self)->names = g_array_new (FALSE, FALSE, sizeof (Name));
      g_array_set_clear_func ((*self)->names, name_clear);
    }
  g_array_append_val ((*self)->names, ((Name) { g_intern_string (language), g_strdup (name) }));
}

/**
 * psl_names_get_n:
 * @self: (nullable): names
 *
 * Returns: how many there are
 */
guint
psl_names_get_n (const PslNames *self)
{
  return self != NULL ? self->names->len : 0;
}

/**
 * psl_names_get_nth:
 * @nth: which, from 0
 * @language: (out) (optional): its language
 *
 * Returns: (transfer none): a name
 */
const char *
psl_names_get_nth (const PslNames  *self,
                   guint            nth,
                   const char     **language)
{
  g_return_val_if_fail (nth < psl_names_get_n (self), NULL);

  if (language != NULL)
    *language = g_array_index (self->names, Name, nth).language;
  return g_array_index (self->names, Name, nth).name;
}

/**
 * psl_names_get:
 * @self: (nullable): names
 * @language: a BCP 47 tag
 *
 * Returns: (transfer none) (nullable): the name in @language itself
 */
const char *
psl_names_get (const PslNames *self,
               const char     *language)
{
  guint nth = find (self, language);

  return nth < psl_names_get_n (self) ? psl_names_get_nth (self, nth, NULL) : NULL;
}

/**
 * psl_names_choose:
 * @self: (nullable): names
 * @language: (nullable): a BCP 47 tag; the interface's if %NULL
 *
 * Returns: the number of the name for whoever reads @language: in it, in what the program
 *   says to that reader, or the first one
 */
guint
psl_names_choose (const PslNames *self,
                  const char     *language)
{
  guint nth = language != NULL ? find (self, language) : psl_names_get_n (self);

  if (nth == psl_names_get_n (self))
    nth = find (self, psl_language_get_program (language));
  return nth < psl_names_get_n (self) ? nth : 0;
}
