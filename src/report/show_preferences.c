/* What each party wants, as tables. */
#include "base/catalog.h"
#include "report/show_sections.h"

enum { VALUES_SHOWN = 12, RANKS_SHOWN = 50 };

/* ---- weights and values, salience and positions ---- */

static const dt__column term_columns[] = {{DT__N("Issue"), DT__LEFT},
                                          {DT__N("Weight"), DT__RIGHT},
                                          {DT__N("Values"), DT__LEFT},
                                          {DT__N("Evidence"), DT__LEFT}};
static const dt__column position_columns[] = {{DT__N("Issue"), DT__LEFT},
                                              {DT__N("Salience"), DT__RIGHT},
                                              {DT__N("Position"), DT__RIGHT},
                                              {DT__N("Evidence"), DT__LEFT}};

static const char *values_text(dt_document *d, const dt__term *term) {
    uint32_t count = d->model->issues[term->issue].option_count;
    dt__phrases p = dt__phrases_new(d, VALUES_SHOWN + 1);
    uint32_t left = 0;

    if (term->values == NULL) return "";
    for (uint32_t o = 0; o < count; o++) {
        if (term->values[o] == DT__NO_NUMBER) continue;
        if (p.count == VALUES_SHOWN) {
            left++;
            continue;
        }
        dt__phrases_add(&p, dt__pair(d, dt__option_name(d, term->issue, o), dt__number_text(d, term->values[o])));
    }
    if (left > 0) dt__phrases_add(&p, dt__say(d, "{0} more", dt__say_size(d, left), NULL));
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static void add_terms(dt_document *d, const dt__preferences *p) {
    bool spatial = p->form == DT__FORM_SPATIAL;
    dt__block *table;

    if (p->term_count == 0) return;
    table = spatial ? DT__TABLE_OF(d, position_columns) : DT__TABLE_OF(d, term_columns);
    for (size_t i = 0; i < p->term_count; i++) {
        const dt__term *term = &p->terms[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__issue_name(d, term->issue), DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, term->weight), DT__PLAIN);
        dt__table_cell(d, table, spatial ? dt__number_text(d, term->position) : values_text(d, term), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &term->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static const dt__column adjust_columns[] = {
    {DT__N("When"), DT__LEFT}, {DT__N("Adds"), DT__RIGHT}, {DT__N("Evidence"), DT__LEFT}};

static void add_adjustments(dt_document *d, const dt__preferences *p) {
    dt__block *table;

    if (p->adjust_count == 0) return;
    table = DT__TABLE_OF(d, adjust_columns);
    for (size_t i = 0; i < p->adjust_count; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__condition_text(d, p->adjust[i].when), DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, p->adjust[i].add), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &p->adjust[i].evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- priorities and rankings ---- */

static const dt__column priority_columns[] = {{DT__N("Rank"), DT__RIGHT},
                                              {DT__N("Priority"), DT__LEFT},
                                              {DT__N("How much"), DT__LEFT},
                                              {DT__N("Evidence"), DT__LEFT}};
static const dt__column rank_columns[] = {
    {DT__N("Rank"), DT__RIGHT}, {DT__N("Outcomes"), DT__LEFT}, {DT__N("How much"), DT__LEFT}};

static const char *priority_force(dt_document *d, const dt__priority *priority) {
    if (priority->strong && priority->uncertain) return dt__word(d, "strong, but uncertain");
    if (priority->strong) return dt__word(d, "strong");
    return priority->uncertain ? dt__word(d, "uncertain") : "";
}

static void add_priorities(dt_document *d, const dt__preferences *p) {
    dt__block *table;

    if (p->priority_count == 0) return;
    table = DT__TABLE_OF(d, priority_columns);
    for (size_t i = 0; i < p->priority_count; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__say_size(d, i + 1), DT__PLAIN);
        dt__table_cell(d, table, dt__condition_text(d, p->priorities[i].when), DT__PLAIN);
        dt__table_cell(d, table, priority_force(d, &p->priorities[i]), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &p->priorities[i].evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static const char *terms_text(dt_document *d, const dt__option *options) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (options[i] == DT__NO_OPTION) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, i), dt__option_name(d, i, options[i]), NULL));
    }
    return p.count == 0 ? dt__word(d, "any outcome") : dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static void add_ranking(dt_document *d, const dt__preferences *p) {
    size_t shown = p->ranked_count < RANKS_SHOWN ? p->ranked_count : RANKS_SHOWN;
    dt__block *table;

    if (p->ranked_count == 0) return;
    table = DT__TABLE_OF(d, rank_columns);
    for (size_t i = 0; i < shown; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__say_size(d, (size_t)p->ranked[i].rank + 1), DT__PLAIN);
        dt__table_cell(d, table, terms_text(d, p->ranked[i].options), DT__PLAIN);
        dt__table_cell(d, table, p->ranked[i].greatly ? dt__word(d, "greatly preferred to the next rank") : "",
                       DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (shown < p->ranked_count) {
        dt__paragraph(
            d,
            dt__say(d, p->ranked_count - shown == 1 ? DT__N("… and one more entry.") : DT__N("… and {0} more entries."),
                    dt__say_size(d, p->ranked_count - shown), NULL));
    }
}

static const dt__column comparison_columns[] = {{DT__N("Better"), DT__LEFT}, {DT__N("Worse"), DT__LEFT}};

/* What is not compared is unknown. */
static void add_comparisons(dt_document *d, const dt__preferences *p) {
    size_t shown = p->comparison_count < RANKS_SHOWN ? p->comparison_count : RANKS_SHOWN;
    dt__block *table;

    if (p->form != DT__FORM_COMPARISONS) return;
    dt__paragraph(d, dt__word(d, "Known in part: what does not follow from these comparisons is unknown."));
    if (shown == 0) return;
    table = DT__TABLE_OF(d, comparison_columns);
    for (size_t i = 0; i < shown; i++) {
        const dt__comparison *c = &p->comparisons[i];
        const char *worse = dt__option_name(d, 0, c->worse);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__option_name(d, 0, c->better), DT__PLAIN);
        dt__table_cell(d, table, c->equal ? dt__say(d, "{0} (tied)", worse, NULL) : worse, DT__PLAIN);
    }
    if (shown < p->comparison_count) {
        dt__paragraph(d, dt__say(d,
                                 p->comparison_count - shown == 1 ? DT__N("… and one more entry.")
                                                                  : DT__N("… and {0} more entries."),
                                 dt__say_size(d, p->comparison_count - shown), NULL));
    }
}

/* ---- red lines and no deal ---- */

static const dt__column red_line_columns[] = {{DT__N("Red line"), DT__LEFT},
                                              {DT__N("Will not sign without"), DT__LEFT},
                                              {DT__N("Cost"), DT__RIGHT},
                                              {DT__N("Evidence"), DT__LEFT}};

static void add_red_lines(dt_document *d, uint32_t party, const dt__preferences *p) {
    dt__block *table;

    if (p->red_line_count == 0) return;
    table = DT__TABLE_OF(d, red_line_columns);
    for (uint32_t i = 0; i < p->red_line_count; i++) {
        const dt__red_line *line = &p->red_lines[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__red_line_name(d, party, i), DT__PLAIN);
        dt__table_cell(d, table, dt__condition_text(d, line->require), DT__PLAIN);
        dt__table_cell(d, table, line->cost == DT__NO_NUMBER ? "1" : dt__number_text(d, line->cost), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &line->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static const char *drift_text(dt_document *d, const dt__preferences *p) {
    const char *drift = dt__number_text(d, p->drift);

    switch (p->drift_period) {
    case DT__PER_DAY: return dt__say(d, "No deal changes by {0} per day.", drift, NULL);
    case DT__PER_WEEK: return dt__say(d, "No deal changes by {0} per week.", drift, NULL);
    case DT__PER_MONTH: return dt__say(d, "No deal changes by {0} per month.", drift, NULL);
    case DT__PER_YEAR: return dt__say(d, "No deal changes by {0} per year.", drift, NULL);
    }
    return "";
}

static void add_no_deal(dt_document *d, const dt__preferences *p) {
    const char *text = "";

    if (p->no_deal != DT__NO_NUMBER)
        text = dt__say(d, "No deal is worth {0} to it, as stated.", dt__number_text(d, p->no_deal), NULL);
    if (p->drift != DT__NO_NUMBER) text = dt__sentences(d, text, drift_text(d, p));
    if (*text != '\0') dt__paragraph(d, text);
}

void dt__show_preferences(dt_document *d) {
    for (uint32_t i = 0; i < d->model->party_count; i++) {
        const dt__preferences *p = d->model->parties[i].preferences;
        if (p == NULL) continue;
        dt__heading(d, 2, dt__say(d, "What {0} wants", dt__party_name(d, i), NULL));
        add_terms(d, p);
        add_adjustments(d, p);
        add_priorities(d, p);
        add_ranking(d, p);
        add_comparisons(d, p);
        add_no_deal(d, p);
        add_red_lines(d, i, p);
    }
}
