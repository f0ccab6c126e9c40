/* A growing text, and messages into it.  Once memory fails it stays failed; whoever writes it out looks once. */
#ifndef CLI_BUFFER_H
#define CLI_BUFFER_H

#include <stdio.h>

#include "detente/env.h"

typedef struct cli_buffer {
    char *bytes;
    size_t length, capacity;
    bool failed;
} cli_buffer;

void cli_buffer_clear(cli_buffer *b);
void cli_add(cli_buffer *b, const char *text);
void cli_add_bytes(cli_buffer *b, const char *bytes, size_t length);
void cli_add_spaces(cli_buffer *b, size_t count);
void cli_add_unsigned(cli_buffer *b, uint64_t value);
/* Adds a message in a language, {0} {1} ... replaced by the const char * that follow, ended by NULL. */
void cli_message(cli_buffer *b, dt_language language, const char *msgid, ...) __attribute__((sentinel));
/* Writes it to standard output at once: DT_OK, DT_ERR_MEMORY, DT_ERR_IO with errno set. */
DT_NODISCARD dt_status cli_buffer_print(const cli_buffer *b);
/* A sink into the buffer. */
dt_sink cli_buffer_sink(cli_buffer *b);

#endif
