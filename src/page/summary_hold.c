/* Is there a way, and would it hold, in short: what there is, and what it turns on. */
#include <string.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "page/page_sections.h"
#include "report/hold_sections.h"
#include "report/path_sections.h"

/* ---- is there a way? ---- */

/* The first step of a way of one step; what cuts a way that there is not.  Both tell what parties accept. */
static const char *found_text(dt_document *d, const dt_answers *a, const dt_way *way) {
    if (way->step_count != 1)
        return dt__say(d, "a first deal is {0} steps away.", dt__say_size(d, way->step_count), NULL);
    if (a->redacted != 0 || way->destination == NULL) return dt__word(d, "a first deal is one step away.");
    return dt__say(d, "a first deal is one step away ({0}).", dt__step_changes(d, a->path->no_deal, way->destination),
                   NULL);
}

static const char *none_text(dt_document *d, const dt_answers *a, const dt_way *way) {
    const char *text = dt__word(d, "no. No step from no deal leads to a deal without somebody losing on the way.");

    if (a->redacted != 0 || way->cut_set_count == 0) return text;
    return dt__sentences(d, text,
                         dt__say(d, "What cuts every way: {0}.", dt__cut_set_text(d, &way->cut_sets[0]), NULL));
}

static const char *goals_text(dt_document *d, const dt_path_format *f) {
    size_t found = 0, goals = 0;

    for (size_t i = 0; i < f->way_count; i++) {
        if (f->ways[i].kind == DT_DESTINATION_ZONE) continue;
        goals++;
        found += f->ways[i].status == DT_WAY_FOUND;
    }
    if (goals == 0) return "";
    return dt__say(d, "Proposals and scenarios that can be reached: {0} of {1}.", dt__say_size(d, found),
                   dt__say_size(d, goals), NULL);
}

/* How often there is a way to a deal, in the format at a place of the answer. */
static const dt_way *way_over_draws(const dt_answers *a, size_t format) {
    return &a->chances->formats[format].ways[0];
}

static dt__share_interval chance_of(const dt_answers *a, const dt_way *way) {
    double n = (double)a->chances->draws;
    return dt__wilson((double)way->reached_by_draws / n, (double)(way->reached_by_draws + way->undecided_draws) / n, n);
}

static bool has_chances(const dt_answers *a) {
    return a->chances != NULL && a->chances->draws > 0 && a->chances->format_count == a->path->format_count &&
           dt__is_uncertain(a);
}

/* Told once where it is all of them in every format. */
static bool is_way_in_all_draws(const dt_answers *a) {
    for (size_t i = 0; i < a->chances->format_count; i++)
        if (way_over_draws(a, i)->reached_by_draws < a->chances->draws) return false;
    return true;
}

static const char *chance_text(dt_document *d, const dt_answers *a, size_t format) {
    const dt_way *way;
    dt__share_interval chance;

    if (!has_chances(a) || is_way_in_all_draws(a)) return "";
    way = way_over_draws(a, format);
    chance = chance_of(a, way);
    if (way->undecided_draws > 0)
        return dt__say(d, "Over what is uncertain there is a way in {0} of the draws; the limits left some undecided.",
                       dt__say_percents(d, chance.low, chance.high), NULL);
    return dt__say(d, "Over what is uncertain there is a way in {0} of the draws (95%: {1}).",
                   dt__say_percent(d, (double)way->reached_by_draws / (double)a->chances->draws),
                   dt__say_percents(d, chance.low, chance.high), NULL);
}

/* Without the name of the format. */
static const char *way_sentence(dt_document *d, const dt_answers *a, size_t format) {
    const dt_path_format *f = &a->path->formats[format];

    for (size_t i = 0; i < f->way_count; i++) {
        const dt_way *way = &f->ways[i];
        const char *chance = chance_text(d, a, format);
        if (way->kind != DT_DESTINATION_ZONE) continue;
        if (way->status == DT_WAY_FOUND)
            return dt__sentences(d, dt__sentences(d, found_text(d, a, way), chance), goals_text(d, f));
        if (way->status == DT_WAY_NONE) return dt__sentences(d, none_text(d, a, way), chance);
        break;
    }
    return dt__word(d, "cannot say within the limits of time and memory.");
}

