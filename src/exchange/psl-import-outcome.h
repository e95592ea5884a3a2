/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

/**
 * PslImportOutcome: the outcome of an import for a record or a row.
 * @PSL_IMPORT_NEW: makes it
 * @PSL_IMPORT_CHANGED: changes it
 * @PSL_IMPORT_CONFLICT: leaves it, because all that differs is in conflict
 * @PSL_IMPORT_IDENTICAL: leaves it, because nothing differs
 * @PSL_IMPORT_REFUSED: leaves the row out; a record has no such outcome
 */
typedef enum
{
  PSL_IMPORT_NEW,
  PSL_IMPORT_CHANGED,
  PSL_IMPORT_CONFLICT,
  PSL_IMPORT_IDENTICAL,
  PSL_IMPORT_REFUSED,
} PslImportOutcome;

/* Outcomes of records. */
#define PSL_IMPORT_N_OUTCOMES (PSL_IMPORT_IDENTICAL + 1)
