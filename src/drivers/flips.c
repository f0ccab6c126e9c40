/* The smallest change of one input, all others central, that turns a conclusion.
 *
 * An input's range is scanned at quantiles, and the turn nearest to the central value is then closed in on by halving.
 * A turn and its reversal between two neighbouring places of the scan are not seen. */
#include <math.h>
#include <string.h>

#include "base/threads.h"
#include "drivers/study.h"

enum { SCANNED = 66, HALVINGS = 24 };
static const double furthest = 1e-9, furthest_normal = 0.001;

typedef struct flipping {
    dt__study *s;
    dt__evaluators evaluators;
    const double *central;   /* outputs */
    dt_flip *flips;          /* [input][event] */
    dt_driver_input *inputs; /* their ranges */
    size_t event_count;
    const uint32_t *events; /* outputs */
    double *scans;          /* per thread: SCANNED x outputs, and one more line */
} flipping;

typedef struct scan {
    const dt__input *input;
    dt__evaluator *e;
    double central, places[SCANNED];
    double *outputs; /* SCANNED x outputs */
    double *line;
} scan;

static dt_status evaluate_at(double *outputs, scan *c, const flipping *f, dt__rational value) {
    dt__rational central = f->s->panel.setting.valuation.numbers[c->input->number];
    dt_status st;

    c->e->given[c->input->number] = value;
    st = dt__evaluate(outputs, c->e, f->s);
    c->e->given[c->input->number] = central;
    return st;
}

static dt_status scan_range(scan *c, const flipping *f) {
    const dt__study *s = f->s;
    double end = s->model->numbers[c->input->number].kind == DT__NUMBER_NORMAL ? furthest_normal : furthest;
    dt_status st = DT_OK;

    for (size_t k = 0; k < SCANNED && st == DT_OK; k++) {
        double u = ((double)k - 0.5) / (SCANNED - 2);
        dt__rational value;
        if (!dt__input_quantile(&value, s->model, c->input, fmin(fmax(u, end), 1 - end))) return DT_ERR_LIMIT;
        c->places[k] = dt__rational_double(value);
        st = evaluate_at(c->outputs + k * s->output_count, c, f, value);
    }
    return st;
}

/* The nearest place of the scan on one side of the central value that turns an output; and the last before it. */
static bool find_turn(double *turned, double *before, const scan *c, const flipping *f, uint32_t output, bool above) {
    double distance = INFINITY;
    bool found = false;

    for (size_t k = 0; k < SCANNED; k++) {
        double off = c->places[k] - c->central, value = c->outputs[k * f->s->output_count + output];
        if ((off > 0) != above || fabs(off) >= distance || fabs(value - f->central[output]) < 0.5) continue;
        distance = fabs(off);
        *turned = c->places[k];
        found = true;
    }
    *before = c->central;
    for (size_t k = 0; k < SCANNED && found; k++) {
        double off = c->places[k] - c->central;
        if ((off > 0) == above && fabs(off) < distance && fabs(off) > fabs(*before - c->central))
            *before = c->places[k];
    }
    return found;
}

static dt_status close_in(double *turned, double before, scan *c, const flipping *f, uint32_t output) {
    const dt__number *n = &f->s->model->numbers[c->input->number];
    dt_status st = DT_OK;

    if (n->kind == DT__NUMBER_CODERS) return DT_OK; /* between the values of coders nothing is said */
    for (int i = 0; i < HALVINGS && st == DT_OK; i++) {
        dt__rational middle;
        double at;
        if (!dt__number_round(&middle, n, (before + *turned) / 2)) return DT_ERR_LIMIT;
        at = dt__rational_double(middle);
        st = evaluate_at(c->line, c, f, middle);
        if (fabs(c->line[output] - f->central[output]) < 0.5) before = at;
        else *turned = at;
    }
    return st;
}

static dt_status find_flip(dt_flip *flip, scan *c, const flipping *f) {
    dt_status st = DT_OK;

    for (int side = 0; side < 2 && st == DT_OK; side++) {
        double turned, before;
        if (!find_turn(&turned, &before, c, f, flip->output, side == 1)) continue;
        st = close_in(&turned, before, c, f, flip->output);
        if (!flip->found || fabs(turned - c->central) < fabs(flip->at - c->central)) flip->at = turned;
        flip->found = true;
    }
    return st;
}

