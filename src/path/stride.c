#include "path/stride.h"

#include <string.h>

/* ---- an outcome laid open ---- */

dt_status dt__stance_init(dt__stance *s, const dt__gait *gait, dt__arena *arena) {
    const dt__problem *p = &gait->ground->problem;

    *s = (dt__stance){.gait = gait};
    s->at = DT__ARENA_ARRAY(arena, dt__option, p->var_count);
    s->from = DT__ARENA_ARRAY(arena, dt__option, p->var_count);
    s->changed = DT__ARENA_ARRAY(arena, uint32_t, p->var_count);
    s->outcome = DT__ARENA_ARRAY(arena, dt__option, p->model->issue_count);
    s->before = DT__ARENA_ARRAY(arena, dt__option, p->model->issue_count);
    s->index = DT__ARENA_ARRAY(arena, size_t, p->factors.count);
    s->sums = DT__ARENA_ARRAY(arena, dt__int128, p->coordinates.count);
    s->sums_before = DT__ARENA_ARRAY(arena, dt__int128, p->coordinates.count);
    s->crossed = DT__ARENA_ARRAY(arena, uint32_t, p->bits.count);
    if (s->at == NULL || s->from == NULL || s->changed == NULL || s->outcome == NULL || s->before == NULL ||
        s->index == NULL || s->sums == NULL || s->sums_before == NULL || s->crossed == NULL)
        return DT_ERR_MEMORY;
    return DT_OK;
}

/* A rule counts once however many of its factors are crossed. */
static void cross(dt__stance *s, uint32_t bit, bool now) {
    bool is_rule = s->gait->hard[bit] && s->gait->hold_of_bit[bit] == DT__NO_HOLD;

    if (now) {
        if (s->crossed[bit]++ == 0 && is_rule) s->violations++;
    } else if (--s->crossed[bit] == 0 && is_rule) {
        s->violations--;
    }
}

static void keep_mended(dt__stance *s) {
    for (size_t m = 0; m < s->gait->mend_count; m++) {
        if (s->crossed[s->gait->mend_bits[m]] == 0) s->mended |= UINT64_C(1) << m;
    }
}

void dt__stance_open(dt__stance *s, const dt__option *at, uint64_t mended) {
    const dt__problem *p = &s->gait->ground->problem;

    memcpy(s->at, at, p->var_count * sizeof *at);
    memcpy(s->outcome, p->fixed, p->model->issue_count * sizeof *s->outcome);
    for (size_t v = 0; v < p->var_count; v++) s->outcome[p->issues[v]] = at[v];
    memset(s->sums, 0, p->coordinates.count * sizeof *s->sums);
    memset(s->crossed, 0, p->bits.count * sizeof *s->crossed);
    s->violations = 0;
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        s->index[i] = dt__factor_index(f, s->at);
        if (f->kind == DT__FACTOR_SUM) s->sums[f->target] += f->sums[s->index[i]];
        else if (f->crossed[s->index[i]]) cross(s, f->target, true);
    }
    s->mended = mended;
    keep_mended(s);
    s->mended_before = s->mended;
    memcpy(s->from, s->at, p->var_count * sizeof *s->from);
    memcpy(s->before, s->outcome, p->model->issue_count * sizeof *s->before);
    memcpy(s->sums_before, s->sums, p->coordinates.count * sizeof *s->sums_before);
    s->changed_count = 0;
}

void dt__stance_start(dt__stance *s) {
    const dt__problem *p = &s->gait->ground->problem;
    dt__option at[DT__MAX_ISSUES] = {0};

    for (size_t v = 0; v < p->var_count; v++) at[v] = s->gait->ground->setting->no_deal[p->issues[v]];
    dt__stance_open(s, at, 0);
}

static void move(dt__stance *s, uint32_t var, dt__option option) {
    const dt__ground *g = s->gait->ground;
    const dt__touches *touches = &g->touches[var];
    dt__option was = s->at[var];

    s->at[var] = option;
    s->outcome[g->problem.issues[var]] = option;
    for (size_t t = 0; t < touches->count; t++) {
        uint32_t i = touches->list[t].factor;
        const dt__factor *f = DT__FACTOR(&g->problem, i);
        size_t old = s->index[i];
        size_t now = old - (size_t)touches->list[t].stride * was + (size_t)touches->list[t].stride * option;
        s->index[i] = now;
        if (f->kind == DT__FACTOR_SUM) s->sums[f->target] += f->sums[now] - f->sums[old];
        else if (f->crossed[now] != f->crossed[old]) cross(s, f->target, f->crossed[now] != 0);
    }
}

