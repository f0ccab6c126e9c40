/* Random conflicts, and what is true of them by looking at every pair of outcomes: moves, legal sequences, verdicts. */
#ifndef DT_TESTS_RANDOM_GRAPH_H
#define DT_TESTS_RANDOM_GRAPH_H

#include "chance.h"
#include "graph/certificate.h"
#include "graph/definition.h"
#include "graph/matrix.h"

enum { MOST_STATES = 96, MOST_PARTIES = 5, MOST_FREE = 7 };

typedef struct conflict {
    dt_env *env;
    dt__arena arena;
    dt_model model;
    dt__situation situation;
    dt__valuation valuation;
    dt__option no_deal[DT__MAX_ISSUES];
    dt__graph_scope scope;
    dt__graph graph;
    dt__rank *ranks[MOST_PARTIES];
    const dt__rank *rank_list[MOST_PARTIES];
    /* by looking */
    size_t count;
    dt__option outcomes[MOST_STATES][MOST_FREE];
    bool moves[MOST_PARTIES][MOST_STATES][MOST_STATES];
    bool reach[MOST_STATES][MOST_STATES];
} conflict;

typedef enum kind_of_conflict {
    PLAIN = 0, /* every issue is somebody's, all reversible */
    ONE_WAY,   /* some options are not left again */
    HINDERED,  /* barriers, and states not seen */
    LEAVING,   /* joint issues, which some can leave */
    WRITTEN,   /* a graph written out */
    KINDS
} kind_of_conflict;

static inline void *of_arena(conflict *w, size_t count, size_t item) {
    void *memory = dt__arena_alloc(&w->arena, count == 0 ? 1 : count, item);
    assert_non_null(memory);
    return memory;
}

/* A condition: one option of one issue, a few joined. */
static inline const dt__condition *some_condition(conflict *w, chance *c, int depth) {
    dt__condition *made = of_arena(w, 1, sizeof *made);
    dt__option *option = of_arena(w, 1, sizeof *option);

    if (depth > 0 && !chance_once_in(c, 3)) {
        static const dt__condition_kind kinds[] = {DT__CONDITION_NOT,     DT__CONDITION_AND, DT__CONDITION_OR,
                                                   DT__CONDITION_IMPLIES, DT__CONDITION_IF,  DT__CONDITION_IFF};
        made->kind = kinds[chance_below(c, 6)];
        made->left = some_condition(w, c, depth - 1);
        if (made->kind != DT__CONDITION_NOT) made->right = some_condition(w, c, depth - 1);
        return made;
    }
    made->kind = DT__CONDITION_TEST;
    made->issue = chance_below(c, (uint32_t)w->model.issue_count);
    *option = (dt__option)chance_below(c, w->model.issues[made->issue].option_count);
    made->test = chance_once_in(c, 2) ? DT__TEST_EQ : DT__TEST_NE;
    made->option_count = 1;
    made->options = option;
    return made;
}

static inline void some_issues(conflict *w, chance *c, kind_of_conflict kind) {
    size_t total = 1, wanted = kind == WRITTEN ? 1 : (size_t)chance_between(c, 1, MOST_FREE);

    w->model.issues = of_arena(w, MOST_FREE, sizeof *w->model.issues);
    while (w->model.issue_count < wanted) {
        dt__issue *issue = &w->model.issues[w->model.issue_count];
        uint32_t size = kind == WRITTEN ? (uint32_t)chance_between(c, 1, 12) : (uint32_t)chance_between(c, 2, 3);
        dt__option_info *options = of_arena(w, size, sizeof *options);
        if (total * size > MOST_STATES) break;
        total *= size;
        issue->option_count = size;
        issue->options = options;
        issue->no_deal = (dt__option)chance_below(c, size);
        issue->decided_by = kind == WRITTEN || (kind == LEAVING && chance_once_in(c, 2))
                                ? DT__NO_INDEX
                                : chance_below(c, (uint32_t)w->model.party_count);
        issue->reversible = !(kind == ONE_WAY && chance_once_in(c, 3));
        for (uint32_t o = 0; o < size; o++) {
            options[o].has_reversible = kind == ONE_WAY && chance_once_in(c, 3);
            options[o].reversible = options[o].has_reversible ? chance_once_in(c, 2) : issue->reversible;
        }
        w->no_deal[w->model.issue_count++] = issue->no_deal;
    }
}

static inline void some_rules(conflict *w, chance *c) {
    w->model.rules = of_arena(w, 4, sizeof *w->model.rules);
    w->model.rule_count = chance_below(c, 4);
    for (size_t r = 0; r < w->model.rule_count; r++) w->model.rules[r].require = some_condition(w, c, 2);
}

