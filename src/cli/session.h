/* One run of a command: the environment, the model, the answer's way to standard output, and the exit code. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/buffer.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/settings.h"

typedef enum cli_exit {
    CLI_ANSWERED = 0,  /* an empty zone is an answer */
    CLI_FAILED = 1,    /* the check asked for failed: --strict, --verify, --require */
    CLI_WRONG_USE = 2, /* the command line is wrong */
    CLI_WRONG_MODEL = 3,
    CLI_NO_MEANS = 4 /* a file cannot be read or written, no memory, interrupted */
} cli_exit;

typedef struct cli_session {
    const cli_arguments *arguments;
    dt_allocator allocator; /* of env */
    dt_env *env;
    dt_model *model;
    cli_files files;       /* that the operands name */
    cli_settings settings; /* what --set says */
    cli_progress progress;
    size_t told; /* diagnostics printed so far */
    bool quiet;
    bool file_told; /* it was said which file failed: its status says no more */
} cli_session;

/* Opens the environment alone: the operands are no files to be read.  Close it also after a failure. */
DT_NODISCARD int cli_session_begin(cli_session *s, const cli_arguments *a);
/* Opens the environment and reads the files that the operands name.  Close it also after a failure. */
DT_NODISCARD int cli_session_start(cli_session *s, const cli_arguments *a);
/* The same, and the model from them, be it in the model language or in that of another program. */
DT_NODISCARD int cli_session_open(cli_session *s, const cli_arguments *a);
/* The model from the first file alone; what the others are is the command's business. */
DT_NODISCARD int cli_session_open_first(cli_session *s, const cli_arguments *a);
/* Reads one more model from the files that are named; free it before the session is closed.  The exit code. */
DT_NODISCARD int cli_session_read(cli_session *s, dt_model **out, const char *const *names, size_t count);
void cli_session_close(cli_session *s);

/* Tells the diagnostics that are new, and what else a status calls for; the exit code that it means. */
DT_NODISCARD int cli_session_status(cli_session *s, dt_status status);
/* Prints a document as the options say, all at once. */
DT_NODISCARD int cli_session_print(cli_session *s, const dt_document *document, uint64_t seed);
/* The same for what a report came to, which is freed: cli_session_deliver(s, dt_report_x(&d, ...), &d, seed). */
DT_NODISCARD int cli_session_deliver(cli_session *s, dt_status reported, dt_document **document, uint64_t seed);
/* Prints a sentence with one argument. */
DT_NODISCARD int cli_session_tell(cli_session *s, const char *msgid, const char *argument);
/* Prints a text; errors are told in a language. */
DT_NODISCARD int cli_print(const cli_buffer *b, dt_language language);

/* main.c: has a signal asked to stop? */
bool cli_interrupted(void *payload);

#endif
