-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 5: what every record has, whatever its kind, stands once: its state and
-- the time of its change in `record`, its sort keys in `sort_key`, its search text in
-- `search`. All code lists are one table, and a code that none of them has can be kept.

DROP TRIGGER project_follows_state;
DROP TRIGGER project_follows_changed;
DROP TRIGGER office_follows_state;
DROP TRIGGER office_follows_changed;

-- Nearly all records are live: a list leaves out the others.
CREATE INDEX record_not_live ON record (state) WHERE state <> 0;
CREATE INDEX record_by_changed ON record (kind, changed);

-- What a record is sorted by in lists of each language: psl_text_sort_key() of its title,
-- which falls back on another language; NULL where it has none. One row a language.
CREATE TABLE sort_key (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT,
  PRIMARY KEY (rid, language)
) STRICT, WITHOUT ROWID;

INSERT INTO sort_key (rid, language, kind, key)
  SELECT rid, 'fr', 'project', sort_fr FROM project
  UNION ALL SELECT rid, 'en', 'project', sort_en FROM project
  UNION ALL SELECT rid, 'fr', 'office', sort_fr FROM office
  UNION ALL SELECT rid, 'en', 'office', sort_en FROM office;

CREATE INDEX sort_key_by_key ON sort_key (kind, language, key);

CREATE TABLE new_project (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  project_id TEXT CHECK (project_id <> ''),
  prima_id TEXT CHECK (prima_id <> ''),
  "type" TEXT CHECK ("type" <> ''),
  office INTEGER REFERENCES record (rid),
  "status" TEXT CHECK ("status" <> ''),
  "start" TEXT CHECK ((length("start") = 10 AND date("start") IS "start")
    OR (length("start") = 7 AND date("start" || '-01') IS "start" || '-01')
    OR "start" GLOB '[0-9][0-9][0-9][0-9]'),
  "end" TEXT CHECK ((length("end") = 10 AND date("end") IS "end")
    OR (length("end") = 7 AND date("end" || '-01') IS "end" || '-01')
    OR "end" GLOB '[0-9][0-9][0-9][0-9]'),
  year INTEGER CHECK (year BETWEEN 1000 AND 9999),
  budget_amount INTEGER CHECK (budget_amount >= 0),
  "budget_currency" TEXT CHECK ("budget_currency" <> ''),
  "coverage" TEXT CHECK ("coverage" <> ''),
  "region" TEXT CHECK ("region" <> ''),
  phase INTEGER CHECK (phase > 0),
  predecessor INTEGER REFERENCES record (rid),
  CHECK ((budget_amount IS NULL) = (budget_currency IS NULL))
) STRICT;

INSERT INTO new_project ("rid", "project_id", "prima_id", "type", "office", "status", "start", "end", "year",
    "budget_amount", "budget_currency", "coverage", "region", "phase", "predecessor")
  SELECT "rid", "project_id", "prima_id", "type", "office", "status", "start", "end", "year",
    "budget_amount", "budget_currency", "coverage", "region", "phase", "predecessor" FROM project;

DROP TABLE project;
ALTER TABLE new_project RENAME TO project;

