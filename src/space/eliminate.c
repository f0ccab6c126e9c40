#include "space/eliminate.h"

#include <string.h>

/* One thing that a bucket joins: a factor of the problem or an earlier message. */
typedef struct part {
    const dt__factor *factor; /* or */
    uint32_t message;
    uint32_t var_count;
    const uint32_t *vars, *strides;
    bool taken;    /* already in a mini-bucket */
    size_t index;  /* into its table, during the run */
    size_t *steps; /* stride of each variable of the bucket's scope; last: of the eliminated one */
} part;

typedef struct bucket {
    uint32_t var, place;
    bool later;          /* not the first part of a bucket that was split */
    dt__issue_set scope; /* without var */
    size_t size;
    part **parts;
    size_t part_count;
} bucket;

static const dt__message *message_at(const dt__elimination *e, size_t i) {
    return DT__AT(e->messages, dt__message, i);
}

static uint32_t deepest_place(const dt__elimination *e, const uint32_t *vars, uint32_t count) {
    uint32_t deepest = DT__NO_INDEX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = e->place[vars[i]];
        if (deepest == DT__NO_INDEX || place > deepest) deepest = place;
    }
    return deepest;
}

/* ---- what belongs into the bucket of a variable ---- */

static dt_status gather(dt__vector *parts, const dt__elimination *e, uint32_t place, dt_env *env) {
    const dt__problem *p = e->query->problem;
    dt_status st = DT_OK;

    for (size_t i = 0; i < p->factors.count && st == DT_OK; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (e->factor_places[i] != place) continue;
        st = dt__vector_push(
            parts, &(part){.factor = f, .var_count = f->var_count, .vars = f->vars, .strides = f->strides}, env);
    }
    for (uint32_t i = 0; i < e->messages.count && st == DT_OK; i++) {
        const dt__message *m = message_at(e, i);
        if (m->deepest != place) continue;
        st = dt__vector_push(
            parts, &(part){.message = i, .var_count = m->var_count, .vars = m->vars, .strides = m->strides}, env);
    }
    return st;
}

/* Entries of a table over the scope; anything above the limit counts the same. */
static size_t scope_size(const dt__problem *p, const dt__issue_set *scope, size_t limit) {
    size_t size = 1;
    for (uint32_t v = 0; v < p->var_count; v++) {
        if (!dt__issue_set_has(scope, v)) continue;
        if (size > limit) return size;
        size *= p->sizes[v];
    }
    return size;
}

static dt__issue_set joined_scope(const bucket *b, const part *extra) {
    dt__issue_set scope = b->scope;
    for (uint32_t i = 0; i < extra->var_count; i++) {
        if (extra->vars[i] != b->var) dt__issue_set_add(&scope, extra->vars[i]);
    }
    return scope;
}

/* Takes every part that still fits under the table limit: all of them when the bucket is narrow. */
static void fill_bucket(bucket *b, const dt__problem *p, dt__vector *parts, size_t limit) {
    for (size_t i = 0; i < parts->count; i++) {
        part *candidate = DT__AT(*parts, part, i);
        dt__issue_set scope = joined_scope(b, candidate);
        size_t size = scope_size(p, &scope, limit);
        if (candidate->taken || (b->part_count > 0 && size > limit)) continue;
        candidate->taken = true;
        b->parts[b->part_count++] = candidate;
        b->scope = scope;
        b->size = size;
    }
}

/* ---- the table of a bucket ---- */

static dt_status set_steps(part *q, const uint32_t *vars, uint32_t count, uint32_t own, dt__arena *arena) {
    q->index = 0;
    q->steps = DT__ARENA_ARRAY(arena, size_t, (size_t)count + 1);
    if (q->steps == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < q->var_count; i++) {
        if (q->vars[i] == own) q->steps[count] = q->strides[i];
        for (uint32_t j = 0; j < count; j++) {
            if (q->vars[i] == vars[j]) q->steps[j] = q->strides[i];
        }
    }
    return DT_OK;
}

/* element = TIMES over the parts of the bucket, at option o of its variable. */
static dt_status join(const dt__elimination *e, const bucket *b, uint32_t scope_count, uint32_t o, void *element) {
    const dt__algebra *a = e->algebra;
    dt_status st = DT_OK;

    a->one(a->context, element);
    if (a->choose != NULL) st = a->choose(a->context, element, b->var, (dt__option)o);
    for (size_t i = 0; i < b->part_count && st == DT_OK && !a->is_zero(a->context, element); i++) {
        const part *q = b->parts[i];
        size_t index = q->index + o * q->steps[scope_count];
        if (q->factor != NULL) st = a->times_factor(a->context, element, q->factor, index);
        else st = a->times(a->context, element, message_at(e, q->message)->table + index * a->element_size);
    }
    return st;
}

