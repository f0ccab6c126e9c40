#include "language/yaml.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "base/text.h"
#include "base/yaml_scalar.h"

/* A container that is being filled. */
typedef struct level {
    dt__node *node;
    dt__node **tail;     /* where the next child goes */
    const dt__node *key; /* the key that waits for its value */
} level;

typedef struct builder {
    dt__arena *nodes, *texts;
    dt_env *env;
    const char *file, *bytes;
    dt__node *root;
    bool second; /* a second document began */
    level levels[DT__MAX_DEPTH];
    size_t depth;
    dt__place here; /* where the newest node stands: for events without a place */
    size_t errors_before;
} builder;

/* ---- the text before YAML sees it ---- */

static uint32_t characters(const char *bytes, size_t length) {
    uint32_t count = 0;
    for (size_t i = 0; i < length; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

static dt__place place_of_offset(const char *file, const char *bytes, size_t offset) {
    dt__place place = {.file = file, .line = 1};
    size_t line_start = 0;

    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] != '\n') continue;
        place.line++;
        line_start = i + 1;
    }
    place.column = characters(bytes + line_start, offset - line_start) + 1;
    return place;
}

/* Bytes below space that are no white space of YAML. */
static size_t first_control(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7F) return i;
    }
    return length;
}

static dt_status check_bytes(const char *bytes, size_t length, const char *file, dt_env *env) {
    size_t valid, control;

    if (length > DT__MAX_TEXT) {
        dt__diagnose(env, DT_ERROR, (dt__place){.file = file}, "too-large",
                     "the file is larger than 16 MiB, the limit for a model", NULL);
        return DT_ERR_LIMIT;
    }
    valid = dt__utf8_valid(bytes, length);
    if (valid < length) {
        dt__diagnose(env, DT_ERROR, place_of_offset(file, bytes, valid), "bad-utf8", "this is no UTF-8 text", NULL);
        dt__hint(env, "save the file as UTF-8", NULL);
        return DT_ERR_MODEL;
    }
    control = first_control(bytes, length);
    if (control < length) {
        dt__diagnose(env, DT_ERROR, place_of_offset(file, bytes, control), "bad-character",
                     "an invisible control character stands here; expected text", NULL);
        return DT_ERR_MODEL;
    }
    return DT_OK;
}

/* ---- building the tree ---- */

static dt__place place_of(const builder *b, const struct fy_mark *mark) {
    if (mark == NULL || mark->line < 0) return b->here;
    return (dt__place){.file = b->file, .line = (uint32_t)mark->line + 1, .column = (uint32_t)mark->column + 1};
}

static dt_status refuse(builder *b, dt__place place, const char *code, const char *msgid) {
    dt__diagnose(b->env, DT_ERROR, place, code, msgid, NULL);
    return DT_ERR_MODEL;
}

static dt__node *new_node(builder *b, dt__node_kind kind, const struct fy_mark *mark) {
    dt__node *node = DT__ARENA_NEW(b->nodes, dt__node);

    if (node == NULL) return NULL;
    b->here = place_of(b, mark);
    node->kind = kind;
    node->line = b->here.line;
    node->column = b->here.column;
    return node;
}

/* Hangs a node under the container being filled, as child or as key. */
static dt_status attach(builder *b, dt__node *node) {
    level *top = b->depth > 0 ? &b->levels[b->depth - 1] : NULL;

    if (top == NULL) {
        b->root = node;
        return DT_OK;
    }
    if (top->node->kind == DT__NODE_MAPPING && top->key == NULL) {
        if (node->kind != DT__NODE_SCALAR)
            return refuse(b, b->here, "wrong-type", DT__N("a key has to be a word; here stands a list or a mapping"));
        if (node->plain && strcmp(node->text, "<<") == 0)
            return refuse(b, b->here, "no-anchors", DT__N("YAML merge keys (<<) are not part of the model language"));
        top->key = node;
        return DT_OK;
    }
    node->key = top->key;
    top->key = NULL;
    *top->tail = node;
    top->tail = &node->next;
    top->node->count++;
    return DT_OK;
}

