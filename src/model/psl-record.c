/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "psl-agreed.h"
#include "psl-date.h"
#include "psl-languages.h"

/* A multilingual field in one language. */
typedef struct
{
  const PslField *field;
  const char *language;     /* interned */
  char *text;
  char *agreed;             /* (nullable): see psl-agreed.c */
} Text;

/* The values of fields in no language are kept in one array, by the place of their field.
 * Texts stand in the order of their fields and, of one field, of psl_language_compare(). */
struct _PslRecord
{
  GObject parent_instance;

  const PslKind *kind;
  gint64 rid;
  char *id;
  PslRecordState state;
  gint64 created;
  gint64 changed;
  gint64 position;
  GHashTable *parts;
  guint n_fields;
  char **values;
  GArray *texts;
  GHashTable *link_titles;
  GHashTable *circles;
  GHashTable *twins;
  guint n_remarks;
};

G_DEFINE_FINAL_TYPE (PslRecord, psl_record, G_TYPE_OBJECT)

static void
clear_text (gpointer data)
{
  Text *text = data;

  g_free (text->text);
  g_free (text->agreed);
}

/* Returns the slot of @field, or NULL where the field is not of this kind. */
static char **
get_slot (PslRecord      *self,
          const PslField *field)
{
  g_return_val_if_fail (field >= self->kind->fields && field < self->kind->fields + self->n_fields, NULL);

  return &self->values[field - self->kind->fields];
}

/* The place of a text among all, whether it is there or is yet to be inserted. */
static gboolean
find_text (PslRecord      *self,
           const PslField *field,
           const char     *language,
           guint          *place)
{
  guint n_texts = self->texts != NULL ? self->texts->len : 0;

  for (*place = 0; *place < n_texts; (*place)++)
    {
      const Text *text = &g_array_index (self->texts, Text, *place);
      int order = text->field == field ? psl_language_compare (text->language, language) : text->field < field ? -1 : 1;

      if (order >= 0)
        return order == 0;
    }
  return FALSE;
}

static void
set_text (PslRecord      *self,
          const PslField *field,
          const char     *language,
          const char     *value)
{
  guint place;
  gboolean is_there = find_text (self, field, language, &place);

  if (is_there && value == NULL)
    {
      g_array_remove_index (self->texts, place);
    }
  else if (is_there)
    {
      g_set_str (&g_array_index (self->texts, Text, place).text, value);
    }
  else if (value != NULL)
    {
      Text text = { .field = field, .language = g_intern_string (language), .text = g_strdup (value) };

      if (self->texts == NULL)
        {
          self->texts = g_array_new (FALSE, FALSE, sizeof (Text));
          g_array_set_clear_func (self->texts, clear_text);
        }
      g_array_insert_val (self->texts, place, text);
    }
}

/* The first text of a field, in the order of psl_language_compare(). */
static const Text *
get_first_text (PslRecord      *self,
                const PslField *field)
{
  for (guint i = 0; self->texts != NULL && i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);

      if (text->field == field)
        return text;
    }
  return NULL;
}

/* A date that a year can be read from, whatever a damaged register holds. */
static const char *
get_year (PslRecord  *self,
          const char *name)
{
  const char *value = name != NULL ? psl_record_get_by_name (self, name) : NULL;

  return value != NULL && psl_date_get_precision (value) != PSL_DATE_NONE ? value : NULL;
}

