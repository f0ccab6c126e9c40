/* Would the deals hold: who would leave, when, what deters it, what would keep everybody in. */
#include <string.h>

#include "base/catalog.h"
#include "report/hold_sections.h"

/* ---- names and months ---- */

static const char *solution_word(dt_document *d, const char *id, size_t length) {
    if (strncmp(id, "nash", length) == 0) return dt__word(d, "Nash");
    if (strncmp(id, "kalai_smorodinsky", length) == 0) return dt__word(d, "Kalai-Smorodinsky");
    return dt__word(d, "egalitarian");
}

static const char *solutions_text(dt_document *d, const char *ids) {
    dt__phrases p = dt__phrases_new(d, 3);

    while (ids != NULL && *ids != '\0') {
        size_t length = strcspn(ids, " ");
        dt__phrases_add(&p, solution_word(d, ids, length));
        ids += length + (ids[length] == ' ');
    }
    return dt__phrases_and(d, &p);
}

const char *dt__deal_name(dt_document *d, const dt_hold_deal *deal) {
    if (deal->proposal != DT__NO_INDEX) return dt__proposal_name(d, deal->proposal);
    if (deal->origin == DT_DEAL_ASKED) return dt__word(d, "the deal asked for");
    return dt__say(d, "what {0} chooses", solutions_text(d, deal->solutions), NULL);
}

static bool is_now(dt_exact month) {
    return month.text != NULL && strcmp(month.text, "0") == 0;
}

/* "after 7 months", "with the first day that passes" */
static const char *when_text(dt_document *d, dt_exact month) {
    if (is_now(month)) return dt__word(d, "as soon as time passes");
    return dt__say(d, strcmp(month.text, "1") == 0 ? DT__N("after one month") : DT__N("after {0} months"),
                   dt__say_number(d, month.value), NULL);
}

/* ---- the deals side by side ---- */

static const dt__column deal_columns[] = {{DT__N("Deal"), DT__LEFT},
                                          {DT__N("Would it hold?"), DT__LEFT},
                                          {DT__N("What would keep everybody in"), DT__LEFT},
                                          {DT__N("Holds now"), DT__RIGHT},
                                          {DT__N("after 6 months"), DT__RIGHT},
                                          {DT__N("after 12 months"), DT__RIGHT}};

static const char *verdict_text(dt_document *d, const dt_hold_deal *deal) {
    if (!deal->coherent) return dt__word(d, "it breaks a rule");
    if (deal->leave_now != 0)
        return dt__say(d, "no: {0} would leave at once", dt__parties_text(d, deal->leave_now), NULL);
    if (!deal->ends) return dt__word(d, "yes: nobody gains by leaving, whatever the month");
    return dt__say(d, "{0} would leave {1}", dt__party_name(d, deal->first), when_text(d, deal->month), NULL);
}

static const char *remedy_text(dt_document *d, const dt_remedy *remedy) {
    const char *change = dt__say(d, "{0}: {1}", dt__issue_name(d, remedy->issue),
                                 dt__option_name(d, remedy->issue, remedy->option), NULL);

    if (!remedy->ends) return change;
    if (is_now(remedy->month)) return dt__say(d, "{0} (for now)", change, NULL);
    return dt__say(d,
                   strcmp(remedy->month.text, "1") == 0 ? DT__N("{0} (for one month)") : DT__N("{0} (for {1} months)"),
                   change, dt__say_number(d, remedy->month.value), NULL);
}

