#include "ensemble/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "ensemble/parts.h"

enum { MAX_PARTIALS = 300000, MOST_COMPARED = 512, COMPARED_WHEN_FULL = 4096, POLL_EVERY = 1024, OPTIONS_PER_WORD = 4 };

/* A partial outcome is a row of words: how many of them tell where the rest depends on (the open ends), these, a
 * promise, the distance from no deal, all options so far, what is sure, the most, the amounts included. */
typedef struct layout {
    size_t ends, promise, distance, options, fixed, most, mask, words;
} layout;

typedef struct finder {
    const dt__amounts *amounts;
    const dt__setting *setting;
    const dt__rational *dates;
    size_t date_count;
    dt__candidates *out;
    dt__problem problem;
    dt__parts parts;
    dt__query query;
    dt__guide guide;
    dt__arena arena;    /* of one winning set */
    uint32_t *depth_of; /* per part: when it is decided */
    bool *live;         /* per variable: assigned, and the rest depends on it */
    uint32_t dimension_of[DT__MAX_PARTIES];
    double *scales; /* per dimension: unit, to compare promises */
    layout at;
    dt__vector now, next; /* rows */
    dt__option *assignment;
    dt_env *env;
} finder;

static uint64_t *row_at(const dt__vector *rows, const layout *at, size_t i) {
    return (uint64_t *)rows->items + i * at->words;
}

static void lay_out(finder *f) {
    size_t option_words = f->problem.var_count / OPTIONS_PER_WORD + 1, d = f->parts.dimensions;
    layout *at = &f->at;

    at->ends = 1;
    at->promise = at->ends + option_words;
    at->distance = at->promise + 1;
    at->options = at->distance + 1;
    at->fixed = at->options + option_words;
    at->most = at->fixed + d;
    at->mask = at->most + d;
    at->words = at->mask + f->parts.words;
}

/* Higher variables in lower places, so that comparing words compares options in the order of the issues. */
static void put_option(uint64_t *words, uint32_t var, dt__option option) {
    words[var / OPTIONS_PER_WORD] |= (uint64_t)option << (16 * (OPTIONS_PER_WORD - 1 - var % OPTIONS_PER_WORD));
}

static dt__option option_of(const uint64_t *words, uint32_t var) {
    return (dt__option)(words[var / OPTIONS_PER_WORD] >> (16 * (OPTIONS_PER_WORD - 1 - var % OPTIONS_PER_WORD)));
}

/* ---- dropping what cannot be a solution ---- */

