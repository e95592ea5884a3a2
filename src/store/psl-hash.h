/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The hash of an action: SHA-256 over the hash of the action before it, over its own data,
 * and over its changes.
 *
 * It is taken of a series of values, each with its length: a text as the number of its bytes
 * and the bytes; no text (NULL) as the number 0xffffffff; a number as eight bytes. Numbers
 * are big-endian. The first value names this form.
 *
 * Nothing that is hashed belongs to one file: records and registers stand with their UUIDs,
 * actions with the register that made them and the number that it gave them.
 */

#define PSL_HASH_LENGTH 32

/**
 * PslHashedChange: the data that a change's hash is made of.
 * @record: the record's UUID
 * @field: the field's name
 * @language: "" where the field has none
 * @old_value, @new_value: (nullable): canonical values
 * @content: (nullable): where the change makes the record, its values
 * @base_origin: (nullable): the register that made the change which this one was made upon
 * @base_number: the number of that action
 */
typedef struct
{
  const char *record;
  const char *field;
  const char *language;
  const char *old_value;
  const char *new_value;
  const char *content;
  const char *base_origin;
  gint64 base_number;
} PslHashedChange;

/**
 * PslHashedAction: the data that an action's hash is made of.
 * @before: (nullable): the hash of the action before it, %NULL for the first
 * @origin: the UUID of the register that made it
 * @number: the number that it has there
 * @previous: the number of the action before it; 0 for the first
 * @at: microseconds since 1970
 * @clock: see psl_clock_advance()
 * @author, @verb, @kind, @field, @subject, @records: see #PslAction
 * @target_origin: (nullable): of an undo or redo, the register that made the action
 * @target_number: the number of that action
 * @seen: (nullable): which actions of other registers the register had
 */
typedef struct
{
  const guint8 *before;
  const char *origin;
  gint64 number;
  gint64 previous;
  gint64 at;
  gint64 clock;
  const char *author;
  const char *verb;
  const char *kind;
  const char *field;
  const char *subject;
  gint64 records;
  const char *target_origin;
  gint64 target_number;
  const char *seen;
} PslHashedAction;

void psl_hash_change (const PslHashedChange *change,
                      guint8                 hash[PSL_HASH_LENGTH]);
void psl_hash_action (const PslHashedAction *action,
                      GByteArray            *changes,
                      guint8                 hash[PSL_HASH_LENGTH]);

G_END_DECLS
