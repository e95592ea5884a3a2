/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-cli.h"

#include <glib/gi18n-lib.h>

#include "psl-record-json.h"

static gboolean json_option;

static const GOptionEntry entries[] = {
  { "json", 0, 0, G_OPTION_ARG_NONE, &json_option, N_("As JSON"), NULL },
  { NULL },
};

static void
set_string (JsonObject *object,
            const char *name,
            const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* RFC 3339, UTC; NULL for a time beyond the calendar, of a damaged register. */
static char *
format_time (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc_usec (at);

  return time != NULL ? g_date_time_format_iso8601 (time) : NULL;
}

static JsonNode *
value_to_json (const PslChange *change,
               const char      *value)
{
  if (change->field != NULL)
    return psl_record_value_to_json (change->field, value);
  if (value == NULL)
    return json_node_init_null (json_node_alloc ());
  return json_node_init_string (json_node_alloc (), value);
}

static void
print_json (PslCli    *cli,
            GPtrArray *changes)
{
  g_autoptr (JsonNode) node = json_node_alloc ();
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const PslChange *change = g_ptr_array_index (changes, i);
      JsonObject *object = json_object_new ();
      g_autofree char *at = format_time (change->action->at);
      g_autofree char *description = psl_action_describe (change->action);

      json_object_set_int_member (object, "action", change->action->id);
      set_string (object, "at", at);
      set_string (object, "author", change->action->author);
      set_string (object, "description", description);
      json_object_set_boolean_member (object, "undone", change->action->undone);
      if (change->part != NULL)
        set_string (object, "part", change->part);
      set_string (object, "field", change->field != NULL ? change->field->name : PSL_FIELD_STATE);
      set_string (object, "language", change->language);
      json_object_set_member (object, "old", value_to_json (change, change->old_value));
      json_object_set_member (object, "new", value_to_json (change, change->new_value));
      json_array_add_object_element (array, object);
    }
  json_node_init_array (node, array);
  psl_cli_print_json (cli, node);
}

static char *
dup_field_label (const PslChange *change)
{
  g_autofree char *label = change->language != NULL
                             ? g_strdup_printf ("%s (%s)", psl_field_get_label (change->field), change->language)
                             : g_strdup (psl_field_get_label (change->field));

  return change->part != NULL ? g_strdup_printf (C_("history", "%s · %s"), change->part, label)
                              : g_steal_pointer (&label);
}

/* The action's sentence tells the change of the record's own state. */
static void
print_state (PslCli          *cli,
             const PslChange *change)
{
  g_autofree char *sentence = NULL;

  if (change->part == NULL)
    return;
  sentence = g_strdup_printf (C_("history", "%s · %s"), change->part, psl_change_describe_state (change));
  psl_cli_print (cli, "    %s\n", sentence);
}

static void
print_change (PslCli             *cli,
              const PslCodelists *codelists,
              const PslChange    *change)
{
  g_autofree char *label = NULL;
  g_autofree char *old_value = NULL;
  g_autofree char *new_value = NULL;

  if (change->field == NULL)
    {
      print_state (cli, change);
      return;
    }
  label = dup_field_label (change);
  old_value = psl_field_display (change->field, codelists, change->old_value, NULL);
  new_value = psl_field_display (change->field, codelists, change->new_value, NULL);
  if (change->old_value == NULL)
    psl_cli_print (cli, _("    %s: “%s”"), label, new_value);
  else if (change->new_value == NULL)
    psl_cli_print (cli, _("    %s: “%s” taken away"), label, old_value);
  else if (strcmp (change->old_value, change->new_value) == 0)
    psl_cli_print (cli, _("    %s: “%s” kept"), label, new_value);
  else
    psl_cli_print (cli, _("    %s: “%s” changed to “%s”"), label, old_value, new_value);
  psl_cli_print (cli, "\n");
}

static void
print_action (PslCli          *cli,
              const PslAction *action)
{
  g_autofree char *at = psl_cli_dup_time (action->at);
  g_autofree char *description = psl_action_describe (action);

  psl_cli_print (cli, "%s  %s", at, description);
  if (action->author != NULL && *action->author != '\0')
    psl_cli_print (cli, " (%s)", action->author);
  if (action->undone)
    psl_cli_print (cli, " [%s]", _("undone"));
  psl_cli_print (cli, "\n");
}

static PslExit
run_history (PslCli             *cli,
             const char *const  *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PslStore) store = psl_cli_open (cli, PSL_STORE_READ_ONLY, &error);
  g_autoptr (GPtrArray) changes = NULL;
  gint64 rid = store != NULL ? psl_store_find (store, arguments[0], &error) : 0;
  gint64 last = 0;

  if (rid > 0)
    changes = psl_store_history (store, rid, &error);
  if (changes == NULL)
    return psl_cli_fail (cli, error);
  if (json_option)
    {
      print_json (cli, changes);
      return PSL_EXIT_DONE;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const PslChange *change = g_ptr_array_index (changes, i);

      if (change->action->id != last)
        print_action (cli, change->action);
      last = change->action->id;
      print_change (cli, psl_store_get_codelists (store), change);
    }
  return PSL_EXIT_DONE;
}

const PslCommand psl_command_history = {
  .name = "history",
  .arguments = "ID",
  .summary = N_("Shows what was done to a record, and by whom"),
  .n_arguments = 1,
  .entries = entries,
  .run = run_history,
};
