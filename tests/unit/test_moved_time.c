/* Triggers that end, suspend and extend a reading: by hand, then a law on random ones. */
#include <math.h>
#include <stdio.h>

#include "chance.h"
#include "detente/detente.h"
#include "language_text.h"

/* ---- a model, and one file of events that is a text ---- */

static dt_status read_text(void *payload, char *bytes, size_t room, size_t *got) {
    const char **text = payload;

    *got = strlen(*text) < room ? strlen(*text) : room;
    memcpy(bytes, *text, *got);
    *text += *got;
    return DT_OK;
}

static dt_status open_text(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    (void)name;
    if (kind != DT_MONITOR_EVENTS) return DT_ERR_IO;
    *source = (dt_source){.read = read_text, .payload = payload};
    return DT_OK;
}

static void close_text(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

typedef struct watch {
    dt_env *env;
    dt_model *model;
    dt_monitor_answer *answer;
    const dt_reading_record *reading;
} watch;

static watch ask(const char *model, const char *events) {
    const char *const names[] = {"events.csv"};
    watch w = {.env = new_env()};
    dt_monitor_opts opts;

    w.model = model_of(model, w.env);
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_text, close_text, &events};
    opts.events = names;
    opts.event_count = 1;
    if (dt_monitor(&w.answer, w.model, &opts, w.env) != DT_OK) print_findings(w.env);
    assert_non_null(w.answer);
    w.reading = &w.answer->clauses[0].readings[0];
    return w;
}

static void done(watch *w) {
    dt_monitor_free(w->answer, w->env);
    dt_model_free(w->model);
    dt_env_free(w->env);
}

/* DT_VERDICT_OUT_OF_SCOPE: it is in no finding. */
static dt_verdict verdict_of(const watch *w, const char *id) {
    for (size_t i = 0; i < w->reading->finding_count; i++)
        if (strcmp(w->answer->incidents[w->reading->findings[i].incident].id, id) == 0)
            return w->reading->findings[i].verdict;
    return DT_VERDICT_OUT_OF_SCOPE;
}

static void expect(const watch *w, const char *id, dt_verdict verdict) {
    if (verdict_of(w, id) != verdict) fail_msg("%s: verdict %d", id, (int)verdict_of(w, id));
}

#define HEAD                                                                                                      \
    "detente: 1\nparties: {a: {}, b: {}}\nagreements:\n  pact:\n    parties: [a, b]\n    clauses:\n      calm:\n" \
    "        readings:\n          one:\n            bound: [a, b]\n            acts: fire\n"                      \
    "            from: 2031-05-01\n"
#define TEN_DAYS HEAD "            until: 2031-05-11\n"
#define EVENTS "id,source,kind,claimant,actor,date,end,act\n"
#define BY_A(id, when) id ",s,allegation,b,a,2031-05-" when ",,fire.tank\n"
#define BY_B(id, when) id ",s,allegation,a,b,2031-05-" when ",,fire.tank\n"
enum { FIRST = 1935360000, DAY = 86400 }; /* 1 May 2031 */

/* ---- by hand ---- */

static void a_termination_takes_effect_with_the_next_day(void **state) {
    watch w =
        ask(TEN_DAYS "            triggers: [{id: end, more_than: 1, then: termination}, {id: talks, more_than: 3}]\n",
            EVENTS BY_A("x1", "02T01:00") BY_A("x2", "04T01:00") BY_A("x3", "04T23:00") BY_B("x4", "04T23:30")
                BY_B("x5", "05T00:00") BY_A("x6", "06T00:00"));
    const dt_move *m = w.reading->moves;

    (void)state;
    expect(&w, "x3", DT_VERDICT_ALLEGED);
    expect(&w, "x4", DT_VERDICT_ALLEGED);
    expect(&w, "x5", DT_VERDICT_OUT_OF_SCOPE);
    expect(&w, "x6", DT_VERDICT_OUT_OF_SCOPE);
    assert_int_equal(w.reading->move_count, 1);
    assert_true(m->certainly && m->possibly_from == m->from && m->until == INT64_MAX);
    assert_int_equal(m->from, FIRST + 4 * DAY);
    assert_int_equal(w.reading->until, m->from);
    assert_int_equal(w.reading->declared_until, FIRST + 10 * DAY);
    assert_int_equal(w.reading->window_until, FIRST + 4 * DAY);
    assert_false(w.reading->parties[0].triggered[1].possibly); /* what comes after the end does not count */
    assert_false(w.reading->parties[0].has_branches);
    done(&w);
}

