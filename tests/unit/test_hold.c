/* Would it hold?  Published and classic cases of the graph model, and the defects of other programs. */
#include "detente/detente.h"
#include "language_text.h"

/* The states of a list as "1 4 5". */
static const char *states_of(dt_states states) {
    static char text[256];
    size_t length = 0;

    text[0] = '\0';
    for (size_t i = 0; i < states.listed; i++) {
        int more = snprintf(text + length, sizeof text - length, i == 0 ? "%u" : " %u", states.ids[i]);
        length += (size_t)more;
        assert_true(length < sizeof text);
    }
    return text;
}

static void expect(dt_states states, const char *wanted) {
    assert_string_equal(states_of(states), wanted);
}

/* Nash, GMR, SMR, SEQ, SSEQ. */
static void expect_all(const dt_states *states, const char *const *wanted) {
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) expect(states[c], wanted[c]);
}

typedef struct asked {
    dt_env *env;
    dt_model *model;
    dt_hold_opts opts;
    dt_hold_answer *answer;
} asked;

static asked open_text(const char *text) {
    asked a = {.env = new_env()};

    a.model = model_of(text, a.env);
    dt_hold_opts_init(&a.opts);
    return a;
}

static void ask(asked *a) {
    if (dt_hold(&a->answer, a->model, &a->opts, a->env) != DT_OK) print_findings(a->env);
    assert_non_null(a->answer);
}

static void close_it(asked *a) {
    dt_hold_free(a->answer, a->env);
    dt_model_free(a->model);
    dt_env_free(a->env);
}

/* ---- games of two parties with a choice each; bit: defect, or go straight, or hunt the hare ---- */

#define TWO_BY_TWO(row, column)                                     \
    "detente: 1\n"                                                  \
    "issues:\n"                                                     \
    "  mine: {options: [no, yes], decided_by: row, no_deal: no}\n"  \
    "  yours: {options: [no, yes], decided_by: col, no_deal: no}\n" \
    "parties: {row: {}, col: {}}\n"                                 \
    "preferences:\n"                                                \
    "  row: {ranking: [" row "]}\n"                                 \
    "  col: {ranking: [" column "]}\n"
#define NN "{mine: no, yours: no}"
#define YN "{mine: yes, yours: no}"
#define NY "{mine: no, yours: yes}"
#define YY "{mine: yes, yours: yes}"

typedef struct game {
    const char *text;
    const char *equilibria[DT_CONCEPT_COUNT];
    const char *simultaneous_seq;
    const char *limited[4]; /* L_1 to L_4 */
    const char *non_myopic;
} game;

static const game games[] = {
    {TWO_BY_TWO(YN "," NN "," YY "," NY, NY "," NN "," YY "," YN), /* prisoner's dilemma */
     {"4", "1 4", "1 4", "1 4", "1 4"},
     "1 4",
     {"4", "1 4", "1 4", "1 4"},
     "1 4"},
    {TWO_BY_TWO(YN "," NN "," NY "," YY, NY "," NN "," YN "," YY), /* chicken */
     {"2 3", "1 2 3", "1 2 3", "2 3", "2 3"},
     "1 2 3",
     {"2 3", "", "1", "1"},
     "1"},
    {TWO_BY_TWO(NN "," YN "," YY "," NY, NN "," NY "," YY "," YN), /* stag hunt */
     {"1 4", "1 4", "1 4", "1 4", "1 4"},
     "1 4",
     {"1 4", "1", "1", "1"},
     "1"},
};

static void classic_games(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof games / sizeof *games; i++) {
        asked a = open_text(games[i].text);
        a.opts.horizon = 4;
        a.opts.verify = true;
        ask(&a);
        expect_all(a.answer->equilibria, games[i].equilibria);
        for (size_t h = 0; h < 4; h++) expect(a.answer->foresight->limited[h], games[i].limited[h]);
        expect(a.answer->foresight->non_myopic, games[i].non_myopic);
        expect(a.answer->foresight->simultaneous[DT_CONCEPT_SEQ], games[i].simultaneous_seq);
        assert_true(a.answer->verified);
        close_it(&a);
    }
}

/* ---- published cases ---- */

/* Fraser and Hipel 1984: the Cuban missile crisis with an air strike that can be called off. */
static const char cuba[] =
    "detente: 1\n"
    "graph:\n"
    "  states: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n"
    "  moves:\n"
    "    us: [[0,1],[0,2],[0,3],[1,0],[1,2],[1,3],[2,0],[2,1],[2,3],[3,0],[3,1],[3,2],\n"
    "         [4,5],[4,6],[4,7],[5,4],[5,6],[5,7],[6,4],[6,5],[6,7],[7,4],[7,5],[7,6],\n"
    "         [8,9],[8,10],[8,11],[9,8],[9,10],[9,11],[10,8],[10,9],[10,11],[11,8],[11,9],[11,10]]\n"
    "    ussr: [[0,4],[0,8],[4,0],[4,8],[8,0],[8,4],[1,5],[1,9],[5,1],[5,9],[9,1],[9,5],\n"
    "           [2,6],[2,10],[6,2],[6,10],[10,2],[10,6],[3,7],[3,11],[7,3],[7,11],[11,3],[11,7]]\n"
    "  rankings:\n"
    "    us: [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]\n"
    "    ussr: [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]\n";

