/* Which numbers of a model are uncertain, between which ends every draw of them lies, and how finely draws are made. */
#ifndef DT__ENSEMBLE_UNCERTAINTY_H
#define DT__ENSEMBLE_UNCERTAINTY_H

#include "question/setting.h"

/* Ends of what every draw gives, and a denominator that every draw divides.  Ends are exact outwards, never inwards. */
typedef struct dt__span {
    bool uncertain;
    double low, high;       /* infinite: no end is known (a formula divides by what may be 0) */
    dt__int128 denominator; /* 0: none is known */
} dt__span;

typedef struct dt__uncertainty {
    const dt_model *model;
    dt__span *numbers;    /* per number */
    dt__span *quantities; /* per quantity; one that was set from outside is certain */
} dt__uncertainty;

/* The arrays lie in `arena`.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__uncertainty_init(dt__uncertainty *u, const dt__setting *setting, dt__arena *arena);

static inline dt__span dt__span_exact(dt__rational value) {
    double v = dt__rational_double(value);
    return (dt__span){.low = v, .high = v, .denominator = value.den};
}
/* By interval arithmetic, rounded outwards. */
dt__span dt__span_add(dt__span a, dt__span b);
dt__span dt__span_subtract(dt__span a, dt__span b);
dt__span dt__span_multiply(dt__span a, dt__span b);
dt__span dt__span_divide(dt__span a, dt__span b);

#endif
