/* dt_monitor: readings made ready, files read, incidents found, every reading concluded. */
#include <math.h>
#include <string.h>

#include "base/quantile.h"
#include "monitor/reading_work.h"
#include "statistics/discovery.h"
#include "statistics/long_run.h"

void dt_monitor_opts_init(dt_monitor_opts *opts) {
    *opts = (dt_monitor_opts){.baseline = 28, .ledgers_at = INT64_MAX, .now = INT64_MIN, .until = INT64_MAX};
}

/* ---- what cannot be asked ---- */

static dt_status check_options(const dt_model *m, const dt_monitor_opts *opts, dt_env *env) {
    if (m->agreement_count == 0) {
        dt__diagnose(env, DT_ERROR, (dt__place){.file = m->file}, "no-agreement", "the model has no agreement", NULL);
        dt__hint(env, "its terms stand under `agreements`: see docs/language.md", NULL);
        return dt__settled(env, DT_ERR_ARGUMENT);
    }
    if (opts->baseline < 1 || opts->baseline > 3650) {
        dt__diagnose(env, DT_ERROR, (dt__place){.file = ""}, "bad-option", "a baseline has from 1 to 3650 days", NULL);
        return dt__settled(env, DT_ERR_ARGUMENT);
    }
    if (opts->agreement == NULL) return DT_OK;
    for (size_t i = 0; i < m->agreement_count; i++)
        if (strcmp(m->agreements[i].id, opts->agreement) == 0) return DT_OK;
    dt__diagnose(env, DT_ERROR, (dt__place){.file = m->file}, "unknown-agreement", "the model has no agreement “{0}”",
                 opts->agreement, NULL);
    return dt__settled(env, DT_ERR_ARGUMENT);
}

/* ---- incidents for the answer ---- */

static dt_incident described(const dt__ledger *l, const dt__occurrence *x) {
    const dt__claim_in *c = dt__claim_at(l, x->claim);

    return (dt_incident){.id = c->id,
                         .source = DT__AT(l->sources, dt__told_source, c->source)->name,
                         .file = dt__file_of(l, c),
                         .line = c->line,
                         .actor = x->actor,
                         .act = x->act == DT__NOBODY ? NULL : *DT__AT(l->acts, const char *, x->act),
                         .text = c->rest->text,
                         .from = x->when.lo,
                         .until = x->when.hi,
                         .count = x->count,
                         .at_least = x->at_least,
                         .claims = x->claims,
                         .families = x->families,
                         .disputed = x->disputed,
                         .has_place = x->has_place,
                         .longitude = x->has_place ? x->at.lon : NAN,
                         .latitude = x->has_place ? x->at.lat : NAN,
                         .radius = x->has_place ? x->radius : NAN,
                         .region = c->rest->region};
}

/* Goes over the incidents that findings and disputes are about: first marks them in `place`, then puts there instead
 * where each stands in the list. */
static void each_mention(dt_monitor_answer *answer, uint32_t *place, bool mark) {
    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; r < answer->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &answer->clauses[c].readings[r];
            for (size_t i = 0; i < reading->finding_count; i++) {
                dt_finding *f = (dt_finding *)&reading->findings[i];
                if (mark) place[f->incident] = 1;
                else f->incident = place[f->incident];
            }
        }
    for (size_t i = 0; i < answer->dispute_count; i++) {
        dt_monitor_dispute *d = (dt_monitor_dispute *)&answer->disputes[i];
        if (d->incident == UINT32_MAX) continue;
        if (mark) place[d->incident] = 1;
        else d->incident = place[d->incident];
    }
}

static dt_status list_incidents(dt__ledger *l, dt_monitor_answer *answer, uint32_t *place) {
    dt_incident *list;
    uint32_t count = 0;

    each_mention(answer, place, true);
    for (size_t i = 0; i < l->occurrences.count; i++) count += place[i];
    if ((list = DT__BUILDER_ARRAY(l->b, dt_incident, count)) == NULL) return DT_ERR_MEMORY;
    answer->incidents = list;
    for (size_t i = 0; i < l->occurrences.count; i++) {
        if (place[i] == 0) continue;
        place[i] = (uint32_t)answer->listed_count;
        list[answer->listed_count++] = described(l, dt__occurrence_at(l, i));
    }
    each_mention(answer, place, false);
    return DT_OK;
}

/* Millions of others are only counted. */
static dt_status tell_incidents(dt__ledger *l, dt_monitor_answer *answer) {
    size_t count = l->occurrences.count + 1;
    uint32_t *place = DT__ARRAY(l->env, uint32_t, count);
    dt_status st;

    if (place == NULL) return DT_ERR_MEMORY;
    st = list_incidents(l, answer, place);
    DT__FREE(l->env, place, count);
    answer->incident_count = l->occurrences.count;
    return st;
}

