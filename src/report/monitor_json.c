/* The answer of `monitor` as a value: the keys of docs/json.md. */
#include <math.h>
#include <string.h>

#include "document/facts.h"
#include "report/monitor_sections.h"

static void put_text(dt_document *d, dt__value *object, const char *key, const char *text) {
    dt__put(d, object, key, dt__value_string(d, text));
}

static void put_number(dt_document *d, dt__value *object, const char *key, double number) {
    dt__put(d, object, key, dt__value_double(d, number));
}

static void put_moment(dt_document *d, dt__value *object, const char *key, int64_t moment, bool day_only) {
    const char *text = dt__monitor_moment(d, moment, day_only);
    dt__put(d, object, key, text[0] == '\0' ? dt__value_null(d) : dt__value_string(d, text));
}

/* ---- rates ---- */

static dt__value *ratio_value(dt_document *d, const dt_rate_ratio *r) {
    dt__value *value = dt__value_object(d);

    put_number(d, value, "value", r->value);
    put_number(d, value, "low", r->low);
    put_number(d, value, "high", r->high);
    put_text(d, value, "method", dt__monitor_method_key(r->method));
    return value;
}

static dt__value *baseline_value(dt_document *d, const dt_monitor_answer *answer, const dt_comparison *c) {
    dt__value *value = dt__value_object(d);

    put_text(d, value, "source", answer->sources[c->source].name);
    dt__put(d, value, "days", dt__value_unsigned(d, c->days));
    dt__put(d, value, "used", dt__value_unsigned(d, c->used));
    dt__put(d, value, "without_other_agreements", dt__value_bool(d, c->without_others));
    put_number(d, value, "watched_days", c->watched);
    put_number(d, value, "events", c->events);
    put_number(d, value, "mean", c->mean);
    put_number(d, value, "variance", c->variance);
    put_number(d, value, "size", c->size);
    return value;
}

static dt__value *comparison_value(dt_document *d, const dt_monitor_answer *answer, const dt_comparison *c) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "baseline", baseline_value(d, answer, c));
    dt__put(d, value, "window_days", dt__value_unsigned(d, c->window));
    put_number(d, value, "window_watched_days", c->window_watched);
    put_number(d, value, "observed", c->observed);
    put_number(d, value, "zero_chance", c->zero_chance);
    dt__put(d, value, "fitting", ratio_value(d, &c->fitting));
    dt__put(d, value, "negative_binomial", ratio_value(d, &c->negative_binomial));
    dt__put(d, value, "poisson", ratio_value(d, &c->poisson));
    dt__put(d, value, "conditional", ratio_value(d, &c->conditional));
    dt__put(d, value, "block_bootstrap", ratio_value(d, &c->block_bootstrap));
    dt__put(d, value, "long_run", ratio_value(d, &c->long_run));
    put_number(d, value, "autocorrelation", c->autocorrelation);
    put_number(d, value, "as_if_days", c->as_if_days);
    dt__put(d, value, "dependent", dt__value_bool(d, c->dependent));
    return value;
}

static void put_control(dt_document *d, dt__value *value, const dt_monitor_answer *answer, const dt_party_record *p) {
    dt__value *control = dt__put(d, value, "control", p->has_control ? dt__value_object(d) : dt__value_null(d));

    if (!p->has_control) return;
    dt__put(d, control, "comparison", comparison_value(d, answer, &p->control));
    dt__put(d, control, "rate_ratio", ratio_value(d, &p->against_control));
}

static void put_under_reporting(dt_document *d, dt__value *value, const dt_under_reporting *u) {
    dt__value *entry = dt__put(d, value, "under_reporting", u->first == NULL ? dt__value_null(d) : dt__value_object(d));
    dt__value *list;

    if (u->first == NULL) return;
    list = dt__put(d, entry, "families", dt__value_array(d));
    dt__append(list, dt__value_string(d, u->first));
    dt__append(list, dt__value_string(d, u->second));
    list = dt__put(d, entry, "incidents", dt__value_array(d));
    dt__append(list, dt__value_double(d, u->of_first));
    dt__append(list, dt__value_double(d, u->of_second));
    put_number(d, entry, "both", u->both);
    put_number(d, entry, "least", u->least);
    put_number(d, entry, "most", u->most);
    list = dt__put(d, entry, "if_independent", u->estimated ? dt__value_object(d) : dt__value_null(d));
    if (!u->estimated) return;
    put_number(d, list, "total", u->total);
    put_number(d, list, "low", u->low);
    put_number(d, list, "high", u->high);
}

