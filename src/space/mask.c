#include "space/mask.h"

#include <stdlib.h>

int dt__mask_order(const void *a, const void *b) {
    const dt__mask *x = a, *y = b;
    uint32_t size_x = dt__mask_size(x), size_y = dt__mask_size(y);

    if (size_x != size_y) return size_x < size_y ? -1 : 1;
    for (int w = 0; w < DT__MASK_WORDS; w++) {
        uint64_t differ = x->words[w] ^ y->words[w];
        if (differ == 0) continue;
        return (x->words[w] & (differ & -differ)) != 0 ? -1 : 1;
    }
    return 0;
}

static dt__mask *mask_at(const dt__antichain *a, size_t i) {
    return DT__AT(a->masks, dt__mask, i);
}

bool dt__antichain_covers(const dt__antichain *a, const dt__mask *m) {
    for (size_t i = 0; i < a->masks.count; i++) {
        if (dt__mask_subset(mask_at(a, i), m)) return true;
    }
    return false;
}

static void drop_supersets(dt__antichain *a, const dt__mask *m) {
    size_t kept = 0;
    for (size_t i = 0; i < a->masks.count; i++) {
        if (!dt__mask_subset(m, mask_at(a, i))) *mask_at(a, kept++) = *mask_at(a, i);
    }
    a->masks.count = kept;
}

dt_status dt__antichain_add(dt__antichain *a, const dt__mask *m, dt_env *env) {
    dt__mask copy = *m; /* m may lie in the vector that grows */

    if (dt__antichain_covers(a, &copy)) return DT_OK;
    drop_supersets(a, &copy);
    return dt__vector_push(&a->masks, &copy, env);
}

void dt__antichain_sort(dt__antichain *a) {
    if (a->masks.count > 1) qsort(a->masks.items, a->masks.count, sizeof(dt__mask), dt__mask_order);
}

void dt__antichain_clear(dt__antichain *a, dt_env *env) {
    dt__vector_clear(&a->masks, env);
}

/* Sets that already meet `edge` stay; the others are extended by each of its members. */
static dt_status multiply(dt__antichain *out, const dt__antichain *sets, const dt__mask *edge, dt_env *env) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < sets->masks.count && st == DT_OK; i++) {
        if (!dt__mask_disjoint(mask_at(sets, i), edge)) st = dt__antichain_add(out, mask_at(sets, i), env);
    }
    for (size_t i = 0; i < sets->masks.count && st == DT_OK; i++) {
        if (!dt__mask_disjoint(mask_at(sets, i), edge)) continue;
        for (uint32_t bit = 0; bit < 64 * DT__MASK_WORDS && st == DT_OK; bit++) {
            dt__mask extended = *mask_at(sets, i);
            if (!dt__mask_has(edge, bit)) continue;
            dt__mask_add(&extended, bit);
            st = dt__antichain_add(out, &extended, env);
        }
    }
    return st;
}

/* Does every member meet an edge that no other member meets? */
static bool is_minimal(const dt__mask *set, const dt__antichain *edges) {
    dt__mask needed = {{0}};
    for (size_t i = 0; i < edges->masks.count; i++) {
        dt__mask met = dt__mask_intersection(*set, *mask_at(edges, i));
        if (dt__mask_size(&met) == 1) needed = dt__mask_union(needed, met);
    }
    return dt__mask_subset(set, &needed);
}

/* A list that was cut on the way may hold sets whose smaller parts were cut. */
static void keep_minimal(dt__antichain *sets, const dt__antichain *edges) {
    size_t kept = 0;
    for (size_t i = 0; i < sets->masks.count; i++) {
        if (is_minimal(mask_at(sets, i), edges)) *mask_at(sets, kept++) = *mask_at(sets, i);
    }
    sets->masks.count = kept;
}

dt_status dt__antichain_hitting_sets(dt__antichain *out, const dt__antichain *family, size_t limit, bool *complete,
                                     dt_env *env) {
    dt__antichain sets = DT__ANTICHAIN, edges = DT__ANTICHAIN;
    dt_status st;

    *complete = true;
    for (size_t i = 0; i < family->masks.count; i++) DT__TRY(dt__vector_push(&edges.masks, mask_at(family, i), env));
    dt__antichain_sort(&edges);
    DT__TRY(dt__vector_push(&sets.masks, &(dt__mask){{0}}, env));
    for (size_t i = 0; i < edges.masks.count; i++) {
        dt__antichain next = DT__ANTICHAIN;
        st = multiply(&next, &sets, mask_at(&edges, i), env);
        dt__antichain_clear(&sets, env);
        sets = next;
        if (st == DT_OK) st = dt__poll(env);
        if (st != DT_OK) goto done;
        dt__antichain_sort(&sets);
        if (limit > 0 && sets.masks.count > limit) {
            sets.masks.count = limit;
            *complete = false;
        }
    }
    if (!*complete) keep_minimal(&sets, &edges);
    dt__antichain_clear(out, env);
    *out = sets;
    sets = DT__ANTICHAIN;
done:
    dt__antichain_clear(&sets, env);
    dt__antichain_clear(&edges, env);
    return st;
}
