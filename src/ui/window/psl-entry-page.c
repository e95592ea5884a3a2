/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "psl-entry-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "psl-codelist.h"
#include "psl-entry-uses.h"
#include "psl-focus.h"
#include "psl-language-name.h"
#include "psl-language-picker.h"
#include "psl-languages.h"
#include "psl-refusal-row.h"
#include "psl-settings.h"
#include "psl-text-language.h"
#include "psl-text.h"
#include "psl-work-bar.h"

/* Separates other names in their entry. */
#define SEPARATOR ";"

/* On a row, the stored text that was shown last. */
#define SHOWN "psl-shown"

/* How long a code may be that is made of a name. */
#define MAX_PROPOSED_LETTERS 6
#define MAX_PROPOSED_WORDS 40

struct _PslEntryPage
{
  AdwNavigationPage parent_instance;

  AdwPreferencesGroup *group; /* of the names */
  AdwPreferencesGroup *code_group;
  GtkWidget *code_row;        /* AdwEntryRow where the code is to be typed, else AdwActionRow */
  GPtrArray *fields;          /* AdwEntryRow, as the keyboard goes through them */
  PslRefusalRow *code_refusal; /* (nullable): the fault of the typed code */
  GPtrArray *name_refusals;   /* PslRefusalRow, one a name: its fault, for a new entry */
  PslRefusalRow *aliases_refusal; /* (nullable): the fault of another name, for a new entry */
  PslPicker *language_picker; /* (nullable): where a language is added */
  const char **languages;     /* the register's, in its order */
  GPtrArray *names;           /* AdwEntryRow, one a language */
  GtkWidget *aliases;         /* AdwEntryRow */
  GtkWidget *button;          /* AdwButtonRow */
  AdwPreferencesGroup *button_group;
  GCancellable *counting;     /* (nullable): of the records that have the entry */

  PslRegister *reg;
  char *list;
  char *code;
  gboolean is_adding;
  gboolean is_proposing;
  gboolean is_code_typed;     /* not proposed */
};

G_DEFINE_FINAL_TYPE (PslEntryPage, psl_entry_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  SIGNAL_EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const PslCodelist *
get_list (PslEntryPage *self)
{
  return psl_codelists_get_list (psl_register_get_codelists (self->reg), self->list);
}

/* NULL for a new entry, and for an entry that is not in the list any more. */
static const PslCode *
find_code (PslEntryPage *self)
{
  return !self->is_adding ? psl_codelist_find (get_list (self), self->code) : NULL;
}

static gboolean
has_tags (PslEntryPage *self)
{
  return psl_codelist_has_tags (get_list (self));
}

static char *
dup_text (GtkWidget *row)
{
  char *text = psl_text_clean (gtk_editable_get_text (GTK_EDITABLE (row)), FALSE);

  return text != NULL ? text : g_strdup ("");
}

/* The typed code: for a language, its tag, of the name or the tag that was typed. */
static char *
dup_typed_code (PslEntryPage *self)
{
  g_autofree char *text = dup_text (self->code_row);
  const char *tag = has_tags (self) ? psl_language_read (text) : NULL;

  return tag != NULL ? g_strdup (tag) : g_steal_pointer (&text);
}

static char *
dup_shown_aliases (const PslCode *code)
{
  return code->aliases != NULL ? g_strjoinv (SEPARATOR " ", (char **) code->aliases) : g_strdup ("");
}

/* The other names as they are stored, one a line. */
static char *
dup_aliases (PslEntryPage *self)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->aliases)), SEPARATOR, -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      char *name = psl_text_clean (parts[i], FALSE);

      if (name != NULL)
        g_strv_builder_take (builder, name);
    }
  names = g_strv_builder_end (builder);
  return g_strjoinv ("\n", names);
}

static void
show_text (GtkWidget  *row,
           const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Text that is typed over the stored text that was shown before stays. */
static void
show_stored (GtkWidget  *row,
             const char *text)
{
  const char *shown = g_object_get_data (G_OBJECT (row), SHOWN);

  if (shown == NULL || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), shown))
    show_text (row, text);
  g_object_set_data_full (G_OBJECT (row), SHOWN, g_strdup (text), g_free);
}

