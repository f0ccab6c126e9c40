/* Stability: the engine, the definitions, the matrix method and a look at every legal sequence say the same. */
#include "random_graph.h"

enum { CONFLICTS = 1500 };

static const char *const concept_names[] = {"Nash", "GMR", "SMR", "SEQ", "SSEQ"};

static void expect_same(const dt__stability *a, const dt__stability *b, const char *what, uint64_t number) {
    assert_int_equal(a->words, b->words);
    for (uint32_t p = 0; p < a->party_count; p++) {
        for (int k = 0; k < DT__CONCEPT_COUNT; k++) {
            for (dt__state s = 0; s < a->state_count; s++) {
                if (dt__in_set(dt__stable_set(a, p, (dt__concept)k), s) ==
                    dt__in_set(dt__stable_set(b, p, (dt__concept)k), s))
                    continue;
                fail_msg("conflict %llu, %s: party %u, %s, state %u differ", (unsigned long long)number, what, p,
                         concept_names[k], s);
            }
        }
    }
    assert_memory_equal(a->equilibria, b->equilibria, DT__CONCEPT_COUNT * a->words * sizeof *a->equilibria);
}

static void expect_looked(conflict *w, const dt__stability *made, uint64_t number) {
    for (uint32_t p = 0; p < w->model.party_count; p++) {
        for (int k = 0; k < DT__CONCEPT_COUNT; k++) {
            for (size_t q = 0; q < w->count; q++) look_from(w, p, q, k == DT__SEQ || k == DT__SSEQ);
            for (dt__state s = 0; s < w->count; s++) {
                if (dt__in_set(dt__stable_set(made, p, (dt__concept)k), s) == looks_stable(w, p, s, (dt__concept)k))
                    continue;
                fail_msg("conflict %llu: party %u, %s, state %u: the engine says %d", (unsigned long long)number, p,
                         concept_names[k], s, dt__in_set(dt__stable_set(made, p, (dt__concept)k), s));
            }
        }
    }
}

static void expect_within(const uint64_t *inner, const uint64_t *outer, size_t words) {
    for (size_t i = 0; i < words; i++) assert_int_equal(inner[i] & ~outer[i], 0);
}

static void expect_inclusions(const dt__stability *s) {
    for (uint32_t p = 0; p < s->party_count; p++) {
        expect_within(dt__stable_set(s, p, DT__NASH), dt__stable_set(s, p, DT__SSEQ), s->words);
        expect_within(dt__stable_set(s, p, DT__SSEQ), dt__stable_set(s, p, DT__SMR), s->words);
        expect_within(dt__stable_set(s, p, DT__SSEQ), dt__stable_set(s, p, DT__SEQ), s->words);
        expect_within(dt__stable_set(s, p, DT__SMR), dt__stable_set(s, p, DT__GMR), s->words);
        expect_within(dt__stable_set(s, p, DT__SEQ), dt__stable_set(s, p, DT__GMR), s->words);
    }
}

static void expect_moves(const conflict *w, uint64_t number) {
    assert_int_equal(w->graph.state_count, w->count);
    for (dt__state s = 0; s < w->count; s++) {
        dt__option outcome[DT__MAX_ISSUES];
        dt__graph_outcome(&w->graph, s, outcome);
        assert_memory_equal(outcome, w->outcomes[s], w->model.issue_count * sizeof *outcome);
        assert_int_equal(dt__graph_find(&w->graph, outcome), s);
        for (uint32_t p = 0; p < w->model.party_count; p++) {
            bool there[MOST_STATES] = {0}, back[MOST_STATES] = {0};
            dt__moves moves;
            dt__state t;
            dt__moves_begin(&moves, &w->graph, p, s);
            while ((t = dt__moves_next(&moves)) != DT__NO_STATE) {
                assert_false(there[t]);
                there[t] = true;
            }
            dt__moves_begin_back(&moves, &w->graph, p, s);
            while ((t = dt__moves_next(&moves)) != DT__NO_STATE) back[t] = true;
            for (t = 0; t < w->count; t++) {
                if (there[t] == w->moves[p][s][t] && back[t] == w->moves[p][t][s] &&
                    dt__graph_can_move(&w->graph, p, s, t) == w->moves[p][s][t])
                    continue;
                fail_msg("conflict %llu: party %u, move %u -> %u", (unsigned long long)number, p, s, t);
            }
        }
    }
}

static bool truly_intransitive(const conflict *w, size_t p) {
    for (size_t s = 0; s < w->count; s++) {
        for (size_t t = 0; t < w->count; t++) {
            for (size_t u = 0; w->moves[p][s][t] && u < w->count; u++) {
                if (u != s && w->moves[p][t][u] && !w->moves[p][s][u]) return true;
            }
        }
    }
    return false;
}

