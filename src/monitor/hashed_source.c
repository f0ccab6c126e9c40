/* Which bytes an answer rests on: SHA-256 of an event file while it is read. */
#include "monitor/ledger.h"

static dt_status read_hashed(void *payload, char *bytes, size_t room, size_t *got) {
    dt__hashed_source *h = payload;
    dt_status st = h->from.read(h->from.payload, bytes, room, got);

    if (st == DT_OK) SHA256Update(&h->context, (const uint8_t *)bytes, *got);
    return st;
}

dt_source dt__hash_source(dt__hashed_source *h, const dt_source *from) {
    h->from = *from;
    SHA256Init(&h->context);
    return (dt_source){.read = read_hashed, .payload = h};
}

dt_status dt__hash_finish(dt__hashed_source *h, dt__builder *b, const char **out) {
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_LENGTH];
    char piece[4096], *text;
    size_t got = 1;

    while (got > 0) {
        dt_status st = read_hashed(h, piece, sizeof piece, &got);
        if (st != DT_OK) return st;
    }
    SHA256Final(digest, &h->context);
    if ((text = DT__BUILDER_ARRAY(b, char, 2 * sizeof digest + 1)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < sizeof digest; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    *out = text;
    return DT_OK;
}
