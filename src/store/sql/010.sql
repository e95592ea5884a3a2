-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 10.

-- Remarks, which are parts of records of any kind.
CREATE TABLE "remark" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "about" TEXT CHECK ("about" <> ''),
  "author" TEXT CHECK ("author" <> ''),
  "date" TEXT CHECK ((length("date") = 10 AND date("date") IS "date")
    OR (length("date") = 7 AND date("date" || '-01') IS "date" || '-01')
    OR "date" GLOB '[0-9][0-9][0-9][0-9]'),
  "value" TEXT CHECK ("value" <> ''),
  "source" TEXT CHECK ("source" <> '')
) STRICT;

-- Lists are sorted by ICU's keys (psl_collation_dup_key()) of the title in each language,
-- which falls back on another language; `key` is NULL where the record has none. `name` is
-- what a record is looked up by (psl_text_name_key()): of the title that it has in the
-- language itself. The program fills the table after the migration.
DROP TABLE sort_key;

CREATE TABLE sort_key (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  language TEXT NOT NULL,
  kind TEXT NOT NULL,
  key BLOB,
  name TEXT,
  PRIMARY KEY (rid, language)
) STRICT, WITHOUT ROWID;

CREATE INDEX sort_key_by_key ON sort_key (kind, language, key);
CREATE INDEX sort_key_by_name ON sort_key (kind, name) WHERE name IS NOT NULL;

-- The search folds more letters to their plain neighbours; the program makes its text again.
INSERT OR REPLACE INTO meta (name, value)
  SELECT 'follow-after', 0 WHERE EXISTS (SELECT 1 FROM record);

-- Which version of the text in another language a text agrees with: see psl-agreed.c. The
-- index finds those that may be outdated.
ALTER TABLE text ADD COLUMN agreed TEXT;
CREATE INDEX text_by_agreed ON text (field, rid) WHERE agreed IS NOT NULL;

-- Values that were changed apart, in registers that did not know of each other's change, as
-- a JSON array of objects with the value and the register that wrote it; the values come
-- from the journal. `action` is the last one when that was found: a later change of the
-- same resolves it.
CREATE TABLE conflict (
  rid INTEGER NOT NULL REFERENCES record (rid) ON DELETE CASCADE,
  field TEXT NOT NULL,
  language TEXT NOT NULL,
  action INTEGER NOT NULL,
  heads TEXT NOT NULL,
  PRIMARY KEY (rid, field, language)
) STRICT, WITHOUT ROWID;

-- Which actions of others an action says to have seen.
CREATE INDEX action_by_seen ON action (origin, number) WHERE seen IS NOT NULL;
