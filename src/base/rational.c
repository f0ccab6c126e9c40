#include "base/rational.h"

#include <math.h>

enum { MAX_DIGITS = 36, MAX_PRINTED_DECIMALS = 18 };
#define LARGEST_DECIMAL INT64_C(1000000000000000000) /* 10^18 */

static dt__int128 absolute(dt__int128 a) {
    return a < 0 ? -a : a;
}

/* The lowest value of 128 bits has no positive twin: it counts as not fitting. */
static bool fits(dt__int128 a) {
    return a != (dt__int128)((dt__uint128)1 << 127);
}

/* Most common divisors are one, and a division of 128 bits is dear. */
static dt__int128 divide(dt__int128 a, dt__int128 divisor) {
    return divisor == 1 ? a : a / divisor;
}

bool dt__rational_make(dt__rational *out, dt__int128 num, dt__int128 den) {
    dt__int128 common;

    if (den == 0 || !fits(num) || !fits(den)) return false;
    common = dt__int128_gcd(num, den);
    if (den < 0) common = -common;
    *out = (dt__rational){.num = divide(num, common), .den = divide(den, common)};
    return true;
}

/* Knuth, The Art of Computer Programming 2, 4.5.1: divide by common factors first, so that little overflows. */
bool dt__rational_add(dt__rational *out, dt__rational a, dt__rational b) {
    dt__int128 common = dt__int128_gcd(a.den, b.den), left, right, num, den;

    if (!dt__int128_mul(&left, a.num, b.den / common) || !dt__int128_mul(&right, b.num, a.den / common)) return false;
    if (!dt__int128_add(&num, left, right) || !dt__int128_mul(&den, a.den / common, b.den)) return false;
    return dt__rational_make(out, num, den);
}

bool dt__rational_sub(dt__rational *out, dt__rational a, dt__rational b) {
    return dt__rational_add(out, a, (dt__rational){.num = -b.num, .den = b.den});
}

bool dt__rational_mul(dt__rational *out, dt__rational a, dt__rational b) {
    dt__int128 across = dt__int128_gcd(a.num, b.den), back = dt__int128_gcd(b.num, a.den), num, den;

    if (!dt__int128_mul(&num, divide(a.num, across), divide(b.num, back))) return false;
    if (!dt__int128_mul(&den, divide(a.den, back), divide(b.den, across))) return false;
    *out = num == 0 ? DT__RATIONAL(0) : (dt__rational){num, den}; /* nothing in common is left */
    return true;
}

bool dt__rational_div(dt__rational *out, dt__rational a, dt__rational b) {
    if (b.num == 0) return false;
    return dt__rational_mul(out, a, b.num < 0 ? (dt__rational){-b.den, -b.num} : (dt__rational){b.den, b.num});
}

/* a = *whole + rest / den with 0 <= rest < den; returns the rest.  Nothing is multiplied back: it might not fit. */
static dt__int128 split(dt__rational a, dt__int128 *whole) {
    dt__int128 rest = a.num % a.den;

    *whole = a.num / a.den;
    if (rest >= 0) return rest;
    *whole -= 1;
    return rest + a.den;
}

/* By continued fractions: compare whole parts, then the reciprocals of the remainders the other way round. */
int dt__rational_compare(dt__rational a, dt__rational b) {
    int direction = 1;

    while (true) {
        dt__int128 whole_a, whole_b, rest_a = split(a, &whole_a), rest_b = split(b, &whole_b);
        if (whole_a != whole_b) return whole_a < whole_b ? -direction : direction;
        if (rest_a == 0 || rest_b == 0) return direction * ((rest_a != 0) - (rest_b != 0));
        a = (dt__rational){.num = a.den, .den = rest_a};
        b = (dt__rational){.num = b.den, .den = rest_b};
        direction = -direction;
    }
}

double dt__rational_double(dt__rational a) {
    const dt__int128 exact = (dt__int128)1 << 53;
    /* Both parts exact in a double: the quotient is correctly rounded.  Otherwise long double keeps the error small. */
    if (absolute(a.num) <= exact && a.den <= exact) return (double)a.num / (double)a.den;
    return (double)((long double)a.num / (long double)a.den);
}

bool dt__rational_from_double(dt__rational *out, double value, int decimals) {
    const double largest = 1e30;
    dt__int128 den = 1;

    for (int i = 0; i < decimals; i++) den *= 10;
    value = nearbyint(value * (double)den);
    if (!(value < largest && value > -largest)) return false;
    return dt__rational_make(out, (dt__int128)value, den);
}

/* ---- reading ---- */

typedef struct cursor {
    const char *at, *end;
    int digits; /* read so far */
} cursor;

