/* Every model on every issue, one task for each negotiation; the weights of the mixture by cross-validation. */
#include <math.h>
#include <string.h>

#include "backtest/trial.h"
#include "base/threads.h"
#include "score/scoring.h"

enum { MOST_SWAPS = 5000000, MOST_SPATIAL = 250 };

/* ---- issues by negotiation ---- */

static dt_status allocate(dt__trial *t) {
    const size_t issues = t->table->issue_count, cells = issues * t->table->actor_count;
    double *rows = DT__ARENA_ARRAY(&t->work, double, 3 * cells + 4 * issues);

    t->order = DT__ARENA_ARRAY(&t->work, size_t, issues);
    t->from = DT__ARENA_ARRAY(&t->work, size_t, t->table->group_count + 1);
    t->verdicts = DT__ARENA_ARRAY(&t->work, dt__verdict_of_model, issues * t->model_count);
    if (rows == NULL || t->order == NULL || t->from == NULL || t->verdicts == NULL) return DT_ERR_MEMORY;
    t->position = rows;
    t->salience = rows + cells;
    t->capability = rows + 2 * cells;
    t->low = rows + 3 * cells;
    t->high = t->low + issues;
    t->reference = t->low + 2 * issues;
    t->outcome = t->low + 3 * issues;
    return DT_OK;
}

static void place_issue(dt__trial *t, size_t sorted, size_t issue) {
    const size_t n = t->table->actor_count;
    const dt__table_issue *i = &t->table->issues[issue];

    t->order[sorted] = issue;
    memcpy(t->position + sorted * n, t->table->position + issue * n, n * sizeof *t->position);
    memcpy(t->salience + sorted * n, t->table->salience + issue * n, n * sizeof *t->position);
    memcpy(t->capability + sorted * n, t->table->capability + issue * n, n * sizeof *t->position);
    t->low[sorted] = i->low;
    t->high[sorted] = i->high;
    t->reference[sorted] = i->reference;
    t->outcome[sorted] = i->outcome;
    t->imputed += dt__impute_salience(t->position + sorted * n, t->salience + sorted * n, n);
}

/* A counting sort: stable, so the order of the file holds within a negotiation. */
dt_status dt__trial_sort(dt__trial *t) {
    const dt__positions *table = t->table;
    dt_status st = allocate(t);

    if (st != DT_OK) return st;
    t->groups = table->group_count;
    for (size_t i = 0; i < table->issue_count; i++) t->from[table->group_of[i] + 1]++;
    for (size_t g = 0; g < t->groups; g++) {
        if (t->from[g + 1] > t->largest_group) t->largest_group = t->from[g + 1];
        t->from[g + 1] += t->from[g];
    }
    for (size_t i = 0; i < table->issue_count; i++) place_issue(t, t->from[table->group_of[i]]++, i);
    for (size_t g = t->groups; g > 0; g--) t->from[g] = t->from[g - 1];
    t->from[0] = 0;
    return DT_OK;
}

dt__stakes dt__trial_stakes(const dt__trial *t, size_t group) {
    const size_t first = t->from[group], n = t->table->actor_count;

    return (dt__stakes){.actors = n,
                        .issues = t->from[group + 1] - first,
                        .position = t->position + first * n,
                        .salience = t->salience + first * n,
                        .capability = t->capability + first * n,
                        .low = t->low + first,
                        .high = t->high + first,
                        .reference = t->reference + first,
                        .shared_salience = t->table->shared_salience};
}

/* ---- the memory of each thread ---- */

typedef struct hand {
    dt__predictor *predictor;
    dt__prediction *predictions; /* of one negotiation */
    double *cumulated;           /* of the mixture */
} hand;

typedef struct crew {
    dt__trial *trial;
    hand *hands;
    size_t count;
} crew;

static dt_status hire(crew *c, uint32_t wanted) {
    dt__trial *t = c->trial;
    const size_t n = t->table->actor_count;
    dt_status st;

    c->count = dt__thread_count(t->env, t->groups);
    if ((c->hands = DT__ARRAY(t->env, hand, c->count)) == NULL) return DT_ERR_MEMORY;
    for (size_t h = 0; h < c->count; h++) {
        hand *mine = &c->hands[h];
        if ((st = dt__predictor_new(&mine->predictor, n, t->largest_group, wanted, t->env)) != DT_OK) return st;
        mine->predictions = DT__ARRAY(t->env, dt__prediction, t->largest_group);
        mine->cumulated = DT__ARRAY(t->env, double, (size_t)DT__MIXTURE_PARTS *DT__GRID);
        if (mine->predictions == NULL || mine->cumulated == NULL) return DT_ERR_MEMORY;
        for (size_t i = 0; i < t->largest_group; i++) {
            if ((st = dt__prediction_init(&mine->predictions[i], n, t->env)) != DT_OK) return st;
        }
    }
    return DT_OK;
}

