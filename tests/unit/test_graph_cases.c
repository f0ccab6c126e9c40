/* Conflicts from the literature, and what other tools got wrong about them. */
#include "graph/certificate.h"
#include "graph/definition.h"
#include "graph/matrix.h"
#include "language_text.h"

enum { MOST = 16 };

/* A conflict given as text, its whole scope, and rankings from best to worst by state, ended by -1; NULL: the model's.
 */
typedef struct conflict {
    dt_env *env;
    dt_model *model;
    dt__valuation valuation;
    dt__option no_deal[DT__MAX_ISSUES], anchor[DT__MAX_ISSUES];
    dt__situation situation;
    dt__graph_scope scope;
    dt__graph graph;
    dt__rank ranks[4][MOST];
    const dt__rank *list[4];
    dt__stability stability;
} conflict;

static void open_conflict(conflict *w, const char *text) {
    memset(w, 0, sizeof *w);
    w->env = new_env();
    w->model = model_of(text, w->env);
    assert_int_equal(dt__valuation_init(&w->valuation, w->model, w->env), DT_OK);
    assert_int_equal(dt__valuation_central(&w->valuation, w->model, w->env), DT_OK);
    dt__model_no_deal(w->model, w->no_deal);
    w->situation = (dt__situation){
        .model = w->model, .valuation = &w->valuation, .no_deal = w->no_deal, .months = DT__RATIONAL(0)};
    dt__graph_scope_whole(&w->scope, w->anchor, &w->situation);
    assert_int_equal(dt__graph_init(&w->graph, &w->situation, &w->scope, NULL, w->env), DT_OK);
}

static void judge_conflict(conflict *w, const int *const *rankings) {
    for (size_t p = 0; rankings != NULL && p < w->graph.party_count; p++) {
        for (size_t i = 0; rankings[p][i] >= 0; i++) w->ranks[p][rankings[p][i]] = (dt__rank)(MOST - i);
        w->list[p] = w->ranks[p];
    }
    assert_int_equal(dt__stability_compute(&w->stability, &w->graph, rankings == NULL ? NULL : w->list, w->env), DT_OK);
}