static void
psl_record_finalize (GObject *object)
{
  PslRecord *self = PSL_RECORD (object);

  for (guint i = 0; i < self->n_fields; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_clear_pointer (&self->texts, g_array_unref);
  g_free (self->id);
  g_clear_pointer (&self->parts, g_hash_table_unref);
  g_clear_pointer (&self->link_titles, g_hash_table_unref);
  g_clear_pointer (&self->circles, g_hash_table_unref);
  g_clear_pointer (&self->twins, g_hash_table_unref);

  G_OBJECT_CLASS (psl_record_parent_class)->finalize (object);
}

static void
psl_record_class_init (PslRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = psl_record_finalize;
}

static void
psl_record_init (PslRecord *self)
{
}

/**
 * psl_record_new:
 * @kind: its kind
 * @rid: its number in the register; 0 for one that is not in it yet
 * @id: (nullable): its UUID
 *
 * Returns: (transfer full): an empty, live record. It is a plain container,
 *   not bound to a thread; changing it changes nothing in the register
 */
PslRecord *
psl_record_new (const PslKind *kind,
                gint64         rid,
                const char    *id)
{
  PslRecord *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (PSL_TYPE_RECORD, NULL);
  self->kind = kind;
  self->rid = rid;
  self->id = g_strdup (id);
  while (kind->fields[self->n_fields].name != NULL)
    self->n_fields++;
  self->values = g_new0 (char *, self->n_fields);

  return self;
}

/**
 * psl_record_get_kind:
 *
 * Returns: (transfer none): its kind
 */
const PslKind *
psl_record_get_kind (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  return self->kind;
}

/**
 * psl_record_get_rid:
 *
 * Returns: its number in the register, 0 where it is not in it
 */
gint64
psl_record_get_rid (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), 0);

  return self->rid;
}

/**
 * psl_record_set_rid:
 * @rid: the number that the register has given a new record
 */
void
psl_record_set_rid (PslRecord *self,
                    gint64     rid)
{
  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (self->rid == 0);
  g_return_if_fail (rid > 0);

  self->rid = rid;
}

/**
 * psl_record_get_id:
 *
 * Returns: (nullable): its UUID, lower case
 */
const char *
psl_record_get_id (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  return self->id;
}

/**
 * psl_record_state_get_name:
 *
 * Returns: (transfer none): what the journal calls a state
 */
const char *
psl_record_state_get_name (PslRecordState state)
{
  switch (state)
    {
    case PSL_RECORD_GONE:
      return "gone";
    case PSL_RECORD_TRASHED:
      return "trashed";
    case PSL_RECORD_LIVE:
    default:
      return "live";
    }
}

/**
 * psl_record_state_parse:
 * @name: (nullable): what the journal calls a state
 * @state: (out): the state
 *
 * Returns: whether it is one
 */
gboolean
psl_record_state_parse (const char     *name,
                        PslRecordState *state)
{
  for (int i = PSL_RECORD_GONE; i <= PSL_RECORD_TRASHED; i++)
    {
      if (g_strcmp0 (name, psl_record_state_get_name ((PslRecordState) i)) == 0)
        {
          *state = (PslRecordState) i;
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * psl_record_get_state:
 */
PslRecordState
psl_record_get_state (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), PSL_RECORD_GONE);

  return self->state;
}

/**
 * psl_record_set_state:
 */
void
psl_record_set_state (PslRecord      *self,
                      PslRecordState  state)
{
  g_return_if_fail (PSL_IS_RECORD (self));

  self->state = state;
}

/**
 * psl_record_get_created:
 *
 * Returns: when it was made, in microseconds since 1970, UTC
 */
gint64
psl_record_get_created (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), 0);

  return self->created;
}

/**
 * psl_record_get_changed:
 *
 * Returns: when it was last changed, in microseconds since 1970, UTC
 */
gint64
psl_record_get_changed (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), 0);

  return self->changed;
}

/**
 * psl_record_set_times:
 * @created: microseconds since 1970, UTC
 * @changed: the same
 */
void
psl_record_set_times (PslRecord *self,
                      gint64     created,
                      gint64     changed)
{
  g_return_if_fail (PSL_IS_RECORD (self));

  self->created = created;
  self->changed = changed;
}

/**
 * psl_record_get_position:
 *
 * Returns: of a part, its place among the parts of its kind that its owner has: a number
 *   above zero; 0 for the place after them
 */
