#include <string.h>

#include "moment/moment.h"

enum { DAY = 86400 };

/* ---- spans ---- */

static dt__wall later_wall(const dt__wall *wall, int64_t seconds) {
    return dt__wall_of_moment(dt__moment_of_wall(wall) + seconds);
}

/* The first moment of what is known, and the first after it. */
static void ends_of(const dt__wall *wall, dt__precision precision, dt__wall *first, dt__wall *after) {
    *first = *wall;
    if (precision < DT__PRECISION_SECOND) first->second = 0;
    if (precision < DT__PRECISION_MINUTE) first->minute = 0;
    if (precision < DT__PRECISION_HOUR) first->hour = 0;
    if (precision < DT__PRECISION_DAY) first->day = 1;
    if (precision < DT__PRECISION_MONTH) first->month = 1;
    switch (precision) {
    case DT__PRECISION_YEAR: *after = (dt__wall){.year = first->year + 1, .month = 1, .day = 1}; break;
    case DT__PRECISION_MONTH:
        *after = later_wall(first, (int64_t)DAY * dt__month_length(first->year, first->month));
        break;
    case DT__PRECISION_DAY: *after = later_wall(first, DAY); break;
    case DT__PRECISION_HOUR: *after = later_wall(first, 3600); break;
    case DT__PRECISION_MINUTE: *after = later_wall(first, 60); break;
    case DT__PRECISION_SECOND: *after = later_wall(first, 1); break;
    }
}

dt__interval dt__zone_span(const dt__zone *zone, const dt__wall *wall, dt__precision precision) {
    dt__wall first, after;
    dt__interval from, to;

    ends_of(wall, precision, &first, &after);
    from = dt__zone_moments(zone, &first);
    to = dt__zone_moments(zone, &after);
    if (precision >= DT__PRECISION_HOUR) /* shorter than a change of the clock: as long as it is, from both readings */
        return (dt__interval){from.lo, from.hi + (dt__moment_of_wall(&after) - dt__moment_of_wall(&first))};
    return (dt__interval){from.lo, to.hi};
}

dt__interval dt__written_span(const dt__written *written, const dt__zone *zone) {
    dt__interval span;

    if (!written->has_offset) return dt__zone_span(zone, &written->wall, written->precision);
    span = dt__zone_span(NULL, &written->wall, written->precision);
    return (dt__interval){span.lo - written->offset, span.hi - written->offset};
}

/* ---- reading ---- */

typedef struct cursor {
    const char *at, *end;
} cursor;

