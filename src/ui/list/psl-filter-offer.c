/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <glib/gi18n.h>

#include "psl-filter-offer.h"

#include "psl-languages.h"

/* Names that stand in a chip before the rest is counted. */
#define NAMES 2

static void
add (GPtrArray      *offers,
     const PslKind  *kind,
     char           *name,
     char           *label,
     PslFilterShape  shape,
     const PslField *field)
{
  PslFilterOffer *offer = g_new0 (PslFilterOffer, 1);

  offer->kind = kind;
  offer->name = name;
  offer->label = label;
  offer->shape = shape;
  offer->field = field;
  g_ptr_array_add (offers, offer);
}

static gboolean
is_translated (const PslField *field)
{
  return (field->flags & PSL_FIELD_MULTILINGUAL) != 0 && field->type != PSL_FIELD_TYPE_PARTS;
}

static PslFilterShape
get_shape (const PslField *field)
{
  switch (field->type)
    {
    case PSL_FIELD_TYPE_CODE:
      return PSL_FILTER_SHAPE_CODES;
    case PSL_FIELD_TYPE_LINK:
      return PSL_FILTER_SHAPE_RECORDS;
    case PSL_FIELD_TYPE_DATE:
    case PSL_FIELD_TYPE_YEAR:
      return PSL_FILTER_SHAPE_YEARS;
    case PSL_FIELD_TYPE_MONEY:
      return PSL_FILTER_SHAPE_MONEY;
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_INTEGER:
    case PSL_FIELD_TYPE_DECIMAL:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_PHONE:
    case PSL_FIELD_TYPE_LATITUDE:
    case PSL_FIELD_TYPE_LONGITUDE:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      return PSL_FILTER_SHAPE_NONE;
    }
}

/* @owner: (nullable): the parts that @field is a field of */
static char *
dup_label (const PslField *owner,
           const PslField *field)
{
  if (owner == NULL)
    return g_strdup (psl_field_get_label (field));
  /* Translators: a field of parts: what the parts are called and its label */
  return g_strdup_printf (C_("filter", "%s: %s"), psl_field_get_label (owner), psl_field_get_label (field));
}

/* @owner: (nullable): the parts that @field is a field of */
static void
add_field (GPtrArray      *offers,
           const PslKind  *kind,
           const PslField *owner,
           const PslField *field)
{
  const PslField *chosen = field->rows != NULL ? &field->rows[0] : field;
  g_autofree char *name = owner != NULL ? g_strdup_printf ("%s.%s", owner->name, field->name) : g_strdup (field->name);

  add (offers, kind, g_strdup (name), dup_label (owner, field), get_shape (chosen), chosen);
  if (field->wider != NULL)
    add (offers, kind, g_strdup_printf ("%s.%s", name, field->wider->name), dup_label (owner, field->wider),
         PSL_FILTER_SHAPE_CODES, field->wider);
}

/* The fields of parts to filter by, but for the field of the parts themselves. */
static void
add_parts (GPtrArray      *offers,
           const PslKind  *kind,
           const PslField *parts)
{
  const char *first = (parts->flags & PSL_FIELD_FILTERED) && parts->rows != NULL ? parts->rows[0].name : NULL;

  for (const PslField *field = parts->target->fields; field->name != NULL; field++)
    if ((field->flags & PSL_FIELD_FILTERED) && g_strcmp0 (field->name, first) != 0)
      add_field (offers, kind, parts, field);
}

static const char *
get_name (const PslFilterOffer *self,
          const PslCodelists   *codelists,
          const char           *value,
          const char           *title)
{
  const PslCode *code = NULL;

  if (self->shape == PSL_FILTER_SHAPE_CODES)
    code = psl_codelist_find (psl_codelists_get_list (codelists, self->field->codelist), value);

  if (code != NULL)
    return psl_code_get_name (code, psl_language_get_interface ());

  return title != NULL ? title : value;
}

