/* What would change it: differences of models and answers, found and told apart. */
#include <string.h>

#include "chance.h"
#include "detente/whatif.h"
#include "language_text.h"

#define HEAD \
    "detente: 1\nas_of: 2025-01-01\nparties: {a: {}, b: {}}\nformats: {two: {table: [a, b], consent: [a, b]}}\n"
#define ISSUES                                                                                                 \
    "issues:\n  x: {options: [p, q, r], no_deal: p}\n  l: {options: [off, on], decided_by: a, no_deal: off}\n" \
    "scenarios: {q: {when: \"x == q\"}, r: {when: \"x == r\"}}\nproposals: {deal: {x: r}}\n"
#define PREFERENCES_OF_A \
    "preferences:\n  a:\n    weights: {x: 1, l: 1}\n    values: {x: {p: 40, q: 50, r: 60}, l: {off: 10, on: 0}}\n"

static const char before_text[] = HEAD ISSUES PREFERENCES_OF_A
    "  b:\n    weights: {x: 1}\n    values: {x: {p: 40, q: 30, r: 60}}\n"
    "    red_lines: [{id: never, require: \"x != r\"}]\n    adjust: [{when: \"l == on and x == p\", add: -20}]\n";
static const char after_text[] = HEAD ISSUES "rules: [{id: fresh, require: \"x != q or l == off\"}]\n" PREFERENCES_OF_A
                                             "  b:\n    weights: {x: 1}\n    values: {x: {p: 40, q: 30, r: 70}}\n"
                                             "    adjust: [{when: \"l == on and x == p\", add: -20}]\n";

typedef struct comparison {
    dt_env *env;
    dt_model *before, *after;
    dt_whatif_answer *answer;
} comparison;

static comparison compare(const char *before, const char *after, const dt_setting *settings, size_t count) {
    comparison c = {.env = new_env()};
    dt_whatif_opts opts;

    dt_whatif_opts_init(&opts);
    opts.settings = settings;
    opts.setting_count = count;
    c.before = model_of(before, c.env);
    c.after = model_of(after, c.env);
    assert_int_equal(dt_whatif(&c.answer, c.before, c.after, &opts, c.env), DT_OK);
    return c;
}

static void clear(comparison *c) {
    dt_whatif_free(c->answer, c->env);
    dt_model_free(c->before);
    dt_model_free(c->after);
    dt_env_free(c->env);
}

static const dt_changed_zone *zone_of(const comparison *c, uint32_t scenario) {
    for (size_t i = 0; i < c->answer->zone_count; i++)
        if (c->answer->zones[i].scenario_after == scenario) return &c->answer->zones[i];
    fail_msg("no such zone");
    return NULL;
}

static void what_differs_in_two_models_is_found(void **state) {
    comparison c = compare(before_text, after_text, NULL, 0);
    const dt_changed_zone *zone;

    (void)state;
    assert_int_equal(c.answer->number_count, 1);
    assert_string_equal(c.answer->numbers[0].path, "preferences.b.values.x.r");
    assert_string_equal(c.answer->numbers[0].before.text, "60");
    assert_string_equal(c.answer->numbers[0].after.text, "70");
    assert_int_equal(c.answer->item_count, 2);
    assert_int_equal(c.answer->items[0].kind, DT_ITEM_RED_LINE);
    assert_string_equal(c.answer->items[0].id, "b.never");
    assert_false(c.answer->items[0].added);
    assert_int_equal(c.answer->items[1].kind, DT_ITEM_RULE);
    assert_true(c.answer->items[1].added);
    assert_int_equal(c.answer->zone_count, 3);
    zone = zone_of(&c, 1); /* r: only the red line stood in the way */
    assert_int_equal(zone->before->zone.status, DT_ZONE_EMPTY);
    assert_int_equal(zone->after->zone.status, DT_ZONE_OPEN);
    assert_int_equal(zone->lifted_count, 1);
    assert_string_equal(zone->lifted[0]->id, "b.never");
    assert_int_equal(zone->new_count, 0);
    assert_int_equal(c.answer->judgement_count, 1);
    assert_true(c.answer->judgements[0].after->accepts);
    assert_false(c.answer->judgements[0].before->accepts);
    clear(&c);
}

static void a_lever_moves_what_no_deal_is_worth(void **state) {
    static const dt_setting on[] = {{"l", "on"}};
    comparison c = compare(before_text, before_text, on, 1);
    const dt_changed_zone *zone = zone_of(&c, 0);

    (void)state;
    assert_int_equal(c.answer->place_count, 1);
    assert_int_equal(c.answer->number_count + c.answer->item_count, 0);
    assert_int_equal(c.answer->parties[0].after, 0); /* a gives up 5, b loses 20 */
    assert_string_equal(c.answer->parties[0].no_deal_after.text, "20");
    assert_string_equal(c.answer->parties[1].no_deal_after.text, "20");
    assert_int_equal(zone->before->zone.status, DT_ZONE_EMPTY);
    assert_int_equal(zone->after->zone.status, DT_ZONE_OPEN);
    assert_string_equal(zone->lifted[0]->id, "b.no_deal");
    clear(&c);
}

static void a_model_is_like_itself(void **state) {
    comparison c = compare(before_text, before_text, NULL, 0);

    (void)state;
    assert_int_equal(c.answer->number_count + c.answer->item_count + c.answer->place_count + c.answer->judgement_count,
                     0);
    for (size_t i = 0; i < c.answer->zone_count; i++) {
        assert_int_equal(c.answer->zones[i].lifted_count + c.answer->zones[i].new_count, 0);
        assert_int_equal(c.answer->zones[i].acceptance_count, 0);
    }
    clear(&c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_differs_in_two_models_is_found),
        cmocka_unit_test(a_lever_moves_what_no_deal_is_worth),
        cmocka_unit_test(a_model_is_like_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
