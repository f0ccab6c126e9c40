/* The first page of a report: each question, its answer with numbers, and the reason, in plain sentences. */
#include <string.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "page/page_sections.h"
#include "report/deal_sections.h"

/* ---- is there a deal? ---- */

static const char *deal_reason(dt_document *d, const dt_answers *a, const dt_deal_format *f) {
    if (a->redacted != 0) return "";
    if (f->blocking_count > 0) return dt__say(d, "It is blocked by {0}.", dt__blockers_text(d, &f->blocking[0]), NULL);
    if (f->rule_conflict_count > 0) return dt__word(d, "The rules themselves exclude one another.");
    return "";
}

/* The share of draws with a deal, no deal itself not counted, is told once where it is all of them in every format. */
static bool is_deal_in_all_draws(const dt_answers *a) {
    for (size_t i = 0; i < a->deal->format_count; i++)
        if (a->deal->formats[i].beside.deals < a->deal->draws) return false;
    return true;
}

bool dt__is_uncertain(const dt_answers *a) {
    return a->check == NULL || a->check->uncertain > 0;
}

static bool has_draws(const dt_answers *a) {
    return a->deal->draws > 0 && dt__is_uncertain(a);
}

static const char *draws_sentence(dt_document *d, const dt_draw_share *s) {
    const char *range = dt__say_percents(d, s->low, s->high);

    if (s->undecided > 0)
        return dt__say(d, "Over what is uncertain there is a deal in {0} of the draws; the limits left some undecided.",
                       range, NULL);
    return dt__say(d, "Over what is uncertain there is a deal in {0} of the draws (95%: {1}).",
                   dt__say_percent(d, s->probability), range, NULL);
}

static const char *zone_sentence(dt_document *d, const dt_answers *a, const dt_deal_format *f) {
    const char *name = dt__format_name(d, f->format);
    const dt_zone *z = &f->zone;

    if (z->status == DT_ZONE_OPEN && dt__zone_is_no_deal(d, a->deal, f))
        return dt__say(d, "{0}: no. Of {1} outcomes only no deal itself is acceptable to all.", name,
                       dt__say_count(d, f->coherent), NULL);
    if (z->status == DT_ZONE_OPEN)
        return dt__say(d, "{0}: yes, {1} of {2} outcomes ({3}).", name,
                       dt__say_bounds(d, z->exact, z->count, z->low, z->high), dt__say_count(d, f->coherent),
                       dt__say_percent(d, f->coherent.value > 0 ? z->high.value / f->coherent.value : 0), NULL);
    if (z->status == DT_ZONE_EMPTY) return dt__sentences(d, dt__say(d, "{0}: no.", name, NULL), deal_reason(d, a, f));
    return dt__say(d, "{0}: cannot say within the limits of time and memory.", name, NULL);
}

static const char *deal_sentence(dt_document *d, const dt_answers *a, const dt_deal_format *f) {
    const char *sentence = zone_sentence(d, a, f);

    if (!has_draws(a) || is_deal_in_all_draws(a)) return sentence;
    return dt__sentences(d, sentence, draws_sentence(d, &f->beside));
}

static void add_deal(dt_document *d, const dt_answers *a) {
    size_t open = 0, all = a->deal->format_count;
    dt__block *list;

    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_DEAL));
    for (size_t i = 0; i < all; i++) {
        const dt_deal_format *f = &a->deal->formats[i];
        open += f->zone.status == DT_ZONE_OPEN && !dt__zone_is_no_deal(d, a->deal, f);
    }
    if (open == all && all == 1) dt__paragraph(d, dt__word(d, "Yes, a deal is possible."));
    else if (open == all)
        dt__paragraph(
            d, dt__say(d, "Yes: a deal is possible in every one of the {0} formats.", dt__say_size(d, all), NULL));
    else if (open == 0)
        dt__paragraph(d, dt__word(d, "No deal was found that all whose consent is needed would accept."));
    else
        dt__paragraph(d, dt__say(d, "It depends on who is asked: a deal is possible in {0} of {1} formats.",
                                 dt__say_size(d, open), dt__say_size(d, all), NULL));
    if (open > 0)
        dt__paragraph(d, dt__word(d, "How many outcomes everybody whose consent is needed would accept, of those that "
                                     "the rules allow:"));
    list = dt__bullets(d);
    for (size_t i = 0; i < all; i++) dt__bullet(d, list, deal_sentence(d, a, &a->deal->formats[i]));
    if (has_draws(a) && is_deal_in_all_draws(a))
        dt__paragraph(d, dt__say(d,
                                 "In each of {0} draws of what is uncertain there is a deal, in every format (95%: "
                                 "{1}). No deal itself does not count as one.",
                                 dt__say_size(d, a->deal->draws),
                                 dt__say_percents(d, a->deal->formats[0].beside.low, a->deal->formats[0].beside.high),
                                 NULL));
}

