/* The answer of `drivers` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/drivers_sections.h"
#include "report/whatif_sections.h"

static dt__value *estimate_value(dt_document *d, bool known, dt_estimate e) {
    dt__value *value = dt__value_object(d);
    dt__put(d, value, "value", known ? dt__value_double(d, e.value) : dt__value_null(d));
    dt__put(d, value, "low", known ? dt__value_double(d, e.low) : dt__value_null(d));
    dt__put(d, value, "high", known ? dt__value_double(d, e.high) : dt__value_null(d));
    return value;
}

static dt__value *inputs_value(dt_document *d, const dt_drivers_answer *a, const dt_driver_output *o) {
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < a->input_count; i++) {
        const dt_driver *driver = &o->drivers[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        dt__put(d, entry, "id", dt__value_string(d, a->inputs[driver->input].id));
        dt__put(d, entry, "first_order", estimate_value(d, o->varies, driver->first_order));
        dt__put(d, entry, "total", estimate_value(d, o->varies, driver->total));
        dt__put(d, entry, "shapley", estimate_value(d, o->varies, driver->shapley));
        dt__put(d, entry, "distinguishable", dt__value_bool(d, o->varies && driver->shapley.low > 0));
        dt__put(d, entry, "correlation", o->varies ? dt__value_double(d, driver->correlation) : dt__value_null(d));
        dt__put(d, entry, "directed", dt__value_bool(d, driver->directed));
        dt__put(d, entry, "at_low", o->varies ? dt__value_double(d, driver->at_low) : dt__value_null(d));
        dt__put(d, entry, "at_high", o->varies ? dt__value_double(d, driver->at_high) : dt__value_null(d));
        dt__put(d, entry, "information", estimate_value(d, o->varies, driver->information));
    }
    return list;
}

static dt__value *output_value(dt_document *d, const dt_drivers_answer *a, const dt_driver_output *o) {
    static const char *const kinds[] = {"zone", "scenario", "gain", "compromise"};
    const dt_model *m = d->model;
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "kind", dt__value_string(d, kinds[o->kind]));
    dt__put(d, value, "format", dt__value_string(d, o->format == DT__NO_INDEX ? NULL : dt__format_key(d, o->format)));
    dt__put(d, value, "scenario",
            dt__value_string(d, o->scenario == DT__NO_INDEX ? NULL : m->scenarios[o->scenario].id));
    dt__put(d, value, "party", dt__value_string(d, o->party == DT__NO_INDEX ? NULL : dt__party_key(d, o->party)));
    dt__put(d, value, "issue", dt__value_string(d, o->issue == DT__NO_INDEX ? NULL : m->issues[o->issue].id));
    dt__put(d, value, "central", dt__value_double(d, o->central));
    dt__put(d, value, "mean", estimate_value(d, a->samples > 0, o->mean));
    dt__put(d, value, "variance", a->samples > 0 ? dt__value_double(d, o->variance) : dt__value_null(d));
    dt__put(d, value, "varies", dt__value_bool(d, o->varies));
    dt__put(d, value, "coarse", dt__value_bool(d, o->coarse));
    dt__put(d, value, "inputs", inputs_value(d, a, o));
    return value;
}

static dt__value *ranges_value(dt_document *d, const dt_drivers_answer *a) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < a->input_count; i++) {
        dt__value *entry = dt__put(d, value, a->inputs[i].id, dt__value_object(d));
        dt__put(d, entry, "central", dt__value_double(d, a->inputs[i].central));
        dt__put(d, entry, "low", dt__value_double(d, a->inputs[i].low));
        dt__put(d, entry, "high", dt__value_double(d, a->inputs[i].high));
    }
    return value;
}

static dt__value *flips_value(dt_document *d, const dt_drivers_answer *a) {
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < a->flip_count; i++) {
        const dt_flip *flip = &a->flips[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        dt__put(d, entry, "input", dt__value_string(d, a->inputs[flip->input].id));
        dt__put(d, entry, "output", dt__value_string(d, a->outputs[flip->output].id));
        dt__put(d, entry, "at", flip->found ? dt__value_double(d, flip->at) : dt__value_null(d));
        dt__put(d, entry, "change",
                flip->found ? dt__value_double(d, flip->at - a->inputs[flip->input].central) : dt__value_null(d));
    }
    return list;
}

/* ---- levers ---- */

