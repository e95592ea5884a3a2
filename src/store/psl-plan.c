/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-plan.h"

#include "psl-stored-field.h"

#define ONE_RECORD "r.rid = ?"

/* Number of columns a value takes. */
static int
get_width (const PslField *field)
{
  return field->type == PSL_FIELD_TYPE_MONEY ? 2 : 1;
}

/* Appends a field's column names, each after @before and followed by @after:
 * `"start" = ?`. */
static void
append_columns (GString        *sql,
                const PslField *field,
                const char     *before,
                const char     *after)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    g_string_append_printf (sql, "%s\"%s_amount\"%s%s\"%s_currency\"%s",
                            before, field->name, after, before, field->name, after);
  else
    g_string_append_printf (sql, "%s\"%s\"%s", before, field->name, after);
}

/* Ends a list whose items each end with a comma. */
static void
end_list (GString    *sql,
          const char *rest)
{
  g_string_truncate (sql, sql->len - 1);
  g_string_append (sql, rest);
}

/* Links are rids in the file and UUIDs in memory. */
static void
append_selected (GString        *sql,
                 const PslField *field)
{
  if (field->type == PSL_FIELD_TYPE_LINK)
    g_string_append_printf (sql, "(SELECT id FROM record WHERE rid = k.\"%s\"),", field->name);
  else
    append_columns (sql, field, "k.", ",");
}

static void
add_column (GArray         *columns,
            const PslField *field,
            int            *index)
{
  PslColumn column = { .field = field, .index = *index };

  g_array_append_val (columns, column);
  *index += get_width (field);
}

/* A query for the records that @condition names: of all columns of their kind's table or,
 * where @listed is set, of the columns that lists show. */
static char *
make_select (const PslKind *kind,
             gboolean       listed,
             const char    *condition,
             GArray        *columns)
{
  GString *sql = g_string_new ("SELECT r.rid, r.id, r.state, r.created, r.changed, r.position,");
  int index = PSL_PLAN_N_COLUMNS;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (listed && !(field->flags & PSL_FIELD_LISTED))
        continue;

      if (field->flags & PSL_FIELD_OWNER)
        {
          g_string_append (sql, "(SELECT id FROM record WHERE rid = r.owner),");
          add_column (columns, field, &index);
          continue;
        }

      if (psl_stored_field_is_column (field))
        {
          append_selected (sql, field);
          add_column (columns, field, &index);
        }
    }
  end_list (sql, "");
  g_string_append_printf (sql, " FROM record AS r JOIN \"%s\" AS k ON k.rid = r.rid WHERE %s", kind->name, condition);

  return g_string_free_and_steal (sql);
}

/* A query for the texts that lists show of a record; NULL where they show none. */
static char *
make_select_listed_texts (const PslKind *kind)
{
  g_autoptr (GString) sql = g_string_new ("SELECT field, language, text, agreed FROM text WHERE rid = ? AND field IN (");
  gboolean found = FALSE;

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (!(field->flags & PSL_FIELD_MULTILINGUAL) || !(field->flags & PSL_FIELD_LISTED))
        continue;
      g_string_append_printf (sql, "'%s',", field->name);
      found = TRUE;
    }
  end_list (sql, ")");
  return found ? g_string_free_and_steal (g_steal_pointer (&sql)) : NULL;
}

static char *
make_insert (const PslKind *kind)
{
  GString *sql = g_string_new (NULL);
  guint n = 1;

  g_string_append_printf (sql, "INSERT INTO \"%s\" (rid,", kind->name);
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (!psl_stored_field_is_column (field))
        continue;
      append_columns (sql, field, "", ",");
      n += (guint) get_width (field);
    }
  end_list (sql, ") VALUES (");
  for (guint i = 0; i < n; i++)
    g_string_append (sql, "?,");
  end_list (sql, ")");

  return g_string_free_and_steal (sql);
}

static void
plan_rows (const PslKind *kind,
           PslFieldPlan  *plan)
{
  GString *select = g_string_new ("SELECT ");
  GString *insert = g_string_new (NULL);
  guint n = 2;

  g_string_append_printf (insert, "INSERT INTO \"%s_%s\" (rid,position,", kind->name, plan->field->name);
  for (const PslField *field = plan->field->rows; field->name != NULL; field++)
    {
      /* The first kind whose rows link to records has to take care of them when the record at
       * the other end is removed. */
      g_assert (field->type != PSL_FIELD_TYPE_LINK && field->type != PSL_FIELD_TYPE_ROWS);
      append_selected (select, field);
      append_columns (insert, field, "", ",");
      n += (guint) get_width (field);
    }
  end_list (select, "");
  g_string_append_printf (select, " FROM \"%s_%s\" AS k WHERE rid = ? ORDER BY position",
                          kind->name, plan->field->name);
  end_list (insert, ") VALUES (");
  for (guint i = 0; i < n; i++)
    g_string_append (insert, "?,");
  end_list (insert, ")");

  plan->rows_select = g_string_free_and_steal (select);
  plan->rows_insert = g_string_free_and_steal (insert);
  plan->rows_delete = g_strdup_printf ("DELETE FROM \"%s_%s\" WHERE rid = ?", kind->name, plan->field->name);
}

