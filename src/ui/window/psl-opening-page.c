/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-opening-page.h"

#include <glib/gi18n.h>

#include "psl-error.h"
#include "psl-failure.h"
#include "psl-foreign-page.h"
#include "psl-own-registers.h"
#include "psl-problem-page.h"
#include "psl-progress-bar.h"
#include "psl-register-copy.h"

/* Pixels. */
#define BAR_WIDTH 400

/* Between two looks at whether there is more to do than opening. Milliseconds. */
#define INTERVAL 100

struct _PslOpeningPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *waiting;           /* (nullable): made when it is shown, as most never are */
  GtkWidget *renewal;           /* (nullable): likewise */
  PslProgressBar *bar;          /* (nullable): in it */
  GtkWidget *cancel;            /* (nullable): in it */
  PslProblemPage *problem;      /* (nullable): likewise */
  PslForeignPage *question;     /* (nullable): likewise */

  char *path;
  gboolean remembers;           /* whether the register is one's own once it is open */
  gboolean is_asking;           /* what to do with a register that is not one's own */
  char *foreign_id;             /* (nullable): the UUID of the register that is asked about */
  GCancellable *opening;        /* (nullable): while the register is being opened */
  PslProgress *progress;        /* (nullable): how far it is brought up to date */
  guint source;                 /* looks at that, while the page says that the register is being opened */
};

G_DEFINE_FINAL_TYPE (PslOpeningPage, psl_opening_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_OPENING,
  SIGNAL_OPENED,
  SIGNAL_FAILED,
  SIGNAL_RESTORE,
  SIGNAL_COPIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void open_known (PslOpeningPage     *self,
                        const char         *path,
                        PslStoreFlags       flags,
                        const char *const  *known);

static void
try_cb (PslOpeningPage *self,
        PslStoreFlags   flags)
{
  psl_opening_page_open (self, self->path, flags);
}

static void
restore_cb (PslOpeningPage *self,
            const char     *backup)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, backup);
}

static void
show_problem (PslOpeningPage *self,
              const GError   *error)
{
  if (self->problem == NULL)
    {
      self->problem = psl_problem_page_new ();
      g_signal_connect_object (self->problem, "try", G_CALLBACK (try_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->problem, "restore", G_CALLBACK (restore_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->problem), "problem");
    }
  psl_problem_page_set_error (self->problem, self->path, error);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  psl_problem_page_focus (self->problem);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

static void
cancel_cb (PslOpeningPage *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  g_cancellable_cancel (self->opening);
}

/* The page of a register that is being brought up to date. */
static GtkWidget *
make_renewal (PslOpeningPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->bar = g_object_new (PSL_TYPE_PROGRESS_BAR, NULL);
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_set_halign (self->cancel, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->cancel, "pill");
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (box), self->cancel);

  adw_status_page_set_title (ADW_STATUS_PAGE (status), _("Bringing the Register Up to Date"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status),
                                   _("The register was last opened by another version of the program, or on another system. With many records, this takes some minutes."));
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), BAR_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), clamp);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), status);
  return view;
}

static void
show_renewal (PslOpeningPage *self)
{
  if (self->renewal == NULL)
    {
      self->renewal = make_renewal (self);
      gtk_stack_add_named (self->stack, self->renewal, "renewal");
    }
  gtk_widget_set_sensitive (self->cancel, TRUE);
  psl_progress_bar_start (self->bar, self->progress);
  gtk_stack_set_visible_child (self->stack, self->renewal);
  gtk_widget_grab_focus (self->cancel);
}

static gboolean
look_cb (gpointer user_data)
{
  PslOpeningPage *self = user_data;

  if (psl_progress_get (self->progress) == 0)
    return G_SOURCE_CONTINUE;
  show_renewal (self);
  self->source = 0;
  return G_SOURCE_REMOVE;
}

/* The opening is over. */
static void
forget_opening (PslOpeningPage *self)
{
  g_clear_object (&self->opening);
  g_clear_pointer (&self->progress, psl_progress_unref);
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->bar != NULL)
    psl_progress_bar_stop (self->bar);
}

static void
look_only_cb (PslOpeningPage *self)
{
  open_known (self, self->path, PSL_STORE_READ_ONLY | PSL_STORE_LOOK, NULL);
}

/* The register is the one that was asked about, whatever has come to its place since. One of
 * an older version gets a UUID when it is opened. */
static void
use_cb (PslOpeningPage *self)
{
  const char *known[] = { self->foreign_id, NULL };

  if (self->foreign_id != NULL)
    psl_own_registers_add (self->path, self->foreign_id);
  open_known (self, self->path, PSL_STORE_NONE, self->foreign_id != NULL ? known : NULL);
}

