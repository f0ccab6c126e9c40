/* Where a text may be cut into lines: at spaces, after hyphens and underscores inside words, and between characters of
 * Chinese, but never before closing or after opening punctuation.  Nothing is allocated. */
#ifndef DT__RENDER_WRAP_H
#define DT__RENDER_WRAP_H

#include "base/text.h"

typedef struct dt__line {
    const char *start; /* in the text that is wrapped */
    size_t length;     /* bytes */
    size_t width;      /* columns */
} dt__line;

/* Takes the next line, at most `width` columns wide (one character at least), off *rest; false when nothing is left. */
bool dt__wrap_next(const char **rest, size_t width, dt__line *line);
/* Columns of a text on one line, and of its longest piece that is not cut. */
size_t dt__wrap_width(const char *text);
size_t dt__wrap_longest(const char *text);
/* Adds a line to a buffer.  Control characters become ?, other white space a space: a name cannot drive the terminal.
 */
void dt__wrap_add(dt__text *out, const dt__line *line);

#endif
