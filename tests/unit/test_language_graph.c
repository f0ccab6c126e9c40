/* Graphs written out, strength, comparisons, transitions and what parties do not see: as the structs of a model. */
#include "model/model.h"
#include "model/utility.h"
#include "unit/language_text.h"

#define GRAPH(rankings, more)                                       \
    "detente: 1\ngraph:\n  states: [calm, 2, two words, \"not\"]\n" \
    "  moves: {a: [[calm, 2], [2, calm]], b: [[2, two words]]}\n"   \
    "  rankings: {" rankings "}\n" more

#define COMPLETE "a: [2, \">>\", [calm, two words], \"not\"], b: [calm, 2, two words, \"not\"]"

static dt__form form_of(const dt_model *m, size_t party) {
    return m->parties[party].preferences->form;
}

static void a_graph_is_one_issue_with_moves(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_of(GRAPH(COMPLETE, ""), env);

    (void)state;
    assert_int_equal(m->issue_count, 1);
    assert_string_equal(m->issues[0].id, "state");
    assert_int_equal(m->issues[0].option_count, 4);
    assert_string_equal(m->issues[0].options[1].id, "2");
    assert_string_equal(m->issues[0].options[3].id, "not");
    assert_int_equal(m->issues[0].no_deal, 0); /* the first state, when no status quo is given */
    assert_int_equal(m->issues[0].decided_by, DT__NO_INDEX);
    assert_int_equal(m->format_count, 0);
    assert_int_equal(m->party_count, 2);
    assert_string_equal(m->parties[1].id, "b");
    assert_non_null(m->arcs);
    assert_int_equal(m->arcs[0].count, 2);
    assert_int_equal(m->arcs[0].list[1].from, 1);
    assert_int_equal(m->arcs[0].list[1].to, 0);
    assert_int_equal(m->arcs[1].count, 1);
    dt_model_free(m);
    dt_env_free(env);
}

static void rankings_have_ties_and_strength(void **state) {
    static const uint32_t places[] = {1, 0, 1, 2};
    dt_env *env = new_env();
    dt_model *m = model_of(GRAPH(COMPLETE, "  status_quo: two words\n"), env);
    const dt__preferences *p = m->parties[0].preferences;

    (void)state;
    assert_int_equal(m->issues[0].no_deal, 2);
    assert_int_equal(p->form, DT__FORM_RANKING);
    assert_int_equal(p->rank_count, 3);
    for (dt__option s = 0; s < 4; s++) assert_int_equal(dt__ranking_place(m, p, &s), places[s]);
    assert_true(p->ranked[0].greatly);
    for (size_t i = 1; i < 4; i++) assert_false(p->ranked[i].greatly);
    dt_model_free(m);
    dt_env_free(env);
}

static void comparisons_are_a_partial_order(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_of(
        GRAPH("a: {prefers: [[2, calm, two words]], ties: [[calm, \"not\"]], why: talks}, b: {prefers: []}", ""), env);
    const dt__preferences *p = m->parties[0].preferences;
    dt__option x = 0, y = 1;
    dt__valuation v = {0};
    int order;

    (void)state;
    assert_int_equal(form_of(m, 0), DT__FORM_COMPARISONS);
    assert_int_equal(p->comparison_count, 3);
    assert_int_equal(p->comparisons[0].better, 1);
    assert_int_equal(p->comparisons[0].worse, 0);
    assert_int_equal(p->comparisons[1].better, 0);
    assert_int_equal(p->comparisons[1].worse, 2);
    assert_true(p->comparisons[2].equal);
    assert_string_equal(p->evidence.why, "talks");
    assert_int_equal(form_of(m, 1), DT__FORM_COMPARISONS);
    assert_int_equal(m->parties[1].preferences->comparison_count, 0);
    assert_int_equal(dt__compare_outcomes(&order, m, &v, 0, &x, &y, env), DT_ERR_MODEL);
    assert_string_equal(dt_env_diagnostic(env, 0)->code, "needs-ranking");
    dt_model_free(m);
    dt_env_free(env);
}

