/* One picture of the report as a document: what its marks share, and which function draws which. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

static const char *const ids[DT_PICTURE_COUNT] = {[DT_PICTURE_ZONES] = "zones",
                                                  [DT_PICTURE_BLOCKERS] = "blockers",
                                                  [DT_PICTURE_DRIFT] = "drift",
                                                  [DT_PICTURE_POSITIONS] = "positions",
                                                  [DT_PICTURE_RED_LINES] = "red_lines",
                                                  [DT_PICTURE_FRONTIER] = "frontier",
                                                  [DT_PICTURE_WAY] = "way",
                                                  [DT_PICTURE_SCENARIOS] = "scenarios",
                                                  [DT_PICTURE_INPUTS] = "inputs",
                                                  [DT_PICTURE_STATES] = "states",
                                                  [DT_PICTURE_TORNADO] = "tornado",
                                                  [DT_PICTURE_SHARES] = "shares",
                                                  [DT_PICTURE_SCORES] = "scores",
                                                  [DT_PICTURE_CALIBRATION] = "calibration",
                                                  [DT_PICTURE_WATCH] = "watch",
                                                  [DT_PICTURE_VERDICTS] = "verdicts",
                                                  [DT_PICTURE_RATES] = "rates",
                                                  [DT_PICTURE_TIMELINE] = "timeline",
                                                  [DT_PICTURE_MAP] = "map",
                                                  [DT_PICTURE_DISPUTES] = "disputes"};

/* ---- marks ---- */

dt__value *dt__party_mark(dt_document *d, uint32_t party) {
    dt__value *mark = dt__value_object(d);

    dt__put(d, mark, "index", dt__value_unsigned(d, party));
    dt__put(d, mark, "name", dt__value_string(d, dt__party_name(d, party)));
    return mark;
}

dt__value *dt__mark(dt_document *d, const char *list) {
    dt__value *rows = NULL;

    for (dt__value *v = d->answer == NULL ? NULL : d->answer->first; v != NULL; v = v->next) {
        if (v->key != NULL && strcmp(v->key, list) == 0) rows = v;
    }
    if (rows == NULL) rows = dt__put(d, d->answer, list, dt__value_array(d));
    return dt__append(rows, dt__value_object(d));
}

/* ---- the picture ---- */

static bool draw_party(dt_document *d, dt_picture_kind kind, const dt_answers *a, dt_env *env, dt_status *st) {
    dt__valuation v;
    bool drawn = false;

    *st = dt__valuation_init(&v, d->model, env);
    if (*st == DT_OK) *st = dt__valuation_central(&v, d->model, env);
    if (*st == DT_OK)
        drawn = kind == DT_PICTURE_POSITIONS ? dt__picture_positions(d, a, &v) : dt__picture_red_lines(d, a, &v);
    dt__valuation_clear(&v, env);
    return drawn;
}

static bool draw(dt_document *d, dt_picture_kind kind, size_t index, const dt_answers *a, dt_env *env, dt_status *st) {
    switch (kind) {
    case DT_PICTURE_ZONES: return dt__picture_zones(d, a);
    case DT_PICTURE_BLOCKERS: return dt__picture_blockers(d, a);
    case DT_PICTURE_DRIFT: return dt__picture_drift(d, a);
    case DT_PICTURE_POSITIONS:
    case DT_PICTURE_RED_LINES: return draw_party(d, kind, a, env, st);
    case DT_PICTURE_FRONTIER: return dt__picture_frontier(d, a, index);
    case DT_PICTURE_WAY: return dt__picture_way(d, a, index);
    case DT_PICTURE_SCENARIOS: return dt__picture_scenarios(d, a);
    case DT_PICTURE_INPUTS: return dt__picture_inputs(d, a);
    case DT_PICTURE_STATES: return dt__picture_states(d, a);
    case DT_PICTURE_TORNADO: return dt__picture_tornado(d, a);
    case DT_PICTURE_SHARES: return dt__picture_shares(d, a);
    case DT_PICTURE_SCORES: return dt__picture_scores(d, a);
    case DT_PICTURE_CALIBRATION: return dt__picture_calibration(d, a);
    case DT_PICTURE_WATCH: return dt__picture_watch(d, a);
    case DT_PICTURE_VERDICTS: return dt__picture_verdicts(d, a);
    case DT_PICTURE_RATES: return dt__picture_rates(d, a);
    case DT_PICTURE_TIMELINE: return dt__picture_timeline(d, a, index);
    case DT_PICTURE_MAP: return dt__picture_map(d, a, index);
    case DT_PICTURE_DISPUTES: return dt__picture_disputes(d, a);
    case DT_PICTURE_COUNT: break;
    }
    return false;
}

dt_status dt_report_picture(dt_document **out, dt_picture_kind kind, size_t index, const dt_model *model,
                            const dt_answers *answers, dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    dt_status st = DT_OK;
    bool drawn;

    *out = NULL;
    if (d == NULL) return DT_ERR_MEMORY;
    d->answer = dt__value_object(d);
    if (kind < DT_PICTURE_COUNT) dt__put(d, d->answer, "kind", dt__value_string(d, ids[kind]));
    drawn = draw(d, kind, index, answers, env, &st);
    if (st == DT_OK && (drawn || d->failed)) return dt__document_finish(out, d, env);
    dt_document_free(d, env);
    return st;
}
