/* Pictures of one format: the frontier with what the solutions choose, and the way from no deal. */
#include "base/catalog.h"
#include "page/page_sections.h"

enum { POINTS_SHOWN = 150 };

/* ---- the frontier ---- */

/* Numbers of the parties that may be shown, in the order of the answer. */
static dt__value *numbers_value(dt_document *d, const dt_answers *a, const dt_bargain_format *f,
                                const dt_exact *numbers) {
    dt__value *list = dt__value_array(d);

    for (size_t p = 0; p < f->party_count; p++) {
        if (dt__is_redacted(a, f->parties[p])) continue;
        dt__append(list, numbers[p].text == NULL ? dt__value_null(d) : dt__value_double(d, numbers[p].value));
    }
    return list;
}

static void add_row(dt_document *d, dt__block *table, const dt_answers *a, const dt_bargain_format *f, const char *name,
                    const dt_exact *numbers) {
    dt__table_row(d, table);
    dt__table_cell(d, table, name, DT__PLAIN);
    for (size_t p = 0; p < f->party_count; p++) {
        if (dt__is_redacted(a, f->parties[p])) continue;
        dt__table_cell(d, table, numbers[p].text == NULL ? "" : dt__say_number(d, numbers[p].value), DT__PLAIN);
    }
}

static void add_points(dt_document *d, const dt_answers *a, const dt_bargain_format *f,
                       const dt_frontier_answer *frontier, bool rational) {
    for (size_t i = 0; i < frontier->point_count && i < POINTS_SHOWN; i++) {
        dt__value *mark = dt__mark(d, "points");
        dt__put(d, mark, "zone", dt__value_bool(d, rational));
        dt__put(d, mark, "u", numbers_value(d, a, f, frontier->points[i].utilities));
    }
}

static void add_solutions(dt_document *d, dt__block *table, const dt_answers *a, const dt_bargain_format *f) {
    dt__solution_groups groups = dt__group_solutions(d, f);

    for (size_t g = 0; g < groups.count; g++) {
        const dt_solution *s = groups.items[g].solution;
        const char *name = dt__solutions_text(d, groups.items[g].kinds);
        for (size_t i = 0; i < s->ties && s->points != NULL && i < 3; i++) {
            dt__value *mark = dt__mark(d, "solutions");
            dt__put(d, mark, "name", dt__value_string(d, name));
            dt__put(d, mark, "u", numbers_value(d, a, f, s->points[i].utilities));
            add_row(d, table, a, f, name, s->points[i].utilities);
        }
    }
}

static dt__block *frontier_table(dt_document *d, const dt_answers *a, const dt_bargain_format *f, size_t shown) {
    dt__block *table = dt__table(d, NULL, shown + 1);
    dt__value *parties = dt__put(d, d->answer, "parties", dt__value_array(d));
    size_t column = 0;

    dt__table_column(d, table, column++, dt__word(d, "Outcome"), DT__LEFT);
    for (size_t p = 0; p < f->party_count; p++) {
        if (dt__is_redacted(a, f->parties[p])) continue;
        dt__append(parties, dt__party_mark(d, f->parties[p]));
        dt__table_column(d, table, column++, dt__party_name(d, f->parties[p]), DT__RIGHT);
    }
    return table;
}

static size_t parties_shown(const dt_answers *a, const dt_bargain_format *f) {
    size_t shown = 0;
    for (size_t p = 0; p < f->party_count; p++) shown += !dt__is_redacted(a, f->parties[p]);
    return shown;
}

static bool has_utilities(const dt_bargain_format *f) {
    for (size_t p = 0; p < f->party_count; p++) {
        if (f->no_deal[p].text == NULL) return false;
    }
    return true;
}