/* "" where the entry has no name in the language. */
static const char *
get_shown_name (const PslCode *code,
                const char    *language)
{
  const char *name = psl_names_get (code->names, language);

  return name != NULL ? name : "";
}

static void
show (PslEntryPage *self)
{
  const PslCode *code = find_code (self);
  g_autofree char *aliases = NULL;

  if (code == NULL)
    return;
  aliases = dup_shown_aliases (code);
  for (guint i = 0; i < self->names->len; i++)
    show_stored (g_ptr_array_index (self->names, i), get_shown_name (code, self->languages[i]));
  show_stored (self->aliases, aliases);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), psl_code_get_name (code, NULL));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->button), code->withdrawn ? _("_Restore") : _("_Withdraw"));
}

/* @more is (nullable): a sentence about the records that have the entry */
static void
describe_withdrawal (PslEntryPage *self,
                     const char   *more)
{
  g_autofree char *text = g_strjoin ("\n", _("A withdrawn entry is not offered any more; records that have it keep it."),
                                     more, NULL);
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (self->button_group, markup);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* Without a reference: dispose cancels the reading. */
static void
uses_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  PslEntryPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *uses = psl_entry_uses_read_finish (PSL_REGISTER (source), result, &error);
  /* Translators: how many records have an entry of a list, as in “5 projects, 4 offices” */
  g_autofree char *sentence = uses != NULL ? g_strdup_printf (_("In use: %s."), uses) : NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    describe_withdrawal (self, error != NULL ? error->message : sentence);
}

/* Emits an edit of the texts that were typed otherwise than they were shown. */
static void
commit (PslEntryPage *self)
{
  g_autoptr (PslEntryEdit) edit = psl_entry_edit_new (self->list, self->code);
  const PslCode *code = find_code (self);
  g_autofree char *shown = NULL;
  g_autofree char *typed = dup_text (self->aliases);
  gboolean is_changed = FALSE;

  if (code == NULL)
    return;
  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *name = dup_text (g_ptr_array_index (self->names, i));

      if (g_str_equal (name, get_shown_name (code, self->languages[i])))
        continue;
      psl_names_set (&edit->names, self->languages[i], name);
      is_changed = TRUE;
    }
  shown = dup_shown_aliases (code);
  if (!g_str_equal (typed, shown))
    {
      edit->aliases = dup_aliases (self);
      is_changed = TRUE;
    }
  if (is_changed)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

/* The name is easier to read than the tag, where it is neither the name nor the tag of another
 * language. */
static void
show_language (PslEntryPage  *self,
               PslPickerItem *item)
{
  const char *tag = psl_picker_item_get_value (item);
  const char *name = psl_picker_item_get_title (item);

  show_text (self->code_row, g_strcmp0 (psl_language_read (name), tag) == 0 ? name : tag);
}

/* Takes the beginning of the name of a single language for that language. */
static void
complete_language (PslEntryPage *self)
{
  g_autofree char *text = dup_text (self->code_row);
  PslPickerItem *item = psl_language_read (text) == NULL
                          ? psl_language_picker_find_only (PSL_LANGUAGE_PICKER (self->language_picker), text) : NULL;

  if (item != NULL)
    show_language (self, item);
}