static bool is_digit(const cursor *c) {
    return c->at < c->end && *c->at >= '0' && *c->at <= '9';
}

static bool accept_char(cursor *c, char wanted) {
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

/* Digits appended to *value; their number, or -1 when there are too many. */
static int read_digits(cursor *c, dt__int128 *value) {
    int count = 0;
    for (; is_digit(c); c->at++, count++) {
        if (*value != 0 || *c->at != '0') c->digits++;
        if (c->digits > MAX_DIGITS) return -1;
        *value = *value * 10 + (*c->at - '0');
    }
    return count;
}

static bool power_of_ten(dt__rational *out, int exponent) {
    dt__int128 power = 1;
    if (exponent > MAX_DIGITS || exponent < -MAX_DIGITS) return false;
    for (int i = 0; i < (exponent < 0 ? -exponent : exponent); i++) power *= 10;
    *out = exponent < 0 ? (dt__rational){1, power} : (dt__rational){power, 1};
    return true;
}

static bool read_exponent(cursor *c, int *exponent) {
    dt__int128 value = 0;
    bool negative;
    cursor digits;

    if (!accept_char(c, 'e') && !accept_char(c, 'E')) return true;
    negative = accept_char(c, '-');
    if (!negative) (void)accept_char(c, '+');
    digits = (cursor){.at = c->at, .end = c->end};
    if (read_digits(&digits, &value) <= 0 || value > 1000) return false;
    c->at = digits.at;
    *exponent += negative ? -(int)value : (int)value;
    return true;
}

/* 12, 0.35, .5, 1e3 without sign. */
static bool read_decimal(cursor *c, dt__rational *out) {
    dt__int128 value = 0;
    int whole = read_digits(c, &value), decimals = 0;
    dt__rational mantissa, power;

    if (whole < 0) return false;
    if (accept_char(c, '.')) decimals = read_digits(c, &value);
    if (decimals < 0 || whole + decimals == 0) return false;
    decimals = -decimals;
    if (!read_exponent(c, &decimals) || !power_of_ten(&power, decimals)) return false;
    return dt__rational_make(&mantissa, value, 1) && dt__rational_mul(out, mantissa, power);
}

bool dt__rational_parse(dt__rational *out, const char *text, size_t length) {
    cursor c = {.at = text, .end = text + length};
    bool negative = accept_char(&c, '-');
    dt__rational value, divisor;

    if (!negative) (void)accept_char(&c, '+');
    if (!read_decimal(&c, &value)) return false;
    if (accept_char(&c, '/')) {
        c.digits = 0;
        if (!read_decimal(&c, &divisor) || !dt__rational_div(&value, value, divisor)) return false;
    } else if (accept_char(&c, '%')) {
        if (!dt__rational_div(&value, value, DT__RATIONAL(100))) return false;
    }
    if (c.at != c.end) return false;
    if (negative) value.num = -value.num;
    *out = value;
    return true;
}

/* ---- printing ---- */

/* Decimals of a finite decimal fraction with this denominator, or -1; one of at most 18 decimals has a denominator of
 * at most 10^18. */
static int finite_decimals(dt__int128 den) {
    uint64_t rest;
    int twos, fives = 0;

    if (den > LARGEST_DECIMAL) return -1;
    rest = (uint64_t)den;
    twos = __builtin_ctzll(rest);
    rest >>= twos;
    for (; rest % 5 == 0; rest /= 5) fives++;
    if (rest != 1) return -1;
    return twos > fives ? twos : fives;
}

static void print_decimals(dt__text *text, uint64_t rest, uint64_t den, int decimals) {
    char digits[MAX_PRINTED_DECIMALS];
    uint64_t power = 1;

    for (int i = 0; i < decimals; i++) power *= 10;
    rest *= power / den;
    for (int i = decimals; i-- > 0; rest /= 10) digits[i] = (char)('0' + (int)(rest % 10));
    dt__text_add_char(text, '.');
    dt__text_add_bytes(text, digits, (size_t)decimals);
}

void dt__rational_print(dt__text *text, dt__rational a) {
    int decimals = finite_decimals(a.den);
    dt__int128 num = absolute(a.num);

    if (decimals < 0 || decimals > MAX_PRINTED_DECIMALS) {
        dt__int128_print(text, a.num);
        dt__text_add_char(text, '/');
        dt__int128_print(text, a.den);
        return;
    }
    if (a.num < 0) dt__text_add_char(text, '-');
    dt__int128_print(text, num / a.den);
    if (decimals > 0) print_decimals(text, (uint64_t)(num % a.den), (uint64_t)a.den, decimals);
}