static inline void some_hindrances(conflict *w, chance *c) {
    w->model.barrier_count = (size_t)chance_between(c, 0, 2);
    w->model.barriers = of_arena(w, 3, sizeof *w->model.barriers);
    for (size_t b = 0; b < w->model.barrier_count; b++) {
        w->model.barriers[b].party =
            chance_once_in(c, 4) ? DT__NO_INDEX : chance_below(c, (uint32_t)w->model.party_count);
        w->model.barriers[b].from = some_condition(w, c, 1);
        w->model.barriers[b].to = some_condition(w, c, 1);
    }
    for (size_t p = 0; p < w->model.party_count; p++) {
        const dt__condition **unseen = of_arena(w, 1, sizeof *unseen);
        if (!chance_once_in(c, 3)) continue;
        unseen[0] = some_condition(w, c, 1);
        w->model.parties[p].unseen = unseen;
        w->model.parties[p].unseen_count = 1;
    }
}

static inline void some_arcs(conflict *w, chance *c) {
    uint32_t states = w->model.issues[0].option_count, once_in = (uint32_t)chance_between(c, 2, 8);
    dt__arcs *arcs = of_arena(w, w->model.party_count, sizeof *arcs);

    for (size_t p = 0; p < w->model.party_count; p++) {
        dt__arc *list = of_arena(w, (size_t)states * states, sizeof *list);
        for (uint32_t a = 0; a < states; a++) {
            for (uint32_t b = 0; b < states; b++) {
                if (a != b && chance_once_in(c, once_in))
                    list[arcs[p].count++] = (dt__arc){.from = (dt__option)a, .to = (dt__option)b};
            }
        }
        arcs[p].list = list;
    }
    w->model.arcs = arcs;
}

/* ---- by looking ---- */

static inline bool looks_forbidden(const conflict *w, size_t p, const dt__option *x, const dt__option *y) {
    const dt__party *party = &w->model.parties[p];
    for (size_t u = 0; u < party->unseen_count; u++) {
        if (dt__condition_holds(party->unseen[u], x) || dt__condition_holds(party->unseen[u], y)) return true;
    }
    for (size_t b = 0; b < w->model.barrier_count; b++) {
        const dt__barrier *barrier = &w->model.barriers[b];
        if ((barrier->party == p || barrier->party == DT__NO_INDEX) && dt__condition_holds(barrier->from, x) &&
            dt__condition_holds(barrier->to, y))
            return true;
    }
    return false;
}

static inline bool looks_possible(const conflict *w, size_t p, const dt__option *x, const dt__option *y) {
    bool joint = false, left = true;

    if (memcmp(x, y, w->model.issue_count * sizeof *x) == 0 || looks_forbidden(w, p, x, y)) return false;
    if (w->model.arcs != NULL) {
        for (size_t a = 0; a < w->model.arcs[p].count; a++) {
            if (w->model.arcs[p].list[a].from == x[0] && w->model.arcs[p].list[a].to == y[0]) return true;
        }
        return false;
    }
    for (size_t i = 0; i < w->model.issue_count; i++) {
        const dt__issue *issue = &w->model.issues[i];
        bool once = issue->options[x[i]].has_reversible ? !issue->options[x[i]].reversible
                                                        : !issue->reversible && x[i] != w->no_deal[i];
        if (issue->decided_by == DT__NO_INDEX) {
            joint = joint || x[i] != y[i];
            left = left && y[i] == w->no_deal[i];
        } else if (x[i] != y[i] && (issue->decided_by != p || once)) return false;
    }
    return !joint || (left && (w->scope.leaving >> p & 1));
}

static inline void look(conflict *w) {
    dt__option x[MOST_FREE] = {0};
    size_t total = 1;

    for (size_t i = 0; i < w->model.issue_count; i++) total *= w->model.issues[i].option_count;
    w->count = 0;
    for (size_t n = 0; n < total; n++) {
        size_t rest = n;
        bool coherent = true;
        for (size_t i = 0; i < w->model.issue_count; i++) {
            x[i] = (dt__option)(rest % w->model.issues[i].option_count);
            rest /= w->model.issues[i].option_count;
        }
        for (size_t r = 0; r < w->model.rule_count; r++)
            coherent = coherent && dt__condition_holds(w->model.rules[r].require, x);
        if (coherent) memcpy(w->outcomes[w->count++], x, sizeof x);
    }
    for (size_t p = 0; p < w->model.party_count; p++) {
        for (size_t s = 0; s < w->count; s++) {
            for (size_t t = 0; t < w->count; t++)
                w->moves[p][s][t] = looks_possible(w, p, w->outcomes[s], w->outcomes[t]);
        }
    }
}

/* What the others of i can reach from q by legal sequences, state and last mover one by one. */
static inline void look_from(conflict *w, size_t i, size_t q, bool improvements) {
    static bool met[MOST_STATES][MOST_PARTIES];
    static size_t queue[MOST_STATES * MOST_PARTIES][2];
    size_t head = 0, tail = 0, parties = w->model.party_count;

    memset(met, 0, sizeof met);
    memset(w->reach[q], 0, sizeof w->reach[q]);
    queue[tail][0] = q;
    queue[tail++][1] = i; /* nobody of the others */
    while (head < tail) {
        size_t s = queue[head][0], last = queue[head++][1];
        for (size_t k = 0; k < parties; k++) {
            for (size_t t = 0; k != i && k != last && t < w->count; t++) {
                if (!w->moves[k][s][t] || met[t][k] || (improvements && w->ranks[k][t] <= w->ranks[k][s])) continue;
                met[t][k] = true;
                w->reach[q][t] = true;
                queue[tail][0] = t;
                queue[tail++][1] = k;
            }
        }
    }
}

