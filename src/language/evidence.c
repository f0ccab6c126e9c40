/* Sources, and citations of them. */
#include <string.h>

#include "language/reader.h"

/* ---- sources ---- */

enum {
    SOURCE_TITLE,
    SOURCE_AUTHOR,
    SOURCE_PUBLISHER,
    SOURCE_DATE,
    SOURCE_LANG,
    SOURCE_URL,
    SOURCE_FILE,
    SOURCE_NOTE,
    SOURCE_KEYS
};

static const dt__key source_keys[SOURCE_KEYS] = {
    [SOURCE_TITLE] = {.name = "title"},         [SOURCE_AUTHOR] = {.name = "author"},
    [SOURCE_PUBLISHER] = {.name = "publisher"}, [SOURCE_DATE] = {.name = "date"},
    [SOURCE_LANG] = {.name = "lang"},           [SOURCE_URL] = {.name = "url"},
    [SOURCE_FILE] = {.name = "file"},           [SOURCE_NOTE] = {.name = "note"},
};

/* Relative, and never out of its folder. */
static bool is_inside(const char *path) {
    if (path[0] == '/' || path[0] == '\\' || (path[0] != '\0' && path[1] == ':')) return false;
    for (const char *part = path; part != NULL; part = strpbrk(part, "/\\")) {
        if (part != path) part++;
        if (strncmp(part, "..", 2) == 0 && (part[2] == '\0' || part[2] == '/' || part[2] == '\\')) return false;
    }
    return true;
}

const char *dt__read_path(dt__reader *r, const dt__node *node) {
    const char *path = dt__read_text(r, node);

    if (path == NULL || is_inside(path)) return path;
    dt__reader_error(r, node, "bad-path",
                     "the file “{0}” lies outside; expected a path inside the model's folder, without “..”", path,
                     NULL);
    return NULL;
}

static void read_source(dt__reader *r, const dt__node *node, dt__source *source) {
    const dt__node *f[SOURCE_KEYS];
    dt__date date;

    source->place = dt__reader_place(r, node->key);
    if (!dt__read_fields(r, node, source_keys, SOURCE_KEYS, f)) return;
    source->title = dt__read_label(r, f[SOURCE_TITLE]);
    source->note = dt__read_label(r, f[SOURCE_NOTE]);
    source->author = dt__read_text(r, f[SOURCE_AUTHOR]);
    source->publisher = dt__read_text(r, f[SOURCE_PUBLISHER]);
    source->lang = dt__read_text(r, f[SOURCE_LANG]);
    source->url = dt__read_text(r, f[SOURCE_URL]);
    source->file = dt__read_path(r, f[SOURCE_FILE]);
    if (dt__read_date(r, f[SOURCE_DATE], &date)) source->date = f[SOURCE_DATE]->text;
}

void dt__read_sources(dt__reader *r, const dt__node *node) {
    dt__entries entries = dt__read_entries(r, node, DT__ID_LETTERS);
    dt_model *m = r->model;

    m->sources = DT__READER_ARRAY(r, dt__source, entries.count);
    if (r->status == DT_OK) r->status = dt__names_init(&r->sources, entries.ids, entries.count, &r->scratch);
    if (r->status != DT_OK) return;
    m->source_count = entries.count;
    for (size_t i = 0; i < entries.count; i++) {
        m->sources[i].key = entries.ids[i];
        read_source(r, entries.nodes[i], &m->sources[i]);
    }
}

/* ---- citations: K, K16, K24-K26, K24-26 ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A number from 1 at *text, moved past it. */
static bool read_line_number(const char **text, uint32_t *line) {
    *line = 0;
    if (!is_digit(**text)) return false;
    for (; is_digit(**text); (*text)++) {
        if (*line > 99999999) return false;
        *line = *line * 10 + (uint32_t)(**text - '0');
    }
    return *line > 0;
}

/* What follows the key: nothing, a line, or lines from-to. */
static bool read_lines(const char *text, const char *key, dt__citation *citation) {
    if (*text == '\0') return true;
    if (!read_line_number(&text, &citation->from)) return false;
    citation->to = citation->from;
    if (*text == '\0') return true;
    if (*text++ != '-') return false;
    if (strncmp(text, key, strlen(key)) == 0) text += strlen(key);
    return read_line_number(&text, &citation->to) && *text == '\0' && citation->from <= citation->to;
}

/* The source whose key the letters at the beginning are. */
static uint32_t source_of(dt__reader *r, const char *text) {
    const char *key = dt__arena_string(&r->scratch, text, dt__letter_span(text));

    if (key == NULL) r->status = DT_ERR_MEMORY;
    return key == NULL ? DT__NO_INDEX : dt__names_find(&r->sources, key);
}

static bool read_citation(dt__reader *r, const dt__node *node, dt__citation *citation) {
    const char *text = dt__read_text(r, node);

    if (text == NULL) return false;
    *citation = (dt__citation){.source = source_of(r, text)};
    if (r->status != DT_OK) return false;
    if (citation->source == DT__NO_INDEX) {
        dt__reader_error(r, node, "unknown-source", "“{0}” names no source of this model", text, NULL);
        if (r->sources.count == 0)
            dt__reader_hint(r, "list it under `sources`: a key of letters, with title, author and date", NULL);
        else dt__reader_hint_names(r, text, r->sources.texts, r->sources.count);
        return false;
    }
    if (read_lines(text + strlen(r->model->sources[citation->source].key), r->model->sources[citation->source].key,
                   citation))
        return true;
    dt__reader_error(r, node, "bad-citation",
                     "“{0}” is no place in a source; expected one like {1}, {1}16 or {1}24-{1}26", text,
                     r->model->sources[citation->source].key, NULL);
    return false;
}

static void read_citations(dt__reader *r, const dt__node *node, dt__evidence *evidence) {
    bool list = node->kind == DT__NODE_SEQUENCE;
    dt__citation *citations = DT__READER_ARRAY(r, dt__citation, list ? node->count : 1);

    if (citations == NULL) return;
    evidence->citations = citations;
    if (!list && read_citation(r, node, &citations[0])) evidence->citation_count = 1;
    if (!list) return;
    DT__EACH(child, node) {
        if (read_citation(r, child, &citations[evidence->citation_count])) evidence->citation_count++;
    }
}

dt__evidence dt__read_evidence(dt__reader *r, const dt__node *source, const dt__node *quote, const dt__node *why) {
    dt__evidence evidence = {0};

    if (r->status != DT_OK) return evidence;
    if (source != NULL) read_citations(r, source, &evidence);
    evidence.quote = dt__read_text(r, quote);
    evidence.why = dt__read_text(r, why);
    return evidence;
}
