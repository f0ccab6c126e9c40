/* Over the draws, in the report on "which deal?": how often each outcome is the solution. */
#include "base/catalog.h"
#include "report/bargain_sections.h"

enum { OUTCOMES_SHOWN = 3 };

/* ---- solutions that come out the same in every draw stand together ---- */

static bool same_share(double a, double b) {
    return !(a < b) && !(a > b);
}

static bool same_shares(const dt_document *d, const dt_solution *a, const dt_solution *b) {
    if (a->share_count != b->share_count) return false;
    for (size_t i = 0; i < a->share_count; i++) {
        if (!same_share(a->shares[i], b->shares[i])) return false;
        if (!dt__same_outcome(d, a->share_outcomes[i], b->share_outcomes[i])) return false;
    }
    return true;
}

/* Kinds with the shares of `kind`; 0 when an earlier one has them already. */
static uint32_t alike(const dt_document *d, const dt_bargain_format *f, unsigned kind) {
    uint32_t kinds = 0;

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        if (!same_shares(d, &f->solutions[k], &f->solutions[kind])) continue;
        if (k < kind) return 0;
        kinds |= UINT32_C(1) << k;
    }
    return kinds;
}

/* Kinds that have shares. */
static uint32_t shared(const dt_bargain_format *f) {
    uint32_t kinds = 0;

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        if (f->solutions[k].share_count > 0) kinds |= UINT32_C(1) << k;
    }
    return kinds;
}

/* ---- the table ---- */

static const dt__column columns[] = {
    {DT__N("Solution"), DT__LEFT}, {DT__N("In the draws"), DT__RIGHT}, {DT__N("Deal"), DT__LEFT}};

static void add_solution(dt_document *d, dt__block *table, const dt_bargain_answer *answer, const dt_solution *solution,
                         uint32_t kinds, uint32_t all) {
    for (size_t i = 0; i < solution->share_count && i < OUTCOMES_SHOWN; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, i == 0 ? dt__solutions_among(d, kinds, all) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__say_percent(d, solution->shares[i]), DT__PLAIN);
        dt__table_cell(d, table, dt__changes_text(d, solution->share_outcomes[i], answer->no_deal), DT__PLAIN);
    }
}

static dt__block *open_table(dt_document *d, const dt_bargain_answer *answer) {
    dt__paragraph(d, dt__say(d,
                             "Over {0} draws of everything uncertain (seed {1}): how often each of these deals is the "
                             "solution, most often first; draws without a deal and ties leave sums other than 100%.",
                             dt__say_size(d, answer->draws), dt__say_size(d, answer->seed), NULL));
    return DT__TABLE_OF(d, columns);
}

void dt__bargain_draws(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    uint32_t all = shared(f);
    dt__block *table = NULL;

    for (unsigned k = 0; answer->draws > 0 && k < DT_SOLUTION_COUNT; k++) {
        const dt_solution *solution = &f->solutions[k];
        uint32_t kinds = solution->share_count == 0 ? 0 : alike(d, f, k);
        if (kinds == 0) continue;
        if (table == NULL) table = open_table(d, answer);
        add_solution(d, table, answer, solution, kinds, all);
    }
}
