/* Mappings, lists and single values of a model text. */
#include <string.h>

#include "language/reader.h"

/* ---- mappings with known keys ---- */

/* "a, b, c" of a table. */
static void list_keys(dt__text *text, const dt__key *keys, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) dt__text_add(text, ", ");
        dt__text_add(text, keys[i].name);
    }
}

static void blame_kind(dt__reader *r, const dt__node *node, const dt__key *keys, size_t count) {
    dt__text list;

    dt__text_init(&list, r->env);
    list_keys(&list, keys, count);
    dt__reader_error(r, node, "wrong-type", "expected keys with values here (“key: value”), out of: {0}",
                     dt__text_get(&list), NULL);
    if (list.failed) r->status = DT_ERR_MEMORY;
    dt__text_clear(&list);
}

enum { MAX_KEYS = 20 };

static void blame_key(dt__reader *r, const dt__node *key, const dt__key *keys, size_t count) {
    const char *names[MAX_KEYS];
    dt__text list;

    if (r->muted) return;
    dt__text_init(&list, r->env);
    list_keys(&list, keys, count);
    for (size_t i = 0; i < count; i++) names[i] = keys[i].name;
    dt__reader_error(r, key, "unknown-key", "the key “{0}” is not known here; expected one of: {1}", key->text,
                     dt__text_get(&list), NULL);
    (void)dt__reader_hint_nearest(r, key->text, names, count);
    if (list.failed) r->status = DT_ERR_MEMORY;
    dt__text_clear(&list);
}

static size_t find_key(const char *name, const dt__key *keys, size_t count) {
    size_t i = 0;
    while (i < count && strcmp(keys[i].name, name) != 0) i++;
    return i;
}

bool dt__read_fields(dt__reader *r, const dt__node *node, const dt__key *keys, size_t count, const dt__node **out) {
    DT__NEVER(count > MAX_KEYS);
    for (size_t i = 0; i < count; i++) out[i] = NULL;
    if (r->status != DT_OK) return false;
    if (node->kind != DT__NODE_MAPPING && !dt__node_is_empty(node)) {
        blame_kind(r, node, keys, count);
        return false;
    }
    DT__EACH(child, node) {
        size_t i = find_key(child->key->text, keys, count);
        if (i < count) out[i] = child;
        else blame_key(r, child->key, keys, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].required || out[i] != NULL) continue;
        dt__reader_error(r, node, "missing-key", "the key “{0}” is missing here", keys[i].name, NULL);
    }
    return r->status == DT_OK;
}

/* ---- ids ---- */

void dt__check_id(dt__reader *r, const dt__node *node, dt__id_kind kind) {
    size_t length = strlen(node->text);

    if (length == 0) {
        dt__reader_error(r, node, "bad-id", "an id is empty; expected a name", NULL);
    } else if (kind == DT__ID_LETTERS && dt__letter_span(node->text) < length) {
        dt__reader_error(r, node, "bad-id", "“{0}” cannot be the key of a source; expected letters only, such as K",
                         node->text, NULL);
    } else if (dt__is_reserved(node->text)) {
        dt__reader_error(r, node, "reserved-word", "“{0}” is a word of the language and cannot be an id", node->text,
                         NULL);
    } else if (kind == DT__ID_STRICT && dt__id_span(node->text, length) < length) {
        dt__reader_error(r, node, "bad-id",
                         "“{0}” cannot be an id; expected letters, digits and _ - . % + without spaces", node->text,
                         NULL);
        dt__reader_hint(r, "give it a short id, and the full text as `name`", NULL);
    } else if (kind == DT__ID_FREE &&
               (!dt__is_printable(node->text) || node->text[0] == ' ' || node->text[length - 1] == ' ')) {
        dt__reader_error(r, node, "bad-id",
                         "“{0}” cannot be an id; expected one line of text without spaces at its ends", node->text,
                         NULL);
    }
}

dt__entries dt__read_entries(dt__reader *r, const dt__node *node, dt__id_kind kind) {
    dt__entries entries = {0};

    if (r->status != DT_OK || node == NULL || dt__node_is_empty(node)) return entries;
    if (node->kind != DT__NODE_MAPPING) {
        dt__reader_error(r, node, "wrong-type", "expected an id with its description here (“id: ...”), for each one",
                         NULL);
        return entries;
    }
    entries.ids = DT__READER_ARRAY(r, const char *, node->count);
    entries.nodes = dt__arena_alloc(&r->scratch, node->count, sizeof *entries.nodes);
    if (entries.ids == NULL || entries.nodes == NULL) {
        r->status = DT_ERR_MEMORY;
        return (dt__entries){0};
    }
    DT__EACH(child, node) {
        dt__check_id(r, child->key, kind);
        entries.ids[entries.count] = child->key->text;
        entries.nodes[entries.count++] = child;
    }
    return entries;
}

