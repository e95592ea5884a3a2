/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kind.h"

#include <string.h>

#include <glib/gi18n-lib.h>

const PslField psl_field_position = {
  .name = PSL_FIELD_POSITION,
  .label = NC_("field", "Position"),
  .type = PSL_FIELD_TYPE_INTEGER,
};

/**
 * psl_plural_fill:
 * @self: a text
 * @n: the number whose plural form the text takes
 * @first: the number that stands for `%s` or `%1$s`, as it is shown
 * @second: (nullable): the number that stands for `%2$s`
 *
 * Returns: (transfer full): the text in the interface's language
 */
char *
psl_plural_fill (const PslPlural *self,
                 guint64          n,
                 const char      *first,
                 const char      *second)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (first != NULL, NULL);

  text = g_string_new (g_dngettext (GETTEXT_PACKAGE, self->singular, self->plural, (gulong) n));
  g_string_replace (text, "%2$s", second != NULL ? second : "", 0);
  g_string_replace (text, "%1$s", first, 0);
  g_string_replace (text, "%s", first, 0);
  return g_string_free_and_steal (text);
}

/**
 * psl_field_group_get_label:
 * @group: a group
 *
 * Returns: (transfer none): the group's heading in the interface's language
 */
const char *
psl_field_group_get_label (const PslFieldGroup *group)
{
  g_return_val_if_fail (group != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "field group", group->label);
}

/**
 * psl_kind_get_label:
 * @kind: a kind
 *
 * Returns: (transfer none): the name of one record of the kind, in the interface's language
 */
const char *
psl_kind_get_label (const PslKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "kind", kind->label);
}

/**
 * psl_kind_get_label_plural:
 * @kind: a kind
 *
 * Returns: (transfer none): the name of several records of the kind, in the interface's
 *   language
 */
const char *
psl_kind_get_label_plural (const PslKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "kind", kind->label_plural);
}

/**
 * psl_kind_find_field:
 * @kind: a kind
 * @name: name of a field: `start`
 *
 * Returns: (transfer none) (nullable): the field, or %NULL where the kind has
 *   none of that name
 */
const PslField *
psl_kind_find_field (const PslKind *kind,
                     const char    *name)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (strcmp (field->name, name) == 0)
        return field;
    }
  if (kind->remarks != NULL && strcmp (kind->remarks->name, name) == 0)
    return kind->remarks;

  return NULL;
}

/**
 * psl_kind_is_part:
 *
 * Returns: whether each record of the kind belongs to another record
 */
gboolean
psl_kind_is_part (const PslKind *kind)
{
  return psl_kind_get_owner_field (kind) != NULL;
}

/**
 * psl_kind_is_of_any:
 *
 * Returns: whether records of the kind are parts of records of any kind, as remarks are
 */
gboolean
psl_kind_is_of_any (const PslKind *kind)
{
  const PslField *owner = psl_kind_get_owner_field (kind);

  return owner != NULL && owner->target == NULL;
}

/**
 * psl_kind_is_target:
 * @kind: a kind
 * @link: a link
 *
 * Returns: whether the link can lead to records of the kind. Parts of any record have no
 *   such parts themselves
 */
gboolean
psl_kind_is_target (const PslKind  *kind,
                    const PslField *link)
{
  g_return_val_if_fail (kind != NULL, FALSE);
  g_return_val_if_fail (link != NULL && link->type == PSL_FIELD_TYPE_LINK, FALSE);

  return link->target != NULL ? link->target == kind : !psl_kind_is_of_any (kind);
}

/**
 * psl_kind_get_owner_field:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): for parts, the field of %PSL_FIELD_OWNER; %NULL
 *   where records of the kind stand by themselves
 */
const PslField *
psl_kind_get_owner_field (const PslKind *kind)
{
  g_return_val_if_fail (kind != NULL, NULL);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->flags & PSL_FIELD_OWNER)
        return field;
    }

  return NULL;
}

