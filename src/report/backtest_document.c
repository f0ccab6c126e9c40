/* The report on a backtest: what was read, the scores side by side, what they say, predictions of a short table. */
#include <math.h>

#include "base/catalog.h"
#include "report/backtest_sections.h"

enum { ISSUES_SHOWN = 15 };

static const char *number(dt_document *d, double value) {
    return isnan(value) ? "" : dt__say_number(d, value);
}

/* ---- what was read ---- */

static const char *layout_name(dt_document *d, const char *layout) {
    switch (*layout) {
    case 'd': return layout[2] == 'u' ? dt__word(d, "Decision-making in the European Union") : "decide";
    case 'k': return "KTAB";
    default: return dt__word(d, "a plain table");
    }
}

static void add_head(dt_document *d, const dt_backtest_answer *a) {
    dt__heading(
        d, 1,
        dt__say(d, "{0}: how well do models of positions foretell it?", *a->title == '\0' ? a->file : a->title, NULL));
    dt__paragraph(
        d, dt__say(d, "Layout: {0}. Issues: {1}; negotiations: {2}; parties: {3}; issues whose outcome is known: {4}.",
                   layout_name(d, a->layout), dt__say_size(d, a->issue_count), dt__say_size(d, a->group_count),
                   dt__say_size(d, a->actor_count), dt__say_size(d, a->outcomes), NULL));
    if (a->outcomes == 0)
        dt__paragraph(
            d, dt__word(d, "The table holds no outcomes, so there is nothing to score: these are predictions only."));
}

/* ---- scores ---- */

static const dt__column score_columns[] = {{DT__N("Model"), DT__LEFT},
                                           {DT__N("Issues"), DT__RIGHT},
                                           {DT__N("Mean error"), DT__RIGHT},
                                           {DT__N("Median error"), DT__RIGHT},
                                           {DT__N("Within 10"), DT__RIGHT},
                                           {DT__N("CRPS"), DT__RIGHT},
                                           {DT__N("Error against the compromise"), DT__RIGHT}};

static const char *difference_text(dt_document *d, const dt_backtest_difference *difference) {
    if (isnan(difference->mae)) return "";
    if (isnan(difference->low)) return dt__say_signed(d, difference->mae);
    return dt__say(d, "{0} ({1} to {2})", dt__say_signed(d, difference->mae), dt__say_signed(d, difference->low),
                   dt__say_signed(d, difference->high), NULL);
}

/* An interval that leaves 0 out. */
static dt__emphasis emphasis_of(const dt_backtest_difference *difference) {
    if (difference->high < 0) return DT__GOOD;
    return difference->low > 0 ? DT__BAD : DT__PLAIN;
}

static void add_model(dt_document *d, dt__block *table, const dt_backtest_model *m) {
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__word(d, m->title), DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, m->n), DT__PLAIN);
    dt__table_cell(d, table, number(d, m->mae), DT__PLAIN);
    dt__table_cell(d, table, number(d, m->median_error), DT__PLAIN);
    dt__table_cell(d, table, m->n == 0 ? "" : dt__say_percent(d, m->within_10), DT__PLAIN);
    dt__table_cell(d, table, number(d, m->crps), DT__PLAIN);
    dt__table_cell(d, table, difference_text(d, &m->difference), emphasis_of(&m->difference));
}

static void explain_scores(dt_document *d, const dt_backtest_answer *a) {
    dt__paragraph(
        d,
        dt__word(d,
                 "Errors are in per cent of the scale of an issue. The mean error is that of the single value a model "
                 "predicts; “within 10” is how often it misses by at most 10. The CRPS scores the whole distribution a "
                 "model gives, in the same unit: less is better, and for a single value it is the error."));
    if (a->resamples > 0)
        dt__paragraph(
            d,
            dt__say(
                d,
                "Last column: mean error less that of the compromise on the issues that both predict, with the "
                "middle 95% of {0} resamples of whole negotiations (seed {1}). An interval that holds 0 says that the "
                "two cannot be told apart.",
                dt__say_size(d, (size_t)a->resamples), dt__say_size(d, (size_t)a->seed), NULL));
    else
        dt__paragraph(d, dt__word(d, "Last column: mean error less that of the compromise on the issues that both "
                                     "predict; without an interval."));
}

