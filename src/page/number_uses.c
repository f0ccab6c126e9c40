#include "page/number_uses.h"

#include <string.h>

#include "base/catalog.h"
#include "report/drivers_sections.h"

/* ---- whose a number is ---- */

static void own(const dt__uses *u, uint32_t *owners, dt__number_id number, uint32_t owner) {
    const dt__number *n;

    if (number == DT__NO_NUMBER) return;
    n = &u->model->numbers[number];
    owners[number] = owner;
    for (size_t i = 0; i < n->coder_count; i++) owners[n->coders[i].number] = owner;
}

static void own_preferences(dt__uses *u, uint32_t party, const dt__preferences *p) {
    own(u, u->party, p->no_deal, party);
    own(u, u->party, p->drift, party);
    for (size_t t = 0; t < p->term_count; t++) {
        const dt__term *term = &p->terms[t];
        own(u, u->party, term->weight, party);
        own(u, u->party, term->position, party);
        for (uint32_t o = 0; term->values != NULL && o < u->model->issues[term->issue].option_count; o++)
            own(u, u->party, term->values[o], party);
    }
    for (size_t i = 0; i < p->adjust_count; i++) own(u, u->party, p->adjust[i].add, party);
    for (size_t i = 0; i < p->red_line_count; i++) own(u, u->party, p->red_lines[i].cost, party);
}

static void find_owners(dt__uses *u) {
    const dt_model *m = u->model;

    for (dt__number_id i = 0; i < m->number_count; i++) u->party[i] = u->quantity[i] = DT__NO_INDEX;
    for (uint32_t p = 0; p < m->party_count; p++)
        if (m->parties[p].preferences != NULL) own_preferences(u, p, m->parties[p].preferences);
    for (uint32_t q = 0; q < m->quantity_count; q++) {
        const dt__quantity *quantity = &m->quantities[q];
        own(u, u->quantity, quantity->number, q);
        for (size_t i = 0; i < quantity->series_count; i++) own(u, u->quantity, quantity->series[i].number, q);
    }
}

/* ---- who uses a quantity ---- */

static uint64_t *users_of(const dt__uses *u, uint32_t quantity) {
    return u->users + quantity * u->words;
}

/* What uses the number uses each quantity that its formula names. */
static void use_formula(dt__uses *u, dt__number_id number, const dt__formula *f) {
    if (f == NULL) return;
    use_formula(u, number, f->left);
    use_formula(u, number, f->right);
    if (f->kind != DT__FORMULA_QUANTITY) return;
    if (u->quantity[number] == DT__NO_INDEX) users_of(u, f->quantity)[number / 64] |= UINT64_C(1) << number % 64;
    else
        for (size_t w = 0; w < u->words; w++) users_of(u, f->quantity)[w] |= users_of(u, u->quantity[number])[w];
}

/* Of a series only the value in force. */
static void find_users(dt__uses *u) {
    const dt_model *m = u->model;

    for (dt__number_id i = 0; i < m->number_count; i++)
        if (u->quantity[i] == DT__NO_INDEX) use_formula(u, i, m->numbers[i].formula);
    for (size_t i = m->quantity_count; i-- > 0;) { /* each before those it depends on */
        dt__number_id number = m->quantities[m->quantity_order[i]].number;
        if (number != DT__NO_NUMBER) use_formula(u, number, m->numbers[number].formula);
    }
}

const dt__uses *dt__uses_new(dt_document *d) {
    const dt_model *m = d->model;
    dt__uses *u = DT__ARENA_ARRAY(&d->arena, dt__uses, 1);

    if (u != NULL) {
        *u = (dt__uses){.model = m, .words = m->number_count / 64 + 1};
        u->party = DT__ARENA_ARRAY(&d->arena, uint32_t, m->number_count + 1);
        u->quantity = DT__ARENA_ARRAY(&d->arena, uint32_t, m->number_count + 1);
        u->users = DT__ARENA_ARRAY(&d->arena, uint64_t, m->quantity_count * u->words + 1);
    }
    if (u == NULL || u->party == NULL || u->quantity == NULL || u->users == NULL) {
        d->failed = true;
        return NULL;
    }
    memset(u->users, 0, (m->quantity_count * u->words + 1) * sizeof *u->users);
    find_owners(u);
    find_users(u);
    return u;
}

/* ---- answers ---- */

static bool is_of(const dt__uses *u, dt__number_id number, dt__party_set parties) {
    uint32_t party = u->party[number];
    return party != DT__NO_INDEX && party < 64 && (parties >> party & 1) != 0;
}

bool dt__quantity_only(const dt__uses *u, uint32_t quantity, dt__party_set parties) {
    bool used = false;

    for (dt__number_id i = 0; i < u->model->number_count; i++) {
        if ((users_of(u, quantity)[i / 64] >> i % 64 & 1) == 0) continue;
        if (!is_of(u, i, parties)) return false;
        used = true;
    }
    return used;
}

bool dt__uses_only(const dt__uses *u, dt__number_id number, dt__party_set parties) {
    uint32_t quantity = u->quantity[number];
    return quantity == DT__NO_INDEX ? is_of(u, number, parties) : dt__quantity_only(u, quantity, parties);
}

/* ---- words ---- */

static bool is_in_force(const dt__uses *u, dt__number_id number) {
    const dt__number *n = &u->model->numbers[u->model->quantities[u->quantity[number]].number];

    if (n == &u->model->numbers[number]) return true;
    for (size_t i = 0; i < n->coder_count; i++)
        if (n->coders[i].number == number) return true;
    return false;
}

const char *dt__uses_text(dt_document *d, const dt__uses *u, dt__number_id number, dt__party_set hidden) {
    uint32_t quantity = u->quantity[number];
    dt__phrases list;

    if (quantity == DT__NO_INDEX) return dt__number_name(d, number);
    if (!is_in_force(u, number)) return dt__word(d, "nowhere: not in force at the date of the model");
    list = dt__phrases_new(d, u->model->number_count);
    for (dt__number_id i = 0; i < u->model->number_count; i++) {
        const char *name;
        bool told = false;
        if ((users_of(u, quantity)[i / 64] >> i % 64 & 1) == 0 || is_of(u, i, hidden)) continue;
        name = dt__number_name(d, i);
        for (size_t k = 0; k < list.count && !told; k++) told = strcmp(list.items[k], name) == 0;
        if (!told) dt__phrases_add(&list, name);
    }
    return list.count == 0 ? dt__word(d, "nowhere: nothing depends on it")
                           : dt__phrases_join(d, &list, dt__word(d, "; "));
}
