#include "base/json_scan.h"

#include <string.h>

#include "base/catalog.h"
#include "base/encoding.h"

/* What may come next. */
enum { VALUE = 0, VALUE_OR_END, KEY_OR_END, KEY, COMMA_OR_END, NOTHING, BROKEN };

dt_status dt__json_init(dt__json_scan *scan, const dt_source *source, dt_env *env) {
    *scan = (dt__json_scan){.expected = VALUE, .status = DT_OK};
    dt__text_init(&scan->text, env);
    if (dt__bytes_init(&scan->bytes, source, env) != DT_OK) return DT_ERR_MEMORY;
    if (dt__bytes_peek(&scan->bytes) == 0xEF) { /* U+FEFF in UTF-8, or not JSON at all */
        for (int i = 0; i < 3 && dt__bytes_peek(&scan->bytes) >= 0x80; i++) dt__bytes_next(&scan->bytes);
    }
    return DT_OK;
}

void dt__json_clear(dt__json_scan *scan) {
    dt__bytes_clear(&scan->bytes);
    dt__text_clear(&scan->text);
}

static dt__json_token wrong(dt__json_scan *s, const char *msgid) {
    s->expected = BROKEN;
    if (s->bytes.status != DT_OK || s->text.failed) {
        s->status = s->text.failed ? DT_ERR_MEMORY : s->bytes.status;
        return DT__JSON_FAILED;
    }
    s->wrong = msgid;
    return DT__JSON_WRONG;
}

static int skip_white(dt__json_scan *s) {
    int c = dt__bytes_peek(&s->bytes);

    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        dt__bytes_next(&s->bytes);
        c = dt__bytes_peek(&s->bytes);
    }
    s->line = s->bytes.line;
    s->column = s->bytes.column;
    return c;
}

/* ---- strings ---- */

static void add_code_point(dt__text *text, uint32_t code) {
    char bytes[DT__UTF8_MOST];

    dt__text_add_bytes(text, bytes, dt__utf8_put(bytes, code));
}

/* Four hexadecimal digits; above 0xFFFF when they are not. */
static uint32_t hexadecimal(dt__json_scan *s) {
    uint32_t code = 0;

    for (int i = 0; i < 4; i++) {
        int c = dt__bytes_next(&s->bytes);
        if (c >= '0' && c <= '9') code = code << 4 | (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f') code = code << 4 | (uint32_t)(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F') code = code << 4 | (uint32_t)(c - 'A' + 10);
        else return UINT32_MAX;
    }
    return code;
}

