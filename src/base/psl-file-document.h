/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "psl-file-part.h"

G_BEGIN_DECLS

/**
 * PslFileDocument:
 * @PSL_FILE_DOCUMENT_NONE: an ordinary file
 * @PSL_FILE_DOCUMENT_ALONE: a file that a person has chosen, without the folder it is in
 * @PSL_FILE_DOCUMENT_IN_FOLDER: a file in a folder that a person has chosen
 *
 * Whether a file is a document: one outside of the sandbox that the document portal lets the
 * program use.
 */
typedef enum
{
  PSL_FILE_DOCUMENT_NONE,
  PSL_FILE_DOCUMENT_ALONE,
  PSL_FILE_DOCUMENT_IN_FOLDER,
} PslFileDocument;

PslFileDocument psl_file_get_document       (const char        *path);
gboolean        psl_file_is_document        (const char        *path);
void            psl_file_set_document_error (const char        *path,
                                             GError           **error);
gboolean        psl_file_send               (const char        *from,
                                             const char        *to,
                                             PslFilePartFlags   flags,
                                             GError           **error);
void            psl_file_mock_documents     (const char        *folder);

G_END_DECLS
