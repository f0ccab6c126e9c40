/* Counts by month and sector: a first column with the month, a last one with the total, sectors between them.  An empty
 * cell is no report; the total counts only where no sector does. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

enum { MONTH, TOTAL };
static const char *const columns[] = {"Month_wise", "Total_cfv"};

static bool cell_number(dt__reading *r, size_t cell, double *out) {
    r->columns[TOTAL + 1] = (int16_t)cell;
    return dt__reading_number(r, TOTAL + 1, out);
}

static bool give(dt__reading *r, dt__interval when, const char *sector, double count) {
    dt__record record;
    const char *month = dt__reading_text(r, MONTH);

    r->pieces_used = 0;
    dt__reading_begin_record(r, &record);
    record.id = dt__piece_joined(r, month, ":", sector == NULL ? "" : sector);
    record.kind = DT__RECORD_OBSERVATION;
    record.when = when;
    record.region = sector;
    record.act = dt__reading_act(r, "ceasefire-violation");
    record.low = record.high = count;
    return dt__reading_give(r, &record);
}

static void tell_difference(dt__reading *r, const char *month) {
    dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->opts->file, .line = r->line}, "sum-differs",
                 "the sectors of {0} do not sum to the total", month, NULL);
}

static bool read_month(dt__reading *r) {
    const char *const *names = r->own;
    dt__interval when;
    double count, total, sum = 0;
    bool said = false;

    if (!dt__reading_when(r, dt__reading_text(r, MONTH), DT__YEAR_FIRST, r->zone, &when) ||
        !dt__reading_number(r, TOTAL, &total))
        return false;
    for (size_t i = 0; i < r->width; i++) /* before anything is given: a row is read or set aside */
        if ((int16_t)i != r->columns[MONTH] && !cell_number(r, i, &count)) return false;
    for (size_t i = 0; i < r->width; i++) {
        if ((int16_t)i == r->columns[MONTH] || (int16_t)i == r->columns[TOTAL]) continue;
        if (!cell_number(r, i, &count)) return false;
        if (isnan(count)) continue;
        said = true;
        sum += count;
        if (!give(r, when, names[i], count)) return false;
    }
    if (!said) return give(r, when, NULL, total);
    if (fabs(total - sum) > 1e-9) tell_difference(r, dt__reading_text(r, MONTH));
    return true;
}

/* The names of the sectors stand in the first row, which is still at hand. */
static dt_status begin(dt__reading *r) {
    char **names = DT__ARRAY(r->env, char *, r->width);

    r->own = names;
    if (names == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < r->width; i++)
        if ((names[i] = dt__string_copy(r->env, dt__csv_cell(&r->csv, i).text)) == NULL) return DT_ERR_MEMORY;
    return DT_OK;
}

static void clear(dt__reading *r) {
    char **names = r->own;

    for (size_t i = 0; names != NULL && i < r->width; i++) dt__string_free(r->env, names[i]);
    if (names != NULL) DT__FREE(r->env, names, r->width);
    r->own = NULL;
}

const dt__format dt__format_sectors = {.name = "sectors",
                                       .columns = columns,
                                       .count = sizeof columns / sizeof *columns,
                                       .needed = TOTAL + 1,
                                       .has_counts = true,
                                       .read = read_month,
                                       .begin = begin,
                                       .clear = clear};