static void cuban_crisis(void **state) {
    static const char *const wanted[] = {"", "1 2 3 5 6 7 8", "1 2 3 5 6 7 8", "5 7", "5 7"};
    asked a = open_text(cuba);

    (void)state;
    a.opts.horizon = 3;
    ask(&a);
    expect_all(a.answer->equilibria, wanted);
    expect(a.answer->foresight->limited[0], "");
    expect(a.answer->foresight->limited[1], "5 7");
    expect(a.answer->foresight->limited[2], "5");
    close_it(&a);
}

/* Kilgour, Hipel, Fang and Peng 2001: the ministry and the company move from 5 to 8 together. */
static void elmira(void **state) {
    static const char *const wanted[] = {"5 8 9", "1 4 5 8 9", "1 4 5 8 9", "5 8 9", "5 8 9"};
    static const struct {
        uint64_t parties;
        const char *unstable[4];
    } coalitions[] = {{3, {"2 5 6", "2 5 6", "2 5 6", "2 5 6"}},
                      {5, {"1 3", "", "", "1"}},
                      {6, {"2 6", "2 6", "2 6", "2 6"}},
                      {7, {"2 6", "2 6", "2 6", "2 6"}}};
    size_t length;
    char *text = file_text(DT_TEST_ROOT "/models/elmira-1991.yaml", &length);
    asked a = open_text(text);

    (void)state;
    free(text);
    a.opts.coalitions = true;
    a.opts.explain = "5";
    ask(&a);
    expect_all(a.answer->equilibria, wanted);
    assert_int_equal(a.answer->coalitions->count, 4);
    for (size_t i = 0; i < 4; i++) {
        const dt_hold_coalition *found = &a.answer->coalitions->list[i];
        assert_true(found->parties == coalitions[i].parties);
        for (int c = 0; c < 4; c++) expect(found->unstable[c], coalitions[i].unstable[c]);
    }
    expect(a.answer->coalitions->universal, "8 9");
    assert_int_equal(a.answer->explanation->state, 5);
    assert_int_equal(a.answer->start->state, 1);
    expect(a.answer->start->improvable, "5");
    close_it(&a);
}

/* Fang, Hipel and Kilgour 1993: sustainable development, environmentalists and developers. */
static void sustainable_development(void **state) {
    static const char *const wanted[] = {"1", "1 3", "1 3", "1", "1"};
    asked a = open_text("detente: 1\n"
                        "graph:\n"
                        "  states: [1, 2, 3, 4]\n"
                        "  moves: {e: [[1, 3], [3, 1], [2, 4], [4, 2]], d: [[1, 2], [2, 1], [3, 4], [4, 3]]}\n"
                        "  rankings: {e: [1, 3, 2, 4], d: [3, 1, 4, 2]}\n");

    (void)state;
    ask(&a);
    expect_all(a.answer->equilibria, wanted);
    close_it(&a);
}

/* Li, Hipel, Kilgour and Fang 2004: what the province prefers is partly unknown. */
static void lake_gisborne(void **state) {
    static const char *const wanted[4][4] = {{"", "", "", ""},
                                             {"4 6", "4 6 8", "4 6 8", "4 6 8"},
                                             {"", "4 6 8", "4 6 8", "4 6"},
                                             {"4 6", "4 6 8", "4 6 8", "4 6 8"}};
    asked a = open_text("detente: 1\n"
                        "graph:\n"
                        "  states: [1, 2, 3, 4, 5, 6, 7, 8]\n"
                        "  moves:\n"
                        "    fed: [[1, 2], [2, 1], [3, 4], [4, 3], [5, 6], [6, 5], [7, 8], [8, 7]]\n"
                        "    prov: [[1, 3], [3, 1], [2, 4], [4, 2], [5, 7], [7, 5], [6, 8], [8, 6]]\n"
                        "    sup: [[1, 5], [5, 1], [2, 6], [6, 2], [3, 7], [7, 3], [4, 8], [8, 4]]\n"
                        "  rankings:\n"
                        "    fed: [2, 6, 4, 8, 1, 5, 3, 7]\n"
                        "    sup: [3, 4, 7, 8, 5, 6, 1, 2]\n"
                        "    prov: {prefers: [[3, 7], [4, 8], [1, 5], [2, 6]]}\n");

    (void)state;
    ask(&a);
    assert_non_null(a.answer->unknown);
    assert_int_equal(a.answer->unknown->pairs, 24);
    for (size_t e = 0; e < 4; e++) {
        for (int c = 0; c < 4; c++) expect(a.answer->unknown->extensions[e][c], wanted[e][c]);
    }
    expect(a.answer->unknown->every[DT_CONCEPT_GMR], "");
    expect(a.answer->unknown->some[DT_CONCEPT_NASH], "4 6");
    assert_true(a.answer->unknown->exact[DT_CONCEPT_NASH]);
    close_it(&a);
}

