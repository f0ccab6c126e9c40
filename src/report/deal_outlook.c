/* The end of the report on a deal: how the zones change as no deal drifts, and what was verified. */
#include <string.h>

#include "base/catalog.h"
#include "report/deal_sections.h"

/* ---- over the months ---- */

enum { MONTHS_SHOWN = 24 };

static bool same_bound(dt_exact a, dt_exact b) {
    if (a.text == NULL || b.text == NULL) return a.text == b.text;
    return strcmp(a.text, b.text) == 0;
}

static bool same_zone(const dt_zone *a, const dt_zone *b) {
    return a->status == b->status && a->exact == b->exact && same_bound(a->count, b->count) &&
           same_bound(a->low, b->low) && same_bound(a->high, b->high);
}

static bool changes_at(const dt_deal_answer *answer, size_t month) {
    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_zone *months = answer->formats[i].months;
        if (!same_zone(&months[month - 1], &months[month])) return true;
    }
    return false;
}

static void add_month(dt_document *d, dt__block *table, const dt_deal_answer *answer, size_t month) {
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__say_size(d, month), DT__PLAIN);
    dt__table_cell(d, table, dt__say_month_after(d, month), DT__PLAIN);
    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_zone *zone = &answer->formats[i].months[month];
        bool empty = zone->status == DT_ZONE_EMPTY;
        dt__table_cell(d, table,
                       empty ? dt__word(d, "none") : dt__say_bounds(d, zone->exact, zone->count, zone->low, zone->high),
                       empty ? DT__BAD : DT__PLAIN);
    }
}

static dt__block *month_table(dt_document *d, const dt_deal_answer *answer) {
    dt__block *table = dt__table(d, NULL, 2 + answer->format_count);

    dt__table_column(d, table, 0, dt__word(d, "After months"), DT__RIGHT);
    dt__table_column(d, table, 1, dt__word(d, "Month"), DT__LEFT);
    for (size_t i = 0; i < answer->format_count; i++) {
        dt__table_column(d, table, 2 + i, dt__format_name(d, answer->formats[i].format), DT__RIGHT);
    }
    return table;
}

void dt__deal_outlook(dt_document *d, const dt_deal_answer *answer) {
    size_t months = answer->format_count == 0 ? 0 : answer->formats[0].month_count, changes = 0;
    dt__block *table;

    if (months == 0) return;
    dt__heading(d, 2, dt__word(d, "As time passes"));
    for (size_t m = 1; m < months; m++) changes += changes_at(answer, m);
    if (changes == 0) {
        dt__paragraph(d, dt__say(d,
                                 (months == 2) ? DT__N("No zone changes within one month of drift.")
                                               : DT__N("No zone changes within {0} months of drift."),
                                 dt__say_size(d, months - 1), NULL));
        return;
    }
    dt__paragraph(d, dt__word(d, "Outcomes in the zone as no deal drifts; months without a change are left out:"));
    table = month_table(d, answer);
    add_month(d, table, answer, 0);
    changes = 0;
    for (size_t m = 1; m < months; m++) {
        bool last = m + 1 == months, changed = changes_at(answer, m);
        changes += changed;
        if (last || (changed && changes <= MONTHS_SHOWN)) add_month(d, table, answer, m);
    }
    dt__table_drop_empty(table);
    dt__deal_more(d, changes, MONTHS_SHOWN);
}

/* ---- verification ---- */

void dt__deal_verification(dt_document *d, const dt_deal_answer *answer) {
    dt__block *list = NULL;

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (f->verify_note != NULL) dt__verification(d, &list, f->format, f->verified, f->verify_note);
    }
}
