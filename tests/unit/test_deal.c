/* The question of a deal: answers worked out by hand, and what must not change an answer. */
#include "base/threads.h"
#include "chance.h"
#include "detente/deal.h"
#include "detente/report.h"
#include "language_text.h"

enum { ROUNDS = 60, PARTIES = 3, ISSUES = 3, OPTIONS = 3 };

static dt_env *env_of(unsigned threads) {
    dt_env_opts opts;
    dt_env *env;

    dt_env_opts_init(&opts);
    opts.threads = threads;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    return env;
}

static dt_deal_answer *answer_of(const dt_model *model, const dt_deal_opts *opts, dt_env *env) {
    dt_deal_answer *answer;
    dt_deal_opts defaults;

    dt_deal_opts_init(&defaults);
    if (dt_deal(&answer, model, opts == NULL ? &defaults : opts, env) != DT_OK) print_findings(env);
    assert_non_null(answer);
    return answer;
}

/* ---- by hand ---- */

/* Two parties, opposed on x, agreed on y; 2 x 2 x 1 outcomes. */
static const char open_zone[] =
    "detente: 1\nas_of: 2025-01-01\nquantities: {stake: {value: 0..100}}\n"
    "parties: {north: {}, south: {}, watcher: {}}\n"
    "formats: {both: {table: [north, south], consent: [north, south]}, one: {table: [north, south], consent: "
    "{at_least: 1, of: [north, south]}}}\n"
    "issues: {x: {options: [low, high], no_deal: low}, y: {options: [old, new], no_deal: old}}\n"
    "rules: [{id: no-high-old, require: \"not (x == high and y == old)\"}]\n"
    "preferences:\n"
    "  north: {weights: {x: 40, y: 60}, values: {x: {low: 100, high: 0}, y: {old: 0, new: 50}}, no_deal: 45, "
    "no_deal_drift: -10 per month}\n"
    "  south: {weights: {x: 1, y: 1}, values: {x: {low: 0, high: 100}, y: {old: \"stake\", new: 60}}, red_lines: [{id: "
    "pride, require: \"y == new\", cost: 7}]}\n"
    "  watcher: {priorities: [\"x == high\"]}\n"
    "principles: [{id: decency, by: watcher, require: \"x == high\"}]\n"
    "proposals: {swap: {x: high, y: new}, renew: {y: new}}\n"
    "scenarios: {better: {when: \"y == new\"}, worse: {when: \"x == high and y == new\"}}\n";