/* The next assignment of the scope: first variable fastest. */
static void advance(bucket *b, const dt__problem *p, const uint32_t *vars, uint32_t count, uint32_t *digits) {
    for (uint32_t j = 0; j < count; j++) {
        bool carry = ++digits[j] == p->sizes[vars[j]];
        for (size_t i = 0; i < b->part_count; i++) {
            b->parts[i]->index += b->parts[i]->steps[j];
            if (carry) b->parts[i]->index -= b->parts[i]->steps[j] * p->sizes[vars[j]];
        }
        if (!carry) return;
        digits[j] = 0;
    }
}

/* element = PLUS over the options of the bucket's variable.  scratch: room for an element of each. */
static dt_status merge_options(const dt__elimination *e, const bucket *b, uint32_t scope_count, void *element,
                               char *scratch) {
    const dt__algebra *a = e->algebra;
    dt_status (*merge)(const void *, void *, const void *) =
        b->later && a->plus_split != NULL ? a->plus_split : a->plus;
    size_t found = 0;
    dt_status st = DT_OK;

    a->zero(a->context, element);
    for (uint32_t o = 0; o < e->query->problem->sizes[b->var] && st == DT_OK; o++) {
        char *joined = scratch + (a->plus_all == NULL ? 0 : found * a->element_size);
        st = join(e, b, scope_count, o, joined);
        if (st != DT_OK || a->is_zero(a->context, joined)) continue;
        found++;
        if (a->plus_all == NULL) st = merge(a->context, element, joined);
    }
    return st == DT_OK && a->plus_all != NULL ? a->plus_all(a->context, element, scratch, found) : st;
}

static dt_status fill_table(dt__elimination *e, bucket *b, dt__message *m, char *scratch, dt_env *env) {
    const dt__problem *p = e->query->problem;
    uint32_t digits[DT__MAX_ISSUES] = {0};
    dt_status st = DT_OK;

    for (size_t i = 0; i < b->part_count && st == DT_OK; i++)
        st = set_steps(b->parts[i], m->vars, m->var_count, b->var, e->arena);
    for (size_t entry = 0; entry < m->size && st == DT_OK; entry++) {
        st = merge_options(e, b, m->var_count, m->table + entry * e->algebra->element_size, scratch);
        if (st == DT_OK && entry % 4096 == 4095) st = dt__poll(env);
        advance(b, p, m->vars, m->var_count, digits);
    }
    return st;
}

static dt_status new_message(dt__elimination *e, const bucket *b, dt__message *m) {
    const dt__problem *p = e->query->problem;
    uint32_t vars[DT__MAX_ISSUES], strides[DT__MAX_ISSUES], count = 0;
    size_t size = 1;

    for (uint32_t v = 0; v < p->var_count; v++) {
        if (!dt__issue_set_has(&b->scope, v)) continue;
        vars[count] = v;
        strides[count++] = (uint32_t)size;
        size *= p->sizes[v];
    }
    *m = (dt__message){.from = b->place, .deepest = deepest_place(e, vars, count), .var_count = count, .size = size};
    m->vars = DT__ARENA_ARRAY(e->arena, uint32_t, count);
    m->strides = DT__ARENA_ARRAY(e->arena, uint32_t, count);
    m->table = dt__arena_alloc(e->arena, size, e->algebra->element_size);
    if (!m->vars || !m->strides || !m->table) return DT_ERR_MEMORY;
    memcpy((uint32_t *)m->vars, vars, count * sizeof *vars);
    memcpy((uint32_t *)m->strides, strides, count * sizeof *strides);
    return DT_OK;
}

/* Eliminates the variable at a place: one message, or several when its bucket is too wide. */
static dt_status eliminate_place(dt__elimination *e, uint32_t place, char *scratch, dt_env *env) {
    dt__vector parts = DT__VECTOR(part);
    part **chosen = NULL;
    size_t left, room = 0;
    dt_status st;

    DT__TRY(gather(&parts, e, place, env));
    room = parts.count + 1;
    chosen = DT__ARRAY(env, part *, room);
    if (chosen == NULL) DT__TRY(DT_ERR_MEMORY);
    left = parts.count;
    do {
        bucket b = {.var = e->order[place], .place = place, .later = left < parts.count, .size = 1, .parts = chosen};
        dt__message m;
        fill_bucket(&b, e->query->problem, &parts, e->algebra->table_limit);
        left -= b.part_count;
        if (left > 0) e->exact = false;
        DT__TRY(new_message(e, &b, &m));
        DT__TRY(fill_table(e, &b, &m, scratch, env));
        DT__TRY(dt__vector_push(&e->messages, &m, env));
    } while (left > 0);
done:
    DT__FREE(env, chosen, room);
    dt__vector_clear(&parts, env);
    return st;
}

