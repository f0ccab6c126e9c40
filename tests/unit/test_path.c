/* Ways computed by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "detente/detente.h"

/* Two parties; a ceasefire pays both a little, land pays b a lot and costs a; aid is c's lever.  Land may not come
 * before the ceasefire. */
static const char text[] =
    "detente: 1\nparties: {a: {}, b: {}, c: {}}\n"
    "formats: {f: {table: [a, b], consent: [a, b]}, alone: {table: [b], consent: [b]}}\n"
    "issues:\n  fire: {options: [on, off], no_deal: on}\n  land: {options: [open, given], no_deal: open, reversible: "
    "false}\n"
    "  pay: {options: [none, some], no_deal: none}\n  aid: {options: [no, yes], no_deal: no, decided_by: c}\n"
    "preferences:\n"
    "  a: {weights: {fire: 1, land: 1, pay: 1}, values: {fire: {on: 0, off: 6}, land: {open: 0, given: -9}, pay: "
    "{none: 0, "
    "some: 9}}}\n"
    "  b: {weights: {fire: 1, land: 1, pay: 1}, values: {fire: {on: 0, off: 3}, land: {open: 0, given: 12}, pay: "
    "{none: 0, "
    "some: -6}}}\n"
    "  c: {weights: {aid: 1}, values: {aid: {no: 0, yes: 1}}}\n"
    "principles:\n  - {id: fire-first, by: a, order: {before: \"land == given\", needs: \"fire == off\"}}\n"
    "  - {id: with-a, by: a, present: {party: a, for: [land]}}\n"
    "proposals: {all: {fire: off, land: given, pay: some}, swap: {land: given, pay: some}, aided: {fire: off, aid: "
    "yes}}\n"
    "scenarios: {quiet: {when: \"fire == off\"}}\n";

typedef struct fixture {
    dt_env *env;
    dt_model *model;
    dt_path_answer *answer;
} fixture;

static const dt_way *ask(fixture *f, const char *format, const char *to, unsigned bundle, bool strict) {
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.among = format;
    opts.to = to;
    opts.bundle = bundle;
    opts.strict = strict;
    opts.verify = true;
    dt_path_free(f->answer, f->env);
    assert_int_equal(dt_path(&f->answer, f->model, &opts, f->env), DT_OK);
    assert_true(f->answer->verified);
    return &f->answer->formats[0].ways[0];
}

static int set_up(void **state) {
    static fixture f;

    memset(&f, 0, sizeof f);
    if (dt_env_new(&f.env, NULL) != DT_OK) return 1;
    if (dt_model_read(&f.model, text, strlen(text), "text.yaml", f.env) != DT_OK) return 1;
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;

    dt_path_free(f->answer, f->env);
    dt_model_free(f->model);
    dt_env_free(f->env);
    return 0;
}

/* Ceasefire first; then pay or land, which each hurt one: from +2/+1, pay leaves b at -1, land leaves a at -1. */
static void a_plan_in_larger_steps(void **state) {
    const dt_way *way = ask(*state, "f", "all", 1, false);

    assert_int_equal(way->status, DT_WAY_NONE);
    assert_int_equal(way->least_bundle, 2);
    assert_int_equal(way->reached, 4); /* the ceasefire and the aid, or not */
    assert_int_equal(way->missing, 2);
    assert_int_equal(way->cut_set_count, 2);
    assert_string_equal(way->cut_sets[0].cuts[0].id, "a.no_deal");
    assert_string_equal(way->cut_sets[1].cuts[0].id, "b.no_deal");
    way = ask(*state, "f", "all", 2, false);
    assert_int_equal(way->status, DT_WAY_FOUND);
    assert_int_equal(way->step_count, 2);
    assert_false(way->shortest->steps[0].irreversible);
    assert_true(way->shortest->steps[1].irreversible);
    assert_int_equal(way->shortest->irreversible_count, 1);
    assert_string_equal(way->shortest->floor.text, "1");
}

static void the_order_of_principles(void **state) {
    const dt_way *way = ask(*state, "f", "swap", 2, false);

    assert_int_equal(way->status, DT_WAY_NONE);
    assert_true(way->barred);
    assert_int_equal(way->cut_set_count, 1);
    assert_string_equal(way->cut_sets[0].cuts[0].id, "fire-first");
    assert_int_equal(way->cut_sets[0].step_count, 1);
}

static void presence(void **state) {
    const dt_way *way = ask(*state, "alone", "land=given,fire=off", 1, false);

    assert_int_equal(way->status, DT_WAY_NONE);
    assert_int_equal(way->cut_set_count, 1);
    assert_string_equal(way->cut_sets[0].cuts[0].id, "with-a");
}

/* The lever is its owner's to move. */
static void a_step_of_ones_own(void **state) {
    const dt_way *way = ask(*state, "f", "aided", 1, true);
    unsigned alone = 0;

    assert_int_equal(way->status, DT_WAY_FOUND);
    assert_int_equal(way->step_count, 2);
    for (size_t i = 0; i < 2; i++) {
        if (way->shortest->steps[i].joint) continue;
        alone++;
        assert_int_equal(way->shortest->steps[i].parties, 1 << 2);
    }
    assert_int_equal(alone, 1);
}

static void a_bound_on_steps_proves_nothing(void **state) {
    fixture *f = *state;
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.among = "f";
    opts.to = "aided";
    opts.steps = 1;
    assert_int_equal(dt_path(&f->answer, f->model, &opts, f->env), DT_OK);
    assert_int_equal(f->answer->formats[0].ways[0].status, DT_WAY_UNDECIDED);
    assert_non_null(f->answer->formats[0].limit_note);
}

/* What a draw was not given the work to find stays undecided; it does not count as absent. */
static void work_for_a_draw(void **state) {
    fixture *f = *state;
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.among = "f";
    opts.draws = 4;
    opts.draw_work = 1;
    for (int bounded = 1; bounded >= 0; bounded--, opts.draw_work = 0) {
        const dt_path_format *format;
        dt_path_free(f->answer, f->env);
        assert_int_equal(dt_path(&f->answer, f->model, &opts, f->env), DT_OK);
        format = &f->answer->formats[0];
        for (size_t i = 0; i < format->way_count; i++) {
            const dt_way *way = &format->ways[i];
            bool far = way->status == DT_WAY_FOUND ? way->step_count > 1 : true;
            assert_int_equal(way->undecided_draws, bounded && far ? 4 : 0);
            assert_int_equal(way->reached_by_draws, way->status == DT_WAY_FOUND && !(bounded && far) ? 4 : 0);
        }
    }
}

static void options_out_of_range(void **state) {
    fixture *f = *state;
    dt_path_answer *answer;
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.bundle = 0;
    assert_int_equal(dt_path(&answer, f->model, &opts, f->env), DT_ERR_ARGUMENT);
    assert_null(answer);
    dt_path_opts_init(&opts);
    opts.to = "nowhere";
    assert_int_equal(dt_path(&answer, f->model, &opts, f->env), DT_ERR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plan_in_larger_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_order_of_principles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(presence, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_step_of_ones_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bound_on_steps_proves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(work_for_a_draw, set_up, tear_down),
        cmocka_unit_test_setup_teardown(options_out_of_range, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
