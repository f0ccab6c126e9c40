#include "statistics/rise.h"

#include <math.h>

#include "base/random.h"
#include "statistics/alarm.h"
#include "statistics/count_table.h"

/* All periods, those of the baseline first; `order`: which of them stands where. */
typedef struct rearranging {
    const dt__rise_rule *rule;
    size_t before, all, allowed;
    double *counts, *exposures, *moved;
    uint32_t *order;
    double events, time; /* of all */
    dt__scatter scatter; /* of all: it does not depend on their order */
    bool in_full;        /* all are watched alike */
} rearranging;

/* ---- the statistic ---- */

static double exposure_of(dt__periods p, size_t i) {
    return p.exposures == NULL ? 1 : p.exposures[i];
}

/* Highest state over the window; *first: where it is above the threshold for the first time, else `all`. */
static double follow(const rearranging *a, const double *counts, double rate, double threshold, size_t *first) {
    dt__cusum c = {.mean = rate * a->exposures[0], .size = a->scatter.size, .factor = a->rule->factor};
    dt__cusum_weights weights = dt__cusum_weigh(&c);
    double state = 0, highest = 0;

    *first = a->all;
    for (size_t i = a->before; i < a->all; i++) {
        if (!a->in_full) {
            c.mean = rate * a->exposures[i];
            weights = dt__cusum_weigh(&c);
        }
        state = dt__cusum_next(weights, state, counts[i]);
        if (state > highest) highest = state;
        if (*first == a->all && state > threshold) *first = i;
    }
    return highest;
}

/* ---- rearranged ---- */

static double thinned(double count, double share, dt__random *r) {
    double kept = 0;
    for (double i = 0; i < count; i++) kept += dt__random_uniform(r) < share;
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
    double events = 0, time = 0;
    size_t first, from = a->in_full ? a->before : 0;
    dt__random r;

    dt__random_init(&r, a->rule->seed, run, 0);
    shuffle(a, &r);
    for (size_t i = from; i < a->all; i++) {
        a->moved[i] = a->in_full ? a->counts[a->order[i]] : as_watched(a, a->order[i], i, &r);
        if (i < a->before) events += a->moved[i];
    }
    for (size_t i = a->before; a->in_full && i < a->all; i++) events += a->moved[i];
    if (a->in_full) events = a->events - events; /* whole numbers: nothing is lost */
    for (size_t i = 0; i < a->before; i++) time += a->exposures[i];
    return follow(a, a->moved, events / time, INFINITY, &first);
}

/* The largest of the values seen so far, as many as may reach an alarm, the least of them first after one more. */
static void keep_largest(double *largest, size_t *kept, size_t room, double value) {
    size_t at;

    if (*kept == room && value <= largest[room - 1]) return;
    if (*kept < room) (*kept)++;
    for (at = *kept - 1; at > 0 && largest[at - 1] < value; at--) largest[at] = largest[at - 1];
    largest[at] = value;
}

/* As soon as so many are as high that there is no alarm, no more are needed.  Rounding is no difference. */
static void compare(dt__rise *rise, rearranging *a, double *largest, double rate) {
    size_t kept = 0, as_high = 0;

    for (size_t run = 0; run < a->rule->runs && as_high < a->allowed; run++) {
        double value = one_rearrangement(a, run);
        as_high += value >= rise->highest * (1 - 1e-12);
        keep_largest(largest, &kept, a->allowed, value);
    }
    if (as_high >= a->allowed) return;
    rise->alarm = true;
    rise->threshold = largest[a->allowed - 1] * (1 + 1e-12);
    (void)follow(a, a->counts, rate, rise->threshold, &rise->first);
    rise->first -= a->before;
}

/* ---- the whole ---- */

static void lay_out(rearranging *a, dt__periods baseline, dt__periods window) {
    a->in_full = true;
    for (size_t i = 0; i < a->all; i++) {
        bool earlier = i < a->before;
        a->counts[i] = earlier ? baseline.counts[i] : window.counts[i - a->before];
        a->exposures[i] = earlier ? exposure_of(baseline, i) : exposure_of(window, i - a->before);
        a->events += a->counts[i];
        a->time += a->exposures[i];
        a->order[i] = (uint32_t)i;
        if (fabs(a->exposures[i] - a->exposures[0]) > 0) a->in_full = false;
    }
    a->scatter = dt__scatter_exposed(a->counts, a->exposures, a->all);
}

static double rate_before(const rearranging *a) {
    double events = 0, time = 0;

    for (size_t i = 0; i < a->before; i++) {
        events += a->counts[i];
        time += a->exposures[i];
    }
    return events / time;
}

dt_status dt__rise_watch(dt__rise *rise, dt__periods baseline, dt__periods window, const dt__rise_rule *rule,
                         dt_env *env) {
    rearranging a = {.rule = rule, .before = baseline.count, .all = baseline.count + window.count};
    double *largest;
    size_t first;
    dt_status st = DT_OK;

    *rise = (dt__rise){.threshold = NAN};
    a.allowed = (size_t)floor(rule->budget * (double)(rule->runs + 1) * (1 + 1e-12));
    if (baseline.count == 0 || window.count == 0 || a.allowed == 0) return DT_OK;
    a.counts = DT__ARRAY(env, double, 3 * a.all);
    a.order = DT__ARRAY(env, uint32_t, a.all);
    largest = DT__ARRAY(env, double, a.allowed);
    if (a.counts == NULL || a.order == NULL || largest == NULL) {
        st = DT_ERR_MEMORY;
        goto done;
    }
    a.exposures = a.counts + a.all;
    a.moved = a.exposures + a.all;
    lay_out(&a, baseline, window);
    rise->highest = follow(&a, a.counts, rate_before(&a), INFINITY, &first);
    if (rise->highest > 0) compare(rise, &a, largest, rate_before(&a));
done:
    DT__FREE(env, a.counts, 3 * a.all);
    DT__FREE(env, a.order, a.all);
    DT__FREE(env, largest, a.allowed);
    return st;
}
