/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-store.h"

G_BEGIN_DECLS

/*
 * The rules of a register in plain memory: records, their values, and a journal that is a
 * list. Written from the rules, not from the store.
 */

#define MODEL_MAX_CELLS 12

/* A cell that stands for the record's state. */
#define MODEL_STATE -1

typedef struct
{
  const char *name;
  const PslField *field;
  const char *language;
} ModelCell;

typedef struct
{
  const PslKind *kind;
  gint64 rid;
  char *id;
  PslRecordState state;
  char *values[MODEL_MAX_CELLS];
} ModelRecord;

typedef struct
{
  guint record;
  int cell;
  char *old_value;
  char *new_value;
} ModelChange;

typedef struct
{
  gint64 id;
  PslVerb verb;
  guint64 session;
  char *author;
  GPtrArray *changes;
  gint64 undone_by;
  guint first_new;
} ModelAction;

typedef struct
{
  GPtrArray *records;
  GPtrArray *actions;
  ModelAction *current;
} Model;

Model           *model_new             (void);
void             model_free            (Model             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Model, model_free)
guint            model_get_n_cells     (const PslKind     *kind);
const ModelCell *model_get_cell        (const PslKind     *kind,
                                        int                cell);
ModelRecord     *model_get_record      (Model             *self,
                                        guint              record);
ModelAction     *model_get_action      (Model             *self,
                                        gint64             id);
void             model_begin           (Model             *self,
                                        PslVerb            verb,
                                        const char        *author,
                                        guint64            session);
guint            model_create          (Model             *self,
                                        const PslKind     *kind);
void             model_set             (Model             *self,
                                        guint              record,
                                        int                cell,
                                        const char        *value);
void             model_set_state       (Model             *self,
                                        guint              record,
                                        PslRecordState     state);
gboolean         model_changes         (Model             *self);
void             model_commit          (Model             *self,
                                        gint64             id);
void             model_rollback        (Model             *self);
gboolean         model_commit_edit     (Model             *self,
                                        gint64             id);
ModelAction     *model_next_undo       (Model             *self);
ModelAction     *model_next_redo       (Model             *self);
gboolean         model_undo            (Model             *self,
                                        ModelAction       *target,
                                        const char        *author);
gboolean             model_redo            (Model             *self,
                                        ModelAction       *target,
                                        const char        *author);

G_END_DECLS
