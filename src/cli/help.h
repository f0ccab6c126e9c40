/* Man pages and completions from the tables of commands and options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/buffer.h"
#include "cli/options.h"

/* The man page of a command, or of detente when command is NULL. */
void cli_manual(cli_buffer *b, const cli_command *command, dt_language language);
/* The completions of bash, zsh or fish. */
void cli_completion(cli_buffer *b, const char *shell, dt_language language);

#endif
