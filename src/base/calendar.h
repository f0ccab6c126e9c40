/* The civil calendar in days since 1970-01-01, and moments as ISO 8601 writes them in UTC.
 *
 * Ref: Howard Hinnant, chrono-compatible low-level date algorithms, 2013. */
#ifndef DT__BASE_CALENDAR_H
#define DT__BASE_CALENDAR_H

#include "base/text.h"

int64_t dt__days_of(int32_t year, uint8_t month, uint8_t day);
void dt__civil_of(int64_t days, int32_t *year, uint8_t *month, uint8_t *day);
unsigned dt__weekday_of(int64_t days); /* 0: Monday */
uint8_t dt__month_length(int32_t year, uint8_t month);

typedef enum dt__fineness { DT__TO_THE_DAY = 0, DT__TO_THE_MINUTE, DT__TO_THE_SECOND } dt__fineness;

/* `2025-04-19`, `2025-04-19T18:00Z`, `2025-04-19T18:00:05Z`: of seconds since 1970, UTC.  Years before 0 as 0000. */
void dt__text_add_instant(dt__text *text, int64_t seconds, dt__fineness fineness);

#endif
