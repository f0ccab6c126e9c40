#include "ensemble/positional.h"

#include <math.h>
#include <string.h>

enum { FIRST_STREAM = 0x40000000 }; /* above every number of a model */
#define SLACK 1e-9                  /* ends of uncertain numbers are rounded outwards */

static const dt__predict_model models[DT__POSITIONAL_COUNT] = {DT__PREDICT_COMPROMISE, DT__PREDICT_WEIGHTED_MEDIAN,
                                                               DT__PREDICT_MEAN,       DT__PREDICT_NASH,
                                                               DT__PREDICT_PCE,        DT__PREDICT_MIXTURE};

dt__predict_model dt__positional_model(size_t i) {
    return models[i];
}

/* ---- what is shared ---- */

static bool states_saliences(const dt__positional *p, const dt__uncertainty *u) {
    for (size_t a = 0; a < p->actor_count; a++) {
        const dt__preferences *prefs = p->model->parties[p->actors[a]].preferences;
        if (prefs->form != DT__FORM_SPATIAL) return false;
        for (size_t t = 0; t < prefs->term_count; t++) {
            if (prefs->terms[t].weight == DT__NO_NUMBER || u->numbers[prefs->terms[t].weight].high > 1 + SLACK)
                return false;
        }
    }
    return true;
}

static dt_status lay_out_options(dt__positional *p, dt__arena *arena) {
    size_t *start = DT__ARENA_ARRAY(arena, size_t, p->model->issue_count);

    if (start == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < p->model->issue_count; i++) {
        start[i] = p->option_total;
        p->option_total += p->model->issues[i].option_count;
    }
    p->option_start = start;
    return DT_OK;
}

dt_status dt__positional_init(dt__positional *p, const dt__setting *setting, const dt__amounts *amounts,
                              dt__arena *arena, dt_env *env) {
    const dt_model *m = setting->situation.model;
    dt__issue_set all = {{0}};
    dt_status st;

    *p = (dt__positional){.model = m};
    if ((st = lay_out_options(p, arena)) != DT_OK) return st;
    for (uint32_t i = 0; i < m->party_count; i++) {
        if (amounts->parties[i].cardinal) p->actors[p->actor_count++] = i;
    }
    p->saliences = states_saliences(p, amounts->uncertainty);
    for (uint32_t i = 0; i < m->issue_count; i++) dt__issue_set_add(&all, i);
    if ((st = dt__problem_init(&p->problem, &setting->situation, &all, env)) != DT_OK) return st;
    if ((st = dt__query_init(&p->query, &p->problem, env)) != DT_OK) return st;
    return dt__guide_init(&p->guide, &p->query, DT__ORDER_TABLES, env);
}

void dt__positional_clear(dt__positional *p, dt_env *env) {
    dt__guide_clear(&p->guide, env);
    if (p->query.problem != NULL) dt__query_clear(&p->query, env);
    dt__problem_clear(&p->problem);
    *p = (dt__positional){0};
}

/* ---- the memory of a thread ---- */

static uint32_t most_options(const dt_model *m) {
    uint32_t most = 1;
    for (size_t i = 0; i < m->issue_count; i++)
        most = m->issues[i].option_count > most ? m->issues[i].option_count : most;
    return most;
}

dt_status dt__positioner_init(dt__positioner *p, const dt__positional *shared, uint32_t asked, dt__arena *arena,
                              dt_env *env) {
    const dt_model *m = shared->model;
    size_t actors = shared->actor_count, cells = actors * m->issue_count;
    uint32_t mask = 0;
    dt_status st;

    *p = (dt__positioner){.shared = shared, .mask = asked};
    p->position = DT__ARENA_ARRAY(arena, double, cells);
    p->salience = DT__ARENA_ARRAY(arena, double, cells);
    p->capability = DT__ARENA_ARRAY(arena, double, cells);
    p->low = DT__ARENA_ARRAY(arena, double, m->issue_count);
    p->high = DT__ARENA_ARRAY(arena, double, m->issue_count);
    p->distances = DT__ARENA_ARRAY(arena, double, shared->option_total);
    p->order = DT__ARENA_ARRAY(arena, uint32_t, most_options(m));
    p->assignment = DT__ARENA_ARRAY(arena, dt__option, m->issue_count);
    p->outcomes = DT__ARENA_ARRAY(arena, dt__option, DT__POSITIONAL_COUNT * m->issue_count);
    p->points = DT__ARENA_ARRAY(arena, double, DT__POSITIONAL_COUNT * m->issue_count);
    p->predictions = DT__ARENA_ARRAY(arena, dt__prediction, m->issue_count);
    if (!p->position || !p->salience || !p->capability || !p->low || !p->high || !p->distances || !p->order ||
        !p->assignment || !p->outcomes || !p->points || !p->predictions)
        return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->issue_count; i++) {
        if ((st = dt__prediction_init(&p->predictions[i], actors, env)) != DT_OK) return st;
    }
    for (size_t i = 0; i < DT__POSITIONAL_COUNT; i++)
        if (asked >> i & 1) mask |= DT__PREDICT_MASK(models[i]);
    return dt__predictor_new(&p->predictor, actors, m->issue_count, mask, env);
}

