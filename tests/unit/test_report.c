/* The report room: lines and columns, numbers in words, JSON, and a whole answer made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document/naming.h"
#include "document/value.h"
#include "render/columns.h"
#include "render/wrap.h"

/* ---- an allocator that fails at the n-th call ---- */

typedef struct failing {
    size_t calls, fail_at; /* 0: never */
    size_t held;           /* bytes not yet freed */
} failing;

static void *failing_resize(void *payload, void *ptr, size_t old_size, size_t new_size) {
    failing *f = payload;
    void *grown;

    if (new_size == 0) {
        if (ptr != NULL) f->held -= old_size;
        free(ptr);
        return NULL;
    }
    if (++f->calls == f->fail_at) return NULL;
    grown = realloc(ptr, new_size);
    if (grown != NULL) f->held += new_size - (ptr == NULL ? 0 : old_size);
    return grown;
}

static dt_env *env_in(dt_language language, failing *f) {
    dt_env_opts opts;
    dt_env *env = NULL;

    dt_env_opts_init(&opts);
    opts.language = language;
    if (f != NULL) opts.allocator = (dt_allocator){.resize = failing_resize, .payload = f};
    return dt_env_new(&env, &opts) == DT_OK ? env : NULL;
}

/* ---- a sink into a string ---- */

typedef struct page {
    char text[65536];
    size_t length;
} page;

static dt_status write_page(void *payload, const char *bytes, size_t length) {
    page *p = payload;
    if (p->length + length >= sizeof p->text) return DT_ERR_IO;
    memcpy(p->text + p->length, bytes, length);
    p->length += length;
    p->text[p->length] = '\0';
    return DT_OK;
}

#define assert_contains(text, part)                                                             \
    do {                                                                                        \
        if (strstr((text), (part)) == NULL) fail_msg("not found: %s\nin:\n%s", (part), (text)); \
    } while (0)
#define assert_lacks(text, part)                                                            \
    do {                                                                                    \
        if (strstr((text), (part)) != NULL) fail_msg("found: %s\nin:\n%s", (part), (text)); \
    } while (0)

/* ---- lines ---- */

/* Wraps a text and joins the lines by |. */
static const char *wrapped(dt__text *out, const char *text, size_t width) {
    dt__line line;

    dt__text_reset(out);
    while (dt__wrap_next(&text, width, &line)) {
        if (out->length > 0) dt__text_add_char(out, '|');
        assert_true(line.width <= width || line.length <= 4);
        dt__wrap_add(out, &line);
    }
    return dt__text_get(out);
}

static void lines_are_cut_at_spaces_and_between_chinese_characters(void **state) {
    dt_env *env = env_in(DT_LANG_EN, NULL);
    dt__text out;

    (void)state;
    dt__text_init(&out, env);
    assert_string_equal(wrapped(&out, "one two  three", 9), "one two|three");
    assert_string_equal(wrapped(&out, "one two  three", 7), "one two|three");
    assert_string_equal(wrapped(&out, "  one  ", 7), "one");
    assert_string_equal(wrapped(&out, "", 7), "");
    assert_string_equal(wrapped(&out, "unbreakable", 4), "unbr|eaka|ble");
    assert_string_equal(wrapped(&out, "no-free-pause", 8), "no-free-|pause");
    assert_string_equal(wrapped(&out, "分階段停火", 4), "分階|段停|火");
    assert_string_equal(wrapped(&out, "停火，監督", 4), "停|火，|監督");
    assert_string_equal(wrapped(&out, "停火（監督）", 6), "停火|（監|督）");
    assert_string_equal(wrapped(&out,
                                "1.2\xC2\xA0\xC3\x97\xC2\xA0"
                                "10^30 outcomes",
                                12),
                        "1.2 \xC3\x97 10^30|outcomes");
    dt__text_clear(&out);
    dt_env_free(env);
}

static void a_name_cannot_drive_the_terminal(void **state) {
    dt_env *env = env_in(DT_LANG_EN, NULL);
    dt__text out;

    (void)state;
    dt__text_init(&out, env);
    assert_string_equal(wrapped(&out, "a\033[2Jb\tc\x7F", 40), "a?[2Jb c?");
    assert_string_equal(wrapped(&out,
                                "a\xE2\x80\xAE"
                                "b\xC2\x9B",
                                40),
                        "ab?");
    assert_string_equal(wrapped(&out, "\xFF\xFE", 40), "??");
    dt__text_clear(&out);
    dt_env_free(env);
}

