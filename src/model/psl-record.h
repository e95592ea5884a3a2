/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "psl-kind.h"

G_BEGIN_DECLS

/**
 * PslRecordState:
 * @PSL_RECORD_GONE: its making was undone, or it was removed from the trash;
 *   kept for redo, shown nowhere
 * @PSL_RECORD_LIVE: an ordinary record
 * @PSL_RECORD_TRASHED: in the trash
 *
 * The state is journalled like any field, under the name `$state`, with the
 * values `gone`, `live` and `trashed`.
 */
typedef enum
{
  PSL_RECORD_GONE = -1,
  PSL_RECORD_LIVE = 0,
  PSL_RECORD_TRASHED = 1,
} PslRecordState;

#define PSL_FIELD_STATE "$state"

const char *psl_record_state_get_name (PslRecordState   state);
gboolean    psl_record_state_parse    (const char      *name,
                                       PslRecordState  *state);

#define PSL_TYPE_RECORD (psl_record_get_type ())
G_DECLARE_FINAL_TYPE (PslRecord, psl_record, PSL, RECORD, GObject)

/**
 * PslRecordIter: a place among the values of a record, see psl_record_iter_init().
 */
typedef struct
{
  /*< private >*/
  PslRecord *record;
  guint place;
  guint text;
} PslRecordIter;

PslRecord      *psl_record_new           (const PslKind  *kind,
                                          gint64          rid,
                                          const char     *id);
const PslKind  *psl_record_get_kind      (PslRecord      *self);
gint64          psl_record_get_rid       (PslRecord      *self);
void            psl_record_set_rid       (PslRecord      *self,
                                          gint64          rid);
const char     *psl_record_get_id        (PslRecord      *self);
PslRecordState  psl_record_get_state     (PslRecord      *self);
void            psl_record_set_state     (PslRecord      *self,
                                          PslRecordState  state);
gint64          psl_record_get_created   (PslRecord      *self);
gint64          psl_record_get_changed   (PslRecord      *self);
void            psl_record_set_times     (PslRecord      *self,
                                          gint64          created,
                                          gint64          changed);

gint64          psl_record_get_position  (PslRecord      *self);
void            psl_record_set_position  (PslRecord      *self,
                                          gint64          position);
GPtrArray      *psl_record_get_parts     (PslRecord      *self,
                                          const PslField *field);
void            psl_record_add_part      (PslRecord      *self,
                                          const PslField *field,
                                          PslRecord      *part);

const char     *psl_record_get           (PslRecord      *self,
                                          const PslField *field,
                                          const char     *language);
const char     *psl_record_get_by_name   (PslRecord      *self,
                                          const char     *name);
void            psl_record_set           (PslRecord      *self,
                                          const PslField *field,
                                          const char     *language,
                                          const char     *value);
const char     *psl_record_get_text      (PslRecord      *self,
                                          const PslField *field,
                                          const char     *language,
                                          const char    **shown_language);
const char     *psl_record_get_agreed     (PslRecord      *self,
                                           const PslField *field,
                                           const char     *language);
void            psl_record_set_agreed     (PslRecord      *self,
                                           const PslField *field,
                                           const char     *language,
                                           const char     *agreed);
const char     *psl_record_get_newer      (PslRecord      *self,
                                           const PslField *field,
                                           const char     *language);
const char    **psl_record_list_languages (PslRecord      *self,
                                           const PslField *field);
void            psl_record_iter_init      (PslRecordIter  *iter,
                                           PslRecord      *record);
gboolean        psl_record_iter_next      (PslRecordIter  *iter,
                                           const PslField **field,
                                           const char     **language,
                                           const char     **value);
gboolean        psl_record_is_called_by   (const PslKind  *kind,
                                           const PslField *field);
char           *psl_record_dup_own_title (PslRecord          *self,
                                          const PslCodelists *codelists,
                                          const char         *language);
char           *psl_record_dup_title     (PslRecord          *self,
                                          const PslCodelists *codelists,
                                          const char         *language);
char           *psl_record_dup_name      (PslRecord          *self,
                                          const PslCodelists *codelists);
const char     *psl_record_get_link_title (PslRecord      *self,
                                           const PslField *field);
void            psl_record_set_link_title (PslRecord      *self,
                                           const PslField *field,
                                           const char     *title);
const char     *psl_record_get_circle    (PslRecord      *self,
                                           const PslField *field);
void            psl_record_set_circle    (PslRecord      *self,
                                           const PslField *field,
                                           const char     *circle);
guint           psl_record_get_n_remarks (PslRecord      *self);
void            psl_record_set_n_remarks (PslRecord      *self,
                                           guint           n);
const char     *psl_record_get_twin      (PslRecord      *self,
                                           const PslField *field);
void            psl_record_set_twin      (PslRecord      *self,
                                           const PslField *field,
                                           const char     *title);
char           *psl_record_dup_years     (PslRecord      *self);
PslRecord      *psl_record_copy          (PslRecord      *self);
PslRecord      *psl_record_duplicate     (PslRecord      *record);

G_END_DECLS
