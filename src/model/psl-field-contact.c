/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "psl-error.h"
#include "psl-field-type.h"
#include "psl-text.h"

#define EXTENSION ";ext="

/* E.164 numbers have up to 15 digits; fewer than 3 is a slip. */
#define MIN_PHONE_DIGITS 3
#define MAX_PHONE_DIGITS 15
#define MAX_EXTENSION_DIGITS 8

/* How an extension is announced, folded. */
static const char *const extension_words[] = {
  "ext", "extension", "poste", "p", "x", "interne", "int", "extn", NULL,
};

/* How a number is announced, folded. */
static const char *const phone_words[] = {
  "tel", "telephone", "phone", "t", "mobile", "fixe", "portable", NULL,
};

/* The endings of files that offices exchange. `zip` is a top-level domain, too, which no office
 * writes without a scheme. */
static const char *const file_endings[] = {
  "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "xlsm", "ods", "csv", "ppt", "pptx", "odp",
  "jpg", "jpeg", "png", "gif", "tif", "tiff", "svg", "htm", "html", "xml", "json", "msg", "eml", "mpp", "mp4",
  "zip", "7z", "rar", NULL,
};

static gboolean
is_domain_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > 63 || label[0] == '-' || label[length - 1] == '-')
    return FALSE;

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p != '-' && !g_unichar_isalnum (g_utf8_get_char (p)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_domain (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);

  for (gsize i = 0; labels[i] != NULL; i++)
    {
      if (!is_domain_label (labels[i]))
        return FALSE;
    }

  return g_strv_length (labels) >= 2;
}

static gboolean
is_local_part (const char *local)
{
  if (*local == '\0' || strlen (local) > 64 || *local == '.' || g_str_has_suffix (local, ".") ||
      strstr (local, "..") != NULL)
    return FALSE;

  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c) && (c > 127 || strchr ("!#$%&'*+-/=?^_`{|}~.", (int) c) == NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_email (const char *address)
{
  const char *at = strchr (address, '@');
  g_autofree char *local = NULL;

  if (at == NULL)
    return FALSE;
  local = g_strndup (address, at - address);

  return is_local_part (local) && is_domain (at + 1);
}

static char *
email_normalise (const PslField        *field,
                 const PslCodelists    *codelists,
                 const char            *text,
                 const PslConventions  *conventions,
                 GError               **error)
{
  const char *address = text;
  const char *at;

  if (g_ascii_strncasecmp (address, "mailto:", strlen ("mailto:")) == 0)
    address += strlen ("mailto:");
  while (*address == ' ')
    address++;

  if (is_email (address))
    return g_strdup (address);

  at = strchr (address, '@');
  if (at != NULL && strchr (at + 1, '@') != NULL)
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("“%s” holds more than one address. Write one."), text);
  else
    g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                 _("“%s” is not an e-mail address. Write one such as office@example.org."), text);

  return NULL;
}

static gboolean
is_url (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *scheme;

  if (uri == NULL)
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        return FALSE;
    }

  scheme = g_uri_get_scheme (uri);
  if (strcmp (scheme, "mailto") == 0)
    return is_email (g_uri_get_path (uri));
  if (strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0 || strcmp (scheme, "ftp") == 0)
    return g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0';

  return FALSE;
}

/**
 * psl_field_dup_uri:
 * @field: a field
 * @value: (nullable): its stored value, which may be anything in a file from elsewhere
 *
 * Returns: (transfer full) (nullable): where a value leads to that a person may open: a page
 *   of the web, or a letter to an address; %NULL where @value is no such thing, such as
 *   an address of another scheme, which might start a program
 */
