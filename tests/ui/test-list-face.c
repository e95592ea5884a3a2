/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-list-face.h"
#include "ui-test.h"

#define TITLE "Gestion des migrations et renforcement des capacités en Amérique centrale, aux Caraïbes, au Mexique et ailleurs"

/* A face of some width, and what it is to begin with. */
typedef struct
{
  PslListFace *face;
  const char *beginning;
} Shown;

static gboolean
begins (gpointer data)
{
  Shown *shown = data;

  return g_str_has_prefix (psl_list_face_get_title (shown->face), shown->beginning);
}

static PslSummary *
make_summary (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "fr", TITLE);

  return psl_summary_new (record, "fr");
}

/* What was searched for is shown, wherever in a title it stands. */
static void
test_found (void)
{
  g_autoptr (PslSummary) summary = make_summary ();
  PslListLines lines = { 18, 14 };
  GtkWidget *face = psl_list_face_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;
  Shown shown = { PSL_LIST_FACE (face), NULL };

  gtk_widget_set_size_request (face, 300, 60);
  gtk_box_append (GTK_BOX (box), face);
  window = psl_test_window (box);

  psl_list_face_show (PSL_LIST_FACE (face), summary, NULL, "mexique");
  shown.beginning = "…";
  psl_test_wait (begins, &shown);
  g_assert_nonnull (strstr (psl_list_face_get_title (PSL_LIST_FACE (face)), "au Mexique"));

  /* Wide enough for all of it, and narrow again. */
  gtk_widget_set_size_request (face, 900, 60);
  shown.beginning = TITLE;
  psl_test_wait (begins, &shown);
  gtk_widget_set_size_request (face, 300, 60);
  shown.beginning = "…";
  psl_test_wait (begins, &shown);

  psl_list_face_show (PSL_LIST_FACE (face), summary, NULL, "migrations mexique");
  shown.beginning = TITLE;
  psl_test_wait (begins, &shown);
  psl_test_settle ();
  g_assert_true (begins (&shown));

  psl_list_face_show (PSL_LIST_FACE (face), summary, NULL, NULL);
  g_assert_true (begins (&shown));

  gtk_window_destroy (GTK_WINDOW (window));
  psl_list_lines_clear (&lines);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/list-face/found", test_found);

  return g_test_run ();
}