static void put_rates(dt_document *d, dt__value *value, const dt_monitor_answer *answer, const dt_party_record *p) {
    dt__value *ratio, *list;

    if (p->comparison_count == 0) {
        dt__put(d, value, "rate_ratio", dt__value_null(d));
        return;
    }
    ratio = dt__put(d, value, "rate_ratio", ratio_value(d, &p->comparisons[0].fitting));
    dt__put(d, ratio, "baseline", baseline_value(d, answer, &p->comparisons[0]));
    list = dt__put(d, value, "comparisons", dt__value_array(d));
    for (size_t i = 0; i < p->comparison_count; i++) dt__append(list, comparison_value(d, answer, &p->comparisons[i]));
    list = dt__put(d, value, "other_sources", dt__value_array(d));
    for (size_t i = 0; i < p->other_count; i++) dt__append(list, comparison_value(d, answer, &p->others[i]));
    dt__put(d, value, "stands", dt__value_bool(d, p->stands));
    put_control(d, value, answer, p);
    dt__put(d, value, "precise_dates", p->has_imprecise ? comparison_value(d, answer, &p->precise) : dt__value_null(d));
    dt__put(d, value, "shared_dates", p->has_imprecise ? comparison_value(d, answer, &p->shared) : dt__value_null(d));
}

static void put_placebo(dt_document *d, dt__value *value, const dt_party_record *p) {
    dt__value *placebo = dt__put(d, value, "placebo", p->placebo_count == 0 ? dt__value_null(d) : dt__value_object(d));

    if (p->placebo_count == 0) return;
    dt__put(d, placebo, "rank", dt__value_unsigned(d, p->placebo_rank));
    dt__put(d, placebo, "ties", dt__value_unsigned(d, p->placebo_ties));
    dt__put(d, placebo, "dates", dt__value_unsigned(d, p->placebo_count));
}

static void put_redrawn(dt_document *d, dt__value *series, const dt_redrawn_series *r) {
    dt__value *value = dt__put(d, series, "redrawn", r->draws == 0 ? dt__value_null(d) : dt__value_object(d));

    if (r->draws == 0) return;
    dt__put(d, value, "draws", dt__value_unsigned(d, r->draws));
    dt__put(d, value, "failed", dt__value_unsigned(d, r->failed));
    put_number(d, value, "chance", r->chance);
    put_number(d, value, "low", r->change_low);
    put_number(d, value, "high", r->change_high);
    put_number(d, value, "slope_low", r->slope_low);
    put_number(d, value, "slope_high", r->slope_high);
    put_number(d, value, "half_life_low", r->half_life_low);
    put_number(d, value, "half_life_high", r->half_life_high);
}

static void put_series(dt_document *d, dt__value *value, const dt_party_record *p) {
    dt__value *series = dt__put(d, value, "interruption", p->has_series ? dt__value_object(d) : dt__value_null(d));

    if (!p->has_series) return;
    put_number(d, series, "change", p->change);
    put_number(d, series, "low", p->change_low);
    put_number(d, series, "high", p->change_high);
    put_number(d, series, "slope", p->slope);
    put_number(d, series, "slope_low", p->slope_low);
    put_number(d, series, "slope_high", p->slope_high);
    put_number(d, series, "half_life_days", p->half_life);
    put_redrawn(d, series, &p->redrawn);
    series = dt__put(d, series, "placebo", dt__value_object(d));
    dt__put(d, series, "rank", dt__value_unsigned(d, p->change_rank));
    dt__put(d, series, "dates", dt__value_unsigned(d, p->change_dates));
}

static void put_alarm(dt_document *d, dt__value *value, const dt_party_record *p) {
    dt__value *alarm = dt__put(d, value, "alarm", dt__value_object(d));

    dt__put(d, alarm, "cusum", dt__value_bool(d, p->alarm));
    put_moment(d, alarm, "at", p->alarm ? p->alarm_at : INT64_MIN, true);
    put_number(d, alarm, "budget", p->alarm_budget);
    put_number(d, alarm, "log_e", p->log_e);
    dt__put(d, alarm, "stands", dt__value_bool(d, p->alarm_stands));
}

