/* detente new: a commented model to start from. */
#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/session.h"

static int run(const cli_arguments *a) {
    const char *starter = dt_starter(a->language);
    cli_buffer out = {0};
    int code;

    if (a->operand_count == 1) return cli_file_create(a->operands[0], starter, a->language);
    cli_add(&out, starter);
    code = cli_print(&out, a->language);
    cli_buffer_clear(&out);
    return code;
}

const cli_command cli_new_command = {
    .name = "new",
    .operands = "[FILE]",
    .most = 1,
    .groups = CLI_EVERYWHERE,
    .summary = DT_N("a commented model to start from"),
    .description = DT_N("Writes a commented two-party model that runs, to FILE or to standard output.\n"
                        "A file that exists is left alone."),
    .run = run,
};
