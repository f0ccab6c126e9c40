/* When: dates, named moments, and times after them. */
#include <string.h>

#include "language/agreements.h"
#include "moment/moment.h"

enum { MOST = 1000000 };

/* ---- amounts of time ---- */

static uint32_t read_natural(dt__reader *r, const dt__node *node) {
    dt__rational n = DT__RATIONAL(0);

    if (!dt__read_exact(r, node, &n)) return 0;
    if (n.den == 1 && n.num >= 0 && n.num <= MOST) return (uint32_t)n.num;
    dt__reader_error(r, node, "bad-number", "expected a natural number, at most a million", NULL);
    return 0;
}

typedef struct unit_word {
    const char *word;
    uint32_t days, hours, minutes;
} unit_word;

static const unit_word *unit_of(const char *word, size_t length) {
    static const unit_word units[] = {{"week", 7, 0, 0}, {"weeks", 7, 0, 0}, {"day", 1, 0, 0},    {"days", 1, 0, 0},
                                      {"hour", 0, 1, 0}, {"hours", 0, 1, 0}, {"minute", 0, 0, 1}, {"minutes", 0, 0, 1}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i].word) == length && memcmp(units[i].word, word, length) == 0) return &units[i];
    return NULL;
}

/* `30 days`, `2 weeks`, `1 day 6 hours`. */
static bool parse_lasting(const char *text, dt__term_moment *m) {
    bool some = false;

    while (*text != '\0') {
        uint32_t number = 0;
        size_t digits = 0, length;
        const unit_word *unit;
        for (; *text >= '0' && *text <= '9' && digits < 6; text++, digits++)
            number = number * 10 + (uint32_t)(*text - '0');
        while (*text == ' ') text++;
        length = strcspn(text, " ");
        unit = unit_of(text, length);
        if (digits == 0 || unit == NULL) return false;
        m->days += number * unit->days;
        m->hours += number * unit->hours;
        m->minutes += number * unit->minutes;
        for (text += length; *text == ' ';) text++;
        some = true;
    }
    return some;
}

/* ---- one moment ---- */

/* What a moment may be counted from. */
typedef struct anchors {
    const dt__agreement *of;
    size_t count;   /* moments of it that are known so far */
    bool own_start; /* `from` is one */
} anchors;

static void blame_anchor(dt__reader *r, const dt__node *node, const char *text, const anchors *a) {
    const char **names = DT__ARENA_ARRAY(&r->scratch, const char *, a->count + 1);
    size_t count = 0;

    if (names == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    for (; count < a->count; count++) names[count] = a->of->moments[count].id;
    if (a->own_start) names[count++] = "from";
    dt__reader_error(r, node, "unknown-moment",
                     "“{0}” is no moment; expected one like 2025-04-19T18:00 or 2025-04-19, or one named before", text,
                     NULL);
    dt__reader_hint_names(r, text, names, count);
}

static bool find_anchor(const char *text, const anchors *a, uint32_t *after) {
    *after = DT__NO_INDEX;
    if (a->own_start && strcmp(text, "from") == 0) return true;
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->of->moments[i].id, text) != 0) continue;
        *after = (uint32_t)i;
        return true;
    }
    return false;
}

/* A date, or the name of a moment. */
static void read_plain(dt__reader *r, const dt__node *node, const anchors *a, dt__term_moment *m) {
    const char *text = dt__read_text(r, node);
    dt__written ignored;

    if (text == NULL) return;
    if (dt__written_parse(&ignored, text, DT__YEAR_FIRST)) m->at = text;
    else if (find_anchor(text, a, &m->after)) m->relative = true;
    else if (a->count == 0 && !a->own_start)
        dt__reader_error(r, node, "bad-date", "“{0}” is no moment; expected one like 2025-04-19T18:00 or 2025-04-19",
                         text, NULL);
    else blame_anchor(r, node, text, a);
}

