/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Files of the document portal, which a folder stands for: documents/ID/NAME where a file was
 * chosen, documents/ID/FOLDER/… where a folder was. What a real portal does is tried by
 * flatpak/check. The linker gives the program the calls that fail under other names (`--wrap`,
 * see meson.build).
 */

#include "config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "psl-error.h"
#include "psl-file-document.h"
#include "psl-file-part.h"
#include "psl-file-writer.h"
#include "tests/folder.h"

#define FORMER "what was there"
#define WRITTEN "what is written"

typedef enum
{
  FAULT_NONE,
  FAULT_WRITE,    /* a few bytes are written, then no more */
  FAULT_SYNC,
  FAULT_CLOSE,
  FAULT_CHANGE,   /* other bytes are written */
} Fault;

/* What happens to the file of this name only. */
static char *faulty;
static Fault fault;
static int fault_number;
static guint n_written;

static gboolean
is_faulty (int fd)
{
  struct stat one;
  struct stat other;

  return faulty != NULL && fstat (fd, &one) == 0 && stat (faulty, &other) == 0 &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static int
fail (void)
{
  errno = fault_number;
  return -1;
}

ssize_t __real_write (int, const void *, size_t);
int __real_fsync (int);
int __real_close (int);
ssize_t __wrap_write (int, const void *, size_t);
int __wrap_fsync (int);
int __wrap_close (int);

ssize_t
__wrap_write (int         fd,
              const void *buffer,
              size_t      count)
{
  char other[4] = "xxx";

  if (!is_faulty (fd))
    return __real_write (fd, buffer, count);
  if (fault == FAULT_CHANGE)
    return __real_write (fd, other, MIN (count, 3));
  if (fault == FAULT_WRITE && n_written++ > 0)
    return fail ();
  /* At most three bytes at once, as a system may do. */
  return __real_write (fd, buffer, MIN (count, 3));
}

int
__wrap_fsync (int fd)
{
  return fault == FAULT_SYNC && is_faulty (fd) ? fail () : __real_fsync (fd);
}

int
__wrap_close (int fd)
{
  gboolean fails = fault == FAULT_CLOSE && is_faulty (fd);
  int result = __real_close (fd);

  return fails ? fail () : result;
}

typedef struct
{
  char *folder;
  char *documents;
  char *alone;          /* the folder of a document alone */
  char *alone_path;
  char *in_folder;      /* a folder that was chosen */
  char *in_folder_path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = folder_make ();
  fixture->documents = g_build_filename (fixture->folder, "documents", NULL);
  fixture->alone = g_build_filename (fixture->documents, "1a2b", NULL);
  fixture->alone_path = g_build_filename (fixture->alone, "table.csv", NULL);
  fixture->in_folder = g_build_filename (fixture->documents, "3c4d", "chosen", NULL);
  fixture->in_folder_path = g_build_filename (fixture->in_folder, "table.csv", NULL);
  g_assert_no_errno (g_mkdir_with_parents (fixture->alone, 0700));
  g_assert_no_errno (g_mkdir_with_parents (fixture->in_folder, 0700));
  psl_file_mock_documents (fixture->documents);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  psl_file_mock_documents (NULL);
  fault = FAULT_NONE;
  g_clear_pointer (&faulty, g_free);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->documents);
  g_free (fixture->alone);
  g_free (fixture->alone_path);
  g_free (fixture->in_folder);
  g_free (fixture->in_folder_path);
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

static void
assert_n_files (const char *folder,
                guint       expected)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, expected);
}

static GStatBuf
look_at (const char *path)
{
  GStatBuf status;

  g_assert_no_errno (g_stat (path, &status));
  return status;
}

/* Where parts of documents are made; nothing stays there. */
static void
assert_nothing_inside (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "passerelle", NULL);

  assert_n_files (folder, 0);
}

static gboolean
write_file (const char  *path,
            GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (PslFileWriter) writer = psl_file_writer_new (file, NULL, error);

  return writer != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (writer), WRITTEN, strlen (WRITTEN), NULL, NULL, error) &&
         psl_file_writer_finish (writer, NULL, error);
}

static gboolean
write_part (const char        *path,
            PslFilePartFlags   flags,
            GError           **error)
{
  g_autoptr (PslFilePart) part = psl_file_part_new (path, flags, error);

  if (part == NULL)
    return FALSE;
  put (psl_file_part_get_path (part), WRITTEN);
  return psl_file_part_finish (part, error);
}

