/* Proposals judged: by parties, principles and rules, straight from the model. */
#include "deal/answer.h"

static void find_off_agenda(dt__builder *b, dt_proposal_answer *out, const dt__situation *s, const dt__format *format) {
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, s->model->issue_count);

    out->off_agenda = list;
    for (uint32_t i = 0; list != NULL && i < s->model->issue_count; i++) {
        if (out->outcome[i] != s->no_deal[i] && !dt__issue_set_has(&format->agenda, i))
            list[out->off_agenda_count++] = i;
    }
}

static void find_broken_principles(dt__builder *b, dt_proposal_answer *out, const dt__situation *s,
                                   const dt__format *format) {
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, s->model->principle_count);

    out->principles = list;
    for (uint32_t i = 0; list != NULL && i < s->model->principle_count; i++) {
        if (dt__principle_broken(s->model, &s->model->principles[i], format, out->outcome, s->no_deal))
            list[out->principle_count++] = i;
    }
}

static void find_broken_rules(dt__builder *b, dt_proposal_answer *out, const dt_model *model) {
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, model->rule_count);

    out->rules = list;
    for (uint32_t i = 0; list != NULL && i < model->rule_count; i++) {
        if (!dt__condition_holds(model->rules[i].require, out->outcome)) list[out->rule_count++] = i;
    }
    out->coherent = out->rule_count == 0;
}

/* What does not depend on the format. */
static dt_status judge_proposal(dt__builder *b, dt_proposal_answer *out, const dt__setting *setting, uint32_t index) {
    const dt__situation *s = &setting->situation;
    dt__option outcome[DT__MAX_ISSUES];

    *out = (dt_proposal_answer){.proposal = index};
    dt__proposal_outcome(s->model, &s->model->proposals[index], s->no_deal, outcome);
    out->outcome = dt__builder_outcome(b, outcome, s->model->issue_count);
    if (out->outcome == NULL) return DT_ERR_MEMORY;
    find_broken_rules(b, out, s->model);
    return dt__builder_judgements(b, &out->parties, &out->party_count, setting, out->outcome);
}

/* Judged once, then seen from each format. */
dt_status dt__answer_proposals(dt__builder *b, dt_deal_format *formats, size_t format_count,
                               const dt__setting *setting) {
    const dt__situation *s = &setting->situation;
    size_t count = s->model->proposal_count;
    dt_proposal_answer *judged = DT__BUILDER_ARRAY(b, dt_proposal_answer, count);
    dt_status st = judged == NULL ? DT_ERR_MEMORY : DT_OK;

    for (uint32_t i = 0; i < count && st == DT_OK; i++) st = judge_proposal(b, &judged[i], setting, i);
    for (size_t f = 0; f < format_count && st == DT_OK; f++) {
        const dt__format *format = &s->model->formats[formats[f].format];
        dt_proposal_answer *seen = DT__BUILDER_ARRAY(b, dt_proposal_answer, count);
        if (seen == NULL) return DT_ERR_MEMORY;
        for (size_t i = 0; i < count; i++) {
            seen[i] = judged[i];
            find_off_agenda(b, &seen[i], s, format);
            find_broken_principles(b, &seen[i], s, format);
            seen[i].acceptable =
                seen[i].coherent && seen[i].off_agenda_count == 0 &&
                dt__consent_wins(&format->consent, dt__accepting(seen[i].parties, seen[i].party_count));
        }
        formats[f].proposals = seen;
        formats[f].proposal_count = count;
    }
    return st;
}

void dt__answer_no_deal_breaks(dt__builder *b, dt_deal_answer *answer, const dt__setting *setting) {
    const dt__situation *s = &setting->situation;
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, s->model->principle_count);

    answer->no_deal_breaks = list;
    for (uint32_t i = 0; list != NULL && i < s->model->principle_count; i++) {
        if (dt__principle_broken(s->model, &s->model->principles[i], NULL, s->no_deal, s->no_deal))
            list[answer->principle_count++] = i;
    }
}
