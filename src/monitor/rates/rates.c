/* A window against the days before it: rate ratios within one source, beside those of the others and a control. */
#include <math.h>
#include <string.h>

#include "monitor/rates/comparing.h"
#include "statistics/long_run.h"

/* Blocks are drawn from so many days on; with so many degrees of freedom (25 days) dependence shows. */
enum { EXACT_BELOW = 30, RESAMPLES = 1000, BLOCKS_AT_LEAST = 7, DEPENDENCE_SHOWS = 3 };
enum { OF_WINDOW = 0, OF_BASELINE }; /* streams of random numbers */

/* The last day with an occurrence, or with somebody watching, on a zone's clocks. */
static int64_t last_day_of(const dt__ledger *l) {
    int64_t filed = dt__local_day(NULL, l->last_filed);

    return l->last_watched > filed ? l->last_watched : filed;
}

void dt__window_days(const dt__ledger *l, const dt__obligation *o, int64_t *from, int64_t *until) {
    *from = *until = 0;
    if (o->when.lo == DT__MOMENT_ALWAYS) return;
    *from = dt__local_day(o->zone, o->when.lo);
    *until = o->when.hi == DT__MOMENT_NEVER ? *from + l->opts->baseline : dt__local_day(o->zone, o->when.hi - 1) + 1;
    if (l->last_filed == DT__MOMENT_ALWAYS) *until = *from;
    else if (*until > last_day_of(l) + 1) *until = last_day_of(l) + 1;
    if (*until < *from) *until = *from;
}

/* ---- windows of other agreements ---- */

static bool forbids_the_same(const dt__clause_reading *a, const dt__clause_reading *b) {
    for (size_t i = 0; i < a->act_count; i++)
        if (dt__act_among(a->acts[i], b->acts, b->act_count) != DT__NO) return true;
    return false;
}

/* Windows of other agreements, or of all, first as the days on which they begin (+1) and have ended (-1). */
static void mark_windows(const dt__comparing *w, int32_t *marks, bool or_own) {
    const dt__truces *t = &w->truces;

    for (size_t i = 0; i < w->l->window_count; i++) {
        const dt__window *x = &w->l->windows[i];
        int64_t from, until;
        if ((x->agreement == w->o->agreement && !or_own) || !x->sweeping || x->when.lo == DT__MOMENT_ALWAYS ||
            x->when.hi == DT__MOMENT_NEVER)
            continue;
        from = dt__local_day(w->o->zone, x->when.lo) - t->first;
        until = dt__local_day(w->o->zone, x->when.hi - 1) + 1 - t->first;
        if (until <= 0 || from >= (int64_t)t->days || until <= from || !forbids_the_same(x->terms, w->o->terms))
            continue;
        marks[from > 0 ? from : 0]++;
        marks[until < (int64_t)t->days ? until : (int64_t)t->days]--;
    }
}

/* Of those marks: for each day, on how many before it some window was open. */
static void count_truce_days(int32_t *marks, size_t days) {
    int32_t open = 0, count = 0;

    for (size_t i = 0; i <= days; i++) {
        open += marks[i];
        marks[i] = count;
        count += open > 0;
    }
}

/* All days that some source tells of. */
static dt__span days_told(const dt__ledger *l) {
    dt__span told = {0, 0};

    for (size_t i = 0; i < l->daily_count; i++) {
        int64_t from = l->daily[i].first, until = from + (int64_t)l->daily[i].days;
        if (i == 0 || from < told.from) told.from = from;
        if (i == 0 || until > told.until) told.until = until;
    }
    return told;
}

static dt_status find_truces(dt__comparing *w) {
    dt__truces *t = &w->truces;
    dt__span told = days_told(w->l);

    t->first = told.from;
    t->days = (size_t)(told.until - told.from);
    t->others = DT__ARRAY(w->l->env, int32_t, t->days + 1);
    t->all = DT__ARRAY(w->l->env, int32_t, t->days + 1);
    if (t->others == NULL || t->all == NULL) return DT_ERR_MEMORY;
    mark_windows(w, t->others, false);
    mark_windows(w, t->all, true);
    count_truce_days(t->others, t->days);
    count_truce_days(t->all, t->days);
    return DT_OK;
}

/* ---- one comparison ---- */

