/* What a model says about outcomes, and where it all comes from, as tables. */
#include "base/catalog.h"
#include "report/show_sections.h"

/* ---- rules ---- */

static const dt__column rule_columns[] = {
    {DT__N("Rule"), DT__LEFT}, {DT__N("Every outcome keeps"), DT__LEFT}, {DT__N("Evidence"), DT__LEFT}};

void dt__show_rules(dt_document *d) {
    dt__block *table;

    if (d->model->rule_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Rules"));
    table = DT__TABLE_OF(d, rule_columns);
    for (uint32_t i = 0; i < d->model->rule_count; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__rule_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__condition_text(d, d->model->rules[i].require), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &d->model->rules[i].evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- principles ---- */

static const dt__column principle_columns[] = {{DT__N("Principle"), DT__LEFT},
                                               {DT__N("Asserted by"), DT__LEFT},
                                               {DT__N("What it asks"), DT__LEFT},
                                               {DT__N("Evidence"), DT__LEFT}};

static const char *demand(dt_document *d, const dt__principle *p) {
    const char *a = dt__condition_text(d, p->a), *b = dt__condition_text(d, p->b);

    switch (p->kind) {
    case DT__PRINCIPLE_PRESENT:
        return dt__say(d, "{0} at the table for {1}", dt__party_name(d, p->party), dt__issues_text(d, &p->issues),
                       NULL);
    case DT__PRINCIPLE_FOLLOW_UP: return dt__say(d, "in every deal: {0}", b, NULL);
    case DT__PRINCIPLE_ORDER: return dt__say(d, "before {0}: {1}", a, b, NULL);
    case DT__PRINCIPLE_REQUIRE: return b;
    case DT__PRINCIPLE_CONSEQUENCE: return dt__say(d, "if {0}, then {1}", a, b, NULL);
    }
    return "";
}

void dt__show_principles(dt_document *d) {
    dt__block *table;

    if (d->model->principle_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Principles"));
    table = DT__TABLE_OF(d, principle_columns);
    for (uint32_t i = 0; i < d->model->principle_count; i++) {
        const dt__principle *p = &d->model->principles[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__principle_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, p->by), DT__PLAIN);
        dt__table_cell(d, table, demand(d, p), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &p->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- proposals ---- */

static const dt__column proposal_columns[] = {
    {DT__N("Proposal"), DT__LEFT}, {DT__N("By"), DT__LEFT}, {DT__N("Terms"), DT__LEFT}, {DT__N("Evidence"), DT__LEFT}};

static const char *terms(dt_document *d, const dt__option *named) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (named[i] == DT__NO_OPTION) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, i), dt__option_name(d, i, named[i]), NULL));
    }
    return p.count == 0 ? dt__word(d, "as with no deal") : dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

void dt__show_proposals(dt_document *d) {
    dt__block *table;

    if (d->model->proposal_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Proposals"));
    table = DT__TABLE_OF(d, proposal_columns);
    for (uint32_t i = 0; i < d->model->proposal_count; i++) {
        const dt__proposal *p = &d->model->proposals[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__proposal_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, p->by), DT__PLAIN);
        dt__table_cell(d, table, terms(d, p->named), DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &p->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- scenarios and claims ---- */

static const dt__column scenario_columns[] = {{DT__N("Scenario"), DT__LEFT},
                                              {DT__N("When"), DT__LEFT},
                                              {DT__N("Until"), DT__LEFT},
                                              {DT__N("Evidence"), DT__LEFT}};
static const dt__column claim_columns[] = {{DT__N("Claimed by"), DT__LEFT},
                                           {DT__N("Scenario"), DT__LEFT},
                                           {DT__N("Probability"), DT__RIGHT},
                                           {DT__N("Date"), DT__LEFT},
                                           {DT__N("Evidence"), DT__LEFT}};

static void add_claims(dt_document *d) {
    dt__block *table;

    if (d->model->claim_count == 0) return;
    table = DT__TABLE_OF(d, claim_columns);
    for (size_t i = 0; i < d->model->claim_count; i++) {
        const dt__claim *claim = &d->model->claims[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, claim->by_party == DT__NO_INDEX ? claim->by : dt__party_name(d, claim->by_party),
                       DT__PLAIN);
        dt__table_cell(d, table, dt__scenario_name(d, claim->of), DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, claim->probability), DT__PLAIN);
        dt__table_cell(d, table, claim->has_date ? dt__say_date(d, dt__date_text(d, claim->date)) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &claim->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

void dt__show_scenarios(dt_document *d) {
    dt__block *table;

    if (d->model->scenario_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Scenarios"));
    table = DT__TABLE_OF(d, scenario_columns);
    for (uint32_t i = 0; i < d->model->scenario_count; i++) {
        const dt__scenario *s = &d->model->scenarios[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__scenario_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__condition_text(d, s->when), DT__PLAIN);
        dt__table_cell(d, table, s->has_by ? dt__say_date(d, dt__date_text(d, s->by)) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &s->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    add_claims(d);
}

/* ---- quantities and sources ---- */

static const dt__column quantity_columns[] = {{DT__N("Quantity"), DT__LEFT},
                                              {DT__N("Value"), DT__LEFT},
                                              {DT__N("Unit"), DT__LEFT},
                                              {DT__N("Evidence"), DT__LEFT}};

static const char *quantity_text(dt_document *d, const dt__quantity *q) {
    dt__phrases p = dt__phrases_new(d, q->series_count);

    if (q->series_count == 0) return dt__number_text(d, q->number);
    for (size_t i = 0; i < q->series_count; i++) {
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__say_date(d, dt__date_text(d, q->series[i].date)),
                                    dt__number_text(d, q->series[i].number), NULL));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

void dt__show_quantities(dt_document *d) {
    dt__block *table;

    if (d->model->quantity_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Quantities"));
    table = DT__TABLE_OF(d, quantity_columns);
    for (size_t i = 0; i < d->model->quantity_count; i++) {
        const dt__quantity *q = &d->model->quantities[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__label_name(d, &q->name, q->id), DT__PLAIN);
        dt__table_cell(d, table, quantity_text(d, q), DT__PLAIN);
        dt__table_cell(d, table, q->unit, DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &q->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static const dt__column source_columns[] = {{DT__N("Source"), DT__LEFT},
                                            {DT__N("Title"), DT__LEFT},
                                            {DT__N("Author"), DT__LEFT},
                                            {DT__N("Date"), DT__LEFT},
                                            {DT__N("Address"), DT__LEFT}};

void dt__show_sources(dt_document *d) {
    dt__block *table;

    if (d->model->source_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Sources"));
    table = DT__TABLE_OF(d, source_columns);
    for (size_t i = 0; i < d->model->source_count; i++) {
        const dt__source *s = &d->model->sources[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, s->key, DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &s->title, ""), DT__PLAIN);
        dt__table_cell(d, table, s->author != NULL ? s->author : s->publisher, DT__PLAIN);
        dt__table_cell(d, table, dt__say_date(d, s->date), DT__PLAIN);
        dt__table_cell(d, table, s->url != NULL ? s->url : s->file, DT__PLAIN);
    }
    dt__table_drop_empty(table);
}
