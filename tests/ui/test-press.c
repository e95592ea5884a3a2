/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything that can be pressed is pressed, wherever it leads: what the window, its
 * menus, lists and dialogs have is found in the running program, so that a new button
 * is pressed without being named here. After each, nothing has warned, the keyboard is
 * somewhere and goes on from there, and Escape leads back. */

#include "config.h"

#include <glib/gstdio.h>

#include "key-list.h"
#include "keys.h"
#include "outside.h"
#include "press-registers.h"
#include "pressable.h"
#include "psl-kinds.h"
#include "tests/answer.h"
#include "tests/folder.h"
#include "tests/register-wait.h"
#include "ui-test.h"
#include "window-test.h"

/* More than there is to press in any register here: what makes ever new buttons would
 * never end. */
#define MOST_PRESSES 1500

/* A popover in a menu in a dialog over a dialog. */
#define MOST_SURFACES 6

/* More than a text of a dialog has. */
#define MOST_LINKS 5

/* The register that a window is opened on, and whether it has been edited before. */
typedef struct
{
  const char *name;
  void (*make) (const char *path);
  PslStoreFlags flags;
  const char *page;
  gboolean edited;
  /* Ends of what must be among all that is pressed, up to %NULL. */
  const char *const *pressed;
} State;

/* Something to press, and what was pressed to come to it. */
typedef struct _Target Target;
struct _Target
{
  Target *from;
  char *id;
  gboolean with_file;
  gboolean pressed;
};

typedef struct
{
  WindowTest *window_test;
  const State *state;
  /* A copy of the register, for each new beginning. */
  char *original;
  /* (element-type Target): all that were found, and those not pressed yet. */
  GPtrArray *found;
  GPtrArray *waiting;
  GHashTable *known;
  Target *last;
  guint n_presses;
  guint n_frames;
  KeyList *keys;
} Visit;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_free (target->id);
  g_free (target);
}

/* “Main menu > Preferences > …” */
static void
append_path (GString      *path,
             const Target *target)
{
  if (target == NULL)
    return;
  append_path (path, target->from);
  g_string_append_printf (path, "%s%s%s", path->len > 0 ? " > " : "", target->id,
                          target->with_file ? " (with a file)" : "");
}

static char *
dup_path (const Target *target)
{
  GString *path = g_string_new (NULL);

  append_path (path, target);
  return g_string_free_and_steal (path);
}

/* The surfaces on show. */

static gboolean
is_open (Visit *visit)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()));

  return visit->window_test->window != NULL && g_list_find (windows, visit->window_test->window) != NULL;
}

static GtkWidget *
find_popover (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_POPOVER (widget) && gtk_popover_get_autohide (GTK_POPOVER (widget)) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *inner = gtk_widget_get_mapped (child) ? find_popover (child) : NULL;

      if (inner != NULL)
        found = inner;
    }

  return found;
}

/* The surface in front: a popover, a dialog, or the window. */
static GtkWidget *
get_surface (Visit *visit)
{
  GtkWidget *dialog = window_test_get_dialog (visit->window_test);
  GtkWidget *base = dialog != NULL ? dialog : GTK_WIDGET (visit->window_test->window);
  GtkWidget *popover = find_popover (base);

  return popover != NULL ? popover : base;
}

/* Waiting */

static gboolean
is_busy_widget (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  /* A button that a row or a key presses is so for a moment before it acts. */
  if (ADW_IS_SPINNER (widget) || GTK_IS_PROGRESS_BAR (widget) ||
      gtk_widget_has_css_class (widget, "keyboard-activating"))
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_busy_widget (child))
      return TRUE;

  return FALSE;
}

/* A dialog that closes is there until it has faded. */
static gboolean
is_leaving_dialog (Visit *visit)
{
  AdwApplicationWindow *window = ADW_APPLICATION_WINDOW (visit->window_test->window);
  g_autoptr (GListModel) open = adw_application_window_get_dialogs (window);

  return psl_test_count (GTK_WIDGET (window), ADW_TYPE_DIALOG) > g_list_model_get_n_items (open);
}

