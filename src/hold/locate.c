/* A state as people write it: a number, a proposal, no_deal, an option of a graph written out, YNYN, or
 * ISSUE=OPTION,... */
#include <string.h>

#include "base/catalog.h"
#include "hold/work.h"

/* The number of a state in decimal; 0 when it is none. */
static uint64_t number_in(const char *text) {
    uint64_t number = 0;

    for (; *text >= '0' && *text <= '9'; text++) {
        if (number > UINT32_MAX) return number;
        number = number * 10 + (uint64_t)(*text - '0');
    }
    return *text == '\0' ? number : 0;
}

static dt_status find_outcome(dt__state *state, dt__hold_work *w, const dt__option *outcome, const char *text) {
    *state = dt__graph_find(&w->graph, outcome);
    if (*state != DT__NO_STATE) return DT_OK;
    return dt__refuse_option(w->env, "no-such-state", DT__N("“{0}” breaks a rule, so it is no state"), text);
}

static dt_status refuse_state(dt__hold_work *w, const char *text) {
    dt_status st = dt__refuse_option(
        w->env, "unknown-state", DT__N("“{0}” is no state: expected its number, a proposal or ISSUE=OPTION,..."), text);
    dt__text number;

    dt__text_init(&number, w->env);
    dt__text_add_unsigned(&number, w->graph.state_count);
    w->env->diagnostics_lost |= number.failed;
    dt__hint(w->env, DT__N("states are numbered from 1 to {0}"), dt__text_get(&number), NULL);
    dt__text_clear(&number);
    return st;
}

/* One ISSUE=OPTION of a list. */
static dt_status read_term(dt__option *outcome, dt__hold_work *w, const char *term, size_t length) {
    char *copy = DT__ARRAY(w->env, char, length + 1), *equals;
    uint32_t issue, option = DT__NO_INDEX;

    if (copy == NULL) return DT_ERR_MEMORY;
    memcpy(copy, term, length);
    if ((equals = strchr(copy, '=')) != NULL) *equals = '\0';
    issue = equals == NULL ? DT__NO_INDEX : dt__model_issue(w->model, copy);
    if (issue != DT__NO_INDEX) option = dt__issue_option(&w->model->issues[issue], equals + 1);
    if (option != DT__NO_INDEX) outcome[issue] = (dt__option)option;
    else if (equals != NULL) *equals = '=';
    if (option == DT__NO_INDEX) refuse_state(w, copy);
    DT__FREE(w->env, copy, length + 1);
    return option == DT__NO_INDEX ? DT_ERR_ARGUMENT : DT_OK;
}

static dt_status read_terms(dt__option *outcome, dt__hold_work *w, const char *text) {
    dt_status st = DT_OK;

    while (st == DT_OK) {
        const char *comma = strchr(text, ',');
        st = read_term(outcome, w, text, comma == NULL ? strlen(text) : (size_t)(comma - text));
        if (comma == NULL) break;
        text = comma + 1;
    }
    return st;
}

/* "YNNY": of issues that are all yes or no, where the second option is yes. */
static bool read_letters(dt__option *outcome, const dt_model *model, const char *text) {
    if (strlen(text) != model->issue_count || strspn(text, "YNyn") != model->issue_count) return false;
    for (size_t i = 0; i < model->issue_count; i++) {
        if (model->issues[i].option_count != 2) return false;
        outcome[i] = text[i] == 'Y' || text[i] == 'y';
    }
    return true;
}

static uint32_t find_proposal(const dt_model *model, const char *text) {
    for (uint32_t i = 0; i < model->proposal_count; i++) {
        if (strcmp(model->proposals[i].id, text) == 0) return i;
    }
    return DT__NO_INDEX;
}

/* The names of the model come before numbers: a state of a graph written out may be called 3. */
static bool read_name(dt__option *outcome, const dt__hold_work *w, const char *text) {
    const dt_model *model = w->model;
    uint32_t proposal = find_proposal(model, text), option = DT__NO_INDEX;

    memcpy(outcome, w->setting->no_deal, model->issue_count * sizeof *outcome);
    if (proposal != DT__NO_INDEX)
        dt__proposal_outcome(model, &model->proposals[proposal], w->setting->no_deal, outcome);
    else if (model->issue_count == 1) option = dt__issue_option(&model->issues[0], text);
    if (option != DT__NO_INDEX) outcome[0] = (dt__option)option;
    return proposal != DT__NO_INDEX || option != DT__NO_INDEX || strcmp(text, "no_deal") == 0 ||
           read_letters(outcome, model, text);
}

dt_status dt__hold_locate(dt__state *state, dt__hold_work *w, const char *text) {
    dt__option outcome[DT__MAX_ISSUES];
    uint64_t number;
    dt_status st;

    *state = DT__NO_STATE;
    if (read_name(outcome, w, text)) return find_outcome(state, w, outcome, text);
    if ((number = number_in(text)) > 0) {
        if (number > w->graph.state_count) return refuse_state(w, text);
        *state = (dt__state)(number - 1);
        return DT_OK;
    }
    if ((st = read_terms(outcome, w, text)) != DT_OK) return st;
    return find_outcome(state, w, outcome, text);
}
