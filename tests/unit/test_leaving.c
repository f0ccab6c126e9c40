/* Who would leave a deal, and when: by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "detente/detente.h"

/* a gains 3 by a truce and waiting is worth 1 a month to it; b gains 5 and loses 2 a month by waiting.  A watch adds 4
 * for a.  b's guns are its lever: to move them costs it 1 and a 10. */
static const char text[] =
    "detente: 1\nas_of: 2025-01-01\nparties: {a: {}, b: {}}\nformats: {f: {table: [a, b], consent: [a, b]}}\n"
    "issues:\n  truce: {options: [no, yes], no_deal: no}\n  watch: {options: [no, yes], no_deal: no}\n"
    "  land: {options: [open, given], no_deal: open, reversible: false}\n"
    "  guns: {options: [here, there], no_deal: here, decided_by: b}\n"
    "preferences:\n"
    "  a: {weights: {truce: 1}, values: {truce: {no: 0, yes: 3}}, adjust: [{when: \"truce == yes and watch == yes\", "
    "add: 4}, "
    "{when: \"land == given\", add: -8}, {when: \"guns == there\", add: -10}], no_deal_drift: 1 per month}\n"
    "  b: {weights: {truce: 1}, values: {truce: {no: 0, yes: 5}}, adjust: [{when: \"land == given\", add: 2}, {when: "
    "\"guns == "
    "there\", add: -1}], no_deal_drift: -2 per month}\n"
    "proposals: {bare: {truce: yes}, full: {truce: yes, watch: yes}, ceded: {land: given, truce: yes}, bad: {watch: "
    "yes}}\n";

static dt_hold_answer *ask(const dt_model *model, const char *deal, const char *at, dt_env *env) {
    dt_hold_answer *answer = NULL;
    dt_hold_opts opts;

    dt_hold_opts_init(&opts);
    opts.deal = deal;
    opts.at = at;
    assert_int_equal(dt_hold(&answer, model, &opts, env), DT_OK);
    return answer;
}

static dt_model *read_model(dt_env *env) {
    dt_model *model = NULL;

    assert_int_equal(dt_model_read(&model, text, strlen(text), "text.yaml", env), DT_OK);
    return model;
}

static void the_month_when_it_ends(void **state) {
    dt_env *env = NULL;
    dt_model *model;
    dt_hold_answer *answer;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    model = read_model(env);
    answer = ask(model, "all", NULL, env);
    assert_int_equal(answer->deal_count, 4);
    assert_true(answer->deals[0].ends);
    assert_int_equal(answer->deals[0].leave_now, 0);
    assert_string_equal(answer->deals[0].month.text, "3");
    assert_int_equal(answer->deals[0].first, 0);
    assert_string_equal(answer->deals[0].parties[0].leaving_gain.text, "-3");
    assert_false(answer->deals[0].parties[1].ends); /* time works against leaving */
    assert_string_equal(answer->deals[1].month.text, "7");
    /* the watch keeps a in for longer; so does giving no land, which the deal does not */
    assert_int_equal(answer->deals[0].remedies[0].issue, 1);
    assert_string_equal(answer->deals[0].remedies[0].month.text, "7");
    dt_hold_free(answer, env);
    answer = ask(model, "bare", "2025-06-01", env); /* five months later: no deal is worth 5 to a */
    assert_int_equal(answer->deals[0].leave_now, 1);
    assert_string_equal(answer->deals[0].parties[0].leaving_gain.text, "2");
    assert_true(answer->deals[0].parties[0].deterred);  /* b moves its guns: 2 - 10 */
    assert_false(answer->deals[0].parties[0].credible); /* at a cost of 1 to itself */
    assert_int_equal(answer->deals[0].parties[0].answer_count, 1);
    assert_string_equal(answer->deals[0].parties[0].answered_gain.text, "-8");
    dt_hold_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* What is final is not taken back: a leaves the truce, and the land is gone. */
static void what_is_not_taken_back(void **state) {
    dt_env *env = NULL;
    dt_model *model;
    dt_hold_answer *answer;

    (void)state;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    model = read_model(env);
    answer = ask(model, "ceded", NULL, env);
    assert_int_equal(answer->deals[0].irreversible_count, 1);
    assert_int_equal(answer->deals[0].parties[0].leaves_to[2], 1);
    assert_string_equal(answer->deals[0].parties[0].gain.text, "-5");
    assert_string_equal(answer->deals[0].parties[0].leaving_gain.text, "-3");
    dt_hold_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_month_when_it_ends),
        cmocka_unit_test(what_is_not_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
