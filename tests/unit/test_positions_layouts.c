/* Tables of positions: every layout, encodings, and what is wrong with its place. */
#include <math.h>
#include <stdio.h>

#include "base/env.h"
#include "chance.h"
#include "positions/layouts.h"

static dt_env *fresh(void) {
    dt_env *env = NULL;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    return env;
}

static dt_status read_bytes(dt__positions *t, const char *bytes, size_t length, dt_env *env) {
    const dt__layout_opts opts = {0};
    return dt__positions_read(t, bytes, length, "t.csv", &opts, env);
}

/* ---- what is read ---- */

static void plain(void **state) {
    static const char text[] = "Issue;Salience;Who;Actor;Position;Power;Outcome;Low;High\n"
                               "1930-05-01;0,5;x;a;10;2;30;0;50\n"
                               "1930-05-01;;x;b;20,5;3;;;\n";
    dt_env *env = fresh();
    dt__positions t;

    (void)state;
    assert_int_equal(read_bytes(&t, text, strlen(text), env), DT_OK);
    assert_int_equal(t.layout, DT__LAYOUT_PLAIN);
    assert_int_equal(t.actor_count, 2);
    assert_string_equal(t.issues[0].id, "1930-05-01");
    assert_true(fabs(t.position[1] - 20.5) < 1e-12 && fabs(t.salience[0] - .5) < 1e-12 && isnan(t.salience[1]));
    assert_true(fabs(t.issues[0].high - 50) < 1e-12 && fabs(t.issues[0].outcome - 30) < 1e-12);
    assert_true(isnan(t.issues[0].reference));
    dt__positions_clear(&t);
    dt_env_free(env);
}

static void decide(void **state) {
    static const char text[] = "#O\tA case\n#A\t'a'\n#A\tb\n#P\tp\tThe issue\n#M\tp\t0.5\n#M\tp\t7\n"
                               "#D\ta\tp\t3\t0.7\t1.5\n#D\tb\tp\t7\t70\t1\n";
    dt_env *env = fresh();
    dt__positions t;

    (void)state;
    assert_int_equal(read_bytes(&t, text, strlen(text), env), DT_OK);
    assert_int_equal(t.layout, DT__LAYOUT_DECIDE);
    assert_string_equal(t.title, "A case");
    assert_string_equal(t.issues[0].name, "The issue");
    assert_true(fabs(t.issues[0].low - .5) < 1e-12 && fabs(t.capability[0] - 1.5) < 1e-12);
    assert_true(fabs(t.salience[1] - .7) < 1e-12); /* one above 1 makes all of them per cent */
    dt__positions_clear(&t);
    dt_env_free(env);
}

static void ktab(void **state) {
    static const char text[] =
        "Case,\"described, at length\",2,2,\nActor,Description,Power,P1 Position,P1 Salience,P2,S2,\n"
        "a,The first,100,10,30,20,70,\nb,The second,50.5,90,60,0,40\n";
    dt_env *env = fresh();
    dt__positions t;

    (void)state;
    assert_int_equal(read_bytes(&t, text, strlen(text), env), DT_OK);
    assert_int_equal(t.layout, DT__LAYOUT_KTAB);
    assert_true(t.shared_salience);
    assert_string_equal(t.issues[0].id, "P1");
    assert_string_equal(t.actors[1].name, "The second");
    assert_true(fabs(t.salience[3] - .4) < 1e-12);
    dt__positions_clear(&t);
    dt_env_free(env);
}

static void council(void **state) {
    static const char text[] = "prnr\tisnr\tproc\tcounvte\tpcom\tpep\tpde\tpuk\tscom\tsep\tsde\tsuk\trp\tout\n"
                               "\t\t\t\t4.1\t4.1\t2.8\t2.64\t\t\t\t\t\t\n"
                               "p1\t999\tCNS\tQMV\t0\t50\t100\t\t80\t0\t\t50\t\t100\n";
    dt_env *env = fresh();
    dt__positions t;

    (void)state;
    assert_int_equal(read_bytes(&t, text, strlen(text), env), DT_OK);
    assert_int_equal(t.layout, DT__LAYOUT_DEU);
    assert_int_equal(t.issue_count, 1);
    assert_string_equal(t.issues[0].id, "999");
    assert_true(isnan(t.issues[0].reference) && fabs(t.issues[0].outcome - 100) < 1e-12);
    assert_true(fabs(t.capability[0] - 87 * .25) < 1e-12); /* the Commission */
    assert_true(fabs(t.capability[1]) < 1e-12);            /* the Parliament is only heard */
    assert_int_equal(t.ignored_saliences, 1);
    dt__positions_clear(&t);
    dt_env_free(env);
}

