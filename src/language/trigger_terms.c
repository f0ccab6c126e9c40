/* Classes of breaches, and what an agreement says follows upon so many of them. */
#include <string.h>

#include "language/agreements.h"

/* ---- classes ---- */

enum { CLASS_NAME, CLASS_ACTS, CLASS_TARGETS, CLASS_KEYS };
static const dt__key class_keys[CLASS_KEYS] = {
    [CLASS_NAME] = {.name = "name"}, [CLASS_ACTS] = {.name = "acts"}, [CLASS_TARGETS] = {.name = "targets"}};

static void read_class(dt__reader *r, const dt__node *node, dt__breach_class *c) {
    const dt__node *f[CLASS_KEYS];

    if (!dt__read_fields(r, node, class_keys, CLASS_KEYS, f)) return;
    c->name = dt__read_label(r, f[CLASS_NAME]);
    c->acts = dt__read_acts(r, f[CLASS_ACTS], &c->act_count);
    c->targets = dt__read_targets(r, f[CLASS_TARGETS], &c->target_count);
    if (c->act_count + c->target_count == 0)
        dt__reader_error(r, node, "missing-key", "a class of breaches needs `acts` or `targets`", NULL);
}

void dt__read_classes(dt__reader *r, const dt__node *node, dt__clause_reading *reading) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_STRICT);
    dt__breach_class *list = DT__READER_ARRAY(r, dt__breach_class, entries.count);

    if (list == NULL) return;
    reading->classes = list;
    reading->class_count = entries.count;
    for (size_t i = 0; i < entries.count && r->status == DT_OK; i++) {
        list[i].id = entries.ids[i];
        read_class(r, entries.nodes[i], &list[i]);
    }
}

/* ---- triggers ---- */

enum {
    TRIGGER_ID,
    TRIGGER_NAME,
    TRIGGER_MORE_THAN,
    TRIGGER_AT_MOST,
    TRIGGER_PER,
    TRIGGER_CLASS,
    TRIGGER_THEN,
    TRIGGER_FOR,
    TRIGGER_BY,
    TRIGGER_UNTIL,
    TRIGGER_SOURCE,
    TRIGGER_QUOTE,
    TRIGGER_WHY,
    TRIGGER_KEYS
};
static const dt__key trigger_keys[TRIGGER_KEYS] = {[TRIGGER_ID] = {.name = "id", .required = true},
                                                   [TRIGGER_NAME] = {.name = "name"},
                                                   [TRIGGER_MORE_THAN] = {.name = "more_than"},
                                                   [TRIGGER_AT_MOST] = {.name = "at_most"},
                                                   [TRIGGER_PER] = {.name = "per"},
                                                   [TRIGGER_CLASS] = {.name = "class"},
                                                   [TRIGGER_THEN] = {.name = "then"},
                                                   [TRIGGER_FOR] = {.name = "for"},
                                                   [TRIGGER_BY] = {.name = "by"},
                                                   [TRIGGER_UNTIL] = {.name = "until"},
                                                   [TRIGGER_SOURCE] = {.name = "source"},
                                                   [TRIGGER_QUOTE] = {.name = "quote"},
                                                   [TRIGGER_WHY] = {.name = "why"}};

static void read_limit(dt__reader *r, const dt__node *node, const dt__node *const *f, dt__trigger *t) {
    const dt__node *given = f[TRIGGER_MORE_THAN] != NULL ? f[TRIGGER_MORE_THAN] : f[TRIGGER_AT_MOST];
    dt__rational n = DT__RATIONAL(0);

    t->at_most = f[TRIGGER_MORE_THAN] == NULL;
    if (given == NULL) {
        dt__reader_error(r, node, "missing-key", "the key “{0}” is missing here", "more_than", NULL);
        return;
    }
    if (f[TRIGGER_MORE_THAN] != NULL && f[TRIGGER_AT_MOST] != NULL)
        dt__reader_error(r, f[TRIGGER_AT_MOST]->key, "two-forms", "a threshold is either `more_than` or `at_most`",
                         NULL);
    if (!dt__read_exact(r, given, &n)) return;
    if (n.den != 1 || n.num < 0 || n.num > UINT32_MAX)
        dt__reader_error(r, given, "bad-number", "expected a natural number of breaches here", NULL);
    else t->limit = (uint32_t)n.num;
}

static void read_per(dt__reader *r, const dt__node *node, dt__trigger *t) {
    static const char *const words[] = {"agreement", "day", "week"};
    const char *per = dt__read_text(r, node);

    if (per == NULL) return;
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], per) != 0) continue;
        t->per = (dt__trigger_span)i;
        if (t->at_most && t->per != DT__IN_ALL)
            dt__reader_error(r, node, "two-forms", "`at_most` looks back from the end, so it is counted in all", NULL);
        return;
    }
    dt__reader_error(r, node, "wrong-type", "expected day, week or agreement instead of “{0}”", per, NULL);
    (void)dt__reader_hint_nearest(r, per, words, sizeof words / sizeof *words);
}

