/* The report on how good forecasts were: sources side by side, the claims of persons statement by statement. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "document/say.h"
#include "report/score_sections.h"

enum { ENOUGH = 30 };

static const dt__column source_columns[] = {
    {DT__N("Source"), DT__LEFT},          {DT__N("Statements"), DT__RIGHT},
    {DT__N("Brier"), DT__RIGHT},          {DT__N("Log"), DT__RIGHT},
    {DT__N("CRPS"), DT__RIGHT},           {DT__N("Against the baseline"), DT__RIGHT},
    {DT__N("95% (bootstrap)"), DT__RIGHT}};

static const char *number(dt_document *d, double value) {
    return isnan(value) ? "" : dt__say_number(d, value);
}

static const char *difference(dt_document *d, const dt_source_score *s) {
    return isnan(s->difference) ? "" : dt__say_signed(d, s->difference);
}

static const char *interval(dt_document *d, const dt_source_score *s) {
    if (isnan(s->low)) return "";
    return dt__say(d, "{0} to {1}", dt__say_signed(d, s->low), dt__say_signed(d, s->high), NULL);
}

static void add_sources(dt_document *d, const dt_score_answer *a) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "Sources, best first"));
    table = DT__TABLE_OF(d, source_columns);
    for (size_t i = 0; i < a->source_count; i++) {
        const dt_source_score *s = &a->sources[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, s->source, DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, s->count), DT__PLAIN);
        dt__table_cell(d, table, number(d, s->brier), DT__PLAIN);
        dt__table_cell(d, table, number(d, s->log), DT__PLAIN);
        dt__table_cell(d, table, number(d, s->crps), DT__PLAIN);
        dt__table_cell(d, table, difference(d, s), DT__PLAIN);
        dt__table_cell(d, table, interval(d, s), DT__PLAIN);
    }
    dt__table_drop_empty(table);
    dt__paragraph(d,
                  dt__say(d,
                          "All scores are penalties: 0 is perfect. Brier is the squared distance of the probability "
                          "from what happened, 0 to 1; saying 50% always gives 0.25. Log is minus the logarithm of "
                          "the probability of what happened, which counts as at least 0.1%. CRPS is about issues "
                          "with ordered options, as a share of the scale. The difference is in Brier, against {0} on "
                          "the same statements: below zero is better.",
                          a->baseline, NULL));
}

static const dt__column claim_columns[] = {{DT__N("Forecast"), DT__LEFT},  {DT__N("Scenario"), DT__LEFT},
                                           {DT__N("Source"), DT__LEFT},    {DT__N("Probability"), DT__RIGHT},
                                           {DT__N("Happened?"), DT__LEFT}, {DT__N("Brier"), DT__RIGHT}};

static bool is_claim(const char *source) {
    return strncmp(source, "claim ", 6) == 0;
}

static bool same_question(const dt_statement_score *a, const dt_statement_score *b) {
    return strcmp(a->forecast, b->forecast) == 0 && strcmp(a->scenario, b->scenario) == 0;
}

static void add_statement(dt_document *d, dt__block *table, const dt_statement_score *s, const char *source,
                          const char *probability, const char *brier) {
    dt__table_row(d, table);
    dt__table_cell(d, table, s->forecast, DT__PLAIN);
    dt__table_cell(d, table, s->scenario, DT__PLAIN);
    dt__table_cell(d, table, source, is_claim(source) ? DT__STRONG : DT__PLAIN);
    dt__table_cell(d, table, probability, DT__PLAIN);
    dt__table_cell(d, table, dt__word(d, s->happened ? DT__N("yes") : DT__N("no")), DT__PLAIN);
    dt__table_cell(d, table, brier, DT__PLAIN);
}

static const char *kind_of(const dt_score_answer *a, const char *source) {
    for (size_t i = 0; i < a->source_count; i++) {
        if (strcmp(a->sources[i].source, source) == 0) return a->sources[i].kind;
    }
    return "";
}

static const char *range(dt_document *d, const char *from, const char *to) {
    return strcmp(from, to) == 0 ? from : dt__say(d, "{0} to {1}", from, to, NULL);
}

/* The models on one question, from the least to the most probable. */
static void add_models(dt_document *d, dt__block *table, const dt_score_answer *a, const dt_statement_score *claim) {
    const dt_statement_score *low = NULL, *high = NULL;
    size_t count = 0;

    for (size_t i = 0; i < a->statement_count; i++) {
        const dt_statement_score *s = &a->statements[i];
        if (!same_question(s, claim) || strcmp(kind_of(a, s->source), "model") != 0) continue;
        if (low == NULL || s->probability < low->probability) low = s;
        if (high == NULL || s->probability > high->probability) high = s;
        count++;
    }
    if (count == 0) return;
    add_statement(
        d, table, claim,
        dt__say(d, (count == 1) ? DT__N("one model") : DT__N("{0} models"), dt__say_size(d, count), NULL),
        range(d, dt__say_percent(d, low->probability), dt__say_percent(d, high->probability)),
        range(d, dt__say_number(d, fmin(low->brier, high->brier)), dt__say_number(d, fmax(low->brier, high->brier))));
}

