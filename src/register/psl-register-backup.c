/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-backup.h"
#include "psl-register-private.h"

static gpointer
back_up (PslStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree char *own = NULL;
  const char *path = data;

  if (path == NULL)
    {
      own = psl_backup_dup_path (psl_store_get_path (store), PSL_BACKUP_MANUAL, g_get_real_time ());
      path = own;
    }
  psl_backup_create (store, path, cancellable, error);
  return NULL;
}

static gpointer
restore (PslStore      *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  GStrv files = data;

  psl_backup_restore (files[0], files[1], cancellable, NULL, error);
  return NULL;
}

/**
 * psl_register_back_up_async:
 * @path: (nullable): the backup's file name; %NULL for one in the folder of the
 *   register's backups
 * @cancellable: (nullable): stops it; no half a backup is left then
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Makes a backup that is kept for ever, with all writes asked for so far. The register can be
 * used meanwhile.
 */
void
psl_register_back_up_async (PslRegister         *self,
                            const char          *path,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (PSL_IS_REGISTER (self));

  psl_register_read (self, PSL_LANE_COPY, psl_register_back_up_async, back_up, g_strdup (path), g_free,
                     NULL, cancellable, callback, user_data);
}

/**
 * psl_register_restore_async:
 * @backup: the backup's file name
 * @callback: (nullable): where there is none, a failure comes as `failed`
 *
 * Puts a backup in the place of the register, which is kept as a backup itself;
 * see psl_backup_restore(). `changed` says that everything may have changed. Ends
 * with psl_register_back_up_finish(). Not for a register that is only looked at.
 */
void
psl_register_restore_async (PslRegister         *self,
                            const char          *backup,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  const char *files[] = { psl_register_get_path (self), backup, NULL };

  g_return_if_fail (PSL_IS_REGISTER (self));
  g_return_if_fail (backup != NULL);
  g_return_if_fail (!psl_register_is_looked_at (self));

  psl_register_replace (self, psl_register_back_up_async, restore, g_strdupv ((GStrv) files),
                        (GDestroyNotify) g_strfreev, callback, user_data);
}

/**
 * psl_register_back_up_finish:
 *
 * Returns: %TRUE, or %FALSE with an error like those of psl_backup_create() and
 *   psl_backup_restore()
 */
gboolean
psl_register_back_up_finish (PslRegister   *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, psl_register_back_up_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}
