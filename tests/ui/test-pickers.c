/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "detail-test.h"
#include "keys.h"
#include "psl-chip.h"
#include "psl-filter-bar.h"
#include "psl-filter-chip.h"
#include "psl-focus.h"
#include "psl-kinds.h"
#include "psl-picker.h"
#include "psl-sort-button.h"
#include "ui-test.h"

/* Pickers and menus take the keyboard when they open: they give it back, whatever was chosen,
 * and a list is searched by typing. */

static GtkWidget *
find_popover (GtkWidget *widget)
{
  return psl_test_find (widget, GTK_TYPE_POPOVER);
}

static gboolean
is_open (gpointer data)
{
  return gtk_widget_get_mapped (data) && psl_focus_is_in (data);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static gboolean
is_laid_out (gpointer data)
{
  return gtk_widget_get_width (data) > 0;
}

/* Presses the last button in @widget, which opens something. The keyboard is in the button or,
 * where Tab passes the button by, in the field. */
static GtkWidget *
open_by_button (GtkWidget *widget,
                GtkWidget *button)
{
  GtkWidget *popover;

  psl_test_wait (is_laid_out, widget);
  g_assert_true (gtk_widget_grab_focus (gtk_widget_get_focusable (button) ? button : widget));
  g_signal_emit_by_name (button, "clicked");
  popover = find_popover (widget);
  g_assert_nonnull (popover);
  psl_test_wait (is_open, popover);
  return popover;
}

static GtkWidget *
find_last_button (GtkWidget *widget)
{
  GtkWidget *found = G_OBJECT_TYPE (widget) == GTK_TYPE_BUTTON && gtk_widget_get_visible (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *in_child = GTK_IS_POPOVER (child) ? NULL : find_last_button (child);

      if (in_child != NULL)
        found = in_child;
    }

  return found;
}

static void
assert_closed (GtkWidget *popover,
               GtkWidget *field)
{
  g_assert_false (gtk_widget_get_visible (popover));
  /* At once, and when GTK has tidied up after the popover. */
  g_assert_true (psl_focus_is_in (field));
  g_assert_false (psl_focus_is_in (popover));
  psl_test_settle ();
  g_assert_true (psl_focus_is_in (field));
  g_assert_false (psl_focus_is_in (popover));
}

static GtkEditable *
get_search (GtkWidget *popover)
{
  return GTK_EDITABLE (psl_test_find (popover, GTK_TYPE_SEARCH_ENTRY));
}

static GListModel *
get_items (GtkWidget *popover)
{
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (psl_test_find (popover, GTK_TYPE_LIST_VIEW))));
}

static const char *
get_title (GtkWidget *popover,
           guint      nth)
{
  g_autoptr (PslPickerItem) item = g_list_model_get_item (get_items (popover), nth);

  g_assert_nonnull (item);
  return psl_picker_item_get_title (item);
}

static void
press_enter (GtkWidget *popover)
{
  g_signal_emit_by_name (get_search (popover), "activate");
}

static gboolean
has_value (gpointer data)
{
  return psl_editor_get_value (data) != NULL;
}

/* Every field that opens something: closed without a choice. */
static void
test_escape (DetailTest    *fixture,
             gconstpointer  data)
{
  static const char *const fields[] = {
    "type", "office", "status", "start", "end", "budget", "coverage", "region", "beneficiaries", "predecessor", "sdg",
  };

  detail_test_show_project (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *editor = GTK_WIDGET (detail_test_find_editor (fixture, fields[i], NULL));
      GtkWidget *popover = open_by_button (editor, find_last_button (editor));

      gtk_popover_popdown (GTK_POPOVER (popover));
      assert_closed (popover, editor);
    }
}

static void
test_choice (DetailTest    *fixture,
             gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "coverage", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  g_signal_emit_by_name (psl_test_find (popover, GTK_TYPE_LIST_VIEW), "activate", 1);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "2");
  assert_closed (popover, GTK_WIDGET (editor));
}

/* A short list is searched by typing too, and Enter does not wait for a pause. */
static void
test_short (DetailTest    *fixture,
            gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "status", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_search (popover))));

  /* The items of the list may change while it is open. */
  psl_picker_search_again (PSL_PICKER (popover));
  g_assert_true (psl_focus_is_in (psl_test_find (popover, GTK_TYPE_LIST_VIEW)));
  psl_test_settle ();
  g_assert_true (psl_focus_is_in (psl_test_find (popover, GTK_TYPE_LIST_VIEW)));

  psl_picker_search_for (PSL_PICKER (popover), "a");
  g_assert_true (psl_focus_is_in (GTK_WIDGET (get_search (popover))));
  gtk_editable_set_text (get_search (popover), "act");
  press_enter (popover);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "2");
  assert_closed (popover, GTK_WIDGET (editor));
}