void dt__positioner_clear(dt__positioner *p, dt_env *env) {
    if (p->shared == NULL) return;
    for (size_t i = 0; p->predictions != NULL && i < p->shared->model->issue_count; i++)
        dt__prediction_clear(&p->predictions[i], env);
    if (p->predictor != NULL) dt__predictor_free(p->predictor, env);
    *p = (dt__positioner){0};
}

/* ---- stakes: who stands where ---- */

static double number(const dt__valuation *v, dt__number_id id, double without) {
    return id == DT__NO_NUMBER ? without : dt__rational_double(v->numbers[id]);
}

/* The option that a party values most; the first of equals. */
static uint32_t best_option(const dt_model *m, const dt__term *term, const dt__valuation *v) {
    uint32_t best = 0;
    for (uint32_t o = 1; o < m->issues[term->issue].option_count; o++) {
        if (number(v, term->values[o], 0) > number(v, term->values[best], 0)) best = o;
    }
    return best;
}

static double place_of(const dt__positioner *p, const dt_model *m, const dt__term *term, const dt__valuation *v) {
    if (term->values != NULL) return dt__rational_double(m->issues[term->issue].scale[best_option(m, term, v)]);
    return fmin(fmax(number(v, term->position, 0), p->low[term->issue]), p->high[term->issue]);
}

static void measure_scales(dt__positioner *p, const dt_model *m) {
    for (size_t i = 0; i < m->issue_count; i++) {
        p->low[i] = p->high[i] = dt__rational_double(m->issues[i].scale[0]);
        for (uint32_t o = 1; o < m->issues[i].option_count; o++) {
            double at = dt__rational_double(m->issues[i].scale[o]);
            p->low[i] = fmin(p->low[i], at);
            p->high[i] = fmax(p->high[i], at);
        }
    }
}

static void place_actor(dt__positioner *p, const dt_model *m, size_t actor, const dt__valuation *v) {
    const dt__party *party = &m->parties[p->shared->actors[actor]];
    const dt__preferences *prefs = party->preferences;
    size_t actors = p->shared->actor_count;
    double weights = 0;

    for (size_t i = 0; i < m->issue_count; i++) {
        p->position[i * actors + actor] = NAN;
        p->salience[i * actors + actor] = 0;
        p->capability[i * actors + actor] = fmax(0, number(v, party->capability, 1));
    }
    for (size_t t = 0; t < prefs->term_count; t++) weights += fmax(0, number(v, prefs->terms[t].weight, 0));
    for (size_t t = 0; t < prefs->term_count; t++) {
        const dt__term *term = &prefs->terms[t];
        size_t cell = term->issue * actors + actor;
        p->position[cell] = place_of(p, m, term, v);
        if (p->shared->saliences) weights = 1;
        p->salience[cell] = weights > 0 ? fmax(0, number(v, term->weight, 0)) / weights : 0;
    }
}

/* ---- from predictions to an outcome ---- */

static bool is_graded(const dt__issue *issue) {
    return issue->ordered || issue->has_scale;
}

/* One value of a distribution, by the draw's own stream. */
static double draw_value(const dt__prediction *d, uint64_t seed, uint64_t draw, uint32_t stream) {
    dt__random r;
    double share, sum = 0;

    dt__random_init(&r, seed, draw, stream);
    share = dt__random_uniform(&r);
    for (size_t i = 0; i < d->count; i++) {
        sum += d->mass[i];
        if (share < sum) return d->at[i];
    }
    return d->at[d->count - 1];
}