static void everything_agrees(void **state) {
    static conflict w;
    uint64_t seed = chance_seed(__func__);
    size_t product_graphs = 0;
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < CONFLICTS; i++) {
        chance c = chance_of(seed, i);
        dt__rank_judge payload = {&w.graph, w.rank_list};
        dt__judge judge = dt__judge_by_ranks(&payload);
        dt__stability engine, definition, matrix;
        if (conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), env)) {
            expect_moves(&w, i);
            for (uint32_t p = 0; p < w.model.party_count; p++)
                assert_int_equal(truly_intransitive(&w, p), w.graph.intransitive >> p & 1);
            product_graphs += w.graph.intransitive != 0;
            assert_int_equal(dt__stability_compute(&engine, &w.graph, w.rank_list, env), DT_OK);
            expect_looked(&w, &engine, i);
            expect_inclusions(&engine);
            assert_int_equal(dt__matrix_compute(&matrix, &w.graph, w.rank_list, env), DT_OK);
            expect_same(&engine, &matrix, "matrix method", i);
            if (w.count <= 40) {
                assert_int_equal(dt__definition_compute(&definition, &w.graph, &judge, env), DT_OK);
                expect_same(&engine, &definition, "definition", i);
                dt__stability_clear(&definition, env);
            }
            dt__stability_clear(&engine, env);
            dt__stability_clear(&matrix, env);
        }
        conflict_free(&w);
    }
    assert_true(product_graphs > CONFLICTS / 10); /* the rule that nobody moves twice in a row is put to the test */
    dt_env_free(env);
}

static void certificates_hold_and_false_ones_do_not(void **state) {
    static conflict w;
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < 250; i++) {
        chance c = chance_of(seed + 1, i);
        dt__stability engine;
        if (!conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), env)) {
            conflict_free(&w);
            continue;
        }
        assert_int_equal(dt__stability_compute(&engine, &w.graph, w.rank_list, env), DT_OK);
        for (uint32_t n = 0; n < 40; n++) {
            dt__state s = chance_below(&c, (uint32_t)w.count);
            uint32_t p = chance_below(&c, (uint32_t)w.model.party_count);
            dt__concept concept = (dt__concept)chance_below(&c, DT__CONCEPT_COUNT);
            dt__certificate certificate;
            bool holds;
            assert_int_equal(dt__certificate_init(&certificate, &w.graph, w.rank_list, p, s, concept, 0, env), DT_OK);
            assert_int_equal(certificate.stable, dt__in_set(dt__stable_set(&engine, p, concept), s));
            assert_int_equal(dt__certificate_check(&holds, &certificate, &w.graph, w.rank_list, env), DT_OK);
            if (!holds)
                fail_msg("conflict %llu: certificate of party %u, %s, state %u", (unsigned long long)i, p,
                         concept_names[concept], s);
            if (certificate.count > 0) {
                certificate.stable = !certificate.stable;
                assert_int_equal(dt__certificate_check(&holds, &certificate, &w.graph, w.rank_list, env), DT_OK);
                assert_false(holds);
            }
            dt__certificate_clear(&certificate);
        }
        dt__stability_clear(&engine, env);
        conflict_free(&w);
    }
    dt_env_free(env);
}

/* Raised and stretched payoffs change nothing; nor does the number of threads. */
static void payoffs_count_by_their_order_alone(void **state) {
    static conflict w;
    uint64_t seed = chance_seed(__func__);
    dt_env_opts opts;
    dt_env *env, *alone;

    (void)state;
    dt_env_opts_init(&opts);
    opts.threads = 1;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt_env_new(&alone, &opts), DT_OK);
    for (uint64_t i = 0; i < 200; i++) {
        chance c = chance_of(seed + 2, i);
        dt__stability before, after, party;
        if (conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), env)) {
            assert_int_equal(dt__stability_compute(&before, &w.graph, w.rank_list, env), DT_OK);
            for (size_t p = 0; p < w.model.party_count; p++) {
                uint32_t raise = chance_below(&c, 1000), stretch = (uint32_t)chance_between(&c, 1, 1000000);
                for (size_t s = 0; s < w.count; s++) w.ranks[p][s] = w.ranks[p][s] * stretch + raise;
            }
            assert_int_equal(dt__stability_compute(&after, &w.graph, w.rank_list, alone), DT_OK);
            expect_same(&before, &after, "stretched", i);
            assert_int_equal(dt__stability_new(&party, &w.graph, env), DT_OK);
            for (uint32_t p = 0; p < w.model.party_count; p++)
                assert_int_equal(dt__stability_party(&party, &w.graph, p, w.rank_list, env), DT_OK);
            dt__stability_combine(&party);
            expect_same(&before, &party, "one by one", i);
            dt__stability_clear(&before, env);
            dt__stability_clear(&after, env);
            dt__stability_clear(&party, env);
        }
        conflict_free(&w);
    }
    dt_env_free(env);
    dt_env_free(alone);
}

static void the_order_of_parties_does_not_matter(void **state) {
    static conflict w, turned;
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < 200; i++) {
        chance c = chance_of(seed + 3, i);
        dt__stability before, after;
        if (conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), env)) {
            uint32_t n = (uint32_t)w.model.party_count;
            conflict_turn(&turned, &w);
            assert_int_equal(dt__stability_compute(&before, &w.graph, w.rank_list, env), DT_OK);
            assert_int_equal(dt__stability_compute(&after, &turned.graph, turned.rank_list, env), DT_OK);
            for (uint32_t p = 0; p < n; p++)
                assert_memory_equal(dt__stable_set(&before, p, DT__NASH), dt__stable_set(&after, n - 1 - p, DT__NASH),
                                    DT__CONCEPT_COUNT * before.words * sizeof *before.stable);
            dt__stability_clear(&before, env);
            dt__stability_clear(&after, env);
            conflict_free(&turned);
        }
        conflict_free(&w);
    }
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_agrees),
        cmocka_unit_test(certificates_hold_and_false_ones_do_not),
        cmocka_unit_test(the_order_of_parties_does_not_matter),
        cmocka_unit_test(payoffs_count_by_their_order_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