bool dt__picture_frontier(dt_document *d, const dt_answers *a, size_t index) {
    const dt_bargain_format *f;
    dt__block *table;
    dt__value *mark;

    if (a->bargain == NULL || index >= a->bargain->format_count) return false;
    f = &a->bargain->formats[index];
    if (!has_utilities(f) || f->frontier.point_count == 0 || parties_shown(a, f) < 2) return false;
    dt__heading(d, 1, dt__say(d, "{0}: what can be reached", dt__format_name(d, f->format), NULL));
    dt__paragraph(d, dt__word(d, "Utility of each party, in its own unit, at outcomes that cannot be bettered for one "
                                 "party without harm to another; a full dot or a coloured line where everybody also "
                                 "does at least as well as with no deal. Named: what the solutions choose."));
    table = frontier_table(d, a, f, parties_shown(a, f));
    add_points(d, a, f, &f->rational, true);
    add_points(d, a, f, &f->frontier, false);
    add_solutions(d, table, a, f);
    mark = dt__mark(d, "no_deal");
    dt__put(d, mark, "name", dt__value_string(d, dt__word(d, "no deal")));
    dt__put(d, mark, "u", numbers_value(d, a, f, f->no_deal));
    add_row(d, table, a, f, dt__word(d, "no deal"), f->no_deal);
    for (size_t i = 0; i < f->rational.point_count && i < POINTS_SHOWN; i++)
        add_row(d, table, a, f, dt__word(d, "in the zone"), f->rational.points[i].utilities);
    return true;
}

/* ---- the way ---- */

const dt_walk *dt__walk_of(const dt_path_format *f, const dt_way **way) {
    for (size_t i = 0; i < f->way_count; i++) {
        *way = &f->ways[i];
        if ((*way)->shortest != NULL && (*way)->shortest->step_count > 0)
            return (*way)->safest != NULL ? (*way)->safest : (*way)->shortest;
    }
    return NULL;
}

static const char *goal_name(dt_document *d, const dt_way *way) {
    if (way->kind == DT_DESTINATION_SCENARIO) return dt__scenario_name(d, way->index);
    if (way->kind == DT_DESTINATION_PROPOSAL) return dt__proposal_name(d, way->index);
    return dt__word(d, "any deal");
}

static void add_step(dt_document *d, dt__block *table, const dt_path_format *f, size_t number, const char *what,
                     const dt_exact *gains, bool exposed) {
    dt__value *row = dt__mark(d, "rows"), *list = dt__value_array(d);

    dt__put(d, row, "step", dt__value_unsigned(d, number));
    dt__put(d, row, "what", dt__value_string(d, what));
    dt__put(d, row, "exposed", dt__value_bool(d, exposed));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__say_size(d, number), DT__PLAIN);
    dt__table_cell(d, table, what, DT__PLAIN);
    for (size_t p = 0; p < f->party_count; p++) {
        bool known = gains == NULL || gains[p].text != NULL;
        double gain = gains == NULL ? 0 : gains[p].value;
        dt__append(list, known ? dt__value_double(d, gain) : dt__value_null(d));
        dt__table_cell(d, table, known ? dt__say_signed(d, gain) : "", DT__PLAIN);
    }
    dt__put(d, row, "gains", list);
}

/* Gains over no deal tell a party's reservation value as soon as a utility stands beside them. */
bool dt__picture_way(dt_document *d, const dt_answers *a, size_t index) {
    const dt_path_answer *path = a->way == NULL ? a->path : a->way;
    const dt_path_format *f;
    const dt_walk *walk;
    const dt_way *way;
    dt__value *parties;
    dt__block *table;

    if (path == NULL || index >= path->format_count || a->redacted != 0) return false;
    f = &path->formats[index];
    walk = dt__walk_of(f, &way);
    if (walk == NULL) return false;
    dt__heading(d, 1,
                dt__say(d, "{0}: a way from no deal to “{1}”, step by step", dt__format_name(d, f->format),
                        goal_name(d, way), NULL));
    dt__paragraph(d, dt__word(d, "What each party gains over no deal after each step. A cross marks a step that cannot "
                                 "be taken back and after which another party would gain by leaving."));
    table = dt__table(d, NULL, f->party_count + 2);
    parties = dt__put(d, d->answer, "parties", dt__value_array(d));
    dt__table_column(d, table, 0, dt__word(d, "Step"), DT__RIGHT);
    dt__table_column(d, table, 1, dt__word(d, "What changes"), DT__LEFT);
    for (size_t p = 0; p < f->party_count; p++) {
        dt__append(parties, dt__party_mark(d, f->parties[p]));
        dt__table_column(d, table, p + 2, dt__party_name(d, f->parties[p]), DT__RIGHT);
    }
    add_step(d, table, f, 0, dt__word(d, "no deal"), NULL, false);
    for (size_t i = 0; i < walk->step_count; i++) {
        dt_outcome before = i == 0 ? path->no_deal : walk->steps[i - 1].after;
        add_step(d, table, f, i + 1, dt__changes_text(d, walk->steps[i].after, before), walk->steps[i].gains,
                 walk->steps[i].exposed);
    }
    return true;
}
