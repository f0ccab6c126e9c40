/* Which bytes an answer rests on: SHA-256 of an event file while it is read. */
#include "monitor/ledger.h"

static dt_status read_hashed(void *payload, char *bytes, size_t room, size_t *got) {
    dt__hashed_source *h = payload;
    dt_status st = h->from.read(h->from.payload, bytes, room, got);

    if (st == DT_OK) dt__digest_add(&h->digest, bytes, *got);
    return st;
}

dt_source dt__hash_source(dt__hashed_source *h, const dt_source *from) {
    h->from = *from;
    dt__digest_begin(&h->digest);
    return (dt_source){.read = read_hashed, .payload = h};
}

dt_status dt__hash_finish(dt__hashed_source *h, dt__builder *b, const char **out) {
    uint8_t hash[DT__DIGEST_BYTES];
    char piece[4096], *text;
    size_t got = 1;

    while (got > 0) {
        dt_status st = read_hashed(h, piece, sizeof piece, &got);
        if (st != DT_OK) return st;
    }
    dt__digest_end(&h->digest, hash);
    if ((text = DT__BUILDER_ARRAY(b, char, DT__DIGEST_TEXT)) == NULL) return DT_ERR_MEMORY;
    dt__digest_text(text, hash);
    *out = text;
    return DT_OK;
}
