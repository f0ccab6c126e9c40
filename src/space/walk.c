#include "space/walk.h"

#include <stdlib.h>
#include <string.h>

#include "space/dense.h"
#include "space/layer.h"

typedef struct walk {
    dt__steps steps;
    const dt__query *query;
    const dt__winning *winning;
    const dt__limits *limits;
    dt_env *env;
    dt__tally *tally;
    dt__layer now, next;
    dt__int128 *sums;     /* of the state being made */
    dt__party_set *owner; /* per bound: its party */
    bool *hard;           /* per bound */
    struct visit *visits; /* states of a layer by separator */
    size_t visit_room;
    struct descent *descents; /* per depth, once layers are given up; NULL: before */
    bool late;                /* the time ran out on the way down */
} walk;

/* Going on depth first: room for the steps of one separator and for the sums of one state. */
typedef struct descent {
    dt__step *steps;
    uint64_t separator;
    bool filled;
    dt__int128 *sums;
} descent;

typedef struct visit {
    uint64_t separator;
    size_t state;
} visit;

/* ---- acceptance ---- */

static bool wins(const walk *w, dt__party_set accepting) {
    return w->winning == NULL || w->winning->wins(w->winning->payload, accepting);
}

/* What is known of acceptance in a state: who may still accept, who will whatever follows, whether a hard party is out.
 */
typedef struct acceptance {
    dt__party_set possible, sure;
    bool dead, all_sure;
} acceptance;

/* Brings a sum to what still matters of it. */
static dt__int128 settle(const dt__bound *bound, const dt__step *step, size_t b, dt__int128 sum) {
    if (sum + step->high[b] < bound->threshold) return DT__SUM_LOST;
    return sum + step->low[b] >= bound->threshold ? DT__SUM_SURE : sum;
}

static acceptance settle_sums(const walk *w, dt__int128 *sums, const dt__step *step, uint32_t depth,
                              const dt__int128 *before) {
    const dt__guide *g = &w->steps.guide;
    acceptance a = {.all_sure = true};

    for (size_t b = 0; b < g->bound_count; b++) {
        dt__int128 sum = before[b];
        if (sum != DT__SUM_SURE && sum != DT__SUM_LOST) sum = settle(&g->bounds[b], step, b, sum + step->added[b]);
        if ((step->crossing & w->owner[b]) != 0) sum = DT__SUM_LOST;
        if (sum == DT__SUM_LOST) a.dead |= w->hard[b];
        else a.possible |= w->owner[b];
        if (sum == DT__SUM_SURE && depth >= w->steps.last_soft_depth[b]) a.sure |= w->owner[b];
        else if (w->hard[b]) a.all_sure = false;
        sums[b] = sum;
    }
    return a;
}

/* total += count x ways to go on. */
static void add_completions(const walk *w, const dt__limb *ways, const dt__limb *count, dt__limb *total) {
    dt__limb product[DT__COUNT_MAX_LIMBS];

    dt__count_mul(product, count, ways, w->steps.limbs);
    dt__count_add(total, product, w->steps.limbs);
}

static dt_status descend(walk *w, uint32_t depth, uint64_t separator, const dt__int128 *sums, const dt__limb *count);

/* Takes a state one step on: drop it, close it, or carry it to the next layer (or, after the layers, go on with it). */
static dt_status take_step(walk *w, const dt__step *step, uint32_t depth, const dt__int128 *before,
                           const dt__limb *count) {
    dt__int128 *sums = w->descents != NULL ? w->descents[depth].sums : w->sums;
    acceptance a = settle_sums(w, sums, step, depth, before);

    if (a.dead || !wins(w, a.possible)) return DT_OK;
    if (a.all_sure && wins(w, a.sure) && dt__steps_can_close(&w->steps, depth)) {
        add_completions(w, step->ways, count, w->tally->count);
        return DT_OK;
    }
    if (w->descents != NULL) return descend(w, depth, step->next, sums, count);
    return dt__layer_add(&w->next, step->next, sums, count, w->env);
}

