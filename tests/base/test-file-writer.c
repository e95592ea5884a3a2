/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Files that are whole or not there: what they replace and what they keep, and a disk that fails
 * at any of the calls that put them in place. The linker gives the program those calls under
 * other names (`--wrap`, see meson.build).
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "psl-error.h"
#include "psl-file-part.h"
#include "psl-file-writer.h"
#include "psl-file.h"
#include "tests/folder.h"

#define FORMER "what was there"
#define WRITTEN "what is written"
#define DAY (24 * 60 * 60)

/* The calls that may fail, in the order in which they come. */
typedef enum
{
  CALL_NONE,
  CALL_WRITE,
  CALL_SYNC_FILE,
  CALL_CLOSE,
  CALL_RENAME,
  CALL_LINK,
  CALL_SYNC_FOLDER,
  CALL_CHOWN,
} Call;

static Call failing;
static int failing_with;

static gboolean
fails (Call call)
{
  if (call != failing)
    return FALSE;
  failing = CALL_NONE;
  errno = failing_with;
  return TRUE;
}

ssize_t __real_write (int, const void *, size_t);
int __real_fsync (int);
int __real_close (int);
int __real_rename (const char *, const char *);
int __real_link (const char *, const char *);
ssize_t __wrap_write (int, const void *, size_t);
int __wrap_fsync (int);
int __wrap_close (int);
int __wrap_rename (const char *, const char *);
int __wrap_link (const char *, const char *);
int __real_chown (const char *, uid_t, gid_t);
int __wrap_chown (const char *, uid_t, gid_t);

ssize_t
__wrap_write (int         fd,
              const void *buffer,
              size_t      count)
{
  /* At most three bytes at once, as a system may do. */
  return fails (CALL_WRITE) ? -1 : __real_write (fd, buffer, MIN (count, 3));
}

int
__wrap_fsync (int fd)
{
  struct stat status;

  g_assert_no_errno (fstat (fd, &status));
  return fails (S_ISDIR (status.st_mode) ? CALL_SYNC_FOLDER : CALL_SYNC_FILE) ? -1 : __real_fsync (fd);
}

int
__wrap_close (int fd)
{
  int result = __real_close (fd);

  return fails (CALL_CLOSE) ? -1 : result;
}

int
__wrap_rename (const char *from,
               const char *to)
{
  return fails (CALL_RENAME) ? -1 : __real_rename (from, to);
}

int
__wrap_link (const char *from,
             const char *to)
{
  return fails (CALL_LINK) ? -1 : __real_link (from, to);
}

/* Fails as often as it is called. */
int
__wrap_chown (const char *path,
              uid_t       owner,
              gid_t       group)
{
  return failing == CALL_CHOWN ? -1 : __real_chown (path, owner, group);
}

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->path = g_build_filename (fixture->folder, "table.csv", NULL);
  fixture->file = g_file_new_for_path (fixture->path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_object_unref (fixture->file);
}

static void
put (const char *path,
     const char *contents)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

static void
assert_contents (const char *path,
                 const char *expected)
{
  g_autofree char *contents = NULL;

  g_assert_cmpint (g_file_get_contents (path, &contents, NULL, NULL), ==, expected != NULL);
  g_assert_cmpstr (contents, ==, expected);
}

/* Asserts that a folder has so many files. */
static void
assert_n_files (const char *folder,
                guint       expected)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, expected);
}

static guint
get_mode (const char *path)
{
  GStatBuf status;

  g_assert_no_errno (g_stat (path, &status));
  return status.st_mode & 07777;
}

static gboolean
write_all (GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (PslFileWriter) writer = psl_file_writer_new (file, cancellable, error);

  return writer != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (writer), WRITTEN, strlen (WRITTEN), NULL, cancellable, error) &&
         psl_file_writer_finish (writer, cancellable, error);
}

static void
assert_written (GFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (write_all (file, NULL, &error));
  g_assert_no_error (error);
  if (g_file_peek_path (file) != NULL)
    assert_contents (g_file_peek_path (file), WRITTEN);
}

