/* The report on "is there a way there?": destinations side by side, then each format. */
#include "report/path_sections.h"

static void add_reach(dt_document *d, const dt_path_answer *answer, const dt_path_format *f) {
    if (answer->detailed) return;
    if (f->reached_all)
        dt__paragraph(d, dt__say(d, "Outcomes that can be reached step by step, no deal included: {0}.",
                                 dt__say_size(d, f->reached), NULL));
    else
        dt__paragraph(d, dt__say(d, "Outcomes that can be reached step by step: at least {0}.",
                                 dt__say_size(d, f->reached), NULL));
}

static void add_format(dt_document *d, const dt_path_answer *answer, const dt_path_format *f) {
    dt__heading(d, 2, dt__format_name(d, f->format));
    add_reach(d, answer, f);
    for (size_t i = 0; i < f->way_count; i++) {
        const dt_way *way = &f->ways[i];
        if (way->shortest != NULL || (way->there && answer->detailed)) dt__path_found(d, answer, f, way);
        else if (answer->detailed || way->kind == DT_DESTINATION_ZONE) dt__path_none(d, answer, way);
    }
    if (f->limit_note != NULL) dt__paragraph(d, dt__say(d, "Limits: {0}", f->limit_note, NULL));
}

static void add_verification(dt_document *d, const dt_path_answer *answer) {
    dt__block *list = NULL;

    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_path_format *f = &answer->formats[i];
        if (f->verify_note != NULL) dt__verification(d, &list, f->format, f->verified, f->verify_note);
    }
}

dt_status dt_report_path(dt_document **out, const dt_model *model, const dt_path_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__path_head(d, answer);
    for (size_t i = 0; i < answer->format_count; i++) add_format(d, answer, &answer->formats[i]);
    add_verification(d, answer);
    if (!answer->detailed)
        dt__next_command(d, dt__word(d, "One destination step by step, or who cuts the way to it: --to DESTINATION."));
    d->answer = dt__path_value(d, answer);
    return dt__document_finish(out, d, env);
}