gint64
psl_record_get_position (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), 0);

  return self->position;
}

/**
 * psl_record_set_position:
 * @position: see psl_record_get_position()
 */
void
psl_record_set_position (PslRecord *self,
                         gint64     position)
{
  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (position >= 0);

  self->position = position;
}

/**
 * psl_record_get_parts:
 * @field: a field of %PSL_FIELD_TYPE_PARTS
 *
 * Returns: (nullable) (transfer none) (element-type PslRecord): its parts in their order,
 *   where there are any and they have been read with it or added to it
 */
GPtrArray *
psl_record_get_parts (PslRecord      *self,
                      const PslField *field)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_PARTS, NULL);

  return self->parts != NULL ? g_hash_table_lookup (self->parts, field) : NULL;
}

/**
 * psl_record_add_part:
 * @field: a field of %PSL_FIELD_TYPE_PARTS
 * @part: a record of its target kind, which comes after the parts that are there
 */
void
psl_record_add_part (PslRecord      *self,
                     const PslField *field,
                     PslRecord      *part)
{
  GPtrArray *parts;

  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_PARTS);
  g_return_if_fail (PSL_IS_RECORD (part) && part->kind == field->target);

  if (self->parts == NULL)
    self->parts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  parts = g_hash_table_lookup (self->parts, field);
  if (parts == NULL)
    {
      parts = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->parts, (gpointer) field, parts);
    }
  g_ptr_array_add (parts, g_object_ref (part));
}

/**
 * psl_record_get:
 * @field: a field of its kind
 * @language: (nullable): for a multilingual field, which; %NULL for the first
 *   that has a value
 *
 * Returns: (nullable) (transfer none): the canonical value, %NULL where empty
 */
const char *
psl_record_get (PslRecord      *self,
                const PslField *field,
                const char     *language)
{
  char **slot;
  guint place;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  if (field->flags & PSL_FIELD_MULTILINGUAL)
    {
      if (language == NULL)
        return psl_record_get_text (self, field, NULL, NULL);
      return find_text (self, field, language, &place) ? g_array_index (self->texts, Text, place).text : NULL;
    }
  slot = get_slot (self, field);
  return slot != NULL ? *slot : NULL;
}

/**
 * psl_record_get_by_name:
 * @name: name of a field, with its language where it has several: `title_fr`
 *
 * Returns: (nullable) (transfer none): the canonical value, %NULL where empty
 *   or where the kind has no such field
 */
const char *
psl_record_get_by_name (PslRecord  *self,
                        const char *name)
{
  const PslField *field;
  const char *language = NULL;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  field = psl_kind_parse_field (self->kind, name, &language);
  return field != NULL ? psl_record_get (self, field, language) : NULL;
}

/**
 * psl_record_set:
 * @field: a field of its kind
 * @language: (nullable): for a multilingual field, the tag of any language
 * @value: (nullable): the canonical value; %NULL and "" empty the field
 */
void
psl_record_set (PslRecord      *self,
                const PslField *field,
                const char     *language,
                const char     *value)
{
  const char *kept = value != NULL && *value != '\0' ? value : NULL;
  char **slot;

  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && psl_field_has_value (field));

  if (field->flags & PSL_FIELD_MULTILINGUAL)
    {
      g_return_if_fail (language != NULL);
      set_text (self, field, language, kept);
      return;
    }
  slot = get_slot (self, field);
  if (slot != NULL)
    g_set_str (slot, kept);
  if (self->circles != NULL)
    g_hash_table_remove (self->circles, field);
  if (self->twins != NULL)
    g_hash_table_remove (self->twins, field);
}

/**
 * psl_record_get_text:
 * @field: a field of its kind
 * @language: (nullable): the language to show
 * @shown_language: (out) (optional) (nullable) (transfer none): the language of the returned
 *   text: another than @language where the text is untranslated, %NULL where the field is
 *   empty
 *
 * Returns: (nullable) (transfer none): the text in @language, or else in the
 *   first other language that has one, see psl_language_compare()
 */