/* Enter right after the last letter: the entry, which says a moment later that it was
 * typed, must not take it back. */
static void
test_fast (DetailTest    *fixture,
           gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "office", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "an off");
  press_enter (popover);
  g_assert_null (psl_editor_get_value (editor));
  g_signal_emit_by_name (get_search (popover), "search-changed");
  psl_test_wait (has_value, editor);
  assert_closed (popover, GTK_WIDGET (editor));
}

/* Presses a key on @widget, as its key controllers get it. */
static gboolean
press_key (GtkWidget *widget,
           guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0u, (GdkModifierType) 0, &handled);
    }
  return handled;
}

/* A button that opens a list takes the first letter of what is sought, or Enter. */
static void
test_keys (DetailTest    *fixture,
           gconstpointer  data)
{
  static const char *const fields[] = { "type", "office", "status", "coverage", "region", "beneficiaries", "sdg" };

  detail_test_show_project (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *editor = GTK_WIDGET (detail_test_find_editor (fixture, fields[i], NULL));
      GtkWidget *button = find_last_button (editor);
      GtkWidget *popover;

      psl_test_wait (is_laid_out, editor);
      g_assert_true (gtk_widget_grab_focus (button));
      g_assert_true (press_key (button, GDK_KEY_e));
      popover = find_popover (editor);
      psl_test_wait (is_open, popover);
      g_assert_cmpstr (gtk_editable_get_text (get_search (popover)), ==, "e");
      gtk_popover_popdown (GTK_POPOVER (popover));
      assert_closed (popover, editor);

      g_assert_true (press_key (button, GDK_KEY_Return));
      psl_test_wait (is_open, popover);
      g_assert_cmpstr (gtk_editable_get_text (get_search (popover)), ==, "");
      gtk_popover_popdown (GTK_POPOVER (popover));
    }
}

typedef struct
{
  PslPicker *picker;
  guint n_calls;
  gboolean is_back;
  gboolean is_left;
} Leaving;

/* As a table does with Tab in the picker of a cell. */
static void
leave_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  Leaving *leaving = data;

  leaving->n_calls++;
  leaving->is_back = g_variant_get_boolean (parameter);
  leaving->is_left = psl_picker_leave (leaving->picker);
}

static gboolean
is_left (gpointer data)
{
  return ((Leaving *) data)->is_left;
}

/* Opens the choices of a field, and has @leaving follow Tab in them. */
static PslEditor *
open_to_leave (DetailTest *fixture,
               const char *field,
               Leaving    *leaving)
{
  static const GActionEntry entry = { .name = "leave", .activate = leave_cb, .parameter_type = "b" };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  PslEditor *editor = detail_test_find_editor (fixture, field, NULL);

  *leaving = (Leaving) { PSL_PICKER (open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)))) };
  g_action_map_add_action_entries (G_ACTION_MAP (actions), &entry, 1, leaving);
  gtk_widget_insert_action_group (fixture->window, "picker", G_ACTION_GROUP (actions));
  return editor;
}

/* Tab takes what the person has gone to, and nothing of a list that was only looked at. */
static void
test_tab (DetailTest    *fixture,
          gconstpointer  data)
{
  Leaving leaving;
  PslEditor *editor;

  detail_test_show_project (fixture);
  editor = open_to_leave (fixture, "status", &leaving);
  g_assert_true (press_key (GTK_WIDGET (leaving.picker), GDK_KEY_Tab));
  g_assert_true (leaving.is_left);
  g_assert_null (psl_editor_get_value (editor));
  assert_closed (GTK_WIDGET (leaving.picker), GTK_WIDGET (editor));

  open_to_leave (fixture, "status", &leaving);
  psl_picker_search_for (leaving.picker, "");
  g_assert_true (press_key (GTK_WIDGET (get_search (GTK_WIDGET (leaving.picker))), GDK_KEY_Down));
  g_assert_true (press_key (GTK_WIDGET (leaving.picker), GDK_KEY_Tab));
  g_assert_true (leaving.is_left);
  g_assert_cmpuint (leaving.n_calls, ==, 1);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "1");
  assert_closed (GTK_WIDGET (leaving.picker), GTK_WIDGET (editor));
}

/* Tab right after the last letter: once the records are found, the first is taken, and Tab
 * leads where it would have led. */
