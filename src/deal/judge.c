/* What parties and principles make of a given outcome, straight from the model. */
#include <string.h>

#include "deal/answer.h"
#include "model/utility.h"

static dt_status judge_utility(dt__answer_builder *b, dt_judgement *j, const dt__situation *s, const dt__option *outcome) {
    dt__rational utility, no_deal, gain;
    dt_status st;

    if ((st = dt__utility(&utility, s->model, s->valuation, j->party, outcome, b->env)) != DT_OK) return st;
    if ((st = dt__reservation(&no_deal, s->model, s->valuation, j->party, s->no_deal, s->months, b->env)) != DT_OK) return st;
    if (!dt__rational_sub(&gain, utility, no_deal)) return dt__too_large_number(s->model, j->party, b->env);
    j->utility = dt__answer_exact(b, utility);
    j->no_deal = dt__answer_exact(b, no_deal);
    j->gain = dt__answer_exact(b, gain);
    j->preference = (dt_preference)dt__rational_sign(gain);
    return DT_OK;
}

static dt_status judge_rank(dt__answer_builder *b, dt_judgement *j, const dt__situation *s, const dt__option *outcome) {
    int order = 0;
    dt_status st = dt__compare_outcomes(&order, s->model, s->valuation, j->party, outcome, s->no_deal, b->env);

    j->preference = (dt_preference)order;
    return st;
}

static void judge_red_lines(dt__answer_builder *b, dt_judgement *j, const dt__preferences *prefs, const dt__option *outcome) {
    uint32_t *crossed = DT__ANSWER_ARRAY(b, uint32_t, prefs->red_line_count);

    j->red_lines = crossed;
    for (uint32_t i = 0; crossed != NULL && i < prefs->red_line_count; i++) {
        if (!dt__condition_holds(prefs->red_lines[i].require, outcome)) crossed[j->red_line_count++] = i;
    }
}

dt_status dt__answer_judgements(dt__answer_builder *b, const dt_judgement **out, size_t *count, const dt__deal_setting *setting, const dt__option *outcome) {
    const dt__situation *s = &setting->situation;
    dt_judgement *list = DT__ANSWER_ARRAY(b, dt_judgement, s->model->party_count);
    dt_status st = DT_OK;

    *out = list;
    *count = 0;
    if (list == NULL) return DT_ERR_MEMORY;
    for (uint32_t p = 0; p < s->model->party_count && st == DT_OK; p++) {
        const dt__preferences *prefs = s->model->parties[p].preferences;
        dt_judgement *j = &list[*count];
        if (prefs == NULL) continue;
        *j = (dt_judgement){.party = p};
        st = dt__is_ordinal(prefs) ? judge_rank(b, j, s, outcome) : judge_utility(b, j, s, outcome);
        judge_red_lines(b, j, prefs, outcome);
        j->accepts = j->red_line_count == 0 && j->preference != DT_WORSE;
        (*count)++;
    }
    return st;
}

/* ---- proposals ---- */

static dt__party_set accepting_parties(const dt_proposal_answer *p) {
    dt__party_set accepting = 0;
    for (size_t i = 0; i < p->party_count; i++) {
        if (p->parties[i].accepts) accepting |= (dt__party_set)1 << p->parties[i].party;
    }
    return accepting;
}

static void find_off_agenda(dt__answer_builder *b, dt_proposal_answer *out, const dt__situation *s, const dt__format *format) {
    uint32_t *list = DT__ANSWER_ARRAY(b, uint32_t, s->model->issue_count);

    out->off_agenda = list;
    for (uint32_t i = 0; list != NULL && i < s->model->issue_count; i++) {
        if (out->outcome[i] != s->no_deal[i] && !dt__issue_set_has(&format->agenda, i)) list[out->off_agenda_count++] = i;
    }
}

static void find_broken_principles(dt__answer_builder *b, dt_proposal_answer *out, const dt__situation *s, const dt__format *format) {
    uint32_t *list = DT__ANSWER_ARRAY(b, uint32_t, s->model->principle_count);

    out->principles = list;
    for (uint32_t i = 0; list != NULL && i < s->model->principle_count; i++) {
        if (dt__principle_broken(s->model, &s->model->principles[i], format, out->outcome, s->no_deal)) list[out->principle_count++] = i;
    }
}

static void find_broken_rules(dt__answer_builder *b, dt_proposal_answer *out, const dt_model *model) {
    uint32_t *list = DT__ANSWER_ARRAY(b, uint32_t, model->rule_count);

    out->rules = list;
    for (uint32_t i = 0; list != NULL && i < model->rule_count; i++) {
        if (!dt__condition_holds(model->rules[i].require, out->outcome)) list[out->rule_count++] = i;
    }
    out->coherent = out->rule_count == 0;
}

/* What does not depend on the format. */
static dt_status judge_proposal(dt__answer_builder *b, dt_proposal_answer *out, const dt__deal_setting *setting, uint32_t index) {
    const dt__situation *s = &setting->situation;
    dt__option outcome[DT__MAX_ISSUES];

    *out = (dt_proposal_answer){.proposal = index};
    dt__proposal_outcome(s->model, &s->model->proposals[index], s->no_deal, outcome);
    out->outcome = dt__answer_outcome(b, outcome, s->model->issue_count);
    if (out->outcome == NULL) return DT_ERR_MEMORY;
    find_broken_rules(b, out, s->model);
    return dt__answer_judgements(b, &out->parties, &out->party_count, setting, out->outcome);
}

/* Judged once, then seen from each format. */
dt_status dt__answer_proposals(dt__answer_builder *b, dt_deal_format *formats, const dt__deal_setting *setting) {
    const dt__situation *s = &setting->situation;
    size_t count = s->model->proposal_count;
    dt_proposal_answer *judged = DT__ANSWER_ARRAY(b, dt_proposal_answer, count);
    dt_status st = judged == NULL ? DT_ERR_MEMORY : DT_OK;

    for (uint32_t i = 0; i < count && st == DT_OK; i++) st = judge_proposal(b, &judged[i], setting, i);
    for (size_t f = 0; f < b->answer->format_count && st == DT_OK; f++) {
        const dt__format *format = &s->model->formats[formats[f].format];
        dt_proposal_answer *seen = DT__ANSWER_ARRAY(b, dt_proposal_answer, count);
        if (seen == NULL) return DT_ERR_MEMORY;
        for (size_t i = 0; i < count; i++) {
            seen[i] = judged[i];
            find_off_agenda(b, &seen[i], s, format);
            find_broken_principles(b, &seen[i], s, format);
            seen[i].acceptable = seen[i].coherent && seen[i].off_agenda_count == 0 && dt__consent_wins(&format->consent, accepting_parties(&seen[i]));
        }
        formats[f].proposals = seen;
        formats[f].proposal_count = count;
    }
    return st;
}

void dt__answer_no_deal_breaks(dt__answer_builder *b, const dt__deal_setting *setting) {
    const dt__situation *s = &setting->situation;
    uint32_t *list = DT__ANSWER_ARRAY(b, uint32_t, s->model->principle_count);

    b->answer->no_deal_breaks = list;
    for (uint32_t i = 0; list != NULL && i < s->model->principle_count; i++) {
        if (dt__principle_broken(s->model, &s->model->principles[i], NULL, s->no_deal, s->no_deal)) list[b->answer->principle_count++] = i;
    }
}
