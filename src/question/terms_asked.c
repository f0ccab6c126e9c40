#include "question/terms_asked.h"

#include <string.h>

#include "base/catalog.h"
#include "question/setting.h"

static dt_status read_term(dt__option *named, const dt_model *model, const char *term, size_t length, dt_env *env) {
    char *copy = DT__ARRAY(env, char, length + 1), *equals;
    uint32_t issue, option = DT__NO_INDEX;

    if (copy == NULL) return DT_ERR_MEMORY;
    memcpy(copy, term, length);
    equals = strchr(copy, '=');
    if (equals != NULL) *equals = '\0';
    issue = equals == NULL ? DT__NO_INDEX : dt__model_issue(model, copy);
    if (issue != DT__NO_INDEX) option = dt__issue_option(&model->issues[issue], equals + 1);
    if (option != DT__NO_INDEX) named[issue] = (dt__option)option;
    else if (equals != NULL) *equals = '=';
    if (option == DT__NO_INDEX)
        dt__refuse_option(env, "unknown-deal", DT__N("“{0}” is neither a proposal nor ISSUE=OPTION"), copy);
    DT__FREE(env, copy, length + 1);
    return option == DT__NO_INDEX ? DT_ERR_ARGUMENT : DT_OK;
}

dt_status dt__terms_asked(dt__option *named, uint32_t *proposal, const dt_model *model, const char *text, dt_env *env) {
    dt_status st = DT_OK;

    *proposal = DT__NO_INDEX;
    for (size_t i = 0; i < model->issue_count; i++) named[i] = DT__NO_OPTION;
    for (uint32_t i = 0; i < model->proposal_count; i++) {
        if (strcmp(model->proposals[i].id, text) != 0) continue;
        memcpy(named, model->proposals[i].named, model->issue_count * sizeof *named);
        *proposal = i;
        return DT_OK;
    }
    while (st == DT_OK) {
        const char *comma = strchr(text, ',');
        st = read_term(named, model, text, comma == NULL ? strlen(text) : (size_t)(comma - text), env);
        if (comma == NULL) break;
        text = comma + 1;
    }
    return st;
}