bool dt__stance_floor(const dt__stance *s, dt__int128 *floor) {
    const dt__gait *gait = s->gait;
    const dt__problem *p = &gait->ground->problem;
    bool any = false;
    dt__int128 least = 0, gain;

    for (uint32_t c = 0; c < p->coordinates.count; c++) {
        if (gait->scale[c] == 0) continue;
        if (!dt__int128_mul(&gain, s->sums[c] - DT__COORDINATE(p, c)->threshold, gait->scale[c])) return false;
        if (!any || gain < least) least = gain;
        any = true;
    }
    *floor = least;
    return true;
}

/* ---- what forbids an outcome, or a step ---- */

static bool is_binding(const dt__stance *s, uint32_t bit) {
    for (size_t m = 0; m < s->gait->mend_count; m++) {
        if (s->gait->mend_bits[m] == bit) return (s->mended_before >> m & 1) != 0;
    }
    return true;
}

dt__mask dt__stance_crossed(const dt__stance *s) {
    const dt__gait *gait = s->gait;
    const dt__problem *p = &gait->ground->problem;
    dt__mask mask = {{0}};

    for (size_t h = 0; h < gait->hold_count; h++) {
        const dt__hold *hold = &gait->holds[h];
        bool crossed = false;
        if (hold->bit != DT__NO_INDEX) crossed = s->crossed[hold->bit] > 0 && is_binding(s, hold->bit);
        else if (hold->kind == DT_CUT_NO_DEAL)
            crossed = s->sums[hold->coordinate] < DT__COORDINATE(p, hold->coordinate)->threshold;
        if (crossed) dt__mask_add(&mask, (uint32_t)h);
    }
    return mask;
}

/* Does something that is not left out forbid the step? */
static bool is_barred(const dt__stance *s) {
    const dt__gait *gait = s->gait;
    const dt__problem *p = &gait->ground->problem;

    for (uint32_t h = 0; h < gait->hold_count; h++) {
        const dt__hold *hold = &gait->holds[h];
        bool crossed;
        if (hold->bit != DT__NO_INDEX) crossed = s->crossed[hold->bit] > 0 && is_binding(s, hold->bit);
        else if (hold->kind == DT_CUT_NO_DEAL)
            crossed = s->sums[hold->coordinate] < DT__COORDINATE(p, hold->coordinate)->threshold;
        else crossed = s->sums[hold->coordinate] < s->sums_before[hold->coordinate];
        if (crossed && !dt__mask_has(&gait->left_out, h)) return true;
    }
    return false;
}

static dt__mask crossed_by_step(const dt__stance *s) {
    const dt__gait *gait = s->gait;
    dt__mask mask = dt__stance_crossed(s);

    for (size_t h = 0; h < gait->hold_count; h++) {
        const dt__hold *hold = &gait->holds[h];
        if (hold->kind == DT_CUT_STEP && s->sums[hold->coordinate] < s->sums_before[hold->coordinate])
            dt__mask_add(&mask, (uint32_t)h);
    }
    for (int w = 0; w < DT__MASK_WORDS; w++) mask.words[w] &= ~gait->left_out.words[w];
    return mask;
}

/* ---- who takes a step ---- */

static bool is_barrier(const dt__barrier *b, uint32_t mover, const dt__stance *s) {
    if (b->party != DT__NO_INDEX && b->party != mover) return false;
    return (b->from == NULL || dt__condition_holds(b->from, s->before)) &&
           (b->to == NULL || dt__condition_holds(b->to, s->outcome));
}

static bool meets_barrier(const dt__stance *s, uint32_t mover) {
    const dt_model *m = s->gait->ground->problem.model;

    for (size_t i = 0; i < m->barrier_count; i++) {
        if (is_barrier(&m->barriers[i], mover, s)) return true;
    }
    return false;
}

/* The one party that decides everything that changed and does not lose by it; DT__NO_INDEX: there is none. */
static uint32_t mover_of(const dt__stance *s) {
    const dt__ground *g = s->gait->ground;
    uint32_t owner = g->owner[s->changed[0]], coordinate;

    if (owner == DT__NO_INDEX) return DT__NO_INDEX;
    for (uint32_t i = 1; i < s->changed_count; i++) {
        if (g->owner[s->changed[i]] != owner) return DT__NO_INDEX;
    }
    coordinate = g->problem.coordinate_of[owner];
    if (coordinate == DT__NO_INDEX || s->sums[coordinate] < s->sums_before[coordinate]) return DT__NO_INDEX;
    return meets_barrier(s, owner) ? DT__NO_INDEX : owner;
}

