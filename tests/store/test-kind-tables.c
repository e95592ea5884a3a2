/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The tables that descriptions of kinds ask for, and the tables that registers have. */

#include "config.h"

#include <string.h>

#include "psl-kind-tables.h"
#include "psl-kinds.h"
#include "psl-schema.h"
#include "psl-store-private.h"
#include "store-testing.h"

/* More than any kind of the program has. */
#define MAX_FIELDS 64

static const PslField cells[] = {
  { .name = "country", .label = "Country", .type = PSL_FIELD_TYPE_CODE, .codelist = "country" },
  { .name = "remark", .label = "Remark", .type = PSL_FIELD_TYPE_TEXT },
  { NULL },
};

static const PslField fields[] = {
  { .name = "title", .label = "Title", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED },
  { .name = "number", .label = "Number", .type = PSL_FIELD_TYPE_IDENTIFIER },
  { .name = "since", .label = "Since", .type = PSL_FIELD_TYPE_YEAR, .flags = PSL_FIELD_LISTED },
  { .name = "cost", .label = "Cost", .type = PSL_FIELD_TYPE_MONEY, .flags = PSL_FIELD_LISTED },
  { .name = "place", .label = "Place", .type = PSL_FIELD_TYPE_LINK, .target = &psl_kind_office },
  { .name = "share", .label = "Share", .type = PSL_FIELD_TYPE_DECIMAL, .minimum = 0, .maximum = 100 },
  { .name = "rank", .label = "Rank", .type = PSL_FIELD_TYPE_INTEGER, .minimum = 1, .maximum = 9 },
  { .name = "states", .label = "States", .type = PSL_FIELD_TYPE_ROWS, .rows = cells, .flags = PSL_FIELD_FILTERED },
  { NULL },
};

static const PslKind deed = { .name = "deed", .label = "Deed", .fields = fields, .title = "title" };

static char *
dup_script (PslStore             *store,
            const PslKind *const *kinds)
{
  g_autoptr (GError) error = NULL;
  char *script = psl_kind_tables_dup_script (psl_store_get_db (store), kinds, &error);

  g_assert_no_error (error);
  return script;
}

static void
assert_complete (PslStore             *store,
                 const PslKind *const *kinds)
{
  g_autofree char *script = dup_script (store, kinds);

  g_assert_cmpstr (script, ==, "");
}

static void
run (PslStore   *store,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  psl_db_exec (psl_store_get_db (store), sql, &error);
  g_assert_no_error (error);
}

static void
assert_refused (PslStore   *store,
                const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (psl_db_exec (psl_store_get_db (store), sql, &error));
  g_assert_nonnull (error);
}

/* The version of a file that nobody has migrated yet. */
static gint64
read_version (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslDb) db = psl_db_open (path, PSL_DB_READ_ONLY, &error);
  gint64 version;

  g_assert_no_error (error);
  psl_schema_get_version (db, &version, &error);
  g_assert_no_error (error);
  return version;
}

/* A field that is described without a script that makes its column fails here. */
static void
test_new (StoreFixture  *fixture,
          gconstpointer  data)
{
  assert_complete (fixture->store, psl_kinds);
}

/* Registers of every older version have the same after their migration: one is kept of each. */
static void
test_migrated (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) scripts = psl_schema_load_scripts (&error);
  guint n_versions;

  g_assert_no_error (error);
  n_versions = g_strv_length (scripts);
  for (guint version = 1; version < n_versions; version++)
    {
      g_autofree char *name = g_strdup_printf ("version-%u.passerelle", version);
      g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "..", "register", "fixtures", name, NULL);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GFile) source = g_file_new_for_path (kept);
      g_autoptr (GFile) target = g_file_new_for_path (path);
      g_autoptr (PslStore) store = NULL;

      g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (read_version (path), ==, version);
      store = store_testing_open (path, PSL_STORE_NONE);
      assert_complete (store, psl_kinds);
    }
}

