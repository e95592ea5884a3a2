/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "detail-test.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "ui-test.h"

/* The keyboard on the page of a record: it stands in something that is there,
 * whatever is stored, refused or changed by others meanwhile. */

/* More than there are places that Tab stops at on the page. */
#define STEPS 120

/* Between two keys, the main loop runs: */
typedef enum
{
  NEVER,
  SOMETIMES,
  ALWAYS,
} Pace;

typedef struct
{
  const char *path;
  gboolean office;
  GtkDirectionType direction;
  const char *typed;
  Pace pace;
  gboolean changing;
} Walk;

static const Walk walks[] = {
  { "project/fast", FALSE, GTK_DIR_TAB_FORWARD, "1", NEVER, FALSE },
  { "project/back", FALSE, GTK_DIR_TAB_BACKWARD, "1", NEVER, FALSE },
  { "project/changing", FALSE, GTK_DIR_TAB_FORWARD, "1", SOMETIMES, TRUE },
  { "project/changing-back", FALSE, GTK_DIR_TAB_BACKWARD, "1", SOMETIMES, TRUE },
  { "project/reading", FALSE, GTK_DIR_TAB_FORWARD, NULL, ALWAYS, TRUE },
  { "project/emptying", FALSE, GTK_DIR_TAB_FORWARD, "", NEVER, FALSE },
  { "office/fast", TRUE, GTK_DIR_TAB_FORWARD, "1", NEVER, FALSE },
  { "office/back", TRUE, GTK_DIR_TAB_BACKWARD, "1", NEVER, FALSE },
  { "office/changing", TRUE, GTK_DIR_TAB_FORWARD, "1", SOMETIMES, TRUE },
  { "office/changing-back", TRUE, GTK_DIR_TAB_BACKWARD, "1", SOMETIMES, TRUE },
  { "office/reading", TRUE, GTK_DIR_TAB_FORWARD, NULL, ALWAYS, TRUE },
  { "office/emptying", TRUE, GTK_DIR_TAB_FORWARD, "", NEVER, FALSE },
};

/* The values that one field after another is changed to meanwhile, round and round. */
typedef struct
{
  const char *field;
  const char *language;
  const char *values[2];
} Change;

static const Change project_changes[] = {
  { "title", "fr", { "Un projet", NULL } },
  { "coverage", NULL, { "2", "4" } },
  { "beneficiaries", NULL, { "[{\"country\":\"MD\"},{\"country\":\"PL\"}]", "[{\"country\":\"PL\"}]" } },
  { "documents", "fr", { "[{\"title\":\"A sheet\"},{\"title\":\"A map\"}]", "[{\"title\":\"A map\"}]" } },
  { "budget", NULL, { "5.00 USD", NULL } },
};

static const Change office_changes[] = {
  { "name", "fr", { "Un bureau", NULL } },
  { "email", NULL, { "moldova@example.org", NULL } },
  { "phone", NULL, { "+373 22 20 00 00;ext=12", NULL } },
  { "countries", NULL, { "[{\"country\":\"MD\"},{\"country\":\"PL\"}]", NULL } },
  { "functions", NULL, { "[{\"function\":\"coordination\"}]", NULL } },
  { "former_names", "fr", { "[{\"name\":\"Kishinev\"}]", NULL } },
};

static GtkWidget *
get_focus (DetailTest *fixture)
{
  return gtk_window_get_focus (GTK_WINDOW (fixture->window));
}

static void
assert_focus (DetailTest *fixture)
{
  GtkWidget *focus = get_focus (fixture);

  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_get_mapped (focus));
  g_assert_true (gtk_widget_is_sensitive (focus));
  g_assert_true (psl_focus_is_in (GTK_WIDGET (fixture->page)));
}

static void
type (GtkWidget  *focus,
      const char *text)
{
  if (GTK_IS_TEXT_VIEW (focus))
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text, -1);
  else if (GTK_IS_EDITABLE (focus))
    gtk_editable_set_text (GTK_EDITABLE (focus), text);
}

static guint
get_changes (gboolean       office,
             const Change **changes)
{
  *changes = office ? office_changes : project_changes;
  return office ? G_N_ELEMENTS (office_changes) : G_N_ELEMENTS (project_changes);
}

