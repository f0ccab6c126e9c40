/* Uncertain numbers by what they say: quantities by name, others by the party and issue that they are about. */
#include <string.h>

#include "base/catalog.h"
#include "report/drivers_sections.h"

static const char *term_name(dt_document *d, uint32_t party, const dt__term *term, dt__number_id number) {
    const dt__preferences *prefs = d->model->parties[party].preferences;
    const char *who = dt__party_name(d, party), *what = dt__issue_name(d, term->issue);

    if (term->position == number) return dt__say(d, "{0}: position on {1}", who, what, NULL);
    if (term->weight == number && prefs->form == DT__FORM_SPATIAL)
        return dt__say(d, "{0}: salience of {1}", who, what, NULL);
    if (term->weight == number) return dt__say(d, "{0}: weight of {1}", who, what, NULL);
    for (uint32_t o = 0; term->values != NULL && o < d->model->issues[term->issue].option_count; o++) {
        if (term->values[o] == number)
            return dt__say(d, "{0}: value of {1}, {2}", who, what, dt__option_name(d, term->issue, o), NULL);
    }
    return NULL;
}

static const char *party_number_name(dt_document *d, uint32_t party, dt__number_id number) {
    const dt__party *p = &d->model->parties[party];
    const char *name = NULL, *who = dt__party_name(d, party);

    if (p->capability == number) return dt__say(d, "{0}: capability", who, NULL);
    if (p->preferences == NULL) return NULL;
    if (p->preferences->no_deal == number) return dt__say(d, "{0}: what no deal is worth", who, NULL);
    if (p->preferences->drift == number) return dt__say(d, "{0}: drift of no deal", who, NULL);
    for (size_t t = 0; t < p->preferences->term_count && name == NULL; t++)
        name = term_name(d, party, &p->preferences->terms[t], number);
    return name;
}

const char *dt__input_name(dt_document *d, const dt_driver_input *input) {
    const dt_model *m = d->model;
    const char *name = NULL;
    dt__number_id number = 0;

    if (input->quantity < m->quantity_count) {
        const dt__quantity *q = &m->quantities[input->quantity];
        return dt__label_name(d, &q->name, q->id);
    }
    while (number < m->number_count &&
           (m->numbers[number].path == NULL || strcmp(m->numbers[number].path, input->id) != 0))
        number++;
    for (uint32_t p = 0; p < m->party_count && name == NULL && number < m->number_count; p++)
        name = party_number_name(d, p, number);
    return name == NULL ? dt__document_copy(d, input->id) : name;
}
