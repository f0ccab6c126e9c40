/* The report on "would it hold?": the equilibria first, then where they come from and what would turn them. */
#include "report/hold_sections.h"

static void add_verification(const dt__hold_page *p) {
    const char *verdict = p->answer->verified ? dt__word(p->d, "holds") : dt__word(p->d, "FAILED");

    if (p->answer->verify_note == NULL) return;
    dt__heading(p->d, 2, dt__word(p->d, "Verification"));
    dt__paragraph(p->d, dt__say(p->d, "{0}: {1}", verdict, p->answer->verify_note, NULL));
}

dt_status dt_report_hold(dt_document **out, const dt_model *model, const dt_hold_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    dt__hold_page p;

    if (d == NULL) return DT_ERR_MEMORY;
    p = dt__hold_page_of(d, answer);
    if (answer->deals_only) {
        dt__hold_deals(&p);
        if (answer->limit_note != NULL) dt__paragraph(d, answer->limit_note);
        d->answer = dt__hold_deals_only_value(d, answer);
        return dt__document_finish(out, d, env);
    }
    dt__hold_head(&p);
    dt__hold_deals(&p);
    if (answer->deal_count > 0) dt__heading(d, 2, dt__word(d, "All outcomes as states"));
    dt__hold_equilibria_table(&p);
    dt__hold_parties(&p);
    dt__hold_unknown(&p);
    dt__hold_strength(&p);
    dt__hold_shares(&p);
    dt__hold_explanation(&p);
    dt__hold_start(&p);
    dt__hold_coalitions(&p);
    dt__hold_foresight(&p);
    dt__hold_margins(&p);
    dt__hold_makes(&p);
    dt__hold_meanings(&p);
    if (answer->limit_note != NULL) dt__paragraph(d, dt__say(d, "Limits: {0}", answer->limit_note, NULL));
    add_verification(&p);
    d->answer = dt__hold_value(d, answer);
    return dt__document_finish(out, d, env);
}
