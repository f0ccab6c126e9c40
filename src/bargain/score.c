#include "bargain/score.h"

#include <string.h>

void dt__score_set(dt__score *s, dt__int128 value, size_t limbs) {
    memset(s->limbs, 0, limbs * sizeof *s->limbs);
    s->limbs[0] = (dt__limb)value;
    s->limbs[1] = (dt__limb)(value >> 64);
}

void dt__score_add(dt__score *s, const dt__score *other, size_t limbs) {
    dt__count_add(s->limbs, other->limbs, limbs);
}

void dt__score_multiply(dt__score *s, dt__int128 factor, size_t limbs) {
    dt__score high;

    if (factor >> 64 == 0) {
        dt__count_scale(s->limbs, (uint64_t)factor, limbs);
        return;
    }
    memcpy(high.limbs + 1, s->limbs, (limbs - 1) * sizeof *s->limbs); /* times 2^64 */
    high.limbs[0] = 0;
    dt__count_scale(s->limbs, (uint64_t)factor, limbs);
    dt__count_scale(high.limbs, (uint64_t)(factor >> 64), limbs);
    dt__score_add(s, &high, limbs);
}

int dt__score_compare(const dt__score *a, const dt__score *b, size_t limbs) {
    return dt__count_compare(a->limbs, b->limbs, limbs);
}

double dt__score_double(const dt__score *s, size_t limbs) {
    return dt__count_double(s->limbs, limbs);
}
