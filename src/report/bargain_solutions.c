/* What the bargaining solutions choose in one format: gains, and the deals issue by issue. */
#include <math.h>

#include <string.h>

#include "base/catalog.h"
#include "report/bargain_sections.h"

/* ---- the deals of the table, each by a letter ---- */

enum { MOST_DEALS = 26, MANY_GROUPS = 4, TIES_OF_FEW = 5, TIES_OF_MANY = 2 };

typedef struct dt__deals {
    size_t count;
    dt_outcome outcomes[MOST_DEALS];
} dt__deals;

static size_t ties_shown(const dt__solution_groups *groups, const dt_solution *solution) {
    size_t most = groups->count > MANY_GROUPS ? TIES_OF_MANY : TIES_OF_FEW;
    return solution->ties <= most ? solution->ties : most;
}

/* Is a point no deal itself?  An outcome that is the same on every issue may still be worth more, where the parties put
 * a number on no deal. */
static bool is_no_deal(const dt_document *d, const dt_bargain_format *f, const dt_frontier_point *point,
                       dt_outcome no_deal) {
    for (size_t i = 0; i < f->party_count; i++) {
        if (point->gains[i].text != NULL && strcmp(point->gains[i].text, "0") != 0) return false;
    }
    return dt__same_outcome(d, point->outcome, no_deal);
}

static void collect(const dt_document *d, dt__deals *deals, dt_outcome outcome) {
    for (size_t i = 0; i < deals->count; i++) {
        if (dt__same_outcome(d, deals->outcomes[i], outcome)) return;
    }
    if (deals->count < MOST_DEALS) deals->outcomes[deals->count++] = outcome;
}

static dt__deals collect_deals(const dt_document *d, const dt_bargain_format *f, const dt__solution_groups *groups,
                               dt_outcome no_deal) {
    dt__deals deals = {0};

    for (size_t g = 0; g < groups->count; g++) {
        const dt_solution *solution = groups->items[g].solution;
        for (size_t i = 0; i < ties_shown(groups, solution); i++) {
            const dt_frontier_point *point = &solution->points[i];
            if (!is_no_deal(d, f, point, no_deal)) collect(d, &deals, point->outcome);
        }
    }
    return deals;
}

static const char *letter(dt_document *d, size_t deal) {
    const char text[] = {(char)('A' + deal), '\0'};
    return dt__document_copy(d, text);
}

static const char *deal_label(dt_document *d, const dt__deals *deals, dt_outcome outcome) {
    for (size_t i = 0; i < deals->count; i++) {
        if (dt__same_outcome(d, deals->outcomes[i], outcome)) return letter(d, i);
    }
    return dt__word(d, "no deal");
}

/* ---- gains ---- */

static dt__block *gain_table(dt_document *d, const dt_bargain_format *f) {
    dt__block *table = dt__table(d, NULL, 3 + f->party_count);

    dt__table_column(d, table, 0, dt__word(d, "Solution"), DT__LEFT);
    for (size_t i = 0; i < f->party_count; i++)
        dt__table_column(d, table, 1 + i, dt__party_name(d, f->parties[i]), DT__RIGHT);
    dt__table_column(d, table, 1 + f->party_count, dt__word(d, "Deal"), DT__LEFT);
    dt__table_column(d, table, 2 + f->party_count, dt__word(d, "Outcomes with these gains"), DT__RIGHT);
    return table;
}

static const char *group_name(dt_document *d, const dt__solution_group *group, uint32_t all) {
    const char *names = dt__solutions_among(d, group->kinds, all);

    if (group->solution->ties == 1) return names;
    return dt__say(d, "{0} ({1} points tie)", names, dt__say_size(d, group->solution->ties), NULL);
}

static void add_point(dt_document *d, dt__block *table, const dt_bargain_format *f, const dt_frontier_point *point,
                      const dt__deals *deals) {
    bool single = point->multiplicity.text == NULL || !(point->multiplicity.value > 1);

    for (size_t i = 0; i < f->party_count; i++) {
        bool loses = point->gains[i].text != NULL && point->gains[i].value < 0;
        dt__table_cell(d, table, dt__gain_text(d, point, i), loses ? DT__BAD : DT__PLAIN);
    }
    dt__table_cell(d, table, deal_label(d, deals, point->outcome), DT__PLAIN);
    dt__table_cell(d, table, single ? "" : dt__say_count(d, point->multiplicity), DT__PLAIN);
}