static void an_occurrence_does_not_free_itself(void **state) {
    watch w = ask(TEN_DAYS "            triggers: [{id: end, more_than: 0, then: termination}]\n",
                  EVENTS "x1,s,allegation,b,a,2031-05-02T22:00,2031-05-03T04:00,fire.tank\n" BY_B("x2", "03T10:00")
                      BY_B("x3", "04T10:00"));

    (void)state;
    expect(&w, "x1", DT_VERDICT_ALLEGED);
    expect(&w, "x2", DT_VERDICT_INDETERMINATE); /* it may have come about on the second or on the third */
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE);
    assert_int_equal(w.reading->moves->possibly_from, FIRST + 2 * DAY);
    assert_int_equal(w.reading->moves->from, FIRST + 3 * DAY);
    assert_true(w.reading->parties[1].has_branches);
    assert_int_equal(w.reading->parties[1].doubted_from, FIRST + 2 * DAY);
    assert_int_equal(w.reading->parties[1].stayed.conclusion, DT_CONCLUSION_ALLEGED);
    assert_int_equal(w.reading->parties[1].lapsed.conclusion, DT_CONCLUSION_NONE_REPORTED);
    assert_true(w.reading->parties[1].lapsed.counts[DT_VERDICT_OUT_OF_SCOPE] > 1.5);
    done(&w);
}

static void what_is_in_doubt_ends_it_possibly(void **state) {
    watch w = ask(TEN_DAYS "            triggers: [{id: end, more_than: 0, per: week, then: termination}]\n", EVENTS
                  "x1,s,observation,,,2031-05-02T22:00,,fire.tank\n" BY_B("x2", "03T10:00") BY_A("x3", "05T10:00"));

    (void)state;
    expect(&w, "x2", DT_VERDICT_INDETERMINATE);
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE); /* ended by x1, or else by x2 */
    assert_true(w.reading->moves->certainly);
    assert_int_equal(w.reading->moves->possibly_from, FIRST + 2 * DAY);
    assert_int_equal(w.reading->moves->from, FIRST + 3 * DAY);
    done(&w);
}

static void a_suspension_is_over_after_its_time_and_comes_once(void **state) {
    watch w =
        ask(TEN_DAYS "            triggers: [{id: pause, more_than: 1, per: day, then: suspension, for: 1 day 6 hours},"
                     " {id: end, more_than: 3, then: termination}]\n",
            EVENTS BY_A("x1", "02T01:00") BY_A("x2", "02T02:00") BY_A("x3", "03T10:00") BY_A("x4", "04T05:59")
                BY_A("x5", "04T06:00") BY_A("x6", "04T07:00") BY_A("x7", "05T01:00") BY_A("x8", "05T02:00"));

    (void)state;
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE);
    expect(&w, "x4", DT_VERDICT_OUT_OF_SCOPE);
    expect(&w, "x5", DT_VERDICT_ALLEGED);
    expect(&w, "x6", DT_VERDICT_ALLEGED);
    expect(&w, "x7", DT_VERDICT_OUT_OF_SCOPE); /* four count: x1, x2, x5, x6 */
    assert_int_equal(w.reading->move_count, 2);
    assert_int_equal(w.reading->moves[0].until, FIRST + 3 * DAY + 6 * 3600);
    assert_int_equal(w.reading->moves[1].from, FIRST + 4 * DAY);
    done(&w);
}

