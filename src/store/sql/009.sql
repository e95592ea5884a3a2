-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 9: results, documents, functions and former names are records, parts of
-- their project or office. They were rows of a value.

CREATE TABLE "result" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "level" TEXT CHECK ("level" <> ''),
  "baseline" TEXT CHECK ("baseline" <> ''),
  "target" TEXT CHECK ("target" <> ''),
  "actual" TEXT CHECK ("actual" <> '')
) STRICT;
CREATE INDEX "result_by_level" ON "result" ("level");
CREATE TABLE "document" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "url" TEXT CHECK ("url" <> '')
) STRICT;
CREATE TABLE "function" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "function" TEXT CHECK ("function" <> ''),
  "covers" TEXT CHECK ("covers" <> ''),
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]')
) STRICT;
CREATE INDEX "function_by_function" ON "function" ("function");
CREATE TABLE "former_name" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "valid_from" TEXT CHECK ((length("valid_from") = 10 AND date("valid_from") IS "valid_from")
    OR (length("valid_from") = 7 AND date("valid_from" || '-01') IS "valid_from" || '-01')
    OR "valid_from" GLOB '[0-9][0-9][0-9][0-9]'),
  "valid_to" TEXT CHECK ((length("valid_to") = 10 AND date("valid_to") IS "valid_to")
    OR (length("valid_to") = 7 AND date("valid_to" || '-01') IS "valid_to" || '-01')
    OR "valid_to" GLOB '[0-9][0-9][0-9][0-9]')
) STRICT;

-- Parts are made in the order of their owners. psl_uuid_derive() gives the same UUID in
-- every copy of a register. They were made by the action that made their owner: undoing
-- that takes them away. The changes of rows before stay in the journal of the owner.
CREATE TEMPORARY TABLE part (
  rid INTEGER PRIMARY KEY,
  owner INTEGER NOT NULL,
  kind TEXT NOT NULL,
  nth INTEGER NOT NULL,
  content TEXT NOT NULL
);

INSERT INTO part (rid, owner, kind, nth, content)
  SELECT (SELECT ifnull (max (rid), 0) FROM record) + row_number () OVER (ORDER BY owner, kind, nth), owner, kind, nth, content
  FROM (
    SELECT rid AS owner, 'result' AS kind, position AS nth,
      concat_ws (char (10), "level", indicator, baseline, target, actual) AS content FROM project_results
    UNION ALL SELECT rid, 'document', position, concat_ws (char (10), title, url) FROM project_documents
    UNION ALL SELECT rid, 'function', position,
      concat_ws (char (10), "function", "covers", "valid_from", "valid_to") FROM office_functions
    UNION ALL SELECT rid, 'former_name', position,
      concat_ws (char (10), name, "valid_from", "valid_to") FROM office_former_names
  );

INSERT INTO record (rid, id, kind, created, changed, owner, position)
  SELECT p.rid, psl_uuid_derive (o.id, p.kind || char (10) || p.nth || char (10) || p.content), p.kind,
    o.created, o.changed, p.owner, (p.nth + 1) * 1024
  FROM part AS p JOIN record AS o ON o.rid = p.owner;

INSERT INTO change (rid, action, field, old, new)
  SELECT p.rid, min (c.action), '$state', 'gone', 'live'
  FROM part AS p JOIN change AS c ON c.rid = p.owner AND c.field = '$state'
  GROUP BY p.rid;

INSERT INTO "result" (rid, "level", "baseline", "target", "actual")
  SELECT p.rid, v."level", nullif (v.baseline, ''), nullif (v.target, ''), nullif (v.actual, '')
  FROM part AS p JOIN project_results AS v ON v.rid = p.owner AND v.position = p.nth
  WHERE p.kind = 'result';
INSERT INTO "document" (rid, "url")
  SELECT p.rid, nullif (v.url, '') FROM part AS p JOIN project_documents AS v ON v.rid = p.owner AND v.position = p.nth
  WHERE p.kind = 'document';
INSERT INTO "function" (rid, "function", "covers", "valid_from", "valid_to")
  SELECT p.rid, v."function", v."covers", v."valid_from", v."valid_to"
  FROM part AS p JOIN office_functions AS v ON v.rid = p.owner AND v.position = p.nth
  WHERE p.kind = 'function';
