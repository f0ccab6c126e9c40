/* The answer of `score` as a value: the keys of docs/json.md. */
#include "report/score_sections.h"

static dt__value *bins_value(dt_document *d, const dt_source_score *s) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < DT_SCORE_BINS; i++) {
        dt__value *bin;
        if (s->bins[i].count == 0) continue;
        bin = dt__append(value, dt__value_object(d));
        dt__put(d, bin, "from", dt__value_double(d, (double)i / DT_SCORE_BINS));
        dt__put(d, bin, "count", dt__value_unsigned(d, s->bins[i].count));
        dt__put(d, bin, "mean", dt__value_double(d, s->bins[i].mean));
        dt__put(d, bin, "frequency", dt__value_double(d, s->bins[i].frequency));
    }
    return value;
}

static dt__value *source_value(dt_document *d, const dt_source_score *s) {
    dt__value *value = dt__value_object(d), *terms;

    dt__put(d, value, "kind", dt__value_string(d, s->kind));
    dt__put(d, value, "n", dt__value_unsigned(d, s->count));
    dt__put(d, value, "brier", dt__value_double(d, s->brier));
    dt__put(d, value, "log", dt__value_double(d, s->log));
    dt__put(d, value, "crps_n", dt__value_unsigned(d, s->distributions));
    dt__put(d, value, "crps", dt__value_double(d, s->crps));
    dt__put(d, value, "paired_n", dt__value_unsigned(d, s->paired));
    dt__put(d, value, "difference", dt__value_double(d, s->difference));
    dt__put(d, value, "low", dt__value_double(d, s->low));
    dt__put(d, value, "high", dt__value_double(d, s->high));
    dt__put(d, value, "skill", dt__value_double(d, s->skill));
    dt__put(d, value, "bins", bins_value(d, s));
    if (!s->calibrated) {
        dt__put(d, value, "calibration", dt__value_null(d));
        return value;
    }
    terms = dt__put(d, value, "calibration", dt__value_object(d));
    dt__put(d, terms, "reliability", dt__value_double(d, s->reliability));
    dt__put(d, terms, "resolution", dt__value_double(d, s->resolution));
    dt__put(d, terms, "uncertainty", dt__value_double(d, s->uncertainty));
    return value;
}

dt__value *dt__score_value(dt_document *d, const dt_score_answer *a) {
    dt__value *value = dt__value_object(d), *sources, *statements;

    dt__put(d, value, "forecasts", dt__value_unsigned(d, a->forecasts));
    dt__put(d, value, "resolved", dt__value_unsigned(d, a->resolved));
    dt__put(d, value, "open", dt__value_unsigned(d, a->open));
    dt__put(d, value, "backdated", dt__value_unsigned(d, a->backdated));
    dt__put(d, value, "baseline", dt__value_string(d, a->baseline));
    sources = dt__put(d, value, "sources", dt__value_object(d));
    for (size_t i = 0; i < a->source_count; i++)
        dt__put(d, sources, a->sources[i].source, source_value(d, &a->sources[i]));
    statements = dt__put(d, value, "statements", dt__value_array(d));
    for (size_t i = 0; i < a->statement_count; i++) {
        const dt_statement_score *s = &a->statements[i];
        dt__value *entry = dt__append(statements, dt__value_object(d));
        dt__put(d, entry, "forecast", dt__value_string(d, s->forecast));
        dt__put(d, entry, "scenario", dt__value_string(d, s->scenario));
        dt__put(d, entry, "source", dt__value_string(d, s->source));
        dt__put(d, entry, "probability", dt__value_double(d, s->probability));
        dt__put(d, entry, "happened", dt__value_bool(d, s->happened));
        dt__put(d, entry, "brier", dt__value_double(d, s->brier));
    }
    return value;
}
