/* Reach: legal sequences, their shortest paths and how many there are, against all sequences one by one; and memory
 * that runs out. */
#include "random_graph.h"

enum { CONFLICTS = 400, DEEPEST = 6 };

/* All legal sequences of a length from a state: how many end in each, by last mover. */
static void look_deeper(const conflict *w, dt__party_set movers, uint64_t (*next)[MOST_PARTIES],
                        uint64_t (*now)[MOST_PARTIES], dt__state from, unsigned depth) {
    memset(next, 0, MOST_STATES * sizeof *next);
    for (size_t s = 0; s < w->count; s++) {
        for (size_t k = 0; k < w->model.party_count; k++) {
            uint64_t ways = depth == 1 && s == from ? 1 : 0;
            for (size_t last = 0; depth > 1 && last < w->model.party_count; last++)
                ways += last == k ? 0 : now[s][last];
            for (size_t t = 0; (movers >> k & 1) && ways > 0 && t < w->count; t++) {
                if (w->moves[k][s][t]) next[t][k] += ways;
            }
        }
    }
}

static void expect_path(const conflict *w, const dt__reach *r, uint32_t node, dt__party_set movers) {
    static dt__step steps[MOST_STATES * MOST_PARTIES];
    const dt__reached *end = DT__REACHED(r, node);
    dt__state at = DT__REACHED(r, 0)->state;

    dt__reach_path(r, node, steps);
    for (uint32_t i = 0; i < end->depth; i++) {
        assert_true(movers >> steps[i].mover & 1);
        assert_true(w->moves[steps[i].mover][at][steps[i].to]);
        assert_true(i == 0 || steps[i].mover != steps[i - 1].mover);
        at = steps[i].to;
    }
    assert_int_equal(at, end->state);
}

static void compare_reach(const conflict *w, chance *c, dt_env *env) {
    static uint64_t ways[2][MOST_STATES][MOST_PARTIES];
    uint32_t shortest[MOST_STATES] = {0};
    uint64_t count[MOST_STATES] = {0};
    dt__reach_request request = {
        .movers = chance_word(c), .from = chance_below(c, (uint32_t)w->count), .last = DT__NO_INDEX};
    dt__reach apart, merged;

    request.movers &= ((dt__party_set)1 << w->model.party_count) - 1;
    for (unsigned d = 1; d <= DEEPEST; d++) {
        look_deeper(w, request.movers, ways[d % 2], ways[1 - d % 2], request.from, d);
        for (size_t t = 0; t < w->count; t++) {
            uint64_t here = 0;
            for (size_t k = 0; k < w->model.party_count; k++) here += ways[d % 2][t][k];
            if (here > 0 && shortest[t] == 0) {
                shortest[t] = d;
                count[t] = here;
            }
        }
    }
    assert_int_equal(dt__reach_init(&apart, &w->graph, &request, env), DT_OK);
    request.merged = (w->graph.intransitive & request.movers) == 0;
    assert_int_equal(dt__reach_init(&merged, &w->graph, &request, env), DT_OK);
    for (dt__state t = 0; t < w->count; t++) {
        uint32_t node = dt__reach_node(&apart, t), length;
        dt__limb found[2];
        bool fits;
        if (shortest[t] == 0) {
            assert_true(node == DT__NO_NODE || DT__REACHED(&apart, node)->depth > DEEPEST);
            continue;
        }
        assert_int_not_equal(node, DT__NO_NODE);
        assert_int_equal(DT__REACHED(&apart, node)->depth, shortest[t]);
        expect_path(w, &apart, node, request.movers);
        assert_int_equal(dt__reach_count(found, 2, &fits, &length, &w->graph, &request, t, env), DT_OK);
        assert_true(fits);
        assert_int_equal(length, shortest[t]);
        assert_int_equal(found[0], count[t]);
        assert_int_equal(found[1], 0);
        if (t == request.from) continue;
        node = dt__reach_node(&merged, t);
        assert_int_equal(DT__REACHED(&merged, node)->depth, shortest[t]);
        expect_path(w, &merged, node, request.movers);
    }
    dt__reach_clear(&apart, env);
    dt__reach_clear(&merged, env);
}

