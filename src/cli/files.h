/* Reading and writing whole files, with limits; the files of a model. */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "cli/buffer.h"
#include "detente/exchange.h"

enum { CLI_FILE_LIMIT = 16 * 1024 * 1024 };

/* Reads a file, or standard input for "-", of at most 16 MiB without a word: DT_OK, DT_ERR_IO with errno set,
 * DT_ERR_LIMIT, DT_ERR_MEMORY. */
DT_NODISCARD dt_status cli_file_load(cli_buffer *out, const char *name);
/* Writes a new file; an existing one is left alone.  The exit code, after telling what is wrong. */
DT_NODISCARD int cli_file_create(const char *name, const char *text, dt_language language);

/* output_files.c: writes a file in place of the one of that name, all or nothing: beside it, to the disk, then renamed.
 * It keeps the mode of the other; a link stays, and what it leads to is replaced.  What is no file (a device, a pipe)
 * is written to as it stands.  The exit code, after telling what is wrong. */
DT_NODISCARD int cli_file_replace(const char *name, const cli_buffer *text, dt_language language);

/* The files that make a model, in order; names and bytes are owned. */
typedef struct cli_files {
    size_t count, capacity;
    dt_file *items;
} cli_files;

/* Reads the files that are named, and of a folder those that belong to the domain in it, by name.  The exit code, after
 * telling what is wrong; at least one file when it is CLI_ANSWERED.  Clear also after a failure. */
DT_NODISCARD int cli_files_read(cli_files *out, const char *const *names, size_t count, dt_language language);
void cli_files_clear(cli_files *files);

#endif
