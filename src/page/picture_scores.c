/* Pictures of a register of forecasts: what every source was worth, and whether what it calls likely happens. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "page/page_sections.h"
#include "report/score_sections.h"

enum { SOURCES_SHOWN = 24 };

/* ---- scores ---- */

static const dt__column score_columns[] = {
    {DT__N("Source"), DT__LEFT}, {DT__N("Statements"), DT__RIGHT},           {DT__N("Brier"), DT__RIGHT},
    {DT__N("Log"), DT__RIGHT},   {DT__N("Against the baseline"), DT__RIGHT}, {DT__N("95% (bootstrap)"), DT__RIGHT}};

static void add_source(dt_document *d, dt__block *table, const dt_source_score *s) {
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "source", dt__value_string(d, s->source));
    dt__put(d, row, "kind", dt__value_string(d, s->kind));
    dt__put(d, row, "count", dt__value_unsigned(d, s->count));
    dt__put(d, row, "brier", dt__value_double(d, s->brier));
    dt__table_row(d, table);
    dt__table_cell(d, table, s->source, DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, s->count), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, s->brier), DT__PLAIN);
    dt__table_cell(d, table, isnan(s->log) ? "" : dt__say_number(d, s->log), DT__PLAIN);
    dt__table_cell(d, table, isnan(s->difference) ? "" : dt__say_signed(d, s->difference), DT__PLAIN);
    dt__table_cell(
        d, table,
        isnan(s->low) ? "" : dt__say(d, "{0} to {1}", dt__say_signed(d, s->low), dt__say_signed(d, s->high), NULL),
        DT__PLAIN);
}

bool dt__picture_scores(dt_document *d, const dt_answers *a) {
    dt__block *table = NULL;

    for (size_t i = 0, shown = 0; a->scores != NULL && i < a->scores->source_count && shown < SOURCES_SHOWN; i++) {
        const dt_source_score *s = &a->scores->sources[i];
        if (s->count == 0 || isnan(s->brier)) continue;
        if (table == NULL) {
            dt__heading(d, 1, dt__word(d, "How good past forecasts were"));
            dt__paragraph(d, dt__say(d,
                                     "Brier score of every source over the {0} scenarios of the register that are "
                                     "resolved: the squared distance of the probability from what happened. 0 is "
                                     "perfect; always saying 50% gives 0.25, the line. A few statements prove little.",
                                     dt__say_size(d, a->scores->resolved), NULL));
            table = DT__TABLE_OF(d, score_columns);
        }
        add_source(d, table, s);
        shown++;
    }
    if (table != NULL) dt__table_drop_empty(table);
    return table != NULL;
}

/* ---- calibration ---- */

static const dt__column bin_columns[] = {{DT__N("Source"), DT__LEFT},
                                         {DT__N("Said on average"), DT__RIGHT},
                                         {DT__N("Happened"), DT__RIGHT},
                                         {DT__N("95%"), DT__RIGHT},
                                         {DT__N("Statements"), DT__RIGHT}};

static void add_bin(dt_document *d, dt__block *table, const dt_source_score *s, const dt_calibration_bin *bin) {
    dt__value *row = dt__mark(d, "rows");
    dt__share_interval range = dt__wilson(bin->frequency, bin->frequency, (double)bin->count);

    dt__put(d, row, "source", dt__value_string(d, s->source));
    dt__put(d, row, "said", dt__value_double(d, bin->mean));
    dt__put(d, row, "happened", dt__value_double(d, bin->frequency));
    dt__put(d, row, "low", dt__value_double(d, range.low));
    dt__put(d, row, "high", dt__value_double(d, range.high));
    dt__put(d, row, "count", dt__value_unsigned(d, bin->count));
    dt__table_row(d, table);
    dt__table_cell(d, table, s->source, DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, bin->mean), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, bin->frequency), DT__PLAIN);
    dt__table_cell(d, table,
                   dt__say(d, "{0} to {1}", dt__say_percent(d, range.low), dt__say_percent(d, range.high), NULL),
                   DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, bin->count), DT__PLAIN);
}

enum { CALIBRATED_SHOWN = 12 };

/* Persons first, then models, then baselines. */
bool dt__picture_calibration(dt_document *d, const dt_answers *a) {
    static const char *const order[] = {"claim", "model", "baseline"};
    dt__block *table = NULL;

    for (size_t i = 0, shown = 0; a->scores != NULL && i < 3 * a->scores->source_count && shown < CALIBRATED_SHOWN;
         i++) {
        const dt_source_score *s = &a->scores->sources[i % a->scores->source_count];
        if (!s->calibrated || strcmp(s->kind, order[i / a->scores->source_count]) != 0) continue;
        if (table == NULL) {
            dt__heading(d, 1, dt__word(d, "Does what they call likely happen?"));
            dt__paragraph(d, dt__word(d, "What a source said against how often it then happened; on the slanting line "
                                         "the two agree. The larger a dot, the more statements; lines are 95% "
                                         "intervals. Only sources with at least 30 resolved statements."));
            table = DT__TABLE_OF(d, bin_columns);
        }
        for (size_t k = 0; k < DT_SCORE_BINS; k++)
            if (s->bins[k].count > 0) add_bin(d, table, s, &s->bins[k]);
        shown++;
    }
    return table != NULL;
}
