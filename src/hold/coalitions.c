/* What parties can do together (Kilgour, Hipel, Fang and Peng 2001): a coalition leaves a state for one that it reaches
 * by a legal sequence of its members and that all of them like better. */
#include "hold/work.h"

enum { MOST_STATES = 2048, MOST_PARTIES = 12 };

/* Rows of states, as sets: what a group can reach from each. */
typedef struct rows {
    uint64_t *bits;
    size_t words;
} rows;

typedef struct table {
    dt__hold_work *w;
    size_t words;
    rows own, moves, improvements; /* of the coalition; of the others */
    uint64_t *better;              /* states that all members like better than the one judged */
    uint64_t *held;                /* the other states from which the coalition has no way out */
    uint64_t *unstable[DT_CONCEPT_COUNT];
    uint64_t *stable[DT_CONCEPT_COUNT]; /* for every coalition so far */
} table;

static const uint64_t *row(const rows *r, dt__state s) {
    return r->bits + (size_t)s * r->words;
}

static bool is_within(const uint64_t *a, const uint64_t *b, size_t words) {
    for (size_t i = 0; i < words; i++) {
        if (a[i] & ~b[i]) return false;
    }
    return true;
}

static bool meets(const uint64_t *a, const uint64_t *b, size_t words) {
    for (size_t i = 0; i < words; i++) {
        if (a[i] & b[i]) return true;
    }
    return false;
}

static void fill(rows *out, dt__tour *tour, dt__party_set group, bool improving) {
    for (dt__state s = 0; s < tour->board->states; s++) {
        uint64_t *bits = out->bits + (size_t)s * out->words;
        for (size_t i = 0; i < out->words; i++) bits[i] = 0;
        dt__tour_from(tour, group, improving, s);
        for (size_t i = 0; i < tour->count; i++) dt__set_add(bits, tour->states[i]);
    }
}

static dt_status table_init(table *t, dt__hold_work *w) {
    rows *all[] = {&t->own, &t->moves, &t->improvements};

    *t = (table){.w = w, .words = w->stability.words};
    for (size_t i = 0; i < 3; i++) {
        all[i]->words = t->words;
        all[i]->bits = DT__ARENA_ARRAY(&w->arena, uint64_t, t->words * w->graph.state_count);
        if (all[i]->bits == NULL) return DT_ERR_MEMORY;
    }
    t->better = dt__hold_new_set(w);
    t->held = dt__hold_new_set(w);
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        t->unstable[c] = dt__hold_new_set(w);
        t->stable[c] = dt__hold_new_set(w);
        if (t->unstable[c] == NULL || t->stable[c] == NULL) return DT_ERR_MEMORY;
        for (size_t i = 0; i < t->words; i++) t->stable[c][i] = dt__equilibrium_set(&w->stability, (dt__concept)c)[i];
    }
    return t->better == NULL || t->held == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* ---- one state ---- */

static void note_better(table *t, dt__party_set members, dt__state s) {
    const dt__board *b = &t->w->board;

    for (size_t i = 0; i < t->words; i++) t->better[i] = 0;
    for (dt__state x = 0; x < b->states; x++) {
        bool better = true;
        for (uint32_t p = 0; p < b->parties && better; p++)
            better = ((members >> p) & 1) == 0 || dt__board_better(b, p, s, x);
        if (better) dt__set_add(t->better, x);
    }
}

static void note_held(table *t) {
    for (size_t i = 0; i < t->words; i++) t->held[i] = 0;
    for (dt__state x = 0; x < t->w->board.states; x++) {
        if (!dt__in_set(t->better, x) && !meets(row(&t->own, x), t->better, t->words)) dt__set_add(t->held, x);
    }
}

static void judge(table *t, dt__state s) {
    const uint64_t *own = row(&t->own, s);

    for (dt__state q = 0; q < t->w->board.states; q++) {
        if (!dt__in_set(own, q) || !dt__in_set(t->better, q)) continue;
        dt__set_add(t->unstable[DT_CONCEPT_NASH], s);
        if (is_within(row(&t->moves, q), t->better, t->words)) dt__set_add(t->unstable[DT_CONCEPT_GMR], s);
        if (!meets(row(&t->moves, q), t->held, t->words)) dt__set_add(t->unstable[DT_CONCEPT_SMR], s);
        if (is_within(row(&t->improvements, q), t->better, t->words)) dt__set_add(t->unstable[DT_CONCEPT_SEQ], s);
    }
}

