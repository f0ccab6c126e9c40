#include <math.h>

#include "base/catalog.h"
#include "report/drivers_sections.h"

enum { NAMED = 3, SHOWN_FLIPS = 20, SHOWN_INPUTS = 20 };

/* ---- names ---- */

bool dt__output_is_event(const dt_driver_output *o) {
    return o->kind == DT_OUTPUT_ZONE || o->kind == DT_OUTPUT_SCENARIO;
}

const char *dt__output_name(dt_document *d, const dt_driver_output *o) {
    switch (o->kind) {
    case DT_OUTPUT_ZONE: return dt__say(d, "A deal is possible ({0})", dt__format_name(d, o->format), NULL);
    case DT_OUTPUT_SCENARIO:
        return dt__say(d, "{0} ({1})", dt__scenario_name(d, o->scenario), dt__format_name(d, o->format), NULL);
    case DT_OUTPUT_GAIN:
        return dt__say(d, "Gain of {0} ({1})", dt__party_name(d, o->party), dt__format_name(d, o->format), NULL);
    case DT_OUTPUT_COMPROMISE: break;
    }
    return dt__say(d, "Compromise on {0}", dt__issue_name(d, o->issue), NULL);
}

/* ---- numbers ---- */

static bool is_distinct(dt_estimate e) {
    return e.low > 0;
}

static const char *share_text(dt_document *d, dt_estimate e) {
    if (!is_distinct(e)) return dt__word(d, "0 (not distinguishable)");
    return dt__say(d, "{0} ({1} to {2})", dt__say_percent(d, e.value), dt__say_percent(d, e.low),
                   dt__say_percent(d, fmin(1, e.high)), NULL);
}

static const char *mean_text(dt_document *d, const dt_driver_output *o) {
    dt_estimate e = o->mean;

    if (dt__output_is_event(o))
        return dt__say(d, "{0} ({1} to {2})", dt__say_percent(d, e.value), dt__say_percent(d, e.low),
                       dt__say_percent(d, e.high), NULL);
    return dt__say(d, "{0} ({1} to {2})", dt__say_number(d, e.value), dt__say_number(d, e.low),
                   dt__say_number(d, e.high), NULL);
}

static const char *direction_text(dt_document *d, const dt_driver *driver) {
    if (!driver->directed) return dt__word(d, "not clear");
    return dt__word(d, driver->correlation > 0 ? DT__N("more raises it") : DT__N("more lowers it"));
}

/* ---- the head ---- */

static void add_lead(dt_document *d, const dt_drivers_answer *a, const dt_driver_output *o) {
    const dt_driver *first = &o->drivers[0];
    const char *name = dt__input_name(d, &a->inputs[first->input]), *output = dt__output_name(d, o);

    if (!is_distinct(first->shapley)) {
        dt__paragraph(d, dt__say(d, "No single input stands out for “{0}” with so few samples.", output, NULL));
        return;
    }
    dt__paragraph(d, dt__say(d,
                             first->shapley.value > 0.5
                                 ? DT__N("Most of it hangs on one input, “{0}”: {1} of the variance of “{2}”.")
                                 : DT__N("It hangs most on “{0}”: {1} of the variance of “{2}”."),
                             name, share_text(d, first->shapley), output, NULL));
}

static void add_head(dt_document *d, const dt_drivers_answer *a) {
    const dt_driver_output *o;

    dt__heading(d, 1, dt__say(d, "{0}: what would change it?", dt__title_name(d), NULL));
    if (a->output_count == 0) {
        dt__paragraph(d, dt__word(d, "There is nothing to measure: no format whose outcomes can be listed, and nobody "
                                     "with positions on an ordered issue."));
        return;
    }
    o = &a->outputs[a->main];
    if (a->input_count == 0) {
        dt__paragraph(d, dt__word(d, "Nothing in this model is uncertain, so nothing varies; see the levers."));
        return;
    }
    if (a->samples == 0) {
        dt__paragraph(d, dt__word(d, "The time limit passed before anything was measured."));
        return;
    }
    if (!o->varies) {
        dt__paragraph(
            d, dt__say(d, "“{0}” does not vary: whatever is drawn, it is the same.", dt__output_name(d, o), NULL));
        return;
    }
    add_lead(d, a, o);
    dt__paragraph(d, dt__say(d, dt__output_is_event(o) ? DT__N("Its probability is {0}.") : DT__N("Its mean is {0}."),
                             mean_text(d, o), NULL));
}

