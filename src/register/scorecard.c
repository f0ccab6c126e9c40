/* Scores of every source on what was resolved. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "base/random.h"
#include "question/builder.h"
#include "register/ledger.h"
#include "score/scoring.h"

enum { DEFAULT_DRAWS = 2000, MAX_DRAWS = 100000, ENOUGH = 30 };
static const double log_floor = 0.001;

void dt_score_opts_init(dt_score_opts *opts) {
    *opts = (dt_score_opts){.baseline = "uniform", .draws = DEFAULT_DRAWS, .seed = 1};
}

void dt_score_free(dt_score_answer *answer, dt_env *env) {
    if (answer != NULL) dt__answer_memory_free(answer->memory, env);
}

/* A resolved statement. */
typedef struct entry {
    int64_t forecast;
    const char *name, *source, *kind, *scenario;
    double probability;
    bool happened;
} entry;

/* A resolved distribution of one source over one issue: its score. */
typedef struct crps_entry {
    const char *source;
    double crps;
} crps_entry;

typedef struct scoring {
    dt_register *r;
    const dt_score_opts *opts;
    dt__builder b;
    dt__vector entries; /* entry: by forecast, scenario, source */
    dt__vector crps;    /* crps_entry */
    dt_score_answer *answer;
    dt_env *env;
} scoring;

/* ---- reading ---- */

static const char *column(scoring *s, sqlite3_stmt *st, int i) {
    const char *text = (const char *)sqlite3_column_text(st, i);
    return dt__builder_text(&s->b, text == NULL ? "" : text);
}

static dt_status read_entries(scoring *s) {
    sqlite3_stmt *rows;
    int result = SQLITE_DONE;
    dt_status st = dt__ledger_prepare(
        &rows, s->r, s->env,
        "SELECT s.forecast, f.name, s.source, s.kind, s.scenario, s.probability, r.happened FROM statement s"
        " JOIN resolution r USING(forecast, scenario) JOIN forecast f ON f.id = s.forecast"
        " ORDER BY s.forecast, s.scenario, s.source",
        "");

    if (st != DT_OK) return st;
    while (st == DT_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        entry e = {.forecast = sqlite3_column_int64(rows, 0),
                   .name = column(s, rows, 1),
                   .source = column(s, rows, 2),
                   .kind = column(s, rows, 3),
                   .scenario = column(s, rows, 4),
                   .probability = sqlite3_column_double(rows, 5),
                   .happened = sqlite3_column_int(rows, 6) != 0};
        st = s->b.failed ? DT_ERR_MEMORY : dt__vector_push(&s->entries, &e, s->env);
    }
    sqlite3_finalize(rows);
    return st == DT_OK ? dt__ledger_status(s->r, result, s->env) : st;
}

/* The options of one distribution, in ascending place. */
typedef struct distribution {
    int64_t forecast;
    const char *source, *issue;
    double outcome;
    dt__vector places, shares; /* double */
} distribution;

static dt_status score_distribution(scoring *s, distribution *d) {
    const double *places = d->places.items;
    size_t n = d->places.count;
    double range = n < 2 ? 0 : places[n - 1] - places[0];
    crps_entry e = {.source = d->source};

    if (range > 0) e.crps = dt__score_crps_atoms(places, d->shares.items, n, d->outcome) / range;
    d->places.count = d->shares.count = 0;
    return range > 0 ? dt__vector_push(&s->crps, &e, s->env) : DT_OK;
}

static dt_status add_option(scoring *s, distribution *d, sqlite3_stmt *rows) {
    int64_t forecast = sqlite3_column_int64(rows, 0);
    const char *source = column(s, rows, 1), *issue = column(s, rows, 2);
    double place = sqlite3_column_double(rows, 3), share = sqlite3_column_double(rows, 4);
    dt_status st = DT_OK;

    if (s->b.failed) return DT_ERR_MEMORY;
    if (d->places.count > 0 &&
        (forecast != d->forecast || strcmp(source, d->source) != 0 || strcmp(issue, d->issue) != 0))
        st = score_distribution(s, d);
    d->forecast = forecast;
    d->source = source;
    d->issue = issue;
    d->outcome = sqlite3_column_double(rows, 5);
    if (st == DT_OK) st = dt__vector_push(&d->places, &place, s->env);
    return st == DT_OK ? dt__vector_push(&d->shares, &share, s->env) : st;
}

