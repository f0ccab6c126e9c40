/* Would it hold, in short: who would leave, which deal lasts longest, how many states hold. */
#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/hold_sections.h"

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