static void paths_and_their_numbers(void **state) {
    static conflict w;
    uint64_t seed = chance_seed(__func__);
    dt_env *env;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    for (uint64_t i = 0; i < CONFLICTS; i++) {
        chance c = chance_of(seed, i);
        if (conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), env)) compare_reach(&w, &c, env);
        conflict_free(&w);
    }
    dt_env_free(env);
}

/* ---- every allocation fails in turn ---- */

enum { HEADER = 16 };

typedef struct meter {
    size_t calls, fail_at, live;
    bool failed, wrong_size;
} meter;

static void *metered(void *payload, void *ptr, size_t old_size, size_t new_size) {
    meter *m = payload;
    size_t held = ptr == NULL ? 0 : *(size_t *)(void *)((char *)ptr - HEADER);
    char *block;

    m->wrong_size = m->wrong_size || held != old_size;
    if (new_size > 0 && ++m->calls >= m->fail_at && m->fail_at > 0) {
        m->failed = true;
        return NULL;
    }
    block = new_size == 0 ? NULL : malloc(new_size + HEADER);
    if (block != NULL) {
        *(size_t *)(void *)block = new_size;
        if (ptr != NULL) memcpy(block + HEADER, ptr, held < new_size ? held : new_size);
    }
    m->live += new_size;
    m->live -= held;
    if (ptr != NULL) free((char *)ptr - HEADER);
    return block == NULL ? NULL : block + HEADER;
}

/* Everything that the room does with one conflict. */
static dt_status do_all(const conflict *w, dt_env *env) {
    dt__rank_judge payload = {.ranks = w->rank_list};
    dt__judge judge = dt__judge_by_ranks(&payload);
    dt__stability engine = {0}, definition = {0}, matrix = {0};
    dt__certificate certificate = {0};
    dt__graph g = {0};
    dt__limb count[1];
    uint32_t length;
    bool holds = true;
    dt_status st = dt__graph_init(&g, &w->situation, &w->scope, NULL, env);
    dt__reach_request request = {.movers = 3, .last = DT__NO_INDEX};

    payload.graph = &g;
    if (st == DT_OK) st = dt__stability_compute(&engine, &g, w->rank_list, env);
    if (st == DT_OK) st = dt__definition_compute(&definition, &g, &judge, env);
    if (st == DT_OK) st = dt__matrix_compute(&matrix, &g, w->rank_list, env);
    if (st == DT_OK) st = dt__certificate_init(&certificate, &g, w->rank_list, 0, 0, DT__SMR, 0, env);
    if (st == DT_OK) st = dt__certificate_check(&holds, &certificate, &g, w->rank_list, env);
    if (st == DT_OK) st = dt__reach_count(count, 1, &holds, &length, &g, &request, (dt__state)g.state_count - 1, env);
    dt__certificate_clear(&certificate);
    dt__stability_clear(&engine, env);
    dt__stability_clear(&definition, env);
    dt__stability_clear(&matrix, env);
    dt__graph_clear(&g);
    return st;
}

static void memory_runs_out(void **state) {
    static conflict w;
    uint64_t seed = chance_seed(__func__), done = 0;
    dt_env *plain;

    (void)state;
    assert_int_equal(dt_env_new(&plain, NULL), DT_OK);
    for (uint64_t i = 0; done < 2 * KINDS; i++) {
        chance c = chance_of(seed + 1, i);
        size_t n = 1;
        bool failed = true;
        bool fit = conflict_new(&w, &c, (kind_of_conflict)(i % KINDS), plain) && w.count <= 12;
        done += fit;
        while (fit && failed) {
            meter m = {.fail_at = n};
            dt_env_opts opts;
            dt_env *env;
            dt_status st;
            dt_env_opts_init(&opts);
            opts.allocator = (dt_allocator){metered, &m};
            opts.threads = 1;
            m.fail_at = 0;
            assert_int_equal(dt_env_new(&env, &opts), DT_OK);
            m.calls = 0;
            m.fail_at = n;
            st = do_all(&w, env);
            m.fail_at = 0;
            failed = m.failed;
            if (st != (failed ? DT_ERR_MEMORY : DT_OK)) fail_msg("allocation %zu: status %d", n, (int)st);
            dt_env_free(env);
            if (m.live != 0 || m.wrong_size) fail_msg("allocation %zu: %zu bytes left", n, m.live);
            n += n < 200 ? 1 : n / 16;
        }
        conflict_free(&w);
    }
    dt_env_free(plain);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_and_their_numbers),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