char *
psl_field_dup_uri (const PslField *field,
                   const char     *value)
{
  g_autofree char *escaped = NULL;
  const char *scheme;

  g_return_val_if_fail (field != NULL, NULL);

  if (value == NULL)
    return NULL;
  scheme = g_uri_peek_scheme (value);
  if (field->type == PSL_FIELD_TYPE_URL && is_url (value) &&
      (g_str_equal (scheme, "https") || g_str_equal (scheme, "http")))
    return g_strdup (value);
  /* What stands behind an address would fill in the letter, or attach a file to it. */
  if (field->type == PSL_FIELD_TYPE_URL && g_strcmp0 (scheme, "mailto") == 0)
    value += strlen ("mailto:");
  else if (field->type != PSL_FIELD_TYPE_EMAIL)
    return NULL;
  if (!is_email (value))
    return NULL;
  escaped = g_uri_escape_string (value, "@", FALSE);
  return g_strconcat ("mailto:", escaped, NULL);
}

static gboolean
is_file_name (const char *text)
{
  const char *dot = strrchr (text, '.');
  g_autofree char *ending = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return ending != NULL && dot > text && strpbrk (text, "/?#:@") == NULL &&
         g_ascii_strncasecmp (text, "www.", strlen ("www.")) != 0 && g_strv_contains (file_endings, ending);
}

/* An address without its scheme, as people copy it, is one of the web. */
static char *
url_normalise (const PslField        *field,
               const PslCodelists    *codelists,
               const char            *text,
               const PslConventions  *conventions,
               GError               **error)
{
  g_autofree char *web = NULL;
  g_autofree char *host = NULL;

  if (is_url (text))
    return g_strdup (text);

  host = g_strndup (text, strcspn (text, "/?#:"));
  web = g_strconcat ("https://", text, NULL);
  if (is_file_name (text))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is the name of a file. Write the web address where it can be read, such as https://www.example.org/report.pdf."), text);
      return NULL;
    }
  if (is_domain (host) && is_url (web))
    return g_steal_pointer (&web);

  g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
               _("“%s” is not a web address. Write one such as https://www.example.org/page."), text);

  return NULL;
}

/* Splits the extension off: ";ext=234", "ext. 234", "poste 234", "x234". */
static char *
split_extension (const char  *text,
                 char       **extension)
{
  gsize length = strlen (text);
  const char *digits = text + length;
  const char *word;
  const char *end;
  g_autofree char *announced = NULL;
  g_autofree char *folded = NULL;

  *extension = NULL;

  if (digits > text && digits[-1] == ')')
    {
      g_autofree char *open = g_strndup (text, length - 1);
      char *bracket = strrchr (open, '(');

      /* "(poste 234)" stands in parentheses as a whole. */
      if (bracket != NULL && g_ascii_isalpha (bracket[1]))
        {
          *bracket = ' ';
          return split_extension (open, extension);
        }
    }

  while (digits > text && g_ascii_isdigit (digits[-1]))
    digits--;
  end = digits;
  while (end > text && strchr (" .:=#", end[-1]) != NULL)
    end--;
  word = end;
  while (word > text && g_ascii_isalpha (word[-1]))
    word--;

  announced = g_strndup (word, end - word);
  folded = psl_text_fold (announced);
  if (*digits == '\0' || !(g_strv_contains (extension_words, folded) ||
                           (*folded == '\0' && memchr (end, '#', digits - end) != NULL)))
    return g_strdup (text);

  *extension = g_strdup (digits);
  while (word > text && strchr (" ,;(/-", word[-1]) != NULL)
    word--;

  return g_strndup (text, word - text);
}

/* Skips the word before the number: "Tel.:", "tel:", "Téléphone :". */
static const char *
skip_announcement (const char *text)
{
  const char *end = text;
  g_autofree char *word = NULL;
  g_autofree char *folded = NULL;

  while (g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  word = g_strndup (text, end - text);
  folded = psl_text_fold (word);
  if (!g_strv_contains (phone_words, folded))
    return text;

  while (*end == '.' || *end == ':' || g_unichar_isspace (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);

  return end;
}

/* Whether two digits after the only dash are the end of another number: 717 91
 * 11-12 is 717 91 11 and 717 91 12. */
static gboolean
is_range (const char *text)
{
  const char *dash = NULL;
  guint n_dashes = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c != '-' && !(c >= 0x2010 && c <= 0x2013))
        continue;
      n_dashes++;
      dash = g_utf8_next_char (p);
    }

  return n_dashes == 1 && strspn (dash, "0123456789") == strlen (dash) && strlen (dash) <= 2;
}

