/* Pictures of the parties: what each wants issue by issue, and what it will not sign. */
#include "base/catalog.h"
#include "page/page_sections.h"

static double value_of(const dt__valuation *v, dt__number_id id, double without) {
    return id == DT__NO_NUMBER ? without : dt__rational_double(v->numbers[id]);
}

static double weight_sum(const dt__preferences *p, const dt__valuation *v) {
    double sum = 0;
    for (size_t t = 0; t < p->term_count; t++) sum += value_of(v, p->terms[t].weight, 0);
    return sum;
}

/* ---- where a number can lie ---- */

typedef struct range {
    double low, middle, high;
} range;

static range range_of(const dt_model *model, const dt__valuation *v, dt__number_id id) {
    range r = {0};
    const dt__number *n;

    if (id == DT__NO_NUMBER) return r;
    n = &model->numbers[id];
    r.low = r.middle = r.high = dt__rational_double(v->numbers[id]);
    if (n->kind == DT__NUMBER_UNIFORM || n->kind == DT__NUMBER_PERT) {
        r.low = dt__rational_double(n->a);
        r.high = dt__rational_double(n->kind == DT__NUMBER_PERT ? n->c : n->b);
    } else if (n->kind == DT__NUMBER_NORMAL) {
        r.low -= 1.96 * dt__rational_double(n->b);
        r.high += 1.96 * dt__rational_double(n->b);
    } else if (n->kind == DT__NUMBER_CODERS) {
        for (size_t k = 0; k < n->coder_count; k++) {
            range part = range_of(model, v, n->coders[k].number);
            if (part.low < r.low) r.low = part.low;
            if (part.high > r.high) r.high = part.high;
        }
    }
    return r;
}

/* ---- positions ---- */

static const dt__column position_columns[] = {{DT__N("Issue"), DT__LEFT},      {DT__N("Party"), DT__LEFT},
                                              {DT__N("Likes best"), DT__LEFT}, {DT__N("Could be"), DT__LEFT},
                                              {DT__N("Weight"), DT__RIGHT},    {DT__N("Capability"), DT__RIGHT}};

/* A position between the ends of an issue's scale, 0 to 1; options evenly where the scale has no length. */
typedef struct place {
    double low, at, high;
    const char *best, *others;
} place;

static double along(const dt__issue *issue, double value) {
    double low = dt__rational_double(issue->scale[0]), high = low;

    for (uint32_t o = 1; o < issue->option_count; o++) {
        double s = dt__rational_double(issue->scale[o]);
        if (s < low) low = s;
        if (s > high) high = s;
    }
    return high > low ? (value - low) / (high - low) : 0.5;
}

static double option_place(const dt__issue *issue, uint32_t option) {
    if (issue->option_count < 2) return 0.5;
    if (issue->ordered) return along(issue, dt__rational_double(issue->scale[option]));
    return (double)option / (double)(issue->option_count - 1);
}

static place spatial_place(dt_document *d, const dt__valuation *v, const dt__term *term) {
    range r = range_of(d->model, v, term->position);
    const dt__issue *issue = &d->model->issues[term->issue];

    return (place){.low = along(issue, r.low),
                   .at = along(issue, r.middle),
                   .high = along(issue, r.high),
                   .best = dt__say_number(d, r.middle),
                   .others = r.high > r.low
                                 ? dt__say(d, "{0} to {1}", dt__say_number(d, r.low), dt__say_number(d, r.high), NULL)
                                 : ""};
}

/* The option of most value, and those that could have as much within the ends of what is uncertain. */
static place additive_place(dt_document *d, const dt__valuation *v, const dt__term *term) {
    const dt__issue *issue = &d->model->issues[term->issue];
    dt__phrases others = dt__phrases_new(d, issue->option_count);
    uint32_t best = 0;
    range most;
    place p;

    for (uint32_t o = 1; o < issue->option_count; o++) {
        if (value_of(v, term->values[o], 0) > value_of(v, term->values[best], 0)) best = o;
    }
    most = range_of(d->model, v, term->values[best]);
    p = (place){.best = dt__option_name(d, term->issue, best), .at = option_place(issue, best)};
    p.low = p.high = p.at;
    for (uint32_t o = 0; o < issue->option_count; o++) {
        range r = range_of(d->model, v, term->values[o]);
        double at = option_place(issue, o);
        if (o == best || r.high < most.low) continue;
        dt__phrases_add(&others, dt__option_name(d, term->issue, o));
        if (at < p.low) p.low = at;
        if (at > p.high) p.high = at;
    }
    p.others = dt__phrases_join(d, &others, dt__t(d->env, ", "));
    return p;
}

static void add_position(dt_document *d, dt__block *table, const dt__valuation *v, uint32_t party,
                         const dt__term *term) {
    const dt__party *info = &d->model->parties[party];
    double sum = weight_sum(info->preferences, v), weight = sum > 0 ? value_of(v, term->weight, 0) / sum : 0;
    place p = term->values == NULL ? spatial_place(d, v, term) : additive_place(d, v, term);
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "issue", dt__value_string(d, dt__issue_name(d, term->issue)));
    dt__put(d, row, "party", dt__party_mark(d, party));
    dt__put(d, row, "low", dt__value_double(d, p.low));
    dt__put(d, row, "at", dt__value_double(d, p.at));
    dt__put(d, row, "high", dt__value_double(d, p.high));
    dt__put(d, row, "best", dt__value_string(d, p.best));
    dt__put(d, row, "weight", dt__value_double(d, weight));
    dt__put(d, row, "capability", dt__value_double(d, value_of(v, info->capability, 1)));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__issue_name(d, term->issue), DT__PLAIN);
    dt__table_cell(d, table, dt__party_name(d, party), DT__PLAIN);
    dt__table_cell(d, table, p.best, DT__PLAIN);
    dt__table_cell(d, table, p.others, DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, weight), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, value_of(v, info->capability, 1)), DT__PLAIN);
}

