/* The lie of the land in the report on a deal: what each party accepts, where they are opposed, the principles. */
#include <string.h>

#include "base/catalog.h"
#include "report/deal_sections.h"

/* ---- what each party accepts: it depends on the agenda alone, so formats of one agenda share a column ---- */

static bool same_agenda(const dt_document *d, const dt_deal_format *a, const dt_deal_format *b) {
    const dt__format *first = &d->model->formats[a->format], *second = &d->model->formats[b->format];
    return memcmp(&first->agenda, &second->agenda, sizeof first->agenda) == 0;
}

static bool is_first_of_agenda(const dt_document *d, const dt_deal_answer *answer, size_t format) {
    for (size_t i = 0; i < format; i++) {
        if (same_agenda(d, &answer->formats[i], &answer->formats[format])) return false;
    }
    return true;
}

static size_t count_agendas(const dt_document *d, const dt_deal_answer *answer) {
    size_t count = 0;
    for (size_t i = 0; i < answer->format_count; i++) count += is_first_of_agenda(d, answer, i);
    return count;
}

static const char *agenda_title(dt_document *d, const dt_deal_answer *answer, size_t format) {
    const char *name = dt__format_name(d, answer->formats[format].format);
    size_t others = 0;

    if (count_agendas(d, answer) == 1) return dt__word(d, "Outcomes it accepts");
    for (size_t i = format + 1; i < answer->format_count; i++)
        others += same_agenda(d, &answer->formats[format], &answer->formats[i]);
    if (others == 0) return dt__say(d, "On the agenda of “{0}”", name, NULL);
    return dt__say(d, "On the agenda of “{0}” and {1} more", name, dt__say_size(d, others), NULL);
}

static dt__block *acceptance_table(dt_document *d, const dt_deal_answer *answer) {
    dt__block *table = dt__table(d, NULL, 2 + count_agendas(d, answer));
    size_t column = 2;

    dt__table_column(d, table, 0, dt__word(d, "Party"), DT__LEFT);
    dt__table_column(d, table, 1, dt__word(d, "No deal is worth"), DT__RIGHT);
    for (size_t i = 0; i < answer->format_count; i++) {
        if (is_first_of_agenda(d, answer, i))
            dt__table_column(d, table, column++, agenda_title(d, answer, i), DT__RIGHT);
    }
    return table;
}

static const char *accepted(dt_document *d, const dt_deal_format *f, const dt_party_count *count) {
    const char *text = dt__say_bounds(d, count->exact, count->count, count->low, count->high);

    if (!count->exact || !(f->coherent.value > 0)) return text;
    return dt__say(d, "{0} ({1})", text, dt__say_percent(d, count->count.value / f->coherent.value), NULL);
}

static void add_acceptance(dt_document *d, dt__block *table, const dt_deal_answer *answer, size_t i) {
    const dt_judgement *party = &answer->no_deal_values[i];
    const char *worth = party->no_deal.text == NULL ? dt__word(d, "a rank") : dt__say_number(d, party->no_deal.value);

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__party_name(d, party->party), DT__PLAIN);
    dt__table_cell(d, table, worth, DT__PLAIN);
    for (size_t j = 0; j < answer->format_count; j++) {
        const dt_deal_format *f = &answer->formats[j];
        if (!is_first_of_agenda(d, answer, j)) continue;
        dt__table_cell(d, table, i < f->acceptable_count ? accepted(d, f, &f->acceptable[i]) : "", DT__PLAIN);
    }
}

void dt__deal_acceptance(dt_document *d, const dt_deal_answer *answer) {
    const char *crossed = dt__crossings_text(d, answer->no_deal_values, answer->no_deal_count);
    dt__block *table;

    if (answer->no_deal_count == 0) return;
    dt__heading(d, 2, dt__word(d, "What each party would accept"));
    dt__paragraph(d, dt__word(d, "How many outcomes are inside its red lines and worth no less to it than no deal:"));
    table = acceptance_table(d, answer);
    for (size_t i = 0; i < answer->no_deal_count; i++) add_acceptance(d, table, answer, i);
    if (*crossed != '\0') dt__paragraph(d, dt__say(d, "No deal itself crosses red lines ({0}).", crossed, NULL));
}

/* ---- opposition, pair by pair ---- */

static const dt__column opposition_columns[] = {
    {DT__N("Parties"), DT__LEFT}, {DT__N("Fully opposed on"), DT__LEFT}, {DT__N("Mostly opposed on"), DT__LEFT}};

