/* Pictures of what would change it: what each input does to the outcome asked about, and where that turns; and the
 * shares of its variance. */
#include <math.h>
#include <stdlib.h>

#include "base/catalog.h"
#include "page/page_sections.h"
#include "report/drivers_sections.h"

enum { INPUTS_SHOWN = 14, MANY_SAMPLES = 1024 };

static const dt_driver_output *main_output(const dt_answers *a) {
    const dt_drivers_answer *answer = a->drivers;
    const dt_driver_output *o;

    /* Where a conclusion turns lies on somebody's red line or reservation value. */
    if (answer == NULL || a->redacted != 0 || answer->main >= answer->output_count || answer->samples == 0) return NULL;
    o = &answer->outputs[answer->main];
    return o->varies && answer->input_count > 0 ? o : NULL;
}

static const char *outcome_text(dt_document *d, const dt_driver_output *o, double value) {
    return dt__output_is_event(o) ? dt__say_percent(d, value) : dt__say_number(d, value);
}

/* ---- what each input does ---- */

typedef struct bar {
    const dt_driver *driver;
    const dt_flip *flip; /* NULL: nothing within its range turns it */
} bar;

static double reach(const dt_driver *driver) {
    return fabs(driver->at_high - driver->at_low);
}

/* Widest first; of equals in the order of the answer. */
static int by_reach(const void *x, const void *y) {
    const dt_driver *a = ((const bar *)x)->driver, *b = ((const bar *)y)->driver;

    if (reach(a) > reach(b)) return -1;
    if (reach(a) < reach(b)) return 1;
    return (a->input > b->input) - (a->input < b->input);
}

static const dt_flip *flip_of(const dt_drivers_answer *answer, uint32_t input) {
    for (size_t i = 0; i < answer->flip_count; i++) {
        const dt_flip *flip = &answer->flips[i];
        if (flip->output == answer->main && flip->input == input && flip->found) return flip;
    }
    return NULL;
}

static const dt__column tornado_columns[] = {
    {DT__N("Input"), DT__LEFT}, {DT__N("Where it is low"), DT__RIGHT}, {DT__N("Where it is high"), DT__RIGHT},
    {DT__N("Now"), DT__RIGHT},  {DT__N("Range"), DT__RIGHT},           {DT__N("Turns at"), DT__RIGHT}};

static void add_bar(dt_document *d, dt__block *table, const dt_drivers_answer *answer, const dt_driver_output *o,
                    const bar *b) {
    const dt_driver_input *input = &answer->inputs[b->driver->input];
    const char *name = dt__input_name(d, input), *turns = b->flip == NULL ? "" : dt__say_number(d, b->flip->at);
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "input", dt__value_string(d, name));
    dt__put(d, row, "low", dt__value_double(d, b->driver->at_low));
    dt__put(d, row, "high", dt__value_double(d, b->driver->at_high));
    dt__put(d, row, "from", dt__value_double(d, input->low));
    dt__put(d, row, "now", dt__value_double(d, input->central));
    dt__put(d, row, "to", dt__value_double(d, input->high));
    dt__put(d, row, "flip", b->flip == NULL ? dt__value_null(d) : dt__value_double(d, b->flip->at));
    dt__put(d, row, "turns", dt__value_string(d, turns));
    dt__table_row(d, table);
    dt__table_cell(d, table, name, DT__PLAIN);
    dt__table_cell(d, table, outcome_text(d, o, b->driver->at_low), DT__PLAIN);
    dt__table_cell(d, table, outcome_text(d, o, b->driver->at_high), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, input->central), DT__PLAIN);
    dt__table_cell(d, table,
                   dt__say(d, "{0} to {1}", dt__say_number(d, input->low), dt__say_number(d, input->high), NULL),
                   DT__PLAIN);
    dt__table_cell(d, table, turns, DT__PLAIN);
}

