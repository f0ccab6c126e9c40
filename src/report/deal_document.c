/* The report on "is there a deal?": short answers first, then each format, then what concerns all of them. */
#include "report/deal_sections.h"

void dt__deal_more(dt_document *d, size_t count, size_t shown) {
    if (count <= shown) return;
    dt__and_more(d, count - shown);
}

bool dt__deal_is_brief(const dt_deal_answer *answer) {
    return answer->format_count > 1;
}

dt_status dt_report_deal(dt_document **out, const dt_model *model, const dt_deal_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__deal_head(d, answer);
    dt__deal_difference(d, answer);
    for (size_t i = 0; i < answer->format_count; i++) dt__deal_format(d, answer, &answer->formats[i]);
    dt__deal_proposals(d, answer);
    dt__deal_acceptance(d, answer);
    dt__deal_opposition(d, answer);
    dt__deal_principles(d, answer);
    dt__deal_outlook(d, answer);
    dt__deal_verification(d, answer);
    if (dt__deal_is_brief(answer))
        dt__next_command(d, dt__word(d, "More on one format: --among FORMAT. Everything, in full: --json."));
    d->answer = dt__deal_value(d, answer);
    return dt__document_finish(out, d, env);
}
