/* Step by step: where a walk ends nobody has an improvement left, by the definitions; and walks repeat. */
#include "ensemble/panel.h"
#include "language_text.h"
#include "model/utility.h"

enum { DRAWS = 400, ISSUES = 5 };

/* Own levers and joint issues, an agenda, a rule that links two issues, red lines, an option that is final, uncertain
 * numbers. */
static const char model_text[] =
    "detente: 1\nas_of: 2025-01-01\n"
    "parties: {north: {}, south: {}, east: {}}\n"
    "formats: {all: {table: [north, south, east], consent: [north, south, east]}, most: {table: [north, south, east], "
    "consent: {at_least: 2, of: [north, south, east]}, agenda: [a, b]}}\n"
    "issues:\n  a: {options: [none, some, full], no_deal: none}\n  b: {options: [low, mid, high], no_deal: low}\n"
    "  c: {options: {no: , yes_final: {reversible: false}}, no_deal: no}\n"
    "  lever: {options: [left, right], decided_by: north, no_deal: left}\n"
    "  other: {options: [calm, loud], decided_by: east, no_deal: calm}\n"
    "rules: [{id: link, require: \"a != full or b == mid\"}]\n"
    "preferences:\n"
    "  north: {weights: {a: 3, b: 2, c: 1, lever: 1}, values: {a: {none: 30..60, some: 50, full: 20..90}, b: {low: 30, "
    "mid: 60, high: 80}, c: {no: 50, yes_final: 40..70}, lever: {left: 40, right: 30..55}}, red_lines: [{id: l, "
    "require: \"b != high or c == yes_final\"}]}\n"
    "  south: {weights: {a: 1, b: 1, c: 1, lever: 1}, values: {a: {none: 20, some: 30..60, full: 70}, b: {low: 50, "
    "mid: "
    "45..60, high: 20..60}, c: {no: 40, yes_final: 50}, lever: {left: 60, right: 10}}, adjust: [{when: \"lever == "
    "right "
    "and b == low\", add: -15}]}\n"
    "  east: {weights: {a: 1, b: 1, other: 1}, values: {a: {none: 50, some: 55, full: 30..80}, b: {low: 40, mid: 50, "
    "high: 60}, other: {calm: 40, loud: 20..60}}, adjust: [{when: \"other == loud and a == full\", add: 20}]}\n"
    "scenarios: {some: {when: \"a != none\"}}\n";

static dt__rational utility(const dt_model *m, const dt__valuation *v, uint32_t party, const dt__option *outcome,
                            dt_env *env) {
    dt__rational u;
    assert_int_equal(dt__utility(&u, m, v, party, outcome, env), DT_OK);
    return u;
}

static bool keeps_rules(const dt_model *m, const dt__option *outcome) {
    for (size_t i = 0; i < m->rule_count; i++)
        if (!dt__condition_holds(m->rules[i].require, outcome)) return false;
    return true;
}

static bool keeps_lines(const dt_model *m, uint32_t party, const dt__option *outcome) {
    const dt__preferences *p = m->parties[party].preferences;
    for (size_t i = 0; i < p->red_line_count; i++)
        if (!dt__condition_holds(p->red_lines[i].require, outcome)) return false;
    return true;
}

/* Do those whose consent wins agree to go from x to y? */
static bool is_agreed(const dt_model *m, const dt__valuation *v, const dt__format *f, const dt__option *x,
                      const dt__option *y, dt_env *env) {
    dt__party_set fine = 0;
    bool wins = false;

    for (uint32_t p = 0; p < m->party_count; p++) {
        int order = dt__rational_compare(utility(m, v, p, y, env), utility(m, v, p, x, env));
        bool crosses = keeps_lines(m, p, x) && !keeps_lines(m, p, y);
        if (order >= 0 && !crosses) fine |= (dt__party_set)1 << p;
    }
    for (dt__party_set set = 1; set < (dt__party_set)1 << m->party_count; set++) { /* every winning set of them */
        bool gain = false;
        if ((set & ~fine) != 0 || !dt__consent_wins(&f->consent, set)) continue;
        for (uint32_t p = 0; p < m->party_count; p++)
            gain = gain ||
                   ((set >> p & 1) && dt__rational_compare(utility(m, v, p, y, env), utility(m, v, p, x, env)) > 0);
        wins = wins || gain;
    }
    return wins;
}

