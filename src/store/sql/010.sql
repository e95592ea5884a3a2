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