/* By open ends; then the most promising, the nearest to no deal, the first. */
static int by_ends(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    size_t ends = (size_t)x[0];
    double promise_x, promise_y;

    for (size_t i = 1; i <= ends; i++) {
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    }
    memcpy(&promise_x, &x[ends + 1], sizeof promise_x);
    memcpy(&promise_y, &y[ends + 1], sizeof promise_y);
    if (promise_x > promise_y) return -1;
    if (promise_x < promise_y) return 1;
    for (size_t i = ends + 2; i < 2 * ends + 3; i++) { /* distance, options */
        if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

/* Is a, in every draw, at least as good as b to everybody, and better to somebody, or the same to everybody? */
static bool covers(const finder *f, const uint64_t *a, const uint64_t *b) {
    const int64_t *fixed_a = (const int64_t *)a + f->at.fixed, *fixed_b = (const int64_t *)b + f->at.fixed;
    int64_t least[DT__MAX_PARTIES];
    const int64_t *most_a = (const int64_t *)a + f->at.most, *most_b = (const int64_t *)b + f->at.most;
    bool same = true, better = false;

    for (size_t d = 0; d < f->parts.dimensions; d++) {
        if (most_a[d] < most_b[d]) return false; /* in the draw that is best for b */
        least[d] = fixed_a[d] - fixed_b[d];
        same &= least[d] == 0;
    }
    for (size_t w = 0; w < f->parts.words; w++) {
        uint64_t more = a[f->at.mask + w] & ~b[f->at.mask + w], less = b[f->at.mask + w] & ~a[f->at.mask + w];
        same &= (more | less) == 0;
        for (; more != 0; more &= more - 1) {
            const dt__amount *amount = &f->amounts->list[w * 64 + (size_t)__builtin_ctzll(more)];
            least[f->dimension_of[amount->party]] += amount->low;
        }
        for (; less != 0; less &= less - 1) {
            const dt__amount *amount = &f->amounts->list[w * 64 + (size_t)__builtin_ctzll(less)];
            least[f->dimension_of[amount->party]] -= amount->high;
        }
    }
    for (size_t d = 0; d < f->parts.dimensions; d++) {
        if (least[d] < 0) return false;
        better |= least[d] > 0;
    }
    return better || same;
}

/* Where amounts are wide hardly anything is covered: each row is held against the most promising alone, so that the
 * work stays linear.  What is kept too many costs time in the draws and changes no answer: a choice among outcomes that
 * are worth the same goes by the outcomes, not by the list. */
static void drop_covered(finder *f, size_t most_compared) {
    const layout *at = &f->at;
    size_t kept = 0, group = 0;

    if (f->next.count > 1) qsort(f->next.items, f->next.count, at->words * sizeof(uint64_t), by_ends);
    for (size_t i = 0; i < f->next.count; i++) {
        uint64_t *row = row_at(&f->next, at, i);
        size_t j, last;
        if (kept > 0 && memcmp(row_at(&f->next, at, group), row, at->promise * sizeof *row) != 0) group = kept;
        last = kept < group + most_compared ? kept : group + most_compared;
        for (j = group; j < last && !covers(f, row_at(&f->next, at, j), row); j++) continue;
        if (j < last) continue;
        if (i != kept) memcpy(row_at(&f->next, at, kept), row, at->words * sizeof *row);
        kept++;
    }
    f->next.count = kept;
}

/* ---- one step: an option of the next variable ---- */

static void add_parts(const finder *f, uint32_t depth, uint64_t *row) {
    int64_t *fixed = (int64_t *)row + f->at.fixed, *most = (int64_t *)row + f->at.most;

    for (size_t i = 0; i < f->parts.count; i++) {
        const dt__part *part = &f->parts.list[i];
        size_t index;
        if (f->depth_of[i] != depth) continue;
        index = dt__part_index(part, f->assignment);
        fixed[part->dimension] += part->fixed[index];
        most[part->dimension] += part->most[index];
        for (size_t w = 0; w < f->parts.words; w++) row[f->at.mask + w] |= part->masks[index * f->parts.words + w];
    }
}

static bool can_reach(const finder *f, uint32_t depth, const uint64_t *row) {
    const int64_t *most = (const int64_t *)row + f->at.most;

    for (size_t b = 0; b < f->guide.bound_count; b++) {
        size_t d = 0;
        while (f->problem.coordinate_of[f->out->parties[d]] != f->guide.bounds[b].coordinate) d++;
        if (most[d] + dt__guide_high(&f->guide, b, depth, f->assignment) < f->guide.bounds[b].threshold) return false;
    }
    return true;
}

static void seal(const finder *f, uint64_t *row) {
    const int64_t *most = (const int64_t *)row + f->at.most;
    double promise = 0;

    for (size_t d = 0; d < f->parts.dimensions; d++) promise += (double)most[d] / f->scales[d];
    memcpy(&row[f->at.promise], &promise, sizeof promise);
    row[0] = f->at.promise - 1;
    memset(&row[f->at.ends], 0, (f->at.promise - f->at.ends) * sizeof *row);
    for (uint32_t v = 0; v < f->problem.var_count; v++) {
        if (f->live[v]) put_option(&row[f->at.ends], v, f->assignment[v]);
    }
}

static dt_status extend(finder *f, uint32_t depth, const uint64_t *row, uint64_t *fresh) {
    uint32_t var = f->guide.order[depth];
    const dt__option *no_deal = f->setting->no_deal;

    for (uint32_t o = 0; o < f->problem.sizes[var]; o++) {
        dt_status st;
        f->assignment[var] = (dt__option)o;
        if (dt__guide_dead(&f->guide, depth + 1, f->assignment)) continue;
        memcpy(fresh, row, f->at.words * sizeof *row);
        put_option(&fresh[f->at.options], var, (dt__option)o);
        fresh[f->at.distance] += o != no_deal[f->problem.issues[var]];
        add_parts(f, depth + 1, fresh);
        if (!can_reach(f, depth + 1, fresh)) continue;
        seal(f, fresh);
        if ((st = dt__vector_push(&f->next, fresh, f->env)) != DT_OK) return st;
    }
    return DT_OK;
}

/* Variables assigned at a depth on which what is not yet decided depends. */
static void find_live(finder *f, uint32_t depth) {
    const dt__problem *p = &f->problem;

    memset(f->live, 0, p->var_count * sizeof *f->live);
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *factor = DT__FACTOR(p, i);
        uint32_t last = 0;
        if (!dt__query_uses(&f->query, factor) && factor->kind != DT__FACTOR_SUM) continue;
        for (uint32_t v = 0; v < factor->var_count; v++) {
            uint32_t place = f->guide.feasible.place[factor->vars[v]];
            last = place > last ? place : last;
        }
        for (uint32_t v = 0; v < factor->var_count; v++) {
            if (last >= depth && f->guide.feasible.place[factor->vars[v]] < depth) f->live[factor->vars[v]] = true;
        }
    }
}

static dt_status take_step(finder *f, uint32_t depth, uint64_t *fresh) {
    dt_status st = DT_OK;
    dt__vector done;

    find_live(f, depth + 1);
    for (size_t i = 0; i < f->now.count && st == DT_OK; i++) {
        const uint64_t *row = row_at(&f->now, &f->at, i);
        for (uint32_t place = 0; place < depth; place++) {
            uint32_t var = f->guide.order[place];
            f->assignment[var] = option_of(&row[f->at.options], var);
        }
        st = extend(f, depth, row, fresh);
        if (f->next.count > MAX_PARTIALS) {
            drop_covered(f, COMPARED_WHEN_FULL);
            if (f->next.count > MAX_PARTIALS / 2) f->out->complete = false;
        }
        if (!f->out->complete) return DT_OK;
        if (st == DT_OK && i % POLL_EVERY == 0) st = dt__poll(f->env);
    }
    f->out->partials += f->next.count;
    drop_covered(f, MOST_COMPARED);
    done = f->now;
    f->now = f->next;
    f->next = done;
    f->next.count = 0;
    return st;
}

/* ---- one winning set ---- */

/* Rules and the red lines and reservation values of the members are hard; the highest gains are the sums. */
static dt_status prepare_set(finder *f, uint64_t members) {
    const dt__problem *p = &f->problem;
    dt_status st;

    dt__arena_init(&f->arena, f->env);
    if ((st = dt__query_init(&f->query, p, f->env)) != DT_OK) return st;
    if (f->setting->within != DT__NO_INDEX)
        f->query.bit_roles[dt__problem_bit(p, DT__BIT_SCENARIO, DT__NO_INDEX, f->setting->within)] = DT__HARD;
    for (size_t d = 0; d < f->parts.dimensions; d++) {
        if (members >> d & 1) dt__query_party(&f->query, f->out->parties[d], DT__HARD);
    }
    if ((st = dt__guide_init(&f->guide, &f->query, DT__ORDER_SEPARATORS, f->env)) != DT_OK) return st;
    f->depth_of = DT__ARENA_ARRAY(&f->arena, uint32_t, f->parts.count);
    if (f->depth_of == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < f->parts.count; i++) {
        const dt__part *part = &f->parts.list[i];
        for (uint32_t v = 0; v < part->var_count; v++) {
            uint32_t depth = f->guide.feasible.place[part->vars[v]] + 1;
            if (depth > f->depth_of[i]) f->depth_of[i] = depth;
        }
    }
    return DT_OK;
}

static void clear_set(finder *f) {
    dt__guide_clear(&f->guide, f->env);
    if (f->query.problem != NULL) dt__query_clear(&f->query, f->env);
    f->query = (dt__query){0};
    dt__arena_clear(&f->arena);
}

/* Rows of all complete outcomes of a winning set. */
static dt_status walk_set(finder *f) {
    uint64_t *fresh = DT__ARENA_ARRAY(&f->arena, uint64_t, f->at.words);
    dt_status st = DT_OK;

    f->now.count = f->next.count = 0;
    if (fresh == NULL) return DT_ERR_MEMORY;
    if (!f->guide.possible || dt__guide_dead(&f->guide, 0, f->assignment)) return DT_OK;
    add_parts(f, 0, fresh);
    find_live(f, 0);
    if (!can_reach(f, 0, fresh)) return DT_OK;
    seal(f, fresh);
    if ((st = dt__vector_push(&f->now, fresh, f->env)) != DT_OK) return st;
    for (uint32_t depth = 0; depth < f->problem.var_count && st == DT_OK && f->out->complete; depth++)
        st = take_step(f, depth, fresh);
    return st;
}

/* ---- all together ---- */

typedef struct collected {
    uint64_t hash, keeps;
    dt__option outcome[DT__MAX_ISSUES];
} collected;

/* The outcome of a row joins the list, or the one that is there is known to keep another set's red lines. */
static dt_status collect(finder *f, dt__vector *rows, dt__vector *list, const uint64_t *row, size_t set) {
    const dt__problem *p = &f->problem;
    size_t before = list->count;
    collected fresh = {.hash = 0xcbf29ce484222325u, .keeps = UINT64_C(1) << set};
    dt_status st;

    memcpy(fresh.outcome, p->fixed, p->model->issue_count * sizeof *fresh.outcome);
    for (uint32_t v = 0; v < p->var_count; v++) {
        fresh.outcome[p->issues[v]] = option_of(&row[f->at.options], v);
        fresh.hash = (fresh.hash ^ fresh.outcome[p->issues[v]]) * 0x100000001b3u;
    }
    for (size_t i = 0; set > 0 && i < before; i++) {
        collected *known = DT__AT(*list, collected, i);
        if (known->hash != fresh.hash || memcmp(known->outcome, fresh.outcome, sizeof fresh.outcome) != 0) continue;
        known->keeps |= fresh.keeps;
        return DT_OK;
    }
    if ((st = dt__vector_push(rows, row, f->env)) != DT_OK) return st;
    return dt__vector_push(list, &fresh, f->env);
}

static uint32_t pattern_of(dt__candidates *out, const uint64_t *mask) {
    size_t i = 0;

    while (i < out->pattern_count && memcmp(out->masks + i * out->words, mask, out->words * sizeof *mask) != 0) i++;
    if (i == out->pattern_count)
        memcpy(out->masks + out->pattern_count++ * out->words, mask, out->words * sizeof *mask);
    return (uint32_t)i;
}

static dt_status keep_lists(finder *f, const dt__vector *rows, const dt__vector *list, dt__arena *arena) {
    dt__candidates *out = f->out;
    size_t n = list->count, dims = out->dimensions;

    out->count = n;
    out->outcomes = DT__ARENA_ARRAY(arena, dt__option, n * out->issues);
    out->distances = DT__ARENA_ARRAY(arena, uint32_t, n);
    out->keeps = DT__ARENA_ARRAY(arena, uint64_t, n);
    out->fixed = DT__ARENA_ARRAY(arena, int64_t, n * dims);
    out->patterns = DT__ARENA_ARRAY(arena, uint32_t, n);
    out->masks = DT__ARENA_ARRAY(arena, uint64_t, n * out->words);
    if (!out->outcomes || !out->distances || !out->keeps || !out->fixed || !out->patterns || !out->masks)
        return DT_ERR_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const collected *c = DT__AT(*list, collected, i);
        const uint64_t *row = row_at(rows, &f->at, i);
        memcpy(out->outcomes + i * out->issues, c->outcome, out->issues * sizeof *out->outcomes);
        out->keeps[i] = c->keeps;
        out->distances[i] = (uint32_t)row[f->at.distance];
        for (size_t d = 0; d < dims; d++)
            out->fixed[i * dims + d] = ((const int64_t *)row)[f->at.fixed + d] - f->parts.no_deal_fixed[d];
        out->patterns[i] = pattern_of(out, &row[f->at.mask]);
    }
    return DT_OK;
}

