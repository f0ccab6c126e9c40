#include "base/text.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"

enum { FIRST_CAPACITY = 64, MAX_ARGUMENTS = 8 };

void dt__text_init(dt__text *text, dt_env *env) {
    *text = (dt__text){.env = env};
}

void dt__text_clear(dt__text *text) {
    DT__FREE(text->env, text->bytes, text->capacity);
    *text = (dt__text){.env = text->env};
}

void dt__text_reset(dt__text *text) {
    text->length = 0;
    text->failed = false;
    if (text->bytes != NULL) text->bytes[0] = '\0';
}

static bool grow(dt__text *text, size_t extra) {
    size_t need = text->length + extra + 1, capacity = text->capacity;
    char *grown;

    if (text->failed) return false;
    if (need <= capacity) return true;
    if (capacity == 0) capacity = FIRST_CAPACITY;
    while (capacity < need) capacity *= 2;
    grown = dt__resize(text->env, text->bytes, text->capacity, capacity, 1);
    if (grown == NULL) {
        text->failed = true;
        return false;
    }
    text->bytes = grown;
    text->capacity = capacity;
    return true;
}

void dt__text_add_bytes(dt__text *text, const char *bytes, size_t length) {
    if (!grow(text, length)) return;
    if (length > 0) memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void dt__text_add(dt__text *text, const char *string) {
    dt__text_add_bytes(text, string, strlen(string));
}

void dt__text_add_char(dt__text *text, char c) {
    dt__text_add_bytes(text, &c, 1);
}

void dt__text_add_repeated(dt__text *text, char c, size_t count) {
    if (!grow(text, count)) return;
    memset(text->bytes + text->length, c, count);
    text->length += count;
    text->bytes[text->length] = '\0';
}

void dt__text_add_unsigned(dt__text *text, uint64_t value) {
    char digits[20];
    size_t n = sizeof digits;

    do {
        digits[--n] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    dt__text_add_bytes(text, digits + n, sizeof digits - n);
}

/* Whatever the locale's decimal point is, and however many bytes it has, it becomes a dot. */
static void plain_point(char *digits) {
    char *to = digits;
    for (char *c = digits; *c != '\0'; c++) {
        bool plain = strchr("+-0123456789eE", *c) != NULL;
        if (plain || to == digits || to[-1] != '.') *to++ = plain ? *c : '.';
    }
    *to = '\0';
}

static bool reads_back(const char *digits, double value) {
    double back = strtod(digits, NULL);
    return back >= value && back <= value;
}

/* Next to zero doubles have few digits: as many as they need. */
static int shortest_of_subnormal(double value) {
    char digits[40];

    for (int precision = 1; precision < DBL_DECIMAL_DIG; precision++) {
        snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
        if (reads_back(digits, value)) return precision;
    }
    return DBL_DECIMAL_DIG;
}

/* Digits needed to read the same double back.  Fifteen digits are unique: if they do, fewer do as well when the rest
 * are zeros. */
static int shortest_precision(double value) {
    enum { UNIQUE = 15 };
    char digits[40];
    int precision = UNIQUE;

    if (value > -DBL_MIN && value < DBL_MIN) return shortest_of_subnormal(value);
    snprintf(digits, sizeof digits, "%.*e", UNIQUE - 1, value);
    if (reads_back(digits, value)) {
        const char *last = strchr(digits, 'e') - 1;
        for (; precision > 1 && *last == '0'; last--) precision--;
        return precision;
    }
    snprintf(digits, sizeof digits, "%.*e", UNIQUE, value);
    return reads_back(digits, value) ? UNIQUE + 1 : UNIQUE + 2;
}

/* ---- everyday doubles: the same digits by whole numbers, without the detour over the C library ----
 *
 * value = mantissa / 2^shift.  Its digits with k decimals are round(mantissa 10^k / 2^shift), which fits into 128 bits
 * for values from 10^-5 to 10^15; they read back the same when they lie nearer than half the distance to the next
 * double. */

__extension__ typedef unsigned __int128 wide;

enum { FRACTION_BITS = 52, BIAS = 1075, MAX_DECIMALS = 22 };

typedef struct parts {
    uint64_t mantissa;
    unsigned shift;
} parts;

/* False when the value is not in the range above. */
static bool take_apart(parts *p, double size) {
    const double least = 1e-5, most = 1e15;
    uint64_t bits;

    if (!(size >= least && size < most)) return false;
    memcpy(&bits, &size, sizeof bits);
    p->mantissa = (bits & ((UINT64_C(1) << FRACTION_BITS) - 1)) | UINT64_C(1) << FRACTION_BITS;
    p->shift = (unsigned)(BIAS - (int)(bits >> FRACTION_BITS));
    return true;
}

static uint64_t power_of_ten(int exponent) {
    uint64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

static wide scaled(const parts *p, int decimals) {
    wide product = (wide)p->mantissa * power_of_ten(decimals > 18 ? 18 : decimals);
    return decimals > 18 ? product * power_of_ten(decimals - 18) : product;
}

/* To the nearest, and where two are as near to the even one, as in print. */
static uint64_t rounded(wide product, unsigned shift) {
    wide rest = product & (((wide)1 << shift) - 1), half = shift == 0 ? 0 : (wide)1 << (shift - 1);
    uint64_t whole = (uint64_t)(product >> shift);
    return whole + (shift > 0 && (rest > half || (rest == half && (whole & 1) == 1)));
}

/* Would the digits read back as the value? */
static bool is_nearest(const parts *p, uint64_t digits, int decimals) {
    wide product = scaled(p, decimals), written = (wide)digits << p->shift,
         unit = scaled(&(parts){.mantissa = 1}, decimals);
    bool above = written > product;
    wide twice = 2 * (above ? written - product : product - written);

    if (!above && p->mantissa == UINT64_C(1) << FRACTION_BITS) twice *= 2; /* below a power of two they lie closer */
    return twice < unit || (twice == unit && (p->mantissa & 1) == 0);
}

/* So many significant digits, and the decimals among them: as many as leave the number of digits as it is. */
static uint64_t significant(const parts *p, int precision, int *decimals) {
    uint64_t limit = power_of_ten(precision), digits = rounded(scaled(p, *decimals), p->shift);

    while (digits >= limit) digits = rounded(scaled(p, --*decimals), p->shift);
    while (digits <= limit / 10 && *decimals < MAX_DECIMALS) {
        uint64_t more = rounded(scaled(p, *decimals + 1), p->shift);
        if (more >= limit) break;
        digits = more;
        ++*decimals;
    }
    return digits;
}

static void add_point(dt__text *text, uint64_t digits, int decimals) {
    uint64_t power = power_of_ten(decimals > 18 ? 18 : decimals);
    char after[MAX_DECIMALS];

    dt__text_add_unsigned(text, decimals > 18 ? 0 : digits / power);
    if (decimals == 0) return;
    if (decimals <= 18) digits %= power;
    for (int i = decimals; i-- > 0; digits /= 10) after[i] = (char)('0' + digits % 10);
    dt__text_add_char(text, '.');
    dt__text_add_bytes(text, after, (size_t)decimals);
}

/* False when the value is left to the C library. */
static bool add_everyday(dt__text *text, double value) {
    enum { FEWEST = 15, MOST = 17 };
    double size = value < 0 ? -value : value;
    int decimals = FEWEST - 1, precision = FEWEST;
    uint64_t digits;
    parts p;

    if (!take_apart(&p, size)) return false;
    for (uint64_t whole = (uint64_t)size; whole >= 10; whole /= 10) decimals--;
    digits = significant(&p, precision, &decimals);
    while (precision < MOST && !is_nearest(&p, digits, decimals)) {
        decimals++;
        digits = significant(&p, ++precision, &decimals);
    }
    for (; decimals > 0 && digits % 10 == 0; decimals--) digits /= 10;
    if (value < 0) dt__text_add_char(text, '-');
    add_point(text, digits, decimals);
    return true;
}

void dt__text_add_double(dt__text *text, double value) {
    const double plain_from = 1e-5, plain_below = 1e17; /* beyond, powers of ten are shorter to read */
    double size = value < 0 ? -value : value;
    char digits[64];
    int precision, exponent = 0;

    if (add_everyday(text, value)) return;
    if (!(value - value >= 0)) { /* NaN or infinite */
        dt__text_add(text, "null");
        return;
    }
    precision = shortest_precision(value);
    snprintf(digits, sizeof digits, "%.*e", precision - 1, value);
    if (strchr(digits, 'e') != NULL) exponent = (int)strtod(strchr(digits, 'e') + 1, NULL);
    if (!(size > 0)) snprintf(digits, sizeof digits, "0");
    else if (size >= plain_from && size < plain_below)
        snprintf(digits, sizeof digits, "%.*f", precision - 1 > exponent ? precision - 1 - exponent : 0, value);
    plain_point(digits);
    dt__text_add(text, digits);
}

/* ---- reading doubles ---- */

static const char *pass_digits(const char *c) {
    while (*c >= '0' && *c <= '9') c++;
    return c;
}

/* Is the whole text [+-] digits [. digits] [e [+-] digits], with a digit before the exponent? */
static bool is_decimal(const char *number) {
    const char *c = number + (*number == '-' || *number == '+'), *whole = c;
    size_t digits;

    c = pass_digits(c);
    digits = (size_t)(c - whole);
    if (*c == '.') {
        const char *fraction = ++c;
        c = pass_digits(c);
        digits += (size_t)(c - fraction);
    }
    if (digits == 0) return false;
    if (*c == 'e' || *c == 'E') {
        c += 1 + (c[1] == '-' || c[1] == '+');
        if (*c < '0' || *c > '9') return false;
        c = pass_digits(c);
    }
    return *c == '\0';
}

/* Few digits and no exponent, as nearly all data have: two exact doubles and one division. */
static bool parse_short(double *out, const char *number) {
    static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool negative = *number == '-', point = false;
    uint64_t digits = 0;
    size_t count = 0, decimals = 0;

    for (const char *c = number + (negative || *number == '+'); *c != '\0'; c++) {
        if (*c == '.') {
            point = true;
            continue;
        }
        if (*c == 'e' || *c == 'E' || ++count > 15) return false;
        digits = digits * 10 + (uint64_t)(*c - '0');
        decimals += point;
    }
    *out = (negative ? -1.0 : 1.0) * (double)digits / powers[decimals];
    return true;
}

bool dt__text_parse_double(double *out, const char *number) {
    enum { LONGEST = 500 };
    char copy[LONGEST + 8], point[8];
    size_t length = strlen(number), to = 0;

    if (length > LONGEST || !is_decimal(number)) return false;
    if (parse_short(out, number)) return true;
    snprintf(point, sizeof point, "%.1f", 0.5); /* "0.5", with the locale's own point, which strtod wants */
    for (size_t i = 0; i < length; i++) {
        if (number[i] != '.') copy[to++] = number[i];
        else
            for (const char *c = point + 1; *c != '5'; c++) copy[to++] = *c;
    }
    copy[to] = '\0';
    *out = strtod(copy, NULL);
    return *out - *out >= 0; /* not beyond the largest */
}

bool dt__text_decimal_points(char *out, size_t room, const char *number) {
    size_t length = strlen(number);

    if (length >= room) return false;
    for (size_t i = 0; i <= length; i++) out[i] = (char)(number[i] == ',' ? '.' : number[i]);
    return true;
}

void dt__text_add_filled(dt__text *text, const char *pattern, const char *const *arguments, size_t count) {
    for (const char *c = pattern; *c != '\0'; c++) {
        bool place = c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}';
        if (!place) {
            dt__text_add_char(text, *c);
            continue;
        }
        if ((size_t)(c[1] - '0') < count) dt__text_add(text, arguments[c[1] - '0']);
        c += 2;
    }
}

static void add_message(dt__text *text, const char *msgid, va_list arguments) {
    const char *values[MAX_ARGUMENTS];
    size_t count = 0;

    while (count < MAX_ARGUMENTS && (values[count] = va_arg(arguments, const char *)) != NULL) count++;
    dt__text_add_filled(text, dt__t(text->env, msgid), values, count);
}

void dt__text_message(dt__text *text, const char *msgid, ...) {
    va_list arguments;

    va_start(arguments, msgid);
    add_message(text, msgid, arguments);
    va_end(arguments);
}

dt_status dt__text_status(const dt__text *text) {
    return text->failed ? DT_ERR_MEMORY : DT_OK;
}

const char *dt__text_get(const dt__text *text) {
    return text->bytes == NULL || text->length == 0 ? "" : text->bytes;
}

/* ---- owned strings: allocated with their length + 1, which is found again by strlen ---- */

char *dt__text_take(dt__text *text) {
    char *string = text->failed ? NULL : dt__string_copy(text->env, dt__text_get(text));
    dt__text_clear(text);
    return string;
}

char *dt__string_copy(dt_env *env, const char *string) {
    size_t size = strlen(string) + 1;
    char *copy = dt__resize(env, NULL, 0, size, 1);
    if (copy != NULL) memcpy(copy, string, size);
    return copy;
}

char *dt__string_message(dt_env *env, const char *msgid, va_list arguments) {
    dt__text text;

    dt__text_init(&text, env);
    add_message(&text, msgid, arguments);
    return dt__text_take(&text);
}

void dt__string_free(dt_env *env, char *string) {
    if (string != NULL) DT__FREE(env, string, strlen(string) + 1);
}

/* ---- names of files ---- */

const char *dt__file_base(const char *name) {
    const char *slash = strrchr(name, '/'), *other = strrchr(name, '\\');

    if (other != NULL && (slash == NULL || other > slash)) slash = other;
    return slash == NULL ? name : slash + 1;
}