static dt_rate_ratio told_ratio(const dt__ratio *r) {
    static const dt_rate_method methods[] = {[DT__RATIO_NONE] = DT_RATE_NONE,
                                             [DT__RATIO_NEGATIVE_BINOMIAL] = DT_RATE_NEGATIVE_BINOMIAL,
                                             [DT__RATIO_POISSON] = DT_RATE_POISSON,
                                             [DT__RATIO_CONDITIONAL] = DT_RATE_CONDITIONAL,
                                             [DT__RATIO_BLOCK_BOOTSTRAP] = DT_RATE_BLOCK_BOOTSTRAP,
                                             [DT__RATIO_LONG_RUN] = DT_RATE_LONG_RUN,
                                             [DT__RATIO_ZERO] = DT_RATE_ZERO};
    if (r->method == DT__RATIO_NONE) return (dt_rate_ratio){DT_RATE_NONE, NAN, NAN, NAN};
    return (dt_rate_ratio){methods[r->method], r->value, r->low, r->high};
}

void dt__take_days(dt__sample *s, const dt__comparing *w, const dt__daily *d, const double *series, dt__span days,
                   bool without_others) {
    double squares = 0;

    s->days = 0;
    s->sum = (dt__exposed){0, 0, 0};
    for (int64_t day = days.from; day < days.until && s->days < s->room; day++) {
        size_t i = (size_t)(day - d->first);
        if (!dt__is_watched(d, day)) continue;
        if (without_others && dt__meets_truce(&w->truces, w->truces.others, (dt__span){day, day + 1})) continue;
        s->counts[s->days] = series[i];
        s->watched[s->days++] = d->watched[i];
        s->sum.events += series[i];
        s->sum.periods += d->watched[i];
        squares += d->watched[i] * d->watched[i];
    }
    if (squares > 0) s->sum.effective = s->sum.periods * s->sum.periods / squares;
}

/* Few days of either tell nothing of how days depend on one another.  A window is drawn from once for all baselines. */
static dt_status draw_blocks(dt_comparison *c, dt__comparing *w, const double *series) {
    dt__periods before = {w->before.counts, w->before.watched, w->before.days};
    dt__periods during = {w->during.counts, w->during.watched, w->during.days};
    dt__ratio ratio;
    dt_status st = DT_OK;

    if (c->window < BLOCKS_AT_LEAST || c->used < BLOCKS_AT_LEAST || !(c->observed > 0)) return DT_OK;
    if (w->over_of != series) st = dt__resample(&w->over, during, 0, w->l->opts->seed, OF_WINDOW, w->l->env);
    w->over_of = series;
    if (st == DT_OK) st = dt__resample(&w->under, before, 0, w->l->opts->seed, OF_BASELINE, w->l->env);
    if (st != DT_OK) return st;
    ratio = dt__ratio_of_resamples(&w->over, &w->under);
    c->block_bootstrap = told_ratio(&ratio);
    return DT_OK;
}

/* The threshold is low: to take independent days for dependent ones costs width, the reverse the truth.  Where what is
 * told first is the wider one already, it stays so. */
static void follow_swings(dt_comparison *c, const dt__comparing *w) {
    dt__periods before = {w->before.counts, w->before.watched, w->before.days};
    dt__long_run l = dt__long_run_of(before);
    dt__ratio ratio = dt__ratio_long_run(w->during.sum, w->before.sum, &l);

    c->autocorrelation = dt__autocorrelation(before);
    c->as_if_days = l.as_if;
    c->long_run = told_ratio(&ratio);
    c->long_run_freedom = (uint32_t)l.freedom;
    c->dependent = l.freedom >= DEPENDENCE_SHOWS && ratio.method != DT__RATIO_NONE &&
                   c->autocorrelation > 0.5 / sqrt((double)c->used) && ratio.high > c->fitting.high;
}

static dt_status fill_ratios(dt_comparison *c, dt__comparing *w, const double *series, const dt__scatter *scatter) {
    static const dt_rate_ratio unknown = {DT_RATE_NONE, NAN, NAN, NAN};
    dt__exposed observed = w->during.sum, baseline = w->before.sum;
    dt__ratio fitting, nb, poisson, conditional;

    c->zero_chance = NAN;
    c->fitting = c->negative_binomial = c->poisson = c->conditional = c->block_bootstrap = c->long_run = unknown;
    if (c->window == 0 || c->used == 0 || c->events <= 0) return DT_OK;
    c->zero_chance = dt__zero_chance(observed, scatter);
    fitting = dt__ratio_fitting(observed, baseline, scatter, EXACT_BELOW);
    nb = c->observed > 0 ? dt__ratio_negative_binomial(observed, baseline, scatter->size)
                         : dt__ratio_zero(observed, scatter);
    poisson = dt__ratio_poisson(observed, baseline);
    conditional = dt__ratio_conditional(observed, baseline);
    c->fitting = told_ratio(&fitting);
    c->negative_binomial = told_ratio(&nb);
    if (c->observed > 0) c->poisson = told_ratio(&poisson);
    c->conditional = told_ratio(&conditional);
    follow_swings(c, w);
    return draw_blocks(c, w, series);
}