static double said(const dt__prediction *d, dt__predict_model model, uint64_t seed, uint64_t draw, uint32_t stream) {
    bool spread = model == DT__PREDICT_PCE || model == DT__PREDICT_MIXTURE;
    return spread && d->count > 0 ? draw_value(d, seed, draw, stream) : d->point;
}

/* Behind an option of an issue without an order: minus capability x salience of those who value it most. */
static void measure_support(dt__positioner *p, const dt_model *m, size_t issue, double *distances,
                            const dt__valuation *v) {
    size_t actors = p->shared->actor_count;

    for (uint32_t o = 0; o < m->issues[issue].option_count; o++) distances[o] = 0;
    for (size_t a = 0; a < actors; a++) {
        const dt__preferences *prefs = m->parties[p->shared->actors[a]].preferences;
        for (size_t t = 0; t < prefs->term_count; t++) {
            const dt__term *term = &prefs->terms[t];
            if (term->issue != issue || term->values == NULL) continue;
            distances[best_option(m, term, v)] -= p->capability[issue * actors + a] * p->salience[issue * actors + a];
        }
    }
}

static void measure_distances(dt__positioner *p, const dt__setting *setting, size_t which, const dt__valuation *v,
                              uint64_t seed, uint64_t draw) {
    const dt_model *m = p->shared->model;

    for (size_t i = 0; i < m->issue_count; i++) {
        const dt__issue *issue = &m->issues[i];
        double *distances = p->distances + p->shared->option_start[i], value;
        if (!is_graded(issue)) {
            measure_support(p, m, i, distances, v);
            p->points[which * m->issue_count + i] = NAN;
            continue;
        }
        value =
            said(&p->predictions[i], models[which], seed, draw, (uint32_t)(FIRST_STREAM + which * DT__MAX_ISSUES + i));
        p->points[which * m->issue_count + i] = p->predictions[i].point;
        if (isnan(value)) value = dt__rational_double(issue->scale[setting->no_deal[i]]);
        for (uint32_t o = 0; o < issue->option_count; o++)
            distances[o] = fabs(dt__rational_double(issue->scale[o]) - value);
    }
}

/* Options by distance; the one of no deal first among equals, then the first. */
static void sort_options(uint32_t *order, const double *distances, uint32_t count, dt__option no_deal) {
    for (uint32_t o = 0; o < count; o++) {
        uint32_t at = o;
        for (; at > 0; at--) {
            double other = distances[order[at - 1]];
            if (other < distances[o] || (!(other > distances[o]) && o != no_deal)) break;
            order[at] = order[at - 1];
        }
        order[at] = o;
    }
}

static void settle(dt__positioner *p, const dt__setting *setting, dt__option *outcome) {
    const dt__guide *g = &p->shared->guide;
    const dt__problem *problem = &p->shared->problem;

    for (uint32_t depth = 0; depth < g->var_count; depth++) {
        uint32_t var = g->order[depth], issue = problem->issues[var], options = problem->sizes[var];
        sort_options(p->order, p->distances + p->shared->option_start[issue], options, setting->no_deal[issue]);
        for (uint32_t o = 0; o < options; o++) {
            p->assignment[var] = (dt__option)p->order[o];
            if (!dt__guide_dead(g, depth + 1, p->assignment)) break;
        }
        outcome[issue] = p->assignment[var];
    }
}

void dt__positioner_draw(dt__positioner *p, const dt__setting *setting, const dt__valuation *v, uint64_t seed,
                         uint64_t draw) {
    const dt_model *m = p->shared->model;
    dt__stakes stakes = {.actors = p->shared->actor_count,
                         .issues = m->issue_count,
                         .position = p->position,
                         .salience = p->salience,
                         .capability = p->capability,
                         .low = p->low,
                         .high = p->high};
    dt__predict_opts opts;

    dt__predict_opts_init(&opts);
    measure_scales(p, m);
    for (size_t a = 0; a < p->shared->actor_count; a++) place_actor(p, m, a, v);
    for (size_t which = 0; which < DT__POSITIONAL_COUNT; which++) {
        if (!(p->mask >> which & 1)) continue;
        dt__predict(p->predictor, models[which], &stakes, &opts, p->predictions);
        measure_distances(p, setting, which, v, seed, draw);
        settle(p, setting, p->outcomes + which * m->issue_count);
    }
}
