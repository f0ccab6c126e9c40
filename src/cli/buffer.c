#include "cli/buffer.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 4096, MAX_ARGUMENTS = 8 };

void cli_buffer_clear(cli_buffer *b) {
    free(b->bytes);
    *b = (cli_buffer){0};
}

static bool grow(cli_buffer *b, size_t extra) {
    size_t capacity = b->capacity == 0 ? FIRST_CAPACITY : b->capacity;
    char *grown;

    if (b->failed) return false;
    while (capacity < b->length + extra + 1) capacity *= 2;
    if (capacity == b->capacity) return true;
    grown = realloc(b->bytes, capacity);
    if (grown == NULL) {
        b->failed = true;
        return false;
    }
    b->bytes = grown;
    b->capacity = capacity;
    return true;
}

void cli_add_bytes(cli_buffer *b, const char *bytes, size_t length) {
    if (!grow(b, length)) return;
    memcpy(b->bytes + b->length, bytes, length);
    b->length += length;
    b->bytes[b->length] = '\0';
}

void cli_add(cli_buffer *b, const char *text) {
    cli_add_bytes(b, text, strlen(text));
}

void cli_add_spaces(cli_buffer *b, size_t count) {
    while (count-- > 0) cli_add_bytes(b, " ", 1);
}

void cli_add_unsigned(cli_buffer *b, uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRIu64, value);
    cli_add(b, digits);
}

static void add_filled(cli_buffer *b, const char *pattern, const char *const *values, size_t count) {
    for (const char *c = pattern; *c != '\0'; c++) {
        if (c[0] == '{' && c[1] >= '0' && c[1] <= '9' && c[2] == '}') {
            if ((size_t)(c[1] - '0') < count) cli_add(b, values[c[1] - '0']);
            c += 2;
        } else {
            cli_add_bytes(b, c, 1);
        }
    }
}

void cli_message(cli_buffer *b, dt_language language, const char *msgid, ...) {
    const char *values[MAX_ARGUMENTS];
    size_t count = 0;
    va_list arguments;

    va_start(arguments, msgid);
    while (count < MAX_ARGUMENTS && (values[count] = va_arg(arguments, const char *)) != NULL) count++;
    va_end(arguments);
    add_filled(b, dt_translate(language, msgid), values, count);
}

dt_status cli_buffer_print(const cli_buffer *b) {
    if (b->failed) return DT_ERR_MEMORY;
    if (b->length > 0 && fwrite(b->bytes, 1, b->length, stdout) != b->length) return DT_ERR_IO;
    return fflush(stdout) == 0 && !ferror(stdout) ? DT_OK : DT_ERR_IO;
}

static dt_status write_buffer(void *payload, const char *bytes, size_t length) {
    cli_buffer *b = payload;
    cli_add_bytes(b, bytes, length);
    return b->failed ? DT_ERR_MEMORY : DT_OK;
}

dt_sink cli_buffer_sink(cli_buffer *b) {
    return (dt_sink){.write = write_buffer, .payload = b};
}
