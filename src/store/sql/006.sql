-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 6: a record may belong to another one, as its part. Its position is its
-- place among the parts of its kind that its owner has; there is room between positions,
-- so that a part is moved by changing its own.

ALTER TABLE record ADD COLUMN owner INTEGER REFERENCES record (rid) ON DELETE CASCADE;
ALTER TABLE record ADD COLUMN position INTEGER
  CHECK ((owner IS NULL) = (position IS NULL) AND ifnull (position, 1) > 0);

CREATE INDEX record_by_owner ON record (owner, kind, position) WHERE owner IS NOT NULL;