/* ---- layers ---- */

static int by_separator(const void *a, const void *b) {
    const visit *x = a, *y = b;
    if (x->separator != y->separator) return x->separator < y->separator ? -1 : 1;
    return (x->state > y->state) - (x->state < y->state);
}

/* Few separators: the states of each are counted, then placed. */
static dt_status place_visits(walk *w, size_t separators) {
    size_t count = dt__layer_size(&w->now);
    size_t *next = DT__ARRAY(w->env, size_t, separators + 1);

    if (next == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) next[dt__layer_separator(&w->now, i) + 1]++;
    for (size_t s = 0; s < separators; s++) next[s + 1] += next[s];
    for (size_t i = 0; i < count; i++) {
        uint64_t separator = dt__layer_separator(&w->now, i);
        w->visits[next[separator]++] = (visit){.separator = separator, .state = i};
    }
    DT__FREE(w->env, next, separators + 1);
    return DT_OK;
}

/* States in the order of their separators, so that each separator's steps are worked out once. */
static dt_status sort_visits(walk *w, uint32_t depth) {
    size_t count = dt__layer_size(&w->now);
    uint64_t separators = w->steps.separators[depth].size;

    if (count > w->visit_room) {
        visit *grown = dt__resize(w->env, w->visits, w->visit_room, 2 * count, sizeof *grown);
        if (grown == NULL) return DT_ERR_MEMORY;
        w->visits = grown;
        w->visit_room = 2 * count;
    }
    if (separators <= 2 * (uint64_t)count + 64) return place_visits(w, (size_t)separators);
    for (size_t i = 0; i < count; i++) w->visits[i] = (visit){.separator = dt__layer_separator(&w->now, i), .state = i};
    qsort(w->visits, count, sizeof *w->visits, by_separator);
    return DT_OK;
}

static dt_status extend(walk *w, uint32_t depth, size_t state) {
    uint32_t options = w->query->problem->sizes[w->steps.guide.order[depth]];
    dt_status st = DT_OK;

    for (uint32_t o = 0; o < options && st == DT_OK; o++) {
        const dt__step *step = &w->steps.steps[o];
        if (!step->dead)
            st = take_step(w, step, depth + 1, dt__layer_sums(&w->now, state), dt__layer_count(&w->now, state));
    }
    return st;
}

/* Work past the limits: states met so far, those of the layer being made, its bytes, or the time. */
static bool too_much(const walk *w) {
    size_t states = dt__layer_size(&w->now) + dt__layer_size(&w->next), bytes = states * w->now.entry_size;
    return w->tally->states + states > w->limits->states || bytes > w->env->opts.memory_limit / 4 ||
           dt__overdue(w->env);
}

static dt_status extend_layer(walk *w, uint32_t depth) {
    size_t count = dt__layer_size(&w->now);
    dt_status st = sort_visits(w, depth);

    for (size_t i = 0; i < count && st == DT_OK; i++) {
        bool fresh = i == 0 || w->visits[i].separator != w->visits[i - 1].separator;
        if (fresh) st = dt__steps_from(&w->steps, depth, w->visits[i].separator);
        if (st == DT_OK) st = extend(w, depth, w->visits[i].state);
        if (st == DT_OK && i % 1024 == 1023) st = dt__poll(w->env);
        if (i % 1024 == 1023 && too_much(w)) return st; /* the caller sees it too */
    }
    return st;
}

static void swap_layers(walk *w) {
    dt__layer done = w->now;
    w->now = w->next;
    w->next = done;
    dt__layer_reset(&w->next);
}