static const dt__term *term_on(const dt__preferences *p, uint32_t issue) {
    for (size_t t = 0; p != NULL && t < p->term_count; t++) {
        if (p->terms[t].issue == issue) return &p->terms[t];
    }
    return NULL;
}

bool dt__picture_positions(dt_document *d, const dt_answers *a, const dt__valuation *v) {
    dt__block *table;
    bool any = false;

    dt__heading(d, 1, dt__word(d, "What each party likes best, issue by issue"));
    dt__paragraph(d, dt__word(d, "By the values of each issue alone, without terms on several issues, from the first "
                                 "option to the last. The larger the dot, the more the issue weighs for the party; a "
                                 "line reaches over the other options that it could like as much within what is "
                                 "uncertain."));
    table = DT__TABLE_OF(d, position_columns);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        for (uint32_t p = 0; p < d->model->party_count; p++) {
            const dt__term *term = term_on(d->model->parties[p].preferences, i);
            if (term == NULL || dt__is_redacted(a, p)) continue;
            add_position(d, table, v, p, term);
            any = true;
        }
    }
    dt__table_drop_empty(table);
    return any;
}

/* ---- weights, red lines, evidence ---- */

static const dt__column red_line_columns[] = {{DT__N("Party"), DT__LEFT},
                                              {DT__N("Issue"), DT__LEFT},
                                              {DT__N("Weight"), DT__RIGHT},
                                              {DT__N("Red lines"), DT__LEFT},
                                              {DT__N("Evidence"), DT__LEFT}};

static const char *red_lines_on(dt_document *d, uint32_t party, uint32_t issue) {
    const dt__preferences *p = d->model->parties[party].preferences;
    dt__phrases names = dt__phrases_new(d, p->red_line_count);

    for (uint32_t r = 0; r < p->red_line_count; r++) {
        dt__issue_set scope = {0};
        dt__condition_scope(p->red_lines[r].require, &scope);
        if (dt__issue_set_has(&scope, issue)) dt__phrases_add(&names, dt__red_line_name(d, party, r));
    }
    return dt__phrases_join(d, &names, dt__t(d->env, "; "));
}

static const char *const class_ids[] = {
    [DT__EVIDENCED] = "evidenced", [DT__JUDGED] = "judged", [DT__DEFAULTED] = "defaulted"};
static const char *const class_words[] = {
    [DT__EVIDENCED] = DT__N("source"), [DT__JUDGED] = DT__N("judgement"), [DT__DEFAULTED] = DT__N("neither")};

static dt__evidence_class class_of(const dt_document *d, const dt__term *term) {
    dt__number_id id = term->weight;
    return id == DT__NO_NUMBER ? DT__DEFAULTED : dt__evidence_classify(&d->model->numbers[id].evidence);
}

static void add_red_line(dt_document *d, dt__block *table, const dt__valuation *v, uint32_t party, uint32_t issue) {
    const dt__preferences *p = d->model->parties[party].preferences;
    const dt__term *term = term_on(p, issue);
    double sum = weight_sum(p, v), weight = term == NULL || sum <= 0 ? 0 : value_of(v, term->weight, 0) / sum;
    dt__evidence_class class = term == NULL ? DT__DEFAULTED : class_of(d, term);
    const char *lines = red_lines_on(d, party, issue);
    dt__value *row;

    if (term == NULL && *lines == '\0') return;
    row = dt__mark(d, "rows");
    dt__put(d, row, "party", dt__party_mark(d, party));
    dt__put(d, row, "issue", dt__value_string(d, dt__issue_name(d, issue)));
    dt__put(d, row, "weight", dt__value_double(d, weight));
    dt__put(d, row, "text", dt__value_string(d, dt__say_percent(d, weight)));
    dt__put(d, row, "lines", dt__value_string(d, lines));
    dt__put(d, row, "evidence", dt__value_string(d, term == NULL ? "" : class_ids[class]));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__party_name(d, party), DT__PLAIN);
    dt__table_cell(d, table, dt__issue_name(d, issue), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, weight), DT__PLAIN);
    dt__table_cell(d, table, lines, *lines == '\0' ? DT__PLAIN : DT__BAD);
    dt__table_cell(d, table, term == NULL ? "" : dt__word(d, class_words[class]), DT__PLAIN);
}

bool dt__picture_red_lines(dt_document *d, const dt_answers *a, const dt__valuation *v) {
    dt__block *table;

    dt__heading(d, 1, dt__word(d, "What matters to whom, and where the red lines are"));
    dt__paragraph(d, dt__word(d, "The stronger the colour of a field, the more the issue weighs for the party; an "
                                 "outline marks a red line that names the issue. A full dot: the weight has a source; "
                                 "an empty one: it is a judgement."));
    table = DT__TABLE_OF(d, red_line_columns);
    for (uint32_t p = 0; p < d->model->party_count; p++) {
        if (d->model->parties[p].preferences == NULL || dt__is_redacted(a, p)) continue;
        for (uint32_t i = 0; i < d->model->issue_count; i++) add_red_line(d, table, v, p, i);
    }
    dt__table_drop_empty(table);
    return table != NULL && table->first != NULL;
}
