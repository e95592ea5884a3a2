/*
 * Copyright 2026 The Passerelle developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "psl-error.h"
#include "psl-field.h"

#include "tests/locale.h"
#include "values-testing.h"

/* Typed text, in every type of field, and the canonical value; NULL where it is refused. */
typedef struct
{
  const char *typed;
  const char *value;
} Case;

static const PslField money = { .name = "money", .type = PSL_FIELD_TYPE_MONEY };
static const PslField date = { .name = "date", .type = PSL_FIELD_TYPE_DATE };

static const Case text_cases[] = {
  { "  Öffnung\t der  Grenzen \r\n", "Öffnung der Grenzen" },
  { "e\xcc\x81" "t\xc3\xa9", "été" },
  { "100\xc2\xa0" "000\xc2\xa0?", "100\xc2\xa0" "000\xc2\xa0?" },
  { "a\x01" "b\xef\xbb\xbf", "ab" },
  { "", NULL },
  { " \n\xc2\xa0", NULL },
};

static const Case long_text_cases[] = {
  { "One  \r\n\r\nTwo\rThree\xe2\x80\xa8" "Four\n\n", "One\n\nTwo\nThree\nFour" },
  { "  a  b", "a  b" },
};

static const Case identifier_cases[] = {
  { " PO.0160 ", "PO.0160" },
  { "po.0160", "PO.0160" },
  { "\xe2\x80\x8b PO.\xe2\x80\x8b" "0160\xe2\x80\x8e", "PO.0160" },
  { "\xe2\x80\x8b", NULL },
  { "w34-805", "W34-805" },
  { "own/number", "own/number" },
};

static const Case date_cases[] = {
  { "31−01−2020", "2020-01-31" },
  { "−2020", NULL },
  { "2020−", NULL },
  { "2020", "2020" },
  { " 2020 ", "2020" },
  { "05/2020", "2020-05" },
  { "5/2020", "2020-05" },
  { "2020-05", "2020-05" },
  { "2020/5", "2020-05" },
  { "05.2020", "2020-05" },
  { "mai 2020", "2020-05" },
  { "May 2020", "2020-05" },
  { "MAY 2020", "2020-05" },
  { "févr. 2020", "2020-02" },
  { "fevr 2020", "2020-02" },
  { "Feb. 2020", "2020-02" },
  { "août 2021", "2021-08" },
  { "aout 2021", "2021-08" },
  { "déc. 2021", "2021-12" },
  { "Sept 2021", "2021-09" },
  { "17 mai 2020", "2020-05-17" },
  { "17\xc2\xa0mai\xc2\xa0" "2020", "2020-05-17" },
  { "le 17 mai 2020", "2020-05-17" },
  { "dimanche 17 mai 2020", "2020-05-17" },
  { "1er mai 2020", "2020-05-01" },
  { "1ᵉʳ mai 2020", "2020-05-01" },
  { "May 17, 2020", "2020-05-17" },
  { "Sunday, May 17th, 2020", "2020-05-17" },
  { "the 17th of May 2020", "2020-05-17" },
  { "17-May-2020", "2020-05-17" },
  { "Sun, 17 May 2020", "2020-05-17" },
  { "dim. 17 mai 2020", "2020-05-17" },
  { "2020 May 17", "2020-05-17" },
  { "17/05/2020", "2020-05-17" },
  { "17.5.2020", "2020-05-17" },
  { "17 05 2020", "2020-05-17" },
  { "03/04/2020", "2020-04-03" },
  { "05/17/2020", "2020-05-17" },
  { "2020-05-17", "2020-05-17" },
  { "2020/05/17", "2020-05-17" },
  { "20200517", "2020-05-17" },
  { "2020.0", "2020" },
  { "2020-05-17T00:00:00", "2020-05-17" },
  { "2020-05-17 00:00:00", "2020-05-17" },
  { "2020-05-17T12:30:00.000+02:00", "2020-05-17" },
  { "29/02/2020", "2020-02-29" },
  { "29/02/2021", NULL },
  { "31/04/2020", NULL },
  { "13/2020", NULL },
  { "0/2020", NULL },
  { "00/00/2020", NULL },
  { "17/05/20", NULL },
  { "mai 20", NULL },
  { "20", NULL },
  { "0999", NULL },
  { "12020", NULL },
  { "202005", NULL },
  { "2020-13-01", NULL },
  { "17 2020 05", NULL },
  { "mai juin 2020", NULL },
  { "17 mai", NULL },
  { "mai", NULL },
  { "bientôt", NULL },
  { "début 2020", NULL },
  { "2020 2021", NULL },
  { "99999999999999999999", NULL },
  { "17. 5. 2020.", "2020-05-17" },
  { "févr.-2020", "2020-02" },
  { "17/05/2020 12:00:00 AM", "2020-05-17" },
  { "17/05/2020 12:00:00\xe2\x80\xaf" "a.m.", "2020-05-17" },
  { "2020-05-17T00:00:00Z", "2020-05-17" },
  { "2020-05-17 00:00", "2020-05-17" },
  { "2020-05-17 23:59 UTC", "2020-05-17" },
  { "17/05/2020 à 14 h 30", "2020-05-17" },
  { "2020-05-17T24:00:00", "2020-05-17" },
  { "2020-05-17T24:30", NULL },
  { "2020-05-17T12:00:00-03:30", "2020-05-17" },
  { "2020-05-17T12:00+99:00", NULL },
  { "2020-05-17T12:00+02:75", NULL },
  { "17/05/2020 13:00 PM", NULL },
  { "-2020", NULL },
  { "−2020", NULL },
  { "2020-05-17T25:00", NULL },
  { "2020-05-17 25:00", NULL },
  { "2020-05-17 12:60", NULL },
  { "2020 12:00", NULL },
  { "2020-05-17T", NULL },
  { "<2020", NULL },
  { ">2020", NULL },
  { "≤2020", NULL },
  { "~2020", NULL },
  { "≈ 2020", NULL },
  { "2020?", NULL },
  { "?2020", NULL },
  { "2020!", NULL },
  { "2020*", NULL },
  { "2020+", NULL },
  { "2020-", NULL },
  { "-2020", NULL },
  { "2020/", NULL },
  { "2020.", NULL },
  { "2020,", NULL },
  { "(2020)", NULL },
  { "[2020]", NULL },
  { "“2020”", NULL },
  { "2020%", NULL },
  { "2020.5", NULL },
  { "2020.05", NULL },
  { "2020,5", NULL },
  { "17,05,2020", NULL },
  { "17/05-2020", NULL },
  { "17//05/2020", NULL },
  { "17/05/2020?", NULL },
  { "~17/05/2020", NULL },
  { "mai 2020 ?", NULL },
  { "mai? 2020", NULL },
  { "43968", NULL },
  { "1-May-07", NULL },
};