/* ---- which deal? ---- */

static const char *gains_text(dt_document *d, const dt_bargain_format *f, const dt_frontier_point *point) {
    dt__phrases p = dt__phrases_new(d, f->party_count);
    for (size_t i = 0; i < f->party_count; i++) {
        if (point->gains[i].text == NULL) continue;
        dt__phrases_add(&p, dt__pair(d, dt__party_name(d, f->parties[i]), dt__say_signed(d, point->gains[i].value)));
    }
    return dt__phrases_and(d, &p);
}

/* How many of the solutions that were found choose the outcome that Nash chooses. */
static void count_agreeing(dt_document *d, const dt_bargain_format *f, size_t *agreeing, size_t *found) {
    dt_outcome nash = f->solutions[DT_SOLUTION_NASH].points[0].outcome;

    *agreeing = *found = 0;
    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        const dt_solution *s = &f->solutions[k];
        if (s->status != DT_SOLUTION_FOUND || s->ties == 0 || s->points == NULL) continue;
        ++*found;
        for (size_t i = 0; i < s->ties; i++) {
            if (!dt__same_outcome(d, s->points[i].outcome, nash)) continue;
            ++*agreeing;
            break;
        }
    }
}

static bool has_nash(const dt_bargain_format *f) {
    const dt_solution *nash = &f->solutions[DT_SOLUTION_NASH];
    return nash->status == DT_SOLUTION_FOUND && nash->ties > 0 && nash->points != NULL;
}

static const char *no_solution(dt_document *d, const dt_bargain_format *f, const char *names) {
    switch (f->solutions[DT_SOLUTION_NASH].status) {
    case DT_SOLUTION_ORDINAL:
        return dt__say(d, "{0}: no solution, because a party has only ranks and no utilities.", names, NULL);
    case DT_SOLUTION_UNDECIDED: return dt__say(d, "{0}: cannot say within the limits of time and memory.", names, NULL);
    default: return dt__say(d, "{0}: no solution, because no deal is acceptable to all.", names, NULL);
    }
}

static bool is_same_bargain(const dt_document *d, const dt_bargain_format *f, const dt_bargain_format *g) {
    return has_nash(f) && has_nash(g) &&
           dt__same_outcome(d, f->solutions[DT_SOLUTION_NASH].points[0].outcome,
                            g->solutions[DT_SOLUTION_NASH].points[0].outcome);
}

/* A format, and those after it in which Nash chooses the same. */
static const char *formats_alike(dt_document *d, const dt_bargain_answer *b, size_t first) {
    dt__phrases names = dt__phrases_new(d, b->format_count);

    for (size_t i = first; i < b->format_count; i++) {
        if (i == first || is_same_bargain(d, &b->formats[first], &b->formats[i]))
            dt__phrases_add(&names, dt__format_name(d, b->formats[i].format));
    }
    return dt__phrases_join(d, &names, dt__t(d->env, "; "));
}

static bool was_told(const dt_document *d, const dt_bargain_answer *b, size_t format) {
    for (size_t i = 0; i < format; i++)
        if (is_same_bargain(d, &b->formats[i], &b->formats[format])) return true;
    return false;
}

enum { NAMED_TERMS = 5 };

/* The first terms of a deal, and how many more there are. */
static const char *terms_text(dt_document *d, dt_outcome outcome, dt_outcome no_deal) {
    dt__phrases p = dt__phrases_new(d, NAMED_TERMS + 1);
    size_t changed = 0;

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (outcome[i] == no_deal[i] || ++changed > NAMED_TERMS) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, i), dt__option_name(d, i, outcome[i]), NULL));
    }
    if (changed == 0 || changed == NAMED_TERMS + 1) return dt__changes_text(d, outcome, no_deal);
    if (changed > NAMED_TERMS)
        dt__phrases_add(&p, dt__say(d, "{0} more terms, told below", dt__say_size(d, changed - NAMED_TERMS), NULL));
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

/* What the forecast has for Nash in a format, option by option; NULL: nothing. */
static const double *const *nash_over_draws(const dt_answers *a, uint32_t format) {
    const dt_forecast_answer *f = a->forecast;

    for (size_t i = 0; f != NULL && dt__is_uncertain(a) && i < f->model_count; i++) {
        const dt_forecast_model *model = &f->models[i];
        if (model->kind == DT_MODEL_BARGAIN && model->format == format && strcmp(model->rule, "nash") == 0)
            return model->status == DT_FORECAST_DONE ? model->options : NULL;
    }
    return NULL;
}