/* ---- clauses ---- */

/* What the readings of a clause have found of each incident; empty again behind each clause. */
typedef struct met_incidents {
    uint8_t *first, *flips;
    uint32_t *met;
} met_incidents;

static void meet(met_incidents *m, const dt_finding *f) {
    if (m->met[f->incident]++ == 0) m->first[f->incident] = (uint8_t)f->verdict;
    else if (m->first[f->incident] != f->verdict) m->flips[f->incident] = 1;
}

static void count_met(met_incidents *m, dt_clause_record *clause, uint32_t incident) {
    if (m->met[incident] == 0) return; /* another reading's, counted already */
    clause->incidents++;
    clause->flips += m->flips[incident] != 0 || m->met[incident] < clause->reading_count;
    m->met[incident] = 0;
    m->flips[incident] = 0;
}

/* On how many incidents the readings of a clause disagree. */
static void count_flips(met_incidents *m, dt_clause_record *clause) {
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].finding_count; i++) meet(m, &clause->readings[r].findings[i]);
    for (size_t r = 0; r < clause->reading_count; r++)
        for (size_t i = 0; i < clause->readings[r].finding_count; i++)
            count_met(m, clause, clause->readings[r].findings[i].incident);
}

static dt_status count_all_flips(dt__ledger *l, dt_monitor_answer *answer) {
    size_t count = l->occurrences.count;
    dt__arena work;
    met_incidents m;
    bool got;

    dt__arena_init(&work, l->env);
    m = (met_incidents){.first = DT__ARENA_ARRAY(&work, uint8_t, count),
                        .flips = DT__ARENA_ARRAY(&work, uint8_t, count),
                        .met = DT__ARENA_ARRAY(&work, uint32_t, count)};
    got = m.first != NULL && m.flips != NULL && m.met != NULL;
    for (size_t i = 0; got && i < answer->clause_count; i++) count_flips(&m, (dt_clause_record *)&answer->clauses[i]);
    dt__arena_clear(&work);
    return got ? DT_OK : DT_ERR_MEMORY;
}

/* Clauses and readings with nothing in them yet; readings of a clause stand together. */
static dt_status begin_all(dt__ledger *l, dt__reading_work *works, dt_monitor_answer *answer) {
    dt_clause_record *clauses = DT__BUILDER_ARRAY(l->b, dt_clause_record, l->obligation_count);
    dt_status st = DT_OK;

    if (clauses == NULL) return DT_ERR_MEMORY;
    answer->clauses = clauses;
    for (size_t next = 0; st == DT_OK && next < l->obligation_count;) {
        const dt__obligation *o = &l->obligations[next];
        const dt__clause *clause = &o->of->clauses[o->clause];
        dt_reading_record *readings = DT__BUILDER_ARRAY(l->b, dt_reading_record, clause->reading_count);
        if (readings == NULL) return DT_ERR_MEMORY;
        clauses[answer->clause_count++] = (dt_clause_record){.id = clause->id,
                                                             .agreement = o->agreement,
                                                             .clause = o->clause,
                                                             .reading_count = clause->reading_count,
                                                             .readings = readings};
        for (size_t i = 0; st == DT_OK && i < clause->reading_count; i++, next++)
            st = dt__reading_begin(&works[next], l, &l->obligations[next], &readings[i]);
    }
    return st;
}

static dt_status conclude_all(dt__ledger *l, dt_monitor_answer *answer) {
    dt__reading_work *works = DT__ARENA_ARRAY(&l->scratch, dt__reading_work, l->obligation_count);
    dt_status st;

    if (works == NULL) return DT_ERR_MEMORY;
    st = begin_all(l, works, answer);
    if (st == DT_OK) st = dt__judge_readings(l, works, l->obligation_count);
    for (size_t i = 0; st == DT_OK && i < l->obligation_count; i++) st = dt__conclude(&works[i]);
    for (size_t i = 0; i < l->obligation_count; i++) dt__reading_clear(&works[i]);
    return st == DT_OK ? count_all_flips(l, answer) : st;
}

/* ---- which changes stand among all cells ---- */

/* Two-sided, from the interval of the log ratio; of no event at all, its chance. */
static double chance_of(const dt_comparison *c) {
    const dt_rate_ratio *r = c->dependent ? &c->long_run : &c->fitting;
    double freedom = c->long_run_freedom, sd;

    if (c->fitting.method == DT_RATE_ZERO) return c->zero_chance;
    if (r->method == DT_RATE_NONE || !(r->low > 0) || isinf(r->high)) return 1;
    if (c->dependent)
        return dt__student_beyond(log(r->value) / log(r->high / r->value) * dt__student_reach(0.05, freedom), freedom);
    sd = log(r->high / r->low) / (2 * 1.959964);
    return 2 * dt__normal_below(-fabs(log(r->value)) / sd);
}

