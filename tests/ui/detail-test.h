/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-detail-page.h"
#include "psl-editor.h"
#include "tests/register-wait.h"

G_BEGIN_DECLS

/* The common fixture of the detail page's tests: a register in a folder of its own, and the
 * page that shows its records. */

typedef struct
{
  char *folder;
  PslRegister *reg;
  GtkWidget *window;
  PslDetailPage *page;
  gint64 project;
  gint64 office;
} DetailTest;

void       detail_test_set_up         (DetailTest    *fixture,
                                       gconstpointer  data);
void       detail_test_tear_down      (DetailTest    *fixture,
                                       gconstpointer  data);
void       detail_test_add            (const char    *path,
                                       void         (*test) (DetailTest    *fixture,
                                                             gconstpointer  data));
PslEditor *detail_test_find_editor    (DetailTest    *fixture,
                                       const char    *field,
                                       const char    *language);
void       detail_test_wait_for_value (DetailTest    *fixture,
                                       const char    *field,
                                       const char    *language,
                                       const char    *value);
void       detail_test_show_project   (DetailTest    *fixture);
void       detail_test_type           (PslEditor     *editor,
                                       const char    *text);
void       detail_test_remark         (DetailTest    *fixture,
                                       const char    *field,
                                       const char    *text);

G_END_DECLS
