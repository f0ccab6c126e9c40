/* What is wrong with a model, as diagnostics; and the memory and the path of a reader. */
#include <string.h>

#include "language/reader.h"

enum { MAX_FINDINGS = 100, MAX_LISTED = 20 };

dt__place dt__reader_place(const dt__reader *r, const dt__node *node) {
    if (node == NULL) return (dt__place){.file = r->model->file};
    return (dt__place){.file = r->model->file, .line = node->line, .column = node->column};
}

/* Is there room for one more?  When not, that is said once. */
static bool has_room(dt__reader *r) {
    if (r->muted) return false;
    if (r->env->diagnostic_count < r->first_diagnostic + MAX_FINDINGS) return true;
    r->muted = true;
    dt__diagnose(r->env, DT_ERROR, dt__reader_place(r, NULL), "and-more",
                 "there is more to say; only the first 100 findings are listed", NULL);
    return false;
}

void dt__reader_error(dt__reader *r, const dt__node *node, const char *code, const char *msgid, ...) {
    va_list arguments;

    if (!has_room(r)) return;
    va_start(arguments, msgid);
    dt__diagnose_list(r->env, DT_ERROR, dt__reader_place(r, node), code, msgid, arguments);
    va_end(arguments);
}

void dt__reader_error_at(dt__reader *r, dt__place place, const char *code, const char *msgid, ...) {
    va_list arguments;

    if (!has_room(r)) return;
    va_start(arguments, msgid);
    dt__diagnose_list(r->env, DT_ERROR, place, code, msgid, arguments);
    va_end(arguments);
}

void dt__reader_warning(dt__reader *r, dt__place place, const char *code, const char *msgid, ...) {
    va_list arguments;

    if (!has_room(r)) return;
    va_start(arguments, msgid);
    dt__diagnose_list(r->env, DT_WARNING, place, code, msgid, arguments);
    va_end(arguments);
}

void dt__reader_hint(dt__reader *r, const char *msgid, ...) {
    va_list arguments;

    if (r->muted) return;
    va_start(arguments, msgid);
    dt__hint_list(r->env, msgid, arguments);
    va_end(arguments);
}

bool dt__reader_hint_nearest(dt__reader *r, const char *word, const char *const *candidates, size_t count) {
    const char *nearest = r->muted ? NULL : dt__nearest(word, candidates, count);
    if (nearest != NULL) dt__reader_hint(r, "did you mean “{0}”?", nearest, NULL);
    return nearest != NULL;
}

void dt__reader_hint_names(dt__reader *r, const char *word, const char *const *candidates, size_t count) {
    dt__text list;

    if (r->muted || dt__reader_hint_nearest(r, word, candidates, count) || count == 0 || count > MAX_LISTED) return;
    dt__text_init(&list, r->env);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) dt__text_add(&list, ", ");
        dt__text_add(&list, candidates[i]);
    }
    dt__reader_hint(r, "there are: {0}", dt__text_get(&list), NULL);
    if (list.failed) r->status = DT_ERR_MEMORY;
    dt__text_clear(&list);
}

void dt__reader_limit(dt__reader *r, const dt__node *node, const char *msgid, size_t size) {
    dt__text number;

    if (r->status != DT_OK) return;
    dt__text_init(&number, r->env);
    dt__text_add_unsigned(&number, size);
    dt__diagnose(r->env, DT_ERROR, dt__reader_place(r, node), "too-large", msgid, dt__text_get(&number), NULL);
    r->status = number.failed ? DT_ERR_MEMORY : DT_ERR_LIMIT;
    dt__text_clear(&number);
}

/* ---- memory ---- */

void *dt__reader_alloc(dt__reader *r, size_t count, size_t item) {
    void *memory = r->status == DT_OK ? dt__arena_alloc(&r->model->arena, count, item) : NULL;
    if (memory == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    return memory;
}

/* ---- path ---- */

size_t dt__path_enter(dt__reader *r, const char *part) {
    size_t length = r->path.length;

    if (length > 0) dt__text_add_char(&r->path, '.');
    dt__text_add(&r->path, part);
    if (r->path.failed && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    return length;
}

size_t dt__path_enter_item(dt__reader *r, const char *id, size_t index) {
    size_t length;

    if (id != NULL) return dt__path_enter(r, id);
    length = dt__path_enter(r, "");
    dt__text_add_unsigned(&r->path, index + 1);
    if (r->path.failed && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    return length;
}

void dt__path_leave(dt__reader *r, size_t length) {
    if (r->path.bytes == NULL || r->path.failed) return;
    r->path.length = length;
    r->path.bytes[length] = '\0';
}