static void
test_new_kind (StoreFixture  *fixture,
               gconstpointer  data)
{
  static const PslKind *const kinds[] = { &psl_kind_office, &deed, NULL };
  g_autofree char *script = dup_script (fixture->store, kinds);

  g_assert_cmpstr (script, ==,
                   "CREATE TABLE \"deed\" (\n"
                   "  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,\n"
                   "  \"number\" TEXT CHECK (\"number\" <> ''),\n"
                   "  \"since\" INTEGER CHECK (\"since\" BETWEEN 1000 AND 9999),\n"
                   "  \"cost_amount\" INTEGER CHECK (\"cost_amount\" >= 0),\n"
                   "  \"cost_currency\" TEXT CHECK (\"cost_currency\" <> ''),\n"
                   "  \"place\" INTEGER REFERENCES record (rid),\n"
                   "  \"share\" TEXT CHECK (CAST(\"share\" AS REAL) BETWEEN 0 AND 100),\n"
                   "  \"rank\" INTEGER CHECK (\"rank\" > 0),\n"
                   "  CHECK ((\"cost_amount\" IS NULL) = (\"cost_currency\" IS NULL))\n"
                   ") STRICT;\n"
                   "CREATE INDEX \"deed_by_number\" ON \"deed\" (\"number\") WHERE \"number\" IS NOT NULL;\n"
                   "CREATE INDEX \"deed_by_since\" ON \"deed\" (\"since\");\n"
                   "CREATE INDEX \"deed_by_cost\" ON \"deed\" (\"cost_currency\", \"cost_amount\");\n"
                   "CREATE INDEX \"deed_by_place\" ON \"deed\" (\"place\") WHERE \"place\" IS NOT NULL;\n"
                   "CREATE TABLE \"deed_states\" (\n"
                   "  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,\n"
                   "  position INTEGER NOT NULL,\n"
                   "  \"country\" TEXT CHECK (\"country\" <> ''),\n"
                   "  \"remark\" TEXT,\n"
                   "  PRIMARY KEY (rid, position)\n"
                   ") STRICT, WITHOUT ROWID;\n"
                   "CREATE INDEX \"deed_states_by_country\" ON \"deed_states\" (\"country\");\n");

  run (fixture->store, script);
  assert_complete (fixture->store, kinds);
  g_assert_cmpint (store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Kept", NULL), ==, 1);
  assert_refused (fixture->store, "INSERT INTO deed (rid, since) VALUES (1, 12)");
  assert_refused (fixture->store, "INSERT INTO deed (rid, cost_amount) VALUES (1, 12)");
  assert_refused (fixture->store, "INSERT INTO deed (rid, \"rank\") VALUES (1, 0)");
  assert_refused (fixture->store, "INSERT INTO deed (rid, share) VALUES (1, '100.5')");
  run (fixture->store, "INSERT INTO deed (rid, since, cost_amount, cost_currency, \"rank\", share)"
                       " VALUES (1, 2012, 12, 'USD', 1, '99.5')");
}

/* Describes a kind as @kind is, but for @field, which is added where it has none of that name. */
static PslKind
describe (PslField        *described,
          const PslKind   *kind,
          const PslField  *field)
{
  PslKind changed = *kind;
  guint n = 0;
  guint place;

  for (; kind->fields[n].name != NULL; n++)
    described[n] = kind->fields[n];
  g_assert_cmpuint (n + 1, <, MAX_FIELDS);
  for (place = 0; place < n && strcmp (described[place].name, field->name) != 0; place++)
    ;
  described[place] = *field;
  changed.fields = described;
  return changed;
}

/* Adds a field to a kind of the program: the register it has needs a script. */
static void
test_new_field (StoreFixture  *fixture,
                gconstpointer  data)
{
  for (guint k = 0; psl_kinds[k] != NULL; k++)
    {
      for (const PslField *added = fields; added->name != NULL; added++)
        {
          PslField more[MAX_FIELDS] = { 0 };
          PslField field = *added;
          PslKind kind;
          const PslKind *const kinds[] = { &kind, NULL };
          g_autofree char *script = NULL;

          field.name = "added";
          kind = describe (more, psl_kinds[k], &field);
          script = dup_script (fixture->store, kinds);
          /* Texts in several languages have a table of their own. */
          g_assert_cmpint (*script != '\0', ==, !(added->flags & PSL_FIELD_MULTILINGUAL));
          g_assert_true (strstr (script, "CREATE TABLE") == NULL || added->type == PSL_FIELD_TYPE_ROWS);
          run (fixture->store, "SAVEPOINT before");
          run (fixture->store, script);
          assert_complete (fixture->store, kinds);
          run (fixture->store, "ROLLBACK TO before");
          run (fixture->store, "RELEASE before");
        }
    }
}

static void
test_new_money (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const PslField rent = { .name = "rent", .label = "Rent", .type = PSL_FIELD_TYPE_MONEY };
  PslField more[MAX_FIELDS] = { 0 };
  const PslKind office = describe (more, &psl_kind_office, &rent);
  const PslKind *const kinds[] = { &office, NULL };
  gint64 rid = store_testing_insert (fixture->store, &psl_kind_office, "name_en", "Kept", NULL);
  g_autofree char *script = dup_script (fixture->store, kinds);

  g_assert_cmpint (rid, ==, 1);
  g_assert_cmpstr (script, ==,
                   "ALTER TABLE \"office\" ADD COLUMN \"rent_amount\" INTEGER CHECK (\"rent_amount\" >= 0);\n"
                   "ALTER TABLE \"office\" ADD COLUMN \"rent_currency\" TEXT CHECK (\"rent_currency\" <> '')\n"
                   "  CHECK ((\"rent_amount\" IS NULL) = (\"rent_currency\" IS NULL));\n");
  run (fixture->store, script);
  assert_complete (fixture->store, kinds);
  run (fixture->store, "UPDATE office SET rent_amount = 5, rent_currency = 'USD' WHERE rid = 1");
  assert_refused (fixture->store, "UPDATE office SET rent_currency = NULL WHERE rid = 1");
}

/* A script that nobody has read does not make present tables anew. */
static void
test_changed (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    PslField field;
    const char *named;
  } changed[] = {
    { { .name = "city", .label = "City", .type = PSL_FIELD_TYPE_YEAR }, "office.city" },
    { { .name = "address", .label = "Address", .type = PSL_FIELD_TYPE_CODE, .codelist = "country" }, NULL },
    { { .name = "latitude", .label = "Latitude", .type = PSL_FIELD_TYPE_LONGITUDE }, "office.latitude" },
    { { .name = "reports_to", .label = "Reports to", .type = PSL_FIELD_TYPE_TEXT }, "office.reports_to" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      PslField described[MAX_FIELDS] = { 0 };
      const PslKind office = describe (described, &psl_kind_office, &changed[i].field);
      const PslKind *const kinds[] = { &office, NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *script = psl_kind_tables_dup_script (psl_store_get_db (fixture->store), kinds, &error);

      if (changed[i].named == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (script, ==, "");
          continue;
        }
      g_assert_null (script);
      g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, changed[i].named));
    }
}