static void
test_tab_fast (DetailTest    *fixture,
               gconstpointer  data)
{
  Leaving leaving;
  PslEditor *editor;

  detail_test_show_project (fixture);
  editor = open_to_leave (fixture, "office", &leaving);
  gtk_editable_set_text (get_search (GTK_WIDGET (leaving.picker)), "an off");
  g_assert_true (press_key (GTK_WIDGET (leaving.picker), GDK_KEY_ISO_Left_Tab));
  g_assert_false (leaving.is_left);
  psl_test_wait (is_left, &leaving);
  g_assert_true (leaving.is_back);
  g_assert_cmpuint (leaving.n_calls, ==, 2);
  g_assert_nonnull (psl_editor_get_value (editor));
  assert_closed (GTK_WIDGET (leaving.picker), GTK_WIDGET (editor));
}

/* Of several, what is chosen already stays. */
static void
test_tab_several (DetailTest    *fixture,
                  gconstpointer  data)
{
  Leaving leaving;
  PslEditor *editor;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "beneficiaries", NULL, "[{\"country\":\"MD\"}]");
  detail_test_show_project (fixture);
  for (guint i = 0; i < 2; i++)
    {
      editor = open_to_leave (fixture, "beneficiaries", &leaving);
      gtk_editable_set_text (get_search (GTK_WIDGET (leaving.picker)), i == 0 ? "moldov" : "belize");
      g_assert_true (press_key (GTK_WIDGET (leaving.picker), GDK_KEY_Tab));
      g_assert_true (leaving.is_left);
      g_assert_cmpuint (leaving.n_calls, ==, 1);
      assert_closed (GTK_WIDGET (leaving.picker), GTK_WIDGET (editor));
      g_assert_cmpstr (psl_editor_get_value (editor), ==,
                       i == 0 ? "[{\"country\":\"MD\"}]" : "[{\"country\":\"MD\"},{\"country\":\"BZ\"}]");
    }
}

static gboolean
offers_currency (gpointer popover)
{
  guint n = g_list_model_get_n_items (get_items (popover));

  return n > 0 && g_str_equal (get_title (popover, n - 1), "QQQ");
}

/* A currency that is picked leaves what is typed, which is no amount yet. */
static void
test_currency (DetailTest    *fixture,
               gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;
  GtkEditable *entry;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "5.00 USD");
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "budget", NULL, "5.00 USD");
  editor = detail_test_find_editor (fixture, "budget", NULL);
  entry = GTK_EDITABLE (psl_test_find (GTK_WIDGET (editor), GTK_TYPE_ENTRY));
  detail_test_type (editor, "85000 or 90000");
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "euro");
  press_enter (popover);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "85000 or 90000");
  g_assert_nonnull (psl_editor_frame_get_error (PSL_EDITOR_FRAME (editor)));
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "5.00 USD");

  gtk_editable_set_text (entry, "85000");
  g_assert_true (psl_editor_flush (editor));
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "85000.00 EUR");
}

/* The currency of one project is not that of the next, which has no budget. */
static void
test_usual_currency (DetailTest    *fixture,
                     gconstpointer  data)
{
  gint64 other = register_wait_create (fixture->reg, &psl_kind_project);
  PslEditor *editor;

  register_wait_set (fixture->reg, other, &psl_kind_project, "title", "en", "Another project");
  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "5.00 EUR");
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "budget", NULL, "5.00 EUR");
  psl_detail_page_show (fixture->page, other);
  detail_test_wait_for_value (fixture, "title", "en", "Another project");
  editor = detail_test_find_editor (fixture, "budget", NULL);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find_last_button (GTK_WIDGET (editor)))), ==, "USD");
  detail_test_type (editor, "300000");
  g_assert_true (psl_editor_flush (editor));
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "300000.00 USD");
}

/* Tab leads from a date to the next field, and F4 opens the calendar or the currencies. */
static void
test_choosers (DetailTest    *fixture,
               gconstpointer  data)
{
  static const char *const fields[] = { "start", "end", "budget" };
  GtkWidget *start, *end;

  detail_test_show_project (fixture);
  start = GTK_WIDGET (detail_test_find_editor (fixture, "start", NULL));
  end = GTK_WIDGET (detail_test_find_editor (fixture, "end", NULL));
  psl_test_wait (is_laid_out, start);
  g_assert_true (gtk_widget_grab_focus (start));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
  g_assert_true (psl_focus_is_in (end));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *editor = GTK_WIDGET (detail_test_find_editor (fixture, fields[i], NULL));
      GtkWidget *popover;

      psl_test_wait (is_laid_out, editor);
      g_assert_true (gtk_widget_grab_focus (editor));
      g_assert_true (keys_press (GTK_WINDOW (fixture->window), GDK_KEY_F4, 0));
      popover = find_popover (editor);
      g_assert_nonnull (popover);
      psl_test_wait (is_open, popover);
      gtk_popover_popdown (GTK_POPOVER (popover));
      assert_closed (popover, editor);
    }
}

