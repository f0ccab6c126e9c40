/* detente show: the model as tables. */
#include "cli/commands.h"
#include "cli/session.h"

static int run(const cli_arguments *a) {
    dt_document *document = NULL;
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = cli_session_deliver(&s, dt_report_show(&document, s.model, s.env), &document, 0);
    cli_session_close(&s);
    return code;
}

const cli_command cli_show_command = {
    .name = "show",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .summary = DT_N("the model as tables"),
    .description = DT_N("Prints what a model says: parties, formats, issues, what each party wants and\n"
                        "will not sign, principles, proposals, and where the numbers come from."),
    .run = run,
};
