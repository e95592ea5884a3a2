/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-kinds.h"
#include "psl-row-content.h"
#include "psl-query.h"
#include "ui-test.h"

#define TITLE "Gestion des migrations et renforcement des capacités en Amérique centrale, aux Caraïbes, au Mexique et ailleurs"

/* A content of some width, and what it is to begin with. */
typedef struct
{
  PslRowContent *content;
  const char *beginning;
} Shown;

static gboolean
begins (gpointer data)
{
  Shown *shown = data;

  return g_str_has_prefix (psl_row_content_get_title (shown->content), shown->beginning);
}

static PslSummary *
make_summary (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "fr", TITLE);

  return psl_summary_new (record, psl_codelists_get_default (), "fr");
}

/* The found words are shown, wherever in a title they stand. */
static void
test_found (void)
{
  g_autoptr (PslSummary) summary = make_summary ();
  PslRowLines lines = { 18, 14 };
  GtkWidget *content = psl_row_content_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;
  Shown shown = { PSL_ROW_CONTENT (content), NULL };

  gtk_widget_set_size_request (content, 300, 60);
  gtk_widget_set_valign (content, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), content);
  window = psl_test_window (box);

  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, "mexique");
  shown.beginning = "…";
  psl_test_wait (begins, &shown);
  g_assert_nonnull (strstr (psl_row_content_get_title (PSL_ROW_CONTENT (content)), "au Mexique"));

  /* Wide enough for all of it, and narrow again. */
  gtk_widget_set_size_request (content, 900, 60);
  shown.beginning = TITLE;
  psl_test_wait (begins, &shown);
  gtk_widget_set_size_request (content, 300, 60);
  shown.beginning = "…";
  psl_test_wait (begins, &shown);

  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, "migrations mexique");
  shown.beginning = TITLE;
  psl_test_wait (begins, &shown);
  psl_test_settle ();
  g_assert_true (begins (&shown));

  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, NULL);
  g_assert_true (begins (&shown));

  gtk_window_destroy (GTK_WINDOW (window));
  psl_row_lines_clear (&lines);
}

static gboolean
asks_for_more (gpointer content)
{
  return psl_row_content_get_whole_height (content) > 60;
}

/* A content says what it needs to show a title whole that was found, and shows it then. */
static void
test_whole (void)
{
  g_autoptr (PslSummary) summary = make_summary ();
  PslRowLines lines = { 18, 14 };
  GtkWidget *content = psl_row_content_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;
  Shown shown = { PSL_ROW_CONTENT (content), TITLE };

  gtk_widget_set_size_request (content, 200, 60);
  gtk_widget_set_valign (content, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), content);
  window = psl_test_window (box);

  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, "ailleurs");
  psl_test_wait (asks_for_more, content);
  g_assert_false (begins (&shown));
  gtk_widget_set_size_request (content, 200, psl_row_content_get_whole_height (PSL_ROW_CONTENT (content)));
  psl_test_wait (begins, &shown);

  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, NULL);
  psl_test_draw (window);
  g_assert_cmpint (psl_row_content_get_whole_height (PSL_ROW_CONTENT (content)), ==, 0);

  gtk_window_destroy (GTK_WINDOW (window));
  psl_row_lines_clear (&lines);
}

#define SHORT_TITLE "Renforcement des capacités des administrations au Mexique"
#define QUOTED "Objectifs de développement durable: …les administrations chargées des frontières…"

/* The beginning of the text has given way to what was found. */
static gboolean
quotes_what_was_found (gpointer data)
{
  const char *snippet = psl_row_content_get_snippet (data);

  return snippet != NULL && strstr (snippet, "frontières") != NULL && strstr (snippet, "Objectifs") == NULL;
}

static gboolean
quotes_whole (gpointer data)
{
  return g_str_equal (psl_row_content_get_snippet (data), QUOTED);
}