/* Every way around a circle is told: the pairs, through ties too. */
static void circles_are_contradictions(void **state) {
    static const struct {
        const char *rankings, *circle;
    } cases[] = {
        {GRAPH("a: {prefers: [[calm, 2], [2, calm]]}, b: {prefers: []}", ""), "calm > 2 > calm"},
        {GRAPH("a: {prefers: [[calm, 2, two words, \"not\", 2]]}, b: {prefers: []}", ""), "2 > two words > not > 2"},
        {GRAPH("a: {prefers: [[calm, 2]], ties: [[2, two words, calm]]}, b: {prefers: []}", ""), "calm > 2 ~ calm"},
        {GRAPH("a: {prefers: [[calm, 2], [\"not\", two words]], ties: [[2, \"not\"], [two words, calm]]}, b: {prefers: "
               "[]}",
               ""),
         "not > two words ~ calm > 2 ~ not"},
    };
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(fault_of(cases[i].rankings, env), "contradiction");
        if (strstr(dt_env_diagnostic(env, 0)->text, cases[i].circle) == NULL)
            fail_msg("%s\nwithout: %s", dt_env_diagnostic(env, 0)->text, cases[i].circle);
    }
    dt_env_free(env);
}

/* Against a search over all pairs. */
static void circles_are_found_exactly_when_there_is_one(void **state) {
    uint32_t seed = 7;

    (void)state;
    for (int round = 0; round < 300; round++) {
        bool better[6][6] = {{false}};
        char text[2000] = "detente: 1\ngraph:\n  states: [s0, s1, s2, s3, s4, s5]\n  moves: {a: []}\n  rankings: {a: "
                          "{prefers: [";
        dt_env *env = new_env();
        dt_model *model;
        bool circle = false;
        for (int k = 0; k < 6; k++) {
            unsigned x, y;
            seed = seed * 1664525 + 1013904223;
            x = (seed >> 16) % 6;
            y = (seed >> 24) % 6;
            if (x == y) continue;
            better[x][y] = true;
            snprintf(text + strlen(text), 20, "[s%u, s%u], ", x, y);
        }
        strcat(text, "]}}\n");
        for (int k = 0; k < 6; k++)
            for (int i = 0; i < 6; i++)
                for (int j = 0; j < 6; j++) better[i][j] |= better[i][k] && better[k][j];
        for (int i = 0; i < 6; i++) circle |= better[i][i];
        assert_int_equal(dt_model_read(&model, text, strlen(text), "text.yaml", env), circle ? DT_ERR_MODEL : DT_OK);
        dt_model_free(model);
        dt_env_free(env);
    }
}

#define OPTIONS(issues, more)                                                                                          \
    "detente: 1\nparties: {a: {unseen: [\"x == on and y == 1\"]}, b: {}}\nissues:\n" issues more                       \
    "preferences:\n  a: {priorities: [{when: \"x == on\", strong: true}, {when: \"y == 1\", uncertain: true}, \"y == " \
    "2\"]}\n  b: {ranking: [{x: on}, \">>\", [{x: off, y: 1}, {x: off, y: 2}], \">>\"]}\n"
#define TWO \
    "  x: {options: [off, on], decided_by: a, no_deal: off}\n  y: {options: [1, 2, 3], decided_by: b, no_deal: 1}\n"

static void priorities_and_outcomes_have_strength(void **state) {
    dt_env *env = new_env();
    dt_model *m = model_of(OPTIONS(TWO, ""), env);
    const dt__preferences *a = m->parties[0].preferences, *b = m->parties[1].preferences;

    (void)state;
    assert_true(a->priorities[0].strong && !a->priorities[0].uncertain);
    assert_true(!a->priorities[1].strong && a->priorities[1].uncertain);
    assert_true(!a->priorities[2].strong && !a->priorities[2].uncertain);
    assert_int_equal(b->ranked_count, 3);
    assert_true(b->ranked[0].greatly && b->ranked[1].greatly && b->ranked[2].greatly);
    assert_int_equal(b->rank_count, 2);
    assert_int_equal(m->parties[0].unseen_count, 1);
    assert_int_equal(m->parties[1].unseen_count, 0);
    dt_model_free(m);
    dt_env_free(env);
}