/* Can the walkers agree on it: all of it on the agenda, and no lever of somebody who does not walk? */
static bool can_agree(const dt__stance *s) {
    const dt__ground *g = s->gait->ground;

    for (uint32_t i = 0; i < s->changed_count; i++) {
        uint32_t owner = g->owner[s->changed[i]];
        if (!g->on_agenda[s->changed[i]]) return false;
        if (owner != DT__NO_INDEX && (s->gait->walkers >> owner & 1) == 0) return false;
    }
    return !meets_barrier(s, DT__NO_INDEX);
}

static bool settles_for_good(const dt__stance *s) {
    const dt__problem *p = &s->gait->ground->problem;

    for (uint32_t i = 0; i < s->changed_count; i++) {
        uint32_t v = s->changed[i], issue = p->issues[v];
        if (dt__is_final(&p->model->issues[issue], s->at[v], s->gait->ground->setting->no_deal[issue])) return true;
    }
    return false;
}

/* ---- all steps ---- */

typedef struct strider {
    dt__stance *s;
    bool tell_barred;
    dt__taken taken;
    void *payload;
} strider;

static bool is_stuck(const dt__stance *s, uint32_t var) {
    const dt__problem *p = &s->gait->ground->problem;
    uint32_t issue = p->issues[var];
    return dt__is_final(&p->model->issues[issue], s->from[var], s->gait->ground->setting->no_deal[issue]);
}

static dt_status tell(strider *t) {
    dt__stance *s = t->s;
    dt__stride stride = {.mover = DT__NO_INDEX};
    dt_status st;

    if (s->violations > 0 || s->changed_count == 0) return DT_OK;
    stride.barred = is_barred(s);
    if (stride.barred && !t->tell_barred) return DT_OK;
    stride.mover = mover_of(s);
    stride.joint = stride.mover == DT__NO_INDEX;
    if (stride.joint && !can_agree(s)) return DT_OK;
    if (stride.barred) stride.crossed = crossed_by_step(s);
    stride.irreversible = settles_for_good(s);
    s->mended = s->mended_before;
    keep_mended(s);
    st = t->taken(t->payload, s, &stride);
    s->mended = s->mended_before;
    return st;
}

/* Changes up to `left` more variables, from `first` on. */
static dt_status change_freely(strider *t, uint32_t first, unsigned left) {
    dt__stance *s = t->s;
    const dt__problem *p = &s->gait->ground->problem;
    dt_status st = DT_OK;

    for (uint32_t v = first; v < p->var_count && st == DT_OK; v++) {
        if (is_stuck(s, v)) continue;
        s->changed[s->changed_count++] = v;
        for (uint32_t o = 0; o < p->sizes[v] && st == DT_OK; o++) {
            if (o == s->from[v]) continue;
            move(s, v, (dt__option)o);
            st = tell(t);
            if (st == DT_OK && left > 1) st = change_freely(t, v + 1, left - 1);
        }
        move(s, v, s->from[v]);
        s->changed_count--;
    }
    return st;
}

/* Changes what a rule links together; what changes no more than a bundle was told before. */
static dt_status change_linked(strider *t, const dt__linked *linked, uint32_t i) {
    dt__stance *s = t->s;
    uint32_t v, sizes;
    dt_status st;

    if (i == linked->count) return s->changed_count > s->gait->bundle ? tell(t) : DT_OK;
    v = linked->vars[i];
    sizes = s->gait->ground->problem.sizes[v];
    if ((st = change_linked(t, linked, i + 1)) != DT_OK || is_stuck(s, v)) return st;
    s->changed[s->changed_count++] = v;
    for (uint32_t o = 0; o < sizes && st == DT_OK; o++) {
        if (o == s->from[v]) continue;
        move(s, v, (dt__option)o);
        st = change_linked(t, linked, i + 1);
    }
    move(s, v, s->from[v]);
    s->changed_count--;
    return st;
}

dt_status dt__each_stride(dt__stance *s, bool tell_barred, dt__taken taken, void *payload) {
    strider t = {.s = s, .tell_barred = tell_barred, .taken = taken, .payload = payload};
    const dt__ground *g = s->gait->ground;
    dt_status st = change_freely(&t, 0, s->gait->bundle);

    for (size_t l = 0; l < g->linked_count && st == DT_OK; l++) {
        if (g->linked[l].count > s->gait->bundle) st = change_linked(&t, &g->linked[l], 0);
    }
    return st;
}
