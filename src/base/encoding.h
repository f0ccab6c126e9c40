/* Bytes of other encodings as code points, and code points as UTF-8. */
#ifndef DT__BASE_ENCODING_H
#define DT__BASE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DT__REPLACEMENT = 0xFFFD, DT__UTF8_MOST = 4 };

/* Writes a code point (0..0x10FFFF); how many bytes it took, at most DT__UTF8_MOST. */
size_t dt__utf8_put(char *to, uint32_t code);
/* The code point of a byte of Windows-1252, which holds Latin-1; what it leaves open stays the control character that
 * it is there (WHATWG Encoding Standard). */
uint32_t dt__windows_1252(unsigned char byte);
/* The first code point of UTF-16, a half pair as U+FFFD; how many bytes it took, 0 when more are needed. */
size_t dt__utf16_take(uint32_t *code, const unsigned char *bytes, size_t length, bool big_endian);

#endif