/* Of the terms of a deal in a format the share of draws with the least steady; 1 without terms, below 0: not known. */
static double least_share(const dt_document *d, const dt_answers *a, uint32_t format, dt_outcome outcome) {
    const double *const *shares = nash_over_draws(a, format);
    double least = 1;

    if (shares == NULL) return -1;
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (outcome[i] == a->bargain->no_deal[i] || shares[i] == NULL) continue;
        if (shares[i][outcome[i]] < least) least = shares[i][outcome[i]];
    }
    return least;
}

/* Over all formats in which Nash chooses the same, the least. */
static const char *steadiness_text(dt_document *d, const dt_answers *a, size_t place) {
    const dt_bargain_answer *b = a->bargain;
    dt_outcome outcome = b->formats[place].solutions[DT_SOLUTION_NASH].points[0].outcome;
    double least = 1;
    dt__share_interval range;

    for (size_t i = place; i < b->format_count; i++) {
        double share;
        if (i != place && !is_same_bargain(d, &b->formats[place], &b->formats[i])) continue;
        if ((share = least_share(d, a, b->formats[i].format, outcome)) < least) least = share;
    }
    if (least < 0 || a->forecast->draws == 0) return "";
    range = dt__wilson(least, least, (double)a->forecast->draws);
    return dt__say(d,
                   a->forecast->options_by == NULL
                       ? DT__N("Over what is uncertain each term stands in at least {0} of the draws (95%: {1}).")
                       : DT__N("Over what is uncertain, with no deal as it would stand on {2}, each term stands in at "
                               "least {0} of the draws (95%: {1})."),
                   dt__say_percent(d, least), dt__say_percents(d, range.low, range.high),
                   a->forecast->options_by == NULL ? "" : dt__say_date(d, a->forecast->options_by), NULL);
}

static const char *bargain_sentence(dt_document *d, const dt_answers *a, size_t place) {
    const dt_bargain_format *f = &a->bargain->formats[place];
    const char *names = formats_alike(d, a->bargain, place), *sentence;
    const dt_frontier_point *point;
    size_t agreeing, found;

    if (!has_nash(f)) return no_solution(d, f, names);
    point = &f->solutions[DT_SOLUTION_NASH].points[0];
    count_agreeing(d, f, &agreeing, &found);
    sentence = dt__say(d, "{0}: {1}. Ways to define a fair bargain that choose it: {2} of {3}.", names,
                       terms_text(d, point->outcome, a->bargain->no_deal), dt__say_size(d, agreeing),
                       dt__say_size(d, found), NULL);
    if (a->redacted != 0) return sentence;
    sentence = dt__sentences(d, sentence, dt__say(d, "Gains over no deal: {0}.", gains_text(d, f, point), NULL));
    return dt__sentences(d, sentence, steadiness_text(d, a, place));
}

static void add_bargain(dt_document *d, const dt_answers *a) {
    dt__block *list;

    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_BARGAIN));
    dt__paragraph(d,
                  dt__word(d, "What a fair bargain would choose: the deal with the largest product of what each gains "
                              "over no deal (Nash). It forces nobody."));
    list = dt__bullets(d);
    for (size_t i = 0; i < a->bargain->format_count; i++)
        if (!was_told(d, a->bargain, i)) dt__bullet(d, list, bargain_sentence(d, a, i));
}

/* ---- what does it rest on? ---- */

static void add_evidence(dt_document *d, const dt_check_answer *c) {
    size_t all = c->evidenced + c->judged + c->defaulted;

    if (all == 0) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_EVIDENCE));
    dt__paragraph(d, dt__say(d,
                             "On {0} numbers: {1} with a source, {2} by a stated judgement, {3} with neither. A "
                             "source says which way a party leans; how far is often the judgement of the model's "
                             "author.",
                             dt__say_size(d, all), dt__say_percent(d, (double)c->evidenced / (double)all),
                             dt__say_percent(d, (double)c->judged / (double)all),
                             dt__say_percent(d, (double)c->defaulted / (double)all), NULL));
}

dt_status dt_report_summary(dt_document **out, const dt_model *model, const dt_answers *answers, dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    const char *date, *note;

    if (d == NULL) return DT_ERR_MEMORY;
    date = dt__as_of_text(d);
    note = dt__label_name(d, &model->note, "");
    dt__heading(d, 1, dt__title_name(d));
    if (*date != '\0') dt__paragraph(d, dt__say(d, "As of {0}.", dt__say_date(d, date), NULL));
    if (*note != '\0') dt__paragraph(d, note);
    if (answers->deal != NULL) add_deal(d, answers);
    if (answers->bargain != NULL) add_bargain(d, answers);
    dt__summary_path(d, answers);
    dt__summary_hold(d, answers);
    dt__summary_forecast(d, answers);
    dt__summary_drivers(d, answers);
    dt__summary_monitor(d, answers);
    if (answers->check != NULL) add_evidence(d, answers->check);
    dt__summary_unanswered(d, answers);
    d->answer = dt__value_object(d);
    return dt__document_finish(out, d, env);
}