/* Anchors and tags are refused: a model says what it says where it stands. */
static dt_status check_properties(builder *b, struct fy_token *anchor, struct fy_token *tag) {
    struct fy_token *token = anchor != NULL ? anchor : tag;

    if (token == NULL) return DT_OK;
    if (anchor != NULL)
        return refuse(b, place_of(b, fy_token_start_mark(token)), "no-anchors",
                      DT__N("YAML anchors (&name) are not part of the model language"));
    return refuse(b, place_of(b, fy_token_start_mark(token)), "no-tags",
                  DT__N("YAML tags (!name) are not part of the model language; quote the text if it begins with “!”"));
}

static dt_status open_container(builder *b, dt__node_kind kind, const struct fy_mark *mark) {
    dt__node *node = new_node(b, kind, mark);
    dt_status st;

    if (node == NULL) return DT_ERR_MEMORY;
    if (b->depth == DT__MAX_DEPTH) {
        dt__diagnose(b->env, DT_ERROR, b->here, "too-deep",
                     "lists and mappings are nested more than 64 deep, the limit for a model", NULL);
        return DT_ERR_LIMIT;
    }
    if ((st = attach(b, node)) != DT_OK) return st;
    b->levels[b->depth++] = (level){.node = node, .tail = &node->first};
    return DT_OK;
}

static dt_status add_scalar(builder *b, struct fy_event *event) {
    struct fy_token *value = event->scalar.value;
    const struct fy_mark *start = value == NULL ? NULL : fy_token_start_mark(value),
                         *end = value == NULL ? NULL : fy_token_end_mark(value);
    enum fy_scalar_style style = value == NULL ? FYSS_PLAIN : fy_token_scalar_style(value);
    size_t length = 0;
    const char *text = value == NULL ? "" : dt__yaml_scalar(value, b->bytes, b->texts, &length);
    dt__node *node = new_node(b, DT__NODE_SCALAR, start);

    if (node == NULL || text == NULL) return DT_ERR_MEMORY;
    if (first_control(text, length) < length)
        return refuse(b, b->here, "bad-character", DT__N("this text contains an invisible control character"));
    node->plain = style == FYSS_PLAIN;
    node->verbatim = start != NULL && end != NULL && style <= FYSS_DOUBLE_QUOTED && start->line == end->line &&
                     end->input_pos - start->input_pos == length;
    node->text = dt__arena_string(b->texts, text, length);
    return node->text == NULL ? DT_ERR_MEMORY : attach(b, node);
}

/* ---- keys that stand twice ---- */

static int compare_keys(const void *a, const void *b) {
    const dt__node *x = *(const dt__node *const *)a, *y = *(const dt__node *const *)b;
    int order = strcmp(x->text, y->text);
    if (order != 0) return order;
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

static void blame_twice(builder *b, const dt__node *key) {
    dt__place place = {.file = b->file, .line = key->line, .column = key->column};

    dt__diagnose(b->env, DT_ERROR, place, "duplicate-key", "“{0}” stands here a second time; every key may stand once",
                 key->text, NULL);
}

static dt_status check_keys(builder *b, const dt__node *mapping) {
    const dt__node **keys = DT__ARRAY(b->env, const dt__node *, mapping->count);
    size_t n = 0;

    if (keys == NULL) return DT_ERR_MEMORY;
    DT__EACH(child, mapping) keys[n++] = child->key;
    qsort(keys, n, sizeof *keys, compare_keys);
    for (size_t i = 1; i < n && b->env->error_count < b->errors_before + 20; i++) {
        if (strcmp(keys[i - 1]->text, keys[i]->text) == 0) blame_twice(b, keys[i]);
    }
    DT__FREE(b->env, keys, mapping->count == 0 ? 1 : mapping->count);
    return DT_OK;
}

static dt_status close_container(builder *b) {
    const dt__node *node = b->levels[--b->depth].node;
    return node->kind == DT__NODE_MAPPING && node->count > 1 ? check_keys(b, node) : DT_OK;
}

/* ---- events ---- */

static dt_status take_event(builder *b, struct fy_event *event) {
    dt_status st;

    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (b->second)
            return refuse(b, place_of(b, fy_event_start_mark(event)), "one-document",
                          DT__N("a second document begins here (---); a model is one document"));
        b->second = true;
        return DT_OK;
    case FYET_ALIAS:
        return refuse(
            b, place_of(b, fy_event_start_mark(event)), "no-anchors",
            DT__N("YAML aliases (*name) are not part of the model language; quote the text if it begins with “*”"));
    case FYET_SCALAR:
        if ((st = check_properties(b, event->scalar.anchor, event->scalar.tag)) != DT_OK) return st;
        return add_scalar(b, event);
    case FYET_SEQUENCE_START:
        if ((st = check_properties(b, event->sequence_start.anchor, event->sequence_start.tag)) != DT_OK) return st;
        return open_container(b, DT__NODE_SEQUENCE, fy_event_start_mark(event));
    case FYET_MAPPING_START:
        if ((st = check_properties(b, event->mapping_start.anchor, event->mapping_start.tag)) != DT_OK) return st;
        return open_container(b, DT__NODE_MAPPING, fy_event_start_mark(event));
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END: return close_container(b);
    default: return DT_OK;
    }
}

