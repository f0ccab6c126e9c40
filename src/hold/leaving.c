#include "hold/leaving.h"

#include "model/utility.h"

/* ---- when a stay ends ---- */

/* What a month adds to what no deal is worth. */
static dt_status monthly_drift(dt__rational *out, const dt__situation *s, uint32_t party, dt_env *env) {
    dt__rational now, later;
    dt_status st = dt__reservation(&now, s->model, s->valuation, party, s->no_deal, DT__RATIONAL(0), env);

    if (st == DT_OK) st = dt__reservation(&later, s->model, s->valuation, party, s->no_deal, DT__RATIONAL(1), env);
    if (st != DT_OK) return st;
    return dt__rational_sub(out, later, now) ? DT_OK : dt__too_large_number(s->model, party, env);
}

dt_status dt__stay_of(dt__stay *stay, const dt__situation *s, uint32_t party, const dt__option *deal, dt_env *env) {
    dt__departure *d = &stay->departure;
    dt_status st = dt__best_departure(d, s, party, deal, env);

    stay->ends = false;
    stay->gain = stay->drift = stay->month = DT__RATIONAL(0);
    if (st != DT_OK || !d->possible) return st;
    stay->ends = d->order > 0;
    if (!d->has_values) return DT_OK;
    if (!dt__rational_sub(&stay->gain, d->leaves, d->stays)) return dt__too_large_number(s->model, party, env);
    if ((st = monthly_drift(&stay->drift, s, party, env)) != DT_OK || stay->ends) return st;
    if (dt__rational_sign(stay->drift) <= 0) return DT_OK;
    stay->ends = true; /* t = (u(deal) - leaving now) / drift */
    stay->month = stay->gain;
    stay->month.num = -stay->month.num;
    return dt__rational_div(&stay->month, stay->month, stay->drift) ? DT_OK
                                                                    : dt__too_large_number(s->model, party, env);
}

dt_status dt__first_to_leave(dt__first_end *first, const dt__situation *s, dt__party_set parties,
                             const dt__option *deal, dt_env *env) {
    dt_status st = DT_OK;

    *first = (dt__first_end){.party = DT__NO_INDEX, .month = DT__RATIONAL(0)};
    for (uint32_t p = 0; p < s->model->party_count && st == DT_OK; p++) {
        dt__stay stay;
        if ((parties >> p & 1) == 0) continue;
        st = dt__stay_of(&stay, s, p, deal, env);
        if (st != DT_OK || !stay.ends) continue;
        if (stay.departure.order > 0) first->now |= (dt__party_set)1 << p;
        if (first->ends && dt__rational_compare(stay.month, first->month) >= 0) continue;
        first->ends = true;
        first->month = stay.month;
        first->party = p;
    }
    return st;
}

dt__party_set dt__agreement_parties(const dt__hold_work *w) {
    dt__party_set parties = 0, all = 0;

    for (size_t f = 0; f < w->model->format_count; f++) {
        if (w->opts->among != NULL && dt__model_format(w->model, w->opts->among) != f) continue;
        parties |= dt__consent_parties(&w->model->formats[f].consent);
    }
    for (uint32_t p = 0; p < w->model->party_count; p++) {
        if (w->model->parties[p].preferences != NULL) all |= (dt__party_set)1 << p;
    }
    return parties & all;
}

/* ---- one party ---- */

static dt_status answer_party(dt_leaving *out, dt__hold_work *w, const dt__deal_asked *deal, uint32_t party,
                              const dt_judgement *judgement) {
    dt__builder *b = &w->builder;
    dt__stay stay;
    dt_status st = dt__stay_of(&stay, &w->setting->situation, party, deal->outcome, w->env);

    *out = (dt_leaving){.party = party, .preference = judgement->preference, .gain = judgement->gain};
    if (st != DT_OK || !stay.departure.possible) return st;
    out->can_leave = true;
    out->leaves_to = dt__builder_outcome(b, stay.departure.outcome, w->model->issue_count);
    out->leaving = (dt_preference)stay.departure.order;
    out->ends = stay.ends;
    if (stay.departure.has_values) {
        out->leaving_gain = dt__builder_exact(b, stay.gain);
        out->drift = dt__builder_exact(b, stay.drift);
    }
    if (stay.ends) out->month = dt__builder_exact(b, stay.month);
    return stay.departure.order > 0 ? dt__answer_deterrence(out, w, deal->outcome, &stay) : DT_OK;
}

static const dt_judgement *judgement_of(const dt_judgement *list, size_t count, uint32_t party) {
    for (size_t i = 0; i < count; i++) {
        if (list[i].party == party) return &list[i];
    }
    return NULL;
}

