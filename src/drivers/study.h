/* A study of what drives the outputs, while it is made. */
#ifndef DT__DRIVERS_STUDY_H
#define DT__DRIVERS_STUDY_H

#include "detente/drivers.h"
#include "ensemble/panel.h"
#include "model/inputs.h"
#include "question/builder.h"
#include "question/workers.h"

/* One number that a draw gives. */
typedef struct dt__output {
    dt_output_kind kind;
    size_t voice; /* of the panel */
    size_t dimension;
    uint32_t format, scenario, party, issue;
    const char *id;
} dt__output;

/* A thread that can evaluate a panel. */
typedef struct dt__evaluator {
    dt__worker *worker;
    dt__listener listener;
    dt__rational *given; /* per number of the model */
    double *values;      /* scratch: (inputs + 1) x outputs */
    double *line;        /* scratch: inputs + 1 values of one output */
    double *parts;       /* scratch: inputs */
    uint32_t *order;     /* scratch: inputs */
} dt__evaluator;

typedef struct dt__evaluators {
    dt__workers workers;
    dt__evaluator *list;
} dt__evaluators;

typedef struct dt__study {
    const dt_model *model;
    const dt_drivers_opts *opts;
    dt__arena arena;
    dt__panel panel;
    dt__vector inputs; /* dt__input */
    size_t output_count, left_out;
    dt__output *outputs;
    size_t rows;      /* asked for; the stride of the arrays below */
    size_t made;      /* rows that are there */
    bool cut;         /* by a time limit */
    uint64_t spent;   /* evaluations */
    dt__rational *at; /* values at A and B: [matrix][input][row] */
    double *values;   /* [output][a, b, input...][row] */
    double *parts;    /* Shapley contributions: [output][row][input] */
} dt__study;

static inline size_t dt__input_count(const dt__study *s) {
    return s->inputs.count;
}
static inline const dt__input *dt__input_at(const dt__study *s, size_t i) {
    return DT__AT(s->inputs, dt__input, i);
}
static inline const double *dt__column_of(const dt__study *s, size_t output, size_t column) {
    return s->values + (output * (s->inputs.count + 2) + column) * s->rows;
}

/* outputs.c */
DT_NODISCARD dt_status dt__outputs_list(dt__study *s, dt_env *env);
/* The place of an output; DT__NO_INDEX. */
uint32_t dt__output_find(const dt__study *s, const char *id);
/* Reads the outputs off what a listener heard. */
void dt__outputs_read(double *values, const dt__study *s, const dt__listener *listener);

/* sample_rows.c */
DT_NODISCARD dt_status dt__evaluators_init(dt__evaluators *e, const dt__study *s, const dt__panel *panel, size_t tasks,
                                           dt_env *env);
void dt__evaluators_clear(dt__evaluators *e, dt_env *env);
/* The outputs when every input has the value that e->given says. */
DT_NODISCARD dt_status dt__evaluate(double *values, dt__evaluator *e, const dt__study *s);
/* Puts row `row` of A (0) or B (1) into e->given. */
void dt__give_row(dt__evaluator *e, const dt__study *s, size_t matrix, size_t row);
DT_NODISCARD dt_status dt__rows_make(dt__study *s, dt_env *env);

/* variance_shares.c: fills the outputs of the answer */
DT_NODISCARD dt_status dt__shares_measure(dt_drivers_answer *answer, dt__builder *b, const dt__study *s, dt_env *env);

/* flips.c: fills central values and flips */
DT_NODISCARD dt_status dt__flips_find(dt_drivers_answer *answer, dt__builder *b, dt__study *s, dt_env *env);

/* lever_effects.c */
DT_NODISCARD dt_status dt__levers_try(dt_drivers_answer *answer, dt__builder *b, dt__study *s, dt_env *env);

#endif
