/* The report on "what will happen?": where the models disagree, the models side by side, claims of persons beside them,
 * what would prove the answer wrong and when, and what is not modelled. */
#include "base/catalog.h"
#include "report/forecast_sections.h"

/* ---- the headline: disagreement ---- */

static const char *disagreement_text(dt_document *d, const dt_forecast_answer *a, size_t s) {
    const dt_disagreement *g = &a->scenarios[s];
    const char *name = dt__scenario_name(d, (uint32_t)s);

    if (!g->known) return dt__say(d, "{0}: no model can say.", name, NULL);
    if (dt__models_agree(g)) return dt__say(d, "{0}: all models say {1}.", name, dt__estimate(d, g->high), NULL);
    return dt__say(d, "{0}: from {1} by {2} to {3} by {4}.", name, dt__estimate(d, g->low),
                   dt__forecast_model_name(d, a, &a->models[g->lowest]), dt__estimate(d, g->high),
                   dt__forecast_model_name(d, a, &a->models[g->highest]), NULL);
}

static void add_head(dt_document *d, const dt_forecast_answer *a) {
    const char *date = dt__as_of_text(d);
    dt__block *list;

    dt__heading(d, 1, dt__say(d, "{0}: what will happen?", dt__title_name(d), NULL));
    if (*date != '\0') dt__paragraph(d, dt__say(d, "As of {0}.", dt__say_date(d, date), NULL));
    dt__paragraph(d, dt__say(d, "{0} draws of everything uncertain (seed {1}).", dt__say_size(d, a->draws),
                             dt__say_size(d, a->seed), NULL));
    if (a->draws < a->asked)
        dt__paragraph(d, dt__say(d, "These are not all of the {0} draws asked for.", dt__say_size(d, a->asked), NULL));
    if (a->scenario_count == 0) {
        dt__paragraph(d, dt__word(d, "The model names no scenario, so there is nothing to give a probability to."));
        return;
    }
    dt__paragraph(d, dt__forecast_agrees(a) ? dt__word(d, "The models agree on every scenario:")
                                            : dt__word(d, "The models disagree; how much is the first thing to know:"));
    list = dt__bullets(d);
    for (size_t s = 0; s < a->scenario_count; s++) dt__bullet(d, list, disagreement_text(d, a, s));
}

/* ---- claims ---- */

static const dt__column claim_columns[] = {{DT__N("Who"), DT__LEFT},
                                           {DT__N("Scenario"), DT__LEFT},
                                           {DT__N("Claimed"), DT__RIGHT},
                                           {DT__N("The models"), DT__RIGHT},
                                           {DT__N("Evidence"), DT__LEFT}};

static void add_claims(dt_document *d, const dt_forecast_answer *a) {
    dt__block *table;

    if (d->model->claim_count == 0) return;
    dt__heading(d, 2, dt__word(d, "What persons claim"));
    dt__paragraph(d, dt__word(d, "Shown beside the models and never mixed into them."));
    table = DT__TABLE_OF(d, claim_columns);
    for (size_t i = 0; i < d->model->claim_count; i++) {
        const dt__claim *claim = &d->model->claims[i];
        const dt_disagreement *g = &a->scenarios[claim->of];
        dt__table_row(d, table);
        dt__table_cell(d, table, claim->by_party == DT__NO_INDEX ? claim->by : dt__party_name(d, claim->by_party),
                       DT__PLAIN);
        dt__table_cell(d, table, dt__scenario_name(d, claim->of), DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, claim->probability), DT__PLAIN);
        dt__table_cell(d, table, g->known ? dt__say_percents(d, g->low, g->high) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__evidence_text(d, &claim->evidence), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- what would prove it wrong ---- */

static const dt__column test_columns[] = {{DT__N("Scenario"), DT__LEFT},
                                          {DT__N("By"), DT__LEFT},
                                          {DT__N("It holds if"), DT__LEFT},
                                          {DT__N("Wrong if it"), DT__LEFT}};

/* What most of the models expect would be wrong if the other thing happened. */
static const char *wrong_if(dt_document *d, const dt_forecast_answer *a, size_t s) {
    size_t yes = 0, no = 0;

    for (size_t i = 0; i < a->model_count; i++) {
        const dt_probability *p = &a->models[i].scenarios[s];
        if (a->models[i].kind == DT_MODEL_BASELINE || !p->known) continue;
        if (p->probability > 0.5) yes++;
        else no++;
    }
    if (yes + no == 0) return "";
    if (yes == no) return dt__word(d, "half of the models either way");
    return yes > no ? dt__say(d, "does not happen ({0} of {1} models)", dt__say_size(d, yes), dt__say_size(d, yes + no),
                              NULL)
                    : dt__say(d, "happens ({0} of {1} models)", dt__say_size(d, no), dt__say_size(d, yes + no), NULL);
}

static void add_tests(dt_document *d, const dt_forecast_answer *a) {
    dt__block *table;

    if (a->scenario_count == 0) return;
    dt__heading(d, 2, dt__word(d, "What would prove this wrong, and when"));
    table = DT__TABLE_OF(d, test_columns);
    for (size_t s = 0; s < a->scenario_count; s++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__scenario_name(d, (uint32_t)s), DT__PLAIN);
        dt__table_cell(d, table, a->scenarios[s].by == NULL ? "" : a->scenarios[s].by, DT__PLAIN);
        dt__table_cell(d, table, dt__condition_text(d, d->model->scenarios[s].when), DT__PLAIN);
        dt__table_cell(d, table, wrong_if(d, a, s), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    dt__paragraph(d, dt__word(d, "A bargaining model judges a scenario at its date: what no deal is worth has drifted "
                                 "until then."));
}

/* ---- what is not modelled ---- */

static void add_limits(dt_document *d, const dt_forecast_answer *a) {
    dt__block *list;

    dt__heading(d, 2, dt__word(d, "Not modelled"));
    list = dt__bullets(d);
    for (size_t i = 0; dt__not_modelled[i] != NULL; i++) dt__bullet(d, list, dt__word(d, dt__not_modelled[i]));
    if (a->rounded)
        dt__paragraph(d,
                      dt__word(d, "Utilities of some party were rounded, because their exact fractions are too fine."));
    for (size_t i = 0; i < a->model_count; i++) {
        if (a->models[i].status != DT_FORECAST_TOO_LARGE) continue;
        dt__paragraph(d, dt__say(d,
                                 "{0}: too many outcomes could be the solution in some draw, or an uncertain number "
                                 "has no known ends.",
                                 dt__forecast_model_name(d, a, &a->models[i]), NULL));
    }
}

dt_status dt_report_forecast(dt_document **out, const dt_model *model, const dt_forecast_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    add_head(d, answer);
    dt__forecast_models(d, answer);
    dt__forecast_issues(d, answer);
    add_claims(d, answer);
    add_tests(d, answer);
    add_limits(d, answer);
    d->answer = dt__forecast_value(d, answer);
    return dt__document_finish(out, d, env);
}