/* ---- a party ---- */

static dt__value *counts_value(dt_document *d, const double *counts) {
    dt__value *value = dt__value_object(d);

    for (unsigned i = 0; i < DT_VERDICT_COUNT; i++)
        put_number(d, value, dt__monitor_verdict_key((dt_verdict)i), counts[i]);
    return value;
}

static dt__value *branch_value(dt_document *d, const dt_branch *branch) {
    dt__value *value = dt__value_object(d);

    put_text(d, value, "verdict", dt__monitor_conclusion_key(branch->conclusion));
    dt__put(d, value, "counts", counts_value(d, branch->counts));
    return value;
}

static void put_branches(dt_document *d, dt__value *value, const dt_party_record *p, bool redact) {
    dt__value *branches = dt__put(d, value, "branches", p->has_branches ? dt__value_object(d) : dt__value_null(d));

    if (!p->has_branches) return;
    put_moment(d, branches, "from", p->doubted_from, redact);
    dt__put(d, branches, "in_force", branch_value(d, &p->stayed));
    dt__put(d, branches, "lapsed", branch_value(d, &p->lapsed));
}

static dt__value *doubts_value(dt_document *d, unsigned doubts) {
    dt__value *value = dt__value_array(d);

    for (unsigned i = 0; i < DT_DOUBT_KINDS; i++)
        if ((doubts >> i & 1) != 0) dt__append(value, dt__value_string(d, dt__monitor_doubt_key(i)));
    return value;
}

static dt__value *periods_value(dt_document *d, const double *counts, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_double(d, counts[i]));
    return value;
}

static dt__value *party_value(dt_document *d, const dt_monitor_answer *answer, const dt_party_record *p,
                              const dt__clause_reading *terms, const dt_monitor_view *view) {
    dt__value *value = dt__value_object(d), *periods;

    dt__put(d, value, "bound", dt__value_bool(d, p->bound));
    put_text(d, value, "verdict", dt__monitor_conclusion_key(p->conclusion));
    dt__put(d, value, "reasons", doubts_value(d, p->doubts));
    put_number(d, value, "watched", p->watched);
    dt__put(d, value, "counts", counts_value(d, p->counts));
    dt__put(d, value, "at_least", dt__value_bool(d, p->at_least));
    put_number(d, value, "disputed", p->disputed);
    put_number(d, value, "expected", p->expected);
    put_branches(d, value, p, view->redact);
    put_rates(d, value, answer, p);
    put_under_reporting(d, value, &p->under_reporting);
    put_placebo(d, value, p);
    put_series(d, value, p);
    put_alarm(d, value, p);
    periods = dt__put(d, value, "periods", dt__value_object(d));
    dt__put(d, periods, "certain", periods_value(d, p->certain, p->period_count));
    dt__put(d, periods, "possible", periods_value(d, p->possible, p->period_count));
    dt__put_triggers(d, value, p, terms);
    dt__put_zones(d, value, p);
    return value;
}

/* ---- a reading ---- */

static void put_place(dt_document *d, dt__value *value, const dt_incident *x, const dt_monitor_view *view) {
    dt__shown_place p = dt__monitor_place(x, view);
    dt__value *place = dt__put(d, value, "place", p.known ? dt__value_object(d) : dt__value_null(d));

    put_text(d, value, "region", p.region);
    if (!p.known) return;
    put_number(d, place, "longitude", p.longitude);
    put_number(d, place, "latitude", p.latitude);
    put_number(d, place, "radius_m", p.radius);
}

static const char *finding_id(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                              const dt_reading_record *r, const dt_finding *f) {
    size_t length = dt_monitor_finding_id(answer, clause, r, f, NULL, 0);
    char *text = DT__ARENA_ARRAY(&d->arena, char, length + 1);

    if (text == NULL) {
        d->failed = true;
        return "";
    }
    (void)dt_monitor_finding_id(answer, clause, r, f, text, length + 1);
    return text;
}