/* ---- defects of other programs ---- */

/* The only sanction against a's move from 1 to 2 has b move twice, with c between: 2 -b-> 3 -c-> 4 -b-> 5. */
static void an_opponent_moves_twice(void **state) {
    asked a = open_text("detente: 1\n"
                        "graph:\n"
                        "  states: [1, 2, 3, 4, 5]\n"
                        "  moves: {a: [[1, 2]], b: [[2, 3], [4, 5]], c: [[3, 4]]}\n"
                        "  rankings: {a: [2, 3, 4, 1, 5], b: [5, 4, 3, 2, 1], c: [5, 4, 3, 2, 1]}\n");

    (void)state;
    a.opts.explain = "1";
    ask(&a);
    expect(a.answer->equilibria[DT_CONCEPT_GMR], "1 5");
    expect(a.answer->equilibria[DT_CONCEPT_SSEQ], "1 5");
    assert_int_equal(a.answer->explanation->views[0].reasons[DT_CONCEPT_GMR].replies[0].step_count, 3);
    close_it(&a);
}

/* A verdict takes all improvements, not the last one: from 1 party a can go to 2, which is answered, and 3, which is
 * not. */
static void every_improvement_counts(void **state) {
    asked a = open_text("detente: 1\n"
                        "graph:\n"
                        "  states: [1, 2, 3, 4]\n"
                        "  moves: {a: [[1, 2], [1, 3]], b: [[2, 4]]}\n"
                        "  rankings: {a: [3, 2, 1, 4], b: [4, 1, 2, 3]}\n");

    (void)state;
    a.opts.make = "1";
    ask(&a);
    expect(a.answer->parties[0].stable[DT_CONCEPT_GMR], "2 3 4");
    assert_int_equal(a.answer->makes[DT_CONCEPT_GMR].parties[0].changes, 2); /* past 2 and level with 3 */
    assert_true(a.answer->makes[DT_CONCEPT_GMR].proven);
    assert_string_equal(a.answer->makes[DT_CONCEPT_NASH].parties[0].share.text, "1/3");
    close_it(&a);
}

/* ---- options ---- */

static void states_can_be_named(void **state) {
    static const char *const names[] = {"3", "NY", "yours=yes", "mine=no,yours=yes"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        asked a = open_text(games[0].text);
        a.opts.explain = names[i];
        ask(&a);
        assert_int_equal(a.answer->explanation->state, 3);
        close_it(&a);
    }
}

static void unknown_states_are_refused(void **state) {
    static const char *const names[] = {"5", "0", "x", "mine=maybe", "mine=no,", "99999999999999999999"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        asked a = open_text(games[0].text);
        a.opts.explain = names[i];
        assert_int_equal(dt_hold(&a.answer, a.model, &a.opts, a.env), DT_ERR_ARGUMENT);
        assert_null(a.answer);
        close_it(&a);
    }
}

static void lists_are_cut(void **state) {
    asked a = open_text(cuba);

    (void)state;
    a.opts.states = 2;
    ask(&a);
    assert_true(a.answer->cut);
    assert_int_equal(a.answer->parties[0].stable[DT_CONCEPT_GMR].listed, 2);
    assert_int_equal(a.answer->equilibria[DT_CONCEPT_GMR].listed, 7); /* always complete */
    close_it(&a);
}

/* No party: nothing to move, everything holds. */
static void nobody_can_move(void **state) {
    asked a = open_text("detente: 1\ngraph: {states: [a, b], moves: {x: []}, rankings: {x: [a, b]}}\n");

    (void)state;
    ask(&a);
    expect(a.answer->equilibria[DT_CONCEPT_NASH], "1 2");
    close_it(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classic_games),
        cmocka_unit_test(cuban_crisis),
        cmocka_unit_test(elmira),
        cmocka_unit_test(sustainable_development),
        cmocka_unit_test(lake_gisborne),
        cmocka_unit_test(an_opponent_moves_twice),
        cmocka_unit_test(every_improvement_counts),
        cmocka_unit_test(states_can_be_named),
        cmocka_unit_test(unknown_states_are_refused),
        cmocka_unit_test(lists_are_cut),
        cmocka_unit_test(nobody_can_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
