#include "graph/reach.h"

#include <string.h>

struct dt__reach_entry {
    uint64_t key; /* 0: free */
    uint32_t value;
};
typedef struct dt__reach_entry entry;

typedef struct searching {
    dt__reach *reach;
    const dt__graph *graph;
    const dt__reach_request *request;
    dt_env *env;
} searching;

/* ---- a map from keys to numbers ---- */

/* The start, and in merged searches every node, stands for no mover. */
static uint64_t node_key(dt__state state, uint32_t mover, bool merged) {
    return ((uint64_t)state << 8 | (merged ? 0x7f : mover & 0x7f)) + 1;
}

static uint64_t block_key(uint32_t block, uint32_t mover) {
    return ((uint64_t)block << 8 | 0x80 | mover) + 1;
}

static size_t place(const dt__reach *r, uint64_t key) {
    size_t at = (size_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 20) & (r->slot_count - 1);
    while (r->slots[at].key != 0 && r->slots[at].key != key) at = (at + 1) & (r->slot_count - 1);
    return at;
}

static dt_status make_room(dt__reach *r, dt_env *env) {
    size_t count = r->slot_count == 0 ? 64 : 2 * r->slot_count, old_count = r->slot_count;
    entry *old = r->slots, *slots;

    if (r->slot_count > 0 && r->entry_count * 2 < r->slot_count) return DT_OK;
    slots = DT__ARRAY(env, entry, count);
    if (slots == NULL) return DT_ERR_MEMORY;
    r->slots = slots;
    r->slot_count = count;
    for (size_t i = 0; i < old_count; i++) {
        if (old[i].key != 0) slots[place(r, old[i].key)] = old[i];
    }
    DT__FREE(env, old, old_count);
    return DT_OK;
}

static const uint32_t *look_up(const dt__reach *r, uint64_t key) {
    const entry *e = &r->slots[place(r, key)];
    return e->key == 0 ? NULL : &e->value;
}

static dt_status put(dt__reach *r, uint64_t key, uint32_t value, dt_env *env) {
    dt_status st = make_room(r, env);
    entry *e;

    if (st != DT_OK) return st;
    e = &r->slots[place(r, key)];
    if (e->key == 0) r->entry_count++;
    *e = (entry){.key = key, .value = value};
    return DT_OK;
}

/* ---- the search ---- */

static dt_status add_node(searching *s, dt__reached node) {
    dt__reach *r = s->reach;
    uint32_t number = (uint32_t)r->nodes.count;
    dt_status st = dt__vector_push(&r->nodes, &node, s->env);

    if (st == DT_OK) st = put(r, node_key(node.state, node.mover, number == 0 || s->request->merged), number, s->env);
    if (st != DT_OK || number == 0) return st;
    if (s->request->until != NULL && r->found == DT__NO_NODE &&
        s->request->until(s->request->until_payload, node.state))
        r->found = number;
    if (s->request->node_limit > 0 && r->nodes.count > s->request->node_limit) r->complete = false;
    return DT_OK;
}

static bool takes_step(const searching *s, uint32_t mover, dt__state from, dt__state to) {
    const dt__reach_request *q = s->request;

    if (q->allows != NULL && !q->allows(q->payload, mover, from, to)) return false;
    if (!q->improvements) return true;
    if (q->improves != NULL) return q->improves(q->payload, mover, from, to);
    return dt__rank_of(s->graph, q->ranks, mover, to) > dt__rank_of(s->graph, q->ranks, mover, from);
}

/* Merged: what a party can do from one member of a block it can do from all, so a block is gone through once; of
 * improvements once more only from a worse state. */
static bool gone_through(searching *s, uint32_t mover, dt__state from, dt_status *st) {
    uint32_t value = s->request->improvements ? dt__rank_of(s->graph, s->request->ranks, mover, from) : 0;
    const uint32_t *before;
    uint64_t key;

    if (!s->request->merged || s->graph->written_out) return false;
    key = block_key(s->graph->blocks[mover].of[from], mover);
    before = look_up(s->reach, key);
    if (before != NULL && *before <= value) return true;
    *st = put(s->reach, key, value, s->env);
    return false;
}