static void an_open_zone_is_what_it_is_by_hand(void **state) {
    dt_env *env = env_of(1);
    dt_model *model = model_of(open_zone, env);
    dt_deal_opts opts;
    dt_deal_answer *a;
    const dt_deal_format *both, *one;

    (void)state;
    /* north: low-old 40, low-new 70, high-new 30, reservation 45; south: 25, 30, 80, reservation 25, no pride at old.
     */
    dt_deal_opts_init(&opts);
    opts.verify = true;
    a = answer_of(model, &opts, env);
    both = &a->formats[0];
    one = &a->formats[1];
    assert_true(a->verified);
    assert_string_equal(both->outcomes.text, "4");
    assert_string_equal(both->coherent.text, "3");
    assert_int_equal(both->zone.status, DT_ZONE_OPEN);
    assert_true(both->zone.exact && !both->zone.has_no_deal);
    assert_string_equal(both->zone.count.text, "1"); /* low-new */
    assert_string_equal(both->zone.keeps_principles.text, "0");
    assert_true(both->zone.example[0] == 0 && both->zone.example[1] == 1);
    assert_int_equal(both->winning_count, 1);
    assert_int_equal(both->winning[0], 3);
    assert_false(both->improper);
    assert_int_equal(both->acceptable_count, 3);
    assert_string_equal(both->acceptable[0].count.text, "1");
    assert_string_equal(both->acceptable[1].count.text, "2");
    assert_string_equal(both->acceptable[2].count.text, "3"); /* nothing is worse than low for the watcher */
    assert_int_equal(both->best_count, 2);
    assert_string_equal(both->best[0].utility.text, "70");
    assert_string_equal(both->best[0].gain.text, "25");
    assert_string_equal(both->best[1].utility.text, "30");
    assert_int_equal(both->proposal_count, 2);
    assert_false(both->proposals[0].acceptable);
    assert_true(both->proposals[0].coherent && both->proposals[1].coherent && both->proposals[1].acceptable);
    assert_int_equal(both->proposals[1].principle_count, 1);
    assert_int_equal(both->scenario_count, 2);
    assert_int_equal(both->scenarios[0].zone.status, DT_ZONE_OPEN);
    assert_int_equal(both->scenarios[1].zone.status, DT_ZONE_EMPTY);
    assert_true(one->improper);
    assert_int_equal(one->winning_count, 2);
    assert_string_equal(one->zone.count.text, "2"); /* high-new as well: south alone */
    assert_int_equal(a->no_deal_count, 3);
    assert_string_equal(a->no_deal_values[1].utility.text, "25");
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

static void settings_and_time_change_the_answer_as_they_should(void **state) {
    dt_env *env = env_of(1);
    dt_model *model = model_of(open_zone, env);
    const dt_setting setting = {"stake", "100"}, lever = {"y", "new"};
    dt_deal_opts opts;
    dt_deal_answer *a;

    (void)state;
    dt_deal_opts_init(&opts);
    opts.settings = &setting;
    opts.setting_count = 1;
    a = answer_of(model, &opts, env); /* south's no deal is worth 50 now: low-new gives it 30 */
    assert_int_equal(a->formats[0].zone.status, DT_ZONE_EMPTY);
    assert_non_null(a->base);
    assert_int_equal(a->base->formats[0].zone.status, DT_ZONE_OPEN);
    dt_deal_free(a, env);
    opts.settings = &lever;
    a = answer_of(model, &opts, env); /* with y new anyway, no deal lies in the zone; low-new is it */
    assert_true(a->formats[0].zone.has_no_deal);
    assert_string_equal(a->formats[0].zone.count.text, "1");
    dt_deal_free(a, env);
    opts.setting_count = 0;
    opts.at = "2025-03-01";
    a = answer_of(model, &opts, env); /* 45 - 20 = 25: high-new is worth 30 to north */
    assert_string_equal(a->months.text, "2");
    assert_string_equal(a->formats[0].zone.count.text, "2");
    dt_deal_free(a, env);
    opts.at = NULL;
    opts.over = 3;
    a = answer_of(model, &opts, env);
    assert_int_equal(a->formats[0].month_count, 4);
    assert_string_equal(a->formats[0].months[0].count.text, "1");
    assert_string_equal(a->formats[0].months[1].count.text, "1"); /* 35 */
    assert_string_equal(a->formats[0].months[2].count.text, "2");
    assert_string_equal(a->formats[0].months[3].count.text, "2");
    dt_deal_free(a, env);
    opts.over = 0;
    opts.within = "worse";
    a = answer_of(model, &opts, env);
    assert_int_equal(a->formats[0].within, 1);
    assert_string_equal(a->formats[0].coherent.text, "1");
    assert_int_equal(a->formats[0].zone.status, DT_ZONE_EMPTY);
    assert_int_equal(a->formats[0].blocking_count, 1);
    assert_string_equal(a->formats[0].blocking[0].members[0]->id, "north.no_deal");
    assert_int_equal(a->formats[0].concession_count, 1);
    assert_string_equal(a->formats[0].concessions[0].cost.text, "15");
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* Two red lines and a reservation value stand against one another. */
static const char empty_zone[] = "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q, r], no_deal: p}}\n"
                                 "preferences:\n"
                                 "  a: {weights: {x: 1}, values: {x: {p: 50, q: 20, r: 80}}, red_lines: [{id: not-p, "
                                 "require: \"x != p\", cost: 9}, {id: not-q, require: \"x != q\", cost: 2}]}\n"
                                 "  b: {weights: {x: 1}, values: {x: {p: 10, q: 90, r: 90}}, red_lines: [{id: not-r, "
                                 "require: \"x != r\", cost: 5}]}\n";

static void an_empty_zone_names_its_blockers_and_concessions(void **state) {
    dt_env *env = env_of(1);
    dt_model *model = model_of(empty_zone, env);
    dt_deal_opts opts;
    dt_deal_answer *a;
    const dt_deal_format *f;

    (void)state;
    dt_deal_opts_init(&opts);
    opts.verify = true;
    a = answer_of(model, &opts, env);
    f = &a->formats[0];
    assert_true(a->verified);
    assert_int_equal(f->zone.status, DT_ZONE_EMPTY);
    assert_null(f->zone.example);
    /* minimal corrections: p needs {a.not-p}; q needs {a.no_deal, a.not-q}; r needs {b.not-r} */
    assert_true(f->complete);
    assert_int_equal(f->concession_count, 3);
    assert_string_equal(f->concessions[0].cost.text, "5");
    assert_string_equal(f->concessions[0].drop.members[0]->id, "b.not-r");
    assert_true(f->concessions[0].least_cost && f->concessions[0].least_number);
    assert_true(f->concessions[0].outcome[0] == 2);
    assert_string_equal(f->concessions[1].cost.text, "9");
    assert_string_equal(f->concessions[2].cost.text, "32"); /* 2, and 30 below no deal */
    assert_int_equal(f->concessions[2].shortfall_count, 1);
    assert_string_equal(f->concessions[2].shortfalls[0].text, "30");
    assert_int_equal(f->blocking_count, 2); /* each meets all three */
    assert_int_equal(f->blocking[0].count, 3);
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

static void rules_that_exclude_everything_are_named(void **state) {
    dt_env *env = env_of(1);
    dt_model *model = model_of(
        "detente: 1\nparties: {a: {}}\nissues: {x: {options: [p, q], no_deal: p}, y: {options: [p, q], no_deal: p}}\n"
        "preferences: {a: {priorities: [\"x == p\"]}}\n"
        "rules: [{id: one, require: \"x == p\"}, {id: two, require: \"y == p\"}, {id: three, require: \"x == q or y == "
        "q\"}, {id: four, require: \"x == q\"}]\n",
        env);
    dt_deal_answer *a = answer_of(model, NULL, env);

    (void)state;
    assert_int_equal(a->formats[0].zone.status, DT_ZONE_EMPTY);
    assert_string_equal(a->formats[0].coherent.text, "0");
    assert_int_equal(a->formats[0].rule_conflict_count, 2); /* {one, four}, {one, two, three} */
    assert_int_equal(a->formats[0].rule_conflicts[0].count, 2);
    assert_int_equal(a->formats[0].rule_conflicts[1].count, 3);
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- wrong options ---- */

static void assert_refused(const dt_model *model, dt_deal_opts opts, const char *code, dt_env *env) {
    dt_deal_answer *answer;

    dt_env_diagnostics_clear(env);
    assert_int_equal(dt_deal(&answer, model, &opts, env), DT_ERR_ARGUMENT);
    assert_null(answer);
    assert_true(dt_env_diagnostic_count(env) > 0);
    assert_string_equal(dt_env_diagnostic(env, 0)->code, code);
    assert_int_equal(dt_env_diagnostic(env, 0)->severity, DT_ERROR);
}

static void options_that_name_what_is_not_there_are_refused(void **state) {
    static const dt_setting no_issue = {"z", "low"}, no_option = {"x", "middle"}, no_number = {"stake", "much"};
    dt_env *env = env_of(1);
    dt_model *model = model_of(open_zone, env), *undated = model_of(empty_zone, env);
    dt_deal_opts opts;

    (void)state;
    dt_deal_opts_init(&opts);
#define REFUSED(field, value, model, code)         \
    do {                                           \
        dt_deal_opts changed = opts;               \
        changed.field = value;                     \
        assert_refused(model, changed, code, env); \
    } while (0)
    REFUSED(among, "bot", model, "unknown-format");
    assert_non_null(strstr(dt_env_diagnostic(env, 0)->hint, "both"));
    REFUSED(within, "wors", model, "unknown-scenario");
    REFUSED(at, "yesterday", model, "bad-date");
    REFUSED(at, "2025-02-30", model, "bad-date");
    REFUSED(over, 1201, model, "out-of-range");
    REFUSED(draws, UINT64_C(1000000001), model, "out-of-range");
    opts.setting_count = 1;
    REFUSED(settings, &no_issue, model, "unknown-setting");
    REFUSED(settings, &no_option, model, "unknown-option");
    REFUSED(settings, &no_number, model, "bad-number");
#undef REFUSED
    dt_model_free(undated);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- random models, written in several ways ---- */

typedef struct story {
    int weights[PARTIES][ISSUES], values[PARTIES][ISSUES][OPTIONS], no_deal[PARTIES];
    int red_line[PARTIES][2]; /* issue, option that it forbids; issue -1: none */
    int rule[4];              /* issue, option, issue, option that cannot stand together */
    int at[ISSUES];           /* no deal */
} story;

/* How a story is told. */
typedef struct telling {
    int party[PARTIES], issue[ISSUES], option[ISSUES][OPTIONS]; /* place -> what stands there */
    int scale[PARTIES], shift[PARTIES], weight[PARTIES];        /* affine utilities: scale x + shift; weights times */
    bool spectator;                                             /* one more issue that nobody cares about */
    const char *consent;
} telling;

static story random_story(chance *c) {
    story s;

    for (int p = 0; p < PARTIES; p++) {
        for (int i = 0; i < ISSUES; i++) {
            s.weights[p][i] = chance_between(c, 1, 9);
            for (int o = 0; o < OPTIONS; o++) s.values[p][i][o] = chance_between(c, 0, 10);
        }
        s.no_deal[p] = chance_between(c, 2, 9);
        s.red_line[p][0] = chance_between(c, -1, ISSUES - 1);
        s.red_line[p][1] = chance_between(c, 0, OPTIONS - 1);
    }
    for (int k = 0; k < 4; k++) s.rule[k] = chance_between(c, 0, 2);
    for (int i = 0; i < ISSUES; i++) s.at[i] = chance_between(c, 0, OPTIONS - 1);
    return s;
}

static telling plain_telling(void) {
    telling t = {.consent = "[p0, p1, p2]"};

    for (int p = 0; p < PARTIES; p++) {
        t.party[p] = p;
        t.scale[p] = t.weight[p] = 1;
    }
    for (int i = 0; i < ISSUES; i++) {
        t.issue[i] = i;
        for (int o = 0; o < OPTIONS; o++) t.option[i][o] = o;
    }
    return t;
}

#define ADD(text, ...)                            \
    do {                                          \
        char line[300];                           \
        snprintf(line, sizeof line, __VA_ARGS__); \
        dt__text_add(text, line);                 \
    } while (0)

static void tell_preferences(dt__text *text, const story *s, const telling *t, int p) {
    ADD(text, "  p%d:\n    no_deal: %d\n    weights: {", p, t->scale[p] * s->no_deal[p] + t->shift[p]);
    for (int i = 0; i < ISSUES; i++)
        ADD(text, i == 0 ? "i%d: %d" : ", i%d: %d", t->issue[i], t->weight[p] * s->weights[p][t->issue[i]]);
    dt__text_add(text, "}\n    values: {");
    for (int i = 0; i < ISSUES; i++) {
        int issue = t->issue[i];
        ADD(text, i == 0 ? "i%d: {" : ", i%d: {", issue);
        for (int o = 0; o < OPTIONS; o++)
            ADD(text, o == 0 ? "o%d: %d" : ", o%d: %d", t->option[issue][o],
                t->scale[p] * s->values[p][issue][t->option[issue][o]] + t->shift[p]);
        dt__text_add(text, "}");
    }
    dt__text_add(text, "}\n");
    if (s->red_line[p][0] >= 0)
        ADD(text, "    red_lines: [{id: r, require: \"i%d != o%d\", cost: 2}]\n", s->red_line[p][0], s->red_line[p][1]);
}

static dt_model *tell(const story *s, const telling *t, dt_env *env) {
    dt_model *model;
    dt__text text;

    dt__text_init(&text, env);
    dt__text_add(&text, "detente: 1\nparties: {");
    for (int p = 0; p < PARTIES; p++) ADD(&text, p == 0 ? "p%d: {}" : ", p%d: {}", t->party[p]);
    dt__text_add(&text, "}\nformats: {f: {table: [p0, p1, p2], consent: ");
    dt__text_add(&text, t->consent);
    dt__text_add(&text, "}}\nissues:\n");
    for (int i = 0; i < ISSUES; i++) {
        int issue = t->issue[i];
        ADD(&text, "  i%d: {options: [o%d, o%d, o%d], ", issue, t->option[issue][0], t->option[issue][1],
            t->option[issue][2]);
        ADD(&text, "no_deal: o%d}\n", s->at[issue]);
    }
    if (t->spectator) dt__text_add(&text, "  spectator: {options: [a, b, c, d, e], no_deal: c}\n");
    dt__text_add(&text, "rules: [{id: r, require: \"not (");
    ADD(&text, "i%d == o%d and i%d == o%d)\"}]\npreferences:\n", s->rule[0], s->rule[1], s->rule[2], s->rule[3]);
    for (int p = 0; p < PARTIES; p++) tell_preferences(&text, s, t, t->party[p]);
    assert_int_equal(dt__text_status(&text), DT_OK);
    model = model_of(dt__text_get(&text), env);
    dt__text_clear(&text);
    return model;
}

/* What has to be the same however a story is told. */
typedef struct gist {
    double coherent, zone, acceptable[PARTIES], best[PARTIES], concessions, blocking;
    bool verified;
} gist;

static gist gist_of(const story *s, const telling *t, dt_env *env) {
    dt_model *model = tell(s, t, env);
    dt_deal_opts opts;
    dt_deal_answer *a;
    const dt_deal_format *f;
    gist g = {.best = {0}};

    dt_deal_opts_init(&opts);
    opts.verify = true;
    a = answer_of(model, &opts, env);
    f = &a->formats[0];
    assert_true(f->zone.exact && f->complete);
    g.verified = a->verified;
    if (!a->verified) print_message("%s\n", f->verify_note);
    g.coherent = f->coherent.value;
    g.zone = f->zone.count.value;
    g.concessions = (double)f->concession_count;
    g.blocking = (double)f->blocking_count;
    for (size_t i = 0; i < f->acceptable_count; i++)
        g.acceptable[atoi(dt_model_party_id(model, f->acceptable[i].party) + 1)] = f->acceptable[i].count.value;
    for (size_t i = 0; i < f->best_count; i++) {
        int party = atoi(dt_model_party_id(model, f->best[i].party) + 1);
        if (f->best[i].outcome != NULL) g.best[party] = f->best[i].gain.value / t->scale[party];
    }
    dt_deal_free(a, env);
    dt_model_free(model);
    return g;
}

static bool same(double a, double b) {
    return a - b < 1e-9 && b - a < 1e-9;
}

static void assert_same_gist(const gist *a, const gist *b, double times) {
    assert_true(a->verified && b->verified);
    assert_true(same(a->coherent * times, b->coherent));
    assert_true(same(a->zone * times, b->zone));
    for (int p = 0; p < PARTIES; p++) {
        assert_true(same(a->acceptable[p] * times, b->acceptable[p]));
        assert_true(same(a->best[p], b->best[p]));
    }
    assert_true(same(a->concessions, b->concessions));
    assert_true(same(a->blocking, b->blocking));
}

static void shuffle(int *items, int count, chance *c) {
    for (int i = count - 1; i > 0; i--) {
        int j = chance_between(c, 0, i), item = items[i];
        items[i] = items[j];
        items[j] = item;
    }
}

static void order_scale_and_spectators_change_nothing(void **state) {
    uint64_t seed = chance_seed(__func__);
    dt_env *env = env_of(1);

    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        chance c = chance_of(seed, round);
        story s = random_story(&c);
        telling plain = plain_telling(), shuffled = plain, scaled = plain, watched = plain;
        gist g = gist_of(&s, &plain, env), other;

        shuffle(shuffled.party, PARTIES, &c);
        shuffle(shuffled.issue, ISSUES, &c);
        for (int i = 0; i < ISSUES; i++) shuffle(shuffled.option[i], OPTIONS, &c);
        other = gist_of(&s, &shuffled, env);
        assert_same_gist(&g, &other, 1);
        for (int p = 0; p < PARTIES; p++) {
            scaled.scale[p] = chance_between(&c, 1, 9);
            scaled.shift[p] = chance_between(&c, -99, 99);
            scaled.weight[p] = chance_between(&c, 1, 9);
        }
        other = gist_of(&s, &scaled, env);
        assert_same_gist(&g, &other, 1);
        watched.spectator = true;
        other = gist_of(&s, &watched, env);
        assert_same_gist(&g, &other, 5);
    }
    dt_env_free(env);
}

static void more_consents_never_enlarge_a_zone(void **state) {
    static const char *const rising[] = {"{at_least: 1, of: [p0, p1, p2]}", "[p0]",
                                         "{all_of: [p0], at_least: 1, of: [p1, p2]}", "[p0, p1]", "[p0, p1, p2]"};
    static const char *const counted[] = {"{at_least: 1, of: [p0, p1, p2]}", "{at_least: 2, of: [p0, p1, p2]}",
                                          "{weights: {p0: 2, p1: 1, p2: 1}, quota: 3}",
                                          "{weights: {p0: 2, p1: 1, p2: 1}, quota: 3, veto: [p2]}",
                                          "{weights: {p0: 2, p1: 1, p2: 1}, quota: 4}"};
    uint64_t seed = chance_seed(__func__);
    dt_env *env = env_of(1);

    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        chance c = chance_of(seed + 1, round);
        story s = random_story(&c);
        for (int list = 0; list < 2; list++) {
            double before = 1e9;
            for (int k = 0; k < 5; k++) {
                telling t = plain_telling();
                gist g;
                t.consent = list == 0 ? rising[k] : counted[k];
                g = gist_of(&s, &t, env);
                assert_true(g.verified);
                assert_true(g.zone <= before);
                before = g.zone;
            }
        }
    }
    dt_env_free(env);
}

/* ---- the same bytes, however many threads ---- */

static char *json_of(const char *model_text, unsigned threads, const dt_deal_opts *opts) {
    dt_env *env = env_of(threads);
    dt_model *model = model_of(model_text, env);
    dt_deal_answer *answer = answer_of(model, opts, env);
    dt_document *document;
    written_text text = {0};
    const dt_sink sink = {append_text, &text};
    const dt_envelope envelope = {.command = "deal", .seed = opts->seed};

    assert_int_equal(dt_report_deal(&document, model, answer, env), DT_OK);
    assert_int_equal(dt_render_json(document, model, &envelope, &sink, env), DT_OK);
    dt_document_free(document, env);
    dt_deal_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
    return text.bytes;
}

static void threads_change_no_byte(void **state) {
    static const dt_setting setting = {"initiative", "60"};
    char *example = example_text();
    const char *const texts[] = {open_zone, empty_zone, example};
    dt_deal_opts opts;

    (void)state;
    dt_deal_opts_init(&opts);
    opts.draws = 300;
    opts.over = 6;
    opts.verify = true;
    for (size_t i = 0; i < 3; i++) {
        char *first;
        opts.settings = &setting;
        opts.setting_count = i == 2;
        opts.over = i == 1 ? 0 : 6; /* undated */
        first = json_of(texts[i], 1, &opts);
        for (unsigned threads = 2; threads <= 4; threads += 2) {
            char *other = json_of(texts[i], threads, &opts);
            assert_string_equal(first, other);
            free(other);
        }
        free(first);
    }
    free(example);
}

/* Nothing but no deal is acceptable, whatever is drawn: that is no deal in any draw. */
static void no_deal_itself_is_no_deal_in_a_draw(void **state) {
    static const char text[] = "detente: 1\nparties: {north: {}, south: {}}\n"
                               "formats: {both: {table: [north, south], consent: [north, south]}}\n"
                               "issues: {toll: {options: [old, new, newer], no_deal: old}}\n"
                               "preferences:\n"
                               "  north: {weights: {toll: 1}, values: {toll: {old: 50, new: 60..90, newer: 0..60}}}\n"
                               "  south: {weights: {toll: 1}, values: {toll: {old: 50, new: 0, newer: 70}}}\n";
    dt_env *env = env_of(2);
    dt_model *model = model_of(text, env);
    dt_deal_opts opts;
    dt_deal_answer *a;

    (void)state;
    dt_deal_opts_init(&opts);
    opts.draws = 1000;
    a = answer_of(model, &opts, env);
    assert_int_equal(a->formats[0].draws.deals, 1000);
    /* north accepts newer from 50 on: one draw in six */
    assert_true(a->formats[0].beside.deals > 120 && a->formats[0].beside.deals < 215);
    assert_int_equal(a->formats[0].beside.undecided, 0);
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

static void draws_depend_on_the_seed_alone(void **state) {
    dt_env *env = env_of(2);
    dt_model *model = model_of(open_zone, env);
    dt_deal_opts opts;
    dt_deal_answer *a, *b, *c;

    (void)state;
    dt_deal_opts_init(&opts);
    opts.draws = 2000;
    a = answer_of(model, &opts, env);
    b = answer_of(model, &opts, env);
    opts.seed = 2;
    c = answer_of(model, &opts, env);
    assert_int_equal(a->formats[0].draws.deals, b->formats[0].draws.deals);
    assert_int_not_equal(a->formats[0].draws.deals, c->formats[0].draws.deals);
    /* south accepts low-new when 30 >= stake / 2: three draws in five */
    assert_true(a->formats[0].draws.deals > 1100 && a->formats[0].draws.deals < 1300);
    assert_true(a->formats[0].draws.low < 0.6 && a->formats[0].draws.high > 0.6);
    assert_int_equal(a->formats[0].draws.undecided, 0);
    dt_deal_free(c, env);
    dt_deal_free(b, env);
    dt_deal_free(a, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- stopping ---- */

static bool at_once(void *payload) {
    (void)payload;
    return true;
}

static void a_question_can_be_cancelled(void **state) {
    dt_env_opts opts;
    dt_deal_opts deal_opts;
    dt_deal_answer *answer;
    dt_model *model;
    dt_env *reading = env_of(1), *env;

    (void)state;
    model = model_of(empty_zone, reading);
    dt_env_opts_init(&opts);
    opts.cancelled = at_once;
    opts.threads = 2;
    assert_int_equal(dt_env_new(&env, &opts), DT_OK);
    dt_deal_opts_init(&deal_opts);
    deal_opts.draws = 100;
    assert_int_equal(dt_deal(&answer, model, &deal_opts, env), DT_ERR_CANCELLED);
    assert_null(answer);
    dt_env_free(env);
    dt_model_free(model);
    dt_env_free(reading);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_zone_is_what_it_is_by_hand),
        cmocka_unit_test(settings_and_time_change_the_answer_as_they_should),
        cmocka_unit_test(an_empty_zone_names_its_blockers_and_concessions),
        cmocka_unit_test(rules_that_exclude_everything_are_named),
        cmocka_unit_test(options_that_name_what_is_not_there_are_refused),
        cmocka_unit_test(order_scale_and_spectators_change_nothing),
        cmocka_unit_test(more_consents_never_enlarge_a_zone),
        cmocka_unit_test(threads_change_no_byte),
        cmocka_unit_test(draws_depend_on_the_seed_alone),
        cmocka_unit_test(no_deal_itself_is_no_deal_in_a_draw),
        cmocka_unit_test(a_question_can_be_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
