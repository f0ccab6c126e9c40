#include "document/naming.h"

#include <string.h>

#include "base/catalog.h"
#include "document/phrase.h"

const char *dt__label_name(dt_document *d, const dt__label *label, const char *id) {
    return dt__label_text(label, d->env->opts.language, id);
}

const char *dt__title_name(dt_document *d) {
    return dt__label_name(d, &d->model->title, dt__file_base(d->model->file));
}

const char *dt__party_name(dt_document *d, uint32_t party) {
    return dt__label_name(d, &d->model->parties[party].name, d->model->parties[party].id);
}

const char *dt__issue_name(dt_document *d, uint32_t issue) {
    return dt__label_name(d, &d->model->issues[issue].name, d->model->issues[issue].id);
}

const char *dt__option_name(dt_document *d, uint32_t issue, uint32_t option) {
    const dt__option_info *info = &d->model->issues[issue].options[option];
    return dt__label_name(d, &info->name, info->id);
}

const char *dt__format_name(dt_document *d, uint32_t format) {
    return dt__label_name(d, &d->model->formats[format].name, d->model->formats[format].id);
}

const char *dt__rule_name(dt_document *d, uint32_t rule) {
    return dt__label_name(d, &d->model->rules[rule].name, d->model->rules[rule].id);
}

const char *dt__principle_name(dt_document *d, uint32_t principle) {
    return dt__label_name(d, &d->model->principles[principle].name, d->model->principles[principle].id);
}

const char *dt__proposal_name(dt_document *d, uint32_t proposal) {
    return dt__label_name(d, &d->model->proposals[proposal].name, d->model->proposals[proposal].id);
}

const char *dt__scenario_name(dt_document *d, uint32_t scenario) {
    return dt__label_name(d, &d->model->scenarios[scenario].name, d->model->scenarios[scenario].id);
}

const char *dt__red_line_name(dt_document *d, uint32_t party, uint32_t red_line) {
    const dt__red_line *line = &d->model->parties[party].preferences->red_lines[red_line];
    return dt__label_name(d, &line->name, line->id);
}

/* ---- the date ---- */

const char *dt__as_of_text(dt_document *d) {
    dt__text text;

    if (!d->model->has_as_of) return "";
    dt__text_init(&text, d->env);
    dt__date_print(&text, d->model->as_of);
    return dt__document_take(d, &text);
}

const char *dt__as_of_sentence(dt_document *d, dt_exact months) {
    const char *date = dt__say_date(d, dt__as_of_text(d));
    bool drifted = months.text != NULL && strcmp(months.text, "0") != 0;

    if (*date == '\0') return "";
    if (!drifted) return dt__say(d, "As of {0}.", date, NULL);
    if (months.value < 0)
        return dt__say(d,
                       strcmp(months.text, "-1") == 0 ? DT__N("As of {0}, with no deal as it was one month earlier.")
                                                      : DT__N("As of {0}, with no deal as it was {1} months earlier."),
                       date, dt__say_number(d, -months.value), NULL);
    return dt__say(d,
                   strcmp(months.text, "1") == 0 ? DT__N("As of {0}, with no deal as it will be one month later.")
                                                 : DT__N("As of {0}, with no deal as it will be {1} months later."),
                   date, dt__say_number(d, months.value), NULL);
}

/* ---- sets ---- */

static dt__phrases party_phrases(dt_document *d, dt__party_set parties) {
    dt__phrases p = dt__phrases_new(d, d->model->party_count);
    for (uint32_t i = 0; i < d->model->party_count; i++) {
        if ((parties >> i) & 1) dt__phrases_add(&p, dt__party_name(d, i));
    }
    return p;
}

const char *dt__parties_text(dt_document *d, dt__party_set parties) {
    dt__phrases p = party_phrases(d, parties);
    return dt__phrases_and(d, &p);
}

const char *dt__issues_text(dt_document *d, const dt__issue_set *issues) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (dt__issue_set_has(issues, i)) dt__phrases_add(&p, dt__issue_name(d, i));
    }
    return dt__phrases_and(d, &p);
}

static const char *weights_text(dt_document *d, const dt__consent *consent) {
    dt__phrases p = dt__phrases_new(d, d->model->party_count);
    for (uint32_t i = 0; i < d->model->party_count; i++) {
        if ((consent->weighted_parties >> i) & 1) {
            dt__phrases_add(&p, dt__pair(d, dt__party_name(d, i), dt__rational_text(d, consent->weights[i])));
        }
    }
    return dt__say(d, "a weight of {0} or more ({1})", dt__rational_text(d, consent->quota),
                   dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL);
}

static size_t count_parties(dt__party_set parties) {
    size_t count = 0;
    for (; parties != 0; parties &= parties - 1) count++;
    return count;
}

