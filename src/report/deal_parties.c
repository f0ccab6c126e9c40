/* The parts of the report on a deal that concern all formats: proposals, what each party accepts, opposition, principles. */
#include <string.h>

#include "base/catalog.h"
#include "report/deal_sections.h"

#define GOOD_MARK "✓"
#define BAD_MARK "✗"

/* ---- proposals, party by party ---- */

static const char *worth(dt_document *d, const dt_judgement *j) {
    if (j->gain.text != NULL) return dt__say_signed(d, j->gain.value);
    if (j->preference == DT_EQUAL) return dt__word(d, "equal");
    return j->preference == DT_BETTER ? dt__word(d, "better") : dt__word(d, "worse");
}

static void add_judgement(dt_document *d, dt__block *table, const dt_judgement *j) {
    const char *mark = j->accepts ? GOOD_MARK : BAD_MARK;
    dt__table_cell(d, table, dt__say(d, "{0} {1}", mark, worth(d, j), NULL), j->accepts ? DT__GOOD : DT__BAD);
}

static const char *accepting_formats(dt_document *d, const dt_deal_answer *answer, size_t proposal) {
    dt__phrases p = dt__phrases_new(d, answer->format_count);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (f->proposals[proposal].acceptable) dt__phrases_add(&p, dt__format_name(d, f->format));
    }
    return p.count == 0 ? dt__word(d, "nowhere") : dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static dt__block *proposal_table(dt_document *d, const dt_proposal_answer *first) {
    dt__block *table = dt__table(d, NULL, first->party_count + 2);

    dt__table_column(d, table, 0, dt__word(d, "Proposal"), DT__LEFT);
    for (size_t i = 0; i < first->party_count; i++) {
        dt__table_column(d, table, i + 1, dt__party_name(d, first->parties[i].party), DT__LEFT);
    }
    dt__table_column(d, table, first->party_count + 1, dt__word(d, "Possible in"), DT__LEFT);
    return table;
}

static void add_proposal(dt_document *d, dt__block *table, const dt_deal_answer *answer, size_t proposal) {
    const dt_proposal_answer *p = &answer->formats[0].proposals[proposal];
    const char *where = accepting_formats(d, answer, proposal);

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__proposal_name(d, p->proposal), DT__PLAIN);
    for (size_t i = 0; i < p->party_count; i++) add_judgement(d, table, &p->parties[i]);
    dt__table_cell(d, table, where, DT__PLAIN);
}

/* ---- what stands against a proposal ---- */

static const char *crossed_by(dt_document *d, const dt_judgement *j) {
    dt__phrases p = dt__phrases_new(d, j->red_line_count);

    for (size_t i = 0; i < j->red_line_count; i++) dt__phrases_add(&p, dt__red_line_name(d, j->party, j->red_lines[i]));
    return dt__say(d, "{0}: {1}", dt__party_name(d, j->party), dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL);
}

