#include "cli/nearest.h"

#include <string.h>

enum { MAX_WORD = 40 };

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Edits between two words of at most MAX_WORD bytes (Levenshtein). */
static size_t distance(const char *a, const char *b) {
    size_t row[MAX_WORD + 1], m = strlen(a), n = strlen(b);

    for (size_t j = 0; j <= n; j++) row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t above = row[j];
            row[j] = smallest(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
            diagonal = above;
        }
    }
    return row[n];
}

const char *cli_nearest(const char *word, const char *const *names, size_t count) {
    size_t least = strlen(word) / 3 + 2;
    const char *nearest = NULL;

    if (strlen(word) > MAX_WORD) return NULL;
    for (size_t i = 0; i < count; i++) {
        size_t d = strlen(names[i]) > MAX_WORD ? least : distance(word, names[i]);
        if (d < least && d < strlen(names[i])) {
            least = d;
            nearest = names[i];
        }
    }
    return nearest;
}