static gboolean
is_quiet (gpointer data)
{
  Visit *visit = data;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ())); l != NULL; l = l->next)
    {
      PslWindow *window = l->data;

      g_assert_true (PSL_IS_WINDOW (window));
      if (psl_window_get_register (window) == NULL &&
          g_strcmp0 (window_test_get_page (window), "problem") != 0 &&
          g_strcmp0 (window_test_get_page (window), "question") != 0)
        return FALSE;
      if (psl_record_model_is_loading (psl_list_page_get_model (window->list_page)))
        return FALSE;
    }

  return !is_open (visit) ||
         (!is_busy_widget (GTK_WIDGET (visit->window_test->window)) && !is_leaving_dialog (visit));
}

static gboolean
is_answered (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static gpointer
do_nothing (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return NULL;
}

/* Waits until the register has done what it was asked for, imports too. */
static void
wait_for_register (PslRegister *reg)
{
  g_autoptr (PslQuery) query = psl_query_new_trash ();
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) counted = NULL;

  if (!psl_register_is_read_only (reg))
    {
      psl_register_write_async (reg, do_nothing, NULL, NULL, NULL, NULL, answer_cb, &written);
      psl_test_wait (is_answered, &written);
    }
  psl_register_count_async (reg, query, NULL, answer_cb, &counted);
  psl_test_wait (is_answered, &counted);
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  Visit *visit = user_data;

  visit->n_frames++;
  return visit->n_frames < 2 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* A window that another takes the place of draws no more, and closes. */
static gboolean
has_drawn (gpointer data)
{
  Visit *visit = data;

  return visit->n_frames >= 2 || !is_open (visit);
}

static void
wait_until_quiet (Visit *visit)
{
  psl_test_settle ();
  psl_test_wait (is_quiet, visit);
}

/* Waits until the answers to what was asked of the register are there and drawn. */
static void
settle (Visit *visit)
{
  wait_until_quiet (visit);
  if (is_open (visit) && psl_window_get_register (visit->window_test->window) != NULL)
    {
      g_autoptr (PslRegister) reg = g_object_ref (psl_window_get_register (visit->window_test->window));

      wait_for_register (reg);
      wait_until_quiet (visit);
    }
  if (is_open (visit))
    {
      visit->n_frames = 0;
      gtk_widget_add_tick_callback (GTK_WIDGET (visit->window_test->window), frame_cb, visit, NULL);
      psl_test_wait (has_drawn, visit);
      psl_test_settle ();
    }
}

/* The keyboard */

static GtkWidget *
get_focus (Visit *visit)
{
  return gtk_window_get_focus (GTK_WINDOW (visit->window_test->window));
}

static gboolean
has_focus (gpointer data)
{
  return get_focus (data) != NULL;
}

/* The focus of a list stays with its item, which may be scrolled out of view. */
static gboolean
is_on_show (GtkWidget *focus)
{
  GtkWidget *parent = gtk_widget_get_parent (focus);

  return gtk_widget_get_mapped (focus) || (GTK_IS_LIST_VIEW (parent) && gtk_widget_get_mapped (parent));
}

static void
assert_focus (Visit      *visit,
              const char *when)
{
  GtkWidget *focus;
  GtkWidget *surface;

  /* It may be on its way from what an answer of the register has just made insensitive. */
  psl_test_wait (has_focus, visit);
  focus = get_focus (visit);
  surface = get_surface (visit);
  if (!is_on_show (focus) || !gtk_widget_is_sensitive (focus))
    g_error ("%s, the focus is in a %s that is %s", when, G_OBJECT_TYPE_NAME (focus),
             is_on_show (focus) ? "insensitive" : "not on show");
  if (focus != surface && !gtk_widget_is_ancestor (focus, surface))
    g_error ("%s, the focus is in a %s behind the %s in front", when, G_OBJECT_TYPE_NAME (focus),
             G_OBJECT_TYPE_NAME (surface));
}

/* How many widgets of a surface Tab can stop at, up to two. */
static guint
count_stops (GtkWidget *widget)
{
  guint n = 0;

  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget) || !gtk_widget_get_can_focus (widget))
    return 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && n < 2;
       child = gtk_widget_get_next_sibling (child))
    n += count_stops (child);

  return MIN (n + (gtk_widget_get_focusable (widget) && n == 0), 2);
}