static void dismiss(crew *c) {
    dt__trial *t = c->trial;
    const size_t room = t->largest_group == 0 ? 1 : t->largest_group;

    for (size_t h = 0; c->hands != NULL && h < c->count; h++) {
        hand *mine = &c->hands[h];
        dt__predictor_free(mine->predictor, t->env);
        for (size_t i = 0; mine->predictions != NULL && i < t->largest_group; i++)
            dt__prediction_clear(&mine->predictions[i], t->env);
        if (mine->predictions != NULL) DT__FREE(t->env, mine->predictions, room);
        if (mine->cumulated != NULL) DT__FREE(t->env, mine->cumulated, (size_t)DT__MIXTURE_PARTS * DT__GRID);
    }
    if (c->hands != NULL) DT__FREE(t->env, c->hands, c->count);
}

static dt_status work(dt__trial *t, uint32_t wanted, dt_status (*task)(void *payload, size_t group, unsigned worker)) {
    crew c = {.trial = t};
    dt_status st = hire(&c, wanted);

    if (st == DT_OK) st = dt__parallel(t->env, t->groups, task, &c);
    dismiss(&c);
    return st;
}

/* ---- the mixture: what each negotiation says about its weights ---- */

static dt_status fit_group(void *payload, size_t group, unsigned worker) {
    crew *c = payload;
    dt__trial *t = c->trial;
    hand *mine = &c->hands[worker];
    dt__stakes stakes = dt__trial_stakes(t, group);

    for (size_t i = 0; i < stakes.issues; i++) {
        size_t sorted = t->from[group] + i;
        if (!dt__trial_has_outcome(t, sorted)) continue;
        mine->predictions[0].status = DT__PREDICTION_DONE;
        if (!dt__mixture_parts(mine->predictor, &stakes, i, &t->predict, mine->cumulated, &mine->predictions[0]))
            continue;
        dt__mixture_fit_add(&t->fits[group], mine->cumulated, dt__trial_percent(t, sorted, t->outcome[sorted]));
    }
    return dt__poll(t->env);
}

static void add_fit(dt__mixture_fit *sum, const dt__mixture_fit *one) {
    sum->issues += one->issues;
    for (size_t r = 0; r < DT__MIXTURE_PARTS; r++) {
        sum->b[r] += one->b[r];
        for (size_t s = 0; s < DT__MIXTURE_PARTS; s++) sum->q[r][s] += one->q[r][s];
    }
}

static bool can_learn(const dt__trial *t) {
    const size_t least_outcomes = 30, least_groups = 10;
    size_t outcomes = 0, groups = 0;

    if ((t->wanted & DT__PREDICT_MASK(DT__PREDICT_MIXTURE)) == 0) return false;
    for (size_t g = 0; g < t->groups; g++) {
        size_t here = 0;
        for (size_t i = t->from[g]; i < t->from[g + 1]; i++) here += dt__trial_has_outcome(t, i);
        outcomes += here;
        groups += here > 0;
    }
    return outcomes >= least_outcomes && groups >= least_groups;
}

dt_status dt__trial_fit(dt__trial *t) {
    const size_t folds = 10;
    dt_status st;

    if (!can_learn(t)) return DT_OK;
    t->fits = DT__ARENA_ARRAY(&t->work, dt__mixture_fit, t->groups);
    t->weights = dt__arena_alloc(&t->work, folds, sizeof *t->weights);
    if (t->fits == NULL || t->weights == NULL) return DT_ERR_MEMORY;
    if ((st = work(t, DT__PREDICT_MASK(DT__PREDICT_MIXTURE), fit_group)) != DT_OK) return st;
    for (size_t fold = 0; fold < folds; fold++) {
        dt__mixture_fit sum = {0};
        for (size_t g = 0; g < t->groups; g++) {
            if (g % folds != fold) add_fit(&sum, &t->fits[g]);
        }
        dt__mixture_fit_solve(&sum, t->weights[fold]);
    }
    t->folds = folds;
    return DT_OK;
}

/* ---- predictions and their scores ---- */

static double share_below(const dt__trial *t, size_t sorted, const dt__prediction *p) {
    double below = 0, at = 0, outcome = t->outcome[sorted];

    for (size_t i = 0; i < p->count; i++) {
        if (p->at[i] < outcome) below += p->mass[i];
        else if (!(p->at[i] > outcome)) at += p->mass[i];
    }
    return below + at / 2;
}