static void transitions_bar_moves(void **state) {
    static const char text[] =
        OPTIONS(TWO, "transitions:\n  - {id: t, party: b, forbid: {from: \"x == on\"}, why: law}\n"
                     "  - {id: u, forbid: {from: \"y == 1\", to: \"y == 3\"}}\n");
    dt_env *env = new_env();
    dt_model *m = model_of(text, env);
    dt__option on[] = {1, 0}, off[] = {0, 0};

    (void)state;
    assert_int_equal(m->barrier_count, 2);
    assert_int_equal(m->barriers[0].party, 1);
    assert_int_equal(m->barriers[1].party, DT__NO_INDEX);
    assert_true(dt__condition_holds(m->barriers[0].from, on));
    assert_false(dt__condition_holds(m->barriers[0].from, off));
    assert_true(dt__condition_holds(m->barriers[0].to, on)); /* not given: any */
    assert_string_equal(m->barriers[0].evidence.why, "law");
    dt_model_free(m);
    dt_env_free(env);
}

/* Which options can be left: an irreversible issue only where it begins, unless an option says so itself. */
static void steps_without_return(void **state) {
    static const struct {
        const char *issues;
        bool left[3];
    } cases[] = {
        {"  x: {options: [p, q, r], decided_by: a, no_deal: q}\n", {true, true, true}},
        {"  x: {options: [p, q, r], decided_by: a, no_deal: q, reversible: false}\n", {false, true, false}},
        {"  x: {options: {p: {}, q: {reversible: false}, r: {}}, decided_by: a, no_deal: q}\n", {true, false, true}},
        {"  x: {options: {p: {reversible: true}, q: {}, r: {}}, no_deal: r, reversible: false}\n", {true, false, true}},
        {"  x: {options: [p, q, r], decided_by: a, reversible: false}\n", {false, false, true}}, /* a wants r */
    };
    dt_env *env = new_env();

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        dt_model *m;
        snprintf(text, sizeof text,
                 "detente: 1\nparties: {a: {}}\nissues:\n%spreferences: {a: {priorities: [x == r]}}\n",
                 cases[i].issues);
        m = model_of(text, env);
        for (size_t o = 0; o < 3; o++)
            assert_int_equal(dt__is_final(&m->issues[0], (dt__option)o, m->issues[0].no_deal), !cases[i].left[o]);
        dt_model_free(m);
    }
    dt_env_free(env);
}

/* All models that stand in the manual, not only the first. */
static void the_examples_of_the_manual_are_read(void **state) {
    size_t length, found = 0;
    char *page = file_text(DT_TEST_ROOT "/docs/language.md", &length), *at = page, *end;

    (void)state;
    assert_non_null(page);
    while ((at = strstr(at, "```yaml\n")) != NULL && (end = strstr(at + 8, "```")) != NULL) {
        dt_env *env = new_env();
        dt_model *m;
        *end = '\0';
        m = model_of(at + 8, env);
        found += m->arcs != NULL;
        dt_model_free(m);
        dt_env_free(env);
        at = end + 3;
    }
    assert_int_equal(found, 1);
    free(page);
}