static dt_status find_all(finder *f, dt__arena *arena) {
    dt__vector rows = {.item = f->at.words * sizeof(uint64_t)}, list = DT__VECTOR(collected);
    dt_status st = DT_OK;

    f->now = f->next = (dt__vector){.item = f->at.words * sizeof(uint64_t)};
    for (size_t s = 0; s < f->out->winning_count && st == DT_OK && f->out->complete; s++) {
        if ((st = prepare_set(f, f->out->winning[s])) == DT_OK) st = walk_set(f);
        for (size_t i = 0; i < f->now.count && st == DT_OK && f->out->complete; i++)
            st = collect(f, &rows, &list, row_at(&f->now, &f->at, i), s);
        clear_set(f);
    }
    if (st == DT_OK && f->out->complete) st = keep_lists(f, &rows, &list, arena);
    dt__vector_clear(&f->now, f->env);
    dt__vector_clear(&f->next, f->env);
    dt__vector_clear(&rows, f->env);
    dt__vector_clear(&list, f->env);
    return st;
}

/* ---- preparation ---- */

static void drop_sums(dt__problem *p) {
    size_t kept = 0;
    for (size_t i = 0; i < p->factors.count; i++) {
        if (DT__FACTOR(p, i)->kind == DT__FACTOR_BIT) *DT__FACTOR(p, kept++) = *DT__FACTOR(p, i);
    }
    p->factors.count = kept;
}

