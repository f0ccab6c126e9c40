#include <stdlib.h>
#include <string.h>

#include "base/vector.h"
#include "moment/moment.h"

enum { HEADER = 44, MOST_TRANSITIONS = 1 << 16, DAY = 86400 };

typedef struct transition {
    dt__moment at;
    int32_t offset; /* from then on */
} transition;

/* When a clock is set in every year: the n-th weekday of a month, or a day of the year. */
typedef struct yearly {
    enum { OF_MONTH, JULIAN, DAY_OF_YEAR } kind;
    int month, week, weekday; /* weekday 0: Sunday; week 5: the last */
    int day;
    int32_t time; /* seconds after midnight on the wall, may be negative or beyond the day */
} yearly;

struct dt__zone {
    char name[64];
    int32_t first;          /* offset before all transitions */
    dt__vector transitions; /* transition, by time */
    /* After them: a rule for every year.  Without it the last offset stays. */
    bool has_rule, has_summer;
    int32_t standard, summer; /* offsets */
    yearly begins, ends;      /* of summer */
};

/* RFC 8536, 3.2: more than 25 hours west or 26 hours east is no time of a clock. */
static bool is_offset(int32_t seconds) {
    return seconds >= -25 * 3600 && seconds <= 26 * 3600;
}

/* ---- the rule at the end of the file: POSIX TZ, "EET-2EEST,M3.5.0/3,M10.5.0/4" ---- */

static bool read_int(const char **c, int *out) {
    int value = 0, digits = 0;

    for (; **c >= '0' && **c <= '9' && digits < 6; (*c)++, digits++) value = value * 10 + (**c - '0');
    *out = value;
    return digits > 0;
}

