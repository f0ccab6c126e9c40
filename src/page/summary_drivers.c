/* What would change it, in short: the inputs that most of the uncertainty comes from, and what the first of them does.
 */
#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/drivers_sections.h"

enum { NAMED_INPUTS = 4 };

static const char *outcome_text(dt_document *d, const dt_driver_output *o, double value) {
    return dt__output_is_event(o) ? dt__say_percent(d, value) : dt__say_number(d, value);
}

static const char *share_text(dt_document *d, const dt_drivers_answer *a, const dt_driver *driver) {
    return dt__say(d, "“{0}” ({1}; 95%: {2})", dt__input_name(d, &a->inputs[driver->input]),
                   dt__say_percent(d, driver->shapley.value),
                   dt__say_percents(d, driver->shapley.low, driver->shapley.high), NULL);
}

/* The mean of the outcome where the input is low and where it is high, and where it alone turns the answer. */
static const char *direction_text(dt_document *d, const dt_drivers_answer *a, const dt_driver_output *o,
                                  const dt_driver *driver) {
    const char *input = dt__input_name(d, &a->inputs[driver->input]);

    if (dt__output_is_event(o))
        return dt__say(d, "Where “{0}” is low it happens in {1} of the draws, where it is high in {2}.", input,
                       outcome_text(d, o, driver->at_low), outcome_text(d, o, driver->at_high), NULL);
    return dt__say(d, "Where “{0}” is low it is {1} in the mean, where it is high {2}.", input,
                   outcome_text(d, o, driver->at_low), outcome_text(d, o, driver->at_high), NULL);
}

static const char *turning_text(dt_document *d, const dt_drivers_answer *a, const dt_driver *driver) {
    for (size_t i = 0; i < a->flip_count; i++) {
        const dt_flip *flip = &a->flips[i];
        if (flip->output != a->main || flip->input != driver->input || !flip->found) continue;
        return dt__say(d, "Alone it turns the answer at {0}; it is taken to be {1} now.", dt__say_number(d, flip->at),
                       dt__say_number(d, a->inputs[flip->input].central), NULL);
    }
    return "";
}

void dt__summary_drivers(dt_document *d, const dt_answers *answers) {
    const dt_drivers_answer *a = answers->drivers;
    dt__phrases inputs = dt__phrases_new(d, NAMED_INPUTS);
    const dt_driver_output *o;
    const dt_driver *first = NULL;

    if (a == NULL || answers->redacted != 0 || a->main == UINT32_MAX || a->input_count == 0) return;
    o = &a->outputs[a->main];
    for (size_t i = 0; i < a->input_count && i < NAMED_INPUTS; i++) {
        if (o->drivers[i].shapley.low <= 0) continue;
        if (first == NULL) first = &o->drivers[i];
        dt__phrases_add(&inputs, share_text(d, a, &o->drivers[i]));
    }
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_DRIVERS));
    if (!o->varies) {
        dt__paragraph(d,
                      dt__say(d, "“{0}” is the same whatever the uncertain numbers are.", dt__output_name(d, o), NULL));
        return;
    }
    if (first == NULL) {
        dt__paragraph(
            d, dt__say(d, "No single input stands out for “{0}” with so few samples.", dt__output_name(d, o), NULL));
        return;
    }
    dt__paragraph(d, dt__say(d, "What is uncertain about “{0}” comes mostly from {1}; in parentheses how much of it.",
                             dt__output_name(d, o), dt__phrases_and(d, &inputs), NULL));
    dt__paragraph(d, dt__sentences(d, direction_text(d, a, o, first), turning_text(d, a, first)));
}
