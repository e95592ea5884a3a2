-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 4: an edit is one transaction with its search text, its sort keys
-- and the time of the change.

-- The action after which versions 2 and 3 had yet to bring those up to date; the
-- program does so once after the migration.
INSERT INTO meta (name, value)
SELECT 'follow-after', action FROM settled WHERE action < (SELECT max (action) FROM action);

-- One row: the number of the last action, where that left no row in `action`.
ALTER TABLE settled RENAME TO last_action;
