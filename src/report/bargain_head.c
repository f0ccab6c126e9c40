/* The head of the report on "which deal?": the formats side by side, and what can be reached in each. */
#include <string.h>

#include "base/catalog.h"
#include "report/bargain_sections.h"

bool dt__bargain_is_brief(const dt_bargain_answer *answer) {
    return answer->format_count > 1;
}

bool dt__bargain_is_unanimous(const dt_bargain_format *f) {
    uint64_t all = 0;

    for (size_t i = 0; i < f->party_count; i++) all |= UINT64_C(1) << f->parties[i];
    return f->winning_count == 1 && f->winning[0] == all;
}

bool dt__bargain_is_known(const dt_bargain_format *f) {
    return f->frontier.exact || f->frontier.epsilon != NULL;
}

const char *dt__gain_text(dt_document *d, const dt_frontier_point *point, size_t party) {
    return point->gains[party].text == NULL ? "" : dt__say_signed(d, point->gains[party].value);
}

void dt__bargain_more(dt_document *d, size_t count, size_t shown) {
    if (count <= shown) return;
    dt__and_more(d, count - shown);
}

/* ---- the formats side by side ---- */

static const dt__column format_columns[] = {{DT__N("Format"), DT__LEFT},
                                            {DT__N("Consent of"), DT__LEFT},
                                            {DT__N("Points on the frontier"), DT__RIGHT},
                                            {DT__N("In the zone"), DT__RIGHT},
                                            {DT__N("What Nash gives"), DT__LEFT}};