static bool add_unicode_escape(dt__json_scan *s) {
    uint32_t code = hexadecimal(s), low;

    if (code > 0xFFFF || code == 0 || (code >= 0xDC00 && code < 0xE000)) return false;
    if (code >= 0xD800 && code < 0xDC00) { /* half of a pair */
        int mark = dt__bytes_next(&s->bytes);
        if (mark != '\\') return false;
        mark = dt__bytes_next(&s->bytes);
        if (mark != 'u') return false;
        low = hexadecimal(s);
        if (low < 0xDC00 || low > 0xDFFF) return false;
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    add_code_point(&s->text, code);
    return true;
}

static bool add_escape(dt__json_scan *s) {
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    int c = dt__bytes_next(&s->bytes);
    const char *found;

    if (c == 'u') return add_unicode_escape(s);
    found = c == DT__NO_BYTE || c == 0 ? NULL : strchr(names, c);
    if (found != NULL) dt__text_add_char(&s->text, values[found - names]);
    return found != NULL;
}

/* Between the quotation marks; the first has been passed. */
static bool read_string(dt__json_scan *s) {
    dt__text_reset(&s->text);
    while (true) {
        int c = dt__bytes_next(&s->bytes);
        if (c == '"') break;
        if (c < 0x20 || s->text.length > DT__JSON_TEXT) return false; /* also the end */
        if (c != '\\') dt__text_add_char(&s->text, (char)c);
        else if (!add_escape(s)) return false;
    }
    return !s->text.failed && dt__utf8_valid(dt__text_get(&s->text), s->text.length) == s->text.length;
}

/* ---- numbers, words ---- */

static bool take_digits(dt__json_scan *s) {
    size_t before = s->text.length;

    while (dt__bytes_peek(&s->bytes) >= '0' && dt__bytes_peek(&s->bytes) <= '9' && s->text.length < 400)
        dt__text_add_char(&s->text, (char)dt__bytes_next(&s->bytes));
    return s->text.length > before;
}

static bool take(dt__json_scan *s, int c) {
    if (dt__bytes_peek(&s->bytes) != c) return false;
    dt__text_add_char(&s->text, (char)dt__bytes_next(&s->bytes));
    return true;
}

static bool read_number(dt__json_scan *s) {
    dt__text_reset(&s->text);
    (void)take(s, '-');
    if (!take(s, '0') && !take_digits(s)) return false;
    if (take(s, '.') && !take_digits(s)) return false;
    if (take(s, 'e') || take(s, 'E')) {
        if (!take(s, '-')) (void)take(s, '+');
        if (!take_digits(s)) return false;
    }
    return !s->text.failed && dt__text_parse_double(&s->number, dt__text_get(&s->text));
}

static bool read_word(dt__json_scan *s, const char *word) {
    for (; *word != '\0'; word++)
        if (dt__bytes_next(&s->bytes) != *word) return false;
    return true;
}

/* ---- structure ---- */

static void value_ended(dt__json_scan *s) {
    s->expected = s->depth == 0 ? NOTHING : COMMA_OR_END;
}

static dt__json_token begin(dt__json_scan *s, uint8_t kind) {
    dt__bytes_next(&s->bytes);
    if (s->depth == DT__JSON_DEPTH) return wrong(s, DT__N("this is nested too deeply"));
    s->open[s->depth++] = kind;
    s->expected = kind == '{' ? KEY_OR_END : VALUE_OR_END;
    return kind == '{' ? DT__JSON_OBJECT : DT__JSON_ARRAY;
}

static dt__json_token end(dt__json_scan *s) {
    int c = dt__bytes_next(&s->bytes);
    bool object = s->open[s->depth - 1] == '{';

    if (c != (object ? '}' : ']')) return wrong(s, DT__N("a bracket of another kind is open here"));
    s->depth--;
    value_ended(s);
    return object ? DT__JSON_OBJECT_END : DT__JSON_ARRAY_END;
}

static dt__json_token scalar(dt__json_scan *s, bool read, dt__json_token token) {
    if (!read) return wrong(s, DT__N("a JSON value was expected here"));
    value_ended(s);
    return token;
}

static dt__json_token value(dt__json_scan *s, int c) {
    switch (c) {
    case '{':
    case '[': return begin(s, (uint8_t)c);
    case '"':
        dt__bytes_next(&s->bytes);
        if (!read_string(s)) return wrong(s, DT__N("this text in quotation marks is not complete, or not UTF-8"));
        value_ended(s);
        return DT__JSON_STRING;
    case 't': return scalar(s, read_word(s, "true"), DT__JSON_TRUE);
    case 'f': return scalar(s, read_word(s, "false"), DT__JSON_FALSE);
    case 'n': return scalar(s, read_word(s, "null"), DT__JSON_NULL);
    default: return scalar(s, read_number(s), DT__JSON_NUMBER);
    }
}

static dt__json_token key(dt__json_scan *s, int c) {
    if (c != '"') return wrong(s, DT__N("a key in quotation marks was expected here"));
    dt__bytes_next(&s->bytes);
    if (!read_string(s)) return wrong(s, DT__N("this text in quotation marks is not complete, or not UTF-8"));
    if (skip_white(s) != ':') return wrong(s, DT__N("a colon was expected here"));
    dt__bytes_next(&s->bytes);
    s->expected = VALUE;
    return DT__JSON_KEY;
}

dt__json_token dt__json_next(dt__json_scan *s) {
    int c;

    if (s->expected == BROKEN) return s->status == DT_OK ? DT__JSON_WRONG : DT__JSON_FAILED;
    c = skip_white(s);
    if (s->expected == COMMA_OR_END) {
        if (c == '}' || c == ']') return end(s);
        if (c != ',') return wrong(s, DT__N("a comma or a closing bracket was expected here"));
        dt__bytes_next(&s->bytes);
        s->expected = s->open[s->depth - 1] == '{' ? KEY : VALUE;
        c = skip_white(s);
    }
    if (s->expected == NOTHING && c == DT__NO_BYTE && s->bytes.status == DT_OK) return DT__JSON_DONE;
    if (s->expected == NOTHING) return wrong(s, DT__N("nothing may follow here"));
    if ((s->expected == VALUE_OR_END && c == ']') || (s->expected == KEY_OR_END && c == '}')) return end(s);
    if (s->expected == KEY || s->expected == KEY_OR_END) return key(s, c);
    return value(s, c);
}

dt__json_token dt__json_skip(dt__json_scan *s, dt__json_token token) {
    size_t depth = s->depth;

    if (token != DT__JSON_OBJECT && token != DT__JSON_ARRAY) return token;
    while (s->depth >= depth) {
        token = dt__json_next(s);
        if (token == DT__JSON_WRONG || token == DT__JSON_FAILED) break;
    }
    return token;
}