const char *
psl_record_get_text (PslRecord      *self,
                     const PslField *field,
                     const char     *language,
                     const char    **shown_language)
{
  const char *value;
  const char *shown = language;
  const Text *first;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  value = language != NULL || !(field->flags & PSL_FIELD_MULTILINGUAL) ? psl_record_get (self, field, language) : NULL;
  if (value == NULL && (field->flags & PSL_FIELD_MULTILINGUAL))
    {
      first = get_first_text (self, field);
      value = first != NULL ? first->text : NULL;
      shown = first != NULL ? first->language : NULL;
    }

  if (shown_language != NULL)
    *shown_language = value != NULL ? shown : NULL;
  return value;
}

/**
 * psl_record_get_agreed:
 * @field: a multilingual field of its kind
 * @language: the tag of a language
 *
 * Returns: (nullable) (transfer none): the mark of the text in @language, see psl-agreed.c
 */
const char *
psl_record_get_agreed (PslRecord      *self,
                       const PslField *field,
                       const char     *language)
{
  guint place;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL && language != NULL, NULL);

  return find_text (self, field, language, &place) ? g_array_index (self->texts, Text, place).agreed : NULL;
}

/**
 * psl_record_set_agreed:
 * @field: a multilingual field of its kind
 * @language: the tag of a language in which it has a text
 * @agreed: (nullable): the text's mark
 */
void
psl_record_set_agreed (PslRecord      *self,
                       const PslField *field,
                       const char     *language,
                       const char     *agreed)
{
  guint place;

  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && language != NULL);

  if (find_text (self, field, language, &place))
    g_set_str (&g_array_index (self->texts, Text, place).agreed, agreed);
}

/**
 * psl_record_get_newer:
 * @field: a multilingual field of its kind
 * @language: (nullable): the tag of a language
 *
 * Returns: (nullable) (transfer none): where the text in @language is outdated, the tag of
 *   the language whose text was changed since
 */
const char *
psl_record_get_newer (PslRecord      *self,
                      const PslField *field,
                      const char     *language)
{
  const char *agreed = language != NULL ? psl_record_get_agreed (self, field, language) : NULL;
  g_autofree char *other = psl_agreed_dup_language (agreed);

  if (other == NULL ||
      !psl_agreed_is_outdated (agreed, psl_record_get (self, field, language), psl_record_get (self, field, other)))
    return NULL;
  return g_intern_string (other);
}

/**
 * psl_record_list_languages:
 * @field: a field of its kind
 *
 * Returns: (transfer container): the tags of the languages that the field has a text in,
 *   in the order of psl_language_compare(), NULL-terminated; for a field that is not
 *   multilingual nothing but %NULL. They live as long as the program
 */
const char **
psl_record_list_languages (PslRecord      *self,
                           const PslField *field)
{
  g_autoptr (GPtrArray) languages = g_ptr_array_new_null_terminated (2, NULL, TRUE);

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; self->texts != NULL && i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);

      if (text->field == field)
        g_ptr_array_add (languages, (gpointer) text->language);
    }
  return (const char **) g_ptr_array_steal (languages, NULL);
}

/**
 * psl_record_iter_init:
 * @iter: (out): to go on with by psl_record_iter_next()
 *
 * Begins to go through the values of a record, which is not to be changed meanwhile.
 */
void
psl_record_iter_init (PslRecordIter *iter,
                      PslRecord     *record)
{
  g_return_if_fail (iter != NULL);
  g_return_if_fail (PSL_IS_RECORD (record));

  *iter = (PslRecordIter) { .record = record };
}

/**
 * psl_record_iter_next:
 * @field: (out): a field that has a value
 * @language: (out): for a multilingual field, the language of the value; else %NULL
 * @value: (out): the canonical value
 *
 * Goes on to the next value: in the order of the fields, texts in the order of
 * psl_language_compare().
 *
 * Returns: whether there was another
 */
