-- Copyright 2026 The Passerelle developers
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Schema version 3: sort keys are whole titles. They were cut after 64 characters, and
-- there were none of titles that consist of signs. psl_sort_key() is the program's.

UPDATE project SET
  sort_fr = psl_sort_key (coalesce (
    (SELECT text FROM text WHERE rid = project.rid AND field = 'title' AND language = 'fr'),
    (SELECT text FROM text WHERE rid = project.rid AND field = 'title' AND language = 'en'))),
  sort_en = psl_sort_key (coalesce (
    (SELECT text FROM text WHERE rid = project.rid AND field = 'title' AND language = 'en'),
    (SELECT text FROM text WHERE rid = project.rid AND field = 'title' AND language = 'fr')))
WHERE sort_fr IS NULL OR sort_en IS NULL OR length (sort_fr) = 64 OR length (sort_en) = 64;

UPDATE office SET
  sort_fr = psl_sort_key (coalesce (
    (SELECT text FROM text WHERE rid = office.rid AND field = 'name' AND language = 'fr'),
    (SELECT text FROM text WHERE rid = office.rid AND field = 'name' AND language = 'en'))),
  sort_en = psl_sort_key (coalesce (
    (SELECT text FROM text WHERE rid = office.rid AND field = 'name' AND language = 'en'),
    (SELECT text FROM text WHERE rid = office.rid AND field = 'name' AND language = 'fr')))
WHERE sort_fr IS NULL OR sort_en IS NULL OR length (sort_fr) = 64 OR length (sort_en) = 64;
