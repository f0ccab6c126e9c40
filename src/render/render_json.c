/* A document's value as JSON, in the envelope of docs/json.md. */
#include <string.h>

#include "render/markup.h"

enum { LINE = 100 }; /* what is shorter stands on one line */

/* ---- texts ---- */

static void add_escape(dt__text *out, unsigned char c) {
    static const char hex[] = "0123456789abcdef";

    dt__text_add(out, "\\u00");
    dt__text_add_char(out, hex[c >> 4]);
    dt__text_add_char(out, hex[c & 15]);
}

static void add_char(dt__text *out, char c) {
    switch (c) {
    case '"': dt__text_add(out, "\\\""); break;
    case '\\': dt__text_add(out, "\\\\"); break;
    case '\n': dt__text_add(out, "\\n"); break;
    case '\r': dt__text_add(out, "\\r"); break;
    case '\t': dt__text_add(out, "\\t"); break;
    default:
        if ((unsigned char)c < 0x20 || c == 0x7F) add_escape(out, (unsigned char)c);
        else dt__text_add_char(out, c);
    }
}

static bool is_plain(char c) {
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20 && c != 0x7F;
}

/* Stretches without anything to escape go at once. */
static void add_valid(dt__text *out, const char *text, size_t length) {
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && is_plain(text[end])) end++;
        dt__text_add_bytes(out, text + i, end - i);
        if (end < length) add_char(out, text[end++]);
        i = end;
    }
}

/* Bytes at the beginning that stand for themselves. */
static size_t plain_length(const char *text) {
    const unsigned char *c = (const unsigned char *)text;
    while (*c >= ' ' && *c < 0x7F && *c != '"' && *c != '\\') c++;
    return (size_t)(c - (const unsigned char *)text);
}

/* What is no UTF-8 becomes U+FFFD, so that the result always is. */
static void add_string(dt__text *out, const char *text) {
    size_t plain = plain_length(text), left = strlen(text + plain);

    dt__text_add_char(out, '"');
    dt__text_add_bytes(out, text, plain);
    text += plain;
    while (left > 0) {
        size_t valid = dt__utf8_valid(text, left);
        add_valid(out, text, valid);
        text += valid;
        left -= valid;
        if (left == 0) break;
        dt__text_add(out, "\xEF\xBF\xBD");
        text++;
        left--;
    }
    dt__text_add_char(out, '"');
}

/* ---- values ---- */

static bool is_scalar(const dt__value *value) {
    return value->kind != DT__VALUE_ARRAY && value->kind != DT__VALUE_OBJECT;
}

/* Bytes of a value on one line, about; counting ends past LINE. */
static size_t line_length(const dt__value *value) {
    size_t length = 2;

    if (is_scalar(value)) return strlen(value->text) + 5;
    for (const dt__value *v = value->first; v != NULL && length <= LINE; v = v->next) {
        length += line_length(v) + (v->key == NULL ? 0 : strlen(v->key) + 4);
    }
    return length;
}

static void new_line(dt__text *out, size_t depth) {
    dt__text_add_char(out, '\n');
    dt__text_add_repeated(out, ' ', 2 * depth);
}

static void add_value(dt__text *out, const dt__value *value, size_t depth);

static void add_members(dt__text *out, const dt__value *value, size_t depth) {
    bool wide = value->first != NULL && line_length(value) > LINE;

    for (const dt__value *v = value->first; v != NULL; v = v->next) {
        if (wide) new_line(out, depth + 1);
        if (v->key != NULL) {
            add_string(out, v->key);
            dt__text_add(out, ": ");
        }
        add_value(out, v, depth + 1);
        if (v->next != NULL) dt__text_add(out, wide ? "," : ", ");
    }
    if (wide) new_line(out, depth);
}

static void add_value(dt__text *out, const dt__value *value, size_t depth) {
    bool object = value->kind == DT__VALUE_OBJECT;

    switch (value->kind) {
    case DT__VALUE_NULL: dt__text_add(out, "null"); return;
    case DT__VALUE_BOOL: dt__text_add(out, value->truth ? "true" : "false"); return;
    case DT__VALUE_NUMBER: dt__text_add(out, value->text); return;
    case DT__VALUE_STRING: add_string(out, value->text); return;
    case DT__VALUE_ARRAY:
    case DT__VALUE_OBJECT: break;
    }
    dt__text_add_char(out, object ? '{' : '[');
    add_members(out, value, depth);
    dt__text_add_char(out, object ? '}' : ']');
}

/* ---- inside a page ---- */

static void add_compact(dt__text *out, const dt__value *value) {
    bool object = value->kind == DT__VALUE_OBJECT;

    if (is_scalar(value)) {
        add_value(out, value, 0);
        return;
    }
    dt__text_add_char(out, object ? '{' : '[');
    for (const dt__value *v = value->first; v != NULL; v = v->next) {
        if (v->key != NULL) {
            add_string(out, v->key);
            dt__text_add_char(out, ':');
        }
        add_compact(out, v);
        if (v->next != NULL) dt__text_add_char(out, ',');
    }
    dt__text_add_char(out, object ? '}' : ']');
}