INSERT INTO "former_name" (rid, "valid_from", "valid_to")
  SELECT p.rid, v."valid_from", v."valid_to"
  FROM part AS p JOIN office_former_names AS v ON v.rid = p.owner AND v.position = p.nth
  WHERE p.kind = 'former_name';

-- Rows had no languages. What they say is in that of their owner's title, French where
-- there are both; “English / French” is in both. Such a text has the separator once, and
-- words that only French has behind it and not before.
CREATE TEMPORARY TABLE part_text (
  rid INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  field TEXT NOT NULL,
  text TEXT NOT NULL,
  english TEXT,
  french TEXT
);

INSERT INTO part_text (rid, owner, field, text)
  SELECT p.rid, p.owner, 'indicator', v.indicator
    FROM part AS p JOIN project_results AS v ON p.kind = 'result' AND v.rid = p.owner AND v.position = p.nth
    WHERE v.indicator <> ''
  UNION ALL SELECT p.rid, p.owner, 'title', v.title
    FROM part AS p JOIN project_documents AS v ON p.kind = 'document' AND v.rid = p.owner AND v.position = p.nth
    WHERE v.title <> ''
  UNION ALL SELECT p.rid, p.owner, 'name', v.name
    FROM part AS p JOIN office_former_names AS v ON p.kind = 'former_name' AND v.rid = p.owner AND v.position = p.nth
    WHERE v.name <> '';

UPDATE part_text SET
    english = trim (substr (text, 1, instr (text, ' / ') - 1)),
    french = trim (substr (text, instr (text, ' / ') + 3))
  WHERE instr (text, ' / ') > 0 AND instr (substr (text, instr (text, ' / ') + 3), ' / ') = 0;
UPDATE part_text SET english = NULL, french = NULL
  WHERE english = '' OR french = '' OR NOT EXISTS (
    SELECT 1 FROM (VALUES ('de'), ('des'), ('du'), ('la'), ('le'), ('les'), ('en'), ('et'), ('à'), ('au')) AS word
    WHERE ' ' || french || ' ' LIKE '% ' || word.column1 || ' %'
  ) OR EXISTS (
    SELECT 1 FROM (VALUES ('de'), ('des'), ('du'), ('la'), ('le'), ('les'), ('en'), ('et'), ('à'), ('au')) AS word
    WHERE ' ' || english || ' ' LIKE '% ' || word.column1 || ' %'
  );

INSERT INTO text (rid, field, language, text)
  SELECT rid, field, 'en', english FROM part_text WHERE english IS NOT NULL
  UNION ALL SELECT rid, field, 'fr', french FROM part_text WHERE french IS NOT NULL
  UNION ALL SELECT rid, field, iif (
      EXISTS (SELECT 1 FROM text AS t WHERE t.rid = owner AND t.field IN ('title', 'name') AND t.language = 'en') AND
      NOT EXISTS (SELECT 1 FROM text AS t WHERE t.rid = owner AND t.field IN ('title', 'name') AND t.language = 'fr'),
      'en', 'fr'), text
    FROM part_text WHERE english IS NULL;

UPDATE change SET language = iif (
    EXISTS (SELECT 1 FROM text AS t WHERE t.rid = change.rid AND t.field IN ('title', 'name') AND t.language = 'en') AND
    NOT EXISTS (SELECT 1 FROM text AS t WHERE t.rid = change.rid AND t.field IN ('title', 'name') AND t.language = 'fr'),
    'en', 'fr')
  WHERE (field IN ('results', 'documents') AND rid IN (SELECT rid FROM project))
     OR (field = 'former_names' AND rid IN (SELECT rid FROM office));

-- The program makes the sort keys and the words of parts and of their owners, and what the
-- journal says of them.
INSERT OR REPLACE INTO meta (name, value)
  SELECT 'follow-after', 0 WHERE EXISTS (SELECT 1 FROM part);
INSERT OR REPLACE INTO meta (name, value)
  SELECT 'complete-journal', 1 WHERE EXISTS (SELECT 1 FROM part);

DROP TABLE part_text;
DROP TABLE part;
DROP TABLE project_results;
DROP TABLE project_documents;
DROP TABLE office_functions;
DROP TABLE office_former_names;