/* ---- a small model ---- */

static const char model_text[] =
    "detente: 1\n"
    "title: {en: Two towns, zh-Hant: 兩鎮}\n"
    "as_of: 2025-03-01\n"
    "parties:\n"
    "  north: {name: {en: North, zh-Hant: 北方}}\n"
    "  south: {name: {en: South, zh-Hant: 南方}}\n"
    "issues:\n"
    "  water: {name: {en: Water, zh-Hant: 用水}, options: [little, much], no_deal: little}\n"
    "  toll: {options: [none, full], no_deal: none}\n"
    "formats:\n"
    "  talks: {name: {en: Talks, zh-Hant: 會談}, table: [north, south], consent: [north, south]}\n"
    "preferences:\n"
    "  north:\n"
    "    weights: {water: 1, toll: 1}\n"
    "    values: {water: {little: 100}, toll: {full: 100}}\n"
    "    red_lines: [{id: no-gift, require: \"water == little\", cost: 3}]\n"
    "  south: {priorities: [\"water == much\"]}\n"
    "principles: [{id: paid, by: north, require: \"toll == full\"}]\n"
    "proposals: {gift: {water: much}}\n";

static dt_model *read_model(dt_env *env) {
    dt_model *model = NULL;
    assert_int_equal(dt_model_read(&model, model_text, strlen(model_text), "towns.yaml", env), DT_OK);
    return model;
}

/* ---- an answer by hand ---- */

#define EXACT(t, v) ((dt_exact){.text = (t), .value = (v)})

static const uint16_t no_deal_options[] = {0, 0}, gift_options[] = {1, 0}, trade_options[] = {1, 1};
static const dt_blocker gift_blocker = {DT_BLOCKER_RED_LINE, 0, 0, "north.no-gift"};
static const dt_blocker worth_blocker = {DT_BLOCKER_NO_DEAL, 0, 0, "north.no_deal"};
static const dt_blocker rank_blocker = {DT_BLOCKER_NO_DEAL, 1, 0, "south.no_deal"};
static const dt_blocker *const both[] = {&gift_blocker, &worth_blocker}, *const rank[] = {&rank_blocker};
static const dt_blocker_set blocking[] = {{1, rank}, {2, both}};
static const uint32_t first_party[] = {0}, first_line[] = {0}, first_principle[] = {0};
static const dt_exact third[] = {{"1/3", 1.0 / 3}};
static const dt_concession concessions[] = {
    {{2, both}, {"10/3", 10.0 / 3}, 1, first_party, third, gift_options, true, false},
    {{1, rank}, {NULL, 0}, 0, NULL, NULL, NULL, false, true},
};
static const dt_judgement judgements[] = {
    {0, false, DT_WORSE, {"50", 50}, {"50.5", 50.5}, {"-0.5", -0.5}, 1, first_line},
    {1, true, DT_BETTER, {NULL, 0}, {NULL, 0}, {NULL, 0}, 0, NULL},
};
static const dt_proposal_answer proposals[] = {
    {0, false, true, gift_options, 0, NULL, 0, NULL, 1, first_principle, 2, judgements}};
static const dt_party_count accepted[] = {
    {0, true, {"12", 12}, {"12", 12}, {"12", 12}},
    {1, false, {NULL, 0}, {"5", 5}, {"1000000000000000000000000000000", 1e30}},
};
static const uint64_t winning[] = {3};

static dt_deal_format empty_format(void) {
    return (dt_deal_format){
        .winning_count = 1,
        .winning = winning,
        .winning_complete = true,
        .outcomes = EXACT("1234567890123456789012345678901", 1.2e30),
        .coherent = EXACT("1234567890123456789012345678901", 1.2e30),
        .acceptable_count = 2,
        .acceptable = accepted,
        .zone = {.status = DT_ZONE_EMPTY,
                 .exact = true,
                 .count = EXACT("0", 0),
                 .low = EXACT("0", 0),
                 .high = EXACT("0", 0)},
        .blocking_count = 2,
        .blocking = blocking,
        .concession_count = 2,
        .concessions = concessions,
        .complete = false,
        .proposal_count = 1,
        .proposals = proposals,
        .limit_note = "the time was up",
        .draws = {.deals = 3, .undecided = 1, .probability = 0.3, .low = 0.10779, .high = 0.60323},
        .beside = {.deals = 3, .undecided = 1, .probability = 0.3, .low = 0.10779, .high = 0.60323},
        .verified = true,
        .verify_note = "all was checked",
    };
}