static void add_gains(dt_document *d, const dt_bargain_format *f, const dt__solution_groups *groups,
                      const dt__deals *deals) {
    dt__block *table;

    dt__paragraph(d, dt__word(d, "What the solutions give each party over no deal, in its own unit:"));
    table = gain_table(d, f);
    for (size_t g = 0; g < groups->count; g++) {
        const dt_solution *solution = groups->items[g].solution;
        for (size_t i = 0; i < ties_shown(groups, solution); i++) {
            dt__table_row(d, table);
            dt__table_cell(d, table, i == 0 ? group_name(d, &groups->items[g], groups->kinds) : "", DT__PLAIN);
            add_point(d, table, f, &solution->points[i], deals);
        }
    }
    dt__table_drop_empty(table);
}

/* ---- the deals ---- */

/* Does a deal change an issue?  One that changes none is shown whole. */
static bool changes(const dt_document *d, dt_outcome deal, dt_outcome no_deal, uint32_t issue) {
    return deal[issue] != no_deal[issue] || dt__same_outcome(d, deal, no_deal);
}

static bool is_changed(const dt_document *d, const dt__deals *deals, dt_outcome no_deal, uint32_t issue) {
    for (size_t i = 0; i < deals->count; i++) {
        if (changes(d, deals->outcomes[i], no_deal, issue)) return true;
    }
    return false;
}

static dt__block *deal_table(dt_document *d, const dt__deals *deals) {
    dt__block *table = dt__table(d, NULL, 2 + deals->count);

    dt__table_column(d, table, 0, dt__word(d, "Issue"), DT__LEFT);
    dt__table_column(d, table, 1, dt__word(d, "With no deal"), DT__LEFT);
    for (size_t i = 0; i < deals->count; i++) dt__table_column(d, table, 2 + i, letter(d, i), DT__LEFT);
    return table;
}

static void add_deals(dt_document *d, const dt__deals *deals, dt_outcome no_deal) {
    dt__block *table;

    if (deals->count == 0) return;
    dt__paragraph(d, dt__word(d, "These deals, issue by issue; what is empty stays as with no deal:"));
    table = deal_table(d, deals);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (!is_changed(d, deals, no_deal, i)) continue;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__issue_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__option_name(d, i, no_deal[i]), DT__PLAIN);
        for (size_t o = 0; o < deals->count; o++) {
            dt_outcome deal = deals->outcomes[o];
            dt__table_cell(d, table, changes(d, deal, no_deal, i) ? dt__option_name(d, i, deal[i]) : "", DT__PLAIN);
        }
    }
}

/* ---- what to keep in mind ---- */

static uint32_t kinds_where(const dt_bargain_format *f, bool (*holds)(const dt_solution *solution)) {
    uint32_t kinds = 0;

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        if (holds(&f->solutions[k])) kinds |= UINT32_C(1) << k;
    }
    return kinds;
}

static bool is_ordinal(const dt_solution *solution) {
    return solution->status == DT_SOLUTION_ORDINAL;
}

static bool is_degenerate(const dt_solution *solution) {
    return solution->status == DT_SOLUTION_FOUND && solution->degenerate;
}

static bool is_inexact(const dt_solution *solution) {
    return solution->status == DT_SOLUTION_FOUND && !solution->exact;
}

/* `all`: the solutions that are spoken of. */
static void add_caution(dt_document *d, const char *msgid, uint32_t kinds, uint32_t all) {
    if (kinds != 0) dt__paragraph(d, dt__say(d, msgid, dt__solutions_among(d, kinds, all), NULL));
}

static const dt__column bound_columns[] = {
    {DT__N("Solution"), DT__LEFT}, {DT__N("Found"), DT__RIGHT}, {DT__N("Proven: at most"), DT__RIGHT}};

/* What is known of the objectives where a better outcome may have been missed. */
static void add_bounds(dt_document *d, const dt_bargain_format *f) {
    dt__block *table = NULL;

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        const dt_solution *s = &f->solutions[k];
        if (!is_inexact(s) || isnan(s->bound)) continue;
        if (table == NULL) {
            dt__paragraph(d, dt__word(d, "How much better a deal that was missed could be, by what each solution "
                                         "maximises:"));
            table = DT__TABLE_OF(d, bound_columns);
        }
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__solution_name(d, (dt_solution_kind)k), DT__PLAIN);
        dt__table_cell(d, table, dt__say_number(d, s->value), DT__PLAIN);
        dt__table_cell(d, table, dt__say_number(d, s->bound), DT__PLAIN);
    }
}