static void
plan_field (const PslKind  *kind,
            const PslField *field,
            PslFieldPlan   *plan)
{
  plan->field = field;
  if (field->type == PSL_FIELD_TYPE_ROWS)
    {
      plan_rows (kind, plan);
    }
  else if (field->flags & PSL_FIELD_OWNER)
    {
      plan->select = g_strdup ("SELECT (SELECT id FROM record WHERE rid = r.owner) FROM record AS r WHERE rid = ?");
      plan->update = g_strdup ("UPDATE record SET owner = ? WHERE rid = ?");
    }
  else if (psl_stored_field_is_column (field))
    {
      GString *select = g_string_new ("SELECT ");
      GString *update = g_string_new (NULL);

      append_selected (select, field);
      end_list (select, "");
      g_string_append_printf (select, " FROM \"%s\" AS k WHERE rid = ?", kind->name);
      plan->select = g_string_free_and_steal (select);

      g_string_append_printf (update, "UPDATE \"%s\" SET ", kind->name);
      append_columns (update, field, "", " = ?,");
      end_list (update, " WHERE rid = ?");
      plan->update = g_string_free_and_steal (update);

      if (field->type == PSL_FIELD_TYPE_LINK)
        plan->select_linking = g_strdup_printf ("SELECT rid FROM \"%s\" WHERE \"%s\" = ?",
                                                kind->name, field->name);
      if (field->flags & PSL_FIELD_ORDERING)
        plan->select_chain = g_strdup_printf ("WITH RECURSIVE chain (rid, next) AS ("
                                              "SELECT k.rid, k.\"%2$s\" FROM \"%1$s\" AS k JOIN record AS r USING (rid)"
                                              " WHERE rid = ? AND r.state = 0"
                                              " UNION"
                                              " SELECT k.rid, k.\"%2$s\" FROM chain JOIN \"%1$s\" AS k"
                                              " ON k.rid = chain.next JOIN record AS r ON r.rid = k.rid"
                                              " AND r.state = 0)"
                                              " SELECT rid, next FROM chain",
                                              kind->name, field->name);
    }
}

/* How records of the kind are read as the parts of another. */
static void
plan_parts (PslPlan *self)
{
  g_autofree char *condition =
    g_strdup_printf ("r.owner = ? AND r.kind = '%s' AND r.state = 0", self->kind->name);
  g_autofree char *in_order = g_strconcat (condition, " ORDER BY r.position, r.id", NULL);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (PslColumn));

  self->select_parts = make_select (self->kind, FALSE, in_order, columns);
  self->select_parts_texts = g_strdup_printf ("SELECT t.field, t.language, t.text, t.agreed, t.rid"
                                              " FROM record AS r CROSS JOIN text AS t ON t.rid = r.rid WHERE %s", condition);
}

/**
 * psl_plan_new:
 * @kind: a kind
 *
 * Returns: (transfer full): how its fields are stored
 */
PslPlan *
psl_plan_new (const PslKind *kind)
{
  PslPlan *self = g_new0 (PslPlan, 1);

  self->kind = kind;
  while (kind->fields[self->n_fields].name != NULL)
    self->n_fields++;
  self->fields = g_new0 (PslFieldPlan, self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    plan_field (kind, &kind->fields[i], &self->fields[i]);

  self->select_columns = g_array_new (FALSE, FALSE, sizeof (PslColumn));
  self->select = make_select (kind, FALSE, ONE_RECORD, self->select_columns);
  self->listed_columns = g_array_new (FALSE, FALSE, sizeof (PslColumn));
  self->select_listed = make_select (kind, TRUE, ONE_RECORD, self->listed_columns);
  self->select_listed_texts = make_select_listed_texts (kind);
  plan_parts (self);
  self->select_title_texts = g_strdup_printf ("SELECT field, language, text, agreed FROM text WHERE rid = ? AND field = '%s'",
                                              kind->title);
  self->insert = make_insert (kind);
  self->position.field = &psl_field_position;
  self->position.select = g_strdup ("SELECT position FROM record WHERE rid = ?");
  self->position.update = g_strdup ("UPDATE record SET position = ? WHERE rid = ?");

  return self;
}

static void
clear_field (PslFieldPlan *plan)
{
  g_free (plan->select);
  g_free (plan->update);
  g_free (plan->select_linking);
  g_free (plan->select_chain);
  g_free (plan->rows_select);
  g_free (plan->rows_insert);
  g_free (plan->rows_delete);
}

/**
 * psl_plan_free:
 */
void
psl_plan_free (PslPlan *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    clear_field (&self->fields[i]);
  clear_field (&self->position);
  g_free (self->fields);
  g_free (self->select);
  g_array_unref (self->select_columns);
  g_free (self->select_listed);
  g_free (self->select_listed_texts);
  g_free (self->select_title_texts);
  g_free (self->select_parts);
  g_free (self->select_parts_texts);
  g_array_unref (self->listed_columns);
  g_free (self->insert);
  g_free (self);
}

/**
 * psl_plan_get_field:
 * @field: a field, or #psl_field_position
 *
 * Returns: (nullable) (transfer none): how it is stored, or %NULL where it is not
 *   of this kind
 */
const PslFieldPlan *
psl_plan_get_field (const PslPlan  *self,
                    const PslField *field)
{
  if (field == &psl_field_position)
    return &self->position;
  if (field < self->kind->fields || field >= self->kind->fields + self->n_fields)
    return NULL;
  return &self->fields[field - self->kind->fields];
}
