/* The answer of `path` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/path_sections.h"

static dt__value *principles_value(dt_document *d, const uint32_t *list, size_t count) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_string(d, d->model->principles[list[i]].id));
    return value;
}

/* ---- a way step by step ---- */

static dt__value *gains_value(dt_document *d, const dt_path_format *f, const dt_exact *gains) {
    dt__value *value = dt__value_object(d);

    for (size_t p = 0; p < f->party_count; p++)
        dt__put(d, value, dt__party_key(d, f->parties[p]), dt__value_exact(d, gains[p]));
    return value;
}

static dt__value *changes_value(dt_document *d, dt_outcome before, dt_outcome after) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < d->model->issue_count; i++) {
        if (before[i] != after[i])
            dt__put(d, value, d->model->issues[i].id, dt__value_string(d, d->model->issues[i].options[after[i]].id));
    }
    return value;
}

static dt__value *walk_value(dt_document *d, const dt_path_answer *answer, const dt_path_format *f,
                             const dt_walk *walk) {
    dt__value *value, *steps;
    dt_outcome before = answer->no_deal;

    if (walk == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "walkers", dt__party_set_value(d, walk->walkers));
    dt__put(d, value, "floor", dt__value_exact(d, walk->floor));
    dt__put(d, value, "floor_party",
            walk->floor.text == NULL ? dt__value_null(d) : dt__value_string(d, dt__party_key(d, walk->floor_party)));
    steps = dt__put(d, value, "steps", dt__value_array(d));
    for (size_t i = 0; i < walk->step_count; i++) {
        const dt_path_step *step = &walk->steps[i];
        dt__value *entry = dt__append(steps, dt__value_object(d));
        dt__put(d, entry, "joint", dt__value_bool(d, step->joint));
        dt__put(d, entry, "parties", dt__party_set_value(d, step->parties));
        dt__put(d, entry, "changes", changes_value(d, before, step->after));
        dt__put(d, entry, "gains", gains_value(d, f, step->gains));
        dt__put(d, entry, "irreversible", dt__value_bool(d, step->irreversible));
        dt__put(d, entry, "tempted", dt__party_set_value(d, step->tempted));
        dt__put(d, entry, "exposed", dt__value_bool(d, step->exposed));
        dt__put(d, entry, "outcome", dt__outcome_value(d, step->after));
        before = step->after;
    }
    return value;
}

/* ---- why there is none ---- */

static dt__value *cut_sets_value(dt_document *d, const dt_way *way) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < way->cut_set_count; i++) {
        dt__value *entry = dt__append(value, dt__value_object(d)), *cuts;
        cuts = dt__put(d, entry, "cuts", dt__value_array(d));
        for (size_t c = 0; c < way->cut_sets[i].count; c++)
            dt__append(cuts, dt__value_string(d, way->cut_sets[i].cuts[c].id));
        dt__put(d, entry, "steps", dt__value_unsigned(d, way->cut_sets[i].step_count));
    }
    return value;
}

static void put_obstacles(dt_document *d, dt__value *value, const dt_way *way) {
    dt__value *issues = dt__put(d, value, "off_agenda", dt__value_array(d));

    for (size_t i = 0; i < way->off_agenda_count; i++)
        dt__append(issues, dt__value_string(d, d->model->issues[way->off_agenda[i]].id));
    dt__put(d, value, "coherent", dt__value_bool(d, !way->incoherent));
    dt__put(d, value, "barred", dt__value_bool(d, way->barred));
    dt__put(d, value, "reached", dt__value_unsigned(d, way->reached));
    dt__put(d, value, "nearest", dt__outcome_value(d, way->nearest));
    dt__put(d, value, "missing", way->nearest == NULL ? dt__value_null(d) : dt__value_unsigned(d, way->missing));
    dt__put(d, value, "cut_sets", cut_sets_value(d, way));
    dt__put(d, value, "cuts_complete", dt__value_bool(d, way->cuts_complete));
    dt__put(d, value, "least_bundle",
            way->least_bundle == 0 ? dt__value_null(d) : dt__value_unsigned(d, way->least_bundle));
    dt__put(d, value, "tried_bundle", dt__value_unsigned(d, way->tried_bundle));
}