static const Case year_cases[] = {
  { "2020.0", "2020" },
  { "2020", "2020" },
  { " 2020", "2020" },
  { "20", NULL },
  { "2 020", NULL },
  { "2020-05", NULL },
};

static const Case integer_cases[] = {
  { "3.0", "3" },
  { "3,00", "3" },
  { "3.000", "3000" },
  { "1.234,0", NULL },
  { "3?", NULL },
  { "~3", NULL },
  { "3-", NULL },
  { "(3)", NULL },
  { "#3", NULL },
  { "3", "3" },
  { "007", "7" },
  { "1 250", "1250" },
  { "1,250", "1250" },
  { "1.250.000", "1250000" },
  { "12,34,567", "1234567" },
  { "0", "0" },
  { "9223372036854775807", "9223372036854775807" },
  { "9223372036854775808", NULL },
  { "1,5", NULL },
  { "-3", NULL },
  { "\xe2\x88\x92" "3", NULL },
  { "three", NULL },
  { "1 2 3", NULL },
};

static const Case decimal_cases[] = {
  { "33.33", "33.33" },
  { "33,33", "33.33" },
  { "1,5", "1.5" },
  { "1,234", "1.234" },
  { "40", "40" },
  { "40.00", "40" },
  { "40 %", "40" },
  { "40\xc2\xa0%", "40" },
  { "33,33%", "33.33" },
  { ".5", "0.5" },
  { "0.000001", "0.000001" },
  { "0.0000001", NULL },
  { "100", "100" },
  { "100.01", NULL },
  { "-1", NULL },
  { "1e3", NULL },
  { "5.", NULL },
  { "1.2.3", NULL },
  { "%", NULL },
  { "<40", NULL },
  { "40%?", NULL },
  { "40-", NULL },
  { "(40)", NULL },
  { "40‰", NULL },
};

