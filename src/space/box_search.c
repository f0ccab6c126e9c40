#include "space/box_search.h"

#include <math.h>
#include <string.h>

enum { LIVE = 0, ENTERED, MISSED, LEFT_OUT };         /* of a box */
enum { FIRST_PASSES = 40, PASSES = 3, POLLED = 256 }; /* of the bound at the root, and below */
#define ROUNDING 4e-12 /* of sums of a few thousand doubles, as a share of the size of what is added */

/* A node of the search: where it stands. */
typedef struct frame {
    dt__classes *domains; /* per variable */
    uint8_t *state;       /* per box worth something */
    double *own, *joint;  /* per side: shares in the bounds on its own dimension, and on the weighted sum */
} frame;

struct dt__box_searcher {
    const dt__boxes *b;
    dt_env *env;
    dt__arena *arena;
    uint32_t total;      /* classes of all issues */
    uint32_t side_count; /* of boxes worth something */
    dt__vector frames;   /* frame */
    double *sums;        /* scratch of the bound: per class */
    dt__int128 *values;  /* scratch: of an outcome */
    dt__option *choice, *tried;
    uint32_t *pick; /* per variable: class that the bound on the weighted sum chooses */
    double *party_bounds;
    const dt__box_goal *goal;
    dt__box_result *result;
    double best, slack; /* weighted sum found; error of rounding */
    double floor;       /* weighted sum that every outcome above the corner exceeds */
    bool stopped;
};

static double weight_of(const dt__box_searcher *s, const dt__box *box) {
    return s->goal->weights[box->dimension] * box->value;
}

/* ---- frames ---- */

static dt_status frame_init(frame *f, const dt__box_searcher *s) {
    f->domains = DT__ARENA_ARRAY(s->arena, dt__classes, s->b->var_count);
    f->state = DT__ARENA_ARRAY(s->arena, uint8_t, s->b->boxes.count);
    f->own = DT__ARENA_ARRAY(s->arena, double, s->side_count);
    f->joint = DT__ARENA_ARRAY(s->arena, double, s->side_count);
    return f->domains && f->state && f->own && f->joint ? DT_OK : DT_ERR_MEMORY;
}

static dt_status frame_at(frame **out, dt__box_searcher *s, uint32_t depth) {
    dt_status st = DT_OK;

    while (s->frames.count <= depth && st == DT_OK) {
        frame f;
        st = frame_init(&f, s);
        if (st == DT_OK && s->frames.count == s->frames.capacity) { /* grows within the arena */
            size_t capacity = s->frames.capacity == 0 ? 64 : 2 * s->frames.capacity;
            frame *grown = DT__ARENA_ARRAY(s->arena, frame, capacity);
            if (grown == NULL) return DT_ERR_MEMORY;
            if (s->frames.count > 0) memcpy(grown, s->frames.items, s->frames.count * sizeof *grown);
            s->frames.items = grown;
            s->frames.capacity = capacity;
        }
        if (st == DT_OK) *DT__AT(s->frames, frame, s->frames.count++) = f;
    }
    if (st == DT_OK) *out = DT__AT(s->frames, frame, depth);
    return st;
}

static void copy_frame(const dt__box_searcher *s, frame *to, const frame *from) {
    memcpy(to->domains, from->domains, s->b->var_count * sizeof *to->domains);
    memcpy(to->state, from->state, s->b->boxes.count * sizeof *to->state);
    memcpy(to->own, from->own, s->side_count * sizeof *to->own);
    memcpy(to->joint, from->joint, s->side_count * sizeof *to->joint);
}

static void reset_frame(const dt__box_searcher *s, frame *f) {
    const dt__boxes *b = s->b;

    memcpy(f->domains, b->allowed, b->var_count * sizeof *f->domains);
    for (size_t i = 0; i < b->boxes.count; i++) {
        const dt__box *box = DT__BOX(b, i);
        f->state[i] = LIVE;
        for (uint32_t j = 0; i < b->worthy && j < box->count; j++) {
            f->own[box->start + j] = box->value / box->count;
            f->joint[box->start + j] = weight_of(s, box) / box->count;
        }
    }
}

/* ---- narrowing ---- */

/* What the domains say about a box: MISSED, ENTERED, or LIVE with the number of open sides and the last of them. */
static int look_at(const dt__boxes *b, const frame *f, const dt__box *box, uint32_t *open, uint32_t *last) {
    *open = 0;
    for (uint32_t j = box->start; j < box->start + box->count; j++) {
        dt__classes domain = f->domains[dt__side_var(b, j)], inside = dt__side_classes(b, j);
        if ((domain & inside) == 0) return MISSED;
        if ((domain & ~inside) == 0) continue;
        ++*open;
        *last = j;
    }
    return *open == 0 ? ENTERED : LIVE;
}