static const char *crossings(dt_document *d, const dt_judgement *judgements, size_t count) {
    dt__phrases p = dt__phrases_new(d, count);

    for (size_t i = 0; i < count; i++) {
        if (judgements[i].red_line_count > 0) dt__phrases_add(&p, crossed_by(d, &judgements[i]));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static const char *rules_broken(dt_document *d, const dt_proposal_answer *answer) {
    dt__phrases p = dt__phrases_new(d, answer->rule_count);
    for (size_t i = 0; i < answer->rule_count; i++) dt__phrases_add(&p, dt__rule_name(d, answer->rules[i]));
    return dt__phrases_and(d, &p);
}

static bool breaks(const dt_proposal_answer *answer, uint32_t principle) {
    for (size_t i = 0; i < answer->principle_count; i++) {
        if (answer->principles[i] == principle) return true;
    }
    return false;
}

/* A broken principle, with the formats where it is broken unless that is all of them; "" when it is kept. */
static const char *broken_principle(dt_document *d, const dt_deal_answer *answer, size_t proposal, uint32_t principle) {
    dt__phrases formats = dt__phrases_new(d, answer->format_count);
    const char *name = dt__principle_name(d, principle);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (breaks(&f->proposals[proposal], principle)) dt__phrases_add(&formats, dt__format_name(d, f->format));
    }
    if (formats.count == 0) return "";
    if (formats.count == answer->format_count) return name;
    return dt__say(d, "{0} (in {1})", name, dt__phrases_and(d, &formats), NULL);
}

static const char *principles_broken(dt_document *d, const dt_deal_answer *answer, size_t proposal) {
    dt__phrases p = dt__phrases_new(d, d->model->principle_count);

    for (uint32_t i = 0; i < d->model->principle_count; i++) {
        const char *broken = broken_principle(d, answer, proposal, i);
        if (*broken != '\0') dt__phrases_add(&p, broken);
    }
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static const char *off_agenda_in(dt_document *d, const dt_deal_format *f, size_t proposal) {
    const dt_proposal_answer *answer = &f->proposals[proposal];
    dt__phrases p = dt__phrases_new(d, answer->off_agenda_count);

    for (size_t i = 0; i < answer->off_agenda_count; i++) dt__phrases_add(&p, dt__issue_name(d, answer->off_agenda[i]));
    return dt__say(d, "{0} ({1})", dt__format_name(d, f->format), dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL);
}

static const char *off_agenda(dt_document *d, const dt_deal_answer *answer, size_t proposal) {
    dt__phrases p = dt__phrases_new(d, answer->format_count);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (f->proposals[proposal].off_agenda_count > 0) dt__phrases_add(&p, off_agenda_in(d, f, proposal));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static void add_objection(dt_document *d, dt__phrases *parts, const char *msgid, const char *what) {
    if (*what != '\0') dt__phrases_add(parts, dt__say(d, msgid, what, NULL));
}

static void add_objections(dt_document *d, dt__block *list, const dt_deal_answer *answer, size_t proposal) {
    const dt_proposal_answer *p = &answer->formats[0].proposals[proposal];
    dt__phrases parts = dt__phrases_new(d, 4);

    add_objection(d, &parts, DT__N("crosses red lines ({0})"), crossings(d, p->parties, p->party_count));
    add_objection(d, &parts, DT__N("breaks rules ({0})"), rules_broken(d, p));
    add_objection(d, &parts, DT__N("breaks principles ({0})"), principles_broken(d, answer, proposal));
    add_objection(d, &parts, DT__N("goes beyond the agenda of {0}"), off_agenda(d, answer, proposal));
    if (parts.count == 0) return;
    dt__bullet(d, list, dt__say(d, "{0}: {1}", dt__proposal_name(d, p->proposal), dt__phrases_join(d, &parts, dt__t(d->env, "; ")), NULL));
}

void dt__deal_proposals(dt_document *d, const dt_deal_answer *answer) {
    const dt_deal_format *first = answer->format_count == 0 ? NULL : &answer->formats[0];
    dt__block *table, *list;

    if (first == NULL || first->proposal_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The proposals"));
    dt__paragraph(d, dt__word(d, "What each party would gain over no deal, and whether it accepts (✓) or refuses (✗):"));
    table = proposal_table(d, &first->proposals[0]);
    for (size_t i = 0; i < first->proposal_count; i++) add_proposal(d, table, answer, i);
    list = dt__bullets(d);
    for (size_t i = 0; i < first->proposal_count; i++) add_objections(d, list, answer, i);
}

/* ---- what each party accepts ---- */

static const char *accepted(dt_document *d, const dt_deal_format *f, const dt_party_count *count) {
    const char *text = dt__say_bounds(d, count->exact, count->count, count->low, count->high);

    if (!count->exact || !(f->coherent.value > 0)) return text;
    return dt__say(d, "{0} ({1})", text, dt__say_percent(d, count->count.value / f->coherent.value), NULL);
}

static dt__block *acceptance_table(dt_document *d, const dt_deal_answer *answer) {
    dt__block *table = dt__table(d, NULL, 2 + answer->format_count);

    dt__table_column(d, table, 0, dt__word(d, "Party"), DT__LEFT);
    dt__table_column(d, table, 1, dt__word(d, "No deal is worth"), DT__RIGHT);
    for (size_t i = 0; i < answer->format_count; i++) {
        dt__table_column(d, table, 2 + i, dt__say(d, "Accepts in “{0}”", dt__format_name(d, answer->formats[i].format), NULL), DT__RIGHT);
    }
    return table;
}

static void add_acceptance(dt_document *d, dt__block *table, const dt_deal_answer *answer, size_t i) {
    const dt_judgement *no_deal = &answer->no_deal_values[i];

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__party_name(d, no_deal->party), DT__PLAIN);
    dt__table_cell(d, table, no_deal->no_deal.text == NULL ? dt__word(d, "a rank") : dt__say_number(d, no_deal->no_deal.value), DT__PLAIN);
    for (size_t j = 0; j < answer->format_count; j++) {
        const dt_deal_format *f = &answer->formats[j];
        const dt_party_count *count = i < f->acceptable_count ? &f->acceptable[i] : NULL;
        dt__table_cell(d, table, count == NULL ? "" : accepted(d, f, count), DT__PLAIN);
    }
}

void dt__deal_acceptance(dt_document *d, const dt_deal_answer *answer) {
    const char *crossed = crossings(d, answer->no_deal_values, answer->no_deal_count);
    dt__block *table;

    if (answer->no_deal_count == 0) return;
    dt__heading(d, 2, dt__word(d, "What each party would accept"));
    dt__paragraph(d, dt__word(d, "Of the outcomes that keep the rules, those inside its red lines and worth no less to it than no deal:"));
    table = acceptance_table(d, answer);
    for (size_t i = 0; i < answer->no_deal_count; i++) add_acceptance(d, table, answer, i);
    if (*crossed != '\0') dt__paragraph(d, dt__say(d, "No deal itself crosses red lines ({0}).", crossed, NULL));
}

/* ---- opposition ---- */

enum { OPPOSITIONS_SHOWN = 8 };

static const dt__column opposition_columns[] = {
    {DT__N("Issue"), DT__LEFT}, {DT__N("Parties"), DT__LEFT}, {DT__N("Opposition"), DT__RIGHT}};

/* The next in falling order, ties in the order of the answer; NULL when what is left is below a half. */
static const dt_opposition *next_opposition(const dt_deal_answer *answer, const dt_opposition *last) {
    const dt_opposition *best = NULL;

    for (const dt_opposition *o = answer->oppositions; o < answer->oppositions + answer->opposition_count; o++) {
        if (o->opposition.text == NULL || o->opposition.value < 0.5) continue;
        if (last != NULL && (o->opposition.value > last->opposition.value ||
                             (o->opposition.value >= last->opposition.value && o <= last))) continue;
        if (best == NULL || o->opposition.value > best->opposition.value) best = o;
    }
    return best;
}

static void add_opposition(dt_document *d, dt__block *table, const dt_opposition *o) {
    dt__phrases pair = dt__phrases_new(d, 2);

    dt__phrases_add(&pair, dt__party_name(d, o->party_a));
    dt__phrases_add(&pair, dt__party_name(d, o->party_b));
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__issue_name(d, o->issue), DT__PLAIN);
    dt__table_cell(d, table, dt__phrases_and(d, &pair), DT__PLAIN);
    dt__table_cell(d, table, dt__say_percent(d, o->opposition.value), DT__PLAIN);
}

void dt__deal_opposition(dt_document *d, const dt_deal_answer *answer) {
    const dt_opposition *o = next_opposition(answer, NULL);
    dt__block *table;
    size_t count = 0, shown;

    if (o == NULL) return;
    dt__heading(d, 2, dt__word(d, "Where the parties are opposed"));
    dt__paragraph(d, dt__word(d, "The share of pairs of options that two parties order in opposite ways, from a half up (100%: what is better for one is worse for the other):"));
    table = DT__TABLE_OF(d, opposition_columns);
    for (; o != NULL; o = next_opposition(answer, o), count++) {
        if (count < OPPOSITIONS_SHOWN) add_opposition(d, table, o);
    }
    shown = count < OPPOSITIONS_SHOWN ? count : OPPOSITIONS_SHOWN;
    dt__deal_more(d, count, shown);
}

/* ---- principles ---- */

static const dt__column principle_columns[] = {{DT__N("Principle"), DT__LEFT},
                                               {DT__N("Asserted by"), DT__LEFT},
                                               {DT__N("Kind"), DT__LEFT},
                                               {DT__N("No deal"), DT__LEFT}};

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

void dt__deal_principles(dt_document *d, const dt_deal_answer *answer) {
    dt__block *table;

    if (d->model->principle_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The principles"));
    table = DT__TABLE_OF(d, principle_columns);
    for (uint32_t i = 0; i < d->model->principle_count; i++) {
        const dt__principle *principle = &d->model->principles[i];
        bool broken = no_deal_breaks(answer, i);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__principle_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, principle->by), DT__PLAIN);
        dt__table_cell(d, table, dt__t(d->env, principle_kinds[principle->kind]), DT__PLAIN);
        dt__table_cell(d, table, broken ? dt__word(d, "breaks it") : dt__word(d, "keeps it"), broken ? DT__BAD : DT__PLAIN);
    }
}