/* Every party under every reading that has something to test. */
typedef struct cells {
    size_t count;
    dt_party_record **list;
    double *values;
    bool *found;
} cells;

static dt_status make_cells(dt__ledger *l, cells *c) {
    size_t room = l->obligation_count * l->model->party_count;

    *c = (cells){.list = DT__ARENA_ARRAY(&l->scratch, dt_party_record *, room),
                 .values = DT__ARENA_ARRAY(&l->scratch, double, room),
                 .found = DT__ARENA_ARRAY(&l->scratch, bool, room)};
    return c->list == NULL || c->values == NULL || c->found == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* What a party's cell is tested with; false: with nothing. */
typedef bool (*tested)(const dt_party_record *p, double *value);

static bool by_chance(const dt_party_record *p, double *value) {
    if (p->comparison_count == 0 || p->comparisons[0].fitting.method == DT_RATE_NONE) return false;
    *value = chance_of(&p->comparisons[0]);
    return true;
}

/* Whoever watched left in alarm_stands whether the e-value speaks of a rise at all; else it is an e-value of zero. */
static bool by_e_value(const dt_party_record *p, double *value) {
    *value = p->alarm_stands ? p->log_e : -INFINITY;
    return !isnan(p->log_e);
}

static void gather_cells(const dt_monitor_answer *answer, tested test, cells *out) {
    out->count = 0;
    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; r < answer->clauses[c].reading_count; r++)
            for (size_t i = 0; i < answer->clauses[c].readings[r].party_count; i++) {
                dt_party_record *party = (dt_party_record *)&answer->clauses[c].readings[r].parties[i];
                if (test(party, &out->values[out->count])) out->list[out->count++] = party;
            }
}

static dt_status mark_standing(dt__ledger *l, dt_monitor_answer *answer) {
    cells c;
    dt_status st = make_cells(l, &c);

    if (st != DT_OK) return st;
    gather_cells(answer, by_chance, &c);
    if (c.count > 0 && (st = dt__discoveries(c.found, c.values, c.count, 0.05, l->env)) != DT_OK) return st;
    for (size_t i = 0; i < c.count; i++) c.list[i]->stands = c.found[i];
    gather_cells(answer, by_e_value, &c);
    if (c.count > 0 && (st = dt__e_discoveries(c.found, c.values, c.count, 0.05, l->env)) != DT_OK) return st;
    for (size_t i = 0; i < c.count; i++) c.list[i]->alarm_stands = c.list[i]->alarm_stands && c.found[i];
    return DT_OK;
}

/* ---- the whole ---- */

static void hand_over(dt__ledger *l, dt_monitor_answer *answer) {
    dt_sum_finding *sums = DT__BUILDER_ARRAY(l->b, dt_sum_finding, l->sums.count);
    dt_coverage_gap *gaps = DT__BUILDER_ARRAY(l->b, dt_coverage_gap, l->gaps.count);

    if (sums == NULL || gaps == NULL) return;
    if (l->sums.count > 0) memcpy(sums, l->sums.items, l->sums.count * sizeof *sums);
    if (l->gaps.count > 0) memcpy(gaps, l->gaps.items, l->gaps.count * sizeof *gaps);
    answer->sums = sums;
    answer->sum_count = l->sums.count;
    answer->gaps = gaps;
    answer->gap_count = l->gaps.count;
    answer->claims = l->claims.count;
    answer->retracted = l->retracted;
    answer->repeated = l->repeated;
    answer->withheld = l->withheld;
    answer->unmatched = l->unmatched;
    answer->unknown_acts = l->unknown_acts;
}

static dt_status answer_all(dt__ledger *l, dt_monitor_answer *answer) {
    l->files = DT__BUILDER_ARRAY(l->b, dt_file_record, l->opts->event_count + l->opts->ledger_count);
    dt_status st = l->files == NULL ? DT_ERR_MEMORY : dt__obligations_prepare(l);

    if (st == DT_OK) st = dt__intake(l, l->files);
    if (st == DT_OK) st = dt__tell_unmet_targets(l, answer);
    if (st == DT_OK) st = dt__check_totals(l);
    if (st == DT_OK) st = dt__find_incidents(l);
    if (st == DT_OK) st = dt__time_index(l);
    if (st == DT_OK) st = dt__zones_remember(l);
    if (st == DT_OK) st = dt__obligations_tables(l);
    if (st == DT_OK) st = dt__daily_prepare(l);
    if (st == DT_OK) st = dt__move_times(l);
    if (st == DT_OK) st = conclude_all(l, answer);
    if (st == DT_OK) st = dt__find_gaps(l);
    if (st == DT_OK) st = dt__describe_sources(l, answer);
    if (st == DT_OK) st = dt__list_told_days(l, answer);
    if (st == DT_OK) st = dt__tell_strangers(l, answer);
    if (st == DT_OK) st = dt__tell_watches(l, answer);
    if (st == DT_OK) st = dt__tell_disputes(l, answer);
    if (st == DT_OK) st = dt__draw_zones(l, answer);
    if (st == DT_OK) st = mark_standing(l, answer);
    if (st == DT_OK) st = tell_incidents(l, answer); /* last: until then findings name occurrences */
    if (st == DT_OK) hand_over(l, answer);
    answer->files = l->files;
    answer->file_count = l->opts->event_count + l->opts->ledger_count;
    return st;
}