/* Boxes that may not be entered take classes away until nothing changes; false when no outcome is left. */
static bool narrow(const dt__boxes *b, frame *f) {
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < b->boxes.count; i++) {
            const dt__box *box = DT__BOX(b, i);
            uint32_t open, last = 0;
            int state;
            if (i < b->worthy && f->state[i] != LEFT_OUT) continue;
            if (i >= b->worthy && f->state[i] == MISSED) continue;
            state = look_at(b, f, box, &open, &last);
            if (state == ENTERED) return false;
            if (state == MISSED && i >= b->worthy) f->state[i] = MISSED;
            if (state == MISSED || open != 1) continue;
            f->domains[dt__side_var(b, last)] &= ~dt__side_classes(b, last);
            changed = true;
        }
    }
    for (size_t i = 0; i < b->worthy; i++) {
        uint32_t open, last;
        if (f->state[i] == LIVE) f->state[i] = (uint8_t)look_at(b, f, DT__BOX(b, i), &open, &last);
    }
    return true;
}

/* ---- the bound ---- */

/* One bound: on a dimension, or (dimension == dimensions) on the weighted sum. */
typedef struct bound {
    uint32_t dimension;
    double *shares, *sums;
    double fixed;
} bound;

static bool counts(const dt__box_searcher *s, const bound *m, const dt__box *box) {
    return m->dimension == s->b->dimensions || box->dimension == m->dimension;
}

static double worth(const dt__box_searcher *s, const bound *m, const dt__box *box) {
    return m->dimension == s->b->dimensions ? weight_of(s, box) : box->value;
}

static void add_to_classes(const dt__box_searcher *s, const frame *f, bound *m, uint32_t side, double amount) {
    uint32_t var = dt__side_var(s->b, side);
    double *sums = m->sums + s->b->class_start[var];

    for (dt__classes left = f->domains[var] & dt__side_classes(s->b, side); left != 0; left &= left - 1)
        sums[__builtin_ctzll(left)] += amount;
}

static void bound_init(const dt__box_searcher *s, const frame *f, bound *m) {
    const dt__boxes *b = s->b;

    m->fixed = 0;
    if (m->dimension < b->dimensions) {
        memcpy(m->sums, b->values + (size_t)m->dimension * s->total, s->total * sizeof *m->sums);
        m->fixed = b->constants[m->dimension];
    } else {
        memset(m->sums, 0, s->total * sizeof *m->sums);
        for (size_t d = 0; d < b->dimensions; d++) {
            m->fixed += s->goal->weights[d] * b->constants[d];
            for (uint32_t c = 0; c < s->total; c++) m->sums[c] += s->goal->weights[d] * b->values[d * s->total + c];
        }
    }
    for (size_t i = 0; i < b->worthy; i++) {
        const dt__box *box = DT__BOX(b, i);
        if (!counts(s, m, box)) continue;
        if (f->state[i] == ENTERED) m->fixed += worth(s, m, box);
        for (uint32_t j = box->start; f->state[i] == LIVE && j < box->start + box->count; j++)
            add_to_classes(s, f, m, j, m->shares[j]);
    }
}

/* How much a side can take on before its issue would rather choose from within the box; 0 for a side that is entered
 * anyway: there a share costs its full value. */
static double gap_of(const dt__box_searcher *s, const frame *f, const bound *m, uint32_t side) {
    uint32_t var = dt__side_var(s->b, side);
    const double *sums = m->sums + s->b->class_start[var];
    dt__classes domain = f->domains[var], inside = dt__side_classes(s->b, side);
    double in = -INFINITY, out = -INFINITY;

    for (dt__classes left = domain & inside; left != 0; left &= left - 1) in = fmax(in, sums[__builtin_ctzll(left)]);
    for (dt__classes left = domain & ~inside; left != 0; left &= left - 1) out = fmax(out, sums[__builtin_ctzll(left)]);
    return fmax(out - (in - m->shares[side]), 0);
}

