/* Reading and writing whole files, with limits. */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "cli/buffer.h"

enum { CLI_FILE_LIMIT = 16 * 1024 * 1024 };

/* Reads a file, or standard input for "-", of at most 16 MiB; the exit code, after telling what is wrong. */
DT_NODISCARD int cli_file_read(cli_buffer *out, const char *name, dt_language language);
/* The same without a word: DT_OK, DT_ERR_IO, DT_ERR_LIMIT, DT_ERR_MEMORY. */
DT_NODISCARD dt_status cli_file_load(cli_buffer *out, const char *name);
/* Writes a new file; an existing one is left alone.  The exit code, after telling what is wrong. */
DT_NODISCARD int cli_file_create(const char *name, const char *text, dt_language language);

#endif
