/* The proposals in the report on a deal: what each party would gain, and what stands against them. */
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
    dt__table_cell(d, table, dt__pair(d, mark, worth(d, j)), j->accepts ? DT__GOOD : DT__BAD);
}

static const char *format_list(dt_document *d, const dt_deal_answer *answer, size_t proposal, bool acceptable) {
    dt__phrases p = dt__phrases_new(d, answer->format_count);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (f->proposals[proposal].acceptable == acceptable) dt__phrases_add(&p, dt__format_name(d, f->format));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

/* The formats in which a proposal would be agreed, by the shorter list. */
static const char *accepting_formats(dt_document *d, const dt_deal_answer *answer, size_t proposal) {
    size_t count = 0, all = answer->format_count;

    for (size_t i = 0; i < all; i++) count += answer->formats[i].proposals[proposal].acceptable;
    if (all == 1) return count == 1 ? dt__word(d, "yes") : dt__word(d, "no");
    if (count == 0) return dt__word(d, "nowhere");
    if (count == all) return dt__word(d, "every format");
    if (2 * count <= all) return format_list(d, answer, proposal, true);
    return dt__say(d, "all but {0}", format_list(d, answer, proposal, false), NULL);
}

static dt__block *proposal_table(dt_document *d, const dt_deal_answer *answer) {
    const dt_proposal_answer *first = &answer->formats[0].proposals[0];
    dt__block *table = dt__table(d, NULL, first->party_count + 2);

    dt__table_column(d, table, 0, dt__word(d, "Proposal"), DT__LEFT);
    for (size_t i = 0; i < first->party_count; i++) {
        dt__table_column(d, table, i + 1, dt__party_name(d, first->parties[i].party), DT__LEFT);
    }
    dt__table_column(d, table, first->party_count + 1,
                     answer->format_count == 1 ? dt__word(d, "A deal?") : dt__word(d, "A deal in"), DT__LEFT);
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

static const char *rules_broken(dt_document *d, const dt_proposal_answer *answer) {
    dt__phrases p = dt__phrases_new(d, answer->rule_count);
    for (size_t i = 0; i < answer->rule_count; i++) dt__phrases_add(&p, dt__rule_name(d, answer->rules[i]));
    return dt__phrases_and(d, &p);
}

/* Would it be agreed, were it not for issues that are not on the agenda? */
static bool is_only_off_agenda(const dt_deal_format *f, const dt_proposal_answer *p) {
    dt__party_set accepting = 0;

    if (p->off_agenda_count == 0 || !p->coherent) return false;
    for (size_t i = 0; i < p->party_count; i++) {
        if (p->parties[i].accepts) accepting |= UINT64_C(1) << p->parties[i].party;
    }
    for (size_t i = 0; i < f->winning_count; i++) {
        if ((f->winning[i] & ~accepting) == 0) return true;
    }
    return false;
}

static const char *off_agenda_in(dt_document *d, const dt_deal_format *f, const dt_proposal_answer *answer) {
    dt__phrases p = dt__phrases_new(d, answer->off_agenda_count);

    for (size_t i = 0; i < answer->off_agenda_count; i++) dt__phrases_add(&p, dt__issue_name(d, answer->off_agenda[i]));
    return dt__say(d, "{0} ({1})", dt__format_name(d, f->format), dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL);
}

static const char *off_agenda(dt_document *d, const dt_deal_answer *answer, size_t proposal) {
    dt__phrases p = dt__phrases_new(d, answer->format_count);

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        if (is_only_off_agenda(f, &f->proposals[proposal]))
            dt__phrases_add(&p, off_agenda_in(d, f, &f->proposals[proposal]));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static void add_objection(dt_document *d, dt__phrases *parts, const char *msgid, const char *what) {
    if (*what != '\0') dt__phrases_add(parts, dt__say(d, msgid, what, NULL));
}

/* With one format; otherwise they stand with the principles, because the formats differ. */
static const char *principles_broken(dt_document *d, const dt_deal_answer *answer, const dt_proposal_answer *proposal) {
    dt__phrases p = dt__phrases_new(d, proposal->principle_count);

    if (dt__deal_is_brief(answer)) return "";
    for (size_t i = 0; i < proposal->principle_count; i++)
        dt__phrases_add(&p, dt__principle_name(d, proposal->principles[i]));
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static void add_objections(dt_document *d, dt__phrases *list, const dt_deal_answer *answer, size_t proposal) {
    const dt_proposal_answer *p = &answer->formats[0].proposals[proposal];
    dt__phrases parts = dt__phrases_new(d, 4);
    const char *text;

    add_objection(d, &parts, "crosses red lines ({0})", dt__crossings_text(d, p->parties, p->party_count));
    add_objection(d, &parts, "breaks rules ({0})", rules_broken(d, p));
    add_objection(d, &parts, "breaks principles ({0})", principles_broken(d, answer, p));
    add_objection(d, &parts, "goes beyond the agenda of {0}", off_agenda(d, answer, proposal));
    if (parts.count == 0) return;
    text = dt__phrases_join(d, &parts, dt__t(d->env, "; "));
    dt__phrases_add(list, dt__say(d, "{0}: {1}", dt__proposal_name(d, p->proposal), text, NULL));
}

static void add_all_objections(dt_document *d, const dt_deal_answer *answer, size_t count) {
    dt__phrases p = dt__phrases_new(d, count);
    dt__block *list;

    for (size_t i = 0; i < count; i++) add_objections(d, &p, answer, i);
    if (p.count == 0) return;
    dt__paragraph(d, dt__word(d, "What stands against them, beside the gains:"));
    list = dt__bullets(d);
    for (size_t i = 0; i < p.count; i++) dt__bullet(d, list, p.items[i]);
}

void dt__deal_proposals(dt_document *d, const dt_deal_answer *answer) {
    const dt_deal_format *first = answer->format_count == 0 ? NULL : &answer->formats[0];
    dt__block *table;

    if (first == NULL || first->proposal_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The proposals"));
    dt__paragraph(
        d,
        dt__word(
            d, "What each party would gain over no deal, in its own unit, and whether it accepts (✓) or refuses (✗):"));
    table = proposal_table(d, answer);
    for (size_t i = 0; i < first->proposal_count; i++) add_proposal(d, table, answer, i);
    add_all_objections(d, answer, first->proposal_count);
}