/* ---- ways ---- */

static const char *destination_key(const dt_document *d, const dt_way *way) {
    if (way->kind == DT_DESTINATION_PROPOSAL) return d->model->proposals[way->index].id;
    if (way->kind == DT_DESTINATION_SCENARIO) return d->model->scenarios[way->index].id;
    return NULL;
}

static dt__value *way_value(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_way *way) {
    static const char *const kinds[] = {[DT_DESTINATION_ZONE] = "zone",
                                        [DT_DESTINATION_PROPOSAL] = "proposal",
                                        [DT_DESTINATION_SCENARIO] = "scenario",
                                        [DT_DESTINATION_TERMS] = "terms"};
    static const char *const statuses[] = {
        [DT_WAY_FOUND] = "found", [DT_WAY_NONE] = "none", [DT_WAY_UNDECIDED] = "undecided"};
    bool found = way->status == DT_WAY_FOUND, detailed = answer->detailed || way->kind == DT_DESTINATION_ZONE;
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "kind", dt__value_string(d, kinds[way->kind]));
    dt__put(d, value, "id", dt__value_string(d, destination_key(d, way)));
    dt__put(d, value, "status", dt__value_string(d, statuses[way->status]));
    dt__put(d, value, "steps", found ? dt__value_unsigned(d, way->step_count) : dt__value_null(d));
    dt__put(d, value, "destination", dt__outcome_value(d, way->destination));
    dt__put(d, value, "breaks", principles_value(d, way->broken, way->broken_count));
    if (detailed) {
        dt__put(d, value, "shortest", walk_value(d, answer, f, way->shortest));
        dt__put(d, value, "safest", walk_value(d, answer, f, way->safest));
        dt__put(d, value, "safest_known", dt__value_bool(d, way->safest_known));
    }
    if (detailed && way->status == DT_WAY_NONE) put_obstacles(d, value, way);
    if (answer->draws > 0) {
        dt__put(d, value, "draws_with_a_way", dt__value_unsigned(d, way->reached_by_draws));
        dt__put(d, value, "draws_undecided", dt__value_unsigned(d, way->undecided_draws));
    }
    return value;
}

static dt__value *format_value(dt_document *d, const dt_path_answer *answer, const dt_path_format *f) {
    dt__value *value = dt__value_object(d), *ways;

    dt__put(d, value, "format", dt__value_string(d, dt__format_key(d, f->format)));
    if (!answer->detailed) {
        dt__put(d, value, "reached", dt__value_unsigned(d, f->reached));
        dt__put(d, value, "reached_all", dt__value_bool(d, f->reached_all));
    }
    ways = dt__put(d, value, "ways", dt__value_array(d));
    for (size_t i = 0; i < f->way_count; i++) dt__append(ways, way_value(d, answer, f, &f->ways[i]));
    if (f->limit_note != NULL) dt__put(d, value, "limit_note", dt__value_string(d, f->limit_note));
    if (f->verify_note != NULL) {
        dt__put(d, value, "verified", dt__value_bool(d, f->verified));
        dt__put(d, value, "verify_note", dt__value_string(d, f->verify_note));
    }
    return value;
}

dt__value *dt__path_value(dt_document *d, const dt_path_answer *answer) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d), *formats;

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "months", dt__value_exact(d, answer->months));
    dt__put(d, value, "no_deal_outcome", dt__outcome_value(d, answer->no_deal));
    dt__put(d, value, "keeps", principles_value(d, answer->kept, answer->kept_count));
    dt__put(d, value, "broken_by_no_deal", principles_value(d, answer->broken_at_start, answer->broken_count));
    if (answer->draws > 0) {
        dt__value *draws = dt__put(d, value, "draws", dt__value_object(d));
        dt__put(d, draws, "n", dt__value_unsigned(d, answer->draws));
        dt__put(d, draws, "seed", dt__value_unsigned(d, answer->seed));
    }
    formats = dt__put(d, value, "formats", dt__value_object(d));
    for (size_t i = 0; i < answer->format_count; i++)
        dt__put(d, formats, dt__format_key(d, answer->formats[i].format), format_value(d, answer, &answer->formats[i]));
    return value;
}