/* A copy of a register that is to be made. */
typedef struct
{
  char *from;
  char *to;
} Copy;

static void
copy_free (Copy *copy)
{
  g_free (copy->from);
  g_free (copy->to);
  g_free (copy);
}

static void
copy_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Copy *copy = data;
  GError *error = NULL;
  char *id = psl_register_copy (copy->from, copy->to, cancellable, &error);

  if (id != NULL)
    g_task_return_pointer (task, id, g_free);
  else
    g_task_return_error (task, error);
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  PslOpeningPage *self = PSL_OPENING_PAGE (source);
  const Copy *copy = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = g_task_propagate_pointer (G_TASK (result), &error);

  if (id != NULL)
    psl_own_registers_add (copy->to, id);
  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    return;

  forget_opening (self);
  psl_foreign_page_set_busy (self->question, FALSE);
  if (id == NULL)
    {
      psl_failure_tell (GTK_WIDGET (self), _("No Copy Was Made"), error);
      return;
    }
  psl_opening_page_open (self, copy->to, PSL_STORE_NONE);
  g_signal_emit (self, signals[SIGNAL_COPIED], 0);
}

/* A copy is called like a register, and never takes the place of a file. */
static void
copy_cb (PslOpeningPage *self,
         const char     *chosen)
{
  g_autoptr (GTask) task = NULL;
  Copy *copy;

  psl_opening_page_give_up (self);
  self->opening = g_cancellable_new ();
  psl_foreign_page_set_busy (self->question, TRUE);
  copy = g_new (Copy, 1);
  copy->from = g_strdup (self->path);
  copy->to = g_str_has_suffix (chosen, ".passerelle") ? g_strdup (chosen) : g_strconcat (chosen, ".passerelle", NULL);
  task = g_task_new (self, self->opening, copied_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, copy, (GDestroyNotify) copy_free);
  g_task_run_in_thread (task, copy_thread);
}

static void
provenance_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  GError *error = NULL;
  PslProvenance *provenance = psl_provenance_read_file (data, cancellable, &error);

  if (provenance != NULL)
    g_task_return_pointer (task, provenance, (GDestroyNotify) psl_provenance_free);
  else
    g_task_return_error (task, error);
}

static void
provenance_read_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  PslOpeningPage *self = PSL_OPENING_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (PslProvenance) provenance = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    return;

  forget_opening (self);
  if (provenance == NULL)
    {
      show_problem (self, error);
      return;
    }
  if (self->question == NULL)
    {
      self->question = psl_foreign_page_new ();
      g_signal_connect_object (self->question, "look", G_CALLBACK (look_only_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->question, "copy", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->question, "use", G_CALLBACK (use_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->question), "question");
    }
  self->is_asking = TRUE;
  g_set_str (&self->foreign_id, provenance->id);
  psl_foreign_page_set_register (self->question, self->path, provenance);
  gtk_stack_set_visible_child_name (self->stack, "question");
  psl_foreign_page_focus (self->question);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0);
}

/* Asks what to do with a register that is not one's own. */
static void
ask (PslOpeningPage *self)
{
  g_autoptr (GTask) task = NULL;

  self->opening = g_cancellable_new ();
  task = g_task_new (self, self->opening, provenance_read_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, provenance_thread);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (PslOpeningPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRegister) reg = psl_register_open_finish (result, &error);

  /* Given up: the window goes, or another try has begun. */
  if (g_task_get_cancellable (G_TASK (result)) != self->opening)
    return;

  forget_opening (self);
  if (reg != NULL && self->remembers)
    psl_own_registers_remember (reg);
  if (reg != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, reg);
  else if (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FOREIGN))
    ask (self);
  else
    show_problem (self, error);
}

/* Opens the register.
 * @known: (nullable): the UUIDs that it may have */
static void
open_known (PslOpeningPage     *self,
            const char         *path,
            PslStoreFlags       flags,
            const char *const  *known)
{
  psl_opening_page_give_up (self);
  if (path != self->path)
    g_set_str (&self->path, path);
  self->is_asking = FALSE;
  self->remembers = !(flags & PSL_STORE_LOOK) && (known == NULL || known[0] == NULL);
  self->opening = g_cancellable_new ();
  self->progress = psl_progress_new ();
  psl_register_open_known_async (path, flags, known, self->progress, self->opening, opened_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_OPENING], 0);
}

static void
psl_opening_page_dispose (GObject *object)
{
  psl_opening_page_give_up (PSL_OPENING_PAGE (object));

  G_OBJECT_CLASS (psl_opening_page_parent_class)->dispose (object);
}

static void
psl_opening_page_finalize (GObject *object)
{
  PslOpeningPage *self = PSL_OPENING_PAGE (object);

  g_free (self->path);
  g_free (self->foreign_id);

  G_OBJECT_CLASS (psl_opening_page_parent_class)->finalize (object);
}