/* ---- one coalition ---- */

static dt_status judge_coalition(table *t, dt_hold_coalition *out, dt__party_set members) {
    dt__hold_work *w = t->w;
    dt__party_set others = dt__everybody(&w->board) & ~members;

    fill(&t->own, &w->tour, members, false);
    fill(&t->moves, &w->tour, others, false);
    fill(&t->improvements, &w->tour, others, true);
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        for (size_t i = 0; i < t->words; i++) t->unstable[c][i] = 0;
    }
    for (dt__state s = 0; s < w->board.states; s++) {
        note_better(t, members, s);
        note_held(t);
        judge(t, s);
    }
    *out = (dt_hold_coalition){.parties = members};
    for (int c = 0; c < DT_CONCEPT_SSEQ; c++) {
        out->unstable[c] = dt__hold_set(w, t->unstable[c], w->opts->states);
        for (size_t i = 0; i < t->words; i++) t->stable[c][i] &= ~t->unstable[c][i];
    }
    return dt__poll(w->env);
}

static unsigned size_of(dt__party_set set) {
    unsigned size = 0;
    for (; set != 0; set &= set - 1) size++;
    return size;
}

/* Bit k of a subset is the k-th party of the answer. */
static dt__party_set members_of(const dt__hold_work *w, uint32_t subset) {
    dt__party_set members = 0;

    for (size_t i = 0; i < w->who_count; i++) {
        if ((subset >> i) & 1) members |= (dt__party_set)1 << w->who[i];
    }
    return members;
}

static dt_status judge_all(table *t, dt_hold_coalitions *out) {
    uint32_t subsets = UINT32_C(1) << t->w->who_count;
    dt_hold_coalition *list = DT__BUILDER_ARRAY(&t->w->builder, dt_hold_coalition, subsets);
    dt_status st = list == NULL ? DT_ERR_MEMORY : DT_OK;

    for (unsigned size = 2; size <= t->w->who_count && st == DT_OK; size++) {
        for (uint32_t subset = 1; subset < subsets && st == DT_OK; subset++) {
            if (size_of(subset) == size) st = judge_coalition(t, &list[out->count++], members_of(t->w, subset));
        }
    }
    out->list = list;
    return st;
}

static bool is_too_large(const dt__hold_work *w) {
    uint64_t m = w->graph.state_count, work;

    if (!w->has_board || w->partial != 0 || m > MOST_STATES || w->who_count > MOST_PARTIES) return true;
    work = (m * m / 64 + w->board.arcs) * m;
    return work << w->who_count > UINT64_C(1) << 34;
}

dt_status dt__answer_coalitions(dt__hold_work *w) {
    dt_hold_coalitions *out;
    uint64_t *universal;
    table t;
    dt_status st;

    if (!w->opts->coalitions) return DT_OK;
    if ((out = DT__BUILDER_ARRAY(&w->builder, dt_hold_coalitions, 1)) == NULL) return DT_ERR_MEMORY;
    w->answer->coalitions = out;
    w->incomplete[DT__LACK_COALITIONS] = is_too_large(w);
    if (w->incomplete[DT__LACK_COALITIONS]) return DT_OK;
    if ((st = table_init(&t, w)) != DT_OK || (st = judge_all(&t, out)) != DT_OK) return st;
    if ((universal = dt__hold_new_set(w)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < t.words; i++) {
        universal[i] = UINT64_MAX;
        for (int c = 0; c < DT_CONCEPT_SSEQ; c++) universal[i] &= t.stable[c][i];
    }
    for (int c = 0; c < DT_CONCEPT_SSEQ; c++) out->equilibria[c] = dt__hold_set(w, t.stable[c], SIZE_MAX);
    out->universal = dt__hold_set(w, universal, SIZE_MAX);
    out->complete = true;
    return DT_OK;
}
