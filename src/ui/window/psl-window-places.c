/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "psl-error.h"
#include "psl-settings.h"
#include "psl-window-private.h"

/* The way to a place, to a record, and back. */

/* Records looked at for less than this are no steps to go back to: the person
 * runs through the list with the arrow keys. Microseconds. */
#define GLANCE (G_USEC_PER_SEC * 7 / 10)

/* On the way to a record. */
typedef struct
{
  PslWindow *window;
  gint64 rid;
  gboolean is_step;
} Going;

static void
going_free (Going *going)
{
  g_object_unref (going->window);
  g_free (going);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Going, going_free)

static void
arrive (PslWindow *self,
        PslRecord *record,
        gboolean   is_step)
{
  gint64 rid = psl_record_get_rid (record);

  psl_window_set_place (self, psl_place_of_record (record));
  /* A part stands in no list. */
  if (!psl_kind_is_part (psl_record_get_kind (record)))
    psl_list_page_reveal (self->list_page, rid);
  self->walking = is_step;
  psl_record_model_select (psl_window_get_model (self), rid);
  self->walking = FALSE;
  adw_navigation_split_view_set_show_content (self->outer_view, TRUE);
}

static void
went_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Going) going = user_data;
  PslWindow *self = going->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (PslRecord) record = psl_register_load_finish (PSL_REGISTER (source), result, &error);

  if (self->reg == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL && !g_error_matches (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_NOT_FOUND))
    {
      psl_window_tell_error (self, _("Can’t Open the Record"), error);
    }
  else if (record == NULL || psl_place_of_record (record) == NULL)
    {
      psl_trail_forget (self->trail, going->rid);
      psl_window_tell (self, _("That record is no longer in the register"));
    }
  else
    {
      arrive (self, record, going->is_step);
    }
  psl_window_update_actions (self);
}

static void
go (PslWindow *self,
    gint64     rid,
    gboolean   is_step)
{
  Going *going;

  if (self->reg == NULL)
    return;

  going = g_new0 (Going, 1);
  going->window = g_object_ref (self);
  going->rid = rid;
  going->is_step = is_step;
  psl_register_load_async (self->reg, rid, psl_window_renew (&self->going), went_cb, going);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (rid != 0)
    psl_window_go_to (self, rid);
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    psl_window_tell_error (self, _("Can’t Open the Record"), error);
}

/* The record that was shown when the place was left; it may be gone since. */
static void
last_found_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (PslWindow) self = user_data;
  PslRecordModel *model = psl_window_get_model (self);
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, NULL);

  if (rid == 0 || self->reg == NULL || psl_record_model_get_selected (model) != 0)
    return;

  psl_list_page_reveal (self->list_page, rid);
  psl_record_model_select (model, rid);
}

/* Lists what is there. */
void
psl_window_set_place (PslWindow      *self,
                      const PslPlace *place)
{
  psl_list_page_set_place (self->list_page, place);
  psl_sidebar_set_place (self->sidebar, place);
  g_settings_set_string (psl_settings_get_gsettings (psl_settings_get_default ()), "place", place->name);
  psl_window_update_title (self);
  psl_window_update_actions (self);
}

/* Lists what is there, and shows the record that was shown there last; in a narrow
 * window, behind what is in front. */
void
psl_window_show_place (PslWindow      *self,
                       const PslPlace *place)
{
  if (place == psl_list_page_get_place (self->list_page))
    return;

  psl_window_set_place (self, place);
  psl_window_show_last_record (self);
}

/* The same, in front. */
void
psl_window_choose_place (PslWindow      *self,
                         const PslPlace *place)
{
  adw_navigation_split_view_set_show_content (self->inner_view, TRUE);
  psl_window_show_place (self, place);
}

/* Shows the record that was shown in this place last, where it is still there. */
void
psl_window_show_last_record (PslWindow *self)
{
  const PslPlace *place = psl_list_page_get_place (self->list_page);
  g_autofree char *id = psl_settings_dup_record (psl_settings_get_default (), place->name);

  psl_record_model_select (psl_window_get_model (self), 0);
  /* A new record that is not stored is not in the list. */
  psl_detail_page_show (self->detail_page, 0);
  if (id != NULL)
    psl_register_find_async (self->reg, id, psl_window_renew (&self->going), last_found_cb, g_object_ref (self));
}

/* Notes that the record is shown, to lead back to it. */
void
psl_window_visit (PslWindow *self,
                  gint64     rid)
{
  gint64 now = g_get_monotonic_time ();

  if (self->walking)
    return;

  /* The record before was only passed by. */
  if (now - self->visited_at < GLANCE && psl_trail_can_go_back (self->trail))
    psl_trail_back (self->trail);
  psl_trail_visit (self->trail, rid);
  self->visited_at = now;
}

/**
 * psl_window_go_to:
 * @rid: a record
 *
 * Shows the record, in the place where it is listed.
 */
void
psl_window_go_to (PslWindow *self,
                  gint64     rid)
{
  g_return_if_fail (PSL_IS_WINDOW (self));

  go (self, rid, FALSE);
}

/* Shows a record of the trail, which is no new step on it. */
void
psl_window_step (PslWindow *self,
                 gint64     rid)
{
  if (rid != 0)
    go (self, rid, TRUE);
}

/**
 * psl_window_find:
 * @id: a record's UUID, or its identifier
 *
 * Shows the record, as soon as the register is open.
 */
void
psl_window_find (PslWindow  *self,
                 const char *id)
{
  g_return_if_fail (PSL_IS_WINDOW (self));
  g_return_if_fail (id != NULL);

  if (self->reg != NULL)
    psl_register_find_async (self->reg, id, psl_window_renew (&self->going), found_cb, g_object_ref (self));
  else
    g_set_str (&self->to_find, id);
}