/**
 * psl_kind_get_owner:
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): for parts, the kind of the records they belong to;
 *   %NULL also for parts of records of any kind
 */
const PslKind *
psl_kind_get_owner (const PslKind *kind)
{
  const PslField *field = psl_kind_get_owner_field (kind);

  return field != NULL ? field->target : NULL;
}

/**
 * psl_kind_next_parts:
 * @kind: a kind
 * @field: (nullable): the field that this gave before, or %NULL for the first
 *
 * Goes through the kinds of parts that a record may have, remarks last.
 *
 * Returns: (transfer none) (nullable): the next field of %PSL_FIELD_TYPE_PARTS, or %NULL
 */
const PslField *
psl_kind_next_parts (const PslKind  *kind,
                     const PslField *field)
{
  g_return_val_if_fail (kind != NULL, NULL);

  if (field != NULL && field == kind->remarks)
    return NULL;
  for (field = field != NULL ? field + 1 : kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_PARTS)
        return field;
    }
  return kind->remarks;
}

/**
 * psl_kind_find_parts:
 * @kind: a kind
 * @parts: the kind of its parts
 *
 * Returns: (transfer none) (nullable): the field of @kind that stands for them, or %NULL
 *   where records of @parts don't belong to one of @kind
 */
const PslField *
psl_kind_find_parts (const PslKind *kind,
                     const PslKind *parts)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (parts != NULL, NULL);

  for (const PslField *field = psl_kind_next_parts (kind, NULL); field != NULL; field = psl_kind_next_parts (kind, field))
    {
      if (field->target == parts)
        return field;
    }

  return NULL;
}

/**
 * psl_kind_parse_field:
 * @kind: a kind
 * @name: name of a field, with the language where it is in several: `start`,
 *   `title_fr`, `title.pt-BR`
 * @language: (out) (optional) (nullable) (transfer none): return location for
 *   the tag of the language, see psl_language_parse_known(); %NULL where @name has none
 *
 * Reads the name of a field as the command line and CSV headings write it.
 *
 * Returns: (transfer none) (nullable): the field, or %NULL where there is none,
 *   or where a language is given for a field that has no languages
 */
const PslField *
psl_kind_parse_field (const PslKind  *kind,
                      const char     *name,
                      const char    **language)
{
  const PslField *field;

  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (language != NULL)
    *language = NULL;

  field = psl_kind_find_field (kind, name);
  if (field != NULL)
    return field;

  /* Names of fields hold underscores, too; tags hold none. */
  for (const char *mark = strpbrk (name, "_."); mark != NULL; mark = strpbrk (mark + 1, "_."))
    {
      g_autofree char *stem = g_strndup (name, (gsize) (mark - name));
      const char *tag = psl_language_parse_known (mark + 1);

      field = tag != NULL ? psl_kind_find_field (kind, stem) : NULL;
      if (field == NULL || !(field->flags & PSL_FIELD_MULTILINGUAL))
        continue;
      if (language != NULL)
        *language = tag;
      return field;
    }

  return NULL;
}

/**
 * psl_kind_get_title:
 * @kind: a kind
 *
 * Returns: (transfer none): the field that a record of the kind is called by
 */
const PslField *
psl_kind_get_title (const PslKind *kind)
{
  const PslField *title;

  g_return_val_if_fail (kind != NULL, NULL);

  title = psl_kind_find_field (kind, kind->title);
  g_assert (title != NULL);

  return title;
}

/**
 * psl_kind_find_setting:
 * @kind: a kind
 * @name: name of a setting
 *
 * Returns: (transfer none) (nullable): the setting, or %NULL where the kind has none of
 *   that name
 */
const PslSetting *
psl_kind_find_setting (const PslKind *kind,
                       const char    *name)
{
  g_return_val_if_fail (kind != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (kind->settings == NULL)
    return NULL;
  for (const PslSetting *setting = kind->settings->settings; setting->field.name != NULL; setting++)
    {
      if (strcmp (setting->field.name, name) == 0)
        return setting;
    }

  return NULL;
}
