/* Numbers by what they say: quantities by name, others by the party and issue that they are about. */
#include <string.h>

#include "base/catalog.h"
#include "report/drivers_sections.h"

static bool is_number(const dt_document *d, dt__number_id whole, dt__number_id number) {
    const dt__number *n;

    if (whole == DT__NO_NUMBER) return false;
    if (whole == number) return true;
    n = &d->model->numbers[whole];
    for (size_t i = 0; i < n->coder_count; i++)
        if (n->coders[i].number == number) return true;
    return false;
}

static const char *term_name(dt_document *d, uint32_t party, const dt__term *term, dt__number_id number) {
    const dt__preferences *prefs = d->model->parties[party].preferences;
    const char *who = dt__party_name(d, party), *what = dt__issue_name(d, term->issue);

    if (is_number(d, term->position, number)) return dt__say(d, "{0}: position on {1}", who, what, NULL);
    if (is_number(d, term->weight, number) && prefs->form == DT__FORM_SPATIAL)
        return dt__say(d, "{0}: salience of {1}", who, what, NULL);
    if (is_number(d, term->weight, number)) return dt__say(d, "{0}: weight of {1}", who, what, NULL);
    for (uint32_t o = 0; term->values != NULL && o < d->model->issues[term->issue].option_count; o++) {
        if (is_number(d, term->values[o], number))
            return dt__say(d, "{0}: value of {1}, {2}", who, what, dt__option_name(d, term->issue, o), NULL);
    }
    return NULL;
}

static const char *adjust_name(dt_document *d, uint32_t party, const dt__adjust *adjust) {
    const char *who = dt__party_name(d, party);
    dt__issue_set issues = {0};

    dt__condition_scope(adjust->when, &issues);
    return dt__say(d, "{0}: what it makes of {1}", who, dt__issues_text(d, &issues), NULL);
}

static const char *party_number_name(dt_document *d, uint32_t party, dt__number_id number) {
    const dt__party *p = &d->model->parties[party];
    const char *name = NULL, *who = dt__party_name(d, party);

    if (is_number(d, p->capability, number)) return dt__say(d, "{0}: capability", who, NULL);
    if (p->preferences == NULL) return NULL;
    if (is_number(d, p->preferences->no_deal, number)) return dt__say(d, "{0}: what no deal is worth", who, NULL);
    if (is_number(d, p->preferences->drift, number)) return dt__say(d, "{0}: drift of no deal", who, NULL);
    for (size_t t = 0; t < p->preferences->term_count && name == NULL; t++)
        name = term_name(d, party, &p->preferences->terms[t], number);
    for (size_t i = 0; i < p->preferences->adjust_count && name == NULL; i++)
        if (is_number(d, p->preferences->adjust[i].add, number))
            name = adjust_name(d, party, &p->preferences->adjust[i]);
    for (size_t i = 0; i < p->preferences->red_line_count && name == NULL; i++)
        if (is_number(d, p->preferences->red_lines[i].cost, number))
            name = dt__say(d, "{0}: cost of giving up the red line “{1}”", who,
                           dt__red_line_name(d, party, (uint32_t)i), NULL);
    return name;
}

static const char *claim_name(dt_document *d, dt__number_id number) {
    for (size_t i = 0; i < d->model->claim_count; i++) {
        const dt__claim *c = &d->model->claims[i];
        if (is_number(d, c->probability, number))
            return dt__say(d, "claim of {0} on “{1}”",
                           c->by_party == DT__NO_INDEX ? c->by : dt__party_name(d, c->by_party),
                           dt__scenario_name(d, c->of), NULL);
    }
    return NULL;
}

const char *dt__number_name(dt_document *d, dt__number_id number) {
    const char *name = NULL, *path = d->model->numbers[number].path;

    for (uint32_t p = 0; p < d->model->party_count && name == NULL; p++) name = party_number_name(d, p, number);
    if (name == NULL) name = claim_name(d, number);
    return name != NULL ? name : path == NULL ? "" : path;
}

const char *dt__input_name(dt_document *d, const dt_driver_input *input) {
    const dt_model *m = d->model;
    dt__number_id number = 0;

    if (input->quantity < m->quantity_count) {
        const dt__quantity *q = &m->quantities[input->quantity];
        return dt__label_name(d, &q->name, q->id);
    }
    while (number < m->number_count &&
           (m->numbers[number].path == NULL || strcmp(m->numbers[number].path, input->id) != 0))
        number++;
    return number < m->number_count ? dt__number_name(d, number) : dt__document_copy(d, input->id);
}
