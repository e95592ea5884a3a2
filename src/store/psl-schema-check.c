/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-schema-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-file.h"
#include "psl-schema.h"

/*
 * A register is a file that somebody may have sent. Its schema has to be the one that the
 * program's scripts make, object by object: a trigger could drop every edit, a view in the place
 * of a table could go on for ever. The schema is read before any table is, on a connection that
 * distrusts it (psl_db_open()).
 */

/* Processor time in which a schema is read, in seconds: a sound one takes milliseconds. */
#define TIME_LIMIT 5

/* Numbers of records and actions stay below this, which leaves room for all that are ever given. */
#define MAX_NUMBER (G_MAXINT64 / 2)

/* The version from which on all kinds have one search index. */
#define FIRST_WITH_SEARCH 5

/**
 * Object:
 * @root: the page where its b-tree begins, 0 where it has none
 * @sql: (nullable): what made it; %NULL for the index of a constraint
 *
 * A table, an index, a view or a trigger: a row of `sqlite_schema`.
 */
typedef struct
{
  char *name;
  char *type;
  char *table;
  char *sql;
  gint64 root;
} Object;

/* What SQLite itself adds: the statistics of its planner (ANALYZE), and the counters of
 * AUTOINCREMENT, which version 1 had. Each may be there or not. */
static const struct
{
  const char *name;
  const char *sql;
} sqlite_tables[] = {
  { "sqlite_sequence", "CREATE TABLE sqlite_sequence(name,seq)" },
  { "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)" },
  { "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)" },
};

static void
object_free (Object *object)
{
  g_free (object->name);
  g_free (object->type);
  g_free (object->table);
  g_free (object->sql);
  g_free (object);
}

static gboolean
is_same (const Object *one,
         const Object *other)
{
  return g_strcmp0 (one->type, other->type) == 0 && g_strcmp0 (one->table, other->table) == 0 &&
         g_strcmp0 (one->sql, other->sql) == 0;
}

/* Whether it is a table of SQLite's own. */
static gboolean
is_sqlite_table (const Object *object)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sqlite_tables); i++)
    if (g_strcmp0 (object->name, sqlite_tables[i].name) == 0 && g_strcmp0 (object->sql, sqlite_tables[i].sql) == 0)
      return TRUE;
  return FALSE;
}

/* Returns: (transfer full) (element-type Object): the objects of a database, or %NULL */
static GPtrArray *
read_objects (PslDb   *db,
              GError **error)
{
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func ((GDestroyNotify) object_free);
  g_autoptr (PslStatement) statement = NULL;

  statement = psl_db_prepare (db, "SELECT name, type, tbl_name, sql, rootpage FROM main.sqlite_schema", error);
  if (statement == NULL)
    return NULL;
  while (psl_statement_step (statement, error))
    {
      Object *object = g_new0 (Object, 1);

      object->name = g_strdup (psl_statement_get_text (statement, 0));
      object->type = g_strdup (psl_statement_get_text (statement, 1));
      object->table = g_strdup (psl_statement_get_text (statement, 2));
      object->sql = g_strdup (psl_statement_get_text (statement, 3));
      object->root = psl_statement_get_int64 (statement, 4);
      g_ptr_array_add (objects, object);
    }
  return psl_statement_has_failed (statement) ? NULL : g_steal_pointer (&objects);
}

/* Returns: (transfer full) (element-type utf8 Object): the objects of a register of @version, by
 * their names */
static GHashTable *
make_expected (const char *const  *scripts,
               gint64              version,
               GError            **error)
{
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) object_free);
  g_autoptr (PslDb) db = psl_db_open_in_memory (error);
  g_autoptr (GPtrArray) objects = NULL;

  if (db == NULL || !psl_schema_make_tables (db, scripts, version, error))
    return NULL;
  objects = read_objects (db, error);
  if (objects == NULL)
    return NULL;
  while (objects->len > 0)
    {
      Object *object = g_ptr_array_steal_index_fast (objects, objects->len - 1);

      if (is_sqlite_table (object))
        object_free (object);
      else
        g_hash_table_insert (expected, object->name, object);
    }
  return g_steal_pointer (&expected);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Object *one = *(Object *const *) a;
  const Object *other = *(Object *const *) b;

  return g_strcmp0 (one->name, other->name);
}

