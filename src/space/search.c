/* The best outcome that keeps what is hard: depth first, most promising option first. */
#include "space/search.h"

#include <stdlib.h>
#include <string.h>

typedef struct child {
    dt__int128 objective; /* most that it can still reach */
    double promise;       /* least slack of the thresholds, as a share of their range */
    dt__option option;
} child;

typedef struct search {
    const dt__guide *guide;
    const dt__problem *problem;
    const dt__limits *limits;
    const dt__option *except; /* NULL: none */
    dt_env *env;
    dt__best *best;
    dt__option *assignment; /* by variable */
    dt__int128 *sums;       /* per depth, per bound */
    child **children;       /* per depth: room for all options of its variable */
    double *ranges;         /* per bound */
    bool stopped;
} search;

static dt__int128 *sums_at(const search *s, uint32_t depth) {
    return s->sums + depth * s->guide->bound_count;
}

static bool has_objective(const search *s) {
    return s->guide->objective != DT__NO_INDEX;
}

static void keep_outcome(search *s, dt__int128 objective) {
    const dt__problem *p = s->problem;

    s->best->found = true;
    s->best->objective = objective;
    memcpy(s->best->outcome, p->fixed, p->model->issue_count * sizeof *p->fixed);
    for (uint32_t v = 0; v < p->var_count; v++) s->best->outcome[p->issues[v]] = s->assignment[v];
}

/* Is this the outcome that does not count? */
static bool passed_over(const search *s) {
    const dt__problem *p = s->problem;

    if (s->except == NULL) return false;
    for (uint32_t i = 0; i < p->model->issue_count; i++) {
        dt__option option = p->var_of[i] == DT__NO_INDEX ? p->fixed[i] : s->assignment[p->var_of[i]];
        if (option != s->except[i]) return false;
    }
    return true;
}

/* Can the assignment so far still reach every threshold, and something better than the best known? */
static bool promising(const search *s, uint32_t depth, child *c) {
    const dt__guide *g = s->guide;

    c->promise = 1;
    for (size_t b = 0; b < g->bound_count; b++) {
        dt__int128 reach = sums_at(s, depth)[b] + dt__guide_high(g, b, depth, s->assignment);
        double slack;
        if (b == g->objective) c->objective = reach;
        if (g->bounds[b].threshold == DT__NEVER_REACHED) continue;
        if (reach < g->bounds[b].threshold) return false;
        slack = (double)(reach - g->bounds[b].threshold) / s->ranges[b];
        if (slack < c->promise) c->promise = slack;
    }
    return !(s->best->found && has_objective(s) && c->objective <= s->best->objective);
}

static int by_promise(const void *a, const void *b) {
    const child *x = a, *y = b;
    if (x->objective != y->objective) return x->objective > y->objective ? -1 : 1;
    if (x->promise > y->promise) return -1;
    if (x->promise < y->promise) return 1;
    return (x->option > y->option) - (x->option < y->option);
}

static void enter(search *s, uint32_t depth, dt__option option) {
    const dt__guide *g = s->guide;

    s->assignment[g->order[depth]] = option;
    memcpy(sums_at(s, depth + 1), sums_at(s, depth), g->bound_count * sizeof *s->sums);
    dt__guide_add_sums(g, depth + 1, s->assignment, sums_at(s, depth + 1));
}

static size_t list_children(search *s, uint32_t depth) {
    uint32_t options = s->problem->sizes[s->guide->order[depth]];
    size_t count = 0;

    for (uint32_t o = 0; o < options; o++) {
        child *c = &s->children[depth][count];
        *c = (child){.option = (dt__option)o};
        s->assignment[s->guide->order[depth]] = c->option;
        if (dt__guide_dead(s->guide, depth + 1, s->assignment)) continue;
        enter(s, depth, c->option);
        if (promising(s, depth + 1, c)) count++;
    }
    qsort(s->children[depth], count, sizeof(child), by_promise);
    return count;
}

static bool spent(search *s) {
    if (++s->best->nodes > s->limits->nodes || (s->best->nodes % 1024 == 0 && dt__overdue(s->env))) s->stopped = true;
    return s->stopped;
}

static dt_status descend(search *s, uint32_t depth) {
    dt_status st = DT_OK;
    size_t count;

    if (depth == s->guide->var_count) {
        if (!passed_over(s)) keep_outcome(s, has_objective(s) ? sums_at(s, depth)[s->guide->objective] : 0);
        return DT_OK;
    }
    if (spent(s)) return DT_OK;
    if (s->best->nodes % 1024 == 0 && (st = dt__poll(s->env)) != DT_OK) return st;
    count = list_children(s, depth);
    for (size_t i = 0; i < count && st == DT_OK && !s->stopped; i++) {
        const child *c = &s->children[depth][i];
        if (s->best->found && (!has_objective(s) || c->objective <= s->best->objective)) break;
        enter(s, depth, c->option);
        st = descend(s, depth + 1);
    }
    return st;
}

static void measure_ranges(search *s) {
    const dt__guide *g = s->guide;
    for (size_t b = 0; b < g->bound_count; b++) {
        dt__int128 high = dt__guide_high(g, b, 0, s->assignment), low = dt__guide_low(g, b, 0, s->assignment);
        s->ranges[b] = high > low ? (double)(high - low) : 1;
    }
}

static dt_status search_init(search *s, dt__arena *arena) {
    uint32_t depths = s->guide->var_count + 1;

    s->assignment = DT__ARENA_ARRAY(arena, dt__option, depths);
    s->sums = DT__ARENA_ARRAY(arena, dt__int128, depths * (s->guide->bound_count + 1));
    s->children = DT__ARENA_ARRAY(arena, child *, depths);
    s->ranges = DT__ARENA_ARRAY(arena, double, s->guide->bound_count);
    if (!s->assignment || !s->sums || !s->children || !s->ranges) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth + 1 < depths; depth++) {
        s->children[depth] = DT__ARENA_ARRAY(arena, child, s->problem->sizes[s->guide->order[depth]]);
        if (s->children[depth] == NULL) return DT_ERR_MEMORY;
    }
    measure_ranges(s);
    return DT_OK;
}

dt_status dt__search_best(dt__best *best, const dt__query *query, const dt__limits *limits, dt_env *env) {
    dt__guide guide;
    search s = {.guide = &guide,
                .problem = query->problem,
                .limits = limits,
                .except = query->except,
                .env = env,
                .best = best};
    child root = {0};
    dt_status st;

    best->found = false;
    best->proven = true;
    best->nodes = 0;
    DT__TRY(dt__guide_init(&guide, query, DT__ORDER_TABLES, env));
    DT__TRY(search_init(&s, &guide.arena));
    if (!guide.possible || dt__guide_dead(&guide, 0, s.assignment)) goto done;
    dt__guide_add_sums(&guide, 0, s.assignment, s.sums);
    if (promising(&s, 0, &root)) st = descend(&s, 0);
    best->proven = !s.stopped || (best->found && !has_objective(&s));
done:
    dt__guide_clear(&guide, env);
    return st;
}
