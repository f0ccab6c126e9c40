#include "path/wayfind.h"

#include <string.h>

/* ---- points and their keys ---- */

static uint32_t bits_for(uint32_t options) {
    uint32_t bits = 1;
    while ((UINT32_C(1) << bits) < options) bits++;
    return bits;
}

/* Variables are packed side by side; none straddles two words. */
static dt_status lay_out_keys(dt__ways *r) {
    const dt__problem *p = &r->gait->ground->problem;
    uint32_t word = 0, used = 0;

    r->shifts = DT__ARENA_ARRAY(&r->arena, uint32_t, p->var_count);
    r->bits = DT__ARENA_ARRAY(&r->arena, uint32_t, p->var_count);
    if (r->shifts == NULL || r->bits == NULL) return DT_ERR_MEMORY;
    for (size_t v = 0; v < p->var_count; v++) {
        uint32_t bits = bits_for(p->sizes[v]);
        if (used + bits > 64) {
            word++;
            used = 0;
        }
        r->shifts[v] = 64 * word + used;
        r->bits[v] = bits;
        used += bits;
    }
    r->words = word + 1 + (r->gait->mend_count > 0 ? 1 : 0);
    return DT_OK;
}

static void make_key(const dt__ways *r, const dt__stance *s, uint64_t *key) {
    memset(key, 0, r->words * sizeof *key);
    for (size_t v = 0; v < r->gait->ground->problem.var_count; v++)
        key[r->shifts[v] / 64] |= (uint64_t)s->at[v] << (r->shifts[v] % 64);
    if (r->gait->mend_count > 0) key[r->words - 1] = s->mended;
}

static const uint64_t *key_of(const dt__ways *r, uint32_t i) {
    return (const uint64_t *)r->keys.items + (size_t)i * r->words;
}

