/* The vocabulary of acts: codes with points, from wide to narrow (fire, fire.artillery).  A code means itself and all
 * that is below it. */
#ifndef DT__MODEL_ACTS_H
#define DT__MODEL_ACTS_H

#include "base/env.h"

typedef struct dt__act {
    const char *code;
    const char *name; /* a message */
} dt__act;

/* The i-th act of the vocabulary that every model has; NULL past the end. */
const dt__act *dt__act_at(size_t i);
/* Is `code` the same as `wide`, or below it?  Everything is below `any`. */
bool dt__act_within(const char *code, size_t length, const char *wide);

#endif
