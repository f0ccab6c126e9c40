/* What a wall that shows UTC shows when. */
#include "moment/moment.h"

void dt__date_of(int64_t days, dt__wall *wall) {
    dt__civil_of(days, &wall->year, &wall->month, &wall->day);
}

dt__moment dt__moment_of_wall(const dt__wall *wall) {
    return dt__days_of(wall->year, wall->month, wall->day) * 86400 + (int64_t)wall->hour * 3600 +
           (int64_t)wall->minute * 60 + wall->second;
}

dt__wall dt__wall_of_moment(dt__moment moment) {
    int64_t days = moment / 86400 - (moment % 86400 < 0), rest = moment - days * 86400;
    dt__wall wall = {
        .hour = (uint8_t)(rest / 3600), .minute = (uint8_t)(rest / 60 % 60), .second = (uint8_t)(rest % 60)};

    dt__date_of(days, &wall);
    return wall;
}