/* Moves a box's value to the sides where it costs least. */
static void share_out(const dt__box_searcher *s, const frame *f, bound *m, const dt__box *box) {
    double gaps[32], total = 0, value = worth(s, m, box);
    uint32_t open = 0;

    for (uint32_t j = 0; j < box->count; j++) {
        gaps[j] = gap_of(s, f, m, box->start + j);
        total += gaps[j];
        open += (f->domains[dt__side_var(s->b, box->start + j)] & ~dt__side_classes(s->b, box->start + j)) != 0;
    }
    for (uint32_t j = 0; j < box->count; j++) {
        uint32_t side = box->start + j;
        bool is_open = (f->domains[dt__side_var(s->b, side)] & ~dt__side_classes(s->b, side)) != 0;
        double share = total >= value ? value * gaps[j] / (total > 0 ? total : 1)
                                      : gaps[j] + (is_open ? (value - total) / open : 0);
        add_to_classes(s, f, m, side, share - m->shares[side]);
        m->shares[side] = share;
    }
}

static double bound_sum(const dt__box_searcher *s, const frame *f, const bound *m) {
    double sum = m->fixed;

    for (uint32_t v = 0; v < s->b->var_count; v++) {
        const double *sums = m->sums + s->b->class_start[v];
        double most = -INFINITY;
        for (dt__classes left = f->domains[v]; left != 0; left &= left - 1) {
            uint32_t c = (uint32_t)__builtin_ctzll(left);
            if (!(sums[c] > most)) continue;
            most = sums[c];
            s->pick[v] = c;
        }
        sum += most;
    }
    return sum;
}

static double bound_on(const dt__box_searcher *s, frame *f, uint32_t dimension, unsigned passes) {
    bound m = {.dimension = dimension, .shares = dimension == s->b->dimensions ? f->joint : f->own, .sums = s->sums};

    bound_init(s, f, &m);
    for (unsigned pass = 0; pass < passes; pass++) {
        for (size_t i = 0; i < s->b->worthy; i++) {
            const dt__box *box = DT__BOX(s->b, i);
            if (f->state[i] == LIVE && counts(s, &m, box)) share_out(s, f, &m, box);
        }
    }
    return bound_sum(s, f, &m);
}

/* ---- outcomes ---- */

/* Does it keep what is hard?  Worth of it in every dimension, exactly. */
static bool evaluate(const dt__box_searcher *s, const dt__option *choice, dt__int128 *values) {
    const dt__boxes *b = s->b;
    const dt__problem *p = b->query->problem;

    memset(values, 0, b->dimensions * sizeof *values);
    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        if (f->kind == DT__FACTOR_BIT) {
            if (b->query->bit_roles[f->target] == DT__HARD && f->crossed[dt__factor_index(f, choice)]) return false;
            continue;
        }
        for (size_t d = 0; d < b->dimensions; d++) {
            if (b->coordinates[d] == f->target) values[d] += f->sums[dt__factor_index(f, choice)];
        }
    }
    return true;
}

static double weighted(const dt__box_searcher *s, const dt__int128 *values) {
    double sum = 0;
    for (size_t d = 0; d < s->b->dimensions; d++) sum += s->goal->weights[d] * (double)values[d];
    return sum;
}

/* Keeps the outcome if it is above the corner and better than the best known. */
static bool offer(dt__box_searcher *s, const dt__option *choice) {
    dt__box_result *r = s->result;
    double sum;

    if (!evaluate(s, choice, s->values)) return false;
    for (size_t d = 0; d < s->b->dimensions; d++) {
        if (s->values[d] <= s->goal->above[d]) return false;
    }
    sum = weighted(s, s->values);
    if (r->found && sum <= s->best) return false;
    r->found = true;
    s->best = sum;
    memcpy(r->values, s->values, s->b->dimensions * sizeof *r->values);
    memcpy(r->choice, choice, s->b->var_count * sizeof *r->choice);
    return true;
}

/* The outcome that the bound chooses, and what one change at a time makes of it. */
static void offer_pick(dt__box_searcher *s) {
    const dt__boxes *b = s->b;

    for (uint32_t v = 0; v < b->var_count; v++) s->choice[v] = b->members[b->class_start[v] + s->pick[v]];
    offer(s, s->choice);
}

/* One issue at a time, as long as it helps: from the best outcome known. */
static void improve(dt__box_searcher *s) {
    const dt__boxes *b = s->b;

    for (bool better = s->result->found; better;) {
        better = false;
        memcpy(s->tried, s->result->choice, b->var_count * sizeof *s->tried);
        for (uint32_t v = 0; v < b->var_count; v++) {
            dt__option stand = s->tried[v];
            for (uint32_t c = b->class_start[v]; c < b->class_start[v + 1]; c++) {
                s->tried[v] = b->members[c];
                if (s->tried[v] != stand && offer(s, s->tried)) {
                    stand = s->tried[v];
                    better = true;
                }
            }
            s->tried[v] = stand;
        }
    }
}

