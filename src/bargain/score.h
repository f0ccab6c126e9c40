/* Scores that compare exactly, however large. */
#ifndef DT__BARGAIN_SCORE_H
#define DT__BARGAIN_SCORE_H

#include "base/count.h"
#include "base/rational.h"

/* A natural number; how many of its limbs count is up to the caller, the same for all scores of one comparison. */
typedef struct dt__score {
    dt__limb limbs[DT__COUNT_MAX_LIMBS];
} dt__score;

/* Limbs for sums of products of so many factors of 126 bits; at most DT__SCORE_FACTORS. */
enum { DT__SCORE_FACTORS = DT__COUNT_MAX_LIMBS / 2 - 1 };
static inline size_t dt__score_limbs(size_t factors) {
    return 2 * factors + 2;
}

void dt__score_set(dt__score *s, dt__int128 value, size_t limbs); /* value >= 0 */
void dt__score_add(dt__score *s, const dt__score *other, size_t limbs);
void dt__score_multiply(dt__score *s, dt__int128 factor, size_t limbs); /* factor >= 0 */
int dt__score_compare(const dt__score *a, const dt__score *b, size_t limbs);
double dt__score_double(const dt__score *s, size_t limbs);

#endif