gboolean
psl_record_iter_next (PslRecordIter   *iter,
                      const PslField **field,
                      const char     **language,
                      const char     **value)
{
  PslRecord *self = iter->record;
  guint n_texts = self->texts != NULL ? self->texts->len : 0;

  for (; iter->place < self->n_fields; iter->place++)
    {
      *field = &self->kind->fields[iter->place];
      if (iter->text < n_texts && g_array_index (self->texts, Text, iter->text).field == *field)
        {
          const Text *text = &g_array_index (self->texts, Text, iter->text++);

          *language = text->language;
          *value = text->text;
          return TRUE;
        }
      if (self->values[iter->place] != NULL)
        {
          *language = NULL;
          *value = self->values[iter->place++];
          return TRUE;
        }
    }
  return FALSE;
}

/* The names of the fields that tell a record without identifier and title from others. */
static GStrv
split_match (const PslKind *kind)
{
  return g_strsplit (kind->match != NULL ? kind->match : "", "|", -1);
}

/* The values that tell a record without identifier and title from others: “Bangkok, Thailand,
 * Regional office”. */
static char *
dup_match (PslRecord          *self,
           const PslCodelists *codelists)
{
  g_auto (GStrv) names = split_match (self->kind);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const PslField *field = psl_kind_find_field (self->kind, names[i]);
      const char *value = psl_record_get (self, field, NULL);

      if (value != NULL)
        g_strv_builder_take (builder, psl_field_display (field, codelists, value, psl_language_get_interface ()));
    }

  parts = g_strv_builder_end (builder);
  return parts[0] != NULL ? g_strjoinv (", ", parts) : NULL;
}

/**
 * psl_record_dup_own_title:
 * @codelists: the lists of the register that the record belongs to
 * @language: (nullable): the language to show
 *
 * Returns: (transfer full) (nullable): the name of the record: its title in @language or
 *   another language, else an identifier, else the values that tell it from others, such as
 *   its city; %NULL where it has none of these
 */
char *
psl_record_dup_own_title (PslRecord          *self,
                          const PslCodelists *codelists,
                          const char         *language)
{
  const PslField *title_field;
  const char *title;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  title_field = psl_kind_get_title (self->kind);
  title = psl_record_get_text (self, title_field, language, NULL);
  if (title != NULL && title_field->type != PSL_FIELD_TYPE_TEXT)
    return psl_field_display (title_field, codelists, title, language);
  if (title == NULL && self->kind->identifier != NULL)
    title = psl_record_get_by_name (self, self->kind->identifier);
  for (const PslField *field = self->kind->fields; title == NULL && field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_IDENTIFIER)
        title = psl_record_get (self, field, NULL);
    }
  return title != NULL ? g_strdup (title) : dup_match (self, codelists);
}

/**
 * psl_record_is_called_by:
 * @kind: a kind
 * @field: one of its fields
 *
 * Returns: whether psl_record_dup_own_title() of a record of @kind depends on @field
 */
gboolean
psl_record_is_called_by (const PslKind  *kind,
                         const PslField *field)
{
  g_auto (GStrv) match = NULL;

  g_return_val_if_fail (kind != NULL && field != NULL, FALSE);

  match = split_match (kind);
  return field == psl_kind_get_title (kind) || field->type == PSL_FIELD_TYPE_IDENTIFIER ||
         g_strcmp0 (kind->identifier, field->name) == 0 || g_strv_contains ((const char *const *) match, field->name);
}

/**
 * psl_record_dup_title:
 * @codelists: the lists of the register that the record belongs to
 * @language: (nullable): the language to show
 *
 * Returns: (transfer full): the name of the record: see psl_record_dup_own_title(), else
 *   “Untitled project”
 */