static void add_scores(dt_document *d, const dt_backtest_answer *a) {
    dt__block *table;

    if (a->outcomes == 0) return;
    dt__heading(d, 2, dt__word(d, "Scores"));
    table = DT__TABLE_OF(d, score_columns);
    for (size_t m = 0; m < a->model_count; m++) {
        if (a->models[m].n > 0) add_model(d, table, &a->models[m]);
    }
    dt__table_drop_empty(table);
    explain_scores(d, a);
}

/* ---- what they say ---- */

static const dt_backtest_model *best_by(const dt_backtest_answer *a, bool crps) {
    const dt_backtest_model *best = NULL;
    double least = INFINITY;

    for (size_t m = 0; m < a->model_count; m++) {
        double score = crps ? a->models[m].common_crps : a->models[m].common_mae;
        if (!(score < least)) continue;
        least = score;
        best = &a->models[m];
    }
    return best;
}

static void add_clearly(dt_document *d, dt__block *list, const dt_backtest_answer *a, bool better) {
    dt__phrases p = dt__phrases_new(d, a->model_count);

    for (size_t m = 0; m < a->model_count; m++) {
        const dt_backtest_difference *difference = &a->models[m].difference;
        if (better ? difference->high < 0 : difference->low > 0) dt__phrases_add(&p, dt__word(d, a->models[m].title));
    }
    if (p.count == 0 && better)
        dt__bullet(d, list, dt__word(d, "No model has a mean error that is clearly less than that of the compromise."));
    else if (p.count > 0 && better)
        dt__bullet(d, list, dt__say(d, "Clearly less error than the compromise: {0}.", dt__phrases_and(d, &p), NULL));
    else if (p.count > 0)
        dt__bullet(d, list, dt__say(d, "Clearly more error than the compromise: {0}.", dt__phrases_and(d, &p), NULL));
}

static void add_findings(dt_document *d, const dt_backtest_answer *a) {
    const size_t least = 30;
    const dt_backtest_model *error = best_by(a, false), *crps = best_by(a, true);
    dt__block *list;

    if (a->outcomes == 0) return;
    dt__heading(d, 2, dt__word(d, "What the scores say"));
    list = dt__bullets(d);
    if (error != NULL && crps != NULL) {
        dt__bullet(d, list,
                   dt__say(d,
                           "On the {0} issues that every model predicts, the least mean error is that of “{1}” ({2}).",
                           dt__say_size(d, a->common), dt__word(d, error->title), number(d, error->common_mae), NULL));
        dt__bullet(d, list,
                   dt__say(d, "The best distribution there is that of “{0}” (CRPS {1}).", dt__word(d, crps->title),
                           number(d, crps->common_crps), NULL));
    }
    if (a->resamples > 0) {
        add_clearly(d, list, a, true);
        add_clearly(d, list, a, false);
    }
    if (a->outcomes < least)
        dt__bullet(d, list,
                   dt__say(d, "With fewer than {0} outcomes, nothing can be said about how well a model is calibrated.",
                           dt__say_size(d, least), NULL));
    dt__bullet(d, list, dt__word(d, "No model is shown to be accurate beyond the set that it is scored on here."));
}

/* ---- predictions of a short table ---- */

static void add_predictions(dt_document *d, const dt_backtest_answer *a) {
    size_t columns = a->issue_count + 1;
    dt__block *table;

    if (a->issue_count > ISSUES_SHOWN) {
        dt__next_command(d, dt__word(d, "Predictions for each issue: --json."));
        return;
    }
    dt__heading(d, 2, dt__word(d, "Predictions"));
    table = dt__table(d, NULL, columns);
    dt__table_column(d, table, 0, dt__word(d, "Model"), DT__LEFT);
    for (size_t i = 0; i < a->issue_count; i++) dt__table_column(d, table, i + 1, a->issues[i].id, DT__RIGHT);
    for (size_t m = 0; m < a->model_count; m++) {
        bool any = false;
        for (size_t i = 0; i < a->issue_count; i++) any |= !isnan(a->issues[i].predictions[m].point);
        if (!any) continue;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__word(d, a->models[m].title), DT__PLAIN);
        for (size_t i = 0; i < a->issue_count; i++)
            dt__table_cell(d, table, number(d, a->issues[i].predictions[m].point), DT__PLAIN);
    }
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__word(d, "Outcome"), DT__STRONG);
    for (size_t i = 0; i < a->issue_count; i++)
        dt__table_cell(d, table, isnan(a->issues[i].outcome) ? "?" : number(d, a->issues[i].outcome), DT__STRONG);
}