static void
change (DetailTest *fixture,
        gboolean    office,
        guint       nth)
{
  const Change *changes;
  guint n = get_changes (office, &changes);
  const Change *next = &changes[nth % n];

  register_wait_set (fixture->reg, office ? fixture->office : fixture->project,
                     office ? &psl_kind_office : &psl_kind_project,
                     next->field, next->language, next->values[nth / n % 2]);
}

/* Puts something into each of those fields. */
static void
fill (DetailTest *fixture,
      gboolean    office)
{
  const Change *changes;
  guint n = get_changes (office, &changes);

  for (guint i = 0; i < n; i++)
    change (fixture, office, i);
}

static void
test_walk (DetailTest    *fixture,
           gconstpointer  data)
{
  const Walk *walk = data;
  const char *title = walk->office ? "name" : "title";

  fill (fixture, walk->office);
  psl_detail_page_show (fixture->page, walk->office ? fixture->office : fixture->project);
  detail_test_wait_for_value (fixture, title, "fr", walk->office ? "Un bureau" : "Un projet");
  gtk_widget_grab_focus (GTK_WIDGET (detail_test_find_editor (fixture, title, "en")));

  for (guint i = 0; i < STEPS; i++)
    {
      if (walk->typed != NULL)
        type (get_focus (fixture), walk->typed);
      if (walk->changing && i % 3 == 0)
        change (fixture, walk->office, i / 3);
      gtk_widget_child_focus (fixture->window, walk->direction);
      if (walk->pace == ALWAYS || (walk->pace == SOMETIMES && i % 5 == 0))
        psl_test_settle ();
      assert_focus (fixture);
    }

  psl_test_settle ();
  assert_focus (fixture);
}

static char *
dup_office_id (DetailTest *fixture)
{
  g_autoptr (PslRecord) office = register_wait_load (fixture->reg, fixture->office);

  return g_strdup (psl_record_get_id (office));
}

static gboolean
is_laid_out (gpointer widget)
{
  return gtk_widget_get_width (widget) > 0;
}

static gboolean
takes_focus (gpointer editor)
{
  return is_laid_out (editor) && gtk_widget_grab_focus (editor) && psl_editor_is_focused (editor);
}

static void
move (DetailTest       *fixture,
      GtkDirectionType  direction)
{
  gtk_widget_child_focus (fixture->window, direction);
  assert_focus (fixture);
}

static void
assert_in (DetailTest *fixture,
           const char *field,
           const char *language)
{
  g_assert_true (psl_editor_is_focused (detail_test_find_editor (fixture, field, language)));
}

static gboolean
is_link (GtkWidget *widget)
{
  return gtk_widget_has_css_class (widget, "problem");
}

/* Tab leads from the titles to the next field, whatever there is to check; also when leaving a
 * title ends its problem, or begins one. */
static void
test_problem_goes (DetailTest    *fixture,
                   gconstpointer  data)
{
  static const char *const texts[] = { "", "Un projet", "" };
  PslEditor *french;

  detail_test_show_project (fixture);
  french = detail_test_find_editor (fixture, "title", "fr");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      psl_test_wait (takes_focus, french);
      type (get_focus (fixture), texts[i]);
      move (fixture, GTK_DIR_TAB_FORWARD);
      assert_in (fixture, "project_id", NULL);
      psl_test_settle ();
      move (fixture, GTK_DIR_TAB_BACKWARD);
      assert_in (fixture, "title", "fr");
    }
}

