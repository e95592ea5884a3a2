/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-fault-vfs.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} FaultFile;

static sqlite3_vfs *real_vfs;
static sqlite3_vfs fault_vfs;
static sqlite3_io_methods fault_methods;

static gint countdown;
static gint armed;
static gint struck;
static int fault_result;

/* Counts one operation that would change the disk; returns what it fails with,
 * or SQLITE_OK. */
static int
fault_strike (void)
{
  if (!g_atomic_int_get (&armed))
    return SQLITE_OK;
  if (!g_atomic_int_get (&struck) && !g_atomic_int_dec_and_test (&countdown))
    return SQLITE_OK;
  g_atomic_int_set (&struck, TRUE);
  return fault_result;
}

static sqlite3_file *
fault_file_get_real (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
fault_close (sqlite3_file *file)
{
  sqlite3_file *real = fault_file_get_real (file);
  int result = real->pMethods != NULL ? real->pMethods->xClose (real) : SQLITE_OK;

  sqlite3_free (real);
  return result;
}

static int
fault_read (sqlite3_file *file, void *data, int amount, sqlite3_int64 offset)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xRead (real, data, amount, offset);
}

static int
fault_write (sqlite3_file *file, const void *data, int amount, sqlite3_int64 offset)
{
  sqlite3_file *real = fault_file_get_real (file);
  int result = fault_strike ();

  return result != SQLITE_OK ? result : real->pMethods->xWrite (real, data, amount, offset);
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  sqlite3_file *real = fault_file_get_real (file);
  int result = fault_strike ();

  return result != SQLITE_OK ? result : real->pMethods->xTruncate (real, size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  sqlite3_file *real = fault_file_get_real (file);
  int result = fault_result != SQLITE_FULL ? fault_strike () : SQLITE_OK;

  return result != SQLITE_OK ? result : real->pMethods->xSync (real, flags);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xFileSize (real, size);
}

static int
fault_lock (sqlite3_file *file, int level)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xLock (real, level);
}

static int
fault_unlock (sqlite3_file *file, int level)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xUnlock (real, level);
}

static int
fault_check_reserved_lock (sqlite3_file *file, int *result)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xCheckReservedLock (real, result);
}

static int
fault_file_control (sqlite3_file *file, int operation, void *argument)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xFileControl (real, operation, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xSectorSize (real);
}

static int
fault_device_characteristics (sqlite3_file *file)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xDeviceCharacteristics (real);
}

static int
fault_shm_map (sqlite3_file *file, int region, int size, int extend, void volatile **map)
{
  sqlite3_file *real = fault_file_get_real (file);
  int result = extend ? fault_strike () : SQLITE_OK;

  return result != SQLITE_OK ? result : real->pMethods->xShmMap (real, region, size, extend, map);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xShmLock (real, offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  sqlite3_file *real = fault_file_get_real (file);

  real->pMethods->xShmBarrier (real);
}

static int
fault_shm_unmap (sqlite3_file *file, int delete_it)
{
  sqlite3_file *real = fault_file_get_real (file);

  return real->pMethods->xShmUnmap (real, delete_it);
}

static int
fault_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  gboolean makes_file = (flags & SQLITE_OPEN_CREATE) != 0
                        && (name == NULL || !g_file_test (name, G_FILE_TEST_EXISTS));
  int result;

  memset (self, 0, sizeof *self);
  if (makes_file)
    {
      result = fault_strike ();
      if (result != SQLITE_OK)
        return result;
    }

  self->real = sqlite3_malloc (real_vfs->szOsFile);
  if (self->real == NULL)
    return SQLITE_NOMEM;
  memset (self->real, 0, real_vfs->szOsFile);
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (result == SQLITE_OK)
    self->base.pMethods = &fault_methods;
  else
    g_clear_pointer (&self->real, sqlite3_free);
  return result;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  int result = fault_strike ();

  return result != SQLITE_OK ? result : real_vfs->xDelete (real_vfs, name, sync_folder);
}

/**
 * psl_fault_vfs_install:
 *
 * Makes the failing VFS the default one of this process. Call it once, before
 * any database is opened.
 */
void
psl_fault_vfs_install (void)
{
  g_return_if_fail (real_vfs == NULL);

  real_vfs = sqlite3_vfs_find (NULL);

  fault_methods = (sqlite3_io_methods) {
    .iVersion = 2,
    .xClose = fault_close,
    .xRead = fault_read,
    .xWrite = fault_write,
    .xTruncate = fault_truncate,
    .xSync = fault_sync,
    .xFileSize = fault_file_size,
    .xLock = fault_lock,
    .xUnlock = fault_unlock,
    .xCheckReservedLock = fault_check_reserved_lock,
    .xFileControl = fault_file_control,
    .xSectorSize = fault_sector_size,
    .xDeviceCharacteristics = fault_device_characteristics,
    .xShmMap = fault_shm_map,
    .xShmLock = fault_shm_lock,
    .xShmBarrier = fault_shm_barrier,
    .xShmUnmap = fault_shm_unmap,
  };

  fault_vfs = *real_vfs;
  fault_vfs.pNext = NULL;
  fault_vfs.zName = "fault";
  fault_vfs.szOsFile = sizeof (FaultFile);
  fault_vfs.xOpen = fault_open;
  fault_vfs.xDelete = fault_delete;

  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, TRUE), ==, SQLITE_OK);
}

/**
 * psl_fault_vfs_arm:
 * @nth: which operation from now on is the first to fail, from 1
 * @result: what it fails with, such as SQLITE_FULL or SQLITE_IOERR_WRITE
 *
 * Lets the operations before the @nth pass, and fails it and all after it.
 */
void
psl_fault_vfs_arm (guint nth,
                   int   result)
{
  g_return_if_fail (nth > 0);

  fault_result = result;
  g_atomic_int_set (&struck, FALSE);
  g_atomic_int_set (&countdown, (gint) nth);
  g_atomic_int_set (&armed, TRUE);
}

/**
 * psl_fault_vfs_disarm:
 *
 * Lets everything pass again.
 *
 * Returns: whether anything failed since it was armed
 */
gboolean
psl_fault_vfs_disarm (void)
{
  g_atomic_int_set (&armed, FALSE);
  return g_atomic_int_get (&struck);
}