static bool has_improvement(const dt_model *m, const dt__valuation *v, const dt__format *f, const dt__option *x,
                            dt_env *env) {
    for (uint32_t i = 0; i < m->issue_count; i++) {
        const dt__issue *issue = &m->issues[i];
        bool joint = issue->decided_by == DT__NO_INDEX;
        if (!issue->options[x[i]].reversible) continue;
        if (joint && f->has_agenda && !dt__issue_set_has(&f->agenda, i)) continue;
        for (uint32_t o = 0; o < issue->option_count; o++) {
            dt__option y[ISSUES];
            memcpy(y, x, sizeof y);
            y[i] = (dt__option)o;
            if (o == x[i] || !keeps_rules(m, y)) continue;
            if (joint && is_agreed(m, v, f, x, y, env)) return true;
            if (!joint && dt__rational_compare(utility(m, v, issue->decided_by, y, env),
                                               utility(m, v, issue->decided_by, x, env)) > 0)
                return true;
        }
    }
    return false;
}

typedef struct heard {
    dt_env *env;
    dt_model *model;
    dt__arena arena;
    dt__panel panel;
    dt__listener listener;
    dt__valuation v;
} heard;

static void heard_init(heard *h) {
    dt__panel_opts opts = {.steps = true};

    h->env = new_env();
    h->model = model_of(model_text, h->env);
    dt__arena_init(&h->arena, h->env);
    assert_int_equal(dt__panel_init(&h->panel, h->model, &opts, &h->arena, h->env), DT_OK);
    assert_int_equal(h->panel.voice_count, 2);
    assert_int_equal(dt__listener_init(&h->listener, &h->panel, h->env), DT_OK);
    assert_int_equal(dt__valuation_init(&h->v, h->model, h->env), DT_OK);
}

static void heard_clear(heard *h) {
    dt__valuation_clear(&h->v, h->env);
    dt__listener_clear(&h->listener);
    dt__panel_clear(&h->panel, h->env);
    dt__arena_clear(&h->arena);
    dt_model_free(h->model);
    dt_env_free(h->env);
}

static void a_walk_ends_where_nobody_has_an_improvement_left(void **state) {
    heard h;
    size_t moved = 0, linked = 0, different = 0;

    (void)state;
    heard_init(&h);
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        dt__option first[ISSUES];
        assert_int_equal(dt__valuation_draw(&h.v, h.model, 3, draw, h.env), DT_OK);
        assert_int_equal(dt__listen(&h.listener, &h.v, 3, draw), DT_OK);
        for (size_t voice = 0; voice < 2; voice++) {
            const dt__option *end = h.listener.steppers[voice].outcome;
            assert_true(keeps_rules(h.model, end));
            assert_false(has_improvement(h.model, &h.v, &h.model->formats[voice], end, h.env));
            moved += h.listener.deals[voice];
            linked += end[0] == 2;
        }
        memcpy(first, h.listener.outcomes[0], sizeof first);
        assert_int_equal(dt__listen(&h.listener, &h.v, 3, draw), DT_OK);
        assert_memory_equal(first, h.listener.outcomes[0], sizeof first); /* the same draw walks the same way */
        assert_int_equal(dt__listen(&h.listener, &h.v, 4, draw), DT_OK);
        different += memcmp(first, h.listener.outcomes[0], sizeof first) != 0;
    }
    assert_true(moved > DRAWS / 2);
    assert_true(linked > 0);    /* two issues that a rule links moved at once */
    assert_true(different > 0); /* where several equilibria can be reached, chance decides */
    heard_clear(&h);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_walk_ends_where_nobody_has_an_improvement_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
