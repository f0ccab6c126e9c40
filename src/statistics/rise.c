#include "statistics/rise.h"

#include <math.h>

#include "base/random.h"
#include "statistics/alarm.h"
#include "statistics/block_bootstrap.h"
#include "statistics/count_table.h"
#include "statistics/long_run.h"

enum { MOST_BLOCKS = 2048, LONGEST_BLOCK = 8, DEPENDENCE_SHOWS = 3 };

/* All periods so far, those of the baseline first; `order`: which of them stands where. */
typedef struct rearranging {
    const dt__rise_rule *rule;
    size_t before, all, allowed;
    double *counts, *exposures, *moved;
    uint32_t *order;
    size_t block;        /* periods that stay together */
    double events;       /* of all */
    dt__scatter scatter; /* of all: it does not depend on their order */
    bool in_full;        /* all are watched alike */
} rearranging;

/* ---- the statistic ---- */

static double exposure_of(dt__periods p, size_t i) {
    return p.exposures == NULL ? 1 : p.exposures[i];
}

/* Highest state over the window so far; *now: the state of its last period. */
static double follow(const rearranging *a, const double *counts, double rate, double *now) {
    dt__cusum c = {.mean = rate * a->exposures[0], .size = a->scatter.size, .factor = a->rule->factor};
    dt__cusum_weights weights = dt__cusum_weigh(&c);
    double state = 0, highest = 0;

    for (size_t i = a->before; i < a->all; i++) {
        if (!a->in_full) {
            c.mean = rate * a->exposures[i];
            weights = dt__cusum_weigh(&c);
        }
        state = dt__cusum_next(weights, state, counts[i]);
        if (state > highest) highest = state;
    }
    *now = state;
    return highest;
}

/* ---- rearranged ---- */

static double thinned(double count, double share, dt__random *r) {
    double kept = 0;
    for (uint64_t i = (uint64_t)count; i > 0; i--) kept += dt__random_uniform(r) < share;
    return kept;
}

/* The count of one period, had it been watched as another was: gamma rates, of which the count tells its own. */
static double as_watched(const rearranging *a, size_t of, size_t at, dt__random *r) {
    double count = a->counts[of], own = a->exposures[of], wanted = a->exposures[at], size = a->scatter.size;
    double more = wanted - own;

    if (!(fabs(more) > 0)) return count;
    if (more < 0) return thinned(count, wanted / own, r);
    if (isinf(size)) return count + dt__count_draw_once(a->scatter.mean * more, size, r);
    return count + dt__count_draw_once((size + count) * more / (size / a->scatter.mean + own), size + count, r);
}

/* Blocks of neighbours change places, the first and the last of them cut off at random. */
static void shuffle_blocks(const rearranging *a, dt__random *r) {
    uint32_t begins[MOST_BLOCKS], length = (uint32_t)a->block, cut = dt__random_below(r, length);
    size_t count = 0, at = 0;

    for (size_t i = 0; i < a->all && count < MOST_BLOCKS; i += i == 0 && cut > 0 ? cut : length)
        begins[count++] = (uint32_t)i;
    while (count > 0) {
        size_t taken = dt__random_below(r, (uint32_t)count);
        size_t end = begins[taken] == 0 && cut > 0 ? cut : begins[taken] + length;
        for (size_t i = begins[taken]; i < end && i < a->all; i++) a->order[at++] = (uint32_t)i;
        begins[taken] = begins[--count];
    }
}

/* Each place of the window takes one of those that are left (Durstenfeld 1964); the rest is the baseline. */
static void shuffle(const rearranging *a, dt__random *r) {
    for (size_t i = a->all; i-- > a->before;) {
        size_t other = dt__random_below(r, (uint32_t)i + 1);
        uint32_t kept = a->order[i];
        a->order[i] = a->order[other];
        a->order[other] = kept;
    }
}

static double one_rearrangement(const rearranging *a, uint64_t run) {
    double events = 0, time = 0, now;
    size_t from = a->in_full ? a->before : 0;
    dt__random r;

    dt__random_init(&r, a->rule->seed, run, 0);
    if (a->block > 1) shuffle_blocks(a, &r);
    else shuffle(a, &r);
    for (size_t i = from; i < a->all; i++) {
        a->moved[i] = a->in_full ? a->counts[a->order[i]] : as_watched(a, a->order[i], i, &r);
        if (i < a->before) events += a->moved[i];
    }
    for (size_t i = a->before; a->in_full && i < a->all; i++) events += a->moved[i];
    if (a->in_full) events = a->events - events; /* whole numbers: nothing is lost */
    for (size_t i = 0; i < a->before; i++) time += a->exposures[i];
    return follow(a, a->moved, events / time, &now);
}