const char *dt__consent_text(dt_document *d, const dt__consent *consent) {
    bool every = consent->at_least > 0 && consent->at_least == count_parties(consent->of);
    dt__party_set all = consent->all_of | consent->veto | (every ? consent->of : 0);
    dt__phrases parts = dt__phrases_new(d, 3), among;

    if (all != 0) dt__phrases_add(&parts, dt__parties_text(d, all));
    if (consent->at_least > 0 && !every) {
        among = party_phrases(d, consent->of);
        dt__phrases_add(&parts, dt__say(d, "at least {0} of {1}", dt__say_size(d, consent->at_least),
                                        dt__phrases_join(d, &among, dt__t(d->env, ", ")), NULL));
    }
    if (consent->weighted) dt__phrases_add(&parts, weights_text(d, consent));
    return dt__phrases_join(d, &parts, dt__t(d->env, ", and "));
}

/* ---- outcomes ---- */

bool dt__same_outcome(const dt_document *d, dt_outcome a, dt_outcome b) {
    return memcmp(a, b, d->model->issue_count * sizeof *a) == 0;
}

const char *dt__changes_text(dt_document *d, dt_outcome outcome, dt_outcome no_deal) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (outcome[i] == no_deal[i]) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, i), dt__option_name(d, i, outcome[i]), NULL));
    }
    return p.count == 0 ? dt__word(d, "as with no deal") : dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

/* ---- blockers ---- */

static const char *shortfall_text(dt_document *d, const dt_concession *given, uint32_t party) {
    for (size_t i = 0; i < given->shortfall_count; i++) {
        if (given->shortfall_parties[i] != party) continue;
        return dt__say(d, "takes {0} less than no deal", dt__say_number(d, given->shortfalls[i].value), NULL);
    }
    return dt__word(d, "takes less than no deal");
}

/* given: NULL, or the concession that the blocker is part of. */
static const char *blocker_name(dt_document *d, const dt_blocker *blocker, const dt_concession *given) {
    if (blocker->kind == DT_BLOCKER_RULE) return dt__rule_name(d, blocker->index);
    if (blocker->kind == DT_BLOCKER_RED_LINE) return dt__red_line_name(d, blocker->party, blocker->index);
    return given == NULL ? dt__word(d, "walking away is worth more") : shortfall_text(d, given, blocker->party);
}

static bool same_holder(const dt_blocker *a, const dt_blocker *b) {
    return a->kind != DT_BLOCKER_RULE && b->kind != DT_BLOCKER_RULE && a->party == b->party;
}

static bool has_earlier(const dt_blocker_set *set, size_t i) {
    for (size_t j = 0; j < i; j++) {
        if (same_holder(set->members[i], set->members[j])) return true;
    }
    return false;
}

/* What the holder of the i-th blocker has in the set: "North: no free pause, territory". */
static const char *holder_text(dt_document *d, const dt_blocker_set *set, size_t i, const dt_concession *given) {
    dt__phrases p = dt__phrases_new(d, set->count);
    const dt_blocker *blocker = set->members[i];

    if (blocker->kind == DT_BLOCKER_RULE) return blocker_name(d, blocker, given);
    for (size_t j = i; j < set->count; j++) {
        if (same_holder(blocker, set->members[j])) dt__phrases_add(&p, blocker_name(d, set->members[j], given));
    }
    return dt__say(d, "{0}: {1}", dt__party_name(d, blocker->party), dt__phrases_join(d, &p, dt__t(d->env, ", ")),
                   NULL);
}

static const char *set_text(dt_document *d, const dt_blocker_set *set, const dt_concession *given) {
    dt__phrases p = dt__phrases_new(d, set->count);
    for (size_t i = 0; i < set->count; i++) {
        if (!has_earlier(set, i)) dt__phrases_add(&p, holder_text(d, set, i, given));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

const char *dt__blockers_text(dt_document *d, const dt_blocker_set *set) {
    return set_text(d, set, NULL);
}

const char *dt__concession_text(dt_document *d, const dt_concession *concession) {
    return set_text(d, &concession->drop, concession);
}

/* ---- red lines crossed ---- */

static const char *crossed_by(dt_document *d, const dt_judgement *j) {
    dt__phrases p = dt__phrases_new(d, j->red_line_count);

    for (size_t i = 0; i < j->red_line_count; i++) dt__phrases_add(&p, dt__red_line_name(d, j->party, j->red_lines[i]));
    return dt__say(d, "{0}: {1}", dt__party_name(d, j->party), dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL);
}

const char *dt__crossings_text(dt_document *d, const dt_judgement *judgements, size_t count) {
    dt__phrases p = dt__phrases_new(d, count);

    for (size_t i = 0; i < count; i++) {
        if (judgements[i].red_line_count > 0) dt__phrases_add(&p, crossed_by(d, &judgements[i]));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

/* ---- verification ---- */

void dt__verification(dt_document *d, dt__block **list, uint32_t format, bool holds, const char *note) {
    const char *verdict = holds ? dt__word(d, "holds") : dt__word(d, "FAILED");

    if (*list == NULL) {
        dt__heading(d, 2, dt__word(d, "Verification"));
        *list = dt__bullets(d);
    }
    dt__bullet(d, *list, dt__say(d, "{0}: {1}. {2}", dt__format_name(d, format), verdict, note, NULL));
}
