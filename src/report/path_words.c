/* Destinations, steps and cuts in words. */
#include "base/catalog.h"
#include "report/path_sections.h"

const char *dt__destination_name(dt_document *d, const dt_way *way) {
    switch (way->kind) {
    case DT_DESTINATION_ZONE: return dt__word(d, "any deal");
    case DT_DESTINATION_PROPOSAL: return dt__proposal_name(d, way->index);
    case DT_DESTINATION_SCENARIO: return dt__scenario_name(d, way->index);
    case DT_DESTINATION_TERMS: break;
    }
    return dt__word(d, "the terms asked for");
}

const char *dt__step_changes(dt_document *d, dt_outcome before, dt_outcome after) {
    dt__phrases p = dt__phrases_new(d, d->model->issue_count);

    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        if (before[i] == after[i]) continue;
        dt__phrases_add(&p, dt__say(d, "{0}: {1}", dt__issue_name(d, i), dt__option_name(d, i, after[i]), NULL));
    }
    return dt__phrases_join(d, &p, dt__t(d->env, "; "));
}

static const char *cut_text(dt_document *d, const dt_cut *cut) {
    switch (cut->kind) {
    case DT_CUT_RED_LINE:
        return dt__say(d, "the red line “{1}” of {0}", dt__party_name(d, cut->party),
                       dt__red_line_name(d, cut->party, cut->index), NULL);
    case DT_CUT_NO_DEAL: return dt__say(d, "no deal, below which {0} would fall", dt__party_name(d, cut->party), NULL);
    case DT_CUT_STEP: return dt__say(d, "a step after which {0} is worse off", dt__party_name(d, cut->party), NULL);
    case DT_CUT_PRINCIPLE: break;
    }
    return dt__say(d, "the principle “{0}”", dt__principle_name(d, cut->index), NULL);
}

const char *dt__cut_set_text(dt_document *d, const dt_cut_set *set) {
    dt__phrases p = dt__phrases_new(d, set->count);

    for (size_t i = 0; i < set->count; i++) dt__phrases_add(&p, cut_text(d, &set->cuts[i]));
    return dt__phrases_and(d, &p);
}

const char *dt__step_count_text(dt_document *d, size_t count) {
    return count == 1 ? dt__word(d, "1 step") : dt__say(d, "{0} steps", dt__say_size(d, count), NULL);
}