/* ---- what is left at each depth ---- */

static bool is_live(const dt__message *m, uint32_t depth) {
    return m->from >= depth && (m->deepest == DT__NO_INDEX || m->deepest < depth);
}

static dt_status times_nonzero(const dt__algebra *a, void *element, const void *other) {
    if (a->is_zero(a->context, element)) return DT_OK;
    if (a->is_zero(a->context, other)) {
        a->zero(a->context, element);
        return DT_OK;
    }
    return a->times(a->context, element, other);
}

static dt_status list_live(dt__elimination *e, uint32_t depth, uint32_t *count) {
    const dt__algebra *a = e->algebra;
    char *constant = e->constants + depth * a->element_size;
    dt_status st = DT_OK;

    a->one(a->context, constant);
    for (uint32_t i = 0; i < e->messages.count && st == DT_OK; i++) {
        const dt__message *m = message_at(e, i);
        if (!is_live(m, depth)) continue;
        if (m->var_count == 0) st = times_nonzero(a, constant, m->table);
        else e->live[(*count)++] = i;
    }
    return st;
}

static size_t count_live(const dt__elimination *e) {
    size_t count = 0;
    for (uint32_t depth = 0; depth <= e->query->problem->var_count; depth++) {
        for (size_t i = 0; i < e->messages.count; i++) count += is_live(message_at(e, i), depth);
    }
    return count;
}

static dt_status index_depths(dt__elimination *e) {
    size_t depths = e->query->problem->var_count + 1;
    uint32_t count = 0;
    dt_status st = DT_OK;

    e->constants = dt__arena_alloc(e->arena, depths, e->algebra->element_size);
    e->live_start = DT__ARENA_ARRAY(e->arena, uint32_t, depths + 1);
    e->live = DT__ARENA_ARRAY(e->arena, uint32_t, count_live(e));
    if (!e->constants || !e->live_start || !e->live) return DT_ERR_MEMORY;
    for (uint32_t depth = 0; depth < depths && st == DT_OK; depth++) {
        e->live_start[depth] = count;
        st = list_live(e, depth, &count);
    }
    e->live_start[depths] = count;
    return st;
}

dt_status dt__elimination_init(dt__elimination *e, const dt__query *query, const dt__algebra *algebra,
                               const uint32_t *order, dt__arena *arena, dt_env *env) {
    const dt__problem *p = query->problem;
    size_t options = 1;
    char *scratch;
    dt_status st = DT_OK;

    *e = (dt__elimination){.query = query,
                           .algebra = algebra,
                           .order = order,
                           .arena = arena,
                           .exact = true,
                           .messages = DT__VECTOR(dt__message)};
    e->place = DT__ARENA_ARRAY(arena, uint32_t, p->var_count);
    for (uint32_t v = 0; v < p->var_count && algebra->plus_all != NULL; v++)
        options = p->sizes[v] > options ? p->sizes[v] : options;
    scratch = dt__arena_alloc(arena, options, algebra->element_size);
    e->factor_places = DT__ARENA_ARRAY(arena, uint32_t, p->factors.count);
    if (e->place == NULL || e->factor_places == NULL || scratch == NULL) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < p->var_count; i++) e->place[order[i]] = i;
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        e->factor_places[i] =
            algebra->uses(algebra->context, f) ? deepest_place(e, f->vars, f->var_count) : DT__NO_INDEX;
    }
    for (uint32_t place = (uint32_t)p->var_count; place-- > 0 && st == DT_OK;)
        st = eliminate_place(e, place, scratch, env);
    return st == DT_OK && !algebra->root_only ? index_depths(e) : st;
}

void dt__elimination_clear(dt__elimination *e, dt_env *env) {
    dt__vector_clear(&e->messages, env);
}

dt_status dt__elimination_rest(const dt__elimination *e, uint32_t depth, const dt__option *assignment, void *element) {
    const dt__algebra *a = e->algebra;
    dt_status st = DT_OK;

    memcpy(element, e->constants + depth * a->element_size, a->element_size);
    for (uint32_t i = e->live_start[depth]; i < e->live_start[depth + 1] && st == DT_OK; i++) {
        const dt__message *m = message_at(e, e->live[i]);
        size_t index = 0;
        for (uint32_t j = 0; j < m->var_count; j++) index += (size_t)m->strides[j] * assignment[m->vars[j]];
        st = times_nonzero(a, element, m->table + index * a->element_size);
    }
    return st;
}
