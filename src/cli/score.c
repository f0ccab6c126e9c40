/* detente score: what forecasts were worth. */
#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "baseline",
     .type = CLI_TEXT,
     .argument = "SOURCE",
     .preset = "uniform",
     .echoed = true,
     .help = DT_N("what the others are compared with")},
    {.name = "draws",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "2000",
     .min = 1,
     .max = 100000,
     .echoed = true,
     .help = DT_N("samples of the bootstrap")},
};

static int score(cli_session *s, dt_register *r) {
    dt_score_answer *answer = NULL;
    dt_document *document = NULL;
    dt_score_opts opts;
    int code;

    dt_score_opts_init(&opts);
    opts.baseline = cli_text(s->arguments, "baseline");
    opts.draws = cli_number(s->arguments, "draws");
    opts.seed = cli_number(s->arguments, "seed");
    code = cli_session_status(s, dt_register_score(&answer, r, &opts, s->env));
    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_score(&document, answer, s->env), &document, opts.seed);
    dt_score_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    dt_register *r = NULL;
    cli_session s;
    int code = cli_session_begin(&s, a);

    if (code == CLI_ANSWERED) code = cli_session_status(&s, dt_register_open(&r, a->operands[0], false, s.env));
    if (code == CLI_ANSWERED) code = score(&s, r);
    dt_register_close(r, s.env);
    cli_session_close(&s);
    return code;
}

const cli_command cli_score_command = {
    .name = "score",
    .operands = "REGISTER",
    .least = 1,
    .most = 1,
    .groups = CLI_SEED | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("how good were the forecasts that are resolved?"),
    .description = DT_N("Brier, logarithmic and ranked probability scores of every model, baseline and\n"
                        "person in a register, against a baseline on the same questions, with bootstrap\n"
                        "intervals; calibration once there are enough cases to speak of it."),
    .run = run,
};
