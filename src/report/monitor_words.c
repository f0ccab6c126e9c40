/* What a report on the keeping of agreements calls things. */
#include <math.h>
#include <string.h>

#include "base/calendar.h"
#include "base/catalog.h"
#include "model/acts.h"
#include "report/monitor_sections.h"

const dt__clause *dt__monitor_clause(const dt_monitor_answer *answer, const dt_clause_record *clause) {
    return &answer->model->agreements[clause->agreement].clauses[clause->clause];
}

const dt__clause_reading *dt__monitor_terms(const dt_monitor_answer *answer, const dt_clause_record *clause,
                                            size_t reading) {
    return &dt__monitor_clause(answer, clause)->readings[reading];
}

/* ---- moments ---- */

const char *dt__monitor_moment(dt_document *d, int64_t moment, bool day_only) {
    dt__text text;

    if (moment == INT64_MIN || moment == INT64_MAX) return "";
    dt__text_init(&text, d->env);
    dt__text_add_instant(&text, moment, day_only ? DT__TO_THE_DAY : DT__TO_THE_MINUTE);
    return dt__document_take(d, &text);
}

const char *dt__monitor_when(dt_document *d, int64_t moment, bool day_only) {
    return dt__say_date(d, dt__monitor_moment(d, moment, day_only));
}

/* ---- keys ---- */

const char *dt__monitor_verdict_key(dt_verdict verdict) {
    static const char *const keys[] = {"within", "alleged",      "corroborated", "contradicted",
                                       "exempt", "out_of_scope", "indeterminate"};
    return keys[verdict];
}

const char *dt__monitor_doubt_key(unsigned index) {
    static const char *const keys[] = {"time", "place", "actor", "act", "target", "exemption", "in_force"};
    return keys[index];
}

const char *dt__monitor_conclusion_key(dt_conclusion conclusion) {
    static const char *const keys[] = {"no_obligation", "not_observed", "not_assessable", "none_reported",
                                       "cannot_say",    "contradicted", "alleged",        "corroborated"};
    return keys[conclusion];
}

const char *dt__monitor_method_key(dt_rate_method method) {
    static const char *const keys[] = {"none", "negative_binomial", "poisson", "conditional",
                                       "zero", "block_bootstrap",   "long_run"};
    return keys[method];
}

const char *dt__monitor_flaw_key(dt_sum_flaw flaw) {
    static const char *const keys[] = {"components_do_not_sum", "cumulative", "subset"};
    return keys[flaw];
}

/* ---- words ---- */

static const char *one_act(dt_document *d, const dt_model *m, const char *code, size_t length) {
    for (size_t i = 0; dt__act_at(i) != NULL; i++)
        if (strlen(dt__act_at(i)->code) == length && memcmp(dt__act_at(i)->code, code, length) == 0)
            return dt__word(d, dt__act_at(i)->name);
    for (size_t i = 0; i < m->act_count; i++)
        if (strlen(m->acts[i].code) == length && memcmp(m->acts[i].code, code, length) == 0)
            return dt__label_name(d, &m->acts[i].name, m->acts[i].code);
    return code;
}

const char *dt__monitor_act(dt_document *d, const dt_model *model, const char *act) {
    dt__phrases list = dt__phrases_new(d, strlen(act) / 2 + 1);

    while (*act != '\0') {
        size_t length = strcspn(act, "|");
        dt__phrases_add(&list, one_act(d, model, act, length));
        act += length + (act[length] == '|');
    }
    return dt__phrases_join(d, &list, " / ");
}

const char *dt__monitor_conclusion(dt_document *d, const dt_party_record *p) {
    static const char *const words[] = {DT__N("not bound by this reading"),
                                        DT__N("not observed: no source tells of such acts"),
                                        DT__N("not assessable with these sources: they do not say what was hit"),
                                        DT__N("none reported, which proves nothing"),
                                        DT__N("cannot say"),
                                        DT__N("alleged and contradicted"),
                                        DT__N("breaches alleged"),
                                        DT__N("breaches corroborated")};

    if (p->conclusion == DT_CONCLUSION_NOT_OBSERVED && p->watched <= 0)
        return dt__word(d, "not observed: no source that could tell was watching");
    if (p->conclusion == DT_CONCLUSION_NONE_REPORTED && p->watched < 1)
        return dt__say(d, "none reported, which proves nothing; {0} of the time was watched",
                       dt__say_percent(d, p->watched), NULL);
    return dt__word(d, words[p->conclusion]);
}

const char *dt__monitor_doubts(dt_document *d, unsigned doubts) {
    static const char *const words[] = {DT__N("the time"),
                                        DT__N("the place"),
                                        DT__N("who did it"),
                                        DT__N("what was done"),
                                        DT__N("what was hit"),
                                        DT__N("whether it was exempt"),
                                        DT__N("whether it was still in force")};
    dt__phrases list = dt__phrases_new(d, DT_DOUBT_KINDS);

    for (unsigned i = 0; i < DT_DOUBT_KINDS; i++)
        if ((doubts >> i & 1) != 0) dt__phrases_add(&list, dt__word(d, words[i]));
    return dt__phrases_and(d, &list);
}