/* Three capitals that no list has are picked as a currency, and offered while the amount is in it. */
static void
test_unlisted_currency (DetailTest    *fixture,
                        gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *button;
  GtkWidget *popover;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "budget", NULL, "5.00 USD");
  detail_test_show_project (fixture);
  detail_test_wait_for_value (fixture, "budget", NULL, "5.00 USD");
  editor = detail_test_find_editor (fixture, "budget", NULL);
  button = find_last_button (GTK_WIDGET (editor));
  popover = open_by_button (GTK_WIDGET (editor), button);
  gtk_editable_set_text (get_search (popover), "QQ");
  press_enter (popover);
  g_assert_cmpuint (g_list_model_get_n_items (get_items (popover)), ==, 0);
  gtk_editable_set_text (get_search (popover), "QQQ");
  press_enter (popover);
  assert_closed (popover, GTK_WIDGET (editor));
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "5.00 QQQ");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "QQQ");

  popover = open_by_button (GTK_WIDGET (editor), button);
  gtk_editable_set_text (get_search (popover), "q");
  psl_test_wait (offers_currency, popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  detail_test_type (editor, "62");
  g_assert_true (psl_editor_flush (editor));
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "62.00 QQQ");
}

/* One of several: the words go, the mark comes, and the popover stays. */
static void
test_several (DetailTest    *fixture,
              gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;
  GdkRectangle before, after;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "beneficiaries", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_popover_get_pointing_to (GTK_POPOVER (popover), &before);

  gtk_editable_set_text (get_search (popover), "moldov");
  press_enter (popover);
  gtk_editable_set_text (get_search (popover), "belize");
  press_enter (popover);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "[{\"country\":\"MD\"},{\"country\":\"BZ\"}]");
  g_assert_cmpstr (gtk_editable_get_text (get_search (popover)), ==, "");
  psl_test_settle ();
  g_assert_true (psl_focus_is_in (popover));
  gtk_popover_get_pointing_to (GTK_POPOVER (popover), &after);
  g_assert_true (gdk_rectangle_equal (&before, &after));

  /* Picked once more, it goes, and the keyboard stays where it is. */
  gtk_editable_set_text (get_search (popover), "moldov");
  press_enter (popover);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "[{\"country\":\"BZ\"}]");
  g_assert_true (psl_focus_is_in (popover));

  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, GTK_WIDGET (editor));
}

/* A text that no list has is offered where it is written like a code: kept, and shown as it
 * is with a notice. */
static void
test_unlisted (DetailTest    *fixture,
               gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "status", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "Nonsense");
  press_enter (popover);
  g_assert_cmpuint (g_list_model_get_n_items (get_items (popover)), ==, 0);
  gtk_editable_set_text (get_search (popover), "A07");
  press_enter (popover);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "A07");
  assert_closed (popover, GTK_WIDGET (editor));

  editor = detail_test_find_editor (fixture, "beneficiaries", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "XQ");
  press_enter (popover);
  gtk_editable_set_text (get_search (popover), "moldov");
  press_enter (popover);
  g_assert_cmpstr (psl_editor_get_value (editor), ==, "[{\"country\":\"XQ\"},{\"country\":\"MD\"}]");
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, GTK_WIDGET (editor));
}

static gboolean
is_offered (gpointer data)
{
  return g_list_model_get_n_items (get_items (data)) == 1 && g_str_equal (get_title (data, 0), "Create “Chisinau”…");
}

static gint64
count_offices (DetailTest *fixture)
{
  g_autoptr (PslQuery) query = psl_query_new (&psl_kind_office);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 count;

  psl_register_count_async (fixture->reg, query, NULL, answer_cb, &result);
  wait_until (result != NULL);
  count = psl_register_count_finish (fixture->reg, result, &error);
  g_assert_no_error (error);
  return count;
}

/* The record that a link is to lead to is made where it is missed. */
static void
test_create (DetailTest    *fixture,
             gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;
  g_autoptr (PslRecord) record = NULL;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "office", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));

  /* Nothing is made of words that nobody has seen to be missing. */
  gtk_editable_set_text (get_search (popover), "Chisinau");
  press_enter (popover);
  psl_test_wait (is_offered, popover);
  g_assert_null (psl_editor_get_value (editor));

  press_enter (popover);
  g_assert_nonnull (psl_editor_get_value (editor));
  assert_closed (popover, GTK_WIDGET (editor));
  record = register_wait_load (fixture->reg, fixture->project);
  g_assert_cmpstr (psl_record_get_link_title (record, psl_editor_get_field (editor)), ==, "Chisinau");

  /* One step back: the link, and the office with it. */
  g_assert_cmpint (count_offices (fixture), ==, 2);
  g_assert_true (register_wait_undo (fixture->reg));
  g_clear_object (&record);
  record = register_wait_load (fixture->reg, fixture->project);
  g_assert_null (psl_record_get_by_name (record, "office"));
  g_assert_cmpint (count_offices (fixture), ==, 1);
}

