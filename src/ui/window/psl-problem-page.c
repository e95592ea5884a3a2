/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "psl-backup-list.h"
#include "psl-error.h"
#include "psl-file.h"
#include "psl-problem-page.h"

#include "psl-store.h"

struct _PslProblemPage
{
  AdwBin parent_instance;

  AdwStatusPage *status;
  GtkLabel *path;
  GtkWidget *again;
  GtkWidget *read;
  GtkWidget *create;
  GtkWidget *open;
  GtkWidget *elsewhere;
  GtkWidget *anew;
  PslBackupList *backups;

  char *register_path;
};

G_DEFINE_FINAL_TYPE (PslProblemPage, psl_problem_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_TRY,
  SIGNAL_RESTORE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_title (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _("The Register Was Not Opened");
  if (error->domain != PSL_REGISTER_ERROR)
    return _("The Register Can’t Be Opened");

  switch ((PslRegisterError) error->code)
    {
    case PSL_REGISTER_ERROR_NOT_FOUND:
      return _("There Is No Register Here");
    case PSL_REGISTER_ERROR_NOT_A_REGISTER:
      return _("This Is Not a Register");
    case PSL_REGISTER_ERROR_DAMAGED:
      return _("The Register Is Damaged");
    case PSL_REGISTER_ERROR_ALTERED:
      return _("The Register Was Altered");
    case PSL_REGISTER_ERROR_TOO_NEW:
      return _("A Newer Passerelle Is Needed");
    case PSL_REGISTER_ERROR_BUSY:
      return _("The Register Is in Use");
    case PSL_REGISTER_ERROR_READ_ONLY:
      return _("The Register Can’t Be Written");
    case PSL_REGISTER_ERROR_NO_SPACE:
      return _("The Disk Is Full");
    case PSL_REGISTER_ERROR_FAILED:
    case PSL_REGISTER_ERROR_INVALID:
    case PSL_REGISTER_ERROR_AMBIGUOUS:
    case PSL_REGISTER_ERROR_CONFLICT:
    case PSL_REGISTER_ERROR_NOTHING:
    case PSL_REGISTER_ERROR_FOREIGN:
    default:
      return _("The Register Can’t Be Opened");
    }
}

/* Whether the file at @path is of no use to this program, and may be set aside for a register
 * that is. Another program's file is left alone, unless it has a register's name. */
static gboolean
is_unusable (const char   *path,
             const GError *error)
{
  if (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER))
    return g_str_has_suffix (path, ".passerelle");
  return g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_DAMAGED) ||
         g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_ALTERED) ||
         g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_TOO_NEW);
}

/* Whether there is a register that can be read at least. */
static gboolean
is_readable (const char   *path,
             const GError *error)
{
  return (g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_READ_ONLY) ||
          g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NO_SPACE)) &&
         g_access (path, R_OK) == 0;
}

/* A name beside @path that is free: “register (set aside).passerelle”. */
static char *
find_free_path (const char *path)
{
  const char *end = g_str_has_suffix (path, ".passerelle") ? g_strrstr (path, ".passerelle") : path + strlen (path);
  g_autofree char *stem = g_strndup (path, end - path);

  for (guint i = 1;; i++)
    {
      /* Translators: added to the name of a file that is kept under another name */
      g_autofree char *free_path = i == 1 ? g_strdup_printf ("%s (%s)%s", stem, _("set aside"), end)
                                          : g_strdup_printf ("%s (%s %u)%s", stem, _("set aside"), i, end);

      if (!g_file_test (free_path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&free_path);
    }
}

/* The file goes last: until it is gone, nothing new is made in its place. */
static gboolean
set_aside (const char  *register_path,
           GError     **error)
{
  static const char *const suffixes[] = { "-wal", "-shm", "" };
  g_autofree char *path = psl_file_follow_links (register_path, error);
  g_autofree char *free_path = NULL;

  if (path == NULL)
    return FALSE;
  free_path = find_free_path (path);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (free_path, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          int code = errno;

          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                       /* Translators: a file, and why it can't be renamed */
                       _("“%s” can’t be renamed: %s"), from, g_strerror (code));
          return FALSE;
        }
    }

  return TRUE;
}

/* The page reads markup, and names of files may look like it. */
static void
show_reason (PslProblemPage *self,
             const GError   *error)
{
  g_autofree char *reason = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->status, reason);
}

static void
try (PslProblemPage *self,
     PslStoreFlags   flags)
{
  g_signal_emit (self, signals[SIGNAL_TRY], 0, (guint) flags);
}

/* Where there is no file and another reason than that was given, one could not be
 * made. */