/* The highest gains of every part as sums of the problem: the search's bounds come from them. */
static dt_status bound_sums(finder *f) {
    dt__problem *p = &f->problem;
    dt_status st = DT_OK;

    drop_sums(p);
    for (size_t i = 0; i < f->parts.count && st == DT_OK; i++) {
        dt__part *part = &f->parts.list[i];
        dt__int128 *sums = DT__ARENA_ARRAY(&p->arena, dt__int128, part->size);
        dt__factor factor = {.kind = DT__FACTOR_SUM,
                             .target = p->coordinate_of[f->out->parties[part->dimension]],
                             .var_count = part->var_count,
                             .vars = part->vars,
                             .strides = part->strides,
                             .size = part->size,
                             .sums = sums};
        if (sums == NULL) return DT_ERR_MEMORY;
        for (size_t j = 0; j < part->size; j++) sums[j] = part->most[j];
        st = dt__vector_push(&p->factors, &factor, f->env);
    }
    for (size_t d = 0; d < f->out->dimensions; d++) {
        int64_t least = INT64_MAX;
        for (size_t i = 0; i < f->date_count; i++) {
            int64_t one = dt__amounts_least_reservation(f->amounts, f->out->parties[d], f->dates[i]);
            least = one < least ? one : least;
        }
        DT__COORDINATE(p, p->coordinate_of[f->out->parties[d]])->threshold = least;
    }
    return st;
}

