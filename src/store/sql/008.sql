-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 8: a journal that can travel. HACKING, "The journal", says what the
-- columns hold.

-- The registers whose actions stand in the journal. `own` is 1 for this one, NULL for
-- others.
CREATE TABLE origin (
  origin INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE CHECK (length (id) = 36),
  own INTEGER UNIQUE CHECK (own = 1),
  -- Its last action: its number there, its hash, and the clock.
  number INTEGER NOT NULL DEFAULT 0,
  hash BLOB CHECK (length (hash) = 32),
  clock INTEGER NOT NULL DEFAULT 0,
  -- Of this register: up to which number its actions have travelled.
  sealed INTEGER NOT NULL DEFAULT 0,
  -- Of another one: up to which number an action of this one says to have seen it.
  seen INTEGER NOT NULL DEFAULT 0
) STRICT;

ALTER TABLE action ADD COLUMN id TEXT CHECK (length (id) = 36);
ALTER TABLE action ADD COLUMN origin INTEGER NOT NULL DEFAULT 1;
ALTER TABLE action ADD COLUMN number INTEGER;
ALTER TABLE action ADD COLUMN previous INTEGER;
ALTER TABLE action ADD COLUMN clock INTEGER;
ALTER TABLE action ADD COLUMN seen TEXT;
ALTER TABLE action ADD COLUMN hash BLOB CHECK (length (hash) = 32);
ALTER TABLE action ADD COLUMN received INTEGER;

CREATE UNIQUE INDEX action_by_number ON action (origin, number) WHERE number <> action;

-- The action whose change of the same field this one was made upon, and of what makes a
-- record its values, as JSON.
ALTER TABLE change ADD COLUMN base INTEGER;
ALTER TABLE change ADD COLUMN content TEXT;

-- What the journal lacks of this is added by the program.
INSERT OR REPLACE INTO meta (name, value)
  SELECT 'complete-journal', 1 WHERE EXISTS (SELECT 1 FROM action);
