/* Preferences that are partly unknown: extensions a to d (Li, Hipel, Kilgour and Fang 2004), and what holds in every
 * and in some completion. */
#include <string.h>

#include "hold/relation.h"

/* How a judge takes what is unknown. */
typedef struct outlook {
    const dt__relations *relations;
    bool tempts;    /* an incentive to leave */
    bool deters;    /* a sanction */
    bool frees;     /* an escape */
    bool opponents; /* the others may move by it */
} outlook;

static bool has_incentive(void *payload, uint32_t party, dt__state s, dt__state q) {
    const outlook *o = payload;
    dt__relation r = dt__relate(o->relations, party, s, q);
    return r == DT__REL_BETTER || (o->tempts && r == DT__REL_UNKNOWN);
}

static bool is_sanction(void *payload, uint32_t party, dt__state s, dt__state t) {
    const outlook *o = payload;
    dt__relation r = dt__relate(o->relations, party, s, t);
    return r == DT__REL_WORSE || r == DT__REL_EQUAL || (o->deters && r == DT__REL_UNKNOWN);
}

static bool is_escape(void *payload, uint32_t party, dt__state s, dt__state u) {
    const outlook *o = payload;
    dt__relation r = dt__relate(o->relations, party, s, u);
    return r == DT__REL_BETTER || (o->frees && r == DT__REL_UNKNOWN);
}

static bool is_improvement(void *payload, uint32_t party, dt__state from, dt__state to) {
    const outlook *o = payload;
    dt__relation r = dt__relate(o->relations, party, from, to);
    return r == DT__REL_BETTER || (o->opponents && r == DT__REL_UNKNOWN);
}

static dt_status compute(dt__stability *out, dt__hold_work *w, outlook *o) {
    dt__judge judge = {.incentive = has_incentive,
                       .sanction = is_sanction,
                       .escape = is_escape,
                       .improves = is_improvement,
                       .payload = o};
    return dt__definition_compute(out, &w->graph, &judge, w->env);
}

static void list_equilibria(dt__hold_work *w, dt_states *out, const dt__stability *s) {
    for (int c = 0; c < DT_CONCEPT_COUNT; c++)
        out[c] = dt__hold_set(w, dt__equilibrium_set(s, (dt__concept)c), w->opts->states);
}

static dt_status add_extension(dt__hold_work *w, dt_states *out, const dt__relations *r, unsigned extension) {
    outlook o = {.relations = r,
                 .tempts = extension == 0 || extension == 2,
                 .deters = extension >= 2,
                 .frees = extension < 2,
                 .opponents = true};
    dt__stability s = {0};
    dt_status st = compute(&s, w, &o);

    if (st == DT_OK) list_equilibria(w, out, &s);
    dt__stability_clear(&s, w->env);
    return st;
}

/* What is certain becomes the verdict of the question. */
static dt_status add_certain(dt__hold_work *w, dt_hold_unknown *out, const dt__relations *r) {
    outlook o = {.relations = r, .tempts = true, .frees = true};
    dt__stability s = {0};
    dt_status st = compute(&s, w, &o);

    if (st == DT_OK) {
        list_equilibria(w, out->every, &s);
        dt__stability_clear(&w->stability, w->env);
        w->stability = s;
        return DT_OK;
    }
    dt__stability_clear(&s, w->env);
    return st;
}

static bool same_list(const dt_states *a, const dt_states *b) {
    return a->count == b->count; /* one lies within the other */
}

dt_status dt__answer_unknown(dt__hold_work *w) {
    dt_hold_unknown *out;
    dt__relations *r;
    dt_status st = DT_OK;

    if (w->partial == 0) return DT_OK;
    if (!dt__is_definable(w)) {
        w->incomplete[DT__LACK_UNKNOWN] = true;
        return DT_OK;
    }
    if ((out = DT__BUILDER_ARRAY(&w->builder, dt_hold_unknown, 1)) == NULL) return DT_ERR_MEMORY;
    if ((r = DT__ARENA_NEW(&w->arena, dt__relations)) == NULL) return DT_ERR_MEMORY;
    if ((st = dt__relations_init(r, w)) != DT_OK) return st;
    w->relations = r;
    out->pairs = dt__unknown_pairs(r);
    for (unsigned e = 0; e < 4 && st == DT_OK; e++) st = add_extension(w, out->extensions[e], r, e);
    if (st == DT_OK) st = add_certain(w, out, r);
    memcpy(out->some, out->extensions[3], sizeof out->some);
    for (int c = 0; c < DT_CONCEPT_COUNT; c++)
        out->exact[c] = (c != DT_CONCEPT_SEQ && c != DT_CONCEPT_SSEQ) || same_list(&out->every[c], &out->some[c]);
    w->answer->unknown = out;
    return st;
}