static void
test_sorts (Fixture       *fixture,
            gconstpointer  data)
{
  const struct
  {
    const char *path;
    PslFileDocument expected;
  } cases[] = {
    { "documents/1a2b/table.csv", PSL_FILE_DOCUMENT_ALONE },
    { "documents/1a2b/../1a2b/new.csv", PSL_FILE_DOCUMENT_ALONE },
    { "documents/3c4d/chosen/table.csv", PSL_FILE_DOCUMENT_IN_FOLDER },
    { "documents/3c4d/chosen/deeper/table.csv", PSL_FILE_DOCUMENT_IN_FOLDER },
    { "documents/by-app/a.b.c/1a2b/table.csv", PSL_FILE_DOCUMENT_ALONE },
    { "documents/by-app/a.b.c/1a2b/chosen/table.csv", PSL_FILE_DOCUMENT_IN_FOLDER },
    { "documents/gone/table.csv", PSL_FILE_DOCUMENT_NONE },
    { "documents2/1a2b/table.csv", PSL_FILE_DOCUMENT_NONE },
    { "table.csv", PSL_FILE_DOCUMENT_NONE },
    { "link/1a2b/table.csv", PSL_FILE_DOCUMENT_ALONE },
  };
  const char *const folders[] = {
    "documents2/1a2b", "documents/3c4d/chosen/deeper", "documents/by-app/a.b.c/1a2b/chosen",
  };
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (fixture->folder, folders[i], NULL);

      g_assert_no_errno (g_mkdir_with_parents (folder, 0700));
    }
  g_assert_no_errno (symlink (fixture->documents, link));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, cases[i].path, NULL);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (psl_file_get_document (path), ==, cases[i].expected);
    }
  g_assert_no_errno (g_unlink (link));
}

/* A document alone stays the file that it is, and nothing is made beside it. */
static void
test_alone (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf former;

  g_assert_true (write_file (fixture->alone_path, &error));
  g_assert_no_error (error);
  assert_contents (fixture->alone_path, WRITTEN);

  put (fixture->alone_path, FORMER FORMER);
  g_assert_no_errno (g_chmod (fixture->alone_path, 0640));
  former = look_at (fixture->alone_path);
  g_assert_true (write_file (fixture->alone_path, &error));
  g_assert_no_error (error);
  assert_contents (fixture->alone_path, WRITTEN);
  g_assert_cmpuint (look_at (fixture->alone_path).st_ino, ==, former.st_ino);
  g_assert_cmphex (look_at (fixture->alone_path).st_mode, ==, former.st_mode);
  assert_n_files (fixture->alone, 1);
  assert_nothing_inside ();
}

/* Until the part is finished, nothing is seen of it; nor when it is given up. */
static void
test_abandon (Fixture       *fixture,
              gconstpointer  data)
{
  const char *const paths[] = { fixture->alone_path, fixture->in_folder_path };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *folder = g_path_get_dirname (paths[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (PslFilePart) part = NULL;
      g_autofree char *journal = NULL;

      put (paths[i], FORMER);
      part = psl_file_part_new (paths[i], PSL_FILE_PART_NONE, &error);
      g_assert_no_error (error);
      put (psl_file_part_get_path (part), WRITTEN);
      journal = g_strconcat (psl_file_part_get_path (part), "-journal", NULL);
      put (journal, WRITTEN);
      assert_contents (paths[i], FORMER);
      assert_n_files (folder, 1);
      g_clear_pointer (&part, psl_file_part_free);
      assert_contents (paths[i], FORMER);
      assert_n_files (folder, 1);
    }
  assert_nothing_inside ();
}

/* In a folder another file takes the place of the former one. */
static void
test_in_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *other = g_strconcat (fixture->in_folder_path, "-former", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (write_file (fixture->in_folder_path, &error));
      g_assert_no_error (error);
      assert_contents (fixture->in_folder_path, WRITTEN);
      assert_n_files (fixture->in_folder, 1);
      put (fixture->in_folder_path, FORMER FORMER);
    }
  g_assert_no_errno (g_chmod (fixture->in_folder_path, 0640));
  g_assert_no_errno (link (fixture->in_folder_path, other));
  g_assert_true (write_file (fixture->in_folder_path, &error));
  g_assert_no_error (error);
  assert_contents (other, FORMER FORMER);
  g_assert_cmphex (look_at (fixture->in_folder_path).st_mode & 0777, ==, 0640);
  assert_nothing_inside ();
}