/* Formats of which the same is to be told, once. */
static void add_ways(dt_document *d, const dt_answers *a) {
    const dt_path_answer *p = a->path;
    const char **told = DT__ARENA_ARRAY(&d->arena, const char *, p->format_count);
    dt__block *list = dt__bullets(d);

    d->failed |= told == NULL;
    for (size_t i = 0; told != NULL && i < p->format_count; i++) told[i] = way_sentence(d, a, i);
    for (size_t i = 0; told != NULL && i < p->format_count; i++) {
        dt__phrases names = dt__phrases_new(d, p->format_count);
        size_t k = 0;
        while (strcmp(told[k], told[i]) != 0) k++;
        if (k < i) continue;
        for (k = i; k < p->format_count; k++)
            if (strcmp(told[k], told[i]) == 0) dt__phrases_add(&names, dt__format_name(d, p->formats[k].format));
        dt__bullet(d, list, dt__say(d, "{0}: {1}", dt__phrases_join(d, &names, dt__t(d->env, "; ")), told[i], NULL));
    }
}

void dt__summary_path(dt_document *d, const dt_answers *a) {
    if (a->path == NULL) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_PATH));
    dt__paragraph(d, dt__word(d, "Step by step from no deal, nobody whose consent is needed below no deal after any "
                                 "step, and the principles of order kept:"));
    add_ways(d, a);
    if (has_chances(a) && is_way_in_all_draws(a)) {
        dt__share_interval chance = chance_of(a, way_over_draws(a, 0));
        dt__paragraph(d, dt__say(d,
                                 "In each of {0} draws of what is uncertain there is a way to a deal, in every format "
                                 "(95%: {1}).",
                                 dt__say_size(d, (size_t)a->chances->draws),
                                 dt__say_percents(d, chance.low, chance.high), NULL));
    }
}

/* ---- would it hold? ---- */

typedef struct leaving_counts {
    size_t deals, now, later;
} leaving_counts;

static leaving_counts count_leaving(const dt_hold_answer *h) {
    leaving_counts n = {0};

    for (size_t i = 0; i < h->deal_count; i++) {
        if (!h->deals[i].coherent) continue;
        n.deals++;
        if (h->deals[i].leave_now != 0) n.now++;
        else if (h->deals[i].ends) n.later++;
    }
    return n;
}

/* "Russia (9) and Ukraine (3)": how many of the deals each would leave at once, or as the first later on. */
static const char *leavers_text(dt_document *d, const dt_hold_answer *h, bool now) {
    dt__phrases list = dt__phrases_new(d, d->model->party_count);

    for (uint32_t p = 0; p < d->model->party_count; p++) {
        size_t deals = 0;
        for (size_t i = 0; i < h->deal_count; i++) {
            const dt_hold_deal *deal = &h->deals[i];
            if (!deal->coherent) continue;
            if (now) deals += p < 64 && (deal->leave_now >> p & 1) != 0;
            else deals += deal->leave_now == 0 && deal->ends && deal->first == p;
        }
        if (deals > 0)
            dt__phrases_add(&list, dt__say(d, "{0} ({1})", dt__party_name(d, p), dt__say_size(d, deals), NULL));
    }
    return dt__phrases_and(d, &list);
}