static void
psl_opening_page_class_init (PslOpeningPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_opening_page_dispose;
  object_class->finalize = psl_opening_page_finalize;

  /**
   * PslOpeningPage::opening:
   *
   * A register is being opened.
   */
  signals[SIGNAL_OPENING] =
    g_signal_new ("opening", PSL_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslOpeningPage::opened:
   * @reg: the register
   *
   * The register is open.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", PSL_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, PSL_TYPE_REGISTER);

  /**
   * PslOpeningPage::failed:
   *
   * The register can't be opened, or not without an answer. The page says why, or asks.
   */
  signals[SIGNAL_FAILED] =
    g_signal_new ("failed", PSL_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PslOpeningPage::restore:
   * @path: the file of a backup
   *
   * The person wants that backup in the register's place.
   */
  signals[SIGNAL_RESTORE] =
    g_signal_new ("restore", PSL_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * PslOpeningPage::copied:
   *
   * A copy of the register is being opened in its stead: psl_opening_page_get_path() is another.
   */
  signals[SIGNAL_COPIED] =
    g_signal_new ("copied", PSL_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
psl_opening_page_init (PslOpeningPage *self)
{
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_transition_type (self->stack, GTK_STACK_TRANSITION_TYPE_CROSSFADE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * psl_opening_page_new:
 *
 * Returns: (transfer floating): an empty page
 */
PslOpeningPage *
psl_opening_page_new (void)
{
  return g_object_new (PSL_TYPE_OPENING_PAGE, NULL);
}

/**
 * psl_opening_page_open:
 * @path: a register
 * @flags: %PSL_STORE_CREATE to make it where there is none
 *
 * Opens the register; where it is not one's own, asks first what to do with it. The page shows nothing until psl_opening_page_show_waiting(): most
 * registers are open before anybody could read that they are being opened.
 */
void
psl_opening_page_open (PslOpeningPage *self,
                       const char     *path,
                       PslStoreFlags   flags)
{
  g_auto (GStrv) known = NULL;

  g_return_if_fail (PSL_IS_OPENING_PAGE (self));
  g_return_if_fail (path != NULL);

  known = psl_own_registers_dup_known (path);
  open_known (self, path, flags, (const char *const *) known);
}

/**
 * psl_opening_page_open_own:
 *
 * Opens the register that was to be opened last, which the person has just put there, and
 * remembers it as their own.
 */
void
psl_opening_page_open_own (PslOpeningPage *self)
{
  g_return_if_fail (PSL_IS_OPENING_PAGE (self));
  g_return_if_fail (self->path != NULL);

  open_known (self, self->path, PSL_STORE_NONE, NULL);
}

/**
 * psl_opening_page_show_waiting:
 *
 * Says that the register is being opened; where it has to be brought up to date, how much of
 * that is done, and lets the person cancel it.
 */
void
psl_opening_page_show_waiting (PslOpeningPage *self)
{
  g_return_if_fail (PSL_IS_OPENING_PAGE (self));

  if (self->waiting == NULL)
    {
      GtkWidget *spinner = adw_spinner_new ();

      gtk_accessible_update_property (GTK_ACCESSIBLE (spinner),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("Opening the register"), -1);
      self->waiting = adw_toolbar_view_new ();
      adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (self->waiting), adw_header_bar_new ());
      adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (self->waiting), spinner);
      gtk_stack_add_named (self->stack, self->waiting, "waiting");
    }
  gtk_stack_set_visible_child (self->stack, self->waiting);
  if (self->progress != NULL && self->source == 0)
    self->source = g_timeout_add (INTERVAL, look_cb, self);
}

/**
 * psl_opening_page_give_up:
 *
 * Gives up opening a register: the window goes.
 */
void
psl_opening_page_give_up (PslOpeningPage *self)
{
  g_return_if_fail (PSL_IS_OPENING_PAGE (self));

  g_cancellable_cancel (self->opening);
  forget_opening (self);
}

/**
 * psl_opening_page_get_path:
 *
 * Returns: (transfer none) (nullable): the register that was to be opened last
 */
const char *
psl_opening_page_get_path (PslOpeningPage *self)
{
  g_return_val_if_fail (PSL_IS_OPENING_PAGE (self), NULL);

  return self->path;
}

/**
 * psl_opening_page_is_asking:
 *
 * Returns: whether the page asks what to do with a register that is not the person's own
 */
gboolean
psl_opening_page_is_asking (PslOpeningPage *self)
{
  g_return_val_if_fail (PSL_IS_OPENING_PAGE (self), FALSE);

  return self->is_asking;
}
