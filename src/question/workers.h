/* Threads that compile models of their own: for draws and for months.  Each has its own environment, because compiling
 * can find fault with a model, and its own values of all numbers. */
#ifndef DT__QUESTION_WORKERS_H
#define DT__QUESTION_WORKERS_H

#include "question/setting.h"

typedef struct dt__worker {
    dt_env *env;
    dt__valuation valuation; /* quantities that --set fixed stay fixed */
    dt__setting *setting;    /* the question's, with this valuation */
} dt__worker;

typedef struct dt__workers {
    unsigned count;
    dt__worker *list;
} dt__workers;

/* As many as dt__parallel uses for so many tasks.  DT_OK, DT_ERR_MEMORY.  Clear also after a failure. */
DT_NODISCARD dt_status dt__workers_init(dt__workers *w, const dt__setting *setting, size_t tasks, dt_env *env);
/* What the workers found fault with becomes known to env. */
void dt__workers_clear(dt__workers *w, dt_env *env);
/* The worker's setting with the values of a draw. */
DT_NODISCARD dt_status dt__worker_draw(dt__worker *worker, uint64_t seed, uint64_t draw);

#endif