static void assert_canonical(const char *text) {
    dt_env *env = new_env();
    dt_model *m = model_of(text, env), *again;
    char *once = canonical_of(m, env), *twice;

    again = model_of(once, env);
    twice = canonical_of(again, env);
    assert_string_equal(once, twice);
    assert_int_equal(m->barrier_count, again->barrier_count);
    assert_int_equal(m->issues[0].no_deal, again->issues[0].no_deal);
    for (size_t p = 0; p < m->party_count; p++) {
        const dt__preferences *x = m->parties[p].preferences, *y = again->parties[p].preferences;
        assert_int_equal(m->parties[p].unseen_count, again->parties[p].unseen_count);
        assert_int_equal(x->form, y->form);
        assert_int_equal(x->ranked_count, y->ranked_count);
        assert_int_equal(x->rank_count, y->rank_count);
        for (size_t i = 0; i < x->ranked_count; i++) {
            assert_int_equal(x->ranked[i].greatly, y->ranked[i].greatly);
            assert_int_equal(x->ranked[i].rank, y->ranked[i].rank);
        }
        assert_int_equal(x->comparison_count, y->comparison_count);
        for (size_t i = 0; i < x->comparison_count; i++) {
            assert_int_equal(x->comparisons[i].better, y->comparisons[i].better);
            assert_int_equal(x->comparisons[i].worse, y->comparisons[i].worse);
            assert_int_equal(x->comparisons[i].equal, y->comparisons[i].equal);
        }
        if (m->arcs != NULL) assert_int_equal(m->arcs[p].count, again->arcs[p].count);
    }
    free(once);
    free(twice);
    dt_model_free(again);
    dt_model_free(m);
    dt_env_free(env);
}

static void the_canonical_form_keeps_all_of_it(void **state) {
    (void)state;
    assert_canonical(GRAPH(COMPLETE, "  status_quo: 2\ntransitions: [{id: t, forbid: {to: \"state == 'not'\"}}]\n"));
    assert_canonical(GRAPH("a: {ranking: [2, calm, two words, \"not\"], why: w}, b: {prefers: [[2, calm]], ties: [[2, "
                           "\"not\"]], why: w}",
                           ""));
    assert_canonical(GRAPH("b: {prefers: []}, a: {ties: [[2, calm, \"not\"]]}, c: {prefers: []}",
                           "scenarios: {s: {when: \"state in [2, 'two words']\"}}\n"));
    assert_canonical(
        "detente: 1\nparties: {b: {unseen: [state == y]}, a: {name: A}}\ngraph: {states: {x: {name: {en: X}}, "
        "y: {note: n}, z: }, moves: {a: [[x, y]], b: []}, rankings: {b: [z, x, y], a: [[x, y, z]]}}\n");
    assert_canonical(OPTIONS(TWO, "transitions: [{id: t, name: T, party: a, forbid: {from: \"true\"}}]\n"));
}

/* 20,000 states in a moment: nothing here is quadratic in them. */
static void large_graphs_are_read(void **state) {
    const size_t count = 20000;
    char *text = calloc(count, 60), *at = text;
    dt_env *env = new_env();
    dt_model *m;

    (void)state;
    at += sprintf(at, "detente: 1\ngraph:\n  states: [s0");
    for (size_t i = 1; i < count; i++) at += sprintf(at, ", s%zu", i);
    at += sprintf(at, "]\n  moves: {a: [[s0, s1]");
    for (size_t i = 1; i + 1 < count; i++) at += sprintf(at, ", [s%zu, s%zu]", i, i + 1);
    at += sprintf(at, "]}\n  rankings: {a: [s0");
    for (size_t i = 1; i < count; i++) at += sprintf(at, ", s%zu", i);
    sprintf(at, "]}\n");
    m = model_of(text, env);
    for (uint32_t i = 0; i < count; i++) {
        dt__option s = (dt__option)i;
        assert_int_equal(dt__ranking_place(m, m->parties[0].preferences, &s), i);
    }
    dt_model_free(m);
    dt_env_free(env);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_graph_is_one_issue_with_moves),
        cmocka_unit_test(rankings_have_ties_and_strength),
        cmocka_unit_test(comparisons_are_a_partial_order),
        cmocka_unit_test(circles_are_contradictions),
        cmocka_unit_test(circles_are_found_exactly_when_there_is_one),
        cmocka_unit_test(priorities_and_outcomes_have_strength),
        cmocka_unit_test(transitions_bar_moves),
        cmocka_unit_test(steps_without_return),
        cmocka_unit_test(the_examples_of_the_manual_are_read),
        cmocka_unit_test(the_canonical_form_keeps_all_of_it),
        cmocka_unit_test(large_graphs_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