static GtkWidget *
find_label (GtkWidget  *content,
            const char *text)
{
  for (GtkWidget *child = gtk_widget_get_first_child (content); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_LABEL (child) && g_str_equal (gtk_label_get_label (GTK_LABEL (child)), text))
        return child;
    }

  return NULL;
}

static gboolean
is_drawn (GtkWidget  *content,
          const char *text)
{
  GtkWidget *label = find_label (content, text);

  return label != NULL && gtk_widget_get_child_visible (label) && gtk_widget_get_width (label) > 0;
}

typedef struct
{
  GtkWidget *content;
  const char *text;
} Drawn;

static gboolean
is_drawn_cb (gpointer data)
{
  const Drawn *drawn = data;

  return is_drawn (drawn->content, drawn->text);
}

static void
wait_drawn (GtkWidget  *content,
            const char *text)
{
  Drawn drawn = { content, text };

  psl_test_wait (is_drawn_cb, &drawn);
}

/* The title has the whole width, the state stands below it, and so does what the list
 * is sorted by, whole. */
static void
test_facts (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");
  g_autoptr (PslSummary) summary = NULL;
  PslRowLines lines = { 18, 14 };
  GtkWidget *content = psl_row_content_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;
  GtkWidget *order;
  graphene_rect_t bounds;
  int natural;

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "fr", TITLE);
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "project_id"), NULL, "PO.0160");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "status"), NULL, "4");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "region"), NULL, "latin-america-caribbean");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "budget"), NULL, "100000.00 USD");
  summary = psl_summary_new (record, psl_codelists_get_default (), "fr");
  psl_summary_set_order (summary, record, psl_codelists_get_default (), "budget");

  gtk_widget_set_size_request (content, 250, 70);
  gtk_box_append (GTK_BOX (box), content);
  window = psl_test_window (box);
  psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, NULL);
  wait_drawn (content, summary->state);

  g_assert_true (is_drawn (content, summary->facts));
  order = find_label (content, summary->order);
  g_assert_nonnull (order);
  gtk_widget_measure (order, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (gtk_widget_get_width (order), ==, natural);
  g_assert_true (gtk_widget_compute_bounds (order, content, &bounds));
  g_assert_cmpfloat (bounds.origin.x + bounds.size.width, ==, 250);
  g_assert_true (gtk_widget_compute_bounds (find_label (content, summary->state), content, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, 0);
  g_assert_cmpfloat (bounds.origin.y, >, 2 * 14);

  gtk_window_destroy (GTK_WINDOW (window));
  psl_row_lines_clear (&lines);
}

/* The text of a part of the facts' line, or NULL where it is not drawn. */
static const char *
get_drawn_text (GtkWidget *part)
{
  if (!gtk_widget_get_child_visible (part) || !gtk_widget_get_visible (part))
    return NULL;

  return GTK_IS_INSCRIPTION (part) ? gtk_inscription_get_text (GTK_INSCRIPTION (part)) : gtk_label_get_label (GTK_LABEL (part));
}

static int
measure_text (GtkWidget  *part,
              const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (part, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

/* Whether all of @years is in view, where @part has them. */
static gboolean
shows_years (GtkWidget  *part,
             const char *years)
{
  const char *text = get_drawn_text (part);
  const char *found = text != NULL ? strstr (text, years) : NULL;
  g_autofree char *before = found != NULL ? g_strndup (text, (gsize) (found - text) + strlen (years)) : NULL;
  g_autofree char *cut = before != NULL ? g_strconcat (before, found[strlen (years)] != '\0' ? "…" : "", NULL) : NULL;

  return cut != NULL && measure_text (part, cut) <= gtk_widget_get_width (part);
}

static gboolean
has_width (gpointer data)
{
  return gtk_widget_get_width (data) == GPOINTER_TO_INT (g_object_get_data (data, "wanted"));
}

/* In any width, the years are whole, and what is cut ends in an ellipsis. */
static void
test_years (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");
  g_autoptr (PslSummary) summary = NULL;
  static const char *const orders[] = { NULL, "budget", "region", PSL_SORT_CHANGED };
  PslRowLines lines = { 18, 14 };
  GtkWidget *content = psl_row_content_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "fr", TITLE);
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "project_id"), NULL, "PO.2016");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "status"), NULL, "4");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "end"), NULL, "2016");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "region"), NULL, "latin-america-caribbean");
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "budget"), NULL, "100000.00 USD");
  gtk_box_append (GTK_BOX (box), content);
  window = psl_test_window (box);

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    for (int width = 900; width >= 180; width -= width > 400 ? 100 : 15)
      {
        gboolean has_years = FALSE;

        g_clear_pointer (&summary, psl_summary_free);
        summary = psl_summary_new (record, psl_codelists_get_default (), "en");
        psl_summary_set_order (summary, record, psl_codelists_get_default (), orders[i]);
        g_assert_cmpstr (summary->years, ==, "until 2016");
        psl_row_content_show (PSL_ROW_CONTENT (content), summary, NULL, NULL);
        gtk_widget_set_size_request (content, width, 70);
        g_object_set_data (G_OBJECT (content), "wanted", GINT_TO_POINTER (width));
        psl_test_wait (has_width, content);

        for (GtkWidget *part = gtk_widget_get_first_child (content); part != NULL; part = gtk_widget_get_next_sibling (part))
          {
            graphene_rect_t bounds;
            int least;

            if (get_drawn_text (part) == NULL)
              continue;
            gtk_widget_measure (part, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
            g_assert_true (gtk_widget_compute_bounds (part, content, &bounds));
            g_test_message ("%d px: “%s” has %g", width, get_drawn_text (part), bounds.size.width);
            g_assert_cmpfloat (bounds.size.width, >=, least);
            has_years |= shows_years (part, summary->years);
          }
        g_assert_true (has_years);
      }

  gtk_window_destroy (GTK_WINDOW (window));
  psl_row_lines_clear (&lines);
}

