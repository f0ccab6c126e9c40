/* detente backtest: how well would the models have foretold outcomes that are known? */
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "models",
     .type = CLI_TEXT,
     .argument = "NAMES",
     .echoed = true,
     .help = DT_N("parted by commas, or all (default: the usual ones)")},
    {.name = "power",
     .type = CLI_CHOICE,
     .argument = "MEASURE",
     .preset = "votes",
     .choices = "votes|gdp|shapley|equal",
     .echoed = true,
     .help = DT_N("EU tables: votes, gdp, shapley or equal")},
    {.name = "scale",
     .type = CLI_TEXT,
     .argument = "LOW..HIGH",
     .echoed = true,
     .help = DT_N("of issues whose file gives no scale")},
    {.name = "base-rate",
     .type = CLI_TEXT,
     .argument = "V:P,...",
     .echoed = true,
     .help = DT_N("a baseline: values (0 to 100) and probabilities")},
    {.name = "rounds",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "1",
     .min = 1,
     .max = 1000,
     .echoed = true,
     .help = DT_N("of the challenge and exchange models")},
    {.name = "scholz", .type = CLI_FLAG, .echoed = true, .help = DT_N("challenge model as in Scholz's published code")},
    {.name = "median", .type = CLI_FLAG, .echoed = true, .help = DT_N("challenge model: weighted median, not mean")},
    {.name = "utility",
     .type = CLI_CHOICE,
     .argument = "SHAPE",
     .preset = "linear",
     .choices = "linear|quadratic",
     .echoed = true,
     .help = DT_N("of Nash on positions: linear or quadratic")},
    {.name = "resamples",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "2000",
     .max = 1000000,
     .echoed = true,
     .help = DT_N("of the bootstrap of differences (0: none)")},
};

static dt_power_measure power_of(const char *name) {
    static const char *const names[] = {
        [DT_POWER_VOTES] = "votes", [DT_POWER_GDP] = "gdp", [DT_POWER_SHAPLEY] = "shapley", [DT_POWER_EQUAL] = "equal"};

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) return (dt_power_measure)i;
    }
    return DT_POWER_VOTES;
}

static void read_options(const cli_arguments *a, dt_backtest_opts *opts) {
    dt_backtest_opts_init(opts);
    opts->models = cli_text(a, "models");
    opts->power = power_of(cli_text(a, "power"));
    opts->scale = cli_text(a, "scale");
    opts->base_rate = cli_text(a, "base-rate");
    opts->rounds = (unsigned)cli_number(a, "rounds");
    opts->scholz = cli_flag(a, "scholz");
    opts->median = cli_flag(a, "median");
    opts->utility = cli_text(a, "utility");
    opts->resamples = cli_number(a, "resamples");
    opts->seed = cli_number(a, "seed");
}

static int answer_and_report(cli_session *s, const dt_backtest_opts *opts) {
    dt_backtest_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_backtest(&answer, &s->files.items[0], opts, s->env));

    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_backtest(&document, answer, s->env), &document, opts->seed);
    dt_backtest_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    dt_backtest_opts opts;
    cli_session s;
    int code = cli_session_start(&s, a);

    read_options(a, &opts);
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &opts);
    cli_session_close(&s);
    return code;
}

const cli_command cli_backtest_command = {
    .name = "backtest",
    .operands = "TABLE",
    .least = 1,
    .most = 1,
    .groups = CLI_SEED | CLI_WORK | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("how well models of positions foretell known outcomes"),
    .description = DT_N("Reads a table of positions, salience and capability (plain, KTAB, decide or that\n"
                        "of Decision-making in the European Union), lets every model predict every issue,\n"
                        "and scores the predictions where the table holds outcomes, with baselines."),
    .run = run,
};