static void a_suspension_without_a_length_lasts_to_the_end(void **state) {
    watch w = ask(TEN_DAYS "            triggers: [{id: pause, more_than: 0, then: suspension}]\n",
                  EVENTS BY_A("x1", "02T01:00") BY_A("x2", "03T02:00") BY_B("x3", "10T10:00"));

    (void)state;
    expect(&w, "x2", DT_VERDICT_OUT_OF_SCOPE);
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE);
    assert_int_equal(w.reading->until, FIRST + 2 * DAY);
    done(&w);
}

#define LONGER TEN_DAYS "            triggers: [{id: longer, at_most: 1, then: extension, by: 5 days}]\n"

static void an_extension_holds_as_far_as_its_condition_does(void **state) {
    watch w = ask(LONGER, EVENTS BY_A("x1", "02T01:00") BY_A("x2", "12T02:00") BY_B("x3", "16T00:00"));

    (void)state;
    expect(&w, "x2", DT_VERDICT_ALLEGED);
    expect(&w, "x3", DT_VERDICT_OUT_OF_SCOPE);
    assert_int_equal(w.reading->until, FIRST + 15 * DAY);
    done(&w);
    w = ask(LONGER,
            EVENTS BY_A("x1", "02T01:00") "x0,s,observation,,,2031-05-02T22:00,,fire.tank\n" BY_A("x2", "12T02:00"));
    expect(&w, "x2", DT_VERDICT_INDETERMINATE);
    assert_int_equal(w.reading->until, FIRST + 10 * DAY);
    assert_false(w.reading->moves->certainly);
    assert_int_equal(w.reading->parties[0].doubted_from, FIRST + 10 * DAY);
    done(&w);
    w = ask(LONGER, EVENTS BY_A("x1", "02T01:00") BY_A("x0", "02T03:00") BY_A("x2", "12T02:00"));
    expect(&w, "x2", DT_VERDICT_OUT_OF_SCOPE);
    assert_int_equal(w.reading->move_count, 0);
    done(&w);
}

static void an_extension_until_a_date(void **state) {
    watch w =
        ask(TEN_DAYS "            triggers: [{id: longer, more_than: 0, then: extension, until: {after: from, days: "
                     "12}}]\n",
            EVENTS BY_A("x1", "02T01:00") BY_A("x2", "12T02:00"));

    (void)state;
    expect(&w, "x2", DT_VERDICT_ALLEGED);
    assert_int_equal(w.reading->until, FIRST + 12 * DAY);
    done(&w);
}

static void both_branches_of_reciprocity_are_told(void **state) {
    watch w = ask(TEN_DAYS "            reciprocal: true\n",
                  EVENTS BY_A("x1", "02T01:00") BY_B("x2", "03T02:00") BY_B("x3", "04T10:00"));
    const dt_party_record *b = &w.reading->parties[1];

    (void)state;
    assert_false(w.reading->parties[0].has_branches);
    assert_true(b->has_branches && b->stayed.counts[DT_VERDICT_ALLEGED] > 1.5);
    assert_true(b->lapsed.counts[DT_VERDICT_OUT_OF_SCOPE] > b->counts[DT_VERDICT_OUT_OF_SCOPE] + 1.5);
    assert_int_equal(b->doubted_from, FIRST + DAY + 3660);
    done(&w);
}

/* ---- a law: knowing less of one record moves verdicts only towards doubt ---- */

typedef struct told_event {
    int hour, length, party; /* 2: not known */
} told_event;

enum { EVENTS_MOST = 12 };

static void write_events(char *out, size_t room, const told_event *list, int count) {
    static const char *const names[] = {"a", "b", ""};
    size_t used = (size_t)snprintf(out, room, "%s", EVENTS);

    for (int i = 0; i < count; i++) {
        int end = list[i].hour + list[i].length - 1;
        used += (size_t)snprintf(
            out + used, room - used, "x%d,s,observation,,%s,2031-05-%02dT%02d:00,2031-05-%02dT%02d:59,fire.tank\n", i,
            names[list[i].party], 1 + list[i].hour / 24, list[i].hour % 24, 1 + end / 24, end % 24);
    }
}