/* Asserts that the keyboard is somewhere, and that Tab leads on from there. */
static void
assert_usable (Visit      *visit,
               const char *when)
{
  const char *title = gtk_window_get_title (GTK_WINDOW (visit->window_test->window));
  GtkWidget *before;

  if (title == NULL || *title == '\0')
    g_error ("%s, the window has no title", when);
  assert_focus (visit, when);
  before = get_focus (visit);
  /* In a text, Tab leads from link to link first. */
  for (guint i = 0; i < MOST_LINKS && get_focus (visit) == before; i++)
    keys_press (GTK_WINDOW (visit->window_test->window), GDK_KEY_Tab, 0);
  if (get_focus (visit) == before && count_stops (get_surface (visit)) > 1)
    {
      g_autofree char *id = pressable_dup_id (get_surface (visit), before);

      g_error ("%s, Tab does not lead on from %s", when, id);
    }
  wait_until_quiet (visit);
  assert_focus (visit, when);
}

/* Presses Escape until nothing is open above the window. */
static void
leave_surfaces (Visit *visit)
{
  for (guint i = 0; is_open (visit) && get_surface (visit) != GTK_WIDGET (visit->window_test->window); i++)
    {
      g_autofree char *when = g_strdup_printf ("After Escape from a %s", G_OBJECT_TYPE_NAME (get_surface (visit)));

      if (i == MOST_SURFACES)
        g_error ("Escape does not lead out of a %s", G_OBJECT_TYPE_NAME (get_surface (visit)));
      keys_press (GTK_WINDOW (visit->window_test->window), GDK_KEY_Escape, 0);
      settle (visit);
      if (is_open (visit))
        assert_usable (visit, when);
    }
}

/* The register */

static void
copy_file (const char *from,
           const char *to)
{
  g_autofree char *contents = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &contents, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, contents, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
close_windows (Visit *visit)
{
  GList *windows;

  while ((windows = gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ()))) != NULL)
    {
      PslWindow *window = windows->data;

      psl_window_shut (window);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  visit->window_test->window = NULL;
  psl_test_settle ();
}

/* Closes what an action opened beside the window. */
static void
close_other_windows (Visit *visit)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (g_application_get_default ())));

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != visit->window_test->window)
      gtk_window_close (l->data);
  psl_test_settle ();
  if (is_open (visit))
    gtk_window_present (GTK_WINDOW (visit->window_test->window));
}

/* Edits the first record twice, and undoes the second edit: so there is something to
 * undo, and something to redo. */
static void
edit (Visit *visit)
{
  WindowTest *window_test = visit->window_test;
  PslRegister *reg = psl_window_get_register (window_test->window);
  gint64 rid = psl_record_model_get_rid (window_test_get_model (window_test), 0);

  register_wait_set (reg, rid, &psl_kind_project, "phase", NULL, "3");
  register_wait_set (reg, rid, &psl_kind_project, "phase", NULL, "4");
  settle (visit);
  window_test_activate (window_test, "undo-step");
  settle (visit);
}

/* A window on the register as it was at the beginning. */
static void
begin (Visit *visit)
{
  WindowTest *window_test = visit->window_test;
  g_autofree char *answers = g_build_filename (window_test->folder, "answers", NULL);
  g_autofree char *other = g_build_filename (answers, "other.passerelle", NULL);
  g_autofree char *table = g_build_filename (answers, "0 first.csv", NULL);
  g_autoptr (GError) error = NULL;

  close_windows (visit);
  folder_remove (window_test->folder);
  g_assert_no_errno (g_mkdir (window_test->folder, 0700));
  g_assert_no_errno (g_mkdir (answers, 0700));
  copy_file (visit->original, window_test->path);
  window_test_fill (other);
  g_file_set_contents (table, "Title (en),Status,Start\nFrom a table,Active,2020\nAnother,Nonsense,soon\n", -1, &error);
  g_assert_no_error (error);
  outside_set_folder (answers);
  window_test_reset_settings ();

  if (g_str_equal (visit->state->page, "question"))
    window_test_open_any (window_test, visit->state->flags, visit->state->page);
  else
    window_test_open_window (window_test, visit->state->flags, visit->state->page);
  settle (visit);
  if (visit->state->edited)
    edit (visit);
  visit->last = NULL;
}

