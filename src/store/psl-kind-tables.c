/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kind-tables.h"

#include <string.h>

#include "psl-error.h"
#include "psl-stored-field.h"

/*
 * The tables that are described here are frozen in the scripts that were made of them. Where
 * a type is to be stored in another way, or a check to be another one, registers need a
 * script written by hand: psl_kind_tables_dup_script() refuses, so that this is noticed.
 *
 * The errors are read by developers, and are not translated.
 */

#define RID_DEFINITION "INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE"

/* Of each table of rows. */
#define ROWS_COLUMNS \
  "  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,\n" \
  "  position INTEGER NOT NULL,\n"

/* The columns and indexes of the tables of a kind (?1) and of its rows. */
#define SELECT_PRESENT \
  "SELECT t.name || '.' || c.name FROM sqlite_schema AS t JOIN pragma_table_info (t.name) AS c" \
  " WHERE t.type = 'table' AND (t.name = ?1 OR t.name GLOB ?1 || '_*')" \
  " UNION ALL SELECT name FROM sqlite_schema" \
  " WHERE type = 'index' AND sql IS NOT NULL AND (tbl_name = ?1 OR tbl_name GLOB ?1 || '_*')"

/*
 * Column:
 * @name: its name
 * @definition: its type, and the check of its values
 * @constraint: (nullable): the check of its values together with the values of the column
 *   before
 */
typedef struct
{
  char *name;
  char *definition;
  char *constraint;
} Column;

/**
 * Comparison:
 * @script: what the register lacks
 * @described: (element-type utf8 utf8): what the kinds ask for: indexes and, as `TABLE.COLUMN`,
 *   columns
 *
 * A register beside descriptions of kinds.
 */
typedef struct
{
  PslDb *db;
  GString *script;
  GHashTable *described;
} Comparison;

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->definition);
  g_free (column->constraint);
  g_free (column);
}

static void
add_column (GPtrArray *columns,
            char      *name,
            char      *definition,
            char      *constraint)
{
  Column *column = g_new0 (Column, 1);

  column->name = name;
  column->definition = definition;
  column->constraint = constraint;
  g_ptr_array_add (columns, column);
}

static char *
dup_not_empty (const char *name)
{
  return g_strdup_printf ("TEXT CHECK (\"%s\" <> '')", name);
}

/* ISO 8601, with the precision that is known. */
static char *
dup_date (const char *name)
{
  return g_strdup_printf ("TEXT CHECK ((length(\"%1$s\") = 10 AND date(\"%1$s\") IS \"%1$s\")\n"
                          "    OR (length(\"%1$s\") = 7 AND date(\"%1$s\" || '-01') IS \"%1$s\" || '-01')\n"
                          "    OR \"%1$s\" GLOB '[0-9][0-9][0-9][0-9]')",
                          name);
}

static char *
dup_between (const char *name,
             int         minimum,
             int         maximum)
{
  return g_strdup_printf ("TEXT CHECK (CAST(\"%s\" AS REAL) BETWEEN %d AND %d)", name, minimum, maximum);
}

static char *
dup_decimal (const PslField *field)
{
  if (field->minimum != field->maximum)
    return dup_between (field->name, field->minimum, field->maximum);
  return g_strdup_printf ("TEXT CHECK (CAST(\"%s\" AS REAL) >= 0)", field->name);
}

/* The field's own limits are not the table's: they are to be moved without a script. */
static char *
dup_integer (const PslField *field)
{
  return g_strdup_printf ("INTEGER CHECK (\"%s\" %s 0)", field->name, field->minimum > 0 ? ">" : ">=");
}

static void
add_money (GPtrArray      *columns,
           const PslField *field)
{
  char *amount = g_strconcat (field->name, "_amount", NULL);
  char *currency = g_strconcat (field->name, "_currency", NULL);

  add_column (columns, amount, g_strdup_printf ("INTEGER CHECK (\"%s\" >= 0)", amount), NULL);
  add_column (columns, currency, dup_not_empty (currency),
              g_strdup_printf ("CHECK ((\"%s\" IS NULL) = (\"%s\" IS NULL))", amount, currency));
}