static double crps(const dt__trial *t, size_t sorted, const dt__prediction *p) {
    double outcome = dt__trial_percent(t, sorted, t->outcome[sorted]), range = t->high[sorted] - t->low[sorted];

    if (p->form == DT__PREDICTION_GRID) return dt__score_crps_grid(p->mass, p->count, 0, 1, outcome);
    if (!(range > 0)) return 0;
    return dt__score_crps_atoms(p->at, p->mass, p->count, t->outcome[sorted]) * 100 / range;
}

static void judge(const dt__trial *t, size_t sorted, const dt__prediction *p, dt__verdict_of_model *v) {
    const double tail = 0.1;

    *v = (dt__verdict_of_model){.error = NAN, .rank = NAN, .notes = p->notes};
    v->prediction = (dt_backtest_prediction){.point = p->point, .low = NAN, .high = NAN, .crps = NAN};
    v->prediction.state = (dt_prediction_state)p->status;
    if (p->status == DT__PREDICTION_INAPPLICABLE || isnan(p->point)) {
        v->prediction.state = DT_PREDICTION_INAPPLICABLE;
        return;
    }
    v->prediction.low = dt__prediction_quantile(p, tail);
    v->prediction.high = dt__prediction_quantile(p, 1 - tail);
    if (!dt__trial_has_outcome(t, sorted)) return;
    v->prediction.crps = crps(t, sorted, p);
    v->error = fabs(dt__trial_percent(t, sorted, p->point) - dt__trial_percent(t, sorted, t->outcome[sorted]));
    v->rank = share_below(t, sorted, p);
}

static bool is_left_out(const dt__trial *t, dt__predict_model model) {
    if (model == DT__PREDICT_EXCHANGE) return t->no_exchange;
    return t->no_spatial && (model == DT__PREDICT_SMP || model == DT__PREDICT_SMP_START);
}

static void leave_out(dt__prediction *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        out[i].status = DT__PREDICTION_INAPPLICABLE;
        out[i].count = 0;
        out[i].point = NAN;
        out[i].notes = (dt__prediction_notes){0};
    }
}

static dt_status predict_group(void *payload, size_t group, unsigned worker) {
    crew *c = payload;
    dt__trial *t = c->trial;
    hand *mine = &c->hands[worker];
    dt__stakes stakes = dt__trial_stakes(t, group);
    dt__predict_opts opts = t->predict;
    dt_status st = DT_OK;

    if (t->folds > 0) memcpy(opts.mixture, t->weights[group % t->folds], sizeof opts.mixture);
    for (size_t m = 0; m < t->model_count && st == DT_OK; m++) {
        if (is_left_out(t, t->models[m])) leave_out(mine->predictions, stakes.issues);
        else dt__predict(mine->predictor, t->models[m], &stakes, &opts, mine->predictions);
        for (size_t i = 0; i < stakes.issues; i++) {
            size_t sorted = t->from[group] + i;
            judge(t, sorted, &mine->predictions[i], &t->verdicts[t->order[sorted] * t->model_count + m]);
        }
        st = dt__poll(t->env);
    }
    return st;
}

/* What would need more memory, or time without end, is not run, and that is said. */
static uint32_t within_reach(dt__trial *t) {
    const double n = (double)t->table->actor_count, m = (double)t->largest_group;
    const uint32_t exchange = DT__PREDICT_MASK(DT__PREDICT_EXCHANGE),
                   spatial = DT__PREDICT_MASK(DT__PREDICT_SMP) | DT__PREDICT_MASK(DT__PREDICT_SMP_START);
    uint32_t wanted = t->wanted;

    t->no_exchange = (wanted & exchange) != 0 && n * (n - 1) / 2 * (m * (m - 1) / 2) > MOST_SWAPS;
    t->no_spatial = (wanted & spatial) != 0 && n > MOST_SPATIAL;
    if (t->no_exchange)
        dt__diagnose(t->env, DT_WARNING, (dt__place){.file = t->table->file}, "too-large",
                     "the exchange model is left out: too many pairs of parties and issues", NULL);
    if (t->no_spatial)
        dt__diagnose(t->env, DT_WARNING, (dt__place){.file = t->table->file}, "too-large",
                     "the spatial model is left out: it takes at most 250 parties", NULL);
    if (t->no_exchange) wanted &= ~exchange;
    if (t->no_spatial) wanted &= ~spatial;
    return wanted;
}

dt_status dt__trial_predict(dt__trial *t) {
    return work(t, within_reach(t), predict_group);
}