CREATE TABLE new_project_beneficiaries (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "country" TEXT CHECK ("country" <> ''),
  percentage TEXT CHECK (CAST(percentage AS REAL) BETWEEN 0 AND 100),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_project_beneficiaries ("rid", "position", "country", "percentage")
  SELECT "rid", "position", "country", "percentage" FROM project_beneficiaries;

DROP TABLE project_beneficiaries;
ALTER TABLE new_project_beneficiaries RENAME TO project_beneficiaries;

CREATE TABLE new_project_sdg (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "sdg" TEXT CHECK ("sdg" <> ''),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_project_sdg ("rid", "position", "sdg")
  SELECT "rid", "position", "sdg" FROM project_sdg;

DROP TABLE project_sdg;
ALTER TABLE new_project_sdg RENAME TO project_sdg;

CREATE TABLE new_project_results (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "level" TEXT CHECK ("level" <> ''),
  indicator TEXT,
  baseline TEXT,
  target TEXT,
  actual TEXT,
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_project_results ("rid", "position", "level", "indicator", "baseline", "target", "actual")
  SELECT "rid", "position", "level", "indicator", "baseline", "target", "actual" FROM project_results;

DROP TABLE project_results;
ALTER TABLE new_project_results RENAME TO project_results;

CREATE TABLE new_project_documents (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT,
  url TEXT,
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_project_documents ("rid", "position", "title", "url")
  SELECT "rid", "position", "title", "url" FROM project_documents;

DROP TABLE project_documents;
ALTER TABLE new_project_documents RENAME TO project_documents;

CREATE TABLE new_office (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "kind" TEXT CHECK ("kind" <> ''),
  reports_to INTEGER REFERENCES record (rid),
  city TEXT CHECK (city <> ''),
  "country" TEXT CHECK ("country" <> ''),
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

INSERT INTO new_office ("rid", "kind", "reports_to", "city", "country", "address", "phone", "email", "latitude",
    "longitude", "valid_from", "valid_to", "successor")
  SELECT "rid", "kind", "reports_to", "city", "country", "address", "phone", "email", "latitude",
    "longitude", "valid_from", "valid_to", "successor" FROM office;

DROP TABLE office;
ALTER TABLE new_office RENAME TO office;

CREATE TABLE new_office_functions (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "function" TEXT CHECK ("function" <> ''),
  "covers" TEXT CHECK ("covers" <> ''),
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]'),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_office_functions ("rid", "position", "function", "covers", "valid_from", "valid_to")
  SELECT "rid", "position", "function", "covers", "valid_from", "valid_to" FROM office_functions;

DROP TABLE office_functions;
ALTER TABLE new_office_functions RENAME TO office_functions;

CREATE TABLE new_office_countries (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  "country" TEXT CHECK ("country" <> ''),
  PRIMARY KEY (rid, position)
) STRICT, WITHOUT ROWID;

INSERT INTO new_office_countries ("rid", "position", "country")
  SELECT "rid", "position", "country" FROM office_countries;

DROP TABLE office_countries;
ALTER TABLE new_office_countries RENAME TO office_countries;

CREATE TABLE new_office_former_names (
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

INSERT INTO new_office_former_names ("rid", "position", "name", "valid_from", "valid_to")
  SELECT "rid", "position", "name", "valid_from", "valid_to" FROM office_former_names;

DROP TABLE office_former_names;
ALTER TABLE new_office_former_names RENAME TO office_former_names;

CREATE INDEX project_by_project_id ON project (project_id);
CREATE INDEX project_by_prima_id ON project (prima_id) WHERE prima_id IS NOT NULL;
CREATE INDEX project_by_type ON project ("type");
CREATE INDEX project_by_status ON project ("status");
CREATE INDEX project_by_start ON project ("start");
CREATE INDEX project_by_end ON project ("end");
CREATE INDEX project_by_year ON project (year);
CREATE INDEX project_by_region ON project ("region");
CREATE INDEX project_by_budget ON project (budget_currency, budget_amount);
CREATE INDEX project_by_office ON project (office) WHERE office IS NOT NULL;
CREATE INDEX project_by_predecessor ON project (predecessor) WHERE predecessor IS NOT NULL;
CREATE INDEX project_beneficiaries_by_country ON project_beneficiaries (country);
CREATE INDEX project_sdg_by_sdg ON project_sdg (sdg);

CREATE INDEX office_by_kind ON office ("kind");
CREATE INDEX office_by_city ON office (city);
CREATE INDEX office_by_country ON office ("country");
CREATE INDEX office_by_valid_from ON office ("valid_from");
CREATE INDEX office_by_valid_to ON office ("valid_to");
CREATE INDEX office_by_reports_to ON office (reports_to) WHERE reports_to IS NOT NULL;
CREATE INDEX office_by_successor ON office (successor) WHERE successor IS NOT NULL;
CREATE INDEX office_functions_by_function ON office_functions (function);
CREATE INDEX office_countries_by_country ON office_countries (country);

-- Search: the folded text of each record in all languages, and the word of its kind. The
-- table holds the index only; the text is made again from the record when it changes.
-- The program fills it after the migration.
DROP TABLE project_search;
DROP TABLE office_search;

CREATE VIRTUAL TABLE search USING fts5 (
  text, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2"
);

INSERT OR REPLACE INTO meta (name, value)
  SELECT 'follow-after', 0 WHERE EXISTS (SELECT 1 FROM record);

-- Code lists, filled from the program's resources when it is newer than the file.
CREATE TABLE code (
  list TEXT NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  position INTEGER NOT NULL,
  parent TEXT,
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
  PRIMARY KEY (list, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE code_name (
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  language TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (list, code, language),
  FOREIGN KEY (list, code) REFERENCES code (list, code)
) STRICT, WITHOUT ROWID;

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'status', code, position, parent, withdrawn FROM "codelist_status";
INSERT INTO code_name (list, code, language, name)
  SELECT 'status', code, 'fr', name_fr FROM "codelist_status"
  UNION ALL SELECT 'status', code, 'en', name_en FROM "codelist_status";
DROP TABLE "codelist_status";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'type', code, position, parent, withdrawn FROM "codelist_type";
INSERT INTO code_name (list, code, language, name)
  SELECT 'type', code, 'fr', name_fr FROM "codelist_type"
  UNION ALL SELECT 'type', code, 'en', name_en FROM "codelist_type";
DROP TABLE "codelist_type";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'coverage', code, position, parent, withdrawn FROM "codelist_coverage";
INSERT INTO code_name (list, code, language, name)
  SELECT 'coverage', code, 'fr', name_fr FROM "codelist_coverage"
  UNION ALL SELECT 'coverage', code, 'en', name_en FROM "codelist_coverage";
DROP TABLE "codelist_coverage";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'region', code, position, parent, withdrawn FROM "codelist_region";
INSERT INTO code_name (list, code, language, name)
  SELECT 'region', code, 'fr', name_fr FROM "codelist_region"
  UNION ALL SELECT 'region', code, 'en', name_en FROM "codelist_region";
DROP TABLE "codelist_region";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'currency', code, position, parent, withdrawn FROM "codelist_currency";
INSERT INTO code_name (list, code, language, name)
  SELECT 'currency', code, 'fr', name_fr FROM "codelist_currency"
  UNION ALL SELECT 'currency', code, 'en', name_en FROM "codelist_currency";
DROP TABLE "codelist_currency";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'country', code, position, parent, withdrawn FROM "codelist_country";
INSERT INTO code_name (list, code, language, name)
  SELECT 'country', code, 'fr', name_fr FROM "codelist_country"
  UNION ALL SELECT 'country', code, 'en', name_en FROM "codelist_country";
DROP TABLE "codelist_country";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'area', code, position, parent, withdrawn FROM "codelist_area";
INSERT INTO code_name (list, code, language, name)
  SELECT 'area', code, 'fr', name_fr FROM "codelist_area"
  UNION ALL SELECT 'area', code, 'en', name_en FROM "codelist_area";
DROP TABLE "codelist_area";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'function', code, position, parent, withdrawn FROM "codelist_function";
INSERT INTO code_name (list, code, language, name)
  SELECT 'function', code, 'fr', name_fr FROM "codelist_function"
  UNION ALL SELECT 'function', code, 'en', name_en FROM "codelist_function";
DROP TABLE "codelist_function";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'office-kind', code, position, parent, withdrawn FROM "codelist_office-kind";
INSERT INTO code_name (list, code, language, name)
  SELECT 'office-kind', code, 'fr', name_fr FROM "codelist_office-kind"
  UNION ALL SELECT 'office-kind', code, 'en', name_en FROM "codelist_office-kind";
DROP TABLE "codelist_office-kind";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'sdg', code, position, parent, withdrawn FROM "codelist_sdg";
INSERT INTO code_name (list, code, language, name)
  SELECT 'sdg', code, 'fr', name_fr FROM "codelist_sdg"
  UNION ALL SELECT 'sdg', code, 'en', name_en FROM "codelist_sdg";
DROP TABLE "codelist_sdg";

INSERT INTO code (list, code, position, parent, withdrawn)
  SELECT 'result-level', code, position, parent, withdrawn FROM "codelist_result-level";
INSERT INTO code_name (list, code, language, name)
  SELECT 'result-level', code, 'fr', name_fr FROM "codelist_result-level"
  UNION ALL SELECT 'result-level', code, 'en', name_en FROM "codelist_result-level";
DROP TABLE "codelist_result-level";