/* What is left open when a walk stops early counts towards the upper bound only: all ways to go on of every step. */
static dt_status bound_the_rest(walk *w, uint32_t depth) {
    uint32_t options = w->query->problem->sizes[w->steps.guide.order[depth]];
    size_t count = dt__layer_size(&w->now);
    dt_status st = sort_visits(w, depth);

    w->tally->exact = false;
    for (size_t i = 0; i < count && st == DT_OK; i++) {
        bool fresh = i == 0 || w->visits[i].separator != w->visits[i - 1].separator;
        if (fresh) st = dt__steps_from(&w->steps, depth, w->visits[i].separator);
        for (uint32_t o = 0; o < options && st == DT_OK; o++) {
            const dt__step *step = &w->steps.steps[o];
            if (!step->dead)
                add_completions(w, step->ways, dt__layer_count(&w->now, w->visits[i].state), w->tally->high);
        }
    }
    return st;
}

/* ---- depth first: when states hardly ever meet again, remembering them is not worth it ---- */

static dt_status descents_init(walk *w) {
    dt__guide *g = &w->steps.guide;

    w->descents = DT__ARENA_ARRAY(&g->arena, descent, (size_t)g->var_count + 1);
    if (w->descents == NULL) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth <= g->var_count; depth++) {
        uint32_t options = depth < g->var_count ? w->query->problem->sizes[g->order[depth]] : 1;
        w->descents[depth].sums = DT__ARENA_ARRAY(&g->arena, dt__int128, g->bound_count);
        w->descents[depth].steps = dt__steps_room(&w->steps, options);
        if (!w->descents[depth].sums || !w->descents[depth].steps) return DT_ERR_MEMORY;
    }
    return DT_OK;
}

/* Steps of the separator, kept while the same one comes again. */
static dt_status steps_at(walk *w, uint32_t depth, uint64_t separator) {
    descent *d = &w->descents[depth];

    w->steps.steps = d->steps;
    if (d->filled && d->separator == separator) return DT_OK;
    d->filled = true;
    d->separator = separator;
    return dt__steps_from(&w->steps, depth, separator);
}

static dt_status descend(walk *w, uint32_t depth, uint64_t separator, const dt__int128 *sums, const dt__limb *count) {
    uint32_t options = w->query->problem->sizes[w->steps.guide.order[depth]];
    dt_status st = steps_at(w, depth, separator);

    for (uint32_t o = 0; o < options && st == DT_OK && !w->late; o++) {
        const dt__step *step = &w->descents[depth].steps[o];
        if (!step->dead) st = take_step(w, step, depth + 1, sums, count);
    }
    if (st == DT_OK && ++w->tally->states % 65536 == 0) {
        w->late = dt__overdue(w->env);
        st = dt__poll(w->env);
    }
    return st;
}

/* Finishes what the layers left open. */
static dt_status descend_from_layer(walk *w, uint32_t depth) {
    dt_status st = descents_init(w);

    for (size_t i = 0; i < dt__layer_size(&w->now) && st == DT_OK && !w->late; i++) {
        st =
            descend(w, depth, dt__layer_separator(&w->now, i), dt__layer_sums(&w->now, i), dt__layer_count(&w->now, i));
    }
    return st;
}

/* A layer grew past the limits: bounds, and if what is open is not too much the exact count, one by one. */
static dt_status give_up_layers(walk *w, uint32_t depth, const dt__limb *before) {
    dt__limb open[DT__COUNT_MAX_LIMBS];
    size_t bytes = sizeof open;
    dt_status st;

    memcpy(w->tally->count, before, bytes);
    if ((st = bound_the_rest(w, depth)) != DT_OK) return st;
    if (dt__overdue(w->env) || dt__count_double(w->tally->high, w->steps.limbs) > (double)w->limits->descent)
        return DT_OK;
    memcpy(open, w->tally->high, bytes);
    dt__count_set(w->tally->high, w->steps.limbs, 0);
    st = descend_from_layer(w, depth);
    w->tally->exact = !w->late;
    if (w->late) {
        memcpy(w->tally->count, before, bytes);
        memcpy(w->tally->high, open, bytes);
    }
    return st;
}

