#include "space/order.h"

#include <math.h>
#include <string.h>

typedef dt__issue_set var_set; /* a set of variables has the shape of a set of issues */

typedef struct graph {
    const dt__problem *problem;
    double logs[DT__MAX_ISSUES]; /* logarithm of the options of each variable */
    var_set *neighbours;         /* per variable, without itself */
} graph;

enum { WORDS = DT__MAX_ISSUES / 64 };

static var_set unite(var_set a, var_set b) {
    for (int w = 0; w < WORDS; w++) a.words[w] |= b.words[w];
    return a;
}

static void take_out(var_set *set, uint32_t var) {
    set->words[var / 64] &= ~(UINT64_C(1) << (var % 64));
}

/* Logarithm of the number of assignments of a set. */
static double weight(const graph *g, const var_set *set) {
    double sum = 0;
    for (uint32_t w = 0; w < WORDS; w++) {
        for (uint64_t left = set->words[w]; left != 0; left &= left - 1)
            sum += g->logs[64 * w + (uint32_t)__builtin_ctzll(left)];
    }
    return sum;
}

static void connect(graph *g, const dt__factor *f) {
    var_set scope = {{0}};

    for (uint32_t i = 0; i < f->var_count; i++) dt__issue_set_add(&scope, f->vars[i]);
    for (uint32_t i = 0; i < f->var_count; i++) {
        uint32_t v = f->vars[i];
        g->neighbours[v] = unite(g->neighbours[v], scope);
        take_out(&g->neighbours[v], v);
    }
}

static dt_status graph_init(graph *g, const dt__query *q, dt_env *env) {
    *g = (graph){.problem = q->problem};
    g->neighbours = DT__ARRAY(env, var_set, DT__MAX_ISSUES);
    if (g->neighbours == NULL) return DT_ERR_MEMORY;
    for (uint32_t v = 0; v < q->problem->var_count; v++) g->logs[v] = log((double)q->problem->sizes[v]);
    for (size_t i = 0; i < q->problem->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(q->problem, i);
        if (dt__query_uses(q, f)) connect(g, f);
    }
    return DT_OK;
}

/* Pairs of neighbours of v that are no neighbours of one another. */
static double fill_of(const graph *g, uint32_t v) {
    const var_set *around = &g->neighbours[v];
    double missing = 0;

    for (uint32_t u = 0; u < g->problem->var_count; u++) {
        if (!dt__issue_set_has(around, u)) continue;
        for (int w = 0; w < WORDS; w++) missing += __builtin_popcountll(around->words[w] & ~g->neighbours[u].words[w]);
        missing -= 1; /* itself */
    }
    return missing / 2;
}

static void eliminate_var(graph *g, uint32_t v) {
    for (uint32_t u = 0; u < g->problem->var_count; u++) {
        if (!dt__issue_set_has(&g->neighbours[v], u)) continue;
        g->neighbours[u] = unite(g->neighbours[u], g->neighbours[v]);
        take_out(&g->neighbours[u], u);
        take_out(&g->neighbours[u], v);
    }
}

typedef double (*score)(const graph *g, uint32_t v);

static double weight_of(const graph *g, uint32_t v) {
    return weight(g, &g->neighbours[v]);
}

/* Eliminates the variable of lowest score first (ties: lowest weight, then lowest index); order is filled from the end.
 * Returns the logarithm of the sum of the table sizes. */
static double greedy_elimination(uint32_t *order, graph *g, score first, score second) {
    uint32_t count = (uint32_t)g->problem->var_count;
    bool gone[DT__MAX_ISSUES] = {false};
    double total = 0;

    for (uint32_t place = count; place-- > 0;) {
        uint32_t best = DT__NO_INDEX;
        double best_first = 0, best_second = 0;
        for (uint32_t v = 0; v < count; v++) {
            double a, b;
            if (gone[v]) continue;
            a = first(g, v);
            if (best != DT__NO_INDEX && a > best_first) continue;
            b = second(g, v);
            if (best != DT__NO_INDEX && a >= best_first && b >= best_second) continue;
            best = v;
            best_first = a;
            best_second = b;
        }
        total += exp(weight_of(g, best)) * g->problem->sizes[best];
        order[place] = best;
        gone[best] = true;
        eliminate_var(g, best);
    }
    return log(total);
}