static dt_status read_distributions(scoring *s) {
    distribution d = {.places = DT__VECTOR(double), .shares = DT__VECTOR(double)};
    sqlite3_stmt *rows;
    int result = SQLITE_DONE;
    dt_status st = dt__ledger_prepare(
        &rows, s->r, s->env,
        "SELECT a.forecast, a.source, a.issue, a.place, a.share, b.place FROM share a JOIN outcome o USING(forecast, "
        "issue) JOIN share b ON b.forecast = a.forecast AND b.issue = a.issue AND b.source = a.source AND b.option = "
        "o.option WHERE a.graded ORDER BY a.forecast, a.issue, a.source, a.place",
        "");

    if (st != DT_OK) return st;
    while (st == DT_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) st = add_option(s, &d, rows);
    sqlite3_finalize(rows);
    if (st == DT_OK) st = dt__ledger_status(s->r, result, s->env);
    if (st == DT_OK && d.places.count > 0) st = score_distribution(s, &d);
    dt__vector_clear(&d.places, s->env);
    dt__vector_clear(&d.shares, s->env);
    return st;
}

static dt_status read_count(size_t *out, scoring *s, const char *sql) {
    sqlite3_stmt *row;
    dt_status st = dt__ledger_prepare(&row, s->r, s->env, sql, "");

    if (st != DT_OK) return st;
    st = dt__ledger_status(s->r, sqlite3_step(row), s->env);
    *out = (size_t)sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return st;
}

/* ---- pairs with the baseline ---- */

/* Difference of Brier scores on the statements that both make, summed by forecast. */
typedef struct cluster {
    double sum;
    size_t count;
} cluster;

static const entry *baseline_of(const scoring *s, const entry *e) {
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *other = DT__AT(s->entries, entry, i);
        if (other->forecast == e->forecast && strcmp(other->scenario, e->scenario) == 0 &&
            strcmp(other->source, s->opts->baseline) == 0)
            return other;
    }
    return NULL;
}