/* Whether a bar stands between two numbers rather than after an area code. */
static gboolean
has_two_numbers (const char *text)
{
  const char *bar = strrchr (text, '/');

  if (is_range (text))
    return TRUE;

  return bar != NULL && bar > text && (bar[-1] == ' ' || bar[1] == ' ' || strlen (bar + 1) <= 2);
}

/* The digits apart as they were typed, with single blanks and without the "(0)"
 * that is dialled inside a country only. NULL where there is something else. */
static char *
clean_number (const char *text,
              guint      *n_digits)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *p = text;

  *n_digits = 0;

  if (p[0] == '(' && p[1] == '+')
    p++;
  if (*p == '+')
    {
      g_string_append_c (number, '+');
      p++;
    }
  else if (p[0] == '0' && p[1] == '0')
    {
      g_string_append_c (number, '+');
      p += 2;
    }

  /* A number begins with a digit or an area code in parentheses. */
  if (!g_ascii_isdigit (*p) && *p != '(')
    return NULL;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (number->len > 1 && g_str_has_prefix (p, "(0)"))
        p += 2;
      else if (g_ascii_isdigit (*p))
        g_string_append_c (number, *p);
      else if (!g_unichar_isspace (c) && c != 0x2010 && c != 0x2011 && c != 0x2013 &&
               (c > 127 || strchr (".-/()", (int) c) == NULL))
        return NULL;

      if (g_ascii_isdigit (*p))
        *n_digits += 1;
      else if (number->len > 0 && g_ascii_isdigit (number->str[number->len - 1]))
        g_string_append_c (number, ' ');
    }
  g_strchomp (number->str);

  return g_strdup (number->str);
}

static char *
phone_normalise (const PslField        *field,
                 const PslCodelists    *codelists,
                 const char            *text,
                 const PslConventions  *conventions,
                 GError               **error)
{
  g_autofree char *extension = NULL;
  g_autofree char *main_part = split_extension (skip_announcement (text), &extension);
  guint n_digits;
  g_autofree char *number = clean_number (main_part, &n_digits);

  if (number != NULL && (n_digits > MAX_PHONE_DIGITS || has_two_numbers (main_part)))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   _("“%s” is more than one telephone number. Write one."), text);
      return NULL;
    }

  if (number == NULL || n_digits < MIN_PHONE_DIGITS ||
      (extension != NULL && strlen (extension) > MAX_EXTENSION_DIGITS))
    {
      g_set_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID,
                   /* Translators: in French “poste 234” */
                   _("“%s” is not a telephone number. Write one such as +41 22 717 91 11 ext. 234."), text);
      return NULL;
    }

  return extension != NULL ? g_strconcat (number, EXTENSION, extension, NULL) : g_steal_pointer (&number);
}

static char *
phone_display (const PslField     *field,
               const PslCodelists *codelists,
               const char         *value,
               const char         *language)
{
  const char *extension = strstr (value, EXTENSION);
  g_autofree char *number = NULL;

  if (extension == NULL)
    return g_strdup (value);

  number = g_strndup (value, extension - value);

  /* Translators: a telephone number and its extension; in French “%s, poste %s” */
  return g_strdup_printf (C_("phone", "%s ext. %s"), number, extension + strlen (EXTENSION));
}

static char *
phone_edit_text (const PslField     *field,
                 const PslCodelists *codelists,
                 const char         *value)
{
  return phone_display (field, codelists, value, NULL);
}

const PslFieldClass psl_field_email_class = {
  .normalise = email_normalise,
};

const PslFieldClass psl_field_url_class = {
  .normalise = url_normalise,
};

const PslFieldClass psl_field_phone_class = {
  .normalise = phone_normalise,
  .display = phone_display,
  .edit_text = phone_edit_text,
};
