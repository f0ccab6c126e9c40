/* The nearest valid name to a mistyped one. */
#include <string.h>

#include "base/text.h"

enum { MAX_WORD = 64 };

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Optimal string alignment distance: edits, and swaps of neighbours (Damerau 1964). */
static size_t distance(const char *a, size_t m, const char *b, size_t n) {
    size_t rows[3][MAX_WORD + 1];

    for (size_t j = 0; j <= n; j++) rows[0][j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *twice = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            bool same = a[i - 1] == b[j - 1];
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + !same);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && twice[j - 2] + 1 < row[j])
                row[j] = twice[j - 2] + 1;
        }
    }
    return rows[m % 3][n];
}

const char *dt__nearest(const char *word, const char *const *candidates, size_t count) {
    size_t length = strlen(word), least = length / 3 + 2;
    const char *nearest = NULL;

    if (length > MAX_WORD) return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(candidates[i]), d;
        if (n > MAX_WORD) continue;
        d = distance(word, length, candidates[i], n);
        if (d < least && d < n) {
            least = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}

const char *dt__nearest_spelling(const char *name, const char *const *candidates, size_t count) {
    size_t length = strlen(name), least = MAX_WORD;
    const char *nearest = NULL;

    if (length > MAX_WORD) return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(candidates[i]), most = n / 5, d;
        if (n > MAX_WORD || n > length + most || length > n + most) continue;
        d = distance(name, length, candidates[i], n);
        if (d > most || d >= least) continue;
        least = d;
        nearest = candidates[i];
    }
    return nearest;
}

static size_t small_letters(char *to, const char *text) {
    size_t length = strnlen(text, MAX_WORD);

    for (size_t i = 0; i < length; i++) to[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]);
    return length;
}

size_t dt__nearest_few(const char *word, const char *const *candidates, size_t count, size_t *out, size_t room) {
    char wanted[MAX_WORD], candidate[MAX_WORD];
    size_t length = small_letters(wanted, word), found = 0, distances[16];

    if (room > sizeof distances / sizeof *distances) room = sizeof distances / sizeof *distances;
    for (size_t i = 0; i < count; i++) {
        size_t d = distance(wanted, length, candidate, small_letters(candidate, candidates[i])), at;
        if (found == room && (room == 0 || d >= distances[room - 1])) continue;
        at = found < room ? found++ : room - 1;
        for (; at > 0 && distances[at - 1] > d; at--) {
            distances[at] = distances[at - 1];
            out[at] = out[at - 1];
        }
        distances[at] = d;
        out[at] = i;
    }
    return found;
}