static void add_cautions(dt_document *d, const dt_bargain_format *f, uint32_t all) {
    if (kinds_where(f, is_ordinal) != 0)
        dt__paragraph(d, dt__word(d, "No solution chooses among them: one party at least only orders the outcomes, and "
                                     "solutions need utilities."));
    if (f->rational.vectors > 1) /* otherwise there is nothing to choose */
        add_caution(d,
                    "Not every party can gain, and this is chosen among those that can, the others at no less than no "
                    "deal: {0}.",
                    kinds_where(f, is_degenerate), all);
    add_caution(d,
                "Not exact, because numbers were rounded or because points of the frontier may have been missed: {0}.",
                kinds_where(f, is_inexact), all);
    if (!f->frontier.exact || !f->rational.exact) add_bounds(d, f);
}

/* ---- without utilities: the frontier itself ---- */

static dt__block *frontier_table(dt_document *d, const dt_bargain_format *f) {
    dt__block *table = dt__table(d, NULL, 1 + f->party_count);

    dt__table_column(d, table, 0, dt__word(d, "Deal"), DT__LEFT);
    for (size_t i = 0; i < f->party_count; i++)
        dt__table_column(d, table, 1 + i, dt__party_name(d, f->parties[i]), DT__RIGHT);
    return table;
}

static void add_frontier(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    size_t most = dt__bargain_is_brief(answer) ? DT__BARGAIN_BRIEF : DT__BARGAIN_SHOWN;
    dt__block *table;

    if (f->rational.point_count == 0) return;
    dt__paragraph(d,
                  dt__word(d, "Deals that no other betters for one party without harm to another, with gains over no "
                              "deal where there are utilities:"));
    table = frontier_table(d, f);
    for (size_t i = 0; i < f->rational.point_count && i < most; i++) {
        const dt_frontier_point *point = &f->rational.points[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__changes_text(d, point->outcome, answer->no_deal), DT__PLAIN);
        for (size_t p = 0; p < f->party_count; p++) dt__table_cell(d, table, dt__gain_text(d, point, p), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    dt__bargain_more(d, f->rational.vectors, most);
}

void dt__bargain_solutions(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    dt__solution_groups groups = dt__group_solutions(d, f);
    dt__deals deals = collect_deals(d, f, &groups, answer->no_deal);

    if (groups.count > 0) {
        add_gains(d, f, &groups, &deals);
        add_deals(d, &deals, answer->no_deal);
    } else {
        add_frontier(d, answer, f);
    }
    add_cautions(d, f, groups.kinds);
}

/* ---- what the solutions are ---- */

static bool is_asked(const dt_bargain_answer *answer, unsigned kind) {
    for (size_t i = 0; i < answer->format_count; i++) {
        if (answer->formats[i].solutions[kind].status == DT_SOLUTION_FOUND) return true;
    }
    return false;
}

/* With one format: its value. */
static const char *value_text(dt_document *d, const dt_bargain_answer *answer, unsigned kind) {
    if (dt__bargain_is_brief(answer) || !dt__solution_measures((dt_solution_kind)kind)) return "";
    if (is_degenerate(&answer->formats[0].solutions[kind])) return ""; /* not of all parties: it would mislead */
    return dt__say_number(d, answer->formats[0].solutions[kind].value);
}

static const dt__column meaning_columns[] = {
    {DT__N("Solution"), DT__LEFT}, {DT__N("Chooses"), DT__LEFT}, {DT__N("Value"), DT__RIGHT}};

void dt__bargain_meanings(dt_document *d, const dt_bargain_answer *answer) {
    uint32_t comparing = 0;
    dt__block *table = NULL;

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        dt_solution_kind kind = (dt_solution_kind)k;
        if (!is_asked(answer, k)) continue;
        if (table == NULL) {
            dt__heading(d, 2, dt__word(d, "What the solutions are"));
            table = DT__TABLE_OF(d, meaning_columns);
        }
        if (dt__solution_compares(kind)) comparing |= UINT32_C(1) << k;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__solution_name(d, kind), DT__PLAIN);
        dt__table_cell(d, table, dt__solution_meaning(d, kind), DT__PLAIN);
        dt__table_cell(d, table, value_text(d, answer, k), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    add_caution(
        d, "These compare the utilities of different parties, and change with the units they are measured in: {0}.",
        comparing, UINT32_MAX);
}
