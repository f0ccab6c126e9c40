/* JSON token by token (RFC 8259, strict), from a source of any length in constant memory. */
#ifndef DT__BASE_JSON_SCAN_H
#define DT__BASE_JSON_SCAN_H

#include "base/bytes.h"
#include "base/text.h"

typedef enum dt__json_token {
    DT__JSON_OBJECT = 0, /* { */
    DT__JSON_OBJECT_END,
    DT__JSON_ARRAY, /* [ */
    DT__JSON_ARRAY_END,
    DT__JSON_KEY,    /* text */
    DT__JSON_STRING, /* text */
    DT__JSON_NUMBER, /* number, and text as written */
    DT__JSON_TRUE,
    DT__JSON_FALSE,
    DT__JSON_NULL,
    DT__JSON_DONE,  /* the one value has ended, and nothing follows it */
    DT__JSON_WRONG, /* not JSON: `wrong` says what was expected; every further token is this one */
    DT__JSON_FAILED /* reading or memory failed: `status` */
} dt__json_token;

enum { DT__JSON_DEPTH = 256, DT__JSON_TEXT = 1 << 20 }; /* deepest nesting, longest string */

typedef struct dt__json_scan {
    dt__bytes bytes;
    dt__text text;
    double number;
    uint32_t line, column; /* of the last token */
    const char *wrong;     /* a message of the catalogue */
    dt_status status;
    /* private */
    uint8_t open[DT__JSON_DEPTH]; /* '{' or '[' */
    size_t depth;
    int expected;
} dt__json_scan;

/* DT_OK, DT_ERR_MEMORY.  A byte-order mark is passed by. */
DT_NODISCARD dt_status dt__json_init(dt__json_scan *scan, const dt_source *source, dt_env *env);
void dt__json_clear(dt__json_scan *scan);
dt__json_token dt__json_next(dt__json_scan *scan);
/* Passes by the value that `token` began (the rest of an object or array; nothing for a scalar): the last token of it,
 * or DT__JSON_WRONG, DT__JSON_FAILED. */
dt__json_token dt__json_skip(dt__json_scan *scan, dt__json_token token);

#endif
