/* What a fuzz target has left to be read, as a source. */
#ifndef DT_TESTS_BYTES_LEFT_H
#define DT_TESTS_BYTES_LEFT_H

#include <string.h>

#include "detente/env.h"

typedef struct bytes_left {
    const uint8_t *at;
    size_t left;
} bytes_left;

static inline dt_status read_bytes(void *payload, char *bytes, size_t room, size_t *got) {
    bytes_left *b = payload;

    *got = b->left < room ? b->left : room;
    memcpy(bytes, b->at, *got);
    b->at += *got;
    b->left -= *got;
    return DT_OK;
}

#endif
