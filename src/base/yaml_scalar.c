#include "base/yaml_scalar.h"

/* Do doubled quotes stand side by side? */
static bool quotes_meet(const char *raw, size_t length) {
    size_t run = 0;

    for (size_t i = 0; i < length && run < 4; i++) run = raw[i] == '\'' ? run + 1 : 0;
    return run == 4;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t break_at(const char *raw, size_t length, size_t i) {
    if (raw[i] == '\r') return i + 1 < length && raw[i + 1] == '\n' ? 2 : 1;
    return raw[i] == '\n';
}

/* From a line break past the blank lines and the blanks before the next words; counts the breaks. */
static size_t skip_breaks(const char *raw, size_t length, size_t i, size_t *breaks) {
    *breaks = 0;
    while (i < length && (is_blank(raw[i]) || break_at(raw, length, i) > 0)) {
        size_t step = break_at(raw, length, i);
        *breaks += step > 0;
        i += step > 0 ? step : 1;
    }
    return i;
}

/* A doubled quote is one, line breaks are folded. */
static size_t unquote(char *out, const char *raw, size_t length) {
    size_t to = 0, i = 0, breaks;

    while (i < length) {
        if (break_at(raw, length, i) > 0) {
            while (to > 0 && is_blank(out[to - 1])) to--;
            i = skip_breaks(raw, length, i, &breaks);
            if (breaks == 1) out[to++] = ' ';
            else
                for (; breaks > 1; breaks--) out[to++] = '\n';
            continue;
        }
        out[to++] = raw[i];
        i += raw[i] == '\'' && i + 1 < length && raw[i + 1] == '\'' ? 2 : 1;
    }
    return to;
}

const char *dt__yaml_scalar(struct fy_token *token, const char *bytes, dt__arena *arena, size_t *length) {
    const struct fy_mark *start = fy_token_start_mark(token), *end = fy_token_end_mark(token);
    size_t raw;
    char *own;

    if (fy_token_scalar_style(token) != FYSS_SINGLE_QUOTED || start == NULL || end == NULL)
        return fy_token_get_text(token, length);
    raw = end->input_pos - start->input_pos;
    if (!quotes_meet(bytes + start->input_pos, raw)) return fy_token_get_text(token, length);
    own = DT__ARENA_ARRAY(arena, char, raw + 1);
    if (own != NULL) *length = unquote(own, bytes + start->input_pos, raw);
    return own;
}
