/* Power in the report on "which deal?": who is pivotal, what coalitions can reach, and whether they would object. */
#include <string.h>

#include "base/catalog.h"
#include "report/bargain_sections.h"

static size_t shown_of(const dt_bargain_answer *answer, size_t count) {
    size_t most = dt__bargain_is_brief(answer) ? DT__BARGAIN_BRIEF : DT__BARGAIN_SHOWN;
    return count <= most + 1 ? count : most;
}

/* ---- power ---- */

static const dt__column power_columns[] = {{DT__N("Party"), DT__LEFT},
                                           {DT__N("Shapley-Shubik"), DT__RIGHT},
                                           {DT__N("Banzhaf"), DT__RIGHT},
                                           {DT__N("Banzhaf, shares"), DT__RIGHT},
                                           {DT__N("Its place"), DT__LEFT}};

/* A fraction as it is, with its share. */
static const char *index_text(dt_document *d, dt_exact index) {
    if (index.text == NULL) return "";
    if (strchr(index.text, '/') == NULL) return dt__say_percent(d, index.value);
    return dt__say(d, "{0} ({1})", index.text, dt__say_percent(d, index.value), NULL);
}

static const char *place_text(dt_document *d, const dt_power *power) {
    if (power->veto) return dt__word(d, "has a veto");
    return power->dummy ? dt__word(d, "never makes a difference") : "";
}

void dt__bargain_power(dt_document *d, const dt_bargain_format *f) {
    dt__block *table;

    if (!f->power_exact || f->power == NULL || dt__bargain_is_unanimous(f)) return;
    dt__paragraph(d, dt__word(d, "How often a party's consent decides: over all orders in which the parties could "
                                 "consent one after the other (Shapley-Shubik), over all sets of the others (Banzhaf), "
                                 "and the latter as shares of one."));
    table = DT__TABLE_OF(d, power_columns);
    for (size_t i = 0; i < f->party_count; i++) {
        const dt_power *power = &f->power[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__party_name(d, power->party), DT__PLAIN);
        dt__table_cell(d, table, index_text(d, power->shapley_shubik), DT__PLAIN);
        dt__table_cell(d, table, index_text(d, power->banzhaf), DT__PLAIN);
        dt__table_cell(d, table, index_text(d, power->banzhaf_normalised), DT__PLAIN);
        dt__table_cell(d, table, place_text(d, power), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- coalitions ---- */

static const dt__column coalition_columns[] = {{DT__N("Minimal winning set"), DT__LEFT},
                                               {DT__N("Points of its own frontier"), DT__RIGHT},
                                               {DT__N("Outcomes"), DT__RIGHT}};

void dt__bargain_coalitions(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    size_t shown = shown_of(answer, f->winning_count);
    dt__block *table;

    if (f->coalitions == NULL || f->winning_count < 2) return;
    dt__paragraph(d, dt__word(d, "What each minimal winning set could reach by itself, no less than no deal for any "
                                 "member:"));
    table = DT__TABLE_OF(d, coalition_columns);
    for (size_t i = 0; i < shown; i++) {
        const dt_coalition *coalition = &f->coalitions[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__parties_text(d, coalition->parties), DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, coalition->vectors), DT__PLAIN);
        dt__table_cell(d, table, coalition->outcomes.text == NULL ? "" : dt__say_count(d, coalition->outcomes),
                       DT__PLAIN);
    }
    dt__table_drop_empty(table);
    dt__bargain_more(d, f->winning_count, shown);
}

/* ---- the core ---- */

static const dt_core_test *test_of(const dt_bargain_format *f, dt_solution_kind kind) {
    for (size_t i = 0; i < f->core_count; i++) {
        if (f->core[i].solution == kind && f->core[i].tested) return &f->core[i];
    }
    return NULL;
}

static void add_core(dt_document *d, dt__block *list, const dt_bargain_answer *answer, const dt__solution_group *group,
                     uint32_t all, const dt_core_test *test) {
    const char *names = dt__solutions_among(d, group->kinds, all);

    if (test->in_core) {
        dt__bullet(d, list, dt__say(d, "{0}: yes.", names, NULL));
        return;
    }
    if (test->objection == NULL) {
        dt__bullet(d, list,
                   dt__say(d, "{0}: no; {1} would object.", names, dt__parties_text(d, test->blocking_set), NULL));
        return;
    }
    dt__bullet(d, list,
               dt__say(d, "{0}: no; {1} would rather have: {2}.", names, dt__parties_text(d, test->blocking_set),
                       dt__changes_text(d, test->objection, answer->no_deal), NULL));
}

void dt__bargain_core(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    dt__solution_groups groups = dt__group_solutions(d, f);
    dt__block *list = NULL;

    if (dt__bargain_is_unanimous(f)) return;
    for (size_t g = 0; g < groups.count; g++) {
        const dt_core_test *test = test_of(f, groups.items[g].solution->kind);
        if (test == NULL) continue;
        if (list == NULL) {
            dt__paragraph(d, dt__word(d, "In the core, so that no winning set of parties has another outcome that each "
                                         "of its members likes better?"));
            list = dt__bullets(d);
        }
        add_core(d, list, answer, &groups.items[g], groups.kinds, test);
    }
}