/* Pressed twice, it is added once: the button is insensitive until psl_entry_page_refuse(). */
static void
add (PslEntryPage *self)
{
  g_autofree char *code = NULL;
  g_autoptr (PslEntryEdit) edit = NULL;

  if (!gtk_widget_get_sensitive (self->button))
    return;
  psl_focus_hand_on (self->button);
  gtk_widget_set_sensitive (self->button, FALSE);
  if (self->language_picker != NULL)
    complete_language (self);
  code = self->code != NULL ? g_strdup (self->code) : dup_typed_code (self);
  edit = psl_entry_edit_new (self->list, code);
  if (self->code_refusal != NULL)
    psl_refusal_row_accept (self->code_refusal);
  for (guint i = 0; i < self->name_refusals->len; i++)
    psl_refusal_row_accept (g_ptr_array_index (self->name_refusals, i));
  psl_refusal_row_accept (self->aliases_refusal);
  edit->is_new = TRUE;
  for (guint i = 0; i < self->names->len; i++)
    {
      g_autofree char *name = dup_text (g_ptr_array_index (self->names, i));

      psl_names_set (&edit->names, self->languages[i], name);
    }
  edit->aliases = dup_aliases (self);
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

static void
button_activated_cb (PslEntryPage *self)
{
  g_autoptr (PslEntryEdit) edit = NULL;
  const PslCode *code;

  if (self->is_adding)
    {
      add (self);
      return;
    }
  commit (self);
  code = find_code (self);
  if (code == NULL)
    return;
  edit = psl_entry_edit_new (self->list, self->code);
  edit->status = code->withdrawn ? PSL_CODE_STATUS_IN_USE : PSL_CODE_STATUS_WITHDRAWN;
  g_signal_emit (self, signals[SIGNAL_EDITED], 0, edit);
}

/* The first name that is typed; %NULL where there is none. */
static char *
dup_any_name (PslEntryPage *self)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      char *name = psl_text_clean (gtk_editable_get_text (g_ptr_array_index (self->names, i)), FALSE);

      if (name != NULL)
        return name;
    }
  return NULL;
}

/* Whether the codes of a list are words in small letters, rather than a few capitals. */
static gboolean
is_spelled_out (const PslCodelist *list)
{
  const char *code = psl_codelist_get_n (list) > 0 ? psl_codelist_get_nth (list, 0)->code : "";

  for (; *code != '\0'; code++)
    {
      if (g_ascii_islower (*code))
        return TRUE;
    }
  return FALSE;
}

/* The words of a name as a code: `counter-trafficking`, or their first letters: `CT`; of
 * one word the first three. */
static GString *
abridge (const char *name,
         gboolean    spelled_out)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  g_auto (GStrv) words = NULL;
  GString *code = g_string_new (NULL);

  g_strcanon (ascii, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", ' ');
  g_strstrip (ascii);
  words = g_strsplit (ascii, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *word = spelled_out ? g_ascii_strdown (words[i], -1) : g_ascii_strup (words[i], -1);

      if (spelled_out && code->len > 0 && *word != '\0')
        g_string_append_c (code, '-');
      g_string_append_len (code, word, spelled_out ? -1 : (gssize) MIN (strlen (word), words[1] == NULL ? 3 : 1));
    }
  g_string_truncate (code, MIN (code->len, spelled_out ? MAX_PROPOSED_WORDS : MAX_PROPOSED_LETTERS));
  return code;
}

/* A code that no other entry has; "" where the name has no letter that a code can have. */
static char *
dup_proposal (PslEntryPage *self)
{
  const PslCodelist *list = get_list (self);
  g_autofree char *name = dup_any_name (self);
  g_autoptr (GString) code = abridge (name != NULL ? name : "", is_spelled_out (list));
  gsize length = code->len;

  for (guint i = 2; length > 0 && psl_codelist_find (list, code->str) != NULL; i++)
    {
      g_string_truncate (code, length);
      g_string_append_printf (code, "%u", i);
    }
  return g_strdup (code->str);
}

static void
name_changed_cb (PslEntryPage *self)
{
  g_autofree char *code = !self->is_code_typed ? dup_proposal (self) : NULL;

  if (code == NULL)
    return;
  self->is_proposing = TRUE;
  show_text (self->code_row, code);
  self->is_proposing = FALSE;
}

static void
code_changed_cb (PslEntryPage *self)
{
  if (!self->is_proposing)
    self->is_code_typed = *gtk_editable_get_text (GTK_EDITABLE (self->code_row)) != '\0';
}