static void
assert_refused (GFile            *file,
                PslRegisterError  code,
                const char       *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (write_all (file, NULL, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_new (Fixture       *fixture,
          gconstpointer  data)
{
  mode_t former = umask (027);

  assert_written (fixture->file);
  umask (former);
  g_assert_cmphex (get_mode (fixture->path), ==, 0640);
  assert_n_files (fixture->folder, 1);
}

/* The permissions of the former file are kept, whatever the umask; a private one has its own. */
static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (PslFilePart) part = NULL;
  g_autoptr (GError) error = NULL;
  mode_t former = umask (077);

  put (fixture->path, FORMER);
  g_assert_no_errno (g_chmod (fixture->path, 0664));
  assert_written (fixture->file);
  umask (former);
  g_assert_cmphex (get_mode (fixture->path), ==, 0664);

  part = psl_file_part_new (fixture->path, PSL_FILE_PART_PRIVATE, &error);
  g_assert_no_error (error);
  psl_file_part_finish (part, &error);
  g_assert_no_error (error);
  g_assert_cmphex (get_mode (fixture->path), ==, 0600);
  assert_contents (fixture->path, "");
  assert_n_files (fixture->folder, 1);
}

/* The owner and the group of the former file are kept; whoever may not do that grants nothing to
 * another group. */
static void
test_owner (Fixture       *fixture,
            gconstpointer  data)
{
  GStatBuf status;

  put (fixture->path, FORMER);
  g_assert_no_errno (g_chmod (fixture->path, 0660));
  if (__real_chown (fixture->path, 1, 2) != 0)
    {
      g_test_skip ("files can't be given away here");
      return;
    }
  assert_written (fixture->file);
  g_assert_no_errno (g_stat (fixture->path, &status));
  g_assert_cmpuint (status.st_uid, ==, 1);
  g_assert_cmpuint (status.st_gid, ==, 2);
  g_assert_cmphex (get_mode (fixture->path), ==, 0660);

  failing = CALL_CHOWN;
  assert_written (fixture->file);
  failing = CALL_NONE;
  g_assert_cmphex (get_mode (fixture->path), ==, 0600);
}

/* Until it is finished, only the former file can be seen, and it stays where it is given up. */
static void
test_abandon (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PslFileWriter) writer = NULL;

      if (i == 1)
        put (fixture->path, FORMER);
      writer = psl_file_writer_new (fixture->file, NULL, &error);
      g_assert_no_error (error);
      g_output_stream_write_all (G_OUTPUT_STREAM (writer), WRITTEN, 4, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_contents (fixture->path, i == 1 ? FORMER : NULL);
      g_clear_object (&writer);
      assert_contents (fixture->path, i == 1 ? FORMER : NULL);
      assert_n_files (fixture->folder, i);
    }
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (PslFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  put (fixture->path, FORMER);
  writer = psl_file_writer_new (fixture->file, cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (g_output_stream_write (G_OUTPUT_STREAM (writer), "a", 1, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (psl_file_writer_finish (writer, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (write_all (fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_contents (fixture->path, FORMER);
  assert_n_files (fixture->folder, 1);
}

/* A link stays, and leads to the new file, in another folder; the file need not be there. */
static void
test_link (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *target = g_build_filename (other, "target.csv", NULL);
  g_autofree char *kept = NULL;

  g_assert_no_errno (g_mkdir (other, 0700));
  g_assert_no_errno (symlink ("other/target.csv", fixture->path));
  for (guint i = 0; i < 2; i++)
    {
      assert_written (fixture->file);
      assert_contents (target, WRITTEN);
      put (target, FORMER);
    }
  kept = g_file_read_link (fixture->path, NULL);
  g_assert_cmpstr (kept, ==, "other/target.csv");
  assert_n_files (other, 1);

  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_no_errno (symlink ("table.csv", fixture->path));
  assert_refused (fixture->file, PSL_REGISTER_ERROR_FAILED, "“table.csv” can’t be written");
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "no", "table.csv", NULL);
  g_autoptr (GFile) missing_file = g_file_new_for_path (missing);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->folder);
  g_autoptr (GFile) full = g_file_new_for_path ("/dev/full");
  g_autoptr (GFile) nothing = g_file_new_for_path ("/dev/null");
  g_autoptr (GError) error = NULL;

  assert_refused (missing_file, PSL_REGISTER_ERROR_NOT_FOUND, "“table.csv” can’t be found");
  assert_refused (folder, PSL_REGISTER_ERROR_FAILED, "is a folder");
  assert_refused (full, PSL_REGISTER_ERROR_NO_SPACE, "no space left for “full”");
  g_assert_true (write_all (nothing, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (psl_file_part_new ("/dev/null", PSL_FILE_PART_NONE, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "is not an ordinary file"));
}

/* A file elsewhere is sent in the end; this one is of a scheme that nobody knows. */
static void
test_remote (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GFile) file = g_file_new_for_uri ("nowhere://nobody/table.csv");
  g_autoptr (PslFileWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  writer = psl_file_writer_new (file, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (G_OUTPUT_STREAM (writer), WRITTEN, strlen (WRITTEN), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (psl_file_writer_finish (writer, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* A pipe is written where somebody reads from it, and nobody waits for that. */
static void
test_pipe (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  char read_back[sizeof WRITTEN] = "";
  int fd;

  g_assert_no_errno (mkfifo (fixture->path, 0600));
  assert_refused (fixture->file, PSL_REGISTER_ERROR_FAILED, "no program reads from");
  fd = open (fixture->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_true (write_all (fixture->file, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read (fd, read_back, sizeof read_back), ==, strlen (WRITTEN));
  g_assert_cmpstr (read_back, ==, WRITTEN);
  g_assert_no_errno (close (fd));
  assert_n_files (fixture->folder, 1);
}

/* Names that leave no room for more, and some that are no text. */
static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *accents = g_strnfill (254, '\xa9');
  g_autofree char *bytes = g_strnfill (255, '\xa9');
  const char *names[] = { accents, bytes, "a.passerelle", "a.passerelle-20261130T200746Z-damaged", ".passerelle-" };

  for (gsize i = 0; i < strlen (accents); i += 2)
    accents[i] = '\xc3';
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_assert_null (psl_file_find_part (names[i]));
      assert_written (file);
      assert_written (file);
    }
  assert_n_files (fixture->folder, G_N_ELEMENTS (names));
}

static char *
make_left (Fixture    *fixture,
           const char *name,
           gint64      age)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const struct timespec times[2] = { { .tv_sec = now - age }, { .tv_sec = now - age } };

  put (path, "");
  g_assert_no_errno (utimensat (AT_FDCWD, path, times, 0));
  return path;
}

/* What killed programs have left goes with the next file that is written there, a day later. */
static void
test_left (Fixture       *fixture,
           gconstpointer  data)
{
  const struct
  {
    const char *name;
    gint64 age;
    gboolean stays;
  } cases[] = {
    { "table.csv.passerelle-aB3dE5.part", 2 * DAY, FALSE },
    { "other.csv.passerelle-aB3dE5.part", 2 * DAY, FALSE },
    { "a.passerelle.passerelle-aB3dE5.part-journal", 2 * DAY, FALSE },
    { "table.csv.passerelle-aB3dE6.part", DAY / 2, TRUE },
    { "table.csv.part", 2 * DAY, TRUE },
    { "table.csv.aB3dE5.part", 2 * DAY, TRUE },
    { "table.csv.passerelle-aB3d.part", 2 * DAY, TRUE },
    { "a.passerelle", 2 * DAY, TRUE },
  };
  char *paths[G_N_ELEMENTS (cases)];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    paths[i] = make_left (fixture, cases[i].name, cases[i].age);
  assert_written (fixture->file);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (g_file_test (paths[i], G_FILE_TEST_EXISTS), ==, cases[i].stays);
      g_free (paths[i]);
    }
}

/* A part of a part is called like one of the file, and what belongs to a part goes with it. It is
 * on the disk before it gets its name, whoever has written it. */
static void
test_part (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslFilePart) part = psl_file_part_new (fixture->path, PSL_FILE_PART_PRIVATE, &error);
  g_autoptr (PslFilePart) inner = psl_file_part_new (psl_file_part_get_path (part), PSL_FILE_PART_PRIVATE, &error);
  g_autofree char *journal = g_strconcat (psl_file_part_get_path (part), "-journal", NULL);
  g_autofree char *name = psl_file_dup_display_name (journal);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (psl_file_part_get_path (part)), ==, strlen (psl_file_part_get_path (inner)));
  g_assert_cmpstr (name, ==, "table.csv");
  put (journal, "");
  put (psl_file_part_get_path (inner), WRITTEN);
  failing = CALL_SYNC_FILE;
  failing_with = EIO;
  g_assert_false (psl_file_part_finish (inner, &error));
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_FAILED);
  g_clear_error (&error);
  assert_contents (psl_file_part_get_path (part), "");
  psl_file_part_finish (inner, &error);
  g_assert_no_error (error);
  assert_contents (psl_file_part_get_path (part), WRITTEN);
  assert_contents (fixture->path, NULL);
  g_clear_pointer (&part, psl_file_part_free);
  assert_n_files (fixture->folder, 0);
}

/* A file that is to be new never replaces one, also on a disk without links. */
static void
test_part_new (Fixture       *fixture,
               gconstpointer  data)
{
  const Call calls[] = { CALL_NONE, CALL_LINK };

  failing_with = EPERM;
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    for (guint exists = 0; exists < 2; exists++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (PslFilePart) part = psl_file_part_new (fixture->path, PSL_FILE_PART_NEW, &error);

        g_assert_no_error (error);
        put (psl_file_part_get_path (part), WRITTEN);
        if (exists)
          put (fixture->path, FORMER);
        failing = calls[i];
        psl_file_part_finish (part, &error);
        if (exists)
          g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_BUSY);
        else
          g_assert_no_error (error);
        assert_contents (fixture->path, exists ? FORMER : WRITTEN);
        g_clear_pointer (&part, psl_file_part_free);
        assert_n_files (fixture->folder, 1);
        g_assert_no_errno (g_unlink (fixture->path));
      }
}

/* Whichever call fails: an error, and the former file. Only when it has its name already can the
 * new file be there with an error. */
static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  const struct
  {
    int error_number;
    PslRegisterError code;
  } errors[] = {
    { EIO, PSL_REGISTER_ERROR_FAILED },
    { ENOSPC, PSL_REGISTER_ERROR_NO_SPACE },
    { EDQUOT, PSL_REGISTER_ERROR_NO_SPACE },
    { EROFS, PSL_REGISTER_ERROR_READ_ONLY },
  };
  const Call calls[] = { CALL_WRITE, CALL_SYNC_FILE, CALL_CLOSE, CALL_RENAME, CALL_SYNC_FOLDER };
  g_autofree char *folder_name = g_path_get_basename (fixture->folder);

  for (guint exists = 0; exists < 2; exists++)
    for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (errors); j++)
        {
          g_unlink (fixture->path);
          if (exists)
            put (fixture->path, FORMER);
          failing = calls[i];
          failing_with = errors[j].error_number;
          assert_refused (fixture->file, errors[j].code, calls[i] == CALL_SYNC_FOLDER ? folder_name : "“table.csv”");
          g_assert_cmpint (failing, ==, CALL_NONE);
          if (calls[i] == CALL_SYNC_FOLDER)
            assert_contents (fixture->path, WRITTEN);
          else
            assert_contents (fixture->path, exists ? FORMER : NULL);
          assert_n_files (fixture->folder, exists || calls[i] == CALL_SYNC_FOLDER);
        }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/file-writer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("new", test_new);
  ADD ("replace", test_replace);
  ADD ("owner", test_owner);
  ADD ("abandon", test_abandon);
  ADD ("cancel", test_cancel);
  ADD ("link", test_link);
  ADD ("no-file", test_no_file);
  ADD ("remote", test_remote);
  ADD ("pipe", test_pipe);
  ADD ("names", test_names);
  ADD ("left", test_left);
  ADD ("part", test_part);
  ADD ("part-new", test_part_new);
  ADD ("failures", test_failures);
#undef ADD
  return g_test_run ();
}
