/* Is there a way, and would it hold, in short: what there is, and what it turns on. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"
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

/* Without the name of the format. */
static const char *way_sentence(dt_document *d, const dt_answers *a, const dt_path_format *f) {
    for (size_t i = 0; i < f->way_count; i++) {
        const dt_way *way = &f->ways[i];
        if (way->kind != DT_DESTINATION_ZONE) continue;
        if (way->status == DT_WAY_FOUND) return dt__sentences(d, found_text(d, a, way), goals_text(d, f));
        if (way->status == DT_WAY_NONE) return none_text(d, a, way);
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
    for (size_t i = 0; told != NULL && i < p->format_count; i++) told[i] = way_sentence(d, a, &p->formats[i]);
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

void dt__summary_hold(dt_document *d, const dt_answers *a) {
    const dt_hold_answer *h = a->hold;

    if (h == NULL) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_HOLD));
    add_leaving(d, a);
    if (!h->deals_only)
        dt__paragraph(d, dt__say(d,
                                 "States that would hold by Nash, where nobody can do better by a move of its own: {0} "
                                 "of {1}.",
                                 dt__say_size(d, h->equilibria[DT_CONCEPT_NASH].count), dt__say_size(d, h->state_count),
                                 NULL));
    if (count_leaving(h).deals == 0 && h->deals_only)
        dt__paragraph(d, dt__word(d, "The model names no deal to look at."));
}