static const char *gains_text(dt_document *d, const dt_bargain_format *f, const dt_frontier_point *point) {
    dt__phrases p = dt__phrases_new(d, f->party_count);

    for (size_t i = 0; i < f->party_count; i++)
        dt__phrases_add(&p, dt__pair(d, dt__party_name(d, f->parties[i]), dt__gain_text(d, point, i)));
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static const char *nash_text(dt_document *d, const dt_bargain_format *f) {
    const dt_solution *nash = &f->solutions[DT_SOLUTION_NASH];

    if (!dt__bargain_is_known(f) || f->undecided) return dt__word(d, "unknown");
    if (f->rational.vectors == 0) return dt__word(d, "there is no deal");
    if (nash->status != DT_SOLUTION_FOUND || nash->ties == 0) return "";
    return gains_text(d, f, &nash->points[0]);
}

static bool has_no_deal(const dt_bargain_format *f) {
    return dt__bargain_is_known(f) && f->rational.vectors == 0 && !f->undecided;
}

static const char *size_text(dt_document *d, const dt_bargain_format *f, const dt_frontier_answer *frontier) {
    return dt__bargain_is_known(f) ? dt__say_size(d, frontier->vectors) : dt__word(d, "unknown");
}

static void add_overview(dt_document *d, const dt_bargain_answer *answer) {
    dt__block *table = DT__TABLE_OF(d, format_columns);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_bargain_format *f = &answer->formats[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__format_name(d, f->format), DT__PLAIN);
        dt__table_cell(d, table, dt__consent_text(d, &d->model->formats[f->format].consent), DT__PLAIN);
        dt__table_cell(d, table, size_text(d, f, &f->frontier), DT__PLAIN);
        dt__table_cell(d, table, size_text(d, f, &f->rational), DT__PLAIN);
        dt__table_cell(d, table, nash_text(d, f), has_no_deal(f) ? DT__BAD : DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

void dt__bargain_head(dt_document *d, const dt_bargain_answer *answer) {
    const char *date = dt__as_of_sentence(d, answer->months);

    dt__heading(d, 1, dt__say(d, "{0}: which deal?", dt__title_name(d), NULL));
    if (*date != '\0') dt__paragraph(d, date);
    if (answer->format_count == 1)
        dt__paragraph(d, dt__say(d, "A deal needs the consent of {0}.",
                                 dt__consent_text(d, &d->model->formats[answer->formats[0].format].consent), NULL));
    if (answer->format_count == 0)
        dt__paragraph(d, dt__word(d, "The model names no format, so there is nobody whose consent could be asked."));
    if (dt__bargain_is_brief(answer)) add_overview(d, answer);
}

/* ---- what can be reached in one format ---- */

/* "12 (15 outcomes)" */
static const char *points_text(dt_document *d, const dt_frontier_answer *frontier) {
    const char *points = dt__say_size(d, frontier->vectors);

    if (frontier->outcomes.text == NULL || strcmp(frontier->outcomes.text, points) == 0) return points;
    return dt__say(d, "{0} ({1} outcomes)", points, dt__say_count(d, frontier->outcomes), NULL);
}

static const char *epsilon_text(dt_document *d, const dt_bargain_format *f) {
    dt__phrases p = dt__phrases_new(d, f->party_count);

    if (f->frontier.exact || f->frontier.epsilon == NULL) return "";
    for (size_t i = 0; i < f->party_count; i++) {
        if (f->frontier.epsilon[i].text == NULL) continue;
        dt__phrases_add(&p,
                        dt__pair(d, dt__party_name(d, f->parties[i]), dt__say_number(d, f->frontier.epsilon[i].value)));
    }
    if (f->searched)
        return dt__say(d,
                       "The issues hang together too closely to work through them all, so the points were searched "
                       "for. Some may be missing, but every outcome has one among them that is worse for no party by "
                       "more than {0}.",
                       dt__phrases_and(d, &p), NULL);
    return dt__say(d, "The frontier is thinned out: what was left out is better for no party by more than {0}.",
                   dt__phrases_and(d, &p), NULL);
}

/* The most a party gains in the zone, or what is known of it. */
static const char *most_text(dt_document *d, const dt_bargain_format *f, size_t party) {
    const dt_ideal *ideal = f->ideals == NULL ? NULL : &f->ideals[party];

    if (ideal == NULL || !ideal->found || ideal->gain.text == NULL) return "";
    if (ideal->exact) return dt__say_signed(d, ideal->gain.value);
    return dt__say(d, "between {0} and {1}", dt__say_signed(d, ideal->gain.value),
                   dt__say_signed(d, ideal->gain.value + ideal->bound.value - ideal->utility.value), NULL);
}

/* Equal weights are not worth a column. */
static bool has_weights(const dt_bargain_format *f) {
    for (size_t i = 1; f->weights != NULL && i < f->party_count; i++) {
        if (f->weights[i].text != NULL && f->weights[0].text != NULL &&
            strcmp(f->weights[i].text, f->weights[0].text) != 0)
            return true;
    }
    return false;
}

static const dt__column reach_columns[] = {{DT__N("Party"), DT__LEFT},
                                           {DT__N("No deal is worth"), DT__RIGHT},
                                           {DT__N("Most it could gain in the zone"), DT__RIGHT},
                                           {DT__N("Weight"), DT__RIGHT}};

static void add_parties(dt_document *d, const dt_bargain_format *f) {
    dt__block *table = DT__TABLE_OF(d, reach_columns);
    bool weights = has_weights(f);

    for (size_t i = 0; i < f->party_count; i++) {
        const dt_exact *worth = &f->no_deal[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__party_name(d, f->parties[i]), DT__PLAIN);
        dt__table_cell(d, table, worth->text == NULL ? dt__word(d, "a rank") : dt__say_number(d, worth->value),
                       DT__PLAIN);
        dt__table_cell(d, table, most_text(d, f, i), DT__PLAIN);
        dt__table_cell(d, table, weights ? dt__say_number(d, f->weights[i].value) : "", DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static bool is_without_gain(const dt_bargain_format *f) {
    if (f->rational.vectors != 1 || f->rational.point_count != 1) return false;
    for (size_t i = 0; i < f->party_count; i++) {
        if (f->rational.points[0].gains[i].text == NULL || strcmp(f->rational.points[0].gains[i].text, "0") != 0)
            return false;
    }
    return true;
}

static const char *zone_text(dt_document *d, const dt_bargain_format *f) {
    if (has_no_deal(f)) {
        return dt__word(d,
                        "There is no deal to choose: no outcome is acceptable to enough parties. `detente deal` says "
                        "who blocks it and what would open it.");
    }
    if (f->undecided)
        return dt__sentences(d, epsilon_text(d, f),
                             dt__word(d, "No deal was found, and it is not proven that there is none."));
    if (is_without_gain(f)) return dt__word(d, "Nothing in that zone is better for anybody than no deal.");
    if (f->searched && f->frontier.exact && f->rational.exact)
        return dt__word(d,
                        "They were searched for, and it is proven that none is missing. How many outcomes attain each "
                        "was not counted.");
    return epsilon_text(d, f);
}

void dt__bargain_reach(dt_document *d, const dt_bargain_format *f) {
    const char *text;

    if (!dt__bargain_is_known(f)) {
        dt__paragraph(d, dt__word(d, "The Pareto frontier was not found."));
    } else {
        text = dt__say(d,
                       "Points on the Pareto frontier, where no party can do better without harm to another: {0}; on "
                       "that of the zone of agreement: {1}.",
                       points_text(d, &f->frontier), points_text(d, &f->rational), NULL);
        dt__paragraph(d, dt__sentences(d, text, zone_text(d, f)));
    }
    add_parties(d, f);
}