/* Issues on which a pair is opposed by at least `low` and less than `high`. */
static const char *opposed_on(dt_document *d, const dt_deal_answer *answer, uint32_t a, uint32_t b, double low,
                              double high) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);

    for (size_t i = 0; i < answer->opposition_count; i++) {
        const dt_opposition *o = &answer->oppositions[i];
        if (o->party_a != a || o->party_b != b || o->opposition.text == NULL) continue;
        if (o->opposition.value >= low && o->opposition.value < high) dt__phrases_add(&p, dt__issue_name(d, o->issue));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

/* Adds the row of a pair; the table when it is the first. */
static void add_pair(dt_document *d, dt__block **table, const dt_deal_answer *answer, uint32_t a, uint32_t b) {
    const char *fully = opposed_on(d, answer, a, b, 1, 2), *mostly = opposed_on(d, answer, a, b, 0.5, 1);

    if (*fully == '\0' && *mostly == '\0') return;
    if (*table == NULL) {
        dt__heading(d, 2, dt__word(d, "Where the parties are opposed"));
        dt__paragraph(d, dt__word(d, "Fully: of any two options, what is better for one is worse for the other. "
                                     "Mostly: for at least half of the pairs of options."));
        *table = DT__TABLE_OF(d, opposition_columns);
    }
    dt__table_row(d, *table);
    dt__table_cell(d, *table, dt__parties_text(d, UINT64_C(1) << a | UINT64_C(1) << b), DT__PLAIN);
    dt__table_cell(d, *table, fully, DT__PLAIN);
    dt__table_cell(d, *table, mostly, DT__PLAIN);
}

void dt__deal_opposition(dt_document *d, const dt_deal_answer *answer) {
    uint32_t parties = (uint32_t)d->model->party_count;
    dt__block *table = NULL;

    for (uint32_t a = 0; a < parties; a++) {
        for (uint32_t b = a + 1; b < parties; b++) add_pair(d, &table, answer, a, b);
    }
    dt__table_drop_empty(table);
}

/* ---- principles ---- */

static const dt__column principle_columns[] = {{DT__N("Principle"), DT__LEFT},
                                               {DT__N("Asserted by"), DT__LEFT},
                                               {DT__N("Kind"), DT__LEFT},
                                               {DT__N("Broken by"), DT__LEFT}};

static const char *const principle_kinds[] = {[DT__PRINCIPLE_PRESENT] = DT__N("presence at the table"),
                                              [DT__PRINCIPLE_FOLLOW_UP] = DT__N("required follow-up"),
                                              [DT__PRINCIPLE_ORDER] = DT__N("order of steps"),
                                              [DT__PRINCIPLE_REQUIRE] = DT__N("requirement"),
                                              [DT__PRINCIPLE_CONSEQUENCE] = DT__N("consequence of refusal")};

static bool no_deal_breaks(const dt_deal_answer *answer, uint32_t principle) {
    for (size_t i = 0; i < answer->principle_count; i++) {
        if (answer->no_deal_breaks[i] == principle) return true;
    }
    return false;
}

static bool breaks(const dt_proposal_answer *proposal, uint32_t principle) {
    for (size_t i = 0; i < proposal->principle_count; i++) {
        if (proposal->principles[i] == principle) return true;
    }
    return false;
}

static size_t breaking_formats(const dt_deal_answer *answer, size_t proposal, uint32_t principle) {
    size_t count = 0;
    for (size_t i = 0; i < answer->format_count; i++)
        count += breaks(&answer->formats[i].proposals[proposal], principle);
    return count;
}

/* Proposals that break it in exactly so many formats; "every proposal" or "all but ..." where that is shorter. */
static const char *breaking_proposals(dt_document *d, const dt_deal_answer *answer, uint32_t principle,
                                      size_t formats) {
    size_t all = answer->formats[0].proposal_count;
    dt__phrases broken = dt__phrases_new(d, all), kept = dt__phrases_new(d, all);

    for (size_t i = 0; i < all; i++) {
        const char *name = dt__proposal_name(d, answer->formats[0].proposals[i].proposal);
        dt__phrases_add(breaking_formats(answer, i, principle) == formats ? &broken : &kept, name);
    }
    if (broken.count > 1 && kept.count == 0) return dt__word(d, "every proposal");
    if (broken.count <= kept.count || kept.count == 0) return dt__phrases_join(d, &broken, dt__t(d->env, "; "));
    return dt__say(d, "every proposal but {0}", dt__phrases_join(d, &kept, dt__t(d->env, "; ")), NULL);
}

static const char *breakers(dt_document *d, const dt_deal_answer *answer, uint32_t principle) {
    size_t all = answer->format_count;
    dt__phrases p = dt__phrases_new(d, all + 1);

    if (no_deal_breaks(answer, principle)) dt__phrases_add(&p, dt__word(d, "no deal"));
    for (size_t formats = all; formats > 0; formats--) {
        const char *names = breaking_proposals(d, answer, principle, formats);
        if (*names == '\0') continue;
        if (formats < all)
            names =
                dt__say(d, "{0} (in {1} of {2} formats)", names, dt__say_size(d, formats), dt__say_size(d, all), NULL);
        dt__phrases_add(&p, names);
    }
    return p.count == 0 ? dt__word(d, "nothing here") : dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

void dt__deal_principles(dt_document *d, const dt_deal_answer *answer) {
    dt__block *table;

    if (d->model->principle_count == 0 || answer->format_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The principles"));
    table = DT__TABLE_OF(d, principle_columns);
    for (uint32_t i = 0; i < d->model->principle_count; i++) {
        const dt__principle *principle = &d->model->principles[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__principle_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, principle->by), DT__PLAIN);
        dt__table_cell(d, table, dt__t(d->env, principle_kinds[principle->kind]), DT__PLAIN);
        dt__table_cell(d, table, breakers(d, answer, i), DT__PLAIN);
    }
}
