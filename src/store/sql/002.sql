-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 2: an edit writes its value and its journal, and nothing else.

-- Up to which action everything follows the values: `changed`, sort keys and search
-- text. Edits after it are stored ahead of that, which comes at once afterwards.
-- One row. It is also the number of the last action where that left none.
CREATE TABLE settled (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  action INTEGER NOT NULL
) STRICT;

-- What `stale` still holds has to follow: from the first action on that the record
-- is older than. An edit that returned to the value before it has left no action;
-- then from the one that made the record.
INSERT INTO settled (one, action)
SELECT 1, coalesce (
  (SELECT min (coalesce (
      (SELECT min (a.action) FROM change AS c JOIN action AS a ON a.action = c.action
        WHERE c.rid = s.rid AND a.at > r.changed),
      (SELECT min (c.action) FROM change AS c WHERE c.rid = s.rid))) - 1
    FROM stale AS s JOIN record AS r ON r.rid = s.rid),
  (SELECT seq FROM sqlite_sequence WHERE name = 'action'),
  0);

DROP TABLE stale;

-- The actions again, without AUTOINCREMENT, which writes the number down a second
-- time, elsewhere.
CREATE TABLE new_action (
  action INTEGER PRIMARY KEY,
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

INSERT INTO new_action (action, at, author, verb, kind, field, subject, records, session, target, undone_by)
SELECT action, at, author, verb, kind, field, subject, records, session, target, undone_by FROM action;

DROP TABLE action;
ALTER TABLE new_action RENAME TO action;

CREATE INDEX action_undone ON action (undone_by) WHERE undone_by IS NOT NULL;

-- Where an action goes, those that name it are looked for.
CREATE INDEX action_target ON action (target) WHERE target IS NOT NULL;
