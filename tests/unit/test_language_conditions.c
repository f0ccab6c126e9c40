/* Conditions mean what the manual says, and print so that they read back as the same condition. */
#include "language/expression.h"
#include "unit/language_text.h"

static const char before[] =
    "detente: 1\nparties: {p: {}}\nissues:\n"
    "  a: {options: [f, t], no_deal: f}\n  b: {options: [f, t], no_deal: f}\n  c: {options: [f, t], no_deal: f}\n"
    "  x: {options: [lo, mid, hi], ordered: true, no_deal: lo}\n  two words: {options: [no, 'or'''], no_deal: no}\n"
    "rules:\n  - id: r\n    require: ";

static dt_model *model_with(const char *condition, dt_env *env) {
    char text[4000];

    snprintf(text, sizeof text, "%s\"%s\"\n", before, condition);
    return model_of(text, env);
}

/* Truth over a, b, c as in counting: bit 0 of `truth` is a = b = c = f, bit 1 a = t, bit 2 b = t, bit 4 c = t. */
static void assert_truth(const char *condition, unsigned truth) {
    dt_env *env = new_env();
    dt_model *m = model_with(condition, env);

    for (unsigned i = 0; i < 8; i++) {
        const dt__option outcome[] = {i & 1, i >> 1 & 1, i >> 2 & 1, 0, 0};
        if (dt__condition_holds(m->rules[0].require, outcome) == (truth >> i & 1)) continue;
        print_error("%s: wrong for row %u\n", condition, i);
        assert_true(false);
    }
    dt_model_free(m);
    dt_env_free(env);
}

enum { A = 0xAA, B = 0xCC, C = 0xF0, ALL = 0xFF };

static void operators_bind_in_the_stated_order(void **state) {
    (void)state;
    assert_truth("true", ALL);
    assert_truth("false", 0);
    assert_truth("a == t", A);
    assert_truth("a != t", ~A & ALL);
    assert_truth("not a == t and b == t", (~A & B) & ALL);
    assert_truth("a == t or b == t and c == t", A | (B & C));
    assert_truth("(a == t or b == t) and c == t", (A | B) & C);
    assert_truth("a == t => b == t or c == t", (~A | B | C) & ALL);
    assert_truth("a == t if b == t", (A | ~B) & ALL);
    assert_truth("a == t => b == t if c == t", ((~A | B) | ~C) & ALL);
    assert_truth("a == t if b == t => c == t", (A | ~(~B | C)) & ALL);
    assert_truth("a == t <=> b == t => c == t", ~(A ^ (~B | C)) & ALL);
    assert_truth("a == t iff b == t if c == t", ~(A ^ (B | ~C)) & ALL);
    assert_truth("a == t <=> b == t <=> c == t", (A ^ B ^ C) & ALL);
    assert_truth("not not a == t", A);
    assert_truth("not (a == t and not (b == t or c == f))", ~(A & ~(B | ~C)) & ALL);
    assert_truth("a in [t] and b not in [t, f] or c in [f, t]", ALL);
}

static void order_and_membership_compare_options(void **state) {
    static const struct {
        const char *condition;
        unsigned holds; /* bit per option of x */
    } rows[] = {{"x < mid", 1},       {"x <= mid", 3},          {"x > mid", 4},   {"x >= mid", 6},
                {"x in [lo, hi]", 5}, {"x not in [lo, hi]", 2}, {"x == 'mid'", 2}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dt_env *env = new_env();
        dt_model *m = model_with(rows[i].condition, env);
        for (dt__option o = 0; o < 3; o++) {
            const dt__option outcome[] = {0, 0, 0, o, 0};
            assert_int_equal(dt__condition_holds(m->rules[0].require, outcome), rows[i].holds >> o & 1);
        }
        dt_model_free(m);
        dt_env_free(env);
    }
}

static void assert_prints(const char *condition, const char *printed) {
    dt_env *env = new_env();
    dt_model *m = model_with(condition, env);
    dt__text text;

    dt__text_init(&text, env);
    dt__condition_print(&text, m, m->rules[0].require);
    assert_string_equal(dt__text_get(&text), printed);
    dt__text_clear(&text);
    dt_model_free(m);
    dt_env_free(env);
}

static void printing_needs_the_fewest_parentheses(void **state) {
    (void)state;
    assert_prints("((a==t))and(b==t)", "a == t and b == t");
    assert_prints("a == t and (b == t and c == t)", "a == t and (b == t and c == t)");
    assert_prints("(a == t and b == t) and c == t", "a == t and b == t and c == t");
    assert_prints("(a == t or b == t) and c == t", "(a == t or b == t) and c == t");
    assert_prints("not (not (a == t))", "not not a == t");
    assert_prints("not (a == t or b == t)", "not (a == t or b == t)");
    assert_prints("(a == t => b == t) => c == t", "(a == t => b == t) => c == t");
    assert_prints("(a == t => b == t) if c == t", "a == t => b == t if c == t");
    assert_prints("(a == t if b == t) => c == t", "(a == t if b == t) => c == t");
    assert_prints("(a == t iff b == t) iff c == t", "a == t <=> b == t <=> c == t");
    assert_prints("a == t <=> (b == t <=> c == t)", "a == t <=> (b == t <=> c == t)");
    assert_prints("'two words' != 'or''' or x in['hi',lo]", "'two words' != 'or''' or x in [hi, lo]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_in_the_stated_order),
        cmocka_unit_test(order_and_membership_compare_options),
        cmocka_unit_test(printing_needs_the_fewest_parentheses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