/* What libfyaml says about a text that is no YAML; its words stay English. */
static dt_status syntax_error(const builder *b, struct fy_diag *diag) {
    struct fy_diag_error *error;
    void *position = NULL;
    bool said = false;

    while (!said && (error = fy_diag_errors_iterate(diag, &position)) != NULL) {
        dt__place place = {.file = b->file};
        if (error->type < FYET_ERROR || error->msg == NULL) continue;
        if (error->line > 0) {
            place.line = (uint32_t)error->line;
            place.column = error->column > 0 ? (uint32_t)error->column : 1;
        }
        dt__diagnose(b->env, DT_ERROR, place, "bad-yaml", "this is no valid YAML: {0}", error->msg, NULL);
        said = true;
    }
    if (!said) dt__diagnose(b->env, DT_ERROR, b->here, "bad-yaml", "this is no valid YAML", NULL);
    dt__hint(b->env, "look for a missing bracket, quote or colon at or before this place, and for tabs", NULL);
    return DT_ERR_MODEL;
}

static dt_status take_events(builder *b, struct fy_parser *parser, struct fy_diag *diag) {
    struct fy_event *event;
    dt_status st = DT_OK;
    size_t polled = 0;

    while (st == DT_OK && (event = fy_parser_parse(parser)) != NULL) {
        st = take_event(b, event);
        fy_parser_event_free(parser, event);
        if (st == DT_OK && ++polled % 4096 == 0) st = dt__poll(b->env);
    }
    if (st == DT_OK && (fy_parser_get_stream_error(parser) || fy_diag_got_error(diag))) st = syntax_error(b, diag);
    return st;
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

static dt_status parse(builder *b, const char *bytes, size_t length) {
    struct fy_diag *diag = silent_diag();
    struct fy_parse_cfg cfg = {.diag = diag,
                               .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE | FYPCF_DEFAULT_VERSION_1_2 |
                                        FYPCF_DISABLE_DEPTH_LIMIT};
    struct fy_parser *parser = diag == NULL ? NULL : fy_parser_create(&cfg);
    dt_status st = DT_ERR_MEMORY;

    if (parser != NULL && fy_parser_set_string(parser, bytes, length) == 0) st = take_events(b, parser, diag);
    if (parser != NULL) fy_parser_destroy(parser);
    if (diag != NULL) fy_diag_destroy(diag);
    return st;
}

dt_status dt__yaml_read(dt__node **out, const char *bytes, size_t length, const char *file, dt__arena *nodes,
                        dt__arena *texts) {
    builder b = {.nodes = nodes,
                 .texts = texts,
                 .env = nodes->env,
                 .file = file,
                 .errors_before = nodes->env->error_count,
                 .here = {.file = file, .line = 1, .column = 1}};
    dt_status st;

    *out = NULL;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        bytes += 3;
        length -= 3;
    }
    if ((st = check_bytes(bytes, length, file, b.env)) != DT_OK) return st;
    b.bytes = bytes;
    if (length > 0 && (st = parse(&b, bytes, length)) != DT_OK) return st;
    *out = b.root;
    return DT_OK;
}
