#include "base/bytes.h"

#include <string.h>

enum { BUFFER = 1 << 16 };

dt_status dt__bytes_init(dt__bytes *b, const dt_source *source, dt_env *env) {
    *b = (dt__bytes){.source = source, .env = env, .line = 1, .column = 1, .status = DT_OK};
    b->buffer = DT__ARRAY(env, char, BUFFER);
    return b->buffer == NULL ? DT_ERR_MEMORY : DT_OK;
}

void dt__bytes_clear(dt__bytes *b) {
    if (b->buffer != NULL) DT__FREE(b->env, b->buffer, BUFFER);
    b->buffer = NULL;
}

bool dt__bytes_more(dt__bytes *b) {
    size_t got = 0;

    if (b->ended) return false;
    b->status = b->source->read(b->source->payload, b->buffer, BUFFER, &got);
    b->at = 0;
    b->end = b->status == DT_OK ? got : 0;
    b->ended = b->end == 0;
    return !b->ended;
}

static dt_status read_text(void *payload, char *bytes, size_t room, size_t *got) {
    dt__text_source *text = payload;
    size_t left = text->length - text->at;

    *got = left < room ? left : room;
    memcpy(bytes, text->bytes + text->at, *got);
    text->at += *got;
    return DT_OK;
}

dt_source dt__source_of_text(dt__text_source *text) {
    return (dt_source){.read = read_text, .payload = text};
}
