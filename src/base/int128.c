/* Checked 128-bit integers.  Products are formed from unsigned halves: the overflow builtins for 128 bits need a
 * runtime function that not every compiler ships. */
#include "base/rational.h"

#define SIGN_BIT ((dt__uint128)1 << 127)

static dt__uint128 magnitude(dt__int128 a) {
    return a < 0 ? (dt__uint128)0 - (dt__uint128)a : (dt__uint128)a;
}

bool dt__int128_add(dt__int128 *out, dt__int128 a, dt__int128 b) {
    dt__uint128 sum = (dt__uint128)a + (dt__uint128)b;
    bool overflow = (((dt__uint128)a ^ sum) & ((dt__uint128)b ^ sum) & SIGN_BIT) != 0;

    if (overflow) return false;
    *out = (dt__int128)sum;
    return true;
}

/* a b for magnitudes; false when it needs more than 127 bits. */
static bool multiply_magnitudes(dt__uint128 *out, dt__uint128 a, dt__uint128 b) {
    uint64_t a_high = (uint64_t)(a >> 64), b_high = (uint64_t)(b >> 64);
    dt__uint128 low = (dt__uint128)(uint64_t)a * (uint64_t)b, cross, sum;

    if (a_high != 0 && b_high != 0) return false;
    cross = (dt__uint128)a_high * (uint64_t)b + (dt__uint128)b_high * (uint64_t)a;
    if (cross >> 63 != 0) return false;
    sum = (cross << 64) + low;
    if (sum < low || (sum & SIGN_BIT) != 0) return false;
    *out = sum;
    return true;
}

bool dt__int128_mul(dt__int128 *out, dt__int128 a, dt__int128 b) {
    dt__uint128 product;

    if (!multiply_magnitudes(&product, magnitude(a), magnitude(b))) return false;
    *out = (a < 0) != (b < 0) ? -(dt__int128)product : (dt__int128)product;
    return true;
}

static dt__int128 greatest_divisor(dt__int128 a, dt__int128 b) {
    while (b != 0) {
        dt__int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool dt__int128_lcm(dt__int128 *out, dt__int128 a, dt__int128 b) {
    return dt__int128_mul(out, a / greatest_divisor(a, b), b);
}

void dt__int128_print(dt__text *text, dt__int128 value) {
    dt__uint128 rest = magnitude(value);
    char digits[40];
    size_t n = sizeof digits;

    do {
        digits[--n] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest > 0);
    if (value < 0) dt__text_add_char(text, '-');
    dt__text_add_bytes(text, digits + n, sizeof digits - n);
}