/* ---- how it was done ---- */

static void note_count(dt_document *d, dt__block **list, size_t count, const char *msgid) {
    if (count == 0) return;
    if (*list == NULL) {
        dt__heading(d, 2, dt__word(d, "How difficult data were dealt with"));
        *list = dt__bullets(d);
    }
    dt__bullet(d, *list, dt__say(d, msgid, dt__say_size(d, count), NULL));
}

static void note_model(dt_document *d, dt__block **list, const dt_backtest_model *m, size_t count, const char *msgid) {
    if (count == 0) return;
    if (*list == NULL) {
        dt__heading(d, 2, dt__word(d, "How difficult data were dealt with"));
        *list = dt__bullets(d);
    }
    dt__bullet(d, *list, dt__say(d, msgid, dt__word(d, m->title), dt__say_size(d, count), NULL));
}

static void add_notes(dt_document *d, const dt_backtest_answer *a) {
    dt__block *list = NULL;

    note_count(d, &list, a->imputed_saliences,
               DT__N("Positions without a salience, given the mean of the issue: {0}."));
    note_count(d, &list, a->ignored_saliences, DT__N("Saliences without a position, not used: {0}."));
    note_count(d, &list, a->scales_from_range,
               DT__N("Issues without a scale, whose scale is the range of the positions held: {0}."));
    for (size_t m = 0; m < a->model_count; m++) {
        const dt_backtest_model *x = &a->models[m];
        note_model(d, &list, x, x->states[DT_PREDICTION_CYCLING],
                   DT__N("{0}: issues on which it goes round in circles, so that its last round is no forecast: {1}."));
        note_model(d, &list, x, x->states[DT_PREDICTION_CAP],
                   DT__N("{0}: issues on which its rounds ended before it came to rest: {1}."));
        note_model(d, &list, x, x->states[DT_PREDICTION_INAPPLICABLE],
                   DT__N("{0}: issues on which it has nothing to go on: {1}."));
    }
}

static const char *weight_text(dt_document *d, const char *name, double weight) {
    return dt__pair(d, name, dt__say_percent(d, weight));
}

static void add_mixture(dt_document *d, const dt_backtest_answer *a) {
    static const char *const parts[] = {DT__N("positions held"), DT__N("election"),  DT__N("every value alike"),
                                        DT__N("narrow bell"),    DT__N("wide bell"), DT__N("ends and middle")};
    dt__phrases p = dt__phrases_new(d, sizeof parts / sizeof *parts);
    bool shown = false;

    for (size_t m = 0; m < a->model_count; m++) shown |= a->models[m].id[0] == 'm' && a->models[m].id[2] == 'x';
    if (!shown) return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        dt__phrases_add(&p, weight_text(d, dt__word(d, parts[i]), a->mixture[i]));
    if (a->fitted)
        dt__paragraph(d, dt__say(d,
                                 "The mixture is cross-validated: for each tenth of the negotiations its weights come "
                                 "from the others. Mean weights: {0}.",
                                 dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL));
    else
        dt__paragraph(d, dt__say(d,
                                 "The mixture has its standing weights, because this table holds too few outcomes to "
                                 "learn them from: {0}.",
                                 dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL));
}

dt_status dt_report_backtest(dt_document **out, const dt_backtest_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);

    if (d == NULL) return DT_ERR_MEMORY;
    d->title = dt__document_copy(d, answer->title);
    d->file = dt__document_copy(d, answer->file);
    d->sha256 = dt__document_copy(d, answer->sha256);
    add_head(d, answer);
    add_scores(d, answer);
    add_findings(d, answer);
    add_predictions(d, answer);
    add_mixture(d, answer);
    add_notes(d, answer);
    d->answer = dt__backtest_value(d, answer);
    return dt__document_finish(out, d, env);
}