/* All links to what is to be checked are one stop, before the titles. */
static void
test_problem_links (DetailTest    *fixture,
                    gconstpointer  data)
{
  PslEditor *title;
  const char *language;
  GtkWidget *first;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "fr", "Un texte");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "start", NULL, "2021");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "end", NULL, "2019");
  detail_test_show_project (fixture);
  title = PSL_EDITOR (psl_test_find (GTK_WIDGET (fixture->page), PSL_TYPE_EDITOR));
  language = psl_editor_get_language (title);
  psl_test_wait (takes_focus, title);
  psl_test_settle ();
  psl_test_wait (takes_focus, title);

  move (fixture, GTK_DIR_TAB_BACKWARD);
  first = get_focus (fixture);
  g_assert_true (is_link (first));
  move (fixture, GTK_DIR_TAB_FORWARD);
  assert_in (fixture, "title", language);
  move (fixture, GTK_DIR_TAB_BACKWARD);
  g_assert_true (get_focus (fixture) == first);

  move (fixture, GTK_DIR_RIGHT);
  g_assert_true (is_link (get_focus (fixture)) && get_focus (fixture) != first);
  move (fixture, GTK_DIR_LEFT);
  g_assert_true (get_focus (fixture) == first);
  move (fixture, GTK_DIR_DOWN);
  g_assert_true (is_link (get_focus (fixture)) && get_focus (fixture) != first);
  move (fixture, GTK_DIR_TAB_FORWARD);
  assert_in (fixture, "title", language);
}

/* Where Tab leads from a field. */
static GtkWidget *
find_next (DetailTest *fixture,
           const char *field)
{
  PslEditor *editor = detail_test_find_editor (fixture, field, NULL);

  /* A page that has just come may still move the focus once. */
  psl_test_wait (takes_focus, editor);
  psl_test_settle ();
  psl_test_wait (takes_focus, editor);
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  psl_test_settle ();
  assert_focus (fixture);
  return get_focus (fixture);
}

/* Tab leads from field to field, whether one holds a value that can be opened or not. */
static void
test_tab_passes_opener (DetailTest    *fixture,
                        gconstpointer  data)
{
  g_autofree char *office = dup_office_id (fixture);
  GtkWidget *next;

  detail_test_show_project (fixture);
  next = find_next (fixture, "office");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "office", NULL, office);
  detail_test_wait_for_value (fixture, "office", NULL, office);
  g_assert_true (find_next (fixture, "office") == next);

  psl_detail_page_show (fixture->page, fixture->office);
  detail_test_wait_for_value (fixture, "name", "en", "An office");
  next = find_next (fixture, "email");
  register_wait_set (fixture->reg, fixture->office, &psl_kind_office, "email", NULL, "moldova@example.org");
  detail_test_wait_for_value (fixture, "email", NULL, "moldova@example.org");
  g_assert_true (find_next (fixture, "email") == next);
}

static gboolean
press_ctrl_enter (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      guint n_shortcuts = GTK_IS_SHORTCUT_CONTROLLER (controller)
                          ? g_list_model_get_n_items (G_LIST_MODEL (controller)) : 0;

      for (guint j = 0; j < n_shortcuts; j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *keys = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_has_prefix (keys, "<Control>Return"))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, NULL);
        }
    }

  g_assert_not_reached ();
}

static void
opened_cb (PslDetailPage *page,
           gint64         rid,
           gint64        *opened)
{
  *opened = rid;
}

static gboolean
is_opened (gpointer opened)
{
  return *(gint64 *) opened != 0;
}

/* A key opens what a field leads to, where it leads somewhere. */
static void
test_opener_key (DetailTest    *fixture,
                 gconstpointer  data)
{
  g_autofree char *office = dup_office_id (fixture);
  gint64 opened = 0;
  GtkWidget *editor;

  g_signal_connect (fixture->page, "open-record", G_CALLBACK (opened_cb), &opened);
  detail_test_show_project (fixture);
  editor = GTK_WIDGET (detail_test_find_editor (fixture, "office", NULL));
  g_assert_false (press_ctrl_enter (editor));

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "office", NULL, office);
  detail_test_wait_for_value (fixture, "office", NULL, office);
  g_assert_true (press_ctrl_enter (editor));
  psl_test_wait (is_opened, &opened);
  g_assert_cmpint (opened, ==, fixture->office);
}

static gboolean
is_insensitive (gpointer data)
{
  return !gtk_widget_is_sensitive (GTK_WIDGET (detail_test_find_editor (data, "title", "en")));
}

/* Keys that are typed on do nothing there. */
static void
assert_idle_focus (DetailTest *fixture)
{
  assert_focus (fixture);
  g_assert_true (GTK_IS_SCROLLED_WINDOW (get_focus (fixture)));
}

