/* detente merge: the partials of shards as one forecast. */
#include "cli/commands.h"
#include "cli/session.h"

static int merge(cli_session *s) {
    dt_forecast_answer *answer = NULL;
    dt_document *document = NULL;
    int code =
        cli_session_status(s, dt_forecast_merge(&answer, s->model, s->files.items + 1, s->files.count - 1, s->env));

    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_forecast(&document, s->model, answer, s->env), &document, answer->seed);
    dt_forecast_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_session s;
    int code = cli_session_open_first(&s, a);

    if (code == CLI_ANSWERED) code = merge(&s);
    cli_session_close(&s);
    return code;
}

const cli_command cli_merge_command = {
    .name = "merge",
    .operands = "MODEL PARTIAL...",
    .least = 2,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .summary = DT_N("joins the partials of a forecast's shards"),
    .description = DT_N("Prints the forecast that one run over all draws would have printed. Partials\n"
                        "with gaps or overlaps, or of another model, version, seed or question, are\n"
                        "refused."),
    .run = run,
};