void dt__ledger_clear(dt__ledger *l) {
    for (size_t i = 0; i < l->mapping_count; i++) dt__mapping_free(l->mappings[i], l->env);
    for (size_t i = 0; i < l->zones.count; i++) dt__zone_free(DT__AT(l->zones, dt__named_zone, i)->zone, l->env);
    dt__vector_clear(&l->claims, l->env);
    dt__vector_clear(&l->occurrences, l->env);
    dt__vector_clear(&l->sources, l->env);
    dt__vector_clear(&l->acts, l->env);
    dt__vector_clear(&l->assets, l->env);
    dt__vector_clear(&l->strangers, l->env);
    dt__vector_clear(&l->asked_acts, l->env);
    dt__vector_clear(&l->regions, l->env);
    dt__names_clear(&l->names, l->env);
    dt__vector_clear(&l->zones, l->env);
    dt__vector_clear(&l->features, l->env);
    for (size_t i = 0; i < l->zone_files.count; i++) dt__shapes_clear(DT__AT(l->zone_files, dt__zone_file, i)->shapes);
    dt__vector_clear(&l->zone_files, l->env);
    dt__vector_clear(&l->shape_list, l->env);
    dt__vector_clear(&l->lists, l->env);
    dt__vector_clear(&l->watch_lines, l->env);
    dt__vector_clear(&l->disputes, l->env);
    dt__vector_clear(&l->raw_acts, l->env);
    dt__vector_clear(&l->told_acts, l->env);
    dt__vector_clear(&l->sums, l->env);
    dt__vector_clear(&l->gaps, l->env);
    dt__arena_clear(&l->scratch);
}

void dt__ledger_start(dt__ledger *l) {
    l->claims = DT__VECTOR(dt__claim_in);
    l->occurrences = DT__VECTOR(dt__occurrence);
    l->sources = DT__VECTOR(dt__told_source);
    l->acts = l->assets = l->lists = l->raw_acts = l->told_acts = l->regions = DT__VECTOR(const char *);
    l->strangers = DT__VECTOR(dt__stranger);
    l->asked_acts = DT__VECTOR(uint8_t);
    l->watch_lines = DT__VECTOR(dt__watch_line);
    l->disputes = DT__VECTOR(dt_monitor_dispute);
    l->zones = DT__VECTOR(dt__named_zone);
    l->features = DT__VECTOR(dt__feature);
    l->zone_files = DT__VECTOR(dt__zone_file);
    l->shape_list = DT__VECTOR(dt__named_shape);
    l->sums = DT__VECTOR(dt_sum_finding);
    l->gaps = DT__VECTOR(dt_coverage_gap);
    dt__arena_init(&l->scratch, l->env);
}

dt_status dt_monitor(dt_monitor_answer **out, const dt_model *model, const dt_monitor_opts *opts, dt_env *env) {
    dt__ledger l = {.env = env, .model = model, .opts = opts};
    dt_monitor_answer *answer;
    dt__builder b;
    dt_status st;

    *out = NULL;
    if ((st = check_options(model, opts, env)) != DT_OK) return st;
    if ((st = dt__builder_init(&b, env)) != DT_OK) return st;
    l.b = &b;
    dt__ledger_start(&l);
    answer = DT__BUILDER_ARRAY(&b, dt_monitor_answer, 1);
    st = answer == NULL ? DT_ERR_MEMORY : DT_OK;
    if (st == DT_OK) {
        *answer = (dt_monitor_answer){
            .model = model, .period = opts->period, .unit = opts->unit, .baseline = opts->baseline, .memory = b.arena};
        st = answer_all(&l, answer);
    }
    dt__ledger_clear(&l);
    if (st == DT_OK && b.failed) st = DT_ERR_MEMORY;
    if (st != DT_OK) {
        dt__builder_clear(&b);
        return dt__settled(env, st);
    }
    *out = answer;
    st = dt__builder_finish(&b);
    if (st != DT_OK) *out = NULL;
    return st;
}

void dt_monitor_free(dt_monitor_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}
