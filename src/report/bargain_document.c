/* The report on "which deal?": the formats side by side, then each format, then what the solutions are. */
#include "report/bargain_sections.h"

static void add_format(dt_document *d, const dt_bargain_answer *answer, const dt_bargain_format *f) {
    dt__heading(d, 2, dt__format_name(d, f->format));
    dt__bargain_reach(d, f);
    dt__bargain_solutions(d, answer, f);
    dt__bargain_draws(d, answer, f);
    dt__bargain_explanation(d, answer, f);
    dt__bargain_power(d, f);
    dt__bargain_coalitions(d, answer, f);
    dt__bargain_core(d, answer, f);
    if (f->limit_note != NULL) dt__paragraph(d, dt__say(d, "Limits: {0}", f->limit_note, NULL));
}

static void add_verification(dt_document *d, const dt_bargain_answer *answer) {
    dt__block *list = NULL;

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_bargain_format *f = &answer->formats[i];
        if (f->verify_note != NULL) dt__verification(d, &list, f->format, f->verified, f->verify_note);
    }
}

dt_status dt_report_bargain(dt_document **out, const dt_model *model, const dt_bargain_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__bargain_head(d, answer);
    for (size_t i = 0; i < answer->format_count; i++) add_format(d, answer, &answer->formats[i]);
    dt__bargain_meanings(d, answer);
    add_verification(d, answer);
    if (dt__bargain_is_brief(answer))
        dt__next_command(d, dt__word(d, "More on one format: --among FORMAT. Everything, in full: --json."));
    d->answer = dt__bargain_value(d, answer);
    return dt__document_finish(out, d, env);
}
