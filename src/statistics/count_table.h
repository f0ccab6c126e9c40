/* Counts drawn from a negative binomial or a Poisson distribution, many from the same one. */
#ifndef DT__STATISTICS_COUNT_TABLE_H
#define DT__STATISTICS_COUNT_TABLE_H

#include "base/env.h"
#include "base/random.h"

enum { DT__COUNTS_TABLED = 4096, DT__COUNT_GUIDES = 1024 };

/* The distribution function, and where in it to begin to look. */
typedef struct dt__count_table {
    double mean, size; /* size INFINITY: Poisson */
    size_t count;      /* entries; 0: too many for a table, so that each count is drawn by itself */
    double up_to[DT__COUNTS_TABLED];
    uint16_t guide[DT__COUNT_GUIDES];
} dt__count_table;

/* What lies beyond the table has a probability below 1e-12 and counts as its last entry. */
void dt__count_table_fill(dt__count_table *table, double mean, double size);
double dt__count_draw(const dt__count_table *table, dt__random *r);
/* One alone, without a table; mean >= 0. */
double dt__count_draw_once(double mean, double size, dt__random *r);

#endif
