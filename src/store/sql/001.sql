-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 1.

-- What identifies this file and the code lists in it: names and values.
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT
) STRICT, WITHOUT ROWID;

-- Code lists, filled from the program's resources when it is newer than the file.
-- One table a list, so that a foreign key can hold each field to its own list.
CREATE TABLE "codelist_status" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_type" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_coverage" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_region" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_currency" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_country" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_area" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_function" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_office-kind" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_sdg" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE "codelist_result-level" (
  code TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  parent TEXT,
  name_fr TEXT NOT NULL,
  name_en TEXT NOT NULL,
  withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Every record of every kind. `rid` is local to this file; `id` is a UUIDv7.
-- state: -1 gone, 0 live, 1 trashed. Times are microseconds since 1970, UTC.
CREATE TABLE record (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
  kind TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0 CHECK (state IN (-1, 0, 1)),
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;

CREATE INDEX record_trashed ON record (changed) WHERE state = 1;

-- Text in several languages: the vocabulary of IATI narratives.
CREATE TABLE text (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  field TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (rid, field, language)
) STRICT, WITHOUT ROWID;

-- `state` and `changed` repeat record's, kept by triggers, so that the list's
-- indexes can begin with the state. There is one a column: setting the state
-- rewrites every index that begins with it; sort_* are the folded titles, each falling
-- back on the other language.
CREATE TABLE project (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  state INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL,
  sort_fr TEXT,
  sort_en TEXT,
  project_id TEXT CHECK (project_id <> ''),
  prima_id TEXT CHECK (prima_id <> ''),
  "type" TEXT REFERENCES "codelist_type" (code),
  office INTEGER REFERENCES record (rid),
  "status" TEXT REFERENCES "codelist_status" (code),
  "start" TEXT CHECK ((length("start") = 10 AND date("start") IS "start")
    OR (length("start") = 7 AND date("start" || '-01') IS "start" || '-01')
    OR "start" GLOB '[0-9][0-9][0-9][0-9]'),
  "end" TEXT CHECK ((length("end") = 10 AND date("end") IS "end")
    OR (length("end") = 7 AND date("end" || '-01') IS "end" || '-01')
    OR "end" GLOB '[0-9][0-9][0-9][0-9]'),
  year INTEGER CHECK (year BETWEEN 1000 AND 9999),
  budget_amount INTEGER CHECK (budget_amount >= 0),
  budget_currency TEXT REFERENCES codelist_currency (code),
  "coverage" TEXT REFERENCES "codelist_coverage" (code),
  "region" TEXT REFERENCES "codelist_region" (code),
  phase INTEGER CHECK (phase > 0),
  predecessor INTEGER REFERENCES record (rid),
  CHECK ((budget_amount IS NULL) = (budget_currency IS NULL))
) STRICT;

CREATE INDEX project_by_changed ON project (state, "changed");
CREATE INDEX project_by_sort_fr ON project (state, "sort_fr");
CREATE INDEX project_by_sort_en ON project (state, "sort_en");
CREATE INDEX project_by_project_id ON project (state, "project_id");
CREATE INDEX project_by_type ON project (state, "type");
CREATE INDEX project_by_status ON project (state, "status");
CREATE INDEX project_by_start ON project (state, "start");
CREATE INDEX project_by_end ON project (state, "end");
CREATE INDEX project_by_year ON project (state, "year");
CREATE INDEX project_by_region ON project (state, "region");
CREATE INDEX project_by_budget ON project (state, budget_currency, budget_amount);
CREATE INDEX project_by_office ON project (office) WHERE office IS NOT NULL;
CREATE INDEX project_by_predecessor ON project (predecessor) WHERE predecessor IS NOT NULL;
CREATE INDEX project_by_identifier ON project (project_id) WHERE project_id IS NOT NULL;
CREATE INDEX project_by_prima_id ON project (prima_id) WHERE prima_id IS NOT NULL;

CREATE TABLE project_beneficiaries (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "country" TEXT REFERENCES "codelist_country" (code),
  percentage TEXT CHECK (CAST(percentage AS REAL) BETWEEN 0 AND 100),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX project_beneficiaries_by_country ON project_beneficiaries (country);

CREATE TABLE project_sdg (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "sdg" TEXT REFERENCES "codelist_sdg" (code),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX project_sdg_by_sdg ON project_sdg (sdg);

CREATE TABLE project_results (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "level" TEXT REFERENCES "codelist_result-level" (code),
  indicator TEXT,
  baseline TEXT,
  target TEXT,
  actual TEXT,
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE project_documents (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT,
  url TEXT,
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE office (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  state INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL,
  sort_fr TEXT,
  sort_en TEXT,
  "kind" TEXT REFERENCES "codelist_office-kind" (code),
  reports_to INTEGER REFERENCES record (rid),
  city TEXT CHECK (city <> ''),
  "country" TEXT REFERENCES "codelist_country" (code),
  address TEXT CHECK (address <> ''),
  phone TEXT CHECK (phone <> ''),
  email TEXT CHECK (email <> ''),
  latitude TEXT CHECK (CAST(latitude AS REAL) BETWEEN -90 AND 90),
  longitude TEXT CHECK (CAST(longitude AS REAL) BETWEEN -180 AND 180),
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]'),
  successor INTEGER REFERENCES record (rid)
) STRICT;

CREATE INDEX office_by_changed ON office (state, "changed");
CREATE INDEX office_by_sort_fr ON office (state, "sort_fr");
CREATE INDEX office_by_sort_en ON office (state, "sort_en");
CREATE INDEX office_by_kind ON office (state, "kind");
CREATE INDEX office_by_city ON office (state, "city");
CREATE INDEX office_by_country ON office (state, "country");
CREATE INDEX office_by_valid_from ON office (state, "valid_from");
CREATE INDEX office_by_valid_to ON office (state, "valid_to");
CREATE INDEX office_by_reports_to ON office (reports_to) WHERE reports_to IS NOT NULL;
CREATE INDEX office_by_successor ON office (successor) WHERE successor IS NOT NULL;

CREATE TABLE office_functions (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "function" TEXT REFERENCES "codelist_function" (code),
  "covers" TEXT REFERENCES "codelist_area" (code),
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]'),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX office_functions_by_function ON office_functions (function);

CREATE TABLE office_countries (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "country" TEXT REFERENCES "codelist_country" (code),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX office_countries_by_country ON office_countries (country);

CREATE TABLE office_former_names (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT,
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]'),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER project_follows_state AFTER UPDATE OF state ON record
WHEN new.kind = 'project' AND new.state <> old.state
BEGIN
  UPDATE project SET state = new.state WHERE rid = new.rid;
END;

CREATE TRIGGER project_follows_changed AFTER UPDATE OF changed ON record
WHEN new.kind = 'project' AND new.changed <> old.changed
BEGIN
  UPDATE project SET changed = new.changed WHERE rid = new.rid;
END;

CREATE TRIGGER office_follows_state AFTER UPDATE OF state ON record
WHEN new.kind = 'office' AND new.state <> old.state
BEGIN
  UPDATE office SET state = new.state WHERE rid = new.rid;
END;

CREATE TRIGGER office_follows_changed AFTER UPDATE OF changed ON record
WHEN new.kind = 'office' AND new.changed <> old.changed
BEGIN
  UPDATE office SET changed = new.changed WHERE rid = new.rid;
END;

-- Search: the folded text of each record in all languages. The tables hold the
-- index only; the text is made again from the record when it changes.
CREATE VIRTUAL TABLE project_search USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

CREATE VIRTUAL TABLE office_search USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

-- The words of more than three letters that the search text has had, so that the
-- beginning of a word can be looked for as a choice of whole words.
CREATE TABLE search_word (
  word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Records whose `changed`, sort keys and search text have yet to follow an edit:
-- the edit is stored first, and what follows from it at once afterwards.
CREATE TABLE stale (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  sort INTEGER NOT NULL CHECK (sort IN (0, 1)),
  search INTEGER NOT NULL CHECK (search IN (0, 1))
) STRICT;

-- The journal. An action groups changes; undo and redo are actions themselves,
-- whose `target` is the action they undid or redid. `undone_by` is the latest
-- undo that still holds.
CREATE TABLE action (
  action INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  author TEXT NOT NULL DEFAULT '',
  verb TEXT NOT NULL,
  kind TEXT,
  field TEXT,
  subject TEXT,
  records INTEGER NOT NULL DEFAULT 0,
  session INTEGER NOT NULL DEFAULT 0,
  target INTEGER REFERENCES action (action),
  undone_by INTEGER REFERENCES action (action)
) STRICT;

CREATE INDEX action_undone ON action (undone_by) WHERE undone_by IS NOT NULL;

-- One row a changed cell; a record made or removed is one row, of the field
-- `$state`. Values are in their canonical form.
CREATE TABLE change (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  action INTEGER NOT NULL REFERENCES action (action) ON DELETE CASCADE,
  field TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  old TEXT,
  new TEXT,
  PRIMARY KEY (rid, action, field, language)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_by_action ON change (action);