static const Case money_cases[] = {
  { "100000.00", "100000.00 USD" },
  { "85000.00", "85000.00 USD" },
  { "100 000", "100000.00 USD" },
  { "100\xc2\xa0" "000,50", "100000.50 USD" },
  { "100\xe2\x80\xaf" "000,50", "100000.50 USD" },
  { "100\xe2\x80\x89" "000", "100000.00 USD" },
  { "50,000", "50000.00 USD" },
  { "50.000", "50000.00 USD" },
  { "50,5", "50.50 USD" },
  { "50,50", "50.50 USD" },
  { "1,234,567.89", "1234567.89 USD" },
  { "1.234.567,89", "1234567.89 USD" },
  { "1'234'567.89", "1234567.89 USD" },
  { "1’234’567", "1234567.00 USD" },
  { "12,34,567.00", "1234567.00 USD" },
  { "100000 USD", "100000.00 USD" },
  { "100000usd", "100000.00 USD" },
  { "USD 100,000", "100000.00 USD" },
  { "$100,000", "100000.00 USD" },
  { "US$ 100,000", "100000.00 USD" },
  { "US$100,000 USD", "100000.00 USD" },
  { "100 000 $ US", "100000.00 USD" },
  { "100\xc2\xa0" "000\xc2\xa0$\xc2\xa0US", "100000.00 USD" },
  { "85 000 dollars É.-U.", "85000.00 USD" },
  { "85 000 dollars É.‑U.", "85000.00 USD" },
  { "85 000 dollars", "85000.00 USD" },
  { "€ 20,500", "20500.00 EUR" },
  { "20 500 €", "20500.00 EUR" },
  { "20 500,5 euros", "20500.50 EUR" },
  { "20500 EUR", "20500.00 EUR" },
  { "CHF 1'000.50", "1000.50 CHF" },
  { "5000 JPY", "5000 JPY" },
  { "5,000 JPY", "5000 JPY" },
  { "£1,000", "1000.00 GBP" },
  { "1.234 KWD", "1.234 KWD" },
  { "1,234 KWD", NULL },
  { "1 234,500 KWD", "1234.500 KWD" },
  { "0", "0.00 USD" },
  { ".5 USD", "0.50 USD" },
  { "160546.98 ", "160546.98 USD" },
  { "160546.9800", "160546.98 USD" },
  { "92233720368547758.07 USD", "92233720368547758.07 USD" },
  { "92233720368547758.08 USD", NULL },
  { "99999999999999999999999 USD", NULL },
  { "12.3456", NULL },
  { "5000.50 JPY", NULL },
  { "1,2345", NULL },
  { "-5", NULL },
  { "\xe2\x88\x92" "5 USD", NULL },
  { "USD -5", NULL },
  { "(500)", NULL },
  { "(500 USD)", NULL },
  { "USD (500)", NULL },
  { "500-", NULL },
  { "1,234.56-", NULL },
  { "500 -", NULL },
  { "500 USD-", NULL },
  { "‐500", NULL },
  { "–500", NULL },
  { "−\xc2\xa0" "5\xe2\x80\xaf" "000,50\xc2\xa0€", NULL },
  { "moins 5 EUR", NULL },
  { "500−", NULL },
  { "~500", NULL },
  { "<500", NULL },
  { "500?", NULL },
  { "500 USD?", NULL },
  { "USD? 500", NULL },
  { "500*", NULL },
  { "500%", NULL },
  { "$500?", NULL },
  { "500+", NULL },
  { "500 (USD)", "500.00 USD" },
  { "USD: 500", "500.00 USD" },
  { "500.–", "500.00 USD" },
  { "CHF 500.-", "500.00 CHF" },
  { "500,- €", "500.00 EUR" },
  { "CA$500", "500.00 CAD" },
  { "$500 CAD", "500.00 CAD" },
  { "A$ 500", "500.00 AUD" },
  { "$500 EUR", NULL },
  { "¥5000", "5000 JPY" },
  { "¥500 CNY", "500.00 CNY" },
  { "£500 EGP", "500.00 EGP" },
  { "500 kr", NULL },
  { "SEK 500 kr", "500.00 SEK" },
  { "MDL 500 lei", "500.00 MDL" },
  /* Three capitals that no list has are a currency; nothing else is. */
  { "100 XYZ", "100.00 XYZ" },
  { "XYZ 1,000.5", "1000.50 XYZ" },
  { "100XYZ", "100.00 XYZ" },
  { "100 (XYZ)", "100.00 XYZ" },
  { "XYZ 100 XYZ", "100.00 XYZ" },
  { "100.00 XXX", "100.00 XXX" },
  { "100 SUR", "100.00 SUR" },
  { "100.123 XYZ", "100123.00 XYZ" },
  { "100.1234 XYZ", NULL },
  { "100 xyz", NULL },
  { "100 Xyz", NULL },
  { "100 XY", NULL },
  { "100 XYZW", NULL },
  { "100 eur0", NULL },
  { "100 dollers", NULL },
  { "XYZ 100 EUR", NULL },
  { "XYZ 100 QQQ", NULL },
  { "$100 XYZ", NULL },
  { "5000 F CFA", NULL },
  { "5000 XOF", "5000 XOF" },
  { "100 pommes", NULL },
  { "EUR 100 USD", NULL },
  { "USD", NULL },
  { "100-200", NULL },
  { "1 2 3", NULL },
};

static const Case code_cases[] = {
  { "MD", "MD" },
  { "md", "MD" },
  { "MDA", "MD" },
  { "Republic of Moldova", "MD" },
  { "République de Moldova", "MD" },
  { "REPUBLIQUE DE MOLDOVA", "MD" },
  { "la République de Moldova", "MD" },
  { "Moldavie", "MD" },
  { "Iran (République islamique d')", "IR" },
  { "Iran (République islamique d’)", "IR" },
  { "Iran", "IR" },
  { "Atlantis", NULL },
  { "Iran?", NULL },
  { "~Iran", NULL },
  { "<Iran>", NULL },
  { "Iran ¿", NULL },
};