static gboolean
is_not_offered (gpointer data)
{
  return g_list_model_get_n_items (get_items (data)) == 0;
}

/* An amount or a date that somebody typed ahead of its field makes no office. */
static void
test_create_no_amount (DetailTest    *fixture,
                       gconstpointer  data)
{
  static const char *const words[] = { "2020100000,00", "500 USD", "12 €", "31/02/2021", "mai 2021", "2020-05-17", "–" };
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "office", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gtk_editable_set_text (get_search (popover), "Chisinau");
      press_enter (popover);
      psl_test_wait (is_offered, popover);
      gtk_editable_set_text (get_search (popover), words[i]);
      press_enter (popover);
      psl_test_wait (is_not_offered, popover);
      press_enter (popover);
    }

  g_assert_null (psl_editor_get_value (editor));
  g_assert_cmpint (count_offices (fixture), ==, 1);
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, GTK_WIDGET (editor));
}

static gboolean
is_found (gpointer data)
{
  return g_list_model_get_n_items (get_items (data)) == 1 && g_str_equal (get_title (data, 0), "An office");
}

/* An office may be called like an amount in a currency that no list has. */
static gboolean
offers_short_name (gpointer popover)
{
  return g_list_model_get_n_items (get_items (popover)) == 1 && g_str_equal (get_title (popover, 0), "Create “RTL 9”…");
}

static void
test_create_short_name (DetailTest    *fixture,
                        gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "office", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "RTL 9");
  psl_test_wait (offers_short_name, popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, GTK_WIDGET (editor));
}

/* What is there already is not offered to be made. */
static void
test_found (DetailTest    *fixture,
            gconstpointer  data)
{
  PslEditor *editor;
  GtkWidget *popover;

  detail_test_show_project (fixture);
  editor = detail_test_find_editor (fixture, "office", NULL);
  popover = open_by_button (GTK_WIDGET (editor), find_last_button (GTK_WIDGET (editor)));
  gtk_editable_set_text (get_search (popover), "an OFFICE");
  psl_test_wait (is_found, popover);
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, GTK_WIDGET (editor));
}

static void
test_chip (DetailTest    *fixture,
           gconstpointer  data)
{
  GtkWidget *editor, *chip, *popover;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "beneficiaries", NULL,
                     "[{\"country\":\"MD\"}]");
  detail_test_show_project (fixture);
  editor = GTK_WIDGET (detail_test_find_editor (fixture, "beneficiaries", NULL));
  chip = psl_test_find (editor, PSL_TYPE_CHIP);
  popover = open_by_button (chip, psl_test_find (chip, GTK_TYPE_BUTTON));
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, chip);
}

/* Of buttons that are no fields: the menu of an entry, the order, the filters. */
static void
assert_returns (GtkWidget *widget)
{
  GtkWidget *button = psl_test_find (widget, GTK_TYPE_MENU_BUTTON);
  GtkPopover *popover;

  psl_test_wait (is_laid_out, button);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  psl_test_wait (is_open, popover);
  gtk_popover_popdown (popover);
  assert_closed (GTK_WIDGET (popover), button);
}

static gboolean
offers_three (gpointer data)
{
  return g_list_model_get_n_items (get_items (data)) == 3;
}

static gboolean
has_read_codes (gpointer data)
{
  guint n = g_list_model_get_n_items (get_items (data));

  return n > 0 && g_str_equal (get_title (data, n - 1), "XR");
}