/* Who would leave tells what it prefers. */
static void add_leaving(dt_document *d, const dt_answers *a) {
    leaving_counts n = count_leaving(a->hold);
    const char *text, *who;

    if (n.deals == 0) return;
    text = dt__say(d,
                   "Deals looked at: {0}. Somebody would gain by leaving at once in {1}, at a later time in {2}, and "
                   "never in {3}.",
                   dt__say_size(d, n.deals), dt__say_size(d, n.now), dt__say_size(d, n.later),
                   dt__say_size(d, n.deals - n.now - n.later), NULL);
    who = a->redacted != 0 ? "" : leavers_text(d, a->hold, true);
    if (*who != '\0')
        text = dt__sentences(d, text, dt__say(d, "Who would leave at once, and how many of them: {0}.", who, NULL));
    who = a->redacted != 0 ? "" : leavers_text(d, a->hold, false);
    if (*who != '\0')
        text = dt__sentences(
            d, text, dt__say(d, "Who would leave first later on, as no deal comes to be worth more: {0}.", who, NULL));
    dt__paragraph(d, text);
}

/* The deal that lasts longest over the draws: by the month that half of them reach, then by how often it holds. */
static const dt_hold_deal *longest(const dt_hold_answer *h) {
    const dt_hold_deal *best = NULL;

    for (size_t i = 0; i < h->deal_count; i++) {
        const dt_hold_deal *deal = &h->deals[i];
        if (!deal->has_quartiles) continue;
        if (best == NULL || deal->quartiles[1] > best->quartiles[1] ||
            (deal->quartiles[1] >= best->quartiles[1] && deal->holds[0] > best->holds[0]))
            best = deal;
    }
    return best;
}

static const char *held_text(dt_document *d, const dt_hold_deal *deal, size_t month) {
    return dt__say(d, "{0} (95%: {1})", dt__say_percent(d, deal->holds[month]),
                   dt__say_percents(d, deal->holds_low[month], deal->holds_high[month]), NULL);
}

/* How long a deal lasts tells what its parties prefer. */
static void add_endurance(dt_document *d, const dt_answers *a) {
    const dt_hold_deal *deal = longest(a->hold);
    const char *draws = dt__say_size(d, (size_t)a->hold->draws);

    if (deal == NULL || a->redacted != 0 || !dt__is_uncertain(a)) return;
    if (deal->holds[0] <= 0)
        dt__paragraph(d, dt__say(d,
                                 "In each of {0} draws of what is uncertain somebody would gain by leaving at once, "
                                 "whichever of these deals it is.",
                                 draws, NULL));
    else
        dt__paragraph(
            d, dt__say(d,
                       "Once made, the longest to last: {0}. Nobody would gain by leaving it at once in {1} of {2} "
                       "draws of what is uncertain, after 6 months in {3}, after 12 months in {4}.",
                       dt__deal_name(d, deal), held_text(d, deal, 0), draws, held_text(d, deal, 1),
                       held_text(d, deal, 2), NULL));
}

/* How many states hold by Nash in nearly every draw. */
static size_t steady_states(const dt_hold_answer *h) {
    size_t steady = 0;

    for (size_t i = 0; i < h->share_count; i++) steady += h->shares[i].shares[DT_CONCEPT_NASH] >= 0.95;
    return steady;
}

static void add_states(dt_document *d, const dt_answers *a) {
    const dt_hold_answer *h = a->hold;
    const char *text =
        dt__say(d, "States that would hold by Nash, where nobody can do better by a move of its own: {0} of {1}.",
                dt__say_size(d, h->equilibria[DT_CONCEPT_NASH].count), dt__say_size(d, h->state_count), NULL);

    if (h->draws > 0 && dt__is_uncertain(a))
        text = dt__sentences(d, text,
                             dt__say(d, "In at least 95% of {0} draws of what is uncertain: {1}.",
                                     dt__say_size(d, (size_t)h->draws), dt__say_size(d, steady_states(h)), NULL));
    dt__paragraph(d, text);
}

void dt__summary_hold(dt_document *d, const dt_answers *a) {
    const dt_hold_answer *h = a->hold;

    if (h == NULL) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_HOLD));
    add_leaving(d, a);
    add_endurance(d, a);
    if (!h->deals_only) add_states(d, a);
    if (count_leaving(h).deals == 0 && h->deals_only)
        dt__paragraph(d, dt__word(d, "The model names no deal to look at."));
}
