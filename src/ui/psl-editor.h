/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "psl-register.h"

G_BEGIN_DECLS

/* How long a person rests before what they typed is stored. */
#define PSL_EDITOR_PAUSE_MS 600

/**
 * PslEditor:
 *
 * A row of the detail page: one field's label, its value edited in place, and
 * below it what is wrong with it. A subclass brings the widget that shows and
 * takes the value; everything that editors have in common (when a value is
 * stored, what becomes of a wrong one, how changes from elsewhere come in,
 * names for assistive technology) is here.
 *
 * Signals:
 *   committed (const char *value)  a new canonical value (NULL: empty), to be
 *                                  stored under psl_editor_get_session()
 *   open-record (gint64 rid)       the person follows a link
 */
#define PSL_TYPE_EDITOR (psl_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditor, psl_editor, PSL, EDITOR, GtkWidget)

/**
 * PslEditorClass:
 * @show: shows a canonical value, or nothing for NULL: when a record is bound,
 *   when the focus comes (psl_editor_is_focused(): the form to edit) and goes
 *   (the form to read). Leaves text that stands there already alone, so that
 *   the cursor stays
 * @show_draft: shows text as typed, which is not a value yet; default: @show
 * @read: (returns transfer full) (nullable): what stands in the widget, as
 *   typed, for psl_field_normalise()
 * @flush: (nullable): commits what is being typed in editors of parts of the
 *   value; returns whether nothing is left uncommitted
 */
struct _PslEditorClass
{
  GtkWidgetClass parent_class;

  void     (*show)       (PslEditor   *self,
                          const char  *value);
  void     (*show_draft) (PslEditor   *self,
                          const char  *text);
  char    *(*read)       (PslEditor   *self);
  gboolean (*flush)      (PslEditor   *self);

  gpointer padding[4];
};

const PslField *psl_editor_get_field       (PslEditor       *self);
const char     *psl_editor_get_language    (PslEditor       *self);
const char     *psl_editor_get_name        (PslEditor       *self);
const char     *psl_editor_get_records_language (PslEditor  *self);
void            psl_editor_set_records_language (PslEditor  *self,
                                            const char      *language);
PslRegister    *psl_editor_get_register    (PslEditor       *self);
void            psl_editor_set_register    (PslEditor       *self,
                                            PslRegister     *reg);
void            psl_editor_set_label       (PslEditor       *self,
                                            const char      *label);
gboolean        psl_editor_has_note        (PslEditor       *self);
void            psl_editor_set_note        (PslEditor       *self,
                                            const char      *note);

PslRecord      *psl_editor_get_record      (PslEditor       *self);
void            psl_editor_bind            (PslEditor       *self,
                                            PslRecord       *record);
const char     *psl_editor_get_value       (PslEditor       *self);
void            psl_editor_set_value       (PslEditor       *self,
                                            const char      *value);
char           *psl_editor_dup_draft       (PslEditor       *self);
void            psl_editor_set_draft       (PslEditor       *self,
                                            const char      *text);
gboolean        psl_editor_flush           (PslEditor       *self);
void            psl_editor_revert          (PslEditor       *self);
guint64         psl_editor_get_session     (PslEditor       *self);

const char     *psl_editor_get_error       (PslEditor       *self);
void            psl_editor_set_error       (PslEditor       *self,
                                            const char      *message);
void            psl_editor_refuse          (PslEditor       *self,
                                            const char      *value,
                                            const char      *message);
const char     *psl_editor_get_warning     (PslEditor       *self);
void            psl_editor_set_warning     (PslEditor       *self,
                                            const char      *message);

/* For subclasses */
void            psl_editor_set_body        (PslEditor       *self,
                                            GtkWidget       *body,
                                            GtkWidget       *target);
void            psl_editor_add_suffix      (PslEditor       *self,
                                            GtkWidget       *suffix);
void            psl_editor_touch           (PslEditor       *self);
void            psl_editor_commit          (PslEditor       *self,
                                            const char      *value);
gboolean        psl_editor_is_showing      (PslEditor       *self);
gboolean        psl_editor_is_focused      (PslEditor       *self);
gboolean        psl_editor_is_touched      (PslEditor       *self);
void            psl_editor_open_record     (PslEditor       *self,
                                            gint64           rid);

G_END_DECLS
