#include "records/number_words.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

typedef struct number_word {
    const char *word;
    uint16_t value;
} number_word;

/* Nominative, genitive, instrumental and the feminine and neuter forms, as they stand before a noun. */
static const number_word words[] = {
    {"один", 1},          {"одна", 1},          {"одно", 1},          {"одного", 1},       {"одной", 1},
    {"одним", 1},         {"одному", 1},        {"два", 2},           {"две", 2},          {"двух", 2},
    {"двумя", 2},         {"оба", 2},           {"обе", 2},           {"три", 3},          {"трех", 3},
    {"трёх", 3},          {"тремя", 3},         {"четыре", 4},        {"четырех", 4},      {"четырёх", 4},
    {"четырьмя", 4},      {"пять", 5},          {"пяти", 5},          {"пятью", 5},        {"шесть", 6},
    {"шести", 6},         {"шестью", 6},        {"семь", 7},          {"семи", 7},         {"семью", 7},
    {"восемь", 8},        {"восьми", 8},        {"восемью", 8},       {"восьмью", 8},      {"девять", 9},
    {"девяти", 9},        {"девятью", 9},       {"десять", 10},       {"десяти", 10},      {"десятью", 10},
    {"одиннадцать", 11},  {"одиннадцати", 11},  {"двенадцать", 12},   {"двенадцати", 12},  {"тринадцать", 13},
    {"тринадцати", 13},   {"четырнадцать", 14}, {"четырнадцати", 14}, {"пятнадцать", 15},  {"пятнадцати", 15},
    {"шестнадцать", 16},  {"шестнадцати", 16},  {"семнадцать", 17},   {"семнадцати", 17},  {"восемнадцать", 18},
    {"восемнадцати", 18}, {"девятнадцать", 19}, {"девятнадцати", 19}, {"двадцать", 20},    {"двадцати", 20},
    {"тридцать", 30},     {"тридцати", 30},     {"сорок", 40},        {"сорока", 40},      {"пятьдесят", 50},
    {"пятидесяти", 50},   {"шестьдесят", 60},   {"шестидесяти", 60},  {"семьдесят", 70},   {"семидесяти", 70},
    {"восемьдесят", 80},  {"восьмидесяти", 80}, {"девяносто", 90},    {"девяноста", 90},   {"сто", 100},
    {"ста", 100},         {"двести", 200},      {"двухсот", 200},     {"триста", 300},     {"трехсот", 300},
    {"трёхсот", 300},     {"четыреста", 400},   {"четырехсот", 400},  {"четырёхсот", 400}, {"пятьсот", 500},
    {"пятисот", 500},     {"шестьсот", 600},    {"шестисот", 600},    {"семьсот", 700},    {"семисот", 700},
    {"восемьсот", 800},   {"восьмисот", 800},   {"девятьсот", 900},   {"девятисот", 900},  {"тысяча", 1000},
    {"тысячи", 1000},     {"тысяч", 1000},      {"тысячу", 1000},
};

static bool is_separator(char c) {
    return c == ' ' || c == ',' || c == '.' || c == ':' || c == ';' || c == '(' || c == ')' || c == '*' || c == '-' ||
           c == '"' || c == '\n' || c == '\t' || c == '\0';
}

static size_t word_length(const char *text) {
    size_t length = 0;
    while (!is_separator(text[length])) length++;
    return length;
}

static unsigned value_of(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == length && memcmp(words[i].word, word, length) == 0) return words[i].value;
    return 0;
}

static bool figures(const char *text, size_t *used, double *out) {
    size_t digits = strspn(text, "0123456789");

    if (digits == 0 || digits > 9 || !is_separator(text[digits])) return false;
    *out = 0;
    for (size_t i = 0; i < digits; i++) *out = *out * 10 + (text[i] - '0');
    *used = digits;
    return true;
}

/* What may follow inside one number: smaller ranks only, a thousand once. */
static bool fits(unsigned part, unsigned value, unsigned total) {
    if (value == 1000) return total < 1000;
    if (value >= 100) return part == 0;
    if (value >= 20) return part % 100 == 0;
    if (value >= 10) return part % 100 == 0;
    return part % 10 == 0 && part % 100 != 10;
}

bool dt__number_words(const char *text, size_t *used, double *out) {
    unsigned total = 0, part = 0;
    size_t at = 0;
    bool found = false;

    if (figures(text, used, out)) return true;
    while (true) {
        size_t length = word_length(text + at);
        unsigned value = value_of(text + at, length);
        if (value == 0 || !fits(part, value, total)) break;
        if (value == 1000) {
            total = (part == 0 ? 1 : part) * 1000;
            part = 0;
        } else part += value;
        found = true;
        *used = at + length;
        at += length;
        if (text[at] != ' ') break;
        at++;
    }
    *out = total + part;
    return found;
}

static bool is_drone(const char *word) {
    static const char *const beginnings[] = {"бпла", "беспилотн"};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(word, beginnings[i], strlen(beginnings[i])) == 0) return true;
    return false;
}

static double count_in(const char *text) {
    enum { NEAR = 4 };
    double count = NAN, value;
    size_t away = 0, used;

    while (*text != '\0') {
        size_t length = word_length(text);
        if (length == 0) {
            text++;
            continue;
        }
        if (dt__number_words(text, &used, &value)) {
            count = value;
            away = 0;
            text += used;
            continue;
        }
        if (is_drone(text) && !isnan(count) && away < NEAR) return count;
        away++;
        text += length;
    }
    return NAN;
}

dt_status dt__drone_count(double *out, const char *text, dt_env *env) {
    char *folded = dt__utf8_folded(env, text);

    *out = NAN;
    if (folded == NULL) return DT_ERR_MEMORY;
    *out = count_in(folded);
    dt__string_free(env, folded);
    return DT_OK;
}