static void
type_in (DetailTest *fixture,
         const char *field,
         const char *language,
         const char *text)
{
  PslEditor *editor = detail_test_find_editor (fixture, field, language);

  gtk_widget_grab_focus (GTK_WIDGET (editor));
  type (get_focus (fixture), text);
}

/* Somebody else trashes the record that is being typed in: what was typed is stored in it. */
static void
test_trashed (DetailTest    *fixture,
              gconstpointer  data)
{
  detail_test_show_project (fixture);
  type_in (fixture, "title", "en", "A project to");
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_TRASHED, NULL, NULL);
  psl_test_wait (is_insensitive, fixture);
  assert_idle_focus (fixture);
  psl_test_settle ();
  assert_idle_focus (fixture);

  psl_detail_page_show (fixture->page, 0);
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_LIVE, NULL, NULL);
  psl_detail_page_show (fixture->page, fixture->project);
  detail_test_wait_for_value (fixture, "title", "en", "A project to");
}

static gboolean
shows_no_record (gpointer data)
{
  return psl_test_find (GTK_WIDGET (((DetailTest *) data)->page), ADW_TYPE_STATUS_PAGE) != NULL;
}

static gboolean
holds_text (GtkWidget  *editor,
            const char *text)
{
  return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (psl_test_find (editor, GTK_TYPE_ENTRY))), text);
}

static gboolean
holds_drafts (gpointer data)
{
  PslEditor *start = detail_test_find_editor (data, "start", NULL);
  PslEditor *year = detail_test_find_editor (data, "year", NULL);

  return start != NULL && holds_text (GTK_WIDGET (start), "soon") && holds_text (GTK_WIDGET (year), "2021");
}

static gboolean
keeps_drafts (gpointer data)
{
  return psl_detail_page_get_draft (((DetailTest *) data)->page) != NULL;
}

/* The record that is being typed in goes for good: what was typed waits for it. */
static void
test_gone (DetailTest    *fixture,
           gconstpointer  data)
{
  detail_test_show_project (fixture);
  type_in (fixture, "start", NULL, "soon");
  type_in (fixture, "year", NULL, "2021");
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_TRASHED, NULL, NULL);
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_GONE, NULL, NULL);
  psl_test_wait (shows_no_record, fixture);
  assert_idle_focus (fixture);
  psl_test_wait (keeps_drafts, fixture);
  psl_test_settle ();
  assert_idle_focus (fixture);

  psl_detail_page_show (fixture->page, 0);
  assert_idle_focus (fixture);
  psl_register_set_state_async (fixture->reg, &fixture->project, 1, PSL_RECORD_LIVE, NULL, NULL);
  psl_detail_page_show (fixture->page, fixture->project);
  psl_test_wait (holds_drafts, fixture);
}

static gboolean
is_long (gpointer data)
{
  GtkAdjustment *adjustment = data;

  return gtk_adjustment_get_upper (adjustment) > 3 * gtk_adjustment_get_page_size (adjustment);
}

/* A place of a page, and how far the page has to be scrolled for it at least. */
typedef struct
{
  GtkAdjustment *adjustment;
  double least;
} Scrolled;

static gboolean
is_scrolled (gpointer data)
{
  Scrolled *wanted = data;

  return gtk_adjustment_get_value (wanted->adjustment) > wanted->least;
}

/* A text that is higher than the page gets the focus at its cursor, where somebody
 * clicked: the page stays. */
