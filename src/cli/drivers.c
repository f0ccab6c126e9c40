/* detente drivers: what would change it? */
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/settings.h"

static const cli_option options[] = {
    {.name = "among",
     .type = CLI_TEXT,
     .argument = "FORMAT",
     .echoed = true,
     .help = DT_N("only this format (default: every format)")},
    {.name = "of",
     .type = CLI_TEXT,
     .argument = "OUTPUT",
     .echoed = true,
     .help = DT_N("the output asked about, or a scenario")},
    {.name = "set",
     .type = CLI_SETTING,
     .argument = "NAME=VALUE",
     .repeated = true,
     .echoed = true,
     .help = DT_N("what if: ISSUE=OPTION or QUANTITY=NUMBER")},
    {.name = "lever",
     .type = CLI_SETTING,
     .argument = "NAME=VALUE",
     .repeated = true,
     .echoed = true,
     .help = DT_N("one more lever to try: as for --set")},
    {.name = "at",
     .type = CLI_TEXT,
     .argument = "DATE",
     .echoed = true,
     .help = DT_N("date of zones, and of scenarios without their own")},
    {.name = "samples",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "1024",
     .min = 2,
     .max = 1048576,
     .echoed = true,
     .help = DT_N("rows of the sample, a power of two")},
    {.name = "seed",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "1",
     .max = UINT64_MAX,
     .echoed = true,
     .help = DT_N("seed of the draws")},
    {.name = "time-limit",
     .type = CLI_DECIMAL,
     .argument = "SECONDS",
     .preset = "0",
     .max = 10000000,
     .echoed = true,
     .help = DT_N("past it, give what is known (0: no limit)")},
    {.name = "threads",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "0",
     .max = 1024,
     .help = DT_N("threads to use (0: as many as processors)")},
};

static int answer_and_report(cli_session *s, const dt_drivers_opts *opts) {
    dt_drivers_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_drivers(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_report_drivers(&document, s->model, answer, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, opts->seed);
    dt_document_free(document, s->env);
    dt_drivers_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_settings settings, levers;
    dt_drivers_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);
    bool read = cli_settings_read(&settings, a, "set");

    read = cli_settings_read(&levers, a, "lever") && read;
    if (!read && code == CLI_ANSWERED) code = cli_session_status(&s, DT_ERR_MEMORY);
    dt_drivers_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.of = cli_text(a, "of");
    opts.at = cli_text(a, "at");
    opts.settings = settings.items;
    opts.setting_count = settings.count;
    opts.levers = levers.items;
    opts.lever_count = levers.count;
    opts.samples = cli_number(a, "samples");
    opts.seed = cli_number(a, "seed");
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &opts);
    cli_settings_clear(&settings);
    cli_settings_clear(&levers);
    cli_session_close(&s);
    return code;
}

const cli_command cli_drivers_command = {
    .name = "drivers",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("what would change it: which uncertain numbers decide"),
    .description = DT_N("Varies every uncertain number and says which of them the answers hang on, how\n"
                        "far each would have to move to turn a conclusion, what it is worth to know it,\n"
                        "and what each lever of each party does, with reasons."),
    .run = run,
};
