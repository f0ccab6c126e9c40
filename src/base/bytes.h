/* Bytes of a source, one at a time, with the place they stand at.  Constant memory however long the source. */
#ifndef DT__BASE_BYTES_H
#define DT__BASE_BYTES_H

#include "base/env.h"

#define DT__NO_BYTE (-1)

typedef struct dt__bytes {
    const dt_source *source;
    dt_env *env;
    char *buffer;
    size_t at, end;
    uint32_t line, column; /* of the next byte, from 1; columns in bytes */
    bool ended;
    dt_status status; /* DT_ERR_IO once reading failed: the input then seems to end */
} dt__bytes;

/* DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__bytes_init(dt__bytes *b, const dt_source *source, dt_env *env);
void dt__bytes_clear(dt__bytes *b);
/* Refills the buffer; false at the end. */
bool dt__bytes_more(dt__bytes *b);

/* The next byte, or DT__NO_BYTE at the end; it stays the next one. */
static inline int dt__bytes_peek(dt__bytes *b) {
    if (b->at == b->end && !dt__bytes_more(b)) return DT__NO_BYTE;
    return (unsigned char)b->buffer[b->at];
}

/* The next byte, passed by. */
static inline int dt__bytes_next(dt__bytes *b) {
    int c = dt__bytes_peek(b);
    if (c == DT__NO_BYTE) return c;
    b->at++;
    b->column++;
    if (c == '\n') {
        b->line++;
        b->column = 1;
    }
    return c;
}

/* A source over bytes in memory. */
typedef struct dt__text_source {
    const char *bytes;
    size_t length, at;
} dt__text_source;
dt_source dt__source_of_text(dt__text_source *text);

#endif
