/* detente whatif: what would change it? */
#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "against",
     .type = CLI_TEXT,
     .argument = "FILE",
     .echoed = true,
     .help = DT_N("the model after; without it MODEL under --set")},
    {.name = "at",
     .type = CLI_TEXT,
     .argument = "DATE",
     .echoed = true,
     .help = DT_N("afterwards: no deal drifts to this date")},
};

static int compare(cli_session *s, const dt_model *after, const dt_whatif_opts *opts) {
    dt_whatif_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_whatif(&answer, s->model, after, opts, s->env));

    if (code == CLI_ANSWERED) code = cli_session_deliver(s, dt_report_whatif(&document, answer, s->env), &document, 0);
    dt_whatif_free(answer, s->env);
    return code;
}

/* Under settings the model after is the model itself. */
static int run_session(cli_session *s, const dt_whatif_opts *opts) {
    const char *against = cli_text(s->arguments, "against");
    dt_model *after = NULL;
    int code;

    if (against == NULL) return compare(s, s->model, opts);
    code = cli_session_read(s, &after, &against, 1);
    if (code == CLI_ANSWERED) code = compare(s, after, opts);
    dt_model_free(after);
    return code;
}

static int run(const cli_arguments *a) {
    dt_whatif_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);

    dt_whatif_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.at_after = cli_text(a, "at");
    opts.settings = s.settings.items;
    opts.setting_count = s.settings.count;
    if (code == CLI_ANSWERED) code = run_session(&s, &opts);
    cli_session_close(&s);
    return code;
}

const cli_command cli_whatif_command = {
    .name = "whatif",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_AMONG | CLI_SETTINGS | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("what a change of the model or of a setting changes, and why"),
    .description = DT_N("Compares a model with itself under --set or --at, or with another one (--against):\n"
                        "what differs in them, what no deal is then worth to each party, how the zone of\n"
                        "each format and scenario changes, and which red line or reservation value does it."),
    .run = run,
};