static const dt_judgement no_deal_values[] = {
    {0, true, DT_EQUAL, {"50.5", 50.5}, {"50.5", 50.5}, {"0", 0}, 0, NULL},
    {1, true, DT_EQUAL, {NULL, 0}, {NULL, 0}, {NULL, 0}, 0, NULL},
};
static const dt_opposition oppositions[] = {{0, 0, 1, {"1", 1}}, {1, 0, 1, {NULL, 0}}};

static dt_deal_answer answer_of(const dt_deal_format *formats, size_t count) {
    return (dt_deal_answer){
        .months = EXACT("0", 0),
        .no_deal = no_deal_options,
        .no_deal_count = 2,
        .no_deal_values = no_deal_values,
        .format_count = count,
        .formats = formats,
        .opposition_count = 2,
        .oppositions = oppositions,
        .principle_count = 1,
        .no_deal_breaks = first_principle,
        .draws = 10,
        .seed = 7,
        .verified = true,
    };
}

static void render(page *p, const dt_deal_answer *answer, dt_language language, bool json, unsigned width) {
    dt_env *env = env_in(language, NULL);
    dt_model *model = read_model(env);
    dt_document *document = NULL;
    dt_sink sink = {.write = write_page, .payload = p};
    dt_setting options[] = {{"draws", "10"}, {"set", "toll=full"}, {"set", "water=\"much\""}, {"verify", NULL}};
    dt_envelope envelope = {.command = "deal", .options = options, .option_count = 4, .seed = UINT64_MAX};
    dt_text_style style = {.width = width};

    p->length = 0;
    assert_int_equal(dt_report_deal(&document, model, answer, env), DT_OK);
    if (json) assert_int_equal(dt_render_json(document, model, &envelope, &sink, env), DT_OK);
    else assert_int_equal(dt_render_text(document, &style, &sink, env), DT_OK);
    dt_document_free(document, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- text ---- */

static void an_empty_zone_is_told_with_who_blocks_and_what_would_open_it(void **state) {
    static page p;
    dt_deal_format format = empty_format();
    dt_deal_answer answer = answer_of(&format, 1);

    (void)state;
    render(&p, &answer, DT_LANG_EN, false, 0);
    assert_contains(p.text, "Two towns: is there a deal?\n===========================\n");
    assert_contains(p.text, "none of the 1.2 × 10^30 outcomes is acceptable to North and South.");
    assert_contains(p.text, "• South: walking away is worth more\n• North: no-gift, walking away is worth more\n");
    assert_contains(p.text, "North: no-gift, takes 0.33 less than no deal         2  3.33  Water: much");
    assert_contains(p.text, "South: takes less than no deal                       1\n");
    assert_contains(p.text, "11% to 60%");
    assert_contains(p.text, "decided within the limits: up to 1 draws");
    assert_contains(p.text, "gift      ✗ −0.5  ✓ better  no");
    assert_contains(p.text, "• gift: crosses red lines (North: no-gift); breaks principles (paid)");
    assert_contains(p.text, "5 to 1 × 10^30");
    assert_contains(p.text, "are not complete");
    assert_contains(p.text, "Limits: the time was up");
    assert_contains(p.text, "no deal; gift");
    assert_contains(p.text, "Talks: holds. all was checked");
    assert_lacks(p.text, "\033[");
}

static void an_open_zone_is_told_with_a_deal_and_without_blockers(void **state) {
    static page p;
    static const dt_party_best best[] = {{0, {"60", 60}, {"9.5", 9.5}, trade_options}};
    dt_deal_format format = empty_format();
    dt_deal_answer answer = answer_of(&format, 1);

    (void)state;
    format.coherent = EXACT("4", 4);
    format.zone = (dt_zone){.status = DT_ZONE_OPEN,
                            .exact = true,
                            .count = EXACT("2", 2),
                            .low = EXACT("2", 2),
                            .high = EXACT("2", 2),
                            .keeps_principles = EXACT("1", 1),
                            .example = no_deal_options};
    format.best_count = 1;
    format.best = best;
    format.blocking_count = format.concession_count = 0;
    render(&p, &answer, DT_LANG_EN, false, 80);
    assert_contains(
        p.text,
        "A deal is possible: of the 4 outcomes, 2 are acceptable to North and South. No\ndeal itself is one of them.");
    assert_contains(p.text, "Of these, 1 keep every principle.");
    assert_contains(p.text, "Water              little        much           much\n"); /* not no deal itself, though
                                                                                              that is the example */
    assert_contains(p.text, "Gain over no deal                               +9.5\n");
    assert_lacks(p.text, "What blocks it");
    format.zone.count = format.zone.low = format.zone.high = EXACT("1", 1);
    render(&p, &answer, DT_LANG_EN, false, 80);
    assert_contains(p.text, "Of the 4 outcomes, only no deal itself is acceptable to North and South.");
    format.zone.status = DT_ZONE_UNDECIDED;
    format.zone.exact = false;
    render(&p, &answer, DT_LANG_EN, false, 80);
    assert_contains(p.text, "could not be\ndecided within the limits");
    assert_contains(p.text, "undecided");
}

static void every_line_fits_the_page_in_both_languages(void **state) {
    static page p;
    dt_deal_format formats[] = {empty_format(), empty_format()};
    dt_deal_answer answer = answer_of(formats, 2);
    static const unsigned widths[] = {40, 60, 80, 120};

    (void)state;
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
        for (int language = 0; language < DT_LANG_COUNT; language++) {
            render(&p, &answer, (dt_language)language, false, widths[w]);
            for (char *line = strtok(p.text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
                if (dt__utf8_width(line) > widths[w]) fail_msg("wider than %u: %s", widths[w], line);
                assert_true(line[strlen(line) - 1] != ' ');
            }
        }
    }
}

static void columns_of_chinese_stand_below_one_another(void **state) {
    static page p;
    dt_env *env = env_in(DT_LANG_ZH_HANT, NULL);
    dt_model *model = read_model(env);
    dt_document *d = dt__document_new(model, env);
    dt__block *table = dt__table(d, NULL, 2);
    dt_sink sink = {.write = write_page, .payload = &p};
    dt_text_style style = {.width = 40, .colour = true};

    (void)state;
    dt__table_column(d, table, 0, "甲", DT__LEFT);
    dt__table_column(d, table, 1, "n", DT__RIGHT);
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__party_name(d, 0), DT__PLAIN);
    dt__table_cell(d, table, "12", DT__GOOD);
    dt__table_row(d, table);
    dt__table_cell(d, table, "x", DT__PLAIN);
    dt__table_cell(d, table, "3", DT__PLAIN);
    p.length = 0;
    assert_int_equal(dt_render_text(d, &style, &sink, env), DT_OK);
    assert_string_equal(p.text, "\033[1m甲\033[0m     \033[1mn\033[0m\n────  ──\n北方  \033[32m12\033[0m\nx      3\n");
    dt_document_free(d, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- numbers in words ---- */

static void numbers_are_rounded_for_people(void **state) {
    dt_env *env = env_in(DT_LANG_EN, NULL);
    dt_document *d = dt__document_new(NULL, env);

    (void)state;
    assert_string_equal(dt__say_count(d, EXACT("0", 0)), "0");
    assert_string_equal(dt__say_count(d, EXACT("999", 0)), "999");
    assert_string_equal(dt__say_count(d, EXACT("10368000", 0)), "10,368,000");
    assert_string_equal(dt__say_count(d, EXACT("1000000000000000", 0)), "1,000,000,000,000,000");
    assert_string_equal(dt__say_count(d, EXACT("99999999999999999", 0)), "1\xC2\xA0\xC3\x97\xC2\xA0"
                                                                         "10^17");
    assert_string_equal(dt__say_number(d, -12.345), "−12.35");
    assert_string_equal(dt__say_number(d, 100), "100");
    assert_string_equal(dt__say_number(d, 0.05), "0.05");
    assert_string_equal(dt__say_number(d, 0.0001), "0.0001");
    assert_string_equal(dt__say_number(d, 1234567.5), "1,234,567.5");
    assert_string_equal(dt__say_signed(d, 3.999), "+4");
    assert_string_equal(dt__say_signed(d, 0), "0");
    assert_string_equal(dt__say_percent(d, 0), "0%");
    assert_string_equal(dt__say_percent(d, 1), "100%");
    assert_string_equal(dt__say_percent(d, 0.9999), ">99%");
    assert_string_equal(dt__say_percent(d, 0.00001), "<0.01%");
    assert_string_equal(dt__say_percent(d, 0.434), "43%");
    assert_string_equal(dt__say_percent(d, 0.0434), "4.3%");
    assert_string_equal(dt__say_percent(d, 0.00434), "0.43%");
    dt_document_free(d, env);
    dt_env_free(env);
}

static void dates_follow_the_language(void **state) {
    dt_env *english = env_in(DT_LANG_EN, NULL), *chinese = env_in(DT_LANG_ZH_HANT, NULL);
    dt_document *d = dt__document_new(NULL, english), *z = dt__document_new(NULL, chinese);
    static const char *const as_written[] = {"",
                                             "n.d.",
                                             "2025-02-30",
                                             "2025-13",
                                             "2025-04-19 8:00",
                                             "2025-04-19T18:00+03",
                                             "2025-04-19T",
                                             "19 April 2025",
                                             "2025-04-19x"};

    (void)state;
    assert_string_equal(dt__say_date(d, "2025-04-19"), "19 April 2025");
    assert_string_equal(dt__say_date(d, "2025-04-09"), "9 April 2025");
    assert_string_equal(dt__say_date(d, "2025-12"), "December 2025");
    assert_string_equal(dt__say_date(d, "2025"), "2025");
    assert_string_equal(dt__say_date(d, "2025-04-19 18:00"), "19 April 2025 at 18:00");
    assert_string_equal(dt__say_date(d, "2025-04-19T18:00:05Z"), "19 April 2025 at 18:00:05 UTC");
    assert_string_equal(dt__say_date(d, NULL), "");
    assert_string_equal(dt__say_date(z, "2025-04-19"), "2025年4月19日");
    assert_string_equal(dt__say_date(z, "2025-12"), "2025年12月");
    assert_string_equal(dt__say_date(z, "2025-04-19T18:00Z"), "2025年4月19日 18:00 UTC");
    for (size_t i = 0; i < sizeof as_written / sizeof *as_written; i++)
        assert_string_equal(dt__say_date(d, as_written[i]), as_written[i]);
    dt_document_free(d, english);
    dt_document_free(z, chinese);
    dt_env_free(english);
    dt_env_free(chinese);
}

/* ---- JSON ---- */

static void json_tells_the_same_exactly(void **state) {
    static page p;
    dt_deal_format format = empty_format();
    dt_deal_answer answer = answer_of(&format, 1);

    (void)state;
    render(&p, &answer, DT_LANG_EN, true, 0);
    assert_contains(
        p.text, "\"options\": {\"draws\": \"10\", \"set\": [\"toll=full\", \"water=\\\"much\\\"\"], \"verify\": true}");
    assert_contains(p.text, "\"seed\": \"18446744073709551615\"");
    assert_contains(p.text, "\"coherent\": \"1234567890123456789012345678901\"");
    assert_contains(
        p.text,
        "\"acceptable\": {\"north\": 12, \"south\": {\"low\": 5, \"high\": \"1000000000000000000000000000000\"}}");
    assert_contains(p.text, "\"shortfall\": {\"north\": 0.3333333333333333}");
    assert_contains(p.text, "\"cost\": null");
    assert_contains(p.text, "\"gain\": -0.5");
    assert_contains(p.text, "\"utility\": null");
    assert_contains(p.text, "[\"north.no-gift\", \"north.no_deal\"]");
    assert_contains(p.text, "\"opposition\": null");
    assert_contains(p.text, "\"as_of\": \"2025-03-01\"");
    assert_true(p.text[p.length - 1] == '\n');
}

static void json_texts_are_escaped(void **state) {
    static page p;
    dt_env *env = env_in(DT_LANG_EN, NULL);
    dt_model *model = read_model(env);
    dt_document *d = dt__document_new(model, env);
    dt_sink sink = {.write = write_page, .payload = &p};
    dt_envelope envelope = {.command = "test"};

    (void)state;
    d->answer = dt__value_object(d);
    dt__put(d, d->answer, "a\"b", dt__value_string(d, "\\ \" \n \t \r \x01 \x7F 停火 \xFF\xC3"));
    dt__put(d, d->answer, "nan", dt__value_double(d, 0.0 / 0.0));
    dt__put(d, d->answer, "large", dt__value_unsigned(d, (UINT64_C(1) << 53) + 1));
    dt__put(d, d->answer, "edge", dt__value_unsigned(d, UINT64_C(1) << 53));
    dt__put(d, d->answer, "none", dt__value_string(d, NULL));
    p.length = 0;
    assert_int_equal(dt_render_json(d, model, &envelope, &sink, env), DT_OK);
    assert_contains(p.text, "\"a\\\"b\": \"\\\\ \\\" \\n \\t \\r \\u0001 \\u007f 停火 \xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_contains(p.text, "\"nan\": null");
    assert_contains(p.text, "\"large\": \"9007199254740993\"");
    assert_contains(p.text, "\"edge\": 9007199254740992");
    assert_contains(p.text, "\"none\": null");
    dt_document_free(d, env);
    dt_model_free(model);
    dt_env_free(env);
}

/* ---- every allocation fails in turn ---- */

static dt_status report_all(const dt_model *model, const dt_deal_answer *answer, dt_env *env) {
    static page p;
    dt_check_answer check = {
        .evidenced = 3, .judged = 1, .quotes = 2, .quotes_found = 1, .warnings = 2, .outcomes = "4"};
    dt_document *document = NULL;
    dt_sink sink = {.write = write_page, .payload = &p};
    dt_envelope envelope = {.command = "deal"};
    dt_text_style style = {.width = 60};
    dt_status st;

    p.length = 0;
    if ((st = dt_report_deal(&document, model, answer, env)) == DT_OK)
        st = dt_render_text(document, &style, &sink, env);
    if (st == DT_OK) st = dt_render_json(document, model, &envelope, &sink, env);
    dt_document_free(document, env);
    document = NULL;
    if (st == DT_OK) st = dt_report_show(&document, model, env);
    if (st == DT_OK) st = dt_render_text(document, &style, &sink, env);
    dt_document_free(document, env);
    document = NULL;
    if (st == DT_OK) st = dt_report_check(&document, model, &check, env);
    if (st == DT_OK) st = dt_render_json(document, model, &envelope, &sink, env);
    dt_document_free(document, env);
    return st;
}

static void no_failing_allocation_leaks_or_goes_unnoticed(void **state) {
    dt_env *home = env_in(DT_LANG_EN, NULL);
    dt_model *model = read_model(home);
    dt_deal_format formats[] = {empty_format(), empty_format()};
    dt_deal_answer answer = answer_of(formats, 2);
    dt_status st = DT_ERR_MEMORY;

    (void)state;
    for (size_t n = 2; st != DT_OK; n++) {
        failing f = {.fail_at = n};
        dt_env *env = env_in(DT_LANG_ZH_HANT, &f);
        assert_non_null(env);
        st = report_all(model, &answer, env);
        if (st != DT_OK) assert_int_equal(st, DT_ERR_MEMORY);
        assert_true((f.calls < n) == (st == DT_OK));
        dt_env_free(env);
        assert_int_equal(f.held, 0);
    }
    dt_model_free(model);
    dt_env_free(home);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_cut_at_spaces_and_between_chinese_characters),
        cmocka_unit_test(a_name_cannot_drive_the_terminal),
        cmocka_unit_test(an_empty_zone_is_told_with_who_blocks_and_what_would_open_it),
        cmocka_unit_test(an_open_zone_is_told_with_a_deal_and_without_blockers),
        cmocka_unit_test(every_line_fits_the_page_in_both_languages),
        cmocka_unit_test(columns_of_chinese_stand_below_one_another),
        cmocka_unit_test(numbers_are_rounded_for_people),
        cmocka_unit_test(dates_follow_the_language),
        cmocka_unit_test(json_tells_the_same_exactly),
        cmocka_unit_test(json_texts_are_escaped),
        cmocka_unit_test(no_failing_allocation_leaks_or_goes_unnoticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