/* ---- the inputs ---- */

static const dt__column input_columns[] = {
    {DT__N("Input"), DT__LEFT},      {DT__N("Share of the variance"), DT__RIGHT},
    {DT__N("By itself"), DT__RIGHT}, {DT__N("With all it works with"), DT__RIGHT},
    {DT__N("Direction"), DT__LEFT},  {DT__N("Error saved by knowing it"), DT__RIGHT}};

static const char *information_text(dt_document *d, const dt_driver *driver) {
    dt__text text;

    if (!is_distinct(driver->information)) return dt__word(d, "0 (not distinguishable)");
    dt__text_init(&text, d->env);
    dt__text_add_double(&text, round(driver->information.value * 10000) / 10000);
    return dt__document_take(d, &text);
}

static void add_inputs(dt_document *d, const dt_drivers_answer *a) {
    const dt_driver_output *o;
    dt__block *table;

    if (a->output_count == 0 || a->samples == 0 || !a->outputs[a->main].varies) return;
    o = &a->outputs[a->main];
    dt__heading(d, 2, dt__say(d, "What “{0}” hangs on", dt__output_name(d, o), NULL));
    table = DT__TABLE_OF(d, input_columns);
    for (size_t i = 0; i < a->input_count && i < SHOWN_INPUTS; i++) {
        const dt_driver *driver = &o->drivers[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__input_name(d, &a->inputs[driver->input]), DT__PLAIN);
        dt__table_cell(d, table, share_text(d, driver->shapley), DT__PLAIN);
        dt__table_cell(d, table, share_text(d, driver->first_order), DT__PLAIN);
        dt__table_cell(d, table, share_text(d, driver->total), DT__PLAIN);
        dt__table_cell(d, table, direction_text(d, driver), DT__PLAIN);
        dt__table_cell(d, table, information_text(d, driver), DT__PLAIN);
    }
    dt__paragraph(d, dt__word(d, "The shares add up to all of the variance (Shapley effects). By itself: what would be "
                                 "gone if only this input were known. With all it works with: what would be left if "
                                 "everything else were known."));
    if (o->coarse)
        dt__paragraph_or(d, dt__word(d, "Some of these shares are not known to within a tenth: raise --samples."),
                         dt__word(d, "Some of these shares are not known to within a tenth."));
}

/* ---- all outputs ---- */

static const dt__column output_columns[] = {
    {DT__N("Output"), DT__LEFT}, {DT__N("Mean"), DT__RIGHT}, {DT__N("Hangs most on"), DT__LEFT}};

static const char *leaders_text(dt_document *d, const dt_drivers_answer *a, const dt_driver_output *o) {
    dt__phrases names = dt__phrases_new(d, NAMED);

    if (!o->varies) return dt__word(d, "does not vary");
    for (size_t i = 0; i < a->input_count && i < NAMED; i++) {
        if (!is_distinct(o->drivers[i].shapley)) continue;
        dt__phrases_add(&names, dt__say(d, "{0} ({1})", dt__input_name(d, &a->inputs[o->drivers[i].input]),
                                        dt__say_percent(d, o->drivers[i].shapley.value), NULL));
    }
    return names.count == 0 ? dt__word(d, "nothing that stands out") : dt__phrases_and(d, &names);
}

static void add_outputs(dt_document *d, const dt_drivers_answer *a) {
    size_t constant = 0;
    dt__block *table = NULL;

    if (a->output_count == 0 || a->samples == 0 || a->input_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Every output"));
    for (size_t i = 0; i < a->output_count; i++) {
        const dt_driver_output *o = &a->outputs[i];
        if (!o->varies) constant++;
        if (!o->varies && i != a->main) continue;
        if (table == NULL) table = DT__TABLE_OF(d, output_columns);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__output_name(d, o), i == a->main ? DT__STRONG : DT__PLAIN);
        dt__table_cell(d, table, mean_text(d, o), DT__PLAIN);
        dt__table_cell(d, table, leaders_text(d, a, o), DT__PLAIN);
    }
    if (constant > 0)
        dt__paragraph_or(d,
                         dt__say(d, "Outputs that do not vary, whatever is drawn: {0} of {1} (see --json).",
                                 dt__say_size(d, constant), dt__say_size(d, a->output_count), NULL),
                         dt__say(d, "Outputs that do not vary, whatever is drawn: {0} of {1}.",
                                 dt__say_size(d, constant), dt__say_size(d, a->output_count), NULL));
}