static void read_precision(dt__reader *r, const dt__node *node, dt__term_moment *m) {
    static const char *const words[] = {"exact", "minute", "hour", "day", "unknown"};
    const char *text = dt__read_text(r, node);

    if (text == NULL) return;
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], text) != 0) continue;
        m->known = (dt__known_to)i;
        return;
    }
    dt__reader_error(r, node, "wrong-type", "expected minute, hour, day or unknown instead of “{0}”", text, NULL);
    (void)dt__reader_hint_nearest(r, text, words + 1, 4);
}

enum { AT, AFTER, DAYS, HOURS, MINUTES, PRECISION, WHEN_KEYS };
#define WHEN_TABLE                                                                                              \
    [AT] = {.name = "at"}, [AFTER] = {.name = "after"}, [DAYS] = {.name = "days"}, [HOURS] = {.name = "hours"}, \
    [MINUTES] = {.name = "minutes"}, [PRECISION] = {.name = "precision"}

static void read_when(dt__reader *r, const dt__node *node, const dt__node *const *f, const anchors *a,
                      dt__term_moment *m) {
    const dt__node *given = f[AT] != NULL ? f[AT] : f[AFTER];

    if (given == NULL || (f[AT] != NULL && f[AFTER] != NULL)) {
        dt__reader_error(r, node, "wrong-type", "expected either `at` with a date, or `after` with what it comes after",
                         NULL);
        return;
    }
    if (f[AT] != NULL) read_plain(r, given, a, m);
    else if (dt__read_text(r, given) != NULL && !find_anchor(given->text, a, &m->after))
        blame_anchor(r, given, given->text, a);
    else m->relative = true;
    m->days = read_natural(r, f[DAYS]);
    m->hours = read_natural(r, f[HOURS]);
    m->minutes = read_natural(r, f[MINUTES]);
    for (size_t i = DAYS; m->at != NULL && i <= MINUTES; i++)
        if (f[i] != NULL)
            dt__reader_error(r, f[i]->key, "two-forms", "“{0}” goes with `after`, not with a date", f[i]->key->text,
                             NULL);
    read_precision(r, f[PRECISION], m);
}

static void read_moment(dt__reader *r, const dt__node *node, const anchors *a, dt__term_moment *m) {
    static const dt__key keys[WHEN_KEYS] = {WHEN_TABLE};
    const dt__node *f[WHEN_KEYS];

    if (node == NULL) return;
    if (node->kind != DT__NODE_MAPPING) read_plain(r, node, a, m);
    else if (dt__read_fields(r, node, keys, WHEN_KEYS, f)) read_when(r, node, f, a, m);
}

/* ---- moments that an agreement names ---- */

enum { MOMENT_NAME = WHEN_KEYS, MOMENT_TIMEZONE, MOMENT_SOURCE, MOMENT_QUOTE, MOMENT_WHY, MOMENT_KEYS };
static const dt__key moment_keys[MOMENT_KEYS] = {WHEN_TABLE,
                                                 [MOMENT_NAME] = {.name = "name"},
                                                 [MOMENT_TIMEZONE] = {.name = "timezone"},
                                                 [MOMENT_SOURCE] = {.name = "source"},
                                                 [MOMENT_QUOTE] = {.name = "quote"},
                                                 [MOMENT_WHY] = {.name = "why"}};

static void read_named(dt__reader *r, const dt__node *node, const anchors *a, dt__named_moment *m) {
    const dt__node *f[MOMENT_KEYS];

    if (node->kind != DT__NODE_MAPPING) {
        read_plain(r, node, a, &m->when);
        return;
    }
    if (!dt__read_fields(r, node, moment_keys, MOMENT_KEYS, f)) return;
    read_when(r, node, f, a, &m->when);
    m->name = dt__read_label(r, f[MOMENT_NAME]);
    m->timezone = dt__read_text(r, f[MOMENT_TIMEZONE]);
    m->evidence = dt__read_evidence(r, f[MOMENT_SOURCE], f[MOMENT_QUOTE], f[MOMENT_WHY]);
}