static char *
describe_values (const PslFilterOffer *self,
                 const PslCodelists   *codelists,
                 const PslFilter      *filter,
                 const char *const    *titles)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_values = g_strv_length (filter->values);

  for (guint i = 0; i < MIN (n_values, NAMES); i++)
    {
      const char *title = titles != NULL ? titles[i] : NULL;

      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, get_name (self, codelists, filter->values[i], title));
    }
  if (n_values > NAMES)
    {
      guint more = n_values - NAMES;

      /* Translators: what a filter lets through, as in “Kenya, Uganda and 3 more” */
      return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", more), text->str, more);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* An amount without decimals that say nothing. */
static char *
show_bound (const PslFilterOffer *self,
            const PslCodelists   *codelists,
            const char           *value)
{
  char *shown;
  const char *end;

  if (self->shape != PSL_FILTER_SHAPE_MONEY)
    return g_strdup (value);

  end = g_strstr_len (value, -1, ".00 ");
  shown = psl_field_display (self->field, codelists, value, psl_language_get_interface ());
  if (end != NULL)
    {
      /* Both languages write the decimals of a round amount as two zeros after
       * a sign of one byte. */
      char *zeros = g_strrstr (shown, "00");

      if (zeros != NULL && zeros - shown >= 2 && (zeros[-1] == '.' || zeros[-1] == ','))
        memmove (zeros - 1, zeros + 2, strlen (zeros + 2) + 1);
    }

  return shown;
}

/* Such a filter is not made in the window, but may come from elsewhere. */
static char *
describe_others (const PslFilterOffer *self,
                 const PslCodelists   *codelists,
                 const PslFilter      *filter,
                 const char *const    *titles)
{
  g_autofree char *values = describe_values (self, codelists, filter, titles);

  /* Translators: records with none of these values, as in “Not Regional” */
  return g_strdup_printf (C_("filter", "Not %s"), values);
}

static char *
describe_range (const PslFilterOffer *self,
                const PslCodelists   *codelists,
                const PslFilter      *filter)
{
  gboolean years = self->shape == PSL_FILTER_SHAPE_YEARS;
  const char *from = filter->values[0];
  const char *to = filter->values[1];
  g_autofree char *shown_from = from[0] != '\0' ? show_bound (self, codelists, from) : NULL;
  g_autofree char *shown_to = to != NULL && to[0] != '\0' ? show_bound (self, codelists, to) : NULL;

  if (shown_from != NULL && g_strcmp0 (shown_from, shown_to) == 0)
    return g_steal_pointer (&shown_from);
  if (shown_from != NULL && shown_to != NULL)
    /* Translators: a range of years or of amounts */
    return g_strdup_printf (C_("range", "%s–%s"), shown_from, shown_to);
  if (shown_from != NULL)
    return years ? g_strdup_printf (C_("years", "Since %s"), shown_from)
                 : g_strdup_printf ("≥ %s", shown_from);
  if (shown_to != NULL)
    return years ? g_strdup_printf (C_("years", "Until %s"), shown_to)
                 : g_strdup_printf ("≤ %s", shown_to);

  return g_strdup (self->label);
}

/**
 * psl_filter_offers_new:
 * @kind: (nullable): a kind
 *
 * The fields that records of @kind can be filtered by: the fields that its description marks,
 * the years, and the wider lists that its codes belong to.
 *
 * Returns: (transfer full) (element-type PslFilterOffer): the offers, in the
 *   order of the fields
 */
GPtrArray *
psl_filter_offers_new (const PslKind *kind)
{
  GPtrArray *offers = g_ptr_array_new_with_free_func ((GDestroyNotify) psl_filter_offer_free);

  if (kind == NULL)
    return offers;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->flags & PSL_FIELD_FILTERED)
        add_field (offers, kind, NULL, field);
      else if (is_translated (field))
        add (offers, kind, g_strdup (field->name), g_strdup (psl_field_get_label (field)), PSL_FILTER_SHAPE_NONE, NULL);
      if (field->type == PSL_FIELD_TYPE_PARTS)
        add_parts (offers, kind, field);
    }

  if (kind->period.from != NULL)
    add (offers, kind, g_strdup (PSL_FIELD_YEARS), g_strdup (C_("filter", "Years")),
         PSL_FILTER_SHAPE_YEARS, NULL);
  if (kind->remarks != NULL)
    add (offers, kind, g_strdup (kind->remarks->name), g_strdup (psl_field_get_label (kind->remarks)),
         PSL_FILTER_SHAPE_NONE, kind->remarks);
  /* Not offered in the menu: it is set where an import ends. */
  add (offers, kind, g_strdup (PSL_FIELD_ACTION), g_strdup (C_("filter", "Import")), PSL_FILTER_SHAPE_NONE, NULL);

  return offers;
}

