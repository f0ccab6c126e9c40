/* Counts of outcomes: natural numbers of as many 64-bit limbs as a question needs.
 *
 * The width is chosen once, from the product of all option counts; no count in the question can exceed it,
 * so nothing is checked in the loops and nothing wraps. */
#ifndef DT__BASE_COUNT_H
#define DT__BASE_COUNT_H

#include "base/text.h"

enum { DT__COUNT_MAX_LIMBS = 68 }; /* 256 issues of 65,535 options: 4096 bits, and room for a sum */

typedef uint64_t dt__limb; /* least significant first */

/* Limbs that hold the product of sizes[0..n-1]. */
size_t dt__count_limbs(const uint32_t *sizes, size_t n);
void dt__count_set(dt__limb *a, size_t limbs, uint64_t value);
void dt__count_add(dt__limb *a, const dt__limb *b, size_t limbs);                      /* a += b */
void dt__count_sub(dt__limb *a, const dt__limb *b, size_t limbs);                      /* a -= b, a >= b */
void dt__count_mul(dt__limb *out, const dt__limb *a, const dt__limb *b, size_t limbs); /* out = a b; out is neither */
void dt__count_scale(dt__limb *a, uint64_t factor, size_t limbs);                      /* a *= factor */
bool dt__count_is_zero(const dt__limb *a, size_t limbs);
int dt__count_compare(const dt__limb *a, const dt__limb *b, size_t limbs);
double dt__count_double(const dt__limb *a, size_t limbs);
void dt__count_print(dt__text *text, const dt__limb *a, size_t limbs); /* decimal */

#endif