static char *
dup_definition (const PslField *field,
                gboolean        is_cell)
{
  switch (field->type)
    {
    case PSL_FIELD_TYPE_DATE:
      return dup_date (field->name);
    case PSL_FIELD_TYPE_YEAR:
      return g_strdup_printf ("INTEGER CHECK (\"%s\" BETWEEN 1000 AND 9999)", field->name);
    case PSL_FIELD_TYPE_INTEGER:
      return dup_integer (field);
    case PSL_FIELD_TYPE_DECIMAL:
      return dup_decimal (field);
    case PSL_FIELD_TYPE_CODE:
      return dup_not_empty (field->name);
    case PSL_FIELD_TYPE_LINK:
      return g_strdup ("INTEGER REFERENCES record (rid)");
    case PSL_FIELD_TYPE_LATITUDE:
      return dup_between (field->name, -90, 90);
    case PSL_FIELD_TYPE_LONGITUDE:
      return dup_between (field->name, -180, 180);
    case PSL_FIELD_TYPE_TEXT:
    case PSL_FIELD_TYPE_LONG_TEXT:
    case PSL_FIELD_TYPE_IDENTIFIER:
    case PSL_FIELD_TYPE_EMAIL:
    case PSL_FIELD_TYPE_URL:
    case PSL_FIELD_TYPE_PHONE:
      return is_cell ? g_strdup ("TEXT") : dup_not_empty (field->name);
    case PSL_FIELD_TYPE_MONEY:
    case PSL_FIELD_TYPE_ROWS:
    case PSL_FIELD_TYPE_PARTS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
add_columns (GPtrArray      *columns,
             const PslField *field,
             gboolean        is_cell)
{
  if (field->type == PSL_FIELD_TYPE_MONEY)
    add_money (columns, field);
  else
    add_column (columns, g_strdup (field->name), dup_definition (field, is_cell), NULL);
}

static GPtrArray *
get_columns (const PslKind *kind)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (psl_stored_field_is_column (field))
        add_columns (columns, field, FALSE);
    }
  return columns;
}

static GPtrArray *
get_cells (const PslField *field)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func (column_free);

  for (const PslField *cell = field->rows; cell->name != NULL; cell++)
    add_columns (columns, cell, TRUE);
  return columns;
}

/* SQL without its quotation marks and blanks, which mean nothing between the names of
 * descriptions, so that two ways of writing the same compare as equal. */
static char *
dup_bare (const char *sql)
{
  GString *bare = g_string_new (NULL);

  for (const char *p = sql; *p != '\0'; p++)
    {
      if (*p != '"' && !g_ascii_isspace (*p))
        g_string_append_c (bare, *p);
    }
  return g_string_free_and_steal (bare);
}

/* Whether the bare text of a table has the column, be it as it is described or not. */
static gboolean
has_column (const char   *table,
            const Column *column)
{
  static const char *const types[] = { "INTEGER", "TEXT", "REAL", "BLOB", "ANY" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *first = g_strconcat ("(", column->name, types[i], NULL);
      g_autofree char *later = g_strconcat (",", column->name, types[i], NULL);

      if (strstr (table, first) != NULL || strstr (table, later) != NULL)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_column_as_described (const char   *table,
                         const Column *column)
{
  g_autofree char *definition = dup_bare (column->definition);
  g_autofree char *constraint = column->constraint != NULL ? dup_bare (column->constraint) : NULL;
  g_autofree char *wanted = g_strconcat (",", column->name, definition, NULL);
  const char *found = strstr (table, wanted);
  const char *rest = found != NULL ? found + strlen (wanted) : NULL;

  if (rest == NULL)
    return FALSE;
  if (constraint != NULL)
    return strstr (table, constraint) != NULL;
  return *rest == ',' || *rest == ')';
}

/* The bare text of a table or an index; NULL without an error where there is none. */
static char *
dup_bare_schema (PslDb       *db,
                 const char  *name,
                 GError     **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (db, "SELECT sql FROM sqlite_schema WHERE name = ?1", error);
  g_autoptr (GError) local_error = NULL;

  if (statement == NULL)
    return NULL;
  psl_statement_bind_text (statement, 1, name);
  if (psl_statement_step (statement, &local_error))
    return dup_bare (psl_statement_get_text (statement, 0));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static void
set_changed_error (GError     **error,
                   const char  *name,
                   const char  *described)
{
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               "%s is not in the register as it is described: %s. What is there already is changed by a script "
               "written by hand.", name, described);
}

static void
note_column (Comparison *self,
             const char *table,
             const char *column)
{
  g_hash_table_add (self->described, g_strdup_printf ("%s.%s", table, column));
}

static void
note_columns (Comparison *self,
              const char *table,
              GPtrArray  *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = g_ptr_array_index (columns, i);

      note_column (self, table, column->name);
    }
}

/* Adds the columns that a table lacks. */
static gboolean
alter_table (GString      *script,
             const char   *name,
             const char   *table,
             GPtrArray    *columns,
             GError      **error)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = g_ptr_array_index (columns, i);

      if (has_column_as_described (table, column))
        continue;
      if (has_column (table, column))
        {
          g_autofree char *full_name = g_strconcat (name, ".", column->name, NULL);

          set_changed_error (error, full_name, column->definition);
          return FALSE;
        }
      g_string_append_printf (script, "ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", name, column->name, column->definition);
      if (column->constraint != NULL)
        g_string_append_printf (script, "\n  %s", column->constraint);
      g_string_append (script, ";\n");
    }
  return TRUE;
}