static int by_number(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Forecasts drawn with replacement; the mean difference of each such sample. */
static dt_status bootstrap(dt_source_score *out, const scoring *s, const cluster *clusters, size_t count) {
    size_t draws = (size_t)s->opts->draws;
    double *means = DT__ARRAY(s->env, double, draws);

    if (means == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < draws; i++) {
        double sum = 0;
        size_t n = 0;
        dt__random r;
        dt__random_init(&r, s->opts->seed, i, 0);
        for (size_t k = 0; k < count; k++) {
            const cluster *c = &clusters[dt__random_below(&r, (uint32_t)count)];
            sum += c->sum;
            n += c->count;
        }
        means[i] = sum / (double)n;
    }
    qsort(means, draws, sizeof *means, by_number);
    out->low = means[(size_t)(0.025 * (double)(draws - 1))];
    out->high = means[(size_t)ceil(0.975 * (double)(draws - 1))];
    DT__FREE(s->env, means, draws);
    return DT_OK;
}

static dt_status compare(dt_source_score *out, const scoring *s, size_t forecasts) {
    cluster *clusters = DT__ARRAY(s->env, cluster, forecasts + 1);
    double own = 0, other = 0;
    size_t count = 0;
    int64_t forecast = -1;
    dt_status st = DT_OK;

    if (clusters == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = DT__AT(s->entries, entry, i), *base;
        double mine, theirs;
        if (strcmp(e->source, out->source) != 0 || (base = baseline_of(s, e)) == NULL) continue;
        if (e->forecast != forecast) count++;
        forecast = e->forecast;
        mine = dt__score_brier(e->probability, e->happened);
        theirs = dt__score_brier(base->probability, base->happened);
        clusters[count - 1].sum += mine - theirs;
        clusters[count - 1].count++;
        own += mine;
        other += theirs;
        out->paired++;
    }
    if (out->paired > 0) out->difference = (own - other) / (double)out->paired;
    if (other > 0) out->skill = 1 - own / other;
    if (count > 1) st = bootstrap(out, s, clusters, count);
    DT__FREE(s->env, clusters, forecasts + 1);
    return st;
}

/* ---- one source ---- */

static dt_status measure_calibration(dt_source_score *out, const scoring *s) {
    dt__scored_chance *cases = DT__ARRAY(s->env, dt__scored_chance, out->count);
    dt__murphy murphy;
    size_t n = 0;

    if (cases == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = DT__AT(s->entries, entry, i);
        dt_calibration_bin *bin;
        if (strcmp(e->source, out->source) != 0) continue;
        cases[n++] = (dt__scored_chance){.chance = e->probability, .happened = e->happened};
        bin = &out->bins[e->probability >= 1 ? DT_SCORE_BINS - 1 : (int)(e->probability * DT_SCORE_BINS)];
        bin->count++;
        bin->mean += e->probability;
        bin->frequency += e->happened;
    }
    for (size_t i = 0; i < DT_SCORE_BINS; i++) {
        if (out->bins[i].count == 0) continue;
        out->bins[i].mean /= (double)out->bins[i].count;
        out->bins[i].frequency /= (double)out->bins[i].count;
    }
    dt__score_murphy(&murphy, cases, n);
    out->calibrated = n >= ENOUGH;
    out->reliability = murphy.reliability;
    out->resolution = murphy.resolution;
    out->uncertainty = murphy.uncertainty;
    DT__FREE(s->env, cases, out->count);
    return DT_OK;
}

static dt_status score_source(dt_source_score *out, const scoring *s, const entry *first) {
    dt_status st;

    *out = (dt_source_score){.source = first->source,
                             .kind = first->kind,
                             .crps = NAN,
                             .difference = NAN,
                             .low = NAN,
                             .high = NAN,
                             .skill = NAN};
    for (size_t i = 0; i < s->entries.count; i++) {
        const entry *e = DT__AT(s->entries, entry, i);
        if (strcmp(e->source, out->source) != 0) continue;
        out->count++;
        out->brier += dt__score_brier(e->probability, e->happened);
        out->log += dt__score_log(e->happened ? e->probability : 1 - e->probability, log_floor);
    }
    out->brier /= (double)out->count;
    out->log /= (double)out->count;
    for (size_t i = 0; i < s->crps.count; i++) {
        const crps_entry *e = DT__AT(s->crps, crps_entry, i);
        if (strcmp(e->source, out->source) != 0) continue;
        out->crps = (out->distributions++ == 0 ? 0 : out->crps) + e->crps;
    }
    if (out->distributions > 0) out->crps /= (double)out->distributions;
    if ((st = compare(out, s, s->answer->forecasts)) != DT_OK) return st;
    return measure_calibration(out, s);
}

static int by_brier(const void *a, const void *b) {
    const dt_source_score *x = a, *y = b;
    if (x->brier < y->brier) return -1;
    if (x->brier > y->brier) return 1;
    return strcmp(x->source, y->source);
}

static dt_status score_sources(scoring *s) {
    dt_source_score *list = DT__BUILDER_ARRAY(&s->b, dt_source_score, s->entries.count);
    dt_score_answer *a = s->answer;
    dt_status st = DT_OK;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < s->entries.count && st == DT_OK; i++) {
        const entry *e = DT__AT(s->entries, entry, i);
        size_t known = 0;
        while (known < a->source_count && strcmp(list[known].source, e->source) != 0) known++;
        if (known == a->source_count) st = score_source(&list[a->source_count++], s, e);
    }
    if (a->source_count > 1) qsort(list, a->source_count, sizeof *list, by_brier);
    a->sources = list;
    return st;
}