static bool goes_on(const searching *s) {
    return s->reach->complete && s->reach->found == DT__NO_NODE;
}

static dt_status expand_by(searching *s, uint32_t parent, uint32_t mover) {
    dt__reached here = *DT__REACHED(s->reach, parent);
    dt_status st = DT_OK;
    dt__moves moves;
    dt__state to;

    if (gone_through(s, mover, here.state, &st) || st != DT_OK) return st;
    dt__moves_begin(&moves, s->graph, mover, here.state);
    while (st == DT_OK && goes_on(s) && (to = dt__moves_next(&moves)) != DT__NO_STATE) {
        if (look_up(s->reach, node_key(to, mover, s->request->merged)) != NULL) continue;
        if (!takes_step(s, mover, here.state, to)) continue;
        st = add_node(s, (dt__reached){.state = to, .mover = mover, .parent = parent, .depth = here.depth + 1});
    }
    return st;
}

dt_status dt__reach_init(dt__reach *reach, const dt__graph *graph, const dt__reach_request *request, dt_env *env) {
    searching s = {.reach = reach, .graph = graph, .request = request, .env = env};
    dt_status st;

    *reach = (dt__reach){.nodes = DT__VECTOR(dt__reached), .found = DT__NO_NODE, .complete = true};
    st = make_room(reach, env);
    if (st == DT_OK)
        st = add_node(&s, (dt__reached){.state = request->from, .mover = request->last, .parent = DT__NO_NODE});
    for (uint32_t n = 0; n < reach->nodes.count && goes_on(&s) && st == DT_OK; n++) {
        for (dt__party_set rest = request->movers; rest != 0 && st == DT_OK; rest &= rest - 1) {
            uint32_t mover = (uint32_t)__builtin_ctzll(rest);
            bool twice = mover == DT__REACHED(reach, n)->mover;
            if (!twice) st = expand_by(&s, n, mover);
        }
        if (st == DT_OK && n % 4096 == 0) st = dt__poll(env);
    }
    return st;
}

void dt__reach_clear(dt__reach *r, dt_env *env) {
    dt__vector_clear(&r->nodes, env);
    DT__FREE(env, r->slots, r->slot_count);
    *r = (dt__reach){.nodes = DT__VECTOR(dt__reached)};
}

/* ---- reading it ---- */

uint32_t dt__reach_node(const dt__reach *r, dt__state state) {
    uint32_t best = DT__NO_NODE;
    const uint32_t *found = look_up(r, node_key(state, 0, true));

    if (found != NULL && *found != 0) return *found;
    for (uint32_t mover = 0; mover < DT__MAX_PARTIES; mover++) {
        found = look_up(r, node_key(state, mover, false));
        if (found != NULL && *found != 0 && *found < best) best = *found;
    }
    return best;
}

void dt__reach_path(const dt__reach *r, uint32_t node, dt__step *steps) {
    for (const dt__reached *n = DT__REACHED(r, node); n->parent != DT__NO_NODE; n = DT__REACHED(r, n->parent))
        steps[n->depth - 1] = (dt__step){.mover = n->mover, .to = n->state};
}

size_t dt__reach_states(const dt__reach *r) {
    size_t count = 0;
    for (uint32_t n = 1; n < r->nodes.count; n++) count += dt__reach_node(r, DT__REACHED(r, n)->state) == n;
    return count;
}

/* ---- counting shortest sequences ---- */

typedef struct counting {
    searching searching;
    dt__vector counts; /* dt__limb: nodes x limbs */
    size_t limbs;
    bool fits;
} counting;

static void add_count(counting *c, uint32_t node, uint32_t parent) {
    dt__limb *to = DT__AT(c->counts, dt__limb, node * c->limbs), *from = DT__AT(c->counts, dt__limb, parent * c->limbs);

    dt__count_add(to, from, c->limbs);
    if (dt__count_compare(to, from, c->limbs) < 0) c->fits = false; /* went over */
}

