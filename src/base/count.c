#include "base/count.h"

#include <string.h>

#include "base/rational.h"

size_t dt__count_limbs(const uint32_t *sizes, size_t n) {
    dt__limb product[DT__COUNT_MAX_LIMBS];
    size_t limbs = DT__COUNT_MAX_LIMBS;

    dt__count_set(product, DT__COUNT_MAX_LIMBS, 1);
    for (size_t i = 0; i < n; i++) dt__count_scale(product, sizes[i], DT__COUNT_MAX_LIMBS);
    while (limbs > 1 && product[limbs - 1] == 0) limbs--;
    return limbs;
}

void dt__count_set(dt__limb *a, size_t limbs, uint64_t value) {
    memset(a, 0, limbs * sizeof *a);
    a[0] = value;
}

void dt__count_add(dt__limb *a, const dt__limb *b, size_t limbs) {
    dt__uint128 carry = 0;
    for (size_t i = 0; i < limbs; i++) {
        carry += (dt__uint128)a[i] + b[i];
        a[i] = (dt__limb)carry;
        carry >>= 64;
    }
}

void dt__count_sub(dt__limb *a, const dt__limb *b, size_t limbs) {
    dt__limb borrow = 0;
    for (size_t i = 0; i < limbs; i++) {
        dt__limb before = a[i], take = b[i] + borrow;
        borrow = take < borrow || before < take;
        a[i] = before - take;
    }
}

void dt__count_mul(dt__limb *out, const dt__limb *a, const dt__limb *b, size_t limbs) {
    memset(out, 0, limbs * sizeof *out);
    for (size_t i = 0; i < limbs; i++) {
        dt__uint128 carry = 0;
        if (a[i] == 0) continue;
        for (size_t j = 0; i + j < limbs; j++) {
            carry += (dt__uint128)a[i] * b[j] + out[i + j];
            out[i + j] = (dt__limb)carry;
            carry >>= 64;
        }
    }
}

/* Divides in place by a small number; returns the remainder. */
static uint64_t divide_small(dt__limb *a, uint64_t divisor, size_t limbs) {
    dt__uint128 rest = 0;
    for (size_t i = limbs; i-- > 0;) {
        rest = (rest << 64) | a[i];
        a[i] = (dt__limb)(rest / divisor);
        rest %= divisor;
    }
    return (uint64_t)rest;
}

void dt__count_scale(dt__limb *a, uint64_t factor, size_t limbs) {
    dt__uint128 carry = 0;
    for (size_t i = 0; i < limbs; i++) {
        carry += (dt__uint128)a[i] * factor;
        a[i] = (dt__limb)carry;
        carry >>= 64;
    }
}

bool dt__count_is_zero(const dt__limb *a, size_t limbs) {
    for (size_t i = 0; i < limbs; i++) {
        if (a[i] != 0) return false;
    }
    return true;
}

int dt__count_compare(const dt__limb *a, const dt__limb *b, size_t limbs) {
    for (size_t i = limbs; i-- > 0;) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}

double dt__count_double(const dt__limb *a, size_t limbs) {
    double value = 0;
    for (size_t i = limbs; i-- > 0;) value = value * 18446744073709551616.0 + (double)a[i];
    return value;
}

void dt__count_print(dt__text *text, const dt__limb *a, size_t limbs) {
    enum { DIGITS = 20 * DT__COUNT_MAX_LIMBS };
    dt__limb rest[DT__COUNT_MAX_LIMBS];
    char digits[DIGITS];
    size_t n = DIGITS;

    memcpy(rest, a, limbs * sizeof *a);
    do {
        uint64_t group = divide_small(rest, UINT64_C(1000000000000000000), limbs);
        bool last = dt__count_is_zero(rest, limbs);
        for (int i = 0; i < 18 && (!last || group > 0 || i == 0); i++, group /= 10)
            digits[--n] = (char)('0' + group % 10);
        if (last) break;
    } while (true);
    dt__text_add_bytes(text, digits + n, DIGITS - n);
}
