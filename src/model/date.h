/* Calendar dates (Gregorian), written 2025-08-14, 2025-08 or 2025. */
#ifndef DT__MODEL_DATE_H
#define DT__MODEL_DATE_H

#include "base/rational.h"

typedef struct dt__date {
    int16_t year;
    uint8_t month, day; /* from 1 */
    uint8_t parts;      /* as written: 1 year, 2 year and month, 3 all */
} dt__date;

DT_NODISCARD bool dt__date_parse(dt__date *out, const char *text);
void dt__date_print(dt__text *text, dt__date date); /* as written */
int dt__date_compare(dt__date a, dt__date b);
/* 12 x years + months + days / 31, from the differences of the fields; negative when `to` is earlier. */
dt__rational dt__date_months(dt__date from, dt__date to);

#endif