/* Pressing */

static void
add_target (Visit      *visit,
            Target     *from,
            const char *id,
            gboolean    with_file)
{
  Target *target = g_new0 (Target, 1);

  target->from = from;
  target->id = g_strdup (id);
  target->with_file = with_file;
  g_ptr_array_add (visit->found, target);
  g_ptr_array_add (visit->waiting, target);
}

/* Whether the window still shows the page of the state: other pages are pressed in states of
 * their own. */
static gboolean
is_of_state (Visit *visit)
{
  return g_strcmp0 (window_test_get_page (visit->window_test->window), visit->state->page) == 0;
}

/* Takes note of what can be pressed on what lies in front. */
static void
look_around (Visit *visit)
{
  g_autoptr (GPtrArray) ids = NULL;
  g_autoptr (GPtrArray) widgets = pressable_list (get_surface (visit), &ids);

  key_list_check (visit->keys, GTK_WIDGET (visit->window_test->window));
  for (guint i = 0; i < widgets->len; i++)
    {
      const char *id = ids->pdata[i];

      if (gtk_widget_is_sensitive (widgets->pdata[i]) && g_hash_table_add (visit->known, g_strdup (id)))
        add_target (visit, visit->last, id, FALSE);
    }
}

/* Presses what is there, and looks at what came of it. */
static void
press_target (Visit  *visit,
              Target *target)
{
  g_autofree char *path = dup_path (target);
  g_autofree char *when = g_strdup_printf ("After %s", path);
  guint n_asked = outside_get_n_asked ();

  g_test_message ("%s", path);
  if (visit->n_presses++ == MOST_PRESSES)
    g_error ("There is no end to what can be pressed");
  outside_set_answer (target->with_file);
  pressable_press (pressable_find (get_surface (visit), target->id));
  target->pressed = TRUE;
  visit->last = target;
  settle (visit);

  close_other_windows (visit);
  if (outside_get_n_asked () > n_asked && !target->with_file)
    add_target (visit, target->from, target->id, TRUE);
  if (!is_open (visit))
    return;
  assert_usable (visit, when);
  if (is_of_state (visit))
    look_around (visit);
}

/* Brings a target to the front from the deepest of the steps to it that is on show;
 * whether that led there. */
static gboolean
follow (Visit  *visit,
        Target *target)
{
  if (pressable_find (get_surface (visit), target->id) != NULL)
    return TRUE;
  if (target->from == NULL || !follow (visit, target->from))
    return FALSE;

  press_target (visit, target->from);
  return is_open (visit) && pressable_find (get_surface (visit), target->id) != NULL;
}

/* Brings a target to the front; in a register as at the beginning, where the target can't be
 * reached any more after all that was done. A target that several steps led to may not follow
 * from the last of them alone: then it is left out. */
static gboolean
reach (Visit  *visit,
       Target *target)
{
  if (is_open (visit) && pressable_find (get_surface (visit), target->id) != NULL)
    return TRUE;
  if (is_open (visit))
    leave_surfaces (visit);
  if (is_open (visit) && follow (visit, target))
    return TRUE;

  begin (visit);
  return follow (visit, target);
}

/* The last that was found of what lies in front, since buttons that lead back stand at
 * the top; otherwise the first, which the fewest steps lead to. */
static Target *
take_next (Visit *visit)
{
  guint position = 0;

  if (is_open (visit))
    {
      g_autoptr (GPtrArray) ids = NULL;
      g_autoptr (GPtrArray) widgets = pressable_list (get_surface (visit), &ids);

      for (guint i = visit->waiting->len; i > 0 && position == 0; i--)
        {
          Target *target = visit->waiting->pdata[i - 1];
          guint at;

          if (g_ptr_array_find_with_equal_func (ids, target->id, g_str_equal, &at) &&
              gtk_widget_is_sensitive (widgets->pdata[at]))
            position = i - 1;
        }
    }

  return g_ptr_array_steal_index (visit->waiting, position);
}

static gboolean
was_pressed (Visit      *visit,
             const char *end)
{
  for (guint i = 0; i < visit->found->len; i++)
    {
      Target *target = visit->found->pdata[i];

      if (target->pressed && g_str_has_suffix (target->id, end))
        return TRUE;
    }

  return FALSE;
}