static bool skip_designation(const char **c) {
    const char *start = *c;

    if (**c == '<') {
        while (**c != '\0' && **c != '>') (*c)++;
        if (**c != '>') return false;
        (*c)++;
    } else {
        while ((**c >= 'A' && **c <= 'Z') || (**c >= 'a' && **c <= 'z')) (*c)++;
    }
    return *c > start;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(const char **c, int32_t *out) {
    int sign = **c == '-' ? -1 : 1, hours, minutes = 0, seconds = 0;

    if (**c == '-' || **c == '+') (*c)++;
    if (!read_int(c, &hours)) return false;
    if (**c == ':') {
        (*c)++;
        if (!read_int(c, &minutes)) return false;
        if (**c == ':') {
            (*c)++;
            if (!read_int(c, &seconds)) return false;
        }
    }
    *out = sign * (hours * 3600 + minutes * 60 + seconds);
    return hours <= 167 && minutes < 60 && seconds < 60;
}

static bool read_yearly(const char **c, yearly *y) {
    bool read;

    *y = (yearly){.kind = **c == 'M' ? OF_MONTH : **c == 'J' ? JULIAN : DAY_OF_YEAR, .time = 2 * 3600};
    if (y->kind != DAY_OF_YEAR) (*c)++;
    if (y->kind == OF_MONTH) {
        read = read_int(c, &y->month) && *(*c)++ == '.' && read_int(c, &y->week) && *(*c)++ == '.' &&
               read_int(c, &y->weekday);
        read = read && y->month >= 1 && y->month <= 12 && y->week >= 1 && y->week <= 5 && y->weekday <= 6;
    } else read = read_int(c, &y->day) && y->day <= 366;
    if (read && **c == '/') {
        (*c)++;
        read = read_time(c, &y->time);
    }
    return read;
}

static bool read_rule(dt__zone *z, const char *c) {
    int32_t west;

    if (*c == '\0') return true; /* no rule: allowed */
    if (!skip_designation(&c) || !read_time(&c, &west)) return false;
    z->has_rule = true;
    z->standard = -west;
    if (!is_offset(z->standard)) return false;
    if (*c == '\0') return true;
    if (!skip_designation(&c)) return false;
    z->summer = z->standard + 3600;
    if (*c != ',' && *c != '\0') {
        if (!read_time(&c, &west)) return false;
        z->summer = -west;
    }
    if (!is_offset(z->summer)) return false;
    if (*c++ != ',' || !read_yearly(&c, &z->begins) || *c++ != ',' || !read_yearly(&c, &z->ends)) return false;
    z->has_summer = true;
    return *c == '\0';
}

static int64_t day_of_rule(const yearly *y, int32_t year) {
    int64_t first, day;
    int length;

    if (y->kind != OF_MONTH) {
        bool leap = dt__month_length(year, 2) == 29;
        first = dt__days_of(year, 1, 1);
        if (y->kind == DAY_OF_YEAR) return first + y->day;
        return first + y->day - 1 + (leap && y->day >= 60); /* 29 February is not counted */
    }
    first = dt__days_of(year, (uint8_t)y->month, 1);
    length = dt__month_length(year, (uint8_t)y->month);
    day = (y->weekday + 6 - (int)dt__weekday_of(first) + 7) % 7 + (y->week - 1) * 7; /* weekday 0 is Sunday, 6 here */
    while (day >= length) day -= 7;
    return first + day;
}

static int32_t offset_by_rule(const dt__zone *z, dt__moment moment) {
    dt__moment begins, ends;
    int32_t year;

    if (!z->has_summer) return z->standard;
    year = dt__wall_of_moment(moment + z->standard).year;
    begins = day_of_rule(&z->begins, year) * DAY + z->begins.time - z->standard;
    ends = day_of_rule(&z->ends, year) * DAY + z->ends.time - z->summer;
    if (begins < ends) return moment >= begins && moment < ends ? z->summer : z->standard;
    return moment >= ends && moment < begins ? z->standard : z->summer; /* southern summers hold over New Year */
}

/* ---- the file ---- */

typedef struct part {
    size_t version1; /* bytes of the 32-bit block that is passed by */
    size_t isut, isstd, leaps, times, types, letters, width;
} part;

static uint32_t number32(const unsigned char *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t number64(const unsigned char *b) {
    return (int64_t)((uint64_t)number32(b) << 32 | number32(b + 4));
}

static bool read_header(part *p, const unsigned char *bytes, size_t size, size_t width) {
    if (size < HEADER || memcmp(bytes, "TZif", 4) != 0) return false;
    *p = (part){.isut = number32(bytes + 20),
                .isstd = number32(bytes + 24),
                .leaps = number32(bytes + 28),
                .times = number32(bytes + 32),
                .types = number32(bytes + 36),
                .letters = number32(bytes + 40),
                .width = width};
    return p->times < MOST_TRANSITIONS && p->types >= 1 && p->types <= 256 && p->letters < 4096 && p->leaps < 4096 &&
           p->isut <= 256 && p->isstd <= 256;
}

static size_t length_of(const part *p) {
    return p->times * (p->width + 1) + p->types * 6 + p->letters + p->leaps * (p->width + 4) + p->isstd + p->isut;
}

static dt_status add_transitions(dt__zone *z, const part *p, const unsigned char *bytes, dt_env *env) {
    const unsigned char *indices = bytes + p->times * p->width, *types = indices + p->times;
    dt_status st = DT_OK;

    z->first = (int32_t)number32(types);
    if (!is_offset(z->first)) return DT_ERR_MODEL;
    for (size_t i = 0; i < p->times && st == DT_OK; i++) {
        const unsigned char *at = bytes + i * p->width;
        transition t = {.at = p->width == 8 ? number64(at) : (int32_t)number32(at)};
        if (indices[i] >= p->types) return DT_ERR_MODEL;
        t.offset = (int32_t)number32(types + (size_t)6 * indices[i]);
        if (!is_offset(t.offset)) return DT_ERR_MODEL;
        if (i > 0 && t.at <= DT__AT(z->transitions, transition, i - 1)->at) return DT_ERR_MODEL;
        st = dt__vector_push(&z->transitions, &t, env);
    }
    return st;
}

static dt_status read_footer(dt__zone *z, const unsigned char *bytes, size_t size) {
    char rule[128];
    size_t length = 0;

    if (size < 2 || bytes[0] != '\n') return DT_ERR_MODEL;
    for (bytes++, size--; length < size && bytes[length] != '\n'; length++) {
        if (length + 1 == sizeof rule) return DT_ERR_MODEL;
        rule[length] = (char)bytes[length];
    }
    rule[length] = '\0';
    return read_rule(z, rule) ? DT_OK : DT_ERR_MODEL;
}

/* Version 1 has 32-bit times alone; later ones repeat everything in 64 bits, and a rule. */
static dt_status read_file(dt__zone *z, const unsigned char *bytes, size_t size, dt_env *env) {
    part p;
    size_t skip;
    dt_status st;

    if (!read_header(&p, bytes, size, 4) || length_of(&p) > size - HEADER) return DT_ERR_MODEL;
    if (bytes[4] < '2') return add_transitions(z, &p, bytes + HEADER, env);
    skip = HEADER + length_of(&p);
    if (!read_header(&p, bytes + skip, size - skip, 8) || length_of(&p) > size - skip - HEADER) return DT_ERR_MODEL;
    skip += HEADER;
    if ((st = add_transitions(z, &p, bytes + skip, env)) != DT_OK) return st;
    skip += length_of(&p);
    return read_footer(z, bytes + skip, size - skip);
}

dt_status dt__zone_new(dt__zone **out, const char *name, const void *bytes, size_t size, dt_env *env) {
    dt__zone *z = DT__NEW(env, dt__zone);
    size_t length = strlen(name) < sizeof z->name ? strlen(name) : sizeof z->name - 1;
    dt_status st;

    if (z == NULL) return DT_ERR_MEMORY;
    z->transitions = DT__VECTOR(transition);
    memcpy(z->name, name, length);
    if ((st = read_file(z, bytes, size, env)) == DT_OK) *out = z;
    else dt__zone_free(z, env);
    return st;
}

void dt__zone_free(dt__zone *zone, dt_env *env) {
    if (zone == NULL) return;
    dt__vector_clear(&zone->transitions, env);
    DT__FREE(env, zone, 1);
}

const char *dt__zone_name(const dt__zone *zone) {
    return zone == NULL ? "UTC" : zone->name;
}

/* ---- asking ---- */

int32_t dt__zone_offset(const dt__zone *zone, dt__moment moment) {
    size_t low = 0, high;

    if (zone == NULL) return 0;
    high = zone->transitions.count;
    if (high > 0 && moment >= DT__AT(zone->transitions, transition, high - 1)->at && zone->has_rule)
        return offset_by_rule(zone, moment);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (DT__AT(zone->transitions, transition, middle)->at <= moment) low = middle + 1;
        else high = middle;
    }
    if (low > 0) return DT__AT(zone->transitions, transition, low - 1)->offset;
    return zone->transitions.count == 0 && zone->has_rule ? offset_by_rule(zone, moment) : zone->first;
}

dt__wall dt__zone_wall(const dt__zone *zone, dt__moment moment) {
    return dt__wall_of_moment(moment + dt__zone_offset(zone, moment));
}

/* Clocks mostly move by less than a day, so the offsets a day before and a day after are all that can hold. */
dt__interval dt__zone_moments(const dt__zone *zone, const dt__wall *wall) {
    dt__moment shown = dt__moment_of_wall(wall);
    dt__moment early = shown - dt__zone_offset(zone, shown - DAY), late = shown - dt__zone_offset(zone, shown + DAY);
    bool early_holds = dt__zone_offset(zone, early) == shown - early,
         late_holds = dt__zone_offset(zone, late) == shown - late;
    dt__moment low = early < late ? early : late, high = early < late ? late : early;

    if (early_holds && late_holds) return (dt__interval){low, high};
    if (early_holds) return (dt__interval){early, early};
    if (late_holds) return (dt__interval){late, late};
    while (high - low > 1) { /* skipped: the jump lies between the two */
        dt__moment middle = low + (high - low) / 2;
        if (dt__zone_offset(zone, middle) == dt__zone_offset(zone, low)) low = middle;
        else high = middle;
    }
    return (dt__interval){high, high};
}
