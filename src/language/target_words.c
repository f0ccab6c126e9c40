/* Classes of what is protected: words of the vocabulary, of the model's own, or classes of sites that its zones name.
 * Event files may have others, so that an unknown one is a warning. */
#include <string.h>

#include "language/agreements.h"
#include "model/acts.h"
#include "model/assets.h"

struct dt__word_use {
    const dt__node *node; /* a text or a list of them */
    dt__word_use *next;
};

static void use_word(dt__reader *r, dt__word_use ***last, dt__word_use **first, const dt__node *node) {
    dt__word_use *use;

    if (node == NULL) return;
    if ((use = DT__ARENA_NEW(&r->scratch, dt__word_use)) == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    use->node = node;
    if (*last == NULL) *last = first;
    **last = use;
    *last = &use->next;
}

const char *const *dt__read_targets(dt__reader *r, const dt__node *node, size_t *count) {
    use_word(r, &r->targets_last, &r->targets, node);
    return dt__read_texts(r, node, count);
}

void dt__note_site_class(dt__reader *r, const dt__node *node) {
    use_word(r, &r->site_classes_last, &r->site_classes, node);
}

void dt__read_assets(dt__reader *r, const dt__node *node) {
    r->model->assets = dt__read_codes(r, node, &r->model->asset_count);
}

/* ---- what is known ---- */

typedef struct words {
    const char **list;
    size_t count;
} words;

static size_t use_count(const dt__word_use *use) {
    size_t count = 0;
    for (; use != NULL; use = use->next) count++;
    return count;
}

/* NULL list: no memory. */
static words known_words(dt__reader *r) {
    const dt_model *m = r->model;
    words w = {0};
    size_t common = 0;

    while (dt__asset_at(common) != NULL) common++;
    w.list = DT__ARENA_ARRAY(&r->scratch, const char *, common + m->asset_count + use_count(r->site_classes));
    if (w.list == NULL) return w;
    for (size_t i = 0; i < m->asset_count; i++) w.list[w.count++] = m->assets[i].code;
    for (const dt__word_use *use = r->site_classes; use != NULL; use = use->next)
        if (use->node->kind == DT__NODE_SCALAR) w.list[w.count++] = use->node->text;
    for (size_t i = 0; i < common; i++) w.list[w.count++] = dt__asset_at(i);
    return w;
}

/* A class is known with all that is below it, and with what holds it. */
static bool is_known(const words *w, const char *word) {
    for (size_t i = 0; i < w->count; i++)
        if (dt__act_within(word, strlen(word), w->list[i]) || dt__act_within(w->list[i], strlen(w->list[i]), word))
            return true;
    return false;
}

static void check_word(dt__reader *r, const words *w, const dt__node *node) {
    if (node->kind != DT__NODE_SCALAR || is_known(w, node->text)) return;
    dt__reader_warning(r, dt__reader_place(r, node), "unknown-target", "the target “{0}” is not in the vocabulary",
                       node->text, NULL);
    if (!dt__reader_hint_nearest(r, node->text, w->list, w->count))
        dt__reader_hint(r, "the vocabulary stands in docs/acts.md; `assets` adds words of the model's own", NULL);
}

void dt__check_targets(dt__reader *r) {
    words w = known_words(r);

    if (w.list == NULL) {
        r->status = DT_ERR_MEMORY;
        return;
    }
    for (const dt__word_use *use = r->targets; use != NULL; use = use->next) {
        if (use->node->kind != DT__NODE_SEQUENCE) {
            check_word(r, &w, use->node);
            continue;
        }
        DT__EACH(child, use->node) check_word(r, &w, child);
    }
}