static void close_conflict(conflict *w) {
    dt__stability_clear(&w->stability, w->env);
    dt__graph_clear(&w->graph);
    dt__valuation_clear(&w->valuation, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

/* Equilibria as a set of bits. */
static void expect_equilibria(const conflict *w, const uint64_t expected[DT__CONCEPT_COUNT]) {
    for (int c = 0; c < DT__CONCEPT_COUNT; c++)
        assert_int_equal(dt__equilibrium_set(&w->stability, (dt__concept)c)[0], expected[c]);
}

#define TWO(issue_a, issue_b)                                         \
    "detente: 1\nparties: {row: , col: }\nissues:\n"                  \
    "  " issue_a ": {options: [n, y], decided_by: row, no_deal: n}\n" \
    "  " issue_b ": {options: [n, y], decided_by: col, no_deal: n}\npreferences:\n"

/* States: bit = defect.  Prisoner's dilemma, chicken, stag hunt. */
static void games_of_two(void **state) {
    static const int pd_row[] = {1, 0, 3, 2, -1}, pd_col[] = {2, 0, 3, 1, -1}, chicken_row[] = {1, 0, 2, 3, -1},
                     chicken_col[] = {2, 0, 1, 3, -1}, stag_row[] = {0, 1, 3, 2, -1}, stag_col[] = {0, 2, 3, 1, -1};
    static const struct {
        const int *rankings[2];
        uint64_t equilibria[DT__CONCEPT_COUNT];
    } games[] = {
        {{pd_row, pd_col}, {8, 9, 9, 9, 9}},
        {{chicken_row, chicken_col}, {6, 7, 7, 6, 6}},
        {{stag_row, stag_col}, {9, 9, 9, 9, 9}},
    };

    (void)state;
    for (size_t g = 0; g < sizeof games / sizeof *games; g++) {
        static conflict w;
        open_conflict(&w, TWO("a", "b") "  row: {priorities: [\"a == y\"]}\n  col: {priorities: [\"b == y\"]}\n");
        judge_conflict(&w, games[g].rankings);
        expect_equilibria(&w, games[g].equilibria);
        close_conflict(&w);
    }
}

/* The Cuban missile crisis with an air strike that can be taken back (Fraser and Hipel 1984). */
static void cuban_crisis(void **state) {
    static const int us[] = {4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8, -1},
                     ussr[] = {0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8, -1};
    static const int *const rankings[] = {us, ussr};
    static const uint64_t expected[] = {0, 0xf7, 0xf7, 0x50, 0x50};
    static conflict w;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {us: , ussr: }\nissues:\n"
                      "  strike: {options: [n, y], decided_by: us, no_deal: n}\n"
                      "  blockade: {options: [n, y], decided_by: us, no_deal: n}\n"
                      "  withdraw: {options: [n, y], decided_by: ussr, no_deal: n}\n"
                      "  escalate: {options: [n, y], decided_by: ussr, no_deal: n}\n"
                      "rules:\n  - {id: one, require: \"not (withdraw == y and escalate == y)\"}\n");
    assert_int_equal(w.graph.state_count, 12);
    judge_conflict(&w, rankings);
    expect_equilibria(&w, expected);
    close_conflict(&w);
}

/* ---- Elmira, written out ---- */

static const dt__arc moe[] = {{0, 1, {0}}, {2, 3, {0}}, {4, 5, {0}}, {6, 7, {0}}},
                     uniroyal[] = {{0, 2, {0}}, {0, 8, {0}}, {1, 3, {0}}, {1, 8, {0}}, {2, 8, {0}}, {3, 8, {0}},
                                   {4, 6, {0}}, {4, 8, {0}}, {5, 7, {0}}, {5, 8, {0}}, {6, 8, {0}}, {7, 8, {0}}},
                     local[] = {{0, 4, {0}}, {1, 5, {0}}, {2, 6, {0}}, {3, 7, {0}},
                                {4, 0, {0}}, {5, 1, {0}}, {6, 2, {0}}, {7, 3, {0}}};

static uint64_t unstable_for(const conflict *w, dt__party_set coalition, dt__concept concept) {
    dt__rank_judge payload = {&w->graph, w->list};
    dt__judge judge = dt__judge_by_ranks(&payload);
    uint64_t set = 0;

    for (dt__state s = 0; s < w->graph.state_count; s++) {
        bool stable;
        assert_int_equal(dt__definition_stable(&stable, &w->graph, coalition, s, concept, &judge, w->env), DT_OK);
        if (!stable) set |= UINT64_C(1) << s;
    }
    return set;
}

/* Nine states, three parties (Kilgour, Hipel, Fang and Peng 2001); its coalitions. */
static void elmira(void **state) {
    static const int of_moe[] = {6, 2, 3, 7, 4, 0, 1, 5, 8, -1}, of_uniroyal[] = {0, 3, 7, 4, 8, 2, 6, 1, 5, -1},
                     of_local[] = {6, 2, 4, 0, 7, 5, 3, 1, 8, -1};
    static const int *const rankings[] = {of_moe, of_uniroyal, of_local};
    static const uint64_t expected[] = {0x190, 0x199, 0x199, 0x190, 0x190};
    static const dt__arcs arcs[] = {{4, moe}, {12, uniroyal}, {8, local}};
    static conflict w;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {moe: , uniroyal: , local: }\nissues:\n"
                      "  state: {options: [a, b, c, d, e, f, g, h, i], no_deal: a}\n");
    dt__graph_clear(&w.graph);
    w.model->arcs = arcs;
    assert_int_equal(dt__graph_init(&w.graph, &w.situation, &w.scope, NULL, w.env), DT_OK);
    judge_conflict(&w, rankings);
    expect_equilibria(&w, expected);
    for (dt__concept c = DT__NASH; c <= DT__SEQ; c++) {
        assert_int_equal(unstable_for(&w, 3, c), 0x32);
        assert_int_equal(unstable_for(&w, 5, c), c == DT__NASH ? 0x5 : c == DT__SEQ ? 0x1 : 0);
        assert_int_equal(unstable_for(&w, 6, c), 0x22);
        assert_int_equal(unstable_for(&w, 7, c), 0x22);
    }
    w.model->arcs = NULL;
    close_conflict(&w);
}

/* ---- defects of others ---- */

/* A sanction for which one opponent moves, then another, then the first again: letting each move once misses it.
 * From q only a can move (to 2), from there only b (to 3), from there only a (to 4), which is bad for i. */