/* Is the state so high that few rearrangements come up to it?  As soon as there are too many, no more are needed.
 * Rounding is no difference. */
static bool is_rare(const rearranging *a, double state) {
    size_t as_high = 0;

    for (size_t run = 0; run < a->rule->runs && as_high < a->allowed; run++)
        as_high += one_rearrangement(a, run) >= state * (1 - 1e-12);
    return as_high < a->allowed;
}

/* ---- the whole ---- */

static void lay_out(rearranging *a, dt__periods baseline, dt__periods window) {
    a->in_full = true;
    for (size_t i = 0; i < baseline.count + window.count; i++) {
        bool earlier = i < a->before;
        a->counts[i] = earlier ? baseline.counts[i] : window.counts[i - a->before];
        a->exposures[i] = earlier ? exposure_of(baseline, i) : exposure_of(window, i - a->before);
        if (fabs(a->exposures[i] - a->exposures[0]) > 0) a->in_full = false;
    }
}

/* The periods until now, and their moments. */
static void stand_at(rearranging *a, size_t all) {
    a->all = all;
    a->events = 0;
    for (size_t i = 0; i < all; i++) {
        a->events += a->counts[i];
        a->order[i] = (uint32_t)i;
    }
    a->scatter = dt__scatter_exposed(a->counts, a->exposures, all);
}

static double rate_before(const rearranging *a) {
    double events = 0, time = 0;

    for (size_t i = 0; i < a->before; i++) {
        events += a->counts[i];
        time += a->exposures[i];
    }
    return events / time;
}

/* Only a period on which the CUSUM is as high as never before can raise an alarm.  The states depend on the moments so
 * far, and are followed anew with each period. */
static void look_at_each(dt__rise *rise, rearranging *a, size_t window) {
    double rate = rate_before(a), now;

    for (size_t n = 1; n <= window && !rise->alarm; n++) {
        stand_at(a, a->before + n);
        rise->highest = follow(a, a->counts, rate, &now);
        if (!(now > 0) || now < rise->highest) continue;
        rise->alarm = is_rare(a, now);
        rise->first = n - 1;
    }
}

/* Where the periods of the baseline seem to depend on one another, neighbours stay together: about four times as long
 * as the sum of their correlations. */
static size_t block_for(dt__periods baseline, size_t all) {
    dt__long_run l = dt__long_run_of(baseline);
    double length = 1 + 4 * l.carry / (1 - l.carry);

    if (l.freedom < DEPENDENCE_SHOWS || all > MOST_BLOCKS) return 1;
    if (!(dt__autocorrelation(baseline) > 0.5 / sqrt((double)baseline.count))) return 1;
    return length < LONGEST_BLOCK ? (size_t)(length + 0.5) : LONGEST_BLOCK;
}

/* Of 1,000 rearrangements, the real order among them, so many may be as high. */
static size_t allowed_by(const dt__rise_rule *rule, size_t window) {
    size_t looks = rule->planned > window ? rule->planned : window;
    return (size_t)floor(rule->budget / (1 + 1.1 * log((double)looks)) * (double)(rule->runs + 1) * (1 + 1e-12));
}

dt_status dt__rise_watch(dt__rise *rise, dt__periods baseline, dt__periods window, const dt__rise_rule *rule,
                         dt_env *env) {
    size_t all = baseline.count + window.count;
    rearranging a = {.rule = rule, .before = baseline.count, .all = all};
    dt_status st = DT_ERR_MEMORY;

    *rise = (dt__rise){.alarm = false};
    if (baseline.count == 0 || window.count == 0 || (a.allowed = allowed_by(rule, window.count)) == 0) return DT_OK;
    a.counts = DT__ARRAY(env, double, 3 * all);
    a.order = DT__ARRAY(env, uint32_t, all);
    if (a.counts != NULL && a.order != NULL) {
        a.exposures = a.counts + all;
        a.moved = a.exposures + all;
        lay_out(&a, baseline, window);
        a.block = block_for(baseline, all);
        look_at_each(rise, &a, window.count);
        st = DT_OK;
    }
    DT__FREE(env, a.counts, 3 * all);
    DT__FREE(env, a.order, all);
    return st;
}