static dt_status answer_parties(dt_hold_deal *out, dt__hold_work *w, const dt__deal_asked *deal) {
    dt__party_set parties = dt__agreement_parties(w);
    dt_leaving *list = DT__BUILDER_ARRAY(&w->builder, dt_leaving, w->model->party_count);
    const dt_judgement *judgements;
    size_t count;
    dt_status st = list == NULL ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK) st = dt__builder_judgements(&w->builder, &judgements, &count, w->setting, deal->outcome);
    out->parties = list;
    for (uint32_t p = 0; p < w->model->party_count && st == DT_OK; p++) {
        if ((parties >> p & 1) == 0) continue;
        st = answer_party(&list[out->party_count++], w, deal, p, judgement_of(judgements, count, p));
    }
    return st;
}

/* ---- one deal ---- */

static const char *solution_ids(dt__builder *b, uint32_t solutions) {
    static const char *const ids[] = {"nash", "kalai_smorodinsky", "egalitarian"};
    dt__text *text = dt__builder_scratch(b);

    if (solutions == 0) return NULL;
    for (uint32_t k = 0; k < sizeof ids / sizeof *ids; k++) {
        if ((solutions >> k & 1) == 0) continue;
        if (text->length > 0) dt__text_add_char(text, ' ');
        dt__text_add(text, ids[k]);
    }
    return dt__builder_take(b);
}

static bool is_coherent(const dt_model *model, const dt__option *outcome) {
    for (size_t i = 0; i < model->rule_count; i++) {
        if (!dt__condition_holds(model->rules[i].require, outcome)) return false;
    }
    return true;
}

/* Joint terms that leaving does not take back. */
static void list_irreversible(dt_hold_deal *out, dt__hold_work *w, const dt__option *deal) {
    uint32_t *list = DT__BUILDER_ARRAY(&w->builder, uint32_t, w->model->issue_count);

    out->irreversible = list;
    for (uint32_t i = 0; list != NULL && i < w->model->issue_count; i++) {
        const dt__issue *issue = &w->model->issues[i];
        if (deal[i] == w->setting->no_deal[i] || !dt__is_final(issue, deal[i], w->setting->no_deal[i])) continue;
        list[out->irreversible_count++] = i;
    }
}

static dt_status answer_deal(dt_hold_deal *out, dt__hold_work *w, const dt__deal_asked *deal) {
    dt__builder *b = &w->builder;
    dt__first_end first;
    dt_status st;

    *out = (dt_hold_deal){.origin = deal->origin, .proposal = deal->proposal, .format = deal->format};
    out->solutions = solution_ids(b, deal->solutions);
    out->outcome = dt__builder_outcome(b, deal->outcome, w->model->issue_count);
    out->coherent = is_coherent(w->model, deal->outcome);
    out->first = DT__NO_INDEX;
    if (out->outcome == NULL) return DT_ERR_MEMORY;
    if (!out->coherent) return DT_OK;
    list_irreversible(out, w, deal->outcome);
    if ((st = answer_parties(out, w, deal)) != DT_OK) return st;
    st = dt__first_to_leave(&first, &w->setting->situation, dt__agreement_parties(w), deal->outcome, w->env);
    if (st != DT_OK) return st;
    out->leave_now = first.now;
    out->ends = first.ends;
    out->first = first.party;
    if (first.ends) out->month = dt__builder_exact(b, first.month);
    return first.ends ? dt__answer_remedies(out, w, deal->outcome, &first) : DT_OK;
}

dt_status dt__answer_deals(dt__hold_work *w) {
    dt__deal_asked *deals = NULL;
    dt_hold_deal *answers = NULL;
    size_t count = 0;
    dt_status st;

    if (w->model->format_count == 0 || w->graph.written_out || w->graph.partial != 0) return DT_OK;
    DT__TRY(dt__deals_asked(&deals, &count, w));
    if ((answers = DT__BUILDER_ARRAY(&w->builder, dt_hold_deal, count)) == NULL) DT__TRY(DT_ERR_MEMORY);
    for (size_t i = 0; i < count; i++) DT__TRY(answer_deal(&answers[i], w, &deals[i]));
    if (w->opts->draws > 0 && count > 0) DT__TRY(dt__answer_endurance(answers, deals, count, w));
    w->answer->deals = answers;
    w->answer->deal_count = count;
done:
    if (deals != NULL) DT__FREE(w->env, deals, DT__MOST_DEALS);
    return st;
}
