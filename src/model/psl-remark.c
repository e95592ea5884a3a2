/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-remark.h"

#include <glib/gi18n-lib.h>

#include "psl-date.h"

static char *
dup_about (const PslField *field,
           const char     *language)
{
  return field != NULL ? psl_field_dup_text_name (field, language) : NULL;
}

/**
 * psl_remark_new:
 * @record: a record of a kind with remarks
 * @field: (nullable): the field that the remark is about; %NULL for the whole record
 * @language: (nullable): for a multilingual field, which of its texts
 *
 * Returns: (transfer full): a remark without a text, which is not in the register yet
 */
PslRecord *
psl_remark_new (PslRecord      *record,
                const PslField *field,
                const char     *language)
{
  const PslKind *kind;
  g_autoptr (PslRecord) remark = NULL;
  g_autofree char *about = NULL;

  g_return_val_if_fail (PSL_IS_RECORD (record), NULL);
  g_return_val_if_fail (psl_record_get_kind (record)->remarks != NULL, NULL);

  kind = psl_record_get_kind (record)->remarks->target;
  remark = psl_record_new (kind, 0, NULL);
  about = dup_about (field, language);
  psl_record_set (remark, psl_kind_get_owner_field (kind), NULL, psl_record_get_id (record));
  psl_remark_set (remark, PSL_REMARK_ABOUT, NULL, about);
  return g_steal_pointer (&remark);
}

/**
 * psl_remark_set:
 * @name: one of the names in psl-remark.h
 * @language: (nullable): for %PSL_REMARK_TEXT, the language of @value
 * @value: (nullable): the canonical value
 */
void
psl_remark_set (PslRecord  *remark,
                const char *name,
                const char *language,
                const char *value)
{
  const PslField *field;

  g_return_if_fail (PSL_IS_RECORD (remark));

  field = psl_kind_find_field (psl_record_get_kind (remark), name);
  g_return_if_fail (field != NULL);
  psl_record_set (remark, field, language, value);
}

/**
 * psl_remark_find_field:
 * @kind: the kind of the record that it is on
 * @language: (out) (optional) (nullable) (transfer none): which text of the field
 *
 * Returns: (nullable) (transfer none): the field that it is about; %NULL where it is about
 *   the whole record, or a field that the kind doesn't have
 */
const PslField *
psl_remark_find_field (PslRecord      *remark,
                       const PslKind  *kind,
                       const char    **language)
{
  const char *about;

  g_return_val_if_fail (PSL_IS_RECORD (remark), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  if (language != NULL)
    *language = NULL;
  about = psl_record_get_by_name (remark, PSL_REMARK_ABOUT);
  return about != NULL ? psl_kind_parse_field (kind, about, language) : NULL;
}

/**
 * psl_remark_is_about:
 * @field: a field of the kind of the record that it is on
 * @language: (nullable): for a multilingual field, which of its texts
 *
 * Returns: whether it is about this field, or this text of it
 */
gboolean
psl_remark_is_about (PslRecord      *remark,
                     const PslField *field,
                     const char     *language)
{
  g_autofree char *about = dup_about (field, language);

  g_return_val_if_fail (PSL_IS_RECORD (remark), FALSE);

  return g_strcmp0 (psl_record_get_by_name (remark, PSL_REMARK_ABOUT), about) == 0;
}

/**
 * psl_remark_dup_signature:
 *
 * Returns: (transfer full) (nullable): who made the remark and when, for people: “Ana ·
 *   17 May 2026”; %NULL where nothing is known of it
 */
char *
psl_remark_dup_signature (PslRecord *remark)
{
  const char *author;
  const char *date;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (PSL_IS_RECORD (remark), NULL);

  author = psl_record_get_by_name (remark, PSL_REMARK_AUTHOR);
  date = psl_record_get_by_name (remark, PSL_REMARK_DATE);
  shown = date != NULL ? psl_date_display (date) : NULL;
  if (author == NULL || shown == NULL)
    return author != NULL ? g_strdup (author) : g_steal_pointer (&shown);
  return g_strdup_printf ("%s · %s", author, shown);
}

/**
 * psl_remark_dup_count:
 *
 * Returns: (transfer full): “1 remark”
 */
char *
psl_remark_dup_count (guint n)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u remark", "%u remarks", n), n);
}
