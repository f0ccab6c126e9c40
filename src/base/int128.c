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

/* ---- greatest common divisor: by halving, which needs no division (Stein 1967) ---- */

static unsigned trailing_zeros(dt__uint128 a) {
    uint64_t low = (uint64_t)a;
    return low != 0 ? (unsigned)__builtin_ctzll(low) : 64 + (unsigned)__builtin_ctzll((uint64_t)(a >> 64));
}

/* Both odd. */
static uint64_t narrow_divisor(uint64_t a, uint64_t b) {
    while (a != b) {
        uint64_t difference = a > b ? a - b : b - a;
        b = a < b ? a : b;
        a = difference >> __builtin_ctzll(difference);
    }
    return a;
}

dt__int128 dt__int128_gcd(dt__int128 x, dt__int128 y) {
    dt__uint128 a = magnitude(x), b = magnitude(y);
    unsigned twos;

    if (a == 0 || b == 0) return (dt__int128)(a | b);
    if (a == 1 || b == 1) return 1;
    twos = trailing_zeros(a | b);
    a >>= trailing_zeros(a);
    b >>= trailing_zeros(b);
    if (b > a) {
        dt__uint128 larger = b;
        b = a;
        a = larger;
    }
    if (a >> 64 != 0 && b >> 64 == 0) { /* far apart: one division brings them together */
        uint64_t rest = (uint64_t)(a % b);
        if (rest == 0) return (dt__int128)(b << twos);
        a = rest >> __builtin_ctzll(rest);
    }
    while ((a | b) >> 64 != 0 && a != b) {
        dt__uint128 difference = a > b ? a - b : b - a;
        b = a < b ? a : b;
        a = difference >> trailing_zeros(difference);
    }
    if ((a | b) >> 64 == 0) a = narrow_divisor((uint64_t)a, (uint64_t)b);
    return (dt__int128)(a << twos);
}

bool dt__int128_lcm(dt__int128 *out, dt__int128 a, dt__int128 b) {
    if (a % b == 0) { /* the common case of a growing denominator */
        *out = a;
        return true;
    }
    return dt__int128_mul(out, a / dt__int128_gcd(a, b), b);
}

/* ---- text ---- */

enum { CHUNK_DIGITS = 18 };
#define CHUNK UINT64_C(1000000000000000000) /* 10^18: the division by it is by one word */

/* At least `least` digits, ending before `end`; where they begin. */
static char *put_digits(char *end, uint64_t value, unsigned least) {
    for (unsigned written = 0; value > 0 || written < least; written++) {
        *--end = (char)('0' + (int)(value % 10));
        value /= 10;
    }
    return end;
}

void dt__int128_print(dt__text *text, dt__int128 value) {
    dt__uint128 rest = magnitude(value);
    char digits[3 * CHUNK_DIGITS], *end = digits + sizeof digits, *start = end;

    while (rest >> 64 != 0) {
        start = put_digits(start, (uint64_t)(rest % CHUNK), CHUNK_DIGITS);
        rest /= CHUNK;
    }
    start = put_digits(start, (uint64_t)rest, start == end);
    if (value < 0) dt__text_add_char(text, '-');
    dt__text_add_bytes(text, start, (size_t)(end - start));
}
