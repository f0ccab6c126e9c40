/* detente drivers: what would change it? */
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/settings.h"

static const cli_option options[] = {
    {.name = "of",
     .type = CLI_TEXT,
     .argument = "OUTPUT",
     .echoed = true,
     .help = DT_N("the output asked about, or a scenario")},
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
};

static int answer_and_report(cli_session *s, const dt_drivers_opts *opts) {
    dt_drivers_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_drivers(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_drivers(&document, s->model, answer, s->env), &document, opts->seed);
    dt_drivers_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_settings levers;
    dt_drivers_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);

    if (!cli_settings_read(&levers, a, "lever") && code == CLI_ANSWERED) code = cli_session_status(&s, DT_ERR_MEMORY);
    dt_drivers_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.of = cli_text(a, "of");
    opts.at = cli_text(a, "at");
    opts.settings = s.settings.items;
    opts.setting_count = s.settings.count;
    opts.levers = levers.items;
    opts.lever_count = levers.count;
    opts.samples = cli_number(a, "samples");
    opts.seed = cli_number(a, "seed");
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &opts);
    cli_settings_clear(&levers);
    cli_session_close(&s);
    return code;
}

const cli_command cli_drivers_command = {
    .name = "drivers",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_AMONG | CLI_SETTINGS | CLI_SEED | CLI_WORK | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("what would change it: which uncertain numbers decide"),
    .description = DT_N("Varies every uncertain number and says which of them the answers hang on, how\n"
                        "far each would have to move to turn a conclusion, what it is worth to know it,\n"
                        "and what each lever of each party does, with reasons."),
    .run = run,
};