/* ---- branching ---- */

/* How much more than it brings a box counts in the bound, at what the bound chooses. */
static double overcount(const dt__box_searcher *s, const frame *f, const dt__box *box) {
    double counted = 0;
    bool all = true;

    for (uint32_t j = box->start; j < box->start + box->count; j++) {
        bool in = dt__side_classes(s->b, j) >> s->pick[dt__side_var(s->b, j)] & 1;
        if (in) counted += f->joint[j];
        all &= in;
    }
    return all ? counted - weight_of(s, box) : counted;
}

/* The live box that the bound is most wrong about; of equals the weightiest; count when none is live. */
static size_t choose_box(const dt__box_searcher *s, const frame *f) {
    size_t best = s->b->worthy;
    double most = 0, heaviest = 0;

    for (size_t i = 0; i < s->b->worthy; i++) {
        const dt__box *box = DT__BOX(s->b, i);
        double over, weight;
        if (f->state[i] != LIVE) continue;
        over = overcount(s, f, box);
        weight = weight_of(s, box);
        if (best < s->b->worthy && (over < most - s->slack || (over <= most + s->slack && weight <= heaviest)))
            continue;
        best = i;
        most = over;
        heaviest = weight;
    }
    return best;
}

/* The issue whose classes differ most in the weighted sum; var_count when every issue is settled. */
static uint32_t choose_var(const dt__box_searcher *s, const frame *f) {
    uint32_t best = s->b->var_count;
    double most = -1;

    for (uint32_t v = 0; v < s->b->var_count; v++) {
        double spread = 0;
        if ((f->domains[v] & (f->domains[v] - 1)) == 0) continue;
        for (size_t d = 0; d < s->b->dimensions; d++) {
            const double *values = s->b->values + d * s->total + s->b->class_start[v];
            double low = INFINITY, high = -INFINITY;
            for (dt__classes left = f->domains[v]; left != 0; left &= left - 1) {
                low = fmin(low, values[__builtin_ctzll(left)]);
                high = fmax(high, values[__builtin_ctzll(left)]);
            }
            spread += s->goal->weights[d] * (high - low);
        }
        if (spread <= most) continue;
        most = spread;
        best = v;
    }
    return best;
}

/* Outcomes of this node stay unlooked at: what they are worth at most is noted. */
static void leave(dt__box_searcher *s, double sum, const double *parties) {
    s->result->bound = fmax(s->result->bound, sum);
    for (size_t d = 0; d < s->b->dimensions; d++) s->result->upper[d] = fmax(s->result->upper[d], parties[d]);
}

static dt_status descend(dt__box_searcher *s, uint32_t depth);

/* The child is in the frame below; narrowed and entered. */
static dt_status enter(dt__box_searcher *s, uint32_t depth, double sum, const double *parties) {
    frame *child = DT__AT(s->frames, frame, depth);

    if (s->stopped) {
        s->result->closed = false;
        leave(s, sum, parties);
        return DT_OK;
    }
    return narrow(s->b, child) ? descend(s, depth) : DT_OK;
}

static dt_status branch_on_box(dt__box_searcher *s, uint32_t depth, size_t at, double sum, const double *parties) {
    const dt__box *box = DT__BOX(s->b, at);
    frame *child;
    dt_status st = frame_at(&child, s, depth + 1);

    if (st != DT_OK) return st;
    copy_frame(s, child, DT__AT(s->frames, frame, depth));
    for (uint32_t j = box->start; j < box->start + box->count; j++)
        child->domains[dt__side_var(s->b, j)] &= dt__side_classes(s->b, j);
    if ((st = enter(s, depth + 1, sum, parties)) != DT_OK) return st;
    child = DT__AT(s->frames, frame, depth + 1);
    copy_frame(s, child, DT__AT(s->frames, frame, depth));
    child->state[at] = LEFT_OUT;
    return enter(s, depth + 1, sum, parties);
}

static dt_status branch_on_var(dt__box_searcher *s, uint32_t depth, uint32_t var, double sum, const double *parties) {
    dt__classes left = DT__AT(s->frames, frame, depth)->domains[var];
    dt__classes first = (dt__classes)1 << s->pick[var];
    frame *child;
    dt_status st = frame_at(&child, s, depth + 1);

    for (int half = 0; half < 2 && st == DT_OK; half++) { /* what the bound chooses, then the rest */
        child = DT__AT(s->frames, frame, depth + 1);
        copy_frame(s, child, DT__AT(s->frames, frame, depth));
        child->domains[var] = half == 0 ? first : left & ~first;
        st = enter(s, depth + 1, sum, parties);
    }
    return st;
}

