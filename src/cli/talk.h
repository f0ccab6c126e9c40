/* What the command says on standard error, in the user's language. */
#ifndef CLI_TALK_H
#define CLI_TALK_H

#include "cli/buffer.h"

/* "detente: error: ..." about the command line or the machine; then what to do about it, on a line of its own. */
void cli_error(dt_language language, const char *msgid, ...) __attribute__((sentinel));
void cli_warning(dt_language language, const char *msgid, ...) __attribute__((sentinel));
void cli_hint(dt_language language, const char *msgid, ...) __attribute__((sentinel));
/* Diagnostics of env from the first-th on, as "file:line:column: error: text"; quiet: errors only. */
void cli_talk_diagnostics(const dt_env *env, dt_language language, size_t first, bool quiet);

#endif