static void write_model(char *out, size_t room, chance *c) {
    static const char *const moves[] = {"then: termination",
                                        "then: suspension",
                                        "then: suspension, for: 1 day",
                                        "then: suspension, for: 30 hours",
                                        "then: consultation",
                                        "then: extension, by: 3 days"};
    static const char *const spans[] = {"", ", per: day", ", per: week"};
    size_t used = (size_t)snprintf(out, room, "%s            triggers:\n", TEN_DAYS);

    for (uint32_t i = 0; i < 1 + chance_below(c, 3); i++)
        used += (size_t)snprintf(out + used, room - used, "              - {id: t%u, more_than: %u, %s%s}\n", i,
                                 chance_below(c, 4), moves[chance_below(c, 6)], spans[chance_below(c, 3)]);
}

static void knowing_less_only_adds_doubt(void **state) {
    chance c = chance_of(chance_seed("knowing_less_only_adds_doubt"), 0);
    size_t moved = 0;

    (void)state;
    for (int round = 0; round < 400; round++) {
        told_event list[EVENTS_MOST];
        char model[2048], sharp[4096], blurred[4096], id[16];
        int count = chance_between(&c, 2, EVENTS_MOST), at;
        watch before, after;

        for (int i = 0; i < count; i++)
            list[i] = (told_event){chance_between(&c, 24, 24 * 13), chance_between(&c, 1, 9), (int)chance_below(&c, 3)};
        write_model(model, sizeof model, &c);
        write_events(sharp, sizeof sharp, list, count);
        at = (int)chance_below(&c, (uint32_t)count);
        if (chance_below(&c, 3) == 0) list[at].party = 2;
        else {
            int earlier = chance_between(&c, 0, 24);
            list[at].hour -= earlier;
            list[at].length += earlier + chance_between(&c, 0, 40);
        }
        write_events(blurred, sizeof blurred, list, count);
        before = ask(model, sharp);
        after = ask(model, blurred);
        moved += before.reading->move_count > 0;
        for (int i = 0; i < count; i++) {
            dt_verdict a, b;
            snprintf(id, sizeof id, "x%d", i);
            a = verdict_of(&before, id);
            b = verdict_of(&after, id);
            if (a != b && b != DT_VERDICT_INDETERMINATE)
                fail_msg("round %d, %s: %d becomes %d\n%s%s%s", round, id, (int)a, (int)b, model, sharp, blurred);
        }
        done(&before);
        done(&after);
    }
    assert_true(moved > 100);
}

/* ---- written again ---- */

static void triggers_survive_writing(void **state) {
    dt_env *env = new_env();
    dt_model *model = model_of(TEN_DAYS
                               "            triggers: [{id: p, more_than: 1, then: suspension, for: 1 week 6 hours}, "
                               "{id: e, at_most: 1, then: extension, by: 30 minutes}, {id: f, at_most: 2, then: "
                               "extension, until: {after: from, days: 12}}]\n",
                               env),
             *again;
    char *once = canonical_of(model, env), *twice;

    (void)state;
    assert_non_null(strstr(once, "for: 7 days 6 hours"));
    assert_non_null(strstr(once, "by: 30 minutes"));
    again = model_of(once, env);
    twice = canonical_of(again, env);
    assert_string_equal(once, twice);
    free(once);
    free(twice);
    dt_model_free(again);
    dt_model_free(model);
    dt_env_free(env);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_termination_takes_effect_with_the_next_day),
        cmocka_unit_test(an_occurrence_does_not_free_itself),
        cmocka_unit_test(what_is_in_doubt_ends_it_possibly),
        cmocka_unit_test(a_suspension_is_over_after_its_time_and_comes_once),
        cmocka_unit_test(a_suspension_without_a_length_lasts_to_the_end),
        cmocka_unit_test(an_extension_holds_as_far_as_its_condition_does),
        cmocka_unit_test(an_extension_until_a_date),
        cmocka_unit_test(both_branches_of_reciprocity_are_told),
        cmocka_unit_test(knowing_less_only_adds_doubt),
        cmocka_unit_test(triggers_survive_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