const char *dt__monitor_days(dt_document *d, size_t count) {
    return count == 1 ? dt__word(d, "1 day") : dt__say(d, "{0} days", dt__say_size(d, count), NULL);
}

/* A share of the rate before, or so many times as much, where that may be more than all of it. */
static const char *times(dt_document *d, const dt_rate_ratio *r) {
    return dt__say(d, "{0} times that rate ({1} to {2})", dt__say_number(d, r->value), dt__say_number(d, r->low),
                   dt__say_number(d, r->high), NULL);
}

const char *dt__monitor_ratio(dt_document *d, const dt_rate_ratio *ratio) {
    if (ratio->method == DT_RATE_NONE) return "";
    if (ratio->method == DT_RATE_ZERO && ratio->high <= 1)
        return dt__say(d, "none, so at most {0} of that rate", dt__say_percent(d, ratio->high), NULL);
    if (ratio->method == DT_RATE_ZERO)
        return dt__say(d, "none, so at most {0} times that rate", dt__say_number(d, ratio->high), NULL);
    if (isinf(ratio->high))
        return dt__say(d, "{0} times that rate ({1} or more)", dt__say_number(d, ratio->value),
                       dt__say_number(d, ratio->low), NULL);
    if (ratio->high > 1) return times(d, ratio);
    return dt__say(d, "{0} of that rate ({1} to {2})", dt__say_percent(d, ratio->value), dt__say_percent(d, ratio->low),
                   dt__say_percent(d, ratio->high), NULL);
}

const char *dt__monitor_verdict(dt_document *d, dt_verdict verdict) {
    static const char *const words[] = {DT__N("Said to be kept"), DT__N("Alleged"), DT__N("Corroborated"),
                                        DT__N("Contradicted"),    DT__N("Exempt"),  DT__N("Out of scope"),
                                        DT__N("In doubt")};
    return dt__word(d, words[verdict]);
}

dt__value *dt__monitor_verdict_marks(dt_document *d) {
    static const dt_verdict shown[] = {DT_VERDICT_CORROBORATED, DT_VERDICT_ALLEGED, DT_VERDICT_CONTRADICTED,
                                       DT_VERDICT_EXEMPT,       DT_VERDICT_WITHIN,  DT_VERDICT_INDETERMINATE};
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        dt__value *mark = dt__append(list, dt__value_object(d));
        dt__put(d, mark, "id", dt__value_string(d, dt__monitor_verdict_key(shown[i])));
        dt__put(d, mark, "name", dt__value_string(d, dt__monitor_verdict(d, shown[i])));
    }
    return list;
}

const char *dt__monitor_count(dt_document *d, double count, bool at_least) {
    const char *number = count > 0 ? dt__say_number(d, count) : "0";
    return at_least ? dt__say(d, "at least {0}", number, NULL) : number;
}

/* ---- agreements, clauses, readings ---- */

size_t dt__monitor_agreements(const dt_monitor_answer *answer) {
    size_t count = 0;

    for (size_t i = 0; answer != NULL && i < answer->clause_count; i++)
        count += i == 0 || answer->clauses[i].agreement != answer->clauses[i - 1].agreement;
    return count;
}

uint32_t dt__monitor_agreement(const dt_monitor_answer *answer, size_t index) {
    for (size_t i = 0; i < answer->clause_count; i++) {
        if (i > 0 && answer->clauses[i].agreement == answer->clauses[i - 1].agreement) continue;
        if (index-- == 0) return answer->clauses[i].agreement;
    }
    return UINT32_MAX;
}

const char *dt__monitor_agreement_name(dt_document *d, const dt_monitor_answer *answer, uint32_t agreement) {
    const dt__agreement *a = &answer->model->agreements[agreement];
    return dt__label_name(d, &a->name, a->id);
}

const char *dt__monitor_clause_name(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause) {
    const dt__clause *c = dt__monitor_clause(answer, clause);
    const char *name = dt__label_name(d, &c->name, c->id);

    if (dt__monitor_agreements(answer) < 2) return name;
    return dt__say(d, "{0}, {1}", dt__monitor_agreement_name(d, answer, clause->agreement), name, NULL);
}

const char *dt__monitor_reading_name(dt_document *d, const dt_monitor_answer *answer, const dt_clause_record *clause,
                                     size_t reading) {
    const dt__clause_reading *terms = dt__monitor_terms(answer, clause, reading);
    const char *name = dt__label_name(d, &terms->name, terms->id);

    return strcmp(name, "agreed") == 0 ? dt__word(d, "agreed") : name; /* the id of a reading in drafts */
}

/* ---- places ---- */

enum { CELL_REACH = 7900, LEAST_REACH = 10000 }; /* metres: from the middle of a cell to its corner, at most */

static double middle_of_cell(double degrees) {
    return (floor(degrees * 10) * 10 + 5) / 100;
}

dt__shown_place dt__monitor_place(const dt_incident *x, const dt_monitor_view *view) {
    dt__shown_place p = {x->has_place, x->longitude, x->latitude, x->radius, x->region};

    if (!x->has_place || !view->redact) return p;
    p.longitude = middle_of_cell(x->longitude);
    p.latitude = middle_of_cell(x->latitude);
    p.radius = fmax(x->radius + CELL_REACH, LEAST_REACH);
    p.region = NULL;
    return p;
}
