/* The feasible states of a graph model in the order of their numbers. */
#include <string.h>

#include "exchange/gmcr.h"

enum { MAX_STEPS = 1 << 26, POLLED = 1 << 16 };

/* Patterns by the lowest option that they name: it is settled last. */
typedef struct enumeration {
    const dt__gmcr *g;
    const dt__gmcr_pattern **by_lowest;
    uint32_t *first; /* per option, and one more */
    bool taken[DT__MAX_FOREIGN_ISSUES];
    uint8_t tried[DT__MAX_FOREIGN_ISSUES]; /* answers tried at each option: 0, 1, 2 */
} enumeration;

static uint32_t lowest_option(const dt__gmcr_pattern *pattern) {
    uint32_t lowest = UINT32_MAX;
    for (size_t i = 0; i < pattern->count; i++) {
        if (pattern->literals[i].option < lowest) lowest = pattern->literals[i].option;
    }
    return lowest;
}

static bool sort_patterns(dt__import *x, enumeration *e) {
    const dt__gmcr *g = e->g;
    uint32_t *next;
    size_t count = 0;

    for (size_t c = 0; c < g->infeasible.count; c++) count += g->infeasible.list[c].count;
    e->by_lowest = DT__IMPORT_ARRAY(x, const dt__gmcr_pattern *, count);
    e->first = DT__IMPORT_ARRAY(x, uint32_t, g->option_count + 1);
    next = DT__IMPORT_ARRAY(x, uint32_t, g->option_count + 1);
    if (x->status != DT_OK) return false;
    for (size_t c = 0; c < g->infeasible.count; c++) {
        for (size_t i = 0; i < g->infeasible.list[c].count; i++)
            e->first[lowest_option(&g->infeasible.list[c].patterns[i]) + 1]++;
    }
    for (size_t o = 0; o < g->option_count; o++) e->first[o + 1] += e->first[o];
    memcpy(next, e->first, (g->option_count + 1) * sizeof *next);
    for (size_t c = 0; c < g->infeasible.count; c++) {
        for (size_t i = 0; i < g->infeasible.list[c].count; i++) {
            const dt__gmcr_pattern *pattern = &g->infeasible.list[c].patterns[i];
            e->by_lowest[next[lowest_option(pattern)]++] = pattern;
        }
    }
    return true;
}

static bool matches(const enumeration *e, const dt__gmcr_pattern *pattern) {
    for (size_t i = 0; i < pattern->count; i++) {
        if (e->taken[pattern->literals[i].option] != pattern->literals[i].yes) return false;
    }
    return true;
}

/* Is what is settled from this option up infeasible? */
static bool is_excluded(const enumeration *e, size_t option) {
    for (uint32_t i = e->first[option]; i < e->first[option + 1]; i++) {
        if (matches(e, e->by_lowest[i])) return true;
    }
    return false;
}

static void keep_state(const enumeration *e, dt__gmcr_states *out) {
    uint8_t *bits = out->bits + out->count++ * out->width;

    for (size_t o = 0; o < e->g->option_count; o++) {
        if (e->taken[o]) bits[o / 8] |= (uint8_t)(1 << o % 8);
    }
}

/* From the last option, which changes slowest, to the first; N before Y. */
static void enumerate(dt__import *x, enumeration *e, size_t most, dt__gmcr_states *out) {
    size_t at = e->g->option_count - 1;

    for (size_t step = 1; step <= MAX_STEPS && x->status == DT_OK; step++) {
        if (step % POLLED == 0) x->status = dt__poll(x->env);
        if (e->tried[at] == 2) {
            e->tried[at] = 0;
            if (++at == e->g->option_count) {
                out->complete = true;
                return;
            }
            continue;
        }
        e->taken[at] = e->tried[at]++ == 1;
        if (is_excluded(e, at)) continue;
        if (at > 0) at--;
        else keep_state(e, out);
        if (out->count == most) return;
    }
}

void dt__gmcr_list_states(dt__import *x, const dt__gmcr *g, size_t most, dt__gmcr_states *out) {
    enumeration e = {.g = g};

    *out = (dt__gmcr_states){.width = (g->option_count + 7) / 8};
    out->bits = DT__IMPORT_ARRAY(x, uint8_t, most * out->width);
    if (out->bits != NULL && sort_patterns(x, &e)) enumerate(x, &e, most, out);
}