static dt_status arrive(counting *c, uint32_t parent, uint32_t mover, dt__state to) {
    searching *s = &c->searching;
    uint32_t depth = DT__REACHED(s->reach, parent)->depth + 1, node;
    const uint32_t *known = look_up(s->reach, node_key(to, mover, false));
    dt__limb none = 0;
    dt_status st = DT_OK;

    if (known != NULL && DT__REACHED(s->reach, *known)->depth != depth) return DT_OK;
    if (known == NULL) {
        node = (uint32_t)s->reach->nodes.count;
        st = add_node(s, (dt__reached){.state = to, .mover = mover, .parent = parent, .depth = depth});
        for (size_t l = 0; l < c->limbs && st == DT_OK; l++) st = dt__vector_push(&c->counts, &none, s->env);
    } else node = *known;
    if (st == DT_OK) add_count(c, node, parent);
    return st;
}

static dt_status count_from(counting *c, uint32_t parent) {
    searching *s = &c->searching;
    dt_status st = DT_OK;

    for (dt__party_set rest = s->request->movers; rest != 0 && st == DT_OK; rest &= rest - 1) {
        uint32_t mover = (uint32_t)__builtin_ctzll(rest);
        dt__reached here = *DT__REACHED(s->reach, parent);
        dt__moves moves;
        dt__state to;
        if (mover == here.mover) continue;
        dt__moves_begin(&moves, s->graph, mover, here.state);
        while (st == DT_OK && (to = dt__moves_next(&moves)) != DT__NO_STATE) {
            if (takes_step(s, mover, here.state, to)) st = arrive(c, parent, mover, to);
        }
    }
    return st;
}

/* Adds up what arrives at `to` by its shortest sequences; length 0: none does. */
static void sum_up(dt__limb *count, uint32_t *length, counting *c, dt__state to) {
    const dt__reach *r = c->searching.reach;

    for (uint32_t n = 1; n < r->nodes.count; n++) {
        const dt__reached *node = DT__REACHED(r, n);
        const dt__limb *own = DT__AT(c->counts, dt__limb, n * c->limbs);
        if (node->state != to || (*length != 0 && node->depth != *length)) continue;
        *length = node->depth;
        dt__count_add(count, own, c->limbs);
        if (dt__count_compare(count, own, c->limbs) < 0) c->fits = false;
    }
}

dt_status dt__reach_count(dt__limb *count, size_t limbs, bool *fits, uint32_t *length, const dt__graph *graph,
                          const dt__reach_request *request, dt__state to, dt_env *env) {
    dt__reach reach = {.nodes = DT__VECTOR(dt__reached), .found = DT__NO_NODE, .complete = true};
    dt__reach_request apart = *request;
    counting c = {.searching = {.reach = &reach, .graph = graph, .request = &apart, .env = env},
                  .counts = DT__VECTOR(dt__limb),
                  .limbs = limbs,
                  .fits = true};
    uint32_t most = UINT32_MAX;
    dt_status st;

    apart.merged = false;
    apart.until = NULL;
    dt__count_set(count, limbs, 0);
    *length = 0;
    st = make_room(&reach, env);
    if (st == DT_OK)
        st = add_node(&c.searching, (dt__reached){.state = apart.from, .mover = apart.last, .parent = DT__NO_NODE});
    for (size_t l = 0; l < limbs && st == DT_OK; l++) st = dt__vector_push(&c.counts, &(dt__limb){l == 0}, env);
    for (uint32_t n = 0; st == DT_OK && n < reach.nodes.count && DT__REACHED(&reach, n)->depth < most; n++) {
        if (n > 0 && DT__REACHED(&reach, n)->state == to) most = DT__REACHED(&reach, n)->depth;
        else st = count_from(&c, n);
        if (st == DT_OK && n % 4096 == 0) st = dt__poll(env);
    }
    if (st == DT_OK) sum_up(count, length, &c, to);
    *fits = c.fits;
    dt__vector_clear(&c.counts, env);
    dt__reach_clear(&reach, env);
    return st;
}