/* Enter goes on to the next field, and from the last one adds the entry: the person has seen
 * all of it then, also the code that is proposed, which can't be changed later. */
static void
field_activated_cb (PslEntryPage *self,
                    GtkWidget    *row)
{
  guint i;

  if (self->language_picker != NULL && row == self->code_row)
    complete_language (self);
  if (g_ptr_array_find (self->fields, row, &i) && i + 1 < self->fields->len)
    gtk_widget_grab_focus (self->fields->pdata[i + 1]);
  else
    add (self);
}

/* Escape drops what is typed over a stored text; only then does it leave the page. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                GtkWidget             *row)
{
  const char *shown = g_object_get_data (G_OBJECT (row), SHOWN);

  if (key != GDK_KEY_Escape || shown == NULL || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), shown))
    return GDK_EVENT_PROPAGATE;

  gtk_editable_set_text (GTK_EDITABLE (row), shown);
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
  return GDK_EVENT_STOP;
}

static GtkWidget *
add_entry (PslEntryPage        *self,
           AdwPreferencesGroup *group,
           const char          *title)
{
  GtkWidget *row = adw_entry_row_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), row, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, keys);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), !self->is_adding);
  g_signal_connect_object (row, "apply", G_CALLBACK (commit), self, G_CONNECT_SWAPPED);
  if (self->is_adding)
    g_signal_connect_object (row, "entry-activated", G_CALLBACK (field_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return row;
}

static PslRefusalRow *
add_refusal (AdwPreferencesGroup *group,
             gpointer             entry)
{
  PslRefusalRow *row = psl_refusal_row_new (ADW_ENTRY_ROW (entry));

  adw_preferences_group_add (group, GTK_WIDGET (row));
  return row;
}

static void
language_picked_cb (PslPicker     *picker,
                    PslPickerItem *item,
                    PslEntryPage  *self)
{
  show_language (self, item);
}

/* Typing on the button begins a search, as on all that opens a picker. The keys of the picker, once
 * it is open, pass here, too. */
static gboolean
language_key_cb (GtkEventControllerKey *controller,
                 guint                  key,
                 guint                  code,
                 GdkModifierType        state,
                 GtkMenuButton         *button)
{
  PslPicker *picker = PSL_PICKER (gtk_menu_button_get_popover (button));

  if (gtk_widget_get_visible (GTK_WIDGET (picker)) ||
      psl_picker_open_by_key (picker, key, state) == GDK_EVENT_PROPAGATE)
    return GDK_EVENT_PROPAGATE;

  /* The button looks pressed while the picker is open. */
  gtk_menu_button_set_active (button, TRUE);
  return GDK_EVENT_STOP;
}

static void
add_language_picker (PslEntryPage *self,
                     GtkWidget    *row)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_autofree const char **languages = psl_text_languages_list (psl_register_get_codelists (self->reg));
  PslPicker *picker = psl_language_picker_new (languages);

  self->language_picker = picker;
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (picker));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Choose a Language"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Choose a Language"), -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (picker, "picked", G_CALLBACK (language_picked_cb), self, 0);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (language_key_cb), button, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (button, keys);
  psl_focus_return_from (GTK_POPOVER (picker), button);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

/* Where a code is typed, the rule for codes is shown. A language has a tag of its own. */
static GtkWidget *
add_typed_code (PslEntryPage *self)
{
  GtkWidget *row = add_entry (self, self->code_group, has_tags (self) ? _("_Language") : _("_Code"));
  g_autofree char *rule = has_tags (self)
                          ? g_strdup (_("Its name, such as Spanish or español, or its tag, such as pt-BR."))
                          : g_strdup_printf (_("Records and files hold the code in place of the name. "
                                               "It has up to %d letters, digits and signs, and no space."),
                                             PSL_CODE_MAX_LENGTH);

  adw_preferences_group_set_description (self->code_group, rule);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, rule, -1);
  self->code_refusal = add_refusal (self->code_group, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (code_changed_cb), self, G_CONNECT_SWAPPED);
  if (has_tags (self))
    add_language_picker (self, row);
  return row;
}

