-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 7: entries of code lists that those who keep a register have added or
-- changed are records. The table `code` stays what the program says.

CREATE TABLE "entry" (
  rid INTEGER PRIMARY KEY REFERENCES record (rid) ON DELETE CASCADE,
  "code" TEXT CHECK ("code" <> ''),
  "aliases" TEXT CHECK ("aliases" <> ''),
  "parent" TEXT CHECK ("parent" <> ''),
  "rank" INTEGER CHECK ("rank" > 0),
  "status" TEXT CHECK ("status" <> '')
) STRICT;
CREATE INDEX "entry_by_code" ON "entry" ("code");
CREATE INDEX "entry_by_parent" ON "entry" ("parent") WHERE "parent" IS NOT NULL;
CREATE INDEX "entry_by_rank" ON "entry" ("rank");
CREATE INDEX "entry_by_status" ON "entry" ("status");
