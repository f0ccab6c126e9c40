/* Where cells without quotation marks end: delimiters and line ends found sixty-four bytes at a time. */
#ifndef DT__RECORDS_CELL_ENDS_H
#define DT__RECORDS_CELL_ENDS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    DT__CELL_ENDS_BLOCK = 64,
    DT__CELL_ENDS_SLACK = DT__CELL_ENDS_BLOCK /* bytes behind the end of the buffer that can be read; none counts */
};

typedef struct dt__cell_ends {
    const char *bytes;
    size_t end;
    char delimiter;
    size_t base;   /* of the block at hand */
    uint64_t bits; /* a bit for each of its bytes that ends a cell */
} dt__cell_ends;

#ifdef __SSE2__
static inline uint64_t dt__ends_of_sixteen(const char *bytes, char delimiter) {
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i found =
        _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\r')));

    return (uint64_t)_mm_movemask_epi8(_mm_or_si128(found, _mm_cmpeq_epi8(block, _mm_set1_epi8(delimiter))));
}
#else
static inline uint64_t dt__ends_of_sixteen(const char *bytes, char delimiter) {
    uint64_t bits = 0;

    for (unsigned i = 0; i < 16; i++)
        bits |= (uint64_t)(bytes[i] == delimiter || bytes[i] == '\n' || bytes[i] == '\r') << i;
    return bits;
}
#endif

static inline void dt__cell_ends_load(dt__cell_ends *e, size_t base) {
    const char *at = e->bytes + base;
    uint64_t bits = 0;

    e->base = base;
    for (unsigned i = 0; i < DT__CELL_ENDS_BLOCK; i += 16) bits |= dt__ends_of_sixteen(at + i, e->delimiter) << i;
    if (e->end - base < DT__CELL_ENDS_BLOCK) bits &= (UINT64_C(1) << (e->end - base)) - 1;
    e->bits = bits;
}

/* Of bytes from `at` to `end`, behind which there is slack. */
static inline dt__cell_ends dt__cell_ends_from(const char *bytes, size_t at, size_t end, char delimiter) {
    dt__cell_ends e = {.bytes = bytes, .end = end, .delimiter = delimiter};

    dt__cell_ends_load(&e, at);
    return e;
}

/* The first from `at` on, which never goes back; `end` when there is none. */
static inline size_t dt__cell_end(dt__cell_ends *e, size_t at) {
    uint64_t bits;

    if (at - e->base >= DT__CELL_ENDS_BLOCK) dt__cell_ends_load(e, at);
    bits = e->bits >> (at - e->base);
    while (bits == 0) {
        at = e->base + DT__CELL_ENDS_BLOCK;
        if (at >= e->end) return e->end;
        dt__cell_ends_load(e, at);
        bits = e->bits;
    }
    return at + (size_t)__builtin_ctzll(bits);
}

#endif