static void an_opponent_moves_twice_with_another_between(void **state) {
    static const dt__arc of_i[] = {{0, 1, {0}}}, of_a[] = {{1, 2, {0}}, {3, 4, {0}}}, of_b[] = {{2, 3, {0}}};
    static const dt__arcs arcs[] = {{1, of_i}, {2, of_a}, {1, of_b}};
    static const int worth_i[] = {1, 2, 3, 0, 4, -1}, worth_a[] = {4, 3, 2, 1, 0, -1}, worth_b[] = {3, 2, 1, 0, 4, -1};
    static const int *const rankings[] = {worth_i, worth_a, worth_b};
    static conflict w;
    dt__certificate certificate;

    (void)state;
    open_conflict(&w,
                  "detente: 1\nparties: {i: , a: , b: }\nissues:\n  state: {options: [s, q, x, y, z], no_deal: s}\n");
    dt__graph_clear(&w.graph);
    w.model->arcs = arcs;
    assert_int_equal(dt__graph_init(&w.graph, &w.situation, &w.scope, NULL, w.env), DT_OK);
    judge_conflict(&w, rankings);
    for (dt__concept c = DT__GMR; c < DT__CONCEPT_COUNT; c++) {
        assert_true(dt__in_set(dt__stable_set(&w.stability, 0, c), 0));
        assert_int_equal(dt__certificate_init(&certificate, &w.graph, w.list, 0, 0, c, 0, w.env), DT_OK);
        assert_int_equal(certificate.count, 1);
        assert_int_equal(certificate.answers[0].path_count, 3);
        assert_int_equal(certificate.answers[0].path[0].mover, 1);
        assert_int_equal(certificate.answers[0].path[1].mover, 2);
        assert_int_equal(certificate.answers[0].path[2].mover, 1);
        dt__certificate_clear(&certificate);
    }
    assert_false(dt__in_set(dt__stable_set(&w.stability, 0, DT__NASH), 0));
    w.model->arcs = NULL;
    close_conflict(&w);
}

/* The same without the party between: a may not move twice in a row. */
static void nobody_moves_twice_in_a_row(void **state) {
    static const dt__arc of_i[] = {{0, 1, {0}}}, of_a[] = {{1, 2, {0}}, {2, 3, {0}}};
    static const dt__arcs arcs[] = {{1, of_i}, {2, of_a}};
    static const int worth_i[] = {1, 2, 0, 3, -1}, worth_a[] = {3, 2, 1, 0, -1};
    static const int *const rankings[] = {worth_i, worth_a};
    static conflict w;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {i: , a: }\nissues:\n  state: {options: [s, q, x, y], no_deal: s}\n");
    dt__graph_clear(&w.graph);
    w.model->arcs = arcs;
    assert_int_equal(dt__graph_init(&w.graph, &w.situation, &w.scope, NULL, w.env), DT_OK);
    assert_int_equal(w.graph.intransitive, 2);
    judge_conflict(&w, rankings);
    for (dt__concept c = DT__NASH; c < DT__CONCEPT_COUNT; c++)
        assert_false(dt__in_set(dt__stable_set(&w.stability, 0, c), 0));
    w.model->arcs = NULL;
    close_conflict(&w);
}

/* A second improvement counts although the first is answered: 2 improves and nobody can answer it. */
static void every_improvement_is_looked_at(void **state) {
    static const int of_row[] = {4, 1, 0, 3, 2, 5, -1}, of_col[] = {3, 0, 1, 2, 4, 5, -1};
    static const int *const rankings[] = {of_row, of_col};
    static conflict w;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {row: , col: }\nissues:\n"
                      "  a: {options: [n, y, z], decided_by: row, no_deal: n}\n"
                      "  b: {options: [n, y], decided_by: col, no_deal: n}\n");
    judge_conflict(&w, rankings);
    for (dt__state s = 0; s < w.graph.state_count; s++) {
        uint64_t unstable = unstable_for(&w, 1, DT__SEQ);
        assert_int_equal(dt__in_set(dt__stable_set(&w.stability, 0, DT__SEQ), s), !(unstable >> s & 1));
    }
    close_conflict(&w);
}

/* ---- leaving ---- */

