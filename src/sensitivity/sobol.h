/* Sobol' points in many dimensions, scrambled: low discrepancy, and still an unbiased sample.
 *
 * A point's coordinate depends on (seed, index, dimension) alone, so points may be asked for in any order and by any
 * thread.  Ref: Sobol' 1967; direction numbers of Joe and Kuo 2008; nested uniform scrambling, Owen 1995. */
#ifndef DT__SENSITIVITY_SOBOL_H
#define DT__SENSITIVITY_SOBOL_H

#include "base/env.h"

enum { DT__SOBOL_DIMENSIONS = 512, DT__SOBOL_BITS = 32 };

typedef struct dt__directions {
    uint32_t of_bit[DT__SOBOL_BITS]; /* of the index */
} dt__directions;

typedef struct dt__sobol {
    uint64_t seed;
    size_t dimensions;
    size_t tabled;              /* dimensions of the sequence; those beyond are plain random numbers */
    dt__directions *directions; /* per tabled dimension */
} dt__sobol;

/* DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__sobol_init(dt__sobol *s, size_t dimensions, uint64_t seed, dt_env *env);
void dt__sobol_clear(dt__sobol *s, dt_env *env);
/* Coordinate `dimension` of point `index`, in (0, 1).  The first 2^k points are balanced: take powers of two. */
double dt__sobol_coordinate(const dt__sobol *s, uint32_t index, size_t dimension);

/* For each dimension but the first: its primitive polynomial, then as many initial numbers as its degree.
 * sobol_numbers.c */
extern const uint16_t dt__sobol_numbers[];

#endif