/**
 * psl_filter_offers_find:
 * @offers: (element-type PslFilterOffer): the offers of a kind
 * @name: name of a filter's field
 *
 * Returns: (transfer none) (nullable): the offer of that name
 */
PslFilterOffer *
psl_filter_offers_find (GPtrArray  *offers,
                        const char *name)
{
  for (guint i = 0; i < offers->len; i++)
    {
      PslFilterOffer *offer = g_ptr_array_index (offers, i);

      if (g_str_equal (offer->name, name))
        return offer;
    }

  return NULL;
}

/**
 * psl_filter_offer_copy:
 *
 * Returns: (transfer full): a copy
 */
PslFilterOffer *
psl_filter_offer_copy (const PslFilterOffer *self)
{
  PslFilterOffer *copy = g_memdup2 (self, sizeof (PslFilterOffer));

  copy->name = g_strdup (self->name);
  copy->label = g_strdup (self->label);

  return copy;
}

/**
 * psl_filter_offer_free:
 * @self: (transfer full) (nullable): an offer
 */
void
psl_filter_offer_free (PslFilterOffer *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->label);
  g_free (self);
}

/**
 * psl_filter_offer_can_be_empty:
 *
 * Returns: whether records without a value can be asked for
 */
gboolean
psl_filter_offer_can_be_empty (const PslFilterOffer *self)
{
  return self->field != NULL && strchr (self->name, '.') == NULL;
}

/**
 * psl_filter_offer_can_be_outdated:
 *
 * Returns: whether records with an outdated text can be asked for
 */
gboolean
psl_filter_offer_can_be_outdated (const PslFilterOffer *self)
{
  const PslField *field = psl_kind_find_field (self->kind, self->name);

  return field != NULL && is_translated (field);
}

/**
 * psl_filter_offer_describe:
 * @codelists: the lists of the register that is filtered
 * @filter: (nullable): a filter of this offer; %NULL for one that has no values
 *   yet
 * @titles: (nullable): for records, the titles of the filter's values
 *
 * Returns: (transfer full): the filter in words: “Regional”, “Since 2018”,
 *   “≥ US$50,000”
 */
char *
psl_filter_offer_describe (const PslFilterOffer *self,
                           const PslCodelists   *codelists,
                           const PslFilter      *filter,
                           const char *const    *titles)
{
  if (filter == NULL)
    /* Translators: a filter whose values are being chosen, as in “Status…” */
    return g_strdup_printf (C_("filter", "%s…"), self->label);
  if (g_str_equal (self->name, PSL_FIELD_ACTION))
    return g_strdup (C_("filter", "Just imported"));

  switch (filter->op)
    {
    case PSL_FILTER_EMPTY:
      /* Translators: records without a value of this field, as in “Status: empty” */
      return g_strdup_printf (C_("filter", "%s: empty"), self->label);
    case PSL_FILTER_NOT_EMPTY:
      /* Translators: records with a value of this field, as in “Status: given” */
      return g_strdup_printf (C_("filter", "%s: given"), self->label);
    case PSL_FILTER_OUTDATED:
      /* Translators: records whose text of this field is older than the one it translates, as
       * in “Title: outdated” */
      return g_strdup_printf (C_("filter", "%s: outdated"), self->label);
    case PSL_FILTER_RANGE:
      return describe_range (self, codelists, filter);
    case PSL_FILTER_NONE_OF:
      return describe_others (self, codelists, filter, titles);
    case PSL_FILTER_EQUALS:
    case PSL_FILTER_ONE_OF:
    case PSL_FILTER_CONTAINS:
    default:
      return describe_values (self, codelists, filter, titles);
    }
}