void dt__read_moments(dt__reader *r, const dt__node *node, dt__agreement *a) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    dt__named_moment *list = DT__READER_ARRAY(r, dt__named_moment, entries.count);
    dt__written ignored;

    if (list == NULL) return;
    a->moments = list;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        anchors known = {.of = a, .count = i};
        list[i].id = entries.ids[i];
        list[i].place = dt__reader_place(r, entries.nodes[i]->key);
        if (strcmp(list[i].id, "from") == 0 || dt__written_parse(&ignored, list[i].id, DT__YEAR_FIRST))
            dt__reader_error(r, entries.nodes[i]->key, "reserved-word", "“{0}” cannot be the name of a moment",
                             list[i].id, NULL);
        read_named(r, entries.nodes[i], &known, &list[i]);
        a->moment_count = i + 1;
    }
}

/* ---- from when until when ---- */

void dt__read_lasting(dt__reader *r, const dt__node *node, dt__term_moment *m) {
    const char *text = dt__read_text(r, node);

    if (text == NULL) return;
    m->after = DT__NO_INDEX;
    m->relative = parse_lasting(text, m);
    if (!m->relative)
        dt__reader_error(r, node, "bad-number",
                         "“{0}” is no length of time; expected one like 30 days or 1 day 6 hours", text, NULL);
}

void dt__read_one_moment(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__term_moment *m) {
    anchors known = {.of = of, .count = of->moment_count, .own_start = true};
    read_moment(r, node, &known, m);
}

void dt__read_span(dt__reader *r, const dt__span_nodes *nodes, const dt__agreement *of, dt__clause_reading *reading) {
    anchors known = {.of = of, .count = of->moment_count};
    size_t findings = r->env->error_count;

    read_moment(r, nodes->from, &known, &reading->from);
    known.own_start = true;
    if (nodes->until != NULL && nodes->lasting != NULL)
        dt__reader_error(r, nodes->lasting->key, "two-forms", "an end is given either by `until` or by `for`", NULL);
    if (nodes->lasting != NULL) dt__read_lasting(r, nodes->lasting, &reading->until);
    else read_moment(r, nodes->until, &known, &reading->until);
    if (reading->until.relative && reading->until.after == DT__NO_INDEX && dt__is_open(&reading->from) &&
        findings == r->env->error_count)
        dt__reader_error(r, nodes->lasting != NULL ? nodes->lasting : nodes->until, "missing-key",
                         "the end is counted from the beginning, but `from` is missing", NULL);
}

/* On one clock the order of two walls is that of their moments as if it showed UTC.  False: other clocks, or open. */
static bool on_one_clock(const dt__agreement *of, const dt__clause_reading *reading, const dt__term_moment *m,
                         dt__moment *out) {
    dt__written written;

    if (m->at != NULL) {
        if (!dt__written_parse(&written, m->at, DT__YEAR_FIRST) || written.has_offset) return false;
        *out = dt__written_span(&written, NULL).lo;
        return true;
    }
    if (!m->relative) return false;
    if (m->after != DT__NO_INDEX && of->moments[m->after].timezone != NULL) return false;
    if (!on_one_clock(of, reading, m->after == DT__NO_INDEX ? &reading->from : &of->moments[m->after].when, out))
        return false;
    *out += (int64_t)m->days * 86400 + (int64_t)m->hours * 3600 + (int64_t)m->minutes * 60;
    return true;
}

void dt__check_span(dt__reader *r, const dt__node *node, const dt__agreement *of, const dt__clause_reading *reading) {
    dt__moment from, until;

    if (r->status != DT_OK || !on_one_clock(of, reading, &reading->from, &from) ||
        !on_one_clock(of, reading, &reading->until, &until))
        return;
    if (from >= until) dt__reader_error(r, node, "bad-range", "the reading ends before it begins", NULL);
}