/* Tells of targets that several steps led to, and that were out of reach when their turn
 * came. */
static void
tell_unreached (Visit *visit)
{
  guint n_unreached = 0;

  for (guint i = 0; i < visit->found->len; i++)
    {
      Target *target = visit->found->pdata[i];
      g_autofree char *path = dup_path (target);

      if (target->pressed)
        continue;
      g_test_message ("Out of reach: %s", path);
      n_unreached++;
    }
  g_test_message ("%u targets, %u out of reach, %u presses", visit->found->len, n_unreached, visit->n_presses);
}

static void
assert_all_pressed (Visit *visit)
{
  for (guint i = 0; visit->state->pressed[i] != NULL; i++)
    if (!was_pressed (visit, visit->state->pressed[i]))
      g_error ("%s was never pressed", visit->state->pressed[i]);
}

static void
test_press (WindowTest    *fixture,
            gconstpointer  data)
{
  const State *state = data;
  g_autofree char *originals = folder_make ();
  Visit visit = {
    .window_test = fixture,
    .state = state,
    .original = g_build_filename (originals, "original.passerelle", NULL),
    .found = g_ptr_array_new_with_free_func (target_free),
    .waiting = g_ptr_array_new (),
    .known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .keys = key_list_new (),
  };

  state->make (visit.original);
  begin (&visit);
  assert_usable (&visit, "At the beginning");
  look_around (&visit);
  while (visit.waiting->len > 0)
    {
      Target *target = take_next (&visit);

      if (reach (&visit, target))
        press_target (&visit, target);
    }
  tell_unreached (&visit);
  assert_all_pressed (&visit);
  if (state->edited)
    key_list_assert_bound (visit.keys);

  if (is_open (&visit))
    leave_surfaces (&visit);
  close_windows (&visit);
  folder_remove (originals);
  g_free (visit.original);
  g_ptr_array_unref (visit.found);
  g_ptr_array_unref (visit.waiting);
  g_hash_table_unref (visit.known);
  key_list_free (visit.keys);
}

static const char *const pressed_in_empty[] = {
  "“_Import”", "“win.show-imported”", "“_Preferences”", NULL,
};
static const char *const pressed_in_filled[] = {
  "“win.undo-step”", "“win.redo-step”", "Record menu//GtkModelButton “_Redo”", "Main menu//GtkModelButton “_Redo”",
  "“Move _Up”", "“Move _Down”", "“Move to the _Trash”",
  "“_Import”", "“win.show-imported”", "“Remove the filter “Just imported””", "“_Back Up Now”", "“_Restore”",
  "“win.empty-trash”", "“_Empty Trash”", "“win.open-folder”", "“_Keyboard Shortcuts”", NULL,
};
static const char *const pressed_in_read_only[] = { "“_Export…”", "“_Preferences”", "“Trash”", NULL };
static const char *const pressed_in_unreadable[] = { "“app.open”", "“_Set It Aside and Start Anew”", NULL };
static const char *const pressed_in_foreign[] = {
  "“_Look Only”", "“Take a _Copy…”", "“_Use It Here”", NULL,
};

static const State states[] = {
  { "empty", press_register_make_empty, PSL_STORE_NONE, "register", FALSE, pressed_in_empty },
  { "filled", press_register_make_filled, PSL_STORE_NONE, "register", TRUE, pressed_in_filled },
  { "read-only", press_register_make_filled, PSL_STORE_READ_ONLY, "register", FALSE, pressed_in_read_only },
  { "unreadable", press_register_make_unreadable, PSL_STORE_NONE, "problem", FALSE, pressed_in_unreadable },
  { "foreign", press_register_make_filled, PSL_STORE_NONE, "question", FALSE, pressed_in_foreign },
};

int
main (int    argc,
      char **argv)
{
  psl_test_init (&argc, &argv);
  /* As GNOME has it: nobody could press anything in a window that is minimised. */
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", "gtk-enable-animations", FALSE, NULL);
  window_test_init ();

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/press/", states[i].name, NULL);

      window_test_add_with_data (path, &states[i], test_press);
    }

  return window_test_run ();
}
