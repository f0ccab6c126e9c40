#include "document/facts.h"

const char *dt__party_key(const dt_document *d, uint32_t party) {
    return d->model->parties[party].id;
}

const char *dt__format_key(const dt_document *d, uint32_t format) {
    return d->model->formats[format].id;
}

dt__value *dt__outcome_value(dt_document *d, dt_outcome outcome) {
    dt__value *value;

    if (outcome == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (size_t i = 0; i < d->model->issue_count; i++) {
        const dt__issue *issue = &d->model->issues[i];
        dt__put(d, value, issue->id, dt__value_string(d, issue->options[outcome[i]].id));
    }
    return value;
}

dt__value *dt__party_set_value(dt_document *d, dt__party_set parties) {
    dt__value *value = dt__value_array(d);

    for (uint32_t p = 0; p < d->model->party_count; p++) {
        if ((parties >> p) & 1) dt__append(value, dt__value_string(d, dt__party_key(d, p)));
    }
    return value;
}

dt__value *dt__party_sets_value(dt_document *d, const uint64_t *sets, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__party_set_value(d, sets[i]));
    return value;
}

static dt__value *judgement_value(dt_document *d, const dt_judgement *j) {
    dt__value *value = dt__value_object(d), *lines;
    const char *preference = j->preference == DT_BETTER ? "better" : j->preference == DT_WORSE ? "worse" : "equal";

    dt__put(d, value, "accepts", dt__value_bool(d, j->accepts));
    dt__put(d, value, "preference", dt__value_string(d, preference));
    dt__put(d, value, "utility", dt__value_exact(d, j->utility));
    dt__put(d, value, "no_deal", dt__value_exact(d, j->no_deal));
    dt__put(d, value, "gain", dt__value_exact(d, j->gain));
    lines = dt__put(d, value, "red_lines", dt__value_array(d));
    for (size_t i = 0; i < j->red_line_count; i++) {
        const dt__preferences *preferences = d->model->parties[j->party].preferences;
        dt__append(lines, dt__value_string(d, preferences->red_lines[j->red_lines[i]].id));
    }
    return value;
}

dt__value *dt__judgements_value(dt_document *d, const dt_judgement *judgements, size_t count) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < count; i++)
        dt__put(d, value, dt__party_key(d, judgements[i].party), judgement_value(d, &judgements[i]));
    return value;
}