static const char *remedies_text(dt_document *d, const dt_hold_deal *deal, size_t most) {
    dt__phrases p = dt__phrases_new(d, most);

    for (size_t i = 0; i < deal->remedy_count && i < most; i++) dt__phrases_add(&p, remedy_text(d, &deal->remedies[i]));
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static void add_overview(dt_document *d, const dt_hold_answer *answer) {
    dt__block *table = DT__TABLE_OF(d, deal_columns);

    for (size_t i = 0; i < answer->deal_count; i++) {
        const dt_hold_deal *deal = &answer->deals[i];
        bool bad = !deal->coherent || deal->leave_now != 0;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__deal_name(d, deal), DT__PLAIN);
        dt__table_cell(d, table, verdict_text(d, deal), bad ? DT__BAD : deal->ends ? DT__PLAIN : DT__GOOD);
        dt__table_cell(d, table, remedies_text(d, deal, 2), DT__PLAIN);
        for (size_t m = 0; m < DT_HOLD_MONTHS; m++)
            dt__table_cell(d, table, deal->has_quartiles ? dt__say_percent(d, deal->holds[m]) : "", DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (answer->draws > 0)
        dt__paragraph(d,
                      dt__say(d,
                              "The last columns: share of {0} draws of everything uncertain in which nobody gains by "
                              "leaving; by chance it may be off by up to {1}.",
                              dt__say_size(d, (size_t)answer->draws), dt__hold_chance(d, answer->draws), NULL));
}

/* ---- one deal, party by party ---- */

static const char *leaves_now(dt_document *d, const dt_leaving *l) {
    const char *party = dt__party_name(d, l->party);

    if (l->leaving_gain.text == NULL) return dt__say(d, "{0} would leave at once: it prefers that.", party, NULL);
    return dt__say(d, "{0} would leave at once: that is worth {1} more to it than to stay.", party,
                   dt__say_number(d, l->leaving_gain.value), NULL);
}

static const char *leaves_later(dt_document *d, const dt_leaving *l) {
    return dt__say(d,
                   "{0} would leave {1}: leaving costs it {2} now, and waiting adds {3} a month to what no deal is "
                   "worth to it.",
                   dt__party_name(d, l->party), when_text(d, l->month), dt__say_number(d, -l->leaving_gain.value),
                   dt__say_number(d, l->drift.value), NULL);
}

static const char *stays(dt_document *d, const dt_leaving *l) {
    const char *party = dt__party_name(d, l->party);

    if (!l->can_leave) return dt__say(d, "{0} has nothing to leave.", party, NULL);
    if (l->leaving_gain.text == NULL) return dt__say(d, "{0} would stay: it does not prefer to leave.", party, NULL);
    if (l->preference == DT_WORSE)
        return dt__say(d, "{0} loses by the deal ({1} against no deal); yet once it stands, leaving costs it {2}.",
                       party, dt__say_signed(d, l->gain.value), dt__say_number(d, -l->leaving_gain.value), NULL);
    if (l->drift.value < 0)
        return dt__say(d, "{0} would stay: leaving costs it {1}, and every month {2} more.", party,
                       dt__say_number(d, -l->leaving_gain.value), dt__say_number(d, -l->drift.value), NULL);
    return dt__say(d, "{0} would stay: leaving costs it {1}, now and later.", party,
                   dt__say_number(d, -l->leaving_gain.value), NULL);
}

static const char *answer_steps(dt_document *d, const dt_leaving *l) {
    dt__phrases p = dt__phrases_new(d, l->answer_count);
    dt_outcome before = l->leaves_to;

    for (size_t i = 0; i < l->answer_count; i++) {
        dt__phrases_add(&p, dt__say(d, "{0} ({1})", dt__party_name(d, l->answer[i].party),
                                    dt__changes_text(d, l->answer[i].after, before), NULL));
        before = l->answer[i].after;
    }
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static const char *deterrence_text(dt_document *d, const dt_leaving *l) {
    const char *text;

    if (l->leaving != DT_BETTER) return "";
    if (!l->deterred) return dt__word(d, "Nothing that the others decide alone deters it.");
    if (l->credible) text = dt__say(d, "What deters it: {0}, who would gain by it.", answer_steps(d, l), NULL);
    else text = dt__say(d, "What could deter it: {0}, though at a cost to themselves.", answer_steps(d, l), NULL);
    if (l->answered_gain.text == NULL) return text;
    return dt__sentences(d, text,
                         dt__say(d, "Leaving then comes to {0}.", dt__say_signed(d, l->answered_gain.value), NULL));
}

static const char *party_text(dt_document *d, const dt_leaving *l) {
    if (l->leaving == DT_BETTER && l->can_leave) return dt__sentences(d, leaves_now(d, l), deterrence_text(d, l));
    return l->ends ? leaves_later(d, l) : stays(d, l);
}

static void add_irreversible(dt_document *d, const dt_hold_deal *deal) {
    dt__phrases p = dt__phrases_new(d, deal->irreversible_count);

    for (size_t i = 0; i < deal->irreversible_count; i++) {
        uint32_t issue = deal->irreversible[i];
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, issue),
                                    dt__option_name(d, issue, deal->outcome[issue]), NULL));
    }
    if (p.count > 0)
        dt__paragraph(d, dt__say(d, "Whoever leaves, this is not taken back: {0}.",
                                 dt__phrases_join(d, &p, dt__t(d->env, "; ")), NULL));
}

static void add_deal(dt_document *d, const dt_hold_answer *answer, const dt_hold_deal *deal) {
    dt__block *list;

    dt__heading(d, 3, dt__deal_name(d, deal));
    dt__paragraph(d, dt__say(d, "The deal: {0}.", dt__changes_text(d, deal->outcome, answer->no_deal), NULL));
    list = dt__bullets(d);
    for (size_t i = 0; i < deal->party_count; i++) dt__bullet(d, list, party_text(d, &deal->parties[i]));
    add_irreversible(d, deal);
    if (deal->remedy_count > 0)
        dt__paragraph(d, dt__say(d, "One change that keeps everybody in, the longest first: {0}.",
                                 remedies_text(d, deal, deal->remedy_count), NULL));
    else if (deal->ends)
        dt__paragraph(d, dt__word(d, "No single change of a term or a lever keeps everybody in for longer."));
}

void dt__hold_deals(const dt__hold_page *p) {
    dt_document *d = p->d;

    if (p->answer->deal_count == 0) return;
    if (p->answer->deals_only) dt__heading(d, 1, dt__say(d, "{0}: would a deal be left?", dt__title_name(d), NULL));
    else dt__heading(d, 2, dt__word(d, "Would a deal be left?"));
    if (p->answer->deals_only && *dt__as_of_sentence(d, p->answer->months) != '\0')
        dt__paragraph(d, dt__as_of_sentence(d, p->answer->months));
    dt__paragraph(d, dt__word(d, "Whoever leaves takes back every term decided jointly and sets its own levers as it "
                                 "likes; then the others may answer with theirs."));
    add_overview(d, p->answer);
    for (size_t i = 0; i < p->answer->deal_count; i++) {
        if (p->answer->deals[i].coherent) add_deal(d, p->answer, &p->answer->deals[i]);
    }
}