/* Assigned variables that still share a factor with one that is not. */
static var_set separator(const graph *g, const var_set *assigned) {
    var_set open = {{0}};
    for (uint32_t v = 0; v < g->problem->var_count; v++) {
        if (!dt__issue_set_has(assigned, v)) open = unite(open, g->neighbours[v]);
    }
    for (int w = 0; w < WORDS; w++) open.words[w] &= assigned->words[w];
    return open;
}

/* Always assigns next what leaves the smallest separator. */
static void greedy_separation(uint32_t *order, const graph *g) {
    uint32_t count = (uint32_t)g->problem->var_count;
    var_set assigned = {{0}};

    for (uint32_t place = 0; place < count; place++) {
        uint32_t best = DT__NO_INDEX;
        double least = 0;
        for (uint32_t v = 0; v < count; v++) {
            var_set tried = assigned, open;
            double w;
            if (dt__issue_set_has(&assigned, v)) continue;
            dt__issue_set_add(&tried, v);
            open = separator(g, &tried);
            w = weight(g, &open);
            if (best != DT__NO_INDEX && w >= least) continue;
            best = v;
            least = w;
        }
        order[place] = best;
        dt__issue_set_add(&assigned, best);
    }
}

static double separator_cost(const graph *g, const uint32_t *order) {
    var_set assigned = {{0}};
    double total = 0;

    for (uint32_t place = 0; place < g->problem->var_count; place++) {
        var_set open;
        dt__issue_set_add(&assigned, order[place]);
        open = separator(g, &assigned);
        total += exp(weight(g, &open));
    }
    return log(total + 1);
}

/* Cost of the tables when eliminating along an order that is already made. */
static double table_cost(graph *g, const uint32_t *order) {
    double total = 0;
    for (uint32_t place = (uint32_t)g->problem->var_count; place-- > 0;) {
        uint32_t v = order[place];
        total += exp(weight_of(g, v)) * g->problem->sizes[v];
        eliminate_var(g, v);
    }
    return log(total + 1);
}

enum { FILL = 0, WEIGHT, SEPARATION, WAYS };

static dt_status make_order(uint32_t *order, double *cost, int way, const dt__query *q, dt__order_aim aim,
                            dt_env *env) {
    graph g, fresh;
    dt_status st;

    if ((st = graph_init(&g, q, env)) != DT_OK) return st;
    if (way == FILL) greedy_elimination(order, &g, fill_of, weight_of);
    if (way == WEIGHT) greedy_elimination(order, &g, weight_of, fill_of);
    if (way == SEPARATION) greedy_separation(order, &g);
    if ((st = graph_init(&fresh, q, env)) == DT_OK) {
        double separators = separator_cost(&fresh, order), tables = table_cost(&fresh, order);
        *cost = aim == DT__ORDER_TABLES ? tables : separators;
    }
    DT__FREE(env, fresh.neighbours, DT__MAX_ISSUES);
    DT__FREE(env, g.neighbours, DT__MAX_ISSUES);
    return st;
}

dt_status dt__order_choose(uint32_t *order, const dt__query *query, dt__order_aim aim, dt_env *env) {
    uint32_t tried[DT__MAX_ISSUES] = {0};
    double least = INFINITY;

    for (int way = 0; way < WAYS; way++) {
        double cost = 0;
        dt_status st = make_order(tried, &cost, way, query, aim, env);
        if (st != DT_OK) return st;
        if (!(cost < least)) continue;
        least = cost;
        memcpy(order, tried, query->problem->var_count * sizeof *order);
    }
    return DT_OK;
}
