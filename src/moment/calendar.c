#include "moment/moment.h"

/* Days from the civil calendar and back: Howard Hinnant, chrono-compatible low-level date algorithms, 2013.  Years
 * begin in March there, so that the leap day is the last one. */

static int64_t floor_divided(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

int64_t dt__days_of(int32_t year, uint8_t month, uint8_t day) {
    int64_t y = (int64_t)year - (month <= 2), era = floor_divided(y, 400), of_era = y - era * 400;
    int64_t of_year = (153 * ((int64_t)month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void dt__date_of(int64_t days, dt__wall *wall) {
    int64_t z = days + 719468, era = floor_divided(z, 146097), of_era = z - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;

    wall->day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1);
    wall->month = (uint8_t)(month < 10 ? month + 3 : month - 9);
    wall->year = (int32_t)(year + era * 400 + (wall->month <= 2));
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

dt__moment dt__moment_of_wall(const dt__wall *wall) {
    return dt__days_of(wall->year, wall->month, wall->day) * 86400 + (int64_t)wall->hour * 3600 +
           (int64_t)wall->minute * 60 + wall->second;
}

dt__wall dt__wall_of_moment(dt__moment moment) {
    int64_t days = floor_divided(moment, 86400), rest = moment - days * 86400;
    dt__wall wall = {
        .hour = (uint8_t)(rest / 3600), .minute = (uint8_t)(rest / 60 % 60), .second = (uint8_t)(rest % 60)};

    dt__date_of(days, &wall);
    return wall;
}