static dt__value *finding_value(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                                size_t reading, const dt_finding *f, const dt_monitor_view *view) {
    const dt_incident *x = &answer->incidents[f->incident];
    dt__value *value = dt__value_object(d);

    put_text(d, value, "id", finding_id(d, answer, clause, &clause->readings[reading], f));
    put_text(d, value, "incident", x->id);
    put_text(d, value, "verdict", dt__monitor_verdict_key(f->verdict));
    dt__put(d, value, "reasons", doubts_value(d, f->doubts));
    put_number(d, value, "share", f->share);
    dt__put(d, value, "actor",
            x->actor == UINT32_MAX ? dt__value_null(d) : dt__value_string(d, dt__party_key(d, x->actor)));
    put_text(d, value, "act", x->act);
    put_moment(d, value, "from", x->from, view->redact);
    put_moment(d, value, "until", x->until, view->redact);
    put_number(d, value, "count", f->count);
    dt__put(d, value, "at_least", dt__value_bool(d, x->at_least));
    dt__put(d, value, "claims", dt__value_unsigned(d, x->claims));
    dt__put(d, value, "families", dt__value_unsigned(d, x->families));
    dt__put(d, value, "disputed", dt__value_bool(d, x->disputed));
    dt__put(d, value, "dispute", dt__monitor_dispute_value(d, answer, f, view));
    put_place(d, value, x, view);
    if (view->redact) return value;
    put_text(d, value, "source", x->source);
    put_text(d, value, "file", x->file);
    dt__put(d, value, "line", dt__value_unsigned(d, x->line));
    put_text(d, value, "text", x->text);
    return value;
}

static dt__value *indices_value(dt_document *d, const uint32_t *list, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_unsigned(d, list[i]));
    return value;
}

static dt__value *reading_value(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                                size_t index, const dt_monitor_view *view) {
    const dt__clause_reading *terms = dt__monitor_terms(answer, clause, index);
    const dt_reading_record *r = &clause->readings[index];
    dt__value *value = dt__value_object(d), *list;
    size_t shown = r->finding_count < view->findings ? r->finding_count : view->findings;

    put_text(d, value, "by", terms->by);
    put_moment(d, value, "from", r->from, false);
    put_moment(d, value, "until", r->until, false);
    put_moment(d, value, "declared_until", r->declared_until, false);
    dt__put(d, value, "moves", dt__monitor_moves_value(d, terms, r));
    list = dt__put(d, value, "window", dt__value_object(d));
    put_moment(d, list, "from", r->window_from, true);
    put_moment(d, list, "until", r->window_until, true);
    dt__put(d, value, "line_age_days",
            r->line_age < 0 ? dt__value_null(d) : dt__value_unsigned(d, (uint64_t)r->line_age));
    dt__put(d, value, "before_lines", dt__value_unsigned(d, r->before_lines));
    list = dt__put(d, value, "parties", dt__value_object(d));
    for (size_t i = 0; i < r->party_count; i++)
        dt__put(d, list, dt__party_key(d, r->parties[i].party), party_value(d, answer, &r->parties[i], terms, view));
    list = dt__put(d, value, "watched_by", dt__value_object(d));
    for (size_t i = 0; i < r->watch_count; i++)
        put_number(d, list, answer->sources[r->watches[i].source].name, r->watches[i].share);
    list = dt__put(d, value, "not_assessing", dt__value_array(d));
    for (size_t i = 0; i < r->unassessing_count; i++)
        dt__append(list, dt__value_string(d, answer->sources[r->unassessing[i]].name));
    dt__put(d, value, "inside", indices_value(d, r->inside, r->inside_count));
    dt__put(d, value, "outside", indices_value(d, r->outside, r->outside_count));
    dt__put(d, value, "finding_count", dt__value_unsigned(d, r->finding_count));
    list = dt__put(d, value, "findings", dt__value_array(d));
    for (size_t i = 0; i < shown; i++) dt__append(list, finding_value(d, answer, clause, index, &r->findings[i], view));
    return value;
}