static const Case link_cases[] = {
  { "0190A1B2-C3D4-7E5F-8123-456789ABCDEF", "0190a1b2-c3d4-7e5f-8123-456789abcdef" },
  { "PO.0160", NULL },
};

static const Case email_cases[] = {
  { "office@example.org", "office@example.org" },
  { " Office.Two+x@sub.example.org ", "Office.Two+x@sub.example.org" },
  { "mailto:office@example.org", "office@example.org" },
  { "a@example.org;b@example.org", NULL },
  { "a@example.org, b@example.org", NULL },
  { "office@example", NULL },
  { "office", NULL },
  { "@example.org", NULL },
  { "a b@example.org", NULL },
  { "a..b@example.org", NULL },
  { "a@-example.org", NULL },
};

static const Case url_cases[] = {
  { "https://www.iom.int/fr/node/175961", "https://www.iom.int/fr/node/175961" },
  { "http://example.org?q=a&b=c#d", "http://example.org?q=a&b=c#d" },
  { "www.iom.int/fr", "https://www.iom.int/fr" },
  { "mailto:office@example.org", "mailto:office@example.org" },
  { "example.org/report.pdf", "https://example.org/report.pdf" },
  { "https://report.zip", "https://report.zip" },
  { "report.zip/abc", "https://report.zip/abc" },
  { "www.report.zip", "https://www.report.zip" },
  { "report.pdf", NULL },
  { "data.json", NULL },
  { "Rapport.final.DOCX", NULL },
  { "https://example.org/é", "https://example.org/é" },
  { "https://", NULL },
  { "mailto:", NULL },
  { "javascript:alert(1)", NULL },
  { "file:///etc/passwd", NULL },
  { "see the site", NULL },
  { "https://a b.org", NULL },
};

