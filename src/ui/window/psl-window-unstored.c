/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-toast.h"
#include "psl-window-private.h"

/* Toasts about records that were left with something that could not be stored. Each stays
 * until it is closed or its record is shown: a toast that comes later stands in front of
 * it for its time only. */

typedef struct
{
  PslWindow *window;
  char *draft;
} Unstored;

static void
unstored_free (gpointer  data,
               GClosure *closure)
{
  Unstored *unstored = data;

  g_free (unstored->draft);
  g_free (unstored);
}

static void
dismissed_cb (AdwToast *toast,
              Unstored *unstored)
{
  if (g_hash_table_lookup (unstored->window->unstored, unstored->draft) == toast)
    g_hash_table_remove (unstored->window->unstored, unstored->draft);
}

/* Tells that a record was left with something that could not be stored, and offers to
 * show it. @draft is what psl_detail_page_get_draft() calls it. */
void
psl_window_tell_unstored (PslWindow  *self,
                          const char *draft)
{
  AdwToast *toast;
  Unstored *unstored;

  if (self->closing)
    return;

  psl_window_forget_unstored (self, draft);
  toast = psl_toast_new (_("What you typed could not be stored"));
  unstored = g_new (Unstored, 1);
  unstored->window = self;
  unstored->draft = g_strdup (draft);
  psl_toast_add_button (toast, _("_Show"), "win.show-draft", g_variant_new_string (draft));
  adw_toast_set_timeout (toast, 0);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), unstored, unstored_free, 0);
  g_hash_table_insert (self->unstored, g_strdup (draft), toast);
  psl_window_add_toast (self, toast);
}

/* Takes the toast about @draft away: the record is shown, or told of anew. */
void
psl_window_forget_unstored (PslWindow  *self,
                            const char *draft)
{
  AdwToast *toast = g_hash_table_lookup (self->unstored, draft);

  if (toast != NULL)
    adw_toast_dismiss (toast);
}