static void
test_flags (Fixture       *fixture,
            gconstpointer  data)
{
  const char *const paths[] = { fixture->alone_path, fixture->in_folder_path };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (write_part (paths[i], PSL_FILE_PART_NEW | PSL_FILE_PART_PRIVATE, &error));
      g_assert_no_error (error);
      assert_contents (paths[i], WRITTEN);
      g_assert_cmphex (look_at (paths[i]).st_mode & 0777, ==, 0600);
      put (paths[i], FORMER);
      g_assert_false (write_part (paths[i], PSL_FILE_PART_NEW, &error));
      g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_BUSY);
      g_clear_error (&error);
      assert_contents (paths[i], FORMER);
      g_assert_no_errno (g_chmod (paths[i], 0644));
      g_assert_true (write_part (paths[i], PSL_FILE_PART_PRIVATE, &error));
      g_assert_no_error (error);
      g_assert_cmphex (look_at (paths[i]).st_mode & 0777, ==, 0600);
    }
  assert_nothing_inside ();
}

static void
test_large (Fixture       *fixture,
            gconstpointer  data)
{
  const gsize sizes[] = { 0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 1000003 };
  g_autofree char *from = g_build_filename (fixture->folder, "from", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *contents = g_malloc (sizes[i] + 1);
      g_autofree char *sent = NULL;
      gsize length;
      g_autoptr (GError) error = NULL;

      for (gsize j = 0; j < sizes[i]; j++)
        contents[j] = (char) (j * 7 + j / 256);
      g_assert_true (g_file_set_contents (from, contents, (gssize) sizes[i], &error));
      g_assert_true (psl_file_send (from, fixture->alone_path, PSL_FILE_PART_NONE, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (fixture->alone_path, &sent, &length, &error));
      g_assert_cmpmem (sent, length, contents, sizes[i]);
    }
}

/* Whichever call fails: an error that says what became of the file. */
static void
test_failures (Fixture       *fixture,
               gconstpointer  data)
{
  const struct
  {
    Fault fault;
    int number;
    PslRegisterError code;
    const char *left;
  } cases[] = {
    { FAULT_WRITE, ENOSPC, PSL_REGISTER_ERROR_NO_SPACE, "wha" },
    { FAULT_WRITE, EIO, PSL_REGISTER_ERROR_FAILED, "wha" },
    { FAULT_SYNC, EIO, PSL_REGISTER_ERROR_FAILED, WRITTEN },
    { FAULT_CLOSE, EDQUOT, PSL_REGISTER_ERROR_NO_SPACE, WRITTEN },
    { FAULT_CHANGE, 0, PSL_REGISTER_ERROR_FAILED, "xxxxxxxxxxxxxxx" },
  };

  faulty = g_strdup (fixture->alone_path);
  for (guint exists = 0; exists < 2; exists++)
    for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
      {
        g_autoptr (GError) error = NULL;

        fault = FAULT_NONE;
        g_unlink (fixture->alone_path);
        if (exists)
          put (fixture->alone_path, FORMER);
        fault = cases[i].fault;
        fault_number = cases[i].number;
        n_written = 0;
        g_assert_false (write_file (fixture->alone_path, &error));
        g_assert_error (error, PSL_REGISTER_ERROR, (int) cases[i].code);
        g_assert_nonnull (strstr (error->message, "“table.csv”"));
        g_assert_cmpint (strstr (error->message, "incomplete") != NULL, ==, exists);
        assert_contents (fixture->alone_path, exists ? cases[i].left : NULL);
        assert_n_files (fixture->alone, exists);
        assert_nothing_inside ();
      }
}

/* A portal that does not pass on that a file is to reach the disk. */
static void
test_no_sync (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  put (fixture->alone_path, FORMER);
  faulty = g_strdup (fixture->alone_path);
  fault = FAULT_SYNC;
  fault_number = ENOSYS;
  g_assert_true (write_file (fixture->alone_path, &error));
  g_assert_no_error (error);
  assert_contents (fixture->alone_path, WRITTEN);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *cache = folder_make ();
  int result;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/file-document/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sorts", test_sorts);
  ADD ("alone", test_alone);
  ADD ("abandon", test_abandon);
  ADD ("in-folder", test_in_folder);
  ADD ("flags", test_flags);
  ADD ("large", test_large);
  ADD ("failures", test_failures);
  ADD ("no-sync", test_no_sync);
#undef ADD
  result = g_test_run ();
  folder_remove (cache);
  return result;
}