static GtkWidget *
make_code_row (PslEntryPage *self)
{
  GtkWidget *row;

  if (self->code == NULL)
    return add_typed_code (self);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Code"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), self->code);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (self->code_group, row);
  return row;
}

static void
add_names (PslEntryPage *self)
{
  self->languages = psl_text_languages_list (psl_register_get_codelists (self->reg));
  self->names = g_ptr_array_new ();
  for (gsize i = 0; self->languages[i] != NULL; i++)
    {
      g_autofree char *language = psl_language_dup_name (self->languages[i], psl_language_get_interface ());
      /* Translators: the name of a language, as it stands inside a sentence. */
      g_autofree char *label = g_strdup_printf (_("Name in %s"), language);

      g_ptr_array_add (self->names, add_entry (self, self->group, label));
      if (self->is_adding)
        g_ptr_array_add (self->name_refusals, add_refusal (self->group, g_ptr_array_index (self->names, i)));
      if (self->code == NULL && !has_tags (self))
        g_signal_connect_object (g_ptr_array_index (self->names, i), "changed", G_CALLBACK (name_changed_cb), self,
                                 G_CONNECT_SWAPPED);
    }
}

/* The fields in the order of the page. */
static void
list_fields (PslEntryPage *self)
{
  gboolean is_code_typed = self->code == NULL;

  if (is_code_typed && has_tags (self))
    g_ptr_array_add (self->fields, self->code_row);
  for (guint i = 0; i < self->names->len; i++)
    g_ptr_array_add (self->fields, self->names->pdata[i]);
  g_ptr_array_add (self->fields, self->aliases);
  if (is_code_typed && !has_tags (self))
    g_ptr_array_add (self->fields, self->code_row);
}

static void
fill (PslEntryPage *self)
{
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  self->button_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->code_group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->code_row = make_code_row (self);
  add_names (self);
  self->aliases = add_entry (self, self->group, _("_Other Names, between Semicolons"));
  if (self->is_adding)
    self->aliases_refusal = add_refusal (self->group, self->aliases);
  list_fields (self);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), has_tags (self) ? self->code_group : self->group);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), has_tags (self) ? self->group : self->code_group);

  self->button = adw_button_row_new ();
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (self->button), TRUE);
  if (self->is_adding)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->button), _("_Add"));
      gtk_widget_add_css_class (self->button, "suggested-action");
    }
  else
    describe_withdrawal (self, NULL);
  g_signal_connect_object (self->button, "activated", G_CALLBACK (button_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->button_group, self->button);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), self->button_group);

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_add_bottom_bar (ADW_TOOLBAR_VIEW (view), psl_work_bar_new (self->reg));
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), view);
}

static void
psl_entry_page_shown (AdwNavigationPage *page)
{
  GtkWidget *first = psl_entry_page_get_first (PSL_ENTRY_PAGE (page));

  ADW_NAVIGATION_PAGE_CLASS (psl_entry_page_parent_class)->shown (page);
  gtk_widget_grab_focus (first);
  /* An entry selects all as it gets the keyboard, so that the first key would replace the name. */
  gtk_editable_set_position (GTK_EDITABLE (first), -1);
}

/* Typed text is not lost with the page. */
static void
psl_entry_page_hiding (AdwNavigationPage *page)
{
  commit (PSL_ENTRY_PAGE (page));

  ADW_NAVIGATION_PAGE_CLASS (psl_entry_page_parent_class)->hiding (page);
}

static void
psl_entry_page_dispose (GObject *object)
{
  PslEntryPage *self = PSL_ENTRY_PAGE (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->reg);

  G_OBJECT_CLASS (psl_entry_page_parent_class)->dispose (object);
}

static void
psl_entry_page_finalize (GObject *object)
{
  PslEntryPage *self = PSL_ENTRY_PAGE (object);

  g_free (self->list);
  g_free (self->code);
  g_free (self->languages);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->name_refusals);

  G_OBJECT_CLASS (psl_entry_page_parent_class)->finalize (object);
}

