#include "document/say.h"

#include <math.h>
#include <string.h>

#include "base/catalog.h"

#define MINUS "\xE2\x88\x92" /* U+2212 */
#define TIMES "\xC3\x97"     /* U+00D7 */
#define FIXED "\xC2\xA0"     /* a space that is not cut */

enum { LARGEST_GROUPED = 16 }; /* digits */

/* ---- counts ---- */

static void add_grouped(dt__text *text, const char *digits) {
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) dt__text_add_char(text, ',');
        dt__text_add_char(text, digits[i]);
    }
}

/* A number of two digits, times ten to the exponent less one: 1.2 × 10^30. */
static void add_two_digits(dt__text *text, unsigned leading, size_t exponent) {
    if (leading == 100) {
        leading = 10;
        exponent++;
    }
    dt__text_add_char(text, (char)('0' + leading / 10));
    if (leading % 10 != 0) {
        dt__text_add_char(text, '.');
        dt__text_add_char(text, (char)('0' + leading % 10));
    }
    dt__text_add(text, FIXED TIMES FIXED "10^");
    dt__text_add_unsigned(text, exponent);
}

/* The first two digits, rounded, and the power of ten. */
static void add_power(dt__text *text, const char *digits) {
    unsigned leading = (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0') + (digits[2] >= '5');
    add_two_digits(text, leading, strlen(digits) - 1);
}

const char *dt__say_count(dt_document *d, dt_exact count) {
    dt__text text;

    if (count.text == NULL) return dt__word(d, "unknown");
    dt__text_init(&text, d->env);
    if (strlen(count.text) <= LARGEST_GROUPED) add_grouped(&text, count.text);
    else add_power(&text, count.text);
    return dt__document_take(d, &text);
}

const char *dt__say_size(dt_document *d, size_t count) {
    dt__text digits;

    dt__text_init(&digits, d->env);
    dt__text_add_unsigned(&digits, count);
    return dt__say_count(d, (dt_exact){.text = dt__document_take(d, &digits)});
}

const char *dt__say_bounds(dt_document *d, bool exact, dt_exact count, dt_exact low, dt_exact high) {
    if (exact) return dt__say_count(d, count);
    if (low.text == NULL && high.text == NULL) return dt__word(d, "unknown");
    if (high.text == NULL) return dt__say(d, "at least {0}", dt__say_count(d, low), NULL);
    if (low.text == NULL) return dt__say(d, "at most {0}", dt__say_count(d, high), NULL);
    return dt__say(d, "{0} to {1}", dt__say_count(d, low), dt__say_count(d, high), NULL);
}

/* ---- numbers ---- */

enum { LARGEST_DECIMAL = 1000000000 };

static void add_whole(dt__text *text, uint64_t value) {
    dt__text whole;

    dt__text_init(&whole, text->env);
    dt__text_add_unsigned(&whole, value);
    add_grouped(text, dt__text_get(&whole));
    text->failed |= whole.failed;
    dt__text_clear(&whole);
}

/* value >= 0 with at most so many decimals, zeros at the end left out. */
static void add_decimal(dt__text *text, double value, unsigned decimals) {
    uint64_t scale = 1, whole;

    if (!(value < LARGEST_DECIMAL)) {
        dt__text_add_double(text, value);
        return;
    }
    for (unsigned i = 0; i < decimals; i++) scale *= 10;
    whole = (uint64_t)floor(value * (double)scale + 0.5);
    add_whole(text, whole / scale);
    whole %= scale;
    if (whole > 0) dt__text_add_char(text, '.');
    while (whole > 0) {
        scale /= 10;
        dt__text_add_char(text, (char)('0' + whole / scale));
        whole %= scale;
    }
}

/* A finite number from 10^9 on, as a power with two digits. */
static void add_rounded(dt__text *text, double value) {
    size_t exponent = 1;

    while (value >= 99.5) {
        value /= 10;
        exponent++;
    }
    add_two_digits(text, (unsigned)(value + 0.5), exponent);
}

/* Two decimals, more for what would vanish. */
static const char *say_magnitude(dt_document *d, double value, const char *sign) {
    double magnitude = fabs(value);
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add(&text, sign);
    if (magnitude >= LARGEST_DECIMAL && isfinite(magnitude)) add_rounded(&text, magnitude);
    else if (magnitude >= 0.005 || !(magnitude > 0)) add_decimal(&text, magnitude, 2);
    else if (magnitude >= 0.0000005) add_decimal(&text, magnitude, 6);
    else dt__text_add_double(&text, magnitude);
    return dt__document_take(d, &text);
}

const char *dt__say_number(dt_document *d, double value) {
    return say_magnitude(d, value, value < 0 ? MINUS : "");
}

const char *dt__say_signed(dt_document *d, double value) {
    return say_magnitude(d, value, value < 0 ? MINUS : value > 0 ? "+" : "");
}

static const char *percent_of(dt_document *d, const char *prefix, double percent, unsigned decimals) {
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add(&text, prefix);
    add_decimal(&text, percent, decimals);
    dt__text_add_char(&text, '%');
    return dt__document_take(d, &text);
}

const char *dt__say_percent(dt_document *d, double share) {
    double percent = share * 100;

    if (!(percent > 0)) return percent_of(d, "", 0, 0);
    if (percent >= 100) return percent_of(d, "", 100, 0);
    if (percent >= 99.5) return percent_of(d, ">", 99, 0);
    if (percent < 0.01) return percent_of(d, "<", 0.01, 2);
    return percent_of(d, "", percent, percent >= 9.95 ? 0 : percent >= 0.995 ? 1 : 2);
}

const char *dt__say_percents(dt_document *d, double low, double high) {
    const char *from = dt__say_percent(d, low), *to = dt__say_percent(d, high);
    return strcmp(from, to) == 0 ? from : dt__say(d, "{0} to {1}", from, to, NULL);
}

/* ---- lists ---- */

void dt__and_more(dt_document *d, size_t count) {
    const char *more = dt__say_size(d, count);
    dt__paragraph_or(d, dt__say(d, "… and {0} more (see --json).", more, NULL),
                     dt__say(d, "… and {0} more.", more, NULL));
}

dt__phrases dt__phrases_new(dt_document *d, size_t capacity) {
    dt__phrases p = {.items = DT__ARENA_ARRAY(&d->arena, const char *, capacity), .capacity = capacity};
    if (p.items == NULL) {
        d->failed = true;
        p.capacity = 0;
    }
    return p;
}

void dt__phrases_add(dt__phrases *p, const char *text) {
    if (p->count < p->capacity) p->items[p->count++] = text;
}

static const char *join(dt_document *d, const dt__phrases *p, size_t count, const char *separator) {
    dt__text text;

    if (count == 1) return p->items[0];
    dt__text_init(&text, d->env);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) dt__text_add(&text, separator);
        dt__text_add(&text, p->items[i]);
    }
    return dt__document_take(d, &text);
}

const char *dt__phrases_join(dt_document *d, const dt__phrases *p, const char *separator) {
    return join(d, p, p->count, separator);
}

const char *dt__phrases_and(dt_document *d, const dt__phrases *p) {
    if (p->count < 2) return join(d, p, p->count, "");
    return dt__say(d, "{0} and {1}", join(d, p, p->count - 1, dt__t(d->env, ", ")), p->items[p->count - 1], NULL);
}

const char *dt__pair(dt_document *d, const char *first, const char *second) {
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add(&text, first);
    dt__text_add_char(&text, ' ');
    dt__text_add(&text, second);
    return dt__document_take(d, &text);
}

const char *dt__sentences(dt_document *d, const char *first, const char *second) {
    if (*first == '\0') return second;
    if (*second == '\0') return first;
    return dt__say(d, "{0} {1}", first, second, NULL);
}