static uint64_t dimensions_of(const dt__candidates *out, dt__party_set set) {
    uint64_t bits = 0;
    for (size_t d = 0; d < out->dimensions; d++) bits |= (set >> out->parties[d] & 1) << d;
    return bits;
}

/* Who has to agree; complete is false where there are too many ways to agree. */
static dt_status read_consent(dt__candidates *out, const dt__format *format, dt_env *env) {
    dt__party_set all = dt__consent_parties(&format->consent);
    dt__winning_sets winning;
    dt_status st = dt__winning_sets_init(&winning, &format->consent, env);

    for (uint32_t p = 0; p < DT__MAX_PARTIES; p++) {
        if (all >> p & 1) out->parties[out->dimensions++] = p;
    }
    out->complete = st == DT_OK && winning.complete && winning.sets.count <= DT__MAX_WINNING;
    for (size_t s = 0; out->complete && s < winning.sets.count; s++)
        out->winning[out->winning_count++] = dimensions_of(out, *DT__AT(winning.sets, dt__party_set, s));
    dt__vector_clear(&winning.sets, env);
    return st;
}

static dt_status prepare(finder *f, const dt__format *format, dt__arena *arena) {
    dt__candidates *out = f->out;
    dt_status st = dt__problem_init(&f->problem, &f->setting->situation, &format->agenda, f->env);

    if (st != DT_OK) return st;
    st = dt__parts_init(&f->parts, &f->problem, f->amounts, out->parties, out->dimensions, f->setting->no_deal, arena);
    if (st != DT_OK) return st;
    out->words = f->parts.words;
    out->no_deal = f->parts.no_deal_masks;
    lay_out(f);
    f->live = DT__ARENA_ARRAY(arena, bool, f->problem.var_count);
    f->assignment = DT__ARENA_ARRAY(arena, dt__option, f->problem.var_count);
    f->scales = DT__ARENA_ARRAY(arena, double, out->dimensions);
    if (!f->live || !f->assignment || !f->scales) return DT_ERR_MEMORY;
    for (uint32_t d = 0; d < out->dimensions; d++) f->dimension_of[out->parties[d]] = d;
    for (size_t d = 0; d < out->dimensions; d++) f->scales[d] = (double)f->amounts->parties[out->parties[d]].unit;
    return bound_sums(f);
}

dt_status dt__candidates_find(dt__candidates *out, const dt__format *format, const dt__setting *setting,
                              const dt__amounts *amounts, const dt__rational *dates, size_t date_count,
                              dt__arena *arena, dt_env *env) {
    finder f = {
        .amounts = amounts, .setting = setting, .dates = dates, .date_count = date_count, .out = out, .env = env};
    dt_status st;

    *out = (dt__candidates){.issues = setting->situation.model->issue_count};
    st = read_consent(out, format, env);
    for (size_t d = 0; d < out->dimensions; d++) out->ordinal |= !amounts->parties[out->parties[d]].cardinal;
    if (!amounts->bounded) out->complete = false;
    if (st == DT_OK && out->complete && !out->ordinal) {
        st = prepare(&f, format, arena);
        if (st == DT_OK) st = find_all(&f, arena);
    }
    dt__problem_clear(&f.problem);
    return st;
}
