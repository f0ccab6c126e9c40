#include "exchange/tree.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml_scalar.h"

enum { MAX_DEPTH = 64, MAX_NODES = 1 << 18 };

/* A container that is being filled. */
typedef struct level {
    dt__tree *node;
    dt__tree **tail;
    const char *key; /* that waits for its value */
} level;

typedef struct builder {
    dt__import *x;
    const char *file, *bytes;
    dt__tree *root;
    level levels[MAX_DEPTH];
    size_t depth;
    size_t documents, nodes;
    bool stopped; /* after a finding */
} builder;

static dt__place place_at(const builder *b, const struct fy_mark *mark) {
    dt__place place = {.file = b->file};

    if (mark == NULL || mark->line < 0) return place;
    place.line = (uint32_t)mark->line + 1;
    place.column = (uint32_t)mark->column + 1;
    return place;
}

static void refuse(builder *b, dt__place place, const char *code, const char *msgid) {
    dt__import_error(b->x, place, code, msgid, NULL);
    b->stopped = true;
}

static void attach(builder *b, dt__tree *node) {
    level *top = b->depth > 0 ? &b->levels[b->depth - 1] : NULL;

    if (top == NULL || top->node == NULL) {
        b->root = node;
        return;
    }
    if (top->node->kind == DT__TREE_MAPPING && top->key == NULL) {
        if (node->kind == DT__TREE_SCALAR) top->key = node->text;
        else refuse(b, node->place, "wrong-type", DT__N("a key has to be a word; here stands a list or a mapping"));
        return;
    }
    node->key = top->key;
    top->key = NULL;
    *top->tail = node;
    top->tail = &node->next;
    top->node->count++;
}

static dt__tree *new_node(builder *b, dt__tree_kind kind, const struct fy_mark *mark) {
    dt__tree *node;

    if (b->nodes++ == MAX_NODES) {
        refuse(b, place_at(b, mark), "too-large",
               DT__N("there are more than 262,144 values here, the limit for an import"));
        b->x->status = DT_ERR_LIMIT;
    }
    node = dt__import_alloc(b->x, 1, sizeof *node);
    if (node == NULL) return NULL;
    node->kind = kind;
    node->place = place_at(b, mark);
    return node;
}

static void open_container(builder *b, dt__tree_kind kind, const struct fy_mark *mark) {
    dt__tree *node = new_node(b, kind, mark);

    if (node == NULL) return;
    if (b->depth == MAX_DEPTH) {
        refuse(b, node->place, "too-deep",
               DT__N("lists and mappings are nested more than 64 deep, the limit for an import"));
        if (b->x->status == DT_OK) b->x->status = DT_ERR_LIMIT;
        return;
    }
    attach(b, node);
    b->levels[b->depth++] = (level){.node = node, .tail = &node->first};
}

static int compare_keys(const void *a, const void *b) {
    const dt__tree *x = *(const dt__tree *const *)a, *y = *(const dt__tree *const *)b;
    int order = strcmp(x->key, y->key);
    if (order != 0) return order;
    if (x->place.line != y->place.line) return x->place.line < y->place.line ? -1 : 1;
    return (x->place.column > y->place.column) - (x->place.column < y->place.column);
}

static void close_container(builder *b) {
    const dt__tree *node = b->levels[--b->depth].node;
    const dt__tree **keys;
    size_t n = 0;

    if (node == NULL || node->kind != DT__TREE_MAPPING || node->count < 2) return;
    if ((keys = DT__IMPORT_ARRAY(b->x, const dt__tree *, node->count)) == NULL) return;
    for (const dt__tree *c = node->first; c != NULL; c = c->next) keys[n++] = c;
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n && !b->stopped; i++) {
        if (strcmp(keys[i - 1]->key, keys[i]->key) != 0) continue;
        dt__import_error(b->x, keys[i]->place, "duplicate-key",
                         "“{0}” stands here a second time; every key may stand once", keys[i]->key, NULL);
        b->stopped = true;
    }
}

