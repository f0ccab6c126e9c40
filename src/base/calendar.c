/* Years begin in March here, so that the leap day is the last one. */
#include "base/calendar.h"

enum { DAY = 86400 };

static int64_t floor_divided(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

int64_t dt__days_of(int32_t year, uint8_t month, uint8_t day) {
    int64_t y = (int64_t)year - (month <= 2), era = floor_divided(y, 400), of_era = y - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void dt__civil_of(int64_t days, int32_t *year, uint8_t *month, uint8_t *day) {
    int64_t z = days + 719468, era = floor_divided(z, 146097), of_era = z - era * 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;

    *day = (uint8_t)(of_year - (153 * m + 2) / 5 + 1);
    *month = (uint8_t)(m < 10 ? m + 3 : m - 9);
    *year = (int32_t)(y + era * 400 + (*month <= 2));
}

unsigned dt__weekday_of(int64_t days) {
    int64_t of_week = (days + 3) % 7; /* 1970-01-01 was a Thursday */
    return (unsigned)(of_week < 0 ? of_week + 7 : of_week);
}

uint8_t dt__month_length(int32_t year, uint8_t month) {
    static const uint8_t lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return (uint8_t)(lengths[month - 1] + (month == 2 && leap));
}

/* ---- as text ---- */

static void add_padded(dt__text *text, uint64_t value, uint64_t least) {
    for (; least > 1 && value < least; least /= 10) dt__text_add_char(text, '0');
    dt__text_add_unsigned(text, value);
}

void dt__text_add_instant(dt__text *text, int64_t seconds, dt__fineness fineness) {
    int64_t days = floor_divided(seconds, DAY), rest = seconds - days * DAY;
    int32_t year;
    uint8_t month, day;

    dt__civil_of(days, &year, &month, &day);
    add_padded(text, year < 0 ? 0 : (uint64_t)year, 1000);
    dt__text_add_char(text, '-');
    add_padded(text, month, 10);
    dt__text_add_char(text, '-');
    add_padded(text, day, 10);
    if (fineness == DT__TO_THE_DAY) return;
    dt__text_add_char(text, 'T');
    add_padded(text, (uint64_t)(rest / 3600), 10);
    dt__text_add_char(text, ':');
    add_padded(text, (uint64_t)(rest / 60 % 60), 10);
    if (fineness == DT__TO_THE_SECOND) {
        dt__text_add_char(text, ':');
        add_padded(text, (uint64_t)(rest % 60), 10);
    }
    dt__text_add_char(text, 'Z');
}