static void read_class_name(dt__reader *r, const dt__node *node, const dt__clause_reading *reading, dt__trigger *t) {
    const char *text = dt__read_text(r, node);
    const char **names;

    t->sort = DT__NO_INDEX;
    if (text == NULL) return;
    for (uint32_t i = 0; i < reading->class_count; i++)
        if (strcmp(reading->classes[i].id, text) == 0) t->sort = i;
    if (t->sort != DT__NO_INDEX) return;
    if ((names = DT__ARENA_ARRAY(&r->scratch, const char *, reading->class_count)) == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    for (size_t i = 0; i < reading->class_count; i++) names[i] = reading->classes[i].id;
    dt__reader_error(r, node, "unknown-class", "the reading has no class “{0}” of breaches", text, NULL);
    dt__reader_hint_names(r, text, names, reading->class_count);
}

/* One word, or a sanction with its name. */
static void read_then(dt__reader *r, const dt__node *node, dt__trigger *t) {
    static const char *const words[] = {"consultation", "suspension", "termination", "extension", "sanction"};
    static const dt__key keys[] = {{.name = "sanction", .required = true}};
    const dt__node *named = NULL;
    const char *text;

    if (node != NULL && node->kind == DT__NODE_MAPPING) {
        t->then = DT__THEN_SANCTION;
        if (dt__read_fields(r, node, keys, 1, &named)) t->sanction = dt__read_text(r, named);
        return;
    }
    if ((text = dt__read_text(r, node)) == NULL) return;
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], text) != 0) continue;
        t->then = (dt__consequence)(i + 1);
        return;
    }
    dt__reader_error(r, node, "wrong-type",
                     "expected consultation, suspension, termination, extension or sanction instead of “{0}”", text,
                     NULL);
    (void)dt__reader_hint_nearest(r, text, words, sizeof words / sizeof *words);
}

/* ---- what moves the time in force ---- */

static void forbid(dt__reader *r, const dt__node *node, const char *with) {
    if (node != NULL)
        dt__reader_error(r, node->key, "two-forms", "“{0}” goes with `then: {1}`", node->key->text, with, NULL);
}

static void read_extension(dt__reader *r, const dt__node *node, const dt__node *const *f, const dt__agreement *of,
                           const dt__clause_reading *reading, dt__trigger *t) {
    if (f[TRIGGER_BY] != NULL && f[TRIGGER_UNTIL] != NULL)
        dt__reader_error(r, f[TRIGGER_UNTIL]->key, "two-forms", "the new end is given either as `by` or as `until`",
                         NULL);
    else if (f[TRIGGER_BY] != NULL) dt__read_lasting(r, f[TRIGGER_BY], &t->lasting);
    else if (f[TRIGGER_UNTIL] != NULL) dt__read_one_moment(r, f[TRIGGER_UNTIL], of, &t->until);
    else dt__reader_error(r, node, "missing-key", "an extension needs `by` with a length of time, or `until`", NULL);
    if (dt__is_open(&reading->until))
        dt__reader_error(r, f[TRIGGER_THEN], "missing-key", "the reading has no end that could be extended", NULL);
}

/* Days are counted from the first, so it has to be known; who looks back from the end can no longer end anything. */
static void read_move(dt__reader *r, const dt__node *node, const dt__node *const *f, const dt__agreement *of,
                      const dt__clause_reading *reading, dt__trigger *t) {
    if (t->then != DT__THEN_SUSPENSION) forbid(r, f[TRIGGER_FOR], "suspension");
    if (t->then != DT__THEN_EXTENSION) forbid(r, f[TRIGGER_BY], "extension");
    if (t->then != DT__THEN_EXTENSION) forbid(r, f[TRIGGER_UNTIL], "extension");
    if (!dt__moves_time(t)) return;
    if (t->then == DT__THEN_SUSPENSION && f[TRIGGER_FOR] != NULL) dt__read_lasting(r, f[TRIGGER_FOR], &t->lasting);
    if (t->then == DT__THEN_EXTENSION) read_extension(r, node, f, of, reading, t);
    else if (t->at_most)
        dt__reader_error(r, f[TRIGGER_THEN], "two-forms",
                         "`at_most` looks back from the end, when there is nothing left to end or to suspend", NULL);
    if (dt__is_open(&reading->from))
        dt__reader_error(r, f[TRIGGER_THEN], "missing-key",
                         "a trigger that moves the time in force counts days from the first, but `from` is missing",
                         NULL);
}

static void read_trigger(dt__reader *r, const dt__node *node, const dt__agreement *of,
                         const dt__clause_reading *reading, dt__trigger *t) {
    const dt__node *f[TRIGGER_KEYS];

    if (!dt__read_fields(r, node, trigger_keys, TRIGGER_KEYS, f)) return;
    t->id = dt__read_id(r, f[TRIGGER_ID]);
    t->name = dt__read_label(r, f[TRIGGER_NAME]);
    t->evidence = dt__read_evidence(r, f[TRIGGER_SOURCE], f[TRIGGER_QUOTE], f[TRIGGER_WHY]);
    read_limit(r, node, f, t);
    read_per(r, f[TRIGGER_PER], t);
    read_class_name(r, f[TRIGGER_CLASS], reading, t);
    read_then(r, f[TRIGGER_THEN], t);
    read_move(r, node, f, of, reading, t);
}

void dt__read_triggers(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__clause_reading *reading) {
    dt__trigger *list;

    if (node == NULL || (list = DT__READER_ARRAY(r, dt__trigger, dt__read_list(r, node))) == NULL) return;
    reading->triggers = list;
    if (node->kind == DT__NODE_SEQUENCE)
        DT__EACH(child, node) read_trigger(r, child, of, reading, &list[reading->trigger_count++]);
}
