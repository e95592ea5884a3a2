/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PslEditorFrame:
 *
 * The surroundings of the widget that a value is edited in: a label above it with a note
 * beside, buttons after it, and below it errors and doubts. It knows nothing of values;
 * #PslEditor derives from it and does.
 *
 * Properties:
 *   error (char *)  see psl_editor_frame_set_error(); notifies
 */
#define PSL_TYPE_EDITOR_FRAME (psl_editor_frame_get_type ())
G_DECLARE_DERIVABLE_TYPE (PslEditorFrame, psl_editor_frame, PSL, EDITOR_FRAME, GtkWidget)

struct _PslEditorFrameClass
{
  GtkWidgetClass parent_class;
};

const char *psl_editor_frame_get_name    (PslEditorFrame *self);
void        psl_editor_frame_set_name    (PslEditorFrame *self,
                                          const char     *name);
void        psl_editor_frame_set_label   (PslEditorFrame *self,
                                          const char     *label);
void        psl_editor_frame_set_compact (PslEditorFrame *self);
gboolean    psl_editor_frame_has_label   (PslEditorFrame *self);
gboolean    psl_editor_frame_has_note    (PslEditorFrame *self);
void        psl_editor_frame_set_note    (PslEditorFrame *self,
                                          const char     *note);
const char *psl_editor_frame_get_error   (PslEditorFrame *self);
void        psl_editor_frame_set_error   (PslEditorFrame *self,
                                          const char     *message);
const char *psl_editor_frame_get_warning (PslEditorFrame *self);
void        psl_editor_frame_set_remedy  (PslEditorFrame *self,
                                          const char     *label,
                                          const char     *action,
                                          GVariant       *target);
void        psl_editor_frame_set_warning (PslEditorFrame *self,
                                          const char     *message);

/* For subclasses */
void            psl_editor_frame_set_remarks (PslEditorFrame *self,
                                            const char     *count,
                                            const char     *about);
GMenuModel *psl_editor_frame_new_menu    (void);
void        psl_editor_frame_set_body    (PslEditorFrame *self,
                                          GtkWidget      *body,
                                          GtkWidget      *target);
GtkWidget  *psl_editor_frame_get_target  (PslEditorFrame *self);
void        psl_editor_frame_set_opener  (PslEditorFrame *self,
                                          GtkWidget      *opener);
void        psl_editor_frame_set_chooser (PslEditorFrame *self,
                                          GtkWidget      *chooser);
void        psl_editor_frame_show_opener (PslEditorFrame *self,
                                          gboolean        visible);

G_END_DECLS