static void list_statements(scoring *s) {
    dt_statement_score *list = DT__BUILDER_ARRAY(&s->b, dt_statement_score, s->entries.count);

    for (size_t i = 0; list != NULL && i < s->entries.count; i++) {
        const entry *e = DT__AT(s->entries, entry, i);
        list[i] = (dt_statement_score){.forecast = e->name,
                                       .scenario = e->scenario,
                                       .source = e->source,
                                       .probability = e->probability,
                                       .happened = e->happened,
                                       .brier = dt__score_brier(e->probability, e->happened)};
    }
    s->answer->statements = list;
    s->answer->statement_count = s->entries.count;
}

/* ---- the whole ---- */

static dt_status check_baseline(scoring *s) {
    const char *const *names;
    const char **list;
    dt_status st = DT_ERR_ARGUMENT;

    for (size_t i = 0; i < s->entries.count; i++) {
        if (strcmp(DT__AT(s->entries, entry, i)->source, s->opts->baseline) == 0) return DT_OK;
    }
    if (s->entries.count == 0) return DT_OK;
    if ((list = DT__ARRAY(s->env, const char *, s->entries.count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < s->entries.count; i++) list[i] = DT__AT(s->entries, entry, i)->source;
    names = list;
    dt__diagnose(s->env, DT_ERROR, (dt__place){.file = s->r->path}, "unknown-source",
                 "nothing that was resolved has the source “{0}” to compare with", s->opts->baseline, NULL);
    if (dt__nearest(s->opts->baseline, names, s->entries.count) != NULL)
        dt__hint(s->env, "did you mean {0}?", dt__nearest(s->opts->baseline, names, s->entries.count), NULL);
    DT__FREE(s->env, list, s->entries.count);
    return st;
}

static dt_status score_all(scoring *s) {
    dt_status st;

    if ((s->answer = DT__BUILDER_ARRAY(&s->b, dt_score_answer, 1)) == NULL) return DT_ERR_MEMORY;
    *s->answer = (dt_score_answer){.draws = s->opts->draws, .seed = s->opts->seed, .memory = s->b.arena};
    s->answer->baseline = dt__builder_text(&s->b, s->opts->baseline);
    DT__TRY(read_count(&s->answer->forecasts, s, "SELECT count(*) FROM forecast"));
    DT__TRY(read_count(&s->answer->resolved, s, "SELECT count(*) FROM resolution"));
    DT__TRY(read_count(&s->answer->open, s,
                       "SELECT count(*) FROM (SELECT DISTINCT forecast, scenario FROM statement EXCEPT "
                       "SELECT forecast, scenario FROM resolution)"));
    DT__TRY(read_count(&s->answer->backdated, s, "SELECT count(*) FROM forecast WHERE recorded_on > frozen_on"));
    DT__TRY(read_entries(s));
    DT__TRY(read_distributions(s));
    DT__TRY(check_baseline(s));
    DT__TRY(score_sources(s));
    list_statements(s);
done:
    return st;
}

dt_status dt_register_score(dt_score_answer **out, dt_register *r, const dt_score_opts *opts, dt_env *env) {
    scoring s = {.r = r, .opts = opts, .entries = DT__VECTOR(entry), .crps = DT__VECTOR(crps_entry), .env = env};
    dt_status st;

    *out = NULL;
    if (opts->draws < 1 || opts->draws > MAX_DRAWS)
        return dt__refuse_option(env, "out-of-range", DT__N("draws are from 1 to {0}"), "100000");
    st = dt__builder_init(&s.b, env);
    if (st == DT_OK) st = score_all(&s);
    if (st == DT_OK && (st = dt__builder_finish(&s.b)) == DT_OK) *out = s.answer;
    dt__vector_clear(&s.entries, env);
    dt__vector_clear(&s.crps, env);
    dt__builder_clear(&s.b);
    return dt__settled(env, st);
}