static dt__value *blockers_value(dt_document *d, const dt_blocker *const *list, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_string(d, list[i]->id));
    return value;
}

static dt__value *reasons_value(dt_document *d, const dt_whatif_answer *w) {
    dt__value *value;

    if (w == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    for (size_t i = 0; i < w->zone_count; i++) {
        const dt_changed_zone *zone = &w->zones[i];
        dt__value *entry;
        if (zone->scenario_after != DT__NO_INDEX) continue;
        entry = dt__put(d, value, dt__format_key(d, zone->format_after), dt__value_object(d));
        dt__put(d, entry, "lifted", blockers_value(d, zone->lifted, zone->lifted_count));
        dt__put(d, entry, "new", blockers_value(d, zone->fresh, zone->new_count));
        dt__put(d, entry, "share_before", dt__value_double(d, zone->share_before));
        dt__put(d, entry, "share_after", dt__value_double(d, zone->share_after));
    }
    return value;
}

static dt__value *levers_value(dt_document *d, const dt_drivers_answer *a) {
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < a->lever_count; i++) {
        const dt_lever_effect *lever = &a->levers[i];
        dt__value *entry = dt__append(list, dt__value_object(d)), *differences;
        dt__put(d, entry, "name", dt__value_string(d, lever->name));
        dt__put(d, entry, "value", dt__value_string(d, lever->value));
        dt__put(d, entry, "party",
                dt__value_string(d, lever->party == DT__NO_INDEX ? NULL : dt__party_key(d, lever->party)));
        dt__put(d, entry, "stands", dt__value_bool(d, lever->stands));
        dt__put(d, entry, "measured", dt__value_bool(d, lever->measured));
        differences = dt__put(d, entry, "differences", dt__value_object(d));
        for (size_t o = 0; o < a->output_count; o++)
            dt__put(d, differences, a->outputs[o].id, estimate_value(d, lever->measured, lever->differences[o]));
        dt__put(d, entry, "reasons", reasons_value(d, lever->reasons));
    }
    return list;
}

dt__value *dt__drivers_value(dt_document *d, const dt_drivers_answer *a) {
    const char *as_of = dt__as_of_text(d);
    bool any = a->main != DT__NO_INDEX;
    dt__value *value = dt__value_object(d), *outputs;

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "samples", dt__value_unsigned(d, a->samples));
    dt__put(d, value, "asked", dt__value_unsigned(d, a->asked));
    dt__put(d, value, "evaluations", dt__value_unsigned(d, a->evaluations));
    dt__put(d, value, "complete", dt__value_bool(d, a->complete));
    dt__put(d, value, "rounded", dt__value_bool(d, a->rounded));
    dt__put(d, value, "left_out", dt__value_unsigned(d, a->left_out));
    dt__put(d, value, "output", dt__value_string(d, any ? a->outputs[a->main].id : NULL));
    dt__put(d, value, "inputs", any ? inputs_value(d, a, &a->outputs[a->main]) : dt__value_array(d));
    dt__put(d, value, "ranges", ranges_value(d, a));
    outputs = dt__put(d, value, "outputs", dt__value_object(d));
    for (size_t o = 0; o < a->output_count; o++)
        dt__put(d, outputs, a->outputs[o].id, output_value(d, a, &a->outputs[o]));
    dt__put(d, value, "flips", flips_value(d, a));
    dt__put(d, value, "levers", levers_value(d, a));
    return value;
}