static void
again_clicked_cb (PslProblemPage *self)
{
  try (self, g_file_test (self->register_path, G_FILE_TEST_EXISTS) ? PSL_STORE_NONE : PSL_STORE_CREATE);
}

static void
read_clicked_cb (PslProblemPage *self)
{
  try (self, PSL_STORE_READ_ONLY);
}

static void
create_clicked_cb (PslProblemPage *self)
{
  try (self, PSL_STORE_CREATE | PSL_STORE_ANEW);
}

static void
anew_clicked_cb (PslProblemPage *self)
{
  g_autoptr (GError) error = NULL;

  if (set_aside (self->register_path, &error))
    try (self, PSL_STORE_CREATE | PSL_STORE_ANEW);
  else
    show_reason (self, error);
}

static void
restore_cb (PslProblemPage *self,
            const char     *path,
            const char     *description)
{
  g_signal_emit (self, signals[SIGNAL_RESTORE], 0, path);
}

static void
psl_problem_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PSL_TYPE_PROBLEM_PAGE);

  G_OBJECT_CLASS (psl_problem_page_parent_class)->dispose (object);
}

static void
psl_problem_page_finalize (GObject *object)
{
  g_free (PSL_PROBLEM_PAGE (object)->register_path);

  G_OBJECT_CLASS (psl_problem_page_parent_class)->finalize (object);
}

static void
psl_problem_page_class_init (PslProblemPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = psl_problem_page_dispose;
  object_class->finalize = psl_problem_page_finalize;

  /**
   * PslProblemPage::try:
   * @flags: how, as #PslStoreFlags
   *
   * The person wants the register opened again.
   */
  signals[SIGNAL_TRY] =
    g_signal_new ("try", PSL_TYPE_PROBLEM_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  /**
   * PslProblemPage::restore:
   * @path: the file of a backup
   *
   * The person wants that backup in the register's place.
   */
  signals[SIGNAL_RESTORE] =
    g_signal_new ("restore", PSL_TYPE_PROBLEM_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PSL_TYPE_BACKUP_LIST);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/passerelle/Passerelle/ui/psl-problem-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, status);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, path);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, again);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, read);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, create);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, open);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, elsewhere);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, anew);
  gtk_widget_class_bind_template_child (widget_class, PslProblemPage, backups);
  gtk_widget_class_bind_template_callback (widget_class, again_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, read_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, anew_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
psl_problem_page_init (PslProblemPage *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  gtk_widget_init_template (GTK_WIDGET (self));

  /* A hyphen at the end of a line would be read as part of the path. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->path, attributes);
}

/**
 * psl_problem_page_new:
 *
 * Returns: (transfer floating): a page that has nothing to say yet
 */
PslProblemPage *
psl_problem_page_new (void)
{
  return g_object_new (PSL_TYPE_PROBLEM_PAGE, NULL);
}

/**
 * psl_problem_page_set_error:
 * @register_path: the register
 * @error: why it can't be opened
 *
 * Shows the reason, and the ways on that fit it.
 */
void
psl_problem_page_set_error (PslProblemPage *self,
                            const char     *register_path,
                            const GError   *error)
{
  gboolean missing;
  gboolean foreign;
  gboolean unusable;

  g_return_if_fail (PSL_IS_PROBLEM_PAGE (self));
  g_return_if_fail (register_path != NULL);
  g_return_if_fail (error != NULL);

  missing = g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND);
  unusable = is_unusable (register_path, error);
  foreign = !unusable && g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_A_REGISTER);

  g_set_str (&self->register_path, register_path);
  adw_status_page_set_title (self->status, get_title (error));
  show_reason (self, error);
  gtk_label_set_label (self->path, register_path);

  gtk_widget_set_visible (self->again, !missing && !foreign && !unusable);
  gtk_widget_set_visible (self->read, is_readable (register_path, error));
  gtk_widget_set_visible (self->create, missing);
  gtk_widget_set_visible (self->elsewhere, !missing && !unusable);
  gtk_widget_set_visible (self->anew, unusable);
  gtk_widget_set_visible (GTK_WIDGET (self->backups), missing || unusable);
  if (missing || unusable)
    psl_backup_list_load (self->backups, register_path);
}

/**
 * psl_problem_page_focus:
 *
 * Puts the keyboard on the first way on that makes nothing new: Enter does no harm.
 */
void
psl_problem_page_focus (PslProblemPage *self)
{
  g_return_if_fail (PSL_IS_PROBLEM_PAGE (self));

  if (gtk_widget_get_visible (self->again))
    gtk_widget_grab_focus (self->again);
  else if (gtk_widget_get_visible (self->read))
    gtk_widget_grab_focus (self->read);
  else
    gtk_widget_grab_focus (self->open);
}