static dt_status flip_task(void *payload, size_t i, unsigned number) {
    flipping *f = payload;
    dt__study *s = f->s;
    scan c = {.input = dt__input_at(s, i), .e = &f->evaluators.list[number]};
    dt_status st;

    c.central = dt__rational_double(s->panel.setting.valuation.numbers[c.input->number]);
    c.outputs = f->scans + (size_t)number * (SCANNED + 1) * s->output_count;
    c.line = c.outputs + SCANNED * s->output_count;
    f->inputs[i].central = c.central;
    if ((st = dt__poll(c.e->worker->env)) != DT_OK) return st;
    if ((st = scan_range(&c, f)) != DT_OK) return st;
    f->inputs[i].low = c.places[0];
    f->inputs[i].high = c.places[SCANNED - 1];
    for (size_t k = 0; k < f->event_count && st == DT_OK; k++) {
        dt_flip *flip = &f->flips[i * f->event_count + k];
        *flip = (dt_flip){.output = f->events[k], .input = (uint32_t)i, .at = NAN};
        st = find_flip(flip, &c, f);
    }
    return st;
}

/* ---- the whole ---- */

static dt_status name_inputs(flipping *f, dt__builder *b) {
    const dt__study *s = f->s;

    for (size_t i = 0; i < dt__input_count(s); i++) {
        const dt__input *input = dt__input_at(s, i);
        const char *id = input->quantity == DT__NO_INDEX ? s->model->numbers[input->number].path
                                                         : s->model->quantities[input->quantity].id;
        f->inputs[i] = (dt_driver_input){.id = dt__builder_text(b, id), .quantity = input->quantity};
    }
    return b->failed ? DT_ERR_MEMORY : DT_OK;
}

static void list_events(flipping *f, uint32_t *events) {
    for (uint32_t o = 0; o < f->s->output_count; o++) {
        dt_output_kind kind = f->s->outputs[o].kind;
        if (kind == DT_OUTPUT_ZONE || kind == DT_OUTPUT_SCENARIO) events[f->event_count++] = o;
    }
    f->events = events;
}

static size_t scan_size(const flipping *f) {
    return (size_t)f->evaluators.workers.count * (SCANNED + 1) * f->s->output_count;
}

static dt_status find_all(flipping *f, double *central, dt_env *env) {
    dt__study *s = f->s;
    dt_status st = dt__evaluators_init(&f->evaluators, s, &s->panel, dt__input_count(s) + 1, env);

    if (st != DT_OK) return st;
    f->scans = DT__ARRAY(env, double, scan_size(f));
    if (f->scans == NULL) return DT_ERR_MEMORY;
    if ((st = dt__evaluate(central, &f->evaluators.list[0], s)) != DT_OK) return st;
    return dt__parallel(env, dt__input_count(s), flip_task, f);
}

dt_status dt__flips_find(dt_drivers_answer *answer, dt__builder *b, dt__study *s, dt_env *env) {
    double *central = DT__BUILDER_ARRAY(b, double, s->output_count);
    uint32_t *events = DT__BUILDER_ARRAY(b, uint32_t, s->output_count);
    flipping f = {.s = s, .inputs = DT__BUILDER_ARRAY(b, dt_driver_input, dt__input_count(s)), .central = central};
    dt_status st;

    if (central == NULL || events == NULL || f.inputs == NULL || name_inputs(&f, b) != DT_OK) return DT_ERR_MEMORY;
    list_events(&f, events);
    if ((f.flips = DT__BUILDER_ARRAY(b, dt_flip, f.event_count * dt__input_count(s))) == NULL) return DT_ERR_MEMORY;
    st = find_all(&f, central, env);
    if (f.scans != NULL) DT__FREE(env, f.scans, scan_size(&f) == 0 ? 1 : scan_size(&f));
    dt__evaluators_clear(&f.evaluators, env);
    answer->inputs = f.inputs;
    answer->input_count = dt__input_count(s);
    answer->flips = f.flips;
    answer->flip_count = f.event_count * dt__input_count(s);
    for (size_t o = 0; o < s->output_count; o++) ((dt_driver_output *)answer->outputs)[o].central = central[o];
    return st;
}