/* `series`: one of those of the source. */
static dt_status compare_window(dt__comparing *w, const dt__daily *d, const double *series, uint32_t days,
                                bool without_others, dt_comparison *out) {
    dt__span before = {w->window.from - days, w->window.from};
    dt__scatter scatter;

    dt__take_days(&w->before, w, d, series, before, without_others);
    dt__take_days(&w->during, w, d, series, w->window, false);
    scatter = dt__scatter_exposed(w->before.counts, w->before.watched, w->before.days);
    *out = (dt_comparison){.source = d->source,
                           .days = days,
                           .without_others = without_others,
                           .used = (uint32_t)w->before.days,
                           .watched = w->before.sum.periods,
                           .events = w->before.sum.events,
                           .mean = scatter.mean,
                           .variance = scatter.variance,
                           .size = scatter.size,
                           .window = (uint32_t)w->during.days,
                           .window_watched = w->during.sum.periods,
                           .observed = w->during.sum.events};
    return fill_ratios(out, w, series, &scatter);
}

static dt_status compare_all(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    const uint32_t lengths[] = {w->l->opts->baseline, DT__SHORT_BASELINE, 28, DT__LONG_BASELINE};
    dt_status st = DT_OK;
    size_t kinds = sizeof lengths / sizeof *lengths, count = 0;
    dt_comparison *list = DT__BUILDER_ARRAY(w->l->b, dt_comparison, 2 * kinds);

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; st == DT_OK && i < kinds; i++) {
        if (i > 0 && lengths[i] == lengths[0]) continue;
        st = compare_window(w, d, d->counts, lengths[i], true, &list[count++]);
        if (st == DT_OK) st = compare_window(w, d, d->counts, lengths[i], false, &list[count]);
        if (list[count].used != list[count - 1].used) count++;
    }
    party->comparisons = list;
    party->comparison_count = count;
    return st;
}

/* ---- which source ---- */

/* Records of such acts in the baseline; if there are none, in the window. */
static double weight_of(dt__comparing *w, const dt__daily *d) {
    dt__span before = {w->window.from - w->l->opts->baseline, w->window.from};

    dt__take_days(&w->before, w, d, d->incidents, before, true);
    dt__take_days(&w->during, w, d, d->incidents, w->window, false);
    return w->before.sum.events > 0 ? w->before.sum.events : -1 / (1 + w->during.sum.events);
}

/* The source that tells most of such acts in the baseline, ties by name; NULL when none does at all. */
static const dt__daily *most_telling(dt__comparing *w) {
    const dt__daily *best = NULL;
    const char *name = "";
    double most = -INFINITY;

    for (size_t i = 0; i < w->l->daily_count; i++) {
        const dt__daily *d = &w->l->daily[i];
        const char *own = DT__AT(w->l->sources, dt__told_source, d->source)->name;
        double weight;
        if (d->told == 0) continue;
        weight = weight_of(w, d);
        if (weight < most || (!(weight > most) && strcmp(own, name) >= 0)) continue;
        best = d;
        name = own;
        most = weight;
    }
    return best;
}

/* The baseline asked for, by each of the other sources that tell anything then. */
static dt_status compare_others(dt__comparing *w, const dt__daily *reported, dt_party_record *party) {
    dt_comparison *list = DT__BUILDER_ARRAY(w->l->b, dt_comparison, w->l->daily_count);
    dt_status st;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < w->l->daily_count; i++) {
        const dt__daily *d = &w->l->daily[i];
        dt_comparison *c = &list[party->other_count];
        if (d == reported || d->told == 0) continue;
        if ((st = compare_window(w, d, d->counts, w->l->opts->baseline, true, c)) != DT_OK) return st;
        if (c->events > 0 || c->observed > 0) party->other_count++;
    }
    party->others = list;
    return DT_OK;
}

