/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PSL_REGISTER_ERROR:
 *
 * The faults of a register at run time. Every message is translated, names the fault and the
 * way out.
 */
#define PSL_REGISTER_ERROR (psl_register_error_quark ())
GQuark psl_register_error_quark (void);

/**
 * PslRegisterError:
 * @PSL_REGISTER_ERROR_FAILED: the database refused, for a reason of its own
 * @PSL_REGISTER_ERROR_NOT_FOUND: no such file, record, field or action
 * @PSL_REGISTER_ERROR_NOT_A_REGISTER: the file is something else, or empty
 * @PSL_REGISTER_ERROR_DAMAGED: the file is a register and can't be read
 * @PSL_REGISTER_ERROR_TOO_NEW: written by a newer version of the program
 * @PSL_REGISTER_ERROR_BUSY: another program has held the file for too long
 * @PSL_REGISTER_ERROR_READ_ONLY: the file or its folder can't be written
 * @PSL_REGISTER_ERROR_NO_SPACE: the disk is full
 * @PSL_REGISTER_ERROR_INVALID: a value that its field can't hold
 * @PSL_REGISTER_ERROR_AMBIGUOUS: a name that fits several records or codes
 * @PSL_REGISTER_ERROR_CONFLICT: undoing would overwrite a later change
 * @PSL_REGISTER_ERROR_NOTHING: nothing to undo, to redo or to decide on
 * @PSL_REGISTER_ERROR_FOREIGN: a register that was neither made nor used here
 * @PSL_REGISTER_ERROR_ALTERED: the file is a register in which another program has put or
 *   changed tables, triggers, views or numbers
 */
typedef enum
{
  PSL_REGISTER_ERROR_FAILED,
  PSL_REGISTER_ERROR_NOT_FOUND,
  PSL_REGISTER_ERROR_NOT_A_REGISTER,
  PSL_REGISTER_ERROR_DAMAGED,
  PSL_REGISTER_ERROR_TOO_NEW,
  PSL_REGISTER_ERROR_BUSY,
  PSL_REGISTER_ERROR_READ_ONLY,
  PSL_REGISTER_ERROR_NO_SPACE,
  PSL_REGISTER_ERROR_INVALID,
  PSL_REGISTER_ERROR_AMBIGUOUS,
  PSL_REGISTER_ERROR_CONFLICT,
  PSL_REGISTER_ERROR_NOTHING,
  PSL_REGISTER_ERROR_FOREIGN,
  PSL_REGISTER_ERROR_ALTERED,
} PslRegisterError;

G_END_DECLS