/* Bounds on the node; false when nothing in it can be above the corner. */
static bool reaches(dt__box_searcher *s, frame *f, double *parties, unsigned passes) {
    for (uint32_t d = 0; d < s->b->dimensions; d++) {
        double slack = ROUNDING * s->b->scales[d];
        parties[d] = bound_on(s, f, d, passes) + slack;
        if (parties[d] < (double)s->goal->above[d] + 1 - slack) return false;
    }
    return true;
}

static dt_status descend(dt__box_searcher *s, uint32_t depth) {
    frame *f = DT__AT(s->frames, frame, depth);
    unsigned passes = depth == 0 ? FIRST_PASSES : PASSES;
    double parties[DT__MAX_PARTIES] = {0}, sum;
    uint32_t var;
    size_t box;

    if (s->result->nodes % POLLED == 0) {
        dt_status st = dt__poll(s->env);
        if (st != DT_OK) return st;
        s->stopped |= dt__overdue(s->env);
    }
    s->stopped |= ++s->result->nodes >= s->goal->nodes && depth > 0;
    if (!reaches(s, f, parties, passes)) return DT_OK;
    sum = bound_on(s, f, (uint32_t)s->b->dimensions, passes) + s->slack;
    if (sum < s->floor - s->slack) return DT_OK;
    offer_pick(s);
    if (depth == 0) improve(s);
    if (s->result->found && sum <= s->best + 2 * s->slack) {
        leave(s, sum, parties);
        return DT_OK;
    }
    box = choose_box(s, f);
    if (box < s->b->worthy) {
        return branch_on_box(s, depth, box, sum, parties);
    }
    var = choose_var(s, f);
    return var < s->b->var_count ? branch_on_var(s, depth, var, sum, parties) : DT_OK;
}

/* ---- the whole ---- */

dt__box_searcher *dt__box_searcher_new(const dt__boxes *boxes, dt__arena *arena, dt_env *env) {
    dt__box_searcher *s = DT__ARENA_NEW(arena, dt__box_searcher);

    if (s == NULL) return NULL;
    *s = (dt__box_searcher){.b = boxes, .env = env, .arena = arena, .total = boxes->class_start[boxes->var_count]};
    for (size_t i = 0; i < boxes->worthy; i++) s->side_count += DT__BOX(boxes, i)->count;
    s->sums = DT__ARENA_ARRAY(arena, double, s->total);
    s->values = DT__ARENA_ARRAY(arena, dt__int128, boxes->dimensions);
    s->choice = DT__ARENA_ARRAY(arena, dt__option, boxes->var_count);
    s->tried = DT__ARENA_ARRAY(arena, dt__option, boxes->var_count);
    s->pick = DT__ARENA_ARRAY(arena, uint32_t, boxes->var_count);
    return s->sums && s->values && s->choice && s->tried && s->pick ? s : NULL;
}

dt_status dt__box_search(dt__box_result *r, dt__box_searcher *s, const dt__box_goal *goal) {
    frame *root;
    dt_status st;

    s->goal = goal;
    s->result = r;
    s->stopped = false;
    s->slack = 0;
    for (size_t d = 0; d < s->b->dimensions; d++) s->slack += ROUNDING * goal->weights[d] * s->b->scales[d];
    s->floor = 0;
    for (size_t d = 0; d < s->b->dimensions; d++)
        s->floor += goal->weights[d] * fmax((double)goal->above[d] + 1, s->b->least[d]);
    r->found = false;
    r->closed = true;
    r->bound = -INFINITY;
    r->nodes = 0;
    for (size_t d = 0; d < s->b->dimensions; d++) r->upper[d] = -INFINITY;
    if (!s->b->possible) return DT_OK;
    if ((st = frame_at(&root, s, 0)) != DT_OK) return st;
    reset_frame(s, root);
    for (uint32_t v = 0; v < s->b->var_count; v++) {
        if (root->domains[v] == 0) return DT_OK;
    }
    if (narrow(s->b, root)) st = descend(s, 0);
    if (st == DT_OK && r->found) {
        double before = s->best;
        improve(s);
        if (s->best > before) r->bound = fmax(r->bound, s->best);
        r->bound = fmax(r->bound, s->best + 2 * s->slack);
    }
    return st;
}