/* A filter offers codes that records have and no list does. */
static void
test_filter_unlisted (DetailTest    *fixture,
                      gconstpointer  data)
{
  g_autoptr (GPtrArray) offers = psl_filter_offers_new (&psl_kind_project);
  g_autoptr (PslFilterChip) chip = NULL;
  GtkWidget *popover;
  GtkWidget *window;

  register_wait_set (fixture->reg, fixture->project, &psl_kind_project, "beneficiaries", NULL,
                     "[{\"country\":\"XQ\"},{\"country\":\"XR\"},{\"country\":\"PE\"}]");
  chip = g_object_ref_sink (psl_filter_chip_new (psl_filter_offers_find (offers, "beneficiaries"), NULL, fixture->reg, "en"));
  /* As in the filter bar: GTK closes a popover that a layout leaves outside the window. */
  gtk_widget_set_valign (GTK_WIDGET (chip), GTK_ALIGN_START);
  window = psl_test_window (GTK_WIDGET (chip));
  popover = find_popover (GTK_WIDGET (chip));
  psl_test_wait (is_laid_out, chip);
  gtk_popover_popup (GTK_POPOVER (popover));
  psl_test_wait (is_open, popover);
  psl_test_wait (has_read_codes, popover);
  gtk_editable_set_text (get_search (popover), "x");
  psl_test_wait (offers_three, popover);
  /* After Kosovo, whose code is XK. */
  g_assert_cmpstr (get_title (popover, 1), ==, "XQ");
  g_assert_cmpstr (get_title (popover, 2), ==, "XR");
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What a range is entered in. */
typedef struct
{
  PslFilterChip *chip;
  GtkWidget *popover;
  GtkWidget *window;
  GtkEditable *from;
  GtkEditable *to;
  GtkLabel *problem;
} Range;

static void
open_range (DetailTest *fixture,
            const char *field,
            Range      *range)
{
  g_autoptr (GPtrArray) offers = psl_filter_offers_new (&psl_kind_project);
  GtkGrid *grid;

  range->chip = psl_filter_chip_new (psl_filter_offers_find (offers, field), NULL, fixture->reg, "en");
  gtk_widget_set_valign (GTK_WIDGET (range->chip), GTK_ALIGN_START);
  range->window = psl_test_window (GTK_WIDGET (range->chip));
  range->popover = find_popover (GTK_WIDGET (range->chip));
  psl_test_wait (is_laid_out, range->chip);
  psl_filter_chip_open (range->chip);
  psl_test_wait (is_open, range->popover);
  grid = GTK_GRID (psl_test_find (range->popover, GTK_TYPE_GRID));
  range->from = GTK_EDITABLE (gtk_grid_get_child_at (grid, 1, 0));
  range->to = GTK_EDITABLE (gtk_grid_get_child_at (grid, 1, 1));
  range->problem = GTK_LABEL (gtk_grid_get_child_at (grid, 0, 3));
}

static void
assert_range (const Range *range,
              const char  *from,
              const char  *to)
{
  const PslFilter *filter = psl_filter_chip_get_filter (range->chip);

  g_assert_nonnull (filter);
  g_assert_cmpstr (filter->values[0], ==, from);
  g_assert_cmpstr (filter->values[1], ==, to);
}

static gboolean
is_invalid (GtkEditable *entry)
{
  return gtk_widget_has_css_class (GTK_WIDGET (entry), "error") &&
         gtk_test_accessible_has_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID) &&
         gtk_test_accessible_has_relation (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
}

static void
assert_problem (const Range *range,
                GtkEditable *wrong,
                const char  *message)
{
  g_assert_cmpstr (gtk_label_get_label (range->problem), ==, message != NULL ? message : "");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (range->problem)) == (message != NULL));
  g_assert_true (is_invalid (range->from) == (wrong == range->from));
  g_assert_true (is_invalid (range->to) == (wrong == range->to));
}

/* What is typed into a range: the bounds, what makes them fit and not fit again, and what the
 * register makes of it. */
typedef struct
{
  const char *name;
  const char *from;
  const char *to;
  guint n_rewritten;
  const char *higher_to;
  const char *higher_from;
  const char *canonical_from;
  const char *canonical_to;
  const char *too_low;
  const char *too_high;
} RangeCase;

/* Types at the end of an entry, in place of @n_removed letters: what the entry holds in between
 * is typed, too. */
static void
rewrite (GtkEditable *entry,
         guint        n_removed,
         const char  *text)
{
  int length = (int) g_utf8_strlen (gtk_editable_get_text (entry), -1);
  int position = length - (int) n_removed;

  if (n_removed > 0)
    gtk_editable_delete_text (entry, position, -1);
  if (*text != '\0')
    gtk_editable_insert_text (entry, text, -1, &position);
}

/* A range in which nothing lies is not taken: what was typed last is said to be wrong, and the
 * range before stays. */