static bool take(cursor *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

/* least..most digits. */
static bool take_number(cursor *c, int least, int most, int *out) {
    int digits = 0;

    for (*out = 0; digits < most && c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++, digits++)
        *out = *out * 10 + (*c->at - '0');
    return digits >= least;
}

static bool set_date(dt__wall *wall, int year, int month, int day) {
    if (month < 1 || month > 12 || day < 1) return false;
    wall->year = year;
    wall->month = (uint8_t)month;
    if (day > dt__month_length(year, (uint8_t)month)) return false;
    wall->day = (uint8_t)day;
    return true;
}

static bool read_year_first(cursor *c, dt__written *w) {
    int year, month = 1, day = 1;
    char mark;

    if (!take_number(c, 4, 4, &year)) return false;
    w->precision = DT__PRECISION_YEAR;
    mark = c->at < c->end && *c->at == '/' ? '/' : '-';
    if (take(c, mark)) {
        if (!take_number(c, 1, 2, &month)) return false;
        w->precision = DT__PRECISION_MONTH;
        if (take(c, mark)) {
            if (!take_number(c, 1, 2, &day)) return false;
            w->precision = DT__PRECISION_DAY;
        }
    }
    return set_date(&w->wall, year, month, day);
}

static bool read_year_last(cursor *c, dt__written *w, bool month_first) {
    int a, b, year;
    char mark;

    if (!take_number(c, 1, 2, &a) || c->at == c->end) return false;
    mark = *c->at;
    if (mark != '/' && mark != '.' && mark != '-') return false;
    if (!take(c, mark) || !take_number(c, 1, 2, &b) || !take(c, mark) || !take_number(c, 4, 4, &year)) return false;
    w->precision = DT__PRECISION_DAY;
    return set_date(&w->wall, year, month_first ? a : b, month_first ? b : a);
}

static bool starts_with_year(const cursor *c) {
    const char *digit = c->at;
    while (digit < c->end && *digit >= '0' && *digit <= '9') digit++;
    return digit - c->at == 4;
}

/* Twelve-hour clocks: 12 AM is midnight, 12 PM is noon. */
static bool read_half(cursor *c, int *hour) {
    bool afternoon;

    while (take(c, ' ')) continue;
    if (c->end - c->at < 2 || (c->at[1] != 'M' && c->at[1] != 'm')) return true;
    if (strchr("AaPp", *c->at) == NULL) return true;
    afternoon = *c->at == 'P' || *c->at == 'p';
    c->at += 2;
    if (*hour < 1 || *hour > 12) return false;
    *hour = *hour % 12 + (afternoon ? 12 : 0);
    return true;
}

static bool read_clock(cursor *c, dt__written *w) {
    int hour, minute = 0, second = 0, ignored;

    if (!take_number(c, 1, 2, &hour)) return false;
    w->precision = DT__PRECISION_HOUR;
    if (take(c, ':')) {
        if (!take_number(c, 2, 2, &minute)) return false;
        w->precision = DT__PRECISION_MINUTE;
        if (take(c, ':')) {
            if (!take_number(c, 2, 2, &second)) return false;
            w->precision = DT__PRECISION_SECOND;
            if (take(c, '.') && !take_number(c, 1, 9, &ignored)) return false;
        }
    }
    if (!read_half(c, &hour) || minute > 59 || second > 60) return false;
    if (hour == 24 && minute == 0 && second == 0) {
        w->wall = later_wall(&w->wall, DAY);
        return true;
    }
    w->wall.hour = (uint8_t)hour;
    w->wall.minute = (uint8_t)minute;
    w->wall.second = (uint8_t)(second == 60 ? 59 : second); /* a leap second is in the last one */
    return hour < 24;
}

static bool read_offset(cursor *c, dt__written *w) {
    int hours, minutes = 0;
    bool west = c->at < c->end && *c->at == '-';

    if (take(c, 'Z') || take(c, 'z')) {
        w->has_offset = true;
        return true;
    }
    if (!take(c, '+') && !take(c, '-')) return true;
    if (!take_number(c, 2, 2, &hours)) return false;
    (void)take(c, ':');
    if (c->at < c->end && *c->at != ' ' && !take_number(c, 2, 2, &minutes)) return false;
    w->has_offset = true;
    w->offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
    return hours <= 15 && minutes < 60;
}

bool dt__written_parse(dt__written *out, const char *text, dt__date_order order) {
    cursor c = {.at = text, .end = text + strlen(text)};
    dt__written w = {.precision = DT__PRECISION_DAY};
    bool read;

    while (c.at < c.end && (*c.at == ' ' || *c.at == '\t')) c.at++;
    while (c.end > c.at && (c.end[-1] == ' ' || c.end[-1] == '\t')) c.end--;
    if (order == DT__YEAR_FIRST || starts_with_year(&c)) read = read_year_first(&c, &w);
    else read = read_year_last(&c, &w, order == DT__MONTH_FIRST);
    if (!read) return false;
    if (c.at < c.end && w.precision == DT__PRECISION_DAY) {
        if (!take(&c, 'T') && !take(&c, ' ')) return false;
        while (take(&c, ' ')) continue;
        if (!read_clock(&c, &w) || !read_offset(&c, &w)) return false;
    }
    if (c.at < c.end) return false;
    *out = w;
    return true;
}

/* ---- printing ---- */

static void add_two_digits(dt__text *text, unsigned value) {
    if (value < 10) dt__text_add_char(text, '0');
    dt__text_add_unsigned(text, value);
}

void dt__moment_print(dt__text *text, dt__moment moment, const dt__zone *zone) {
    dt__wall wall = dt__zone_wall(zone, moment);

    if (wall.year < 0) dt__text_add_char(text, '-');
    dt__text_add_unsigned(text, (uint64_t)(wall.year < 0 ? -(int64_t)wall.year : wall.year));
    dt__text_add_char(text, '-');
    add_two_digits(text, wall.month);
    dt__text_add_char(text, '-');
    add_two_digits(text, wall.day);
    dt__text_add_char(text, ' ');
    add_two_digits(text, wall.hour);
    dt__text_add_char(text, ':');
    add_two_digits(text, wall.minute);
    if (wall.second == 0) return;
    dt__text_add_char(text, ':');
    add_two_digits(text, wall.second);
}