static void
append_columns (GString   *script,
                GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = g_ptr_array_index (columns, i);

      g_string_append_printf (script, "  \"%s\" %s,\n", column->name, column->definition);
    }
}

static void
append_constraints (GString   *script,
                    GPtrArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = g_ptr_array_index (columns, i);

      if (column->constraint != NULL)
        g_string_append_printf (script, "  %s,\n", column->constraint);
    }
}

static void
create_table (GString       *script,
              const PslKind *kind,
              GPtrArray     *columns)
{
  g_string_append_printf (script, "CREATE TABLE \"%s\" (\n  rid " RID_DEFINITION ",\n", kind->name);
  append_columns (script, columns);
  append_constraints (script, columns);
  g_string_truncate (script, script->len - strlen (",\n"));
  g_string_append (script, "\n) STRICT;\n");
}

static void
create_rows_table (GString    *script,
                   const char *name,
                   GPtrArray  *columns)
{
  g_string_append_printf (script, "CREATE TABLE \"%s\" (\n" ROWS_COLUMNS, name);
  append_columns (script, columns);
  append_constraints (script, columns);
  g_string_append (script, "  PRIMARY KEY (rid, position)\n) STRICT, WITHOUT ROWID;\n");
}

/* Adds an index, in place of one that is there in another form: it holds nothing of its own. */
static gboolean
add_index (Comparison  *self,
           const char  *table,
           const char  *name,
           const char  *columns,
           gboolean     is_partial,
           GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *index = g_strconcat (table, "_by_", name, NULL);
  g_autofree char *where = is_partial ? g_strdup_printf (" WHERE %s IS NOT NULL", columns) : g_strdup ("");
  g_autofree char *sql = g_strdup_printf ("CREATE INDEX \"%s\" ON \"%s\" (%s)%s", index, table, columns, where);
  g_autofree char *wanted = dup_bare (sql);
  g_autofree char *found = dup_bare_schema (self->db, index, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (g_strcmp0 (found, wanted) != 0)
    {
      if (found != NULL)
        g_string_append_printf (self->script, "DROP INDEX \"%s\";\n", index);
      g_string_append_printf (self->script, "%s;\n", sql);
    }
  g_hash_table_add (self->described, g_steal_pointer (&index));
  return TRUE;
}

/* An index for a field that a list is sorted by, that a record is found by, or that links to
 * a record, whose page lists such links. */
static gboolean
add_field_index (Comparison     *self,
                 const PslKind  *kind,
                 const PslField *field,
                 GError        **error)
{
  gboolean is_listed = psl_stored_field_is_indexed (kind, field);
  g_autofree char *columns = NULL;

  if (!is_listed && field->type != PSL_FIELD_TYPE_LINK && field->type != PSL_FIELD_TYPE_IDENTIFIER)
    return TRUE;
  if (field->type == PSL_FIELD_TYPE_MONEY)
    columns = g_strdup_printf ("\"%s_currency\", \"%s_amount\"", field->name, field->name);
  else
    columns = g_strdup_printf ("\"%s\"", field->name);
  return add_index (self, kind->name, field->name, columns, !is_listed, error);
}

static gboolean
add_kind_table (Comparison     *self,
                const PslKind  *kind,
                GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) columns = get_columns (kind);
  g_autofree char *table = dup_bare_schema (self->db, kind->name, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (table == NULL)
    create_table (self->script, kind, columns);
  else if (!alter_table (self->script, kind->name, table, columns, error))
    return FALSE;
  note_column (self, kind->name, "rid");
  note_columns (self, kind->name, columns);

  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (psl_stored_field_is_column (field) && !add_field_index (self, kind, field, error))
        return FALSE;
    }
  return TRUE;
}

