#include "language/printer.h"

#include <string.h>
#include <utf8proc.h>

enum { LINE_WIDTH = 110, STEP = 2 };

void dt__printer_init(dt__printer *p, dt_env *env) {
    *p = (dt__printer){.env = env};
    dt__arena_init(&p->arena, env);
}

void dt__printer_clear(dt__printer *p) {
    dt__arena_clear(&p->arena);
}

/* ---- quoting ---- */

/* Words and numbers that other readers of YAML take for something else than text. */
static bool looks_typed(const char *text) {
    static const char *const words[] = {"~",     "null", "Null", "NULL", "true", "True", "TRUE", "false", "False",
                                        "FALSE", "yes",  "Yes",  "YES",  "no",   "No",   "NO",   "on",    "On",
                                        "ON",    "off",  "Off",  "OFF",  "y",    "Y",    "n",    "N"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(text, words[i]) == 0) return true;
    }
    return strchr("+-.0123456789", text[0]) != NULL;
}

/* Is a character safe within plain text, in every context of YAML? */
static bool is_safe(utf8proc_int32_t c) {
    utf8proc_category_t category;

    if (c < 0x80) return c == ' ' || c == '\'' || (c > ' ' && c < 0x7F && strchr(",[]{}:#\"\\|>&*!%@`", c) == NULL);
    category = utf8proc_category(c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_SO;
}

static bool is_plain(const char *text) {
    size_t length = strlen(text), at = 0;
    utf8proc_int32_t c;

    if (length == 0 || looks_typed(text) || text[length - 1] == ' ' || strchr(" '?=<~(", text[0]) != NULL) return false;
    while (at < length) {
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &c);
        if (n <= 0 || !is_safe(c)) return false;
        at += (size_t)n;
    }
    return true;
}

static void add_hexadecimal(dt__text *text, uint32_t value, int digits) {
    while (digits-- > 0) dt__text_add_char(text, "0123456789abcdef"[value >> (4 * digits) & 15]);
}

static void add_escaped(dt__text *text, const char *bytes, size_t length, utf8proc_int32_t c) {
    utf8proc_category_t category = utf8proc_category(c);
    bool unseen = category >= UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_CN;

    if (c == '"' || c == '\\') {
        dt__text_add_char(text, '\\');
        dt__text_add_char(text, (char)c);
    } else if (c == '\n') {
        dt__text_add(text, "\\n");
    } else if (c == '\t') {
        dt__text_add(text, "\\t");
    } else if (unseen && c > 0xFFFF) {
        dt__text_add(text, "\\U");
        add_hexadecimal(text, (uint32_t)c, 8);
    } else if (unseen || (category == UTF8PROC_CATEGORY_ZS && c != ' ')) {
        dt__text_add(text, "\\u");
        add_hexadecimal(text, (uint32_t)c, 4);
    } else {
        dt__text_add_bytes(text, bytes, length);
    }
}

static void add_quoted(dt__text *text, const char *string) {
    size_t length = strlen(string), at = 0;
    utf8proc_int32_t c = 0;

    dt__text_add_char(text, '"');
    while (at < length) {
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)string + at, (utf8proc_ssize_t)(length - at), &c);
        if (n <= 0) break; /* texts of a model are valid */
        add_escaped(text, string + at, (size_t)n, c);
        at += (size_t)n;
    }
    dt__text_add_char(text, '"');
}

/* The text as it is printed; NULL after a failure. */
static const char *printed(dt__printer *p, const char *string, dt__quoting quoting) {
    const char *copy = NULL;
    dt__text text;

    if (p->failed) return NULL;
    if (quoting == DT__QUOTE_NEVER || (quoting == DT__QUOTE_IF_ODD && is_plain(string))) return string;
    dt__text_init(&text, p->env);
    add_quoted(&text, string);
    if (!text.failed) copy = dt__arena_string(&p->arena, text.bytes, text.length);
    dt__text_clear(&text);
    if (copy == NULL) p->failed = true;
    return copy;
}

/* ---- the tree ---- */

static dt__written *new_written(dt__printer *p, dt__written_kind kind, size_t width) {
    dt__written *w = p->failed ? NULL : DT__ARENA_NEW(&p->arena, dt__written);

    if (w == NULL) {
        p->failed = true;
        return NULL;
    }
    w->kind = kind;
    w->width = width;
    return w;
}