/* An index holds nothing of its own: it is made anew where another one is asked for. */
static void
test_new_index (StoreFixture  *fixture,
                gconstpointer  data)
{
  static const PslField listed = { .name = "reports_to", .label = "Reports to", .type = PSL_FIELD_TYPE_LINK,
                                   .target = &psl_kind_office, .flags = PSL_FIELD_LISTED };
  PslField described[MAX_FIELDS] = { 0 };
  const PslKind office = describe (described, &psl_kind_office, &listed);
  const PslKind *const kinds[] = { &office, NULL };
  g_autofree char *script = dup_script (fixture->store, kinds);

  g_assert_cmpstr (script, ==,
                   "DROP INDEX \"office_by_reports_to\";\n"
                   "CREATE INDEX \"office_by_reports_to\" ON \"office\" (\"reports_to\");\n");
  run (fixture->store, script);
  assert_complete (fixture->store, kinds);
}

/* A script that leaves values where no field shows them is not taken for complete. */
static void
test_surplus (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const struct
  {
    PslField field;
    const char *sql;
    const char *named;
  } changed[] = {
    { { .name = "city", .label = "City", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_MULTILINGUAL | PSL_FIELD_LISTED },
      "", " office.city, office_by_city." },
    { { .name = "city", .label = "City", .type = PSL_FIELD_TYPE_TEXT }, "", " office_by_city." },
    { { .name = "city", .label = "City", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_LISTED },
      "ALTER TABLE office ADD COLUMN town TEXT; CREATE INDEX office_by_town ON office (town)", " office.town, office_by_town." },
    { { .name = "city", .label = "City", .type = PSL_FIELD_TYPE_TEXT, .flags = PSL_FIELD_LISTED },
      "CREATE TABLE office_rooms (rid INTEGER, floor TEXT)", " office_rooms.rid, office_rooms.floor." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changed); i++)
    {
      PslField described[MAX_FIELDS] = { 0 };
      const PslKind office = describe (described, &psl_kind_office, &changed[i].field);
      const PslKind *const kinds[] = { &office, NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *script = NULL;

      run (fixture->store, "SAVEPOINT before");
      run (fixture->store, changed[i].sql);
      script = psl_kind_tables_dup_script (psl_store_get_db (fixture->store), kinds, &error);
      g_assert_null (script);
      g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, changed[i].named));
      run (fixture->store, "ROLLBACK TO before");
      run (fixture->store, "RELEASE before");
    }
}

static void
add (const char *path,
     void      (*test) (StoreFixture *, gconstpointer))
{
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, test, store_fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/kind-tables/new", test_new);
  add ("/kind-tables/migrated", test_migrated);
  add ("/kind-tables/new-kind", test_new_kind);
  add ("/kind-tables/new-field", test_new_field);
  add ("/kind-tables/new-money", test_new_money);
  add ("/kind-tables/changed", test_changed);
  add ("/kind-tables/new-index", test_new_index);
  add ("/kind-tables/surplus", test_surplus);

  return g_test_run ();
}
