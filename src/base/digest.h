/* SHA-256, by which models, event files and the ledger's entries are known again. */
#ifndef DT__BASE_DIGEST_H
#define DT__BASE_DIGEST_H

#include <nettle/sha2.h>
#include <stddef.h>
#include <stdint.h>

enum { DT__DIGEST_BYTES = 32, DT__DIGEST_TEXT = 65 }; /* in hexadecimal, and the zero byte */

typedef struct sha256_ctx dt__digest;

void dt__digest_begin(dt__digest *digest);
void dt__digest_add(dt__digest *digest, const void *bytes, size_t length);
void dt__digest_end(dt__digest *digest, uint8_t out[DT__DIGEST_BYTES]);

void dt__digest_text(char out[DT__DIGEST_TEXT], const uint8_t hash[DT__DIGEST_BYTES]);
/* Of so many bytes, as text. */
void dt__digest_of(char out[DT__DIGEST_TEXT], const void *bytes, size_t length);

#endif