void dt__check_unique(dt__reader *r, const char *const *ids, const dt__node *const *nodes, size_t count) {
    const char **given = dt__arena_alloc(&r->scratch, count, sizeof *given);
    const dt__node **places = dt__arena_alloc(&r->scratch, count, sizeof *places);
    dt__names names;
    size_t n = 0;

    if (r->status != DT_OK || given == NULL || places == NULL) goto failed;
    for (size_t i = 0; i < count; i++) {
        if (ids[i] == NULL) continue;
        given[n] = ids[i];
        places[n++] = nodes[i];
    }
    if (dt__names_init(&names, given, n, &r->scratch) != DT_OK) goto failed;
    for (size_t i = 0; i < n; i++) {
        if (dt__names_find(&names, given[i]) == i) continue;
        dt__reader_error(r, places[i], "duplicate-id", "the id “{0}” is given a second time; every id has to be unique",
                         given[i], NULL);
    }
    return;
failed:
    if (r->status == DT_OK) r->status = DT_ERR_MEMORY;
}

/* ---- lists ---- */

size_t dt__read_list(dt__reader *r, const dt__node *node) {
    if (r->status != DT_OK || node == NULL || dt__node_is_empty(node)) return 0;
    if (node->kind == DT__NODE_SEQUENCE) return node->count;
    dt__reader_error(r, node, "wrong-type", "expected a list here: “[a, b]”, or lines that begin with “- ”", NULL);
    return 0;
}

/* ---- single values ---- */

const char *dt__read_text(dt__reader *r, const dt__node *node) {
    if (node == NULL || r->status != DT_OK) return NULL;
    if (node->kind != DT__NODE_SCALAR) {
        dt__reader_error(r, node, "wrong-type", "expected one text here, no list and no keys", NULL);
        return NULL;
    }
    if (node->text[0] != '\0') return node->text;
    dt__reader_error(r, node, "missing-value", "a value is missing here", NULL);
    return NULL;
}

const char *dt__read_id(dt__reader *r, const dt__node *node) {
    const char *id = dt__read_text(r, node);
    if (id != NULL) dt__check_id(r, node, DT__ID_STRICT);
    return id;
}

static bool is_tag(const char *tag) {
    if (tag[0] == '\0' || tag[0] == '-') return false;
    return strspn(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == strlen(tag);
}

dt__label dt__read_label(dt__reader *r, const dt__node *node) {
    dt__label label = {0};
    size_t count;

    if (node == NULL || r->status != DT_OK || dt__node_is_empty(node)) return label;
    count = node->kind == DT__NODE_MAPPING ? node->count : 1;
    label.tags = DT__READER_ARRAY(r, const char *, count);
    label.texts = DT__READER_ARRAY(r, const char *, count);
    if (label.tags == NULL || label.texts == NULL) return (dt__label){0};
    if (node->kind != DT__NODE_MAPPING) {
        label.tags[0] = "";
        if ((label.texts[0] = dt__read_text(r, node)) != NULL) label.count = 1;
        return label;
    }
    DT__EACH(child, node) {
        if (!is_tag(child->key->text)) {
            dt__reader_error(r, child->key, "bad-language",
                             "“{0}” is no language; expected a tag such as en or zh-Hant", child->key->text, NULL);
        }
        label.tags[label.count] = child->key->text;
        if ((label.texts[label.count] = dt__read_text(r, child)) != NULL) label.count++;
    }
    return label;
}

bool dt__read_bool(dt__reader *r, const dt__node *node, bool otherwise) {
    const char *text = dt__read_text(r, node);

    if (text == NULL) return otherwise;
    if (strcmp(text, "true") == 0) return true;
    if (strcmp(text, "false") == 0) return false;
    dt__reader_error(r, node, "wrong-type", "expected true or false instead of “{0}”", text, NULL);
    return otherwise;
}

bool dt__read_date(dt__reader *r, const dt__node *node, dt__date *out) {
    const char *text = dt__read_text(r, node);

    if (text == NULL) return false;
    if (dt__date_parse(out, text)) return true;
    dt__reader_error(r, node, "bad-date", "“{0}” is no date; expected one like 2025-08-14, 2025-08 or 2025", text,
                     NULL);
    return false;
}

bool dt__read_exact(dt__reader *r, const dt__node *node, dt__rational *out) {
    const char *text = dt__read_text(r, node);

    if (text == NULL) return false;
    if (dt__rational_parse(out, text, strlen(text))) return true;
    dt__reader_error(r, node, "bad-number", "“{0}” is no exact number; expected one like 35, -0.35, 1/3 or 40%", text,
                     NULL);
    return false;
}

bool dt__read_range(dt__reader *r, const dt__node *node, dt__rational *low, dt__rational *high) {
    dt__rational ends[2] = {DT__RATIONAL(0), DT__RATIONAL(0)};
    size_t n = 0;

    if (node == NULL || r->status != DT_OK) return false;
    if (node->kind != DT__NODE_SEQUENCE || node->count != 2) {
        dt__reader_error(r, node, "wrong-type", "expected the lower and the upper end here, such as [0, 100]", NULL);
        return false;
    }
    DT__EACH(child, node) {
        if (!dt__read_exact(r, child, &ends[n++])) return false;
    }
    if (dt__rational_compare(ends[0], ends[1]) >= 0) {
        dt__reader_error(r, node, "bad-range", "the lower end has to be below the upper end", NULL);
        return false;
    }
    *low = ends[0];
    *high = ends[1];
    return true;
}
