/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef gboolean (*PslTestCondition) (gpointer data);
typedef gboolean (*PslTestMatch)     (GtkWidget     *widget,
                                      gconstpointer  data);

/* Runs the main loop until a PslTestCondition holds for the data; fails where it never does. */
#define psl_test_wait(condition, ...) psl_test_wait_for (condition, __VA_ARGS__, G_STRLOC ": " #condition)

void       psl_test_init           (int              *argc,
                                    char           ***argv);
void       psl_test_wait_for       (PslTestCondition  condition,
                                    gpointer          data,
                                    const char       *what);
void       psl_test_settle         (void);
void       psl_test_draw           (GtkWidget        *widget);
GtkWidget *psl_test_window         (GtkWidget        *content);
GtkWidget *psl_test_find           (GtkWidget        *widget,
                                    GType             type);
GtkWidget *psl_test_find_match     (GtkWidget        *widget,
                                    PslTestMatch      match,
                                    gconstpointer     data);
GtkWidget *psl_test_find_label     (GtkWidget        *widget,
                                    const char       *text);
gboolean   psl_test_shows_label    (GtkWidget        *widget,
                                    const char       *text);
void       psl_test_assert_named   (GtkWidget        *widget);
guint      psl_test_count          (GtkWidget        *widget,
                                    GType             type);

G_END_DECLS
