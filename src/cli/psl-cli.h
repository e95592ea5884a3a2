/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslExit: the exit codes of the program.
 * @PSL_EXIT_DONE: done
 * @PSL_EXIT_REFUSED: not done, or “check” has found damage
 * @PSL_EXIT_USAGE: the command line can't be read
 * @PSL_EXIT_TO_MAKE_AGAIN: “check” has found no damage, but data that is to be made again
 * @PSL_EXIT_NOT_FOUND: “check --head” has not found the hash
 */
typedef enum
{
  PSL_EXIT_DONE = 0,
  PSL_EXIT_REFUSED = 1,
  PSL_EXIT_USAGE = 2,
  PSL_EXIT_TO_MAKE_AGAIN = 3,
  PSL_EXIT_NOT_FOUND = 4,
} PslExit;

typedef struct _PslCli PslCli;

/**
 * PslCommand:
 * @name: its name in the command line
 * @arguments: its arguments for the help, untranslated (N_())
 * @summary: a line about it for the help, untranslated
 * @details: (nullable): more of it, untranslated
 * @n_arguments: how many arguments it takes, at least
 * @n_more: how many more it may take; -1 for any number
 * @entries: (nullable): its options
 * @describe: (nullable): returns more of its help, which stands below the options
 * @run: does it; the arguments are UTF-8 and as many as they should be
 *
 * A command of the command line, one file each.
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *details;
  int n_arguments;
  int n_more;
  const GOptionEntry *entries;
  char *(*describe) (void);
  PslExit (*run) (PslCli             *cli,
                  const char *const  *arguments);
} PslCommand;

/**
 * PslCli:
 * @command: (nullable): the command that runs
 * @path: the register's file
 * @author: (nullable): who makes the changes
 * @anew: whether an empty register is begun even where a former one is missing
 * @made_register: whether the command made the register
 * @made_folder: (nullable): the topmost of the folders that it made for it
 *
 * The surroundings that a command runs in.
 */
struct _PslCli
{
  const PslCommand *command;
  char *path;
  char *author;
  gboolean anew;
  gboolean made_register;
  char *made_folder;
};

#define PSL_CLI_PROGRAM "passerelle-cli"

/* The name for a record's state, which is no field, among the arguments of “resolve”. */
#define PSL_CLI_STATE "state"

extern const PslCommand psl_command_backup;
extern const PslCommand psl_command_check;
extern const PslCommand psl_command_confirm;
extern const PslCommand psl_command_delete;
extern const PslCommand psl_command_entry;
extern const PslCommand psl_command_export;
extern const PslCommand psl_command_fields;
extern const PslCommand psl_command_history;
extern const PslCommand psl_command_identity;
extern const PslCommand psl_command_actions;
extern const PslCommand psl_command_replay;
extern const PslCommand psl_command_resolve;
extern const PslCommand psl_command_import;
extern const PslCommand psl_command_kinds;
extern const PslCommand psl_command_list;
extern const PslCommand psl_command_lists;
extern const PslCommand psl_command_new;
extern const PslCommand psl_command_recover;
extern const PslCommand psl_command_redo;
extern const PslCommand psl_command_restore;
extern const PslCommand psl_command_set;
extern const PslCommand psl_command_settings;
extern const PslCommand psl_command_show;
extern const PslCommand psl_command_trash;
extern const PslCommand psl_command_undo;

int            psl_cli_main           (int                 argc,
                                       char              **argv);

/* For commands: psl-cli-tools.c */
PslStore      *psl_cli_open           (PslCli             *self,
                                       PslStoreFlags       flags,
                                       GError            **error);
gboolean       psl_cli_open_if_there  (PslCli             *self,
                                       PslStore          **store,
                                       GError            **error);
PslCodelists  *psl_cli_get_codelists  (PslStore           *store);
void           psl_cli_remove_made    (PslCli             *self);
const PslKind *psl_cli_find_kind      (PslCli             *self,
                                       const char         *name);
const PslField *psl_cli_find_field    (PslCli             *self,
                                       const PslKind      *kind,
                                       const char         *name,
                                       const char        **language);
char          *psl_cli_dup_field_label (const PslField    *field,
                                       const char         *language);
gboolean       psl_cli_parse_delimiter (PslCli            *self,
                                       const char         *name,
                                       char               *delimiter);
gboolean       psl_cli_check_limit    (PslCli             *self,
                                       gint64              limit);
PslRecord     *psl_cli_read_record    (PslStore           *store,
                                       const char         *name,
                                       GError            **error);
PslStore      *psl_cli_open_field     (PslCli             *self,
                                       const char *const  *arguments,
                                       PslRecord         **record,
                                       const PslField    **field,
                                       const char        **language,
                                       PslExit            *status);
PslExit        psl_cli_set_state      (PslCli             *self,
                                       const char         *name,
                                       PslRecordState      state,
                                       PslVerb             verb);
PslExit        psl_cli_fail           (PslCli             *self,
                                       const GError       *error);
PslExit        psl_cli_usage          (PslCli             *self,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (2, 3);
void           psl_cli_complain       (PslCli             *self,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (2, 3);
void           psl_cli_print          (PslCli             *self,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (2, 3);
void           psl_cli_print_text     (const char         *text);
int            psl_cli_finish_output  (void);
void           psl_cli_print_json     (PslCli             *self,
                                       JsonNode           *node);
char          *psl_cli_dup_text       (const char         *argument);
char          *psl_cli_dup_time       (gint64              at);

G_END_DECLS