/* Every question on which a person claimed something: claims, baselines, the range of the models. */
static void add_claims(dt_document *d, const dt_score_answer *a) {
    const dt_statement_score *done = NULL;
    dt__block *table = NULL;

    for (size_t i = 0; i < a->statement_count; i++) {
        const dt_statement_score *claim = &a->statements[i];
        if (!is_claim(claim->source) || (done != NULL && same_question(done, claim))) continue;
        done = claim;
        if (table == NULL) {
            dt__heading(d, 2, dt__word(d, "Where persons claimed something"));
            table = DT__TABLE_OF(d, claim_columns);
        }
        for (size_t k = 0; k < a->statement_count; k++) {
            const dt_statement_score *s = &a->statements[k];
            if (!same_question(s, claim) || strcmp(kind_of(a, s->source), "model") == 0) continue;
            add_statement(d, table, s, s->source, dt__say_percent(d, s->probability), dt__say_number(d, s->brier));
        }
        add_models(d, table, a, claim);
    }
}

static const dt__column bin_columns[] = {{DT__N("Source"), DT__LEFT},
                                         {DT__N("Said, on average"), DT__RIGHT},
                                         {DT__N("Happened"), DT__RIGHT},
                                         {DT__N("Statements"), DT__RIGHT}};

static void add_calibration(dt_document *d, const dt_score_answer *a) {
    dt__block *table = NULL;

    for (size_t i = 0; i < a->source_count; i++) {
        const dt_source_score *s = &a->sources[i];
        for (size_t k = 0; k < DT_SCORE_BINS && s->calibrated; k++) {
            if (s->bins[k].count == 0) continue;
            if (table == NULL) {
                dt__heading(d, 2, dt__word(d, "Calibration"));
                table = DT__TABLE_OF(d, bin_columns);
            }
            dt__table_row(d, table);
            dt__table_cell(d, table, s->source, DT__PLAIN);
            dt__table_cell(d, table, dt__say_percent(d, s->bins[k].mean), DT__PLAIN);
            dt__table_cell(d, table, dt__say_percent(d, s->bins[k].frequency), DT__PLAIN);
            dt__table_cell(d, table, dt__say_size(d, s->bins[k].count), DT__PLAIN);
        }
    }
}

static void add_warnings(dt_document *d, const dt_score_answer *a) {
    size_t most = 0;

    for (size_t i = 0; i < a->source_count; i++) most = a->sources[i].count > most ? a->sources[i].count : most;
    if (most > 0 && most < ENOUGH)
        dt__paragraph(
            d, dt__say(d,
                       "Warning: no source has more than {0} resolved statements. That is too few to call any source "
                       "good or calibrated; from {1} on, calibration is shown.",
                       dt__say_size(d, most), dt__say_size(d, ENOUGH), NULL));
    if (a->backdated > 0)
        dt__paragraph(d, dt__say(d, "Forecasts entered on a later day than the one they are dated: {0}.",
                                 dt__say_size(d, a->backdated), NULL));
}

dt_status dt_report_score(dt_document **out, const dt_score_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(NULL, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__word(d, "How good were the forecasts?"));
    dt__paragraph(d,
                  dt__say(d, "Forecasts: {0}. Scenarios resolved: {1}; open: {2}.", dt__say_size(d, answer->forecasts),
                          dt__say_size(d, answer->resolved), dt__say_size(d, answer->open), NULL));
    add_warnings(d, answer);
    if (answer->source_count > 0) add_sources(d, answer);
    else dt__paragraph(d, dt__word(d, "Nothing is resolved yet, so there is nothing to score."));
    add_claims(d, answer);
    add_calibration(d, answer);
    d->answer = dt__score_value(d, answer);
    return dt__document_finish(out, d, env);
}