static const Case phone_cases[] = {
  { "+41 22 717 91 11", "+41 22 717 91 11" },
  { "+41.22.717-91-11", "+41 22 717 91 11" },
  { "0041 22 717 91 11", "+41 22 717 91 11" },
  { "+41 (0)22 717 91 11", "+41 22 717 91 11" },
  { "+1 (202) 555-0100", "+1 202 555 0100" },
  { "(202) 555-0100", "202 555 0100" },
  { "Tél. : +41 22 717 91 11", "+41 22 717 91 11" },
  { "tel:+41227179111", "+41227179111" },
  { "\xe2\x80\xaa+41 22 717 91 11\xe2\x80\xac", "+41 22 717 91 11" },
  { "+41 22 717 91 11 ext. 234", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11, poste 234", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11 (ext 234)", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11 (poste 234)", "+41 22 717 91 11;ext=234" },
  { "(+41) 22 717 91 11", "+41 22 717 91 11" },
  { "022/717 91 11", "022 717 91 11" },
  { "+33 1 40 44 06 91 / 92", NULL },
  { "+33 1 40 44 06 91/92", NULL },
  { "+41 22 717 91 11 x234", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11 #234", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11;ext=234", "+41 22 717 91 11;ext=234" },
  { "+41 22 717 91 11 / +41 22 717 91 12", NULL },
  { "022 717 91 11 / 022 717 91 12", NULL },
  { "+41 22 717 91 11-12", NULL },
  { "+41 22 717 91 11–2", NULL },
  { "01-40-44-06-91", "01 40 44 06 91" },
  { "-41 22 717 91 11", NULL },
  { "~41 22 717 91 11", NULL },
  { "+41 22 717 91 11?", NULL },
  { "ext. 234", NULL },
  { "12", NULL },
  { "call me", NULL },
};

static const Case latitude_cases[] = {
  { "46.2276", "46.2276" },
  { "46,2276", "46.2276" },
  { "-9.934739", "-9.934739" },
  { "\xe2\x88\x92" "9.5", "-9.5" },
  { "–9.5", "-9.5" },
  { "9.9347391", "9.934739" },
  { "9°55'41\" N", "9.928056" },
  { "9° 55′ 41″ S", "-9.928056" },
  { "9°55,5' N", "9.925" },
  { "N 9.93", "9.93" },
  { "9.93 S", "-9.93" },
  { "9,93 sud", "-9.93" },
  { "9,93° N", "9.93" },
  { "9 55 41 N", "9.928056" },
  { "9°55’41’’N", "9.928056" },
  { "-0", "0" },
  { "90", "90" },
  { "90.000001", NULL },
  { "9°61' N", NULL },
  { "9.5°30' N", NULL },
  { "9.93 E", NULL },
  { "-9.93 S", NULL },
  { "46.2, 6.1", NULL },
  { "north", NULL },
  { "9' N", NULL },
  { "~9.93", NULL },
  { "9.93?", NULL },
  { "+-9.93", NULL },
  { "+9.93 S", NULL },
  { "9.93-", NULL },
};

static const Case longitude_cases[] = {
  { "6.1376", "6.1376" },
  { "-84.08", "-84.08" },
  { "84,08 O", "-84.08" },
  { "84.08° W", "-84.08" },
  { "84,08 ouest", "-84.08" },
  { "6°8'15\" E", "6.1375" },
  { "180", "180" },
  { "180.1", NULL },
  { "9 N", NULL },
};

static const Case beneficiaries_cases[] = {
  { "MD PL RO SK UA", VALUES_FIVE },
  { "md pl ro sk ua", VALUES_FIVE },
  { "MD;PL;RO;SK;UA", VALUES_FIVE },
  { "MD|PL|RO|SK|UA", VALUES_FIVE },
  { "MD, PL, RO, SK, UA", VALUES_FIVE },
  { "MD\nPL\r\nRO\nSK\nUA", VALUES_FIVE },
  { "République de Moldova Pologne Roumanie Slovaquie Ukraine", VALUES_FIVE },
  { "Republic of Moldova, Poland, Romania, Slovakia and Ukraine", VALUES_FIVE },
  { "Moldavie; Poland | Roumanie; SK; Ukraine", VALUES_FIVE },
  { "MD PL RO SK UA MD", VALUES_FIVE },
  { "Korea, Rep., Congo, Dem. Rep., Egypt, Arab Rep.", "[{\"country\":\"KR\"},{\"country\":\"CD\"},{\"country\":\"EG\"}]" },
  { "China, Taiwan", "[{\"country\":\"CN\"},{\"country\":\"TW\"}]" },
  { "Saint-Siège, Chine, Taïwan", "[{\"country\":\"VA\"},{\"country\":\"CN\"},{\"country\":\"TW\"}]" },
  { "Taiwan, China, Japan", "[{\"country\":\"TW\"},{\"country\":\"JP\"}]" },
  { "China, Hong Kong, Macao", "[{\"country\":\"CN\"},{\"country\":\"HK\"},{\"country\":\"MO\"}]" },
  { "Yemen, Rep.; Hong Kong SAR, China, Peru", "[{\"country\":\"YE\"},{\"country\":\"HK\"},{\"country\":\"PE\"}]" },
  { "Korea, Rep. (40%), Gambia, The (60%)",
    "[{\"country\":\"KR\",\"percentage\":\"40\"},{\"country\":\"GM\",\"percentage\":\"60\"}]" },
  { "[\"MD\",\"PL\",\"RO\",\"SK\",\"UA\"]", VALUES_FIVE },
  { "[{\"country\":\"Moldavie\"},\"PL\",\"RO\",{},\"SK\",{\"country\":null},\"UA\"]", VALUES_FIVE },
  { "Iran (République islamique d')", "[{\"country\":\"IR\"}]" },
  { "Afghanistan Iran (République islamique d') Pakistan",
    "[{\"country\":\"AF\"},{\"country\":\"IR\"},{\"country\":\"PK\"}]" },
  { "Pologne et Roumanie", "[{\"country\":\"PL\"},{\"country\":\"RO\"}]" },
  { "ET", "[{\"country\":\"ET\"}]" },
  { "Pologne (40 %), Roumanie (60 %)",
    "[{\"country\":\"PL\",\"percentage\":\"40\"},{\"country\":\"RO\",\"percentage\":\"60\"}]" },
  { "PL:33,33; RO 66.67%",
    "[{\"country\":\"PL\",\"percentage\":\"33.33\"},{\"country\":\"RO\",\"percentage\":\"66.67\"}]" },
  { "[{\"percentage\":40,\"country\":\"PL\"},{\"country\":\"PL\"}]",
    "[{\"country\":\"PL\",\"percentage\":\"40\"}]" },
  { "[]", NULL },
  { "[{}]", NULL },
  { "[{\"country\":\"PL\",\"percentage\":33.33}]", "[{\"country\":\"PL\",\"percentage\":\"33.33\"}]" },
  { "[{\"country\":\"PL\",\"percentage\":\"40\"},{\"country\":\"PL\",\"percentage\":\"50\"}]", NULL },
  { "[{\"country\":\"PL\",\"percentage\":\"140\"}]", NULL },
  { "[{\"pays\":\"PL\"}]", NULL },
  { "[[\"PL\"]]", NULL },
  { "[\"PL\"", NULL },
  { "Pologne Atlantide", NULL },
  { "PL RO XX", NULL },
  { "Pologne (-40 %)", NULL },
  { "Pologne -40 %", NULL },
  { "Pologne (~40 %)", NULL },
  { "Pologne (<40 %)", NULL },
  { "Pologne (40 %?)", NULL },
  { "PL:-40", NULL },
  { "Pologne?; Roumanie", NULL },
  /* A number among names is no country's code, though Bangladesh's is 050. */
  { "PE 50; EC 50", NULL },
  { "PE;50;EC;50", NULL },
  { "Peru, 100", NULL },
  { "Peru (100)", NULL },
  { "604 218", "[{\"country\":\"PE\"},{\"country\":\"EC\"}]" },
  { "604; 50", "[{\"country\":\"PE\"},{\"country\":\"BD\"}]" },
};

static const Case functions_cases[] = {
  { "[{\"function\":\"coordination\",\"covers\":\"Caraïbes\"}]", "[{\"function\":\"coordination\",\"covers\":\"029\"}]" },
  { "regional; coordination | Caribbean | 2020",
    "[{\"function\":\"regional\"},{\"function\":\"coordination\",\"covers\":\"029\",\"valid_from\":\"2020\"}]" },
  { "coordination | Caribbean | 2020 | 2021 | 2022", NULL },
};

static const Case documents_cases[] = {
  { "https://www.iom.int/a", "[{\"url\":\"https://www.iom.int/a\"}]" },
  { "Report; Annex | https://www.iom.int/b",
    "[{\"title\":\"Report\"},{\"title\":\"Annex\",\"url\":\"https://www.iom.int/b\"}]" },
  { "Annex | nowhere at all", NULL },
};

static void
check_cases (const PslField *field,
             const Case     *cases,
             gsize           n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *value = psl_field_normalise (field, psl_codelists_get_default (), cases[i].typed, &error);

      if (g_strcmp0 (value, cases[i].value) != 0)
        g_test_fail_printf ("%s: “%s” became “%s” rather than “%s” (%s)", field->name, cases[i].typed,
                            value, cases[i].value, error != NULL ? error->message : "no error");
      if (value != NULL)
        {
          g_assert_no_error (error);
          g_assert_true (psl_field_is_valid (field, psl_codelists_get_default (), value));
        }
      if (error != NULL)
        {
          g_assert_true (error->domain == PSL_REGISTER_ERROR);
          g_assert_cmpint (g_utf8_strlen (error->message, -1), >, 10);
        }
    }
}

/* Text of a file, by conventions, and the canonical value; NULL where it is refused. */
typedef struct
{
  const PslField *field;
  PslConventions conventions;
  const char *typed;
  const char *value;
} ConventionCase;

#define NAMED(...) (const char *const []) { __VA_ARGS__, NULL }

static const PslField share = { .name = "share", .type = PSL_FIELD_TYPE_DECIMAL };

static const ConventionCase convention_cases[] = {
  { &date, { .dates = PSL_DATE_ORDER_DMY }, "02/03/2020", "2020-03-02" },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "02/03/2020", "2020-02-03" },
  { &date, { .dates = PSL_DATE_ORDER_YMD }, "02/03/2020", NULL },
  { &date, { .dates = PSL_DATE_ORDER_DMY }, "01/31/2020", NULL },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "31/01/2020", NULL },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "2020-02-03", "2020-02-03" },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "2020/02/03", "2020-02-03" },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "3 février 2020", "2020-02-03" },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "02/2020", "2020-02" },
  { &date, { .dates = PSL_DATE_ORDER_MDY }, "2/3/2020 12:00:00 AM", "2020-02-03" },
  { &date, { .century = 1950 }, "1-May-07", "2007-05-01" },
  { &date, { .century = 1950 }, "31-Mar-11", "2011-03-31" },
  { &date, { .century = 1950 }, "31-Mar-50", "1950-03-31" },
  { &date, { .century = 1950 }, "31-Mar-49", "2049-03-31" },
  { &date, { .century = 2000 }, "31-Mar-99", "2099-03-31" },
  { &date, { .century = 1900 }, "31-Mar-00", "1900-03-31" },
  { &date, { .century = 2000 }, "May-07", "2007-05" },
  { &date, { .century = 2000 }, "janv.-07", "2007-01" },
  { &date, { .century = 2000 }, "mai ’07", "2007-05" },
  { &date, { .century = 2000 }, "'07", "2007" },
  { &date, { .century = 2000 }, "07", "2007" },
  { &date, { .century = 2000 }, "7", NULL },
  { &date, { .century = 2000 }, "17 mai", NULL },
  { &date, { .century = 2000 }, "May 17", NULL },
  { &date, { .century = 2000 }, "05/07", NULL },
  { &date, { .century = 2000 }, "'7", NULL },
  { &date, { .century = 2000, .dates = PSL_DATE_ORDER_DMY }, "02/03/04", "2004-03-02" },
  { &date, { .century = 2000, .dates = PSL_DATE_ORDER_MDY }, "02/03/04", "2004-02-03" },
  { &date, { .century = 2000, .dates = PSL_DATE_ORDER_YMD }, "02/03/04", "2002-03-04" },
  { &date, { .century = 2000, .dates = PSL_DATE_ORDER_YMD }, "2/3/4", NULL },
  { &money, { .decimals = PSL_DECIMAL_MARK_POINT }, "1,234", "1234.00 USD" },
  { &money, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1.234", "1234.00 USD" },
  { &money, { .decimals = PSL_DECIMAL_MARK_POINT }, "1.234", NULL },
  { &money, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1,234", NULL },
  { &money, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1,5", "1.50 USD" },
  { &money, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1.5", NULL },
  { &money, { .decimals = PSL_DECIMAL_MARK_POINT }, "1.234.567", NULL },
  { &money, { .decimals = PSL_DECIMAL_MARK_POINT }, "1 234.5", "1234.50 USD" },
  { &money, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1,234 KWD", "1.234 KWD" },
  { &money, { .exponent = 3 }, "500", "500000.00 USD" },
  { &money, { .exponent = 6, .decimals = PSL_DECIMAL_MARK_COMMA }, "1,2345 EUR", "1234500.00 EUR" },
  { &money, { .currency = "CAD" }, "500", "500.00 CAD" },
  { &money, { .currency = "CAD" }, "$500", "500.00 CAD" },
  { &money, { .currency = "CAD" }, "500 EUR", "500.00 EUR" },
  { &money, { .currency = "EUR" }, "$500", NULL },
  { &money, { .currency = "CNY" }, "¥500", "500.00 CNY" },
  { &money, { .currency = "XOF" }, "5000 F CFA", "5000 XOF" },
  { &money, { .named = NAMED ("€") }, "500", "500.00 EUR" },
  { &money, { .named = NAMED ("€") }, "500 USD", NULL },
  { &money, { .named = NAMED ("€") }, "$500", NULL },
  { &money, { .named = NAMED ("CAD") }, "$500", "500.00 CAD" },
  { &money, { .named = NAMED ("CAD") }, "US$500", NULL },
  { &money, { .named = NAMED ("$", "CAD") }, "500", "500.00 CAD" },
  { &money, { .named = NAMED ("$", "EUR") }, "500", NULL },
  { &money, { .named = NAMED ("$"), .currency = "CAD" }, "500", "500.00 CAD" },
  { &money, { .named = NAMED ("pommes") }, "500", NULL },
  { &money, { .named = NAMED ("QQQ") }, "500", "500.00 QQQ" },
  { &money, { .named = NAMED ("QQQ") }, "500 QQQ", "500.00 QQQ" },
  { &money, { .named = NAMED ("QQQ") }, "500 EUR", NULL },
  { &money, { .named = NAMED ("qqq") }, "500", NULL },
  { &money, { .named = NAMED ("$") }, "500 QQQ", NULL },
  { &money, { .currency = "EUR" }, "500 QQQ", "500.00 QQQ" },
  { &money, { .is_stored = TRUE }, "500.00 QQQ", "500.00 QQQ" },
  { &money, { .is_stored = TRUE }, "500.00 qqq", NULL },
  { &share, { .decimals = PSL_DECIMAL_MARK_POINT }, "1,234", "1234" },
  { &share, { .decimals = PSL_DECIMAL_MARK_COMMA }, "1,234", "1.234" },
};

static void
test_conventions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (convention_cases); i++)
    {
      const ConventionCase *one = &convention_cases[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *value = psl_field_read (one->field, psl_codelists_get_default (), one->typed, &one->conventions, &error);

      if (g_strcmp0 (value, one->value) != 0)
        g_test_fail_printf ("%" G_GSIZE_FORMAT ": “%s” became “%s” rather than “%s” (%s)", i, one->typed, value, one->value,
                            error != NULL ? error->message : "no error");
      if (value == NULL)
        g_assert_nonnull (strstr (error->message, one->typed));
    }
}

#define CHECK(field, cases) check_cases (field, cases, G_N_ELEMENTS (cases))

static void
test_texts (void)
{
  static const PslField text = { .name = "text", .type = PSL_FIELD_TYPE_TEXT };
  static const PslField long_text = { .name = "long", .type = PSL_FIELD_TYPE_LONG_TEXT };
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  CHECK (&text, text_cases);
  CHECK (&long_text, long_text_cases);
  CHECK (values_field ("project", "project_id"), identifier_cases);

  value = psl_field_normalise (&text, psl_codelists_get_default (), "caf\xe9", &error);
  g_assert_null (value);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
  g_clear_error (&error);

  value = psl_field_normalise (values_field ("project", "project_id"), psl_codelists_get_default (), "PO 0160", &error);
  g_assert_null (value);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
}

static void
test_numbers (void)
{
  static const PslField integer = { .name = "integer", .type = PSL_FIELD_TYPE_INTEGER };

  CHECK (&integer, integer_cases);
  CHECK (psl_field_find_row (values_field ("project", "beneficiaries"), "percentage"), decimal_cases);
  CHECK (&money, money_cases);
}

static void
test_dates (void)
{
  static const PslField year = { .name = "year", .type = PSL_FIELD_TYPE_YEAR };

  CHECK (&date, date_cases);
  CHECK (&year, year_cases);
}

static void
test_codes (void)
{
  CHECK (values_field ("office", "country"), code_cases);
  CHECK (values_field ("project", "office"), link_cases);
}

static void
test_contacts (void)
{
  static const PslField url = { .name = "url", .type = PSL_FIELD_TYPE_URL };

  CHECK (values_field ("office", "email"), email_cases);
  CHECK (&url, url_cases);
  CHECK (values_field ("office", "phone"), phone_cases);
}

/* What a file from elsewhere may hold leads nowhere that might start a program. */
static void
test_uris (void)
{
  static const PslField url = { .name = "url", .type = PSL_FIELD_TYPE_URL };
  static const PslField email = { .name = "email", .type = PSL_FIELD_TYPE_EMAIL };
  static const struct
  {
    const PslField *field;
    const char *value;
    const char *uri;
  } cases[] = {
    { &url, "https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d" },
    { &url, "HTTP://example.org", "HTTP://example.org" },
    { &url, "mailto:office@example.org", "mailto:office@example.org" },
    { &url, NULL, NULL },
    { &url, "", NULL },
    { &url, "evil:run", NULL },
    { &url, "file:///etc/passwd", NULL },
    { &url, "smb://server/share", NULL },
    { &url, "javascript:alert(1)", NULL },
    { &url, "ftp://example.org/a", NULL },
    { &url, "https:", NULL },
    { &url, "https:///etc", NULL },
    { &url, "/etc/passwd", NULL },
    { &url, "www.example.org", NULL },
    { &url, " https://example.org", NULL },
    { &url, "https://example.org/a b", NULL },
    { &url, "https://example.org/\na", NULL },
    { &url, "mailto:?attach=/etc/passwd", NULL },
    { &url, "mailto:a@example.org?attach=/etc/passwd", NULL },
    { &email, "office@example.org", "mailto:office@example.org" },
    { &email, "evil:run", NULL },
    { &email, "a@example.org?attach=/etc/passwd", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = psl_field_dup_uri (cases[i].field, cases[i].value);

      g_test_message ("%s", cases[i].value);
      g_assert_cmpstr (uri, ==, cases[i].uri);
    }
}

static void
test_places (void)
{
  CHECK (values_field ("office", "latitude"), latitude_cases);
  CHECK (values_field ("office", "longitude"), longitude_cases);
}

static void
test_rows (void)
{
  CHECK (values_field ("project", "beneficiaries"), beneficiaries_cases);
  CHECK (values_field ("office", "functions"), functions_cases);
  CHECK (values_field ("project", "documents"), documents_cases);
}

/* A hostile file must not take the program down. */
static void
test_nesting (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = g_strnfill (1000000, '[');
  g_autofree char *value = psl_field_normalise (values_field ("project", "results"), psl_codelists_get_default (), deep, &error);

  g_assert_null (value);
  g_assert_error (error, PSL_REGISTER_ERROR, PSL_REGISTER_ERROR_INVALID);
}

typedef struct
{
  const char *name;
  void (*run) (void);
} Test;

/* Neither what is read nor what is stored may hang on the locale. */
static const Test tests[] = {
  { "texts", test_texts },
  { "conventions", test_conventions },
  { "numbers", test_numbers },
  { "dates", test_dates },
  { "codes", test_codes },
  { "contacts", test_contacts },
  { "places", test_places },
  { "rows", test_rows },
  { "nesting", test_nesting },
};

static void
run_in_french (gconstpointer test)
{
  locale_set ("fr_FR.UTF-8");
  ((const Test *) test)->run ();
}

static void
run_in_english (gconstpointer test)
{
  locale_set ("en_GB.UTF-8");
  ((const Test *) test)->run ();
}

/* A million entries of one cell take a moment: entries are looked up once and put
 * together in one pass, however they are apart. */
static void
test_many_codes (void)
{
  static const struct
  {
    const char *beginning;
    const char *pair;
    const char *end;
    guint n_pairs;
  } forms[] = {
    { "", "PE;EC;", "", 20000 },
    { "", "PE, EC, ", "", 20000 },
    { "", "PE EC ", "", 5000 },
    { "", "Peru (50%); Ecuador (50%);", "", 5000 },
    { "", "Peru Ecuador ", "", 5000 },
    { "[\"PE\"", ",\"EC\",\"PE\"", "]", 20000 },
  };
  const PslField *field = values_field ("project", "beneficiaries");

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GString) text = g_string_new (forms[i].beginning);
      g_autoptr (GError) error = NULL;
      g_autofree char *value = NULL;

      for (guint j = 0; j < forms[i].n_pairs; j++)
        g_string_append (text, forms[i].pair);
      g_string_append (text, forms[i].end);
      value = psl_field_normalise (field, psl_codelists_get_default (), text->str, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (value, "[{\"country\":\"PE\""));
      g_assert_cmpuint (strlen (value), <, 80);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *french = g_strconcat ("/field/fr/", tests[i].name, NULL);
      g_autofree char *english = g_strconcat ("/field/en/", tests[i].name, NULL);

      g_test_add_data_func (french, &tests[i], run_in_french);
      g_test_add_data_func (english, &tests[i], run_in_english);
    }

  g_test_add_func ("/field/many-codes", test_many_codes);
  g_test_add_func ("/field/uris", test_uris);

  return g_test_run ();
}