dt__written *dt__write_scalar(dt__printer *p, const char *text, dt__quoting quoting) {
    const char *as_printed = printed(p, text, quoting);
    dt__written *w = as_printed == NULL ? NULL : new_written(p, DT__WRITTEN_SCALAR, dt__utf8_width(as_printed));

    if (w != NULL) w->text = as_printed;
    return w;
}

dt__written *dt__write_mapping(dt__printer *p) {
    return new_written(p, DT__WRITTEN_MAPPING, strlen("{}"));
}

dt__written *dt__write_list(dt__printer *p) {
    return new_written(p, DT__WRITTEN_LIST, strlen("[]"));
}

void dt__write_item(dt__printer *p, dt__written *list, dt__written *item) {
    if (p->failed || list == NULL || item == NULL) return;
    if (list->last == NULL) list->first = item;
    else list->last->next = item;
    list->width += item->width + (list->last == NULL ? 0 : strlen(", "));
    list->in_lines = list->in_lines || item->in_lines;
    list->last = item;
}

void dt__write_bare_entry(dt__printer *p, dt__written *mapping, const char *key, dt__written *value) {
    if (p->failed || mapping == NULL || value == NULL || key == NULL) return;
    value->key = key;
    mapping->width += dt__utf8_width(key) + strlen(": ");
    dt__write_item(p, mapping, value);
}

void dt__write_entry(dt__printer *p, dt__written *mapping, const char *key, dt__written *value) {
    dt__write_bare_entry(p, mapping, printed(p, key, DT__QUOTE_IF_ODD), value);
}

void dt__write_remark(dt__printer *p, dt__written *mapping, const char *lines) {
    if (p->failed || mapping == NULL || lines == NULL) return;
    mapping->remark = lines;
    mapping->in_lines = true;
}

/* ---- layout ---- */

static void print_in_line(dt__text *text, const dt__written *w) {
    bool mapping = w->kind == DT__WRITTEN_MAPPING;

    if (w->kind == DT__WRITTEN_SCALAR) {
        dt__text_add(text, w->text);
        return;
    }
    dt__text_add_char(text, mapping ? '{' : '[');
    for (const dt__written *child = w->first; child != NULL; child = child->next) {
        if (child != w->first) dt__text_add(text, ", ");
        if (mapping) dt__text_add(text, child->key);
        if (mapping) dt__text_add(text, ": ");
        print_in_line(text, child);
    }
    dt__text_add_char(text, mapping ? '}' : ']');
}

static bool fits(const dt__written *w, size_t column) {
    return w->kind == DT__WRITTEN_SCALAR || (w->first == NULL && w->remark == NULL) ||
           (!w->in_lines && column + w->width <= LINE_WIDTH);
}

static void print_lines(dt__text *text, const dt__written *w, size_t indent, bool at_start);

static void print_remark(dt__text *text, const char *lines, size_t indent) {
    while (lines != NULL && *lines != '\0') {
        size_t length = strcspn(lines, "\n");
        dt__text_add_char(text, '\n');
        dt__text_add_repeated(text, ' ', indent);
        dt__text_add(text, "# ");
        dt__text_add_bytes(text, lines, length);
        lines += length + (lines[length] == '\n');
    }
}

static void print_child(dt__text *text, const dt__written *parent, const dt__written *child, size_t indent) {
    size_t column = indent + STEP;

    if (parent->kind == DT__WRITTEN_LIST) {
        dt__text_add(text, "- ");
        if (fits(child, column)) print_in_line(text, child);
        else print_lines(text, child, column, true);
        return;
    }
    dt__text_add(text, child->key);
    dt__text_add_char(text, ':');
    column = indent + dt__utf8_width(child->key) + strlen(": ");
    if (!fits(child, column)) {
        print_lines(text, child, indent + STEP, false);
        return;
    }
    dt__text_add_char(text, ' ');
    print_in_line(text, child);
}

/* One line for each child; at_start: the line has begun, after "- ". */
static void print_lines(dt__text *text, const dt__written *w, size_t indent, bool at_start) {
    for (const dt__written *child = w->first; child != NULL; child = child->next) {
        if (!at_start) {
            dt__text_add_char(text, '\n');
            dt__text_add_repeated(text, ' ', indent);
        }
        at_start = false;
        print_child(text, w, child, indent);
    }
    print_remark(text, w->remark, indent);
}

void dt__print_document(dt__text *text, const dt__written *root) {
    for (const dt__written *child = root->first; child != NULL; child = child->next) {
        if (child->in_lines && child->first != NULL) dt__text_add_char(text, '\n'); /* sections stand apart */
        print_child(text, root, child, 0);
        dt__text_add_char(text, '\n');
    }
}
