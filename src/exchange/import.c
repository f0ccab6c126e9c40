/* dt_import: recognise, read into a foreign domain, write as a model. */
#include "exchange/import.h"

#include <string.h>

/* ---- memory ---- */

void *dt__import_alloc(dt__import *x, size_t count, size_t item) {
    void *memory = x->status == DT_OK ? dt__arena_alloc(&x->arena, count, item) : NULL;
    if (memory == NULL && x->status == DT_OK) x->status = DT_ERR_MEMORY;
    return memory;
}

const char *dt__import_string(dt__import *x, const char *bytes, size_t length) {
    char *copy = dt__import_alloc(x, length + 1, 1);
    if (copy != NULL && length > 0) memcpy(copy, bytes, length);
    return copy;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

const char *dt__import_trimmed(dt__import *x, const char *bytes, size_t length) {
    while (length > 0 && is_space(bytes[0])) bytes++, length--;
    while (length > 0 && is_space(bytes[length - 1])) length--;
    return dt__import_string(x, bytes, length);
}

const char *dt__import_keep(dt__import *x, dt__text *text) {
    const char *kept = NULL;

    if (text->failed && x->status == DT_OK) x->status = DT_ERR_MEMORY;
    if (x->status == DT_OK) kept = dt__import_string(x, dt__text_get(text), text->length);
    dt__text_clear(text);
    return kept;
}

/* ---- findings ---- */

bool dt__import_failed(const dt__import *x) {
    return x->status != DT_OK || x->env->error_count > x->errors_before;
}

/* A file that is wrong all over says so a hundred times and no more. */
static bool is_muted(const dt__import *x) {
    return x->env->error_count >= x->errors_before + DT__MAX_FINDINGS;
}

void dt__import_error(dt__import *x, dt__place place, const char *code, const char *msgid, ...) {
    va_list args;

    if (is_muted(x)) return;
    va_start(args, msgid);
    dt__diagnose_list(x->env, DT_ERROR, place, code, msgid, args);
    va_end(args);
}

void dt__import_warning(dt__import *x, dt__place place, const char *code, const char *msgid, ...) {
    va_list args;

    if (is_muted(x)) return;
    va_start(args, msgid);
    dt__diagnose_list(x->env, DT_WARNING, place, code, msgid, args);
    va_end(args);
}

void dt__import_note(dt__import *x, dt__place place, const char *code, const char *msgid, ...) {
    va_list args;

    if (is_muted(x)) return;
    va_start(args, msgid);
    dt__diagnose_list(x->env, DT_NOTE, place, code, msgid, args);
    va_end(args);
}

void dt__import_hint(dt__import *x, const char *msgid, ...) {
    va_list args;

    if (is_muted(x)) return;
    va_start(args, msgid);
    dt__hint_list(x->env, msgid, args);
    va_end(args);
}

/* ---- numbers ---- */

bool dt__foreign_number(dt__rational *out, const char *text) {
    size_t length = strlen(text);
    return strspn(text, "0123456789+-.eE") == length && dt__rational_parse(out, text, length);
}

bool dt__import_number(dt__import *x, dt__place place, const char *what, const char *text, dt__rational *out) {
    if (dt__foreign_number(out, text)) return true;
    dt__import_error(x, place, "bad-number", "`{0}` is “{1}”: no number, or one of more than 36 digits", what, text,
                     NULL);
    return false;
}

bool dt__import_whole(dt__import *x, dt__place place, const char *what, const char *text, int64_t *out) {
    const int64_t largest = INT32_MAX;
    dt__rational value;

    if (!dt__import_number(x, place, what, text, &value)) return false;
    *out = (int64_t)value.num;
    if (value.den == 1 && value.num >= -largest && value.num <= largest) return true;
    dt__import_error(x, place, "bad-number", "`{0}` is “{1}”: no whole number of 32 bits", what, text, NULL);
    return false;
}

void dt__import_too_large(dt__import *x, dt__place place, const char *what) {
    dt__import_error(x, place, "number-too-large", "the numbers of “{0}” do not fit into 128 bits together", what,
                     NULL);
}

/* ---- names of files ---- */

const char *dt__file_stem(dt__import *x, const char *name) {
    const char *base = dt__file_base(name), *dot = strrchr(base, '.');
    return dt__import_string(x, base, dot == NULL || dot == base ? strlen(base) : (size_t)(dot - base));
}

/* ---- the import ---- */

static const struct {
    const char *name;
    void (*read)(dt__import *x); /* into x->domain, or */
    void (*convert)(dt__import *x, dt__text *out);
} formats[DT_FOREIGN_COUNT] = {
    [DT_FOREIGN_NONE] = {.name = ""},
    [DT_FOREIGN_GENIUS] = {.name = "Genius", .read = dt__import_genius},
    [DT_FOREIGN_GENIUSWEB] = {.name = "GeniusWeb", .read = dt__import_geniusweb},
    [DT_FOREIGN_NEGOLOG] = {.name = "NegoLog", .read = dt__import_negolog},
    [DT_FOREIGN_SCORABLE] = {.name = "scorable game", .read = dt__import_scorable},
    [DT_FOREIGN_NEGMAS] = {.name = "NegMAS", .read = dt__import_negmas},
    [DT_FOREIGN_GMCR] = {.name = "GMCR+", .convert = dt__import_gmcr},
};

const char *dt_foreign_name(dt_foreign foreign) {
    return (unsigned)foreign < DT_FOREIGN_COUNT ? formats[foreign].name : "";
}

void dt_import_opts_init(dt_import_opts *opts) {
    *opts = (dt_import_opts){0};
}

static void check_sizes(dt__import *x) {
    for (size_t i = 0; i < x->count; i++) {
        if (x->files[i].length <= DT__MAX_FOREIGN) continue;
        dt__import_error(x, dt__place_of_file(&x->files[i]), "too-large",
                         "the file is larger than 16 MiB, the limit for an import", NULL);
        x->status = DT_ERR_LIMIT;
    }
}

static void check_parties(dt__import *x) {
    if (dt__import_failed(x) || x->domain.parties.count > 0) return;
    dt__import_error(x, dt__place_of_file(&x->files[0]), "no-parties",
                     "there is a domain here, and nobody who wants anything", NULL);
    dt__import_hint(x, "give the profiles too, one file for each party", NULL);
}

/* Files into text; what is wrong is left in x. */
static void convert(dt__import *x, dt_foreign foreign, dt__text *out) {
    if (foreign == DT_FOREIGN_NONE) {
        dt__import_error(x, x->count == 0 ? (dt__place){0} : dt__place_of_file(&x->files[0]), "unknown-format",
                         "this is no model of another program that can be read: no Genius, GeniusWeb, NegoLog, NegMAS, "
                         "GMCR+ or scorable game",
                         NULL);
        return;
    }
    x->domain.program = formats[foreign].name;
    check_sizes(x);
    if (x->status == DT_OK && formats[foreign].convert != NULL) {
        formats[foreign].convert(x, out);
        return;
    }
    if (x->status == DT_OK) formats[foreign].read(x);
    check_parties(x);
    if (!dt__import_failed(x)) dt__emit(x, out);
}

dt_status dt_import(char **text, size_t *length, const dt_file *files, size_t count, const dt_import_opts *opts,
                    dt_env *env) {
    dt__import x = {.env = env,
                    .files = files,
                    .count = count,
                    .domain = {.issues = DT__VECTOR(dt__foreign_issue), .parties = DT__VECTOR(dt__foreign_party)},
                    .errors_before = env->error_count};
    dt__text out;
    dt_status st;

    *text = NULL;
    *length = 0;
    if (opts != NULL) x.opts = *opts;
    dt__arena_init(&x.arena, env);
    dt__text_init(&out, env);
    convert(&x, dt_foreign_recognise(files, count), &out);
    dt__foreign_clear(&x.domain, &x);
    dt__arena_clear(&x.arena);
    if (x.status == DT_OK && out.failed) x.status = DT_ERR_MEMORY;
    st = x.status != DT_OK ? x.status : dt__verdict(env, x.errors_before, DT_ERR_MODEL);
    if (st == DT_OK) {
        *length = out.length;
        *text = dt__text_take(&out);
        if (*text == NULL) st = DT_ERR_MEMORY, *length = 0;
    }
    dt__text_clear(&out);
    return st;
}

void dt_import_free(char *text, size_t length, dt_env *env) {
    (void)length;
    dt__string_free(env, text);
}
