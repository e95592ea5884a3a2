/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-owner-link.h"

#include <glib/gi18n.h>

#include "psl-failure.h"

struct _PslOwnerLink
{
  AdwBin parent_instance;

  const PslField *field;
  GtkWidget *button;
  AdwButtonContent *content;
  PslRegister *reg;
  /* The UUID of the record that it leads to. */
  char *owner;
};

G_DEFINE_FINAL_TYPE (PslOwnerLink, psl_owner_link, ADW_TYPE_BIN)

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (PslOwnerLink) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 rid = psl_register_find_finish (PSL_REGISTER (source), result, &error);

  if (self->reg != PSL_REGISTER (source))
    return;

  if (rid > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.open", "x", rid);
  else if (error != NULL)
    psl_failure_tell_unread (GTK_WIDGET (self), error);
}

static void
clicked_cb (PslOwnerLink *self)
{
  if (self->owner != NULL)
    psl_register_find_async (self->reg, self->owner, NULL, found_cb, g_object_ref (self));
}

static void
psl_owner_link_dispose (GObject *object)
{
  g_clear_object (&PSL_OWNER_LINK (object)->reg);

  G_OBJECT_CLASS (psl_owner_link_parent_class)->dispose (object);
}

static void
psl_owner_link_finalize (GObject *object)
{
  g_free (PSL_OWNER_LINK (object)->owner);

  G_OBJECT_CLASS (psl_owner_link_parent_class)->finalize (object);
}

static void
psl_owner_link_class_init (PslOwnerLinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = psl_owner_link_dispose;
  object_class->finalize = psl_owner_link_finalize;
}

static void
psl_owner_link_init (PslOwnerLink *self)
{
  self->content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  adw_button_content_set_icon_name (self->content, "go-up-symbolic");
  adw_button_content_set_can_shrink (self->content, TRUE);
  self->button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->button), GTK_WIDGET (self->content));
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "owner-link");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), self->button);
}

/**
 * psl_owner_link_new:
 * @kind: a kind of parts
 *
 * Returns: (transfer floating): a link that leads nowhere yet
 */
GtkWidget *
psl_owner_link_new (const PslKind *kind)
{
  PslOwnerLink *self = g_object_new (PSL_TYPE_OWNER_LINK, NULL);

  g_return_val_if_fail (kind != NULL && psl_kind_get_owner_field (kind) != NULL, GTK_WIDGET (self));

  self->field = psl_kind_get_owner_field (kind);
  return GTK_WIDGET (self);
}

/**
 * psl_owner_link_show:
 * @self: a link
 * @reg: where the record is
 * @record: the part on the page
 */
void
psl_owner_link_show (PslOwnerLink *self,
                     PslRegister  *reg,
                     PslRecord    *record)
{
  const char *title;
  g_autofree char *name = NULL;

  g_return_if_fail (PSL_IS_OWNER_LINK (self));
  g_return_if_fail (PSL_IS_REGISTER (reg));
  g_return_if_fail (PSL_IS_RECORD (record));

  g_set_object (&self->reg, reg);
  g_set_str (&self->owner, psl_record_get (record, self->field, NULL));
  title = psl_record_get_link_title (record, self->field);
  if (title == NULL)
    title = self->field->target != NULL ? _(self->field->target->untitled) : psl_field_get_label (self->field);
  adw_button_content_set_label (self->content, title);
  gtk_widget_set_tooltip_text (self->button, _("Open This Record"));

  name = g_strdup_printf (C_("label and value", "%s: %s"), psl_field_get_label (self->field), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
