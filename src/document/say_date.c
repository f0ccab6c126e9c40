/* Dates in the convention of the language; programs get them as they are written (ISO 8601). */
#include <string.h>

#include "base/catalog.h"
#include "document/say.h"
#include "model/date.h"

/* {0}: day, {1}: year; then {0}: year */
static const char *const days_of[] = {DT__N("{0} January {1}"), DT__N("{0} February {1}"), DT__N("{0} March {1}"),
                                      DT__N("{0} April {1}"),   DT__N("{0} May {1}"),      DT__N("{0} June {1}"),
                                      DT__N("{0} July {1}"),    DT__N("{0} August {1}"),   DT__N("{0} September {1}"),
                                      DT__N("{0} October {1}"), DT__N("{0} November {1}"), DT__N("{0} December {1}")};
static const char *const months_of[] = {DT__N("January {0}"), DT__N("February {0}"), DT__N("March {0}"),
                                        DT__N("April {0}"),   DT__N("May {0}"),      DT__N("June {0}"),
                                        DT__N("July {0}"),    DT__N("August {0}"),   DT__N("September {0}"),
                                        DT__N("October {0}"), DT__N("November {0}"), DT__N("December {0}")};

static const char *digits(dt_document *d, unsigned value) {
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add_unsigned(&text, value);
    return dt__document_take(d, &text);
}

static const char *say_day(dt_document *d, dt__date date) {
    const char *year = digits(d, (unsigned)date.year);

    if (date.parts == 1) return year;
    if (date.parts == 2) return dt__say(d, months_of[date.month - 1], year, NULL);
    return dt__say(d, days_of[date.month - 1], digits(d, date.day), year, NULL);
}

/* "18:00", "18:00:05", each with or without Z: what of it is read aloud; NULL when it is no time of day. */
static const char *say_hour(dt_document *d, const char *text) {
    size_t length = strspn(text, "0123456789:");
    bool utc = strcmp(text + length, "Z") == 0;
    dt__text plain;

    if ((length != 5 && length != 8) || (text[length] != '\0' && !utc)) return NULL;
    if (text[2] != ':' || (length == 8 && text[5] != ':')) return NULL;
    if (!utc) return text;
    dt__text_init(&plain, d->env);
    dt__text_add_bytes(&plain, text, length);
    return dt__pair(d, dt__document_take(d, &plain), "UTC");
}

const char *dt__say_date(dt_document *d, const char *written) {
    char day[sizeof "2025-04-19"] = "";
    const char *hour;
    dt__date date;

    if (written == NULL) return "";
    if (dt__date_parse(&date, written)) return say_day(d, date);
    if (strlen(written) < sizeof day || (written[sizeof day - 1] != 'T' && written[sizeof day - 1] != ' '))
        return written;
    memcpy(day, written, sizeof day - 1);
    hour = say_hour(d, written + sizeof day);
    if (hour == NULL || !dt__date_parse(&date, day)) return written;
    return dt__say(d, "{0} at {1}", say_day(d, date), hour, NULL);
}

const char *dt__say_month_after(dt_document *d, size_t months) {
    const dt__date from = d->model->as_of;
    size_t month = months + from.month - 1, year = (size_t)from.year + month / 12;

    if (!d->model->has_as_of || from.parts < 2 || year > 9999) return "";
    return say_day(d, (dt__date){.year = (int16_t)year, .month = (uint8_t)(month % 12 + 1), .day = 1, .parts = 2});
}
