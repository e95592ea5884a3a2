/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-parts-table.h"
#include "psl-window-private.h"

G_BEGIN_DECLS

/* The common fixture of the window's tests: a register in a folder of its own, and the window
 * that shows it. */

#define WINDOW_TEST_PROJECTS 30

typedef struct
{
  char *folder;
  char *path;
  PslWindow *window;
  const char *page;
  guint n_items;
  gint64 rid;
  int height;
} WindowTest;

void            window_test_init           (void);
int             window_test_run            (void);
void            window_test_add            (const char    *path,
                                            void         (*test) (WindowTest    *fixture,
                                                                  gconstpointer  data));
void            window_test_add_with_data  (const char    *path,
                                            gconstpointer  data,
                                            void         (*test) (WindowTest    *fixture,
                                                                  gconstpointer  data));
void            window_test_reset_settings (void);
void            window_test_fill           (const char    *path);
void            window_test_open_window    (WindowTest    *fixture,
                                            PslStoreFlags  flags,
                                            const char    *page);
void            window_test_open_any       (WindowTest    *fixture,
                                            PslStoreFlags  flags,
                                            const char    *page);
void            window_test_resize         (WindowTest    *fixture,
                                            int            width,
                                            int            height);
void            window_test_open_filled    (WindowTest    *fixture);
const char     *window_test_get_page       (PslWindow     *window);
void            window_test_wait_for_page  (WindowTest    *fixture,
                                            const char    *page);
void            window_test_close_window   (WindowTest    *fixture);
PslRecordModel *window_test_get_model      (WindowTest    *fixture);
void            window_test_wait_for_items (WindowTest    *fixture,
                                            guint          n_items);
void            window_test_activate       (WindowTest    *fixture,
                                            const char    *action);
PslPartsTable  *window_test_find_parts     (WindowTest    *fixture,
                                            const PslKind *kind);
GtkWidget      *window_test_get_dialog     (WindowTest    *fixture);
GtkWidget      *window_test_find_titled    (GtkWidget     *widget,
                                            const char    *title);
GtkWidget      *window_test_find_in_dialog (WindowTest    *fixture,
                                            const char    *title);
void            window_test_wait_for_row   (WindowTest    *fixture,
                                            const char    *title,
                                            const char    *subtitle);
void            window_test_click          (WindowTest    *fixture,
                                            const char    *label);

G_END_DECLS