/* Section by section what the definition says; reach is that of the concept. */
static inline bool looks_stable(const conflict *w, size_t i, size_t s, dt__concept concept) {
    bool ways = concept == DT__SMR || concept == DT__SSEQ;

    for (size_t q = 0; q < w->count; q++) {
        bool answered = false;
        if (!w->moves[i][s][q] || w->ranks[i][q] <= w->ranks[i][s]) continue;
        for (size_t t = 0; concept != DT__NASH && t < w->count && !answered; t++) {
            answered = w->reach[q][t] && w->ranks[i][t] <= w->ranks[i][s];
            for (size_t u = 0; ways && answered && u < w->count; u++)
                answered = !(w->moves[i][t][u] && w->ranks[i][u] > w->ranks[i][s]);
        }
        if (!answered) return false;
    }
    return true;
}

/* ---- making one ---- */

/* False when nothing is coherent; then there is nothing to free but the arena. */
static inline bool conflict_new(conflict *w, chance *c, kind_of_conflict kind, dt_env *env) {
    uint32_t levels;
    dt__party *parties;
    dt_status st;

    memset(w, 0, sizeof *w);
    w->env = env;
    dt__arena_init(&w->arena, env);
    w->model.party_count = (size_t)chance_between(c, 2, MOST_PARTIES);
    w->model.parties = parties = of_arena(w, w->model.party_count, sizeof *parties);
    some_issues(w, c, kind);
    if (!chance_once_in(c, 3)) some_rules(w, c);
    if (kind == HINDERED || chance_once_in(c, 10)) some_hindrances(w, c);
    if (kind == WRITTEN) some_arcs(w, c);
    w->situation = (dt__situation){.model = &w->model, .valuation = &w->valuation, .no_deal = w->no_deal};
    w->scope = (dt__graph_scope){.anchor_count = 1, .anchors = w->no_deal};
    for (uint32_t i = 0; i < w->model.issue_count; i++) dt__issue_set_add(&w->scope.free, i);
    if (kind == LEAVING) w->scope.leaving = chance_word(c);
    look(w);
    st = dt__graph_init(&w->graph, &w->situation, &w->scope, NULL, env);
    assert_int_equal(st, w->count == 0 ? DT_ERR_MODEL : DT_OK);
    levels = (uint32_t)chance_between(c, 1, chance_once_in(c, 2) ? 4 : 2 * MOST_STATES);
    for (size_t p = 0; p < w->model.party_count; p++) {
        w->ranks[p] = of_arena(w, w->count, sizeof **w->ranks);
        w->rank_list[p] = w->ranks[p];
        for (size_t s = 0; s < w->count; s++) w->ranks[p][s] = chance_below(c, levels);
    }
    return w->count > 0;
}

/* The same conflict with its parties in the opposite order; its memory is that of the first. */
static inline void conflict_turn(conflict *turned, const conflict *w) {
    size_t n = w->model.party_count;
    dt__issue *issues;
    dt__barrier *barriers;
    dt__party *parties;
    dt__arcs *arcs;

    memcpy(turned, w, sizeof *turned);
    dt__arena_init(&turned->arena, w->env);
    turned->model.issues = issues = of_arena(turned, w->model.issue_count, sizeof *issues);
    turned->model.barriers = barriers = of_arena(turned, w->model.barrier_count, sizeof *barriers);
    turned->model.parties = parties = of_arena(turned, n, sizeof *parties);
    arcs = of_arena(turned, n, sizeof *arcs);
    turned->situation.model = &turned->model;
    turned->scope.leaving = 0;
    for (size_t i = 0; i < w->model.issue_count; i++) {
        issues[i] = w->model.issues[i];
        if (issues[i].decided_by != DT__NO_INDEX) issues[i].decided_by = (uint32_t)n - 1 - issues[i].decided_by;
    }
    for (size_t b = 0; b < w->model.barrier_count; b++) {
        barriers[b] = w->model.barriers[b];
        if (barriers[b].party != DT__NO_INDEX) barriers[b].party = (uint32_t)n - 1 - barriers[b].party;
    }
    for (size_t p = 0; p < n; p++) {
        parties[p] = w->model.parties[n - 1 - p];
        if (w->model.arcs != NULL) arcs[p] = w->model.arcs[n - 1 - p];
        if (w->scope.leaving >> (n - 1 - p) & 1) turned->scope.leaving |= (dt__party_set)1 << p;
        turned->rank_list[p] = w->rank_list[n - 1 - p];
    }
    if (w->model.arcs != NULL) turned->model.arcs = arcs;
    assert_int_equal(dt__graph_init(&turned->graph, &turned->situation, &turned->scope, NULL, w->env), DT_OK);
}

static inline void conflict_free(conflict *w) {
    dt__graph_clear(&w->graph);
    dt__arena_clear(&w->arena);
    dt_env_diagnostics_clear(w->env);
}

#endif