static void
check_range (DetailTest      *fixture,
             const RangeCase *told)
{
  Range range;

  open_range (fixture, told->name, &range);
  rewrite (range.from, 0, told->from);
  assert_range (&range, told->canonical_from, "");
  /* It may be growing still. */
  rewrite (range.to, 0, told->to);
  assert_problem (&range, NULL, NULL);
  psl_test_wait (is_mapped, range.problem);
  assert_problem (&range, range.to, told->too_low);
  assert_range (&range, told->canonical_from, "");
  g_signal_emit_by_name (range.to, "activate");
  g_assert_true (gtk_widget_get_visible (range.popover));

  rewrite (range.to, told->n_rewritten, told->higher_to);
  assert_problem (&range, NULL, NULL);
  assert_range (&range, told->canonical_from, told->canonical_to);

  rewrite (range.from, told->n_rewritten, told->higher_from);
  assert_problem (&range, NULL, NULL);
  g_signal_emit_by_name (range.from, "activate");
  g_assert_true (gtk_widget_get_visible (range.popover));
  assert_problem (&range, range.from, told->too_high);
  assert_range (&range, told->canonical_from, told->canonical_to);
  gtk_editable_set_text (range.from, told->from);
  assert_problem (&range, NULL, NULL);
  assert_range (&range, told->canonical_from, told->canonical_to);

  /* Who leaves the entry has typed it. */
  gtk_editable_set_text (range.to, "");
  rewrite (range.to, 0, told->to);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (range.to)));
  assert_problem (&range, NULL, NULL);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (range.from)));
  assert_problem (&range, range.to, told->too_low);
  assert_range (&range, told->canonical_from, "");
  gtk_editable_set_text (range.to, "");
  assert_problem (&range, NULL, NULL);

  /* A range of one year or amount is one. */
  rewrite (range.to, 0, told->from);
  assert_problem (&range, NULL, NULL);
  assert_range (&range, told->canonical_from, told->canonical_from);
  g_signal_emit_by_name (range.to, "activate");
  assert_closed (range.popover, GTK_WIDGET (range.chip));
  gtk_window_destroy (GTK_WINDOW (range.window));
}

static void
test_filter_range (DetailTest    *fixture,
                   gconstpointer  data)
{
  static const RangeCase amounts = {
    "budget", "100000", "50000", 0, "0", "0", "100000.00 USD", "500000.00 USD",
    "The highest amount is lower than the lowest.", "The lowest amount is higher than the highest.",
  };
  static const RangeCase years = {
    PSL_FIELD_YEARS, "2018", "2017", 2, "20", "21", "2018", "2020",
    "The end is before the beginning.", "The beginning is after the end.",
  };

  check_range (fixture, &amounts);
  check_range (fixture, &years);
}

/* More than fit into a list. */
#define N_OFFICES 20
#define LONG_NAME "Regional Office for Central and West Africa and for the Sahel"

static void
add_offices (DetailTest *fixture)
{
  for (guint i = 0; i < N_OFFICES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s %02u", LONG_NAME, i);
      gint64 rid = register_wait_create (fixture->reg, &psl_kind_office);

      register_wait_set (fixture->reg, rid, &psl_kind_office, "name", "en", name);
    }
}

/* A list that is awaited, and how many items it has then. */
typedef struct
{
  GtkWidget *popover;
  guint n_items;
} Awaited;

static gboolean
has_items (gpointer data)
{
  Awaited *awaited = data;

  return g_list_model_get_n_items (get_items (awaited->popover)) == awaited->n_items;
}

/* The upper edge of a widget in the window's surface. */
static double
get_top (DetailTest *fixture,
         GtkWidget  *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  graphene_point_t top;
  double x, y;

  g_assert_true (gtk_widget_compute_point (widget, GTK_WIDGET (native), &GRAPHENE_POINT_INIT (0, 0), &top));
  gtk_native_get_surface_transform (native, &x, &y);
  return top.y + y + (GDK_IS_POPUP (surface) ? gdk_popup_get_position_y (GDK_POPUP (surface)) : 0);
}

/* Whether the list is above or below its field, and in the window. */
static void
assert_beside (DetailTest *fixture,
               GtkWidget  *popover,
               GtkWidget  *editor)
{
  GtkWidget *contents = gtk_widget_get_first_child (popover);
  double top = get_top (fixture, contents);
  double bottom = top + gtk_widget_get_height (contents);
  double field_top = get_top (fixture, editor);

  g_assert_true (bottom <= field_top + 1 || top >= field_top + gtk_widget_get_height (editor) - 1);
  g_assert_cmpfloat (top, >=, get_top (fixture, fixture->window));
  g_assert_cmpfloat (bottom, <=, get_top (fixture, fixture->window) + gtk_widget_get_height (fixture->window));
}

static gboolean
is_cut (GtkWidget *popover)
{
  GtkWidget *list = psl_test_find (popover, GTK_TYPE_LIST_VIEW);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  return gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment);
}

