/* Ranks of states are the order that the model's preferences give, however long, large or tied. */
#include "chance.h"
#include "graph/graph.h"
#include "language_text.h"
#include "model/utility.h"

enum { MODELS = 300 };

/* Ranks compare as outcomes do, one pair after another; and are without gaps. */
static void expect_order(const dt_model *m, dt_env *env, uint64_t number) {
    dt__option no_deal[DT__MAX_ISSUES], anchor[DT__MAX_ISSUES], x[DT__MAX_ISSUES], y[DT__MAX_ISSUES];
    dt__graph_scope scope;
    dt__valuation v;
    dt__graph g;

    assert_int_equal(dt__valuation_init(&v, m, env), DT_OK);
    assert_int_equal(dt__valuation_central(&v, m, env), DT_OK);
    dt__model_no_deal(m, no_deal);
    dt__situation situation = {.model = m, .valuation = &v, .no_deal = no_deal, .months = DT__RATIONAL(0)};
    dt__graph_scope_whole(&scope, anchor, &situation);
    assert_int_equal(dt__graph_init(&g, &situation, &scope, NULL, env), DT_OK);
    for (uint32_t p = 0; p < m->party_count; p++) {
        dt__rank most = 0;
        for (dt__state s = 0; s < g.state_count; s++) {
            bool below = g.ranks[p][s] == 0;
            most = g.ranks[p][s] > most ? g.ranks[p][s] : most;
            dt__graph_outcome(&g, s, x);
            for (dt__state t = 0; t < g.state_count; t++) {
                int order;
                below = below || g.ranks[p][t] + 1 == g.ranks[p][s];
                dt__graph_outcome(&g, t, y);
                assert_int_equal(dt__compare_outcomes(&order, m, &v, p, x, y, env), DT_OK);
                if (order == (g.ranks[p][s] > g.ranks[p][t]) - (g.ranks[p][s] < g.ranks[p][t])) continue;
                fail_msg("model %llu, party %u: states %u and %u", (unsigned long long)number, p, s, t);
            }
            assert_true(below);
        }
        assert_true(most < g.state_count);
    }
    dt__graph_clear(&g);
    dt__valuation_clear(&v, env);
}

static void some_test(FILE *out, chance *c, unsigned issues) {
    fprintf(out, "i%u %s o%u", chance_below(c, issues), chance_once_in(c, 3) ? "!=" : "==", chance_below(c, 2));
}

static void some_condition(FILE *out, chance *c, unsigned issues) {
    static const char *const joins[] = {" and ", " or ", " => ", " if ", " iff "};

    some_test(out, c, issues);
    if (chance_once_in(c, 2)) return;
    fputs(joins[chance_below(c, 5)], out);
    some_test(out, c, issues);
}

static void some_utilities(FILE *out, chance *c, unsigned issues) {
    static const char *const large[] = {"1000000000000000000000000000", "1", "1/3"};

    fputs("    weights: {", out);
    for (unsigned i = 0; i < issues; i++) fprintf(out, "i%u: %d, ", i, chance_between(c, 1, 5));
    fputs("}\n    values:\n", out);
    for (unsigned i = 0; i < issues; i++) {
        fprintf(out, "      i%u: {o0: %d, o1: %s}\n", i, chance_between(c, -3, 3),
                chance_once_in(c, 6) ? large[chance_below(c, 3)] : "2");
    }
    fputs("    adjust:\n", out);
    for (unsigned n = 0; n < 4; n++) {
        fputs("      - {when: \"", out);
        some_condition(out, c, issues);
        fprintf(out, "\", add: %d}\n", chance_between(c, -2, 2));
    }
}

static void some_priorities(FILE *out, chance *c, unsigned issues) {
    unsigned count = chance_once_in(c, 3) ? (unsigned)chance_between(c, 60, 200) : (unsigned)chance_between(c, 1, 6);

    fputs("    priorities:\n", out);
    for (unsigned n = 0; n < count; n++) {
        fputs("      - \"", out);
        some_condition(out, c, issues);
        fputs("\"\n", out);
    }
}

static void some_ranking(FILE *out, chance *c, unsigned issues) {
    fputs("    ranking:\n", out);
    for (int n = chance_between(c, 1, 9); n > 0; n--) {
        bool whole = chance_once_in(c, 2);
        fputs("      - {", out);
        for (unsigned i = 0; i < issues; i++) {
            if (i == 0 || whole || chance_once_in(c, 2)) fprintf(out, "i%u: o%u, ", i, chance_below(c, 2));
        }
        fputs("}\n", out);
    }
}

static char *some_model(chance *c) {
    unsigned issues = (unsigned)chance_between(c, 1, 5);
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    fputs("detente: 1\nparties: {p0: , p1: , p2: }\nissues:\n", out);
    for (unsigned i = 0; i < issues; i++)
        fprintf(out, "  i%u: {options: [o0, o1%s], no_deal: o0%s}\n", i, chance_once_in(c, 3) ? ", o2" : "",
                chance_once_in(c, 2) ? ", decided_by: p1" : "");
    if (chance_once_in(c, 2)) {
        fputs("rules:\n  - {id: r, require: \"i0 == o0 or (", out);
        some_condition(out, c, issues);
        fputs(")\"}\n", out);
    }
    fputs("preferences:\n", out);
    for (unsigned p = 0; p < 3; p++) {
        fprintf(out, "  p%u:\n", p);
        switch (chance_below(c, 3)) {
        case 0: some_utilities(out, c, issues); break;
        case 1: some_priorities(out, c, issues); break;
        default: some_ranking(out, c, issues); break;
        }
    }
    fclose(out);
    return text;
}

static void ranks_are_the_order_of_outcomes(void **state) {
    uint64_t seed = chance_seed(__func__);

    (void)state;
    for (uint64_t i = 0; i < MODELS; i++) {
        chance c = chance_of(seed, i);
        char *text = some_model(&c);
        dt_env *env = new_env();
        dt_model *model = model_of(text, env);
        expect_order(model, env, i);
        dt_model_free(model);
        dt_env_free(env);
        free(text);
    }
}

/* 2^k overflows 64 bits at 64 statements, 128 at 128: the last of 300 statements still decides. */
static void three_hundred_statements(void **state) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    dt_env *env = new_env();
    dt_model *model;

    (void)state;
    fputs("detente: 1\nparties: {a: }\nissues:\n  x: {options: [n, y], decided_by: a, no_deal: n}\n"
          "  z: {options: [n, y], decided_by: a, no_deal: n}\npreferences:\n  a:\n    priorities:\n",
          out);
    for (int i = 0; i < 299; i++) fputs("      - \"x == n\"\n", out);
    fputs("      - \"z == y\"\n", out);
    fclose(out);
    model = model_of(text, env);
    expect_order(model, env, 0);
    dt_model_free(model);
    dt_env_free(env);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_the_order_of_outcomes),
        cmocka_unit_test(three_hundred_statements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