static void add_scalar(builder *b, struct fy_token *value) {
    const struct fy_mark *start = value == NULL ? NULL : fy_token_start_mark(value);
    enum fy_scalar_style style = value == NULL ? FYSS_PLAIN : fy_token_scalar_style(value);
    size_t length = 0;
    const char *text = value == NULL ? "" : dt__yaml_scalar(value, b->bytes, &b->x->arena, &length);
    dt__tree *node = new_node(b, DT__TREE_SCALAR, start);

    if (node == NULL) return;
    if (text == NULL) {
        b->x->status = DT_ERR_MEMORY;
        return;
    }
    if (memchr(text, '\0', length) != NULL || dt__utf8_valid(text, length) != length) {
        refuse(b, node->place, "bad-character", DT__N("this text contains what is no character"));
        return;
    }
    node->quoted = style != FYSS_PLAIN;
    node->text = dt__import_string(b->x, text, length);
    if (node->text != NULL) attach(b, node);
}

/* Tags and anchors could stand for anything; no file of these formats needs them. */
static bool has_properties(builder *b, struct fy_event *event, struct fy_token *anchor, struct fy_token *tag) {
    if (anchor == NULL && tag == NULL) return false;
    refuse(b, place_at(b, fy_event_start_mark(event)), "unsupported",
           DT__N("YAML anchors, aliases and tags are not read: write out what stands here"));
    return true;
}

static void take_event(builder *b, struct fy_event *event) {
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (b->documents++ > 0)
            refuse(b, place_at(b, fy_event_start_mark(event)), "one-document",
                   DT__N("a second document begins here; expected one"));
        break;
    case FYET_ALIAS: (void)has_properties(b, event, event->alias.anchor, NULL); break;
    case FYET_SCALAR:
        if (!has_properties(b, event, event->scalar.anchor, event->scalar.tag)) add_scalar(b, event->scalar.value);
        break;
    case FYET_SEQUENCE_START:
        if (!has_properties(b, event, event->sequence_start.anchor, event->sequence_start.tag))
            open_container(b, DT__TREE_LIST, fy_event_start_mark(event));
        break;
    case FYET_MAPPING_START:
        if (!has_properties(b, event, event->mapping_start.anchor, event->mapping_start.tag))
            open_container(b, DT__TREE_MAPPING, fy_event_start_mark(event));
        break;
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END: close_container(b); break;
    default: break;
    }
}

/* What libfyaml says stays English. */
static void syntax_error(builder *b, struct fy_diag *diag, dt__tree_syntax syntax) {
    dt__place place = {.file = b->file};
    struct fy_diag_error *error;
    void *position = NULL;
    const char *said = "";

    while ((error = fy_diag_errors_iterate(diag, &position)) != NULL) {
        if (error->type < FYET_ERROR || error->msg == NULL) continue;
        if (error->line > 0)
            place.line = (uint32_t)error->line, place.column = error->column > 0 ? (uint32_t)error->column : 1;
        said = error->msg;
        break;
    }
    if (syntax == DT__TREE_JSON) dt__import_error(b->x, place, "bad-json", "this is no valid JSON: {0}", said, NULL);
    else dt__import_error(b->x, place, "bad-yaml", "this is no valid YAML: {0}", said, NULL);
    b->stopped = true;
}

static void say_nothing(struct fy_diag *diag, void *user, const char *bytes, size_t length) {
    (void)diag;
    (void)user;
    (void)bytes;
    (void)length;
}

static struct fy_diag *silent_diag(void) {
    struct fy_diag_cfg cfg;
    struct fy_diag *diag;

    fy_diag_cfg_default(&cfg);
    cfg.fp = NULL;
    cfg.output_fn = say_nothing;
    cfg.colorize = false;
    diag = fy_diag_create(&cfg);
    if (diag != NULL) fy_diag_set_collect_errors(diag, true);
    return diag;
}