/* Words found elsewhere take no line from the title, and are in view. */
static void
test_quoted (void)
{
  g_autoptr (PslRecord) record = psl_record_new (&psl_kind_project, 1, "019b76e9-9060-791f-b122-dfeca205c417");
  g_autoptr (PslSummary) summary = NULL;
  PslRowLines lines = { 18, 14 };
  GtkWidget *content = psl_row_content_new (&lines);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *window;

  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "title"), "fr", SHORT_TITLE);
  psl_record_set (record, psl_kind_find_field (&psl_kind_project, "project_id"), NULL, "PO.0160");
  summary = psl_summary_new (record, psl_codelists_get_default (), "fr");

  gtk_widget_set_size_request (content, 260, 60);
  gtk_widget_set_valign (content, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), content);
  window = psl_test_window (box);
  psl_row_content_show (PSL_ROW_CONTENT (content), summary, QUOTED, "mexique frontieres");
  psl_test_wait (quotes_what_was_found, content);

  g_assert_cmpstr (psl_row_content_get_title (PSL_ROW_CONTENT (content)), ==, SHORT_TITLE);
  g_assert_false (is_drawn (content, summary->facts));

  /* Where the title has one line, the facts are there, too. */
  gtk_widget_set_size_request (content, 900, 60);
  psl_test_wait (quotes_whole, content);
  wait_drawn (content, summary->facts);

  gtk_window_destroy (GTK_WINDOW (window));
  psl_row_lines_clear (&lines);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  g_test_add_func ("/row-content/found", test_found);
  g_test_add_func ("/row-content/whole", test_whole);
  g_test_add_func ("/row-content/facts", test_facts);
  g_test_add_func ("/row-content/years", test_years);
  g_test_add_func ("/row-content/quoted", test_quoted);

  return g_test_run ();
}