static dt__value *clause_value(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                               const dt_monitor_view *view) {
    dt__value *value = dt__value_object(d), *readings, *sensitivity;

    put_text(d, value, "agreement", answer->model->agreements[clause->agreement].id);
    readings = dt__put(d, value, "readings", dt__value_object(d));
    for (size_t i = 0; i < clause->reading_count; i++)
        dt__put(d, readings, clause->readings[i].id, reading_value(d, answer, clause, i, view));
    sensitivity = dt__put(d, value, "reading_sensitivity", dt__value_object(d));
    dt__put(d, sensitivity, "incidents", dt__value_unsigned(d, clause->incidents));
    dt__put(d, sensitivity, "flips", dt__value_unsigned(d, clause->flips));
    return value;
}

/* ---- coverage, sums, files ---- */

/* Days in a row as the first and the last of them. */
static dt__value *told_value(dt_document *d, const dt_source_record *s) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0, end; i < s->days; i = end) {
        dt__value *pair = dt__append(value, dt__value_array(d));
        for (end = i + 1; end < s->days && s->told_days[end] == s->told_days[end - 1] + 86400;) end++;
        dt__append(pair, dt__value_string(d, dt__monitor_moment(d, s->told_days[i], true)));
        dt__append(pair, dt__value_string(d, dt__monitor_moment(d, s->told_days[end - 1], true)));
    }
    return value;
}

static dt__value *coverage_value(dt_document *d, const dt_monitor_answer *answer) {
    dt__value *value = dt__value_object(d), *list = dt__put(d, value, "sources", dt__value_array(d));

    for (size_t i = 0; i < answer->source_count; i++) {
        const dt_source_record *s = &answer->sources[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        put_text(d, entry, "source", s->name);
        put_text(d, entry, "family", s->family);
        dt__put(d, entry, "records", dt__value_unsigned(d, s->records));
        put_moment(d, entry, "first", s->days == 0 ? INT64_MIN : s->first, true);
        put_moment(d, entry, "last", s->days == 0 ? INT64_MIN : s->last, true);
        dt__put(d, entry, "days", dt__value_unsigned(d, s->days));
        dt__put(d, entry, "told", told_value(d, s));
        dt__put(d, entry, "has_coverage", dt__value_bool(d, s->has_coverage));
        dt__put(d, entry, "says_targets", dt__value_bool(d, s->says_targets));
        dt__put(d, entry, "says_places", dt__value_bool(d, s->says_places));
        dt__put(d, entry, "says_actors", dt__value_bool(d, s->says_actors));
    }
    dt__monitor_put_watches(d, value, answer);
    list = dt__put(d, value, "gaps", dt__value_array(d));
    for (size_t i = 0; i < answer->gap_count; i++) {
        const dt_coverage_gap *g = &answer->gaps[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        put_moment(d, entry, "day", g->day, true);
        put_text(d, entry, "source", answer->sources[g->source].name);
        put_text(d, entry, "claim", g->claim);
        put_text(d, entry, "act", g->act);
    }
    return value;
}

static dt__value *sums_value(dt_document *d, const dt_monitor_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->sum_count; i++) {
        const dt_sum_finding *s = &answer->sums[i];
        dt__value *entry = dt__append(value, dt__value_object(d));
        put_text(d, entry, "flag", dt__monitor_flaw_key(s->kind));
        put_text(d, entry, "claimant", s->claimant[0] == '\0' ? NULL : s->claimant);
        put_text(d, entry, "claim", s->claim);
        put_number(d, entry, "declared", s->declared);
        put_number(d, entry, s->kind == DT_SUM_DIFFERS ? "components" : "other", s->parts);
        dt__put(d, entry, "at_least", dt__value_bool(d, s->at_least));
    }
    return value;
}

static dt__value *aside_value(dt_document *d, const dt_monitor_answer *answer) {
    dt__value *value = dt__value_object(d), *files = dt__put(d, value, "files", dt__value_array(d)), *unmet;

    dt__put(d, value, "retracted", dt__value_unsigned(d, answer->retracted));
    dt__put(d, value, "repeated", dt__value_unsigned(d, answer->repeated));
    dt__put(d, value, "unmatched", dt__value_unsigned(d, answer->unmatched));
    dt__put(d, value, "withheld", dt__value_unsigned(d, answer->withheld));
    dt__put(d, value, "unknown_acts", dt__value_unsigned(d, answer->unknown_acts));
    unmet = dt__put(d, value, "unmet_targets", dt__value_array(d));
    for (size_t i = 0; i < answer->unmet_target_count; i++) {
        dt__value *entry = dt__append(unmet, dt__value_object(d));
        put_text(d, entry, "clause", answer->unmet_targets[i].clause);
        put_text(d, entry, "target", answer->unmet_targets[i].target);
    }
    for (size_t i = 0; i < answer->file_count; i++) {
        const dt_file_record *f = &answer->files[i];
        dt__value *entry = dt__append(files, dt__value_object(d));
        put_text(d, entry, "file", f->name);
        put_text(d, entry, "format", f->format);
        put_text(d, entry, "sha256", f->sha256);
        put_text(d, entry, "mapping", f->mapping);
        put_text(d, entry, "mapping_sha256", f->mapping_sha256);
        dt__put(d, entry, "rows", dt__value_unsigned(d, f->rows));
        dt__put(d, entry, "records", dt__value_unsigned(d, f->records));
        dt__put(d, entry, "set_aside", dt__value_unsigned(d, f->set_aside));
        dt__put(d, entry, "coverage", dt__value_unsigned(d, f->coverage));
        dt__put(d, entry, "ids_unchecked", dt__value_bool(d, f->ids_unchecked));
    }
    return value;
}

/* ---- zones ---- */

static dt__value *border_value(dt_document *d, const dt_border *b) {
    static const char *const kinds[] = {"ring", "line", "point"};
    dt__value *value = dt__value_object(d), *points;

    put_text(d, value, "kind", kinds[b->kind]);
    points = dt__put(d, value, "points", dt__value_array(d));
    for (size_t i = 0; i < b->count; i++) {
        dt__value *point = dt__append(points, dt__value_array(d));
        dt__append(point, dt__value_double(d, b->points[2 * i]));
        dt__append(point, dt__value_double(d, b->points[2 * i + 1]));
    }
    return value;
}

static dt__value *zones_value(dt_document *d, const dt_monitor_answer *answer) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < answer->zone_count; i++) {
        const dt_monitor_zone *z = &answer->zones[i];
        dt__value *entry = dt__append(value, dt__value_object(d)), *borders;
        put_text(d, entry, "file", z->file);
        put_text(d, entry, "feature", z->feature);
        put_text(d, entry, "name", z->title);
        put_number(d, entry, "buffer_m", z->buffer);
        put_moment(d, entry, "from", z->from, true);
        put_moment(d, entry, "until", z->until, true);
        dt__put(d, entry, "point_count", dt__value_unsigned(d, z->point_count));
        borders = dt__put(d, entry, "borders", dt__value_array(d));
        for (size_t k = 0; k < z->border_count; k++) dt__append(borders, border_value(d, &z->borders[k]));
    }
    return value;
}