static void
test_long_text (DetailTest    *fixture,
                gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *editor, *view, *window;
  GtkTextBuffer *buffer;
  GtkAdjustment *adjustment;
  GtkTextIter iter;
  graphene_point_t top;
  double value;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "Line %u\n", i);
  g_string_append (text, "The last line");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "description", "en", text->str);
  detail_test_show_project (fixture);
  editor = GTK_WIDGET (detail_test_find_editor (fixture, "description", "en"));
  view = psl_test_find (editor, GTK_TYPE_TEXT_VIEW);
  window = gtk_widget_get_ancestor (editor, GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  psl_test_wait (is_long, adjustment);

  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_buffer_get_iter_at_line (buffer, &iter, 105);
  gtk_text_buffer_place_cursor (buffer, &iter);
  g_assert_true (gtk_widget_compute_point (view, gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (window)),
                                           &GRAPHENE_POINT_INIT (0, gtk_widget_get_height (view) / 2.0f), &top));
  gtk_adjustment_set_value (adjustment, top.y - gtk_adjustment_get_page_size (adjustment) / 2);
  value = gtk_adjustment_get_value (adjustment);
  psl_test_settle ();

  g_assert_true (gtk_widget_grab_focus (view));
  psl_test_draw (view);
  psl_test_settle ();
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (adjustment), value, 1);

  /* By Tab, the line of the cursor comes into view. */
  gtk_widget_grab_focus (GTK_WIDGET (detail_test_find_editor (fixture, "title", "en")));
  psl_test_draw (view);
  gtk_adjustment_set_value (adjustment, 0);
  psl_test_settle ();
  gtk_widget_grab_focus (view);
  psl_test_wait (is_scrolled, &(Scrolled) { adjustment, top.y / 3 });
  assert_focus (fixture);
}

static void
get_bounds (GtkWidget       *widget,
            GtkWidget       *window,
            graphene_rect_t *bounds)
{
  g_assert_true (gtk_widget_compute_bounds (widget, window, bounds));
}

static gboolean
is_seen_whole (gpointer editor)
{
  GtkWidget *window = gtk_widget_get_ancestor (editor, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  get_bounds (editor, window, &bounds);
  return bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (window);
}

/* A field at the end of the page is seen whole, with its label and its frame. */
static void
test_whole_field (DetailTest    *fixture,
                  gconstpointer  data)
{
  GtkWidget *editor, *window;
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  detail_test_show_project (fixture);
  editor = GTK_WIDGET (detail_test_find_editor (fixture, "predecessor", NULL));
  window = gtk_widget_get_ancestor (editor, GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  psl_test_wait (is_laid_out, editor);

  /* The field lies below the page, and comes in from its end. */
  gtk_adjustment_set_value (adjustment, 0);
  psl_test_settle ();
  get_bounds (editor, window, &bounds);
  g_assert_cmpfloat (bounds.origin.y, >, gtk_widget_get_height (window));
  g_assert_true (gtk_widget_grab_focus (editor));
  psl_test_wait (is_seen_whole, editor);
}

/* A link ends in the same line as other choices, whether there is something to open. */
static void
test_arrows_in_line (DetailTest    *fixture,
                     gconstpointer  data)
{
  GtkWidget *type, *office;
  graphene_rect_t type_bounds, office_bounds;

  detail_test_show_project (fixture);
  type = GTK_WIDGET (detail_test_find_editor (fixture, "type", NULL));
  office = GTK_WIDGET (detail_test_find_editor (fixture, "office", NULL));
  psl_test_wait (is_laid_out, office);
  get_bounds (psl_test_find (type, GTK_TYPE_BUTTON), type, &type_bounds);
  get_bounds (psl_test_find (office, GTK_TYPE_BUTTON), office, &office_bounds);
  g_assert_cmpfloat (office_bounds.origin.x + office_bounds.size.width, ==,
                     type_bounds.origin.x + type_bounds.size.width);
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (walks); i++)
    {
      g_autofree char *path = g_strconcat ("/focus/walk/", walks[i].path, NULL);

      g_test_add (path, DetailTest, &walks[i], detail_test_set_up, test_walk, detail_test_tear_down);
    }
  detail_test_add ("/focus/problem-goes", test_problem_goes);
  detail_test_add ("/focus/problem-links", test_problem_links);
  detail_test_add ("/focus/tab-passes-opener", test_tab_passes_opener);
  detail_test_add ("/focus/opener-key", test_opener_key);
  detail_test_add ("/focus/trashed", test_trashed);
  detail_test_add ("/focus/gone", test_gone);
  detail_test_add ("/focus/long-text", test_long_text);
  detail_test_add ("/focus/whole-field", test_whole_field);
  detail_test_add ("/focus/arrows-in-line", test_arrows_in_line);

  return g_test_run ();
}