/* Sorts the objects. Returns: (transfer full): a hash of what they are */
static char *
dup_digest (GPtrArray *objects)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_ptr_array_sort (objects, compare_names);
  for (guint i = 0; i < objects->len; i++)
    {
      const Object *object = g_ptr_array_index (objects, i);
      const char *parts[] = { object->name, object->type, object->table, object->sql };

      for (gsize j = 0; !is_sqlite_table (object) && j < G_N_ELEMENTS (parts); j++)
        g_checksum_update (checksum, (const guchar *) (parts[j] != NULL ? parts[j] : ""),
                           parts[j] != NULL ? (gssize) strlen (parts[j]) + 1 : 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* The first object that the program does not make, or, where there is none, the first that the program
 * makes otherwise. */
static const Object *
find_other (GPtrArray   *objects,
            GHashTable  *expected,
            gboolean    *is_ours)
{
  const Object *other = NULL;

  for (guint i = 0; i < objects->len; i++)
    {
      const Object *object = g_ptr_array_index (objects, i);
      const Object *ours = object->name != NULL ? g_hash_table_lookup (expected, object->name) : NULL;

      if (is_sqlite_table (object) || (ours != NULL && is_same (object, ours)))
        continue;
      *is_ours = ours != NULL;
      if (ours == NULL)
        return object;
      if (other == NULL)
        other = object;
    }
  return other;
}

/* Whether no two objects of @db share a place in the file. */
static gboolean
check_places (PslDb      *db,
              GPtrArray  *objects,
              GError    **error)
{
  g_autoptr (GHashTable) roots = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *name = NULL;

  for (guint i = 0; i < objects->len; i++)
    {
      Object *object = g_ptr_array_index (objects, i);

      if (object->root == 0 || g_hash_table_add (roots, &object->root))
        continue;
      name = psl_file_dup_display_name (psl_db_get_path (db));
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
                   /* Translators: a file’s name, then the name of a table in it. */
                   _("“%s” was altered by another program: “%s” shares its place in the file with another table. It has been left as it is; restore a backup."),
                   name, object->name);
      return FALSE;
    }
  return TRUE;
}

static const char *
find_missing (GPtrArray   *objects,
              GHashTable  *expected)
{
  g_autoptr (GHashTable) present = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name;

  for (guint i = 0; i < objects->len; i++)
    g_hash_table_add (present, ((Object *) g_ptr_array_index (objects, i))->name);
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!g_hash_table_contains (present, name))
        return name;
    }
  return NULL;
}

/* Whether the objects of @db are those expected. */
static gboolean
check_objects (PslDb       *db,
               GPtrArray   *objects,
               GHashTable  *expected,
               GError     **error)
{
  g_autofree char *name = psl_file_dup_display_name (psl_db_get_path (db));
  gboolean is_ours = FALSE;
  const Object *other = find_other (objects, expected, &is_ours);
  const char *missing = other == NULL ? find_missing (objects, expected) : NULL;

  if (other != NULL && is_ours)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
                 /* Translators: a file’s name, then the name of a table in it. */
                 _("“%s” was altered by another program: “%s” in it is not as Passerelle makes it. It has been left as it is; restore a backup."),
                 name, other->name);
  else if (other != NULL)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
                 /* Translators: a file’s name, then the name of a table or the like in it. */
                 _("“%s” was altered by another program: “%s” in it is not Passerelle’s. It has been left as it is; restore a backup."),
                 name, other->name != NULL ? other->name : "");
  else if (missing != NULL)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
                 /* Translators: a file’s name, then the name of a table in it. */
                 _("“%s” was altered by another program: it lacks “%s”. It has been left as it is; restore a backup."),
                 name, missing);
  return other == NULL && missing == NULL;
}

/* Whether the search index is set up by nothing but its table: a setting names a function that
 * a search would call. */
static gboolean
check_search_settings (PslDb   *db,
                       gint64   version,
                       GError **error)
{
  g_autofree char *name = NULL;
  gint64 n;

  if (version < FIRST_WITH_SEARCH)
    return TRUE;
  if (!psl_db_get_int64 (db, "SELECT count(*) FROM search_config WHERE k <> 'version'", &n, error))
    return FALSE;
  if (n == 0)
    return TRUE;
  name = psl_file_dup_display_name (psl_db_get_path (db));
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
               _("“%s” was altered by another program: “%s” in it is not as Passerelle makes it. It has been left as it is; restore a backup."),
               name, "search_config");
  return FALSE;
}