dt__value *dt__monitor_value(dt_document *d, const dt_monitor_answer *answer, const dt_monitor_view *view) {
    dt__value *value = dt__value_object(d), *clauses;

    dt__put(d, value, "draft", dt__value_bool(d, view->draft));
    put_text(d, value, "unit", answer->unit == DT_UNIT_INCIDENTS ? "incidents" : "counted");
    put_text(d, value, "period", answer->period == DT_PERIOD_WEEK ? "week" : "day");
    dt__put(d, value, "claims", dt__value_unsigned(d, answer->claims));
    dt__put(d, value, "incidents", dt__value_unsigned(d, answer->incident_count));
    dt__put(d, value, "coverage", coverage_value(d, answer));
    dt__put(d, value, "set_aside", aside_value(d, answer));
    if (!view->redact) dt__monitor_put_strangers(d, value, answer);
    dt__put(d, value, "sums", sums_value(d, answer));
    dt__put(d, value, "zones", zones_value(d, answer));
    dt__put(d, value, "disputes", dt__monitor_disputes_value(d, answer, view));
    clauses = dt__put(d, value, "clauses", dt__value_object(d));
    for (size_t i = 0; i < answer->clause_count; i++)
        dt__put(d, clauses, answer->clauses[i].id, clause_value(d, answer, &answer->clauses[i], view));
    return value;
}