bool dt__picture_tornado(dt_document *d, const dt_answers *a) {
    const dt_drivers_answer *answer = a->drivers;
    const dt_driver_output *o = main_output(a);
    const char *text;
    dt__block *table;
    bar *bars;

    if (o == NULL) return false;
    if ((bars = DT__ARENA_ARRAY(&d->arena, bar, answer->input_count)) == NULL) {
        d->failed = true;
        return false;
    }
    for (size_t i = 0; i < answer->input_count; i++)
        bars[i] = (bar){&o->drivers[i], flip_of(answer, o->drivers[i].input)};
    qsort(bars, answer->input_count, sizeof *bars, by_reach);
    dt__heading(d, 1, dt__say(d, "What moves “{0}”, and where it turns", dt__output_name(d, o), NULL));
    text =
        dt__word(d, "A bar leads from the mean in the fifth of the draws in which the input is lowest to that in the "
                    "fifth in which it is highest; the widest first. Beside it the range of the input: where it is "
                    "now, and the value at which the answer turns if it alone changes.");
    if (answer->samples < MANY_SAMPLES)
        text = dt__sentences(d, text,
                             dt__say(d, "With {0} draws, differences of some per cent may be chance.",
                                     dt__say_size(d, 2 * (size_t)answer->samples), NULL));
    dt__paragraph(d, text);
    dt__put(d, d->answer, "event", dt__value_bool(d, dt__output_is_event(o)));
    dt__put(d, d->answer, "mean", dt__value_double(d, o->mean.value));
    table = DT__TABLE_OF(d, tornado_columns);
    for (size_t i = 0; i < answer->input_count && i < INPUTS_SHOWN; i++) add_bar(d, table, answer, o, &bars[i]);
    dt__table_drop_empty(table);
    return true;
}

/* ---- shares of the variance ---- */

static const dt__column share_columns[] = {{DT__N("Input"), DT__LEFT},
                                           {DT__N("Share of the variance"), DT__RIGHT},
                                           {DT__N("By itself"), DT__RIGHT},
                                           {DT__N("With all it works with"), DT__RIGHT}};

static const char *share_text(dt_document *d, dt_estimate e) {
    return dt__say(d, "{0} ({1} to {2})", dt__say_percent(d, e.value), dt__say_percent(d, e.low),
                   dt__say_percent(d, fmin(1, e.high)), NULL);
}

/* What is below 0 or above 1 is noise. */
static double within(double share) {
    return fmin(1, fmax(0, share));
}

static void add_share(dt_document *d, dt__block *table, const char *input, const char *measure, dt_estimate e) {
    dt__value *row = dt__mark(d, "rows");

    dt__put(d, row, "input", dt__value_string(d, input));
    dt__put(d, row, "measure", dt__value_string(d, measure));
    dt__put(d, row, "share", dt__value_double(d, within(e.value)));
    dt__put(d, row, "low", dt__value_double(d, within(e.low)));
    dt__put(d, row, "high", dt__value_double(d, within(e.high)));
    dt__table_cell(d, table, share_text(d, e), DT__PLAIN);
}

bool dt__picture_shares(dt_document *d, const dt_answers *a) {
    const dt_driver_output *o = main_output(a);
    dt__block *table;

    if (o == NULL) return false;
    dt__heading(d, 1, dt__say(d, "What “{0}” hangs on: shares of its variance", dt__output_name(d, o), NULL));
    dt__paragraph(d, dt__word(d, "Full dot: the share, all of which add up to the whole (Shapley effect). Ring: by "
                                 "itself (first-order Sobol' index). Diamond: with all it works with (total Sobol' "
                                 "index). Lines: 95% intervals; one that reaches 0 may be nothing."));
    table = DT__TABLE_OF(d, share_columns);
    for (size_t i = 0; i < a->drivers->input_count && i < INPUTS_SHOWN; i++) {
        const dt_driver *driver = &o->drivers[i];
        const char *name = dt__input_name(d, &a->drivers->inputs[driver->input]);
        dt__table_row(d, table);
        dt__table_cell(d, table, name, DT__PLAIN);
        add_share(d, table, name, "share", driver->shapley);
        add_share(d, table, name, "alone", driver->first_order);
        add_share(d, table, name, "together", driver->total);
    }
    return true;
}
