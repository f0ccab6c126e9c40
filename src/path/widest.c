/* The safest way: the one whose least gain is largest.  Points are settled in the order of their width, as in a search
 * for shortest ways with the least floor in the place of the sum. */
#include "path/wayfind.h"

typedef struct entry {
    dt__int128 width;
    uint32_t point;
} entry;

typedef struct widening {
    dt__ways *r;
    dt__vector heap;  /* entry */
    dt__int128 width; /* of the point whose steps are taken */
} widening;

/* Wider first; of equals the point found first. */
static bool comes_before(const entry *a, const entry *b) {
    return a->width != b->width ? a->width > b->width : a->point < b->point;
}

static void swap(entry *a, entry *b) {
    entry other = *a;
    *a = *b;
    *b = other;
}

static dt_status push(widening *w, entry item) {
    size_t i = w->heap.count;
    dt_status st = dt__vector_push(&w->heap, &item, w->r->env);

    for (; st == DT_OK && i > 0; i = (i - 1) / 2) {
        entry *child = DT__AT(w->heap, entry, i), *parent = DT__AT(w->heap, entry, (i - 1) / 2);
        if (!comes_before(child, parent)) break;
        swap(child, parent);
    }
    return st;
}

static entry pop(widening *w) {
    entry top = *DT__AT(w->heap, entry, 0);
    size_t i = 0;

    *DT__AT(w->heap, entry, 0) = *DT__AT(w->heap, entry, --w->heap.count);
    for (;;) {
        size_t first = i;
        for (size_t child = 2 * i + 1; child <= 2 * i + 2 && child < w->heap.count; child++) {
            if (comes_before(DT__AT(w->heap, entry, child), DT__AT(w->heap, entry, first))) first = child;
        }
        if (first == i) return top;
        swap(DT__AT(w->heap, entry, i), DT__AT(w->heap, entry, first));
        i = first;
    }
}

static dt_status widen(void *payload, dt__stance *stance, const dt__stride *stride) {
    widening *w = payload;
    dt__ways *r = w->r;
    dt__point point = {.from = DT__NO_INDEX}, *known;
    size_t count = r->points.count;
    uint32_t index;
    dt_status st;

    (void)stride;
    if (++r->strides % 65536 == 0 && (st = dt__poll(r->env)) != DT_OK) return st;
    if (!dt__stance_floor(stance, &point.floor)) return DT_ERR_LIMIT;
    point.width = w->width < point.floor ? w->width : point.floor;
    if ((st = dt__ways_point_here(r, &point, &index)) != DT_OK) return st;
    known = DT__WAYS_POINT(r, index);
    if (index < count && known->width >= point.width) return DT_OK;
    known->width = point.width;
    return push(w, (entry){.width = point.width, .point = index});
}

dt_status dt__ways_widest(dt__ways *r, const dt__destination *destination, bool *proven, dt__int128 *floor) {
    widening w = {.r = r, .heap = DT__VECTOR(entry)};
    dt_status st;

    *proven = false;
    DT__TRY(dt__ways_start(r));
    DT__TRY(push(&w, (entry){.width = DT__WIDTH_OF_START, .point = 0}));
    while (w.heap.count > 0 && !*proven) {
        entry top = pop(&w);
        if (top.width < DT__WAYS_POINT(r, top.point)->width) continue; /* a wider way was found since */
        if (dt__ways_is_spent(r, 0)) break;
        dt__ways_open(r, top.point);
        if (dt__has_arrived(destination, r->gait->ground, r->stance.outcome)) {
            *proven = true;
            *floor = top.width;
            break;
        }
        w.width = top.width;
        DT__TRY(dt__each_stride(&r->stance, false, widen, &w));
    }
done:
    dt__vector_clear(&w.heap, r->env);
    return st;
}