char *
psl_record_dup_title (PslRecord          *self,
                      const PslCodelists *codelists,
                      const char         *language)
{
  char *title;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  title = psl_record_dup_own_title (self, codelists, language);
  return title != NULL ? title : g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "kind", self->kind->untitled));
}

/**
 * psl_record_dup_name:
 * @codelists: the lists of the register that the record belongs to
 *
 * Returns: (transfer full): the name that people use for the record: its identifier, else as
 *   psl_record_dup_own_title() in the interface's language, else its UUID, else “?”
 */
char *
psl_record_dup_name (PslRecord          *self,
                     const PslCodelists *codelists)
{
  const char *identifier;
  char *name;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  identifier = self->kind->identifier != NULL ? psl_record_get_by_name (self, self->kind->identifier) : NULL;
  name = identifier != NULL ? g_strdup (identifier) : psl_record_dup_own_title (self, codelists, psl_language_get_interface ());
  if (name != NULL)
    return name;
  return g_strdup (self->id != NULL ? self->id : "?");
}

/**
 * psl_record_get_link_title:
 * @field: a link
 *
 * Returns: (nullable) (transfer none): the title of the record it leads to,
 *   where that has been read with it
 */
const char *
psl_record_get_link_title (PslRecord      *self,
                           const PslField *field)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  return self->link_titles != NULL ? g_hash_table_lookup (self->link_titles, field) : NULL;
}

/**
 * psl_record_set_link_title:
 * @field: a link
 * @title: (nullable): the title of the record it leads to
 */
void
psl_record_set_link_title (PslRecord      *self,
                           const PslField *field,
                           const char     *title)
{
  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && field->type == PSL_FIELD_TYPE_LINK);

  if (self->link_titles == NULL)
    self->link_titles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  if (title != NULL)
    g_hash_table_insert (self->link_titles, (gpointer) field, g_strdup (title));
  else
    g_hash_table_remove (self->link_titles, field);
}

/**
 * psl_record_get_circle:
 * @field: a link of %PSL_FIELD_ORDERING
 *
 * Returns: (nullable) (transfer none): the titles of the records that lead to each
 *   other by it in a circle, from this one to itself (`A → B → A`), where it is in one
 *   and that has been read with it
 */
const char *
psl_record_get_circle (PslRecord      *self,
                       const PslField *field)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  return self->circles != NULL ? g_hash_table_lookup (self->circles, field) : NULL;
}

/**
 * psl_record_set_circle:
 * @field: a link of %PSL_FIELD_ORDERING
 * @circle: see psl_record_get_circle(); forgotten when the link is set
 */
void
psl_record_set_circle (PslRecord      *self,
                       const PslField *field,
                       const char     *circle)
{
  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && (field->flags & PSL_FIELD_ORDERING));
  g_return_if_fail (circle != NULL);

  if (self->circles == NULL)
    self->circles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->circles, (gpointer) field, g_strdup (circle));
}

/**
 * psl_record_get_n_remarks:
 *
 * Returns: how many remarks there are on the record itself, where it was read
 */
guint
psl_record_get_n_remarks (PslRecord *self)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), 0);

  return self->n_remarks;
}

/**
 * psl_record_set_n_remarks:
 * @n: see psl_record_get_n_remarks()
 */
void
psl_record_set_n_remarks (PslRecord *self,
                          guint      n)
{
  g_return_if_fail (PSL_IS_RECORD (self));

  self->n_remarks = n;
}

/**
 * psl_record_get_twin:
 * @field: a field of %PSL_FIELD_UNIQUE
 *
 * Returns: (nullable) (transfer none): the title of another record with the same value, where
 *   there is one and it has been read with this record
 */
const char *
psl_record_get_twin (PslRecord      *self,
                     const PslField *field)
{
  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  return self->twins != NULL ? g_hash_table_lookup (self->twins, field) : NULL;
}