static uint64_t hash_of(const uint64_t *key, size_t words) {
    uint64_t h = 0x9e3779b97f4a7c15u;

    for (size_t w = 0; w < words; w++) {
        h = (h ^ key[w]) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

void dt__ways_open(dt__ways *r, uint32_t i) {
    const uint64_t *key = key_of(r, i);
    dt__option at[DT__MAX_ISSUES];

    for (size_t v = 0; v < r->gait->ground->problem.var_count; v++)
        at[v] = (dt__option)(key[r->shifts[v] / 64] >> (r->shifts[v] % 64) & ((UINT64_C(1) << r->bits[v]) - 1));
    dt__stance_open(&r->stance, at, r->gait->mend_count > 0 ? key[r->words - 1] : 0);
}

/* Where the key is, or the empty slot where it belongs. */
static size_t slot_of(const dt__ways *r, const uint64_t *key) {
    size_t slot = (size_t)hash_of(key, r->words) & (r->slot_count - 1);

    while (r->slots[slot] != 0 && memcmp(key_of(r, r->slots[slot] - 1), key, r->words * sizeof *key) != 0)
        slot = (slot + 1) & (r->slot_count - 1);
    return slot;
}

static dt_status grow_slots(dt__ways *r) {
    size_t old = r->slot_count, count = old == 0 ? 1024 : 2 * old;
    uint32_t *slots = DT__ARRAY(r->env, uint32_t, count);

    if (slots == NULL) return DT_ERR_MEMORY;
    if (old > 0) DT__FREE(r->env, r->slots, old);
    r->slots = slots;
    r->slot_count = count;
    for (uint32_t i = 0; i < r->points.count; i++) r->slots[slot_of(r, key_of(r, i))] = i + 1;
    return DT_OK;
}

static dt_status add_point(dt__ways *r, const uint64_t *key, dt__point point, uint32_t *index) {
    dt_status st;

    if (2 * (r->points.count + 1) > r->slot_count && (st = grow_slots(r)) != DT_OK) return st;
    *index = (uint32_t)r->points.count;
    if ((st = dt__vector_push(&r->points, &point, r->env)) != DT_OK) return st;
    if ((st = dt__vector_push(&r->keys, key, r->env)) != DT_OK) return st;
    r->slots[slot_of(r, key)] = *index + 1;
    return DT_OK;
}

static uint32_t find_point(const dt__ways *r, const uint64_t *key) {
    return r->slots[slot_of(r, key)] == 0 ? DT__NO_INDEX : r->slots[slot_of(r, key)] - 1;
}

/* ---- setting out ---- */

dt_status dt__ways_init(dt__ways *r, const dt__gait *gait, const dt__limits *limits, dt_env *env) {
    dt_status st;

    *r = (dt__ways){.gait = gait, .limits = limits, .env = env, .points = DT__VECTOR(dt__point)};
    dt__arena_init(&r->arena, env);
    if ((st = lay_out_keys(r)) != DT_OK) return st;
    r->keys = (dt__vector){.item = r->words * sizeof(uint64_t)};
    if ((st = dt__stance_init(&r->stance, gait, &r->arena)) != DT_OK) return st;
    return grow_slots(r);
}

void dt__ways_clear(dt__ways *r) {
    if (r->env == NULL) return;
    dt__vector_clear(&r->keys, r->env);
    dt__vector_clear(&r->points, r->env);
    if (r->slots != NULL) DT__FREE(r->env, r->slots, r->slot_count);
    dt__arena_clear(&r->arena);
    *r = (dt__ways){0};
}

dt_status dt__ways_start(dt__ways *r) {
    uint64_t key[DT__MAX_ISSUES + 2];
    dt__point point = {.width = DT__WIDTH_OF_START, .from = DT__NO_INDEX};
    uint32_t index;

    dt__stance_start(&r->stance);
    if (!dt__stance_floor(&r->stance, &point.floor)) return DT_ERR_LIMIT;
    make_key(r, &r->stance, key);
    return add_point(r, key, point, &index);
}

dt_status dt__ways_point_here(dt__ways *r, const dt__point *point, uint32_t *index) {
    uint64_t key[DT__MAX_ISSUES + 2];

    make_key(r, &r->stance, key);
    *index = find_point(r, key);
    return *index != DT__NO_INDEX || point == NULL ? DT_OK : add_point(r, key, *point, index);
}

/* ---- breadth first ---- */

typedef struct search {
    dt__ways *r;
    const dt__quest *quest;
    uint32_t from;  /* the point whose steps are taken */
    size_t missing; /* destinations not found yet */
} search;

bool dt__ways_is_spent(const dt__ways *r, uint64_t most_strides) {
    uint64_t most = most_strides > 0 ? most_strides : r->limits->descent;
    size_t bytes =
        r->points.capacity * sizeof(dt__point) + r->slot_count * sizeof(uint32_t) + r->keys.capacity * r->keys.item;

    return r->points.count > r->limits->states || r->strides > most || bytes > r->env->opts.memory_limit ||
           dt__overdue(r->env);
}

static void look_around(search *s, uint32_t index, const dt__stance *stance) {
    for (size_t d = 0; d < s->quest->count; d++) {
        if (s->quest->found[d] != DT__NO_INDEX) continue;
        if (!dt__has_arrived(&s->quest->destinations[d], s->r->gait->ground, stance->outcome)) continue;
        s->quest->found[d] = index;
        s->missing--;
    }
}

static dt__int128 narrower(dt__int128 a, dt__int128 b) {
    return a < b ? a : b;
}

static dt_status take(void *payload, dt__stance *stance, const dt__stride *stride) {
    search *s = payload;
    dt__ways *r = s->r;
    size_t known;
    const dt__point from = *DT__WAYS_POINT(r, s->from);
    dt__point point = {.from = s->from, .depth = from.depth + 1};
    uint32_t index;
    dt_status st;

    if (++r->strides % 65536 == 0 && (st = dt__poll(r->env)) != DT_OK) return st;
    if (stride->barred) return dt__antichain_add(s->quest->barring, &stride->crossed, r->env);
    if (!dt__stance_floor(stance, &point.floor)) return DT_ERR_LIMIT;
    if (s->quest->bounded && point.floor < s->quest->least_floor) return DT_OK;
    point.width = narrower(from.width, point.floor);
    known = r->points.count;
    if ((st = dt__ways_point_here(r, &point, &index)) != DT_OK) return st;
    if (index == known) {
        look_around(s, index, stance);
    } else {
        dt__point *old = DT__WAYS_POINT(r, index);
        if (old->depth == point.depth && old->width < point.width) old->width = point.width;
    }
    return DT_OK;
}

static dt_status explore(search *s) {
    dt__ways *r = s->r;
    uint32_t last_depth = UINT32_MAX; /* once everything is found: of the layer to be completed */
    dt_status st = DT_OK;

    for (; s->from < r->points.count && st == DT_OK; s->from++) {
        uint32_t depth = DT__WAYS_POINT(r, s->from)->depth;
        if (depth > last_depth) return DT_OK;
        if (r->gait->steps > 0 && depth >= r->gait->steps) {
            r->out_of_steps = true;
            return DT_OK;
        }
        if (dt__ways_is_spent(r, s->quest->most_strides)) return DT_OK;
        dt__ways_open(r, s->from);
        st = dt__each_stride(&r->stance, s->quest->barring != NULL, take, s);
        if (s->missing == 0 && !s->quest->everything && last_depth == UINT32_MAX) last_depth = depth;
    }
    if (st == DT_OK) r->exhausted = true;
    return st;
}

dt_status dt__ways_search(dt__ways *r, const dt__quest *quest) {
    search s = {.r = r, .quest = quest, .missing = quest->count};
    dt_status st;

    for (size_t d = 0; d < quest->count; d++) quest->found[d] = DT__NO_INDEX;
    if ((st = dt__ways_start(r)) != DT_OK) return st;
    look_around(&s, 0, &r->stance);
    return s.missing == 0 && !quest->everything ? DT_OK : explore(&s);
}

/* The first of the widest in the least number of steps. */
uint32_t dt__ways_best(dt__ways *r, const dt__destination *destination) {
    uint32_t best = DT__NO_INDEX;

    for (uint32_t i = 0; i < r->points.count; i++) {
        const dt__point *p = DT__WAYS_POINT(r, i), *known;
        known = best == DT__NO_INDEX ? NULL : DT__WAYS_POINT(r, best);
        if (known != NULL && p->depth > known->depth) break; /* points lie in the order of their depth */
        if (known != NULL && p->width <= known->width) continue;
        dt__ways_open(r, i);
        if (dt__has_arrived(destination, r->gait->ground, r->stance.outcome)) best = i;
    }
    return best;
}
