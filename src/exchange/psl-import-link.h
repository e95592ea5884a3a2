/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "psl-import-row.h"
#include "psl-store.h"

G_BEGIN_DECLS

/**
 * PslMissingLinks: how to treat a link that names a record there isn't.
 * @PSL_MISSING_LINKS_EMPTY: its field stays empty, which is reported
 * @PSL_MISSING_LINKS_CREATE: the record is made; where the name fits several or is
 *   a UUID, the field stays empty
 * @PSL_MISSING_LINKS_REFUSE: the row is refused
 */
typedef enum
{
  PSL_MISSING_LINKS_EMPTY,
  PSL_MISSING_LINKS_CREATE,
  PSL_MISSING_LINKS_REFUSE,
} PslMissingLinks;

/**
 * PslLinkResult:
 * @PSL_LINKS_RESOLVED: every link is set in the record or left out
 * @PSL_LINKS_WAITING: a link may lead to a record further down in the file
 * @PSL_LINKS_REFUSED: a link refuses the row, which has been reported
 * @PSL_LINKS_FAILED: the register failed
 */
typedef enum
{
  PSL_LINKS_RESOLVED,
  PSL_LINKS_WAITING,
  PSL_LINKS_REFUSED,
  PSL_LINKS_FAILED,
} PslLinkResult;

typedef struct _PslLinkResolver PslLinkResolver;

PslLinkResolver *psl_link_resolver_new         (PslStore            *store,
                                                const PslKind       *kind,
                                                PslMissingLinks      missing,
                                                const char          *language,
                                                PslImportReport      report,
                                                gpointer             user_data);
void             psl_link_resolver_free        (PslLinkResolver     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PslLinkResolver, psl_link_resolver_free)
PslLinkResult    psl_link_resolver_resolve     (PslLinkResolver     *self,
                                                PslImportRow        *row,
                                                GError             **error);
gboolean         psl_link_resolver_create      (PslLinkResolver     *self,
                                                PslImportRow        *row,
                                                PslImportLink       *link,
                                                GError             **error);
gboolean         psl_import_link_is_unresolved (const PslImportLink *link);
char            *psl_import_link_dup_name      (PslStore            *store,
                                                const char          *id);
char            *psl_import_link_describe      (PslStore            *store,
                                                GArray              *rids);

G_END_DECLS