/* Shapley-Shubik indices that were computed independently, to four decimals. */
static void power_in_the_council(void **state) {
    static const struct {
        dt__council council;
        double com, ep, de, lu;
    } games[] = {{{false, false, false}, .2478, 0, .0851, .0183},
                 {{false, true, false}, .1955, .2580, .0617, .0136},
                 {{true, false, false}, .2541, 0, .0622, .0089},
                 {{true, true, false}, .2085, .2430, .0458, .0067}};

    (void)state;
    for (size_t g = 0; g < sizeof games / sizeof *games; g++) {
        double power[DT__COUNCIL_PLAYERS], sum = 0;
        dt__council_shapley(&games[g].council, power);
        for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
            const char *code = dt__council_player(p);
            sum += power[p];
            if (strcmp(code, "com") == 0) assert_true(fabs(power[p] - games[g].com) < 6e-5);
            if (strcmp(code, "ep") == 0) assert_true(fabs(power[p] - games[g].ep) < 6e-5);
            if (strcmp(code, "de") == 0) assert_true(fabs(power[p] - games[g].de) < 6e-5);
            if (strcmp(code, "lu") == 0) assert_true(fabs(power[p] - games[g].lu) < 6e-5);
        }
        assert_true(fabs(sum - 1) < 1e-9);
    }
}

/* ---- encodings ---- */

static void encodings(void **state) {
    static const char utf8[] = "\xEF\xBB\xBF"
                               "actor,position\nZo\xC3\xAB,1\nb,2\n";
    static const char windows[] = "actor,position\nZo\xEB,1\nb,2\n";
    static const char utf16[] = "\xFF\xFE"
                                "a\0c\0t\0o\0r\0,\0p\0o\0s\0i\0t\0i\0o\0n\0\n\0Z\0o\0\xEB\0,\0001\0\n\0b\0,\0002\0\n";
    static const struct {
        const char *bytes;
        size_t length;
    } texts[] = {{utf8, sizeof utf8 - 1}, {windows, sizeof windows - 1}, {utf16, sizeof utf16}};

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dt_env *env = fresh();
        dt__positions t;
        assert_int_equal(read_bytes(&t, texts[i].bytes, texts[i].length, env), DT_OK);
        assert_string_equal(t.actors[0].id, "Zo\xC3\xAB");
        dt__positions_clear(&t);
        dt_env_free(env);
    }
}

/* ---- what is wrong, and where ---- */

static void refused(const char *text, const char *code, unsigned line, unsigned column) {
    dt_env *env = fresh();
    dt__positions t;

    assert_int_equal(read_bytes(&t, text, strlen(text), env), DT_ERR_MODEL);
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        if (d->severity != DT_ERROR) continue;
        if (strcmp(d->code, code) != 0 || d->line != line || d->column != column)
            fail_msg("%s at %u:%u, expected %s at %u:%u", d->code, d->line, d->column, code, line, column);
        break;
    }
    dt__positions_clear(&t);
    dt_env_free(env);
}

static void mistakes(void **state) {
    (void)state;
    refused("", "empty-table", 0, 0);
    refused("\n \n", "empty-table", 0, 0);
    refused("actor,position\n", "empty-table", 0, 0);
    refused("this,that\n1,2\n", "unknown-layout", 0, 0);
    refused("actor,position\na,ten\n", "bad-number", 2, 3);
    refused("actor,position,salience\na,1,101\n", "out-of-range", 2, 5);
    refused("actor,position,capability\na,1,-2\n", "out-of-range", 2, 5);
    refused("issue,actor,position\np,a,1\np,a,2\n", "twice", 3, 3);
    refused("actor,position,low,high\na,1,5,5\n", "bad-scale", 2, 1);
    refused("actor,position,low,high\na,9,0,5\n", "outside-scale", 2, 1);
    refused("actor,position,outcome\na,9,1\nb,9,2\n", "two-values", 3, 5);
    refused("actor,position\n\"a,1\n", "open-quote", 2, 1);
    refused("#A\ta\n#P\tp\n#D\tb\tp\t1\t1\t1\n", "unknown-party", 3, 4);
    refused("#A\ta\n#P\tp\n#D\ta\tp\t160\t1\t1\n", "out-of-range", 3, 8);
    refused("n,d,2,1\nActor,D,P,x,s\na,,1,10,50\n", "wrong-count", 1, 5);
    refused("n,d,1,2\nActor,D,P,x,s,y,t\na,,1,10,50,20,60\n", "saliences-above-100", 3, 1);
    refused("prnr,isnr,pcom,scom\np,i,0,5\np,i,0,5\n", "twice", 3, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),    cmocka_unit_test(decide),    cmocka_unit_test(ktab),
        cmocka_unit_test(council),  cmocka_unit_test(encodings), cmocka_unit_test(power_in_the_council),
        cmocka_unit_test(mistakes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