/* An agreement that one party would leave, and another whose lever deters it. */
static void who_would_leave_an_agreement(void **state) {
    static conflict w;
    dt__option anchors[2 * 3];
    dt__stability s;
    dt__graph g;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {a: , b: }\nformats: {f: {table: [a, b], consent: [a, b]}}\nissues:\n"
                      "  pact: {options: [no, yes], no_deal: no}\n"
                      "  strike: {options: [n, y], decided_by: b, no_deal: n}\n"
                      "  aid: {options: [n, y], decided_by: b, no_deal: n, reversible: false}\n"
                      "preferences:\n"
                      "  a: {priorities: [\"strike == n\", \"pact == no\"]}\n"
                      "  b: {priorities: [\"pact == yes\", \"strike == y\"]}\n");
    assert_int_equal(w.scope.leaving, 3);
    memcpy(anchors, (dt__option[]){1, 0, 0, 0, 0, 0}, sizeof anchors);
    dt__graph_scope_levers(&w.scope, w.model, anchors, 2);
    w.scope.leaving = 3;
    w.scope.exit = 1;
    assert_int_equal(dt__graph_init(&g, &w.situation, &w.scope, NULL, w.env), DT_OK);
    assert_int_equal(g.state_count, 8);
    assert_true(dt__graph_can_move(&g, 0, 0, 4));  /* a leaves */
    assert_false(dt__graph_can_move(&g, 0, 4, 0)); /* nobody comes back alone */
    assert_false(dt__graph_can_move(&g, 0, 0, 5)); /* not by b's lever */
    assert_true(dt__graph_can_move(&g, 1, 0, 7));  /* b leaves, strikes and gives aid */
    assert_false(dt__graph_can_move(&g, 1, 2, 0)); /* aid is not taken back */
    assert_int_equal(dt__stability_compute(&s, &g, NULL, w.env), DT_OK);
    assert_false(dt__in_set(dt__stable_set(&s, 0, DT__NASH), 0));
    assert_true(dt__in_set(dt__stable_set(&s, 0, DT__SEQ), 0)); /* b's strike, which improves b, deters */
    dt__stability_clear(&s, w.env);
    dt__graph_clear(&g);
    close_conflict(&w);
}

/* What no deal is worth beyond its terms counts where the agreement is left. */
static void a_stated_reservation_value_counts_at_the_exit(void **state) {
    static conflict w;

    (void)state;
    open_conflict(&w, "detente: 1\nparties: {a: , b: }\nissues:\n"
                      "  pact: {options: [no, yes], no_deal: no}\n"
                      "  other: {options: [n, y], decided_by: b, no_deal: n}\n"
                      "preferences:\n"
                      "  a: {weights: {pact: 1, other: 1}, values: {pact: {yes: 50}, other: {y: 10}}, no_deal: 40}\n"
                      "  b: {weights: {pact: 1}, values: {pact: {yes: 50}}}\n");
    /* states: pact fastest; (no,n) 40, (yes,n) 25, (no,y) 45, (yes,y) 30 */
    assert_int_equal(w.graph.ranks[0][0], 2);
    assert_int_equal(w.graph.ranks[0][1], 0);
    assert_int_equal(w.graph.ranks[0][2], 3);
    assert_int_equal(w.graph.ranks[0][3], 1);
    close_conflict(&w);
}

/* ---- refusals ---- */

static void what_is_too_large_is_refused(void **state) {
    static conflict w;
    dt__graph_limits few = {.states = 2}, short_walk = {.steps = 2}, arcs = {.arcs = 1};
    dt__graph g;

    (void)state;
    open_conflict(&w, TWO("a", "b") "  row: {priorities: [\"a == y\"]}\n  col: {priorities: [\"b == y\"]}\n"
                                    "rules:\n  - {id: r, require: \"a == y or b == y\"}\n");
    assert_int_equal(w.graph.state_count, 3);
    dt_env_diagnostics_clear(w.env);
    assert_int_equal(dt__graph_init(&g, &w.situation, &w.scope, &few, w.env), DT_ERR_LIMIT);
    dt__graph_clear(&g);
    assert_int_equal(dt__graph_init(&g, &w.situation, &w.scope, &short_walk, w.env), DT_ERR_LIMIT);
    dt__graph_clear(&g);
    assert_int_equal(dt_env_diagnostic_count(w.env), 2);
    assert_string_equal(dt_env_diagnostic(w.env, 0)->code, "too-many-states");
    assert_string_equal(dt_env_diagnostic(w.env, 1)->code, "too-many-steps");
    close_conflict(&w);
    open_conflict(&w, "detente: 1\nparties: {a: }\nissues:\n"
                      "  x: {options: [n, y], decided_by: a, no_deal: n, reversible: false}\n"
                      "  y: {options: [n, y], decided_by: a, no_deal: n, reversible: false}\n");
    dt_env_diagnostics_clear(w.env);
    assert_int_equal(dt__graph_init(&g, &w.situation, &w.scope, &arcs, w.env), DT_ERR_LIMIT);
    assert_string_equal(dt_env_diagnostic(w.env, 0)->code, "too-many-moves");
    dt__graph_clear(&g);
    close_conflict(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(games_of_two),
        cmocka_unit_test(cuban_crisis),
        cmocka_unit_test(elmira),
        cmocka_unit_test(an_opponent_moves_twice_with_another_between),
        cmocka_unit_test(nobody_moves_twice_in_a_row),
        cmocka_unit_test(every_improvement_is_looked_at),
        cmocka_unit_test(who_would_leave_an_agreement),
        cmocka_unit_test(a_stated_reservation_value_counts_at_the_exit),
        cmocka_unit_test(what_is_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