/* `<` ends a script element or opens a comment in it; it occurs in strings only, where it can be written otherwise. */
void dt__json_embed(dt__text *out, const dt__value *value) {
    dt__text plain;

    dt__text_init(&plain, out->env);
    if (value != NULL) add_compact(&plain, value);
    for (const char *c = dt__text_get(&plain); *c != '\0'; c++) {
        if (*c == '<') dt__text_add(out, "\\u003c");
        else if (*c == '>') dt__text_add(out, "\\u003e");
        else if (*c == '&') dt__text_add(out, "\\u0026");
        else dt__text_add_char(out, *c);
    }
    out->failed |= plain.failed;
    dt__text_clear(&plain);
}

/* ---- the envelope ---- */

static size_t times_given(const dt_envelope *envelope, const char *name, size_t before) {
    size_t times = 0;
    for (size_t i = 0; i < before; i++) times += strcmp(envelope->options[i].name, name) == 0;
    return times;
}

/* A flag is true, an option that was given several times a list. */
static dt__value *option_value(dt_document *d, const dt_envelope *envelope, const dt_setting *option) {
    dt__value *list;

    if (option->value == NULL) return dt__value_bool(d, true);
    if (times_given(envelope, option->name, envelope->option_count) == 1) return dt__value_string(d, option->value);
    list = dt__value_array(d);
    for (size_t i = 0; i < envelope->option_count; i++) {
        const dt_setting *other = &envelope->options[i];
        if (strcmp(other->name, option->name) == 0) dt__append(list, dt__value_string(d, other->value));
    }
    return list;
}

static dt__value *options_value(dt_document *d, const dt_envelope *envelope) {
    dt__value *options = dt__value_object(d);

    for (size_t i = 0; i < envelope->option_count; i++) {
        const dt_setting *option = &envelope->options[i];
        if (times_given(envelope, option->name, i) > 0) continue;
        dt__put(d, options, option->name, option_value(d, envelope, option));
    }
    return options;
}

/* Without folders: they tell of a machine, and would make two answers differ that are the same. */
static dt__value *file_value(dt_document *d, const char *file) {
    return dt__value_string(d, file == NULL ? NULL : dt__file_base(file));
}

static dt__value *source_value(dt_document *d, const char *title, const char *file, const char *sha256) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "title", dt__value_string(d, title));
    dt__put(d, value, "file", file_value(d, file));
    dt__put(d, value, "sha256", dt__value_string(d, sha256));
    return value;
}

static dt__value *model_value(dt_document *d, const dt_document *document, const dt_model *model, dt_env *env) {
    if (model == NULL) return source_value(d, document->title, document->file, document->sha256);
    return source_value(d, dt_model_title(model, env->opts.language), dt_model_file(model), dt_model_sha256(model));
}

static dt__value *notes_value(dt_document *d, const dt_env *env) {
    static const char *const severities[] = {[DT_NOTE] = "note", [DT_WARNING] = "warning", [DT_ERROR] = "error"};
    dt__value *notes = dt__value_array(d);

    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *found = dt_env_diagnostic(env, i);
        dt__value *note;
        if (found->severity == DT_ERROR) continue;
        note = dt__append(notes, dt__value_object(d));
        dt__put(d, note, "severity", dt__value_string(d, severities[found->severity]));
        dt__put(d, note, "code", dt__value_string(d, found->code));
        dt__put(d, note, "file", file_value(d, found->file));
        dt__put(d, note, "line", dt__value_unsigned(d, found->line));
        dt__put(d, note, "column", dt__value_unsigned(d, found->column));
        dt__put(d, note, "text", dt__value_string(d, found->text));
        dt__put(d, note, "hint", dt__value_string(d, found->hint));
    }
    return notes;
}

/* The answer stands between what is built here, without being changed: it is the document's. */
static void add_envelope(dt__text *out, dt_document *d, const dt_document *document, const dt_model *model,
                         const dt_envelope *envelope, dt_env *env) {
    dt__value *whole = dt__value_object(d), *answer = dt__value_object(d);

    dt__put(d, whole, "detente", dt__value_string(d, dt_version()));
    dt__put(d, whole, "command", dt__value_string(d, envelope->command));
    dt__put(d, whole, "model", model_value(d, document, model, env));
    dt__put(d, whole, "options", options_value(d, envelope));
    dt__put(d, whole, "seed", dt__value_unsigned(d, envelope->seed));
    if (answer != NULL && document->answer != NULL) *answer = *document->answer;
    if (answer != NULL) answer->next = NULL;
    dt__put(d, whole, "answer", answer);
    dt__put(d, whole, "notes", notes_value(d, env));
    if (whole != NULL && !d->failed) add_value(out, whole, 0);
    dt__text_add_char(out, '\n');
}

dt_status dt_render_json(const dt_document *document, const dt_model *model, const dt_envelope *envelope,
                         const dt_sink *sink, dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    dt__text out;
    dt_status st = DT_ERR_MEMORY;

    if (d == NULL) return st;
    dt__text_init(&out, env);
    add_envelope(&out, d, document, model, envelope, env);
    if (!d->failed) st = dt__text_status(&out);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&out), out.length);
    dt__text_clear(&out);
    dt_document_free(d, env);
    return st;
}