/* ---- a control series; dates that are not known ---- */

static dt__ratio ratio_of(const dt_rate_ratio *r) {
    bool known = r->method != DT_RATE_NONE && r->method != DT_RATE_ZERO;
    return (dt__ratio){.value = r->value,
                       .low = known ? r->low : 0,
                       .high = known ? r->high : INFINITY,
                       .method = DT__RATIO_NEGATIVE_BINOMIAL};
}

static dt_status compare_control(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt__ratio own, control, against;
    dt_status st;

    party->against_control = (dt_rate_ratio){DT_RATE_NONE, NAN, NAN, NAN};
    st = compare_window(w, d, d->control, w->l->opts->baseline, true, &party->control);
    party->has_control = party->control.events > 0;
    if (st != DT_OK || !party->has_control) return st;
    own = ratio_of(&party->comparisons[0].fitting);
    control = ratio_of(&party->control.fitting);
    against = dt__ratio_against_control(&own, &control);
    if (against.method == DT__RATIO_NONE) return DT_OK;
    party->against_control =
        (dt_rate_ratio){party->comparisons[0].fitting.method, against.value, against.low, against.high};
    return DT_OK;
}

static dt_status compare_dates(dt__comparing *w, const dt__daily *d, dt_party_record *party) {
    dt_status st;

    party->has_imprecise = d->imprecise;
    if (!d->imprecise) return DT_OK;
    st = compare_window(w, d, d->precise, w->l->opts->baseline, true, &party->precise);
    return st == DT_OK ? compare_window(w, d, d->shared, w->l->opts->baseline, true, &party->shared) : st;
}

/* ---- room to work in ---- */

static dt_status make_sample(dt__sample *s, size_t room, dt_env *env) {
    *s = (dt__sample){.room = room};
    s->counts = DT__ARRAY(env, double, room);
    s->watched = DT__ARRAY(env, double, room);
    return s->counts == NULL || s->watched == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status make_resamples(dt__resamples *r, dt_env *env) {
    *r = (dt__resamples){.count = RESAMPLES, .rates = DT__ARRAY(env, double, RESAMPLES)};
    return r->rates == NULL ? DT_ERR_MEMORY : DT_OK;
}

static dt_status make_room(dt__comparing *w) {
    dt_env *env = w->l->env;
    dt_status st;

    DT__TRY(make_sample(&w->before, w->l->opts->baseline + DT__LONG_BASELINE, env));
    DT__TRY(make_sample(&w->during, (size_t)(w->window.until - w->window.from), env));
    DT__TRY(make_resamples(&w->over, env));
    DT__TRY(make_resamples(&w->under, env));
    st = find_truces(w);
done:
    return st;
}

static void clear_room(dt__comparing *w) {
    dt_env *env = w->l->env;

    DT__FREE(env, w->before.counts, w->before.room);
    DT__FREE(env, w->before.watched, w->before.room);
    DT__FREE(env, w->during.counts, w->during.room);
    DT__FREE(env, w->during.watched, w->during.room);
    DT__FREE(env, w->over.rates, RESAMPLES);
    DT__FREE(env, w->under.rates, RESAMPLES);
    DT__FREE(env, w->truces.others, w->truces.days + 1);
    DT__FREE(env, w->truces.all, w->truces.days + 1);
}

/* ---- the whole ---- */

dt_status dt__compare_rates(dt__ledger *l, const dt__obligation *o, dt_reading_record *reading,
                            dt_party_record *party) {
    dt__comparing w = {.l = l, .o = o};
    const dt__daily *d;
    dt_status st = DT_OK;

    dt__window_days(l, o, &w.window.from, &w.window.until);
    reading->window_from = w.window.from * DT__DAY;
    reading->window_until = w.window.until * DT__DAY;
    party->log_e = party->alarm_budget = NAN;
    if (w.window.until == w.window.from) return DT_OK;
    DT__TRY(make_room(&w));
    if ((d = most_telling(&w)) == NULL) goto done;
    DT__TRY(compare_all(&w, d, party));
    DT__TRY(compare_others(&w, d, party));
    DT__TRY(compare_control(&w, d, party));
    DT__TRY(compare_dates(&w, d, party));
    st = dt__follow_course(&w, d, party);
done:
    clear_room(&w);
    return st;
}