/* Compares the schema of an older or current register. */
static gboolean
check_version (PslDb              *db,
               const char *const  *scripts,
               gint64              version,
               GError            **error)
{
  g_autoptr (GPtrArray) objects = read_objects (db, error);
  g_autofree char *digest = objects != NULL ? dup_digest (objects) : NULL;

  if (objects == NULL)
    return FALSE;
  if (version < g_strv_length ((char **) scripts) || strcmp (digest, PSL_SCHEMA_DIGEST) != 0)
    {
      g_autoptr (GHashTable) expected = make_expected (scripts, version, error);

      if (expected == NULL || !check_objects (db, objects, expected, error))
        return FALSE;
    }
  return check_places (db, objects, error) && check_search_settings (db, version, error);
}

/**
 * psl_schema_dup_digest:
 * @db: a register, or a database with its tables
 *
 * Returns: (transfer full): the hash of its schema, for %PSL_SCHEMA_DIGEST; or %NULL with an error
 *   like those of psl_db_prepare()
 */
char *
psl_schema_dup_digest (PslDb   *db,
                       GError **error)
{
  g_autoptr (GPtrArray) objects = read_objects (db, error);

  return objects != NULL ? dup_digest (objects) : NULL;
}

/**
 * psl_schema_check:
 * @db: a register, of which nothing was read yet
 *
 * Compares the schema of a register with that which the program's scripts up to its version make.
 * Of a register that is newer than the scripts, only that is known.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_ALTERED, which names the object that differs, with
 *   %PSL_REGISTER_ERROR_TOO_NEW, or with %PSL_REGISTER_ERROR_DAMAGED where the schema can't be
 *   read in a moment
 */
gboolean
psl_schema_check (PslDb   *db,
                  GError **error)
{
  g_auto (GStrv) scripts = psl_schema_load_scripts (error);
  g_autofree char *name = NULL;
  gboolean checked;
  gint64 version, known;

  if (scripts == NULL)
    return FALSE;
  known = g_strv_length (scripts);
  psl_db_set_time_limit (db, TIME_LIMIT);
  checked = psl_schema_get_version (db, &version, error) &&
            (version > known || check_version (db, (const char *const *) scripts, version, error));
  psl_db_set_time_limit (db, 0);
  if (!checked || version <= known)
    return checked;

  name = psl_file_dup_display_name (psl_db_get_path (db));
  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_TOO_NEW,
               _("“%s” was written by a newer version of Passerelle. It has been left as it is; update Passerelle to open it."),
               name);
  return FALSE;
}

/**
 * psl_schema_check_numbers:
 * @db: a register of the current version
 *
 * Looks whether the numbers of records and actions leave room for those to come. The tables have no
 * CHECK for that: they would have to be made anew. An index has the ends of each, so that nothing
 * is searched.
 *
 * Returns: %FALSE with %PSL_REGISTER_ERROR_ALTERED where the program can't have given a number
 */
gboolean
psl_schema_check_numbers (PslDb   *db,
                          GError **error)
{
  static const struct
  {
    const char *table;
    const char *select_least;
    const char *select_greatest;
  } numbers[] = {
    { "record", "SELECT ifnull (min (rid), 1) FROM record", "SELECT ifnull (max (rid), 1) FROM record" },
    { "action", "SELECT ifnull (min (action), 1) FROM action", "SELECT ifnull (max (action), 1) FROM action" },
    { "last_action", "SELECT ifnull (min (action), 0) + 1 FROM last_action", "SELECT ifnull (max (action), 1) FROM last_action" },
    { "origin", "SELECT ifnull (min (min (origin, number + 1, clock + 1, sealed + 1, seen + 1)), 1) FROM origin",
      "SELECT ifnull (max (max (origin, number, clock, sealed, seen)), 1) FROM origin" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *name = NULL;
      gint64 least, greatest;

      if (!psl_db_get_int64 (db, numbers[i].select_least, &least, error) ||
          !psl_db_get_int64 (db, numbers[i].select_greatest, &greatest, error))
        return FALSE;
      if (least > 0 && greatest < MAX_NUMBER)
        continue;
      name = psl_file_dup_display_name (psl_db_get_path (db));
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED,
                   /* Translators: a file’s name, then the name of a table in it. */
                   _("“%s” was altered by another program: “%s” holds a number that Passerelle does not give. It has been left as it is; restore a backup."),
                   name, numbers[i].table);
      return FALSE;
    }
  return TRUE;
}