static void
psl_entry_page_class_init (PslEntryPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = psl_entry_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = psl_entry_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = psl_entry_page_shown;
  ADW_NAVIGATION_PAGE_CLASS (klass)->hiding = psl_entry_page_hiding;

  /**
   * PslEntryPage::edited:
   * @edit: (type gpointer): a #PslEntryEdit, of the emission
   *
   * The person wants something changed.
   */
  signals[SIGNAL_EDITED] =
    g_signal_new ("edited", PSL_TYPE_ENTRY_PAGE, G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
psl_entry_page_init (PslEntryPage *self)
{
  self->fields = g_ptr_array_new ();
  self->name_refusals = g_ptr_array_new ();
}

static void
set_entry (PslEntryPage *self,
           PslRegister  *reg,
           const char   *list,
           const char   *code)
{
  self->reg = g_object_ref (reg);
  self->list = g_strdup (list);
  self->code = g_strdup (code);
  g_signal_connect_object (reg, "codelists-changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

/**
 * psl_entry_page_new:
 * @reg: the register whose list it is
 * @list: name of a code list
 * @code: code of one of its entries
 *
 * Returns: (transfer floating): a page that shows and changes the entry
 */
PslEntryPage *
psl_entry_page_new (PslRegister *reg,
                    const char  *list,
                    const char  *code)
{
  PslEntryPage *self = g_object_new (PSL_TYPE_ENTRY_PAGE, NULL);

  set_entry (self, reg, list, code);
  fill (self);
  show (self);
  self->counting = g_cancellable_new ();
  psl_entry_uses_read_async (reg, list, code, self->counting, uses_read_cb, self);
  return self;
}

/**
 * psl_entry_page_new_adding:
 * @reg: the register whose list it is
 * @list: name of a code list
 * @code: (nullable): the code that an entry is to be added for; %NULL where it is to be typed
 *
 * Returns: (transfer floating): a page for a new entry
 */
PslEntryPage *
psl_entry_page_new_adding (PslRegister *reg,
                           const char  *list,
                           const char  *code)
{
  PslEntryPage *self = g_object_new (PSL_TYPE_ENTRY_PAGE, "title", _("New Entry"), NULL);

  set_entry (self, reg, list, code);
  self->is_adding = TRUE;
  fill (self);
  return self;
}

/**
 * psl_entry_page_get_first:
 *
 * Returns: (transfer none): the widget that the page begins in
 */
GtkWidget *
psl_entry_page_get_first (PslEntryPage *self)
{
  g_return_val_if_fail (PSL_IS_ENTRY_PAGE (self), NULL);

  return self->code == NULL && has_tags (self) ? self->code_row : g_ptr_array_index (self->names, 0);
}

/* Whether another entry has one of the other names that are typed. */
static gboolean
has_taken_alias (PslEntryPage *self,
                 const char   *code)
{
  g_autofree char *aliases = dup_aliases (self);
  g_auto (GStrv) names = g_strsplit (aliases, "\n", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (psl_codelist_find_named (get_list (self), names[i], code) != NULL)
      return TRUE;
  return FALSE;
}

/* The name or the other names that another entry has; the first name where none is typed.
 * Sets @refusal to the row below. */
static GtkWidget *
find_refused_name (PslEntryPage   *self,
                   const char     *code,
                   PslRefusalRow **refusal)
{
  g_autofree char *any = dup_any_name (self);

  for (guint i = 0; any != NULL && i < self->names->len; i++)
    {
      g_autofree char *name = dup_text (g_ptr_array_index (self->names, i));

      *refusal = g_ptr_array_index (self->name_refusals, i);
      if (*name != '\0' && psl_codelist_find_named (get_list (self), name, code) != NULL)
        return g_ptr_array_index (self->names, i);
    }
  if (any != NULL && has_taken_alias (self, code))
    {
      *refusal = self->aliases_refusal;
      return self->aliases;
    }
  *refusal = g_ptr_array_index (self->name_refusals, 0);
  return g_ptr_array_index (self->names, 0);
}

/* @code is (nullable): the typed code. The store asks for a tag where the page takes a name
 * as well. */
static char *
dup_reason (PslEntryPage *self,
            const char   *code,
            const GError *error)
{
  g_autofree char *quotable = NULL;

  if (code == NULL || *code == '\0' || !has_tags (self) || psl_language_read (code) != NULL)
    return g_strdup (error->message);
  quotable = psl_text_dup_quotable (code);
  return g_strdup_printf (_("“%s” is neither the name nor the tag of a language. Choose it from the list."), quotable);
}

/**
 * psl_entry_page_refuse:
 * @self: a page for a new entry
 * @error: why the entry was not added
 *
 * Shows the error at the field that is to be changed, and puts the keyboard there. Nothing is
 * where the person stopped it. The entry can be added again.
 */
void
psl_entry_page_refuse (PslEntryPage *self,
                       const GError *error)
{
  g_autofree char *code = NULL;
  g_autofree char *reason = NULL;
  gboolean is_about_name;
  PslRefusalRow *refusal = self->code_refusal;
  GtkWidget *refused = self->code_row;

  g_return_if_fail (PSL_IS_ENTRY_PAGE (self));
  g_return_if_fail (self->is_adding);
  g_return_if_fail (error != NULL);

  gtk_widget_set_sensitive (self->button, TRUE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  code = self->code == NULL ? dup_typed_code (self) : NULL;
  is_about_name = code == NULL ||
                  ((has_tags (self) ? psl_language_parse_known (code) != NULL : psl_codelist_is_code (code)) &&
                   psl_codelist_find (get_list (self), code) == NULL);
  reason = dup_reason (self, code, error);
  if (is_about_name)
    refused = find_refused_name (self, code != NULL ? code : self->code, &refusal);
  psl_refusal_row_refuse (refusal, reason);
  gtk_widget_grab_focus (refused);
}

static gpointer
edit_entry (PslStore      *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  gint64 action = psl_store_edit_entry (store, data, error);

  return action >= 0 ? g_memdup2 (&action, sizeof action) : NULL;
}

/**
 * psl_entry_page_write:
 * @edit: what is to be changed
 * @reg: the register whose list it is
 *
 * Changes an entry. psl_register_finish() gives the number of the action (#gint64), 0 where
 * nothing has changed, for g_free(), or %NULL with the errors of psl_store_edit_entry().
 */
void
psl_entry_page_write (const PslEntryEdit  *edit,
                      PslRegister         *reg,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (edit != NULL);
  g_return_if_fail (PSL_IS_REGISTER (reg));

  psl_register_work_async (reg, edit_entry, psl_entry_edit_copy (edit), (GDestroyNotify) psl_entry_edit_free, g_free,
                           callback, user_data);
}

/**
 * psl_entry_page_describe:
 * @edit: an edit that was done
 * @codelists: the lists of its register
 *
 * Returns: (transfer full): the change in words, for a toast
 */
char *
psl_entry_page_describe (const PslEntryEdit *edit,
                         const PslCodelists *codelists)
{
  const PslCode *code = psl_codelist_find (psl_codelists_get_list (codelists, edit->list), edit->code);
  g_autofree char *name = psl_text_dup_quotable (code != NULL ? psl_code_get_name (code, NULL) : edit->code);

  if (edit->is_new)
    return g_strdup_printf (_("“%s” was added."), name);
  if (edit->move != 0)
    return g_strdup_printf (_("“%s” was moved."), name);
  if (edit->status == PSL_CODE_STATUS_WITHDRAWN)
    return g_strdup_printf (_("“%s” was withdrawn."), name);
  if (edit->status == PSL_CODE_STATUS_IN_USE)
    return g_strdup_printf (_("“%s” was restored."), name);
  return g_strdup_printf (_("“%s” was changed."), name);
}
