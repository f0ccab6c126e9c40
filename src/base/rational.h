/* Exact rational numbers of 128 bits.  Nothing wraps: an operation that does not fit says so. */
#ifndef DT__BASE_RATIONAL_H
#define DT__BASE_RATIONAL_H

#include "base/text.h"

__extension__ typedef __int128 dt__int128;
__extension__ typedef unsigned __int128 dt__uint128;

/* Lowest terms, den > 0.  Zero is 0/1. */
typedef struct dt__rational {
    dt__int128 num, den;
} dt__rational;

#define DT__RATIONAL(n) ((dt__rational){.num = (n), .den = 1})

/* Each returns false, and leaves *out alone, when the result does not fit (or divides by zero).  Next to 2^127 an
 * intermediate value may not fit although the result would. */
DT_NODISCARD bool dt__rational_make(dt__rational *out, dt__int128 num, dt__int128 den);
DT_NODISCARD bool dt__rational_add(dt__rational *out, dt__rational a, dt__rational b);
DT_NODISCARD bool dt__rational_sub(dt__rational *out, dt__rational a, dt__rational b);
DT_NODISCARD bool dt__rational_mul(dt__rational *out, dt__rational a, dt__rational b);
DT_NODISCARD bool dt__rational_div(dt__rational *out, dt__rational a, dt__rational b);
/* -1, 0, 1; always exact. */
int dt__rational_compare(dt__rational a, dt__rational b);
static inline int dt__rational_sign(dt__rational a) {
    return (a.num > 0) - (a.num < 0);
}
double dt__rational_double(dt__rational a);
/* The double, rounded to `decimals` decimals, as a rational; false for NaN, infinities and what does not fit. */
DT_NODISCARD bool dt__rational_from_double(dt__rational *out, double value, int decimals);

/* Reads `35`, `-0.35`, `+1.5e3`, `1/3`, `40%`; the whole text; false when it is no such number, has more than
 * 36 digits or does not fit. */
DT_NODISCARD bool dt__rational_parse(dt__rational *out, const char *text, size_t length);
/* Exact text: a finite decimal when there is one of at most 18 decimals, otherwise num/den. */
void dt__rational_print(dt__text *text, dt__rational a);

/* Checked 128-bit integers. */
DT_NODISCARD bool dt__int128_add(dt__int128 *out, dt__int128 a, dt__int128 b);
DT_NODISCARD bool dt__int128_mul(dt__int128 *out, dt__int128 a, dt__int128 b);
dt__int128 dt__int128_gcd(dt__int128 x, dt__int128 y); /* of magnitudes below 2^127; never negative */
DT_NODISCARD bool dt__int128_lcm(dt__int128 *out, dt__int128 a, dt__int128 b); /* a, b > 0 */
void dt__int128_print(dt__text *text, dt__int128 value);

#endif
