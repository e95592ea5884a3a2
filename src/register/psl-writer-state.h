/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "psl-codelists.h"
#include "psl-worker.h"

G_BEGIN_DECLS

/* For the other files of the register only. */

/* The state of a register's writer that all its threads know: which writes were asked for and
 * are done, how often the file was replaced, and the code lists. Any thread may call a
 * function without another comment. */
typedef struct _PslWriterState PslWriterState;

PslWriterState *psl_writer_state_new              (void);
void            psl_writer_state_free             (PslWriterState *self);
void            psl_writer_state_number           (PslWriterState *self,
                                                   PslJob         *job);
guint64         psl_writer_state_get_last_asked   (PslWriterState *self);
void            psl_writer_state_note_begun       (PslWriterState *self,
                                                   PslJob         *job);
void            psl_writer_state_note_written     (PslWriterState *self,
                                                   PslJob         *job);
void            psl_writer_state_note_replaced    (PslWriterState *self);
guint           psl_writer_state_wait             (PslWriterState *self,
                                                   PslWorker      *reader,
                                                   PslJob         *job);
void            psl_writer_state_wake             (PslWriterState *self);
GError         *psl_writer_state_pop_untold_error (PslWriterState *self);
gboolean        psl_writer_state_set_codelists    (PslWriterState *self,
                                                   PslCodelists   *codelists);
PslCodelists   *psl_writer_state_dup_codelists    (PslWriterState *self);

G_END_DECLS