static void take_events(builder *b, struct fy_parser *parser, struct fy_diag *diag, dt__tree_syntax syntax) {
    struct fy_event *event;
    size_t polled = 0;

    while (!b->stopped && b->x->status == DT_OK && (event = fy_parser_parse(parser)) != NULL) {
        take_event(b, event);
        fy_parser_event_free(parser, event);
        if (++polled % 4096 == 0 && b->x->status == DT_OK) b->x->status = dt__poll(b->x->env);
    }
    if (!b->stopped && b->x->status == DT_OK && (fy_parser_get_stream_error(parser) || fy_diag_got_error(diag))) {
        syntax_error(b, diag, syntax);
    }
}

const dt__tree *dt__tree_read(dt__import *x, const dt_file *file, dt__tree_syntax syntax) {
    builder b = {.x = x, .file = file->name};
    struct fy_diag *diag = x->status == DT_OK ? silent_diag() : NULL;
    struct fy_parse_cfg cfg = {.diag = diag, .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG};
    struct fy_parser *parser;
    const char *bytes = file->bytes;
    size_t length = file->length;

    if (x->status != DT_OK) return NULL;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) bytes += 3, length -= 3;
    b.bytes = bytes;
    cfg.flags |= syntax == DT__TREE_JSON ? FYPCF_JSON_FORCE : FYPCF_JSON_NONE | FYPCF_DEFAULT_VERSION_1_2;
    if (length == 0 || dt__utf8_valid(bytes, length) != length) {
        refuse(&b, dt__place_of_file(file), "bad-utf8", DT__N("this is no UTF-8 text"));
        if (diag != NULL) fy_diag_destroy(diag);
        return NULL;
    }
    parser = diag == NULL ? NULL : fy_parser_create(&cfg);
    if (parser == NULL || fy_parser_set_string(parser, bytes, length) != 0) x->status = DT_ERR_MEMORY;
    else take_events(&b, parser, diag, syntax);
    if (parser != NULL) fy_parser_destroy(parser);
    if (diag != NULL) fy_diag_destroy(diag);
    return b.stopped || x->status != DT_OK ? NULL : b.root;
}

/* ---- looking at a tree ---- */

const dt__tree *dt__tree_get(const dt__tree *node, const char *key) {
    if (node == NULL || node->kind != DT__TREE_MAPPING) return NULL;
    for (const dt__tree *c = node->first; c != NULL; c = c->next) {
        if (strcmp(c->key, key) == 0) return c;
    }
    return NULL;
}

bool dt__tree_is_given(const dt__tree *node) {
    if (node == NULL || node->kind != DT__TREE_SCALAR || node->quoted) return node != NULL;
    return strcmp(node->text, "null") != 0 && strcmp(node->text, "~") != 0 && node->text[0] != '\0';
}

const dt__tree *dt__tree_need(dt__import *x, const dt__tree *node, const char *key, dt__tree_kind kind) {
    const dt__tree *child = dt__tree_get(node, key);

    if (node == NULL) return NULL;
    if (child == NULL) {
        dt__import_error(x, node->place, "missing-key", "`{0}` is missing here", key, NULL);
        return NULL;
    }
    if (child->kind == kind) return child;
    dt__import_error(x, child->place, "wrong-type", "`{0}` is not what was expected: a list, a mapping or one value",
                     key, NULL);
    return NULL;
}

const char *dt__tree_text(dt__import *x, const dt__tree *node) {
    if (node != NULL && node->kind == DT__TREE_SCALAR) return node->text;
    if (node != NULL)
        dt__import_error(x, node->place, "wrong-type", "expected one value here, not a list or a mapping", NULL);
    return NULL;
}

bool dt__tree_number(dt__import *x, const dt__tree *node, dt__rational *out) {
    const char *text = dt__tree_text(x, node);
    return text != NULL && dt__import_number(x, node->place, node->key != NULL ? node->key : "value", text, out);
}
