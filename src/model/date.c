#include "model/date.h"

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* Exactly n digits. */
static bool read_digits(const char **at, int n, int *value) {
    *value = 0;
    for (int i = 0; i < n; i++, (*at)++) {
        if (**at < '0' || **at > '9') return false;
        *value = *value * 10 + (**at - '0');
    }
    return true;
}

bool dt__date_parse(dt__date *out, const char *text) {
    int year, month = 1, day = 1;
    uint8_t parts = 1;

    if (!read_digits(&text, 4, &year)) return false;
    if (*text == '-') {
        text++;
        parts = 2;
        if (!read_digits(&text, 2, &month)) return false;
    }
    if (parts == 2 && *text == '-') {
        text++;
        parts = 3;
        if (!read_digits(&text, 2, &day)) return false;
    }
    if (*text != '\0' || year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
        return false;
    *out = (dt__date){.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day, .parts = parts};
    return true;
}

static void print_padded(dt__text *text, unsigned value, unsigned width) {
    for (unsigned unit = width == 4 ? 1000 : 10; unit > 0; unit /= 10)
        dt__text_add_char(text, (char)('0' + value / unit % 10));
}

void dt__date_print(dt__text *text, dt__date date) {
    print_padded(text, (unsigned)date.year, 4);
    if (date.parts < 2) return;
    dt__text_add_char(text, '-');
    print_padded(text, date.month, 2);
    if (date.parts < 3) return;
    dt__text_add_char(text, '-');
    print_padded(text, date.day, 2);
}

static int ordinal(dt__date date) {
    return (date.year * 12 + date.month) * 32 + date.day;
}

int dt__date_compare(dt__date a, dt__date b) {
    return (ordinal(a) > ordinal(b)) - (ordinal(a) < ordinal(b));
}

dt__rational dt__date_months(dt__date from, dt__date to) {
    dt__rational months = {.num = 0, .den = 1};
    int whole = (to.year - from.year) * 12 + (to.month - from.month), days = to.day - from.day;

    (void)!dt__rational_make(&months, whole * 31 + days, 31); /* cannot fail: small numbers */
    return months;
}
