/* detente path: is there a way there? */
#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "to",
     .type = CLI_TEXT,
     .argument = "GOAL",
     .echoed = true,
     .help = DT_N("a proposal, a scenario, zone, or ISSUE=OPTION,...")},
    {.name = "strict",
     .type = CLI_FLAG,
     .echoed = true,
     .help = DT_N("nobody is worse off after a step than before it")},
    {.name = "bundle",
     .type = CLI_NUMBER,
     .argument = "B",
     .preset = "1",
     .min = 1,
     .max = 8,
     .echoed = true,
     .help = DT_N("most issues that one step changes")},
    {.name = "steps",
     .type = CLI_NUMBER,
     .argument = "K",
     .preset = "0",
     .max = 1000,
     .echoed = true,
     .help = DT_N("most steps; 0: no bound")},
    {.name = "require", .type = CLI_FLAG, .echoed = true, .help = DT_N("exit code 1 when a way is missing")},
};

/* ---- options of the question ---- */

static void read_options(const cli_session *s, dt_path_opts *opts) {
    const cli_arguments *a = s->arguments;

    dt_path_opts_init(opts);
    opts->among = cli_text(a, "among");
    opts->to = cli_text(a, "to");
    opts->within = cli_text(a, "within");
    opts->at = cli_text(a, "at");
    opts->settings = s->settings.items;
    opts->setting_count = s->settings.count;
    opts->strict = cli_flag(a, "strict");
    opts->bundle = (unsigned)cli_number(a, "bundle");
    opts->steps = (unsigned)cli_number(a, "steps");
    opts->draws = cli_number(a, "draws");
    opts->seed = cli_number(a, "seed");
    opts->verify = cli_flag(a, "verify");
}

/* ---- the command ---- */

/* The way asked for, in every format; without --to that to any deal. */
static bool lacks_way(const dt_path_answer *answer) {
    for (size_t i = 0; i < answer->format_count; i++) {
        if (answer->formats[i].ways[0].status != DT_WAY_FOUND) return true;
    }
    return false;
}

static int report(cli_session *s, const dt_path_answer *answer) {
    dt_document *document = NULL;
    int code = cli_session_deliver(s, dt_report_path(&document, s->model, answer, s->env), &document, answer->seed);

    if (code != CLI_ANSWERED) return code;
    if (cli_flag(s->arguments, "verify") && !answer->verified) return CLI_FAILED;
    return cli_flag(s->arguments, "require") && lacks_way(answer) ? CLI_FAILED : CLI_ANSWERED;
}

static int run(const cli_arguments *a) {
    dt_path_answer *answer = NULL;
    dt_path_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);

    read_options(&s, &opts);
    if (code == CLI_ANSWERED) code = cli_session_status(&s, dt_path(&answer, s.model, &opts, s.env));
    if (code == CLI_ANSWERED) code = report(&s, answer);
    dt_path_free(answer, s.env);
    cli_session_close(&s);
    return code;
}

const cli_command cli_path_command = {
    .name = "path",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("is there a way there, step by step, or who cuts it?"),
    .description = DT_N("Answers for every format of the model: steps from no deal to a proposal, a\n"
                        "scenario or any deal, after none of which a party whose consent is needed is\n"
                        "below no deal; the shortest way and the one that exposes the weakest party\n"
                        "least; or a proof that there is none, and who or what cuts every way."),
    .run = run,
};