static dt_status walk_layer(walk *w, uint32_t depth, bool *stopped) {
    dt__limb before[DT__COUNT_MAX_LIMBS];
    dt_status st;

    memcpy(before, w->tally->count, sizeof before);
    if ((st = extend_layer(w, depth)) != DT_OK) return st;
    *stopped = too_much(w);
    if (*stopped) return give_up_layers(w, depth, before);
    w->tally->states += dt__layer_size(&w->now);
    swap_layers(w);
    return DT_OK;
}

static dt_status walk_layers(walk *w) {
    bool stopped = false;
    dt_status st = DT_OK;

    for (uint32_t depth = 0; depth < w->steps.guide.var_count && dt__layer_size(&w->now) > 0 && !stopped && st == DT_OK;
         depth++) {
        st = walk_layer(w, depth, &stopped);
    }
    return st;
}

/* ---- the whole ---- */

static dt_status walk_init(walk *w) {
    dt__guide *g = &w->steps.guide;

    w->sums = DT__ARENA_ARRAY(&g->arena, dt__int128, g->bound_count);
    w->owner = DT__ARENA_ARRAY(&g->arena, dt__party_set, g->bound_count);
    w->hard = DT__ARENA_ARRAY(&g->arena, bool, g->bound_count);
    if (!w->sums || !w->owner || !w->hard) return DT_ERR_MEMORY;
    for (size_t b = 0; b < g->bound_count; b++) {
        w->owner[b] = (dt__party_set)1 << DT__COORDINATE(w->query->problem, g->bounds[b].coordinate)->party;
        w->hard[b] = w->query->coordinate_roles[g->bounds[b].coordinate] == DT__HARD;
    }
    dt__layer_init(&w->now, g->bound_count, w->steps.limbs);
    dt__layer_init(&w->next, g->bound_count, w->steps.limbs);
    return DT_OK;
}

static dt_status walk_from_start(walk *w) {
    dt__int128 *nothing = DT__ARENA_ARRAY(&w->steps.guide.arena, dt__int128, w->steps.guide.bound_count);
    dt__limb one[DT__COUNT_MAX_LIMBS];
    dt_status st;

    if (nothing == NULL) return DT_ERR_MEMORY;
    dt__count_set(one, w->steps.limbs, 1);
    if ((st = take_step(w, &w->steps.start, 0, nothing, one)) != DT_OK) return st;
    swap_layers(w);
    return walk_layers(w);
}

/* high holds what was left open; it becomes the upper bound. */
static void finish(dt__tally *tally) {
    dt__count_add(tally->high, tally->count, tally->limbs);
}

dt_status dt__walk_count(dt__tally *tally, const dt__query *query, const dt__winning *winning, const dt__limits *limits,
                         dt_env *env) {
    walk w = {.query = query, .winning = winning, .limits = limits, .env = env, .tally = tally};
    bool counted = false;
    dt_status st;

    *tally = (dt__tally){.exact = true, .limbs = query->problem->limbs};
    st = dt__steps_init(&w.steps, query, env);
    if (st == DT_ERR_LIMIT) { /* too wide to walk: all that crosses no hard bit is the upper bound */
        tally->exact = false;
        st = dt__steps_bound(&w.steps, tally->high);
        goto done;
    }
    if (st != DT_OK || w.steps.start.dead) goto done;
    if (winning == NULL) DT__TRY(dt__dense_count(tally, &counted, &w.steps, env));
    if (counted) goto done;
    DT__TRY(walk_init(&w));
    DT__TRY(walk_from_start(&w));
    finish(tally);
done:
    dt__layer_clear(&w.now, env);
    dt__layer_clear(&w.next, env);
    if (w.visits != NULL) DT__FREE(env, w.visits, w.visit_room);
    dt__steps_clear(&w.steps, env);
    return st;
}
