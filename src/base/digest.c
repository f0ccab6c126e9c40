#include "base/digest.h"

void dt__digest_begin(dt__digest *digest) {
    sha256_init(digest);
}

void dt__digest_add(dt__digest *digest, const void *bytes, size_t length) {
    if (length > 0) sha256_update(digest, length, bytes);
}

void dt__digest_end(dt__digest *digest, uint8_t out[DT__DIGEST_BYTES]) {
    sha256_digest(digest, DT__DIGEST_BYTES, out);
}

void dt__digest_text(char out[DT__DIGEST_TEXT], const uint8_t hash[DT__DIGEST_BYTES]) {
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < DT__DIGEST_BYTES; i++) {
        out[2 * i] = digits[hash[i] >> 4];
        out[2 * i + 1] = digits[hash[i] & 15];
    }
    out[DT__DIGEST_TEXT - 1] = '\0';
}

void dt__digest_of(char out[DT__DIGEST_TEXT], const void *bytes, size_t length) {
    uint8_t hash[DT__DIGEST_BYTES];
    dt__digest digest;

    dt__digest_begin(&digest);
    dt__digest_add(&digest, bytes, length);
    dt__digest_end(&digest, hash);
    dt__digest_text(out, hash);
}