/* ---- tipping values ---- */

static const dt__column flip_columns[] = {{DT__N("Input"), DT__LEFT},      {DT__N("Now"), DT__RIGHT},
                                          {DT__N("Turns at"), DT__RIGHT},  {DT__N("Range"), DT__RIGHT},
                                          {DT__N("What turns"), DT__LEFT}, {DT__N("It becomes"), DT__LEFT}};

static void add_flip(dt_document *d, dt__block *table, const dt_drivers_answer *a, const dt_flip *flip) {
    const dt_driver_input *input = &a->inputs[flip->input];
    const dt_driver_output *output = &a->outputs[flip->output];

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__input_name(d, input), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, input->central), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, flip->at), DT__PLAIN);
    dt__table_cell(d, table,
                   dt__say(d, "{0} to {1}", dt__say_number(d, input->low), dt__say_number(d, input->high), NULL),
                   DT__PLAIN);
    dt__table_cell(d, table, dt__output_name(d, output), DT__PLAIN);
    dt__table_cell(d, table, dt__word(d, output->central > 0.5 ? DT__N("no") : DT__N("yes")), DT__PLAIN);
}

static void add_flips(dt_document *d, const dt_drivers_answer *a) {
    size_t found = 0, shown = 0;
    dt__block *table = NULL;

    if (a->flip_count == 0) return;
    dt__heading(d, 2, dt__word(d, "The smallest change that turns a conclusion"));
    for (size_t i = 0; i < a->flip_count; i++) {
        if (!a->flips[i].found) continue;
        found++;
        if (shown >= SHOWN_FLIPS || a->outputs[a->flips[i].output].format != a->outputs[a->main].format) continue;
        if (table == NULL) table = DT__TABLE_OF(d, flip_columns);
        add_flip(d, table, a, &a->flips[i]);
        shown++;
    }
    if (found > shown) dt__and_more(d, found - shown);
    dt__paragraph(d, found == 0
                         ? dt__word(d, "No input alone turns any conclusion within its range.")
                         : dt__word(d, "One input moves, the others stay where they are. What is not listed does "
                                       "not turn within the input's range."));
}

/* ---- how it was made ---- */

static void add_making(dt_document *d, const dt_drivers_answer *a) {
    dt__heading(d, 2, dt__word(d, "How far to trust it"));
    dt__paragraph(d, dt__say(d, "{0} samples of {1} uncertain numbers, {2} evaluations. In brackets: 95% intervals.",
                             dt__say_size(d, (size_t)a->samples), dt__say_size(d, a->input_count),
                             dt__say_size(d, (size_t)a->evaluations), NULL));
    if (!a->complete)
        dt__paragraph(d, dt__say(d, "The time limit cut it short: {0} samples were asked for.",
                                 dt__say_size(d, (size_t)a->asked), NULL));
    if (a->left_out > 0)
        dt__paragraph(d, dt__say(d,
                                 "Formats left out: {0}. They have parties without utilities, or too many outcomes "
                                 "that could be the solution.",
                                 dt__say_size(d, a->left_out), NULL));
    if (a->rounded)
        dt__paragraph(d,
                      dt__word(d, "Utilities of some party were rounded, because their exact fractions are too fine."));
    dt__paragraph(d, dt__word(d, "The scenario is the one under the Nash solution, or no deal where none is possible. "
                                 "The uncertain numbers are independent of one another; what depends on the same "
                                 "quantity moves together."));
}

dt_status dt_report_drivers(dt_document **out, const dt_model *model, const dt_drivers_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    add_head(d, answer);
    add_inputs(d, answer);
    add_outputs(d, answer);
    add_flips(d, answer);
    dt__drivers_levers(d, answer);
    add_making(d, answer);
    d->answer = dt__drivers_value(d, answer);
    return dt__document_finish(out, d, env);
}