/**
 * psl_record_set_twin:
 * @field: a field of %PSL_FIELD_UNIQUE
 * @title: see psl_record_get_twin(); forgotten when the field is set
 */
void
psl_record_set_twin (PslRecord      *self,
                     const PslField *field,
                     const char     *title)
{
  g_return_if_fail (PSL_IS_RECORD (self));
  g_return_if_fail (field != NULL && (field->flags & PSL_FIELD_UNIQUE));
  g_return_if_fail (title != NULL);

  if (self->twins == NULL)
    self->twins = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_hash_table_insert (self->twins, (gpointer) field, g_strdup (title));
}

/**
 * psl_record_dup_years:
 *
 * Returns: (nullable) (transfer full): the years it was under way, as people
 *   write them: `2020–2021`, `2024`, `since 2020` where the end is not known,
 *   `until 2021` where the start is not; %NULL where nothing is known
 */
char *
psl_record_dup_years (PslRecord *self)
{
  const PslPeriod *period;
  const char *from;
  const char *to;
  const char *fallback;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  period = &self->kind->period;
  from = get_year (self, period->from);
  to = get_year (self, period->to);

  if (from == NULL && to == NULL)
    {
      fallback = get_year (self, period->fallback);
      return fallback != NULL ? g_strndup (fallback, 4) : NULL;
    }
  if (to == NULL)
    /* Translators: among facts: “PO.0160 · since 2020 · Europe” */
    return g_strdup_printf (C_("years", "since %.4s"), from);
  if (from == NULL)
    return g_strdup_printf (C_("years", "until %.4s"), to);
  if (strncmp (from, to, 4) == 0)
    return g_strndup (from, 4);
  return g_strdup_printf ("%.4s–%.4s", from, to);
}

/**
 * psl_record_copy:
 *
 * Returns: (transfer full): a record with the same kind, rid, id, state, times,
 *   position, values, link titles, and parts, which both share
 */
PslRecord *
psl_record_copy (PslRecord *self)
{
  PslRecord *copy;

  g_return_val_if_fail (PSL_IS_RECORD (self), NULL);

  copy = psl_record_new (self->kind, self->rid, self->id);
  copy->state = self->state;
  copy->created = self->created;
  copy->changed = self->changed;
  copy->position = self->position;
  for (const PslField *field = self->kind->fields; self->parts != NULL && field->name != NULL; field++)
    {
      GPtrArray *parts = g_hash_table_lookup (self->parts, field);

      for (guint i = 0; parts != NULL && i < parts->len; i++)
        psl_record_add_part (copy, field, g_ptr_array_index (parts, i));
    }
  for (guint i = 0; i < self->n_fields; i++)
    copy->values[i] = g_strdup (self->values[i]);
  for (guint i = 0; self->texts != NULL && i < self->texts->len; i++)
    {
      const Text *text = &g_array_index (self->texts, Text, i);

      set_text (copy, text->field, text->language, text->text);
      if (text->agreed != NULL)
        psl_record_set_agreed (copy, text->field, text->language, text->agreed);
    }

  if (self->link_titles != NULL)
    {
      GHashTableIter iter;
      gpointer field, title;

      g_hash_table_iter_init (&iter, self->link_titles);
      while (g_hash_table_iter_next (&iter, &field, &title))
        psl_record_set_link_title (copy, field, title);
    }
  if (self->circles != NULL)
    {
      GHashTableIter iter;
      gpointer field, circle;

      g_hash_table_iter_init (&iter, self->circles);
      while (g_hash_table_iter_next (&iter, &field, &circle))
        psl_record_set_circle (copy, field, circle);
    }
  if (self->twins != NULL)
    {
      GHashTableIter iter;
      gpointer field, title;

      g_hash_table_iter_init (&iter, self->twins);
      while (g_hash_table_iter_next (&iter, &field, &title))
        psl_record_set_twin (copy, field, title);
    }
  copy->n_remarks = self->n_remarks;

  return copy;
}