/* The table of a field of rows; it is filtered by its first cells. */
static gboolean
add_rows_table (Comparison     *self,
                const PslKind  *kind,
                const PslField *field,
                GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) columns = get_cells (field);
  g_autofree char *name = g_strdup_printf ("%s_%s", kind->name, field->name);
  g_autofree char *table = dup_bare_schema (self->db, name, &local_error);
  g_autofree char *first = g_strdup_printf ("\"%s\"", field->rows[0].name);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (table == NULL)
    create_rows_table (self->script, name, columns);
  else if (!alter_table (self->script, name, table, columns, error))
    return FALSE;
  note_column (self, name, "rid");
  note_column (self, name, "position");
  note_columns (self, name, columns);
  return !(field->flags & PSL_FIELD_FILTERED) ||
         add_index (self, name, field->rows[0].name, first, FALSE, error);
}

static gboolean
add_kind (Comparison     *self,
          const PslKind  *kind,
          GError        **error)
{
  if (!add_kind_table (self, kind, error))
    return FALSE;
  for (const PslField *field = kind->fields; field->name != NULL; field++)
    {
      if (field->type == PSL_FIELD_TYPE_ROWS && !add_rows_table (self, kind, field, error))
        return FALSE;
    }
  return TRUE;
}

/* Names what the tables of a kind, those of its rows too, have beyond what is described. */
static gboolean
find_surplus (Comparison     *self,
              const PslKind  *kind,
              GPtrArray      *surplus,
              GError        **error)
{
  g_autoptr (PslStatement) statement = psl_db_prepare (self->db, SELECT_PRESENT, error);

  if (statement == NULL)
    return FALSE;
  psl_statement_bind_text (statement, 1, kind->name);
  while (psl_statement_step (statement, error))
    {
      const char *name = psl_statement_get_text (statement, 0);

      if (!g_hash_table_contains (self->described, name))
        g_ptr_array_add (surplus, g_strdup (name));
    }
  return !psl_statement_has_failed (statement);
}

static gboolean
refuse_surplus (Comparison            *self,
                const PslKind *const  *kinds,
                GError               **error)
{
  g_autoptr (GPtrArray) surplus = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autofree char *names = NULL;

  for (gsize i = 0; kinds[i] != NULL; i++)
    {
      if (!find_surplus (self, kinds[i], surplus, error))
        return FALSE;
    }
  if (surplus->len == 0)
    return TRUE;
  names = g_strjoinv (", ", (char **) surplus->pdata);
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               "No description asks for what the register has there: %s. Where its values go is said by a script "
               "written by hand.", names);
  return FALSE;
}

/**
 * psl_kind_tables_dup_script:
 * @db: a register
 * @kinds: (array zero-terminated=1): kinds of records
 *
 * Writes the SQL that adds what @kinds ask for and the register lacks: the tables of a
 * kind that is new, the columns and indexes of a field. Nothing is changed. Its answer for
 * the program's kinds is to be frozen as the next script of the schema.
 *
 * Returns: (transfer full): the script, empty where nothing is lacking; %NULL with
 *   %PSL_REGISTER_ERROR_INVALID where a column is there, but not as it is described, or the
 *   tables of @kinds have columns or indexes that no description asks for, such as those of a
 *   field that was removed, renamed, or made multilingual: their values would vanish from view
 */
char *
psl_kind_tables_dup_script (PslDb                 *db,
                            const PslKind *const  *kinds,
                            GError               **error)
{
  g_autoptr (GString) script = NULL;
  g_autoptr (GHashTable) described = NULL;
  Comparison comparison;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (kinds != NULL, NULL);

  script = g_string_new (NULL);
  described = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  comparison = (Comparison) { db, script, described };
  for (gsize i = 0; kinds[i] != NULL; i++)
    {
      if (!add_kind (&comparison, kinds[i], error))
        return NULL;
    }
  if (!refuse_surplus (&comparison, kinds, error))
    return NULL;
  return g_string_free_and_steal (g_steal_pointer (&script));
}