static void
assert_side (DetailTest      *fixture,
             GtkWidget       *popover,
             GtkWidget       *editor,
             GtkPositionType  side)
{
  g_assert_cmpint (get_top (fixture, popover) > get_top (fixture, editor) ? GTK_POS_BOTTOM : GTK_POS_TOP, ==, side);
}

/* Opens the list of a field with the page scrolled to @value. */
static void
check_room (DetailTest    *fixture,
            GtkWidget     *editor,
            GtkAdjustment *adjustment,
            double         value)
{
  GtkWidget *button = find_last_button (editor);
  GtkWidget *popover;
  GtkPositionType side;

  g_assert_true (gtk_widget_grab_focus (button));
  psl_test_draw (editor);
  gtk_adjustment_set_value (adjustment, value);
  psl_test_draw (editor);
  g_assert_true (press_key (button, GDK_KEY_o));
  popover = find_popover (editor);
  psl_test_wait (is_open, popover);
  psl_test_wait (has_items, &(Awaited) { popover, N_OFFICES + 2 });
  psl_test_draw (popover);
  side = gtk_popover_get_position (GTK_POPOVER (popover));
  assert_beside (fixture, popover, editor);
  assert_side (fixture, popover, editor, side);

  gtk_editable_set_text (get_search (popover), "west africa 07");
  psl_test_wait (has_items, &(Awaited) { popover, 2 });
  psl_test_draw (popover);
  assert_beside (fixture, popover, editor);
  assert_side (fixture, popover, editor, side);
  g_assert_false (is_cut (popover));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, value);
  gtk_popover_popdown (GTK_POPOVER (popover));
  assert_closed (popover, editor);
}

static gboolean
is_low (gpointer window)
{
  return gtk_widget_get_height (window) < 600;
}

/* Wherever the field stands, its list has room beside it and stays on one side while it grows
 * and shrinks; the page does not move, and of a short list nothing is cut. */
static void
test_room (DetailTest    *fixture,
           gconstpointer  data)
{
  GtkWidget *editor, *window;
  GtkAdjustment *adjustment;

  add_offices (fixture);
  detail_test_show_project (fixture);
  editor = GTK_WIDGET (detail_test_find_editor (fixture, "office", NULL));
  psl_test_wait (is_laid_out, editor);
  window = gtk_widget_get_ancestor (editor, GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
  for (double value = 0; value <= 300; value += 100)
    check_room (fixture, editor, adjustment, value);

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 540);
  psl_test_wait (is_low, fixture->window);
  check_room (fixture, editor, adjustment, 150);
}

static void
test_list_menus (DetailTest    *fixture,
                 gconstpointer  data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *order = g_object_new (PSL_TYPE_SORT_BUTTON, NULL);
  GtkWidget *filters = g_object_new (PSL_TYPE_FILTER_BAR, NULL);
  GtkWidget *window;

  psl_sort_button_set_kind (PSL_SORT_BUTTON (order), &psl_kind_project);
  psl_filter_bar_set_up (PSL_FILTER_BAR (filters), fixture->reg, &psl_kind_project, "en");
  gtk_box_append (GTK_BOX (box), order);
  gtk_box_append (GTK_BOX (box), filters);
  window = psl_test_window (box);

  assert_returns (order);
  assert_returns (filters);

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);

  detail_test_add ("/pickers/escape", test_escape);
  detail_test_add ("/pickers/choice", test_choice);
  detail_test_add ("/pickers/short", test_short);
  detail_test_add ("/pickers/fast", test_fast);
  detail_test_add ("/pickers/keys", test_keys);
  detail_test_add ("/pickers/tab", test_tab);
  detail_test_add ("/pickers/tab-fast", test_tab_fast);
  detail_test_add ("/pickers/tab-several", test_tab_several);
  detail_test_add ("/pickers/currency", test_currency);
  detail_test_add ("/pickers/unlisted-currency", test_unlisted_currency);
  detail_test_add ("/pickers/usual-currency", test_usual_currency);
  detail_test_add ("/pickers/choosers", test_choosers);
  detail_test_add ("/pickers/several", test_several);
  detail_test_add ("/pickers/unlisted", test_unlisted);
  detail_test_add ("/pickers/create", test_create);
  detail_test_add ("/pickers/create-no-amount", test_create_no_amount);
  detail_test_add ("/pickers/create-short-name", test_create_short_name);
  detail_test_add ("/pickers/found", test_found);
  detail_test_add ("/pickers/chip", test_chip);
  detail_test_add ("/pickers/room", test_room);
  detail_test_add ("/pickers/list-menus", test_list_menus);
  detail_test_add ("/pickers/filter-unlisted", test_filter_unlisted);
  detail_test_add ("/pickers/filter-range", test_filter_range);

  return g_test_run ();
}
