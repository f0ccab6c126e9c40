/* An index of the entries of a ranking. */
#include <stdlib.h>

#include "language/preferences.h"

typedef struct indexed {
    const dt__option *options;
    size_t issues;
    uint32_t index;
} indexed;

static int compare_indexed(const void *a, const void *b) {
    const indexed *x = a, *y = b;

    for (size_t i = 0; i < x->issues; i++) {
        if (x->options[i] != y->options[i]) return x->options[i] < y->options[i] ? -1 : 1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

static bool names_all(const dt__option *options, size_t issues) {
    for (size_t i = 0; i < issues; i++) {
        if (options[i] == DT__NO_OPTION) return false;
    }
    return true;
}

void dt__index_ranking(dt__reader *r, dt__preferences *p) {
    size_t issues = r->model->issue_count;
    uint32_t *complete = DT__READER_ARRAY(r, uint32_t, p->ranked_count);
    uint32_t *partial = DT__READER_ARRAY(r, uint32_t, p->ranked_count);
    indexed *sorted = dt__arena_alloc(&r->scratch, p->ranked_count, sizeof *sorted);

    if (sorted == NULL && r->status == DT_OK) r->status = DT_ERR_MEMORY;
    if (r->status != DT_OK) return;
    for (uint32_t i = 0; i < p->ranked_count; i++) {
        const dt__option *options = p->ranked[i].options;
        if (options == NULL) continue; /* memory ran out: that is in the status */
        if (names_all(options, issues))
            sorted[p->complete_count++] = (indexed){.options = options, .issues = issues, .index = i};
        else partial[p->partial_count++] = i;
    }
    qsort(sorted, p->complete_count, sizeof *sorted, compare_indexed);
    for (size_t i = 0; i < p->complete_count; i++) complete[i] = sorted[i].index;
    p->complete = complete;
    p->partial = partial;
}
